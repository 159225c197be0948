"""Whatever bytes come in: a clear answer, no crash, and no blow-up."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beleidsbeheer.domain.checks.frame import Found
from beleidsbeheer.domain.document import parse
from beleidsbeheer.errors import DocumentError
from checked import dossier, reviewed

MIB = 1024 * 1024

# one line of a shape that makes careless patterns take the square of its length
LINES = {
    "letters": "a",
    "hoofdletters": "A",
    "spaties": " ",
    "sterretjes": "**",
    "sterretje-woord": "**a ",
    "streepjes": "a-",
    "haken": "[",
    "haakjes": "(AB) ",
    "namen": "Aa Bb (",
    "kleiner-dan": "<a ",
    "commentaar": "<!-- ",
    "komma's": "aap, ",
    "dubbelepunten": "term: ",
    "backticks": "`",
    "tabs": "a\t",
    "strepen": "| a ",
    "punten": ".",
    "cijfers": "1. ",
    "datums": "1-1-2020 ",
    "dit": "dit reglement ",
    "treedt": "treedt in ",
    "cyrillisch": "\u0430",
    "onzichtbaar": "\u200b",
    "goedgekeurd": "MR door de ",
    "vastgesteld": "vastgesteld door ",
}


@pytest.mark.parametrize("name", LINES)
def test_a_very_long_line_takes_linear_time(name: str) -> None:
    """Half a megabyte takes no more than some ten times what a sixteenth of it takes, and no seconds."""
    piece = LINES[name]
    size = MIB // 2
    start = time.process_time()
    reviewed("# R\n\n## Artikel 1. Begrippen\n\n" + piece * (size // len(piece.encode())) + "\n")
    assert time.process_time() - start < 8


def test_ten_mebibytes_of_one_line() -> None:
    text = "woord " * (10 * MIB // 6 - 10)
    start = time.process_time()
    found = reviewed(text).found
    assert [each.rule for each in found] == ["geen-artikelen"]
    assert time.process_time() - start < 60


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("caf\xe9".encode("latin-1"), "geen UTF-8"),
        (b"a\0b", "NUL-byte"),
        (b"\xef\xbb\xbf# R\n", "byte order mark"),
        (b"+++\nx = \n+++\n", "geen goede TOML"),
        (b"+++\n# nooit dicht\n", "niet afgesloten"),
        (b"x" * (10 * MIB + 1), "10 MiB"),
    ],
)
def test_bytes_that_are_no_text_get_a_clear_answer(data: bytes, words: str) -> None:
    with pytest.raises(DocumentError) as caught:
        parse(data, "tekst.md")
    assert words in caught.value.message
    assert caught.value.message.startswith("tekst.md")


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_make_no_difference(end: str) -> None:
    text = "# R\n\n## Artikel 1\n\nTe allen tijden.\n\n## Artikel 3\n\n- een;\n- twee.\n"
    places = [(each.rule, each.place, each.key) for each in reviewed(text.replace("\n", end)).found]
    assert places == [(each.rule, each.place, each.key) for each in reviewed(text).found]


PIECES = st.sampled_from(
    [
        "## Artikel 1", "## Artikel 8a. Kop", "### Artikel 2:1", "## Hoofdstuk 2", "# Titel", "##Artikel 3", "1. lid", "2) lid",
        "- a. een;", "- b) twee", "  - 1°. sub", "- streepje", "- **Term** Iets.", "**", "*", "<!--", "-->", "| Versie | Datum | Auteur |",
        "|---|---|---|", "| 0.1 | 1-1-20 | Naam |", "Versie\tDatum\tNaam\tFunctie", "\t10-10-18\tX\tY", "1 oktober 2018", "leerling-ad-",
        "treedt in werking op", "vastgesteld door de MR op 1-1-2020", "[x]: y", "<span style='color:#fff'>", "\u200b", "\u0430a", "```", "~~~",
        "> citaat", "---", "+++", "[[akkoord]]", "regel = 1", "wordt verstaan onder:", "term: iets", "naam, adres, naam, plaats, land",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=20), max_size=30).map("\n".join)
SEPARATED = st.lists(PIECES | st.text(max_size=20), max_size=20).map("\n\n".join)


@settings(max_examples=300, deadline=None)
@given(TEXTS | SEPARATED | st.text())
def test_no_text_makes_a_check_stumble(text: str) -> None:
    """Every finding stands on a line of the text, quotes no line end and says who it is."""
    try:
        file = dossier(text.encode("utf-8", "replace"))
    except DocumentError:
        return
    result = reviewed(file.document.source)
    lines = len(file.document.lines)
    for each in result.found:
        _check(each, lines)
    assert result.found == reviewed(file.document.source).found


def _check(each: Found, lines: int) -> None:
    path, _, line = each.place.partition(":")
    assert path == "tekst.md"
    assert 1 <= int(line or 1) <= max(lines, 1)
    assert "\n" not in each.quote
    assert len(each.quote) <= 100
    assert each.message.strip()
    assert each.why
    assert each.hint


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_findings_of_one_text_are_not_new_beside_itself(one: str, two: str) -> None:
    try:
        first, second = reviewed(one), reviewed(two)
    except DocumentError:
        return
    assert first.new_since(first) == ()
    assert set(first.new_since(second)) <= set(first.found)
