"""Findings as lines on a screen: grouped, each rule explained once, and every place under it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from beleidsbeheer.domain.acceptance import Acceptance
from beleidsbeheer.domain.checks.frame import Found, Group, Rule
from beleidsbeheer.domain.checks.table import Review
from beleidsbeheer.domain.model import Severity
from beleidsbeheer.domain.terms import show_date
from beleidsbeheer.render.terminal import safe

HEADS = {
    Group.TEKST: "Tekst",
    Group.VERWIJZINGEN: "Verwijzingen",
    Group.BEGRIPPEN: "Begrippen",
    Group.GESCHIEDENIS: "Geschiedenis",
    Group.AVG: "AVG-dekking",
    Group.AKKOORD: "Akkoord",
}
CAUTION = "Dit zegt niets over de vraag of de tekst aan de wet voldoet: dat beoordeelt een mens."
_NOUNS = {
    Severity.FOUT: ("fout", "fouten"),
    Severity.WAARSCHUWING: ("waarschuwing", "waarschuwingen"),
    Severity.OPMERKING: ("opmerking", "opmerkingen"),
}


def review_lines(
    label: str, review: Review, found: Sequence[Found], *, show_accepted: bool
) -> Iterator[str]:
    """A whole review. ``found`` are the findings to show: all of them, or only the new ones."""
    yield f"{safe(review.dossier.path)} ({safe(label)})"
    for group, some in groupby(found, key=lambda each: each.group):
        yield ""
        yield HEADS[group]
        for each in by_rule(some):
            yield from _rule_lines(each)
    if show_accepted and review.accepted:
        yield ""
        yield "Mee akkoord"
        for one, by in review.accepted:
            yield f"  {one.rule} {place(one)}: {safe(by.reason)} (tot en met {show_date(by.end)})"
    yield ""
    yield conclusion(found, review.accepted)


def by_rule(found: Iterable[Found]) -> list[list[Found]]:
    """The findings of each rule together, in the order in which the rules first speak."""
    grouped: dict[str, list[Found]] = {}
    for each in found:
        grouped.setdefault(each.rule, []).append(each)
    return list(grouped.values())


def _rule_lines(found: Sequence[Found]) -> Iterator[str]:
    first, shared = found[0], shared_basis(found)
    yield f"  {first.severity.upper()} {first.rule}"
    for each in found:
        basis = f" ({safe(each.basis)})" if each.basis and not shared else ""
        yield f"    {place(each)}: {safe(each.message)}{basis}"
        if each.quote and each.quote not in each.message:
            yield f"      “{safe(each.quote)}”"
    yield f"    Waarom? {safe(first.why)}"
    if shared:
        yield f"    Bron: {safe(shared)}"
    for text in dict.fromkeys(each.hint for each in found if each.hint):
        yield f"    Tip: {safe(text)}"


def shared_basis(found: Sequence[Found]) -> str:
    """The source when all of these have the same one; else each shows its own."""
    known = {each.basis for each in found}
    return known.pop() if len(known) == 1 else ""


def place(found: Found) -> str:
    """Where it stands, with the key of the article when there is one."""
    return safe(found.place) + (f" [{safe(found.key)}]" if found.key else "")


def conclusion(found: Sequence[Found], accepted: Sequence[tuple[Found, Acceptance]] = ()) -> str:
    """How many there are, in one line."""
    if not found and not accepted:
        return f"Niets gevonden. {CAUTION}"
    told = counted(Counter(each.severity for each in found)) or "Geen bevindingen"
    agreed = f"; {len(accepted)} mee akkoord (toon met --akkoord)" if accepted else ""
    return f"{told}{agreed}. {CAUTION}"


def counted(counts: Mapping[Severity, int]) -> str:
    """ "1 fout, 3 waarschuwingen"; empty when there is nothing."""
    return ", ".join(
        f"{counts[severity]} {_NOUNS[severity][counts[severity] != 1]}"
        for severity in Severity
        if counts.get(severity)
    )


def new_lines(
    found: Sequence[Found], compared_with: str, command: str, most: int = 10
) -> Iterator[str]:
    """The new findings in short, after somebody registered or submitted a text."""
    if not found:
        return
    was = "was" if len(found) == 1 else "waren"
    since = f" dat er in {compared_with} niet {was}" if compared_with else ""
    since = since if len(found) == 1 else since.replace(" dat ", " die ", 1)
    yield f"De controle van de tekst vindt {len(found)} {_points(len(found))}{since}:"
    for each in sorted(found, key=lambda one: list(Severity).index(one.severity))[:most]:
        yield f"  {each.severity} {each.rule} {place(each)}: {safe(each.message)}"
    if len(found) > most:
        yield f"  … en nog {len(found) - most}."
    yield f"Alles met uitleg: {command}"


def _points(count: int) -> str:
    return "punt" if count == 1 else "punten"


def rule_lines(rules: Iterable[Rule]) -> Iterator[str]:
    """Every rule with its explanation, for ``--regels``."""
    for group, some in groupby(rules, key=lambda rule: rule.group):
        yield HEADS[group]
        for rule in some:
            yield f"  {rule.id} ({rule.severity})"
            yield f"    {rule.explanation}"
            yield f"    Waarom? {rule.why}"
            if rule.source:
                yield f"    Bron: {rule.source}"
            yield f"    Tip: {rule.tip}"
        yield ""
