"""Deadlines as a calendar file (iCalendar, RFC 5545). Import this where it is used: icalendar loads slowly.

The same deadlines, in whatever order, give the same bytes. Every text is one line of data, never a property.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneStandard, vText

from beleidsbeheer.domain.deadline import Deadline
from beleidsbeheer.render.terminal import safe

_PRODUCT = "-//beleidsbeheer//NL"
_HOST = "beleidsbeheer.invalid"  # RFC 2606: never the name of a machine
_WARNING = timedelta(days=-7)


def calendar(deadlines: Iterable[Deadline], organisation: str, stamp: date) -> bytes:
    """A calendar with a whole-day event for each deadline; ``stamp`` is the day on which it is made.

    An event keeps its UID when only its day or its wording changes, so that a calendar program moves it.
    """
    file = Calendar()
    file.add("prodid", _PRODUCT)
    file.add("version", "2.0")
    # vText explicitly: icalendar does not escape the value of a property that the standard does not know
    file.add("x-wr-calname", vText(safe(f"Beleidstermijnen {organisation}")))
    moment = datetime.combine(stamp, time(), UTC)
    seen: Counter[str] = Counter()
    for deadline in sorted(deadlines, key=_order):
        identity = _identity(deadline)
        seen[identity] += 1
        number = f"-{seen[identity]}" if seen[identity] > 1 else ""
        file.add_component(_event(deadline, f"{identity}{number}@{_HOST}", moment))
    if not seen:
        file.add_component(_placeholder())
    made: bytes = file.to_ical()
    return made


def _order(deadline: Deadline) -> tuple[str, str, str, str, str, date]:
    """The day last: among deadlines with one identity, one that moves should keep its number."""
    return (
        deadline.policy,
        deadline.kind,
        deadline.uid,
        deadline.what,
        deadline.basis,
        deadline.day,
    )


def _identity(deadline: Deadline) -> str:
    parts = json.dumps([deadline.uid, deadline.kind, deadline.policy])
    digest = sha256(parts.encode()).hexdigest()[:16]
    return safe(f"{deadline.kind}-{deadline.policy}-{digest}")


def _event(deadline: Deadline, uid: str, moment: datetime) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", moment)
    event.add("dtstart", deadline.day)
    event.add("transp", "TRANSPARENT")
    event.add("summary", safe(deadline.what))
    if deadline.basis:
        event.add("description", safe(deadline.basis))
    event.add("categories", [safe(each) for each in (deadline.kind, deadline.policy) if each])
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", safe(deadline.what))
    alarm.add("trigger", _WARNING)
    event.add_component(alarm)
    return event


def _placeholder() -> Timezone:
    """A calendar must hold a component, and one with only a time zone is allowed (RFC 5545, 3.6)."""
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1970, 1, 1))
    standard.add("tzoffsetfrom", timedelta())
    standard.add("tzoffsetto", timedelta())
    zone = Timezone()
    zone.add("tzid", "UTC")
    zone.add_component(standard)
    return zone
