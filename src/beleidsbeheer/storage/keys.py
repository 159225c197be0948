"""Private keys: where they lie, making them, and signing with them.

The format is OpenSSH's own, so ``ssh-keygen`` reads what we make and we read what it makes. Ed25519 keys are
opened and used in this process. Any other key (RSA, ECDSA, a FIDO2 token, a key that only an agent holds)
signs through ``ssh-keygen -Y sign``, which asks for its passphrase or touch itself. Secrets come through a
callback; nothing here prompts, prints or logs one.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from beleidsbeheer.domain.signature import sign_ed25519
from beleidsbeheer.domain.sshkey import PublicKey, parse_public_key_line
from beleidsbeheer.errors import KeyProblem, SignatureError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

AskPassphrase = Callable[[Path], bytes]

_LARGEST_KEY_FILE = 64 * 1024


class Signer(Protocol):
    """Something that signs with one key."""

    @property
    def public(self) -> PublicKey: ...

    def sign(self, message: bytes, namespace: str) -> bytes:
        """The armoured SSHSIG signature over ``message``. Raises KeyProblem."""
        ...


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A key on this machine: the path of the private half, and its public half."""

    path: Path
    public: PublicKey

    @property
    def to_sign_with(self) -> Path:
        """The private half, or the public one when only that lies here and an agent holds the other."""
        return self.path if self.path.exists() else public_path(self.path)


def key_folder() -> Path:
    """The platform's own place for this user's keys (XDG, Application Support, AppData)."""
    from platformdirs import user_config_path

    return user_config_path("beleidsbeheer", appauthor=False) / "sleutels"


def make_key(path: Path, passphrase: bytes, comment: str) -> PublicKey:
    """Make an Ed25519 key pair at ``path`` and ``path.pub``. An empty passphrase leaves it unencrypted.

    Raises KeyProblem when a file is already there: a key is never overwritten.
    """
    from cryptography.hazmat.primitives import serialization as s
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    if public_path(path).exists():
        raise _taken(public_path(path))
    private = Ed25519PrivateKey.generate()
    lock = s.BestAvailableEncryption(passphrase) if passphrase else s.NoEncryption()
    secret = private.private_bytes(s.Encoding.PEM, s.PrivateFormat.OpenSSH, lock)
    public = _public_half(private)
    _write_new(path, secret, 0o600)
    _write_new(public_path(path), f"{public.line} {comment}\n".encode(), 0o644)
    return public


def public_path(path: Path) -> Path:
    """Where the public half of a private key lies."""
    return path.with_name(path.name + ".pub")


def find_keys(folder: Path) -> Iterator[KeyFile]:
    """The keys in a folder, by their public halves; a file that holds no key is passed over."""
    for public in sorted(folder.glob("*.pub")):
        try:
            yield KeyFile(public.with_suffix(""), read_public_key(public))
        except (KeyProblem, SignatureError):
            continue


def read_public_key(path: Path) -> PublicKey:
    """The public key in a ``.pub`` file. Raises KeyProblem naming the file."""
    try:
        return parse_public_key_line(_read(path).decode("utf-8").strip())
    except UnicodeDecodeError:
        raise KeyProblem(f"{path} is geen openbare sleutel.") from None
    except SignatureError as error:
        raise KeyProblem(
            f"{path} is geen bruikbare openbare sleutel: {error.message}", hint=error.hint
        ) from None


def open_signer(path: Path, ask: AskPassphrase) -> Signer:
    """What signs with the key at ``path``: a private key, or the ``.pub`` of one that an agent holds.

    ``ask`` is called with the path when a passphrase is needed. Raises KeyProblem.
    """
    if path.suffix == ".pub":
        return _OutsideSigner(path, read_public_key(path))
    secret = _read(path)
    private = _open_private(path, secret, ask)
    if private is None:
        return _OutsideSigner(path, read_public_key(public_path(path)))
    return _OwnSigner(private, _public_half(private))


@dataclass(frozen=True, slots=True)
class _OwnSigner:
    _private: Ed25519PrivateKey
    public: PublicKey

    def sign(self, message: bytes, namespace: str) -> bytes:
        return sign_ed25519(self._private, message, namespace)


@dataclass(frozen=True, slots=True)
class _OutsideSigner:
    """Signs through ssh-keygen: for agents, security keys and kinds that we do not open ourselves."""

    _path: Path
    public: PublicKey

    def sign(self, message: bytes, namespace: str) -> bytes:
        command = ["ssh-keygen", "-Y", "sign", "-f", str(self._path), "-n", namespace]
        try:
            done = subprocess.run(command, input=message, capture_output=True, check=False)
        except FileNotFoundError:
            raise KeyProblem(
                "Voor deze sleutel is ssh-keygen nodig, en dat staat niet op deze computer.",
                hint="Installeer OpenSSH, of gebruik een sleutel van: beleid sleutel maak",
            ) from None
        if done.returncode != 0:
            complaint = done.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["?"]
            raise KeyProblem(
                f"ssh-keygen kon niet tekenen met {self._path}: {complaint[0]}",
                hint="Staat de sleutel in de agent (ssh-add -l), of is de beveiligingssleutel aangesloten?",
            )
        return done.stdout


def _open_private(path: Path, secret: bytes, ask: AskPassphrase) -> Ed25519PrivateKey | None:
    """The Ed25519 private key in ``secret``; None for a kind that ssh-keygen must use."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_ssh_private_key

    try:
        key = load_ssh_private_key(secret, None)
    except TypeError:  # cryptography's way to say: encrypted
        try:
            key = load_ssh_private_key(secret, ask(path))
        except ValueError:
            raise KeyProblem(
                f"Het wachtwoord van {path} klopt niet.", hint="Probeer het opnieuw."
            ) from None
        except UnsupportedAlgorithm:
            return None
    except UnsupportedAlgorithm:
        return None
    except ValueError:
        raise KeyProblem(
            f"{path} is geen leesbare privésleutel in de vorm van OpenSSH.",
            hint="Maak er een met: beleid sleutel maak",
        ) from None
    return key if isinstance(key, Ed25519PrivateKey) else None


def _public_half(private: Ed25519PrivateKey) -> PublicKey:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    raw = private.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)
    return parse_public_key_line(raw.decode())


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST_KEY_FILE + 1)
    except FileNotFoundError:
        raise KeyProblem(
            f"Er is geen sleutel op {path}.", hint="Maak er een met: beleid sleutel maak"
        ) from None
    except OSError as error:
        raise KeyProblem(f"{path} kan niet worden gelezen: {error.strerror}.") from None
    if len(data) > _LARGEST_KEY_FILE:
        raise KeyProblem(f"{path} is te groot voor een sleutel.")
    return data


def _taken(path: Path) -> KeyProblem:
    return KeyProblem(
        f"Er staat al een sleutel op {path}.", hint="Kies een andere naam met --naam."
    )


def _write_new(path: Path, data: bytes, mode: int) -> None:
    """Create a file that was not there, readable by its owner only where ``mode`` says so."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except FileExistsError:
        raise _taken(path) from None
    except OSError as error:
        raise KeyProblem(f"{path} kan niet worden geschreven: {error.strerror}.") from None
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
