"""What stands for the program itself: whoever keeps what it made must know when another program would make it."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.metadata import version as installed
from pathlib import Path


@cache
def program(*libraries: str) -> str:
    """A sha256 over the program's own files and the versions of these libraries."""
    package = Path(__file__).parent.parent
    whole = sha256(" ".join(map(installed, libraries)).encode())
    for path in sorted(package.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            whole.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()
