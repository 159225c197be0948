"""``beleid herkomst``: three versions with real acts, as it comes on the screen and as JSON."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from act_lines import TOPICS, consent, received, submit, take_back, touch
from acts import POLICY as SCHOOL
from acts import Way
from acts import text as school_text
from beleidsbeheer.actions.reading import open_register
from beleidsbeheer.domain.provenance import chain_of, provenance
from beleidsbeheer.render.provenance import Origins, origin_lines
from desk import POLICY, WORKING, Answer, Capture, Screen, copied

PROJECT = Path(__file__).parents[1]
BODY = """\
# Privacyreglement

## Artikel 1. Doel

1. Dit reglement beschermt wie op school werkt of leert.

## Artikel 2. Rechten

1. Een betrokkene heeft de volgende rechten:

    - a. inzage van zijn gegevens;
    - b. verbetering van onjuiste gegevens.

2. De school antwoordt binnen zes weken.
"""


def write(screen: Screen, body: str) -> None:
    screen.write(f'+++\ntitel = "Privacyreglement"\nraakt = []\n+++\n\n{body}')
    touch(screen, TOPICS)


def adopted(screen: Screen, version: str, starts: str, *more: str) -> None:
    """Submit a version, let both geledingen consent and the board adopt, all by letter."""
    screen.fine(*submit(version))
    for geleding in ("personeel", "ouders"):
        screen.fine(*consent(geleding, version=version), *received(screen))
    line = ("vaststellen", POLICY, version, "--inwerking", starts, *more)
    screen.fine(*line, *received(screen))


def three(screen: Screen) -> None:
    """0.1 adopted; 0.2 a concept with another term; 0.3, which was adopted, has a new onderdeel b."""
    write(screen, BODY)
    screen.register("0.1")
    adopted(screen, "0.1", "2026-11-23")
    second = BODY.replace("zes weken", "een maand")
    write(screen, second)
    screen.register("0.2")
    third = second.replace("    - b.", "    - b. afschrift daarvan;\n    - c.")
    write(screen, third.replace("wie op school werkt of leert", "wie op school leert"))
    screen.register("0.3")
    adopted(screen, "0.3", "2026-11-24", "--besluitnummer", "B-7")


@pytest.fixture
def school(capsys: Capture, tmp_path: Path) -> Screen:
    return copied(capsys, tmp_path, three).on("2026-12-01")


def of(answer: Answer, key: str) -> dict[str, object]:
    return next(each for each in answer.json["elementen"] if each["sleutel"] == key)


def test_the_text_in_force_with_what_is_younger(school: Screen) -> None:
    told = school.fine("herkomst", POLICY)
    lines = told.splitlines()
    assert (
        lines[0]
        == "Privacyreglement (privacyreglement), versie 0.3: hoe lang de woorden er zo staan"
    )
    assert lines[1] == "  geldend: versie 0.3, van 24-11-2026 t/m heden"
    assert "Artikel 1. Doel: sinds 0.1 (in werking 23-11-2026)" in lines
    assert (
        "  lid 1: sinds 0.3 (in werking 24-11-2026); toen zijn er woorden geschrapt; met woorden uit 0.1"
        in lines
    )
    assert "  lid 2: sinds 0.2 (in werking 24-11-2026 met 0.3); met woorden uit 0.1" in lines
    assert "  lid 1 onder b: sinds 0.3 (in werking 24-11-2026)" in lines
    assert (
        "  lid 1 onder c: sinds 0.1 (in werking 23-11-2026); stond tot 0.3 als artikel 2 lid 1 onder b"
        in lines
    )
    assert not any(line.startswith("  lid 1 onder a") for line in lines)


def test_the_acts_behind_each_version_with_their_evidence(school: Screen) -> None:
    told = school.fine("herkomst", POLICY)
    assert "ingestemd door de oudergeleding (OMR) op 23-11-2026" in told
    assert "ontvangstbewijs van de secretaris" in told
    assert "vastgesteld door het bestuur op 23-11-2026 (ontvangstbewijs van de secretaris" in told
    assert "besluitnummer “B-7”" in told
    assert (
        "    zelf niet vastgesteld; deze woorden zijn vastgesteld met 0.3 op 23-11-2026\n" in told
    )


def test_one_lid_with_its_words(school: Screen) -> None:
    told = school.fine("herkomst", POLICY, "2.2", "--woorden")
    assert "Artikel 2 lid 2: sinds 0.2 (in werking 24-11-2026 met 0.3)" in told
    assert "      0.1: De school antwoordt binnen\n      0.2: een maand.\n" in told
    assert "Artikel 1" not in told
    assert "onder c: sinds 0.1" in school.fine("herkomst", POLICY, "2.1")


def test_another_version_than_the_one_in_force(school: Screen) -> None:
    told = school.fine("herkomst", POLICY, "--versie", "0.2")
    assert told.splitlines()[1] == "  concept"
    assert "  lid 2: sinds 0.2 (vastgelegd 23-11-2026, niet vastgesteld)" in told
    assert "0.3" not in told


def test_json(school: Screen) -> None:
    answer = school.run("herkomst", POLICY, "--woorden", "--json")
    assert (answer.code, answer.json["schema"]) == (0, "beleidsbeheer.herkomst/1")
    assert (answer.json["versie"], answer.json["geldend"]) == ("0.3", True)
    assert (of(answer, "2.1.c")["sinds"], of(answer, "2.1.c")["naam"]) == (
        *("0.1", "artikel 2 lid 1 onder c"),
    )
    assert of(answer, "2.1.c")["stond_als"] == [
        {"tot": "0.3", "sleutel": "2.1.b", "naam": "artikel 2 lid 1 onder b"}
    ]
    assert of(answer, "1.1")["geschrapt_in"] == "0.3"
    assert of(answer, "2.2")["woorden"] == [
        {"versie": "0.1", "tekst": "De school antwoordt binnen"},
        {"versie": "0.2", "tekst": "een maand."},
    ]
    first, second, third = answer.json["versies"]
    assert (first["vastgesteld_met"], second["vastgesteld_met"]) == ("0.1", "0.3")
    assert third["vaststelling"]["besluitnummer"] == "B-7"
    assert {each["geleding"] for each in third["instemmingen"]} == {"personeel", "ouders"}
    assert "woorden" not in of(school.run("herkomst", POLICY, "--json"), "2.2")


# --- what does not count, and what is not there ----------------------------------------------------------------


def test_a_version_that_was_taken_back_is_skipped(school: Screen) -> None:
    """What it changed and the next one restored was never changed."""
    text = (school.folder / WORKING).read_text()
    school.write(text.replace("binnen een maand", "binnen een jaar"))
    school.register("0.4")
    school.fine(*submit("0.4"))
    school.fine(*take_back("0.4"))
    school.write(text + "\n3. Dit geldt overal.\n")
    school.register("0.5")
    told = school.fine("herkomst", POLICY, "--versie", "0.5")
    assert "lid 2: sinds 0.2" in told
    assert "lid 3: sinds 0.5" in told
    assert "Niet meegeteld: 0.4 (teruggetrokken)." in told
    assert "0.4" in school.fine("herkomst", POLICY, "2.2", "--versie", "0.4")


def test_a_version_without_consent_is_skipped() -> None:
    school = Way.ready()
    school.next("0.2", "Twee.")
    school.submit("0.2")
    school.consent("0.2", outcome="niet-ingestemd")
    school.next("0.3", "Eén. Drie.")
    chain = chain_of(school.load().courses[SCHOOL], "0.3")
    assert [version for version, _ in chain.texts] == ["0.1", "0.3"]
    assert [(version, str(stand)) for version, stand in chain.skipped] == [
        ("0.2", "instemming onthouden")
    ]


@pytest.mark.parametrize("how", ["gone", "changed", "unreadable"])
def test_a_text_that_is_not_there_is_a_gap(how: str) -> None:
    school = Way.ready()
    school.next("0.2", "Eén.")
    path = f"reglement/{SCHOOL}/versies/0.1.md"
    if how == "gone":
        del school.files[path]
    else:
        school.files[path] = b"+++\n" if how == "unreadable" else school_text("Anders.")
    chain = chain_of(school.load().courses[SCHOOL], "0.2")
    assert [(version, data is None) for version, data in chain.texts] == [
        *(("0.1", True), ("0.2", False)),
    ]


def test_lost_texts_are_told(school: Screen) -> None:
    """All that rests on a text that is gone counts no more."""
    (school.folder / f"reglement/{POLICY}/versies/0.1.md").unlink()
    answer = school.run("herkomst", POLICY)
    assert (answer.code, answer.out) == (2, "")
    assert "niet te beoordelen: 0.1, 0.2, 0.3." in answer.err


def test_a_register_that_is_not_sound(school: Screen) -> None:
    school.write("{}", f"approvals/{POLICY}/0.3/{school.find('**/0.3/vaststelling-*.json').name}")
    answer = school.run("herkomst", POLICY)
    assert answer.code == 1
    assert "  niet te bepalen zolang approvals/privacyreglement/0.3/vaststel" in answer.out
    assert "er klopt iets niet" in answer.err
    assert school.run("herkomst", POLICY, "--json").json["twijfel"]


def test_the_register_in_this_repository() -> None:
    """Of 0.1 there is a row on paper and no text; 0.3 added an artikel."""
    register = open_register(PROJECT, date(2026, 12, 1)).register
    course = register.courses[POLICY]
    chain = chain_of(course, "0.3")
    found = provenance(chain.texts)
    assert {part.key.partition(".")[0] for part in found.parts if part.since == "0.3"} == {
        "",
        "13a",
    }
    told = list(origin_lines(Origins(register, course, chain, found)))
    assert "Artikel 1. Toepasselijkheid: sinds 0.2 of eerder (in werking 01-10-2018)" in told
    assert any("de tekst van 0.1 is niet bewaard" in line for line in told)
    assert "    instemming door MR, 18-06-2018, volgens het oude document" in told


# --- mistakes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (("2.9",), "Bedoelt u 2, 2.1, 2.2?"),
        (("xyz",), "In versie 0.3 staat geen artikel of lid xyz."),
        (("--versie", "9.9"), "Versie 9.9 van privacyreglement is er niet."),
        (("--versie", "0"), "Bewaard: 0.1, 0.2, 0.3."),
    ],
)
def test_what_is_not_there(school: Screen, line: tuple[str, ...], words: str) -> None:
    assert words in school.refused("herkomst", POLICY, *line, code=2)


def test_unknown_policy_and_one_without_a_text(school: Screen) -> None:
    assert "Er is geen beleid" in school.refused("herkomst", "huisreglement", code=2)
    school.fine("nieuw", "huisreglement", "--titel", "Huisreglement")
    assert "nog geen tekst vastgelegd" in school.refused("herkomst", "huisreglement", code=2)


def test_nothing_in_a_text_reaches_the_screen_unescaped(school: Screen) -> None:
    body = BODY.replace("Doel", "Do\x1b[31mel").replace("- a. inzage", "- a. in\u202ezage")
    write(school, body.replace("## Artikel 2.", "# Bij\u009blage\n\n## Artikel 2."))
    school.register("0.4")
    told = school.fine("herkomst", POLICY, "--versie", "0.4", "--woorden")
    assert not {"\x1b", "\u202e", "\u009b"} & set(told)
