"""``beleid herkomst``: since which version the words of a regulation stand so, and by which acts."""

from __future__ import annotations

import click

from beleidsbeheer.actions.reading import examine, find_policy
from beleidsbeheer.cli.common import json_option, print_json
from beleidsbeheer.cli.dutch import DutchCommand
from beleidsbeheer.cli.main import Surroundings
from beleidsbeheer.cli.words import say, say_all
from beleidsbeheer.domain.course import Course
from beleidsbeheer.domain.provenance import (
    Part,
    Provenance,
    chain_of,
    provenance,
    text_of,
    uncertain,
)
from beleidsbeheer.errors import WrongUse
from beleidsbeheer.render.provenance import Origins, origin_json, origin_lines


@click.command("herkomst", cls=DutchCommand)
@click.argument("policy", metavar="BELEID")
@click.argument("article", metavar="[ARTIKEL]", required=False)
@click.option("--woorden", "words", is_flag=True, help="Toon ook de woorden zelf, per versie.")
@click.option(
    "--versie",
    "number",
    metavar="VERSIE",
    help="Van welke versie; anders de geldende, of de laatste als er geen geldt.",
)
@json_option
@click.pass_obj
def command(
    surroundings: Surroundings,
    policy: str,
    article: str | None,
    words: bool,
    number: str | None,
    as_json: bool,
) -> int:
    """Toon sinds welke versie de woorden er zo staan, en wie daarover besloot.

    Per artikel, lid en onderdeel: de laatste versie waarin er een woord in kwam of uit ging. Wie verhuist
    of een ander nummer krijgt, blijft even oud; opmaak en witruimte tellen niet. Versies die zijn
    teruggetrokken, waarmee niet is ingestemd of die nietig zijn, tellen niet mee. ARTIKEL is een nummer
    zoals 14, 14.1 (lid 1) of 14.1.b (onderdeel b).

    \b
    Voorbeeld:
      beleid herkomst privacyreglement
      beleid herkomst privacyreglement 14.1.b --woorden
      beleid herkomst privacyreglement --versie 0.3 --json
    """
    view = examine(surroundings.start, surroundings.today)
    register = view.register
    found = find_policy(register, policy)
    course = register.courses[found.slug]
    chain = chain_of(course, _number(course, number))
    origin = provenance(chain.texts)
    part = _part(origin, article) if article else None
    doubts = register.doubts(found, view.findings)
    origins = Origins(register, course, chain, origin, doubts, part)
    if as_json:
        print_json(origin_json(origins, words))
    else:
        say_all(origin_lines(origins, words))
    if not view.sound:
        say("Let op: er klopt iets niet in dit register. Kijk met: beleid verifieer", err=True)
    return 0 if view.sound else 1


def _number(course: Course, wanted: str | None) -> str:
    """The version to tell of. Raises WrongUse when it is not there or its text is not."""
    versions = course.policy.versions
    kept = [each.number for each in versions if text_of(course, each) is not None]
    known = f"Bewaard: {', '.join(kept) or 'nog geen'}."
    if wanted and course.policy.version(wanted) is None:
        raise WrongUse(f"Versie {wanted} van {course.policy.slug} is er niet.", hint=known)
    period = course.in_force(course.as_of)
    number = wanted or (period.version if period else kept[-1] if kept else "")
    unsure = uncertain(course)
    if not number and unsure:
        raise WrongUse(
            f"Van {course.policy.slug} telt geen versie mee; niet te beoordelen: {', '.join(unsure)}.",
            hint="Kijk wat er niet klopt met: beleid verifieer",
        )
    if not number:
        raise WrongUse(f"Van {course.policy.slug} is nog geen tekst vastgelegd.", hint=known)
    if number not in kept:
        raise WrongUse(
            f"De tekst van versie {number} is niet bewaard, of niet meer wat er is ondertekend.",
            hint=f"{known} Kies er een met --versie.",
        )
    return number


def _part(found: Provenance, key: str) -> Part:
    """The part with this key. Raises WrongUse naming those that are like it."""
    part = found.find(key)
    if part is None:
        near = ", ".join(found.near(key))
        hint = f"Bedoelt u {near}?" if near else "Schrijf 14, 14.1 voor lid 1 of 14.1.b."
        raise WrongUse(f"In versie {found.version} staat geen artikel of lid {key}.", hint=hint)
    return part
