"""What changed, for a screen: ``[-struck-]`` and ``{+inserted+}`` in their paragraphs, and a summary.

Shows per element only the paragraphs that differ, what leads in to them, and "…" for what is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from beleidsbeheer.domain.changes import Change, ChangeKind, Nature, Op, OpKind, origins
from beleidsbeheer.domain.terms import opening
from beleidsbeheer.render.diff.blocks import MARK, TARGET, Form
from beleidsbeheer.render.diff.context import below_heading, shown_rows
from beleidsbeheer.render.diff.hidden import hidden_in, is_quiet
from beleidsbeheer.render.diff.lines import (
    INTO,
    OUT,
    SAME,
    Word,
    bold,
    coloured,
    seen,
    seen_space,
    tokens,
    words_of,
    wrapped,
)
from beleidsbeheer.render.diff.pair import Pair
from beleidsbeheer.render.diff.renumbered import renumbered
from beleidsbeheer.render.diff.rows import BREAK, Paragraph, Run, rows
from beleidsbeheer.render.diff.telling import (
    beside,
    changed_parts,
    explanation,
    headline,
    name,
    other_remarks,
    remarks_on,
    words,
)

K = ChangeKind

_LONGEST_RUN: Final = 40  # equal words in a row that are shown whole
_AROUND: Final = 12
_INTRODUCTION: Final = 8
_MOST_MOVES: Final = 8
_CONTEXT: Final = 3  # words on both sides of a place where only lay-out or white space differs
_STEP: Final = 3  # columns that a level is further to the right
_GAP: Final = Word("…", SAME)
_STATES: Final = {"=": SAME, "-": OUT, "+": INTO}


def renvooi(pair: Pair, width: int, colour: bool = False, everything: bool = False) -> str:
    """The difference as lines of at most ``width`` columns; ``everything`` shows lay-out and space too."""
    return "".join(f"{line}\n" for line in _Screen(width, colour).lines(pair, everything))


def summary_text(pair: Pair, width: int) -> str:
    """Only what the difference comes to: a count, a line for each place, and what is not told."""
    screen = _Screen(width, colour=False)
    return "".join(f"{line}\n" for line in screen.summary(pair))


class _Screen:
    """Lines for a screen of so many columns."""

    def __init__(self, width: int, colour: bool) -> None:
        self.width, self.colour = width, colour

    def lines(self, pair: Pair, everything: bool) -> Iterator[str]:
        yield from self._head(pair)
        if not pair.changes.elements:
            yield "Geen verschil."
            return
        if pair.changes.coarse:
            yield from self._said(_COARSE)
        told = [headline(pair.changes), *renumbered(pair.changes, _MOST_MOVES)]
        yield from self._said(opening("; ".join(told)) + ".")
        for change in pair.changes.elements:
            if everything or not is_quiet(change):
                yield ""
                yield from self._element(pair, change, everything)
        yield from self._remarks(other_remarks(pair), "Controle, elders in de tekst")
        if (hidden := hidden_in(pair.changes)) and not everything:
            yield ""
            yield from self._said(f"Niet getoond: {hidden}. Alles zien kan met --alles.")

    def summary(self, pair: Pair) -> Iterator[str]:
        yield from self._head(pair)
        changes = pair.changes
        yield from self._said(opening(headline(changes)) + ".", hanging="  ")
        if changes.coarse:
            yield from self._said(_COARSE)
        sources = origins(changes)
        for change in changes.elements:
            source = sources.get(change.new[0]) if change.new and not change.old else None
            yield from self._said(f"- {_in_a_line(change, source)}", hanging="  ")
        for lines in ([f"- {opening(each)}." for each in renumbered(changes)], _not_told(pair)):
            yield from [""] if lines else []
            for line in lines:
                yield from self._said(line, hanging="  ")
        yield from self._remarks([told for _, told in pair.remarks], "Controle")

    def _remarks(self, told: list[str], head: str) -> Iterator[str]:
        if told:
            yield ""
            yield from self._said(head, strong=True)
            for each in told:
                yield from self._said(f"! {opening(each)}", "  ", "    ")

    def _head(self, pair: Pair) -> Iterator[str]:
        yield from self._said(pair.title, strong=True)
        yield from self._said(f"was: {pair.old_label}")
        yield from self._said(f"wordt: {pair.new_label}")
        yield ""

    def _said(
        self, text: str, indent: str = "", hanging: str = "", strong: bool = False
    ) -> Iterator[str]:
        """A sentence of ours."""
        for line in wrapped(words_of(text), self.width, indent, hanging):
            yield bold(line) if strong and self.colour else line

    def _shown(self, told: list[Word], indent: int, hanging: int) -> Iterator[str]:
        """Words of the texts, with their marks."""
        for line in wrapped(told, self.width, " " * indent, " " * hanging):
            yield coloured(line) if self.colour else line

    # --- an element ------------------------------------------------------------------------------

    def _element(self, pair: Pair, change: Change, everything: bool) -> Iterator[str]:
        yield from self._said(f"{name(change)} ({change.kind})", strong=True)
        if K.VERPLAATST in change.kinds:
            was, now = (
                beside(change.before, change.old.start),
                beside(change.after, change.new.start),
            )
            yield from self._said(f"verplaatst van {was} naar {now}", "  ")
        if told := explanation(pair, change):
            yield from self._said(f"Toelichting: {told}", "  ")
        for told in remarks_on(pair, change):
            yield from self._said(f"! {opening(told)}", "  ", "    ")
        for paragraph in _paragraphs(change):
            yield from self._paragraph(paragraph)
        if everything:
            for place in exact_places(change):
                yield from self._shown(place, 2, 4)

    def _paragraph(self, shown: Paragraph | None) -> Iterator[str]:
        """A paragraph, its words to the right of its number; "…" for what is left out."""
        if shown is None:
            yield "  …"
            return
        indent = 2 + _STEP * (shown.depth if shown.form is not Form.KOP else 0)
        indent = min(indent, max(self.width // 4, 2))
        hanging = indent + (_STEP if shown.form is Form.ITEM else 0)
        yield from self._shown(_shortened(paragraph_words(shown)), indent, hanging)


_COARSE: Final = "De teksten zijn te groot om elk woord te vergelijken: er is meer gemerkt dan nodig. Wat gemerkt is, klopt."


def _in_a_line(change: Change, source: Change | None) -> str:
    much = words(change)
    told = f"{name(change)}: {change.kind}{f' ({much})' if much else ''}."
    if source:
        told += f" Met tekst uit {source.old_heading}."
    return f"{told} {changed_parts(change)}".rstrip()


def _not_told(pair: Pair) -> list[str]:
    hidden = hidden_in(pair.changes)
    return [f"Verder: {hidden}."] if hidden else []


# --- the paragraphs of an element ------------------------------------------------------------------------


def _paragraphs(change: Change) -> Iterator[Paragraph | None]:
    """The paragraphs to show, and None for what is left out."""
    listed = rows(change)
    if not (change.old and change.new):
        yield from (each for row in below_heading(listed) for each in row.both)
        return
    shown = shown_rows(change, listed)
    left_out = False
    for number, row in enumerate(listed):
        if number in shown:
            if left_out:
                yield None
            left_out = False
            yield from row.both if row.changed else map(_introduction, row.both)
        elif row.form is not Form.KOP and [each.text for each in row.wordt] != ["+++"]:
            left_out = True
    if left_out and shown:
        yield None


def _introduction(whole: Paragraph) -> Paragraph:
    """The beginning of a paragraph that others stand under."""
    told = " ".join(run.text for run in whole.shown).split()
    if len(told) > _INTRODUCTION:
        told = [*told[:_INTRODUCTION], "…"]
    run = whole.runs[0]._replace(text=" ".join(told))
    return Paragraph(whole.form, whole.depth, whole.mark, [run])


def paragraph_words(shown: Paragraph) -> list[Word]:
    """Its number and its words; a number that only became another one shows both: "b. → c."."""
    found = [Word(seen(run.text), _STATES[run.op]) for run in shown.mark]
    if shown.was:
        found = [
            Word(seen(shown.was), SAME),
            Word("→", SAME),
            *(w._replace(state=SAME) for w in found),
        ]
    for op, some in groupby(shown.shown, key=lambda run: run.op):
        text = "".join(map(_spaced, some))
        found += [Word(seen(word), _STATES[op]) for word in tokens(text)]
    return found


def _spaced(run: Run) -> str:
    """A target of a link, or the end of a paragraph, as a word of its own; a new end can be seen below it."""
    if run.style & MARK:
        return "" if run == ("+", BREAK, MARK) else f" {run.text}"
    return f" {run.text}" if run.style & TARGET else run.text


def _shortened(told: list[Word]) -> list[Word]:
    """Without the middle of long runs that are equal."""
    found: list[Word] = []
    place = 0
    for state, some in groupby(told, key=lambda word: word.state):
        run = list(some)
        place += len(run)
        if state is SAME and len(run) > _LONGEST_RUN:
            run = [*run[:_AROUND], _GAP, *(run[-_AROUND:] if place < len(told) else [])]
        found += run
    return found


# --- lay-out and white space -----------------------------------------------------------------------------


def exact_places(change: Change) -> Iterator[list[Word]]:
    """Each place where no word differs but the lay-out or the white space does, with some words around it."""
    groups = [
        (equal, list(some))
        for equal, some in groupby(change.operations, key=lambda op: op.kind is OpKind.GELIJK)
    ]
    for number, (equal, some) in enumerate(groups):
        natures = {op.nature for op in some}
        if equal or Nature.WOORDEN in natures:
            continue
        what = "opmaak:" if Nature.OPMAAK in natures else "witruimte:"
        before = groups[number - 1][1][-1].text.split()[-_CONTEXT:] if number else []
        after = groups[number + 1][1][0].text.split()[:_CONTEXT] if number + 1 < len(groups) else []
        yield [
            Word(what, SAME),
            *(Word(seen(word), SAME) for word in before),
            *(Word(_exact(op), op.kind) for op in some),
            *(Word(seen(word), SAME) for word in after),
        ]


def _exact(op: Op) -> str:
    """Text in which all can be seen, white space too."""
    if op.nature is Nature.WITRUIMTE:
        return "".join(map(seen_space, op.text))
    return " ".join(seen(word, exact=True) for word in tokens(op.text))
