"""``beleid bundel``: everything that goes to a council with a text, in one folder."""

from __future__ import annotations

from pathlib import Path

import click

from beleidsbeheer.cli.dutch import DutchCommand
from beleidsbeheer.cli.main import Surroundings
from beleidsbeheer.cli.output import check_new_folder, write_new_folder
from beleidsbeheer.cli.papers import judged
from beleidsbeheer.cli.words import say


@click.command("bundel", cls=DutchCommand)
@click.argument("policy", metavar="BELEID")
@click.argument("version", metavar="VERSIE")
@click.option(
    "--uit",
    "target",
    required=True,
    type=click.Path(path_type=Path),
    metavar="MAP",
    help="Een nieuwe of lege map.",
)
@click.pass_obj
def command(surroundings: Surroundings, policy: str, version: str, target: Path) -> int:
    """Maak de stukken die met een voorgelegde VERSIE naar de raad gaan.

    \b
    In de map komen:
      oplegnotitie  wat wordt gevraagd, van wie, op welk artikel, en waarom
      tekst         de nieuwe tekst, zonder wijzigingen erin
      renvooi       de tekst met geschrapt en ingevoegd
      was-wordt     wat er stond, naast wat er komt te staan
      bevindingen   wat de controle van de tekst nieuw opmerkt
      brief         voor elke geleding een antwoordbrief om in te vullen
      afdrukken     van elk bestand de sha256; controleer met: sha256sum --check afdrukken.sha256

    De map komt er helemaal, of niet.

    \b
    Voorbeeld:
      beleid bundel privacyreglement 0.3 --uit stukken-mr
    """
    from beleidsbeheer.actions.bundle import bundle
    from beleidsbeheer.actions.reading import examine, find_policy

    check_new_folder(target)
    view = examine(surroundings.start, surroundings.today)
    files = bundle(view, find_policy(view.register, policy), version, surroundings.today)
    write_new_folder(target, files)
    say(f"Geschreven: {len(files)} bestanden in {target}")
    for name in files:
        say(f"  {name}")
    return judged(view)
