"""Attacks on one roster: edited, short of votes, with double people or keys, or taken out."""

from __future__ import annotations

import base64

from attacks import (
    ANNA,
    BERT,
    BOTH,
    ELLA,
    GELDIG,
    GEWIJZIGD,
    ONBEKEND,
    ONGELDIG,
    changed,
    nothing_more,
    word,
)
from beleidsbeheer.domain.entry import read_entry
from beleidsbeheer.domain.roster import read_roster, roster_defects
from beleidsbeheer.domain.sshkey import parse_public_key_blob
from simulator import SECRETARY, Key, Person, Simulator
from sshsig_mutants import SK_ED25519, wire


def test_roster_edited_in_place() -> None:
    """A threshold changed inside a signed roster takes the roster, and all under it, away."""
    school = Simulator.begun(SECRETARY, ANNA)
    roster = school.succeed(SECRETARY, ANNA)
    entry = school.register("0.1")
    before = school.counted()
    members = [*roster.fields["leden"], Person("vreemd", ("secretaris",)).row]
    school.files[roster.path] = changed(roster, {"leden": members})
    assert word(school, roster) == GEWIJZIGD
    assert word(school, entry) == ONBEKEND
    nothing_more(before, school)


def test_roster_below_threshold() -> None:
    """One of two beheerders proposes; that is a proposal and no roster."""
    school = Simulator.begun(*BOTH, threshold=2)
    before, root = school.counted(), school.root
    roster = school.propose(SECRETARY)
    school.move_to(roster)
    entry = school.register("0.1")
    assert school.in_force() == root
    assert word(school, entry) == ONGELDIG
    nothing_more(before, school, roster)


def test_newcomer_votes_for_itself() -> None:
    """A beheerder of the new roster has no vote on it: the previous roster decides."""
    school = Simulator.begun(*BOTH, threshold=2)
    before, root = school.counted(), school.root
    roster = school.propose(SECRETARY, BERT)
    acceptance = school.accept(BERT, roster)
    under_new = school.under(roster).agree(
        BERT, roster, rooster=roster.digest, rust_op=[roster.digest]
    )
    under_old = school.agree(BERT, roster)
    assert school.in_force() == root
    assert {word(school, under_new), word(school, under_old)} == {ONGELDIG}
    nothing_more(before, school, roster, acceptance)


def test_one_person_votes_twice() -> None:
    """Two signatures of one person are one person."""
    school = Simulator.begun(*BOTH, threshold=2)
    before, root = school.counted(), school.root
    roster = school.propose(SECRETARY)
    vote, again = (
        school.agree(SECRETARY, roster),
        school.agree(SECRETARY, roster, datum="2026-01-02"),
    )
    assert school.in_force() == root
    nothing_more(before, school, roster, vote, again)


def test_one_person_votes_with_two_keys() -> None:
    """Persons count, not keys."""
    two_keys = Person("secretaris", SECRETARY.roles, (SECRETARY.key, Key("reserve")))
    school = Simulator.begun(two_keys, ANNA, threshold=2)
    second = two_keys.using(Key("reserve"))
    proof = school.sign(second, "beheerder", "aanvaarding", betreft=school.root)
    before, root = school.counted(), school.root
    roster = school.propose(two_keys)
    vote = school.agree(second, roster)
    assert word(school, vote) == word(school, proof) == GELDIG
    assert school.in_force() == root
    nothing_more(before, school, roster, vote)


def test_one_key_for_two_persons() -> None:
    """A roster in which two ids share a key would let one person be two."""
    school = Simulator.begun(SECRETARY)
    before, root = school.counted(), school.root
    roster = school.propose(SECRETARY, ANNA, ANNA.using(ANNA.key), Person("bert", ("beheerder",), (ANNA.key,)), threshold=2)  # fmt: skip
    assert word(school, roster) == ONGELDIG
    assert school.in_force() == root
    nothing_more(before, school)


def test_one_key_in_two_encodings() -> None:
    """The same point as a plain and as a FIDO key is one secret, so it is one key."""
    point = ANNA.key.private.public_key().public_bytes_raw()
    wrapped = parse_public_key_blob(wire(SK_ED25519, point, "ssh:school"))
    school = Simulator.begun(SECRETARY)
    before, root = school.counted(), school.root
    other = {**BERT.row, "sleutels": [{"sleutel": wrapped.line}]}
    roster = school.propose(SECRETARY, leden=[SECRETARY.row, ANNA.row, other])
    assert word(school, roster) == ONGELDIG
    assert "meer dan één keer" in roster_defects(read_roster(roster))[0]
    assert school.in_force() == root
    nothing_more(before, school)


def test_one_person_in_two_rows() -> None:
    """Two rows with one id would leave it to the reader which of them holds."""
    school = Simulator.begun(SECRETARY)
    before, root = school.counted(), school.root
    roster = school.propose(SECRETARY, ANNA, Person("anna", ("secretaris",), (Key("x"),)))
    assert word(school, roster) == ONGELDIG
    assert school.in_force() == root
    nothing_more(before, school)


def test_unreadable_key_in_a_roster() -> None:
    """A roster with a key that no program would accept has no force."""
    school = Simulator.begun(SECRETARY)
    before, root = school.counted(), school.root
    small = wire("ssh-ed25519", b"\x01" + bytes(31))
    line = "ssh-ed25519 " + base64.b64encode(small).decode()
    roster = school.propose(leden=[SECRETARY.row, {**ANNA.row, "sleutels": [{"sleutel": line}]}])
    assert word(school, roster) == ONGELDIG
    assert school.in_force() == root
    nothing_more(before, school)


def test_threshold_larger_than_administrators() -> None:
    """A roster that could never decide anything has no force."""
    school = Simulator.begun(SECRETARY)
    before, root = school.counted(), school.root
    roster = school.propose(SECRETARY, ELLA, threshold=2)
    assert word(school, roster) == ONGELDIG
    assert school.in_force() == root
    nothing_more(before, school)


def test_roster_that_would_lock_everybody_out() -> None:
    """A roster of which no beheerder showed a working key waits until one did."""
    school = Simulator.begun(SECRETARY)
    root = school.root
    roster = school.propose(ANNA)
    assert school.in_force() == root
    school.accept(ANNA, roster)
    assert school.in_force() == roster.digest


def test_roster_number_skipped() -> None:
    """Rosters follow each other by one, so that a missing one is seen."""
    school = Simulator.begun(SECRETARY)
    before, root = school.counted(), school.root
    roster = school.propose(SECRETARY, number=2)
    assert word(school, roster) == ONGELDIG
    assert school.in_force() == root
    nothing_more(before, school)


def test_roster_taken_out_of_the_middle() -> None:
    """Without the second roster the third hangs in the air, and so does all that was signed under it."""
    school = Simulator.begun(SECRETARY, ELLA)
    middle = school.succeed(SECRETARY)
    school.succeed(SECRETARY)
    entry = school.register("0.1")
    before = school.counted()
    school.remove(middle)
    assert word(school, entry) == ONBEKEND
    assert any(f.rule == "ontbreekt" for f in school.verify().findings)
    nothing_more(before, school)


def test_repudiating_a_roster_in_force_has_no_effect() -> None:
    """A roster that is or was in force stays so: what rests on it cannot be swept away in one stroke."""
    school = Simulator.begun()
    first = read_entry(school.files[f"approvals/rooster/rooster-{school.root[:12]}.json"])
    entry = school.register("0.1")
    following = school.propose(SECRETARY)
    school.move_to(following)
    for roster in (first, following):
        school.repudiate(roster)
        assert school.counts(roster)
        assert school.counts(entry)
