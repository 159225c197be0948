"""SSHSIG: who may sign how, and every rule of strictness about message, blob and armour."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from hypothesis import given, settings
from hypothesis import strategies as st

from beleidsbeheer.domain import sshkey
from beleidsbeheer.domain.signature import (
    armor,
    check,
    parse_signature,
    sign_ed25519,
    to_be_signed,
)
from beleidsbeheer.domain.sshkey import parse_public_key_blob, parse_public_key_line
from beleidsbeheer.errors import SignatureError
from sshsig_checks import (
    KINDS,
    PASSKEY,
    PLAIN,
    RSA_KEY,
    SIGNERS,
    TOKENS,
    number_pair,
    refused,
    verified,
)
from sshsig_mutants import (
    ED25519_ORDER,
    MESSAGE,
    NAMESPACE,
    ORIGIN,
    SK_ECDSA,
    SK_ED25519,
    WEBAUTHN,
    Odd,
    mpint,
    tbs,
    unwrap,
    wire,
    wrap,
)

# --- accepted -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_key_is_accepted(kind: str) -> None:
    signature = verified(SIGNERS[kind].sign())
    assert (signature.key, signature.kind) == (SIGNERS[kind].key, kind)
    assert signature.origin == (ORIGIN if kind == WEBAUTHN else "")


@pytest.mark.parametrize("kind", KINDS)
def test_sha256_is_accepted(kind: str) -> None:
    assert verified(SIGNERS[kind].sign(hash=b"sha256")).hash_algorithm == "sha256"


def test_user_verified_is_told_only_for_fido() -> None:
    assert verified(SIGNERS[SK_ECDSA].sign(odd=Odd(flags=5))).user_verified
    assert not verified(SIGNERS[SK_ECDSA].sign(odd=Odd(flags=1))).user_verified
    assert not verified(PLAIN.sign()).user_verified


def test_passkey_with_extensions_and_backup_flags_is_accepted() -> None:
    verified(PASSKEY.sign(odd=Odd(flags=0x9D, extensions=b"\xa1\x61a\xf5")))


def test_to_be_signed_is_the_format_of_protocol_sshsig() -> None:
    assert to_be_signed(MESSAGE, NAMESPACE) == tbs(MESSAGE)
    assert to_be_signed(b"", "x", "sha256") == tbs(b"", b"x", "sha256")


def test_signing_is_deterministic_and_reads_back() -> None:
    assert isinstance(PLAIN.private, ed25519.Ed25519PrivateKey)
    made = sign_ed25519(PLAIN.private, MESSAGE, NAMESPACE)
    assert made == PLAIN.sign()
    assert verified(made).key == PLAIN.key


@settings(deadline=None)
@given(st.binary(max_size=200), st.from_regex(r"[!-~][ -~]{0,40}", fullmatch=True))
def test_any_message_and_namespace_round_trip(message: bytes, namespace: str) -> None:
    assert isinstance(PLAIN.private, ed25519.Ed25519PrivateKey)
    made = sign_ed25519(PLAIN.private, message, namespace)
    assert verified(made, message, namespace).namespace == namespace


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_noise_is_refused_with_our_own_error(noise: bytes) -> None:
    for raw in (noise, wrap(noise), wrap(b"SSHSIG\0\0\0\1" + noise)):
        with pytest.raises(SignatureError):
            parse_signature(raw)
    with pytest.raises(SignatureError):
        parse_public_key_blob(noise)
    with pytest.raises(SignatureError):
        parse_public_key_line(noise.decode("latin-1"))


def test_reading_the_modules_does_not_load_cryptography() -> None:
    code = "import sys, beleidsbeheer.domain.signature; sys.exit('cryptography' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# --- the message and the namespace ----------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("message", [b"", MESSAGE + b"\n", MESSAGE[:-1], b"\xef\xbb\xbf" + MESSAGE])
def test_another_message_is_refused(kind: str, message: bytes) -> None:
    refused(SIGNERS[kind].sign(), "niet bij deze tekst|iets anders", message)


def test_another_namespace_is_refused() -> None:
    refused(PLAIN.sign(namespace=b"beleidsbeheer.v1/inzage"), "gezet voor")


@pytest.mark.parametrize("odd", [b"beleidsbeheer.v1/Besluit", b"beleidsbeheer.v1/besluit "])
def test_namespace_is_compared_exactly(odd: bytes) -> None:
    refused(PLAIN.sign(namespace=odd), "gezet voor")


def test_namespace_ending_in_nul_is_refused() -> None:
    refused(PLAIN.sign(namespace=NAMESPACE.encode() + b"\0"), "tekens")


def test_namespace_rewritten_after_signing_is_refused() -> None:
    forged = PLAIN.sign(inner=PLAIN.inner(tbs(MESSAGE, b"iets-anders")))
    refused(forged, "niet bij deze tekst")


def test_empty_namespace_is_refused() -> None:
    refused(PLAIN.sign(namespace=b""), "namespace", ns="")


def test_namespace_over_512_characters_is_refused() -> None:
    refused(PLAIN.sign(namespace=b"a" * 513), "te lang", ns="a" * 513)
    verified(PLAIN.sign(namespace=b"a" * 512), namespace="a" * 512)


@pytest.mark.parametrize("bad", ["", "é", "a\nb", "a\0", "a" * 513])
def test_signing_for_a_bad_namespace_is_refused(bad: str) -> None:
    with pytest.raises(SignatureError):
        to_be_signed(MESSAGE, bad)
    with pytest.raises(SignatureError):
        armor(PLAIN.key, bad, "sha512", b"x")


# --- the blob -------------------------------------------------------------------------------------

BLOB_ATTACKS: dict[str, tuple[dict[str, bytes], str]] = {
    "magic in lower case": ({"magic": b"sshsig"}, "geen SSH-handtekening"),
    "version 0, which OpenSSH takes": ({"version": bytes(4)}, "versie"),
    "version 2": ({"version": b"\0\0\0\2"}, "versie"),
    "reserved field filled, which OpenSSH takes": ({"reserved": b"x"}, "gereserveerde"),
    "hash md5": ({"hash": b"md5"}, "sha256 en sha512"),
    "hash sha1": ({"hash": b"sha1"}, "sha256 en sha512"),
    "hash in capitals": ({"hash": b"SHA512"}, "sha256 en sha512"),
    "hash ending in NUL, which OpenSSH takes": ({"hash": b"sha512\0"}, "tekens"),
    "bytes after the blob": ({"tail": b"\0"}, "achter"),
    "bytes after the inner signature": ({"inner_tail": b"\0"}, "achter"),
    "a second field after the inner signature": ({"inner_tail": wire("x")}, "achter"),
    "key of someone else": ({"key": SIGNERS["ecdsa-sha2-nistp256"].key.blob}, "de soort"),
    "bytes after the key": ({"key": PLAIN.key.blob + b"\0"}, "achter"),
    "certificate instead of a key": ({"key": wire("ssh-ed25519-cert-v01@openssh.com")}, "soort"),
    "DSA key": ({"key": wire("ssh-dss") + mpint(2**1024 + 1) * 4}, "soort"),
    "63 bytes of Ed25519": ({"inner": wire("ssh-ed25519", bytes(63))}, "64 bytes"),
    "65 bytes of Ed25519": ({"inner": wire("ssh-ed25519", bytes(65))}, "64 bytes"),
    "64 zero bytes": ({"inner": wire("ssh-ed25519", bytes(64))}, "niet bij deze tekst"),
}


@pytest.mark.parametrize("attack", BLOB_ATTACKS)
def test_blob_attack_is_refused(attack: str) -> None:
    parts, word = BLOB_ATTACKS[attack]
    refused(PLAIN.sign(MESSAGE, None, **parts), word)


@pytest.mark.parametrize("part", ["namespace", "hash"])
def test_reading_alone_refuses_an_empty_namespace_and_another_hash(part: str) -> None:
    value = {"namespace": b"", "hash": b"md5"}[part]
    with pytest.raises(SignatureError, match=r"namespace|sha256"):
        parse_signature(PLAIN.sign(MESSAGE, None, **{part: value}))


@pytest.mark.parametrize("kind", KINDS)
def test_truncated_anywhere_is_refused(kind: str) -> None:
    blob = unwrap(SIGNERS[kind].sign())
    for size in range(0, len(blob), 3):
        refused(wrap(blob[:size]), "handtekening|sleutel")


def test_ed25519_with_s_over_the_order_is_refused() -> None:
    value = unwrap(PLAIN.sign())[-64:]
    larger = int.from_bytes(value[32:], "little") + ED25519_ORDER
    forged = PLAIN.sign(inner=wire("ssh-ed25519", value[:32] + larger.to_bytes(32, "little")))
    refused(forged, "niet bij deze tekst")


@pytest.mark.parametrize("kind", ["ecdsa-sha2-nistp256", "ecdsa-sha2-nistp521", SK_ECDSA, WEBAUTHN])
def test_ecdsa_numbers_with_needless_zeros_are_refused(kind: str) -> None:
    refused(SIGNERS[kind].sign(odd=Odd(mpint_zeros=1)), "overbodige nullen")


@pytest.mark.parametrize("kind", ["ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384"])
@pytest.mark.parametrize(
    ("numbers", "word"),
    [
        ("zero", "grenzen"),
        ("order", "grenzen"),
        ("over", "grenzen"),
        ("minus", "negatief"),
        ("more", "achter"),
    ],
)
def test_ecdsa_numbers_out_of_range_are_refused(kind: str, numbers: str, word: str) -> None:
    signer = SIGNERS[kind]
    order = sshkey.CURVES[kind].order
    r, s = number_pair(signer, signer.sign())
    value = {
        "zero": mpint(0) + mpint(0),
        "order": mpint(r) + mpint(order),
        "over": mpint(r + order) + mpint(s),
        "minus": wire(b"\xff" * 32) + mpint(s),
        "more": mpint(r) + mpint(s) + b"\0",
    }[numbers]
    refused(signer.sign(inner=wire(kind, value)), word)


def test_ecdsa_mirrored_s_stays_valid_so_never_identify_by_signature() -> None:
    verified(SIGNERS["ecdsa-sha2-nistp256"].sign(odd=Odd(flip_s=True)))


@pytest.mark.parametrize("kind", KINDS)
def test_algorithm_of_another_kind_of_key_is_refused(kind: str) -> None:
    for other in {"ssh-ed25519", "ecdsa-sha2-nistp256", SK_ED25519, "ssh-dss", "ssh-rsa"} - {kind}:
        refused(SIGNERS[kind].sign(odd=Odd(kind=other)), "de soort handtekening")


def test_rsa_with_sha1_is_refused() -> None:
    refused(RSA_KEY.sign(odd=Odd(kind="ssh-rsa")), "de soort handtekening")


def test_rsa_shorter_than_the_modulus_is_refused_where_openssh_pads() -> None:
    value = unwrap(RSA_KEY.sign())[-256:]
    refused(RSA_KEY.sign(inner=wire("rsa-sha2-512", value[1:])), "even lang")
    refused(RSA_KEY.sign(inner=wire("rsa-sha2-512", b"\0" + value)), "even lang")


def test_rsa_hash_of_the_other_algorithm_is_refused() -> None:
    value = unwrap(RSA_KEY.sign())[-256:]
    refused(RSA_KEY.sign(inner=wire("rsa-sha2-256", value)), "niet bij deze tekst")


def test_a_signature_made_by_hand_with_a_wrong_kind_is_refused() -> None:
    token = parse_signature(TOKENS[0].sign())
    with pytest.raises(SignatureError, match="soort handtekening"):
        check(replace(token, kind="ssh-ed25519"), MESSAGE, NAMESPACE)


# --- the armour -----------------------------------------------------------------------------------

PADDED_FOR = "beleidsbeheer.v1/xxx"
PADDED = PLAIN.sign(namespace=PADDED_FOR.encode())  # so that its base64 ends in ==
_LAST = b"\n-----END SSH SIGNATURE-----\n"
ARMOUR_ATTACKS: dict[str, tuple[bytes, str]] = {
    "windows line ends": (PADDED.replace(b"\n", b"\r\n"), "Windows"),
    "no newline at the end": (PADDED[:-1], "laatste regel"),
    "two newlines at the end": (PADDED + b"\n", "laatste regel"),
    "text after the end": (PADDED + b"voor akkoord\n", "laatste regel"),
    "text before the start": (b"voor akkoord\n" + PADDED, "eerste"),
    "byte order mark": (b"\xef\xbb\xbf" + PADDED, "eerste"),
    "four dashes": (PADDED[1:], "eerste"),
    "space after the first line": (PADDED.replace(b"\n", b" \n", 1), "eerste"),
    "two signatures": (PADDED + PADDED, "base64"),
    "blank line": (PADDED.replace(b"\n", b"\n\n", 1), "lege"),
    "space in a line": (PADDED.replace(b"\n", b"\n ", 1), "base64"),
    "no lines": (PADDED[:30] + _LAST, "lege"),
    "one long line": (wrap(unwrap(PADDED), 5000), "lange"),
    "url alphabet": (wrap(b"SSHSIG\xff\xff\xff").replace(b"/", b"_"), "base64"),
    "padding left out": (PADDED.replace(b"=", b""), "base64"),
    "padding too many": (PADDED.replace(_LAST, b"==" + _LAST), "base64"),
    "spare bits set": (PADDED.replace(b"A==", b"B==").replace(b"Q==", b"R=="), "base64"),
    "over 16 KiB": (wrap(unwrap(PADDED) + bytes(13000)), "te groot"),
    "empty": (b"", "eerste"),
}


def test_the_armour_under_attack_is_itself_good() -> None:
    assert verified(PADDED, namespace=PADDED_FOR).key == PLAIN.key
    assert b"==\n" in PADDED


@pytest.mark.parametrize("attack", ARMOUR_ATTACKS)
def test_armour_attack_is_refused(attack: str) -> None:
    armored, word = ARMOUR_ATTACKS[attack]
    assert armored != PADDED
    refused(armored, word, ns=PADDED_FOR)


@pytest.mark.parametrize("width", [1, 64, 70, 76])
def test_other_line_widths_are_accepted(width: int) -> None:
    verified(wrap(unwrap(PLAIN.sign()), width))
