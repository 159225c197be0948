"""Which laws there are, by name and by abbreviation, and the name of a law at a place in a text.

The list is ``wetten.toml`` beside this module; an organisation adds its own with :meth:`Laws.also`. Pure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, Final, NamedTuple

from beleidsbeheer.domain.references.tokens import GAP, lowered
from beleidsbeheer.domain.references.unlisted import unlisted
from beleidsbeheer.domain.toml import day, flag, only_known, parts, read_toml, word
from beleidsbeheer.errors import UnreadableInput

LAWS_PATH: Final = "domain/references/wetten.toml"

_LONGEST_NAME: Final = 300


@dataclass(frozen=True, slots=True)
class Law:
    """A law. ``short`` is how targets name it; ``until`` the day on which it lapsed."""

    name: str
    short: str
    also: tuple[str, ...] = ()
    neuter: bool = False
    until: date | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it goes by."""
        return tuple(dict.fromkeys((self.name, self.short, *self.also)))

    @property
    def phrase(self) -> str:
        """Its name with the article in front: "de Archiefwet 1995"."""
        return f"{'het' if self.neuter else 'de'} {self.name}"


class Named(NamedTuple):
    """The name of a law in a text, up to ``end``: as the list names it, or the words themselves."""

    short: str
    end: int


@dataclass(frozen=True)
class Laws:
    """The laws that are known by name. ``read_on`` is when the list was last looked at."""

    laws: tuple[Law, ...]
    read_on: date

    def also(self, laws: Iterable[Law]) -> Laws:
        """With laws of an organisation's own; they come before those with the same name."""
        return Laws((*laws, *self.laws), self.read_on)

    def get(self, short: str) -> Law | None:
        """The law with this short name."""
        return self._by_name.get(short)

    def phrase(self, short: str) -> str:
        """How a sentence names a law, with its article: "het Burgerlijk Wetboek", "de Wet X"."""
        law = self.get(short)
        if law is not None:
            return law.phrase
        neuter = re.search(r"(?:wetboek|besluit|verdrag|reglement|statuut|protocol)\b", short, re.I)
        return f"{'het' if neuter else 'de'} {short}"

    def known(self, text: str, start: int) -> Named | None:
        """The law whose name begins exactly at ``start``; the longest name wins."""
        long = self.long.match(lowered(text[start : start + _LONGEST_NAME]))
        short = self.short.match(text, start)
        if long is not None and (short is None or start + long.end() >= short.end()):
            law = self._by_lower[_plain(long[0])]
            return Named(law.short, start + long.end())
        if short is None:
            return None
        law = self._by_name[_clean(short[0])]
        return Named(law.short, short.end())

    def named(self, text: str, start: int) -> Named | None:
        """The same, or a law or abbreviation that no list has."""
        known, end = self.known(text, start), unlisted(text, start)
        if known is not None or end is None:
            return known
        return Named(" ".join(text[start:end].replace("*", "").split()), end)

    @cached_property
    def long(self) -> re.Pattern[str]:
        """The names of more than one word, in lower case."""
        return _any({name.lower() for name in self._by_name if _is_long(name)})

    @cached_property
    def short(self) -> re.Pattern[str]:
        """Abbreviations and names of one word, exactly as they are written."""
        return _any({name for name in self._by_name if not _is_long(name)})

    @cached_property
    def _by_name(self) -> dict[str, Law]:
        return {name: law for law in reversed(self.laws) for name in law.names}

    @cached_property
    def _by_lower(self) -> dict[str, Law]:
        return {_plain(name): law for name, law in self._by_name.items()}


def _is_long(name: str) -> bool:
    return " " in name and any(len(part) > 3 and part[1:].islower() for part in name.split())


def _any(names: Collection[str]) -> re.Pattern[str]:
    """Each of these names as whole words; the longest first. By first letter: that is fast."""
    by_letter: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names, key=len, reverse=True):
        by_letter[name[0]].append(
            GAP.join(map(re.escape, name.split())).removeprefix(re.escape(name[0]))
        )
    groups = (f"{re.escape(letter)}(?:{'|'.join(rest)})" for letter, rest in by_letter.items())
    return re.compile(rf"(?<![\w-])(?:{'|'.join(groups)})(?!\w)" if names else r"(?!)")


def _clean(text: str) -> str:
    return " ".join(re.sub(r"[*_>]", " ", text).split())


def _plain(text: str) -> str:
    return _clean(text).lower()


# --- reading --------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def known_laws() -> Laws:
    """The laws that come with this program: constant data, like code."""
    from importlib.resources import files

    data = (files("beleidsbeheer.domain") / "references" / "wetten.toml").read_bytes()
    return read_laws(data, LAWS_PATH)


def read_laws(data: bytes, path: str) -> Laws:
    """A list in the form of ``wetten.toml``. Raises UnreadableInput naming the file and the part."""
    table = read_toml(data, path)
    only_known(table, {"gelezen", "merk", "wet"}, path)
    word(table, "merk", path)
    rows = parts(table, "wet", path)
    laws = tuple(read_law(row, f"{path}, wet {number}") for number, row in enumerate(rows, start=1))
    return Laws(laws, day(table, "gelezen", path))


def read_law(row: dict[str, Any], where: str) -> Law:
    """One part ``[[wet]]``. Raises UnreadableInput."""
    only_known(row, {"naam", "afkorting", "ook", "het", "tot"}, where)
    also = row.get("ook", [])
    if not isinstance(also, list) or not all(
        isinstance(each, str) and each.strip() for each in also
    ):
        raise UnreadableInput(f"{where}: ook moet een lijst van namen tussen rechte haken zijn.")
    return Law(
        word(row, "naam", where, 200),
        word(row, "afkorting", where, 60),
        tuple(also),
        flag(row, "het", where),
        day(row, "tot", where) if "tot" in row else None,
    )
