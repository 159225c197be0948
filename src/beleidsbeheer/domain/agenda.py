"""What must happen next, who can do it with which command, and by when.

Terms come from the organisation's own rules; school holidays are never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from beleidsbeheer.domain.course import Course, Period, Stand, State, Tally, day_of, submitted_on
from beleidsbeheer.domain.deadline import Deadline
from beleidsbeheer.domain.entry import Entry
from beleidsbeheer.domain.ledger import Policy, Version
from beleidsbeheer.domain.model import (
    Council,
    Role,
    chair,
    council_role,
    parse_date,
    version_key,
    working_path,
)
from beleidsbeheer.domain.paper import contestable
from beleidsbeheer.domain.register import Register
from beleidsbeheer.domain.rules.adoption import consent_command
from beleidsbeheer.domain.settings import Terms
from beleidsbeheer.domain.terms import geleding_name, listed, opening, show_date
from beleidsbeheer.domain.wordchanges import changed_words, summary

# What comes first, whatever else waits, in a register of which something does not hold.
MEND_FIRST: Final = "los eerst op wat er niet klopt: beleid verifieer"


@dataclass(frozen=True, slots=True)
class Step:
    """Something that has to happen: who can do it (roles), what it is, and the command; Dutch.

    ``command`` is empty where no command does it.
    """

    who: tuple[str, ...]
    what: str
    command: str = ""


def under_way(course: Course) -> list[Version]:
    """The versions newer than the last adopted one that somebody put to a council, and the newest concept."""
    adopted = [version_key(each.version) for each in course.acts("vaststelling")]
    newer = [
        each
        for each in course.policy.versions
        if each.registration
        and not each.contradicts
        and not course.is_withdrawn(each)
        and (not adopted or version_key(each.number) > max(adopted))
    ]
    newest = newer[-1:] if newer and newer[-1] is course.policy.latest else []
    return [each for each in newer if course.submissions(each.number) or each in newest]


def next_steps(register: Register, policy: Policy) -> list[Step]:
    """What has to happen with this policy, the most urgent first; empty when nothing has to."""
    course = register.courses[policy.slug]
    latest = policy.latest
    if latest is not None and latest.contradicts:
        what = f"de beheerders verwerpen een van de twee teksten van {latest.number}"
        return [Step((Role.BEHEERDER,), what, "beleid verwerp DIGEST --reden …")]
    if course.repeal() is not None:
        return []
    if policy.working is None:
        path = working_path(policy.slug)
        return [Step((Role.SECRETARIS,), f"er is geen werktekst; zet hem op {path}")]
    steps = [step for each in under_way(course) for step in _steps_of(register, course, each)]
    steps += _unpublished(course)
    if policy.has_new_text:
        steps.append(_new_text(register, course))
    steps += _reviews(register, course)
    return steps


def _steps_of(register: Register, course: Course, version: Version) -> Iterator[Step]:
    """What a version that is under way waits for."""
    slug, number = course.policy.slug, version.number
    stand = course.stand(number, register.today)
    if stand in {Stand.CONCEPT, Stand.TERUGGETROKKEN} and not course.policy.has_new_text:
        bodies = register.settings.bodies if register.settings else ()
        to = bodies[0].council.upper() if bodies else "MR"
        is_back = stand is Stand.TERUGGETROKKEN
        what = (
            f"versie {number} is teruggetrokken; pas de tekst aan, of leg haar opnieuw voor aan de {to}"
            if is_back
            else f"versie {number} is een concept; leg haar voor aan de medezeggenschapsraad ({to})"
        )
        command = (
            f"beleid voorleggen {slug} {number} --aan {to} --beweegredenen …"
            " --gevolgen … --maatregelen …"
        )
        yield Step((Role.SECRETARIS, Role.BESTUUR), what, command)
    elif stand is Stand.DEFINITIEF:
        what = f"alles wat nodig is voor versie {number} is er; stel haar vast"
        yield Step((Role.BESTUUR,), what, f"beleid vaststellen {slug} {number} --inwerking DATUM")
    else:
        open_ = [tally for tally in course.tallies(number) if not tally.complete]
        for submission in course.submissions(number):
            if "redactioneel" in submission.fields and open_:
                yield _ask_editorial(submission)
        yield from (_ask(tally) for tally in open_)
        if not open_:
            yield _withdrawn_elsewhere(course, version)


def _withdrawn_elsewhere(course: Course, version: Version) -> Step:
    """One council consented, and from another the text was taken back: that one must be asked again."""
    standing = {each.fields["orgaan"] for each in course.submissions(version.number)}
    asked = {each.fields["orgaan"] for each in course.ever("voorlegging", version.number)}
    gone = listed(each.upper() for each in sorted(asked - standing)) or "?"
    what = (
        f"de voorlegging van versie {version.number} aan de {gone} is teruggetrokken; leg haar daar opnieuw"
        " voor, of begin een nieuwe versie"
    )
    command = f"beleid voorleggen {course.policy.slug} {version.number} --aan {gone}"
    return Step((Role.SECRETARIS, Role.BESTUUR), what, command)


def _ask(tally: Tally) -> Step:
    """What a geleding that has not consented can do, or what is left when it will not."""
    who = geleding_name(tally.council, tally.geleding)
    roles = tuple(
        dict.fromkeys([council_role(tally.council, tally.geleding), chair(tally.council)])
    )
    version = tally.submission.version
    if tally.state is State.ONTHOUDEN:
        what = (
            f"{who} heeft niet ingestemd met versie {version}: trek het voorstel terug, pas de tekst aan"
            " en leg een nieuwe versie voor, of vraag de geschillencommissie om toestemming"
        )
        command = f"beleid trek-terug {tally.submission.policy} {version} --reden …"
        return Step((Role.BESTUUR, Role.SECRETARIS), what, command)
    what = f"{who} beslist over versie {version}"
    if tally.state is State.VOORWAARDEN:
        what = f"{who} bevestigt of versie {version} aan de voorwaarden voldoet"
    return Step(roles, what, consent_command(tally))


def _ask_editorial(submission: Entry) -> Step:
    """The council accepts, or not, that a change is editorial only."""
    council = Council(submission.fields["orgaan"])
    base = submission.fields["redactioneel"]["versie"]
    what = (
        f"de {council.upper()} beslist of versie {submission.version} alleen redactioneel verschilt van"
        f" {base}"
    )
    command = (
        f"beleid aanvaard-redactioneel {submission.policy} {submission.version}"
        f" --orgaan {council.upper()} --vergadering DATUM --kenmerk …"
    )
    return Step((chair(council),), what, command)


def _unpublished(course: Course) -> Iterator[Step]:
    for adoption in course.adoptions()[-1:]:
        if not course.acts("bekendmaking", adoption.version):
            yield Step(
                (Role.PUBLICIST, Role.SECRETARIS),
                f"maak versie {adoption.version} bekend",
                f"beleid bekendmaken {course.policy.slug} {adoption.version} --datum DATUM --waar URL",
            )


def _new_text(register: Register, course: Course) -> Step:
    """The working text was changed: what changed, and whose consent does not go along."""
    policy = course.policy
    what = "de werktekst is gewijzigd; leg hem vast"
    if policy.frozen is not None and policy.working is not None:
        words = "; ".join(summary(changed_words(policy.frozen, policy.working), most=3))
        what = f"de werktekst is gewijzigd ({words}); leg hem vast"
    falls = consents_that_fall(course)
    if falls:
        what += f". De instemming van {listed(falls)} gaat niet mee: daarover wordt opnieuw beslist"
    command = f"beleid registreer {policy.slug} {policy.next_number} --omschrijving …"
    return Step((Role.SECRETARIS,), what, command)


def consents_that_fall(course: Course) -> list[str]:
    """Who consented to a version under way: a new text would make that void."""
    return [
        f"{geleding_name(tally.council, tally.geleding)} met versie {version.number}"
        for version in under_way(course)
        for tally in course.tallies(version.number)
        if tally.complete
    ]


def _reviews(register: Register, course: Course) -> Iterator[Step]:
    due = review_due(register, course)
    if due is not None and due <= register.today:
        yield Step(
            (Role.BESTUUR,),
            f"het reglement moest op {show_date(due)} opnieuw worden bekeken",
            f"beleid bevestig {course.policy.slug}",
        )


# --- by when ---------------------------------------------------------------------------------------------


def review_due(register: Register, course: Course) -> date | None:
    """When the text in force is to be reviewed: as last confirmed, else by the organisation's own term."""
    period = course.in_force(register.today)
    if period is None:
        return None
    terms = register.settings.terms if register.settings else Terms()
    due = _confirmed_until(course, period) or terms.review_on(period.start)
    ends_first = due is not None and period.end is not None and period.end < due
    return None if ends_first else due


