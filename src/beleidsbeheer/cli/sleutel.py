"""``beleid sleutel``: keys to sign with."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from beleidsbeheer.cli.common import json_option, print_json, read_password_file
from beleidsbeheer.cli.dutch import DutchGroup
from beleidsbeheer.domain.model import slug_defect
from beleidsbeheer.errors import KeyProblem, WrongUse
from beleidsbeheer.storage.keys import find_keys, key_folder, make_key, public_path

_SHORTEST = 10


@click.group("sleutel", cls=DutchGroup)
def command() -> None:
    """Maak of toon sleutels om mee te tekenen.

    \b
    Voorbeeld:
      beleid sleutel maak --naam mr-voorzitter
      beleid sleutel toon
    """


@command.command("maak")
@click.option(
    "--naam",
    "name",
    default="beleid",
    show_default=True,
    metavar="NAAM",
    help="Naam van de sleutel.",
)
@click.option(
    "--wachtwoord-bestand",
    "password_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="BESTAND",
    help="Lees het wachtwoord uit de eerste regel van dit bestand (voor scripts).",
)
@click.option(
    "--zonder-wachtwoord", "unlocked", is_flag=True, help="Geen wachtwoord (alleen om te proberen)."
)
def make(name: str, password_file: Path | None, unlocked: bool) -> int:
    """Maak een sleutel (Ed25519, in de vorm van OpenSSH).

    Het wachtwoord wordt twee keer gevraagd. Geef daarna alleen het .pub-bestand aan de beheerder.

    \b
    Voorbeeld:
      beleid sleutel maak --naam mr-voorzitter
    """
    path = make_named_key(key_folder(), name, b"" if unlocked else new_passphrase(password_file))
    click.echo(f"Uw sleutel: {path}\nDeze geeft u aan niemand.")
    click.echo(
        f"\nOpenbare helft: {public_path(path)}\nDeze geeft u aan de beheerder van het rooster."
    )
    return 0


@command.command("toon")
@json_option
def show(as_json: bool) -> int:
    """Toon de sleutels op deze computer met hun afdruk.

    \b
    Voorbeeld:
      beleid sleutel toon
    """
    folder = key_folder()
    keys = [*find_keys(folder), *find_keys(folder / "reserve")]
    if as_json:
        rows = [
            {"pad": str(k.path), "soort": k.public.kind, "afdruk": k.public.fingerprint}
            for k in keys
        ]
        print_json({"schema": "beleidsbeheer.sleutels/1", "map": str(folder), "sleutels": rows})
        return 0
    for each in keys:
        click.echo(f"{each.path}\n  {each.public.fingerprint}\n  {each.public.line}")
    if not keys:
        click.echo(f"Er staan geen sleutels in {folder}. Maak er een met: beleid sleutel maak")
    return 0


def make_named_key(folder: Path, name: str, secret: bytes) -> Path:
    """Make a key called ``name`` in ``folder``; its path. Raises WrongUse for a name that cannot be one."""
    if slug_defect(name):
        raise WrongUse(f"'{name}' kan geen naam van een sleutel zijn: {slug_defect(name)}.")
    path = folder / name
    make_key(path, secret, name)
    return path


def new_passphrase(password_file: Path | None) -> bytes:
    """A passphrase for a new key: from the file, or typed twice. Raises KeyProblem when it is too short."""
    if password_file is not None:
        secret = read_password_file(password_file)
    elif sys.stdin.isatty():
        secret = _type_secret("Kies een wachtwoord voor uw sleutel")
        if secret != _type_secret("Nog een keer hetzelfde wachtwoord"):
            raise KeyProblem("Dat waren twee verschillende wachtwoorden.", hint="Begin opnieuw.")
    else:
        raise KeyProblem(
            "Er is hier niemand om een wachtwoord te kiezen.",
            hint="Geef het met --wachtwoord-bestand BESTAND.",
        )
    if len(secret.decode(errors="replace")) < _SHORTEST:
        raise KeyProblem(
            f"Dit wachtwoord is korter dan {_SHORTEST} tekens.",
            hint="Neem bijvoorbeeld vier losse woorden.",
        )
    return secret


def _type_secret(question: str) -> bytes:
    typed: str = click.prompt(question, hide_input=True, err=True)
    return typed.encode()
