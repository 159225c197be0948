"""One named test for each attack on a register. None may make more count than before it.

Each story: an honest register, one thing done to it by somebody who may not do that, and the verdict.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from beleidsbeheer.domain.entry import Entry, print_entry, read_entry
from beleidsbeheer.domain.model import text_path
from beleidsbeheer.domain.roster import read_roster, roster_defects
from beleidsbeheer.domain.signature import sign_ed25519
from beleidsbeheer.domain.sshkey import parse_public_key_blob
from beleidsbeheer.errors import EntryError
from simulator import RULES, SECRETARY, TODAY, Key, Person, Simulator
from sshsig_mutants import ORIGIN, SK_ED25519, WEBAUTHN, Odd, SoftKey, soft_keys, wire

GELDIG = "geldig"
GEWIJZIGD = "gewijzigd na ondertekening"
ONGELDIG = "ongeldig"
ONBEKEND = "niet te beoordelen"

ANNA = Person("anna", ("beheerder",))
BERT = Person("bert", ("beheerder",))
CHAIR = Person("voorzitter", ("mr-voorzitter",))
NEXT_CHAIR = Person("opvolger", ("mr-voorzitter",))
ELLA = Person("ella", ("secretaris",))
BOTH = (SECRETARY, ANNA)


def word(simulator: Simulator, entry: Entry, root: str = "") -> str:
    """The verdict word on the file of this entry."""
    found = {j.path: j for j in simulator.verify(root=root).judgements}
    return str(found[entry.path].verdict)


def reason(simulator: Simulator, entry: Entry) -> str:
    return simulator.verdict(entry).partition(": ")[2]


def nothing_more(before: frozenset[str], simulator: Simulator, *attack: Entry) -> None:
    """Nothing counts that did not count before. ``attack``: files that may be judged valid in
    themselves (a vote, a proposal), because they decide nothing."""
    new = simulator.counted() - before - {entry.digest for entry in attack}
    assert not new


def changed(entry: Entry, change: Mapping[str, Any]) -> bytes:
    return print_entry({**entry.fields, **change})


# --- bytes, names and places ----------------------------------------------------------------------------


def test_text_swapped_after_signing() -> None:
    """Another text under a registered number is told from the text that was signed."""
    school = Simulator.begun()
    entry = school.register("0.1", b"# Goed\n")
    before = school.counted()
    school.files[text_path("privacyreglement", "0.1")] = b"# Slim\n"
    assert word(school, entry) == GEWIJZIGD
    assert "0.1.md" in reason(school, entry)
    nothing_more(before, school)


def test_text_removed() -> None:
    """Without the text nobody can say whether it is the one that was signed."""
    school = Simulator.begun()
    entry = school.register("0.1")
    before = school.counted()
    del school.files[text_path("privacyreglement", "0.1")]
    assert word(school, entry) == ONBEKEND
    nothing_more(before, school)


def test_statement_edited_in_place() -> None:
    """A statement of which one letter changed no longer fits its own file name."""
    school = Simulator.begun()
    entry = school.register("0.1")
    before = school.counted()
    school.files[entry.path] = changed(entry, {"omschrijving": "Versie 0,1"})
    assert word(school, entry) == GEWIJZIGD
    nothing_more(before, school)


def test_statement_edited_and_renamed() -> None:
    """Renaming an edited statement to its new digest leaves a signature that does not fit."""
    school = Simulator.begun()
    entry = school.register("0.1")
    before = school.counted()
    forged = read_entry(changed(entry, {"omschrijving": "Versie 0,1"}))
    school.files[forged.path] = print_entry(forged.fields)
    school.files[forged.path + ".sig"] = school.files[entry.path + ".sig"]
    assert word(school, forged) == ONGELDIG
    nothing_more(before, school)


@pytest.mark.parametrize("place", ["anders/0.1", "privacyreglement/0.2"])
def test_entry_copied_to_another_policy_or_version(place: str) -> None:
    """An entry counts only on the place that its own bytes name."""
    school = Simulator.begun()
    entry = school.register("0.1")
    before = school.counted()
    copy = f"approvals/{place}/{entry.path.rpartition('/')[2]}"
    school.files[copy] = school.files[entry.path]
    school.files[copy + ".sig"] = school.files[entry.path + ".sig"]
    verdicts = {j.path: j.verdict for j in school.verify().judgements}
    assert verdicts[copy] == ONGELDIG
    assert verdicts[entry.path] == GELDIG
    nothing_more(before, school)


def test_entry_moved_off_its_place() -> None:
    """An entry that was moved no longer counts anywhere."""
    school = Simulator.begun()
    entry = school.register("0.1")
    before = school.counted()
    moved = entry.path.replace("/0.1/", "/0.2/")
    school.files[moved] = school.files.pop(entry.path)
    school.files[moved + ".sig"] = school.files.pop(entry.path + ".sig")
    assert {j.path: j.verdict for j in school.verify().judgements}[moved] == ONGELDIG
    nothing_more(before, school)


def test_entry_copied_to_another_register() -> None:
    """The same people with the same keys sign for one register only: the entry names its roster."""
    here, there = Simulator.begun(), Simulator.begun(SECRETARY, ANNA)
    entry = here.register("0.1")
    before = there.counted()
    for path in (entry.path, entry.path + ".sig", text_path("privacyreglement", "0.1")):
        there.files[path] = here.files[path]
    assert word(there, entry) == ONBEKEND
    nothing_more(before, there)


def test_signature_deleted() -> None:
    """A statement without its signature says nothing."""
    school = Simulator.begun()
    entry = school.register("0.1")
    before = school.counted()
    del school.files[entry.path + ".sig"]
    assert word(school, entry) == ONBEKEND
    nothing_more(before, school)


def test_signature_of_another_entry() -> None:
    """A signature by the right key over something else does not fit."""
    school = Simulator.begun()
    first, second = school.register("0.1"), school.register("0.2")
    before = school.counted()
    school.files[second.path + ".sig"] = school.files[first.path + ".sig"]
    assert word(school, second) == ONGELDIG
    nothing_more(before, school)


def test_namespace_confusion() -> None:
    """A signature that was made for another kind of act does not fit this one."""
    school = Simulator.begun()
    entry = school.register("0.1")
    before = school.counted()
    for namespace in ("beleidsbeheer.v1/lezing", "file", "beleidsbeheer.v1/registratie2"):
        armored = sign_ed25519(SECRETARY.key.private, school.files[entry.path], namespace)
        school.files[entry.path + ".sig"] = armored
        assert word(school, entry) == ONGELDIG
        nothing_more(before, school)


def test_beleid_toml_changed() -> None:
    """The rules of the register are signed by the roster; another sector is seen."""
    school = Simulator.begun()
    entry = school.register("0.1")
    before = school.counted()
    school.files["beleid.toml"] = RULES.replace(b'"po"', b'"vo"')
    verdicts = {j.path: j.verdict for j in school.verify().judgements}
    assert verdicts["beleid.toml"] == GEWIJZIGD
    assert not school.verify().sound
    assert word(school, entry) == GELDIG
    nothing_more(before, school)


# --- who signs ------------------------------------------------------------------------------------------


def test_role_not_held() -> None:
    """Naming a role does not give it."""
    school = Simulator.begun(SECRETARY, ANNA)
    before = school.counted()
    entry = school.register("0.1", by=ANNA)
    assert word(school, entry) == ONGELDIG
    assert "de rol secretaris niet" in reason(school, entry)
    nothing_more(before, school)


def test_role_that_may_not_sign_this() -> None:
    """A role that somebody does hold is not enough when the act belongs to another role."""
    school = Simulator.begun(SECRETARY, CHAIR)
    before = school.counted()
    entry = school.register(
        "0.1",
        by=CHAIR,
        door={
            "persoon": CHAIR.id,
            "rol": "mr-voorzitter",
            "sleutel": CHAIR.key.public.fingerprint,
        },
    )
    assert word(school, entry) == ONGELDIG
    nothing_more(before, school)


def test_key_of_another() -> None:
    """Anna cannot sign as the secretary with her own key."""
    school = Simulator.begun(SECRETARY, ANNA)
    before = school.counted()
    entry = school.register("0.1", by=SECRETARY.using(ANNA.key))
    assert word(school, entry) == ONGELDIG
    assert "niet van secretaris" in reason(school, entry)
    nothing_more(before, school)


def test_signed_with_another_key_than_it_names() -> None:
    """A statement that names the secretary's key and is signed with Anna's does not stand."""
    school = Simulator.begun(SECRETARY, ANNA)
    entry = school.register("0.1")
    before = school.counted()
    statement = school.files[entry.path]
    school.files[entry.path + ".sig"] = sign_ed25519(ANNA.key.private, statement, entry.namespace)
    assert word(school, entry) == ONGELDIG
    nothing_more(before, school)


def test_somebody_outside_the_roster() -> None:
    """A key that nobody put in a roster signs nothing."""
    school = Simulator.begun()
    before = school.counted()
    entry = school.register("0.1", by=Person("vreemd", ("secretaris",)))
    assert word(school, entry) == ONGELDIG
    nothing_more(before, school)


def test_unproven_key() -> None:
    """Somebody whose key another typed in signs nothing before showing that the key is theirs."""
    school = Simulator.begun(SECRETARY)
    roster = school.propose(SECRETARY, ELLA)
    school.move_to(roster)
    before = school.counted()
    entry = school.register("0.1", by=ELLA)
    assert word(school, entry) == ONGELDIG
    assert "aanvaard" in reason(school, entry)
    nothing_more(before, school)
    school.accept(ELLA, roster)
    assert word(school, entry) == GELDIG


def test_acceptance_by_another_proves_nothing() -> None:
    """The secretary cannot accept a key for Ella: acceptance is signed with that very key."""
    school = Simulator.begun(SECRETARY)
    roster = school.propose(SECRETARY, ELLA)
    school.move_to(roster)
    entry = school.register("0.1", by=ELLA)
    before = school.counted()
    forged = school.accept(ELLA.using(SECRETARY.key), roster)
    assert word(school, forged) == ONGELDIG
    assert word(school, entry) == ONGELDIG
    nothing_more(before, school)


@pytest.mark.parametrize("letter", ["*", "?", "!", ",", "é", "A", "_", ".", "@", " ", "\N{CYRILLIC SMALL LETTER A}"])  # fmt: skip
def test_pattern_characters_in_ids(letter: str) -> None:
    """OpenSSH reads principals as patterns, so an id that could be one is no id."""
    school = Simulator.begun()
    with pytest.raises(EntryError):
        school.register("0.1", by=Person(f"secr{letter}taris", ("secretaris",)))


def test_council_and_board_in_one_person() -> None:
    """Council and board are each other's counterpart, so a roster that joins them has no force."""
    school = Simulator.begun()
    before, root = school.counted(), school.root
    roster = school.propose(SECRETARY, Person("janus", ("bestuur", "mr-ouders")))
    assert word(school, roster) == ONGELDIG
    assert school.in_force() == root
    nothing_more(before, school)


