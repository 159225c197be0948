"""What git knows about a register, and recording files in it: status, branches, one commit.

All of it goes through ``gitdoor``. Sources: gitrevisions(7), git-ls-tree(1), git-cat-file(1),
git-commit(1) on ``--only``.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from beleidsbeheer.errors import RepositoryProblem
from beleidsbeheer.storage.gitdoor import read_git, write_git
from beleidsbeheer.storage.names import check_path, is_append_only, shown
from beleidsbeheer.storage.places import git_dir, read_small

MIB = 1024 * 1024

_FILE_MODES = frozenset({"100644", "100755"})
_HEX = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a register lies in a repository: ``prefix`` is "" or "sub/folder/"; head None: no commit."""

    root: Path
    shared: Path
    prefix: str
    algorithm: str
    shallow: bool
    head: str | None


def locate(root: Path) -> Place | None:
    """The place of the register in the repository around it; None when there is no repository.

    Raises RepositoryProblem when git is missing or refuses to read the repository.
    """
    shared = git_dir(root)
    if shared is None:
        return None
    about = read_git(
        root, "rev-parse", "--show-object-format", "--is-shallow-repository", "--show-prefix"
    )
    algorithm, shallow, prefix = os.fsdecode(about).split("\n", 2)
    tip = read_git(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}", fine=(0, 1))
    return Place(
        root=root,
        shared=shared,
        prefix=prefix.removesuffix("\n"),
        algorithm=algorithm,
        shallow=shallow == "true" or has_content(shared / "shallow"),
        head=tip.decode("ascii").strip() or None,
    )


def has_content(path: Path) -> bool:
    """Whether there is a file with anything in it."""
    return path.is_file() and path.stat().st_size > 0


# --- asking --------------------------------------------------------------------------------------


def head(root: Path) -> str | None:
    """The commit that is checked out (full hex), or None: no repository, or no commit yet."""
    place = locate(root)
    return None if place is None else place.head


def is_ancestor(root: Path, commit: str) -> bool | None:
    """Whether ``commit`` lies in the history of HEAD; None when that cannot be known.

    False: the commit is here, but HEAD's history does not hold it (rewritten, or another branch).
    None: no repository, no commits, the commit is not here, or a shallow clone cuts the history
    off.
    """
    place = locate(root)
    if place is None or place.head is None or not _HEX.fullmatch(commit):
        return None
    kind = read_git(root, "cat-file", "--batch-check", stdin=commit.encode() + b"\n")
    if b" commit " not in kind:
        return None
    common = read_git(root, "merge-base", commit, place.head, fine=(0, 1)).decode().split()
    if commit in common:
        return True
    return None if place.shallow else False


