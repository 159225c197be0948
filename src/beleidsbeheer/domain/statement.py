"""The closed schema: which fields a statement of each kind has, and what may stand in them.

A shape is a function ``(value, field name) -> None`` that raises EntryError. Values are strings, whole
numbers, lists and records; there is no null (what is unknown is left out) and no boolean.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from beleidsbeheer.domain.model import SCHEMA, Role, is_digest, is_version, parse_date, slug_defect
from beleidsbeheer.errors import EntryError

Shape = Callable[[Any, str], None]

_FINGERPRINT = re.compile(r"SHA256:[A-Za-z0-9+/]{43}")
_KEY_LINE = re.compile(r"[a-z0-9@.-]{1,60} [A-Za-z0-9+/]{40,4000}={0,2}")
_ORIGIN = re.compile(r"https://[a-z0-9.-]{1,200}(?::[0-9]{1,5})?|http://localhost(?::[0-9]{1,5})?")


def _fail(field: str, reason: str) -> None:
    raise EntryError(f"veld {field or 'verklaring'}: {reason}")


def _text(longest: int) -> Shape:
    def check(value: Any, field: str) -> None:
        if type(value) is not str:
            _fail(field, "moet tekst zijn")
        if not 1 <= len(value) <= longest:
            _fail(field, f"1 tot {longest} tekens")

    return check


def _number(lowest: int, highest: int) -> Shape:
    def check(value: Any, field: str) -> None:
        # type(), not isinstance(): in Python true is an instance of int
        if type(value) is not int or not lowest <= value <= highest:
            _fail(field, f"moet een heel getal zijn van {lowest} tot {highest}")

    return check


def _matching(pattern: re.Pattern[str], reason: str) -> Shape:
    def check(value: Any, field: str) -> None:
        if type(value) is not str or not pattern.fullmatch(value):
            _fail(field, reason)

    return check


def _one_of(*words: str) -> Shape:
    known = frozenset(words)

    def check(value: Any, field: str) -> None:
        if type(value) is not str or value not in known:
            _fail(field, "moet een van deze woorden zijn: " + ", ".join(words))

    return check


def _slug(value: Any, field: str) -> None:
    if type(value) is not str or slug_defect(value):
        _fail(field, "is geen geldige korte naam")


def _digest(value: Any, field: str) -> None:
    if type(value) is not str or not is_digest(value):
        _fail(field, "is geen sha256 in 64 hexadecimale tekens")


def _version(value: Any, field: str) -> None:
    if type(value) is not str or not is_version(value):
        _fail(field, "is geen versienummer")


def _date(value: Any, field: str) -> None:
    try:
        parse_date(value if type(value) is str else "")
    except ValueError:
        _fail(field, "is geen datum in de vorm JJJJ-MM-DD")


def _list(item: Shape, *, least: int = 0, most: int = 5000, ordered: bool = False) -> Shape:
    """A list; ``ordered`` means sorted and without doubles, so that a set has one spelling."""

    def check(value: Any, field: str) -> None:
        if type(value) is not list or not least <= len(value) <= most:
            _fail(field, f"moet een lijst zijn van {least} tot {most}")
        for index, each in enumerate(value):
            item(each, f"{field}[{index}]")
        if ordered and any(a >= b for a, b in pairwise(value)):
            _fail(field, "moet op volgorde staan, zonder dubbelen")

    return check


def _record(required: dict[str, Shape], optional: dict[str, Shape] | None = None) -> Shape:
    known = {**required, **(optional or {})}

    def check(value: Any, field: str) -> None:
        if type(value) is not dict:
            _fail(field, "moet uit velden bestaan")
        prefix = f"{field}." if field else ""
        if not required.keys() <= value.keys():
            missing = next(name for name in required if name not in value)
            _fail(prefix + missing, "ontbreekt")
        for name, each in value.items():
            if name not in known:
                _fail(prefix + name, "hoort hier niet")
            known[name](each, prefix + name)

    return check


_fingerprint = _matching(_FINGERPRINT, "is geen sleutelafdruk (SHA256:…)")
_digests = _list(_digest, ordered=True)
_reason = _text(2000)
_size = _number(0, 1 << 40)

_frozen_text = _record({"pad": _text(300), "sha256": _digest, "bytes": _size})
_version_of_policy = _record({"beleid": _slug, "versie": _version})

_member = _record(
    {
        "persoon": _slug,
        "rollen": _list(_one_of(*sorted(Role)), least=1, ordered=True),
        "sleutels": _list(
            _record(
                {"sleutel": _matching(_KEY_LINE, "is geen openbare sleutel")},
                # a passkey signs for one web address; pinning it keeps another site from asking
                {"herkomst": _matching(_ORIGIN, "is geen webadres")},
            ),
            least=1,
            most=20,
        ),
    },
    {"tot": _date},
)

# An act that a paper history tells of: what, by which body, on which day as far as the source says.
_told_act = _record(
    {"soort": _one_of("instemming", "vaststelling"), "orgaan": _text(100)},
    {"datum": _date, "geleding": _one_of("geheel", "leerlingen", "ouders", "personeel")},
)


def _statement(required: dict[str, Shape], optional: dict[str, Shape] | None = None) -> Shape:
    """A statement: the fields that all kinds share, and those of one kind."""
    signer = {"persoon": _slug, "rol": _one_of(*sorted(Role)), "sleutel": _fingerprint}
    common: dict[str, Shape] = {
        "schema": _one_of(SCHEMA),
        "soort": _text(40),
        "door": _record(signer),
        "datum": _date,
        "rust_op": _digests,
        "rooster": _digest,
    }
    return _record({**common, **required}, optional)


def _first_roster_names_none(shape: Shape, without: Shape) -> Shape:
    def check(value: Any, field: str) -> None:
        (shape if "rooster" in value else without)(value, field)

    return check


_ROSTER_FIELDS: dict[str, Shape] = {
    "nummer": _number(0, 100_000),
    "verzegelt": _digests,
    "drempel": _number(1, 100),
    "regels": _digest,
    "leden": _list(_member, least=1, most=500),
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
    "akkoord": _statement({"betreft": _digest}),
    # a member takes up place and key in a roster, proving possession of the key
    "aanvaarding": _statement({"betreft": _digest}),
    # the threshold repudiates an entry; nothing is removed
    "verwerping": _statement({"betreft": _digest, "reden": _reason}),
    # the threshold vouches for an entry that came too late
    "erkenning": _statement({"betreft": _digest, "reden": _reason}),
    # the secretary attests that a letter or minutes of the body quote this key of this person
    "sleutelbevestiging": _statement(
        {
            "persoon": _slug,
            "sleutel": _fingerprint,
            "bewijs": _record({"sha256": _digest, "bytes": _size}),
            "vergadering": _date,
        },
        {"kenmerk": _text(100)},
    ),
    # a text gets a number and is frozen
    "registratie": _statement(
        {
            "over": _record(
                {
                    "beleid": _slug,
                    "versie": _version,
                    "bestanden": _list(_frozen_text, least=1, most=1),
                }
            ),
            "omschrijving": _reason,
        },
        {"auteurs": _list(_slug, least=1, most=20)},
    ),
    # a row of a paper history, as the source has it; names stay outside, in the bron file
    "overname": _statement(
        {
            "over": _record(
                {"beleid": _slug},
                {"versie": _version, "bestanden": _list(_frozen_text, least=1, most=1)},
            ),
            "tabel": _one_of("versies", "vaststellingen"),
            "rij": _number(1, 10_000),
            "bron": _record({"sha256": _digest, "document": _digest}),
        },
        {
            "status": _text(100),
            "datum_bron": _date,
            "personen": _list(_slug, least=1, most=20),
            "functie": _text(100),
            "handelingen": _list(_told_act, least=1, most=20),
        },
    ),
    # how the secretary reads a paper history: which version was in force since when
    "lezing": _statement(
        {"over": _version_of_policy, "geldend_van": _date, "toelichting": _reason},
        {"geldend_tot_en_met": _date},
    ),
}
