"""References resolved in a text: found, missing, left open, in ranges, relative; and as a graph."""

from __future__ import annotations

import json

import pytest

from beleidsbeheer.domain.document import parse
from beleidsbeheer.domain.references.documents import match, named_documents
from beleidsbeheer.domain.references.graph import graph
from beleidsbeheer.domain.references.resolve import Link, Status, resolve

TEXT = """# Speelplaatsreglement

## Hoofdstuk 1 Algemeen

## Artikel 1. Begrippen

- **Plein** De ruimte achter de school.

## Artikel 2. Toezicht

1. Er is toezicht tijdens de pauze:
   - a. op het plein;
   - b. in de gang:
     - 1°. boven;
     - 2°. beneden.

2. Het toezicht wordt verdeeld.

3. Niemand blijft alleen.

## Artikel 3. Spelen

Op het plein mag:

- a. worden gerend;
- b. worden gesprongen.

## Artikel 3a. Ballen

Ballen zijn zacht.

## Artikel 5. Slot

1. Dit reglement geldt op school.

2. {}

# Bijlage 1. Plattegrond

Een tekening.
"""


def links(sentence: str, text: str = TEXT) -> tuple[Link, ...]:
    return resolve(parse(text.replace("{}", sentence).encode()))


def shown(sentence: str) -> list[tuple[str, str]]:
    """Status and key of every hit of a sentence in artikel 5, lid 2."""
    return [(hit.status.name, hit.key) for link in links(sentence) for hit in link.hits]


@pytest.mark.parametrize(
    ("sentence", "key"),
    [
        ("Zie artikel 2.", "2"),
        ("Zie artikel 2, eerste lid, onder b, onder 1°.", "2.1.b.1°"),
        ("Zie artikel 2 lid 1 onder b sub 1.", "2.1.b.1°"),
        ("Zie artikel 3 onder A.", "3.a"),
        ("Zie artikel 3a van dit reglement.", "3a"),
        ("Zie artikel 3a van het speelplaatsreglement.", "3a"),
        ("Zie artikel 3a van het reglement.", "3a"),
        ("Zie het eerste lid.", "5.1"),
        ("Zie lid 1, tweede volzin.", "5.1"),
        ("Zie dit artikel.", "5"),
        ("Zie dit lid.", "5.2"),
        ("Zie het vorige lid.", "5.1"),
        ("Zie het vorige artikel.", "3a"),
        ("Zie de vorige volzin.", "5.2"),
        ("Zie hoofdstuk 1.", "hoofdstuk-1"),
        ("Zie bijlage 1.", "bijlage-1"),
    ],
)
def test_found(sentence: str, key: str) -> None:
    assert shown(sentence) == [("GEVONDEN", key)]


@pytest.mark.parametrize(
    ("sentence", "key"),
    [
        ("Zie artikel 4.", "4"),
        ("Zie artikel 2, vierde lid.", "2.4"),
        ("Zie artikel 2, eerste lid, onder c.", "2.1.c"),
        ("Zie het derde lid.", "5.3"),
        ("Zie het volgende artikel.", ""),
        ("Zie hoofdstuk 2.", "hoofdstuk-2"),
        ("Zie bijlage 2.", "bijlage-2"),
    ],
)
def test_missing(sentence: str, key: str) -> None:
    assert shown(sentence) == [("ONTBREEKT", key)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Zie artikel 4 of artikel 5 van de Awb en verder niets.",
        "Zie artikel 4 van de bijgevoegde tekst.",
        "Zie artikel 4, zoals dat luidde in 2017.",
        "Zie artikel 412.",
        "Zie artikel 4:17.",
        "Zie artikel B1.",
        "Zie de AVG en artikel 4.",
        "Dat lid geldt.",
        "Zie artikel 4 lid 1 van dat boek.",
        "Volgens de Reiswet en artikel 4 mag dat.",
    ],
)
def test_what_may_be_in_another_text_is_left_open(sentence: str) -> None:
    assert all(status != "ONTBREEKT" for status, _ in shown(sentence))


def test_outside_the_articles_nothing_is_called_missing() -> None:
    text = TEXT.replace("Een tekening.", "Zie artikel 4 en het derde lid.")
    assert [hit.status for link in links("x", text) for hit in link.hits] == [Status.ONZEKER] * 2


def test_marks_that_are_no_list_are_left_open() -> None:
    text = TEXT.replace("Ballen zijn zacht.", "Ballen zijn:\na. zacht;\nb. rond.")
    sentence = "Zie artikel 3a onder b. Zie artikel 3a onder c."
    found = [(hit.status, hit.key) for link in links(sentence, text) for hit in link.hits]
    assert found == [(Status.ONZEKER, "3a.b"), (Status.ONTBREEKT, "3a.c")]


