"""How we know of a decision: a body's own signature, or an attestation with a letter; never taken for one another."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from act_lines import (
    LETTER,
    add_rules,
    adopt,
    change_rules,
    confirm,
    consent,
    digest_of,
    letter,
    received,
    seat,
    stated,
    submit,
    take_back,
    to_consented,
    to_registered,
    to_submitted,
    touch,
)
from desk import BEGIN, POLICY, Capture, Hand, Screen, copied

_UNCONFIRMED = "is nog niet bevestigd door een brief van de raad)"
_OUTSIDE = "Ontvangstbewijs van de secretaris (de brief zelf staat niet in het register)\n"
_TEN_MIB = 10 * 1024 * 1024


@pytest.fixture
def school(capsys: Capture, tmp_path: Path) -> Screen:
    return copied(capsys, tmp_path, to_registered)


@pytest.fixture
def submitted(capsys: Capture, tmp_path: Path) -> Screen:
    return copied(capsys, tmp_path, to_submitted)


@pytest.fixture
def consented(capsys: Capture, tmp_path: Path) -> Screen:
    return copied(capsys, tmp_path, to_consented)


@pytest.fixture
def parents(submitted: Screen) -> Hand:
    """Somebody of the parents with a key of their own, which no letter has confirmed."""
    return seat(submitted, "mr-ouders")


# --- attested by the secretary ---------------------------------------------------------------------------


def test_letter_itself_stays_outside(submitted: Screen) -> None:
    """Hash, size and the day on which it came in are signed; the letter is nowhere in the register."""
    told = submitted.fine(*consent("ouders"), *received(submitted))
    assert _OUTSIDE in told
    signed = stated(submitted, "instemming")
    assert signed["door"]["rol"] == "secretaris"
    assert signed["ontvangst"] == {
        "op": "2026-11-23",
        "sha256": hashlib.sha256(LETTER).hexdigest(),
        "bytes": len(LETTER),
    }
    assert not any(LETTER in content for content in submitted.files().values())


def test_day_of_receipt_implies_a_receipt(submitted: Screen) -> None:
    later = submitted.on("2026-12-01")
    told = later.fine(*consent("ouders"), "--ontvangen-op", "25-11-2026", *letter(later))
    assert _OUTSIDE in told
    assert stated(later, "instemming")["ontvangst"]["op"] == "2026-11-25"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-11-20", "De ontvangst (20-11-2026) ligt vóór de vergadering (23-11-2026)"),
        ("2026-12-20", "(20-12-2026)"),
    ],
)
def test_day_of_receipt_that_cannot_be(submitted: Screen, day: str, words: str) -> None:
    line = (*consent("ouders"), "--ontvangen-op", day)
    assert words in submitted.refused(*line, *letter(submitted))


def test_date_of_the_letter_lies_between(submitted: Screen) -> None:
    later = submitted.on("2026-12-01")
    said = later.refused(*consent("ouders"), "--brief-datum", "2026-11-20", *received(later))
    assert "De brief (20-11-2026) ligt vóór de vergadering (23-11-2026)" in said
    later.fine(*consent("ouders"), "--brief-datum", "2026-11-25", *received(later))
    assert stated(later, "instemming")["brief_datum"] == "2026-11-25"


def test_receipt_without_a_letter(submitted: Screen) -> None:
    said = submitted.refused(*consent("ouders"), "--ontvangen", code=2)
    assert "Bij een ontvangstbewijs hoort de brief of het verslag." in said
    assert "Geef --brief BESTAND" in said


def test_letter_alone_is_no_receipt(submitted: Screen) -> None:
    """A secretary who forgets --ontvangen signs nothing, and hears which option it takes."""
    said = submitted.refused(*consent("ouders"), *letter(submitted))
    assert "secretaris kan niet tekenen namens de oudergeleding (OMR)" in said
    assert "--ontvangen --brief BESTAND" in said


def test_council_gives_no_receipt(submitted: Screen, parents: Hand) -> None:
    said = submitted.refused(*consent("ouders"), *received(submitted), *parents.signs)
    assert "mr-ouders kan geen ontvangstbewijs geven; dat doet een secretaris." in said


# --- the letter ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("brief.PDF", "pdf"),
        ("brief", "bin"),
        ("brief.", "bin"),
        (".pdf", "bin"),
        ("verslag.tar.gz", "gz"),
        ("brief.een-twee", "bin"),
        ("brief.é", "bin"),
        ("brief.negentien", "bin"),
        ("brief.json", "bin"),
        ("brief.sig", "bin"),
        ("brief.toml", "bin"),
    ],
)
def test_kept_copy(submitted: Screen, name: str, suffix: str) -> None:
    """On request a copy is in the register, under its hash; its name is never that of a signed file."""
    line = (*consent("ouders"), "--ontvangen", "--bewaar-brief")
    told = submitted.fine(*line, *letter(submitted, name=name))
    path = f"approvals/{POLICY}/brief-{hashlib.sha256(LETTER).hexdigest()[:12]}.{suffix}"
    assert f"Ontvangstbewijs van de secretaris (een kopie van de brief staat in {path})" in told
    assert (submitted.folder / path).read_bytes() == LETTER
    assert path in submitted.last_commit()
    assert submitted.verify()["klopt"]
    assert not submitted.verify()["bevindingen"]


def test_one_letter_for_two_geledingen_is_kept_once(submitted: Screen) -> None:
    for geleding in ("ouders", "personeel"):
        submitted.fine(*consent(geleding), *received(submitted, "--bewaar-brief"))
    assert len(list(submitted.folder.glob(f"approvals/{POLICY}/brief-*"))) == 1
    submitted.fine(*adopt("2026-11-24"), *received(submitted))


def test_keeping_a_letter_that_is_not_given(submitted: Screen) -> None:
    said = submitted.refused(*consent("ouders"), "--bewaar-brief", code=2)
    assert "Welke brief wilt u bewaren?" in said
    assert "Geef ook --brief BESTAND." in said


def test_empty_letter(submitted: Screen) -> None:
    line = (*consent("ouders"), "--ontvangen", *letter(submitted, b""))
    assert "brief.pdf is leeg." in submitted.refused(*line, code=2)


@pytest.mark.parametrize("more", [0, 1])
def test_size_of_a_letter(submitted: Screen, more: int) -> None:
    """Ten MiB is fine, one byte more is refused with what to do."""
    path = submitted.folder.parent / "groot.pdf"
    with path.open("wb") as file:
        file.truncate(_TEN_MIB + more)
    line = (*consent("ouders"), "--ontvangen", "--brief", path)
    if more:
        said = submitted.refused(*line, code=2)
        assert "groot.pdf is groter dan 10 MiB." in said
        assert "Tip: Scan de brief" in said
    else:
        submitted.fine(*line)
        assert stated(submitted, "instemming")["ontvangst"]["bytes"] == _TEN_MIB


def test_folder_is_no_letter(submitted: Screen, tmp_path: Path) -> None:
    line = (*consent("ouders"), "--ontvangen", "--brief", tmp_path)
    assert "dat is een map." in submitted.refused(*line, code=2)


# --- signed by the council itself ----------------------------------------------------------------------------


def test_council_signs_itself(submitted: Screen, parents: Hand) -> None:
    """Until a letter confirms the key the screen says so; after that it is the council's own signature."""
    told = submitted.fine(*consent("ouders"), *parents.signs)
    assert f"Handtekening van de raad (de sleutel van mr-ouders {_UNCONFIRMED}\n" in told
    signed = stated(submitted, "instemming")
    assert signed["door"]["persoon"] == "mr-ouders"
    assert "ontvangst" not in signed
    staff = seat(submitted, "mr-personeel")
    confirm(submitted, staff)
    told = submitted.fine(*consent("personeel"), *staff.signs)
    assert "Handtekening van de raad\n" in told
    submitted.fine(*adopt("2026-11-24"), *received(submitted))
    assert submitted.verify()["klopt"]


