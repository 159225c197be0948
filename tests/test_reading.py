"""The text as people read it: its addresses, its contents, references and terms as links; hostile text does nothing."""

from __future__ import annotations

import html
import os
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleidsbeheer.domain.document import parse
from beleidsbeheer.errors import DocumentError
from beleidsbeheer.render.reading import Link, Reading, linked, reading

GOLDEN = Path(__file__).parent / "golden"
OWN = Path(__file__).parent.parent / "reglement/privacyreglement/versies/0.2.md"

TEXT = """+++
titel = "Schoolreglement"
+++

# Schoolreglement

De aanhef.

## Hoofdstuk 1. Algemeen

## Artikel 1. Begrippen

- **Betrokkene** Degene van wie de gegevens zijn.
- **Derde** Iemand anders.

## Hoofdstuk 2. Rechten

## Artikel 2. Rechten

1. Een betrokkene mag vragen om:
   - a. inzage;
   - b) verbetering:
     - 1°. van een naam;
     - 2°. van een adres.

2. Zie artikel 1 en **lid 1 onder a**.

### Kosten

3) De betrokkene betaalt de derde keer niets.

## Slot

| Dag | Uur |
|:----|----:|
| ma  | 9   |
"""

ALLOWED = {
    "section", "h1", "h2", "h3", "h4", "h5", "h6", "a", "p", "ol", "ul", "li", "span", "strong", "em", "code",
    "pre", "blockquote", "hr", "br", "div", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {"id", "class", "href", "rel", "title", "role", "tabindex", "aria-label", "scope"}


class Page(HTMLParser):
    """The tags of a fragment; fails on what is not closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.said = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in ("br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.said += data

    def values(self, name: str) -> list[str]:
        return [attributes[name] for _, attributes in self.tags if name in attributes]

    def harmless(self) -> None:
        """No tag, attribute or target that could do, fetch or restyle anything; each id once."""
        for tag, attributes in self.tags:
            assert tag in ALLOWED
            assert set(attributes) <= ATTRIBUTES
        for target in self.values("href"):
            assert re.match(r"(https?://|mailto:|tel:|#)", target)
        ids = self.values("id")
        assert len(ids) == len(set(ids))
        assert all(ids)


def read(text: str, links: tuple[Link, ...] = ()) -> Reading:
    return reading(parse(text.encode()), links)


def link(text: str, words: str, key: str) -> Link:
    start = text.encode().index(words.encode())
    return Link(start, start + len(words.encode()), key)


def test_reading_is_as_agreed() -> None:
    """Byte for byte. After a wanted change: GOLDEN=new make test."""
    links = (link(TEXT, "artikel 1", "1"), link(TEXT, "lid 1 onder a", "2.1.a"))
    printed = read(TEXT, links).body()
    if os.environ.get("GOLDEN") == "new":
        (GOLDEN / "lezen.html").write_text(printed, newline="")
    assert printed == (GOLDEN / "lezen.html").read_bytes().decode()


def test_every_element_has_the_address_people_would_guess() -> None:
    assert dict(read(TEXT).anchors) == {
        "hoofdstuk-1": "hoofdstuk-1",
        "1": "artikel-1",
        "1.betrokkene": "artikel-1-begrip-betrokkene",
        "1.derde": "artikel-1-begrip-derde",
        "hoofdstuk-2": "hoofdstuk-2",
        "2": "artikel-2",
        "2.1": "artikel-2-lid-1",
        "2.1.a": "artikel-2-lid-1-onder-a",
        "2.1.b": "artikel-2-lid-1-onder-b",
        "2.1.b.1°": "artikel-2-lid-1-onder-b-onder-1",
        "2.1.b.2°": "artikel-2-lid-1-onder-b-onder-2",
        "2.2": "artikel-2-lid-2",
        "2.3": "artikel-2-lid-3",
    }


def test_every_address_is_in_the_page_once() -> None:
    for text in (TEXT, OWN.read_text()):
        told = read(text)
        page = Page(told.body())
        page.harmless()
        assert set(told.anchors.values()) <= set(page.values("id"))


def test_contents_lead_to_every_part() -> None:
    told = read(TEXT)
    assert told.title == "Schoolreglement"
    lines = [(e.anchor, e.text, [b.text for b in e.below]) for e in told.contents]
    assert lines == [
        ("hoofdstuk-1", "Hoofdstuk 1. Algemeen", ["Artikel 1. Begrippen"]),
        ("hoofdstuk-2", "Hoofdstuk 2. Rechten", ["Artikel 2. Rechten"]),
        ("kop-slot", "Slot", []),
    ]
    ids = Page(told.body()).values("id")
    assert all(entry.anchor in ids for entry in told.contents)


def test_two_with_one_number_have_two_addresses() -> None:
    told = read("## Artikel 1\n\nA.\n\n## Artikel 1\n\nB.\n\n## Slot\n\nC.\n\n## Slot\n\nD.\n")
    ids = Page(told.body()).values("id")
    assert ids == ["artikel-1", "artikel-1~2", "kop-slot", "kop-slot~2"]


def test_marks_are_the_writers_own() -> None:
    """Markdown would count 3. 5. as 3. 4., and write 3) as 3."""
    body = read("## Artikel 1\n\n3. drie\n5. vijf\n\n- b) letter\n").body()
    assert re.findall(r'<span class="merk"><a href="#([^"]+)">([^<]+)<', body) == [
        ("artikel-1-lid-3", "3."),
        ("artikel-1-lid-5", "5."),
        ("artikel-1-lid-5-onder-b", "b)"),
    ]
    assert "b) letter" not in body


def test_levels_of_headings_have_no_holes() -> None:
    levels = [
        int(n) for n in re.findall(r"<h(\d)", read(TEXT + "\n##### Diep\n\n###### Dieper\n").body())
    ]
    assert levels == [2, 3, 2, 3, 4, 2, 3, 4]


def test_references_lead_to_what_they_name() -> None:
    body = read(TEXT, (link(TEXT, "artikel 1", "1"), link(TEXT, "lid 1 onder a", "2.1.a"))).body()
    assert '<a class="verwijzing" href="#artikel-1">artikel 1</a>' in body
    assert (
        '<strong><a class="verwijzing" href="#artikel-2-lid-1-onder-a">lid 1 onder a</a></strong>'
        in body
    )


def test_a_reference_across_marks_stays_in_order() -> None:
    text = "## Artikel 1\n\nZie **artikel 1** onder a, [artikel 1](https://example.org) en `artikel 1`.\n"
    start = text.index("artikel 1**")
    found = [Link(start, start + len("artikel 1** onder a"), "1")]
    found += [Link(m.start(), m.end(), "1") for m in re.finditer(r"artikel 1(?=[]`])", text)]
    page = Page(read(text, tuple(found)).body())
    page.harmless()
    assert page.values("href") == ["#artikel-1", "#artikel-1", "#artikel-1", "https://example.org"]
    assert "Zie artikel 1 onder a, artikel 1 en artikel 1." in page.said


def test_a_reference_to_nothing_is_only_words() -> None:
    assert "verwijzing" not in read(TEXT, (link(TEXT, "artikel 1", "99"),)).body()


def test_a_link_never_changes_what_the_text_is() -> None:
    """A mark before the number of a lid would make it a paragraph."""
    text = "## Artikel 1\n\n1. een\n"
    body = read(text, (Link(text.index("1. een"), len(text) - 1, "1"),)).body()
    assert body == read(text).body()


def test_a_link_within_a_character_is_none() -> None:
    text = "## Artikel 1\n\nNa 1° volgt meer.\n"
    half = text.encode().index("°".encode()) + 1
    assert read(text, (Link(half, half + 4, "1"), Link(0, half, "1"))).body() == read(text).body()


def test_terms_lead_to_their_definition_once_in_each_part() -> None:
    body = read(TEXT).body()
    (found,) = re.findall(r'<a class="begrip" [^>]*>', body)
    assert 'href="#artikel-1-begrip-betrokkene"' in found
    assert 'title="Betrokkene Degene van wie de gegevens zijn."' in found


def test_an_ordinal_is_no_term() -> None:
    assert "derde keer" in html.unescape(re.sub(r"<[^>]+>", "", read(TEXT).body()))
    assert 'begrip-derde" title' not in read(TEXT).body()


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "Zie <img src=x onerror=alert(1)> hier.",
        "<style>body { display: none }</style>\n\nna",
        "[klik](javascript:alert(1))",
        "[klik](JaVaScRiPt:alert(1))",
        "[klik](data:text/html;base64,PHNjcmlwdD4=)",
        "[klik](vbscript:x) [b](//example.org/x) [c](../../geheim.html)",
        "<javascript:alert(1)>",
        "![alt <b>](https://example.org/volg.png)",
        "![alt](data:image/png;base64,iVBORw0KGgo=)",
        '[a](https://example.org "x\\" onmouseover=alert(1)")',
        '## Artikel 1" onclick="alert(1)',
        '## Artikel 1. <b onclick="x">kop</b> [link](https://example.org)',
        '- **"><script>x</script>** begrip',
        "| a |\n|:-:|\n| <script>x</script> |",
        "```html\n<script>alert(1)</script>\n```",
        "&#60;script&#62;alert(1)&#60;/script&#62;",
        "\u202eomgekeerd\u202c en \u200bonzichtbaar",
        "> - a. in een citaat\n>\n> 7. zeven",
        "\ufdd0\ufdd1\ufdd1 merktekens",
    ],
)
def test_hostile_text_does_nothing(hostile: str) -> None:
    text = f"# Titel\n\n## Artikel 1. Begrippen\n\n{hostile}\n\n## Artikel 2\n\n{hostile}\n"
    page = Page(read(text, (Link(0, 4, "1"),)).body())
    page.harmless()
    assert not re.search("[\u202a-\u202e\u200b\ufdd0\ufdd1]", page.said)


def test_a_huge_table_is_only_long() -> None:
    text = "# T\n\n| a | b |\n|---|---|\n" + "| x | y |\n" * 5000
    assert read(text).body().count("<tr>") == 5001


# fmt: off
PIECES = st.sampled_from([
    "# ", "## Artikel 1. X", "## Artikel 2a", "## Hoofdstuk 1", "### Kop", "1. lid", "2) lid", "- a. onder",
    "   - 1°. sub", "- **Term** x", "> citaat", "<b>", "<!--", "```", "~~~", "    code", "", "| Begrip | b |",
    "|---|-:|", "| x | y |", "[x](y)", "[x]: https://example.org", "![i](j)", "**", "`", "\\", "term",
    "artikel 1", "***", "===", "\t- x", "&lt;", "<a href=x>", "https://example.org", "10. tien",
])
# fmt: on


@given(
    st.lists(PIECES, max_size=12),
    st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), max_size=4),
)
def test_any_text_is_harmless(pieces: list[str], places: list[tuple[int, int]]) -> None:
    data = "\n".join(pieces).encode()
    links = [Link(min(place), max(place), "1") for place in places if max(place) <= len(data)]
    told = reading(parse(data), links)
    page = Page(told.body())
    page.harmless()
    assert set(told.anchors.values()) <= set(page.values("id"))


@given(st.text(max_size=300))
def test_no_character_is_harmful(text: str) -> None:
    try:
        document = parse(text.encode())
    except DocumentError:
        return
    Page(reading(document).body()).harmless()


def test_linked_leads_from_a_reference_to_its_artikel() -> None:
    text = "## Artikel 1\n\nZie artikel 2 lid 1 en artikel 9.\n\n## Artikel 2\n\n1. Een lid.\n"
    body = linked(parse(text.encode())).body()
    assert '<a class="verwijzing" href="#artikel-2-lid-1">artikel 2 lid 1</a>' in body
    assert "artikel 9.</p>" in body


def test_a_link_in_the_front_matter_shifts_nothing() -> None:
    text = '+++\ntitel = "Artikel 1"\n+++\n\n## Artikel 1\n\nZie artikel 1.\n'
    inside = Link(text.index("Artikel 1"), text.index("Artikel 1") + 9, "1")
    assert read(text, (inside,)).body() == read(text).body()
