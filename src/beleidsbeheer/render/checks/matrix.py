"""The matrix of coverage: what a framework asks, the answer, and where. Never "voldoet"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from beleidsbeheer.domain.checks.coverage import Answer, Coverage, Framework
from beleidsbeheer.domain.terms import show_date
from beleidsbeheer.render.tables import Table

HEAD = ("Eis", "Wat", "Grondslag", "Antwoord", "Waar", "Hoe")
NOTES = (
    "Gevonden betekent: er staan woorden die erbij passen. Of er genoeg staat, beoordeelt een mens.",
    "Niet gevonden betekent: deze woorden staan er niet. Misschien staat het er met andere woorden, of in een ander stuk;"
    " wijs dan in het kopblok de plaats aan.",
)


def matrix(title: str, framework: Framework, rows: Sequence[Coverage]) -> Table:
    """One framework as a table."""
    return Table(
        caption=f"{framework.title}: {title}",
        head=HEAD,
        rows=tuple(map(_row, rows)),
        notes=(_sum(rows), *NOTES, *_certainty(framework, rows)),
    )


def _row(row: Coverage) -> tuple[str, ...]:
    asked = row.requirement
    what = f"{asked.what} {asked.note}".strip()
    return asked.id, what, asked.basis, str(row.answer), ", ".join(row.places), row.how


def _sum(rows: Iterable[Coverage]) -> str:
    counts = Counter(row.answer for row in rows)
    return ", ".join(f"{counts[answer]} {answer}" for answer in Answer) + "."


def _certainty(framework: Framework, rows: Iterable[Coverage]) -> list[str]:
    unread = [row.requirement.id for row in rows if row.requirement.mark != "gelezen"]
    told = f"De eisen zijn van {show_date(framework.read_on)}."
    if not unread:
        return [told]
    return [f"{told} Van {len(unread)} eisen is het artikel niet nagelezen: {', '.join(unread)}."]
