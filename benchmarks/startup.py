"""How long a whole ``beleid`` process takes, against ``python -c "import click"`` with the same interpreter.

    .venv/bin/python benchmarks/startup.py [--runs 40] [--seed N]

The commands take turns, so that a slow moment of the machine hits all of them; what counts are ratios.
Warm: compiled modules come from a cache that two turns before the first fill, as after ``pip install``.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.lives import POLICY, short_life

AIMS = {"beleid --help": 1.3, f"beleid versietabel {POLICY}": 4.0}


def main() -> None:
    """Make the register, run every command ``--runs`` times in turns, print medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    beleid = str(Path(sys.executable).parent / "beleid")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _settle(folder)
        root = short_life(folder, options.seed)
        commands = {
            'python -c "import click"': [sys.executable, "-c", "import click"],
            "beleid --help": [beleid, "--help"],
            f"beleid versietabel {POLICY}": [beleid, "versietabel", POLICY],
        }
        times = _measure(commands, root, options.runs)
    _report(times)


def _settle(folder: Path) -> None:
    """Give this process, and all that it starts, an environment of its own."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ |= {
        "COLUMNS": "110",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "HOME": str(folder),
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
        "XDG_CONFIG_HOME": str(folder / "config"),
    }


def _measure(commands: dict[str, list[str]], root: Path, runs: int) -> dict[str, list[float]]:
    """Seconds of each run of each command; the first two turns only warm up."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for run in range(-2, runs):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, cwd=root, stdout=subprocess.DEVNULL, check=True)
            if run >= 0:
                times[name].append(time.perf_counter() - start)
    return times


def _report(times: dict[str, list[float]]) -> None:
    base = next(iter(times.values()))
    print(f"{len(base)} runs each, in turns; Python {sys.version.split()[0]}\n")
    print(f"{'':36} {'median':>9} {'fastest':>9} {'ratio':>6} {'aim':>5}")
    for name, seconds in times.items():
        # the ratio of each turn by itself, then the median: neighbours in time share their luck
        ratio = statistics.median(a / b for a, b in zip(seconds, base, strict=True))
        aim = f"{AIMS[name]:5.1f}" if name in AIMS else ""
        print(
            f"{name:36} {1000 * statistics.median(seconds):6.1f} ms {1000 * min(seconds):6.1f} ms"
            f" {ratio:6.2f} {aim}"
        )


if __name__ == "__main__":
    main()
