"""Coverage: what was found and where, what a text points at itself, and frameworks of somebody's own."""

from __future__ import annotations

from typing import Any

import pytest

from beleidsbeheer.domain.checks.coverage import Answer, Coverage, frameworks, read_framework
from beleidsbeheer.domain.model import Severity
from beleidsbeheer.errors import UnreadableInput
from beleidsbeheer.render import forms
from beleidsbeheer.render.checks.matrix import matrix
from checked import TEXTS, dossier, found

FRAMEWORK = """
naam = "kader"
titel = "Een kader"
gelezen = 2026-01-01
verklaring = ["privacyverklaring"]

[geldt_bij]
raakt = ["leerlinggegevens"]
titel = ["privacy"]

[[eis]]
id = "bewaren"
soort = "reglement"
wat = "Hoe lang iets wordt bewaard."
grondslag = "Kader 1"
zoek = ["bewaar / bewar + niet langer / ten hoogste", "bewaartermijn"]
merk = "gelezen"

[[eis]]
id = "wie"
soort = "verklaring"
wat = "Wie het is."
grondslag = "Kader 2"
zoek = ["naam"]
merk = "uit het hoofd"

[[eis]]
id = "oordeel"
soort = "reglement"
wat = "Of het evenredig is."
grondslag = "Kader 3"
merk = "gelezen"
"""
OWN = read_framework(FRAMEWORK.encode(), "kader.toml")
STATEMENT = "\n## Artikel 2\n\nIn de privacyverklaring staat:\n\n- a. de naam;\n- b. de bewaartermijn;\n- c. meer.\n"


def rows(text: str, **more: Any) -> dict[str, Coverage]:
    ((_, found_rows),) = dossier(text, frameworks=(OWN,), **more).matrices
    return {row.requirement.id: row for row in found_rows}


def regulation(sentence: str, front: str = "") -> str:
    top = f"+++\n{front}\n+++\n\n" if front else ""
    return f"{top}# Privacyreglement\n\n## Artikel 1\n\n{sentence}\n"


@pytest.mark.parametrize(
    ("sentence", "answer", "where"),
    [
        ("Wij bewaren dit niet langer dan nodig.", Answer.GEVONDEN, ("1",)),
        ("Wij bewaren dit ten hoogste een jaar.", Answer.GEVONDEN, ("1",)),
        ("De bewaartermijnen staan elders.", Answer.GEVONDEN, ("1",)),
        ("Wij bewaren dit.", Answer.NIET_GEVONDEN, ()),
        ("Niet langer wordt dit onbewaard.", Answer.NIET_GEVONDEN, ()),
    ],
)
def test_anchors(sentence: str, answer: Answer, where: tuple[str, ...]) -> None:
    row = rows(regulation(sentence))["bewaren"]
    assert (row.answer, row.places) == (answer, where)


def test_words_of_one_anchor_stand_in_one_passage() -> None:
    text = regulation("Wij bewaren dit.\n\nEn niet langer.")
    assert rows(text)["bewaren"].answer is Answer.NIET_GEVONDEN


def test_an_item_is_read_with_the_words_that_open_its_list() -> None:
    text = regulation("Wij bewaren niet langer dan nodig:\n\n- a. foto's;\n- b. cijfers.")
    assert rows(text)["bewaren"].places == ("1",)
    split = regulation("Niet langer dan een jaar mag u:\n\n- a. rapporten bewaren;\n- b. lenen.")
    assert rows(split)["bewaren"].places == ("1.a",)
    loose = regulation("Niet langer dan een jaar.\n\n- a. rapporten bewaren;\n- b. lenen.")
    assert rows(loose)["bewaren"].answer is Answer.NIET_GEVONDEN


RIGHTS = """
De betrokkene heeft recht op:

- a. inzage in zijn persoonsgegevens;
- b. rectificatie van onjuiste persoonsgegevens;
- c. het wissen van persoonsgegevens;
- d. beperking van de verwerking;
- e. bezwaar tegen de verwerking;
- f. een besluit dat niet uitsluitend op geautomatiseerde verwerking berust.
"""


@pytest.mark.parametrize(
    ("sentence", "asked", "places"),
    [
        (RIGHTS, "inzage", ("1.a",)),
        (RIGHTS, "verbetering", ("1.b",)),
        (RIGHTS, "wissen", ("1.c",)),
        (RIGHTS, "beperking", ("1.d",)),
        (RIGHTS, "bezwaar", ("1.e",)),
        (RIGHTS, "geautomatiseerd-besluit", ("1.f",)),
        (
            "De school verwerkt niet meer persoonsgegevens dan nodig.",
            "niet-meer-dan-nodig",
            ("1",),
        ),
        ("Een grondslag, genoemd in artikel 6 van de AVG, is vereist.", "grondslagen", ("1",)),
        ("De school stelt ontvangers in kennis van een wissing.", "kennisgeving", ("1",)),
        ("Vooraf komt een gegevensbeschermingseffectbeoordeling.", "effectbeoordeling", ("1",)),
        ("Een datalek wordt binnen 72 uur gemeld.", "datalek-melden", ("1",)),
        ("Beelden worden na 72 uur gewist.", "datalek-melden", ()),
    ],
)
def test_what_a_school_writes_about_the_avg(
    sentence: str, asked: str, places: tuple[str, ...]
) -> None:
    ((_, found_rows),) = dossier(regulation(sentence)).matrices
    (row,) = (each for each in found_rows if each.requirement.id == asked)
    assert row.places == places


