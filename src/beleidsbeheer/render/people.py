"""The roster as people read it, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from beleidsbeheer.domain.entry import Entry
from beleidsbeheer.domain.model import BOARD_ROLES, COUNCIL_ROLES
from beleidsbeheer.domain.proposals import Waiting
from beleidsbeheer.domain.register import Register
from beleidsbeheer.domain.roster import Member
from beleidsbeheer.domain.terms import show_date
from beleidsbeheer.render.terminal import safe

SCHEMA = "beleidsbeheer.rooster/1"


def roster_json(register: Register, proposals: Iterable[Entry]) -> dict[str, Any]:
    """The documented shape ``beleidsbeheer.rooster/1``."""
    roster = register.verification.roster
    return {
        "schema": SCHEMA,
        "wortel": register.verification.root or None,
        "nummer": roster.number if roster else None,
        "drempel": roster.threshold if roster else None,
        "leden": [
            {
                "persoon": member.person,
                "naam": register.names.get(member.person),
                "rollen": sorted(member.roles),
                "tot": member.until.isoformat() if member.until else None,
                "sleutels": [
                    {
                        "afdruk": each.key.fingerprint,
                        "soort": each.key.kind,
                        "webadres": each.origin or None,
                        "staat": key_state(register, member, each.key.fingerprint),
                    }
                    for each in member.keys
                ],
            }
            for member in (roster.members.values() if roster else ())
        ],
        "voorstellen": [
            {"soort": each.kind, "digest": each.digest, "pad": each.path} for each in proposals
        ],
    }


def roster_lines(register: Register, proposals: Iterable[Entry]) -> Iterator[str]:
    roster = register.verification.roster
    if roster is None:
        yield "Er is geen rooster om op te vertrouwen. Kijk met: beleid verifieer"
        return
    yield f"Rooster {roster.number}, drempel {roster.threshold}, sinds {show_date(roster.entry.date)}"
    for member in roster.members.values():
        name = register.names.get(member.person)
        known = f" ({safe(name)})" if name else ""
        until = f", t/m {show_date(member.until)}" if member.until else ""
        yield ""
        yield f"{member.person}{known}: {', '.join(sorted(member.roles))}{until}"
        for each in member.keys:
            state = key_state(register, member, each.key.fingerprint)
            yield f"  {each.key.fingerprint}  {each.key.kind}, {state}"
    listed = list(proposals)
    if listed:
        yield ""
        yield "Lopende voorstellen"
        for proposal in listed:
            yield f"  {proposal.digest[:12]}  {proposal.kind} door {proposal.person}"


def key_state(register: Register, member: Member, fingerprint: str) -> str:
    """``niet aanvaard``, ``niet bevestigd`` (a key of council or board without its letter), or fine."""
    succession, roster = register.verification.succession, register.verification.roster
    if succession is None or roster is None:
        return "onbekend"
    if not succession.ballots.is_proven(roster, member.person, fingerprint):
        return "niet aanvaard"
    if not member.roles & (COUNCIL_ROLES | BOARD_ROLES):
        return "aanvaard"
    confirmed = (member.person, fingerprint) in succession.confirmed(roster)
    return "bevestigd" if confirmed else "niet bevestigd"


def waiting_lines(proposal: Entry, waiting: Waiting | None) -> Iterator[str]:
    """What a proposed roster still needs, with the command for each."""
    if proposal.kind != "rooster":
        return
    if waiting is None:
        yield f"Rooster {proposal.fields['nummer']} is in werking."
        return
    yield f"Rooster {proposal.fields['nummer']} ({proposal.digest[:12]}) werkt nog niet. Nog nodig:"
    if waiting.votes:
        people = ", ".join(sorted(waiting.administrators))
        yield f"  - akkoord van {waiting.votes} van: {people}  (beleid rooster akkoord)"
    if waiting.acceptances:
        people = ", ".join(sorted(waiting.acceptances))
        yield f"  - aanvaarding door: {people}  (beleid rooster aanvaard)"
    for person in waiting.bodies:
        yield (
            f"  - akkoord van raad of bestuur zelf met de wijziging bij {person}"
            "  (beleid rooster akkoord, of hun brief: beleid rooster bevestig)"
        )
