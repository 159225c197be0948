"""Searching in the index: which fragments answer, best first, and where they stand.

What a person typed comes in as bound values only. Of what answers, the best is taken first and then asked where
it stands, and only as many as will be shown: a word that is everywhere must not cost what is everywhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    func,
    or_,
    select,
    text,
)

from beleidsbeheer.domain.references.documents import plain, usual, without_owner
from beleidsbeheer.domain.search.aim import Aim
from beleidsbeheer.domain.search.answer import Spot
from beleidsbeheer.domain.search.dialects import to_fts5, to_tsquery
from beleidsbeheer.domain.search.fragments import Fragment
from beleidsbeheer.domain.search.query import Query
from beleidsbeheer.storage.index.reading import pieces
from beleidsbeheer.storage.index.tables import TABLES

# fragments of which is asked where they stand: few at first, as mostly those will do
_AT_FIRST: Final = 40
_AT_ONCE: Final = 400
_READ: Final = 5_000  # fragments of which PostgreSQL is asked what stems there are
_WEIGHED: Final = 1_500  # fragments that are put in order at once


@dataclass(frozen=True, slots=True)
class Scope:
    """Where is searched: in what is in force on ``day`` (None: in every version), in these registers (none: all)."""

    day: date | None
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A fragment that answers, and every spot in scope where it stands."""

    fragment: Fragment
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: the best, and whether there is more."""

    matches: tuple[Match, ...]
    more: bool


def search(
    connection: Connection, query: Query | None, aim: Aim | None, scope: Scope, most: int
) -> Found:
    """The best ``most`` fragments that hold the words and refer to what is aimed at; at least one of both is given."""
    names = _names(connection, aim) if aim and aim.document else ()
    order: list[int] = []
    spots: dict[int, list[Row[Any]]] = {}
    for ids in _candidates(connection, query, aim, names):
        found = _spots(connection, ids, aim, names, scope)
        order += (each for each in ids if each in found)
        spots |= found
        if len(order) > most:
            break
    shown = order[:most]
    fragments = _fragments(connection, shown)
    return Found(
        tuple(Match(fragments[each], _told(spots[each])) for each in shown), len(order) > most
    )


def doubtful(connection: Connection, scope: Scope) -> list[tuple[str, str]]:
    """Policies (register, slug) of which nobody can say what is in force: there nothing is found."""
    register, policy = TABLES.tables["register"], TABLES.tables["policy"]
    asked = select(register.c.place, policy.c.slug).join(policy).where(policy.c.doubtful)
    found = connection.execute(_within(asked, scope).order_by(register.c.place, policy.c.slug))
    return [(each.place, each.slug) for each in found]


def vocabulary(connection: Connection) -> list[str]:
    """Stems that stand in the texts; in PostgreSQL, that has no list of them, those of so many fragments."""
    if connection.dialect.name == "sqlite":
        return list(connection.scalars(text("SELECT term FROM vocabulary")))
    asked = text(f"SELECT word FROM ts_stat('SELECT stems FROM words ORDER BY id LIMIT {_READ}')")  # noqa: S608
    return list(connection.scalars(asked))


# --- which fragments ---------------------------------------------------------------------------------


def _candidates(
    connection: Connection, query: Query | None, aim: Aim | None, names: Collection[str]
) -> Iterator[list[int]]:
    """Fragments that hold the words, best first, a few at a time; without words those that refer most."""
    if query is not None:
        groups = _by_words(connection, query)
    elif aim is not None:
        groups = iter([_by_mentions(connection, aim, names)])
    else:
        raise ValueError("neither words nor an aim")
    seen: set[int] = set()
    size = _AT_FIRST
    for group in groups:
        fresh = [each for each in group if each not in seen]
        seen.update(fresh)
        while fresh:
            yield fresh[:size]
            fresh, size = fresh[size:], _AT_ONCE


def _by_mentions(connection: Connection, aim: Aim, names: Collection[str]) -> list[int]:
    mention, place = TABLES.tables["mention"], TABLES.tables["place"]
    asked = (
        select(place.c.fragment_id)
        .join(mention, _at(mention, place))
        .where(_aimed(aim, names))
        .group_by(place.c.fragment_id)
        .order_by(func.count().desc(), place.c.fragment_id)
    )
    return list(connection.scalars(asked))


def _by_words(connection: Connection, query: Query) -> Iterator[Sequence[int]]:
    """Those of which the heading answers, then all; of very many, a group at a time is put in order.

    Without groups a word that stands everywhere would be weighed everywhere before the first is shown.
    """
    statement, dialect = _RANKED[connection.dialect.name]
    for heading in (True, False):
        start, match = 0, dialect(query, heading=heading)
        while True:
            values = {"match": match, "most": _WEIGHED, "start": start}
            group = list(connection.scalars(text(statement), values))
            yield group
            if len(group) < _WEIGHED:
                break
            start += _WEIGHED


# One group in order: the inner question takes so many in the order of their ids, the outer weighs them.
_RANKED: Final = {
    "sqlite": (
        "SELECT rowid FROM (SELECT rowid, bm25(words, 4.0, 1.0) AS score FROM words WHERE words MATCH :match"
        " ORDER BY rowid LIMIT :most OFFSET :start) ORDER BY score, rowid",
        to_fts5,
    ),
    "postgresql": (
        "SELECT id FROM (SELECT id, stems FROM words WHERE stems @@ CAST(:match AS tsquery)"
        " ORDER BY id LIMIT :most OFFSET :start) AS part"
        " ORDER BY ts_rank('{0.25, 0.25, 0.25, 1.0}', stems, CAST(:match AS tsquery), 1) DESC, id",
        to_tsquery,
    ),
}


def _fragments(connection: Connection, ids: Sequence[int]) -> dict[int, Fragment]:
    fragment = TABLES.tables["fragment"]
    found = connection.execute(select(fragment).where(fragment.c.id.in_(ids)))
    return {each.id: Fragment(each.heading, each.text, pieces(each.pieces)) for each in found}


# --- where they stand --------------------------------------------------------------------------------


def _spots(
    connection: Connection,
    ids: Sequence[int],
    aim: Aim | None,
    names: Collection[str],
    scope: Scope,
) -> dict[int, list[Row[Any]]]:
    """Of those of these fragments that stand somewhere in scope: where."""
    register, policy, version, period, place, mention = (
        TABLES.tables[name]
        for name in ("register", "policy", "version", "period", "place", "mention")
    )
    whole = (
        place.join(version, version.c.text_id == place.c.text_id)
        .join(policy, policy.c.id == version.c.policy_id)
        .join(register, register.c.id == policy.c.register_id)
    )
    columns: list[Any] = [
        place.c.fragment_id,
        register.c.place.label("register"),
        register.c.organisation,
        register.c.condition,
        policy.c.slug,
        policy.c.title,
        version.c.name.label("version"),
        version.c.stand,
        version.c.number,
        place.c.key,
        place.c.line,
    ]
    conditions: list[ColumnElement[bool]] = [place.c.fragment_id.in_(ids)]
    if scope.day is not None:
        whole = whole.join(
            period,
            and_(period.c.policy_id == policy.c.id, period.c.version == version.c.name),
        )
        columns += [period.c.start, period.c.end]
        conditions += [
            period.c.start <= scope.day,
            or_(period.c.end.is_(None), period.c.end >= scope.day),
            ~policy.c.doubtful,
        ]
    if aim is not None:
        whole = whole.join(mention, _at(mention, place))
        columns += [mention.c.source, mention.c.line.label("mentioned"), mention.c.quote]
        conditions.append(_aimed(aim, names))
    asked = _within(select(*columns).select_from(whole).where(*conditions), scope)
    asked = asked.order_by(register.c.place, policy.c.slug, version.c.number.desc(), place.c.number)
    found: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(asked):
        found[row.fragment_id].append(row)
    return dict(found)


def _within(asked: Select[Any], scope: Scope) -> Select[Any]:
    register = TABLES.tables["register"]
    return asked.where(register.c.place.in_(scope.places)) if scope.places else asked


def _at(mention: Any, place: Any) -> ColumnElement[bool]:
    return and_(mention.c.text_id == place.c.text_id, mention.c.place == place.c.number)


def _told(rows: Sequence[Row[Any]]) -> tuple[Spot, ...]:
    """The rows as spots; those of one spot that refer more than once are one."""
    found: dict[tuple[Any, ...], Spot] = {}
    quotes: defaultdict[tuple[Any, ...], list[tuple[str, int, str]]] = defaultdict(list)
    for row in rows:
        key = (row.register, row.slug, row.version, row.key, row.line)
        found[key] = Spot(
            place=row.register,
            organisation=row.organisation,
            condition=row.condition,
            slug=row.slug,
            title=row.title,
            version=row.version,
            stand=row.stand,
            key=row.key,
            line=row.line,
            start=getattr(row, "start", None),
            end=getattr(row, "end", None),
        )
        if hasattr(row, "quote"):
            quotes[key].append((row.source, row.mentioned, row.quote))
    return tuple(
        replace(spot, quotes=tuple(dict.fromkeys(quotes[key]))) for key, spot in found.items()
    )


# --- what it refers to -------------------------------------------------------------------------------


def _aimed(aim: Aim, names: Collection[str]) -> ColumnElement[bool]:
    """A mention of this place in a law or of what is in it, or of a document by one of these names."""
    mention = TABLES.tables["mention"]
    if aim.document:
        return mention.c.document.in_(list(names))
    if not aim.key:
        return mention.c.law == aim.law
    inside = mention.c.key.startswith(f"{aim.key}.", autoescape=True)
    return and_(mention.c.law == aim.law, or_(mention.c.key == aim.key, inside))


def _names(connection: Connection, aim: Aim) -> set[str]:
    """Every plain name of the document: that which was typed, and the titles of policies that are called so."""
    policy = TABLES.tables["policy"]
    names = {aim.document}
    for slug, title in connection.execute(select(policy.c.slug, policy.c.title).distinct()):
        called = {plain(slug), *without_owner(title)}
        if aim.document in called or aim.document in {usual(each) for each in (slug, title)}:
            names |= called
    return names - {""}
