"""Sections without a partner that took words of a pair beside them: split; or gave them: merged. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from beleidsbeheer.domain.changes.align import LEAST_WORDS, Alignment, Pair, Work
from beleidsbeheer.domain.changes.side import Side

_TAKEN: Final = 0.5
_TAKEN_UNNUMBERED: Final = 0.2


def joined(work: Work, pairs: list[Pair]) -> Alignment:
    """The alignment, with sections that took or gave words joined to their partner."""
    come = _join(pairs, _Joining(work.new, work.old, "new"))
    gone = _join(pairs, _Joining(work.old, work.new, "old"))
    for pair in pairs:
        if len(pair.old) + len(pair.new) > 2:
            pair.words = work.compare(pair.old, pair.new)
    return Alignment(
        pairs, [(i, work.old.size(i)) for i in gone], [(j, work.new.size(j)) for j in come]
    )


def _join(pairs: list[Pair], joining: _Joining) -> list[int]:
    """Join free sections to the pair in front of or behind them; those that are left."""
    free: Iterable[int] = sorted(joining.side.free)
    if not free:
        return []
    ends = {joining.own(pair).stop: pair for pair in pairs}
    left = []
    for index in free:
        pair = ends.get(index)
        if pair and joining.takes(pair, index):
            joining.grow(pair, range(joining.own(pair).start, index + 1))
            ends[index + 1] = pair
        else:
            left.append(index)
    starts = {joining.own(pair).start: pair for pair in pairs}
    still = []
    for index in reversed(left):
        pair = starts.get(index + 1)
        if pair and joining.takes(pair, index):
            joining.grow(pair, range(index, joining.own(pair).stop))
            starts[index] = pair
        else:
            still.append(index)
    return still[::-1]


@dataclass(slots=True)
class _Joining:
    """Whether a free section of one side took words that a pair has on the other side only."""

    side: Side
    other: Side
    name: str
    rests: dict[int, Counter[bytes]] = field(default_factory=dict)

    def own(self, pair: Pair) -> range:
        found: range = getattr(pair, self.name)
        return found

    def grow(self, pair: Pair, places: range) -> None:
        setattr(pair, self.name, places)

    def takes(self, pair: Pair, index: int) -> bool:
        """Whether a section is mostly words that the other side of the pair has beyond its own."""
        if self._spare(pair) < LEAST_WORDS:
            return False
        words = self.side.words(index)
        share = _TAKEN if self.side.text.number(index) else _TAKEN_UNNUMBERED
        least = max(LEAST_WORDS, share * len(words))
        if len(words) < LEAST_WORDS or self._spare(pair) < least:
            return False
        rest = self._rest(pair)
        own = Counter(words)
        taken = sum(min(count, rest[word]) for word, count in own.items() if rest[word] > 0)
        if taken < least:
            return False
        rest.subtract(own)
        return True

    def _spare(self, pair: Pair) -> int:
        """How many words only the other side of the pair has."""
        return pair.words.struck if self.name == "new" else pair.words.inserted

    def _rest(self, pair: Pair) -> Counter[bytes]:
        """Those words, without the ones that a section took already."""
        rest = self.rests.get(id(pair))
        if rest is None:
            data = self.other.text.data
            spans = [block[:2] if self.name == "new" else block[2:4] for block in pair.words.blocks]
            rest = Counter(chain.from_iterable(data[a:b].split() for a, b in spans))
            self.rests[id(pair)] = rest
        return rest
