"""Words: the same thing twice in one enumeration, one name written in many ways, and words that are mixed up."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from beleidsbeheer.domain.checks.frame import Dossier, Group, Remark, check
from beleidsbeheer.domain.checks.paper_rows import COUNCIL
from beleidsbeheer.domain.document import Kind
from beleidsbeheer.domain.model import Severity
from beleidsbeheer.domain.passages import Passage
from beleidsbeheer.domain.terms import listed

_SENTENCE: Final = re.compile(r"(?<=:)\s+|(?<=[.;?!])\s+(?=[A-Z'\"‘“*]|$)")
_NUMBERED: Final = re.compile(
    r"[0-9]|\b(?:lid|leden|artikel|artikelen|onderdeel|onderdelen|volzin|onder|aanhef)\b",
    re.I,
)
_ARTICLES: Final = re.compile(
    r"^(?:(?:en|of|dan wel|alsmede|en/of|de|het|een|zijn|haar|hun)\s+)+", re.I
)
_LEAST: Final = 4
_LONGEST_ITEM: Final = 4
# an aside between commas ("die, door Ons, zijn toegestaan") and words that may well stand twice
_NO_ITEM: Final = re.compile(
    r"\b(?:enz|etc|enzovoort)\b|^\s*(?:aan|als|bij|dan|daarna|door|in|indien|met|naar|op|ten|ter|tot|uit|van|voor|zo)\s",
    re.I,
)


@check(
    "opsomming-dubbel",
    Group.BEGRIPPEN,
    Severity.OPMERKING,
    why="De lezer vraagt zich af wat er in plaats van het tweede had moeten staan.",
    tip="Haal het tweede weg, of zet er wat bedoeld is.",
)
def double_item(dossier: Dossier) -> Iterator[Remark]:
    """In een opsomming staat hetzelfde twee keer."""
    for passage in dossier.passages:
        if passage.text.count(",") >= _LEAST - 1 and "|" not in passage.text:
            yield from _double_words(passage)
    yield from _double_lines(dossier)


def _double_words(passage: Passage) -> Iterator[Remark]:
    start = 0
    for sentence in _SENTENCE.split(passage.text):
        place = passage.text.find(sentence, start)
        start = place + len(sentence)
        for item in _twice(sentence.split(",")):
            again = passage.text.rfind(item, place, start)
            yield Remark(
                passage.line_of(max(again, 0)),
                f'"{item}" staat twee keer in dezelfde opsomming.',
                quote=item,
            )


def _twice(segments: Sequence[str]) -> Iterator[str]:
    """Items that stand twice in a run of short ones between commas."""
    run: dict[str, int] = {}
    found: list[str] = []
    length = 0
    for segment in [*segments[1:], ""]:  # the first runs from the start of the sentence
        words = segment.split()
        if _is_item(segment, len(words)):
            item = _ARTICLES.sub("", " ".join(words)).strip("().*_ ")
            run[item.casefold()] = run.get(item.casefold(), 0) + 1
            found += [item] if run[item.casefold()] == 2 and len(item) > 2 else []
            length += 1
            continue
        if length >= _LEAST - 1:
            yield from found
        run, found, length = {}, [], 0


def _is_item(segment: str, words: int) -> bool:
    known = _NUMBERED.search(segment) or _NO_ITEM.search(segment)
    return 0 < words <= _LONGEST_ITEM and not known


def _double_lines(dossier: Dossier) -> Iterator[Remark]:
    """Onderdelen of one list with the same words."""
    items = (Kind.ONDERDEEL, Kind.SUBONDERDEEL, Kind.STREEPJE)
    text_at = {passage.first: passage.text for passage in dossier.passages}
    for parent in dossier.document.walk():
        seen: dict[str, int] = {}
        for child in parent.children if len(parent.children) > 1 else ():
            lists_anew = child.kind not in items or "~" in child.key
            text = "" if lists_anew else text_at.get(child.first_line, "").rstrip()
            text = "" if text.endswith(":") else text  # it introduces a list of its own
            words = text.strip(" -*+").removeprefix(child.mark).strip(" .;,").casefold()
            words = re.sub(r"[;,]?\s+(?:en|of)$", "", words)
            if len(words) > 3 and not words.strip("[] ").startswith("vervallen"):
                first = seen.setdefault(words, child.first_line)
                if first != child.first_line:
                    yield Remark(
                        child.first_line,
                        f"Hetzelfde staat al op regel {first}.",
                        quote=text.strip(),
                    )


# --- names and words that are mixed up --------------------------------------------------------------------

_WORD: Final = r"[^\W\d_]{1,40}(?:-[^\W\d_]{1,40}){0,3}"
_ABBREVIATED: Final = re.compile(
    rf"(?<!\w)((?:[Dd]e |[Hh]et )?[A-Z]{_WORD}(?: (?:[a-z]{{1,5}} ){{0,3}}[A-Z]{_WORD}){{1,7}}) \(([A-Z]{{2,8}})\)"
)
_USED: Final = re.compile(
    r"(?<!\w)(?:(?:[Dd]e|[Hh]et|[Bb]estuur(?: van)?(?: de| het)?) )?([A-Z]{2,8})(?![\w)'’-])"
)


@check(
    "naam-wisselt",
    Group.BEGRIPPEN,
    Severity.OPMERKING,
    why="Een lezer kan denken dat het om verschillende organisaties gaat.",
    tip="Kies één naam, omschrijf die één keer, en gebruik daarna alleen die.",
)
def many_names(dossier: Dossier) -> Iterator[Remark]:
    """Dezelfde organisatie heeft in de tekst meer dan één naam of schrijfwijze."""
    long_names = _long_names(dossier)
    short_forms = _short_forms(dossier) if long_names else {}
    for short, names in long_names.items():
        forms = {**names, **short_forms.get(short, {})}
        if {f"de {short}", f"het {short}"} <= forms.keys() or _differ(list(names)):
            told = listed(f'"{name}" (regel {line})' for name, line in list(forms.items())[:8])
            yield Remark(
                min(names.values()),
                f"{short} heet hier op {len(forms)} manieren: {told}.",
                quote=short,
            )


def _long_names(dossier: Dossier) -> dict[str, dict[str, int]]:
    """Per abbreviation the names before it, "Naam Van Iets (NVI)", each with its first line."""
    names: dict[str, dict[str, int]] = defaultdict(dict)
    for passage in dossier.passages:
        for found in _ABBREVIATED.finditer(passage.text) if "(" in passage.text else ():
            if found[2] not in found[1]:
                name = " ".join(found[1].split())
                names[found[2]].setdefault(name, passage.line_of(found.start()))
    return names


def _short_forms(dossier: Dossier) -> dict[str, dict[str, int]]:
    """Per abbreviation how it is used: "LOVK", "het LOVK", "bestuur van LOVK", each with its first line."""
    forms: dict[str, dict[str, int]] = defaultdict(dict)
    for passage in dossier.passages:
        for found in _USED.finditer(passage.text):
            forms[found[1]].setdefault(_form(found[0]), passage.line_of(found.start()))
    return forms


def _differ(names: Sequence[str]) -> bool:
    """Whether two names are more than one with words before it: what stands before a name may be no part of it."""
    bare = [re.sub(r"^(?:de|het) ", "", name, flags=re.I).casefold() for name in names]
    return any(
        not one.endswith(two) and not two.endswith(one) for one in bare[:20] for two in bare[:20]
    )


def _form(words: str) -> str:
    """A name as it is counted: a capital at the start of a sentence makes no other name."""
    return words[0].lower() + words[1:] if words[:1].isupper() and " " in words else words


_PEOPLE: Final = r"(?:betrokkenen?|wettelijk vertegenwoordigers?)"
_MIXED: Final = (
    (
        re.compile(
            rf"\b(?:goedkeuring|toestemming) (?:(?:van|door) )?(?:de )?{COUNCIL}"
            rf"|{COUNCIL} (?:[a-z]+ ){{0,3}}(?:goed-?gekeurd|toestemming|goedkeuring|goedkeurt)\b"
            rf"|\bgoed-?gekeurd door (?:de )?{COUNCIL}",
            re.I,
        ),
        "Een raad geeft instemming (of advies); dat is iets anders dan goedkeuring of toestemming.",
        "Schrijf instemming, en noem de geleding.",
    ),
    (
        re.compile(rf"\binstemming van (?:de |zijn |haar |een )?{_PEOPLE}\b(?!geleding)", re.I),
        "Een betrokkene geeft toestemming; instemming geeft de medezeggenschapsraad.",
        "Schrijf toestemming.",
    ),
)


@check(
    "instemming-verwisseld",
    Group.BEGRIPPEN,
    Severity.WAARSCHUWING,
    why="Instemming, toestemming en goedkeuring zijn in de wet drie verschillende dingen.",
    tip="Gebruik instemming voor de raad en toestemming voor een betrokkene.",
    source="WMS 10, 12, 13 en 14; AVG artikel 4 onder 11",
)
def mixed_up(dossier: Dossier) -> Iterator[Remark]:
    """Instemming, toestemming en goedkeuring worden door elkaar gebruikt."""
    for passage in dossier.passages:
        for message, quote, place, tip in _mixed(passage.text):
            yield Remark(passage.line_of(place), message, quote, tip=tip)
    for row in dossier.history:
        for name, cell in row.cells.items() if row.path else ():
            for message, quote, _, tip in _mixed(cell):
                yield Remark(row.line_of(name), message, quote, tip=tip, path=row.path)


def _mixed(text: str) -> Iterator[tuple[str, str, int, str]]:
    if "stemming" not in text and "goed" not in text.lower():
        return
    for pattern, message, tip in _MIXED:
        for found in pattern.finditer(text):
            if (
                "instemming" not in found[0].lower() or "gegeven" in text
            ):  # elsewhere people do consent
                yield message, found[0], found.start(), tip
