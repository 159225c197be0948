"""Software keys and authenticators, deliberately odd signature files, and ssh-keygen as the judge.

Shared by the tests and by ``fuzz/sshsig.py``. The wire format is built by hand here, so that a
mistake in ``domain.signature`` cannot hide behind itself.
"""

from __future__ import annotations

import base64
import hashlib
import os
import random
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from beleidsbeheer.domain.signature import check, parse_signature
from beleidsbeheer.domain.sshkey import CURVES, PublicKey, parse_public_key_blob
from beleidsbeheer.domain.sshkey import parse_public_key_line as parse_line
from beleidsbeheer.errors import SignatureError

NAMESPACE = "beleidsbeheer.v1/besluit"
MESSAGE = b'{\n  "besluit": "vastgesteld"\n}\n'
ORIGIN = "https://mr.school.example"
SK_ED25519 = "sk-ssh-ed25519@openssh.com"
SK_ECDSA = "sk-ecdsa-sha2-nistp256@openssh.com"
WEBAUTHN = "webauthn-sk-ecdsa-sha2-nistp256@openssh.com"
ED25519_ORDER = 2**252 + 27742317777372353535851937790883648493

_CURVES: dict[str, tuple[ec.EllipticCurve, hashes.HashAlgorithm]] = {
    "nistp256": (ec.SECP256R1(), hashes.SHA256()),
    "nistp384": (ec.SECP384R1(), hashes.SHA384()),
    "nistp521": (ec.SECP521R1(), hashes.SHA512()),
}


def wire(*fields: bytes | str) -> bytes:
    """SSH strings, one after the other."""
    raws = [item.encode() if isinstance(item, str) else item for item in fields]
    return b"".join(len(raw).to_bytes(4, "big") + raw for raw in raws)


