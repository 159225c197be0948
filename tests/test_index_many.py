"""Many at the same time, and one that is killed: the index holds what it held, or all of what is new."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from acts import Way, text
from beleidsbeheer.actions.indexing.compare import compare
from beleidsbeheer.actions.indexing.freshen import freshen
from indexes import close_all, expected, fresh, index_at, on_disk, told
from simulator import TODAY, Simulator

# a process of its own that freshens; argv: the address, the day, the registers
FRESHEN = """
import sys
from datetime import date
from pathlib import Path
from beleidsbeheer.actions.indexing.freshen import freshen
from beleidsbeheer.storage.index.address import parse_address
from beleidsbeheer.storage.index.index import open_index
{before}
with open_index(parse_address(sys.argv[1], Path()), create=True) as index:
    freshen(index, [Path(each) for each in sys.argv[3:]], date.fromisoformat(sys.argv[2]))
"""
DIE = """
import os, signal
from beleidsbeheer.storage.index import writing
whole = writing.{where}
def dying(*given, **named):
    whole(*given, **named)
    os.kill(os.getpid(), signal.SIGKILL)
writing.{where} = dying
"""


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    close_all()


def _process(address: str, registers: list[Path], before: str = "") -> subprocess.Popen[bytes]:
    script = FRESHEN.format(before=before)
    places = [str(each) for each in registers]
    return subprocess.Popen(
        [sys.executable, "-c", script, address, TODAY.isoformat(), *places],
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent)},
    )


def _all_done(busy: list[subprocess.Popen[bytes]]) -> None:
    for each in busy:
        _, said = each.communicate(timeout=120)
        assert each.returncode == 0, said.decode()


def _schools(folder: Path, count: int) -> list[Path]:
    """Registers that share one text, and have one of their own."""
    roots = []
    for number in range(count):
        school = Simulator.begun()
        school.register("0.1", text("Van allemaal."))
        school.register("0.2", text(f"Van {number}."))
        roots.append(on_disk(folder / f"school-{number}", school.files))
    return roots


def test_four_at_once_make_the_same_index(database: str, tmp_path: Path) -> None:
    roots = _schools(tmp_path / "scholen", 6)
    for turn in range(2):  # the first makes the tables as well; the second finds changes
        _all_done([_process(database, roots if turn else roots[n:] + roots[:n]) for n in range(4)])
        index = index_at(database)
        assert told(index)[:2] == expected(roots)
        assert told(index) == told(fresh(str(tmp_path / f"alleen-{turn}.sqlite"), roots))
        assert compare(index, roots, TODAY) == []
        for number, root in enumerate(roots):
            school = Simulator.begun()
            school.register("0.1", text(f"Nieuw {number % 2}."))
            on_disk(root, school.files)


def test_one_takes_out_what_another_brings_in(database: str, tmp_path: Path) -> None:
    """While one register loses a text, three others keep bringing it back."""
    with_text, without = Simulator.begun(), Simulator.begun()
    with_text.register("0.1", text("Van allemaal."))
    without.register("0.1", text("Iets anders."))
    roots = [on_disk(tmp_path / f"school-{n}", with_text.files) for n in range(4)]
    index_at(database)
    for turn in range(3):
        for number, root in enumerate(roots):
            on_disk(root, (without if (turn + number) % 2 else with_text).files)
        _all_done([_process(database, [root]) for root in roots])
        assert told(index_at(database))[:2] == expected(roots)


@pytest.mark.parametrize("where", ["_write_texts", "_write_head", "_write_policies", "_collect"])
def test_a_killed_freshening_leaves_what_was_there(
    database: str, tmp_path: Path, where: str
) -> None:
    roots = _schools(tmp_path / "scholen", 2)
    index = fresh(database, roots)
    before = told(index)
    school = Way.ready()
    for root in roots:
        on_disk(root, school.files)
    with _process(database, roots, DIE.format(where=where)) as dying:
        _, said = dying.communicate(timeout=60)
    assert dying.returncode == -signal.SIGKILL, said.decode()
    assert told(index_at(database)) == before
    freshen(index, roots, TODAY)
    assert told(index)[:2] == expected(roots)
    assert compare(index, roots, TODAY) == []


def test_killed_at_any_moment_every_register_is_old_or_new(database: str, tmp_path: Path) -> None:
    roots = _schools(tmp_path / "scholen", 5)
    fresh(database, roots)
    old = expected(roots)[0]
    for number, root in enumerate(roots):
        school = Simulator.begun()
        school.register("0.1", text(f"Nieuw {number}."))
        on_disk(root, school.files)
    new = expected(roots)[0]
    for wait in (0.6, 1.0, 1.3, 1.6):
        with _process(database, roots) as dying:
            time.sleep(wait)
            dying.kill()
        now = told(index_at(database))[0]
        assert all(now[place] in (old[place], new[place]) for place in now)
        assert now.keys() == old.keys()
    freshen(index_at(database), roots, TODAY)
    assert told(index_at(database))[0] == new
