"""The tables as an organisation wants them, against hostile text, on the command line and in a browser."""

from __future__ import annotations

import csv
import io
import json
import re
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from acts import PEOPLE, POLICY, Way, rules, text
from beleidsbeheer.domain.settings import COLUMNS, PROFILES
from beleidsbeheer.render import forms
from beleidsbeheer.render.history import HistoryTables
from beleidsbeheer.render.history_json import tables_json
from beleidsbeheer.render.tables import Table, as_tables, in_profile
from desk import Capture, Screen, begun
from programs import needs
from test_tables import HtmlPage, overflow
from test_tables_acts import FORMS, RULES, cvdr, record, shown, told, whole_life


@pytest.fixture(scope="module")
def life() -> HistoryTables:
    return told(whole_life())


# --- what the organisation wants ---------------------------------------------------------------------------


def styled(more: str) -> HistoryTables:
    """A short life in a school that wants its tables like this."""
    school = Way.ready(rules(f"[tabel]\n{more}"), "personeelsgegevens")
    school.adopted("0.1")
    return told(school)


def test_profile_of_the_organisation_is_the_usual_one() -> None:
    history = styled('profiel = "kort"')
    assert in_profile(history) == in_profile(history, "kort")
    assert in_profile(history, "cvdr") != in_profile(history)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("profile", PROFILES)
def test_own_columns_and_heads_in_every_form(profile: str, form: str) -> None:
    heads = "[tabel.kopjes]\nversie = 'Vers.'\nstatus = 'Waar het staat'"
    printed = shown(
        styled(f'profiel = "{profile}"\nkolommen = ["status", "versie"]\n{heads}'), profile, form
    )
    assert printed.index("Waar het staat") < printed.index("Vers.")
    assert not re.search("Auteur|Betreft|Instemming", printed)


def test_columns_are_those_of_the_own_profile_only() -> None:
    """Columns chosen for one profile would spoil another; heads go with a column wherever it is shown."""
    heads = '[tabel.kopjes]\ninwerking = "Gaat in"'
    history = styled(f'profiel = "kennisnet"\nkolommen = ["versie"]\n{heads}')
    versions, adoptions = as_tables(history)
    assert versions.head == ("Versie",)
    assert adoptions.head[-1] == "Gaat in"
    assert cvdr(history).head[:2] == ("Gaat in", "Terugwerkende kracht tot en met")
    assert any(line.startswith("Gaat in: ") for line in record(history, "0.1"))


def test_no_setting_changes_json() -> None:
    def plain(more: str) -> str:
        return re.sub(r"[0-9a-f]{64}", "", json.dumps(tables_json(styled(more))))

    heads = "[tabel.kopjes]\nversie = 'V'"
    assert plain(f'profiel = "kort"\nkolommen = ["versie"]\n{heads}') == plain("")


@pytest.mark.parametrize("profile", PROFILES)
def test_every_column_can_be_shown_of_every_version(profile: str) -> None:
    """Also of a version that is only on paper, and of a repeal."""
    columns = ", ".join(f'"{each}"' for each in COLUMNS)
    style = f'\n[tabel]\nprofiel = "{profile}"\nkolommen = [{columns}]\n'
    history = told(whole_life(RULES + style.encode()))
    for form in FORMS:
        assert shown(history, profile, form)
    first = in_profile(history)[0]
    if isinstance(first, Table):
        assert {len(row) for row in first.rows} == {len(COLUMNS)}
    else:
        assert {label for each in first.records for label, _ in each} >= {"Omschrijving", "Betreft"}


@pytest.mark.parametrize(("column", "marked"), [("auteur", 0), ("status", 0), ("betreft", 1)])
def test_taken_over_is_marked_whatever_the_columns(column: str, marked: int) -> None:
    school = Way.begun(*PEOPLE, rules=rules(f'[tabel]\nkolommen = ["datum", "{column}"]'))
    school.take_over("0.1")
    (row,) = as_tables(told(school))[0].rows
    assert [cell.endswith("*") for cell in row] == [marked == 0, marked == 1]


# --- hostile text ------------------------------------------------------------------------------------------

