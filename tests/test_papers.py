"""What stands in the papers that leave the register: one content, in every form, the same bytes each time."""

from __future__ import annotations

import io
import os
import re
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from acts import POLICY, Way
from beleidsbeheer.actions.bundle import MANIFEST, bundle
from beleidsbeheer.actions.papers import standard_template, subject_of
from beleidsbeheer.domain.entry import digest_of
from beleidsbeheer.domain.terms import grouped
from beleidsbeheer.errors import RepositoryProblem, UnreadableInput, WrongUse
from beleidsbeheer.render.papers.decision import NAMES, decision
from beleidsbeheer.render.papers.findings import findings
from beleidsbeheer.render.papers.guide import guide
from beleidsbeheer.render.papers.letter import letter
from beleidsbeheer.render.papers.making import FORMS, made
from beleidsbeheer.render.papers.markdown import markdown
from beleidsbeheer.render.papers.memo import memo
from beleidsbeheer.render.papers.model import Blanks, Choices, Digest, Paper, shares, text_blocks
from beleidsbeheer.render.papers.page import clean_page, page
from beleidsbeheer.render.papers.regulation import clean_text, regulation
from beleidsbeheer.render.papers.subject import Subject
from beleidsbeheer.render.tables import Table
from papers import TODAY, school, subject, view_of
from programs import needs, office

GOLDEN = Path(__file__).parent / "golden"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HOSTILE = """+++
titel = "Kwaad <script>alert(1)</script>"
raakt = ["personeelsgegevens", "oudergegevens"]
+++

# Kwaad <script>alert(1)</script>

#### Veel te diep [kop](javascript:alert(1))

<script>alert(1)</script>

<img src=x onerror=alert(1)> ![beeld](https://elders.example/a.png) [klik](javascript:alert(1))

#let x = read("/etc/passwd") $1+1$ `raw` #image("x") @label \\u{41}

1. een

   - a. \U0001f600 漢字 \u202eomgekeerd \u200b \x07

     1°. dieper

14. verder bij veertien

| a | b |
| - | - |
| <b>x</b> | =1+1 |
| y |

> citaat

    code
"""


def hostile() -> Paper:
    title = "Kwaad <script>alert(1)</script> 漢"
    blocks = (
        *text_blocks(HOSTILE.encode(), ""),
        Table("Tabel <i>", ("A", "B"), (("[x](javascript:1)", "# geen kop " + "y" * 300),)),
        Digest("Afdruk <b>", "ab12" * 16),
        Blanks((("Naam", "Dag"), ("Een", "Twee", "Drie", "Vier"))),
        Choices(("**Ja**", "<nee>")),
    )
    return Paper(title, "De <School>", date(2026, 1, 2), blocks, ("1. onder",), (("Voet", "ab"),))


@pytest.fixture(scope="module")
def way() -> Way:
    return school()


@pytest.fixture(scope="module")
def new(way: Way) -> Subject:
    return subject(way, "0.3")


def every_paper(way: Way) -> dict[str, Paper]:
    new, old = subject(way, "0.3"), subject(way)
    (submission,) = new.course.submissions("0.3")
    parents, _ = new.course.tallies("0.3")
    return {
        "oplegnotitie": memo(
            new,
            submission,
            changes=["Vergeleken met versie 0.2:", "1 artikel is nieuw."],
            findings="Niets gevonden.",
            contents=["tekst-0.3.pdf: de hele tekst"],
        ),
        "brief": letter(new, parents),
        "besluit-concept": decision(new, standard_template(), "besluit.md"),
        "besluit": decision(old, standard_template(), "besluit.md"),
        "schoolgids": guide(old),
        "reglement": regulation(old),
        "tekst": clean_text(new),
        "bevindingen": findings(new, (), "versie 0.2"),
    }


PAPERS = ("oplegnotitie", "brief", "besluit-concept", "besluit", "schoolgids", "reglement")


# --- words -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAPERS)
def test_words_of_a_paper(way: Way, name: str) -> None:
    """Byte for byte. After a wanted change: GOLDEN=new make test."""
    told = markdown(every_paper(way)[name])
    path = GOLDEN / f"stuk-{name}.md"
    if os.environ.get("GOLDEN") == "new":
        path.write_text(told, encoding="utf-8", newline="")
    assert told == path.read_bytes().decode()


