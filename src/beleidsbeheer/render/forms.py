"""Tables in the forms that files take: Markdown, HTML, CSV. Every cell is data, never markup."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterable

from beleidsbeheer.render.tables import Table

_MARKUP = re.compile(r"[\\`*_\[\]<>|~&$]")
_SHORT = ' class="kort"'  # a date or a number stays on one line
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
# A spreadsheet runs a cell that starts like this as a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def markdown(tables: Iterable[Table]) -> str:
    """GitHub-flavoured Markdown; what could be markup in a cell is escaped."""
    return "\n".join(_markdown_table(table) for table in tables)


def _markdown_table(table: Table) -> str:
    lines = [f"**{_escaped(table.caption)}**", ""]
    if table.rows:
        lines.append(_markdown_row(table.head))
        lines.append("|" + " --- |" * len(table.head))
        lines += [_markdown_row(row) for row in table.rows]
    else:
        lines.append("Geen rijen.")
    if table.notes:
        lines += ["", *(f"- {_escaped(note)}" for note in table.notes)]
    return "\n".join(lines) + "\n"


def _markdown_row(cells: Iterable[str]) -> str:
    return "|" + "".join(f" {_escaped(cell)} |" for cell in cells)


def _escaped(text: str) -> str:
    """One line in which no character can be inline markup (CommonMark 2.4, backslash escapes)."""
    return _MARKUP.sub(
        lambda found: _ENTITIES.get(found[0], "\\" + found[0]), " ".join(text.split())
    )


def page(tables: Iterable[Table], title: str) -> str:
    """A whole HTML page, self-contained and without script; everything from the register is escaped."""
    body = "\n".join(_html_table(table) for table in tables)
    return f"""<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{html.escape(title)}</title>
<style>
body {{ font: 1.0625rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 1.5rem auto; padding: 0 1rem;
       color: #1a1a1a; background: #fff; }}
.breed {{ overflow-x: auto; }}
h1 {{ font-size: clamp(1.5rem, 6vw, 2rem); line-height: 1.2; overflow-wrap: anywhere; }}
.kort {{ white-space: nowrap; }}
table {{ border-collapse: collapse; width: 100%; margin: 0 0 1rem; }}
caption {{ text-align: left; font-weight: 700; font-size: 1.25rem; padding: 1rem 0 .5rem; }}
th, td {{ border: 1px solid #767676; padding: .5rem .625rem; text-align: left; vertical-align: top; }}
th {{ background: #eef1f5; }}
@media (prefers-color-scheme: dark) {{
  body {{ color: #f2f2f2; background: #16181c; }} th {{ background: #2a2f37; }}
}}
@media (max-width: 40rem) {{
  thead {{ position: absolute; left: -999rem; }}
  tr, td {{ display: block; }}
  tr {{ border: 1px solid #767676; margin: 0 0 .75rem; }}
  td {{ border: 0; padding: .25rem .625rem; }}
  td::before {{ content: attr(data-kop) ": "; font-weight: 700; }}
}}
</style>
</head>
<body>
<h1>{html.escape(title)}</h1>
{body}
</body>
</html>
"""


def _html_table(table: Table) -> str:
    head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in table.head)
    rows = "\n".join(_html_row(table.head, row) for row in table.rows)
    notes = "".join(f"<li>{html.escape(note)}</li>" for note in table.notes)
    listed = f"\n<ul>{notes}</ul>" if notes else ""
    if not table.rows:
        return f"<h2>{html.escape(table.caption)}</h2>\n<p>Geen rijen.</p>{listed}"
    return (
        f'<div class="breed"><table>\n<caption>{html.escape(table.caption)}</caption>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table></div>{listed}"
    )


def _html_row(head: tuple[str, ...], row: tuple[str, ...]) -> str:
    cells = "".join(
        f'<td data-kop="{html.escape(name)}"{_SHORT if len(cell) <= 10 else ""}>{html.escape(cell)}</td>'
        for name, cell in zip(head, row, strict=True)
    )
    return f"<tr>{cells}</tr>"


def comma_separated(tables: Iterable[Table]) -> str:
    """CSV (RFC 4180) with a head per table and an empty line between tables.

    A cell that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    for number, table in enumerate(tables):
        if number:
            writer.writerow([])
        writer.writerow(table.head)
        writer.writerows([_safe(cell) for cell in row] for row in table.rows)
    return stream.getvalue()


def _safe(cell: str) -> str:
    return "'" + cell if cell.startswith(_FORMULA) else cell
