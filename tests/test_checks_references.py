"""The checks on references, on texts of our own and on the register's own regulation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from beleidsbeheer.domain.checks import references as checks
from beleidsbeheer.domain.checks.frame import Check, Dossier, OtherPolicy, Profile
from beleidsbeheer.domain.checks.table import review
from beleidsbeheer.domain.document import parse
from beleidsbeheer.domain.model import Severity
from beleidsbeheer.render.checks.data import review_json

ALL = [each for each in vars(checks).values() if isinstance(each, Check)]
DAY = date(2026, 11, 26)
OWN = Path(__file__).parent.parent / "reglement" / "privacyreglement" / "reglement.md"
TEXT = """# Reglement kluisjes

## Artikel 1. Kluisjes

1. Er zijn kluisjes:
   - a. voor leerlingen;
   - b. voor gasten.

2. {}
"""
OTHERS = (
    OtherPolicy("klachtenregeling", ("Klachtenregeling",), True),
    OtherPolicy("pestprotocol", ("Pestprotocol",), False),
)


def dossier(sentence: str) -> Dossier:
    return Dossier("reglement.md", parse(TEXT.replace("{}", sentence).encode()), DAY)


def found(dossier: Dossier) -> list[tuple[str, str, str]]:
    """Rule, place and quote of everything that is remarked."""
    return [(each.rule, each.place, each.quote) for check in ALL for each in check(dossier)]


@pytest.mark.parametrize(
    ("sentence", "rule", "quote"),
    [
        ("Zie artikel 2.", "verwijzing-stuk", "artikel 2"),
        ("Zie artikel 1 lid 1 onder c.", "verwijzing-stuk", "artikel 1 lid 1 onder c"),
        ("Zie het derde lid.", "verwijzing-stuk", "derde lid"),
        ("Zie hoofdstuk 4.", "verwijzing-indeling", "hoofdstuk 4"),
        ("Zie bijlage 4.", "bijlage-elders", "bijlage 4"),
        ("Zie artikel 1 onder b.", "verwijzing-onvolledig", "artikel 1 onder b"),
        (
            "Zie de Wet bescherming persoonsgegevens.",
            "wet-vervallen",
            "Wet bescherming persoonsgegevens",
        ),
    ],
)
def test_one_finding(sentence: str, rule: str, quote: str) -> None:
    assert found(dossier(sentence)) == [(rule, "reglement.md:9", quote)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Zie artikel 1, eerste lid, onder a, en het eerste lid.",
        "Zie lid 1, en artikel 1 lid 1 onder b.",
        "Zie artikel 13 AVG, artikel 99 van de Awb en hoofdstuk 9 van de Archiefwet.",
        "Zie de klachtenregeling.",
        "Iedereen wordt lid 2 weken na aanmelding.",
    ],
)
def test_nothing_to_say(sentence: str) -> None:
    assert found(dossier(sentence)) == []


def test_a_broken_reference_is_an_error_and_says_what_is_perhaps_meant() -> None:
    text = "## Artikel 1\n\nWij lenen:\n\n- a. boeken;\n\n## Artikel 2\n\nZie artikel 1 lid 1 onder a.\n"
    [remark] = checks.broken_reference(Dossier("r.md", parse(text.encode()), DAY))
    assert remark.severity is Severity.FOUT
    assert remark.message == "Artikel 1 lid 1 onder a staat niet in deze tekst."
    assert remark.hint == "Bedoelt u artikel 1 onder a?"
    assert remark.key == "2"


def test_documents_are_looked_up_in_the_register() -> None:
    sentence = "Zie de klachtenregeling, het pestprotocol, de schoolgids en nog eens de schoolgids."
    assert found(replace(dossier(sentence), others=OTHERS)) == [
        ("stuk-niet-in-register", "reglement.md:9", "schoolgids"),
        ("stuk-niet-geldend", "reglement.md:9", "pestprotocol"),
    ]


def test_a_document_that_the_text_says_where_to_find_is_fine() -> None:
    sentence = (
        "Zie de schoolgids en de schoolgids op de website, en de meldcode, die ter inzage ligt."
    )
    assert found(replace(dossier(sentence), others=OTHERS)) == []


def test_two_styles_in_one_text() -> None:
    sentence = "Zie artikel 1, eerste lid, onder a. Zie artikel 1, eerste lid. Zie lid 1."
    assert found(dossier(sentence)) == [("verwijzing-stijl", "reglement.md:9", "lid 1")]


def test_the_official_form_is_for_ministries() -> None:
    strict = replace(dossier("Zie artikel 1 lid 1 onder a."), profile=Profile.AR)
    [remark] = checks.official_form(strict)
    assert remark.hint == "Schrijf: artikel 1, eerste lid, onder a."
    assert not list(checks.official_form(dossier("Zie artikel 1 lid 1 onder a.")))


def test_the_two_references_of_article_14_break_silently_when_article_7_is_relettered() -> None:
    before = parse(OWN.read_bytes())
    text = OWN.read_text(encoding="utf-8")
    start, end = text.index("- a. De verwerking is noodzakelijk"), text.index("## Artikel 9.")
    items = text[start:end]
    for old, new in ("fg", "ef", "de", "cd", "bc", "ab"):
        items = items.replace(f"- {old}. ", f"- {new}. ")
    items = "- a. De verwerking gebeurt op verzoek van de leerlingenraad van de school.\n" + items
    after = parse((text[:start] + items + text[end:]).encode())
    changed = Dossier("reglement.md", after, DAY, in_force=before, in_force_label="versie 0.3")
    remarks = list(checks.silently_broken(changed))
    assert [(each.key, each.quote, each.message) for each in remarks] == [
        (
            "14.1.c",
            "artikel 7 onder a",
            "Wat in versie 0.3 artikel 7 onder a was, is nu artikel 7 onder b.",
        ),
        (
            "14.1.c",
            "artikel 7 onder d van dit reglement",
            "Wat in versie 0.3 artikel 7 onder d was, is nu artikel 7 onder e.",
        ),
    ]
    assert not list(checks.silently_broken(replace(changed, document=before)))


def test_the_json_of_a_review_has_the_graph() -> None:
    old, new = OWN.read_text(encoding="utf-8"), OWN.read_text(encoding="utf-8")
    new = new.replace(
        "- a. De verwerking is", "- a. Iemand vraagt erom.\n- aa. De verwerking is", 1
    )
    changed = replace(dossier("x"), document=parse(new.encode()), in_force=parse(old.encode()))
    told = review_json("naam", "beleid", review(changed), (), "")
    [reference] = [
        each for each in told["verwijzingen"]["14.1.c"] if each["woorden"] == "artikel 7 onder a"
    ]
    assert [(each["status"], each["nu"]) for each in reference["doelen"]] == [
        ("verschoven", "7.aa")
    ]
    assert len(told["stukken"]) == 8


def test_the_own_regulation_names_six_documents_and_has_no_broken_reference() -> None:
    own = Dossier("reglement.md", parse(OWN.read_bytes()), DAY, others=OTHERS[1:])
    assert [quote for rule, _, quote in found(own) if rule == "stuk-niet-in-register"] == [
        "schoolgids",
        "verwerkingsregister",
        "sociale mediaprotocol",
        "privacyverklaring",
        "protocol beveiligingsincidenten en datalekken",
        "klachtenregeling",
    ]
    assert {rule for rule, _, _ in found(own)} == {"stuk-niet-in-register"}
