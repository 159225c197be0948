"""What a shape cannot say: how the fields of one statement hang together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from beleidsbeheer.domain.model import Role, text_path
from beleidsbeheer.errors import EntryError

Statement = Mapping[str, Any]

# Entries that decide who may sign. Keeping all of these, leaving out others never makes more count.
ROSTER_KINDS = frozenset(
    {"rooster", "akkoord", "aanvaarding", "verwerping", "erkenning", "sleutelbevestiging"}
)

# Acts of a body that a secretaris may attest when they come in on paper.
ON_PAPER = frozenset(
    {"instemming", "redactieaanvaarding", "vaststelling", "intrekking", "bevestiging", "nietigheid"}
)


def check_sense(statement: Statement) -> None:
    """Raise EntryError (Dutch, names the field) when the fields of this statement contradict each other."""
    kind = statement["soort"]
    _check_grounds(kind, statement)
    _check_texts(statement)
    _check_evidence(kind, statement)
    if kind in _SENSE:
        _SENSE[kind](statement)


def _check_grounds(kind: str, statement: Statement) -> None:
    first = kind == "rooster" and statement["nummer"] == 0
    if first == ("rooster" in statement):
        raise EntryError("alleen rooster 0 noemt geen rooster")
    if not first and statement["rooster"] not in statement["rust_op"]:
        raise EntryError("veld rust_op: het rooster ontbreekt")
    if first and (statement["rust_op"] or statement["verzegelt"]):
        raise EntryError("rooster 0 rust op niets")
    if kind in ROSTER_KINDS and len(statement["rust_op"]) > 1:
        # who may sign must never hang on an entry that somebody can leave out
        raise EntryError("veld rust_op: deze soort rust alleen op het rooster")


def _check_texts(statement: Statement) -> None:
    over = statement.get("over", {})
    for text in over.get("bestanden", ()):
        if "versie" not in over or text["pad"] != text_path(over["beleid"], over["versie"]):
            raise EntryError(
                "veld over.bestanden: het pad hoort niet bij dit beleid en deze versie"
            )


def _check_evidence(kind: str, statement: Statement) -> None:
    """A secretaris signs for a body only with a receipt; a body that signs itself has no receipt."""
    attests = statement["door"]["rol"] == Role.SECRETARIS
    if kind in ON_PAPER and attests != ("ontvangst" in statement):
        reason = "een secretaris tekent dit alleen als ontvangstbewijs, en niemand anders doet dat"
        raise EntryError(f"veld ontvangst: {reason}")
    if "ontvangst" in statement and "brief" in statement:
        raise EntryError("veld brief: de brief staat al bij de ontvangst")


def _check_acceptance(statement: Statement) -> None:
    if statement["betreft"] != statement["rooster"]:
        raise EntryError("een aanvaarding betreft het rooster waaronder zij is getekend")


def _check_reading(statement: Statement) -> None:
    if statement.get("geldend_tot_en_met", "9999") < statement["geldend_van"]:
        raise EntryError("veld geldend_tot_en_met: ligt vóór geldend_van")


def _check_submission(statement: Statement) -> None:
    pairs = [(each["geleding"], each["grondslag"]) for each in statement["vereist"]]
    if any(a >= b for a, b in pairwise(pairs)):
        raise EntryError("veld vereist: moet op volgorde staan, zonder dubbelen")
    if bool(pairs) == ("geen_instemming" in statement):
        raise EntryError("veld geen_instemming: precies wanneer er niets vereist is, met een reden")
    if statement.get("voorgelegd_op", "") > statement["datum"]:
        raise EntryError("veld voorgelegd_op: ligt na de dag van tekenen")
    if set(statement["afschrift"]) & {geleding for geleding, _ in pairs}:
        raise EntryError("veld afschrift: deze geleding wordt al om instemming gevraagd")


def _check_consent(statement: Statement) -> None:
    if (statement["uitkomst"] == "onder-voorwaarden") != ("voorwaarden" in statement):
        raise EntryError(
            "veld voorwaarden: hoort bij de uitkomst onder-voorwaarden, en daar alleen"
        )
    votes = statement.get("stemmen")
    if votes and votes["voor"] + votes["tegen"] + votes["onthouding"] > votes["aanwezig"]:
        raise EntryError("veld stemmen: er zijn meer stemmen dan aanwezigen")


def _check_adoption(statement: Statement) -> None:
    if ("terugwerkend_tot" in statement) != ("reden" in statement):
        raise EntryError(
            "veld terugwerkend_tot: terugwerkende kracht heeft een reden, en omgekeerd"
        )
    if statement.get("terugwerkend_tot", "") >= statement["inwerking"]:
        raise EntryError("veld terugwerkend_tot: ligt vóór de dag van inwerkingtreding")


def _check_withdrawal(statement: Statement) -> None:
    if statement["betreft"] not in statement["rust_op"]:
        raise EntryError("veld rust_op: wat wordt teruggetrokken ontbreekt")
    if "ontvangst" in statement and statement["door"]["rol"] != Role.SECRETARIS:
        raise EntryError("veld ontvangst: alleen een secretaris geeft een ontvangstbewijs")


def _check_review(statement: Statement) -> None:
    if statement["volgende"] <= statement["vergadering"]:
        raise EntryError("veld volgende: ligt na de vergadering")


_SENSE: dict[str, Callable[[Statement], None]] = {
    "aanvaarding": _check_acceptance,
    "lezing": _check_reading,
    "voorlegging": _check_submission,
    "instemming": _check_consent,
    "vaststelling": _check_adoption,
    "terugtrekking": _check_withdrawal,
    "bevestiging": _check_review,
}
