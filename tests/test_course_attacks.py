"""Somebody with a good key tries to get a text adopted that not everybody agreed to. One test for each way."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from acts import BOARD, CHAIR, GMR, GMR_CHAIR, PARENTS, PEOPLE, STAFF, Way, life, rules, text
from beleidsbeheer.domain.entry import Entry
from simulator import SECRETARY, Person

EDITORIAL = rules('[redactioneel]\ntoegestaan = true\ngrondslag = "MR-reglement 9"\n')
OWN = rules(council="eigen_handtekening = true")


def submitted(rules: bytes = rules()) -> Way:
    school = Way.ready(rules)
    school.submit("0.1")
    school.day = "2026-01-20"
    return school


def not_adopted(school: Way, entry: Entry, version: str = "0.1") -> None:
    assert school.counts(entry)
    assert not school.held(entry)
    assert school.course().adoption(version) is None
    assert school.course().in_force(date(2026, 11, 23)) is None


def test_a_list_that_was_made_narrower_by_hand() -> None:
    school = Way.ready()
    entry = school.submit("0.1", required=[("personeel", "WMS 12 lid 1 onder m")])
    school.consent("0.1", "personeel")
    assert school.why_not(entry) == ["vereist-volledig"]
    not_adopted(school, school.adopt("0.1"))


def test_a_list_with_another_article() -> None:
    school = Way.ready()
    rows = [("personeel", "WMS 12 lid 1 onder m"), ("ouders", "WMS 13 lid 1 onder z")]
    assert school.why_not(school.submit("0.1", required=rows)) == ["vereist-volledig"]


def test_the_whole_council_for_staff_and_parents() -> None:
    school = Way.ready()
    school.submit("0.1", required=[("geheel", "WMS 10")])
    entry = school.consent("0.1", "geheel")
    assert school.why_not(entry) == ["eerst-voorleggen"]
    not_adopted(school, school.adopt("0.1"))


def test_the_chair_consents_for_the_whole_council_where_two_were_asked() -> None:
    school = submitted()
    entry = school.consent("0.1", "geheel", grondslagen=["WMS 12 lid 1 onder m"])
    assert school.why_not(entry) == ["geleding-gevraagd"]
    not_adopted(school, school.adopt("0.1"))


def test_consent_to_another_text() -> None:
    school = submitted()
    other = text("Iets anders.")
    over = school.over("0.1")
    over["bestanden"][0] |= {"sha256": "0" * 64, "bytes": len(other)}
    entry = school.consent("0.1", "ouders", over=over)
    school.consent("0.1", "personeel")
    assert not school.counts(entry)
    assert not school.held(school.adopt("0.1"))


def test_consent_to_another_version() -> None:
    school = submitted()
    school.next("0.2", "Twee.")
    first = school.of("voorlegging", "0.1")[0]
    entry = school.consent("0.2", "ouders", rust_op=sorted([school.roster, first.digest]))
    assert school.why_not(entry) == ["eerst-voorleggen"]


@pytest.mark.parametrize("by", [STAFF, GMR_CHAIR])
def test_consent_by_another_geleding(by: Person) -> None:
    school = submitted(GMR)
    school.consent("0.1", "personeel")
    entry = school.consent("0.1", "ouders", by=by)
    assert school.why_not(entry) == ["rol-van-geleding"]
    not_adopted(school, school.adopt("0.1"))


@pytest.mark.parametrize("by", [BOARD, Person("publicist", ("publicist",))])
def test_consent_by_somebody_outside_the_council(by: Person) -> None:
    school = submitted()
    entry = school.consent("0.1", "ouders", by=by)
    assert "mag geen instemming tekenen" in school.verdict(entry)


def test_adoption_by_the_council() -> None:
    school = submitted()
    school.everyone("0.1")
    assert "mag geen vaststelling tekenen" in school.verdict(school.adopt("0.1", by=CHAIR))


def test_adoption_before_consent() -> None:
    school = submitted()
    early = school.adopt("0.1", "2026-02-01")
    school.day = "2026-01-21"
    school.everyone("0.1")
    not_adopted(school, early)


def test_adoption_that_was_dated_back_before_consent() -> None:
    school = submitted()
    school.day = "2026-02-01"
    school.everyone("0.1")
    adoption = school.adopt("0.1", datum="2026-01-25")
    assert "ligt vóór die van" in school.verdict(adoption)


def test_adoption_in_a_meeting_before_consent() -> None:
    school = submitted()
    school.everyone("0.1")
    adoption = school.adopt("0.1", vergadering="2026-01-19")
    assert set(school.why_not(adoption)) == {"volgorde-bestuur"}
    not_adopted(school, adoption)


def test_consent_that_was_dated_back_before_an_adoption() -> None:
    """The adoption does not name it, so it came after."""
    school = submitted()
    early = school.adopt(
        "0.1", datum="2026-02-01", vergadering="2026-02-01", inwerking="2026-02-01"
    )
    school.everyone("0.1")  # dated 20 January
    assert school.why_not(early) == ["rust-op-instemming"]
    not_adopted(school, early)


def test_consent_after_adoption() -> None:
    school = submitted()
    school.consent("0.1", "personeel")
    early = school.adopt("0.1")
    school.day = "2026-03-01"
    late = school.consent("0.1", "ouders")
    not_adopted(school, early)
    assert school.held(late)  # the adoption never held: it can be taken anew
    assert school.held(school.adopt("0.1"))


def test_adoption_that_keeps_silent_about_a_refusal() -> None:
    school = submitted()
    school.consent("0.1", "personeel")
    school.consent("0.1", "ouders", by=CHAIR)
    named = [each.digest for each in school.of("", "0.1")]
    refusal = school.consent("0.1", "ouders", "niet-ingestemd")
    adoption = school.adopt("0.1", rust_op=sorted([school.roster, *named]))
    assert "alle-instemmingen" in school.why_not(adoption)
    assert school.held(refusal)
    assert school.stand() == "instemming onthouden"


def test_adoption_that_keeps_silent_about_a_refusal_that_was_overruled() -> None:
    school = submitted()
    school.consent("0.1", "personeel")
    refusal = school.consent("0.1", "ouders", "niet-ingestemd")
    school.permit("0.1", "ouders")
    named = [e.digest for e in school.of("", "0.1") if e not in (refusal,)]
    adoption = school.adopt("0.1", rust_op=sorted([school.roster, *named]))
    assert school.why_not(adoption) == ["rust-op-instemming"]


def test_withdrawing_the_gmr_to_get_by_with_the_mr() -> None:
    school = Way.ready(GMR)
    school.submit("0.1", "gmr")
    school.agreed("0.1")
    school.day = "2026-02-01"
    school.take_back(school.of("voorlegging", "0.1")[0])
    assert school.stand() == "voorgelegd"
    adoption = school.adopt("0.1")
    assert school.why_not(adoption) == ["alle-instemmingen"]
    not_adopted(school, adoption)


def test_the_secretary_attests_where_the_council_signs_itself() -> None:
    school = submitted(OWN)
    for geleding in ("personeel", "ouders"):
        entry = school.consent("0.1", geleding, by=SECRETARY)
        assert school.why_not(entry) == ["eigen-handtekening"]
    not_adopted(school, school.adopt("0.1"))


def test_a_key_that_the_council_never_confirmed() -> None:
    school = submitted(OWN)
    entry = school.consent("0.1", "ouders")
    assert school.why_not(entry) == ["eigen-handtekening"]
    school.confirm(PARENTS)
    assert school.held(entry)


def test_the_secretary_takes_back_a_refusal_of_the_council() -> None:
    school = submitted()
    school.consent("0.1", "personeel")
    refusal = school.consent("0.1", "ouders", "niet-ingestemd")
    school.day = "2026-02-01"
    taken = school.take_back(refusal, by=SECRETARY)
    assert set(school.why_not(taken)) == {"terug-door-wie-mag"}
    with_letter = school.take_back(refusal, by=SECRETARY, ontvangst=school.receipt())
    assert school.why_not(with_letter) == ["terug-door-wie-mag"]
    assert school.stand() == "instemming onthouden"


@pytest.mark.parametrize("by", [BOARD, STAFF, GMR_CHAIR])
def test_another_hand_takes_back_a_refusal(by: Person) -> None:
    school = submitted()
    refusal = school.consent("0.1", "ouders", "niet-ingestemd")
    assert school.why_not(school.take_back(refusal, by=by)) == ["terug-door-wie-mag"]


def test_editorial_after_editorial() -> None:
    school = Way.ready(EDITORIAL)
    school.agreed("0.1")
    for number, base in (("0.2", "0.1"), ("0.3", "0.2")):
        school.day = f"2026-0{number[-1]}-01"
        school.next(number, f"Tekst {number}.")
        entry = school.editorial(number, base)
        accepted = school.accept_editorial(number)
    assert school.stand("0.2") == "definitief"
    assert school.why_not(entry) == ["redactioneel"]
    assert school.why_not(accepted) == ["eerst-voorleggen"]
    assert school.stand("0.3") == "concept"


def test_editorial_of_itself_or_of_a_later_version() -> None:
    school = Way.ready(EDITORIAL)
    school.next("0.2", "Twee.")
    school.agreed("0.2")
    school.day = "2026-02-01"
    assert school.why_not(school.editorial("0.1", "0.2")) == ["redactioneel"]
    assert school.why_not(school.editorial("0.1", "0.1", kenmerk=None)) == ["redactioneel"]


def test_editorial_where_the_rules_do_not_know_it() -> None:
    school = Way.ready()
    school.agreed("0.1")
    school.day = "2026-02-01"
    school.next("0.2", "Twee.")
    assert school.why_not(school.editorial("0.2", "0.1")) == ["redactioneel"]


@pytest.mark.parametrize(
    "other",
    [
        text("Twee.") + b"\n2. Nog een lid.\n",
        text("Twee.", ["personeelsgegevens"]),
        text("Twee.").replace(b'titel = "P', b'titel = "Nieuw p'),
    ],
)
def test_editorial_that_moves_something(other: bytes) -> None:
    school = Way.ready(EDITORIAL)
    school.agreed("0.1")
    school.day = "2026-02-01"
    school.register("0.2", other)
    assert "redactioneel" in school.why_not(school.editorial("0.2", "0.1"))


def test_editorial_of_another_text_than_it_names() -> None:
    school = Way.ready(EDITORIAL)
    school.agreed("0.1")
    school.day = "2026-02-01"
    school.next("0.2", "Twee.")
    entry = school.editorial("0.2", "0.1", redactioneel={"versie": "0.1", "sha256": "0" * 64})
    assert school.why_not(entry) == ["redactioneel"]


def test_publishing_what_was_never_adopted() -> None:
    school = submitted()
    entry = school.publish("0.1")
    assert school.why_not(entry) == ["eerst-vaststellen"]
    assert school.stand() == "voorgelegd"


@pytest.mark.parametrize(
    "fields",
    [
        {"vergadering": "2026-02-01"},
        {"ontvangst": {"op": "2026-02-01", "sha256": "0" * 64, "bytes": 1}},
        {"vergadering": "9999-12-31"},
    ],
)
def test_a_decision_in_the_future(fields: dict[str, Any]) -> None:
    school = submitted()
    school.everyone("0.1")
    assert "volgorde-bestuur" in school.why_not(school.adopt("0.1", by=SECRETARY, **fields))


def test_consent_in_the_future() -> None:
    school = submitted()
    assert school.why_not(school.consent("0.1", vergadering="2026-02-01")) == ["volgorde-raad"]
    dated = school.consent("0.1", datum="2027-01-01")
    assert "ligt in de toekomst" in school.verdict(dated)


def test_one_act_that_fails_leaves_all_others_as_they_were() -> None:
    school = life(lambda s: s.submit("0.1"), lambda s: s.consent("0.1"))()
    before = school.course().tallies("0.1")
    for wrong in (
        school.adopt("0.1"),
        school.publish("0.1"),
        school.consent("0.1", "geheel"),
        school.permit("0.1", "ouders"),
        school.accept_editorial("0.1"),
        school.contest("0.1"),
    ):
        assert school.why_not(wrong)
    assert school.course().tallies("0.1") == before
    assert {each.rule for each in school.load().findings if each.severity == "fout"}


def test_thousands_of_acts_load() -> None:
    school = submitted()
    first = school.of("voorlegging", "0.1")[0]
    usual = school.consent("0.1", "personeel").fields
    for number in range(2000):
        school.sign(
            STAFF, "mr-personeel", "instemming", **(dict(usual) | {"kenmerk": f"MR nr {number}"})
        )
    assert first.digest in usual["rust_op"]
    assert len(school.course().acts("instemming", "0.1")) == 2001


# --- what the rules let through -----------------------------------------------------------------------------


def test_an_act_that_does_not_hold_can_be_taken_back() -> None:
    school = submitted()
    wrong = school.adopt("0.1")
    assert school.gate(lambda s: s.take_back(wrong)) == []


def test_a_reading_of_a_registered_version_puts_nothing_in_force() -> None:
    school = Way.ready()
    school.read_as("0.1", "2026-02-01")
    assert school.course().in_force(date(2026, 11, 23)) is None


def test_a_later_reading_does_not_undo_an_adoption() -> None:
    school = Way.ready()
    adoption = school.adopted("0.1", "2026-02-01")
    school.day = "2026-09-01"
    school.take_over("0.0.1")
    school.read_as("0.0.1", "2026-03-01")
    assert school.held(adoption)


def test_signing_under_an_old_roster_does_not_bring_back_the_old_rules() -> None:
    school = Way.ready()
    old = school.roster
    school.day = "2026-02-01"
    school.change_rules(OWN)
    back = school.under(old, "2026-03-01")
    back.submit("0.1")
    consents = [back.consent("0.1", each, by=SECRETARY) for each in ("personeel", "ouders")]
    assert not any(map(back.held, consents))


def test_an_editorial_submission_does_not_pass_over_a_refusal() -> None:
    school = Way.ready(EDITORIAL)
    school.agreed("0.1")
    school.next("0.2", "Twee.")
    first = school.submit("0.2")
    school.consent("0.2", "personeel")
    school.consent("0.2", "ouders", "niet-ingestemd")
    school.day = "2026-01-10"
    school.take_back(first)
    school.day = "2026-01-11"
    school.editorial("0.2", "0.1")
    school.accept_editorial("0.2")
    assert not school.held(school.adopt("0.2"))


def test_two_rulings_that_contradict_each_other_permit_nothing() -> None:
    school = submitted()
    school.consent("0.1", "personeel")
    school.consent("0.1", "ouders", "niet-ingestemd")
    school.permit("0.1", "ouders", "geweigerd")
    school.permit("0.1", "ouders", "verleend")
    assert not school.held(school.adopt("0.1"))


def test_a_ruling_in_the_future() -> None:
    school = submitted()
    school.consent("0.1", "ouders", "niet-ingestemd")
    assert school.why_not(school.permit("0.1", "ouders", uitspraak_op="2027-01-01"))


def test_editorial_after_editorial_for_one_of_two_councils() -> None:
    school = Way.ready(EDITORIAL + b'[organen.gmr]\nnaam = "GMR"\n')
    school.agreed("0.1")
    school.submit("0.1", "gmr")
    school.everyone("0.1", "gmr")
    for number, base in (("0.2", "0.1"), ("0.3", "0.2")):
        school.day = f"2026-0{number[-1]}-01"
        school.next(number, f"Tekst {number}.")
        school.agreed(number)
        entry = school.editorial(number, base, "gmr")
        school.accept_editorial(number, by=GMR_CHAIR, council="gmr")
    assert school.why_not(entry) == ["redactioneel"]


def test_submitting_before_registering() -> None:
    school = Way.ready()
    school.day = "2026-03-01"
    school.next("0.2", "Twee.")
    school.day = "2026-02-01"
    assert not school.held(school.submit("0.2", rust_op=[school.roster]))


def test_consent_that_an_editorial_version_was_built_on_stays() -> None:
    school = Way.ready(EDITORIAL)
    school.agreed("0.1")
    consent = school.of("instemming", "0.1")[0]
    school.day = "2026-02-01"
    school.next("0.2", "Twee.")
    school.editorial("0.2", "0.1")
    school.accept_editorial("0.2")
    assert school.held(school.adopt("0.2"))
    school.day = "2026-03-01"
    assert school.why_not(school.take_back(consent)) == ["terug-op-tijd"]


def test_nobody_contests_what_they_adopted() -> None:
    board, chair = Person("eva", ("bestuur",)), Person("eva", ("mr-voorzitter",))
    school = Way.ready(rules(), members=(*PEOPLE, board))
    school.agreed("0.1")
    school.adopt("0.1", by=board)
    school.day = "2026-02-01"
    school.succeed(*PEOPLE, chair)
    assert school.why_not(school.contest("0.1", by=chair)) == ["niet-beide-kanten"]


def test_a_submission_that_tells_of_other_topics() -> None:
    school = Way.ready()
    assert school.why_not(school.submit("0.1", raakt=[]))


def test_consent_to_another_text_leaves_the_version_as_it_is() -> None:
    school = Way.ready()
    school.adopted("0.1")
    over = school.over("0.1")
    over["bestanden"][0] |= {"sha256": "0" * 64}
    school.consent("0.1", "ouders", over=over)
    assert school.stand() == "geldend"


def test_taking_back_and_submitting_anew_on_one_day() -> None:
    school = submitted()
    school.take_back(school.of("voorlegging", "0.1")[0], datum="2026-01-20")
    assert school.gate(lambda s: s.submit("0.1")) == []
    assert school.held(school.submit("0.1"))


def test_taking_back_a_repeal_and_going_on_on_one_day() -> None:
    school = Way.ready()
    school.adopted("0.1")
    school.next("0.2", "Twee.")
    repeal = school.repeal("0.1", "2026-06-01")
    school.day = "2026-02-01"
    school.take_back(repeal)
    assert not any(each.severity == "fout" for each in school.gate(lambda s: s.submit("0.2")))
    assert school.held(school.submit("0.2"))


def test_leaving_out_the_adoption_in_force_opens_no_gate() -> None:
    school = Way.ready()
    first = school.adopted("0.1")
    school.day = "2026-02-01"
    school.next("0.2", "Twee.", ["personeelsgegevens"])
    school.submit("0.2")
    school.everyone("0.2")
    second = school.adopt("0.2")
    assert not school.held(second)
    school.remove(first)
    assert not school.held(second)


def test_a_refusal_on_paper_is_taken_back_on_paper() -> None:
    """The secretary attested a no; only with another letter can she say that it is gone."""
    school = submitted()
    refusal = school.consent("0.1", "ouders", "niet-ingestemd", by=SECRETARY)
    school.day = "2026-02-01"
    assert school.why_not(school.take_back(refusal)) == ["terug-door-wie-mag"]
    assert school.held(school.take_back(refusal, ontvangst=school.receipt()))
