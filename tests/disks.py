"""Disks that fill up or cannot be written: made for one test, of memory (tmpfs), where we may mount."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest


@contextmanager
def small_disk(kib: int) -> Iterator[Path]:
    """An empty disk of ``kib`` KiB that every user may enter; skips where a test may not mount one."""
    folder = Path(tempfile.mkdtemp(prefix="beleid-schijf-"))
    options = f"size={kib}k,mode=0777"
    mounting = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    try:
        if (
            shutil.which("mount") is None
            or subprocess.run(mounting, capture_output=True, check=False).returncode
        ):
            pytest.skip("this machine lets no test mount a disk")
        try:
            yield folder
        finally:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
    finally:
        folder.rmdir()


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """A ``small_disk`` that nobody can write on, root included, whom no file mode stops."""
    _remount(folder, "ro")
    try:
        yield
    finally:
        _remount(folder, "rw")


def _remount(folder: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(folder)], check=True)


def fill(disk: Path) -> None:
    """Leave no room on ``disk``."""
    with suppress(OSError), (disk / "vol").open("wb", buffering=0) as stream:
        while True:
            stream.write(bytes(4096))
