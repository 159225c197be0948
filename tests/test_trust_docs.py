"""The checks with stock tools that docs/vertrouwen.md promises: run as they stand there, word for word."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from beleidsbeheer.cli.main import main
from conftest import Git
from programs import needs

PROJECT = Path(__file__).resolve().parent.parent
DOCUMENT = PROJECT / "docs" / "vertrouwen.md"
HEADING = "## Zelf controleren met gewone hulpmiddelen"
PREFACE, ONE, SIGNATURE, ALL, TEXTS, ROOT, HISTORY = range(7)

pytestmark = needs("git", "ssh-keygen", "sha256sum", "sh")


def blocks() -> list[str]:
    """The commands under the heading, one shell script for each ```console block."""
    section = DOCUMENT.read_text(encoding="utf-8").partition(f"\n{HEADING}\n")[2]
    section = section.partition("\n## ")[0]
    found = re.findall(r"^```console\n(.*?)^```$", section, re.DOTALL | re.MULTILINE)
    assert len(found) == 7, f"{DOCUMENT.name}: {len(found)} blocks under {HEADING!r}"
    lines = [re.findall(r"^[$>] (.*)$", block, re.MULTILINE) for block in found]
    return ["\n".join(commands) + "\n" for commands in lines]


@dataclass(frozen=True)
class Stock:
    """Somebody in a folder with a shell and stock tools; ``beleid`` is there only to export the keys."""

    path: str

    def run(self, folder: Path, *which: int, fine: bool = True) -> list[str]:
        """What each of these blocks prints, in one shell. ``fine``: all of it must succeed."""
        script = "".join(f"echo '== {number}'\n{blocks()[number]}" for number in which)
        done = subprocess.run(
            ["sh", "-eu"],
            input=script,
            cwd=folder,
            env=os.environ | {"PATH": self.path, "LC_ALL": "C"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode == 0) == fine, done.stdout + done.stderr
        return re.split(r"^== \d\n", done.stdout, flags=re.MULTILINE)[1:]


@pytest.fixture
def stock(tmp_path: Path) -> Stock:
    """``beleid`` on the PATH, however the tests were started."""
    program = tmp_path / "bin" / "beleid"
    program.parent.mkdir()
    start = "from beleidsbeheer.cli.main import run; run()"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{start}" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return Stock(f"{program.parent}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A register with a paper row and two versions, made by the commands as of the real today."""
    folder = tmp_path / "school"
    source = tmp_path / "oud.toml"
    source.write_text(
        f'[bron]\nsha256 = "{"0" * 64}"\n[[versies]]\nversie = "0.1"\ntekst = "oud.md"\n'
        '[versies.cellen]\nVersie = "0.1"\n',
        encoding="utf-8",
    )
    (tmp_path / "oud.md").write_text('+++\ntitel = "Proef"\n+++\n\n# Proef\n', encoding="utf-8")
    options = ("--organisatie", "Proef", "--sector", "po", "--orgaan", "MR", "--zonder-wachtwoord")
    assert main(["begin", str(folder), *options]) == 0
    inside = ("-C", str(folder))
    assert main([*inside, "neem-over", "proef", "--uit", str(source)]) == 0
    for number in ("0.2", "0.3"):
        text = f'+++\ntitel = "Proef"\n+++\n\n# Proef\n\nVersie {number}.\n'
        (folder / "reglement/proef/reglement.md").write_text(text, encoding="utf-8")
        assert main([*inside, "registreer", "proef", number, "--omschrijving", "Proef"]) == 0
    return folder


def entries(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.glob("approvals/**/*.json"))


def check_files(stock: Stock, folder: Path) -> None:
    """Every block that looks at files alone finds this register in order."""
    printed = stock.run(folder, PREFACE, ONE, SIGNATURE, ALL, TEXTS, ROOT)
    digest, path = printed[ONE].split()
    assert Path(path).stem.endswith(f"-{digest[:12]}")
    assert printed[SIGNATURE].startswith('Good "beleidsbeheer.v1/')
    assert sorted(printed[ALL].splitlines()) == [f"klopt {path}" for path in entries(folder)]
    texts = printed[TEXTS].splitlines()
    assert texts
    assert all(line.endswith(": OK") for line in texts)
    root, path = printed[ROOT].split()
    assert Path(path).name == f"rooster-{root[:12]}.json"


def test_a_sound_register(stock: Stock, register: Path) -> None:
    """The documented commands find nothing wrong with a register that is in order."""
    check_files(stock, register)
    assert stock.run(register, ROOT, HISTORY)[1] == ""


def test_one_letter_of_a_text(stock: Stock, register: Path) -> None:
    """A changed frozen text fails the documented comparison, and it alone."""
    (register / "reglement/proef/versies/0.2.md").write_text("Iets anders.\n", encoding="utf-8")
    (printed,) = stock.run(register, TEXTS, fine=False)
    assert sorted(printed.splitlines()) == [
        "reglement/proef/versies/0.1.md: OK",
        "reglement/proef/versies/0.2.md: FAILED",
        "reglement/proef/versies/0.3.md: OK",
    ]


@pytest.mark.parametrize("rename", [False, True])
def test_one_letter_of_an_entry(stock: Stock, register: Path, rename: bool) -> None:
    """A changed entry fails: by its name, and when it is renamed to fit by its signature."""
    (entry,) = register.glob("approvals/proef/0.2/*.json")
    changed = entry.read_bytes().replace(b'"Proef"', b'"Proof"')
    entry.write_bytes(changed)
    if rename:
        from beleidsbeheer.domain.entry import digest_of

        old, entry = entry, entry.with_name(f"registratie-{digest_of(changed)[:12]}.json")
        old.rename(entry)
        old.with_name(old.name + ".sig").rename(entry.with_name(entry.name + ".sig"))
    printed = stock.run(register, PREFACE, ALL)[1].splitlines()
    wrong = f"FOUT {entry.relative_to(register)}"
    assert [line for line in printed if not line.startswith("klopt ")] == [wrong]


@pytest.mark.parametrize("put_back", [False, True])
def test_removed_from_git(stock: Stock, register: Path, git: Git, put_back: bool) -> None:
    """A removed entry shows in the documented look at the history, also when it was put back."""
    (entry,) = register.glob("approvals/proef/0.3/*.json")
    content, name = entry.read_bytes(), str(entry.relative_to(register))
    git("rm", "--quiet", name, cwd=register)
    git("commit", "--quiet", "-m", "Weg", cwd=register)
    if put_back:
        entry.write_bytes(content)
        git("add", name, cwd=register)
        git("commit", "--quiet", "-m", "Terug", cwd=register)
    assert f"D\t{name}" in stock.run(register, ROOT, HISTORY)[1].splitlines()


def test_changed_in_a_merge(stock: Stock, register: Path, git: Git) -> None:
    """A frozen text that a merge changes by the way shows in the documented look at the history."""
    text = register / "reglement/proef/versies/0.2.md"
    git("switch", "--quiet", "-c", "zij", cwd=register)
    git("commit", "--quiet", "--allow-empty", "-m", "Leeg", cwd=register)
    git("switch", "--quiet", "main", cwd=register)
    git("merge", "--quiet", "--no-ff", "--no-commit", "zij", cwd=register)
    text.write_text("Iets anders.\n", encoding="utf-8")
    git("commit", "--quiet", "--all", "-m", "Samengevoegd", cwd=register)
    changed = f"M\t{text.relative_to(register)}"
    assert changed in stock.run(register, ROOT, HISTORY)[1].splitlines()


def test_the_example_in_the_manual(tmp_path: Path) -> None:
    """The paper history that the manual shows can be taken over as it stands there."""
    manual = (PROJECT / "docs" / "handleiding.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```toml\n(\[bron\]\n.*?)^```$", manual, re.DOTALL | re.MULTILINE)
    (tmp_path / "oud.toml").write_text(example, encoding="utf-8")
    (tmp_path / "reglement-0.2.md").write_text('+++\ntitel = "Proef"\n+++\n', encoding="utf-8")
    options = ("--organisatie", "Proef", "--sector", "po", "--orgaan", "MR", "--zonder-wachtwoord")
    folder = str(tmp_path / "school")
    assert main(["begin", folder, *options]) == 0
    assert main(["-C", folder, "neem-over", "proef", "--uit", str(tmp_path / "oud.toml")]) == 0
    assert main(["-C", folder, "versietabel", "proef"]) == 0


@pytest.mark.skipif(
    not (PROJECT / "approvals" / "rooster").is_dir(), reason="no signed register in this tree"
)
def test_the_register_in_this_repository(stock: Stock, tmp_path: Path, git: Git) -> None:
    """The documented commands find nothing wrong with the register that this project carries."""
    copy = tmp_path / "eigen"
    copy.mkdir()
    shutil.copyfile(PROJECT / "beleid.toml", copy / "beleid.toml")
    for name in ("approvals", "reglement"):
        shutil.copytree(PROJECT / name, copy / name)
    check_files(stock, copy)
    if (PROJECT / ".git").exists() and git("ls-tree", "HEAD", "approvals/rooster", cwd=PROJECT):
        assert stock.run(PROJECT, ROOT, HISTORY)[1] == ""
