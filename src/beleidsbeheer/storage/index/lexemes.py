"""A tsvector of PostgreSQL, written out: each stem with the places where it stands (PostgreSQL manual, 8.11).

Written by us, so that PostgreSQL's own parser has no say in what a word is; those of a heading weigh most.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Final

_LAST: Final = 16383  # the farthest place that a tsvector knows
_MOST: Final = 255  # places that it keeps of one word


def tsvector(heading: str, body: str) -> str:
    """The text of a tsvector. Both are stems with a space between; a phrase never runs from one into the other."""
    places: dict[str, list[str]] = defaultdict(list)
    last = 0
    for last, stem in enumerate(heading.split(), start=1):
        places[stem].append(f"{last}A")
    for place, stem in enumerate(body.split(), start=last + 2):
        if place <= _LAST and len(places[stem]) < _MOST:
            places[stem].append(str(place))
    return " ".join(f"'{stem}':{','.join(found)}" for stem, found in places.items() if found)
