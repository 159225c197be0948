"""Hidden text: what is in the file and on nobody's page. What is signed must be what is read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import Final

from beleidsbeheer.domain.checks.frame import Dossier, Group, Remark, check
from beleidsbeheer.domain.model import Severity

_WHY: Final = "Wie tekent, tekent ook deze tekens, en heeft ze niet gezien."
_COMMENT: Final = re.compile(r"<!--|<\?|<!\[CDATA\[|<![a-z]", re.I)
_ELEMENT: Final = re.compile(
    r"<(script|style|template|noscript|title|textarea|iframe|noframes|noembed|object|audio|video|canvas|svg"
    r"|datalist|select|dialog|details)\b",
    re.I,
)
_INFO: Final = re.compile(
    r" {0,3}(?:`{3,}|~{3,})[ \t]*[^\s`]+(?=[ \t]+[^\s`])"
)  # of a block of code
_TAG: Final = re.compile(r"<[a-z][a-z0-9]{0,20}\s[^<>]{0,2000}>", re.I)
_LONGEST_TAG: Final = 2000
_STYLE_COMMENT: Final = re.compile(r"/\*.{0,200}?\*/", re.S)
_NOUGHT: Final = r"0*(?:\.0*)?(?![\d.])"
_WHITE: Final = (
    r"#(?:f[\da-f]){3}(?:[\da-f]{2})?\b|#f{3}[\da-f]?\b"
    r"|(?:white|transparent|snow|ivory|ghostwhite|whitesmoke|floralwhite|mintcream|azure)\b"
    r"|rgba?\(\s*(?:25[0-5][\s,]+25[0-5][\s,]+25[0-5]|100%[\s,]+100%[\s,]+100%)"
    r"|hsla?\([^)]{0,40}?[\s,]100%\s*[,/)]"
)
_UNSEEN: Final = re.compile(
    "|".join(
        [
            r"display\s*:\s*none",
            r"visibility\s*:\s*(?:hidden|collapse)",
            r"(?<![-\w])clip(?:-path)?\s*:",
            r"scale[xy3d]*\(\s*0",
            # too small to read: below 5 pixels or points, below 0.4 em, below 30 %
            r"font(?:-size)?\s*:[^;\"']{0,80}?(?<![\d.])(?:0*[0-4](?:\.\d*)?|\.\d+)p[xt]\b",
            r"font-size\s*:\s*(?:0*\.[0-3]\d*(?:r?em|ex|ch)\b|0*[0-2]?\d%)",
            rf"(?:font-size|(?<![-\w])(?:max-)?(?:height|width))\s*:\s*(?=[\d.]){_NOUGHT}",
            rf"opacity\s*:\s*(?=[\d.])(?:{_NOUGHT}|0*\.[0-2]\d*|0*[0-2]?\d%)",
            rf"(?<![-\w])color\s*[:=]\s*[\"']?\s*(?:{_WHITE})",
            r"\shidden(?=[\s>=/])",
            r"aria-hidden",
            r"(?:left|top|text-indent)\s*:\s*-\d{3,}",
        ]
    ),
    re.I,
)
_RULED: Final = re.compile(r"\s*:?-+:?\s*")
_BAR: Final = re.compile(r"(?<!\\)\|")
_DEFINITION: Final = re.compile(r" {0,3}\[([^\]\n]{1,999})\]:(?:\s*\S|\s*$)")
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|\w{2,31});", re.I)
_JOINERS: Final = "\u200c\u200d"
_BIDI: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NOT_PLAIN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U000e0000-\U000e0fff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a]"
)
# letters of other alphabets and look-alike forms: Greek, Cyrillic, Armenian, Cherokee, phonetic, mathematical, full width
_FOREIGN: Final = re.compile(
    "[\u0250-\u02af\u0370-\u03ff\u0400-\u052f\u0530-\u058f\u13a0-\u13ff\u1d00-\u1d7f\u2c80-\u2cff\ua4d0-\ua4ff\ua730-\ua7ff"
    "\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff]"
)
_LOOKALIKES: Final = frozenset("аеорсухіјѕԁһԛԝАВЕКМНОРСТУХІЈЅαονρτυικΑΒΕΖΗΙΚΜΝΟΡΤΥΧ")


@check(
    "verborgen-commentaar",
    Group.TEKST,
    Severity.FOUT,
    why=_WHY,
    tip="Haal het weg, of maak er gewone tekst van.",
)
def hidden_comment(dossier: Dossier) -> Iterator[Remark]:
    """Er staat commentaar of code in de tekst die op geen enkele pagina te zien is."""
    for line in dossier.lines:
        marked = (
            [_COMMENT.search(line.text), _ELEMENT.search(line.text)] if "<" in line.text else []
        )
        for found in (*marked, _INFO.match(line.text)):
            if found:
                yield Remark(
                    line.number,
                    f"Wat achter {found[0].strip()} staat, ziet de lezer niet.",
                    quote=line.text[found.start() :],
                )


@check(
    "verborgen-verwijzing",
    Group.TEKST,
    Severity.FOUT,
    why=_WHY,
    tip="Haal de regel weg, of maak er gewone tekst van.",
)
def hidden_definition(dossier: Dossier) -> Iterator[Remark]:
    """Er staat tekst in een linkdefinitie die nergens wordt gebruikt en dus op geen pagina te zien is."""
    found = [
        (line.number, line.text, match)
        for line in dossier.lines
        if line.text.lstrip()[:1] == "[" and (match := _DEFINITION.match(line.text))
    ]
    used = set[str]()
    for line in dossier.lines if found else ():
        if "[" in line.text and not _DEFINITION.match(line.text):
            used |= {
                each.casefold() for each in re.findall(r"\[([^\[\]\n]{1,999})\](?!\()", line.text)
            }
    for number, text, match in found:
        name = match[1].casefold()
        if name not in used:
            yield Remark(number, "Deze regel is op de pagina niet te zien.", quote=text)
        used.discard(name)  # of two with one name the second is not read


@check(
    "verborgen-cel",
    Group.TEKST,
    Severity.FOUT,
    why=_WHY,
    tip="Geef de kop van de tabel evenveel kolommen, of zet een \\ voor een | dat bij de woorden hoort.",
)
def hidden_cell(dossier: Dossier) -> Iterator[Remark]:
    """Een rij van een tabel heeft meer cellen dan de kop; wat te veel is, staat op geen enkele pagina."""
    for passage in dossier.passages if "|" in dossier.lowered else ():
        rows = passage.text.split("\n")
        if len(rows) < 3 or "|" not in rows[1]:
            continue
        ruled, width = _cells(rows[1]), len(_cells(rows[0]))
        if len(ruled) != width or not all(_RULED.fullmatch(cell) for cell in ruled):
            continue  # then it is no table
        for number, row in enumerate(rows[2:], start=passage.first + 2):
            if any(cell.strip() for cell in _cells(row)[width:]):
                yield Remark(number, f"De kop van deze tabel heeft {width} kolommen.", quote=row)


def _cells(row: str) -> list[str]:
    cells = _BAR.split(row.strip())
    first = 1 if not cells[0] else 0
    return cells[first : len(cells) - 1 if len(cells) > 1 and not cells[-1] else len(cells)]


@check(
    "verborgen-opmaak",
    Group.TEKST,
    Severity.FOUT,
    why=_WHY,
    tip="Haal de HTML weg; een reglement heeft geen eigen kleuren of maten nodig.",
)
def hidden_style(dossier: Dossier) -> Iterator[Remark]:
    """HTML maakt een stuk tekst onzichtbaar: wit op wit, lettergrootte nul of verborgen."""
    for passage in dossier.passages if "<" in dossier.lowered else ():
        told = 0  # one on a line is enough
        for tag in _TAG.finditer(passage.text):
            number = passage.line_of(tag.start())
            found = _UNSEEN.search(_STYLE_COMMENT.sub("", unescape(tag[0])))
            if found and number != told:
                told = number
                yield Remark(
                    number,
                    f"Deze opmaak verbergt tekst: {found[0].strip()}.",
                    quote=passage.text[tag.start() : tag.start() + _LONGEST_TAG],
                )


@check(
    "verborgen-tekens",
    Group.TEKST,
    Severity.FOUT,
    why=_WHY,
    tip="Typ het woord opnieuw. Plakken uit Word of van een webpagina brengt zulke tekens mee.",
)
def hidden_characters(dossier: Dossier) -> Iterator[Remark]:
    """Er staan tekens in de tekst die niemand ziet, of die de leesrichting omdraaien."""
    for number, line in enumerate(
        dossier.document.lines, start=1
    ):  # the front matter is signed too
        text = line.rstrip("\r\n")
        if "&" in text:
            text = _ENTITY.sub(lambda found: _resolved(found[0]), text)
        if text.isascii() and text.isprintable():
            continue
        odd = [at for at in _NOT_PLAIN.finditer(text) if not _belongs(text, at.start())]
        if not odd:
            continue
        names = list(dict.fromkeys(_name(at[0]) for at in odd))[:3]
        what = "keert de leesrichting om" if _BIDI & {at[0] for at in odd} else "is onzichtbaar"
        yield Remark(
            number,
            f"Hier staat {len(odd)} keer een teken dat {what}: {', '.join(names)}.",
            quote=_shown(text, odd[0].start()),
        )


def _resolved(entity: str) -> str:
    """The character of an entity that nobody would see; any other entity as it stands."""
    char = unescape(entity)
    return char if _NOT_PLAIN.fullmatch(char) else entity


def _belongs(text: str, place: int) -> bool:
    """Whether a joiner or selector does its normal work: inside an emoji or a script that joins letters."""
    char, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    joins = char in _JOINERS or "\ufe00" <= char <= "\ufe0f"
    if not joins or not before:
        return False
    if unicodedata.category(before) in ("So", "Sk", "Sm"):
        return True
    return char in _JOINERS and bool(after) and _joining(before) and _joining(after)


def _joining(char: str) -> bool:
    return char.isalpha() and _script(char) not in ("LATIN", "GREEK", "CYRILLIC")


def _name(char: str) -> str:
    return f"U+{ord(char):04X} {unicodedata.name(char, 'stuurteken').lower()}"


def _shown(text: str, place: int) -> str:
    """The words around a place, with the unseen characters made visible."""
    part = text[max(0, place - 30) : place + 40]
    return _NOT_PLAIN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", part)


@check(
    "verwisselde-letters",
    Group.TEKST,
    Severity.FOUT,
    why="Het woord ziet er gewoon uit en is het niet: een zoekopdracht of een vergelijking vindt het niet.",
    tip="Typ het woord opnieuw.",
)
def mixed_scripts(dossier: Dossier) -> Iterator[Remark]:
    """In een woord staan letters uit een ander schrift die er hetzelfde uitzien."""
    for number, line in enumerate(dossier.document.lines, start=1):
        if line.isascii() or not _FOREIGN.search(line):
            continue
        for word in re.findall(r"[^\W\d_]+", line):
            foreign = [char for char in word if _FOREIGN.match(char)]
            alike = [char for char in foreign if _misleads(char)]
            # all of them: a word that looks Dutch; only some: letters put between those of another alphabet
            if alike and (len(foreign) < len(word) or len(alike) == len(word) > 2):
                told = ", ".join(dict.fromkeys(map(_name, foreign[:3])))
                yield Remark(
                    number, f'In "{word}" staan letters uit een ander schrift: {told}.', word
                )


def _misleads(char: str) -> bool:
    """Whether a letter looks Latin and is not; the mu of a micrometre does not."""
    return char in _LOOKALIKES or _script(char) not in ("GREEK", "CYRILLIC", "ARMENIAN", "COPTIC")


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    return unicodedata.name(char, "?").split()[0]
