"""The piece of a text to show with a hit: short, and where most of the question stands together."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from beleidsbeheer.domain.search.query import Hit

# Characters; about thirty Dutch words.
WIDTH = 200


class Piece(NamedTuple):
    """Text to show as it is; ``hit``: it answers the question, so mark it."""

    text: str
    hit: bool


def place(hits: Sequence[Hit], width: int = WIDTH) -> Hit | None:
    """The hit to name the place by: the first of those that stand best together; None without hits.

    Best together: most clauses of the question within ``width`` characters, then most hits, then first.
    """
    best, best_score = None, (0, 0)
    clauses: Counter[int] = Counter()
    ordered = sorted(hits)
    first = 0
    for last, hit in enumerate(ordered):
        clauses[hit.clause] += 1
        while first < last and hit.end - ordered[first].start > width:
            clauses -= Counter((ordered[first].clause,))
            first += 1
        score = len(clauses), last - first
        if best is None or score > best_score:
            best, best_score = ordered[first], score
    return best


def snippet(text: str, hits: Sequence[Hit], width: int = WIDTH) -> tuple[Piece, ...]:
    """The best ``width`` characters of a text or somewhat less, spaces and lines made one space.

    It is cut between words, with "…" where there was more; only within a word that is longer than
    the whole. The texts of the pieces, one after the other, are the snippet.
    """
    line, moved = _on_one_line(text, hits)
    start, end = _window(line, moved, width)
    pieces = [Piece("… ", False)] if start else []
    at = start
    for hit_start, hit_end in _merged(moved):
        left, right = max(hit_start, at), min(hit_end, end)
        if left < right:
            pieces += [Piece(line[at:left], False), Piece(line[left:right], True)]
            at = right
    pieces += [Piece(line[at:end], False), Piece(" …" if end < len(line) else "", False)]
    return _joined(pieces)


def _on_one_line(text: str, hits: Iterable[Hit]) -> tuple[str, list[Hit]]:
    """The text with one space for each row of white space, and the hits where they are in it."""
    starts, shifts, length = [0], [0], 0
    runs = []
    for run in re.finditer(r"\S+", text):
        runs.append(run.group())
        starts.append(run.start())
        shifts.append(run.start() - length)
        length += len(run.group()) + 1

    def at(offset: int) -> int:
        return offset - shifts[bisect_right(starts, offset) - 1]

    return " ".join(runs), [Hit(at(start), at(end - 1) + 1, clause) for start, end, clause in hits]


def _window(line: str, hits: Sequence[Hit], width: int) -> tuple[int, int]:
    """Where to cut: the best hits in the middle, between words if that leaves them whole."""
    best = place(hits, width)
    if best is None or len(line) <= width:
        first = last = 0
    else:
        first = best.start
        last = max(
            hit.end
            for hit in hits
            if first <= hit.start and hit.end <= max(first + width, best.end)
        )
    room = max(0, width - (last - first))
    start = max(0, min(first - room // 2, len(line) - width))
    end = min(len(line), start + width)
    if start and line[start - 1] != " ":
        start = line.find(" ", start, first + 1) + 1 or start
    if end < len(line) and line[end] != " ":
        space = line.rfind(" ", max(last, start + 1) - 1, end)
        end = space if space > start else end
    return start, end


def _merged(hits: Iterable[Hit]) -> list[tuple[int, int]]:
    """Where hits are, as spans that do not overlap."""
    spans: list[tuple[int, int]] = []
    for start, end, _ in sorted(hits):
        if spans and start < spans[-1][1]:
            spans[-1] = spans[-1][0], max(end, spans[-1][1])
        else:
            spans.append((start, end))
    return spans


def _joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Without empty pieces, and pieces of one kind after each other made one."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].hit == piece.hit:
            joined[-1] = Piece(joined[-1].text + piece.text, piece.hit)
        elif piece.text:
            joined.append(piece)
    return tuple(joined)
