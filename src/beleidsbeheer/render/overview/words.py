"""What stands in the cells of the overview, and what it adds up to in sentences. Nothing here is escaped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from beleidsbeheer.domain.agenda import Step
from beleidsbeheer.domain.overview.attention import days, missing_words
from beleidsbeheer.domain.overview.facts import Condition, PeriodFacts
from beleidsbeheer.domain.overview.rows import Overview, RegisterRow, Review, Row, Totals
from beleidsbeheer.domain.terms import listed, opening, show_date
from beleidsbeheer.render.checks.words import counted

Cell = tuple[str, ...]  # lines

UNCLEAR: Final = "niet te bepalen"
LEGEND: Final = (
    "Doorlooptijd: van voorlegging tot vaststelling, van de laatste versie die zo ver kwam; tussen haakjes eerst"
    " tot de laatste instemming, dan tot de vaststelling."
)
_CONDITIONS: Final = {
    Condition.KLOPT: ("klopt", "kloppen"),
    Condition.KLOPT_NIET: ("klopt niet", "kloppen niet"),
    Condition.ONBEOORDEELD: ("is niet te beoordelen", "zijn niet te beoordelen"),
}


# --- cells -------------------------------------------------------------------------------------------


def in_force(row: Row, day: date) -> Cell:
    """ "0.3", "sinds 01-10-2024"; or that nothing is, or that nobody can say."""
    if row.unclear:
        return (UNCLEAR,)
    if row.in_force is not None:
        return tuple(_period(row.in_force))
    if row.policy.repealed and row.policy.repealed <= day:
        return ("niets", f"ingetrokken per {show_date(row.policy.repealed)}")
    return ("niets",) if row.policy.periods else ("nog niets",)


def _period(period: PeriodFacts) -> Iterator[str]:
    yield period.version + (" (overgenomen)" if period.taken_over else "")
    yield f"sinds {show_date(period.start)}"
    if period.end:
        yield f"t/m {show_date(period.end)}"


def coming(row: Row) -> Cell:
    """ "1.1 vanaf 01-01-2027"."""
    return tuple(f"{each.version or UNCLEAR} vanaf {show_date(each.start)}" for each in row.coming)


def under_way(row: Row) -> Cell:
    """ "0.4 voorgelegd", "51 dagen stil"."""
    return tuple(
        line
        for each in row.under_way
        for line in (f"{each.version} {each.stand}", f"{days(each.days)} stil")
    )


def review(found: Review | None) -> Cell:
    """ "01-10-2026", "56 dagen te laat"."""
    if found is None:
        return ()
    if found.overdue:
        return show_date(found.day), f"{days(-found.left)} te laat"
    return show_date(found.day), f"over {days(found.left)}" if found.left else "vandaag"


def lead(row: Row) -> Cell:
    """ "78 dagen", "(35 + 43)"."""
    if row.lead is None:
        return ()
    if row.lead.to_consent is None:
        return (days(row.lead.whole),)
    return days(row.lead.whole), f"({row.lead.to_consent} + {row.lead.to_adoption})"


def missing(row: Row) -> Cell:
    return tuple(map(missing_words, row.missing))


def step(found: Step | None) -> Cell:
    """ "mr-ouders of mr-voorzitter: de oudergeleding (OMR) beslist over versie 0.4"."""
    if found is None:
        return ()
    return (f"{' of '.join(found.who)}: {found.what}" if found.who else found.what,)


def findings(row: Row) -> Cell:
    """ "1 waarschuwing", "in de tekst 1 fout"."""
    entries, text = counted(row.findings), counted(row.remarks)
    return tuple(each for each in (entries, f"in de tekst {text}" if text else "") if each)


# --- a register --------------------------------------------------------------------------------------


def verdict(register: RegisterRow, table: Overview) -> list[str]:
    """How it was judged, in short sentences."""
    facts = register.facts
    told = [f"{opening(facts.condition.value)}."]
    if facts.trouble:
        told.append(facts.trouble)
    if facts.entries:
        wrong = f", waarvan {facts.wrong} niet {_verb(facts.wrong, 'telt', 'tellen')}"
        told.append(
            f"{facts.entries} {_verb(facts.entries, 'vastlegging', 'vastleggingen')}"
            f"{wrong if facts.wrong else ''}."
        )
    own = counted(register.findings)
    if own:
        told.append(f"Over het register zelf: {own}.")
    if facts.condition is not Condition.KLOPT:
        told.append("Kijk daar met: beleid verifieer.")
    if facts.day != table.day:
        told.append(f"Het laatst bekeken op {show_date(facts.day)}.")
    if register.left_out:
        told.append(f"Weggelaten: {_policies(register.left_out)} van een andere verantwoordelijke.")
    return told


# --- what it adds up to ------------------------------------------------------------------------------


def sentences(table: Overview) -> Iterator[str]:
    """The totals, in a few sentences."""
    totals = table.totals
    yield _registers(table)
    if table.responsible:
        yield _left_out(table)
    yield from _texts(totals)
    yield from _pace(totals)
    yield from _terms(totals, table.within)
    yield from _findings(totals)


def _registers(table: Overview) -> str:
    counts = table.totals.registers
    number = sum(counts.values())
    told = [
        f"{count} {_verb(count, *_CONDITIONS[each])}" for each, count in counts.items() if count
    ]
    what = f"{number} {_verb(number, 'register', 'registers')}"
    return f"{what} op {show_date(table.day)}" + (f": {listed(told)}." if told else ".")


def _left_out(table: Overview) -> str:
    totals = table.totals
    left = [
        f"{totals.left_out} {_verb(totals.left_out, 'register', 'registers')}"
        if totals.left_out
        else "",
        _policies(totals.policies_left_out) if totals.policies_left_out else "",
    ]
    gone = listed(each for each in left if each)
    told = f"Alleen waar “{table.responsible}” verantwoordelijk is"
    return f"{told}; weggelaten: {gone}." if gone else f"{told}; er is niets weggelaten."


def _texts(totals: Totals) -> Iterator[str]:
    told = [
        f"van {totals.in_force} geldt een tekst",
        f"van {totals.unclear} is niet te bepalen wat geldt" if totals.unclear else "",
        f"bij {totals.coming} komt een nieuwe tekst" if totals.coming else "",
        f"bij {totals.under_way} is een wijziging onderweg" if totals.under_way else "",
    ]
    yield f"{_policies(totals.policies)}: {listed(each for each in told if each)}."


def _pace(totals: Totals) -> Iterator[str]:
    if totals.longest:
        row, each = totals.longest
        yield (
            f"Het langst stil: {row.policy.title} van {row.organisation or row.place}, versie {each.version}"
            f" ({each.stand}), {days(each.days)}."
        )
    if totals.lead is not None:
        over = f"{totals.leads} {_verb(totals.leads, 'reglement', 'reglementen')}"
        yield f"Van voorlegging tot vaststelling: {_number(totals.lead)} dagen (mediaan van {over})."


def _terms(totals: Totals, within: int) -> Iterator[str]:
    told = [
        f"{totals.reviews_overdue} te laat" if totals.reviews_overdue else "",
        f"{totals.reviews_due} binnen {days(within)}" if totals.reviews_due else "",
    ]
    yield f"Herzieningen: {listed(each for each in told if each) or f'geen binnen {days(within)}'}."
    if totals.missing:
        late = f", waarvan {totals.missing_overdue} te laat" if totals.missing_overdue else ""
        yield f"Instemmingen die ontbreken: {totals.missing}{late}."


def _findings(totals: Totals) -> Iterator[str]:
    entries, texts = counted(totals.findings), counted(totals.remarks)
    told = [
        f"over de registers {entries}" if entries else "",
        f"over de teksten {texts}" if texts else "",
    ]
    yield f"Bevindingen: {'; '.join(each for each in told if each) or 'geen'}."
    if totals.wrong_entries:
        count = totals.wrong_entries
        yield f"{count} {_verb(count, 'vastlegging telt', 'vastleggingen tellen')} niet mee."


def _policies(count: int) -> str:
    return f"{count} {_verb(count, 'reglement', 'reglementen')}"


def _verb(count: int, one: str, more: str) -> str:
    return one if count == 1 else more


def _number(value: float) -> str:
    """A median is a whole number or a half."""
    return f"{value:g}".replace(".", ",")
