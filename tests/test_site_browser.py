"""The site in a browser: accessible, quiet, and it works from disk with scripts and without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from browser import Browser, browser
from programs import needs
from sites import made, school, write

AXE = Path(__file__).parent / "axe" / "axe.min.js"
PAGES = {
    "home": "index.html",
    "policy": "beleid/privacyreglement/index.html",
    "a policy without a text in force": "beleid/klachtenregeling/index.html",
    "a coming version": "beleid/privacyreglement/0.3.html",
    "an old version": "beleid/privacyreglement/0.1.html",
    "a comparison": "beleid/privacyreglement/verschil-0.1-0.3.html",
    "the date question": "datum.html",
    "search": "zoeken.html#opname",
    "proof": "bewijs.html",
}
RUN_AXE = """axe.run({resultTypes: ['violations', 'passes']}).then(found => ({
  wrong: found.violations.map(each => [each.id, each.nodes.map(node => node.html.slice(0, 200))]),
  passed: found.passes.length}))"""

pytestmark = needs("chromium")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(made(school().files), tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("profiel")) as opened:
        yield opened


def go(tab: Browser, site: Path, path: str) -> None:
    place, _, fragment = path.partition("#")
    tab.open((site / place).as_uri() + (f"#{fragment}" if fragment else ""))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("kind", PAGES)
def test_no_violations_and_nothing_is_asked_elsewhere(
    tab: Browser, site: Path, kind: str, width: int, dark: bool
) -> None:
    """axe-core on every kind of page; nothing is wider than the screen, blocked, or asked for."""
    tab.size(width, dark=dark)
    go(tab, site, PAGES[kind])
    assert tab.complaints == []
    tab.run("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert [
        each for each in tab.asked if not each.startswith(("file:", "data:image/svg+xml;base64"))
    ] == []
    assert tab.run("document.documentElement.scrollWidth - innerWidth") <= 0
    tab.run(AXE.read_text() + "; 0")
    found = tab.run(RUN_AXE)
    assert found["wrong"] == []
    assert found["passed"] > 15


def test_axe_would_see_what_is_wrong(tab: Browser, site: Path) -> None:
    tab.size(1280)
    go(tab, site, "index.html")
    tab.run(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"x\"><a href=\"#x\"></a>'); 0"
    )
    tab.run(AXE.read_text() + "; 0")
    assert {each[0] for each in tab.run(RUN_AXE)["wrong"]} >= {"image-alt", "link-name"}


def test_the_style_is_there_from_disk(tab: Browser, site: Path) -> None:
    tab.size(1280)
    go(tab, site, "beleid/privacyreglement/index.html")
    assert tab.run("getComputedStyle(document.body).fontSize") == "18px"
    assert tab.run("getComputedStyle(document.querySelector('li.nr')).listStyleType") == "none"


def test_an_address_leads_to_its_lid(tab: Browser, site: Path) -> None:
    tab.size(360)
    go(tab, site, "beleid/privacyreglement/index.html#artikel-2-lid-1-onder-b")
    assert "verbetering" in tab.run("document.querySelector(':target').textContent")


def test_search_finds_words_and_the_beginning_of_words(tab: Browser, site: Path) -> None:
    tab.size(360)
    go(tab, site, "zoeken.html")
    ask = """(words) => { const field = document.getElementById('woorden'); field.value = words;
      field.dispatchEvent(new Event('input'));
      return [document.getElementById('aantal').textContent,
        ...[...document.querySelectorAll('#gevonden a')].map(each => each.getAttribute('href'))]; }"""
    page = "beleid/privacyreglement/index.html"
    assert tab.run(f"({ask})('beeldop weken')") == ["1 plek gevonden.", f"{page}#artikel-3"]
    found = tab.run(f"({ask})('BEELDOPNAME')")
    assert found[1:] == [f"{page}#artikel-1", f"{page}#artikel-3"]
    assert tab.run(f"({ask})('bestaatniet')") == ["0 plekken gevonden."]
    assert tab.run(f"({ask})('<script>')")[0].endswith("gevonden.")
    assert tab.run(f"({ask})('')") == [""]
    assert tab.run("document.querySelectorAll('#gevonden script').length") == 0


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        ("2026-01-31", "Schoolreglement: er gold geen tekst."),
        ("2026-02-01", "Schoolreglement: versie 0.1 (van 01-02-2026 t/m 31-07-2026)."),
        ("2026-07-31", "Schoolreglement: versie 0.1 (van 01-02-2026 t/m 31-07-2026)."),
        ("2026-08-01", "Schoolreglement: versie 0.2 (van 01-08-2026 t/m 31-12-2026)."),
        ("2027-01-01", "Schoolreglement: versie 0.3 (van 01-01-2027 t/m heden)."),
    ],
)
def test_which_text_was_in_force(tab: Browser, site: Path, day: str, answer: str) -> None:
    tab.size(360)
    go(tab, site, "datum.html")
    tab.run(
        f"""(() => {{ const field = document.getElementById('dag'); field.value = '{day}';
        field.dispatchEvent(new Event('input')); }})()"""
    )
    assert answer in tab.run(
        "[...document.querySelectorAll('#antwoord p')].map(each => each.textContent)"
    )


def test_all_can_be_read_without_script(tab: Browser, site: Path) -> None:
    tab.size(360)
    tab.without_script()
    try:
        for path in PAGES.values():
            go(tab, site, path)
            assert tab.complaints == []
        go(tab, site, "datum.html")
        assert tab.run("document.getElementById('vraag').hidden")
        assert "van 01-02-2026 t/m 31-07-2026" in tab.run("document.body.innerText")
        go(tab, site, "zoeken.html")
        assert "Ctrl en F" in tab.run("document.body.innerText")
    finally:
        tab.without_script(False)
