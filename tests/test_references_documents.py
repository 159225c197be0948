"""Documents of the school that a text names, and the policies of a register."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from beleidsbeheer.domain.document import parse
from beleidsbeheer.domain.references.documents import (
    Standing,
    known_names,
    match,
    named_documents,
    read_document_names,
)
from beleidsbeheer.domain.references.laws import known_laws, read_laws
from beleidsbeheer.errors import UnreadableInput


@dataclass(frozen=True)
class Policy:
    slug: str
    titles: tuple[str, ...] = ()
    in_force: bool = True


def names(sentence: str, title: str = "Reglement pauze") -> list[str]:
    document = parse(f"# {title}\n\n## Artikel 1. Slot\n\n{sentence}\n".encode())
    return [each.name for each in named_documents(document)]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Zie de schoolgids.", ["schoolgids"]),
        ("Zie de Klachtenregeling van de stichting.", ["klachtenregeling"]),
        ("Zie het sociale mediaprotocol.", ["sociale mediaprotocol"]),
        (
            "Dit gaat volgens het protocol beveiligingsincidenten en datalekken van de school.",
            ["protocol beveiligingsincidenten en datalekken"],
        ),
        ("Zie het fietsenstallingreglement.", ["fietsenstallingreglement"]),
        ("Zie het ICT-protocol.", ["ict-protocol"]),
        ("Zie het huishoudelijk reglement.", ["huishoudelijk reglement"]),
        ("Zie het MR-reglement.", ["medezeggenschapsreglement"]),
        ("Zie het protocol medicijnen.", ["protocol medicijnen"]),
        ("Zie de regeling schorsing en verwijdering.", ["regeling schorsing en verwijdering"]),
        (
            "De privacyverklaring en het verwerkingsregister.",
            ["privacyverklaring", "verwerkingsregister"],
        ),
    ],
)
def test_named(sentence: str, found: list[str]) -> None:
    assert names(sentence) == found


@pytest.mark.parametrize(
    "sentence",
    [
        "Dit reglement geldt.",
        "De regeling geldt voor iedereen.",
        "Het protocol wordt gevolgd.",
        "De school heeft een protocol.",
        "Zie de wet- en regelgeving.",
        "Er is een overgangsregeling.",
        "De Regeling bekostiging is van toepassing.",
        "Het beleid tijdens de vakantie.",
        "De arbeidsovereenkomst en de postcode.",
        "Zie het reglement pauze.",
    ],
)
def test_not_named(sentence: str) -> None:
    assert names(sentence) == []


def test_the_text_itself_is_not_another_document() -> None:
    assert names("Dit privacyreglement geldt.", "Privacyreglement De Brug") == []
    sentence = "Dit cameraprotocol, of protocol cameratoezicht, staat naast de klachtenregeling."
    assert names(sentence, "Protocol cameratoezicht De Esdoorn") == ["klachtenregeling"]


def test_matched_by_slug_or_title_with_or_without_the_organisation() -> None:
    text = "Zie de klachtenregeling, het sociale mediaprotocol, het pestprotocol en de schoolgids."
    document = parse(f"## Artikel 1\n\n{text}\n".encode())
    policies = [
        Policy("klachten", ("Klachtenregeling Stichting De Brug",)),
        Policy("social-mediaprotocol", in_force=False),
        Policy("anti-pestprotocol"),
        Policy("gids", ("Gids voor ouders",)),
    ]
    found = [(each.standing, each.slug) for each in match(named_documents(document), policies)]
    assert found == [
        (Standing.GELDEND, "klachten"),
        (Standing.NIET_GELDEND, "social-mediaprotocol"),
        (Standing.GELDEND, "anti-pestprotocol"),
        (Standing.ONBEKEND, ""),
    ]


def test_another_regulation_with_more_in_its_title_is_another_one() -> None:
    document = parse(b"## Artikel 1\n\nZie de klachtenregeling.\n")
    policies = [Policy("x", ("Klachtenregeling voor vrijwilligers",))]
    assert match(named_documents(document), policies)[0].standing is Standing.ONBEKEND


def test_places_are_those_of_the_file() -> None:
    data = '+++\ntitel = "é"\n+++\n\n## Artikel 1\n\né zie de klachtenregeling.\n'.encode()
    [each] = named_documents(parse(data))
    assert data[each.start : each.end] == b"klachtenregeling"
    assert (each.line, each.column) == (7, 10)


# --- the lists ---------------------------------------------------------------------------------------------


def test_the_lists_that_come_with_the_program_are_read() -> None:
    assert known_laws().get("AVG") is not None
    assert known_names().names["mr-reglement"] == "medezeggenschapsreglement"
    shorts = [law.short for law in known_laws().laws]
    assert len(set(shorts)) == len(shorts)


def test_a_law_of_an_organisation_comes_first() -> None:
    own = read_laws(
        b'gelezen = 2026-01-01\nmerk = "gelezen"\n[[wet]]\nnaam = "Cao Samen"\nafkorting = "WMS"\n',
        "eigen.toml",
    )
    both = known_laws().also(own.laws)
    law = both.get("WMS")
    assert law is not None
    assert law.name == "Cao Samen"


@pytest.mark.parametrize(
    "data",
    [
        b'gelezen = 2026-01-01\nmerk = "x"\n[[wet]]\nnaam = "Wet A"\n',
        b'gelezen = 2026-01-01\nmerk = "x"\n[[wet]]\nnaam = "Wet A"\nafkorting = "A"\nook = "B"\n',
        b'gelezen = 2026-01-01\nmerk = "x"\n[[wet]]\nnaam = "Wet A"\nafkorting = "A"\nkleur = 1\n',
        b'merk = "x"\n',
    ],
)
def test_a_wrong_list_of_laws_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableInput, match=r"^eigen\.toml"):
        read_laws(data, "eigen.toml")


@pytest.mark.parametrize(
    "data",
    [
        b'gelezen = 2026-01-01\nmerk = "x"\n[[stuk]]\nook = ["a"]\n',
        b'gelezen = 2026-01-01\nmerk = "x"\nuitgangen = "protocol"\n',
        b'gelezen = 2026-01-01\nmerk = "x"\nstaarten = []\n',
    ],
)
def test_a_wrong_list_of_documents_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableInput, match=r"^eigen\.toml"):
        read_document_names(data, "eigen.toml")
