"""``beleid bevestig``: the board reviewed the text in force and leaves it as it is."""

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


@click.command("bevestig", cls=DutchCommand)
@click.argument("policy", metavar="BELEID")
@click.option(
    "--volgende",
    "following",
    type=Day(),
    help="Wanneer het reglement weer wordt bekeken; zonder deze optie de termijn uit beleid.toml.",
)
@decision_options
@evidence_options
@signing_options
@click.pass_obj
def command(
    surroundings: Surroundings,
    policy: str,
    following: date | None,
    meeting: date | None,
    number: str,
    evidence: Evidence,
    work: Workplace,
) -> int:
    """Leg vast dat het bestuur BELEID bekeek en niets wijzigt.

    De tekst die geldt, blijft gelden. Er hoeft niemand in te stemmen, want er verandert niets.

    \b
    Voorbeeld:
      beleid bevestig privacyreglement --vergadering 2028-11-20 --volgende 2030-11-20
    """
    from beleidsbeheer.actions.afterwards import review
    from beleidsbeheer.actions.recording import Decision
    from beleidsbeheer.domain.course import day_of
    from beleidsbeheer.domain.terms import show_date

    decision = Decision(meeting or surroundings.today, number, evidence)
    if following is not None and following <= decision.meeting:
        raise WrongUse(
            f"De volgende keer ({show_date(following)}) ligt niet na deze vergadering"
            f" ({show_date(decision.meeting)}).",
            hint="Kies bij --volgende een latere dag.",
        )
    done = review(work, policy, decision, following)
    tell(done)
    due = show_date(day_of(done.entry, "volgende"))
    say(f"Versie {done.entry.version} van {policy} blijft gelden. Weer bekijken: {due}.")
    return 0
