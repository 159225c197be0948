"""Text word for word between two fences, such that every byte comes back.

    ````tekst crlf zonder-regeleinde

The words behind ``tekst`` say what a fenced block itself cannot show. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

CRLF: Final = "crlf"
OPEN: Final = "zonder-regeleinde"
CODES: Final = "codes"
CLOSE_BY: Final = "aansluitend"
BLANKS: Final = "met-witregels"
FLAGS: Final = (CRLF, OPEN, CODES, CLOSE_BY, BLANKS)

_FENCE: Final = re.compile(r"(`{3,})tekst((?: [a-z-]+)*)")
_TICKS: Final = re.compile(r"`+")
_CODE: Final = re.compile(r"\\(?:\\|u\{([0-9A-F]{1,6})\})|\\")
_STEERING: Final = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)


class BadBlock(Exception):
    """A block that cannot be read: the words say why."""


def written(text: str, *flags: str) -> list[str]:
    """The lines of a block with this text, fences included."""
    info = ["tekst", *flags]
    if "\r" in text:
        plain = text.replace("\r\n", "\n")
        if "\r" not in plain and plain.count("\n") == text.count("\r\n") == text.count("\n"):
            info.append(CRLF)
            text = plain
    if any(_is_odd(character) for character in set(text)):
        info.append(CODES)
        text = "".join(_coded(c) if c == "\\" or _is_odd(c) else c for c in text)
    lines = text.split("\n")
    if lines[-1]:
        info.append(OPEN)
    else:
        lines.pop()
    ticks = max((len(run) for run in _TICKS.findall(text)), default=0)
    fence = "`" * max(3, ticks + 1)
    return [fence + " ".join(info), *lines, fence]


def read(lines: Sequence[str], start: int) -> tuple[str, frozenset[str], int]:
    """The text of the block that opens on this line, its flags, and the line behind it."""
    found = _FENCE.fullmatch(lines[start]) if start < len(lines) else None
    if not found:
        raise BadBlock("hier hoort een blok te beginnen met ```tekst.")
    fence, flags = found[1], found[2].split()
    if set(flags) - set(FLAGS) or len(set(flags)) < len(flags):
        raise BadBlock(f"achter ```tekst kan alleen staan: {', '.join(FLAGS)}.")
    end = start + 1
    while end < len(lines) and lines[end] != fence:
        end += 1
    if end == len(lines):
        raise BadBlock(f"het blok dat hier begint, wordt niet afgesloten met {fence[:40]}")
    own = lines[start + 1 : end]
    text = "\n".join(own) + ("\n" if own and OPEN not in flags else "")
    if CODES in flags:
        text = _CODE.sub(_decoded, text)
    if CRLF in flags:
        text = text.replace("\n", "\r\n")
    return text, frozenset(flags), end + 1


def _is_odd(character: str) -> bool:
    """What cannot be seen, or steers what is."""
    if character in "\n\t":
        return False
    return character in _STEERING or unicodedata.category(character) in ("Cc", "Zl", "Zp")


def _coded(character: str) -> str:
    return "\\\\" if character == "\\" else f"\\u{{{ord(character):X}}}"


def _decoded(found: re.Match[str]) -> str:
    if found[1]:
        number = int(found[1], 16)
        if 0 < number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF:
            return chr(number)
    elif found[0] == "\\\\":
        return "\\"
    raise BadBlock("na een \\ hoort in dit blok nog een \\ of een code als u{2028}.")
