"""Whether a register changed since somebody looked, without reading it: sizes and times of its files, as git does.

Equal signatures mean equal files, but for one thing: a file written twice within one tick of the clock. So a
register that changed only just has no signature, and must be read (git's own name for it: racily clean, see
Documentation/technical/racy-git in git).
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

from beleidsbeheer.storage.memory import memory_file
from beleidsbeheer.storage.names import APPROVALS, REGISTER_FILE, REGULATIONS
from beleidsbeheer.storage.places import git_dir

_JUST_NOW: Final = (
    2_500_000_000  # nanoseconds; the coarsest clock of a disk in use (FAT) ticks every 2 seconds
)
_FAR: Final = 16  # folders deep; a register has at most half of that


def signature(root: Path, *, now: int | None = None) -> str:
    """What stands for the files of a register, the branches of its git and what this clone remembers; "" when it changed only just.

    ``now`` is the time in nanoseconds, the clock's when not given. Raises OSError when a folder cannot be read.
    """
    moment = time.time_ns() if now is None else now
    lines: list[str] = []
    newest = 0
    for path, only in (*_files(root), *_branches(root), *_memory(root)):
        newest = max(newest, _list(path, only, lines))
    if newest > moment - _JUST_NOW:
        return ""
    return sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def _files(root: Path) -> Iterator[tuple[str, str]]:
    for name in (REGISTER_FILE, APPROVALS, REGULATIONS):
        yield os.fspath(root / name), ""


def _branches(root: Path) -> Iterator[tuple[str, str]]:
    """Where git keeps what its branches are: plain files, packed, or a reftable (gitrepository-layout(5))."""
    shared = git_dir(root)
    if shared is None:
        return
    for name in (
        "HEAD",
        "packed-refs",
        "shallow",
        "refs/heads",
        "refs/remotes",
        "reftable",
        "worktrees",
    ):
        # of worktrees only what they have checked out; their indexes change all the time
        yield os.fspath(shared / name), "HEAD" if name == "worktrees" else ""


def _memory(root: Path) -> Iterator[tuple[str, str]]:
    """What every command looks at to tell whether something is gone that was here before."""
    file = memory_file(root)
    if file is not None:
        yield os.fspath(file), ""


def _list(top: str, only: str, lines: list[str]) -> int:
    """Add a line for a file, or for all in a folder (of files only those named ``only``, if any); the newest time.

    Links are not followed. Plain loops and strings: a large register has thousands of files.
    """
    newest, number = 0, len(lines)
    try:
        about = os.lstat(top)
    except FileNotFoundError:
        return 0
    if not stat.S_ISDIR(about.st_mode):
        lines.append(_line(top, about))
        return max(about.st_mtime_ns, about.st_ctime_ns)
    folders = [(top, 0)]
    while folders:
        folder, deep = folders.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    lines.append(entry.path)
                    if deep < _FAR:
                        folders.append((entry.path, deep + 1))
                elif not only or entry.name == only:
                    about = entry.stat(follow_symlinks=False)
                    lines.append(_line(entry.path, about))
                    newest = max(newest, about.st_mtime_ns, about.st_ctime_ns)
    lines[number:] = sorted(lines[number:])
    return newest


def _line(path: str, about: os.stat_result) -> str:
    return f"{path}\0{about.st_size} {about.st_mtime_ns} {about.st_ctime_ns} {about.st_ino}"
