"""How long a comparison of two texts takes and how much it marks, beside other tools in the same run.

    .venv/bin/python benchmarks/diff.py FOLDER [--runs 7] [--limit 20] [--only NAME ...]

FOLDER holds pairs ``x.old.md`` and ``x.new.md``. CPU time, user and system: of the whole process for
programs, of the call for libraries (texts in memory; ours with every operation made, white space too).
Ratios are to ``git diff --word-diff=porcelain --histogram``; each turn has all tools, and what counts is
the median of the ratios. A tool that is not installed is left out; one that takes longer than ``--limit``
seconds is left out from then on for pairs of that size. Words marked are compared with the least that
a tool without moves can do: N + M − 2·LCS over words.
"""

from __future__ import annotations

import argparse
import importlib.util
import multiprocessing
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from beleidsbeheer.domain.changes import ChangeKind, Changes, compare

OURS, BASE = "compare", "git histogram"
MOST_CELLS = 6e10  # for the optimum: some seconds
SIZES = ((40_000, "small"), (500_000, "medium"))


@dataclass
class Outcome:
    """What a tool made of a pair; None where it does not say."""

    words: int | None = None
    hunks: int | None = None
    exact: bool | None = None
    moves: int | None = None
    seconds: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Pair:
    """Two texts and where they are."""

    name: str
    old_path: Path
    new_path: Path
    old: bytes
    new: bytes

    @property
    def size(self) -> str:
        most = max(len(self.old), len(self.new))
        return next((name for limit, name in SIZES if most < limit), "large")


Tool = Callable[[Pair], Outcome]


def main() -> None:
    """Measure each pair with each tool in turns, print a line for each, and medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--limit", type=float, default=20.0, help="seconds for one comparison")
    parser.add_argument("--only", nargs="*", default=[], help="names of tools, beside git and ours")
    options = parser.parse_args()
    tools = _installed(options.only)
    slow: set[tuple[str, str]] = set()
    ratios: dict[tuple[str, str], list[tuple[float, float | None]]] = {}
    print(f"{'pair':28} {'tool':14} {'CPU ms':>9} {'× git':>7} {'words':>8} {'÷ least':>8}"
          f" {'hunks':>6} {'exact':>6} {'moves':>6}")  # fmt: skip
    for path in sorted(options.folder.glob("*.old.md")):
        pair = _pair(path)
        found = _measure(pair, tools, options.runs, options.limit, slow)
        least = _least(pair)
        for name, outcome in found.items():
            ratio = statistics.median(
                a / b for a, b in zip(outcome.seconds, found[BASE].seconds, strict=False)
            )
            share = outcome.words / least if outcome.words is not None and least else None
            ratios.setdefault((pair.size, name), []).append((ratio, share))
            _line(pair, name, outcome, ratio, share)
    _medians(ratios)


def _pair(path: Path) -> Pair:
    other = path.with_name(path.name.replace(".old.", ".new."))
    return Pair(
        path.name.removesuffix(".old.md"), path, other, path.read_bytes(), other.read_bytes()
    )


def _least(pair: Pair) -> int | None:
    """N + M − 2·LCS over words."""
    from rapidfuzz.distance import LCSseq

    old, new = pair.old.split(), pair.new.split()
    if len(old) * len(new) > MOST_CELLS:
        return None
    return len(old) + len(new) - 2 * LCSseq.similarity(old, new)


def _measure(
    pair: Pair, tools: dict[str, Tool], runs: int, limit: float, slow: set[tuple[str, str]]
) -> dict[str, Outcome]:
    found: dict[str, Outcome] = {}
    able = []
    for name, tool in tools.items():
        if (name, pair.size) in slow:
            continue
        if name not in (OURS, BASE, "git default") and not _in_time(tool, pair, limit):
            slow.add((name, pair.size))
            print(f"{pair.name:28} {name:14} over {limit:g} seconds, or stopped with an error")
            continue
        able.append(name)
    for name in able:
        found[name] = tools[name](pair)  # warms up as well
        found[name].seconds = []
    for _ in range(runs):
        for name in able:
            if found[name].seconds and sum(found[name].seconds) > limit:
                continue
            found[name].seconds.append(_cpu(lambda tool=tools[name]: tool(pair)))  # type: ignore[misc]
    return found


def _in_time(tool: Tool, pair: Pair, limit: float) -> bool:
    """Try a tool in a process of its own, which ends when it takes too long."""
    process = multiprocessing.get_context("fork").Process(target=_quietly, args=(tool, pair))
    process.start()
    process.join(limit)
    if process.is_alive():
        process.kill()
        process.join()
        return False
    return process.exitcode == 0


def _quietly(tool: Tool, pair: Pair) -> None:
    with Path(os.devnull).open("w") as nothing:
        os.dup2(nothing.fileno(), 2)
        tool(pair)


def _cpu(act: Callable[[], object]) -> float:
    """CPU seconds of this process and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.process_time()
    act()
    own = time.process_time() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    children = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    # starting a program costs this process some too; count only what the program used
    return children or own


def _line(pair: Pair, name: str, outcome: Outcome, ratio: float, share: float | None) -> None:
    def shown(value: object) -> str:
        if isinstance(value, bool):
            return "yes" if value else "no"
        return "–" if value is None else str(value)

    least = f"{share:.3f}" if share is not None else "–"
    print(
        f"{pair.name:28} {name:14} {1000 * statistics.median(outcome.seconds):9.2f} {ratio:7.2f}"
        f" {shown(outcome.words):>8} {least:>8} {shown(outcome.hunks):>6}"
        f" {shown(outcome.exact):>6} {shown(outcome.moves):>6}"
    )


