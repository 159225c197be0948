"""The history of a policy for programs: the documented shape ``beleidsbeheer.versietabel/2``.

Fields stand as they do in the signed statements. No setting of the organisation changes a key.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from beleidsbeheer.domain.course import Evidence, decided_on, received_on
from beleidsbeheer.render.history import (
    OWN,
    TAKEN_OVER,
    Act,
    AdoptionRow,
    Consent,
    HistoryTables,
    Source,
    VersionRow,
    Withdrawal,
)

SCHEMA = "beleidsbeheer.versietabel/2"


def tables_json(history: HistoryTables) -> dict[str, Any]:
    """Both tables, and for each version its way through council and board; unknown is null."""
    return {
        "schema": SCHEMA,
        "beleid": history.beleid,
        "titel": history.titel,
        "organisatie": history.organisatie,
        "versies": [_version_json(row) for row in history.versies],
        "vaststellingen": [_adoption_json(row) for row in history.vaststellingen],
        "lezingen": list(history.lezingen),
        "intrekking": history.intrekking and _decision_json(history.intrekking, "per", "reden"),
    }


def _version_json(row: VersionRow) -> dict[str, Any]:
    way = row.verloop
    return {
        "versie": row.versie,
        "status": row.status,
        "stand": str(row.stand),
        "datum": row.datum.isoformat() if row.datum else None,
        "auteur": row.auteur,
        "omschrijving": row.omschrijving,
        "herkomst": row.herkomst,
        "bron": _source_json(row.bron),
        "handelingen": [dict(act) for act in row.handelingen],
        "tekst_sha256": row.tekst,
        "vastlegging": row.vastlegging,
        "voorleggingen": [_submission_json(act) for act in way.voorleggingen],
        "instemmingen": [each for consent in way.instemmingen for each in _consent_json(consent)],
        "vaststelling": way.vaststelling and _decided_json(way.vaststelling),
        "bekendmakingen": [
            _fields(act, "bekendgemaakt_op", "waar") | {"vastlegging": act.entry.digest}
            for act in way.bekendmakingen
        ],
        "bevestigingen": [_decision_json(act, "volgende") for act in way.bevestigingen],
        "nietigheid": [
            _fields(act, "orgaan", "ingeroepen_op", "meegedeeld_op", "kenmerk", "reden")
            | _proof_json(act)
            for act in way.nietigheid
        ],
        "terugtrekkingen": [_withdrawal_json(each) for each in way.terugtrekkingen],
        "perioden": [
            {
                "van": period.start.isoformat(),
                "tot_en_met": period.end.isoformat() if period.end else None,
                "herkomst": TAKEN_OVER if period.taken_over else OWN,
            }
            for period in way.perioden
        ],
    }


def _adoption_json(row: AdoptionRow) -> dict[str, Any]:
    return {
        "versie": row.versie,
        "datum": row.datum.isoformat() if row.datum else None,
        "naam": row.naam,
        "functie": row.functie,
        "herkomst": row.herkomst,
        "bron": _source_json(row.bron),
        "vastlegging": row.vastlegging,
        "besluit": row.besluit and _decided_json(row.besluit),
    }


def _decided_json(act: Act) -> dict[str, Any]:
    return _decision_json(act, "inwerking", "terugwerkend_tot", "reden")


def _submission_json(act: Act) -> dict[str, Any]:
    editorial = act.entry.fields.get("redactioneel")
    return {
        "orgaan": act.entry.fields["orgaan"],
        "datum": act.entry.date.isoformat(),
        **_fields(act, "vergadering", "reageren_voor", "geen_instemming"),
        "redactioneel_van": editorial["versie"] if editorial else None,
        "vastlegging": act.entry.digest,
    }


def _consent_json(consent: Consent) -> Iterable[dict[str, Any]]:
    """One for each answer; one without an answer while there is none."""
    tally = consent.tally
    common = {
        "orgaan": str(tally.council),
        "geleding": str(tally.geleding),
        "grondslagen": list(tally.bases),
        "staat": str(tally.state),
        "handtekeningen": {"gegeven": tally.given, "nodig": tally.needed},
        "voorlegging": tally.submission.digest,
    }
    return [common | _answer_json(act) for act in consent.antwoorden or (None,)]


def _answer_json(act: Act | None) -> dict[str, Any]:
    fields = act.entry.fields if act else {}
    votes = fields.get("stemmen")
    return {
        "soort": act.entry.kind if act else None,
        "uitkomst": fields.get("uitkomst"),
        "vergadering": fields.get("vergadering"),
        "uitspraak_op": fields.get("uitspraak_op"),
        "brief_datum": fields.get("brief_datum"),
        "kenmerk": fields.get("kenmerk"),
        "stemmen": dict(votes) if votes else None,
        "voorwaarden": list(fields.get("voorwaarden", ())),
        **_proof_json(act),
    }


def _withdrawal_json(withdrawal: Withdrawal) -> dict[str, Any]:
    about = withdrawal.betreft
    return {
        "soort": about.kind,
        "betreft": about.digest,
        "datum": withdrawal.act.entry.date.isoformat(),
        "reden": withdrawal.act.entry.fields["reden"],
        "vervallen": [
            _fields(act, "orgaan", "geleding") | _answer_json(act) for act in withdrawal.vervallen
        ],
        **_proof_json(withdrawal.act),
    }


def _decision_json(act: Act, *names: str) -> dict[str, Any]:
    """A decision of the board. The name of its signer is null for a receipt: that was the secretary."""
    return {
        "datum": decided_on(act.entry).isoformat(),
        "naam": None if act.bewijs is Evidence.ONTVANGST else act.naam,
        **_fields(act, "besluitnummer", *names),
        **_proof_json(act),
    }


def _fields(act: Act, *names: str) -> dict[str, Any]:
    """Fields as they stand in the statement; null when they are not there."""
    return {name: act.entry.fields.get(name) for name in names}


def _proof_json(act: Act | None) -> dict[str, Any]:
    """How we know of an act, never one kind for another: ``rol`` is that of whoever signed."""
    received = received_on(act.entry) if act else None
    return {
        "rol": str(act.entry.role) if act else None,
        "bewijs": str(act.bewijs) if act else None,
        "ontvangen_op": received.isoformat() if received else None,
        "vastlegging": act.entry.digest if act else None,
    }


def _source_json(source: Source | None) -> dict[str, Any] | None:
    if source is None:
        return None
    return {
        "document_sha256": source.document,
        "staat": str(source.state),
        "cellen": dict(source.cells),
    }
