"""Any two texts: each comes back from the changes, byte for byte."""

from __future__ import annotations

import random
import re
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beleidsbeheer.domain.changes import (
    Change,
    ChangeKind,
    Changes,
    Nature,
    OpKind,
    compare,
    origins,
    parts,
)
from beleidsbeheer.domain.document import parse
from beleidsbeheer.errors import DocumentError

WORDS = [
    "de",
    "school",
    "het",
    "bestuur",
    "antwoordt",
    "binnen",
    "tien",
    "dagen",
    "na",
    "ontvangst",
    "van",
    "een",
    "verzoek,",
    "ouders.",
    "(b)",
    "3,5",
    "*vet*",
    "_schuin_",
]

PIECES = st.sampled_from(
    ["## Artikel 1\n", "## Artikel 2. B\n", "### Artikel 1\n", "## Hoofdstuk 1\n", "# T\n", "een ",
     "twee ", "\n", "\n\n", " ", "\r", "\r\n", "1. ", "- a. ", "+++\n", "a = 1\n", "[x]: y\n", "\u2028",
     "```\n", "===\n", "---\n", "<div>\n", "<!--\n", "  ## Artikel 3\n", "| a | b |\n", "[^1]: noot\n",
     "**drie** ", "\u00a0", "é", "~~~\n", "> "]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=25).map(lambda pieces: "".join(pieces).encode())
QUIET = settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])


def check(old: bytes, new: bytes) -> Changes:
    """Compare both, and look at all that must hold for any result."""
    changes = compare(old, new)
    assert (changes.old, changes.new) == (old, new)
    assert changes.rebuild_old() == old
    assert changes.rebuild_new() == new
    assert bool(changes.elements) == (old != new)
    for change in changes.elements:
        look(change)
    for change in changes.elements:
        parts(change)
    origins(changes)
    return changes


def look(change: Change) -> None:
    operations = change.operations
    old = "".join(op.text for op in operations if op.kind is not OpKind.INGEVOEGD)
    new = "".join(op.text for op in operations if op.kind is not OpKind.GESCHRAPT)
    a, b = change.old_span
    c, d = change.new_span
    assert change.before.data[a:b] == old.encode()
    assert change.after.data[c:d] == new.encode()
    assert all(op.text for op in operations)
    assert change.kinds
    assert change.kind
    struck = [
        op for op in operations if op.kind is OpKind.GESCHRAPT and op.nature is Nature.WOORDEN
    ]
    assert sum(len(op.text.encode().split()) for op in struck) == change.struck_words
    assert len(change.old_lines) >= bool(change.old) * (a < b)
    assert change.old_heading or not change.old
    assert change.new_heading or not change.new


@QUIET
@given(TEXTS, TEXTS)
def test_any_pieces_come_back(old: bytes, new: bytes) -> None:
    try:
        check(old, new)
    except DocumentError:
        assert b"+++" in old + new


@QUIET
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_comes_back(old: str, new: str) -> None:
    with suppress(DocumentError):
        check(old.encode("utf-8", "replace"), new.encode("utf-8", "replace"))


@QUIET
@given(st.binary(max_size=20), st.binary(max_size=20))
def test_bytes_that_are_no_text_are_refused_in_words(old: bytes, new: bytes) -> None:
    for data, path in ((old, "oud"), (new, "nieuw")):
        try:
            parse(data, path)
        except DocumentError as error:
            if "TOML" in str(error) or "moet een" in str(error):
                return
            with pytest.raises(DocumentError, match=re.escape(str(error))):
                compare(old, new)
            return
    check(old, new)


def document(rng: random.Random, articles: int = 8) -> list[list[str]]:
    """A document as lines of words."""
    lines: list[list[str]] = [["#", "Reglement"], []]
    for number in range(1, articles + 1):
        lines += [["##", "Artikel", f"{number}."], []]
        for lid in range(1, rng.randint(2, 5)):
            lines += [[f"{lid}.", *rng.choices(WORDS, k=rng.randint(3, 40))], []]
    return lines


def edited(rng: random.Random, lines: list[list[str]]) -> list[list[str]]:
    """Some words, lines and runs of lines changed, gone, repeated or moved."""
    lines = [line.copy() for line in lines]
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(len(lines))
        upto = min(len(lines), at + rng.randint(1, 9))
        match rng.randrange(5):
            case 0:
                lines[at].insert(rng.randint(0, len(lines[at])), rng.choice(WORDS))
            case 1 if lines[at]:
                del lines[at][rng.randrange(len(lines[at]))]
            case 2:
                del lines[at:upto]
                lines = lines or [[]]
            case 3:
                lines[at:at] = lines[at:upto]
            case _:
                run = lines[at:upto]
                del lines[at:upto]
                place = rng.randint(0, len(lines))
                lines[place:place] = run
    return lines


