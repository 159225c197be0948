"""Words that a decision is made of: counts, letters, and what can stand in quotes. Pure."""

from __future__ import annotations

import re
from typing import Final

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
