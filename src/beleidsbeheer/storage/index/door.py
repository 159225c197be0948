"""The door to the index: open it, read from it as it was at one moment, write in it all or nothing.

Nothing in an index is worth keeping, so a schema of another version is dropped and made anew. What
the two databases do differently stands in ``sqlite`` and ``postgresql``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sqlalchemy import Column, MetaData, String, Table, insert, inspect, select
from sqlmodel import Session

from beleidsbeheer.errors import RepositoryProblem, WrongUse
from beleidsbeheer.storage.index.address import Address
from beleidsbeheer.storage.index.database import Database, Purpose
from beleidsbeheer.storage.index.postgresql import SIGNATURE, PostgresSchema
from beleidsbeheer.storage.index.sqlite import SqliteFile
from beleidsbeheer.storage.index.trouble import GONE, DamagedIndex, database_trouble

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Engine

_KENMERK = Table(
    "kenmerk", MetaData(), Column("versie", String, primary_key=True), comment=SIGNATURE
)
"""One row: the version of the schema. Its name is ours; no other table may be called so."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an index must hold: tables, their version, and DDL by dialect that SQLModel cannot say."""

    tables: MetaData
    version: str
    extra: Mapping[str, Sequence[str]]


class Opening(Enum):
    """How an index was found: as it should be, not there, of another version, or damaged."""

    FOUND = auto()
    MADE = auto()
    RENEWED = auto()
    REPLACED = auto()


class Index:
    """An open index. Use it as a context manager, or ``close`` it."""

    def __init__(
        self, address: Address, database: Database, engine: Engine, version: str, opening: Opening
    ) -> None:
        self.address = address
        self.opening = opening
        self.dialect: str = engine.dialect.name
        """``sqlite`` or ``postgresql``."""
        self._database = database
        self._engine = engine
        self._version = version

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        with database_trouble(self.address):
            self._engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction: all of it is kept when the block ends, none when it raises.

        The session's own ``commit`` keeps nothing before that. On SQLite one writer is in at a time;
        on PostgreSQL several are, and ``lock`` keeps them apart. Raises as ``database_trouble`` does.
        """
        with self._session("writing") as session:
            yield session
            session.flush()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """The index as it was at one moment, however long the block takes; writing in it is refused."""
        with self._session("reading") as session:
            yield session

    def lock(self, session: Session, name: str, *, shared: bool = False) -> None:
        """Wait, in a ``writing`` block, until no other writer holds the lock ``name``; keep it to the end.

        Several may hold it together when all ask it ``shared``.
        """
        self._database.lock(session.connection(), name, shared)

    @contextmanager
    def _session(self, purpose: Purpose) -> Iterator[Session]:
        with (
            database_trouble(self.address),
            _begun(self._engine, purpose) as connection,
        ):
            self._database.hold(connection)
            if _version(connection) != self._version:
                raise GONE.about(self.address)
            with Session(connection, expire_on_commit=False) as session:
                yield session


def open_index(
    address: Address,
    tables: MetaData,
    version: str,
    extra: Mapping[str, Sequence[str]],
    create: bool,
    *,
    patience: float = 60.0,
) -> Index:
    """Open the index at ``address``, whose schema is ``version``: ``tables``, then ``extra[dialect]``.

    With ``create`` an index that is not there is made, one of another version is dropped and made anew,
    and so is a damaged file in our own folder; ``Index.opening`` says which. Without, WrongUse when there
    is none and RepositoryProblem when it is of another version. ``patience``, in seconds, is how long to
    wait for another writer. ``extra`` makes tables, virtual tables, columns, indexes and views only.
    Raises as ``database_trouble`` does, and RepositoryProblem for a file or schema that is not ours.
    """
    plan = Plan(tables, version, extra)
    if address.url is not None:
        return _open(PostgresSchema(address, address.url), address, plan, create, patience)
    if address.file is None:
        raise ValueError("an address is a file or a server")
    place = SqliteFile(address, address.file)
    if not (create and address.in_own_folder):
        return _open(place, address, plan, create, patience)
    with place.alone(patience):
        try:
            return _open(place, address, plan, create, patience)
        except DamagedIndex:
            place.throw_away()
        index = _open(place, address, plan, create, patience)
    index.opening = Opening.REPLACED
    return index


def _open(database: Database, address: Address, plan: Plan, create: bool, patience: float) -> Index:
    with database_trouble(address):
        database.prepare(create)
        if not (create or database.exists()):
            raise _none_yet(address)
        engine = database.engine(patience)
        try:
            opening = _bring_up(database, engine, address, plan, create)
        except BaseException:
            engine.dispose()
            raise
    return Index(address, database, engine, plan.version, opening)


def _bring_up(
    database: Database, engine: Engine, address: Address, plan: Plan, create: bool
) -> Opening:
    """Make what is not there, or say what is wrong with what is."""
    with _begun(engine, "reading") as connection:
        database.check(connection)
        found = _version(connection)
    if not create:
        if found != plan.version:
            raise _none_yet(address) if found is None else _other_version(address)
        return Opening.FOUND
    opening = Opening.FOUND if found == plan.version else _make(database, engine, plan)
    database.settle(engine)
    return opening


def _make(database: Database, engine: Engine, plan: Plan) -> Opening:
    """Make the tables in one transaction, unless another process did while this one waited."""
    with _begun(engine, "making") as connection:
        database.lock(connection, "schema", shared=False)
        database.check(connection)
        found = _version(connection)
        if found == plan.version:
            return Opening.FOUND
        if found is not None:
            database.clear(connection)
        database.make(connection)
        _KENMERK.create(connection)
        plan.tables.create_all(connection, checkfirst=False)
        for statement in plan.extra.get(engine.dialect.name, ()):
            connection.exec_driver_sql(statement)
        connection.execute(insert(_KENMERK).values(versie=plan.version))
    return Opening.MADE if found is None else Opening.RENEWED


@contextmanager
def _begun(engine: Engine, purpose: Purpose) -> Iterator[Connection]:
    """A transaction: kept at the end of the block, undone when it raises."""
    with engine.connect().execution_options(purpose=purpose) as connection, connection.begin():
        yield connection


def _version(connection: Connection) -> str | None:
    """The version of the schema that is there; None when there is none."""
    if not inspect(connection).has_table(_KENMERK.name):
        return None
    return connection.scalar(select(_KENMERK.c.versie)) or ""


def _none_yet(address: Address) -> WrongUse:
    return WrongUse(f"Er is nog geen index ({address.shown}).", hint="Maak hem met: beleid index")


def _other_version(address: Address) -> RepositoryProblem:
    return RepositoryProblem(
        f"De index is gemaakt door een andere versie van beleid ({address.shown}).",
        hint="Maak hem opnieuw met: beleid index",
    )
