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

from beleidsbeheer.storage.names import APPROVALS, REGISTER_FILE, REGULATIONS
from beleidsbeheer.storage.places import git_dir

_JUST_NOW: Final = (
    2_500_000_000  # nanoseconds; the coarsest clock of a disk in use (FAT) ticks every 2 seconds
)
_FAR: Final = 16  # folders deep; a register has at most half of that


def signature(root: Path, *, now: int | None = None) -> str:
    """What stands for the files of a register and for the branches of its git; "" when it changed only just.

    ``now`` is the time in nanoseconds, the clock's when not given. Raises OSError when a folder cannot be read.
    """
    moment = time.time_ns() if now is None else now
    told, newest = sha256(), 0
    for line, when in (*_files(root), *_branches(root)):
        told.update(line)
        newest = max(newest, when)
    return "" if newest > moment - _JUST_NOW else told.hexdigest()


def _files(root: Path) -> Iterator[tuple[bytes, int]]:
    for name in (REGISTER_FILE, APPROVALS, REGULATIONS):
        yield from _below(os.path.join(root, name), _FAR)  # noqa: PTH118 - 2,600 times


def _branches(root: Path) -> Iterator[tuple[bytes, int]]:
    """Where git keeps what its branches are: plain files, packed, or a reftable (gitrepository-layout(5))."""
    shared = git_dir(root)
    if shared is None:
        return
    for name in ("HEAD", "packed-refs", "shallow", "refs/heads", "reftable", "worktrees"):
        # of worktrees only what they have checked out; their indexes change all the time
        only = "HEAD" if name == "worktrees" else ""
        yield from _below(os.fspath(shared / name), _FAR, only)


def _below(path: str, deep: int, only: str = "") -> Iterator[tuple[bytes, int]]:
    """A file, or everything in a folder, in the order of names; links are not followed."""
    try:
        about = os.lstat(path)
    except FileNotFoundError:
        return
    if not stat.S_ISDIR(about.st_mode):
        if not only or path.endswith(os.sep + only):
            yield _line(path, about)
    elif deep:
        with os.scandir(path) as entries:
            inside = sorted(entry.path for entry in entries)
        for each in inside:
            yield from _below(each, deep - 1, only)


def _line(path: str, about: os.stat_result) -> tuple[bytes, int]:
    numbers = (about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino, about.st_mode)
    told = os.fsencode(path) + f"\0{numbers}\n".encode()
    return told, max(about.st_mtime_ns, about.st_ctime_ns)