# --- time -----------------------------------------------------------------------------------------------


def test_future_date() -> None:
    """What claims to be signed tomorrow does not count today."""
    school = Simulator.begun()
    before = school.counted()
    entry = school.register("0.1", datum="2026-11-24")
    assert word(school, entry) == ONGELDIG
    assert school.counts(entry, today=date(2026, 11, 24))
    nothing_more(before, school)


def test_date_before_its_grounds() -> None:
    """Nobody can rest on what did not yet exist."""
    school = Simulator.begun()
    school.day = "2026-03-01"
    first = school.register("0.1")
    before = school.counted()
    entry = school.register("0.2", after=[first], datum="2026-02-28")
    assert word(school, entry) == ONGELDIG
    assert first.path in reason(school, entry)
    nothing_more(before, school)


def test_date_before_its_roster() -> None:
    """Nobody can sign under a roster that did not yet exist."""
    school = Simulator.begun()
    before = school.counted()
    entry = school.register("0.1", datum="2025-12-31")
    assert word(school, entry) == ONGELDIG
    nothing_more(before, school)


def test_after_the_term() -> None:
    """The last day of the term counts, the day after it does not."""
    school = Simulator.begun(SECRETARY, Person("ella", ("secretaris",), until="2026-06-30"))
    last = school.register("0.1", by=ELLA, datum="2026-06-30")
    before = school.counted()
    entry = school.register("0.2", by=ELLA, datum="2026-07-01")
    assert word(school, last) == GELDIG
    assert word(school, entry) == ONGELDIG
    nothing_more(before, school)


