"""Numbers of articles, leden and onderdelen: what is remarked, where, and what is left alone."""

from __future__ import annotations

import pytest

from beleidsbeheer.domain.model import Severity
from checked import TOP, found, places, strict


def articles(*marks: str) -> str:
    """A text with these articles, each of three lines; article n starts on line 3 + 4 * n."""
    return "# R\n\n" + "\n".join(f"## Artikel {mark}\n\nTekst van {mark}.\n" for mark in marks)


def with_list(*items: str) -> str:
    """One article with a list: its items start on line 7."""
    return TOP + "Dit is de aanhef:\n\n" + "\n".join(f"- {item}" for item in items) + "\n"


# --- articles ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (("7", "9"), [(7, "9")]),
        (("1", "2", "5"), [(11, "5")]),
        (("7a", "9"), [(7, "9")]),
        (("1:30", "1:37"), [(7, "1:37")]),
        (("1.1", "1.3"), [(7, "1:3")]),
        (("1", "2", "3"), []),
        (("8", "8a", "8b", "9"), []),
        (("2.9", "3.1"), []),
        (("159z", "159aa"), []),
    ],
)
def test_missing_article(marks: tuple[str, ...], expected: list[tuple[int, str]]) -> None:
    assert places(articles(*marks), "artikel-ontbreekt") == expected


def test_what_is_missing_is_named_in_the_style_of_the_text() -> None:
    (one,) = found(articles("1:30", "1:37"), "artikel-ontbreekt")
    assert "artikel 1:31 t/m 1:36 ontbreekt" in one.message
    assert one.basis == "Aanwijzingen voor de regelgeving 3.54"


@pytest.mark.parametrize(
    "told",
    [
        "## Artikel 8 (vervallen)\n",
        "## Artikel 8\n\n[Vervallen]\n",
        "**Artikel 8** is vervallen.\n",
        "Artikelen 8 en 9 zijn ingetrokken.\n",
        "Artikel 7a t/m 8 vervallen\n",
    ],
)
def test_article_that_is_told_to_have_lapsed_is_not_missing(told: str) -> None:
    text = f"# R\n\n## Artikel 7\n\nTekst.\n\n{told}\n## Artikel 9\n\nTekst.\n"
    assert places(text, "artikel-ontbreekt") == []


def test_range_of_lapsed_articles() -> None:
    text = "# R\n\n## Artikel 7\n\nTekst.\n\nArtikelen 8 tot en met 11 (vervallen)\n\n## Artikel 12\n\nTekst.\n"
    assert places(text, "artikel-ontbreekt") == []
    assert places(text.replace("12", "14"), "artikel-ontbreekt") == [(9, "14")]


def test_double_article_is_an_error() -> None:
    (one,) = found(articles("1", "2", "2", "3"), "artikel-dubbel")
    assert one.severity is Severity.FOUT
    assert (one.place, one.key) == ("tekst.md:11", "2~2")


@pytest.mark.parametrize("marks", [("3", "3 bis"), ("3a.1", "3a.2"), ("6A.2:3", "6A.2:4")])
def test_numbers_that_the_outline_cuts_short_are_not_double(marks: tuple[str, ...]) -> None:
    assert places(articles(*marks), "artikel-dubbel") == []


def test_numbering_may_start_anew_in_a_chapter() -> None:
    text = "# R\n\n## Hoofdstuk 1\n\n### Artikel 1\n\nA.\n\n### Artikel 2\n\nB.\n\n## Hoofdstuk 2\n\n### Artikel 1\n\nC.\n"
    assert places(text, "artikel-dubbel") == []
    assert places(text, "artikel-volgorde") == []


def test_the_same_number_again_without_a_chapter_is_no_new_start() -> None:
    assert places(articles("1", "2", "1"), "artikel-dubbel") == [(11, "1~2")]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [(("2", "1"), [(7, "1")]), (("8b", "8a"), [(7, "8a")]), (("2z", "2aa"), []), (("1", "2"), [])],
)
def test_article_out_of_order(marks: tuple[str, ...], expected: list[tuple[int, str]]) -> None:
    assert places(articles(*marks), "artikel-volgorde") == expected


def test_empty_article() -> None:
    text = "# R\n\n## Artikel 1. Leeg\n\n## Artikel 2 (gereserveerd)\n\n## Artikel 3\n\nTekst.\n"
    assert places(text, "artikel-leeg") == [(3, "1")]


@pytest.mark.parametrize(("text", "line"), [("Zomaar tekst.\n", 1), ("", 0), ("\n \n", 0)])
def test_text_without_articles(text: str, line: int) -> None:
    (one,) = found(text, "geen-artikelen")
    assert one.severity is Severity.OPMERKING
    assert one.place == (f"tekst.md:{line}" if line else "tekst.md")


# --- leden ------------------------------------------------------------------------------------------------


def test_leden() -> None:
    text = TOP + "1. Een.\n\n2. Twee.\n\n4. Vier.\n\n4. Nog eens.\n"
    assert places(text, "lid-ontbreekt") == [(9, "1.4")]
    assert places(text, "lid-dubbel") == [(11, "1.4~2")]
    assert places(TOP + "1. Een.\n\n2. Twee.\n", "lid-ontbreekt") == []


