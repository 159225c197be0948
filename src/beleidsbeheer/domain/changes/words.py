"""Two pieces of text → which words differ, as spans of bytes.

Words are what ASCII white space separates, so a number with its points or a word with its comma is
whole. White space takes no part in the comparison: an equal run has the same words in both, and
``nature.spaced`` finds where its white space differs, when somebody asks.

What both have at their ends is passed over as bytes, and the words between go to rapidfuzz. Large pieces
are first compared by line, and very large ones by sentence. Pure.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import Final

from beleidsbeheer.domain.changes.lcs import MOST_CELLS, Hunk, differences, same_end, same_start
from beleidsbeheer.domain.changes.nature import MARKUP, WORDS, same_but_markup
from beleidsbeheer.domain.changes.places import places
from beleidsbeheer.domain.changes.readable import readable

_BLANK: Final = bytes.maketrans(b"\t\n\r\x0b\x0c", b"     ")
_CONTEXT: Final = 48  # bytes of what is equal that stay, for changes to slide over
_MOST_BYTES: Final = 512 * 1024  # of an area of which every word is looked at
_LONG: Final = 3000  # bytes of what is first compared by line
# a short line goes with the long one before it: alone it says too little to hold on to
_LINES: Final = re.compile(rb"\n(?=[^\n]{20})")
# where what is larger yet is cut: sentences, and for what has neither some of its words
_CUTS: Final = (
    re.compile(rb"(?<=[.;:])[ \t\r\n](?=[^ ]{2})"),
    re.compile(rb"(?<=[aeiou0-4][nrst5])[ \t\r\n](?=[vwhd])"),
)

Block = tuple[int, int, int, int, int]  # old[a:b] became new[c:d]; and its nature


class Comparison:
    """Two pieces, and what differs in them: ``blocks``, in the texts in which they begin at ``i`` and ``j``.

    ``struck`` and ``inserted`` count words; ``coarse`` says that not every word was looked at.
    """

    __slots__ = (
        "_flat", "_many", "_same", "blocks", "coarse", "i", "inserted", "j", "new", "old", "struck",
    )  # fmt: skip

    def __init__(self, old: bytes, new: bytes, i: int, j: int) -> None:
        self.old, self.new, self.i, self.j = old, new, i, j
        self.blocks: list[Block] = []
        self.struck = self.inserted = 0
        self.coarse = False
        self._same = self._many = len(
            old
        )  # bytes that both have in order; and in runs beyond chance
        if old != new:
            self._flat = old.translate(_BLANK), new.translate(_BLANK)
            self._compare()

    def alike(self, lead: int) -> bool:
        """Whether this is surely one text, edited: not counting ``lead`` bytes of heading.

        That is when a third of it stands in the same order in runs that are no chance, or nearly all
        of it in any.
        """
        old, new = len(self.old) - lead, len(self.new) - lead
        return 3 * (self._many - lead) >= max(old, new) or (
            5 * (self._same - lead) >= 2 * (old + new)
        )

    def _compare(self) -> None:
        x, y = self._flat
        for area in self._areas(_trimmed(x, y, (0, len(x), 0, len(y)))):
            a, b, c, d = area
            self._same -= b - a
            self._many -= b - a
            first, second = x[a:b].split(), y[c:d].split()
            if first == second:
                self._same += b - a
                self._many += b - a
            elif max(b - a, d - c) > _MOST_BYTES or not self._mark(first, second, area):
                self._whole(first, second, area)

    # --- areas -----------------------------------------------------------------------------------

    def _areas(self, whole: Hunk) -> list[Hunk]:
        """Where the pieces differ: looking at lines is cheaper than looking at words.

        What is too large to look at its words is cut once more.
        """
        a, b, c, d = whole
        if min(b - a, d - c) < _LONG:
            return [whole]
        areas = self._cut(whole, _LINES)
        for cut in _CUTS:
            if all(map(self._fits, areas)):
                break
            parts = []
            for area in areas:
                parts += [area] if self._fits(area) else self._cut(area, cut)
            areas = parts
        return areas

    def _fits(self, area: Hunk) -> bool:
        """Whether the words of an area can be compared at once."""
        a, b, c, d = area
        if (b - a) * (d - c) <= MOST_CELLS:  # there are fewer words than bytes
            return True
        x, y = self._flat
        return (x.count(b" ", a, b) + 1) * (y.count(b" ", c, d) + 1) <= MOST_CELLS

    def _cut(self, area: Hunk, cut: re.Pattern[bytes]) -> list[Hunk]:
        """The runs of lines, or of other parts, that differ."""
        a, b, c, d = area
        first, second = cut.split(self.old[a:b]), cut.split(self.new[c:d])
        hunks, coarse = differences(first, second)
        self.coarse |= coarse
        starts, others = _offsets(first, a), _offsets(second, c)
        return [
            _trimmed(
                *self._flat,
                (min(starts[p], b), min(starts[q], b), min(others[r], d), min(others[s], d)),
            )
            for p, q, r, s in hunks
        ]

    # --- words in an area ------------------------------------------------------------------------

    def _whole(self, first: list[bytes], second: list[bytes], area: Hunk) -> None:
        """Take an area as one change: it is too large, or two words had one hash."""
        a, b, c, d = area
        self.coarse = True
        self.struck += len(first)
        self.inserted += len(second)
        self.blocks.append((self.i + a, self.i + b, self.j + c, self.j + d, WORDS))

    def _mark(self, first: list[bytes], second: list[bytes], area: Hunk) -> bool:
        """Find the words that differ in an area. False when two words had one hash."""
        hunks, coarse = differences(first, second)
        told = readable(hunks, first, second)
        found = places(told, (first, second), self._flat, area)
        if found is None:
            return False
        self._same += found.same
        self._many += found.many
        self.coarse |= coarse
        self._add(told, found.spans)
        return True

    def _add(self, hunks: list[Hunk], spans: list[Hunk]) -> None:
        """Blocks of these spans; ``hunks`` tell how many words they have."""
        old, new, i, j = self.old, self.new, self.i, self.j
        for (a, b, c, d), (p, q, r, s) in zip(hunks, spans, strict=True):
            if same_but_markup(old[p:q], new[r:s]):
                self.blocks.append((i + p, i + q, j + r, j + s, MARKUP))
            else:
                self.struck += b - a
                self.inserted += d - c
                self.blocks.append((i + p, i + q, j + r, j + s, WORDS))


def _trimmed(x: bytes, y: bytes, area: Hunk) -> Hunk:
    """What is left of an area without the words that both have at their ends, but for some of them."""
    a, b, c, d = area
    old, new = x[a:b], y[c:d]
    start = same_start(old, new)
    start = old.rfind(b" ", 0, start - _CONTEXT) + 1 if start > _CONTEXT else 0
    end = min(same_end(old, new), len(old) - start, len(new) - start) - _CONTEXT
    if end > 0:
        place = old.find(b" ", len(old) - end)
        end = len(old) - place if place >= 0 else 0
        return a + start, b - end, c + start, d - end
    return a + start, b, c + start, d


def _offsets(lines: list[bytes], start: int) -> list[int]:
    """Where each line begins, and where the next one would."""
    return [n + size for n, size in enumerate(accumulate(map(len, lines), initial=start))]
