"""``beleid instemming``: what a geleding says of a text that was put to its council."""

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
    geleding_option,
    tell,
    tell_consents,
    votes_of,
)
from beleidsbeheer.cli.main import Surroundings
from beleidsbeheer.cli.signing import signing_options
from beleidsbeheer.domain.model import Geleding
from beleidsbeheer.errors import WrongUse

if TYPE_CHECKING:
    from beleidsbeheer.actions.recording import Evidence
    from beleidsbeheer.actions.writing import Workplace

_CONDITIONAL = "onder-voorwaarden"
_COUNT = click.IntRange(0, 1000)


@click.command("instemming", cls=DutchCommand)
@click.argument("policy", metavar="BELEID")
@click.argument("version", metavar="VERSIE")
@geleding_option
@click.option(
    "--uitkomst",
    "outcome",
    required=True,
    type=click.Choice(["ingestemd", "niet-ingestemd", _CONDITIONAL]),
    help="Wat de geleding besloot.",
)
@click.option(
    "--vergadering",
    "meeting",
    required=True,
    type=Day(),
    help="Dag waarop de geleding dat besloot.",
)
@click.option(
    "--kenmerk", "reference", required=True, metavar="TEKST", help="Kenmerk van brief of verslag."
)
@council_option("--orgaan", "Van welke raad")
@click.option("--brief-datum", "written", type=Day(), help="Datum van de brief.")
@evidence_options
@click.option("--voor", "in_favour", metavar="AANTAL", type=_COUNT, help="Stemmen vóór.")
@click.option("--tegen", "against", metavar="AANTAL", type=_COUNT, help="Stemmen tegen.")
@click.option("--onthouding", "abstained", metavar="AANTAL", type=_COUNT, help="Onthoudingen.")
@click.option(
    "--aanwezig",
    "present",
    metavar="AANTAL",
    type=_COUNT,
    help="Aanwezigen; zonder deze optie het aantal stemmen.",
)
@click.option(
    "--voorwaarde",
    "conditions",
    multiple=True,
    metavar="TEKST",
    help=f"Voorwaarde, bij {_CONDITIONAL}; mag vaker.",
)
@signing_options
@click.pass_obj
def command(
    surroundings: Surroundings,
    policy: str,
    version: str,
    geleding: str,
    outcome: str,
    meeting: date,
    reference: str,
    council: str | None,
    written: date | None,
    in_favour: int | None,
    against: int | None,
    abstained: int | None,
    present: int | None,
    conditions: tuple[str, ...],
    evidence: Evidence,
    work: Workplace,
) -> int:
    """Leg vast wat een geleding van de raad zegt over VERSIE.

    De geleding tekent zelf, of de secretaris legt met --ontvangen vast dat er een brief of verslag is.
    Dat zijn twee soorten bewijs; het register houdt ze altijd uit elkaar.

    \b
    Voorbeeld:
      beleid instemming privacyreglement 0.3 --geleding ouders --uitkomst ingestemd \\
        --vergadering 2026-12-08 --kenmerk "OMR 2026-14" --voor 4 --tegen 1
      beleid instemming privacyreglement 0.3 --geleding personeel --uitkomst ingestemd \\
        --vergadering 2026-12-08 --kenmerk "PMR 2026-9" --ontvangen --brief brief.pdf
    """
    from beleidsbeheer.actions.acts import Answer, consent

    if (outcome == _CONDITIONAL) != bool(conditions):
        raise WrongUse(
            f"Voorwaarden horen bij de uitkomst {_CONDITIONAL}, en daar alleen.",
            hint=f"Geef --uitkomst {_CONDITIONAL} met ten minste één --voorwaarde, of geen van beide.",
        )
    answer = Answer(
        outcome=outcome,
        meeting=meeting,
        reference=reference,
        written=written,
        votes=votes_of(in_favour, against, abstained, present),
        conditions=conditions,
        evidence=evidence,
    )
    body = council_of(surroundings, council)
    done = consent(work, policy, version, body, Geleding(geleding), answer=answer)
    tell(done)
    tell_consents(done)
    return 0
