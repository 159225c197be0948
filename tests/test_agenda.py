"""Who is next with which command, and by when: along a whole life of a version."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from acts import POLICY, Way, rules, text
from beleidsbeheer.domain.agenda import Step, deadlines, next_steps, under_way
from beleidsbeheer.domain.model import working_path

TERMS = "[termijnen]\ninstemming_weken = 6\nherziening_maanden = 24\nbekendmaking_dagen = 14\n"


def steps(school: Way, today: str = "2026-11-23") -> list[Step]:
    register = school.load(date.fromisoformat(today))
    return next_steps(register, register.policies[POLICY])


def days(school: Way, today: str = "2026-11-23") -> list[tuple[str, str]]:
    register = school.load(date.fromisoformat(today))
    found = deadlines(register, register.policies.values())
    return [(each.day.isoformat(), each.kind) for each in found]


def ready(more: str = "") -> Way:
    school = Way.ready(rules(more))
    school.files[working_path(POLICY)] = text("Eén.")
    return school


def test_a_concept_is_put_to_the_council() -> None:
    (step,) = steps(ready())
    assert step.who == ("secretaris", "bestuur")
    assert step.command.startswith(f"beleid voorleggen {POLICY} 0.1 --aan MR")


def test_every_geleding_that_has_not_decided_is_asked() -> None:
    school = ready()
    school.submit("0.1")
    assert [step.who for step in steps(school)] == [
        ("mr-ouders", "mr-voorzitter"),
        ("mr-personeel", "mr-voorzitter"),
    ]
    school.consent("0.1", "personeel")
    (step,) = steps(school)
    assert "oudergeleding (OMR) beslist over versie 0.1" in step.what
    assert "--geleding ouders --uitkomst ingestemd" in step.command


def test_withheld_consent_shows_the_three_ways_on() -> None:
    school = ready()
    school.submit("0.1")
    school.consent("0.1", "personeel")
    school.consent("0.1", "ouders", "niet-ingestemd")
    (step,) = steps(school)
    for way in ("trek het voorstel terug", "nieuwe versie", "geschillencommissie"):
        assert way in step.what


def test_conditions_wait_for_their_confirmation() -> None:
    school = ready()
    school.submit("0.1")
    school.consent("0.1", "personeel")
    school.consent("0.1", "ouders", "onder-voorwaarden")
    (step,) = steps(school)
    assert "bevestigt of versie 0.1 aan de voorwaarden voldoet" in step.what


def test_then_the_board_and_then_the_publisher() -> None:
    school = ready()
    school.agreed("0.1")
    (step,) = steps(school)
    assert (step.who, step.command) == (
        ("bestuur",),
        f"beleid vaststellen {POLICY} 0.1 --inwerking DATUM",
    )
    school.adopt("0.1", "2026-02-01")
    (step,) = steps(school)
    assert step.who == ("publicist", "secretaris")
    school.publish("0.1")
    assert steps(school) == []


def test_a_new_working_text_tells_the_words_and_whose_consent_falls() -> None:
    school = ready()
    school.submit("0.1")
    school.consent("0.1", "personeel")
    school.files[working_path(POLICY)] = text("Twee.")
    step = steps(school)[-1]
    assert "“Eén.” wordt “Twee.”" in step.what
    assert "de personeelsgeleding (PMR) met versie 0.1 gaat niet mee" in step.what
    assert step.command == f"beleid registreer {POLICY} 0.2 --omschrijving …"


def test_a_newer_concept_and_an_older_submission_are_both_under_way() -> None:
    school = ready()
    school.submit("0.1")
    school.next("0.2", "Twee.")
    assert [each.number for each in under_way(school.course())] == ["0.1", "0.2"]
    school.adopted("0.2", "2026-03-01")
    assert under_way(school.course()) == []


@pytest.mark.parametrize(
    ("prepare", "expected"),
    [
        (lambda s: s.submit("0.1"), [("2026-02-13", "reactie")]),
        (
            lambda s: s.submit("0.1", reageren_voor="2026-03-01", vergadering="2026-12-01"),
            [("2026-03-01", "reactie"), ("2026-12-01", "vergadering")],
        ),
        (lambda s: s.agreed("0.1"), []),
        (
            lambda s: s.adopted("0.1", starts="2026-12-01"),
            [("2026-01-16", "bekendmaking"), ("2026-12-01", "inwerkingtreding")],
        ),
        (
            lambda s: (s.adopted("0.1"), s.publish("0.1")),
            [("2028-01-02", "herziening")],
        ),
        (
            lambda s: (s.adopted("0.1"), s.publish("0.1"), s.review("0.1", "2029-05-05")),
            [("2029-05-05", "herziening")],
        ),
        (
            lambda s: (s.adopted("0.1"), s.publish("0.1"), s.repeal("0.1", "2027-01-01")),
            [("2027-01-01", "uitwerking")],
        ),
    ],
)
def test_deadlines(prepare: Callable[[Way], object], expected: list[tuple[str, str]]) -> None:
    school = ready(TERMS)
    prepare(school)
    assert days(school) == expected


def test_without_own_terms_there_are_no_deadlines() -> None:
    school = ready()
    school.submit("0.1")
    assert days(school) == []


def test_holidays_make_the_term_longer_only_when_given() -> None:
    school = ready(TERMS + "[[vakanties]]\nvan = 2026-02-07\ntot_en_met = 2026-02-15\n")
    school.submit("0.1")
    assert days(school) == [("2026-02-22", "reactie")]


def test_a_review_that_is_due_is_asked_of_the_board() -> None:
    school = ready(TERMS)
    school.adopted("0.1")
    school.publish("0.1")
    assert steps(school, "2028-01-01") == []
    (step,) = steps(school, "2028-01-02")
    assert (step.who, step.command) == (("bestuur",), f"beleid bevestig {POLICY}")


def test_arrangements_and_terms_of_office_end_on_a_day() -> None:
    arrangement = (
        '[[afspraken]]\nonderwerp = "schoolgids"\ngeledingen = ["geheel"]\n'
        'grondslag = "MR-reglement 12"\nvan = 2026-01-01\ntot_en_met = 2026-12-31\n'
    )
    assert days(ready(arrangement)) == [("2026-12-31", "afspraak")]
