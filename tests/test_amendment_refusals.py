"""What an amending decision refuses: another text, an edited decision, a sentence that does not fit."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleidsbeheer.domain.amendment import AmendmentError, apply, decision
from beleidsbeheer.errors import DocumentError
from test_amendment import ARTICLE_5, OLD, QUIET, was

SAID = decision(OLD.encode(), was(("vier weken", "zes weken"), (ARTICLE_5, "")).encode())
FIRST = "A. In artikel 3, eerste lid, wordt “vier weken” vervangen door “zes weken”."


def refused(text: str | bytes, old: str = OLD) -> str:
    with pytest.raises(AmendmentError) as caught:
        apply(text, old.encode())
    assert caught.value.hint
    assert caught.value.exit_code == 3
    return caught.value.message


def test_another_old_text() -> None:
    assert "wijzigt een andere tekst" in refused(SAID, OLD + " ")


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        ("In artikel 3, eerste lid, wordt “vier jaar” vervangen door “zes weken”.", "“vier jaar” staat niet"),
        ("In artikel 3, eerste lid, wordt “e” vervangen door “a”.", "staat niet precies één keer in"),
        ("In artikel 3, eerste lid, wordt “vier weken” vervangen door “acht weken”.", "een andere tekst dan het zelf"),
        ("In artikel 3, negende lid, vervalt “x”.", "“artikel 3, negende lid” staat niet in de oude tekst"),
        ("Artikel 99 vervalt.", "“artikel 99” staat niet in de oude tekst"),
        ("Artikel 3 wordt mooier.", "deze zin begrijpt het programma niet"),
        ("Artikel 5, eerste lid, vervalt.", "staat niet in de oude tekst"),
        ("In artikel 5 wordt “klacht” telkens vervangen door “x”.", "een andere tekst|wijzigt wat|al wijzigt"),
        ("In artikel 5 vervalt “Klachten”.", "wijzigt wat onderdeel . ook al wijzigt"),
        ("Artikel 1 wordt verplaatst naar na artikel 1.", "wijzigt wat onderdeel A ook al wijzigt"),
        ("Het kopblok wordt verplaatst naar na artikel 1.", "alleen een artikel"),
        ("In artikel 3 wordt het eerste lid vernummerd tot zoveelste lid.", "kan niet worden vernummerd"),
        ("In artikel 3 worden het tweede tot en met eerste lid vernummerd tot derde tot en met vierde lid.", "geen reeks"),
        ("De artikelen 1 en 2 worden vernummerd tot de artikelen 1 tot en met 900.", "passen niet bij elkaar"),
        ("In artikel 3 vervalt “”.", "een leeg citaat"),
        ("Artikel 1 vervalt. " * 60, "te lang"),
        ("Artikel 1 vervalt. " * 900, "hier hoort onderdeel A te beginnen"),
        ("In artikel 3 wordt na het achtste lid een lid ingevoegd, luidende:\n\n```tekst\nx\n```", "het achtste lid"),
        ("Artikel 3 komt te luiden:", "hier hoort een blok te beginnen"),
        ("Artikel 3 komt te luiden:\n\n```tekst\nx", "niet afgesloten"),
        ("Artikel 3 komt te luiden:\n\n```tekst mooi\nx\n```", "kan alleen staan"),
        ("Artikel 3 komt te luiden:\n\n```tekst aansluitend\nx\n```", "past van die twee alleen"),
        ("Artikel 3 komt te luiden:\n\n```tekst codes\n\\u{D800}\n```", "hoort in dit blok"),
    ],
)  # fmt: skip
def test_a_sentence_that_does_not_fit(sentence: str, message: str) -> None:
    assert SAID.count(FIRST) == 1
    told = refused(SAID.replace(FIRST, f"A. {sentence}"))
    assert re.search(message, told), told
    if "dan het zelf zegt" not in told:
        assert re.match(r"besluit:[0-9]+: ", told)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "besluit:1: hier hoort te staan: Dit besluit wijzigt"),
        (SAID.replace(FIRST, ""), "hier staat onderdeel B; A is aan de beurt"),
        (SAID + "Nog iets.\n", "hier hoort onderdeel C te beginnen"),
        (SAID.encode()[:-2] + b"\xff", "besluit:9: dit besluit is geen UTF-8"),
        (decision(OLD.encode(), OLD.encode()) + "A. Artikel 1 vervalt.", "kan niets meer staan"),
    ],
)
def test_a_decision_that_is_none(text: str | bytes, message: str) -> None:
    assert message in refused(text)


def test_a_decision_that_was_cut_off() -> None:
    for size in range(0, len(SAID) - 2):
        refused(SAID[:size])


@QUIET
@given(st.integers(0, len(SAID) - 1), st.characters(codec="utf-8"))
def test_one_other_character(place: int, character: str) -> None:
    """Any edit of a decision changes nothing about the text, or is refused."""
    text = SAID[:place] + character + SAID[place + 1 :]
    new = apply(SAID, OLD.encode())
    with suppress(AmendmentError):
        assert apply(text, OLD.encode()) == new


def test_large_and_hostile() -> None:
    old = "".join(f"## Artikel {n}\n\n{'a ' * 20}{n}\n\n" for n in range(2_000))
    head = "\n".join(SAID.split("\n")[2:5])
    head = head.replace(sha256(OLD.encode()).hexdigest(), sha256(old.encode()).hexdigest())
    begin = time.perf_counter()
    refused(head + "\n" + "A. Artikel 1 vervalt.\n" * 100_000, old)
    refused(head + "\nA. In " + "wordt “x” " * 700 + ".", old)
    refused(head + "\nA. Artikel 1 komt te luiden:\n\n" + "```tekst\n" * 300_000, old)
    refused("# " + "`" * 2_000_000, old)
    assert time.perf_counter() - begin < 20


def test_bytes_that_are_no_text_have_no_decision() -> None:
    for old, new in ((b"\xff", b""), (b"", b"\0"), (b"\xef\xbb\xbf", b"")):
        with pytest.raises(DocumentError):
            decision(old, new)
