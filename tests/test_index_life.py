"""A person at the keyboard: ``beleid index``, ``zoek`` and ``overzicht`` on real registers, and what goes wrong."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from acts import Way, text
from conftest import Git
from desk import Capture, Screen
from indexes import on_disk
from postgres import changed
from simulator import TODAY


@pytest.fixture
def school() -> Way:
    school = Way.ready()
    school.submit("0.1")
    school.everyone("0.1")
    school.adopt("0.1", "2026-02-01")
    school.day = "2026-03-01"
    school.register("0.2", text("Twee. Zie artikel 33 AVG en de klachtenregeling."))
    school.submit("0.2")
    return school


@pytest.fixture
def desk(capsys: Capture, tmp_path: Path, school: Way, monkeypatch: pytest.MonkeyPatch) -> Screen:
    """Somebody who stands in a register."""
    monkeypatch.delenv("BELEID_DATABASE", raising=False)
    return Screen(capsys, on_disk(tmp_path / "school", school.files), today=TODAY)


def test_searching_makes_the_index_that_git_never_sees(desk: Screen, git: Git) -> None:
    git("init", "-q", cwd=desk.folder)
    git("add", "-A", ".", cwd=desk.folder)
    git("commit", "-q", "-m", "alles", cwd=desk.folder)
    answer = desk.run("zoek", "een")
    assert answer.code == 2  # "een" says too little
    answer = desk.run("zoek", "doel")
    assert answer.code == 0
    assert "Artikel 1. Doel" in answer.out
    assert "versies/0.1.md:8" in answer.out
    assert (desk.folder / ".beleid-index" / "index.sqlite").is_file()
    assert git("status", "--porcelain", cwd=desk.folder) == ""


def test_searching_sees_what_changed_since(desk: Screen, school: Way) -> None:
    assert desk.run("zoek", "giraf", "--alle-versies").code == 1
    school.register("0.3", text("Een giraf."))
    on_disk(desk.folder, school.files)
    answer = desk.run("zoek", "giraf", "--alle-versies")
    assert answer.code == 0
    assert "versie 0.3 (concept)" in answer.out


def test_searching_sees_what_changed_in_the_others_of_this_index(desk: Screen, school: Way) -> None:
    other = on_disk(desk.folder.parent / "zuid", school.files)
    desk.fine("index", "--register", str(desk.folder), "--register", str(other))
    school.register("0.3", text("Een giraf."))
    on_disk(other, school.files)
    answer = desk.run("zoek", "giraf", "--alle-versies")
    assert answer.code == 0
    assert str(other) in answer.out


def test_a_register_that_was_moved_is_not_there_twice(desk: Screen) -> None:
    desk.fine("index")
    moved = replace(desk, folder=desk.folder.rename(desk.folder.parent / "verhuisd"))
    found = moved.run("zoek", "doel", "--json").json
    assert [each["map"] for hit in found["treffers"] for each in hit["plaatsen"]] == [str(moved.folder)]  # fmt: skip
    overview = moved.run("overzicht")
    assert overview.code == 1
    assert f"beleid index --vergeet {desk.folder}" in " ".join(overview.out.split())


def test_what_was_thrown_away_comes_back_the_same(desk: Screen) -> None:
    desk.fine("index")
    before = desk.run("overzicht", "--json").json
    folder = desk.folder / ".beleid-index"
    for each in folder.iterdir():
        each.unlink()
    folder.rmdir()
    assert desk.run("overzicht", "--json").json == before


def test_a_damaged_index_of_our_own_is_thrown_away_and_that_is_said(desk: Screen) -> None:
    desk.fine("index")
    for each in (desk.folder / ".beleid-index").glob("index.sqlite*"):
        each.write_bytes(b"geen database" * 500)
    answer = desk.run("index")
    assert answer.code == 0
    assert "beschadigd" in answer.err
    assert "Artikel 1. Doel" in desk.fine("zoek", "doel")


def test_comparing_on_the_command_line(desk: Screen, school: Way) -> None:
    desk.fine("index")
    assert "De index zegt hetzelfde als 1 register." in desk.fine("index", "--controleer")
    school.register("0.3", text("Drie."))
    on_disk(desk.folder, school.files)
    answer = desk.run("index", "--controleer")
    assert answer.code == 1
    assert "privacyreglement: de versies: de index zegt iets anders dan het register" in answer.out
    assert "Bijwerken: beleid index" in answer.err


def test_a_register_that_does_not_hold_is_told_everywhere(desk: Screen, school: Way) -> None:
    broken = dict(school.files)
    path = next(each for each in broken if "/vaststelling-" in each and each.endswith(".json"))
    broken[path] = broken[path].replace(b"2026-02-01", b"2026-02-02")
    on_disk(desk.folder, broken)
    answer = desk.run("index")
    assert answer.code == 1
    assert f"{desk.folder}: klopt niet. Kijk met: beleid -C" in answer.err
    found = desk.run("zoek", "doel")
    assert found.code == 1
    assert "niet te bepalen: privacyreglement" in found.err
    overview = desk.run("overzicht")
    assert overview.code == 1
    assert "kloppen niet" in overview.out or "klopt niet" in overview.out


def test_who_refers_is_shown_with_the_words_that_refer(desk: Screen) -> None:
    answer = desk.run("zoek", "--verwijst-naar", "klachtenregeling", "--alle-versies", "--json")
    (hit,) = answer.json["treffers"]
    assert [each["tekst"] for each in hit["fragment"] if each["treffer"]] == ["klachtenregeling"]
    (place,) = hit["plaatsen"]
    assert (place["sleutel"], place["versie"]) == ("1.1", "0.2")


def test_many_registers_in_one_database(
    database: str,
    desk: Screen,
    school: Way,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tmp_path = desk.folder.parent
    roots = [on_disk(tmp_path / name, school.files) for name in ("noord", "zuid")]
    desk = replace(desk, folder=tmp_path)
    asked = [part for root in roots for part in ("--register", str(root))]
    first = desk.fine("index", *asked, "--database", database)
    assert "2 registers gelezen, met 2 teksten" in first
    monkeypatch.setenv("BELEID_DATABASE", database)
    assert "0 registers gelezen" in desk.fine("index")  # all that it knows
    answer = desk.run("zoek", "--verwijst-naar", "AVG 33", "--alle-versies")
    assert answer.code == 0
    assert "Dezelfde tekst staat in 1 ander reglement: De Proefschool." in answer.out
    one = desk.run("zoek", "doel", "--register", "zuid", "--json").json
    assert [each["map"] for hit in one["treffers"] for each in hit["plaatsen"]] == [str(roots[1])]
    assert desk.run("zoek", "doel", "--register", "oost").code == 2
    assert [each["map"] for each in desk.run("overzicht", "--json").json["registers"]] == list(map(str, roots))  # fmt: skip
    later = replace(desk, today=TODAY.replace(year=2027))
    assert "zijn het laatst bekeken op" in later.run("overzicht").err
    desk.fine("index", "--vergeet", str(roots[0]))
    assert desk.run("index", "--vergeet", str(roots[0])).code == 2
    assert len(desk.run("overzicht", "--json").json["registers"]) == 1


# --- what goes wrong -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (("index", "--database", "mysql://a:geheim@b/c"), "kan niet worden gebruikt"),
        (("index", "--database", "niets"), "kan niet worden gebruikt"),
        (("zoek", "x", "--database", "er-is-geen.sqlite"), "nog geen index"),
        (("overzicht", "--database", "er-is-geen.sqlite"), "nog geen index"),
        (("index", "--controleer"), "nog geen index"),
        (("index", "--register", "nergens"), "is geen register"),
        (("index", "--controleer", "--opnieuw"), "niet meer dan één"),
        (("index", "--vergeet", "x", "--database", "er-is-geen.sqlite"), "nog geen index"),
        (("zoek", '"klacht'), "aanhalingsteken"),
        (("zoek", "x", "--register"), "mist haar waarde"),
        (("zoek", "x", "-C", "ergens"), "-C"),
        (("zoek", "OF"), "OF staat niet tussen twee woorden"),
        (("zoek", "kl*cht"), "een * kan alleen"),
        (("zoek", "-foto"), "alleen wat er niet in mag staan"),
        (("zoek", "--verwijst-naar", "AVG blabla"), "geen artikel"),
        (("zoek", "--verwijst-naar", "artikel 3 AVG en artikel 4 WMS"), "meer dan één plaats"),
    ],
)
def test_mistakes_are_told_with_what_to_do(desk: Screen, line: tuple[str, ...], words: str) -> None:
    answer = desk.run(*line)
    assert answer.code in (2, 3)
    assert words.lower() in answer.err.lower()
    assert "Tip: " in answer.err
    assert "geheim" not in answer.err
    assert "Traceback" not in answer.err


@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE register SET condition = 'onzin'",
        "UPDATE version SET stand = 'onzin'",
        "UPDATE period SET start = 'onzin'",
        "UPDATE fragment SET pieces = '{'",
    ],
)
def test_what_no_program_wrote_is_damage(desk: Screen, tmp_path: Path, spoil: str) -> None:
    file = tmp_path / "alles.sqlite"
    desk.fine("index", "--database", str(file))
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(spoil)
    answer = desk.run("index", "--controleer", "--database", str(file))
    assert answer.code == 3
    assert "De index is beschadigd" in answer.err
    assert "Haal dat bestand weg" in answer.err


def test_a_file_of_somebody_else_is_left_alone(desk: Screen, tmp_path: Path) -> None:
    other = tmp_path / "foto.db"
    other.write_bytes(b"SQLite format 3\0" + b"\1" * 2000)
    before = other.read_bytes()
    answer = desk.run("index", "--database", str(other))
    assert answer.code == 3
    assert other.read_bytes() == before


def test_a_server_that_says_no(desk: Screen, postgres: str) -> None:
    for wrong in (
        {"password": "fout"},
        {"database": "bestaat_niet"},
        {"host": "127.0.0.1", "port": 1},
    ):
        answer = desk.run("index", "--database", changed(postgres, **wrong))
        assert answer.code == 3, answer.err
        assert "Tip: " in answer.err
        assert "Traceback" not in answer.err


def test_an_index_on_a_full_disk_keeps_what_it_had(desk: Screen, school: Way) -> None:
    """The file may not grow any more: SQLite says that the disk is full (SQLITE_FULL), and nothing is lost."""
    desk.fine("index")
    file = desk.folder / ".beleid-index" / "index.sqlite"
    before = desk.fine("zoek", "doel")
    for number in range(3, 40):
        school.register(f"0.{number}", text(f"Woord{number} " * 2000))
    on_disk(desk.folder, school.files)
    limited = (
        "import resource, sys; from beleidsbeheer.cli.main import main; from datetime import date;"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({file.stat().st_size + 40_000},) * 2);"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        f"sys.exit(main(['-C', {str(desk.folder)!r}, 'index'], date.fromisoformat('{TODAY}')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", limited], capture_output=True, text=True, check=False
    )
    assert done.returncode == 3, done.stderr
    assert "Fout: De schijf" in done.stderr
    assert "Traceback" not in done.stderr
    desk.fine("index")
    assert desk.fine("zoek", "doel") == before


@pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="only Linux has a disk that is always full"
)
def test_an_answer_that_does_not_fit_on_the_disk(desk: Screen) -> None:
    run = "from beleidsbeheer.cli.main import run; run()"
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-c", run, "-C", str(desk.folder), "overzicht"],
            check=False,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert done.returncode == 3
    assert done.stderr.startswith("Fout: De schijf is vol.")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only Unix has such files")
def test_what_is_no_plain_file_is_not_replaced(desk: Screen, tmp_path: Path) -> None:
    pipe = tmp_path / "pijp"
    os.mkfifo(pipe)
    answer = desk.run("overzicht", "--uit", str(pipe))
    assert answer.code == 2
    assert "geen gewoon bestand" in answer.err
    assert pipe.is_fifo()
