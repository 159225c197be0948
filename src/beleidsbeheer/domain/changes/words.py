"""Two pieces of text → which words differ, as spans of bytes.

Words are what ASCII white space separates, so a number with its points or a word with its comma is
whole. White space takes no part in the comparison: an equal run has the same words in both, and
``spaced`` finds where its white space differs, when somebody asks. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from beleidsbeheer.domain.changes.lcs import Hunk, common_end, common_start, differences

WORDS, MARKUP, SPACE = range(3)  # the nature of a block: an index, as there are many

_BLANK: Final = bytes.maketrans(b"\t\n\r\x0b\x0c", b"     ")
_LONG: Final = 800  # bytes
_FEW_LINES: Final = 3
_LINES: Final = re.compile(rb"\n(?=[^\n]{20})")
_RUNS: Final = re.compile(rb"[^ \t\n\r\x0b\x0c]+|[ \t\n\r\x0b\x0c]+")
_FORMAT: Final = b"*_`#>+-\xc2\xa0 \t\n\r\x0b\x0c"  # what markup may add or take away, at most
_WORD: Final = rb"0-9A-Za-z\x80-\xff"
_MARKS: Final = re.compile(
    rb"(?<![" + _WORD + rb"*_`])[*_`]+(?=[^\s*_`])|(?<=[^\s*_`])[*_`]+(?![" + _WORD + rb"*_`])"
)
_HEADS: Final = re.compile(rb"#{1,6}|>+")

Block = tuple[int, int, int, int, int]


class Marked:
    """The blocks that differ, counted in words, in two pieces of larger texts."""

    __slots__ = ("blocks", "coarse", "inserted", "struck")

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.struck = 0
        self.inserted = 0
        self.coarse = False


def mark(old: bytes, new: bytes, i: int, j: int) -> Marked:
    """Compare two pieces that begin at ``i`` and ``j`` of their texts; spans are in those texts."""
    found = Marked()
    x, y = old.translate(_BLANK), new.translate(_BLANK)
    areas = [(0, len(x), 0, len(y))]
    if max(len(x), len(y)) > _LONG:
        areas, found.coarse = _areas(old, new, _trimmed(x, y))
    blocks: list[Hunk] = []
    counts: list[tuple[int, int]] = []
    for a, b, c, d in areas:
        first, second = _Words(x, a, b), _Words(y, c, d)
        if first.words == second.words:
            continue
        hunks, coarse = differences(first.words, second.words)
        found.coarse |= coarse
        hunks = _readable(hunks, first.words, second.words)
        first.measure(hunks[-1][1] + 1)
        second.measure(hunks[-1][3] + 1)
        blocks += _blocks(hunks, first, second)
        counts += [(q - p, s - r) for p, q, r, s in hunks]
    if (blocks or len(areas) != 1) and not _sound(
        blocks, old, new
    ):  # two words with one hash: as good as impossible
        blocks, found.coarse = [(0, len(old), 0, len(new))], True
        counts = [(len(old.split()), len(new.split()))]
    for (a, b, c, d), (struck, inserted) in zip(blocks, counts, strict=True):
        nature = WORDS
        if _same_but_markup(old[a:b], new[c:d]):
            nature = MARKUP
        else:
            found.struck += struck
            found.inserted += inserted
        found.blocks.append((i + a, i + b, j + c, j + d, nature))
    return found


def _trimmed(x: bytes, y: bytes) -> Hunk:
    """What is left without the words that both have at their ends."""
    start = x.rfind(b" ", 0, common_start(x, y)) + 1
    most = min(len(x), len(y)) - start
    place = x.find(b" ", len(x) - common_end(x, y, most))
    end = len(x) - place if place >= 0 else 0
    return start, len(x) - end, start, len(y) - end


def _areas(old: bytes, new: bytes, whole: Hunk) -> tuple[list[Hunk], bool]:
    """Where lines differ in a long piece: looking at lines is cheaper than looking at words.

    A short line goes with the long one before it: alone it says too little to hold on to.
    """
    a, b, c, d = whole
    if min(b - a, d - c) < _LONG:
        return [whole], False
    first, second = _LINES.split(old[a:b]), _LINES.split(new[c:d])
    if min(len(first), len(second)) < _FEW_LINES:
        return [whole], False
    hunks, coarse = differences(first, second)
    starts, others = _offsets(first, a), _offsets(second, c)
    found = []
    for p, q, r, s in hunks:
        x, y = min(starts[p], b), min(others[r], d)
        found.append((x, max(x, starts[q] - 1), y, max(y, others[s] - 1)))
    return found, coarse


def _offsets(lines: list[bytes], start: int) -> list[int]:
    """Where each line begins, and where the next one would."""
    return [n + size for n, size in enumerate(accumulate(map(len, lines), initial=start))]


class _Words:
    """The words of ``text[start:stop]``, and where each begins and ends in it."""

    __slots__ = ("_ends", "_middle", "_start", "words")

    def __init__(self, text: bytes, start: int, stop: int) -> None:
        self._middle = text[start:stop]
        self._start = start
        self.words = self._middle.split()

    @property
    def start(self) -> int:
        return self._start

    def measure(self, count: int) -> None:
        """Find where the first words end: only asked for when something differs."""
        middle = self._middle.lstrip(b" ")
        self._start += len(self._middle) - len(middle)
        words = self.words
        if b"  " in middle:
            # keep the width of white space in front of each word, as NULs, which no text holds
            middle = middle.rstrip(b" ").replace(b"  ", b" \0").replace(b"\0 ", b"\0\0")
            words = middle.split(b" ")
        self._ends = list(accumulate(map(len, words[:count])))

    def end(self, index: int) -> int:
        return self._start + self._ends[index] + index

    def begin(self, index: int) -> int:
        return self._start + self._ends[index] + index - len(self.words[index])


def _blocks(hunks: list[Hunk], first: _Words, second: _Words) -> list[Hunk]:
    """Hunks of words as spans. What only goes or comes takes the white space behind it along."""
    found = []
    olds, news = len(first.words), len(second.words)
    for a, b, c, d in hunks:
        if a < b and c < d:
            span = (first.begin(a), first.end(b - 1), second.begin(c), second.end(d - 1))
        elif b < olds and d < news:
            span = (first.begin(a), first.begin(b), second.begin(c), second.begin(d))
        elif a and c:  # at the end: with the white space in front
            span = (first.end(a - 1), first.end(b - 1), second.end(c - 1), second.end(d - 1))
        elif a < b:
            span = (first.begin(a), first.end(b - 1), second.start, second.start)
        else:
            span = (first.start, first.start, second.begin(c), second.end(d - 1))
        found.append(span)
    return found


def _sound(blocks: list[Hunk], old: bytes, new: bytes) -> bool:
    """Whether what is between the blocks has the same words."""
    start = other = 0
    for a, b, c, d in blocks:
        x, y = old[start:a], new[other:c]
        if x != y and x.split() != y.split():
            return False
        start, other = b, d
    x, y = old[start:], new[other:]
    return x == y or x.split() == y.split()


def spaced(old: bytes, new: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Two texts of the same words: an equal part, and the white space that differs behind it."""
    first, second = _RUNS.findall(old), _RUNS.findall(new)
    for runs in (first, second):  # begin both with an empty word if there is white space in front
        if old[:1].isspace() or new[:1].isspace() or not runs:
            runs[:0] = [b""] if runs and runs[0].isspace() else [b"", b""]
        if len(runs) % 2:
            runs.append(b"")
    spaces, others = first[1::2], second[1::2]
    start = 0
    for n, (out, into) in enumerate(zip(spaces, others, strict=True)):
        if out != into:
            yield b"".join(first[start : 2 * n + 1]), out, into
            start = 2 * n + 2
    if start < len(first):
        yield b"".join(first[start:]), b"", b""


