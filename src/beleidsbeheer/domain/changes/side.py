"""The changed sections of one text, and what is known of each: its body, its words, its name. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, TypeVar

from beleidsbeheer.domain.changes.sections import Text

_NAME: Final = re.compile(
    rb" {0,3}#{1,6}[ \t]+(artikel\s+[0-9]{1,6}(?:[.:][0-9]{1,6}){0,3}[a-z]{0,2})(?![0-9a-z])", re.I
)

Value = TypeVar("Value", bytes, int)


class Side:
    """The sections of one text that are looked at; ``free`` are those without a partner yet.

    ``gap`` tells in which of the ranges a section stands.
    """

    def __init__(self, text: Text, ranges: Iterable[range]) -> None:
        self.text = text
        self.gap: dict[int, int] = {}
        for number, places in enumerate(ranges):
            for index in places:
                if index >= text.first or (text.pieces[index] and text.data != b"\n"):
                    self.gap[index] = number
        self.free = dict.fromkeys(self.gap)
        self._words: dict[int, list[bytes]] = {}
        self._sets: dict[int, frozenset[bytes]] = {}
        self._names: dict[int, bytes] = {}

    def body(self, index: int) -> bytes:
        """What stands below the heading."""
        piece = self.text.pieces[index]
        return piece.partition(b"\n")[2].strip() if index >= self.text.first else piece.strip()

    def words(self, index: int) -> list[bytes]:
        """The words below the heading, or of the heading if that is all."""
        found = self._words.get(index)
        if found is None:
            found = self.body(index).split() or self.text.pieces[index].split()
            self._words[index] = found
        return found

    def size(self, index: int) -> int:
        """How many words a section has, with its heading."""
        if not self.body(index):
            return len(self.words(index))
        return len(self.words(index)) + len(self.text.head(index).split())

    def different(self, index: int) -> frozenset[bytes]:
        """The same, each word once."""
        found = self._sets.get(index)
        if found is None:
            found = self._sets[index] = frozenset(self.words(index))
        return found

    def name(self, index: int) -> bytes:
        """What is compared to see whether two headings are the same: the number, or else all."""
        found = self._names.get(index)
        if found is None:
            head = self.text.head(index)
            number = _NAME.match(head)
            found = number[1].lower() if number else head.strip(b"# \t\r")
            if index < self.text.first:
                found = b"#%d" % (self.text.first - index)
            self._names[index] = found
        return found


def once(values: Mapping[int, Value]) -> dict[Value, int]:
    """Which section has a value that no other has."""
    places = {value: index for index, value in values.items()}
    if len(places) == len(values):
        return places
    first = {values[index]: index for index in reversed(list(values))}
    return {value: index for value, index in places.items() if first[value] == index}
