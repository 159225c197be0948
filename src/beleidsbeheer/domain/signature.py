"""SSHSIG signatures: made with Ed25519, checked for every kind of key ``sshkey`` accepts.

Sources: OpenSSH PROTOCOL.sshsig (format), PROTOCOL.u2f (FIDO and WebAuthn), RFC 8332 (RSA with
SHA-2), RFC 5656 §3.1.2 (ECDSA), RFC 8709 §6 (Ed25519), WebAuthn Level 2 §5.8.1 and §6.1.

The rule: never accept what stock ``ssh-keygen -Y verify`` refuses. Stricter than stock on purpose:
one way to write a blob, empty reserved field, version exactly 1, the full RSA length, the FIDO flag
"user present" always and "user verified" for passkeys, client data that is sound JSON from one
origin. Still, other bytes can hold a signature by the same key over the same message (ECDSA and
FIDO sign with a random number), so never identify a statement by its signature.

Whose key it is, and which origin may sign, is for the roster to say: compare ``signature.key``,
``signature.kind`` and ``signature.origin`` there.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final, TypeAlias

from beleidsbeheer.domain.sshkey import (
    CURVES,
    ED25519,
    MAX_TEXT,
    RSA,
    SK_ECDSA,
    SK_ED25519,
    Curve,
    PublicKey,
    Reader,
    Writer,
    decode_base64,
    parse_public_key_blob,
    public_object,
)
from beleidsbeheer.errors import SignatureError

if TYPE_CHECKING:
    from collections.abc import Callable

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    Verifier: TypeAlias = Callable[[bytes, bytes], None]

MAX_SIGNATURE: Final = 16 * 1024  # bytes of an armoured file
MAX_ARMOR_LINE: Final = 76  # PROTOCOL.sshsig §1; ssh-keygen itself writes 70
ARMOR_LINE: Final = 70
WEBAUTHN: Final = "webauthn-sk-ecdsa-sha2-nistp256@openssh.com"

_MAGIC: Final = b"SSHSIG"
_BEGIN: Final = b"-----BEGIN SSH SIGNATURE-----\n"
_END: Final = b"\n-----END SSH SIGNATURE-----\n"
_HASHES: Final = {"sha256": hashlib.sha256, "sha512": hashlib.sha512}

_USER_PRESENT: Final = 0x01  # WebAuthn §6.1, authenticator data flags
_USER_VERIFIED: Final = 0x04
_ATTESTED_DATA: Final = 0x40
_EXTENSIONS: Final = 0x80


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature as it was read, not yet checked.

    ``kind`` is the SSH name of the algorithm. ``value`` is what the primitive checks: 64 bytes
    (Ed25519), as many bytes as the modulus (RSA), or DER of r and s (ECDSA). ``flags`` (one byte),
    ``counter`` (32 bits) are 0 unless FIDO; ``origin`` (as "https://host"), ``client_data`` (JSON)
    and ``extensions`` (CBOR) are empty unless WebAuthn.
    """

    key: PublicKey
    namespace: str
    hash_algorithm: str
    kind: str
    value: bytes
    flags: int = 0
    counter: int = 0
    origin: str = ""
    client_data: bytes = b""
    extensions: bytes = b""

    @property
    def user_present(self) -> bool:
        """The authenticator saw a touch. Always False unless FIDO."""
        return bool(self.flags & _USER_PRESENT)

    @property
    def user_verified(self) -> bool:
        """The authenticator knew who it was (PIN, fingerprint). Always False unless FIDO."""
        return bool(self.flags & _USER_VERIFIED)


def to_be_signed(message: bytes, namespace: str, hash_algorithm: str = "sha512") -> bytes:
    """The bytes that an SSHSIG signature signs (PROTOCOL.sshsig §3).

    Raises SignatureError for a namespace that is not 1..MAX_TEXT printable ASCII characters, and for
    a hash other than sha256 and sha512.
    """
    name = _namespace_bytes(namespace)
    algorithm = hash_algorithm.encode()
    digest = _hash(hash_algorithm, message)
    return b"".join(
        (
            _MAGIC,
            len(name).to_bytes(4, "big"),
            name,
            b"\0\0\0\0",  # reserved
            len(algorithm).to_bytes(4, "big"),
            algorithm,
            len(digest).to_bytes(4, "big"),
            digest,
        )
    )