def joined(lines: list[list[str]], end: str = "\n", last: str = "\n") -> bytes:
    return (end.join(" ".join(line) for line in lines) + last).encode()


@QUIET
@given(
    st.randoms(use_true_random=False),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["", "\n"]),
)
def test_edited_documents_come_back(rng: random.Random, end: str, last: str) -> None:
    lines = document(rng, 4)
    check(joined(lines, end, last), joined(edited(rng, lines), rng.choice(["\n", end]), last))


# --- bytes and line ends -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"goed\nf\xffout", "nieuw:2: byte 7"),
        (b"a\0b", "nieuw:1: byte 2"),
        (b"\xef\xbb\xbfa", "byte order mark"),
        (b"+++\na = 1\n", "wordt niet afgesloten"),
        (b"a" * (10 * 1024 * 1024 + 1), "10 MiB"),
    ],
)
def test_what_is_no_text_is_named(data: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        compare(b"goed\n", data)
    with pytest.raises(DocumentError, match=message.replace("nieuw", "oud")):
        compare(data, b"goed\n")


TEXT = b"""# Reglement

## Artikel 1. Doel

Dit reglement regelt hoe de school met gegevens van leerlingen omgaat.

## Artikel 2. Rechten

1. De school antwoordt binnen tien dagen op een schriftelijk verzoek.

2. Tegen een besluit kunnen ouders bezwaar maken bij het bestuur.
"""


def kinds(old: bytes, new: bytes) -> list[str]:
    return [change.kind for change in check(old, new).elements]


def test_equal_texts() -> None:
    assert kinds(TEXT, TEXT) == kinds(b"", b"") == []
    assert compare(TEXT, TEXT).elements == ()


def test_white_space_is_told_apart() -> None:
    crlf = TEXT.replace(b"\n", b"\r\n")
    assert set(kinds(TEXT, crlf)) == {"alleen witruimte"}
    assert kinds(TEXT, TEXT.rstrip()) == ["alleen witruimte"]
    assert kinds(TEXT, TEXT.replace(b"tien dagen", b"tien\ndagen")) == ["alleen witruimte"]
    (change,) = compare(TEXT, TEXT.replace(b"tien dagen", b"tien\ndagen")).elements
    assert [(op.kind, op.text, op.nature) for op in change.operations[1:3]] == [
        (OpKind.GESCHRAPT, " ", Nature.WITRUIMTE),
        (OpKind.INGEVOEGD, "\n", Nature.WITRUIMTE),
    ]
    assert [op.kind for op in change.runs(space=False)] == [OpKind.GELIJK]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tien dagen", "**tien** dagen"),
        ("tien dagen", "_tien dagen_"),
        ("tien dagen", "tien\u00a0dagen"),
        ("## Artikel 2", "### Artikel 2"),
        ("tien dagen", "`tien` *dagen*"),
    ],
)
def test_markup_is_told_apart(old: str, new: str) -> None:
    other = TEXT.replace(old.encode(), new.encode())
    assert kinds(TEXT, other) == kinds(other, TEXT) == ["alleen opmaak"]
    (change,) = compare(TEXT, other).elements
    assert change.struck_words == change.inserted_words == 0
    assert {nature for _, _, nature in change.places()} == {Nature.OPMAAK}


@pytest.mark.parametrize(
    ("old", "new"),
    [("tien dagen", "10*1 dagen"), ("tien dagen", "ti_en dagen"), ("tien dagen", "tien, dagen")],
)
def test_marks_inside_words_are_words(old: str, new: str) -> None:
    other = TEXT.replace(old.encode(), new.encode())
    assert kinds(TEXT, other) == ["gewijzigd"]


def test_words_and_numbers_stay_whole() -> None:
    (change,) = compare(TEXT, TEXT.replace(b"tien dagen", b"1.250,50 euro")).elements
    assert [place[:2] for place in change.places()] == [("tien dagen", "1.250,50 euro")]
    assert (change.struck_words, change.inserted_words) == (2, 2)
    assert (change.old_key, change.new_key) == ("2", "2")
    assert (change.old_lines, change.new_lines) == (range(7, 12), range(7, 12))


