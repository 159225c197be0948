"""Texts in which articles have no heading: their numbers, read from the lines that start with one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from beleidsbeheer.domain.checks.frame import Dossier, Group, Remark, check
from beleidsbeheer.domain.checks.numbering import named
from beleidsbeheer.domain.model import Severity

_ARTICLE: Final = re.compile(r"[#*\s]*art(?:ikel|icle)?\b\.?\s*[0-9IVXLC]", re.I)
_LOOSE: Final = re.compile(r"\s*(?:[-*]\s+)?(?:\*\*)?([0-9]{1,3})\.\s+(\S.*)")


@dataclass(frozen=True, slots=True)
class _Loose:
    """A line that starts with a number in a text without articles; ``inner`` numbers the parts of one."""

    line: int
    number: int
    text: str
    inner: bool


def _loose_numbers(dossier: Dossier) -> list[_Loose]:
    """The numbered lines of a text without articles, split in articles and what is inside them.

    A number that goes on where the articles were is an article; one that starts at 1 or goes on where the
    inner numbers were is inside one.
    """
    found: list[_Loose] = []
    top = inner = 0
    known = dossier.articles or any(_ARTICLE.match(line.text) for line in dossier.lines)
    for line in () if known else dossier.lines:
        match = _LOOSE.match(line.text)
        if match is None:
            continue
        number = int(match[1])
        is_inner = top > 0 and number in (1, inner + 1 if inner else 1)
        if is_inner:
            inner = number
        elif top < number <= top + 3:
            top, inner = number, 0
        else:
            continue
        found.append(_Loose(line.number, number, match[2], is_inner))
    return found


@check(
    "nummering-dubbelzinnig",
    Group.TEKST,
    Severity.WAARSCHUWING,
    why='"Zie 2" kan hier artikel 2 zijn, of lid 2 van een artikel.',
    tip='Zet "Artikel" voor het nummer van elk artikel, en maak er een kop van: ## Artikel 3.',
)
def shared_notation(dossier: Dossier) -> Iterator[Remark]:
    """Artikelen en leden zijn op dezelfde manier genummerd, zonder het woord artikel."""
    loose = _loose_numbers(dossier)
    articles = [each for each in loose if not each.inner]
    inside = [each for each in loose if each.inner]
    if len(articles) > 2 and inside and articles[-1].line > inside[0].line:
        first = inside[0]
        owner = [each for each in articles if each.line < first.line][-1]
        yield Remark(
            first.line,
            f"Regel {owner.line} begint met {owner.number}. en regel {first.line}, daarbinnen, met {first.number}.",
            quote=f"{first.number}. {first.text}",
        )


@check(
    "nummer-overgeslagen",
    Group.TEKST,
    Severity.WAARSCHUWING,
    why="Wie naar het ontbrekende nummer zoekt, weet niet of het is vervallen of is vergeten.",
    tip='Zet op die plaats een regel met het nummer en "(vervallen)".',
    source="Aanwijzingen voor de regelgeving 3.54",
)
def missing_loose_number(dossier: Dossier) -> Iterator[Remark]:
    """In een tekst zonder artikelkoppen ontbreekt een nummer in de rij."""
    articles = [each for each in _loose_numbers(dossier) if not each.inner]
    for before, after in pairwise(articles if len(articles) > 2 else []):
        missing = range(before.number + 1, after.number)
        if missing:
            yield Remark(
                after.line,
                f"Na {before.number}. volgt {after.number}.; {named(missing, 'nummer')} ontbreekt.",
                quote=f"{after.number}. {after.text}",
            )