def mpint(value: int, zeros: int = 0) -> bytes:
    """An SSH mpint; ``zeros`` needless zero bytes in front make it not canonical."""
    raw = value.to_bytes(value.bit_length() // 8 + 1, "big") if value else b""
    return wire(bytes(zeros) + raw)


def wrap(blob: bytes, width: int = 70) -> bytes:
    """Armour."""
    text = base64.b64encode(blob).decode()
    lines = [text[at : at + width] for at in range(0, len(text), width)]
    return "\n".join(
        ["-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", ""]
    ).encode()


def unwrap(armored: bytes) -> bytes:
    return base64.b64decode(b"".join(armored.split(b"\n")[1:-2]))


def tbs(message: bytes, namespace: bytes = NAMESPACE.encode(), algorithm: str = "sha512") -> bytes:
    """What SSHSIG signs."""
    return b"SSHSIG" + wire(namespace, b"", algorithm, hashlib.new(algorithm, message).digest())


def client_data(challenge: bytes, origin: str = ORIGIN, tail: str = ',"crossOrigin":false}') -> str:
    """As a browser writes it."""
    text = base64.urlsafe_b64encode(challenge).rstrip(b"=").decode()
    return f'{{"type":"webauthn.get","challenge":"{text}","origin":"{origin}"{tail}'


@dataclass(frozen=True)
class Odd:
    """How a signature departs from an ordinary one; every field is an ordinary value by default."""

    kind: str = ""
    flags: int = 0x05
    counter: int = 7
    origin: str = ORIGIN
    tail: str = ',"crossOrigin":false}'
    extensions: bytes = b""
    mpint_zeros: int = 0
    flip_s: bool = False


@dataclass(frozen=True)
class SoftKey:
    """A private key in memory, FIDO authenticators included. ``kind`` is what its signatures are."""

    kind: str
    private: ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    application: str = ""

    @property
    def key_kind(self) -> str:
        if self.kind.startswith("rsa-"):
            return "ssh-rsa"
        return SK_ECDSA if self.kind == WEBAUTHN else self.kind

    @property
    def key(self) -> PublicKey:
        application = wire(self.application) if self.application else b""
        return parse_public_key_blob(wire(self.key_kind) + self._public() + application)

    def _public(self) -> bytes:
        if isinstance(self.private, rsa.RSAPrivateKey):
            numbers = self.private.public_key().public_numbers()
            return mpint(numbers.e) + mpint(numbers.n)
        if isinstance(self.private, ed25519.Ed25519PrivateKey):
            return wire(self.private.public_key().public_bytes_raw())
        curve = CURVES[self.key_kind]
        point = self.private.public_key().public_numbers()
        both = point.x.to_bytes(curve.size, "big") + point.y.to_bytes(curve.size, "big")
        return wire(curve.name, b"\4" + both)

    def inner(self, signed: bytes, odd: Odd | None = None) -> bytes:
        """The SSH signature blob over ``signed``, the SSHSIG bytes."""
        odd = odd or Odd()
        name = wire(odd.kind or self.kind)
        if not self.application:
            return name + wire(self._raw(signed, odd))
        signs_client_data = self.kind == WEBAUTHN
        told = client_data(signed, odd.origin, odd.tail).encode() if signs_client_data else signed
        state = bytes([odd.flags]) + odd.counter.to_bytes(4, "big")
        application = hashlib.sha256(self.application.encode()).digest()
        data = application + state + odd.extensions + hashlib.sha256(told).digest()
        more = wire(odd.origin, told, odd.extensions) if signs_client_data else b""
        return name + wire(self._raw(data, odd)) + state + more

    def _raw(self, data: bytes, odd: Odd) -> bytes:
        if isinstance(self.private, ed25519.Ed25519PrivateKey):
            return self.private.sign(data)
        if isinstance(self.private, rsa.RSAPrivateKey):
            kind = odd.kind or self.kind
            sizes = {"rsa-sha2-256": hashes.SHA256(), "ssh-rsa": hashes.SHA1()}  # noqa: S303
            return self.private.sign(data, padding.PKCS1v15(), sizes.get(kind, hashes.SHA512()))
        curve = CURVES[self.key_kind]
        r, s = decode_dss_signature(self.private.sign(data, ec.ECDSA(_CURVES[curve.name][1])))
        s = curve.order - s if odd.flip_s else s
        return mpint(r, odd.mpint_zeros) + mpint(s, odd.mpint_zeros)

    def sign(self, message: bytes = MESSAGE, odd: Odd | None = None, **parts: bytes) -> bytes:
        """An armoured file. ``parts`` replace fields: magic, version, key, namespace, hash, …"""
        namespace = parts.get("namespace", NAMESPACE.encode())
        algorithm = parts.get("hash", b"sha512")
        return wrap(
            parts.get("magic", b"SSHSIG")
            + parts.get("version", b"\0\0\0\1")
            + wire(
                parts.get("key", self.key.blob),
                namespace,
                parts.get("reserved", b""),
                algorithm,
                parts.get("inner")
                or self.inner(
                    tbs(message, namespace.rstrip(b"\0"), algorithm.rstrip(b"\0").decode()), odd
                )
                + parts.get("inner_tail", b""),
            )
            + parts.get("tail", b"")
        )


def soft_keys() -> dict[str, SoftKey]:
    """One of every kind, by signature kind. The RSA key differs from run to run, the rest not."""
    private = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    keys = [SoftKey("ssh-ed25519", private), SoftKey(SK_ED25519, private, "ssh:school")]
    for kind, curve in CURVES.items():
        point = ec.derive_private_key(curve.order // 3, _CURVES[curve.name][0])
        keys.append(SoftKey(kind, point, "ssh:school" if kind == SK_ECDSA else ""))
    keys.append(SoftKey(WEBAUTHN, keys[-1].private, "school.example"))
    keys.append(SoftKey("rsa-sha2-512", rsa.generate_private_key(65537, 2048)))
    keys.append(SoftKey("rsa-sha2-256", keys[-1].private))
    return {key.kind: key for key in keys}


@dataclass(frozen=True)
class Case:
    """A key line, a signature file and a message, to be judged together."""

    signer: SoftKey
    line: bytes
    armored: bytes
    message: bytes = MESSAGE
    told: str = field(default="", compare=False)


def ordinary(signer: SoftKey) -> Case:
    return Case(signer, signer.key.line.encode(), signer.sign())


def we_accept(case: Case) -> bool:
    """Does this project take the key, and the signature as one by that key?"""
    try:
        key = parse_line(case.line.decode("utf-8", "surrogateescape"))
        signature = parse_signature(case.armored)
        check(signature, case.message, NAMESPACE)
    except SignatureError:
        return False
    return signature.key == key


def keygen(folder: Path, *args: str | Path, told: bytes = b"") -> str | None:
    """What ssh-keygen says in ``folder``, which is also its home; None when it refuses."""
    done = subprocess.run(
        ["ssh-keygen", *args],
        input=told,
        capture_output=True,
        check=False,
        timeout=20,
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder)},
    )
    return done.stdout.decode("latin-1") if done.returncode == 0 else None


