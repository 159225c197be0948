"""A text as the elements that a decision can name: ``artikel 14, eerste lid, onder b``.

Each node is a run of lines. Its ``core`` is that run without the blank lines at its end. The nodes
below a node are together its whole text: what has no name stands between them as ``tekst``. Pure.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

from beleidsbeheer.domain.amendment.numbers import quotable
from beleidsbeheer.domain.document import Document, Element, Kind, parse
from beleidsbeheer.domain.numerals import ordinal
from beleidsbeheer.domain.outline import ARTICLE, CHAPTER
from beleidsbeheer.errors import DocumentError

ROOT: Final = "reglement"
FRONT: Final = "kopblok"
HEADING: Final = "opschrift"
HEAD: Final = "aanhef"
DEEL: Final = "deel"
TEXT: Final = "tekst"
BEGRIP: Final = "begrip"

_CITED: Final = {
    Kind.LID: "lid",
    Kind.ONDERDEEL: "onderdeel",
    Kind.SUBONDERDEEL: "subonderdeel",
    Kind.DEFINITIE: BEGRIP,
}
_HEADS: Final = (Kind.ANDERS, Kind.TUSSENKOP, Kind.ARTIKEL, Kind.HOOFDSTUK)
_BULLET: Final = re.compile(r"[ \t]*(?:[-*+][ \t]+)?")
_HASHES: Final = re.compile(r"[ \t]*#*[ \t]*")


@dataclass(eq=False)
class Node:
    """An element: ``phrase`` names it anywhere, ``rel`` inside its parent; "" if nothing can.

    ``mark`` is where its number or letter stands in the text, ``segment`` what that is.
    """

    kind: str
    start: int
    end: int
    core_end: int
    text: str = field(repr=False)
    parent: Node | None = field(default=None, repr=False)
    phrase: str = ""
    rel: str = ""
    segment: str = ""
    mark: tuple[int, int] | None = None
    children: list[Node] = field(default_factory=list, repr=False)

    @property
    def core(self) -> str:
        return self.text[self.start : self.core_end]

    @property
    def masked(self) -> str:
        """The core without its own number or letter."""
        if not self.mark:
            return self.core
        return self.text[self.start : self.mark[0]] + "\0" + self.text[self.mark[1] : self.core_end]

    def within(self, other: Node) -> bool:
        """Whether this is ``other``, or below it."""
        node: Node | None = self
        while node is not None and node is not other:
            node = node.parent
        return node is other


class Tree:
    """All nodes of a text, and how to find one by its name."""

    def __init__(self, data: bytes) -> None:
        self.text = data.decode("utf-8")
        size = len(self.text)
        self.root = Node(ROOT, 0, size, size, self.text, phrase="het reglement")
        self.names: dict[str, Node | None] = {}
        self.rels: dict[tuple[Node, str], Node | None] = {}
        try:
            document = parse(data)
        except DocumentError:  # no document, still a text
            document = None
        if document is not None and document.lines:
            _Builder(document, self.root).build()
        self._register(self.root)

    def _register(self, node: Node) -> None:
        """Names that two elements share name neither."""
        todo = [node]
        while todo:
            node = todo.pop()
            todo.extend(reversed(node.children))
            if not node.phrase:
                continue
            if node.phrase in self.names:
                if other := self.names[node.phrase]:
                    other.phrase = ""
                self.names[node.phrase] = None
                node.phrase = ""
                continue
            self.names[node.phrase] = node
            if node.parent and node.rel:
                key = (node.parent, node.rel)
                self.rels[key] = None if key in self.rels else node

    def find(self, phrase: str) -> Node | None:
        return self.names.get(phrase)

    def below(self, parent: Node, rel: str) -> Node | None:
        return self.rels.get((parent, rel))


class _Builder:
    """Elements of a document → nodes below the root."""

    def __init__(self, document: Document, root: Node) -> None:
        self.lines = document.lines
        self.document = document
        self.root = root
        self.text = root.text
        self.offsets = [0, *accumulate(map(len, self.lines))]
        self.headings = Counter(element.heading for element in self._parts(document.elements))

    def build(self) -> None:
        root, front = self.root, self.document.front.last_line
        if front:
            self._node(root, FRONT, 1, front, "het kopblok")
        flat = [*self.document.elements]
        regulated = [n for n, e in enumerate(flat) if e.kind in (Kind.ARTIKEL, Kind.HOOFDSTUK)]
        first = regulated[0] if regulated else 0
        if first:
            top = self._node(root, TEXT, flat[0].first_line, flat[first - 1].last_line)
            if first > 1:
                self._delen(top, flat[:first])
                self._fill(top)
        rest = flat[first:]
        for element in rest:
            if element.kind is Kind.ARTIKEL:
                self._article(element)
            elif element.kind is Kind.HOOFDSTUK:
                self._chapter(element)
        self._delen(root, rest)
        root.children.sort(key=lambda node: node.start)
        self._fill(root)
        self._name_gaps()

    # --- nodes -----------------------------------------------------------------------------------

    def _node(
        self, parent: Node, kind: str, first: int, last: int, phrase: str = "", *, rel: str = ""
    ) -> Node:
        core = last
        while core > first and not self.lines[core - 1].strip(" \t\r\n"):
            core -= 1
        if not self.lines[core - 1].strip(" \t\r\n"):
            core = last
        spots = self.offsets[first - 1], self.offsets[last], self.offsets[core]
        node = Node(kind, *spots, self.text, parent, phrase, rel or phrase)
        parent.children.append(node)
        return node

    def _fill(self, node: Node) -> None:
        """Nodes without a name for the lines between the children, and behind them."""
        if not node.children:
            return
        known, node.children = node.children, []
        line = self._line(node.start)
        for child in known:
            first = self._line(child.start)
            if line < first:
                self._node(node, TEXT, line, first - 1)
            node.children.append(child)
            line = self._line(child.end)
        if line <= self._line(node.end) - 1:
            self._node(node, TEXT, line, self._line(node.end) - 1)

    def _line(self, offset: int) -> int:
        return bisect_left(self.offsets, offset) + 1

    def _delen(self, parent: Node, elements: Sequence[Element], last: int = 0) -> None:
        """Parts under other headings, as far as a heading names them; each up to the next heading."""
        ends: list[int] = []  # of each, if only a heading ends it
        end = last or (elements[-1].last_line if elements else 0)
        for element in reversed(elements):
            ends.append(end)
            end = element.first_line - 1 if element.kind in _HEADS else end
        for element, behind in zip(elements, reversed(ends), strict=True):
            if not _is_part(element):
                continue
            end = behind if element.kind is Kind.TUSSENKOP else element.last_line
            heading = element.heading
            named = quotable(heading) and self.headings[heading] == 1
            if named and (self.offsets[element.first_line - 1] > parent.start or not parent.parent):
                name = f"het deel “{heading}”"
                node = self._node(parent, DEEL, element.first_line, end, name)
                self._delen(node, element.children, end)
                self._fill(node)

    def _parts(self, elements: Sequence[Element]) -> Iterator[Element]:
        for element in elements:
            if _is_part(element):
                yield element
                yield from self._parts(element.children)

    def _chapter(self, element: Element) -> None:
        name = f"hoofdstuk {element.mark}{_again(element.key)}"
        own = element.own_lines
        node = self._node(self.root, HEADING, own.start, own.stop - 1, f"het opschrift van {name}")
        self._number(node, CHAPTER)
        for child in element.children:
            if child.kind is Kind.ARTIKEL:
                self._article(child)

    def _article(self, element: Element) -> None:
        name = f"artikel {element.mark}{_again(element.key)}"
        node = self._node(self.root, "artikel", element.first_line, element.last_line, name)
        self._number(node, ARTICLE)
        own = element.own_lines
        if own.stop <= element.last_line:
            heading = f"het opschrift van {name}"
            self._node(node, HEADING, own.start, own.stop - 1, heading, rel="het opschrift")
            self._cited(node, element)
            self._fill(node)

    def _number(self, node: Node, pattern: re.Pattern[str]) -> None:
        start = node.start + len(_HASHES.match(node.core)[0])  # type: ignore[index]
        if found := pattern.match(self.text, start, node.core_end):
            node.mark, node.segment = found.span(1), found[1]

    def _cited(self, node: Node, element: Element) -> None:
        """The leden, onderdelen and begrippen below; recursion is as deep as the outline allows."""
        for child in element.children:
            kind = _CITED.get(child.kind)
            if not kind or not child.key:
                self._cited(node, child)
            elif self.offsets[child.first_line - 1] > node.start:
                self._part(node, child, kind)

    def _part(self, parent: Node, element: Element, kind: str) -> None:
        segment = element.key.rpartition(".")[2].partition("~")[0]
        again = _again(element.key.rpartition(".")[2])
        if kind == "lid":
            rel = f"het {ordinal(int(segment))} lid{again}"
            name = f"{ordinal(int(segment))} lid{again}"
        elif kind == BEGRIP:
            usable = quotable(element.heading)
            rel = f"het begrip “{element.heading}”{again}" if usable else ""
            name = rel.removeprefix("het ")
        else:
            rel, name = f"{kind} {segment}{again}", f"onder {segment}{again}"
        phrase = f"{parent.phrase}, {name}" if parent.phrase and name else ""
        node = self._node(parent, kind, element.first_line, element.last_line, phrase, rel=rel)
        node.segment = segment
        start = _BULLET.match(self.text, node.start, node.core_end).end()  # type: ignore[union-attr]
        if kind != BEGRIP and self.text.startswith(segment, start):
            behind = self.text[start + len(segment) : start + len(segment) + 1]
            if behind in ".)" or behind.isspace():
                node.mark = (start, start + len(segment))
        self._cited(node, element)
        if node.children:
            first = self._line(node.children[0].start)
            known, node.children = node.children, []
            head = f"{phrase}, aanhef" if phrase else ""
            self._node(node, HEAD, element.first_line, first - 1, head, rel="de aanhef")
            node.children += known
            self._fill(node)

    def _name_gaps(self) -> None:
        """Text between the articles is named after what stands in front, or else behind it."""
        children: Sequence[Node] = self.root.children
        for n, node in enumerate(children):
            if node.kind != TEXT:
                continue
            if n and children[n - 1].kind != FRONT:
                node.phrase = f"de tekst na {children[n - 1].phrase}"
            elif n + 1 < len(children):
                behind = children[n + 1].phrase.removeprefix("het opschrift van ")
                node.phrase = f"de tekst vóór {behind}"
            elif n:
                node.phrase = "de tekst na het kopblok"
            node.rel = node.phrase


def _is_part(element: Element) -> bool:
    return bool(element.heading) and element.kind in (Kind.ANDERS, Kind.TUSSENKOP)


def _again(key: str) -> str:
    """``7~2`` → " (het tweede met dit nummer)"."""
    number = key.partition("~")[2]
    return f" (het {ordinal(int(number))} met dit nummer)" if number else ""
