"""What a person types: what it means, what is explained instead, and what both of that never is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleidsbeheer.domain.search.query import Clause, Hit, Query, Term
from beleidsbeheer.domain.search.reading import LONGEST_QUESTION, MOST_TERMS, read_query
from beleidsbeheer.domain.search.words import words
from beleidsbeheer.errors import WrongUse
from questions import any_text, questions, some_texts


def matches(question: str, text: str) -> bool:
    return read_query(question).matches(words(text))


def marked(question: str, text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in read_query(question).hits(words(text))]


@pytest.mark.parametrize(
    ("question", "yes", "no"),
    [
        ("klacht ouders", "De ouder heeft klachten.", "Een klacht van een leraar"),
        ('"bevoegd gezag"', "het bevoegd gezag", "bevoegd is het gezag"),
        ("“bevoegd gezag”", "het bevoegd gezag", "het gezag is bevoegd"),
        ("«bevoegd gezag»", "het bevoegd gezag", "het gezag is bevoegd"),
        ("„bevoegd gezag‟", "het bevoegd gezag", "het gezag is bevoegd"),
        ("‘‘bevoegd gezag’’", "het bevoegd gezag", "het gezag is bevoegd"),
        ('"de raad"', "Aan de raad.", "raad"),
        ("klacht*", "klachtenregeling", "een aanklacht"),
        ("verwerkin*", "verwerkingen", "werking"),
        ("bewaa*", "bewaren en bewaar", "bewustzijn"),
        ('"raad van toe*"', "de raad van toezicht", "de raad van bestuur"),
        ('"raad van toe"*', "de raad van toezicht", "toezicht van de raad"),
        ("klacht OF bezwaar", "een bezwaar", "een beroep"),
        ("school klacht OF bezwaar", "bezwaar van de school", "een klacht"),
        ("klacht OF bezwaar OF school", "scholen", "raad"),
        ('klacht OF "bevoegd gezag"', "bevoegd gezag", "gezag"),
        ("klacht -foto", "klacht", "klacht over foto's"),
        ('klacht -"bevoegd gezag"', "klacht bij het gezag", "klacht: bevoegd gezag"),
        ("klacht -foto*", "klacht", "klacht en fotograaf"),
        ("(-foto) klacht", "klacht", "klacht foto"),
        ("e-mail", "uw EMAIL", "mail"),
        ("email", "per e-mail", "mail"),
        ("GMR-reglement", "het gmr reglement", "reglement van de GMR"),
        ("reglement", "GMR-reglement", "GMR"),
        ("14.1.b", "zie 14.1.b", "artikel 14, lid 1, 2.b"),
        ("1°", "onder 1°", "onder 1"),
        ("niet", "dat mag niet", "dat mag"),
        ("klacht of bezwaar", "klacht en bezwaar", "bezwaar"),
        ("AND klacht", "and klacht", "klacht"),
        ("klacht; DROP TABLE x --", "drop the table x: klacht", "klacht"),
    ],
)
def test_a_question_means_what_it_says(question: str, yes: str, no: str) -> None:
    assert matches(question, yes)
    assert not matches(question, no)


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("", "leeg"),
        (" \n", "leeg"),
        ("%;()🙂\0", "leeg"),
        ('""', "leeg"),
        ("'s", "leeg"),
        ('"bevoegd gezag', "aanhalingsteken"),
        ("“bevoegd gezag” en “ook", "aanhalingsteken"),
        ("OF klacht", "OF"),
        ("klacht OF", "OF"),
        ("klacht OF OF bezwaar", "OF"),
        ("klacht OF -foto", "min"),
        ("-foto OF klacht", "min"),
        ("-foto", "alleen wat er niet in"),
        ("de -foto", "alleen wat er niet in"),
        ("*", "*"),
        ("*klacht", "*"),
        ("klacht *", "*"),
        ("kl*cht", "*"),
        ("klacht*-recht", "*"),
        ('"kl* recht"', "*"),
        ('"klacht *"', "*"),
        ("k*", "twee letters"),
        ("1*", "twee letters"),
        ('"een k*"', "twee letters"),
        ("de het een", "de het een"),
        ("-de", "de"),
        ("de OF het", "de het"),
        ("ab " * (MOST_TERMS + 1), f"meer dan {MOST_TERMS}"),
        ("a" * (LONGEST_QUESTION + 1), f"{LONGEST_QUESTION} tekens"),
    ],
)
def test_a_mistake_is_explained(question: str, about: str) -> None:
    with pytest.raises(WrongUse) as caught:
        read_query(question)
    assert about in caught.value.message
    assert caught.value.hint


def test_the_hint_for_common_words_is_a_question_that_works() -> None:
    with pytest.raises(WrongUse) as caught:
        read_query("de het")
    assert matches(caught.value.hint.split(": ")[1], "de het")


def test_the_most_words_and_signs_are_still_a_question() -> None:
    assert len(read_query("ab " * MOST_TERMS).all_of) == MOST_TERMS
    assert read_query("a" * LONGEST_QUESTION).all_of


def test_common_words_are_told_and_left_out() -> None:
    assert read_query("De klacht van een ouder -het") == Query(
        all_of=(Clause((Term(("klacht",)),)), Clause((Term(("ouder",)),))),
        ignored=("De", "van", "een", "het"),
    )


INFLECTED = """
    verwerking verwerkingen leerlingen gegevens bewaartermijnen bewaren schoolplan scholen adviezen leden
    kinderen mogelijkheden aantoonbaar vergelijkbare personeelsleden commissies categorieen brieven
    2023 7a 1e5 жалоба toezichthouder verantwoordelijke schriftelijke geheimen gezin klachten
