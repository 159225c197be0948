"""What changed, as a table: Artikel | Was | Wordt | Toelichting. ``table(pair)`` and its forms.

    for line in table(pair):
        print(line.artikel, line.was_text, line.wordt_text, line.toelichting)

A line is about the smallest part that changed: an onderdeel, a lid or a definitie. Where text of the
artikel itself changed, it is about the artikel, with only the paragraphs that differ. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from beleidsbeheer.domain.changes import Change, ChangeKind
from beleidsbeheer.render import forms
from beleidsbeheer.render.diff.blocks import Form
from beleidsbeheer.render.diff.hidden import is_quiet
from beleidsbeheer.render.diff.markup import paragraph
from beleidsbeheer.render.diff.pair import Pair
from beleidsbeheer.render.diff.places import Place, Places
from beleidsbeheer.render.diff.rows import Paragraph, Row, Run, rows
from beleidsbeheer.render.diff.style import BASE, TABLE
from beleidsbeheer.render.diff.telling import beside, explanation, name, short_name
from beleidsbeheer.render.html import dated, document, escaped
from beleidsbeheer.render.seen import seen
from beleidsbeheer.render.tables import Table

K = ChangeKind

HEAD: Final = ("Artikel", "Was", "Wordt", "Toelichting")
NOTHING: Final = "–"
GONE: Final = "vervalt"
_BETWEEN: Final = "…"

Cell = tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table. In ``was`` runs are "=" or "-" (struck), in ``wordt`` "=" or "+" (new)."""

    artikel: str
    was: Cell
    wordt: Cell
    toelichting: str = ""

    @property
    def was_text(self) -> str:
        """The old text without marks, a paragraph per line."""
        return _plain(self.was)

    @property
    def wordt_text(self) -> str:
        """The new text without marks, a paragraph per line."""
        return _plain(self.wordt)


def table(pair: Pair) -> tuple[Line, ...]:
    """A line for each part that changed, in the order of the new text."""
    found: list[Line] = []
    for change in pair.changes.elements:
        if is_quiet(change):
            continue
        lines = _lines(change)
        if lines and (told := explanation(pair, change)):
            first = lines[0]
            lines[0] = Line(first.artikel, first.was, first.wordt, told)
        found += lines
    return tuple(found)


def _lines(change: Change) -> list[Line]:
    listed = rows(change)
    if not (change.old and change.new):
        inside = listed[1:] if len(listed) > 1 and listed[0].form is Form.KOP else listed
        cell = _quiet(p for row in inside for p in row.both)
        both = (_note(NOTHING), cell) if change.new else (cell, _note(GONE))
        return [Line(name(change), *both)]
    lines = [] if len(change.old) > 1 or len(change.new) > 1 else _by_part(change, listed)
    if not lines and any(row.changed for row in listed):
        numbers = [number for number, row in enumerate(listed) if row.changed]
        was, wordt = _with_gaps([listed[number] for number in numbers], numbers)
        lines = [Line(name(change), was or _note(NOTHING), wordt or _note(GONE))]
    if K.VERPLAATST not in change.kinds:
        return lines
    was = _note(f"(op {beside(change.before, change.old.start)})")
    wordt = _note(f"(op {beside(change.after, change.new.start)})")
    label = _label(change, "", "", True, True)
    if lines and lines[0].artikel in (label, name(change)):
        first = lines.pop(0)
        was, wordt = first.was + was, first.wordt + wordt
        label = first.artikel
    return [Line(label, was, wordt), *lines]


# --- which part ------------------------------------------------------------------------------------

_NOWHERE: Final = Place("", "")


def _by_part(change: Change, listed: list[Row]) -> list[Line]:
    """A line per part; none where other text of the artikel than its heading changed."""
    olds, news = Places(change.before, change.old), Places(change.after, change.new)
    placed = []
    became: dict[Place, Place] = {}
    for row in listed:
        was = olds.of(row.olds[0]) if row.olds else _NOWHERE
        wordt = news.of(row.news[0]) if row.news else _NOWHERE
        placed.append((was, wordt))
        if row.linked:
            became.setdefault(was, wordt)
    came = {wordt: was for was, wordt in became.items()}
    found: dict[tuple[Place, Place], list[tuple[int, Row]]] = {}
    for number, (row, (was, wordt)) in enumerate(zip(listed, placed, strict=True)):
        if not row.changed:
            continue
        heading = number == 0 and row.form is Form.KOP
        if not heading and ((row.olds and not was.key) or (row.news and not wordt.key)):
            return []
        if row.linked or heading:
            sides = [((was, wordt), row)]
        else:
            sides = [((was, became.get(was, _NOWHERE)), row.alone("-"))] if row.olds else []
            if row.news:
                sides.append(((came.get(wordt, _NOWHERE), wordt), row.alone("+")))
            if row.olds and row.news and _same(was, wordt):
                sides = [((was, wordt), row)]
        for key, each in sides:
            found.setdefault(key, []).append((number, each))
    return [_line(change, *key, some) for key, some in found.items()]


def _same(was: Place, wordt: Place) -> bool:
    """Whether both are the same part, whatever number the artikel has."""
    return was.key.partition(".")[2] == wordt.key.partition(".")[2]


def _line(change: Change, was: Place, wordt: Place, some: list[tuple[int, Row]]) -> Line:
    old, new = _with_gaps([row for _, row in some], [number for number, _ in some])
    told = _label(change, was.name, wordt.name, bool(old), bool(new))
    if was == wordt == _NOWHERE and change.old_keys == change.new_keys:
        told += " (kop)"
    if not old:
        return Line(told, _note(NOTHING), _quiet(new))
    if not new:
        return Line(told, _quiet(old), _note(GONE))
    return Line(told, old, new)