def armor(key: PublicKey, namespace: str, hash_algorithm: str, signature: bytes) -> bytes:
    """The signature file byte for byte as ``ssh-keygen -Y sign`` writes it (PROTOCOL.sshsig).

    ``signature`` is the SSH signature blob: the name of the algorithm and what belongs to it.
    Raises SignatureError for a namespace or hash that to_be_signed refuses.
    """
    _hash(hash_algorithm, b"")
    blob = Writer(_MAGIC).uint32(1).string(key.blob).string(_namespace_bytes(namespace))
    blob.string(b"").string(hash_algorithm).string(signature)
    text = binascii.b2a_base64(blob.data, newline=False)
    lines = [text[at : at + ARMOR_LINE] for at in range(0, len(text), ARMOR_LINE)]
    return _BEGIN + b"\n".join(lines) + _END


def sign_ed25519(private: Ed25519PrivateKey, message: bytes, namespace: str) -> bytes:
    """Sign ``message`` in this process (RFC 8709) and return the armoured signature file.

    Raises SignatureError for a namespace that to_be_signed refuses.
    """
    point = private.public_key().public_bytes_raw()
    key = parse_public_key_blob(Writer().string(ED25519).string(point).data)
    value = private.sign(to_be_signed(message, namespace))
    return armor(key, namespace, "sha512", Writer().string(ED25519).string(value).data)


def parse_signature(armored: bytes) -> Signature:
    """Read a signature file of at most MAX_SIGNATURE bytes; nothing is verified yet.

    Raises SignatureError unless the file is: the exact first and last line, LF line ends, lines of
    at most 76 characters of canonical base64, and inside that version 1, a key ``sshkey`` accepts,
    a namespace, an empty reserved field, sha256 or sha512, and a strict signature of a kind that
    fits the key. No byte may follow anything.
    """
    reader = Reader(_dearmor(armored), "De handtekening")
    if reader.take(len(_MAGIC)) != _MAGIC:
        raise reader.broken("dit is geen SSH-handtekening")
    if reader.uint32() != 1:
        raise reader.broken("deze versie van het formaat kennen we niet")
    key = parse_public_key_blob(reader.string())
    namespace = reader.text()
    if not namespace:
        raise reader.broken("het doel (namespace) ontbreekt")
    if reader.string():
        raise reader.broken("het gereserveerde veld is niet leeg")
    hash_algorithm = reader.text()
    if hash_algorithm not in _HASHES:
        raise reader.broken("alleen de hashes sha256 en sha512 worden aangenomen")
    inner = Reader(reader.string(), "De handtekening")
    reader.end()
    signature = _read_value(inner, key, namespace, hash_algorithm)
    inner.end()
    return signature


def check(signature: Signature, message: bytes, namespace: str) -> None:
    """Return when ``signature`` is over exactly these bytes for this namespace by its own key.

    Raises SignatureError when it is not, when a FIDO key was not touched, or when a passkey did not
    verify its user. Says nothing about whose key it is, nor whether ``origin`` is the right site.
    """
    if signature.namespace != namespace:
        raise SignatureError(
            f"De handtekening is gezet voor “{signature.namespace}”, niet voor “{namespace}”.",
            hint="Een handtekening voor het ene doel telt niet voor het andere; teken opnieuw.",
        )
    signed = to_be_signed(message, namespace, signature.hash_algorithm)
    if signature.kind == WEBAUTHN:
        signed = _webauthn_data(signature, signed)
    elif signature.kind in {SK_ECDSA, SK_ED25519}:
        signed = _fido_data(signature, signed)
    verify = _verifier(signature.key, signature.kind)
    try:
        verify(signature.value, signed)
    except _invalid():
        raise SignatureError(
            "De handtekening past niet bij deze tekst.",
            hint="De tekst of de handtekening is veranderd na het tekenen, of de sleutel klopt"
            " niet. Haal beide bestanden opnieuw op of laat opnieuw tekenen.",
        ) from None


