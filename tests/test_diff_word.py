"""Word with tracked changes: accepting them all gives the new text, rejecting them the old one.

Both are done here, on the XML by the rules of the format, and by LibreOffice for real.
"""

from __future__ import annotations

import io
import random
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beleidsbeheer.domain.changes import OpKind, compare
from beleidsbeheer.render.diff import was_wordt, word
from beleidsbeheer.render.diff.pair import Pair
from beleidsbeheer.render.docx_text import PLAIN, Paragraph, Run, joined, paragraphs
from programs import needs, office

DAY = date(2025, 11, 24)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VERSIONS = Path(__file__).parent.parent / "reglement/privacyreglement/versies"
END = Paragraph(PLAIN, ())
QUIET = settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])

OLD = """+++
titel = "Kledingreglement"
raakt = []
+++

# Kledingreglement

## Artikel 1. Begrippen

- **School** De basisschool aan de haven.
- **Leerling** Wie op de school staat ingeschreven.

## Artikel 2. Pet

1. Een leerling draagt binnen geen *pet*.

2. Dat geldt niet:
   - a. in de gymzaal;
   - b. op het plein, tot de bel gaat.

### Hoe

Niet iedereen hoeft dit te weten.

## Artikel 2a. Tas

Een tas blijft aan de kapstok hangen tot de school uitgaat.

## Artikel 2b. Jas

Een jas hangt aan de haak met de naam van de leerling erboven.

## Artikel 3. Schoenen

1. Wie door de modder liep, trekt de schoenen uit bij de deur van de school.

2. De school leent sloffen uit aan wie ze niet heeft meegenomen.

## Artikel 4. Slot

| Begrip | Betekenis |
|---|---|
| pet | een hoofddeksel |

Dit reglement geldt vanaf morgen.

## Artikel 5. Oud

Dit artikel vervalt geheel en al, tot en met het laatste woord.
"""
NEW = """+++
titel = "Kledingreglement"
raakt = ["leerlinggegevens"]
+++

# Kledingreglement

## Artikel 1. Begrippen

- **School** De *basisschool* aan de oude haven.
- **Ouder** De vader, moeder of voogd van een leerling.
- **Leerling** Wie op de school staat ingeschreven.

## Artikel 2. Pet

1. Een leerling draagt binnen geen pet, muts of hoed.

2. Dat geldt niet:
   - a. in de gymzaal;
   - b. in de kantine;
   - c. op het plein, tot de bel gaat.

#### Hoe

Niet iedereen hoeft dit te weten.

## Artikel 3. Schoenen

1. Wie door de modder liep, trekt de schoenen uit bij de deur van de school.

2. De school leent sloffen uit aan wie ze niet heeft meegenomen.

## Artikel 2a. Tas

Een tas blijft aan de kapstok hangen tot de school uitgaat.

## Artikel 2b. Jas

Een jas hangt aan de haak met de naam van de leerling erboven.

## Artikel 4. Slot

| Begrip | Betekenis |
|---|---|
| pet | een hoofddeksel met klep |

Dit reglement geldt vanaf vandaag.\\
En nog heel lang.
"""


def as_pair(old: bytes, new: bytes) -> Pair:
    return Pair("Kledingreglement", "versie 1", "werktekst", compare(old, new), {"2": "Zo is het."})


def part(file: bytes, name: str = "word/document.xml") -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return ElementTree.fromstring(archive.read(name))  # noqa: S314 - our own file


def decided(file: bytes, accept: bool) -> list[Paragraph]:
    """What Word keeps when all changes are accepted, or rejected, by ECMA-376 part 1, 17.13.5.

    A paragraph whose end goes is joined to the next one, which keeps its own style.
    """
    gone = {"del", "moveFrom"} if accept else {"ins", "moveTo"}
    body = part(file)[0]
    assert [child.tag.removeprefix(W) for child in body][-2:] == ["p", "sectPr"]
    found: list[Paragraph] = []
    waiting: list[Run] = []
    for element in body.iter(f"{W}p"):
        runs = [*waiting, *_runs(element, gone)]
        style = element.find(f"{W}pPr/{W}pStyle")
        assert style is not None
        marks = {mark.tag.removeprefix(W) for mark in element.findall(f"{W}pPr/{W}rPr/*")}
        waiting = runs if marks & gone else []
        if not marks & gone:
            found.append(Paragraph(style.attrib[f"{W}val"], joined(runs)))
    assert not waiting
    return found


