"""Two texts → all that changed between them.

1. Split both on headings, over bytes (``sections``).
2. What is equal and in order is kept: a longest common subsequence of whole sections.
3. Give each other section its partner (``align``).
4. Mark the words in each pair (``words``).

No step reads what an earlier one found equal, so the work is in what changed. Pure.
"""

from __future__ import annotations

from bisect import bisect_right

from beleidsbeheer.domain.changes.align import Pair, Work
from beleidsbeheer.domain.changes.joining import joined
from beleidsbeheer.domain.changes.lcs import Hunk, differences
from beleidsbeheer.domain.changes.model import Change, ChangeKind, Changes
from beleidsbeheer.domain.changes.nature import MARKUP, WORDS
from beleidsbeheer.domain.changes.sections import Text, is_plain, split_level
from beleidsbeheer.domain.changes.words import Block
from beleidsbeheer.domain.document import check_text

K = ChangeKind


def compare(old: bytes, new: bytes, old_path: str = "oud", new_path: str = "nieuw") -> Changes:
    """All changes from ``old`` to ``new``. The paths only serve the messages.

    Raises DocumentError as ``parse`` does for bytes that are no text, and for front matter that is
    not closed.
    """
    check_text(old, old_path)
    before, after = b"\n" + old, b"\n" + new
    level = split_level(before, after)
    plain = is_plain(after)
    if not plain:
        check_text(new, new_path)
    first = Text(before, level, is_plain(before), old_path)
    second = Text(after, level, plain, new_path)
    hunks, coarse = _sections(first, second)
    spans = (second.span(c, d) for _, _, c, d in hunks)
    check_text(new, new_path, ((max(start - 1, 0), end - 1) for start, end in spans))
    if _refined(first, second, hunks):
        hunks, coarse = _sections(first, second)
    work = Work(first, second, hunks)
    found = joined(work, work.align())
    stayed = [(pair.old.stop, pair.new.stop) for pair in found.pairs if not pair.moved]
    anchors = sorted([*((a, c) for a, _, c, _ in hunks), *stayed])
    marking = _Marking(first, second, coarse, anchors)
    for pair in found.pairs:
        marking.pair(pair)
    for index, size in found.gone:
        marking.gone(index, size)
    for index, size in found.come:
        marking.come(index, size)
    return Changes(first, second, marking.ordered(), _kept(first, hunks), marking.coarse)


def _sections(first: Text, second: Text) -> tuple[list[Hunk], bool]:
    """Which runs of sections differ. Equal ones are compared: hashes alone are no proof."""
    if first.data == second.data:
        return [], False
    hunks, coarse = differences(first.pieces, second.pieces)
    i = j = 0
    for a, b, c, d in [*hunks, (len(first), len(first), len(second), len(second))]:
        if first.pieces[i:a] != second.pieces[j:c]:
            return [(0, len(first), 0, len(second))], True
        i, j = b, d
    return hunks, coarse


def _refined(first: Text, second: Text, hunks: list[Hunk]) -> bool:
    """Let the parser split sections that changed and may hold a heading not seen yet."""
    olds = first.odd([range(a, b) for a, b, _, _ in hunks])
    news = second.odd([range(c, d) for _, _, c, d in hunks])
    if not olds and not news:
        return False
    sizes = len(first), len(second)
    first.refine(olds)
    second.refine(news)
    return sizes != (len(first), len(second))


def _kept(first: Text, hunks: list[Hunk]) -> tuple[tuple[int, int, int], ...]:
    """The runs between the hunks."""
    found = []
    i = j = 0
    for a, b, _, d in hunks:
        if i < a:
            found.append((i, j, a - i))
        i, j = b, d
    if i < len(first):
        found.append((i, j, len(first) - i))
    return tuple(found)


class _Marking:
    """Pairs of sections → changes."""

    def __init__(
        self, before: Text, after: Text, coarse: bool, anchors: list[tuple[int, int]]
    ) -> None:
        self.before, self.after, self.coarse = before, after, coarse
        self._anchors = anchors  # how far one text is where the other is
        self._found: list[tuple[tuple[int, int], Change]] = []

    def pair(self, pair: Pair) -> None:
        """The change between the two; none if it stayed where and as it was."""
        words = pair.words
        kinds = {K.VERPLAATST} if pair.moved else set()
        blocks = tuple(words.blocks)
        self.coarse |= words.coarse
        if words.old != words.new:
            kinds |= self._kinds(pair, blocks)
        change = Change(
            frozenset(kinds),
            pair.old,
            pair.new,
            blocks,
            words.struck,
            words.inserted,
            self.before,
            self.after,
        )
        self._found.append(((pair.new.start, 1), change))

    def _kinds(self, pair: Pair, blocks: tuple[Block, ...]) -> set[ChangeKind]:
        """Renumbered, split, merged or edited: from marks of headings and the words outside them."""
        kinds = set()
        if len(pair.new) > 1:
            kinds.add(K.GESPLITST)
        if len(pair.old) > 1:
            kinds.add(K.SAMENGEVOEGD)
        own = [block for block in blocks if block[4] == WORDS]
        if not kinds and own and self._renumbered(pair.old[0], pair.new[0]):
            kinds.add(K.VERNUMMERD)
            own = own[1:] if own and self._is_number(own[0]) else own
        if own:
            kinds.add(K.GEWIJZIGD)
        elif not kinds and not pair.moved:
            markup = any(block[4] == MARKUP for block in blocks)
            kinds.add(K.OPMAAK if markup else K.WITRUIMTE)
        return kinds

    def _renumbered(self, i: int, j: int) -> bool:
        """Whether both headings have a number, and not the same."""
        if self.before.head(i) == self.after.head(j):
            return False
        old, new = self.before.number(i), self.after.number(j)
        return bool(old and new and old != new)

    def _is_number(self, block: Block) -> bool:
        """Whether a block is one word for one: the number in a heading."""
        a, b, c, d, _ = block
        old, new = self.before.data[a:b].split(), self.after.data[c:d].split()
        return len(old) == len(new) == 1

    def gone(self, index: int, size: int) -> None:
        """A section that only the old text has."""
        start, end = self.before.span(index, index + 1)
        place = self._place(index, 0)
        at = self.after.span(place, place)[0]
        block = (start, end, at, at, WORDS)
        here = range(index, index + 1), range(place, place)
        change = Change(frozenset({K.VERVALLEN}), *here, (block,), size, 0, self.before, self.after)
        self._found.append(((place, 0), change))

    def come(self, index: int, size: int) -> None:
        """A section that only the new text has."""
        start, end = self.after.span(index, index + 1)
        place = self._place(index, 1)
        at = self.before.span(place, place)[0]
        block = (at, at, start, end, WORDS)
        here = range(place, place), range(index, index + 1)
        change = Change(frozenset({K.NIEUW}), *here, (block,), 0, size, self.before, self.after)
        self._found.append(((index, 1), change))

    def _place(self, index: int, side: int) -> int:
        """Where a section of one text would stand in the other."""
        number = bisect_right(self._anchors, index, key=lambda anchor: anchor[side]) - 1
        return self._anchors[number][1 - side]

    def ordered(self) -> tuple[Change, ...]:
        """All changes in the order of the new text."""
        return tuple(change for _, change in sorted(self._found, key=lambda item: item[0]))
