"""The overview on a screen or in a pipe: what it adds up to, what needs a look first, and then each register."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from textwrap import wrap
from typing import Final, NamedTuple

from beleidsbeheer.domain.overview.attention import Point, attention
from beleidsbeheer.domain.overview.facts import Condition
from beleidsbeheer.domain.overview.rows import Overview, RegisterRow, Row
from beleidsbeheer.render.overview import words
from beleidsbeheer.render.terminal import columns, safe

_GAP: Final = 2
_NARROWEST, _WIDE, _WIDEST = 72, 110, 140
_MOST: Final = 10  # points of one matter; the rest is in the tables


class _Column(NamedTuple):
    head: str
    least: int  # columns of the screen
    share: int  # of what is left


_TITLE: Final = _Column("Beleid", 22, 2)
_OFFICE: Final = _Column("Verantwoordelijk", 18, 1)
_IN_FORCE: Final = _Column("Geldt", 16, 0)
_AHEAD: Final = _Column("Komt en onderweg", 18, 1)
_REVIEW: Final = _Column("Herziening", 16, 0)
_LEAD: Final = _Column("Doorlooptijd", 12, 0)


def overview_text(table: Overview, width: int) -> str:
    """All of it in at most ``width`` columns, as far as words allow."""
    width = min(width, _WIDEST)
    lines = [line for each in words.sentences(table) for line in _filled(each, width)]
    lines += ["", *_attention(table, width)]
    for register in table.registers:
        lines += ["", *_register(register, table, width)]
    if any(row.lead for row in table.rows):
        lines += ["", *_filled(words.LEGEND, width)]
    return "".join(f"{line}\n" for line in lines)


def _filled(text: str, width: int, indent: int = 0, hanging: int | None = None) -> list[str]:
    after = indent if hanging is None else hanging
    return wrap(
        safe(text), width, initial_indent=" " * indent, subsequent_indent=" " * after,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


# --- what needs a look first ---------------------------------------------------------------------------


def _attention(table: Overview, width: int) -> Iterator[str]:
    found = attention(table)
    if not found:
        yield "Er is niets dat nu aandacht vraagt."
        return
    yield "Dit vraagt aandacht"
    for matter, points in found:
        yield f"  {matter} ({len(points)})"
        for each in points[:_MOST]:
            yield from _filled(_point(each), width, 4, 6)
        if len(points) > _MOST:
            yield f"    … en nog {len(points) - _MOST}; zie hieronder"


def _point(point: Point) -> str:
    return ", ".join(each for each in (point.register, point.title) if each) + f": {point.what}"


# --- a register ------------------------------------------------------------------------------------------


def _register(register: RegisterRow, table: Overview, width: int) -> Iterator[str]:
    place = "" if register.name == register.place else f" ({register.place})"
    yield "═" * width
    yield from _filled(f"{register.name}{place}", width)
    yield from _filled(" ".join(words.verdict(register, table)), width)
    if not register.rows:
        if register.facts.condition is not Condition.ONBEOORDEELD:
            yield "Er is nog geen beleid."
        return
    yield ""
    if width < _NARROWEST:
        yield from _as_lines(register.rows, table, width)
    else:
        yield from _as_grid(register.rows, table, width)


def _as_grid(rows: Sequence[Row], table: Overview, width: int) -> Iterator[str]:
    wide = width >= _WIDE
    shown = _fitting(
        [_TITLE, _OFFICE, _IN_FORCE, _AHEAD, _REVIEW, _LEAD] if wide
        else [_TITLE, _IN_FORCE, _AHEAD, _REVIEW],
        width,
    )  # fmt: skip
    yield from _beside([(each.head,) for each in shown], [each.least for each in shown])
    yield "─" * width
    for number, row in enumerate(rows):
        if number:
            yield ""
        office = (row.policy.responsible or "niet genoemd",)
        title = (row.policy.title or row.policy.slug,)
        ahead = (*words.coming(row), *words.under_way(row))
        now, again = words.in_force(row, table.day), words.review(row.review)
        cells = (
            [title, office, now, ahead, again, words.lead(row)] if wide
            else [(*title, f"({office[0]})"), now, ahead, again]
        )  # fmt: skip
        yield from _beside(cells, [each.least for each in shown])
        for label, text in _notes(row, lead=not wide):
            yield from _filled(f"{label}: {text}", width, 2, 4)


def _fitting(shown: Sequence[_Column], width: int) -> list[_Column]:
    """The columns as wide as the screen lets them be."""
    left = width - sum(each.least for each in shown) - _GAP * (len(shown) - 1)
    shares = sum(each.share for each in shown)
    return [each._replace(least=each.least + left * each.share // shares) for each in shown]


def _beside(cells: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    """Cells of some lines each, next to one another."""
    fitted = [
        [part for line in cell for part in wrap(safe(line), width, break_on_hyphens=False)]
        for cell, width in zip(cells, widths, strict=True)
    ]
    for line in zip_longest(*fitted, fillvalue=""):
        padded = (
            part + " " * (width - columns(part)) for part, width in zip(line, widths, strict=True)
        )
        yield (" " * _GAP).join(padded).rstrip()


def _as_lines(rows: Sequence[Row], table: Overview, width: int) -> Iterator[str]:
    """For a screen too narrow for columns."""
    for number, row in enumerate(rows):
        if number:
            yield ""
        yield from _filled(row.policy.title or row.policy.slug, width)
        told = [
            ("Verantwoordelijk", row.policy.responsible),
            ("Geldt", ", ".join(words.in_force(row, table.day))),
            ("Komt", "; ".join(words.coming(row))),
            ("Onderweg", ", ".join(words.under_way(row))),
            ("Herziening", ", ".join(words.review(row.review))),
            *_notes(row, lead=True),
        ]
        for label, text in told:
            if text:
                yield from _filled(f"{label}: {text}", width, 2, 4)


def _notes(row: Row, *, lead: bool) -> Iterator[tuple[str, str]]:
    """What is too long for a column, or has none here. In a register that does not hold nobody is next."""
    if lead and row.lead:
        yield "Doorlooptijd", " ".join(words.lead(row))
    for each in words.missing(row):
        yield "Ontbreekt", each
    if row.next and row.next.who:
        yield "Hierna", " ".join(words.step(row.next))
    if words.findings(row):
        yield "Bevindingen", "; ".join(words.findings(row))
