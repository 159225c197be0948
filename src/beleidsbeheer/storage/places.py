"""Where a register and its git folder lie, and how one file is read safely. Knows no git."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from beleidsbeheer.errors import RepositoryProblem
from beleidsbeheer.storage.names import REGISTER_FILE

KIB = 1024
SAFE_OPEN = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_READ = os.O_RDONLY | SAFE_OPEN | getattr(os, "O_NONBLOCK", 0)


def read_small(path: str | Path, limit: int) -> bytes:
    """The bytes of a regular file of at most ``limit`` bytes, without following a link or waiting.

    Raises OSError; ``EFBIG`` when the file is larger (it is then not read), ``ELOOP`` for a
    symbolic link, ``EINVAL`` when it is no regular file. See open(2) for O_NOFOLLOW and
    O_NONBLOCK.
    """
    handle = os.open(path, _READ)
    try:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        if about.st_size > limit:
            raise OSError(errno.EFBIG, "too large")
        content = os.read(handle, about.st_size + 1)
        while (
            len(content) != about.st_size
        ):  # it grew or shrank meanwhile, or the read was cut short
            more = os.read(handle, limit + 1 - len(content))
            if not more:
                break
            content += more
            if len(content) > limit:
                raise OSError(errno.EFBIG, "too large")
        return content
    finally:
        os.close(handle)


_WHY = {
    errno.EFBIG: "te groot",
    errno.ELOOP: "een koppeling naar een andere plek",
    errno.EINVAL: "geen gewoon bestand",
    errno.EACCES: "geen toegang",
    errno.EPERM: "geen toegang",
    errno.ENOENT: "het bestaat niet",
    errno.ENOTDIR: "het is geen map",
    errno.ENOSPC: "de schijf is vol",
    errno.EROFS: "de schijf is alleen-lezen",
}


def why(error: OSError) -> str:
    """The reason of a disk error as a Dutch clause."""
    return _WHY.get(error.errno or 0, error.strerror or "onbekende fout")


def find_root(start: Path) -> Path | None:
    """The nearest folder at or above ``start`` that holds a ``beleid.toml``, or None."""
    start = start.resolve()
    return next((one for one in (start, *start.parents) if (one / REGISTER_FILE).is_file()), None)


def git_dir(root: Path) -> Path | None:
    """The git folder shared by all worktrees of the repository around ``root``, or None.

    Raises RepositoryProblem when there is a ``.git`` file that leads nowhere.
    """
    place = repository_place(root)
    return None if place is None else place[1]


def repository_place(root: Path) -> tuple[Path, Path] | None:
    """(top folder of the work tree, shared git folder) of the repository around ``root``.

    Finds ``.git`` as git does (gitrepository-layout(5)): a folder, or a file ``gitdir: …`` as
    worktrees and submodules have; a ``commondir`` in it leads to the folder that the worktrees
    share.
    """
    root = root.resolve()
    for top in (root, *root.parents):
        mark = top / ".git"
        if mark.is_file():
            return top, _shared(_follow(mark, b"gitdir: "))
        if (mark / "HEAD").is_file() or (mark / "HEAD").is_symlink():
            shared = _shared(mark)
            if (shared / "objects").is_dir() and (shared / "refs").is_dir():
                return top, shared
    return None


def _shared(private: Path) -> Path:
    pointer = private / "commondir"
    return _follow(pointer, b"") if pointer.is_file() else private


def _follow(pointer: Path, start: bytes) -> Path:
    """The folder that a one-line pointer file names, relative to where the pointer lies."""
    try:
        content = read_small(pointer.resolve(), 64 * KIB)
        target = pointer.parent / os.fsdecode(content.removeprefix(start).rstrip(b"\r\n"))
        if content.startswith(start) and target.is_dir():
            return target.resolve()
    except (OSError, ValueError):
        pass
    raise RepositoryProblem(
        f"'{pointer}' wijst niet naar een git-map.",
        hint="Haal de repository opnieuw op, of herstel haar met 'git worktree repair'.",
    )
