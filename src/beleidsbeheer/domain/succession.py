"""How rosters follow each other, and what a later roster does to what came before it.

All rules of trust between rosters, in one place:

1. A roster is in force when enough beheerders (the threshold) of the *previous* roster signed it or an
   akkoord on it. Persons count, not keys or signatures.
2. It also needs as many beheerders who proved possession of a key as its own threshold asks, so that a
   mistyped key cannot lock the register.
3. A change of a confirmed key or role of council or board needs that body's own akkoord, or its letter
   that names the new key (sleutelbevestiging).
4. A roster names all heads it saw: that *seals* what existed. An act under an older roster that a later
   roster does not seal must satisfy that later roster too; else it came too late.
5. Two rosters after the same one: rule 4 decides. If it does not leave exactly one, there is a fork:
   neither is in force, and both keep restricting what came before. The threshold of both must repudiate one.

Rule 4 is why a dropped beheerder or an old key cannot reach back: the date in a statement is only a claim.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from beleidsbeheer.domain.authenticity import Signed
from beleidsbeheer.domain.entry import Entry
from beleidsbeheer.domain.model import BOARD_ROLES, COUNCIL_ROLES, Role
from beleidsbeheer.domain.roster import Roster, read_roster, roster_defects, signer_defect
from beleidsbeheer.errors import SignatureError

BODIES = (COUNCIL_ROLES, BOARD_ROLES)


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a decision of the beheerders is: ``required`` persons, who gave it, who still can."""

    required: int
    given: frozenset[str]
    missing: frozenset[str]

    @property
    def reached(self) -> bool:
        return 0 < self.required <= len(self.given)


@dataclass(frozen=True, slots=True)
class _Line:
    """What follows a roster: those in force in order, all that restrict earlier acts, open rivals."""

    in_force: tuple[Roster, ...] = ()
    restricting: tuple[Roster, ...] = ()
    rivals: tuple[Roster, ...] = ()


