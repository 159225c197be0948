"""What a check of the text finds that the text in force does not have. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from beleidsbeheer.domain.checks.frame import Found
from beleidsbeheer.domain.terms import opening
from beleidsbeheer.render.checks.words import conclusion
from beleidsbeheer.render.papers.model import Block, Paper, points, words
from beleidsbeheer.render.papers.subject import Subject
from beleidsbeheer.render.tables import Table


def findings(subject: Subject, found: Sequence[Found], since: str) -> Paper:
    """A table of the findings; ``since`` names the text that they are new against, if there is one."""
    return Paper(
        title=f"Bevindingen bij {subject.title}, versie {subject.number}",
        organisation=subject.organisation,
        day=subject.day,
        under=(f"Nieuw ten opzichte van {since}" if since else "Alle bevindingen bij deze tekst",),
        blocks=tuple(_blocks(found)),
        foot=subject.foot,
    )


def _blocks(found: Sequence[Found]) -> list[Block]:
    told: list[Block] = [words(conclusion(found))]
    if found:
        rows = tuple((opening(each.severity), _place(each), each.message) for each in found)
        told.append(Table("", ("Soort", "Plaats", "Wat er opvalt"), rows))
        told.append(words("Waarom dit opvalt", "b"))
        told += points(dict.fromkeys(f"{each.rule}: {each.why}" for each in found))
    return told


def _place(found: Found) -> str:
    """The article; of what stands in none the line."""
    line = found.place.rpartition(":")[2]
    return (
        f"artikel {found.key}"
        if found.key
        else f"regel {line}"
        if line.isdecimal()
        else found.place
    )
