"""What a search found, as people and programs get it. BELEID_GOLDEN=1 writes the files anew."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import answers
from answers import EVERY_VERSION, HOSTILE, MANY, NOTHING, ONE, REFERRING, SCHOOLS, hit, old, spot
from beleidsbeheer.domain.search.answer import Answer
from beleidsbeheer.domain.search.snippet import Piece
from beleidsbeheer.render.hits import hits_json, hits_text, remark_lines
from goldens import golden
from overviews import TODAY
from test_overview_forms import UNSEEN, _names

DOCS = Path(__file__).parents[1] / "docs"


def told(
    answer: Answer, width: int | None = None, words: str = "toestemming", aim: str = ""
) -> str:
    """Both streams as somebody at a terminal sees them."""
    remarks = "".join(f"{line}\n" for line in remark_lines(answer, words, aim, 10))
    return hits_text(answer, width) + remarks


# --- on a screen and in a pipe -------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["ONE", "MANY", "EVERY_VERSION", "REFERRING", "NOTHING"])
def test_on_a_screen(name: str) -> None:
    answer = getattr(answers, name)
    golden(f"zoek-{name.lower().replace('_', '-')}.txt", told(answer, 80))


def test_words_that_answer_are_bold_on_a_screen_only() -> None:
    marked = hits_text(ONE, 60, marked=True)
    assert "\x1b[1mtoestemming\x1b[22m nodig van de\n  \x1b[1mouders\x1b[22m;" in marked
    assert re.sub("\x1b\\[[0-9]+m", "", marked).split() == hits_text(ONE, 60).split()
    assert "\x1b" not in hits_text(ONE)
    assert "toestemming nodig van de ouders;" in hits_text(ONE)


def test_lines_fit_but_an_address_is_never_cut() -> None:
    for answer in (ONE, MANY, EVERY_VERSION, REFERRING):
        lines = hits_text(answer, 40).splitlines()
        assert max(len(line) for line in lines if "/reglement/" not in line) <= 40
        paths = [line.strip() for line in lines if "/reglement/" in line]
        assert len(paths) == len(answer.hits)
        assert all(
            re.fullmatch(r"scholen/\w+/reglement/\w+/versies/[0-9.]+\.md:\d+", p) for p in paths
        )


def test_address_and_key_go_on_from_those_of_the_artikel() -> None:
    """Line 208 holds the heading of artikel 14; the words stand six lines further, in lid 1 onder b."""
    shown = hits_text(ONE)
    assert "[14.1.b] artikel 14 lid 1 onder b\n" in shown
    assert "scholen/wilg/reglement/privacyreglement/versies/0.3.md:214\n" in shown


def test_a_reference_is_told_where_it_stands() -> None:
    """Without words to look for, the key and the address are those of the first reference."""
    shown = hits_text(REFERRING)
    assert "[14.2] artikel 14 lid 2\n" in shown
    assert "  artikel 14 lid 3: “artikel 33, eerste lid, AVG”\n" in shown
    assert "0.3.md:216\n" in shown


def test_register_here() -> None:
    assert "  reglement/privacyreglement/versies/0.3.md:214\n" in hits_text(
        Answer((hit(spot(place=".")),), day=TODAY)
    )


def test_the_same_words_at_many_schools_are_shown_once() -> None:
    shown = hits_text(MANY)
    assert shown.count("Artikel 14. Beeldmateriaal") == 1
    assert (
        "in 4 andere reglementen: De Eik, De Linde (register klopt niet), De Es en nog 1." in shown
    )
    assert "in 1 ander reglement: Fotoprotocol van De Eik." in shown


def test_another_regulation_of_the_same_school() -> None:
    shown = hits_text(Answer((hit(spot(), spot(slug="b", title="Fotoprotocol")),), day=TODAY))
    assert "Dezelfde tekst staat in 1 ander reglement: Fotoprotocol." in shown


@pytest.mark.parametrize(
    ("condition", "words"),
    [("klopt niet", "klopt niet."), ("niet te beoordelen", "is niet te beoordelen.")],
)
def test_a_register_that_does_not_hold(condition: str, words: str) -> None:
    shown = hits_text(Answer((hit(spot(condition=condition)),), day=TODAY))
    assert f"  Let op: dit register {words}\n" in shown
    assert "Let op" not in hits_text(ONE)


@pytest.mark.parametrize(
    ("versions", "words"),
    [
        (("0.1", "0.2", "0.3", "0.4"), "versies 0.1 t/m 0.4 (vervangen)"),
        (("0.1", "0.2"), "versies 0.1 en 0.2 (vervangen)"),
        (("0.1", "0.2", "0.3", "0.5"), "versies 0.1 t/m 0.3 en 0.5 (vervangen)"),
        (("0.9", "0.10", "0.11"), "versies 0.9 t/m 0.11 (vervangen)"),
        (("0.4",), "versie 0.4 (vervangen)"),
    ],
)
def test_versions_in_one_line(versions: tuple[str, ...], words: str) -> None:
    """A run holds only numbers that follow one another, so it never claims a version without these words."""
    spots = [old(each, "vervangen") for each in versions]
    shown = hits_text(Answer((hit(*spots),)))
    assert f", {words}\n" in shown
    assert f"versies/{versions[-1]}.md:" in shown


def test_twice_in_one_text() -> None:
    shown = hits_text(Answer((hit(spot(), spot(line=400)),), day=TODAY))
    assert "; ook op regel 400\n" in shown
    assert "in 1 reglement.\n" in shown


@pytest.mark.parametrize("key", ["", "inleiding"])
def test_a_part_without_a_number_has_no_words_for_its_key(key: str) -> None:
    shown = hits_text(Answer((hit(spot(key=key), key=""),), day=TODAY))
    assert "artikel inleiding" not in shown


def test_how_to_see_more() -> None:
    assert "Er is meer. Toon meer met: --hoogstens 50" in told(MANY)
    assert "Er is meer" not in told(ONE)


def test_nothing_found_says_what_to_try() -> None:
    """Each tip only where it can help."""
    shown = told(NOTHING, words="klagten regeling")
    assert "Bedoelt u klachtenregeling of klachtencommissie?" in shown
    assert "minder woorden" in shown
    assert "--alle-versies" in shown
    assert "--verwijst-naar" not in shown
    one_word = told(Answer(()), words="klagten")
    assert "Niets gevonden in alle versies." in one_word
    assert "minder woorden" not in one_word
    assert "--alle-versies" not in one_word
    by_law = told(NOTHING, words="", aim="AVG 99")
    assert "--verwijst-naar AVG" in by_law
    assert "klacht*" not in by_law
    assert hits_text(NOTHING) == ""


@pytest.mark.parametrize("width", [None, 40, 80])
@pytest.mark.parametrize("marked", [False, True])
def test_nothing_from_a_register_can_steer_a_terminal(width: int | None, marked: bool) -> None:
    """Nor can it make its own words bold: the signs that we use ourselves are taken out of a text."""
    shown = hits_text(HOSTILE, width, marked=marked)
    shown = shown.replace("\x1b[1m", "").replace("\x1b[22m", "") if marked else shown
    assert not UNSEEN.search(shown)
    assert not UNSEEN.search("".join(remark_lines(HOSTILE, "x", "", 10)))
    assert hits_text(HOSTILE, width, marked=True).count("\x1b[1m") == 2


def test_space_between_pieces_is_kept() -> None:
    pieces = (
        Piece("een ", False),
        Piece("twee", True),
        Piece(" ", False),
        Piece("drie", True),
        Piece("", False),
    )
    assert "  een twee drie\n" in hits_text(Answer((hit(snippet=pieces),), day=TODAY))


# --- for programs ------------------------------------------------------------------------------------


def test_json() -> None:
    shape = [
        hits_json(MANY, "toestemming", ""),
        hits_json(REFERRING, "", "AVG 33"),
        hits_json(EVERY_VERSION, "toestemming", ""),
    ]
    golden("zoek.json", json.dumps(shape, ensure_ascii=False, indent=2) + "\n")


def test_json_has_every_place() -> None:
    (first, _) = hits_json(MANY, "toestemming", "")["treffers"]
    assert [each["organisatie"] for each in first["plaatsen"]] == list(SCHOOLS)
    assert {each["regel"] for each in first["plaatsen"]} == {214}


def test_every_field_of_the_json_is_documented() -> None:
    docs = (DOCS / "json.md").read_text(encoding="utf-8")
    start = docs.index("\n## beleidsbeheer.zoek/1")
    section = docs[start : docs.index("\n## ", start + 4)]
    names = _names(hits_json(MANY, "a", "")) | _names(hits_json(REFERRING, "", "b"))
    for name in names - {"schema"}:
        assert f"`{name}`" in section or f"`{name}[]`" in section, name
