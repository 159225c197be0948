"""The law as data: who consents to what, on which ground, on which day, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import files
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleidsbeheer.domain.law import (
    CITATIONS,
    Law,
    Mark,
    Provision,
    Requirement,
    Requirements,
    read_law,
    requirements,
    wms,
)
from beleidsbeheer.domain.model import Council, Geleding, slug_defect
from beleidsbeheer.domain.settings import SECTORS, Arrangement
from beleidsbeheer.errors import UnreadableInput

DAY = date(2026, 11, 23)
TEXT = (files("beleidsbeheer.domain") / "wms.toml").read_text(encoding="utf-8")
PERSONEEL, OUDERS = Geleding.PERSONEEL, Geleding.OUDERS
LEERLINGEN, GEHEEL = Geleding.LEERLINGEN, Geleding.GEHEEL

# topic -> [(geleding, ground)], for po and so, and for vo and vso
PRIMARY = {
    "personeelsgegevens": [(PERSONEEL, "WMS 12 lid 1 onder m")],
    "personeelsobservatie": [(PERSONEEL, "WMS 12 lid 1 onder n")],
    "oudergegevens": [(OUDERS, "WMS 13 lid 1 onder i")],
    "leerlinggegevens": [(OUDERS, "WMS 13 lid 1 onder i")],
    "klachtenregeling": [(GEHEEL, "WMS 10 onder g")],
    "schoolgids": [(OUDERS, "WMS 13 lid 1 onder g")],
}
SECONDARY = PRIMARY | {
    "oudergegevens": [(OUDERS, "WMS 14 lid 2 onder f")],
    "leerlinggegevens": [(LEERLINGEN, "WMS 14 lid 3 onder d")],
    "schoolgids": [(OUDERS, "WMS 14 lid 1 onder a"), (LEERLINGEN, "WMS 14 lid 1 onder a")],
}
TABLE = {"po": PRIMARY, "so": PRIMARY, "vo": SECONDARY, "vso": SECONDARY}


def ask(
    *topics: str,
    sector: str = "po",
    council: Council = Council.MR,
    own: Sequence[Arrangement] = (),
    on: date = DAY,
    law: Law | None = None,
) -> Requirements:
    return requirements(law or wms(), topics, sector, council, own, on)


def pairs(answer: Requirements) -> list[tuple[Geleding, str]]:
    return [(each.geleding, each.basis) for each in answer.required]


def moved(
    topic: str = "schoolgids",
    geledingen: tuple[Geleding, ...] = (PERSONEEL,),
    start: date = date(2026, 1, 1),
    end: date = date(2027, 12, 31),
) -> Arrangement:
    return Arrangement(topic, geledingen, "MR-reglement artikel 12", start, end)


# --- the law by itself ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sector", "topic"), [(sector, topic) for sector in SECTORS for topic in PRIMARY]
)
def test_who_consents_in_each_sector(sector: str, topic: str) -> None:
    expected = TABLE[sector][topic]
    answer = ask(topic, sector=sector)
    assert pairs(answer) == expected
    assert {each.topic for each in answer.required} == {topic}
    assert answer.unknown == ()
    asked = {geleding for geleding, _ in expected}
    others = [each for each in wms().geledingen(sector) if each not in asked]
    assert list(answer.copies) == ([] if GEHEEL in asked else others)


def test_the_table_has_every_topic_of_the_law() -> None:
    assert set(wms().topics) == set(PRIMARY)


def test_a_privacy_regulation_needs_each_geleding_once_for_each_ground() -> None:
    topics = ("personeelsgegevens", "personeelsobservatie", "leerlinggegevens", "oudergegevens")
    answer = ask(*topics)
    assert answer.required == (
        Requirement(PERSONEEL, "WMS 12 lid 1 onder m", "personeelsgegevens"),
        Requirement(PERSONEEL, "WMS 12 lid 1 onder n", "personeelsobservatie"),
        Requirement(OUDERS, "WMS 13 lid 1 onder i", "leerlinggegevens"),
    )
    assert answer.copies == ()


def test_a_gmr_consents_on_its_own_article_and_that_of_the_mr() -> None:
    answer = ask("personeelsgegevens", "klachtenregeling", council=Council.GMR)
    assert pairs(answer) == [
        (PERSONEEL, "WMS 16 lid 1 jo. 12 lid 1 onder m"),
        (GEHEEL, "WMS 16 lid 1 jo. 10 onder g"),
    ]


def test_the_geledingen_of_a_sector() -> None:
    assert wms().geledingen("po") == wms().geledingen("so") == (PERSONEEL, OUDERS)
    assert wms().geledingen("vo") == wms().geledingen("vso") == (PERSONEEL, OUDERS, LEERLINGEN)


def test_who_is_not_asked_gets_a_copy() -> None:
    assert ask("personeelsgegevens", sector="vo").copies == (OUDERS, LEERLINGEN)
    assert ask("personeelsgegevens", "klachtenregeling", sector="vo").copies == ()


def test_when_nobody_is_asked_nobody_gets_a_copy() -> None:
    assert ask() == Requirements((), (), (), ())
    assert ask("kantine", "agenda") == Requirements((), ("agenda", "kantine"), (), ())


def test_before_the_law_there_was_no_requirement() -> None:
    assert ask("schoolgids", on=date(2006, 12, 31)).unknown == ("schoolgids",)
    assert ask("schoolgids", on=date(2007, 1, 1)).unknown == ()


def test_an_old_submission_is_judged_by_the_law_of_its_day() -> None:
    old = next(row for row in wms().provisions if row.topic == "schoolgids" and "po" in row.sectors)
    last = date(2027, 7, 31)
    new = replace(old, basis="WMS 13 lid 2 onder c", start=last + timedelta(days=1))
    law = replace(
        wms(),
        provisions=(
            *(replace(row, end=last) if row is old else row for row in wms().provisions),
            new,
        ),
    )
    assert pairs(ask("schoolgids", law=law, on=last)) == [(OUDERS, "WMS 13 lid 1 onder g")]
    assert pairs(ask("schoolgids", law=law, on=new.start)) == [(OUDERS, "WMS 13 lid 2 onder c")]


@given(
    st.lists(st.sampled_from([*PRIMARY, "kantine"])),
    st.sampled_from(SECTORS),
    st.sampled_from(Council),
    st.randoms(use_true_random=False),
)
def test_order_and_doubles_of_topics_make_no_difference(
    topics: list[str], sector: str, council: Council, rng: Random
) -> None:
    answer = ask(*topics, sector=sector, council=council)
    shuffled = [*topics, *topics]
    rng.shuffle(shuffled)
    assert ask(*shuffled, sector=sector, council=council) == answer
    order = [(list(Geleding).index(each.geleding), each.basis) for each in answer.required]
    assert order == sorted(set(order))
    if answer.required and GEHEEL not in {each.geleding for each in answer.required}:
        named = {*answer.copies, *(each.geleding for each in answer.required)}
        assert named == set(wms().geledingen(sector))


def test_an_unknown_sector_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="hbo"):
        ask("schoolgids", sector="hbo")


# --- own arrangements -----------------------------------------------------------------------------------


def test_an_arrangement_replaces_the_law_for_its_topic() -> None:
    answer = ask("schoolgids", "oudergegevens", own=[moved()])
    assert answer.required == (
        Requirement(PERSONEEL, "MR-reglement artikel 12", "schoolgids"),
        Requirement(OUDERS, "WMS 13 lid 1 onder i", "oudergegevens"),
    )
    assert answer.expired == ()


def test_an_arrangement_may_know_a_topic_that_the_law_does_not() -> None:
    answer = ask("kantine", own=[moved("kantine", (OUDERS, LEERLINGEN))], sector="vo")
    assert pairs(answer) == [
        (OUDERS, "MR-reglement artikel 12"),
        (LEERLINGEN, "MR-reglement artikel 12"),
    ]
    assert (answer.unknown, answer.copies) == ((), (PERSONEEL,))


def test_an_arrangement_under_a_gmr() -> None:
    answer = ask("schoolgids", own=[moved()], council=Council.GMR)
    assert pairs(answer) == [(PERSONEEL, "WMS 16 lid 1 jo. MR-reglement artikel 12")]


@pytest.mark.parametrize(
    ("on", "holds", "expired"),
    [
        (date(2025, 12, 31), False, False),
        (date(2026, 1, 1), True, False),
        (date(2027, 12, 31), True, False),
        (date(2028, 1, 1), False, True),
    ],
)
def test_outside_its_days_the_law_is_back(on: date, holds: bool, expired: bool) -> None:
    answer = ask("schoolgids", own=[moved()], on=on)
    assert [each.geleding for each in answer.required] == [PERSONEEL if holds else OUDERS]
    assert answer.expired == ((moved(),) if expired else ())


def test_an_expired_arrangement_about_something_else_is_not_told() -> None:
    assert ask("oudergegevens", own=[moved()], on=date(2030, 1, 1)).expired == ()


def test_an_expired_arrangement_leaves_its_own_topic_unknown() -> None:
    answer = ask("kantine", own=[moved("kantine")], on=date(2030, 1, 1))
    assert (answer.unknown, answer.expired) == (("kantine",), (moved("kantine"),))


def test_of_two_arrangements_on_one_day_both_hold() -> None:
    answer = ask("schoolgids", own=[moved(), moved(geledingen=(OUDERS, PERSONEEL))])
    assert [each.geleding for each in answer.required] == [PERSONEEL, OUDERS]


# --- the file -------------------------------------------------------------------------------------------


def test_every_row_says_where_it_was_read_and_how_sure_it_is() -> None:
    for row in wms().provisions:
        assert row.source.strip()
        assert row.mark in Mark
        assert row.basis.startswith("WMS ")
        assert not slug_defect(row.topic)
    assert {mark.value for mark in Mark} == {"gelezen", "uit het hoofd", "afgeleid"}


def test_no_two_rows_say_the_same_of_one_day() -> None:
    def overlap(one: Provision, other: Provision) -> bool:
        return (
            one.topic == other.topic
            and bool(set(one.sectors) & set(other.sectors))
            and bool(set(one.geledingen) & set(other.geledingen))
            and one.start <= (other.end or date.max)
            and other.start <= (one.end or date.max)
        )

    rows = wms().provisions
    assert not [1 for n, row in enumerate(rows) for other in rows[n + 1 :] if overlap(row, other)]


def test_the_articles_that_the_program_cites() -> None:
    assert {name: wms().basis(name) for name in CITATIONS} == {
        "voorafgaand": "WMS 10",
        "stukken": "WMS 8 lid 6",
        "voorzitter": "WMS 5",
        "gmr": "WMS 16 lid 1",
        "verschuiven": "WMS 24 lid 2",
        "termijn-verschuiven": "WMS 25 lid 2",
        "commissie": "WMS 32",
        "nietigheid": "WMS 32",
    }
    assert wms().citations["nietigheid"].mark is Mark.UIT_HET_HOOFD
    assert wms().nullity_weeks == 6
    assert (wms().name, wms().read_on) == ("Wet medezeggenschap op scholen", date(2026, 11, 23))
    with pytest.raises(ValueError, match="slot"):
        wms().basis("slot")


def test_every_topic_is_explained_in_one_way() -> None:
    for topic in wms().topics:
        told = {row.explanation for row in wms().provisions if row.topic == topic}
        assert told == {wms().explain(topic)}
    with pytest.raises(ValueError, match="kantine"):
        wms().explain("kantine")


def test_the_law_is_read_once() -> None:
    assert wms() is wms()


ROW = 'bron = "geconsolideerde tekst 2015"\nmerk = "gelezen"'


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('wet = "Wet', 'naam = "Wet', "'naam' is hier niet bekend"),
        ('wet = "Wet medezeggenschap op scholen"', "", "wet ontbreekt"),
        ("gelezen = 2026-11-23", 'gelezen = "gisteren"', "gelezen"),
        ("[sectoren.vso]", "[sectoren.mbo]", "sectoren: 'mbo'"),
        ('[sectoren.po]\ngeledingen = ["personeel", "ouders"]', "[sectoren.po]", "sectoren.po"),
        ('merk = "afgeleid"', 'merk = "gegokt"', "sectoren.so, merk: kies uit gelezen"),
        (
            ROW,
            'bron = "tekst"\nmerk = "zeker"',
            "instemming 1, merk: kies uit gelezen, uit het hoofd",
        ),
        (ROW, 'bron = "tekst"', "instemming 1, merk"),
        (ROW, 'merk = "gelezen"', "instemming 1: bron ontbreekt"),
        (ROW, ROW + "\nlid = 1", "instemming 1: 'lid' is hier niet bekend"),
        ('sectoren = ["po", "so", "vo", "vso"]', "", "instemming 1: sectoren ontbreekt"),
        ('sectoren = ["po", "so", "vo", "vso"]', 'sectoren = ["hbo"]', "kies uit po, so, vo, vso"),
        ('geledingen = ["personeel"]', "geledingen = []", "instemming 1: geledingen ontbreekt"),
        ('geledingen = ["personeel"]', 'geledingen = ["directie"]', "kies uit personeel"),
        (
            'geledingen = ["personeel"]',
            'geledingen = ["leerlingen"]',
            "instemming 1: de sector po kent geen geleding leerlingen",
        ),
        ('onderwerp = "personeelsgegevens"', 'onderwerp = "Gegevens!"', "onderwerp 'Gegevens!'"),
        ("vanaf = 2007-01-01", "vanaf = 2007", "instemming 1: vanaf"),
        (
            "vanaf = 2007-01-01",
            "vanaf = 2007-01-01\ntot_en_met = 2006-01-01",
            "tot_en_met ligt vóór vanaf",
        ),
        ('gmr = { tekst = "WMS 16 lid 1", merk = "gelezen" }', "", "grondslagen: het deel [gmr]"),
        (
            'gmr = { tekst = "WMS 16 lid 1", merk = "gelezen" }',
            "gmr = {}",
            "grondslagen.gmr: tekst",
        ),
        ("gmr = {", "gpr = {", "'gpr' is hier niet bekend"),
        ("weken = 6", "weken = 0", "nietigheid: weken"),
        ("weken = 6", "", "nietigheid: weken ontbreekt"),
        ("weken = 6", "dagen = 42", "'dagen' is hier niet bekend"),
        ("[nietigheid]", "[nietig]", "'nietig' is hier niet bekend"),
    ],
)
def test_a_malformed_law_is_refused(old: str, new: str, word: str) -> None:
    assert old in TEXT
    with pytest.raises(UnreadableInput) as caught:
        read_law(TEXT.replace(old, new, 1).encode(), "wet.toml")
    assert caught.value.message.startswith("wet.toml")
    assert word in caught.value.message


def test_a_law_without_its_parts_is_refused() -> None:
    for data in (b"", b"\xff", b'wet = "x"', TEXT.partition("[grondslagen]")[0].encode()):
        with pytest.raises(UnreadableInput):
            read_law(data, "wet.toml")
