"""Decisions of the beheerders on their way, and who holds which key: what the roster commands show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from beleidsbeheer.domain.entry import NAMESPACE_PREFIX, Entry
from beleidsbeheer.domain.register import Register
from beleidsbeheer.domain.roster import MAY_SIGN

DECISIONS = frozenset({"rooster", "verwerping", "erkenning"})


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a proposed roster still needs before it is in force."""

    administrators: frozenset[str]
    votes: int
    acceptances: frozenset[str]
    bodies: Sequence[str]


def waiting_for(register: Register, proposal: Entry) -> Waiting | None:
    """What a roster that was proposed still needs; None when it is in force or never can be."""
    succession = register.verification.succession
    roster = succession.rosters.get(proposal.digest) if succession else None
    if succession is None or roster is None or succession.in_force(roster):
        return None
    tally = succession.ballots.tally(proposal)
    proven = {person for person, _ in succession.ballots.proven[roster.digest]}
    enough = len(roster.administrators & proven) >= roster.threshold
    return Waiting(
        administrators=frozenset() if tally.reached else tally.missing,
        votes=max(0, tally.required - len(tally.given)),
        acceptances=frozenset() if enough else roster.administrators - proven,
        bodies=succession.missing_bodies(roster),
    )


def open_proposals(register: Register) -> list[Entry]:
    """Decisions of the beheerders under the roster in force that are not carried yet."""
    succession = register.verification.succession
    if succession is None:
        return []
    current = succession.line[-1].digest
    return [
        entry
        for entry in register.verification.counted.values()
        if entry.kind in DECISIONS
        and entry.roster == current
        and (entry.kind == "rooster" or not succession.ballots.tally(entry).reached)
    ]


def allowed_signers(register: Register) -> str:
    """Every key that was ever in force, as OpenSSH's ALLOWED SIGNERS (ssh-keygen(1)), one line a key.

    Without validity dates: stock ssh-keygen judges those by today's clock, and an entry of years ago is
    judged by its own day. The namespaces are the kinds that the person's roles may sign.
    """
    succession = register.verification.succession
    kinds: dict[tuple[str, str], set[str]] = {}
    for roster in succession.line if succession else ():
        for member in roster.members.values():
            may = {kind for kind, roles in MAY_SIGN.items() if roles & member.roles}
            for each in member.keys:
                kinds.setdefault((member.person, each.key.line), set()).update(may)
    return "".join(
        f'{person} namespaces="{",".join(NAMESPACE_PREFIX + kind for kind in sorted(may))}" {line}\n'
        for (person, line), may in sorted(kinds.items())
    )
