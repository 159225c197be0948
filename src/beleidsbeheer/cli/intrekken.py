"""``beleid intrekken``: the board repeals a whole policy."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from beleidsbeheer.cli.common import Day
from beleidsbeheer.cli.dutch import DutchCommand
from beleidsbeheer.cli.evidence import decision_options, evidence_options, tell
from beleidsbeheer.cli.main import Surroundings
from beleidsbeheer.cli.signing import signing_options
from beleidsbeheer.cli.words import say

if TYPE_CHECKING:
    from beleidsbeheer.actions.recording import Evidence
    from beleidsbeheer.actions.writing import Workplace


@click.command("intrekken", cls=DutchCommand)
@click.argument("policy", metavar="BELEID")
@click.option(
    "--per", required=True, type=Day(), help="Eerste dag waarop het reglement niet meer geldt."
)
@click.option(
    "--reden", "reason", required=True, metavar="TEKST", help="Waarom; dit wordt getekend."
)
@decision_options
@evidence_options
@signing_options
@click.pass_obj
def command(
    surroundings: Surroundings,
    policy: str,
    per: date,
    reason: str,
    meeting: date | None,
    number: str,
    evidence: Evidence,
    work: Workplace,
) -> int:
    """Leg vast dat het bestuur BELEID intrekt.

    Het hele reglement geldt dan niet meer vanaf de dag van --per. Alles blijft bewaard en te controleren.

    \b
    Voorbeeld:
      beleid intrekken privacyreglement --per 2028-08-01 --reden "Opgegaan in het reglement van het bestuur"
    """
    from beleidsbeheer.actions.afterwards import repeal
    from beleidsbeheer.actions.recording import Decision
    from beleidsbeheer.domain.terms import show_date

    decision = Decision(meeting or surroundings.today, number, evidence)
    done = repeal(work, policy, decision, per, reason)
    tell(done)
    say(f"{policy} geldt tot en met {show_date(per - timedelta(days=1))}.")
    return 0
