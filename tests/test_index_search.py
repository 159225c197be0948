"""Searching in the index: what is found is what the question means, in SQLite and in PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acts import Way
from beleidsbeheer.domain.search.aim import read_aim
from beleidsbeheer.domain.search.query import Query
from beleidsbeheer.domain.search.reading import read_query
from beleidsbeheer.domain.search.words import Word, words
from beleidsbeheer.errors import WrongUse
from beleidsbeheer.storage.index.index import Index, Scope
from indexes import close_all, expected, fresh, on_disk
from simulator import TODAY, Simulator

EVERYTHING = Scope(None)
NOW = Scope(TODAY)
VOCABULARY = [
    "klacht",
    "klachten",
    "klager",
    "leerling",
    "leerlingen",
    "ouder",
    "ouders",
    "bewaartermijn",
    "bewaartermijnen",
    "de",
    "en",
    "gegevens",
    "gegeven",
    "school",
    "scholen",
    "14",
    "7a",
    "café",
    "e-mail",
    "GMR-reglement",
    "besluit",
    "besluiten",
    "foto's",
    "niet",
    "verwerkt",
]
BETWEEN = Word(0, 0, "\0")  # a heading and its text are two; no phrase runs from one into the other


def regulation(*articles: tuple[str, str], title: str = "Reglement") -> bytes:
    body = "".join(
        f"## Artikel {number}. {heading}\n\n{text}\n\n"
        for number, (heading, text) in enumerate(articles, start=1)
    )
    return f'+++\ntitel = "{title}"\n+++\n\n# {title}\n\n{body}'.encode()


def found(index: Index, question: str, scope: Scope = EVERYTHING, aim: str = "") -> list[str]:
    """What is found, as headings in the order of the answer."""
    query = read_query(question) if question else None
    with index.reading() as reading:
        answer = reading.search(query, read_aim(aim) if aim else None, scope, 1000)
    assert not answer.more
    return [each.fragment.heading for each in answer.matches]


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    close_all()


# --- the meaning of a question -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A register of many small articles from a small vocabulary."""
    import random

    rng = random.Random(7)
    school = Simulator.begun()
    for number in range(1, 13):
        articles = [
            (" ".join(rng.choices(VOCABULARY, k=3)), " ".join(rng.choices(VOCABULARY, k=rng.choice((2, 6, 25)))))
            for _ in range(8)
        ]  # fmt: skip
        school.register("0.1", regulation(*articles), policy=f"beleid-{number}")
    return [on_disk(tmp_path_factory.mktemp("woorden") / "school", school.files)]


WORD = st.sampled_from(VOCABULARY)
ITEM = st.one_of(
    WORD,
    WORD.map(lambda word: f"{word[:4]}*"),
    st.lists(WORD, min_size=2, max_size=3).map(lambda some: f'"{" ".join(some)}"'),
    st.tuples(WORD, WORD).map(" OF ".join),
    WORD.map(lambda word: f"-{word}"),
)
QUESTIONS = st.lists(ITEM, min_size=1, max_size=3).map(" ".join)


def _meant(query: Query, registers: list[Path]) -> list[tuple[str, str]]:
    _, texts = expected(registers)
    fragments = {p.fragment for each in texts.values() for p in each.placed}
    return sorted(
        (each.heading, each.text)
        for each in fragments
        if query.matches([*words(each.heading), BETWEEN, *words(each.text)])
    )


def test_a_question_finds_what_it_means(database: str, both: list[Path]) -> None:
    index = fresh(database, both)
    asked = 0

    @settings(deadline=None, max_examples=120, suppress_health_check=list(HealthCheck))
    @given(question=QUESTIONS)
    def ask(question: str) -> None:
        nonlocal asked
        try:
            query = read_query(question)
        except WrongUse:
            return
        with index.reading() as reading:
            answer = reading.search(query, None, EVERYTHING, 1000)
        assert sorted((m.fragment.heading, m.fragment.text) for m in answer.matches) == _meant(query, both)  # fmt: skip
        asked += 1

    ask()
    assert asked > 50


@pytest.mark.parametrize(
    "question",
    [
        "'; DROP TABLE words; --", 'klacht" OR "1"="1', "klacht' OR '1'='1", "words MATCH x", "heading:klacht",
        "klacht NEAR/2 ouder", "^klacht", "klacht:*", "klacht & !ouder", "%", "klacht\x00ouder", "{klacht}",
        "rowid", "bm25(words)", "klacht <-> ouder", "\\", "$1", ":match", "(((", "🙂 klacht",
    ],
)  # fmt: skip
def test_what_is_typed_is_never_a_command(database: str, question: str, tmp_path: Path) -> None:
    school = Simulator.begun()
    school.register("0.1", regulation(("Klacht", "Een ouder met een klacht.")))
    index = fresh(database, [on_disk(tmp_path / "school", school.files)])
    with suppress(WrongUse):  # told to people; see the tests of the question language
        found(index, question)
    assert found(index, "klacht") == ["Artikel 1. Klacht"]


