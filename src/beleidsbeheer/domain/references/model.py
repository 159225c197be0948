"""What a reference is: the words, where they stand, and the places they name. Values only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Unit(StrEnum):
    """A part of a regulation that people name, from large to small; the value is the Dutch word."""

    BIJLAGE = "bijlage"
    BOEK = "boek"
    TITEL = "titel"
    HOOFDSTUK = "hoofdstuk"
    AFDELING = "afdeling"
    PARAGRAAF = "paragraaf"
    ARTIKEL = "artikel"
    LID = "lid"
    ALINEA = "alinea"
    ONDERDEEL = "onderdeel"
    SUBONDERDEEL = "subonderdeel"
    STREEPJE = "streepje"
    VOLZIN = "volzin"

    @property
    def rank(self) -> int:
        """Its place from large to small."""
        return _RANKS[self]


_RANKS: Final = {unit: rank for rank, unit in enumerate(Unit)}
DIVISIONS: Final = frozenset(list(Unit)[: list(Unit).index(Unit.ARTIKEL)])
UNCITED: Final = (Unit.ALINEA, Unit.STREEPJE, Unit.VOLZIN)  # a Document gives these no key


NEUTER: Final = frozenset(
    {
        Unit.BOEK,
        Unit.HOOFDSTUK,
        Unit.ARTIKEL,
        Unit.LID,
        Unit.ONDERDEEL,
        Unit.SUBONDERDEEL,
        Unit.STREEPJE,
    }
)  # "dit artikel"; the others have "deze"


class Which(StrEnum):
    """A mark that is a word: "dit artikel", "het vorige lid", "dat lid", "de laatste volzin"."""

    THIS = "dit"
    THAT = "dat"
    PREVIOUS = "vorige"
    NEXT = "volgende"
    LAST = "laatste"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a place. ``mark`` is as a Document has it (``4:17``, ``1``, ``b``, ``1°``) or a Which."""

    unit: Unit
    mark: str

    @property
    def deictic(self) -> bool:
        """Whether it is found from where the words stand, not by its own mark."""
        return isinstance(self.mark, Which) and self.mark is not Which.LAST


@dataclass(frozen=True, slots=True)
class Place:
    """Steps from large to small, in the text itself or in the law named by ``law``.

    ``law`` is a name as the list of laws gives it (``AVG``), the words themselves for one that the
    list lacks, or "" for the text in which the words stand. No steps: the law as a whole.
    """

    steps: tuple[Step, ...]
    law: str = ""

    @property
    def relative(self) -> bool:
        """Whether only the element in which the words stand tells what is meant."""
        return not self.law and (
            self.steps[0].unit.rank > Unit.ARTIKEL.rank or any(s.deictic for s in self.steps)
        )

    @property
    def key(self) -> str:
        """The key as a Document gives it: ``14.1.b``, ``hoofdstuk-2``; ``.1.b`` without its artikel.

        What has no key of its own (a volzin) gives that of what it stands in; "" is the whole law.
        """
        return key_of(self.steps)


def key_of(steps: Sequence[Step]) -> str:
    """The key that these steps spell, from large to small."""
    small = [step for step in steps if step.unit not in DIVISIONS and step.unit not in UNCITED]
    large = [step for step in steps if step.unit in DIVISIONS]
    marks = [step.mark for step in small]
    if small and small[0].unit is Unit.ARTIKEL:
        book = next((f"{step.mark}:" for step in large if step.unit is Unit.BOEK), "")
        return book + ".".join(marks)
    head = f"{large[-1].unit}-{large[-1].mark}" if large else ""
    return ".".join([head, *marks]) if marks or not steps or large else "."


@dataclass(frozen=True, slots=True)
class Target:
    """A place that a reference names.

    ``between``: it was not named, a range runs over it ("3 tot en met 5"); ``closes``: it ends a range
    that began with the target named before it. ``sure`` is False where Dutch leaves open in which
    text the place is ("artikel 3 of artikel 5 van de Awb").
    """

    place: Place
    between: bool = False
    closes: bool = False
    sure: bool = True


class Style(StrEnum):
    """In which way a place is written; many are neither ("artikel 7")."""

    AR = "ar"  # artikel 5, tweede lid, onder b
    SCHOOL = "school"  # artikel 5 lid 2 onder b
    LOOSE = "los"  # artikel 5 tweede lid: words for numbers, commas left out
    NEITHER = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """Words that refer. ``start`` and ``end`` are bytes of the text, lines and columns count from 1.

    ``quote`` is what stands there, white space as one space. ``targets`` has at least one.
    """

    start: int
    end: int
    line: int
    column: int
    quote: str
    targets: tuple[Target, ...]
    style: Style