def test_a_lid_left_out_is_filled_in_when_only_one_fits() -> None:
    assert shown("Zie artikel 2 onder b.") == [("ONVOLLEDIG", "2.1.b")]
    assert shown("Zie artikel 2.1.") == [("ONVOLLEDIG", "2.1")]
    assert shown("Zie artikel 2, lid 1b.") == [("ONVOLLEDIG", "2.1.b")]


def test_a_list_that_another_law_opens_is_of_that_law() -> None:
    text = TEXT.replace(
        "Ballen zijn zacht.",
        "Dit gaat voor op de artikelen 3 en 4 van de Awb, met dien verstande dat:\n\n"
        "- a. bij artikel 9 de schoolleider beslist;\n- b. bij artikel 3 het team beslist.\n",
    )
    assert [link.hits[0].status for link in links("x", text)] == [
        Status.EXTERN,
        Status.ONZEKER,
        Status.GEVONDEN,
    ]


def test_a_bijlage_that_did_not_close_the_artikel_before_it() -> None:
    text = TEXT + "\n### Bijlage 2\n\nZie artikel 4.\n"
    text = text.replace("# Bijlage 1. Plattegrond", "### Bijlage 1. Plattegrond")
    assert [hit.status for link in links("x", text) for hit in link.hits] == [Status.ONZEKER]


def test_what_is_perhaps_meant() -> None:
    [[hit]] = [link.hits for link in links("Zie artikel 3, eerste lid, onder b.")]
    assert (hit.status, hit.key, hit.near) == (Status.ONTBREEKT, "3.1.b", "3.b")
    [[hit]] = [link.hits for link in links("Zie artikel 3b.")]
    assert (hit.status, hit.near) == (Status.ONTBREEKT, "3.b")


def test_a_range_has_what_the_text_has_between_and_no_more() -> None:
    assert shown("Zie de artikelen 2 tot en met 5.") == [
        ("GEVONDEN", "2"),
        ("GEVONDEN", "3"),
        ("GEVONDEN", "3a"),
        ("GEVONDEN", "5"),
    ]
    assert shown("Zie artikel 2, eerste tot en met derde lid.") == [
        ("GEVONDEN", "2.1"),
        ("GEVONDEN", "2.2"),
        ("GEVONDEN", "2.3"),
    ]


def test_parts_are_found_from_the_part_around_them() -> None:
    text = TEXT.replace("op het plein;", "op het plein, anders dan onder b;")
    text = text.replace("boven;", "boven, anders dan onder 2° en onder a;")
    found = [(link.source, hit.key) for link in links("Niets.", text) for hit in link.hits]
    assert found == [("2.1.a", "2.1.b"), ("2.1.b.1°", "2.1.b.2°"), ("2.1.b.1°", "2.1.a")]


def test_headings_are_labels_and_what_stands_behind_in_them_is_not() -> None:
    text = TEXT.replace("Artikel 3a. Ballen", "Artikel 3a. Uitwerking van artikel 3")
    assert [(link.source, link.hits[0].key) for link in links("Niets.", text)] == [("3a", "3")]


def test_front_matter_is_not_read_and_lines_are_those_of_the_file() -> None:
    front = '+++\ntitel = "Zie artikel 99"\n+++\n\n'
    [link] = links("Zie artikel 2.", front + TEXT)
    document = parse((front + TEXT.replace("{}", "Zie artikel 2.")).encode())
    reference = link.reference
    assert document.lines[reference.line - 1][reference.column - 1 :].startswith("artikel 2")
    assert document.source[reference.start : reference.end] == b"artikel 2"


def test_a_text_without_articles_has_references_all_the_same() -> None:
    document = parse(b"# Notitie\n\nZie artikel 3, hoofdstuk 2 en de AVG.\n")
    assert [link.hits[0].status for link in resolve(document)] == [
        Status.ONZEKER,
        Status.ONZEKER,
        Status.EXTERN,
    ]


def test_graph_is_plain_and_goes_from_element_to_targets() -> None:
    sentence = "Zie artikel 2 lid 1, artikel 13 AVG en de klachtenregeling."
    document = parse(TEXT.replace("{}", sentence).encode())
    found = graph(resolve(document), match(named_documents(document), ()))
    assert json.loads(json.dumps(found)) == found
    own, law = found["verwijzingen"]["5.2"]
    assert own["woorden"] == "artikel 2 lid 1"
    assert own["stijl"] == "school"
    assert [(each["sleutel"], each["status"], each["wet"]) for each in own["doelen"]] == [
        ("2.1", "gevonden", None)
    ]
    assert [(each["sleutel"], each["status"], each["wet"]) for each in law["doelen"]] == [
        ("13", "andere regeling", "AVG")
    ]
    assert [(each["naam"], each["status"]) for each in found["stukken"]] == [
        ("klachtenregeling", "niet in het register")
    ]
