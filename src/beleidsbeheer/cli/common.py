"""What several commands share: options for keys, dates and JSON, and how findings are told."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from beleidsbeheer.cli.main import Surroundings
from beleidsbeheer.domain.model import parse_date
from beleidsbeheer.errors import KeyProblem

if TYPE_CHECKING:
    from beleidsbeheer.actions.writing import Workplace

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

json_option = click.option(
    "--json", "as_json", is_flag=True, help="Geef JSON, voor andere programma's."
)


class Day(click.ParamType):  # type: ignore[type-arg]  # generic only in newer Click
    """A date on the command line: 2026-10-01 or 01-10-2026."""

    name = "DATUM"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        if isinstance(value, date):
            return value
        text = str(value)
        parts = text.split("-")
        if len(parts) == 3 and len(parts[2]) == 4:
            text = "-".join(reversed(parts))
        try:
            return parse_date(text)
        except ValueError:
            self.fail(f"{value} is geen datum; schrijf 2026-10-01 of 01-10-2026.", param, ctx)


def signing_options(command: Decorated) -> Decorated:
    """``--sleutel`` and ``--wachtwoord-bestand``, for every command that signs."""
    command = click.option(
        "--wachtwoord-bestand",
        "password_file",
        metavar="BESTAND",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="Lees het wachtwoord van de sleutel uit de eerste regel van dit bestand.",
    )(command)
    return click.option(
        "--sleutel",
        "key",
        metavar="PAD",
        type=click.Path(path_type=Path),
        help="Teken met deze sleutel (privésleutel, of .pub van een sleutel in de agent).",
    )(command)


def workplace(
    surroundings: Surroundings, key: Path | None, password_file: Path | None
) -> Workplace:
    """Where this command works and with which keys."""
    # here, not on top: commands that only read start without them
    from beleidsbeheer.actions.writing import Keyring, Workplace
    from beleidsbeheer.storage.keys import key_folder

    keyring = Keyring(key_folder(), lambda path: passphrase(path, password_file), key)
    return Workplace(surroundings.start, keyring, surroundings.today)


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


def print_json(value: Any) -> None:
    """JSON for programs: UTF-8, two spaces, keys in documented order."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def complain(lines: Iterable[str]) -> None:
    """Lines that are no part of the answer: on stderr, so that a pipe gets the answer alone."""
    for line in lines:
        click.echo(line, err=True)
