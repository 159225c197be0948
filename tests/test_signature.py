"""SSHSIG: who may sign how, every rule of strictness, and ssh-keygen as the judge both ways."""

from __future__ import annotations

import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from hypothesis import given, settings
from hypothesis import strategies as st

from beleidsbeheer.domain import sshkey
from beleidsbeheer.domain.signature import (
    Signature,
    armor,
    check,
    parse_signature,
    sign_ed25519,
    to_be_signed,
)
from beleidsbeheer.domain.sshkey import PublicKey, parse_public_key_blob, parse_public_key_line
from beleidsbeheer.errors import SignatureError
from programs import needs
from sshsig_mutants import (
    ED25519_ORDER,
    MESSAGE,
    NAMESPACE,
    ORIGIN,
    SK_ECDSA,
    SK_ED25519,
    WEBAUTHN,
    Case,
    Odd,
    SoftKey,
    client_data,
    judge,
    judge_keys,
    keygen,
    keygen_accepts,
    keygen_fingerprint,
    mpint,
    mutants,
    ordinary,
    soft_keys,
    tbs,
    unwrap,
    we_accept,
    wire,
    wrap,
)

SIGNERS = soft_keys()
KINDS = sorted(SIGNERS)
PLAIN = SIGNERS["ssh-ed25519"]
PASSKEY = SIGNERS[WEBAUTHN]
TOKENS = [SIGNERS[SK_ED25519], SIGNERS[SK_ECDSA]]
RSA_KEY = SIGNERS["rsa-sha2-512"]
GENERATED = [
    ("ed25519", "256"),
    ("ecdsa", "256"),
    ("ecdsa", "384"),
    ("ecdsa", "521"),
    ("rsa", "2048"),
    ("rsa", "3072"),
]
P = 2**255 - 19


def verified(armored: bytes, message: bytes = MESSAGE, namespace: str = NAMESPACE) -> Signature:
    signature = parse_signature(armored)
    check(signature, message, namespace)
    return signature


def refused(armored: bytes, word: str, message: bytes = MESSAGE, ns: str = NAMESPACE) -> None:
    with pytest.raises(SignatureError, match=word):
        verified(armored, message, ns)


def key_refused(blob: bytes, word: str) -> None:
    with pytest.raises(SignatureError, match=word):
        parse_public_key_blob(blob)


def number_pair(signer: SoftKey, armored: bytes) -> tuple[int, int]:
    """r and s of an ECDSA signature file."""
    value = unwrap(armored).rpartition(wire(signer.kind))[2]
    reader = sshkey.Reader(sshkey.Reader(value, "").string(), "")
    return reader.mpint(), reader.mpint()


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


# --- public keys ----------------------------------------------------------------------------------


def rsa_blob(exponent: int = 65537, modulus: int = 0, zeros: int = 0) -> bytes:
    assert isinstance(RSA_KEY.private, rsa.RSAPrivateKey)
    modulus = modulus or RSA_KEY.private.public_key().public_numbers().n
    return wire("ssh-rsa") + mpint(exponent, zeros) + mpint(modulus, zeros)


def point_blob(x: int, y: int, start: bytes = b"\4", curve: str = "nistp256") -> bytes:
    point = start + x.to_bytes(32, "big") + y.to_bytes(32, "big")
    return wire("ecdsa-sha2-nistp256", curve, point)


def p256_point() -> tuple[int, int]:
    private = SIGNERS["ecdsa-sha2-nistp256"].private
    assert isinstance(private, ec.EllipticCurvePrivateKey)
    numbers = private.public_key().public_numbers()
    return numbers.x, numbers.y


