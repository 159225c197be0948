"""Who must consent to what: the Wet medezeggenschap op scholen (WMS) as dated data with sources.

The law itself stands in ``wms.toml`` beside this module. A submission is judged by the rows that held on
its day, so rows are closed and added, never changed. What an organisation arranged otherwise, for a time,
comes from its own ``beleid.toml`` and replaces the law for that topic.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from beleidsbeheer.domain.model import Council, Geleding, slug_defect
from beleidsbeheer.domain.settings import SECTORS, Arrangement
from beleidsbeheer.domain.toml import (
    choice,
    day,
    only_known,
    part,
    parts,
    read_toml,
    several,
    whole,
    word,
)
from beleidsbeheer.errors import UnreadableInput

WMS_PATH = "domain/wms.toml"
CITATIONS = (
    "voorafgaand",
    "stukken",
    "voorzitter",
    "gmr",
    "verschuiven",
    "termijn-verschuiven",
    "commissie",
    "nietigheid",
)
_ORDER = {geleding: place for place, geleding in enumerate(Geleding)}


class Mark(StrEnum):
    """How sure a statement about the law is."""

    GELEZEN = "gelezen"
    UIT_HET_HOOFD = "uit het hoofd"
    AFGELEID = "afgeleid"


@dataclass(frozen=True, slots=True)
class Provision:
    """One row of the law: in these sectors these geledingen consent to what touches this topic.

    ``start`` and ``end`` both belong to it; no end means still in force. ``source`` is the text that was
    read, ``mark`` how sure it is.
    """

    topic: str
    explanation: str
    sectors: tuple[str, ...]
    geledingen: tuple[Geleding, ...]
    basis: str
    start: date
    end: date | None
    source: str
    mark: Mark

    def holds(self, topic: str, sector: str, on: date) -> bool:
        """Whether this row speaks about this topic in this sector on this day."""
        in_force = self.start <= on and (self.end is None or on <= self.end)
        return in_force and topic == self.topic and sector in self.sectors


@dataclass(frozen=True, slots=True)
class Citation:
    """An article as people cite it, and how sure it is."""

    text: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Law:
    """The law as read on ``read_on``. ``short`` is how citations begin, such as WMS.

    ``nullity_weeks``: so long after it was told of a decision can a council invoke its nullity.
    """

    name: str
    short: str
    read_on: date
    provisions: tuple[Provision, ...]
    sectors: Mapping[str, tuple[Geleding, ...]]
    citations: Mapping[str, Citation]
    nullity_weeks: int

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics that the law knows, now or once, in the order of the file."""
        return tuple(dict.fromkeys(each.topic for each in self.provisions))

    def explain(self, topic: str) -> str:
        """What a topic means, in plain Dutch without a capital or full stop. ValueError when unknown."""
        for each in reversed(self.provisions):
            if each.topic == topic:
                return each.explanation
        raise ValueError(topic)

    def geledingen(self, sector: str) -> tuple[Geleding, ...]:
        """The geledingen of a council in this sector. ValueError for an unknown sector."""
        if sector not in self.sectors:
            raise ValueError(sector)
        return self.sectors[sector]

    def basis(self, name: str) -> str:
        """The citation under this name, one of CITATIONS. ValueError for an unknown name."""
        if name not in self.citations:
            raise ValueError(name)
        return self.citations[name].text

    def basis_for(self, council: Council, basis: str) -> str:
        """The ground on which this council consents: a GMR has the powers of an MR (WMS 16 lid 1)."""
        if council is Council.MR:
            return basis
        return f"{self.basis('gmr')} jo. {basis.removeprefix(self.short + ' ')}"


# --- judging --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Requirement:
    """This geleding must consent, on this ground. ``topic``: the first of the topics it follows from."""

    geleding: Geleding
    basis: str
    topic: str


@dataclass(frozen=True, slots=True)
class Requirements:
    """Whose consent a text needs on one day.

    ``required``: one for each pair of geleding and ground, in the order of Geleding, then of ground.
    ``unknown``: topics that neither the law nor an arrangement knows. ``copies``: the geledingen that are
    not asked and get a copy (WMS 8 lid 6); empty when the whole council is asked, or nobody.
    ``expired``: arrangements about one of the topics that ended before that day.
    """

    required: tuple[Requirement, ...]
    unknown: tuple[str, ...]
    copies: tuple[Geleding, ...]
    expired: tuple[Arrangement, ...]


def requirements(  # noqa: PLR0917 - six facts decide, and none of them has a default
    law: Law,
    topics: Iterable[str],
    sector: str,
    council: Council,
    arrangements: Sequence[Arrangement],
    on: date,
) -> Requirements:
    """Who of this council must consent to a text that touches ``topics``, by the law of ``on``.

    Arrangements that hold on that day replace the law for their topic; when there are more, all of them
    hold. The order of ``topics`` and doubles in them make no difference. ValueError for an unknown sector.
    """
    asked = sorted(set(topics))
    found: dict[tuple[Geleding, str], Requirement] = {}
    unknown = []
    for topic in asked:
        grounds = _grounds(law, topic, sector, arrangements, on)
        if not grounds:
            unknown.append(topic)
        for geleding, ground in grounds:
            basis = law.basis_for(council, ground)
            found.setdefault((geleding, basis), Requirement(geleding, basis, topic))
    required = sorted(found.values(), key=lambda each: (_ORDER[each.geleding], each.basis))
    return Requirements(
        tuple(required),
        tuple(unknown),
        _copies(law.geledingen(sector), {each.geleding for each in required}),
        tuple(each for each in arrangements if each.topic in asked and each.end < on),
    )


