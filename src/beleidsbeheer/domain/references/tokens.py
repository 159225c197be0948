"""Text → the words, numbers and marks that references are made of. Pure.

White space and emphasis between two tokens do not count, nor does one line end; a blank line ends
everything. Nothing is read ahead: each token costs what it is long.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import lru_cache
from typing import Final, NamedTuple

from beleidsbeheer.domain.numerals import read_ordinal
from beleidsbeheer.domain.references.model import Unit

_BLANKS: Final = r"[ \t\u00a0\u202f*_]"
_LINK: Final = r"(?:\]\([^()\s]{0,300}\))?"
GAP: Final = rf"{_LINK}(?:{_BLANKS}+(?:\r?\n[ \t>]*)?|\r?\n[ \t>]*)[*_]*\[?"
"""Between two words: blanks, emphasis and the ends of links, or the end of a line."""

_MOST_SEEN: Final = 64
_SKIP: Final = re.compile(rf"(?:{GAP}|{_LINK}[*_]*)")
_TOKEN: Final = re.compile(
    r"""
    (?P<degree>[0-9]{1,3}[ ]?[°º˚])
  | (?P<number>(?:[0-9]{1,6}|(?-i:[A-Z][a-z]?[ .]?)[0-9]{1,3}|(?-i:[IVXLC]{1,7}(?=[a-z])))
      (?:[a-z]{0,3}[.:][0-9]{1,6}){0,3}
      (?:bis|ter|quater|quinquies|sexies|[a-z]{1,2}[0-9]{0,2}|\*[a-z]{1,2}\*)?)(?![\w°º˚])
  | (?P<ordinal>[0-9]{1,3}(?:ste|de|e))(?!\w)
  | (?P<until>tot[ \t\n]+en[ \t\n]+met|t/m|tot-en-met|[–-])
  | (?P<joint>en/of|dan[ \t\n]+wel|(?:j°|(?:jo|jis|resp)\.)
      |(?:en|of|danwel|alsmede|respectievelijk|onderscheidenlijk|juncto|jo|evenals|noch|en|zowel|als)(?!\w))
  | (?P<mark>[,()§])
  | (?P<short>(?:artt?|art|par|hfst|afd|bijl)\.)
  | (?P<word>[A-Za-zÀ-ÿ]+)(?![\w])
    """,
    re.X | re.I,
)
_ROMAN: Final = re.compile(r"(?=[ivxlc])c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_LIST_MARK: Final = re.compile(r"[.)](?=\s)")


class Sort(Enum):
    """What a token is."""

    NUMBER = auto()  # 7, 8a, 4:17
    DEGREE = auto()  # 1°
    LETTER = auto()  # b, bb
    ROMAN = auto()  # iv
    ORDINAL = auto()  # tweede, 2e
    UNTIL = auto()  # tot en met
    JOINT = auto()  # en, of
    COMMA = auto()
    OPEN = auto()
    CLOSE = auto()
    NOUN = auto()  # artikel, lid, onder
    WORD = auto()  # any other
    END = auto()  # nothing that belongs to a reference


class Noun(NamedTuple):
    """A word that names a unit. ``school``: the Aanwijzingen voor de regelgeving do not use it."""

    unit: Unit
    plural: bool = False
    school: bool = False


NOUNS: Final = {
    "artikel": Noun(Unit.ARTIKEL),
    "artikelen": Noun(Unit.ARTIKEL, plural=True),
    "artikels": Noun(Unit.ARTIKEL, plural=True),
    "art.": Noun(Unit.ARTIKEL, school=True),
    "art": Noun(Unit.ARTIKEL, school=True),
    "artt.": Noun(Unit.ARTIKEL, plural=True, school=True),
    "lid": Noun(Unit.LID),
    "leden": Noun(Unit.LID, plural=True),
    "alinea": Noun(Unit.ALINEA),
    "onder": Noun(Unit.ONDERDEEL),
    "onderdeel": Noun(Unit.ONDERDEEL),
    "onderdelen": Noun(Unit.ONDERDEEL, plural=True),
    "subonderdeel": Noun(Unit.SUBONDERDEEL),
    "subonderdelen": Noun(Unit.SUBONDERDEEL, plural=True),
    "sub": Noun(Unit.ONDERDEEL, school=True),
    "letter": Noun(Unit.ONDERDEEL, school=True),
    "letters": Noun(Unit.ONDERDEEL, plural=True, school=True),
    "punt": Noun(Unit.ONDERDEEL, school=True),
    "punten": Noun(Unit.ONDERDEEL, plural=True, school=True),
    "ten": Noun(Unit.SUBONDERDEEL),
    "volzin": Noun(Unit.VOLZIN),
    "volzinnen": Noun(Unit.VOLZIN, plural=True),
    "zin": Noun(Unit.VOLZIN),
    "zinnen": Noun(Unit.VOLZIN, plural=True),
    "zinsnede": Noun(Unit.VOLZIN),
    "streepje": Noun(Unit.STREEPJE),
    "gedachtestreepje": Noun(Unit.STREEPJE),
    "hoofdstuk": Noun(Unit.HOOFDSTUK),
    "hoofdstukken": Noun(Unit.HOOFDSTUK, plural=True),
    "hfst.": Noun(Unit.HOOFDSTUK, school=True),
    "afdeling": Noun(Unit.AFDELING),
    "afdelingen": Noun(Unit.AFDELING, plural=True),
    "afd.": Noun(Unit.AFDELING, school=True),
    "paragraaf": Noun(Unit.PARAGRAAF),
    "paragrafen": Noun(Unit.PARAGRAAF, plural=True),
    "par.": Noun(Unit.PARAGRAAF, school=True),
    "§": Noun(Unit.PARAGRAAF),
    "titel": Noun(Unit.TITEL),
    "titels": Noun(Unit.TITEL, plural=True),
    "boek": Noun(Unit.BOEK),
    "boeken": Noun(Unit.BOEK, plural=True),
    "bijlage": Noun(Unit.BIJLAGE),
    "bijlagen": Noun(Unit.BIJLAGE, plural=True),
    "bijlages": Noun(Unit.BIJLAGE, plural=True),
    "bijl.": Noun(Unit.BIJLAGE, school=True),
}

_SORTS: Final = {
    "degree": Sort.DEGREE,
    "number": Sort.NUMBER,
    "ordinal": Sort.ORDINAL,
    "until": Sort.UNTIL,
    "joint": Sort.JOINT,
}
_MARKS: Final = {",": Sort.COMMA, "(": Sort.OPEN, ")": Sort.CLOSE}


class Token(NamedTuple):
    """A token: what it is, its text in lower case, and where it stands. ``value`` serves ordinals."""

    sort: Sort
    text: str
    start: int
    end: int
    value: int = 0


class Tokens:
    """The tokens of a text, one at a time from any place."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._seen: dict[int, Token] = {}  # a reference looks at the same few again and again

    def at(self, place: int) -> Token:
        """The token that begins at ``place``, or after the gap that begins there."""
        token = self._seen.get(place)
        if token is None:
            if len(self._seen) > _MOST_SEEN:
                self._seen.clear()
            token = self._seen[place] = self._read(place)
        return token

    def _read(self, place: int) -> Token:
        skipped = _SKIP.match(self.text, place)
        start = skipped.end() if skipped else place
        found = _TOKEN.match(self.text, start)
        if found is None:
            return Token(Sort.END, "", start, start)
        group = str(found.lastgroup)
        if "\n" in self.text[place:start] and (
            found[0] == "-" or _LIST_MARK.match(self.text, found.end())
        ):
            return Token(Sort.END, "", start, start)  # the mark of an item of a list
        sort, text, value = _meaning(group, found[0])
        return Token(sort, text, start, found.end(), value)


