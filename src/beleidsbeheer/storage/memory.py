"""What this clone remembers of a register, so that it notices when the register forgets.

Kept only in ``<git folder>/beleidsbeheer/``, which git never sends or commits; worktrees share it.
A register in a subfolder of a repository has a memory of its own, named after that subfolder. The
file is plain UTF-8, one fact a line::

    beleidsbeheer-geheugen 1
    wortel <64 hex>
    hoofd <40 or 64 hex>
    gezien <64 hex> <path>
    einde <number of lines between the first and this one>

A damaged file is an error, never an empty memory: forgetting is what someone would want to bring
about.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from beleidsbeheer.errors import RepositoryProblem, UnreadableInput
from beleidsbeheer.storage.folder import replace_file
from beleidsbeheer.storage.names import check_path, path_defect, shown
from beleidsbeheer.storage.places import read_small, repository_place, why

_HEADER = "beleidsbeheer-geheugen 1"
_LIMIT = 64 * 1024 * 1024
_ROOT = re.compile(r"wortel ([0-9a-f]{64})", re.ASCII)
_HEAD = re.compile(r"hoofd ([0-9a-f]{40}(?:[0-9a-f]{24})?)", re.ASCII)
_SEEN = re.compile(r"gezien ([0-9a-f]{64}) (.+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Memory:
    """The pinned root digest, every (entry digest, path) seen here, and HEAD at the last look."""

    root_digest: str | None = None
    seen: frozenset[tuple[str, str]] = frozenset()
    head: str | None = None


def recall(root: Path) -> Memory | None:
    """What this clone remembers; an empty Memory when nothing yet, None when there is no git here.

    Raises RepositoryProblem, naming the file, when the memory is damaged or cannot be read.
    """
    file = memory_file(root)
    if file is None:
        return None
    _check_folder(file)
    try:
        content = read_small(file, _LIMIT)
    except FileNotFoundError:
        return Memory()
    except OSError as error:
        raise _damaged(file, f"het kan niet worden gelezen ({why(error)})") from error
    try:
        return _parsed(content)
    except ValueError as error:
        raise _damaged(file, str(error)) from error


def remember(root: Path, memory: Memory) -> None:
    """Replace what this clone remembers, in one step. Does nothing when there is no git here.

    The caller adds to what it recalled: nothing is merged here. Raises RepositoryProblem when it
    cannot be written, UnreadableInput for a digest or path that cannot be in a register.
    """
    file = memory_file(root)
    if file is None:
        return
    content = _printed(memory)
    try:
        _check_folder(file)
        file.parent.mkdir(exist_ok=True)
        replace_file(file, content)
    except OSError as error:
        raise RepositoryProblem(
            f"Het geheugen van deze kopie kan niet worden bewaard in '{file}' ({why(error)}).",
            hint="Geef uzelf schrijfrecht op die map en kijk of de schijf vol is.",
        ) from error


def _check_folder(file: Path) -> None:
    if file.parent.is_symlink():
        raise _damaged(file, "de map eromheen is een koppeling naar een andere plek")


def memory_file(root: Path) -> Path | None:
    """Where the memory of this register lies, or None without git. Raises RepositoryProblem."""
    place = repository_place(root)
    if place is None:
        return None
    top, shared = place
    inside = root.resolve().relative_to(top).as_posix()
    if inside == ".":
        return shared / "beleidsbeheer" / "geheugen.txt"
    mark = hashlib.sha256(os.fsencode(inside)).hexdigest()[:12]
    return shared / "beleidsbeheer" / f"geheugen-{mark}.txt"


def _printed(memory: Memory) -> bytes:
    lines = []
    if memory.root_digest is not None:
        lines.append(f"wortel {memory.root_digest}")
    if memory.head is not None:
        lines.append(f"hoofd {memory.head}")
    for digest, path in sorted(memory.seen):
        check_path(path)
        lines.append(f"gezien {digest} {path}")
    for line in lines:
        if not (_ROOT.fullmatch(line) or _HEAD.fullmatch(line) or _SEEN.fullmatch(line)):
            raise UnreadableInput(f"Dit kan niet worden onthouden: '{shown(line)}'.")
    return "\n".join([_HEADER, *lines, f"einde {len(lines)}", ""]).encode()


def _parsed(content: bytes) -> Memory:
    """The memory in these bytes. Raises ValueError (a Dutch clause) for anything but what we write."""
    try:
        lines = content.decode("utf-8").split("\n")
    except UnicodeDecodeError:
        raise ValueError("het is geen tekst") from None
    if lines[0] != _HEADER:
        raise ValueError("de eerste regel is niet van deze versie van het programma")
    if len(lines) < 3 or lines[-2:] != [f"einde {len(lines) - 3}", ""]:
        raise ValueError("het einde ontbreekt of klopt niet")
    roots, heads, seen = [], [], set()
    for number, line in enumerate(lines[1:-2], start=2):
        if found := _SEEN.fullmatch(line):
            if path_defect(found[2]):
                raise ValueError(f"regel {number} noemt een onmogelijk pad")
            seen.add((found[1], found[2]))
        elif found := _ROOT.fullmatch(line):
            roots.append(found[1])
        elif found := _HEAD.fullmatch(line):
            heads.append(found[1])
        else:
            raise ValueError(f"regel {number} is onbekend")
    if len(roots) > 1 or len(heads) > 1:
        raise ValueError("het noemt meer dan één wortel of hoofd")
    return Memory(
        root_digest=roots[0] if roots else None,
        seen=frozenset(seen),
        head=heads[0] if heads else None,
    )


def _damaged(file: Path, why: str) -> RepositoryProblem:
    return RepositoryProblem(
        f"Het geheugen van deze kopie is beschadigd: {why}. Bestand: {file}",
        hint="Vergelijk eerst de wortel van het register met die op een afgedrukt stuk. Klopt die,"
        " haal dit bestand dan weg; de kopie begint opnieuw te onthouden.",
    )
