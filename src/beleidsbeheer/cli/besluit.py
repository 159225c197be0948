"""``beleid besluit``: the board's decision to adopt a version, as a paper."""

from __future__ import annotations

from pathlib import Path

import click

from beleidsbeheer.cli.dutch import DutchCommand
from beleidsbeheer.cli.main import Surroundings
from beleidsbeheer.cli.papers import deliver, form_for, judged, paper_options
from beleidsbeheer.errors import WrongUse

_FORMS = ("docx", "pdf", "markdown")


@click.command("besluit", cls=DutchCommand)
@click.argument("policy", metavar="BELEID", required=False)
@click.argument("version", metavar="VERSIE", required=False)
@click.option("--sjabloon", "template", is_flag=True, help="Toon het sjabloon dat hier geldt.")
@paper_options(_FORMS)
@click.pass_obj
def command(
    surroundings: Surroundings,
    policy: str | None,
    version: str | None,
    template: bool,
    form: str | None,
    target: Path | None,
) -> int:
    """Maak het besluit waarmee het bestuur VERSIE vaststelt.

    Is het besluit al vastgelegd, dan staan datum en nummer erin. Anders is het een concept met plekken om in
    te vullen. Dit is alleen papier: het bestuur legt zijn besluit vast met beleid vaststellen.

    Wilt u andere woorden? Zet uw eigen sjabloon in sjablonen/besluit.md. Begin met een afschrift van het
    sjabloon dat er is. Plekken om in te vullen staan er als {{versie}}.

    \b
    Voorbeeld:
      beleid besluit privacyreglement 0.3 --uit besluit.docx
      beleid besluit --sjabloon > sjablonen/besluit.md
    """
    from beleidsbeheer.actions.papers import decision_template, subject_of
    from beleidsbeheer.actions.reading import examine, find_policy, register_root
    from beleidsbeheer.render.papers.decision import decision
    from beleidsbeheer.render.papers.making import made

    if template:
        return _show_template(decision_template(register_root(surroundings.start))[0])
    if policy is None or version is None:
        raise WrongUse(
            "BELEID en VERSIE ontbreken." if policy is None else "VERSIE ontbreekt.",
            hint="Bekijk de uitleg met: beleid besluit --help",
        )
    chosen = form_for(form, target, _FORMS)
    view = examine(surroundings.start, surroundings.today)
    subject = subject_of(view, find_policy(view.register, policy), version, surroundings.today)
    paper = decision(subject, *decision_template(view.root))
    deliver(made(paper, chosen), target)
    return judged(view)


def _show_template(text: str) -> int:
    click.echo(text, nl=False)
    return 0
