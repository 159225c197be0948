"""The life of one policy of a made-up school: versions adopted one after the other, and how the last one stands."""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from acts import Way
from beleidsbeheer.domain.entry import Entry
from beleidsbeheer.domain.ledger import ACTS
from beleidsbeheer.domain.model import working_path
from simulator import SECRETARY, TODAY, Key

DAY = TODAY  # on which the last versions stand as ENDINGS has it
REVIEW_MONTHS = 24  # as the rules of every school have it

# how the last version of a policy stands, and how often; the ones before it were adopted
ENDINGS = {
    "geldend": 55, "herziening voorbij": 10, "wacht op instemming": 10, "concept": 8,
    "vastgesteld": 7, "definitief": 5, "niet ingestemd": 5,
}  # fmt: skip


@dataclass
class Life(Way):
    """The life of one policy: it knows its own acts, so that nothing is read back to make the next.

    ``written`` are its entries in the order of signing.
    """

    written: list[Entry] = field(default_factory=list)

    def add(self, statement: bytes, key: Key) -> Entry:
        entry = super().add(statement, key)
        self.written.append(entry)
        return entry

    def of(self, kind: str, version: str, policy: str = "") -> list[Entry]:
        assert policy in {"", self.policy}
        return [
            each for each in self.written if each.version == version and kind in {"", each.kind}
        ]

    def heads(self) -> list[str]:
        acts = [each for each in self.written if each.kind in ACTS]
        named = {ground for each in acts for ground in each.grounds}
        return sorted({each.digest for each in acts} - named)

    def on(self, day: date) -> None:
        self.day = day.isoformat()


def play(life: Life, texts: list[bytes], rng: random.Random) -> None:
    """Every version in turn, so that the last one ends as ENDINGS has it and today is DAY."""
    ending = rng.choices(list(ENDINGS), list(ENDINGS.values()))[0]
    if ending == "herziening voorbij":
        last = DAY - timedelta(days=rng.randint(31 * REVIEW_MONTHS, 31 * REVIEW_MONTHS + 300))
    else:
        last = DAY - timedelta(days=rng.randint(100, 600))
    years = [last - timedelta(days=365 * back) for back in reversed(range(len(texts)))]
    for at, (day, text) in enumerate(zip(years[:-1], texts[:-1], strict=True)):
        _adopt(life, f"1.{at}", text, day, rng)
    number, text = f"1.{len(texts) - 1}", texts[-1]
    if ending in {"geldend", "herziening voorbij"}:
        _adopt(life, number, text, last, rng)
    else:
        _leave(life, number, text, ending, rng)
    life.files[working_path(life.policy)] = text


def _adopt(life: Life, version: str, text: bytes, day: date, rng: random.Random) -> None:
    """The whole way in some two months from ``day``."""
    day = _consented(life, version, text, day, rng)
    day = _later(life, day, rng, 20)
    starts = day + timedelta(days=rng.randint(5, 40))
    life.adopt(version, starts.isoformat(), besluitnummer=f"B {day.year}-{rng.randint(1, 80)}")
    _later(life, day, rng, 4)
    life.publish(version)


def _consented(life: Life, version: str, text: bytes, day: date, rng: random.Random) -> date:
    day = _submitted(life, version, text, day, rng)
    for geleding in _asked(life, version):
        day = _later(life, day, rng, 15)
        _consent(life, version, geleding, rng)
    return day


def _consent(life: Life, version: str, geleding: str, rng: random.Random, **fields: str) -> None:
    """By the council itself, or a letter that the secretary received."""
    kenmerk = f"MR {life.day[:4]}-{rng.randint(1, 40)}"
    by = SECRETARY if rng.random() < 0.4 else None
    life.consent(version, geleding, by=by, kenmerk=kenmerk, **fields)


def _submitted(life: Life, version: str, text: bytes, day: date, rng: random.Random) -> date:
    life.on(day)
    life.register(version, text, policy=life.policy, omschrijving=f"Wijziging {version}")
    day = _later(life, day, rng, 10)
    life.submit(version)
    return day


def _asked(life: Life, version: str) -> list[str]:
    """Which geledingen the submission of this version asked."""
    (submission,) = life.of("voorlegging", version)
    return list(dict.fromkeys(row["geleding"] for row in submission.fields["vereist"]))


def _later(life: Life, day: date, rng: random.Random, most: int) -> date:
    day += timedelta(days=rng.randint(1, most))
    life.on(day)
    return day


def _leave(life: Life, version: str, text: bytes, ending: str, rng: random.Random) -> None:
    """A last version that is not in force: how far it came, on days not long ago."""
    if ending == "concept":
        life.on(DAY - timedelta(days=rng.randint(1, 60)))
        life.register(version, text, policy=life.policy, omschrijving=f"Concept {version}")
    elif ending in {"wacht op instemming", "niet ingestemd"}:
        day = DAY - timedelta(days=7 * rng.randint(3, 12) + 25)
        day = _submitted(life, version, text, day, rng)
        first, *_ = _asked(life, version)
        if ending == "niet ingestemd":
            _later(life, day, rng, 15)
            _consent(life, version, first, rng, outcome="niet-ingestemd")
        elif len(_asked(life, version)) > 1:
            _later(life, day, rng, 15)
            _consent(life, version, first, rng)
    else:
        day = _consented(life, version, text, DAY - timedelta(days=70), rng)
        if ending == "vastgesteld":
            _later(life, day, rng, 5)
            starts = DAY + timedelta(days=rng.randint(9, 40))
            life.adopt(version, starts.isoformat())