def test_own_signature_with_the_minutes(submitted: Screen, parents: Hand) -> None:
    """Who signs may add the hash of the minutes, or a copy of them; it stays an own signature."""
    line = (*consent("ouders"), *letter(submitted), "--bewaar-brief")
    told = submitted.fine(*line, *parents.signs)
    assert "Handtekening van de raad" in told
    assert "; met de afdruk van de brief, en een kopie in approvals/" in told
    signed = stated(submitted, "instemming")
    assert signed["brief"] == {
        "sha256": hashlib.sha256(LETTER).hexdigest(),
        "bytes": len(LETTER),
    }


def test_chair_signs_for_each_geleding(submitted: Screen) -> None:
    chair = seat(submitted, "mr-voorzitter")
    for geleding in ("ouders", "personeel"):
        submitted.fine(*consent(geleding), *chair.signs)
    submitted.fine(*adopt("2026-11-24"), *received(submitted))


def test_one_geleding_does_not_sign_for_another(submitted: Screen, parents: Hand) -> None:
    said = submitted.refused(*consent("personeel"), *parents.signs)
    assert "mr-ouders kan niet tekenen namens de personeelsgeleding (PMR)" in said
    assert "mr-personeel of mr-voorzitter" in said


def test_council_does_not_adopt(consented: Screen) -> None:
    chair = seat(consented, "mr-voorzitter")
    said = consented.refused(*adopt("2026-11-24"), *chair.signs)
    assert "mr-voorzitter kan niet tekenen namens het bestuur" in said


