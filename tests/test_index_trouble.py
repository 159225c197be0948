"""What a database can complain of: clear words, what to do, no password, and nothing half written."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from beleidsbeheer.errors import BeleidError, RepositoryProblem, WrongUse
from beleidsbeheer.storage.index.door import Index, Opening
from beleidsbeheer.storage.index.trouble import Collided, DamagedIndex, database_trouble
from disks import fill, read_only, small_disk
from doors import Book, at, count, opened, says
from postgres import changed, fresh_database, password_in, role, run_sql

_LONG = "een lange titel " * 5000
_MANY = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
    " INSERT INTO book (id, title) SELECT i, 'een titel' || i FROM n"
)
_MORE = (
    "INSERT INTO book (id, title)"
    " SELECT n, repeat(md5(n::text), 50) FROM generate_series(10, 100000) n"
)


def _write(index: Index, numbers: range, title: str = _LONG) -> None:
    with index.writing() as session:
        for number in numbers:
            session.add(Book(id=number, title=title))
            session.flush()


def _run(index: Index, *statements: str) -> None:
    with index.writing() as session:
        for statement in statements:
            session.connection().exec_driver_sql(statement)


def _books(index: Index) -> int:
    with index.reading() as session:
        return count(session)


# --- SQLite ------------------------------------------------------------------------------------------


def test_full_disk_while_writing() -> None:
    """A real one. What was there is still there, and with room again it goes on."""
    with small_disk(1024) as disk, opened(disk) as index:
        _write(index, range(1, 3))
        with pytest.raises(RepositoryProblem) as caught:
            _write(index, range(3, 100))
        assert "is vol" in says(caught.value)
        assert _books(index) == 2
        _write(index, range(3, 5))
        assert _books(index) == 4


def test_full_disk_before_there_is_an_index() -> None:
    """No room for even the folder or an empty index."""
    with small_disk(64) as disk:
        fill(disk)
        with pytest.raises(RepositoryProblem) as caught:
            opened(disk)
        assert "vol" in says(caught.value)


def test_a_file_that_may_grow_no_further(tmp_path: Path) -> None:
    """The same complaint of SQLite on any machine: it may use no more pages."""
    with opened(tmp_path) as index:
        with pytest.raises(RepositoryProblem) as caught:
            _run(index, "PRAGMA max_page_count=20", _MANY)
        assert "is vol" in says(caught.value)
        assert _books(index) == 0


def test_full_disk_and_who_only_reads() -> None:
    """SQLite needs a little room even for reading, and says in another way that it has none."""
    with small_disk(1024) as disk:
        opened(disk).close()
        fill(disk)
        with pytest.raises(RepositoryProblem) as caught, opened(disk, create=False) as index:
            _books(index)
        assert "is vol" in says(caught.value)


def test_read_only_disk() -> None:
    """Nothing can be made there, and an index that lies there cannot be written or opened."""
    with small_disk(1024) as disk:
        with read_only(disk), pytest.raises(RepositoryProblem) as caught:
            opened(disk)
        assert "alleen-lezen" in says(caught.value)
        opened(disk).close()
        file = disk / ".beleid-index/index.sqlite"
        with read_only(disk):
            for place, create in ((disk, True), (disk, False), (str(file), True)):
                with pytest.raises(RepositoryProblem) as caught:
                    opened(place, create=create)
                assert "lezen" in says(caught.value)


def test_disk_that_becomes_read_only() -> None:
    """While it is open."""
    with small_disk(1024) as disk, opened(disk) as index:
        index.close()
        shutil.copytree(disk / ".beleid-index", disk / "copy")
        with read_only(disk), pytest.raises(RepositoryProblem) as caught:
            _write(index, range(1, 3))
        assert "lezen" in says(caught.value)


def test_busy_too_long(tmp_path: Path) -> None:
    """Another writer keeps it longer than we wait."""
    with opened(tmp_path, patience=0.1) as one, opened(tmp_path, patience=0.1) as other:
        with one.writing() as session:
            with pytest.raises(RepositoryProblem) as caught:
                _write(other, range(1, 2))
            session.add(Book(id=5, title="a"))
        assert "bezet" in says(caught.value)
        _write(other, range(1, 2))
        assert _books(one) == 2


def test_damage_found_while_reading(tmp_path: Path) -> None:
    """Deep in the file, where opening it does not look."""
    with opened(tmp_path) as index:
        _write(index, range(1, 20))
    file = tmp_path / ".beleid-index/index.sqlite"
    content = bytearray(file.read_bytes())
    content[4096 * 5 :] = b"\xff" * (len(content) - 4096 * 5)
    file.write_bytes(content)
    with opened(tmp_path) as index:
        assert index.opening is Opening.FOUND
        with pytest.raises(DamagedIndex) as caught:
            _write(index, range(20, 40))
    assert "beschadigd" in says(caught.value)
    assert str(file) in caught.value.message


def test_sqlite_without_fts5(tmp_path: Path) -> None:
    """SQLite has no code of its own for it, so this is how it says it; the first part shows that."""
    with sqlite3.connect(":memory:") as connection, pytest.raises(sqlite3.Error) as caught:
        connection.execute("CREATE VIRTUAL TABLE x USING fts55(y)")
    connection.close()
    assert str(caught.value) == "no such module: fts55"
    error = sqlite3.OperationalError("no such module: fts5")
    error.sqlite_errorcode = caught.value.sqlite_errorcode
    with pytest.raises(RepositoryProblem) as told, database_trouble(at(tmp_path)):
        raise error
    assert "FTS5" in says(told.value)


# --- PostgreSQL: connecting --------------------------------------------------------------------------


def _refused(address: str, *secrets: str) -> str:
    with pytest.raises(BeleidError) as caught:
        opened(address)
    return says(caught.value, *secrets, password_in(address))


def test_wrong_password_and_user(postgres: str) -> None:
    """One complaint for both, as the server itself tells no stranger which it was."""
    right = password_in(postgres)
    for wrong in ({"password": "verkeerd-wachtwoord"}, {"username": "niemand"}):
        assert "gebruiker of het wachtwoord" in _refused(changed(postgres, **wrong), right)


def test_no_password(postgres: str) -> None:
    """Which the server asks for."""
    bare = postgres.replace(f":{password_in(postgres)}", "")
    assert "vraagt een wachtwoord" in _refused(bare, password_in(postgres))


def test_no_such_database(postgres: str) -> None:
    """The server is there."""
    told = _refused(changed(postgres, database="bestaat_niet"))
    assert "geen database met die naam" in told
    assert "/bestaat_niet)" in told


def test_nobody_listens(postgres: str) -> None:
    """On that port, or at that socket."""
    assert "antwoordt geen PostgreSQL-server" in _refused(changed(postgres, port=1))
    with pytest.raises(RepositoryProblem) as caught:
        opened("postgresql://jan:geheim@/x?host=/nergens")
    assert "antwoordt geen PostgreSQL-server" in says(caught.value, "geheim")


def test_unknown_host(postgres: str) -> None:
    """``.invalid`` is a name that nobody has (RFC 2606)."""
    assert "die naam is onbekend" in _refused(changed(postgres, host="db.school.invalid"))


@contextmanager
def _listener(answer: bytes | None) -> Iterator[int]:
    """The port of something that listens and is no PostgreSQL: it says ``answer``, or nothing for ever."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken: list[socket.socket] = []

        def serve() -> None:
            while True:
                try:
                    client, _ = server.accept()
                except OSError:
                    return
                taken.append(client)
                if answer is not None:
                    client.recv(1024)
                    client.sendall(answer)
                    client.close()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield int(server.getsockname()[1])
        server.shutdown(socket.SHUT_RDWR)
        thread.join(5)
        for client in taken:
            client.close()


