"""Amendments → Dutch sentences, as drafters of regulations write them. ``sentences`` reads them. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from beleidsbeheer.domain.amendment.blocks import BLANKS, CLOSE_BY, written
from beleidsbeheer.domain.amendment.model import (
    Amendment,
    Clause,
    Delete,
    How,
    Insert,
    Move,
    Renumber,
    Replace,
    Side,
    Words,
)
from beleidsbeheer.domain.amendment.numbers import NOUNS
from beleidsbeheer.domain.amendment.tree import ROOT, Node
from beleidsbeheer.domain.numerals import ordinal

_QUOTED: Final = re.compile(r"“[^“”]*”")


def lines(amendment: Amendment) -> list[str]:
    """The sentence of an amendment, and its block with a blank line in front."""
    match amendment:
        case Words(node, clauses):
            return [f"In {_open(node)} {_listed([_clause(c) for c in clauses])}."]
        case Replace(node, text, exact):
            sentence = f"{_capital(_open(node))} komt te luiden:"
            return [sentence, "", *written(text, *[BLANKS] * exact)]
        case Delete(node, exact, renumber):
            blanks = ", met de witregels erachter" * exact
            also = f", onder {_renumbering(renumber)}" if renumber else ""
            return [f"{_capital(_open(node))} vervalt{blanks}{also}."]
        case Insert(_, _, _, text, exact, _):
            return [_insertion(amendment), "", *written(text, *[CLOSE_BY] * exact)]
        case Move(node, anchor, side):
            return [f"{_capital(node.phrase)} wordt verplaatst naar {side} {anchor.phrase}."]
        case Renumber():
            return [_standalone(amendment)]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _open(node: Node) -> str:
    """The name, with the comma that a name of several parts takes before the verb."""
    return node.phrase + "," * ("," in _QUOTED.sub("", node.phrase))


def _listed(parts: Sequence[str]) -> str:
    return " en ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _clause(clause: Clause) -> str:
    quote, text = f"“{clause.quote}”", f"“{clause.text}”"
    match clause.how:
        case How.VERVANGEN:
            return f"wordt {quote} vervangen door {text}"
        case How.TELKENS:
            return f"wordt {quote} telkens vervangen door {text}"
        case How.VERVALT:
            return f"vervalt {quote}"
        case _:
            return f"wordt {clause.how} {quote} ingevoegd {text}"


def _insertion(insert: Insert) -> str:
    verb = "wordt" if insert.what.startswith("een ") or insert.what == "tekst" else "worden"
    anchor, parent = insert.anchor, insert.anchor.parent
    if insert.side is Side.AAN:
        return f"Aan {_open(anchor)} {verb} {insert.what} toegevoegd, luidende:"
    if parent is None or parent.kind == ROOT or not (parent.phrase and anchor.rel):
        side = _capital(insert.side)
        return f"{side} {_open(anchor)} {verb} {insert.what} ingevoegd, luidende:"
    also = f", onder {_renumbering(insert.renumber)}," if insert.renumber else ""
    place = f"{insert.side} {anchor.rel}"
    return f"In {_open(parent)} {verb}{also} {place} {insert.what} ingevoegd, luidende:"


def _renumbering(renumber: Renumber) -> str:
    how = "verlettering" if renumber.marks[0][0].isalpha() else "vernummering"
    old, new = _groups(renumber)
    return f"{how} van {old} tot {new.removeprefix('het ')}"


def _groups(renumber: Renumber) -> tuple[str, str]:
    """The elements and their new marks: "het tweede en derde lid", "het derde en vierde lid"."""
    kind = renumber.nodes[0].kind
    olds = [node.segment for node in renumber.nodes]
    return _group(kind, olds), _group(kind, renumber.marks)


def _group(kind: str, marks: Sequence[str]) -> str:
    words = [ordinal(int(mark)) for mark in marks] if kind == "lid" else list(marks)
    link = " en " if len(words) == 2 else " tot en met "
    span = words[0] if len(words) == 1 else f"{words[0]}{link}{words[-1]}"
    if kind == "lid":
        return f"het {span} lid"
    return f"{kind} {span}" if len(words) == 1 else f"de {NOUNS[kind]} {span}"


def _standalone(renumber: Renumber) -> str:
    node = renumber.nodes[0]
    verb = "wordt" if len(renumber.nodes) == 1 else "worden"
    if node.kind == "artikel":
        old, new = _groups(renumber)
        return f"{_capital(old)} {verb} vernummerd tot {new}."
    if node.parent is None or node.parent.kind == ROOT:  # the heading of a chapter
        chapter = node.phrase.removeprefix("het opschrift van ")
        return f"{_capital(chapter)} wordt vernummerd tot hoofdstuk {renumber.marks[0]}."
    old, new = _groups(renumber)
    how = "verletterd" if renumber.marks[0][0].isalpha() else "vernummerd"
    return f"In {_open(node.parent)} {verb} {old} {how} tot {new.removeprefix('het ')}."
