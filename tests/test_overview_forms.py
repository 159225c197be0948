"""The overview as people and programs get it: text, page, CSV and JSON. BELEID_GOLDEN=1 writes the files anew."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from beleidsbeheer.actions.reading import examine
from beleidsbeheer.domain.overview.attention import Matter
from beleidsbeheer.domain.overview.facts import RegisterFacts, facts
from beleidsbeheer.domain.overview.rows import Overview, overview
from beleidsbeheer.render.overview.data import overview_csv, overview_json
from beleidsbeheer.render.overview.page import page
from beleidsbeheer.render.overview.text import overview_text
from browser import Browser, browser
from goldens import golden
from overviews import HOSTILE, REGISTERS, TODAY, judged, policy
from programs import needs
from test_overview import MANY
from test_site_browser import AXE, RUN_AXE

PROJECT = Path(__file__).parents[1]
TABLE = overview(REGISTERS, TODAY)
UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2066-\u2069]")


def rows_of(told: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(told)))


# --- text --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [40, 80, 120])
def test_on_a_screen(width: int) -> None:
    told = overview_text(TABLE, width)
    golden(f"overzicht-{width}.txt", told)
    assert max(map(len, told.splitlines())) <= width


def test_one_office_on_a_screen() -> None:
    told = overview_text(overview(REGISTERS, TODAY, responsible="directeur", within=30), 80)
    golden("overzicht-directeur.txt", told)


def test_a_register_without_policies_and_nothing_at_all() -> None:
    assert "Er is nog geen beleid." in overview_text(overview({"x": judged("De Es")}, TODAY), 80)
    assert overview_text(overview({}, TODAY), 80).startswith("0 registers op 26-11-2026.\n")


def test_a_long_list_is_cut_and_says_so() -> None:
    """The table below it has them all."""
    late = [policy(f"p{n:02}", f"Plan {n:02}", review=TODAY.replace(month=1)) for n in range(25)]
    told = overview_text(overview({"x": judged("De Es", *late)}, TODAY), 80)
    assert "Herziening te laat (25)" in told
    assert "… en nog 15; zie hieronder" in told
    assert all(len(re.findall(f"Plan {n:02}", told)) >= 1 for n in range(25))


@pytest.mark.parametrize("width", [60, 80, 120])
def test_nothing_from_a_register_can_steer_a_terminal(width: int) -> None:
    told = overview_text(overview(HOSTILE, TODAY), width)
    assert not UNSEEN.search(told)
    assert "omgekeerd" in told
    assert "stuk" in told


@settings(max_examples=30)
@given(MANY)
def test_every_register_and_policy_is_there(registers: Mapping[str, RegisterFacts]) -> None:
    """Whatever their names are; and nothing makes it raise."""
    told = overview(registers, TODAY)
    for width in (60, 80, 120):
        shown = overview_text(told, width)
        assert not UNSEEN.search(shown)
        assert shown.count("═" * width) == len(registers)
    records = rows_of(overview_csv(told))
    assert len(records) == sum(max(len(each.policies), 1) for each in registers.values())
    shape = json.loads(json.dumps(overview_json(told)))
    assert sum(len(each["beleid"]) for each in shape["registers"]) == shape["totalen"]["beleid"]
    markup = page(told)
    assert markup.count('<th scope="row"><p>') == shape["totalen"]["beleid"]
    assert markup.count('<h2 id="register-') == len(registers)


# --- for programs ------------------------------------------------------------------------------------


def test_csv() -> None:
    golden("overzicht.csv", overview_csv(TABLE))


def test_csv_cannot_be_run_by_a_spreadsheet() -> None:
    """Also not where a character that nobody sees stands before the sign (OWASP, CSV injection)."""
    hidden = {"\u200b=1+1": judged("\u202e@SUM(1)", policy("a", "\u00ad+1", "\t-1"))}
    for registers in (HOSTILE, hidden):
        told = overview_csv(overview(registers, TODAY))
        cells = [cell for row in csv.reader(io.StringIO(told)) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
        assert any(cell.startswith("'") for cell in cells)
        assert not UNSEEN.search(told.replace("\r\n", "\n"))


def test_json() -> None:
    golden("overzicht.json", json.dumps(overview_json(TABLE), ensure_ascii=False, indent=2) + "\n")


def test_every_field_of_the_json_is_documented() -> None:
    docs = (PROJECT / "docs/json.md").read_text(encoding="utf-8")
    start = docs.index("\n## beleidsbeheer.overzicht/1")
    section = docs[start : docs.index("\n## ", start + 4)]
    known = {"schema", *(each.value for each in TABLE.totals.registers)}
    for name in _names(overview_json(TABLE)) - known:
        assert f"`{name}`" in section or f"`{name}[]`" in section, name
    for matter in Matter:
        assert f"`{matter.value}`" in section


def _names(value: Any) -> set[str]:
    """Every key, but not those of findings, steps and deadlines, which other shapes document."""
    if isinstance(value, dict):
        told = {"bevindingen", "bevindingen_tekst", "termijnen", "hierna", "handtekeningen"}
        inner = (each for name, each in value.items() if name not in told)
        return set(value).union(*map(_names, inner))
    return set().union(*map(_names, value)) if isinstance(value, list) else set()


def test_a_real_register() -> None:
    """The one in this repository: the same answers in every form."""
    view = examine(PROJECT, TODAY)
    told = facts(view.register, view.findings, sound=view.sound)
    table = overview({"hier": told}, TODAY)
    slugs = sorted(view.register.policies)
    shape = overview_json(table)
    assert sorted(each["beleid"] for each in shape["registers"][0]["beleid"]) == slugs
    assert sorted(each["Beleid"] for each in rows_of(overview_csv(table))) == slugs
    for row in table.rows:
        period = view.register.courses[row.policy.slug].in_force(TODAY)
        if period and not row.unclear:
            assert row.in_force is not None
            assert row.in_force.version == period.version
            assert f"{period.version}" in overview_text(table, 80)


# --- the page ----------------------------------------------------------------------------------------


def test_page() -> None:
    golden("overzicht.html", page(TABLE))


def test_page_holds_nothing_that_runs() -> None:
    told = page(overview(HOSTILE, TODAY))
    assert "<script" not in told
    assert "<b>" not in told
    assert "⟨U+202E⟩" in told
    assert "default-src 'none'" in told
    assert not re.search(r"(?:src|href)=\"(?!data:,|#)", told)


def test_every_link_on_the_page_has_its_place() -> None:
    told = page(TABLE)
    assert set(re.findall(r'href="#([^"]+)"', told)) <= set(re.findall(r'id="([^"]+)"', told))
    assert len(re.findall(r'<a href="#register-', told)) == len(TABLE.registers)


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("profiel")) as opened:
        yield opened


@needs("chromium")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1000, 1280])
@pytest.mark.parametrize("table", [TABLE, overview(HOSTILE, TODAY)], ids=["schools", "hostile"])
def test_no_violations(
    tab: Browser, tmp_path: Path, table: Overview, width: int, dark: bool
) -> None:
    """axe-core; nothing is wider than the screen, blocked, or asked for."""
    path = tmp_path / "overzicht.html"
    path.write_text(page(table), encoding="utf-8")
    tab.size(width, dark=dark)
    tab.open(path.as_uri())
    assert tab.complaints == []
    assert [each for each in tab.asked if not each.startswith(("file:", "data:"))] == []
    assert tab.run("document.documentElement.scrollWidth - innerWidth") <= 0
    tab.run(AXE.read_text() + "; 0")
    found = tab.run(RUN_AXE)
    assert found["wrong"] == []
    assert found["passed"] > 15


@needs("chromium")
def test_on_a_phone_every_cell_says_what_it_holds(tab: Browser, tmp_path: Path) -> None:
    path = tmp_path / "overzicht.html"
    path.write_text(page(TABLE), encoding="utf-8")
    tab.size(360)
    tab.open(path.as_uri())
    heads = tab.run(
        """[...document.querySelectorAll('.beleid td')].filter(each => each.offsetHeight)
        .map(each => getComputedStyle(each, '::before').content)"""
    )
    assert set(heads) >= {'"Geldt"', '"Herziening"', '"Hierna en wat ontbreekt"'}
    assert '"none"' not in heads
