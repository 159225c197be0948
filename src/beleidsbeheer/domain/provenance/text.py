"""A text in words and in the parts that people can cite: each word belongs to one part."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

from beleidsbeheer.domain.document import Kind, parse
from beleidsbeheer.domain.outline import Element

FRONT: Final = "Kopblok"
TOP: Final = "Aanhef"

_WORD: Final = re.compile(rb"\S+")  # what ASCII white space separates, as ``changes`` has it
MARKUP: Final = re.compile(rb"[#*_`>|+=~:-]+")
_UNSHOWN: Final = re.compile(rb"#{1,6}|>+|[|:-]*\|[|:-]*")
HARD_SPACE: Final = b"\xc2\xa0"
_BEHIND_NUMBER: Final = ".:–—-"


@dataclass(slots=True)
class OwnPart:
    """A part of one text. ``shown`` are its words, ``words`` those without marks of Markdown."""

    key: str
    kind: Kind
    name: str
    heading: str
    parent: int
    lines: tuple[int, int]
    shown: list[int] = field(default_factory=list)
    words: list[int] = field(default_factory=list)


class WordText:
    """One text: its words, where each begins, to which part it belongs, and whether it is one."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.words: list[bytes] = data.split()
        self.starts = [found.start() for found in _WORD.finditer(data)]
        self.counted = bytearray(not MARKUP.fullmatch(word) for word in self.words)
        self.home = array("l", [0]) * len(self.words)
        self.parts: list[OwnPart] = []
        document = parse(data)
        sizes = (len(line.encode("utf-8")) for line in document.lines)
        self._lines = list(accumulate(sizes, initial=0))
        if document.front.last_line:
            self._open(None, FRONT, -1, (1, document.front.last_line))
            self._fill(0, 1, document.front.last_line, 0)
        todo = [(element, -1) for element in reversed(document.elements)]
        while todo:
            element, parent = todo.pop()
            index = self._place(element, parent)
            todo += [(child, index) for child in reversed(element.children)]

    def at(self, offset: int) -> int:
        """The first word from this byte on, as ``changes`` counts: with a line feed in front."""
        return bisect_left(self.starts, offset - 1)

    def top(self, index: int) -> int:
        """The artikel that a part stands in, or the part at the top."""
        while self.parts[index].kind is not Kind.ARTIKEL and self.parts[index].parent >= 0:
            index = self.parts[index].parent
        return index

    def _place(self, element: Element, parent: int) -> int:
        """The part that the words of an element belong to: what cannot be cited belongs to its parent."""
        skip, index = 0, parent
        first, last = element.own_lines.start, element.own_lines.stop - 1
        if element.key or parent < 0:
            name = self._name(element, parent) if element.key else element.heading or TOP
            index = self._open(element, name, parent, (element.first_line, element.last_line))
            skip = self._mark(element) if element.key else 0
        self._fill(index, first, last, skip)
        return index

    def _open(self, element: Element | None, name: str, parent: int, lines: tuple[int, int]) -> int:
        key, kind, heading = "", Kind.ANDERS, ""
        if element:
            key, kind, heading = element.key, element.kind, element.heading
        self.parts.append(OwnPart(key, kind, name, heading, parent, lines))
        return len(self.parts) - 1

    def _span(self, first: int, last: int) -> range:
        start, end = self._lines[first - 1], self._lines[last]
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))

    def _fill(self, index: int, first: int, last: int, skip: int) -> None:
        """Give the words on these lines to a part; the first ``skip`` are its mark."""
        place, own = self._span(first, last), self.parts[index]
        for n in place:
            self.home[n] = index
        for n in place[skip:]:
            if not _UNSHOWN.fullmatch(self.words[n]):
                own.shown.append(n)
            if self.counted[n]:
                own.words.append(n)

    def _mark(self, element: Element) -> int:
        """How many words are the mark: ``- a.``, ``1.`` or ``## Artikel 7.``."""
        place = self._span(element.own_lines.start, element.own_lines.stop - 1)
        skip = 0
        while skip < len(place) and not self.counted[place[skip]]:
            skip += 1
        if element.kind is Kind.DEFINITIE:
            return skip
        wanted = element.mark.lower()
        if element.kind in (Kind.ARTIKEL, Kind.HOOFDSTUK):
            wanted = f"{element.kind}{wanted}"
        found = ""
        for count, n in enumerate(place[skip : skip + 2], start=1):
            found += self.words[n].replace(HARD_SPACE, b"").decode("utf-8").lower()
            if wanted in (found, found.rstrip(_BEHIND_NUMBER)):
                return skip + count
        return skip

    def _name(self, element: Element, parent: int) -> str:
        """How people cite it: ``artikel 14 lid 1 onder b``."""
        last = element.key.rpartition(".")[2]
        mark = element.mark.rstrip(".)") + last[last.find("~") :] * ("~" in last)
        if element.kind in (Kind.ARTIKEL, Kind.HOOFDSTUK):
            return f"{element.kind} {mark}"
        above = self.parts[parent].name
        if element.kind is Kind.LID:
            return f"{above} lid {mark}"
        if element.kind is Kind.DEFINITIE:
            return f"{above} “{element.heading}”"
        return f"{above} onder {mark}"

    def said(self, index: int) -> tuple[bytes, ...]:
        """The words of a part, without marks."""
        return tuple(self.words[n] for n in self.parts[index].words)
