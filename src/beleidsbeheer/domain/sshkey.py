"""OpenSSH public keys, read strictly: one accepted encoding for each key.

Sources: RFC 4251 §5 (wire types), RFC 4253 §6.6 (ssh-rsa), RFC 5656 §3.1 (ecdsa-sha2-*),
RFC 8709 §4 (ssh-ed25519), OpenSSH PROTOCOL.u2f (sk-*). The bounds on points and numbers follow
OpenSSH 9.2 or are tighter, so that stock ``ssh-keygen`` takes every key that is taken here.

``cryptography`` is imported where it is first used: reading this module costs nothing at start-up.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from beleidsbeheer.errors import SignatureError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    PublicObject: TypeAlias = Ed25519PublicKey | EllipticCurvePublicKey | RSAPublicKey

ED25519: Final = "ssh-ed25519"
RSA: Final = "ssh-rsa"
SK_ED25519: Final = "sk-ssh-ed25519@openssh.com"
SK_ECDSA: Final = "sk-ecdsa-sha2-nistp256@openssh.com"

MAX_TEXT: Final = 512  # bytes of a name inside: namespace, application, origin; ours, not OpenSSH's
MAX_LINE: Final = 16 * 1024  # characters; a 16384-bit RSA key takes under 3000
_MIN_RSA_BITS: Final = 2048
_MAX_RSA_BITS: Final = 16384  # what both OpenSSL and OpenSSH can handle
_MAX_RSA_EXPONENT: Final = 2**32


class Curve(NamedTuple):
    """A NIST curve: its SSH name, bytes in a coordinate, group order (FIPS 186-4 D.1.2)."""

    name: str
    size: int
    order: int


_P256: Final = Curve(
    "nistp256", 32, 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
)
_P384: Final = Curve(
    "nistp384",
    48,
    int("F" * 48 + "C7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973", 16),
)
_P521: Final = Curve(
    "nistp521",
    66,
    int("1" + "F" * 64 + "FA51868783BF2F966B7FCC0148F709A5D03BB5C9B8899C47AEBB6FB71E91386409", 16),
)
CURVES: Final = {
    "ecdsa-sha2-nistp256": _P256,
    "ecdsa-sha2-nistp384": _P384,
    "ecdsa-sha2-nistp521": _P521,
    SK_ECDSA: _P256,
}
KINDS: Final = frozenset({ED25519, RSA, SK_ED25519, *CURVES})


class Reader:
    """Walks over SSH wire data (RFC 4251 §5) from front to back.

    ``what`` names the thing being read in Dutch ("De sleutel"), for messages. Every method raises
    SignatureError when the data is too short or not in its one canonical form.
    """

    __slots__ = ("_at", "_data", "_what")

    def __init__(self, data: bytes, what: str) -> None:
        self._data = data
        self._at = 0
        self._what = what

    def take(self, count: int) -> bytes:
        """The next ``count`` bytes."""
        end = self._at + count
        if end > len(self._data):
            raise self.broken("er ontbreken bytes aan het eind")
        piece = self._data[self._at : end]
        self._at = end
        return piece

    def uint8(self) -> int:
        """One byte, 0..255."""
        return self.take(1)[0]

    def uint32(self) -> int:
        """Four bytes, big endian."""
        return int.from_bytes(self.take(4), "big")

    def string(self) -> bytes:
        """A length and that many bytes."""
        return self.take(int.from_bytes(self.take(4), "big"))

    def text(self) -> str:
        """A string of at most MAX_TEXT printable ASCII characters.

        OpenSSH would also drop one NUL at the end; that is refused here.
        """
        raw = self.string()
        if len(raw) > MAX_TEXT:
            raise self.broken("een naam is te lang")
        text = raw.decode("latin-1")
        if not (text.isascii() and text.isprintable()):
            raise self.broken("een naam bevat tekens die daar niet horen")
        return text

    def mpint(self) -> int:
        """A whole number >= 0, in the shortest form (OpenSSH also allows leading zeros)."""
        raw = self.string()
        if raw and raw[0] & 0x80:
            raise self.broken("een getal is negatief")
        if raw and raw[0] == 0 and (len(raw) == 1 or not raw[1] & 0x80):
            raise self.broken("een getal begint met overbodige nullen")
        return int.from_bytes(raw, "big")

    def end(self) -> None:
        """Nothing may follow."""
        if self._at != len(self._data):
            raise self.broken("er staan bytes achter die er niet horen")

    def broken(self, why: str) -> SignatureError:
        """The error to raise; ``why`` is a Dutch clause without full stop."""
        return SignatureError(f"{self._what} is niet geldig: {why}.")


class Writer:
    """Builds SSH wire data (RFC 4251 §5); ``data`` is what was written so far."""

    __slots__ = ("data",)

    def __init__(self, start: bytes = b"") -> None:
        self.data = start

    def uint8(self, value: int) -> Writer:
        self.data += value.to_bytes(1, "big")
        return self

    def uint32(self, value: int) -> Writer:
        self.data += value.to_bytes(4, "big")
        return self

    def string(self, value: bytes | str) -> Writer:
        raw = value.encode("ascii") if isinstance(value, str) else value
        self.data += len(raw).to_bytes(4, "big") + raw
        return self

    def mpint(self, value: int) -> Writer:
        """``value`` >= 0, shortest form."""
        size = 0 if value == 0 else value.bit_length() // 8 + 1
        return self.string(value.to_bytes(size, "big"))


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key that passed every check of this module. Make it with one of the parse functions.

    ``kind`` is the SSH name, ``blob`` the wire form that starts with that same name. Equal when the
    blobs are equal; compare ``material`` to see whether two keys share a secret.
    Raises SignatureError when made from a blob that is not strict, or of another kind.
    """

    kind: str
    blob: bytes

    def __post_init__(self) -> None:
        if _details(self.blob).kind != self.kind:
            raise SignatureError("De soort van de sleutel past niet bij de inhoud ervan.")

    @property
    def fingerprint(self) -> str:
        """``SHA256:`` and 43 characters, as ``ssh-keygen -l`` prints it."""
        return _details(self.blob).fingerprint

    @property
    def line(self) -> str:
        """``kind base64``: one line for an authorized_keys or allowed_signers file, no comment."""
        return f"{self.kind} {base64.b64encode(self.blob).decode('ascii')}"

    @property
    def material(self) -> bytes:
        """What two keys have in common exactly when knowing one secret gives away the other.

        The same for a point in a plain and in a ``sk-`` key (any application), for a point and its
        negative, for an Ed25519 point with something of small order added, and for one RSA modulus
        with different exponents.
        """
        return _details(self.blob).material

    @property
    def application(self) -> str:
        """``sk-`` keys: the FIDO application, "ssh:…" or the RP id of a passkey. Otherwise ''."""
        return _details(self.blob).application


