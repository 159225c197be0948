"""What a decision can do to a text. All addresses are in the old text. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from beleidsbeheer.domain.amendment.tree import Node
from beleidsbeheer.errors import UnreadableInput

MOST_MOVES: Final = 500  # each move looks at all amendments


class AmendmentError(UnreadableInput):
    """A decision that cannot be read, or that does not fit the text it is applied to."""


class How(StrEnum):
    """What a clause does with the words it quotes."""

    VERVANGEN = "vervangen"
    TELKENS = "telkens"
    VERVALT = "vervalt"
    NA = "na"
    VOOR = "vóór"


class Side(StrEnum):
    """On which side of an element something comes; ``AAN`` is at its end, inside."""

    NA = "na"
    VOOR = "vóór"
    AAN = "aan"


@dataclass(frozen=True, eq=False)
class Clause:
    """``“quote” vervangen door “text”``, and the like."""

    how: How
    quote: str
    text: str = ""


@dataclass(frozen=True, eq=False)
class Words:
    """In this element words are replaced, go or come."""

    node: Node
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, eq=False)
class Replace:
    """The element reads like this now; ``exact`` replaces the blank lines behind it as well."""

    node: Node
    text: str
    exact: bool = False


@dataclass(frozen=True, eq=False)
class Renumber:
    """Elements next to each other get other numbers or letters."""

    nodes: tuple[Node, ...]
    marks: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Delete:
    """The element goes; ``exact``: with precisely the blank lines behind it."""

    node: Node
    exact: bool = False
    renumber: Renumber | None = None


@dataclass(frozen=True, eq=False)
class Insert:
    """Text comes next to an element; ``exact``: without a blank line in between."""

    anchor: Node
    side: Side
    what: str
    text: str
    exact: bool = False
    renumber: Renumber | None = None


@dataclass(frozen=True, eq=False)
class Move:
    """An artikel goes elsewhere, with what is amended in it."""

    node: Node
    anchor: Node
    side: Side


Amendment = Words | Replace | Renumber | Delete | Insert | Move
