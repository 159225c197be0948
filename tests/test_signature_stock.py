"""SSHSIG with ssh-keygen as the judge, both ways: made here, made there, and mutants of both."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519

from beleidsbeheer.domain import sshkey
from beleidsbeheer.domain.signature import (
    armor,
    sign_ed25519,
)
from beleidsbeheer.domain.sshkey import parse_public_key_line
from programs import needs
from sshsig_checks import (
    GENERATED,
    KINDS,
    PASSKEY,
    PLAIN,
    SIGNERS,
    TOKENS,
    refused,
    verified,
)
from sshsig_mutants import (
    MESSAGE,
    NAMESPACE,
    Case,
    Odd,
    SoftKey,
    judge,
    judge_keys,
    keygen,
    keygen_accepts,
    keygen_fingerprint,
    mutants,
    ordinary,
    unwrap,
    we_accept,
)

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