def _medians(ratios: dict[tuple[str, str], list[tuple[float, float | None]]]) -> None:
    print(f"\n{'medians':28} {'tool':14} {'× git':>9} {'most':>7} {'÷ least':>8} {'most':>8}")
    for (size, name), values in ratios.items():
        times = [ratio for ratio, _ in values]
        shares = [share for _, share in values if share is not None]
        words = f"{statistics.median(shares):8.3f} {max(shares):8.3f}" if shares else ""
        print(f"{size:28} {name:14} {statistics.median(times):9.2f} {max(times):7.2f} {words}")


# --- the tools -----------------------------------------------------------------------------------


def _ours(pair: Pair) -> Outcome:
    changes = compare(pair.old, pair.new)
    for change in changes.elements:
        _ = change.operations
    return _told(changes)


def _told(changes: Changes) -> Outcome:
    elements = changes.elements
    return Outcome(
        words=sum(change.struck_words + change.inserted_words for change in elements),
        hunks=sum(len(change.blocks) for change in elements),
        moves=sum(ChangeKind.VERPLAATST in change.kinds for change in elements),
    )


def _ours_compared(pair: Pair) -> Outcome:
    outcome = _told(changes := compare(pair.old, pair.new))
    outcome.exact = changes.rebuild_old() == pair.old and changes.rebuild_new() == pair.new
    return outcome


def _git(option: str) -> Tool:
    def run(pair: Pair) -> Outcome:
        command = ["git", "diff", "--no-index", "--word-diff=porcelain", option]
        done = subprocess.run(
            [*command, pair.old_path, pair.new_path], stdout=subprocess.PIPE, check=False
        )
        lines = done.stdout.split(b"\n")
        marked = [
            line[1:] for line in lines if line[:1] in b"+-" and line[:3] not in (b"+++", b"---")
        ]
        hunks = sum(line[:2] == b"@@" for line in lines)
        return Outcome(sum(len(line.split()) for line in marked), hunks, exact=False)

    return run


def _prosediff(pair: Pair) -> Outcome:
    program = shutil.which("prosediff") or str(Path(sys.executable).parent / "prosediff")
    if pair.size == "large":
        raise RuntimeError("minutes")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.wdiff"  # without -o it would write beside the texts
        command = [program, "--files", "--format", "wdiff", "-o", str(out)]
        command += [str(pair.old_path.resolve()), str(pair.new_path.resolve())]
        done = subprocess.run(command, capture_output=True, cwd=folder, check=False)
        if not out.exists():
            raise RuntimeError(done.stderr.decode("utf-8", "replace"))
        marked = re.findall(r"\[-(.*?)-\]|\{\+(.*?)\+\}", out.read_text("utf-8"), re.S)
    words = sum(len((struck or inserted).split()) for struck, inserted in marked)
    return Outcome(words, len(marked), exact=False)


def _words_of(
    opcodes: Sequence[tuple[str, int, int, int, int]], old: list[str], new: list[str]
) -> Outcome:
    """For tools that give runs of tokens, white space among them: these come back exactly."""
    outcome = Outcome(0, 0, True)
    for tag, a, b, c, d in opcodes:
        if tag != "equal":
            assert outcome.words is not None
            assert outcome.hunks is not None
            outcome.words += sum(not token.isspace() for token in (*old[a:b], *new[c:d]))
            outcome.hunks += 1
    return outcome


def _tokens(data: bytes) -> list[str]:
    return re.findall(r"\s+|\S+", data.decode("utf-8"))


def _patience(pair: Pair) -> Outcome:
    matcher = import_module("patiencediff").PatienceSequenceMatcher
    old, new = _tokens(pair.old), _tokens(pair.new)
    return _words_of(matcher(None, old, new).get_opcodes(), old, new)


def _difflib(pair: Pair) -> Outcome:
    from difflib import SequenceMatcher

    old, new = _tokens(pair.old), _tokens(pair.new)
    return _words_of(list(SequenceMatcher(None, old, new).get_opcodes()), old, new)


def _redlines(pair: Pair) -> Outcome:
    redlines = import_module("redlines").Redlines
    changes = redlines(pair.old.decode("utf-8"), pair.new.decode("utf-8")).output_markdown
    marked = re.findall(r"<(?:span|ins|del)[^>]*>(.*?)</(?:span|ins|del)>", changes, re.S)
    return Outcome(sum(len(text.split()) for text in marked), len(marked), exact=False)


def _lxml(pair: Pair) -> Outcome:
    htmldiff = import_module("lxml.html.diff").htmldiff
    old, new = (
        "<p>" + text.decode("utf-8").replace("&", "&amp;").replace("<", "&lt;") + "</p>"
        for text in (pair.old, pair.new)
    )
    marked = htmldiff(old, new)
    return Outcome(hunks=marked.count("<ins>") + marked.count("<del>"), exact=False)


OTHERS: dict[str, tuple[str, Tool]] = {
    "prosediff": ("prosediff", _prosediff),
    "patiencediff": ("patiencediff", _patience),
    "redlines": ("redlines", _redlines),
    "lxml.html.diff": ("lxml", _lxml),
    "difflib": ("difflib", _difflib),
}


def _installed(only: list[str]) -> dict[str, Tool]:
    tools: dict[str, Tool] = {
        BASE: _git("--histogram"),
        "git default": _git("--diff-algorithm=default"),
        OURS: _compare_only,
        "… with all ops": _ours,
        "… and rebuilt": _ours_compared,
    }
    for name, (module, tool) in OTHERS.items():
        if (not only or name in only) and importlib.util.find_spec(module):
            tools[name] = tool
    return tools


def _compare_only(pair: Pair) -> Outcome:
    return _told(compare(pair.old, pair.new))


if __name__ == "__main__":
    main()
