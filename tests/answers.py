"""Answers to a question, as values: one regulation, the same words at many schools, references, nothing at all."""

from __future__ import annotations

from datetime import date
from typing import Any

from beleidsbeheer.domain.search.answer import Answer, Hit, Spot
from beleidsbeheer.domain.search.snippet import Piece
from overviews import ESCAPES, TODAY, day

SCHOOLS = ("De Wilg", "De Eik", "De Linde", "De Es", "De Beuk")


def spot(organisation: str = "De Wilg", **more: Any) -> Spot:
    given: dict[str, Any] = {
        "place": f"scholen/{organisation.rsplit(maxsplit=1)[-1].lower()}", "condition": "klopt", "slug": "privacyreglement",
        "title": "Privacyreglement", "version": "0.3", "stand": "geldend", "key": "14", "line": 208,
        "start": day("01-10-2024"), "end": None,
    }  # fmt: skip
    return Spot(organisation=organisation, **{**given, **more})


def hit(*spots: Spot, **more: Any) -> Hit:
    given: dict[str, Any] = {
        "heading": "Artikel 14. Beeldmateriaal", "key": ".1.b", "line": 6,
        "snippet": (
            Piece("… voor het maken van opnamen is ", False), Piece("toestemming", True),
            Piece(" nodig van de ", False), Piece("ouders", True),
            Piece("; zij kunnen die op elk moment schriftelijk intrekken, ook als de opname al …", False),
        ),
    }  # fmt: skip
    return Hit(spots=spots or (spot(),), **{**given, **more})


def old(version: str, stand: str) -> Spot:
    return spot(version=version, stand=stand, start=None, line=100 + int(version[-1]))


ONE = Answer((hit(),), day=TODAY)
MANY = Answer(
    (
        hit(*(spot(each, condition="klopt niet" if each == "De Linde" else "klopt") for each in SCHOOLS)),
        hit(
            spot("De Linde", condition="klopt niet", key="", line=3, slug="schoolgids", title="Schoolgids"),
            spot("De Eik", slug="protocol", title="Fotoprotocol", key="2", end=day("31-12-2026")),
            heading="Aanhef", key="", line=0,
        ),
    ),
    more=True,
    ignored=("van", "de"),
    doubtful=(("scholen/linde", "pestprotocol"),),
    notices=("3 registers in de index zijn het laatst bekeken op 20-11-2026.",),
    day=TODAY,
)  # fmt: skip
EVERY_VERSION = Answer(
    (hit(old("0.6", "voorgelegd"), old("0.5", "geldend"), old("0.4", "vervangen"), old("0.3", "vervangen"),
         old("0.2", "vervangen"), spot("De Eik", start=None)),),
)  # fmt: skip
REFERRING = Answer(
    (
        hit(
            spot(quotes=(("14.2", 216, "artikel 33 van de AVG"), ("14.3", 218, "artikel 33, eerste lid, AVG"))),
            snippet=(Piece("Wie een datalek ontdekt, meldt dat meteen …", False),), key="", line=0,
            heading="Artikel 14. Datalekken",
        ),
    ),
    day=TODAY,
)  # fmt: skip
NOTHING = Answer((), day=TODAY, suggestions=("klachtenregeling", "klachtencommissie"))
HOSTILE = Answer(
    (
        hit(
            spot(ESCAPES, title=ESCAPES, place=f"a{ESCAPES}", condition="klopt niet", quotes=(("1\x1b", 2, ESCAPES),)),
            spot("Ander", title=ESCAPES),
            heading=ESCAPES,
            snippet=(Piece(f"{ESCAPES} \x02\x03 ", False), Piece(ESCAPES, True)),
        ),
    ),
    ignored=(ESCAPES,), doubtful=((ESCAPES, "a"),), notices=(ESCAPES,), day=date(2026, 1, 1),
)  # fmt: skip
