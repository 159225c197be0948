"""Reading from the index: the same values as ``domain.overview`` and ``domain.search`` made, from their rows."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, and_, select, text

from beleidsbeheer.domain.agenda import Step
from beleidsbeheer.domain.course import Stand
from beleidsbeheer.domain.deadline import Deadline
from beleidsbeheer.domain.model import Finding, Severity
from beleidsbeheer.domain.overview.facts import (
    Condition,
    ConsentFacts,
    HistoryLine,
    PeriodFacts,
    PolicyFacts,
    RegisterFacts,
    VersionFacts,
    Waiting,
)
from beleidsbeheer.domain.search.fragments import Fragment, Mention, Piece, Placed, TextFacts
from beleidsbeheer.domain.search.words import stems
from beleidsbeheer.storage.index.lexemes import tsvector
from beleidsbeheer.storage.index.tables import TABLES
from beleidsbeheer.storage.index.writing import Mark, chunks

Rows = Mapping[int | None, list[Row[Any]]]


def marks(connection: Connection) -> dict[str, tuple[Mark, Any]]:
    """Of every register here: by what we see that it changed, and the day on which it was judged."""
    register = TABLES.tables["register"]
    found = connection.execute(select(register).order_by(register.c.place))
    return {each.place: (Mark(each.seen, each.content, each.program), each.day) for each in found}


def conditions(connection: Connection) -> dict[str, Condition]:
    """Of every register here whether it can be relied on."""
    register = TABLES.tables["register"]
    found = connection.execute(select(register.c.place, register.c.condition))
    return {each.place: Condition(each.condition) for each in found}


def remarks(connection: Connection, place: str) -> dict[str, tuple[str, tuple[Finding, ...]]]:
    """Of each policy of a register: what its text was checked by, and what that gave."""
    register, policy, finding = (TABLES.tables[name] for name in ("register", "policy", "finding"))
    mine = policy.join(register).select().where(register.c.place == place)
    keys = {each.id: (each.slug, each.read_as) for each in connection.execute(mine)}
    asked = select(finding).where(finding.c.policy_id.in_(list(keys)), finding.c.of_text)
    rows = _by(connection.execute(asked.order_by(finding.c.number)), "policy_id")
    return {
        slug: (read_as, tuple(map(_finding, rows[number])))
        for number, (slug, read_as) in keys.items()
    }


def read_registers(
    connection: Connection, places: Collection[str] | None = None
) -> dict[str, RegisterFacts]:
    """What is told of these registers (None: of all), by where they lie, in that order."""
    register, policy = TABLES.tables["register"], TABLES.tables["policy"]
    asked = select(register).order_by(register.c.place)
    if places is not None:
        asked = asked.where(register.c.place.in_(list(places)))
    heads = list(connection.execute(asked))
    ids = None if places is None else [each.id for each in heads]
    wanted = select(policy).order_by(policy.c.slug)
    if ids is not None:
        wanted = wanted.where(policy.c.register_id.in_(ids))
    policies = _by(connection.execute(wanted), "register_id")
    parts = {
        name: _rows(connection, name, ids)
        for name in ("version", "period", "waiting", "consent", "step", "history", "deadline", "finding")
    }  # fmt: skip
    loose = {name: _loose(connection, name, ids) for name in ("finding", "deadline")}
    return {
        head.place: _register(head, policies[head.id], parts, loose)
        for head in heads
    }  # fmt: skip


def _rows(connection: Connection, name: str, registers: Collection[int] | None) -> Rows:
    """The rows of a table that hang on a policy, by policy, in order; a version with the sha256 of its text."""
    table, policy = TABLES.tables[name], TABLES.tables["policy"]
    asked = _with_texts(table) if name == "version" else select(table)
    asked = asked.where(table.c.policy_id.is_not(None)).order_by(table.c.number)
    if registers is not None:
        mine = select(policy.c.id).where(policy.c.register_id.in_(list(registers)))
        asked = asked.where(table.c.policy_id.in_(mine))
    return _by(connection.execute(asked), "policy_id")


def _with_texts(version: Table) -> Select[Any]:
    """Versions with the text that is searched for them: that as read by the program that read the register."""
    policy, register, texts = (TABLES.tables[name] for name in ("policy", "register", "text"))
    own = and_(texts.c.id == version.c.text_id, texts.c.program == register.c.program)
    whole = version.join(policy, policy.c.id == version.c.policy_id)
    whole = whole.join(register, register.c.id == policy.c.register_id).outerjoin(texts, own)
    return select(version, texts.c.sha256.label("text")).select_from(whole)


def _loose(connection: Connection, name: str, registers: Collection[int] | None) -> Rows:
    """The rows of a table that hang on a register and on no policy, by register, in order."""
    table = TABLES.tables[name]
    asked = select(table).where(table.c.policy_id.is_(None)).order_by(table.c.number)
    if registers is not None:
        asked = asked.where(table.c.register_id.in_(list(registers)))
    return _by(connection.execute(asked), "register_id")


def _by(rows: Iterable[Row[Any]], name: str) -> defaultdict[int | None, list[Row[Any]]]:
    found: defaultdict[int | None, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found


# --- rows → values -----------------------------------------------------------------------------------


def _register(
    head: Row[Any],
    policies: Iterable[Row[Any]],
    parts: Mapping[str, Rows],
    loose: Mapping[str, Rows],
) -> RegisterFacts:
    return RegisterFacts(
        day=head.day,
        condition=Condition(head.condition),
        organisation=head.organisation,
        root=head.root,
        entries=head.entries,
        wrong=head.wrong,
        trouble=head.trouble,
        findings=tuple(map(_finding, loose["finding"][head.id])),
        deadlines=tuple(map(_deadline, loose["deadline"][head.id])),
        policies=tuple(
            _policy(each, {name: rows[each.id] for name, rows in parts.items()})
            for each in policies
        ),
    )


def _policy(head: Row[Any], rows: Mapping[str, list[Row[Any]]]) -> PolicyFacts:
    return PolicyFacts(
        slug=head.slug,
        title=head.title,
        responsible=head.responsible,
        doubtful=head.doubtful,
        repealed=head.repealed,
        review=head.review,
        versions=tuple(map(_version, rows["version"])),
        periods=tuple(
            PeriodFacts(each.version, each.start, each.end, each.taken_over)
            for each in rows["period"]
        ),
        waiting=tuple(
            Waiting(each.version, Stand(each.stand), each.since) for each in rows["waiting"]
        ),
        consents=tuple(map(_consent, rows["consent"])),
        steps=tuple(
            Step(tuple(each.who.split()), each.what, each.command) for each in rows["step"]
        ),
        deadlines=tuple(map(_deadline, rows["deadline"])),
        history=tuple(map(_line, rows["history"])),
        findings=tuple(_finding(each) for each in rows["finding"] if not each.of_text),
        remarks=tuple(_finding(each) for each in rows["finding"] if each.of_text),
    )


def _version(row: Row[Any]) -> VersionFacts:
    return VersionFacts(
        number=row.name,
        stand=Stand(row.stand),
        text=row.text or "",
        registered=row.registered,
        submitted=row.submitted,
        consented=row.consented,
        adopted=row.adopted,
        published=row.published,
        starts=row.starts,
    )


def _consent(row: Row[Any]) -> ConsentFacts:
    names = ("version", "council", "geleding", "state", "complete", "given", "needed", "since", "due")  # fmt: skip
    return ConsentFacts(**{name: getattr(row, name) for name in names})


def _line(row: Row[Any]) -> HistoryLine:
    return HistoryLine(
        row.kind, row.version, row.status, row.day, row.told, row.taken_over, row.entry
    )


def _finding(row: Row[Any]) -> Finding:
    severity = Severity(row.severity)
    return Finding(row.rule, severity, row.place, row.message, row.hint, row.basis)


def _deadline(row: Row[Any]) -> Deadline:
    return Deadline(row.day, row.policy, row.kind, row.what, row.basis, row.uid)


# --- texts -------------------------------------------------------------------------------------------


def read_texts(
    connection: Connection, program: str, digests: Collection[str]
) -> dict[str, TextFacts]:
    """What is told of those of these texts that are here, as this program reads them."""
    texts, found = TABLES.tables["text"], dict[str, TextFacts]()
    for some in chunks(sorted(digests)):
        asked = select(texts).where(texts.c.sha256.in_(some), texts.c.program == program)
        heads = {each.id: each for each in connection.execute(asked)}
        placed = _placed(connection, list(heads))
        mentions = _mentions(connection, list(heads))
        for number, head in heads.items():
            found[head.sha256] = TextFacts(
                head.sha256,
                head.size,
                head.title,
                head.trouble,
                tuple(placed[number]),
                tuple(mentions[number]),
            )
    return found


def _placed(connection: Connection, texts: Collection[int]) -> Mapping[int, list[Placed]]:
    place, fragment = TABLES.tables["place"], TABLES.tables["fragment"]
    asked = (
        select(place, fragment.c.heading, fragment.c.text, fragment.c.pieces)
        .join(fragment, fragment.c.id == place.c.fragment_id)
        .where(place.c.text_id.in_(list(texts)))
        .order_by(place.c.text_id, place.c.number)
    )
    found: defaultdict[int, list[Placed]] = defaultdict(list)
    for row in connection.execute(asked):
        whole = Fragment(row.heading, row.text, pieces(row.pieces))
        found[row.text_id].append(Placed(row.key, row.line, whole))
    return found


def pieces(told: str) -> tuple[Piece, ...]:
    """The pieces of a fragment, from its row."""
    return tuple(Piece(start, key, line) for start, key, line in json.loads(told))


def _mentions(connection: Connection, texts: Collection[int]) -> Mapping[int, list[Mention]]:
    mention = TABLES.tables["mention"]
    asked = (
        select(mention)
        .where(mention.c.text_id.in_(list(texts)))
        .order_by(mention.c.text_id, mention.c.number)
    )
    found: defaultdict[int, list[Mention]] = defaultdict(list)
    for row in connection.execute(asked):
        found[row.text_id].append(
            Mention(row.source, row.line, row.quote, row.law, row.key, row.document)
        )
    return found


def unsearchable(connection: Connection, program: str, texts: Iterable[TextFacts]) -> list[str]:
    """Headings of fragments of which the words to search in are missing, or other ones than they should be.

    Also those that refer to something, and are not found by it.
    """
    fragment, told = TABLES.tables["fragment"], list(texts)
    wanted = {placed.fragment.digest: placed.fragment for each in told for placed in each.placed}
    found: list[str] = []
    for some in chunks(sorted(wanted)):
        asked = select(fragment.c.id, fragment.c.sha256).where(
            fragment.c.sha256.in_(some), fragment.c.program == program
        )
        ids = {row.sha256: row.id for row in connection.execute(asked)}
        found += (
            wanted[digest].heading
            for digest in some
            if digest not in ids or not _searchable(connection, ids[digest], wanted[digest])
        )
    return found + _misplaced(connection, program, {each.sha256: each for each in told})


def _misplaced(connection: Connection, program: str, texts: Mapping[str, TextFacts]) -> list[str]:
    """Headings of fragments with a mention that is counted to another one."""
    mention, head = TABLES.tables["mention"], TABLES.tables["text"]
    found: list[str] = []
    for some in chunks(sorted(texts)):
        asked = (
            select(head.c.sha256, mention.c.line, mention.c.place)
            .join(head, head.c.id == mention.c.text_id)
            .where(head.c.sha256.in_(some), head.c.program == program)
        )
        for row in connection.execute(asked):
            facts = texts[row.sha256]
            place = facts.place_of(row.line)
            if row.place != place and facts.placed:
                found.append(facts.placed[place].fragment.heading)
    return list(dict.fromkeys(found))


def _searchable(connection: Connection, number: int, fragment: Fragment) -> bool:
    """Whether the row of words is the one that this fragment gives."""
    heading, body = stems(fragment.heading), stems(fragment.text)
    if connection.dialect.name == "sqlite":
        asked = text("SELECT heading, body FROM words WHERE rowid = :id")
        row = connection.execute(asked, {"id": number}).one_or_none()
        return row is not None and tuple(row) == (heading, body)
    asked = text("SELECT stems = CAST(:stems AS tsvector) FROM words WHERE id = :id")
    return bool(connection.scalar(asked, {"id": number, "stems": tsvector(heading, body)}))
