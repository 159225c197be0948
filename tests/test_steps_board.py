"""Rules about deciding and what comes after, each kept and broken by one act; and that no rule is left out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from acts import (
    BOARD,
    CHAIR,
    GMR_CHAIR,
    PARENTS,
    PEOPLE,
    PERSONAL,
    STAFF,
    Case,
    Step,
    Way,
    life,
    rules,
    unregistered,
)
from beleidsbeheer.domain.entry import Entry
from beleidsbeheer.domain.rules.gates import GATES, STEPS
from simulator import SECRETARY
from test_steps_council import CASES as COUNCIL
from test_steps_council import (
    DAY2,
    DAY3,
    EVA_BOARD,
    EVA_COUNCIL,
    adopt,
    everyone,
    now,
    parents,
    second,
    staff,
    submit,
    take_back,
)

OWN = rules("[bestuur]\neigen_handtekening = true")
AGREED: tuple[Step, ...] = (submit, everyone)
ADOPTED: tuple[Step, ...] = (*AGREED, adopt)
EVA_SAT = (
    submit,
    staff,
    lambda s: s.consent("0.1", "ouders", by=EVA_COUNCIL),
    DAY2,
    now(EVA_BOARD),
)


def publish(school: Way) -> Entry:
    return school.publish("0.1")


def repeal(school: Way) -> Entry:
    return school.repeal("0.1", "2026-06-01")


def review(school: Way) -> Entry:
    return school.review("0.1")


def contest(school: Way) -> Entry:
    return school.contest("0.1")


def only_submission(school: Way) -> Entry:
    return school.adopt(
        "0.1", rust_op=sorted([school.roster, school.of("voorlegging", "0.1")[0].digest])
    )


def narrower(school: Way) -> Entry:
    return school.next("0.2", "Twee.", PERSONAL[:1])


def second_adopted(starts: str) -> tuple[Step, ...]:
    return (second, lambda s: s.agreed("0.2"), lambda s: s.adopt("0.2", starts))


ADOPTION = {
    "zelfde-tekst": Case(
        life(*AGREED, unregistered), adopt, lambda s: s.adopt("0.9", rust_op=[s.roster])
    ),
    "niet-ingetrokken": Case(
        life(*ADOPTED, second, lambda s: s.agreed("0.2"), DAY2),
        lambda s: s.adopt("0.2"),
        wrong=life(*ADOPTED, second, lambda s: s.agreed("0.2"), repeal, DAY2),
    ),
    "eenmaal-vastgesteld": Case(
        life(*AGREED, DAY2), adopt, wrong=life(*ADOPTED, DAY2)
    ),
    "niet-achterhaald": Case(
        life(*AGREED, second, lambda s: s.agreed("0.2"), DAY2),
        adopt,
        wrong=life(*AGREED, *second_adopted(DAY2), DAY2),
    ),
    "alle-instemmingen": Case(life(*AGREED), adopt, wrong=life(submit, staff)),
    "vereist-nog-volledig": Case(
        life(*AGREED, narrower, lambda s: s.agreed("0.2"), DAY2),
        lambda s: s.adopt("0.2"),
        wrong=life(*AGREED, narrower, lambda s: s.agreed("0.2"), adopt, DAY2),
    ),
    "rust-op-instemming": Case(life(*AGREED), adopt, only_submission),
    "volgorde-bestuur": Case(
        life(submit, DAY2, everyone, DAY3),
        lambda s: s.adopt("0.1", vergadering=DAY2),
        lambda s: s.adopt("0.1", vergadering="2026-01-19"),
    ),
    "inwerking-na-besluit": Case(
        life(DAY2, *AGREED),
        lambda s: s.adopt("0.1", terugwerkend_tot="2026-01-01", reden="de wet"),
        lambda s: s.adopt("0.1", "2026-01-19"),
    ),
    "een-tekst-per-dag": Case(
        life(*AGREED, lambda s: s.adopt("0.1", DAY3), second, lambda s: s.agreed("0.2", DAY2)),
        lambda s: s.adopt("0.2", "2026-02-21"),
        lambda s: s.adopt("0.2", DAY3),
    ),
    "eigen-handtekening": Case(
        life(*AGREED, lambda s: s.confirm(BOARD), rules=OWN),
        adopt,
        lambda s: s.adopt("0.1", by=SECRETARY),
    ),
    "niet-beide-kanten": Case(
        life(*EVA_SAT, members=(*PEOPLE, EVA_COUNCIL)),
        adopt,
        lambda s: s.adopt("0.1", by=EVA_BOARD),
    ),
}  # fmt: skip

PUBLICATION = {
    "zelfde-tekst": Case(life(*ADOPTED, unregistered), publish, lambda s: s.publish("0.9")),
    "eerst-vaststellen": Case(life(*ADOPTED), publish, wrong=life(*AGREED)),
    "bekend-voor-inwerking": Case(
        life(*AGREED, lambda s: s.adopt("0.1", DAY2), DAY2),
        publish,
        wrong=life(*ADOPTED, DAY2),
        warns=True,
    ),
}  # fmt: skip

REPEAL = {
    "niet-ingetrokken": Case(
        life(*ADOPTED, repeal, take_back("intrekking"), DAY2),
        lambda s: s.repeal("0.1", "2026-05-01"),
        wrong=life(*ADOPTED, repeal, DAY2),
    ),
    "iets-om-in-te-trekken": Case(life(*ADOPTED), repeal, wrong=life(*AGREED)),
    "besluit-data": Case(
        life(*ADOPTED, DAY2), repeal, lambda s: s.repeal("0.1", "2026-06-01", vergadering=DAY3)
    ),
    "eigen-handtekening": Case(
        life(lambda s: s.confirm(BOARD), *ADOPTED, rules=OWN),
        repeal,
        lambda s: s.repeal("0.1", "2026-06-01", by=SECRETARY),
    ),
    "niet-beide-kanten": Case(
        life(*EVA_SAT, adopt, members=(*PEOPLE, EVA_COUNCIL)),
        repeal,
        lambda s: s.repeal("0.1", "2026-06-01", by=EVA_BOARD),
    ),
}  # fmt: skip

REVIEW = {
    "geldt-nu": Case(life(*ADOPTED), review, wrong=life(*AGREED, lambda s: s.adopt("0.1", DAY2))),
    "besluit-data": Case(
        life(*ADOPTED, DAY2), review, lambda s: s.review("0.1", vergadering=DAY3)
    ),
    "eigen-handtekening": Case(
        life(lambda s: s.confirm(BOARD), *ADOPTED, rules=OWN),
        review,
        lambda s: s.review("0.1", by=SECRETARY),
    ),
    "niet-beide-kanten": Case(
        life(*EVA_SAT, adopt, members=(*PEOPLE, EVA_COUNCIL)),
        review,
        lambda s: s.review("0.1", by=EVA_BOARD),
    ),
}  # fmt: skip


def paper(school: Way) -> None:
    """Version 0.0.1, in force on paper since 2018."""
    school.take_over("0.0.1")
    school.read_as("0.0.1", "2018-01-01")


def contest_paper(school: Way) -> Entry:
    return school.contest("0.0.1")


NULLITY = {
    "besluit-om-te-betwisten": Case(life(paper), contest_paper, wrong=life(lambda s: s.take_over("0.0.1"))),
    "rol-van-geleding": Case(
        life(paper), contest_paper, lambda s: s.contest("0.0.1", by=GMR_CHAIR)
    ),
    "nietigheid-data": Case(
        life(paper, DAY2),
        lambda s: s.contest("0.0.1", meegedeeld_op="2026-01-19"),
        lambda s: s.contest("0.0.1", meegedeeld_op="2026-01-21"),
    ),
    "eigen-handtekening": Case(
        life(lambda s: [s.confirm(each) for each in (CHAIR, STAFF, PARENTS)], *ADOPTED,
             rules=rules(council="eigen_handtekening = true")),
        contest,
        lambda s: s.contest("0.1", by=SECRETARY),
    ),
    "niet-beide-kanten": Case(
        life(*AGREED, lambda s: s.adopt("0.1", by=EVA_BOARD), DAY2, now(EVA_COUNCIL),
             members=(*PEOPLE, EVA_BOARD)),
        contest,
        lambda s: s.contest("0.1", by=EVA_COUNCIL),
    ),
    "nietigheid-betwist": Case(
        life(paper, *ADOPTED), contest_paper, contest, warns=True
    ),
}  # fmt: skip

TAKEN_BACK = {
    "terug-door-wie-mag": Case(
        life(submit, parents),
        take_back("instemming"),
        lambda s: s.take_back(s.of("instemming", "0.1")[0], by=STAFF),
    ),
    "niet-beide-kanten": Case(
        life(*EVA_SAT, members=(*PEOPLE, EVA_COUNCIL)),
        lambda s: s.take_back(s.of("voorlegging", "0.1")[0], by=BOARD),
        lambda s: s.take_back(s.of("voorlegging", "0.1")[0], by=EVA_BOARD),
    ),
    "terug-op-tijd": Case(
        life(*AGREED, DAY2), take_back("instemming"), wrong=life(*ADOPTED, DAY2)
    ),
}  # fmt: skip

CASES = COUNCIL | {
    "vaststelling": ADOPTION,
    "bekendmaking": PUBLICATION,
    "intrekking": REPEAL,
    "bevestiging": REVIEW,
    "nietigheid": NULLITY,
    "terugtrekking": TAKEN_BACK,
}
EACH = [(kind, rule) for kind in CASES.keys() - COUNCIL.keys() for rule in CASES[kind]]


@pytest.mark.parametrize(("kind", "rule"), sorted(EACH))
def test_kept(kind: str, rule: str) -> None:
    CASES[kind][rule].check_kept(rule)


@pytest.mark.parametrize(("kind", "rule"), sorted(EACH))
def test_broken(kind: str, rule: str) -> None:
    CASES[kind][rule].check_broken(rule)


def test_every_rule_about_a_signed_act_has_a_case() -> None:
    told = {kind: {rule.id for rule in found} for kind, found in STEPS.items()}
    assert {kind: set(cases) for kind, cases in CASES.items()} == told


def test_every_rule_about_a_signed_act_stands_at_the_gate() -> None:
    for kind, found in STEPS.items():
        assert set(found) <= set(GATES[kind])


# --- what only the gate asks -------------------------------------------------------------------------------


def gate(school: Way, act: Callable[[Way], Entry]) -> list[str]:
    return [each.rule for each in school.gate(act)]


def test_consent_that_was_given_is_not_given_again() -> None:
    school = life(*AGREED)()
    assert gate(school, staff) == ["al-gegeven"]
    again = school.consent("0.1", "personeel", kenmerk="nog eens")
    assert school.held(again)  # harmless when it was signed elsewhere
    assert gate(life(submit, parents)(), staff) == []


def test_another_condition_is_not_the_same_consent() -> None:
    school = life(submit, lambda s: s.consent("0.1", "ouders", "onder-voorwaarden"))()
    assert gate(school, lambda s: s.consent("0.1", "ouders", "onder-voorwaarden")) == []
    assert gate(school, parents) == []


def test_another_text_lets_consents_fall() -> None:
    school = life(*AGREED, second, DAY2)()
    assert gate(school, lambda s: s.submit("0.2")) == ["instemming-vervalt"]
    finding = school.gate(lambda s: s.submit("0.2"))[0]
    assert finding.severity == "waarschuwing"
    assert "de oudergeleding (OMR) en de personeelsgeleding (PMR)" in finding.message


def test_no_consent_falls_that_was_not_given_or_was_used() -> None:
    assert gate(life(submit, second)(), lambda s: s.submit("0.2")) == []
    assert gate(life(*ADOPTED, second, DAY2)(), lambda s: s.submit("0.2")) == []
