"""beleid.toml and namen.toml: what people write by hand is read as meant or refused with a place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleidsbeheer.domain.settings import Body, read_names, read_settings, read_toml
from beleidsbeheer.errors import UnreadableInput
from simulator import RULES

TEXT = RULES.decode()


def refused(text: str | bytes) -> UnreadableInput:
    with pytest.raises(UnreadableInput) as caught:
        read_settings(text.encode() if isinstance(text, str) else text)
    assert caught.value.message.startswith("beleid.toml")
    return caught.value


def test_settings_are_read() -> None:
    settings = read_settings(RULES)
    assert (settings.organisation, settings.sector) == ("De Proefschool", "po")
    assert settings.bodies == (Body("mr", "MR"),)
    assert settings.profile == "kennisnet"


def test_a_register_without_bodies_is_readable() -> None:
    assert read_settings(TEXT.partition("[organen")[0].encode()).bodies == ()


def test_not_utf_8_names_the_line() -> None:
    assert refused(b"a = 1\n" + RULES.replace(b"De ", b"D\xe9 ")).message.startswith(
        "beleid.toml:5:"
    )


def test_broken_toml_names_the_line() -> None:
    assert "line 4" in refused(TEXT.replace('"De Proefschool"', "De Proefschool")).message


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('"beleidsbeheer.v1"', '"beleidsbeheer.v2"', "schema"),
        ('schema = "beleidsbeheer.v1"', "", "schema"),
        ('"po"', '"hbo"', "po, so, vo, vso"),
        ('"po"', "1", "sector"),
        ('"po"', '["po"]', "sector"),
        ('"De Proefschool"', '"  "', "naam"),
        ('"De Proefschool"', "7", "naam"),
        ('"De Proefschool"', '"De\\nProefschool"', "naam"),
        ('"De Proefschool"', '"De\\u202eProefschool"', "naam"),
        ("[organisatie]", "[organisaties]", "organisaties"),
        ("[organisatie]", "[extra]\na = 1\n[organisatie]", "extra"),
        ('sector = "po"', 'sector = "po"\nplaats = "Den Haag"', "plaats"),
        ("[organen.mr]", '[organen."M R"]', "M R"),
        ("[organen.mr]", "[organen]\nmr = 1\n[tabel]", "organen.mr"),
        ('naam = "MR"', 'naam = "MR"\nquorum = 3', "quorum"),
        ('naam = "MR"', 'naam = "MR"\n[tabel]\nprofiel = "eigen"', "kennisnet"),
    ],
)
def test_what_cannot_be_meant(old: str, new: str, word: str) -> None:
    assert old in TEXT
    assert word in refused(TEXT.replace(old, new, 1)).message


@pytest.mark.parametrize(
    "hostile",
    [
        "a = " + "9" * 5000,  # more digits than Python reads (4300)
        "a = " + "[" * 20_000,
        "a = " + "{a=" * 20_000,
        "a." * 500_000 + "a = 1",
        "[" + '"a" . ' * 100_000 + "a]",
        "a = 2026-02-30",
        "a = 1\na = 2",
        "\x00",
        '"\\ud800" = 1',
        "",
    ],
)
def test_hostile_toml_is_refused(hostile: str) -> None:
    refused(hostile)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for read in (read_settings, read_names, lambda data: read_toml(data, "x")):
        try:
            read(data)
        except UnreadableInput as error:
            assert error.message  # noqa: PT017 - which of the two does not matter


# --- names ----------------------------------------------------------------------------------------------


def test_names_by_person() -> None:
    names = read_names('[personen]\nsecretaris = "J. de Vries-Ĳssel"\n'.encode())
    assert names == {"secretaris": "J. de Vries-Ĳssel"}


def test_no_names_is_fine() -> None:
    assert read_names(None) == read_names(b"") == read_names(b"[personen]\n") == {}


@pytest.mark.parametrize(
    "text",
    ['[personen]\n"J. de Vries" = "x"', "[personen]\nan = 1", '[personen]\nan = "a\\u001bb"', "personen = 1", "[mensen]"],
)  # fmt: skip
def test_names_that_cannot_be_shown(text: str) -> None:
    with pytest.raises(UnreadableInput, match=r"approvals/namen\.toml"):
        read_names(text.encode())