def _runs(element: ElementTree.Element, gone: set[str]) -> Iterator[Run]:
    for child in element:
        tag = child.tag.removeprefix(W)
        if tag == "r":
            yield run_of(child)
        elif tag not in gone:
            yield from _runs(child, gone)


def run_of(element: ElementTree.Element) -> Run:
    """The text of a run, with its bold and italic."""
    text = ""
    for child in element:
        tag = child.tag.removeprefix(W)
        text += {"tab": "\t", "br": "\n", "noBreakHyphen": "\u2011"}.get(tag, "")
        text += (child.text or "") if tag in ("t", "delText") else ""
    marks = [element.find(f"{W}rPr/{W}{letter}") for letter in "bi"]
    on = [mark is not None and mark.get(f"{W}val", "1") not in ("0", "false") for mark in marks]
    return Run(text, "b" * on[0] + "i" * on[1])


def check(old: bytes, new: bytes) -> bytes:
    """Both ways lead to the texts; labels are in order; the bytes do not depend on the moment."""
    pair = as_pair(old, new)
    file = word.document(pair, "secretaris", DAY)
    assert decided(file, accept=True) == [*paragraphs(new), END]
    assert decided(file, accept=False) == [*paragraphs(old), END]
    assert word.document(pair, "secretaris", DAY) == file
    labels(part(file))
    part(word.word_table(pair))
    return file


def labels(document: ElementTree.Element) -> None:
    """Each change has its own number, who and when; what moved away arrives, once, and the same."""
    tags = ("ins", "del", "moveFrom", "moveTo", "moveFromRangeStart", "moveToRangeStart")
    found = [element for tag in tags for element in document.iter(f"{W}{tag}")]
    numbers = [element.attrib[f"{W}id"] for element in found]
    assert len(set(numbers)) == len(numbers)
    for element in found:
        assert element.attrib[f"{W}author"] == "secretaris"
        assert element.attrib[f"{W}date"] in {f"2025-11-24T00:{n:02}:00Z" for n in (0, 5, 10)}
    assert _moves(document, "From") == _moves(document, "To")


