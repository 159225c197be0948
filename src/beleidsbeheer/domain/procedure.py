"""Play the acts of a policy in order, ask the rules about each, and see what holds.

The order is a function of the set of entries alone: grounds first, then the dates that were claimed, then
what blocks before what permits. An act that the rules refuse changes nothing; it is told, with the reasons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from heapq import heapify, heappop, heappush

from beleidsbeheer.domain.course import Course, Refusal
from beleidsbeheer.domain.entry import Entry
from beleidsbeheer.domain.ledger import ACTS, Ledger, Policy
from beleidsbeheer.domain.model import has_error
from beleidsbeheer.domain.rules.gates import judge

_RANK = {kind: rank for rank, kind in enumerate(ACTS)}


def follow(ledger: Ledger, policy: Policy, known_on: date | None = None) -> Course:
    """The course of a policy, from the acts that were signed by ``known_on`` (None: all of them)."""
    if known_on is not None:
        policy = _as_known(policy, known_on)
    course = Course(ledger, policy, known_on or ledger.today)
    for entry in in_order(policy.acts):
        findings = judge(course, entry)
        if has_error(findings):
            course.refused.append(Refusal(entry, tuple(findings)))
        else:
            course.accept(entry)
            course.notes += [(entry, finding) for finding in findings]
    return course


def _as_known(policy: Policy, day: date) -> Policy:
    """The policy without the acts and readings that were signed after ``day``."""
    return replace(
        policy,
        acts=tuple(each for each in policy.acts if each.date <= day),
        readings=tuple(each for each in policy.readings if each.entry.date <= day),
    )


def in_order(entries: Sequence[Entry]) -> Iterator[Entry]:
    """The entries, each after those it rests on; else by date, kind (ACTS) and digest."""
    by_digest = {entry.digest: entry for entry in entries}
    waits = {d: {g for g in e.grounds if g in by_digest} for d, e in by_digest.items()}
    following: dict[str, list[str]] = defaultdict(list)
    for digest, grounds in waits.items():
        for ground in grounds:
            following[ground].append(digest)
    ready = [_key(by_digest[digest]) for digest, grounds in waits.items() if not grounds]
    heapify(ready)
    while ready:
        digest = heappop(ready)[-1]
        yield by_digest[digest]
        for later in following[digest]:
            waits[later].discard(digest)
            if not waits[later]:
                heappush(ready, _key(by_digest[later]))


def _key(entry: Entry) -> tuple[date, int, int, str]:
    withheld = entry.fields.get("uitkomst") == "niet-ingestemd"
    return entry.date, _RANK[entry.kind], 0 if withheld else 1, entry.digest