HOSTILE = (
    "<script>alert(1)</script><b onclick=x()> | **vet** | `code` &amp; &lt; [x](javascript:alert(1))"
    " ![x](http://x.example/x.png) ~~weg~~ $x$ \\ # kop -->"
)
SHORT = HOSTILE[:100]
FORMULA = '=HYPERLINK("http://x.example","x")'
WHERE = "https://x.example/|**vet**|[x](y)&amp;_a_~~b~~?a=b&lt=1"


@pytest.fixture(scope="module")
def hostile() -> HistoryTables:
    """A life in which every field that takes text has hostile text, and every head too."""
    heads = "\n".join(f"{each} = {json.dumps(FORMULA + SHORT)}" for each in COLUMNS)
    own = rules(f"[tabel.kopjes]\n{heads}").replace(
        b'"De Proefschool"', json.dumps(HOSTILE).encode()
    )
    school = Way.begun(*PEOPLE, rules=own)
    name = json.dumps(FORMULA + HOSTILE)
    school.files["approvals/namen.toml"] = f"[personen]\nbestuur = {name}\n".encode()
    school.day = "2026-01-02"
    body = text().replace(b'"Privacyreglement"', json.dumps(HOSTILE).encode())
    school.register("0.1", body, omschrijving=FORMULA + HOSTILE)
    asked = [("personeel", HOSTILE), *school.required(school.topics("0.1"))]
    school.take_back(school.submit("0.1", required=asked), reden=HOSTILE)
    school.day = "2026-01-03"
    school.submit("0.1", required=asked, gevolgen="anders")
    conditions = [HOSTILE, FORMULA]
    school.consent("0.1", "personeel", "onder-voorwaarden", voorwaarden=conditions, kenmerk=SHORT)
    school.consent("0.1", "personeel", kenmerk=FORMULA)
    school.consent("0.1", "ouders", "niet-ingestemd", kenmerk=SHORT)
    school.permit("0.1", "ouders", kenmerk=SHORT)
    school.day = "2026-02-01"
    back: dict[str, Any] = {
        "terugwerkend_tot": "2026-02-01",
        "reden": HOSTILE,
        "besluitnummer": FORMULA,
    }
    school.adopt("0.1", "2026-03-01", **back)
    school.publish("0.1", waar=WHERE)
    school.day = "2026-03-02"
    school.review("0.1", besluitnummer=SHORT)
    school.contest("0.1", reden=HOSTILE, kenmerk=SHORT)
    school.repeal("0.1", "2026-12-01", reden=HOSTILE, besluitnummer=FORMULA)
    return told(school)


