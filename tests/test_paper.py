"""Decisions from before the tool: what they lack, until when they could be contested, and nullity."""

from __future__ import annotations

from typing import Any

import pytest

from acts import CHAIR, GMR, GMR_CHAIR, PARENTS, PEOPLE, POLICY, Way, text
from beleidsbeheer.domain.entry import Entry, digest_of
from beleidsbeheer.domain.history import VERSIONS, SourceRow
from beleidsbeheer.domain.paper import contestable
from simulator import RULES, SECRETARY

STAFF_CONSENT = {"soort": "instemming", "orgaan": "MR", "geleding": "personeel"}
PARENT_CONSENT = {"soort": "instemming", "orgaan": "MR", "geleding": "ouders"}
TOLD = {"soort": "vaststelling", "orgaan": "bestuur", "meegedeeld_op": "2026-01-10"}


def paper(*acts: dict[str, Any], rules: bytes = RULES) -> Way:
    """Version 0.1 on paper, its text preserved, in force since 10 January 2026."""
    school = Way.begun(*PEOPLE, rules=rules)
    school.day = "2026-01-15"
    source = SourceRow(VERSIONS, 1, {"Versie": "0.1"}, {}, "zout")
    school.files[source.path(POLICY)] = source.print()
    data = text()
    school.files[f"reglement/{POLICY}/versies/0.1.md"] = data
    school.sign(
        SECRETARY,
        "secretaris",
        "overname",
        over=school.over("0.1"),
        tabel=VERSIONS,
        rij=1,
        bron={"sha256": digest_of(source.print()), "document": "d" * 64},
        **({"handelingen": [*acts]} if acts else {}),
    )
    school.read_as("0.1", "2026-01-10")
    return school


def missing(school: Way) -> set[str]:
    register = school.load()
    flaw = contestable(register, register.policies[POLICY], "0.1")
    return {str(each.geleding) for each in flaw.missing} if flaw else set()


def contest(school: Way, day: str, **fields: Any) -> Entry:
    school.day = day
    return school.contest("0.1", **fields)


@pytest.mark.parametrize(
    ("acts", "lacks"),
    [
        ([], {"personeel", "ouders"}),
        ([STAFF_CONSENT], {"ouders"}),
        ([STAFF_CONSENT, PARENT_CONSENT], set()),
        ([{"soort": "instemming", "orgaan": "MR"}], {"personeel", "ouders"}),
        ([TOLD], {"personeel", "ouders"}),
    ],
)
def test_which_consents_paper_lacks(acts: list[dict[str, Any]], lacks: set[str]) -> None:
    assert missing(paper(*acts)) == lacks


def test_a_decision_that_lacks_consent_holds_until_it_is_contested() -> None:
    school = paper(TOLD)
    assert school.stand() == "geldend (overgenomen)"
    assert "aantastbaar" in {each.rule for each in school.load().findings}


@pytest.mark.parametrize(
    ("day", "stand"), [("2026-02-21", "nietig"), ("2026-02-22", "geldend (overgenomen)")]
)
def test_nullity_in_time_and_a_day_late(day: str, stand: str) -> None:
    """Six weeks after 10 January is 21 February."""
    school = paper(TOLD)
    assert school.held(contest(school, day))
    assert school.stand() == stand


def test_nullity_when_nobody_knows_when_the_council_was_told() -> None:
    school = paper()
    contest(school, "2026-01-20")
    assert school.stand() == "geldend (overgenomen)"


def test_the_council_says_itself_when_it_was_told() -> None:
    school = paper()
    contest(school, "2026-02-21", meegedeeld_op="2026-01-10")
    assert school.stand() == "nietig"


def test_the_earliest_term_decides() -> None:
    school = paper(TOLD)
    contest(school, "2026-03-01", meegedeeld_op="2026-02-20")
    assert school.stand() == "geldend (overgenomen)"


def test_nullity_of_a_decision_that_lacks_nothing() -> None:
    school = paper(TOLD, STAFF_CONSENT, PARENT_CONSENT)
    contest(school, "2026-01-20")
    assert school.stand() == "geldend (overgenomen)"


def test_nullity_that_was_taken_back() -> None:
    school = paper(TOLD)
    entry = contest(school, "2026-01-20")
    assert school.stand() == "nietig"
    school.take_back(entry)
    assert school.stand() == "geldend (overgenomen)"


def test_nullity_by_another_council() -> None:
    school = paper(TOLD, rules=GMR)
    contest(school, "2026-01-20", by=GMR_CHAIR, orgaan="gmr")
    assert school.stand() == "geldend (overgenomen)"


@pytest.mark.parametrize("by", [CHAIR, PARENTS, SECRETARY])
def test_who_can_invoke_nullity(by: Any) -> None:
    school = paper(TOLD)
    assert school.held(contest(school, "2026-01-20", by=by))
    assert school.stand() == "nietig"


def test_nullity_brings_back_the_text_before() -> None:
    school = paper(TOLD)
    school.take_over("0.0.1", row=2)
    school.read_as("0.0.1", "2018-01-01")
    contest(school, "2026-01-20")
    assert [(each.version, each.end) for each in school.course().periods()] == [("0.0.1", None)]


def test_an_adoption_with_all_consents_is_contested_and_stays() -> None:
    school = Way.ready()
    school.adopted("0.1")
    entry = contest(school, "2026-01-20", meegedeeld_op="2026-01-10")
    assert school.held(entry)
    assert school.stand() == "geldend"
    assert "nietigheid-betwist" in {each.rule for each in school.load().findings}
