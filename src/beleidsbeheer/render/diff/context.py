"""Which rows of a change people need to see: those that differ, and the text that leads in to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from beleidsbeheer.domain.changes import Change
from beleidsbeheer.render.diff.blocks import Form
from beleidsbeheer.render.diff.rows import Row
from beleidsbeheer.render.diff.telling import same_title


def shown_rows(change: Change, listed: Sequence[Row]) -> set[int]:
    """The numbers of the rows to show of an element that both texts have."""
    shown = {number for number, row in enumerate(listed) if row.changed}
    return (shown | set(leads(listed, shown))) - told_above(change, listed)


def below_heading(listed: list[Row]) -> list[Row]:
    """The rows of an element that is new or went, without the heading that stands above it."""
    return listed[1:] if listed and listed[0].form is Form.KOP else listed


def told_above(change: Change, listed: Sequence[Row]) -> set[int]:
    """Rows that need not be shown: the heading, where what stands above the element says it all."""
    if not listed or listed[0].form is not Form.KOP:
        return set()
    first = listed[0]
    if len(first.olds) == len(first.news) == 1 and same_title(change):
        return {0}
    return set() if first.changed else {0}


def leads(listed: Sequence[Row], changed: set[int]) -> Iterator[int]:
    """The rows with a colon at their end that changed ones stand under."""
    above: list[int] = []
    for number, row in enumerate(listed):
        if row.form is Form.KOP:
            above.clear()
            continue
        while above and listed[above[-1]].depth >= row.depth:
            above.pop()
        if number in changed:
            yield from (n for n in above if listed[n].both[-1].text.endswith(":"))
        if row.both and row.form is not Form.LETTERLIJK:
            above.append(number)
