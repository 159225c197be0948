"""What most forms of a difference leave out: lay-out and white space. It is counted, and named where asked.

hidden = hidden_in(changes)
str(hidden)  # 1 plaats met alleen opmaak en 2 plaatsen met alleen witruimte
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from beleidsbeheer.domain.changes import Change, ChangeKind, Changes, Nature, Op, OpKind
from beleidsbeheer.render.diff.telling import name

_QUIET: Final = {ChangeKind.OPMAAK, ChangeKind.WITRUIMTE}
_MOST: Final = 200  # places of lay-out that are kept


@dataclass(slots=True)
class Hidden:
    """How many places differ in lay-out or in white space alone.

    ``layout`` has the first of those places: the element, what was and what became. ``only_space`` names
    the elements where nothing else differs.
    """

    markup: int = 0
    space: int = 0
    layout: list[tuple[str, str, str]] = field(default_factory=list)
    only_space: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.markup or self.space)

    def __str__(self) -> str:
        counts = ((self.markup, "opmaak"), (self.space, "witruimte"))
        return " en ".join(f"{places(n)} met alleen {what}" for n, what in counts if n)


def is_quiet(change: Change) -> bool:
    """Whether no word of this element differs."""
    return change.kinds <= _QUIET


def hidden_in(changes: Changes) -> Hidden:
    """What differs in all elements besides words."""
    found = Hidden()
    for change in changes.elements:
        found.space += sum(_only_space(change.runs()))
        for old, new, nature in change.places():
            if nature is Nature.OPMAAK:
                found.markup += 1
                if len(found.layout) < _MOST:
                    found.layout.append((name(change), old, new))
        if change.kinds == {ChangeKind.WITRUIMTE}:
            found.only_space.append(name(change))
    return found


def _only_space(ops: Iterable[Op]) -> Iterator[bool]:
    """Whether runs between equal text differ in white space alone; beside other words it is theirs."""
    for equal, some in groupby(ops, key=lambda op: op.kind is OpKind.GELIJK):
        yield not equal and all(op.nature is Nature.WITRUIMTE for op in some)


def places(count: int) -> str:
    """ "1 plaats", "2 plaatsen"."""
    return f"{count} {'plaats' if count == 1 else 'plaatsen'}"
