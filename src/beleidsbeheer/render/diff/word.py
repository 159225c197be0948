"""Two texts → Word: the new text with its changes tracked, and the table was-wordt.

``document`` holds the whole new text. Accepting all changes gives ``paragraphs(new)``, rejecting
them gives ``paragraphs(old)``: same order, same styles, same text, same bold and italic, and one
empty paragraph below. That paragraph is there because Word cannot take away the last one.

What is unchanged stands there once. An edited paragraph has its words struck and inserted; one with
another style, or too little alike, is struck as a whole with the new one behind it. An element that
only moved has a move. No clock: the caller says who and when. Pure.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import count, cycle, groupby
from typing import Final, NamedTuple

from beleidsbeheer.domain.changes import ChangeKind, Changes, OpKind
from beleidsbeheer.domain.changes.lcs import differences
from beleidsbeheer.render.diff import rows, was_wordt
from beleidsbeheer.render.diff.blocks import EMPHASIS, STRONG
from beleidsbeheer.render.diff.inside import operations
from beleidsbeheer.render.diff.pair import Pair
from beleidsbeheer.render.docx_package import (
    LONG_SIDE,
    attribute,
    moment,
    package,
    paragraph,
    table,
    text,
)
from beleidsbeheer.render.docx_text import PLAIN, Paragraph, Run, joined, paragraphs

_ALIKE: Final = 0.4
_MOST_LOOKS: Final = 10_000
_WHOLE: Final = 5  # the minute of what changed as a whole; the words have 0 and 10 by turns
_LEGEND: Final = "Doorgestreept is geschrapt, onderstreept is ingevoegd."

_Hunk = tuple[int, int, int, int]


class Piece(NamedTuple):
    """A paragraph of both texts, of the old one only, or of the new one only.

    ``move`` is the number of the element that moved, from 1; 0 for none.
    """

    old: Paragraph | None
    new: Paragraph | None
    move: int = 0


def document(pair: Pair, author: str, day: date) -> bytes:
    """The new text as a Word file, with what changed as tracked changes by ``author`` on ``day``."""
    writer = _Writer(author, day)
    body = "".join(writer.body(pieces(pair.changes))) + paragraph(PLAIN, "")
    return package(body, pair.title, _head(pair), author=author, day=day)


def _head(pair: Pair) -> str:
    return f"{pair.title}: {pair.new_label}, met wijzigingen ten opzichte van {pair.old_label}"


# --- the table -----------------------------------------------------------------------------------


def word_table(pair: Pair) -> bytes:
    """The table of ``was_wordt``: four columns on A4 on its side, the words that differ marked."""
    lines = was_wordt.table(pair)
    notes = [_LEGEND if lines else "Geen enkel woord is anders.", *was_wordt.notes(pair)]
    listed = [[_cell([Paragraph("Cel", (Run(words, "b"),))]) for words in was_wordt.HEAD]]
    for line in lines:
        name, why = (Paragraph("Cel", (Run(words),)) for words in (line.artikel, line.toelichting))
        was, becomes = (map(_shown, cell) for cell in (line.was, line.wordt))
        listed.append([_cell(cell) for cell in ([name], was, becomes, [why])])
    head = f"{pair.title}: van {pair.old_label} naar {pair.new_label}"
    body = paragraph("Kop1", text(Run(f"{pair.title}: was en wordt")))
    body += "".join(paragraph(PLAIN, text(Run(note))) for note in (head, *notes))
    if lines:
        widths = [LONG_SIDE * share // 100 for share in (16, 32, 32, 20)]
        body += table(widths, listed)
    return package(body + paragraph(PLAIN, ""), f"{pair.title}: was en wordt", head, wide=True)


def _shown(one: rows.Paragraph) -> Paragraph:
    """A paragraph of the table; a number in front stands apart, as on a page."""
    marks = [_run(run) for run in one.mark]
    runs = [_run(run) for run in one.shown]
    return (
        Paragraph("Cellijst", (*marks, Run("\t"), *runs))
        if marks
        else Paragraph("Cel", tuple(runs))
    )


def _run(run: rows.Run) -> Run:
    face = "b" * bool(run.style & STRONG) + "i" * bool(run.style & EMPHASIS)
    words = run.text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", " ")
    return Run(words, face + {"=": "", "-": "s", "+": "u"}[run.op])


def _cell(found: Iterable[Paragraph]) -> str:
    """A cell must hold a paragraph."""
    told = "".join(paragraph(one.style, "".join(map(text, one.runs))) for one in found)
    return told or paragraph("Cel", "")


# --- which paragraph became which ----------------------------------------------------------------


def pieces(changes: Changes) -> Iterator[Piece]:
    """All paragraphs: those with an ``old`` are the old text in order, those with a ``new`` the new one."""
    olds, news = paragraphs(changes.old), paragraphs(changes.new)
    stayed, moved = _places(changes, olds, news)
    gone: dict[int, int] = {}
    come: dict[int, int] = {}
    for number, (a, b, c, d) in enumerate(moved, 1):
        gone |= dict.fromkeys(range(a, b), number)
        come |= dict.fromkeys(range(c, d), number)
    i = j = 0
    for a, b, c, d in (*stayed, (len(olds), len(olds), len(news), len(news))):
        yield from (Piece(olds[n], None, gone.get(n, 0)) for n in range(i, a))
        yield from (Piece(None, news[n], come.get(n, 0)) for n in range(j, c))
        yield from _aligned(olds[a:b], news[c:d])
        i, j = b, d


def _places(
    changes: Changes, olds: Sequence[Paragraph], news: Sequence[Paragraph]
) -> tuple[list[_Hunk], list[_Hunk]]:
    """Paragraphs olds[a:b] that became news[c:d] on their place, in order; and those that moved."""
    before, after = _borders(changes, olds, 0), _borders(changes, news, 1)
    pairs = [(a, a + n, c, c + n, False) for a, c, n in changes.kept]
    for change in changes.elements:
        if change.old and change.new:
            away = ChangeKind.VERPLAATST in change.kinds
            old, new = change.old, change.new
            pairs.append((old.start, old.stop, new.start, new.stop, away))
    stayed: list[_Hunk] = []
    moved: list[_Hunk] = []
    i = j = 0
    for a, b, c, d, away in sorted(pairs, key=lambda found: found[2]):
        hunk = before[a], before[b], after[c], after[d]
        if away:
            if olds[hunk[0] : hunk[1]] == news[hunk[2] : hunk[3]]:
                moved.append(hunk)
        elif hunk[0] >= i and hunk[2] >= j:
            stayed.append(hunk)
            i, j = hunk[1], hunk[3]
    return stayed, [hunk for hunk in moved if hunk[0] < hunk[1]]


def _borders(changes: Changes, found: Sequence[Paragraph], side: int) -> list[int]:
    """The first paragraph of each section, and behind the last section how many there are."""
    whole = changes.after if side else changes.before
    lines = [one.line for one in found]
    borders = []
    for index in range(len(whole)):
        start = whole.span(index, index)[0]
        start += whole.data[start : start + 1] == b"\n"
        last = start >= len(whole.data)
        borders.append(len(lines) if last else bisect_left(lines, whole.line(start)))
    return [0, *borders[1:], len(lines)] if borders else [0, len(lines)]


def _aligned(olds: Sequence[Paragraph], news: Sequence[Paragraph]) -> Iterator[Piece]:
    """Paragraphs of one element: equal ones, then those most alike in between."""
    if olds == news:
        yield from map(Piece, olds, news)
        return
    hunks = differences(olds, news)[0]
    i = j = 0
    for a, b, c, d in (*hunks, (len(olds), len(olds), len(news), len(news))):
        if olds[i:a] != news[j:c]:  # equal hashes alone are no proof
            hunks = [(0, len(olds), 0, len(news))]
            break
        i, j = b, d
    i = j = 0
    for a, b, c, d in (*hunks, (len(olds), len(olds), len(news), len(news))):
        yield from map(Piece, olds[i:a], news[j:c])
        yield from _paired(olds[a:b], news[c:d])
        i, j = b, d


def _paired(olds: Sequence[Paragraph], news: Sequence[Paragraph]) -> Iterator[Piece]:
    """The pairs that are most alike in all, without crossing; the others went or came."""
    found = _most_alike(olds, news) if len(olds) * len(news) <= _MOST_LOOKS else []
    i = j = 0
    for a, c in (*found, (len(olds), len(news))):
        yield from (Piece(old, None) for old in olds[i:a])
        yield from (Piece(None, new) for new in news[j:c])
        if a < len(olds) and c < len(news):
            yield Piece(olds[a], news[c])
        i, j = a + 1, c + 1


def _most_alike(olds: Sequence[Paragraph], news: Sequence[Paragraph]) -> list[tuple[int, int]]:
    from rapidfuzz.distance import Indel

    words = [[one.text.split() for one in side] for side in (olds, news)]
    best = [[0.0] * (len(news) + 1) for _ in range(len(olds) + 1)]
    alike: dict[tuple[int, int], float] = {}
    for a in reversed(range(len(olds))):
        for c in reversed(range(len(news))):
            best[a][c] = max(best[a + 1][c], best[a][c + 1])
            if olds[a].style != news[c].style:
                continue
            score = Indel.normalized_similarity(words[0][a], words[1][c])
            if score >= _ALIKE and score + best[a + 1][c + 1] >= best[a][c]:
                best[a][c] = alike[a, c] = score + best[a + 1][c + 1]
    found = []
    a = c = 0
    while a < len(olds) and c < len(news):
        if alike.get((a, c)) == best[a][c]:
            found.append((a, c))
            a, c = a + 1, c + 1
        elif best[a + 1][c] >= best[a][c + 1]:
            a += 1
        else:
            c += 1
    return found


# --- which words of a paragraph ------------------------------------------------------------------


def edits(old: Paragraph, new: Paragraph) -> Iterator[tuple[OpKind, tuple[Run, ...]]]:
    """Runs that both have with the same face, runs that went and runs that came."""
    before, after = old.faces, new.faces
    i = j = 0
    for kind, words, _ in operations(old.text, new.text):
        n = len(words)
        if kind is OpKind.GESCHRAPT:
            yield kind, _faced(words, before[i : i + n])
            i += n
        elif kind is OpKind.INGEVOEGD:
            yield kind, _faced(words, after[j : j + n])
            j += n
        else:
            triples = zip(words, before[i : i + n], after[j : j + n], strict=True)
            for same, group in groupby(triples, key=lambda triple: triple[1] == triple[2]):
                letters, first, second = zip(*group, strict=True)
                if same:
                    yield kind, _faced(letters, first)
                else:
                    yield OpKind.GESCHRAPT, _faced(letters, first)
                    yield OpKind.INGEVOEGD, _faced(letters, second)
            i, j = i + n, j + n


def _faced(letters: Iterable[str], faces: Iterable[str]) -> tuple[Run, ...]:
    return joined(map(Run, letters, faces))


# --- tracked changes -----------------------------------------------------------------------------


class _Writer:
    """Pieces → paragraphs of Word, with who and when on each change."""

    def __init__(self, author: str, day: date) -> None:
        self._author = f'w:author="{attribute(author)}"'
        self._day = day
        self._numbers = count(1)
        self._minutes = cycle((0, 10))

    def body(self, found: Iterable[Piece]) -> Iterator[str]:
        for (move, gone), group in groupby(
            found, key=lambda piece: (piece.move, piece.new is None)
        ):
            if move:
                yield self._move(move, "From" if gone else "To", list(group))
            else:
                yield from map(self._paragraph, group)

    def _paragraph(self, piece: Piece) -> str:
        old, new = piece.old, piece.new
        if old and new:
            minute = next(self._minutes)
            content = "".join(
                "".join(map(text, runs))
                if kind is OpKind.GELIJK
                else self._change(_TAG[kind], runs, minute)
                for kind, runs in edits(old, new)
            )
            return paragraph(new.style, content)
        only = old or new
        if not only:
            return ""
        return self._whole("del" if old else "ins", only)

    def _whole(self, tag: str, one: Paragraph, before: str = "") -> str:
        """A paragraph that went or came, with its end."""
        content = before + self._change(tag, one.runs, _WHOLE)
        return paragraph(one.style, content, f"<w:{tag} {self._label(_WHOLE)}/>")

    def _change(self, tag: str, runs: Iterable[Run], minute: int) -> str:
        shown = "delText" if tag == "del" else "t"
        inside = "".join(text(run, shown) for run in runs)
        return f"<w:{tag} {self._label(minute)}>{inside}</w:{tag}>"

    def _move(self, number: int, way: str, found: Sequence[Piece]) -> str:
        """An element that went elsewhere, or came from there."""
        tag, place = f"move{way}", f"w:move{way}Range"
        start = f"<{place}Start {self._label(_WHOLE, f'verplaatst{number}')}/>"
        key = start.split('"')[1]
        parts = []
        for piece in found:
            if one := piece.old or piece.new:
                parts.append(self._whole(tag, one, start))
                start = ""
        return "".join(parts) + f'<{place}End w:id="{key}"/>'

    def _label(self, minute: int, name: str = "") -> str:
        """A number, who and when. Neighbours that a paragraph end parts have another minute, because
        LibreOffice takes changes within a minute as one, the end of a kept paragraph included, and
        would join that paragraph to the next one."""
        named = f' w:name="{name}"' if name else ""
        when = moment(self._day, minute)
        return f'w:id="{next(self._numbers)}"{named} {self._author} w:date="{when}"'


_TAG: Final = {OpKind.GESCHRAPT: "del", OpKind.INGEVOEGD: "ins"}
