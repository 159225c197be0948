"""One of the two texts of a change, in paragraphs: which words are in which one, and how they look."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator

from beleidsbeheer.render.diff.blocks import HIDDEN, TARGET, Style, blocks, styles


class Side:
    """One of both texts of a change, in blocks."""

    def __init__(self, text: str, literal: bool) -> None:
        self.text = text
        self.blocks = blocks(text, literal)
        self.starts = [block.body for block in self.blocks]
        self._styles: dict[int, tuple[list[int], list[int]]] = {}
        self._cuts = sorted({place for b in self.blocks for place in (b.body, b.end)})

    def block(self, place: int) -> int:
        """The number of the block whose words are here, or -1."""
        number = bisect_right(self.starts, place) - 1
        return number if number >= 0 and place < self.blocks[number].end else -1

    def cuts(self, start: int, end: int) -> Iterator[int]:
        number = bisect_right(self._cuts, start)
        while number < len(self._cuts) and self._cuts[number] < end:
            yield self._cuts[number]
            number += 1

    def is_marked(self, number: int) -> bool:
        """Whether this block holds marks of Markdown inside its lines."""
        return bool(self._flags(number)[0])

    def _flags(self, number: int) -> tuple[list[int], list[int]]:
        if number not in self._styles:
            self._styles[number] = _flat(styles(self.text, self.blocks[number]))
        return self._styles[number]

    def styled(self, number: int, start: int, end: int) -> Iterator[tuple[str, int]]:
        """The text from ``start`` to ``end`` in this block, in runs of one style."""
        places, flags = self._flags(number)
        at = bisect_right(places, start) - 1
        while start < end:
            stop = min(places[at + 1], end) if at + 1 < len(places) else end
            yield self.text[start:stop], flags[at] if at >= 0 else 0
            start, at = stop, at + 1


def _flat(styles: list[Style]) -> tuple[list[int], list[int]]:
    """Where the flags of the text change, and what they are from there."""
    events: dict[int, Counter[int]] = defaultdict(Counter)
    for start, end, flag in styles:
        events[start][flag] += 1
        events[end][flag] -= 1
    open_now: Counter[int] = Counter()
    flags = []
    for place in sorted(events):
        open_now.update(events[place])
        flags.append(sum(flag for flag, count in open_now.items() if count))
    return sorted(events), flags


def plain(markdown: str) -> str:
    """Markdown in one line, without its marks; the target of a link stands behind its words."""
    side = Side(markdown, literal=False)
    told = []
    for number, block in enumerate(side.blocks):
        words = block.mark
        words += " " * bool(words)
        for text, style in side.styled(number, block.body, block.end):
            if not style & HIDDEN:
                words += f" {text}" if style & TARGET else text
        told.append(words)
    return " ".join(" ".join(told).split())