def test_term_cut_short_is_not_escaped_under_the_old_roster() -> None:
    """A later roster ended Ella's term; signing under the old roster does not give it back."""
    school = Simulator.begun(SECRETARY, ELLA)
    old, school.day = school.root, "2026-05-01"
    school.succeed(SECRETARY, Person("ella", ("secretaris",), until="2026-05-31"))
    before = school.counted()
    entry = school.under(old, "2026-07-01").register("0.1", by=ELLA)
    assert word(school, entry) == ONGELDIG
    nothing_more(before, school)


# --- revocation -----------------------------------------------------------------------------------------


def rotated() -> tuple[Simulator, Person, str]:
    """A secretary whose first key was stolen and replaced; → register, the thief, the old roster."""
    thief = SECRETARY.using(Key("oud"))
    school = Simulator.begun(thief)
    old = school.root
    school.succeed(SECRETARY, by=thief)
    return school, thief, old


def test_revoked_key_backdates() -> None:
    """A thief dates an entry before the revocation; the roster that revoked never saw it: too late."""
    school, thief, old = rotated()
    before = school.counted()
    entry = school.under(old).register("0.1", by=thief)
    assert word(school, entry) == ONGELDIG
    assert "te laat" in reason(school, entry)
    nothing_more(before, school)


def test_what_a_roster_sealed_outlives_the_key() -> None:
    """What was signed and seen before the revocation keeps counting."""
    before = SECRETARY.using(Key("oud"))
    school = Simulator.begun(before)
    entry = school.register("0.1", by=before)
    roster = school.succeed(SECRETARY, by=before)
    assert school.in_force() == roster.digest
    assert word(school, entry) == GELDIG


def test_vouching_for_what_came_too_late() -> None:
    """The threshold can vouch for a late entry; one of two, or the thief himself, cannot."""
    thief = SECRETARY.using(Key("oud"))
    school = Simulator.begun(thief, ANNA, threshold=2)
    old = school.root
    roster = school.propose(*BOTH, threshold=2, by=ANNA)
    school.agree(thief, roster)
    school.accept(SECRETARY, roster)
    school.move_to(roster)
    entry = school.under(old).register("0.1", by=thief)
    before = school.counted()
    by_thief = school.under(old).vouch(entry, by=thief)
    school.agree(ANNA, by_thief)
    alone = school.vouch(entry)
    assert school.in_force() == roster.digest
    assert word(school, entry) == ONGELDIG
    nothing_more(before, school, alone, *school.votes_on(by_thief))
    school.agree(ANNA, alone)
    assert word(school, entry) == GELDIG


