"""Hunks of words, moved to where a reader expects them. Pure.

Which of several equally short answers a comparison gives is chance: ``a, [b,] b, c`` and ``a, b, [b,] c``
say the same. People read best what begins with a line, or else behind the end of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from beleidsbeheer.domain.changes.lcs import Hunk

# the number or letter of a lid or onderdeel
_NUMBER: Final = re.compile(
    rb"\(?(?:[0-9]{1,3}[a-z]{0,2}|[a-z]{1,2}|[ivx]{1,5})[.)]|[0-9]{1,3}(?:\xc2\xb0|\xc2\xba)\.?"
)
_FARTHEST: Final = 500  # words
_FAR: Final = 12  # words behind a mark that an item may share with the next one
# what a lid or onderdeel begins with: a number, a letter, a bullet, the mark of a heading
_MARK: Final = re.compile(rb"[-*+\xb7>]|#{1,6}|" + _NUMBER.pattern)


def readable(hunks: Sequence[Hunk], old: Sequence[bytes], new: Sequence[bytes]) -> list[Hunk]:
    """The same differences, slid to good places, without islands of small words between them.

    Two of them may touch: a lid that comes, and the number of the next one that changes by it.
    """
    found: list[Hunk] = []
    before = 0
    last = len(hunks) - 1
    for n, given in enumerate(hunks):
        a, b, c, d = hunk = given
        if a == b or c == d:
            behind = hunks[n + 1][0] if n < last else len(old)
            words, start, end = (old, a, b) if a < b else (new, c, d)
            if marks := _marks_passed(words, start, end, a - before):
                found += _with_marks(hunk, *marks)
                before = found[-1][1]
                continue
            if shift := _shift(words, start, end, a - before, behind - b):
                a, b, c, d = hunk = a + shift, b + shift, c + shift, d + shift
        if found and a - before <= 2:
            p, q, r, s = found[-1]
            if _island(old[q:a], q - p + s - r, b - a + d - c):
                found[-1] = (p, b, r, d)
                before = b
                continue
        found.append(hunk)
        before = b
    return found


def _marks_passed(
    words: Sequence[bytes], start: int, end: int, low: int
) -> tuple[int, list[int]] | None:
    """How far in front an item begins that comes or goes, and which marks change by that.

    Of ``- b. de [nieuwe; - c. de] oude`` the item is ``- b. de nieuwe;``, and the mark of the next one
    changes from b. to c.: the words behind it and the bullets are the same, the letters are not.
    """
    differing = []
    back = 0
    while back < min(low, _FAR):
        mine, other = words[end - back - 1], words[start - back - 1]
        if mine != other:
            if not (_NUMBER.fullmatch(mine) and _NUMBER.fullmatch(other)):
                break
            differing.append(back + 1)
        elif differing and not _MARK.fullmatch(mine):
            break
        back += 1
    return (back, differing) if differing else None


def _with_marks(hunk: Hunk, back: int, marks: list[int]) -> list[Hunk]:
    """The item that comes or goes, and each mark that changes."""
    a, b, c, d = hunk
    item = a - back, b - back, c - back, d - back
    return [item, *((b - n, b - n + 1, d - n, d - n + 1) for n in reversed(marks))]


def _island(words: Sequence[bytes], before: int, behind: int) -> bool:
    """Whether equal words between two changes say too little to stand alone."""
    if not words:
        return True
    return min(before, behind) >= 6 * len(words) and all(len(word) <= 3 for word in words)


def _shift(words: Sequence[bytes], start: int, end: int, low: int, high: int) -> int:
    """How far to move what only goes or comes, so that it begins well; 0 if that is where it is.

    It may move over a word when the word that it then begins with is the one that it ended with.
    """
    left = right = 0
    low, high = min(low, _FARTHEST), min(high, _FARTHEST)
    while left < low - 1 and words[start - left - 1] == words[end - left - 1]:
        left += 1
    while right < high - 1 and words[start + right] == words[end + right]:
        right += 1
    if not left and not right:
        return 0
    shifts = sorted(range(-left, right + 1), key=abs)
    return min(shifts, key=lambda shift: _rank(words, start + shift))


def _rank(words: Sequence[bytes], place: int) -> int:
    """How well a change may begin here: 0 with a lid or onderdeel, …, 3 in the middle of a sentence."""
    if not place:
        return 0
    end = words[place - 1][-1:]
    if _MARK.fullmatch(words[place]):
        return 0 if end in b".;:,!?" else 1
    return 1 if end in b".;:!?" else 2 if end in b",)" else 3