def _same_but_markup(old: bytes, new: bytes) -> bool:
    """Whether two runs have the same words without their markup. Most do not: a quick look first."""
    if old.translate(None, _FORMAT) != new.translate(None, _FORMAT):
        return False
    return _bare(old) == _bare(new)


def _bare(text: bytes) -> list[bytes]:
    """The words without Markdown emphasis, marks of headings and quotes, and kinds of bullets."""
    words = _MARKS.sub(b"", text.replace(b"\xc2\xa0", b" ")).split()
    return [b"-" if w in (b"*", b"+") else w for w in words if not _HEADS.fullmatch(w)]


# --- for people ----------------------------------------------------------------------------------


def _readable(hunks: list[Hunk], old: list[bytes], new: list[bytes]) -> list[Hunk]:
    """Hunks that begin where a line or sentence does, without islands of small words between."""
    found: list[Hunk] = []
    last = len(hunks) - 1
    for n, hunk in enumerate(hunks):
        a, b, c, d = hunk
        if a == b or c == d:
            low = a - found[-1][1] if found else a
            high = (hunks[n + 1][0] if n < last else len(old)) - b
            a, b, c, d = _slid(hunk, old, new, low, high)
        if found:
            p, q, r, s = found[-1]
            if a - q <= 2 and _island(old[q:a], q - p + s - r, b - a + d - c):
                found[-1] = (p, b, r, d)
                continue
        found.append((a, b, c, d))
    return found


def _island(words: list[bytes], before: int, behind: int) -> bool:
    """Whether equal words between two changes say too little to stand alone."""
    if not words:
        return True
    return min(before, behind) >= 6 * len(words) and all(len(word) <= 3 for word in words)


def _slid(hunk: Hunk, old: list[bytes], new: list[bytes], low: int, high: int) -> Hunk:
    """What only goes or comes, moved to begin behind the end of a sentence, if that is the same."""
    a, b, c, d = hunk
    words, start, end = (old, a, b) if a < b else (new, c, d)
    best, shift = _rank(words, start), 0
    n = 0
    while n < low - 1 and best and words[start - n - 1] == words[end - n - 1]:
        n += 1
        rank = _rank(words, start - n)
        if rank < best:
            best, shift = rank, -n
    n = 0
    while n < high - 1 and best and words[start + n] == words[end + n]:
        n += 1
        rank = _rank(words, start + n)
        if rank < best:
            best, shift = rank, n
    return (a + shift, b + shift, c + shift, d + shift)


def _rank(words: list[bytes], place: int) -> int:
    """How well a change may begin here: 0 behind the end of a sentence, 1 behind a comma, else 2."""
    if not place:
        return 0
    mark = words[place - 1][-1:]
    return 0 if mark in b".;:!?" else 1 if mark in b",)" else 2
