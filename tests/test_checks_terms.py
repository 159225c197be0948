"""Terms and words: defined and never used, circular, twice in one enumeration, mixed up."""

from __future__ import annotations

import pytest

from beleidsbeheer.domain.checks.words import stem
from checked import found, places


def defined(*items: str, use: str = "") -> str:
    """Definitions from line 5 on, and an article that uses words."""
    listed = "\n".join(f"- {item}" for item in items)
    return f"# R\n\n## Artikel 1. Begrippen\n\n{listed}\n\n## Artikel 2. Gebruik\n\n{use}\n"


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("betrokkene", "betrokkenen"),
        ("persoonsgegeven", "persoonsgegevens"),
        ("school", "scholen"),
        ("brief", "brieven"),
        ("huis", "huizen"),
        ("cel", "cellen"),
        ("lid", "leden"),
        ("foto", "foto's"),
        ("Bestuur", "bestuur"),
    ],
)
def test_inflection(one: str, two: str) -> None:
    assert stem(one) == stem(two)


@pytest.mark.parametrize(
    ("one", "two"), [("leerling", "leraar"), ("ouder", "ouderdom"), ("mr", "gmr")]
)
def test_other_words_stay_others(one: str, two: str) -> None:
    assert stem(one) != stem(two)


@pytest.mark.parametrize(
    ("term", "use", "unused"),
    [
        ("Bijzondere persoonsgegevens", "Wij bewaren persoonsgegevens.", True),
        ("Bijzondere persoonsgegevens", "Een bijzonder persoonsgegeven bewaren wij niet.", False),
        ("Betrokkene", "De betrokkenen weten dit.", False),
        ("Verwerker", "De verwerkersovereenkomst ligt klaar.", False),
        ("Hoofd van dienst", "Het hoofd van de dienst beslist.", False),
        ("ADL", "Een ADL-woning is aangepast.", False),
        ("Arbeidsongeschikt(heid)", "Wie arbeidsongeschikt is.", False),
        ("Nabestaande, partner of wees", "De wees krijgt dit.", False),
        ("Nabestaande, partner of wees", "Niemand krijgt dit.", True),
        ("Luchtschip", "Alle luchtschepen.", False),
        ("Cel", "Het cellulair materiaal.", True),
    ],
)
def test_unused_term(term: str, use: str, unused: bool) -> None:
    text = defined(f"**{term}** Iets met een omschrijving.", use=use)
    assert bool(places(text, "begrip-ongebruikt")) is unused


def test_unused_term_stands_at_its_definition() -> None:
    (one,) = found(defined("**Derde** Een ander.", use="Niets."), "begrip-ongebruikt")
    assert (one.place, one.key, one.quote) == ("tekst.md:5", "1.derde", "Derde")


def test_use_in_another_definition_counts() -> None:
    text = defined("**Derde** Een ander.", "**Buiten** Een derde.", use="Buiten.")
    assert places(text, "begrip-ongebruikt") == []


def test_terms_with_a_colon() -> None:
    text = "# R\n\n## Artikel 1\n\nIn dit reglement wordt verstaan onder:\n\n- a. school: een gebouw;\n- b. voor hoofdstuk 2: iets anders.\n"
    assert places(text, "begrip-ongebruikt") == [(7, "1.a")]


def test_defined_twice() -> None:
    text = defined("**Ouder** Een.", "**De ouder** Twee.", use="Ouder.")
    assert places(text, "begrip-dubbel") == [(6, "1.de-ouder")]
    pair = defined("**Minister** Een.", "**Ministers** Twee.", use="Minister.")
    assert places(pair, "begrip-dubbel") == []
    other = defined("**Richtlijn 1/2** Een.", "**Richtlijn 3/4** Twee.", use="Richtlijn.")
    assert places(other, "begrip-dubbel") == []


def test_defined_once_more_for_one_chapter() -> None:
    text = (
        defined("**Ouder** Een.", use="Ouder.")
        + "\n## Artikel 3\n\nIn dit hoofdstuk wordt verstaan onder:\n\n- a. ouder: iemand anders.\n"
    )
    assert places(text, "begrip-dubbel") == []


