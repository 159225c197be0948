"""Attacks by the wrong signer: a role not held, the key of another, a passkey used elsewhere."""

from __future__ import annotations

from typing import Any

import pytest

from attacks import ANNA, CHAIR, ELLA, GELDIG, ONGELDIG, nothing_more, reason, word
from beleidsbeheer.domain.entry import Entry
from beleidsbeheer.domain.signature import sign_ed25519
from beleidsbeheer.errors import EntryError
from simulator import SECRETARY, Person, Simulator
from sshsig_mutants import ORIGIN, WEBAUTHN, Odd, SoftKey, soft_keys

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
