"""Words that a decision is made of: ordinals, counts, letters, and what can stand in quotes. Pure."""

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
_COUNTS: Final = [
    "een",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
]
_SPECIAL: Final = re.compile(r"[*_`\[\]<>\\&|~“”]")
_LONGEST_QUOTE: Final = 600

NOUNS: Final = {
    "artikel": "artikelen",
    "lid": "leden",
    "onderdeel": "onderdelen",
    "subonderdeel": "subonderdelen",
    "begrip": "begrippen",
    "hoofdstuk": "hoofdstukken",
    "deel": "delen",
    "kopblok": "kopblokken",
}


def ordinal(number: int) -> str:
    """1 → eerste, 21 → 21e."""
    return _ORDINALS[number - 1] if 1 <= number <= len(_ORDINALS) else f"{number}e"


def from_ordinal(word: str) -> int | None:
    """eerste → 1, 21e → 21."""
    if word in _BY_ORDINAL:
        return _BY_ORDINAL[word]
    found = re.fullmatch(r"([0-9]{1,9})e", word)
    number = int(found[1]) if found else None
    return number if number is not None and ordinal(number) == word else None


def counted(noun: str, count: int) -> str:
    """een lid, twee leden."""
    if noun == "tekst":
        return noun
    word = _COUNTS[count - 1] if count <= len(_COUNTS) else str(count)
    return f"{word} {noun if count == 1 else NOUNS[noun]}"


def letters(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA, 27 → AB."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def quotable(text: str) -> bool:
    """Whether words can stand between “ and ” as they are: one line, nothing that Markdown reads."""
    return (
        0 < len(text) <= _LONGEST_QUOTE
        and text == text.strip()
        and text.isprintable()
        and "  " not in text
        and not _SPECIAL.search(text)
    )


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
