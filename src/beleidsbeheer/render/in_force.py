"""The text in force on a day: a line for people, a shape for programs, and the bytes themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from beleidsbeheer.domain.course import Course, Period, day_of
from beleidsbeheer.domain.entry import Entry
from beleidsbeheer.domain.ledger import Version
from beleidsbeheer.domain.model import Finding
from beleidsbeheer.domain.register import Register
from beleidsbeheer.domain.terms import listed, show_date
from beleidsbeheer.render.terminal import safe

SCHEMA = "beleidsbeheer.geldend/1"


def in_force_line(period: Period | None, course: Course) -> str:
    """ "versie 0.3, van 01-12-2026 t/m heden", with what must be known about it."""
    if period is None:
        repealed = course.repeal()
        if repealed:
            return f"er geldt niets; ingetrokken per {show_date(day_of(repealed, 'per'))}"
        return "er is geen geldende tekst vastgelegd"
    until = show_date(period.end) or "heden"
    origin = " (overgenomen)" if period.taken_over else ""
    return f"versie {period.version}, van {show_date(period.start)} t/m {until}{origin}{_retroactive(period)}"


def in_doubt(doubts: Iterable[str]) -> str:
    """What to say first when decisions on what is in force were damaged (paths); empty when none were."""
    told = listed(dict.fromkeys(map(safe, doubts)))
    return f"niet te bepalen zolang {told} niet klopt. Zonder dat: " if told else ""


def contests(course: Course) -> Iterator[str]:
    """Every decision of which the council invoked nullity, and what came of that."""
    for entry in course.acts("nietigheid"):
        day, council = show_date(day_of(entry, "ingeroepen_op")), entry.fields["orgaan"].upper()
        void = course.is_void(entry.version) and not course.adoption(entry.version)
        outcome = "het besluit is nietig" if void else "het besluit is betwist"
        yield f"de {council} riep op {day} nietigheid in van versie {entry.version}: {outcome}"


def _retroactive(period: Period) -> str:
    """How the text works back, if it does; a period that still waits for its day starts on that day."""
    back, starts = day_of(period.entry, "terugwerkend_tot"), day_of(period.entry, "inwerking")
    if back is None:
        return ""
    reason = safe(period.entry.fields["reden"])
    if period.start == starts:
        return f"; werkt dan terug tot en met {show_date(back)} (reden: {reason})"
    return f"; in werking getreden op {show_date(starts)} en met terugwerkende kracht (reden: {reason})"


def coming_line(period: Period) -> str:
    """How a text that is not in force yet is announced."""
    until = f" t/m {show_date(period.end)}" if period.end else ""
    start = f"geldend vanaf {show_date(period.start)}{until}{_retroactive(period)}"
    return f"versie {period.version}: toekomstige tekst, {start}"


def in_force_lines(
    course: Course, day: date, known: date | None, doubts: Sequence[str] = ()
) -> Iterator[str]:
    """What is in force on ``day``, what was announced then, and how far the register went (``known``)."""
    period, policy = course.in_force(day), course.policy
    as_known = f", zoals vastgelegd tot en met {show_date(known)}" if known else ""
    yield f"{safe(policy.title)} ({policy.slug}) op {show_date(day)}{as_known}:"
    yield f"  {in_doubt(doubts)}{_told(course, day, known)}"
    version = _version(course, period)
    if version and version.text:
        yield f"  afdruk van de tekst (sha256): {version.text.sha256}"
    elif version:
        yield "  de tekst is niet bewaard"
    for coming in course.coming(day):
        yield f"  {coming_line(coming)}"
    for contest in contests(course):
        yield f"  {contest}"


def _told(course: Course, day: date, known: date | None) -> str:
    period, periods = course.in_force(day), course.periods(course.as_of)
    if period is None and not periods and known:
        return "er was in dit register nog geen geldende tekst vastgelegd"
    if period is None and periods and periods[0].start > day:
        return "er geldt nog geen tekst" if day >= course.as_of else "er gold nog geen tekst"
    return in_force_line(period, course)


def text_of(course: Course, day: date) -> bytes | None:
    """The exact bytes of the text in force; None when there is none, or when it was not preserved."""
    version = _version(course, course.in_force(day))
    return course.ledger.files.get(version.text.path) if version and version.text else None


def _version(course: Course, period: Period | None) -> Version | None:
    return course.policy.version(period.version) if period else None


def in_force_json(
    register: Register,
    courses: Iterable[Course],
    day: date,
    known: date | None,
    findings: Sequence[Finding] = (),
) -> dict[str, Any]:
    """The documented shape ``beleidsbeheer.geldend/1``."""
    return {
        "schema": SCHEMA,
        "wortel": register.verification.root or None,
        "op": day.isoformat(),
        "bekend_op": known.isoformat() if known else None,
        "beleid": [
            _course_json(course, day, register.doubts(course.policy, findings))
            for course in courses
        ],
    }


def _course_json(course: Course, day: date, doubts: Sequence[str]) -> dict[str, Any]:
    period = course.in_force(day)
    return {
        "beleid": course.policy.slug,
        "titel": course.policy.title,
        "geldend": period_json(course, period) if period else None,
        "twijfel": list(doubts),
        "nietigheid": list(contests(course)),
        "toekomstig": [period_json(course, each) for each in course.coming(day)],
    }


def period_json(course: Course, period: Period) -> dict[str, Any]:
    """From when to when a version is in force, by which act, and which text it is."""
    version = _version(course, period)
    return {
        "versie": period.version,
        "van": period.start.isoformat(),
        "tot_en_met": period.end.isoformat() if period.end else None,
        "inwerking": iso_field(period.entry, "inwerking"),
        "herkomst": "overgenomen" if period.taken_over else "register",
        "tekst": version.text.path if version and version.text else None,
        "tekst_sha256": version.text.sha256 if version and version.text else None,
        "vastlegging": period.entry.digest,
    }


def iso_field(entry: Entry | None, field: str) -> str | None:
    """A date field as it stands in the statement; None when it is not there."""
    value = entry.fields.get(field) if entry else None
    return str(value) if value else None
