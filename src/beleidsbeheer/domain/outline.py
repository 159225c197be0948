"""Markdown blocks → the tree of hoofdstuk, artikel, lid, onderdeel and subonderdeel.

Two steps. ``_blocks`` asks markdown-it-py for the block structure (CommonMark 0.31, chapters 4 and
5, plus GitHub tables); the inline text is never parsed. ``_Outline`` then reads those blocks in
source order and decides what each one is in a regulation:

- a heading of level 2 or 3 that starts with "Artikel" and a number opens an artikel; "Hoofdstuk"
  and a number opens a hoofdstuk in the same way; any other heading of level 1 or 2 opens a part
  that is no artikel ("anders"); the remaining headings are a tussenkop and close nothing;
- directly below an artikel a numbered list item opens a lid, and it stays open until the next lid:
  subheadings and lists that are not indented belong to it;
- below that, the mark in front of an item decides: ``a.``, ``a)``, ``1°.``, ``**Term**`` or none.

Lines decide what an element holds: it runs from its first line up to the line before the next
element that is not below it. So white space and link definitions belong to what stands before them,
and every line of the body belongs to exactly one element's ``own_lines``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.parser_block import RuleFuncBlockType

# markdown-it-py drops the rest of the text once blocks nest deeper than `maxNesting` (20 in its
# commonmark preset). We stop reading lists and quotes as such well before that: eight lists deep.
_DEEPEST: Final = 16

ARTICLE: Final = re.compile(
    r"artikel\s+([0-9]{1,6}(?:[.:][0-9]{1,6}){0,3}[a-z]{0,2})(?![^\W_])", re.I
)
CHAPTER: Final = re.compile(r"hoofdstuk\s+([0-9]{1,6}[a-z]?|[ivxlc]{1,8})(?![^\W_])", re.I)
_MARK: Final = re.compile(r"(?:([a-z]|([a-z])\2|[ivx]{2,5})[.)]|([0-9]{1,6}°)\.?)(?=\s|$)")
_TERM: Final = re.compile(r"\*\*([^*\n]{1,200}?):?\*\*")
_BEGRIP: Final = re.compile(r"[*_\s]*(?:begrip(?:pen)?|term(?:en)?)[*_\s]*", re.I)


class Kind(StrEnum):
    """What an element is in a regulation; the value is the Dutch word people see."""

    HOOFDSTUK = "hoofdstuk"
    ARTIKEL = "artikel"
    LID = "lid"
    ONDERDEEL = "onderdeel"
    SUBONDERDEEL = "subonderdeel"
    STREEPJE = "streepje"
    DEFINITIE = "definitie"
    TUSSENKOP = "tussenkop"
    ALINEA = "alinea"
    ANDERS = "anders"


@dataclass(frozen=True)
class Element:
    """One citable (or citeless) piece of a regulation.

    ``mark`` is what the writer put in front, kept literally: ``7``, ``8a``, ``1.``, ``b)``,
    ``1°.``. ``key`` is how it is found: ``14``, ``14.1``, ``14.1.b``, ``14.1.b.1°``,
    ``2.betrokkene``, ``hoofdstuk-2``; empty for what cannot be cited. ``heading`` is the text of a
    heading without its mark, or the term of a definitie. Lines are 1-based in the whole file, the
    last one included.
    """

    kind: Kind
    mark: str
    key: str
    heading: str
    first_line: int
    last_line: int
    children: tuple[Element, ...] = ()

    @property
    def own_lines(self) -> range:
        """The 1-based numbers of the lines that belong to no child."""
        end = self.children[0].first_line if self.children else self.last_line + 1
        return range(self.first_line, end)

    def walk(self) -> Iterator[Element]:
        """This element and everything below it, in source order."""
        todo = [self]
        while todo:
            element = todo.pop()
            yield element
            todo.extend(reversed(element.children))


def outline(body: str, first_line: int, last_line: int) -> tuple[str, tuple[Element, ...]]:
    """The title and the elements of a body on ``first_line`` to ``last_line`` of its file.

    The title is the first heading of level 1, or "". Linear in the size of the text, and no text
    makes it raise.
    """
    if last_line < first_line:
        return "", ()
    builder = _Outline()
    for block in _blocks(body, first_line):
        builder.read(block)
    builder.finish()
    nodes = builder.root.children
    if not nodes or nodes[0].first_line > first_line:
        nodes.insert(0, _Node(Kind.ANDERS, first_line))  # link definitions on top
    return builder.title, _frozen(nodes, last_line)


def headings(body: str) -> list[tuple[int, int]]:
    """Line (from 0) and level of each heading that stands in no list, quote or other block."""
    return [(b.line, b.level) for b in _blocks(body, 0) if b.type == "heading"]


@dataclass
class _Block:
    """A Markdown block: its type, first line, text and mark, and the blocks inside it."""

    type: str
    line: int
    level: int = 0
    mark: str = ""
    text: str = ""
    children: list[_Block] = field(default_factory=list)


@dataclass
class _Node:
    """An element under construction; ``base`` is the key its children build on."""

    kind: Kind
    first_line: int
    mark: str = ""
    heading: str = ""
    key: str = ""
    base: str = ""
    children: list[_Node] = field(default_factory=list)


def _frozen(nodes: list[_Node], last_line: int) -> tuple[Element, ...]:
    """Nodes as elements, each running up to the next one (as deep as ``_DEEPEST`` allows)."""
    if not nodes:
        return ()
    ends = [node.first_line - 1 for node in nodes[1:]] + [last_line]
    return tuple(
        Element(n.kind, n.mark, n.key, n.heading, n.first_line, end, _frozen(n.children, end))
        for n, end in zip(nodes, ends, strict=True)
    )


# --- Markdown → blocks ---------------------------------------------------------------------------


def markdown_parser() -> MarkdownIt:
    """The one reading of Markdown: CommonMark with tables, and no deeper than the parser keeps its text.

    Whoever shows a text must read it as it was divided. Imported here: it costs a tenth of a second.
    """
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import blockquote, list_block

    markdown = MarkdownIt("commonmark").enable("table")
    breaks = ["paragraph", "reference", "blockquote"]
    markdown.block.ruler.at("list", _not_too_deep(list_block), {"alt": breaks})
    markdown.block.ruler.at("blockquote", _not_too_deep(blockquote), {"alt": [*breaks, "list"]})
    return markdown


@cache
def _markdown() -> MarkdownIt:
    """The parser for blocks only."""
    markdown = markdown_parser()
    markdown.core.ruler.enableOnly(["normalize", "block"])
    return markdown


def _not_too_deep(rule: RuleFuncBlockType) -> RuleFuncBlockType:
    return lambda state, start, end, silent: (
        state.level < _DEEPEST and rule(state, start, end, silent)
    )


def _blocks(body: str, first_line: int) -> list[_Block]:
    """The blocks of a text as a tree, with the lines they start on."""
    top = _Block("root", first_line)
    open_blocks = [top]
    for token in _markdown().parse(body):
        parent = open_blocks[-1]
        line = first_line + token.map[0] if token.map else parent.line
        if token.type == "inline":
            parent.text = token.content
        elif token.nesting < 0:
            open_blocks.pop()
        else:
            level = int(token.tag[1]) if token.type == "heading_open" else 0
            block = _Block(token.type.removesuffix("_open"), line, level, token.info + token.markup)
            parent.children.append(block)
            if token.nesting > 0:
                open_blocks.append(block)
    return top.children


# --- blocks → elements ---------------------------------------------------------------------------


class _Outline:
    """Reads blocks in source order; remembers which chapter, artikel and lid are open."""

    def __init__(self) -> None:
        self.title = ""
        self.root = _Node(Kind.ANDERS, 0)
        self.chapter: _Node | None = None
        self.section: _Node | None = None  # an artikel, or a part without articles
        self.lid: _Node | None = None
        self.waiting: list[_Node] = []  # subheadings: of this lid, or of the one that follows?
        self.seen: Counter[str] = Counter()

    def read(self, block: _Block) -> None:
        """Give one top-level block its place."""
        if block.type == "heading":
            self._heading(block)
        elif block.type == "ordered_list" and self._in_article():
            for item in block.children:
                self._open_lid(item)
        else:
            place = self._place()
            place.children += self.waiting
            self.waiting = []
            self._grow(place, block)

    def finish(self) -> None:
        """Subheadings at the end of an artikel belong to the artikel."""
        (self.section or self.chapter or self.root).children += self.waiting
        self.waiting = []

    def _in_article(self) -> bool:
        return self.section is not None and self.section.kind is Kind.ARTIKEL

    def _place(self) -> _Node:
        return self.lid or self.section or self.chapter or self.root

    def _heading(self, block: _Block) -> None:
        if block.level in (2, 3) and (found := ARTICLE.match(block.text)):
            self._open_article(block, found)
        elif block.level in (2, 3) and (found := CHAPTER.match(block.text)):
            self._open_chapter(block, found)
        elif block.level <= 2:
            self._close_section()
            self.chapter = None
            if block.level == 1:
                self.title = self.title or block.text
            self.section = _Node(Kind.ANDERS, block.line, heading=block.text)
            self.root.children.append(self.section)
        else:
            self.waiting.append(_Node(Kind.TUSSENKOP, block.line, heading=block.text))

    def _close_section(self) -> None:
        self.finish()
        self.section = self.lid = None

    def _open_chapter(self, block: _Block, found: re.Match[str]) -> None:
        self._close_section()
        self.chapter = _Node(Kind.HOOFDSTUK, block.line, found[1], _after(found))
        self.chapter.key = self._free(f"hoofdstuk-{found[1].lower()}")
        self.root.children.append(self.chapter)

    def _open_article(self, block: _Block, found: re.Match[str]) -> None:
        self._close_section()
        self.section = _Node(Kind.ARTIKEL, block.line, found[1], _after(found))
        # 2.1 as an article number would read as "article 2, lid 1": its key is 2:1
        self._cite(self.section, self._free(found[1].lower().replace(".", ":")))
        (self.chapter or self.root).children.append(self.section)

    def _open_lid(self, item: _Block) -> None:
        section = self.section or self.root
        self.finish()
        self.lid = _Node(Kind.LID, item.line, item.mark)
        self._cite(self.lid, self._free(f"{section.base}.{_number(item.mark)}"))
        section.children.append(self.lid)
        self._fill(self.lid, item)

    def _grow(self, parent: _Node, block: _Block) -> None:
        """Add a block, and what is in it, below a node. Recursion ends at ``_DEEPEST``."""
        if block.type in ("bullet_list", "ordered_list"):
            for item in block.children:
                node = self._item(parent, item)
                parent.children.append(node)
                self._fill(node, item)
        elif block.type == "table":
            parent.children.append(self._table(parent, block))
        elif block.type == "heading":
            parent.children.append(_Node(Kind.TUSSENKOP, block.line, heading=block.text))
        else:
            kind = Kind.ALINEA if block.type == "paragraph" else Kind.ANDERS
            parent.children.append(_Node(kind, block.line))

    def _fill(self, node: _Node, item: _Block) -> None:
        """An item's first paragraph is the item itself; the other blocks stand below it."""
        starts_with_text = bool(item.children) and item.children[0].type == "paragraph"
        for block in item.children[starts_with_text:]:
            self._grow(node, block)

    def _item(self, parent: _Node, item: _Block) -> _Node:
        first = item.children[0] if item.children else item
        text = first.text if first.type == "paragraph" else ""
        numbered = item.mark[:1].isdigit()
        found = None if numbered else _MARK.match(text)
        mark = item.mark if numbered else found[0] if found else ""
        node = _Node(Kind.STREEPJE, item.line, mark, base=parent.base)
        if not parent.base:
            return node
        if mark:
            shallow = parent.kind in (Kind.ARTIKEL, Kind.LID, Kind.DEFINITIE) and "°" not in mark
            node.kind = Kind.ONDERDEEL if shallow else Kind.SUBONDERDEEL
            segment = _number(mark) if numbered else mark.rstrip(".)")
            self._cite(node, self._free(f"{parent.base}.{segment}"))
        elif term := _TERM.match(text):
            self._define(node, parent, term[1])
        return node

    def _table(self, parent: _Node, block: _Block) -> _Node:
        """A table; of two columns under "Begrip" or "Term", each row is a definitie."""
        table = _Node(Kind.ANDERS, block.line, base=parent.base)
        header = block.children[0].children[0].children
        rows = block.children[1].children if len(block.children) > 1 else []
        if parent.base and len(header) == 2 and _BEGRIP.fullmatch(header[0].text):
            for row in rows:
                node = _Node(Kind.DEFINITIE, row.line, base=parent.base)
                self._define(node, parent, row.children[0].text.strip("*_ "))
                table.children.append(node)
        return table

    def _define(self, node: _Node, parent: _Node, term: str) -> None:
        node.kind, node.heading = Kind.DEFINITIE, term.strip()
        if slug := _slug(term):
            self._cite(node, self._free(f"{parent.base}.{slug}"))

    def _cite(self, node: _Node, key: str) -> None:
        node.key = node.base = key

    def _free(self, key: str) -> str:
        """The key itself, or with ``~2``, ``~3`` … behind it when it was given out before."""
        self.seen[key] += 1
        return key if self.seen[key] == 1 else f"{key}~{self.seen[key]}"


def _after(found: re.Match[str]) -> str:
    """The words of a heading behind its number, without the stop, colon or dash."""
    return found.string[found.end() :].lstrip(" \t.:–—-").rstrip()


def _number(mark: str) -> str:
    return mark.rstrip(".)").lstrip("0") or "0"


def _slug(term: str) -> str:
    """``Bijzondere persoonsgegevens`` → ``bijzondere-persoonsgegevens``; accents go."""
    plain = unicodedata.normalize("NFKD", term).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