def _confirmed_until(course: Course, period: Period) -> date | None:
    days = [day_of(each, "volgende") for each in course.acts("bevestiging", period.version)]
    return max((day for day in days if day), default=None)


def deadlines(register: Register, policies: Iterable[Policy]) -> list[Deadline]:
    """Every day to remember, in order; those of the register itself too."""
    found = [each for policy in policies for each in _deadlines_of(register, policy)]
    found += _register_deadlines(register)
    return sorted(found, key=lambda each: (each.day, each.policy, each.kind, each.uid, each.what))


def _deadlines_of(register: Register, policy: Policy) -> Iterator[Deadline]:
    course, slug = register.courses[policy.slug], policy.slug
    for version in under_way(course):
        yield from _answers(register, course, version)
    for period in course.coming(register.today):
        what = f"Versie {period.version} van {policy.title} gaat in."
        yield Deadline(period.start, slug, "inwerkingtreding", what, uid=period.entry.digest)
    repeal = course.repeal()
    if repeal and parse_date(repeal.fields["per"]) >= register.today:
        what = f"{opening(policy.title)} is ingetrokken en geldt niet meer."
        yield Deadline(
            parse_date(repeal.fields["per"]), slug, "uitwerking", what, uid=repeal.digest
        )
    due = review_due(register, course)
    if due is not None:
        what = f"{opening(policy.title)} wordt opnieuw bekeken."
        now = course.in_force(register.today)
        confirmed = now is not None and _confirmed_until(course, now) == due
        basis = "besluit van het bestuur" if confirmed else _own_term("herziening_maanden")
        yield Deadline(due, slug, "herziening", what, basis, slug)
    yield from _publication(register, course)
    yield from _nullity(register, course)


