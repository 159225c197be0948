"""The same question to a real FTS5 table as to the reference; PostgreSQL's form as text."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import pytest
from hypothesis import given, settings

from beleidsbeheer.domain.search.dialects import to_fts5, to_tsquery
from beleidsbeheer.domain.search.reading import MOST_TERMS, read_query
from beleidsbeheer.domain.search.words import stems, words
from beleidsbeheer.errors import WrongUse
from questions import questions, some_texts


def found_by_fts5(texts: Sequence[str], match: str) -> list[bool]:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE found USING fts5(stems, tokenize = 'ascii')")
        rows = [(number, stems(text)) for number, text in enumerate(texts)]
        connection.executemany("INSERT INTO found(rowid, stems) VALUES (?, ?)", rows)
        hits = connection.execute("SELECT rowid FROM found WHERE found MATCH ?", (match,))
        numbers = {number for (number,) in hits}
    finally:
        connection.close()
    return [number in numbers for number in range(len(texts))]


@settings(deadline=None)
@given(some_texts, questions)
def test_sqlite_finds_what_the_question_means(texts: list[str], question: str) -> None:
    try:
        query = read_query(question)
    except WrongUse:
        return
    assert found_by_fts5(texts, to_fts5(query)) == [query.matches(words(text)) for text in texts]


def test_sqlite_takes_the_longest_question() -> None:
    question = " OF ".join(f"{first}ee*" for first in "abcdefghijklmnopqrst")
    assert found_by_fts5(["teelt", "ijs"], to_fts5(read_query(question))) == [True, False]
    question = "klacht " + " ".join(
        f"-{first}ee*" for first in "abcdefghijklmnopqrst"[: MOST_TERMS - 1]
    )
    assert found_by_fts5(["klacht", "klacht beeld"], to_fts5(read_query(question))) == [True, False]


@pytest.mark.parametrize(
    ("question", "fts5", "tsquery"),
    [
        ("klachten", '("klacht")', "('klacht')"),
        (
            "klacht OF school ouders",
            '("klacht" OR "schol") AND ("ouder")',
            "('klacht' | 'schol') & ('ouder')",
        ),
        ('"raad van toe*"', '("rad van toe" *)', "('rad' <-> 'van' <-> 'toe':*)"),
        ("verwerkin*", '("verwerkin" * OR "verwerk")', "('verwerkin':* | 'verwerk')"),
        (
            "klacht -foto -7a",
            '(("klacht")) NOT ("foto" OR "q7a")',
            "('klacht') & !('foto' | 'q7a')",
        ),
    ],
)
def test_a_question_in_the_language_of_a_database(question: str, fts5: str, tsquery: str) -> None:
    query = read_query(question)
    assert (to_fts5(query), to_tsquery(query)) == (fts5, tsquery)
