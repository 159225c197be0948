"""Findings as SARIF 2.1.0 (OASIS), which code review tools show beside the line.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, Final
from urllib.parse import quote

from beleidsbeheer import __version__
from beleidsbeheer.domain.acceptance import Acceptance
from beleidsbeheer.domain.checks.frame import Found, Rule
from beleidsbeheer.domain.model import Severity
from beleidsbeheer.render.checks.data import split_place

_LEVEL: Final = {
    Severity.FOUT: "error",
    Severity.WAARSCHUWING: "warning",
    Severity.OPMERKING: "note",
}


def sarif(
    rules: Iterable[Rule],
    found: Iterable[Found],
    accepted: Iterable[tuple[Found, Acceptance]] = (),
) -> dict[str, Any]:
    """One run with every rule and every finding; an accepted finding is there, suppressed."""
    known = list(rules)
    order = {rule.id: number for number, rule in enumerate(known)}
    results = [_result(each, order) for each in found]
    for each, by in accepted:
        until = f"{by.reason} (tot en met {by.end.isoformat()})"
        results.append(
            {**_result(each, order), "suppressions": [{"kind": "external", "justification": until}]}
        )
    return {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "beleidsbeheer",
                        "version": __version__,
                        "language": "nl-NL",
                        "rules": [_rule(rule) for rule in known],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": results,
            }
        ],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    help_text = f"{rule.why} {rule.tip}" + (f" Bron: {rule.source}." if rule.source else "")
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.explanation},
        "fullDescription": {"text": rule.why},
        "help": {"text": help_text},
        "defaultConfiguration": {"level": _LEVEL[rule.severity]},
        "properties": {"tags": [str(rule.group)]},
    }


def _result(found: Found, order: dict[str, int]) -> dict[str, Any]:
    path, line = split_place(found)
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(path.replace("\\", "/"))}}
    if line:
        physical["region"] = {"startLine": line}
    place: dict[str, Any] = {"physicalLocation": physical}
    if found.key:
        place["logicalLocations"] = [{"fullyQualifiedName": found.key}]
    return {
        "ruleId": found.rule,
        "ruleIndex": order[found.rule],
        "level": _LEVEL[found.severity],
        "message": {"text": _message(found)},
        "locations": [place],
        "partialFingerprints": {"beleidsbeheer/v1": _fingerprint(found.same_as)},
    }


def _message(found: Found) -> str:
    cited = f" “{found.quote}”" if found.quote and found.quote not in found.message else ""
    return f"{found.message}{cited}\nTip: {found.hint}"


def _fingerprint(parts: Sequence[str]) -> str:
    """The same for the same finding in another version of the text, whatever line it stands on."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
