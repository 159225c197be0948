"""``beleid sleutel``: keys to sign with."""

from __future__ import annotations

from pathlib import Path

import click

from beleidsbeheer.cli.common import json_option, print_json
from beleidsbeheer.cli.dutch import DutchGroup
from beleidsbeheer.cli.signing import new_key_options, new_passphrase
from beleidsbeheer.cli.words import say
from beleidsbeheer.domain.model import slug_defect
from beleidsbeheer.errors import WrongUse
from beleidsbeheer.storage.keys import find_keys, key_folder, make_key, public_path


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
@new_key_options
def make(name: str, password_file: Path | None, unlocked: bool) -> int:
    """Maak een sleutel (Ed25519, in de vorm van OpenSSH).

    Het wachtwoord wordt twee keer gevraagd. Geef daarna alleen het .pub-bestand aan de beheerder.

    \b
    Voorbeeld:
      beleid sleutel maak --naam mr-voorzitter
    """
    path = make_named_key(key_folder(), name, b"" if unlocked else new_passphrase(password_file))
    say(f"Uw sleutel: {path}\nDeze geeft u aan niemand.")
    say(f"\nOpenbare helft: {public_path(path)}\nDeze geeft u aan de beheerder van het rooster.")
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
        # not wrapped: people copy these lines
        click.echo(f"{each.path}\n  {each.public.fingerprint}\n  {each.public.line}")
    if not keys:
        say(f"Er staan geen sleutels in {folder}. Maak er een met: beleid sleutel maak")
    return 0


def make_named_key(folder: Path, name: str, secret: bytes) -> Path:
    """Make a key called ``name`` in ``folder``; its path. Raises WrongUse for a name that cannot be one."""
    if slug_defect(name):
        raise WrongUse(f"'{name}' kan geen naam van een sleutel zijn: {slug_defect(name)}.")
    path = folder / name
    make_key(path, secret, name)
    return path
