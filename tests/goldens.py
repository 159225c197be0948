"""Files that hold what a program should print, byte for byte. After a wanted change: BELEID_GOLDEN=1 writes them anew."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def golden(name: str, text: str) -> None:
    """Compare with the file of this name."""
    path = FOLDER / name
    if os.environ.get("BELEID_GOLDEN"):
        path.write_bytes(text.encode())
    assert text == path.read_bytes().decode()
