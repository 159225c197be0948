"""The rosters that go back to one root: what each had seen, whose keys are proven, and who voted for what.

Nothing here says which roster is in force; that is ``succession``, which asks these questions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from beleidsbeheer.domain.authenticity import Signed
from beleidsbeheer.domain.entry import Entry
from beleidsbeheer.domain.model import Role
from beleidsbeheer.domain.roster import Roster, read_roster, roster_defects, signer_defect
from beleidsbeheer.domain.sense import ROSTER_KINDS
from beleidsbeheer.errors import SignatureError


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a decision of the beheerders is: ``required`` persons, who gave it, who still can."""

    required: int
    given: frozenset[str]
    missing: frozenset[str]

    @property
    def reached(self) -> bool:
        return 0 < self.required <= len(self.given)


class Ballots:
    """Sound rosters by digest, and the votes under them. Read-only once made.

    ``unsound`` holds the reason for each roster that can never be in force; ``proven`` the (person,
    fingerprint) pairs per roster of which possession was shown.
    """

    def __init__(self, root: Signed, signed: Mapping[str, Signed], today: date) -> None:
        self._signed = signed
        self._entries = {digest: each.entry for digest, each in signed.items()}
        self._today = today
        self._reach: dict[str, frozenset[str]] = {}
        self._by_about: dict[str, list[Signed]] = defaultdict(list)
        for each in signed.values():
            if each.entry.about:
                self._by_about[each.entry.about].append(each)
        self.unsound: dict[str, str] = {}
        self.rosters = self._descend(root)
        self.proven = self._prove()

    def about(self, digest: str, kind: str) -> list[Signed]:
        """The entries of this kind that are about the entry with this digest."""
        return [each for each in self._by_about.get(digest, ()) if each.entry.kind == kind]

    def of_kind(self, kind: str) -> list[Signed]:
        """Every authentic entry of this kind."""
        return [each for each in self._signed.values() if each.entry.kind == kind]

    def seals(self, roster: Roster, digest: str) -> bool:
        """Whether this roster was made by someone who had seen the entry with this digest."""
        return digest in self._reached_from(roster.digest)

    def is_proven(self, roster: Roster, person: str, fingerprint: str) -> bool:
        """Whether this person proved possession of this key, in this roster or before it."""
        return (person, fingerprint) in self.proven[roster.digest]

    def lineage(self, roster: Roster) -> list[Roster]:
        """This roster and all before it, newest first."""
        lineage = [roster]
        while lineage[-1].previous:
            lineage.append(self.rosters[lineage[-1].previous])
        return lineage

    def tally(self, proposal: Entry) -> Tally:
        """How many beheerders of the roster that ``proposal`` was made under agree with it."""
        roster = self.rosters.get(proposal.roster)
        if roster is None:
            return Tally(0, frozenset(), frozenset())
        given = frozenset(self.ballots(proposal, roster))
        return Tally(roster.threshold, given, roster.administrators - given)

    # --- votes ---------------------------------------------------------------------------------------

    def ballots(self, proposal: Entry, roster: Roster) -> dict[str, list[Entry]]:
        """Who of this roster's beheerders agree with the proposal: person id → the entries that say so."""
        ballots: dict[str, list[Entry]] = defaultdict(list)
        own = self._signed[proposal.digest]
        for each in (own, *self.about(proposal.digest, "akkoord")):
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

    def carried(self, proposal: Entry, roster: Roster, later: Iterable[Roster]) -> bool:
        """Whether a decision holds under its own roster and under each later one that bears on it."""
        ballots = self.ballots(proposal, roster)
        return len(ballots) >= roster.threshold and all(
            self.carried_under(each, ballots, roster.threshold) for each in later
        )

    def carried_under(
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

    def unless_passed_over(
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

    # --- along a lineage -------------------------------------------------------------------------------

    def sound_in(self, signed: Signed, lineage: list[Roster]) -> Roster | None:
        """The roster of this lineage under which the entry was rightly signed, if there is one."""
        entry = signed.entry
        own = next((each for each in lineage if each.digest == entry.roster), None)
        if own is None or signer_defect(signed, own, self._today):
            return None
        return own if self.is_proven(own, entry.person, entry.key) else None

    def holds_along(self, signed: Signed, lineage: list[Roster]) -> bool:
        """Whether an entry is sound under its roster and none up to the newest took the signer's place."""
        entry, own = signed.entry, self.sound_in(signed, lineage)
        return own is not None and all(
            later.allows(entry) or self.seals(later, entry.digest)
            for later in lineage
            if later.number > own.number
        )

    def repudiated_along(self, entry: Entry, lineage: list[Roster]) -> bool:
        """Whether the beheerders of one of these rosters repudiated the entry, as the later ones see it."""
        return any(
            self.carried(each.entry, own, [later for later in lineage if later.number > own.number])
            for each in self.about(entry.digest, "verwerping")
            for own in lineage
            if own.digest == each.entry.roster
        )

    # --- which rosters there are, and what they had seen -------------------------------------------------

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
                for each in self.about(roster.digest, "aanvaarding")
                if not signer_defect(each, roster, self._today)
            }
            # whoever signs roster 0 shows the key by that; later keys are shown by an aanvaarding
            signer = frozenset({(roster.entry.person, roster.entry.key)})
            before = proven[roster.previous] if roster.previous else signer
            proven[roster.digest] = roster.pairs & (shown | before)
        return proven

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


def named_by(entry: Entry, known: Mapping[str, Entry]) -> tuple[str, ...]:
    """What this entry shows to have seen: all it names, but no roster kinds unless it is one itself."""
    if entry.kind in ROSTER_KINDS:
        return entry.references
    return tuple(
        digest
        for digest in entry.references
        if digest not in known or known[digest].kind not in ROSTER_KINDS
    )
