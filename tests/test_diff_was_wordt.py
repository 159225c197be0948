"""The table Artikel | Was | Wordt | Toelichting, in its forms."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from beleidsbeheer.render.diff import was_wordt
from test_diff_page import HOSTILE, NEW, OLD, Reader, hostile, pair, regenboog

GOLDEN = Path(__file__).parent / "golden"


def lines(old: str, new: str, **explanations: str) -> list[tuple[str, str, str]]:
    found = was_wordt.table(pair(old, new, **explanations))
    return [(line.artikel, line.was_text, line.wordt_text) for line in found]


@pytest.mark.parametrize("form", ["markdown", "html", "csv"])
def test_table_is_as_agreed(form: str) -> None:
    """Byte for byte. After a wanted change: GOLDEN=new make test."""
    printed: str = getattr(was_wordt, form)(regenboog())
    path = GOLDEN / f"was-wordt.{'md' if form == 'markdown' else form}"
    if os.environ.get("GOLDEN") == "new":
        path.write_text(printed, newline="")
    assert printed == path.read_bytes().decode()


def test_smallest_part_that_changed() -> None:
    found = lines(OLD, NEW)
    assert [line[0] for line in found] == [
        "Gegevens bovenaan",
        "Artikel 1 begrip Betrokkene",
        "Artikel 2 lid 2 onderdeel b",
        "Artikel 2 lid 2 onderdeel b → lid 2 onderdeel c",
        "Artikel 2 lid 3",
        "Artikel 2 lid 4",
        "Artikel 7 → Artikel 2a",
        "Artikel 3 (kop)",
        "Artikel 6. Kosten",
    ]
    told = {artikel: (was, wordt) for artikel, was, wordt in found}
    assert told["Artikel 2 lid 4"] == ("–", "4. Duurt het langer, dan legt de school uit waarom.")
    assert told["Artikel 6. Kosten"][1] == "vervalt"
    assert told["Artikel 2 lid 3"][0].startswith("3. De school antwoordt binnen tien dagen")
    assert "(op de plaats na Artikel 6)" in told["Artikel 7 → Artikel 2a"][0]


def test_text_of_the_article_itself() -> None:
    """What is in no lid or onderdeel is told of the artikel, and only what changed of it."""
    old = "## Artikel 1. A\n\nEen ouder mag vragen om:\n\n- a. inzage.\n\n- b. kopie.\n"
    new = old.replace("Een ouder", "Iedere ouder").replace("kopie", "een kopie")
    assert lines(old, new) == [
        (
            "Artikel 1. A",
            "Een ouder mag vragen om:\n…\nb. kopie.",
            "Iedere ouder mag vragen om:\n…\nb. een kopie.",
        )
    ]


def test_lid_that_became_another_number() -> None:
    old = "## Artikel 1\n\n1. De school vraagt toestemming.\n\n2. Een ouder mag die weigeren.\n"
    new = old.replace("2. Een", "2. Dat gaat schriftelijk, met een brief.\n\n3. Een")
    assert lines(old, new) == [
        ("Artikel 1 lid 2", "–", "2. Dat gaat schriftelijk, met een brief."),
        (
            "Artikel 1 lid 2 → lid 3",
            "2. Een ouder mag die weigeren.",
            "3. Een ouder mag die weigeren.",
        ),
    ]


def test_lid_that_went() -> None:
    old = "## Artikel 1\n\n1. De school vraagt toestemming.\n\n2. Een ouder mag die weigeren.\n"
    assert lines(old, old.partition("2.")[0]) == [
        ("Artikel 1 lid 2", "2. Een ouder mag die weigeren.", "vervalt")
    ]


def test_nothing_to_tell() -> None:
    assert lines(OLD, OLD) == []
    assert "Geen enkel woord is anders." in was_wordt.markdown(pair(OLD, OLD))
    assert "geen enkel woord is anders" in was_wordt.html(pair(OLD, OLD))
    only_space = was_wordt.markdown(pair(OLD, OLD.replace("binnen tien", "binnen  tien")))
    assert "Niet in de tabel: 1 stuk waar alleen de opmaak of de witruimte verschilt." in only_space


def test_explanation_stands_once() -> None:
    told = [line.toelichting for line in was_wordt.table(regenboog())]
    assert [each for each in told if each] == ["Ouders vroegen om een gratis kopie."]


def test_words_are_marked_in_both_cells() -> None:
    page = was_wordt.html(regenboog())
    marked = [text for _, text in Reader(page).marked]
    assert "geschrapt: [−tien] (einde geschrapt) " in marked
    assert "ingevoegd: [+veertien] (einde ingevoegd) " in marked
    assert "binnen ~~tien~~ dagen" in was_wordt.markdown(regenboog())
    assert "binnen **veertien** dagen" in was_wordt.markdown(regenboog())


def test_hostile_text_is_no_markdown() -> None:
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(was_wordt.markdown(hostile()))
    inside = [child for token in tokens for child in token.children or ()]
    own = {"text", "text_special", "strong_open", "strong_close", "s_open", "s_close"}
    # the only HTML is our own line break in a cell
    assert {child.type for child in inside} <= own | {"html_inline"}
    assert {child.content for child in inside if child.type == "html_inline"} <= {"<br>"}
    heads = sum(token.type == "th_open" for token in tokens)
    cells = sum(token.type == "td_open" for token in tokens)
    assert (heads, cells) == (4, 4 * len(was_wordt.table(hostile())))


def test_hostile_text_is_no_formula() -> None:
    old = "## Artikel 1\n\n1. een zin\n\n2. nog een zin\n"
    new = old.replace("1. een zin", '=HYPERLINK("http://x.example")\n\n1. een zin').replace(
        "nog", "@nog"
    )
    for each in (hostile(), pair(old, new, _1="=1+1"), pair(old, "## =1+1\n\n-1\n", _1="+1")):
        read = list(csv.reader(io.StringIO(was_wordt.csv(each), newline="")))
        assert {len(row) for row in read} == {4}
        assert not [
            c for row in read for c in row if c.startswith(("=", "+", "-", "@", "\t", "\r"))
        ]


def test_csv_holds_the_whole_text() -> None:
    read = list(csv.reader(io.StringIO(was_wordt.csv(hostile()), newline="")))
    assert read[0] == ["Artikel", "Was", "Wordt", "Toelichting"]
    assert any(HOSTILE in cell for row in read for cell in row)
