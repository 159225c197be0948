"""Bytes → sections: one for each heading that opens an artikel, hoofdstuk or part.

The split is one regular expression over bytes. It is right only where no code block, HTML block or
odd line end can hide or make a heading: ``is_plain`` looks for those, and the Markdown parser decides
where they occur. Headings that the expression cannot see (underlined or indented ones) matter in
changed sections alone: ``refine`` hands such a section to the parser.

A text is kept with one line feed in front, so that every heading follows a line feed, and a section
begins with that of its heading: all sections together are the text, byte for byte. Pure.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate
from typing import Final

from beleidsbeheer.domain.document import front_end
from beleidsbeheer.domain.outline import ARTICLE, CHAPTER, headings

FRONT: Final = "Kopblok"
TOP: Final = "Aanhef"
NAMELESS: Final = "Kop zonder tekst"

_ARTICLES: Final = re.compile(rb"\n##(#?)[ \t]+(?i:artikel)[ \t]+[0-9]")
_SPLIT: Final = {
    2: re.compile(rb"\n(?=#{1,2}[ \t\r\n])"),
    3: re.compile(rb"\n(?=#{1,3}[ \t\r\n])"),
    6: re.compile(rb"\n(?=#{1,6}[ \t\r\n])"),
}
_HTML_TO_MARK: Final = re.compile(rb"<(?:(?:script|pre|style|textarea)\b|[!?])", re.I)
_HTML_TO_BLANK: Final = re.compile(rb"</?[a-z]", re.I)
_BLANK_LINE: Final = re.compile(rb"\n[ \t\r]*(?:\n|\Z)")
_LONE_CR: Final = re.compile(rb"\r(?!\n)")
_ODD: Final = re.compile(rb"\n(?: {0,3}(?:=+|-+)[ \t]*\r?(?:\n|\Z)| {1,3}#{1,6}[ \t\r\n])")
_HEADING: Final = re.compile(rb"\n {0,3}(#{1,6})(?:[ \t]+([^\r\n]*))?(?![^\r\n])")
_UNDERLINED: Final = re.compile(rb"\n {0,3}([^\r\n]+)\r?\n {0,3}(=+|-+)[ \t]*(?:\r?\n|\Z)")
_NUMBER: Final = re.compile(
    r"(?:(?:artikel|hoofdstuk|paragraaf|afdeling|titel|bijlage|§)\s*)?"
    r"([0-9]{1,6}(?:[.:][0-9]{1,6}){0,5}[a-z]{0,2}|[ivxlc]{1,8}[a-z]?)(?![^\W_])",
    re.I,
)
_CLOSING: Final = re.compile(r"(?:^|[ \t])#+[ \t]*$")


class Text:
    """A text in sections. ``data`` has a line feed in front; section n begins at ``starts[n]``.

    ``pieces`` are the sections without the line feed they begin with, for comparing.
    """

    def __init__(self, data: bytes, level: int, plain: bool, path: str = "reglement.md") -> None:
        self.data = data
        self.level = level
        self.front = _front(data, path)
        self.plain = plain
        self.starts: list[int] = []
        self.pieces: list[bytes] = []
        self._headings: dict[int, tuple[int, str]] = {}
        if self.plain:
            self._split()
        else:
            self._place(_headings(data, self.front, len(data), level))

    def __len__(self) -> int:
        return len(self.starts)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The bytes of sections ``first`` up to and without ``last``."""
        starts = self.starts
        end = starts[last] if last < len(starts) else len(self.data)
        return (starts[first] if first < len(starts) else len(self.data)), end

    def section(self, index: int) -> bytes:
        a, b = self.span(index, index + 1)
        return self.data[a:b]

    def head(self, index: int) -> bytes:
        """The line of its heading, b"" for front matter and what stands above the first heading."""
        return self.pieces[index].partition(b"\n")[0] if index >= self.first else b""

    def heading(self, index: int) -> tuple[int, str]:
        """Level and words of the heading a section begins with; level 0 for front matter and top."""
        found = self._headings.get(index)
        if found is None:
            found = self._headings[index] = self._heading(index)
        return found

    def _heading(self, index: int) -> tuple[int, str]:
        if index == 0 and self.front:
            return 0, FRONT
        if index < self.first:
            return 0, TOP
        start, end = self.span(index, index + 1)
        found = _HEADING.match(self.data, start, end)
        if found:
            text = (found[2] or b"").decode("utf-8")
            if text[-1:] == "#" or "# " in text:
                text = _CLOSING.sub("", text.strip())
            return len(found[1]), " ".join(text.split()) or NAMELESS
        if under := _UNDERLINED.match(self.data, start, end):
            text = " ".join(under[1].decode("utf-8").split())
            return 1 if under[2][:1] == b"=" else 2, text or NAMELESS
        return 0, TOP

    @property
    def first(self) -> int:
        """The first section that may begin with a heading."""
        return 2 if self.front else 1

    def number(self, index: int) -> str:
        """The number in a heading: "13a", "4.1.2", "IV", "" if it has none."""
        level, text = self.heading(index)
        found = _NUMBER.match(text) if level else None
        return found[1].lower() if found else ""

    @cached_property
    def keys(self) -> list[str]:
        """The key of each section, as a Document has them: ``7``, ``7~2``, ``hoofdstuk-2``, ""."""
        seen: Counter[str] = Counter()
        return [self._key(index, seen) for index in range(len(self))]

    def _key(self, index: int, seen: Counter[str]) -> str:
        level, text = self.heading(index)
        key = ""
        if level in (2, 3):
            if found := ARTICLE.match(text):
                key = found[1].lower().replace(".", ":")
            elif found := CHAPTER.match(text):
                key = f"hoofdstuk-{found[1].lower()}"
        if not key:
            return ""
        seen[key] += 1
        return key if seen[key] == 1 else f"{key}~{seen[key]}"

    @cached_property
    def _line_starts(self) -> list[int]:
        return list(accumulate(map(len, self.data.splitlines(keepends=True)[:-1])))

    def line(self, offset: int) -> int:
        """The 1-based number of the line that holds this byte of ``data``."""
        return max(bisect_right(self._line_starts, offset), 1)

    # --- the split -------------------------------------------------------------------------------

    def _split(self) -> None:
        pieces = _SPLIT[self.level].split(self.data[self.front :] if self.front else self.data)
        sizes = accumulate(map(len, pieces[:-1]))
        self.starts = [self.front, *(self.front + n + size for n, size in enumerate(sizes))]
        self.pieces = pieces
        if self.front:
            self.starts.insert(0, 0)
            self.pieces.insert(0, self.data[: self.front])

    def _place(self, headings: list[int]) -> None:
        """Sections that begin with the line end in front of these headings."""
        self.starts = [*([0] if self.front else []), self.front, *headings]
        self.pieces = []
        self._headings = {}
        for index in range(len(self.starts)):
            piece = self.section(index)
            lead = index >= self.first and piece[:1] == b"\n"
            self.pieces.append(piece[1:] if lead else piece)

    def odd(self, ranges: list[range]) -> list[int]:
        """Those of these sections in which the split may have missed a heading."""
        if not self.plain:
            return []
        found: list[int] = []
        for some in ranges:
            start, end = self.span(some.start, some.stop)
            # what changed is often little: see whether there is anything odd at all, first
            if _ODD.search(self.data, start, end):
                found += [index for index in some if _unseen(self.section(index))]
        least = 1 if self.front else 0
        return [index for index in found if index >= least]

    def refine(self, indices: list[int]) -> None:
        """Split these sections again, with the parser."""
        found = set(self.starts[self.first :])
        for index in indices:
            found.update(_headings(self.data, *self.span(index, index + 1), self.level))
        self._place(sorted(found))


