"""``beleid status`` and ``beleid geldend``: what people and programs are told, in words and in JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from acts import POLICY, Way, text
from beleidsbeheer.domain.model import text_path, working_path
from beleidsbeheer.domain.register import Register, known_on
from beleidsbeheer.render.in_force import in_force_json, in_force_lines, text_of
from beleidsbeheer.render.status import status_json, status_lines

TODAY = date(2026, 11, 23)


def status(school: Way, today: date = TODAY) -> str:
    register = school.load(today)
    policies = register.policies.values()
    return "\n".join(status_lines(register, policies, register.findings, [], sound=register.sound))


def as_json(school: Way, today: date = TODAY) -> Any:
    register = school.load(today)
    policies = register.policies.values()
    (policy,) = status_json(register, policies, register.findings, [], sound=register.sound)[
        "beleid"
    ]
    return policy


def lines(school: Way, day: str, known: str = "") -> str:
    register = school.load(TODAY)
    until = date.fromisoformat(known) if known else None
    course = _course(register, until)
    return "\n".join(in_force_lines(course, date.fromisoformat(day), until))


def _course(register: Register, until: date | None) -> Any:
    policy = register.policies[POLICY]
    return register.courses[POLICY] if until is None else known_on(register, policy, until)


@pytest.fixture
def school() -> Way:
    """0.1 in force since February, 0.2 adopted for December."""
    school = Way.ready()
    school.adopted("0.1", "2026-01-10", starts="2026-02-01")
    school.day = "2026-06-01"
    school.next("0.2", "Twee.")
    school.adopted("0.2", "2026-10-01", starts="2026-12-01")
    school.files[working_path(POLICY)] = text("Twee.")
    return school


def test_future_text_is_announced(school: Way) -> None:
    shown = status(school)
    assert "Geldend: versie 0.1, van 01-02-2026 t/m 30-11-2026" in shown
    assert "Komt:    versie 0.2: toekomstige tekst, geldend vanaf 01-12-2026" in shown
    policy = as_json(school)
    assert (policy["geldend"]["versie"], policy["toekomstig"][0]["versie"]) == ("0.1", "0.2")


def test_the_text_of_every_day(school: Way) -> None:
    course = school.course()
    assert text_of(course, date(2026, 1, 31)) is None
    assert text_of(course, date(2026, 2, 1)) == text("Eén.")
    assert text_of(course, date(2026, 11, 30)) == text("Eén.")
    assert text_of(course, date(2026, 12, 1)) == text("Twee.")
    assert "er gold nog geen tekst" in lines(school, "2026-01-31")


def test_what_was_known_then(school: Way) -> None:
    """On the day in December, but as the register stood in September: 0.2 was not adopted yet."""
    assert "versie 0.2" in lines(school, "2026-12-15")
    earlier = lines(school, "2026-12-15", known="2026-09-30")
    assert "versie 0.1, van 01-02-2026 t/m heden" in earlier
    assert "zoals vastgelegd tot en met 30-09-2026" in earlier
    assert "nog geen geldende tekst" in lines(school, "2026-12-15", known="2025-12-31")


def test_retroactive_effect_is_told_with_its_reason() -> None:
    school = Way.ready()
    school.agreed("0.1", "2026-03-10")
    school.adopt("0.1", terugwerkend_tot="2026-01-01", reden="stond zo in de brief")
    shown = lines(school, "2026-02-01")
    assert "van 01-01-2026" in shown
    assert "in werking getreden op 10-03-2026 en met terugwerkende kracht" in shown
    assert "stond zo in de brief" in shown
    assert "er was in dit register nog geen" in lines(school, "2026-02-01", known="2026-03-09")


def test_a_damaged_decision_does_not_bring_back_the_older_text(school: Way) -> None:
    school.files[text_path(POLICY, "0.2")] += b"x"
    assert f"niet te bepalen zolang approvals/{POLICY}/0.2/vaststelling-" in status(school)
    register = school.load(TODAY)
    (policy,) = in_force_json(register, register.courses.values(), TODAY, None)["beleid"]
    assert policy["twijfel"]
    assert as_json(school)["twijfel"] == policy["twijfel"]


def test_repeal_is_told(school: Way) -> None:
    school.day = "2026-11-01"
    school.repeal("0.2", "2027-01-01")
    assert "er geldt niets; ingetrokken per 01-01-2027" in lines(school, "2027-01-01")
    assert "t/m 31-12-2026" in lines(school, "2026-12-31")


def test_tally_names_geleding_evidence_and_article() -> None:
    school = Way.ready()
    school.submit("0.1")
    school.consent("0.1", "personeel")
    shown = status(school)
    assert "[x] de personeelsgeleding (PMR): ingestemd op 02-01-2026" in shown
    assert "sleutel niet bevestigd" in shown
    assert "[ ] de oudergeleding (OMR): nog niet beslist, dat doet mr-ouders" in shown
    assert "WMS 13 lid 1 onder i" in shown
    (way,) = as_json(school)["onderweg"]
    assert way["vaststellen_kan"] is False
    assert way["redenen"][0]["grondslag"] == "WMS 13 lid 1 onder i"
    assert {each["geleding"]: each["compleet"] for each in way["geledingen"]} == {
        "ouders": False,
        "personeel": True,
    }


def test_nobody_asked_is_shown_with_the_reason() -> None:
    school = Way.ready()
    school.next("0.2", "Zonder.", [])
    school.submit("0.2", geen_instemming="gaat over niemand")
    shown = status(school)
    assert "zonder instemming van iemand. Reden: gaat over niemand" in shown
    assert "niemand om instemming gevraagd" in shown


def test_an_act_that_does_not_hold_is_told_with_what_to_do(school: Way) -> None:
    school.day = "2026-11-02"
    school.next("0.3", "Drie.")
    refused = school.adopt("0.3", "2027-01-01")
    assert school.why_not(refused)
    shown = status(school)
    assert "Deze vaststelling telt niet mee" in shown
    assert "Geldend: versie 0.1" in shown


def _values(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _values(each)
    elif isinstance(value, list):
        for each in value:
            yield from _values(each)
    else:
        yield value


def test_json_holds_plain_values_only(school: Way) -> None:
    assert {type(each) for each in _values(as_json(school))} <= {str, int, bool, type(None)}


def test_a_decision_that_was_felled_leaves_it_open(school: Way) -> None:
    """Consent taken back in a clone that had not seen the adoption: nobody can say what is in force now."""
    consent = school.of("instemming", "0.2")[0]
    adoption = school.of("vaststelling", "0.2")[0]
    grounds = [school.roster, consent.digest]
    school.day = "2026-10-01"
    school.take_back(consent, rust_op=grounds)
    assert school.why_not(adoption)
    register = school.load(TODAY)
    assert register.doubts(register.policies[POLICY]) == [adoption.path]


def test_retroactive_effect_waits_for_its_day() -> None:
    school = Way.ready()
    school.agreed("0.1", "2026-11-10")
    school.adopt("0.1", "2027-01-01", terugwerkend_tot="2026-11-20", reden="stond zo in de brief")
    assert "er geldt nog geen tekst" in lines(school, "2026-11-23")
    assert "geldend vanaf 01-01-2027; werkt dan terug tot en met 20-11-2026" in lines(
        school, "2026-11-23"
    )
    after = school.load(date(2027, 1, 1)).courses[POLICY]
    period = after.in_force(date(2026, 11, 23))
    assert period is not None
    assert period.start == date(2026, 11, 20)


def test_a_copy_of_a_letter_is_what_its_name_says() -> None:
    school = Way.ready()
    school.files["approvals/privacyreglement/brief-0123456789ab.pdf"] = b"iets anders"
    assert [f.rule for f in school.load(TODAY).findings] == ["brief"]
