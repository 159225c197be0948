"""What a rule is: a question about an act in its situation, answered with objections or with nothing.

The first line of a rule's docstring is its public explanation. A ``rule`` looks at what somebody is about
to do; a ``step`` looks at the act itself and so holds for every act that was ever signed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from beleidsbeheer.domain.course import Course
from beleidsbeheer.domain.entry import Entry
from beleidsbeheer.domain.ledger import Ledger, Policy
from beleidsbeheer.domain.model import Finding, Severity
from beleidsbeheer.domain.settings import Settings


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody is about to do.

    ``text`` is the text it would freeze, ``about`` the entry it decides on, ``entry`` the statement it would
    sign; empty when there is none.
    """

    kind: str
    policy: str = ""
    version: str = ""
    text: bytes = b""
    about: Entry | None = None
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """What a rule may look at: the ledger, and the course of the act's policy up to this act.

    ``settings`` are the rules of the roster that the act is signed under. ``policy`` and ``course`` are None
    when there is no such policy yet.
    """

    ledger: Ledger
    policy: Policy | None
    course: Course | None
    settings: Settings | None


@dataclass(frozen=True, slots=True)
class Ground:
    """The situation of a signed act: there is a policy, a course, and there are rules."""

    ledger: Ledger
    policy: Policy
    course: Course
    settings: Settings


@dataclass(frozen=True, slots=True)
class Objection:
    """Why not: ``message`` says what is missing, ``hint`` who can give it and how."""

    message: str
    hint: str = ""
    place: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule with its id (Dutch, as findings show it) and where it comes from.

    Objections of severity FOUT close the gate; others are told, and do not.
    """

    id: str
    basis: str
    severity: Severity
    explanation: str
    check: Callable[[Situation, Act], Iterator[Objection]]

    def __call__(self, situation: Situation, act: Act) -> Iterator[Finding]:
        for no in self.check(situation, act):
            place = no.place or (act.entry.path if act.entry else f"approvals/{act.policy}")
            basis = no.basis or self.basis
            yield Finding(self.id, self.severity, place, no.message, no.hint, basis)


def rule(
    name: str, basis: str = "", severity: Severity = Severity.FOUT
) -> Callable[[Callable[[Situation, Act], Iterator[Objection]]], Rule]:
    """Make a rule of a function that looks at what somebody is about to do."""

    def make(check: Callable[[Situation, Act], Iterator[Objection]]) -> Rule:
        return Rule(name, basis, severity, _explanation(check), check)

    return make


def step(
    name: str, basis: str = "", severity: Severity = Severity.FOUT
) -> Callable[[Callable[[Ground, Entry], Iterator[Objection]]], Rule]:
    """Make a rule of a function that looks at a signed act. Without rules to judge by, it objects."""

    def make(check: Callable[[Ground, Entry], Iterator[Objection]]) -> Rule:
        def on(situation: Situation, act: Act) -> Iterator[Objection]:
            policy, course, settings = situation.policy, situation.course, situation.settings
            if policy is None or course is None or act.entry is None:
                return
            if settings is None:
                yield Objection(
                    "De regels (beleid.toml) waaronder is getekend zijn hier niet.",
                    "Zet de kopie terug: approvals/rooster/regels-….toml",
                )
                return
            yield from check(Ground(situation.ledger, policy, course, settings), act.entry)

        return Rule(name, basis, severity, _explanation(check), on)

    return make


def _explanation(check: Callable[..., object]) -> str:
    return (check.__doc__ or "").strip().splitlines()[0]