def p256_point_near(x: int) -> tuple[int, int]:
    """The first point of P-256 with a coordinate at or above ``x``."""
    p = 2**256 - 2**224 + 2**192 + 2**96 - 1
    b = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
    while True:
        square = (x**3 - 3 * x + b) % p
        y = pow(square, (p + 1) // 4, p)
        if y * y % p == square:
            return x, y
        x += 1


X, Y = p256_point()
POINT = wire(
    "ecdsa-sha2-nistp256", "nistp256", b"\4" + X.to_bytes(32, "big") + Y.to_bytes(32, "big")
)
KEY_ATTACKS: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "ontbreken"),
    "no such kind": (wire("ssh-ed448", bytes(57)), "soort"),
    "signature-only kind": (
        wire(WEBAUTHN) + SIGNERS[SK_ECDSA].key.blob[4 + len(SK_ECDSA) :],
        "soort",
    ),
    "kind ending in NUL": (wire("ssh-ed25519\0") + PLAIN.key.blob[15:], "tekens"),
    "certificate": (wire("ssh-rsa-cert-v01@openssh.com", bytes(32)), "soort"),
    "DSA": (wire("ssh-dss") + mpint(2**1023 + 1) * 4, "soort"),
    "Ed25519 of 31 bytes": (wire("ssh-ed25519", bytes(31)), "32 bytes"),
    "Ed25519 with bytes behind": (PLAIN.key.blob + b"\0", "achter"),
    "Ed25519 not on the curve": (wire("ssh-ed25519", (2).to_bytes(32, "little")), "op de kromme"),
    "Ed25519 neutral point": (wire("ssh-ed25519", (1).to_bytes(32, "little")), "op de kromme"),
    "Ed25519 of order 2": (wire("ssh-ed25519", (P - 1).to_bytes(32, "little")), "op de kromme"),
    "Ed25519 of order 4": (wire("ssh-ed25519", bytes(32)), "orde"),
    "Ed25519 of order 8": (
        wire(
            "ssh-ed25519",
            bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
        ),
        "orde",
    ),
    "Ed25519 coordinate over the field": (
        wire("ssh-ed25519", (P + 3).to_bytes(32, "little")),
        "op de kromme",
    ),
    "RSA of 2047 bits": (rsa_blob(modulus=2**2047 - 1), "bits"),
    "RSA of 16385 bits": (rsa_blob(modulus=2**16385 - 1), "bits"),
    "RSA with exponent 1": (rsa_blob(exponent=1), "kunnen niet"),
    "RSA with an even exponent": (rsa_blob(exponent=65536), "kunnen niet"),
    "RSA with a huge exponent": (rsa_blob(exponent=2**32 + 1), "kunnen niet"),
    "RSA with an even modulus": (rsa_blob(modulus=2**2048 - 2), "kunnen niet"),
    "RSA with needless zeros": (rsa_blob(zeros=1), "nullen"),
    "RSA with a negative number": (
        wire("ssh-rsa") + mpint(65537) + wire(b"\xff" * 256),
        "negatief",
    ),
    "ECDSA compressed": (
        wire("ecdsa-sha2-nistp256", "nistp256", b"\2" + X.to_bytes(32, "big")),
        "uitgeschreven",
    ),
    "ECDSA hybrid": (point_blob(X, Y, bytes([6 + Y % 2])), "uitgeschreven"),
    "ECDSA at infinity": (wire("ecdsa-sha2-nistp256", "nistp256", b"\0"), "uitgeschreven"),
    "ECDSA not on the curve": (point_blob(X, Y ^ 1), "op de kromme"),
    "ECDSA on another curve": (point_blob(X, Y, curve="nistp384"), "past niet bij"),
    "ECDSA coordinate too short": (point_blob(*p256_point_near(5)), "onaannemelijk"),
    "ECDSA coordinate over the order": (
        point_blob(*p256_point_near(sshkey.CURVES["ecdsa-sha2-nistp256"].order)),
        "onaannemelijk",
    ),
    "FIDO without application": (wire(SK_ED25519) + PLAIN.key.blob[15:], "ontbreken"),
    "FIDO with an empty application": (
        wire(SK_ED25519) + PLAIN.key.blob[15:] + wire(""),
        "application",
    ),
    "FIDO application with NUL": (
        wire(SK_ED25519) + PLAIN.key.blob[15:] + wire("ssh:\0"),
        "tekens",
    ),
    "FIDO with bytes behind": (SIGNERS[SK_ED25519].key.blob + b"\0", "achter"),
    "FIDO application cut off": (SIGNERS[SK_ED25519].key.blob[:-1], "ontbreken"),
}


@pytest.mark.parametrize("attack", KEY_ATTACKS)
def test_key_attack_is_refused(attack: str) -> None:
    key_refused(*KEY_ATTACKS[attack])


def test_the_builders_of_attacks_can_also_build_good_keys() -> None:
    assert parse_public_key_blob(POINT) == parse_public_key_blob(point_blob(X, Y))
    assert parse_public_key_blob(rsa_blob()) == RSA_KEY.key


LINE = PLAIN.key.line
LINE_ATTACKS = {
    "empty": "",
    "kind alone": "ssh-ed25519",
    "space in front": " " + LINE,
    "options in front": 'namespaces="x" ' + LINE,
    "principal in front": "school " + LINE,
    "two spaces": LINE.replace(" ", "  "),
    "tab": LINE.replace(" ", "\t"),
    "comment with a tab": LINE + " a\tb",
    "comment with a line separator": LINE + " a\u2028b",
    "second line": LINE + "\n" + LINE,
    "carriage return": LINE + "\r\n",
    "two newlines": LINE + "\n\n",
    "kind of another key": LINE.replace("ssh-ed25519", "ssh-rsa"),
    "kind in capitals": LINE.upper(),
    "padding too many": LINE + "=",
    "padding left out": TOKENS[1].key.line.rstrip("="),
    "not ASCII": LINE[:-1] + "é",
    "half a character": LINE + " \udc80",
    "private key": "-----BEGIN OPENSSH " + "PRIVATE KEY-----",
    "over 16 Ki characters": LINE + " " + "x" * 16384,
}


