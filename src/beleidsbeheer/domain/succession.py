"""How rosters follow each other, and what a later roster does to what came before it.

All rules of trust between rosters, in one place:

1. A roster is in force when enough beheerders (the threshold) of the *previous* roster signed it or an
   akkoord on it. Persons count, not keys or signatures.
2. It also needs as many beheerders who proved possession of a key as its own threshold asks, so that a
   mistyped key cannot lock the register.
3. A change of a confirmed key or seat of council or board needs that body's own akkoord, or its letter
   that names the new key (sleutelbevestiging). A roster that is at odds with a confirmation it did not
   seal waits: it is not in force, but it restricts.
4. A roster names all heads it saw: that *seals* what existed. An act under an older roster that a later
   roster does not seal must satisfy that later roster too; else it came too late.
5. Two rosters after the same one: rule 4 decides, between each two of them. If no one beats all others,
   there is a fork: none is in force, and all keep restricting what came before. The threshold of both
   must repudiate one.

Rule 4 is why a dropped beheerder or an old key cannot reach back: the date in a statement is only a claim.
Rule 5 is careful in one direction. Whatever somebody adds may take a roster out of force; it must never
let another one win. So as long as the line may go on in more ways than one, an entry counts only if it
would in each of them: one way in which it is repudiated or too late is enough.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from beleidsbeheer.domain.authenticity import Signed
from beleidsbeheer.domain.entry import ROSTER_KINDS, Entry
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


@dataclass(frozen=True)
class _Line:
    """What follows a roster: those in force in order, open rivals, and each way it may go on.

    ``futures`` is never empty; a future without rosters says that this roster may stay the last.
    """

    in_force: tuple[Roster, ...] = ()
    rivals: tuple[Roster, ...] = ()
    futures: tuple[tuple[Roster, ...], ...] = ((),)

    @cached_property
    def restricting(self) -> tuple[Roster, ...]:
        """Every roster of every future, once."""
        return tuple({each.digest: each for future in self.futures for each in future}.values())


class Succession:
    """The rosters of one register, resolved from its root. Read-only once made.

    ``line`` holds the rosters in force from roster 0 to the current one; ``rivals`` the rosters of an
    unresolved fork after it; ``unsound`` the reason for each roster that can never be in force.
    """

    def __init__(self, root: Signed, signed: Mapping[str, Signed], today: date) -> None:
        self._signed = signed
        self._entries = {digest: each.entry for digest, each in signed.items()}
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
        self._lines: dict[str, _Line] = {}
        for roster in sorted(self.rosters.values(), key=lambda each: -each.number):
            self._lines[roster.digest] = self._line_after(roster)
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
        """The first later roster that took role or key from the signer without having seen the entry.

        Whoever agrees with a roster in which they change or leave comes before it, not after.
        """
        for later in self.later(roster):
            if entry.kind == "akkoord" and entry.about == later.digest:
                continue
            if not later.allows(entry) and not self.seals(later, entry.digest):
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
        """The ``verwerping`` or ``erkenning`` of an entry that its threshold carries, if there is one.

        While there is a fork, a verwerping holds if one future carries it and an erkenning if all do.
        """
        enough = any if kind == "verwerping" else all
        for each in self._by_about.get(about, ()):
            roster = self.rosters.get(each.entry.roster)
            if each.entry.kind != kind or roster is None or not self.in_force(roster):
                continue
            futures = self._lines[roster.digest].futures
            if enough(self._carried(each.entry, roster, future) for future in futures):
                return each.entry
        return None

    def confirmed(self, roster: Roster) -> frozenset[tuple[str, str]]:
        """The (person, fingerprint) pairs that a letter of the body attested, as known in ``roster``."""
        lineage = self._lineage(roster)
        return frozenset(
            _attested(each.entry)
            for each in self._confirmations
            if self._holds_along(each, lineage) and not self._repudiated_along(each.entry, lineage)
        )

    def missing_bodies(self, proposal: Roster) -> list[str]:
        """Ids of members of council or board whose body has yet to agree with this roster (rule 3)."""
        return self._disregarded(proposal, (proposal, *self.later(proposal)))

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
            # whoever signs roster 0 shows the key by that; later keys are shown by an aanvaarding
            signer = frozenset({(roster.entry.person, roster.entry.key)})
            before = proven[roster.previous] if roster.previous else signer
            proven[roster.digest] = roster.pairs & (shown | before)
        return proven

    # --- the chain, upward: which rosters are in force ---------------------------------------------

    def _line_after(self, roster: Roster) -> _Line:
        """What follows ``roster``, when that is known of every roster with a higher number."""
        branches = {
            each.digest: (each, *self.later(each))
            for each in self._children[roster.digest]
            if self._accepted(each, roster)
        }
        everyone = [later for branch in branches.values() for later in branch]
        live = {
            digest: branch
            for digest, branch in branches.items()
            if not self._repudiated(digest, roster, everyone)
        }
        futures = tuple(
            (branch[0], *future)
            for digest, branch in live.items()
            for future in self._lines[digest].futures
        )
        for digest, branch in live.items():
            if self._wins(digest, roster, live):
                own = self._lines[digest]
                mine = tuple(future for future in futures if future[0] is branch[0])
                return _Line((branch[0], *own.in_force), futures=mine)
        rivals = tuple(branch[0] for branch in live.values())
        return _Line((), rivals if len(rivals) > 1 else (), ((), *futures))

    def _wins(self, digest: str, previous: Roster, live: Mapping[str, tuple[Roster, ...]]) -> bool:
        """Whether this roster comes after ``previous``: no body waits, and it beats each rival.

        Among rivals, a repudiation that holds under this roster itself is enough to lose, whatever
        later rosters in its own branch do to that repudiation.
        """
        own = live[digest]
        if self._disregarded(own[0], own):
            return False
        others = [branch for other, branch in live.items() if other != digest]
        if others and self._repudiated(digest, previous, own[:1]):
            return False
        return all(self._beats(own[0], branch, previous) for branch in others)

    def _beats(self, roster: Roster, rival: tuple[Roster, ...], previous: Roster) -> bool:
        """Whether ``roster`` holds under the whole branch of a rival, and that rival not under it.

        Votes that the rival's side has seen, and passed over, do not add up with votes that came later.
        """
        ballots = self._ballots(roster.entry, previous)
        holds = all(
            self._carried_under(each, votes, previous.threshold)
            for each in rival
            for votes in [self._unless_passed_over(each, ballots, previous.threshold)]
        )
        return holds and not self._carried(rival[0].entry, previous, (roster,))

    def _unless_passed_over(
        self, later: Roster, ballots: Mapping[str, list[Entry]], threshold: int
    ) -> Mapping[str, list[Entry]]:
        """All ballots if ``later`` saw enough of them; else only those it did not see."""
        seen = {
            person: [entry for entry in entries if self.seals(later, entry.digest)]
            for person, entries in ballots.items()
        }
        if sum(map(bool, seen.values())) >= threshold:
            return ballots
        unseen = {
            person: [entry for entry in entries if entry not in seen[person]]
            for person, entries in ballots.items()
        }
        return {person: entries for person, entries in unseen.items() if entries}

    def _accepted(self, roster: Roster, previous: Roster) -> bool:
        """Rules 1 to 3: threshold of the previous roster, proven keys, agreement of the bodies."""
        proven = {person for person, _ in self.proven[roster.digest]}
        return (
            len(self._ballots(roster.entry, previous)) >= previous.threshold
            and len(roster.administrators & proven) >= roster.threshold
            and not self._disregarded(roster)
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
            if any(later.allows(entry) for entry in entries)
        }
        return len(sealed | still) >= max(threshold, later.threshold)

    # --- seals and bodies ----------------------------------------------------------------------------

    def _reached_from(self, digest: str) -> frozenset[str]:
        """Every digest reachable by reference: what whoever signed ``digest`` had seen.

        Entries that decide who may sign are reached through each other only (``named_by``), so that
        leaving out any other entry can never make a vote unseen.
        """
        if digest not in self._reach:
            seen: set[str] = set()
            waiting = [digest]
            while waiting:
                entry = self._entries.get(waiting.pop())
                named = named_by(entry, self._entries) if entry else ()
                for each in (d for d in named if d not in seen):
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

    def _sound_in(self, signed: Signed, lineage: list[Roster]) -> Roster | None:
        """The roster of this lineage under which the entry was rightly signed, if there is one."""
        entry = signed.entry
        own = next((each for each in lineage if each.digest == entry.roster), None)
        if own is None or signer_defect(signed, own, self._today):
            return None
        return own if self.is_proven(own, entry.person, entry.key) else None

    def _holds_along(self, signed: Signed, lineage: list[Roster]) -> bool:
        """Whether an entry is sound under its roster and none up to the newest took the signer's place."""
        entry, own = signed.entry, self._sound_in(signed, lineage)
        return own is not None and all(
            later.allows(entry) or self.seals(later, entry.digest)
            for later in lineage
            if later.number > own.number
        )

    def _repudiated_along(self, entry: Entry, lineage: list[Roster]) -> bool:
        """Whether the beheerders of one of these rosters repudiated the entry, as the later ones see it."""
        return any(
            self._carried(
                each.entry, own, [later for later in lineage if later.number > own.number]
            )
            for each in self._by_about.get(entry.digest, ())
            if each.entry.kind == "verwerping"
            for own in lineage
            if own.digest == each.entry.roster
        )

    def _disregarded(self, proposal: Roster, branch: Iterable[Roster] = ()) -> list[str]:
        """Ids of members whose body confirmed their key, did not agree, and are changed all the same.

        Binding are the confirmations that the proposal seals. With ``branch`` (the proposal and what
        restricts it) also those by somebody whom all of that branch still allows. A confirmation that
        was signed backwards by a dropped secretary is neither.
        """
        previous = self.rosters.get(proposal.previous)
        if previous is None:
            return []
        lineage, branch = self._lineage(previous), list(branch)
        binding = frozenset(
            _attested(each.entry)
            for each in self._confirmations
            if self._sound_in(each, lineage)
            and (
                self.seals(proposal, each.entry.digest)
                or (branch and all(later.allows(each.entry) for later in branch))
            )
        )
        confirmed = self.confirmed(previous)
        return [
            person
            for person in previous.members
            for body in BODIES
            if _touches(previous, proposal, person, body, binding)
            and not self._body_agrees(previous, proposal, body, confirmed)
            and not _letter_covers(previous, proposal, person, body, confirmed)
        ]

    def _body_agrees(
        self,
        previous: Roster,
        proposal: Roster,
        body: frozenset[Role],
        confirmed: frozenset[tuple[str, str]],
    ) -> bool:
        """Whether a confirmed member of the body agreed with this roster."""
        return any(
            each.entry.kind == "akkoord"
            and each.entry.role in body
            and each.entry.roster == previous.digest
            and (each.entry.person, each.entry.key) in confirmed
            and not signer_defect(each, previous, self._today)
            for each in self._by_about.get(proposal.digest, ())
        )


