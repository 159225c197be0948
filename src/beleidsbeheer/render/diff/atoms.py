"""The runs of a change, cut where paragraphs begin and end: an ``Atom`` lies within one paragraph of each text.

A word that only got other markup is equal: it holds its two paragraphs together as any equal word does.
``inside`` compares one pair of paragraphs anew, ``to_the_eye`` takes away what people would see as the
same: a word that only became a link, or is one no longer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final, NamedTuple

from beleidsbeheer.domain.changes import Nature, Op, OpKind
from beleidsbeheer.render.diff.blocks import HIDDEN, TARGET
from beleidsbeheer.render.diff.inside import operations
from beleidsbeheer.render.diff.side import Side

_TOKEN: Final = re.compile(r"[^ \t\n\r\x0b\x0c]+")  # as the comparison has it

Span = tuple[int, int]
_NOWHERE: Final[Span] = (0, 0)


class Atom(NamedTuple):
    """A run of text within one block of each text that has it; -1 and no place if it is in none."""

    op: str
    nature: Nature
    i: int
    j: int
    old: Span
    new: Span


def atoms_of(ops: Iterable[Op], old: Side, new: Side, o: int = 0, n: int = 0) -> Iterator[Atom]:
    """All runs of two texts, or of what begins in them at ``o`` and ``n``."""
    for markup, group in groupby(ops, key=lambda op: op.nature is Nature.OPMAAK):
        some = list(group)
        a = o + sum(len(op.text) for op in some if op.kind is not OpKind.INGEVOEGD)
        c = n + sum(len(op.text) for op in some if op.kind is not OpKind.GESCHRAPT)
        if markup:
            yield from _same_words(old, (o, a), new, (n, c))
        else:
            yield from _cut(some, old, new, o, n)
        o, n = a, c


def _cut(ops: Iterable[Op], old: Side, new: Side, o: int, n: int) -> Iterator[Atom]:
    for kind, text, nature in ops:
        size = len(text)
        inside: set[int] = set()
        if kind is not OpKind.INGEVOEGD:
            inside |= {cut - o for cut in old.cuts(o, o + size)}
        if kind is not OpKind.GESCHRAPT:
            inside |= {cut - n for cut in new.cuts(n, n + size)}
        for a, b in pairwise([0, *sorted(inside), size]):
            if kind is OpKind.GELIJK:
                i, j = old.block(o + a), new.block(n + a)
                yield Atom("=", nature, i, j, (o + a, o + b), (n + a, n + b))
            elif kind is OpKind.GESCHRAPT:
                yield Atom("-", nature, old.block(o + a), -1, (o + a, o + b), (n, n))
            else:
                yield Atom("+", nature, -1, new.block(n + a), (o, o), (n + a, n + b))
        o += size if kind is not OpKind.INGEVOEGD else 0
        n += size if kind is not OpKind.GESCHRAPT else 0


def inside(old: Side, i: int, new: Side, j: int) -> list[Atom]:
    """The runs of two blocks that belong together, whatever other text they share words with."""
    before, after = old.blocks[i], new.blocks[j]
    ops = operations(old.text[before.body : before.end], new.text[after.body : after.end])
    return list(atoms_of(ops, old, new, before.body, after.body))


# --- where only the markup differs -------------------------------------------------------------------

_TARGET: Final = r"\]\([^ \t\n\r\x0b\x0c()]*\)"
_WORD: Final = re.compile(rf"(?:{_TARGET}|[^ \t\n\r\x0b\x0c\xa0])+")  # as ``nature`` has it
_MARKUP: Final = re.compile(rf"{_TARGET}|[*_`#>+\-\[]")


class _Piece(NamedTuple):
    """A word without its markup, the number of its block or -1, and its place with what stands around it."""

    word: str
    block: int
    span: Span


def _same_words(old: Side, gone: Span, new: Side, come: Span) -> Iterator[Atom]:
    """Runs of the same words in other markup; what holds no word stays in its own text."""
    olds, news = list(_pieces(old, *gone)), list(_pieces(new, *come))
    same = [each.word for each in olds if each.word] == [each.word for each in news if each.word]
    # the target of a link that a space of another kind broke is words: those are marked
    nature = Nature.OPMAAK if same else Nature.WOORDEN
    left = iter(news)
    for piece in olds:
        if not (same and piece.word):
            yield Atom("-", nature, piece.block, -1, piece.span, _NOWHERE)
            continue
        while not (partner := next(left)).word:
            yield Atom("+", nature, -1, partner.block, _NOWHERE, partner.span)
        yield Atom("=", Nature.WOORDEN, piece.block, partner.block, piece.span, partner.span)
    for each in left:
        yield Atom("+", nature, -1, each.block, _NOWHERE, each.span)


def _pieces(side: Side, start: int, end: int) -> Iterator[_Piece]:
    """A run in pieces of one word each; of none where there is no word in a block, or between two."""
    for a, b in pairwise([start, *side.cuts(start, end), end]):
        found = ((m.start(), _MARKUP.sub("", m[0])) for m in _WORD.finditer(side.text, a, b))
        words = [(place, word) for place, word in found if word] or [(a, "")]
        stops = [a, *(place for place, _ in words[1:]), b]
        for span, (_, word) in zip(pairwise(stops), words, strict=True):
            if a < b:
                yield _Piece(word, side.block(a), span)


# --- what looks the same -----------------------------------------------------------------------------


def to_the_eye(atoms: Sequence[Atom], old: Side, new: Side) -> list[Atom]:
    """The same runs, where words that only became a link, or were one, are equal and their target is not."""
    found: list[Atom] = []
    for atom in atoms:
        before = found[-1] if found else None
        instead = before and before.op == "-" and atom.op == "+" and before.i >= 0 and atom.j >= 0
        if before and instead and (old.is_marked(before.i) or new.is_marked(atom.j)):
            found[-1:] = _Pair(before, atom, old, new).atoms()
        else:
            found.append(atom)
    return found


class _Word(NamedTuple):
    """Where a word stands, the places of the characters that people see, and of the target of a link."""

    start: int
    end: int
    seen: tuple[int, ...]
    target: Span

    def text(self, side: Side) -> str:
        return "".join(side.text[place] for place in self.seen)

    def address(self, side: Side) -> str:
        return side.text[slice(*self.target)]


class _Pair:
    """What was struck and what came instead, in one block of each text."""

    def __init__(self, gone: Atom, come: Atom, old: Side, new: Side) -> None:
        self.gone, self.come, self.old, self.new = gone, come, old, new

    def atoms(self) -> list[Atom]:
        olds, news = (
            list(_words(self.old, self.gone.i, self.gone.old)),
            list(_words(self.new, self.come.j, self.come.new)),
        )
        same = [a.text(self.old) == b.text(self.new) for a, b in zip(olds, news, strict=False)]
        first = same.index(False) if False in same else len(same)
        last = 0
        while last < len(same) - first and olds[-1 - last].text(self.old) == news[-1 - last].text(
            self.new
        ):
            last += 1
        if not first and not last:
            return [self.gone, self.come]
        a, b = len(olds) - last, len(news) - last
        return [
            *self._equal(olds, news, 0, 0, first),
            *self._differ(olds, news, (first, a), (first, b)),
            *self._equal(olds, news, a, b, last),
        ]

    def _stops(self, olds: list[_Word], news: list[_Word], i: int, j: int) -> Span:
        """Up to where the white space behind words ``i`` and ``j`` goes."""
        return (
            olds[i + 1].start if i + 1 < len(olds) else self.gone.old[1],
            news[j + 1].start if j + 1 < len(news) else self.come.new[1],
        )

    def _differ(
        self, olds: list[_Word], news: list[_Word], gone: Span, come: Span
    ) -> Iterator[Atom]:
        """What is left in between, with the white space behind it."""
        stops = self._stops(olds, news, gone[1] - 1, come[1] - 1)
        if gone[0] < gone[1]:
            yield self.gone._replace(old=(olds[gone[0]].start, stops[0]))
        if come[0] < come[1]:
            yield self.come._replace(new=(news[come[0]].start, stops[1]))

    def _equal(
        self, olds: list[_Word], news: list[_Word], i: int, j: int, count: int
    ) -> Iterator[Atom]:
        for number in range(count):
            a, b = olds[i + number], news[j + number]
            differ = a.address(self.old) != b.address(self.new)
            yield from self._visible(a, b, self._stops(olds, news, i + number, j + number), differ)
            if differ and a.target[0] < a.target[1]:
                yield self.gone._replace(old=a.target)
            if differ and b.target[0] < b.target[1]:
                yield self.come._replace(new=b.target)

    def _visible(self, a: _Word, b: _Word, stops: Span, differ: bool) -> Iterator[Atom]:
        """A word that looks the same, without the targets where these differ."""
        equal = Atom("=", Nature.WOORDEN, self.gone.i, self.come.j, _NOWHERE, _NOWHERE)
        if not differ:
            yield equal._replace(old=(a.start, stops[0]), new=(b.start, stops[1]))
            return
        for o, n in zip(a.seen, b.seen, strict=True):
            yield equal._replace(old=(o, o + 1), new=(n, n + 1))
        yield equal._replace(old=(a.end, stops[0]), new=(b.end, stops[1]))


def _words(side: Side, number: int, span: Span) -> Iterator[_Word]:
    for match in _TOKEN.finditer(side.text, *span):
        seen: list[int] = []
        target = (match.end(), match.end())
        place = match.start()
        for text, style in side.styled(number, *match.span()):
            if style & TARGET:
                target = (place, place + len(text))
            elif not style & HIDDEN:
                seen += range(place, place + len(text))
            place += len(text)
        yield _Word(*match.span(), tuple(seen), target)
