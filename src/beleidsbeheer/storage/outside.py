"""A folder of files for people, outside a register: written whole or not at all."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from beleidsbeheer.storage.folder import replace_file
from beleidsbeheer.storage.names import LEFTOVER


def write_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Make ``target`` with these files in it, in one step: a folder beside it, then a rename.

    ``target`` is not there, or is an empty folder. Raises OSError, and then nothing is left.
    """
    temporary = target.parent / f"{LEFTOVER}{secrets.token_hex(8)}"
    temporary.mkdir()
    try:
        for name, content in files.items():
            replace_file(temporary / name, content)
        if target.is_dir():
            target.rmdir()
        temporary.rename(target)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
