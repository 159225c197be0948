"""Who may sign, through the years: more beheerders, people who leave, mistakes and changed rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk import POLICY, WORKING, Capture, Hand, Screen, begun, hand
from rosters import number_in_force, propose, state_of


@pytest.fixture
def anna(tmp_path: Path) -> Hand:
    return hand(tmp_path, "anna")


@pytest.fixture
def two(running: Screen, anna: Hand) -> Screen:
    """Secretary and Anna are both beheerder, and both are needed."""
    propose(running, anna, "beheerder", "--drempel", "2")
    running.fine("rooster", "aanvaard", *anna.signs)
    assert number_in_force(running) == 1
    return running


# --- a second beheerder ------------------------------------------------------------------------------------


def test_second_beheerder_step_by_step(running: Screen, anna: Hand) -> None:
    """Proposed, then accepted, then in force; each step tells what is still needed."""
    told = propose(running, anna, "beheerder", "--drempel", "2")
    assert "werkt nog niet. Nog nodig:" in told
    assert "aanvaarding door: anna  (beleid rooster aanvaard)" in told
    assert number_in_force(running) == 0
    assert "Lopende voorstellen" in running.fine("rooster", "toon")
    running.fine("rooster", "aanvaard", *anna.signs)
    assert number_in_force(running) == 1
    shown = running.fine("rooster", "toon")
    assert "Rooster 1, drempel 2" in shown
    assert "Lopende voorstellen" not in shown
    assert "er is één beheerder" not in running.fine("status")
    running.fine("verifieer")


def test_each_step_is_one_commit(running: Screen, anna: Hand) -> None:
    propose(running, anna, "beheerder")
    assert {Path(path).name.split("-")[0] for path in running.last_commit()} == {"rooster"}
    assert len(running.last_commit()) == 2
    running.fine("rooster", "aanvaard", *anna.signs)
    assert {Path(path).name.split("-")[0] for path in running.last_commit()} == {"aanvaarding"}


def test_threshold_of_two_needs_two(two: Screen, anna: Hand, tmp_path: Path) -> None:
    """One beheerder proposes; the roster works once the other agrees."""
    bert = hand(tmp_path, "bert")
    told = propose(two, bert, "publicist", "--sleutel", secretary())
    assert "akkoord van 1 van: anna  (beleid rooster akkoord)" in told
    assert number_in_force(two) == 1
    assert "Rooster 2 is in werking." in two.fine("rooster", "akkoord", *anna.signs)
    assert number_in_force(two) == 2


def secretary() -> Path:
    from beleidsbeheer.storage.keys import key_folder

    return key_folder() / "secretaris-school"


def test_agreeing_twice_is_refused(two: Screen, tmp_path: Path) -> None:
    propose(two, hand(tmp_path, "bert"), "publicist")
    said = two.refused("rooster", "akkoord")
    assert "secretaris is al akkoord" in said


def test_nothing_to_agree_with(running: Screen) -> None:
    assert "Er loopt geen voorstel." in running.refused("rooster", "akkoord", code=2)


def test_two_proposals_ask_which(two: Screen, anna: Hand, tmp_path: Path) -> None:
    """With two proposals the program shows both and does not choose."""
    propose(two, hand(tmp_path, "bert"), "publicist")
    propose(two, hand(tmp_path, "carla"), "publicist")
    said = two.refused("rooster", "akkoord", *anna.signs, code=2)
    assert said.count("(rooster)") == 2
    proposals = two.run("rooster", "toon", "--json").json["voorstellen"]
    two.fine("rooster", "akkoord", proposals[0]["digest"][:12], *anna.signs)
    assert number_in_force(two) == 2


def test_threshold_above_the_number_of_beheerders(running: Screen) -> None:
    said = running.refused("rooster", "voorstel", "--drempel", "2")
    assert "de drempel is 2, maar" in said


def test_nobody_waits_for_acceptance(running: Screen, tmp_path: Path) -> None:
    said = running.refused("rooster", "aanvaard", *hand(tmp_path, "x").signs, code=3)
    assert "geen sleutel die nog aanvaard moet worden" in said


def test_key_that_was_not_accepted_cannot_sign(running: Screen, anna: Hand) -> None:
    propose(running, anna, "secretaris")
    running.edit()
    line = ("registreer", POLICY, "0.2", "--omschrijving", "x", *anna.signs)
    said = running.refused(*line)
    assert "de sleutel is nog niet aanvaard" in said
    assert "beleid rooster aanvaard" in said


def test_role_that_may_not_register(running: Screen, anna: Hand) -> None:
    propose(running, anna, "publicist")
    running.fine("rooster", "aanvaard", *anna.signs)
    running.edit()
    line = ("registreer", POLICY, "0.2", "--omschrijving", "x", *anna.signs)
    assert "anna mag geen registratie tekenen" in running.refused(*line)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (("--persoon", "anna"), "ten minste één rol en één sleutel"),
        (("--persoon", "anna", "--weg"), "anna staat niet in het rooster"),
        (("--persoon", "Anna de Wit", "--rol", "publicist"), "kan geen aanduiding zijn"),
        (("--persoon", "secretaris", "--sleutel-weg", "SHA256:onbekend"), "heeft geen sleutel"),
        (("--weg",), "--persoon"),
        (("--rol", "publicist"), "--persoon"),
    ],
)
def test_proposal_that_says_too_little(running: Screen, line: tuple[str, ...], words: str) -> None:
    assert words in running.refused("rooster", "voorstel", *line, code=2)


def test_one_key_for_two_persons(two: Screen, anna: Hand) -> None:
    line = ("--persoon", "bert", "--rol", "publicist", "--sleutel-van", anna.public)
    assert "meer dan één keer" in two.refused(
        "rooster", "voorstel", *line, "--sleutel", secretary()
    )


def test_council_and_board_in_one_hand(running: Screen, anna: Hand) -> None:
    line = ("--persoon", "anna", "--rol", "bestuur", "--rol", "mr-ouders", "--sleutel-van")
    assert "dat gaat niet samen" in running.refused("rooster", "voorstel", *line, anna.public)


# --- leaving, repudiating, vouching -----------------------------------------------------------------------------


def test_term_is_shown_and_ends(running: Screen, anna: Hand) -> None:
    """Nobody signs after the last day of the term."""
    propose(running, anna, "secretaris", "--tot", "31-12-2026")
    running.fine("rooster", "aanvaard", *anna.signs)
    assert "t/m 31-12-2026" in running.fine("rooster", "toon")
    running.edit()
    line = ("registreer", POLICY, "0.2", "--omschrijving", "x", *anna.signs)
    said = running.on("2027-01-01").refused(*line)
    assert "de termijn van anna liep tot en met 2026-12-31" in said
    running.on("2026-12-31").fine(*line)
    running.on("2027-01-01").fine("verifieer")


def test_dropped_person_signs_no_more(two: Screen, anna: Hand) -> None:
    """Who left keeps what was signed before, and can add nothing."""
    two.fine("rooster", "voorstel", "--persoon", "anna", "--weg", "--drempel", "1")
    two.fine("rooster", "akkoord", *anna.signs)
    assert state_of(two, "anna") == []
    said = two.refused("rooster", "voorstel", "--drempel", "2", *anna.signs, code=3)
    assert "staat niet in het rooster" in said
    two.fine("verifieer")


def test_seat_is_handed_over_in_one_step(two: Screen, anna: Hand, tmp_path: Path) -> None:
    """Who comes and who goes stand in one roster, so that the threshold can always be met."""
    bert = hand(tmp_path, "bert")
    propose(two, bert, "beheerder", "--in-plaats-van", "anna")
    two.fine("rooster", "aanvaard", *bert.signs)
    two.fine("rooster", "akkoord", *anna.signs)
    assert (state_of(two, "anna"), state_of(two, "bert")) == ([], ["aanvaard"])
    two.fine("verifieer")


def test_repudiated_entry_counts_no_more(running: Screen) -> None:
    """Nothing is removed, the version is no longer shown, and the register goes on with the next number."""
    digest = running.find(f"approvals/{POLICY}/0.1/*.json").stem.removeprefix("registratie-")
    assert "Dit is nu besloten." in running.fine("verwerp", digest, "--reden", "Verkeerde tekst")
    assert "verworpen door de beheerders" in running.fine("verifieer")
    assert running.run("versietabel", POLICY, "--json").json["versies"] == []
    running.edit()
    assert f"beleid registreer {POLICY} 0.2" in running.fine("status")
    running.fine("registreer", POLICY, "0.2", "--omschrijving", "Goede tekst")
    running.fine("verifieer")


def test_nothing_changes_is_no_proposal(running: Screen) -> None:
    assert "verandert er niets" in running.refused("rooster", "voorstel")


def test_the_root_cannot_be_repudiated(running: Screen) -> None:
    digest = running.find("approvals/rooster/rooster-*.json").stem.removeprefix("rooster-")
    said = running.refused("verwerp", digest, "--reden", "x")
    assert "Rooster 0 is (of was) in werking" in said


def test_repudiation_with_two_beheerders_needs_both(two: Screen, anna: Hand) -> None:
    digest = two.find(f"approvals/{POLICY}/0.1/*.json").stem.removeprefix("registratie-")
    told = two.fine("verwerp", digest, "--reden", "Verkeerde tekst")
    assert "Nog nodig: akkoord van 1 beheerder(s)." in told
    assert "geldig" in two.fine("verifieer")
    assert "Dit is nu besloten." in two.fine("rooster", "akkoord", *anna.signs)
    assert two.run("versietabel", POLICY, "--json").json["versies"] == []


def test_repudiating_what_is_not_there(running: Screen) -> None:
    said = running.refused("verwerp", "ffffffffffff", "--reden", "x", code=2)
    assert "begint met ffffffffffff" in said
    assert "de twaalf tekens uit de bestandsnaam" in said


def test_late_entry_is_vouched_for(running: Screen, anna: Hand) -> None:
    """Anna registers in a clone while she is dropped here: too late, until the beheerders vouch for it."""
    propose(running, anna, "secretaris")
    running.fine("rooster", "aanvaard", *anna.signs)
    there = running.clone("kloon")
    there.edit()
    there.register("0.2", *anna.signs)
    running.fine("rooster", "voorstel", "--persoon", "anna", "--weg")
    running.git("pull", "--quiet", "--no-rebase", "--no-edit", there.folder.as_uri(), "main")
    answer = running.run("verifieer")
    assert answer.code == 1
    assert "te laat: rooster 2 nam anna deze rol of sleutel af" in answer.out
    assert "beleid erken" in answer.out
    digest = running.find(f"approvals/{POLICY}/0.2/*.json").stem.removeprefix("registratie-")
    running.fine("erken", digest, "--reden", "Getekend voor het vertrek")
    assert "geldig                      privacyreglement 0.2" in running.fine("verifieer")


# --- beleid.toml ---------------------------------------------------------------------------------------------------


def test_changed_rules_are_seen_and_signed_anew(running: Screen) -> None:
    """Changed rules are 'gewijzigd na ondertekening' and close the gate, until a roster takes them along."""
    rules = running.files()["beleid.toml"].replace(b'"De Proefschool"', b'"De Nieuwe School"')
    running.write(rules, "beleid.toml")
    answer = running.run("verifieer")
    assert answer.code == 1
    assert "gewijzigd na ondertekening  beleid.toml" in answer.out
    running.edit()
    running.refused("registreer", POLICY, "0.2", "--omschrijving", "x")
    running.fine("rooster", "voorstel")
    assert "beleid.toml" in running.last_commit()
    running.fine("verifieer")
    running.register("0.2")
    assert "De Nieuwe School" in running.fine("versietabel", POLICY)


def test_broken_rules_are_not_signed(running: Screen) -> None:
    """A beleid.toml that cannot be read is not taken along."""
    running.write("dit is geen toml", "beleid.toml")
    assert running.run("verifieer").code == 1
    assert "beleid.toml" in running.refused("rooster", "voorstel", code=3)


# --- showing ----------------------------------------------------------------------------------------


def test_export_without_a_roster(capsys: Capture, tmp_path: Path) -> None:
    school = begun(capsys, tmp_path)
    school.find("approvals/rooster/rooster-*.json").unlink()
    assert "Er is geen rooster" in school.refused("rooster", "exporteer")
    assert school.run("rooster", "toon").code == 1


def test_working_text_is_left_alone(running: Screen, anna: Hand) -> None:
    """A change of the roster does not take half a draft along."""
    running.edit()
    propose(running, anna, "publicist")
    assert WORKING not in running.last_commit()
