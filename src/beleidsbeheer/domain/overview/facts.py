"""What there is to tell of a register on one day, as flat values: for an overview of many of them.

    told = facts(register, findings, sound=True)
    told.policies[0].in_force(date(2026, 11, 26))       # Period, or None

Everything is derived from the register; nothing here names a person. Whoever keeps these values (an index)
keeps a copy that may be thrown away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final

from beleidsbeheer.domain.agenda import (
    Step,
    answer_due,
    deadlines,
    next_steps,
    review_due,
    under_way,
)
from beleidsbeheer.domain.course import (
    Course,
    Stand,
    day_of,
    decided_on,
    start_of,
    submitted_on,
)
from beleidsbeheer.domain.deadline import Deadline
from beleidsbeheer.domain.ledger import PaperRow, Policy, Version
from beleidsbeheer.domain.model import Finding, Severity
from beleidsbeheer.domain.provenance import text_of
from beleidsbeheer.domain.register import Register

_OWNER: Final = re.compile(r"(?:approvals|reglement)/([a-z0-9-]+)(?:/.*|:.*)?")
_ADOPTIONS, _VERSIONS = "vaststellingen", "versies"


class Condition(StrEnum):
    """Whether a register can be relied on; the value is what people see."""

    KLOPT = "klopt"
    KLOPT_NIET = "klopt niet"
    ONBEOORDEELD = "niet te beoordelen"


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """One version: its stand, the sha256 of its text ("" when that is not here as it was signed), and its days.

    ``submitted``: first put to a council; ``consented``: the last consent that was needed; ``adopted``: the
    decision of the board; ``starts``: from when it is in force. None: not so far, or not known.
    """

    number: str
    stand: Stand
    text: str
    registered: date | None = None
    submitted: date | None = None
    consented: date | None = None
    adopted: date | None = None
    published: date | None = None
    starts: date | None = None


@dataclass(frozen=True, slots=True)
class PeriodFacts:
    """From ``start`` up to and including ``end`` (None: no end known); version "" where readings contradict."""

    version: str
    start: date
    end: date | None
    taken_over: bool

    def holds_on(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A version under way: since when nothing happened with it."""

    version: str
    stand: Stand
    since: date


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """A geleding that is asked about a version under way: where it stands, since when, and by when it answers."""

    version: str
    council: str
    geleding: str
    state: str
    complete: bool
    given: int
    needed: int
    since: date
    due: date | None


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A row of the table of versions, or of that of adoptions, without names of people.

    ``told`` is the description; ``status`` the word of the table, of an adoption the office that decided.
    """

    table: str
    version: str
    status: str
    day: date | None
    told: str
    taken_over: bool
    entry: str


@dataclass(frozen=True, slots=True)
class PolicyFacts:
    """One policy. ``doubtful``: a decision on what is in force was damaged, so nobody can say what is.

    ``findings`` are about its entries; ``remarks`` are what reading its text gave, for whoever had it read.
    """

    slug: str
    title: str
    responsible: str
    doubtful: bool
    repealed: date | None
    review: date | None
    versions: tuple[VersionFacts, ...] = ()
    periods: tuple[PeriodFacts, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    consents: tuple[ConsentFacts, ...] = ()
    steps: tuple[Step, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    history: tuple[HistoryLine, ...] = ()
    findings: tuple[Finding, ...] = ()
    remarks: tuple[Finding, ...] = ()

    def in_force(self, day: date) -> PeriodFacts | None:
        """What is in force on ``day``, seen from the day of these facts; None where nobody can say."""
        found = [each for each in self.periods if each.holds_on(day)]
        return found[-1] if found and found[-1].version and not self.doubtful else None

    def coming(self, day: date) -> tuple[PeriodFacts, ...]:
        """What comes into force after ``day``."""
        return () if self.doubtful else tuple(p for p in self.periods if p.start > day)


@dataclass(frozen=True, slots=True)
class RegisterFacts:
    """A register as judged on ``day``. ``trouble`` says why it could not be judged; ``findings`` are about no policy.

    ``entries`` counts what was signed, ``wrong`` what of it does not count.
    """

    day: date
    condition: Condition
    organisation: str = ""
    root: str = ""
    entries: int = 0
    wrong: int = 0
    trouble: str = ""
    findings: tuple[Finding, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    policies: tuple[PolicyFacts, ...] = ()


def facts(register: Register, findings: Sequence[Finding], *, sound: bool) -> RegisterFacts:
    """Everything to tell of a register. ``findings`` and ``sound`` are those of whoever read it, git included."""
    told = [*_wrong_entries(register), *findings]
    verification = register.verification
    condition = Condition.KLOPT if sound else Condition.KLOPT_NIET
    return RegisterFacts(
        day=register.today,
        condition=condition if verification.root else Condition.ONBEOORDEELD,
        organisation=register.settings.organisation if register.settings else "",
        root=verification.root,
        entries=len(verification.judgements),
        wrong=sum(each.wrong for each in verification.judgements),
        findings=tuple(each for each in told if _owner(each) not in register.policies),
        deadlines=tuple(_nameless(register)),
        policies=tuple(_policy(register, policy, told) for policy in register.policies.values()),
    )


def storable(value: Any) -> Any:
    """The same values without NUL characters, which TOML can spell and PostgreSQL cannot keep."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd") if "\0" in value else value
    if isinstance(value, tuple):
        return tuple(map(storable, value))
    if is_dataclass(value) and not isinstance(value, type):
        parts = {each.name: storable(getattr(value, each.name)) for each in fields(value)}
        return replace(value, **parts)
    return value


