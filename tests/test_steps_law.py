"""Who must consent, as the rules judge it: sectors, whole council, GMR, arrangements, nobody, fewer topics."""

from __future__ import annotations

import pytest

from acts import GMR, GMR_CHAIR, PERSONAL, STAFF, VO, Way, rules, text
from beleidsbeheer.domain.entry import Entry

STAFF_LAW, PARENTS_LAW, PUPILS_LAW = (
    "WMS 12 lid 1 onder m",
    "WMS 13 lid 1 onder i",
    "WMS 14 lid 3 onder d",
)
ARRANGED = rules(
    '[[afspraken]]\nonderwerp = "schoolgids"\ngeledingen = ["personeel"]\n'
    'grondslag = "MR-reglement 12"\nvan = 2025-08-01\ntot_en_met = 2026-07-31\n'
)


def asked(entry: Entry) -> list[tuple[str, str]]:
    return [(row["geleding"], row["grondslag"]) for row in entry.fields["vereist"]]


def test_primary_school_asks_staff_and_parents() -> None:
    school = Way.ready()
    entry = school.submit("0.1", required=[("personeel", STAFF_LAW), ("ouders", PARENTS_LAW)])
    assert school.held(entry)
    assert {tally.geleding: tally.bases for tally in school.course().tallies("0.1")} == {
        "personeel": (STAFF_LAW,),
        "ouders": (PARENTS_LAW,),
    }


def test_secondary_school_asks_pupils_too() -> None:
    school = Way.ready(VO)
    entry = school.submit("0.1")
    assert asked(entry) == [
        ("leerlingen", PUPILS_LAW),
        ("ouders", "WMS 14 lid 2 onder f"),
        ("personeel", STAFF_LAW),
    ]
    school.consent("0.1", "personeel")
    school.consent("0.1", "ouders")
    too_early = school.adopt("0.1")
    assert school.why_not(too_early) == ["alle-instemmingen"]
    school.consent("0.1", "leerlingen")
    assert school.stand() == "definitief"


def test_secondary_school_does_not_get_by_with_two() -> None:
    school = Way.ready(VO)
    entry = school.submit(
        "0.1", required=[("personeel", STAFF_LAW), ("ouders", "WMS 14 lid 2 onder f")]
    )
    assert school.why_not(entry) == ["vereist-volledig"]


def test_the_whole_council_on_the_complaints_procedure() -> None:
    school = Way.ready(VO.replace(b"vo", b"po"), "klachtenregeling")
    entry = school.submit("0.1")
    assert asked(entry) == [("geheel", "WMS 10 onder g")]
    wrong = school.consent("0.1", "personeel", grondslagen=["WMS 10 onder g"])
    assert school.why_not(wrong) == ["geleding-gevraagd"]
    by_staff = school.consent("0.1", "geheel", by=STAFF)
    assert school.why_not(by_staff) == ["rol-van-geleding"]
    school.consent("0.1", "geheel")
    assert school.stand() == "definitief"


def test_the_law_of_the_gmr() -> None:
    school = Way.ready(GMR)
    bare = school.submit("0.1", "gmr", [("ouders", PARENTS_LAW), ("personeel", STAFF_LAW)])
    assert school.why_not(bare) == ["vereist-volledig"] * 2
    entry = school.submit("0.1", "gmr")
    assert asked(entry) == [
        ("ouders", "WMS 16 lid 1 jo. 13 lid 1 onder i"),
        ("personeel", "WMS 16 lid 1 jo. 12 lid 1 onder m"),
    ]
    school.everyone("0.1", "gmr")
    assert school.stand() == "definitief"


def test_both_councils_when_both_were_asked() -> None:
    school = Way.ready(GMR)
    for council in ("mr", "gmr"):
        school.submit("0.1", council)
    school.everyone("0.1", "mr")
    assert school.stand() == "voorgelegd"
    stranger = school.consent("0.1", "ouders", council="gmr", by=STAFF)
    assert school.why_not(stranger) == ["rol-van-geleding"]
    school.everyone("0.1", "gmr")
    assert school.stand() == "definitief"


