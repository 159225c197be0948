"""``beleid nietigheid``: the council says in writing that a decision is void."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from beleidsbeheer.cli.common import Day
from beleidsbeheer.cli.dutch import DutchCommand
from beleidsbeheer.cli.evidence import council_of, council_option, evidence_options, tell
from beleidsbeheer.cli.main import Surroundings
from beleidsbeheer.cli.signing import signing_options
from beleidsbeheer.cli.words import say

if TYPE_CHECKING:
    from beleidsbeheer.actions.recording import Evidence
    from beleidsbeheer.actions.writing import Workplace


@click.command("nietigheid", cls=DutchCommand)
@click.argument("policy", metavar="BELEID")
@click.argument("version", metavar="VERSIE")
@click.option(
    "--ingeroepen", "invoked", required=True, type=Day(), help="Dag waarop de raad dat schreef."
)
@click.option(
    "--kenmerk", "reference", required=True, metavar="TEKST", help="Kenmerk van de brief."
)
@click.option(
    "--reden", "reason", required=True, metavar="TEKST", help="Waarom; dit wordt getekend."
)
@click.option("--meegedeeld", "told", type=Day(), help="Dag waarop de raad van het besluit hoorde.")
@council_option("--orgaan", "Welke raad")
@evidence_options
@signing_options
@click.pass_obj
def command(
    surroundings: Surroundings,
    policy: str,
    version: str,
    invoked: date,
    reference: str,
    reason: str,
    told: date | None,
    council: str | None,
    evidence: Evidence,
    work: Workplace,
) -> int:
    """Leg vast dat de raad het besluit over VERSIE nietig noemt.

    De raad kan dat schrijven als een besluit is genomen zonder de instemming die nodig was. Dat moet binnen
    zes weken nadat de raad van het besluit hoorde. Geef die dag met --meegedeeld.

    \b
    Voorbeeld:
      beleid nietigheid privacyreglement 0.2 --ingeroepen 2026-11-20 --meegedeeld 2026-11-02 \\
        --kenmerk "MR 2026-16" --reden "Er is geen instemming gevraagd" --ontvangen --brief brief.pdf
    """
    from beleidsbeheer.actions.afterwards import Contest, contest
    from beleidsbeheer.domain.course import Stand

    body = council_of(surroundings, council)
    claim = Contest(invoked, reference, reason, told, evidence)
    done = contest(work, policy, version, body, claim)
    tell(done)
    stand = done.register.stand(done.register.policies[policy], version)
    if stand is Stand.NIETIG:
        say(f"Versie {version} van {policy} staat nu als nietig; zij geldt niet meer.")
    else:
        say(f"Versie {version} van {policy} staat als {stand}, en de raad betwist het besluit.")
    return 0
