"""The overview as one page for a browser or for paper: self-contained, no script, no request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from beleidsbeheer.domain.overview.attention import Matter, Point, attention
from beleidsbeheer.domain.overview.facts import Condition
from beleidsbeheer.domain.overview.rows import Overview, RegisterRow, Row
from beleidsbeheer.domain.terms import say_date
from beleidsbeheer.render.html import dated, document, escaped
from beleidsbeheer.render.overview import words
from beleidsbeheer.render.style import GRID, READING, SHEET

_STYLE: Final = """
body { max-width: 90rem; }
.totalen { list-style: none; padding: 0; margin: 1rem 0; max-width: 46rem; }
.totalen li { border-top: 1px solid var(--rand); padding: .5rem 0; }
.totalen li:last-child { border-bottom: 1px solid var(--rand); }
.punten { border-left: .5rem solid var(--rand); padding-left: 1rem; margin: 1rem 0; max-width: 60rem; }
.punten.erg { border-left-color: var(--weg); }
.punten h3 { margin: 0 0 .25rem; }
.punten ul { padding-left: 1.25rem; margin: 0; } .punten li { margin: .25rem 0; }
section > h2 { border-bottom: 2px solid var(--rand); padding-bottom: .25rem; }
.oordeel { display: inline-block; border: 1px solid var(--rand); border-radius: .25rem; padding: 0 .4rem; font-weight: 700;
           background: var(--zacht); }