"""


@pytest.mark.parametrize("word", INFLECTED.split())
def test_a_beginning_finds_every_word_that_begins_so(word: str) -> None:
    for size in range(2, len(word) + 1):
        assert matches(f"{word[:size]}*", word), word[:size]


def test_hits_are_words_and_phrases_as_they_stand() -> None:
    text = "Klachten: het bevoegd, gezag. Klacht over gezag"
    query = read_query('klacht "bevoegd gezag" -foto')
    assert query.hits(words(text)) == [Hit(0, 8, 0), Hit(14, 28, 1), Hit(30, 36, 0)]
    assert marked('klacht "bevoegd gezag"', text) == ["Klachten", "bevoegd, gezag", "Klacht"]


def test_hits_show_only_what_was_asked_for() -> None:
    assert marked("klacht* OF ouder de", "De klachtencommissie, de ouder") == [
        "klachtencommissie",
        "ouder",
    ]


def read_or_explained(text: str) -> Query | WrongUse:
    try:
        return read_query(text)
    except WrongUse as wrong:
        return wrong


@given(st.one_of(any_text, st.text(st.sampled_from("ab\"“*-. OF'()"), max_size=30)))
def test_whatever_is_typed_is_a_question_or_explained(text: str) -> None:
    outcome = read_or_explained(text)
    if isinstance(outcome, WrongUse):
        assert outcome.message
        assert outcome.hint
    else:
        assert outcome.all_of
        assert all(clause.any_of for clause in outcome.all_of)


@given(some_texts, questions)
def test_a_text_that_matches_has_a_hit_for_each_clause(texts: list[str], question: str) -> None:
    query = read_or_explained(question)
    if isinstance(query, WrongUse):
        return
    for text in texts:
        hits = query.hits(words(text))
        assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
        if query.matches(words(text)):
            assert {hit.clause for hit in hits} == set(range(len(query.all_of)))


@given(st.lists(st.sampled_from(["klacht", "ouder", "school"]), min_size=1, max_size=5))
def test_more_words_never_find_more(asked: list[str]) -> None:
    text = words("een klacht van een ouder")
    assert read_query(" ".join(asked)).matches(text) == all(
        read_query(one).matches(text) for one in asked
    )
