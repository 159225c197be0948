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
from beleidsbeheer.domain.ballots import Ballots
from beleidsbeheer.domain.bodies import Bodies
from beleidsbeheer.domain.entry import Entry
from beleidsbeheer.domain.roster import Roster


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
    unresolved fork after it; ``ballots`` knows who voted and what each roster had seen.
    """

    def __init__(self, root: Signed, signed: Mapping[str, Signed], today: date) -> None:
        self.ballots = Ballots(root, signed, today)
        self._bodies = Bodies(self.ballots, today)
        self.rosters = self.ballots.rosters
        self._children: dict[str, list[Roster]] = defaultdict(list)
        for roster in self.rosters.values():
            if roster.previous in self.rosters:
                self._children[roster.previous].append(roster)
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

    def is_late(self, entry: Entry, roster: Roster) -> Roster | None:
        """The first later roster that took role or key from the signer without having seen the entry.

        Whoever agrees with a roster in which they change or leave comes before it, not after.
        """
        for later in self.later(roster):
            if entry.kind == "akkoord" and entry.about == later.digest:
                continue
            if not later.allows(entry) and not self.ballots.seals(later, entry.digest):
                return later
        return None

    def decided(self, about: str, kind: str) -> Entry | None:
        """The ``verwerping`` or ``erkenning`` of an entry that its threshold carries, if there is one.

        While there is a fork, a verwerping holds if one future carries it and an erkenning if all do.
        """
        enough = any if kind == "verwerping" else all
        for each in self.ballots.about(about, kind):
            roster = self.rosters.get(each.entry.roster)
            if roster is None or not self.in_force(roster):
                continue
            futures = self._lines[roster.digest].futures
            if enough(self.ballots.carried(each.entry, roster, future) for future in futures):
                return each.entry
        return None

    def confirmed(self, roster: Roster) -> frozenset[tuple[str, str]]:
        """The (person, fingerprint) pairs that a letter of the body attested, as known in ``roster``."""
        return self._bodies.confirmed(roster)

    def missing_bodies(self, proposal: Roster) -> list[str]:
        """Ids of members of council or board whose body has yet to agree with this roster (rule 3)."""
        return self._bodies.disregarded(proposal, (proposal, *self.later(proposal)))

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
        if self._bodies.disregarded(own[0], own):
            return False
        others = [branch for other, branch in live.items() if other != digest]
        if others and self._repudiated(digest, previous, own[:1]):
            return False
        return all(self._beats(own[0], branch, previous) for branch in others)

    def _beats(self, roster: Roster, rival: tuple[Roster, ...], previous: Roster) -> bool:
        """Whether ``roster`` holds under the whole branch of a rival, and that rival not under it.

        Votes that the rival's side has seen, and passed over, do not add up with votes that came later.
        """
        ballots = self.ballots.ballots(roster.entry, previous)
        holds = all(
            self.ballots.carried_under(each, votes, previous.threshold)
            for each in rival
            for votes in [self.ballots.unless_passed_over(each, ballots, previous.threshold)]
        )
        return holds and not self.ballots.carried(rival[0].entry, previous, (roster,))

    def _accepted(self, roster: Roster, previous: Roster) -> bool:
        """Rules 1 to 3: threshold of the previous roster, proven keys, agreement of the bodies."""
        proven = {person for person, _ in self.ballots.proven[roster.digest]}
        return (
            len(self.ballots.ballots(roster.entry, previous)) >= previous.threshold
            and len(roster.administrators & proven) >= roster.threshold
            and not self._bodies.disregarded(roster)
        )

    def _repudiated(self, digest: str, previous: Roster, later: Iterable[Roster]) -> bool:
        return any(
            self.ballots.carried(each.entry, previous, later)
            for each in self.ballots.about(digest, "verwerping")
            if each.entry.roster == previous.digest
        )
