"""A process of its own, measured: wall-clock and CPU seconds, and peak memory in MB.

The measured process is started by a small one (this file as a program): Linux counts in a process's peak what the process that
started it held, and a benchmark holds a lot. What is below some 10 MB cannot be told.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Used:
    """What a process used, with what it started: ``wall`` and ``cpu`` in seconds, ``peak`` in MB; and what it said."""

    wall: float
    cpu: float
    peak: float
    said: bytes = b""


def measured(
    command: Sequence[str],
    *,
    environment: Mapping[str, str] | None = None,
    fine: Sequence[int] = (0,),
) -> Used:
    """Run a command to its end. Its output is read, so that no program spares itself the writing.

    Raises RuntimeError, with the end of what it said, for an exit code that is not ``fine``.
    """
    read_end, write_end = os.pipe()
    starter = [sys.executable, "-I", "-S", __file__, str(write_end), *command]
    own = os.environ | (environment or {})
    own.pop("PYTHONDONTWRITEBYTECODE", None)  # modules are compiled, as after an installation
    with open(read_end, "rb") as told:  # noqa: PTH123 - a pipe
        done = subprocess.run(
            starter,
            capture_output=True,
            env=own,
            pass_fds=(write_end,),
            check=False,
        )
        os.close(write_end)
        figures = json.loads(told.read() or b"{}")
    if figures.get("code") not in fine:
        end = (done.stdout + done.stderr)[-2_000:].decode("utf-8", "replace")
        raise RuntimeError(f"{' '.join(command)[:300]} ended with {figures.get('code')}:\n{end}")
    return Used(figures["wall"], figures["cpu"], figures["peak"], done.stdout)


def beleid(*arguments: str) -> list[str]:
    """The command line of the program with this Python."""
    return [sys.executable, "-c", "from beleidsbeheer.cli.main import run; run()", *arguments]


def _start(write_end: int, command: Sequence[str]) -> None:
    """What the small process does: start the command, wait, and tell what it used."""
    start = time.perf_counter()
    process = subprocess.Popen(command)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    peak = used.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    cpu = used.ru_utime + used.ru_stime
    figures = {"wall": wall, "cpu": cpu, "peak": peak, "code": process.returncode}
    os.write(write_end, json.dumps(figures).encode())


if __name__ == "__main__":
    _start(int(sys.argv[1]), sys.argv[2:])
