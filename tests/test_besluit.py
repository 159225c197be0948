"""An amending decision in words: what it says, and that carrying it out gives the new text, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beleidsbeheer.domain.amendment import AmendmentError, apply, decision
from desk import Capture, Screen

OLD = """+++
titel = "Reglement"
+++

# Reglement

## Artikel 1. Doel

1. Dit reglement regelt het gebruik van gegevens.
2. De school bewaart gegevens vier weken.

## Artikel 2. Rechten

1. Een betrokkene heeft recht op:
   - a. inzage;
   - b. verbetering;
   - c. verwijdering.

## Artikel 3. Slot

De directeur beslist in overige gevallen.
"""


def amended(new: str, old: str = OLD) -> str:
    """The decision, which must give the new text."""
    text = decision(old.encode(), new.encode())
    assert apply(text, old.encode()) == new.encode()
    return text


@pytest.mark.parametrize(
    ("was", "becomes", "words"),
    [
        (
            "vier weken",
            "zes weken",
            "In artikel 1, tweede lid, wordt “vier weken” vervangen door “zes weken”.",
        ),
        ("gegevens vier", "gegevens ten hoogste vier", "ingevoegd “ten hoogste”."),
        (" in overige gevallen", "", "vervalt “in overige gevallen”."),
        (
            "   - b. verbetering;\n",
            "   - b. verbetering van fouten;\n",
            "In artikel 2, eerste lid, onder b,",
        ),
        (
            "\n## Artikel 3. Slot\n\nDe directeur beslist in overige gevallen.\n",
            "",
            "Artikel 3 vervalt.",
        ),
        (
            "\n## Artikel 3.",
            "\n## Artikel 2a. Bezwaar\n\nBezwaar kan altijd.\n\n## Artikel 3.",
            "Na artikel 2 wordt een artikel ingevoegd, luidende:",
        ),
    ],
)
def test_it_speaks_as_drafters_do(was: str, becomes: str, words: str) -> None:
    assert OLD.count(was) == 1
    assert words in amended(OLD.replace(was, becomes))


def test_front_matter_is_replaced_whole() -> None:
    assert "Het kopblok komt te luiden:" in amended(OLD.replace('"Reglement"', '"Beleid"'))


@pytest.mark.parametrize(
    ("old", "new"),
    [("", OLD), (OLD, ""), (OLD, OLD), (OLD, OLD.rstrip("\n")), (OLD, OLD.replace("\n", "\r\n"))],
    ids=["from nothing", "to nothing", "equal", "no final line end", "other line ends"],
)
def test_edges(old: str, new: str) -> None:
    amended(new, old)


PIECES = [
    "## Artikel {n}. Kop\n\n", "1. Eerste lid.\n", "2. Tweede lid met meer woorden.\n", "   - a. eerste;\n",
    "   - b. tweede.\n", "Een alinea.\n", "\n", "```\ncode\n```\n", "| a | b |\n|---|---|\n| 1 | 2 |\n",
    "<div>x</div>\n", "> citaat\n", "tekst zonder regeleinde", "### Kop\n", "“aanhaling”\n", "\r\n", "é ﬁ \u202e\n",
]  # fmt: skip


@st.composite
def regulations(draw: st.DrawFn) -> str:
    numbers = draw(st.lists(st.integers(0, len(PIECES) - 1), max_size=14))
    return "".join(PIECES[each].format(n=place % 5) for place, each in enumerate(numbers))


@settings(deadline=None, max_examples=120, suppress_health_check=list(HealthCheck))
@given(regulations(), regulations())
def test_any_two_texts_have_a_decision(old: str, new: str) -> None:
    amended(new, old)


@settings(deadline=None, max_examples=80, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_any_edit_of_a_regulation_has_a_decision(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(OLD)))
    end = data.draw(st.integers(start, min(len(OLD), start + 80)))
    into = data.draw(
        st.sampled_from(["", "nieuw", "\n", "2. ", "“", "`", "```", "## Artikel 9. X\n"])
    )
    amended(OLD[:start] + into + OLD[end:])


def test_another_text_is_refused() -> None:
    text = decision(OLD.encode(), OLD.replace("vier", "zes").encode())
    with pytest.raises(AmendmentError, match="besluit"):
        apply(text, OLD.replace("directeur", "rector").encode())


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("“vier weken”", "“drie weken”"),
        ("tweede lid", "negende lid"),
        ("vervangen door", "gewisseld met"),
        ("“zes weken”", "“acht weken”"),
    ],
)
def test_a_changed_decision_is_refused(was: str, becomes: str) -> None:
    text = decision(OLD.encode(), OLD.replace("vier", "zes").encode())
    assert was in text
    with pytest.raises(AmendmentError):
        apply(text.replace(was, becomes), OLD.encode())


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=200))
def test_what_is_no_decision_is_told(text: str) -> None:
    with pytest.raises(AmendmentError):
        apply(text, OLD.encode())


def test_on_the_command_line(capsys: Capture, tmp_path: Path) -> None:
    screen = Screen(capsys, tmp_path)
    old, new, text = (tmp_path / name for name in ("oud.md", "nieuw.md", "besluit.md"))
    old.write_text(OLD)
    new.write_text(OLD.replace("vier", "zes"))
    screen.fine("verschil", "--bestanden", old, new, "--vorm", "besluit", "--uit", text)
    assert screen.fine("pas-toe", text, old) == new.read_text()
    screen.fine("pas-toe", text, old, "--uit", tmp_path / "uit.md")
    assert (tmp_path / "uit.md").read_bytes() == new.read_bytes()
    answer = screen.run("pas-toe", text, new)
    assert answer.code == 3
    assert answer.err.startswith("Fout: ")