@pytest.mark.parametrize("attack", LINE_ATTACKS)
def test_key_line_attack_is_refused(attack: str) -> None:
    with pytest.raises(SignatureError):
        parse_public_key_line(LINE_ATTACKS[attack])


@pytest.mark.parametrize("more", ["", "\n", " ", " J. de Vries (secretaris) é", "  x\n"])
def test_comment_and_one_newline_are_accepted(more: str) -> None:
    assert parse_public_key_line(LINE + more) == PLAIN.key


def test_spare_bits_in_the_base64_of_a_key_are_refused() -> None:
    line = next(key.key.line for key in SIGNERS.values() if key.key.line.endswith("=="))
    assert line[-3] in "AQgw"
    with pytest.raises(SignatureError, match="base64"):
        parse_public_key_line(line[:-3] + chr(ord(line[-3]) + 1) + "==")


def test_a_public_key_cannot_be_made_around_the_checks() -> None:
    for kind, blob in [("ssh-ed25519", b""), ("ssh-rsa", PLAIN.key.blob)]:
        with pytest.raises(SignatureError):
            PublicKey(kind, blob)


def test_material_is_shared_by_wrapped_kinds_of_one_point() -> None:
    shared = [SIGNERS[kind].key for kind in ("ecdsa-sha2-nistp256", SK_ECDSA)]
    assert shared[0].material == shared[1].material == PASSKEY.key.material
    assert PLAIN.key.material == SIGNERS[SK_ED25519].key.material
    assert PASSKEY.key.application == "school.example"
    assert PLAIN.key.application == ""


def test_material_sees_through_mirrored_points_and_other_exponents() -> None:
    p256 = 2**256 - 2**224 + 2**192 + 2**96 - 1
    assert parse_public_key_blob(point_blob(X, p256 - Y)).material == PASSKEY.key.material
    mirrored = PLAIN.key.blob[:-1] + bytes([PLAIN.key.blob[-1] ^ 0x80])
    assert parse_public_key_blob(mirrored).material == PLAIN.key.material
    assert parse_public_key_blob(rsa_blob(3)).material == RSA_KEY.key.material


def test_material_sees_through_an_added_point_of_order_two() -> None:
    """(x, y) plus (0, -1) is (-x, -y): another encoding of a key with the same secret."""
    encoded = int.from_bytes(PLAIN.key.blob[-32:], "little")
    y = P - encoded % 2**255
    other = y | ((encoded >> 255) ^ 1) << 255
    key = parse_public_key_blob(wire("ssh-ed25519", other.to_bytes(32, "little")))
    assert key != PLAIN.key
    assert key.material == PLAIN.key.material


def test_material_differs_between_keys() -> None:
    assert len({SIGNERS[kind].key.material for kind in KINDS}) == 5


def test_curve_orders_are_those_of_cryptography() -> None:
    known = {"nistp256": ec.SECP256R1(), "nistp384": ec.SECP384R1(), "nistp521": ec.SECP521R1()}
    for curve in sshkey.CURVES.values():
        assert curve.order == known[curve.name].group_order


@pytest.mark.parametrize(
    ("raw", "word"),
    [(wire(b"\0"), "nullen"), (wire(b"\0\1"), "nullen"), (b"\0\0\0\2\1", "ontbreken")],
)
def test_reader_takes_only_canonical_and_complete_numbers(raw: bytes, word: str) -> None:
    with pytest.raises(SignatureError, match=word):
        sshkey.Reader(raw, "Het getal").mpint()


def test_options_in_front_are_told_as_an_unusable_kind() -> None:
    with pytest.raises(SignatureError, match="soort sleutel wordt niet") as caught:
        parse_public_key_line('namespaces="x" ' + LINE)
    assert "Ed25519" in caught.value.hint


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=2**200), st.binary(max_size=40))
def test_writer_and_reader_agree(number: int, raw: bytes) -> None:
    data = sshkey.Writer().mpint(number).string(raw).uint32(7).uint8(9).data
    reader = sshkey.Reader(data, "De sleutel")
    assert (reader.mpint(), reader.string(), reader.uint32(), reader.uint8()) == (number, raw, 7, 9)
    reader.end()
    assert data.startswith(mpint(number))


