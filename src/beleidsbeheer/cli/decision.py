"""What ``beleid verwerp`` and ``beleid erken`` share: an entry, a reason, and the beheerders deciding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from beleidsbeheer.actions.rosters import decide
from beleidsbeheer.cli.dutch import DutchCommand
from beleidsbeheer.cli.main import Surroundings
from beleidsbeheer.cli.rooster import tell_decision
from beleidsbeheer.cli.signing import signing_options

if TYPE_CHECKING:
    from beleidsbeheer.actions.writing import Workplace


def decision_command(name: str, kind: str, explanation: str) -> click.Command:
    """A command that signs a decision of this kind about one entry."""

    @click.command(name, cls=DutchCommand, help=explanation)
    @click.argument("digest", metavar="DIGEST")
    @click.option(
        "--reden", "reason", required=True, metavar="TEKST", help="Waarom; dit wordt getekend."
    )
    @signing_options
    @click.pass_obj
    def command(
        surroundings: Surroundings,
        digest: str,
        reason: str,
        work: Workplace,
    ) -> int:
        tell_decision(decide(work, kind, digest, reason))
        return 0

    return command
