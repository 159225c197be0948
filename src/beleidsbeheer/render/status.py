"""The status of a register on one screen: what is in force, what is on its way, who is next, and by when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from beleidsbeheer.domain.agenda import (
    MEND_FIRST,
    Step,
    deadlines,
    next_steps,
    review_due,
    under_way,
)
from beleidsbeheer.domain.course import (
    Course,
    Stand,
    Tally,
    day_of,
    received_on,
    submitted_on,
)
from beleidsbeheer.domain.deadline import Deadline
from beleidsbeheer.domain.entry import Entry
from beleidsbeheer.domain.ledger import Policy, Version
from beleidsbeheer.domain.model import Council, Finding, Verdict, council_role
from beleidsbeheer.domain.register import Register, version_verdicts
from beleidsbeheer.domain.rules.adoption import closed_by, way_on
from beleidsbeheer.domain.terms import geleding_name, listed, opening, show_date
from beleidsbeheer.render.in_force import (
    coming_line,
    contests,
    in_doubt,
    in_force_line,
    iso_field,
    period_json,
)
from beleidsbeheer.render.terminal import safe
from beleidsbeheer.render.verification import (
    finding_json,
    judgement_json,
    notice_lines,
    wrong_lines,
)

SCHEMA = "beleidsbeheer.status/2"

Verdicts = Mapping[tuple[str, str], Verdict]


# --- for people ------------------------------------------------------------------------------------------


def status_lines(
    register: Register,
    policies: Iterable[Policy],
    findings: Iterable[Finding],
    notices: Iterable[str],
    *,
    sound: bool,
) -> Iterator[str]:
    """The status as people read it: per policy what is in force, what is on its way, what comes next."""
    shown, verdicts = list(policies), version_verdicts(register.verification)
    told = list(findings)
    if register.settings:
        organisation = safe(register.settings.organisation)
        yield f"Register van {organisation} (sector {register.settings.sector})"
    yield f"Wortel {register.verification.root or 'onbekend'}"
    for policy in shown:
        yield ""
        doubts = register.doubts(policy, told)
        yield from _policy_lines(
            register, policy, verdicts, doubts, sound=sound, whole=len(shown) == 1
        )
    if not shown:
        yield ""
        yield "Er is nog geen beleid. Begin met: beleid nieuw privacyreglement --titel Privacyreglement"
    yield from _deadline_lines(register, deadlines(register, shown))
    for weak in weak_spots(register):
        yield ""
        yield f"Let op: {weak}"
    yield from wrong_lines(register, told)
    yield from notice_lines(notices)


def _policy_lines(
    register: Register,
    policy: Policy,
    verdicts: Verdicts,
    doubts: Iterable[str],
    *,
    sound: bool,
    whole: bool,
) -> Iterator[str]:
    """One policy; ``whole``: with what the board told the council, when it is the only one shown."""
    course = register.courses[policy.slug]
    yield f"{safe(policy.title)} ({policy.slug})"
    yield f"  Geldend: {in_doubt(doubts)}{in_force_line(course.in_force(register.today), course)}"
    for period in course.coming(register.today):
        yield f"  Komt:    {coming_line(period)}"
    for contest in contests(course):
        yield f"  Betwist: {contest}"
    for version in policy.versions:
        lost = version.text is None and not version.contradicts
        text = ", tekst niet bewaard" if lost else ""
        yield f"  {version.number:<8} {register.stand(policy, version.number)}{text}"
    for (slug, number), verdict in verdicts.items():
        if slug == policy.slug and verdict is not Verdict.GELDIG:
            yield f"  {number:<8} {verdict}"
    for version in under_way(course):
        yield from _way_lines(course, version, whole=whole)
    steps = next_steps(register, policy)
    if not sound:
        yield f"  Hierna:  {MEND_FIRST}"
    elif not steps:
        yield "  Hierna:  niets; wijzigen kan in " + f"reglement/{policy.slug}/reglement.md"
    for step in steps if sound else ():
        yield f"  Hierna:  {safe(step.what)} ({' of '.join(step.who)})"
        if step.command:
            yield f"             {step.command}"


def _way_lines(course: Course, version: Version, *, whole: bool) -> Iterator[str]:
    """Where a version under way stands, per council and geleding, and why its gate is still closed."""
    for submission in course.submissions(version.number):
        council = submission.fields["orgaan"].upper()
        since = show_date(submitted_on(submission))
        base = submission.fields.get("redactioneel")
        how = f", als redactionele wijziging van {base['versie']}" if base else ""
        yield f"  Versie {version.number} ligt sinds {since} bij de {council}{how}:"
        yield f"    afdruk van de tekst (sha256): {submission.texts[0].sha256}"
        for name in ("beweegredenen", "gevolgen", "maatregelen") if whole else ():
            yield f"    {name}: {safe(submission.fields[name])}"
        if "geen_instemming" in submission.fields:
            reason = safe(submission.fields["geen_instemming"])
            yield f"    zonder instemming van iemand. Reden: {reason}"
        for tally in course.tallies(version.number):
            if tally.submission is submission:
                yield f"    {_tally_line(course, tally)}"
        copies = [
            geleding_name(Council(submission.fields["orgaan"]), each)
            for each in submission.fields["afschrift"]
        ]
        if copies:
            yield f"    afschrift: {listed(copies)}"
    if any(not tally.complete for tally in course.tallies(version.number)):
        yield "    Vaststellen kan pas als elk vakje is aangekruist."


def _tally_line(course: Course, tally: Tally) -> str:
    mark = "x" if tally.complete else " "
    who = geleding_name(tally.council, tally.geleding)
    count = f" ({tally.given} van {tally.needed} handtekeningen)" if tally.needed > 1 else ""
    how = "; daarna ".join(_how(course, each) for each in tally.acts) or tally.state
    role = "" if tally.acts else f", dat doet {council_role(tally.council, tally.geleding)}"
    return f"[{mark}] {who}: {safe(how)}{count}{role}; op grond van {listed(tally.bases)}"


def _how(course: Course, entry: Entry) -> str:
    """One act of a geleding: what, when, how we know, and its conditions."""
    day = show_date(day_of(entry, "vergadering") or day_of(entry, "uitspraak_op"))
    received = received_on(entry)
    evidence = f"{course.evidence(entry)}{f' van {show_date(received)}' if received else ''}"
    conditions = entry.fields.get("voorwaarden", [])
    told = f", voorwaarden: {'; '.join(conditions)}" if conditions else ""
    outcome = entry.fields.get("uitkomst", "redactioneel aanvaard")
    by = "toestemming van de commissie " if entry.kind == "toestemming" else ""
    return f"{by}{outcome} op {day} ({evidence}){told}"


def _deadline_lines(register: Register, days: list[Deadline]) -> Iterator[str]:
    if days:
        yield ""
        yield "Termijnen"
    for each in days:
        late = " (voorbij)" if each.day < register.today else ""
        basis = f" [{each.basis}]" if each.basis else ""
        yield f"  {show_date(each.day)}{late}  {safe(each.what)}{basis}"


def weak_spots(register: Register) -> Iterator[str]:
    """What makes this register depend on one person, said until it is mended."""
    roster = register.verification.roster
    if roster is None:
        return
    if len(roster.administrators) == 1:
        yield (
            f"er is één beheerder ({min(roster.administrators)}); die bepaalt alleen wie mag tekenen."
            " Voeg iemand toe met: beleid rooster voorstel"
        )
    elif roster.threshold == 1:
        yield (
            "de drempel is 1: elke beheerder bepaalt alleen wie mag tekenen."
            " Verhoog hem met: beleid rooster voorstel --drempel 2"
        )


# --- for programs ----------------------------------------------------------------------------------------


def status_json(
    register: Register,
    policies: Iterable[Policy],
    findings: Iterable[Finding],
    notices: Iterable[str],
    *,
    sound: bool,
) -> dict[str, Any]:
    """The documented shape ``beleidsbeheer.status/2``."""
    shown, told = list(policies), list(findings)
    roster, verdicts = register.verification.roster, version_verdicts(register.verification)
    return {
        "schema": SCHEMA,
        "organisatie": register.settings.organisation if register.settings else None,
        "sector": register.settings.sector if register.settings else None,
        "wortel": register.verification.root or None,
        "klopt": sound,
        "rooster": {
            "nummer": roster.number,
            "drempel": roster.threshold,
            "beheerders": sorted(roster.administrators),
        }
        if roster
        else None,
        "kwetsbaar": list(weak_spots(register)),
        "beleid": [
            _policy_json(register, policy, verdicts, register.doubts(policy, told), sound=sound)
            for policy in shown
        ],
        "termijnen": [deadline_json(each) for each in deadlines(register, shown)],
        "vastleggingen_mis": [
            judgement_json(judgement)
            for judgement in register.verification.judgements
            if judgement.wrong
        ],
        "bevindingen": [finding_json(finding) for finding in told],
        "meldingen": list(notices),
    }


def _policy_json(
    register: Register, policy: Policy, verdicts: Verdicts, doubts: list[str], *, sound: bool
) -> dict[str, Any]:
    course = register.courses[policy.slug]
    counted = {version.number: version for version in policy.versions}
    in_force = course.in_force(register.today)
    due = review_due(register, course)
    return {
        "beleid": policy.slug,
        "titel": policy.title,
        "geldend": period_json(course, in_force) if in_force else None,
        "twijfel": doubts,
        "nietigheid": list(contests(course)),
        "toekomstig": [period_json(course, period) for period in course.coming(register.today)],
        "ingetrokken_per": iso_field(course.repeal(), "per"),
        "versies": [
            {
                "versie": number,
                "oordeel": str(verdict),
                "stand": str(register.stand(policy, number)) if number in counted else None,
                "tekst_sha256": _text_sha256(counted.get(number)),
            }
            for (slug, number), verdict in verdicts.items()
            if slug == policy.slug
        ],
        "onderweg": [_way_json(register, course, version) for version in under_way(course)],
        "herziening": due.isoformat() if due else None,
        "werktekst_gewijzigd": policy.has_new_text,
        "hierna": [step_json(each) for each in next_steps(register, policy)]
        if sound
        else [{"wie": [], "wat": MEND_FIRST, "opdracht": None}],
    }


def _way_json(register: Register, course: Course, version: Version) -> dict[str, Any]:
    tallies = course.tallies(version.number)
    return {
        "versie": version.number,
        "stand": str(course.stand(version.number, register.today)),
        "voorleggingen": [
            {
                "orgaan": each.fields["orgaan"],
                "voorgelegd_op": submitted_on(each).isoformat(),
                "redactioneel_op": each.fields.get("redactioneel", {}).get("versie"),
                "tekst_sha256": each.texts[0].sha256,
                "beweegredenen": each.fields["beweegredenen"],
                "gevolgen": each.fields["gevolgen"],
                "maatregelen": each.fields["maatregelen"],
                "afschrift": each.fields["afschrift"],
                "geen_instemming": each.fields.get("geen_instemming"),
                "vastlegging": each.digest,
            }
            for each in course.submissions(version.number)
        ],
        "geledingen": [
            {
                "orgaan": str(tally.council),
                "geleding": str(tally.geleding),
                "rol": str(council_role(tally.council, tally.geleding)),
                "grondslagen": list(tally.bases),
                "staat": str(tally.state),
                "compleet": tally.complete,
                "handtekeningen": {"gegeven": tally.given, "nodig": tally.needed},
                "vastleggingen": [
                    {"digest": act.digest, "bewijs": str(course.evidence(act))}
                    for act in tally.acts
                ],
            }
            for tally in tallies
        ],
        "vaststellen_kan": course.stand(version.number, register.today) is Stand.DEFINITIEF,
        "redenen": [
            {
                "waarom": closed_by(tally),
                "grondslag": listed(tally.bases),
                "wat_nu": way_on(tally),
            }
            for tally in tallies
            if not tally.complete
        ],
    }


def step_json(step: Step) -> dict[str, Any]:
    return {
        "wie": [str(role) for role in step.who],
        "wat": opening(step.what),
        "opdracht": step.command or None,
    }


def deadline_json(deadline: Deadline) -> dict[str, Any]:
    return {
        "datum": deadline.day.isoformat(),
        "beleid": deadline.policy or None,
        "soort": deadline.kind,
        "wat": deadline.what,
        "grondslag": deadline.basis or None,
    }


def _text_sha256(version: Version | None) -> str | None:
    return version.text.sha256 if version and version.text else None
