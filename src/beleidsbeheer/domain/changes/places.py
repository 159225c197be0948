"""Hunks of words → spans of bytes, found by walking from change to change.

No list of the places of all words is made: what lies between two changes is passed over as bytes, and in
the same step it is proved to have the same words in both texts. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from beleidsbeheer.domain.changes.lcs import Hunk

_LONG_RUN: Final = 4  # words in a row that say more than chance


@dataclass(slots=True)
class Places:
    """A span for each hunk, and how many bytes both texts have in order, ``many`` of them in long runs."""

    spans: list[Hunk] = field(default_factory=list)
    same: int = 0
    many: int = 0

    def run(self, words: int, size: int) -> None:
        """Count an equal run."""
        self.same += size
        if words >= _LONG_RUN:
            self.many += size


def places(
    hunks: Sequence[Hunk],
    words: tuple[list[bytes], list[bytes]],
    texts: tuple[bytes, bytes],
    area: Hunk,
) -> Places | None:
    """The spans of ``hunks`` of ``words`` in an area of both texts, which have blanks for all white space.

    What only goes or comes takes the white space behind it along, or at the end that in front of it.
    None when a run between two hunks is not equal: two words had one hash, which is as good as impossible.
    """
    found = Places()
    first, second = words
    x, y = texts
    start, end, other, last = area
    p, r = _skipped(x, start, end), _skipped(y, other, last)  # where the next words begin
    q, s = p, r  # where the last equal words ended
    n = m = 0  # how many words were passed
    for a, b, c, d in hunks:
        if n < a:
            q = _reach(x, p, first[n:a])
            s = r + q - p
            if x[p:q] != y[r:s] or y[s : s + 1] not in b" ":
                s = _reach(y, r, second[m:c])
                if x[p:q].split() != y[r:s].split():
                    return None
            found.run(a - n, q - p)
            p, r = _next(x, q, end), _next(y, s, last)
        e = p + len(first[a]) if b - a == 1 else _reach(x, p, first[a:b])
        f = r + len(second[c]) if d - c == 1 else _reach(y, r, second[c:d])
        n, m = b, d
        if a < b and c < d:
            found.spans.append((p, e, r, f))
            p, r = _next(x, e, end), _next(y, f, last)
        elif b < len(first) and d < len(second):
            e, f = _skipped(x, e, end) if a < b else p, _skipped(y, f, last) if c < d else r
            found.spans.append((p, e, r, f))
            p, r = e, f
        elif a and c:
            found.spans.append((q, e if a < b else q, s, f if c < d else s))
        else:
            found.spans.append((p, e if a < b else p, r, f if c < d else r))
    if n < len(first):
        if x[p:end].split() != y[r:last].split():
            return None
        found.run(len(first) - n, end - p)
    return found


def _next(text: bytes, place: int, end: int) -> int:
    """Where the word behind the one that ends here begins: mostly one blank further."""
    if text[place + 1 : place + 2] == b" ":
        return _skipped(text, place, end)
    return min(place + 1, end)


def _skipped(text: bytes, place: int, end: int) -> int:
    """Where the next word begins: past the blanks."""
    while place < end and text[place] == 32:
        place += 1
    return place


def _reach(text: bytes, start: int, words: list[bytes]) -> int:
    """Where the last of these words ends, the first of which begins at ``start``.

    Between them stand one blank or more: so look again as long as too few bytes are no blanks.
    """
    if not words:
        return start
    size = sum(map(len, words))
    end = start + size + len(words) - 1
    while missing := size - (end - start - text.count(b" ", start, end)):
        end += missing
    return end
