"""One action is one commit: what a command that broke off left behind is taken away again.

Files come one by one and the commit comes last. Before the first, the paths that will be new are noted in
the git folder. A command that fails takes them away itself; after a power cut the next command that
writes in this clone does it. What git has recorded, or what holds other bytes by now, stays.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from beleidsbeheer.domain.entry import digest_of
from beleidsbeheer.errors import RepositoryProblem
from beleidsbeheer.storage.folder import replace_file
from beleidsbeheer.storage.memory import memory_file
from beleidsbeheer.storage.names import LEFTOVER, check_path


@contextmanager
def all_or_nothing(root: Path, writing: Mapping[str, bytes]) -> Iterator[None]:
    """Around writing and committing these files: when it fails, the new ones are gone afterwards."""
    note = _note(root)
    new = {
        path: digest_of(content) for path, content in writing.items() if not (root / path).exists()
    }
    if note is not None:
        note.parent.mkdir(exist_ok=True)
        replace_file(note, json.dumps(new).encode())
    try:
        yield
    except BaseException:
        take_back(root)
        raise
    if note is not None:
        note.unlink()


def is_unfinished(root: Path) -> bool:
    """Whether a command is busy here, or broke off."""
    note = _note(root)
    return note is not None and note.exists()


def take_back(root: Path) -> None:
    """Take away what a command that broke off wrote here and git never recorded."""
    from beleidsbeheer.storage.gitdoor import write_git
    from beleidsbeheer.storage.repository import locate, tree_of_head

    note, place = _note(root), locate(root)
    if note is None or place is None or not note.exists():
        return
    noted = _noted(note)
    recorded = tree_of_head(place)
    gone = [path for path in noted if path not in recorded]
    for path in gone:
        file = root / path
        if file.is_file() and digest_of(file.read_bytes()) == noted[path]:
            file.unlink()
        for leftover in file.parent.glob(f"{LEFTOVER}*"):
            leftover.unlink()
    if gone:
        options = ("--cached", "--force", "--quiet", "--ignore-unmatch")
        write_git(root, "--literal-pathspecs", "rm", *options, "--", *gone)
    note.unlink()


def _noted(note: Path) -> dict[str, str]:
    try:
        noted = {str(path): str(sha256) for path, sha256 in json.loads(note.read_bytes()).items()}
    except (ValueError, AttributeError):
        raise RepositoryProblem(
            f"{note} is beschadigd.",
            hint="Kijk met git status wat er niet in git staat, en verwijder daarna dit bestand.",
        ) from None
    for path in noted:
        check_path(path)
    return noted


def _note(root: Path) -> Path | None:
    """Where the note of this register lies: beside the memory of this clone; None without git."""
    memory = memory_file(root)
    return memory and memory.with_name(memory.name.replace("geheugen", "bezig"))