_SAFE_TAGS = {
    "html",
    "head",
    "meta",
    "title",
    "link",
    "style",
    "body",
    "h1",
    "h2",
    "p",
    "div",
    "ul",
    "li",
    "span",
}
_SAFE_TAGS |= {"table", "caption", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd"}


@pytest.mark.parametrize("profile", PROFILES)
def test_hostile_text_is_no_html(hostile: HistoryTables, profile: str) -> None:
    page = HtmlPage()
    page.feed(shown(hostile, profile, "html"))
    assert set(page.tags) <= _SAFE_TAGS
    assert page.attributes <= {
        "lang",
        "charset",
        "tabindex",
        "role",
        "aria-label",
        "http-equiv",
        "name",
        "content",
        "rel",
        "href",
        "scope",
        "class",
        "data-kop",
    }
    assert page.text.count(HOSTILE) > 5


@pytest.mark.parametrize("profile", PROFILES)
def test_hostile_text_is_no_markdown(hostile: HistoryTables, profile: str) -> None:
    reader = MarkdownIt("gfm-like", {"linkify": False})
    tokens = reader.parse(shown(hostile, profile, "md"))
    blocks = {token.type for token in tokens} - {"inline"}
    pieces = "table|thead|tbody|tr|th|td|paragraph|bullet_list|list_item"
    assert not [each for each in blocks if not re.fullmatch(f"({pieces})_(open|close)", each)]
    inside = {child.type for token in tokens for child in token.children or ()}
    assert inside <= {"text", "text_special", "strong_open", "strong_close"}
    said = ["".join(c.content for c in token.children or ()) for token in tokens]
    assert sum(HOSTILE in each for each in said) > 4


@pytest.mark.parametrize("profile", PROFILES)
def test_hostile_text_is_no_formula(hostile: HistoryTables, profile: str) -> None:
    """Neither in a cell nor in a head; and every cell stays in its column."""
    read = [row for row in csv.reader(io.StringIO(shown(hostile, profile, "csv"))) if row]
    cells = [cell for row in read for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]
    assert any(cell.startswith("'=HYPERLINK") for cell in read[0])
    heads = [len(part.head) for part in in_profile(hostile, profile) if isinstance(part, Table)]
    assert {len(row) for row in read} == set(heads or [2])


@pytest.mark.parametrize("profile", PROFILES)
def test_hostile_text_keeps_to_its_lines(hostile: HistoryTables, profile: str) -> None:
    printed = shown(hostile, profile, "txt")
    assert "\x1b" not in printed
    assert profile == "kort" or max(map(len, printed.splitlines())) <= 110


def test_no_grid_breaks_a_date(life: HistoryTables) -> None:
    """Seven columns are too many for most screens: there each cell gets a line of its own."""
    for profile in PROFILES:
        for width in (40, 72, 80, 91, 92, 110, 200):
            printed = forms.text(in_profile(life, profile), width)
            assert "01-09-2026" in printed or profile == "kennisnet"
            assert "10-08-2026" in printed or profile != "kennisnet"
    assert "Datum inwerkingtreding: 01-09-2026" in forms.text(in_profile(life, "cvdr"), 91)
    assert "│ 01-09-2026 │" in forms.text(in_profile(life, "cvdr"), 92)


# --- the command -------------------------------------------------------------------------------------------


@pytest.fixture
def school(capsys: Capture, tmp_path: Path) -> Screen:
    screen = begun(capsys, tmp_path)
    screen.register("0.1")
    return screen


def test_command_has_profiles(school: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "110")
    usual = school.fine("versietabel", POLICY)
    assert usual == school.fine("versietabel", POLICY, "--profiel", "kennisnet")
    short = school.fine("versietabel", POLICY, "--profiel", "kort")
    assert short.splitlines()[2:4] == ["Versie: 0.1", "Status: Concept"]
    assert "Geen rijen." in school.fine("versietabel", POLICY, "--profiel", "cvdr")
    for form in ("tekst", "markdown", "html", "csv"):
        command = ("versietabel", POLICY, "--vorm", form, "--profiel")
        printed = [school.fine(*command, profile) for profile in PROFILES]
        assert all(one != other for one, other in combinations(printed, 2))


def test_command_knows_no_other_profile(school: Screen) -> None:
    said = school.refused("versietabel", POLICY, "--profiel", "breed", code=2)
    assert "kennisnet, cvdr, kort" in said


def test_raw_cells_have_no_profile(school: Screen) -> None:
    said = school.refused("versietabel", POLICY, "--bron", "--profiel", "kort", code=2)
    assert "daar hoort geen profiel bij" in said


def test_json_is_the_same_in_every_profile(school: Screen) -> None:
    printed = {school.fine("versietabel", POLICY, "--json", "--profiel", p) for p in PROFILES}
    assert len(printed) == 1


# --- in a browser ------------------------------------------------------------------------------------------


@needs("chromium")
@pytest.mark.parametrize("width", [390, 1200])
@pytest.mark.parametrize("profile", PROFILES)
def test_a_whole_life_fits_a_phone_and_a_desk(
    life: HistoryTables, profile: str, width: int, tmp_path: Path
) -> None:
    """Neither the page nor a table in it is wider than the screen."""
    assert overflow(shown(life, profile, "html"), width, tmp_path) == (0, 0)


@needs("chromium")
@pytest.mark.parametrize("profile", PROFILES)
def test_hostile_text_does_not_widen_the_page(
    hostile: HistoryTables, profile: str, tmp_path: Path
) -> None:
    page, _ = overflow(shown(hostile, profile, "html"), 390, tmp_path)
    assert page == 0
