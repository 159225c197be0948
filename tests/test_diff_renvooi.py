"""What changed, as people read it on a screen and as programs read it."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from beleidsbeheer.domain.changes import OpKind, compare
from beleidsbeheer.errors import DocumentError
from beleidsbeheer.render.diff.blocks import MARK, TARGET
from beleidsbeheer.render.diff.changes_json import changes_json, exact
from beleidsbeheer.render.diff.lines import seen, tokens
from beleidsbeheer.render.diff.pair import Pair
from beleidsbeheer.render.diff.renumbered import cite, renumbered
from beleidsbeheer.render.diff.renvooi import paragraph_words, renvooi, summary_text
from beleidsbeheer.render.diff.rows import Paragraph, rows
from goldens import golden

PROJECT = Path(__file__).parents[1]

OLD = """+++
titel = "Reglement"
raakt = ["leerlinggegevens"]
+++

# Reglement

## Artikel 1. Doel

Dit reglement beschermt leerlingen.

## Artikel 2. Rechten

1. De school erkent deze rechten:
   - a. recht op inzage;
   - b. recht om bezwaar te maken tegen het gebruik van gegevens;

2. De school antwoordt binnen vier weken na ontvangst.

3. De directeur beslist.

## Artikel 3. Klachten

Een klacht gaat naar de commissie van beroep.

## Artikel 4. Bewaren

De school bewaart *gegevens* twee jaar.

## Artikel 5. Slot

Dit reglement geldt.
"""
NEW = """+++
titel = "Reglement"
raakt = ["leerlinggegevens", "oudergegevens"]
+++

# Reglement

## Artikel 1. Doel

Dit reglement beschermt leerlingen.

## Artikel 3. Klachten

Een klacht gaat naar de commissie van beroep.

## Artikel 2. Rechten

1. De school erkent deze rechten:
   - a. recht op inzage;
   - b. een kopie van alles wat er is;
   - c. recht om bezwaar te maken tegen het gebruik van gegevens;

2. De school antwoordt binnen tien dagen na ontvangst.

3. De directeur beslist.

## Artikel 4. Bewaren

De school bewaart **gegevens**  twee jaar.

## Artikel 6. Slot

Dit reglement geldt.

## Artikel 7. Nieuw

