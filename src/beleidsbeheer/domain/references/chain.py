"""What has been read of one reference: its leaves, and how it was written. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from beleidsbeheer.domain.numerals import span
from beleidsbeheer.domain.references.model import Step, Style, Unit
from beleidsbeheer.domain.references.tokens import Sort, is_roman

MOST_IN_RANGE: Final = 50
PARTS: Final = (Unit.ONDERDEEL, Unit.SUBONDERDEEL)

_LAST_NUMBER: Final = re.compile(r"(.*[:.])?([^:.]+)")


class Item(NamedTuple):
    """A mark in an enumeration; ``between`` and ``closes`` as in Target."""

    mark: str
    sort: Sort
    between: bool = False
    closes: bool = False


class Leaf(NamedTuple):
    """Steps to a place; ``between`` and ``closes`` as in Target."""

    steps: tuple[Step, ...]
    between: bool = False
    closes: bool = False


@dataclass
class Chain:
    """The leaves so far, up to character ``end``, and signs of style."""

    leaves: list[Leaf] = field(default_factory=list)
    end: int = 0
    articles: int = 0  # how many the last enumeration of artikelen has
    plural: bool = False  # "artikelen"
    commas: bool = True  # every smaller part has a comma in front
    school: bool = False  # "lid 1", "sub a", "art."
    words: bool = False  # "eerste lid"

    def copy(self) -> Chain:
        """The same, to go back to."""
        return Chain([*self.leaves], *self._signs)

    @property
    def _signs(self) -> tuple[int, int, bool, bool, bool, bool]:
        return self.end, self.articles, self.plural, self.commas, self.school, self.words

    @property
    def last(self) -> tuple[Step, ...]:
        """The steps of the last leaf."""
        return self.leaves[-1].steps if self.leaves else ()

    @property
    def top(self) -> Unit:
        """The largest unit of the first leaf."""
        return self.leaves[0].steps[0].unit

    @property
    def style(self) -> Style:
        """How it was written, as far as that shows."""
        if self.school:
            return Style.SCHOOL
        small = (leaf.steps for leaf in self.leaves if leaf.steps[-1].unit.rank > Unit.ARTIKEL.rank)
        if not self.words and all(len(steps) == 1 for steps in small):
            return Style.NEITHER
        if self.commas:
            return Style.AR
        return Style.LOOSE if self.words else Style.SCHOOL

    def add(self, unit: Unit, items: Sequence[Item]) -> None:
        """Put items below the last leaf, or beside the step of it that they continue."""
        last = self.last
        if unit in PARTS:
            unit, depth = _depth(unit, last, items[0].sort)
        else:
            depth = sum(step.unit.rank < unit.rank for step in last)
        if self.leaves and depth == len(last):
            self.leaves.pop()
        path = last[:depth]
        if unit is Unit.ARTIKEL:
            self.articles = len(items)
        self.leaves += [
            Leaf((*path, Step(unit, item.mark)), item.between, item.closes) for item in items
        ]


def _depth(unit: Unit, last: tuple[Step, ...], sort: Sort) -> tuple[Unit, int]:
    """Where an onderdeel goes: beside one whose mark looks the same, or else below the deepest."""
    parts = [place for place, step in enumerate(last) if step.unit in PARTS]
    for place in parts:
        look = _look(last[place].mark)
        if look is sort or (look is Sort.DEGREE and sort is Sort.LETTER):
            return last[place].unit, place  # below 1° stands no a
    if parts:
        return Unit.SUBONDERDEEL, parts[-1] + 1
    return unit, sum(step.unit.rank < Unit.ONDERDEEL.rank for step in last)


def _look(mark: str) -> Sort:
    if mark.endswith("°"):
        return Sort.DEGREE
    if mark[:1].isdigit():
        return Sort.NUMBER
    return Sort.ROMAN if is_roman(mark) else Sort.LETTER


def extend(items: list[Item], item: Item, until: bool) -> None:
    """One more item, and before it those that a range runs over."""
    if until:
        items += [Item(mark, item.sort, True) for mark in between(items[-1].mark, item.mark)]
    items.append(item._replace(closes=until))


def between(first: str, last: str) -> list[str]:
    """The marks that counting finds between two, at most MOST_IN_RANGE: 3, 6 → 4, 5; 2:1, 2:3 → 2:2."""
    low, high = _LAST_NUMBER.fullmatch(first), _LAST_NUMBER.fullmatch(last)
    if low is None or high is None or low[1] != high[1]:
        return []
    found = span(low[2], high[2], MOST_IN_RANGE)
    return [f"{low[1] or ''}{mark}" for mark in found[1:-1]] if found else []
