"""``beleid site``: the register as a website."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from beleidsbeheer.actions.reading import examine
from beleidsbeheer.cli.common import Day
from beleidsbeheer.cli.dutch import DutchCommand
from beleidsbeheer.cli.main import Surroundings
from beleidsbeheer.cli.words import say


@click.command("site", cls=DutchCommand)
@click.option(
    "--uit",
    "target",
    required=True,
    type=click.Path(path_type=Path),
    metavar="MAP",
    help="De map voor de site: nieuw, leeg, of met een eerdere site.",
)
@click.option(
    "--op", "day", type=Day(), metavar="DATUM", help="Wat geldt op welke dag; anders vandaag."
)
@click.option(
    "--adres",
    "address",
    default="",
    metavar="URL",
    help="Waar de site komt te staan; dan is er ook een sitemap.",
)
@click.pass_obj
def command(surroundings: Surroundings, target: Path, day: date | None, address: str) -> int:
    """Maak een website van het register: de teksten die gelden, met hun geschiedenis en bewijs.

    De site bestaat uit losse bestanden. U opent hem van schijf of zet hem op een webserver; hij vraagt niets
    op bij anderen. Namen van mensen staan er niet op, tenzij in beleid.toml onder [site] staat: namen = true.
    Klopt er iets niet, dan wordt er niets geschreven; alleen wat er mis is met een oude versie komt erop, en
    dan staat dat erbij. Een volgende keer wordt alleen opnieuw gemaakt wat veranderde.

    \b
    Voorbeeld:
      beleid site --uit ../site
      beleid site --uit ../site --op 01-08-2027
      beleid site --uit ../site --adres https://reglementen.example.org/
    """
    from beleidsbeheer.actions.site import publish

    view = examine(surroundings.start, surroundings.today)
    done = publish(view, target, day or surroundings.today, address)
    fresh = done.files - done.taken_over
    say(f"De site staat in {target}: {done.files} bestanden, waarvan {fresh} nieuw gemaakt.")
    if done.marks:
        say(
            f"Bij {done.marks} oude versie(s) staat wat er niet klopt. Kijk met: beleid verifieer",
            err=True,
        )
    say(f"Open {target / 'index.html'} in een browser.")
    return 0
