"""Programs that a bare machine may lack: their tests skip there, but never in CI."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def needs(*programs: str) -> pytest.MarkDecorator:
    """Skip the test when one of ``programs`` is not on PATH.

    With CI set in the environment nothing is skipped: the test runs and fails on the program that
    is missing, so a build server can never go green by testing less.
    """
    missing = [program for program in programs if shutil.which(program) is None]
    return pytest.mark.skipif(
        bool(missing) and not os.environ.get("CI"),
        reason=f"this machine has no {', '.join(missing)}",
    )


def office(profile: Path, *arguments: str) -> None:
    """Run LibreOffice with a profile of its own."""
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore",
         "--nologo", *arguments],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
