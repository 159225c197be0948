"""An index in a file of SQLite: whether the file is ours, how it is opened, cleared and thrown away.

Whether a file is ours is read from its first hundred bytes (sqlite.org/fileformat2.html, section 1.3)
before SQLite opens it, because opening a database may change it (a rollback, a WAL file beside it).
"""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout
from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL

from beleidsbeheer.errors import RepositoryProblem, WrongUse
from beleidsbeheer.storage.folder import replace_file
from beleidsbeheer.storage.index.address import Address
from beleidsbeheer.storage.index.database import Purpose
from beleidsbeheer.storage.index.trouble import BUSY, DAMAGED_FILE
from beleidsbeheer.storage.places import why

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Engine

APPLICATION_ID = 0x42656C49
"""Stands in the header of each file that is ours: "BelI" in ASCII."""

_MAGIC = b"SQLite format 3\0"
_HEADER = 100
_OTHER_PLACE = "Kies met --database een andere plek."

_ON_CONNECT = ("PRAGMA synchronous=NORMAL", "PRAGMA secure_delete=ON")
_BEGIN: dict[Purpose, tuple[str, ...]] = {
    "reading": ("PRAGMA query_only=ON", "BEGIN DEFERRED"),
    "writing": ("PRAGMA query_only=OFF", "PRAGMA foreign_keys=ON", "BEGIN IMMEDIATE"),
    # without foreign keys, or dropping a table would first look up every row that refers to it
    "making": ("PRAGMA query_only=OFF", "PRAGMA foreign_keys=OFF", "BEGIN IMMEDIATE"),
}


@dataclass(frozen=True, slots=True)
class SqliteFile:
    """The file at ``address`` as a place for an index (a ``database.Database``)."""

    address: Address
    file: Path

    def prepare(self, create: bool) -> None:
        """Raises DamagedIndex only for a file in our own folder, as we may throw nothing else away."""
        with self._disk():
            self._prepare_folder(create)
            header = _header(self.file)
        if header is None or _is_empty(header, self.file) or _is_ours(header):
            return
        if self.address.in_own_folder and not _is_database(header):
            raise DAMAGED_FILE.about(self.address)
        raise RepositoryProblem(
            f"Dit bestand is geen index van beleid en wordt niet aangeraakt: {self.address.shown}",
            hint=_OTHER_PLACE,
        )

    @contextmanager
    def _disk(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise RepositoryProblem(
                f"De index kan niet worden geopend ({self.address.shown}): {why(error)}.",
                hint=f"Kijk of u daar mag lezen en schrijven. {_OTHER_PLACE}",
            ) from error

    def _prepare_folder(self, create: bool) -> None:
        folder = self.file.parent
        if self.address.in_own_folder:
            if folder.is_symlink() or self.file.is_symlink():
                raise RepositoryProblem(
                    f"De index wordt niet gebruikt ({self.address.shown}): die map of dat bestand is een"
                    " koppeling naar een andere plek.",
                    hint="Haal de koppeling weg en probeer het opnieuw.",
                )
            if create:
                folder.mkdir(exist_ok=True)
                if not (folder / ".gitignore").exists():
                    replace_file(folder / ".gitignore", b"*\n")
        elif not folder.is_dir():
            raise WrongUse(
                f"De map voor de index bestaat niet: {folder}",
                hint="Maak de map eerst, of kies met --database een andere plek.",
            )

    def exists(self) -> bool:
        return self.file.exists()

    def engine(self, patience: float) -> Engine:
        """An engine that begins each transaction itself, as its purpose asks.

        ``sqlite3`` would begin none before a SELECT or CREATE ("Enabling Non-Legacy SQLite Transactional
        Modes", SQLAlchemy). ``patience`` in seconds is how long one writer waits for another.
        """
        engine = create_engine(
            URL.create("sqlite", database=str(self.file.absolute())),
            connect_args={"timeout": patience, "isolation_level": None},
            hide_parameters=True,
        )

        @event.listens_for(engine, "connect")
        def set_up(connection: sqlite3.Connection, _: object) -> None:
            for statement in _ON_CONNECT:
                connection.execute(statement)

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            for statement in _BEGIN[connection.get_execution_options()["purpose"]]:
                connection.exec_driver_sql(statement)

        return engine

    def check(self, connection: Connection) -> None:
        """Nothing more to check: ``prepare`` looked at the file."""

    def hold(self, connection: Connection) -> None:
        """Nothing to hold: a transaction keeps seeing the tables it began with."""

    def lock(self, connection: Connection, name: str, shared: bool) -> None:
        """Nothing to lock: BEGIN IMMEDIATE lets one writer in."""

    def clear(self, connection: Connection) -> None:
        """Drop all that is in the file: the virtual tables first, which take their own tables along."""
        kinds = connection.exec_driver_sql(
            "SELECT type, name FROM sqlite_master WHERE type IN ('table', 'view')"
            " ORDER BY sql LIKE 'CREATE VIRTUAL%' DESC"
        )
        quote = connection.dialect.identifier_preparer.quote_identifier
        for kind, name in kinds.all():
            if not name.startswith("sqlite_"):
                connection.exec_driver_sql(f"DROP {kind} IF EXISTS {quote(name)}")

    def make(self, connection: Connection) -> None:
        """Sign the file as ours."""
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")

    def settle(self, engine: Engine) -> None:
        """Let readers and a writer go side by side from now on (sqlite.org/wal.html); the file keeps it.

        Only after the tables are there, so that the first hundred bytes say whose file it is.
        """
        connection = engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not busy:  # when it is, whoever opens it next does this
                raise
        finally:
            connection.close()

    @contextmanager
    def alone(self, patience: float) -> Iterator[None]:
        """Be the only one that opens the file in our own folder to write, as it may be thrown away."""
        with self._disk():
            self._prepare_folder(create=True)
            lock = FileLock(self.file.parent / "index.lock")
            try:
                lock.acquire(timeout=patience)
            except Timeout as error:
                raise BUSY.about(self.address) from error
        try:
            yield
        finally:
            lock.release()

    def throw_away(self) -> None:
        """Delete the file and what SQLite keeps beside it."""
        with self._disk():
            for ending in ("", "-wal", "-shm", "-journal"):
                Path(f"{self.file}{ending}").unlink(missing_ok=True)


def _header(file: Path) -> bytes | None:
    """The first hundred bytes; None when there is no file. Raises OSError, also for what is no file."""
    try:
        handle = os.open(
            file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        )
    except FileNotFoundError:
        return None
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        return stream.read(_HEADER)


def _is_database(header: bytes) -> bool:
    return header.startswith(_MAGIC) and len(header) == _HEADER


def _is_ours(header: bytes) -> bool:
    return _is_database(header) and header[68:72] == APPLICATION_ID.to_bytes(4, "big")


def _is_empty(header: bytes, file: Path) -> bool:
    """A file without bytes, or a database in which nobody ever made anything.

    Offset 40 is the schema cookie, 60 the user version, 68 the application id: all zero then.
    """
    if not header:
        return True
    waiting = Path(f"{file}-wal")
    return (
        _is_database(header)
        and not any(header[40:44] + header[60:64] + header[68:72])
        and not (waiting.exists() and waiting.stat().st_size)
    )
