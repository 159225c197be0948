"""The words that differ between two texts, and the Dutch lines that tell of them."""

from __future__ import annotations

from collections import Counter
from itertools import cycle, islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beleidsbeheer.domain.document import MAX_BYTES
from beleidsbeheer.domain.wordchanges import WordChange, changed_words, summary

VERSIONS = Path(__file__).parent.parent / "reglement" / "privacyreglement" / "versies"

FRONT = '+++\ntitel = "Proef"\n+++\n\n'
TITLE = "# Proefreglement\n\n"
ONE = "## Artikel 1. Doel\n\nDit reglement is een proef.\n\n"
TWO = "## Artikel 2. Rechten\n\n1. De school antwoordt binnen tien dagen.\n\n2. Bezwaar kan.\n\n"
THREE = "### Artikel 2a\n\nTot slot.\n"
CHAPTER = "## Hoofdstuk 2. Overig\n\n"
TEXT = FRONT + TITLE + ONE + TWO + THREE


def compared(old: str, new: str) -> tuple[WordChange, ...]:
    return changed_words(old.encode(), new.encode())


def told(old: str, new: str) -> list[str]:
    return summary(compared(old, new))


# --- which words ---------------------------------------------------------------------------------


def test_words_of_an_article_are_replaced_put_in_and_taken_out() -> None:
    new = TEXT.replace("tien dagen", "vijf hele dagen").replace("Bezwaar kan", "Niets kan")
    (change,) = compared(TEXT, new)
    assert change == WordChange(
        key="2",
        heading="Artikel 2. Rechten",
        kind="gewijzigd",
        struck=("tien", "Bezwaar"),
        inserted=("vijf hele", "Niets"),
        line=13,
        places=(("tien", "vijf hele"), ("Bezwaar", "Niets")),
    )
    (change,) = compared(TEXT, TEXT.replace("is een proef.", "is nu een"))
    assert (change.struck, change.inserted) == (("proef.",), ("nu",))
    assert change.places == (("", "nu"), ("proef.", ""))


def test_an_article_comes_or_goes_with_all_its_words() -> None:
    (came,) = compared(FRONT + TITLE + ONE + THREE, TEXT)
    assert (came.key, came.kind, came.line, came.struck) == ("2", "nieuw", 11, ())
    assert came.inserted == (" ".join(TWO.split()),)
    (went,) = compared(ONE + TWO + THREE, ONE + TWO)
    assert (went.key, went.heading, went.kind, went.line) == ("2a", "Artikel 2a", "vervallen", 11)
    assert (went.struck, went.inserted) == (("### Artikel 2a Tot slot.",), ())


def test_a_new_last_article_is_no_change_of_the_article_above_it() -> None:
    assert told(ONE.rstrip() + "\n", ONE + THREE) == ["Artikel 2a: nieuw"]


@pytest.mark.parametrize(
    ("new", "lines"),
    [
        (
            TEXT.replace("Proef", "Test"),
            ['Kopblok: “"Proef"” wordt “"Test"”', "Buiten de artikelen: …"],
        ),
        (TEXT.removeprefix(FRONT), ["Kopblok: vervallen"]),
        (
            TEXT.replace("# Proef", "# Een proef"),
            ["Buiten de artikelen: “Proefreglement” wordt “Een proefreglement”"],
        ),
        (
            TEXT.replace(ONE, ONE + CHAPTER),
            ["Buiten de artikelen: “## Hoofdstuk 2. Overig” komt erbij"],
        ),
        (
            TEXT + "\n## Bijlage\n\nLijst.\n",
            ["Buiten de artikelen: “## Bijlage Lijst.” komt erbij"],
        ),
        (TEXT.replace(TITLE, ""), ["Buiten de artikelen: “# Proefreglement” vervalt"]),
        (
            "",
            [
                "Kopblok: vervallen",
                "Buiten de artikelen: …",
                "Artikel 1. Doel: vervallen",
                "Artikel 2. Rechten: vervallen",
                "Artikel 2a: vervallen",
            ],
        ),
        (TEXT.replace("Artikel 2a", "Artikel 3"), ["Artikel 2a: vervallen", "Artikel 3: nieuw"]),
        (
            TEXT.replace("2. Rechten", "2. Plichten"),
            ["Artikel 2. Plichten: “Rechten” wordt “Plichten”"],
        ),
    ],
)
def test_each_part_is_named(new: str, lines: list[str]) -> None:
    found = told(TEXT, new)
    assert len(found) == len(lines)
    for line, wanted in zip(found, lines, strict=True):
        assert line.startswith(wanted.removesuffix("…"))
    assert len(told(new, TEXT)) == len(lines)


