"""The tables of the index, one model a table: what ``domain.overview`` and ``domain.search`` tell, row by row.

Nothing here is the truth: every row can be made again from a register. There are two halves. What hangs on a
register (policies, versions, periods …) goes when the register or the policy changes. What hangs on a text is
named by its sha256 and by the program that read it, so that one text is there once, whoever has it.

A change here needs no migration: give ``SCHEMA`` another number, and every index is made anew.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from sqlalchemy import Column, ForeignKey, Index, MetaData, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

SCHEMA: Final = "2"
TABLES: Final = MetaData()


def _text(*, key: bool = False) -> Any:
    """A column for words of any length."""
    return Field(sa_column=Column(Text, nullable=False, primary_key=key))


def _part_of(table: str, *, index: bool = True) -> Any:
    """A column that names the row this one hangs on, and goes with it."""
    return Field(sa_column=Column(ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=False, index=index))  # fmt: skip


class _Row(SQLModel):
    """What all tables share: a collection of their own, apart from any other program's."""

    metadata = TABLES


class Register(_Row, table=True):
    """A register: where it lies, how it was judged on ``day``, and by what we see that it changed.

    ``seen`` stands for sizes and times of its files, ``content`` for their bytes and git's HEAD, ``program`` for
    the program that judged it. ``state`` is the sha256 of what is told of the register itself.
    """

    __tablename__ = "register"

    id: int | None = Field(default=None, primary_key=True)
    place: str = Field(sa_column=Column(Text, nullable=False, unique=True))
    seen: str = ""
    content: str = ""
    program: str = ""
    day: date
    condition: str
    organisation: str = _text()
    root: str
    entries: int
    wrong: int
    trouble: str = _text()


class Policy(_Row, table=True):
    """A policy. ``state`` is the sha256 of all that is told of it; ``read_as`` stands for what its text was checked by."""

    __tablename__ = "policy"
    __table_args__ = (UniqueConstraint("register_id", "slug"),)

    id: int | None = Field(default=None, primary_key=True)
    register_id: int = _part_of("register", index=False)
    slug: str = Field(index=True)
    title: str = _text()
    responsible: str = _text()
    doubtful: bool
    repealed: date | None = None
    review: date | None = None
    state: str
    read_as: str


class _OfPolicy(_Row):
    """A row of something that a policy has in order; ``number`` counts from 0."""

    id: int | None = Field(default=None, primary_key=True)
    number: int


class TextRow(_Row, table=True):
    """A text by its sha256, as ``program`` read it. ``trouble``: why it cannot be read, "" when it can."""

    __tablename__ = "text"
    __table_args__ = (UniqueConstraint("sha256", "program"),)

    id: int | None = Field(default=None, primary_key=True)
    sha256: str
    program: str
    size: int
    title: str = _text()
    trouble: str = _text()


class Version(_OfPolicy, table=True):
    """A version with its stand on the day of the register, its days, and its text when that is here."""

    __tablename__ = "version"

    policy_id: int = _part_of("policy")
    text_id: int | None = Field(default=None, foreign_key="text.id", index=True)
    name: str
    stand: str
    registered: date | None = None
    submitted: date | None = None
    consented: date | None = None
    adopted: date | None = None
    published: date | None = None
    starts: date | None = None


class Period(_OfPolicy, table=True):
    """From ``start`` up to and including ``end`` (null: no end known) a version is in force."""

    __tablename__ = "period"
    __table_args__ = (Index("ix_period_days", "start", "end"),)

    policy_id: int = _part_of("policy")
    version: str
    start: date
    end: date | None = None
    taken_over: bool


class Waiting(_OfPolicy, table=True):
    """A version under way, and since when nothing happened with it."""

    __tablename__ = "waiting"

    policy_id: int = _part_of("policy")
    version: str
    stand: str
    since: date


