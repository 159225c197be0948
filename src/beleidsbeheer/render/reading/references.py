"""The references of a text as links within its page."""

from __future__ import annotations

from beleidsbeheer.domain.document import Document
from beleidsbeheer.domain.references.resolve import Status, resolve
from beleidsbeheer.render.reading.text import Reading, reading
from beleidsbeheer.render.reading.words import Link


def linked(document: Document) -> Reading:
    """A text in which each reference leads to what it names, as far as the text has that."""
    links = []
    for found in resolve(document):
        key = next((hit.key for hit in found.hits if hit.status is Status.GEVONDEN), "")
        if key:
            links.append(Link(found.reference.start, found.reference.end, key))
    return reading(document, links)