def test_version_that_is_not_in_force_says_so(way: Way) -> None:
    assert subject(way).standing == "Geldend: versie 0.2, van 02-03-2026 t/m heden"
    assert subject(way, "0.3").standing.endswith("voorgelegd. Deze tekst geldt niet.")
    assert subject(way, "0.1").standing.endswith("Deze tekst geldt niet.")


def test_version_that_is_to_come_says_so(way: Way) -> None:
    coming = way.copy()
    coming.day = "2026-11-10"
    coming.everyone("0.3")
    coming.adopt("0.3", "2027-01-01")
    assert "toekomstige tekst, geldend vanaf 01-01-2027" in subject(coming, "0.3").standing


def test_doubt_about_what_is_in_force_is_told(new: Subject) -> None:
    told = replace(new, doubts=("approvals/x.json",)).standing
    assert "niet te bepalen zolang approvals/x.json niet klopt" in told


def test_digest_is_in_groups_that_people_can_read_out(new: Subject) -> None:
    first, second = Digest("", new.sha256).lines
    assert first.replace(" ", "") + second.replace(" ", "") == new.sha256
    assert f"{first} {second}" == grouped(new.sha256)
    assert {len(group) for group in f"{first} {second}".split()} == {4}


def test_letter_names_no_one_and_asks_what_the_command_needs(way: Way) -> None:
    told = markdown(every_paper(way)["brief"])
    assert "Bestuurder (voorbeeld)" not in told
    for asked in ("Vergadering op", "Kenmerk", "Voor", "Tegen", "Onthouding", "Aanwezig"):
        assert f"{asked}: " in told


def test_no_name_of_a_person_outside_the_tables(way: Way) -> None:
    """Only the adoption table has the name that namen.toml gives."""
    found = {name for name, paper in every_paper(way).items() if "Bestuurder" in markdown(paper)}
    assert found == {"reglement"}


def test_guide_takes_the_complaints_from_the_text_and_the_address_from_the_register(
    way: Way,
) -> None:
    told = markdown(guide(subject(way)))
    assert "In artikel 17 (Klachten) staat:" in told
    assert "https://school.example/beleid/privacy" in told
    assert "https://nieuw.example" in markdown(guide(subject(way), "https://nieuw.example"))


def test_guide_of_a_text_that_says_nothing_of_complaints() -> None:
    ready = Way.ready()
    ready.agreed("0.1", "2026-01-10")
    ready.adopt("0.1", "2026-02-01")
    told = markdown(guide(subject(ready)))
    assert "Over klachten staat in dit reglement niets" in told
    assert "vraag het aan de school" in told


# --- the decision and its template -------------------------------------------------------------------


def test_every_name_of_the_template_can_be_filled_in(new: Subject) -> None:
    told = markdown(decision(new, "".join(f"{n}: {{{{ {n} }}}}\n\n" for n in NAMES), "x.md"))
    assert "{{" not in told
    assert new.title in told


def test_unknown_name_in_a_template_names_file_and_line(new: Subject) -> None:
    with pytest.raises(UnreadableInput) as caught:
        decision(new, "# Besluit\n\nHet {{verzinsel}}\n", "sjablonen/besluit.md")
    assert (
        caught.value.message
        == "sjablonen/besluit.md:3: {{verzinsel}} is geen invulplek van een besluit."
    )
    assert "versie" in caught.value.hint


def test_what_is_filled_in_is_text() -> None:
    bad = school(beweegredenen="# Kop **vet** {{titel}} <b>x</b>")
    told = markdown(decision(subject(bad, "0.3"), "{{beweegredenen}}\n", "x.md"))
    assert "- \\# Kop \\*\\*vet\\*\\* {{titel}} &lt;b&gt;x&lt;/b&gt;" in told


def test_decision_says_what_it_is_whatever_the_template_says(way: Way) -> None:
    short = "# Besluit\n"
    assert "er ontbreekt instemming" in markdown(decision(subject(way, "0.3"), short, "x.md"))
    assert "vastgesteld door het bestuur op 01-02-2026" in markdown(
        decision(subject(way), short, "x.md")
    )
    agreed = way.copy()
    agreed.day = "2026-11-10"
    agreed.everyone("0.3")
    assert "nog niet vastgelegd" in markdown(decision(subject(agreed, "0.3"), short, "x.md"))