def _label(change: Change, was: str, wordt: str, old: bool, new: bool) -> str:
    """ "Artikel 4 lid 2 → Artikel 3 lid 3", as short as it can be."""
    before = " ".join(filter(None, (short_name(change.before, change.old[0]), was)))
    after = " ".join(filter(None, (short_name(change.after, change.new[0]), wordt)))
    if not new:
        return before
    if not old or before == after:
        return after
    if short_name(change.before, change.old[0]) == short_name(change.after, change.new[0]):
        after = wordt or after
    return f"{before} → {after}"


def _with_gaps(some: list[Row], numbers: list[int]) -> tuple[Cell, Cell]:
    """Rows as two cells; a paragraph of three dots for what stands between them."""
    was: list[Paragraph] = []
    wordt: list[Paragraph] = []
    before = numbers[0] if numbers else 0
    for row, number in zip(some, numbers, strict=True):
        for cell, side in ((was, row.was), (wordt, row.wordt)):
            cell.extend(_note(_BETWEEN) if number > before + 1 and cell and side else ())
            cell.extend(side)
        before = number
    return tuple(was), tuple(wordt)


def _note(text: str) -> Cell:
    return (Paragraph(Form.ALINEA, 0, [], [Run("=", text)]),)


def _quiet(paragraphs: Iterable[Paragraph]) -> Cell:
    """Without marks: the other cell says that all of it is new, or went."""
    return tuple(
        Paragraph(
            each.form,
            each.depth,
            [Run("=", run.text) for run in each.mark],
            [Run("=", run.text, run.style) for run in each.shown],
        )
        for each in paragraphs
    )


def _plain(cell: Cell) -> str:
    return "\n".join(seen(each.text) for each in cell)


# --- forms -----------------------------------------------------------------------------------------


def _caption(pair: Pair) -> str:
    return f"{pair.title}: van {pair.old_label} naar {pair.new_label}"


def notes(pair: Pair) -> list[str]:
    """What is not in the table, counted."""
    count = sum(map(is_quiet, pair.changes.elements))
    if not count:
        return []
    where = "1 stuk" if count == 1 else f"{count} stukken"
    return [f"Niet in de tabel: {where} waar alleen de opmaak of de witruimte verschilt."]


def csv(pair: Pair) -> str:
    """CSV: a head and the lines, without marks in the text; no cell is a formula."""
    lines = tuple(
        (seen(line.artikel), line.was_text, line.wordt_text, seen(line.toelichting))
        for line in table(pair)
    )
    return forms.comma_separated([Table("", HEAD, lines)])


def markdown(pair: Pair) -> str:
    """A table in GitHub-flavoured Markdown: what went is ~~struck~~, what came **bold**."""
    told = [f"**{_safe(_caption(pair))}**", ""]
    lines = table(pair)
    if lines:
        told += [f"| {' | '.join(HEAD)} |", "|" + " --- |" * len(HEAD)]
    else:
        told.append("Geen enkel woord is anders.")
    for line in lines:
        was, wordt = ("<br>".join(map(_markdown, cell)) for cell in (line.was, line.wordt))
        told.append(f"| {_safe(line.artikel)} | {was} | {wordt} | {_safe(line.toelichting)} |")
    for note in notes(pair):
        told += ["", note]
    return "\n".join(told) + "\n"


_MARKS: Final = {"=": "", "-": "~~", "+": "**"}


def _markdown(shown: Paragraph) -> str:
    pieces = []
    space = [Run("=", " ")] if shown.mark else []
    for op, some in groupby((*shown.mark, *space, *shown.shown), key=lambda run: run.op):
        text = "".join(run.text for run in some)
        mark = _MARKS[op] if text.strip() else ""
        lead = " " if text[:1].isspace() else ""
        tail = " " if text[-1:].isspace() else ""
        pieces.append(f"{lead}{mark}{_safe(text)}{mark}{tail}" if text.strip() else " ")
    return " ".join("".join(pieces).split())


def _safe(text: str) -> str:
    return forms.escaped_markdown(seen(text))


def html(pair: Pair) -> str:
    """A self-contained page with the table; the words that differ are marked in both cells."""
    caption = _caption(pair)
    head = "".join(f'<th scope="col" role="columnheader">{each}</th>' for each in HEAD)
    lines = "\n".join(map(_row, table(pair)))
    body = [f"<header><h1>{escaped(pair.title)}: was en wordt</h1></header>", "<main>"]
    if lines:
        body.append(
            f'<table role="table">\n<caption>Van {dated(escaped(pair.old_label))} naar'
            f" {dated(escaped(pair.new_label))}</caption>\n"
            f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>\n'
            f'<tbody role="rowgroup">\n{lines}\n</tbody>\n</table>'
        )
    else:
        body.append(
            f"<p>Van {dated(escaped(pair.old_label))} naar {dated(escaped(pair.new_label))}:"
            " geen enkel woord is anders.</p>"
        )
    body += [f"<p>{note}</p>" for note in notes(pair)]
    return document(caption, BASE + TABLE, "\n".join([*body, "</main>"]))


def _row(line: Line) -> str:
    cells = "".join(
        f'<td role="cell" class="{label.lower()}" data-kop="{label}">{_cell_html(cell)}</td>'
        for label, cell in (("Was", line.was), ("Wordt", line.wordt))
    )
    return (
        f'<tr role="row"><th scope="row" role="rowheader" class="artikel">{escaped(line.artikel)}</th>'
        f'{cells}<td role="cell" class="uitleg" data-kop="Toelichting">{escaped(line.toelichting)}</td></tr>'
    )


def _cell_html(cell: Cell) -> str:
    return "".join(paragraph(each, heading="p") for each in cell)
