"""What is shown of a policy's history: the rows of its own tables, and the acts behind them.

From counted entries and accepted acts only. The words are up to ``sentences``, the columns to ``tables``, the
shape for programs to ``history_json``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from beleidsbeheer.domain.course import (
    Course,
    Evidence,
    Period,
    Stand,
    Tally,
    day_of,
    decided_on,
)
from beleidsbeheer.domain.entry import Entry
from beleidsbeheer.domain.ledger import PaperRow, Policy, SourceState, Version
from beleidsbeheer.domain.register import Register
from beleidsbeheer.domain.settings import TableStyle
from beleidsbeheer.domain.terms import show_date

OWN, TAKEN_OVER = "register", "overgenomen"
BOARD = "bestuur"
_ANSWERS = ("instemming", "toestemming", "redactieaanvaarding")


@dataclass(frozen=True, slots=True)
class Source:
    """The raw cells of a row and what became of them; ``document`` is the sha256 of the old document."""

    document: str
    state: SourceState
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Act:
    """An act that holds, how we know of it, and the display name of whoever signed."""

    entry: Entry
    bewijs: Evidence
    naam: str


@dataclass(frozen=True, slots=True)
class Consent:
    """Where a geleding stands on a submission, and what was said, in order; a refused ruling too."""

    tally: Tally
    antwoorden: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An act that was taken back. ``vervallen``: the answers that fell with a submission."""

    act: Act
    betreft: Entry
    vervallen: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """The way of one version through council and board; empty for what is only on paper.

    ``nietig``: a council voided the decision in time. ``perioden``: when it was, is or will be in force.
    """

    voorleggingen: tuple[Act, ...] = ()
    instemmingen: tuple[Consent, ...] = ()
    vaststelling: Act | None = None
    bekendmakingen: tuple[Act, ...] = ()
    bevestigingen: tuple[Act, ...] = ()
    nietigheid: tuple[Act, ...] = ()
    terugtrekkingen: tuple[Withdrawal, ...] = ()
    perioden: tuple[Period, ...] = ()
    nietig: bool = False


