"""The seats of the council: a key is confirmed by its letter, and changes only with the council."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from desk import Hand, Screen, hand
from rosters import number_in_force, propose, state_of


@pytest.fixture
def chair(tmp_path: Path) -> Hand:
    return hand(tmp_path, "mr-voorzitter")


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "brief.txt"
    path.write_text("Namens de MR: de sleutel van onze voorzitter heeft deze afdruk.")
    return path


@pytest.fixture
def council(running: Screen, chair: Hand, letter: Path) -> Screen:
    """A roster with a chair of the council, whose key her council confirmed."""
    propose(running, chair, "mr-voorzitter")
    running.fine("rooster", "aanvaard", *chair.signs)
    confirm(running, chair, letter)
    assert state_of(running, chair.person) == ["bevestigd"]
    return running


def confirm(screen: Screen, who: Hand, letter: Path) -> str:
    line = ("--afdruk", who.fingerprint, "--brief", letter, "--vergadering", "10-11-2026")
    return screen.fine("rooster", "bevestig", who.person, *line)


def test_council_key_is_unconfirmed_until_the_letter(
    running: Screen, chair: Hand, letter: Path
) -> None:
    """A key that the secretary put in alone is 'niet bevestigd' until a letter quotes it."""
    propose(running, chair, "mr-voorzitter")
    assert state_of(running, chair.person) == ["niet aanvaard"]
    running.fine("rooster", "aanvaard", *chair.signs)
    assert state_of(running, chair.person) == ["niet bevestigd"]
    assert "niet bevestigd" in running.fine("rooster", "toon")
    confirm(running, chair, letter)
    assert state_of(running, chair.person) == ["bevestigd"]


def test_letter_itself_stays_outside(council: Screen, letter: Path) -> None:
    """Only the hash and the size of the letter are in the register."""
    stated = json.loads(council.find("approvals/rooster/sleutelbevestiging-*.json").read_text())
    content = letter.read_bytes()
    assert stated["bewijs"] == {
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
    }
    assert not any(content in each for each in council.files().values())


def test_confirming_a_key_that_is_not_there(running: Screen, chair: Hand, letter: Path) -> None:
    """A fingerprint that cannot be one is refused before anything is signed."""
    line = ("--afdruk", "SHA256:kort", "--brief", letter, "--vergadering", "2026-11-10")
    said = running.refused("rooster", "bevestig", chair.person, *line, code=2)
    assert "SHA256" in said


def test_confirmed_key_changes_only_with_the_council(
    council: Screen, chair: Hand, tmp_path: Path
) -> None:
    """The secretary alone cannot swap the key of the council; the chair's own akkoord does it."""
    other = Hand(chair.person, hand(tmp_path, "nieuw").key)
    line = ("--persoon", chair.person, "--sleutel-van", other.public)
    told = council.fine("rooster", "voorstel", *line, "--sleutel-weg", chair.fingerprint)
    assert "akkoord van raad of bestuur zelf met de wijziging bij mr-voorzitter" in told
    council.fine("rooster", "aanvaard", *other.signs)
    assert number_in_force(council) == 1
    council.fine("rooster", "akkoord", *chair.signs)
    assert number_in_force(council) == 2
    assert state_of(council, chair.person) == ["niet bevestigd"]
    council.fine("verifieer")


def test_confirmed_seat_ends_only_with_the_council(council: Screen, chair: Hand) -> None:
    council.fine("rooster", "voorstel", "--persoon", chair.person, "--weg")
    assert number_in_force(council) == 1
    council.fine("rooster", "akkoord", *chair.signs)
    assert state_of(council, chair.person) == []


def test_seat_of_the_council_is_handed_over_by_one_letter(
    council: Screen, letter: Path, tmp_path: Path
) -> None:
    """The old chair need not sign: the letter of the council names the key of the new one."""
    new = hand(tmp_path, "nieuwe-voorzitter")
    told = propose(council, new, "mr-voorzitter", "--in-plaats-van", "mr-voorzitter")
    assert "akkoord van raad of bestuur zelf" in told
    assert number_in_force(council) == 1
    confirm(council, new, letter)
    assert number_in_force(council) == 2
    council.fine("rooster", "aanvaard", *new.signs)
    assert (state_of(council, "mr-voorzitter"), state_of(council, new.person)) == (
        [],
        ["bevestigd"],
    )
    council.fine("verifieer")


def test_letter_about_an_unknown_key(running: Screen, chair: Hand, letter: Path) -> None:
    line = ("--afdruk", chair.fingerprint, "--brief", letter, "--vergadering", "2026-11-10")
    said = running.refused("rooster", "bevestig", chair.person, *line, code=2)
    assert "Geen rooster geeft mr-voorzitter een sleutel" in said


def test_roster_json_has_its_documented_keys(council: Screen) -> None:
    shown = council.run("rooster", "toon", "--json").json
    assert list(shown) == ["schema", "wortel", "nummer", "drempel", "leden", "voorstellen"]
    assert shown["schema"] == "beleidsbeheer.rooster/1"
    assert list(shown["leden"][0]) == ["persoon", "naam", "rollen", "tot", "sleutels"]
    assert list(shown["leden"][0]["sleutels"][0]) == ["afdruk", "soort", "webadres", "staat"]


def test_a_confirmation_is_sealed_by_a_roster_that_changes_nothing(council: Screen) -> None:
    council.fine("rooster", "voorstel", "--verzegel")
    assert number_in_force(council) == 2
    sealed = [
        json.loads(path.read_text())["verzegelt"]
        for path in council.folder.glob("approvals/rooster/rooster-*.json")
    ]
    digest = council.find("approvals/rooster/sleutelbevestiging-*.json").stem.rpartition("-")[2]
    assert any(each.startswith(digest) for heads in sealed for each in heads)
