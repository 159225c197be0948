"""Decisions from before the tool: which consents they lack on paper, and how long they could be contested.

A decision taken without consent is not void by itself. The council can invoke nullity in writing within a
term after it was told of the decision; if it does not, the decision stands (WMS; the term is in ``wms.toml``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from beleidsbeheer.domain.entry import Entry
from beleidsbeheer.domain.law import Mark, Requirement, requirements, wms
from beleidsbeheer.domain.ledger import Ledger, Policy
from beleidsbeheer.domain.model import Council, Finding, Severity, parse_date
from beleidsbeheer.domain.terms import geleding_name, listed, show_date


@dataclass(frozen=True, slots=True)
class Flaw:
    """A version in force by a paper decision, the consents that the paper does not show, and the term.

    ``until`` is the last day on which the council could invoke nullity; None when nobody recorded when the
    council was told of the decision. ``vaguely`` names consents that the paper does not give a geleding.
    """

    version: str
    council: Council
    missing: tuple[Requirement, ...]
    until: date | None
    place: str
    vaguely: str


def contestable(ledger: Ledger, policy: Policy, number: str) -> Flaw | None:
    """What the paper history of a version lacks; None when it tells of every consent, or is not in force."""
    version = policy.version(number)
    reading = next((each for each in policy.readings if each.version == number), None)
    settings = ledger.settings
    if version is None or reading is None or settings is None or not settings.bodies:
        return None
    front, council = ledger.front(version), settings.bodies[0].council
    if front is None:
        return None
    law = wms()
    asked = requirements(
        law, front.raakt, settings.sector, council, settings.arrangements, reading.start
    )
    acts = [act for row in version.rows for act in row.entry.fields.get("handelingen", ())]
    told = {act.get("geleding") for act in acts if act["soort"] == "instemming"}
    missing = tuple(each for each in asked.required if each.geleding not in told)
    if not missing:
        return None
    days = [parse_date(act["meegedeeld_op"]) for act in acts if "meegedeeld_op" in act]
    until = _last_day(max(days)) if days else None
    by = sorted(
        {act["orgaan"] for act in acts if act["soort"] == "instemming" and "geleding" not in act}
    )
    vaguely = f" Wel van {listed(by)}, maar zonder geleding." if by else ""
    return Flaw(number, council, missing, until, reading.entry.path, vaguely)


def _last_day(told: date) -> date:
    """The last day of the term; a date that says "never" stays what it is."""
    term = timedelta(weeks=wms().nullity_weeks)
    return told + term if told <= date.max - term else date.max


def voids(nullity: Entry, flaw: Flaw | None) -> bool:
    """Whether this invocation of nullity came in time against a decision that lacks a consent."""
    if flaw is None or nullity.fields["orgaan"] != flaw.council:
        return False
    told = nullity.fields.get("meegedeeld_op")
    until = _last_day(parse_date(told)) if told else None
    last = min((day for day in (flaw.until, until) if day), default=None)
    return last is not None and parse_date(nullity.fields["ingeroepen_op"]) <= last


def nullity_basis() -> str:
    """The article on nullity as people cite it, with how sure we are of it."""
    citation = wms().citations["nietigheid"]
    return citation.text if citation.mark is Mark.GELEZEN else f"{citation.text}, {citation.mark}"


def flaw_finding(flaw: Flaw, invoked: Sequence[Entry], today: date) -> Finding:
    """What a reader should know of a paper decision that lacks a consent."""
    who = "; ".join(f"{geleding_name(flaw.council, m.geleding)}, {m.basis}" for m in flaw.missing)
    lacks = f"Voor versie {flaw.version} noemt het oude document geen instemming van {who}.{flaw.vaguely}"
    return Finding(
        rule="aantastbaar",
        severity=Severity.WAARSCHUWING,
        place=flaw.place,
        message=f"{lacks} {_contestable(flaw, invoked, today)}",
        basis=nullity_basis(),
    )


def _contestable(flaw: Flaw, invoked: Sequence[Entry], today: date) -> str:
    council, weeks = flaw.council.upper(), wms().nullity_weeks
    if any(voids(each, flaw) for each in invoked):
        return f"De {council} riep op tijd nietigheid in: het besluit is nietig."
    if invoked:
        day = show_date(parse_date(invoked[0].fields["ingeroepen_op"]))
        return f"De {council} riep op {day} nietigheid in; of dat op tijd was, is niet vast te stellen of onjuist."
    if flaw.until is None:
        return (
            "Aantastbaar tot: niet te bepalen, want nergens staat wanneer het besluit aan de raad is"
            f" meegedeeld. Nietigheid inroepen kan daarna nog {weeks} weken; anders staat het besluit."
        )
    if flaw.until >= today:
        return f"Aantastbaar tot en met {show_date(flaw.until)}: zolang kan de {council} nietigheid inroepen."
    return f"De {council} kon tot en met {show_date(flaw.until)} nietigheid inroepen; het besluit staat."
