"""References of a Document → the elements that they name, as far as its text has them.

What cannot be decided is not called broken: a place that may be in another law, a mark that stands in
the text and is no list, words outside every artikel. Pure; linear in the size of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from beleidsbeheer.domain.document import Document, Element, Kind
from beleidsbeheer.domain.references.laws import Laws
from beleidsbeheer.domain.references.model import (
    DIVISIONS,
    UNCITED,
    Place,
    Reference,
    Step,
    Target,
    Unit,
    Which,
)
from beleidsbeheer.domain.references.scan import references
from beleidsbeheer.domain.references.surroundings import Surroundings

_MOST_BETWEEN: Final = 100
_LONGEST_SENTENCE: Final = 600
_SENTENCE: Final = re.compile(rb"[.!?][*_]*\s+[A-Z]|\n\s*\n|\n\s*(?:[-*|#]|[0-9]+[.)])")
_ENTRY: Final = re.compile(
    r"(?:.*\|)?\W*(?:(?:[a-z]{1,2}|[0-9]{1,3}°?)[.)]\s+)?(?:de\s+|het\s+)?\W*", re.I
)
_ENTRY_END: Final = re.compile(r"\s*(?:[;,.:|)]|$)")
_OWN_NOUNS: Final = (
    "reglement",
    "regeling",
    "statuut",
    "protocol",
    "code",
    "beleid",
    "plan",
    "besluit",
)
_COLON: Final = re.compile(rb"[^\r\n]{0,300}:[*_]*[ \t]*[\r\n]")
_ITEMS: Final = (Kind.ONDERDEEL, Kind.SUBONDERDEEL, Kind.STREEPJE)
_PARTS: Final = (Kind.ONDERDEEL, Kind.SUBONDERDEEL)
_CLIMBED: Final = (Kind.ARTIKEL, Kind.LID, Kind.DEFINITIE, *_PARTS)
_HEADED: Final = (Kind.ARTIKEL, Kind.HOOFDSTUK, Kind.TUSSENKOP, Kind.ANDERS)


class Status(StrEnum):
    """What became of a target; the value is the Dutch word people see."""

    GEVONDEN = "gevonden"
    ONTBREEKT = "ontbreekt"
    ONVOLLEDIG = "onvolledig"  # "artikel 14 onder b" where only its first lid has one
    ONZEKER = "niet te bepalen"
    EXTERN = "andere regeling"


@dataclass(frozen=True, slots=True)
class Hit:
    """A target with what became of it.

    ``key`` and ``line`` are those of the element; of one that is missing ``key`` is what it would be,
    and ``near`` the key of what is perhaps meant. "" and 0 where there is nothing to say.
    """

    target: Target
    status: Status
    key: str = ""
    line: int = 0
    near: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A reference, the key of the element in which it stands ("" outside them), and its hits."""

    reference: Reference
    source: str
    hits: tuple[Hit, ...]


def resolve(document: Document, laws: Laws | None = None) -> tuple[Link, ...]:
    """Every reference of the body, in order. Labels ("## Artikel 7") are none."""
    return tuple(_Resolver(document).links(laws))


