"""Verification of a register: the documented JSON shape, and the lines people read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from beleidsbeheer.domain.model import Finding, Verdict
from beleidsbeheer.domain.register import Register, version_verdicts
from beleidsbeheer.domain.terms import show_date
from beleidsbeheer.domain.verification import Judgement
from beleidsbeheer.render.terminal import finding_lines, safe

VERIFICATION_SCHEMA = "beleidsbeheer.verificatie/1"


def verification_json(
    register: Register,
    findings: Iterable[Finding],
    notices: Iterable[str],
    *,
    sound: bool,
    pinned: bool,
    unjudged: bool,
) -> dict[str, Any]:
    """The documented shape ``beleidsbeheer.verificatie/1``."""
    verification = register.verification
    return {
        "schema": VERIFICATION_SCHEMA,
        "wortel": verification.root or None,
        "wortel_al_vertrouwd": pinned,
        "klopt": sound,
        "geschiedenis_beoordeeld": not unjudged,
        "versies": [
            {"beleid": policy, "versie": version, "oordeel": str(verdict)}
            for (policy, version), verdict in version_verdicts(verification).items()
        ],
        "vastleggingen": [judgement_json(judgement) for judgement in verification.judgements],
        "bevindingen": [finding_json(finding) for finding in findings],
        "meldingen": list(notices),
    }


def judgement_json(judgement: Judgement) -> dict[str, Any]:
    entry = judgement.entry
    return {
        "pad": judgement.path,
        "oordeel": str(judgement.verdict),
        "reden": judgement.reason or None,
        "wat_nu": judgement.hint or None,
        "toelichting": judgement.note or None,
        "afgehandeld": judgement.settled,
        "digest": entry.digest if entry else None,
        "soort": entry.kind if entry else None,
        "door": entry.person if entry else None,
        "rol": str(entry.role) if entry else None,
        "opgegeven_datum": entry.date.isoformat() if entry else None,
    }


def finding_json(finding: Finding) -> dict[str, Any]:
    return {
        "regel": finding.rule,
        "ernst": str(finding.severity),
        "plaats": finding.place,
        "bericht": finding.message,
        "wat_nu": finding.hint or None,
        "grondslag": finding.basis or None,
    }


def verification_lines(
    register: Register,
    findings: Iterable[Finding],
    notices: Iterable[str],
    *,
    sound: bool,
    unjudged: bool,
) -> Iterator[str]:
    """The verification as people read it: verdict per version, per entry, and what to do now."""
    verification = register.verification
    yield f"Wortel {verification.root or 'onbekend'}"
    yield ""
    yield "Versies"
    for (policy, version), verdict in version_verdicts(verification).items():
        yield f"  {verdict:<27} {safe(policy)} {version}"
    yield ""
    yield "Vastleggingen"
    for judgement in verification.judgements:
        yield from judgement_lines(judgement)
    problems = list(findings)
    if problems:
        yield ""
        yield "Bevindingen"
        yield from findings_lines(problems)
    yield from notice_lines(notices)
    yield ""
    yield _conclusion(verification.judgements, sound=sound, unjudged=unjudged)


def judgement_lines(judgement: Judgement) -> Iterator[str]:
    yield f"  {judgement.verdict:<27} {safe(judgement.path)}"
    entry = judgement.entry
    if entry is not None:
        note = f" — {judgement.note}" if judgement.note else ""
        day = show_date(entry.date)
        yield f"{'':<30}{entry.kind} door {entry.person} als {entry.role}, opgegeven {day}{note}"
    if judgement.verdict is not Verdict.GELDIG:
        yield f"{'':<30}Waarom: {safe(judgement.reason)}"
        if judgement.hint:
            yield f"{'':<30}Wat nu? {safe(judgement.hint)}"


def wrong_lines(register: Register, findings: Iterable[Finding]) -> Iterator[str]:
    """Each wrong thing by its path, and what to do now."""
    wrong = [judgement for judgement in register.verification.judgements if judgement.wrong]
    problems = list(findings)
    if wrong or problems:
        yield ""
        yield "Wat niet klopt of opvalt"
    for judgement in wrong:
        yield from judgement_lines(judgement)
    yield from findings_lines(problems)


def findings_lines(findings: Iterable[Finding]) -> Iterator[str]:
    for finding in findings:
        yield from (f"  {line}" for line in finding_lines(finding))


def notice_lines(notices: Iterable[str]) -> Iterator[str]:
    for notice in notices:
        yield ""
        yield f"Melding: {safe(notice)}"


def _conclusion(judgements: Iterable[Judgement], *, sound: bool, unjudged: bool) -> str:
    counts = Counter(judgement.verdict for judgement in judgements)
    told = ", ".join(f"{counts[verdict]} {verdict}" for verdict in Verdict if counts[verdict])
    if not sound:
        verdict = "Er klopt iets niet"
    elif unjudged:
        verdict = "Wat hier te zien is klopt; de geschiedenis is niet beoordeeld"
    else:
        verdict = "Alles klopt"
    return f"{verdict}: {told or 'geen vastleggingen'}."
