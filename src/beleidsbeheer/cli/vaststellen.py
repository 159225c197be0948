"""``beleid vaststellen``: the board adopts a version."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from beleidsbeheer.cli.common import Day
from beleidsbeheer.cli.dutch import DutchCommand
from beleidsbeheer.cli.evidence import decision_options, evidence_options, tell
from beleidsbeheer.cli.main import Surroundings
from beleidsbeheer.cli.signing import signing_options
from beleidsbeheer.cli.words import say
from beleidsbeheer.errors import WrongUse

if TYPE_CHECKING:
    from beleidsbeheer.actions.recording import Evidence
    from beleidsbeheer.actions.writing import Workplace


@click.command("vaststellen", cls=DutchCommand)
@click.argument("policy", metavar="BELEID")
@click.argument("version", metavar="VERSIE")
@click.option(
    "--inwerking",
    "starts",
    required=True,
    type=Day(),
    help="Eerste dag waarop de tekst geldt; niet vóór het besluit.",
)
@click.option(
    "--terugwerkend-tot",
    "back_to",
    type=Day(),
    help="De tekst werkt terug tot deze dag; geef ook --reden.",
)
@click.option("--reden", "reason", default="", metavar="TEKST", help="Waarom de tekst terugwerkt.")
@decision_options
@evidence_options
@signing_options
@click.pass_obj
def command(
    surroundings: Surroundings,
    policy: str,
    version: str,
    starts: date,
    back_to: date | None,
    reason: str,
    meeting: date | None,
    number: str,
    evidence: Evidence,
    work: Workplace,
) -> int:
    """Leg vast dat het bestuur VERSIE vaststelt.

    Dat kan pas als elke geleding die moet instemmen, heeft ingestemd met precies deze tekst.
    Het bestuur tekent zelf, of de secretaris legt het besluit vast met --ontvangen.

    \b
    Voorbeeld:
      beleid vaststellen privacyreglement 0.3 --inwerking 2027-01-01 --besluitnummer "B 2026-31"
      beleid vaststellen privacyreglement 0.3 --inwerking 2027-01-01 --vergadering 2026-12-15 \\
        --ontvangen --brief besluit.pdf
    """
    from beleidsbeheer.actions.acts import adopt
    from beleidsbeheer.actions.recording import Decision
    from beleidsbeheer.domain.course import start_of
    from beleidsbeheer.domain.terms import show_date

    if (back_to is None) != (not reason):
        raise WrongUse(
            "Terugwerkende kracht heeft een reden, en die reden hoort daar alleen bij.",
            hint="Geef --terugwerkend-tot en --reden samen, of geen van beide.",
        )
    if back_to is not None and back_to >= starts:
        raise WrongUse(
            f"Een tekst die ingaat op {show_date(starts)} kan niet terugwerken tot {show_date(back_to)}.",
            hint="Kies bij --terugwerkend-tot een dag vóór --inwerking.",
        )
    decision = Decision(meeting or surroundings.today, number, evidence)
    done = adopt(
        work,
        policy,
        version,
        decision,
        starts=starts,
        retroactive=None if back_to is None else (back_to, reason),
    )
    tell(done)
    say(f"Versie {version} van {policy} geldt vanaf {show_date(start_of(done.entry))}.")
    say(
        "Hierna: maak de tekst bekend, en leg dat vast met:"
        f" beleid bekendmaken {policy} {version} --datum DATUM --waar WEBADRES"
    )
    return 0