def unreadable(day: date, message: str) -> RegisterFacts:
    """What there is to tell of a register that cannot be read at all."""
    return RegisterFacts(day, Condition.ONBEOORDEELD, trouble=message)


def texts_of(register: Register) -> Iterator[bytes]:
    """Every frozen text that is here as it was signed."""
    for policy in register.policies.values():
        for version in policy.versions:
            text = text_of(register.courses[policy.slug], version)
            if text is not None:
                yield text


def _nameless(register: Register) -> Iterator[Deadline]:
    """The days of the register itself; whose term ends is told by role."""
    roster = register.verification.roster
    members = roster.members if roster else {}
    for each in deadlines(register, ()):
        if each.kind == "termijn" and each.uid in members:
            roles = ", ".join(sorted(members[each.uid].roles))
            yield replace(each, what=f"De termijn van {roles} loopt af.", uid=roles)
        else:
            yield each


def _wrong_entries(register: Register) -> Iterator[Finding]:
    for each in register.verification.judgements:
        if each.wrong:
            message = f"Deze vastlegging is {each.verdict}: {each.reason}"
            yield Finding("vastlegging", Severity.FOUT, each.path, message)


def _owner(finding: Finding) -> str:
    """The policy that a finding is about, by the folder that it names."""
    found = _OWNER.fullmatch(finding.place)
    return found[1] if found else ""


def _policy(register: Register, policy: Policy, findings: Sequence[Finding]) -> PolicyFacts:
    course = register.courses[policy.slug]
    repeal = course.repeal()
    return PolicyFacts(
        slug=policy.slug,
        title=policy.title,
        responsible=policy.front.verantwoordelijk,
        doubtful=bool(register.doubts(policy, findings)),
        repealed=day_of(repeal, "per") if repeal else None,
        review=review_due(register, course),
        versions=tuple(_version(register, course, each) for each in policy.versions),
        periods=tuple(
            PeriodFacts(each.version, each.start, each.end, each.taken_over)
            for each in course.periods(course.as_of)
        ),
        waiting=tuple(_waiting(register, course, each) for each in under_way(course)),
        consents=tuple(_consents(register, course)),
        steps=tuple(next_steps(register, policy)),
        deadlines=tuple(
            each for each in deadlines(register, [policy]) if each.policy == policy.slug
        ),
        history=tuple(_history(register, course)),
        findings=tuple(each for each in findings if _owner(each) == policy.slug),
    )


def _version(register: Register, course: Course, version: Version) -> VersionFacts:
    number, adoption = version.number, course.adoption(version.number)
    submissions = course.submissions(number)
    published = [decided_on(each) for each in course.acts("bekendmaking", number)]
    text = text_of(course, version)
    return VersionFacts(
        number=number,
        stand=course.stand(number, register.today),
        text=version.text.sha256 if version.text and text is not None else "",
        registered=version.registration.date if version.registration else None,
        submitted=min(map(submitted_on, submissions), default=None),
        consented=_consented(course, number),
        adopted=decided_on(adoption) if adoption else None,
        published=min(published, default=None),
        starts=start_of(adoption, register.today) if adoption else None,
    )


def _consented(course: Course, number: str) -> date | None:
    """On which day the last geleding that had to, consented."""
    if not course.has_all_consents(number):
        return None
    days = [decided_on(act) for tally in course.tallies(number) for act in tally.acts]
    return max(days, default=None)


def _waiting(register: Register, course: Course, version: Version) -> Waiting:
    """The last day on which something happened with it: registered, put to a council, or answered."""
    acts = course.everything(version.number)
    days = [version.origin.date, *map(submitted_on, course.submissions(version.number))]
    days += [decided_on(each) for each in acts if each.kind != "voorlegging"]
    past = [day for day in days if day <= register.today] or [version.origin.date]
    return Waiting(version.number, course.stand(version.number, register.today), max(past))


def _consents(register: Register, course: Course) -> Iterator[ConsentFacts]:
    for version in under_way(course):
        for tally in course.tallies(version.number):
            due, _ = answer_due(register, tally.submission)
            yield ConsentFacts(
                version=version.number,
                council=tally.council.value,
                geleding=tally.geleding.value,
                state=tally.state.value,
                complete=tally.complete,
                given=tally.given,
                needed=tally.needed,
                since=submitted_on(tally.submission),
                due=due,
            )


def _history(register: Register, course: Course) -> Iterator[HistoryLine]:
    """The rows of both tables in the order in which they are printed; names of people stay out."""
    policy = course.policy
    for version in policy.versions:
        yield from (_paper(_VERSIONS, row) for row in version.rows)
        entry = version.registration
        if entry is not None:
            stand = course.stand(version.number, register.today)
            told = entry.fields["omschrijving"]
            yield HistoryLine(
                _VERSIONS, version.number, stand.value, entry.date, told, False, entry.digest
            )
    yield from (_paper(_VERSIONS, row) for row in policy.unnumbered)
    yield from (_paper(_ADOPTIONS, row) for row in policy.adoptions)
    for entry in course.adoptions():
        proof = course.evidence(entry)
        yield HistoryLine(
            _ADOPTIONS,
            entry.version,
            "bestuur",
            decided_on(entry),
            proof.value,
            False,
            entry.digest,
        )


def _paper(table: str, row: PaperRow) -> HistoryLine:
    """A row of an old document. What people wrote in it besides is not repeated: it may be erased there."""
    fields = row.entry.fields
    status = fields.get("functie" if table == _ADOPTIONS else "status") or ""
    day = day_of(row.entry, "datum_bron")
    return HistoryLine(table, row.entry.version, status, day, "", True, row.entry.digest)


def worst(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many findings there are of each severity."""
    found = [each.severity for each in findings]
    return {severity: found.count(severity) for severity in Severity}
