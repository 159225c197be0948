"""Write docs/poorten.md: every rule, per act, as the program itself asks them.

.venv/bin/python docs/maak_poorten.py
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from beleidsbeheer.domain.law import wms
from beleidsbeheer.domain.model import Severity
from beleidsbeheer.domain.rules.frame import Rule
from beleidsbeheer.domain.rules.gates import GATES, STEPS
from beleidsbeheer.domain.settings import SECTORS

TARGET = Path(__file__).with_name("poorten.md")
_TOP = """# Poorten en regels

Wie iets vastlegt, gaat door een poort: een rij regels die allemaal niets in te brengen mogen hebben. Niet met de hand
wijzigen: `python docs/maak_poorten.py` maakt dit stuk opnieuw uit het programma zelf.

Een regel met een ✓ geldt voor elke stap die ooit is getekend, ook met een ander programma: een stap die er niet aan voldoet
telt niet mee en verandert niets. De andere regels gelden op het moment van tekenen.
"""


def page() -> str:
    """The whole page."""
    return "".join([_TOP, *_acts(), "\n## Alle regels\n", *_rules(), *_law()])


def _acts() -> Iterator[str]:
    for kind, rules in GATES.items():
        yield f"\n## {kind}\n\n"
        lasting = {rule.id for rule in STEPS.get(kind, ())}
        for rule in rules:
            mark = " ✓" if rule.id in lasting else ""
            yield f"- [{rule.id}](#{rule.id}){mark}\n"


def _rules() -> Iterator[str]:
    known: dict[str, Rule] = {rule.id: rule for rules in GATES.values() for rule in rules}
    for name, rule in sorted(known.items()):
        where = [kind for kind, rules in GATES.items() if rule in rules]
        basis = f" Grondslag: {rule.basis}." if rule.basis else ""
        closes = "sluit de poort" if rule.severity is Severity.FOUT else str(rule.severity)
        yield f"\n### {name}\n\n{rule.explanation}{basis} Bij: {', '.join(where)} ({closes}).\n"


def _law() -> Iterator[str]:
    law = wms()
    yield "\n## Wie moet instemmen\n\n"
    yield f"Uit `wms.toml`, gelezen op {law.read_on.isoformat()}. `raakt` staat in het kopblok van de tekst.\n\n"
    yield "| raakt | uitleg | sector | wie | grondslag | hoe zeker |\n|---|---|---|---|---|---|\n"
    for each in law.provisions:
        sectors = "alle" if set(each.sectors) == set(SECTORS) else ", ".join(each.sectors)
        who = ", ".join(each.geledingen)
        yield f"| {each.topic} | {each.explanation} | {sectors} | {who} | {each.basis} | {each.mark} |\n"


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
