"""Statements of every kind at random: reading and printing undo each other, and garbage is refused."""

from __future__ import annotations

import json
import unicodedata
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from beleidsbeheer.domain.entry import Entry, digest_of, print_entry, read_entry
from beleidsbeheer.domain.model import SCHEMA, Council, Geleding, Role, slug_defect
from beleidsbeheer.domain.sense import ON_PAPER, ROSTER_KINDS
from beleidsbeheer.domain.statement import SHAPES
from beleidsbeheer.errors import EntryError
from simulator import Person

LETTERS = "abcXYZ019 .,:;-_'\"\\/{}[]<>&|`~€éßÆ漢字🙂"
digests = st.text("0123456789abcdef", min_size=64, max_size=64)
slugs = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True).filter(
    lambda slug: not slug_defect(slug)
)
versions = st.from_regex(
    r"(0|[1-9][0-9]{0,3})\.(0|[1-9][0-9]{0,3})(\.[1-9][0-9]{0,3})?", fullmatch=True
)
days = st.dates().map(str)
fingerprints = st.text("abcXYZ019+/", min_size=43, max_size=43).map("SHA256:".__add__)
told = st.text(LETTERS, min_size=1, max_size=100).filter(
    lambda text: unicodedata.is_normalized("NFC", text)
)
sizes = st.integers(0, 1 << 40)
roles = st.sampled_from(sorted(Role))


def record(required: dict[str, Any], optional: dict[str, Any] | None = None) -> Any:
    return st.fixed_dictionaries(required, optional=optional or {})


def frozen(over: dict[str, Any]) -> Any:
    """The ``over`` of a text: its path follows from policy and version."""
    path = f"reglement/{over['beleid']}/versies/{over['versie']}.md"
    text = record({"pad": st.just(path), "sha256": digests, "bytes": sizes})
    return text.map(lambda text: {**over, "bestanden": [text]})


named_version = record({"beleid": slugs, "versie": versions})
members = st.builds(
    Person,
    slugs,
    st.lists(roles, min_size=1, unique=True).map(tuple),
    until=st.just("") | days,
).map(lambda person: person.row)

texts = named_version.flatmap(frozen)
letters = record({"sha256": digests, "bytes": sizes})
receipts = record({"op": days, "sha256": digests, "bytes": sizes})
councils = st.sampled_from(sorted(Council))
geledingen = st.sampled_from(sorted(Geleding))
about_council = {"over": texts, "orgaan": councils}


@st.composite
def submissions(draw: st.DrawFn) -> dict[str, Any]:
    asked = sorted(draw(st.sets(st.tuples(geledingen, told), max_size=4)))
    others = set(Geleding) - {geleding for geleding, _ in asked}
    fields: dict[str, Any] = draw(
        record(
            {
                **about_council,
                "raakt": st.sets(slugs, max_size=3).map(sorted),
                "afschrift": st.sets(st.sampled_from(sorted(others))).map(sorted)
                if others
                else st.just([]),
                **dict.fromkeys(("beweegredenen", "gevolgen", "maatregelen"), told),
            },
            {
                "vergadering": days,
                "reageren_voor": days,
                "redactioneel": record({"versie": versions, "sha256": digests}),
            },
        )
    )
    fields["vereist"] = [{"geleding": str(each), "grondslag": basis} for each, basis in asked]
    return fields | ({} if asked else {"geen_instemming": draw(told)})


@st.composite
def consents(draw: st.DrawFn) -> dict[str, Any]:
    outcome = draw(st.sampled_from(["ingestemd", "niet-ingestemd", "onder-voorwaarden"]))
    votes = draw(st.lists(st.integers(0, 300), min_size=3, max_size=3))
    counted = dict(zip(("voor", "tegen", "onthouding"), votes, strict=True))
    fields: dict[str, Any] = draw(
        record(
            {
                **about_council,
                "geleding": geledingen,
                "grondslagen": st.sets(told, min_size=1, max_size=3).map(sorted),
                "uitkomst": st.just(outcome),
                "vergadering": days,
                "kenmerk": told,
            },
            {"brief_datum": days, "stemmen": st.just(counted | {"aanwezig": sum(votes)})},
        )
    )
    conditions = {"voorwaarden": draw(st.lists(told, min_size=1, max_size=3))}
    return fields | (conditions if outcome == "onder-voorwaarden" else {})


@st.composite
def adoptions(draw: st.DrawFn) -> dict[str, Any]:
    back, starts = sorted(draw(st.sets(days, min_size=2, max_size=2)))
    retroactive = {"terugwerkend_tot": back, "reden": draw(told)} if draw(st.booleans()) else {}
    fields: dict[str, Any] = draw(
        record({"over": texts, "vergadering": days}, {"besluitnummer": told})
    )
    return fields | {"inwerking": starts} | retroactive


