"""What in a table of registers somebody must look at first, the worst first. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import Final

from beleidsbeheer.domain.deadline import Deadline
from beleidsbeheer.domain.model import Council, Geleding, Severity
from beleidsbeheer.domain.overview.facts import Condition, worst
from beleidsbeheer.domain.overview.rows import Missing, Overview, RegisterRow, Row, UnderWay
from beleidsbeheer.domain.terms import geleding_name, show_date

# Days without anything happening after which a version is told to lie still: six weeks. No law says so; it is
# about the longest that a school goes without a meeting of its council.
STILL: Final = 42
# Days that stay until what they are about is done; an answer and a review are told apart.
_STAYING: Final = frozenset({"bekendmaking", "afspraak", "termijn"})


class Matter(StrEnum):
    """Why something needs a look, in order of urgency; the value is the heading above it."""

    UNJUDGED = "Niet te beoordelen"
    UNSOUND = "Klopt niet"
    UNCLEAR = "Niet te bepalen wat geldt"
    ANSWER = "Antwoord te laat"
    REVIEW = "Herziening te laat"
    DEADLINE = "Andere termijn voorbij"
    STILL = "Ligt stil"
    SOON = "Herziening komt eraan"
    TEXT = "Fouten in de tekst"


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to look at: in which register, of which policy ("" for the register itself), and what (Dutch).

    ``days`` is how late it is or how long it lasts; 0 where days say nothing.
    """

    matter: Matter
    place: str
    register: str
    policy: str
    title: str
    what: str
    days: int = 0


def attention(table: Overview) -> list[tuple[Matter, tuple[Point, ...]]]:
    """All of it, by matter; what is late longest comes first."""
    order = list(Matter)
    points = [point for each in table.registers for point in _of_register(each, table.day)]
    points.sort(key=lambda each: (order.index(each.matter), -each.days))
    return [(matter, tuple(some)) for matter, some in groupby(points, lambda each: each.matter)]


def missing_words(each: Missing) -> str:
    """ "instemming van de oudergeleding (OMR) met versie 0.4 (nog niet beslist), gevraagd op 01-09-2026"."""
    consent = each.consent
    who = geleding_name(Council(consent.council), Geleding(consent.geleding))
    signed = f", {consent.given} van {consent.needed}" if consent.needed > 1 else ""
    told = (
        f"instemming van {who} met versie {consent.version} ({consent.state}{signed}),"
        f" gevraagd op {show_date(consent.since)}"
    )
    if consent.due is None:
        return told
    late = f", {days(each.late)} te laat" if each.overdue else ""
    return f"{told}, antwoord voor {show_date(consent.due)}{late}"


def days(count: int) -> str:
    """ "1 dag", "51 dagen"."""
    return f"{count} dag" if count == 1 else f"{count} dagen"


def _of_register(register: RegisterRow, today: date) -> Iterator[Point]:
    facts = register.facts
    if facts.condition is Condition.ONBEOORDEELD:
        what = facts.trouble or "er is geen wortel die te vertrouwen is"
        yield Point(Matter.UNJUDGED, register.place, register.name, "", "", what)
    elif facts.condition is Condition.KLOPT_NIET:
        yield Point(Matter.UNSOUND, register.place, register.name, "", "", _unsound(register))
    for what, count in _past(facts.deadlines, today):
        yield Point(Matter.DEADLINE, register.place, register.name, "", "", what, count)
    for row in register.rows:
        for matter, what, count in _of_row(row, today):
            named = row.policy.title or row.policy.slug
            yield Point(matter, row.place, register.name, row.policy.slug, named, what, count)


def _unsound(register: RegisterRow) -> str:
    """How much is wrong in all of it, also in policies that are not shown."""
    facts = register.facts
    found = [*facts.findings, *(one for policy in facts.policies for one in policy.findings)]
    errors, wrong = worst(found)[Severity.FOUT], facts.wrong
    told = [
        f"{errors} {'fout' if errors == 1 else 'fouten'}" if errors else "",
        f"{wrong} {'vastlegging telt' if wrong == 1 else 'vastleggingen tellen'} niet mee"
        if wrong
        else "",
        "kijk daar met: beleid verifieer",
    ]
    return "; ".join(each for each in told if each)


def _past(deadlines: Iterable[Deadline], today: date) -> Iterator[tuple[str, int]]:
    """The days that are past while what they are about is still to be done."""
    for each in deadlines:
        if each.kind in _STAYING and each.day < today:
            ago = (today - each.day).days
            yield f"{each.what.rstrip('.')} ({show_date(each.day)}, {days(ago)} geleden)", ago


def _of_row(row: Row, today: date) -> Iterator[tuple[Matter, str, int]]:
    if row.unclear:
        yield Matter.UNCLEAR, "een besluit is beschadigd, of lezingen spreken elkaar tegen", 0
    for missing in row.missing:
        if missing.overdue:
            yield Matter.ANSWER, missing_words(missing), missing.late
    if row.review and row.review.due:
        yield _review(row.review.left, row.review.day)
    for what, count in _past(row.policy.deadlines, today):
        yield Matter.DEADLINE, what, count
    yield from (_still(each) for each in row.under_way if each.days >= STILL)
    errors = row.remarks[Severity.FOUT]
    if errors:
        told = "1 fout" if errors == 1 else f"{errors} fouten"
        yield Matter.TEXT, f"{told}; lees ze met: beleid controleer {row.policy.slug}", 0


def _review(left: int, day: date) -> tuple[Matter, str, int]:
    if left < 0:
        return Matter.REVIEW, f"moest op {show_date(day)}, {days(-left)} te laat", -left
    told = "vandaag" if left == 0 else f"op {show_date(day)}, over {days(left)}"
    # what comes first is on top, as what is late longest is elsewhere
    return Matter.SOON, told, -left


def _still(each: UnderWay) -> tuple[Matter, str, int]:
    return (
        Matter.STILL,
        f"versie {each.version} ({each.stand}): {days(each.days)} niets gebeurd",
        each.days,
    )