def test_used_before_it_is_defined() -> None:
    text = "# R\n\n## Artikel 1\n\nDe verwerker tekent.\n\n## Artikel 2. Begrippen\n\n- **Verwerker** Een bedrijf.\n"
    assert places(text, "begrip-te-laat") == [(5, "1")]
    assert (
        places(defined("**Verwerker** Een bedrijf.", use="De verwerker tekent."), "begrip-te-laat")
        == []
    )


def test_circle_of_two() -> None:
    text = defined(
        "**Verwerkingsverantwoordelijke** Wie het doel bepaalt, dus het bevoegd gezag.",
        "**Bevoegd gezag** De Stichting, de verwerkingsverantwoordelijke in de zin van dit reglement.",
        use="Bevoegd gezag, verwerkingsverantwoordelijke.",
    )
    assert places(text, "begrip-cirkel") == [(6, "1.bevoegd-gezag")]


@pytest.mark.parametrize(
    "item",
    [
        "**Wet** De Wet op het primair onderwijs.",
        "**Minister** De Minister van Onderwijs.",
        "**Betrokkene** Degene over wie een persoonsgegeven gaat.",
    ],
)
def test_no_circle(item: str) -> None:
    text = defined(item, "**Persoonsgegeven** Iets over de betrokkene.", use="Wet, minister.")
    assert places(text, "begrip-cirkel") == []


def test_term_that_explains_itself() -> None:
    assert places(defined("**School** De school.", use="School."), "begrip-cirkel") == [
        (5, "1.school")
    ]


# --- enumerations -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "twice"),
    [
        (
            "Gegevens zoals naam, adres, geboortedatum, geslacht, adres, telefoonnummer en functie.",
            True,
        ),
        ("Gegevens zoals naam, adres, geboortedatum, geslacht en telefoonnummer.", False),
        ("Zie artikel 2, eerste lid, artikel 3, eerste lid, en artikel 4, eerste lid.", False),
        ("Ja, zo, zei hij, zo, was het.", False),
        ("Wie, door ons, is gevraagd, en wie, door ons, is gehoord.", False),
        (
            "Afzender, ontvanger, vervoerder: de afzender, de ontvanger, de vervoerder, allemaal.",
            False,
        ),
        ("Oranje, enz., enz., enz., en zo verder.", False),
    ],
)
def test_the_same_item_twice(sentence: str, twice: bool) -> None:
    assert bool(places(f"# R\n\n## Artikel 1\n\n{sentence}\n", "opsomming-dubbel")) is twice


def test_the_same_onderdeel_twice() -> None:
    text = "# R\n\n## Artikel 1\n\nAanhef:\n\n- a. de ouders;\n- b. de leraren;\n- c. de ouders.\n"
    assert places(text, "opsomming-dubbel") == [(9, "1.c")]


# --- names and words --------------------------------------------------------------------------------------


def test_one_name_in_many_forms() -> None:
    text = "# R\n\n## Artikel 1\n\nDe Stichting Vrij Onderwijs (SVO) bestaat.\n\n## Artikel 2\n\nHet SVO doet dit. De SVO doet dat.\n"
    (one,) = found(text, "naam-wisselt")
    assert one.place == "tekst.md:5"
    assert '"het SVO" (regel 9)' in one.message


def test_an_abbreviation_in_one_form_is_fine() -> None:
    text = "# R\n\nDe Algemene Verordening Gegevensbescherming (AVG) geldt. De AVG is een wet, en AVG-regels ook.\n"
    assert places(text, "naam-wisselt") == []


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("Concept ter goedkeuring MR.", True),
        ("Met toestemming van de medezeggenschapsraad.", True),
        ("Het stuk is door de MR goedgekeurd.", True),
        ("De MR heeft het stuk goedgekeurd.", True),
        ("Verwerking van gegevens na instemming van de betrokkene.", True),
        ("Benoeming na instemming van de betrokkene.", False),
        ("Na instemming van de MR.", False),
        ("Met toestemming van de betrokkene.", False),
        ("Na instemming van de oudergeleding.", False),
    ],
)
def test_words_that_are_mixed_up(sentence: str, wrong: bool) -> None:
    assert bool(places(f"# R\n\n## Artikel 1\n\n{sentence}\n", "instemming-verwisseld")) is wrong
