"""Attacks with time: dates outside what allows them, and signatures after a revocation."""

from __future__ import annotations

from datetime import date

from attacks import ANNA, BERT, BOTH, ELLA, GELDIG, ONGELDIG, nothing_more, reason, word
from simulator import SECRETARY, Key, Person, Simulator

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