def test_the_second_article_of_a_number_is_compared_with_the_second() -> None:
    twice = "## Artikel 7. Een\n\neen\n\n## Artikel 7. Twee\n\ntwee\n"
    (change,) = compared(twice, twice.replace("\ntwee", "\ndrie"))
    assert (change.key, change.heading, change.line) == ("7~2", "Artikel 7. Twee", 7)
    assert summary([change]) == ["Artikel 7. Twee (7~2): “twee” wordt “drie”"]
    shifted = compared(twice, "## Artikel 7. Nul\n\nnul\n\n" + twice)
    assert [(c.key, c.kind) for c in shifted] == [
        ("7", "gewijzigd"),
        ("7~2", "gewijzigd"),
        ("7~3", "nieuw"),
    ]


def test_the_line_is_that_of_the_first_difference() -> None:
    assert [c.line for c in compared(TEXT, TEXT.replace("Bezwaar kan.", "Bezwaar."))] == [15]
    assert [c.line for c in compared(TEXT, TEXT.replace("Tot slot.", ""))] == [17]
    assert [c.line for c in compared(TEXT, "")] == [1, 1, 7, 11, 17]
    assert [c.line for c in compared("", TEXT)] == [1, 5, 7, 11, 17]


def test_the_registered_versions() -> None:
    old, new = ((VERSIONS / name).read_bytes() for name in ("0.2.md", "0.3.md"))
    assert summary(changed_words(old, new)) == [
        'Kopblok: “"personeelsobservatie",” komt erbij',
        "Artikel 13a. Online lessen: nieuw",
    ]
    assert summary(changed_words(new, old))[1] == "Artikel 13a. Online lessen: vervallen"


# --- no words, and yet a change --------------------------------------------------------------------

SPACE = "alleen witruimte of regeleinden"
MOVED = "De volgorde: iets staat op een andere plaats"


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        (TEXT, TEXT, []),
        ("", "", []),
        (TEXT, TEXT.replace("binnen tien", "binnen  tien"), [f"Artikel 2. Rechten: {SPACE}"]),
        (ONE, ONE.replace("Dit", "    Dit"), [f"Artikel 1. Doel: {SPACE}"]),
        (
            ONE + THREE,
            (ONE + THREE).replace("\n", "\r\n"),
            [f"Artikel 1. Doel: {SPACE}", f"Artikel 2a: {SPACE}"],
        ),
        (FRONT, FRONT.replace(" = ", "  = "), [f"Kopblok: {SPACE}"]),
        (TITLE, TITLE.replace("# ", "#  "), [f"Buiten de artikelen: {SPACE}"]),
        (TEXT, TEXT + "\n", [f"Buiten de artikelen: {SPACE}"]),
        (TEXT, "\n" + TEXT.removeprefix(FRONT), ["Kopblok: vervallen"]),
        ("", "\n", [f"Buiten de artikelen: {SPACE}"]),
        ("\n", "", [f"Buiten de artikelen: {SPACE}"]),
        (ONE + TWO, TWO + ONE, [MOVED]),
        (ONE + CHAPTER + TWO + THREE, ONE + TWO + CHAPTER + THREE, [MOVED]),
        (
            TITLE + ONE + CHAPTER + TWO,
            "# Nieuw\n\n" + ONE + TWO + CHAPTER,
            [MOVED, "Buiten de artikelen: “Proefreglement” wordt “Nieuw”"],
        ),
        (
            ONE + TWO,
            TWO + ONE.replace("proef", "test"),
            [MOVED, "Artikel 1. Doel: “proef.” wordt “test.”"],
        ),
        (ONE + THREE, ONE + TWO + THREE, ["Artikel 2. Rechten: nieuw"]),
    ],
)
def test_white_space_and_order_count(old: str, new: str, lines: list[str]) -> None:
    assert told(old, new) == lines


