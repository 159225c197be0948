"""New numbers and letters: of one element, and gathered for a run of them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from beleidsbeheer.domain.amendment.model import Amendment, Delete, Insert, Renumber, Side
from beleidsbeheer.domain.amendment.tree import ROOT, Node
from beleidsbeheer.domain.numerals import ordinal, span

_KINDS: Final = ("lid", "onderdeel", "subonderdeel", "artikel", "opschrift")


def renumbered(old: Node, new: Node) -> Renumber | None:
    """The new number of an element, if that is a word that changes and no more."""
    if not old.mark or not new.mark or old.kind != new.kind or old.kind not in _KINDS:
        return None
    if "(" in old.rel or not old.phrase:
        return None
    mark = new.text[new.mark[0] : new.mark[1]]
    same = old.text[old.start : old.mark[0]] == new.text[new.start : new.mark[0]]
    return Renumber((old,), (mark,)) if same else None


def gathered(amendments: Sequence[Amendment], parent: Node) -> list[Amendment]:
    """Numbers that follow one another in one sentence, at an insertion or deletion next to them."""
    found: list[Amendment] = []
    places: list[int] = []  # where the runs stand
    for each in amendments:
        if not isinstance(each, Renumber) or each.nodes[0].parent is not parent:
            found.append(each)
            continue
        run = found[places[-1]] if places else None
        if isinstance(run, Renumber) and _follow(run, each):
            found[places[-1]] = Renumber(run.nodes + each.nodes, run.marks + each.marks)
        else:
            places.append(len(found))
            found.append(each)
    if len(places) != 1 or parent.kind == ROOT:
        return found
    run = found.pop(places[0])
    for n in _hosts(found, parent):
        host = found[n]
        if isinstance(host, Insert | Delete) and isinstance(run, Renumber):
            found[n] = replace(host, renumber=run)
            return found
    return [*found[: places[0]], run, *found[places[0] :]]


def _hosts(found: Sequence[Amendment], parent: Node) -> Iterator[int]:
    """The sentences that can say it along with their own: an insertion, or else the last deletion."""
    for n, each in enumerate(found):
        beside = isinstance(each, Insert) and each.side is not Side.AAN and not each.renumber
        if beside and isinstance(each, Insert) and each.anchor.parent is parent:
            yield n
    for n in range(len(found) - 1, -1, -1):
        each = found[n]
        if isinstance(each, Delete) and each.node.parent is parent and not each.renumber:
            yield n


def _follow(run: Renumber, each: Renumber) -> bool:
    """Whether a number comes right behind a run, before as well as after."""
    last, node = run.nodes[-1], each.nodes[0]
    if last.kind != node.kind or node.kind == "opschrift":
        return False
    olds = _words(node.kind, [last.segment, node.segment])
    news = _words(node.kind, [run.marks[-1], each.marks[0]])
    return span(olds[0], olds[1]) == olds and span(news[0], news[1]) == news


def _words(kind: str, marks: Sequence[str]) -> list[str]:
    if kind == "lid" and all(mark.isdecimal() for mark in marks):
        return [ordinal(int(mark)) for mark in marks]
    return list(marks)
