"""``beleid trek-terug``: take an own act back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from beleidsbeheer.cli.dutch import DutchCommand
from beleidsbeheer.cli.evidence import evidence_options, tell
from beleidsbeheer.cli.main import Surroundings
from beleidsbeheer.cli.signing import signing_options
from beleidsbeheer.cli.words import say

if TYPE_CHECKING:
    from beleidsbeheer.actions.recording import Evidence
    from beleidsbeheer.actions.writing import Workplace


@click.command("trek-terug", cls=DutchCommand)
@click.argument("policy", metavar="BELEID")
@click.argument("what", metavar="VERSIE_OF_DIGEST")
@click.option(
    "--reden", "reason", required=True, metavar="TEKST", help="Waarom; dit wordt getekend."
)
@evidence_options
@signing_options
@click.pass_obj
def command(
    surroundings: Surroundings,
    policy: str,
    what: str,
    reason: str,
    evidence: Evidence,
    work: Workplace,
) -> int:
    """Neem een eigen stap terug: een voorlegging, instemming, besluit of bekendmaking.

    Met een VERSIE neemt u haar voorlegging terug. Voor een andere stap geeft u het begin van de DIGEST: de
    twaalf tekens uit de bestandsnaam. Er wordt niets verwijderd; de stap telt niet meer.

    \b
    Voorbeeld:
      beleid trek-terug privacyreglement 0.3 --reden "De tekst wordt nog aangepast"
      beleid trek-terug privacyreglement 3f9c2b7a1d04 --reden "Verkeerde datum vastgelegd"
    """
    from beleidsbeheer.actions.afterwards import take_back

    done = take_back(work, policy, _digest_in(what), reason, evidence)
    register = done.register
    about = register.verification.counted[done.entry.about]
    tell(done)
    say(f"Telt niet meer: {about.path}")
    stand = register.stand(register.policies[policy], about.version)
    say(f"Versie {about.version} van {policy} staat nu als: {stand}")
    return 0


def _digest_in(what: str) -> str:
    """The start of a digest; a path as this program prints it will do as well."""
    bare = what.removesuffix(".sig")
    return bare.removesuffix(".json").rpartition("-")[2] if bare.endswith(".json") else what
