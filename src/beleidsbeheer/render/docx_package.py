"""The parts of a Word file around its text: styles, language, head and foot, properties, the zip.

Written by hand (ECMA-376, WordprocessingML): tracked changes are XML in any library, and what is
around them is little. The same text gives the same bytes: no clock, and nothing is compressed,
because compressors differ. Pure.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import Final

from beleidsbeheer.render.docx_text import (
    DEEPEST,
    FRONT,
    LITERAL,
    PLAIN,
    QUOTE,
    TABLE,
    Run,
    visible,
)

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_NAMES: Final = f'xmlns:w="{_WORD}" xmlns:r="{_OFFICE}"'
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STEP: Final = 567  # twentieths of a point: 1 cm
_PAGE: Final = (11906, 16838)  # A4
_MARGIN: Final = 1304
LINE_WIDTH: Final = _PAGE[0] - 2 * _MARGIN
LONG_SIDE: Final = _PAGE[1] - 2 * _MARGIN

_FACE: Final = {
    "b": "<w:b/>",
    "i": "<w:i/>",
    "s": '<w:strike/><w:color w:val="A00000"/>',
    "u": '<w:color w:val="006000"/><w:u w:val="single"/>',
}


def text(run: Run, tag: str = "t") -> str:
    """A run; ``tag`` is "t", or "delText" for what is struck."""
    pieces: list[str] = []
    for line_number, line in enumerate(run.text.split("\n")):
        pieces += ["<w:br/>"] * bool(line_number)
        for cell_number, cell in enumerate(line.split("\t")):
            pieces += ["<w:tab/>"] * bool(cell_number)
            if cell:
                shown = escape(visible(cell), quote=False)
                pieces.append(f'<w:{tag} xml:space="preserve">{shown}</w:{tag}>')
    return f"<w:r>{_face(run.face)}{''.join(pieces)}</w:r>"


def _face(face: str) -> str:
    marks = "".join(_FACE[letter] for letter in face)
    return f"<w:rPr>{marks}</w:rPr>" if marks else ""


@dataclass(frozen=True, slots=True)
class ListLabel:
    """What Word puts in front of the items of a list.

    ``kind`` "decimal" or "lowerLetter" counts, with ``text`` behind the number; "bullet" shows ``text``.
    """

    kind: str
    text: str

    @property
    def literal(self) -> bool:
        return self.kind == "bullet"


@dataclass
class Numbering:
    """The lists of a file that Word numbers: (label, level from 1, first number), the first is list 1."""

    lists: list[tuple[ListLabel, int, int]] = field(default_factory=list)

    def begin(self, label: ListLabel, level: int, first: int) -> int:
        """A new list; its number."""
        self.lists.append((label, level, first))
        return len(self.lists)


def paragraph(
    style: str, content: str, mark: str = "", *, number: tuple[int, int] | None = None
) -> str:
    """A paragraph; ``mark`` says what happened to its end, ``number`` its list and its level from 1."""
    end = f"<w:rPr>{mark}</w:rPr>" if mark else ""
    listed = ""
    if number:
        listed = (
            f'<w:numPr><w:ilvl w:val="{number[1] - 1}"/><w:numId w:val="{number[0]}"/></w:numPr>'
        )
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{listed}{end}</w:pPr>{content}</w:p>'


def package(
    body: str,
    title: str,
    head: str,
    *,
    author: str = "",
    day: date | None = None,
    wide: bool = False,
    foot: Sequence[str] = (),
    numbering: Numbering | None = None,
) -> bytes:
    """A Word file. ``body`` is the XML of its paragraphs and tables, ``head`` and ``foot`` stand on each page."""
    parts = {
        "[Content_Types].xml": _content_types(numbered=numbering is not None),
        "_rels/.rels": _relations(
            ("officeDocument", "word/document.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _core(title, author, day),
        "word/document.xml": f"<w:document {_NAMES}><w:body>{body}{_section(wide)}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(
            ("styles", "styles.xml"),
            ("settings", "settings.xml"),
            ("header", "header1.xml"),
            ("footer", "footer1.xml"),
            *([("numbering", "numbering.xml")] if numbering else []),
        ),
        "word/styles.xml": _styles(),
        "word/settings.xml": _settings(),
        "word/header1.xml": f"<w:hdr {_NAMES}>{paragraph('Kopregel', text(Run(head)))}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {_NAMES}>{_foot(foot)}</w:ftr>",
    }
    if numbering:
        parts["word/numbering.xml"] = _numbering(numbering)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as file:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system = 3
            info.external_attr = 0o644 << 16
            file.writestr(info, (_DECLARATION + content).encode("utf-8"))
    return out.getvalue()


def moment(day: date, minute: int = 0) -> str:
    """A day as Word wants it: with a time."""
    return f"{day.isoformat()}T00:{minute:02}:00Z"


def attribute(value: str) -> str:
    """Text inside quotes."""
    return escape(visible(value).replace("\n", " ").replace("\t", " "))


def _foot(lines: Sequence[str]) -> str:
    told = "".join(paragraph("Bewijsregel", text(Run(line))) for line in lines)
    return told + paragraph("Voetregel", _page_number())


def _content_types(*, numbered: bool) -> str:
    overrides = {
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/word/document.xml": f"{_TYPE}.document.main+xml",
        "/word/styles.xml": f"{_TYPE}.styles+xml",
        "/word/settings.xml": f"{_TYPE}.settings+xml",
        "/word/header1.xml": f"{_TYPE}.header+xml",
        "/word/footer1.xml": f"{_TYPE}.footer+xml",
    }
    if numbered:
        overrides["/word/numbering.xml"] = f"{_TYPE}.numbering+xml"
    told = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides.items()
    )
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{relations}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{told}</Types>'
    )


def _relations(*targets: tuple[str, str]) -> str:
    told = "".join(
        f'<Relationship Id="rId{number}" Target="{target}"'
        f' Type="{kind if "/" in kind else f"{_OFFICE}/{kind}"}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'


def _core(title: str, author: str, day: date | None) -> str:
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment(day)}</dcterms:{name}>'
        for name in ("created", "modified")
        if day
    )
    who = escape(visible(author), quote=False)
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(visible(title), quote=False)}</dc:title>"
        f"<dc:creator>{who}</dc:creator><cp:lastModifiedBy>{who}</cp:lastModifiedBy>"
        f"{dates}<dc:language>nl-NL</dc:language></cp:coreProperties>"
    )


def _section(wide: bool) -> str:
    short, long = _PAGE
    size = (
        f'w:w="{long}" w:h="{short}" w:orient="landscape"'
        if wide
        else f'w:w="{short}" w:h="{long}"'
    )
    sides = " ".join(f'w:{side}="{_MARGIN}"' for side in ("top", "right", "bottom", "left"))
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/>'
        '<w:footerReference w:type="default" r:id="rId4"/>'
        f'<w:pgSz {size}/><w:pgMar {sides} w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    )


def _settings() -> str:
    return (
        f'<w:settings {_NAMES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="{_STEP}"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
        ' w:val="15"/></w:compat><w:themeFontLang w:val="nl-NL"/></w:settings>'
    )


def _page_number() -> str:
    page, pages = (
        f'<w:fldSimple w:instr=" {name} ">{text(Run("1"))}</w:fldSimple>'
        for name in ("PAGE", "NUMPAGES")
    )
    return f"{text(Run('Bladzijde '))}{page}{text(Run(' van '))}{pages}"


def _numbering(numbering: Numbering) -> str:
    """Each list has a definition of its own, so that no list counts on from another (17.9)."""
    definitions, lists = [], []
    for number, (label, level, first) in enumerate(numbering.lists, 1):
        shown = attribute(label.text) if label.literal else f"%{level}{attribute(label.text)}"
        left = level * _STEP
        definitions.append(
            f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>'
            f'<w:lvl w:ilvl="{level - 1}"><w:start w:val="{first}"/><w:numFmt w:val="{label.kind}"/>'
            f'<w:lvlText w:val="{shown}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{left}" w:hanging="{_STEP}"/></w:pPr></w:lvl></w:abstractNum>'
        )
        lists.append(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>')
    return f"<w:numbering {_NAMES}>{''.join(definitions)}{''.join(lists)}</w:numbering>"


# --- styles --------------------------------------------------------------------------------------


def _styles() -> str:
    """The styles; Word shows its own ones ("heading 1") by their Dutch names (Kop 1)."""
    defaults = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri"'
        ' w:eastAsia="Calibri" w:cs="Calibri"/><w:sz w:val="22"/><w:szCs w:val="22"/>'
        '<w:lang w:val="nl-NL" w:eastAsia="nl-NL" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault><w:pPr><w:spacing"
        ' w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    )
    return f"<w:styles {_NAMES}>{defaults}{''.join(_each_style())}</w:styles>"


def _each_style() -> Iterable[str]:
    yield _style(PLAIN, "Normal", default=True)
    for level, size in enumerate((32, 26, 23, 22, 22, 22), 1):
        layout = (
            f'<w:keepNext/><w:spacing w:before="{360 if level < 3 else 200}" w:after="100"/>'
            f'<w:outlineLvl w:val="{level - 1}"/>'
        )
        face = f'<w:b/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        yield _style(f"Kop{level}", f"heading {level}", layout, face, then=PLAIN)
    for level in range(1, DEEPEST + 2):
        left = level * _STEP
        indent = f'<w:tabs><w:tab w:val="left" w:pos="{left}"/></w:tabs>'
        hanging = f'<w:ind w:left="{left}" w:hanging="{_STEP}"/>'
        yield _style(f"Lijst{level}", f"Lijstregel {level}", indent + hanging)
        yield _style(f"Vervolg{level}", f"Lijstvervolg {level}", f'<w:ind w:left="{left}"/>')
    stops = "".join(f'<w:tab w:val="left" w:pos="{n * 4 * _STEP}"/>' for n in range(1, 5))
    yield _style(TABLE, "Tabelregel", f"<w:tabs>{stops}</w:tabs>")
    yield _style(QUOTE, "Quote", f'<w:ind w:left="{_STEP}" w:right="{_STEP}"/>', "<w:i/>")
    mono = '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/>'
    small = '<w:sz w:val="18"/><w:szCs w:val="18"/>'
    tight = '<w:spacing w:after="0"/>'
    yield _style(LITERAL, "Letterlijk", tight, mono + small)
    yield _style(FRONT, "Kopblok", tight, f'{mono}<w:color w:val="595959"/>{small}')
    yield _style("Kopregel", "header", "", '<w:color w:val="595959"/><w:sz w:val="18"/>')
    yield _style("Voetregel", "footer", '<w:jc w:val="right"/>', '<w:sz w:val="18"/>')
    yield _style("Bewijsregel", "Bewijsregel", tight, '<w:color w:val="595959"/><w:sz w:val="13"/>')
    yield _style("Onderkop", "Subtitle", '<w:spacing w:after="60"/>', '<w:color w:val="595959"/>')
    yield _style(
        "Bijschrift",
        "caption",
        '<w:keepNext/><w:spacing w:before="200" w:after="100"/>',
        "<w:b/>",
        then=PLAIN,
    )
    yield _style("Afdruk", "Afdruk", "<w:keepLines/>", mono + '<w:sz w:val="22"/>')
    yield _style("Keuze", "Keuze", f'<w:ind w:left="{_STEP}" w:hanging="{_STEP}"/>')
    for count in range(1, 5):
        stops = "".join(_blank_stops(n * LINE_WIDTH // count) for n in range(1, count + 1))
        room = '<w:spacing w:before="200" w:after="100"/>'
        yield _style(f"Invullen{count}", f"Invullen {count}", f"<w:tabs>{stops}</w:tabs>{room}")
    apart = '<w:tabs><w:tab w:val="left" w:pos="397"/></w:tabs>'
    hanging = '<w:ind w:left="397" w:hanging="397"/>'
    cell = '<w:spacing w:after="60"/>'
    yield _style("Cel", "Tabelcel", cell, '<w:sz w:val="20"/>')
    yield _style("Cellijst", "Tabelcel lijst", apart + cell + hanging, '<w:sz w:val="20"/>')


def _blank_stops(end: int) -> str:
    """A line to write on, up to a little before ``end``, and the place where the next label begins."""
    line = f'<w:tab w:val="left" w:leader="underscore" w:pos="{end - _STEP // 2}"/>'
    return f'{line}<w:tab w:val="left" w:pos="{end}"/>'


def _style(
    key: str, name: str, layout: str = "", face: str = "", *, then: str = "", default: bool = False
) -> str:
    kind = ' w:default="1"' if default else ""
    based = "" if default else f'<w:basedOn w:val="{PLAIN}"/>'
    following = f'<w:next w:val="{then}"/>' if then else ""
    return (
        f'<w:style w:type="paragraph"{kind} w:styleId="{key}"><w:name w:val="{name}"/>{based}'
        f"{following}<w:qFormat/>{f'<w:pPr>{layout}</w:pPr>' if layout else ''}"
        f"{f'<w:rPr>{face}</w:rPr>' if face else ''}</w:style>"
    )


# --- a table -------------------------------------------------------------------------------------


def table(widths: Iterable[int], rows: Iterable[Iterable[str]]) -> str:
    """A table with lines; a cell is the XML of its paragraphs. The first row comes back on each page."""
    columns = tuple(widths)
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    told = []
    for number, row in enumerate(rows):
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
            for width, cell in zip(columns, row, strict=True)
        )
        head = "" if number else "<w:tblHeader/>"
        told.append(f'<w:tr><w:trPr><w:cantSplit w:val="0"/>{head}</w:trPr>{cells}</w:tr>')
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:tblBorders>{edges}'
        '</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="100" w:type="dxa"/>'
        f'<w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{''.join(told)}</w:tbl>"
    )
