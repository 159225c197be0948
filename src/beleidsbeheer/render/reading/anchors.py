"""Where in a page each element of a regulation stands: ``artikel-14-lid-1-onder-b``; and the contents.

An address follows from what is cited alone, so that it is the same in every version that has that element.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from beleidsbeheer.domain.document import Document, Element, Kind

_WORD: Final = {Kind.LID: "lid", Kind.DEFINITIE: "begrip"}
_PARTS: Final = frozenset({Kind.HOOFDSTUK, Kind.ARTIKEL, Kind.ANDERS})


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents: where it leads, what it says, and what stands below it."""

    anchor: str
    text: str
    below: tuple[Entry, ...] = ()


def parts_of(document: Document) -> Iterator[Element]:
    """What a page divides a text into: chapters, articles, and parts that are neither; in source order."""
    for element in document.elements:
        yield element
        if element.kind is Kind.HOOFDSTUK:
            yield from (child for child in element.children if child.kind is Kind.ARTIKEL)


def anchors(document: Document) -> dict[str, str]:
    """The address of each element that has a key, by that key; unique, and never empty."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for element in document.walk():
        if element.key:
            found[element.key] = _free(_wanted(element, found), taken)
    return found


def part_anchor(element: Element, known: dict[str, str]) -> str:
    """The address of a part: that of its key, or for one without a number that of its heading."""
    if element.key:
        return known[element.key]
    slug = _slug(element.heading)
    return f"kop-{slug}" if slug else f"regel-{element.first_line}"


def contents(
    document: Document, address: Callable[[Element], str], plain: Callable[[str], str]
) -> tuple[Entry, ...]:
    """The table of contents. ``plain`` takes the Markdown out of a heading. The title is no part of it."""
    return tuple(
        Entry(
            address(element),
            _told(element, plain),
            tuple(
                Entry(address(child), _told(child, plain))
                for child in element.children
                if child.kind is Kind.ARTIKEL
            ),
        )
        for element in document.elements
        if element.kind in _PARTS
        and (element.key or element.heading)
        and not is_title(document, element)
    )


def is_title(document: Document, element: Element) -> bool:
    """Whether this part is the one that the title of the whole text opens."""
    first = next((e for e in document.elements if e.heading), None)
    return element is first and not element.key and element.heading == document.title


def _told(element: Element, plain: Callable[[str], str]) -> str:
    heading = plain(element.heading)
    if not element.key:
        return heading
    name = f"{element.kind.capitalize()} {element.mark}"
    return f"{name}. {heading}" if heading else name


def _wanted(element: Element, found: dict[str, str]) -> str:
    above, _, last = element.key.rpartition(".")
    if element.kind is Kind.HOOFDSTUK:
        return element.key
    if element.kind is Kind.ARTIKEL:
        return f"artikel-{element.key.replace(':', '.')}"
    return f"{found[above]}-{_WORD.get(element.kind, 'onder')}-{last.replace('°', '')}"


def _free(wanted: str, taken: set[str]) -> str:
    """The address itself, or with ``~2``, ``~3`` … behind it when something else has it."""
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}~{number}"
    taken.add(name)
    return name


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:60]