FIELDS: dict[str, Any] = {
    "rooster": record(
        {
            "nummer": st.integers(1, 100_000),
            "verzegelt": st.sets(digests, max_size=3).map(sorted),
            "drempel": st.integers(1, 100),
            "regels": digests,
            "leden": st.lists(members, min_size=1, max_size=3),
        }
    ),
    "akkoord": record({"betreft": digests}),
    "aanvaarding": record({}),
    "verwerping": record({"betreft": digests, "reden": told}),
    "erkenning": record({"betreft": digests, "reden": told}),
    "sleutelbevestiging": record(
        {
            "persoon": slugs,
            "sleutel": fingerprints,
            "bewijs": record({"sha256": digests, "bytes": sizes}),
            "vergadering": days,
        },
        {"kenmerk": told},
    ),
    "registratie": record(
        {"over": named_version.flatmap(frozen), "omschrijving": told},
        {"auteurs": st.lists(slugs, min_size=1, max_size=3)},
    ),
    "overname": record(
        {
            "over": record({"beleid": slugs}) | named_version | named_version.flatmap(frozen),
            "tabel": st.sampled_from(["versies", "vaststellingen"]),
            "rij": st.integers(1, 10_000),
            "bron": record({"sha256": digests, "document": digests}),
        },
        {
            "status": told,
            "datum_bron": days,
            "personen": st.lists(slugs, min_size=1, max_size=3),
            "functie": told,
            "handelingen": st.lists(
                record(
                    {"soort": st.sampled_from(["instemming", "vaststelling"]), "orgaan": told},
                    {"datum": days, "geleding": st.sampled_from(["geheel", "ouders"])},
                ),
                min_size=1,
                max_size=3,
            ),
        },
    ),
    "lezing": record({"over": named_version, "geldend_van": days, "toelichting": told}),
    "voorlegging": submissions(),
    "instemming": consents(),
    "toestemming": record(
        {
            **about_council,
            "geleding": geledingen,
            "uitkomst": st.sampled_from(["verleend", "geweigerd"]),
            "uitspraak_op": days,
            "kenmerk": told,
            "ontvangst": receipts,
        }
    ),
    "redactieaanvaarding": record(
        {**about_council, "vergadering": days, "kenmerk": told}, {"brief_datum": days}
    ),
    "vaststelling": adoptions(),
    "bekendmaking": record(
        {
            "over": texts,
            "bekendgemaakt_op": days,
            "waar": st.sampled_from(["https://school.example/a?b=1#c", "http://x.example:80/"]),
        }
    ),
    "intrekking": record(
        {"over": named_version, "vergadering": days, "per": days, "reden": told},
        {"besluitnummer": told},
    ),
    "bevestiging": record(
        {
            "over": named_version,
            "vergadering": st.dates(max_value=date(2020, 1, 1)).map(str),
            "volgende": st.dates(min_value=date(2020, 1, 2)).map(str),
        },
        {"besluitnummer": told},
    ),
    "nietigheid": record(
        {
            "over": named_version,
            "orgaan": councils,
            "ingeroepen_op": days,
            "kenmerk": told,
            "reden": told,
        },
        {"meegedeeld_op": days},
    ),
    "terugtrekking": record({"over": named_version, "reden": told}),
}


@st.composite
def statements(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(sorted(FIELDS)))
    roster = draw(digests)
    other = roster if kind in ROSTER_KINDS else draw(digests)
    statement: dict[str, Any] = {
        "schema": SCHEMA,
        "soort": kind,
        "door": draw(record({"persoon": slugs, "rol": roles, "sleutel": fingerprints})),
        "datum": draw(days),
        "rooster": roster,
        "rust_op": sorted({roster, other}),
    }
    statement |= {"betreft": roster} if kind == "aanvaarding" else {}
    statement |= {"betreft": other} if kind == "terugtrekking" else {}
    statement |= draw(FIELDS[kind])
    if kind in ON_PAPER and statement["door"]["rol"] == Role.SECRETARIS:
        statement["ontvangst"] = draw(receipts)
    elif kind in ON_PAPER and draw(st.booleans()):
        statement["brief"] = draw(letters)
    return statement


def test_every_kind_is_generated() -> None:
    assert FIELDS.keys() == SHAPES.keys()


@settings(deadline=None)
@given(statements())
def test_print_and_read_are_each_others_inverse(statement: dict[str, Any]) -> None:
    data = print_entry(statement)
    entry = read_entry(data)
    assert entry.fields == statement
    assert print_entry(entry.fields) == data
    assert entry.digest == digest_of(data)


@settings(deadline=None)
@given(statements(), st.data())
def test_one_other_byte_is_refused_or_is_another_entry(
    statement: dict[str, Any], data: st.DataObject
) -> None:
    good = print_entry(statement)
    at = data.draw(st.integers(0, len(good) - 1))
    piece = data.draw(st.binary(max_size=2).filter(lambda piece: piece != good[at : at + 1]))
    changed = good[:at] + piece + good[at + 1 :]
    entry = read_or_none(changed)
    if entry is not None:
        assert entry.digest != digest_of(good)
        assert print_entry(entry.fields) == changed
        assert entry.fields != statement


@settings(deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_garbage_is_refused_and_nothing_else(garbage: bytes) -> None:
    assert read_or_none(garbage) is None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@settings(deadline=None)
@given(statements(), st.data(), json_values)
def test_any_value_in_any_field_is_read_or_refused(
    statement: dict[str, Any], data: st.DataObject, value: Any
) -> None:
    statement[data.draw(st.sampled_from(sorted(statement)))] = value
    text = json.dumps(statement, ensure_ascii=False, sort_keys=True, indent=2) + "\n"
    read_or_none(text.encode("utf-8", "surrogatepass"))


def read_or_none(data: bytes) -> Entry | None:
    try:
        return read_entry(data)
    except EntryError:
        return None
