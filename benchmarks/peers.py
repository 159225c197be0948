"""The same questions put to ``git grep`` and to ripgrep, as somebody does who has the registers and no index.

They look in lines, and a paragraph of these texts is a line: two words are found when both stand in one paragraph, not in one
article. They compare letters, not stems: "regeling" as a word does not find "regelingen". Case does not matter.
"""

from __future__ import annotations

import shlex
import shutil
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.processes import measured
from benchmarks.questions import Question

_NONE_FOUND = (0, 1)  # both end with 1 when nothing was found
Command = Callable[[Question], list[list[str]]]


@dataclass(frozen=True, slots=True)
class Answer:
    """How long one question took, in seconds, and how many lines answer it."""

    kind: str
    seconds: float
    hits: int


def peers(registers: Sequence[Path], in_force: Path) -> Iterator[tuple[str, Command]]:
    """Who can be asked here: over every version of the registers, and over a folder with the texts in force.

    ``git grep`` looks in one repository, so over the registers it is one process for each; of those, times add up.
    """
    yield "git grep, all versions", lambda each: [_git_grep(each, root) for root in registers]
    yield "git grep, in force", lambda each: [_git_grep_folder(each, in_force)]
    if shutil.which("rg"):
        yield "ripgrep, all versions", lambda each: [_ripgrep(each, registers, "**/versies/*.md")]
        yield "ripgrep, in force", lambda each: [_ripgrep(each, [in_force], "*.md")]


def ask(command: Command, questions: Sequence[Question]) -> list[Answer]:
    """Each question once, after a first round that warms the disk cache."""
    for each in questions[:1]:
        _answer(command, each)
    return [_answer(command, each) for each in questions]


def _answer(command: Command, question: Question) -> Answer:
    runs = [measured(each, fine=_NONE_FOUND) for each in command(question)]
    hits = sum(run.said.count(b"\n") for run in runs)
    return Answer(question.kind, sum(run.wall for run in runs), hits)


def percentiles(seconds: Sequence[float]) -> tuple[float, float, float]:
    """p50, p95 and the most, of one time or more."""
    ranked = sorted(seconds)
    return statistics.median(ranked), ranked[max(0, -(-95 * len(ranked) // 100) - 1)], ranked[-1]


def _git_grep(question: Question, root: Path) -> list[str]:
    told = ["git", "-C", str(root), "grep", "--line-number", "--ignore-case"]
    return [*told, *_for_git(question), "--", ":(glob)reglement/*/versies/*.md"]


def _git_grep_folder(question: Question, folder: Path) -> list[str]:
    told = ["git", "-C", str(folder), "grep", "--no-index", "--line-number", "--ignore-case"]
    return [*told, *_for_git(question), "--", "*.md"]


def _for_git(question: Question) -> list[str]:
    if question.kind == "prefix":
        return ["--perl-regexp", "-e", rf"\b{question.words[0]}"]
    if question.kind == "two words":
        first, second = question.words
        return ["--fixed-strings", "--word-regexp", "-e", first, "--and", "-e", second]
    return ["--fixed-strings", "--word-regexp", "-e", " ".join(question.words)]


def _ripgrep(question: Question, roots: Sequence[Path], glob: str) -> list[str]:
    told = ["rg", "--line-number", "--ignore-case", "--no-messages", "--glob", glob]
    if question.kind == "two words":  # it knows no "and": one filters what the other finds
        first, second = question.words
        both = [*told, "--word-regexp", "-e", first, *map(str, roots)]
        return ["sh", "-c", f"{shlex.join(both)} | rg --ignore-case --word-regexp -e {second}"]
    return [*told, *_for_ripgrep(question), *map(str, roots)]


def _for_ripgrep(question: Question) -> list[str]:
    if question.kind == "prefix":
        return ["-e", rf"\b{question.words[0]}"]
    return ["--fixed-strings", "--word-regexp", "-e", " ".join(question.words)]
