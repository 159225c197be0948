"""Many registers as one table on a day: what is in force, what is coming, what waits, and who is next.

    told = overview({"scholen/noord": facts}, date(2026, 11, 26), responsible="secretaris")
    told.totals.in_force, told.registers[0].rows[0].lead

Nothing is left out because it is broken: a register that cannot be judged is in the table with the reason.
Whoever filters on an office leaves policies out, and ``totals`` says how many. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Final

from beleidsbeheer.domain.agenda import MEND_FIRST, Step
from beleidsbeheer.domain.course import Stand, State
from beleidsbeheer.domain.model import Severity
from beleidsbeheer.domain.overview.facts import (
    Condition,
    ConsentFacts,
    PeriodFacts,
    PolicyFacts,
    RegisterFacts,
    VersionFacts,
    worst,
)

WITHIN: Final = 90  # days


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A version that is not adopted yet: its stand, since when nothing happened with it, and how many days that is."""

    version: str
    stand: Stand
    since: date
    days: int


@dataclass(frozen=True, slots=True)
class LeadTime:
    """How many days a version took: from submission to the last consent, from there to adoption, and in all.

    The first two are None for a version that was adopted without a consent being needed.
    """

    version: str
    to_consent: int | None
    to_adoption: int | None
    whole: int


@dataclass(frozen=True, slots=True)
class Review:
    """When the text in force is to be looked at again. ``left`` is in days, below zero when that day is past.

    ``due``: it is past, or comes within the days that were asked for.
    """

    day: date
    left: int
    due: bool

    @property
    def overdue(self) -> bool:
        return self.left < 0


@dataclass(frozen=True, slots=True)
class Missing:
    """A consent that is not there: of whom, on which version, where it stands, asked since when, due by when.

    ``late`` counts the days since ``due``; 0 when it is not past, nobody set a day, or the answer was no.
    """

    consent: ConsentFacts
    late: int

    @property
    def overdue(self) -> bool:
        return self.late > 0


@dataclass(frozen=True, slots=True)
class Row:
    """One policy of one register. ``policy`` is all that there is to tell of it; the rest follows from that.

    ``unclear``: a decision is damaged or readings contradict, so nobody can say what is in force.
    ``findings`` and ``remarks`` count what is wrong with its entries and what reading its text gave.
    """

    place: str
    organisation: str
    condition: Condition
    policy: PolicyFacts
    in_force: PeriodFacts | None
    unclear: bool
    coming: tuple[PeriodFacts, ...]
    under_way: tuple[UnderWay, ...]
    lead: LeadTime | None
    review: Review | None
    missing: tuple[Missing, ...]
    next: Step | None
    findings: Mapping[Severity, int]
    remarks: Mapping[Severity, int]

    @property
    def idle(self) -> int:
        """For how many days nothing happened with what waits longest; 0 when nothing is under way."""
        return max((each.days for each in self.under_way), default=0)


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One register: how it was judged, its own findings, and its policies. ``left_out`` were filtered away."""

    place: str
    facts: RegisterFacts
    findings: Mapping[Severity, int]
    rows: tuple[Row, ...]
    left_out: int

    @property
    def name(self) -> str:
        """What to call it: its organisation, or its place when that is not known."""
        return self.facts.organisation or self.place


@dataclass(frozen=True, slots=True)
class Totals:
    """What the table adds up to. ``lead`` is the median of whole lead times in days, over ``leads`` policies.

    ``findings`` are those of the registers and of their entries, ``remarks`` those of the texts.
    ``left_out`` counts registers that have no policy of the office that was asked for, ``policies_left_out``
    the policies of other offices, in those registers too.
    """

    registers: Mapping[Condition, int]
    policies: int
    in_force: int
    unclear: int
    coming: int
    under_way: int
    longest: tuple[Row, UnderWay] | None
    lead: float | None
    leads: int
    reviews_due: int
    reviews_overdue: int
    missing: int
    missing_overdue: int
    wrong_entries: int
    findings: Mapping[Severity, int]
    remarks: Mapping[Severity, int]
    left_out: int
    policies_left_out: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The table of all registers on ``day``, by organisation, place and title."""

    day: date
    responsible: str
    within: int
    registers: tuple[RegisterRow, ...]
    totals: Totals

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for register in self.registers for row in register.rows)


def overview(
    registers: Mapping[str, RegisterFacts],
    today: date,
    *,
    responsible: str = "",
    within: int = WITHIN,
) -> Overview:
    """The table. ``responsible`` keeps the policies whose office has these words in it; capitals are the same.

    A review is due when its day is past or at most ``within`` days away.
    """
    asked = " ".join(responsible.split())
    told = sorted(
        (_register(place, each, today, asked, within) for place, each in registers.items()),
        key=lambda each: (each.name.casefold(), each.place),
    )
    shown = tuple(each for each in told if not asked or _stays(each))
    return Overview(today, asked, within, shown, _totals(shown, told))


