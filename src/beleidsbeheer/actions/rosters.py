"""Who may sign: propose, agree, accept, confirm; and what the threshold decides about entries."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from beleidsbeheer.actions.writing import (
    Desk,
    Done,
    Keyring,
    Pen,
    SealedEntry,
    Workplace,
    append,
    at_desk,
    seal,
)
from beleidsbeheer.domain.entry import Entry, digest_of
from beleidsbeheer.domain.ledger import rules_copy_path
from beleidsbeheer.domain.model import BOARD_ROLES, COUNCIL_ROLES, Role
from beleidsbeheer.domain.proposals import open_proposals
from beleidsbeheer.domain.register import Register
from beleidsbeheer.domain.roster import Roster, read_roster, roster_defects
from beleidsbeheer.domain.rules.frame import Act
from beleidsbeheer.domain.settings import read_settings
from beleidsbeheer.domain.sshkey import PublicKey
from beleidsbeheer.domain.verification import RULES_PATH
from beleidsbeheer.errors import KeyProblem, Refused, SignatureError, WrongUse
from beleidsbeheer.storage.keys import Signer, find_keys, open_signer


@dataclass(frozen=True, slots=True)
class Change:
    """What a new roster changes: one person, and/or the threshold. Empty means: keep.

    ``replaces`` names who leaves in the same roster, so that a seat is handed over in one step.
    ``seals`` says that a roster with nothing changed is meant, to seal what exists.
    """

    person: str = ""
    roles: frozenset[Role] = frozenset()
    add_keys: tuple[PublicKey, ...] = ()
    drop_keys: tuple[str, ...] = ()
    until: date | None = None
    replaces: str = ""
    leaves: bool = False
    seals: bool = False
    threshold: int | None = None


def propose(work: Workplace, change: Change) -> Done:
    """Sign a new roster: the one in force with ``change`` in it, sealing all that exists; one commit.

    Takes the ``beleid.toml`` of this moment along. Raises Refused when the roster would be unsound,
    UnreadableInput when ``beleid.toml`` is.
    """
    with at_desk(work) as desk:
        desk.pass_gate(Act("rooster"))
        roster = desk.roster()
        rules = desk.register.files.get(RULES_PATH, b"")
        read_settings(rules)
        fields: dict[str, Any] = {
            "nummer": roster.number + 1,
            "verzegelt": desk.register.verification.heads,
            "drempel": change.threshold or roster.threshold,
            "regels": digest_of(rules),
            "leden": _changed_members(roster, change),
        }
        now = roster.entry.fields
        same = all(fields[name] == now[name] for name in ("drempel", "regels", "leden"))
        if same and not change.seals:
            raise Refused(
                "Zo verandert er niets aan het rooster.",
                hint="Wilt u alleen verzegelen wat er nu ligt? Geef dan --verzegel.",
            )
        sealed = seal("rooster", desk.pen(), roster, work.today, **fields)
        _check_sound(sealed)
        others = {RULES_PATH: rules, rules_copy_path(digest_of(rules)): rules}
        register = append(desk, [sealed], f"Stel rooster {roster.number + 1} voor", others)
    return Done(sealed.entry, register)


def agree(work: Workplace, prefix: str) -> Done:
    """Sign agreement with an open proposal; ``prefix`` is the start of its digest, empty if there is one.

    Raises WrongUse when it is not clear which proposal, Refused when this person agreed already.
    """
    with at_desk(work) as desk:
        desk.pass_gate(Act("akkoord"))
        proposal = _one(prefix, open_proposals(desk.register), "voorstel")
        roster = desk.roster()
        pen = desk.pen()
        sealed = [
            _seal_as(role, pen, roster, work.today, proposal)
            for role in _roles_to_agree_in(desk.register, proposal, pen)
        ]
        if not sealed:
            raise Refused(f"{pen.person} is al akkoord, of heeft hier geen stem.")
        subject = f"Akkoord van {pen.person} met {proposal.kind} {proposal.digest[:12]}"
        register = append(desk, sealed, subject)
    return Done(sealed[0].entry, register)


def accept(work: Workplace) -> list[Entry]:
    """Accept the place that a roster, in force or proposed, gives to keys on this machine; one commit.

    Raises KeyProblem when no key here waits for acceptance.
    """
    with at_desk(work) as desk:
        desk.pass_gate(Act("aanvaarding"))
        sealed = [
            seal(
                "aanvaarding",
                Pen.held(person, roster.members[person].roles, signer),
                roster,
                work.today,
                betreft=roster.digest,
            )
            for roster, person, signer in _unproven(desk, work.keyring)
        ]
        if not sealed:
            raise KeyProblem(
                "Op deze computer staat geen sleutel die nog aanvaard moet worden.",
                hint="Wijs de sleutel aan met --sleutel PAD, of kijk met: beleid rooster toon",
            )
        append(desk, sealed, f"Aanvaarding door {sealed[0].entry.person}")
    return [each.entry for each in sealed]


@dataclass(frozen=True, slots=True)
class Letter:
    """What a body wrote about a key: the bytes of the scan, the meeting, and its reference if it has one."""

    content: bytes
    meeting: date
    reference: str = ""


def confirm(work: Workplace, person: str, fingerprint: str, letter: Letter) -> Done:
    """Attest that a letter or minutes of the body quote this key of this person; one commit.

    The letter itself stays outside the register; its sha256 and size are signed.
    """
    with at_desk(work) as desk:
        desk.pass_gate(Act("sleutelbevestiging"))
        roster = desk.roster()
        _check_known(desk.register, person, fingerprint)
        sealed = seal(
            "sleutelbevestiging",
            desk.pen(),
            roster,
            work.today,
            persoon=person,
            sleutel=fingerprint,
            bewijs={"sha256": digest_of(letter.content), "bytes": len(letter.content)},
            vergadering=letter.meeting.isoformat(),
            **({"kenmerk": letter.reference} if letter.reference else {}),
        )
        register = append(desk, [sealed], f"Bevestig de sleutel van {person}")
    return Done(sealed.entry, register)


def decide(work: Workplace, kind: str, prefix: str, reason: str) -> Done:
    """Sign a ``verwerping`` or ``erkenning`` of the entry whose digest starts with ``prefix``; one commit."""
    with at_desk(work) as desk:
        judgements = desk.register.verification.judgements
        about = _one(prefix, [j.entry for j in judgements if j.entry], "bestand in approvals")
        desk.pass_gate(Act(kind, about.policy, about=about))
        roster = desk.roster()
        fields: dict[str, Any] = {"betreft": about.digest, "reden": reason}
        sealed = seal(kind, desk.pen(), roster, work.today, **fields)
        register = append(
            desk, [sealed], f"{kind.capitalize()} van {about.kind} {about.digest[:12]}"
        )
    return Done(sealed.entry, register)


# --- pieces --------------------------------------------------------------------------------------------


def _changed_members(roster: Roster, change: Change) -> list[dict[str, Any]]:
    """The rows of the roster with the change in them. Raises WrongUse for a change that cannot be."""
    rows: list[dict[str, Any]] = copy.deepcopy(roster.entry.fields["leden"])
    leaving = {change.replaces, change.person if change.leaves else ""} - {""}
    for person in leaving - roster.members.keys():
        raise WrongUse(f"{person} staat niet in het rooster.", hint="Kijk met: beleid rooster toon")
    rows = [row for row in rows if row["persoon"] not in leaving]
    if change.person and not change.leaves:
        row = next((row for row in rows if row["persoon"] == change.person), None)
        if row is None:
            row = {"persoon": change.person, "rollen": [], "sleutels": []}
            rows.append(row)
        _change_row(row, roster, change)
    if not rows:
        raise WrongUse(
            "Dan staat er niemand meer in het rooster.", hint="Zet eerst iemand anders erin."
        )
    return rows


def _change_row(row: dict[str, Any], roster: Roster, change: Change) -> None:
    member = roster.members.get(change.person)
    known = [each.key.fingerprint for each in member.keys] if member else []
    for fingerprint in change.drop_keys:
        if fingerprint not in known:
            raise WrongUse(
                f"{change.person} heeft geen sleutel met de afdruk {fingerprint}.",
                hint="Kijk met: beleid rooster toon",
            )
    row["rollen"] = sorted(change.roles) or row["rollen"]
    kept = [
        each
        for each, fingerprint in zip(row["sleutels"], known, strict=True)
        if fingerprint not in change.drop_keys
    ]
    row["sleutels"] = kept + [{"sleutel": key.line} for key in change.add_keys]
    if change.until is not None:
        row["tot"] = change.until.isoformat()
    if not row["rollen"] or not row["sleutels"]:
        raise WrongUse(
            f"{change.person} heeft ten minste één rol en één sleutel nodig.",
            hint="Geef --rol en --sleutel-van, of haal iemand weg met --weg.",
        )


def _check_sound(sealed: SealedEntry) -> None:
    try:
        defects = roster_defects(read_roster(sealed.entry))
    except SignatureError as error:
        defects = [error.message]
    if defects:
        raise Refused("Dit rooster kan niet: " + "; ".join(sorted(set(defects))) + ".")


def _check_known(register: Register, person: str, fingerprint: str) -> None:
    """Raise WrongUse unless a roster in force or proposed gives this key to this person."""
    current, succession = register.verification.roster, register.verification.succession
    if current is None or succession is None:
        return
    rosters = [r for r in succession.rosters.values() if current.digest in {r.digest, r.previous}]
    if not any((person, fingerprint) in roster.pairs for roster in rosters):
        raise WrongUse(
            f"Geen rooster geeft {person} een sleutel met de afdruk {fingerprint}.",
            hint="Vergelijk de afdruk in de brief met: beleid rooster toon",
        )


def _one(prefix: str, entries: Sequence[Entry], what: str) -> Entry:
    found = [entry for entry in entries if entry.digest.startswith(prefix)]
    hint = "Geef het begin van de digest: de twaalf tekens uit de bestandsnaam."
    if not found and not entries:
        raise WrongUse(f"Er loopt geen {what}.", hint="Kijk met: beleid rooster toon")
    if not found:
        raise WrongUse(f"Er is geen {what} dat begint met {prefix}.", hint=hint)
    if len(found) > 1:
        shown = ", ".join(f"{each.digest[:12]} ({each.kind})" for each in found)
        raise WrongUse(f"Er zijn er meer: {shown}. Zeg welk {what} u bedoelt.", hint=hint)
    return found[0]


def _roles_to_agree_in(register: Register, proposal: Entry, pen: Pen) -> list[Role]:
    """Beheerder when that vote is still open; a role of the body when its agreement is still needed."""
    succession = register.verification.succession
    if succession is None:
        return []
    roles = []
    if Role.BEHEERDER in pen.roles and pen.person not in succession.ballots.tally(proposal).given:
        roles.append(Role.BEHEERDER)
    roster = succession.rosters.get(proposal.digest)
    if roster is not None and succession.missing_bodies(roster):
        roles += sorted(pen.roles & (COUNCIL_ROLES | BOARD_ROLES))[:1]
    return roles


def _seal_as(role: Role, pen: Pen, roster: Roster, today: date, proposal: Entry) -> SealedEntry:
    return seal("akkoord", pen.only_as(role), roster, today, betreft=proposal.digest)


def _unproven(desk: Desk, keyring: Keyring) -> list[tuple[Roster, str, Signer]]:
    """The places for keys on this machine that nobody accepted yet: (roster, person, open key)."""
    succession = desk.register.verification.succession
    if succession is None:
        return []
    current = succession.line[-1]
    proposed = [r for r in succession.rosters.values() if r.previous == current.digest]
    opened: dict[str, Signer] = {}
    if keyring.chosen is not None:
        signer = open_signer(keyring.chosen, keyring.ask)
        opened[signer.public.fingerprint] = signer
        files = {}
    else:
        files = {each.public.fingerprint: each for each in find_keys(keyring.folder)}
    found = []
    for roster in (current, *proposed):
        for person, fingerprint in sorted(roster.pairs):
            known = succession.ballots.is_proven(roster, person, fingerprint)
            if known or fingerprint not in opened.keys() | files.keys():
                continue
            if fingerprint not in opened:
                path = files[fingerprint].to_sign_with
                opened[fingerprint] = open_signer(path, keyring.ask)
            found.append((roster, person, opened[fingerprint]))
    return found
