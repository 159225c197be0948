"""A paper as Markdown in which no word of the register can be markup. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from beleidsbeheer.render import forms
from beleidsbeheer.render.docx_text import QUOTE, Paragraph, Run, visible
from beleidsbeheer.render.papers.model import (
    DASH,
    Blanks,
    Block,
    Choices,
    Digest,
    Paper,
    inside_level,
    item_level,
    level_of,
    marked,
)
from beleidsbeheer.render.tables import Table

# what begins a heading, a list, a rule or an underlined heading (CommonMark 4.1-4.3, 5.2)
_OPENS: Final = re.compile(r"(\d{1,9})([.)])(?=\s|$)|([-+#=])")
_NUMBER: Final = re.compile(r"(\d{1,9})[.)]")
_FACES: Final = {"b": "**", "i": "*"}


def markdown(paper: Paper) -> str:
    """GitHub-flavoured Markdown. Where the text has no list that Markdown knows, its mark is text."""
    writer = _Writer()
    told = [f"# {plain(paper.title)}"]
    told += [plain(line) for line in paper.under]
    told += [words for block in paper.blocks for words in writer.block(block)]
    if paper.foot:
        told.append("---")
        told += [f"{plain(label)}: `{value}`" for label, value in paper.foot]
    return "\n\n".join(each for each in told if each.strip()) + "\n"


class _Writer:
    """Writes blocks in order, each item indented below the one that it belongs to."""

    def __init__(self) -> None:
        self._open: list[tuple[int, int]] = []  # level of an open item, and where its words begin
        self._last: dict[int, int] = {}  # level of an open list, and the number of its last item

    def block(self, block: Block) -> Iterator[str]:
        match block:
            case Paragraph():
                yield self._paragraph(block)
            case Table():
                yield forms.markdown([block]) if block.caption else _headless(block)
            case Digest():
                yield f"{plain(block.label)}:"
                yield "\n".join(["```text", *block.lines, "```"])
            case Blanks():
                yield "\n".join(
                    "- " + " ".join(f"{plain(label)}: ……………" for label in labels)
                    for labels in block.lines
                )
            case Choices():
                yield "\n".join(f"- [ ] {plain(option)}" for option in block.options)

    def _paragraph(self, shown: Paragraph) -> str:
        level = item_level(shown)
        if level:
            return self._item(shown, level)
        inside = inside_level(shown)
        self._open = [each for each in self._open if each[0] <= inside]
        self._last = {level: last for level, last in self._last.items() if level <= inside}
        indent = " " * self._column()
        if depth := level_of(shown):
            return f"{'#' * max(depth, 2)} {_line(shown.runs)}"
        quote = "> " if shown.style == QUOTE else ""
        return "\n".join(f"{indent}{quote}{line}" for line in _lines(shown.runs))

    def _item(self, shown: Paragraph, level: int) -> str:
        self._open = [each for each in self._open if each[0] < level]
        mark, runs = marked(shown)
        indent = self._column()
        begin, told = mark, _lines(runs)
        if not self._counts(mark, level):
            begin = "-"
            told[0] = f"{plain(mark)} {told[0]}" if mark not in ("", DASH) else told[0]
        column = indent + len(begin) + 1
        self._open.append((level, column))
        first, *others = told
        return "\n".join(
            [f"{' ' * indent}{begin} {first}", *(" " * column + each for each in others)]
        )

    def _counts(self, mark: str, level: int) -> bool:
        """Whether Markdown shows this number by itself: the first of a list, or the one after the last."""
        self._last = {each: last for each, last in self._last.items() if each <= level}
        found = _NUMBER.fullmatch(mark)
        number = int(found[1]) if found else 0
        counts = bool(found) and self._last.get(level, number - 1) + 1 == number
        self._last[level] = number if counts else -1
        return counts

    def _column(self) -> int:
        return self._open[-1][1] if self._open else 0


def _headless(block: Table) -> str:
    """A table of the text itself, which has no caption."""
    return forms.markdown([block]).split("\n\n", 1)[1]


def _lines(runs: tuple[Run, ...]) -> list[str]:
    """The lines of a paragraph; where the writer broke one, so does Markdown."""
    told = _line(runs, "\\\n").split("\n")
    return [_OPENS.sub(_escaped, line, count=1) if _OPENS.match(line) else line for line in told]


def _line(runs: tuple[Run, ...], broken: str = " ") -> str:
    return "".join(_face(run) for run in runs).replace("\n", broken)


def _face(run: Run) -> str:
    """A run with its marks close around its words, or CommonMark would not see them (6.2)."""
    told = "\n".join(map(_keeping_blanks, run.text.split("\n")))
    marks = "".join(_FACES[letter] for letter in run.face if letter in _FACES)
    words = told.strip()
    if not marks or not words or "\n" in words:
        return told
    start = told.index(words)
    return f"{told[:start]}{marks}{words}{marks[::-1]}{told[start + len(words) :]}"


def _keeping_blanks(text: str) -> str:
    """One line without markup, with the blanks at its ends."""
    told = forms.escaped_markdown(visible(text))
    lead = " " if text[:1].isspace() else ""
    tail = " " if text[-1:].isspace() and text.strip() else ""
    return f"{lead}{told}{tail}"


def plain(text: str) -> str:
    """One line of text in which nothing is markup, also at its beginning."""
    told = forms.escaped_markdown(visible(text))
    return _OPENS.sub(_escaped, told, count=1) if _OPENS.match(told) else told


def _escaped(found: re.Match[str]) -> str:
    return f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}"