def test_person_dropped() -> None:
    """Whoever left the roster cannot sign under the roster of before."""
    school = Simulator.begun(SECRETARY, ELLA)
    old = school.root
    seen = school.register("0.1", by=ELLA)
    school.succeed(SECRETARY)
    before = school.counted()
    entry = school.under(old).register("0.2", by=ELLA)
    assert word(school, entry) == ONGELDIG
    assert word(school, seen) == GELDIG
    nothing_more(before, school)


def test_role_dropped() -> None:
    """Whoever lost the role cannot use it under the roster of before."""
    school = Simulator.begun(SECRETARY, ELLA)
    old = school.root
    school.succeed(SECRETARY, Person("ella", ("publicist",)))
    before = school.counted()
    entry = school.under(old).register("0.1", by=ELLA)
    assert word(school, entry) == ONGELDIG
    nothing_more(before, school)


def test_dropped_and_readmitted() -> None:
    """Coming back in a third roster does not reopen the time before the second."""
    school = Simulator.begun(SECRETARY, ELLA)
    old = school.root
    school.succeed(SECRETARY)
    school.succeed(SECRETARY, ELLA)
    before = school.counted()
    entry = school.under(old).register("0.1", by=ELLA)
    assert word(school, entry) == ONGELDIG
    nothing_more(before, school)


def test_entry_kept_back_to_be_sealed_unseen() -> None:
    """Naming the digest of an entry that is kept back must not get that entry sealed."""
    leaving = Person("anna", ("beheerder", "secretaris"))
    school = Simulator.begun(SECRETARY, BERT, leaving, threshold=2)
    hand = school.copy()
    kept_back = hand.register("0.1", by=leaving)
    proposal = school.propose(SECRETARY, leaving, by=leaving, seals=[kept_back.digest])
    school.agree(leaving, school.repudiate(kept_back, by=leaving))
    assert word(school, proposal) == GELDIG
    assert any(finding.rule == "ontbreekt" for finding in school.verify().findings)
    roster = school.propose(SECRETARY, BERT, threshold=2)
    school.agree(BERT, roster)
    assert school.in_force() == roster.digest
    before = school.counted()
    school.merge(hand)
    assert "te laat" in reason(school, kept_back)
    nothing_more(before, school)


# --- rosters --------------------------------------------------------------------------------------------


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


# --- roots ----------------------------------------------------------------------------------------------


def two_roots() -> tuple[Simulator, Simulator]:
    """An honest register, and the same folder into which a stranger put a root of his own."""
    honest, stranger = Simulator.begun(SECRETARY), Simulator.begun(ANNA, ELLA)
    honest.register("0.1")
    stranger.register("0.2", by=ELLA)
    both = honest.copy()
    both.merge(stranger)
    return honest, both


def test_two_roots_and_no_pin() -> None:
    """With two roots and nothing to choose by, nothing counts."""
    _, both = two_roots()
    assert both.counted() == frozenset()
    assert {j.verdict for j in both.verify().judgements} == {ONBEKEND}


def test_two_roots_and_a_pin() -> None:
    """A reader who pinned the root sees what was there before, and nothing of the stranger's."""
    honest, both = two_roots()
    assert both.counted(root=honest.root) == honest.counted()


def test_wrong_pin() -> None:
    """A register that has another root than the pinned one is not judged at all."""
    school = Simulator.begun()
    entry = school.register("0.1")
    assert school.counted(root="0" * 64) == frozenset()
    assert word(school, entry, root="0" * 64) == ONBEKEND


def test_pin_on_something_that_is_no_root() -> None:
    """A pin on a later roster or on a registration does not make a root of it."""
    school = Simulator.begun()
    roster, entry = school.succeed(SECRETARY), school.register("0.1")
    assert school.counted(root=roster.digest) == frozenset()
    assert school.counted(root=entry.digest) == frozenset()


def test_root_that_the_signer_is_not_in() -> None:
    """A root signed by somebody it does not name as beheerder is no root."""
    school = Simulator(members=(SECRETARY,))
    first = school.sign(
        ANNA, "beheerder", "rooster", rust_op=[], **school.roster_fields([SECRETARY], 0, 1, [])
    )
    assert word(school, first) == ONBEKEND
    assert school.verify().root == ""


# --- rivals ---------------------------------------------------------------------------------------------


def fork() -> tuple[Simulator, Entry, Entry]:
    """Two clones made a roster after the same one, in good faith."""
    school = Simulator.begun(*BOTH, ELLA)
    other = school.copy()
    left = school.propose(*BOTH)
    right = other.propose(*BOTH, ELLA, CHAIR, by=ANNA)
    school.merge(other)
    return school, left, right


