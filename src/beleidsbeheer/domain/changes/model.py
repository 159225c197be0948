"""What a comparison gives: the changed elements of two texts, down to the words.

Spans of bytes are in the texts as kept by ``Text``, with one line feed in front. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple

from beleidsbeheer.domain.changes.nature import WORDS, spaced
from beleidsbeheer.domain.changes.sections import Text
from beleidsbeheer.domain.terms import listed

Block = tuple[int, int, int, int, int]  # old[a:b] became new[c:d]; and its nature


class ChangeKind(StrEnum):
    """What happened to an element; the value is the Dutch word people see."""

    NIEUW = "nieuw"
    VERVALLEN = "vervallen"
    VERPLAATST = "verplaatst"
    VERNUMMERD = "vernummerd"
    GESPLITST = "gesplitst"
    SAMENGEVOEGD = "samengevoegd"
    GEWIJZIGD = "gewijzigd"
    OPMAAK = "alleen opmaak"
    WITRUIMTE = "alleen witruimte"


class OpKind(StrEnum):
    """What happened to a run of text."""

    GELIJK = "gelijk"
    GESCHRAPT = "geschrapt"
    INGEVOEGD = "ingevoegd"


class Nature(StrEnum):
    """What kind of text a run is: only words matter to most readers."""

    WOORDEN = "woorden"
    OPMAAK = "opmaak"
    WITRUIMTE = "witruimte"


class Op(NamedTuple):
    """A run of text that both have, or only the old, or only the new. A tuple: there are many."""

    kind: OpKind
    text: str
    nature: Nature = Nature.WOORDEN


@dataclass(frozen=True, slots=True)
class Change:
    """One element that changed: an artikel with all below it, or what stands below another heading.

    ``kinds`` has one or more words, as in verplaatst and gewijzigd. A split element has more than
    one section in ``new``, a merged one in ``old``; ``old`` is empty for what is new.
    """

    kinds: frozenset[ChangeKind]
    old: range
    new: range
    blocks: tuple[Block, ...]
    struck_words: int
    inserted_words: int
    before: Text = field(repr=False, compare=False)
    after: Text = field(repr=False, compare=False)

    @property
    def kind(self) -> str:
        """The kinds as one Dutch phrase: "verplaatst, vernummerd en gewijzigd"."""
        return listed(kind for kind in ChangeKind if kind in self.kinds)

    @property
    def old_key(self) -> str:
        """The key of the (first) artikel in the old text, "" if it has none."""
        return self.before.keys[self.old[0]] if self.old else ""

    @property
    def new_key(self) -> str:
        """The key of the (first) artikel in the new text, "" if it has none."""
        return self.after.keys[self.new[0]] if self.new else ""

    @property
    def old_keys(self) -> tuple[str, ...]:
        """The keys of all its sections in the old text."""
        return tuple(self.before.keys[index] for index in self.old)

    @property
    def new_keys(self) -> tuple[str, ...]:
        """The keys of all its sections in the new text."""
        return tuple(self.after.keys[index] for index in self.new)

    @property
    def old_heading(self) -> str:
        """The heading in the old text, "" for what is new."""
        return self.before.heading(self.old[0])[1] if self.old else ""

    @property
    def new_heading(self) -> str:
        """The heading in the new text, "" for what went."""
        return self.after.heading(self.new[0])[1] if self.new else ""

    @property
    def old_span(self) -> tuple[int, int]:
        """Its bytes in the old text."""
        return self.before.span(self.old.start, self.old.stop)

    @property
    def new_span(self) -> tuple[int, int]:
        """Its bytes in the new text."""
        return self.after.span(self.new.start, self.new.stop)

    @property
    def old_lines(self) -> range:
        """The 1-based numbers of its lines in the old text."""
        return _lines(self.before, *self.old_span)

    @property
    def new_lines(self) -> range:
        """The 1-based numbers of its lines in the new text."""
        return _lines(self.after, *self.new_span)

    def places(self) -> Iterator[tuple[str, str, Nature]]:
        """What was struck, what came instead, and of what nature that is, from start to end."""
        old, new = self.before.data, self.after.data
        for a, b, c, d, nature in self.blocks:
            yield old[a:b].decode("utf-8"), new[c:d].decode("utf-8"), NATURES[nature]

    @property
    def operations(self) -> tuple[Op, ...]:
        """Every run, white space too: without what is inserted it is the old text, exactly."""
        return tuple(self.runs())

    def runs(self, space: bool = True) -> Iterator[Op]:
        """The same, one by one. Without ``space`` an equal run shows the new white space only."""
        old, new = self.before.data, self.after.data
        (start, end), (other, last) = self.old_span, self.new_span
        for a, b, c, d, nature in (*self.blocks, (end, end, last, last, WORDS)):
            yield from _equal(old[start:a], new[other:c], space)
            if a < b:
                yield Op(OpKind.GESCHRAPT, old[a:b].decode("utf-8"), NATURES[nature])
            if c < d:
                yield Op(OpKind.INGEVOEGD, new[c:d].decode("utf-8"), NATURES[nature])
            start, other = b, d


NATURES: Final = (Nature.WOORDEN, Nature.OPMAAK, Nature.WITRUIMTE)


def _equal(old: bytes, new: bytes, space: bool) -> Iterator[Op]:
    """Runs of text with the same words; the white space may differ."""
    if old == new or not space:
        if new:
            yield Op(OpKind.GELIJK, new.decode("utf-8"))
        return
    for same, out, into in spaced(old, new):
        if same:
            yield Op(OpKind.GELIJK, same.decode("utf-8"))
        if out:
            yield Op(OpKind.GESCHRAPT, out.decode("utf-8"), Nature.WITRUIMTE)
        if into:
            yield Op(OpKind.INGEVOEGD, into.decode("utf-8"), Nature.WITRUIMTE)


def _lines(text: Text, start: int, end: int) -> range:
    """Lines of a span, without the line end that it begins with."""
    if start == end:
        return range(0)
    start += text.data[start : start + 1] == b"\n" and start + 1 < end
    return range(text.line(start), text.line(end - 1) + 1)


@dataclass(frozen=True, slots=True)
class Changes:
    """All that differs between two texts.

    ``elements`` are in the order of the new text; what went stands where it was. ``kept`` are the
    sections that stayed as and where they were: ``(first in old, first in new, how many)``.
    ``coarse`` says that somewhere the texts were too large and too unlike to look at each word:
    what is marked there is right, and more than needed.
    """

    before: Text = field(repr=False)
    after: Text = field(repr=False)
    elements: tuple[Change, ...]
    kept: tuple[tuple[int, int, int], ...] = field(repr=False)
    coarse: bool

    @property
    def old(self) -> bytes:
        """The old text as it was given."""
        return self.before.data[1:]

    @property
    def new(self) -> bytes:
        """The new text as it was given."""
        return self.after.data[1:]

    def rebuild_old(self) -> bytes:
        """The old text, from the new one and the changes: a proof that nothing is left out."""
        parts = []
        for old, new, count in self.kept:
            start, end = self.after.span(new, new + count)
            parts.append((self.before.span(old, old)[0], self.after.data[start:end]))
        for change in self.elements:
            ops = change.runs()
            text = "".join(op.text for op in ops if op.kind is not OpKind.INGEVOEGD)
            parts.append((change.old_span[0], text.encode("utf-8")))
        return _together(parts)

    def rebuild_new(self) -> bytes:
        """The new text, from the old one and the changes."""
        parts = []
        for old, new, count in self.kept:
            start, end = self.before.span(old, old + count)
            parts.append((self.after.span(new, new)[0], self.before.data[start:end]))
        for change in self.elements:
            ops = change.runs()
            text = "".join(op.text for op in ops if op.kind is not OpKind.GESCHRAPT)
            parts.append((change.new_span[0], text.encode("utf-8")))
        return _together(parts)


def _together(parts: list[tuple[int, bytes]]) -> bytes:
    """Parts with the place where each begins, put in order, without the line feed in front."""
    return b"".join(text for _, text in sorted(parts))[1:]
