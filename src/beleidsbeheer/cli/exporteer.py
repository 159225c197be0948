"""``beleid exporteer``: a regulation as a file for people, in the form that they want."""

from __future__ import annotations

from pathlib import Path

import click

from beleidsbeheer.cli.dutch import DutchCommand
from beleidsbeheer.cli.main import Surroundings
from beleidsbeheer.cli.papers import deliver, form_for, judged, paper_options

_FORMS = ("pdf", "docx", "markdown")


@click.command("exporteer", cls=DutchCommand)
@click.argument("policy", metavar="BELEID")
@click.option(
    "--versie",
    "version",
    default="",
    metavar="VERSIE",
    help="Welke versie; zonder deze optie die nu geldt.",
)
@paper_options(_FORMS)
@click.pass_obj
def command(
    surroundings: Surroundings, policy: str, version: str, form: str | None, target: Path | None
) -> int:
    """Maak van BELEID een bestand om te lezen, te printen of door te sturen.

    Daarin staan de titel, de versietabel, de vaststellingstabel en de hele tekst. Onder elke bladzijde staan
    de wortel van het register en de afdruk van de tekst. Geldt een versie niet, dan staat dat erboven.

    \b
    Vormen:
      pdf       voor iedereen: ook voor een schermlezer (PDF/UA-1) en een archief (PDF/A-2a)
      docx      voor een tekstverwerker
      markdown  platte tekst

    \b
    Voorbeeld:
      beleid exporteer privacyreglement --uit privacyreglement.pdf
      beleid exporteer privacyreglement --versie 0.3 --uit concept.docx
      beleid exporteer privacyreglement --vorm markdown
    """
    from beleidsbeheer.actions.papers import subject_of
    from beleidsbeheer.actions.reading import examine, find_policy
    from beleidsbeheer.render.papers.making import made
    from beleidsbeheer.render.papers.regulation import regulation

    chosen = form_for(form, target, _FORMS)
    view = examine(surroundings.start, surroundings.today)
    found = find_policy(view.register, policy)
    subject = subject_of(view, found, version, surroundings.today)
    deliver(made(regulation(subject), chosen), target)
    return judged(view)
