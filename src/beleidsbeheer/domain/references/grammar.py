"""Dutch references, read by recursive descent from the word with which one begins.

::

    reference  = chain {"van" chain} [law-behind]           the law: see ``context``
    chain      = part {[","] [joint] part}                  larger part first
    part       = noun items | ordinals noun | which noun | "aanhef en" part
    items      = item {("," | joint | "," joint | until) item}
    ordinals   = ordinal {("," | joint | until) ["het" | "de"] ordinal}
    joint      = "en" | "of" | "dan wel" | "alsmede" | …
    until      = "tot en met" | "t/m" | "-"

A smaller part belongs to the last one before it alone, as drafters mean it: in "de artikelen 7, 9,
tweede lid, en 14a" only artikel 9 has a lid. A number without a noun goes on with the artikelen, or
with the leden where those are written as numbers. After Aanwijzingen voor de regelgeving 3.27-3.30. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from beleidsbeheer.domain.references.chain import PARTS, Chain, Item, Leaf, extend
from beleidsbeheer.domain.references.model import DIVISIONS, NEUTER, Style, Unit, Which
from beleidsbeheer.domain.references.tokens import NOUNS, Noun, Sort, Token, Tokens

_MOST_ORDINALS: Final = 40
_WHICH: Final = {
    **dict.fromkeys(("dit", "deze"), Which.THIS),
    **dict.fromkeys(("dat", "die"), Which.THAT),
    **dict.fromkeys(
        ("vorig", "vorige", "voorgaand", "voorgaande", "voorafgaand", "voorafgaande"),
        Which.PREVIOUS,
    ),
    **dict.fromkeys(("volgend", "volgende"), Which.NEXT),
    "laatste": Which.LAST,
}
_NEUTER: Final = ("dit", "dat")
_COMMON: Final = ("deze", "die")
_POINTED: Final = (Unit.ARTIKEL, Unit.LID, Unit.VOLZIN, Unit.ONDERDEEL, *DIVISIONS)
_ORDINAL_UNITS: Final = (Unit.LID, Unit.ALINEA, Unit.VOLZIN, Unit.STREEPJE)
_ONLY_INSIDE: Final = ("punt", "punten", "letter", "letters", "ten")  # ordinary words elsewhere
_ONLY_NUMBERED: Final = ("titel", "titels", "boek", "boeken")
_PLAIN: Final = ("onder", "sub", "letter", "punt")  # no noun for "dit …"
_ARTICLES: Final = ("het", "de")

_COUNTED: Final = re.compile(
    r"\s*(?:dag(?:en)?|we(?:ek|ken)|maand(?:en)?|jaar|jaren|uur|uren|minu(?:ut|ten)|euro|procent|%|°C|maal"
    r"|keer|leerlingen|personen|leden|kinderen|scholen|lessen|ouders|punten|werkdagen|schooldagen"
    r"|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)\b"
)
_TEXTS: Final = (
    "wet",
    "regeling",
    "bepaling",
    "verordening",
    "besluit",
    "reglement",
    "statuut",
    "cao",
)
_SHORT_ORDINAL: Final = re.compile(r"([0-9]{1,3})(?:e|de)")
_DOT: Final = re.compile(r"\.(?=,|\s+(?:en|of|tot)\s)")  # "onder a., b. en c."
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")


class Read(NamedTuple):
    """A reference as read, up to the law that may stand behind it."""

    leaves: tuple[Leaf, ...]
    end: int
    style: Style


class Grammar:
    """Reads references in one text. Positions are characters of it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = Tokens(text)
        self.reached = 0  # as far as a list of ordinals went that was no reference

    def read(self, start: int) -> Read | None:
        """The reference that begins at ``start``, without a law; None if none does."""
        chain = Chain()
        if not self._part(chain, start):
            return None
        while self._more(chain):
            pass
        while self._larger_behind(chain):
            pass
        return Read(tuple(chain.leaves), chain.end, chain.style)

    def numbers(self, start: int) -> Read | None:
        """What stands behind the abbreviation of a law: "WMS 12 lid 1", without the word artikel."""
        token = self.tokens.at(start)
        if token.sort is not Sort.NUMBER or self._is_count(token) or _YEAR.fullmatch(token.text):
            return None
        chain = Chain()
        self._items(chain, Noun(Unit.ARTIKEL), token.start)
        while self._more(chain):
            pass
        return Read(tuple(chain.leaves), chain.end, Style.SCHOOL)

    # --- parts -----------------------------------------------------------------------------------

    def _part(self, chain: Chain, start: int) -> bool:
        """One part with its marks, at the beginning of a chain or further on."""
        token = self.tokens.at(start)
        if token.text == "aanhef":
            return self._head(chain, token)
        if token.sort is Sort.NOUN:
            return self._noun(chain, token)
        if token.sort is Sort.ORDINAL or token.text in _WHICH or _is_short_ordinal(token):
            return self._ordinals(chain, token)
        if token.sort is Sort.DEGREE and chain.last:
            return self._items(chain, Noun(Unit.SUBONDERDEEL), token.start)
        return False

    def _head(self, chain: Chain, token: Token) -> bool:
        """ "aanhef en onder a"; "aanhef" alone is the part that it stands in."""
        if not chain.last:
            return False
        _, place = self._comma(token.end)
        joint = self.tokens.at(place)
        if joint.sort is Sort.JOINT:
            after = self.tokens.at(joint.end)
            if after.sort is Sort.NOUN and NOUNS[after.text].unit in PARTS:
                return self._noun(chain, after)
        chain.end = token.end
        return True

    def _noun(self, chain: Chain, token: Token) -> bool:
        noun = NOUNS[token.text]
        inside = bool(chain.last)
        after = self.tokens.at(token.end)
        if noun.unit in PARTS:
            fits = self._fits_part(token, after, inside)
        elif noun.unit is Unit.LID:
            fits = self._fits_number(after) or (after.sort is Sort.LETTER and inside)
        elif noun.unit in DIVISIONS or noun.unit is Unit.ARTIKEL:
            roman = token.text not in _ONLY_NUMBERED and self._is_capital(after)
            fits = self._fits_number(after) or roman
        else:
            fits = False
        return fits and self._items(chain, noun, token.end)

    def _fits_number(self, token: Token) -> bool:
        return token.sort is Sort.NUMBER and not self._is_count(token)

    def _fits_part(self, token: Token, after: Token, inside: bool) -> bool:
        """Whether a mark behind "onder" makes it a part, and no ordinary Dutch ("onder 12 jaar")."""
        if token.text in _ONLY_INSIDE and not inside:
            return False
        if after.sort is Sort.OPEN:
            after = self.tokens.at(after.end)
        if after.sort is Sort.NUMBER:
            return (inside or token.text not in ("onder", "sub")) and not self._is_count(after)
        return after.sort in (Sort.LETTER, Sort.ROMAN, Sort.DEGREE)

    def _is_capital(self, token: Token) -> bool:
        return token.sort in (Sort.ROMAN, Sort.LETTER) and self.text[token.start].isupper()

    # --- ordinals --------------------------------------------------------------------------------

    def _ordinals(self, chain: Chain, token: Token) -> bool:
        """ "eerste, tweede en vierde tot en met zesde lid", "dit artikel", "vorige volzin"."""
        first = token
        items, place = [_ordinal(token)], token.end
        for _ in range(_MOST_ORDINALS):
            next_place, until = self._separator(place)
            if next_place == place:
                break
            token = self.tokens.at(next_place)
            if token.text in _ARTICLES:
                token = self.tokens.at(token.end)
            short = _is_short_ordinal(token)
            if not short and (token.sort is not Sort.ORDINAL or _is_short_ordinal(first)):
                break  # "6e, eerste lid": artikel 6e, and its first lid
            extend(items, _ordinal(token), until)
            place = token.end
        noun = self.tokens.at(place)
        self.reached = max(self.reached, place)
        if noun.sort is not Sort.NOUN or not self._counts(chain, first, noun):
            return False
        unit = NOUNS[noun.text].unit
        chain.add(unit, items)
        chain.end = noun.end
        chain.words |= unit is Unit.LID and not isinstance(items[0].mark, Which)
        return True

    def _counts(self, chain: Chain, first: Token, token: Token) -> bool:
        """Whether ordinals, or "dit", may stand in front of this noun."""
        noun, inside = NOUNS[token.text], bool(chain.last)
        if token.text in ("zin", "zinnen", "zinsnede", "alinea", "streepje") and not inside:
            return False
        if first.text in _WHICH:
            other = _COMMON if noun.unit in NEUTER else _NEUTER
            plain = noun.plural or token.text in _PLAIN or first.text in other
            return noun.unit in _POINTED and not plain
        if noun.unit not in _ORDINAL_UNITS:
            return False
        return noun.unit is not Unit.LID or inside or not self._is_member(token.end)

    def _is_member(self, place: int) -> bool:
        """ "het tweede lid van de commissie": a person."""
        token = self.tokens.at(place)
        if token.text != "van":
            return token.text == "der"
        after = self.tokens.at(token.end)
        head = self.tokens.at(after.end)
        if after.text not in ("de", "het", "een", "onze", "ons") or head.sort is not Sort.WORD:
            return False
        return self.text[head.start].islower() and not head.text.endswith(_TEXTS)

    # --- enumerations ----------------------------------------------------------------------------

    def _items(self, chain: Chain, noun: Noun, start: int) -> bool:
        """Marks behind a noun: "7, 9 en 14a", "a tot en met c"."""
        first = self._item(noun.unit, start, ())
        if first is None:
            return False
        items, place = [first[0]], first[1]
        while True:
            next_place, until = self._separator(place)
            found = self._item(noun.unit, next_place, items) if next_place > place else None
            if found is None or not self._goes_on(chain, noun, found, next_place):
                break
            extend(items, found[0], until)
            place = found[1]
        if self.text.startswith("/", place):  # "1/36" is a fraction
            return False
        chain.add(noun.unit, items)
        chain.end = place
        chain.plural |= noun.unit is Unit.ARTIKEL and noun.plural
        chain.school |= noun.school or noun.unit is Unit.LID
        return True

    def _item(self, unit: Unit, start: int, before: Sequence[Item]) -> tuple[Item, int] | None:
        """A mark that this unit can have, and where it ends."""
        token = self.tokens.at(start)
        if unit in PARTS:
            return self._letter(token, before)
        if token.sort is Sort.NUMBER:
            if before and self._is_count(token):
                return None
            behind = self._loose_letter(token) if unit is Unit.ARTIKEL else None
            mark = token.text + (behind.text if behind else "")
            return Item(_number(unit, mark), token.sort), (behind or token).end
        capital = unit is not Unit.LID and self._is_capital(token)
        letter = unit is Unit.LID and token.sort is Sort.LETTER
        return (Item(token.text, token.sort), token.end) if capital or letter else None

    def _loose_letter(self, number: Token) -> Token | None:
        """The letter of "artikel 18 a lid 13" and "artikel 18 a, eerste lid"."""
        letter = self.tokens.at(number.end)
        if letter.sort is not Sort.LETTER or not number.text.isdigit():
            return None
        after = self.tokens.at(letter.end)
        if after.sort is Sort.COMMA:
            after = self.tokens.at(after.end)
            return letter if after.sort is Sort.ORDINAL else None
        return letter if after.text in ("lid", "leden") else None

    def _letter(self, token: Token, before: Sequence[Item]) -> tuple[Item, int] | None:
        """The mark of an onderdeel, with or without brackets: b, (b), b), 1°, iv."""
        opened = token.sort is Sort.OPEN
        if opened:
            token = self.tokens.at(token.end)
        sort, text = token.sort, token.text
        if sort not in (Sort.LETTER, Sort.ROMAN, Sort.NUMBER, Sort.DEGREE):
            return None
        if before:
            last = before[-1]
            if len(text) == 1 and text in "ivxlc" and last.sort is Sort.ROMAN:
                sort = Sort.ROMAN
            if {sort, last.sort} == {Sort.LETTER, Sort.ROMAN} and last.mark in "ivxlc":
                last = last._replace(sort=sort)  # "i, ii": the first was a number as well
            if sort is not last.sort or (text == "u" and last.mark != "t"):
                return None
        if self.text.startswith(")", token.end):
            return Item(text, sort), token.end + (opened or self._unopened(token.start))
        return Item(text, sort), token.end + bool(_DOT.match(self.text, token.end))

    def _unopened(self, place: int) -> bool:
        """Whether a bracket that closes here was not opened shortly before."""
        start = max(place - 60, 0)
        return self.text.rfind("(", start, place) <= self.text.rfind(")", start, place)

    def _goes_on(self, chain: Chain, noun: Noun, found: tuple[Item, int], place: int) -> bool:
        """Whether a number belongs to this enumeration, and not to what comes behind it."""
        item, end = found
        if item.sort is not Sort.NUMBER:
            return True
        if noun.unit is Unit.ARTIKEL:
            token = self.tokens.at(place)
            return not (_is_short_ordinal(token) and self._ordinals(Chain(), token))
        after = self.tokens.at(end)
        lid_behind = after.sort is Sort.NOUN and NOUNS[after.text].unit is Unit.LID
        if noun.unit is Unit.LID and chain.plural:
            return after.sort is not Sort.NOUN and (chain.articles > 1 or noun.plural)
        return not lid_behind

    def _separator(self, place: int) -> tuple[int, bool]:
        """Behind a comma, a joint, both, or "tot en met"; and whether it was the last of these."""
        token = self.tokens.at(place)
        if token.sort is Sort.UNTIL:
            return token.end, True
        if token.sort is not Sort.COMMA:
            return (token.end if token.sort is Sort.JOINT else place), False
        joint = self.tokens.at(token.end)
        if joint.sort is Sort.UNTIL and joint.text != "-":
            return joint.end, True
        return (joint.end if joint.sort is Sort.JOINT else token.end), False

    # --- chains ----------------------------------------------------------------------------------

    def _more(self, chain: Chain) -> bool:
        """The next part of a chain: below the last one, beside it, or the next artikel."""
        comma, place = self._comma(chain.end)
        joint = self.tokens.at(place)
        joined = joint.sort is Sort.JOINT
        token = self.tokens.at(joint.end) if joined else joint
        if token.sort is Sort.NUMBER and (comma or joined):
            short = _is_short_ordinal(token) and self._ordinals(chain, token)
            return short or self._next_article(chain, token)
        if token.sort is Sort.LETTER and joined and chain.last[-1].unit is Unit.SUBONDERDEEL:
            return self._items(chain, Noun(Unit.ONDERDEEL), token.start)
        if not self._may_follow(chain, token, comma, joined) or not self._part(chain, token.start):
            return False
        if not joined and token.text != "aanhef":
            chain.commas &= comma
        return True

    def _may_follow(self, chain: Chain, token: Token, comma: bool, joined: bool) -> bool:
        """A part follows directly, after a comma, or after a joint; an artikel begins anew."""
        if token.sort is Sort.NOUN:
            unit, last = NOUNS[token.text].unit, chain.last[-1].unit
            if unit.rank > Unit.ARTIKEL.rank:
                return True
            return last in DIVISIONS and last.rank < unit.rank and not joined
        if token.text in _WHICH and token.text != "laatste" and not joined:
            return self.tokens.at(token.end).text in ("volzin", "zin", "zinsnede")
        if token.sort is Sort.ORDINAL or token.text in _WHICH:
            volzin = self.tokens.at(token.end).text in ("volzin", "zin", "zinsnede")
            return comma or joined or volzin or chain.top is Unit.ARTIKEL
        return token.text == "aanhef" or (token.sort is Sort.DEGREE and comma)

    def _next_article(self, chain: Chain, token: Token) -> bool:
        """ "de artikelen 7, 9, tweede lid, en 14a": a bare number behind a smaller part."""
        if chain.last[-1].unit is Unit.ARTIKEL or chain.top.rank > Unit.ARTIKEL.rank:
            return False
        after = self.tokens.at(token.end)
        closed = after.sort in (Sort.COMMA, Sort.JOINT)
        official = chain.words or (chain.commas and not chain.school)
        begins = (official and closed) or after.text in ("lid", "leden")
        if self._is_count(token) or not (chain.plural or begins):
            return False
        return self._items(chain, Noun(Unit.ARTIKEL, plural=True), token.start)

    def _larger_behind(self, chain: Chain) -> bool:
        """ "het eerste lid van artikel 5": the larger part stands behind."""
        _, place = self._comma(chain.end)
        van = self.tokens.at(place)
        if van.text != "van":
            return False
        token = self.tokens.at(van.end)
        if token.text in _ARTICLES:
            token = self.tokens.at(token.end)
        larger = Chain()
        if not self._part(larger, token.start):
            return False
        rank, kept = chain.top.rank, larger.copy()
        while self._more(larger) and larger.last[-1].unit.rank < rank:
            kept = larger.copy()
        if len(kept.leaves) != 1 or kept.last[-1].unit.rank >= rank:
            return False
        chain.leaves = [leaf._replace(steps=(*kept.last, *leaf.steps)) for leaf in chain.leaves]
        chain.end = kept.end
        chain.school |= kept.school
        chain.words |= kept.words
        return True

    def _comma(self, place: int) -> tuple[bool, int]:
        token = self.tokens.at(place)
        return (True, token.end) if token.sort is Sort.COMMA else (False, place)

    def _is_count(self, token: Token) -> bool:
        """Whether a number counts something: "8 weken"."""
        return token.text.isdigit() and _COUNTED.match(self.text, token.end) is not None


def _is_short_ordinal(token: Token) -> bool:
    """ "2e", which can be the number of an artikel as well."""
    return token.sort is Sort.NUMBER and _SHORT_ORDINAL.fullmatch(token.text) is not None


def _ordinal(token: Token) -> Item:
    if token.text in _WHICH:
        return Item(_WHICH[token.text], Sort.WORD)
    short = _SHORT_ORDINAL.fullmatch(token.text)
    return Item(short[1] if short else str(token.value), Sort.NUMBER)


def _number(unit: Unit, mark: str) -> str:
    """2.1 as the number of an artikel would read as "artikel 2, lid 1": its key is 2:1, as in outline."""
    return mark.replace(".", ":").replace("*", "") if unit is Unit.ARTIKEL else mark
