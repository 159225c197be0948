"""Reviews for programs: the documented shape ``beleidsbeheer.controle/1``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from beleidsbeheer.domain.acceptance import Acceptance
from beleidsbeheer.domain.checks.coverage import Coverage, Framework
from beleidsbeheer.domain.checks.frame import Found, Profile
from beleidsbeheer.domain.checks.table import Review
from beleidsbeheer.domain.model import Severity
from beleidsbeheer.domain.references.graph import graph

SCHEMA = "beleidsbeheer.controle/1"


def reviews_json(profile: Profile, texts: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The whole answer; each of ``texts`` comes from :func:`review_json`."""
    told = list(texts)
    return {
        "schema": SCHEMA,
        "profiel": str(profile),
        "klopt": all(each["klopt"] for each in told),
        "teksten": told,
    }


def review_json(
    label: str, policy: str, review: Review, found: Sequence[Found], compared_with: str
) -> dict[str, Any]:
    """One text. ``compared_with`` is empty unless only the new findings are shown."""
    counts = Counter(each.severity for each in found)
    dossier = review.dossier
    return {
        "pad": dossier.path,
        "naam": label,
        "beleid": policy or None,
        "versie": dossier.version or None,
        "titel": dossier.document.title or None,
        "klopt": review.sound,
        "vergeleken_met": compared_with or None,
        "aantallen": {str(severity): counts[severity] for severity in Severity},
        "bevindingen": [found_json(each) for each in found],
        "akkoord": [_accepted(each, by) for each, by in review.accepted],
        "dekking": [_matrix(framework, rows) for framework, rows in dossier.matrices],
        **graph(dossier.links, dossier.named, dossier.drifts),
    }


def found_json(found: Found) -> dict[str, Any]:
    path, line = split_place(found)
    return {
        "regel": found.rule,
        "groep": str(found.group),
        "ernst": str(found.severity),
        "plaats": found.place,
        "pad": path,
        "regelnummer": line or None,
        "sleutel": found.key or None,
        "citaat": found.quote or None,
        "bericht": found.message,
        "waarom": found.why,
        "bron": found.basis or None,
        "tip": found.hint or None,
    }


def split_place(found: Found) -> tuple[str, int]:
    """Path and line of a finding; 0 when it stands on no line."""
    path, _, line = found.place.rpartition(":")
    return (path, int(line)) if path and line.isdecimal() else (found.place, 0)


def _accepted(found: Found, by: Acceptance) -> dict[str, Any]:
    return {
        "bevinding": found_json(found),
        "reden": by.reason,
        "tot_en_met": by.end.isoformat(),
    }


def _matrix(framework: Framework, rows: Iterable[Coverage]) -> dict[str, Any]:
    return {
        "kader": framework.name,
        "titel": framework.title,
        "gelezen": framework.read_on.isoformat(),
        "eisen": [
            {
                "id": row.requirement.id,
                "soort": str(row.requirement.sort),
                "wat": row.requirement.what,
                "grondslag": row.requirement.basis,
                "hoe_zeker": row.requirement.mark,
                "antwoord": str(row.answer),
                "plaatsen": list(row.places),
                "hoe": row.how or None,
            }
            for row in rows
        ],
    }
