"""What the signature tests share: software keys, and one-line checks that read as sentences."""

from __future__ import annotations

import pytest

from beleidsbeheer.domain import sshkey
from beleidsbeheer.domain.signature import Signature, check, parse_signature
from beleidsbeheer.domain.sshkey import parse_public_key_blob
from beleidsbeheer.errors import SignatureError
from sshsig_mutants import (
    MESSAGE,
    NAMESPACE,
    SK_ECDSA,
    SK_ED25519,
    WEBAUTHN,
    SoftKey,
    soft_keys,
    unwrap,
    wire,
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
