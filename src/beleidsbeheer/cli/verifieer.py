"""``beleid verifieer``: check every entry and every text."""

from __future__ import annotations

import click

from beleidsbeheer.actions.reading import examine
from beleidsbeheer.actions.witness import heard
from beleidsbeheer.cli.common import json_option, print_json
from beleidsbeheer.cli.dutch import DutchCommand
from beleidsbeheer.cli.main import Surroundings
from beleidsbeheer.cli.words import say_all
from beleidsbeheer.domain.model import is_digest
from beleidsbeheer.errors import WrongUse
from beleidsbeheer.render.verification import verification_json, verification_lines


@click.command("verifieer", cls=DutchCommand)
@click.option(
    "--wortel",
    "root",
    metavar="DIGEST",
    help="Vertrouw alleen deze wortel (64 tekens).",
)
@click.option(
    "--getuige",
    "witness",
    metavar="URL-OF-MAP",
    help="Vergelijk met een site die van dit register is gemaakt.",
)
@json_option
@click.pass_obj
def command(
    surroundings: Surroundings, root: str | None, witness: str | None, as_json: bool
) -> int:
    """Controleer elke vastlegging, elke tekst en de geschiedenis in git.

    Elk onderdeel krijgt een oordeel: geldig, gewijzigd na ondertekening, ongeldig, of niet te beoordelen.
    Werkt ook op een gewone map zonder git; dan staat erbij wat niet te beoordelen is.
    Met --getuige ziet u of hier iets ontbreekt dat eerder op de site stond.
    Er wordt niets gewijzigd. De uitkomst is 0 als alles klopt en 1 als er iets niet klopt.

    \b
    Voorbeeld:
      beleid verifieer
      beleid verifieer --wortel 0f3a…
      beleid verifieer --getuige https://reglementen.example.org/
    """
    if root is not None and not is_digest(root := root.strip().lower()):
        raise WrongUse("Een wortel bestaat uit 64 tekens: cijfers en de letters a tot en met f.")
    view = examine(surroundings.start, surroundings.today, root or "")
    if witness:
        view = heard(view, witness)
    if as_json:
        print_json(
            verification_json(
                view.register,
                view.findings,
                view.notices,
                sound=view.sound,
                pinned=view.pinned,
                unjudged=view.unjudged,
            )
        )
    else:
        say_all(
            verification_lines(
                view.register,
                view.findings,
                view.notices,
                sound=view.sound,
                unjudged=view.unjudged,
            )
        )
    return 0 if view.sound else 1
