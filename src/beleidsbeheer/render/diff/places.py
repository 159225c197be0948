"""Which lid, onderdeel or begrip a paragraph is in, and how people say that."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import Final, NamedTuple

from beleidsbeheer.domain.changes.sections import Text
from beleidsbeheer.domain.document import Element, Kind, parse
from beleidsbeheer.render.diff.blocks import Block


class Place(NamedTuple):
    """What a paragraph is cited by: its key and how people say that."""

    key: str
    name: str


def places(text: Text, sections: range) -> tuple[list[int], list[Place]]:
    """Where in the text of these sections a line begins, and the smallest citable part it is in."""
    starts: list[int] = []
    found: list[Place] = []
    offset = 0
    for index in sections:
        data = text.section(index)
        document = parse(data)
        lines = [0, *accumulate(map(len, document.lines))]
        for element in document.elements:
            for line, place in _walk(element, Place("", ""), text.keys[index]):
                starts.append(offset + lines[line - 1])
                found.append(place)
        offset += len(data.decode("utf-8"))
    return starts, found


def _walk(element: Element, above: Place, article: str) -> Iterator[tuple[int, Place]]:
    place = above
    if element.kind in _NAMES and element.key:
        _, _, rest = element.key.partition(".")
        name = _NAMES[element.kind].format(element.heading or element.mark.rstrip(".)"))
        if "~" in element.key.rpartition(".")[2]:
            name += f" ({element.key.rpartition('~')[2]}e)"
        key = f"{article}.{rest}"
        parent = f"{above.name} " if above.name and above.key != article else ""
        place = Place(key, parent + name)
    for line in element.own_lines:
        yield line, place
    for child in element.children:
        yield from _walk(child, place, article)


_NAMES: Final = {
    Kind.LID: "lid {}",
    Kind.ONDERDEEL: "onderdeel {}",
    Kind.SUBONDERDEEL: "onder {}",
    Kind.DEFINITIE: "begrip {}",
}


class Places:
    """Finds the part that a block is in."""

    def __init__(self, text: Text, sections: range) -> None:
        self._starts, self._places = places(text, sections)
        self.names = {place.key: place.name for place in self._places if place.key}

    def of(self, block: Block) -> Place:
        number = bisect_right(self._starts, block.start) - 1
        return self._places[number] if number >= 0 else Place("", "")
