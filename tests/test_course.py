"""Stands, periods and tallies along whole lives of a policy: what the accepted acts come to on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from acts import (
    BOARD,
    CHAIR,
    PEOPLE,
    POLICY,
    STAFF,
    Way,
    rules,
    text,
)
from beleidsbeheer.domain.course import Evidence
from beleidsbeheer.domain.ledger import rules_copy_path
from beleidsbeheer.domain.register import known_on
from simulator import RULES, SECRETARY, Person

EDITORIAL = rules('[redactioneel]\ntoegestaan = true\ngrondslag = "MR-reglement 9"\n')


def periods(school: Way) -> list[tuple[str, str, str]]:
    return [
        (each.version, str(each.start), str(each.end or "")) for each in school.course().periods()
    ]


def states(school: Way, version: str = "0.1") -> dict[str, str]:
    return {str(t.geleding): str(t.state) for t in school.course().tallies(version)}


# --- a whole life -------------------------------------------------------------------------------------------


def test_a_whole_life() -> None:
    school = Way.ready()
    assert school.stand() == "concept"
    school.submit("0.1")
    assert school.stand() == "voorgelegd"
    school.consent("0.1", "personeel")
    assert school.stand() == "voorgelegd"
    school.consent("0.1", "ouders")
    assert school.stand() == "definitief"
    school.adopt("0.1", "2026-02-01")
    assert school.stand(today=date(2026, 1, 31)) == "vastgesteld"
    assert school.stand(today=date(2026, 2, 1)) == "geldend"
    school.next("0.2", "Twee.")
    school.agreed("0.2", "2026-03-01")
    school.adopt("0.2", "2026-04-01")
    assert school.stands(date(2026, 3, 31)) == {"0.1": "geldend", "0.2": "vastgesteld"}
    assert school.stands(date(2026, 4, 1)) == {"0.1": "vervangen", "0.2": "geldend"}
    school.day = "2026-05-01"
    school.publish("0.2")
    school.review("0.2")
    school.repeal("0.2", "2026-06-01")
    assert school.stands(date(2026, 5, 31)) == {"0.1": "vervangen", "0.2": "geldend"}
    assert school.stands(date(2026, 6, 1)) == {"0.1": "vervangen", "0.2": "ingetrokken"}
    assert periods(school) == [
        ("0.1", "2026-02-01", "2026-03-31"),
        ("0.2", "2026-04-01", "2026-05-31"),
    ]
    assert school.course().refused == []


def test_what_was_withdrawn_is_withdrawn() -> None:
    school = Way.ready()
    entry = school.submit("0.1")
    school.day = "2026-01-10"
    school.take_back(entry)
    assert school.stand() == "teruggetrokken"
    school.day = "2026-01-11"
    school.submit("0.1")
    assert school.stand() == "voorgelegd"


def test_a_registration_can_be_withdrawn() -> None:
    school = Way.ready()
    school.take_back(school.of("registratie", "0.1")[0])
    assert school.stand() == "teruggetrokken"
    assert school.why_not(school.submit("0.1", datum="2026-01-03")) == ["zelfde-tekst"]


def test_a_registration_that_was_submitted_cannot_be_withdrawn() -> None:
    school = Way.ready()
    school.submit("0.1")
    taken = school.take_back(school.of("registratie", "0.1")[0], datum="2026-01-03")
    assert school.why_not(taken) == ["terug-op-tijd"]


def test_two_texts_under_one_number_contradict_each_other() -> None:
    school = Way.ready()
    school.adopted("0.1")
    other = school.register("0.1", text("Iets anders."))
    assert school.stand() == "tegenstrijdig"
    assert other.version == "0.1"


# --- periods ------------------------------------------------------------------------------------------------


def test_retroactive_effect() -> None:
    school = Way.ready()
    school.adopted("0.1")
    school.next("0.2", "Twee.")
    school.agreed("0.2", "2026-06-01")
    school.adopt("0.2", terugwerkend_tot="2026-03-01", reden="de wet werkt ook terug")
    assert periods(school) == [("0.1", "2026-01-02", "2026-02-28"), ("0.2", "2026-03-01", "")]


def test_retroactive_effect_stays_after_the_text_that_it_replaces() -> None:
    school = Way.ready()
    school.adopted("0.1")
    school.next("0.2", "Twee.")
    school.agreed("0.2", "2026-06-01")
    entry = school.adopt("0.2", terugwerkend_tot="2026-01-02", reden="de wet")
    assert school.why_not(entry) == ["een-tekst-per-dag"]


def test_two_future_texts() -> None:
    school = Way.ready()
    school.adopted("0.1", starts="2026-02-01")
    school.next("0.2", "Twee.")
    school.agreed("0.2", "2026-01-03")
    school.adopt("0.2", "2026-03-01")
    assert school.stands(date(2026, 1, 4)) == {"0.1": "vastgesteld", "0.2": "vastgesteld"}
    assert [each.version for each in school.course().coming(date(2026, 1, 4))] == ["0.1", "0.2"]
    assert [each.version for each in school.course().coming(date(2026, 2, 1))] == ["0.2"]


def test_a_later_text_does_not_start_before_an_earlier_one() -> None:
    school = Way.ready()
    school.adopted("0.1", starts="2026-03-01")
    school.next("0.2", "Twee.")
    school.agreed("0.2", "2026-01-03")
    for starts in ("2026-02-01", "2026-03-01"):
        assert school.why_not(school.adopt("0.2", starts)) == ["een-tekst-per-dag"]
    assert school.held(school.adopt("0.2", "2026-03-02"))


def test_a_reading_is_followed_by_an_adoption() -> None:
    school = Way.begun(*PEOPLE)
    school.take_over("0.1")
    school.read_as("0.1", "2018-01-01")
    school.day = "2026-02-01"
    school.next("0.2", "Twee.")
    school.adopted("0.2")
    assert periods(school) == [("0.1", "2018-01-01", "2026-01-31"), ("0.2", "2026-02-01", "")]
    assert school.stands() == {"0.1": "vervangen (overgenomen)", "0.2": "geldend"}


def test_days_without_a_text_are_told() -> None:
    school = Way.begun(*PEOPLE)
    school.take_over("0.1")
    school.read_as("0.1", "2018-01-01", "2019-12-31")
    school.day = "2026-02-01"
    school.next("0.2", "Twee.")
    school.adopted("0.2")
    assert [*school.course().gaps()] == [(date(2020, 1, 1), date(2026, 1, 31))]
    assert school.course().in_force(date(2020, 1, 1)) is None
    told = [each.message for each in school.load().findings if each.rule == "gat"]
    assert told == ["Van 01-01-2020 t/m 31-01-2026 gold er geen tekst."]


def test_a_repeal_that_was_taken_back_in_time() -> None:
    school = Way.ready()
    school.adopted("0.1")
    entry = school.repeal("0.1", "2026-06-01")
    school.day = "2026-05-31"
    assert school.held(school.take_back(entry))
    assert periods(school) == [("0.1", "2026-01-02", "")]


def test_a_repeal_that_holds_is_not_taken_back() -> None:
    school = Way.ready()
    school.adopted("0.1")
    entry = school.repeal("0.1", "2026-06-01")
    school.day = "2026-06-01"
    assert school.why_not(school.take_back(entry)) == ["terug-op-tijd"]


@pytest.mark.parametrize("per", ["2026-01-02", "2026-01-01", "2026-01-15"])
def test_a_repeal_on_a_day_that_cannot_be(per: str) -> None:
    school = Way.ready()
    school.adopted("0.1")
    school.day = "2026-01-16"
    assert "iets-om-in-te-trekken" in school.why_not(school.repeal("0.1", per))


def test_an_adoption_that_was_taken_back_before_it_started() -> None:
    school = Way.ready()
    entry = school.adopted("0.1", starts="2026-03-01")
    school.day = "2026-02-28"
    taken = school.take_back(entry)
    assert school.held(taken)
    assert school.stand() == "definitief"
    assert periods(school) == []
    again = school.adopt("0.1", "2026-04-01")
    assert school.held(again)


def test_an_adoption_that_started_is_not_taken_back() -> None:
    school = Way.ready()
    entry = school.adopted("0.1", starts="2026-03-01")
    school.day = "2026-03-01"
    assert school.why_not(school.take_back(entry)) == ["terug-op-tijd"]


def test_an_adoption_that_was_published_is_not_taken_back_before_the_publication() -> None:
    school = Way.ready()
    entry = school.adopted("0.1", starts="2026-03-01")
    published = school.publish("0.1")
    school.day = "2026-01-10"
    assert school.why_not(school.take_back(entry)) == ["terug-op-tijd"]
    school.day = "2026-01-11"
    school.take_back(published)
    school.day = "2026-01-12"
    assert school.held(school.take_back(entry))


# --- two clones ---------------------------------------------------------------------------------------------


def test_two_clones_adopt_one_version_each() -> None:
    school = Way.ready()
    school.next("0.2", "Twee.")
    school.agreed("0.1")
    school.agreed("0.2")
    school.day = "2026-02-01"
    clone = school.copy()
    clone.day = "2026-02-02"
    one, other = school.adopt("0.1", "2026-03-01"), clone.adopt("0.2", "2026-03-01")
    school.merge(clone)
    assert (school.held(one), school.held(other)) == (True, False)
    assert school.why_not(other) == ["een-tekst-per-dag"]
    assert not school.load().sound


def test_two_clones_adopt_the_same_version() -> None:
    school = Way.ready()
    school.agreed("0.1")
    clone = school.copy()
    one, other = school.adopt("0.1", "2026-03-01"), clone.adopt("0.1", "2026-04-01")
    school.merge(clone)
    assert sorted([school.held(one), school.held(other)]) == [False, True]
    assert len(periods(school)) == 1
    refused = other if school.held(one) else one
    school.take_back(refused, datum="2026-01-03")
    assert school.load().sound


def test_a_withdrawal_in_one_clone_and_an_adoption_in_the_other() -> None:
    """What blocks comes before what permits."""
    school = Way.ready()
    school.agreed("0.1")
    clone = school.copy()
    adoption = school.adopt("0.1")
    clone.take_back(clone.of("instemming", "0.1")[0])
    school.merge(clone)
    assert school.why_not(adoption) == ["alle-instemmingen"]


def test_a_refusal_in_one_clone_and_consent_in_the_other() -> None:
    school = Way.ready()
    school.submit("0.1")
    clone = school.copy()
    yes = school.consent("0.1", "ouders")
    clone.consent("0.1", "ouders", "niet-ingestemd", by=CHAIR)
    school.merge(clone)
    assert school.why_not(yes) == ["onthouding-staat"]
    assert school.stand() == "instemming onthouden"


# --- what was known -------------------------------------------------------------------------------------


def test_what_was_known_on_a_day() -> None:
    school = Way.ready()
    school.adopted("0.1", "2026-02-01")
    school.next("0.2", "Twee.")
    school.agreed("0.2", "2026-06-01")
    school.adopt("0.2", terugwerkend_tot="2026-03-01", reden="de wet")
    register = school.load()
    policy = register.policies[POLICY]

    def known(day: date) -> list[str]:
        return [period.version for period in known_on(register, policy, day).periods()]

    assert known(date(2026, 1, 31)) == []
    assert known(date(2026, 5, 31)) == ["0.1"]
    assert known(date(2026, 6, 1)) == ["0.1", "0.2"]
    on = known_on(register, policy, date(2026, 5, 31)).in_force(date(2026, 4, 1))
    now = register.courses[POLICY].in_force(date(2026, 4, 1))
    assert on is not None
    assert now is not None
    assert (on.version, now.version) == ("0.1", "0.2")


def test_what_was_known_of_paper() -> None:
    school = Way.begun(*PEOPLE)
    school.day = "2026-05-01"
    school.take_over("0.1")
    school.read_as("0.1", "2018-01-01")
    register = school.load()
    policy = register.policies[POLICY]
    assert known_on(register, policy, date(2026, 4, 30)).periods() == []
    assert len(known_on(register, policy, date(2026, 5, 1)).periods()) == 1


# --- consent ----------------------------------------------------------------------------------------------


def test_conditional_consent_waits_for_a_confirmation_that_names_it() -> None:
    school = Way.ready()
    school.submit("0.1")
    school.consent("0.1", "personeel")
    condition = school.consent("0.1", "ouders", "onder-voorwaarden")
    assert states(school)["ouders"] == "ingestemd onder voorwaarden"
    assert school.why_not(school.adopt("0.1", datum="2026-01-03")) == ["alle-instemmingen"]
    submission = school.of("voorlegging", "0.1")[0]
    school.consent("0.1", "ouders", rust_op=sorted([school.roster, submission.digest]))
    assert states(school)["ouders"] == "ingestemd onder voorwaarden"
    confirmed = school.consent("0.1", "ouders", kenmerk="MR 9")
    assert condition.digest in confirmed.grounds
    assert states(school)["ouders"] == "ingestemd"


def test_a_condition_afterwards_counts_too() -> None:
    school = Way.ready()
    school.agreed("0.1")
    assert school.stand() == "definitief"
    school.consent("0.1", "ouders", "onder-voorwaarden", by=CHAIR)
    assert school.stand() == "voorgelegd"


def test_withheld_and_withdrawn() -> None:
    school = Way.ready()
    school.submit("0.1")
    school.consent("0.1", "personeel")
    school.consent("0.1", "ouders", "niet-ingestemd")
    assert school.stand() == "instemming onthouden"
    school.day = "2026-01-10"
    school.take_back(school.of("voorlegging", "0.1")[0])
    assert school.stand() == "teruggetrokken"


def test_withheld_and_a_new_version() -> None:
    school = Way.ready()
    school.submit("0.1")
    school.consent("0.1", "ouders", "niet-ingestemd")
    school.next("0.2", "Aangepast.")
    school.agreed("0.2", "2026-02-01")
    assert school.stands() == {"0.1": "instemming onthouden", "0.2": "definitief"}
    assert school.held(school.adopt("0.2"))


def test_withheld_and_permission() -> None:
    school = Way.ready()
    school.submit("0.1")
    school.consent("0.1", "personeel")
    school.consent("0.1", "ouders", "niet-ingestemd")
    school.day = "2026-03-01"
    ruling = school.permit("0.1", "ouders")
    assert states(school)["ouders"] == "toestemming van de commissie"
    assert school.stand() == "definitief"
    adoption = school.adopt("0.1")
    assert school.held(adoption)
    assert ruling.digest in adoption.grounds


def test_withheld_and_permission_that_was_refused() -> None:
    school = Way.ready()
    school.submit("0.1")
    school.consent("0.1", "ouders", "niet-ingestemd")
    school.permit("0.1", "ouders", "geweigerd")
    assert school.stand() == "instemming onthouden"


def test_a_change_of_mind() -> None:
    school = Way.ready()
    school.submit("0.1")
    school.consent("0.1", "personeel")
    refusal = school.consent("0.1", "ouders", "niet-ingestemd")
    school.day = "2026-01-10"
    school.take_back(refusal)
    assert states(school)["ouders"] == "nog niet beslist"
    school.consent("0.1", "ouders")
    assert school.stand() == "definitief"


def test_editorial_acceptance_carries_the_earlier_consent() -> None:
    school = Way.ready(EDITORIAL)
    school.agreed("0.1")
    school.day = "2026-01-10"
    school.next("0.2", "Één.")
    school.editorial("0.2", "0.1")
    assert school.stand("0.2") == "voorgelegd"
    school.accept_editorial("0.2")
    assert set(states(school, "0.2").values()) == {"redactioneel aanvaard"}
    assert school.held(school.adopt("0.2"))


def test_a_geleding_can_still_withhold_consent_to_an_editorial_change() -> None:
    school = Way.ready(EDITORIAL)
    school.agreed("0.1")
    school.day = "2026-01-10"
    school.next("0.2", "Één.")
    school.editorial("0.2", "0.1")
    school.accept_editorial("0.2")
    school.consent("0.2", "ouders", "niet-ingestemd")
    assert school.stand("0.2") == "instemming onthouden"


def test_editorial_acceptance_falls_with_the_consent_it_carries() -> None:
    school = Way.ready(EDITORIAL)
    school.agreed("0.1")
    school.day = "2026-01-10"
    school.next("0.2", "Één.")
    school.editorial("0.2", "0.1")
    school.accept_editorial("0.2")
    school.day = "2026-01-11"
    school.take_back(school.of("instemming", "0.1")[0])
    assert school.stand("0.2") == "voorgelegd"


def test_two_signatures() -> None:
    school = Way.ready(rules(council="handtekeningen = 2"))
    school.submit("0.1")
    school.consent("0.1", "personeel")
    school.consent("0.1", "ouders")
    school.consent("0.1", "ouders", kenmerk="nog eens")
    assert states(school) == {"personeel": "nog niet beslist", "ouders": "nog niet beslist"}
    assert {(t.given, t.needed) for t in school.course().tallies("0.1")} == {(1, 2)}
    school.consent("0.1", "personeel", by=CHAIR)
    school.consent("0.1", "ouders", by=CHAIR)
    assert school.stand() == "definitief"


def test_two_signatures_or_one_receipt() -> None:
    school = Way.ready(rules(council="handtekeningen = 2"))
    school.submit("0.1")
    school.everyone("0.1", by=SECRETARY)
    assert school.stand() == "definitief"


def test_kinds_of_evidence() -> None:
    school = Way.ready()
    school.submit("0.1")
    own = school.consent("0.1", "personeel")
    received = school.consent("0.1", "ouders", by=SECRETARY)
    adoption = school.adopt("0.1")
    assert [school.course().evidence(each) for each in (own, received, adoption)] == [
        Evidence.ONBEVESTIGD,
        Evidence.ONTVANGST,
        Evidence.ONBEVESTIGD,
    ]
    school.confirm(STAFF)
    school.confirm(BOARD)
    assert [school.course().evidence(each) for each in (own, received, adoption)] == [
        Evidence.EIGEN,
        Evidence.ONTVANGST,
        Evidence.EIGEN,
    ]


# --- rules of another roster ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "stricter",
    [
        rules("[organen.mr.quorum]\npersoneel = 5\nouders = 5"),
        rules(council='meerderheid = "twee-derde"'),
        rules(council="eigen_handtekening = true"),
        rules("[bestuur]\neigen_handtekening = true"),
        rules(council="handtekeningen = 3"),
        RULES.replace(b'"po"', b'"vo"'),
    ],
)
def test_stricter_rules_do_not_undo_what_was_done(stricter: bytes) -> None:
    school = Way.ready()
    school.agreed("0.1")
    adoption = school.adopt("0.1", by=SECRETARY)
    school.day = "2026-02-01"
    school.change_rules(stricter)
    assert school.held(adoption)
    assert school.course().refused == []
    assert school.load().sound


def test_without_a_copy_of_the_old_rules_nothing_can_be_judged_by_them() -> None:
    school = Way.ready()
    adoption = school.adopted("0.1")
    old = school.files["beleid.toml"]
    school.day = "2026-02-01"
    school.change_rules(rules("[termijnen]\nherziening_maanden = 24"), keep=False)
    assert school.counts(adoption)
    assert not school.held(adoption)
    assert not school.load().sound
    school.files[rules_copy_path(school.verify().succession.line[0].rules)] = old  # type: ignore[union-attr]
    assert school.held(adoption)
    assert school.load().sound


def test_another_file_on_the_place_of_the_old_rules_is_not_the_old_rules() -> None:
    school = Way.ready()
    adoption = school.adopted("0.1")
    school.day = "2026-02-01"
    school.change_rules(rules("[termijnen]\nherziening_maanden = 24"))
    (path,) = (each for each in school.files if each.startswith("approvals/rooster/regels-"))
    school.files[path] += b"# x\n"
    assert not school.held(adoption)


# --- settling -----------------------------------------------------------------------------------------------


def test_repudiation_settles_an_act_that_does_not_hold() -> None:
    school = Way.ready()
    wrong = school.adopt("0.1")
    assert not school.load().sound
    school.repudiate(wrong)
    assert school.load().sound
    assert not school.held(wrong)


def test_repudiation_settles_an_act_that_does_not_count() -> None:
    school = Way.ready()
    wrong = school.adopt("0.1", by=CHAIR)
    assert not school.verify().sound
    school.repudiate(wrong)
    assert school.verify().sound
    assert not school.counts(wrong)


def test_repudiation_does_nothing_to_an_act_that_holds() -> None:
    school = Way.ready()
    adoption = school.adopted("0.1")
    school.repudiate(adoption)
    assert school.held(adoption)
    assert school.stand() == "geldend"
    assert school.load().sound


def test_taking_back_settles_an_act_that_does_not_hold() -> None:
    school = Way.ready()
    school.submit("0.1")
    wrong = school.consent("0.1", "ouders", by=STAFF)
    assert not school.load().sound
    school.take_back(wrong)
    assert school.load().sound
    assert not school.held(wrong)


# --- dates of a real life: a hogeschool, under another law; only its dates ------------------------------------

WINDESHEIM = {
    "registered": "2015-01-27",
    "submitted": "2015-02-04",
    "consented": "2015-03-05",
    "adopted": "2015-03-09",
}


def windesheim(dates: dict[str, str]) -> Way:
    """Everything signed on its own day, so that what is dated wrongly does not hold."""
    school = _founded(Way({"beleid.toml": RULES}, day="2015-01-01"))
    school.day = dates["registered"]
    school.register("0.1", text())
    school.day = dates["submitted"]
    school.submit("0.1")
    school.day = dates["consented"]
    school.everyone("0.1")
    school.day = dates["adopted"]
    school.adopt("0.1")
    return school


def _founded(school: Way) -> Way:
    school.members = PEOPLE
    fields = school.roster_fields(PEOPLE, 0, 1, seals=[])
    first = school.sign(SECRETARY, "beheerder", "rooster", rust_op=[], **fields)
    school.root = school.roster = first.digest
    for member in PEOPLE[1:]:
        school.accept(member, first)
    return school


def test_a_chain_of_dates_that_fits() -> None:
    school = windesheim(WINDESHEIM)
    assert school.course().refused == []
    assert school.load().sound
    assert periods(school) == [("0.1", "2015-03-09", "")]


@pytest.mark.parametrize("first", [0, 1, 2])
def test_a_chain_with_two_dates_swapped(first: int) -> None:
    names = [*WINDESHEIM]
    dates = dict(WINDESHEIM)
    one, other = names[first], names[first + 1]
    dates[one], dates[other] = dates[other], dates[one]
    school = windesheim(dates)
    register = school.load()
    assert not register.sound
    assert all(course.periods() == [] for course in register.courses.values())


@pytest.mark.parametrize("by", [None, SECRETARY])
def test_a_chain_of_dates_that_is_recorded_afterwards(by: Person | None) -> None:
    """What is recorded on one day still tells the order: the fields do."""
    school = Way.ready()
    school.submit("0.1")
    school.day = "2026-03-09"
    for geleding in ("personeel", "ouders"):
        received: dict[str, Any] = {"ontvangst": school.receipt("2026-03-06")} if by else {}
        school.consent("0.1", geleding, by=by, vergadering="2026-03-05", **received)
    assert "volgorde-bestuur" in school.why_not(school.adopt("0.1", vergadering="2026-03-04"))
    assert school.held(school.adopt("0.1", vergadering="2026-03-06", inwerking="2026-03-09"))
