"""A school with a site: regulations in force, coming, past and in the making; and its pages in memory."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from acts import PARENTS, PEOPLE, PUPILS, STAFF, Way, rules
from beleidsbeheer.domain.register import load
from beleidsbeheer.render.site.model import Site, discreet
from beleidsbeheer.render.site.pages import pages

DAY = date(2026, 11, 23)
NAME = "Sanne Voorbeeldsen"
NAMES = f'[personen]\nbestuur = "{NAME}"\nsecretaris = "{NAME}"\nmr-ouders = "{NAME}"\n'.encode()

_FRONT = '+++\ntitel = "Schoolreglement"\nraakt = ["leerlinggegevens", "oudergegevens", "personeelsgegevens"]\n+++\n\n'
FIRST = (
    _FRONT
    + """# Schoolreglement

## Hoofdstuk 1. Algemeen

## Artikel 1. Begrippen

- **Betrokkene** Degene van wie de gegevens zijn.
- **Beeldopname** Een foto of film.

## Hoofdstuk 2. Rechten

## Artikel 2. Rechten

1. Een betrokkene mag vragen om:
   - a. inzage in zijn gegevens;
   - b. verbetering van wat niet klopt.

2. De school antwoordt binnen tien dagen na een verzoek als bedoeld in lid 1.

## Artikel 3. Bewaren

De school bewaart een beeldopname niet langer dan vijf weken. Zie artikel 2 lid 1 onder a.
"""
)
SECOND = FIRST.replace("binnen tien dagen", "binnen vijf dagen")
THIRD = (
    SECOND
    + "\n## Artikel 4. Online lessen\n\nEen online les wordt alleen opgenomen als dat nodig is.\n"
)
FOURTH = THIRD.replace("vijf weken", "vier weken")


@cache
def _school(names: bool) -> Way:
    school = Way.begun(*PEOPLE, rules=rules("[site]\nnamen = true" if names else ""))
    school.files["approvals/namen.toml"] = NAMES
    for member in (STAFF, PARENTS, PUPILS):
        school.confirm(member)
    _adopt(school, "0.1", FIRST, "2026-01-10", "2026-02-01", omschrijving="Eerste versie")
    back: dict[str, Any] = {"terugwerkend_tot": "2026-08-01", "reden": "nieuw schooljaar"}
    _adopt(
        school, "0.2", SECOND, "2026-08-10", "2026-09-01", omschrijving="Sneller antwoord", **back
    )
    _adopt(school, "0.3", THIRD, "2026-11-01", "2027-01-01", omschrijving="Online lessen")
    school.day = "2026-11-10"
    school.register("0.4", FOURTH.encode(), omschrijving="Korter bewaren")
    school.register("0.1", b"# Klachtenregeling\n\nTekst.\n", policy="klachtenregeling")
    return school


def _adopt(school: Way, number: str, text: str, day: str, starts: str, **fields: Any) -> None:
    school.day = day
    school.register(number, text.encode(), omschrijving=fields.pop("omschrijving"))
    school.agreed(number)
    school.adopt(number, starts, besluitnummer=f"CvB {number}", **fields)
    school.publish(number)


def school(*, names: bool = False) -> Way:
    """The school; what is done to it stays in this copy."""
    return _school(names).copy()


def made(files: Mapping[str, bytes], day: date = DAY, address: str = "") -> dict[str, bytes]:
    """Every file of the site of a register, as it was known on DAY."""
    site = Site(discreet(load(files, DAY)), day, address)
    return {page.path: page.make() for page in pages(site)}


def write(files: Mapping[str, bytes], folder: Path) -> Path:
    """A register on disk, without git."""
    for path, data in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return folder
