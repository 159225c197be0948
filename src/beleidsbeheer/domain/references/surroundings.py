"""A document as references see it: which element holds a line, what is around it, what is below. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

from beleidsbeheer.domain.document import Document, Element, Kind
from beleidsbeheer.domain.outline import ARTICLE
from beleidsbeheer.domain.references.model import Which

_FARTHEST: Final = 50  # other elements between one lid and the next
_LABEL: Final = re.compile(
    r"(bijlage|boek|titel|hoofdstuk|afdeling|paragraaf|§)\s*"
    r"([0-9]{1,6}(?:[.:][0-9]{1,6}){0,3}[a-z]?|[ivxlc]{1,8}|[a-z])(?![\w])",
    re.I,
)
_ANNEX: Final = re.compile(r"bijlage|toelichting|annex", re.I)
_NUMBERED: Final = re.compile(r"([0-9]{1,4}(?:\.[0-9]{1,4}){0,3})\.?(?=\s|$)")
_LINE_MARK: Final = re.compile(
    r"[\W_]{0,8}([0-9]{1,3}°|[0-9]{1,3}[a-z]?|[a-z]{1,2}|[ivx]{1,5})(?:[.):]|\s*°)", re.I
)
_FIRST_NUMBER: Final = re.compile(r"[0-9]+")


class Surroundings:
    """Elements found by line, by key, by neighbour and by heading."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.articles: tuple[Element, ...] = document.articles
        self.divisions: dict[str, Element] = {}  # "bijlage-1" → the element under that heading
        self._parents: dict[int, Element] = {}  # by identity: elements without a key can be equal
        self._owners: list[Element | None] = [None] * (len(document.lines) + 2)
        self._annexes: dict[int, int] = {}
        self._marks: dict[int, frozenset[str]] = {}
        self._inside: dict[int, dict[str, list[Element]]] = {}
        for element in document.walk():
            for line in element.own_lines:
                self._owners[line] = element
            for child in element.children:
                self._parents[id(child)] = element
            self._label(element)

    def _label(self, element: Element) -> None:
        """Headings that open a division, with a word ("Bijlage 1") or a bare number ("3.2 …")."""
        if element.kind is Kind.HOOFDSTUK:
            self.divisions.setdefault(f"hoofdstuk-{element.mark.lower()}", element)
        if element.kind not in (Kind.ANDERS, Kind.TUSSENKOP) or not element.heading:
            return
        heading = element.heading.lstrip("*_ ")
        article = self.nearest(element, Kind.ARTIKEL)
        if article and _ANNEX.match(heading):
            self._annexes.setdefault(id(article), element.first_line)
        if found := _LABEL.match(heading):
            unit = "paragraaf" if found[1] == "§" else found[1].lower()
            self.divisions.setdefault(f"{unit}-{found[2].lower()}", element)
        elif found := _NUMBERED.match(heading):
            for mark in (found[1], found[1].partition(".")[0]):
                for unit in ("hoofdstuk", "paragraaf"):
                    self.divisions.setdefault(f"{unit}-{mark}", element)

    # --- around ----------------------------------------------------------------------------------

    def owner(self, line: int) -> Element | None:
        """The element that holds a line, 1-based in the file."""
        return self._owners[line]

    def parent(self, element: Element) -> Element | None:
        """The element that an element is a child of."""
        return self._parents.get(id(element))

    def upward(self, element: Element | None) -> Iterator[Element]:
        """An element, its parent, and so on."""
        while element is not None:
            yield element
            element = self.parent(element)

    def nearest(self, element: Element | None, *kinds: Kind) -> Element | None:
        """The first of these kinds, upward."""
        return next((each for each in self.upward(element) if each.kind in kinds), None)

    def key(self, element: Element | None) -> str:
        """The key of the nearest element that has one, upward; "" if none has."""
        return next((each.key for each in self.upward(element) if each.key), "")

    def in_annex(self, article: Element, line: int) -> bool:
        """Whether a line stands under a heading "Bijlage" that did not close the artikel before it."""
        return line >= self._annexes.get(id(article), line + 1)

    def neighbour(self, here: Element, which: Which) -> Element | None:
        """The element of the same kind before or behind it; articles go on across chapters."""
        siblings = self._siblings(here)
        way = -1 if which is Which.PREVIOUS else 1
        place = self._places[id(here)]
        for n in range(place + way, place + way * _FARTHEST, way):
            if not 0 <= n < len(siblings):
                return None
            if siblings[n].kind is here.kind:
                return siblings[n]
        return None

    def between(self, first: Element, last: Element, most: int) -> Iterator[Element]:
        """The elements of the same kind that stand between two, ``most`` at most."""
        siblings = self._siblings(first)
        if first.kind is not last.kind or siblings is not self._siblings(last):
            return
        low, high = self._places[id(first)] + 1, self._places[id(last)]
        yield from (
            each for each in siblings[low : min(high, low + most)] if each.kind is first.kind
        )

    def _siblings(self, element: Element) -> Sequence[Element]:
        if element.kind is Kind.ARTIKEL:
            return self.articles
        parent = self.parent(element)
        return parent.children if parent else self.document.elements

    @cached_property
    def _places(self) -> dict[int, int]:
        """Where each element stands among its siblings."""
        places = {id(article): n for n, article in enumerate(self.articles)}
        below = (element.children for element in self.document.walk())
        for children in (self.document.elements, *below):
            for n, child in enumerate(children):
                places.setdefault(id(child), n)
        return places

    # --- below -----------------------------------------------------------------------------------

    def below(self, element: Element, mark: str) -> Element | None:
        """The part of an element with this mark; 1 and 1° are the same, and so are a and A."""
        other = mark.removesuffix("°") if mark.endswith("°") else f"{mark}°"
        for each in dict.fromkeys((mark, other, mark.upper())):
            if found := self.document.find(f"{element.key}.{each}"):
                return found
        return None

    def in_leden(self, article: Element, mark: str) -> Sequence[Element]:
        """The onderdelen with this mark in the leden of an artikel."""
        found = self._inside.get(id(article))
        if found is None:
            found = self._inside[id(article)] = defaultdict(list)
            for lid in article.children:
                for part in lid.walk() if lid.kind is Kind.LID else ():
                    if part.kind is Kind.ONDERDEEL and part.key:
                        found[part.key.rpartition(".")[2]].append(part)
        return found.get(mark, ())

    def line_marks(self, element: Element) -> frozenset[str]:
        """Marks with which lines of an element begin that are no items: perhaps parts all the same."""
        found = self._marks.get(id(element))
        if found is None:
            items = {each.first_line for each in element.walk() if each.mark}
            numbers = (
                n for n in range(element.first_line, element.last_line + 1) if n not in items
            )
            matches = (_LINE_MARK.match(self.document.lines[n - 1]) for n in numbers)
            found = self._marks[id(element)] = frozenset(
                each[1].lower() for each in matches if each
            )
        return found

    def is_strange(self, mark: str) -> bool:
        """Whether the number of an artikel is unlike those of this text, so that it may be another's."""
        shapes, highest = self._numbering
        first = _FIRST_NUMBER.match(mark)
        if not shapes or first is None or not ARTICLE.fullmatch(f"artikel {mark}"):
            return True
        return mark.count(":") not in shapes or int(first[0]) > 2 * highest + 10

    @cached_property
    def _numbering(self) -> tuple[frozenset[int], int]:
        """How many colons the numbers of artikelen have, and the highest first number."""
        keys = [article.key.partition("~")[0] for article in self.articles]
        numbers = (_FIRST_NUMBER.match(key) for key in keys)
        return (
            frozenset(key.count(":") for key in keys),
            max((int(found[0]) for found in numbers if found), default=0),
        )
