"""Attacks on the seats of council and board: a confirmed key changes only with its own body."""

from __future__ import annotations

from attacks import ANNA, BOTH, CHAIR, ELLA, ONGELDIG, nothing_more, word
from beleidsbeheer.domain.entry import Entry
from simulator import SECRETARY, Key, Person, Simulator

NEXT_CHAIR = Person("opvolger", ("mr-voorzitter",))


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
