"""Council and board and their keys: when a change of roster needs the body's own word.

The secretary puts keys of council and board into the roster. Once a letter or minutes of the body that
quote a key are attested (``sleutelbevestiging``), that key and seat are the body's own: whoever changes
them needs its akkoord, or another letter. An attestation still trusts the secretary who gives it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from beleidsbeheer.domain.ballots import Ballots
from beleidsbeheer.domain.entry import Entry
from beleidsbeheer.domain.model import BOARD_ROLES, ROLES_OF, Role
from beleidsbeheer.domain.roster import Roster, signer_defect

BODIES = (*ROLES_OF.values(), BOARD_ROLES)


class Bodies:
    """Which keys the bodies confirmed, and which bodies a roster passes over."""

    def __init__(self, ballots: Ballots, today: date) -> None:
        self._ballots = ballots
        self._today = today
        self._confirmations = ballots.of_kind("sleutelbevestiging")

    def confirmed(self, roster: Roster) -> frozenset[tuple[str, str]]:
        """The (person, fingerprint) pairs that a letter of the body attested, as known in ``roster``."""
        lineage = self._ballots.lineage(roster)
        return frozenset(
            _attested(each.entry)
            for each in self._confirmations
            if self._ballots.holds_along(each, lineage)
            and not self._ballots.repudiated_along(each.entry, lineage)
        )

    def disregarded(self, proposal: Roster, branch: Iterable[Roster] = ()) -> list[str]:
        """Ids of members whose body confirmed their key, did not agree, and are changed all the same.

        Binding are the confirmations that the proposal seals. With ``branch`` (the proposal and what
        restricts it) also those by somebody whom all of that branch still allows. A confirmation that
        was signed backwards by a dropped secretary is neither.
        """
        previous = self._ballots.rosters.get(proposal.previous)
        if previous is None:
            return []
        lineage, branch = self._ballots.lineage(previous), list(branch)
        binding = frozenset(
            _attested(each.entry)
            for each in self._confirmations
            if self._ballots.sound_in(each, lineage)
            and (
                self._ballots.seals(proposal, each.entry.digest)
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
            each.entry.role in body
            and each.entry.roster == previous.digest
            and (each.entry.person, each.entry.key) in confirmed
            and not signer_defect(each, previous, self._today)
            for each in self._ballots.about(proposal.digest, "akkoord")
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
