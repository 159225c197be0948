"""Dates as Dutch documents write them: 26-06-2018, 6-07-2018, 10-10-18, 18 juni 2018, 4 sept 2017, 2018-06-18."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from beleidsbeheer.domain.terms import MONTHS

_SHORT: Final = {
    "jan",
    "feb",
    "febr",
    "mrt",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "okt",
    "nov",
    "dec",
}
_MONTH: Final = "|".join(sorted([*MONTHS, *_SHORT], key=len, reverse=True))
_DATE: Final = re.compile(
    r"(?<![\w.,/-])(?:"
    r"(?P<y>(?:19|20)[0-9]{2})-(?P<ym>[0-9]{2})-(?P<yd>[0-9]{2})"
    r"|(?P<d>[0-9]{1,2})(?P<sign>[-/.])(?P<m>[0-9]{1,2})(?P=sign)(?P<dy>(?:19|20)[0-9]{2}|[0-9]{2})"
    rf"|(?P<wd>[0-9]{{1,2}})\s+(?P<wm>{_MONTH})\.?\s+(?P<wy>(?:19|20)[0-9]{{2}})"
    r")(?![\w/-])",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A date in a text. ``day`` is None for a date that does not exist; ``notation`` says how it is written."""

    text: str
    start: int
    day: date | None
    notation: str


def dates_in(text: str) -> Iterator[Mention]:
    """Every whole date in a text, in order. A year of two digits is one of this century."""
    for found in _DATE.finditer(text):
        if found["y"]:
            day = _day(found["y"], found["ym"], found["yd"])
            notation = "jjjj-mm-dd"
        elif found["d"]:
            year = found["dy"] if len(found["dy"]) == 4 else f"20{found['dy']}"
            day = _day(year, found["m"], found["d"])
            sign = found["sign"]
            notation = sign.join(
                ("d" * len(found["d"]), "m" * len(found["m"]), "j" * len(found["dy"]))
            )
        else:
            day = _day(found["wy"], str(_month(found["wm"])), found["wd"])
            notation = "d maand jjjj" if found["wm"].lower() in MONTHS else "d mnd jjjj"
        yield Mention(found[0], found.start(), day, notation)


def first_day(text: str) -> date | None:
    """The first date in a text that exists; None when there is none."""
    return next((each.day for each in dates_in(text) if each.day), None)


def _month(word: str) -> int:
    low = word.lower()
    names = (*(name[:3] for name in MONTHS[:2]), "mrt")
    if low in names:
        return names.index(low) + 1
    return next(n for n, name in enumerate(MONTHS, start=1) if name.startswith(low))


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
