"""How the fields of one act hang together: each rule of sense kept and broken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from acts import Way
from beleidsbeheer.domain.entry import Entry, digest_of, print_entry, read_entry
from beleidsbeheer.domain.sense import ON_PAPER
from beleidsbeheer.domain.statement import SHAPES
from entries import refused

SCHOOL = Way.ready()
SCHOOL.adopted("0.1")
RECEIPT = SCHOOL.receipt()
LETTER = {"sha256": digest_of(b"brief"), "bytes": 5}
BODY: dict[str, Callable[[Way], Entry]] = {
    "instemming": lambda s: s.consent("0.1"),
    "redactieaanvaarding": lambda s: s.accept_editorial("0.1"),
    "vaststelling": lambda s: s.adopt("0.1"),
    "intrekking": lambda s: s.repeal("0.1"),
    "bevestiging": lambda s: s.review("0.1"),
    "nietigheid": lambda s: s.contest("0.1"),
}
OTHERS: dict[str, Callable[[Way], Entry]] = {
    "voorlegging": lambda s: s.submit("0.1"),
    "toestemming": lambda s: s.permit("0.1", "ouders"),
    "bekendmaking": lambda s: s.publish("0.1"),
    "terugtrekking": lambda s: s.take_back(s.of("instemming", "0.1")[0]),
}


def made(act: Callable[[Way], Entry]) -> dict[str, Any]:
    return dict(act(SCHOOL.copy()).fields)


def good(fields: dict[str, Any]) -> bool:
    return read_entry(print_entry(fields)).fields == fields


def told(fields: dict[str, Any], **change: Any) -> str:
    kept = {name: value for name, value in (fields | change).items() if value is not None}
    return refused(print_entry(kept))


def as_secretary(fields: dict[str, Any]) -> dict[str, Any]:
    return {"door": {**fields["door"], "rol": "secretaris"}}


def test_every_act_of_a_body_is_here() -> None:
    assert BODY.keys() == ON_PAPER
    assert (BODY | OTHERS).keys() <= SHAPES.keys()


@pytest.mark.parametrize("kind", sorted(BODY | OTHERS))
def test_every_act_rests_on_its_roster_and_on_more(kind: str) -> None:
    fields = made((BODY | OTHERS)[kind])
    assert len(fields["rust_op"]) > 1
    others = [each for each in fields["rust_op"] if each != fields["rooster"]]
    assert "rooster" in told(fields, rust_op=others)
    assert "rooster" in told(fields, rooster=None)


@pytest.mark.parametrize("kind", sorted(BODY))
def test_a_body_signs_without_a_receipt_and_a_secretary_with_one(kind: str) -> None:
    own = made(BODY[kind])
    assert good(own | {"brief": LETTER})
    assert "ontvangst" in told(own, ontvangst=RECEIPT)
    assert "ontvangst" in told(own, **as_secretary(own))
    attested = own | as_secretary(own) | {"ontvangst": RECEIPT}
    assert good(attested)
    assert "brief" in told(attested, brief=LETTER)


@pytest.mark.parametrize("kind", sorted(BODY | OTHERS))
def test_the_text_of_another_version(kind: str) -> None:
    fields = made((BODY | OTHERS)[kind])
    over = {**fields["over"], "versie": "0.2"}
    if "bestanden" in over:
        assert "pad" in told(fields, over=over)
    else:
        assert good(fields | {"over": over})


def test_who_is_asked_stands_in_order_without_doubles() -> None:
    fields = made(OTHERS["voorlegging"])
    assert "volgorde" in told(fields, vereist=fields["vereist"][::-1])
    assert "volgorde" in told(fields, vereist=[fields["vereist"][0]] * 2)


def test_nobody_is_asked_with_a_reason_and_only_then() -> None:
    fields = made(OTHERS["voorlegging"])
    assert "geen_instemming" in told(fields, vereist=[])
    assert "geen_instemming" in told(fields, geen_instemming="zomaar")
    assert good(fields | {"vereist": [], "geen_instemming": "alleen de opmaak"})


def test_who_is_asked_gets_no_copy() -> None:
    fields = made(OTHERS["voorlegging"])
    assert "afschrift" in told(fields, afschrift=["ouders"])
    assert good(fields | {"afschrift": ["leerlingen"]})
    assert "volgorde" in told(fields, afschrift=["leerlingen", "geheel"])


def test_conditions_go_with_conditional_consent_alone() -> None:
    fields = made(BODY["instemming"])
    assert "voorwaarden" in told(fields, uitkomst="onder-voorwaarden")
    assert "voorwaarden" in told(fields, voorwaarden=["eerst dit"])
    assert "voorwaarden" in told(fields, uitkomst="niet-ingestemd", voorwaarden=["eerst dit"])
    assert good(fields | {"uitkomst": "onder-voorwaarden", "voorwaarden": ["eerst dit"]})
    assert "voorwaarden" in told(fields, uitkomst="onder-voorwaarden", voorwaarden=[])


def test_no_more_votes_than_people() -> None:
    fields = made(BODY["instemming"])
    votes = {"voor": 2, "tegen": 1, "onthouding": 1, "aanwezig": 4}
    assert good(fields | {"stemmen": votes})
    assert "stemmen" in told(fields, stemmen=votes | {"aanwezig": 3})
    assert "stemmen" in told(fields, stemmen=votes | {"voor": -1})


def test_retroactive_effect_has_a_reason_and_lies_before() -> None:
    fields = made(BODY["vaststelling"])
    back = {"terugwerkend_tot": "2026-01-01", "reden": "de wet"}
    assert good(fields | back)
    assert "terugwerkend" in told(fields, terugwerkend_tot="2026-01-01")
    assert "terugwerkend" in told(fields, reden="de wet")
    assert "terugwerkend" in told(fields, **(back | {"terugwerkend_tot": fields["inwerking"]}))


def test_what_is_taken_back_stands_among_the_grounds() -> None:
    fields = made(OTHERS["terugtrekking"])
    assert "rust_op" in told(fields, betreft="0" * 64)
    assert "ontvangst" in told(fields, ontvangst=RECEIPT)
    assert good(fields | as_secretary(fields) | {"ontvangst": RECEIPT})
    assert good(fields | as_secretary(fields))


def test_the_next_review_lies_after_the_meeting() -> None:
    fields = made(BODY["bevestiging"])
    assert "volgende" in told(fields, volgende=fields["vergadering"])


@pytest.mark.parametrize(
    "where",
    [
        "",
        "ftp://x.example",
        "https://a b",
        "javascript:alert(1)",
        'https://x"y',
        "https://x\\y",
        "https://",
    ],
)
def test_publication_on_something_that_is_no_web_address(where: str) -> None:
    assert "waar" in told(made(OTHERS["bekendmaking"]), waar=where)


def test_a_ruling_always_has_a_receipt() -> None:
    assert "ontvangst" in told(made(OTHERS["toestemming"]), ontvangst=None)


@pytest.mark.parametrize("field", ["orgaan", "geleding", "uitkomst"])
def test_words_outside_the_list(field: str) -> None:
    assert field in told(made(BODY["instemming"]), **{field: "ingestemd "})
