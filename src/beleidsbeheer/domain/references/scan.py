"""A text → every reference in it, in one pass from start to end.

Compiled patterns find the words with which a reference can begin, and the names of laws; ``grammar``
reads on from there and ``context`` looks around. Where one law closes an enumeration ("artikel 3 of
artikel 5 van de Awb") the earlier ones may be in it too: those targets are not sure.
Pure; linear in the size of the text; no text makes it raise.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final, NamedTuple

from beleidsbeheer.domain.numerals import ORDINAL_WORD
from beleidsbeheer.domain.references.context import Context
from beleidsbeheer.domain.references.grammar import Grammar, Read
from beleidsbeheer.domain.references.laws import Laws, known_laws
from beleidsbeheer.domain.references.located import Ruler
from beleidsbeheer.domain.references.model import Place, Reference, Style, Target
from beleidsbeheer.domain.references.tokens import GAP, lowered

_UNITS: Final = r"(?:artikel|lid|volzin|onderdeel|hoofdstuk|paragraaf|afdeling|titel|bijlage|boek)"
_PART_MARK: Final = r"\(?(?:([a-z])\1{0,2}|[ivx]{2,5}|[0-9]{1,3}[ ]?[°º˚])(?![\w])"
_TRIGGER: Final = re.compile(  # of text in lower case
    rf"""(?<![\w-])(?:
      (?:art(?:ikel(?:en|s)?|t?\.)?|lid|leden|(?:sub)?onderde(?:el|len)|hoofdstuk(?:ken)?|hfst\.
        |paragra(?:af|fen)|par\.|afd(?:eling(?:en)?|\.)|titels?|boek|bijl(?:age[ns]?|\.))
        (?={GAP}[0-9a-z(])
    | §(?=[ ]?[0-9])
    | (?:onder|sub)(?={GAP}{_PART_MARK})
    | (?:dit|deze|dat|die|vo(?:rige?|orgaande?|orafgaande?|lgende?)|laatste)(?={GAP}{_UNITS}\b)
    | (?:{ORDINAL_WORD}|[0-9]{{1,2}}(?:ste|de|e))(?!\w)
    )""",
    re.X,
)
_NEAR: Final = re.compile(
    rf",?(?:{GAP})?(?:en/of|en|of|dan{GAP}wel|alsmede|respectievelijk|onderscheidenlijk|juncto|jo\.?"
    rf"|(?:gelezen{GAP})?in{GAP}(?:samenhang|verbinding|combinatie){GAP}met)?(?:{GAP}(?:de|het|in{GAP}de|in))?"
    rf"(?:{GAP})?",
    re.I,
)
_LONGEST_JOINT: Final = 60
_ARTICLE_BEHIND: Final = re.compile(rf"([,:]?){GAP}(?=art)", re.I)
_NUMBER_BEHIND: Final = re.compile(rf"{GAP}[0-9]")
_LONGEST_SHORT: Final = 12  # "WMS 12 lid 1": only an abbreviation can stand in front
_MARKUP: Final = re.compile(r"\]\([^()\s]*\)|[*_>\[]")


class Found(NamedTuple):
    """A reference at characters ``start`` to ``end``. ``named``: in which text it is was said."""

    start: int
    end: int
    targets: tuple[Target, ...]
    style: Style
    named: bool


def references(text: str, laws: Laws | None = None, start: int = 0) -> list[Reference]:
    """Every reference from character ``start`` on, in order; they never overlap."""
    ruler = Ruler(text)
    return [
        Reference(
            *ruler.spot(each.start, each.end),
            quote=" ".join(_MARKUP.sub(" ", text[each.start : each.end]).split()),
            targets=each.targets,
            style=each.style,
        )
        for each in _Scan(text, laws or known_laws()).run(start)
    ]


class _Scan:
    def __init__(self, text: str, laws: Laws) -> None:
        self.text, self.laws = text, laws
        self.grammar, self.context = Grammar(text), Context(text, laws)

    def run(self, start: int) -> Iterator[Found]:
        waiting: list[Found] = []  # joined to each other, and not yet known to be in any law
        done = start
        for begin, is_law in self._triggers(start):
            if begin < done:
                continue
            found = self._law(begin) if is_law else self._reference(begin)
            if found is None:
                done = max(done, self.grammar.reached)
                continue
            done = found.end
            if waiting and not self._near(waiting[-1].end, found.start):
                yield from waiting
                waiting = []
            if not found.named:
                waiting.append(found)
                continue
            yield from (_shared(each, found) for each in waiting)
            waiting = []
            yield found
        yield from waiting

    def _triggers(self, start: int) -> Iterator[tuple[int, bool]]:
        lower = lowered(self.text)
        words = ((m.start(), False) for m in _TRIGGER.finditer(lower, start))
        names = ((m.start(), True) for m in self.laws.long.finditer(lower, start))
        short = ((m.start(), True) for m in self.laws.short.finditer(self.text, start))
        return heapq.merge(words, names, short)

    def _near(self, end: int, start: int) -> bool:
        return start - end < _LONGEST_JOINT and bool(_NEAR.fullmatch(self.text, end, start))

    def _reference(self, begin: int) -> Found | None:
        """A place, with the law behind it if there is one."""
        read = self.grammar.read(begin)
        if read is None:
            return None
        law, end, named = self.context.behind(read.end)
        top = read.leaves[0].steps[0].unit
        sure = named or not self.context.doubtful(begin, read.end, top)
        return Found(begin, end, _targets(read, law, sure), read.style, named)

    def _law(self, begin: int) -> Found | None:
        """ "WMS 12 lid 1", "de AVG, artikel 13", or a law alone."""
        named = self.laws.known(self.text, begin)
        if named is None:
            return None
        law, end = self.context.whole(named)[:2]
        self.context.note(law)
        gap = _ARTICLE_BEHIND.match(self.text, end)
        read = self.grammar.read(gap.end()) if gap else None
        if gap and read and not self.context.behind(read.end).named:
            return Found(begin, read.end, _targets(read, law, not gap[1]), read.style, True)
        if len(law) <= _LONGEST_SHORT and _NUMBER_BEHIND.match(self.text, end):
            read = self.grammar.numbers(end)
            if read is not None:
                return Found(begin, read.end, _targets(read, law, True), read.style, True)
        return Found(begin, end, (Target(Place((), law)),), Style.NEITHER, True)


def _targets(read: Read, law: str, sure: bool) -> tuple[Target, ...]:
    return tuple(
        Target(Place(leaf.steps, law), leaf.between, leaf.closes, sure) for leaf in read.leaves
    )


def _shared(found: Found, closing: Found) -> Found:
    """Whether the law that closes an enumeration is that of an earlier place, nobody can tell."""
    place = closing.targets[0].place
    if not place.law or not place.steps:
        return found
    return found._replace(targets=tuple(replace(each, sure=False) for each in found.targets))
