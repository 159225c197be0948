"""History: tables in a text, rows that a register took over, signed acts, and what a text claims of itself."""

from __future__ import annotations

from datetime import date

import pytest

from beleidsbeheer.domain.checks.dates import dates_in
from checked import dossier, found, places

HEAD = "| Versie | Status | Datum | Auteur | Omschrijving |\n|---|---|---|---|---|\n"
ADOPTED = "\n| Versie | Datum | Naam | Functie |\n|---|---|---|---|\n"


def table(*rows: str, adopted: str = "") -> str:
    """A table of versions whose first row stands on line 3, and one of adoptions."""
    versions = HEAD + "".join(f"| {row} |\n" for row in rows)
    return versions + (f"{ADOPTED}| {adopted} |\n" if adopted else "")


@pytest.mark.parametrize(
    ("text", "day", "notation"),
    [
        ("26-06-2018", date(2018, 6, 26), "dd-mm-jjjj"),
        ("6-07-2018", date(2018, 7, 6), "d-mm-jjjj"),
        ("10-10-18", date(2018, 10, 10), "dd-mm-jj"),
        ("1/2/2020", date(2020, 2, 1), "d/m/jjjj"),
        ("18 juni 2018", date(2018, 6, 18), "d maand jjjj"),
        ("4 sept 2017", date(2017, 9, 4), "d mnd jjjj"),
        ("3 mrt. 2017", date(2017, 3, 3), "d mnd jjjj"),
        ("1 jan 2017", date(2017, 1, 1), "d mnd jjjj"),
        ("2018-06-18", date(2018, 6, 18), "jjjj-mm-dd"),
        ("31-02-2018", None, "dd-mm-jjjj"),
    ],
)
def test_dates(text: str, day: date | None, notation: str) -> None:
    (one,) = dates_in(f"op {text}, en later")
    assert (one.text.rstrip("."), one.day, one.notation) == (text.rstrip("."), day, notation)


@pytest.mark.parametrize(
    "text", ["artikel 1.2.2018x", "0.1", "2018", "020-1234567", "12-345-6789", "nr. 1999/32/EG"]
)
def test_what_is_no_date(text: str) -> None:
    assert list(dates_in(text)) == []


@pytest.mark.parametrize(
    "head",
    [
        "| Versie | Status | Datum | Auteur | Omschrijving |",
        "Ver-sie\tStatus\tDatum\tAuteur\tOmschrijving",
        "Nr\tDatum\tWie\tWijziging(en)",
        "| Vers. | d.d. | Opsteller | Toelichting |",
    ],
)
def test_heads_of_a_history(head: str) -> None:
    cells = head.count("\t") or head.count("|") - 2
    sign = "\t" if "\t" in head else "|"
    row = sign.join(["0.1", *["1-1-2020"] * cells])
    text = f"{head}\n{row}\n" if sign == "\t" else f"{head}\n|{'---|' * (cells + 1)}\n|{row}|\n"
    assert len(dossier(text).history) == 1


def test_a_table_about_something_else_is_no_history() -> None:
    assert dossier("| Naam | Adres | Plaats |\n|---|---|---|\n| a | b | c |\n").history == ()


# --- the happy path ---------------------------------------------------------------------------------------


def test_concept_after_the_meeting_it_was_for() -> None:
    text = table("0.1 | Concept | 26-06-2018 | Jan | Concept ter instemming MR op 18-06-2018")
    assert places(text, "datum-volgorde") == [(3, "")]
    fine = table("0.1 | Concept | 11-06-2018 | Jan | Concept ter instemming MR op 18-06-2018")
    assert places(fine, "datum-volgorde") == []


def test_rows_that_go_back_in_time() -> None:
    text = table(
        "0.1 | Concept | 26-06-2018 | Jan | Eerste",
        "0.2 | Concept | 25-06-2018 | Jan | Artikel 3 erbij",
    )
    assert places(text, "datum-volgorde") == [(4, "")]


def test_consent_after_adoption() -> None:
    text = table(
        "0.1 | Concept | 01-06-2018 | Jan | Instemming van de oudergeleding op 18-09-2018, kenmerk 3",
        adopted="0.1 | 10-09-2018 | Jan | Voorzitter",
    )
    assert places(text, "datum-volgorde") == [(3, "")]


def test_consent_before_any_version() -> None:
    text = table("0.1 | Concept | 26-06-2018 | Jan | Door de MR ingestemd op 18-06-2018")
    assert places(text, "instemming-voor-versie") == [(3, "")]
    assert places(text.replace("26-06", "06-06"), "instemming-voor-versie") == []


def test_adoption_without_a_version() -> None:
    text = table(
        "0.1 | Concept | 01-06-2018 | Jan | Eerste", adopted=" | 10-10-2018 | Jan | Voorzitter"
    )
    assert places(text, "vaststelling-zonder-versie") == [(7, "")]
    assert places(text.replace("|  | 10", "| 0.1 | 10"), "vaststelling-zonder-versie") == []


@pytest.mark.parametrize(
    ("row", "adopted", "wrong"),
    [
        (
            "0.2 | Definitieve versie | 06-07-2018 | Jan | Klaar",
            "0.2 | 10-10-2018 | Jan | Voorzitter",
            True,
        ),
        ("0.2 | definitief | 06-07-2018 | Jan | Klaar", "", True),
        (
            "0.2 | Definitief | 11-10-2018 | Jan | Klaar",
            "0.2 | 10-10-2018 | Jan | Voorzitter",
            False,
        ),
        ("0.2 | Concept | 06-07-2018 | Jan | Klaar", "0.2 | 10-10-2018 | Jan | Voorzitter", False),
    ],
)
def test_final_before_adoption(row: str, adopted: str, wrong: bool) -> None:
    assert bool(places(table(row, adopted=adopted), "definitief-voor-vaststelling")) is wrong


