"""One change → rows of paragraphs that people can read: what was, what becomes, and both in one.

    for row in rows(change):
        row.both  # paragraphs with struck and inserted runs
        row.was, row.wordt  # the same for two columns

Paragraphs come from the lines of the Markdown: a heading, a lid, an onderdeel, an alinea. A row
holds the old and the new paragraphs that share text. No word is lost: the struck and the equal runs
are the old words, the inserted and the equal ones the new. Pure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from beleidsbeheer.domain.changes import Change, Nature, Op, OpKind
from beleidsbeheer.domain.changes.sections import FRONT
from beleidsbeheer.render.diff.atoms import Atom, atoms_of, inside, to_the_eye
from beleidsbeheer.render.diff.blocks import BLANK, HIDDEN, MARK, TARGET, Block, Form
from beleidsbeheer.render.diff.side import Side

_ALIKE: Final = (
    0.25  # of the shorter paragraph; below that they are two paragraphs, not one that changed
)


class Run(NamedTuple):
    """A run of text in a paragraph. ``op`` is "=", "-" or "+"; ``style`` a sum of flags."""

    op: str
    text: str
    style: int = 0


BREAK: Final = "¶"  # the text of a run that is the end of a paragraph; its style is MARK


@dataclass(slots=True)
class Paragraph:
    """A paragraph to show. ``mark`` holds the number in front of it, as runs.

    ``was`` is the number it had, where that is all the old text has in front of these words.
    """

    form: Form
    depth: int
    mark: list[Run]
    runs: list[Run] = field(default_factory=list)
    was: str = ""

    @property
    def shown(self) -> list[Run]:
        """The runs to show, those of one kind together; the target of a link only where it differs."""
        return _tidied(self.runs)

    @property
    def whole(self) -> str:
        """ "-" if all of it is struck, "+" if all of it is new, else ""."""
        ops = {run.op for run in (*self.mark, *self.runs) if run.text.strip(BLANK)}
        return "-" if ops == {"-"} else "+" if ops == {"+"} else ""

    @property
    def text(self) -> str:
        """What it says, in one line, without the marks of the change."""
        words = " ".join("".join(run.text for run in self.shown).split())
        mark = "".join(run.text for run in self.mark)
        return " ".join(filter(None, (mark, words)))


@dataclass(slots=True)
class Row:
    """Old and new paragraphs that share text; one of both may be absent."""

    olds: tuple[Block, ...]
    news: tuple[Block, ...]
    changed: bool
    linked: bool
    both: list[Paragraph]
    was: list[Paragraph]
    wordt: list[Paragraph]

    @property
    def depth(self) -> int:
        return (self.news or self.olds)[0].depth

    def alone(self, op: str) -> Row:
        """Only its old ("-") or its new ("+") paragraphs."""
        if op == "-":
            return Row(self.olds, (), self.changed, False, self.was, self.was, [])
        return Row((), self.news, self.changed, False, self.wordt, [], self.wordt)

    @property
    def form(self) -> Form:
        return (self.news or self.olds)[0].form


def rows(change: Change) -> list[Row]:
    """All paragraphs of a change in the order of the new text, what went where it was."""
    return _Rows(list(change.runs()), is_front(change)).all()


def is_front(change: Change) -> bool:
    """Whether this is the block of data on top of the file."""
    return (change.new_heading or change.old_heading) == FRONT and not (
        change.new_key or change.old_key or change.new.start or change.old.start
    )


class _Rows:
    def __init__(self, ops: list[Op], literal: bool) -> None:
        self.old = Side("".join(o.text for o in ops if o.kind is not OpKind.INGEVOEGD), literal)
        self.new = Side("".join(o.text for o in ops if o.kind is not OpKind.GESCHRAPT), literal)
        self.atoms = list(atoms_of(ops, self.old, self.new))
        self.old_rows = [-1] * len(self.old.blocks)
        self.new_rows = [-1] * len(self.new.blocks)
        self.spans: list[tuple[range, range]] = []
        self._place()

    def all(self) -> list[Row]:
        held: dict[int, list[Atom]] = defaultdict(list)
        for atom in self.atoms:
            r = self.old_rows[atom.i] if atom.i >= 0 else -1
            s = self.new_rows[atom.j] if atom.j >= 0 else -1
            if r >= 0 and r == s:
                held[r].append(atom)
                continue
            if r >= 0:
                held[r].append(atom._replace(op="-", j=-1))
            if s >= 0:
                held[s].append(atom._replace(op="+", i=-1))
        return [self._row(span, held[number]) for number, span in enumerate(self.spans)]

    def _inside(self, span: tuple[range, range], atoms: list[Atom]) -> list[Atom]:
        """The runs of a row; two paragraphs that belong together are compared by themselves."""
        olds, news = span
        changed = any(atom.op != "=" for atom in atoms)
        if changed and len(olds) == len(news) == 1 and any(atom.op == "=" for atom in atoms):
            atoms = inside(self.old, olds[0], self.new, news[0])
        return to_the_eye(atoms, self.old, self.new)

    # --- which blocks belong together ------------------------------------------------------------

    def _place(self) -> None:
        shared: dict[tuple[int, int], int] = defaultdict(int)
        for atom in self.atoms:
            if atom.op == "=" and atom.i >= 0 and atom.j >= 0:
                shared[atom.i, atom.j] += self._letters(self.new, *atom.new)
        sizes = (
            [self._letters(self.old, b.body, b.end) for b in self.old.blocks],
            [self._letters(self.new, b.body, b.end) for b in self.new.blocks],
        )
        groups: list[list[int]] = []  # [first old, last old, first new, last new]
        for (i, j), size in sorted(shared.items()):
            if not size or size < _ALIKE * min(sizes[0][i], sizes[1][j]):
                continue
            if groups and (i <= groups[-1][1] or j <= groups[-1][3]):
                groups[-1][1], groups[-1][3] = max(i, groups[-1][1]), max(j, groups[-1][3])
            else:
                groups.append([i, i, j, j])
        i = j = 0
        for a, b, c, d in [*groups, [len(self.old_rows), 0, len(self.new_rows), 0]]:
            for k in range(max(a - i, c - j)):
                self._add(
                    range(min(i + k, a), min(i + k + 1, a)), range(min(j + k, c), min(j + k + 1, c))
                )
            if a < len(self.old_rows) or c < len(self.new_rows):
                self._add(range(a, b + 1), range(c, d + 1))
            i, j = b + 1, d + 1

    @staticmethod
    def _letters(side: Side, start: int, end: int) -> int:
        return len("".join(side.text[start:end].split()))

    def _add(self, olds: range, news: range) -> None:
        for i in olds:
            self.old_rows[i] = len(self.spans)
        for j in news:
            self.new_rows[j] = len(self.spans)
        self.spans.append((olds, news))

    # --- a row -----------------------------------------------------------------------------------

    def _row(self, span: tuple[range, range], atoms: list[Atom]) -> Row:
        atoms = self._inside(span, atoms)
        olds = tuple(self.old.blocks[i] for i in span[0])
        news = tuple(self.new.blocks[j] for j in span[1])
        words = any(
            a.op != "=" and a.nature is Nature.WOORDEN and self._text(a).strip(BLANK) for a in atoms
        )
        marks = [b.mark for b in olds] != [b.mark for b in news]
        changed = words or marks
        linked = any(a.op == "=" for a in atoms)
        was = self._one_side(span[0], atoms, self.old, "-")
        wordt = self._one_side(span[1], atoms, self.new, "+")
        if not (olds and news):
            both = was or wordt
        elif linked:
            both = self._merged(atoms)
        else:
            both = [*was, *wordt]
        return Row(olds, news, changed, linked, both, was, wordt)

    def _text(self, atom: Atom) -> str:
        return (
            self.old.text[slice(*atom.old)] if atom.op == "-" else self.new.text[slice(*atom.new)]
        )

    def _one_side(self, numbers: range, atoms: list[Atom], side: Side, own: str) -> list[Paragraph]:
        """The paragraphs of one text, in which only what differs is marked."""
        marks: dict[int, set[str]] = defaultdict(set)
        for i, j in {(a.i, a.j) for a in atoms if a.op == "="}:
            if own == "-":
                marks[i].add(self.new.blocks[j].mark)
            else:
                marks[j].add(self.old.blocks[i].mark)
        found = {}
        for number in numbers:
            block = side.blocks[number]
            # a paragraph that only got another number was not struck: the new number says it
            same = block.mark in marks[number] or (own == "-" and any(marks[number]))
            op = "=" if same else own
            found[number] = Paragraph(block.form, block.depth, _mark(op, block.mark))
        for atom in atoms:
            number, place = (atom.i, atom.old) if own == "-" else (atom.j, atom.new)
            if number in found and atom.op in ("=", own):
                op = atom.op if atom.nature is Nature.WOORDEN else "="
                self._put(found[number].runs, op, side, number, place)
        return list(found.values())

    def _merged(self, atoms: list[Atom]) -> list[Paragraph]:
        """The paragraphs of both texts as one, with what was struck and what came."""
        atoms = [a for a in atoms if a.op != "-" or a.nature is Nature.WOORDEN]
        links = {(a.i, a.j) for a in atoms if a.op == "="}
        found: list[Paragraph] = []
        i = j = -1
        for atom, (next_i, next_j) in zip(atoms, _ahead(atoms), strict=True):
            old, new = next_i > i, next_j > j
            if atom.i > i or atom.j > j:
                if not found or (old and new):
                    both = (next_i, next_j) in links
                    i = next_i if both or atom.i >= 0 else i
                    j = next_j if both or atom.j >= 0 else j
                    found.append(
                        self._opened(
                            i if atom.i >= 0 or both else -1, j if atom.j >= 0 or both else -1
                        )
                    )
                elif new:
                    found[-1].runs.append(Run("+", BREAK, MARK))
                    j = next_j
                    found.append(self._opened(-1, j))
                else:
                    i = next_i
                    found[-1].runs.append(Run("-", BREAK, MARK))
                    if (mark := self.old.blocks[i].mark) not in ("", "•"):
                        found[-1].runs.append(Run("-", f"{mark} ", MARK))
            side, place, block = (
                (self.old, atom.old, atom.i) if atom.op == "-" else (self.new, atom.new, atom.j)
            )
            op = atom.op if atom.nature is Nature.WOORDEN else "="
            self._put(found[-1].runs, op, side, block, place)
        return found

    def _opened(self, i: int, j: int) -> Paragraph:
        """A paragraph that begins with old block ``i`` and new block ``j``; one may be -1."""
        old = self.old.blocks[i] if i >= 0 else None
        new = self.new.blocks[j] if j >= 0 else None
        was, mark = old.mark if old else "", new.mark if new else ""
        if old and new and was == mark:
            marks, was = _mark("=", mark), ""
        elif was and mark:
            marks = _mark("+", mark)
        else:
            marks, was = [*_mark("-", was), *_mark("+", mark)], ""
        shown = self.new.blocks[j] if j >= 0 else self.old.blocks[i]
        return Paragraph(shown.form, shown.depth, marks, was=was)

    @staticmethod
    def _put(runs: list[Run], op: str, side: Side, number: int, place: tuple[int, int]) -> None:
        for text, style in side.styled(number, *place):
            if not style & HIDDEN:
                runs.append(Run(op, text, style))


def _ahead(atoms: list[Atom]) -> list[tuple[int, int]]:
    """For each atom the first old and the first new block from there on, or -1."""
    found = []
    i = j = -1
    for atom in reversed(atoms):
        i = atom.i if atom.i >= 0 else i
        j = atom.j if atom.j >= 0 else j
        found.append((i, j))
    return found[::-1]


def _mark(op: str, mark: str) -> list[Run]:
    return [Run(op, mark)] if mark else []


def _tidied(runs: Iterable[Run]) -> list[Run]:
    """The runs to show, those of one kind together; the target of a link only where it differs."""
    found: list[Run] = []
    for run in runs:
        op, text, style = run
        last = found[-1] if found else Run("", "")
        if style & TARGET and op == "=":
            continue
        text = f" {text}" if style & TARGET else text
        if not text.strip(BLANK) and op != last.op:
            op = "="
        if (op, style) == (last.op, last.style) and not style & MARK:
            found[-1] = Run(op, last.text + text, style)
        else:
            found.append(Run(op, text, style))
    return found