@lru_cache(maxsize=4096)
def _meaning(group: str, written: str) -> tuple[Sort, str, int]:
    """What a token is, its text, and the value of an ordinal."""
    text = written.lower()
    if group in ("mark", "short"):
        return _MARKS.get(text, Sort.NOUN), text, 0
    if group == "word":
        return _word(written, text)
    if group in ("degree", "number"):
        text = re.sub(r"[ ]|^([a-z]{1,2})[.]", r"\1", text)
        text = text.replace("º", "°").replace("˚", "°")
    return _SORTS[group], text, read_ordinal(text) or 0 if group == "ordinal" else 0


def _word(written: str, text: str) -> tuple[Sort, str, int]:
    if text in NOUNS:
        return Sort.NOUN, text, 0
    capitals = written.isupper() and len(text) > 1 and _ROMAN.fullmatch(text)
    if capitals or (is_roman(text) and written.islower()):
        return Sort.ROMAN, text, 0
    if len(text) <= 3 and len(set(text)) == 1:
        return Sort.LETTER, text, 0
    value = read_ordinal(text)
    return (Sort.ORDINAL, text, value) if value else (Sort.WORD, text, 0)


def is_roman(mark: str) -> bool:
    """Whether a mark can only be a Roman number: ii and iv; not i or xx, which are letters as well."""
    return 1 < len(mark) <= 8 and "i" in mark and _ROMAN.fullmatch(mark) is not None


def lowered(text: str) -> str:
    """The text in lower case, of exactly the same length."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
