"""The document's own two tables, from a paper history with all the damage that paper has."""

from __future__ import annotations

import csv
import html
import io
import json
import os
import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from desk import POLICY, WORKING, Capture, Screen, begun, copied
from programs import needs

GOLDEN = Path(__file__).parent / "golden"
PAPER = """
[bron]
sha256 = "{document}"

[[versies]]
versie = "0.1"
datum = 2018-06-26
status = "Concept"
auteur = "Auteur (voorbeeld)"
omschrijving = "Eerste opzet"
[versies.cellen]
"Ver-sie" = "0.1"
Datum = "26-06-2018"
Auteur = "Auteur (voor-\\nbeeld)"
Omschrijving = "Eerste op-zet"

[[versies]]
versie = "0.2"
datum = 2018-07-06
status = "Definitieve versie"
auteur = "=1+1"
omschrijving = "<script>alert(1)</script> | **vet** | `code` & [x](http://example.org)"
tekst = "oud.md"
[versies.cellen]
"Ver-sie" = "0.2"
Datum = "6-07-2018"
Auteur = "=1+1"
Omschrijving = "<b onclick='x()'>vet</b> | pijp\\nnieuwe regel"

[[vaststellingen]]
datum = 2018-10-10
naam = "Bestuurder (voorbeeld)"
functie = "Voorzitter bestuur"
personen = ["bestuurder-2018"]
[vaststellingen.cellen]
Versie = ""
Datum = "10-10-18"
Naam = "Bestuurder (voorbeeld)"

[[lezingen]]
versie = "0.2"
geldend_van = 2018-10-01
toelichting = "Artikel 20 noemt 1 oktober 2018."
""".format(document="d" * 64)
OLD_TEXT = "+++\ntitel = 'Privacyreglement'\n+++\n\n# Privacyreglement\n\nOud.\n"


@pytest.fixture
def paper(capsys: Capture, tmp_path: Path) -> Screen:
    """A register that took a paper history over, and registered a version of its own after it."""
    return copied(capsys, tmp_path, take_over)


def take_over(school: Screen) -> None:
    around = school.at(school.folder.parent)
    around.write(PAPER, "oud.toml")
    around.write(OLD_TEXT, "oud.md")
    school.write(OLD_TEXT)
    school.fine("neem-over", POLICY, "--uit", around.folder / "oud.toml")
    school.write(OLD_TEXT + "\nNieuw.\n")
    school.register("0.3")


def table(screen: Screen, *options: str) -> str:
    return screen.fine("versietabel", POLICY, *options)


def rows(screen: Screen, which: str = "versies") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = screen.run("versietabel", POLICY, "--json").json[which]
    return found


# --- golden files ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "options", "columns"),
    [
        ("versietabel.txt", (), "110"),
        ("versietabel-smal.txt", (), "40"),
        ("versietabel.md", ("--vorm", "markdown"), "80"),
        ("versietabel.html", ("--vorm", "html"), "80"),
        ("versietabel.csv", ("--vorm", "csv"), "80"),
        ("versietabel.json", ("--vorm", "json"), "80"),
        ("versietabel-bron.txt", ("--bron",), "110"),
        ("versietabel-bron.md", ("--bron", "--vorm", "markdown"), "80"),
    ],
)
def test_table_is_as_agreed(
    paper: Screen,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    options: tuple[str, ...],
    columns: str,
) -> None:
    """The whole output, byte for byte. After a wanted change: GOLDEN=new make test."""
    monkeypatch.setenv("COLUMNS", columns)
    printed = without_digests(paper, table(paper, *options))
    if os.environ.get("GOLDEN") == "new":
        (GOLDEN / name).write_text(printed, newline="")
    assert printed == (GOLDEN / name).read_bytes().decode()


def without_digests(screen: Screen, text: str) -> str:
    """Digests of entries hang on keys made for this run; name them by their place in the table."""
    told = screen.run("versietabel", POLICY, "--json").json
    for which in ("versies", "vaststellingen"):
        for number, row in enumerate(told[which]):
            text = text.replace(row["vastlegging"], f"({which} {number})")
    return text