Nog iets.
"""
PIECES = st.sampled_from(
    ["## Artikel 1\n", "## Artikel 2. B\n", "een ", "twee ", "drie ", "\n", "\n\n", " ", "\r\n", "1. ", "- a. ",
     "+++\n", "[-x-]", "{+y+}", "-]", "\u2028", "\x1b[31m", "\u202e", "日本 ", "e\u0301", "\u00a0", "*vet* ", "vet ", "**vet",
     "een-heel-lang-woord-dat-nergens-past-ook-niet-op-een-breed-scherm "]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=25).map(lambda pieces: "".join(pieces).encode())


def pair(old: str | bytes, new: str | bytes) -> Pair:
    first, second = (text.encode() if isinstance(text, str) else text for text in (old, new))
    return Pair("Reglement", "versie 0.1", "werktekst", compare(first, second))


def shown(old: str | bytes, new: str | bytes, width: int = 80, **more: bool) -> str:
    return renvooi(pair(old, new), width, **more)


# --- on the screen -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [80, 40])
def test_as_it_stands_on_a_screen(width: int) -> None:
    golden(f"renvooi-{width}.txt", shown(OLD, NEW, width))


def test_with_everything_and_with_colour() -> None:
    golden("renvooi-alles.txt", shown(OLD, NEW, everything=True))
    golden("renvooi-kleur.txt", shown(OLD, NEW, colour=True))


def test_summary_form() -> None:
    golden("renvooi-samenvatting.txt", summary_text(pair(OLD, NEW), 80))


@pytest.mark.parametrize("width", [80, 40])
def test_the_register_in_this_repository(width: int) -> None:
    folder = PROJECT / "reglement/privacyreglement/versies"
    old, new = ((folder / f"{number}.md").read_bytes() for number in ("0.2", "0.3"))
    told = shown(old, new, width)
    golden(f"renvooi-privacyreglement-{width}.txt", told)
    assert max(map(len, told.splitlines())) <= width


def test_a_renumbered_part_is_told_first() -> None:
    told = " ".join(shown(OLD, NEW).split())
    assert "artikel 2 lid 1 onder b is nu onder c" in told


def test_what_moved_says_from_where_to_where() -> None:
    told = shown(OLD, NEW)
    assert "verplaatst van de plaats na Artikel 1 naar de plaats na Artikel 3" in told
    assert "Artikel 5 → Artikel 6. Slot (vernummerd)" in told


def test_equal_texts() -> None:
    assert shown(OLD, OLD).endswith("\nGeen verschil.\n")


def test_lay_out_and_space_are_counted_and_hidden() -> None:
    told = shown(OLD, NEW)
    assert "**gegevens**" not in told
    assert "Niet getoond: 1 plaats met alleen opmaak. Alles zien kan met --alles." in told.replace(
        "\n", " "
    )
    assert "Verder: 1 plaats met alleen opmaak." in summary_text(pair(OLD, NEW), 80)
    everything = shown(OLD, NEW, everything=True)
    assert "[-*gegevens*-] {+**gegevens**+}" in everything
    assert "Niet getoond" not in everything


def test_only_space_differs() -> None:
    told = shown("# T\n\nEen twee.\n", "# T\n\nEen  twee.\r\n")
    assert "2 plaatsen met alleen witruimte" in told
    assert "[-" not in told
    everything = shown("# T\n\nEen twee.\n", "# T\n\nEen  twee.\r\n", everything=True)
    assert "[-·-] {+··+}" in everything
    assert "{+␍↵+}" in everything


def test_unchanged_paragraphs_and_long_runs_are_left_out() -> None:
    long = " ".join(f"w{n}" for n in range(100))
    told = shown(
        f"## Artikel 1\n\nEen.\n\nTwee {long} eind.\n",
        f"## Artikel 1\n\nEen.\n\nDrie {long} eind.\n",
    )
    assert "Een." not in told
    assert "w11" in told
    assert "w50" not in told
    assert "…" in told


def test_the_lid_of_a_changed_onderdeel_is_named() -> None:
    told = shown(OLD, NEW)
    assert told.index("1. De school erkent deze rechten:") < told.index("{+b. een kopie")


def test_what_is_struck_behind_a_changed_paragraph_stands_by_itself() -> None:
    old = "## Artikel 1\n\n- a. de directeur;\n- b. de commissie voor gegevens.\n\nSlot.\n"
    new = "## Artikel 1\n\n- a. de directeur.\n\nSlot.\n"
    told = shown(old, new)
    assert "  a. de [-directeur;-] {+directeur.+}\n  [-b. de commissie" in told


def test_another_letter_is_no_deletion() -> None:
    old = "## Artikel 1\n\n- a. het verdrag over zee;\n- b. het verdrag over land.\n"
    new = "## Artikel 1\n\n- a. het verdrag over zee (1951);\n- x. het verdrag over land.\n"
    assert "  b. → x. het verdrag over land." in shown(old, new)


def test_an_inserted_lid_begins_at_its_number() -> None:
    old = "## Artikel 1\n\n1. De school vraagt toestemming.\n\n2. Een ouder mag die weigeren.\n"
    new = old.replace("2. Een", "2. Dat gaat schriftelijk.\n\n3. Een")
    told = shown(old, new)
    assert "  {+2. Dat gaat schriftelijk.+}\n  2. → 3. Een ouder mag die weigeren.\n" in told
    assert "artikel 1 lid 2 is nu lid 3" in told


def test_no_address_of_a_link_that_stayed() -> None:
    old = "## Artikel 1\n\nZie de [wet](https://wet.example) van vorig jaar.\n"
    told = shown(old, old.replace("vorig", "dit"))
    assert "Zie de wet van [-vorig-] {+dit+} jaar." in told
    assert "{+(https://wet2.example)+} van" in shown(old, old.replace("//wet.", "//wet2."))


def test_articles_in_a_row_with_another_number() -> None:
    texts = [
        "De school vraagt vooraf toestemming aan ouders voor foto's op de website.",
        "Ouders mogen altijd bezwaar maken bij het bestuur.",
        "Wie een klacht heeft, schrijft een brief aan de commissie.",
        "Dossiers gaan na twee jaar weg.",
    ]
    old = "".join(f"## Artikel {n}\n\n{text}\n\n" for n, text in enumerate(texts, 1))
    new = "".join(f"## Artikel {n}\n\n{text}\n\n" for n, text in enumerate(texts, 3))
    front = "## Artikel 1\n\nIets nieuws.\n\n## Artikel 2\n\nNog wat anders.\n\n"
    assert renumbered(pair(old, front + new).changes) == [
        "de artikelen 1 tot en met 4 zijn nu de artikelen 3 tot en met 6"
    ]
    assert renumbered(pair(OLD, NEW).changes, 0) == [
        "en nog 2 onderdelen kregen een andere plaats of nummer"
    ]


def test_the_explanation_stands_with_its_article() -> None:
    both = pair(OLD, NEW)
    told = renvooi(Pair("R", "oud", "nieuw", both.changes, {"2": "Ouders vroegen hierom."}), 80)
    assert "  Toelichting: Ouders vroegen hierom.\n" in told


# --- never without marks, never steered by a text ------------------------------------------------------------


def test_every_line_has_whole_marks_and_fits() -> None:
    chance = random.Random(4)
    words = ["de", "school", "antwoordt", "verantwoordelijkheid", "日本語", "(a)", "x"]
    for width in (20, 40, 80):
        for _ in range(60):
            old = " ".join(chance.choice(words) for _ in range(chance.randrange(90)))
            new = " ".join(chance.choice(words) for _ in range(chance.randrange(90)))
            for line in shown(
                f"## Artikel 1\n\n{old}\n", f"## Artikel 1\n\n{new}\n", width
            ).splitlines():
                whole(line)
                if " " in line.strip():
                    assert columns(line) <= max(width, 29), line


def columns(line: str) -> int:
    return sum(2 if ord(ch) > 0x2E80 else 1 for ch in line)


def whole(line: str) -> None:
    left = re.sub(r"\[-.*?-\]|\{\+.*?\+\}", "", line)
    assert not re.search(r"\[-|-\]|\{\+|\+\}", left), line


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, TEXTS)
def test_any_two_texts(old: bytes, new: bytes) -> None:
    try:
        both = pair(old, new)
    except DocumentError:  # front matter that is not closed
        return
    for everything in (False, True):
        plain = renvooi(both, 40, everything=everything)
        for line in plain.splitlines():
            assert all(ch.isprintable() for ch in line), line
        assert plain.count("\n") == len(plain.splitlines())
        coloured = renvooi(both, 40, colour=True, everything=everything)
        assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain
    check_json(both)


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, TEXTS)
@example(b"## Artikel 1\nab", b"## Artikel 1\nab\xc2\xa0")
def test_no_word_is_lost_or_out_of_order(old: bytes, new: bytes) -> None:
    try:
        both = pair(old, new)
    except DocumentError:
        return
    for change in both.changes.elements:
        listed = rows(change)
        told = [
            word for row in listed for each in row.both for word in paragraph_words(unmarked(each))
        ]
        for gone, side in ((OpKind.INGEVOEGD, "was"), (OpKind.GESCHRAPT, "wordt")):
            mine = "".join(word.text for word in told if word.state is not gone)
            wanted = [p for row in listed for p in getattr(row, side)]
            letters = "".join(
                seen(word) for p in wanted for run in unmarked(p).runs for word in tokens(run.text)
            )
            assert bare(mine) == bare(letters)


def unmarked(whole: Paragraph) -> Paragraph:
    runs = [run for run in whole.runs if not run.style & (MARK | TARGET)]
    return Paragraph(whole.form, whole.depth, [], runs)


def bare(text: str) -> str:
    """Letters only: what makes a heading or a list is no word, and a space of another kind is lay-out."""
    return re.sub(r"<U\+(?:00A0|2028)>|[\s*_`\[\]#>+\\-]", "", text)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("ab", "ab\u00a0", ["ab"]),
        ("\u00a0ab", "ab", ["ab"]),
        ("een twee", "een\u00a0twee", ["een twee"]),
        ("Doel", "*Doel", ["*Doel"]),  # a mark that nothing closes is one that people see
        ("|Doel|", "|*Doel*|", ["|*Doel*|"]),
        ("**Doel**", "### Doel", ["Doel"]),
        ("1. Doel", "1. *Doel*\u00a0", ["1. Doel"]),
        ("*een*\n\n*twee*", "een\n\ntwee", ["een", "twee"]),
        ("een\u00a0twee", "een\n\ntwee", ["een¶", "twee"]),
        ("een\n\ntwee", "een\u00a0twee", ["een ¶twee"]),
    ],
)
def test_a_paragraph_in_other_markup_is_shown_once(old: str, new: str, told: list[str]) -> None:
    """Also where not one of its words is the same to the byte, as with a space behind its only word."""
    (change,) = pair(f"## Artikel 1\n{old}", f"## Artikel 1\n{new}").changes.elements
    _, *listed = rows(change)
    both = [each for row in listed for each in row.both]
    assert [each.text for each in both] == told
    runs = [run for each in both for run in (*each.mark, *each.runs)]
    assert {run.op for run in runs if run.style != MARK} == {"="}
    assert all(row.linked for row in listed)


def test_what_leads_in_is_shown_once_whatever_its_markup() -> None:
    old = "## Artikel 1\n\n1. Rechten:\n   - a. inzage in iets;\n"
    new = "## Artikel 1\n\n1. Rechten:\u00a0\n   - a. inzage in alles;\n"
    told = shown(old, new, everything=True)
    assert "\n  1. Rechten:\n     a. inzage in [-iets;-] {+alles;+}\n" in told
    assert "opmaak: Artikel 1 1. [-Rechten:-] {+Rechten:<U+00A0>+} - a." in told
    assert told.count("Rechten:") == 3


def test_a_target_that_a_space_broke_is_words() -> None:
    old, new = "## Artikel 1\n\n[wet](a\u00a0b)\n", "## Artikel 1\n\n[wet](a b)\n"
    told = shown(old, new, everything=True)
    assert "  [-[wet](a b)-]\n  {+[wet](a b)+}\n" in told


def test_marks_in_the_text_itself_are_not_ours() -> None:
    told = shown("## Artikel 1\n\nEen.\n", "## Artikel 1\n\nEen. [-weg-] {+erbij+}\n")
    assert "{+[\\-weg-\\] {\\+erbij+\\}+}" in told


def test_a_space_of_another_kind_is_shown_where_it_is_what_changed() -> None:
    old, new = "## Artikel 1\n\nZie lid 2.\n", "## Artikel 1\n\nZie lid\u00a02.\n"
    assert "[-lid 2.-] {+lid<U+00A0>2.+}" in shown(old, new, everything=True)
    assert "{+lid 3.+}" in shown(old, new.replace("2", "3"))


def test_nothing_hidden_reaches_the_terminal() -> None:
    told = shown("## Artikel 1\x1b[2J\n\nEen.\n", "## Artikel 1\x1b[2J\n\nEen. \u202edrow\x07\n")
    assert "\x1b" not in told
    assert "<U+202E>drow<U+0007>" in told


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("14.1.b", "artikel 14 lid 1 onder b"),
        ("13a", "artikel 13a"),
        ("2.betrokkene", "artikel 2 “betrokkene”"),
        ("4:3.2.a.1°", "artikel 4:3 lid 2 onder a onder 1°"),
    ],
)
def test_keys_as_people_cite_them(key: str, words: str) -> None:
    assert cite(key) == words


# --- for programs ----------------------------------------------------------------------------------------------


def check_json(both: Pair) -> None:
    """From the runs in the JSON both texts of every element come back exactly."""
    shape = json.loads(json.dumps(changes_json(both, "oud.md", "nieuw.md")))
    old, new = both.changes.old, both.changes.new
    assert shape["telling"]["elementen"] == len(shape["elementen"]) == len(both.changes.elements)
    for change, element in zip(both.changes.elements, shape["elementen"], strict=True):
        texts = {"oud": "", "nieuw": ""}
        for run in element["stukken"]:
            assert run["tekst"]
            if run["soort"] != "ingevoegd":
                texts["oud"] += run["tekst"]
            if run["soort"] != "geschrapt":
                texts["nieuw"] += run["tekst"]
        (a, b), (c, d) = change.old_span, change.new_span
        assert texts["oud"].encode() == old[max(a - 1, 0) : max(b - 1, 0)]
        assert texts["nieuw"].encode() == new[max(c - 1, 0) : max(d - 1, 0)]


def test_json_shape() -> None:
    both = pair(OLD, NEW)
    check_json(both)
    shape = changes_json(both, "oud.md", "nieuw.md")
    golden("renvooi.json", json.dumps(shape, ensure_ascii=False, indent=2) + "\n")
    assert shape["oud"]["pad"] == "oud.md"
    assert {key for element in shape["elementen"] for key in element} == {
        "soort", "oud_sleutel", "nieuw_sleutel", "oud_kop", "nieuw_kop", "oud_regels", "nieuw_regels",
        "woorden", "onderdelen", "stukken",
    }  # fmt: skip


def test_front_matter_that_comes_or_goes() -> None:
    check_json(pair("# T\n", "+++\ntitel = 'T'\n+++\n\n# T\n"))
    check_json(pair("+++\ntitel = 'T'\n+++\n\n# T\n", "# T\n"))
    (change, *_) = pair("", "Een.\n").changes.elements
    assert "".join(op.text for op in exact(change) if op.kind is OpKind.INGEVOEGD) == "Een.\n"
