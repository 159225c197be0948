"""Compare the index with the registers, read whole and anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from beleidsbeheer.actions.indexing.freshen import Progress, silent
from beleidsbeheer.actions.indexing.judge import Judged, judge, reader
from beleidsbeheer.domain.overview.facts import RegisterFacts
from beleidsbeheer.domain.search.fragments import TextFacts, read_text

if TYPE_CHECKING:
    from beleidsbeheer.storage.index.index import Index

_WORDS: Final = {
    "day": "de dag van het oordeel",
    "condition": "het oordeel",
    "organisation": "de organisatie",
    "root": "de wortel",
    "entries": "het aantal vastleggingen",
    "wrong": "het aantal vastleggingen dat niet telt",
    "trouble": "waarom het niet te beoordelen is",
    "findings": "de bevindingen",
    "remarks": "de bevindingen over de tekst",
    "deadlines": "de termijnen",
    "title": "de titel",
    "responsible": "wie verantwoordelijk is",
    "doubtful": "of te zeggen is wat geldt",
    "repealed": "de intrekking",
    "review": "de herziening",
    "versions": "de versies",
    "periods": "wat wanneer geldt",
    "waiting": "wat er loopt",
    "consents": "de instemmingen",
    "steps": "wat hierna moet",
    "history": "de tabellen",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that the index tells otherwise than a register (Dutch)."""

    place: str
    what: str


def compare(
    index: Index,
    registers: Iterable[Path],
    today: date,
    progress: Progress = silent,
) -> list[Difference]:
    """Everything that the index tells otherwise than these registers, read whole and anew. Writes nothing."""
    found: list[Difference] = []
    places = sorted({str(each) for each in registers})
    for number, place in enumerate(places):
        progress(place, number, len(places))
        judged = judge(None, place, today)
        with index.reading() as reading:
            told = reading.registers([place]).get(place)
            texts = reading.texts(reader(), judged.texts.keys())
            unsearchable = reading.unsearchable(reader(), texts.values())
        if told is None:
            found.append(Difference(place, "dit register staat niet in de index"))
            continue
        found += (Difference(place, each) for each in _differences(told, judged.facts))
        found += (Difference(place, each) for each in _text_differences(judged, texts))
        found += (
            Difference(place, f"in {each} is niet te zoeken zoals het hoort")
            for each in unsearchable
        )
    progress("", len(places), len(places))
    return found


def _differences(told: RegisterFacts, fresh: RegisterFacts) -> Iterable[str]:
    yield from _unequal("", told, fresh)
    old = {each.slug: each for each in told.policies}
    new = {each.slug: each for each in fresh.policies}
    for slug in sorted(old.keys() | new.keys()):
        if slug not in new:
            yield f"{slug}: staat alleen in de index"
        elif slug not in old:
            yield f"{slug}: staat niet in de index"
        else:
            yield from _unequal(f"{slug}: ", old[slug], new[slug])


def _unequal(about: str, told: Any, fresh: Any) -> Iterable[str]:
    for each in fields(told):
        if each.name != "policies" and getattr(told, each.name) != getattr(fresh, each.name):
            yield f"{about}{_WORDS[each.name]}: de index zegt iets anders dan het register"


def _text_differences(judged: Judged, texts: Mapping[str, TextFacts]) -> Iterable[str]:
    names = {
        version.text: f"{policy.slug} {version.number}"
        for policy in judged.facts.policies
        for version in policy.versions
    }
    for digest, data in judged.texts.items():
        name = names.get(digest, digest[:12])
        if digest not in texts:
            yield f"{name}: de tekst staat niet in de index"
        elif texts[digest] != read_text(data):
            yield f"{name}: de tekst staat anders in de index"