def _namespace_bytes(namespace: str) -> bytes:
    sound = namespace.isascii() and namespace.isprintable() and 0 < len(namespace) <= MAX_TEXT
    if not sound:
        raise SignatureError("Het doel (namespace) van een handtekening moet gewone tekst zijn.")
    return namespace.encode("ascii")


def _hash(algorithm: str, message: bytes) -> bytes:
    if algorithm not in _HASHES:
        raise SignatureError("Alleen de hashes sha256 en sha512 worden aangenomen.")
    return _HASHES[algorithm](message).digest()


def _dearmor(armored: bytes) -> bytes:
    """The blob inside. Stock ssh-keygen also takes white space anywhere and text after the end."""
    if len(armored) > MAX_SIGNATURE:
        raise SignatureError("Het bestand is te groot voor een handtekening.")
    if b"\r" in armored:
        raise SignatureError(
            "Het handtekeningbestand heeft regeleinden van Windows (CRLF).",
            hint="Het bestand is onderweg omgezet. Haal het opnieuw op, zonder omzetting van"
            " regeleinden.",
        )
    if not (armored.startswith(_BEGIN) and armored.endswith(_END)):
        raise SignatureError(
            "Dit is geen SSH-handtekening: de eerste of de laatste regel klopt niet.",
            hint="Een handtekeningbestand begint met -----BEGIN SSH SIGNATURE----- en eindigt met"
            " -----END SSH SIGNATURE----- en één regeleinde.",
        )
    lines = armored[len(_BEGIN) : -len(_END)].split(b"\n")
    if not all(0 < len(line) <= MAX_ARMOR_LINE for line in lines):
        raise SignatureError("Het handtekeningbestand heeft lege of te lange regels.")
    return decode_base64(b"".join(lines), "De handtekening")


def _read_value(reader: Reader, key: PublicKey, namespace: str, hash_algorithm: str) -> Signature:
    """The inner signature blob: the name of the algorithm, then what belongs to it."""
    kind = reader.text()
    if kind not in _kinds_for(key.kind):
        raise reader.broken("de soort handtekening past niet bij de sleutel")
    value = reader.string()
    if key.kind in CURVES:
        value = _read_ecdsa(value, CURVES[key.kind])
    elif key.kind == RSA:
        if len(value) != _modulus_size(key):
            raise reader.broken("ze is niet even lang als de RSA-sleutel")
    elif len(value) != 64:
        raise reader.broken("een Ed25519-handtekening heeft 64 bytes")
    if key.kind not in {SK_ECDSA, SK_ED25519}:
        return Signature(key, namespace, hash_algorithm, kind, value)
    flags, counter = reader.uint8(), reader.uint32()
    if kind != WEBAUTHN:
        return Signature(key, namespace, hash_algorithm, kind, value, flags, counter)
    origin, client_data, extensions = reader.text(), reader.string(), reader.string()
    if not origin or '"' in origin or "\\" in origin or " " in origin:
        raise reader.broken("de herkomst (origin) is geen webadres")
    return Signature(
        key, namespace, hash_algorithm, kind, value, flags, counter, origin, client_data, extensions
    )


def _kinds_for(key_kind: str) -> tuple[str, ...]:
    """Which algorithms go with a key. RSA with SHA-1 ("ssh-rsa", RFC 8332 §1) is not one."""
    if key_kind == RSA:
        return ("rsa-sha2-512", "rsa-sha2-256")
    if key_kind == SK_ECDSA:
        return (SK_ECDSA, WEBAUTHN)
    return (key_kind,)


def _modulus_size(key: PublicKey) -> int:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    public = public_object(key)
    assert isinstance(public, RSAPublicKey)  # noqa: S101 - narrows a type that the kind decides
    return (public.key_size + 7) // 8


def _read_ecdsa(value: bytes, curve: Curve) -> bytes:
    """Two mpints, 0 < r, s < order (RFC 5656 §3.1.2), rewritten as DER for ``cryptography``."""
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    reader = Reader(value, "De handtekening")
    r, s = reader.mpint(), reader.mpint()
    reader.end()
    if not (0 < r < curve.order and 0 < s < curve.order):
        raise reader.broken("een getal ligt buiten de grenzen van de kromme")
    return encode_dss_signature(r, s)