# --- what the cells say --------------------------------------------------------------------------------------


def test_json_has_its_documented_keys(paper: Screen) -> None:
    told = paper.run("versietabel", POLICY, "--json").json
    keys = ["schema", "beleid", "titel", "organisatie", "versies", "vaststellingen", "lezingen"]
    assert list(told) == [*keys, "intrekking"]
    assert told["schema"] == "beleidsbeheer.versietabel/2"
    version = ["versie", "status", "stand", "datum", "auteur", "omschrijving", "herkomst", "bron"]
    version += ["handelingen", "tekst_sha256", "vastlegging", "voorleggingen", "instemmingen"]
    version += ["vaststelling", "bekendmakingen", "bevestigingen", "nietigheid", "terugtrekkingen"]
    version += ["perioden"]
    assert [list(row) for row in told["versies"]] == [version] * 3
    adoption = ["versie", "datum", "naam", "functie", "herkomst", "bron", "vastlegging", "besluit"]
    assert [list(row) for row in told["vaststellingen"]] == [adoption]
    source = ["document_sha256", "staat", "cellen"]
    assert [row["bron"] and list(row["bron"]) for row in told["versies"]] == [source, source, None]


def test_status_stays_the_word_of_the_source(paper: Screen) -> None:
    """What the document says is the status; what we derive of it is the stand."""
    told = [(row["versie"], row["status"], row["stand"], row["herkomst"]) for row in rows(paper)]
    assert told == [
        ("0.1", "Concept", "overgenomen", "overgenomen"),
        ("0.2", "Definitieve versie", "geldend (overgenomen)", "overgenomen"),
        ("0.3", "Concept", "concept", "register"),
    ]


def test_empty_cell_stays_empty(paper: Screen) -> None:
    """No version in the source: null in JSON, 'niet vastgelegd' for people, empty among the raw cells."""
    (adoption,) = rows(paper, "vaststellingen")
    assert adoption["versie"] is None
    assert adoption["bron"]["cellen"]["Versie"] == ""
    assert "niet vastgelegd*" in table(paper)


def test_text_that_was_not_preserved(paper: Screen) -> None:
    assert [row["tekst_sha256"] is None for row in rows(paper)] == [True, False, False]
    assert "tekst niet bewaard" in table(paper)


def test_raw_cells_are_not_repaired(paper: Screen) -> None:
    """The residue of a page break stays as it stands in the source."""
    cells = rows(paper)[0]["bron"]["cellen"]
    assert cells["Ver-sie"] == "0.1"
    assert cells["Auteur"] == "Auteur (voor-\nbeeld)"


def test_entries_hold_no_name(paper: Screen) -> None:
    """Names lie in files that may be erased, never in what is signed."""
    for path in paper.folder.glob("approvals/**/*.json"):
        assert "(voorbeeld)" not in path.read_text()


