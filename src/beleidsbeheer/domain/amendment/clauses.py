"""Where the words of a clause stand in an element, and what it makes of them. Pure."""

from __future__ import annotations

from typing import Final

from beleidsbeheer.domain.amendment.model import Clause, How

Edit = tuple[int, int, str]  # text[a:b] becomes this

_CLOSERS: Final = ",.;:!?)"


class NotOnce(Exception):
    """The quoted words are not there, or more than once; with the words and how often."""


def edits(clause: Clause, text: str) -> list[Edit]:
    """What a clause changes in the text of its element. Raises NotOnce."""
    if clause.how is How.TELKENS:
        places = _all(clause.quote, text)
        if len(places) < 2:
            raise NotOnce(clause.quote, len(places))
        return [(a, a + len(clause.quote), clause.text) for a in places]
    start = _once(clause.quote, text)
    end = start + len(clause.quote)
    if clause.how is How.VERVANGEN:
        return [(start, end, clause.text)]
    if clause.how is How.VERVALT:
        if text[start - 1 : start] == " ":
            return [(start - 1, end, "")]
        return [(start, end + (text[end : end + 1] == " "), "")]
    if clause.how is How.NA:
        return [(end, end, clause.text if clause.text[0] in _CLOSERS else f" {clause.text}")]
    return [(start, start, f"{clause.text} ")]


def _once(quote: str, text: str) -> int:
    start = text.find(quote)
    if start < 0:
        raise NotOnce(quote, 0)
    if text.find(quote, start + 1) >= 0:
        raise NotOnce(quote, 2)
    return start


def _all(quote: str, text: str) -> list[int]:
    places = []
    start = text.find(quote)
    while start >= 0:
        places.append(start)
        start = text.find(quote, start + len(quote))
    return places