# --- which text ------------------------------------------------------------------------------------------


def test_text_that_was_changed_makes_no_paper(way: Way) -> None:
    changed = way.copy()
    path = f"reglement/{POLICY}/versies/0.3.md"
    changed.files[path] += b"\nStiekem erbij.\n"
    with pytest.raises(RepositoryProblem):
        subject(changed, "0.3")


def test_unknown_version_names_those_that_there_are(way: Way) -> None:
    with pytest.raises(WrongUse) as caught:
        subject(way, "9.9")
    assert "0.1, 0.2, 0.3" in caught.value.hint


# --- forms -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_same_paper_gives_the_same_bytes(way: Way, form: str) -> None:
    for one, other in zip(every_paper(way).values(), every_paper(school()).values(), strict=True):
        assert made(one, form) == made(other, form)


def test_markdown_of_a_hostile_text_is_text() -> None:
    html = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(markdown(hostile()))
    tags = set(re.findall(r"<(\w+)", html))
    assert tags <= {
        "h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td",
        "blockquote", "strong", "em", "hr", "code", "pre", "br",
    }  # fmt: skip
    assert "href" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_markdown_keeps_numbers_that_are_not_the_next() -> None:
    """A list in Markdown shows only its first number; any other stands there as text."""
    html = MarkdownIt().render(markdown(hostile()))
    assert "14. verder bij veertien" in html
    assert "<ol>\n<li>\n<p>een</p>" in html


def _text_of_pdf(data: bytes) -> str:
    """All letters that a PDF holds, through its own map from glyphs to characters, is up to pdftotext."""
    done = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True)
    return done.stdout.decode()


@needs("pdftotext")
def test_pdf_shows_a_hostile_text_as_text() -> None:
    told = _text_of_pdf(made(hostile(), "pdf"))
    assert "<script>alert(1)</script>" in told
    assert '#let x = read("/etc/passwd")' in told
    assert "⟨U+6F22⟩" in told  # no letter for it is embedded, so it is named
    assert "⟨U+202E⟩omgekeerd" in told
    assert "Bladzijde 1 van" in told


@needs("pdftotext")
def test_pdf_says_every_word_of_the_regulation(way: Way) -> None:
    paper = regulation(subject(way))
    told = re.sub(r"\s+", " ", _text_of_pdf(made(paper, "pdf")))
    for article in subject(way).document.articles:
        assert f"Artikel {article.mark}. {article.heading}" in told
    assert grouped(subject(way).sha256) in told
    assert grouped(subject(way).register.verification.root) in told


@pytest.mark.parametrize("name", [*PAPERS, "hostile"])
def test_pdf_is_tagged_and_named_and_has_its_letters(way: Way, name: str) -> None:
    paper = hostile() if name == "hostile" else every_paper(way)[name]
    with pikepdf.open(io.BytesIO(made(paper, "pdf"))) as file:
        assert file.Root.MarkInfo.Marked
        assert str(file.Root.Lang) == "nl-NL"
        assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
        with file.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"
            assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("2", "A")
            title = about["dc:title"]
            assert str(title).startswith(paper.title[:5])
            assert about["xmp:CreateDate"].startswith(paper.day.isoformat())
        assert _fonts_without_a_file(file) == []
        tags = _tags(file.Root.StructTreeRoot.K)
        assert tags[0] == "Document"
        levels = [int(tag[1]) for tag in tags if re.fullmatch(r"H[1-6]", tag)]
        assert levels[:1] in ([], [1])
        assert all(after <= before + 1 for before, after in pairwise(levels))
        if name in ("oplegnotitie", "reglement", "hostile"):
            assert {"Table", "TH", "TD", "L", "LI", "Lbl", "LBody"} <= set(tags)


def _fonts_without_a_file(file: pikepdf.Pdf) -> list[str]:
    kinds = {"/FontFile", "/FontFile2", "/FontFile3"}
    return [
        str(found.get("/FontName"))
        for found in file.objects
        if isinstance(found, pikepdf.Dictionary)
        and found.get("/Type") == "/FontDescriptor"
        and not kinds & set(found.keys())
    ]


