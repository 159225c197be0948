"""The program as people meet it: one command line in; an exit code and what stands on the screen out.

A register that has begun is made once in each test process and copied after that.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from beleidsbeheer.cli.main import main
from beleidsbeheer.storage.keys import key_folder, make_key, public_path, read_public_key

TODAY = date(2026, 11, 23)
POLICY = "privacyreglement"
WORKING = f"reglement/{POLICY}/reglement.md"
BEGIN = ("--organisatie", "De Proefschool", "--sector", "po", "--orgaan", "MR")
UNLOCKED = "--zonder-wachtwoord"
MADE_BY_BEGIN = {
    ".gitattributes",
    "approvals/README.md",
    "approvals/namen.toml",
    "beleid.toml",
}

Capture = pytest.CaptureFixture[str]


@dataclass(frozen=True)
class Answer:
    """What one command came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Screen:
    """Somebody at a terminal: ``folder`` is where ``-C`` points, ``today`` the day it is."""

    capture: Capture
    folder: Path
    today: date = TODAY

    def run(self, *arguments: str | Path) -> Answer:
        """One command line; its exit code and what it printed."""
        self.capture.readouterr()
        line = ["-C", str(self.folder), *map(str, arguments)]
        code = main(line, today=self.today)
        printed = self.capture.readouterr()
        return Answer(code, printed.out, printed.err)

    def fine(self, *arguments: str | Path) -> str:
        """What a command prints that must succeed."""
        answer = self.run(*arguments)
        assert answer.code == 0, answer.out + answer.err
        return answer.out

    def refused(self, *arguments: str | Path, code: int = 1) -> str:
        """What is said about a command that must stop with this code, and must leave all as it was."""
        before = self.everything()
        answer = self.run(*arguments)
        assert answer.code == code, answer.out + answer.err
        assert answer.err.startswith("Fout: ")
        assert self.everything() == before
        return answer.err

    def register(self, version: str, *more: str | Path, policy: str = POLICY) -> str:
        return self.fine(
            "registreer", policy, version, "--omschrijving", f"Versie {version}", *more
        )

    def verify(self) -> Any:
        """The verification as JSON."""
        return self.run("verifieer", "--json").json

    # --- the folder ------------------------------------------------------------------------------------

    def write(self, text: str | bytes, path: str = WORKING) -> None:
        """Put ``text`` in a file of the register."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode() if isinstance(text, str) else text)

    def edit(self, addition: str = "\nNog een zin.\n", policy: str = POLICY) -> None:
        """Change the working text."""
        path = self.folder / f"reglement/{policy}/reglement.md"
        path.write_bytes(path.read_bytes() + addition.encode())

    def find(self, pattern: str) -> Path:
        """The one file that fits."""
        (found,) = self.folder.glob(pattern)
        return found

    def files(self) -> dict[str, bytes]:
        """Every file outside ``.git``."""
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and ".git" not in path.relative_to(self.folder).parts
        }

    def everything(self) -> tuple[Mapping[str, bytes], str]:
        """All files, which ones differ from the last commit, and that commit."""
        if not (self.folder / ".git").exists():
            return (self.files() if self.folder.is_dir() else {}), ""
        changed = [line[3:] for line in self.git("status", "--porcelain").splitlines()]
        return self.files(), " ".join([*changed, self.git("rev-parse", "HEAD")])

    def git(self, *arguments: str) -> str:
        """Stock git, as Test."""
        return git(self.folder, *arguments)

    def last_commit(self) -> set[str]:
        """The paths in the last commit."""
        return set(self.git("show", "--pretty=format:", "--name-only", "HEAD").split())

    def commits(self) -> int:
        return int(self.git("rev-list", "--count", "HEAD"))

    def record(self, message: str = "Met de hand") -> None:
        """Commit everything there is, by hand."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "-m", message)

    # --- other places, other days, other people ----------------------------------------------------------

    def at(self, folder: Path) -> Screen:
        return replace(self, folder=folder)

    def on(self, day: str) -> Screen:
        return replace(self, today=date.fromisoformat(day))

    def clone(self, name: str, *options: str) -> Screen:
        """A clone beside this one, made through the file protocol as between two machines."""
        there = self.folder.parent / name
        git(self.folder.parent, "clone", "--quiet", *options, self.folder.as_uri(), str(there))
        return self.at(there)


def git(folder: Path, *arguments: str) -> str:
    """What stock git prints, working as Test in ``folder``."""
    person = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
    done = subprocess.run(
        ["git", "-C", folder, *person, *arguments], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


# --- registers to start from ---------------------------------------------------------------------------


def begun(capture: Capture, tmp_path: Path) -> Screen:
    """A register in which nothing happened after ``begin`` and ``nieuw``; its keys have no passphrase."""
    return copied(capture, tmp_path, lambda _screen: None)


def registered(capture: Capture, tmp_path: Path) -> Screen:
    """The same with version 0.1 registered."""
    return copied(capture, tmp_path, _register_first)


def begin_anew(screen: Screen) -> None:
    """Begin a register on this spot, with a policy."""
    screen.at(screen.folder.parent).fine("begin", screen.folder.name, *BEGIN, UNLOCKED)
    screen.fine("nieuw", POLICY, "--titel", "Privacyreglement")


def _register_first(screen: Screen) -> None:
    screen.register("0.1")


@dataclass(frozen=True)
class _Template:
    """A register and its keys as bytes: {path: (mode, bytes)} of both folders."""

    register: Mapping[str, tuple[int, bytes]]
    keys: Mapping[str, tuple[int, bytes]]


_templates: dict[Callable[[Screen], None], _Template] = {}


def copied(capture: Capture, tmp_path: Path, stage: Callable[[Screen], None]) -> Screen:
    """A register to which this happened after begin; it happens once, the rest are copies."""
    screen = Screen(capture, tmp_path / "school")
    if stage not in _templates:
        begin_anew(screen)
        stage(screen)
        _templates[stage] = _Template(_packed(screen.folder), _packed(key_folder()))
        shutil.rmtree(screen.folder)
        shutil.rmtree(key_folder())
    _unpack(_templates[stage].register, screen.folder)
    _unpack(_templates[stage].keys, key_folder())
    return screen


def _packed(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path.relative_to(folder)): (path.stat().st_mode & 0o777, path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file() and "hooks" not in path.parts
    }


def _unpack(packed: Mapping[str, tuple[int, bytes]], folder: Path) -> None:
    for name, (mode, content) in packed.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        target.chmod(mode)


# --- people ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Hand:
    """Somebody's own key, outside the folder where the program looks."""

    person: str
    key: Path

    @property
    def public(self) -> Path:
        return public_path(self.key)

    @property
    def signs(self) -> tuple[str, Path]:
        return ("--sleutel", self.key)

    @property
    def fingerprint(self) -> str:
        return read_public_key(self.public).fingerprint


def hand(tmp_path: Path, person: str) -> Hand:
    """A new key without a passphrase for this person."""
    path = tmp_path / "sleutels" / person
    make_key(path, b"", person)
    return Hand(person, path)
