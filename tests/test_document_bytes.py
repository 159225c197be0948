"""The bytes of a regulation: they come back as they were, or are refused with file and line."""

from __future__ import annotations

import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beleidsbeheer.domain.document import MAX_BYTES, Document, parse, print_document
from beleidsbeheer.errors import DocumentError

SAMPLE = """\
+++
titel = "Proef"
eigenaar = {naam = "bestuur"}
+++

# Proefreglement

## Artikel 1. Kop

1. Lid:
   - a. onderdeel

#### Tussenkop

- streepje
"""


def read(text: str) -> Document:
    return parse(text.encode("utf-8"))


# --- bytes -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_are_kept_and_mean_the_same(end: str) -> None:
    text = SAMPLE.split("+++\n\n", 1)[1]
    document = parse(text.replace("\n", end).encode("utf-8"))
    assert document.elements == read(text).elements
    assert print_document(document) == text.replace("\n", end).encode("utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "  \n\n",
        "tekst",
        "## Artikel 1\n\n1. zonder laatste regeleinde",
        "+++\r\ntitel = 'x'\r\n+++\r\n\r\n# T\r\n",
        "+++\n+++",
        "+++ \n+++\t\n\n\n",
        "\n\n## Artikel 1\n",
        "[a]: b\n\n## Artikel 1\n",
        "[a]: b\n",
        "## Artikel 1\n\n1. a\n\u2028\x0b\x0c\x85\n",
        "- - - 1. a\n",
        "1. - a. b\n   - c\n",
    ],
)
def test_prints_back_what_it_read(text: str) -> None:
    assert print_document(read(text)) == text.encode("utf-8")


FRAGMENTS = st.sampled_from(
    "+++|# T|## Artikel 7. Kop|### Artikel 8a|## Hoofdstuk 2|### Tussenkop|## Bijlage|1. lid|2) lid"
    "|- a. x|- b) y|- 1°. z|- **Term** t|-|*|> q|```|~~~|<!--|-->|<div>|---|===|\\|a\\|b\\||\\|-\\|-\\|"
    "|[a]: b|\t|  |   |    |tekst|é\u2028|\x0b|- - 1. x".replace("\\|", "\0").split("|")
).map(lambda piece: piece.replace("\0", "|"))
TEXTS = st.lists(
    st.tuples(
        st.sampled_from(["", " ", "  ", "   ", "     ", "\t"]),
        FRAGMENTS | st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=8),
        st.sampled_from(["\n", "\n\n", "\r\n", "\r", ""]),
    ).map("".join),
    max_size=30,
).map("".join)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_any_text_prints_back_and_every_line_is_somewhere_once(text: str) -> None:
    if text.startswith(("\ufeff", "+++")):
        text = "x" + text
    document = read(text)
    assert print_document(document) == text.encode("utf-8")
    lines = [number for element in document.walk() for number in element.own_lines]
    assert lines == list(range(document.front.last_line + 1, len(document.lines) + 1))
    for element in document.walk():
        assert element.first_line <= element.last_line
        starts = [child.first_line for child in element.children]
        assert starts == sorted(set(starts))
    keys = [element.key for element in document.walk() if element.key]
    assert len(keys) == len(set(keys))


# --- front matter ----------------------------------------------------------------------------------


def test_front_matter_keeps_what_it_does_not_know() -> None:
    front = read(SAMPLE).front
    assert (front.titel, front.citeertitel, front.raakt) == ("Proef", "", ())
    assert front.extra == {"eigenaar": {"naam": "bestuur"}}
    assert front.last_line == 5


def test_front_matter_stands_at_the_very_top_or_is_text() -> None:
    document = read("\n+++\ntitel = 'x'\n+++\n")
    assert document.front.titel == ""
    assert print_document(document) == document.source