def _stays(register: RegisterRow) -> bool:
    """A register that cannot be judged may have any policy, so no filter takes it away."""
    return bool(register.rows) or register.facts.condition is Condition.ONBEOORDEELD


def _register(
    place: str, facts: RegisterFacts, today: date, responsible: str, within: int
) -> RegisterRow:
    kept = [each for each in facts.policies if responsible.casefold() in _office(each)]
    kept.sort(key=lambda each: (each.title.casefold(), each.slug))
    return RegisterRow(
        place=place,
        facts=facts,
        findings=worst(facts.findings),
        rows=tuple(_row(place, facts, policy, today, within) for policy in kept),
        left_out=len(facts.policies) - len(kept),
    )


def _office(policy: PolicyFacts) -> str:
    return " ".join(policy.responsible.split()).casefold()


# --- one policy --------------------------------------------------------------------------------------


def _row(place: str, facts: RegisterFacts, policy: PolicyFacts, today: date, within: int) -> Row:
    return Row(
        place=place,
        organisation=facts.organisation,
        condition=facts.condition,
        policy=policy,
        in_force=policy.in_force(today),
        unclear=_unclear(policy, today),
        coming=policy.coming(today),
        under_way=tuple(
            UnderWay(each.version, each.stand, each.since, (today - each.since).days)
            for each in policy.waiting
        ),
        lead=_lead(policy.versions),
        review=_review(policy.review, today, within),
        missing=tuple(_missing(policy.consents, today)),
        next=_next(facts.condition, policy),
        findings=worst(policy.findings),
        remarks=worst(policy.remarks),
    )


def _unclear(policy: PolicyFacts, day: date) -> bool:
    return policy.doubtful or (
        policy.in_force(day) is None and any(each.holds_on(day) for each in policy.periods)
    )


def _lead(versions: Sequence[VersionFacts]) -> LeadTime | None:
    """That of the last version that was both put to a council and adopted."""
    for each in reversed(versions):
        if each.submitted and each.adopted:
            consented = each.consented
            return LeadTime(
                version=each.number,
                to_consent=(consented - each.submitted).days if consented else None,
                to_adoption=(each.adopted - consented).days if consented else None,
                whole=(each.adopted - each.submitted).days,
            )
    return None


def _review(day: date | None, today: date, within: int) -> Review | None:
    left = (day - today).days if day else 0
    return Review(day, left, left <= within) if day else None


def _missing(consents: Iterable[ConsentFacts], today: date) -> Iterator[Missing]:
    for each in consents:
        if not each.complete:
            answered = each.state == State.ONTHOUDEN  # no consent, but an answer it is
            late = 0 if answered or each.due is None else max((today - each.due).days, 0)
            yield Missing(each, late)


def _next(condition: Condition, policy: PolicyFacts) -> Step | None:
    """The first step; in a register that does not hold nobody can take one."""
    if condition is not Condition.KLOPT:
        return Step((), MEND_FIRST)
    return policy.steps[0] if policy.steps else None


# --- what it adds up to ------------------------------------------------------------------------------


def _totals(shown: Sequence[RegisterRow], every: Sequence[RegisterRow]) -> Totals:
    rows = [row for register in shown for row in register.rows]
    conditions = Counter(register.facts.condition for register in shown)
    waiting = [(row, each) for row in rows for each in row.under_way]
    leads = [row.lead.whole for row in rows if row.lead]
    missing = [each for row in rows for each in row.missing]
    reviews = [row.review for row in rows if row.review]
    return Totals(
        registers={each: conditions[each] for each in Condition},
        policies=len(rows),
        in_force=sum(row.in_force is not None for row in rows),
        unclear=sum(row.unclear for row in rows),
        coming=sum(bool(row.coming) for row in rows),
        under_way=sum(bool(row.under_way) for row in rows),
        longest=max(waiting, key=lambda pair: pair[1].days, default=None),
        lead=median(leads) if leads else None,
        leads=len(leads),
        reviews_due=sum(each.due and not each.overdue for each in reviews),
        reviews_overdue=sum(each.overdue for each in reviews),
        missing=len(missing),
        missing_overdue=sum(each.overdue for each in missing),
        wrong_entries=sum(register.facts.wrong for register in shown),
        findings=_added([*(row.findings for row in rows), *(each.findings for each in shown)]),
        remarks=_added(row.remarks for row in rows),
        left_out=len(every) - len(shown),
        policies_left_out=sum(each.left_out for each in every),
    )


def _added(counts: Iterable[Mapping[Severity, int]]) -> dict[Severity, int]:
    total: Counter[Severity] = Counter()
    for each in counts:
        total.update(each)
    return {severity: total[severity] for severity in Severity}
