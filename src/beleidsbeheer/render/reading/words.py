"""How a piece of text is written in HTML: as data, with references and terms as links.

A reference is known by the bytes it stands on, and Markdown moves text about. So its ends are marked in
the source with two characters that no text may hold (Unicode noncharacters), and found again in the text
that comes out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from beleidsbeheer.render.html import escaped

OPEN, CLOSE = "\ufdd0", "\ufdd1"
_MARKS: Final = re.compile(f"[{OPEN}{CLOSE}]")


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere: bytes ``start`` to ``end`` of the text, and the key of what they name."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Term:
    """A term that the text defines: where, and in which words."""

    anchor: str
    words: str


@dataclass
class Writer:
    """Writes text in the order in which it stands. ``told`` are the terms that this part linked already.

    ``quiet``: no links at all, as in a heading that is a link itself, or in a link somebody made.
    """

    links: Sequence[Link]
    anchors: Mapping[str, str]
    terms: Mapping[str, Term]
    quiet: int = 0
    told: set[str] = field(default_factory=set)
    _number: int = -1
    _inside: bool = False

    def __post_init__(self) -> None:
        longest = sorted(self.terms, key=len, reverse=True)
        pattern = "|".join(map(re.escape, longest))
        self._terms = re.compile(rf"\b(?:{pattern})\b", re.I) if pattern else None

    def write(self, text: str) -> str:
        """A piece of text, escaped."""
        found, place = [], 0
        for mark in _MARKS.finditer(text):
            found.append(self._piece(text[place : mark.start()]))
            place = mark.end()
            self._inside = mark[0] == OPEN
            self._number += self._inside
        found.append(self._piece(text[place:]))
        return "".join(found)

    def skip(self, text: str) -> str:
        """A piece of text in which nothing is linked, such as code; the marks in it still count."""
        self.quiet += 1
        told = self.write(text)
        self.quiet -= 1
        return told

    def _piece(self, text: str) -> str:
        if not text or self.quiet:
            return escaped(text)
        if self._inside:
            target = self.anchors.get(self.links[self._number].key)
            return (
                f'<a class="verwijzing" href="#{escaped(target)}">{escaped(text)}</a>'
                if target
                else escaped(text)
            )
        return self._with_terms(text)

    def _with_terms(self, text: str) -> str:
        """With the first mention of each term as a link to its definition."""
        if self._terms is None:
            return escaped(text)
        found, place = [], 0
        for match in self._terms.finditer(text):
            word = match[0].lower()
            if word in self.told:
                continue
            self.told.add(word)
            term = self.terms[word]
            found.append(escaped(text[place : match.start()]))
            found.append(
                f'<a class="begrip" href="#{escaped(term.anchor)}" title="{escaped(term.words)}">{escaped(match[0])}</a>'
            )
            place = match.end()
        return "".join((*found, escaped(text[place:])))


def marked(source: bytes, links: Sequence[Link]) -> tuple[str, tuple[Link, ...]]:
    """The text with the ends of its links marked, and those links in their order; none that overlap.

    A text that holds such a mark itself gets no links; a link that ends within a character is none.
    """
    if OPEN.encode() in source or CLOSE.encode() in source:
        return source.decode("utf-8"), ()
    kept: list[Link] = []
    for link in sorted(links, key=lambda each: (each.start, each.end)):
        whole = (
            link.start < link.end and _between(source, link.start) and _between(source, link.end)
        )
        if whole and (not kept or kept[-1].end <= link.start):
            kept.append(link)
    pieces, place = [], 0
    for link in kept:
        pieces += [
            source[place : link.start],
            OPEN.encode(),
            source[link.start : link.end],
            CLOSE.encode(),
        ]
        place = link.end
    pieces.append(source[place:])
    return b"".join(pieces).decode("utf-8"), tuple(kept)


def _between(source: bytes, place: int) -> bool:
    """Whether a place is between two characters: no byte of UTF-8 goes on there (RFC 3629, 3)."""
    return source[place : place + 1] < b"\x80" or source[place : place + 1] >= b"\xc0"


def unmarked(text: str) -> str:
    """The text as it was."""
    return _MARKS.sub("", text)
