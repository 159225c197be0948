"""The course of a policy: the acts that hold, and what they come to on a day.

Everything is derived from the accepted acts: who consented to which text, which version is in force when,
the stand of each version. Which acts are accepted is up to ``rules``; ``procedure`` plays them in order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from beleidsbeheer.domain.entry import Entry
from beleidsbeheer.domain.ledger import Ledger, Policy, Version
from beleidsbeheer.domain.model import Council, Finding, Geleding, parse_date, version_key
from beleidsbeheer.domain.paper import contestable, voids


class Stand(StrEnum):
    """What we derive of a version, as against the word that an old document uses for it."""

    CONCEPT = "concept"
    VOORGELEGD = "voorgelegd"
    ONTHOUDEN = "instemming onthouden"
    TERUGGETROKKEN = "teruggetrokken"
    DEFINITIEF = "definitief"
    VASTGESTELD = "vastgesteld"
    GELDEND = "geldend"
    VERVANGEN = "vervangen"
    INGETROKKEN = "ingetrokken"
    NIETIG = "nietig"
    OVERGENOMEN = "overgenomen"
    TOEKOMSTIG_OVERGENOMEN = "toekomstig (overgenomen)"
    GELDEND_OVERGENOMEN = "geldend (overgenomen)"
    VERVANGEN_OVERGENOMEN = "vervangen (overgenomen)"
    TEGENSTRIJDIG = "tegenstrijdig"


class State(StrEnum):
    """Where one geleding stands on one submission."""

    OPEN = "nog niet beslist"
    INGESTEMD = "ingestemd"
    VOORWAARDEN = "ingestemd onder voorwaarden"
    ONTHOUDEN = "niet ingestemd"
    TOESTEMMING = "toestemming van de commissie"
    REDACTIONEEL = "redactioneel aanvaard"


_DECIDED = ("vergadering", "uitspraak_op", "ingeroepen_op", "bekendgemaakt_op")

COMPLETE = frozenset({State.INGESTEMD, State.TOESTEMMING, State.REDACTIONEEL})


class Evidence(StrEnum):
    """How we know of a decision; never shown as one another."""

    EIGEN = "eigen handtekening"
    ONBEVESTIGD = "eigen handtekening, sleutel niet bevestigd"
    ONTVANGST = "ontvangstbewijs van de secretaris"


@dataclass(frozen=True, slots=True)
class Tally:
    """One geleding on one submission: on which articles it was asked, where it stands, and by which acts.

    ``given`` of the ``needed`` persons have signed when the council signs itself.
    """

    submission: Entry
    council: Council
    geleding: Geleding
    bases: tuple[str, ...]
    state: State
    acts: tuple[Entry, ...]
    given: int
    needed: int

    @property
    def complete(self) -> bool:
        return self.state in COMPLETE


@dataclass(frozen=True, slots=True)
class Period:
    """From ``start`` up to and including ``end`` (None: no end known) this version is in force.

    ``entry`` is the vaststelling, or the lezing of a paper history. ``version`` is empty where readings
    contradict each other: exactly one text is in force on a date, so then none is shown.
    """

    version: str
    start: date
    end: date | None
    entry: Entry

    @property
    def taken_over(self) -> bool:
        return self.entry.kind == "lezing"


@dataclass(frozen=True, slots=True)
class Refusal:
    """An act that was signed and yet does not hold, with the reasons."""

    entry: Entry
    reasons: tuple[Finding, ...]


def day_of(entry: Entry, field: str) -> date | None:
    """A date field of a statement; None when it is not there."""
    text = entry.fields.get(field)
    return parse_date(text) if text else None


def received_on(entry: Entry) -> date | None:
    """On which day a decision on paper came in; None when the body signed itself."""
    receipt = entry.fields.get("ontvangst")
    return parse_date(receipt["op"]) if receipt else None


def known_since(entry: Entry) -> date:
    """From which day others can know of a decision: received, else written, else taken."""
    days = (received_on(entry), day_of(entry, "brief_datum"), day_of(entry, "uitspraak_op"))
    return next((day for day in days if day), None) or day_of(entry, "vergadering") or entry.date


def decided_on(entry: Entry) -> date:
    """On which day a body decided; for an act without such a day the one on which it was signed."""
    if entry.kind == "voorlegging":
        return entry.date  # its vergadering is the one to come, of the council
    days = (day_of(entry, name) for name in _DECIDED)
    return next((day for day in days if day), entry.date)


def start_of(adoption: Entry, as_of: date = date.max) -> date:
    """From which day an adopted text is in force; retroactive effect counts once it is (``as_of``)."""
    starts = parse_date(adoption.fields["inwerking"])
    back = day_of(adoption, "terugwerkend_tot")
    return starts if back is None or starts > as_of else back


def submitted_on(submission: Entry) -> date:
    """On which day a text was put to a council: as stated, else the day it was signed."""
    return day_of(submission, "voorgelegd_op") or submission.date


class Course:
    """The accepted acts of one policy, in order. ``procedure`` fills it; for all others it is a value."""

    def __init__(self, ledger: Ledger, policy: Policy, as_of: date) -> None:
        self.ledger = ledger
        self.as_of = as_of
        self.policy = policy
        self.refused: list[Refusal] = []
        self.notes: list[tuple[Entry, Finding]] = []
        self._acts: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        self._taken_back: dict[str, Entry] = {}
        self._periods: dict[date, list[Period]] = {}

    def accept(self, entry: Entry) -> None:
        """Take an act in. Only for ``procedure``, which asked the rules first."""
        self._acts[entry.kind, entry.version].append(entry)
        self._periods.clear()
        if entry.kind == "terugtrekking":
            self._taken_back[entry.about] = entry

    # --- acts ------------------------------------------------------------------------------------------

    def acts(self, kind: str, version: str = "") -> list[Entry]:
        """The accepted acts of this kind that nobody took back, in order; of one version or of all."""
        keys = [(kind, version)] if version else [key for key in self._acts if key[0] == kind]
        return [
            e for key in keys for e in self._acts.get(key, ()) if e.digest not in self._taken_back
        ]

    def ever(self, kind: str, version: str) -> list[Entry]:
        """The same, with those that were taken back."""
        return list(self._acts.get((kind, version), ()))

    def everything(self, version: str) -> list[Entry]:
        """Every accepted act about this version."""
        return [
            entry
            for (_, number), found in self._acts.items()
            if number == version
            for entry in found
        ]

    def felled(self) -> list[Entry]:
        """Decisions that the rules refuse since what they rest on was taken back, or their rules are gone."""
        return [
            each.entry
            for each in self.refused
            if each.entry.kind in {"vaststelling", "intrekking"}
            and not self.taken_back(each.entry.digest)
            and not self.ledger.is_repudiated(each.entry)
            and (
                any(self.taken_back(ground) for ground in each.entry.grounds)
                or None in self.ledger.settings_for(each.entry)
            )
        ]

    def heads(self) -> list[str]:
        """Digests of the accepted acts that no other accepted act rests on: what a next act has seen."""
        everything = [entry for found in self._acts.values() for entry in found]
        named = {ground for entry in everything for ground in entry.grounds}
        return sorted({entry.digest for entry in everything} - named)

    def taken_back(self, digest: str) -> Entry | None:
        """The terugtrekking of this entry, if there is one."""
        return self._taken_back.get(digest)

    def is_withdrawn(self, version: Version) -> bool:
        """Whether the secretary took this version itself back."""
        return any(self.taken_back(digest) for digest in version.origins)

    def adoption(self, version: str) -> Entry | None:
        """The vaststelling of this version."""
        return next(iter(self.acts("vaststelling", version)), None)

    def adoptions(self) -> list[Entry]:
        """Every vaststelling, in the order in which they take effect."""
        return sorted(self.acts("vaststelling"), key=start_of)

    def repeal(self) -> Entry | None:
        """The intrekking of the whole policy."""
        return next(iter(self.acts("intrekking")), None)

    def submissions(self, version: str) -> list[Entry]:
        """The submissions of this version that stand."""
        return self.acts("voorlegging", version)

    def evidence(self, entry: Entry) -> Evidence:
        """How we know of this decision."""
        if "ontvangst" in entry.fields:
            return Evidence.ONTVANGST
        return Evidence.EIGEN if self.ledger.is_confirmed(entry) else Evidence.ONBEVESTIGD

    # --- who consented ---------------------------------------------------------------------------------

    def tallies(self, version: str) -> list[Tally]:
        """Per submission that stands and per geleding asked: where it stands."""
        return [
            self._tally(submission, Geleding(geleding))
            for submission in self.submissions(version)
            for geleding in dict.fromkeys(each["geleding"] for each in submission.fields["vereist"])
        ]

    def has_all_consents(self, version: str) -> bool:
        """Whether every geleding that was asked consented; "all of nothing" only with a signed reason."""
        submissions, tallies = self.submissions(version), self.tallies(version)
        asked = {each.fields["orgaan"] for each in self.ever("voorlegging", version)}
        standing = {each.fields["orgaan"] for each in submissions}
        excused = any("geen_instemming" in each.fields for each in submissions)
        return (
            bool(submissions)
            and asked == standing
            and (bool(tallies) or excused)
            and all(tally.complete for tally in tallies)
        )

    def _tally(self, submission: Entry, geleding: Geleding) -> Tally:
        council = Council(submission.fields["orgaan"])
        rows = submission.fields["vereist"]
        needed = self._signatures(submission, council, geleding)
        given, state, acts = self._standpoint(submission, geleding, needed)
        return Tally(
            submission=submission,
            council=council,
            geleding=geleding,
            bases=tuple(row["grondslag"] for row in rows if row["geleding"] == geleding),
            state=state,
            acts=tuple(acts),
            given=given,
            needed=needed,
        )

    def _signatures(self, submission: Entry, council: Council, geleding: Geleding) -> int:
        """How many persons must sign for this geleding: the most that any of the rules ask."""
        judged = [submission, *self._answers("instemming", submission, geleding)]
        rules = [each for entry in judged for each in self.ledger.settings_for(entry)]
        bodies = [each.body(council) for each in rules if each]
        return max((body.signatures for body in bodies if body), default=1)

    def _standpoint(
        self, submission: Entry, geleding: Geleding, needed: int
    ) -> tuple[int, State, Sequence[Entry]]:
        """How many signed, where that leaves the geleding, and the acts that say so.

        A refusal stands against the text, whatever submission it answered: submitting again does not help.
        """
        withheld = self._of_outcome("instemming", submission, geleding, "niet-ingestemd")
        if withheld:
            granted = self._of_outcome("toestemming", submission, geleding, "verleend")
            denied = self._of_outcome("toestemming", submission, geleding, "geweigerd")
            state = State.TOESTEMMING if granted and not denied else State.ONTHOUDEN
            return 0, state, [*withheld, *granted, *denied]
        consents = self._answers("instemming", submission, geleding)
        conditional = [e for e in consents if e.fields["uitkomst"] == "onder-voorwaarden"]
        given = [
            each
            for each in consents
            if each.fields["uitkomst"] == "ingestemd"
            and all(condition.digest in each.grounds for condition in conditional)
        ]
        persons = {each.person for each in given}
        on_paper = any("ontvangst" in each.fields for each in given)
        if on_paper or len(persons) >= needed:
            return len(persons), State.INGESTEMD, consents
        if conditional:
            return len(persons), State.VOORWAARDEN, consents
        accepted = self._editorially_accepted(submission, geleding)
        return len(persons), State.REDACTIONEEL if accepted else State.OPEN, [*consents, *accepted]

    def _answers(self, kind: str, submission: Entry, geleding: Geleding) -> list[Entry]:
        """What this geleding answered to this submission."""
        return [
            each
            for each in self.acts(kind, submission.version)
            if submission.digest in each.grounds and each.fields["geleding"] == geleding
        ]

    def _of_outcome(
        self, kind: str, submission: Entry, geleding: Geleding, outcome: str
    ) -> list[Entry]:
        """The acts with this outcome about this geleding and this text, whatever they answered."""
        council = submission.fields["orgaan"]
        return [
            each
            for each in self.acts(kind, submission.version)
            if (each.fields["orgaan"], each.fields["geleding"]) == (council, geleding)
            and each.fields["uitkomst"] == outcome
        ]

    def _editorially_accepted(self, submission: Entry, geleding: Geleding) -> list[Entry]:
        """The council's acceptance, when this geleding consented to the text that was corrected."""
        base = submission.fields.get("redactioneel")
        if base is None or version_key(base["versie"]) >= version_key(submission.version):
            return []
        council = submission.fields["orgaan"]
        before = [
            tally
            for tally in self.tallies(base["versie"])
            if tally.geleding is geleding and tally.council == council
        ]
        if not before or not all(tally.complete for tally in before):
            return []
        return [
            each
            for each in self.acts("redactieaanvaarding", submission.version)
            if submission.digest in each.grounds
        ]

    # --- what is in force ------------------------------------------------------------------------------

    def periods(self, as_of: date = date.max) -> list[Period]:
        """The versions that are or were in force, or will be, by start; they never overlap.

        A text that works back does so once it is in force: seen from a day before, it starts on its own day.
        """
        if as_of not in self._periods:
            self._periods[as_of] = self._derive_periods(as_of)
        return self._periods[as_of]

    def _derive_periods(self, as_of: date) -> list[Period]:
        starts: dict[date, list[tuple[str, date | None, Entry]]] = defaultdict(list)
        for reading in self.policy.readings:
            if not self.is_void(reading.version):
                starts[reading.start].append((reading.version, reading.end, reading.entry))
        for adoption in self.adoptions():
            starts[start_of(adoption, as_of)].append((adoption.version, None, adoption))
        repeal = self.repeal()
        last = parse_date(repeal.fields["per"]) - timedelta(days=1) if repeal else None
        periods = []
        days = sorted(starts)
        following = dict(pairwise(days))
        for start in days:
            until = following[start] - timedelta(days=1) if start in following else last
            versions = {version for version, _, _ in starts[start]}
            ends = [end for _, end, _ in starts[start]]
            end = min((day for day in [*ends, until] if day), default=None)
            version = versions.pop() if len(versions) == 1 else ""
            periods.append(Period(version, start, end, starts[start][-1][2]))
        return periods

    def in_force(self, day: date, as_of: date | None = None) -> Period | None:
        """What is in force on ``day``, seen from ``as_of`` (the day this course is seen from)."""
        known = self.periods(as_of or self.as_of)
        found = [p for p in known if p.start <= day and (p.end is None or day <= p.end)]
        return found[-1] if found and found[-1].version else None

    def coming(self, day: date) -> list[Period]:
        """What is adopted and comes into force after ``day``."""
        return [period for period in self.periods(self.as_of) if period.start > day]

    def gaps(self) -> Iterator[tuple[date, date]]:
        """Days between two periods on which no text is in force: (first, last)."""
        for before, after in pairwise(self.periods()):
            if before.end and before.end + timedelta(days=1) < after.start:
                yield before.end + timedelta(days=1), after.start - timedelta(days=1)

    def is_void(self, version: str) -> bool:
        """Whether the council voided, in time, a decision on paper that lacked its consent (WMS)."""
        invoked = self.acts("nietigheid", version)
        flaw = contestable(self.ledger, self.policy, version) if invoked else None
        return any(voids(each, flaw) for each in invoked)

    # --- the stand of a version ------------------------------------------------------------------------

    def stand(self, number: str, today: date) -> Stand:
        """What we derive of this version on ``today``."""
        version = self.policy.version(number)
        if version is None or version.contradicts:
            return Stand.TEGENSTRIJDIG
        adopted = self._adopted_stand(number, today)
        if adopted is not None:
            return adopted
        if self.submissions(number):
            return self._submitted_stand(number)
        if self.is_withdrawn(version) or self.ever("voorlegging", number):
            return Stand.TERUGGETROKKEN
        return Stand.CONCEPT if version.registration else Stand.OVERGENOMEN

    def _adopted_stand(self, number: str, today: date) -> Stand | None:
        mine = [period for period in self.periods(self.as_of) if period.version == number]
        if self.is_void(number) and not self.adoption(number):
            return Stand.NIETIG
        if not mine:
            return Stand.VASTGESTELD if self.adoption(number) else None
        current, last = self.in_force(today), mine[-1]
        on_paper = last.taken_over
        if current in mine:
            return Stand.GELDEND_OVERGENOMEN if on_paper else Stand.GELDEND
        if mine[0].start > today:
            return Stand.TOEKOMSTIG_OVERGENOMEN if on_paper else Stand.VASTGESTELD
        if (self.repeal() and last is self.periods()[-1]) or self._ended_by_repeal(last):
            return Stand.INGETROKKEN
        return Stand.VERVANGEN_OVERGENOMEN if on_paper else Stand.VERVANGEN

    def _ended_by_repeal(self, period: Period) -> bool:
        repeal = self.repeal()
        return (
            repeal is not None
            and period.end is not None
            and period.end + timedelta(days=1) == parse_date(repeal.fields["per"])
        )

    def _submitted_stand(self, number: str) -> Stand:
        if self.has_all_consents(number):
            return Stand.DEFINITIEF
        withheld = any(tally.state is State.ONTHOUDEN for tally in self.tallies(number))
        return Stand.ONTHOUDEN if withheld else Stand.VOORGELEGD
