"""How long it takes to verify a large register, against its bare signatures and against stock ssh-keygen.

    .venv/bin/python benchmarks/verify.py [--entries 10000] [--sample 200] [--runs 5] [--seed N]

All is measured in one run, in turns, with the garbage collector on (as in ``beleid``) and run before each
measurement; "of it gc" is what it took during one. What counts are the ratios.
"""

from __future__ import annotations

import argparse
import gc
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.lives import DAY, long_life, write_out

from beleidsbeheer.actions.reading import open_register
from beleidsbeheer.domain.entry import Entry, read_entry
from beleidsbeheer.domain.proposals import allowed_signers
from beleidsbeheer.domain.register import load
from beleidsbeheer.domain.signature import parse_signature, to_be_signed
from beleidsbeheer.domain.sshkey import public_object
from beleidsbeheer.domain.verification import verify

Files = dict[str, bytes]
Times = dict[str, list[float]]
BARE, WHOLE = "bare Ed25519 signatures", "verification, in memory"
LOAD, OPEN = "register, in memory", "register, from the folder"


def main() -> None:
    """Build the register, measure each way of looking at it, print time per entry and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--sample", type=int, default=200, help="entries checked by ssh-keygen")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.entries < 200 or options.sample < options.runs or options.runs < 1:
        parser.error("at least 200 entries, one run, and as many in the sample as runs")
    files = long_life(options.entries, options.seed).files
    size = sum(map(len, files.values())) / 1e6
    print(
        f"{options.entries} entries, {len(files)} files, {size:.0f} MB, seed {options.seed};"
        f" Python {sys.version.split()[0]}"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_out(files, folder / "register")
        ways = _ways(files, folder / "register")
        stock = _Stock(files, folder, options.sample, options.seed)
        times, collecting = _measure(ways, stock, options.runs)
    _report(times, collecting, options.entries, stock)


def _ways(files: Files, folder: Path) -> dict[str, Callable[[], None]]:
    """What to measure; each also makes sure that it did its work."""
    entries = sum(path.endswith(".json") for path in files)
    bare = _bare_signatures(files)
    assert len(bare) == entries

    def signatures() -> None:
        for check, value, signed in bare:
            check(value, signed)

    def verification() -> None:
        outcome = verify(files, DAY)
        assert outcome.sound
        assert len(outcome.counted) == entries

    def register() -> None:
        assert load(files, DAY).sound

    def from_folder() -> None:
        assert open_register(folder, DAY).sound

    return {BARE: signatures, WHOLE: verification, LOAD: register, OPEN: from_folder}


def _bare_signatures(files: Files) -> list[tuple[Callable[[bytes, bytes], None], bytes, bytes]]:
    """Per entry the verify method of its key's ready object, the 64 bytes, and what they sign."""
    bare = []
    for path, statement in files.items():
        if path.endswith(".json"):
            signature = parse_signature(files[path + ".sig"])
            public = public_object(signature.key)
            signed = to_be_signed(statement, read_entry(statement).namespace)
            bare.append((public.verify, signature.value, signed))
    return bare  # type: ignore[return-value]  # every key of this register is Ed25519


def _measure(ways: dict[str, Callable[[], None]], stock: _Stock, runs: int) -> tuple[Times, Times]:
    """Seconds of each run of each way, in turns, and those spent on collecting garbage in it.

    Each turn also has its share of the ssh-keygen sample. One turn before the first only warms up.
    """
    times: Times = {way: [] for way in ways}
    collecting: Times = {way: [] for way in ways}
    for run in range(-1, runs):
        for way, act in ways.items():
            gc.collect()
            with _collector_clock() as marks:
                start = time.perf_counter()
                act()
                seconds = time.perf_counter() - start
            if run >= 0:
                times[way].append(seconds)
                collecting[way].append(sum(marks[1::2]) - sum(marks[::2]))
        if run >= 0:
            stock.check_share(run, runs)
    return times, collecting


@contextmanager
def _collector_clock() -> Iterator[list[float]]:
    """A list that gets the time at each start and stop of the garbage collector."""
    marks: list[float] = []

    def note(_phase: str, _about: dict[str, int]) -> None:
        marks.append(time.perf_counter())

    gc.callbacks.append(note)
    try:
        yield marks
    finally:
        gc.callbacks.remove(note)


class _Stock:
    """One ``ssh-keygen -Y verify`` process for each entry of a sample; ``turns`` has their seconds."""

    def __init__(self, files: Files, folder: Path, sample: int, seed: int) -> None:
        self._folder = folder
        self._signers = folder / "allowed_signers"
        self._signers.write_text(allowed_signers(load(files, DAY)), encoding="utf-8")
        paths = sorted(path for path in files if path.endswith(".json"))
        chosen = random.Random(seed).sample(paths, min(sample, len(paths)))
        self._entries = [read_entry(files[path]) for path in chosen]
        self.turns: list[list[float]] = []

    def check_share(self, run: int, runs: int) -> None:
        """Check every ``runs``-th entry of the sample, from number ``run``."""
        self.turns.append([self._check(entry) for entry in self._entries[run::runs]])

    def _check(self, entry: Entry) -> float:
        path = self._folder / "register" / entry.path
        command = ["ssh-keygen", "-Y", "verify", "-f", str(self._signers), "-I", entry.person]
        command += ["-n", entry.namespace, "-s", f"{path}.sig"]
        start = time.perf_counter()
        with path.open("rb") as statement:
            subprocess.run(command, stdin=statement, stdout=subprocess.DEVNULL, check=True)
        return time.perf_counter() - start


def _report(times: Times, collecting: Times, entries: int, stock: _Stock) -> None:
    head = ("per entry", "fastest", "of it gc", "bare ×", "ssh-keygen ÷")
    print(f"\n{'':36} {head[0]:>11} {head[1]:>11} {head[2]:>11} {head[3]:>8} {head[4]:>13}")
    process = [statistics.median(turn) for turn in stock.turns]
    ratios = {}
    for way, seconds in times.items():
        median, fastest = statistics.median(seconds) / entries, min(seconds) / entries
        garbage = statistics.median(collecting[way]) / entries
        # the ratio of each turn by itself, then the median: neighbours in time share their luck
        bare = statistics.median(a / b for a, b in zip(seconds, times[BARE], strict=True))
        faster = statistics.median(p * entries / a for a, p in zip(seconds, process, strict=True))
        ratios[way] = bare, faster
        print(
            f"{way:36} {1e6 * median:8.1f} µs {1e6 * fastest:8.1f} µs {1e6 * garbage:8.1f} µs"
            f" {bare:8.2f} {faster:13.1f}"
        )
    each = [seconds for turn in stock.turns for seconds in turn]
    name = f"ssh-keygen -Y verify (sample of {len(each)})"
    print(f"{name:36} {1e6 * statistics.median(each):8.1f} µs {1e6 * min(each):8.1f} µs")
    print(f"\nmedians of {len(times[BARE])} runs in turns")
    print(f"aim: verification within 3 times the bare signatures: {ratios[WHOLE][0]:.2f}")
    print(f"aim: verification at least 20 times faster than ssh-keygen: {ratios[WHOLE][1]:.1f}")


if __name__ == "__main__":
    main()
