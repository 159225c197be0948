"""The table of all registers as values: what is in it, what it adds up to, and what needs a look first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from statistics import median
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleidsbeheer.domain.agenda import MEND_FIRST, Step
from beleidsbeheer.domain.course import Stand
from beleidsbeheer.domain.deadline import Deadline
from beleidsbeheer.domain.model import Finding, Severity
from beleidsbeheer.domain.overview.attention import STILL, Matter, attention
from beleidsbeheer.domain.overview.facts import (
    Condition,
    PolicyFacts,
    RegisterFacts,
    VersionFacts,
    Waiting,
)
from beleidsbeheer.domain.overview.rows import LeadTime, Overview, Row, UnderWay, overview
from overviews import PRIVACY, REGISTERS, TODAY, ago, consent, day, in_force, judged, policy


def table(**registers: RegisterFacts) -> Overview:
    return overview(registers, TODAY)


def row_of(one: PolicyFacts, **more: Any) -> Row:
    (row,) = table(school=judged("De Wilg", one, **more)).rows
    return row


def matters(found: Overview) -> list[Matter]:
    return [matter for matter, _ in attention(found)]


# --- one policy --------------------------------------------------------------------------------------


def test_what_is_in_force_coming_and_under_way() -> None:
    row = row_of(PRIVACY)
    assert row.in_force == in_force("0.3", day("01-10-2024"))
    assert row.coming == ()
    assert row.under_way == (UnderWay("0.4", Stand.VOORGELEGD, day("06-10-2026"), 51),)
    assert row.idle == 51
    assert not row.unclear


@pytest.mark.parametrize(
    "one",
    [
        policy("a", "A", doubtful=True, periods=(in_force("1.0", ago(9)),)),
        policy("a", "A", periods=(in_force("", ago(9)),)),
    ],
    ids=["a damaged decision", "readings that contradict"],
)
def test_nobody_can_say_what_is_in_force(one: PolicyFacts) -> None:
    row = row_of(one)
    assert row.unclear
    assert row.in_force is None
    assert matters(table(school=judged("De Wilg", one))) == [Matter.UNCLEAR]


def test_nothing_in_force_is_not_the_same_as_unclear() -> None:
    assert not row_of(policy("a", "A", periods=(in_force("1.0", ago(9), ago(2)),))).unclear


def test_lead_time_of_the_last_version_that_was_adopted() -> None:
    """Version 0.4 lies with the council, so the last one that went all the way is 0.3."""
    assert row_of(PRIVACY).lead == LeadTime("0.3", 35, 43, 78)


def test_lead_time_without_a_consent_and_without_a_submission() -> None:
    adopted = VersionFacts("1.0", Stand.GELDEND, "", submitted=ago(30), adopted=ago(10))
    assert row_of(policy("a", "A", versions=(adopted,))).lead == LeadTime("1.0", None, None, 20)
    taken_over = replace(adopted, submitted=None)
    assert row_of(policy("a", "A", versions=(taken_over,))).lead is None


@pytest.mark.parametrize(
    ("left", "due", "overdue"),
    [(-1, True, True), (0, True, False), (90, True, False), (91, False, False)],
)
def test_review(left: int, due: bool, overdue: bool) -> None:
    review = row_of(policy("a", "A", review=TODAY + timedelta(left))).review
    assert review is not None
    assert (review.left, review.due, review.overdue) == (left, due, overdue)


def test_consents_that_are_missing() -> None:
    """The staff consented; the parents are 30 days late; for the pupils nobody set a day."""
    parents, pupils = row_of(PRIVACY).missing
    assert (parents.consent.geleding, parents.late, parents.overdue) == ("ouders", 30, True)
    assert (pupils.consent.geleding, pupils.late, pupils.overdue) == ("leerlingen", 0, False)


def test_an_answer_is_not_late_on_its_last_day() -> None:
    (missing,) = row_of(policy("a", "A", consents=(consent("ouders", due=TODAY),))).missing
    assert not missing.overdue


def test_who_is_next() -> None:
    assert row_of(PRIVACY).next == PRIVACY.steps[0]
    assert row_of(policy("a", "A")).next is None
    unsound = row_of(PRIVACY, condition=Condition.KLOPT_NIET)
    assert unsound.next == Step((), MEND_FIRST)


# --- the table ---------------------------------------------------------------------------------------


def test_order_is_by_organisation_and_title() -> None:
    told = overview(REGISTERS, TODAY)
    assert [each.name for each in told.registers] == [
        "De Eik",
        "De Linde",
        "De Wilg",
        "scholen/oud",
    ]
    assert [row.policy.title for row in told.registers[2].rows] == [
        "Afspraken over mobiele telefoons",
        "Klachtenregeling",
        "Medezeggenschapsstatuut",
        "Privacyreglement",
    ]


@pytest.mark.parametrize("asked", ["directeur", "DIRECTEUR", " direct ", "recteur"])
def test_one_office(asked: str) -> None:
    """What is left out is counted; a register that cannot be judged stays, for it may hold anything."""
    told = overview(REGISTERS, TODAY, responsible=asked)
    assert [each.place for each in told.registers] == ["scholen/eik", "scholen/wilg", "scholen/oud"]
    assert {row.policy.responsible for row in told.rows} == {"directeur"}
    assert (told.totals.left_out, told.totals.policies_left_out) == (1, 4)
    assert told.registers[1].left_out == 3


def test_no_registers() -> None:
    told = table()
    assert told.rows == ()
    assert told.totals.longest is None
    assert told.totals.lead is None
    assert attention(told) == []


def test_totals() -> None:
    totals = overview(REGISTERS, TODAY).totals
    assert totals.registers == {
        Condition.KLOPT: 2, Condition.KLOPT_NIET: 1, Condition.ONBEOORDEELD: 1,
    }  # fmt: skip
    assert (totals.policies, totals.in_force, totals.unclear) == (6, 3, 1)
    assert (totals.coming, totals.under_way) == (1, 2)
    assert totals.longest is not None
    assert totals.longest[1].days == 51
    assert (totals.lead, totals.leads) == (61, 3)
    assert (totals.reviews_due, totals.reviews_overdue) == (1, 1)
    assert (totals.missing, totals.missing_overdue) == (2, 1)
    assert totals.findings[Severity.FOUT] == 2
    assert totals.remarks[Severity.FOUT] == 1


# --- what needs a look -------------------------------------------------------------------------------


def test_all_that_needs_a_look_in_order_of_urgency() -> None:
    assert matters(overview(REGISTERS, TODAY)) == list(Matter)


@pytest.mark.parametrize(("days", "told"), [(STILL - 1, []), (STILL, [Matter.STILL])])
def test_from_when_on_something_lies_still(days: int, told: list[Matter]) -> None:
    one = policy("a", "A", waiting=(Waiting("0.1", Stand.VOORGELEGD, ago(days)),))
    assert matters(table(school=judged("De Wilg", one))) == told


def test_a_past_day_that_is_done_is_not_told() -> None:
    """Only kinds that stay until they are done can be late; a meeting of last week was held."""
    told = [
        Deadline(ago(5), "a", kind, "Iets.") for kind in ("vergadering", "nietigheid", "uitwerking")
    ]
    assert matters(table(school=judged("De Wilg", policy("a", "A", deadlines=tuple(told))))) == []
    late = (Deadline(ago(5), "", "afspraak", "De afspraak loopt af."),)
    assert matters(table(school=judged("De Wilg", deadlines=late))) == [Matter.DEADLINE]
    coming = (Deadline(TODAY, "", "afspraak", "De afspraak loopt af."),)
    assert matters(table(school=judged("De Wilg", deadlines=coming))) == []


def test_what_is_wrong_is_counted_in_policies_that_are_left_out_too() -> None:
    found = (Finding("vastlegging", Severity.FOUT, "approvals/b", "Mis."),)
    school = judged(
        "De Wilg", policy("a", "A", "directeur"), policy("b", "B", findings=found),
        condition=Condition.KLOPT_NIET,
    )  # fmt: skip
    ((matter, (point,)),) = attention(overview({"x": school}, TODAY, responsible="directeur"))
    assert matter is Matter.UNSOUND
    assert point.what.startswith("1 fout;")


# --- whatever the registers hold ---------------------------------------------------------------------

_DAYS = st.integers(-3000, 3000).map(ago)
_MAYBE = st.none() | _DAYS
_FINDINGS = st.lists(
    st.builds(Finding, st.just("r"), st.sampled_from(Severity), st.just("p"), st.text(max_size=9)),
    max_size=2,
).map(tuple)
_WORDS = st.text(max_size=20)
_POLICIES = st.builds(
    PolicyFacts,
    slug=st.sampled_from("abcde"),
    title=_WORDS,
    responsible=st.sampled_from(("directeur", "Directeur bedrijfsvoering", "secretaris", "")),
    doubtful=st.booleans(),
    repealed=_MAYBE,
    review=_MAYBE,
    versions=st.lists(
        st.builds(VersionFacts, st.just("1.0"), st.sampled_from(Stand), st.just(""), _MAYBE, _MAYBE, _MAYBE, _MAYBE),
        max_size=2,
    ).map(tuple),
    periods=st.lists(st.builds(in_force, st.sampled_from(("", "1.0")), _DAYS, _MAYBE), max_size=2).map(tuple),
    waiting=st.lists(st.builds(Waiting, st.just("2.0"), st.sampled_from(Stand), _DAYS), max_size=2).map(tuple),
    consents=st.lists(
        st.builds(consent, st.sampled_from(("ouders", "geheel")), complete=st.booleans(), due=_MAYBE), max_size=2
    ).map(tuple),
    findings=_FINDINGS,
    remarks=_FINDINGS,
)  # fmt: skip
_REGISTERS = st.builds(
    RegisterFacts,
    day=st.just(TODAY),
    condition=st.sampled_from(Condition),
    organisation=_WORDS,
    wrong=st.integers(0, 3),
    trouble=_WORDS,
    findings=_FINDINGS,
    policies=st.lists(_POLICIES, max_size=2, unique_by=lambda each: each.slug).map(tuple),
)
MANY = st.dictionaries(_WORDS, _REGISTERS, max_size=3)


@given(MANY, st.sampled_from(("", "directeur", "bedrijf", "niemand")))
def test_it_adds_up(registers: Mapping[str, RegisterFacts], responsible: str) -> None:
    told = overview(registers, TODAY, responsible=responsible)
    totals, rows = told.totals, told.rows
    every = [each for register in registers.values() for each in register.policies]
    assert sum(totals.registers.values()) + totals.left_out == len(registers)
    assert totals.policies == len(rows) == len(every) - totals.policies_left_out
    assert len(rows) == sum(responsible in each.responsible.casefold() for each in every)
    assert totals.in_force + totals.unclear <= totals.policies
    assert totals.missing == sum(not one.complete for row in rows for one in row.policy.consents)
    assert totals.reviews_due + totals.reviews_overdue == sum(
        row.review is not None and row.review.due for row in rows
    )
    leads = [row.lead.whole for row in rows if row.lead]
    assert totals.lead == (median(leads) if leads else None)
    assert sum(totals.findings.values()) == sum(
        len(one.facts.findings) for one in told.registers
    ) + sum(len(row.policy.findings) for row in rows)
    assert sum(totals.remarks.values()) == sum(len(row.policy.remarks) for row in rows)


@given(MANY, st.sampled_from(("", "directeur")))
def test_what_is_broken_is_never_left_out(
    registers: Mapping[str, RegisterFacts], responsible: str
) -> None:
    told = overview(registers, TODAY, responsible=responsible)
    shown = {each.place for each in told.registers}
    broken = {p for p, each in registers.items() if each.condition is Condition.ONBEOORDEELD}
    assert broken <= shown
    named = {
        point.place
        for matter, points in attention(told)
        if matter in (Matter.UNJUDGED, Matter.UNSOUND)
        for point in points
    }
    assert named == {p for p in shown if registers[p].condition is not Condition.KLOPT}
    for row in told.rows:
        assert row.in_force is None or not row.unclear