def keygen_accepts(case: Case, folder: Path) -> bool:
    """Does stock ssh-keygen take the signature as one by that key? Writes files in ``folder``."""
    (folder / "allowed").write_bytes(b"school " + case.line + b"\n")
    (folder / "sig").write_bytes(case.armored)
    verify = ["-Y", "verify", "-I", "school", "-n", NAMESPACE, "-f", "allowed", "-s", "sig"]
    return keygen(folder, "-q", *verify, told=case.message) is not None


def keygen_fingerprint(line: bytes, folder: Path) -> str:
    """What ssh-keygen makes of a public key line: its fingerprint, '' when it refuses."""
    (folder / "key.pub").write_bytes(line + b"\n")
    said = keygen(folder, "-l", "-f", "key.pub")
    return said.split(" ")[1] if said else ""


Mutator = Callable[[random.Random, Case], Case]


def _bytes_changed(rng: random.Random, raw: bytes) -> bytes:
    at = rng.randrange(len(raw))
    few = rng.randrange(1, 5)
    return rng.choice(
        [
            raw[:at] + bytes([raw[at] ^ 1 << rng.randrange(8)]) + raw[at + 1 :],
            raw[:at] + raw[at + few :],
            raw[:at] + rng.randbytes(few) + raw[at:],
            raw[:at] + raw[at : at + few] + raw[at:],
            raw[:at] + b"\0" + raw[at:],
            raw[:at] + rng.randbytes(1) + raw[at + 1 :],
            raw[:at],
            raw + rng.choice([b"\0", b"\n", rng.randbytes(few)]),
            raw,
        ]
    )


def change_blob(rng: random.Random, case: Case) -> Case:
    return replace(case, armored=wrap(_bytes_changed(rng, unwrap(case.armored))))


def change_armor(rng: random.Random, case: Case) -> Case:
    text = case.armored
    at = rng.randrange(len(text))
    other = rng.choice(
        [
            text.replace(b"\n", b"\r\n"),
            text[:-1],
            text + rng.choice([b"\n", b" ", b"tekst\n", text]),
            rng.choice([b" ", b"\n", b"\xef\xbb\xbf"]) + text,
            wrap(unwrap(text), rng.randrange(1, 120)),
            text[:at] + rng.choice([b" ", b"\n", b"\t", b"=", b"\r", b"\0"]) + text[at:],
            text.replace(b"=", b""),
            _bytes_changed(rng, text),
            text,
        ]
    )
    return replace(case, armored=other)


def change_message(rng: random.Random, case: Case) -> Case:
    return replace(case, message=_bytes_changed(rng, case.message))


def change_line(rng: random.Random, case: Case) -> Case:
    line = case.line
    other = rng.choice(
        [
            line + b" naam@school",
            line + b" naam met spaties \xc3\xa9",
            line + b"\t" + rng.randbytes(2),
            line.replace(b" ", rng.choice([b"  ", b"\t", b" \t"]), 1),
            b'namespaces="beleidsbeheer.v1/*" ' + line,
            b"cert-authority " + line,
            line.replace(b"ssh-", b"SSH-", 1),
            line.rstrip(b"="),
            line + b"=",
            line + rng.choice([b"\n", b"\r", b"\r\n", b"\n" + line]),
            line.replace(case.signer.key_kind.encode(), case.signer.kind.encode(), 1),
            _bytes_changed(rng, line),
        ]
    )
    return replace(case, line=other)


