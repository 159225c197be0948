"""What is shown of a policy's history, as plain rows; how it is shown is up to the other modules here.

The two tables are those of the document itself, in the profile that Kennisnet's models use:
Versie | Status | Datum | Auteur | Omschrijving, and "Vastgesteld door …": Versie | Datum | Naam | Functie.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from beleidsbeheer.domain.entry import Entry
from beleidsbeheer.domain.model import parse_date
from beleidsbeheer.domain.register import PaperRow, Policy, Register, SourceState, Stand, Version

SCHEMA = "beleidsbeheer.versietabel/1"
UNKNOWN = "niet vastgelegd"
OWN, TAKEN_OVER = "register", "overgenomen"


@dataclass(frozen=True, slots=True)
class Source:
    """The raw cells of a row and what became of them; ``document`` is the sha256 of the old document."""

    document: str
    state: SourceState
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A row of the history table. None is unknown; ``status`` is the source's own word when taken over.

    ``handelingen`` are the acts that the old document tells of: soort, orgaan, and datum and geleding if known.
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


@dataclass(frozen=True, slots=True)
class AdoptionRow:
    """A row of the adoption table. None is unknown."""

    versie: str | None
    datum: date | None
    naam: str | None
    functie: str | None
    herkomst: str
    bron: Source | None
    vastlegging: str


@dataclass(frozen=True, slots=True)
class HistoryTables:
    """Both tables of one policy."""

    beleid: str
    titel: str
    organisatie: str | None
    versies: tuple[VersionRow, ...]
    vaststellingen: tuple[AdoptionRow, ...]
    lezingen: tuple[str, ...]


def history_tables(register: Register, policy: Policy) -> HistoryTables:
    """The document's own two tables, from counted entries only."""
    names = register.names
    rows = [row for version in policy.versions for row in _version_rows(version, names)]
    rows += [_paper_version(row, Stand.OVERGENOMEN, None, names) for row in policy.unnumbered]
    return HistoryTables(
        beleid=policy.slug,
        titel=policy.title,
        organisatie=register.settings.organisation if register.settings else None,
        versies=tuple(rows),
        vaststellingen=tuple(_adoption(row, names) for row in policy.adoptions),
        lezingen=tuple(_reading_line(policy)),
    )


def _reading_line(policy: Policy) -> Iterable[str]:
    for reading in policy.readings:
        until = f" t/m {show_date(reading.end)}" if reading.end else ""
        yield (
            f"Versie {reading.version} geldend van {show_date(reading.start)}{until}"
            f" (lezing van de secretaris: {reading.entry.fields['toelichting']})"
        )


def _version_rows(version: Version, names: Mapping[str, str]) -> Iterable[VersionRow]:
    text = version.text.sha256 if version.text else None
    for row in version.rows:
        yield _paper_version(row, version.stand, text, names)
    entry = version.registration
    if entry is not None:
        yield VersionRow(
            versie=version.number,
            status=version.stand.capitalize(),
            stand=version.stand,
            datum=entry.date,
            auteur=_people(entry.fields.get("auteurs", [entry.person]), names),
            omschrijving=entry.fields["omschrijving"],
            herkomst=OWN,
            bron=None,
            handelingen=(),
            tekst=text,
            vastlegging=entry.digest,
        )


def _paper_version(
    row: PaperRow, stand: Stand, text: str | None, names: Mapping[str, str]
) -> VersionRow:
    return VersionRow(
        versie=row.entry.version or None,
        status=row.entry.fields.get("status"),
        stand=stand,
        datum=_source_date(row.entry),
        auteur=_readable(row, "auteur", names),
        omschrijving=_readable(row, "omschrijving", {}),
        herkomst=TAKEN_OVER,
        bron=_source(row),
        handelingen=tuple(row.entry.fields.get("handelingen", ())),
        tekst=text,
        vastlegging=row.entry.digest,
    )