def _tags(found: Any) -> list[str]:
    if isinstance(found, pikepdf.Array):
        return [tag for each in found for tag in _tags(each)]
    if isinstance(found, pikepdf.Dictionary) and "/S" in found:
        below = _tags(found.K) if "/K" in found else []
        return [str(found.S)[1:], *below]
    return []


@pytest.mark.parametrize("geleding", ["ouders", "personeel"])
def test_letter_is_one_page(way: Way, geleding: str) -> None:
    name = f"brief-mr-{geleding}.pdf"
    view = view_of(way)
    content = bundle(view, view.register.policies[POLICY], "0.3", TODAY)[name]
    with pikepdf.open(io.BytesIO(content)) as file:
        assert len(file.pages) == 1


# --- Word ----------------------------------------------------------------------------------------------------


def _word(paper: Paper) -> tuple[ElementTree.Element, dict[str, str]]:
    with zipfile.ZipFile(io.BytesIO(made(paper, "docx"))) as file:
        parts = {name: file.read(name).decode() for name in file.namelist()}
    for content in parts.values():
        ElementTree.fromstring(content)  # noqa: S314 - our own bytes
    return ElementTree.fromstring(parts["word/document.xml"]), parts  # noqa: S314


def _lines(body: ElementTree.Element) -> list[str]:
    return ["".join(t.text or "" for t in p.iter(f"{WORD}t")) for p in body.iter(f"{WORD}p")]


def test_word_has_headings_lists_and_tables(way: Way) -> None:
    body, parts = _word(regulation(subject(way)))
    styles = [style.get(f"{WORD}val") for style in body.iter(f"{WORD}pStyle")]
    assert styles[0] == "Kop1"
    assert styles.count("Kop2") == len(subject(way).document.articles)
    assert len(list(body.iter(f"{WORD}tbl"))) == 2
    assert len(list(body.iter(f"{WORD}tblHeader"))) == 2
    assert grouped(subject(way).sha256) in parts["word/footer1.xml"]
    assert "PAGE" in parts["word/footer1.xml"]


def test_word_counts_as_the_text_does() -> None:
    """What Word will show before each item: from its list, where that begins, and what went before."""
    text = b"# T\n\n1. een\n\n   - a. x\n   - b. y\n\n2. twee\n\n   - a) z\n\n5. vijf\n\n- 14a. q\n"
    body, parts = _word(Paper("T", "S", date(2026, 1, 2), text_blocks(text, "T")))
    assert _numbers(body, parts) == ["1.", "a.", "b.", "2.", "a)", "5.", "–"]


def _numbers(body: ElementTree.Element, parts: dict[str, str]) -> list[str]:
    """As ECMA-376 17.9 has it: each list counts on from its start."""
    lists = ElementTree.fromstring(parts["word/numbering.xml"])  # noqa: S314
    shapes = {each.get(f"{WORD}abstractNumId"): each for each in lists.iter(f"{WORD}abstractNum")}
    counts: dict[str, int] = {}
    told = []
    for number in body.iter(f"{WORD}numId"):
        key = str(number.get(f"{WORD}val"))
        level = shapes[key].find(f"{WORD}lvl")
        assert level is not None
        first, kind, shown = (
            str(found.get(f"{WORD}val"))
            for name in ("start", "numFmt", "lvlText")
            for found in level.iter(f"{WORD}{name}")
        )
        counts[key] = counts.get(key, int(first) - 1) + 1
        mark = str(counts[key]) if kind == "decimal" else chr(ord("a") + counts[key] - 1)
        told.append(re.sub(r"%\d", mark, shown))
    return told


def test_word_shows_a_hostile_text_as_text() -> None:
    body, parts = _word(hostile())
    told = "\n".join(_lines(body))
    assert "<script>alert(1)</script>" in told
    assert "⟨U+202E⟩omgekeerd" in told
    relations = parts["word/_rels/document.xml.rels"]
    assert "http://elders" not in relations
    assert "External" not in relations


def test_word_has_the_day_of_the_register_and_no_clock(new: Subject) -> None:
    _, parts = _word(clean_text(new))
    assert "2026-11-01T00:00:00Z" in parts["docProps/core.xml"]


