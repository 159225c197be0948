"""A decision as a text: its title, the two fingerprints, and the amendments A, B, C. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from beleidsbeheer.domain.amendment import blocks, phrases, sentences
from beleidsbeheer.domain.amendment.model import MOST_MOVES, Amendment, AmendmentError, Move
from beleidsbeheer.domain.amendment.numbers import letters
from beleidsbeheer.domain.amendment.tree import Tree

MOST_CHARACTERS: Final = 64 * 1024 * 1024
MOST_AMENDMENTS: Final = 20_000

_FROM: Final = "Dit besluit wijzigt de tekst met afdruk (sha256) `{}`."
_TO: Final = "De gewijzigde tekst heeft afdruk (sha256) `{}`."
_NOTHING: Final = "Er wijzigt niets."
_HASH: Final = "([0-9a-f]{64})"
_FROM_LINE: Final = re.compile(re.escape(_FROM).replace(r"\{\}", _HASH))
_TO_LINE: Final = re.compile(re.escape(_TO).replace(r"\{\}", _HASH))
_LABEL: Final = re.compile(r"([A-Z]{1,4})\. (.+)")


@dataclass(frozen=True, slots=True)
class Point:
    """One amendment in words: where it stands, what it is called, and its block."""

    line: int
    label: str
    sentence: str
    text: str = ""
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A decision as read, before it meets a text."""

    before: str
    after: str
    points: tuple[Point, ...]


def written(title: str, before: str, after: str, amendments: Sequence[Amendment]) -> str:
    """The decision in words."""
    lines = [f"# {title}", "", _FROM.format(before), "", _TO.format(after)]
    for index, amendment in enumerate(amendments):
        first, *rest = phrases.lines(amendment)
        lines += ["", f"{letters(index)}. {first}", *rest]
    if not amendments:
        lines += ["", _NOTHING]
    return "\n".join([*lines, ""])


def read(text: str, path: str) -> Paper:
    """The sentences and blocks of a decision. Raises AmendmentError."""
    if len(text) > MOST_CHARACTERS:
        raise AmendmentError(
            f"{path}: dit besluit is te groot om te lezen.", hint="Is dit het goede bestand?"
        )
    lines = text.replace("\r\n", "\n").split("\n")
    at = _next(lines, 0)
    if at < len(lines) and lines[at].startswith("# "):
        at = _next(lines, at + 1)
    found = []
    for pattern, example in ((_FROM_LINE, _FROM), (_TO_LINE, _TO)):
        match = pattern.fullmatch(lines[at].rstrip()) if at < len(lines) else None
        if not match:
            raise AmendmentError(
                f"{path}:{min(at + 1, len(lines))}: hier hoort te staan: {example.format('…')}",
                hint="Een besluit begint met een titel en met de afdruk van de oude en de nieuwe tekst.",
            )
        found.append(match[1])
        at = _next(lines, at + 1)
    return Paper(found[0], found[1], tuple(_points(lines, at, path)))


def _points(lines: Sequence[str], at: int, path: str) -> list[Point]:
    points: list[Point] = []
    if at < len(lines) and lines[at].rstrip() == _NOTHING:
        at = _next(lines, at + 1)
        if at < len(lines):
            raise _unclear(path, at, "achter “Er wijzigt niets.” kan niets meer staan.")
        return points
    while at < len(lines):
        if len(points) == MOST_AMENDMENTS:
            raise _unclear(path, at, f"een besluit heeft hoogstens {MOST_AMENDMENTS} onderdelen.")
        line = lines[at].rstrip()
        found = _LABEL.fullmatch(line) if len(line) <= sentences.MOST_CHARACTERS else None
        label = letters(len(points))
        if not found:
            raise _unclear(path, at, f"hier hoort onderdeel {label} te beginnen, met “{label}. ”.")
        if found[1] != label:
            raise _unclear(path, at, f"hier staat onderdeel {found[1]}; {label} is aan de beurt.")
        start, sentence = at + 1, found[2]
        at = _next(lines, at + 1)
        if not sentences.opens_block(sentence):
            points.append(Point(start, label, sentence))
            continue
        try:
            text, flags, behind = blocks.read(lines, at)
        except blocks.BadBlock as error:
            raise _unclear(path, at, str(error)) from None
        wanted = blocks.BLANKS if sentence.endswith("komt te luiden:") else blocks.CLOSE_BY
        if flags & {blocks.BLANKS, blocks.CLOSE_BY} - {wanted}:
            raise _unclear(path, at, f"bij deze zin past van die twee alleen {wanted}.")
        points.append(Point(start, label, sentence, text, wanted in flags))
        at = _next(lines, behind)
    return points


def _next(lines: Sequence[str], at: int) -> int:
    """The next line that is not blank."""
    while at < len(lines) and not lines[at].strip():
        at += 1
    return at


def _unclear(path: str, at: int, words: str) -> AmendmentError:
    return AmendmentError(
        f"{path}:{at + 1}: {words}", hint="Hoe een besluit eruitziet, staat in docs/besluit.md."
    )


def amendments(paper: Paper, tree: Tree, path: str) -> list[Amendment]:
    """The points as amendments of this text. Raises AmendmentError with the line of the sentence."""
    found: list[Amendment] = []
    for point in paper.points:
        try:
            found.append(sentences.amendment(point.sentence, tree, point.text, point.exact))
        except sentences.Unclear as error:
            raise AmendmentError(
                f"{path}:{point.line}: onderdeel {point.label}: {error.message}", hint=error.hint
            ) from None
    if sum(isinstance(each, Move) for each in found) > MOST_MOVES:
        raise AmendmentError(
            f"{path}: een besluit verplaatst hoogstens {MOST_MOVES} artikelen.",
            hint="Laat artikelen vervallen en voeg ze elders in.",
        )
    return found