# --- bytes that are no document ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        (b"een\ntwee\n", b"een\ntw\xe9e\n", ["De tekst: “twee” wordt “tw\\xe9e”"]),
        (b"\xff", b"\xff\nTot slot.", ["De tekst: “Tot slot.” komt erbij"]),
        (b"", b"\xff", ["De tekst: nieuw"]),
        (b"\0a", b"", ["De tekst: vervallen"]),
        (b"\0a", b"b", ["De tekst: “␀a” wordt “b”"]),
        (b"\0\n", b"\0\r\n", [f"De tekst: {SPACE}"]),
        (b"\xff", b"\\xff", [f"De tekst: {SPACE}"]),
        (b"\0a\nb", b"b\n\0a", ["De tekst: “b” komt erbij; “b” vervalt"]),
        (b"+++\n", b"+++\n+++\n", ["De tekst: “+++” komt erbij"]),
        (b"\xef\xbb\xbfa", b"a", ["De tekst: “<U+FEFF>a” wordt “a”"]),
        (
            b"a" * (MAX_BYTES + 1),
            b"a",
            ["De tekst: “" + "a" * 38 + " … " + "a" * 38 + "” wordt “a”"],
        ),
    ],
    ids=range(11),
)
def test_bytes_that_are_no_document_are_compared_by_lines(
    old: bytes, new: bytes, lines: list[str]
) -> None:
    changes = changed_words(old, new)
    assert [(change.key, change.heading) for change in changes] == [("", "De tekst")]
    assert summary(changes) == lines


# --- the lines for people ------------------------------------------------------------------------


def test_the_summary_counts_what_it_leaves_out() -> None:
    old = "".join(f"## Artikel {n}\n\n{'a b ' * 4}\n\n" for n in range(1, 9))
    changes = compared(old, old.replace("a", "c"))
    assert len(changes) == 8
    lines = summary(changes)
    assert lines[0] == "Artikel 1: “a” wordt “c”; “a” wordt “c”; en nog 2 wijzigingen"
    assert lines[5:] == ["… en nog 3 plaatsen"]
    assert summary(changes, 7)[7:] == ["… en nog 1 plaats"]
    assert len(summary(changes, 8)) == 8
    assert summary(changes, 0) == ["… en nog 8 plaatsen"]
    assert summary([]) == []


def test_long_runs_lose_their_middle_and_show_the_difference() -> None:
    words = " ".join(f"woord{n}" for n in range(100))
    (line,) = told(ONE, ONE + words)
    assert line == (
        "Artikel 1. Doel: “woord0 woord1 woord2 woord3 woord4"
        " … woord96 woord97 woord98 woord99” komt erbij"
    )
    link = "https://example.org/" + "a" * 60 + "{}" + "b" * 60
    (line,) = told(ONE + link.format("1"), ONE + link.format("2"))
    assert line == f"Artikel 1. Doel: “…1{'b' * 60}” wordt “…2{'b' * 60}”"


def test_what_cannot_be_seen_is_spelled_out() -> None:
    (line,) = told(ONE, ONE.replace("een proef.", "een\u200b \x1b[31mproef\u202e"))
    seen = "een<U+200B> <U+001B>[31mproef<U+202E>"
    assert line == f"Artikel 1. Doel: “een proef.” wordt “{seen}”"


