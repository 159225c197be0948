"""OpenSSH public keys: one spelling a key, one identity for its material."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from hypothesis import given, settings
from hypothesis import strategies as st

from beleidsbeheer.domain import sshkey
from beleidsbeheer.domain.sshkey import PublicKey, parse_public_key_blob, parse_public_key_line
from beleidsbeheer.errors import SignatureError
from sshsig_checks import (
    KINDS,
    PASSKEY,
    PLAIN,
    RSA_KEY,
    SIGNERS,
    TOKENS,
    P,
    key_refused,
)
from sshsig_mutants import (
    SK_ECDSA,
    SK_ED25519,
    WEBAUTHN,
    mpint,
    wire,
)

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
