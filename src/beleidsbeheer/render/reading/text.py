"""A regulation as HTML, part by part: ``reading(document)``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from beleidsbeheer.domain.document import Document, Element, Kind
from beleidsbeheer.domain.outline import markdown_parser
from beleidsbeheer.render.html import escaped
from beleidsbeheer.render.reading.anchors import (
    Entry,
    anchors,
    contents,
    is_title,
    part_anchor,
    parts_of,
)
from beleidsbeheer.render.reading.words import Link, Term, Writer, marked, unmarked
from beleidsbeheer.render.seen import seen

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LONGEST_TERM: Final = 300  # characters of a definition shown beside a term
_ITEM: Final = re.compile(r"^(?:[-*+]|[0-9]{1,9}[.)])\s+")
# a term that also counts ("derde lid", "derde landen") would lead most readers astray
_ORDINALS: Final = frozenset({"eerste", "tweede", "derde", "vierde", "vijfde", "laatste"})
_DEEPEST: Final = 6  # HTML has six levels of headings


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the text with its own address: a chapter's opening, an artikel, or a part that is neither.

    ``key`` is that of its element, "" without one; ``html`` is whole, with the tag around it, and ``words`` is
    the same as plain text on one line, to search in.
    """

    key: str
    anchor: str
    heading: str
    html: str
    words: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A text to read. ``title`` is plain; ``anchors`` has the address of every key."""

    title: str
    sections: tuple[Section, ...]
    contents: tuple[Entry, ...]
    anchors: Mapping[str, str]

    def body(self, after: Mapping[str, str] | None = None) -> str:
        """The whole text in order; ``after`` has HTML to put at the end of the part with that key."""
        more = after or {}
        return "\n".join(
            section.html.removesuffix("</section>") + more[section.key] + "</section>"
            if section.key and section.key in more
            else section.html
            for section in self.sections
        )


def reading(document: Document, links: Sequence[Link] = ()) -> Reading:
    """The text of ``document``; ``links`` are the words in it that name another element.

    The heading with the title is left out: the page around the text has it as its h1, and the parts of the
    text are h2 (an artikel in a chapter h3). Terms that the text defines lead to their definition, once in
    each part.
    """
    return _Reader(document, links).read()


@cache
def _parser() -> MarkdownIt:
    """As the outline reads it, with the words inside the blocks."""
    return markdown_parser()


def plain(text: str) -> str:
    """Markdown of one line without its marks; what cannot be seen is shown."""
    inline = _parser().parseInline(text)
    children = inline[0].children if inline else None
    return " ".join(seen("".join(_spoken(children or []))).split())


class _Reader:
    def __init__(self, document: Document, links: Sequence[Link]) -> None:
        self.document = document
        self.anchors = anchors(document)
        self.parts = {part.first_line: part for part in parts_of(document)}
        self.addresses = _addresses(self.parts.values(), self.anchors)
        lines = document.lines[: document.front.last_line]
        start = sum(len(line.encode()) for line in lines)
        text, self.links = marked(document.source, [each for each in links if each.start >= start])
        self.first_line = document.front.last_line + 1
        self.body = text[
            sum(map(len, lines)) :
        ]  # below the front matter, in which nothing is marked
        self.tops = 0

    def read(self) -> Reading:
        from beleidsbeheer.render.reading.tokens import Places, Renderer, prepare

        tokens = self._tokens()
        prepare(tokens, Places(list(self.document.walk()), self.anchors), self.first_line)
        self.renderer = Renderer()
        self.writer = Writer(self.links, self.anchors, self._terms())
        sections = tuple(
            section
            for part, some in self._divided(tokens)
            if (section := self._section(part, some))
        )
        return Reading(
            title=plain(self.document.title),
            sections=sections,
            contents=contents(self.document, lambda e: self.addresses[e.first_line], plain),
            anchors=self.anchors,
        )

    def _tokens(self) -> list[Token]:
        """The text parsed, without its links where their marks would make another text of it."""
        tokens = _parser().parse(self.body)
        if self.links:
            bare = _parser().parse(unmarked(self.body))
            if [(t.type, t.map) for t in tokens] != [(t.type, t.map) for t in bare]:
                self.links = ()
                return bare
        return tokens

    def _terms(self) -> dict[str, Term]:
        """What the text defines, by the term in small letters."""
        found: dict[str, Term] = {}
        for element in self.document.walk():
            term = element.heading.lower()
            if (
                element.kind is Kind.DEFINITIE
                and element.key
                and len(term) > 2
                and term not in _ORDINALS
            ):
                words = plain(
                    _ITEM.sub("", " ".join(self.document.text(element).split())).strip("| ")
                )
                shown = words if len(words) <= _LONGEST_TERM else words[:_LONGEST_TERM] + "…"
                found.setdefault(term, Term(self.anchors[element.key], shown))
        return found

    def _divided(self, tokens: list[Token]) -> Iterator[tuple[Element | None, list[Token]]]:
        """The tokens of each part, from its heading on; first those on top, without a part."""
        part: Element | None = None
        some: list[Token] = []
        for token in tokens:
            opens = token.type == "heading_open" and token.level == 0 and token.map
            found = self.parts.get(self.first_line + token.map[0]) if opens and token.map else None
            if found is not None:
                yield part, some
                part, some = found, []
            some.append(token)
        yield part, some

    def _section(self, part: Element | None, tokens: list[Token]) -> Section | None:
        if part is not None and is_title(self.document, part):
            tokens = tokens[3:]  # the heading itself
            part = None
        if not tokens:
            return None
        env = {"writer": self.writer}
        self.writer.told = self._own_terms(part)
        anchor = self.addresses[part.first_line] if part else self._on_top()
        head, rest = "", tokens
        level = 1
        if part is not None:
            level = 3 if part.kind is Kind.ARTIKEL and self._in_chapter(part) else 2
            head, rest = self._heading(tokens[1], level, anchor), tokens[3:]
        _levels(rest, level)
        html = self.renderer.render(rest, _parser().options, env)
        words = " ".join(_words(tokens).split())
        kind = part.kind if part and part.key else "deel"
        return Section(
            key=part.key if part else "",
            anchor=anchor,
            heading=plain(unmarked(tokens[1].content)) if part else "",
            html=f'<section class="{kind}" id="{escaped(anchor)}">\n{head}{html}</section>',
            words=seen(words),
        )

    def _on_top(self) -> str:
        """The address of what has no heading: above the title, and below it."""
        self.tops += 1
        return "aanhef" if self.tops == 1 else f"aanhef~{self.tops}"

    def _heading(self, inline: Token, level: int, anchor: str) -> str:
        """The heading of a part: a link to itself, so that its address can be copied."""
        self.writer.quiet += 1
        words = self.renderer.renderInline(
            inline.children or [], _parser().options, {"writer": self.writer}
        )
        self.writer.quiet -= 1
        return f'<h{level}><a class="zelf" href="#{escaped(anchor)}">{words}</a></h{level}>\n'

    def _in_chapter(self, part: Element) -> bool:
        return part not in self.document.elements

    def _own_terms(self, part: Element | None) -> set[str]:
        """Terms that are not linked here, as this part defines them."""
        if part is None:
            return set()
        return {e.heading.lower() for e in part.walk() if e.kind is Kind.DEFINITIE}


def _addresses(parts: Iterable[Element], known: dict[str, str]) -> dict[int, str]:
    """The address of each part by its first line; unique."""
    found: dict[int, str] = {}
    taken = set(known.values())
    for part in parts:
        wanted = name = part_anchor(part, known)
        number = 1
        while not part.key and name in taken:
            number += 1
            name = f"{wanted}~{number}"
        taken.add(name)
        found[part.first_line] = name
    return found


def _levels(tokens: list[Token], level: int) -> None:
    """Subheadings one step below what stands above them: a level that is left out is a hole to a listener."""
    last = level
    for token in tokens:
        if token.type == "heading_open":
            last = min(max(int(token.tag[1]), level + 1), last + 1, _DEEPEST)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{last}"


def _words(tokens: list[Token]) -> str:
    """All words of these tokens, each block apart."""
    found = []
    for token in tokens:
        if token.type == "inline":
            found.append("".join(_spoken(token.children or [])))
        elif token.type in ("fence", "code_block", "html_block"):
            found.append(token.content)
    return unmarked(" ".join(found))


def _spoken(children: list[Token]) -> Iterator[str]:
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            yield " "
        elif child.type == "image":
            yield from _spoken(child.children or [])
        elif child.type in ("text", "code_inline", "html_inline"):
            yield child.content
