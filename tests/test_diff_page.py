"""The page that shows what changed: its words, its marks, hostile text, and in a browser."""

from __future__ import annotations

import html
import os
import re
import subprocess
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beleidsbeheer.domain.changes import compare
from beleidsbeheer.render.diff import page as diff_page
from beleidsbeheer.render.diff import was_wordt
from beleidsbeheer.render.diff.blocks import MARK, blocks
from beleidsbeheer.render.diff.pair import Pair
from beleidsbeheer.render.diff.rows import rows
from beleidsbeheer.render.seen import seen
from beleidsbeheer.render.style import DARK, LIGHT
from programs import needs

GOLDEN = Path(__file__).parent / "golden"

OLD = """+++
titel = "Schoolreglement De Regenboog"
raakt = ["leerlinggegevens"]
+++

# Schoolreglement De Regenboog

## Artikel 1. Begrippen

- **Betrokkene** Degene van wie de gegevens zijn.
- **Voogd** Degene die het gezag over een leerling heeft.

## Artikel 2. Rechten

1. De school erkent de rechten van ouders en leerlingen, en legt uit hoe zij die kunnen gebruiken.

2. Een ouder mag vragen om:
   - a. inzage in de gegevens van zijn kind;
   - b. verbetering van gegevens die niet kloppen.

3. De school antwoordt binnen tien dagen na ontvangst van het verzoek.

## Artikel 3. Foto's

De school vraagt elk jaar toestemming voor foto's van leerlingen op de website.

## Artikel 4. Bewaren

De school bewaart gegevens niet langer dan **vijf** jaar na het einde van de inschrijving.

## Artikel 5. Klachten

Wie het niet eens is met een besluit van de school, kan een klacht indienen bij het bestuur.
Het bestuur beslist binnen zes weken over de klacht.

## Artikel 6. Kosten

Een ouder betaalt vijf euro voor een kopie van het dossier van zijn kind.

## Artikel 7. Geheimhouding

Iedere medewerker houdt geheim wat hij over een leerling of een ouder weet, ook na zijn ontslag.

## Artikel 8. Slot

Dit reglement geldt vanaf 1 augustus.
"""

NEW = """+++
titel = "Schoolreglement De Regenboog"
raakt = ["leerlinggegevens", "oudergegevens"]
+++

# Schoolreglement De Regenboog

## Artikel 1. Begrippen

- **Betrokkene** Degene over wie de gegevens gaan.
- **Voogd** Degene die het gezag over een leerling heeft.

## Artikel 2. Rechten

1. De school erkent de rechten van ouders en leerlingen, en legt uit hoe zij die kunnen gebruiken.

2. Een ouder mag vragen om:
   - a. inzage in de gegevens van zijn kind;
   - b. een kopie van het dossier, zonder kosten;
   - c. verbetering van gegevens die niet kloppen.

3. De school antwoordt binnen veertien dagen na ontvangst van het verzoek.

4. Duurt het langer, dan legt de school uit waarom.

## Artikel 2a. Geheimhouding

Iedere medewerker houdt geheim wat hij over een leerling of een ouder weet, ook na zijn ontslag.

## Artikel 3. Foto's en films

De school vraagt elk jaar toestemming voor foto's van leerlingen op de website.

## Artikel 4. Bewaren

De school bewaart gegevens niet langer dan vijf jaar na het einde van de inschrijving.

## Artikel 5. Klachten

Wie het niet eens is met een besluit van de school, kan een klacht indienen bij het bestuur. Het
bestuur beslist binnen zes weken over de klacht.

## Artikel 8. Slot

Dit reglement geldt vanaf 1 augustus.
"""


def pair(old: str, new: str, **explanations: str) -> Pair:
    told = {key.removeprefix("_"): value for key, value in explanations.items()}
    changes = compare(old.encode(), new.encode())
    return Pair("Schoolreglement De Regenboog", "versie 0.2", "versie 0.3", changes, told)


