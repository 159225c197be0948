"""Which section of the old text became which of the new one: by content first, then by number.

Only sections that have no equal on the same place come here. In this order:

1. equal in all, elsewhere: moved (unless it is a stub such as "[Vervallen]");
2. an equal body under another heading: renumbered;
3. the same heading and much alike: edited;
4. much alike, by the words that few sections hold: renumbered, moved and edited;
5. the same heading and unlike, on the same place: rewritten;
6. a new section made of words that its neighbour lost: split; the other way round: merged. Pure.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from beleidsbeheer.domain.changes.lcs import Hunk, common_end, common_start, differences, increasing
from beleidsbeheer.domain.changes.sections import Text
from beleidsbeheer.domain.outline import ARTICLE

# characters of a body: shorter ones are stubs
LEAST_BODY: Final = 40

_SURE: Final = 0.8
_ALIKE: Final = 0.5
_LITTLE: Final = 0.3
_MOST_LOOKS: Final = 400
_TAKEN: Final = 0.5
_TAKEN_UNNUMBERED: Final = 0.2
_SAME_NAME: Final = 0.1
_RARE: Final = 6
_LEAST_WORDS: Final = 6
_MOST_SECTIONS: Final = 20_000


@dataclass
class Pair:
    """Sections of the old text (``old``) that became sections of the new one."""

    old: range
    new: range
    moved: bool = False


@dataclass
class Alignment:
    """Pairs, and sections without a partner."""

    pairs: list[Pair] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    come: list[int] = field(default_factory=list)


def align(before: Text, after: Text, hunks: Sequence[Hunk]) -> Alignment:
    """Give each section in the hunks a partner, or none."""
    work = _Work(before, after, hunks)
    work.equal()
    work.alike_by_name()
    work.alike_by_words()
    work.same_place()
    moved = work.partner.keys() - set(work.stayed())
    return _with_parts(work, moved)


class _Side:
    """The sections of one text that are looked at, and what is known of them."""

    def __init__(self, text: Text, ranges: Iterable[range]) -> None:
        self.text = text
        self.gap: dict[int, int] = {}
        for number, places in enumerate(ranges):
            for index in places:
                if text.pieces[index] or index >= text.first:
                    self.gap[index] = number
        self.free = dict.fromkeys(self.gap)
        self._words: dict[int, frozenset[bytes]] = {}
        self._names: dict[int, str] = {}

    def body(self, index: int) -> bytes:
        """What stands below the heading."""
        piece = self.text.pieces[index]
        return piece.partition(b"\n")[2].strip() if index >= self.text.first else piece.strip()

    def words(self, index: int) -> frozenset[bytes]:
        """The different words below the heading, or of the heading if that is all."""
        found = self._words.get(index)
        if found is None:
            found = frozenset(self.body(index).split() or self.text.pieces[index].split())
            self._words[index] = found
        return found

    def name(self, index: int) -> str:
        """What is compared to see whether two headings are the same: the number, or else all."""
        found = self._names.get(index)
        if found is None:
            level, text = self.text.heading(index)
            number = ARTICLE.match(text) if level else None
            found = number[0].lower() if number else f"# {text}" if level else text
            self._names[index] = found
        return found

    def once(self, values: dict[int, bytes] | dict[int, str]) -> dict[bytes | str, int]:
        """Which section has a value that no other has."""
        found: dict[bytes | str, int] = {}
        for index, value in values.items():
            found[value] = -1 if value in found else index
        return {value: index for value, index in found.items() if index >= 0}


class _Work:
    """The state of aligning: who is free yet, and who belongs to whom."""

    def __init__(self, before: Text, after: Text, hunks: Sequence[Hunk]) -> None:
        self.old = _Side(before, (range(a, b) for a, b, _, _ in hunks))
        self.new = _Side(after, (range(c, d) for _, _, c, d in hunks))
        self.partner: dict[int, int] = {}
        self._starts = [(a, c) for a, _, c, _ in hunks]

    def pair(self, i: int, j: int) -> None:
        self.partner[i] = j
        del self.old.free[i], self.new.free[j]

    def _match(self, values: tuple[dict[int, bytes], dict[int, bytes]]) -> None:
        first, second = self.old.once(values[0]), self.new.once(values[1])
        for value, i in first.items():
            if value in second:
                self.pair(i, second[value])

    def equal(self) -> None:
        """Equal sections, then sections with an equal body."""
        sides = self.old, self.new
        long = [
            {i: p for i in side.free if len(p := side.text.pieces[i]) >= LEAST_BODY + 20}
            for side in sides
        ]
        self._match((long[0], long[1]))
        bodies = [
            {i: body for i in side.free if len(body := side.body(i)) >= LEAST_BODY}
            for side in sides
        ]
        self._match((bodies[0], bodies[1]))

    def alike_by_name(self) -> None:
        """The same name and surely the same text: in order in each gap, or once in both texts."""
        for olds, news in self._places([]):
            for i, j in self._in_order(olds, news):
                if max(i, j) < self.old.text.first or self._sure(i, j):
                    self.pair(i, j)
        for i, j in self._namesakes():
            if len(self.old.body(i)) >= LEAST_BODY and self._sure(i, j):
                self.pair(i, j)

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
        first = self.old.once({i: self.old.name(i) for i in self.old.free})
        second = self.new.once({j: self.new.name(j) for j in self.new.free})
        return [(i, second[name]) for name, i in first.items() if name in second]

    def _sure(self, i: int, j: int) -> bool:
        x, y = self.old.body(i), self.new.body(j)
        start = common_start(x, y)
        most = min(len(x), len(y)) - start
        same = start + (common_end(x, y, most) if most else 0)
        if 3 * same >= max(len(x), len(y)):
            return True
        lines = set(x.split(b"\n")).intersection(y.split(b"\n"))
        if 3 * sum(map(len, lines)) >= len(x) + len(y):
            return True
        return self.likeness(i, j) >= _SURE

    def likeness(self, i: int, j: int) -> float:
        """Dice: twice the words in both, by the words of either."""
        x, y = self.old.words(i), self.new.words(j)
        return 2 * len(x & y) / (len(x) + len(y)) if x or y else 1.0

    def alike_by_words(self) -> None:
        """Pairs by rare words, the most alike first; the same name counts a little."""
        if not self.old.free or not self.new.free:
            return
        if max(len(self.old.free), len(self.new.free)) > _MOST_SECTIONS:
            return
        scores = []
        names = dict(self._namesakes())
        for i, j in self._candidates(names):
            likeness = self.likeness(i, j)
            stub = min(len(self.old.words(i)), len(self.new.words(j))) < _LEAST_WORDS
            same = names.get(i) == j
            near = self.old.gap[i] == self.new.gap[j]
            if likeness >= _ALIKE and ((same and near) or not stub):
                scores.append((-likeness - _SAME_NAME * same - 0.01 * near, i, j))
        for _, i, j in sorted(scores):
            if i in self.old.free and j in self.new.free:
                self.pair(i, j)

    def _candidates(self, names: dict[int, int]) -> set[tuple[int, int]]:
        """Sections that share rare words, and those of the same name."""
        olds = Counter(chain.from_iterable(map(self.old.words, self.old.free)))
        rare = {word for word, count in olds.items() if count <= _RARE}
        holders: dict[bytes, list[int]] = defaultdict(list)
        for i in self.old.free:
            for word in self.old.words(i) & rare:
                holders[word].append(i)
        found = set(names.items())
        for j in self.new.free:
            votes = Counter(chain.from_iterable(holders[w] for w in self.new.words(j) & rare))
            found.update((i, j) for i, count in votes.most_common(2) if count > 1)
        return found

    def same_place(self) -> None:
        """What has the same name and stands between the same neighbours, however unlike.

        After that what is somewhat alike there.
        """
        for olds, news in self._places(self.stayed()):
            for i, j in self._in_order(olds, news):
                self.pair(i, j)
        for olds, news in self._places(self.stayed()):
            if len(olds) * len(news) > _MOST_LOOKS:
                continue
            looks = [(-self.likeness(i, j), i, j) for i in olds for j in news]
            for likeness, i, j in sorted(looks):
                if -likeness >= _LITTLE and i in self.old.free and j in self.new.free:
                    self.pair(i, j)

    def stayed(self) -> list[int]:
        """The old sections whose partner stands in the same order as those of the others."""
        ordered = sorted(self.partner, key=self.partner.__getitem__)
        near = [i for i in ordered if self.old.gap[i] == self.new.gap[self.partner[i]]]
        # the gaps are in the same order in both, so one look at all of them will do
        return [near[n] for n in increasing(near)]


# --- split and merged ----------------------------------------------------------------------------


def _with_parts(work: _Work, moved: set[int]) -> Alignment:
    """The alignment, with sections that took or gave words joined to their partner."""
    pairs = [Pair(range(i, i + 1), range(j, j + 1), i in moved) for i, j in work.partner.items()]
    come = _joined(work.new.free, pairs, _Joining(work.new, work.old, "new", "old"))
    gone = _joined(work.old.free, pairs, _Joining(work.old, work.new, "old", "new"))
    return Alignment(pairs, gone, come)


def _joined(free: Iterable[int], pairs: list[Pair], joining: _Joining) -> list[int]:
    """Join free sections to the pair in front of or behind them; those that are left."""
    ends = {joining.own(pair).stop: pair for pair in pairs}
    left = []
    for index in sorted(free):
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


@dataclass
class _Joining:
    """Whether a free section of one side took words that a pair has on the other side only."""

    side: _Side
    other: _Side
    name: str
    other_name: str
    rests: dict[int, Counter[bytes]] = field(default_factory=dict)

    def own(self, pair: Pair) -> range:
        found: range = getattr(pair, self.name)
        return found

    def grow(self, pair: Pair, places: range) -> None:
        setattr(pair, self.name, places)

    def takes(self, pair: Pair, index: int) -> bool:
        """Whether a section is mostly words that the other side of the pair has beyond its own."""
        others: range = getattr(pair, self.other_name)
        words = self.side.words(index)
        share = _TAKEN if self.side.text.number(index) else _TAKEN_UNNUMBERED
        if max(len(words & self.other.words(other)) for other in others) < share * len(words):
            return False
        own = Counter(self.side.body(index).split())
        if own.total() < _LEAST_WORDS:
            return False
        rest = self.rests.get(id(pair))
        if rest is None:
            rest = _count(self.other, others)
            rest.subtract(_count(self.side, self.own(pair)))
            self.rests[id(pair)] = rest
        taken = sum(min(count, rest[word]) for word, count in own.items() if rest[word] > 0)
        if taken < share * own.total():
            return False
        rest.subtract(own)
        return True


def _count(side: _Side, places: range) -> Counter[bytes]:
    return Counter(chain.from_iterable(side.body(index).split() for index in places))
