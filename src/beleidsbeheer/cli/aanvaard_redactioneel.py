"""``beleid aanvaard-redactioneel``: the council accepts a change as editorial."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from beleidsbeheer.cli.common import Day
from beleidsbeheer.cli.dutch import DutchCommand
from beleidsbeheer.cli.evidence import (
    council_of,
    council_option,
    evidence_options,
    tell,
    tell_consents,
)
from beleidsbeheer.cli.main import Surroundings
from beleidsbeheer.cli.signing import signing_options

if TYPE_CHECKING:
    from beleidsbeheer.actions.recording import Evidence
    from beleidsbeheer.actions.writing import Workplace


@click.command("aanvaard-redactioneel", cls=DutchCommand)
@click.argument("policy", metavar="BELEID")
@click.argument("version", metavar="VERSIE")
@click.option(
    "--vergadering",
    "meeting",
    required=True,
    type=Day(),
    help="Dag waarop de raad dat besloot.",
)
@click.option(
    "--kenmerk", "reference", required=True, metavar="TEKST", help="Kenmerk van brief of verslag."
)
@council_option("--orgaan", "Welke raad")
@click.option("--brief-datum", "written", type=Day(), help="Datum van de brief.")
@evidence_options
@signing_options
@click.pass_obj
def command(
    surroundings: Surroundings,
    policy: str,
    version: str,
    meeting: date,
    reference: str,
    council: str | None,
    written: date | None,
    evidence: Evidence,
    work: Workplace,
) -> int:
    """Leg vast dat de raad VERSIE aanvaardt als redactionele wijziging.

    De eerdere instemming geldt dan ook voor deze tekst. Dat kan alleen als de versie zo is voorgelegd en
    als beleid.toml redactionele wijzigingen toestaat.

    \b
    Voorbeeld:
      beleid aanvaard-redactioneel privacyreglement 0.4 --vergadering 2026-12-08 --kenmerk "MR 2026-15" \\
        --ontvangen --brief brief.pdf
    """
    from beleidsbeheer.actions.acts import Answer, accept_editorial

    answer = Answer(
        outcome="aanvaard",
        meeting=meeting,
        reference=reference,
        written=written,
        evidence=evidence,
    )
    body = council_of(surroundings, council)
    done = accept_editorial(work, policy, version, body, answer)
    tell(done)
    tell_consents(done)
    return 0
