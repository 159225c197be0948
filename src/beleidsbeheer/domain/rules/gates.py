"""The two tables: which rules every signed act must meet, and which more it must pass to be made now.

STEPS holds for every act that was ever signed: ``procedure`` plays them over the whole course, so an act that
another program made, or that came out of two clones, is judged by the same rules as one that is made here.
GATES adds what matters only at the moment of signing. An act without rules is refused: "all of nothing"
would be always true.
"""

from __future__ import annotations

from collections.abc import Mapping

from beleidsbeheer.domain.course import Course
from beleidsbeheer.domain.entry import Entry
from beleidsbeheer.domain.ledger import Ledger
from beleidsbeheer.domain.model import Finding, Severity
from beleidsbeheer.domain.rules import adoption, consent, later, present, submission
from beleidsbeheer.domain.rules.frame import Act, Rule, Situation

STEPS: dict[str, tuple[Rule, ...]] = {
    "voorlegging": (
        submission.same_text,
        submission.rests_on_text,
        submission.known_council,
        submission.not_repealed,
        submission.not_overtaken,
        submission.not_adopted_yet,
        submission.not_submitted_yet,
        submission.asks_everyone,
        submission.editorial,
        submission.dates_ahead,
        submission.starts_anew,
        submission.nobody_asked,
        submission.narrower,
        submission.expired_arrangement,
        consent.one_side_only,
    ),
    "instemming": (
        submission.same_text,
        consent.submitted_first,
        submission.not_adopted_yet,
        consent.geleding_asked,
        consent.right_role,
        consent.own_signature,
        consent.one_side_only,
        consent.council_dates,
        consent.refusal_stands,
        consent.quorum,
        consent.majority,
        consent.votes_agree,
    ),
    "toestemming": (
        submission.same_text,
        consent.submitted_first,
        submission.not_adopted_yet,
        consent.after_refusal,
        consent.council_dates,
    ),
    "redactieaanvaarding": (
        submission.same_text,
        consent.submitted_first,
        submission.not_adopted_yet,
        consent.editorial_asked,
        consent.right_role,
        consent.own_signature,
        consent.one_side_only,
        consent.council_dates,
    ),
    "vaststelling": (
        submission.same_text,
        submission.not_repealed,
        adoption.adopted_once,
        submission.not_overtaken,
        adoption.every_consent,
        submission.still_asks_everyone,
        adoption.rests_on_consents,
        adoption.board_dates,
        adoption.starts_after_decision,
        adoption.one_text_a_day,
        consent.own_signature,
        consent.one_side_only,
    ),
    "bekendmaking": (submission.same_text, later.adopted_first, later.published_in_time),
    "intrekking": (
        submission.not_repealed,
        later.something_to_repeal,
        adoption.decision_dates,
        consent.own_signature,
        consent.one_side_only,
    ),
    "bevestiging": (
        later.in_force_then,
        adoption.decision_dates,
        consent.own_signature,
        consent.one_side_only,
    ),
    "nietigheid": (
        later.something_to_contest,
        consent.right_role,
        consent.own_signature,
        later.contest_dates,
        consent.one_side_only,
        later.contested,
    ),
    "terugtrekking": (
        later.taken_back_by_own,
        later.taken_back_in_time,
        consent.one_side_only,
    ),
}

_NOW = (present.trusted_root, present.sound_register)

GATES: dict[str, tuple[Rule, ...]] = {
    "nieuw": (*_NOW, present.new_policy),
    "registratie": (
        *_NOW,
        present.known_policy,
        present.number_above_last,
        present.changed_text,
        present.free_place,
        present.readable_text,
        present.not_repealed,
        present.topics_filled_in,
        present.consents_fall,
    ),
    "overname": (*_NOW, present.imported_once, present.free_place, present.readable_text),
    # Decisions of the beheerders pass an unsound register: they are how it is put right.
    "rooster": (present.trusted_root, present.nothing_missing),
    "akkoord": (present.trusted_root,),
    "aanvaarding": (present.trusted_root,),
    "verwerping": (present.trusted_root, present.repudiable),
    "erkenning": (present.trusted_root,),
    "sleutelbevestiging": (present.trusted_root,),
    "voorlegging": (
        *_NOW,
        *STEPS["voorlegging"],
        present.consents_fall,
        present.editorial_words,
    ),
    "redactieaanvaarding": (*_NOW, *STEPS["redactieaanvaarding"], present.editorial_words),
    "instemming": (*_NOW, present.not_given_yet, *STEPS["instemming"]),
    **{
        kind: (*_NOW, *STEPS[kind])
        for kind in (
            "toestemming",
            "vaststelling",
            "bekendmaking",
            "intrekking",
            "bevestiging",
            "nietigheid",
        )
    },
    # taking back passes an unsound register: it is how an act that does not hold is put right
    "terugtrekking": (present.trusted_root, *STEPS["terugtrekking"]),
}


def blocked(ledger: Ledger) -> list[Finding]:
    """Why nothing at all can be added now; empty when something can."""
    situation = Situation(ledger, None, None, None)
    return [finding for rule in _NOW for finding in rule(situation, Act(""))]


def gate(ledger: Ledger, courses: Mapping[str, Course], act: Act) -> list[Finding]:
    """What stands in the way of this act, and what to know about it; without an error the gate is open."""
    rules = GATES.get(act.kind, ())
    if not rules:
        message = f"Voor {act.kind} zijn geen regels; het kan dus niet."
        return [Finding("poort", Severity.FOUT, act.kind, message)]
    policy, course = ledger.policies.get(act.policy), courses.get(act.policy)
    roster = ledger.verification.roster
    settings = ledger.settings_under(roster.digest) if roster else None
    situation = Situation(ledger, policy, course, settings)
    return [finding for rule in rules for finding in rule(situation, act)]


def judge(course: Course, entry: Entry) -> list[Finding]:
    """What the rules for every signed act say of this one, coming after the course so far."""
    act = Act(entry.kind, entry.policy, entry.version, entry=entry)
    situations = [
        Situation(course.ledger, course.policy, course, settings)
        for settings in course.ledger.settings_for(entry)
    ]
    findings = (f for rule in STEPS[entry.kind] for each in situations for f in rule(each, act))
    return list(dict.fromkeys(findings))