def _grounds(
    law: Law, topic: str, sector: str, arrangements: Sequence[Arrangement], on: date
) -> list[tuple[Geleding, str]]:
    rows: list[Arrangement] | list[Provision]
    rows = [each for each in arrangements if each.topic == topic and each.holds_on(on)]
    if not rows:
        rows = [each for each in law.provisions if each.holds(topic, sector, on)]
    return [(geleding, row.basis) for row in rows for geleding in row.geledingen]


def _copies(all_of_them: tuple[Geleding, ...], asked: set[Geleding]) -> tuple[Geleding, ...]:
    if not asked or Geleding.GEHEEL in asked:
        return ()
    return tuple(each for each in all_of_them if each not in asked)


# --- reading --------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def wms() -> Law:
    """The law that comes with this program: constant data, like code."""
    from importlib.resources import files

    return read_law((files("beleidsbeheer.domain") / "wms.toml").read_bytes(), WMS_PATH)


def read_law(data: bytes, path: str) -> Law:
    """A law in the form of ``wms.toml``. Raises UnreadableInput naming the file and the part."""
    table = read_toml(data, path)
    only_known(
        table,
        {"wet", "afkorting", "gelezen", "sectoren", "instemming", "grondslagen", "nietigheid"},
        path,
    )
    sectors = _sectors(part(table, "sectoren", path), f"{path}, sectoren")
    citations = part(table, "grondslagen", path)
    only_known(citations, CITATIONS, f"{path}, grondslagen")
    return Law(
        word(table, "wet", path),
        word(table, "afkorting", path),
        day(table, "gelezen", path),
        tuple(
            _provision(row, sectors, f"{path}, instemming {number}")
            for number, row in enumerate(parts(table, "instemming", path), start=1)
        ),
        sectors,
        {name: _citation(citations, name, f"{path}, grondslagen") for name in CITATIONS},
        _nullity_weeks(part(table, "nietigheid", path), f"{path}, nietigheid"),
    )


def _sectors(table: Mapping[str, Any], where: str) -> dict[str, tuple[Geleding, ...]]:
    only_known(table, SECTORS, where)
    sectors = {}
    for sector in SECTORS:
        row, place = part(table, sector, where), f"{where}.{sector}"
        only_known(row, {"geledingen", "grondslag", "bron", "merk"}, place)
        word(row, "grondslag", place)
        _source(row, place)
        sectors[sector] = _geledingen(row, place)
    return sectors


def _provision(
    row: Mapping[str, Any], sectors: Mapping[str, tuple[Geleding, ...]], where: str
) -> Provision:
    known = {"onderwerp", "uitleg", "sectoren", "geledingen", "grondslag", "vanaf", "tot_en_met"}
    only_known(row, known | {"bron", "merk"}, where)
    topic, start = word(row, "onderwerp", where), day(row, "vanaf", where)
    if slug_defect(topic):
        raise UnreadableInput(f"{where}: onderwerp {topic!r}: {slug_defect(topic)}.")
    end = day(row, "tot_en_met", where) if "tot_en_met" in row else None
    if end is not None and end < start:
        raise UnreadableInput(f"{where}: tot_en_met ligt vóór vanaf.")
    applies, geledingen = several(row, "sectoren", SECTORS, where), _geledingen(row, where)
    if not applies:
        raise UnreadableInput(f"{where}: sectoren ontbreekt of is leeg.")
    for sector in applies:
        strangers = set(geledingen) - {*sectors[sector], Geleding.GEHEEL}
        if strangers:
            raise UnreadableInput(
                f"{where}: de sector {sector} kent geen geleding {min(strangers)}."
            )
    explanation, basis = word(row, "uitleg", where), word(row, "grondslag", where)
    source, mark = _source(row, where)
    return Provision(topic, explanation, applies, geledingen, basis, start, end, source, mark)


def _geledingen(row: Mapping[str, Any], where: str) -> tuple[Geleding, ...]:
    geledingen = tuple(Geleding(each) for each in several(row, "geledingen", Geleding, where))
    if not geledingen:
        raise UnreadableInput(f"{where}: geledingen ontbreekt of is leeg.")
    return geledingen


def _citation(table: Mapping[str, Any], name: str, where: str) -> Citation:
    row, place = part(table, name, where), f"{where}.{name}"
    only_known(row, {"tekst", "merk"}, place)
    return Citation(word(row, "tekst", place), _mark(row, place))


def _nullity_weeks(row: Mapping[str, Any], where: str) -> int:
    only_known(row, {"weken", "bron", "merk"}, where)
    _source(row, where)
    weeks = whole(row, "weken", where, 1, 52)
    if weeks is None:
        raise UnreadableInput(f"{where}: weken ontbreekt.")
    return weeks


def _source(row: Mapping[str, Any], where: str) -> tuple[str, Mark]:
    return word(row, "bron", where), _mark(row, where)


def _mark(row: Mapping[str, Any], where: str) -> Mark:
    return Mark(choice(row.get("merk"), Mark, f"{where}, merk"))
