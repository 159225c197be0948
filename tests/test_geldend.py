"""``beleid geldend`` and the calendar of ``beleid status``, as they come on the screen and into a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

from act_lines import add_rules, adopt, received, submit, to_adopted, to_submitted
from desk import POLICY, Capture, Screen, copied

TEXT = f"reglement/{POLICY}/versies/0.1.md"


@pytest.fixture
def adopted(capsys: Capture, tmp_path: Path) -> Screen:
    """Adopted today (23 November), in force tomorrow."""
    return copied(capsys, tmp_path, to_adopted)


def test_before_its_day_there_is_nothing_but_an_announcement(adopted: Screen) -> None:
    answer = adopted.run("geldend", POLICY)
    assert (answer.code, answer.out) == (1, "")
    assert "er geldt nog geen tekst" in answer.err
    assert "toekomstige tekst, geldend vanaf 24-11-2026" in answer.err


def test_the_text_comes_out_byte_for_byte(adopted: Screen) -> None:
    answer = adopted.run("geldend", POLICY, "--op", "24-11-2026")
    assert answer.code == 0
    assert answer.out.encode() == (adopted.folder / TEXT).read_bytes()
    assert "versie 0.1, van 24-11-2026 t/m heden" in answer.err


def test_as_it_was_known_the_day_before(adopted: Screen) -> None:
    answer = adopted.run("geldend", POLICY, "--op", "2026-12-01", "--bekend-op", "2026-11-22")
    assert answer.code == 1
    assert "nog geen geldende tekst vastgelegd" in answer.err


def test_a_line_for_every_policy_and_json(adopted: Screen) -> None:
    assert "versie 0.1, van 24-11-2026" in adopted.on("2026-12-01").fine("geldend")
    answer = adopted.run("geldend", "--op", "2026-12-01", "--json").json
    (policy,) = answer["beleid"]
    assert answer["schema"] == "beleidsbeheer.geldend/1"
    assert (policy["geldend"]["versie"], policy["geldend"]["tekst"]) == ("0.1", TEXT)


def test_a_damaged_text_is_not_given_as_the_one_in_force(adopted: Screen) -> None:
    adopted.write((adopted.folder / TEXT).read_bytes() + b"x", TEXT)
    answer = adopted.run("geldend", POLICY, "--op", "2026-12-01")
    assert (answer.code, answer.out) == (1, "")
    assert f"niet te bepalen zolang approvals/{POLICY}/0.1/vaststelling-" in answer.err


@pytest.mark.parametrize("how", ["byte", "signature", "rubbish", "gone", "both gone"])
def test_a_broken_decision_does_not_bring_back_the_text_before(adopted: Screen, how: str) -> None:
    """0.1 in force, 0.2 adopted after it: whatever happens to that decision, nobody is given 0.1."""
    later = adopted.on("2026-12-01")
    later.edit()
    later.register("0.2")
    later.fine(*submit("0.2"))
    meeting = ("--vergadering", "2026-12-01", "--kenmerk", "MR 2026-15")
    for geleding in ("personeel", "ouders"):
        line = ("--geleding", geleding, "--uitkomst", "ingestemd", *meeting, *received(later))
        later.fine("instemming", POLICY, "0.2", *line)
    later.fine(*adopt("2026-12-02", "0.2"), *received(later))
    assert "versie 0.2" in later.on("2026-12-02").run("geldend", POLICY).err
    decision = later.find(f"approvals/{POLICY}/0.2/vaststelling-*.json")
    signature = decision.with_name(decision.name + ".sig")
    match how:
        case "byte":
            decision.write_bytes(decision.read_bytes().replace(b"2026-12-02", b"2027-12-02"))
        case "signature":
            signature.write_bytes(b"x")
        case "rubbish":
            decision.write_bytes(b"{}")
        case _:
            decision.unlink()
            if how == "both gone":
                signature.unlink()
    answer = later.on("2026-12-02").run("geldend", POLICY)
    assert (answer.code, answer.out) == (1, "")
    assert "niet te bepalen" in answer.err


@pytest.mark.parametrize("wrong", [("--op", "31-02-2026"), ("--bekend-op", "gisteren")])
def test_a_day_that_is_none(adopted: Screen, wrong: tuple[str, str]) -> None:
    assert adopted.run("geldend", POLICY, *wrong).code == 2


def test_unknown_policy(adopted: Screen) -> None:
    assert "Er is geen beleid met de naam huisreglement." in adopted.refused(
        "geldend", "huisreglement", code=2
    )


def test_deadlines_as_a_calendar(capsys: Capture, tmp_path: Path) -> None:
    school = copied(capsys, tmp_path, to_submitted)
    add_rules(school, "\n[termijnen]\ninstemming_weken = 6\n")
    school.fine("trek-terug", POLICY, "0.1", "--reden", "Nieuwe termijn")
    school.fine(
        *("voorleggen", POLICY, "0.1", "--beweegredenen", "x", "--gevolgen", "x"),
        *("--maatregelen", "x", "--aan", "MR"),
    )
    events = Calendar.from_ical(school.fine("status", "--ics")).walk("VEVENT")
    (event,) = events
    assert event.decoded("DTSTART") == date(2027, 1, 4)
    assert "Geen antwoord is geen instemming" in str(event["SUMMARY"])


def test_calendar_and_json_together(adopted: Screen) -> None:
    assert "niet allebei" in adopted.refused("status", "--json", "--ics", code=2)