ON_PAPER = Passage()


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A row of the history table. None is unknown; ``status`` is the source's own word when taken over.

    ``handelingen`` are the acts that the old document tells of: soort, orgaan, and datum and geleding if known.
    ``verloop`` is on the last row of a version: a paper history can have more rows of one version.
    """

    versie: str | None
    status: str | None
    stand: Stand
    datum: date | None
    auteur: str | None
    omschrijving: str | None
    herkomst: str
    bron: Source | None
    handelingen: tuple[Mapping[str, str], ...]
    tekst: str | None
    vastlegging: str
    verloop: Passage = ON_PAPER


@dataclass(frozen=True, slots=True)
class AdoptionRow:
    """A row of the adoption table. None is unknown; ``besluit`` is the act, when it is not taken over."""

    versie: str | None
    datum: date | None
    naam: str | None
    functie: str | None
    herkomst: str
    bron: Source | None
    vastlegging: str
    besluit: Act | None = None


@dataclass(frozen=True, slots=True)
class HistoryTables:
    """The tables of one policy; ``stijl`` is how its organisation wants them."""

    beleid: str
    titel: str
    organisatie: str | None
    versies: tuple[VersionRow, ...]
    vaststellingen: tuple[AdoptionRow, ...]
    lezingen: tuple[str, ...]
    perioden: tuple[Period, ...] = ()
    intrekking: Act | None = None
    stijl: TableStyle = field(default_factory=TableStyle)


def history_tables(register: Register, policy: Policy) -> HistoryTables:
    """Everything that the tables of a policy can show."""
    told = _Teller(register, policy)
    settings, repeal = register.settings, told.course.repeal()
    rows = [row for version in policy.versions for row in told.rows(version)]
    rows += [told.paper_version(row, Stand.OVERGENOMEN, None) for row in policy.unnumbered]
    adoptions = [told.paper_adoption(row) for row in policy.adoptions]
    adoptions += [told.adoption(entry) for entry in told.course.adoptions()]
    return HistoryTables(
        beleid=policy.slug,
        titel=policy.title,
        organisatie=settings.organisation if settings else None,
        versies=tuple(rows),
        vaststellingen=tuple(adoptions),
        lezingen=tuple(_reading_line(policy)),
        perioden=tuple(told.course.periods()),
        intrekking=told.act(repeal) if repeal else None,
        stijl=settings.table if settings else TableStyle(),
    )


class _Teller:
    """Tells the history of one policy, row by row."""

    def __init__(self, register: Register, policy: Policy) -> None:
        self.register = register
        self.policy = policy
        self.course: Course = register.courses[policy.slug]
        self.names = register.names

    # --- rows ------------------------------------------------------------------------------------------

    def rows(self, version: Version) -> list[VersionRow]:
        """The rows of one version: those on paper, then its registration."""
        text = version.text.sha256 if version.text else None
        stand = self.register.stand(self.policy, version.number)
        way, last = self.passage(version, stand), version.origin.digest
        rows = [
            self.paper_version(row, stand, text, way if row.entry.digest == last else ON_PAPER)
            for row in version.rows
        ]
        entry = version.registration
        if entry is not None:
            row = VersionRow(
                versie=version.number,
                status=stand.capitalize(),
                stand=stand,
                datum=entry.date,
                auteur=self._people(entry.fields.get("auteurs", [entry.person])),
                omschrijving=entry.fields["omschrijving"],
                herkomst=OWN,
                bron=None,
                handelingen=(),
                tekst=text,
                vastlegging=entry.digest,
                verloop=way,
            )
            rows.append(row)
        return rows

    def paper_version(
        self, row: PaperRow, stand: Stand, text: str | None, way: Passage = ON_PAPER
    ) -> VersionRow:
        return VersionRow(
            versie=row.entry.version or None,
            status=row.entry.fields.get("status"),
            stand=stand,
            datum=day_of(row.entry, "datum_bron"),
            auteur=_readable(row, "auteur", self.names),
            omschrijving=_readable(row, "omschrijving", {}),
            herkomst=TAKEN_OVER,
            bron=_source(row),
            handelingen=tuple(row.entry.fields.get("handelingen", ())),
            tekst=text,
            vastlegging=row.entry.digest,
            verloop=way,
        )

    def paper_adoption(self, row: PaperRow) -> AdoptionRow:
        return AdoptionRow(
            versie=row.entry.version or None,
            datum=day_of(row.entry, "datum_bron"),
            naam=_readable(row, "naam", self.names),
            functie=row.entry.fields.get("functie"),
            herkomst=TAKEN_OVER,
            bron=_source(row),
            vastlegging=row.entry.digest,
        )

    def adoption(self, entry: Entry) -> AdoptionRow:
        """A decision of the board. A receipt tells nobody's name: who signed it did not decide."""
        act = self.act(entry)
        return AdoptionRow(
            versie=entry.version,
            datum=decided_on(entry),
            naam=None if act.bewijs is Evidence.ONTVANGST else act.naam,
            functie=BOARD,
            herkomst=OWN,
            bron=None,
            vastlegging=entry.digest,
            besluit=act,
        )

    # --- acts ------------------------------------------------------------------------------------------

    def act(self, entry: Entry) -> Act:
        name = self.names.get(entry.person, entry.person)
        return Act(entry, self.course.evidence(entry), name)

    def passage(self, version: Version, stand: Stand) -> Passage:
        """What council and board did with this version."""
        course, number = self.course, version.number
        adoption = course.adoption(number)
        return Passage(
            voorleggingen=self._acts("voorlegging", number),
            instemmingen=tuple(self._consent(tally) for tally in course.tallies(number)),
            vaststelling=self.act(adoption) if adoption else None,
            bekendmakingen=self._acts("bekendmaking", number),
            bevestigingen=self._acts("bevestiging", number),
            nietigheid=self._acts("nietigheid", number),
            terugtrekkingen=tuple(self._withdrawals(version)),
            perioden=tuple(period for period in course.periods() if period.version == number),
            nietig=stand is Stand.NIETIG,
        )

    def _acts(self, kind: str, number: str) -> tuple[Act, ...]:
        return tuple(self.act(entry) for entry in self.course.acts(kind, number))

    def _consent(self, tally: Tally) -> Consent:
        """With the rulings that changed nothing: that permission was asked and refused is history too."""
        said = {entry.digest: entry for entry in tally.acts}
        for ruling in self.course.acts("toestemming", tally.submission.version):
            if not said.keys().isdisjoint(set(ruling.grounds)):
                said.setdefault(ruling.digest, ruling)
        return Consent(tally, tuple(map(self.act, sorted(said.values(), key=decided_on))))

    def _withdrawals(self, version: Version) -> Iterable[Withdrawal]:
        """What was taken back of what held. What never counted stays out of the table, taken back or not."""
        held = {entry.digest: entry for entry in self.course.everything(version.number)}
        held[version.origin.digest] = version.origin
        for entry in self.course.acts("terugtrekking", version.number):
            about = held.get(entry.about)
            if about is not None:
                fallen = [
                    answer
                    for kind in _ANSWERS
                    for answer in self.course.acts(kind, version.number)
                    if about.kind == "voorlegging" and about.digest in answer.grounds
                ]
                yield Withdrawal(
                    self.act(entry), about, tuple(map(self.act, sorted(fallen, key=decided_on)))
                )

    def _people(self, ids: Iterable[str]) -> str:
        return ", ".join(self.names.get(person, person) for person in ids)


def _reading_line(policy: Policy) -> Iterable[str]:
    for reading in policy.readings:
        until = f" t/m {show_date(reading.end)}" if reading.end else ""
        yield (
            f"Versie {reading.version} geldend van {show_date(reading.start)}{until}"
            f" (lezing van de secretaris: {reading.entry.fields['toelichting']})"
        )


def _readable(row: PaperRow, name: str, names: Mapping[str, str]) -> str | None:
    """What the secretary read in a cell; when the cells are gone, the known names, else nothing."""
    if row.source is not None:
        return row.source.readable.get(name)
    known = [names[person] for person in row.entry.fields.get("personen", ()) if person in names]
    return ", ".join(known) or None


def _source(row: PaperRow) -> Source:
    cells = row.source.cells if row.source else {}
    return Source(row.entry.fields["bron"]["document"], row.state, cells)