def test_what_only_the_list_for_the_statement_names_is_for_a_human() -> None:
    row = rows(regulation("Niets.") + STATEMENT)["bewaren"]
    assert (row.answer, row.places) == (Answer.HANDMATIG, ("2.b",))


def test_requirement_for_the_statement_is_sought_in_its_list() -> None:
    assert rows(regulation("Niets.") + STATEMENT)["wie"].places == ("2.a",)
    assert rows(regulation("De naam is bekend."))["wie"].answer is Answer.HANDMATIG


def test_requirement_for_the_statement_is_sought_in_all_of_a_statement() -> None:
    text = "# Privacyverklaring\n\n## Artikel 1\n\nOnze naam is De Regenboog.\n"
    assert rows(text)["wie"].places == ("1",)


def test_requirement_without_words_is_for_a_human() -> None:
    assert rows(regulation("Niets."))["oordeel"].answer is Answer.HANDMATIG


def test_text_points_at_the_place_itself() -> None:
    row = rows(regulation("Niets.", '[dekking.kader]\nbewaren = "1"\noordeel = ["1"]'))["bewaren"]
    assert (row.answer, row.places, row.how) == (
        Answer.GEVONDEN,
        ("1",),
        "aangewezen in het kopblok",
    )


@pytest.mark.parametrize(
    "front",
    [
        '[dekking.kader]\nbewaren = "9"',
        '[dekking.kader]\nonbekend = "1"',
        "[dekking.kader]\nbewaren = 1",
        '[dekking.ander]\nbewaren = "1"',
        'dekking = "1"',
    ],
)
def test_pointer_that_leads_nowhere_is_an_error(front: str) -> None:
    (one,) = found(regulation("Niets.", front), "avg-aanwijzing", frameworks=(OWN,))
    assert one.severity is Severity.FOUT


def test_what_an_empty_pointer_points_at_is_shown() -> None:
    front = '[dekking.kader]\nbewaren = ""'
    (one,) = found(regulation("Niets.", front), "avg-aanwijzing", frameworks=(OWN,))
    assert one.message == 'bewaren wijst naar "", maar dat is er niet.'


@pytest.mark.parametrize(
    ("text", "applies"),
    [
        ("# Privacyreglement\n", True),
        ("# Klachtenregeling\n", False),
        ('+++\nraakt = ["leerlinggegevens"]\n+++\n\n# Reglement\n', True),
        ('+++\nraakt = ["schoolgids"]\n+++\n\n# Reglement\n', False),
    ],
)
def test_for_which_texts(text: str, applies: bool) -> None:
    assert bool(dossier(text, frameworks=(OWN,)).matrices) is applies


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('naam = "kader"', 'naam = "Een Kader"', "kleine letters"),
        ('id = "wie"', 'id = "bewaren"', "twee keer"),
        ('soort = "verklaring"', 'soort = "iets"', "kies uit"),
        ('zoek = ["naam"]', 'zoek = ["naam + "]', "leeg woord"),
        ('zoek = ["naam"]', 'zoek = "naam"', "lijst van teksten"),
        ("gelezen = 2026-01-01", 'gelezen = "x"', "geen datum"),
        ("[geldt_bij]", "[geldt]", "niet bekend"),
        ("[[eis]]", "[[x]]", "niet bekend"),
    ],
)
def test_framework_that_cannot_be_read(old: str, new: str, words: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        read_framework(FRAMEWORK.replace(old, new).encode(), "kader.toml")
    assert words in caught.value.message
    assert caught.value.message.startswith("kader.toml")


def test_our_own_framework_is_dated_and_sourced() -> None:
    (avg,) = frameworks()
    assert (avg.name, len(avg.requirements)) == ("avg", 44)
    for each in avg.requirements:
        assert each.basis.startswith(("AVG ", "UAVG "))
        assert each.mark in ("gelezen", "uit het hoofd")
        assert bool(each.source) is (each.mark == "gelezen")


def test_no_answer_says_that_a_text_complies() -> None:
    assert {str(answer) for answer in Answer} == {
        "gevonden",
        "niet gevonden",
        "handmatig beoordelen",
    }


@pytest.mark.parametrize(
    "form", [forms.markdown, forms.comma_separated, lambda t: forms.page(t, "Dekking")]
)
def test_matrix_in_every_form(form: Any) -> None:
    text = (TEXTS / "schoon.md").read_bytes()
    ((framework, found_rows),) = dossier(text).matrices
    shown = form([matrix("Reglement", framework, found_rows)])
    assert all(each.requirement.id in shown.replace("\\", "") for each in found_rows)
    assert "voldoet" not in shown
