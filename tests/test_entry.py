"""Strict bytes: one spelling for each statement, and one named test for each malformation."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beleidsbeheer.domain.entry import MAX_BYTES, Entry, digest_of, print_entry, read_entry
from beleidsbeheer.domain.model import SCHEMA, Role, slug_defect
from beleidsbeheer.domain.statement import SHAPES
from beleidsbeheer.errors import EntryError
from simulator import SECRETARY, Person, Simulator

SCHOOL = Simulator.begun()
ENTRY = SCHOOL.register("0.1")
GOOD = SCHOOL.files[ENTRY.path]
ROOT = read_entry(SCHOOL.files[f"approvals/rooster/rooster-{SCHOOL.root[:12]}.json"])


def refused(data: bytes) -> str:
    """The Dutch reason for refusing these bytes."""
    with pytest.raises(EntryError) as caught:
        read_entry(data)
    assert caught.value.message
    return caught.value.message


def swapped(old: str, new: str) -> bytes:
    """The good statement with one piece of its text replaced."""
    assert old in GOOD.decode()
    return GOOD.decode().replace(old, new, 1).encode("utf-8", "surrogatepass")


def with_fields(**change: Any) -> bytes:
    """The good statement with other fields, in the one spelling."""
    return print_entry({**ENTRY.fields, **change})


def without(name: str) -> bytes:
    return print_entry({field: value for field, value in ENTRY.fields.items() if field != name})


def test_the_good_statement_is_read() -> None:
    entry = read_entry(GOOD)
    assert (entry.kind, entry.policy, entry.version) == ("registratie", "privacyreglement", "0.1")
    assert (entry.person, entry.role) == ("secretaris", Role.SECRETARIS)
    assert entry.digest == digest_of(GOOD)
    assert entry.path == f"approvals/privacyreglement/0.1/registratie-{entry.digest[:12]}.json"
    assert entry.namespace == "beleidsbeheer.v1/registratie"
    assert entry.references == (SCHOOL.root,)


# --- other bytes ----------------------------------------------------------------------------------------


def test_duplicate_key() -> None:
    assert "schrijfwijze" in refused(swapped('  "datum"', '  "datum": "2020-01-01",\n  "datum"'))


def test_duplicate_key_with_the_same_value() -> None:
    line = '  "datum": "2026-01-01",\n'
    assert "schrijfwijze" in refused(swapped(line, line * 2))


def test_byte_order_mark() -> None:
    refused(b"\xef\xbb\xbf" + GOOD)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "utf-8-sig"])
def test_other_encoding(encoding: str) -> None:
    odd = GOOD.decode().replace("Versie 0.1", "Vérsie 0.1")
    read_entry(odd.encode())
    refused(odd.encode(encoding))


def test_latin_1() -> None:
    assert "geen UTF-8" in refused(swapped("Versie", "Vérsie").decode().encode("latin-1"))


def test_overlong_utf_8() -> None:
    refused(GOOD.replace(b"Versie", b"\xc1\x96ersie"))


def test_crlf() -> None:
    assert "schrijfwijze" in refused(GOOD.replace(b"\n", b"\r\n"))


def test_missing_final_newline() -> None:
    assert "schrijfwijze" in refused(GOOD[:-1])


@pytest.mark.parametrize("tail", [b"\n", b" ", b"\x00", b"{}", b"\xff"])
def test_anything_after_the_end(tail: bytes) -> None:
    refused(GOOD + tail)


def test_other_white_space() -> None:
    refused(GOOD.replace(b'": ', b'":', 1))
    refused(GOOD.replace(b"  ", b"\t"))
    refused(json.dumps(ENTRY.fields, sort_keys=True).encode() + b"\n")


def test_keys_in_another_order() -> None:
    backwards = {name: ENTRY.fields[name] for name in sorted(ENTRY.fields, reverse=True)}
    assert "schrijfwijze" in refused((json.dumps(backwards, indent=2) + "\n").encode())


def test_empty_file() -> None:
    refused(b"")


@pytest.mark.parametrize("value", [b"[]", b'"tekst"', b"1", b"null", b"true", b"{}", b"[\n  1\n]"])
def test_something_that_is_no_statement(value: bytes) -> None:
    refused(value + b"\n")


@pytest.mark.parametrize("opening", [b"[", b'{"a":', b'{"a": [', b"[[{"])
def test_deep_nesting(opening: bytes) -> None:
    refused((opening * MAX_BYTES)[:MAX_BYTES])


@pytest.mark.parametrize("depth", [10, 100, 300, 500, 900, 2000])
def test_closed_deep_nesting(depth: int) -> None:
    nested: str = "[" * depth + "]" * depth
    refused(swapped('"Versie 0.1"', nested))


def test_at_most_64_kib() -> None:
    """64 KiB is read (and refused for what it says), one byte more is not read at all."""
    room = MAX_BYTES - len(with_fields(omschrijving=""))
    fits = with_fields(omschrijving="a" * room)
    assert len(fits) == MAX_BYTES
    assert "omschrijving" in refused(fits)
    assert "64 KiB" in refused(with_fields(omschrijving="a" * (room + 1)))


# --- numbers and words ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "number",
    ["12.0", "1.0", "12.5", "1.2e1", "12E0", "NaN", "Infinity", "-Infinity", "-0", "012", "+12"],
)
def test_number_that_is_not_whole(number: str) -> None:
    size = f'"bytes": {ENTRY.texts[0].size}'
    refused(swapped(size, f'"bytes": {number}'))


@pytest.mark.parametrize("value", ["true", "false", "null", '"12"', "[]", "{}"])
def test_true_for_one_and_other_stand_ins(value: str) -> None:
    refused(swapped(f'"bytes": {ENTRY.texts[0].size}', f'"bytes": {value}'))


def test_true_for_one_when_one_is_right() -> None:
    assert ROOT.fields["drempel"] == 1
    assert "heel getal" in refused(print_entry({**ROOT.fields, "drempel": True}))


@pytest.mark.parametrize("digits", [20, 4300, 4301, 60_000])
def test_huge_whole_number(digits: int) -> None:
    refused(swapped(f'"bytes": {ENTRY.texts[0].size}', '"bytes": ' + "9" * digits))


def test_null() -> None:
    assert "omschrijving" in refused(with_fields(omschrijving=None))


# --- characters -----------------------------------------------------------------------------------------


def test_letter_with_a_loose_accent() -> None:
    assert unicodedata.normalize("NFC", "Ve\u0301rsie") == "Vérsie"
    assert "NFC" in refused(with_fields(omschrijving="Ve\u0301rsie"))
    assert "NFC" in refused(with_fields(omschrijving="100 \N{KELVIN SIGN}"))


@pytest.mark.parametrize(
    "character", "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
)
def test_bidi(character: str) -> None:
    assert "onzichtbaar" in refused(with_fields(omschrijving=f"a{character}b"))


@pytest.mark.parametrize(
    "character",
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u115f\u3164\uffa0\u180e\u2800\ufe0f\U000e0100\U000e0041",
)
def test_zero_width(character: str) -> None:
    assert "onzichtbaar" in refused(with_fields(omschrijving=f"a{character}b"))


@pytest.mark.parametrize("character", "\u2028\u2029\u0085\u009b\ue000\ufffe\U0010ffff\u0378")
def test_separators_private_and_unassigned(character: str) -> None:
    assert "onzichtbaar" in refused(with_fields(omschrijving=f"a{character}b"))


@pytest.mark.parametrize("code", range(32))
def test_control_character_through_an_escape(code: int) -> None:
    assert "stuurteken" in refused(with_fields(omschrijving=f"a{chr(code)}b"))
    assert "stuurteken" in refused(with_fields(omschrijving=f"\\{chr(code)}\\"))


def test_delete_character() -> None:
    assert "stuurteken" in refused(with_fields(omschrijving="a\x7fb"))
    assert "stuurteken" in refused(with_fields(omschrijving="é\x7fb"))


def test_backslash_and_quote_are_ordinary() -> None:
    told = 'C:\\nieuw\\u200b "aanhaling" \\\\'
    assert read_entry(with_fields(omschrijving=told)).fields["omschrijving"] == told


@pytest.mark.parametrize("escape", ["\\u0061", "\\/", "\\u00e9", "\\u0022"])
def test_needless_escape(escape: str) -> None:
    assert "schrijfwijze" in refused(swapped("Versie", escape))


@pytest.mark.parametrize("escape", ["\\ud800", "\\udfff", "\\ud800\\ud800", "\\udc00\\ud800"])
def test_lone_surrogate_escape(escape: str) -> None:
    refused(swapped("Versie", escape))


def test_lone_surrogate_bytes() -> None:
    refused(swapped("Versie", "\ud800"))


def test_character_in_a_field_name() -> None:
    refused(with_fields(**{"omschrijving\u200b": "x"}))


# --- fields ---------------------------------------------------------------------------------------------


def test_extra_field() -> None:
    assert "veld extra: hoort hier niet" in refused(with_fields(extra="x"))
    signer = {**ENTRY.fields["door"], "naam": "Jan"}
    assert "veld door.naam: hoort hier niet" in refused(with_fields(door=signer))


@pytest.mark.parametrize("name", sorted(ENTRY.fields))
def test_missing_field(name: str) -> None:
    refused(without(name))


def test_field_of_another_kind() -> None:
    assert "drempel" in refused(with_fields(drempel=1))
    assert "betreft" in refused(with_fields(betreft="0" * 64))


@pytest.mark.parametrize("kind", ["", "Registratie", "registratie ", "begin", 1, None, [], {}])
def test_unknown_kind(kind: Any) -> None:
    assert "soort" in refused(with_fields(soort=kind))


def test_kind_of_other_fields() -> None:
    refused(with_fields(soort="lezing"))


@pytest.mark.parametrize("schema", ["beleidsbeheer.v2", "", 1])
def test_another_schema(schema: Any) -> None:
    assert "schema" in refused(with_fields(schema=schema))


@pytest.mark.parametrize(
    "day",
    [
        "2026-02-30",
        "2026-1-1",
        "20260101",
        "2026-W01-1",
        "2026-01-01T00:00:00",
        "0000-01-01",
        "2026-13-01",
        " 2026-01-01",
        "-026-01-01",
        "２０２６-01-01",  # fullwidth digits
        "٢٠٢٦-٠١-٠١",  # Arabic digits
        "",
        20260101,
        None,
    ],
)
def test_bad_date(day: Any) -> None:
    refused(with_fields(datum=day))


@pytest.mark.parametrize(
    "slug",
    [
        "", "-", "a-", "-a", "a--b", "A", "a b", "a/b", "..", ".", "a.b", "é", "а", "a\\b", "con", "nul",
        "com1", "rooster", "zonder-versie", "a" * 61, "*", "a,b", "１", "٣", "²", 1, None, ["a"],
    ],
)  # fmt: skip
def test_bad_slug(slug: Any) -> None:
    over = {**ENTRY.fields["over"], "beleid": slug}
    refused(with_fields(over=over))
    refused(with_fields(door={**ENTRY.fields["door"], "persoon": slug}))


@pytest.mark.parametrize(
    "version",
    ["", "1.", ".1", "01", "1.02", "1.2.3.4", "v1", "1-2", "1 ", "99999", "-1", "../1", "１.０", "٠.١", "0.²", 1, None],
)  # fmt: skip
def test_bad_version(version: Any) -> None:
    text = {
        **ENTRY.fields["over"]["bestanden"][0],
        "pad": f"reglement/privacyreglement/versies/{version}.md",
    }
    over = {"beleid": "privacyreglement", "versie": version, "bestanden": [text]}
    assert "versie" in refused(with_fields(over=over))


@pytest.mark.parametrize(
    "path",
    [
        "reglement/privacyreglement/versies/0.2.md",
        "reglement/anders/versies/0.1.md",
        "reglement/privacyreglement/versies/../versies/0.1.md",
        "/reglement/privacyreglement/versies/0.1.md",
        "reglement\\privacyreglement\\versies\\0.1.md",
        "reglement/privacyreglement/reglement.md",
        ".git/config",
        "",
    ],
)
def test_text_on_another_place(path: str) -> None:
    over = ENTRY.fields["over"]
    text = {**over["bestanden"][0], "pad": path}
    refused(with_fields(over={**over, "bestanden": [text]}))


def test_text_without_a_version() -> None:
    """A paper row that names no version cannot name its text either, not even as "None"."""
    row = SCHOOL.copy().take_over()
    text = {"pad": "reglement/privacyreglement/versies/None.md", "sha256": "0" * 64, "bytes": 1}
    over = {"beleid": "privacyreglement", "bestanden": [text]}
    assert "pad" in refused(print_entry({**row.fields, "over": over}))


@pytest.mark.parametrize(
    "digest", ["", "0" * 63, "0" * 65, "A" * 64, "g" * 64, "0" * 64 + "\n", "０" * 64]
)
def test_bad_digest(digest: str) -> None:
    refused(with_fields(rooster=digest))


def test_grounds_out_of_order_or_double() -> None:
    root, other = SCHOOL.root, "0" * 64
    assert read_entry(with_fields(rust_op=sorted([root, other]))).grounds == (other, root)
    assert "volgorde" in refused(with_fields(rust_op=sorted([root, other], reverse=True)))
    assert "dubbelen" in refused(with_fields(rust_op=[root, root]))


def test_grounds_without_the_roster() -> None:
    assert "rooster" in refused(with_fields(rust_op=["0" * 64]))
    assert "rooster" in refused(with_fields(rust_op=[]))


def test_only_roster_0_names_no_roster() -> None:
    assert "rooster" in refused(print_entry({**ROOT.fields, "nummer": 1}))
    assert "rooster" in refused(print_entry({**ROOT.fields, "rooster": "0" * 64}))
    assert "rust op niets" in refused(print_entry({**ROOT.fields, "verzegelt": ["0" * 64]}))


def test_what_decides_who_signs_rests_on_the_roster_alone() -> None:
    vote = SCHOOL.copy().repudiate(ENTRY)
    grounds = sorted([SCHOOL.root, ENTRY.digest])
    assert "alleen op het rooster" in refused(print_entry({**vote.fields, "rust_op": grounds}))


def test_acceptance_of_another_roster_than_it_is_signed_under() -> None:
    acceptance = SCHOOL.copy().accept(SECRETARY, ROOT)
    assert "aanvaarding" in refused(print_entry({**acceptance.fields, "betreft": "0" * 64}))


def test_reading_that_ends_before_it_starts() -> None:
    reading = SCHOOL.copy().read_as("0.1", "2026-01-02")
    assert "geldend_van" in refused(
        print_entry({**reading.fields, "geldend_tot_en_met": "2026-01-01"})
    )


# --- properties -----------------------------------------------------------------------------------------

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
}


@st.composite
def statements(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(sorted(FIELDS)))
    roster = draw(digests)
    other = draw(digests) if kind in {"registratie", "overname", "lezing"} else roster
    statement = {
        "schema": SCHEMA,
        "soort": kind,
        "door": draw(record({"persoon": slugs, "rol": roles, "sleutel": fingerprints})),
        "datum": draw(days),
        "rooster": roster,
        "rust_op": sorted({roster, other}),
    }
    statement |= {"betreft": roster} if kind == "aanvaarding" else {}
    statement |= draw(FIELDS[kind])
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
