"""``beleid exporteer``: a regulation as a file for people, in the form that they want."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from beleidsbeheer.cli.dutch import DutchCommand
from beleidsbeheer.cli.main import Surroundings
from beleidsbeheer.cli.papers import deliver, form_for, judged, paper_options

if TYPE_CHECKING:
    from beleidsbeheer.render.papers.subject import Subject

_FORMS = ("pdf", "docx", "html", "markdown")


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
      html      één bestand voor een browser, met een adres voor elk artikel
      markdown  platte tekst

    \b
    Voorbeeld:
      beleid exporteer privacyreglement --uit privacyreglement.pdf
      beleid exporteer privacyreglement --versie 0.3 --uit concept.docx
      beleid exporteer privacyreglement --vorm markdown
    """
    from beleidsbeheer.actions.papers import subject_of
    from beleidsbeheer.actions.reading import examine, find_policy

    chosen = form_for(form, target, _FORMS)
    view = examine(surroundings.start, surroundings.today)
    found = find_policy(view.register, policy)
    subject = subject_of(view, found, version, surroundings.today)
    deliver(_content(subject, chosen), target)
    return judged(view)


def _content(subject: Subject, form: str) -> bytes:
    if form == "html":
        from beleidsbeheer.render.papers.page import page

        return page(subject).encode("utf-8")
    from beleidsbeheer.render.papers.making import made
    from beleidsbeheer.render.papers.regulation import regulation

    return made(regulation(subject), form)