def seen_elsewhere(root: Path, path: str) -> str | None:
    """The name of a local or else a remote branch whose tip holds ``path``, or None.

    Explains why something this clone has seen before is not here now. ``path`` is relative to the
    register.
    """
    place = locate(root)
    if place is None or "\n" in place.prefix + path:  # cat-file reads one question a line
        return None
    refs = read_git(root, "for-each-ref", "--format=%(refname)", "refs/heads", "refs/remotes")
    names = [name for name in os.fsdecode(refs).splitlines() if not name.endswith("/HEAD")]
    asked = os.fsencode("".join(f"{name}:{place.prefix}{path}\n" for name in names))
    answers = read_git(root, "cat-file", "--batch-check=%(objecttype)", stdin=asked).splitlines()
    found = (name for name, answer in zip(names, answers, strict=True) if answer == b"blob")
    name = next(found, None)
    return None if name is None else name.split("/", 2)[2]


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit that somebody named: its full name, and the day on which it was recorded."""

    name: str
    day: date


def find_commit(root: Path, revision: str) -> Commit | None:
    """The commit that ``revision`` stands for (gitrevisions(7)); None when git knows no such one.

    None as well without a repository.
    """
    if git_dir(root) is None or not revision or not revision.isprintable():
        return None
    ask = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    name = os.fsdecode(read_git(root, *ask, fine=(0, 1, 128))).strip()
    if not _HEX.fullmatch(name):
        return None
    shown_day = read_git(root, "log", "-1", "--no-notes", "--format=%cd", "--date=short", name)
    return Commit(name, date.fromisoformat(shown_day.decode("ascii").strip()))


def file_at(root: Path, commit: str, path: str, limit: int) -> bytes | None:
    """The exact bytes of a file of the register as that commit (full hex) has it; None: not there.

    Raises RepositoryProblem when it is no regular file, or larger than ``limit`` bytes.
    """
    listing = read_git(
        root, "--literal-pathspecs", "ls-tree", "-z", "--long", commit, "--", path
    ).split(b"\0")[0]
    if not listing:
        return None
    mode, _, name, size = listing.partition(b"\t")[0].decode("ascii").split()
    where = f"'{shown(path)}' in commit {commit[:10]}"
    if mode not in _FILE_MODES:
        raise RepositoryProblem(
            f"{where} is geen gewoon bestand.", hint="Kies een andere revisie van git."
        )
    if int(size) > limit:
        raise RepositoryProblem(
            f"{where} is {size} bytes; meer dan {limit} bytes lezen we niet.",
            hint="Een reglement is alleen tekst. Staat er iets anders in dit bestand?",
        )
    return read_git(root, "cat-file", "blob", name)


def blob_id(content: bytes, algorithm: str) -> str:
    """The name git gives these bytes as a blob. ``algorithm`` is sha1 or sha256."""
    digest = hashlib.new(algorithm, b"blob %d\0" % len(content), usedforsecurity=False)
    digest.update(content)
    return digest.hexdigest()


def tree_of_head(place: Place, *paths: str) -> dict[str, tuple[str, str]]:
    """{path relative to the register: (mode, object id)} of HEAD below the given paths (all if none)."""
    if place.head is None:
        return {}
    listing = read_git(place.root, "ls-tree", "-r", "-z", place.head, "--", *paths)
    return dict(_tree_line(line) for line in listing.split(b"\0") if line)


def _tree_line(line: bytes) -> tuple[str, tuple[str, str]]:
    about, _, path = line.partition(b"\t")
    mode, _, name = about.decode("ascii").split(" ")
    return os.fsdecode(path), (mode, name)


def _index(place: Place, *paths: str) -> dict[str, str]:
    """{path: object id} of what is staged (all if no paths); an unmerged path matches nothing."""
    listing = read_git(place.root, "--literal-pathspecs", "ls-files", "--stage", "-z", "--", *paths)
    staged = {}
    for line in listing.split(b"\0"):
        if line:
            about, _, path = line.partition(b"\t")
            _, name, stage = about.decode("ascii").split(" ")
            staged[os.fsdecode(path)] = name if stage == "0" else "unmerged"
    return staged


def dirty(root: Path, paths: Iterable[str]) -> list[str]:
    """Which of these paths have staged or unrecorded changes, or exist without git knowing them.

    Compares bytes, so flags in the index that hide changes (assume-unchanged) do not hide them
    here. A path that exists nowhere is not dirty. Without a repository every existing path is.
    Raises RepositoryProblem.
    """
    asked = sorted(set(paths))
    for path in asked:
        check_path(path)
    place = locate(root)
    if place is None:
        return [path for path in asked if _on_disk(root, path, "sha1") is not None]
    changed = []
    for start in range(0, len(asked), 500):
        some = asked[start : start + 500]
        recorded, staged = tree_of_head(place, *some), _index(place, *some)
        for path in some:
            known = recorded.get(path, ("", None))[1]
            if staged.get(path) != known or not _same_on_disk(place, path, known):
                changed.append(path)
    return changed


def _same_on_disk(place: Place, path: str, known: str | None) -> bool:
    if _on_disk(place.root, path, place.algorithm) == known:
        return True
    if is_append_only(path) or known is None:
        return False
    return _on_disk(place.root, path, place.algorithm, line_ends=True) == known


def _on_disk(root: Path, path: str, algorithm: str, *, line_ends: bool = False) -> str | None:
    """The blob id of the file, None when there is none; "unreadable" matches nothing."""
    if not os.path.lexists(root / path):
        return None
    try:
        content = read_small(root / path, 64 * MIB)
    except OSError:
        return "unreadable"
    return blob_id(content.replace(b"\r\n", b"\n") if line_ends else content, algorithm)


# --- recording -----------------------------------------------------------------------------------


def init(root: Path) -> None:
    """Make ``root`` a repository with branch main, unless a repository contains it already.

    The folder must exist. Raises RepositoryProblem.
    """
    if git_dir(root) is None:
        write_git(root, "init", "--quiet", "--initial-branch=main")


def commit(root: Path, paths: Sequence[str], message: str, author: tuple[str, str]) -> str:
    """Record exactly these paths as they are on disk in one commit; its name (full hex).

    What the user had staged otherwise stays staged and out of the commit. The user's hooks run,
    and their configured name and e-mail are used; ``author`` (name, e-mail) only where none is
    configured. When HEAD holds all of it already, that commit is returned. Raises
    RepositoryProblem when git refuses or would record other bytes than those on disk.
    """
    for path in paths:
        check_path(path)
    place = locate(root)
    if place is None:
        raise RepositoryProblem(
            f"De map '{root}' is geen git-repository; er kan niets worden vastgelegd.",
            hint="Haal het register op met git clone; een losse map kunt u alleen controleren.",
        )
    if not dirty(root, paths):
        return _already_there(place, paths)
    names = os.fsencode("".join(f"{path}\0" for path in paths))
    listed = ("--pathspec-from-file=-", "--pathspec-file-nul")
    write_git(root, "--literal-pathspecs", "add", "--force", *listed, stdin=names)
    _check_staged(place, paths)
    write_git(
        root,
        "--literal-pathspecs",
        "commit",
        "--quiet",
        "--only",
        "--cleanup=verbatim",
        f"--message={message}",
        *listed,
        stdin=names,
        environment=_identity(root, author),
    )
    return _check_recorded(root, paths)


def _already_there(place: Place, paths: Sequence[str]) -> str:
    recorded = tree_of_head(place)
    if place.head is None or not all(path in recorded for path in paths):
        raise RepositoryProblem(
            "Er is niets vast te leggen: een van de bestanden bestaat niet.",
            hint="Geef de opdracht opnieuw; kijk met 'git status' wat er in de map staat.",
        )
    return place.head


def _identity(root: Path, fallback: tuple[str, str]) -> dict[str, str]:
    """What to tell git about who records: nothing where a name and an e-mail are configured."""
    told = {}
    for who in ("AUTHOR", "COMMITTER"):
        ask = ("-c", "user.useConfigOnly=true", "var", f"GIT_{who}_IDENT")
        if not read_git(root, *ask, fine=(0, 128)):
            told[f"GIT_{who}_NAME"], told[f"GIT_{who}_EMAIL"] = fallback
    return told


def _check_staged(place: Place, paths: Sequence[str]) -> None:
    """Before the commit: what git is about to record is what lies on disk."""
    staged = _index(place)
    for path in paths:
        if staged.get(path) != _on_disk(place.root, path, place.algorithm):
            _refuse_other_bytes(path, "Er is nog niets vastgelegd.")


def _check_recorded(root: Path, paths: Sequence[str]) -> str:
    """After the commit: a hook or filter may still have changed what was recorded."""
    place = locate(root)
    if place is None or place.head is None:
        raise RepositoryProblem(
            "Na het vastleggen is de commit niet terug te vinden.",
            hint="Kijk met 'git log' en 'git fsck'.",
        )
    recorded = tree_of_head(place)
    for path in paths:
        mode, name = recorded.get(path, ("", None))
        if name != _on_disk(root, path, place.algorithm) or mode not in {"", *_FILE_MODES}:
            _refuse_other_bytes(path, "Maak de commit ongedaan met: git reset --soft HEAD~1")
    return place.head


def _refuse_other_bytes(path: str, then: str) -> None:
    if not is_append_only(path):
        return  # a working text may have its line ends converted
    raise RepositoryProblem(
        f"Git zou '{shown(path)}' met andere bytes vastleggen dan er op schijf staan.",
        hint="Zet in .gitattributes de regels 'approvals/** -text' en 'reglement/*/versies/** -text',"
        f" en zet filters en hooks uit die dit bestand veranderen. {then}",
    )
