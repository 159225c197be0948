"""A paper as a Word file: headings, lists that number themselves, tables, and a foot on every page. Pure.

A list counts by itself where it counts as the text does; any other mark in front ("14a.", "1°.") stands
there literally, as the text of a label. Either way Word shows what the text says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from beleidsbeheer.render.docx_package import (
    LINE_WIDTH,
    ListLabel,
    Numbering,
    package,
    paragraph,
    table,
    text,
)
from beleidsbeheer.render.docx_text import PLAIN, Paragraph, Run
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

_BOX: Final = "☐"
_NUMBER: Final = re.compile(r"([1-9][0-9]{0,3})([.)])")
_LETTER: Final = re.compile(r"([a-z])([.)])")


def word(paper: Paper) -> bytes:
    """The bytes of a docx file."""
    writer = _Writer()
    body = [paragraph("Kop1", text(Run(paper.title)))]
    body += [paragraph("Onderkop", text(Run(line))) for line in paper.under]
    body += [xml for block in paper.blocks for xml in writer.block(block)]
    return package(
        "".join(body),
        paper.title,
        paper.title,
        author=paper.organisation,
        day=paper.day,
        foot=[f"{label}: {value}" for label, value in paper.foot],
        numbering=writer.numbering,
    )


class _Writer:
    """Writes blocks in order; knows which lists are open, so that each goes on counting."""

    def __init__(self) -> None:
        self.numbering = Numbering()
        self._open: dict[int, tuple[ListLabel, int, int]] = {}  # level → label, number, its list

    def block(self, block: Block) -> Iterator[str]:
        match block:
            case Paragraph():
                yield self._paragraph(block)
            case Table():
                yield from _table(block)
            case Digest():
                yield paragraph(PLAIN, text(Run(f"{block.label}:")))
                yield paragraph("Afdruk", text(Run("\n".join(block.lines))))
            case Blanks():
                for labels in block.lines:
                    line = "\t".join(f"{label}: \t" for label in labels)
                    yield paragraph(f"Invullen{len(labels)}", text(Run(line)))
            case Choices():
                for option in block.options:
                    yield paragraph("Keuze", text(Run(f"{_BOX}\t{option}")))

    def _paragraph(self, shown: Paragraph) -> str:
        level = item_level(shown)
        if not level:
            if not inside_level(shown):
                self._open.clear()
            style = "Kop2" if level_of(shown) == 1 else shown.style
            return paragraph(style, "".join(map(text, shown.runs)))
        mark, runs = marked(shown)
        for deeper in [each for each in self._open if each > level]:
            del self._open[deeper]
        content = "".join(map(text, runs))
        if not mark:
            self._open.pop(level, None)
            return paragraph(shown.style, content)
        return paragraph(shown.style, content, number=(self._counted(mark, level), level))

    def _counted(self, mark: str, level: int) -> int:
        """The list that shows this mark here: the one that is open when it comes to that, else a new one."""
        label, number = _label(mark)
        known = self._open.get(level)
        if known and known[0] == label and (label.literal or known[1] + 1 == number):
            found = known[2]
        else:
            found = self.numbering.begin(label, level, number)
        self._open[level] = label, number, found
        return found


def _label(mark: str) -> tuple[ListLabel, int]:
    """How Word makes this mark by itself, and from which number."""
    if found := _NUMBER.fullmatch(mark):
        return ListLabel("decimal", found[2]), int(found[1])
    if found := _LETTER.fullmatch(mark):
        return ListLabel("lowerLetter", found[2]), ord(found[1]) - ord("a") + 1
    return ListLabel("bullet", mark), 1


def _table(shown: Table) -> Iterator[str]:
    if shown.caption:
        yield paragraph("Bijschrift", text(Run(shown.caption)))
    widths = [LINE_WIDTH * share // 100 for share in shares(shown)]
    yield table(widths, [_cells(shown.head, "b"), *(_cells(row) for row in shown.rows)])
    yield paragraph("Cel", "")


def _cells(row: Sequence[str], face: str = "") -> list[str]:
    return [paragraph("Cel", text(Run(cell, face))) for cell in row]
