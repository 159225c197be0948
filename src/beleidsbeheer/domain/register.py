"""The register: its ledger, and the course of every policy on a day. Derived; nothing is stored."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from beleidsbeheer.domain.course import Course, Period, Stand
from beleidsbeheer.domain.entry import Entry, digest_of
from beleidsbeheer.domain.ledger import Ledger, Policy, read_ledger
from beleidsbeheer.domain.model import (
    Finding,
    Severity,
    Verdict,
    has_error,
    is_version,
    version_key,
)
from beleidsbeheer.domain.paper import contestable, flaw_finding
from beleidsbeheer.domain.procedure import follow
from beleidsbeheer.domain.rules.frame import Act
from beleidsbeheer.domain.rules.gates import gate
from beleidsbeheer.domain.terms import show_date
from beleidsbeheer.domain.verification import RULES_PATH, Verification

# Of a version that is past, only what went wrong is still told.
_PAST = frozenset(
    {Stand.VERVANGEN, Stand.VERVANGEN_OVERGENOMEN, Stand.INGETROKKEN, Stand.TERUGGETROKKEN}
)


# Acts that say what is in force, or rest on one that does; and what tells that an entry was there and is not.
_DECIDES = ("vaststelling", "intrekking", "lezing", "bekendmaking", "bevestiging")
_LOSS = frozenset({"eerder-gezien", "geschiedenis"})


@dataclass(frozen=True)
class Register(Ledger):
    """Everything a reader can know. ``courses`` has one course for each policy.

    ``findings`` are those of the ledger and of the courses; ``ledger`` is what it was made from.
    """

    courses: Mapping[str, Course]
    ledger: Ledger

    @property
    def sound(self) -> bool:
        """Whether every entry is valid and no finding is an error."""
        return self.verification.sound and not has_error(self.findings)

    def stand(self, policy: Policy, number: str) -> Stand:
        """What we derive of a version today."""
        return self.courses[policy.slug].stand(number, self.today)

    def in_force(self, policy: Policy) -> Period | None:
        """What is in force today."""
        return self.courses[policy.slug].in_force(self.today)

    def doubts(self, policy: Policy, findings: Iterable[Finding] = ()) -> list[str]:
        """Paths of decisions on what is in force that were damaged, removed, or felled afterwards.

        Until they are restored nobody can say what is in force: one changed byte must not bring back the
        text before. ``findings`` are what a reader knows besides, of git and of what was here before.
        """
        unsure = {Verdict.GEWIJZIGD, Verdict.NIET_TE_BEOORDELEN}
        broken = [
            each.path
            for each in self.verification.judgements
            if each.wrong and (not each.authentic or each.verdict in unsure)
        ]
        lost = [each.place for each in findings if each.rule in _LOSS]
        mine = re.compile(rf"approvals/{re.escape(policy.slug)}/[^/]+/({'|'.join(_DECIDES)})-.*")
        felled = [each.path for each in self.courses[policy.slug].felled()]
        found = [path.removesuffix(".sig") for path in (*broken, *lost) if mine.fullmatch(path)]
        return list(dict.fromkeys([*found, *felled]))

    def gate(self, act: Act) -> list[Finding]:
        """What stands in the way of this act, and what to know about it."""
        return gate(self.ledger, self.courses, act)


def load(files: Mapping[str, bytes], today: date, root: str = "") -> Register:
    """Read {path: bytes} as of ``today``, trusting roster 0 with digest ``root`` (empty: the only one)."""
    ledger = read_ledger(files, today, root)
    courses = {slug: follow(ledger, policy) for slug, policy in ledger.policies.items()}
    findings = [*ledger.findings]
    findings += _expired(ledger)
    for course in courses.values():
        findings += course_findings(course)
    kept = {each.name: getattr(ledger, each.name) for each in fields(ledger)}
    return Register(**{**kept, "findings": tuple(findings)}, courses=courses, ledger=ledger)


def owner_digests(files: Mapping[str, bytes], *, working: bool = True) -> Mapping[str, str]:
    """One digest for each policy, and for the rosters and other things in ``approvals/``, of every file that is theirs.

    ``working`` False: the texts that people work on do not count. What has no file has the digest "".
    """
    found: dict[str, Any] = defaultdict(hashlib.sha256)
    for path, data in sorted(files.items()):
        owned = path.startswith(("approvals/", "reglement/"))
        if owned and (working or not path.endswith("/reglement.md")):
            found[path.split("/")[1]].update(f"{path}\0{digest_of(data)}\n".encode())
    return defaultdict(str, {owner: whole.hexdigest() for owner, whole in found.items()})


def _expired(ledger: Ledger) -> Iterator[Finding]:
    """The organisation's own arrangements that ended: the law holds again."""
    for each in ledger.settings.arrangements if ledger.settings else ():
        if each.end < ledger.today:
            yield Finding(
                rule="afspraak-verlopen",
                severity=Severity.WAARSCHUWING,
                place=RULES_PATH,
                message=f"De afspraak over {each.topic} ({each.basis}) liep tot en met {show_date(each.end)};"
                " zij geldt niet meer.",
                hint="Laat haar staan voor de geschiedenis, of leg een nieuwe vast in [[afspraken]].",
                basis="WMS 25 lid 2",
            )