def test_formula_is_disarmed_in_csv(paper: Screen) -> None:
    """A spreadsheet must not run a cell."""
    read = list(csv.reader(io.StringIO(table(paper, "--vorm", "csv"))))
    assert read[0] == ["Versie", "Status", "Datum", "Auteur", "Omschrijving"]
    assert read[2][3] == "'=1+1"
    assert not [cell for row in read for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_markdown_reads_back(paper: Screen) -> None:
    """A Markdown reader sees the right number of cells, and no markup of anybody else's making."""
    for options in ((), ("--bron",)):
        tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(
            table(paper, "--vorm", "markdown", *options)
        )
        kinds = [token.type for token in tokens]
        heads, cells = kinds.count("th_open"), kinds.count("td_open")
        assert (heads, cells) == ((9, 3 * 5 + 4) if not options else (4 + 3, 2 * 4 + 3))
        inside = {child.type for token in tokens for child in token.children or ()}
        assert inside <= {"text", "text_special", "strong_open", "strong_close"}


def test_markdown_keeps_what_a_cell_says(paper: Screen) -> None:
    rendered = MarkdownIt("gfm-like", {"linkify": False}).render(table(paper, "--vorm", "markdown"))
    said = "<script>alert(1)</script> | **vet** | `code` & [x](http://example.org)"
    assert f"<td>{html.escape(said, quote=False)}</td>" in rendered


_TAGS = {
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
_TAGS |= {"table", "caption", "thead", "tbody", "tr", "th", "td"}


class HtmlPage(HTMLParser):
    """The tags of a page and their attributes, its text, and that of its cells."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.cells: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag in {"td", "th"}:
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.tags and self.tags[-1] in {"td", "th"}:
            self.cells[-1] += data


@pytest.mark.parametrize("options", [(), ("--bron",)])
def test_html_is_escaped(paper: Screen, options: tuple[str, ...]) -> None:
    """Nothing from a cell becomes a tag or an attribute."""
    page = HtmlPage()
    page.feed(table(paper, "--vorm", "html", *options))
    assert set(page.tags) <= _TAGS
    assert not [name for name in page.attributes if name.startswith("on")]
    said = "<b onclick='x()'>" if options else "<script>alert(1)</script>"
    assert any(said in cell for cell in page.cells)


@pytest.mark.parametrize("columns", ["20", "71", "72", "200"])
def test_text_fits_and_loses_nothing(
    paper: Screen, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    """At any width every word of every cell is there; above 72 columns no line is wider than asked."""
    monkeypatch.setenv("COLUMNS", columns)
    printed = table(paper)
    assert "…" not in printed
    letters = "".join(printed.split()).replace("│", "")
    assert "Definitieveversie" in letters or int(columns) >= 72
    assert int(columns) < 72 or max(map(len, printed.splitlines())) <= int(columns)


def test_own_version_alone(capsys: Capture, tmp_path: Path) -> None:
    """Without a paper history there is no mark, no note and an empty adoption table."""
    school = begun(capsys, tmp_path)
    school.register("0.1")
    printed = table(school)
    assert "*" not in printed
    assert "Geen rijen." in printed


def test_names_file_gives_names(paper: Screen) -> None:
    """Display names come from a file that may change without breaking a signature."""
    paper.write('[personen]\nsecretaris = "Secretaris (voorbeeld)"\n', "approvals/namen.toml")
    assert rows(paper)[2]["auteur"] == "Secretaris (voorbeeld)"
    paper.fine("verifieer")


# --- erasing and changing the source ------------------------------------------------------------------------------


def erase_sources(screen: Screen) -> None:
    for path in screen.folder.glob(f"approvals/{POLICY}/bron-*.toml"):
        path.unlink()


def test_erased_source_stays_valid(paper: Screen) -> None:
    """A name that was erased is gone from the tables; every signature stays valid."""
    erase_sources(paper)
    paper.record("Gewist op verzoek")
    paper.fine("verifieer")
    printed = table(paper)
    assert "bron gewist" in printed
    assert "(voorbeeld)" not in printed
    assert "Van een rij: bron gewist." in table(paper, "--bron")
    assert [row["bron"]["staat"] for row in rows(paper)[:2]] == ["bron gewist"] * 2
    assert {json.dumps(row["bron"]["cellen"]) for row in rows(paper)[:2]} == {"{}"}


def test_changed_source_is_a_finding(paper: Screen) -> None:
    """A bron file may be erased, never changed; a changed one is not shown."""
    for path in paper.folder.glob(f"approvals/{POLICY}/bron-*.toml"):
        path.write_text(path.read_text().replace("(voorbeeld)", "(anders)"))
    answer = paper.run("verifieer")
    assert answer.code == 1
    assert "bron gewijzigd na ondertekening" in answer.out
    assert "Zet het terug of wis het helemaal." in answer.out
    shown = paper.run("versietabel", POLICY)
    assert shown.code == 1
    assert "(anders)" not in shown.out


# --- neem-over refuses ---------------------------------------------------------------------------------------------


def test_history_is_taken_over_once(paper: Screen, tmp_path: Path) -> None:
    (tmp_path / "oud.toml").write_text(PAPER)
    (tmp_path / "oud.md").write_text(OLD_TEXT)
    said = paper.refused("neem-over", POLICY, "--uit", tmp_path / "oud.toml")
    assert "heeft al vastleggingen" in said


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('versie = "0.2"\ndatum', 'versie = "nul"\ndatum', "versies 2"),
        ("datum = 2018-06-26", 'datum = "26-06-2018"', "versies 1: datum moet een datum zijn"),
        ('status = "Concept"', 'statuss = "Concept"', "versies 1: 'statuss' is hier niet bekend"),
        ('versie = "0.2"\ngeldend', 'versie = "0.9"\ngeldend', "noemt versie 0.9"),
        ("[bron]", "[bronn]", "'bronn' is hier niet bekend"),
        ('"' + "d" * 64 + '"', '"abc"', "sha256"),
        ('"oud.md"', '"weg.md"', "weg.md kan niet worden gelezen"),
        ("[[versies]]", "[[versies]", "oud.toml"),
        ('personen = ["bestuurder-2018"]', 'personen = ["J. Jansen"]', "geen korte naam"),
    ],
)
def test_import_that_cannot_be_read(
    capsys: Capture, tmp_path: Path, old: str, new: str, words: str
) -> None:
    """A mistake in the import names the file and the row, and nothing is written."""
    school = begun(capsys, tmp_path)
    assert old in PAPER
    (tmp_path / "oud.toml").write_text(PAPER.replace(old, new))
    (tmp_path / "oud.md").write_text(OLD_TEXT)
    assert words in school.refused("neem-over", POLICY, "--uit", tmp_path / "oud.toml", code=3)


@pytest.mark.parametrize("slug", ["Privacy", "../x", "rooster", "a b"])
def test_import_into_a_policy_that_cannot_be(capsys: Capture, tmp_path: Path, slug: str) -> None:
    school = begun(capsys, tmp_path)
    (tmp_path / "oud.toml").write_text(PAPER)
    (tmp_path / "oud.md").write_text(OLD_TEXT)
    said = school.refused("neem-over", slug, "--uit", tmp_path / "oud.toml", code=2)
    assert f"'{slug}' kan geen naam van een beleid zijn" in said


def test_unknown_policy(paper: Screen) -> None:
    said = paper.refused("versietabel", "huisreglement", code=2)
    assert f"Bekend: {POLICY}." in said
    assert (paper.folder / WORKING).exists()


# --- in a browser ------------------------------------------------------------------------------------------------------

_MEASURE = """<script>
addEventListener("load", () => {
  const inside = document.querySelector("iframe").contentDocument;
  const wide = element => element.scrollWidth - element.clientWidth;
  const tables = [...inside.querySelectorAll(".breed")].map(wide);
  document.title = wide(inside.documentElement) + " " + Math.max(0, ...tables);
});
</script>"""


def overflow(page: str, width: int, folder: Path) -> tuple[int, int]:
    """By how much the page, and a table in it, is wider than the screen. A frame gives the width: windows have a minimum."""
    frame = f'<iframe width="{width}" height="9000" style="border:0" srcdoc="{html.escape(page)}"></iframe>'
    outer = folder / "buiten.html"
    outer.write_text(f"<!doctype html><title>?</title>{_MEASURE}{frame}")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    profile = f"--user-data-dir={folder / 'profiel'}"
    done = subprocess.run(
        ["chromium", *options, profile, "--dump-dom", outer.as_uri()],
        capture_output=True,
        check=True,
        timeout=60,
    )
    found = re.search(r"<title>([0-9]+) ([0-9]+)</title>", done.stdout.decode())
    assert found
    return int(found[1]), int(found[2])


@needs("chromium")
@pytest.mark.parametrize("width", [360, 1280])
def test_page_fits_a_phone_and_a_desk(paper: Screen, tmp_path: Path, width: int) -> None:
    """Neither the page nor a table in it is wider than the screen it is on."""
    assert overflow(table(paper, "--vorm", "html"), width, tmp_path) == (0, 0)