class Consent(_OfPolicy, table=True):
    """A geleding that is asked about a version under way."""

    __tablename__ = "consent"

    policy_id: int = _part_of("policy")
    version: str
    council: str
    geleding: str
    state: str
    complete: bool
    given: int
    needed: int
    since: date
    due: date | None = None


class Step(_OfPolicy, table=True):
    """Something that has to happen next; ``who`` has the roles, with a space between."""

    __tablename__ = "step"

    policy_id: int = _part_of("policy")
    who: str
    what: str = _text()
    command: str = _text()


class History(_OfPolicy, table=True):
    """A row of the table of versions or of adoptions, without names of people."""

    __tablename__ = "history"

    policy_id: int = _part_of("policy")
    kind: str
    version: str
    status: str = _text()
    day: date | None = None
    told: str = _text()
    taken_over: bool
    entry: str


class Deadline(_Row, table=True):
    """A day to remember: of a policy, or of the register itself (``policy_id`` null)."""

    __tablename__ = "deadline"

    id: int | None = Field(default=None, primary_key=True)
    number: int
    register_id: int = _part_of("register")
    policy_id: int | None = Field(default=None, sa_column=Column(ForeignKey("policy.id", ondelete="CASCADE"), index=True))  # fmt: skip
    day: date
    policy: str
    kind: str
    what: str = _text()
    basis: str = _text()
    uid: str = _text()


class Finding(_Row, table=True):
    """Something to remark on a register or a policy. ``of_text``: found by reading the text, not in the entries."""

    __tablename__ = "finding"

    id: int | None = Field(default=None, primary_key=True)
    number: int
    register_id: int = _part_of("register")
    policy_id: int | None = Field(default=None, sa_column=Column(ForeignKey("policy.id", ondelete="CASCADE"), index=True))  # fmt: skip
    of_text: bool
    rule: str
    severity: str
    place: str = _text()
    message: str = _text()
    hint: str = _text()
    basis: str = _text()


class Fragment(_Row, table=True):
    """An artikel or another part of a text, by the sha256 of what it holds. ``pieces`` is JSON: [start, key, line]."""

    __tablename__ = "fragment"
    __table_args__ = (UniqueConstraint("sha256", "program"),)

    id: int | None = Field(default=None, primary_key=True)
    sha256: str
    program: str
    heading: str = _text()
    text: str = _text()
    pieces: str = _text()


class Place(_Row, table=True):
    """A fragment where it stands in a text: its key and its first line."""

    __tablename__ = "place"

    text_id: int = Field(sa_column=Column(ForeignKey("text.id", ondelete="CASCADE"), primary_key=True))  # fmt: skip
    number: int = Field(primary_key=True)
    fragment_id: int = Field(foreign_key="fragment.id", index=True)
    key: str = _text()
    line: int


class Mention(_Row, table=True):
    """Words of a text that refer to a law or name a document of the school; ``place`` is the number of its place."""

    __tablename__ = "mention"
    __table_args__ = (
        Index("ix_mention_law", "law", "key"),
        Index("ix_mention_document", "document"),
    )

    text_id: int = Field(sa_column=Column(ForeignKey("text.id", ondelete="CASCADE"), primary_key=True))  # fmt: skip
    number: int = Field(primary_key=True)
    place: int
    source: str = _text()
    line: int
    quote: str = _text()
    law: str = _text()
    key: str = _text()
    document: str = _text()


# What a model cannot say: the words to search in, one row a fragment, with the id of the fragment. Words are
# stems, made by us; so both databases only have to cut at spaces.
EXTRA: Final = {
    "sqlite": (
        "CREATE VIRTUAL TABLE words USING fts5(heading, body, tokenize = 'ascii')",
        "CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, row)",
    ),
    "postgresql": (
        "CREATE TABLE words (id integer PRIMARY KEY REFERENCES fragment (id) ON DELETE CASCADE, stems tsvector NOT NULL)",
        "CREATE INDEX ix_words_stems ON words USING gin (stems)",
    ),
}