# --- where it is looked for --------------------------------------------------------------------------


@pytest.fixture
def board(database: str, tmp_path: Path) -> Index:
    """Two schools: one with a text in force that replaced another, and the same text at the other school."""
    front = ("personeelsgegevens", "leerlinggegevens", "oudergegevens")
    raakt = ", ".join(f'"{each}"' for each in front)

    def full(*articles: tuple[str, str]) -> bytes:
        return regulation(*articles).replace(b"+++\n\n", f"raakt = [{raakt}]\n+++\n\n".encode(), 1)

    old = full(
        ("Doel", "Wij bewaren dossiers."), ("Lekken", "Een lek melden wij (artikel 33 AVG).")
    )
    new = full(
        ("Doel", "Wij bewaren gegevens."),
        (
            "Lekken",
            "1. Een lek melden wij.\n2. Zie artikel 33, eerste lid, AVG en de klachtenregeling.",
        ),
    )
    schools = []
    for name in ("noord", "zuid"):
        school = Way.begun(*Way.ready().members)
        school.day = "2026-01-02"
        school.register("0.1", old)
        school.submit("0.1")
        school.everyone("0.1")
        school.adopt("0.1", "2026-02-01")
        if name == "noord":
            school.day = "2026-03-01"
            school.register("0.2", new)
            school.submit("0.2")
            school.everyone("0.2")
            school.adopt("0.2", "2026-04-01")
        schools.append(on_disk(tmp_path / name, school.files))
    return fresh(database, schools)


def _spots(index: Index, question: str, scope: Scope, aim: str = "") -> list[tuple[str, str, str]]:
    query = read_query(question) if question else None
    with index.reading() as reading:
        answer = reading.search(query, read_aim(aim) if aim else None, scope, 50)
    return sorted((Path(s.place).name, s.version, s.key) for m in answer.matches for s in m.spots)


def test_what_is_in_force_on_a_day_is_searched(board: Index) -> None:
    assert _spots(board, "dossiers", NOW) == [("zuid", "0.1", "1")]
    assert _spots(board, "dossiers", Scope(date(2026, 3, 31))) == [
        ("noord", "0.1", "1"),
        ("zuid", "0.1", "1"),
    ]
    assert _spots(board, "gegevens", Scope(date(2026, 3, 31))) == []
    assert _spots(board, "bewaren", NOW) == [("noord", "0.2", "1"), ("zuid", "0.1", "1")]
    assert _spots(board, "dossiers", Scope(date(2026, 1, 31))) == []
    assert _spots(board, "dossiers", EVERYTHING) == [("noord", "0.1", "1"), ("zuid", "0.1", "1")]


def test_only_the_registers_that_were_named(board: Index) -> None:
    with board.reading() as reading:
        places = sorted(reading.marks())
    assert _spots(board, "lek", Scope(None, (places[1],))) == [("zuid", "0.1", "2")]


def test_who_refers_to_a_place_in_a_law(board: Index) -> None:
    assert _spots(board, "", NOW, "AVG 33") == [("noord", "0.2", "2"), ("zuid", "0.1", "2")]
    assert _spots(board, "", NOW, "AVG 33.1") == [("noord", "0.2", "2")]
    assert _spots(board, "", NOW, "AVG 3") == []
    assert _spots(board, "", NOW, "WMS") == []
    assert _spots(board, "", NOW, "klachtenregeling") == [("noord", "0.2", "2")]
    assert _spots(board, "melden", NOW, "AVG") == [("noord", "0.2", "2"), ("zuid", "0.1", "2")]
    assert _spots(board, "dossiers", NOW, "AVG") == []


def test_one_text_of_two_schools_is_one_answer_with_two_spots(board: Index) -> None:
    with board.reading() as reading:
        answer = reading.search(read_query("dossiers"), None, EVERYTHING, 50)
    assert len(answer.matches) == 1
    assert len(answer.matches[0].spots) == 2


def test_more_is_told_when_there_is_more(board: Index) -> None:
    with board.reading() as reading:
        assert reading.search(read_query("melden OF bewaren"), None, EVERYTHING, 1).more
        assert not reading.search(read_query("melden OF bewaren"), None, EVERYTHING, 9).more
