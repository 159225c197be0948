"""Amendments → the new text. Each is an edit of the old text; no two may touch the same characters.

What an amendment does with blank lines is told in docs/besluit.md. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from beleidsbeheer.domain.amendment.clauses import edits
from beleidsbeheer.domain.amendment.model import (
    Amendment,
    Delete,
    Insert,
    Move,
    Renumber,
    Replace,
    Side,
    Words,
)
from beleidsbeheer.domain.amendment.tree import Node


class Conflict(Exception):
    """Two amendments want the same characters; the arguments are their numbers."""


@dataclass(slots=True)
class _Edit:
    """``text[start:end]`` becomes ``new``; ``owner`` is the element that an insertion stands in."""

    start: int
    end: int
    new: str
    number: int
    owner: Node
    side: int = 0

    @property
    def place(self) -> tuple[int, int, int, int, int]:
        """The order: at one place what comes behind an element, from the inside out, goes first."""
        if self.start < self.end:
            return (self.start, 2, 0, self.number, self.end)
        return (self.start, self.side, -_depth(self.owner), self.number, self.end)


class Plan:
    """The edits that amendments amount to. Raises NotOnce and Conflict."""

    def __init__(self, root: Node, amendments: Iterable[Amendment], first: int = 0) -> None:
        self.root = root
        self.text = root.text
        self.edits: list[_Edit] = []
        self.number = first
        moves: list[tuple[int, Move]] = []
        gone: list[tuple[Node, int, bool]] = []
        for self.number, amendment in enumerate(amendments, start=first):
            match amendment:
                case Words(node, clauses):
                    for clause in clauses:
                        for a, b, new in edits(clause, node.core):
                            self._edit(node.start + a, node.start + b, new, node)
                case Replace(node, new, exact):
                    self._edit(node.start, node.end if exact else node.core_end, new, node)
                case Renumber():
                    self._renumber(amendment)
                case Delete(node, exact, renumber):
                    gone.append((node, self.number, exact))
                    self._renumber(renumber)
                case Insert(anchor, side, _, new, exact, renumber):
                    self._insert(anchor, side, new, exact)
                    self._renumber(renumber)
                case Move(node):
                    moves.append((self.number, amendment))
                    gone.append((node, self.number, False))
        self._moves(moves)
        self._delete(gone)

    def render(self, start: int = 0, end: int | None = None) -> str:
        """This part of the text as it becomes; edits at its very ends included."""
        end = len(self.text) if end is None else end
        found = [e for e in self.edits if start <= e.start and e.end <= end]
        return self._rendered(found, start, end)

    def _rendered(self, found: Sequence[_Edit], start: int, end: int) -> str:
        pieces = []
        at, last = start, -1
        for edit in sorted(found, key=lambda e: e.place):
            if edit.start < at:
                raise Conflict(last, edit.number)
            pieces += [self.text[at : edit.start], edit.new]
            at, last = edit.end, edit.number
        return "".join([*pieces, self.text[at:end]])

    # --- one by one ------------------------------------------------------------------------------

    def _edit(self, start: int, end: int, new: str, owner: Node, side: int = 0) -> None:
        self.edits.append(_Edit(start, end, new, self.number, owner, side))

    def _renumber(self, renumber: Renumber | None) -> None:
        if renumber is None:
            return
        for node, mark in zip(renumber.nodes, renumber.marks, strict=True):
            if node.mark:
                self._edit(*node.mark, mark, node)

    def _insert(self, anchor: Node, side: Side, new: str, exact: bool) -> None:
        owner = anchor if side is Side.AAN or anchor.parent is None else anchor.parent
        line = "\r\n" if new.endswith("\r\n") else "\n"
        if side is Side.VOOR:
            new = new if exact else new + line
            self._edit(anchor.start, anchor.start, new, owner, 1)
            return
        if not exact:
            before = self.text[anchor.core_end - 1 : anchor.core_end]
            new = ("" if before in ("\n", "\r", "") else line) + line + new
        self._edit(anchor.core_end, anchor.core_end, new, owner)

    def _moves(self, moves: Sequence[tuple[int, Move]]) -> None:
        """Take the edits inside what moves along with it."""
        moved = [move.node for _, move in moves]
        placed = []
        for self.number, move in moves:
            node, anchor = move.node, move.anchor
            if any(anchor.within(other) for other in moved):
                raise Conflict(self.number, self.number)
            inside = [
                e
                for e in self.edits
                if node.start <= e.start
                and e.end <= node.core_end
                and (e.start < e.end or e.owner.within(node))
            ]
            new = self._rendered(inside, node.start, node.core_end)
            taken = {id(e) for e in inside}
            self.edits = [e for e in self.edits if id(e) not in taken]
            if not new.endswith(("\n", "\r")):
                new += "\n"
            placed.append((self.number, move, new))
        for self.number, move, new in placed:
            self._insert(move.anchor, move.side, new, False)

    def _delete(self, gone: Sequence[tuple[Node, int, bool]]) -> None:
        """What goes, with white space: of that before and behind it the longer stays."""
        runs: list[list[tuple[Node, int, bool]]] = []
        for item in sorted(gone, key=lambda item: (item[0].start, -item[0].end)):
            last = runs[-1][-1][0] if runs else None
            if last and last.end == item[0].start and last.parent is item[0].parent:
                runs[-1].append(item)
            else:
                runs.append([item])
        for run in runs:
            (first, self.number, _), (final, _, exact) = run[0], run[-1]
            start, end, core = first.start, final.end, final.core_end
            before = _blank_before(self.text, start)
            at_end = end == len(self.text)
            longer = self.text.count("\n", core, end) > self.text.count("\n", before, start)
            if not exact and before > 0 and (at_end or longer):
                start, end = before, core
            self._edit(start, end, "", first.parent or first)


def _depth(node: Node) -> int:
    depth = 0
    while node.parent is not None:
        node, depth = node.parent, depth + 1
    return depth


def _blank_before(text: str, start: int) -> int:
    """Where the blank lines in front of a line begin."""
    while start > 0:
        line = max(text.rfind("\n", 0, start - 1), text.rfind("\r", 0, start - 1)) + 1
        if text[line:start].strip(" \t\r\n"):
            break
        start = line
    return start
