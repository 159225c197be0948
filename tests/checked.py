"""Texts read by the checks, as tests ask about them: which rule speaks, on which line, at which key."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from beleidsbeheer.domain.checks.coverage import frameworks
from beleidsbeheer.domain.checks.frame import Dossier, Found, Profile
from beleidsbeheer.domain.checks.table import Review, review
from beleidsbeheer.domain.document import parse

TODAY = date(2026, 11, 26)
TEXTS = Path(__file__).parent / "texts"
TOP = "# Reglement\n\n## Artikel 1. Begin\n\n"


def dossier(text: str | bytes, **more: Any) -> Dossier:
    """A text on its own, measured by the frameworks of the program."""
    data = text.encode() if isinstance(text, str) else text
    known = {"path": "tekst.md", "today": TODAY, "frameworks": frameworks(), **more}
    return Dossier(document=parse(data), **known)


def reviewed(text: str | bytes, **more: Any) -> Review:
    return review(dossier(text, **more))


def found(text: str | bytes, rule: str, **more: Any) -> list[Found]:
    """What one rule says of a text."""
    return [each for each in reviewed(text, **more).found if each.rule == rule]


def places(text: str | bytes, rule: str, **more: Any) -> list[tuple[int, str]]:
    """Line and key of what one rule says of a text."""
    return [(line_of(each), each.key) for each in found(text, rule, **more)]


def line_of(each: Found) -> int:
    line = each.place.rpartition(":")[2]
    return int(line) if line.isdecimal() else 0


def strict(text: str | bytes, rule: str) -> list[Found]:
    """The same in the profile of the Aanwijzingen."""
    return found(text, rule, profile=Profile.AR)
