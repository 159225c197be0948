"""``beleid schoolgids``: what a school guide says of a regulation."""

from __future__ import annotations

from pathlib import Path

import click

from beleidsbeheer.cli.dutch import DutchCommand
from beleidsbeheer.cli.main import Surroundings
from beleidsbeheer.cli.papers import deliver, form_for, judged, paper_options
from beleidsbeheer.cli.words import say

_FORMS = ("markdown", "docx", "pdf")


@click.command("schoolgids", cls=DutchCommand)
@click.argument("policy", metavar="BELEID")
@click.option(
    "--adres",
    "address",
    default="",
    metavar="ADRES",
    help="Waar mensen de tekst kunnen lezen; zonder deze optie waar hij het laatst is bekendgemaakt.",
)
@paper_options(_FORMS)
@click.pass_obj
def command(
    surroundings: Surroundings, policy: str, address: str, form: str | None, target: Path | None
) -> int:
    """Maak het stukje over BELEID voor in de schoolgids.

    Er staat in welke versie nu geldt, sinds wanneer, waar mensen haar kunnen lezen en hoe zij een klacht
    indienen. Dat laatste komt uit het artikel over klachten.

    \b
    Voorbeeld:
      beleid schoolgids privacyreglement
      beleid schoolgids privacyreglement --adres https://www.mijnschool.example/privacy --uit gids.docx
    """
    from beleidsbeheer.actions.papers import subject_of
    from beleidsbeheer.actions.reading import examine, find_policy
    from beleidsbeheer.render.papers.guide import complaints, guide, published_at
    from beleidsbeheer.render.papers.making import made

    chosen = form_for(form, target, _FORMS)
    view = examine(surroundings.start, surroundings.today)
    subject = subject_of(view, find_policy(view.register, policy), "", surroundings.today)
    deliver(made(guide(subject, address), chosen), target)
    if not (address or published_at(subject)):
        say("Let op: nergens staat waar deze versie te lezen is. Geef --adres.", err=True)
    if complaints(subject) is None:
        say("Let op: deze tekst heeft geen artikel met klacht in de kop.", err=True)
    return judged(view)
