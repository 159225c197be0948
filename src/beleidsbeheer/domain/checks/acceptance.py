"""Findings that somebody accepted, and acceptances that accept nothing any more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from beleidsbeheer.domain.acceptance import Acceptance, read_acceptances
from beleidsbeheer.domain.checks.frame import Dossier, Found, Group, Remark, afterthought
from beleidsbeheer.domain.model import Severity
from beleidsbeheer.domain.terms import show_date
from beleidsbeheer.domain.verification import RULES_PATH
from beleidsbeheer.errors import UnreadableInput

_TABLE: Final = re.compile(r"\s*\[\[\s*[\"']?akkoord[\"']?\s*\]\]")


@dataclass(frozen=True, slots=True)
class Placed:
    """An acceptance and where it stands: the line in the text, or 0 and the path of the settings."""

    acceptance: Acceptance
    line: int
    path: str = ""


def placed(dossier: Dossier) -> tuple[Placed, ...]:
    """Every acceptance about this text. Raises UnreadableInput for one that cannot be read."""
    rows = dossier.document.front.extra.get("akkoord", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise UnreadableInput("Schrijf elk akkoord onder een eigen [[akkoord]].")
    front = dossier.document.lines[: dossier.document.front.last_line]
    lines = [number for number, line in enumerate(front, start=1) if _TABLE.match(line)]
    lines += [1] * (len(rows) - len(lines))
    own = [
        Placed(each, line)
        for each, line in zip(read_acceptances(rows, dossier.path), lines, strict=False)
    ]
    slug = dossier.policy.slug if dossier.policy else ""
    shared = dossier.settings.accepted if dossier.settings else ()
    return (*own, *(Placed(each, 0, RULES_PATH) for each in shared if each.policy in ("", slug)))


def accepted(dossier: Dossier, found: Sequence[Found]) -> list[tuple[Found, Acceptance]]:
    """The findings for which an acceptance holds today, each with it. An error is never accepted."""
    known = [each.acceptance for each in _known(dossier) if dossier.today <= each.acceptance.end]
    return [
        (each, by)
        for each in (found if known else ())
        if each.severity is not Severity.FOUT
        and (by := next((a for a in known if a.covers(each.rule, each.key)), None))
    ]


@afterthought(
    "akkoord-onleesbaar",
    Group.AKKOORD,
    Severity.FOUT,
    why="Een akkoord dat niet te lezen is, telt niet.",
    tip="Een akkoord heeft regel, reden en tot_en_met, en mag sleutel en beleid hebben. Zie docs/tekst.md.",
)
def unreadable(dossier: Dossier, _found: Sequence[Found]) -> Iterator[Remark]:
    """Een akkoord in het kopblok is niet te lezen."""
    try:
        placed(dossier)
    except UnreadableInput as error:
        yield Remark(1, error.message, tip=error.hint, key="")


@afterthought(
    "akkoord-verlopen",
    Group.AKKOORD,
    Severity.WAARSCHUWING,
    why="De afspraak om dit zo te laten, liep tot een dag die voorbij is.",
    tip="Los de bevinding op, of spreek een nieuwe dag af met een reden die nog klopt.",
)
def expired(dossier: Dossier, found: Sequence[Found]) -> Iterator[Remark]:
    """Een akkoord is verlopen."""
    for each in _known(dossier):
        accepted = each.acceptance
        if accepted.end < dossier.today and _covers_any(accepted, found):
            yield _remark(each, f"Dit akkoord liep tot en met {show_date(accepted.end)}.")


@afterthought(
    "akkoord-zonder-bevinding",
    Group.AKKOORD,
    Severity.WAARSCHUWING,
    why="Wat was afgesproken is opgelost of verplaatst; het akkoord kan later per ongeluk iets anders toedekken.",
    tip="Haal het akkoord weg, of verbeter de regel of de sleutel.",
)
def useless(dossier: Dossier, found: Sequence[Found]) -> Iterator[Remark]:
    """Een akkoord hoort bij geen enkele bevinding."""
    for each in _known(dossier):
        # one for the whole register may be about another policy
        if (not each.path or each.acceptance.policy) and not _covers_any(each.acceptance, found):
            yield _remark(each, f"Regel {each.acceptance.rule} zegt hier niets.")


@afterthought(
    "akkoord-op-fout",
    Group.AKKOORD,
    Severity.FOUT,
    why="Een fout, zoals verborgen tekst, mag niet met een akkoord verdwijnen: die hoort opgelost.",
    tip="Los de fout op, en haal het akkoord weg.",
)
def on_an_error(dossier: Dossier, found: Sequence[Found]) -> Iterator[Remark]:
    """Een akkoord gaat over een fout; dat kan niet."""
    errors = [each for each in found if each.severity is Severity.FOUT]
    for each in _known(dossier):
        if _covers_any(each.acceptance, errors):
            yield _remark(each, f"Regel {each.acceptance.rule} meldt hier een fout.")


def _known(dossier: Dossier) -> tuple[Placed, ...]:
    try:
        return placed(dossier)
    except UnreadableInput:
        return ()


def _covers_any(acceptance: Acceptance, found: Sequence[Found]) -> bool:
    return any(acceptance.covers(each.rule, each.key) for each in found)


def _remark(each: Placed, message: str) -> Remark:
    where = f" in {each.acceptance.key}" if each.acceptance.key else ""
    quote = f"{each.acceptance.rule}{where}: {each.acceptance.reason}"
    return Remark(each.line, message, quote, key="", path=each.path)
