"""The words by which a check knows a mistake: ``taal.toml``, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from beleidsbeheer.domain.toml import part, read_toml

_PATH = "taal.toml"


@dataclass(frozen=True, slots=True)
class Language:
    """``mistakes``: wrong → right, in lower case with single spaces. The others are pieces of words."""

    mistakes: dict[str, str]
    fronts: frozenset[str]
    backs: frozenset[str]
    before_participle: frozenset[str]
    omission: frozenset[str]


@lru_cache(maxsize=1)
def language() -> Language:
    """The data as it lies in the program. Raises UnreadableInput when somebody broke the file."""
    table = read_toml((files("beleidsbeheer.domain.checks") / _PATH).read_bytes(), _PATH)
    pieces = part(table, "afbreking", _PATH)
    return Language(
        {wrong.casefold(): right for wrong, right in part(table, "taalfouten", _PATH).items()},
        frozenset(pieces["voorstukken"]),
        frozenset(pieces["achterstukken"]),
        frozenset(pieces["voor_deelwoord"]),
        frozenset(pieces["weglating"]),
    )
