"""``beleid status``: what is in force, what is on its way, what comes next, and by when."""

from __future__ import annotations

import sys

import click

from beleidsbeheer.actions.reading import examine, find_policy
from beleidsbeheer.cli.common import json_option, print_json
from beleidsbeheer.cli.dutch import DutchCommand
from beleidsbeheer.cli.main import Surroundings
from beleidsbeheer.cli.words import say, say_all
from beleidsbeheer.errors import WrongUse
from beleidsbeheer.render.status import status_json, status_lines


@click.command("status", cls=DutchCommand)
@click.argument("policy", metavar="[BELEID]", required=False)
@json_option
@click.option(
    "--ics", "as_calendar", is_flag=True, help="Geef de termijnen als agenda (iCalendar)."
)
@click.pass_obj
def command(
    surroundings: Surroundings, policy: str | None, as_json: bool, as_calendar: bool
) -> int:
    """Toon wat geldt, wat loopt, wie aan de beurt is en wanneer.

    \b
    Voorbeeld:
      beleid status
      beleid status privacyreglement
      beleid status --ics > termijnen.ics
    """
    if as_json and as_calendar:
        raise WrongUse("Kies --json of --ics, niet allebei.")
    view = examine(surroundings.start, surroundings.today)
    register = view.register
    policies = [find_policy(register, policy)] if policy else list(register.policies.values())
    if as_json:
        print_json(status_json(register, policies, view.findings, view.notices, sound=view.sound))
    elif as_calendar:
        from beleidsbeheer.domain.agenda import deadlines
        from beleidsbeheer.render.calendar import calendar

        organisation = register.settings.organisation if register.settings else ""
        sys.stdout.flush()
        click.echo(calendar(deadlines(register, policies), organisation, register.today), nl=False)
    else:
        say_all(status_lines(register, policies, view.findings, view.notices, sound=view.sound))
    if not view.sound:
        say("\nLet op: er klopt iets niet in dit register. Meer met: beleid verifieer", err=True)
    return 0 if view.sound else 1
