"""Terms: defined and never used, used too early, defined twice, or by each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from beleidsbeheer.domain.checks.definitions import Definition
from beleidsbeheer.domain.checks.frame import Dossier, Group, Remark, check
from beleidsbeheer.domain.checks.words import stems_of
from beleidsbeheer.domain.document import Kind
from beleidsbeheer.domain.model import Severity

_TOGETHER: Final = re.compile(r",\s*|\s+(?:of|en)\s+|\s*/\s*")
_HEADINGS: Final = frozenset({Kind.ARTIKEL, Kind.HOOFDSTUK, Kind.TUSSENKOP, Kind.ANDERS})
_HERE: Final = re.compile(
    r"\s*,?\s*(?:in de zin van|als bedoeld in|zoals bedoeld in) (?:dit|deze) \w+\s*$", re.I
)
_BY_NAME: Final = re.compile(r"^[A-Z][\w.-]*(?: [A-Z][\w.-]*){0,5}, (?=(?:de|het|een) )")
_LONGEST_NAME: Final = 100  # characters


@check(
    "begrip-ongebruikt",
    Group.BEGRIPPEN,
    Severity.WAARSCHUWING,
    why="Een begrip dat nergens terugkomt roept de vraag op of er een bepaling is vergeten.",
    tip="Haal het begrip weg, of gebruik het waar het over gaat.",
)
def unused_term(dossier: Dossier) -> Iterator[Remark]:
    """Een begrip wordt omschreven en daarna nergens gebruikt."""
    for each in dossier.definitions:
        # "nabestaande, partner, wees" are three terms with one description
        if not any(_used(dossier, part, each) for part in _parts(each.term)):
            yield Remark(
                each.line, f'"{each.term}" wordt omschreven maar nergens gebruikt.', quote=each.term
            )


def _parts(term: str) -> list[str]:
    """The terms that share a description, without what stands between brackets: arbeidsongeschikt(heid)."""
    return _TOGETHER.split(re.sub(r"\([^()]*\)", "", term))


def _used(dossier: Dossier, term: str, definition: Definition) -> bool:
    """Whether these words stand anywhere else than in the definition itself and what belongs to it."""
    own = f"{definition.key}."
    for index in dossier.words.places(term):
        passage = dossier.passages[index]
        inside = definition.key and f"{passage.key}.".startswith(own)
        if passage is not definition.text and not inside:
            return True
    return False


@check(
    "begrip-te-laat",
    Group.BEGRIPPEN,
    Severity.OPMERKING,
    why="Wie van voren af leest, weet nog niet wat het woord hier betekent.",
    tip="Zet het artikel met de begrippen vooraan.",
)
def used_before_defined(dossier: Dossier) -> Iterator[Remark]:
    """Een begrip wordt al gebruikt in een artikel dat voor de omschrijving staat."""
    for each in dossier.definitions:
        if each.article is None or each.scope:
            continue
        for index in dossier.words.places(each.term):
            passage = dossier.passages[index]
            if passage.first >= each.article.first_line:
                break
            if passage.key and passage.element.kind not in _HEADINGS:
                yield Remark(
                    passage.first,
                    f'"{each.term}" staat hier al, en wordt pas op regel {each.line} omschreven.',
                    quote=each.term,
                )
                break


@check(
    "begrip-dubbel",
    Group.BEGRIPPEN,
    Severity.WAARSCHUWING,
    why="Bij twee omschrijvingen kan ieder de zijne kiezen.",
    tip="Laat er één staan.",
)
def defined_twice(dossier: Dossier) -> Iterator[Remark]:
    """Hetzelfde begrip wordt twee keer omschreven."""
    seen: dict[tuple[str, int], Definition] = {}
    for each in dossier.definitions:
        words = [word for word in each.term.casefold().split() if word not in ("de", "het", "een")]
        first = seen.setdefault((" ".join(words), each.scope), each)
        if first is not each:
            yield Remark(
                each.line,
                f'"{each.term}" is op regel {first.line} ook al omschreven.',
                quote=each.term,
            )


@check(
    "begrip-cirkel",
    Group.BEGRIPPEN,
    Severity.WAARSCHUWING,
    why="Wie het ene begrip wil begrijpen, wordt naar het andere gestuurd, en weer terug.",
    tip="Schrijf bij een van de twee op wat het is, zonder het andere begrip.",
)
def circular(dossier: Dossier) -> Iterator[Remark]:
    """Twee begrippen worden met elkaar omschreven, of een begrip met zichzelf."""
    by_name = {_name(each.term): each for each in reversed(dossier.definitions)}
    for each in dossier.definitions:
        other = by_name.get(_name(_core(each.description)))
        if other is each:
            yield Remark(
                each.line, f'"{each.term}" wordt omschreven met zichzelf.', each.description
            )
        elif other is not None and _mentions(other, each):
            yield Remark(
                each.line,
                f'"{each.term}" wordt omschreven met "{other.term}", en "{other.term}" met "{each.term}".',
                quote=each.description,
            )


def _name(words: str) -> str:
    """A term by its words and numbers, inflection aside; empty when it is too long to be one."""
    if len(words) > _LONGEST_NAME:
        return ""
    return " ".join([*stems_of(words), *re.findall("[0-9]+", words)])


def _core(description: str) -> str:
    """What a description comes to when it is no more than another name: "LOVK, de ander in de zin van dit reglement"."""
    first = re.split(r"[.;:]\s|[.;:]$", description, maxsplit=1)[0]
    return _BY_NAME.sub("", _HERE.sub("", first)).strip()


def _mentions(definition: Definition, term: Definition) -> bool:
    words, wanted = stems_of(definition.description), stems_of(term.term)
    return any(
        words[place : place + len(wanted)] == wanted for place in range(len(words)) if wanted
    )
