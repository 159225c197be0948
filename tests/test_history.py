"""The paper history: what the secretary writes is read as meant, or refused with file and row."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleidsbeheer.domain.entry import digest_of
from beleidsbeheer.domain.history import (
    ADOPTIONS,
    VERSIONS,
    PaperHistory,
    SourceRow,
    read_import,
    read_source,
)
from beleidsbeheer.errors import UnreadableInput

SHA = "d" * 64
GOOD = f"""
[bron]
sha256 = "{SHA}"

[[versies]]
versie = "0.1"
status = "Concept"
datum = 2018-06-26
auteur = "J. Jansen"
omschrijving = "Eerste versie"
personen = ["auteur-2018"]
cellen = {{ Versie = "0.1", Datum = "26-06-2018", "Auteur(s)" = "J. Jansen" }}

[[versies]]
cellen = {{ Versie = "" }}
handelingen = [
    {{ soort = "instemming", orgaan = "mr", datum = 2018-10-08, geleding = "geheel" }},
    {{ soort = "vaststelling", orgaan = "bestuur" }},
]

[[vaststellingen]]
versie = "0.2"
datum = 2018-10-10
naam = "P. Pietersen"
functie = "voorzitter"
personen = ["voorzitter-2018"]
cellen = {{ Versie = "", Naam = "P. Pietersen" }}

