"""A policy's history as plain rows, in one of three profiles; the form they take is up to the other modules here.

``kennisnet``: the document's own two tables, as Kennisnet's models have them: Versie | Status | Datum | Auteur |
Omschrijving, and "Vastgesteld door …": Versie | Datum | Naam | Functie. ``cvdr``: what was in force when, with the
columns of the national collection of local regulations. ``kort``: a few lines for each version, for a phone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from beleidsbeheer.domain.course import Period
from beleidsbeheer.domain.ledger import SourceState
from beleidsbeheer.domain.terms import show_date
from beleidsbeheer.render.cells import (
    Line,
    adoption_line,
    cell,
    only,
    repeal_line,
    told_by,
    told_day,
    version_line,
)
from beleidsbeheer.render.history import (
    TAKEN_OVER,
    HistoryTables,
    Source,
    VersionRow,
)
from beleidsbeheer.render.sentences import (
    adoption_sentence,
    later_sentences,
    nullity_sentences,
    of_version,
    repeal_sentence,
    retroactive,
    review_sentence,
    way_sentences,
    withdrawal_sentence,
)

_COLUMNS: dict[str, tuple[str, ...]] = {
    "kennisnet": ("versie", "status", "datum", "auteur", "omschrijving"),
    "cvdr": (
        "inwerking",
        "terugwerkend",
        "uitwerking",
        "betreft",
        "ondertekening",
        "bekendmaking",
        "kenmerk",
    ),
    "kort": (
        "versie",
        "status",
        "vaststelling",
        "inwerking",
        "uitwerking",
        "instemming",
        "besluitnummer",
        "bekendmaking",
    ),
}
_ADOPTION = ("versie", "datum", "naam", "functie")
_OWN_ADOPTION = (*_ADOPTION, "besluitnummer", "inwerking")
_HEADS = {
    "versie": "Versie",
    "status": "Status",
    "datum": "Datum",
    "auteur": "Auteur",
    "omschrijving": "Omschrijving",
    "instemming": "Instemming",
    "vaststelling": "Vastgesteld op",
    "inwerking": "Inwerkingtreding",
    "terugwerkend": "Terugwerkende kracht tot en met",
    "uitwerking": "Datum uitwerkingtreding",
    "betreft": "Betreft",
    "ondertekening": "Datum ondertekening",
    "bekendmaking": "Bron bekendmaking",
    "kenmerk": "Kenmerk voorstel",
    "naam": "Naam",
    "functie": "Functie",
    "besluitnummer": "Besluitnummer",
}
_HEADS_OF: dict[str, dict[str, str]] = {
    "kennisnet": {},
    "cvdr": {"inwerking": "Datum inwerkingtreding"},
    "kort": {"inwerking": "Geldend van", "uitwerking": "t/m", "bekendmaking": "Bekendgemaakt"},
}


@dataclass(frozen=True, slots=True)
class Table:
    """Something to show: a caption, a head, rows of cells, and notes below."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """Something to show as "label: value" lines, never as a grid; the first pair of a record names it."""

    caption: str
    records: tuple[tuple[tuple[str, str], ...], ...]
    notes: tuple[str, ...] = ()


def in_profile(history: HistoryTables, profile: str = "") -> tuple[Table, ...] | tuple[Listing]:
    """The history in one of PROFILES; without a name in that of the organisation."""
    match profile or history.stijl.profile:
        case "cvdr":
            return (_in_force_table(history),)
        case "kort":
            return (_short(history),)
        case _:
            return as_tables(history)


def _columns(history: HistoryTables, profile: str) -> tuple[str, ...]:
    """The organisation chose its columns for its own profile; another one keeps its own."""
    own = history.stijl.columns if history.stijl.profile == profile else ()
    return own or _COLUMNS[profile]


def _head(history: HistoryTables, profile: str, columns: Iterable[str]) -> tuple[str, ...]:
    heads = {**_HEADS, **_HEADS_OF[profile], **history.stijl.labels}
    return tuple(heads[column] for column in columns)


# --- kennisnet: the tables of the document ------------------------------------------------------------------


def as_tables(history: HistoryTables) -> tuple[Table, Table]:
    """The two tables with the columns people know; taken-over rows carry a mark that the notes explain."""
    columns = _columns(history, "kennisnet")
    decided = any(row.besluit for row in history.vaststellingen)
    adoption = _OWN_ADOPTION if decided else _ADOPTION
    return (
        Table(
            f"Versies van {history.titel}",
            _head(history, "kennisnet", columns),
            tuple(_row(version_line(history, row), columns) for row in history.versies),
            tuple(_notes(history)),
        ),
        Table(
            f"Vastgesteld door {cell(history.organisatie)}",
            _head(history, "kennisnet", adoption),
            tuple(_row(adoption_line(row), adoption) for row in history.vaststellingen),
            tuple(_adoption_notes(history)),
        ),
    )


# --- cvdr: what was in force when ----------------------------------------------------------------------------


def _in_force_table(history: HistoryTables) -> Table:
    """A row for each text that is, was or will be in force, and for the repeal; the newest first."""
    columns = _columns(history, "cvdr")
    lines = [_period_line(history, period) for period in history.perioden]
    if history.intrekking:
        lines.append(repeal_line(history.intrekking))
    return Table(
        f"Versies van {history.titel} die gelden of golden",
        _head(history, "cvdr", columns),
        tuple(_row(line, columns) for line in reversed(lines)),
        tuple(_in_force_notes(history)),
    )


def _period_line(history: HistoryTables, period: Period) -> Line:
    rows = [row for row in history.versies if row.versie == period.version]
    if not rows:
        told = {"inwerking": show_date(period.start), "betreft": "lezingen die elkaar tegenspreken"}
        return Line(only(**told), period.taken_over)
    way = replace(rows[-1].verloop, perioden=(period,))
    if period.taken_over:
        way = replace(way, vaststelling=None, bekendmakingen=())
    line = version_line(history, replace(rows[-1], verloop=way))
    return Line(line.cells, period.taken_over)


# --- kort: a few lines for each version -----------------------------------------------------------------------


def _short(history: HistoryTables) -> Listing:
    """A record for each version, the newest first; what does not apply is left out."""
    columns = _columns(history, "kort")
    heads = _head(history, "kort", columns)
    rows = [row for row in reversed(history.versies) if row.versie]
    rows += [row for row in history.versies if not row.versie]
    records = (
        tuple(
            (head, value)
            for head, values in zip(heads, _values(_short_line(history, row), columns), strict=True)
            for value in values
            if value
        )
        for row in rows
    )
    return Listing(
        f"Versies van {history.titel}",
        tuple(record for record in records if record),
        tuple(_short_notes(history)),
    )


def _short_line(history: HistoryTables, row: VersionRow) -> Line:
    """With the days on which the text is in force, the first and the last."""
    line, periods = version_line(history, row), row.verloop.perioden
    days = {
        "inwerking": (show_date(periods[0].start) if periods else "",),
        "uitwerking": (show_date(periods[-1].end) if periods else "",),
    }
    return Line({**line.cells, **days}, line.taken_over)


# --- the old document as it was ---------------------------------------------------------------------------------


def as_raw_tables(history: HistoryTables) -> tuple[Table, Table]:
    """The raw cells of the old document, column for column, nothing repaired."""
    return (
        _raw(f"Versies van {history.titel}, ruwe cellen", [row.bron for row in history.versies]),
        _raw(
            f"Vastgesteld door {cell(history.organisatie)}, ruwe cellen",
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


# --- notes --------------------------------------------------------------------------------------------------------


def _notes(history: HistoryTables) -> Iterator[str]:
    """Below the versions: what the mark means, what we derive, and the way through the council."""
    yield from _stands(history)
    for row in history.versies:
        yield from (_told(row.versie, act) for act in row.handelingen)
    for row in history.versies:
        yield from of_version(row.versie, way_sentences(row.verloop))
    yield from history.lezingen
    yield from _gone(row.bron for row in history.versies)


def _adoption_notes(history: HistoryTables) -> Iterator[str]:
    """Below the adoptions: how we know of each, and what came after."""
    for row in history.versies:
        yield from of_version(row.versie, later_sentences(row.verloop))
    yield from _repealed(history)
    yield from _gone(row.bron for row in history.vaststellingen)


def _in_force_notes(history: HistoryTables) -> Iterator[str]:
    if any(period.taken_over for period in history.perioden):
        yield "* overgenomen: zo staat het in het oude document, of zo leest de secretaris het."
    for row in history.versies:
        act = row.verloop.vaststelling
        yield from of_version(row.versie, [adoption_sentence(act)] if act else ())
        yield from of_version(row.versie, nullity_sentences(row.verloop))
    yield from _repealed(history)
    yield from history.lezingen
    yield from _gone(row.bron for row in history.versies if row.verloop.perioden)


def _short_notes(history: HistoryTables) -> Iterator[str]:
    """What the lines themselves do not say."""
    yield from _stands(history)
    for row in history.versies:
        way = row.verloop
        yield from of_version(row.versie, map(withdrawal_sentence, way.terugtrekkingen))
        yield from of_version(row.versie, retroactive(way.vaststelling) if way.vaststelling else ())
        yield from of_version(row.versie, map(review_sentence, way.bevestigingen))
        yield from of_version(row.versie, nullity_sentences(way))
    yield from _repealed(history)
    yield from history.lezingen
    yield from _gone(row.bron for row in history.versies)


def _stands(history: HistoryTables) -> Iterator[str]:
    """What we derive of a version whose status is the word of the old document."""
    taken_over = [row for row in history.versies if row.herkomst == TAKEN_OVER]
    if taken_over:
        yield "* overgenomen uit het oude document; de status is het woord van dat document."
    for row in taken_over:
        preserved = "" if row.tekst else ", tekst niet bewaard"
        yield f"Stand van {row.versie or 'een rij zonder versie'}: {row.stand}{preserved}."


def _repealed(history: HistoryTables) -> Iterator[str]:
    return (repeal_sentence(act) for act in [history.intrekking] if act)


def _gone(sources: Iterable[Source | None]) -> Iterator[str]:
    """One note for each row whose raw cells are gone."""
    return (
        f"Van een rij: {s.state}." for s in sources if s and s.state is not SourceState.AANWEZIG
    )


def _told(version: str | None, act: Mapping[str, str]) -> str:
    """An act as the old document tells it: what, by whom, and when as far as it says."""
    which = version or "een rij zonder versie"
    return f"Bij {which} noemt het document: {act['soort']} door {told_by(act)}, {told_day(act)}."


# --- cells ---------------------------------------------------------------------------------------------------------


def _row(line: Line, columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("; ".join(values) for values in _values(line, columns))


def _values(line: Line, columns: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The cells in these columns. What is taken over is marked, on the version if that is shown."""
    values = [line.cells[column] for column in columns]
    if line.taken_over:
        named = [column for column in ("versie", "betreft") if column in columns]
        place = columns.index(named[0]) if named else 0
        *others, last = values[place]
        values[place] = (*others, f"{last}*")
    return values
