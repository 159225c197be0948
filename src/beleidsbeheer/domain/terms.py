"""The words people read: dates, councils and geledingen as a Dutch sentence has them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from beleidsbeheer.domain.model import Council, Geleding

MONTHS: Final = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
    "november", "december",
)  # fmt: skip
_GELEDING = {
    Geleding.PERSONEEL: "de personeelsgeleding",
    Geleding.OUDERS: "de oudergeleding",
    Geleding.LEERLINGEN: "de leerlinggeleding",
}
_SHORT = {Geleding.PERSONEEL: "P", Geleding.OUDERS: "O", Geleding.LEERLINGEN: "L"}


def show_date(day: date | None) -> str:
    """dd-mm-jjjj, as the tables of schools have it; empty for an unknown date."""
    return day.strftime("%d-%m-%Y") if day else ""


def say_date(day: date) -> str:
    """ "1 oktober 2018", for running text on a page."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def geleding_name(council: Council, geleding: Geleding) -> str:
    """ "de oudergeleding (OMR)" or "de hele MR"; for a GMR "de oudergeleding van de GMR"."""
    if geleding is Geleding.GEHEEL:
        return f"de hele {council.upper()}"
    if council is Council.GMR:
        return f"{_GELEDING[geleding]} van de GMR"
    return f"{_GELEDING[geleding]} ({_SHORT[geleding]}MR)"


def opening(text: str) -> str:
    """The same words with a capital, to open a sentence."""
    return text[:1].upper() + text[1:]


def listed(words: Iterable[str]) -> str:
    """ "a", "a en b" or "a, b en c"."""
    *head, last = list(words) or [""]
    return f"{', '.join(head)} en {last}" if head else last


_NEUTER: Final = (
    "reglement",
    "statuut",
    "protocol",
    "plan",
    "beleid",
    "besluit",
    "convenant",
    "rooster",
)
_COMMON: Final = ("regeling", "code", "procedure", "verordening", "gids", "notitie", "wet")


def with_article(title: str) -> str:
    """A title as it stands in a sentence: "het Privacyreglement LOVK"; as it is where het or de is not known."""
    first = title.split(" ", maxsplit=1)[0].lower()
    article = "het " if first.endswith(_NEUTER) else "de " if first.endswith(_COMMON) else ""
    return article + title


def grouped(digest: str) -> str:
    """A digest in groups of four characters, as people read it to each other: "1f4a 09be …"."""
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))
