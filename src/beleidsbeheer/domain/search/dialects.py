"""A question in the language of a database that holds ``stems(text)`` of each text.

A stem is of a-z and 0-9 only, and stands between quotes, so nothing a person types is syntax of a
database. Still: these go to a database as a bound parameter.
"""

from __future__ import annotations

from beleidsbeheer.domain.search.query import Query, Term


def to_fts5(query: Query, *, heading: bool = False) -> str:
    """The right side of MATCH in SQLite (sqlite.org/fts5.html, section 3): ``("klacht" OR "bezwar" *) NOT ("foto")``.

    For a table with columns heading and body and ``tokenize = 'ascii'``: a stem needs no other, and folding it
    changes nothing. ``heading``: all that is asked for must stand in the heading.
    """
    asked = " AND ".join(_any(clause.any_of) for clause in query.all_of)
    if heading:
        asked = f"heading : ({asked})"
    return f"({asked}) NOT {_any(query.none_of)}" if query.none_of else asked


def _any(terms: tuple[Term, ...]) -> str:
    return f"({' OR '.join(map(_phrase, terms))})"


def _phrase(term: Term) -> str:
    return f'"{" ".join(term.stems)}"' + (" *" if term.prefix else "")


def to_tsquery(query: Query, *, heading: bool = False) -> str:
    """A tsquery of PostgreSQL (section 8.11.2 of its manual): ``('klacht' | 'bezwar':*) & !('foto')``.

    For a tsvector of stems in which those of a heading weigh A. ``heading``: all that is asked for must weigh so.
    """
    weight = "A" if heading else ""
    asked = [_either(clause.any_of, weight) for clause in query.all_of]
    if query.none_of:
        asked.append(f"!{_either(query.none_of, '')}")
    return " & ".join(asked)


def _either(terms: tuple[Term, ...], weight: str) -> str:
    return f"({' | '.join(_row(term, weight) for term in terms)})"


def _row(term: Term, weight: str) -> str:
    *before, last = term.stems
    mark = f":{'*' if term.prefix else ''}{weight}" if term.prefix or weight else ""
    other = f":{weight}" if weight else ""
    return " <-> ".join([*(f"'{stem}'{other}" for stem in before), f"'{last}'{mark}"])
