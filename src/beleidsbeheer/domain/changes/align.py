"""Which section of the old text became which of the new one: by content first, then by number.

Only sections that have no equal on the same place come here. In this order:

1. an equal text below another heading or elsewhere: renumbered, moved (unless it is a stub such as
   "[Vervallen]");
2. the same heading and surely alike, on the same place or once in both texts: edited;
3. much alike, by the words that few sections hold: renumbered, moved and edited;
4. the same heading and unlike, on the same place: rewritten;
5. a new section made of words that its neighbour lost: split; the other way round: merged.

Whether two of one name are alike is told by comparing their words in order. That has to be done for a
pair anyway, so the comparison is kept, and marked later. Pure.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from beleidsbeheer.domain.changes.lcs import Hunk, differences, increasing
from beleidsbeheer.domain.changes.sections import Text
from beleidsbeheer.domain.changes.side import Side, once
from beleidsbeheer.domain.changes.words import Comparison

# characters of a body: shorter ones are stubs
LEAST_BODY: Final = 40
LEAST_WORDS: Final = 6

_ALIKE: Final = 0.5
_LITTLE: Final = 0.3
_MOST_LOOKS: Final = 400
_SAME_NAME: Final = 0.1
_RARE: Final = 6
_SHARE: Final = 0.3
_MOST_SECTIONS: Final = 20_000


@dataclass(slots=True)
class Pair:
    """Sections of the old text (``old``) that became sections of the new one, and what differs."""

    old: range
    new: range
    moved: bool
    words: Comparison


@dataclass(slots=True)
class Alignment:
    """Pairs, and sections without a partner, with how many words they have."""

    pairs: list[Pair]
    gone: list[tuple[int, int]]
    come: list[tuple[int, int]]


class Work:
    """The state of aligning: who is free yet, and who belongs to whom."""

    def __init__(self, before: Text, after: Text, hunks: Sequence[Hunk]) -> None:
        self.old = Side(before, (range(a, b) for a, b, _, _ in hunks))
        self.new = Side(after, (range(c, d) for _, _, c, d in hunks))
        self.partner: dict[int, int] = {}
        self._starts = [(a, c) for a, _, c, _ in hunks]
        self._comparisons: dict[tuple[int, int], Comparison] = {}

    def align(self) -> list[Pair]:
        """Give each section a partner if it has one."""
        self._equal()
        self._alike_by_name()
        if self.old.free and self.new.free:
            self._alike_by_words()
            self._same_place()
        moved = self.partner.keys() - set(self._stayed())
        return [
            Pair(range(i, i + 1), range(j, j + 1), i in moved, self._compared(i, j))
            for i, j in self.partner.items()
        ]

    def compare(self, old: range, new: range) -> Comparison:
        """What differs between sections."""
        before, after = self.old.text, self.new.text
        (a, b), (c, d) = before.span(old.start, old.stop), after.span(new.start, new.stop)
        return Comparison(before.data[a:b], after.data[c:d], a, c)

    def _compared(self, i: int, j: int) -> Comparison:
        """What differs between two sections, found once."""
        found = self._comparisons.get((i, j))
        if found is None:
            found = self.compare(range(i, i + 1), range(j, j + 1))
            self._comparisons[i, j] = found
        return found

    def _pair(self, i: int, j: int) -> None:
        self.partner[i] = j
        del self.old.free[i], self.new.free[j]

    def _match(self, olds: dict[int, bytes], news: dict[int, bytes]) -> None:
        first, second = once(olds), once(news)
        for value in first.keys() & second.keys():
            self._pair(first[value], second[value])

    def _equal(self) -> None:
        """Equal bodies, then sections that are equal in all where bodies are not the only one."""
        bodies = [{i: side.body(i) for i in side.free} for side in (self.old, self.new)]
        olds, news = [
            {i: body for i, body in some.items() if len(body) >= LEAST_BODY} for some in bodies
        ]
        self._match(olds, news)
        olds, news = [
            {i: side.text.pieces[i] for i in some if i in side.free}
            for side, some in ((self.old, olds), (self.new, news))
        ]
        self._match(olds, news)

    def _alike_by_name(self) -> None:
        """The same name and surely the same text: in order in each gap, or once in both texts."""
        for place in self._places([]):
            for i, j in self._in_order(*place):
                if max(i, j) < self.old.text.first or self._sure(i, j):
                    self._pair(i, j)
        for i, j in self._namesakes():
            if len(self.old.body(i)) >= LEAST_BODY and self._sure(i, j):
                self._pair(i, j)

    def _in_order(self, olds: list[int], news: list[int]) -> list[tuple[int, int]]:
        """Sections of the same name in the same order."""
        names = [self.old.name(i) for i in olds], [self.new.name(j) for j in news]
        found: list[tuple[int, int]] = []
        x = y = 0
        for a, b, c, d in (*differences(*names)[0], (len(olds), 0, len(news), 0)):
            found += zip(olds[x:a], news[y:c], strict=True)
            x, y = b, d
        return found

    def _places(self, stayed: list[int]) -> list[tuple[list[int], list[int]]]:
        """Free sections of both that stand between the same neighbours."""
        anchors = sorted([*self._starts, *((i, self.partner[i]) for i in stayed)])
        places: dict[int, tuple[list[int], list[int]]] = {}
        for side, sections in enumerate((self.old, self.new)):
            ends = [anchor[side] for anchor in anchors]
            for index in sections.free:
                number = bisect_right(ends, index)
                places.setdefault(number, ([], []))[side].append(index)
        return [(olds, news) for olds, news in places.values() if olds and news]

    def _namesakes(self) -> list[tuple[int, int]]:
        first = once({i: self.old.name(i) for i in self.old.free})
        second = once({j: self.new.name(j) for j in self.new.free})
        return [(i, second[name]) for name, i in first.items() if name in second]

    def _sure(self, i: int, j: int) -> bool:
        head = self.old.text.head(i)
        return self._compared(i, j).alike(len(head) if head == self.new.text.head(j) else 0)

    def _likeness(self, i: int, j: int, least: float) -> float:
        """Dice: twice the words in both, by the words of either; 0 where it can't reach ``least``."""
        x, y = self.old.different(i), self.new.different(j)
        words = len(x) + len(y)
        if 2 * min(len(x), len(y)) < least * words:
            return 0.0
        return 2 * len(x & y) / words if words else 1.0

    def _alike_by_words(self) -> None:
        """Pairs by rare words, the most alike first; the same name counts a little."""
        if max(len(self.old.free), len(self.new.free)) > _MOST_SECTIONS:
            return
        scores = []
        names = dict(self._namesakes())
        for i, j in self._candidates(names):
            likeness = self._likeness(i, j, _ALIKE)
            stub = min(len(self.old.different(i)), len(self.new.different(j))) < LEAST_WORDS
            same = names.get(i) == j
            near = self.old.gap[i] == self.new.gap[j]
            if likeness >= _ALIKE and ((same and near) or not stub):
                scores.append((-likeness - _SAME_NAME * same - 0.01 * near, i, j))
        for _, i, j in sorted(scores):
            if i in self.old.free and j in self.new.free:
                self._pair(i, j)

    def _candidates(self, names: dict[int, int]) -> set[tuple[int, int]]:
        """Sections that share many of their rare words, and those of the same name."""
        counts = Counter(chain.from_iterable(map(self.old.words, self.old.free)))
        rare = {word for word, count in counts.items() if count <= _RARE}
        holders: dict[bytes, list[int]] = defaultdict(list)
        for i in self.old.free:
            for word in rare.intersection(self.old.words(i)):
                holders[word].append(i)
        found = set(names.items())
        for j in self.new.free:
            hits = rare.intersection(self.new.words(j))
            if len(hits) < 2:
                continue
            votes = Counter(chain.from_iterable(map(holders.__getitem__, hits)))
            least = max(2, _SHARE * len(hits), _SHARE * max(votes.values()))
            found.update((i, j) for i, count in votes.items() if count >= least)
        return found

    def _same_place(self) -> None:
        """What has the same name and stands between the same neighbours, however unlike.

        After that what is somewhat alike there.
        """
        for olds, news in self._places(self._stayed()):
            same = self._in_order(olds, news)
            for i, j in same:
                self._pair(i, j)
            for some, others in _between(olds, news, same):
                self._somewhat_alike(some, others)

    def _somewhat_alike(self, olds: list[int], news: list[int]) -> None:
        """Pairs of what stands on one place, the most alike first."""
        if len(olds) * len(news) > _MOST_LOOKS:
            return
        looks = [(-self._likeness(i, j, _LITTLE), i, j) for i in olds for j in news]
        for likeness, i, j in sorted(looks):
            if -likeness >= _LITTLE and i in self.old.free and j in self.new.free:
                self._pair(i, j)

    def _stayed(self) -> list[int]:
        """The old sections whose partner stands in the same order as those of the others."""
        ordered = sorted(self.partner, key=self.partner.__getitem__)
        near = [i for i in ordered if self.old.gap[i] == self.new.gap[self.partner[i]]]
        # the gaps are in the same order in both, so one look at all of them will do
        return [near[n] for n in increasing(near)]


def _between(
    olds: list[int], news: list[int], pairs: list[tuple[int, int]]
) -> Iterator[tuple[list[int], list[int]]]:
    """What stands between these pairs, where both texts have something there."""
    x = y = 0
    for i, j in (*pairs, (None, None)):
        p = len(olds) if i is None else olds.index(i, x)
        q = len(news) if j is None else news.index(j, y)
        if x < p and y < q:
            yield olds[x:p], news[y:q]
        x, y = p + 1, q + 1
