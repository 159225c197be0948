"""The index as actions use it: open it, and read from it or write in it, each in one transaction.

index = open_index(parse_address("", default_file(root)), create=True)
with index.reading() as reading:
    reading.registers()
with index.writing() as writing:
    writing.write_register(told, texts)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Concatenate, Final, ParamSpec, Self, TypeVar

from sqlalchemy import Connection

from beleidsbeheer.domain.model import Finding
from beleidsbeheer.domain.overview.facts import Condition, RegisterFacts
from beleidsbeheer.domain.search.aim import Aim
from beleidsbeheer.domain.search.fragments import TextFacts
from beleidsbeheer.domain.search.query import Query
from beleidsbeheer.storage.index import door, finding, reading, writing
from beleidsbeheer.storage.index.address import Address
from beleidsbeheer.storage.index.finding import Found, Scope
from beleidsbeheer.storage.index.tables import EXTRA, SCHEMA, TABLES
from beleidsbeheer.storage.index.trouble import damaged
from beleidsbeheer.storage.index.writing import Mark, Told

__all__ = ["Found", "Index", "Mark", "Reading", "Scope", "Told", "Writing", "open_index"]

_WRITER: Final = "schrijven"

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading:
    """The index as it was at one moment. Raises DamagedIndex for what this program cannot have written."""

    _connection: Connection
    _address: Address

    def _ask(
        self, question: Callable[Concatenate[Connection, P], T], *args: P.args, **more: P.kwargs
    ) -> T:
        """Ask, and take a day, stand or piece that is none (a ValueError) as damage."""
        try:
            return question(self._connection, *args, **more)
        except ValueError as error:
            raise damaged(self._address) from error

    def marks(self) -> dict[str, tuple[Mark, date]]:
        """Of every register, by where it lies: by what we see that it changed, and when it was judged."""
        return self._ask(reading.marks)

    def conditions(self) -> dict[str, Condition]:
        """Of every register whether it can be relied on."""
        return self._ask(reading.conditions)

    def remarks(self, place: str) -> dict[str, tuple[str, tuple[Finding, ...]]]:
        """Of each policy of a register: by what its text was checked, and what that gave."""
        return self._ask(reading.remarks, place)

    def registers(self, places: Collection[str] | None = None) -> dict[str, RegisterFacts]:
        """What is told of these registers, or of all."""
        return self._ask(reading.read_registers, places)

    def text_ids(self, program: str, digests: Collection[str]) -> dict[str, int]:
        """Which of these texts are here as this program reads them."""
        return self._ask(writing.text_ids, program, digests)

    def texts(self, program: str, digests: Collection[str]) -> dict[str, TextFacts]:
        """What is told of these texts, as far as they are here."""
        return self._ask(reading.read_texts, program, digests)

    def unsearchable(self, program: str, texts: Iterable[TextFacts]) -> list[str]:
        """Fragments (headings) of which the words to search in are not what they should be."""
        return self._ask(reading.unsearchable, program, texts)

    def search(self, query: Query | None, aim: Aim | None, scope: Scope, most: int) -> Found:
        """The best fragments for what a person asked."""
        return self._ask(finding.search, query, aim, scope, most)

    def vocabulary(self) -> list[str]:
        """Stems that stand in the texts."""
        return self._ask(finding.vocabulary)

    def doubtful(self, scope: Scope) -> list[tuple[str, str]]:
        """Policies of which nobody can say what is in force."""
        return self._ask(finding.doubtful, scope)


@dataclass(frozen=True, slots=True)
class Writing:
    """The index, for the only one who now writes in it."""

    _connection: Connection

    def write_register(
        self, told: Told, texts: Mapping[str, TextFacts], *, anew: bool = False
    ) -> frozenset[str]:
        """Write a register; gives the sha256 of texts that are needed and not given: then nothing is written.

        ``anew``: also write over what is there already and should be the same.
        """
        return writing.write_register(self._connection, told, texts, anew=anew)

    def touch(self, place: str, seen: str) -> None:
        """Note other sizes and times of files whose bytes are the same."""
        writing.touch(self._connection, place, seen)

    def forget(self, place: str) -> bool:
        """Take a register out; whether it was there."""
        return writing.forget(self._connection, place)


class Index:
    """An open index. Use it as a context manager, or ``close`` it."""

    def __init__(self, opened: door.Index) -> None:
        self._door = opened
        self._address = opened.address

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._door.close()

    @property
    def thrown_away(self) -> bool:
        """Whether it was damaged, lay in our own folder, and is begun anew."""
        return self._door.opening is door.Opening.REPLACED

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        with self._door.reading() as session:
            yield Reading(session.connection(), self._address)

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """One writer at a time: what nobody has any more is taken out while nobody else brings something in."""
        with self._door.writing() as session:
            self._door.lock(session, _WRITER)
            yield Writing(session.connection())


def open_index(address: Address, *, create: bool) -> Index:
    """Open the index there; ``create``: make it when there is none, or one of another schema."""
    return Index(door.open_index(address, TABLES, SCHEMA, EXTRA, create=create))