.oordeel.mis { color: var(--weg); background: var(--weg-vlak); border-color: var(--weg); }
.oordeel.goed { color: var(--bij); background: var(--bij-vlak); border-color: var(--bij); }
.laat { color: var(--weg); font-weight: 700; }
.plek { font-family: ui-monospace, monospace; font-size: .9375rem; }
table { font-size: .9375rem; line-height: 1.4; table-layout: fixed; }
td, tbody th { overflow-wrap: anywhere; }
td p, th p { margin: 0 0 .25rem; } td p:last-child, th p:last-child { margin: 0; }
tbody th .stil { font-weight: 400; }
.beleid thead th:nth-child(1) { width: 20%; } .beleid thead th:nth-child(2) { width: 13%; } .beleid thead th:nth-child(3) { width: 14%; }
.beleid thead th:nth-child(4) { width: 11.5%; } .beleid thead th:nth-child(5) { width: 10.5%; } .beleid thead th:nth-child(7) { width: 11.5%; }
.lijst thead th:nth-child(1) { width: 28%; }
.uitleg { margin-top: 2rem; }
@media screen and (max-width: 60rem) {
  thead { position: absolute; left: -999rem; }
  table, caption, tbody, tr, td, tbody th { display: block; width: auto; min-width: 0; }
  tr { border: 1px solid var(--rand); margin: 0 0 .75rem; }
  td, tbody th { border: 0; padding: .375rem .625rem; }
  tbody th { font-size: 1.0625rem; }
  td::before { content: attr(data-kop); font-weight: 700; color: var(--stil); }
  td:empty { display: none; }
  .lijst td { display: flex; gap: .5rem; padding: .125rem .625rem; } .lijst td:last-child { padding-bottom: .5rem; }
}
@media print {
  @page { size: A4 landscape; margin: 12mm; }
  html { font-size: 8.5pt; }
  .punten, .kopje { break-inside: avoid; }
  .kopje { break-after: avoid; }
}
"""
_HEADS: Final = (
    "Beleid", "Geldt", "Komt en onderweg", "Herziening", "Doorlooptijd", "Hierna en wat ontbreekt", "Bevindingen",
)  # fmt: skip
_COUNTS: Final = (
    "Register",
    "Oordeel",
    "Reglementen",
    "Met een geldende tekst",
    "Onderweg",
    "Te laat",
)
_WAITS: Final = frozenset({Matter.STILL, Matter.SOON, Matter.TEXT})
_LATE: Final = ' class="laat"'


def page(table: Overview) -> str:
    """The whole page: what it adds up to, what needs a look first, and a table for each register."""
    title = f"Overzicht van het beleid op {say_date(table.day)}"
    parts = [
        f"<h1>{title}</h1>",
        '<ul class="totalen">',
        *(f"<li>{dated(escaped(each))}</li>" for each in words.sentences(table)),
        "</ul>",
        *_attention(table),
        *_contents(table.registers),
    ]
    for number, each in enumerate(table.registers):
        parts += _register(number, each, table)
    if any(row.lead for row in table.rows):
        parts.append(f'<p class="stil uitleg">{words.LEGEND}</p>')
    body = "\n".join(["<main>", *parts, "</main>"])
    return document(title, SHEET + READING + GRID + _STYLE, body)


def _attention(table: Overview) -> Iterator[str]:
    found = attention(table)
    yield '<section aria-labelledby="aandacht"><h2 id="aandacht">Dit vraagt aandacht</h2>'
    if not found:
        yield "<p>Er is niets dat nu aandacht vraagt.</p>"
    for matter, points in found:
        grave = "" if matter in _WAITS else " erg"
        items = "\n".join(map(_point, points))
        head = f"<h3>{matter} ({len(points)})</h3>"
        yield f'<div class="punten{grave}">{head}\n<ul>\n{items}\n</ul></div>'
    yield "</section>"


def _point(point: Point) -> str:
    named = ", ".join(escaped(each) for each in (point.register, point.title) if each)
    return f"<li><strong>{named}</strong>: {dated(escaped(point.what))}</li>"


def _contents(registers: Sequence[RegisterRow]) -> Iterator[str]:
    """The registers in short, each with the way to its own table."""
    if len(registers) < 2:
        return
    head = "".join(f'<th scope="col">{name}</th>' for name in _COUNTS)
    rows = "\n".join(_counts(number, each) for number, each in enumerate(registers))
    yield '<section aria-labelledby="registers"><h2 id="registers">Registers</h2>'
    yield f'<table class="lijst"><caption class="hoor">Registers in het kort</caption><thead><tr>{head}</tr></thead>'
    yield f"<tbody>{rows}</tbody></table></section>"


def _counts(number: int, register: RegisterRow) -> str:
    rows, condition = register.rows, register.facts.condition
    answers = sum(each.overdue for row in rows for each in row.missing)
    late = answers + sum(row.review.overdue for row in rows if row.review)
    counts = (
        len(rows),
        sum(row.in_force is not None for row in rows),
        sum(bool(row.under_way) for row in rows),
        late,
    )
    verdict = f"<p{_LATE if condition is not Condition.KLOPT else ''}>{condition}</p>"
    cells = [f'<td data-kop="Oordeel">{verdict}</td>']
    for head, count in zip(_COUNTS[2:], counts, strict=True):
        loud = _LATE if head == _COUNTS[-1] and count else ""
        cells.append(f'<td data-kop="{head}"><p{loud}>{count}</p></td>')
    name = f'<a href="#register-{number}">{escaped(register.name)}</a>'
    return f'<tr><th scope="row">{name}</th>{"".join(cells)}</tr>'


def _register(number: int, register: RegisterRow, table: Overview) -> Iterator[str]:
    name, facts = f"register-{number}", register.facts
    kind = "goed" if facts.condition is Condition.KLOPT else "mis"
    condition, *told = words.verdict(register, table)
    yield f'<section aria-labelledby="{name}"><div class="kopje"><h2 id="{name}">{escaped(register.name)}</h2>'
    yield (
        f'<p><span class="oordeel {kind}">{condition.rstrip(".")}</span> {dated(escaped(" ".join(told)))}'
        f' <span class="plek stil">{escaped(register.place)}</span></p></div>'
    )
    if register.rows:
        yield from _table(register, table)
    elif facts.condition is not Condition.ONBEOORDEELD:
        yield "<p>Er is nog geen beleid.</p>"
    yield "</section>"


def _table(register: RegisterRow, table: Overview) -> Iterator[str]:
    head = "".join(f'<th scope="col">{name}</th>' for name in _HEADS)
    yield f'<table class="beleid"><caption class="hoor">Beleid van {escaped(register.name)}</caption>'
    yield f"<thead><tr>{head}</tr></thead>\n<tbody>"
    yield from (_row(row, table) for row in register.rows)
    yield "</tbody></table>"


def _row(row: Row, table: Overview) -> str:
    title = escaped(row.policy.title or row.policy.slug)
    office = escaped(row.policy.responsible or "geen verantwoordelijke genoemd")
    late = bool(row.review and row.review.overdue)
    lines = [
        _lines(words.in_force(row, table.day), late=row.unclear),
        _lines((*words.coming(row), *words.under_way(row))),
        _lines(words.review(row.review), late=late),
        _lines(words.lead(row)),
        _lines(words.step(row.next)) + _missing(row),
        _lines(words.findings(row)),
    ]
    cells = "\n".join(
        f'<td data-kop="{head}">{told}</td>' for head, told in zip(_HEADS[1:], lines, strict=True)
    )
    return f'<tr><th scope="row"><p>{title}</p><p class="stil">{office}</p></th>\n{cells}</tr>'


def _lines(told: words.Cell, *, late: bool = False) -> str:
    """The last line is loud when it says that something is late."""
    return "".join(
        f"<p{_LATE if late and number == len(told) else ''}>{dated(escaped(line))}</p>"
        for number, line in enumerate(told, 1)
    )


def _missing(row: Row) -> str:
    return "".join(
        f"<p{_LATE if each.overdue else ''}>Ontbreekt: {dated(escaped(line))}</p>"
        for each, line in zip(row.missing, words.missing(row), strict=True)
    )
