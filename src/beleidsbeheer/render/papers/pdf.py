"""A paper as PDF for people and for archives: PDF/A-2a and PDF/UA-1, tagged, with its letters embedded.

Typst sets it and refuses to write a file that would break one of the two standards as far as a program can
tell (ISO 19005-2, ISO 14289-1). Its letters come with the library; those of the machine are not used, so
that the same paper gives the same bytes anywhere. Nothing is downloaded.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

from beleidsbeheer.render.docx_text import LITERAL, QUOTE, Paragraph, Run, visible
from beleidsbeheer.render.papers.model import (
    Blanks,
    Block,
    Choices,
    Digest,
    Paper,
    inside_level,
    item_level,
    level_of,
    marked,
    shares,
)
from beleidsbeheer.render.tables import Table

_STANDARDS: Final = ("a-2a", "ua-1")
_LONG: Final = re.compile(r"\S{41,}")
_LONG_IN_A_CELL: Final = re.compile(r"\S{17,}")
_MAY_BREAK: Final = "\u200b"
_PLAIN: Final = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180), 0x200B, *b"\n\t")))
_FAR: Final = "\u3000"
_MOST_LOOKED_UP: Final = 500  # a look costs some 5 ms
_LIGATURES: Final = frozenset("ﬀﬁﬂﬃﬄﬅﬆ")
_PROBE: Final = (
    b'#set document(title: "x")\n#set text(font: ("Libertinus Serif", "DejaVu Sans Mono"))\n'
    b"#text(sys.inputs.paper)"
)
_KINDS: Final = {QUOTE: "citaat", LITERAL: "letterlijk"}


def pdf(paper: Paper) -> bytes:
    """The bytes of a PDF. A character that no letter is embedded for is shown as ⟨U+6F22⟩."""
    import typst

    shape = _shape(paper)
    odd = frozenset(json.dumps(shape, ensure_ascii=False)) - _PLAIN - _LIGATURES
    source = (files("beleidsbeheer.render.papers") / "paper.typ").read_bytes()
    try:
        return _compiled(source, _told(shape, _missing(odd)))
    except (
        typst.TypstError
    ):  # marks that have a letter alone, but not on the letter that they stand on
        return _compiled(source, _told(shape, odd))


def _told(shape: dict[str, Any], missing: frozenset[str]) -> str:
    return json.dumps(_without(shape, missing) if missing else shape, ensure_ascii=False)


def _compiled(source: bytes, paper: str) -> bytes:
    import typst

    made = typst.compile(
        source,
        format="pdf",
        sys_inputs={"paper": paper},
        pdf_standards=list(_STANDARDS),
        ignore_system_fonts=True,
        timestamp=0,
    )
    return bytes(made)


# --- a paper as plain values -------------------------------------------------------------------------


def _shape(paper: Paper) -> dict[str, Any]:
    return {
        "title": visible(paper.title),
        "organisation": visible(paper.organisation),
        "day": [paper.day.year, paper.day.month, paper.day.day],
        "under": [_words(line) for line in paper.under],
        "foot": [[visible(label), visible(value)] for label, value in paper.foot],
        "blocks": _Outline().blocks(paper.blocks),
    }


class _Outline:
    """Blocks as nested lists, under headings of which none skips a level (ISO 14289-1, 7.4.2)."""

    def __init__(self) -> None:
        self._open: list[int] = []

    def blocks(self, flat: Sequence[Block]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        place = 0
        while place < len(flat):
            block = flat[place]
            end = place + 1
            if isinstance(block, Paragraph) and item_level(block):
                end = _end_of_list(flat, place)
                found.append(self._list(flat[place:end]))  # type: ignore[arg-type]
            else:
                found.append(self._block(block))
            place = end
        return found

    def _list(self, flat: Sequence[Paragraph]) -> dict[str, Any]:
        """Items of the level of the first, each with what goes on below it."""
        level = item_level(flat[0])
        starts = [n for n, each in enumerate(flat) if 0 < item_level(each) <= level]
        items = []
        for start, end in zip(starts, [*starts[1:], len(flat)], strict=True):
            mark, runs = marked(flat[start])
            own = {"kind": "alinea", "runs": _runs(runs)}
            items.append(
                {"mark": visible(mark), "blocks": [own, *self.blocks(flat[start + 1 : end])]}
            )
        return {"kind": "lijst", "items": items}

    def _block(self, block: Block) -> dict[str, Any]:
        match block:
            case Paragraph():
                return self._paragraph(block)
            case Table():
                return {
                    "kind": "tabel",
                    "caption": _words(block.caption),
                    "shares": shares(block),
                    "head": [_cell(cell) for cell in block.head],
                    "rows": [[_cell(cell) for cell in row] for row in block.rows],
                }
            case Digest():
                return {"kind": "afdruk", "label": _words(block.label), "lines": block.lines}
            case Blanks():
                return {
                    "kind": "invullen",
                    "lines": [[visible(label) for label in line] for line in block.lines],
                }
            case Choices():
                return {"kind": "keuze", "options": [_words(each) for each in block.options]}

    def _paragraph(self, paragraph: Paragraph) -> dict[str, Any]:
        runs = _runs(paragraph.runs)
        level = level_of(paragraph)
        if not level or not paragraph.text.strip():
            return {"kind": _KINDS.get(paragraph.style, "alinea"), "runs": runs}
        while self._open and self._open[-1] >= level:
            self._open.pop()
        self._open.append(level)
        return {"kind": "kop", "level": len(self._open), "runs": runs}


def _end_of_list(flat: Sequence[Block], start: int) -> int:
    """Where the list ends that begins here: before the first block that is no item and goes on none.

    An item further to the left than the first one begins a list of its own.
    """
    level = item_level(flat[start])  # type: ignore[arg-type]
    for place in range(start + 1, len(flat)):
        block = flat[place]
        if not isinstance(block, Paragraph):
            return place
        depth = item_level(block) or inside_level(block)
        if depth < level:
            return place
    return len(flat)


def _runs(found: Iterable[Run]) -> list[list[str]]:
    return [[_words(run.text.replace("\t", "\u2003")), run.face] for run in found]


def _words(text: str) -> str:
    """``text`` that shows what hides in it, and that cannot run off the page."""
    return _LONG.sub(lambda found: _cut(found[0], 40), visible(text))


def _cell(text: str) -> str:
    return _LONG_IN_A_CELL.sub(lambda found: _cut(found[0], 10), visible(text))


def _cut(word: str, size: int) -> str:
    return _MAY_BREAK.join(word[start : start + size] for start in range(0, len(word), size))


# --- letters that are not there ------------------------------------------------------------------------


def _missing(odd: frozenset[str]) -> frozenset[str]:
    """Those that no embedded letter shows; taken for granted from U+3000 on, and of a great many at once."""
    near = sorted(char for char in odd if char < _FAR)
    if len(near) > _MOST_LOOKED_UP:
        return odd
    return odd.difference(near) | _unshown("".join(near))


@cache
def _unshown(chars: str) -> frozenset[str]:
    """Those of ``chars`` that cannot be shown, found by halves: typst refuses a PDF/UA that lacks a letter."""
    import typst

    if not chars:
        return frozenset()
    try:
        _compiled(_PROBE, "\n".join(chars))
    except typst.TypstError:
        half = len(chars) // 2
        return _unshown(chars[:half]) | _unshown(chars[half:]) if half else frozenset(chars)
    return frozenset()


def _without(value: Any, missing: frozenset[str]) -> Any:
    """The same value in which these characters are named."""
    if isinstance(value, str):
        return "".join(f"⟨U+{ord(c):04X}⟩" if c in missing else c for c in value)
    if isinstance(value, (list, tuple)):
        return [_without(each, missing) for each in value]
    if isinstance(value, dict):
        return {name: _without(each, missing) for name, each in value.items()}
    return value
