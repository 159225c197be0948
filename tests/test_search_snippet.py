"""The piece of a text that is shown with a hit: the best one, short, and with nothing made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleidsbeheer.domain.search.query import Hit
from beleidsbeheer.domain.search.reading import read_query
from beleidsbeheer.domain.search.snippet import WIDTH, Piece, place, snippet
from beleidsbeheer.domain.search.words import words
from beleidsbeheer.errors import WrongUse
from questions import questions, some_texts

FILLER = "niets te zien hier "


def pieces(text: str, question: str, width: int = WIDTH) -> tuple[Piece, ...]:
    return snippet(text, read_query(question).hits(words(text)), width)


def whole(shown: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in shown)


def marked(shown: tuple[Piece, ...]) -> list[str]:
    return [piece.text for piece in shown if piece.hit]


def test_a_short_text_is_shown_whole_on_one_line() -> None:
    text = "1.\tDe klacht \n\n  van een   ouder. "
    assert pieces(text, '"klacht van" ouder') == (
        Piece("1. De ", False),
        Piece("klacht van", True),
        Piece(" een ", False),
        Piece("ouder", True),
        Piece(".", False),
    )


def test_without_a_hit_the_beginning_is_shown() -> None:
    shown = snippet(FILLER * 50, [], 30)
    assert shown == (Piece("niets te zien hier niets te …", False),)
    assert snippet("", []) == ()
    assert snippet(" \n", []) == ()


def test_the_window_is_where_most_of_the_question_stands_together() -> None:
    text = f"klacht klacht {FILLER * 20}de klacht van een ouder {FILLER * 20}ouder ouder ouder"
    shown = pieces(text, "klacht ouder", 60)
    assert marked(shown) == ["klacht", "ouder"]
    assert whole(shown).startswith("… ")
    assert whole(shown).endswith(" …")
    assert "de klacht van een ouder" in whole(shown)


@pytest.mark.parametrize("before", [0, 1, 15, 40])
@pytest.mark.parametrize("after", [0, 1, 15, 40])
def test_it_is_cut_between_words(before: int, after: int) -> None:
    text = (FILLER * before + "klacht " + FILLER * after).strip()
    shown = whole(pieces(text, "klacht", 50))
    inside = shown.removeprefix("… ").removesuffix(" …")
    assert f" {inside} " in f" {text} "
    assert len(inside) <= 50
    assert shown.startswith("… ") == (not text.startswith(inside))
    assert shown.endswith(" …") == (not text.endswith(inside))


@pytest.mark.parametrize(
    "text", ["a" * 10_000, f"klacht {'a' * 10_000}", f"{'a' * 10_000}-klacht-{'b' * 10_000}"]
)
def test_an_endless_word_does_not_make_it_long(text: str) -> None:
    question = "klacht OF aaa*"
    shown = pieces(text, question, 100)
    assert len(whole(shown)) <= 104
    assert marked(shown)


def test_overlapping_hits_are_marked_once() -> None:
    assert marked(pieces("het bevoegd gezag", '"bevoegd gezag" gezag bevoegd')) == ["bevoegd gezag"]


def test_place_is_the_first_hit_of_the_best_place() -> None:
    hits = [Hit(0, 5, 0), Hit(300, 305, 1), Hit(310, 315, 1), Hit(400, 405, 0), Hit(420, 425, 1)]
    assert place(hits) == Hit(300, 305, 1)
    assert place(hits, 50) == Hit(400, 405, 0)
    assert place(list(reversed(hits)), 5) == Hit(0, 5, 0)
    assert place([]) is None


def best_score(hits: list[Hit], width: int) -> tuple[int, int]:
    """The score of the best place, by trying each: the definition in words of ``place``."""
    together = [
        [other for other in hits if other.start >= first.start and other.end <= first.start + width]
        or [first]
        for first in hits
    ]
    return max((len({hit.clause for hit in some}), len(some)) for some in together)


@given(
    st.sets(
        st.tuples(st.integers(0, 60), st.integers(1, 4), st.integers(0, 3)), min_size=1, max_size=12
    ),
    st.integers(5, 40),
)
def test_no_other_place_is_better(drawn: set[tuple[int, int, int]], width: int) -> None:
    hits = sorted({Hit(start, start + 3, clause) for start, _, clause in drawn})
    best = place(hits, width)
    assert best is not None
    within = [hit for hit in hits if hit >= best and hit.end <= best.start + width]
    assert (len({hit.clause for hit in within}), len(within)) == best_score(hits, width)


@given(some_texts, questions, st.integers(10, 80))
def test_a_snippet_is_a_piece_of_the_text_with_a_hit_in_it(
    texts: list[str], question: str, width: int
) -> None:
    text = "\n".join(texts)
    try:
        hits = read_query(question).hits(words(text))
    except WrongUse:
        return
    shown = snippet(text, hits, width)
    inside = whole(shown).removeprefix("… ").removesuffix(" …")
    assert inside in " ".join(text.split())
    assert len(inside) <= width
    assert all(piece.text for piece in shown)
    assert bool(hits) == any(piece.hit for piece in shown)
    for piece in shown:
        if piece.hit:
            assert any(
                " ".join(text[hit.start : hit.end].split()).find(piece.text[:1]) >= 0
                for hit in hits
            )