@pytest.mark.parametrize(
    ("author", "event", "gap"),
    [
        ("Instemmingsbrief MR ont-vangen", True, False),
        ("Kennisnet en bewerkt door Naam Jansen", False, True),
        ("< auteur >", False, True),
        ("XX", False, True),
        ("Kennisnet", False, False),
    ],
)
def test_the_column_of_authors(author: str, event: bool, gap: bool) -> None:
    text = table(f"0.1 | Concept | 01-06-2018 | {author} | Eerste")
    assert bool(places(text, "auteur-is-gebeurtenis")) is event
    assert bool(places(text, "invulplek-in-tabel")) is gap


def test_notations_of_dates() -> None:
    text = table(
        "0.1 | Concept | 26-06-2018 | Jan | Eerste",
        "0.2 | Concept | 6-07-2018 | Jan | Artikel 3 erbij",
    )
    (one,) = found(text, "datum-notaties")
    assert "2 notaties: 26-06-2018 en 6-07-2018" in one.message
    assert places(text.replace("6-07", "06-07"), "datum-notaties") == []


def test_consent_and_its_evidence() -> None:
    bare = table("0.1 | Concept | 01-06-2018 | Jan | Ingestemd door de MR op 18-06-2018")
    assert places(bare, "instemming-zonder-geleding") == [(3, "")]
    assert places(bare, "bewijs-ontbreekt") == [(3, "")]
    full = table(
        "0.1 | Concept | 01-06-2018 | Jan | Ingestemd door de OMR op 18-06-2018, kenmerk MR/12"
    )
    assert places(full, "instemming-zonder-geleding") == []
    assert places(full, "bewijs-ontbreekt") == []


def test_publication_and_description() -> None:
    rows = (
        "0.1 | Concept | 01-06-2018 | Jan | Eerste",
        "0.2 | Concept | 02-06-2018 | Jan | Goedgekeurd door de MR",
    )
    text = table(*rows, adopted="0.2 | 10-10-2018 | Jan | Voorzitter")
    assert places(text, "bekendmaking-ontbreekt") == [(8, "")]
    assert places(text, "wijziging-onbeschreven") == [(4, "")]
    told = text.replace(
        "Goedgekeurd door de MR", "Bewaartermijnen toegevoegd; op de site geplaatst"
    )
    assert places(told, "bekendmaking-ontbreekt") == []
    assert places(told, "wijziging-onbeschreven") == []


# --- what a text claims ------------------------------------------------------------------------------------

END = (
    "# R\n\n## Artikel 1. Slot\n\nDit reglement treedt in werking op **1 oktober 2018**{more}.\n\n"
)


def test_retroactive_without_a_word() -> None:
    rows = table(
        "0.1 | Concept | 01-06-2018 | Jan | Eerste", adopted="0.1 | 10-10-2018 | Jan | Voorzitter"
    )
    assert places(END.format(more="") + rows, "terugwerking-zonder-bepaling") == [(5, "1")]
    told = END.format(more=" en werkt terug tot en met 1 oktober 2018")
    assert places(told + rows, "terugwerking-zonder-bepaling") == []
    later = rows.replace("10-10-2018", "10-09-2018")
    assert places(END.format(more="") + later, "terugwerking-zonder-bepaling") == []


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        ("Dit reglement is na instemming van de MR vastgesteld door het bestuur.", True),
        ("Dit privacyreglement is op 3 maart 2020 vastgesteld.", True),
        ("Aldus vastgesteld door het bestuur op 10 oktober 2018.", True),
        ("Dit document is een concept.", True),
        ("Status: definitief", True),
        ("De termijn wordt vastgesteld door het bestuur op een redelijk bedrag.", False),
        ("Het bestuur stelt dit reglement vast na instemming van de MR.", False),
        ("Dit reglement is van toepassing op leerlingen.", False),
        ("De regels die krachtens dit reglement zijn vastgesteld, gelden ook.", False),
    ],
)
def test_status_claims(sentence: str, claim: bool) -> None:
    assert bool(places(f"# R\n\n## Artikel 1\n\n{sentence}\n", "status-in-tekst")) is claim


@pytest.mark.parametrize(
    ("sentence", "gap"),
    [
        ("De school heet <naam school>.", True),
        ("Vastgesteld op [datum].", True),
        ("Het bedrag is ........ euro.", True),
        ("Naam: ______", True),
        ("Op xx-xx-2020 is dit besloten.", False),
        ("Op xx-xx-xxxx is dit besloten.", True),
        ("Zie [naam van de site](https://example.org).", False),
        ("En zo verder… Dat is het.", False),
    ],
)
def test_places_to_fill_in(sentence: str, gap: bool) -> None:
    assert bool(places(f"# R\n\n## Artikel 1\n\n{sentence}\n", "invulplek")) is gap


def test_a_form_in_an_annex_may_have_gaps() -> None:
    assert (
        places("# R\n\n## Artikel 1\n\nTekst.\n\n## Bijlage\n\nNaam: .........\n", "invulplek")
        == []
    )
