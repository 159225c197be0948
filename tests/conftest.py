"""What every test gets: a home of its own, a git without anyone's settings, and an alarm on the real home."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from desk import Capture, Screen

# In CI the same examples each time, so that a change is judged by what it changed; elsewhere new ones.
settings.register_profile("ci", derandomize=True, database=None)
if os.environ.get("CI"):
    settings.load_profile("ci")

# helpers of more than one test file: their assertions tell as much as those in the tests
pytest.register_assert_rewrite("attacks", "entries", "folders", "gitlife")

_PROJECT = Path(__file__).resolve().parent.parent
_REAL_HOME = Path(os.path.expanduser("~")).resolve()  # noqa: PTH111 - Path.home follows HOME later on
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_TOUCHING = {"os.mkdir": (0,), "os.rename": (0, 1), "os.remove": (0,), "os.symlink": (1,)}
_written_in_home: list[str] = []
_excused: list[Path] = [_PROJECT, Path(sys.prefix), Path(sys.base_prefix)]


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    """Audit hook (PEP 578): note what this process writes below the real home folder."""
    if event == "open":
        if not (isinstance(arguments[2], int) and arguments[2] & _WRITING):
            return
        touched: tuple[object, ...] = (arguments[0],)
    elif event in _TOUCHING:
        touched = tuple(arguments[index] for index in _TOUCHING[event])
    else:
        return
    for path in touched:
        if isinstance(path, (str, bytes)):
            where = Path(os.path.abspath(os.fsdecode(path)))  # noqa: PTH100 - no disk access in a hook
            if where.is_relative_to(_REAL_HOME) and "__pycache__" not in where.parts:
                _written_in_home.append(str(where))


sys.addaudithook(_watch)


@pytest.fixture(autouse=True)
def own_home(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """An empty home folder and a git that knows no settings; fails a test that writes in the real home."""
    home = tmp_path_factory.mktemp("home")
    for name in [name for name in os.environ if name.startswith(("GIT_", "XDG_", "SSH_A"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    _written_in_home.clear()
    yield home
    excused = (*_excused, tmp_path_factory.getbasetemp().parent.resolve())
    strays = [one for one in _written_in_home if not any(map(Path(one).is_relative_to, excused))]
    assert not strays, f"this test wrote in the real home folder: {strays}"


Git = Callable[..., str]


@pytest.fixture
def git(tmp_path: Path) -> Git:
    """``git("commit", …, cwd=folder)``: stock git as a stranger would use it, not through our code.

    Gives what git prints. ``cwd`` is ``tmp_path`` unless given; ``fine`` holds the accepted exit codes.
    """
    person = {
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "Test"), ("EMAIL", "test@example.org"))
    }

    def run(*arguments: str, cwd: Path = tmp_path, fine: tuple[int, ...] = (0,)) -> str:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        clean |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"} | person
        done = subprocess.run(
            ["git", *arguments], cwd=cwd, env=clean, capture_output=True, check=False
        )
        assert done.returncode in fine, done.stderr.decode()
        return done.stdout.decode()

    return run


@pytest.fixture
def register(git: Git, tmp_path: Path) -> Path:
    """A register in a repository, of files that only git reads."""
    from gitlife import begin

    return begin(git, tmp_path / "school")


@pytest.fixture
def running(capsys: Capture, tmp_path: Path) -> Screen:
    """A register that began, with version 0.1 registered."""
    from desk import registered

    return registered(capsys, tmp_path)


@pytest.fixture
def postgres() -> Iterator[str]:
    """The address of an empty PostgreSQL database of this test alone."""
    from postgres import fresh_database

    with fresh_database() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        return str(tmp_path / "index.sqlite")
    return str(request.getfixturevalue("postgres"))