def test_small_words_make_no_islands() -> None:
    old = TEXT.replace(b"schriftelijk verzoek", b"brief of elk bericht van wie dat wil en kan")
    new = TEXT.replace(
        b"schriftelijk verzoek", b"aanvraag met grote haast van hen die erom komen vragen"
    )
    (change,) = compare(old, new).elements
    assert len(list(change.places())) == 1


def test_what_comes_begins_where_a_sentence_does() -> None:
    new = TEXT.replace(b"2. Tegen", b"2. Tegen spraak is er niets.\n\n3. Tegen")
    (change,) = compare(TEXT, new).elements
    assert (
        [place[:2] for place in change.places()]
        == [("", "2. Tegen spraak is er niets.\n\n"), ("2.", "3.")]
        or [place[0] for place in change.places()] == ["", "2."]
        or len(list(change.places())) <= 2
    )


# --- headings that are none ----------------------------------------------------------------------

FENCE = b"```\n## Artikel 9. Geen artikel\n\nmaar code van een voorbeeld\n```\n\n"
COMMENT = b"<!--\n\n## Artikel 9. Geen artikel\n\nmaar een opmerking van de schrijver\n-->\n\n"
BLOCK = b"<div>\n## Artikel 9. Geen artikel, maar een blok van HTML\n</div>\n\n"
LIST = b"- a. een lijst met\n\n  ## Artikel 9. Geen artikel\n\n  maar deel van een onderdeel\n\n"


@pytest.mark.parametrize("block", [FENCE, COMMENT, BLOCK, LIST])
def test_headings_in_other_blocks_open_nothing(block: bytes) -> None:
    new = TEXT.replace(b"## Artikel 2", block + b"## Artikel 2")
    (change,) = check(TEXT, new).elements
    assert (change.old_key, change.new_key, change.kind) == ("1", "1", "gewijzigd")
    (change,) = check(new, new.replace(b"maar", b"doch")).elements or check(new, new[:-2]).elements
    assert change.old_key in ("1", "2")


@pytest.mark.parametrize("heading", [b"  ## Artikel 2. Rechten\n", b"Artikel 2. Rechten\n---\n"])
def test_odd_headings_count_where_something_changed(heading: bytes) -> None:
    old = TEXT.replace(b"## Artikel 2. Rechten\n", heading)
    (change,) = check(old, old.replace(b"tien", b"vijf")).elements
    assert (change.old_key, change.new_key) == ("2", "2")


def test_front_matter_is_one_element() -> None:
    old = b'+++\ntitel = "A"\n# geen kop\n+++\n\n' + TEXT
    (change,) = check(old, old.replace(b'"A"', b'"B"')).elements
    assert (change.old_heading, change.kind, change.old_key) == ("Kopblok", "gewijzigd", "")
    assert kinds(TEXT, old) == ["nieuw", "nieuw"] or kinds(TEXT, old) == ["nieuw"]
    check(old, old.replace(b"\n", b"\r\n"))


@pytest.mark.parametrize("heading", ["##\n", "\u2028\n===\n", "## #\n"])
def test_a_heading_without_words_has_a_name(heading: str) -> None:
    *_, change = check(b"", heading.encode()).elements
    assert change.new_heading == "Kop zonder tekst"


# --- sizes ---------------------------------------------------------------------------------------

MEGABYTE = 1024 * 1024


