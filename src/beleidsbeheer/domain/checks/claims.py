"""What a text says about itself: that it was adopted, that it is in force since a day; and gaps left open in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from beleidsbeheer.domain.checks.dates import dates_in
from beleidsbeheer.domain.checks.frame import Dossier, Group, Remark, check
from beleidsbeheer.domain.course import start_of
from beleidsbeheer.domain.model import Severity
from beleidsbeheer.domain.terms import show_date

_STARTS: Final = re.compile(
    r"\b(?:dit|deze|het|de)\s+(?:[a-z]+\s+)?[a-z]*(?:reglement|regeling|protocol|beleid|statuut|code|document)\b[^.\n]{0,120}?"
    r"\b(?:treedt|treden)\s+(?:\w+\s+){0,4}in\s+werking\b|\btreedt\s+(?:\w+\s+){0,3}in\s+werking\b",
    re.I,
)
_FROM: Final = re.compile(r"\s*(?:\w+\s+){0,3}?(?:op|per|met ingang van)\s*\**\s*", re.I)
_RETROACTIVE: Final = re.compile(r"werkt\s+terug\s+tot|terugwerkende\s+kracht", re.I)
_SELF: Final = r"\b(?:dit|deze)\s+(?:[a-z]+\s+)?[a-z]{0,30}(?:reglement|regeling|protocol|beleid|beleidsstuk|statuut|document)\b"
_STATUS: Final = (
    re.compile(
        rf"{_SELF}\s+(?:is|werd)\s[^.\n]{{0,120}}?\b(?:vastgesteld|goedgekeurd)\b(?!\s+(?:krachtens|op grond|ingevolge))",
        re.I,
    ),
    re.compile(
        rf"{_SELF}\s+(?:is|heeft)\s+(?:een|de status)\s+(?:concept|definitie[fv]e?)\b", re.I
    ),
    # a line of its own, as under a signature: "Aldus vastgesteld door het bestuur op 10 oktober 2018"
    re.compile(
        r"\A[#*_\s]*(?:aldus\s+)?(?:vastgesteld|goedgekeurd)\s+(?:door|in|te|op|d\.d\.)\s[^.;\n]{0,120}?\b(?:19|20)[0-9]{2}\b",
        re.I,
    ),
    re.compile(r"\A[#*_\s]*(?:status|versie)\s*:\s*\S+", re.I),
)
# a gap is one in the running text of an article: a form in an annex has gaps on purpose
_OPEN: Final = re.compile(
    r"<\s*(?:naam|datum|plaats|school|organisatie|bestuur|stichting|adres|invullen|vul)\b[^<>\n]{0,40}>"
    r"|\[\s*(?:naam|datum|plaats|school|organisatie|bestuur|stichting|adres|invullen|vul)\b[^\]\n]{0,40}\](?!\()"
    r"|\b(?:xx|XX)[-/](?:xx|XX)[-/](?:xx|XX){1,2}|(?<![.\w])_{5,}|(?<![.\d])\.{6,}|…{2,}",
    re.I,
)


# one of these stands in every gap: looking for them is quick
_OPENING: Final = ("<", "[", "xx", "XX", "____", "....", "……")
_OF_STATUS: Final = ("vastgesteld", "goedgekeurd", "concept", "definitie", "status", "versie")


class Start(NamedTuple):
    """A day of entry into force that the text itself names, and where."""

    day: date
    line: int
    key: str
    quote: str


def starts(dossier: Dossier) -> Iterator[Start]:
    """Every "treedt in werking op …" with a date."""
    for passage in dossier.passages:
        if "in werking" not in passage.text:
            continue
        for found in _STARTS.finditer(passage.text):
            tail = passage.text[found.end() : found.end() + 80]
            lead = _FROM.match(tail)
            mention = next(dates_in(tail[lead.end() :]), None) if lead else None
            if lead and mention and mention.day and mention.start == 0:
                quote = passage.text[found.end() - len("in werking") : found.end()]
                quote += tail[: lead.end() + len(mention.text)]
                yield Start(mention.day, passage.line_of(found.end()), passage.key, quote)


@check(
    "terugwerking-zonder-bepaling",
    Group.GESCHIEDENIS,
    Severity.WAARSCHUWING,
    why="Een regel die geldt voordat hij bestond, kon niemand kennen; dat moet dan uitdrukkelijk en met reden.",
    tip='Kies een dag na het besluit, of schrijf "en werkt terug tot en met …" en leg uit waarom.',
    source="Aanwijzingen voor de regelgeving 5.63",
)
def silently_retroactive(dossier: Dossier) -> Iterator[Remark]:
    """De tekst treedt in werking op een dag voor de vaststelling, zonder bepaling over terugwerking."""
    if _RETROACTIVE.search(dossier.lowered):
        return
    days = [told.day for row in dossier.history for told in row.told if told.kind == "vaststelling"]
    adopted = min((day for day in days if day), default=None)
    for start in starts(dossier):
        if adopted and start.day < adopted:
            yield Remark(
                start.line,
                f"In werking op {show_date(start.day)}, maar vastgesteld op {show_date(adopted)}.",
                start.quote,
            )


@check(
    "ingangsdatum-wijkt-af",
    Group.GESCHIEDENIS,
    Severity.WAARSCHUWING,
    why="De tekst en het besluit noemen een andere dag; een van de twee is niet waar.",
    tip='Schrijf: "treedt in werking op de dag die het bestuur bij de vaststelling bepaalt".',
)
def start_differs(dossier: Dossier) -> Iterator[Remark]:
    """De tekst noemt een dag van inwerkingtreding die niet klopt met het besluit of met de versie zelf."""
    decided, what = _decided(dossier)
    if decided is None:
        return
    for start in starts(dossier):
        if what == "besluit" and start.day != decided:
            message = f"De tekst noemt {show_date(start.day)}; volgens het besluit is het {show_date(decided)}."
        elif what == "tekst" and start.day < decided:
            message = f"De tekst noemt {show_date(start.day)}; die dag is voorbij en deze tekst is nog niet vastgesteld."
        else:
            continue
        yield Remark(start.line, message, start.quote)


def _decided(dossier: Dossier) -> tuple[date | None, str]:
    """The day on which this text came or comes into force ("besluit"), else how old it is ("tekst")."""
    if dossier.course is None or dossier.policy is None:
        return None, ""
    adoption = dossier.course.adoption(dossier.version) if dossier.version else None
    if adoption is not None:
        return start_of(adoption), "besluit"
    for reading in dossier.policy.readings:
        if reading.version == dossier.version:
            return reading.start, "besluit"
    version = dossier.policy.version(dossier.version)
    if version is None:
        return dossier.today, "tekst"
    return (version.registration.date, "tekst") if version.registration else (None, "")


@check(
    "status-in-tekst",
    Group.GESCHIEDENIS,
    Severity.WAARSCHUWING,
    why="De tekst zegt dit al voordat het waar is: de raad en het bestuur krijgen haar nog voorgelegd.",
    tip="Haal de zin weg. Wat er is besloten, staat in de vastleggingen en in de versietabel.",
)
def status_in_text(dossier: Dossier) -> Iterator[Remark]:
    """De tekst zegt van zichzelf dat zij is vastgesteld, of welke versie of status zij heeft."""
    for passage, low in dossier.low:
        if not any(word in low for word in _OF_STATUS):
            continue
        found = next((at for at in (form.search(passage.text) for form in _STATUS) if at), None)
        if found:
            yield Remark(
                passage.line_of(found.start()),
                "Dit is een bewering over de status van de tekst.",
                found[0],
            )


@check(
    "invulplek",
    Group.TEKST,
    Severity.OPMERKING,
    why="Hier had een gegeven moeten staan.",
    tip="Vul het in, of haal het weg.",
)
def placeholder(dossier: Dossier) -> Iterator[Remark]:
    """Er staat nog een plek om in te vullen in de tekst."""
    for passage in dossier.passages:
        form = "|" in passage.text or not passage.key
        if form or not any(sign in passage.text for sign in _OPENING):
            continue
        for found in _OPEN.finditer(passage.text):
            yield Remark(
                passage.line_of(found.start()), "Hier moet nog iets worden ingevuld.", found[0]
            )