def test_same_answer_twice(submitted: Screen, parents: Hand) -> None:
    submitted.fine(*consent("ouders"), *parents.signs)
    said = submitted.refused(*consent("ouders"), *parents.signs)
    assert "Dit is al vastgelegd: de oudergeleding (OMR), ingestemd, versie 0.1." in said


def test_council_takes_its_own_answer_back(submitted: Screen, parents: Hand) -> None:
    submitted.fine(*consent("ouders"), *parents.signs)
    digest = digest_of(submitted, "instemming")
    submitted.refused(*take_back(digest))
    told = submitted.fine(*take_back(digest), *parents.signs)
    assert "Handtekening van de raad" in told
    said = submitted.refused(*adopt("2026-11-24"), *received(submitted))
    assert "De oudergeleding (OMR) heeft nog niet ingestemd" in said


def test_secretary_hears_who_takes_back(submitted: Screen, parents: Hand) -> None:
    submitted.fine(*consent("ouders"), *parents.signs)
    said = submitted.refused(*take_back(digest_of(submitted, "instemming")))
    assert "kan alleen mr-ouders terugnemen, niet secretaris" in said


def test_taking_back_can_be_attested(submitted: Screen) -> None:
    submitted.fine(*consent("ouders"), *received(submitted))
    told = submitted.fine(*take_back(digest_of(submitted, "instemming")), *received(submitted))
    assert _OUTSIDE in told


# --- where the rules demand an own signature -------------------------------------------------------------------


def test_council_that_must_sign_itself(school: Screen) -> None:
    """No attestation, and no key that no letter confirmed."""
    change_rules(school, "[organen.mr]", "[organen.mr]\neigen_handtekening = true")
    school.fine(*submit())
    said = school.refused(*consent("ouders"), *received(school))
    assert "een ontvangstbewijs telt niet" in said
    parents = seat(school, "mr-ouders")
    said = school.refused(*consent("ouders"), *parents.signs)
    assert "De sleutel van mr-ouders is nog niet bevestigd door de raad." in said
    assert "beleid rooster bevestig mr-ouders" in said
    confirm(school, parents)
    assert "Handtekening van de raad\n" in school.fine(*consent("ouders"), *parents.signs)


def test_board_that_must_sign_itself(consented: Screen) -> None:
    add_rules(consented, "\n[bestuur]\neigen_handtekening = true\n")
    said = consented.refused(*adopt("2026-11-24"), *received(consented))
    assert "Dit register vraagt hier een handtekening van het bestuur zelf" in said
    board = seat(consented, "bestuurder", "bestuur")
    said = consented.refused(*adopt("2026-11-24"), *board.signs)
    assert "De sleutel van bestuurder is nog niet bevestigd door het bestuur." in said
    confirm(consented, board)
    assert "Handtekening van het bestuur\n" in consented.fine(*adopt("2026-11-24"), *board.signs)


def test_two_signatures_of_one_geleding(school: Screen) -> None:
    change_rules(school, "[organen.mr]", "[organen.mr]\nhandtekeningen = 2")
    school.fine(*submit())
    one, two = seat(school, "ouder-1", "mr-ouders"), seat(school, "ouder-2", "mr-ouders")
    told = school.fine(*consent("ouders"), *one.signs)
    assert "(1 van 2 handtekeningen)" in told
    told = school.fine(*consent("ouders"), *two.signs)
    assert "oudergeleding (OMR) heeft nog niet" not in told
    assert "personeelsgeleding (PMR) heeft nog niet" in told


# --- passphrases -----------------------------------------------------------------------------------------------


def test_no_passphrase_for_what_is_refused(capsys: Capture, tmp_path: Path) -> None:
    """With a locked key and nobody to ask: a refusal says why, and only what may pass needs the passphrase."""
    password = tmp_path / "wachtwoord.txt"
    password.write_text("vier losse woorden hier")
    unlock = ("--wachtwoord-bestand", password)
    school = Screen(capsys, tmp_path / "school")
    school.at(tmp_path).fine("begin", "school", *BEGIN, *unlock)
    school.fine("nieuw", POLICY, "--titel", "Privacyreglement")
    touch(school)
    school.register("0.1", *unlock)
    school.refused(*adopt("2027-01-01"), *received(school), code=1)
    assert "--wachtwoord-bestand" in school.refused(*submit(), code=3)
    school.fine(*submit(), *unlock)
