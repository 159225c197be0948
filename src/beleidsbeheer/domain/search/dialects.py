"""A question in the language of a database that holds ``stems(text)`` of each text.

A stem is of a-z and 0-9 only, and stands between quotes, so nothing a person types is syntax of a
database. Still: these go to a database as a bound parameter.
"""

from __future__ import annotations

from beleidsbeheer.domain.search.query import Query, Term


def to_fts5(query: Query) -> str:
    """The right side of MATCH in SQLite (sqlite.org/fts5.html, section 3): ``("klacht" OR "bezwar" *) NOT ("foto")``.

    For a table with ``tokenize = 'ascii'``: a stem needs no other, and folding it changes nothing.
    """
    asked = " AND ".join(_any(clause.any_of) for clause in query.all_of)
    return f"({asked}) NOT {_any(query.none_of)}" if query.none_of else asked


def _any(terms: tuple[Term, ...]) -> str:
    return f"({' OR '.join(map(_phrase, terms))})"


def _phrase(term: Term) -> str:
    return f'"{" ".join(term.stems)}"' + (" *" if term.prefix else "")


def to_tsquery(query: Query) -> str:
    """A tsquery of PostgreSQL (section 8.11.2 of its manual): ``('klacht' | 'bezwar':*) & !('foto')``.

    For ``to_tsquery('simple', …)`` on a column ``to_tsvector('simple', stems)``.
    """
    asked = [_either(clause.any_of) for clause in query.all_of]
    if query.none_of:
        asked.append(f"!{_either(query.none_of)}")
    return " & ".join(asked)


def _either(terms: tuple[Term, ...]) -> str:
    return f"({' | '.join(map(_row, terms))})"


def _row(term: Term) -> str:
    return " <-> ".join(f"'{stem}'" for stem in term.stems) + (":*" if term.prefix else "")
