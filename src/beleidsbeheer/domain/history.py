"""History from before the tool: the rows of a paper history, their raw cells and how they are read.

Two files in TOML. The *import* (``read_import``) is what a secretary writes: the rows as the source has
them and as she reads them. A *bron* file (``SourceRow``) is what the register keeps of one row besides the
signed entry: the raw cells, which hold names and so can be erased. The entry carries its hash; a random
salt in the file keeps an erased name from being guessed back out of that hash.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeGuard

from beleidsbeheer.domain.entry import digest_of
from beleidsbeheer.domain.model import is_digest, is_version, slug_defect
from beleidsbeheer.domain.toml import only_known, quoted, read_toml
from beleidsbeheer.errors import UnreadableInput

VERSIONS, ADOPTIONS = "versies", "vaststellingen"

_ROW_FIELDS = {
    VERSIONS: {"versie", "status", "datum", "auteur", "omschrijving", "personen", "handelingen"},
    ADOPTIONS: {"versie", "datum", "naam", "functie", "personen"},
}
_READABLE = {VERSIONS: ("auteur", "omschrijving"), ADOPTIONS: ("naam",)}


@dataclass(frozen=True, slots=True)
class SourceRow:
    """The erasable half of a row: raw ``cells`` in source order, and ``readable`` (auteur, naam …)."""

    table: str
    number: int
    cells: Mapping[str, str]
    readable: Mapping[str, str]
    salt: str

    def print(self) -> bytes:
        """The bytes of the bron file; :func:`read_source` reads them back."""
        lines = [
            "# Ruwe cellen van een rij uit het oude document. Mag gewist worden: de vastlegging",
            "# blijft dan geldig en de tabel meldt 'bron gewist'. Wijzigen mag niet.",
            f"tabel = {quoted(self.table)}",
            f"rij = {self.number}",
            f"zout = {quoted(self.salt)}",
            "",
            "[cellen]",
            *(f"{quoted(name)} = {quoted(cell)}" for name, cell in self.cells.items()),
            "",
            "[leesbaar]",
            *(f"{quoted(name)} = {quoted(text)}" for name, text in self.readable.items()),
        ]
        return ("\n".join(lines) + "\n").encode()

    def path(self, policy: str) -> str:
        return source_path(policy, digest_of(self.print()))


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One row as the secretary gives it; ``signed`` goes into the entry, ``source`` beside it."""

    source: SourceRow
    version: str
    text: str
    signed: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reading:
    """The secretary's reading: this version was in force from (and, if known, up to and including)."""

    version: str
    start: date
    end: date | None
    explanation: str


@dataclass(frozen=True, slots=True)
class PaperHistory:
    """A whole import. ``document`` is the sha256 of the source document."""

    document: str
    rows: tuple[ImportRow, ...]
    readings: tuple[Reading, ...]


def source_path(policy: str, sha256: str) -> str:
    """Where the bron file with this hash lies."""
    return f"approvals/{policy}/bron-{sha256[:12]}.toml"


def read_source(data: bytes, path: str) -> SourceRow:
    """Read a bron file back. Raises UnreadableInput."""
    table = read_toml(data, path)
    kind, number, salt = table.get("tabel"), table.get("rij"), table.get("zout")
    cells, readable = table.get("cellen"), table.get("leesbaar")
    if (
        type(kind) is not str
        or type(number) is not int
        or type(salt) is not str
        or not _is_text_table(cells)
        or not _is_text_table(readable)
    ):
        raise UnreadableInput(f"{path}: dit is geen bronbestand.")
    return SourceRow(kind, number, cells, readable, salt)


def _is_text_table(value: Any) -> TypeGuard[dict[str, str]]:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())


def read_import(data: bytes, path: str, salts: Iterable[str]) -> PaperHistory:
    """The paper history that ``neem-over`` takes. ``salts`` gives one random text for each row.

    Raises UnreadableInput naming the file and the row.
    """
    table = read_toml(data, path)
    only_known(table, {"bron", VERSIONS, ADOPTIONS, "lezingen"}, path)
    bron = table.get("bron")
    document = bron.get("sha256") if isinstance(bron, dict) else None
    if not isinstance(document, str) or not is_digest(document):
        raise UnreadableInput(
            f"{path}: [bron] noemt geen sha256 van het oude document.",
            hint='Bereken die met: sha256sum BESTAND; en zet erin: [bron] sha256 = "…"',
        )
    salt = iter(salts)
    rows = [
        _read_row(kind, number, row, next(salt), f"{path}, {kind} {number}")
        for kind in (VERSIONS, ADOPTIONS)
        for number, row in enumerate(_rows(table, kind, path), start=1)
    ]
    readings = [
        _read_reading(row, f"{path}, lezing {number}")
        for number, row in enumerate(_rows(table, "lezingen", path), start=1)
    ]
    if not rows:
        raise UnreadableInput(
            f"{path}: er staan geen rijen in ([[versies]] of [[vaststellingen]])."
        )
    return PaperHistory(document, tuple(rows), tuple(readings))


