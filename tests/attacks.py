"""What the attacks share: the people, the verdict on the one thing done, and that nothing more counts after it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from beleidsbeheer.domain.entry import Entry, print_entry
from simulator import SECRETARY, Person, Simulator

GELDIG = "geldig"
GEWIJZIGD = "gewijzigd na ondertekening"
ONGELDIG = "ongeldig"
ONBEKEND = "niet te beoordelen"

ANNA = Person("anna", ("beheerder",))
BERT = Person("bert", ("beheerder",))
CHAIR = Person("voorzitter", ("mr-voorzitter",))
ELLA = Person("ella", ("secretaris",))
BOTH = (SECRETARY, ANNA)


def word(simulator: Simulator, entry: Entry, root: str = "") -> str:
    """The verdict word on the file of this entry."""
    found = {j.path: j for j in simulator.verify(root=root).judgements}
    return str(found[entry.path].verdict)


def reason(simulator: Simulator, entry: Entry) -> str:
    return simulator.verdict(entry).partition(": ")[2]


def nothing_more(before: frozenset[str], simulator: Simulator, *attack: Entry) -> None:
    """Nothing counts that did not count before. ``attack``: files that may be judged valid in
    themselves (a vote, a proposal), because they decide nothing."""
    new = simulator.counted() - before - {entry.digest for entry in attack}
    assert not new


def changed(entry: Entry, change: Mapping[str, Any]) -> bytes:
    return print_entry({**entry.fields, **change})