def test_server_that_does_not_answer() -> None:
    """As behind a firewall. (libpq waits no less than two seconds.)"""
    with _listener(None) as port:
        told = _refused(f"postgresql://jan:geheim@127.0.0.1:{port}/x?connect_timeout=2")
    assert "antwoordt niet op tijd" in told


def test_server_that_is_no_postgresql() -> None:
    """What it said is shown, as there is nothing better."""
    with _listener(b"HTTP/1.1 400 Bad Request\r\n\r\n") as port:
        told = _refused(f"postgresql://jan:geheim@127.0.0.1:{port}/x")
    assert "weigert de verbinding" in told
    assert "De server zegt: connection to server" in told


@pytest.mark.parametrize(
    "option", ["onzin=1", "plugin=x", "row_factory=x", "port=abc", "connect_timeout=lang"]
)
def test_options_that_do_not_exist(postgres: str, option: str) -> None:
    """What libpq does not know is wrong use; SQLAlchemy would load a plugin, or call a word."""
    with pytest.raises(WrongUse) as caught:
        opened(f"{postgres}?{option}")
    assert "achter het vraagteken" in says(caught.value, password_in(postgres))


def test_options_that_the_server_cannot_give(postgres: str) -> None:
    """It says so in its own words; and a password among the options is not shown."""
    for option, words in (("sslmode=require", "SSL"), ("options=-c%20onzin%3D1", '"onzin"')):
        assert "De server zegt: connection to server at" in (
            told := _refused(f"{postgres}?{option}")
        )
        assert words in told
    wrong = password_in(postgres)[:-1] + "x"
    bare = postgres.replace(f":{password_in(postgres)}", "")
    with pytest.raises(RepositoryProblem) as caught:
        opened(f"{bare}?password={wrong}")
    assert "gebruiker of het wachtwoord" in says(caught.value, wrong)


def test_too_many_connections(postgres: str) -> None:
    """For this user; the server says the same with no room at all."""
    with role(postgres, "ALTER ROLE {user} CONNECTION LIMIT 0") as address:
        assert "te veel verbindingen" in _refused(address)


def test_psycopg_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tip is what to type."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(RepositoryProblem) as caught:
        opened("postgresql://jan:geheim@127.0.0.1:1/x")
    assert "pip install 'beleidsbeheer[postgresql]'" in says(caught.value, "geheim")


