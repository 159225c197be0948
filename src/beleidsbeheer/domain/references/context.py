"""In which text a place is: what stands behind and before the words that name it.

    artikel 13 AVG · artikel 13, tweede lid, van de Archiefwet 1995 · artikel 7 van dit reglement ·
    artikel 8 van die wet · artikel 3 van het medezeggenschapsreglement · genoemd artikel 5

Pure.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from beleidsbeheer.domain.references.laws import Laws, Named
from beleidsbeheer.domain.references.model import Unit
from beleidsbeheer.domain.references.tokens import GAP
from beleidsbeheer.domain.references.unlisted import abbreviation

_AND_ON: Final = re.compile(rf"{GAP}(?:en{GAP}volgenden?|e\.v\.)", re.I)
_SELF: Final = re.compile(
    rf"[*_]*,?{GAP}(?:van|in){GAP}(?:dit|deze|onderhavige?|(?:het|de){GAP}onderhavige?|ons|onze){GAP}"
    r"(?!artikel|lid|onderdeel)[\w-]{0,40}?(?:wet|regeling|reglement|besluit|statuut|verordening|protocol"
    r"|beleid|code|overeenkomst|cao|bijlage|richtlijn|verdrag|document|stuk|notitie|hoofdstuk|afdeling"
    r"|paragraaf|titel|plan|convenant|handboek|wetboek)\b",
    re.I,
)
_SAME: Final = re.compile(
    rf"[*_]*,?{GAP}(?:van|in|uit){GAP}"
    rf"(?:die|dat|diezelfde|dezelfde|hetzelfde|(?:(?:de|het){GAP})?(?:ge|voor|laatstge|eerstge)noemde?"
    rf"|(?:(?:de|het){GAP})?bedoelde?){GAP}[\w-]{{0,40}}?"
    r"(wet|regeling|reglement|besluit|statuut|verordening|protocol|code|richtlijn|verdrag|wetboek|boek)\b",
    re.I,
)
_OF: Final = re.compile(
    rf"[*_]*(?:,|\.(?=\s(?-i:van)))?{GAP}(?:van|der|uit|bij|in)(?:{GAP}(?:de|het|een|zijn|haar|hun))?{GAP}",
    re.I,
)
_DIRECT: Final = re.compile(rf",?{GAP}(?:\(|(?:de|het){GAP})?", re.I)
_SOME: Final = re.compile(
    rf"[*_]*,?{GAP}van{GAP}(?:de|het|een|haar|zijn|hun){GAP}(?-i:[a-z])", re.I
)
_DOCUMENT: Final = re.compile(
    r"[\w-]{0,40}?(?:wet|regeling|verordening|richtlijn|besluit|reglement|statuut|statuten|cao|verdrag"
    r"|protocol|overeenkomst|code|beleidsregels?|wetboek|convenant|handboek|gids|plan)(?![\w-])",
    re.I,
)
_CAPITAL: Final = re.compile(r"[A-Z][\w-]+(?:[ ][A-Z][\w-]+){0,3}")
_BRACKETED: Final = re.compile(rf"(?:{GAP})?\(([\w/ -]{{2,30}})\)")

_THEN: Final = re.compile(
    rf",?{GAP}zoals{GAP}(?:(?:dat|dit|die|deze){GAP}(?:[a-z]+{GAP})?)?(?:luid|van{GAP}toepassing{GAP}op)",
    re.I,
)
_NAMED_BEFORE: Final = re.compile(
    r"(?:(?:ge|voor|laatstge|eerstge)noemde?|(?:voorver|ver)?melde?|gemelde?|voormelde?|dat|die|oude?"
    r"|voormalige?|toenmalige?|vervallen|nieuwe?)\s+$",
    re.I,
)
_GOES_ON: Final = re.compile(  # before "eerste lid": of the artikel just named, not of this one
    r"[0-9][a-z]?,?[ \t]+$|(?:met\s+uitzondering\s+van|uitgezonderd|behalve|behoudens|in\s+(?:verbinding|samenhang)\s+met|juncto"
    r"|jo\.)\s+(?:het\s+|de\s+)?$",
    re.I,
)
_OTHER_LAW: Final = re.compile(
    r"(?:\b[A-Z][\w-]*(?:wet|wetboek|besluit|regeling|verordening)|\b(?:Wet|Besluit|Regeling|Verordening)"
    r"|\bluidden?)\b[^.;\n]*$"
)
_LOOK_BACK: Final = 40
_SAME_SENTENCE: Final = 120
_RECENT: Final = 8


class Behind(NamedTuple):
    """The text that a place is in. ``named``: it was said; ``law`` is "" for the text itself."""

    law: str
    end: int
    named: bool


class Context:
    """Looks around places in one text, from start to end: it remembers the laws named last."""

    def __init__(self, text: str, laws: Laws) -> None:
        self.text, self.laws = text, laws
        self._recent: list[str] = []

    def behind(self, end: int) -> Behind:
        """What the words from ``end`` on say."""
        if following := _AND_ON.match(self.text, end):
            end = following.end()
        if own := _SELF.match(self.text, end):
            return Behind("", own.end(), True)
        if same := _SAME.match(self.text, end):
            return Behind(self._same(same[1].lower()), same.end(), True)
        named = self._of(end) or self._direct(end)
        if named is None:
            return Behind("", end, False)
        self.note(named.short)
        return Behind(named.short, named.end, True)

    def doubtful(self, begin: int, end: int, top: Unit) -> bool:
        """Whether the words around a place point to another text, or on from a place named before."""
        if _SOME.match(self.text, end) or _THEN.match(self.text, end):
            return True
        before = self.text[max(begin - _LOOK_BACK, 0) : begin]
        quoted = max(map(before.rfind, "«“„")) > max(map(before.rfind, "»”"))
        if quoted or _NAMED_BEFORE.search(before):
            return True
        if top.rank > Unit.ARTIKEL.rank:
            return _GOES_ON.search(before) is not None
        return _OTHER_LAW.search(self.text[max(begin - _SAME_SENTENCE, 0) : begin]) is not None

    def whole(self, named: Named) -> Named:
        """With the abbreviation in brackets behind it, which belongs to the name."""
        extra = _BRACKETED.match(self.text, named.end)
        if extra and (self.laws.get(extra[1]) is not None or abbreviation(extra[1], 0)):
            return named._replace(end=extra.end())
        return named

    def note(self, law: str) -> None:
        """Remember a law that was named."""
        self._recent = [*self._recent[1 - _RECENT :], law]

    def _of(self, end: int) -> Named | None:
        """ "van de Archiefwet 1995", "van het klachtenreglement", "van het Statuut"."""
        of = _OF.match(self.text, end)
        if of is None:
            return None
        start = of.end()
        named = self.laws.named(self.text, start) or self._abbreviation(start)
        if named is not None:
            return self.whole(named)
        if document := _DOCUMENT.match(self.text, start):
            return Named(document[0].lower(), document.end())
        found = _CAPITAL.match(self.text, start)
        definite = of[0].split()[-1].lower() in ("de", "het")
        return Named(found[0], found.end()) if found and definite else None

    def _direct(self, end: int) -> Named | None:
        """ "AVG", ", AVG", "(AVG)"; after a comma only what the list has."""
        gap = _DIRECT.match(self.text, end)
        if gap is None:
            return None
        start = gap.end()
        named = self.laws.known(self.text, start)
        if named is None and "," not in gap[0]:
            named = self.laws.named(self.text, start) or self._abbreviation(start)
        if named is None or "(" not in gap[0]:
            return named
        closed = self.text.startswith(")", named.end)
        return named._replace(end=named.end + 1) if closed else None

    def _abbreviation(self, start: int) -> Named | None:
        end = abbreviation(self.text, start)
        return Named(self.text[start:end], end) if end else None

    def _same(self, noun: str) -> str:
        """The law that "die wet" means: the last one named that is a wet."""
        for short in reversed(self._recent):
            law = self.laws.get(short)
            if noun in (law.name if law else short).lower():
                return short
        return f"die {noun}"
