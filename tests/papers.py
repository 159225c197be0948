"""A school with a text before its council, to make papers of: the same bytes in every run."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from acts import BOARD, PARENTS, POLICY, PUBLISHER, STAFF, Way
from beleidsbeheer.actions.papers import subject_of
from beleidsbeheer.actions.reading import View
from beleidsbeheer.domain.register import load
from beleidsbeheer.render.papers.subject import Subject

TODAY = date(2026, 11, 23)
_TEXTS = Path(__file__).parent.parent / f"reglement/{POLICY}/versies"
_HERE = Path()
OLD = (_TEXTS / "0.2.md").read_bytes()
NEW = (_TEXTS / "0.3.md").read_bytes()
WHY: dict[str, Any] = {
    "beweegredenen": "Lessen gaan ook online; daar horen regels bij.",
    "gevolgen": "Wie online lesgeeft of les krijgt, weet wat er wordt bewaard.",
    "maatregelen": "Uitleg in het team en in de nieuwsbrief voor ouders.",
}


def school(new: bytes = NEW, **why: str) -> Way:
    """0.1 (the old text) is in force since 2 March and published; 0.2 (the new one) is put to the MR."""
    found = Way.ready()
    found.files["approvals/namen.toml"] = b'[personen]\nbestuur = "Bestuurder (voorbeeld)"\n'
    for member in (STAFF, PARENTS, BOARD):
        found.confirm(member)
    found.day = "2026-01-10"
    found.register("0.2", OLD, omschrijving="De tekst die er al was")
    found.agreed("0.2", "2026-02-01")
    found.adopt("0.2", "2026-03-02", besluitnummer="CvB 2026-7", vergadering="2026-02-01")
    found.day = "2026-03-03"
    found.publish("0.2", by=PUBLISHER, waar="https://school.example/beleid/privacy")
    found.day = "2026-11-01"
    found.register("0.3", new, omschrijving="Artikel 13a over online lessen")
    found.day = "2026-11-02"
    found.submit(
        "0.3",
        vergadering="2026-12-08",
        reageren_voor="2026-12-22",
        afschrift=["leerlingen"],
        **(WHY | why),
    )
    return found


def view_of(way: Way, root: Path = _HERE, today: date = TODAY) -> View:
    """What a reader of these files sees."""
    register = load(way.files, today)
    return View(root, register, register.findings, (), pinned=True, unjudged=True, memory=None)


def subject(way: Way, number: str = "", today: date = TODAY) -> Subject:
    view = view_of(way, today=today)
    return subject_of(view, view.register.policies[POLICY], number, today)
