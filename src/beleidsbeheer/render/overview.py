"""Status and verification of a register: the documented JSON shapes, and the lines people read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from beleidsbeheer.domain.model import Finding, Verdict, working_path
from beleidsbeheer.domain.register import Policy, Register, Stand, Version, version_verdicts
from beleidsbeheer.domain.verification import Judgement
from beleidsbeheer.render.tables import show_date
from beleidsbeheer.render.terminal import finding_lines, safe

Verdicts = Mapping[tuple[str, str], Verdict]

_FIRST_MEND = "los eerst op wat er niet klopt"

STATUS_SCHEMA = "beleidsbeheer.status/1"
VERIFICATION_SCHEMA = "beleidsbeheer.verificatie/1"


# --- status ----------------------------------------------------------------------------------------------


def status_json(
    register: Register,
    policies: Iterable[Policy],
    findings: Iterable[Finding],
    notices: Iterable[str],
    *,
    sound: bool,
) -> dict[str, Any]:
    """The documented shape ``beleidsbeheer.status/1``."""
    roster, verdicts = register.verification.roster, version_verdicts(register.verification)
    return {
        "schema": STATUS_SCHEMA,
        "organisatie": register.settings.organisation if register.settings else None,
        "sector": register.settings.sector if register.settings else None,
        "wortel": register.verification.root or None,
        "klopt": sound,
        "rooster": {
            "nummer": roster.number,
            "drempel": roster.threshold,
            "beheerders": sorted(roster.administrators),
        }
        if roster
        else None,
        "kwetsbaar": list(weak_spots(register)),
        "beleid": [_policy_json(policy, verdicts, sound=sound) for policy in policies],
        "vastleggingen_mis": [
            _judgement_json(judgement)
            for judgement in register.verification.judgements
            if judgement.wrong
        ],
        "bevindingen": [finding_json(finding) for finding in findings],
        "meldingen": list(notices),
    }


def _policy_json(policy: Policy, verdicts: Verdicts, *, sound: bool) -> dict[str, Any]:
    in_force = policy.in_force
    counted = {version.number: version for version in policy.versions}
    return {
        "beleid": policy.slug,
        "titel": policy.title,
        "geldend": {
            "versie": in_force.version,
            "van": in_force.start.isoformat(),
            "tot_en_met": in_force.end.isoformat() if in_force.end else None,
            "herkomst": "overgenomen",
        }
        if in_force
        else None,
        "versies": [
            {
                "versie": number,
                "oordeel": str(verdict),
                "stand": str(counted[number].stand) if number in counted else None,
                "tekst_sha256": _text_sha256(counted.get(number)),
            }
            for (slug, number), verdict in verdicts.items()
            if slug == policy.slug
        ],
        "werktekst_gewijzigd": policy.has_new_text,
        "volgende": next_step(policy) if sound else _FIRST_MEND,
    }


def _text_sha256(version: Version | None) -> str | None:
    return version.text.sha256 if version and version.text else None


def status_lines(
    register: Register,
    policies: Iterable[Policy],
    findings: Iterable[Finding],
    notices: Iterable[str],
    *,
    sound: bool,
) -> Iterator[str]:
    """The status as people read it: per policy what is in force, what is on its way, what comes next."""
    verdicts = version_verdicts(register.verification)
    settings = register.settings
    if settings:
        yield f"Register van {safe(settings.organisation)} (sector {settings.sector})"
    yield f"Wortel {register.verification.root or 'onbekend'}"
    shown = False
    for policy in policies:
        shown = True
        yield ""
        yield f"{safe(policy.title)} ({policy.slug})"
        yield f"  Geldend: {_in_force(policy)}"
        for version in policy.versions:
            lost = version.text is None and version.stand is not Stand.TEGENSTRIJDIG
            text = ", tekst niet bewaard" if lost else ""
            yield f"  {version.number:<8} {version.stand}{text}"
        for (slug, number), verdict in verdicts.items():
            if slug == policy.slug and verdict is not Verdict.GELDIG:
                yield f"  {number:<8} {verdict}"
        yield f"  Hierna:  {next_step(policy) if sound else _FIRST_MEND}"
    if not shown:
        yield ""
        yield "Er is nog geen beleid. Begin met: beleid nieuw privacyreglement --titel Privacyreglement"
    for weak in weak_spots(register):
        yield ""
        yield f"Let op: {weak}"
    yield from _wrong_lines(register, findings)
    yield from _notice_lines(notices)


def _wrong_lines(register: Register, findings: Iterable[Finding]) -> Iterator[str]:
    """Each wrong thing by its path, and what to do now."""
    wrong = [judgement for judgement in register.verification.judgements if judgement.wrong]
    problems = list(findings)
    if wrong or problems:
        yield ""
        yield "Wat niet klopt of opvalt"
    for judgement in wrong:
        yield from _judgement_lines(judgement)
    yield from _finding_lines(problems)


def _finding_lines(findings: Iterable[Finding]) -> Iterator[str]:
    for finding in findings:
        yield from (f"  {line}" for line in finding_lines(finding))


def _notice_lines(notices: Iterable[str]) -> Iterator[str]:
    for notice in notices:
        yield ""
        yield f"Melding: {safe(notice)}"


def _in_force(policy: Policy) -> str:
    reading = policy.in_force
    if reading is None:
        return "er is geen geldende tekst vastgelegd"
    until = show_date(reading.end) or "heden"
    return f"versie {reading.version}, van {show_date(reading.start)} t/m {until} (overgenomen)"


def next_step(policy: Policy) -> str:
    """What has to happen next with this policy, with the command."""
    latest = policy.latest
    if latest is not None and latest.stand is Stand.TEGENSTRIJDIG:
        return (
            f"de beheerders verwerpen een van de twee teksten van {latest.number}: beleid verwerp"
        )
    if policy.working is None:
        return f"er is geen werktekst; zet hem op {working_path(policy.slug)}"
    if policy.has_new_text:
        return (
            f"de werktekst is gewijzigd; leg hem vast met:"
            f" beleid registreer {policy.slug} {policy.next_number} --omschrijving …"
        )
    if latest is not None and latest.stand is Stand.CONCEPT:
        return f"versie {latest.number} is een concept; leg haar voor aan de medezeggenschapsraad"
    return f"niets; wijzigen kan in {working_path(policy.slug)}"


def weak_spots(register: Register) -> Iterator[str]:
    """What makes this register depend on one person, said until it is mended."""
    roster = register.verification.roster
    if roster is None:
        return
    if len(roster.administrators) == 1:
        yield (
            f"er is één beheerder ({min(roster.administrators)}); die bepaalt alleen wie mag tekenen."
            " Voeg iemand toe met: beleid rooster voorstel"
        )
    elif roster.threshold == 1:
        yield (
            "de drempel is 1: elke beheerder bepaalt alleen wie mag tekenen."
            " Verhoog hem met: beleid rooster voorstel --drempel 2"
        )


# --- verification ----------------------------------------------------------------------------------------


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
        "vastleggingen": [_judgement_json(judgement) for judgement in verification.judgements],
        "bevindingen": [finding_json(finding) for finding in findings],
        "meldingen": list(notices),
    }


def _judgement_json(judgement: Judgement) -> dict[str, Any]:
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
        yield from _judgement_lines(judgement)
    problems = list(findings)
    if problems:
        yield ""
        yield "Bevindingen"
        yield from _finding_lines(problems)
    yield from _notice_lines(notices)
    yield ""
    yield _conclusion(verification.judgements, sound=sound, unjudged=unjudged)


def _judgement_lines(judgement: Judgement) -> Iterator[str]:
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