def _own_term(name: str) -> str:
    return f"eigen regels (beleid.toml, termijnen, {name})"


def _answers(register: Register, course: Course, version: Version) -> Iterator[Deadline]:
    """By when the councils answer, as far as somebody said so; and when they meet."""
    for submission in course.submissions(version.number):
        council = Council(submission.fields["orgaan"]).upper()
        meets = day_of(submission, "vergadering")
        if meets and meets >= register.today:
            what = f"De {council} vergadert over versie {version.number} van {course.policy.title}."
            yield Deadline(meets, course.policy.slug, "vergadering", what, uid=submission.digest)
        open_ = [t for t in course.tallies(version.number) if t.submission is submission]
        waiting = [geleding_name(t.council, t.geleding) for t in open_ if t.state is State.OPEN]
        asked, basis = answer_due(register, submission)
        if asked and waiting:
            what = (
                f"Reactie van {listed(waiting)} op versie {version.number} van"
                f" {course.policy.title}. Geen antwoord is geen instemming."
            )
            yield Deadline(asked, course.policy.slug, "reactie", what, basis, submission.digest)


def answer_due(register: Register, submission: Entry) -> tuple[date | None, str]:
    """By when a council was asked to answer, as the submission or else the own term has it; and which of the two."""
    asked = day_of(submission, "reageren_voor")
    settings = register.settings_under(submission.roster)
    if asked is not None or settings is None:
        return asked, "voorlegging"
    return settings.terms.consent_deadline(submitted_on(submission)), _own_term("instemming_weken")


def _publication(register: Register, course: Course) -> Iterator[Deadline]:
    days = register.settings.terms.publication_days if register.settings else None
    for adoption in course.adoptions()[-1:]:
        decided = day_of(adoption, "vergadering")
        if days and decided and not course.acts("bekendmaking", adoption.version):
            what = f"Bekendmaking van versie {adoption.version} van {course.policy.title}."
            basis = _own_term("bekendmaking_dagen")
            day = decided + timedelta(days=days)
            yield Deadline(day, course.policy.slug, "bekendmaking", what, basis, adoption.digest)


def _nullity(register: Register, course: Course) -> Iterator[Deadline]:
    for reading in course.policy.readings:
        flaw = contestable(register, course.policy, reading.version)
        if flaw and flaw.until and flaw.until >= register.today:
            what = f"Laatste dag om nietigheid in te roepen tegen versie {flaw.version}."
            digest = reading.entry.digest
            yield Deadline(flaw.until, course.policy.slug, "nietigheid", what, "WMS", digest)


def _register_deadlines(register: Register) -> Iterator[Deadline]:
    for each in register.settings.arrangements if register.settings else ():
        what = f"De afspraak over {each.topic} ({each.basis}) loopt af; daarna geldt de wet weer."
        uid = f"{each.topic} {each.start}"
        yield Deadline(each.end, "", "afspraak", what, "WMS 25 lid 2", uid)
    roster = register.verification.roster
    for member in roster.members.values() if roster else ():
        if member.until is not None:
            roles = ", ".join(sorted(member.roles))
            what = f"De termijn van {member.person} ({roles}) loopt af."
            yield Deadline(member.until, "", "termijn", what, "rooster", member.person)