class _Details(NamedTuple):
    kind: str
    application: str
    material: bytes
    fingerprint: str
    public: PublicObject


def parse_public_key_line(text: str) -> PublicKey:
    """Read ``kind base64 [comment]``, the text of a ``.pub`` file; one newline may end it.

    Raises SignatureError for options in front, control characters, more than one line, base64 that
    is not canonical, a kind that differs from the one inside, and what parse_public_key_blob
    refuses.
    """
    line = text.removesuffix("\n")
    if len(line) > MAX_LINE or not line.isprintable():
        raise SignatureError(
            "De publieke sleutel moet op één regel staan, zonder bijzondere tekens.",
            hint="Neem de regel uit het .pub-bestand precies over.",
        )
    kind, _, rest = line.partition(" ")
    if kind not in KINDS:
        raise _unknown_kind(kind)
    key = parse_public_key_blob(decode_base64(rest.partition(" ")[0].encode(), "De sleutel"))
    if key.kind != kind:
        raise SignatureError(f"De regel noemt de sleutel {kind}, maar de inhoud is {key.kind}.")
    return key


@lru_cache(maxsize=1024)
def parse_public_key_blob(blob: bytes) -> PublicKey:
    """Read a public key in wire form. Cached: a register holds many signatures by few keys.

    Raises SignatureError for a kind not in KINDS (so also certificates and DSA), bytes that follow,
    numbers not in canonical form, RSA outside 2048..16384 bits or with an exponent that is even,
    below 3 or over 32 bits, compressed points, points not on the curve or of small order.
    """
    return PublicKey(_details(blob).kind, blob)


def public_object(key: PublicKey) -> PublicObject:
    """The ``cryptography`` object of this key; for ``sk-`` keys that of its point. Cached."""
    return _details(key.blob).public


def decode_base64(encoded: bytes, what: str) -> bytes:
    """Canonical base64 (RFC 4648 §3.5: padded, spare bits zero, no white space).

    Raises SignatureError, with ``what`` (Dutch, "De sleutel") as its subject.
    """
    try:
        raw = binascii.a2b_base64(encoded, strict_mode=True)
    except binascii.Error:
        raw = b""
    if not raw or binascii.b2a_base64(raw, newline=False) != encoded:
        raise SignatureError(f"{what} is niet goed gecodeerd (base64).")
    return raw