def test_other_imports_are_ours() -> None:
    """A module that is missing for another reason is a mistake of ours."""
    with pytest.raises(ImportError), database_trouble(at("x.sqlite")):
        raise ImportError("something else")


# --- PostgreSQL: working -----------------------------------------------------------------------------


def test_no_right_to_make_a_schema(postgres: str) -> None:
    """The tip is what the administrator types, with this user's name in it."""
    with role(postgres) as address:
        told = _refused(address)
        assert "U mag dit niet" in told
        assert 'CREATE SCHEMA beleidsindex AUTHORIZATION "proef_' in told


def test_no_right_to_read(postgres: str) -> None:
    """A schema that is ours, and not for this user."""
    opened(postgres).close()
    with role(postgres) as address, pytest.raises(RepositoryProblem) as caught:
        opened(address, create=False)
    assert "U mag dit niet" in says(caught.value, password_in(address))


def test_user_that_may_only_read(postgres: str) -> None:
    """A transaction that the server makes read-only, as on a copy that follows another server."""
    rights = (
        f"GRANT CREATE ON DATABASE {postgres.rpartition('/')[2]} TO {{user}}",
        "ALTER ROLE {user} SET default_transaction_read_only = on",
    )
    with role(postgres, *rights) as address:
        assert "alleen te lezen" in _refused(address)


def test_full_disk_of_the_server(postgres: str) -> None:
    """A real one, with a tablespace on it. What was there is still there."""
    name = postgres.rpartition("/")[2]
    with small_disk(24 * 1024) as disk:
        folder = str(run_sql(postgres, "SHOW data_directory")[0][0])
        os.chown(disk, Path(folder).stat().st_uid, -1)
        run_sql(postgres, f"CREATE TABLESPACE {name} LOCATION '{disk}'")
        try:
            with fresh_database(tablespace=name) as address, opened(address) as index:
                _write(index, range(1, 3))
                with pytest.raises(RepositoryProblem) as caught:
                    _run(index, _MORE)
                assert "is vol" in says(caught.value, password_in(address))
                assert _books(index) == 2
        finally:
            run_sql(postgres, f"DROP TABLESPACE {name}")


@pytest.mark.parametrize(
    ("state", "words", "kind"),
    [
        ("25006", "alleen te lezen", RepositoryProblem),
        ("28000", "gebruiker of het wachtwoord", RepositoryProblem),
        ("40001", "schreef tegelijk", Collided),
        ("40P01", "schreef tegelijk", Collided),
        ("42501", "U mag dit niet", RepositoryProblem),
        ("53100", "is vol", RepositoryProblem),
        ("53300", "te veel verbindingen", RepositoryProblem),
        ("55P03", "bezet", RepositoryProblem),
        ("57014", "bezet", RepositoryProblem),
        ("57P03", "start net op", RepositoryProblem),
        ("08006", "verbroken", RepositoryProblem),
        ("58030", "geeft een fout", RepositoryProblem),
        ("XX001", "beschadigd", DamagedIndex),
    ],
)
def test_what_the_server_can_say(
    postgres: str, state: str, words: str, kind: type[RepositoryProblem]
) -> None:
    """By SQLSTATE, whatever the words are; the server raises it itself."""
    raising = f"DO $$ BEGIN RAISE EXCEPTION 'iets' USING ERRCODE = '{state}'; END $$"
    with opened(postgres) as index:
        with pytest.raises(RepositoryProblem) as caught:
            _run(index, raising)
        assert type(caught.value) is kind
        assert words in says(caught.value, password_in(postgres))
        assert _books(index) == 0


def test_two_that_wait_for_each_other(postgres: str) -> None:
    """PostgreSQL undoes one, which may try again; the other goes on."""
    met = threading.Barrier(2, timeout=20)
    outcomes: list[str] = []

    def go(first: str, second: str) -> None:
        try:
            with opened(postgres) as index, index.writing() as session:
                index.lock(session, first)
                met.wait()
                index.lock(session, second)
            outcomes.append("done")
        except Collided as error:
            outcomes.append(says(error))

    opened(postgres).close()
    threads = [threading.Thread(target=go, args=names) for names in (("a", "b"), ("b", "a"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted("tegelijk" in outcome for outcome in outcomes) == [False, True]


def test_connection_lost_halfway(postgres: str) -> None:
    """The administrator ends it: nothing was written, and the next block connects anew."""
    with opened(postgres) as index:
        with pytest.raises(RepositoryProblem) as caught:
            _write_and_lose(index, postgres)
        assert "verbroken" in says(caught.value, password_in(postgres))
        assert _books(index) == 0


def _write_and_lose(index: Index, postgres: str) -> None:
    with index.writing() as session:
        session.add(Book(id=1, title="a"))
        session.flush()
        mine = session.connection().exec_driver_sql("SELECT pg_backend_pid()").scalar()
        run_sql(postgres, f"SELECT pg_terminate_backend({mine}, 5000)")
        session.add(Book(id=2, title="b"))