@needs("soffice")
def test_letter_in_word_is_one_page(way: Way, tmp_path: Path) -> None:
    letter_file = tmp_path / "brief.docx"
    letter_file.write_bytes(made(every_paper(way)["brief"], "docx"))
    office(tmp_path / "profiel", "--convert-to", "pdf", "--outdir", str(tmp_path), str(letter_file))
    with pikepdf.open(tmp_path / "brief.pdf") as file:
        assert len(file.pages) == 1


# --- tables in every form -----------------------------------------------------------------------------------


words_ = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)


@given(st.lists(st.tuples(words_, words_, words_), max_size=4))
def test_columns_share_the_whole_width(rows: list[tuple[str, str, str]]) -> None:
    found = shares(Table("", ("Versie", "Status", "Omschrijving"), tuple(rows)))
    assert sum(found) == 100
    assert min(found) > 0


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=300))
def test_any_text_becomes_a_pdf_that_keeps_the_standard(text: str) -> None:
    """Typst refuses what breaks PDF/UA-1 or PDF/A-2a; whatever somebody types must not make it refuse."""
    text = text.encode("utf-8", "replace").decode()
    if text.startswith("+++"):
        return
    paper = Paper(
        text or "x",
        text,
        date(2026, 1, 2),
        (
            *text_blocks(text.encode(), ""),
            Table(text, (text,), ((text,),)),
            Digest(text, "ab" * 32),
        ),
        (text,),
        ((text, text),),
    )
    assert made(paper, "pdf").startswith(b"%PDF-1.7")


# --- the folder ------------------------------------------------------------------------------------------------


def test_bundle_is_complete_and_its_manifest_is_true(way: Way) -> None:
    view = view_of(way)
    files = bundle(view, view.register.policies[POLICY], "0.3", TODAY)
    assert list(files) == [
        "bevindingen.docx",
        "bevindingen.pdf",
        "brief-mr-ouders.docx",
        "brief-mr-ouders.pdf",
        "brief-mr-personeel.docx",
        "brief-mr-personeel.pdf",
        "oplegnotitie.docx",
        "oplegnotitie.pdf",
        "renvooi.docx",
        "renvooi.html",
        "tekst-0.3.html",
        "tekst-0.3.pdf",
        "was-wordt.docx",
        "was-wordt.html",
        MANIFEST,
    ]
    lines = files[MANIFEST].decode().splitlines()
    told = {line[66:]: line[:64] for line in lines}
    assert told == {name: digest_of(data) for name, data in files.items() if name != MANIFEST}
    assert files == bundle(view_of(school()), view.register.policies[POLICY], "0.3", TODAY)


def test_bundle_of_a_first_text_has_nothing_to_compare() -> None:
    first = Way.ready()
    first.day = "2026-01-05"
    first.submit("0.1")
    view = view_of(first)
    files = bundle(view, view.register.policies[POLICY], "0.1", TODAY)
    assert not [name for name in files if name.startswith(("renvooi", "was-wordt"))]


def test_bundle_of_what_was_not_submitted_is_refused(way: Way) -> None:
    view = view_of(way)
    with pytest.raises(WrongUse) as caught:
        bundle(view, view.register.policies[POLICY], "0.1", TODAY)
    assert "nog niet voorgelegd" in caught.value.message


def test_subject_is_the_text_in_force_without_a_number(way: Way) -> None:
    view = view_of(way)
    assert subject_of(view, view.register.policies[POLICY], "", TODAY).number == "0.2"


# --- one page for a browser ------------------------------------------------------------------------------------


def test_page_has_the_same_tables_and_text_and_asks_for_nothing(way: Way) -> None:
    told = page(subject(way))
    for row in ("De tekst die er al was", "CvB 2026-7", grouped(subject(way).sha256)):
        assert row in told
    assert 'id="artikel-14-lid-1-onder-b"' in told
    assert "default-src 'none'" in told
    assert "<script" not in told
    assert not re.search(r"(?:src|href)=\"(?!#|data:,)", told)


def test_page_of_a_hostile_text_is_text() -> None:
    bad = subject(school(HOSTILE.encode()), "0.3")
    told = clean_page(bad)
    assert "<script" not in told
    assert "<img" not in told
    assert "javascript:" not in re.sub(r">[^<]*<", "><", told)
    assert not re.search(r"(?:src|href)=\"(?!#|data:,)", told)