def test_good_faith_fork_is_resolved_by_repudiation() -> None:
    """Neither of two rosters is in force until the beheerders reject one of them."""
    school, left, right = fork()
    assert school.in_force() == school.root
    assert {word(school, left), word(school, right)} == {ONBEKEND}
    assert any(f.rule == "splitsing" for f in school.verify().findings)
    school.repudiate(right, by=ANNA)
    assert school.in_force() == left.digest
    assert word(school, right) == ONGELDIG


def test_fork_gives_nobody_a_dropped_place_back() -> None:
    """While a fork is open, both rosters keep restricting: Ella was dropped by one of them."""
    school, _, _ = fork()
    before = school.counted()
    entry = school.register("0.1", by=ELLA)
    assert word(school, entry) == ONGELDIG
    nothing_more(before, school)


def test_dropped_administrator_makes_a_rival() -> None:
    """Anna was dropped and makes, backdated, a roster in which she alone is left."""
    school = Simulator.begun(*BOTH)
    old = school.root
    school.succeed(SECRETARY, ELLA)
    school.register("0.1")
    before = school.counted()
    rival = school.under(old).propose(ANNA, by=ANNA, number=1, seals=[])
    entry = school.under(rival).register("0.2", by=ANNA)
    assert school.in_force() != rival.digest
    assert word(school, entry) != GELDIG
    nothing_more(before, school)


def test_rival_that_keeps_its_opponent_loses() -> None:
    """A rival by a dropped beheerder that leaves the others in place does not even make a fork."""
    school = Simulator.begun(*BOTH)
    old = school.root
    roster = school.succeed(SECRETARY)
    before = school.counted()
    rival = school.under(old).propose(*BOTH, by=ANNA, number=1, seals=[])
    assert school.in_force() == roster.digest
    nothing_more(before, school, rival)


def test_dropped_administrator_two_rosters_later() -> None:
    """Anna was still in the next roster and dropped in the one after; a rival of the first fails too."""
    school = Simulator.begun(*BOTH)
    old = school.root
    school.succeed(*BOTH)
    school.succeed(SECRETARY)
    school.register("0.1")
    before = school.counted()
    rival = school.under(old).propose(ANNA, by=ANNA, number=1, seals=[])
    assert school.in_force() != rival.digest
    nothing_more(before, school)


def test_rival_does_not_escape_a_raised_threshold() -> None:
    """The threshold went from one to two; Anna alone cannot go around it with a rival roster."""
    school = Simulator.begun(*BOTH)
    old = school.root
    school.succeed(*BOTH, threshold=2)
    before = school.counted()
    rival = school.under(old).propose(ANNA, by=ANNA, number=1, seals=[])
    assert school.in_force() != rival.digest
    nothing_more(before, school)


def test_repudiation_does_not_escape_a_raised_threshold() -> None:
    """Nor can Anna alone reject the roster that raised the threshold, under the roster before it."""
    school = Simulator.begun(*BOTH)
    old = school.root
    roster = school.succeed(*BOTH, threshold=2)
    before = school.counted()
    rejection = school.under(old).repudiate(roster, by=ANNA)
    assert school.in_force() == roster.digest
    nothing_more(before, school, rejection)
    nothing_more(before, school, rejection)


def test_repudiation_by_a_dropped_administrator() -> None:
    """Anna, dropped two rosters later, cannot reject the roster that started it."""
    school = Simulator.begun(*BOTH)
    old = school.root
    first = school.succeed(*BOTH)
    second = school.succeed(SECRETARY)
    before = school.counted()
    rejection = school.under(old).repudiate(first, by=ANNA)
    assert school.in_force() == second.digest
    nothing_more(before, school, rejection)
    nothing_more(before, school, rejection)


def test_rival_does_not_revive_what_was_repudiated() -> None:
    """A dropped beheerder's rival roster must not undo an older repudiation by the others."""
    school = Simulator.begun(*BOTH, ELLA)
    old = school.root
    entry = school.register("0.1", by=ELLA)
    school.repudiate(entry)
    school.succeed(SECRETARY, ELLA)
    assert word(school, entry) == ONGELDIG
    before = school.counted()
    school.under(old).propose(ANNA, ELLA, by=ANNA, number=1, seals=[entry.digest])
    assert word(school, entry) == ONGELDIG
    nothing_more(before, school)


def test_third_rival_does_not_decide_between_two() -> None:
    """A dropped beheerder throws in a third roster, to make one of two others win."""
    people = (*BOTH, BERT)
    school = Simulator.begun(*people)
    old = school.root
    other = school.copy()
    left = school.propose(SECRETARY, BERT)  # drops Anna
    right = other.propose(*people, by=BERT)  # leaves her in
    school.merge(other)
    school.repudiate(right)
    assert school.in_force() == left.digest
    before = school.counted()
    third = school.under(old).propose(ANNA, BERT, by=ANNA, number=1, seals=[])
    assert school.in_force() not in {right.digest, third.digest}
    nothing_more(before, school)


