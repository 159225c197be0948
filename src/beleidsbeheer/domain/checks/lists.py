"""Onderdelen: letters that skip or stand twice, lists that lose their thread, and items nobody can cite."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from beleidsbeheer.domain.checks.frame import MINISTRIES, Dossier, Group, Remark, check
from beleidsbeheer.domain.document import Element, Kind
from beleidsbeheer.domain.model import Severity
from beleidsbeheer.domain.passages import Line
from beleidsbeheer.domain.terms import listed

_LETTER: Final = re.compile(r"([a-z]{1,2})[.)]?", re.I)
_MOST_NAMED: Final = 5
_LETTERED: Final = re.compile(r"\s*([ab])[.)]\s+\S")
_PLAIN: Final = (Kind.ALINEA, Kind.LID)


def _lists(dossier: Dossier) -> Iterator[tuple[Element, list[Element]]]:
    """Every element that has onderdelen with letters, and those."""
    for parent in dossier.document.walk():
        items = [
            child
            for child in parent.children
            if child.kind is Kind.ONDERDEEL and _LETTER.fullmatch(child.mark)
        ]
        if items:
            yield parent, items


def _letter(mark: str) -> int:
    """Place of a letter in the alphabet, aa after z; 0 for what is no single or double letter."""
    letters = mark.rstrip(".)").lower()
    if len(letters) == 1:
        return ord(letters) - 96
    return 26 + ord(letters[0]) - 96 if len(set(letters)) == 1 else 0


def _is_roman(items: list[Element]) -> bool:
    return [item.mark.rstrip(".)").lower() for item in items[:2]] in (["i"], ["i", "ii"])


@check(
    "onderdeel-ontbreekt",
    Group.TEKST,
    Severity.OPMERKING,
    why="Wie naar het ontbrekende onderdeel zoekt, weet niet of het is vervallen of is vergeten.",
    tip="Verletter de opsomming, en pas dan ook de verwijzingen ernaar aan.",
    source="Aanwijzingen voor de regelgeving, oude aanwijzing 238",
)
def missing_onderdeel(dossier: Dossier) -> Iterator[Remark]:
    """Er ontbreekt een letter in een opsomming."""
    for parent, items in _lists(dossier):
        if _is_roman(items) or not all(_letter(item.mark) for item in items):
            continue
        before, seen = 0, set[int]()
        for item, following in zip(items, [*items[1:], None], strict=True):
            place = _letter(item.mark)
            if place == 9 and before != 8 and following and _letter(following.mark) > 26:
                break  # i. and then ii.: a list inside this one that was not indented
            # an inserted aa stands behind a, not behind z
            inserted = place > 26 and before <= 26 and place - 26 == before
            # a list that starts at another letter, or goes on with one, goes on where an outer one stopped
            if before and place > before + 1 and not inserted and place - 1 not in seen:
                missing = [chr(96 + n) for n in range(before + 1, min(place, 27))]
                name = listed(missing[:_MOST_NAMED]) or "een letter"
                yield Remark(
                    item.first_line,
                    f"Voor onderdeel {item.mark} ontbreekt {name}.",
                    quote=dossier.opening(item),
                    key=item.key or parent.key,
                )
            seen.add(place)
            before = before if inserted else place


@check(
    "onderdeel-dubbel",
    Group.TEKST,
    Severity.WAARSCHUWING,
    why="Een verwijzing naar dit onderdeel kan twee dingen betekenen.",
    tip="Verletter de opsomming, of maak van de tweede opsomming een eigen lid.",
)
def double_onderdeel(dossier: Dossier) -> Iterator[Remark]:
    """Binnen een lid of artikel hebben twee onderdelen dezelfde letter."""
    for parent, items in _lists(dossier):
        seen = set[str]()
        for item in items:
            letter = item.mark.rstrip(".)").lower()
            if letter in seen:
                where = f" van {parent.key}" if parent.key else ""
                yield Remark(
                    item.first_line,
                    f"Onderdeel {letter}{where} staat er twee keer.",
                    quote=dossier.opening(item),
                )
            seen.add(letter)


@check(
    "opsomming-onderbroken",
    Group.TEKST,
    Severity.WAARSCHUWING,
    why="De lezer ziet niet dat de letters doorlopen, en een kop ertussen heeft zelf geen nummer.",
    tip="Maak van elk stuk een eigen lid, of zet de opsomming bij elkaar.",
)
def interrupted_list(dossier: Dossier) -> Iterator[Remark]:
    """Een opsomming met letters wordt onderbroken door een tussenkop of een alinea, en gaat daarna verder."""
    for parent, items in _lists(dossier):
        between = [
            child
            for child in parent.children
            if child.kind in (Kind.TUSSENKOP, Kind.ALINEA)
            and items[0].first_line < child.first_line < items[-1].first_line
        ]
        breaks = [child for child in between if _goes_on(items, child)]
        if breaks:
            first = breaks[0]
            words = first.heading or dossier.opening(first)
            times = f" {len(breaks)} keer" if len(breaks) > 1 else ""
            yield Remark(
                first.first_line,
                f"De opsomming van {items[0].mark} tot en met {items[-1].mark} wordt{times} onderbroken.",
                quote=words,
                key=parent.key or None,
            )


def _goes_on(items: list[Element], child: Element) -> bool:
    """Whether the letters run on across this child: a list that starts anew is another list."""
    after = next(item for item in items if item.first_line > child.first_line)
    return after.mark.rstrip(".)").lower() != "a"


@check(
    "opsomming-niet-aanhaalbaar",
    Group.TEKST,
    Severity.OPMERKING,
    why="Naar een streepje kan niemand verwijzen.",
    tip="Gebruik letters (a., b.) of, binnen een onderdeel, cijfers (1°., 2°.).",
    source="Aanwijzingen voor de regelgeving 3.59",
    strict=Severity.WAARSCHUWING,
)
def uncitable_items(dossier: Dossier) -> Iterator[Remark]:
    """Een opsomming in een artikel gebruikt streepjes in plaats van letters of cijfers."""
    for article in dossier.articles:
        for parent in article.walk():
            dashes = [child for child in parent.children if child.kind is Kind.STREEPJE]
            if len(dashes) > 1:
                yield Remark(
                    dashes[0].first_line,
                    f"Deze opsomming heeft {len(dashes)} streepjes zonder letter of cijfer.",
                    quote=dossier.opening(dashes[0]),
                    key=parent.key or None,
                )


@check(
    "opsomming-geen-lijst",
    Group.TEKST,
    Severity.WAARSCHUWING,
    why="Op de pagina lopen zulke regels door als één zin, en een verwijzing naar een letter is niet na te gaan.",
    tip='Zet een streepje voor elke letter, zoals "- a. …"; onder een lid springt dat drie spaties in.',
)
def letters_without_list(dossier: Dossier) -> Iterator[Remark]:
    """Regels beginnen met a. en b., maar zijn geen lijst: er staat geen streepje voor."""
    first: Line | None = None
    for line in dossier.lines:
        found = _LETTERED.match(line.text) if line.element.kind in _PLAIN else None
        if found is None:
            continue
        if found[1] == "a":
            first = line
        elif first is not None and first.key == line.key:
            yield Remark(first.number, "Deze letters zijn geen lijst.", quote=first.text)
            first = None


@check(
    "opsomming-tekens",
    Group.TEKST,
    Severity.WAARSCHUWING,
    why="Wie verwijst, weet niet of a. en a) hetzelfde zijn; en het oog leest verschil waar geen verschil is.",
    tip="Kies één schrijfwijze voor alle opsommingen, het liefst a.",
    source="Aanwijzingen voor de regelgeving 3.59",
)
def mixed_marks(dossier: Dossier) -> Iterator[Remark]:
    """De ene opsomming gebruikt a. en de andere a)."""
    lists = list(_lists(dossier))
    usual = _usual_sign(lists)
    for parent, items in lists:
        other = next((item for item in items if item.mark[-1] != usual), None)
        if other is not None:
            yield Remark(
                other.first_line,
                f"Hier staat {other.mark} terwijl de meeste opsommingen a{usual} gebruiken.",
                quote=dossier.opening(other),
                key=parent.key or None,
            )


def _usual_sign(lists: list[tuple[Element, list[Element]]]) -> str:
    counts = Counter(items[0].mark[-1] for _, items in lists)
    return max(counts, key=lambda sign: (counts[sign], sign == "."), default=".")


@check(
    "opsomming-vorm",
    Group.TEKST,
    Severity.OPMERKING,
    why="De Aanwijzingen schrijven voor onderdelen a. voor, en daaronder 1°.",
    tip="Schrijf a. voor een onderdeel en 1°. voor een onderdeel daarvan.",
    source="Aanwijzingen voor de regelgeving 3.59",
    profiles=MINISTRIES,
)
def official_marks(dossier: Dossier) -> Iterator[Remark]:
    """Een opsomming gebruikt andere tekens dan de Aanwijzingen: a. en daaronder 1°."""
    wanted = {
        Kind.ONDERDEEL: re.compile(r"[a-z]{1,2}\."),
        Kind.SUBONDERDEEL: re.compile(r"[0-9]+°\."),
    }
    told: Mapping[int, list[Element]] = defaultdict(list)
    for parent in dossier.document.walk():
        for child in parent.children:
            form = wanted.get(child.kind)
            if form and not form.fullmatch(child.mark):
                told[parent.first_line].append(child)
    for items in told.values():
        yield Remark(
            items[0].first_line,
            f"Hier staat {items[0].mark} waar de Aanwijzingen a. of 1°. vragen.",
            quote=dossier.opening(items[0]),
        )
