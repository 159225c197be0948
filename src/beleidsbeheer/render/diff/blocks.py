"""A section of Markdown → its paragraphs: a heading, a lid, an onderdeel, an alinea; and the marks in it.

A look at lines, much faster than the parser, and enough to show what changed. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_DEEPEST: Final = 4
BLANK: Final = " \t\r\n\x0b\x0c"  # as the comparison has it; other spaces may be what differs


class Form(StrEnum):
    """How a paragraph looks."""

    KOP = "kop"
    ITEM = "item"
    ALINEA = "alinea"
    LETTERLIJK = "letterlijk"  # front matter, code, a row of a table


@dataclass(slots=True)
class Block:
    """A paragraph of a text: its mark and where its words are."""

    form: Form
    depth: int
    mark: str
    start: int
    body: int
    end: int


_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_FENCE: Final = re.compile(r"[ \t]*(```+|~~~+)")
_HEADING: Final = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)")
_ITEM: Final = re.compile(
    r"([ \t]*)(?:([-*+–])(?:[ \t]+|$))?(?:([0-9]{1,9}[.)]|[a-z]{1,4}[.)]|[0-9]{1,3}°[.)]?)(?:[ \t]+|$))?"
)
_NUMBER: Final = re.compile(r"[0-9]{1,9}[.)]")


def blocks(text: str, literal: bool = False) -> list[Block]:
    """The paragraphs of a section; in ``literal`` text every line is one."""
    found: list[Block] = []
    fence = ""
    opened = False  # whether the next line may go on with the last block
    place = 0
    for line in _LINE.findall(text):
        start, place = place, place + len(line)
        stripped = line.strip(BLANK)
        end = start + len(line.rstrip(BLANK))
        if not stripped:
            opened = False
            continue
        mark = _FENCE.match(line)
        if literal or fence or mark or stripped.startswith("|"):
            found.append(Block(Form.LETTERLIJK, 0, "", start, start, end))
            opened = False
            if fence and stripped.startswith(fence):
                fence = ""
            elif mark and not fence:
                fence = mark[1]
        elif head := _HEADING.match(line.rstrip(BLANK)):
            found.append(Block(Form.KOP, len(head[1]), "", start, start + head.end(), end))
            opened = False
        elif block := _item(line, start, end, found[-1] if opened else None):
            found.append(block)
            opened = True
        elif opened:
            found[-1].end = end
        else:
            lead = len(line) - len(line.lstrip(BLANK))
            found.append(Block(Form.ALINEA, _depth(line[:lead]), "", start, start + lead, end))
            opened = True
    return found


def _item(line: str, start: int, end: int, before: Block | None) -> Block | None:
    """The item that begins on this line, if one may begin there."""
    match = _ITEM.match(line.rstrip(BLANK))
    if not match or not (match[2] or match[3]):
        return None
    bullet, mark = match[2] or "", match[3] or ""
    if not bullet:
        inside = before is not None and before.form is Form.ALINEA
        if inside and mark not in ("1.", "1)"):
            return None
        if before is not None and not _NUMBER.fullmatch(mark):
            return None
    depth = _depth(match[1])
    if not bullet and not _NUMBER.fullmatch(mark):
        depth = max(depth, 1)
    return Block(Form.ITEM, depth, mark or "•", start, min(start + match.end(), end), end)


def _depth(blank: str) -> int:
    return min((len(blank.expandtabs(4)) + 1) // 3, _DEEPEST)


# --- marks inside a line ---------------------------------------------------------------------------

HIDDEN, STRONG, EMPHASIS, CODE, TARGET, MARK = 1, 2, 4, 8, 16, 32

_INLINE: Final = re.compile(
    r"(?P<code>(?<!`)`(?=[^`])[^`]{1,400}`(?!`))"
    r"|\[(?P<text>[^\[\]]{1,400})\](?P<target>\([^()\s]{1,2000}\))"
)
_STRONG: Final = re.compile(
    r"(?<![\w*])(\*\*)(?=[^\s*])(.{1,400}?)(?<=[^\s])\*\*(?![\w*])"
    r"|(?<![\w_])(__)(?=[^\s_])(.{1,400}?)(?<=[^\s])__(?![\w_])",
    re.S,
)
_SLANTED: Final = re.compile(
    r"(?<![\w*])\*(?=[^\s*])[^*]{1,400}(?<=[^\s*])\*(?![\w*])"
    r"|(?<![\w_])_(?=[^\s_])[^_]{1,400}(?<=[^\s_])_(?![\w_])"
)

Style = tuple[int, int, int]  # from, to, flags


def styles(text: str, block: Block) -> list[Style]:
    """Which characters of a block are bold, slanted, code or the target of a link, or mere marks."""
    if block.form is Form.LETTERLIJK:
        return []
    body = text[block.body : block.end]
    at = block.body
    found: list[Style] = []
    pieces = []  # code and targets hold no marks of emphasis
    place = 0
    for match in _INLINE.finditer(body):
        start, end = match.span()
        if match["code"]:
            found += _marked(at + start, at + end, 1, CODE)
        else:
            found.append((at + start, at + start + 1, HIDDEN))
            start, end = match.span("target")
            found += [(at + start - 1, at + start, HIDDEN), (at + start, at + end, TARGET)]
        pieces += [body[place:start], "x" * (end - start)]
        place = end
    plain = "".join([*pieces, body[place:]])
    for pattern, size, flag in ((_STRONG, 2, STRONG), (_SLANTED, 1, EMPHASIS)):
        for match in pattern.finditer(plain):
            found += _marked(at + match.start(), at + match.end(), size, flag)
    return found


def _marked(start: int, end: int, size: int, flag: int) -> list[Style]:
    inner = (start + size, end - size)
    return [(start, inner[0], HIDDEN), (*inner, flag), (inner[1], end, HIDDEN)]