[[lezingen]]
versie = "0.2"
geldend_van = 2018-10-01
toelichting = "Artikel 20 noemt 1 oktober 2018."
"""


def read(text: str) -> PaperHistory:
    return read_import(text.encode(), "historie.toml", (f"zout {n}" for n in range(100)))


def refused(old: str, new: str) -> UnreadableInput:
    assert old in GOOD
    with pytest.raises(UnreadableInput) as caught:
        read(GOOD.replace(old, new, 1))
    assert caught.value.message.startswith("historie.toml")
    return caught.value


def test_a_history_is_read() -> None:
    history = read(GOOD)
    assert history.document == SHA
    first, second, third = history.rows
    assert (first.version, second.version, third.version) == ("0.1", "", "0.2")
    assert first.signed == {
        "tabel": VERSIONS,
        "rij": 1,
        "datum_bron": "2018-06-26",
        "status": "Concept",
        "personen": ["auteur-2018"],
    }
    assert first.source.readable == {"auteur": "J. Jansen", "omschrijving": "Eerste versie"}
    assert second.signed["handelingen"][1] == {"soort": "vaststelling", "orgaan": "bestuur"}
    assert third.signed["functie"] == "voorzitter"
    assert (third.source.table, third.source.number) == (ADOPTIONS, 1)
    (reading,) = history.readings
    assert (reading.start, reading.end) == (date(2018, 10, 1), None)


def test_names_stay_out_of_what_is_signed() -> None:
    for row in read(GOOD).rows:
        assert "Jansen" not in str(row.signed)
        assert "Pietersen" not in str(row.signed)


def test_each_row_has_salt_of_its_own() -> None:
    assert len({row.source.salt for row in read(GOOD).rows}) == 3


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('versie = "0.1"', 'versie = "1e"', "versies 1"),
        ('versie = "0.1"', "versie = 0.1", "versies 1"),
        ("datum = 2018-06-26", 'datum = "26-06-2018"', "versies 1"),
        ("datum = 2018-06-26", "datum = 2018-06-26T10:00:00", "versies 1"),
        ('status = "Concept"', "status = 1", "versies 1"),
        ('auteur = "J. Jansen"', "auteur = []", "versies 1"),
        ('["auteur-2018"]', '"auteur-2018"', "versies 1"),
        ('["auteur-2018"]', '["J. Jansen"]', "versies 1"),
        ('["auteur-2018"]', "[2018]", "versies 1"),
        ('status = "Concept"', 'stand = "Concept"', "versies 1"),
        ('{ Versie = "" }', '""', "versies 2"),
        ('{ Versie = "" }', "{ Versie = 1 }", "versies 2"),
        ('cellen = { Versie = "" }', "", "versies 2"),
        ('soort = "vaststelling", ', "", "versies 2"),
        ('orgaan = "bestuur" }', "orgaan = 3 }", "versies 2"),
        ('orgaan = "bestuur" }', 'orgaan = "bestuur", naam = "P" }', "versies 2"),
        ("datum = 2018-10-08", 'datum = "8 okt"', "versies 2"),
        ('functie = "voorzitter"', "functie = {}", "vaststellingen 1"),
        ('naam = "P. Pietersen"', 'auteur = "P. Pietersen"', "vaststellingen 1"),
        ('versie = "0.2"\ngeldend', "geldend", "lezing 1"),
        ('versie = "0.2"\ngeldend', 'versie = "x"\ngeldend', "lezing 1"),
        ("geldend_van = 2018-10-01", "", "lezing 1"),
        ("geldend_van = 2018-10-01", "geldend_van = 2018-10-01\ngeldend_tot_en_met = 2018-09-30", "lezing 1"),
        ('toelichting = "Artikel 20 noemt 1 oktober 2018."', "", "lezing 1"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_named(old: str, new: str, where: str) -> None:
    assert f", {where}:" in refused(old, new).message.replace(", handeling:", ":")


@pytest.mark.parametrize("acts", ["5", '"instemming"', '["instemming"]', "[[]]", "true"])
def test_acts_that_are_no_list_of_acts(acts: str) -> None:
    text = GOOD.partition("handelingen = [")[0] + f"handelingen = {acts}\n"
    with pytest.raises(UnreadableInput, match=r"historie\.toml, versies 2:"):
        read(text)


@pytest.mark.parametrize("digest", ["", "d" * 63, "g" * 64, "D" * 64, "٣" * 64])
def test_the_old_document_is_named_by_its_sha256(digest: str) -> None:
    assert "sha256" in refused(SHA, digest).message


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (f'[bron]\nsha256 = "{SHA}"\n', "geen rijen"),
        ('[[versies]]\ncellen = {}\n', "[bron]"),
        (f'versies = 1\n[bron]\nsha256 = "{SHA}"\n', "[[versies]]"),
        (f'versies = [1]\n[bron]\nsha256 = "{SHA}"\n', "[[versies]]"),
        (f'versie = "1"\n[bron]\nsha256 = "{SHA}"\n', "niet bekend"),
        ("bron = 3\n", "[bron]"),
        ("x", "TOML"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_named(text: str, word: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        read(text)
    assert word in caught.value.message
    assert caught.value.message.startswith("historie.toml")


# --- bron files -----------------------------------------------------------------------------------------

ODD = st.text(st.characters(codec="utf-8"), max_size=30) | st.text(
    "\"'\\\n\r\t\x7f\x00\x1b=#[]é\u2028", max_size=9
)
TABLES = st.dictionaries(ODD, ODD, max_size=4)


@given(
    st.builds(
        SourceRow,
        st.sampled_from([VERSIONS, ADOPTIONS]),
        st.integers(1, 10_000),
        TABLES,
        TABLES,
        ODD,
    )
)
def test_a_bron_file_is_read_back_as_it_was(row: SourceRow) -> None:
    data = row.print()
    again = read_source(data, "bron")
    assert again == row
    assert [*again.cells] == [*row.cells]
    assert again.print() == data


def test_a_bron_file_is_named_by_its_bytes() -> None:
    row = SourceRow(VERSIONS, 1, {"Versie": "0.1"}, {}, "zout")
    assert row.path("x") == f"approvals/x/bron-{digest_of(row.print())[:12]}.toml"


@pytest.mark.parametrize(
    "old", ['tabel = "versies"', "rij = 1", 'zout = "zout"', "[cellen]", "[leesbaar]"]
)
def test_a_bron_file_without_a_part(old: str) -> None:
    text = SourceRow(VERSIONS, 1, {}, {}, "zout").print().decode()
    assert old in text
    with pytest.raises(UnreadableInput, match="geen bronbestand"):
        read_source(text.replace(old, "").encode(), "bron")


@pytest.mark.parametrize(
    "number", ["inf", "nan", "1.5", "true", '"1"', "[]", "0x" + "f" * 5000 + ".", "2026-01-01"]
)
def test_a_bron_file_with_an_odd_row_number(number: str) -> None:
    text = (
        SourceRow(VERSIONS, 1, {}, {}, "zout")
        .print()
        .decode()
        .replace("rij = 1", f"rij = {number}")
    )
    with pytest.raises(UnreadableInput):
        read_source(text.encode(), "bron")


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_a_bron_file_or_refused(data: bytes) -> None:
    for each in (
        lambda: read_source(data, "bron"),
        lambda: read_import(data, "historie.toml", iter("abc")),
    ):
        try:
            each()
        except UnreadableInput as error:
            assert error.message  # noqa: PT017 - which of the two does not matter
