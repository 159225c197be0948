"""Words for who found nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleidsbeheer.domain.search.stemming import stem
from beleidsbeheer.domain.search.suggest import MOST, suggestions

KNOWN = """
    klacht klachten klachtenregeling klachtencommissie klachtencommissies aanklacht recht rechten rechter
    leerling leerlingen reglement bezwaar bezwaren school toezicht toezichthouder de te
"""


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("regelment", ["reglement"]),
        ("bezwar", []),
        ("bezwaer", ["bezwaar"]),
        ("Leerlnigen", ["leerlingen"]),
        ("klacht", ["klachtenregeling", "klachtencommissie", "aanklacht"]),
        ("toezien", []),
        ("scool", ["school"]),
        ("xx", []),
        ("", []),
    ],
)
def test_it_gives_what_was_probably_meant(typed: str, expected: list[str]) -> None:
    assert suggestions(typed, KNOWN.split()) == expected


@given(st.text(max_size=12), st.lists(st.text("abkltr", min_size=1, max_size=8), max_size=30))
def test_they_are_few_known_and_different(typed: str, known: list[str]) -> None:
    given_ = suggestions(typed, known)
    assert len(given_) <= MOST
    assert set(given_) <= set(known)
    assert len({stem(word) for word in given_}) == len(given_)