def test_rejected_rival_is_not_saved_by_extending_it() -> None:
    """Anna still sits in a rejected roster; a roster after that one must not bring it back."""
    people = (*BOTH, BERT)
    school = Simulator.begun(*people)
    other = school.copy()
    left = school.propose(SECRETARY, BERT)
    right = other.propose(*people, by=BERT)
    school.merge(other)
    school.repudiate(right)
    assert school.in_force() == left.digest
    before = school.counted()
    after = school.under(right).propose(ANNA, BERT, by=ANNA, number=2, seals=[])
    assert school.in_force() not in {right.digest, after.digest}
    nothing_more(before, school)


def test_open_fork_is_not_decided_by_extending_a_side() -> None:
    """Only the threshold of both sides ends a fork, not a roster added on one side."""
    people = (*BOTH, BERT)
    school = Simulator.begun(*people)
    other = school.copy()
    school.propose(SECRETARY, BERT)
    right = other.propose(*people, by=BERT)
    school.merge(other)
    assert school.in_force() == school.root
    before = school.counted()
    after = school.under(right).propose(ANNA, BERT, by=ANNA, number=2, seals=[])
    assert school.in_force() == school.root
    nothing_more(before, school, after)


def test_late_agreement_on_an_old_proposal() -> None:
    """An old vote of one and a late vote of another do not revive a proposal that was passed over."""
    people = (*BOTH, BERT)
    school = Simulator.begun(*people, threshold=2)
    passed_over = school.propose(SECRETARY, BERT, ELLA, threshold=2)
    chosen = school.propose(*BOTH, threshold=2, by=SECRETARY)
    school.agree(ANNA, chosen)
    assert school.in_force() == chosen.digest
    late = Simulator.agree(school, BERT, passed_over)
    assert word(school, late) == ONGELDIG  # Bert was dropped
    assert school.in_force() != passed_over.digest


def test_late_agreement_by_one_who_stayed() -> None:
    """Anna stayed, and alone cannot turn an old proposal into the roster by a vote afterwards."""
    people = (*BOTH, BERT)
    school = Simulator.begun(*people, threshold=2)
    passed_over = school.propose(*BOTH, ELLA, threshold=2)
    chosen = school.propose(*people, threshold=2, by=BERT)
    school.agree(SECRETARY, chosen)
    assert school.in_force() == chosen.digest
    before = school.counted()
    vote = school.agree(ANNA, passed_over)
    assert school.in_force() != passed_over.digest
    nothing_more(before, school, vote)


# --- council and board ----------------------------------------------------------------------------------


def confirmed() -> tuple[Simulator, Entry]:
    """A council chair whose key the council's letter quotes; → register, the attestation."""
    school = Simulator.begun(SECRETARY, CHAIR)
    return school, school.confirm(CHAIR)


SWAPPED = Person("voorzitter", ("mr-voorzitter",), (Key("van de secretaris"),))


def test_confirmed_council_key_swapped_by_the_secretary() -> None:
    """A key that the council confirmed cannot be replaced without the council."""
    school, _ = confirmed()
    before, root = school.counted(), school.root
    roster = school.propose(SECRETARY, SWAPPED)
    acceptance = school.accept(SWAPPED, roster)
    assert school.in_force() == root
    nothing_more(before, school, roster, acceptance)


def test_confirmed_council_key_swapped_with_its_agreement() -> None:
    """With the chair's own agreement it can."""
    school, _ = confirmed()
    roster = school.propose(SECRETARY, SWAPPED)
    school.agree(CHAIR, roster, role="mr-voorzitter")
    assert school.in_force() == roster.digest


def test_agreement_as_beheerder_is_not_the_councils() -> None:
    """The beheerder's vote does not stand in for the council's."""
    school, _ = confirmed()
    root = school.root
    roster = school.propose(SECRETARY, SWAPPED)
    school.agree(SECRETARY, roster)
    forged = school.agree(SECRETARY, roster, role="mr-voorzitter")
    assert word(school, forged) == ONGELDIG
    assert school.in_force() == root


def test_unconfirmed_member_cannot_agree_for_the_council() -> None:
    """A council member whom the secretary added without a letter does not speak for the council."""
    puppet = Person("pop", ("mr-ouders",))
    school = Simulator.begun(SECRETARY, CHAIR, puppet)
    school.confirm(CHAIR)
    root = school.root
    roster = school.propose(SECRETARY, SWAPPED, puppet)
    school.agree(puppet, roster, role="mr-ouders")
    assert school.in_force() == root


def test_councils_letter_names_the_new_chair() -> None:
    """The council's letter that names the key of the next chair is enough."""
    school, _ = confirmed()
    school.confirm(NEXT_CHAIR)
    roster = school.propose(SECRETARY, NEXT_CHAIR)
    assert school.in_force() == roster.digest


def test_confirmation_left_out_of_the_seal() -> None:
    """Not naming the confirmation in the new roster does not make it disappear."""
    school, _ = confirmed()
    before, root = school.counted(), school.root
    roster = school.propose(SECRETARY, SWAPPED, seals=[])
    acceptance = school.accept(SWAPPED, roster)
    assert school.in_force() == root
    nothing_more(before, school, roster, acceptance)