def sign_oddly(rng: random.Random, case: Case) -> Case:
    """A genuine signature over the message in a form that nobody writes."""
    odd = Odd(
        kind=rng.choice(["", "", "", "ssh-rsa", "rsa-sha2-256", "ssh-ed25519", SK_ECDSA, WEBAUTHN]),
        flags=rng.choice([0x05, 0x05, 0x01, 0x00, 0x04, 0x45, 0x85, 0x1D, rng.randrange(256)]),
        counter=rng.choice([0, 7, 2**32 - 1]),
        origin=rng.choice([ORIGIN, ORIGIN, "https://x", '"', "a\0", "é", "", "http://localhost:1"]),
        tail=rng.choice(
            ["}", ',"crossOrigin":false}', ',"crossOrigin":true}', ',"origin":"https://x"}', ""]
        ),
        extensions=rng.choice([b"", b"", b"\xa0", rng.randbytes(3)]),
        mpint_zeros=rng.choice([0, 0, 0, 1, 2]),
        flip_s=rng.random() < 0.5,
    )
    parts: dict[str, bytes] = {}
    choices: dict[str, list[bytes]] = {
        "version": [b"\0\0\0\0", b"\0\0\0\2"],
        "reserved": [b"x"],
        "hash": [b"sha256", b"sha256\0", b"md5", b"sha384"],
        "namespace": [NAMESPACE.encode() + b"\0", b"beleidsbeheer.v1/reglement"],
        "inner_tail": [b"\0", wire("x")],
        "tail": [b"\0"],
    }
    if rng.random() < 0.5:
        name = rng.choice(sorted(choices))
        parts[name] = rng.choice(choices[name])
    calm = Odd() if rng.random() < 0.3 else odd
    return replace(case, armored=case.signer.sign(case.message, calm, **parts))


MUTATORS: list[Mutator] = [change_blob, change_armor, change_message, change_line, sign_oddly]


def mutants(signers: dict[str, SoftKey], rng: random.Random, count: int) -> list[Case]:
    """``count`` mutants, now and then of a mutant."""
    cases = []
    for _ in range(count):
        case = ordinary(signers[rng.choice(sorted(signers))])
        for _ in range(rng.choice([1, 1, 1, 2])):
            mutate = rng.choice(MUTATORS)
            try:
                case = replace(mutate(rng, case), told=f"{case.told} {mutate.__name__}")
            except ValueError:  # a second mutation may find nothing left to decode
                continue
        cases.append(case)
    return cases


def judge(cases: list[Case], folder: Path, rng: random.Random, sample: float) -> Counter[str]:
    """Counts of: agreed, agreed to refuse, stricter, not asked. Raises AssertionError on looser.

    ssh-keygen is asked about all we accept and about a share ``sample`` of what we refuse.
    """
    counts: Counter[str] = Counter()
    for case in cases:
        ours = we_accept(case)
        if not ours and rng.random() >= sample:
            counts["refused, not asked"] += 1
            continue
        theirs = keygen_accepts(case, folder)
        assert theirs or not ours, f"we accept what ssh-keygen refuses: {case!r}"
        counts[{(1, 1): "both accept", (0, 0): "both refuse"}.get((ours, theirs), "stricter")] += 1
    return counts


def judge_keys(signers: dict[str, SoftKey], folder: Path, rng: random.Random, count: int) -> int:
    """Change public keys; what we still take must be the same key to ssh-keygen. How many we took.

    Changed Ed25519 points are on the curve half of the time; of other keys only RSA can survive.
    """
    taken = 0
    for _ in range(count):
        key = signers[rng.choice(sorted(signers))].key
        encoded = base64.b64encode(_bytes_changed(rng, key.blob)).decode()
        line = rng.choice([f"{key.kind} {encoded}", f"{key.kind} {encoded} iemand"])
        try:
            ours = parse_line(line).fingerprint
        except SignatureError:
            continue
        theirs = keygen_fingerprint(line.encode(), folder)
        assert ours == theirs, f"we take a key that ssh-keygen does not: {line}"
        taken += 1
    return taken
