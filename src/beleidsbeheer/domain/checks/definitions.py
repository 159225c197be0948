"""The defined terms of a text and where they are defined.

A definition is a definitie of the outline, or an item "term: description" in an article on terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from beleidsbeheer.domain.document import Element, Kind
from beleidsbeheer.domain.passages import Passage

_ON_TERMS: Final = re.compile(r"begrip|definitie|betekenis", re.I)
_INTRODUCES: Final = re.compile(r"\b(?:wordt|worden)\b[^.]{0,200}\bverstaan\b", re.I)
_LOCAL: Final = re.compile(
    r"\b(?:in|voor de toepassing van|bij)\s+(?:dit|deze)\s+(?:artikel|hoofdstuk|paragraaf|afdeling|titel|deel|lid|bijlage)",
    re.I,
)
_TERM: Final = re.compile(
    r"\s*(?:[-*+]\s+)?(?:(?:[a-z]{1,2}|[ivx]+|[0-9]+°?)[.)]\s+|[a-z]\s+)?(?P<mark>\*{0,2}_?)"
    r"(?P<term>[^\W\d_][^:*;.\n|]{1,80}?)(?::(?P=mark)|(?P=mark):)\s+(?P<text>\S)",
    re.I,
)


_LONGEST_TERM: Final = 6  # words
# with these a condition starts ("voor hoofdstuk 3: …"), or a sentence, and no term
_NO_TERM: Final = frozenset({
    "aan", "als", "bij", "dat", "de", "die", "dit", "door", "een", "en", "het", "hetzij", "hierbij", "ieder", "in",
    "indien", "is", "met", "mits", "na", "naar", "o", "of", "om", "op", "per", "tenzij", "uit", "van", "voor",
    "waarbij", "wanneer", "wie", "zijn",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Definition:
    """A term and its description. ``text`` is the passage that holds both, ``start`` where the description starts.

    ``key`` is that of the definition itself, empty when it has none. ``scope``: 0 when it holds in the whole text, else the line of the words that say where. ``article`` is the article it stands in.
    """

    term: str
    line: int
    key: str
    text: Passage
    start: int
    scope: int
    article: Element | None

    @property
    def description(self) -> str:
        return self.text.text[self.start :].lstrip("*_: ")


def definitions_in(passages: Iterable[Passage]) -> Iterator[Definition]:
    """Every definition, in the order of the text. The intro of the list says whether it holds everywhere."""
    article: Element | None = None
    on_terms, scope = False, 0
    for passage in passages:
        element = passage.element
        if element.kind is Kind.ARTIKEL:
            article, scope = element, 0
            on_terms = bool(_ON_TERMS.search(element.heading))
        if element.kind in (Kind.ANDERS, Kind.HOOFDSTUK):
            article, on_terms, scope = None, bool(_ON_TERMS.search(element.heading)), 0
        if _INTRODUCES.search(passage.text[:600]):
            on_terms = True
            scope = passage.first if _LOCAL.search(passage.text[:600]) else 0
        if element.kind is Kind.DEFINITIE:
            start = passage.text.find(element.heading) + len(element.heading)
            yield Definition(
                element.heading, passage.first, element.key, passage, start, scope, article
            )
        elif on_terms and (found := _TERM.match(passage.text)) and _is_term(found["term"]):
            yield Definition(
                found["term"].strip(),
                passage.first,
                element.key,
                passage,
                found.start("text"),
                scope,
                article,
            )


def _is_term(words: str) -> bool:
    """What stands before a colon is a term, unless it introduces, or is a piece of a sentence or a formula."""
    first = words.split(maxsplit=1)[0].casefold()
    return not (
        _INTRODUCES.search(words)
        or first in _NO_TERM
        or "<" in words
        or len(words.split()) > _LONGEST_TERM
    )
