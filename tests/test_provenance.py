"""Since which version words stand as they stand: texts in a row, and what each word and part remembers."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beleidsbeheer.domain.document import parse
from beleidsbeheer.domain.provenance import Part, Provenance, provenance
from beleidsbeheer.errors import DocumentError
from test_changes import TEXTS

QUIET = settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])

FIRST = """\
+++
titel = "Privacyreglement"
+++

# Privacyreglement

Deze aanhef geldt voor iedereen op school.

## Artikel 1. Begrippen

- **Betrokkene**: degene over wie een gegeven gaat.
- **Dossier**: alle gegevens over een leerling samen.

## Artikel 2. Rechten

1. Een betrokkene heeft de volgende rechten:

    - a. inzage van de gegevens die over hem zijn vastgelegd;
    - b. verbetering van gegevens die niet kloppen.

2. Het bestuur antwoordt binnen tien dagen na ontvangst van een verzoek.

## Artikel 3. Bewaren

1. De school bewaart een dossier ten hoogste vijf jaar na vertrek van de leerling.

2. Daarna vernietigt de school het dossier, tenzij de wet anders zegt.
"""


def told(*texts: str | None) -> Provenance:
    """The provenance of texts that are versions 1, 2, 3 …"""
    chain = [(str(n), text and text.encode()) for n, text in enumerate(texts, start=1)]
    return provenance([(name, data or None) for name, data in chain])


def part(found: Provenance, key: str) -> Part:
    known = found.find(key)
    assert known is not None, key
    return known


def ages(found: Provenance) -> dict[str, str]:
    return {each.key: each.since for each in found.parts if each.key}


def words(found: Provenance, key: str) -> list[tuple[str, str]]:
    return [(run.version, run.text) for run in found.words(part(found, key))]


def check(found: Provenance, newest: bytes) -> Provenance:
    """What must hold for any chain."""
    assert "".join(run.text for run in found.runs()).encode() == newest
    assert {run.version for run in found.runs()} <= set(found.versions)
    for each in found.parts:
        assert set(each.labels) <= set(found.versions)
        assert (each.since == "") == (not each.labels and not each.struck)
        assert [found.versions.index(label) for label in each.labels] == sorted(
            found.versions.index(label) for label in each.labels
        )
        list(found.words(each))
    return found


# --- what people ask ---------------------------------------------------------------------------------------


def test_one_text_has_one_age() -> None:
    found = check(told(FIRST), FIRST.encode())
    assert set(ages(found).values()) == {"1"}
    assert list(ages(found)) == [
        *("1", "1.betrokkene", "1.dossier", "2", "2.1", "2.1.a", "2.1.b", "2.2", "3", "3.1", "3.2"),
    ]
    assert [each.name for each in found.parts if not each.key] == ["Kopblok", "Privacyreglement"]
    assert part(found, "2.1.b").name == "artikel 2 lid 1 onder b"
    assert part(found, "1.dossier").name == "artikel 1 “Dossier”"


def test_a_word_that_changed_makes_its_lid_younger_and_nothing_else() -> None:
    second = FIRST.replace("tien dagen", "twintig dagen")
    found = check(told(FIRST, second), second.encode())
    assert {key for key, since in ages(found).items() if since == "2"} == {"2.2"}
    assert part(found, "2.2").labels == ("1", "2")
    assert words(found, "2.2") == [
        ("1", "Het bestuur antwoordt binnen"),
        ("2", "twintig"),
        ("1", "dagen na ontvangst van een verzoek."),
    ]


def test_a_word_that_was_struck_makes_the_rest_younger_too() -> None:
    """What is left has only old words, and yet reads otherwise."""
    second = FIRST.replace(" die niet kloppen", "").replace(", tenzij de wet anders zegt", "")
    found = check(told(FIRST, second, second + "\nSlot.\n"), (second + "\nSlot.\n").encode())
    assert (part(found, "2.1.b").since, part(found, "2.1.b").struck) == ("2", "2")
    assert "1" in part(found, "2.1.b").labels
    assert ages(found)["2.1.a"] == "1"


def test_an_onderdeel_that_went_makes_its_lid_younger() -> None:
    second = FIRST.replace("    - a. inzage van de gegevens die over hem zijn vastgelegd;\n", "")
    second = second.replace("- b. ver", "- a. ver")
    found = check(told(FIRST, second), second.encode())
    assert (part(found, "2.1").since, part(found, "2.1").labels) == ("2", ("1",))
    moved = part(found, "2.1.a")
    assert (moved.since, [former.key for former in moved.formers]) == ("1", ["2.1.b"])


def test_a_lid_that_got_another_mark_keeps_its_age() -> None:
    second = FIRST.replace("    - b. ver", "    - b. afschrift op papier;\n    - c. ver")
    found = check(told(FIRST, second, second), second.encode())
    assert (ages(found)["2.1.b"], ages(found)["2.1.c"], ages(found)["2.1"]) == ("2", "1", "1")
    (former,) = part(found, "2.1.c").formers
    assert (former.until, former.name) == ("2", "artikel 2 lid 1 onder b")
    assert part(found, "2.1.b").formers == ()


def test_an_article_that_moved_and_got_another_number_keeps_its_age() -> None:
    head, _, rest = FIRST.partition("## Artikel 2.")
    two, _, three = rest.partition("## Artikel 3.")
    second = f"{head}## Artikel 2.{three}\n## Artikel 3.{two}"
    found = check(told(FIRST, second), second.encode())
    assert set(ages(found).values()) == {"1"}
    assert [former.key for former in part(found, "3.1.b").formers] == ["2.1.b"]
    assert [former.key for former in part(found, "2").formers] == ["3"]
    third = second.replace("## Artikel 3.", "## Artikel 4.")
    found = check(told(FIRST, second, third), third.encode())
    assert [(f.until, f.key) for f in part(found, "4.2").formers] == [("2", "2.2"), ("3", "3.2")]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("inzage van de gegevens die over hem zijn vastgelegd;", "verbetering van gegevens die niet kloppen."),
        ("inzage;", "verbetering."),
    ],
)  # fmt: skip
def test_onderdelen_that_changed_places_keep_their_age(one: str, two: str) -> None:
    first = FIRST.replace("inzage van de gegevens die over hem zijn vastgelegd;", one)
    first = first.replace("verbetering van gegevens die niet kloppen.", two)
    second = first.replace(f"a. {one}", "a. ?").replace(f"b. {two}", f"b. {one}")
    second = second.replace("a. ?", f"a. {two}")
    found = check(told(first, second), second.encode())
    assert (ages(found)["2.1.a"], ages(found)["2.1.b"]) == ("1", "1")
    assert [former.key for former in part(found, "2.1.a").formers] == ["2.1.b"]


def test_a_lid_that_became_an_article_keeps_its_age() -> None:
    lid = "2. Het bestuur antwoordt binnen tien dagen na ontvangst van een verzoek.\n"
    second = FIRST.replace(lid, "") + f"\n## Artikel 4. Termijn\n\n{lid.replace('2.', '1.')}"
    found = check(told(FIRST, second), second.encode())
    assert (ages(found)["4"], ages(found)["4.1"]) == ("2", "1")
    assert [former.name for former in part(found, "4.1").formers] == ["artikel 2 lid 2"]


def test_one_lid_that_became_two_keeps_its_age() -> None:
    first = FIRST.replace("zegt.\n", "zegt. Het bestuur houdt daarvan een lijst bij.\n")
    second = first.replace("zegt. Het", "zegt.\n\n3. Het")
    found = check(told(first, second), second.encode())
    assert (ages(found)["3.2"], ages(found)["3.3"]) == ("1", "1")
    assert check(told(first, second, first), first.encode()).find("3.2").since == "1"  # type: ignore[union-attr]


def test_what_went_and_came_back_is_as_young_as_its_return() -> None:
    second = FIRST.replace("vijf jaar", "twee jaar")
    found = check(told(FIRST, second, FIRST), FIRST.encode())
    assert words(found, "3.1")[1] == ("3", "vijf")


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(" ", "  "),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("tien", "**tien**").replace("wet", "*wet*"),
        lambda text: text.replace("    - a.", "    * a.").replace("    - b.", "    * b."),
        lambda text: text.replace("tien dagen", "tien\u00a0dagen"),
        lambda text: text.replace("2. Daarna", "2.\n   Daarna"),
    ],
)
def test_white_space_and_formatting_change_no_age(change) -> None:  # type: ignore[no-untyped-def]
    second = change(FIRST)
    assert second != FIRST
    for newest, chain in ((second, (FIRST, second)), (FIRST, (FIRST, second, FIRST))):
        found = check(told(*chain), newest.encode())
        assert set(ages(found).values()) == {"1"}


def test_front_matter_and_text_outside_articles_have_an_age() -> None:
    second = FIRST.replace('"Privacyreglement"', '"Reglement"').replace("iedereen", "allen")
    found = check(told(FIRST, second), second.encode())
    assert [each.since for each in found.parts if not each.key] == ["2", "2"]


# --- texts that are not there -------------------------------------------------------------------------------


def test_a_text_that_was_not_kept_is_named() -> None:
    second = FIRST.replace("tien", "twintig")
    found = told(None, None, FIRST, None, second)
    assert found.versions == ("3", "5")
    assert found.lost == {"3": ("1", "2"), "5": ("4",)}
    assert (ages(found)["2.2"], ages(found)["2.1"]) == ("5", "3")


@pytest.mark.parametrize("texts", [[], [("1", None)], [("1", b"x"), ("2", None)]])
def test_the_newest_text_must_be_there(texts: Sequence[tuple[str, bytes | None]]) -> None:
    with pytest.raises(ValueError, match="must be known"):
        provenance(texts)


@pytest.mark.parametrize("text", [b"", b"\n \n", b"x", b"+++\n+++\n", b"#", b"| - |\n"])
def test_texts_of_nothing(text: bytes) -> None:
    check(provenance([("1", text)]), text)
    check(provenance([("1", FIRST.encode()), ("2", text)]), text)
    check(provenance([("1", text), ("2", FIRST.encode())]), FIRST.encode())


# --- finding a part ------------------------------------------------------------------------------------------


def test_keys_as_people_type_them() -> None:
    found = told("## Artikel 13a. A\n\n1. Tekst.\n\n## Artikel 2.1 B\n\n1. Tekst.\n")
    assert part(found, "13A").key == "13a"
    assert part(found, "2.1").key == "2:1"
    assert found.find("2.1.1") is None
    assert told(FIRST).near("2.1.x") == ["2.1", "2.1.a", "2.1.b"]
    assert told(FIRST).near("2.9") == ["2", "2.1", "2.2"]
    assert told(FIRST).near("xyz") == []
    assert [each.key for each in told(FIRST).below(part(told(FIRST), "2.1"))] == [
        *("2.1", "2.1.a", "2.1.b"),
    ]


def readable(text: bytes) -> bool:
    try:
        parse(text)
    except DocumentError:
        return False
    return True


# --- any chain -------------------------------------------------------------------------------------------------


@QUIET
@given(st.lists(TEXTS.filter(readable), min_size=1, max_size=4))
def test_any_chain_rebuilds_its_newest_text(texts: list[bytes]) -> None:
    check(provenance([(str(n), text) for n, text in enumerate(texts)]), texts[-1])


@QUIET
@given(TEXTS.filter(readable), st.integers(1, 4))
def test_equal_texts_have_the_first_label(text: bytes, count: int) -> None:
    found = check(provenance([(str(n), text) for n in range(count + 1)]), text)
    assert {run.version for run in found.runs()} <= {"0"} or not text.split()


@st.composite
def lives(draw: st.DrawFn) -> tuple[list[list[list[str]]], list[list[int]]]:
    """Articles of words over a few versions; each word tells in which version it came: ``v2w17``.

    In each step words come and go, and articles change places. Orders are by identity of an article.
    """
    articles = [[f"v0w{n}x{m}" for m in range(draw(st.integers(8, 14)))] for n in range(4)]
    order = list(range(4))
    states, orders = [[list(words) for words in articles]], [list(order)]
    for version in range(1, draw(st.integers(2, 4))):
        for number, said in enumerate(articles):
            if draw(st.booleans()):
                place = draw(st.integers(0, len(said)))
                count = draw(st.integers(1, 3))
                said[place:place] = [f"v{version}w{number}x{m}" for m in range(count)]
            if len(said) > 8 and draw(st.booleans()):
                del said[draw(st.integers(0, len(said) - 1))]
        if draw(st.booleans()):
            order.append(order.pop(draw(st.integers(0, 3))))
        states.append([list(words) for words in articles])
        orders.append(list(order))
    return states, orders


@QUIET
@given(lives())
def test_each_word_has_the_label_of_the_version_it_came_in(
    life: tuple[list[list[list[str]]], list[list[int]]],
) -> None:
    """Also when the articles change places and so get other numbers, every time."""
    texts = []
    for state, order in zip(*life, strict=True):
        bodies = (f"## Artikel {n}\n\n{' '.join(state[who])}\n" for n, who in enumerate(order, 1))
        texts.append("\n".join(bodies).encode())
    found = check(provenance([(f"v{n}", text) for n, text in enumerate(texts)]), texts[-1])
    for run in found.runs():
        for word in run.text.split():
            if word.startswith("v"):
                assert run.version == word.partition("w")[0]
    for index, who in enumerate(life[1][-1], 1):
        current = part(found, str(index))
        stood = [order.index(who) + 1 for order in life[1]]
        moves = [
            (f"v{n}", str(stood[n - 1])) for n in range(1, len(stood)) if stood[n] != stood[n - 1]
        ]
        assert [(former.until, former.key) for former in current.formers] == moves


def test_many_versions_of_a_large_text_are_quick() -> None:
    """Ten versions of half a megabyte, a few words changed in each."""
    dice = random.Random(1)
    said = [f"woord{dice.randrange(5000)}" for _ in range(60_000)]
    texts = []
    for version in range(10):
        for n in range(20):
            said[dice.randrange(len(said))] = f"nieuw{version}x{n}"
        rows = [" ".join(said[n : n + 60]) for n in range(0, len(said), 60)]
        lines = [f"## Artikel {n // 5}\n\n1. {row}\n" if n % 5 == 0 else f"{n % 5 + 1}. {row}\n" for n, row in enumerate(rows)]  # fmt: skip
        texts.append("\n".join(lines).encode())
    start = time.perf_counter()
    found = provenance([(str(n), text) for n, text in enumerate(texts)])
    assert time.perf_counter() - start < 30
    check(found, texts[-1])
