"""The words people read: dates, councils and geledingen as a Dutch sentence has them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from beleidsbeheer.domain.model import Council, Geleding

_GELEDING = {
    Geleding.PERSONEEL: "de personeelsgeleding",
    Geleding.OUDERS: "de oudergeleding",
    Geleding.LEERLINGEN: "de leerlinggeleding",
}
_SHORT = {Geleding.PERSONEEL: "P", Geleding.OUDERS: "O", Geleding.LEERLINGEN: "L"}


def show_date(day: date | None) -> str:
    """dd-mm-jjjj, as the tables of schools have it; empty for an unknown date."""
    return day.strftime("%d-%m-%Y") if day else ""


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
