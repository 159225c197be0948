"""Keys and passphrases on the command line: the options, and asking a person when it must."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from beleidsbeheer.cli.common import EXISTING_FILE
from beleidsbeheer.cli.main import Surroundings
from beleidsbeheer.cli.words import say
from beleidsbeheer.errors import KeyProblem

if TYPE_CHECKING:
    from beleidsbeheer.actions.writing import Workplace
    from beleidsbeheer.domain.entry import Entry

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

_SHORTEST = 10

_password_file = click.option(
    "--wachtwoord-bestand",
    "password_file",
    metavar="BESTAND",
    type=EXISTING_FILE,
    help="Lees het wachtwoord van de sleutel uit de eerste regel van dit bestand.",
)


def new_key_options(command: Decorated) -> Decorated:
    """``--wachtwoord-bestand`` and ``--zonder-wachtwoord``, for every command that makes a key."""
    unlocked = click.option(
        "--zonder-wachtwoord",
        "unlocked",
        is_flag=True,
        help="Sleutel zonder wachtwoord (alleen om te proberen).",
    )
    return _password_file(unlocked(command))


def signing_options(command: Decorated) -> Decorated:
    """``--sleutel`` and ``--wachtwoord-bestand``, for every command that signs; it gets ``work``."""

    @wraps(command)
    def with_work(
        *arguments: Any, key: Path | None, password_file: Path | None, **rest: Any
    ) -> Any:
        surroundings: Surroundings = click.get_current_context().obj
        work = workplace(surroundings, key, password_file)
        return command(*arguments, work=work, **rest)

    key_option = click.option(
        "--sleutel",
        "key",
        metavar="PAD",
        type=click.Path(path_type=Path),
        help="Teken met deze sleutel (privésleutel, of .pub van een sleutel in de agent).",
    )
    return cast("Decorated", key_option(_password_file(with_work)))


def workplace(
    surroundings: Surroundings, key: Path | None, password_file: Path | None
) -> Workplace:
    """Where this command works and with which keys."""
    # here, not on top: commands that only read start without them
    from beleidsbeheer.actions.writing import Keyring, Workplace
    from beleidsbeheer.storage.keys import key_folder

    keyring = Keyring(key_folder(), lambda path: passphrase(path, password_file), key)
    return Workplace(surroundings.start, keyring, surroundings.today, _show)


def _show(entry: Entry) -> None:
    """Say what is about to be signed, on a terminal: who types a passphrase knows for what."""
    if not sys.stderr.isatty():
        return
    from beleidsbeheer.domain.terms import grouped

    say(f"U tekent als {entry.role}: {entry.kind} over {entry.policy} {entry.version}.", err=True)
    for text in entry.texts:
        say(f"Tekst: {text.path}\nAfdruk: {grouped(text.sha256)}", err=True)


def passphrase(path: Path, password_file: Path | None) -> bytes:
    """The passphrase of a key: from the file if one was given, else asked on the terminal."""
    if password_file is not None:
        return read_password_file(password_file)
    if not sys.stdin.isatty():
        raise KeyProblem(
            f"De sleutel {path} heeft een wachtwoord, en er is hier niemand om het te vragen.",
            hint="Geef het met --wachtwoord-bestand BESTAND.",
        )
    typed: str = click.prompt(f"Wachtwoord van {path}", hide_input=True, err=True)
    return typed.encode()


def read_password_file(path: Path) -> bytes:
    """The first line of a file. Raises KeyProblem when it is empty or unreadable."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise KeyProblem(f"{path} kan niet worden gelezen: {error.strerror}.") from None
    if not lines or not lines[0]:
        raise KeyProblem(f"{path} is leeg.", hint="Zet het wachtwoord op de eerste regel.")
    return lines[0]


def new_passphrase(password_file: Path | None) -> bytes:
    """A passphrase for a new key: from the file, or typed twice. Raises KeyProblem when it is too short."""
    if password_file is not None:
        secret = _long_enough(read_password_file(password_file))
    elif sys.stdin.isatty():
        secret = _long_enough(_type_secret("Kies een wachtwoord voor uw sleutel"))
        if secret != _type_secret("Nog een keer hetzelfde wachtwoord"):
            raise KeyProblem("Dat waren twee verschillende wachtwoorden.", hint="Begin opnieuw.")
    else:
        raise KeyProblem(
            "Er is hier niemand om een wachtwoord te kiezen.",
            hint="Geef het met --wachtwoord-bestand BESTAND.",
        )
    return secret


def _long_enough(secret: bytes) -> bytes:
    if len(secret.decode(errors="replace")) < _SHORTEST:
        raise KeyProblem(
            f"Dit wachtwoord is korter dan {_SHORTEST} tekens.",
            hint="Neem bijvoorbeeld vier losse woorden.",
        )
    return secret


def _type_secret(question: str) -> bytes:
    typed: str = click.prompt(question, hide_input=True, err=True)
    return typed.encode()