def _fido_data(signature: Signature, signed: bytes) -> bytes:
    """What a FIDO key signs (PROTOCOL.u2f, "SSH U2F signatures"); it must have been touched."""
    if signature.flags & (_ATTESTED_DATA | _EXTENSIONS):
        raise SignatureError("De FIDO-handtekening bevat uitbreidingen die niet zijn meegestuurd.")
    return _authenticator_data(signature) + hashlib.sha256(signed).digest()


def _authenticator_data(signature: Signature) -> bytes:
    """Application hash, flags, counter, extensions (WebAuthn §6.1)."""
    if not signature.user_present:
        raise SignatureError(
            "De beveiligingssleutel is bij het tekenen niet aangeraakt.",
            hint="Teken opnieuw en raak de sleutel aan zodra die daarom vraagt.",
        )
    application = hashlib.sha256(signature.key.application.encode("ascii")).digest()
    written = Writer(application).uint8(signature.flags).uint32(signature.counter)
    return written.data + signature.extensions


def _webauthn_data(signature: Signature, signed: bytes) -> bytes:
    """What a passkey signs in a browser (PROTOCOL.u2f, "webauthn signatures")."""
    if not signature.user_verified:
        raise SignatureError(
            "De passkey heeft niet vastgesteld wie er tekende.",
            hint="Teken opnieuw met vingerafdruk, gezicht of pincode.",
        )
    has_extensions = bool(signature.flags & _EXTENSIONS)
    if signature.flags & _ATTESTED_DATA or has_extensions != bool(signature.extensions):
        raise SignatureError("De uitbreidingen in de passkey-handtekening kloppen niet.")
    _check_client_data(signature, signed)
    return _authenticator_data(signature) + hashlib.sha256(signature.client_data).digest()


def _check_client_data(signature: Signature, signed: bytes) -> None:
    """Type, challenge and origin first and in that order, as browsers write them and OpenSSH wants.

    OpenSSH ignores the rest. Here the whole must be one JSON object without repeated names that was
    not made inside a frame of another site (WebAuthn §5.8.1, §7.2).
    """
    challenge = base64.urlsafe_b64encode(signed).rstrip(b"=")
    start = b'{"type":"webauthn.get","challenge":"' + challenge + b'","origin":"'
    start += signature.origin.encode("ascii") + b'"'
    if not signature.client_data.startswith(start):
        raise SignatureError(
            "De passkey tekende iets anders dan deze tekst, of op een andere website.",
            hint="Open de tekenpagina van de school opnieuw en teken de tekst die daar staat.",
        )
    try:
        fields = json.loads(signature.client_data.decode(), object_pairs_hook=_unique_names)
    except (ValueError, RecursionError):
        raise SignatureError("De browsergegevens bij de passkey zijn geen geldige JSON.") from None
    if fields.get("crossOrigin", False) is not False or "topOrigin" in fields:
        raise SignatureError(
            "De passkey is gebruikt in een venster binnen een andere website.",
            hint="Open de tekenpagina rechtstreeks in de browser en teken opnieuw.",
        )


def _unique_names(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("repeated name")
    return fields


@lru_cache(maxsize=1024)
def _verifier(key: PublicKey, kind: str) -> Verifier:
    """A function (value, signed bytes) that raises InvalidSignature. Cached by key and kind."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

    if kind not in _kinds_for(key.kind):
        raise SignatureError("De soort handtekening past niet bij de sleutel.")
    public = public_object(key)
    if isinstance(public, ed25519.Ed25519PublicKey):
        return public.verify
    if isinstance(public, rsa.RSAPublicKey):
        hashed = hashes.SHA256() if kind == "rsa-sha2-256" else hashes.SHA512()
        return partial(public.verify, padding=padding.PKCS1v15(), algorithm=hashed)  # RFC 8332 §3
    sizes = {256: hashes.SHA256(), 384: hashes.SHA384(), 521: hashes.SHA512()}  # RFC 5656 §6.2.1
    return partial(public.verify, signature_algorithm=ec.ECDSA(sizes[public.key_size]))


@lru_cache(maxsize=1)
def _invalid() -> type[Exception]:
    from cryptography.exceptions import InvalidSignature

    return InvalidSignature
