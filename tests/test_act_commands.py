"""The way of a text through council and board as people type it, from voorleggen to intrekken."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from act_lines import (
    MEETING,
    PLAN,
    add_rules,
    adopt,
    begin_school,
    change_rules,
    consent,
    digest_of,
    letter,
    received,
    seat,
    stand,
    stated,
    submit,
    take_back,
    to_adopted,
    to_consented,
    to_registered,
    to_submitted,
    touch,
)
from beleidsbeheer.domain.terms import grouped
from desk import BEGIN, POLICY, Capture, Screen, begun, copied
from test_tables import PAPER

NEXT_DAY = "2026-11-24"


@pytest.fixture
def school(capsys: Capture, tmp_path: Path) -> Screen:
    """A registered text that three topics of the law are about."""
    return copied(capsys, tmp_path, to_registered)


@pytest.fixture
def submitted(capsys: Capture, tmp_path: Path) -> Screen:
    return copied(capsys, tmp_path, to_submitted)


@pytest.fixture
def consented(capsys: Capture, tmp_path: Path) -> Screen:
    return copied(capsys, tmp_path, to_consented)


@pytest.fixture
def adopted(capsys: Capture, tmp_path: Path) -> Screen:
    """Adopted today, in force tomorrow."""
    return copied(capsys, tmp_path, to_adopted)


@pytest.fixture
def empty(capsys: Capture, tmp_path: Path) -> Screen:
    """A place where no register is yet."""
    return Screen(capsys, tmp_path / "school")


# --- a whole life ------------------------------------------------------------------------------------------


def test_from_begin_to_repeal(empty: Screen) -> None:
    """The main job with a secretary and letters; each step says what is next, and all of it verifies."""
    begin_school(empty)
    empty.register("0.1")
    empty.refused(*adopt("2027-01-01"), *received(empty))
    told = empty.fine(*submit())
    assert "Instemming nodig van: de personeelsgeleding (PMR): WMS 12 lid 1 onder m" in told
    assert "Instemming nodig van: de oudergeleding (OMR): WMS 13 lid 1 onder i" in told
    empty.refused(*consent("ouders"))
    told = empty.fine(*consent("ouders"), *received(empty))
    assert "Nog niet rond: De personeelsgeleding (PMR) heeft nog niet ingestemd" in told
    empty.refused(*adopt("2027-01-01"), *received(empty))
    told = empty.fine(*consent("personeel"), *received(empty))
    assert f"beleid vaststellen {POLICY} 0.1 --inwerking DATUM" in told
    told = empty.fine(*adopt("2027-01-01"), *received(empty))
    assert f"Versie 0.1 van {POLICY} geldt vanaf 01-01-2027." in told
    assert f"beleid bekendmaken {POLICY} 0.1" in told
    assert stand(empty) == "vastgesteld"
    where = ("--waar", "https://www.example.org/privacy")
    told = empty.fine("bekendmaken", POLICY, "0.1", "--datum", "2026-11-23", *where)
    assert "sinds 23-11-2026 te lezen op https://www.example.org/privacy" in told
    later = empty.on("2028-01-10")
    assert stand(later) == "geldend"
    told = later.fine("bevestig", POLICY, "--volgende", "2030-01-10", *received(later))
    assert f"Versie 0.1 van {POLICY} blijft gelden. Weer bekijken: 10-01-2030." in told
    line = ("intrekken", POLICY, "--per", "2028-08-01", "--reden", "Opgegaan in ander beleid")
    told = later.fine(*line, *received(later))
    assert f"{POLICY} geldt tot en met 31-07-2028." in told
    told = later.fine(*take_back(digest_of(later, "intrekking")))
    assert f"Versie 0.1 van {POLICY} staat nu als: geldend" in told
    next_day = empty.on("2028-01-11")
    next_day.fine(*line, *received(next_day))
    after = empty.on("2028-08-01")
    assert stand(after) == "ingetrokken"
    assert after.verify()["klopt"]


def test_each_act_is_one_commit(school: Screen) -> None:
    before = school.commits()
    school.fine(*submit())
    assert school.commits() == before + 1
    assert len(school.last_commit()) == 2
    assert school.git("log", "-1", "--format=%s") == (f"Voorlegging {POLICY} 0.1 door secretaris\n")


def test_an_act_tells_the_path_and_the_hash_in_groups(school: Screen) -> None:
    """The hash of the frozen text, so that two people can read it to each other."""
    told = school.fine(*submit())
    path = school.find(f"approvals/{POLICY}/0.1/voorlegging-*.json").relative_to(school.folder)
    assert told.startswith(f"Getekend: {path.as_posix()}\n")
    text = (school.folder / f"reglement/{POLICY}/versies/0.1.md").read_bytes()
    groups = grouped(hashlib.sha256(text).hexdigest())
    assert " ".join(told.split()).count(groups) == 1


def test_groups_of_four() -> None:
    assert grouped("0123456789abcdef" * 4) == " ".join(["0123 4567 89ab cdef"] * 4)


# --- putting a text to a council ---------------------------------------------------------------------------


def test_submission_signs_who_is_asked_and_why(school: Screen) -> None:
    days = ("--vergadering", "08-12-2026", "--reageren-voor", "2026-12-22")
    told = school.fine(*submit("0.1", "--aan", "mr", *days))
    assert "Er is een antwoord nodig vóór 22-12-2026." in told
    assert "WMS 12 lid 1 onder m en WMS 12 lid 1 onder n\n" in told
    signed = stated(school, "voorlegging")
    assert signed["vereist"] == [
        {"geleding": "ouders", "grondslag": "WMS 13 lid 1 onder i"},
        {"geleding": "personeel", "grondslag": "WMS 12 lid 1 onder m"},
        {"geleding": "personeel", "grondslag": "WMS 12 lid 1 onder n"},
    ]
    assert (signed["beweegredenen"], signed["gevolgen"], signed["maatregelen"]) == PLAN[1::2]
    assert (signed["vergadering"], signed["reageren_voor"]) == ("2026-12-08", "2026-12-22")


def test_who_is_not_asked_gets_a_copy(capsys: Capture, tmp_path: Path) -> None:
    school = begun(capsys, tmp_path)
    touch(school, ["leerlinggegevens"])
    school.register("0.1")
    told = school.fine(*submit())
    assert "Afschrift voor: de personeelsgeleding (PMR)" in told
    assert stated(school, "voorlegging")["afschrift"] == ["personeel"]


def test_nobody_is_asked_only_for_a_signed_reason(running: Screen) -> None:
    """An empty raakt is refused, until somebody signs why nobody need consent; that stays visible."""
    said = running.refused(*submit())
    assert "raakt is leeg" in said
    told = running.fine(*submit("0.1", "--geen-instemming", "Alleen een nieuw adres"))
    assert "Let op: Voor versie 0.1 is niemand om instemming gevraagd." in told
    assert "Reden: Alleen een nieuw adres" in told
    assert f"Hierna: het bestuur stelt vast met: beleid vaststellen {POLICY} 0.1" in told
    running.fine(*adopt(NEXT_DAY), *received(running))


def test_reason_for_nobody_is_refused_when_somebody_must_consent(school: Screen) -> None:
    said = school.refused(*submit("0.1", "--geen-instemming", "Geen zin"))
    assert "Hier is wel instemming nodig" in said
    assert "WMS 12 lid 1 onder m" in said


def test_unknown_topic(capsys: Capture, tmp_path: Path) -> None:
    school = begun(capsys, tmp_path)
    touch(school, ["schooltuin"])
    school.register("0.1")
    said = school.refused(*submit())
    assert "Het kopblok noemt bij raakt: schooltuin." in said
    assert "leerlinggegevens" in said


def test_same_text_twice_to_the_same_council(submitted: Screen) -> None:
    said = submitted.refused(*submit())
    assert "ligt sinds 23-11-2026 al bij de MR" in said
    assert f"beleid trek-terug {POLICY} 0.1" in said


@pytest.mark.parametrize("option", ["--vergadering", "--reageren-voor"])
def test_submission_with_a_day_that_has_passed(school: Screen, option: str) -> None:
    said = school.refused(*submit("0.1", option, "2026-11-22"))
    assert "ligt vóór de dag van voorleggen (23-11-2026)" in said


# --- which council -------------------------------------------------------------------------------------------


def test_two_councils_must_be_told_apart(empty: Screen) -> None:
    """With MR and GMR in beleid.toml nothing is guessed."""
    begin_school(empty, *BEGIN, "--orgaan", "GMR")
    empty.register("0.1")
    said = empty.refused(*submit(), code=2)
    assert "Welke raad bedoelt u? In beleid.toml staat: MR en GMR." in said
    assert "Geef --aan MR of GMR." in said
    told = empty.fine(*submit("0.1", "--aan", "gmr"))
    assert "de personeelsgeleding van de GMR: WMS 16 lid 1 jo. 12 lid 1 onder m" in told
    assert "stuur de GMR deze tekst" in told
    said = empty.refused(*consent("ouders"), *received(empty), code=2)
    assert "Geef --orgaan MR of GMR." in said
    said = empty.refused(*consent("ouders"), "--orgaan", "MR", *received(empty))
    assert f"Versie 0.1 van {POLICY} ligt niet bij de MR" in said
    for geleding in ("ouders", "personeel"):
        empty.fine(*consent(geleding), "--orgaan", "GMR", *received(empty))
    empty.fine(*adopt(NEXT_DAY), *received(empty))
    assert empty.verify()["klopt"]


def test_only_a_gmr(empty: Screen) -> None:
    """The one council of beleid.toml need not be named, whichever it is."""
    begin_school(empty, "--organisatie", "Bestuur", "--sector", "po", "--orgaan", "GMR")
    empty.register("0.1")
    empty.fine(*submit())
    assert stated(empty, "voorlegging")["orgaan"] == "gmr"
    said = empty.refused(*consent("ouders"))
    assert "gmr-ouders of gmr-voorzitter" in said


def test_council_that_takes_no_part(school: Screen) -> None:
    said = school.refused(*submit("0.1", "--aan", "GMR"))
    assert "Dit register kent geen GMR" in said


def test_three_geledingen_in_the_vo(empty: Screen) -> None:
    """Pupils have a say of their own in secondary education."""
    begin_school(empty, "--organisatie", "Het Lyceum", "--sector", "vo", "--orgaan", "MR")
    path = empty.folder / f"reglement/{POLICY}/reglement.md"
    path.write_text(path.read_text().replace("raakt = [", 'raakt = ["oudergegevens", '))
    empty.register("0.1")
    told = empty.fine(*submit())
    lines = [line for line in told.splitlines() if line.startswith("Instemming nodig van")]
    assert lines == [
        "Instemming nodig van: de personeelsgeleding (PMR): WMS 12 lid 1 onder m en WMS 12 lid 1 onder n",
        "Instemming nodig van: de oudergeleding (OMR): WMS 14 lid 2 onder f",
        "Instemming nodig van: de leerlinggeleding (LMR): WMS 14 lid 3 onder d",
    ]
    for geleding in ("personeel", "ouders", "leerlingen"):
        empty.refused(*adopt(NEXT_DAY), *received(empty))
        empty.fine(*consent(geleding), *received(empty))
    empty.fine(*adopt(NEXT_DAY), *received(empty))


# --- what a council says ---------------------------------------------------------------------------------------


def test_conditions_hold_the_gate_until_they_are_confirmed(submitted: Screen) -> None:
    """A conditional yes is no yes yet; the same geleding confirms that the text meets its conditions."""
    submitted.fine(*consent("personeel"), *received(submitted))
    two = ("--voorwaarde", "Evaluatie na een jaar", "--voorwaarde", "Uitleg aan ouders")
    told = submitted.fine(*consent("ouders", "onder-voorwaarden", *two), *received(submitted))
    assert "stemde onder voorwaarden in" in told
    assert "--geleding ouders --uitkomst ingestemd" in told
    assert stated_outcomes(submitted)["onder-voorwaarden"]["voorwaarden"] == list(two[1::2])
    said = submitted.refused(*adopt(NEXT_DAY), *received(submitted))
    assert "stemde onder voorwaarden in" in said
    told = submitted.fine(*consent("ouders"), *received(submitted))
    assert "Alles wat nodig is voor versie 0.1 is er." in told
    submitted.fine(*adopt(NEXT_DAY), *received(submitted))


def stated_outcomes(screen: Screen) -> dict[str, dict[str, object]]:
    """What the geleding ouders said, by outcome."""
    found = (
        json.loads(path.read_text())
        for path in screen.folder.glob(f"approvals/{POLICY}/0.1/instemming-*.json")
    )
    return {each["uitkomst"]: each for each in found if each["geleding"] == "ouders"}


@pytest.mark.parametrize(
    ("outcome", "conditions"),
    [("onder-voorwaarden", ()), ("ingestemd", ("--voorwaarde", "x"))],
)
def test_conditions_and_outcome_go_together(
    submitted: Screen, outcome: str, conditions: tuple[str, ...]
) -> None:
    line = consent("ouders", outcome, *conditions)
    said = submitted.refused(*line, *received(submitted), code=2)
    assert "Voorwaarden horen bij de uitkomst onder-voorwaarden, en daar alleen." in said


@pytest.mark.parametrize(
    ("given", "signed"),
    [
        (("--voor", "4"), (4, 0, 0, 4)),
        (("--voor", "4", "--tegen", "2", "--onthouding", "1"), (4, 2, 1, 7)),
        (("--voor", "4", "--tegen", "1", "--aanwezig", "9"), (4, 1, 0, 9)),
    ],
)
def test_votes_are_completed(
    submitted: Screen, given: tuple[str, ...], signed: tuple[int, ...]
) -> None:
    submitted.fine(*consent("ouders", "ingestemd", *given), *received(submitted))
    votes = stated(submitted, "instemming")["stemmen"]
    assert tuple(votes[name] for name in ("voor", "tegen", "onthouding", "aanwezig")) == signed


def test_no_votes_are_no_votes(submitted: Screen) -> None:
    submitted.fine(*consent("ouders"), *received(submitted))
    assert "stemmen" not in stated(submitted, "instemming")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("--tegen", "2"), "Het aantal stemmen vóór ontbreekt."),
        (("--aanwezig", "5"), "Geef ook --voor; 0 mag ook."),
        (("--voor", "4", "--aanwezig", "3"), "Er zijn meer stemmen (4) dan aanwezigen (3)."),
        (("--voor", "-1"), "dat getal is te groot of te klein."),
        (("--voor", "1001"), "dat getal is te groot of te klein."),
        (("--voor", "vier"), "dat is geen heel getal."),
    ],
)
def test_votes_that_cannot_be(submitted: Screen, given: tuple[str, ...], words: str) -> None:
    line = consent("ouders", "ingestemd", *given)
    assert words in submitted.refused(*line, *received(submitted), code=2)


def test_yes_with_more_against_is_told(submitted: Screen) -> None:
    """Without rules of the council that is allowed, and said."""
    line = consent("ouders", "ingestemd", "--voor", "2", "--tegen", "3")
    told = submitted.fine(*line, *received(submitted))
    assert "Let op: De uitkomst is ingestemd, bij 2 voor en 3 tegen. Kijk de stemmen na." in told


def test_quorum_and_majority_of_the_council_itself(school: Screen) -> None:
    """Where beleid.toml names them, votes are needed and they must suffice."""
    change_rules(
        school,
        "[organen.mr]",
        '[organen.mr.quorum]\nouders = 3\n\n[organen.mr]\nmeerderheid = "volstrekt"',
    )
    school.fine(*submit())
    letters = received(school)
    said = school.refused(*consent("ouders"), *letters)
    assert "De regels vragen een quorum van 3; de stemmen ontbreken" in said
    assert "--voor, --tegen, --onthouding en --aanwezig" in said
    said = school.refused(*consent("ouders", "ingestemd", "--voor", "2"), *letters)
    assert "Er waren 2 aanwezigen; het quorum is 3" in said
    votes = ("--voor", "2", "--aanwezig", "4")
    said = school.refused(*consent("ouders", "ingestemd", *votes), *letters)
    assert "De meerderheid (volstrekt) is niet gehaald" in said
    school.fine(*consent("ouders", "ingestemd", "--voor", "3"), *letters)


@pytest.mark.parametrize("geleding", ["leerlingen", "geheel"])
def test_geleding_that_is_not_asked(submitted: Screen, geleding: str) -> None:
    said = submitted.refused(*consent(geleding), *received(submitted))
    assert "gevraagd is de oudergeleding (OMR) en de personeelsgeleding (PMR), elk apart" in said


def test_consent_comes_after_submission(school: Screen) -> None:
    said = school.refused(*consent("ouders"), *received(school))
    assert f"beleid voorleggen {POLICY} 0.1 --aan MR" in said


def test_meeting_in_the_future(submitted: Screen) -> None:
    line = ("instemming", POLICY, "0.1", "--geleding", "ouders", "--uitkomst", "ingestemd")
    days = ("--vergadering", "2026-12-08", "--kenmerk", "x")
    assert "08-12-2026" in submitted.refused(*line, *days, *received(submitted))


def test_consent_falls_with_the_text(consented: Screen) -> None:
    """Registering a changed text says whose consent does not hold for it; so does submitting it."""
    consented.edit("\n3. Nog een lid.\n")
    told = consented.register("0.2")
    fallen = (
        "Let op: De instemming van de oudergeleding (OMR) en de personeelsgeleding (PMR)"
        " met versie 0.1 geldt niet voor deze tekst. Veranderd: "
    )
    assert fallen in told
    assert "Nog een lid." in told
    assert fallen in consented.fine(*submit("0.2"))
    said = consented.refused(*adopt(NEXT_DAY, "0.2"), *received(consented))
    assert "heeft nog niet ingestemd met versie 0.2" in said


# --- the disputes commission --------------------------------------------------------------------------------


@pytest.fixture
def withheld(submitted: Screen) -> Screen:
    """The parents said no, the staff yes."""
    submitted.fine(*consent("personeel"), *received(submitted))
    told = submitted.fine(*consent("ouders", "niet-ingestemd"), *received(submitted))
    assert "heeft niet ingestemd met versie 0.1" in told
    assert "Drie wegen" in told
    return submitted


def ruling(*more: str | Path) -> tuple[str | Path, ...]:
    said = ("--geleding", "ouders", "--uitspraak", "2026-11-23", "--kenmerk", "LCG 26.004")
    return ("toestemming", POLICY, "0.1", *said, *more)


def test_permission_of_the_commission(withheld: Screen) -> None:
    """The commission opens the gate for that geleding; it is always an attestation."""
    said = withheld.refused(*adopt(NEXT_DAY), *received(withheld))
    assert "beleid toestemming" in said
    told = withheld.fine(*ruling(*letter(withheld)))
    assert (
        "Ontvangstbewijs van de secretaris (de uitspraak zelf staat niet in het register)" in told
    )
    assert "Alles wat nodig is voor versie 0.1 is er." in told
    signed = stated(withheld, "toestemming")
    assert (signed["uitkomst"], signed["ontvangst"]["op"]) == ("verleend", "2026-11-23")
    withheld.fine(*adopt(NEXT_DAY), *received(withheld))


def test_commission_that_refuses(withheld: Screen) -> None:
    told = withheld.fine(*ruling("--uitkomst", "geweigerd", *received(withheld)))
    assert "Nog niet rond: De oudergeleding (OMR) heeft niet ingestemd" in told
    withheld.refused(*adopt(NEXT_DAY), *received(withheld))


def test_ruling_without_the_ruling(withheld: Screen) -> None:
    said = withheld.refused(*ruling(), code=2)
    assert "Geef --brief BESTAND" in said


def test_commission_only_after_a_no(submitted: Screen) -> None:
    said = submitted.refused(*ruling(*letter(submitted)))
    assert "Er is geen onthouden instemming waarover de commissie kan oordelen" in said


def test_no_stands_until_it_is_taken_back(withheld: Screen) -> None:
    """A yes after a no is refused; whoever thinks again takes the no back first."""
    said = withheld.refused(*consent("ouders"), *received(withheld))
    start = said.index("beleid trek-terug")
    what = said[start:].split()[3]
    assert "neemt de secretaris alleen terug als de raad dat schrijft" in withheld.refused(
        *take_back(what)
    )
    told = withheld.fine(*take_back(what), *received(withheld))
    assert "Telt niet meer: approvals/" in told
    withheld.fine(*consent("ouders"), *received(withheld))
    withheld.fine(*adopt(NEXT_DAY), *received(withheld))


# --- editorial changes ------------------------------------------------------------------------------------------

EDITORIAL = '\n[redactioneel]\ntoegestaan = true\ngrondslag = "MR-reglement artikel 9"\n'


def accept(version: str, *more: str | Path) -> tuple[str | Path, ...]:
    return ("aanvaard-redactioneel", POLICY, version, *MEETING, *more)


def test_editorial_change_keeps_the_consents(consented: Screen) -> None:
    """One word corrected: the council accepts that, and nobody votes again."""
    add_rules(consented, EDITORIAL)
    path = consented.folder / f"reglement/{POLICY}/reglement.md"
    path.write_text(path.read_text().replace("bevoegd gezag: het", "bevoegd gezag: Het"))
    consented.register("0.2")
    later = consented.on("2026-12-08")
    told = later.fine(*submit("0.2", "--redactioneel", "0.1"))
    assert f"beleid aanvaard-redactioneel {POLICY} 0.2" in told
    said = ("--vergadering", "2026-12-08", "--kenmerk", "MR 2026-15")
    told = later.fine("aanvaard-redactioneel", POLICY, "0.2", *said, *received(later))
    assert "Ontvangstbewijs van de secretaris" in told
    assert "Alles wat nodig is voor versie 0.2 is er." in told
    later.fine(*adopt("2027-01-01", "0.2"), *received(later))
    assert later.verify()["klopt"]


def test_editorial_change_of_the_structure(consented: Screen) -> None:
    add_rules(consented, EDITORIAL)
    consented.edit("\n3. Nog een lid.\n")
    consented.register("0.2")
    said = consented.refused(*submit("0.2", "--redactioneel", "0.1"))
    assert "dat is niet redactioneel" in said


def test_editorial_where_the_rules_do_not_know_it(consented: Screen) -> None:
    consented.edit()
    consented.register("0.2")
    said = consented.refused(*submit("0.2", "--redactioneel", "0.1"))
    assert "kennen geen redactionele wijzigingen" in said
    said = consented.refused(*submit("0.2", "--redactioneel", "0.7"), code=2)
    assert "Versie 0.7 van privacyreglement is niet geregistreerd." in said


def test_accepting_as_editorial_what_is_not(submitted: Screen) -> None:
    said = submitted.refused(*accept("0.1", *received(submitted)))
    assert "is niet als redactionele wijziging voorgelegd" in said
    said = submitted.refused(*accept("0.1"))
    assert "mr-voorzitter" in said


# --- the board --------------------------------------------------------------------------------------------------


def test_board_signs_itself(consented: Screen) -> None:
    """Somebody of the board with a key of their own adopts, publishes nothing, and is told what is next."""
    board = seat(consented, "bestuurder", "bestuur")
    told = consented.fine(*adopt(NEXT_DAY), "--besluitnummer", "B 2026-31", *board.signs)
    assert "Handtekening van het bestuur" in told
    signed = stated(consented, "vaststelling")
    assert (signed["vergadering"], signed["besluitnummer"]) == ("2026-11-23", "B 2026-31")
    assert "ontvangst" not in signed


def test_adoption_that_works_back(consented: Screen) -> None:
    """Retroactive effect only with a reason of its own."""
    back = ("--terugwerkend-tot", "2026-08-01")
    for half in (back, ("--reden", "x")):
        said = consented.refused(*adopt(NEXT_DAY), *half, *received(consented), code=2)
        assert "Geef --terugwerkend-tot en --reden samen, of geen van beide." in said
    said = consented.refused(
        *adopt(NEXT_DAY),
        "--terugwerkend-tot",
        NEXT_DAY,
        "--reden",
        "x",
        *received(consented),
        code=2,
    )
    assert "Kies bij --terugwerkend-tot een dag vóór --inwerking." in said
    line = (*adopt(NEXT_DAY), *back, "--reden", "Begin van het schooljaar")
    told = consented.fine(*line, *received(consented))
    assert f"Versie 0.1 van {POLICY} geldt vanaf 01-08-2026." in told


def test_in_force_before_the_decision(consented: Screen) -> None:
    said = consented.refused(*adopt("2026-11-01"), *received(consented))
    assert "ligt vóór het besluit (23-11-2026)" in said
    assert "--terugwerkend-tot 2026-11-01 --reden" in said


def test_decision_before_the_consents(consented: Screen) -> None:
    line = (*adopt(NEXT_DAY), "--vergadering", "2026-11-20")
    said = consented.refused(*line, *received(consented))
    assert "Het besluit (20-11-2026) ligt vóór de instemming van" in said


def test_decision_in_the_future(consented: Screen) -> None:
    line = (*adopt("2027-01-01"), "--vergadering", "2026-12-15")
    said = consented.refused(*line, *received(consented))
    assert "Leg het besluit vast als het genomen is." in said


def test_adopted_twice(adopted: Screen) -> None:
    said = adopted.refused(*adopt("2027-01-01"), *received(adopted))
    assert "Versie 0.1 is al vastgesteld op 23-11-2026." in said


def test_published_before_adopted(consented: Screen) -> None:
    where = ("--datum", "2026-11-23", "--waar", "https://www.example.org/p")
    said = consented.refused("bekendmaken", POLICY, "0.1", *where)
    assert f"beleid vaststellen {POLICY} 0.1" in said


def test_published_late_is_told(adopted: Screen) -> None:
    late = adopted.on("2027-02-01")
    where = ("--datum", "2027-02-01", "--waar", "https://www.example.org/p")
    told = late.fine("bekendmaken", POLICY, "0.1", *where)
    assert (
        "Let op: Versie 0.1 geldt sinds 24-11-2026 en is pas op 01-02-2027 bekendgemaakt." in told
    )


@pytest.mark.parametrize("where", ["www.example.org", "", "ftp://example.org", "https://a b"])
def test_place_that_is_no_web_address(adopted: Screen, where: str) -> None:
    line = ("bekendmaken", POLICY, "0.1", "--datum", "2026-11-23", "--waar", where)
    assert "geen webadres" in adopted.refused(*line, code=2)


def test_publicist_publishes(adopted: Screen) -> None:
    publicist = seat(adopted, "publicist")
    where = ("--datum", "2026-11-23", "--waar", "https://www.example.org/p")
    adopted.fine("bekendmaken", POLICY, "0.1", *where, *publicist.signs)
    assert stated(adopted, "bekendmaking")["door"]["rol"] == "publicist"


def test_review_uses_the_term_of_the_rules(adopted: Screen) -> None:
    add_rules(adopted, "\n[termijnen]\nherziening_maanden = 24\n")
    later = adopted.on("2027-03-31")
    told = later.fine("bevestig", POLICY, *received(later))
    assert "Weer bekijken: 31-03-2029." in told


def test_review_without_a_term(adopted: Screen) -> None:
    later = adopted.on("2027-03-31")
    assert "Geef --volgende DATUM" in later.refused("bevestig", POLICY, *received(later), code=2)
    line = ("bevestig", POLICY, "--volgende", "2027-03-31")
    said = later.refused(*line, *received(later), code=2)
    assert "Kies bij --volgende een latere dag." in said


def test_review_of_what_is_not_in_force(adopted: Screen) -> None:
    line = ("bevestig", POLICY, "--volgende", "2030-01-01")
    said = adopted.refused(*line, *received(adopted))
    assert f"Er geldt geen tekst van {POLICY}." in said


def test_repeal_of_what_is_not_there(consented: Screen) -> None:
    line = ("intrekken", POLICY, "--per", "2027-01-01", "--reden", "x")
    said = consented.refused(*line, *received(consented))
    assert f"Er geldt geen tekst van {POLICY}." in said


def test_repeal_before_it_starts(adopted: Screen) -> None:
    line = ("intrekken", POLICY, "--per", NEXT_DAY, "--reden", "x")
    said = adopted.refused(*line, *received(adopted))
    assert "Kies een latere dag" in said


def test_nothing_new_after_repeal(adopted: Screen) -> None:
    later = adopted.on("2027-01-10")
    line = ("intrekken", POLICY, "--per", "2027-02-01", "--reden", "Opgegaan in ander beleid")
    later.fine(*line, *received(later))
    assert "Opgegaan" in stated(later, "intrekking")["reden"]
    later.edit()
    said = later.refused("registreer", POLICY, "0.2", "--omschrijving", "x")
    assert "is ingetrokken per 01-02-2027" in said
    said = later.refused(*line, *received(later))
    assert "is ingetrokken per 01-02-2027" in said


# --- taking back -------------------------------------------------------------------------------------------------


def test_submission_is_taken_back_by_its_version(submitted: Screen) -> None:
    told = submitted.fine(*take_back("0.1"))
    assert f"Versie 0.1 van {POLICY} staat nu als: teruggetrokken" in told
    said = submitted.refused(*consent("ouders"), *received(submitted))
    assert "ligt niet bij de MR" in said
    said = submitted.refused(*take_back("0.1"))
    assert "Versie 0.1 is niet voorgelegd" in said


@pytest.mark.parametrize("form", ["digest", "name", "path", "signature"])
def test_other_acts_are_taken_back_by_their_digest(consented: Screen, form: str) -> None:
    """The start of the digest, or the file as it was printed."""
    consented.fine(*adopt("2027-01-01"), *received(consented))
    path = consented.find(f"approvals/{POLICY}/0.1/vaststelling-*.json")
    what = {
        "digest": digest_of(consented, "vaststelling"),
        "name": path.name,
        "path": path.relative_to(consented.folder).as_posix(),
        "signature": path.name + ".sig",
    }[form]
    told = consented.fine(*take_back(what))
    assert f"Telt niet meer: approvals/{POLICY}/0.1/vaststelling-" in told
    assert stand(consented) == "definitief"


def test_too_late_to_take_back(adopted: Screen) -> None:
    digest = digest_of(adopted, "vaststelling")
    said = adopted.on(NEXT_DAY).refused(*take_back(digest))
    assert "geldt al sinds 24-11-2026" in said
    assert "is vastgesteld op 23-11-2026" in adopted.refused(*take_back("0.1"))


def test_somebody_else_cannot_take_back(consented: Screen) -> None:
    """What the secretary attested is not taken back by the board."""
    board = seat(consented, "bestuurder", "bestuur")
    consented.fine(*adopt("2027-01-01"), *received(consented))
    digest = digest_of(consented, "vaststelling")
    said = consented.refused(*take_back(digest), *board.signs)
    assert "kan alleen secretaris terugnemen, niet bestuur" in said


@pytest.mark.parametrize("what", ["abc", "0.9", "instemming", "x.json"])
def test_taking_back_what_is_not_there(submitted: Screen, what: str) -> None:
    said = submitted.refused(*take_back(what), code=2)
    assert f"Er is geen vastlegging van {POLICY} die begint met" in said


def test_taking_back_what_is_not_clear(submitted: Screen) -> None:
    """A start of a digest that fits more acts: all of them are named."""
    said = submitted.refused(*take_back(""), code=2)
    assert "Er zijn er meer: " in said
    assert f"{digest_of(submitted, 'voorlegging')} (voorlegging)" in said


# --- nullity ---------------------------------------------------------------------------------------------------


@pytest.fixture
def paper(capsys: Capture, tmp_path: Path) -> Screen:
    """A version that an old document says is in force, and that touches data of pupils."""
    return copied(capsys, tmp_path, take_over)


def take_over(school: Screen) -> None:
    old = '+++\ntitel = "Privacyreglement"\nraakt = ["leerlinggegevens"]\n+++\n\n# P\n\nOud.\n'
    around = school.at(school.folder.parent)
    around.write(PAPER, "oud.toml")
    around.write(old, "oud.md")
    school.write(old)
    school.fine("neem-over", POLICY, "--uit", around.folder / "oud.toml")


def void(told: str, *more: str | Path) -> tuple[str | Path, ...]:
    days = ("--ingeroepen", "2026-11-20", *(("--meegedeeld", told) if told else ()))
    said = ("--kenmerk", "MR 2026-16", "--reden", "Er is geen instemming gevraagd")
    return ("nietigheid", POLICY, "0.2", *days, *said, *more)


def test_nullity_in_time(paper: Screen) -> None:
    """A paper decision without consent, and a council that writes within six weeks: void."""
    assert stand(paper, "0.2") == "geldend (overgenomen)"
    told = paper.fine(*void("2026-11-02", *received(paper)))
    assert f"Versie 0.2 van {POLICY} staat nu als nietig; zij geldt niet meer." in told
    assert stand(paper, "0.2") == "nietig"
    signed = stated(paper, "nietigheid", "0.2")
    assert (signed["orgaan"], signed["meegedeeld_op"]) == ("mr", "2026-11-02")


@pytest.mark.parametrize("told", ["2026-10-01", ""])
def test_nullity_too_late_or_unknown(paper: Screen, told: str) -> None:
    said = paper.fine(*void(told, *received(paper)))
    assert "staat als geldend (overgenomen), en de raad betwist het besluit." in said


def test_nullity_by_the_council_itself(paper: Screen) -> None:
    chair = seat(paper, "mr-voorzitter")
    told = paper.fine(*void("2026-11-02", *chair.signs))
    assert "Handtekening van de raad" in told


def test_nullity_of_what_was_never_decided(paper: Screen) -> None:
    line = list(void("2026-11-02", *received(paper)))
    line[2] = "0.1"
    said = paper.refused(*line)
    assert "0.1" in said


def test_nullity_with_days_that_cannot_be(paper: Screen) -> None:
    said = paper.refused(*void("2026-11-21", *received(paper)))
    assert "kloppen niet met elkaar" in said


def test_nullity_of_an_adoption_with_all_consents(adopted: Screen) -> None:
    """The register shows every consent; the objection is recorded and stays visible."""
    line = ["nietigheid", POLICY, "0.1", "--ingeroepen", "2026-11-23", "--kenmerk", "x"]
    told = adopted.fine(*line, "--reden", "Wij zijn het er niet mee eens", *received(adopted))
    assert "Let op: De raad betwist het besluit over versie 0.1" in told
    assert "staat als vastgesteld, en de raad betwist het besluit." in told


# --- wrong use -----------------------------------------------------------------------------------------------------

_REASON = ("--reden", "x")
_LINES = {
    "voorleggen": PLAN,
    "instemming": ("--geleding", "ouders", "--uitkomst", "ingestemd", *MEETING),
    "aanvaard-redactioneel": MEETING,
    "toestemming": ("--geleding", "ouders", "--uitspraak", "2026-11-23", "--kenmerk", "x"),
    "vaststellen": ("--inwerking", NEXT_DAY),
    "bekendmaken": ("--datum", "2026-11-23", "--waar", "https://www.example.org/p"),
    "nietigheid": ("--ingeroepen", "2026-11-23", "--kenmerk", "x", *_REASON),
}
_WHOLE = {
    "bevestig": ("--volgende", "2030-01-01"),
    "intrekken": ("--per", "2027-08-01", *_REASON),
}
_SIDES = {**_LINES, **_WHOLE}
_OPTIONAL = {"bevestig": ("--volgende",)}


@pytest.mark.parametrize("command", _LINES)
def test_unknown_policy_and_version(submitted: Screen, command: str) -> None:
    said = submitted.refused(command, "schoolgids", "0.1", *_LINES[command], code=2)
    assert "Er is geen beleid met de naam schoolgids." in said
    assert f"Bekend: {POLICY}." in said
    said = submitted.refused(command, POLICY, "0.9", *_LINES[command], code=2)
    assert f"Versie 0.9 van {POLICY} is niet geregistreerd." in said
    assert "Bekend: 0.1." in said


@pytest.mark.parametrize("command", [*_WHOLE, "trek-terug"])
def test_unknown_policy(submitted: Screen, command: str) -> None:
    rest = _WHOLE.get(command, ("0.1", *_REASON))
    said = submitted.refused(command, "schoolgids", *rest, code=2)
    assert "Er is geen beleid met de naam schoolgids." in said


@pytest.mark.parametrize(
    ("command", "option"),
    [
        (command, option)
        for command, line in _SIDES.items()
        for option in line[::2]
        if option not in _OPTIONAL.get(command, ())
    ],
)
def test_every_needed_option_is_asked_for(submitted: Screen, command: str, option: str) -> None:
    line = list(_SIDES[command])
    place = line.index(option)
    del line[place : place + 2]
    version = () if command in _WHOLE else ("0.1",)
    said = submitted.refused(command, POLICY, *version, *line, code=2)
    assert said.startswith(f"Fout: {option} ontbreekt.")


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--geleding", "team", "kies uit personeel, ouders, leerlingen, geheel."),
        ("--uitkomst", "ja", "kies uit ingestemd, niet-ingestemd, onder-voorwaarden."),
        ("--orgaan", "OR", "kies uit MR, GMR."),
        ("--vergadering", "gisteren", "gisteren is geen datum"),
        ("--ontvangen-op", "31-02-2026", "31-02-2026 is geen datum"),
        ("--brief", "weg.pdf", "dat bestand of die map bestaat niet."),
        ("--kenmerk", "", "1 tot 100 tekens"),
        ("--kenmerk", "k" * 101, "1 tot 100 tekens"),
        ("--kenmerk", "a\nb", "stuurtekens"),
    ],
)
def test_value_that_cannot_be(submitted: Screen, option: str, value: str, words: str) -> None:
    line = (*consent("ouders"), *received(submitted))
    said = submitted.refused(*line, option, value, code=2)
    assert words in said


def test_acts_where_no_register_is(capsys: Capture, tmp_path: Path) -> None:
    nowhere = Screen(capsys, tmp_path)
    for command, line in _LINES.items():
        assert "geen register" in nowhere.refused(command, POLICY, "0.1", *line, code=3)


def test_nothing_is_built_on_a_register_that_is_not_sound(submitted: Screen) -> None:
    submitted.write("{}", f"approvals/{POLICY}/0.1/instemming-0123456789ab.json")
    said = submitted.refused(*consent("ouders"), *received(submitted))
    assert "Het register klopt nu niet" in said
    assert "beleid verifieer" in said


# --- start-up ------------------------------------------------------------------------------------------------------


def test_help_of_these_commands_is_quick() -> None:
    """What a command needs to sign is loaded when it signs."""
    modules = [name.replace("-", "_") for name in (*_SIDES, "trek-terug")]
    code = "import sys\n" + "".join(f"import beleidsbeheer.cli.{name}\n" for name in modules)
    line = [sys.executable, "-c", code + "print(*sys.modules)"]
    done = subprocess.run(line, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    heavy = {"cryptography", "git", "filelock", "rich", "markdown_it"}
    assert not loaded & {*heavy, "beleidsbeheer.actions.acts", "beleidsbeheer.domain.law"}


# --- several acts on one day ---------------------------------------------------------------------------------


def test_submission_with_consents_is_taken_back_on_the_same_day(consented: Screen) -> None:
    consented.fine(*take_back("0.1"))
    assert stand(consented) == "teruggetrokken"


def test_editorial_change_on_the_day_of_the_consents(consented: Screen) -> None:
    add_rules(consented, EDITORIAL)
    path = consented.folder / f"reglement/{POLICY}/reglement.md"
    path.write_text(path.read_text().replace("bevoegd gezag: het", "bevoegd gezag: Het"))
    consented.register("0.2")
    consented.fine(*submit("0.2", "--redactioneel", "0.1"))


def test_submitted_again_on_the_same_day_with_other_reasons(submitted: Screen) -> None:
    submitted.fine(*take_back("0.1"))
    line = ["Beter uitgelegd" if part == PLAN[1] else part for part in submit()]
    submitted.fine(*line)
    assert stand(submitted) == "voorgelegd"


def test_submitted_again_on_the_same_day(submitted: Screen) -> None:
    submitted.fine(*take_back("0.1"))
    submitted.fine(*submit())
    assert stand(submitted) == "voorgelegd"


def test_changed_text_is_told_before_anything_else(submitted: Screen) -> None:
    text = f"reglement/{POLICY}/versies/0.1.md"
    submitted.write((submitted.folder / text).read_bytes() + b"x", text)
    assert "Het register klopt nu niet" in submitted.refused(
        *consent("ouders"), *received(submitted)
    )


def test_bytes_that_are_no_text(school: Screen) -> None:
    """As a terminal in another encoding gives them."""
    line = ["\udcff" if part == PLAN[1] else part for part in submit()]
    school.refused(*line, code=2)
