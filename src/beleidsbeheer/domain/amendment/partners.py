"""Which element of the new text is which of the old one. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Final

from beleidsbeheer.domain.amendment.tree import Node

Pairs = list[tuple[int, int]]
Hint = tuple[int, int, bool]

_MOST_CELLS: Final = 64_000_000
_MOST_LOOKS: Final = 900
_LONGEST: Final = 4_000
_ALIKE: Final = 0.5
_SAME_NAME: Final = 0.2


def partners(
    olds: Sequence[Node], news: Sequence[Node], hints: Iterable[Hint] = ()
) -> tuple[Pairs, Pairs]:
    """The pairs that are in order, and those that moved.

    A hint is a pair that the comparison of both texts found, and whether it moved there.
    """
    hints = list(hints)
    pairs = _equal([n.core for n in olds], [n.core for n in news])
    pairs = _between(pairs, olds, news)
    left, right = {i for i, _ in pairs}, {j for _, j in pairs}
    extra = [
        (i, j)
        for i, j, _ in hints
        if i not in left and j not in right and olds[i].kind == news[j].kind
    ]
    together = sorted([*pairs, *extra])
    away = {(i, j) for i, j, moved in hints if moved}
    pairs = _rising([pair for pair in together if pair not in away])
    pairs = _with_fitting(pairs, [pair for pair in together if pair in away])
    in_order = set(pairs)
    moved = [pair for pair in together if pair not in in_order]
    gone, come = {i for i, _ in moved}, {j for _, j in moved}
    found = []
    for a, b, c, d in _gaps(pairs, len(olds), len(news)):
        some = [i for i in range(a, b) if i not in gone]
        others = [j for j in range(c, d) if j not in come]
        found += _alike(some, others, olds, news)
    return sorted([*pairs, *found]), moved


def _equal(old: Sequence[str], new: Sequence[str]) -> Pairs:
    """A longest common subsequence."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    pairs = [(n, n) for n in range(start)]
    x, y = old[start : len(old) - end], new[start : len(new) - end]
    if x and y and len(x) * len(y) <= _MOST_CELLS:
        from rapidfuzz.distance import Indel

        for code in Indel.opcodes(x, y):
            if code.tag == "equal":
                run = range(code.src_end - code.src_start)
                some = ((code.src_start + n, code.dest_start + n) for n in run)
                pairs += [(start + i, start + j) for i, j in some if x[i] == y[j]]
    return pairs + [(len(old) - n, len(new) - n) for n in range(end, 0, -1)]


def _between(pairs: Pairs, olds: Sequence[Node], news: Sequence[Node]) -> Pairs:
    """The same again between the pairs, for elements that only got another number."""
    found = list(pairs)
    for a, b, c, d in _gaps(pairs, len(olds), len(news)):
        if a < b and c < d:
            some = _equal([n.masked for n in olds[a:b]], [n.masked for n in news[c:d]])
            found += [(a + i, c + j) for i, j in some if olds[a + i].kind == news[c + j].kind]
    return sorted(found)


def _gaps(pairs: Pairs, olds: int, news: int) -> list[tuple[int, int, int, int]]:
    found = []
    a = c = 0
    for i, j in [*pairs, (olds, news)]:
        found.append((a, i, c, j))
        a, c = i + 1, j + 1
    return found


def _rising(pairs: Pairs) -> Pairs:
    """As many pairs as possible that are in the same order in both."""
    tails: list[int] = []
    ends: list[int] = []
    back: list[int] = []
    for n, (_, j) in enumerate(pairs):
        place = bisect_left(tails, j)
        back.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [j]
        ends[place : place + 1] = [n]
    found = []
    n = ends[-1] if ends else -1
    while n >= 0:
        found.append(pairs[n])
        n = back[n]
    return found[::-1]


def _with_fitting(pairs: Pairs, others: Pairs) -> Pairs:
    """The pairs with those others that are in order with them all."""
    found = list(pairs)
    for pair in others:
        place = bisect_left(found, pair)
        above = all(each[1] < pair[1] for each in found[max(place - 1, 0) : place])
        if above and all(each[1] > pair[1] for each in found[place : place + 1]):
            found.insert(place, pair)
    return found


def _alike(
    some: Sequence[int], others: Sequence[int], olds: Sequence[Node], news: Sequence[Node]
) -> Pairs:
    """The best pairs in order of what is left, by likeness and by name."""
    if not some or not others:
        return []
    if len(some) * len(others) > _MOST_LOOKS:
        names = {_name(news[j]): j for j in others if _name(news[j])[1]}
        named = [(i, names[_name(olds[i])]) for i in some if _name(olds[i]) in names]
        return _rising(named)
    words = {j: news[j].core.split() for j in others}
    best: list[list[float]] = [[0.0] * (len(others) + 1)]
    scores: dict[tuple[int, int], float] = {}
    for p, i in enumerate(some):
        own = olds[i].core.split()
        row = [0.0]
        for q, j in enumerate(others):
            score = scores[p, q] = _score(olds[i], news[j], own, words[j])
            row.append(max(row[q], best[p][q + 1], best[p][q] + score))
        best.append(row)
    pairs = []
    p, q = len(some), len(others)
    while p and q:
        if best[p][q] == best[p - 1][q]:
            p -= 1
        elif best[p][q] == best[p][q - 1]:
            q -= 1
        else:
            p, q = p - 1, q - 1
            pairs.append((some[p], others[q]))
    return pairs[::-1]


def _name(node: Node) -> tuple[str, str]:
    return node.kind, node.segment


def _score(old: Node, new: Node, words: Sequence[str], others: Sequence[str]) -> float:
    """0 for what is no pair."""
    if old.kind != new.kind:
        return 0.0
    same = _name(old) == _name(new)
    if len(words) > _LONGEST or len(others) > _LONGEST:
        return _ALIKE if same else 0.0
    from rapidfuzz.distance import Indel

    alike = Indel.normalized_similarity(words, others)
    if alike < _ALIKE and not same:
        return 0.0
    return float(alike) + _SAME_NAME * same
