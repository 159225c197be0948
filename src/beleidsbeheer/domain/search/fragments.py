"""A text as search has it: in fragments of plain words that know their keys, with what it refers to.

A fragment is an artikel, or a part of the text that has no articles. It is named by the sha256 of what it
holds: the same artikel in the next version, or in the text of another school, is the same fragment. Pure.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import groupby
from typing import Final

from beleidsbeheer.domain.document import Document, Element, Kind, parse
from beleidsbeheer.domain.passages import Passage, lines_of, passages_of
from beleidsbeheer.domain.references.documents import named_documents, usual
from beleidsbeheer.domain.references.resolve import Link, resolve
from beleidsbeheer.errors import DocumentError

TOP: Final = "Aanhef"
# Longer ones are cut: a database forgets where a word stands when it stands there too often (in a tsvector of
# PostgreSQL: 256 places a word). No artikel of a school is half as long.
LONGEST: Final = 12_000

_COMMENT: Final = re.compile(r"<!--.*?(?:-->|$)", re.S)
_LINK: Final = re.compile(r"!?\[([^\[\]]*)\](?:\([^()\s]*(?:\s[^()]*)?\)|\[[^\[\]]*\])")
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*>")
_RULE: Final = re.compile(r"^[ \t|:=-]{3,}$", re.M)
_FRONT: Final = re.compile(r"^[ \t]*(?:(?:[-*+>]|#{1,6})(?:[ \t]+|$))+", re.M)
_MARK: Final = re.compile(r"\*+|`+|(?<![^\W_])_+|_+(?![^\W_])|\\(?=[!-/:-@\[-`{-~])")
_PIPE: Final = re.compile(r"[ \t]*\|[ \t]*")


@dataclass(frozen=True, slots=True)
class Piece:
    """From character ``start`` of a fragment on: the key behind that of the fragment, and lines below its first."""

    start: int
    key: str
    line: int


@dataclass(frozen=True)
class Fragment:
    """Plain words with a heading; ``pieces`` tell which lid or onderdeel each character belongs to."""

    heading: str
    text: str
    pieces: tuple[Piece, ...]

    @cached_property
    def digest(self) -> str:
        """The sha256 (hex) of all that it holds."""
        told = [self.heading, self.text, [(p.start, p.key, p.line) for p in self.pieces]]
        return sha256(json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")).hexdigest()

    def piece_at(self, place: int) -> Piece:
        """The piece that holds this character."""
        found = bisect_right(self.pieces, place, key=lambda piece: piece.start)
        return self.pieces[max(found - 1, 0)] if self.pieces else Piece(0, "", 0)


@dataclass(frozen=True, slots=True)
class Placed:
    """A fragment where it stands in a text: the key of its artikel ("" without one) and its first line (from 1)."""

    key: str
    line: int
    fragment: Fragment


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that refer to a law (``law``, ``key``) or name a document of the school (``document``, plainly).

    ``source`` is the key of where they stand, ``line`` counts from 1. ``key`` "" is the law as a whole.
    """

    source: str
    line: int
    quote: str
    law: str = ""
    key: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class TextFacts:
    """What there is to find in a text. ``trouble`` says why it cannot be read; then there is nothing else."""

    sha256: str
    size: int
    title: str = ""
    trouble: str = ""
    placed: tuple[Placed, ...] = ()
    mentions: tuple[Mention, ...] = ()

    def place_of(self, line: int) -> int:
        """Which of ``placed`` holds this line of the text (from 0)."""
        return max(bisect_right(self.placed, line, key=lambda placed: placed.line) - 1, 0)


def read_text(data: bytes) -> TextFacts:
    """The fragments of a text and what it refers to. No text makes it raise."""
    digest = sha256(data).hexdigest()
    try:
        document = parse(data)
    except DocumentError as error:
        return TextFacts(digest, len(data), trouble=error.message)
    return TextFacts(
        digest,
        len(data),
        document.title.replace("\0", "\ufffd"),  # TOML can spell one; PostgreSQL can keep none
        placed=tuple(fragments_of(document)),
        mentions=(*_laws(resolve(document)), *_documents(document)),
    )


# --- fragments ---------------------------------------------------------------------------------------


def fragments_of(document: Document) -> Iterator[Placed]:
    """The body as fragments in source order."""
    roots = _roots(document.elements)
    passages = passages_of(lines_of(document))
    for _, some in groupby(passages, key=lambda passage: id(roots[id(passage.element)])):
        found = list(some)
        yield from _placed(roots[id(found[0].element)], found)


def _roots(elements: Sequence[Element]) -> dict[int, Element]:
    """For each element the one that its fragment is about: its artikel, else the part at the top."""
    roots: dict[int, Element] = {}
    todo = [(element, element) for element in elements]
    while todo:
        element, root = todo.pop()
        own = element if element.kind is Kind.ARTIKEL else root
        roots[id(element)] = own
        todo += ((child, own) for child in element.children)
    return roots


def _placed(root: Element, passages: Sequence[Passage]) -> Iterator[Placed]:
    """The passages of one part as a fragment; a very long one as more of them. Its heading stands apart."""
    first, heading = passages[0].first, _heading(root)
    texts: list[str] = []
    pieces: list[Piece] = []
    length = 0
    for passage in passages:
        key = passage.key.removeprefix(root.key) if root.key else passage.key
        titled = passage.element is root and passage.first == root.first_line and root.heading
        for text in () if titled else _cut(plain_words(passage.text)):
            if length + len(text) > LONGEST and texts:
                yield Placed(root.key, first, Fragment(heading, "\n".join(texts), tuple(pieces)))
                first, texts, pieces, length = passage.first, [], [], 0
            pieces.append(Piece(length, key, passage.first - first))
            texts.append(text)
            length += len(text) + 1
    yield Placed(root.key, first, Fragment(heading, "\n".join(texts), tuple(pieces)))


def _cut(text: str) -> Iterator[str]:
    """A text in lengths that fit, between words where it has any."""
    while len(text) > LONGEST:
        end = text.rfind(" ", 1, LONGEST) + 1 or LONGEST
        yield text[:end].rstrip()
        text = text[end:]
    if text:
        yield text


def _heading(root: Element) -> str:
    number = f"{root.kind.value.capitalize()} {root.mark}" if root.mark and root.key else ""
    told = plain_words(root.heading)
    return ". ".join(each for each in (number, told) if each) or TOP


def plain_words(markdown: str) -> str:
    """The words of a paragraph as people see them: without marks, addresses, tags and comments.

    Good enough to search in and to show some words of; what is published is rendered by a real parser.
    """
    text = _COMMENT.sub("", markdown) if "<!--" in markdown else markdown
    text = _FRONT.sub("", text)
    if "[" in text:
        text = _LINK.sub(r"\1", text)
    if "<" in text:
        text = _TAG.sub("", text)
    if "|" in text or "---" in text or "===" in text:
        text = _PIPE.sub(" ", _RULE.sub("", text))
    return " ".join(_MARK.sub("", text).split())


# --- what it refers to -------------------------------------------------------------------------------


def _laws(links: Sequence[Link]) -> Iterator[Mention]:
    for link in links:
        reference = link.reference
        for hit in link.hits:
            place = hit.target.place
            if place.law:
                yield Mention(link.source, reference.line, reference.quote, place.law, place.key)


def _documents(document: Document) -> Iterator[Mention]:
    named = named_documents(document)
    if not named:
        return
    keys = {line.number: line.key for line in lines_of(document)}
    for each in named:
        source = keys.get(each.line, "")
        yield Mention(source, each.line, each.quote, document=usual(each.name))
