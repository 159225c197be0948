"""``beleid registreer``: freeze the working text as a version."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from beleidsbeheer.actions.policies import register_version
from beleidsbeheer.cli.checked import tell_new_findings
from beleidsbeheer.cli.dutch import DutchCommand
from beleidsbeheer.cli.evidence import tell_notices
from beleidsbeheer.cli.main import Surroundings
from beleidsbeheer.cli.signing import signing_options
from beleidsbeheer.cli.words import say

if TYPE_CHECKING:
    from beleidsbeheer.actions.writing import Workplace


@click.command("registreer", cls=DutchCommand)
@click.argument("policy", metavar="BELEID")
@click.argument("version", metavar="VERSIE")
@click.option(
    "--omschrijving",
    "description",
    required=True,
    metavar="TEKST",
    help="Wat er anders is, in één zin.",
)
@click.option(
    "--auteur",
    "authors",
    multiple=True,
    metavar="ID",
    help="Wie schreef, als dat een ander is dan wie tekent; mag vaker.",
)
@signing_options
@click.pass_obj
def command(
    surroundings: Surroundings,
    policy: str,
    version: str,
    description: str,
    authors: tuple[str, ...],
    work: Workplace,
) -> int:
    """Leg de werktekst vast als VERSIE en teken dat.

    De tekst wordt bewaard als versies/VERSIE.md en verandert daarna nooit meer.

    \b
    Voorbeeld:
      beleid registreer privacyreglement 0.3 --omschrijving "Artikel 13a over online lessen"
    """
    done = register_version(work, policy, version, description, authors)
    text = done.entry.texts[0]
    say(f"Versie {version} van {policy} ligt vast: {text.path}")
    say(f"Afdruk van de tekst (sha256): {text.sha256}")
    say(f"Vastlegging: {done.entry.path}")
    tell_notices(done)
    tell_new_findings(done, surroundings.today)
    return 0
