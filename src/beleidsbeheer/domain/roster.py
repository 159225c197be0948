"""Who may sign what: one roster, and the rules that make it sound.

A roster holds the full new state each time, so that reading one entry tells who could sign. How rosters
follow each other is in ``succession``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date

from beleidsbeheer.domain.authenticity import Signed
from beleidsbeheer.domain.entry import Entry
from beleidsbeheer.domain.model import (
    BOARD_ROLES,
    COUNCIL_ROLES,
    Council,
    Geleding,
    Role,
    council_role,
    parse_date,
)
from beleidsbeheer.domain.sshkey import PublicKey, parse_public_key_line
from beleidsbeheer.errors import SignatureError

_SECRETARY = frozenset({Role.SECRETARIS})
_CHAIRS = frozenset(council_role(council, Geleding.GEHEEL) for council in Council)

# Which roles may sign which kind of entry. A kind that is missing here can be signed by nobody. Where a
# secretaris stands beside council or board, that is the attestation of a decision on paper (``ontvangst``).
MAY_SIGN: dict[str, frozenset[Role]] = {
    "rooster": frozenset({Role.BEHEERDER}),
    "akkoord": frozenset({Role.BEHEERDER}) | COUNCIL_ROLES | BOARD_ROLES,
    "aanvaarding": frozenset(Role),
    "verwerping": frozenset({Role.BEHEERDER}),
    "erkenning": frozenset({Role.BEHEERDER}),
    "sleutelbevestiging": _SECRETARY,
    "registratie": _SECRETARY,
    "overname": _SECRETARY,
    "lezing": _SECRETARY,
    "voorlegging": _SECRETARY | BOARD_ROLES,
    "instemming": COUNCIL_ROLES | _SECRETARY,
    "toestemming": _SECRETARY,
    "redactieaanvaarding": _CHAIRS | _SECRETARY,
    "vaststelling": BOARD_ROLES | _SECRETARY,
    "bekendmaking": frozenset({Role.PUBLICIST}) | _SECRETARY,
    "intrekking": BOARD_ROLES | _SECRETARY,
    "bevestiging": BOARD_ROLES | _SECRETARY,
    "nietigheid": COUNCIL_ROLES | _SECRETARY,
    "terugtrekking": COUNCIL_ROLES | BOARD_ROLES | _SECRETARY | {Role.PUBLICIST},
}


@dataclass(frozen=True, slots=True)
class MemberKey:
    """A public key of a member; ``origin`` is the one web address a passkey may sign for, else empty."""

    key: PublicKey
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A person (by id), the roles held, the keys, and the last day of the term (None: no end)."""

    person: str
    roles: frozenset[Role]
    keys: tuple[MemberKey, ...]
    until: date | None

    def key(self, fingerprint: str) -> MemberKey | None:
        return next((each for each in self.keys if each.key.fingerprint == fingerprint), None)


@dataclass(frozen=True, slots=True)
class Roster:
    """The whole state of who may sign. ``rules`` is the sha256 of the ``beleid.toml`` it was made with."""

    entry: Entry
    number: int
    members: dict[str, Member]
    threshold: int
    rules: str

    @property
    def digest(self) -> str:
        return self.entry.digest

    @property
    def previous(self) -> str:
        """Digest of the roster before this one; empty for roster 0."""
        return self.entry.roster

    def holders(self, roles: Set[Role]) -> frozenset[str]:
        """Ids of the members who hold one of ``roles``."""
        return frozenset(m.person for m in self.members.values() if m.roles & roles)

    @property
    def administrators(self) -> frozenset[str]:
        return self.holders({Role.BEHEERDER})

    @property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Every (person, fingerprint)."""
        return frozenset(
            (m.person, each.key.fingerprint) for m in self.members.values() for each in m.keys
        )

    def allows(self, entry: Entry) -> bool:
        """Whether the signer holds the role and the key of this entry here, on the date it claims."""
        member = self.members.get(entry.person)
        return (
            member is not None
            and entry.role in member.roles
            and member.key(entry.key) is not None
            and (member.until is None or entry.date <= member.until)
        )


def read_roster(entry: Entry) -> Roster:
    """The roster that an entry of kind ``rooster`` states. Raises SignatureError for a key we refuse."""
    members = [
        Member(
            person=row["persoon"],
            roles=frozenset(Role(role) for role in row["rollen"]),
            keys=tuple(
                MemberKey(parse_public_key_line(key["sleutel"]), key.get("herkomst", ""))
                for key in row["sleutels"]
            ),
            until=parse_date(row["tot"]) if "tot" in row else None,
        )
        for row in entry.fields["leden"]
    ]
    ids = [member.person for member in members]
    if len(set(ids)) != len(ids):
        raise SignatureError("een persoon staat twee keer in het rooster")
    return Roster(
        entry=entry,
        number=entry.fields["nummer"],
        members={member.person: member for member in members},
        threshold=entry.fields["drempel"],
        rules=entry.fields["regels"],
    )


def roster_defects(roster: Roster) -> list[str]:
    """Why this roster can never be in force, in Dutch; empty when it is sound in itself."""
    return [*_shared_keys(roster), *_mixed_roles(roster), *_threshold_defects(roster)]


def _shared_keys(roster: Roster) -> Iterable[str]:
    """One key, one place: compared by key material, so another encoding of it does not help."""
    uses = Counter(each.key.material for m in roster.members.values() for each in m.keys)
    for member in roster.members.values():
        if any(uses[each.key.material] > 1 for each in member.keys):
            yield f"een sleutel van {member.person} staat meer dan één keer in het rooster"


def _mixed_roles(roster: Roster) -> Iterable[str]:
    """Council and board are each other's counterpart in the WMS; nobody can sign for both."""
    for member in roster.members.values():
        if member.roles & COUNCIL_ROLES and member.roles & BOARD_ROLES:
            yield f"{member.person} heeft een rol in de raad én in het bestuur; dat gaat niet samen"


def _threshold_defects(roster: Roster) -> Iterable[str]:
    if roster.threshold > len(roster.administrators):
        count = len(roster.administrators)
        there = "er is 1 beheerder" if count == 1 else f"er zijn {count} beheerders"
        yield f"de drempel is {roster.threshold}, maar {there}"


def signer_defect(signed: Signed, roster: Roster, today: date) -> str:
    """Why this signer could not sign this entry under this roster, in Dutch; empty when all is well.

    Looks at role, key, term and dates; not at proof of possession, grounds or later rosters.
    """
    entry = signed.entry
    member = roster.members.get(entry.person)
    if member is None:
        return f"{entry.person} staat niet in rooster {roster.number}"
    if entry.role not in member.roles:
        return f"{entry.person} heeft in rooster {roster.number} de rol {entry.role} niet"
    if entry.role not in MAY_SIGN.get(entry.kind, frozenset()):
        return f"de rol {entry.role} mag geen {entry.kind} tekenen"
    held = member.key(entry.key)
    if held is None:
        return f"de sleutel is in rooster {roster.number} niet van {entry.person}"
    if held.origin != signed.origin:
        return f"getekend op het webadres {signed.origin or '(geen)'}; het rooster noemt een ander adres"
    if entry.date < roster.entry.date:
        return f"de datum {entry.date} ligt vóór rooster {roster.number} ({roster.entry.date})"
    if entry.date > today:
        return f"de datum {entry.date} ligt in de toekomst"
    if member.until is not None and entry.date > member.until:
        return f"de termijn van {entry.person} liep tot en met {member.until}"
    return ""
