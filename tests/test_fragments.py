"""A text as search has it: fragments with their keys and lines, and what it refers to."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleidsbeheer.domain.document import parse
from beleidsbeheer.domain.search.aim import Aim, read_aim
from beleidsbeheer.domain.search.fragments import LONGEST, plain_words, read_text
from beleidsbeheer.domain.search.words import words
from beleidsbeheer.errors import WrongUse

TEXT = b"""+++
titel = "Reglement"
+++

# Reglement

Dit geldt voor **iedereen**.

## Hoofdstuk 1. Begin

## Artikel 1. Doel

1. Wij doen dit, zie [de regeling](https://example.org/x) en artikel 2.
   - a. zo;
   - b. en zo, als bedoeld in artikel 33, eerste lid, AVG.

### Tussenkop

2. En dit volgens de klachtenregeling.

## Artikel 2. Slot

| Begrip | Uitleg |
|---|---|
| ouder | wie zorgt |

## Bijlage

Los <b>stuk</b> <!-- onzichtbaar --> tekst.
"""


def test_every_artikel_is_a_fragment_that_knows_its_places() -> None:
    told = read_text(TEXT)
    assert [(each.key, each.line, each.fragment.heading) for each in told.placed] == [
        ("", 5, "Reglement"),
        ("hoofdstuk-1", 9, "Hoofdstuk 1. Begin"),
        ("1", 11, "Artikel 1. Doel"),
        ("2", 21, "Artikel 2. Slot"),
        ("", 27, "Bijlage"),
    ]
    first = told.placed[2].fragment
    assert first.text.split("\n") == [
        "1. Wij doen dit, zie de regeling en artikel 2.",
        "a. zo;",
        "b. en zo, als bedoeld in artikel 33, eerste lid, AVG.",
        "Tussenkop",
        "2. En dit volgens de klachtenregeling.",
    ]
    place = first.text.index("en zo")
    assert (first.piece_at(place).key, first.piece_at(place).line) == (".1.b", 4)
    assert told.placed[4].fragment.text == "Los stuk tekst."
    assert told.placed[3].fragment.text == "Begrip Uitleg\nouder wie zorgt"


def test_what_it_refers_to_stands_with_its_place() -> None:
    told = read_text(TEXT)
    found = [(each.source, each.line, each.law, each.key, each.document) for each in told.mentions]
    assert found == [("1.1.b", 15, "AVG", "33.1", ""), ("1.2", 19, "", "", "klachtenregeling")]
    assert [told.placed[told.place_of(line)].key for _, line, *_ in found] == ["1", "1"]


def test_the_same_artikel_in_another_text_is_the_same_fragment() -> None:
    moved = TEXT.replace(b"iedereen**.", b"iedereen**.\n\nNog een regel.\n")
    before, after = read_text(TEXT).placed, read_text(moved).placed
    assert before[2].fragment.digest == after[2].fragment.digest
    assert before[2].line != after[2].line
    assert before[0].fragment.digest != after[0].fragment.digest


def test_a_text_that_cannot_be_read_says_why() -> None:
    told = read_text(b"# Reglement\n\xff\xfe")
    assert (told.placed, told.mentions) == ((), ())
    assert "UTF-8" in told.trouble


@pytest.mark.parametrize("body", ["woord " * 40_000, "x" * 100_000, "- a\n" * 30_000])
def test_a_very_long_part_is_cut_and_nothing_is_lost(body: str) -> None:
    told = read_text(f"## Artikel 1. Lang\n\n{body}\n".encode())
    assert all(len(each.fragment.text) <= LONGEST for each in told.placed)
    whole = "".join("".join(each.fragment.text.split()) for each in told.placed)
    assert whole == "".join(plain_words(body).split()).replace("-", "")
    assert {each.key for each in told.placed} == {"1"}


@given(st.text(alphabet=st.sampled_from(list("ab1. \n\n-#*|[]()<>!`_\\+=é\x00\x1b")), max_size=400))
def test_no_text_is_too_strange(text: str) -> None:
    told = read_text(text.encode())
    for placed in told.placed:
        starts = [piece.start for piece in placed.fragment.pieces]
        assert starts == sorted(set(starts))
        assert "\0" not in placed.fragment.text


def test_every_word_of_the_real_regulation_can_be_found() -> None:
    folder = Path(__file__).parent.parent / "reglement" / "privacyreglement" / "versies"
    for path in sorted(folder.glob("*.md")):
        document = parse(path.read_bytes())
        told = read_text(path.read_bytes())
        held = {
            w.stem for p in told.placed for w in words(f"{p.fragment.heading}\n{p.fragment.text}")
        }
        lines = document.lines[document.front.last_line :]
        wanted = {w.stem for line in lines for w in words(plain_words(line))}
        assert wanted - held == set()
        for placed in told.placed:
            if placed.key:
                found = document.find(placed.key)
                assert found is not None
                assert placed.line == found.first_line


# --- what a person aims at -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "aim"),
    [
        ("AVG 33", Aim("AVG", "33")),
        ("AVG", Aim("AVG")),
        ("  AVG,  33.1 ", Aim("AVG", "33.1")),
        ("artikel 33 AVG", Aim("AVG", "33")),
        ("AVG artikel 33 lid 1", Aim("AVG", "33.1")),
        ("artikel 12, eerste lid, onder m, WMS", Aim("WMS", "12.1.m")),
        ("Algemene verordening gegevensbescherming", Aim("AVG")),
        ("Klachtenregeling", Aim(document="klachtenregeling")),
        ("het protocol", Aim(document="hetprotocol")),
    ],
)
def test_aims(typed: str, aim: Aim) -> None:
    assert read_aim(typed) == aim


@pytest.mark.parametrize("typed", ["", "  ", "!!", "AVG blabla", "artikel 3 AVG en artikel 4 WMS"])
def test_no_aims(typed: str) -> None:
    with pytest.raises(WrongUse) as told:
        read_aim(typed)
    assert told.value.hint
