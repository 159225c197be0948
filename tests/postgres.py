"""A PostgreSQL server that a bare machine may lack: its tests skip there, but never in CI."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

_VARIABLE = "BELEID_TEST_POSTGRES"
_HOW = f"no PostgreSQL to test on: export {_VARIABLE}=$(.ci/postgres)"


@contextmanager
def fresh_database(**options: str) -> Iterator[str]:
    """The address of a new empty database, dropped afterwards; its name is of this test alone.

    Without a server the test skips; with CI set it fails, so that a build server can never go green by
    testing less. ``options`` follow CREATE DATABASE, as ``encoding="'LATIN1'"``.
    """
    server = os.environ.get(_VARIABLE)
    if not server and os.environ.get("CI"):
        pytest.fail(_HOW)
    if not server:
        pytest.skip(_HOW)
    name = f"proef_{secrets.token_hex(8)}"
    more = " ".join(f"{key} {value}" for key, value in options.items())
    run_sql(server, f"CREATE DATABASE {name} {more}")
    try:
        yield changed(server, database=name)
    finally:
        run_sql(server, f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def role(address: str, *rights: str) -> Iterator[str]:
    """The same database seen by a new user without rights but ``rights`` (SQL, ``{user}`` in it)."""
    name, password = f"proef_{secrets.token_hex(8)}", secrets.token_hex(8)
    run_sql(address, f"CREATE ROLE {name} LOGIN PASSWORD '{password}'")
    try:
        run_sql(address, *(right.format(user=name) for right in rights))
        yield changed(address, username=name, password=password)
    finally:
        run_sql(address, f"DROP OWNED BY {name} CASCADE", f"DROP ROLE {name}")


def run_sql(address: str, *statements: str) -> list[tuple[object, ...]]:
    """Run statements, each on its own, as a stranger would; gives the rows of the last that has any."""
    import psycopg

    rows: list[tuple[object, ...]] = []
    with psycopg.connect(address.replace("+psycopg", ""), autocommit=True) as connection:
        for statement in statements:
            answer = connection.execute(statement.encode())
            rows = answer.fetchall() if answer.description else rows
    return rows


def changed(address: str, **parts: str | int) -> str:
    """The address with other parts: username, password, host, port, database."""
    from sqlalchemy.engine import make_url

    url: URL = make_url(address).set(**parts)  # type: ignore[arg-type]
    return url.render_as_string(hide_password=False)


def password_in(address: str) -> str:
    """The password in the address."""
    from sqlalchemy.engine import make_url

    return str(make_url(address).password)