def _adoption(row: PaperRow, names: Mapping[str, str]) -> AdoptionRow:
    return AdoptionRow(
        versie=row.entry.version or None,
        datum=_source_date(row.entry),
        naam=_readable(row, "naam", names),
        functie=row.entry.fields.get("functie"),
        herkomst=TAKEN_OVER,
        bron=_source(row),
        vastlegging=row.entry.digest,
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


def _source_date(entry: Entry) -> date | None:
    text = entry.fields.get("datum_bron")
    return parse_date(text) if text else None


def _people(ids: Iterable[str], names: Mapping[str, str]) -> str:
    return ", ".join(names.get(person, person) for person in ids)


# --- plain rows ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Table:
    """Something to show: a caption, a head, rows of cells, and notes below."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


def as_tables(history: HistoryTables) -> tuple[Table, Table]:
    """The two tables with the columns people know; taken-over rows carry a mark that the notes explain."""
    versions = tuple(
        (
            _marked(row.versie, row.herkomst),
            _cell(row.status),
            _cell(show_date(row.datum)),
            _cell(row.auteur, row.bron),
            _cell(row.omschrijving, row.bron),
        )
        for row in history.versies
    )
    adoptions = tuple(
        (
            _marked(row.versie, row.herkomst),
            _cell(show_date(row.datum)),
            _cell(row.naam, row.bron),
            _cell(row.functie),
        )
        for row in history.vaststellingen
    )
    return (
        Table(
            f"Versies van {history.titel}",
            ("Versie", "Status", "Datum", "Auteur", "Omschrijving"),
            versions,
            tuple(_notes(history)),
        ),
        Table(
            f"Vastgesteld door {_cell(history.organisatie)}",
            ("Versie", "Datum", "Naam", "Functie"),
            adoptions,
            tuple(_gone(row.bron for row in history.vaststellingen)),
        ),
    )


def as_raw_tables(history: HistoryTables) -> tuple[Table, Table]:
    """The raw cells of the old document, column for column, nothing repaired."""
    return (
        _raw(f"Versies van {history.titel}, ruwe cellen", [row.bron for row in history.versies]),
        _raw(
            f"Vastgesteld door {_cell(history.organisatie)}, ruwe cellen",
            [row.bron for row in history.vaststellingen],
        ),
    )


def _raw(caption: str, sources: Iterable[Source | None]) -> Table:
    kept = [source for source in sources if source is not None]
    head = tuple(dict.fromkeys(name for source in kept for name in source.cells))
    rows = tuple(
        tuple(source.cells.get(name, "") for name in head) for source in kept if source.cells
    )
    documents = tuple(f"Bron: document met sha256 {d}" for d in sorted({s.document for s in kept}))
    return Table(caption, head, rows, (*documents, *_gone(kept)))


def _gone(sources: Iterable[Source | None]) -> Iterable[str]:
    """One note for each row whose raw cells are gone."""
    return (
        f"Van een rij: {s.state}." for s in sources if s and s.state is not SourceState.AANWEZIG
    )


def _notes(history: HistoryTables) -> Iterable[str]:
    taken_over = [row for row in history.versies if row.herkomst == TAKEN_OVER]
    if taken_over:
        yield "* overgenomen uit het oude document; de status is het woord van dat document."
    for row in history.versies:
        if row.herkomst == TAKEN_OVER or row.stand is not Stand.CONCEPT:
            preserved = "" if row.tekst else ", tekst niet bewaard"
            yield f"Stand van {row.versie or 'een rij zonder versie'}: {row.stand}{preserved}."
    for row in history.versies:
        yield from (_told(row.versie, act) for act in row.handelingen)
    yield from history.lezingen
    yield from _gone(row.bron for row in history.versies)


def _told(version: str | None, act: Mapping[str, str]) -> str:
    """An act as the old document tells it: what, by whom, and when as far as it says."""
    part = f" ({act['geleding']})" if "geleding" in act else ""
    day = show_date(parse_date(act["datum"])) if "datum" in act else f"datum {UNKNOWN}"
    which = version or "een rij zonder versie"
    return f"Bij {which} noemt het document: {act['soort']} door {act['orgaan']}{part}, {day}."


def _marked(version: str | None, origin: str) -> str:
    mark = "*" if origin == TAKEN_OVER else ""
    return f"{_cell(version)}{mark}"


def _cell(value: str | None, source: Source | None = None) -> str:
    """A cell to show. What was erased is called that; it is not the same as never recorded."""
    gone = source is not None and source.state is not SourceState.AANWEZIG
    return value or (str(source.state) if source and gone else UNKNOWN)


def show_date(day: date | None) -> str:
    """dd-mm-jjjj, as the tables of schools have it; empty for an unknown date."""
    return day.strftime("%d-%m-%Y") if day else ""


def tables_json(history: HistoryTables) -> dict[str, Any]:
    """The documented shape ``beleidsbeheer.versietabel/1``; unknown is null."""
    return {
        "schema": SCHEMA,
        "beleid": history.beleid,
        "titel": history.titel,
        "organisatie": history.organisatie,
        "versies": [
            {
                "versie": row.versie,
                "status": row.status,
                "stand": str(row.stand),
                "datum": row.datum.isoformat() if row.datum else None,
                "auteur": row.auteur,
                "omschrijving": row.omschrijving,
                "herkomst": row.herkomst,
                "bron": _source_json(row.bron),
                "handelingen": [dict(act) for act in row.handelingen],
                "tekst_sha256": row.tekst,
                "vastlegging": row.vastlegging,
            }
            for row in history.versies
        ],
        "vaststellingen": [
            {
                "versie": row.versie,
                "datum": row.datum.isoformat() if row.datum else None,
                "naam": row.naam,
                "functie": row.functie,
                "herkomst": row.herkomst,
                "bron": _source_json(row.bron),
                "vastlegging": row.vastlegging,
            }
            for row in history.vaststellingen
        ],
        "lezingen": list(history.lezingen),
    }


def _source_json(source: Source | None) -> dict[str, Any] | None:
    if source is None:
        return None
    return {
        "document_sha256": source.document,
        "staat": str(source.state),
        "cellen": dict(source.cells),
    }
