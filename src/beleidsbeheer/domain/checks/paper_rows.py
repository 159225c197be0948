"""Rows of a history from before the tool: those that a register took over, and tables found in a text itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from beleidsbeheer.domain.checks.dates import first_day
from beleidsbeheer.domain.history import ADOPTIONS, VERSIONS, source_path
from beleidsbeheer.domain.ledger import PaperRow, Policy
from beleidsbeheer.domain.model import parse_date
from beleidsbeheer.domain.passages import Line

COUNCIL: Final = r"\b(?:G?MR|[OPL]MR|(?:gemeenschappelijke )?medezeggenschapsraad|(?:ouder|personeels|leerling)geleding)\b"

_NAMES: Final = {
    "versie": "versie", "vers": "versie", "versienummer": "versie", "nr": "versie",
    "status": "status",
    "datum": "datum", "dd": "datum",
    "auteur": "auteur", "auteurs": "auteur", "wie": "auteur", "opsteller": "auteur", "bewerktdoor": "auteur",
    "omschrijving": "omschrijving", "wijziging": "omschrijving", "wijzigingen": "omschrijving",
    "opmerking": "omschrijving", "opmerkingen": "omschrijving", "toelichting": "omschrijving",
    "naam": "naam", "functie": "functie",
}  # fmt: skip
_LEAST: Final = 3
_SEPARATOR: Final = re.compile(r"[\s|:-]+")
_CONSENT: Final = re.compile(
    r"instemming|ingestemd|stem(?:t|de) in\b|goed-?\s?gekeurd|goedkeuring", re.I
)
_PLANNED: Final = re.compile(
    r"\b(?:ter|voor) (?:goedkeuring|instemming|bespreking|vaststelling)\b", re.I
)
_COUNCIL: Final = re.compile(COUNCIL, re.I)
_GELEDING: Final = re.compile(r"\b[OPL]MR\b|(?:ouder|personeels|leerling)(?:geleding|deel)", re.I)
_FIRST_CELL: Final = (
    8  # the line of a bron file on which its first cell stands (history.SourceRow.print)
)


@dataclass(frozen=True, slots=True)
class Told:
    """An act that a row tells of: ``voorlegging``, ``instemming`` or ``vaststelling``. ``day`` when it says so."""

    kind: str
    day: date | None
    geleding: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row. ``cells`` are the raw ones under what their head means (versie, datum, auteur …).

    ``path`` is empty for a row in the text itself; ``lines`` has the line of each cell, ``line`` is that of
    the row. ``day`` is its date; ``version`` is empty when the row names none.
    """

    path: str
    line: int
    table: str
    cells: Mapping[str, str]
    version: str
    day: date | None
    told: tuple[Told, ...]
    lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def words(self) -> str:
        return " ".join(self.cells.values())

    def line_of(self, name: str) -> int:
        return self.lines.get(name, self.line)


def rows_of(policy: Policy | None, lines: Sequence[Line]) -> tuple[Row, ...]:
    """Every row that is known of a policy's paper history, and of tables in the text; in source order."""
    return (*(_taken_over(policy) if policy else ()), *_in_text(lines))


# --- from a register --------------------------------------------------------------------------------------


def _taken_over(policy: Policy) -> Iterator[Row]:
    rows = [
        *policy.unnumbered,
        *(row for version in policy.versions for row in version.rows),
        *policy.adoptions,
    ]
    for row in sorted(
        rows, key=lambda each: (each.entry.fields["tabel"] == ADOPTIONS, each.entry.fields["rij"])
    ):
        yield _row_of(policy, row)


def _row_of(policy: Policy, row: PaperRow) -> Row:
    fields = row.entry.fields
    raw = row.source.cells if row.source else {}
    cells = {role: cell for name, cell in raw.items() if (role := _role(name))}
    lines = {role: n for n, name in enumerate(raw, start=_FIRST_CELL) if (role := _role(name))}
    path = source_path(policy.slug, fields["bron"]["sha256"]) if row.source else row.entry.path
    acts = tuple(
        Told(
            act["soort"],
            parse_date(act["datum"]) if "datum" in act else None,
            act.get("geleding", ""),
        )
        for act in fields.get("handelingen", ())
    )
    day = parse_date(fields["datum_bron"]) if "datum_bron" in fields else None
    known = {act.kind for act in acts}
    told = (*acts, *(each for each in _told(fields["tabel"], cells, day) if each.kind not in known))
    first = min(lines.values(), default=0)
    return Row(path, first, fields["tabel"], cells, row.entry.version, day, told, lines)


# --- from the text itself ---------------------------------------------------------------------------------


def _in_text(lines: Sequence[Line]) -> Iterator[Row]:
    """Rows of tables with bars or tabs whose head says that they are a history."""
    roles: list[str] = []
    for line in lines:
        if "\t" not in line.text and "|" not in line.text:
            roles = []
            continue
        cells = _cells(line.text)
        named = [_role(cell) for cell in cells]
        if _is_head(named):
            roles = named
        elif roles and not _SEPARATOR.fullmatch(line.text):
            yield _text_row(line, dict(zip(roles, cells, strict=False)))


def _cells(text: str) -> list[str]:
    if "\t" in text:
        return [cell.strip() for cell in text.split("\t")]
    inner = text.strip().removeprefix("|").removesuffix("|")
    return [cell.strip() for cell in inner.split("|")]


def _is_head(roles: Iterable[str]) -> bool:
    named = [role for role in roles if role]
    return len(named) >= _LEAST and len(set(named)) == len(named) and "datum" in named


def _role(head: str) -> str:
    return _NAMES.get(re.sub(r"[^a-z]", "", re.sub(r"\(.*", "", head).lower()), "")


def _text_row(line: Line, cells: dict[str, str]) -> Row:
    cells.pop("", None)
    table = ADOPTIONS if {"naam", "functie"} & cells.keys() else VERSIONS
    day = first_day(cells.get("datum", ""))
    told = tuple(_told(table, cells, day))
    return Row("", line.number, table, cells, cells.get("versie", ""), day, told)


def _told(table: str, cells: Mapping[str, str], day: date | None) -> Iterator[Told]:
    """The acts that the words of a row tell of."""
    if table == ADOPTIONS:
        yield Told("vaststelling", day)
        return
    for name in ("auteur", "omschrijving", "status"):
        text = cells.get(name, "")
        if not _COUNCIL.search(text):
            continue
        geleding = found[0] if (found := _GELEDING.search(text)) else ""
        if _PLANNED.search(text):
            yield Told("voorlegging", first_day(text), geleding)
        elif _CONSENT.search(text) and name != "auteur":
            yield Told("instemming", first_day(text), geleding)
