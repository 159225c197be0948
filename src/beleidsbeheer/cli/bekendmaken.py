"""``beleid bekendmaken``: where and since when people can read an adopted version."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from beleidsbeheer.cli.common import Day
from beleidsbeheer.cli.dutch import DutchCommand
from beleidsbeheer.cli.evidence import tell
from beleidsbeheer.cli.main import Surroundings
from beleidsbeheer.cli.signing import signing_options
from beleidsbeheer.cli.words import say
from beleidsbeheer.errors import WrongUse

if TYPE_CHECKING:
    from beleidsbeheer.actions.writing import Workplace


@click.command("bekendmaken", cls=DutchCommand)
@click.argument("policy", metavar="BELEID")
@click.argument("version", metavar="VERSIE")
@click.option(
    "--datum", "day", required=True, type=Day(), help="Sinds wanneer de tekst daar te lezen is."
)
@click.option(
    "--waar", "where", required=True, metavar="WEBADRES", help="Waar de tekst te lezen is."
)
@signing_options
@click.pass_obj
def command(
    surroundings: Surroundings,
    policy: str,
    version: str,
    day: date,
    where: str,
    work: Workplace,
) -> int:
    """Leg vast waar en sinds wanneer mensen VERSIE kunnen lezen.

    \b
    Voorbeeld:
      beleid bekendmaken privacyreglement 0.3 --datum 2026-12-18 --waar https://www.example.org/privacy
    """
    from beleidsbeheer.actions.afterwards import publish
    from beleidsbeheer.domain.terms import show_date

    if not where.startswith(("https://", "http://")):
        raise WrongUse(
            f"{where} is geen webadres.",
            hint="Geef het hele adres, bijvoorbeeld --waar https://www.example.org/privacy",
        )
    done = publish(work, policy, version, day, where)
    tell(done)
    say(f"Versie {version} van {policy} is sinds {show_date(day)} te lezen op {where}")
    return 0
