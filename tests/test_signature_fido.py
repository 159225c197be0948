"""SSHSIG by FIDO tokens and passkeys: somebody was there, and for passkeys somebody was known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sshsig_checks import (
    PASSKEY,
    PLAIN,
    SIGNERS,
    TOKENS,
    refused,
    verified,
)
from sshsig_mutants import (
    MESSAGE,
    ORIGIN,
    SK_ECDSA,
    SK_ED25519,
    WEBAUTHN,
    Odd,
    SoftKey,
    client_data,
    tbs,
    unwrap,
    wire,
    wrap,
)

# --- FIDO keys and passkeys -----------------------------------------------------------------------


@pytest.mark.parametrize("kind", [SK_ED25519, SK_ECDSA, WEBAUTHN])
@pytest.mark.parametrize("flags", [0x00, 0x04, 0x1C])
def test_untouched_key_is_refused(kind: str, flags: int) -> None:
    refused(SIGNERS[kind].sign(odd=Odd(flags=flags)), "niet aangeraakt|niet vastgesteld")


@pytest.mark.parametrize("flags", [0x01, 0x19])
def test_passkey_that_did_not_verify_its_user_is_refused(flags: int) -> None:
    refused(PASSKEY.sign(odd=Odd(flags=flags)), "niet vastgesteld wie")


@pytest.mark.parametrize("token", TOKENS, ids=lambda token: token.kind)
@pytest.mark.parametrize("flags", [0x45, 0x85])
def test_token_that_claims_unsent_extensions_is_refused(token: SoftKey, flags: int) -> None:
    refused(token.sign(odd=Odd(flags=flags)), "uitbreidingen")


@pytest.mark.parametrize("token", TOKENS, ids=lambda token: token.kind)
def test_flags_and_counter_are_signed(token: SoftKey) -> None:
    blob = unwrap(token.sign(odd=Odd(flags=1)))
    refused(wrap(blob[:-5] + b"\5" + blob[-4:]), "niet bij deze tekst")
    refused(wrap(blob[:-1] + bytes([blob[-1] ^ 1])), "niet bij deze tekst")


@pytest.mark.parametrize("token", TOKENS, ids=lambda token: token.kind)
def test_application_is_signed(token: SoftKey) -> None:
    other = replace(token, application="ssh:elders")
    refused(token.sign(key=other.key.blob), "niet bij deze tekst")


@pytest.mark.parametrize("token", TOKENS, ids=lambda token: token.kind)
def test_plain_signature_does_not_pass_for_a_fido_one(token: SoftKey) -> None:
    plain = replace(token, application="").inner(tbs(MESSAGE), Odd(kind=token.kind))
    refused(token.sign(inner=plain + b"\1\0\0\0\1"), "niet bij deze tekst")


def test_fido_signature_does_not_pass_for_a_plain_one() -> None:
    refused(PLAIN.sign(inner=TOKENS[0].inner(tbs(MESSAGE), Odd(kind="ssh-ed25519"))), "achter")


@pytest.mark.parametrize("flags", [0x45, 0x85])
def test_passkey_flags_that_do_not_fit_the_extensions_are_refused(flags: int) -> None:
    refused(PASSKEY.sign(odd=Odd(flags=flags)), "uitbreidingen")


def test_passkey_extensions_without_their_flag_are_refused() -> None:
    refused(PASSKEY.sign(odd=Odd(extensions=b"\xa0")), "uitbreidingen")


@pytest.mark.parametrize("origin", ["", "https://a b", 'https://a"', "https://a\\", "https://é"])
def test_passkey_origin_that_is_no_address_is_refused(origin: str) -> None:
    refused(PASSKEY.sign(odd=Odd(origin=origin)), "origin|tekens")


def told(data: str, flags: int = 5) -> bytes:
    """A passkey signature with this client data, whatever it says, and the usual origin."""
    fake = SoftKey(SK_ECDSA, PASSKEY.private, PASSKEY.application)
    inner = fake.inner(data.encode(), Odd(kind=WEBAUTHN, flags=flags))
    return PASSKEY.sign(inner=inner + wire(ORIGIN, data, b""))


def test_hand_made_client_data_is_accepted_when_it_is_right() -> None:
    verified(told(client_data(tbs(MESSAGE))))
    verified(told(client_data(tbs(MESSAGE), tail=',"androidPackageName":"x","y":{"a":[1]}}')))


CLIENT_DATA_ATTACKS = {
    "another challenge": client_data(tbs(b"iets anders")),
    "another namespace": client_data(tbs(MESSAGE, b"beleidsbeheer.v1/inzage")),
    "origin that differs from the stated one": client_data(tbs(MESSAGE), "https://kwaad.example"),
    "origin with more behind it": client_data(tbs(MESSAGE), ORIGIN + ".kwaad.example"),
    "webauthn.create": client_data(tbs(MESSAGE)).replace("webauthn.get", "webauthn.create"),
    "white space": client_data(tbs(MESSAGE)).replace(",", ", ", 1),
    "padded challenge": client_data(tbs(MESSAGE)).replace('","origin', '=","origin'),
    "order of fields": '{"origin":"' + ORIGIN + '",' + client_data(tbs(MESSAGE))[1:],
    "second origin": client_data(tbs(MESSAGE), tail=',"origin":"https://kwaad.example"}'),
    "second challenge": client_data(tbs(MESSAGE), tail=',"challenge":"AA"}'),
    "inside a frame of another site": client_data(tbs(MESSAGE), tail=',"crossOrigin":true}'),
    "cross origin that is no boolean": client_data(tbs(MESSAGE), tail=',"crossOrigin":0}'),
    "top origin": client_data(tbs(MESSAGE), tail=',"topOrigin":"https://x"}'),
    "not closed": client_data(tbs(MESSAGE), tail=""),
    "text behind": client_data(tbs(MESSAGE), tail="}}"),
    "nested too deep": client_data(tbs(MESSAGE), tail=',"x":' + "[" * 9000),
}


@pytest.mark.parametrize("attack", CLIENT_DATA_ATTACKS)
def test_client_data_attack_is_refused(attack: str) -> None:
    refused(told(CLIENT_DATA_ATTACKS[attack]), "passkey")
