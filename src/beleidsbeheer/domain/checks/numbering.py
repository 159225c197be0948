"""Numbers: of articles, leden and onderdelen. Gaps, doubles, steps back, and lists that lose their thread."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from beleidsbeheer.domain.checks.frame import (
    Dossier,
    Group,
    Remark,
    check,
)
from beleidsbeheer.domain.document import Element, Kind
from beleidsbeheer.domain.model import Severity

_MORE_MARK: Final = re.compile(r"[0-9]+(?:[.:][0-9]+)*[a-z]?\b|(?:bis|ter|quater)\b", re.I)
_PART: Final = re.compile(r"([0-9]+)([a-z]*)", re.I)
_LAPSED: Final = re.compile(r"\b(?:vervallen|vervalt|ingetrokken|gereserveerd)\b", re.I)
_ARTICLE_NUMBER: Final = re.compile(r"[0-9]{1,6}(?:[.:][0-9]{1,6})*")
_UP_TO: Final = re.compile(r"\bt/m\b|\btot en met\b|[0-9] ?[-–] ?[0-9]")
_INTRODUCES: Final = (":", ";", "verstaan onder")


@dataclass(frozen=True, slots=True)
class _Number:
    """The number of an article: 2:10a is (2,), 10 and "a"."""

    above: tuple[str, ...]
    last: int
    letters: str


def _number(mark: str) -> _Number:
    *above, last = re.split(r"[.:]", mark)
    found = _PART.match(last)
    return _Number(tuple(above), int(found[1]), found[2].lower()) if found else _Number((), 0, "")


def _in_style(number: int, mark: str) -> str:
    """The number with what stands before the last part of ``mark``: 31 and 1:37 give 1:31."""
    return mark[: len(mark) - len(re.split(r"[.:]", mark)[-1])] + str(number)


def named(missing: Sequence[object], word: str) -> str:
    """Which ones are missing: "artikel 8", or "artikel 8 t/m 12"."""
    if len(missing) == 1:
        return f"{word} {missing[0]}"
    return f"{word} {missing[0]} t/m {missing[-1]}"


# --- articles ---------------------------------------------------------------------------------------------


@check(
    "artikel-ontbreekt",
    Group.TEKST,
    Severity.WAARSCHUWING,
    why="Wie naar het ontbrekende artikel zoekt, weet niet of het is vervallen of is vergeten.",
    tip='Zet op die plaats een kop als "Artikel 8 (vervallen)". Vernummer de andere artikelen niet:'
    " verwijzingen van buiten gaan dan stuk.",
    source="Aanwijzingen voor de regelgeving 3.54",
)
def missing_article(dossier: Dossier) -> Iterator[Remark]:
    """Er ontbreekt een nummer in de rij van artikelen, en nergens staat dat het is vervallen."""
    gaps = [(one, two) for one, two in pairwise(dossier.articles) if _missing(one, two)]
    lapsed = _lapsed(dossier) if gaps else frozenset()
    for before, after in gaps:
        above = _number(after.mark).above
        missing = [n for n in _missing(before, after) if (*above, str(n)) not in lapsed]
        if missing:
            yield Remark(
                after.first_line,
                f"Na artikel {before.mark} volgt artikel {after.mark};"
                f" {named([_in_style(n, after.mark) for n in missing], 'artikel')} ontbreekt.",
                quote=f"Artikel {after.mark}",
            )


def _missing(before: Element, after: Element) -> range:
    one, two = _number(before.mark), _number(after.mark)
    return range(one.last + 1, two.last) if one.above == two.above else range(0)


def _lapsed(dossier: Dossier) -> frozenset[tuple[str, ...]]:
    """The articles that a line of its own calls lapsed, as in "Artikelen 8 en 9 (vervallen)"."""
    told = set[tuple[str, ...]]()
    for passage in dossier.passages:
        head = passage.text[:300]
        if not (head.lstrip("#*_ [(").lower().startswith("artikel") and _LAPSED.search(head)):
            continue
        numbers = [tuple(re.split("[.:]", each)) for each in _ARTICLE_NUMBER.findall(head)]
        told.update(numbers)
        if _UP_TO.search(head) and len(numbers) > 1 and numbers[0][:-1] == numbers[1][:-1]:
            first, last = int(numbers[0][-1]), int(numbers[1][-1])
            told.update((*numbers[0][:-1], str(n)) for n in range(first, min(last, first + 999)))
    return frozenset(told)


def _sections(dossier: Dossier) -> Iterator[tuple[int, Element]]:
    """The articles with the number of the part they stand in: each chapter or other big heading opens one."""
    section = 0
    for element in dossier.document.elements:
        if element.kind is Kind.ARTIKEL:
            yield section, element
            continue
        section += 1
        for child in element.children:
            if child.kind is Kind.ARTIKEL:
                yield section, child


@check(
    "artikel-dubbel",
    Group.TEKST,
    Severity.FOUT,
    why="Een verwijzing naar dit nummer kan twee dingen betekenen.",
    tip="Geef het nieuwe artikel een letter achter het nummer, zoals 8a.",
    source="Aanwijzingen voor de regelgeving 3.54 en 6.16",
)
def double_article(dossier: Dossier) -> Iterator[Remark]:
    """Twee artikelen hebben hetzelfde nummer."""
    seen: dict[str, Element] = {}
    for before, (section, article) in _with_previous(dossier):
        if before and _restarts(before, (section, article)):
            seen.clear()
        first = seen.setdefault(_whole_mark(article), article)
        if first is not article:
            yield Remark(
                article.first_line,
                f"Artikel {article.mark} staat er twee keer; het eerste begint op regel {first.first_line}.",
                quote=f"Artikel {article.mark}",
            )


def _whole_mark(article: Element) -> str:
    """The mark with what the outline leaves to the heading: 3a.2 and 3 bis are no 3a and 3."""
    more = _MORE_MARK.match(article.heading)
    return f"{article.mark} {more[0] if more else ''}".strip().lower()


def _with_previous(
    dossier: Dossier,
) -> Iterator[tuple[tuple[int, Element] | None, tuple[int, Element]]]:
    before = None
    for each in _sections(dossier):
        yield before, each
        before = each


def _restarts(before: tuple[int, Element], after: tuple[int, Element]) -> bool:
    """Whether the numbering starts anew in another part, as some regulations do in each chapter."""
    return before[0] != after[0] and _number(after[1].mark).last == 1


@check(
    "artikel-volgorde",
    Group.TEKST,
    Severity.WAARSCHUWING,
    why="Wie bladert op nummer, vindt het artikel niet.",
    tip="Zet het artikel op zijn plaats, of geef het een nummer met een letter, zoals 8a.",
    source="Aanwijzingen voor de regelgeving 3.54",
)
def article_out_of_order(dossier: Dossier) -> Iterator[Remark]:
    """Een artikel staat achter een artikel met een hoger nummer."""
    for before, after in _with_previous(dossier):
        if before is None or _restarts(before, after):
            continue
        if _steps_back(_number(before[1].mark), _number(after[1].mark)):
            yield Remark(
                after[1].first_line,
                f"Artikel {after[1].mark} staat achter artikel {before[1].mark}.",
                quote=f"Artikel {after[1].mark}",
            )


def _steps_back(one: _Number, two: _Number) -> bool:
    """Whether ``two`` should stand before ``one``. After z comes aa, though a and aa may stand together too."""
    if one.above != two.above or one.last != two.last:
        return one.above == two.above and two.last < one.last
    after_z = one.letters.startswith("z") and len(two.letters) > len(one.letters)
    return two.letters.replace("ij", "y") < one.letters.replace("ij", "y") and not after_z


@check(
    "artikel-leeg",
    Group.TEKST,
    Severity.WAARSCHUWING,
    why="Een artikel zonder tekst regelt niets.",
    tip='Schrijf de tekst, haal de kop weg, of zet er "(vervallen)" achter.',
    source="Aanwijzingen voor de regelgeving 3.54",
)
def empty_article(dossier: Dossier) -> Iterator[Remark]:
    """Onder de kop van een artikel staat geen tekst."""
    for article in dossier.articles:
        if not article.children and not _LAPSED.search(article.heading):
            yield Remark(
                article.first_line,
                f"Artikel {article.mark} heeft geen tekst.",
                quote=f"Artikel {article.mark} {article.heading}",
            )


@check(
    "geen-artikelen",
    Group.TEKST,
    Severity.OPMERKING,
    why="Zonder artikelen kan het programma nummering, verwijzingen en verschillen niet per artikel bekijken.",
    tip='Maak van elke kop van een artikel een regel die begint met "## Artikel 1." Zie docs/tekst.md.',
)
def no_articles(dossier: Dossier) -> Iterator[Remark]:
    """Er zijn geen artikelen herkend in de tekst."""
    if not dossier.articles:
        first = next((line for line in dossier.lines if line.text.strip()), None)
        if first is None:
            yield Remark(0, "Er staat geen tekst in dit bestand.", tip="Is dit het goede bestand?")
        else:
            yield Remark(first.number, "In deze tekst zijn geen artikelen herkend.", first.text)


# --- leden ------------------------------------------------------------------------------------------------


@check(
    "lid-ontbreekt",
    Group.TEKST,
    Severity.WAARSCHUWING,
    why="Wie naar het ontbrekende lid zoekt, weet niet of het is vervallen of is vergeten.",
    tip="Vernummer de leden, en pas dan ook de verwijzingen ernaar aan.",
    source="Aanwijzingen voor de regelgeving, oude aanwijzing 238",
)
def missing_lid(dossier: Dossier) -> Iterator[Remark]:
    """Er ontbreekt een nummer in de rij van leden van een artikel."""
    for article in dossier.articles:
        leden = _leden(article)
        numbers = [0, *(_number(lid.mark.rstrip(".)")).last for lid in leden)]
        for (one, two), lid in zip(pairwise(numbers), leden, strict=True):
            missing = range(one + 1, two)
            if missing:
                yield Remark(
                    lid.first_line,
                    f"In artikel {article.mark} ontbreekt {named(missing, 'lid')}.",
                    quote=dossier.opening(lid),
                )


@check(
    "lid-dubbel",
    Group.TEKST,
    Severity.WAARSCHUWING,
    why="Een verwijzing naar dit lid kan twee dingen betekenen.",
    tip="Vernummer de leden. Is dit een opsomming binnen een lid? Spring haar dan in, en gebruik letters.",
)
def double_lid(dossier: Dossier) -> Iterator[Remark]:
    """In een artikel hebben twee leden hetzelfde nummer."""
    for article in dossier.articles:
        seen: dict[str, Element] = {}
        for lid in _leden(article):
            mark = lid.mark.rstrip(".)")
            if mark in seen:
                yield Remark(
                    lid.first_line,
                    f"Lid {mark} van artikel {article.mark} staat er twee keer.",
                    quote=dossier.opening(lid),
                )
            seen.setdefault(mark, lid)


@check(
    "leden-en-losse-tekst",
    Group.TEKST,
    Severity.WAARSCHUWING,
    why="De losse tekst heeft geen nummer, dus niemand kan ernaar verwijzen.",
    tip="Maak van de losse tekst lid 1, of zet haar in een eigen artikel.",
)
def loose_text_and_leden(dossier: Dossier) -> Iterator[Remark]:
    """Een artikel heeft genummerde leden, en daarnaast tekst zonder nummer."""
    for article in dossier.articles:
        if not any(child.kind is Kind.LID for child in article.children):
            continue
        loose = [child for child in article.children if child.kind is Kind.ALINEA]
        words = dossier.opening(loose[0]) if loose else ""
        # text that introduces makes of the numbers a list, and no leden
        last = dossier.opening(loose[-1]) if loose else ""
        if words and not words.endswith(_INTRODUCES) and not last.endswith(_INTRODUCES):
            yield Remark(
                loose[0].first_line,
                f"Artikel {article.mark} heeft leden, maar deze alinea hoort bij geen lid.",
                quote=words,
            )


def _leden(article: Element) -> list[Element]:
    return [child for child in article.children if child.kind is Kind.LID]
