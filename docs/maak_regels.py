"""Write docs/regels.md: every rule of ``beleid controleer``, as the program itself explains it.

.venv/bin/python docs/maak_regels.py
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from beleidsbeheer.domain.checks.coverage import Framework, frameworks
from beleidsbeheer.domain.checks.frame import EVERYONE, Rule
from beleidsbeheer.domain.checks.table import rules
from beleidsbeheer.render.checks.words import HEADS
from beleidsbeheer.render.forms import escaped_markdown

TARGET = Path(__file__).with_name("regels.md")
_TOP = """# Regels van de controle

Wat `beleid controleer` in een reglement en in zijn geschiedenis opmerkt. Niet met de hand wijzigen:
`python docs/maak_regels.py` maakt dit stuk opnieuw uit het programma zelf.

Een **fout** geeft uitkomst 1; een **waarschuwing** is iets om op te lossen of om met een reden akkoord mee te gaan; een
**opmerking** is goed om te weten. Hoe u ergens mee akkoord gaat, staat in de [handleiding](handleiding.md#een-tekst-nalezen).
"""


def page() -> str:
    """The whole page."""
    return "".join(
        [_TOP, *_groups(), *(part for each in frameworks() for part in _framework(each))]
    )


def _groups() -> Iterator[str]:
    ordered = sorted(rules(), key=lambda rule: list(HEADS).index(rule.group))
    for group, some in groupby(ordered, key=lambda rule: rule.group):
        yield f"\n## {HEADS[group]}\n"
        yield from map(_rule, some)


def _rule(rule: Rule) -> str:
    severity = str(rule.severity)
    if rule.profiles != EVERYONE:
        severity += ", alleen in het profiel ar"
    elif rule.strict is not rule.severity:
        severity += f"; in het profiel ar een {rule.strict}"
    source = f" Bron: {rule.source}." if rule.source else ""
    return f"\n### {rule.id}\n\n{rule.explanation} ({severity})\n\n{rule.why}{source} *Tip:* {rule.tip}\n"


def _framework(framework: Framework) -> Iterator[str]:
    yield f"\n## Eisen: {framework.title}\n\n"
    yield f"Uit `kaders/{framework.name}.toml`, bekeken op {framework.read_on.isoformat()}. In een tekst wijst u een plaats"
    yield f" aan onder `[dekking.{framework.name}]`.\n\n"
    yield "| eis | hoort in | wat | grondslag | hoe zeker |\n|---|---|---|---|---|\n"
    for each in framework.requirements:
        what = escaped_markdown(f"{each.what} {each.note}".strip())
        yield f"| {each.id} | {each.sort} | {what} | {each.basis} | {each.mark} |\n"


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
