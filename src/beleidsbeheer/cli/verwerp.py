"""``beleid verwerp``: the beheerders repudiate an entry."""

from __future__ import annotations

from pathlib import Path

import click

from beleidsbeheer.actions.rosters import decide
from beleidsbeheer.cli.common import signing_options, workplace
from beleidsbeheer.cli.dutch import DutchCommand
from beleidsbeheer.cli.main import Surroundings
from beleidsbeheer.cli.rooster import tell_decision


@click.command("verwerp", cls=DutchCommand)
@click.argument("digest", metavar="DIGEST")
@click.option(
    "--reden", "reason", required=True, metavar="TEKST", help="Waarom; dit wordt getekend."
)
@signing_options
@click.pass_obj
def command(
    surroundings: Surroundings,
    digest: str,
    reason: str,
    key: Path | None,
    password_file: Path | None,
) -> int:
    """Laat een vastlegging door de beheerders verwerpen.

    Er wordt niets verwijderd: de vastlegging telt niet meer zodra genoeg beheerders akkoord zijn.
    DIGEST is het begin van de afdruk, zoals in de bestandsnaam.

    \b
    Voorbeeld:
      beleid verwerp 3f9c2b7a1d04 --reden "Verkeerde tekst geregistreerd"
    """
    tell_decision(decide(workplace(surroundings, key, password_file), "verwerping", digest, reason))
    return 0
