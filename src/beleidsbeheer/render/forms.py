"""Tables and listings in the forms people want: plain text, Markdown, HTML, CSV. Every cell is data, never markup."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

from beleidsbeheer.render.html import dated, document, escaped
from beleidsbeheer.render.style import GRID, SHEET
from beleidsbeheer.render.tables import Listing, Table
from beleidsbeheer.render.terminal import safe, table_text

Shown = Iterable[Table | Listing]

_MARKUP = re.compile(r"[\\`*_\[\]<>|~&$]")
_SHORT = ' class="kort"'  # a date or a number stays on one line
_LONG = ' class="lang"'  # a web address may break anywhere, or its column grows too wide
_LONG_WORD = re.compile(r"\S{31}")
_DAY_WIDTH = 10
STYLE = (
    SHEET
    + GRID
    + """body { max-width: 60rem; }
.breed { overflow-x: auto; }
.breed:focus-visible { outline: 3px solid var(--link); }
.lang { overflow-wrap: anywhere; min-width: 11rem; }
li { margin: .25rem 0; }
th, td { overflow-wrap: normal; }
@media screen and (max-width: 44rem) { td { overflow-wrap: anywhere; } td::before { content: attr(data-kop) ": "; } }
"""
)
# only where an empty cell means that a column does not apply; in the raw cells of a document it says something
_WIDE_STYLE = """@media (min-width: 44rem) {
  body { max-width: 78rem; } table { font-size: .9375rem; }
}
@media (max-width: 44rem) { td:empty { display: none; } }
"""
LISTING_STYLE = """dl { border: 1px solid var(--rand); padding: .5rem .625rem; margin: 0 0 .75rem; }
dl div { padding: .125rem 0; }
dl div:first-child { font-size: 1.1875rem; font-weight: 700; }
dt, dd { display: inline; margin: 0; }
dt { font-weight: 700; }
dt::after { content: ": "; }
dd:not(:only-of-type) { display: block; margin: .125rem 0 .125rem 1rem; }
h2 { font-size: 1.25rem; }
"""
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
# A spreadsheet runs a cell that starts like this as a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


# --- plain text --------------------------------------------------------------------------------------------


def text(shown: Shown, width: int) -> str:
    """For a screen of this many columns. Where a grid would break a date, its rows are lines instead."""
    return "\n".join(
        _lines(each)
        if isinstance(each, Listing)
        else table_text([each], width if _fits(each, width) else 0)
        for each in shown
    )


def _fits(table: Table, width: int) -> bool:
    """Whether every column of a grid gets the width of a date, or of what it holds if that is less."""
    columns = zip(table.head, *table.rows, strict=True)
    least = sum(min(max(map(len, column)), _DAY_WIDTH) for column in columns)
    return least + 3 * len(table.head) + 1 <= width


def _lines(listing: Listing) -> str:
    told = [safe(listing.caption)]
    for record in listing.records:
        told += ["", *(f"{safe(label)}: {safe(value)}" for label, value in record)]
    told += [] if listing.records else ["Geen rijen."]
    told += ["", *(f"- {safe(note)}" for note in listing.notes)] if listing.notes else []
    return "\n".join(told) + "\n"


# --- Markdown ----------------------------------------------------------------------------------------------


def markdown(shown: Shown) -> str:
    """GitHub-flavoured Markdown; what could be markup in a cell is escaped."""
    return "\n".join(_markdown(each) for each in shown)


def _markdown(shown: Table | Listing) -> str:
    told = [f"**{escaped_markdown(shown.caption)}**", ""]
    body = _markdown_listing(shown) if isinstance(shown, Listing) else _markdown_table(shown)
    told += body or ["Geen rijen."]
    if shown.notes:
        # two lists in a row would be read as one
        told += ["", "**Toelichting**"] if isinstance(shown, Listing) else []
        told += ["", *(f"- {escaped_markdown(note)}" for note in shown.notes)]
    return "\n".join(told) + "\n"


def _markdown_table(table: Table) -> list[str]:
    if not table.rows:
        return []
    head = [_markdown_row(table.head), "|" + " --- |" * len(table.head)]
    return head + [_markdown_row(row) for row in table.rows]


def _markdown_listing(listing: Listing) -> list[str]:
    """The pair that names a record on a line of its own, the others below it."""
    told: list[str] = []
    for (label, value), *others in listing.records:
        told += ["", f"**{escaped_markdown(f'{label}: {value}')}**", ""]
        told += [
            f"- **{escaped_markdown(label)}:** {escaped_markdown(value)}" for label, value in others
        ]
    return told[1:]


def _markdown_row(cells: Iterable[str]) -> str:
    return "|" + "".join(f" {escaped_markdown(cell)} |" for cell in cells)


def escaped_markdown(text: str) -> str:
    """One line in which no character can be inline markup (CommonMark 2.4, backslash escapes)."""
    return _MARKUP.sub(
        lambda found: _ENTITIES.get(found[0], "\\" + found[0]), " ".join(text.split())
    )


# --- HTML --------------------------------------------------------------------------------------------------


def page(shown: Shown, title: str) -> str:
    """A whole HTML page, self-contained and without script; everything from the register is escaped."""
    shown = tuple(shown)
    heading = f"<h1>{escaped(title)}</h1>"
    return document(title, sheet(shown), f"{heading}\n{fragment(shown)}")


def fragment(shown: Shown) -> str:
    """The tables and listings as a piece of a page that has ``sheet`` for its style."""
    return "\n".join(map(_html, shown))


def sheet(shown: Iterable[Table | Listing]) -> str:
    """The style of a page with these on it."""
    shown = tuple(shown)
    more = LISTING_STYLE if any(isinstance(each, Listing) for each in shown) else ""
    more += _WIDE_STYLE if any(isinstance(e, Table) and len(e.head) > 6 for e in shown) else ""
    return STYLE + more


def _html(shown: Table | Listing) -> str:
    notes = "".join(f"<li>{dated(escaped(note))}</li>" for note in shown.notes)
    listed = f"\n<ul>{notes}</ul>" if notes else ""
    body = _html_listing(shown) if isinstance(shown, Listing) else _html_table(shown)
    if not body or isinstance(shown, Listing):
        body = f"<h2>{escaped(shown.caption)}</h2>\n{body or '<p>Geen rijen.</p>'}"
    return body + listed


def _html_listing(listing: Listing) -> str:
    return "\n".join(_html_record(record) for record in listing.records)


def _html_record(record: tuple[tuple[str, str], ...]) -> str:
    """A description list; values with one label stand together under it."""
    groups = "\n".join(
        f"<div><dt>{escaped(label)}</dt>"
        + "".join(f"<dd>{dated(escaped(value))}</dd>" for _, value in pairs)
        + "</div>"
        for label, pairs in groupby(record, key=itemgetter(0))
    )
    return f"<dl>\n{groups}\n</dl>"


def _html_table(table: Table) -> str:
    if not table.rows:
        return ""
    head = "".join(f'<th scope="col">{escaped(name)}</th>' for name in table.head)
    rows = "\n".join(_html_row(table.head, row) for row in table.rows)
    caption = escaped(table.caption)
    # wider than the screen it scrolls: then the keyboard must get there too (WCAG 2.1.1)
    return (
        f'<div class="breed" tabindex="0" role="region" aria-label="{caption}">'
        f"<table>\n<caption>{caption}</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table></div>"
    )


def _html_row(head: tuple[str, ...], row: tuple[str, ...]) -> str:
    cells = "".join(map(_html_cell, head, row))
    return f"<tr>{cells}</tr>"


def _html_cell(name: str, cell: str) -> str:
    short = len(cell) <= 10
    width = _SHORT if short else _LONG if _LONG_WORD.search(cell) else ""
    text = escaped(cell) if short else dated(escaped(cell))
    return f'<td data-kop="{escaped(name)}"{width}>{text}</td>'


# --- CSV ---------------------------------------------------------------------------------------------------


def comma_separated(shown: Shown) -> str:
    """CSV (RFC 4180): a head per table, or label and value per line; an empty line between tables and records.

    A cell that a spreadsheet would run as a formula gets an apostrophe before it, in a head too.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    blocks = [block for each in shown for block in _blocks(each)]
    for number, block in enumerate(blocks):
        if number:
            writer.writerow([])
        writer.writerows([_safe(cell) for cell in row] for row in block)
    return stream.getvalue()


def _blocks(shown: Table | Listing) -> Iterable[Iterable[tuple[str, ...]]]:
    return shown.records if isinstance(shown, Listing) else [(shown.head, *shown.rows)]


def _safe(cell: str) -> str:
    return "'" + cell if cell.startswith(_FORMULA) else cell
