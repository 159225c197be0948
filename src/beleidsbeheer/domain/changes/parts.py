"""Which leden, onderdelen and definities changed in one changed element: ``14.1.b → 14.1.c``.

Here the Markdown parser is needed, and it takes far more time than all the rest: so a part is only
looked for when somebody asks, and only in sections that changed. ``origins`` finds the sections
from which new ones elsewhere took their words: a lid that became an artikel. Pure.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Final

from beleidsbeheer.domain.changes.lcs import differences
from beleidsbeheer.domain.changes.model import Change, ChangeKind, Changes
from beleidsbeheer.domain.changes.sections import Text
from beleidsbeheer.domain.document import Kind, parse

_CITED: Final = (Kind.LID, Kind.ONDERDEEL, Kind.SUBONDERDEEL, Kind.DEFINITIE)
_BULLETS: Final = ("-", "*", "+")
_ALIKE: Final = 0.5
_MOST_LOOKS: Final = 10_000
_FEW: Final = 6

K = ChangeKind


@dataclass(frozen=True, slots=True)
class PartChange:
    """A lid, onderdeel or definitie that changed; a key is "" where it does not stand."""

    kinds: frozenset[ChangeKind]
    old_key: str
    new_key: str

    @property
    def kind(self) -> str:
        """The kinds as one Dutch phrase."""
        return " en ".join(kind for kind in ChangeKind if kind in self.kinds)

    def __str__(self) -> str:
        if self.old_key and self.new_key and self.old_key != self.new_key:
            return f"{self.old_key} → {self.new_key} {self.kind}"
        return f"{self.new_key or self.old_key} {self.kind}"


@dataclass(frozen=True, slots=True)
class _Part:
    """A part with its own words: without its mark and without the parts below it."""

    key: str
    words: tuple[str, ...]

    @property
    def parent(self) -> str:
        return self.key.rpartition(".")[0]

    @property
    def mark(self) -> str:
        return self.key.rpartition(".")[2]


def parts(change: Change) -> tuple[PartChange, ...]:
    """The changed parts in the order of the new text, after those that went."""
    if not change.blocks or not (change.old and change.new):
        return ()
    old, new = _parts(change.before, change.old), _parts(change.after, change.new)
    pairs = _pairs(old, new)
    partner = dict(pairs)
    keys = {old[i].key: new[j].key for i, j in pairs}
    tops = set(zip(change.old_keys, change.new_keys, strict=False))
    found = [
        PartChange(frozenset({K.VERVALLEN}), part.key, "")
        for i, part in enumerate(old)
        if i not in partner
    ]
    back = {j: i for i, j in pairs}
    for j, part in enumerate(new):
        if j not in back:
            found.append(PartChange(frozenset({K.NIEUW}), "", part.key))
        elif kinds := _kinds(old[back[j]], part, keys, tops):
            found.append(PartChange(frozenset(kinds), old[back[j]].key, part.key))
    return tuple(found)


def _kinds(
    old: _Part, new: _Part, keys: dict[str, str], tops: set[tuple[str, str]]
) -> set[ChangeKind]:
    kinds = set()
    if (old.parent, new.parent) not in tops and keys.get(old.parent) != new.parent:
        kinds.add(K.VERPLAATST)
    elif old.mark != new.mark:
        kinds.add(K.VERNUMMERD)
    if old.words != new.words:
        kinds.add(K.GEWIJZIGD)
    return kinds


def _parts(text: Text, sections: range) -> list[_Part]:
    """The citable parts of sections, with the keys they have in the whole text."""
    found = []
    for index in sections:
        document = parse(text.section(index))
        for element in document.walk():
            if element.kind not in _CITED or not element.key:
                continue
            own = "".join(document.lines[n - 1] for n in element.own_lines)
            top, dot, rest = element.key.partition(".")
            words = own.split()
            start = 0
            while start < len(words) and words[start] in (*_BULLETS, element.mark):
                start += 1
            key = f"{text.keys[index] or top}{dot}{rest}"
            found.append(_Part(key, tuple(words[start:])))
    return found


def _pairs(old: list[_Part], new: list[_Part]) -> list[tuple[int, int]]:
    """Which part became which: equal words in order, then alike ones, then the same key."""
    found: list[tuple[int, int]] = []
    gaps = []
    i = j = 0
    hunks = differences([part.words for part in old], [part.words for part in new])[0]
    for a, b, c, d in (*hunks, (len(old), 0, len(new), 0)):
        found += zip(range(i, a), range(j, c), strict=True)
        gaps.append((range(a, b), range(c, d)))
        i, j = b, d
    olds = {i for some, _ in gaps for i in some}
    news = {j for _, some in gaps for j in some}
    place = {i: n for n, (some, _) in enumerate(gaps) for i in some}
    there = {j: n for n, (_, some) in enumerate(gaps) for j in some}
    if len(olds) * len(news) <= _MOST_LOOKS:
        looks = []
        for i in olds:
            for j in news:
                same = old[i].key == new[j].key
                score = _likeness(old[i], new[j]) + 0.1 * same
                if score >= _ALIKE and (place[i] == there[j] or score >= 0.8):
                    looks.append((-score, abs(i - j), i, j))
        for _, _, i, j in sorted(looks):
            if i in olds and j in news:
                found.append((i, j))
                olds.discard(i)
                news.discard(j)
    keys = {new[j].key: j for j in news}
    return found + [(i, keys[old[i].key]) for i in olds if old[i].key in keys]


def _likeness(old: _Part, new: _Part) -> float:
    if old.words == new.words:
        return 1.0
    x, y = set(old.words), set(new.words)
    return 2 * len(x & y) / (len(x) + len(y))


def origins(changes: Changes) -> dict[int, Change]:
    """For each new section that is mostly words which one changed element lost: that element."""
    lost: list[tuple[Change, Counter[bytes]]] = []
    holders: dict[bytes, list[int]] = defaultdict(list)
    for change in changes.elements:
        if change.struck_words < _FEW or not (change.old and change.new):
            continue
        words: Counter[bytes] = Counter()
        for a, b, *_ in change.blocks:
            words.update(changes.before.data[a:b].split())
        for word in words:
            holders[word].append(len(lost))
        lost.append((change, words))
    found = {}
    for change in changes.elements:
        if K.NIEUW not in change.kinds or change.inserted_words < _FEW:
            continue
        own = Counter(changes.after.pieces[change.new[0]].partition(b"\n")[2].split())
        votes = Counter(n for word in own if len(holders[word]) <= _FEW for n in holders[word])
        for number, _ in votes.most_common(1):
            source, words = lost[number]
            if 2 * (own & words).total() >= own.total():
                found[change.new[0]] = source
    return found
