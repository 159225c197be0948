"""What all acts share: finding their policy and version, how a decision is known, drafting and recording."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from beleidsbeheer.actions import reading
from beleidsbeheer.actions.writing import Desk, Done, Pen, append, draft, refuse, sign
from beleidsbeheer.domain.course import Course
from beleidsbeheer.domain.entry import Entry, digest_of
from beleidsbeheer.domain.ledger import Policy, Version
from beleidsbeheer.domain.model import Council, Role
from beleidsbeheer.domain.rules.frame import Act
from beleidsbeheer.domain.rules.gates import blocked
from beleidsbeheer.errors import Refused, WrongUse

_SUFFIX = re.compile(r"[a-z0-9]{1,8}")
_OURS = frozenset({"json", "sig", "toml"})


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter or minutes: its bytes, and the end of its file name (``pdf``). ``keep`` puts a copy in the register."""

    content: bytes
    suffix: str = "bin"
    keep: bool = False

    @property
    def reference(self) -> dict[str, Any]:
        return {"sha256": digest_of(self.content), "bytes": len(self.content)}

    def copies(self, policy: str) -> dict[str, bytes]:
        """The copy to keep, {path: bytes}; nothing unless asked."""
        if not self.keep:
            return {}
        return {
            f"approvals/{policy}/brief-{digest_of(self.content)[:12]}.{self.ending}": self.content
        }

    @property
    def ending(self) -> str:
        """The end of the copy's name; never one that a register reads as something of its own."""
        plain = _SUFFIX.fullmatch(self.suffix) and self.suffix not in _OURS
        return self.suffix if plain else "bin"


@dataclass(frozen=True, slots=True)
class Evidence:
    """How a decision is recorded: signed by the body itself, or attested by the secretary as received.

    ``received`` is the day on which it came in; None means that the body signs itself.
    """

    letter: Letter | None = None
    received: date | None = None

    @property
    def fields(self) -> dict[str, Any]:
        if self.received is not None:
            if self.letter is None:
                raise WrongUse(
                    "Bij een ontvangstbewijs hoort de brief of het verslag.",
                    hint="Geef --brief BESTAND; alleen de afdruk ervan wordt bewaard.",
                )
            return {"ontvangst": {"op": self.received.isoformat(), **self.letter.reference}}
        return {"brief": self.letter.reference} if self.letter else {}

    def role_of(self, pen: Pen, own: Sequence[Role], whose: str) -> Role:
        """In which role this pen signs: the secretary's for what was received, else one of ``own``."""
        wanted = [Role.SECRETARIS] if self.received is not None else list(own)
        for role in wanted:
            if role in pen.roles:
                return role
        if self.received is not None:
            raise Refused(
                f"{pen.person} kan geen ontvangstbewijs geven; dat doet een secretaris.",
                hint="Wie wat mag, ziet u met: beleid rooster toon",
            )
        raise Refused(
            f"{pen.person} kan niet tekenen namens {whose}; dat doet: {' of '.join(own)}.",
            hint="Kwam er een brief of verslag? Dan legt de secretaris die vast:"
            " --ontvangen --brief BESTAND",
        )


BY_ITSELF = Evidence()  # the body signs itself, and there is no letter


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision of the board: when it was taken, its number, and how we know of it."""

    meeting: date
    number: str = ""
    evidence: Evidence = BY_ITSELF

    @property
    def fields(self) -> dict[str, Any]:
        number = {"besluitnummer": self.number} if self.number else {}
        return {"vergadering": self.meeting.isoformat(), **number, **self.evidence.fields}


def find_policy(desk: Desk, slug: str, *, mending: bool = False) -> Policy:
    """The policy with this name. Raises WrongUse naming those that there are.

    Raises Refused when nothing can be added to this register now, unless that is what is being mended.
    """
    if not mending:
        refuse(blocked(desk.register.ledger))
    return reading.find_policy(desk.register, slug)


def find_version(desk: Desk, slug: str, number: str) -> tuple[Policy, Version]:
    """A policy and one of its versions. Raises WrongUse naming those that there are."""
    policy = find_policy(desk, slug)
    return policy, version_of(policy, number)


def version_of(policy: Policy, number: str) -> Version:
    """One version of a policy, with its text. Raises WrongUse, or Refused when the text is not there."""
    version = policy.version(number)
    if version is None:
        known = ", ".join(each.number for each in policy.versions) or "nog geen"
        raise WrongUse(
            f"Versie {number} van {policy.slug} is niet geregistreerd.",
            hint=f"Bekend: {known}. Leg de werktekst vast met:"
            f" beleid registreer {policy.slug} {policy.next_number} --omschrijving …",
        )
    if version.text is None:
        raise Refused(
            f"De tekst van versie {number} is niet bewaard of niet eenduidig.",
            hint="Registreer de tekst als nieuwe versie.",
        )
    return version


def exact_text(policy: Policy, version: Version) -> dict[str, Any]:
    """The field that names the exact text."""
    text = version.text
    files = [{"pad": text.path, "sha256": text.sha256, "bytes": text.size}] if text else []
    return {"beleid": policy.slug, "versie": version.number, "bestanden": files}


def course_of(desk: Desk, policy: Policy) -> Course:
    """The course of this policy."""
    return desk.register.courses[policy.slug]


def submission_of(desk: Desk, policy: Policy, number: str, council: Council) -> Entry | None:
    """The submission of this version to this council that stands."""
    found = course_of(desk, policy).submissions(number)
    return next((each for each in found if each.fields["orgaan"] == council), None)


def dates(**days: date | None) -> dict[str, str]:
    """The fields for the dates that are known."""
    return {name: day.isoformat() for name, day in days.items() if day is not None}


def record(
    desk: Desk,
    kind: str,
    pen: Pen,
    grounds: Sequence[str],
    letter: Letter | None = None,
    **fields: Any,
) -> Done:
    """Draft, ask the rules, sign, append: the one way in which an act comes into the register."""
    # an act rests on all that was done in this policy so far: so its place in the order is fixed
    seen = desk.register.courses[fields["over"]["beleid"]].heads()
    written = draft(kind, pen, desk.roster(), desk.today, [*grounds, *seen], **fields)
    entry = written.entry
    if entry.digest in desk.register.verification.counted:
        raise Refused(
            f"Precies dit is vandaag al vastgelegd: {entry.path}",
            hint=f"Kijk met: beleid status {entry.policy}",
        )
    notices = desk.pass_gate(Act(kind, entry.policy, entry.version, entry=entry))
    desk.show(entry)
    sealed = sign(written, pen)
    others = letter.copies(entry.policy) if letter else {}
    subject = f"{kind.capitalize()} {entry.policy} {entry.version} door {entry.person}"
    return Done(entry, append(desk, [sealed], subject, others), tuple(notices))