@pytest.mark.parametrize(
    ("data", "place", "words"),
    [
        (b"tekst\ncaf\xe9\n", "r.md:2:", "byte 10 van het bestand (0xe9) is geen UTF-8"),
        (b"\xff\xfea\0", "r.md:1:", "byte 1 van het bestand (0xff) is geen UTF-8"),
        (b"een\r\ntwee\rdrie \xc3", "r.md:3:", "byte 16 van het bestand (0xc3) is geen UTF-8"),
        (b"\xef\xbb\xbf# Titel\n", "r.md:1:", "byte order mark"),
        (b"a\nb\nc\0d\n", "r.md:3:", "byte 6 van het bestand is een NUL-byte"),
        (b"+++\ntitel = 'x'\n", "r.md:1:", "wordt niet afgesloten"),
        (b"+++\n" + b"#" * 70_000 + b"\n+++\n", "r.md:1:", "wordt niet afgesloten"),
        (b"+++\ntitel = 'x'\nraakt = [oeps]\n+++\n", "r.md:3:", "geen goede TOML (kolom 10)"),
        (b"+++\nraakt = [\n+++\n", "r.md:2:", "geen goede TOML"),
        (b"+++\na = 1\na = 2\n+++\n", "r.md:3:", "geen goede TOML"),
        (b"+++\na = " + b"[" * 60_000 + b"\n+++\n", "r.md:", "geen goede TOML"),
        (b"+++\na = " + b"9" * 5_000 + b"\n+++\n", "r.md:", "geen goede TOML"),
        (b"+++\n\ntitel = 7\n+++\n", "r.md:3:", "'titel' moet een tekst"),
        (b"+++\nciteertitel = []\n+++\n", "r.md:2:", "'citeertitel' moet een tekst"),
        (b"+++\nraakt = 'alles'\n+++\n", "r.md:2:", "'raakt' moet een lijst van teksten"),
        (b"+++\nraakt = [1]\n+++\n", "r.md:2:", "'raakt' moet een lijst van teksten"),
        (b"+++\n[raakt]\nx = 1\n+++\n", "r.md:2:", "'raakt' moet een lijst van teksten"),
        (b"a" * (MAX_BYTES + 1), "r.md:", "10 MiB"),
    ],
)
def test_refuses_and_says_where(data: bytes, place: str, words: str) -> None:
    with pytest.raises(DocumentError) as refusal:
        parse(data, "r.md")
    assert refusal.value.message.startswith(place)
    assert words in refusal.value.message
    assert refusal.value.hint


# --- hostile sizes ---------------------------------------------------------------------------------

MEGABYTE = 1_000_000


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("- " * (MEGABYTE // 2) + "x", id="lists in one line"),
        pytest.param(">" * MEGABYTE, id="quotes in one line"),
        pytest.param("".join(" " * 2 * n + "- a\n" for n in range(1000)), id="a staircase"),
        pytest.param("[" * MEGABYTE, id="brackets"),
        pytest.param("![](" * (MEGABYTE // 4), id="links"),
        pytest.param("*_`<" * (MEGABYTE // 4), id="inline marks"),
        pytest.param("woord " * (5 * MEGABYTE // 6), id="one line of 5 MB"),
        pytest.param("|" * MEGABYTE + "\n" + "|-" * MEGABYTE + "\n", id="a wide table"),
        pytest.param("<!--\n\n" * (MEGABYTE // 6), id="open comments"),
        pytest.param("\n" * MEGABYTE, id="blank lines"),
    ],
)
def test_hostile_text_is_read_and_prints_back(text: str) -> None:
    document = read(text)
    assert print_document(document) == text.encode("utf-8")


@pytest.mark.parametrize(
    "piece", ["- a. x\n", "[a]: b\n", "1. x\n", "> x\n\n", "## Artikel 7\n", "a\n", "- x\n+ x\n"]
)
def test_work_is_linear_in_size(piece: str) -> None:
    """Counted in calls of Python functions, which no busy machine changes."""

    def calls(size: int) -> int:
        text = (piece * (size // len(piece))).encode()
        count = 0

        def note(_frame: object, event: str, _about: object) -> None:
            nonlocal count
            count += event in {"call", "c_call"}

        sys.setprofile(note)
        try:
            parse(text)
        finally:
            sys.setprofile(None)
        return count

    calls(1_000)
    assert calls(50_000) < 8 * calls(10_000)  # 5 times as much; quadratic would be 25