def test_the_chair_of_another_council_does_not_sign() -> None:
    school = Way.ready(GMR)
    school.submit("0.1")
    entry = school.consent("0.1", "ouders", by=GMR_CHAIR)
    assert school.why_not(entry) == ["rol-van-geleding"]


@pytest.mark.parametrize(
    ("day", "geleding", "basis"),
    [
        ("2026-07-31", "personeel", "MR-reglement 12"),
        ("2026-08-01", "ouders", "WMS 13 lid 1 onder g"),
    ],
)
def test_an_arrangement_holds_up_to_and_including_its_last_day(
    day: str, geleding: str, basis: str
) -> None:
    school = Way.ready(ARRANGED, "schoolgids")
    school.day = day
    assert asked(school.submit("0.1")) == [(geleding, basis)]
    assert school.why_not(school.of("voorlegging", "0.1")[0]) == []
    other = school.copy()
    other.remove(other.of("voorlegging", "0.1")[0])
    swapped = {
        "personeel": ("ouders", "WMS 13 lid 1 onder g"),
        "ouders": ("personeel", "MR-reglement 12"),
    }
    wrong = other.submit("0.1", required=[swapped[geleding]])
    assert other.why_not(wrong) == ["vereist-volledig"]


def test_an_unknown_topic_stands_in_the_way() -> None:
    school = Way.ready(rules(), *PERSONAL, "ruimtevaart")
    entry = school.submit("0.1")
    assert school.why_not(entry) == ["vereist-volledig"]
    message = next(r.message for r in school.course().refused[0].reasons)
    assert "ruimtevaart" in message


def test_an_unknown_topic_is_not_nobody() -> None:
    school = Way.ready(rules(), "ruimtevaart")
    entry = school.submit("0.1", required=[], geen_instemming="wij vinden van niet")
    assert school.why_not(entry) == ["vereist-volledig"]


def test_an_arrangement_can_be_about_a_topic_that_the_law_does_not_know() -> None:
    own = ARRANGED.replace(b"schoolgids", b"ruimtevaart")
    school = Way.ready(own, "ruimtevaart")
    assert school.held(school.submit("0.1"))
    assert school.held(school.consent("0.1", "personeel"))


def test_nobody_is_asked_only_with_a_signed_reason() -> None:
    school = Way.ready()
    school.register("0.2", text(raakt=[]))
    entry = school.submit("0.2", geen_instemming="alleen de opmaak")
    assert school.stand("0.2") == "definitief"
    adoption = school.adopt("0.2")
    assert school.held(adoption)
    assert "niemand-gevraagd" in {finding.rule for finding in school.load().findings}
    assert any("alleen de opmaak" in each.message for each in school.load().findings)
    assert entry.fields["vereist"] == []


def test_nobody_cannot_be_asked_where_somebody_must() -> None:
    school = Way.ready()
    entry = school.submit("0.1", required=[], geen_instemming="geen zin")
    assert set(school.why_not(entry)) == {"vereist-volledig"}
    assert school.held(school.adopt("0.1")) is False


def test_a_text_that_touches_less_still_asks_who_went_about_the_old_one() -> None:
    school = Way.ready()
    school.adopted("0.1")
    school.day = "2026-02-01"
    school.next("0.2", "Twee.", ["personeelsgegevens"])
    narrow = school.submit("0.2")
    assert school.why_not(narrow) == ["vereist-volledig"]
    wide = school.submit("0.2", required=school.required(PERSONAL))
    assert school.held(wide)


def test_more_may_be_asked_than_the_law_asks() -> None:
    school = Way.ready()
    more = [*school.required(PERSONAL), ("geheel", "MR-reglement 1")]
    school.submit("0.1", required=more)
    school.consent("0.1", "personeel")
    school.consent("0.1", "ouders")
    assert school.stand() == "voorgelegd"  # who was asked must consent, law or not
    school.consent("0.1", "geheel")
    assert school.stand() == "definitief"