class Succession:
    """The rosters of one register, resolved from its root. Read-only once made.

    ``line`` holds the rosters in force from roster 0 to the current one; ``rivals`` the rosters of an
    unresolved fork after it; ``unsound`` the reason for each roster that can never be in force.
    """

    def __init__(self, root: Signed, signed: Mapping[str, Signed], today: date) -> None:
        self._signed = signed
        self._today = today
        self._reach: dict[str, frozenset[str]] = {}
        self.unsound: dict[str, str] = {}
        self._by_about: dict[str, list[Signed]] = defaultdict(list)
        self._confirmations: list[Signed] = []
        for each in signed.values():
            if each.entry.about:
                self._by_about[each.entry.about].append(each)
            elif each.entry.kind == "sleutelbevestiging":
                self._confirmations.append(each)
        self.rosters = self._descend(root)
        self._children: dict[str, list[Roster]] = defaultdict(list)
        for roster in self.rosters.values():
            if roster.previous in self.rosters:
                self._children[roster.previous].append(roster)
        self.proven = self._prove()
        self._lines = self._resolve()
        first = self.rosters.get(root.entry.digest)
        self.line: tuple[Roster, ...] = ()
        self.rivals: tuple[Roster, ...] = ()
        if first is not None:
            self.line = (first, *self._lines[first.digest].in_force)
            self.rivals = self._lines[self.line[-1].digest].rivals

    # --- what others ask ---------------------------------------------------------------------------

    def in_force(self, roster: Roster) -> bool:
        """Whether this roster is, or once was, the one in force."""
        return roster.number < len(self.line) and self.line[roster.number] is roster

    def later(self, roster: Roster) -> tuple[Roster, ...]:
        """The rosters after this one that restrict what was signed under it."""
        return self._lines[roster.digest].restricting

    def seals(self, roster: Roster, digest: str) -> bool:
        """Whether this roster was made by someone who had seen the entry with this digest."""
        return digest in self._reached_from(roster.digest)

    def is_proven(self, roster: Roster, person: str, fingerprint: str) -> bool:
        """Whether this person proved possession of this key, in this roster or before it."""
        return (person, fingerprint) in self.proven[roster.digest]

    def is_late(self, entry: Entry, roster: Roster) -> Roster | None:
        """The first later roster that took role or key from the signer without having seen the entry."""
        for later in self.later(roster):
            allowed = later.allows(entry.person, entry.role, entry.key)
            if not allowed and not self.seals(later, entry.digest):
                return later
        return None

    def tally(self, proposal: Entry) -> Tally:
        """How many beheerders of the roster that ``proposal`` was made under agree with it."""
        roster = self.rosters.get(proposal.roster)
        if roster is None:
            return Tally(0, frozenset(), frozenset())
        given = frozenset(self._ballots(proposal, roster))
        return Tally(roster.threshold, given, roster.administrators - given)

    def decided(self, about: str, kind: str) -> Entry | None:
        """The ``verwerping`` or ``erkenning`` of an entry that its threshold carries, if there is one."""
        for each in self._by_about.get(about, ()):
            roster = self.rosters.get(each.entry.roster)
            if (
                each.entry.kind == kind
                and roster is not None
                and self.in_force(roster)
                and self._carried(each.entry, roster, self.later(roster))
            ):
                return each.entry
        return None

    def confirmed(self, roster: Roster) -> frozenset[tuple[str, str]]:
        """The (person, fingerprint) pairs that a letter of the body attested, as known in ``roster``."""
        lineage = self._lineage(roster)
        return frozenset(
            (each.entry.fields["persoon"], each.entry.fields["sleutel"])
            for each in self._confirmations
            if self._holds_along(each, lineage)
        )

    def missing_bodies(self, proposal: Roster) -> list[str]:
        """Ids of members of council or board whose body has yet to agree with this roster (rule 3)."""
        previous = self.rosters.get(proposal.previous)
        if previous is None:
            return []
        confirmed = self.confirmed(previous)
        return [
            person
            for person in previous.members
            for body in BODIES
            if _touches(previous, proposal, person, body, confirmed)
            and not self._body_agrees(previous, proposal, body, confirmed)
        ]

    # --- the chain, downward: which rosters there are, and whose keys are proven -------------------

    def _descend(self, root: Signed) -> dict[str, Roster]:
        """Every sound roster that goes back to the root by unbroken numbers."""
        after: dict[str, list[Signed]] = defaultdict(list)
        for each in self._signed.values():
            if each.entry.kind == "rooster" and each.entry.roster:
                after[each.entry.roster].append(each)
        found: dict[str, Roster] = {}
        waiting: list[tuple[Signed, Roster | None]] = [(root, None)]
        while waiting:
            signed, previous = waiting.pop()
            roster = self._sound(signed, previous)
            if roster is not None:
                found[roster.digest] = roster
                waiting.extend((each, roster) for each in after[roster.digest])
        return found

    def _sound(self, signed: Signed, previous: Roster | None) -> Roster | None:
        try:
            roster = read_roster(signed.entry)
        except SignatureError as error:
            self.unsound[signed.entry.digest] = error.message
            return None
        defects = roster_defects(roster)
        number = 0 if previous is None else previous.number + 1
        if roster.number != number:
            defects.append(f"rooster {roster.number} kan niet volgen op rooster {number - 1}")
        defects.append(signer_defect(signed, previous or roster, self._today))
        reason = "; ".join(filter(None, defects))
        if reason:
            self.unsound[roster.digest] = reason
        return None if reason else roster

    def _prove(self) -> dict[str, frozenset[tuple[str, str]]]:
        """Per roster, the (person, fingerprint) pairs of which possession was shown."""
        proven: dict[str, frozenset[tuple[str, str]]] = {}
        for roster in sorted(self.rosters.values(), key=lambda each: each.number):
            shown = {
                (each.entry.person, each.entry.key)
                for each in self._by_about.get(roster.digest, ())
                if each.entry.kind == "aanvaarding" and not signer_defect(each, roster, self._today)
            }
            before = proven.get(roster.previous) or {(roster.entry.person, roster.entry.key)}
            proven[roster.digest] = roster.pairs & (shown | before)
        return proven

    # --- the chain, upward: which rosters are in force ---------------------------------------------

    def _resolve(self) -> dict[str, _Line]:
        lines: dict[str, _Line] = {}
        for roster in sorted(self.rosters.values(), key=lambda each: -each.number):
            lines[roster.digest] = self._line_after(roster, lines)
        return lines

    def _line_after(self, roster: Roster, lines: Mapping[str, _Line]) -> _Line:
        whole = {
            each.digest: (each, *lines[each.digest].restricting)
            for each in self._children[roster.digest]
            if self._accepted(each, roster)
        }
        everyone = [later for branch in whole.values() for later in branch]
        live = {
            digest: branch
            for digest, branch in whole.items()
            if not self._repudiated(digest, roster, everyone)
        }
        standing = [
            digest
            for digest, branch in live.items()
            if self._carried(branch[0].entry, roster, _others(live, digest))
        ]
        if len(standing) == 1:
            winner = self.rosters[standing[0]]
            after = lines[winner.digest]
            return _Line((winner, *after.in_force), live[winner.digest])
        rivals = tuple(branch[0] for branch in live.values())
        return _Line((), tuple(each for branch in live.values() for each in branch), rivals)

    def _accepted(self, roster: Roster, previous: Roster) -> bool:
        """Rules 1 to 3: threshold of the previous roster, proven keys, agreement of the bodies."""
        proven = {person for person, _ in self.proven[roster.digest]}
        return (
            len(self._ballots(roster.entry, previous)) >= previous.threshold
            and len(roster.administrators & proven) >= roster.threshold
            and not self.missing_bodies(roster)
        )

    def _repudiated(self, digest: str, previous: Roster, later: Iterable[Roster]) -> bool:
        return any(
            self._carried(each.entry, previous, later)
            for each in self._by_about.get(digest, ())
            if each.entry.kind == "verwerping" and each.entry.roster == previous.digest
        )

    # --- votes ---------------------------------------------------------------------------------------

    def _ballots(self, proposal: Entry, roster: Roster) -> dict[str, list[Entry]]:
        """Who of this roster's beheerders agree with the proposal: person id → the entries that say so."""
        ballots: dict[str, list[Entry]] = defaultdict(list)
        own = self._signed[proposal.digest]
        agreements = [
            e for e in self._by_about.get(proposal.digest, ()) if e.entry.kind == "akkoord"
        ]
        for each in (own, *agreements):
            if self._is_ballot(each, proposal, roster):
                ballots[each.entry.person].append(each.entry)
        return ballots

    def _is_ballot(self, signed: Signed, proposal: Entry, roster: Roster) -> bool:
        entry = signed.entry
        return (
            entry.role == Role.BEHEERDER
            and entry.roster == roster.digest
            and entry.date >= proposal.date
            and self.is_proven(roster, entry.person, entry.key)
            and not signer_defect(signed, roster, self._today)
        )

    def _carried(self, proposal: Entry, roster: Roster, later: Iterable[Roster]) -> bool:
        """Whether a decision holds under its own roster and under each later one that bears on it."""
        ballots = self._ballots(proposal, roster)
        return len(ballots) >= roster.threshold and all(
            self._carried_under(each, ballots, roster.threshold) for each in later
        )

    def _carried_under(
        self, later: Roster, ballots: Mapping[str, list[Entry]], threshold: int
    ) -> bool:
        sealed = {
            person
            for person, entries in ballots.items()
            if any(self.seals(later, entry.digest) for entry in entries)
        }
        if len(sealed) >= threshold:
            return True
        still = {
            person
            for person, entries in ballots.items()
            if any(later.allows(person, Role.BEHEERDER, entry.key) for entry in entries)
        }
        return len(sealed | still) >= max(threshold, later.threshold)

    # --- seals and bodies ----------------------------------------------------------------------------

    def _reached_from(self, digest: str) -> frozenset[str]:
        """Every digest reachable by reference: what whoever signed ``digest`` had seen."""
        if digest not in self._reach:
            seen: set[str] = set()
            waiting = [digest]
            while waiting:
                signed = self._signed.get(waiting.pop())
                fresh = [d for d in signed.entry.references if d not in seen] if signed else []
                for each in fresh:
                    if each in self._reach:
                        seen |= self._reach[each]
                    else:
                        waiting.append(each)
                    seen.add(each)
            self._reach[digest] = frozenset(seen)
        return self._reach[digest]

    def _lineage(self, roster: Roster) -> list[Roster]:
        """This roster and all before it, newest first."""
        lineage = [roster]
        while lineage[-1].previous:
            lineage.append(self.rosters[lineage[-1].previous])
        return lineage

    def _holds_along(self, signed: Signed, lineage: list[Roster]) -> bool:
        """Whether an entry is sound under its roster and none up to the newest took the signer's place."""
        entry = signed.entry
        own = next((each for each in lineage if each.digest == entry.roster), None)
        if own is None or signer_defect(signed, own, self._today):
            return False
        return self.is_proven(own, entry.person, entry.key) and all(
            later.allows(entry.person, entry.role, entry.key) or self.seals(later, entry.digest)
            for later in lineage
            if later.number > own.number
        )

    def _body_agrees(
        self,
        previous: Roster,
        proposal: Roster,
        body: frozenset[Role],
        confirmed: frozenset[tuple[str, str]],
    ) -> bool:
        """A confirmed member of the body agreed by key, or the body's letter names a new key of its own."""
        by_key = any(
            each.entry.kind == "akkoord"
            and each.entry.role in body
            and each.entry.roster == previous.digest
            and (each.entry.person, each.entry.key) in confirmed
            and not signer_defect(each, previous, self._today)
            for each in self._by_about.get(proposal.digest, ())
        )
        holders = proposal.holders(body)
        new = {pair for pair in proposal.pairs - previous.pairs if pair[0] in holders}
        return by_key or bool(new & confirmed)


def _others(live: Mapping[str, tuple[Roster, ...]], digest: str) -> list[Roster]:
    return [each for other, branch in live.items() if other != digest for each in branch]


def _touches(
    previous: Roster,
    proposal: Roster,
    person: str,
    body: frozenset[Role],
    confirmed: frozenset[tuple[str, str]],
) -> bool:
    """Whether the proposal changes keys or seat of a member whose key the body confirmed."""
    before, after = previous.members[person], proposal.members.get(person)
    known = any((person, each.key.fingerprint) in confirmed for each in before.keys)
    if not known or not before.roles & body:
        return False
    if before.until is not None and before.until < proposal.entry.date:
        return False
    return after is None or after.keys != before.keys or after.roles & body != before.roles & body
