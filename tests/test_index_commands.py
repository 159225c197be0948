"""``beleid zoek`` and ``beleid overzicht`` on the command line: what they ask of the index, and what they say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from answers import MANY, NOTHING, ONE
from beleidsbeheer.actions.searching import Question, Sources
from beleidsbeheer.cli.indexed import progress_on
from beleidsbeheer.domain.overview.facts import RegisterFacts
from beleidsbeheer.domain.search.answer import Answer
from desk import TODAY as DESK_DAY
from desk import Capture, Screen
from overviews import HOSTILE, REGISTERS, TODAY, judged


@dataclass
class Index:
    """Stands in for the index: what it answers, and what it was asked."""

    answer: Answer = ONE
    registers: Mapping[str, RegisterFacts] = field(default_factory=lambda: REGISTERS)
    notices: tuple[str, ...] = ()
    asked: list[tuple[Any, ...]] = field(default_factory=list)

    def find(self, *asked: Any) -> Answer:
        self.asked.append(asked[:-1])
        return self.answer

    def survey(self, *asked: Any) -> Any:
        self.asked.append(asked[:-1])
        for number in range(3):
            asked[-1](f"scholen/\x1b[2J{number}", number, 3)
        return SimpleNamespace(registers=self.registers, notices=self.notices)


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch) -> Index:
    made = Index()
    monkeypatch.setattr("beleidsbeheer.actions.searching.find", made.find)
    monkeypatch.setattr("beleidsbeheer.actions.searching.survey", made.survey)
    monkeypatch.delenv("BELEID_DATABASE", raising=False)
    return made


@pytest.fixture
def desk(capsys: Capture, tmp_path: Path) -> Screen:
    return Screen(capsys, tmp_path, today=TODAY)


# --- zoek --------------------------------------------------------------------------------------------


def test_what_is_asked_of_the_index(index: Index, desk: Screen) -> None:
    desk.fine("zoek", "bevoegd", "gezag")
    desk.fine("zoek", '"bevoegd gezag" klacht*', "--op", "01-09-2025", "--hoogstens", "50")
    desk.fine(
        "zoek",
        "a",
        "--alle-versies",
        "--register",
        "x",
        "--register",
        "y/z",
        "--database",
        "sqlite:///d",
    )
    desk.fine("zoek", "--verwijst-naar", "AVG 33")
    start = desk.folder
    day = TODAY.replace(year=2025, month=9, day=1)
    assert index.asked == [
        (start, Sources(), Question("bevoegd gezag", "", TODAY, 10), TODAY),
        (start, Sources(), Question('"bevoegd gezag" klacht*', "", day, 50), TODAY),
        (
            start,
            Sources("sqlite:///d", (Path("x"), Path("y/z"))),
            Question("a", "", None, 10),
            TODAY,
        ),
        (start, Sources(), Question("", "AVG 33", TODAY, 10), TODAY),
    ]


def test_database_from_the_environment(
    index: Index, desk: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that a password need not be on a command line."""
    monkeypatch.setenv("BELEID_DATABASE", "postgresql+psycopg://a:geheim@b/c")
    desk.fine("zoek", "x")
    assert index.asked[0][1].database == "postgresql+psycopg://a:geheim@b/c"
    assert "geheim" not in desk.fine("zoek", "--help")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (("klacht", "-foto"), "klacht -foto"),
        (("-foto", "klacht", "--hoogstens", "5"), "klacht -foto"),
        (("klacht", "-hond"), "klacht -hond"),
        (("klacht", "--", "-foto", "--op"), "klacht -foto --op"),
    ],
)
def test_a_word_that_may_not_be_there_is_no_option(
    index: Index, desk: Screen, line: tuple[str, ...], words: str
) -> None:
    desk.fine("zoek", *line)
    assert index.asked[0][2].words == words


def test_a_wrong_option_is_still_wrong(index: Index, desk: Screen) -> None:
    answer = desk.run("zoek", "klacht", "--hoogsten", "5")
    assert answer.code == 2
    assert "--hoogstens" in answer.err
    assert index.asked == []


@pytest.mark.parametrize("line", [(), ("  ",), ("--verwijst-naar", " ")])
def test_nothing_to_search_for(index: Index, desk: Screen, line: tuple[str, ...]) -> None:
    answer = desk.run("zoek", *line)
    assert answer.code == 2
    assert answer.err.startswith(
        "Fout: Er staat niet bij wat u zoekt.\nTip: Bijvoorbeeld: beleid zoek"
    )
    assert index.asked == []


def test_a_day_and_every_version_exclude_each_other(index: Index, desk: Screen) -> None:
    answer = desk.run("zoek", "x", "--op", "01-09-2025", "--alle-versies")
    assert answer.code == 2
    assert "niet allebei" in answer.err