def split_level(old: bytes, new: bytes) -> int:
    """Down to which level a heading opens a section: to that of the articles, or all of them."""
    levels = {2 + len(found[1]) for data in (old, new) for found in _articles(data)}
    return max(levels, default=6)


def _articles(data: bytes) -> Iterator[re.Match[bytes]]:
    """The first article, and the first of level 3."""
    for number, found in enumerate(_ARTICLES.finditer(data)):
        if found[1]:
            yield found
            return
        if not number:
            yield found


def is_plain(data: bytes) -> bool:
    """Whether a line that begins with ``#`` is a heading, wherever it stands."""
    if (b"`" in data and b"```" in data) or (b"~" in data and b"~~~" in data):
        return False
    if b"\r" in data and _LONE_CR.search(data):
        return False
    end = 0
    for place in _tags(data):
        if _HTML_TO_MARK.match(data, place):
            return False
        if place >= end and _HTML_TO_BLANK.match(data, place):
            blank = _BLANK_LINE.search(data, place)
            end = blank.start() if blank else len(data)
            if data.find(b"\n#", place, end) >= 0:
                return False
    return True


def _tags(data: bytes) -> Iterator[int]:
    """Where a line begins with ``<``, which may begin a block of HTML."""
    place = data.find(b"<")
    while place >= 0:
        if data[max(place - 4, 0) : place].rstrip(b" ")[-1:] == b"\n":
            yield place
        place = data.find(b"<", place + 1)


def _unseen(data: bytes) -> bool:
    """Whether there may be a heading that is indented, or underlined with = or -."""
    for found in _ODD.finditer(data):
        start = data.rfind(b"\n", 0, found.start()) + 1
        if b"#" in found[0] or data[start : found.start()].strip():
            return True
    return False


def _front(data: bytes, path: str) -> int:
    """Where the front matter ends, without the line feed that closes it; 0 if there is none."""
    if not data.startswith(b"\n+++"):
        return 0
    end = front_end(data[1:], path)
    return end + (data[end : end + 1] != b"\n") if end else 0


def _headings(data: bytes, start: int, end: int, level: int) -> list[int]:
    """Where the line ends in front of the headings stand, by the parser."""
    body = data[start:end]
    lines = [0, *accumulate(map(len, body.splitlines(keepends=True)))]
    found = headings(body.decode("utf-8"))
    return [start + lines[line] - 1 for line, depth in found if depth <= level and line]
