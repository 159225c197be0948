"""Make docs/versietabel.svg: what `beleid versietabel BELEID` prints, as a picture.

    .venv/bin/python docs/maak_plaatje.py [MAP] [BELEID]

Of the register in MAP (this repository unless given), with ids in place of names. Lines are drawn, not typed, and every piece of
text is told how wide to be, so the picture looks the same with any font. Nothing is fetched from elsewhere.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import escape
from pathlib import Path

from beleidsbeheer.actions.reading import open_register
from beleidsbeheer.render.history import AdoptionRow, VersionRow, history_tables
from beleidsbeheer.render.tables import as_tables
from beleidsbeheer.render.terminal import table_text

PROJECT = Path(__file__).resolve().parent.parent
TARGET = PROJECT / "docs" / "versietabel.svg"

COLUMNS = 104
CELL, LINE, MARGIN = 8.4, 19, 16  # width of a character, height of a line, white around it

# Which way a box-drawing character goes from the middle of its cell: up, right, down, left.
BOX = {
    "─": "rl", "│": "ud", "┌": "rd", "┐": "dl", "└": "ur", "┘": "ul",
    "├": "urd", "┤": "udl", "┬": "rdl", "┴": "url", "┼": "urdl",
}  # fmt: skip
_PIECE = re.compile(f"[^\\s{''.join(BOX)}]+(?: [^\\s{''.join(BOX)}]+)*")


def output(folder: Path, policy: str) -> list[str]:
    """The tables on a terminal of COLUMNS wide, ids for names. Stops when the register is not sound.

    A picture cannot be erased from every copy, so it holds no name of a person.
    """
    view = open_register(folder, date.today())
    if not view.sound:
        sys.exit("Er klopt iets niet in dit register; kijk met: beleid verifieer")
    counted = view.register.verification.counted
    nameless = replace(view.register, names={})
    history = history_tables(nameless, nameless.policies[policy])

    def people(row: VersionRow | AdoptionRow) -> str | None:
        return ", ".join(counted[row.vastlegging].fields.get("personen", ())) or None

    unnamed = replace(
        history,
        versies=tuple(replace(row, auteur=people(row) or row.auteur) for row in history.versies),
        vaststellingen=tuple(
            replace(row, naam=people(row) or row.naam) for row in history.vaststellingen
        ),
    )
    return table_text(as_tables(unnamed), COLUMNS).splitlines()


def strokes(lines: list[str]) -> Iterator[str]:
    """The borders of the tables, as SVG path commands: half a cell at a time, joined where they meet."""
    for row, line in enumerate(lines):
        for column, character in enumerate(line):
            x, y = MARGIN + (column + 0.5) * CELL, MARGIN + (row + 0.5) * LINE
            ends = {
                "u": (x, y - LINE / 2),
                "r": (x + CELL / 2, y),
                "d": (x, y + LINE / 2),
                "l": (x - CELL / 2, y),
            }
            for way in BOX.get(character, ""):
                yield f"M{x:.1f} {y:.1f}L{ends[way][0]:.1f} {ends[way][1]:.1f}"


def words(lines: list[str]) -> Iterator[str]:
    """Each run of words on its place. A line without borders above a table is its caption."""
    for row, line in enumerate(lines):
        bold = not line.startswith((" ", *BOX)) and line != "Geen rijen."
        head = row > 0 and lines[row - 1].startswith("┌")
        for found in _PIECE.finditer(line):
            x, y = MARGIN + found.start() * CELL, MARGIN + row * LINE + 0.72 * LINE
            weight = ' class="b"' if bold or head else ""
            width = len(found[0]) * CELL
            yield (
                f'<text{weight} x="{x:.1f}" y="{y:.1f}" textLength="{width:.1f}"'
                f' lengthAdjust="spacingAndGlyphs">{escape(found[0])}</text>'
            )


def picture(lines: list[str], title: str) -> str:
    """The whole SVG file."""
    width = 2 * MARGIN + max(map(len, lines)) * CELL
    height = 2 * MARGIN + len(lines) * LINE
    text = "\n".join(words(lines))
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" role="img">
<title>{escape(title)}</title>
<desc>{escape(" ".join(" ".join(lines).translate(str.maketrans("", "", "".join(BOX))).split()))}</desc>
<style>
text {{ font: 14px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #1a1a1a; }}
.b {{ font-weight: 700; }}
path {{ stroke: #767676; stroke-linecap: square; }}
</style>
<rect width="100%" height="100%" rx="6" fill="#fff"/>
<path d="{"".join(strokes(lines))}"/>
{text}
</svg>
"""


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT
    policy = sys.argv[2] if len(sys.argv) > 2 else "privacyreglement"
    lines = output(folder, policy)
    TARGET.write_text(picture(lines, f"beleid versietabel {policy}"), encoding="utf-8")
    print(f"{TARGET.relative_to(PROJECT)}: {len(lines)} regels")


if __name__ == "__main__":
    main()