def test_article_that_starts_at_lid_two() -> None:
    assert places(TOP + "2. Twee.\n", "lid-ontbreekt") == [(5, "1.2")]


def test_loose_text_beside_leden() -> None:
    assert places(TOP + "Los.\n\n1. Een.\n\n2. Twee.\n", "leden-en-losse-tekst") == [(5, "1")]


@pytest.mark.parametrize("intro", ["Dit geldt voor:", "Wij verstaan onder"])
def test_text_that_introduces_a_list_is_not_loose(intro: str) -> None:
    extra = "" if intro.endswith(":") else ":"
    assert (
        places(f"{TOP}{intro}{extra}\n\n1. ouders;\n2. leerlingen.\n", "leden-en-losse-tekst") == []
    )


# --- onderdelen -------------------------------------------------------------------------------------------


def test_letters() -> None:
    assert places(with_list("a. een;", "c. drie."), "onderdeel-ontbreekt") == [(8, "1.c")]
    assert places(with_list("a. een;", "b. twee;", "b. weer."), "onderdeel-dubbel") == [
        (9, "1.b~2")
    ]


@pytest.mark.parametrize(
    "marks",
    [
        ("a.", "b.", "c."),
        ("i.", "ii.", "iii."),
        ("a.", "aa.", "b."),
        ("h.", "i.", "j."),
        ("a.", "i.", "ii."),
    ],
)
def test_letters_that_are_fine(marks: tuple[str, ...]) -> None:
    assert places(with_list(*(f"{mark} tekst;" for mark in marks)), "onderdeel-ontbreekt") == []


def test_letters_after_z() -> None:
    marks = [f"{chr(97 + n)}." for n in range(26)] + ["aa.", "bb."]
    assert places(with_list(*(f"{mark} tekst;" for mark in marks)), "onderdeel-ontbreekt") == []


def test_interrupted_list() -> None:
    text = TOP + "1. Het gaat om:\n\n### Inzage\n\n- a. een;\n\n### Bezwaar\n\n- b. twee.\n"
    assert places(text, "opsomming-onderbroken") == [(11, "1.1")]


def test_two_lists_are_no_interrupted_list() -> None:
    text = TOP + "Eerst:\n\n- a. een;\n- b. twee.\n\nDan:\n\n- a. drie;\n- b. vier.\n"
    assert places(text, "opsomming-onderbroken") == []
    assert places(text, "onderdeel-dubbel") == [(12, "1.a~2"), (13, "1.b~2")]


def test_dashes_cannot_be_cited() -> None:
    text = with_list("een;", "twee.")
    (one,) = found(text, "opsomming-niet-aanhaalbaar")
    assert (one.place, one.key, one.severity) == ("tekst.md:7", "1", Severity.OPMERKING)
    assert strict(text, "opsomming-niet-aanhaalbaar")[0].severity is Severity.WAARSCHUWING
    assert places(with_list("a. een;", "b. twee."), "opsomming-niet-aanhaalbaar") == []


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ("Dit zijn:\na. een;\nb. twee.\n", [(6, "1")]),
        ("Dit zijn:\n\na) een;\n\nb) twee;\n\nc) drie.\n", [(7, "1")]),
        ("1. Dit zijn:\n   a. een;\n   b. twee.\n2. Slot.\n", [(6, "1.1")]),
        ("1. Dit zijn:\n   - a. een;\n   - b. twee.\n", []),
        ("Dit is:\na. een.\n", []),
        ("1. a. een.\n2. b. twee.\n", []),
    ],
)
def test_letters_without_a_list(body: str, where: list[tuple[int, str]]) -> None:
    assert places(TOP + body, "opsomming-geen-lijst") == where


def test_two_kinds_of_marks() -> None:
    first = with_list("a. een;", "b. twee.")
    second = "\n## Artikel 2\n\nAanhef:\n\n- a) drie;\n- b) vier.\n"
    third = "\n## Artikel 3\n\nAanhef:\n\n- a. vijf;\n- b. zes.\n"
    assert places(first + second + third, "opsomming-tekens") == [(14, "2")]
    assert places(first + third, "opsomming-tekens") == []


def test_official_marks_only_in_the_strict_profile() -> None:
    text = with_list("a) een;", "b) twee.")
    assert places(text, "opsomming-vorm") == []
    assert [each.place for each in strict(text, "opsomming-vorm")] == ["tekst.md:7"]


# --- texts without headings --------------------------------------------------------------------------------

LOOSE = "1. Doel\n\nTekst.\n\n2. Leden\n\n1. Een lid.\n2. Nog een lid.\n\n3. Slot\n\nTekst.\n\n5. Einde\n"


def test_numbers_of_articles_and_leden_that_look_the_same() -> None:
    assert places(LOOSE, "nummering-dubbelzinnig") == [(7, "")]


def test_number_that_was_skipped() -> None:
    assert places(LOOSE, "nummer-overgeslagen") == [(14, "")]


def test_a_text_with_articles_has_no_loose_numbers() -> None:
    assert places("ARTIKEL III\n\n" + LOOSE, "nummering-dubbelzinnig") == []
    assert places(TOP + "1. Een.\n\n2. Twee.\n", "nummer-overgeslagen") == []
