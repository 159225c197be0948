"""What is wrong in the LOVK register and in the document it came from: each thing by rule and place.

That document lies in texts/, as it was but for the names of people.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from beleidsbeheer.actions.checking import Measure, Read, read_file, read_policy, read_texts
from beleidsbeheer.actions.reading import open_register
from beleidsbeheer.domain.checks.frame import Profile
from beleidsbeheer.domain.checks.table import CHECKS, rules
from beleidsbeheer.domain.document import print_document
from checked import TEXTS, dossier, line_of, places, reviewed

ROOT = Path(__file__).parent.parent
POLICY = "privacyreglement"
BRON = {
    "0.1": "approvals/privacyreglement/bron-ab15aae75eaa.toml",
    "0.2": "approvals/privacyreglement/bron-8ffcb93515b1.toml",
    "vaststelling": "approvals/privacyreglement/bron-f10c0026ce8b.toml",
}
MEASURE = Measure(date(2026, 11, 26))

# rule → (path, line, key) of what is wrong in version 0.2 and in the history of the LOVK register
TEXT_02 = f"reglement/{POLICY}/versies/0.2.md"
REGISTER: Mapping[str, list[tuple[str, int, str]]] = {
    "artikel-ontbreekt": [(TEXT_02, 75, "9")],
    "leden-en-losse-tekst": [(TEXT_02, 37, "4")],
    "opsomming-onderbroken": [(TEXT_02, 123, "14.1")],
    "opsomming-niet-aanhaalbaar": [(TEXT_02, 112, "14.1.a")],
    "opsomming-tekens": [(TEXT_02, 151, "15")],
    "taalfout": [
        (TEXT_02, 41, "4.1"),
        (TEXT_02, 145, "14.3"),
        (TEXT_02, 166, "16"),
        (TEXT_02, 176, "18"),
    ],
    "opsomming-dubbel": [(TEXT_02, 15, "2.persoonsgegevens")],
    "begrip-ongebruikt": [(TEXT_02, 17, "2.bijzondere-persoonsgegevens")],
    "begrip-cirkel": [(TEXT_02, 23, "2.bevoegd-gezag")],
    "naam-wisselt": [(TEXT_02, 11, "1")],
    "instemming-verwisseld": [(BRON["0.2"], 12, ""), (BRON["0.1"], 12, "")],
    "datum-volgorde": [(BRON["0.1"], 10, "")],
    "instemming-voor-versie": [(BRON["0.2"], 12, "")],
    "terugwerking-zonder-bepaling": [(TEXT_02, 186, "20")],
    "vaststelling-zonder-versie": [(BRON["vaststelling"], 8, "")],
    "auteur-is-gebeurtenis": [(BRON["0.2"], 11, "")],
    "invulplek-in-tabel": [(BRON["0.1"], 11, "")],
    "definitief-voor-vaststelling": [(BRON["0.2"], 9, "")],
    "datum-notaties": [(BRON["0.1"], 10, "")],
    "instemming-zonder-geleding": [(BRON["0.2"], 12, "")],
    "bewijs-ontbreekt": [(BRON["0.2"], 12, "")],
    "bekendmaking-ontbreekt": [(BRON["vaststelling"], 9, "")],
    "wijziging-onbeschreven": [(BRON["0.2"], 12, "")],
    "status-in-tekst": [(TEXT_02, 180, "19.1")],
    "avg-verklaring": [(TEXT_02, 0, key) for key in ("identiteit", "categorieen", "bron")],
    "avg-alleen-genoemd": [(TEXT_02, 158, "15.h")],
    "avg-reglement": [
        (TEXT_02, 0, key)
        for key in (
            "bijzondere-gegevens",
            "burgerservicenummer",
            "geautomatiseerd-besluit",
            "herziening",
            "verwerkers",
            "datalek-melden",
            "datalek-register",
            "datalek-betrokkenen",
            "effectbeoordeling",
            "functionaris",
            "functionaris-bereiken",
        )
    ],
}

# rule → lines of the document as it was, before the transcription repaired its form
SOURCE: Mapping[str, list[int]] = {
    "titel-dubbel": [22],
    "geen-artikelen": [3],
    "nummering-dubbelzinnig": [42],
    "nummer-overgeslagen": [91],
    "nadruk-los": [91, 92, 95, 99, 100, 101, 173, 174, 177],
    "afbreekstreepje": [13, 15, 15, 15],
    "woord-afgebroken": [32],
    "zin-afgebroken": [127],
    "taalfout": [57, 145, 166, 173],
    "opsomming-dubbel": [26],
    "naam-wisselt": [24],
    "instemming-verwisseld": [14, 15],
    "datum-volgorde": [14],
    "instemming-voor-versie": [15],
    "definitief-voor-vaststelling": [15],
    "auteur-is-gebeurtenis": [15],
    "invulplek-in-tabel": [14],
    "datum-notaties": [14],
    "instemming-zonder-geleding": [15],
    "bewijs-ontbreekt": [15],
    "wijziging-onbeschreven": [15],
    "vaststelling-zonder-versie": [20],
    "bekendmaking-ontbreekt": [20],
    "status-in-tekst": [175],
    "terugwerking-zonder-bepaling": [177],
}


@pytest.fixture(scope="module")
def version_02() -> Read:
    view = open_register(ROOT, MEASURE.today)
    return read_policy(view, view.register.policies[POLICY], "0.2", MEASURE)


@pytest.fixture(scope="module")
def source() -> Read:
    return read_file(TEXTS / "privacyreglement-lovk.txt", MEASURE)


@pytest.mark.parametrize("rule", REGISTER)
def test_register(version_02: Read, rule: str) -> None:
    found = [each for each in version_02.review.found if each.rule == rule]
    assert [(e.place.partition(":")[0], line_of(e), e.key) for e in found] == REGISTER[rule]


def test_register_has_nothing_else(version_02: Read) -> None:
    own = {check.rule.id for check in CHECKS if check.rule.group != "verwijzingen"}
    assert {each.rule for each in version_02.review.found if each.rule in own} == REGISTER.keys()
    assert version_02.review.sound


@pytest.mark.parametrize("rule", SOURCE)
def test_source(source: Read, rule: str) -> None:
    assert [line_of(e) for e in source.review.found if e.rule == rule] == SOURCE[rule]


def test_working_text_says_when_it_began_before_it_was_there() -> None:
    (read,) = read_texts(ROOT, POLICY, "0.3", MEASURE)
    assert "ingangsdatum-wijkt-af" in {each.rule for each in read.new}
    assert [each.rule for each in read.review.found if each.rule == "artikel-ontbreekt"]
    assert not [each.rule for each in read.new if each.rule == "artikel-ontbreekt"]


# --- a clean regulation -----------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", Profile)
def test_clean_regulation_has_no_findings(profile: Profile) -> None:
    text = (TEXTS / "schoon.md").read_bytes()
    assert reviewed(text, profile=profile).found == ()


def test_clean_regulation_covers_every_requirement() -> None:
    ((_, rows),) = dossier((TEXTS / "schoon.md").read_bytes()).matrices
    assert {row.requirement.id for row in rows if row.answer != "gevonden"} == set()


def test_every_rule_can_speak() -> None:
    """No rule without a text in these tests that makes it speak, beside those of references and acceptance."""
    named = {*REGISTER, *SOURCE, *_tested_elsewhere()}
    own = {rule.id for rule in rules() if rule.group not in ("verwijzingen", "akkoord")}
    assert own - named == set()


def _tested_elsewhere() -> set[str]:
    words = "".join(
        path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_checks_*.py")
    )
    return {rule.id for rule in rules() if f'"{rule.id}"' in words}


def test_reading_does_not_change_the_text() -> None:
    text = (TEXTS / "schoon.md").read_bytes()
    one = dossier(text)
    reviewed(text)
    assert print_document(one.document) == text
    assert places(text, "artikel-ontbreekt") == []
