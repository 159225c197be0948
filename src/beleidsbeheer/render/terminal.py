"""Tables and findings for a terminal of any width; nothing from the register reaches it unescaped."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from beleidsbeheer.domain.model import Finding

if TYPE_CHECKING:
    from beleidsbeheer.render.tables import Table

_NARROW = 72


def safe(text: str) -> str:
    """``text`` on one line without characters that move a cursor, hide or reverse what is read."""
    return "".join(
        character if character.isprintable() or character == " " else "�"
        for character in " ".join(text.split())
        if unicodedata.category(character) != "Cf"
    )


def columns(text: str) -> int:
    """How many columns a text takes on a screen."""
    if text.isascii():
        return len(text)
    return sum(map(_width, text))


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def table_text(tables: Iterable[Table], width: int) -> str:
    """The tables with borders; below 72 columns as "Label: value" lines, which a narrow screen can show."""
    draw = _as_lines if width < _NARROW else _as_grid
    return "\n".join(draw(table, width) for table in tables)


def _as_grid(table: Table, width: int) -> str:
    from rich.box import SQUARE
    from rich.console import Console
    from rich.padding import Padding
    from rich.table import Column
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid(
        # fold, never an ellipsis: what does not fit goes on, nothing is left out
        *(Column(Text(safe(name)), overflow="fold") for name in table.head),
        title=Text(safe(table.caption), style="bold"),
        title_justify="left",
        box=SQUARE,
        show_lines=True,
    )
    for row in table.rows:
        grid.add_row(*(Text(safe(cell)) for cell in row))
    console = Console(width=width, color_system=None, highlight=False, legacy_windows=False)
    with console.capture() as captured:
        if table.rows:
            console.print(grid)
        else:
            console.print(Text(f"{safe(table.caption)}\nGeen rijen."))
        for note in table.notes:
            console.print(Padding(Text(safe(note)), (0, 0, 0, 2)))
    return "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"


def _as_lines(table: Table, _width: int) -> str:
    lines = [safe(table.caption)]
    for row in table.rows:
        lines += ["", *(f"{safe(n)}: {safe(c)}" for n, c in zip(table.head, row, strict=True))]
    lines += ["", *(f"- {safe(note)}" for note in table.notes)] if table.notes else []
    return "\n".join(lines) + "\n"


def finding_lines(finding: Finding) -> Iterator[str]:
    """A finding in two lines: what and where, then what to do."""
    yield f"{finding.severity.upper()} {safe(finding.place)}: {safe(finding.message)}"
    if finding.hint:
        yield f"  Wat nu? {safe(finding.hint)}"