def _rows(table: Mapping[str, Any], kind: str, path: str) -> list[Mapping[str, Any]]:
    rows = table.get(kind, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise UnreadableInput(f"{path}: schrijf elke rij als [[{kind}]].")
    return rows


def _read_row(kind: str, number: int, row: Mapping[str, Any], salt: str, where: str) -> ImportRow:
    only_known(row, _ROW_FIELDS[kind] | {"cellen", "tekst"}, where)
    cells = row.get("cellen")
    if not _is_text_table(cells):
        raise UnreadableInput(f"{where}: cellen moet de ruwe tekst van elke cel geven.")
    version = _text(row, "versie", where)
    if version and not is_version(version):
        raise UnreadableInput(
            f"{where}: {version!r} is geen versienummer.",
            hint="Laat versie weg als de cel leeg of onleesbaar is; de ruwe cel blijft bewaard.",
        )
    readable = {name: _text(row, name, where) for name in _READABLE[kind]}
    source = SourceRow(kind, number, cells, {k: v for k, v in readable.items() if v}, salt)
    signed: dict[str, Any] = {"tabel": kind, "rij": number}
    if "datum" in row:
        signed["datum_bron"] = _date(row, "datum", where).isoformat()
    words = {name: _text(row, name, where) for name in ("status", "functie")}
    signed |= {name: word for name, word in words.items() if word}
    if row.get("personen"):
        signed["personen"] = [_person(each, where) for each in _list(row, "personen", where)]
    if row.get("handelingen"):
        acts = _list(row, "handelingen", where)
        signed["handelingen"] = [_told_act(act, where) for act in acts]
    return ImportRow(source, version, _text(row, "tekst", where), signed)


def _told_act(act: Any, where: str) -> dict[str, str]:
    if not isinstance(act, dict) or not {"soort", "orgaan"} <= act.keys():
        raise UnreadableInput(f"{where}: een handeling heeft een soort en een orgaan.")
    days = {"datum", "meegedeeld_op"}
    only_known(act, {"soort", "orgaan", "geleding", *days}, f"{where}, handeling")
    return {
        name: _date(act, name, where).isoformat() if name in days else _text(act, name, where)
        for name in act
    }


def _person(value: Any, where: str) -> str:
    if not isinstance(value, str) or slug_defect(value):
        raise UnreadableInput(
            f"{where}: personen noemt {value!r}, en dat is geen korte naam.",
            hint='Schrijf bijvoorbeeld personen = ["voorzitter-2018"]; de naam zelf staat in naam.',
        )
    return value


def _list(row: Mapping[str, Any], name: str, where: str) -> list[Any]:
    value = row[name]
    if not isinstance(value, list):
        raise UnreadableInput(f"{where}: {name} moet een lijst tussen rechte haken zijn.")
    return value


def _read_reading(row: Mapping[str, Any], where: str) -> Reading:
    only_known(row, {"versie", "geldend_van", "geldend_tot_en_met", "toelichting"}, where)
    explanation = _text(row, "toelichting", where)
    if not explanation:
        raise UnreadableInput(
            f"{where}: leg in toelichting uit waarop deze lezing berust.",
            hint='Bijvoorbeeld: toelichting = "Artikel 20 noemt 1 oktober 2018."',
        )
    version, start = _text(row, "versie", where), _date(row, "geldend_van", where)
    if not is_version(version):
        raise UnreadableInput(f"{where}: versie {version!r} is geen versienummer.")
    end = _date(row, "geldend_tot_en_met", where) if "geldend_tot_en_met" in row else None
    if end is not None and end < start:
        raise UnreadableInput(f"{where}: geldend_tot_en_met ligt vóór geldend_van.")
    return Reading(version, start, end, explanation)


def _text(row: Mapping[str, Any], name: str, where: str) -> str:
    value = row.get(name, "")
    if not isinstance(value, str):
        raise UnreadableInput(f"{where}: {name} moet tekst tussen aanhalingstekens zijn.")
    return value


def _date(row: Mapping[str, Any], name: str, where: str) -> date:
    value = row.get(name)
    if not isinstance(value, date) or isinstance(value, datetime):
        raise UnreadableInput(
            f"{where}: {name} moet een datum zijn, zonder aanhalingstekens: 2018-10-01."
        )
    return value
