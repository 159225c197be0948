"""Dutch number words and marks: ordinals, and all marks from one to another. Pure."""

from __future__ import annotations

import re
from typing import Final

_ORDINALS: Final = [
    "eerste",
    "tweede",
    "derde",
    "vierde",
    "vijfde",
    "zesde",
    "zevende",
    "achtste",
    "negende",
    "tiende",
    "elfde",
    "twaalfde",
    "dertiende",
    "veertiende",
    "vijftiende",
    "zestiende",
    "zeventiende",
    "achttiende",
    "negentiende",
    "twintigste",
]
_BY_ORDINAL: Final = {word: n for n, word in enumerate(_ORDINALS, start=1)}
_UNITS: Final = {
    "": 0,
    "eenen": 1,
    "tweeën": 2,
    "tweeen": 2,
    "drieën": 3,
    "drieen": 3,
    "vieren": 4,
    "vijfen": 5,
    "zesen": 6,
    "zevenen": 7,
    "achten": 8,
    "negenen": 9,
}
_TENS: Final = {
    "twintigste": 20,
    "dertigste": 30,
    "veertigste": 40,
    "vijftigste": 50,
    "zestigste": 60,
    "zeventigste": 70,
    "tachtigste": 80,
    "negentigste": 90,
}
_SPELLED: Final = _BY_ORDINAL | {
    unit + ten: ones + tens for ten, tens in _TENS.items() for unit, ones in _UNITS.items()
}
_SHORT: Final = re.compile(r"([0-9]{1,3})(?:ste|de|e)")

ORDINAL_WORD: Final = (
    rf"(?:{'|'.join(_ORDINALS)}|(?:{'|'.join(filter(None, _UNITS))})?(?:{'|'.join(_TENS)}))"
)
"""A regular expression, in lower case, that matches every ordinal written as a word."""


def ordinal(number: int) -> str:
    """1 → eerste, 21 → 21e."""
    return _ORDINALS[number - 1] if 1 <= number <= len(_ORDINALS) else f"{number}e"


def from_ordinal(word: str) -> int | None:
    """eerste → 1, 21e → 21: exactly what :func:`ordinal` writes."""
    if word in _BY_ORDINAL:
        return _BY_ORDINAL[word]
    found = re.fullmatch(r"([0-9]{1,9})e", word)
    number = int(found[1]) if found else None
    return number if number is not None and ordinal(number) == word else None


def read_ordinal(word: str) -> int | None:
    """The number of an ordinal as people write it: tweede, 2e, 2de, eenentwintigste, 21ste."""
    lower = word.lower()
    if lower in _SPELLED:
        return _SPELLED[lower]
    found = _SHORT.fullmatch(lower)
    return int(found[1]) if found else None


def span(first: str, last: str, most: int = 10_000) -> list[str] | None:
    """All from ``first`` to ``last``: ordinals, numbers, numbers with ° or single letters."""
    if len(first) == len(last) == 1 and first.isalpha() and last.isalpha():
        found = [chr(n) for n in range(ord(first), ord(last) + 1)]
        return found if len(found) > 1 else None
    sign = "°" if first.endswith("°") and last.endswith("°") else ""
    low, high = first.removesuffix(sign), last.removesuffix(sign)
    if low.isdecimal() and high.isdecimal() and low.isascii() and high.isascii():
        a, b = int(low), int(high)
        return [f"{n}{sign}" for n in range(a, b + 1)] if 0 < b - a < most else None
    c, d = from_ordinal(first), from_ordinal(last)
    if c is None or d is None or not 0 < d - c < most:
        return None
    return [ordinal(n) for n in range(c, d + 1)]