def regenboog() -> Pair:
    return pair(OLD, NEW, _2="Ouders vroegen om een gratis kopie.")


class Reader(HTMLParser):
    """What a page holds: tags, attributes, ids, links, headings, and the text of each <ins> and <del>."""

    VOID = frozenset({"meta", "link", "br"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[tuple[str, str, str]] = set()
        self.open: list[str] = []
        self.text = ""
        self.marked: list[tuple[str, str]] = []
        self.wrong: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {(tag, name, value or "") for name, value in attrs}
        if tag in ("ins", "del"):
            self.marked.append((tag, ""))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        if "style" in self.open:
            return
        self.text += data
        if {"ins", "del"} & set(self.open):
            tag, text = self.marked[-1]
            self.marked[-1] = (tag, text + data)

    def values(self, name: str) -> list[str]:
        return [value for _, each, value in self.attributes if each == name]


def visible(page: str) -> str:
    """The words of the page in one line, without what is only there to be heard."""
    page = re.sub(r"<style>.*?</style>", "", page, flags=re.S)
    page = re.sub(r'<span class="hoor">[^<]*</span>', "", page)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


# --- what it says ----------------------------------------------------------------------------------


def test_page_is_as_agreed() -> None:
    """Byte for byte. After a wanted change: GOLDEN=new make test."""
    printed = diff_page.page(regenboog())
    if os.environ.get("GOLDEN") == "new":
        (GOLDEN / "verschil.html").write_text(printed, newline="")
    assert printed == (GOLDEN / "verschil.html").read_bytes().decode()


def test_first_in_words() -> None:
    said = visible(diff_page.page(regenboog()))
    assert "Van versie 0.2 naar versie 0.3" in said
    assert "3 artikelen zijn gewijzigd." in said
    assert "1 artikel is vervallen." in said
    assert "1 artikel is verplaatst en vernummerd." in said
    assert "Bij 1 artikel verschilt alleen de opmaak." in said
    assert "De gegevens bovenaan zijn gewijzigd." in said
    assert said.index("In het kort") < said.index("Waar verandert iets?")
    assert said.index("Waar verandert iets?") < said.index("De wijzigingen")


def test_marks_are_words_and_signs() -> None:
    said = visible(diff_page.page(pair(OLD, NEW)))
    assert "antwoordt binnen [− tien ] [+ veertien ] dagen na" in said
    assert "b. → c. verbetering" in said  # got another letter; nothing was struck
    assert "+ 4. Duurt het langer" in said
    assert "Gewijzigd: lid 3." in said
    assert "Nieuw: lid 2 onderdeel b, lid 4." in said


def test_text_that_leads_in_stays() -> None:
    """Of an onderdeel that changed, the sentence above it is shown too."""
    page = diff_page.page(regenboog())
    assert "2. Een ouder mag vragen om:" in visible(
        re.sub(r"<details>.*?</details>", "", page, flags=re.S)
    )
    assert "<summary>… 1 alinea ongewijzigd</summary>" not in page
    assert "1. De school erkent" in visible(page)


def test_moved_text_links_both_ways() -> None:
    page = diff_page.page(regenboog())
    assert 'href="#oud-artikel-2a"' in page
    assert 'id="oud-artikel-2a"' in page
    said = visible(page)
    assert "Verplaatst van de plaats na Artikel 6 naar de plaats na Artikel 2." in said
    assert "Hier stond Artikel 7. Geheimhouding . Dit is verplaatst naar" in said
    assert "en heet nu Artikel 2a. Geheimhouding" in said
    assert page.index('id="vervallen-6"') < page.index('id="oud-artikel-2a"')


def test_what_is_not_shown_is_counted() -> None:
    said = visible(diff_page.page(regenboog()))
    assert "Niet getoond: 2 plaatsen waar alleen witruimte verschilt" in said
    assert "Alleen dat verschilt in: Artikel 5. Klachten." in said
    assert "Niet getoond: 1 plaats waar alleen de opmaak verschilt" in said
    assert "Artikel 4. Bewaren: **vijf** wordt vijf" in said


def test_equal_texts() -> None:
    page = diff_page.page(pair(OLD, OLD))
    assert "De teksten zijn gelijk." in page
    assert "<nav" not in page
    assert "is anders" in diff_page.page(pair(OLD, OLD + "\n"))


def test_explanation_stands_with_its_article() -> None:
    said = visible(diff_page.page(regenboog()))
    assert "Toelichting: Ouders vroegen om een gratis kopie." in said


def test_explanation_is_no_raw_markdown() -> None:
    told = "Ouders vroegen **hierom**:\n\n- een [brief](https://x.example);\n- een *stem*."
    said = visible(diff_page.page(pair(OLD, NEW, _2=told)))
    assert (
        "Toelichting: Ouders vroegen hierom: • een brief (https://x.example); • een stem." in said
    )


def test_changed_indentation_is_told() -> None:
    """Under which lid an onderdeel stands is only white space in Markdown."""
    old = "## Artikel 1. A\n\n1. Een ouder mag:\n   - a. vragen.\n\n2. De school beslist.\n"
    said = visible(diff_page.page(pair(old, old.replace("   - a.", "- a."))))
    assert "Kijk dit na in: Artikel 1. A." in said


def test_merged_and_split_paragraphs() -> None:
    old = "## Artikel 1\n\n1. De school vraagt toestemming.\n\n2. Een ouder mag die weigeren.\n"
    new = "## Artikel 1\n\n1. De school vraagt toestemming. Een ouder mag die weigeren.\n"
    assert "vraagt toestemming. [− ¶ 2. ] Een ouder" in visible(diff_page.page(pair(old, new)))
    assert "vraagt toestemming. [+ ¶ ]" in visible(diff_page.page(pair(new, old)))


def test_an_inserted_onderdeel_is_whole_and_its_neighbours_keep_their_words() -> None:
    """The fewest words would mark half of a. and half of b.; people see that a. is new."""
    old = (
        "## Artikel 1\n\n- a. het Verdrag van Genève van 1949 voor het lot der gewonden te velde;\n"
    )
    new = (
        "## Artikel 1\n\n- a. het op 9 december 1948 gesloten Verdrag inzake genocide;\n"
        "- b. het op 12 augustus 1949 gesloten Verdrag van Genève voor het lot der gewonden te velde;\n"
    )
    first, second = rows(pair(old, new).changes.elements[0])[1:]
    assert [each.whole for each in first.both] == ["+"]
    (shown,) = second.both
    assert (shown.was, [run.text for run in shown.mark]) == ("a.", ["b."])
    assert "het [+ op 12 augustus 1949 gesloten ] Verdrag van Genève [− van 1949 ] voor" in visible(
        diff_page.page(pair(old, new))
    )


def test_words_that_became_a_link_are_no_other_words() -> None:
    old = "## Artikel 1\n\nZie artikel 10 van de Wet 2001, hierna.\n"
    new = "## Artikel 1\n\nZie [artikel 10 van de Wet 2001](https://wet.example/1), hierna.\n"
    for one, two in ((old, new), (new, old)):
        said = visible(diff_page.page(pair(one, two)))
        assert "Bekijk de opmaak die verschilt" in said
        assert "2001](https://wet.example/1)," in said
        assert "[+" not in said.partition("opmaak die verschilt")[2]
        assert "[−" not in said.partition("opmaak die verschilt")[2]
    other = new.replace("/1", "/2")
    said = visible(diff_page.page(pair(new, other)))
    assert "Wet 2001, [− (https://wet.example/1) ] [+ (https://wet.example/2) ] hierna" in said


def test_a_space_stays_beside_what_became_a_link() -> None:
    old = "## Artikel 1\n\nDe artikelen 9, 10 en 46 van de Wet gelden hier ook.\n"
    new = "## Artikel 1\n\nDe [artikelen 4](x) en 51 van de Wet gelden hier ook.\n"
    (_, row) = rows(pair(old, new).changes.elements[0])
    for side in (row.was, row.wordt):
        assert side[0].text.startswith(("De artikelen 9, 10 en 46 van", "De artikelen 4 (x) en 51"))


def test_what_leads_in_is_shown_once_whatever_its_markup() -> None:
    old = "## Artikel 1\n\n1. Rechten:\n   - a. inzage in iets;\n"
    new = "## Artikel 1\n\n1. **Rechten:**\u00a0\n   - a. inzage in alles;\n"
    said = visible(diff_page.page(pair(old, new)))
    assert "1. Rechten: a. inzage in [− iets; ] [+ alles; ]" in said
    assert "1. ] Rechten:" not in said


def test_a_paragraph_with_another_number_shows_from_and_to_and_no_struck_heading() -> None:
    old = "# Wet\n\n## § 69 Slot\n\nDeze wet geldt overal.\n"
    said = visible(diff_page.page(pair(old, old.replace("69", "74"))))
    assert "§ 69 → § 74 Slot vernummerd" in said
    assert "[− 69 ]" not in said
    assert "1 deel is vernummerd." in said


def test_a_heading_alone_is_not_shown_twice() -> None:
    said = visible(diff_page.page(pair("# T\n", "# T\n\n## § 75 (vervallen)\n")))
    assert said.count("§ 75 (vervallen)") == 2  # in the list of places, and above
    assert "Alleen deze kop is nieuw." in said


# --- nothing is lost -------------------------------------------------------------------------------

LINES = st.sampled_from(
    ["## Artikel 1. A", "## Artikel 2. B", "1. De school vraagt", "2. Een ouder mag", "- a. inzage in",
     "   - b. **kopie** van", "", "", "een lange zin over het dossier van een leerling", "| a | b |",
     "```", "> citaat", "[wet](https://x.example)", "  ouder en kind", "*", "1.", "#", "tekst\r", "`c` _d_"]
)  # fmt: skip
TEXTS = st.lists(LINES, max_size=14).map(lambda lines: "\n".join(lines) + "\n")


@given(TEXTS, TEXTS)
@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
def test_every_word_is_in_the_rows(old: str, new: str) -> None:
    """Old words in ``was`` and struck or equal in ``both``; the new ones likewise."""
    for change in compare(old.encode(), new.encode()).elements:
        listed = rows(change)
        before = "".join(op.text for op in change.operations if op.kind != "ingevoegd")
        after = "".join(op.text for op in change.operations if op.kind != "geschrapt")
        for text, side, ops in ((before, "was", "=-"), (after, "wordt", "=+")):
            words = _bare("".join(text[block.body : block.end] for block in blocks(text)))
            one = [p for row in listed for p in getattr(row, side)]
            both = [p for row in listed for p in row.both]
            assert _bare("".join(run.text for p in one for run in p.runs)) == words
            told = [
                run.text for p in both for run in p.runs if run.op in ops and not run.style & MARK
            ]
            assert _bare("".join(told)) == words


@given(TEXTS, TEXTS)
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_any_two_texts_give_pages(old: str, new: str) -> None:
    both = pair(old, new)
    for page in (diff_page.page(both), was_wordt.html(both)):
        found = Reader(page)
        assert not found.wrong
        assert not found.open
        assert set(found.values("href")) <= {"data:,"} | {f"#{each}" for each in found.values("id")}
    assert len(was_wordt.markdown(both)) > 0
    assert was_wordt.csv(both).startswith("Artikel,Was,")


def _bare(text: str) -> str:
    """Letters only: what makes a heading, a list, emphasis or a link is no word."""
    return re.sub(r"[\s*_`\[\]#>+-]", "", text)


# --- hostile text ----------------------------------------------------------------------------------

HOSTILE = (
    "</script><script>alert(1)</script></style><img src=x onerror=alert(1)> \" ' onmouseover=x() &lt;b&gt;"
    " <!-- ]]> [x](javascript:alert(1)) ![p](https://x.example/p.png) **</ins>** ${7*7}"
)
UNSEEN = "a\u202eb\u200bc\u2066d\ufefff\u00adg\u2028h\x07i\u3164j"

TAGS = {
    "html",
    "head",
    "meta",
    "title",
    "link",
    "style",
    "body",
    "a",
    "header",
    "main",
    "section",
    "nav",
    "article",
    "div",
    "p",
    "span",
    "h1",
    "h2",
    "h3",
    "h4",
    "ul",
    "li",
    "b",
    "strong",
    "em",
    "code",
    "del",
    "ins",
    "details",
    "summary",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
ATTRIBUTES = {
    "lang",
    "charset",
    "http-equiv",
    "content",
    "name",
    "rel",
    "href",
    "class",
    "id",
    "tabindex",
    "aria-labelledby",
    "aria-hidden",
    "scope",
    "role",
    "data-kop",
}


def hostile() -> Pair:
    old = f"# {HOSTILE}\n\n## Artikel 1. {HOSTILE}\n\n1. Een {HOSTILE} {UNSEEN} zin.\n\n## Bijlage {HOSTILE}\n\nx\n"
    new = (
        old.replace("Een", "Geen").replace("zin", f"zin {HOSTILE[::-1]}").replace("\nx\n", "\ny\n")
    )
    new += f"\n## Artikel 9. {UNSEEN}{HOSTILE}\n\n- **{HOSTILE}** {UNSEEN}\n- a. {HOSTILE}\n\n```\n{HOSTILE}\n```\n"
    changes = compare(old.encode(), new.encode())
    return Pair(HOSTILE, HOSTILE, UNSEEN, changes, {"1": HOSTILE + UNSEEN})


@pytest.fixture(params=["page", "table"])
def pages(request: pytest.FixtureRequest) -> list[str]:
    show = diff_page.page if request.param == "page" else was_wordt.html
    return [show(each) for each in (regenboog(), hostile())]


def test_hostile_text_is_text(pages: list[str]) -> None:
    for page in pages:
        found = Reader(page)
        assert not found.wrong
        assert not found.open
        assert set(found.tags) <= TAGS
        assert {name for _, name, _ in found.attributes} <= ATTRIBUTES
        assert not set(UNSEEN) & set(page) - set("abcdfghij")
    assert HOSTILE in Reader(pages[1]).text
    assert "a⟨U+202E⟩b⟨U+200B⟩c⟨U+2066⟩d⟨U+FEFF⟩f⟨U+00AD⟩g⟨U+2028⟩h⟨U+0007⟩i⟨U+3164⟩j" in pages[1]


def test_page_asks_for_nothing(pages: list[str]) -> None:
    """No script, no address of another place: only links inside the page."""
    for page in pages:
        found = Reader(page)
        assert not {"script", "img", "iframe", "object", "form", "base"} & set(found.tags)
        assert set(found.values("href")) <= {"data:,"} | {f"#{each}" for each in found.values("id")}
        assert not found.values("src")
        style = page[page.index("<style>") : page.index("</style>")]
        assert not re.search(r"url\(|@import|http", style)
        assert "default-src 'none'" in page


def test_characters_that_look_alike() -> None:
    old = "## Artikel 1\n\nDe caf\u00e9houder betaalt.\n"
    said = visible(diff_page.page(pair(old, old.replace("\u00e9", "e\u0301"))))
    assert "ziet er hetzelfde uit, maar de tekens verschillen" in said
    assert seen("10\u00a0euro\tén €\u2009– ‘x’") == "10\u00a0euro én €⟨U+2009⟩– ‘x’"


# --- for who listens, and for who sees little ------------------------------------------------------


def test_every_mark_can_be_heard(pages: list[str]) -> None:
    for page in pages:
        marked = Reader(page).marked
        assert marked
        for tag, text in marked:
            word = {"del": "geschrapt", "ins": "ingevoegd"}[tag]
            assert text.startswith(f"{word}: ")
            assert text.endswith(f" (einde {word}) ")


def test_headings_in_order_and_names_that_exist(pages: list[str]) -> None:
    for page in pages:
        found = Reader(page)
        levels = [int(tag[1]) for tag in found.tags if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        assert re.findall(r'id="([^"]+)"', page) == list(
            dict.fromkeys(re.findall(r'id="([^"]+)"', page))
        )
        assert set(found.values("aria-labelledby")) <= set(found.values("id"))
        assert ("html", "lang", "nl") in found.attributes
        assert found.tags.count("main") == 1


def test_skip_link_comes_first() -> None:
    page = diff_page.page(regenboog())
    assert page.index('<a class="spring" href="#wijzigingen">') < page.index("<header>")
    assert 'id="wijzigingen" tabindex="-1"' in page


def test_ids_do_not_change_with_the_order() -> None:
    """A link in a letter keeps its target: an id is the key of the artikel."""
    page = diff_page.page(regenboog())
    for wanted in ("artikel-2", "artikel-2a", "artikel-3", "vervallen-6"):
        assert f'<article id="{wanted}"' in page


@pytest.mark.parametrize("colours", [LIGHT, DARK])
@pytest.mark.parametrize(
    ("ink", "paper"),
    [("tekst", "vlak"), ("tekst", "zacht"), ("stil", "vlak"), ("stil", "zacht"), ("link", "vlak"),
     ("weg", "weg-vlak"), ("bij", "bij-vlak"), ("weg", "vlak"), ("bij", "vlak")],
)  # fmt: skip
def test_contrast(colours: dict[str, str], ink: str, paper: str) -> None:
    """WCAG 2.1, 1.4.3: 4.5 to 1."""
    light, dark = sorted((_luminance(colours[ink]), _luminance(colours[paper])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# --- in a browser ----------------------------------------------------------------------------------

_MEASURE = """<script>
addEventListener("load", () => {
  const inside = document.querySelector("iframe").contentDocument;
  const seen = [...inside.querySelectorAll(".een, .twee")].filter(e => e.getClientRects().length);
  const root = inside.documentElement;
  document.title = (root.scrollWidth - root.clientWidth) + " "
    + seen.some(e => e.matches(".een")) + " " + seen.some(e => e.matches(".twee"));
});
</script>"""


def measured(page: str, width: int, folder: Path) -> tuple[int, bool, bool]:
    """By how much the page is too wide, and whether one text or two columns are shown."""
    frame = f'<iframe width="{width}" height="9000" style="border:0" srcdoc="{html.escape(page)}"></iframe>'
    outer = folder / "buiten.html"
    outer.write_text(f"<!doctype html><title>?</title>{_MEASURE}{frame}", encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    profile = f"--user-data-dir={folder / 'profiel'}"
    command = ["chromium", *options, profile, "--dump-dom", outer.as_uri()]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    found = re.search(r"<title>(-?[0-9]+) (true|false) (true|false)</title>", done.stdout.decode())
    assert found
    return int(found[1]), found[2] == "true", found[3] == "true"


@needs("chromium")
@pytest.mark.parametrize("width", [320, 390, 1200])
def test_page_fits_and_shows_one_of_both(width: int, tmp_path: Path) -> None:
    """One text on a phone, two columns on a desk; never both, and never wider than the screen."""
    wide = width > 1000
    assert measured(diff_page.page(regenboog()), width, tmp_path) == (0, not wide, wide)


@needs("chromium")
@pytest.mark.parametrize("width", [320, 1200])
def test_hostile_page_fits(width: int, tmp_path: Path) -> None:
    assert measured(diff_page.page(hostile()), width, tmp_path)[0] == 0


@needs("chromium")
@pytest.mark.parametrize("width", [320, 390, 1200])
def test_table_fits(width: int, tmp_path: Path) -> None:
    for each in (regenboog(), hostile()):
        assert measured(was_wordt.html(each), width, tmp_path)[0] == 0
