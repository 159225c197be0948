"""An index on a PostgreSQL server: all in one schema, which may be someone else's or the administrator's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from acts import Way
from beleidsbeheer.errors import RepositoryProblem
from beleidsbeheer.storage.index.door import Opening
from beleidsbeheer.storage.index.tables import EXTRA, SCHEMA, TABLES
from doors import Book, count, opened, says
from goldens import golden
from indexes import close_all, fresh, index_at, on_disk, told
from postgres import fresh_database, role, run_sql


def test_everything_in_our_schema(postgres: str) -> None:
    """Nothing in ``public``, whatever the search path of the user is."""
    database = postgres.rpartition("/")[2]
    run_sql(postgres, f"ALTER DATABASE {database} SET search_path = public")
    opened(postgres).close()
    schemas = run_sql(
        postgres,
        "SELECT DISTINCT schemaname::text FROM pg_tables"
        " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
    )
    assert schemas == [("beleidsindex",)]


def test_how_the_connection_is_set(postgres: str) -> None:
    """The administrator sees whose it is; words arrive as UTF-8; nobody waits for ever."""
    with opened(postgres) as index, index.writing() as session:
        ask = session.connection().exec_driver_sql
        for name, value in {
            "application_name": "beleid",
            "client_encoding": "UTF8",
            "search_path": "beleidsindex",
            "standard_conforming_strings": "on",
            "lock_timeout": "20s",
            "transaction_isolation": "read committed",
        }.items():
            assert ask(f"SHOW {name}").scalar() == value


def test_options_in_the_address_hold(postgres: str) -> None:
    """What someone wrote after the question mark comes before what we would choose."""
    with opened(f"{postgres}?application_name=school") as index, index.reading() as session:
        ask = session.connection().exec_driver_sql
        assert ask("SHOW application_name").scalar() == "school"
        assert ask("SHOW transaction_isolation").scalar() == "repeatable read"


@pytest.mark.parametrize("table", ["notes (a int)", "kenmerk (versie text)", "kenmerk (other int)"])
def test_a_schema_of_someone_else_is_not_touched(postgres: str, table: str) -> None:
    """It has our name by chance."""
    run_sql(postgres, "CREATE SCHEMA beleidsindex", f"CREATE TABLE beleidsindex.{table}")
    for create in (True, False):
        with pytest.raises(RepositoryProblem) as caught:
            opened(postgres, create=create)
        assert "niet van beleid" in says(caught.value)
    tables = run_sql(
        postgres, "SELECT tablename::text FROM pg_tables WHERE schemaname = 'beleidsindex'"
    )
    assert tables == [(table.split(maxsplit=1)[0],)]


def test_a_schema_that_the_administrator_made(postgres: str) -> None:
    """A user who may make nothing in the database but has that schema; and it stays when renewed."""
    with role(postgres, "CREATE SCHEMA beleidsindex AUTHORIZATION {user}") as address:
        for version, opening in (("1", Opening.MADE), ("2", Opening.RENEWED)):
            with opened(address, version) as index:
                assert index.opening is opening


def test_a_reader_without_other_rights(postgres: str) -> None:
    """A user who may only read can search, and is told so when writing."""
    opened(postgres).close()
    rights = (
        "GRANT USAGE ON SCHEMA beleidsindex TO {user}",
        "GRANT SELECT ON ALL TABLES IN SCHEMA beleidsindex TO {user}",
    )
    with role(postgres, *rights) as address, opened(address) as index:
        with index.reading() as session:
            assert count(session) == 0
        with pytest.raises(RepositoryProblem) as caught, index.writing() as session:
            session.add(Book(id=1, title="a"))
        assert "U mag dit niet" in says(caught.value)


def test_a_database_that_cannot_hold_every_letter() -> None:
    """An old encoding would refuse a name with an accent halfway."""
    options = {"encoding": "'LATIN1'", "locale": "'C'", "template": "template0"}
    with fresh_database(**options) as address:
        with pytest.raises(RepositoryProblem) as caught:
            opened(address)
        assert "LATIN1" in says(caught.value)


# --- our own tables ----------------------------------------------------------------------------------


def test_the_tables_are_those_of_their_version() -> None:
    """An index of another version is made anew, so other tables need another version (``tables.SCHEMA``)."""
    parts = [f"schema {SCHEMA}"]
    for dialect in (sqlite.dialect(), postgresql.dialect()):  # type: ignore[no-untyped-call]
        for table in TABLES.sorted_tables:
            made: list[Any] = [
                CreateTable(table),
                *map(CreateIndex, sorted(table.indexes, key=lambda i: str(i.name))),
            ]
            parts += (str(each.compile(dialect=dialect)).strip() for each in made)
        parts += EXTRA[dialect.name]
    golden("index-tabellen.txt", "\n".join(parts) + "\n")


def test_another_version_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = on_disk(tmp_path / "school", Way.ready().files)
    address = str(tmp_path / "index.sqlite")
    before = told(fresh(address, [root]))
    close_all()
    monkeypatch.setattr("beleidsbeheer.storage.index.index.SCHEMA", "0")
    assert told(index_at(address))[0] == {}
    close_all()
    monkeypatch.undo()
    assert told(fresh(address, [root])) == before
    close_all()
