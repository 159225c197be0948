"""What each part remembers from text to text: where it stood, and when it last lost words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from beleidsbeheer.domain.provenance.carry import Carried
from beleidsbeheer.domain.provenance.model import Former


@dataclass(frozen=True, slots=True)
class State:
    """What a part remembers besides its words; -1 for never."""

    struck: int = -1
    formers: tuple[Former, ...] = ()


class PartStates:
    """The states of the parts of the new text, from those of the old one."""

    def __init__(self, carried: Carried) -> None:
        self.old, self.new, self.origin = carried.old, carried.new, carried.origin
        self._used = carried.used()

    def after(self, states: Sequence[State], label: int, version: str) -> list[State]:
        """What each new part remembers: where it stood, and when it lost words."""
        partners = self._partners()
        heirs: dict[int, list[int]] = defaultdict(list)
        for j, i in partners.items():
            heirs[i].append(j)
        for i, j in self._taken_up(partners.values()):
            heirs[i].append(j)
        struck = [-1] * len(self.new.parts)
        for i, some in heirs.items():
            for j in some:
                struck[j] = max(struck[j], states[i].struck)
        for i in self._with_losses():
            for j in self._heirs_of(i, heirs):
                struck[j] = label
        found = []
        for j, own in enumerate(self.new.parts):
            formers: tuple[Former, ...] = ()
            if j in partners:
                before, formers = self.old.parts[partners[j]], states[partners[j]].formers
                if before.key != own.key:
                    formers = (*formers, Former(version, before.key, before.name))
            found.append(State(struck[j], formers))
        return found

    def _taken_up(self, kept: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Old parts that are no part of their own any more, and the new one with most of their words."""
        alone = set(range(len(self.old.parts))) - set(kept)
        votes: dict[int, Counter[int]] = defaultdict(Counter)
        for n, place in enumerate(self.origin):
            if place >= 0 and self.old.home[place] in alone:
                votes[self.old.home[place]][self.new.home[n]] += 1
        for i, found in votes.items():
            j, count = found.most_common(1)[0]
            if 2 * count >= len(self.old.parts[i].words):
                yield i, j

    def _with_losses(self) -> Iterator[int]:
        """The old parts of which a word is nowhere in the new text."""
        return (
            i for i, own in enumerate(self.old.parts) if not all(self._used[n] for n in own.words)
        )

    def _heirs_of(self, index: int, heirs: Mapping[int, list[int]]) -> Iterable[int]:
        """What an old part became; if it went, what became of the part it stood in."""
        while index >= 0:
            if index in heirs:
                return heirs[index]
            index = self.old.parts[index].parent
        return ()

    def _partners(self) -> dict[int, int]:
        """Per new part the old one that it was: by its words, else by its key."""
        below = self._below()
        partners = {}
        for j, own in enumerate(self.new.parts):
            words = own.words or below[j]
            votes = Counter(self.old.home[o] for n in words if (o := self.origin[n]) >= 0)
            if not own.words:
                votes = Counter(
                    {
                        i: n
                        for i, n in self._lifted(votes).items()
                        if self.old.parts[i].kind is own.kind
                    }
                )
            same = {i for i in votes if self.old.parts[i].key == own.key}
            best = max(votes, key=lambda i: (votes[i], i in same, -i), default=-1)
            if best >= 0:
                most = min(len(words), len(self.old.parts[best].words))
                if 2 * votes[best] >= most:
                    partners[j] = best
        taken = set(partners.values())
        keys = {own.key: i for i, own in enumerate(self.old.parts) if own.key and i not in taken}
        for j, own in enumerate(self.new.parts):
            if j not in partners and own.key in keys:
                partners[j] = keys[own.key]
        return partners

    def _lifted(self, votes: Counter[int]) -> Counter[int]:
        """Votes for parts as votes for all that they stand in."""
        found: Counter[int] = Counter()
        for index, count in votes.items():
            place = index
            while place >= 0:
                found[place] += count
                place = self.old.parts[place].parent
        return found

    def _below(self) -> list[list[int]]:
        """For a part that has no words of its own those of the parts below it."""
        found: list[list[int]] = [[] for _ in self.new.parts]
        for own in self.new.parts:
            parent = own.parent
            while parent >= 0 and not self.new.parts[parent].words:
                found[parent] += own.words
                parent = self.new.parts[parent].parent
        return found
