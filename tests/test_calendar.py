"""Deadlines as a calendar file: what a calendar program reads back, and that no text can add to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from beleidsbeheer.domain.deadline import Deadline
from beleidsbeheer.render.calendar import calendar

SCHOOL = "Voorbeeldschool"
STAMP = date(2026, 3, 1)
ANSWER = Deadline(
    day=date(2026, 4, 12),
    policy="schorsing",
    kind="reactie",
    what="De raad kan nog tot en met vandaag reageren op versie 2.1 van schorsing.",
    basis="Reglement, artikel 4: zes weken na ontvangst.",
    uid="a1" * 32,
)
REVIEW = Deadline(date(2027, 8, 1), "toelating", "herziening", "Toelating is toe aan herziening.")
HOSTILE = [
    "een\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:vals",
    "een\nATTACH:https://example.org/",
    "een\rX-VALS:1",
    "een\x85X-VALS:1\u2028X-VALS:2\u2029X-VALS:3\x0bX-VALS:4\x1cX-VALS:5",
    "een\\nEND:VCALENDAR\\;\\,",
    'een;VALUE=URI:https://example.org/,"twee":drie^n',
    "een\x00\x1b[2J\x7f\ufeff\u202etwee\ud800",
    "BEGIN:VEVENT",
    " " * 200 + "BEGIN:VEVENT",
    "é" * 36 + "\r\n BEGIN:VEVENT",
]
PROPERTIES = {
    "VCALENDAR": ["BEGIN", "VERSION", "PRODID", "X-WR-CALNAME", "BEGIN", "END"],
    "VEVENT": [
        *("BEGIN", "SUMMARY", "DTSTART", "DTSTAMP", "UID", "CATEGORIES", "DESCRIPTION", "TRANSP"),
        *("BEGIN", "ACTION", "DESCRIPTION", "TRIGGER", "END", "END"),
    ],
}


def _made(*deadlines: Deadline, organisation: str = SCHOOL) -> bytes:
    return calendar(deadlines, organisation, STAMP)


def _events(made: bytes) -> list[Event]:
    return list(Calendar.from_ical(made).events)


def _lines(made: bytes) -> list[str]:
    """The unfolded lines, read without icalendar (RFC 5545, 3.1)."""
    text = made.replace(b"\r\n ", b"").decode()
    assert text.endswith("\r\n")
    return text.removesuffix("\r\n").split("\r\n")


def _names(made: bytes) -> list[str]:
    return [line.split(":")[0].split(";")[0] for line in _lines(made)]


def _expected_names(events: int) -> list[str]:
    outside = PROPERTIES["VCALENDAR"]
    return [*outside[:-2], *(PROPERTIES["VEVENT"] * events), outside[-1]]


def test_an_event_reads_back_as_the_deadline() -> None:
    made = _made(ANSWER)
    file = Calendar.from_ical(made)
    (event,) = file.events
    assert event.start == ANSWER.day
    assert type(event.start) is date
    assert event.end == ANSWER.day + timedelta(days=1)
    assert event.decoded("dtstamp") == datetime(2026, 3, 1, tzinfo=UTC)
    assert (event.summary, event.description) == (ANSWER.what, ANSWER.basis)
    assert event.categories == ["reactie", "schorsing"]
    assert event["TRANSP"] == "TRANSPARENT"
    (alarm,) = event.alarms.times
    assert alarm.trigger == ANSWER.day - timedelta(days=7)
    assert {"BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P7D"} < set(_lines(made))
    assert "DTSTART;VALUE=DATE:20260412" in _lines(made)
    assert "X-WR-CALNAME:Beleidstermijnen Voorbeeldschool" in _lines(made)
    assert _names(made) == _expected_names(1)
    assert file["PRODID"] == "-//beleidsbeheer//NL"


def test_without_basis_there_is_no_description() -> None:
    (event,) = _events(_made(REVIEW))
    assert "DESCRIPTION" not in event


def test_the_known_bytes() -> None:
    # printf '["", "herziening", "toelating"]' | sha256sum | cut -c1-16
    assert _made(REVIEW).decode().splitlines() == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//beleidsbeheer//NL",
        "X-WR-CALNAME:Beleidstermijnen Voorbeeldschool",
        "BEGIN:VEVENT",
        "SUMMARY:Toelating is toe aan herziening.",
        "DTSTART;VALUE=DATE:20270801",
        "DTSTAMP:20260301T000000Z",
        "UID:herziening-toelating-df1acb98af937b94@beleidsbeheer.invalid",
        "CATEGORIES:herziening,toelating",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:Toelating is toe aan herziening.",
        "TRIGGER:-P7D",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_the_same_deadlines_give_the_same_bytes_in_any_order() -> None:
    assert (
        _made(ANSWER, REVIEW) == _made(REVIEW, ANSWER) == calendar({ANSWER, REVIEW}, SCHOOL, STAMP)
    )
    assert _made(ANSWER) != calendar([ANSWER], SCHOOL, STAMP + timedelta(days=1))


def test_a_deadline_that_moves_keeps_its_identity() -> None:
    moved = replace(ANSWER, day=date(2026, 5, 1), what="Uitgesteld.", basis="")
    (before,), (after,) = _events(_made(ANSWER)), _events(_made(moved))
    assert before.uid == after.uid
    assert (before.start, after.start) == (ANSWER.day, moved.day)


@pytest.mark.parametrize("other", [{"uid": "b2"}, {"kind": "termijn"}, {"policy": "toelating"}])
def test_another_deadline_has_another_identity(other: dict[str, str]) -> None:
    first, second = _events(_made(ANSWER, replace(ANSWER, **other)))  # type: ignore[arg-type]
    assert first.uid != second.uid


def test_fields_that_run_together_are_not_the_same_identity() -> None:
    one = replace(ANSWER, uid="a", kind="b-c", policy="d")
    two = replace(ANSWER, uid="a", kind="b", policy="c-d")
    first, second = _events(_made(one, two))
    assert first.uid != second.uid


def test_equal_deadlines_get_a_number_each() -> None:
    events = _events(_made(ANSWER, ANSWER, replace(ANSWER, what="Ook dit."), REVIEW))
    assert len(events) == len({event.uid for event in events}) == 4
    alone = _events(_made(ANSWER))[0].uid
    assert alone in {event.uid for event in events}


def test_lines_end_with_crlf_and_long_text_is_folded_between_characters() -> None:
    what = (
        "Geïnformeerde leerlingen én ouders, coördinator: «naïef» geëvalueerd; ’s middags – 😀. "
        * 9
    )
    made = _made(replace(ANSWER, what=what.strip()), organisation="Ënige çedille " * 20)
    assert made.count(b"\r") == made.count(b"\n") == made.count(b"\r\n")
    for line in made.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no character is cut in two
    (event,) = _events(made)
    assert event.summary == what.strip()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_adds_no_component_and_no_property(text: str) -> None:
    bad = Deadline(ANSWER.day, policy=text, kind=text, what=text, basis=text, uid=text)
    made = _made(bad, REVIEW, organisation=text)
    assert made.count(b"\r") == made.count(b"\n") == made.count(b"\r\n")
    usual = _made(replace(ANSWER, policy="a", kind="a"), REVIEW)
    assert sorted(_names(made)) == sorted(_names(usual))
    # also for a reader that takes every line break of Unicode for the end of a line
    assert made.decode().splitlines() == made.decode().removesuffix("\r\n").split("\r\n")
    assert len(_events(made)) == 2
    assert not Calendar.from_ical(made).errors


@given(text=st.text(min_size=1), organisation=st.text())
def test_no_text_adds_anything(text: str, organisation: str) -> None:
    made = _made(replace(ANSWER, what=text, basis=text, uid=text), organisation=organisation)
    assert _names(made) == _expected_names(1)
    assert len(made.decode().splitlines()) == made.count(b"\r\n")
    assert len(_events(made)) == 1


def test_semicolons_commas_and_backslashes_stay_text() -> None:
    what = "Artikel 3, lid 2; zie ook C:\\beleid: “a,b;c”."
    made = _made(replace(ANSWER, what=what), organisation="A, B; C\\d")
    (event,) = _events(made)
    assert event.summary == what
    assert r"X-WR-CALNAME:Beleidstermijnen A\, B\; C\\d" in _lines(made)


def test_no_deadlines_give_a_valid_calendar_without_events() -> None:
    made = calendar([], SCHOOL, STAMP)
    file = Calendar.from_ical(made)
    assert not file.events
    assert not file.errors
    # RFC 5545, 3.6: at least one component, and one with only a time zone is allowed
    assert [component.name for component in file.subcomponents] == ["VTIMEZONE"]
    assert made == calendar(iter(()), SCHOOL, STAMP)
