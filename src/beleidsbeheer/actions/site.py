"""Publish the register as a website: only what counts, whole or not at all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from beleidsbeheer.actions.program import program
from beleidsbeheer.actions.reading import View
from beleidsbeheer.domain.ledger import Policy
from beleidsbeheer.domain.model import Severity, is_version, version_key
from beleidsbeheer.domain.register import Register
from beleidsbeheer.errors import Refused, WrongUse
from beleidsbeheer.storage.publication import Publication

_PLACE: Final = re.compile(
    r"(?:approvals|reglement)/([a-z0-9-]+)/(?:versies/)?([0-9.]+?)(?:\.md)?(?:/.*)?"
)
_ADDRESS: Final = re.compile(r"https?://[^\s/?#\"'<>]+(?:/[^\s?#\"'<>]*)?")
_SHOWN: Final = 5  # reasons that are told when nothing is published


@dataclass(frozen=True, slots=True)
class Published:
    """What came of it: how many files the site has, how many were taken over, how many marks it carries."""

    files: int
    taken_over: int
    marks: int


def publish(view: View, target: Path, day: date, address: str = "") -> Published:
    """Write the site of this register as of ``day`` to ``target``.

    Raises Refused when something does not count that is not history, WrongUse for an address that is none and
    for a place where no site may come, RepositoryProblem when the disk refuses.
    """
    from beleidsbeheer.render.site.model import Site, discreet
    from beleidsbeheer.render.site.pages import pages

    where = _address(address)
    marks = _judged(view, day)
    site = Site(discreet(view.register), day, where, marks, program("Jinja2", "markdown-it-py"))
    count = 0
    with Publication(target) as publication:
        for page in pages(site):
            if not publication.take_over(page.path, page.key):
                publication.write(page.path, page.make(), page.key)
            count += 1
    return Published(count, publication.taken_over, len(marks))


def _address(address: str) -> str:
    if not address:
        return ""
    if not _ADDRESS.fullmatch(address):
        raise WrongUse(
            f"{address} is geen webadres van een site.",
            hint="Bijvoorbeeld: --adres https://reglementen.example.org/",
        )
    return address.rstrip("/") + "/"


# --- what may be published ---------------------------------------------------------------------------


def _judged(view: View, day: date) -> dict[tuple[str, str], tuple[str, ...]]:
    """What is wrong with what is history, by (policy, version). Raises Refused for anything else."""
    register = view.register
    if not register.verification.root:
        raise Refused(
            "Er is geen wortel om op te vertrouwen; er wordt niets gepubliceerd.",
            hint="Kijk met: beleid verifieer",
        )
    stops: list[str] = []
    marks: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path, told in _wrongs(view):
        place = _history(register, path, day)
        if place is None:
            stops.append(f"{path}: {told}")
        else:
            marks[place].append(f"{told[:1].upper()}{told[1:].rstrip('.')}.")
    for policy in register.policies.values():
        for path in register.doubts(policy, view.findings):
            if (
                not any(each.startswith(path) for each in stops)
                and _history(register, path, day) is None
            ):
                stops.append(f"{path}: hiervan hangt af welke tekst geldt")
    if stops:
        more = len(stops) - _SHOWN
        told = "; ".join(stops[:_SHOWN]) + (f"; en nog {more}" if more > 0 else "")
        raise Refused(
            f"Er wordt niets gepubliceerd, want dit klopt niet: {told}.",
            hint="Kijk met: beleid verifieer. Wat niet telt, komt niet op de site.",
        )
    return {place: tuple(dict.fromkeys(told)) for place, told in marks.items()}


def _wrongs(view: View) -> Iterator[tuple[str, str]]:
    """Everything that is wrong: where, and why."""
    for judgement in view.register.verification.judgements:
        if judgement.wrong:
            yield judgement.path, f"{judgement.verdict}, {judgement.reason}"
    for finding in view.findings:
        if finding.severity is Severity.FOUT:
            yield finding.place, finding.message


def _history(register: Register, path: str, day: date) -> tuple[str, str] | None:
    """The policy and version that a path is about, when that is history; None when it is not.

    Of a version that is in the register its stand tells. One that is not, as what brought it does not count, is
    history when a later version is in force, by a decision that is itself in order.
    """
    found = _PLACE.fullmatch(path)
    policy = register.policies.get(found[1]) if found else None
    if found is None or policy is None or not is_version(found[2]):
        return None
    number = found[2]
    return (policy.slug, number) if _is_past(register, policy, number, day) else None


def _is_past(register: Register, policy: Policy, number: str, day: date) -> bool:
    from beleidsbeheer.render.site.model import PAST

    course = register.courses[policy.slug]
    if policy.version(number) is not None and course.stand(number, day) in PAST:
        return True
    current = course.in_force(day, day)
    coming = [each.version for each in course.coming(day)]
    return (
        current is not None
        and version_key(number) < version_key(current.version)
        and number not in coming
    )