@lru_cache(maxsize=1024)
def _details(blob: bytes) -> _Details:
    reader = Reader(blob, "De sleutel")
    kind = reader.text()
    if kind not in KINDS:
        raise _unknown_kind(kind)
    if kind == RSA:
        public, material = _read_rsa(reader)
    elif kind in CURVES:
        public, material = _read_point(reader, CURVES[kind])
    else:
        public, material = _read_ed25519(reader)
    application = ""
    if kind in {SK_ED25519, SK_ECDSA}:
        application = reader.text()
        if not application:
            raise reader.broken("de toepassing (application) ontbreekt")
    reader.end()
    digest = base64.b64encode(hashlib.sha256(blob).digest())
    fingerprint = "SHA256:" + digest.decode("ascii").rstrip("=")
    return _Details(kind, application, material, fingerprint, public)


def _unknown_kind(kind: str) -> SignatureError:
    if "-cert-v0" in kind:
        hint = "Gebruik de gewone publieke sleutel, niet het certificaat (-cert.pub)."
    else:
        hint = "Bruikbaar zijn Ed25519, ECDSA, RSA (2048 bits of meer) en FIDO-sleutels (sk-)."
    return SignatureError("Deze soort sleutel wordt niet aangenomen.", hint=hint)


def _read_rsa(reader: Reader) -> tuple[PublicObject, bytes]:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers

    exponent, modulus = reader.mpint(), reader.mpint()
    if not _MIN_RSA_BITS <= modulus.bit_length() <= _MAX_RSA_BITS:
        raise reader.broken(
            f"een RSA-sleutel heeft {_MIN_RSA_BITS} tot {_MAX_RSA_BITS} bits,"
            f" deze {modulus.bit_length()}"
        )
    if not (3 <= exponent < _MAX_RSA_EXPONENT and exponent & 1 and modulus & 1):
        raise reader.broken("de RSA-getallen kunnen niet kloppen")
    material = b"rsa:" + modulus.to_bytes((modulus.bit_length() + 7) // 8, "big")
    return RSAPublicNumbers(exponent, modulus).public_key(), material


def _read_point(reader: Reader, curve: Curve) -> tuple[PublicObject, bytes]:
    from cryptography.hazmat.primitives.asymmetric import ec

    if reader.text() != curve.name:
        raise reader.broken("de kromme past niet bij de soort")
    point = reader.string()
    if len(point) != 1 + 2 * curve.size or point[0] != 4:
        raise reader.broken("het punt is niet volledig uitgeschreven")
    for coordinate in (point[1 : 1 + curve.size], point[1 + curve.size :]):
        _check_coordinate(int.from_bytes(coordinate, "big"), curve, reader)
    known: dict[str, type[ec.SECP256R1 | ec.SECP384R1 | ec.SECP521R1]]
    known = {"nistp256": ec.SECP256R1, "nistp384": ec.SECP384R1, "nistp521": ec.SECP521R1}
    try:
        public = ec.EllipticCurvePublicKey.from_encoded_point(known[curve.name](), point)
    except ValueError:
        raise reader.broken("het punt ligt niet op de kromme") from None
    return public, f"{curve.name}:".encode() + point[1 : 1 + curve.size]


def _check_coordinate(value: int, curve: Curve, reader: Reader) -> None:
    """OpenSSH 9.2 refuses a coordinate that is very short, or not below the order minus one."""
    if value.bit_length() <= curve.order.bit_length() // 2 or value >= curve.order - 1:
        raise reader.broken("het punt is onaannemelijk")


_FIELD: Final = 2**255 - 19  # RFC 8032 §5.1
_EDWARDS_D: Final = 0x52036CEE2B6FFE738CC740797779E89800700A4D4141D8AB75EB4DCA135978A3


def _read_ed25519(reader: Reader) -> tuple[PublicObject, bytes]:
    """An Ed25519 point: canonical, on the curve, not of small order (RFC 8032 §5.1.3).

    The material is X25519 with a fixed scalar on the same point in its Montgomery form (RFC 7748
    §4.1). That scalar is a multiple of eight and only the u-coordinate comes out, so the sign and
    anything of small order drop out; a point that is itself of small order gives zero, an error.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    point = reader.string()
    if len(point) != 32:
        raise reader.broken("een Ed25519-sleutel heeft 32 bytes")
    y = int.from_bytes(point, "little") & (2**255 - 1)
    # x² = (y² - 1) / (d·y² + 1); a fraction is a square exactly when numerator times denominator is
    product = (y * y - 1) * (_EDWARDS_D * y * y + 1)
    if y >= _FIELD or pow(product, (_FIELD - 1) // 2, _FIELD) != 1:
        raise reader.broken("het punt ligt niet op de kromme")
    u = (1 + y) * pow(1 - y, -1, _FIELD) % _FIELD
    fixed = X25519PrivateKey.from_private_bytes(b"beleidsbeheer: sleutelmateriaal.")
    try:
        material = fixed.exchange(X25519PublicKey.from_public_bytes(u.to_bytes(32, "little")))
    except ValueError:
        raise reader.broken("het punt heeft een te kleine orde") from None
    return Ed25519PublicKey.from_public_bytes(point), b"curve25519:" + material
