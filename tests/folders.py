"""Files put in a folder by hand, and the one problem that reading it gives."""

from __future__ import annotations

from pathlib import Path

from beleidsbeheer.storage.folder import Problem, read_folder

ENTRY = "approvals/privacy/0.1/registratie-0123456789ab.json"
TEXT = "reglement/privacy/versies/0.1.md"


def put(root: Path, files: dict[str, bytes]) -> None:
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)


def only_problem(root: Path) -> Problem:
    problems = read_folder(root).problems
    assert len(problems) == 1, problems
    assert problems[0].message
    assert problems[0].hint
    return problems[0]