# --- stock ssh-keygen -----------------------------------------------------------------------------


def test_a_missing_program_skips_here_and_fails_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    assert needs("no-such-program").args == (True,)
    assert needs().args == (False,)
    monkeypatch.setenv("CI", "true")
    assert needs("no-such-program").args == (False,)


@needs("ssh-keygen")
@pytest.mark.parametrize(("kind", "bits"), GENERATED)
def test_ssh_keygen_signs_and_we_accept(kind: str, bits: str, tmp_path: Path) -> None:
    keygen(tmp_path, "-q", "-t", kind, "-b", bits, "-N", "", "-C", "test", "-f", "key")
    key = parse_public_key_line((tmp_path / "key.pub").read_text())
    assert keygen_fingerprint(key.line.encode(), tmp_path) == key.fingerprint
    (tmp_path / "m").write_bytes(MESSAGE)
    assert keygen(tmp_path, "-q", "-Y", "sign", "-f", "key", "-n", NAMESPACE, "m") is not None
    armored = (tmp_path / "m.sig").read_bytes()
    signature = verified(armored)
    assert signature.key == key
    inner = sshkey.Reader(unwrap(armored)[10:], "")
    last = [inner.string() for _ in range(5)][-1]
    assert armor(key, NAMESPACE, signature.hash_algorithm, last) == armored
    refused(armored, "niet bij deze tekst", MESSAGE + b" ")


@needs("ssh-keygen")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("algorithm", [b"sha256", b"sha512"])
def test_ssh_keygen_accepts_what_soft_keys_sign(
    kind: str, algorithm: bytes, tmp_path: Path
) -> None:
    case = replace(ordinary(SIGNERS[kind]), armored=SIGNERS[kind].sign(hash=algorithm))
    assert we_accept(case)
    assert keygen_accepts(case, tmp_path)


@needs("ssh-keygen")
def test_ssh_keygen_accepts_what_we_sign(tmp_path: Path) -> None:
    private = ed25519.Ed25519PrivateKey.generate()
    signer = SoftKey("ssh-ed25519", private)
    case = replace(ordinary(signer), armored=sign_ed25519(private, MESSAGE, NAMESPACE))
    assert keygen_accepts(case, tmp_path)
    assert not keygen_accepts(replace(case, message=b""), tmp_path)


STRICTER: dict[str, tuple[SoftKey, Odd, dict[str, bytes]]] = {
    "untouched token": (TOKENS[1], Odd(flags=0), {}),
    "untouched Ed25519 token": (TOKENS[0], Odd(flags=0), {}),
    "untouched passkey": (PASSKEY, Odd(flags=4), {}),
    "passkey without its user verified": (PASSKEY, Odd(flags=1), {}),
    "passkey in a frame of another site": (PASSKEY, Odd(tail=',"crossOrigin":true}'), {}),
    "passkey with two origins": (PASSKEY, Odd(tail=',"origin":"https://kwaad.example"}'), {}),
    "version 0": (PLAIN, Odd(), {"version": bytes(4)}),
    "reserved field filled": (PLAIN, Odd(), {"reserved": b"x"}),
    "namespace ending in NUL": (PLAIN, Odd(), {"namespace": NAMESPACE.encode() + b"\0"}),
    "hash ending in NUL": (PLAIN, Odd(), {"hash": b"sha512\0"}),
    "needless zeros": (SIGNERS["ecdsa-sha2-nistp256"], Odd(mpint_zeros=2), {}),
}


@needs("ssh-keygen")
@pytest.mark.parametrize("name", STRICTER)
def test_we_refuse_what_ssh_keygen_lets_pass(name: str, tmp_path: Path) -> None:
    signer, odd, parts = STRICTER[name]
    case = Case(signer, signer.key.line.encode(), signer.sign(odd=odd, **parts))
    assert not we_accept(case)
    assert keygen_accepts(case, tmp_path), "ssh-keygen became stricter: tell so in the docs"


@needs("ssh-keygen")
@pytest.mark.parametrize("seed", range(4))
def test_we_never_accept_what_ssh_keygen_refuses(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    counts = judge(mutants(SIGNERS, rng, 150), tmp_path, rng, sample=0.2)
    assert counts["both accept"] >= 10, counts
    assert counts["both refuse"] >= 5, counts


@needs("ssh-keygen")
def test_changed_keys_are_the_same_keys_to_ssh_keygen(tmp_path: Path) -> None:
    assert judge_keys(SIGNERS, tmp_path, random.Random(9), 400) >= 5
