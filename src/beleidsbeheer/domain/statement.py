"""The closed schema: which fields a statement of each kind has, and what may stand in them.

The kinds in ``SHAPES`` stand in the order of a life: who may sign, a text, its history on paper, the way
through council and board, and what comes after.
"""

from __future__ import annotations

import re
from typing import Any

from beleidsbeheer.domain.model import SCHEMA, Council, Geleding, Role
from beleidsbeheer.domain.shapes import (
    Shape,
    day,
    digest,
    list_of,
    matching,
    number,
    one_of,
    record,
    slug,
    text,
    version,
)

_FINGERPRINT = re.compile(r"SHA256:[A-Za-z0-9+/]{43}")
_KEY_LINE = re.compile(r"[a-z0-9@.-]{1,60} [A-Za-z0-9+/]{40,4000}={0,2}")
_ORIGIN = re.compile(r"https://[a-z0-9.-]{1,200}(?::[0-9]{1,5})?|http://localhost(?::[0-9]{1,5})?")
_URL = re.compile(r"https?://[^\s<>\"'`\\]{1,500}")

_fingerprint = matching(_FINGERPRINT, "is geen sleutelafdruk (SHA256:…)")
_digests = list_of(digest, ordered=True)
_reason = text(2000)
_size = number(0, 1 << 40)

_file = record({"sha256": digest, "bytes": _size})
_frozen_text = record({"pad": text(300), "sha256": digest, "bytes": _size})
_version_of_policy = record({"beleid": slug, "versie": version})
_text_of_policy = record(
    {"beleid": slug, "versie": version, "bestanden": list_of(_frozen_text, least=1, most=1)}
)
_council = one_of(*Council)
_geleding = one_of(*Geleding)
_reference = text(100)

_member = record(
    {
        "persoon": slug,
        "rollen": list_of(one_of(*sorted(Role)), least=1, ordered=True),
        "sleutels": list_of(
            record(
                {"sleutel": matching(_KEY_LINE, "is geen openbare sleutel")},
                # a passkey signs for one web address; pinning it keeps another site from asking
                {"herkomst": matching(_ORIGIN, "is geen webadres")},
            ),
            least=1,
            most=20,
        ),
    },
    {"tot": day},
)

# An act that a paper history tells of: what, by which body, on which day as far as the source says.
_told_act = record(
    {"soort": one_of("instemming", "vaststelling"), "orgaan": text(100)},
    {"datum": day, "geleding": _geleding, "meegedeeld_op": day},
)

# A decision on paper that came in: on which day, and the letter or minutes it stands in. The letter itself
# stays outside. Only a secretaris signs with this: it is an attestation, never the body's own signature.
_receipt = record({"op": day, "sha256": digest, "bytes": _size})
_EVIDENCE: dict[str, Shape] = {"ontvangst": _receipt, "brief": _file}

_votes = record(
    {
        "voor": number(0, 1000),
        "tegen": number(0, 1000),
        "onthouding": number(0, 1000),
        "aanwezig": number(0, 1000),
    }
)


def _statement(required: dict[str, Shape], optional: dict[str, Shape] | None = None) -> Shape:
    """A statement: the fields that all kinds share, and those of one kind."""
    signer = {"persoon": slug, "rol": one_of(*sorted(Role)), "sleutel": _fingerprint}
    common: dict[str, Shape] = {
        "schema": one_of(SCHEMA),
        "soort": text(40),
        "door": record(signer),
        "datum": day,
        "rust_op": _digests,
        "rooster": digest,
    }
    return record({**common, **required}, optional)


def _first_roster_names_none(shape: Shape, without: Shape) -> Shape:
    def check(value: Any, field: str) -> None:
        (shape if "rooster" in value else without)(value, field)

    return check


_ROSTER_FIELDS: dict[str, Shape] = {
    "nummer": number(0, 100_000),
    "verzegelt": _digests,
    "drempel": number(1, 100),
    "regels": digest,
    "leden": list_of(_member, least=1, most=500),
}


def _roster_statement() -> Shape:
    def first(value: Any, field: str) -> None:
        # roster 0 has no roster above it; check the rest as if it had
        _statement(_ROSTER_FIELDS)({**value, "rooster": "0" * 64}, field)

    return _first_roster_names_none(_statement(_ROSTER_FIELDS), first)


