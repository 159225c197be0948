"""Help, mistakes on the command line, and what happens when the program itself goes wrong."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from beleidsbeheer.cli.main import main
from desk import POLICY, Capture, Screen, begun, registered

_DOCS = Path(__file__).parent.parent / "docs"
_RUN = "from beleidsbeheer.cli.main import run; run()"
_ENGLISH = re.compile(
    r"\b(Usage|Options|Commands|Show|message and exit|required|default|Error|Invalid|Missing|"
    r"TEXT|PATH|FILE|INTEGER|FILENAME|DIRECTORY|BOOLEAN|RANGE|Try)\b"
)


def _script() -> ModuleType:
    """The script that walks over all commands for docs/opdrachten.md."""
    spec = importlib.util.spec_from_file_location("maak_opdrachten", _DOCS / "maak_opdrachten.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_LINES = [line for line, _ in _script().every_command()]


@pytest.fixture
def desk(capsys: Capture, tmp_path: Path) -> Screen:
    return Screen(capsys, tmp_path)


# --- help -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", _LINES)
def test_every_command_explains_itself_in_dutch(desk: Screen, line: str) -> None:
    """Help in Dutch, with an example that starts with the command itself."""
    told = desk.fine(*line.split()[1:], "--help")
    assert told == desk.fine(*line.split()[1:], "-h")
    assert not _ENGLISH.findall(told)
    assert told.startswith("Gebruik: beleid")
    assert "Voorbeeld" in told
    assert "Opties:" in told
    assert f"    {line}" in told or line == "beleid"


def test_no_command_shows_help(capsys: Capture) -> None:
    assert main([]) == 2
    printed = capsys.readouterr()
    assert "Opdrachten:" in printed.err
    assert printed.out == ""


def test_group_without_a_command_shows_help(desk: Screen) -> None:
    answer = desk.run("rooster")
    assert answer.code == 2
    assert "voorstel" in answer.err


def test_version_of_the_program(desk: Screen) -> None:
    assert re.fullmatch(r"beleidsbeheer \d+\.\d+\.\d+\n", desk.fine("--versie"))


def test_page_of_commands_is_up_to_date() -> None:
    """docs/opdrachten.md is the program's own help; python docs/maak_opdrachten.py renews it."""
    assert (_DOCS / "opdrachten.md").read_text(encoding="utf-8") == _script().page()


def test_examples_use_options_that_exist() -> None:
    """Every option in an example is one of the command that the example calls."""
    commands = {line: context.command for line, context in _script().every_command()}
    examples = [
        example.strip()
        for command in commands.values()
        for example in re.findall(r"^ *(beleid .*)$", command.help or "", re.MULTILINE)
    ]
    assert len(examples) >= len(commands)
    for example in examples:
        called = max((line for line in commands if f"{example} ".startswith(f"{line} ")), key=len)
        known = {name for param in commands[called].params for name in param.opts}
        assert set(re.findall(r"(?<!\S)--[a-z-]+", example)) <= known, example


# --- mistakes on the command line -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (["registree"], "De opdracht registree bestaat niet. Bedoelt u registreer?"),
        (["xyz"], "De opdracht xyz bestaat niet."),
        (["rooster", "vorstel"], "De opdracht vorstel bestaat niet. Bedoelt u voorstel?"),
        (["verifieer", "--jsn"], "De optie --jsn bestaat hier niet. Bedoelt u --json?"),
        (["verifieer", "--xyz"], "De optie --xyz bestaat hier niet."),
        (["verifieer", "-x"], "De optie -x bestaat hier niet."),
        (["registreer"], "BELEID ontbreekt."),
        (["registreer", "a"], "VERSIE ontbreekt."),
        (["registreer", "a", "0.1"], "--omschrijving ontbreekt."),
        (["status", "a", "b"], "Er staat te veel op de regel."),
        (["verifieer", "--wortel"], "Een optie mist haar waarde."),
        (["verifieer", "--json=ja"], "Een optie krijgt een waarde die zij niet heeft."),
        (["versietabel", "a", "--vorm", "pdf"], "kies uit tekst, markdown, html, csv, json."),
        (["rooster", "voorstel", "--rol", "baas"], "kies uit beheerder, secretaris, bestuur"),
        (["rooster", "voorstel", "--drempel", "0"], "dat getal is te groot of te klein."),
        (["rooster", "voorstel", "--drempel", "x"], "dat is geen heel getal."),
        (["rooster", "voorstel", "--tot", "32-13-2026"], "32-13-2026 is geen datum; schrijf"),
        (["rooster", "voorstel", "--tot", "2026-1-1"], "2026-1-1 is geen datum; schrijf"),
        (["neem-over", "a", "--uit", "weg.toml"], "dat bestand of die map bestaat niet."),
        (["neem-over", "a", "--uit", "."], "dat is een map."),
        (["sleutel", "maak", "--wachtwoord-bestand", "weg"], "dat bestand of die map bestaat niet"),
    ],
)
def test_mistake_is_told_in_dutch(desk: Screen, line: list[str], words: str) -> None:
    """What is wrong, what to do, exit code 2, and nothing on stdout."""
    answer = desk.run(*line)
    assert answer.code == 2
    assert answer.out == ""
    first, second = answer.err.splitlines()
    assert first.startswith("Fout: ")
    assert words in first
    assert second.startswith("Tip: ")
    assert not _ENGLISH.findall(answer.err)


@pytest.mark.parametrize("written", ["31-12-2026", "2026-12-31"])
def test_two_ways_to_write_a_date(capsys: Capture, tmp_path: Path, written: str) -> None:
    school = begun(capsys, tmp_path)
    school.fine("rooster", "voorstel", "--persoon", "secretaris", "--tot", written)
    assert "t/m 31-12-2026" in school.fine("rooster", "toon")