def noise(seed: int, size: int = MEGABYTE) -> bytes:
    rng = random.Random(seed)
    words = [f"w{n}" for n in range(5_000)]
    return (" ".join(rng.choices(words, k=size // 6)) + "\n").encode()


def many(piece: str, size: int = MEGABYTE) -> bytes:
    return (piece * (size // len(piece))).encode()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(many("de school en het bestuur "), many("het bestuur en de school "), id="boilerplate"),
        pytest.param(
            many("## Artikel 1\n\nde school en het bestuur\n\n"),
            many("## Artikel 1\n\nhet bestuur en de school\n\n"),
            id="one article",
        ),
        pytest.param(noise(1), noise(2), id="unrelated"),
        pytest.param(noise(3).replace(b" w1 ", b"\n"), noise(4).replace(b" w2 ", b"\n\n"), id="unrelated lines"),
        pytest.param(
            b"\n".join(b"## Artikel %d\n\n" % n + noise(n, 500) for n in range(2_000)),
            b"\n".join(b"## Artikel %d\n\n" % n + noise(n, 500) for n in reversed(range(2_000))),
            id="backwards",
        ),
        pytest.param(
            b"\n".join(noise(5).splitlines()[0].split(b" ")),
            b"\n".join(noise(5).splitlines()[0].split(b" ")[::-1]),
            id="words backwards",
        ),
        pytest.param(many("#\n", 60_000), many("# a\n", 60_000), id="empty headings"),
        pytest.param(many("a\n---\n", 60_000), many("b\n---\n", 60_000), id="underlined"),
        pytest.param(many("<", 500_000), many("\n<a\n", 500_000), id="html"),
        pytest.param(many("a \t"), many("a\n \n"), id="white space"),
        pytest.param(many("*_"), many("_*"), id="marks"),
    ],
)  # fmt: skip
def test_hostile_sizes_come_back(old: bytes, new: bytes) -> None:
    changes = compare(old, new)
    assert changes.rebuild_old() == old
    assert changes.rebuild_new() == new


def test_one_line_of_five_megabytes() -> None:
    old = noise(6, 5 * MEGABYTE)
    words = old.split(b" ")
    for place in range(100, len(words), 9_000):
        words[place] = b"ander"
    new = b" ".join(words)
    changes = compare(old, new)
    assert changes.rebuild_new() == new
    assert changes.rebuild_old() == old
    assert sum(change.struck_words for change in changes.elements) < 3_000


def test_coarse_is_said() -> None:
    changes = compare(many("a b "), many("b b a "))
    assert changes.coarse
    assert {kind for change in changes.elements for kind in change.kinds} == {ChangeKind.GEWIJZIGD}


# --- where a change begins -----------------------------------------------------------------------


def marked(old: bytes, new: bytes) -> str:
    """The one change between two texts, with [-struck-] and {+inserted+}."""
    (change,) = check(old, new).elements
    shapes = {
        OpKind.GELIJK: "{}",
        OpKind.GESCHRAPT: "[-{}-]",
        OpKind.INGEVOEGD: "{{+{}+}}",
    }
    return "".join(shapes[op.kind].format(op.text) for op in change.operations)


ITEMS = (
    b"## Artikel 4. Doelen\n\nDe school verwerkt gegevens voor:\n\n- a. het geven van onderwijs;\n"
    b"- b. het innen van de bijdrage;\n- c. het houden van contact.\n"
)


def test_an_onderdeel_that_comes_begins_at_its_mark() -> None:
    new = ITEMS.replace(b"- b. het innen", b"- b. het toetsen;\n- c. het innen")
    new = new.replace(b"- c. het houden", b"- d. het houden")
    assert marked(ITEMS, new).endswith(
        "- a. het geven van onderwijs;\n{+- b. het toetsen;\n+}- [-b.-]{+c.+} het innen van de bijdrage;\n"
        "- [-c.-]{+d.+} het houden van contact.\n"
    )
    assert marked(new, ITEMS).endswith(
        "- a. het geven van onderwijs;\n[-- b. het toetsen;\n-]- [-c.-]{+b.+} het innen van de bijdrage;\n"
        "- [-d.-]{+c.+} het houden van contact.\n"
    )


def test_a_lid_that_comes_begins_at_its_number() -> None:
    old = b"## Artikel 4\n\n1. Een lek wordt gemeld.\n\n2. Het bestuur houdt een register.\n"
    new = old.replace(b"2. Het", b"2. De directeur tekent.\n\n3. Het")
    assert marked(old, new).endswith(
        "gemeld.\n\n{+2. De directeur tekent.\n\n+}[-2.-]{+3.+} Het bestuur houdt een register.\n"
    )


def test_a_sentence_that_comes_begins_behind_the_one_before() -> None:
    old = b"## Artikel 4\n\nDe school meldt het. De school antwoordt.\n"
    new = b"## Artikel 4\n\nDe school meldt het. De school vraagt om een brief. De school antwoordt.\n"
    assert marked(old, new).endswith(
        "De school meldt het. {+De school vraagt om een brief. +}De school antwoordt.\n"
    )


def test_nothing_is_no_element() -> None:
    assert [change.kind for change in check(b"", TEXT).elements] == ["nieuw"] * 3
    assert [change.kind for change in check(TEXT, b"").elements] == ["vervallen"] * 3


def test_words_that_become_a_link_are_no_other_words() -> None:
    link = TEXT.replace(b"schriftelijk verzoek", b"[schriftelijk verzoek](brief.md)")
    assert link != TEXT
    for old, new in ((TEXT, link), (link, TEXT)):
        assert kinds(old, new) == ["alleen opmaak"]
    other = link.replace(b"brief.md", b"formulier.md")
    assert kinds(link, other) == ["gewijzigd"]
