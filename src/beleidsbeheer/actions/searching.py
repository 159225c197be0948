"""Answer from the index: find words in regulations, and the overview of all registers.

The index beside a register is brought up to date first; one that somebody names (``--database``) is read as it
is, and the answer says of which day it is. Nothing in a register changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from beleidsbeheer.actions.indexing.choose import open_for
from beleidsbeheer.actions.indexing.freshen import Progress, freshen, silent
from beleidsbeheer.domain.overview.facts import RegisterFacts
from beleidsbeheer.domain.search.aim import Aim, read_aim
from beleidsbeheer.domain.search.answer import Answer, Hit, Spot
from beleidsbeheer.domain.search.fragments import Piece
from beleidsbeheer.domain.search.query import Clause, Query, Term
from beleidsbeheer.domain.search.query import Hit as Span
from beleidsbeheer.domain.search.reading import read_query
from beleidsbeheer.domain.search.snippet import place, snippet
from beleidsbeheer.domain.search.suggest import suggestions
from beleidsbeheer.domain.search.words import words
from beleidsbeheer.domain.terms import show_date
from beleidsbeheer.errors import WrongUse

if TYPE_CHECKING:
    from beleidsbeheer.storage.index.finding import Match
    from beleidsbeheer.storage.index.index import Index, Reading, Scope


class Sources(NamedTuple):
    """Where to look: the address of an index ("": the one beside the register), and in which registers (none: all)."""

    database: str = ""
    registers: tuple[Path, ...] = ()


class Question(NamedTuple):
    """What a person asks: words, what is referred to ("" for neither), and the day (None: in every version)."""

    words: str
    aim: str
    day: date | None
    most: int


@dataclass(frozen=True, slots=True)
class Surveyed:
    """What the index tells of registers, by where they lie, and what to know about it (Dutch)."""

    registers: Mapping[str, RegisterFacts]
    notices: tuple[str, ...]


def survey(start: Path, sources: Sources, today: date, progress: Progress = silent) -> Surveyed:
    """Everything to tell of these registers, or of all in the index."""
    with (
        _opened(start, sources, today, progress) as index,
        index.reading() as reading,
    ):
        marks = reading.marks()
        places = _places(sources.registers, list(marks))
        told = reading.registers(places or None)
    return Surveyed(told, tuple(_notices({each: marks[each][1] for each in told}, today)))


def find(
    start: Path, sources: Sources, question: Question, today: date, progress: Progress = silent
) -> Answer:
    """What answers a question. Raises WrongUse for what is none."""
    _asked(question)
    with (
        _opened(start, sources, today, progress) as index,
        index.reading() as reading,
    ):
        return answer_from(reading, question, sources.registers, today)


def _asked(question: Question) -> tuple[Query | None, Aim | None]:
    """What the words mean, and what is referred to; at least one of both was given. Raises WrongUse for no question."""
    query = read_query(question.words) if question.words.strip() else None
    aim = read_aim(question.aim) if question.aim.strip() else None
    return query, aim


def answer_from(
    reading: Reading, question: Question, registers: Sequence[Path], today: date
) -> Answer:
    """The same from an index that is open already. Raises WrongUse for what is no question."""
    from beleidsbeheer.storage.index.index import Scope

    query, aim = _asked(question)
    judged_on = {place: day for place, (_, day) in reading.marks().items()}
    scope = Scope(question.day, tuple(_places(registers, list(judged_on))))
    found = reading.search(query, aim, scope, question.most)
    unsure = [] if question.day is None else reading.doubtful(scope)
    instead = _suggested(reading, query, scope) if query and not found.matches else []
    return Answer(
        hits=tuple(_hit(each, query) for each in found.matches),
        more=found.more,
        ignored=query.ignored if query else (),
        doubtful=tuple(unsure),
        notices=tuple(_notices(judged_on, today)),
        day=question.day,
        suggestions=tuple(instead),
    )


def _opened(start: Path, sources: Sources, today: date, progress: Progress) -> Index:
    """The index to ask. The one beside a register is ours alone, so all that will be asked of it is freshened first."""
    from beleidsbeheer.storage.index.address import parse_address
    from beleidsbeheer.storage.index.index import open_index

    if sources.database:
        return open_index(parse_address(sources.database, Path()), create=False)
    index, places = open_for(start, "", sources.registers, create=True)
    try:
        freshen(index, places, today, progress=progress)
    except BaseException:
        index.close()
        raise
    return index


def _places(given: Sequence[Path], known: Sequence[str]) -> list[str]:
    """The registers of the index that a person means: by their folder, or by its last name.

    Raises WrongUse when the index has no such one.
    """
    found: list[str] = []
    for each in given:
        same = [p for p in known if p == str(each.resolve())]
        same = same or [p for p in known if Path(p).name == each.name]
        if not same:
            raise WrongUse(
                f"Register {each} staat niet in de index.",
                hint=f"Zet het erin met: beleid index --register {each}",
            )
        found += same
    return found


def _notices(judged_on: Mapping[str, date], today: date) -> list[str]:
    if not judged_on:
        return ["De index is nog leeg. Vul haar met: beleid index --register MAP"]
    oldest = min(judged_on.values())
    if oldest == today:
        return []
    behind = sum(day != today for day in judged_on.values())
    return [
        f"{behind} van de {len(judged_on)} registers in de index zijn het laatst bekeken op {show_date(oldest)}"
        " of later, niet vandaag. Bijwerken: beleid index"
    ]


def _suggested(reading: Reading, query: Query, scope: Scope) -> list[str]:
    """Words that do stand there, for those of a question that stand nowhere; as they are written there."""
    single = [each.any_of[0] for each in query.all_of if len(each.any_of) == 1]
    asked = [term.stems[0] for term in single if len(term.stems) == 1 and not term.prefix]
    missing = [stem for stem in asked if not _first(reading, stem, scope)]
    known = reading.vocabulary() if missing else []
    likely = (stem for each in missing for stem in suggestions(each, known))
    found = [_first(reading, stem, scope) for stem in likely]
    return [each for each in dict.fromkeys(found) if each]


def _first(reading: Reading, stem: str, scope: Scope) -> str:
    """A word with this stem as it is written where it stands; "" when it stands nowhere in scope."""
    query = Query((Clause((Term((stem,)),)),))
    for match in reading.search(query, None, scope, 1).matches:
        for text in (match.fragment.text, match.fragment.heading):
            for hit in query.hits(words(text)):
                return text[hit.start : hit.end].lower()
    return ""


def _quoted(text: str, spots: Sequence[Spot]) -> list[Span]:
    """Where the words stand that refer to what was aimed at."""
    quotes = dict.fromkeys(quote for spot in spots for _, _, quote in spot.quotes)
    found = ((text.find(quote), len(quote)) for quote in quotes)
    return sorted(Span(start, start + length, 0) for start, length in found if start >= 0)


def _hit(match: Match, query: Query | None) -> Hit:
    """The words to show of a fragment, and the lid or onderdeel in which they stand."""
    text = match.fragment.text
    spans = query.hits(words(text)) if query else _quoted(text, match.spots)
    best = place(spans)
    # words that stand in the heading only are shown with the heading
    piece = match.fragment.piece_at(best.start) if best else Piece(0, "", 0)
    return Hit(
        heading=match.fragment.heading,
        snippet=snippet(text, spans),
        key=piece.key,
        line=piece.line,
        spots=match.spots,
    )
