"""A text as checks and search read it: lines, and passages of lines that belong together, with their place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from beleidsbeheer.domain.document import Document, Element


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the body: its 1-based number in the file, its text without line end, and whose it is.

    ``element`` is the innermost element with this line as its own, ``key`` the nearest key at or above it.
    """

    number: int
    text: str
    element: Element
    key: str


@dataclass(frozen=True)
class Passage:
    """Lines that belong together: a heading, a paragraph, the first paragraph of an item. No blank lines.

    ``text`` holds them with ``\\n`` between, so that a check can find what runs over a line end.
    """

    first: int
    text: str
    element: Element
    key: str

    def line_of(self, place: int) -> int:
        """The number in the file of the line on which character ``place`` (from 0) of ``text`` stands."""
        return self.first + bisect_left(self._ends, place)

    @cached_property
    def _ends(self) -> list[int]:
        return [found.start() for found in re.finditer("\n", self.text)]


def lines_of(document: Document) -> Iterator[Line]:
    """The lines of the body in source order."""
    raw = document.lines
    todo = [(element, "") for element in reversed(document.elements)]
    while todo:
        element, above = todo.pop()
        key = element.key or above
        for number in element.own_lines:
            yield Line(number, raw[number - 1].rstrip("\r\n"), element, key)
        todo += ((child, key) for child in reversed(element.children))


def passages_of(lines: Iterable[Line]) -> Iterator[Passage]:
    """Lines of one element with no blank line between them, as one passage."""
    for (_, blank), some in groupby(lines, key=lambda at: (id(at.element), not at.text.strip())):
        if not blank:
            each = list(some)
            text = "\n".join(line.text for line in each)
            yield Passage(each[0].number, text, each[0].element, each[0].key)
