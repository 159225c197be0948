"""A day on which something about a policy ends, starts or is due, and what it follows from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Deadline:
    """One such day. ``what`` is a Dutch sentence for people, ``basis`` says where the term comes from.

    ``policy`` and ``kind`` are slugs; kinds are "reactie", "herziening", "inwerkingtreding", "bekendmaking",
    "afspraak", "nietigheid" and "termijn". ``uid`` stays the same when the day moves, such as the digest of
    the entry that this follows from: with ``kind`` and ``policy`` it tells whether two are the same deadline.
    """

    day: date
    policy: str
    kind: str
    what: str
    basis: str = ""
    uid: str = ""