class _Resolver:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.around = Surroundings(document)

    def links(self, laws: Laws | None) -> Iterator[Link]:
        document, around = self.document, self.around
        start = sum(len(line) for line in document.lines[: document.front.last_line])
        last: Link | None = None
        article: Element | None = None
        elsewhere: set[str] = set()  # artikelen of other laws that this artikel has named
        listing = False  # whether a list is open that another law began: "van de WMS:"
        for reference in references(document.source.decode("utf-8"), laws, start):
            owner = around.owner(reference.line)
            if owner is not None and self._is_label(reference, owner):
                continue
            if article is not (article := around.nearest(owner, Kind.ARTIKEL)):
                elsewhere = set()
            listing = listing and owner is not None and owner.kind in _ITEMS
            sure = (
                article is not None
                and not around.in_annex(article, reference.line)
                and not listing
                and "~" not in around.key(owner)
                and not self._is_entry(reference)
                and not self._leans(reference, last)
                and elsewhere.isdisjoint(_articles(reference))
            )
            last = Link(reference, around.key(owner), tuple(self._hits(reference, owner, sure)))
            if last.hits[0].status is Status.EXTERN:
                elsewhere |= _articles(reference)
                listing = listing or _COLON.match(document.source, reference.end) is not None
            yield last

    # --- what a reference stands in --------------------------------------------------------------

    def _is_label(self, reference: Reference, owner: Element) -> bool:
        """Whether it is the heading itself: "## Artikel 7"."""
        if owner.kind not in _HEADED or reference.line != owner.first_line:
            return False
        before = self.document.lines[reference.line - 1][: reference.column - 1]
        return not before.strip(" \t#*_")

    def _is_entry(self, reference: Reference) -> bool:
        """Whether it is an item of a list, or a cell: what stands above may name another law."""
        line = self.document.lines[reference.line - 1]
        begin = reference.column - 1
        return _ENTRY.fullmatch(line, 0, begin) is not None and (
            _ENTRY_END.match(line, begin + len(reference.quote)) is not None
        )

    def _leans(self, reference: Reference, last: Link | None) -> bool:
        """Whether it may go on from the one before it in its sentence: in that law, or that artikel."""
        if last is None:
            return False
        apart = self.document.source[last.reference.end : reference.start][:_LONGEST_SENTENCE]
        if len(apart) == _LONGEST_SENTENCE or _SENTENCE.search(apart):
            return False
        place = reference.targets[0].place
        relative = bool(place.steps) and place.steps[0].unit.rank > Unit.ARTIKEL.rank
        return any(
            hit.status is not Status.GEVONDEN or (relative and not hit.target.place.relative)
            for hit in last.hits
        )

    # --- targets ---------------------------------------------------------------------------------

    def _hits(self, reference: Reference, owner: Element | None, sure: bool) -> Iterator[Hit]:
        named: Hit | None = None
        for target in reference.targets:
            if target.between:
                continue  # what the text has between both ends comes with the last
            hit = self._hit(target, owner, sure)
            if target.closes and named is not None:
                yield from self._between(named, hit)
            named = hit
            yield hit

    def _between(self, first: Hit, last: Hit) -> Iterator[Hit]:
        """What stands between both ends of a range; numbers that the text lacks are no fault."""
        one, other = self.document.find(first.key), self.document.find(last.key)
        if one is None or other is None:
            return
        steps = last.target.place.steps
        for element in self.around.between(one, other, _MOST_BETWEEN):
            if element.key:
                step = Step(steps[-1].unit, element.key.rpartition(".")[2])
                target = Target(Place((*steps[:-1], step)), between=True)
                yield Hit(target, Status.GEVONDEN, element.key, element.first_line)

    def _hit(self, target: Target, owner: Element | None, sure: bool) -> Hit:
        place = target.place
        if place.law and not self._is_own(place.law):
            return Hit(target, Status.EXTERN)
        hit = self._own(target, owner)
        if hit.status is Status.ONTBREEKT and not (sure and target.sure):
            return Hit(target, Status.ONZEKER, hit.key)
        return hit

    def _is_own(self, law: str) -> bool:
        """Whether a text named in passing is this one: by its title, or by the noun in that."""
        words = law.lower().removeprefix("die ")
        for title in (self.document.title.lower(), self.document.front.citeertitel.lower()):
            if title and (title == words or title.startswith(f"{words} ")):
                return True
            if words in _OWN_NOUNS and any(word.endswith(words) for word in title.split()):
                return True
        return False

    def _own(self, target: Target, owner: Element | None) -> Hit:
        """A place in this text."""
        place = target.place
        steps = [step for step in place.steps if step.unit not in DIVISIONS]
        if not steps:
            return self._division(target, owner)
        if place.steps[0].unit in DIVISIONS and place.steps[0].mark is Which.THAT:
            return Hit(target, Status.ONZEKER)  # "artikel 3 van dat boek"
        first = steps[0]
        if first.unit is Unit.ARTIKEL:
            return self._from_article(target, steps, owner)
        if len(steps) < len(place.steps):
            return Hit(target, Status.ONZEKER, place.key)  # parts of a bijlage have no keys
        if first.unit in UNCITED:
            return _found(target, self.around.nearest(owner, Kind.LID, Kind.ARTIKEL))
        if first.deictic:
            return self._pointed(target, steps, owner)
        if first.unit is Unit.LID:
            article = self.around.nearest(owner, Kind.ARTIKEL)
            return self._down(target, article, steps) if article else Hit(target, Status.ONZEKER)
        return self._from_part(target, steps, owner)

    def _division(self, target: Target, owner: Element | None) -> Hit:
        if not target.place.steps:
            return Hit(target, Status.ONZEKER)
        step = target.place.steps[-1]
        if isinstance(step.mark, Which):
            here = step.mark is Which.THIS and step.unit is Unit.HOOFDSTUK
            return _found(target, self.around.nearest(owner, Kind.HOOFDSTUK) if here else None)
        key = f"{step.unit}-{step.mark}"
        element = self.around.divisions.get(key)
        if element is not None:
            return Hit(target, Status.GEVONDEN, element.key or key, element.first_line)
        elsewhere = step.unit in (Unit.BOEK, Unit.TITEL)  # of a code of law
        return Hit(target, Status.ONZEKER if elsewhere else Status.ONTBREEKT, key)

    def _from_article(self, target: Target, steps: Sequence[Step], owner: Element | None) -> Hit:
        mark = steps[0].mark
        if isinstance(mark, Which):
            return self._pointed(target, steps, owner)
        article = self.document.find(mark)
        if article is not None:
            return self._down(target, article, steps[1:])
        lid = self.document.find(mark.replace(":", ".")) if ":" in mark else None
        if lid is not None:  # "artikel 2.1" for its first lid
            return Hit(target, Status.ONVOLLEDIG, lid.key, lid.first_line)
        if self.around.is_strange(mark):
            return Hit(target, Status.ONZEKER, mark)
        part = f"{mark[:-1]}.{mark[-1]}" if mark[-1].isalpha() else ""  # "artikel 7a" for onder a
        near = part if part and self.document.find(part) else ""
        return Hit(target, Status.ONTBREEKT, _key(mark, steps[1:]), near=near)

    def _pointed(self, target: Target, steps: Sequence[Step], owner: Element | None) -> Hit:
        """ "dit artikel", "het vorige lid"; what "dat lid" is only the sentence tells."""
        which = steps[0].mark
        kinds = {Unit.ARTIKEL: (Kind.ARTIKEL,), Unit.LID: (Kind.LID,), Unit.ONDERDEEL: _PARTS}
        here = self.around.nearest(owner, *kinds.get(steps[0].unit, ()))
        if which is Which.THIS and here is not None:
            return self._down(target, here, steps[1:])
        article = self.around.nearest(owner, Kind.ARTIKEL)
        if which not in (Which.PREVIOUS, Which.NEXT) or article is None:
            return Hit(target, Status.ONZEKER)
        there = self.around.neighbour(here, Which(which)) if here is not None else None
        if there is not None:
            return self._down(target, there, steps[1:])
        marks = self.around.line_marks(article) if steps[0].unit is Unit.LID else ()
        loose = any(mark.isdigit() for mark in marks)
        return Hit(target, Status.ONZEKER if loose else Status.ONTBREEKT)

    def _from_part(self, target: Target, steps: Sequence[Step], owner: Element | None) -> Hit:
        """ "onder a": of the nearest element that has one, up to the artikel."""
        open_hit: Hit | None = None
        missing: Hit | None = None
        for element in self.around.upward(owner):
            if not element.key or element.kind not in _CLIMBED:
                continue
            hit = self._down(target, element, steps)
            if hit.status in (Status.GEVONDEN, Status.ONVOLLEDIG):
                return hit
            if hit.status is Status.ONZEKER:
                open_hit = open_hit or hit
            elif element.kind in (Kind.LID, Kind.ARTIKEL):
                missing = missing or hit
        return open_hit or missing or Hit(target, Status.ONZEKER)

    # --- downward --------------------------------------------------------------------------------

    def _down(self, target: Target, element: Element, steps: Sequence[Step]) -> Hit:
        """From an element on, one step at a time."""
        cited = [step for step in steps if step.unit not in UNCITED]
        for n, step in enumerate(cited):
            below = self.around.below(element, step.mark)
            if below is None:
                return self._missing(target, element, cited[n:])
            element = below
        return _found(target, element)

    def _missing(self, target: Target, element: Element, steps: Sequence[Step]) -> Hit:
        """The first of these steps leads nowhere; perhaps the number of the lid was left out, or is too many."""
        step, key = steps[0], _key(element.key, steps)
        if step.unit is not Unit.LID and element.kind is Kind.ARTIKEL:
            inside = self.around.in_leden(element, step.mark)
            hits = [self._down(target, each, steps[1:]) for each in inside[:2]]
            if len(hits) == 1 and hits[0].status is Status.GEVONDEN:
                return Hit(target, Status.ONVOLLEDIG, hits[0].key, hits[0].line)
            if hits:
                return Hit(target, Status.ONVOLLEDIG)
        if self._is_loose(element, step):
            return Hit(target, Status.ONZEKER, key)
        if step.unit is Unit.LID and not step.mark.isdigit():  # "lid 1i" for lid 1 onder i
            lid = self.around.below(element, step.mark[:-1])
            part = self.around.below(lid, step.mark[-1]) if lid else None
            if part is not None:
                return Hit(target, Status.ONVOLLEDIG, part.key, part.first_line)
        near = ""
        if step.unit is Unit.LID and len(steps) > 1:
            without = self._down(target, element, steps[1:])
            near = without.key if without.status is Status.GEVONDEN else ""
        return Hit(target, Status.ONTBREEKT, key, near=near)

    def _is_loose(self, element: Element, step: Step) -> bool:
        """Whether the text has this mark, and its list is no list, or was read as leden of the artikel."""
        if step.mark in self.around.line_marks(element):
            return True
        article = self.around.nearest(element, Kind.ARTIKEL)
        numbered = step.unit is not Unit.LID and step.mark.rstrip("°").isdigit()
        return bool(numbered and article and self.around.below(article, step.mark))


def _found(target: Target, element: Element | None) -> Hit:
    if element is None:
        return Hit(target, Status.ONZEKER)
    return Hit(target, Status.GEVONDEN, element.key, element.first_line)


def _key(head: str, steps: Sequence[Step]) -> str:
    return ".".join([head, *(step.mark for step in steps if step.unit not in UNCITED)])


def _articles(reference: Reference) -> set[str]:
    """The marks of the artikelen that a reference names."""
    steps = (target.place.steps[:1] for target in reference.targets)
    return {step.mark for first in steps for step in first if step.unit is Unit.ARTIKEL}
