"""``beleid nieuw``: begin the text of a new policy."""

from __future__ import annotations

import click

from beleidsbeheer.actions.policies import new_policy
from beleidsbeheer.cli.dutch import DutchCommand
from beleidsbeheer.cli.main import Surroundings
from beleidsbeheer.cli.signing import workplace
from beleidsbeheer.cli.words import say


@click.command("nieuw", cls=DutchCommand)
@click.argument("policy", metavar="BELEID")
@click.option("--titel", "title", required=True, metavar="TITEL", help="Titel van het reglement.")
@click.pass_obj
def command(surroundings: Surroundings, policy: str, title: str) -> int:
    """Begin de tekst van een nieuw beleid.

    BELEID is een korte naam zonder spaties. Er wordt nog niets getekend.

    \b
    Voorbeeld:
      beleid nieuw privacyreglement --titel "Privacyreglement De Regenboog"
    """
    path = new_policy(workplace(surroundings, None, None), policy, title)
    say(f"De werktekst staat klaar: {path}")
    say(f"Schrijf haar, en daarna: beleid registreer {policy} 0.1 --omschrijving …")
    return 0
