"""A text cut into words, the same way for what is searched and for what a person types.

A word is a row of letters and digits, with ``°`` at its end ("1°"). What holds a word together:

- an apostrophe between letters: "foto's" and "foto’s" are "foto" (``'s`` says plural or whose),
  "zo'n" is "zon". A loose ``'s`` ("'s morgens") is no word;
- a hyphen after one single letter and before three or more: "e-mailadres" is "emailadres", so that it
  is found however it is written. Any other hyphen separates: "GMR-reglement" is "gmr" and "reglement",
  and a question "GMR-reglement" asks for those two in a row;
- marks that are not seen: a soft hyphen, a joiner, an accent that stands on its own (Unicode NFD).

All else (spaces, points, underscores, brackets, signs, emoji) separates words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from beleidsbeheer.domain.search.stemming import fold, stem

_UNSEEN = "\u00ad\u0300-\u036f\u200b-\u200d\u2060"
_APOSTROPHES = "'’ʼ‘"
HYPHENS = "‐‑-"  # the last one plain, so that it may stand in a class of a pattern

# Possessive (++, *+): a word once read is never read again, so a long one costs no more than its length.
WORD = (
    rf"[^\W_]++(?<![{_APOSTROPHES}][sS])"
    rf"(?:[{_UNSEEN}]++[^\W_]*+|[{_APOSTROPHES}][^\W_]++"
    rf"|[{HYPHENS}](?<=\b[^\W\d_].)(?<![{_APOSTROPHES}]..)(?=[^\W\d_]{{3}})[^\W_]++)*+°?"
)
_words = re.compile(WORD)
_plural_or_whose = re.compile(rf"[{_APOSTROPHES}][sS]$")


class Word(NamedTuple):
    """One word of a text: characters ``start`` up to ``end`` of it, and its stem (a-z and 0-9)."""

    start: int
    end: int
    stem: str


def words(text: str) -> list[Word]:
    """All words of a text in order, with where they stand."""
    return [
        Word(found.start(), found.end(), _stem_as_written(found.group()))
        for found in _words.finditer(text)
    ]


def stems(text: str) -> str:
    """The stems of all words in order, one space between: what a database indexes."""
    return " ".join(map(_stem_as_written, _words.findall(text)))


def plain(word: str) -> str:
    """One word as it is compared: folded, and without what holds it together ("Foto’s" → "foto")."""
    return fold(_plural_or_whose.sub("", word))


@lru_cache(maxsize=1 << 16)
def _stem_as_written(word: str) -> str:
    return stem(plain(word))
