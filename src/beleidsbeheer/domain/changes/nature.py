"""What kind of difference a run is: of words, of markup only, or of white space only. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

WORDS, MARKUP, SPACE = range(3)  # the nature of a block: an index, as there are many

_RUNS: Final = re.compile(rb"[^ \t\n\r\x0b\x0c]+|[ \t\n\r\x0b\x0c]+")
_FORMAT: Final = b"*_`#>+-[\xc2\xa0 \t\n\r\x0b\x0c"  # what markup may add or take away, at most
_WORD: Final = rb"0-9A-Za-z\x80-\xff"
_MARKS: Final = re.compile(
    rb"(?<![" + _WORD + rb"*_`])[*_`]+(?=[^\s*_`])|(?<=[^\s*_`])[*_`]+(?![" + _WORD + rb"*_`])"
)
_OPENED: Final = re.compile(rb"(?<![" + _WORD + rb"\]])\[(?=[^\s\]]+(?:\s|\]\(|\Z))")
_TARGET: Final = re.compile(rb"\]\([^\s()]*\)")
_HEADS: Final = re.compile(rb"#{1,6}|>+")


def spaced(old: bytes, new: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Two texts of the same words: an equal part, and the white space that differs behind it."""
    first, second = _RUNS.findall(old), _RUNS.findall(new)
    for runs in (first, second):  # begin both with an empty word if there is white space in front
        if old[:1].isspace() or new[:1].isspace() or not runs:
            runs[:0] = [b""] if runs and runs[0].isspace() else [b"", b""]
        if len(runs) % 2:
            runs.append(b"")
    spaces, others = first[1::2], second[1::2]
    start = 0
    for n, (out, into) in enumerate(zip(spaces, others, strict=True)):
        if out != into:
            yield b"".join(first[start : 2 * n + 1]), out, into
            start = 2 * n + 2
    if start < len(first):
        yield b"".join(first[start:]), b"", b""


def same_but_markup(old: bytes, new: bytes) -> bool:
    """Whether two runs have the same words without their markup. Most do not: a quick look first.

    A link that comes or goes is markup; another target of a link is not.
    """
    if (b"](" in old) != (b"](" in new):
        old, new = _TARGET.sub(b"", old), _TARGET.sub(b"", new)
    if old.translate(None, _FORMAT) != new.translate(None, _FORMAT):
        return False
    return _bare(old) == _bare(new)


def _bare(text: bytes) -> list[bytes]:
    """The words without Markdown emphasis, marks of headings and quotes, and kinds of bullets."""
    words = _MARKS.sub(b"", _OPENED.sub(b"", text).replace(b"\xc2\xa0", b" ")).split()
    return [b"-" if w in (b"*", b"+") else w for w in words if not _HEADS.fullmatch(w)]
