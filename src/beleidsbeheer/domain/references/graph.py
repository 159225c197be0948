"""All references of a text as plain values: dicts, lists, strings and numbers, ready for JSON. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from beleidsbeheer.domain.references.documents import Matched
from beleidsbeheer.domain.references.drift import Drift
from beleidsbeheer.domain.references.laws import Laws
from beleidsbeheer.domain.references.phrases import ar_form
from beleidsbeheer.domain.references.resolve import Hit, Link


def graph(
    links: Iterable[Link],
    documents: Iterable[Matched] = (),
    drifts: Iterable[Drift] = (),
    laws: Laws | None = None,
) -> dict[str, Any]:
    """``verwijzingen``: from each element (by its key, "" outside them) to what it names; ``stukken``:
    the documents named. Spans are bytes of the file, ``regel`` and ``kolom`` count from 1.
    """
    moved = {(each.link.reference.start, each.hit): each.moved_to for each in drifts}
    elements: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for link in links:
        reference = link.reference
        elements[link.source].append(
            {
                "woorden": reference.quote,
                "regel": reference.line,
                "kolom": reference.column,
                "bytes": [reference.start, reference.end],
                "stijl": reference.style.value or None,
                "doelen": [
                    _target(hit, moved.get((reference.start, hit)), laws) for hit in link.hits
                ],
            }
        )
    return {"verwijzingen": dict(elements), "stukken": [_document(each) for each in documents]}


def _target(hit: Hit, moved_to: str | None, laws: Laws | None) -> dict[str, Any]:
    place = hit.target.place
    return {
        "plaats": ar_form(place, laws),
        "wet": place.law or None,
        "sleutel": hit.key or (place.key if place.law else "") or None,
        "status": "verschoven" if moved_to is not None else hit.status.value,
        "regel": hit.line or None,
        "tussenliggend": hit.target.between,
        "misschien": hit.near or None,
        "nu": moved_to or None,
    }


def _document(matched: Matched) -> dict[str, Any]:
    document = matched.document
    return {
        "woorden": document.quote,
        "naam": document.name,
        "regel": document.line,
        "kolom": document.column,
        "bytes": [document.start, document.end],
        "status": matched.standing.value,
        "beleid": matched.slug or None,
    }
