"""A register in a real git repository: how it begins and grows, and what is found in its past."""

from __future__ import annotations

from pathlib import Path

from beleidsbeheer.storage.history import history_problems
from conftest import Git
from folders import put

ROOT = "approvals/rooster/rooster-000000000000.json"
ENTRY = "approvals/p/0.1/registratie-111111111111.json"
LATER = "approvals/p/0.1/instemming-222222222222.json"
TEXT = "reglement/p/versies/0.1.md"
FALLBACK = ("beleidsbeheer", "beleidsbeheer@localhost")
ATTRIBUTES = b"approvals/** -text\nreglement/*/versies/** -text\n"


def begin(git: Git, root: Path) -> Path:
    """A register in a repository: roster 0 first, an entry with its frozen text after it."""
    root.mkdir(parents=True, exist_ok=True)
    git("init", "-q", "-b", "main", cwd=root)
    grow(git, root)
    return root


def grow(git: Git, root: Path) -> None:
    save(git, root, {ROOT: b"rooster", "beleid.toml": b"", ".gitattributes": ATTRIBUTES}, "roster")
    working = {"reglement/p/reglement.md": b"text\n"}
    save(git, root, {ENTRY: b"entry", ENTRY + ".sig": b"sig", TEXT: b"text"} | working, "entry")


def save(git: Git, root: Path, files: dict[str, bytes], message: str) -> str:
    put(root, files)
    git("add", "-f", "--", *files, cwd=root)
    return record(git, root, message)


def record(git: Git, root: Path, message: str) -> str:
    git("commit", "-q", "-m", message, cwd=root)
    return git("rev-parse", "HEAD", cwd=root).strip()


def found(root: Path) -> list[tuple[str, str]]:
    """(path, what happened in a past commit), by the words of the problem."""
    words = ("verwijderd", "gewijzigd", "van soort veranderd")
    problems = history_problems(root, ROOT).problems
    assert all(problem.hint for problem in problems)
    return [
        (p.path, word) for p in problems for word in words if f"is {word} in commit" in p.message
    ]
