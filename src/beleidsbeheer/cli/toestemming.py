"""``beleid toestemming``: what the disputes commission ruled on consent that was withheld."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import click

from beleidsbeheer.cli.common import Day
from beleidsbeheer.cli.dutch import DutchCommand
from beleidsbeheer.cli.evidence import (
    council_of,
    council_option,
    evidence_options,
    geleding_option,
    tell,
    tell_consents,
)
from beleidsbeheer.cli.main import Surroundings
from beleidsbeheer.cli.signing import signing_options
from beleidsbeheer.domain.model import Geleding

if TYPE_CHECKING:
    from beleidsbeheer.actions.recording import Evidence
    from beleidsbeheer.actions.writing import Workplace


@click.command("toestemming", cls=DutchCommand)
@click.argument("policy", metavar="BELEID")
@click.argument("version", metavar="VERSIE")
@geleding_option
@click.option("--uitspraak", "given", required=True, type=Day(), help="Datum van de uitspraak.")
@click.option(
    "--kenmerk", "reference", required=True, metavar="TEKST", help="Nummer van de uitspraak."
)
@click.option(
    "--uitkomst",
    "outcome",
    default="verleend",
    show_default=True,
    type=click.Choice(["verleend", "geweigerd"]),
    help="Wat de commissie besloot.",
)
@council_option("--orgaan", "Van welke raad")
@evidence_options
@signing_options
@click.pass_obj
def command(
    surroundings: Surroundings,
    policy: str,
    version: str,
    geleding: str,
    given: date,
    reference: str,
    outcome: str,
    council: str | None,
    evidence: Evidence,
    work: Workplace,
) -> int:
    """Leg vast wat de geschillencommissie (LCG WMS) besloot over VERSIE.

    Zij kan toestemming geven als een geleding niet instemde. De commissie heeft geen sleutel: de secretaris
    tekent altijd een ontvangstbewijs, en geeft de uitspraak met --brief.

    \b
    Voorbeeld:
      beleid toestemming privacyreglement 0.3 --geleding ouders --uitspraak 2027-02-01 \\
        --kenmerk "LCG 27.004" --brief uitspraak.pdf
    """
    from beleidsbeheer.actions.acts import Ruling, permit

    if evidence.received is None:
        evidence = replace(evidence, received=surroundings.today)
    body = council_of(surroundings, council)
    ruling = Ruling(outcome, given, reference, evidence)
    done = permit(work, policy, version, body, Geleding(geleding), ruling=ruling)
    tell(done)
    tell_consents(done)
    return 0
