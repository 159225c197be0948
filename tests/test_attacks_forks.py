"""Attacks with a rival: a second root, a roster beside another, and votes on what was passed over."""

from __future__ import annotations

from attacks import ANNA, BERT, BOTH, CHAIR, ELLA, GELDIG, ONBEKEND, ONGELDIG, nothing_more, word
from beleidsbeheer.domain.entry import Entry
from simulator import SECRETARY, Simulator

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
