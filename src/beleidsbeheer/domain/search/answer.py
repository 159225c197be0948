"""What was found for a question: the fragments that answer, each with every place where it stands. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from beleidsbeheer.domain.model import text_path
from beleidsbeheer.domain.search.snippet import Piece


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a fragment stands: the register and how it was judged, the policy and version, the key and line.

    ``condition`` and ``stand`` are the words that people see ("klopt", "geldend"). ``key`` is that of its artikel
    ("14"; "" outside one), ``line`` that of its heading, from 1. ``start`` and ``end`` are the days on which this
    version is in force, when a day was asked for. ``quotes`` are the words that refer to what was aimed at, each
    with the whole key and the line in the text where they stand.
    """

    place: str
    organisation: str
    condition: str
    slug: str
    title: str
    version: str
    stand: str
    key: str
    line: int
    start: date | None
    end: date | None
    quotes: tuple[tuple[str, int, str], ...] = ()

    @property
    def policy(self) -> tuple[str, str]:
        """What tells its policy from every other: register and slug."""
        return self.place, self.slug

    def path(self, below: int = 0) -> str:
        """Its address: "scholen/noord/reglement/klachten/versies/0.3.md:214", ``below`` lines further."""
        whole = text_path(self.slug, self.version)
        folder = f"{self.place.rstrip('/')}/" if self.place not in ("", ".") else ""
        return f"{folder}{whole}:{self.line + below}"


@dataclass(frozen=True, slots=True)
class Hit:
    """A fragment that answers. ``key`` and ``line`` go on from those of each spot: ".1.b", so many lines further."""

    heading: str
    snippet: tuple[Piece, ...]
    key: str
    line: int
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """All that was found, the best first.

    ``more``: there is more than was asked for. ``ignored``: words so common that they were left out.
    ``doubtful``: (place, slug) of policies of which nobody can say what is in force, so that they were not
    searched. ``day`` None: in every version. ``notices`` and ``suggestions`` are Dutch, for people.
    """

    hits: tuple[Hit, ...]
    more: bool = False
    ignored: tuple[str, ...] = ()
    doubtful: tuple[tuple[str, str], ...] = ()
    notices: tuple[str, ...] = ()
    day: date | None = None
    suggestions: tuple[str, ...] = ()
