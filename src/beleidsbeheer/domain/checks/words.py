"""Which words stand where. Words are compared by their stem: "persoonsgegevens" is a use of "persoonsgegeven"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from heapq import merge
from itertools import groupby
from typing import Final

from beleidsbeheer.domain.passages import Passage

_WORD: Final = re.compile(r"[^\W\d_][\w'’-]*")
_HYPHENED: Final = re.compile(r"(?<![\w-])([^\W\d_]{2,40})-(?=[^\W\d_])")
_IRREGULAR: Final = {"schep": "schip", "sted": "stad", "led": "lid"}  # schepen, steden, leden
_LONG_VOWEL: Final = re.compile(r"([aeou])\1")
_ARTICLES: Final = frozenset({"de", "het", "een", "'t"})
_ENDINGS: Final = ("'s", "’s", "en", "s", "e", "n")


class Words:
    """Which words stand in which passage: asked by term, answered in time of the answer."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = passages
        self._known: dict[int, str] = {}
        at: dict[str, list[int]] = defaultdict(list)
        for index, passage in enumerate(passages):
            words = set(_WORD.findall(passage.text))
            if "-" in passage.text:
                words.update(_HYPHENED.findall(passage.text))  # ADL in ADL-woning
            for word in words:
                at[word].append(index)
        self._at: dict[str, list[list[int]]] = defaultdict(list)
        for word, indexes in at.items():
            self._at[stem(word)].append(indexes)

    @cached_property
    def _vocabulary(self) -> tuple[Sequence[str], Sequence[str]]:
        """Every stem in order of its start, and backwards in order of its end: compounds have either."""
        return sorted(self._at), sorted(each[::-1] for each in self._at)

    def places(self, term: str) -> Iterator[int]:
        """The passages with this term, in order. A term of one word is also used in its compounds.

        Found as they are asked for: who only wants the first does not wait for the last.
        """
        words = stems_of(term)
        if len(words) == 1:
            yield from self._having(*self._compounds(words[0]))
        elif words:
            rarest = min(words, key=lambda each: sum(map(len, self._at.get(each, ()))))
            wanted = f" {' '.join(words)} "
            yield from (n for n in self._having(rarest) if wanted in self._stems(n))

    def _having(self, *stems: str) -> Iterator[int]:
        lists = [indexes for each in stems for indexes in self._at.get(each, ())]
        yield from (index for index, _ in groupby(merge(*lists)))

    def _stems(self, index: int) -> str:
        """The stems of a passage in a row, with a space on both sides of each."""
        known = self._known.get(index)
        if known is None:
            known = self._known[index] = f" {' '.join(stems_of(self._passages[index].text))} "
        return known

    def _compounds(self, word: str) -> Iterable[str]:
        if len(word) < 4:
            return [word]
        starts, ends = self._vocabulary
        return {
            *_with_prefix(starts, word),
            *(each[::-1] for each in _with_prefix(ends, word[::-1])),
        }


def stems_of(text: str) -> list[str]:
    """The words of a text by their stem, without de, het and een."""
    return [stem(word) for word in _WORD.findall(text) if word.casefold() not in _ARTICLES]


def _with_prefix(ordered: Sequence[str], prefix: str) -> Iterator[str]:
    for place in range(bisect_left(ordered, prefix), len(ordered)):
        if not ordered[place].startswith(prefix):
            return
        yield ordered[place]


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without its inflection: betrokkenen and betrokkene are both betrok, scholen and school both schol.

    Rough on purpose: two words that come out the same may still be two words.
    """
    low = word.casefold().replace("-", "")
    for _ in range(2):
        for ending in _ENDINGS:
            if low.endswith(ending) and len(low) - len(ending) >= 3:
                low = low[: -len(ending)]
                break
    low = _LONG_VOWEL.sub(r"\1", low)
    if len(low) > 3 and low[-1] == low[-2]:
        low = low[:-1]
    for plural, single in _IRREGULAR.items():
        if low.endswith(plural):
            return low[: -len(plural)] + single
    low = low[:-1] + {"v": "f", "z": "s"}.get(low[-1:], low[-1:])
    return low[:-1] if low.endswith("s") and len(low) > 3 else low