def known_on(register: Register, policy: Policy, day: date) -> Course:
    """The course of a policy as it was known on ``day``: without the acts that were signed later."""
    return follow(register, policy, day)


def course_findings(course: Course) -> Iterator[Finding]:
    """What the rules say of the acts: those that do not hold, what to know of the others, and gaps."""
    for refusal in course.refused:
        entry = refusal.entry
        if course.taken_back(entry.digest) or course.ledger.is_repudiated(entry):
            continue
        first = next(each for each in refusal.reasons if each.severity is Severity.FOUT)
        yield Finding(
            rule=first.rule,
            severity=Severity.FOUT,
            place=entry.path,
            message=f"Deze {entry.kind} telt niet mee: {first.message}",
            hint=_take_back(entry),
            basis=first.basis,
        )
    for entry, note in course.notes:
        past = course.stand(entry.version, course.ledger.today) in _PAST
        if not past and not course.taken_back(entry.digest):
            yield note
    for version in dict.fromkeys(reading.version for reading in course.policy.readings):
        flaw = contestable(course.ledger, course.policy, version)
        past = course.stand(version, course.ledger.today) in _PAST
        if flaw is not None and not past:
            yield flaw_finding(flaw, course.acts("nietigheid", version), course.ledger.today)
    for first_day, last_day in course.gaps():
        yield Finding(
            rule="gat",
            severity=Severity.OPMERKING,
            place=f"approvals/{course.policy.slug}",
            message=f"Van {show_date(first_day)} t/m {show_date(last_day)} gold er geen tekst.",
        )


def _take_back(entry: Entry) -> str:
    return (
        "Wie haar tekende neemt haar terug en begint opnieuw:"
        f" beleid trek-terug {entry.policy} {entry.digest[:12]} --reden …"
    )


def version_verdicts(verification: Verification) -> dict[tuple[str, str], Verdict]:
    """One verdict for each (policy, version) that has entries: geldig when one counts, else the gravest.

    A version that has one counting entry keeps it: junk laid beside it must not make it look broken.
    """
    gravest = [Verdict.GEWIJZIGD, Verdict.ONGELDIG, Verdict.NIET_TE_BEOORDELEN]
    verdicts: dict[tuple[str, str], set[Verdict]] = defaultdict(set)
    for judgement in verification.judgements:
        parts = judgement.path.split("/")
        if len(parts) == 4 and is_version(parts[2]):
            verdicts[parts[1], parts[2]].add(judgement.verdict)
    return {
        key: Verdict.GELDIG
        if Verdict.GELDIG in found
        else next(verdict for verdict in gravest if verdict in found)
        for key, found in sorted(verdicts.items(), key=lambda i: (i[0][0], version_key(i[0][1])))
    }
