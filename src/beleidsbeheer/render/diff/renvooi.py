"""What changed, for a screen: ``[-struck-]`` and ``{+inserted+}`` in their paragraphs, and colour besides.

Colour only adds: without it everything can be read. A line never ends inside a mark: a long mark is
closed at the end of a line and opened again on the next.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from beleidsbeheer.domain.changes import Change, ChangeKind, Changes, Nature, OpKind, parts, summary
from beleidsbeheer.domain.changes.sections import FRONT
from beleidsbeheer.domain.terms import listed, opening
from beleidsbeheer.render.diff.pair import Pair
from beleidsbeheer.render.terminal import safe

K = ChangeKind

SAME, OUT, INTO = OpKind.GELIJK, OpKind.GESCHRAPT, OpKind.INGEVOEGD
MARKS: Final = {OUT: ("[-", "-]"), INTO: ("{+", "+}")}
_STYLES: Final = {OUT: "\x1b[31;9m", INTO: "\x1b[32;4m"}
_BOLD: Final = "\x1b[1m"
_PLAIN: Final = "\x1b[0m"

_TOKENS: Final = re.compile(r"[^ \t\n\r\x0b\x0c]+|[ \t\n\r\x0b\x0c]+")
_LINE_END: Final = re.compile(r"\r\n?|\n")
_OPENS: Final = re.compile(  # words with which a line begins a paragraph of its own
    r"#{1,6}|[-*+]|\d{1,4}[a-z]{0,2}[.):]|[a-z]{1,2}[.)]|\d+°\.?|\|.*|>.*|\+\+\+|```.*|~~~.*|\(\d+[a-z]?\)"
)
_LID: Final = re.compile(r"\d{1,4}[a-z]{0,2}[.)]|\(\d+[a-z]?\)")
_LIKE_A_MARK: Final = re.compile(r"(\[|\{)(?=[-+])|([-+])(?=\]|\})")
_VISIBLE: Final = {" ": "·", "\n": "↵", "\r": "␍", "\t": "→", "\x0b": "␋", "\x0c": "␌"}

_LONGEST_RUN: Final = 40  # equal words in a row that are shown whole
_AROUND: Final = 12
_INTRODUCTION: Final = 8
_MOST_MOVES: Final = 8


def renvooi(pair: Pair, width: int, colour: bool = False, everything: bool = False) -> str:
    """The difference as lines of at most ``width`` columns; ``everything`` shows lay-out and space too."""
    return "".join(f"{line}\n" for line in _lines(pair, width, colour, everything))


def summary_text(pair: Pair, width: int) -> str:
    """Only what the difference comes to: a count, and a line for each place."""
    told = [*_head(pair), "", *summary(pair.changes, with_parts=True)]
    if moves := list(_moves(pair.changes)):
        told += ["", *moves]
    lines = (line for text in told for line in _wrapped(_words_of(text), width, "", "  "))
    return "".join(f"{line}\n" for line in lines)


def _head(pair: Pair) -> list[str]:
    return [pair.title, f"was: {pair.old_label}", f"wordt: {pair.new_label}"]


def _lines(pair: Pair, width: int, colour: bool, everything: bool) -> Iterator[str]:
    def plain(text: str, indent: str = "", bold: bool = False) -> Iterator[str]:
        for line in _wrapped(_words_of(text), width, indent):
            yield f"{_BOLD}{line}{_PLAIN}" if bold and colour else line

    title, *labels = _head(pair)
    yield from plain(title, bold=True)
    for label in labels:
        yield from plain(label)
    if not pair.changes.elements:
        yield ""
        yield "Geen verschil."
        return
    yield ""
    told = summary(pair.changes, most=0)
    if pair.changes.coarse:
        yield from plain(opening(told[1]) + ".")
    moves = list(_moves(pair.changes))
    if len(moves) > _MOST_MOVES + 1:
        left = len(moves) - _MOST_MOVES
        moves[_MOST_MOVES:] = [f"en nog {left} onderdelen kregen een andere plaats of nummer"]
    yield from plain("; ".join([opening(told[0]), *moves]) + ".")
    hidden = Hidden()
    for change in pair.changes.elements:
        hidden.count(change)
        if change.kinds <= {K.OPMAAK, K.WITRUIMTE} and not everything:
            continue
        yield ""
        yield from plain(_heading(change), bold=True)
        if K.VERPLAATST in change.kinds:
            yield from plain(_place(change), "  ")
        for paragraph in _paragraphs(change, everything):
            indent = "  " + " " * paragraph.indent
            for line in _wrapped(paragraph.words, width, indent, indent + "  "):
                yield _coloured(line) if colour else line
    if hidden and not everything:
        yield ""
        yield from plain(f"Niet getoond: {hidden}. Alles zien kan met --alles.")


@dataclass
class Hidden:
    """How many places differ in lay-out or white space alone."""

    markup: int = 0
    space: int = 0

    def count(self, change: Change) -> None:
        """Take in the places of one element."""
        before = None
        for op in change.operations:
            if op.kind is not SAME and before is not op.nature:
                self.markup += op.nature is Nature.OPMAAK
                self.space += op.nature is Nature.WITRUIMTE
            # what is struck and what came instead is one place
            before = op.nature if op.kind is OUT else None

    def __bool__(self) -> bool:
        return bool(self.markup or self.space)

    def __str__(self) -> str:
        counts = ((self.markup, "opmaak"), (self.space, "witruimte"))
        told = [
            f"{count} {'plaats' if count == 1 else 'plaatsen'} met alleen {what}"
            for count, what in counts
            if count
        ]
        return " en ".join(told)


# --- what is said of an element --------------------------------------------------------------------------


def _heading(change: Change) -> str:
    """``Artikel 8 → Artikel 9. Verwijdering (vernummerd)``."""
    old = [change.before.heading(index)[1] for index in change.old]
    new = [change.after.heading(index)[1] for index in change.new]
    before, after = (listed(some) if some else "" for some in (old, new))
    # the words of a heading that changed are shown below it
    same = before == after or (change.old_key == change.new_key and len(old) == len(new) == 1)
    name = after if same or not before else before if not after else f"{before} → {after}"
    return f"{name} ({change.kind})"


def _place(change: Change) -> str:
    old, new = change.old.start, change.new.start
    was = change.before.heading(old - 1)[1] if old else ""
    now = change.after.heading(new - 1)[1] if new else ""
    return f"stond {_behind(was)}, staat nu {_behind(now)}"


def _behind(heading: str) -> str:
    return f"na “{heading}”" if heading else "vooraan"


def _moves(changes: Changes) -> Iterator[str]:
    """``artikel 14 lid 1 onder b is nu onder c`` for each part that got another place or number."""
    for change in changes.elements:
        for part in parts(change):
            if part.kinds & {K.VERNUMMERD, K.VERPLAATST}:
                yield f"{cite(part.old_key)} is nu {_short(part.old_key, part.new_key)}"


def cite(key: str) -> str:
    """``14.1.b`` as people cite it: "artikel 14 lid 1 onder b"."""
    article, *rest = key.split(".")
    return " ".join([f"artikel {article}", *(_step(part) for part in rest)])


def _step(part: str) -> str:
    if re.fullmatch(r"\d+[a-z]{0,2}(~\d+)?", part):
        return f"lid {part}"
    if re.fullmatch(r"[a-z]{1,5}(~\d+)?|\d+°(~\d+)?", part) and len(part) < 4:
        return f"onder {part}"
    return f"“{part}”"


def _short(old: str, new: str) -> str:
    """What differs in the new key, as far as it is needed: "onder c", "lid 3 onder c"."""
    before, after = old.split("."), new.split(".")
    if before[0] != after[0]:
        return cite(new)
    while len(after) > 1 and before and before[0] == after[0]:
        before, after = before[1:], after[1:]
    return " ".join(_step(part) for part in after)


# --- the paragraphs of an element ------------------------------------------------------------------------


class Word(NamedTuple):
    """A word as it is shown, and whether both have it, or only one of both."""

    text: str
    state: OpKind


@dataclass
class _Paragraph:
    """Words in their order; ``indent`` is that of its first line."""

    indent: int = 0
    words: list[Word] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        return any(word.state is not SAME for word in self.words)

    @property
    def first(self) -> str:
        """The first word, behind the bullet if there is one."""
        texts = [word.text for word in self.words[:2]]
        return texts[1] if len(texts) > 1 and texts[0] in ("-", "*", "+") else texts[0]


def _paragraphs(change: Change, everything: bool) -> Iterator[_Paragraph]:
    """The changed paragraphs, with the lid they are in and "…" for what is left out."""
    lid: _Paragraph | None = None
    told = left_out = shown = False
    for paragraph in _split(change, everything):
        heading = paragraph.words[0].text.startswith("#")
        if _LID.fullmatch(paragraph.first):
            lid, told = paragraph, False
        if heading and (not paragraph.changed or _told_above(change, paragraph)):
            continue
        if not paragraph.changed:
            left_out = True
            continue
        if left_out:
            yield _Paragraph(0, [Word("…", SAME)])
        left_out, shown = False, True
        if lid is paragraph or heading:
            told = True
        elif lid is not None and not told:
            introduction = [word for word in lid.words if word.state is not OUT]
            more = [Word("…", SAME)] if len(introduction) > _INTRODUCTION else []
            yield _Paragraph(lid.indent, [*introduction[:_INTRODUCTION], *more])
            told = True
        yield _Paragraph(paragraph.indent, _shortened(paragraph.words))
    if left_out and shown:
        yield _Paragraph(0, [Word("…", SAME)])


def _told_above(change: Change, paragraph: _Paragraph) -> bool:
    """Whether the heading above the element says it all: another number, or all of it new or gone."""
    marked = [word.state for word in paragraph.words if word.state is not SAME]
    if K.VERNUMMERD in change.kinds and marked in ([OUT, INTO], [INTO, OUT]):
        return True
    words = " ".join(word.text for word in paragraph.words).strip("# ")
    return bool(change.kinds & {K.NIEUW, K.VERVALLEN}) and words == _seen_all(
        change.old_heading or change.new_heading
    )


def _seen_all(text: str) -> str:
    return " ".join(map(_seen, text.split()))


class _Atom(NamedTuple):
    """A word, and whether a paragraph begins with it, so many columns from the margin."""

    word: Word
    opens: bool
    indent: int


def _split(change: Change, everything: bool) -> Iterator[_Paragraph]:
    """All the words of an element, in paragraphs."""
    current = _Paragraph()
    for atom in _atoms(change, everything):
        if atom.opens and current.words:
            yield current
            current = _Paragraph(min(atom.indent, 12))
        current.words.append(atom.word)
    if current.words:
        yield current


def _atoms(change: Change, everything: bool) -> Iterator[_Atom]:
    """The words in the order in which they are shown."""
    by_line = FRONT in (change.old_heading, change.new_heading)
    struck: list[_Atom] = []
    breaks, indent = 1, 0
    operations = list(change.runs(space=everything))
    for place, op in enumerate(operations):
        state = op.kind
        if op.nature is not Nature.WOORDEN and not everything:
            if state is OUT:
                continue
            state = SAME
        atoms: list[_Atom] = []
        if op.nature is Nature.WITRUIMTE and state is not SAME:
            space = "".join(map(_seen_space, op.text))
            atoms.append(_Atom(Word(space, state), False, 0))
        for token in _TOKENS.findall(op.text):
            if token[0] in _VISIBLE:
                lines = _LINE_END.split(token)
                if len(lines) > 1:
                    # two spaces at the end of a line: the writer wants a new line here
                    breaks += len(lines) - 1 + lines[0].endswith("  ")
                    indent = len(lines[-1].expandtabs(4))
                continue
            opens = breaks > 1 or (breaks == 1 and (by_line or bool(_OPENS.fullmatch(token))))
            exact = state is not SAME and op.nature is not Nature.WOORDEN
            atoms.append(_Atom(Word(_seen(token, exact), state), opens, indent))
            breaks = 0
        if state is INTO and struck:
            behind = operations[place + 1].text if place + 1 < len(operations) else "\n"
            ends = not behind.lstrip(" ")[:1].strip("\r\n")
            yield from _interleaved(struck, atoms, ends)
            struck = []
            continue
        yield from struck
        struck = atoms if state is OUT else []
        if state is not OUT:
            yield from atoms
    yield from struck


def _interleaved(struck: list[_Atom], inserted: list[_Atom], ends: bool) -> list[_Atom]:
    """What is struck and what came instead: the first and the last paragraph of both side by side.

    ``ends`` says that a paragraph ends behind them.
    """
    old, new = _chunks(struck), _chunks(inserted)
    if len(new) == 1 and ends and not struck[0].opens:
        return [*old[0], *inserted, *(atom for chunk in old[1:] for atom in chunk)]
    if len(old) < 2 or len(new) < 2:
        return [*struck, *inserted]
    last = [new[-1][0]._replace(opens=False), *new[-1][1:]]
    middle = [atom for chunk in (*old[1:-1], *new[1:-1]) for atom in chunk]
    return [*old[0], *new[0], *middle, *old[-1], *last]


def _chunks(atoms: list[_Atom]) -> list[list[_Atom]]:
    """The atoms of each paragraph."""
    found: list[list[_Atom]] = []
    for atom in atoms:
        if atom.opens or not found:
            found.append([])
        found[-1].append(atom)
    return found


def _shortened(words: list[Word]) -> list[Word]:
    """Without the middle of long runs that are equal."""
    found: list[Word] = []
    start = 0
    while start < len(words):
        end = start
        while end < len(words) and words[end].state is words[start].state:
            end += 1
        run = words[start:end]
        if run[0].state is SAME and len(run) > _LONGEST_RUN:
            tail = run[-_AROUND:] if end < len(words) else []
            run = [*run[:_AROUND], Word("…", SAME), *tail]
        found += run
        start = end
    return found


def _seen(token: str, exact: bool = False) -> str:
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


def _seen_space(character: str) -> str:
    return _VISIBLE.get(character, f"<U+{ord(character):04X}>")


# --- words → lines ---------------------------------------------------------------------------------------


def _words_of(text: str) -> list[Word]:
    """A sentence of ours, in which words of a text may stand."""
    return [Word(_escaped(word), SAME) for word in safe(text).split(" ")]


def _wrapped(words: Sequence[Word], width: int, indent: str, hanging: str = "") -> Iterator[str]:
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
            if line and (used + 1 + _columns(piece) > room):
                yield indent + " ".join(line)
                line, used, indent = [], 0, hanging
            used += (1 if line else 0) + _columns(piece)
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
    left, right = MARKS[run[0].state]
    texts: list[str] = []
    size = len(left) + len(right)
    limit = room - used - 1 if used else room
    for word in run:
        columns = _columns(word.text)
        if texts and size + len(texts) + columns > limit:
            yield left + " ".join(texts) + right
            texts, size, limit = [], len(left) + len(right), room
        texts.append(word.text)
        size += columns
    yield left + " ".join(texts) + right


def _size(run: list[Word]) -> int:
    marks = 0 if run[0].state is SAME else 4
    return marks + len(run) - 1 + sum(_columns(word.text) for word in run)


def _columns(text: str) -> int:
    """How many columns a text takes on a screen."""
    if text.isascii():
        return len(text)
    return sum(map(_width, text))


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


_MARKED: Final = re.compile(r"\[-.*?-\]|\{\+.*?\+\}")


def _coloured(line: str) -> str:
    """A line with its marks in colour: each mark is whole, so each is found."""
    return _MARKED.sub(
        lambda found: f"{_STYLES[OUT if found[0][0] == '[' else INTO]}{found[0]}{_PLAIN}", line
    )
