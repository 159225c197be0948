"""Strict bytes: one spelling for each statement, and one named test for each malformation."""

from __future__ import annotations

import json
import unicodedata

import pytest

from beleidsbeheer.domain.entry import MAX_BYTES, digest_of, print_entry, read_entry
from beleidsbeheer.domain.model import Role
from entries import ENTRY, GOOD, ROOT, SCHOOL, refused, with_fields


def swapped(old: str, new: str) -> bytes:
    """The good statement with one piece of its text replaced."""
    assert old in GOOD.decode()
    return GOOD.decode().replace(old, new, 1).encode("utf-8", "surrogatepass")


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
