"""An index in a file of SQLite: whose file it is, where it may lie, and what happens when it is damaged."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from pathlib import Path

import pytest

from beleidsbeheer.errors import RepositoryProblem, WrongUse
from beleidsbeheer.storage.index.door import Opening
from doors import OPEN, Book, count, opened, says, together


def test_our_own_folder(tmp_path: Path) -> None:
    """Git never sees it, and nothing but the index stays behind."""
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    with opened(tmp_path) as index, index.writing() as session:
        session.add(Book(id=1, title="a"))
    asked = ["git", "-C", str(tmp_path), "status", "--porcelain", "--untracked-files=all"]
    assert subprocess.run(asked, capture_output=True, check=True).stdout == b""
    names = sorted(one.name for one in (tmp_path / ".beleid-index").iterdir())
    assert set(names) - {"index.lock"} == {".gitignore", "index.sqlite"}


def test_how_the_file_is_set(tmp_path: Path) -> None:
    """Deleted text is wiped, a reader does not stop a writer, and the file says whose it is."""
    with opened(tmp_path) as index, index.writing() as session:
        ask = session.connection().exec_driver_sql
        assert ask("PRAGMA secure_delete").scalar() == 1
        assert ask("PRAGMA foreign_keys").scalar() == 1
        assert ask("PRAGMA synchronous").scalar() == 1
        assert ask("PRAGMA journal_mode").scalar() == "wal"
        assert ask("PRAGMA busy_timeout").scalar() == 20_000
    header = (tmp_path / ".beleid-index/index.sqlite").read_bytes()[:100]
    assert header[68:72] == b"BelI"


@pytest.mark.parametrize("name", ["index.sqlite", ".beleid-index"])
def test_a_link_in_our_own_folder_is_refused(tmp_path: Path, name: str) -> None:
    """It could lead to a file of someone else, to be written over."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    if name == ".beleid-index":
        (tmp_path / name).symlink_to(elsewhere)
    else:
        (tmp_path / ".beleid-index").mkdir()
        (tmp_path / ".beleid-index" / name).symlink_to(elsewhere / "x.sqlite")
    for create in (True, False):
        with pytest.raises(RepositoryProblem) as caught:
            opened(tmp_path, create=create)
        assert "koppeling" in says(caught.value)
    assert list(elsewhere.iterdir()) == []


def _someone_elses(file: Path, statement: str) -> None:
    with sqlite3.connect(file) as connection:
        connection.executescript(statement)
    connection.close()


@pytest.mark.parametrize("folder", [".beleid-index", "elsewhere"])
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE t (a)",
        "PRAGMA user_version=3",
        "PRAGMA application_id=7",
        "CREATE TABLE kenmerk (versie TEXT); INSERT INTO kenmerk VALUES ('1')",
    ],
)
def test_a_database_of_someone_else_is_not_touched(
    tmp_path: Path, folder: str, statement: str
) -> None:
    """Not one byte, wherever it lies, and no file comes beside it."""
    (tmp_path / folder).mkdir()
    file = tmp_path / folder / "index.sqlite"
    _someone_elses(file, statement)
    before = file.read_bytes()
    for create in (True, False):
        with pytest.raises(RepositoryProblem) as caught:
            opened(str(file), create=create)
        assert "geen index van beleid" in says(caught.value)
    assert file.read_bytes() == before
    assert {one.name for one in file.parent.iterdir()} <= {
        ".gitignore",
        "index.lock",
        "index.sqlite",
    }


def test_a_database_whose_tables_are_still_in_its_journal(tmp_path: Path) -> None:
    """Someone made a table in WAL mode and has it open: the file itself looks empty, and is not."""
    file = tmp_path / "x.sqlite"
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE theirs (a)")
    with pytest.raises(RepositoryProblem) as caught:
        opened(str(file))
    assert "geen index van beleid" in says(caught.value)
    assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("theirs",)]
    connection.close()


@pytest.mark.parametrize("content", ["", "PRAGMA journal_mode=WAL"])
def test_an_empty_file_is_as_good_as_none(tmp_path: Path, content: str) -> None:
    """Without bytes, or a database in which nobody made anything."""
    file = tmp_path / "x.sqlite"
    file.touch()
    _someone_elses(file, content)
    with pytest.raises(WrongUse):
        opened(str(file), create=False)
    with opened(str(file)) as index:
        assert index.opening is Opening.MADE


def _broken(file: Path, how: str) -> None:
    """A file that was an index: no database any more, cut short, or with a page of nonsense."""
    content = bytearray(file.read_bytes())
    if how == "text":
        content[:] = b"dit is geen database\n" * 500
    elif how == "cut":
        del content[50:]
    else:
        content[100:4096] = b"\xff" * 3996
    file.write_bytes(content)


@pytest.mark.parametrize("how", ["text", "cut", "page"])
def test_a_damaged_file_in_our_own_folder_is_replaced(tmp_path: Path, how: str) -> None:
    """By who makes an index; who only reads is told."""
    opened(tmp_path).close()
    _broken(tmp_path / ".beleid-index/index.sqlite", how)
    with pytest.raises(RepositoryProblem) as caught:
        opened(tmp_path, create=False)
    assert "beschadigd" in says(caught.value)
    with opened(tmp_path) as index, index.writing() as session:
        assert index.opening is Opening.REPLACED
        assert count(session) == 0


@pytest.mark.parametrize("how", ["text", "cut", "page"])
def test_a_damaged_file_elsewhere_is_not_touched(tmp_path: Path, how: str) -> None:
    """What no longer says that it is ours may be someone's letter."""
    file = tmp_path / "x.sqlite"
    opened(str(file)).close()
    _broken(file, how)
    before = file.read_bytes()
    with pytest.raises(RepositoryProblem) as caught:
        opened(str(file))
    assert ("beschadigd" if how == "page" else "geen index van beleid") in says(caught.value)
    assert file.read_bytes() == before


def test_a_damaged_file_found_by_four(tmp_path: Path) -> None:
    """One throws it away; none throws away what another made since."""
    opened(tmp_path).close()
    _broken(tmp_path / ".beleid-index/index.sqlite", "page")
    said = together(OPEN, str(tmp_path), "1")
    assert said == ["FOUND"] * 3 + ["REPLACED"]
    with opened(tmp_path, create=False) as index, index.reading() as session:
        assert count(session) == 4


@pytest.mark.parametrize("kind", ["folder", "fifo", "no folder"])
def test_places_where_no_file_can_be(tmp_path: Path, kind: str) -> None:
    """Told at once: a FIFO is not waited for."""
    place = tmp_path / "x.sqlite"
    if kind == "folder":
        place.mkdir()
    elif kind == "fifo":
        os.mkfifo(place)
    else:
        place = tmp_path / "none" / "x.sqlite"
    for create in (True, False):
        with pytest.raises((RepositoryProblem, WrongUse)) as caught:
            opened(str(place), create=create)
        assert str(place if kind != "no folder" else place.parent) in says(caught.value)


def test_made_once_elsewhere_by_four_processes(tmp_path: Path) -> None:
    """In any folder, where nothing but SQLite keeps them apart."""
    file = str(tmp_path / "x.sqlite")
    assert together(OPEN, file, "1") == ["FOUND"] * 3 + ["MADE"]
    with opened(file, create=False) as index, index.reading() as session:
        assert count(session) == 4
        assert session.connection().exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
