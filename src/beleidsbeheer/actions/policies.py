"""Texts: begin a policy, register a version, take over a paper history."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

from beleidsbeheer.actions.begin import template
from beleidsbeheer.actions.unfinished import all_or_nothing
from beleidsbeheer.actions.writing import (
    Desk,
    Done,
    Pen,
    SealedEntry,
    Workplace,
    append,
    at_desk,
    seal,
)
from beleidsbeheer.domain.entry import Entry, digest_of
from beleidsbeheer.domain.history import ImportRow, PaperHistory, Reading, read_import
from beleidsbeheer.domain.model import slug_defect, text_path, working_path
from beleidsbeheer.domain.rules.frame import Act
from beleidsbeheer.domain.toml import quoted
from beleidsbeheer.errors import RepositoryProblem, UnreadableInput, WrongUse
from beleidsbeheer.storage.folder import write_files

_LARGEST_TEXT = 10 * 1024 * 1024


def new_policy(work: Workplace, slug: str, title: str) -> str:
    """Make the working text of a new policy from a template; its path. Nothing is signed yet.

    Raises Refused when the name is taken or cannot be one.
    """
    from beleidsbeheer.storage.repository import commit

    if not title.strip() or not title.isprintable():
        raise WrongUse("De titel is leeg of bevat vreemde tekens.")
    with at_desk(work) as desk:
        desk.pass_gate(Act("nieuw", slug))
        text = Template(template("reglement.md")).substitute(titel=title, titel_toml=quoted(title))
        path = working_path(slug)
        with all_or_nothing(desk.root, {path: text.encode()}):
            write_files(desk.root, {path: text.encode()})
            commit(desk.root, [path], f"Begin {slug}", ("beleid", "beleid@beleidsbeheer.invalid"))
    return path


def register_version(
    work: Workplace, slug: str, number: str, description: str, authors: Sequence[str] = ()
) -> Done:
    """Freeze the working text as ``versies/NUMBER.md`` and sign its registration; one commit.

    Raises Refused when a rule closes the gate, KeyProblem when there is no key to sign with.
    """
    with at_desk(work) as desk:
        policy = desk.register.policies.get(slug)
        text = (policy.working if policy else None) or b""
        notices = desk.pass_gate(Act("registratie", slug, number, text))
        roster = desk.roster()
        latest = policy.latest if policy else None
        sealed = seal(
            "registratie",
            desk.pen(),
            roster,
            work.today,
            grounds=[latest.origin.digest] if latest else [],
            over={"beleid": slug, "versie": number, "bestanden": [_frozen(slug, number, text)]},
            omschrijving=description,
            **({"auteurs": sorted(set(authors))} if authors else {}),
        )
        others = {working_path(slug): text, text_path(slug, number): text}
        register = append(desk, [sealed], f"Registreer {slug} {number}", others)
    return Done(sealed.entry, register, tuple(notices))


def _frozen(slug: str, number: str, text: bytes) -> dict[str, Any]:
    return {"pad": text_path(slug, number), "sha256": digest_of(text), "bytes": len(text)}


# --- history from before the tool ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What an import added: one entry a row, and one a reading."""

    rows: tuple[Entry, ...]
    readings: tuple[Entry, ...]


def take_over(work: Workplace, slug: str, source: Path) -> TakenOver:
    """Take a paper history over from a TOML file: one signed ``overname`` a row; one commit.

    Texts named in it are read beside that file and frozen. Raises UnreadableInput naming file and row,
    Refused when the policy has entries already, WrongUse when ``slug`` cannot be a name.
    """
    defect = slug_defect(slug)
    if defect:
        raise WrongUse(f"'{slug}' kan geen naam van een beleid zijn: {defect}.")
    salts = iter(lambda: secrets.token_hex(16), None)
    history = read_import(_read(source), source.name, salts)
    with at_desk(work) as desk:
        texts = {row.version: _text_of(row, source) for row in history.rows if row.text}
        for version in {row.version for row in history.rows}:
            desk.pass_gate(Act("overname", slug, version, texts.get(version, b"")))
        pen = desk.pen()
        rows = _seal_rows(desk, pen, slug, history, texts)
        readings = [_seal_reading(desk, pen, slug, each, rows) for each in history.readings]
        others = {row.source.path(slug): row.source.print() for row in history.rows}
        others |= {text_path(slug, version): text for version, text in texts.items()}
        append(desk, [*rows, *readings], f"Neem de geschiedenis van {slug} over", others)
    return TakenOver(tuple(s.entry for s in rows), tuple(s.entry for s in readings))


def _seal_rows(
    desk: Desk, pen: Pen, slug: str, history: PaperHistory, texts: dict[str, bytes]
) -> list[SealedEntry]:
    """One entry a row; each rests on the row before it, so that none can be left out unseen."""
    sealed: list[SealedEntry] = []
    for row in history.rows:
        over: dict[str, Any] = {"beleid": slug}
        if row.version:
            over["versie"] = row.version
        if row.text:
            over["bestanden"] = [_frozen(slug, row.version, texts[row.version])]
        sealed.append(
            seal(
                "overname",
                pen,
                desk.roster(),
                desk.today,
                grounds=[sealed[-1].entry.digest] if sealed else [],
                over=over,
                bron={"sha256": digest_of(row.source.print()), "document": history.document},
                **row.signed,
            )
        )
    return sealed


def _seal_reading(
    desk: Desk, pen: Pen, slug: str, reading: Reading, rows: Sequence[SealedEntry]
) -> SealedEntry:
    about = [each.entry.digest for each in rows if each.entry.version == reading.version]
    if not about:
        raise UnreadableInput(f"Een lezing noemt versie {reading.version}, maar geen rij doet dat.")
    end = {"geldend_tot_en_met": reading.end.isoformat()} if reading.end else {}
    return seal(
        "lezing",
        pen,
        desk.roster(),
        desk.today,
        grounds=about,
        over={"beleid": slug, "versie": reading.version},
        geldend_van=reading.start.isoformat(),
        toelichting=reading.explanation,
        **end,
    )


def _text_of(row: ImportRow, source: Path) -> bytes:
    if not row.version:
        raise UnreadableInput(
            f"{source.name}: een rij noemt een tekst maar geen versie.",
            hint="Geef de rij een versie.",
        )
    return _read(source.parent / row.text)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST_TEXT + 1)
    except OSError as error:
        raise RepositoryProblem(f"{path} kan niet worden gelezen: {error.strerror}.") from None
    if len(data) > _LARGEST_TEXT:
        raise UnreadableInput(f"{path} is groter dan 10 MiB.")
    return data
