"""``beleid neem-over``: history from before the tool."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from beleidsbeheer.actions.policies import take_over
from beleidsbeheer.cli.common import EXISTING_FILE
from beleidsbeheer.cli.dutch import DutchCommand
from beleidsbeheer.cli.main import Surroundings
from beleidsbeheer.cli.signing import signing_options
from beleidsbeheer.cli.words import say

if TYPE_CHECKING:
    from beleidsbeheer.actions.writing import Workplace


@click.command("neem-over", cls=DutchCommand)
@click.argument("policy", metavar="BELEID")
@click.option(
    "--uit",
    "source",
    required=True,
    metavar="BESTAND",
    type=EXISTING_FILE,
    help="TOML-bestand met de rijen van de oude tabellen.",
)
@signing_options
@click.pass_obj
def command(
    surroundings: Surroundings,
    policy: str,
    source: Path,
    work: Workplace,
) -> int:
    """Neem de geschiedenis van BELEID over uit een oud document.

    Elke rij van de oude tabellen wordt een getekende overname: "het document zegt dit". De ruwe cellen
    blijven bewaard in een bestand ernaast, dat gewist mag worden. Er wordt niets verbeterd.

    \b
    Voorbeeld van het bestand:
      [bron]
      sha256 = "…"                    # van het oude document
      [[versies]]
      versie = "0.2"
      datum = 2018-07-06
      status = "Definitieve versie"
      tekst = "reglement-0.2.md"      # als die er nog is
      [versies.cellen]
      Versie = "0.2"
      Datum = "6-07-2018"
      [[vaststellingen]]
      datum = 2018-10-10
      functie = "Voorzitter bestuur"
      [vaststellingen.cellen]
      Datum = "10-10-18"
      [[lezingen]]
      versie = "0.2"
      geldend_van = 2018-10-01
      toelichting = "Artikel 20 noemt 1 oktober 2018."

    \b
    Voorbeeld:
      beleid neem-over privacyreglement --uit oud.toml
    """
    taken = take_over(work, policy, source)
    rows, readings = len(taken.rows), len(taken.readings)
    say(
        f"Overgenomen: {rows} {'rij' if rows == 1 else 'rijen'}"
        f" en {readings} {'lezing' if readings == 1 else 'lezingen'}."
    )
    for entry in (*taken.rows, *taken.readings):
        say(f"  {entry.path}")
    say(f"\nBekijk het: beleid versietabel {policy}")
    return 0
