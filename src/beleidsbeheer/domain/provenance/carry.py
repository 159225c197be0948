"""From one text to the next: which word of the old one each word of the new one is, also where it moved."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from beleidsbeheer.domain.changes import Change, Nature, OpKind, compare
from beleidsbeheer.domain.provenance.text import HARD_SPACE, MARKUP, WordText

# A part that went and one that came are the same one, moved, when they are this much alike.
_ALIKE: Final = 0.6
_ALIKE_ELSEWHERE: Final = 0.8
_FEW: Final = 6  # words: shorter parts only move inside their artikel
_MOST_LOOKS: Final = 10_000


class Carried:
    """Which word of the old text each word of the new one is; -1 for a word that came."""

    def __init__(self, old: WordText, new: WordText, labels: array[int]) -> None:
        self.old, self.new, self.labels = old, new, labels
        self.origin = array("l", [-1]) * len(new.words)
        self._reformatted = bytearray(len(old.words))
        changes = compare(old.data, new.data)
        for first, other, count in changes.kept:
            a, b = changes.before.span(first, first + count)
            c, d = changes.after.span(other, other + count)
            self._same(range(old.at(a), old.at(b)), range(new.at(c), new.at(d)))
        for change in changes.elements:
            self._carry(change)
        self._carry_moved_parts()

    # --- words ------------------------------------------------------------------------------------------

    def _same(self, olds: range, news: range) -> None:
        if len(olds) == len(news):
            self.origin[news.start : news.stop] = array("l", olds)

    def _carry(self, change: Change) -> None:
        """Through one changed element, wherever it stands now."""
        i, j = self.old.at(change.old_span[0]), self.new.at(change.new_span[0])
        formatted = range(0)
        for op in change.operations:
            count = len(op.text.encode("utf-8").split())
            markup = op.nature is Nature.OPMAAK
            if op.kind is OpKind.GELIJK:
                self._same(range(i, i + count), range(j, j + count))
            elif op.kind is OpKind.GESCHRAPT:
                formatted = range(i, i + count) if markup else range(0)
            elif markup:
                self._formatted(formatted, range(j, j + count))
            i += count * (op.kind is not OpKind.INGEVOEGD)
            j += count * (op.kind is not OpKind.GESCHRAPT)

    def _formatted(self, olds: range, news: range) -> None:
        """The same words with other marks on them; a hard space may have joined or parted them."""
        for i in olds:
            self._reformatted[i] = True
        pool = [i for i in olds for _ in range(_bare(self.old.words[i]))]
        counts = [_bare(self.new.words[j]) for j in news]
        if sum(counts) != len(pool):
            pool, counts = list(olds), [len(olds)] * len(news)
        place = 0
        for j, count in zip(news, counts, strict=True):
            some = pool[place : place + count] or pool[-1:]
            self.origin[j] = max(some, key=self.labels.__getitem__, default=-1)
            place += count

    # --- parts that moved where the comparison of words cannot see it -------------------------------------

    def _carry_moved_parts(self) -> None:
        """Leden that changed places, or became an artikel: gone in one place and there in another."""
        used = self.used()
        olds = [p for p in range(len(self.old.parts)) if self._mostly_gone(p, used)]
        news = [p for p in range(len(self.new.parts)) if self._mostly_come(p)]
        if not olds or not news:
            return
        homes = self._homes()
        gone, come = set(olds), set(news)
        for i, j in chain(self._equal_parts(olds, news, homes), self._alike(olds, news, homes)):
            if i in gone and j in come:
                gone.discard(i)
                come.discard(j)
                self._carry_part(self.old.parts[i].words, self.new.parts[j].words)

    def used(self) -> bytearray:
        """Which words of the old text are still there."""
        used = self._reformatted[:]
        for place in self.origin:
            if place >= 0:
                used[place] = True
        return used

    def _mostly_gone(self, index: int, used: bytearray) -> bool:
        words = self.old.parts[index].words
        return 2 * sum(used[n] for n in words) < len(words)

    def _mostly_come(self, index: int) -> bool:
        words = self.new.parts[index].words
        return 2 * sum(self.origin[n] >= 0 for n in words) < len(words)

    def _homes(self) -> dict[int, int]:
        """For each new artikel the old one that most of its words come from."""
        votes: dict[int, Counter[int]] = defaultdict(Counter)
        for n, place in enumerate(self.origin):
            if place >= 0:
                votes[self.new.home[n]][self.old.home[place]] += 1
        tops: dict[int, Counter[int]] = defaultdict(Counter)
        for index, found in votes.items():
            for place, count in found.items():
                tops[self.new.top(index)][self.old.top(place)] += count
        return {index: found.most_common(1)[0][0] for index, found in tops.items()}

    def _near(self, i: int, j: int, homes: dict[int, int]) -> bool:
        return homes.get(self.new.top(j)) == self.old.top(i)

    def _equal_parts(
        self, olds: list[int], news: list[int], homes: dict[int, int]
    ) -> Iterator[tuple[int, int]]:
        """Parts of the same words, in the same artikel first; short ones only there."""
        places: dict[tuple[bytes, ...], list[int]] = defaultdict(list)
        for i in olds:
            places[self.old.said(i)].append(i)
        far = []
        for j in news:
            said = self.new.said(j)
            found = places.get(said, [])
            near = [i for i in found if self._near(i, j, homes)]
            yield from ((i, j) for i in near)
            if len(said) >= _FEW:
                far += [(i, j) for i in found[:1]]
        yield from far

    def _alike(
        self, olds: list[int], news: list[int], homes: dict[int, int]
    ) -> Iterator[tuple[int, int]]:
        """Parts of almost the same words, the most alike first."""
        bags = {i: Counter(said) for i in olds if len(said := self.old.said(i)) >= _FEW}
        others = {j: Counter(said) for j in news if len(said := self.new.said(j)) >= _FEW}
        if len(bags) * len(others) > _MOST_LOOKS:
            return
        looks = []
        for i, bag in bags.items():
            for j, other in others.items():
                likeness = 2 * (bag & other).total() / (bag.total() + other.total())
                if likeness >= (_ALIKE if self._near(i, j, homes) else _ALIKE_ELSEWHERE):
                    looks.append((-likeness, i, j))
        yield from ((i, j) for _, i, j in sorted(looks))

    def _carry_part(self, olds: list[int], news: list[int]) -> None:
        """Through one part that moved, word by word."""
        said, says = (
            [text.words[n] for n in some] for text, some in ((self.old, olds), (self.new, news))
        )
        for a, c, count in _equal_runs(said, says):
            for n in range(count):
                self.origin[news[c + n]] = olds[a + n]


def _bare(word: bytes) -> int:
    """How many words it is to people: none for ``**``, two for words with a hard space between."""
    pieces = word.replace(HARD_SPACE, b" ").split()
    return sum(not MARKUP.fullmatch(piece) for piece in pieces)


def _equal_runs(old: Sequence[bytes], new: Sequence[bytes]) -> Iterator[tuple[int, int, int]]:
    """Runs that both have, in order: where each begins in both, and how long it is."""
    if old == new:
        yield 0, 0, len(old)
        return
    changes = compare(b" ".join(old), b" ".join(new))
    for change in changes.elements:
        a = c = 0
        for op in change.operations:
            count = len(op.text.encode("utf-8").split())
            if op.kind is OpKind.GELIJK:
                yield a, c, count
            a += count * (op.kind is not OpKind.INGEVOEGD)
            c += count * (op.kind is not OpKind.GESCHRAPT)
