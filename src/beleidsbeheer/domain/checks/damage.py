"""Damage: what conversion and page breaks left behind, and words that everybody writes wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from beleidsbeheer.domain.checks.frame import Dossier, Group, Remark, check
from beleidsbeheer.domain.checks.language import language
from beleidsbeheer.domain.document import Kind
from beleidsbeheer.domain.model import Severity
from beleidsbeheer.domain.passages import Passage

_CODE: Final = re.compile(r"`+[^`\n]*`+|\\[*_]")
_WELL_FORMED: Final = re.compile(r"(?<![\w*\\`])\*\*\w(?:[^*\n`\\]{0,300}\w)?[.:,;)]?\*\*(?![\w*])")
_FOOTNOTE: Final = re.compile(r"\*{1,3}\)|\A\s*\*{1,3}(?=\s)|<sup>\*+")
_STARS: Final = re.compile(r"\*+")
_INDENT: Final = re.compile(
    r"^[ \t]*(?:[-+*][ \t]+|[0-9]{1,9}[.)][ \t]+|#{1,6}[ \t]+|>[ \t]*)?", re.M
)
_LONGEST_PASSAGE: Final = 50_000  # characters
_RULE: Final = re.compile(r"\s*(?:\*\s*){3,}\s*")
_LOWER: Final = re.compile(r"\s*([a-zà-ÿ]{2,40})(?=[\s.,;:)]|$)")
_GLUED: Final = re.compile(r"#{1,6}[^\W\d_][^\n]{0,80}")
_HYPHEN: Final = re.compile(r"(?<![\w-])([^\W\d_]{2,12})-([^\W\d_A-Z]{2,14})(?![\w-])")
_BROKEN_LINE: Final = re.compile(r"(?<![^\W\d_])([^\W\d_]{2,40})-\n[ \t]*([^\W\d_]{1,40})")
_ITEM: Final = re.compile(r"\s*(?:[-+*•]|[a-z]{1,2}[.)]|[ivx]+[.)]|[0-9]+°?[.)]?)\s", re.I)
_TABLE: Final = re.compile(r"\||\t")
_PARTICIPLE: Final = re.compile(r"ge[^\W\d_]{2,}(?:d|t|en|de|te)")
_PROSE: Final = frozenset({Kind.ALINEA, Kind.LID, Kind.ONDERDEEL, Kind.SUBONDERDEEL, Kind.STREEPJE})
_SHORT: Final = 80  # a line of fewer characters is rather a heading or a name than a sentence
# a sentence cannot end with these
_GOES_ON: Final = re.compile(
    r"(?<!\w)(?:aan|als|bij|dat|de|deze|die|dit|door|een|haar|het|hun|in|met|naar|om|op|te|tot|uit|van|voor|zijn)\Z",
    re.I,
)
_STARTS_ITEM: Final = frozenset(
    [
        "de",
        "den",
        "het",
        "een",
        "en",
        "of",
        "namens",
        "voor",
        "dan",
        "alsmede",
        "hetzij",
        "tot",
        "van",
        "met",
        "in",
        "op",
    ]
)
_ROMAN: Final = re.compile(r"[ivx]+")
_END: Final = 60


@check(
    "nadruk-los",
    Group.TEKST,
    Severity.OPMERKING,
    why="De sterretjes staan zo op de pagina, en wat vet moest worden is het niet.",
    tip="Haal ze weg, of zet ze aan allebei de kanten van de woorden: **zo**.",
)
def orphan_emphasis(dossier: Dossier) -> Iterator[Remark]:
    """Er staan twee sterretjes voor vet aan maar één kant van de woorden."""
    for passage in dossier.passages if "**" in dossier.lowered else ():
        if "**" not in _WELL_FORMED.sub("", passage.text):
            continue
        text = _CODE.sub(lambda found: "x" * len(found[0]), passage.text)
        text = _FOOTNOTE.sub(lambda found: "x" * len(found[0]), text)
        if "**" in text and not _RULE.fullmatch(passage.text) and _shows_stars(text):
            place = _orphan(text)
            yield Remark(
                passage.line_of(place),
                "Deze twee sterretjes hebben geen wederhelft.",
                quote=_around(text, place),
            )


def _shows_stars(text: str) -> bool:
    """Whether two stars are left to see on the page. Of a very long passage that is not worked out."""
    from markdown_it import MarkdownIt

    if len(text) > _LONGEST_PASSAGE:
        return False
    (inline,) = MarkdownIt("commonmark").parseInline(_INDENT.sub("", text))
    return any(child.type == "text" and "**" in child.content for child in inline.children or ())


def _orphan(text: str) -> int:
    """Where the two stars stand that open or close nothing: the first that close, else the last that open."""
    opened: int | None = None
    for found in _STARS.finditer(text):
        if len(found[0]) < 2:
            continue
        closes = bool(text[found.start() - 1 : found.start()].strip())
        if opened is None and closes and not text[found.end() : found.end() + 1].strip():
            return found.start()
        opened = found.start() if opened is None else None
    return text.find("**") if opened is None else opened


@check(
    "kop-zonder-spatie",
    Group.TEKST,
    Severity.WAARSCHUWING,
    why="Zonder spatie is het geen kop: het artikel eronder wordt niet herkend en de hekjes staan op de pagina.",
    tip="Zet een spatie achter de hekjes: ## Artikel 8.",
)
def heading_without_space(dossier: Dossier) -> Iterator[Remark]:
    """Achter de hekjes van een kop ontbreekt de spatie."""
    for passage in dossier.passages:
        if passage.text[0] == "#" and (found := _GLUED.match(passage.text)):
            yield Remark(passage.first, "Dit is zo geen kop.", quote=found[0])


@check(
    "afbreekstreepje",
    Group.TEKST,
    Severity.WAARSCHUWING,
    why="Een zoekopdracht vindt het woord zo niet, en het staat slordig in wat getekend wordt.",
    tip="Haal het streepje weg.",
)
def hyphen_residue(dossier: Dossier) -> Iterator[Remark]:
    """Midden in een woord staat nog een streepje van een afbreking."""
    for passage in dossier.passages:
        if "-" not in passage.text:
            continue
        for found in _HYPHEN.finditer(passage.text):
            if found[1][1:].islower() and _is_residue(found[1].lower(), found[2].lower()):
                yield Remark(
                    passage.line_of(found.start()),
                    f'"{found[0]}" is waarschijnlijk één woord: "{found[1]}{found[2]}".',
                    quote=found[0],
                )


def _is_residue(front: str, back: str) -> bool:
    known = language()
    if front in known.fronts or back in known.backs:
        return True
    return front in known.before_participle and _PARTICIPLE.fullmatch(back) is not None


@check(
    "woord-afgebroken",
    Group.TEKST,
    Severity.WAARSCHUWING,
    why="Het woord is in tweeën gehakt; de lezer moet raden.",
    tip="Voeg de twee helften samen, en haal de witregel weg als die er staat.",
)
def cut_word(dossier: Dossier) -> Iterator[Remark]:
    """Een woord is afgebroken aan het eind van een regel of een pagina."""
    for passage in dossier.passages:
        for found in _BROKEN_LINE.finditer(passage.text) if "-\n" in passage.text else ():
            if found[2].lower() not in language().omission and found[2][0].islower():
                yield Remark(
                    passage.line_of(found.start()),
                    f'"{found[1]}-" gaat op de volgende regel verder met "{found[2]}".',
                    quote=f"{found[1]}- {found[2]}",
                )
    for before, after in pairwise(dossier.passages):
        head = before.text.rstrip()
        tail = _first_word(after) if head.endswith("-") and head[-2:-1].islower() else ""
        if tail and tail not in language().omission:
            last = head[-_END:].split()[-1]
            yield Remark(
                before.line_of(len(head)),
                f'"{last}" gaat na een witregel verder met "{tail}".',
                quote=f"{last} {tail}",
            )


@check(
    "zin-afgebroken",
    Group.TEKST,
    Severity.OPMERKING,
    why="Een zin die over een witregel heen loopt, leest als twee halve zinnen.",
    tip="Haal de witregel weg; vaak stond daar een pagina-einde.",
)
def cut_sentence(dossier: Dossier) -> Iterator[Remark]:
    """Een zin houdt op zonder leesteken en gaat na een witregel verder met een kleine letter."""
    for before, after in pairwise(dossier.passages):
        head, tail = before.text.rstrip(), _first_word(after)
        if tail and _is_prose(before, after) and _breaks_off(head, tail):
            yield Remark(
                before.line_of(len(head)),
                f'De zin gaat na een witregel verder met "{tail}".',
                quote=f"{head[-_END:].split(maxsplit=1)[-1]} … {tail}",
            )


def _is_prose(before: Passage, after: Passage) -> bool:
    kinds = before.element.kind in _PROSE and after.element.kind in _PROSE
    return kinds and not _TABLE.search(before.text[-200:] + after.text[:200])


def _breaks_off(head: str, tail: str) -> bool:
    """Whether a sentence stops in the middle. What starts with "de" may be an item of a list without marks."""
    if not (head[-1].isalpha() or head[-1] == ","):
        return False
    if len(head) > _SHORT // 2 and _GOES_ON.search(head[-20:]):
        return True
    loose = tail in _STARTS_ITEM or _ROMAN.fullmatch(tail) or head[-4:].strip() in ("en", "of")
    return len(head) > _SHORT and not loose


def _first_word(passage: Passage) -> str:
    """The word with which a passage goes on in the middle of a sentence; empty when it starts one."""
    if passage.element.kind in (Kind.TUSSENKOP, Kind.DEFINITIE) or _ITEM.match(passage.text):
        return ""
    found = _LOWER.match(passage.text)
    return found[1] if found else ""


@check(
    "titel-dubbel",
    Group.TEKST,
    Severity.OPMERKING,
    why="De lezer denkt dat er een tweede stuk begint.",
    tip="Laat de titel één keer staan, als kop met één hekje: # Titel.",
)
def double_title(dossier: Dossier) -> Iterator[Remark]:
    """De titel staat er twee keer als aparte regel."""
    first = next((p for p in dossier.passages if len(_plain(p)) > 5), None)
    title = _plain(first) if first else ""
    if not first or "\n" in first.text or len(title) > 200:
        return
    for passage in dossier.passages:
        same = len(passage.text) < len(title) + 20 and _plain(passage) == title
        if passage.first > first.first and same and not _is_item(passage):
            yield Remark(
                passage.first,
                f"Deze regel is gelijk aan de titel op regel {first.first}.",
                quote=passage.text,
            )
            return


def _is_item(passage: Passage) -> bool:
    return passage.element.kind in (Kind.LID, Kind.ONDERDEEL, Kind.SUBONDERDEEL, Kind.STREEPJE)


def _plain(passage: Passage) -> str:
    return passage.text[:300].strip("#*_ \t").casefold()


@check(
    "taalfout",
    Group.TEKST,
    Severity.OPMERKING,
    why="Een taalfout in een reglement wekt de indruk dat niemand het heeft nagelezen.",
    tip="Verbeter het woord. Alleen een taalfout? Zie de handleiding over een redactionele wijziging.",
)
def spelling(dossier: Dossier) -> Iterator[Remark]:
    """Er staat een woord dat zo niet in het Nederlands bestaat."""
    mistakes = language().mistakes
    present = [wrong for wrong in mistakes if wrong in dossier.lowered]
    if not present:
        return
    forms = (r"\s".join(map(re.escape, wrong.split())) for wrong in present)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", re.I)
    for passage in dossier.passages:
        for found in pattern.finditer(passage.text):
            right = mistakes.get(" ".join(found[0].lower().split()), "")
            yield Remark(
                passage.line_of(found.start()),
                f'"{" ".join(found[0].split())}" hoort te zijn: "{right}".',
                quote=found[0],
            )


def _around(text: str, place: int) -> str:
    """A few words on both sides of a place."""
    start = max(text.rfind("\n", 0, place) + 1, place - _END // 2)
    end = text.find("\n", place)
    return text[start : min(end if end >= 0 else len(text), place + _END // 2)]