def test_hits_in_a_pipe(index: Index, desk: Screen) -> None:
    """The hits on stdout, without marks; what there is to know on stderr."""
    index.answer = MANY
    answer = desk.run("zoek", "toestemming", "van", "de", "ouders")
    assert answer.code == 0
    assert "\x1b" not in answer.out
    assert "0.3.md:214" in answer.out
    assert "Niet op gezocht" in answer.err
    assert "Let op: 3 registers in de index" in answer.err
    assert "Er is meer" in answer.err


def test_nothing_found(index: Index, desk: Screen) -> None:
    index.answer = NOTHING
    answer = desk.run("zoek", "klagten")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("Niets gevonden in wat op 26-11-2026 geldt.\nBedoelt u")


def test_hits_as_json(index: Index, desk: Screen) -> None:
    index.answer = MANY
    answer = desk.run("zoek", "toestemming", "--json")
    assert answer.json["schema"] == "beleidsbeheer.zoek/1"
    assert len(answer.json["treffers"]) == 2
    assert answer.err == ""
    index.answer = NOTHING
    assert desk.run("zoek", "toestemming", "--json").code == 1


# --- overzicht ---------------------------------------------------------------------------------------


def test_overview_on_the_screen(index: Index, desk: Screen) -> None:
    index.notices = ("2 registers zijn het laatst bekeken op 20-11-2026.",)
    answer = desk.run("overzicht", "--register", "x", "--database", "sqlite:///d")
    assert index.asked == [(desk.folder, Sources("sqlite:///d", (Path("x"),)), TODAY)]
    assert answer.code == 1
    assert answer.out.startswith("4 registers op 26-11-2026: 2 kloppen")
    assert answer.err == "Let op: 2 registers zijn het laatst bekeken op 20-11-2026.\n"


def test_exit_code_is_about_every_register(index: Index, desk: Screen) -> None:
    """Also when the one that does not hold is left out of the table."""
    index.registers = {"a": judged("De Wilg")}
    assert desk.run("overzicht").code == 0
    index.registers = REGISTERS
    assert desk.run("overzicht", "--verantwoordelijk", "directeur").code == 1


def test_office_and_days(index: Index, desk: Screen) -> None:
    answer = desk.run(
        "overzicht", "--verantwoordelijk", "Directeur", "--binnen", "700", "--vorm", "json"
    )
    assert (answer.json["verantwoordelijk"], answer.json["binnen"]) == ("Directeur", 700)
    assert answer.json["totalen"]["beleid"] == 2
    assert answer.json["totalen"]["herzieningen_binnen"] == 1
    assert desk.run("overzicht", "--binnen", "-1").code == 2
    assert desk.run("overzicht", "--json").json["schema"] == "beleidsbeheer.overzicht/1"
    assert desk.run("overzicht", "--json", "--vorm", "csv").code == 2


@pytest.mark.parametrize(
    ("name", "begin"),
    [
        ("o.html", "<!doctype html>"),
        ("o.csv", "Register,Map,Oordeel"),
        ("o.JSON", "{\n"),
        ("o.txt", "4 registers op"),
    ],
)
def test_form_of_a_file(index: Index, desk: Screen, name: str, begin: str) -> None:
    target = desk.folder / name
    answer = desk.run("overzicht", "--uit", target)
    assert (answer.code, answer.out) == (1, "")
    assert f"Geschreven: {target}" in answer.err
    assert target.read_bytes().decode().startswith(begin)
    wanted = desk.run("overzicht", "--vorm", "csv", "--uit", target)
    assert wanted.code == 1
    assert target.read_bytes().startswith(b"Register,")


def test_file_in_a_register_is_refused_before_anything_is_read(
    index: Index, running: Screen
) -> None:
    answer = running.run("overzicht", "--uit", running.folder / "beleid.toml")
    assert answer.code == 2
    assert index.asked == []
    assert running.today == DESK_DAY


@pytest.mark.parametrize("form", ["tekst", "html", "csv", "json"])
def test_hostile_register(index: Index, desk: Screen, form: str) -> None:
    index.registers = HOSTILE
    answer = desk.run("overzicht", "--vorm", form)
    assert answer.code == 1
    assert "\x1b" not in answer.out
    assert "\u202e" not in answer.out or form == "json"


def test_bar_is_for_a_terminal_only(
    index: Index, desk: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And no name of a folder can steer it; it is gone at the end."""
    assert desk.run("overzicht").err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with progress_on() as tell:
        tell("scholen/\x1b[2Jnoord", 1, 3)
        tell("x", 0, 1)
    told = desk.capture.readouterr().err
    assert "[######--------------] 1 van 3 registers: �[2Jnoord" in told
    assert told.count("\r") == 2
