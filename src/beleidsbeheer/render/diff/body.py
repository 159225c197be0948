"""The paragraphs of one changed element as HTML: what differs, what leads in to it, and the rest folded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from beleidsbeheer.domain.changes import Change
from beleidsbeheer.render.diff.blocks import Form
from beleidsbeheer.render.diff.context import shown_rows, told_above
from beleidsbeheer.render.diff.markup import paragraph
from beleidsbeheer.render.diff.pair import Pair
from beleidsbeheer.render.diff.rows import Row
from beleidsbeheer.render.html import escaped

_SHORT: Final = 160  # unchanged text up to this many characters is not worth folding


def body(change: Change, listed: list[Row], pair: Pair) -> Iterator[str]:
    """Changed rows, the text that leads in to them, and the rest folded."""
    shown, left_out = shown_rows(change, listed), told_above(change, listed)
    if any(listed[n].olds and listed[n].news and listed[n].changed for n in shown):
        yield (
            f'<div class="koppen" aria-hidden="true"><div>Was ({escaped(pair.old_label)})</div>'
            f"<div>Wordt ({escaped(pair.new_label)})</div></div>"
        )
    if not shown:
        yield "<p>De tekst zelf is niet gewijzigd.</p>"
    folded: list[Row] = []
    for number, row in enumerate(listed):
        if number in left_out:
            continue
        if number not in shown:
            folded.append(row)
            continue
        yield from _folded(folded)
        folded = []
        yield _row(row)
    yield from _folded(folded)


def _folded(some: list[Row]) -> Iterator[str]:
    """Text that did not change: as it is when it is short, else behind a line that says so."""
    some = [row for row in some if [each.text for each in row.wordt] != ["+++"]]
    shown = [paragraph(each) for row in some for each in row.wordt]
    if not shown:
        return
    if len(shown) == 1 and len(some[0].wordt[0].text) <= _SHORT:
        yield f'<div class="rij stil">{shown[0]}</div>'
        return
    one, more = ("regel", "regels") if some[0].form is Form.LETTERLIJK else ("alinea", "alinea’s")
    told = f"{len(shown)} {one if len(shown) == 1 else more}"
    inside = "\n".join(shown)
    yield f"<details><summary>… {told} ongewijzigd</summary>\n{inside}\n</details>"


def _row(row: Row) -> str:
    both = "\n".join(map(paragraph, row.both))
    if not row.changed:
        return f'<div class="rij">{both}</div>'
    if not row.news:
        return f'<div class="rij weg-rij">{both}</div>'
    if not row.olds:
        return f'<div class="rij bij-rij">{both}</div>'
    was, wordt = ("\n".join(map(paragraph, side)) for side in (row.was, row.wordt))
    return (
        f'<div class="rij een">{both}</div>\n'
        f'<div class="rij twee"><div><span class="hoor">Was:</span>{was}</div>'
        f'<div><span class="hoor">Wordt:</span>{wordt}</div></div>'
    )
