"""Small tables to try the door to an index with, and ways to look at what it says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from sqlmodel import Field, MetaData, Session, SQLModel, func, select

from beleidsbeheer.errors import BeleidError
from beleidsbeheer.storage.index.address import Address, default_file, parse_address
from beleidsbeheer.storage.index.door import Index, open_index


class Tables(SQLModel):
    """Tables of these tests alone."""

    metadata = MetaData()


class Shelf(Tables, table=True):
    """Something to refer to."""

    id: int = Field(primary_key=True)


class Book(Tables, table=True):
    """Something with a text, that refers."""

    id: int = Field(primary_key=True)
    title: str
    shelf: int | None = Field(default=None, foreign_key="shelf.id")


EXTRA = {
    "sqlite": (
        "CREATE VIRTUAL TABLE words USING fts5(title, content='')",
        "CREATE VIEW titles AS SELECT title FROM book",
    ),
    "postgresql": (
        "ALTER TABLE book ADD COLUMN words tsvector"
        " GENERATED ALWAYS AS (to_tsvector('simple', title)) STORED",
        "CREATE INDEX book_words ON book USING gin (words)",
        "CREATE VIEW titles AS SELECT title FROM book",
    ),
}

OPEN = """
import os
from pathlib import Path
from doors import Book, opened
place, version = sys.argv[1:]
print("ready", flush=True); sys.stdin.readline()
with opened(place if "://" in place or place.endswith(".sqlite") else Path(place), version) as index:
    with index.writing() as session:
        session.add(Book(id=os.getpid(), title='x'))
    print(index.opening.name)
"""
"""A process that opens the index at ``argv[1]`` as version ``argv[2]``, writes a book, says how it opened."""


def at(place: Path | str) -> Address:
    """The address of this database, or of the default file of the register in this folder."""
    if isinstance(place, Path):
        return parse_address("", default_file(place))
    return parse_address(place, Path("nowhere"))


def opened(
    place: Path | str, version: str = "1", *, create: bool = True, patience: float = 20.0
) -> Index:
    """An open index with the tables of these tests."""
    return open_index(at(place), Tables.metadata, version, EXTRA, create, patience=patience)


def count(session: Session) -> int:
    """How many books there are."""
    return session.exec(select(func.count()).select_from(Book)).one()


def says(error: BeleidError, *secrets: str) -> str:
    """Message and hint as people see them; neither they nor what a log could show tells a secret."""
    shown = f"{error.message}\n{error.hint}"
    for secret in secrets:
        assert secret not in f"{shown}{error!r}{error.__cause__!r}"
    assert "Traceback" not in shown
    assert "sqlalche" not in shown
    return shown


def together(code: str, *arguments: str, times: int = 4, exits: int = 0) -> list[str]:
    """Run ``code`` in several processes that start at the same time; what each prints, sorted."""
    line = [sys.executable, "-W", "error", "-c", f"import sys\nsys.path[:0] = {sys.path!r}\n{code}"]
    running = [
        subprocess.Popen(
            [*line, *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(times)
    ]  # fmt: skip
    for process in running:  # each has loaded its modules and waits for the word
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n", process.communicate()
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    ended = [process.communicate(timeout=120) for process in running]
    assert [process.returncode for process in running] == [exits] * times, ended
    return sorted(printed.strip() for printed, _ in ended)
