"""Strict fields: what each field of a statement may hold, and which fields belong together."""

from __future__ import annotations

from typing import Any

import pytest

from beleidsbeheer.domain.entry import print_entry, read_entry
from entries import ENTRY, ROOT, SCHOOL, refused, with_fields
from simulator import SECRETARY


def without(name: str) -> bytes:
    return print_entry({field: value for field, value in ENTRY.fields.items() if field != name})


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
