"""``beleid geldend``: the text in force on a date, as known on a date."""

from __future__ import annotations

import sys
from datetime import date

import click

from beleidsbeheer.actions.reading import examine, find_policy
from beleidsbeheer.cli.common import Day, json_option, print_json
from beleidsbeheer.cli.dutch import DutchCommand
from beleidsbeheer.cli.main import Surroundings
from beleidsbeheer.cli.words import say, say_all
from beleidsbeheer.domain.course import Course
from beleidsbeheer.domain.ledger import Policy
from beleidsbeheer.domain.register import Register, known_on
from beleidsbeheer.render.in_force import in_force_json, in_force_lines, text_of
from beleidsbeheer.render.terminal import safe


@click.command("geldend", cls=DutchCommand)
@click.argument("policy", metavar="[BELEID]", required=False)
@click.option("--op", "day", type=Day(), metavar="DATUM", help="Op welke dag; anders vandaag.")
@click.option(
    "--bekend-op",
    "known",
    type=Day(),
    metavar="DATUM",
    help="Zoals het register er op die dag uitzag; anders vandaag.",
)
@json_option
@click.pass_obj
def command(
    surroundings: Surroundings,
    policy: str | None,
    day: date | None,
    known: date | None,
    as_json: bool,
) -> int:
    """Toon welke tekst geldt, of gold op een dag.

    Met BELEID komt de tekst zelf op het scherm, byte voor byte zoals hij is vastgesteld; wat erover te
    zeggen is komt ernaast (stderr). Is een besluit beschadigd of weg, dan komt er geen tekst. Zonder
    BELEID: een regel per reglement. De datum bij --bekend-op is die waarop stappen volgens de
    ondertekenaar zijn vastgelegd.

    \b
    Voorbeeld:
      beleid geldend
      beleid geldend privacyreglement --op 01-09-2026
      beleid geldend privacyreglement --op 01-09-2026 --bekend-op 15-09-2026
      beleid geldend privacyreglement > privacyreglement.md
    """
    view = examine(surroundings.start, surroundings.today)
    register, on = view.register, day or surroundings.today
    policies = [find_policy(register, policy)] if policy else list(register.policies.values())
    courses = [_course(register, each, known) for each in policies]
    if as_json:
        print_json(in_force_json(register, courses, on, known, view.findings))
    elif policy is None:
        for course in courses:
            doubts = register.doubts(course.policy, view.findings)
            say_all(in_force_lines(course, on, known, doubts))
        if not courses:
            say("Er is nog geen beleid. Begin met: beleid nieuw")
    else:
        doubts = register.doubts(courses[0].policy, view.findings)
        for line in in_force_lines(courses[0], on, known, doubts):
            say(line, err=True)
        if not doubts:
            _print_text(text_of(courses[0], on))
    if not view.sound:
        say("Let op: er klopt iets niet in dit register. Kijk met: beleid verifieer", err=True)
    nothing = policy is not None and courses[0].in_force(on) is None
    return 1 if nothing or not view.sound else 0


def _course(register: Register, policy: Policy, known: date | None) -> Course:
    return register.courses[policy.slug] if known is None else known_on(register, policy, known)


def _print_text(text: bytes | None) -> None:
    """The exact bytes in a pipe; on a terminal without what could steer it."""
    if text is None:
        return
    if sys.stdout.isatty():
        for line in text.decode("utf-8", "replace").splitlines():
            indent = len(line) - len(line.lstrip(" "))
            say(" " * indent + safe(line))
    else:
        sys.stdout.flush()
        click.echo(text, nl=False)
