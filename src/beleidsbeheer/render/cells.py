"""One row of a history before it is known which columns are shown: a cell for every column that there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from beleidsbeheer.domain.course import Evidence, day_of, decided_on
from beleidsbeheer.domain.ledger import SourceState
from beleidsbeheer.domain.model import parse_date
from beleidsbeheer.domain.settings import COLUMNS
from beleidsbeheer.domain.terms import show_date
from beleidsbeheer.render.history import (
    BOARD,
    TAKEN_OVER,
    Act,
    AdoptionRow,
    HistoryTables,
    Source,
    VersionRow,
)
from beleidsbeheer.render.sentences import nobody_asked, proof, quoted, short_consent

UNKNOWN = "niet vastgelegd"
_PAPER = "volgens het oude document"

# What stands in each column: one piece of text or more; an empty one where the column does not apply.
Cells = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Line:
    """A row before it is known which columns are shown. What is taken over gets a mark."""

    cells: Cells
    taken_over: bool


def adoption_line(row: AdoptionRow) -> Line:
    act = row.besluit
    cells = {
        "versie": (cell(row.versie),),
        "datum": (cell(show_date(row.datum)),),
        "naam": (_signer(act) if act else cell(row.naam, row.bron),),
        "functie": (_capacity(act) if act else cell(row.functie),),
        "besluitnummer": (_number(act),),
        "inwerking": (cell(show_date(day_of(act.entry, "inwerking")) if act else ""),),
    }
    return Line(cells, row.herkomst == TAKEN_OVER)


def repeal_line(act: Act) -> Line:
    told = only(
        versie=act.entry.version,
        inwerking=show_date(day_of(act.entry, "per")),
        betreft=f"intrekking, reden: {quoted(act.entry.fields['reden'])}",
        ondertekening=_signed_on(act),
        kenmerk=_number(act),
        besluitnummer=_number(act),
        naam=_signer(act),
        functie=_capacity(act),
    )
    return Line(told, taken_over=False)


def only(**told: str) -> Cells:
    return {column: (told.get(column, ""),) for column in COLUMNS}


# --- the cells of a version -------------------------------------------------------------------------------------


def version_line(history: HistoryTables, row: VersionRow) -> Line:
    """Every column of COLUMNS for one version. What does not apply is empty.

    Of a taken-over version that is read as in force the register does not know who decided what: unknown.
    """
    way, act = row.verloop, row.verloop.vaststelling
    unknown = UNKNOWN if way.perioden and act is None else ""
    number = _number(act) if act else unknown
    end = way.perioden[-1].end if way.perioden else None
    cells = {
        "versie": (cell(row.versie),),
        "status": (cell(row.status),),
        "datum": (cell(show_date(row.datum)),),
        "auteur": (cell(row.auteur, row.bron),),
        "omschrijving": (cell(row.omschrijving, row.bron),),
        "instemming": _consents(row) or (unknown,),
        "vaststelling": (_decided(row) or unknown,),
        "inwerking": (_starts(row),),
        "terugwerkend": (show_date(day_of(act.entry, "terugwerkend_tot")) if act else unknown,),
        "uitwerking": (_day_after(end),),
        "betreft": (_concerns(history, row),),
        "ondertekening": (_signed_on(act) if act else _told_adoption(row) or unknown,),
        "bekendmaking": tuple(map(_published, way.bekendmakingen))
        or (UNKNOWN if act else unknown,),
        "kenmerk": (number,),
        "naam": (_signer(act) if act else unknown,),
        "functie": (_capacity(act) if act else unknown,),
        "besluitnummer": (number,),
    }
    return Line(cells, row.herkomst == TAKEN_OVER)


def _consents(row: VersionRow) -> tuple[str, ...]:
    """What each geleding said, and what an old document tells of that."""
    told = [
        f"{told_by(act)}: ingestemd, {told_day(act)} ({_PAPER})"
        for act in row.handelingen
        if act["soort"] == "instemming"
    ]
    asked = map(short_consent, row.verloop.instemmingen)
    return (*told, *asked, *nobody_asked(row.verloop))


def _decided(row: VersionRow) -> str:
    act = row.verloop.vaststelling
    if act:
        return f"{show_date(decided_on(act.entry))} ({proof(act)})"
    day = _told_adoption(row)
    return f"{day} ({_PAPER})" if day else ""


def _told_adoption(row: VersionRow) -> str:
    """On which day the old document says that this version was adopted."""
    days = (act.get("datum") for act in row.handelingen if act["soort"] == "vaststelling")
    return next((show_date(parse_date(day)) for day in days if day), "")


def _starts(row: VersionRow) -> str:
    act, periods = row.verloop.vaststelling, row.verloop.perioden
    if act:
        return show_date(day_of(act.entry, "inwerking"))
    return show_date(periods[0].start) if periods else ""


def _day_after(end: date | None) -> str:
    """The first day on which a text is no longer in force, as the CVDR counts."""
    return show_date(end + timedelta(days=1)) if end and end < date.max else ""


def _concerns(history: HistoryTables, row: VersionRow) -> str:
    if not row.verloop.perioden:
        return ""
    first = history.perioden[0] == row.verloop.perioden[0]
    kind = "nieuwe regeling" if first else "wijziging"
    told = cell(row.omschrijving, row.bron)
    return kind if told == UNKNOWN else f"{kind}: {told}"


def _published(act: Act) -> str:
    return f"{act.entry.fields['waar']} ({show_date(decided_on(act.entry))})"


def _signed_on(act: Act) -> str:
    """The day of the decision; with the kind of evidence, unless the board itself signed with a known key."""
    known = {
        Evidence.EIGEN: "",
        Evidence.ONBEVESTIGD: " (sleutel niet bevestigd)",
        Evidence.ONTVANGST: " (ontvangstbewijs van de secretaris)",
    }
    return f"{show_date(decided_on(act.entry))}{known[act.bewijs]}"


def _signer(act: Act) -> str:
    """Who signed for the board. A receipt does not tell."""
    return f"{UNKNOWN} (ontvangstbewijs)" if act.bewijs is Evidence.ONTVANGST else act.naam


def _capacity(act: Act) -> str:
    known = {
        Evidence.EIGEN: "",
        Evidence.ONBEVESTIGD: ", sleutel niet bevestigd",
        Evidence.ONTVANGST: ", vastgelegd door de secretaris",
    }
    return f"{BOARD}{known[act.bewijs]}"


def _number(act: Act | None) -> str:
    return cell(act.entry.fields.get("besluitnummer") if act else None)


def told_by(act: Mapping[str, str]) -> str:
    return f"{act['orgaan']} ({act['geleding']})" if "geleding" in act else act["orgaan"]


def told_day(act: Mapping[str, str]) -> str:
    return show_date(parse_date(act["datum"])) if "datum" in act else f"datum {UNKNOWN}"


def cell(value: str | None, source: Source | None = None) -> str:
    """A cell to show. What was erased is called that; it is not the same as never recorded."""
    gone = source is not None and source.state is not SourceState.AANWEZIG
    return value or (str(source.state) if source and gone else UNKNOWN)
