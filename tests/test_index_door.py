"""The door to an index: made once, renewed on another version, read as of one moment, written all or nothing.

Everything here holds for both databases; what a database complains of is in ``test_index_trouble``.
"""

from __future__ import annotations

import signal
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError
from sqlmodel import insert, select

from beleidsbeheer.errors import RepositoryProblem, WrongUse
from beleidsbeheer.storage.index.door import Index, Opening
from doors import OPEN, Book, Shelf, count, opened, says, together
from postgres import run_sql

Place = Path | str


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Where an index may come: nothing is there yet."""
    if request.param == "sqlite":
        return tmp_path
    address: str = request.getfixturevalue("postgres")
    return address


# --- opening -----------------------------------------------------------------------------------------


def test_made_then_found_then_renewed(place: Place) -> None:
    """Another version of the schema is never migrated: what was in it is gone."""
    with opened(place) as index, index.writing() as session:
        assert index.opening is Opening.MADE
        session.add(Book(id=1, title="Één"))
    with opened(place) as index, index.reading() as session:
        assert index.opening is Opening.FOUND
        assert session.exec(select(Book.title)).one() == "Één"
        assert session.connection().execute(text("SELECT title FROM titles")).scalar() == "Één"
    with opened(place, "2") as index, index.reading() as session:
        assert index.opening is Opening.RENEWED
        assert count(session) == 0


def test_renewing_drops_rows_that_refer_to_each_other(place: Place) -> None:
    """In whatever order the tables are dropped."""
    with opened(place) as index, index.writing() as session:
        session.add(Shelf(id=7))
        session.flush()
        session.add(Book(id=1, title="a", shelf=7))
    opened(place, "2").close()
    with opened(place, "2", create=False) as index, index.reading() as session:
        assert session.exec(select(Shelf)).all() == []


def test_none_is_made_unasked(place: Place) -> None:
    """Who only reads is told to make one, and nothing is left behind."""
    for _ in range(2):
        with pytest.raises(WrongUse) as caught:
            opened(place, create=False)
        assert "Er is nog geen index" in says(caught.value)
        assert "beleid index" in caught.value.hint
    if isinstance(place, Path):
        assert list(place.iterdir()) == []
    else:
        assert run_sql(place, "SELECT 1 FROM pg_namespace WHERE nspname = 'beleidsindex'") == []


def test_another_version_is_refused_unasked(place: Place) -> None:
    """Who only reads does not throw away what another version of the program made."""
    opened(place).close()
    with pytest.raises(RepositoryProblem) as caught:
        opened(place, "2", create=False)
    assert "andere versie" in says(caught.value)
    assert "beleid index" in caught.value.hint
    with opened(place, create=False) as index:
        assert index.opening is Opening.FOUND


@pytest.mark.parametrize("before", [None, "1"])
def test_made_once_by_four_processes(place: Place, before: str | None) -> None:
    """They start together; one makes or renews it, and each finds what all wrote."""
    if before:
        with opened(place, before) as index, index.writing() as session:
            session.add(Book(id=1, title="old"))
    said = together(OPEN, str(place), "2")
    assert said == ["FOUND"] * 3 + ["RENEWED" if before else "MADE"]
    with opened(place, "2", create=False) as index, index.reading() as session:
        assert count(session) == 4


def test_an_index_that_another_version_took_over(place: Place) -> None:
    """Whoever has it open is told, instead of using tables of another shape."""
    with opened(place) as index:
        opened(place, "2").close()
        for block in (index.reading, index.writing):
            with pytest.raises(RepositoryProblem) as caught, block():
                pass
            assert "andere versie" in says(caught.value)


# --- transactions ------------------------------------------------------------------------------------


def test_all_or_nothing(place: Place) -> None:
    """An exception undoes the block, also what the session said to commit, and goes on as it is."""
    with opened(place) as index:
        with pytest.raises(KeyError):
            _write_and_fail(index)
        with index.reading() as session:
            assert count(session) == 0
        with index.writing() as session:
            session.add(Book(id=3, title="c"))
        with index.reading() as session:
            assert session.exec(select(Book.id)).all() == [3]


def _write_and_fail(index: Index) -> None:
    with index.writing() as session:
        session.add(Book(id=1, title="a"))
        session.commit()
        session.add(Book(id=2, title="b"))
        session.flush()
        raise KeyError


_KILLED = """
from pathlib import Path
from doors import OPEN, Book, opened
place = sys.argv[1]
index = opened(Path(place) if place.startswith("/") else place)
print("ready", flush=True); sys.stdin.readline()
with index.writing() as session:
    session.add_all([Book(id=number, title="x" * 1000) for number in range(5000)])
    session.flush()
    import os, signal
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_killed_halfway(place: Place) -> None:
    """The previous state is left, and the next one can write at once."""
    with opened(place) as index, index.writing() as session:
        session.add(Book(id=-1, title="before"))
    together(_KILLED, str(place), times=1, exits=-signal.SIGKILL)
    with opened(place) as index, index.writing() as session:
        assert session.exec(select(Book.title)).all() == ["before"]