def test_confirmation_sealed_once_outlives_the_secretary() -> None:
    """Replacing the secretary who attested the letter does not take the council's protection away."""
    school, _ = confirmed()
    school.succeed(SECRETARY.using(Key("nieuw")), CHAIR, seals=None)
    new = SECRETARY.using(Key("nieuw"))
    current = school.in_force()
    roster = school.propose(new, SWAPPED, by=new)
    assert school.in_force() == current
    assert roster.digest != current


def test_term_cut_short_to_swap_the_key() -> None:
    """First ending the chair's term, then replacing the key of a chair whose term is over."""
    school, _ = confirmed()
    root, school.day = school.root, "2026-03-01"
    ended = Person("voorzitter", ("mr-voorzitter",), until="2026-02-28")
    school.succeed(SECRETARY, ended)
    assert school.in_force() == root


def test_one_letter_for_another_seat() -> None:
    """A letter about the parents' key is no agreement with another key for the chair."""
    parent = Person("ouder", ("mr-ouders",))
    school = Simulator.begun(SECRETARY, CHAIR, parent)
    school.confirm(CHAIR)
    root, new = school.root, parent.using(Key("nieuwe telefoon"))
    school.confirm(new)
    roster = school.propose(SECRETARY, SWAPPED, new)
    school.accept(new, roster)
    assert school.in_force() == root


def test_one_letter_does_not_empty_the_council() -> None:
    """A letter that names a new parent is no agreement with sending the chair away."""
    parent = Person("ouder", ("mr-ouders",))
    school = Simulator.begun(SECRETARY, CHAIR, parent)
    school.confirm(CHAIR)
    school.confirm(parent)
    root, next_parent = school.root, Person("nieuwe-ouder", ("mr-ouders",))
    school.confirm(next_parent)
    school.propose(SECRETARY, next_parent)
    assert school.in_force() == root
    roster = school.propose(SECRETARY, CHAIR, next_parent)
    assert school.in_force() == roster.digest


def test_dropped_secretary_attests_backwards() -> None:
    """A dropped secretary attests an old council key, to void the roster that dropped him."""
    school = Simulator.begun(SECRETARY, ELLA, CHAIR)
    old = school.root
    roster = school.succeed(SECRETARY, SWAPPED)
    before = school.counted()
    letter = school.under(old).confirm(CHAIR, by=ELLA)
    entry = school.under(old).register("0.1", by=ELLA)
    assert school.in_force() == roster.digest
    assert {word(school, letter), word(school, entry)} == {ONGELDIG}
    nothing_more(before, school)


def test_secretary_attests_backwards_for_a_friend() -> None:
    """A secretary who stayed does so for a friend who was dropped: the friend gets nothing back."""
    school = Simulator.begun(SECRETARY, ELLA, CHAIR)
    friend = Person("vriend", ("secretaris",))
    old = school.succeed(SECRETARY, ELLA, CHAIR, friend)
    school.succeed(SECRETARY, ELLA, SWAPPED)
    before = school.counted()
    letter = school.under(old).confirm(CHAIR, by=ELLA)
    entry = school.under(old).register("0.1", by=friend)
    assert word(school, entry) == ONGELDIG
    nothing_more(before, school, letter)


def test_repudiated_letter_opens_nothing() -> None:
    """A letter that the beheerders rejected as false does not let a key be replaced."""
    school = Simulator.begun(*BOTH, CHAIR)
    school.confirm(CHAIR)
    false = school.confirm(SWAPPED)
    school.repudiate(false, by=ANNA)
    root = school.root
    roster = school.propose(*BOTH, SWAPPED)
    school.accept(SWAPPED, roster)
    assert school.in_force() == root


def test_repudiating_the_true_letter_frees_nothing() -> None:
    """The beheerders cannot take the council's protection away by rejecting its letter."""
    school, letter = confirmed()
    root = school.root
    school.repudiate(letter)
    roster = school.propose(SECRETARY, SWAPPED)
    school.accept(SWAPPED, roster)
    assert school.in_force() == root


# --- the graph ------------------------------------------------------------------------------------------


def test_entry_deleted_that_others_rest_on() -> None:
    """Taking a ground away takes away what rests on it, and says what is missing."""
    school = Simulator.begun()
    first = school.register("0.1")
    second = school.register("0.2", after=[first])
    before = school.counted()
    school.remove(first)
    assert word(school, second) == ONBEKEND
    assert any(f.rule == "ontbreekt" and f.place == second.path for f in school.verify().findings)
    nothing_more(before, school)


def test_grounds_that_never_were() -> None:
    """Resting on a digest that nobody has seen is not judged."""
    school = Simulator.begun()
    before = school.counted()
    entry = school.register("0.1", rust_op=[school.root, "f" * 64])
    assert word(school, entry) == ONBEKEND
    nothing_more(before, school)


