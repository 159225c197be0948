"""Which runs of two sequences differ: a longest common subsequence, within bounds.

``differences`` trims what both have in common at their ends, asks rapidfuzz (bit-parallel, C++) for
the optimum where that takes little memory, and otherwise first fixes what occurs once in both.
rapidfuzz compares hashes, so a caller that must be sure compares the equal runs once more. Pure.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Sequence
from functools import cache
from typing import Final

Opcode = tuple[str, int, int, int, int]
Hunk = tuple[int, int, int, int]  # old[a:b] became new[c:d]

# rapidfuzz keeps a bit for each pair: 16 MiB
MOST_CELLS: Final = 128 * 1024 * 1024
_FEW: Final = 8


def differences(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[list[Hunk], bool]:
    """The hunks in order, with equal runs between them; and whether any of them is coarse.

    Hunks never touch: something equal stands between two of them.
    """
    if len(old) * len(new) <= MOST_CELLS:
        return _exact(old, new, 0, 0), False
    return _large(old, new)


@cache
def _opcodes() -> Callable[[Sequence[Hashable], Sequence[Hashable]], list[Opcode]]:
    """rapidfuzz, imported here: it costs some milliseconds at start-up."""
    from rapidfuzz.distance import Indel

    def opcodes(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Opcode]:
        return Indel.opcodes(old, new).as_list()  # type: ignore[return-value]  # plain tuples

    return opcodes


@cache
def _ends() -> tuple[Callable[[bytes, bytes], int], Callable[[bytes, bytes], int]]:
    from rapidfuzz.distance import Postfix, Prefix

    return Prefix.similarity, Postfix.similarity


def same_start(old: bytes, new: bytes) -> int:
    """How many bytes both begin with."""
    return _ends()[0](old, new)


def same_end(old: bytes, new: bytes) -> int:
    """How many bytes both end with; these may be some of those that they begin with."""
    return _ends()[1](old, new)


def _exact(old: Sequence[Hashable], new: Sequence[Hashable], i: int, j: int) -> list[Hunk]:
    """The optimum, by rapidfuzz; ``i`` and ``j`` is where both begin."""
    if not old or not new:
        return [(i, i + len(old), j, j + len(new))] if old or new else []
    hunks: list[Hunk] = []
    a = c = 0  # up to here both are told
    for tag, start, end, other, last in _opcodes()(old, new):
        if tag == "equal":
            if a < start or c < other:
                hunks.append((i + a, i + start, j + c, j + other))
            a, c = end, last
    if a < len(old) or c < len(new):
        hunks.append((i + a, i + len(old), j + c, j + len(new)))
    return hunks


def _large(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[list[Hunk], bool]:
    """The same for what is too large at once: part by part between what occurs once in both."""
    hunks: list[Hunk] = []
    coarse = False
    todo = [(0, len(old), 0, len(new), 0)]
    while todo:
        a, b, c, d, depth = todo.pop()
        start, end = common_ends(old[a:b], new[c:d])
        a, c, b, d = a + start, c + start, b - end, d - end
        if (b - a) * (d - c) <= MOST_CELLS:
            hunks += _exact(old[a:b], new[c:d], a, c)
            continue
        anchors = _anchors(old[a:b], new[c:d], depth)
        if not anchors:
            coarse = True
            hunks.append((a, b, c, d))
            continue
        parts = []
        p, q = a, c
        for x, y in anchors:
            parts.append((p, a + x, q, c + y, depth + 1))
            p, q = a + x, c + y
        parts.append((p, b, q, d, depth + 1))
        todo += reversed(parts)
    return _joined(hunks), coarse


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable], depth: int) -> list[tuple[int, int]]:
    """Places of what occurs once in both, or of runs that do, in the same order in both."""
    if depth > _FEW:
        return []
    for size in (1, 4, 16):
        first = _once(_runs(old, size))
        second = _once(_runs(new, size))
        places = sorted((first[run], second[run]) for run in first.keys() & second.keys())
        kept = [places[n] for n in increasing([y for _, y in places])]
        # a place at the very start would leave the same work once more
        kept = [(x, y) for x, y in kept if x or y]
        if len(kept) > min(len(old), len(new)) // 20_000:
            # of a run of them the first will do: what follows is trimmed at once
            pairs = zip([(-1, -1), *kept], kept, strict=False)
            return [(x, y) for (p, q), (x, y) in pairs if (p + 1, q + 1) != (x, y)]
    return []


def _runs(items: Sequence[Hashable], size: int) -> Sequence[Hashable]:
    if size == 1:
        return items
    return list(zip(*(items[n:] for n in range(size)), strict=False))


def _once(items: Sequence[Hashable]) -> dict[Hashable, int]:
    """Where what occurs once stands."""
    places = dict(zip(items, range(len(items)), strict=True))
    back = dict(zip(reversed(items), range(len(items) - 1, -1, -1), strict=True))
    return {item: place for item, place in places.items() if back[item] == place}


def _joined(hunks: list[Hunk]) -> list[Hunk]:
    """Without empty ones, those that touch as one."""
    found: list[Hunk] = []
    for a, b, c, d in hunks:
        if found and found[-1][1] == a and found[-1][3] == c:
            found[-1] = (found[-1][0], b, found[-1][2], d)
        elif a < b or c < d:
            found.append((a, b, c, d))
    return found


def increasing(numbers: Sequence[int]) -> list[int]:
    """The indices of a longest strictly increasing subsequence."""
    tails: list[int] = []
    ends: list[int] = []
    before = [-1] * len(numbers)
    for index, number in enumerate(numbers):
        place = bisect_left(tails, number)
        if place:
            before[index] = ends[place - 1]
        if place == len(tails):
            tails.append(number)
            ends.append(index)
        else:
            tails[place] = number
            ends[place] = index
    found = []
    index = ends[-1] if ends else -1
    while index >= 0:
        found.append(index)
        index = before[index]
    return found[::-1]


def common_ends(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[int, int]:
    """How much both have in common at the beginning, and at the end of what remains."""
    start = common_start(old, new)
    least = min(len(old), len(new)) - start
    if not least:
        return start, 0
    return start, common_end(old, new, least)


def common_start(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    """How much both have in common at the beginning: by growing and halving steps."""
    most = min(len(old), len(new))
    done, step = 0, 64
    while done < most:
        upto = min(done + step, most)
        if old[done:upto] == new[done:upto]:
            done, step = upto, step * 4
        elif upto - done == 1:
            break
        else:
            step = (upto - done) // 2
            most = upto - 1
    return done


def common_end(old: Sequence[Hashable], new: Sequence[Hashable], most: int) -> int:
    """How much both have in common at the end, at most ``most``."""
    m, n = len(old), len(new)
    done, step = 0, 64
    while done < most:
        upto = min(done + step, most)
        if old[m - upto : m - done] == new[n - upto : n - done]:
            done, step = upto, step * 4
        elif upto - done == 1:
            break
        else:
            step = (upto - done) // 2
            most = upto - 1
    return done
