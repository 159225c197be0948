"""Writing in the index: what is told of one register takes the place of what was told before, in one transaction.

A policy of which nothing changed keeps its rows. A text or fragment that is there already is not written again,
and one that no version has any more goes. Whoever calls has the only lock to write.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, CursorResult, Table, delete, exists, insert, select, text, update

from beleidsbeheer.domain.deadline import Deadline
from beleidsbeheer.domain.model import Finding
from beleidsbeheer.domain.overview.facts import PolicyFacts, RegisterFacts
from beleidsbeheer.domain.search.fragments import Fragment, TextFacts
from beleidsbeheer.domain.search.words import stems
from beleidsbeheer.storage.index.lexemes import tsvector
from beleidsbeheer.storage.index.tables import TABLES

Row = dict[str, Any]
T = TypeVar("T")

_MANY: Final = 500  # values in one question: SQLite takes 32,766, PostgreSQL plans fewer better


@dataclass(frozen=True, slots=True)
class Mark:
    """By what we see whether a register changed: ``seen`` its files' sizes and times, ``content`` their bytes.

    ``program`` stands for the program that judged it.
    """

    seen: str
    content: str
    program: str


@dataclass(frozen=True, slots=True)
class Told:
    """What is written of a register. ``read_as`` says, by policy, what its text was checked by."""

    place: str
    mark: Mark
    facts: RegisterFacts
    read_as: Mapping[str, str]


def write_register(
    connection: Connection, told: Told, texts: Mapping[str, TextFacts], *, anew: bool
) -> frozenset[str]:
    """Write a register; gives the sha256 of texts that are not here and were not given: then nothing is written.

    ``anew``: what is here already is written over, in case it is not what it should be.
    """
    needed = _needed(told.facts)
    known = text_ids(connection, told.mark.program, needed)
    missing = needed - known.keys() - texts.keys()
    if missing:
        return frozenset(missing)
    new = needed & texts.keys() if anew else needed - known.keys()
    given = {digest: texts[digest] for digest in sorted(new)}
    known |= _write_texts(connection, told.mark.program, given, anew=anew)
    register_id = _write_head(connection, told)
    loose = _write_policies(connection, register_id, told, known, anew=anew)
    _collect(connection, loose)
    return frozenset()


def touch(connection: Connection, place: str, seen: str) -> None:
    """Note other sizes and times of files whose bytes are the same."""
    register = TABLES.tables["register"]
    connection.execute(update(register).where(register.c.place == place).values(seen=seen))


def forget(connection: Connection, place: str) -> bool:
    """Take a register out; whether it was there."""
    register, policy, version = (TABLES.tables[name] for name in ("register", "policy", "version"))
    found = connection.scalar(select(register.c.id).where(register.c.place == place))
    if found is None:
        return False
    mine = select(policy.c.id).where(policy.c.register_id == found)
    loose = set(connection.scalars(select(version.c.text_id).where(version.c.policy_id.in_(mine))))
    connection.execute(delete(register).where(register.c.id == found))
    _collect(connection, loose - {None})
    return True


def _needed(facts: RegisterFacts) -> set[str]:
    return {
        version.text for policy in facts.policies for version in policy.versions if version.text
    }


# --- a register --------------------------------------------------------------------------------------


def _write_head(connection: Connection, told: Told) -> int:
    """The row of the register itself, and what hangs on it and on no policy; its id."""
    register, facts = TABLES.tables["register"], told.facts
    values = {
        **asdict(told.mark),
        "day": facts.day,
        "condition": facts.condition.value,
        "organisation": facts.organisation,
        "root": facts.root,
        "entries": facts.entries,
        "wrong": facts.wrong,
        "trouble": facts.trouble,
    }
    found = connection.scalar(select(register.c.id).where(register.c.place == told.place))
    if found is None:
        done = connection.execute(insert(register).values(place=told.place, **values))
        found = _key(done)
    else:
        connection.execute(update(register).where(register.c.id == found).values(values))
    for name in ("finding", "deadline"):
        table = TABLES.tables[name]
        connection.execute(
            delete(table).where(table.c.register_id == found, table.c.policy_id.is_(None))
        )
    rows: dict[str, list[Row]] = defaultdict(list)
    owner = {"register_id": found, "policy_id": None}
    rows["finding"] = list(_findings(owner, facts.findings, of_text=False))
    rows["deadline"] = list(_deadlines(owner, facts.deadlines))
    _insert(connection, rows)
    return found


def _write_policies(
    connection: Connection,
    register_id: int,
    told: Told,
    texts: Mapping[str, int],
    *,
    anew: bool,
) -> set[int]:
    """The policies; gives the ids of texts that they no longer have."""
    policy, version = TABLES.tables["policy"], TABLES.tables["version"]
    before = {
        slug: (number, state)
        for number, slug, state in connection.execute(
            select(policy.c.id, policy.c.slug, policy.c.state).where(
                policy.c.register_id == register_id
            )
        )
    }
    states = {each.slug: _state(each, told.mark.program) for each in told.facts.policies}
    gone = [number for slug, (number, state) in before.items() if anew or states.get(slug) != state]
    loose: set[int] = set()
    for some in chunks(gone):
        had = select(version.c.text_id).where(version.c.policy_id.in_(some))
        loose |= {each for each in connection.scalars(had) if each is not None}
        connection.execute(delete(policy).where(policy.c.id.in_(some)))
    rows: dict[str, list[Row]] = defaultdict(list)
    for each in told.facts.policies:
        read_as, kept = told.read_as.get(each.slug, ""), before.get(each.slug)
        if kept is not None and kept[0] not in gone:
            same = update(policy).where(policy.c.id == kept[0])
            connection.execute(same.values(read_as=read_as))
        else:
            head = _head(each) | {"register_id": register_id, "read_as": read_as}
            done = connection.execute(insert(policy).values(state=states[each.slug], **head))
            _add_rows(rows, register_id, _key(done), each, texts)
    _insert(connection, rows)
    return loose


def _state(policy: PolicyFacts, program: str) -> str:
    """Stands for all that is told of a policy, and for who read its texts: its values print in one way only."""
    return sha256(repr((policy, program)).encode("utf-8", "surrogatepass")).hexdigest()


def _head(policy: PolicyFacts) -> Row:
    names = ("slug", "title", "responsible", "doubtful", "repealed", "review")
    return {name: getattr(policy, name) for name in names}


def _add_rows(
    rows: dict[str, list[Row]],
    register_id: int,
    policy_id: int,
    policy: PolicyFacts,
    texts: Mapping[str, int],
) -> None:
    """The rows that hang on a policy."""
    owner = {"policy_id": policy_id}
    for number, version in enumerate(policy.versions):
        values = asdict(version)
        values |= {
            "name": values.pop("number"),
            "stand": version.stand.value,
            "text_id": texts.get(values.pop("text")),
            "number": number,
        }
        rows["version"].append({**owner, **values})
    parts: Sequence[tuple[str, Sequence[Any]]] = (
        ("period", policy.periods),
        ("waiting", policy.waiting),
        ("consent", policy.consents),
    )
    for name, found in parts:
        rows[name] += (
            {**owner, **asdict(each), "number": number} for number, each in enumerate(found)
        )
    for number, line in enumerate(policy.history):
        values = asdict(line)
        values["kind"] = values.pop("table")
        rows["history"].append({**owner, **values, "number": number})
    rows["step"] += (
        {**owner, "number": number, "who": " ".join(each.who), "what": each.what, "command": each.command}
        for number, each in enumerate(policy.steps)
    )  # fmt: skip
    both = owner | {"register_id": register_id}
    rows["finding"] += _findings(both, policy.findings, of_text=False)
    rows["finding"] += _findings(both, policy.remarks, of_text=True)
    rows["deadline"] += _deadlines(both, policy.deadlines)


def _findings(owner: Row, findings: Sequence[Finding], *, of_text: bool) -> Iterator[Row]:
    for number, each in enumerate(findings):
        values = {
            name: getattr(each, name) for name in ("rule", "place", "message", "hint", "basis")
        }
        yield {
            **owner,
            **values,
            "severity": each.severity.value,
            "of_text": of_text,
            "number": number,
        }


def _deadlines(owner: Row, deadlines: Sequence[Deadline]) -> Iterator[Row]:
    for number, each in enumerate(deadlines):
        yield {**owner, **asdict(each), "number": number}


def _key(done: CursorResult[Any]) -> int:
    """The id of the row that was inserted."""
    key = done.inserted_primary_key
    if key is None:
        raise RuntimeError("the database gave no key")
    return int(key[0])


def _insert(connection: Connection, rows: Mapping[str, Sequence[Row]]) -> None:
    for name, values in rows.items():
        if values:
            connection.execute(insert(TABLES.tables[name]), values)


# --- texts -------------------------------------------------------------------------------------------


def text_ids(connection: Connection, program: str, digests: Collection[str]) -> dict[str, int]:
    """The texts of these that are here, as this program reads them: sha256 → id."""
    return _ids(connection, TABLES.tables["text"], program, digests)


def _ids(
    connection: Connection, table: Table, program: str, digests: Collection[str]
) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in chunks(sorted(digests)):
        asked = select(table.c.sha256, table.c.id).where(
            table.c.sha256.in_(some), table.c.program == program
        )
        found |= {row.sha256: row.id for row in connection.execute(asked)}
    return found


def _write_texts(
    connection: Connection, program: str, texts: Mapping[str, TextFacts], *, anew: bool
) -> dict[str, int]:
    """The texts with what is in them, in place of what was there; sha256 → id."""
    if not texts:
        return {}
    heads = {
        digest: {"sha256": digest, "program": program, "size": each.size, "title": each.title, "trouble": each.trouble}
        for digest, each in texts.items()
    }  # fmt: skip
    ids = _put(connection, TABLES.tables["text"], program, heads)
    placed = (placed.fragment for each in texts.values() for placed in each.placed)
    wanted = {each.digest: each for each in placed}
    fragments = _write_fragments(connection, program, wanted, anew=anew)
    rows: dict[str, list[Row]] = {"place": [], "mention": []}
    for digest, each in texts.items():
        owner = {"text_id": ids[digest]}
        rows["place"] += (
            {**owner, "number": number, "fragment_id": fragments[placed.fragment.digest], "key": placed.key, "line": placed.line}
            for number, placed in enumerate(each.placed)
        )  # fmt: skip
        rows["mention"] += (
            {**owner, **asdict(mention), "number": number, "place": each.place_of(mention.line)}
            for number, mention in enumerate(each.mentions)
        )
    for name in rows:
        table = TABLES.tables[name]
        for some in chunks(sorted(ids.values())):
            connection.execute(delete(table).where(table.c.text_id.in_(some)))
    _insert(connection, rows)
    return ids


def _put(
    connection: Connection, table: Table, program: str, rows: Mapping[str, Row]
) -> dict[str, int]:
    """Rows that are named by a sha256: those that are not there are added, the others written over; their ids."""
    known = _ids(connection, table, program, rows.keys())
    for digest, number in known.items():
        connection.execute(update(table).where(table.c.id == number).values(rows[digest]))
    new = [rows[digest] for digest in sorted(rows.keys() - known.keys())]
    if new:
        connection.execute(insert(table), new)
    return known | _ids(connection, table, program, rows.keys() - known.keys())


def _write_fragments(
    connection: Connection, program: str, fragments: Mapping[str, Fragment], *, anew: bool
) -> dict[str, int]:
    """The fragments with the words to search in; digest → id. Those that are there already stay, but for ``anew``."""
    table = TABLES.tables["fragment"]
    known = {} if anew else _ids(connection, table, program, fragments.keys())
    rows = {
        digest: {
            "sha256": digest,
            "program": program,
            "heading": each.heading,
            "text": each.text,
            "pieces": json.dumps([(p.start, p.key, p.line) for p in each.pieces]),
        }
        for digest, each in fragments.items()
        if digest not in known
    }
    fresh = _put(connection, table, program, rows)
    if anew:
        _delete_words(connection, list(fresh.values()))
    _write_words(connection, {fresh[digest]: fragments[digest] for digest in fresh})
    return known | fresh


def _write_words(connection: Connection, fragments: Mapping[int, Fragment]) -> None:
    if not fragments:
        return
    if connection.dialect.name == "sqlite":
        statement = "INSERT INTO words (rowid, heading, body) VALUES (:id, :heading, :body)"
        rows = [
            {"id": number, "heading": stems(each.heading), "body": stems(each.text)}
            for number, each in fragments.items()
        ]
    else:
        statement = "INSERT INTO words (id, stems) VALUES (:id, CAST(:stems AS tsvector))"
        rows = [
            {"id": number, "stems": tsvector(stems(each.heading), stems(each.text))}
            for number, each in fragments.items()
        ]
    connection.execute(text(statement), rows)


def _delete_words(connection: Connection, fragments: Sequence[int]) -> None:
    name = "rowid" if connection.dialect.name == "sqlite" else "id"
    if fragments:
        gone = text(f"DELETE FROM words WHERE {name} = :id")  # noqa: S608 - one of the two names above
        connection.execute(gone, [{"id": each} for each in fragments])


# --- what nobody has any more ------------------------------------------------------------------------


def _collect(connection: Connection, loose: Collection[int]) -> None:
    """Take out those of these texts that no version has, and the fragments that then stand nowhere."""
    texts, version = TABLES.tables["text"], TABLES.tables["version"]
    fragment, place = TABLES.tables["fragment"], TABLES.tables["place"]
    orphans: list[int] = []
    for some in chunks(sorted(loose)):
        unused = select(texts.c.id).where(
            texts.c.id.in_(some), ~exists().where(version.c.text_id == texts.c.id)
        )
        orphans += connection.scalars(unused)
    candidates: set[int] = set()
    for some in chunks(orphans):
        candidates |= set(
            connection.scalars(select(place.c.fragment_id).where(place.c.text_id.in_(some)))
        )
        connection.execute(delete(texts).where(texts.c.id.in_(some)))
    for some in chunks(sorted(candidates)):
        unused = select(fragment.c.id).where(
            fragment.c.id.in_(some), ~exists().where(place.c.fragment_id == fragment.c.id)
        )
        gone = list(connection.scalars(unused))
        _delete_words(connection, gone)  # a virtual table of SQLite follows no foreign key
        connection.execute(delete(fragment).where(fragment.c.id.in_(gone)))


def chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """A long list in lengths that one question can hold."""
    return (values[start : start + _MANY] for start in range(0, len(values), _MANY))
