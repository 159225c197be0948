"""Words → lines for a screen: each mark whole on its line, at most so many columns, colour besides.

Colour only adds: without it everything can be read. A line never ends inside a mark: a long mark is
closed at the end of a line and opened again on the next.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from beleidsbeheer.domain.changes import OpKind
from beleidsbeheer.render.terminal import columns, safe

SAME, OUT, INTO = OpKind.GELIJK, OpKind.GESCHRAPT, OpKind.INGEVOEGD
_MARKS: Final = {OUT: ("[-", "-]"), INTO: ("{+", "+}")}
_STYLES: Final = {OUT: "\x1b[31;9m", INTO: "\x1b[32;4m"}
_BOLD: Final = "\x1b[1m"
_PLAIN: Final = "\x1b[0m"

_TOKEN: Final = re.compile(r"[^ \t\n\r\x0b\x0c]+")
_LIKE_A_MARK: Final = re.compile(r"(\[|\{)(?=[-+])|([-+])(?=\]|\})")
_VISIBLE: Final = {" ": "·", "\n": "↵", "\r": "␍", "\t": "→", "\x0b": "␋", "\x0c": "␌"}


class Word(NamedTuple):
    """A word as it is shown, and whether both have it, or only one of both."""

    text: str
    state: OpKind


def tokens(text: str) -> list[str]:
    """Text in words; a space of another kind than that of ASCII stays inside its word."""
    return _TOKEN.findall(text)


def seen(token: str, exact: bool = False) -> str:
    """A word without anything that cannot be seen, or that looks like one of our marks.

    A space of another kind inside it is a space, unless ``exact``: then it is what changed.
    """
    if not token.isprintable():
        exact = exact or token.isspace()
        token = "".join(ch if ch.isprintable() else _named(ch, exact) for ch in token)
    return _escaped(token)


def _named(character: str, exact: bool) -> str:
    if not exact and unicodedata.category(character) == "Zs":
        return " "
    return f"<U+{ord(character):04X}>"


def _escaped(text: str) -> str:
    return _LIKE_A_MARK.sub(lambda found: f"{found[0]}\\", text)


def seen_space(character: str) -> str:
    return _VISIBLE.get(character, f"<U+{ord(character):04X}>")


def words_of(text: str) -> list[Word]:
    """A sentence of ours, in which words of a text may stand."""
    return [Word(_escaped(word), SAME) for word in safe(text).split(" ")]


def wrapped(words: Sequence[Word], width: int, indent: str, hanging: str = "") -> Iterator[str]:
    """Words in lines. A mark that does not fit goes to the next line, or is closed and opened again.

    The lines after the first one begin with ``hanging``, or else with ``indent`` too.
    """
    hanging = hanging or indent
    room = max(width - len(hanging), 10)
    line: list[str] = []
    used = 0
    for run in _runs(words):
        size = _size(run)
        if line and used + 1 + size > room and (size <= room or used + 12 > room):
            yield indent + " ".join(line)
            line, used, indent = [], 0, hanging
        for piece in _pieces(run, room, used):
            if line and (used + 1 + columns(piece) > room):
                yield indent + " ".join(line)
                line, used, indent = [], 0, hanging
            used += (1 if line else 0) + columns(piece)
            line.append(piece)
    if line:
        yield indent + " ".join(line)


def _runs(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Each equal word by itself; words with the same mark together."""
    run: list[Word] = []
    for word in words:
        if run and (word.state is SAME or word.state is not run[-1].state):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _pieces(run: list[Word], room: int, used: int) -> Iterator[str]:
    """A run with its marks, in pieces that each fit on a line, the first one behind ``used`` columns."""
    if run[0].state is SAME:
        yield " ".join(word.text for word in run)
        return
    left, right = _MARKS[run[0].state]
    texts: list[str] = []
    size = len(left) + len(right)
    limit = room - used - 1 if used else room
    for word in run:
        taken = columns(word.text)
        if texts and size + len(texts) + taken > limit:
            yield left + " ".join(texts) + right
            texts, size, limit = [], len(left) + len(right), room
        texts.append(word.text)
        size += taken
    yield left + " ".join(texts) + right


def _size(run: list[Word]) -> int:
    marks = 0 if run[0].state is SAME else 4
    return marks + len(run) - 1 + sum(columns(word.text) for word in run)


_MARKED: Final = re.compile(r"\[-.*?-\]|\{\+.*?\+\}")


def coloured(line: str) -> str:
    """A line with its marks in colour: each mark is whole, so each is found."""
    return _MARKED.sub(
        lambda found: f"{_STYLES[OUT if found[0][0] == '[' else INTO]}{found[0]}{_PLAIN}", line
    )


def bold(line: str) -> str:
    """A line that stands out."""
    return f"{_BOLD}{line}{_PLAIN}"
