"""An index on a PostgreSQL server: everything in one schema, locks by name, readers that cannot write."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import ArgumentError, ProgrammingError

from beleidsbeheer.errors import RepositoryProblem
from beleidsbeheer.storage.index.address import Address
from beleidsbeheer.storage.index.trouble import GONE, NO_RIGHT, OPTION, SCHEMA

if TYPE_CHECKING:
    from psycopg import Connection as DriverConnection
    from sqlalchemy.engine import URL, Connection, Engine

SIGNATURE = "index van beleidsbeheer"
"""The comment on the table ``kenmerk``, by which a schema is known to be ours."""

_DEFAULTS = {"application_name": "beleid", "connect_timeout": "10"}
_ALWAYS = {"client_encoding": "utf8"}
# SQLAlchemy's own option for this would make each transaction after it READ WRITE, whatever the server's
# default is, and on a server that follows another that is an error
_READING = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
_DROP = {"r": "TABLE", "p": "TABLE", "v": "VIEW", "m": "MATERIALIZED VIEW"}
_NO_TABLE = {"42P01", "3F000"}  # undefined_table, invalid_schema_name


@dataclass(frozen=True, slots=True)
class PostgresSchema:
    """The schema ``beleidsindex`` at ``address`` as a place for an index (a ``database.Database``)."""

    address: Address
    url: URL

    def prepare(self, create: bool) -> None:
        """Nothing to prepare: ``check`` looks, once there is a connection."""

    def exists(self) -> bool:
        """There is always a server to ask."""
        return True

    def engine(self, patience: float) -> Engine:
        """An engine that sees only our schema. Raises WrongUse for an option libpq does not know.

        SQLAlchemy would hand any other to psycopg as an argument, or load a plugin of that name.
        """
        from psycopg.pq import Conninfo

        known = {option.keyword.decode() for option in Conninfo.get_defaults()}
        if not known.issuperset(self.url.query):
            raise OPTION.about(self.address)
        mine = {name: value for name, value in _DEFAULTS.items() if name not in self.url.query}
        try:
            engine = create_engine(self.url, connect_args=mine | _ALWAYS, hide_parameters=True)
        except ArgumentError as error:  # a host and port that do not fit
            raise OPTION.about(self.address) from error
        settings = {
            "search_path": SCHEMA,
            "standard_conforming_strings": "on",
            "lock_timeout": f"{round(patience * 1000)}ms",
        }

        @event.listens_for(engine, "connect")
        def set_up(connection: DriverConnection, _: object) -> None:
            # not in libpq's "options", which a connection pooler in between may refuse
            connection.autocommit = True
            for name, value in settings.items():
                connection.execute("SELECT set_config(%s, %s, false)", (name, value))
            connection.autocommit = False

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            if connection.get_execution_options()["purpose"] == "reading":
                connection.exec_driver_sql(_READING)

        return engine

    def check(self, connection: Connection) -> None:
        """Raises RepositoryProblem when the schema is someone else's, or the database not in UTF-8."""
        encoding = connection.scalar(text("SHOW server_encoding"))
        if encoding != "UTF8":
            raise RepositoryProblem(
                f"De database bewaart tekst als {encoding} ({self.address.shown}); dat moet UTF8 zijn.",
                hint="Laat de beheerder een andere maken: createdb --encoding=UTF8 --template=template0 naam",
            )
        names = {name: comment for _, name, comment in self._relations(connection)}
        if names and names.get("kenmerk") != SIGNATURE:
            raise RepositoryProblem(
                f"In de database ({self.address.shown}) staat een schema '{SCHEMA}' dat niet van beleid"
                " is. Het wordt niet aangeraakt.",
                hint="Kies een andere database, of laat de beheerder dat schema een andere naam geven.",
            )
        may_look = text("SELECT has_schema_privilege(:schema, 'USAGE')")
        if names and not connection.scalar(may_look, {"schema": SCHEMA}):
            raise NO_RIGHT.about(self.address)  # else the tables would seem not to be there

    def _relations(self, connection: Connection) -> list[tuple[str, str, str | None]]:
        """(kind as in pg_class.relkind, name, comment) of each table and view in the schema.

        From the catalogue itself: functions such as to_regclass may answer from a cache, which after a
        wait for a lock is older than what this transaction sees.
        """
        found = connection.execute(
            text(
                "SELECT c.relkind::text, c.relname::text, d.description FROM pg_class c"
                " JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_description d"
                " ON d.objoid = c.oid AND d.classoid = 'pg_class'::regclass AND d.objsubid = 0"
                " WHERE n.nspname = :schema AND c.relkind::text = ANY(:kinds)"
            ),
            {"schema": SCHEMA, "kinds": list(_DROP)},
        )
        return [(kind, name, comment) for kind, name, comment in found.all()]

    def hold(self, connection: Connection) -> None:
        """Keep the tables as they are until the transaction ends.

        LOCK TABLE, unlike a SELECT, waits before the snapshot is taken: whoever waited for a rebuild
        then sees the new tables. Must come first in a transaction. Raises RepositoryProblem when the
        tables are gone.
        """
        try:
            connection.exec_driver_sql(f"LOCK TABLE {SCHEMA}.kenmerk IN ACCESS SHARE MODE")
        except ProgrammingError as error:
            if getattr(error.orig, "sqlstate", "") in _NO_TABLE:
                raise GONE.about(self.address) from error
            raise

    def lock(self, connection: Connection, name: str, shared: bool) -> None:
        """Wait for the lock of this name in the database; it is let go when the transaction ends."""
        digest = hashlib.sha256(f"beleidsbeheer {name}".encode()).digest()
        key = int.from_bytes(digest[:8], "big", signed=True)
        function = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
        connection.execute(text(f"SELECT {function}(:key)"), {"key": key})

    def clear(self, connection: Connection) -> None:
        """Drop every table and view in the schema, not the schema: others may have rights on it."""
        quote = connection.dialect.identifier_preparer.quote_identifier
        found = self._relations(connection)
        found.sort(key=lambda one: one[1] != "kenmerk")  # first what readers and writers hold
        for kind, name, _ in found:
            connection.exec_driver_sql(
                f"DROP {_DROP[kind]} IF EXISTS {SCHEMA}.{quote(name)} CASCADE"
            )

    def make(self, connection: Connection) -> None:
        """Make the schema, unless the administrator did."""
        there = connection.scalar(
            text("SELECT 1 FROM pg_namespace WHERE nspname = :schema"), {"schema": SCHEMA}
        )
        if not there:  # IF NOT EXISTS asks for the right to create, even when it does
            connection.exec_driver_sql(f"CREATE SCHEMA {SCHEMA}")

    def settle(self, engine: Engine) -> None:
        """Nothing to settle."""