# --- any text ------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    ["## Artikel 1\n", "## Artikel 2. B\n", "### Artikel 1\n", "## Hoofdstuk 1\n", "# T\n", "een ",
     "twee ", "\n", "\n\n", " ", "\r", "1. ", "- a. ", "+++\n", "a = 1\n", "[x]: y\n", "\u2028", "\0", "```\n"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=14).map(lambda pieces: "".join(pieces).encode())
ANY = TEXTS | st.binary(max_size=8)


def words(runs: tuple[str, ...]) -> Counter[str]:
    return Counter(" ".join(runs).split())


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(ANY, ANY)
def test_equal_bytes_are_no_change_and_other_bytes_are_one(old: bytes, new: bytes) -> None:
    assert changed_words(old, old) == ()
    changes = changed_words(old, new)
    assert bool(changes) == (old != new)
    assert len(summary(changes, 99)) == len(changes)
    for change in changes:
        assert change.kind in ("gewijzigd", "nieuw", "vervallen")
        assert change.line >= 1
        assert change.heading
        assert change.struck == tuple(out for out, _ in change.places if out)
        assert change.inserted == tuple(into for _, into in change.places if into)


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(*[TEXTS.filter(lambda text: b"\0" not in text and not text.startswith(b"+++"))] * 2)
def test_no_word_is_lost(old: bytes, new: bytes) -> None:
    """Less what was struck and with what was inserted, the words of old are the words of new."""
    count = Counter(old.decode().split())
    for change in changed_words(old, new):
        count.subtract(words(change.struck))
        count.update(words(change.inserted))
    assert +count == Counter(new.decode().split())
    assert min(count.values(), default=0) >= 0


# --- hostile sizes -------------------------------------------------------------------------------

MEGABYTE = 1024 * 1024


def repeated(piece: str, size: int = MEGABYTE) -> bytes:
    return (piece * (size // len(piece))).encode()


def test_a_long_middle_is_one_place() -> None:
    old, new = (ONE + " ".join(islice(cycle(some), 20_000)) for some in ("ab", "bba"))
    (change,) = compared(old + " c", new + " c")
    assert len(change.struck) == len(change.inserted) == 1
    assert 19_900 < len(change.struck[0].split()) <= 20_000
    part = "# Bijlage\n\n" + "a b " * 20_000 + "\n\n"
    assert told(part + ONE, ONE + part) == [MOVED]
    heavy = "".join(f"## Artikel {n}\n{f'x{n} c ' * 200}\n" for n in range(60))
    changes = compared(heavy, heavy.replace("x", "y"))  # each is small, but there are too many
    assert len(changes[0].places) == 200
    assert len(changes[-1].places) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(repeated("a b "), repeated("b b a "), id="few words"),
        pytest.param(
            repeated("a b\n\n", MEGABYTE // 8),
            repeated("b b a\n\n", MEGABYTE // 8),
            id="many paragraphs",
        ),
        pytest.param(repeated("woord"), repeated("woorden"), id="one word"),
        pytest.param(repeated("\0\n"), repeated("\0a\n"), id="no document"),
        pytest.param(
            repeated("## Artikel 7\na b\n", MEGABYTE // 8),
            repeated("## Artikel 7\nb a\n", MEGABYTE // 8),
            id="one number",
        ),
        pytest.param(
            "".join(f"## Artikel {n}\n" for n in range(9_000)).encode(),
            "".join(f"## Artikel {n}\n" for n in reversed(range(9_000))).encode(),
            id="backwards",
        ),
    ],
)
def test_hostile_texts_are_compared(old: bytes, new: bytes) -> None:
    changes = changed_words(old, new)
    assert changes
    assert all(len(line) < 500 for line in summary(changes))
