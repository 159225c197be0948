"""Every refusal says what is missing, who can give it, on which article and with which command.

One text at a school goes its way; at each turn somebody tries what cannot be. What the screen says then is
in ``golden/weigeringen.txt``. After a wanted change: GOLDEN=new make test.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from act_lines import (
    MEETING,
    adopt,
    begin_school,
    consent,
    digest_of,
    letter,
    received,
    submit,
    take_back,
)
from desk import POLICY, Capture, Screen

GOLDEN = Path(__file__).parent / "golden" / "weigeringen.txt"
_TOP = "Wat op het scherm staat als iets niet kan. Gemaakt door test_act_refusals.py.\n"


@dataclass
class Account:
    """The refusals so far, as people read them."""

    parts: list[str] = field(default_factory=lambda: [_TOP])

    def refused(self, what: str, screen: Screen, *line: str | Path, code: int = 1) -> None:
        said = screen.refused(*line, code=code)
        place = str(screen.folder.parent) + os.sep
        bare = re.sub(r"\b[0-9a-f]{12}\b", "(digest)", said.replace(place, ""))
        self.parts.append(f"\n## {what}\n\n{bare}")


def test_refusals_are_as_agreed(capsys: Capture, tmp_path: Path) -> None:
    """The whole account, byte for byte."""
    school, told = Screen(capsys, tmp_path / "school"), Account()
    begin_school(school)
    by_letter = received(school)
    told.refused("Voorleggen wat niet is geregistreerd", school, *submit(), code=2)
    path = school.folder / f"reglement/{POLICY}/reglement.md"
    full = path.read_text()
    path.write_text(re.sub(r"raakt = \[.*\]", "raakt = []", full))
    school.register("0.1")
    told.refused("Voorleggen zonder dat de tekst iets raakt", school, *submit())
    path.write_text(full)
    school.register("0.2")
    told.refused(
        "Instemmen vóór het voorleggen", school, *consent("ouders", version="0.2"), *by_letter
    )
    told.refused("Vaststellen vóór het voorleggen", school, *adopt("2027-01-01", "0.2"), *by_letter)
    told.refused("Voorleggen aan een raad die niet meedoet", school, *submit("0.2", "--aan", "GMR"))
    school.fine(*submit("0.2"))
    told.refused("Twee keer voorleggen", school, *submit("0.2"))
    told.refused("De secretaris stemt in", school, *consent("ouders", version="0.2"))
    told.refused(
        "Een ontvangstbewijs zonder brief",
        school,
        *consent("ouders", version="0.2"),
        "--ontvangen",
        code=2,
    )
    told.refused(
        "Een geleding die niet is gevraagd",
        school,
        *consent("leerlingen", version="0.2"),
        *by_letter,
    )
    told.refused(
        "De commissie zonder onthouden instemming",
        school,
        *("toestemming", POLICY, "0.2", "--geleding", "ouders"),
        *("--uitspraak", "2026-11-23", "--kenmerk", "LCG 26.004"),
        *letter(school),
    )
    told.refused(
        "Redactioneel aanvaarden wat gewoon is voorgelegd",
        school,
        *("aanvaard-redactioneel", POLICY, "0.2", *MEETING),
        *by_letter,
    )
    school.fine(*consent("personeel", version="0.2"), *by_letter)
    told.refused("Vaststellen met één instemming", school, *adopt("2027-01-01", "0.2"), *by_letter)
    school.fine(*consent("ouders", "niet-ingestemd", version="0.2"), *by_letter)
    told.refused("Vaststellen na een nee", school, *adopt("2027-01-01", "0.2"), *by_letter)
    told.refused("Ja zeggen na een nee", school, *consent("ouders", version="0.2"), *by_letter)
    told.refused("Een nee terugnemen zonder brief", school, *take_back(_withheld(school)))
    school.fine(*take_back(_withheld(school)), *by_letter)
    condition = ("--voorwaarde", "Evaluatie na een jaar")
    school.fine(*consent("ouders", "onder-voorwaarden", *condition, version="0.2"), *by_letter)
    told.refused("Vaststellen onder voorwaarden", school, *adopt("2027-01-01", "0.2"), *by_letter)
    later = school.on("2026-12-08")
    meeting = ("--vergadering", "2026-12-08", "--kenmerk", "OMR 2026-20")
    line = ("instemming", POLICY, "0.2", "--geleding", "ouders", "--uitkomst", "ingestemd")
    later.fine(*line, *meeting, *by_letter)
    told.refused(
        "Een besluit van vóór de instemming",
        later,
        *adopt("2027-01-01", "0.2", "--vergadering", "2026-12-01"),
        *by_letter,
    )
    told.refused("Ingaan vóór het besluit", later, *adopt("2026-12-01", "0.2"), *by_letter)
    where = ("--datum", "2026-12-08", "--waar", "https://www.example.org/privacy")
    told.refused("Bekendmaken vóór het vaststellen", later, "bekendmaken", POLICY, "0.2", *where)
    later.fine(*adopt("2027-01-01", "0.2"), *by_letter)
    told.refused("Twee keer vaststellen", later, *adopt("2027-01-01", "0.2"), *by_letter)
    told.refused("Een voorlegging terugnemen na het vaststellen", later, *take_back("0.2"))
    after = school.on("2027-02-01")
    told.refused(
        "Een besluit terugnemen dat al geldt",
        after,
        *take_back(digest_of(after, "vaststelling", "0.2")),
    )
    told.refused("Bekijken zonder termijn", after, "bevestig", POLICY, *by_letter, code=2)
    repeal = ("intrekken", POLICY, "--reden", "Opgegaan in ander beleid", "--per")
    told.refused("Intrekken vóór de ingang", after, *repeal, "2027-01-01", *by_letter)
    after.fine(*repeal, "2027-08-01", *by_letter)
    after.edit()
    new = ("registreer", POLICY, "0.3", "--omschrijving", "Nog iets")
    told.refused("Iets nieuws na het intrekken", after, *new)
    account = "".join(told.parts)
    if os.environ.get("GOLDEN") == "new":
        GOLDEN.write_text(account, encoding="utf-8", newline="")
    assert account == GOLDEN.read_bytes().decode()


def _withheld(screen: Screen) -> Path:
    """The file in which the parents said no."""
    found = screen.folder.glob(f"approvals/{POLICY}/0.2/instemming-*.json")
    return next(path for path in found if "niet-ingestemd" in path.read_text(encoding="utf-8"))