def named_by(entry: Entry, known: Mapping[str, Entry]) -> tuple[str, ...]:
    """What this entry shows to have seen: all it names, but no roster kinds unless it is one itself."""
    if entry.kind in ROSTER_KINDS:
        return entry.references
    return tuple(
        digest
        for digest in entry.references
        if digest not in known or known[digest].kind not in ROSTER_KINDS
    )


def _attested(entry: Entry) -> tuple[str, str]:
    return entry.fields["persoon"], entry.fields["sleutel"]


def _letter_covers(
    previous: Roster,
    proposal: Roster,
    person: str,
    body: frozenset[Role],
    confirmed: frozenset[tuple[str, str]],
) -> bool:
    """Whether a letter of the body names every new key of this member, or successors in each role."""
    new = proposal.pairs - previous.pairs
    after = proposal.members.get(person)
    if after is not None and after.roles & body:
        own = {pair for pair in new if pair[0] == person}
        return bool(own) and own <= confirmed
    named = {holder for holder, _ in new & confirmed}
    left = previous.members[person].roles & body
    return all(named & proposal.holders({role}) for role in left)


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
    if after is None or after.keys != before.keys or after.roles & body != before.roles & body:
        return True
    # a term may be made longer, but ending it early would free the seat for the next roster
    return after.until is not None and (before.until is None or after.until < before.until)
