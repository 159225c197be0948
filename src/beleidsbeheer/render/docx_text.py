"""Markdown → the paragraphs that Word shows: one conversion, for the old text and for the new one.

Every line of a text that is not blank comes out. Headings, list items, paragraphs and the rows of
tables become text with bold and italic; any other line (the front matter, code, HTML, rules) stays
literally as it was typed. Numbers and letters in front of an item are text of the regulation, so
they are text here too, with a tab behind them. The target of a link
stands in brackets behind its words. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from beleidsbeheer.domain.document import FENCE, front_end

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

PLAIN: Final = "Standaard"
FRONT: Final = "Kopblok"
LITERAL: Final = "Letterlijk"
QUOTE: Final = "Citaat"
TABLE: Final = "Tabelregel"
DEEPEST: Final = 8  # the last level of list items that has a style of its own

_LINE_END: Final = re.compile(r"\r\n?|\n")
_MARK: Final = re.compile(r"((?:[a-z]|([a-z])\2|[ivx]{2,5})[.)]|[0-9]{1,6}°\.?)(?:[ \t]+|$)")
_PIPE: Final = re.compile(r"(?<!\\)\|")
_CONTAINER: Final = " \t>-+*.)0123456789"  # what a line of a table in a list or quote begins with
_FACES: Final = {"strong": "b", "em": "i"}


class Run(NamedTuple):
    """Text with one face: "" or some of the letters b(old), i(talic), s(truck), u(nderlined)."""

    text: str
    face: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. ``line`` is the 1-based line of the Markdown it begins on."""

    style: str
    runs: tuple[Run, ...]
    line: int = field(default=0, compare=False)

    @property
    def text(self) -> str:
        """A tab behind a number and between cells, a line feed where the writer broke the line."""
        return "".join(run.text for run in self.runs)

    @property
    def faces(self) -> list[str]:
        """The face of each character."""
        return [run.face for run in self.runs for _ in run.text]


def paragraphs(markdown: bytes) -> list[Paragraph]:
    """The whole text, in order; none of the paragraphs is empty.

    Raises DocumentError for front matter that is not closed.
    """
    end = front_end(markdown)
    front = _lines(markdown[:end])
    found = [
        Paragraph(FRONT, (Run(visible(line.strip())),), number)
        for number, line in enumerate(front, 1)
        if line.strip() and line.rstrip() != FENCE
    ]
    body = markdown[end:].decode("utf-8")
    return found + list(_Reader(body, max(len(front) - 1, 0)).read())


def visible(text: str) -> str:
    """Text in which nothing is that XML 1.0 cannot hold, or that hides in Word: ⟨U+0001⟩."""
    if text.isprintable():
        return text
    return "".join(ch if _shows(ch) else f"⟨U+{ord(ch):04X}⟩" for ch in text)


def _shows(character: str) -> bool:
    blank = character in "\t\n" or unicodedata.category(character) == "Zs"
    return blank or character.isprintable()


def joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Without empty runs, neighbours with the same face as one."""
    found: list[Run] = []
    for run in runs:
        if found and found[-1].face == run.face:
            found[-1] = Run(found[-1].text + run.text, run.face)
        elif run.text:
            found.append(run)
    return tuple(found)


def _lines(data: bytes) -> list[str]:
    return _LINE_END.split(data.decode("utf-8"))


@cache
def _markdown() -> MarkdownIt:
    """CommonMark with tables; images, references and HTML inside a line stay as typed."""
    from markdown_it import MarkdownIt

    kept = ["reference", "image", "autolink", "html_inline"]
    return MarkdownIt("commonmark").enable("table").disable(kept)


class _Item(NamedTuple):
    """A list item that is open: what stands in front, its first line and its level."""

    mark: str
    line: int
    level: int


class _Reader:
    """Reads tokens in order, and gives the lines that none of them shows literally."""

    def __init__(self, body: str, before: int) -> None:
        self._tokens = _markdown().parse(body)
        self._lines = _LINE_END.split(body)
        self._before = before + 1
        self._done = 0  # lines that came out
        self._items: list[_Item] = []
        self._quotes = 0

    def read(self) -> Iterator[Paragraph]:
        for index, token in enumerate(self._tokens):
            kind = token.type
            if kind == "list_item_open":
                self._open(token, self._tokens[index + 1 : index + 3])
            elif kind == "list_item_close":
                self._items.pop()
            elif kind in ("blockquote_open", "blockquote_close"):
                self._quotes += token.nesting
            elif kind == "paragraph_open":
                yield from self._block(token, self._tokens[index + 1])
            elif kind == "heading_open" and self._tokens[index + 1].content:
                yield from self._block(token, self._tokens[index + 1], f"Kop{token.tag[1]}")
            elif kind == "tr_open":
                yield from self._row(index)
        yield from self._literal(len(self._lines))

    def _literal(self, end: int) -> Iterator[Paragraph]:
        """Lines up to ``end`` that no block showed."""
        for number in range(self._done, end):
            if line := self._lines[number].rstrip():
                yield Paragraph(LITERAL, (Run(visible(line)),), self._before + number)
        self._done = max(self._done, end)

    def _open(self, item: Token, inside: Sequence[Token]) -> None:
        """Remember an item and its level: a letter never stands as far to the left as a lid."""
        level = self._items[-1].level + 1 if self._items else 0
        mark = f"{item.info}{item.markup}" if item.info else "–"
        if not item.info and inside[0].type == "paragraph_open":
            first = next(iter(_runs(inside[1])), Run(""))
            if found := _MARK.match(first.text):
                mark, level = "", max(level, 2 if "°" in found[1] else 1)
            elif "b" in first.face:
                mark = ""
        self._items.append(_Item(mark, _map(item)[0], level))

    def _block(self, token: Token, inline: Token, style: str = "") -> Iterator[Paragraph]:
        """A paragraph or heading, with the marks of the items that begin on its line."""
        start, end = _map(token)
        yield from self._literal(start)
        fresh = [item for item in self._items if item.line == start]
        runs = _runs(inline)
        if not runs:
            return
        if fresh and not fresh[-1].mark and (found := _MARK.match(runs[0].text)):
            rest = runs[0].text[found.end() :]
            runs = joined([Run(f"{found[1]}\t{rest}", runs[0].face), *runs[1:]])
        marks = "".join(f"{item.mark}\t" for item in fresh if item.mark)
        if not style and self._items:
            level = min(self._items[-1].level, DEEPEST) + 1
            style = f"Lijst{level}" if fresh else f"Vervolg{level}"
        elif not style:
            style = QUOTE if self._quotes else PLAIN
        yield Paragraph(style, joined([Run(marks), *runs]), self._before + start)
        self._done = end

    def _row(self, index: int) -> Iterator[Paragraph]:
        """A row with tabs between its cells; literally where Markdown would drop a cell."""
        start, end = _map(self._tokens[index])
        yield from self._literal(start)
        cells: list[tuple[Run, ...]] = []
        for token in self._tokens[index + 1 :]:
            if token.type == "tr_close":
                break
            if token.type == "inline":
                cells.append(_runs(token))
        line = self._lines[start].rstrip().removesuffix("|").lstrip(_CONTAINER).removeprefix("|")
        fresh = any(item.line == start for item in self._items)
        if not any(cells) or fresh or len(_PIPE.findall(line)) >= len(cells):
            return
        runs = [run for cell in cells for run in (Run("\t"), *cell)][1:]
        yield Paragraph(TABLE, joined(runs), self._before + start)
        self._done = end + (self._tokens[index - 1].type == "thead_open")  # and the line of dashes


def _map(token: Token) -> tuple[int, int]:
    return (token.map[0], token.map[1]) if token.map else (0, 0)


def _runs(inline: Token) -> tuple[Run, ...]:
    """Text inside a block as runs."""
    found = []
    open_faces: list[str] = []
    links: list[str] = []
    for token in inline.children or ():
        if face := _FACES.get(token.tag):
            if token.nesting > 0:
                open_faces.append(face)
            else:
                open_faces.remove(face)
            continue
        text = token.content
        if token.type == "link_open":
            links.append(_address(token))
        elif token.type == "link_close":
            text = links.pop()
        elif token.type == "softbreak":
            text = " "
        elif token.type == "hardbreak":
            text = "\n"
        elif token.type == "code_inline":
            text = f"{token.markup}{text}{token.markup}"
        found.append(Run(visible(text), "".join(sorted(set(open_faces)))))
    return joined(found)


def _address(link: Token) -> str:
    """ " (https://…)": where a link goes, with its title if it has one."""
    title = f" “{link.attrs['title']}”" if link.attrs.get("title") else ""
    return f" ({link.attrs['href']}{title})"
