"""An *akkoord*: somebody knows of a finding and leaves it, with a reason and until a day.

    [[akkoord]]
    regel = "opsomming-niet-aanhaalbaar"
    sleutel = "14.1.a"
    reden = "Zo staat het ook in de wet; wij verwijzen er niet naar."
    tot_en_met = 2027-08-01

It stands in the front matter of a text, or in ``beleid.toml`` for the whole register or one policy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from beleidsbeheer.domain.toml import Value, day, only_known, word

_LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Acceptance:
    """``key`` empty: wherever the rule speaks. ``policy`` empty: in every policy. ``end`` belongs to it."""

    rule: str
    key: str
    policy: str
    reason: str
    end: date

    def covers(self, rule: str, key: str) -> bool:
        """Whether it is about this finding: the same rule, at the key or below it."""
        return self.rule == rule and (not self.key or f"{key}.".startswith(f"{self.key}."))


def read_acceptances(rows: Iterable[Mapping[str, Any]], where: str) -> tuple[Acceptance, ...]:
    """The tables ``[[akkoord]]``. Raises UnreadableInput, which starts with ``where`` and the number."""
    return tuple(
        _acceptance(row, f"{where}, akkoord {number}") for number, row in enumerate(rows, start=1)
    )


def _acceptance(row: Mapping[str, Any], where: str) -> Acceptance:
    only_known(row, {"regel", "sleutel", "beleid", "reden", "tot_en_met"}, where)
    return Acceptance(
        rule=word(row, "regel", where, 100),
        key=word(row, "sleutel", where, 200) if "sleutel" in row else "",
        policy=word(row, "beleid", where, 60) if "beleid" in row else "",
        reason=word(row, "reden", where, _LONGEST_REASON),
        end=day(row, "tot_en_met", where),
    )


def print_acceptance(each: Acceptance) -> dict[str, Value]:
    """The values of a table that :func:`read_acceptances` reads back."""
    texts = {"regel": each.rule, "sleutel": each.key, "beleid": each.policy, "reden": each.reason}
    return {**{name: text for name, text in texts.items() if text}, "tot_en_met": each.end}