def test_options_may_come_last(capsys: Capture, tmp_path: Path) -> None:
    school = registered(capsys, tmp_path)
    school.fine("versietabel", POLICY, "--vorm", "csv")
    school.fine("versietabel", "--vorm", "csv", POLICY)


# --- when the program itself goes wrong ---------------------------------------------------------------------


@pytest.fixture
def log_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "logs"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def raising(error: BaseException) -> Callable[..., None]:
    def fail(*_arguments: object, **_options: object) -> None:
        raise error

    return fail


def test_bug_gives_a_log_and_no_traceback(
    desk: Screen, log_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 70; the traceback is in a file to send, not on the screen."""
    monkeypatch.setattr("beleidsbeheer.cli.status.examine", raising(ZeroDivisionError("oei")))
    answer = desk.run("status")
    assert answer.code == 70
    assert "Traceback" not in answer.out + answer.err
    assert "Er ging iets mis in beleid zelf (ZeroDivisionError). Dat ligt niet aan u." in answer.err
    (log,) = log_folder.glob("beleid-fout-*.txt")
    assert str(log) in answer.err
    assert "ZeroDivisionError: oei" in log.read_text()


def test_log_of_a_bug_holds_no_passphrase(
    desk: Screen, tmp_path: Path, log_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log may be mailed around, so it shows calls, never values."""
    (tmp_path / "w.txt").write_text("heel geheim wachtwoord")
    monkeypatch.setattr("beleidsbeheer.storage.keys._write_new", raising(ZeroDivisionError()))
    assert desk.run("sleutel", "maak", "--wachtwoord-bestand", tmp_path / "w.txt").code == 70
    (log,) = log_folder.glob("beleid-fout-*.txt")
    assert "geheim" not in log.read_text()


def test_bug_without_room_for_a_log(
    desk: Screen, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Even when the log cannot be written there is a sentence and no traceback."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nergens"))
    monkeypatch.setattr("beleidsbeheer.cli.status.examine", raising(ZeroDivisionError()))
    answer = desk.run("status")
    assert answer.code == 70
    assert "Dat ligt niet aan u." in answer.err


@pytest.mark.parametrize("error", [KeyboardInterrupt(), EOFError()])
def test_interrupted(desk: Screen, monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    monkeypatch.setattr("beleidsbeheer.cli.status.examine", raising(error))
    answer = desk.run("status")
    assert answer.code == 130
    assert answer.err.strip().startswith("Fout: Afgebroken.")


def test_interrupted_while_writing(capsys: Capture, tmp_path: Path) -> None:
    """Ctrl-C between the files and the commit leaves nothing behind."""
    school = begun(capsys, tmp_path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("beleidsbeheer.storage.repository.commit", raising(KeyboardInterrupt()))
        line = ("registreer", POLICY, "0.1", "--omschrijving", "x")
        before = school.everything()
        assert school.run(*line).code == 130
        assert school.everything() == before
    school.register("0.1")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes")
def test_closed_pipe_is_no_error(capsys: Capture, tmp_path: Path) -> None:
    """``beleid verifieer | head -1`` says nothing on stderr."""
    school = registered(capsys, tmp_path)
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-c", _RUN, "-C", str(school.folder), "verifieer"]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert done.stderr == b""
    assert done.returncode in {0, 1}


def test_terminal_that_knows_no_dutch_letters(capsys: Capture, tmp_path: Path) -> None:
    """An old console in ASCII gets question marks, not a crash."""
    school = registered(capsys, tmp_path)
    command = [sys.executable, "-c", _RUN, "-C", str(school.folder), "versietabel", POLICY]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert done.returncode == 0
    assert b"0.1" in done.stdout


# --- start-up --------------------------------------------------------------------------------------------------

_SQL = ("sqlmodel", "sqlalchemy", "sqlite3", "psycopg")
_HEAVY = (*_SQL, "git", "markdown_it", "weasyprint")


@pytest.mark.parametrize(
    ("line", "more"),
    [(["--help"], ("cryptography", "rich", "filelock", "tomlkit")), (["versietabel", POLICY], ())],
)
def test_what_is_not_needed_is_not_loaded(
    capsys: Capture, tmp_path: Path, line: list[str], more: tuple[str, ...]
) -> None:
    """Start-up time is a promise, so nobody pays for what another command needs."""
    school = registered(capsys, tmp_path)
    code = (
        "import sys\nfrom beleidsbeheer.cli.main import main\n"
        "code = main(sys.argv[1:])\nprint(*sorted(sys.modules), file=sys.stderr)\nsys.exit(code)"
    )
    command = [sys.executable, "-c", code, "-C", str(school.folder), *line]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    loaded = set(done.stderr.split())
    assert not loaded & {*_HEAVY, *more}


def test_no_sql_without_an_index(capsys: Capture, tmp_path: Path) -> None:
    """What reads a register reads its files, whatever command it is."""
    school = registered(capsys, tmp_path)
    code = (
        "import sys\nimport beleidsbeheer.cli.main as cli\nfrom beleidsbeheer.storage import index\n"
        "code = cli.main(sys.argv[1:])\nprint(*sys.modules, file=sys.stderr)\nsys.exit(code)"
    )
    command = [sys.executable, "-c", code, "-C", str(school.folder), "status"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert not set(done.stderr.split()) & set(_SQL)


def test_main_gives_a_number_for_anything(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Whatever is typed, there is an exit code and no exception."""
    monkeypatch.chdir(tmp_path)
    for line in ([""], ["--"], ["\0"], ["-C"], ["status", "\udcff"], ["-C", "", "status"]):
        assert main(line) in {1, 2, 3}
        capsys.readouterr()