SHAPES: dict[str, Shape] = {
    # who may sign what, whole state each time; in force once enough of the previous roster agree
    "rooster": _roster_statement(),
    # a beheerder agrees with a roster, verwerping or erkenning; or a body with a change of its key
    "akkoord": _statement({"betreft": digest}),
    # a member takes up place and key in a roster, proving possession of the key
    "aanvaarding": _statement({"betreft": digest}),
    # the threshold repudiates an entry; nothing is removed
    "verwerping": _statement({"betreft": digest, "reden": _reason}),
    # the threshold vouches for an entry that came too late
    "erkenning": _statement({"betreft": digest, "reden": _reason}),
    # the secretary attests that a letter or minutes of the body quote this key of this person
    "sleutelbevestiging": _statement(
        {
            "persoon": slug,
            "sleutel": _fingerprint,
            "bewijs": _file,
            "vergadering": day,
        },
        {"kenmerk": _reference},
    ),
    # a text gets a number and is frozen
    "registratie": _statement(
        {
            "over": _text_of_policy,
            "omschrijving": _reason,
        },
        {"auteurs": list_of(slug, least=1, most=20)},
    ),
    # a row of a paper history, as the source has it; names stay outside, in the bron file
    "overname": _statement(
        {
            "over": record(
                {"beleid": slug},
                {"versie": version, "bestanden": list_of(_frozen_text, least=1, most=1)},
            ),
            "tabel": one_of("versies", "vaststellingen"),
            "rij": number(1, 10_000),
            "bron": record({"sha256": digest, "document": digest}),
        },
        {
            "status": text(100),
            "datum_bron": day,
            "personen": list_of(slug, least=1, most=20),
            "functie": text(100),
            "handelingen": list_of(_told_act, least=1, most=20),
        },
    ),
    # how the secretary reads a paper history: which version was in force since when
    "lezing": _statement(
        {"over": _version_of_policy, "geldend_van": day, "toelichting": _reason},
        {"geldend_tot_en_met": day},
    ),
    # the board puts a text to a council: which geledingen must consent, on which article, and why
    "voorlegging": _statement(
        {
            "over": _text_of_policy,
            "orgaan": _council,
            "raakt": list_of(slug, most=50, ordered=True),
            "vereist": list_of(record({"geleding": _geleding, "grondslag": text(300)}), most=50),
            "afschrift": list_of(_geleding, most=4, ordered=True),
            "beweegredenen": text(8000),
            "gevolgen": text(8000),
            "maatregelen": text(8000),
        },
        {
            "voorgelegd_op": day,
            "vergadering": day,
            "reageren_voor": day,
            "geen_instemming": _reason,
            # an editorial change of this earlier text
            "redactioneel": record({"versie": version, "sha256": digest}),
        },
    ),
    # a geleding says what it thinks of the text it was shown
    "instemming": _statement(
        {
            "over": _text_of_policy,
            "orgaan": _council,
            "geleding": _geleding,
            "grondslagen": list_of(text(300), least=1, most=50, ordered=True),
            "uitkomst": one_of("ingestemd", "niet-ingestemd", "onder-voorwaarden"),
            "vergadering": day,
            "kenmerk": _reference,
        },
        {
            "brief_datum": day,
            "stemmen": _votes,
            "voorwaarden": list_of(_reason, least=1, most=20),
            **_EVIDENCE,
        },
    ),
    # the disputes commission on consent that was withheld; it has no key, so always a receipt
    "toestemming": _statement(
        {
            "over": _text_of_policy,
            "orgaan": _council,
            "geleding": _geleding,
            "uitkomst": one_of("verleend", "geweigerd"),
            "uitspraak_op": day,
            "kenmerk": _reference,
            "ontvangst": _receipt,
        }
    ),
    # the council accepts that a change is editorial only
    "redactieaanvaarding": _statement(
        {"over": _text_of_policy, "orgaan": _council, "vergadering": day, "kenmerk": _reference},
        {"brief_datum": day, **_EVIDENCE},
    ),
    # the board adopts
    "vaststelling": _statement(
        {"over": _text_of_policy, "vergadering": day, "inwerking": day},
        {
            "terugwerkend_tot": day,
            "reden": _reason,
            "besluitnummer": _reference,
            **_EVIDENCE,
        },
    ),
    # where and since when people can read it
    "bekendmaking": _statement(
        {
            "over": _text_of_policy,
            "bekendgemaakt_op": day,
            "waar": matching(_URL, "is geen webadres (http:// of https://, zonder spaties)"),
        }
    ),
    # the board repeals the whole regulation
    "intrekking": _statement(
        {"over": _version_of_policy, "vergadering": day, "per": day, "reden": _reason},
        {"besluitnummer": _reference, **_EVIDENCE},
    ),
    # the board reviewed the text in force and leaves it as it is
    "bevestiging": _statement(
        {"over": _version_of_policy, "vergadering": day, "volgende": day},
        {"besluitnummer": _reference, **_EVIDENCE},
    ),
    # the council says in writing that a decision taken without its consent is void
    "nietigheid": _statement(
        {
            "over": _version_of_policy,
            "orgaan": _council,
            "ingeroepen_op": day,
            "kenmerk": _reference,
            "reden": _reason,
        },
        {"meegedeeld_op": day, **_EVIDENCE},
    ),
    # whoever may takes an own act back; nothing is removed
    "terugtrekking": _statement(
        {"over": _version_of_policy, "betreft": digest, "reden": _reason}, _EVIDENCE
    ),
}
