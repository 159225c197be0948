"""The overview for programs: the documented JSON with everything in it, and CSV with a row for each policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from beleidsbeheer.domain.agenda import Step
from beleidsbeheer.domain.model import Severity
from beleidsbeheer.domain.overview.attention import attention
from beleidsbeheer.domain.overview.facts import (
    Condition,
    HistoryLine,
    PeriodFacts,
    VersionFacts,
)
from beleidsbeheer.domain.overview.rows import Missing, Overview, RegisterRow, Row, Totals
from beleidsbeheer.domain.terms import show_date
from beleidsbeheer.render import forms
from beleidsbeheer.render.overview import words
from beleidsbeheer.render.status import deadline_json, step_json
from beleidsbeheer.render.tables import Table
from beleidsbeheer.render.terminal import safe
from beleidsbeheer.render.verification import finding_json

SCHEMA: Final = "beleidsbeheer.overzicht/1"

# --- JSON --------------------------------------------------------------------------------------------


def overview_json(table: Overview) -> dict[str, Any]:
    """The documented shape ``beleidsbeheer.overzicht/1``."""
    return {
        "schema": SCHEMA,
        "op": table.day.isoformat(),
        "verantwoordelijk": table.responsible or None,
        "binnen": table.within,
        "totalen": _totals_json(table.totals),
        "aandacht": [
            {
                "soort": matter.value,
                "map": point.place,
                "beleid": point.policy or None,
                "wat": point.what,
                "dagen": abs(point.days) or None,
            }
            for matter, points in attention(table)
            for point in points
        ],
        "registers": [_register_json(each) for each in table.registers],
    }


def _totals_json(totals: Totals) -> dict[str, Any]:
    row, longest = totals.longest or (None, None)
    return {
        "registers": {each.value: count for each, count in totals.registers.items()},
        "beleid": totals.policies,
        "geldend": totals.in_force,
        "niet_te_bepalen": totals.unclear,
        "toekomstig": totals.coming,
        "onderweg": totals.under_way,
        "langst_stil": {
            "map": row.place,
            "beleid": row.policy.slug,
            "versie": longest.version,
            "dagen": longest.days,
        }
        if row and longest
        else None,
        "doorlooptijd_mediaan": totals.lead,
        "doorlooptijd_van": totals.leads,
        "herzieningen_te_laat": totals.reviews_overdue,
        "herzieningen_binnen": totals.reviews_due,
        "instemmingen_ontbreken": totals.missing,
        "instemmingen_te_laat": totals.missing_overdue,
        "vastleggingen_mis": totals.wrong_entries,
        "bevindingen": _counts_json(totals.findings),
        "bevindingen_tekst": _counts_json(totals.remarks),
        "registers_weggelaten": totals.left_out,
        "beleid_weggelaten": totals.policies_left_out,
    }


def _register_json(register: RegisterRow) -> dict[str, Any]:
    facts = register.facts
    return {
        "map": register.place,
        "organisatie": facts.organisation or None,
        "wortel": facts.root or None,
        "oordeel": facts.condition.value,
        "reden": facts.trouble or None,
        "bekeken_op": facts.day.isoformat(),
        "vastleggingen": facts.entries,
        "vastleggingen_mis": facts.wrong,
        "bevindingen": [finding_json(each) for each in facts.findings],
        "termijnen": [deadline_json(each) for each in facts.deadlines],
        "weggelaten": register.left_out,
        "beleid": [_policy_json(row) for row in register.rows],
    }


def _policy_json(row: Row) -> dict[str, Any]:
    policy, lead, review = row.policy, row.lead, row.review
    return {
        "beleid": policy.slug,
        "titel": policy.title,
        "verantwoordelijk": policy.responsible or None,
        "te_bepalen": not row.unclear,
        "geldend": _period_json(row.in_force) if row.in_force else None,
        "toekomstig": [_period_json(each) for each in row.coming],
        "ingetrokken_per": _iso(policy.repealed),
        "onderweg": [
            {
                "versie": each.version,
                "stand": each.stand.value,
                "sinds": each.since.isoformat(),
                "dagen": each.days,
            }
            for each in row.under_way
        ],
        "doorlooptijd": {
            "versie": lead.version,
            "tot_instemming": lead.to_consent,
            "tot_vaststelling": lead.to_adoption,
            "geheel": lead.whole,
        }
        if lead
        else None,
        "herziening": {"op": review.day.isoformat(), "dagen": review.left, "binnenkort": review.due}
        if review
        else None,
        "instemmingen": list(_consents_json(row)),
        "hierna": [step_json(each) for each in _steps(row)],
        "versies": [_version_json(each) for each in policy.versions],
        "perioden": [_period_json(each) for each in policy.periods],
        "geschiedenis": [_history_json(each) for each in policy.history],
        "termijnen": [deadline_json(each) for each in policy.deadlines],
        "bevindingen": [finding_json(each) for each in policy.findings],
        "bevindingen_tekst": [finding_json(each) for each in policy.remarks],
    }


def _steps(row: Row) -> tuple[Step, ...]:
    """All that must happen; in a register that does not hold only that it must be mended."""
    if row.condition is Condition.KLOPT:
        return row.policy.steps
    return (row.next,) if row.next else ()


def _consents_json(row: Row) -> Iterator[dict[str, Any]]:
    late = {id(each.consent): each for each in row.missing}
    for consent in row.policy.consents:
        missing: Missing | None = late.get(id(consent))
        yield {
            "versie": consent.version,
            "orgaan": consent.council,
            "geleding": consent.geleding,
            "staat": consent.state,
            "compleet": consent.complete,
            "handtekeningen": {"gegeven": consent.given, "nodig": consent.needed},
            "gevraagd_op": consent.since.isoformat(),
            "antwoord_voor": _iso(consent.due),
            "dagen_te_laat": missing.late if missing else 0,
        }


def _version_json(version: VersionFacts) -> dict[str, Any]:
    return {
        "versie": version.number,
        "stand": version.stand.value,
        "tekst_sha256": version.text or None,
        "vastgelegd_op": _iso(version.registered),
        "voorgelegd_op": _iso(version.submitted),
        "ingestemd_op": _iso(version.consented),
        "vastgesteld_op": _iso(version.adopted),
        "bekendgemaakt_op": _iso(version.published),
        "geldt_vanaf": _iso(version.starts),
    }


def _period_json(period: PeriodFacts) -> dict[str, Any]:
    return {
        "versie": period.version,
        "van": period.start.isoformat(),
        "tot_en_met": _iso(period.end),
        "herkomst": _origin(period.taken_over),
    }


def _history_json(line: HistoryLine) -> dict[str, Any]:
    return {
        "tabel": line.table,
        "versie": line.version or None,
        "status": line.status or None,
        "datum": _iso(line.day),
        "omschrijving": line.told or None,
        "herkomst": _origin(line.taken_over),
        "vastlegging": line.entry,
    }


def _origin(taken_over: bool) -> str:
    return "overgenomen" if taken_over else "register"


def _counts_json(counts: Mapping[Severity, int]) -> dict[str, int]:
    return {each.value: counts[each] for each in Severity}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


# --- CSV ---------------------------------------------------------------------------------------------


def overview_csv(table: Overview) -> str:
    """A row for each policy, and one for a register without any; as ``versietabel`` writes CSV."""
    records = [record for each in table.registers for record in _records(each, table)]
    head = tuple(_record(None, None, table))
    rows = tuple(tuple(safe(cell) for cell in record.values()) for record in records)
    return forms.comma_separated([Table("", head, rows)])


def _records(register: RegisterRow, table: Overview) -> list[dict[str, str]]:
    rows: list[Row | None] = [*register.rows] or [None]
    return [_record(register, row, table) for row in rows]


def _record(register: RegisterRow | None, row: Row | None, table: Overview) -> dict[str, str]:
    return {
        **_of_register(register),
        **_of_policy(row, table.day),
        **_of_terms(row),
        **_of_findings(row),
    }


def _of_register(register: RegisterRow | None) -> dict[str, str]:
    facts = register.facts if register else None
    return {
        "Register": facts.organisation if facts else "",
        "Map": register.place if register else "",
        "Oordeel": facts.condition.value if facts else "",
        "Reden": facts.trouble if facts else "",
        "Bekeken op": show_date(facts.day) if facts else "",
        "Vastleggingen": str(facts.entries) if facts else "",
        "Vastleggingen mis": str(facts.wrong) if facts else "",
    }


def _of_policy(row: Row | None, day: date) -> dict[str, str]:
    period = row.in_force if row else None
    coming = row.coming[0] if row and row.coming else None
    waiting = max(row.under_way, key=lambda each: each.days) if row and row.under_way else None
    shown = words.in_force(row, day)[0] if row else ""
    return {
        "Beleid": row.policy.slug if row else "",
        "Titel": row.policy.title if row else "",
        "Verantwoordelijk": row.policy.responsible if row else "",
        "Geldende versie": period.version if period else shown,
        "Geldt sinds": show_date(period.start) if period else "",
        "Geldt t/m": show_date(period.end) if period else "",
        "Ingetrokken per": show_date(row.policy.repealed) if row else "",
        "Komt": (coming.version or words.UNCLEAR) if coming else "",
        "Komt vanaf": show_date(coming.start) if coming else "",
        "Onderweg": waiting.version if waiting else "",
        "Stand": waiting.stand.value if waiting else "",
        "Stil sinds": show_date(waiting.since) if waiting else "",
        "Dagen stil": str(waiting.days) if waiting else "",
    }


def _of_terms(row: Row | None) -> dict[str, str]:
    lead = row.lead if row else None
    review = row.review if row else None
    missing = row.missing if row else ()
    following = row.next if row else None
    return {
        "Dagen tot instemming": _number(lead.to_consent if lead else None),
        "Dagen tot vaststelling": _number(lead.to_adoption if lead else None),
        "Dagen in totaal": _number(lead.whole if lead else None),
        "Herziening op": show_date(review.day) if review else "",
        "Herziening over dagen": _number(review.left if review and not review.overdue else None),
        "Herziening dagen te laat": _number(-review.left if review and review.overdue else None),
        "Instemmingen die ontbreken": str(len(missing)) if row else "",
        "Waarvan te laat": str(sum(each.overdue for each in missing)) if row else "",
        "Wat ontbreekt": "; ".join(words.missing(row)) if row else "",
        "Wie hierna": " of ".join(following.who) if following else "",
        "Wat hierna": following.what if following else "",
    }


def _of_findings(row: Row | None) -> dict[str, str]:
    heads = {
        Severity.FOUT: "Fouten",
        Severity.WAARSCHUWING: "Waarschuwingen",
        Severity.OPMERKING: "Opmerkingen",
    }
    own = {name: str(row.findings[each]) if row else "" for each, name in heads.items()}
    texts = {
        f"{name} in de tekst": str(row.remarks[each]) if row else "" for each, name in heads.items()
    }
    return own | texts


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
