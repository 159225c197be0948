"""What comes after adoption: publishing, reviewing, repealing, contesting; and taking an own act back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from beleidsbeheer.actions.recording import (
    BY_ITSELF,
    Decision,
    Evidence,
    course_of,
    dates,
    exact_text,
    find_policy,
    find_version,
    record,
)
from beleidsbeheer.actions.writing import Desk, Done, Workplace, at_desk
from beleidsbeheer.domain.course import Course, Period
from beleidsbeheer.domain.entry import Entry
from beleidsbeheer.domain.ledger import Policy
from beleidsbeheer.domain.model import BOARD_ROLES, Council, Geleding, council_role
from beleidsbeheer.domain.roster import MAY_SIGN
from beleidsbeheer.domain.rules.later import may_take_back
from beleidsbeheer.domain.terms import geleding_name, show_date
from beleidsbeheer.errors import Refused, WrongUse


def publish(work: Workplace, slug: str, number: str, day: date, where: str) -> Done:
    """Record where and since when people can read an adopted version."""
    with at_desk(work) as desk:
        policy, version = find_version(desk, slug, number)
        adoption = course_of(desk, policy).adoption(number)
        return record(
            desk,
            "bekendmaking",
            desk.pen(),
            [adoption.digest] if adoption else [],
            over=exact_text(policy, version),
            bekendgemaakt_op=day.isoformat(),
            waar=where,
        )


def repeal(work: Workplace, slug: str, decision: Decision, per: date, reason: str) -> Done:
    """The board repeals the whole policy as of ``per``: the first day on which it no longer holds."""
    with at_desk(work) as desk:
        policy = find_policy(desk, slug)
        course = course_of(desk, policy)
        last = _needed(next(reversed(course.periods()), None), course)
        return _decided(
            desk, "intrekking", policy, last, decision, per=per.isoformat(), reden=reason
        )


def review(work: Workplace, slug: str, decision: Decision, following: date | None) -> Done:
    """The board leaves the text in force as it is, until the next review on ``following``.

    Without ``following`` the term of ``beleid.toml`` is used; raises WrongUse when there is none.
    """
    with at_desk(work) as desk:
        policy = find_policy(desk, slug)
        course = course_of(desk, policy)
        period = _needed(course.in_force(decision.meeting), course)
        terms = desk.register.settings.terms if desk.register.settings else None
        due = following or (terms.review_on(decision.meeting) if terms else None)
        if due is None:
            raise WrongUse(
                "Wanneer wordt het reglement weer bekeken?",
                hint="Geef --volgende DATUM, of zet herziening_maanden bij [termijnen] in beleid.toml.",
            )
        return _decided(desk, "bevestiging", policy, period, decision, volgende=due.isoformat())


@dataclass(frozen=True, slots=True)
class Contest:
    """The council invokes nullity: when, why, and when it was told of the decision, if that is known."""

    invoked: date
    reference: str
    reason: str
    told: date | None = None
    evidence: Evidence = BY_ITSELF


def contest(work: Workplace, slug: str, number: str, council: Council, claim: Contest) -> Done:
    """Record that the council says in writing that the decision on this version is void."""
    with at_desk(work) as desk:
        policy, version = find_version(desk, slug, number)
        course = course_of(desk, policy)
        decisions = [p.entry for p in course.periods() if p.version == version.number]
        decisions += [each.entry for each in policy.readings if each.version == version.number]
        pen = desk.pen()
        own = [council_role(council, geleding) for geleding in reversed(Geleding)]
        role = claim.evidence.role_of(pen, own, geleding_name(council, Geleding.GEHEEL))
        return record(
            desk,
            "nietigheid",
            pen.only_as(role),
            [each.digest for each in decisions],
            claim.evidence.letter,
            over={"beleid": slug, "versie": number},
            orgaan=council,
            ingeroepen_op=claim.invoked.isoformat(),
            kenmerk=claim.reference,
            reden=claim.reason,
            **dates(meegedeeld_op=claim.told),
            **claim.evidence.fields,
        )


def take_back(work: Workplace, slug: str, what: str, reason: str, evidence: Evidence) -> Done:
    """Take an own act back. ``what`` is a version (its submission) or the start of an entry's digest."""
    with at_desk(work) as desk:
        policy = find_policy(desk, slug, mending=True)
        about = _to_take_back(desk, policy, what)
        pen = desk.pen()
        if evidence.received is not None:
            role = evidence.role_of(pen, [], "")
        else:
            able = pen.roles & may_take_back(about) or pen.roles & MAY_SIGN["terugtrekking"]
            role = min(able) if able else pen.role_for("terugtrekking")
        return record(
            desk,
            "terugtrekking",
            pen.only_as(role),
            [about.digest],
            evidence.letter,
            over={"beleid": slug, "versie": about.version},
            betreft=about.digest,
            reden=reason,
            **evidence.fields,
        )


# --- pieces ----------------------------------------------------------------------------------------------


def _needed(period: Period | None, course: Course) -> Period:
    """A period with a text. Raises Refused, naming what is coming."""
    if period is None or not period.version:
        coming = course.coming(course.ledger.today)
        later = f" Vanaf {show_date(coming[0].start)} geldt {coming[0].version}." if coming else ""
        slug = course.policy.slug
        raise Refused(
            f"Er geldt geen tekst van {slug}.{later}", hint=f"Kijk met: beleid status {slug}"
        )
    return period


def _decided(
    desk: Desk, kind: str, policy: Policy, period: Period, decision: Decision, **fields: Any
) -> Done:
    """A decision of the board on the text that a period is about."""
    pen = desk.pen()
    role = decision.evidence.role_of(pen, sorted(BOARD_ROLES), "het bestuur")
    return record(
        desk,
        kind,
        pen.only_as(role),
        [period.entry.digest],
        decision.evidence.letter,
        over={"beleid": policy.slug, "versie": period.version},
        **fields,
        **decision.fields,
    )


def _to_take_back(desk: Desk, policy: Policy, what: str) -> Entry:
    course = course_of(desk, policy)
    if policy.version(what):
        open_ = course.submissions(what)
        if len(open_) == 1:
            return open_[0]
        if not open_:
            raise Refused(
                f"Versie {what} is niet voorgelegd; er is niets terug te trekken.",
                hint="Een andere stap noemt u met het begin van zijn digest (uit de bestandsnaam).",
            )
        found = open_
    else:
        counted = desk.register.verification.counted.values()
        mine = [each for each in counted if each.policy == policy.slug]
        found = [each for each in mine if each.digest.startswith(what)]
        if len(found) == 1:
            return found[0]
        if not found:
            raise WrongUse(
                f"Er is geen vastlegging van {policy.slug} die begint met {what}.",
                hint="Geef een versie, of de twaalf tekens uit de bestandsnaam.",
            )
    shown = ", ".join(f"{each.digest[:12]} ({each.kind})" for each in found)
    raise WrongUse(f"Er zijn er meer: {shown}.", hint="Geef het begin van de digest.")
