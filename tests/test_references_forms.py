"""Every form of reference, from a readable table; and that print and parse undo each other."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleidsbeheer.domain.references.laws import known_laws
from beleidsbeheer.domain.references.model import Place, Reference, Step, Target, Unit, Which
from beleidsbeheer.domain.references.phrases import ar_form, school_form
from beleidsbeheer.domain.references.scan import references

TABLE = Path(__file__).with_name("verwijzingen.toml").read_text(encoding="utf-8")
FORMS: list[dict[str, Any]] = tomllib.loads(TABLE)["vorm"]


def shown(target: Target) -> str:
    """A target as the table writes it."""
    words = " ".join(filter(None, (target.place.law, target.place.key)))
    return words + "~" * target.between + "?" * (not target.sure)


def only(text: str) -> Reference:
    found = references(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize("form", FORMS, ids=[form["titel"] for form in FORMS])
def test_form(form: dict[str, Any]) -> None:
    found = only(form["tekst"])
    assert [shown(target) for target in found.targets] == form["doelen"]
    assert found.style.value == form.get("stijl", "")


@pytest.mark.parametrize(
    "text",
    [
        "kinderen onder 12 jaar",
        "het tweede lid van de commissie treedt af",
        "als eerste lid der raad",
        "de leden van de raad",
        "de eerste week na de vakantie",
        "het artikel in de krant",
        "onder een van de voorwaarden",
        "binnen 8 weken",
        "de letter a van het alfabet",
        "op punt 3 van de agenda",
        "de laatste zin van de brief",
        "de titel van het boek",
        "in de bijlage",
        "het lid 3 jaar lang",
        "sub rosa",
    ],
)
def test_ordinary_dutch_is_no_reference(text: str) -> None:
    assert references(text) == []


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("artikel 7 en 8 weken later", ["7"]),
        ("artikel 7. 8 leerlingen", ["7"]),
        ("artikel 12 lid 1\n2. Een nieuw lid", ["12.1"]),
        ("artikel 12\n- 13 leerlingen", ["12"]),
        ("onder a, en u krijgt bericht", [".a"]),
        ("artikel 7\n\nonder a", ["7", ".a"]),
        ("de AVG van 2018 en de AVG 2018", ["AVG", "AVG"]),
        ("artikel 3 of artikel 5 van de Awb", ["3?", "Awb 5"]),
        ("artikel 3, en artikel 5 van dit reglement", ["3", "5"]),
        ("genoemd artikel 5", ["5?"]),
        ("artikel 5, zoals dat luidde in 2017", ["5?"]),
        ("artikel 5 van de bijgevoegde tekst", ["5?"]),
        ("de AVG, artikel 13", ["AVG 13?"]),
        ("de Archiefwet en artikel 5 van die wet", ["Archiefwet", "Archiefwet 5"]),
        ("met uitzondering van het tweede lid", [".2?"]),
    ],
)
def test_where_a_reference_ends_and_what_is_not_sure(text: str, targets: list[str]) -> None:
    assert [shown(each) for found in references(text) for each in found.targets] == targets


def test_an_enormous_range_names_its_ends_only() -> None:
    assert [shown(each) for each in only("artikelen 1 tot en met 999999").targets] == [
        "1",
        "999999",
    ]


# --- print and parse ---------------------------------------------------------------------------------------

LETTERS = st.sampled_from("abcdefghjkmnpqrstw")
NUMBERS = st.integers(1, 99).map(str)
ARTICLES = st.one_of(
    NUMBERS,
    st.builds("{}{}".format, NUMBERS, LETTERS),
    st.builds("{}:{}".format, NUMBERS, NUMBERS),
)
LAWS = st.sampled_from(["", *(law.short for law in known_laws().laws)])


@st.composite
def places(draw: st.DrawFn) -> Place:
    """A place in this text or in a law, absolute or not."""
    law = draw(LAWS)
    steps = []
    if law or draw(st.booleans()):
        steps.append(Step(Unit.ARTIKEL, draw(ARTICLES)))
    if draw(st.booleans()):
        steps.append(Step(Unit.LID, draw(NUMBERS)))
    if not steps or draw(st.booleans()):
        steps.append(Step(Unit.ONDERDEEL, draw(LETTERS)))
        if draw(st.booleans()):
            steps.append(Step(Unit.SUBONDERDEEL, f"{draw(NUMBERS)}°"))
    return Place(tuple(steps), law)


@given(places())
def test_what_is_printed_is_parsed_back(place: Place) -> None:
    for form in (ar_form(place), school_form(place)):
        assert [target.place for target in only(form).targets] == [place], form


@given(places())
def test_in_a_sentence_too(place: Place) -> None:
    text = f"Dit geldt niet, zo staat in {ar_form(place)}. Verder niets."
    assert [target.place for target in only(text).targets] == [place]


@pytest.mark.parametrize("unit", [Unit.HOOFDSTUK, Unit.AFDELING, Unit.PARAGRAAF, Unit.BIJLAGE])
def test_divisions_are_parsed_back(unit: Unit) -> None:
    place = Place((Step(unit, "2"),))
    assert [target.place for target in only(ar_form(place)).targets] == [place]


@pytest.mark.parametrize("unit", [Unit.ARTIKEL, Unit.LID, Unit.HOOFDSTUK, Unit.VOLZIN])
@pytest.mark.parametrize("which", [Which.THIS, Which.THAT, Which.PREVIOUS, Which.NEXT])
def test_pointing_words_are_parsed_back(unit: Unit, which: Which) -> None:
    place = Place((Step(unit, which),))
    assert [target.place for target in only(ar_form(place)).targets] == [place]


def test_every_law_of_the_list_is_known_by_each_of_its_names() -> None:
    laws = known_laws()
    for law in laws.laws:
        for name in law.names:
            assert [each.place.law for each in only(f"artikel 3 van {name}").targets] == [law.short]