def test_repudiated_entry() -> None:
    """What the beheerders reject does not count, and nothing is removed."""
    school = Simulator.begun(*BOTH, threshold=2)
    entry = school.register("0.1")
    rejection = school.repudiate(entry)
    assert word(school, entry) == GELDIG  # one of two
    school.agree(ANNA, rejection)
    assert word(school, entry) == ONGELDIG


def test_entry_resting_on_a_repudiated_entry() -> None:
    """What rests on a rejected entry falls with it."""
    school = Simulator.begun()
    first = school.register("0.1")
    second = school.register("0.2", after=[first])
    before = school.counted()
    rejection = school.repudiate(first)
    assert word(school, second) == ONGELDIG
    nothing_more(before, school, rejection)
    nothing_more(before, school, rejection)


def test_removing_an_entry_does_not_unsay_a_repudiation() -> None:
    """A rejection seen only through another entry must keep its force when that one is deleted."""
    school = Simulator.begun(*BOTH)
    victim = school.register("0.1")
    rejection = school.repudiate(victim, by=ANNA)
    link = school.register("0.2", after=[rejection])
    school.succeed(SECRETARY)
    assert word(school, victim) == ONGELDIG
    before = school.counted()
    school.remove(link)
    assert word(school, victim) == ONGELDIG
    nothing_more(before, school)


def test_two_texts_for_one_version() -> None:
    """Two clones register one number with two texts; swapping the file must not choose between them."""
    school = Simulator.begun()
    other = school.copy()
    mine, theirs = school.register("0.1", b"# Mijn\n"), other.register("0.1", b"# Jouw\n")
    school.files = other.files | school.files
    assert {word(school, mine), word(school, theirs)} == {GELDIG, GEWIJZIGD}
    for text in (b"# Mijn\n", b"# Jouw\n"):
        school.files[text_path("privacyreglement", "0.1")] = text
        register = school.load()
        version = register.policies["privacyreglement"].versions[0]
        assert (str(version.stand), version.text) == ("tegenstrijdig", None)
        assert any(f.rule == "twee-teksten" for f in register.findings)


def test_two_clones_register_the_same_text() -> None:
    """Two clones that register the same number with the same text agree, and both count."""
    school = Simulator.begun()
    other = school.copy()
    mine = school.register("0.1")
    theirs = other.register("0.1", omschrijving="Zelfde tekst")
    school.merge(other)
    assert word(school, mine) == word(school, theirs) == GELDIG
    register = school.load()
    assert [v.number for v in register.policies["privacyreglement"].versions] == ["0.1"]
    assert register.sound


# --- passkeys -------------------------------------------------------------------------------------------


def signed_by_passkey(odd: Odd, pinned: str = ORIGIN) -> tuple[Simulator, Entry]:
    """A secretary with a passkey pinned to one address registers a text."""
    passkey: SoftKey = soft_keys()[WEBAUTHN]
    key = {"sleutel": passkey.key.line} | ({"herkomst": pinned} if pinned else {})
    member = {"persoon": "ella", "rollen": ["secretaris"], "sleutels": [key]}
    school = Simulator.begun()
    roster = school.propose(leden=[SECRETARY.row, member])
    school.move_to(roster)

    def sign(kind: str, **fields: Any) -> Entry:
        door = {"persoon": "ella", "rol": "secretaris", "sleutel": passkey.key.fingerprint}
        entry = school.sign(SECRETARY, "secretaris", kind, **fields, door=door)
        statement = school.files[entry.path]
        namespace = entry.namespace.encode()
        school.files[entry.path + ".sig"] = passkey.sign(statement, odd, namespace=namespace)
        return entry

    sign("aanvaarding", betreft=roster.digest)
    over = {"beleid": "privacyreglement", "versie": "0.1"}
    return school, sign("lezing", over=over, geldend_van="2026-01-01", toelichting="artikel 20")


def test_passkey_on_the_pinned_address() -> None:
    """A passkey used on the school's own page signs like any key."""
    assert word(*signed_by_passkey(Odd())) == GELDIG


@pytest.mark.parametrize(
    ("odd", "pinned"),
    [
        (Odd(origin="https://phishing.example"), ORIGIN),
        (Odd(), "https://andere.example"),
        (Odd(), ""),
        (Odd(flags=0x01), ORIGIN),
    ],
    ids=["another site", "another pin", "no pin", "user not verified"],
)
def test_passkey_elsewhere(odd: Odd, pinned: str) -> None:
    """Another site, or an authenticator that did not check who it was, gives nothing that counts."""
    school, entry = signed_by_passkey(odd, pinned)
    assert word(school, entry) == ONGELDIG
    assert entry.digest not in school.counted()


def test_the_statement_is_what_stock_tools_read() -> None:
    """The signed bytes are ordinary JSON, so that nothing hides between two readers."""
    school = Simulator.begun()
    entry = school.register("0.1")
    assert json.loads(school.files[entry.path]) == entry.fields
    assert school.counts(entry, TODAY)