def test_reading_sees_one_moment(place: Place) -> None:
    """However long it takes and whatever is written meanwhile; and the writer need not wait."""
    with opened(place) as index, index.reading() as reader:
        assert count(reader) == 0
        with index.writing() as session:
            session.add(Book(id=1, title="a"))
        assert count(reader) == 0
        with index.reading() as later:
            assert count(later) == 1


def test_reading_cannot_write(place: Place) -> None:
    """Nor does it spoil the connection for who writes after it."""
    with opened(place) as index:
        with pytest.raises(RepositoryProblem) as caught, index.reading() as session:
            session.connection().execute(insert(Book).values(id=1, title="a"))
        assert "alleen te lezen" in says(caught.value)
        with index.writing() as session:
            session.add(Book(id=1, title="a"))


def test_references_are_kept(place: Place) -> None:
    """Foreign keys hold in both; breaking one is a mistake of ours, which is not dressed up."""
    with (
        opened(place) as index,
        pytest.raises(IntegrityError) as caught,
        index.writing() as session,
    ):
        session.add(Book(id=1, title="a secret title", shelf=5))
    assert "secret" not in str(caught.value)


def test_mistakes_of_ours_go_on_as_they_are(place: Place) -> None:
    """So that they end in a log for the makers, not in advice to a user."""
    with (
        opened(place) as index,
        pytest.raises((OperationalError, ProgrammingError)),
        index.reading() as session,
    ):
        session.connection().execute(text("SELECT nothing FROM nowhere"))


_WRITERS = """
from pathlib import Path
from doors import OPEN, Book, opened
from sqlmodel import func, select
place = sys.argv[1]
index = opened(Path(place) if place.startswith("/") else place)
print("ready", flush=True); sys.stdin.readline()
for _ in range(25):
    with index.writing() as session:
        index.lock(session, "counter")
        highest = session.exec(select(func.coalesce(func.max(Book.id), 0))).one()
        session.add(Book(id=highest + 1, title="x"))
index.close()
"""


def test_writers_with_a_lock_take_turns(place: Place) -> None:
    """Read, add one, write: a hundred times in four processes, and no number is lost or taken twice."""
    opened(place).close()
    together(_WRITERS, str(place))
    with opened(place) as index, index.reading() as session:
        assert sorted(session.exec(select(Book.id)).all()) == list(range(1, 101))


def test_locks_by_name(postgres: str) -> None:
    """Another name, or a shared lock with a shared one, waits for nobody; the same name waits."""
    with opened(postgres, patience=0.2) as index, index.writing() as first:
        index.lock(first, "a")
        index.lock(first, "b", shared=True)
        with index.writing() as second:
            index.lock(second, "c")
            index.lock(second, "b", shared=True)
        for name in "ab":
            with pytest.raises(RepositoryProblem) as caught, index.writing() as third:
                index.lock(third, name)
            assert "bezet" in says(caught.value)


def test_renewing_waits_for_who_reads(postgres: str) -> None:
    """And who comes to read meanwhile waits for the renewal, then sees the new tables."""
    seen: list[Opening] = []
    with opened(postgres) as index:
        with index.reading() as session:
            renewer = threading.Thread(target=lambda: seen.append(_renewed(postgres)))
            renewer.start()
            renewer.join(0.5)
            assert renewer.is_alive()
            assert count(session) == 0
        renewer.join(20)
    assert seen == [Opening.RENEWED]


def _renewed(place: str) -> Opening:
    with opened(place, "2") as index:
        return index.opening