def _moves(document: ElementTree.Element, way: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    inside = number = ""
    for element in document.iter():
        tag = element.tag.removeprefix(W)
        if tag == f"move{way}RangeStart":
            inside, number = element.attrib[f"{W}name"], element.attrib[f"{W}id"]
            assert inside not in found
            found[inside] = []
        elif tag == f"move{way}RangeEnd":
            assert element.attrib[f"{W}id"] == number
            inside = ""
        elif tag == f"move{way}" and len(element):
            found[inside].append("".join(run_of(run).text for run in element))
    assert not inside
    return found


def test_a_rewritten_regulation_goes_both_ways() -> None:
    file = check(OLD.encode(), NEW.encode())
    document = part(file)
    moves = _moves(document, "From")
    assert [texts[0] for texts in moves.values()] == ["Artikel 3. Schoenen"]
    assert len(next(iter(moves.values()))) == 3
    tracked = Counter(element.tag.removeprefix(W) for element in document.iter())
    assert all(tracked[tag] for tag in ("ins", "del", "delText"))


def test_only_words_that_changed_are_marked() -> None:
    file = check(b"# T\n\n1. De pet is rood en groot.\n", b"# T\n\n1. De pet is blauw en groot.\n")
    document = part(file)
    gone = ["".join(run_of(run).text for run in el) for el in document.iter(f"{W}del")]
    come = ["".join(run_of(run).text for run in el) for el in document.iter(f"{W}ins")]
    assert (gone, come) == (["rood"], ["blauw"])


def test_other_bold_is_a_change_and_the_same_text_stays() -> None:
    old, new = (
        Paragraph("Standaard", runs) for runs in ((Run("a b"),), (Run("a "), Run("b", "b")))
    )
    told = list(word.edits(old, new))
    assert told == [
        (OpKind.GELIJK, (Run("a "),)),
        (OpKind.GESCHRAPT, (Run("b"),)),
        (OpKind.INGEVOEGD, (Run("b", "b"),)),
    ]
    check(b"een *twee* drie\n", b"een twee **drie**\n")


def test_the_real_versions_go_both_ways() -> None:
    check(*(VERSIONS.joinpath(f"{number}.md").read_bytes() for number in ("0.2", "0.3")))


def test_numbers_and_lists_are_text() -> None:
    found = paragraphs(NEW.encode())
    told = [(one.style, one.text) for one in found]
    assert ("Kop1", "Kledingreglement") in told
    assert ("Kop4", "Hoe") in told
    assert ("Lijst1", "2.\tDat geldt niet:") in told
    assert ("Lijst2", "c.\top het plein, tot de bel gaat.") in told
    assert ("Lijst1", "Ouder De vader, moeder of voogd van een leerling.") in told
    assert ("Tabelregel", "pet\teen hoofddeksel met klep") in told
    assert ("Standaard", "Dit reglement geldt vanaf vandaag.\nEn nog heel lang.") in told
    assert ("Kopblok", 'raakt = ["leerlinggegevens"]') in told
    assert found[-1].line == NEW.count("\n") - 1


@pytest.mark.parametrize(
    "line",
    ["```", "<!-- weg -->", "***", "##", "[noot]: https://voorbeeld.nl", "1.", "-", "| a | b | c |",
     "- " * 30 + "diep", "1. | a | b |", "\\", "&#8203;", "**", "> > 1. wat", "1. ## kop"],
)  # fmt: skip
def test_no_line_is_lost(line: str) -> None:
    text = f"boven\n\n| a | b |\n|---|---|\n{line}\n\n{line}\n\nonder\n"
    shown = "".join(one.text for one in paragraphs(text.encode()))
    words = line.replace(">", "").replace("&#8203;", "").replace("##", "#").split("#")[-1]
    for letter in set(words) - set(" -|"):
        assert shown.count(letter) >= 2 * words.count(letter)
    check(b"anders\n", text.encode())


def test_what_xml_cannot_hold_is_shown() -> None:
    new = "een \x01 twee \x0c drie\u202e \x7f \ufffe \U000e0001 vier\u00a0vijf 🙂\n"
    file = check(b"een twee\n", new.encode())
    assert [run.text for run in decided(file, accept=True)[0].runs] == [
        "een ⟨U+0001⟩ twee ⟨U+000C⟩ drie⟨U+202E⟩ ⟨U+007F⟩ ⟨U+FFFE⟩ ⟨U+E0001⟩ vier\u00a0vijf 🙂"
    ]


def test_properties_and_language_are_fixed() -> None:
    pair = Pair('A & "B" \x01', "<1>", "2", compare(b"a\n", b"b\n"))
    file = word.document(pair, 'R&D "raad"', DAY)
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in archive.namelist():
            ElementTree.fromstring(archive.read(name))  # noqa: S314 - our own file
        core = archive.read("docProps/core.xml").decode()
        assert "nl-NL" in archive.read("word/styles.xml").decode()
    assert '<dc:title>A &amp; "B" ⟨U+0001⟩</dc:title>' in core
    assert '<dc:creator>R&amp;D "raad"</dc:creator>' in core
    assert core.count("2025-11-24T00:00:00Z") == 2


def test_the_table_has_the_lines_of_was_wordt_with_the_words_marked() -> None:
    pair = as_pair(OLD.encode(), NEW.encode())
    file = word.word_table(pair)
    lines = was_wordt.table(pair)
    rows = [list(row.iter(f"{W}tc")) for row in part(file).iter(f"{W}tr")]
    told = [[_words(cell) for cell in row] for row in rows]
    assert told[0] == list(was_wordt.HEAD)
    assert told[1:] == [
        [" ".join(seen.split()) for seen in (x.artikel, x.was_text, x.wordt_text, x.toelichting)]
        for x in lines
    ]
    assert any(row[3] == "Zo is het." for row in told)
    struck = [
        run_of(run).text
        for run in part(file).iter(f"{W}r")
        if run.find(f"{W}rPr/{W}strike") is not None
    ]
    assert any("morgen." in words for words in struck)
    assert word.word_table(pair) == file
    same = part(word.word_table(as_pair(b"a\n", b"a\n")))
    assert not list(same.iter(f"{W}tbl"))


def _words(cell: ElementTree.Element) -> str:
    told = ("".join(run.text for run in _runs(one, set())) for one in cell.iter(f"{W}p"))
    return " ".join(" ".join(told).split())


# --- random texts --------------------------------------------------------------------------------

PIECES = st.sampled_from(
    ["## Artikel 1\n", "## Artikel 2. B\n", "### Artikel 1\n", "## Hoofdstuk 1\n", "# T\n", "een ",
     "twee ", "\n", "\n\n", " ", "\r", "\r\n", "1. ", "- a. ", "- ", "   - 1°. ", "[x]: y\n", "\u2028",
     "```\n", "===\n", "---\n", "<div>\n", "<!--\n", "  ## Artikel 3\n", "| a | b |\n", "|---|---|\n",
     "**drie** ", "\u00a0", "é", "~~~\n", "> ", "*vier vijf* ", "  \n", "\\\n", "\t", "\x01", "\x0b", "&#9;",
     "&#13;", "&nbsp;", "x ", "een lange zin die vaker in deze tekst staat, en gaat. ", "`c`", "#", "_a_"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=30).map(lambda pieces: "".join(pieces).encode())
LINES = OLD.splitlines(keepends=True) + NEW.splitlines(keepends=True)


@QUIET
@given(TEXTS, TEXTS)
def test_any_two_texts_go_both_ways(old: bytes, new: bytes) -> None:
    check(old, new)


@QUIET
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_characters_go_both_ways(old: str, new: str) -> None:
    check(*((" " + one.replace("\0", "")).encode() for one in (old, new)))


def edited(seed: int) -> bytes:
    """The old regulation with articles and lines moved, dropped, doubled and edited."""
    chance = random.Random(seed)
    front, *articles = OLD.split("\n## ")
    for _ in range(chance.randrange(6)):
        place = chance.randrange(len(articles))
        if (what := chance.randrange(4)) == 0:
            articles.insert(chance.randrange(len(articles)), articles.pop(place))
        elif what == 1 and len(articles) > 1:
            del articles[place]
        elif what == 2:
            lines = articles[place].splitlines(keepends=True)
            lines.insert(chance.randrange(len(lines) + 1), chance.choice(LINES[4:]))
            articles[place] = "".join(lines)
        else:
            words = articles[place].split(" ")
            words[chance.randrange(len(words))] = chance.choice(["kous", "*das*", "**jas**", ""])
            articles[place] = " ".join(words)
    return "\n## ".join([front, *articles]).encode()


@QUIET
@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_any_edits_go_both_ways(first: int, second: int) -> None:
    check(edited(first), edited(second))


# --- LibreOffice ---------------------------------------------------------------------------------

MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"
 script:language="StarBasic">
Sub Decide(folder As String, many As Integer)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  Dim saved(0) As New com.sun.star.beans.PropertyValue
  Dim none()
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  saved(0).Name = "FilterName"
  saved(0).Value = "MS Word 2007 XML"
  helper = createUnoService("com.sun.star.frame.DispatchHelper")
  For number = 0 To many - 1
    For Each what In Array("Accept", "Reject")
      doc = StarDesktop.loadComponentFromURL(folder &amp; "/" &amp; number &amp; ".docx", "_blank", 0, hidden())
      frame = doc.CurrentController.Frame
      helper.executeDispatch(frame, ".uno:" &amp; what &amp; "AllTrackedChanges", "", 0, none())
      doc.storeToURL(folder &amp; "/" &amp; number &amp; "." &amp; what, saved())
      doc.close(True)
    Next
  Next
  StarDesktop.terminate()
End Sub
</script:module>
"""


def named(file: bytes) -> list[Paragraph]:
    """The paragraphs of a file that LibreOffice wrote, with our names for the styles."""
    styles = {
        style.attrib[f"{W}styleId"]: name.attrib[f"{W}val"]
        for style in part(file, "word/styles.xml").iter(f"{W}style")
        if (name := style.find(f"{W}name")) is not None
    }
    found = []
    for element in part(file)[0].iter(f"{W}p"):
        style = element.find(f"{W}pPr/{W}pStyle")
        kind = styles[style.attrib[f"{W}val"]] if style is not None else "Normal"
        found.append(Paragraph(kind.lower(), joined(_runs(element, set()))))
    return found


@needs("soffice")
def test_libreoffice_accepts_and_rejects(tmp_path: Path) -> None:
    versions = [VERSIONS.joinpath(f"{number}.md").read_bytes() for number in ("0.2", "0.3")]
    pairs = [
        (OLD.encode(), NEW.encode()),
        (NEW.encode(), OLD.encode()),
        (versions[0], versions[1]),
        (versions[1], versions[0]),
        (b"", NEW.encode()),
        (OLD.encode(), b""),
        (b"\x01 een\\\ntwee &#9; drie\xc2\xa0\n", b"\x0c een\\\ndrie &#9; twee\n\nvier\n"),
        # an edit up to the end of a lid, and a new lid behind it: two changes, and they stay two
        (b"1. a b c.\n\n## Slot\n", b"1. a b d.\n\n2. nieuw\n\n## Slot\n"),
        (b"1. a b d.\n\n2. oud\n\n## Slot\n", b"1. a b\n\n## Slot\n"),
        (b"een twee drie\n\nvier vijf zes\n", b"een twee drie acht\n\nnegen vier vijf zes\n"),
        (b"een twee drie acht\n\nnegen vier vijf zes\n", b"een twee drie\n\nvier vijf zes\n"),
        *((edited(seed), edited(seed + 1000)) for seed in range(12)),
    ]
    for number, (old, new) in enumerate(pairs):
        file = word.document(as_pair(old, new), "secretaris", DAY)
        tmp_path.joinpath(f"{number}.docx").write_bytes(file)
    profile = tmp_path / "profile"
    office(profile, "--terminate_after_init")  # the first start lays out the profile
    (profile / "user/basic/Standard/Module1.xba").write_text(MACRO, encoding="utf-8")
    office(profile, f'macro:///Standard.Module1.Decide("{tmp_path.as_uri()}",{len(pairs)})')
    names = {
        style.attrib[f"{W}styleId"]: name.attrib[f"{W}val"].lower()
        for style in part(tmp_path.joinpath("0.docx").read_bytes(), "word/styles.xml")
        if (name := style.find(f"{W}name")) is not None
    }
    for number, (old, new) in enumerate(pairs):
        for what, text in (("Reject", old), ("Accept", new)):
            want = [Paragraph(names[one.style], one.runs) for one in paragraphs(text)]
            got = named(tmp_path.joinpath(f"{number}.{what}").read_bytes())
            # it may join the empty paragraph at the end to what went above it
            got = got[:-1] if not got[-1].runs else got
            assert got == want, (number, what)


def test_a_link_is_words_with_its_target_behind_them() -> None:
    (told,) = paragraphs(b'Zie de [Wet *A*](https://wet.example/a "de wet"), lid 2 en [x].\n')
    assert told.text == "Zie de Wet A (https://wet.example/a “de wet”), lid 2 en [x]."
