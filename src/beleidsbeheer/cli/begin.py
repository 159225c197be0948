"""``beleid begin``: a new register."""

from __future__ import annotations

import re
from pathlib import Path

import click

from beleidsbeheer.actions.begin import begin, check_room
from beleidsbeheer.cli.dutch import DutchCommand
from beleidsbeheer.cli.main import Surroundings
from beleidsbeheer.cli.signing import new_key_options, new_passphrase, passphrase
from beleidsbeheer.cli.sleutel import make_named_key
from beleidsbeheer.cli.words import say
from beleidsbeheer.domain.model import Council, slug_defect
from beleidsbeheer.domain.settings import SECTORS, Body, Settings
from beleidsbeheer.errors import WrongUse
from beleidsbeheer.storage.keys import key_folder, open_signer

_BODIES = {
    "MR": Body(Council.MR, "Medezeggenschapsraad (MR)"),
    "GMR": Body(Council.GMR, "Gemeenschappelijke medezeggenschapsraad (GMR)"),
}


@click.command("begin", cls=DutchCommand)
@click.argument("folder", metavar="MAP", type=click.Path(path_type=Path))
@click.option(
    "--organisatie", "organisation", required=True, metavar="NAAM", help="Naam van het bestuur."
)
@click.option("--sector", required=True, type=click.Choice(SECTORS), help="Soort onderwijs.")
@click.option(
    "--orgaan",
    "bodies",
    required=True,
    multiple=True,
    type=click.Choice(list(_BODIES), case_sensitive=False),
    help="Raad die meebeslist; mag vaker.",
)
@click.option(
    "--persoon",
    "person",
    default="secretaris",
    show_default=True,
    metavar="ID",
    help="Korte aanduiding van wie begint; geen naam.",
)
@click.option(
    "--sleutel",
    "key",
    type=click.Path(path_type=Path),
    metavar="PAD",
    help="Gebruik deze sleutel in plaats van een nieuwe te maken.",
)
@new_key_options
@click.pass_obj
def command(
    surroundings: Surroundings,
    folder: Path,
    organisation: str,
    sector: str,
    bodies: tuple[str, ...],
    person: str,
    key: Path | None,
    password_file: Path | None,
    unlocked: bool,
) -> int:
    """Begin een nieuw register in MAP.

    Maakt de map met git, de regels (beleid.toml), uw sleutel, een reservesleutel en rooster 0.

    \b
    Voorbeeld:
      beleid begin mijnschool --organisatie "De Regenboog" --sector po --orgaan MR
    """
    folder = surroundings.start / folder
    check_room(folder)
    defect = slug_defect(person)
    if defect:
        raise WrongUse(f"'{person}' kan geen aanduiding van een persoon zijn: {defect}.")
    if not organisation.strip() or not organisation.isprintable():
        raise WrongUse("De naam van de organisatie is leeg of bevat vreemde tekens.")
    settings = Settings(
        organisation=organisation.strip(),
        sector=sector,
        bodies=tuple(_BODIES[name] for name in dict.fromkeys(bodies)),
    )
    secret = b"" if unlocked else new_passphrase(password_file)
    name = _key_name(person, folder)
    main = open_signer(
        key or _own_key(key_folder(), name, secret),
        (lambda path: passphrase(path, password_file)) if key else (lambda _: secret),
    )
    spare = _own_key(key_folder() / "reserve", name, secret)
    reserve = open_signer(spare, lambda _: secret)
    begun = begin(folder, settings, person, (main, reserve), surroundings.today)
    say(
        f"Het register van {settings.organisation} staat in {folder}, met git, regels en rooster 0."
    )
    say(
        f"Bewaar uw wachtwoord goed en verplaats de reservesleutel ({spare} en {spare.name}.pub) naar een"
        " USB-stick in de kluis: zonder sleutel kan niemand hier meer tekenen."
    )
    say(
        "Schrijf deze wortel op, bijvoorbeeld in de notulen; daaraan herkent iedereen uw register:"
        f"\n  {begun.root_digest}"
    )
    say(f"\nHierna: beleid -C {folder} nieuw privacyreglement --titel Privacyreglement")
    return 0


def _key_name(person: str, folder: Path) -> str:
    """A name for the keys that tells which register they are for."""
    return re.sub(r"[^a-z0-9]+", "-", f"{person}-{folder.resolve().name}".lower())[:60].strip("-")


def _own_key(folder: Path, name: str, secret: bytes) -> Path:
    """The key of this name; one that an earlier attempt made is used again."""
    path = folder / name
    return path if path.exists() else make_named_key(folder, name, secret)
