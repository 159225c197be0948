"""References that still resolve, and now to something else: what they named was renumbered.

A text in which an onderdeel d was put before d, and elsewhere still "onder d": nobody sees it, every
tool finds a d. ``changes`` tells what became what; a reference that stood in the old text too, in the
same element, and was not moved along, has silently broken. Words that are new mean what they say. Pure.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from beleidsbeheer.domain.changes import ChangeKind, Changes, compare, parts
from beleidsbeheer.domain.document import Document
from beleidsbeheer.domain.references.resolve import Hit, Link, Status, resolve


@dataclass(frozen=True, slots=True)
class Drift:
    """A hit in the new text whose key meant another element in the old text.

    ``moved_to`` is the key which that element has now, "" when it lapsed.
    """

    link: Link
    hit: Hit
    moved_to: str


@dataclass
class Moves:
    """Which keys of the old text became which of the new, which lapsed, and which are new."""

    moved: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    come: set[str] = field(default_factory=set)

    def now(self, key: str) -> str:
        """The key that an element of the old text has now; "" when it lapsed."""
        head = key
        while head:
            if head in self.moved:
                return self.moved[head] + key[len(head) :]
            if head in self.gone:
                return ""
            head = head.rpartition(".")[0]
        return key


def moves(changes: Changes) -> Moves:
    """What changed its key between two texts."""
    found = Moves()
    for change in changes.elements:
        if ChangeKind.VERVALLEN in change.kinds:
            found.gone.update(filter(None, change.old_keys))
        elif ChangeKind.NIEUW in change.kinds:
            found.come.update(filter(None, change.new_keys))
        else:
            pairs = zip(change.old_keys, change.new_keys, strict=False)
            found.moved.update({old: new for old, new in pairs if old and new and old != new})
            for part in parts(change):
                if not part.new_key:
                    found.gone.add(part.old_key)
                elif not part.old_key:
                    found.come.add(part.new_key)
                elif part.old_key != part.new_key:
                    found.moved[part.old_key] = part.new_key
    return found


def drifted(before: Document, after: Document, links: Sequence[Link]) -> tuple[Drift, ...]:
    """The hits among ``links`` (those of ``after``) that silently broke since ``before``."""
    if before.source == after.source:
        return ()
    shift = moves(compare(before.source, after.source))
    if not shift.moved and not (shift.gone & shift.come):
        return ()
    named: dict[str, set[str]] = defaultdict(set)
    expected: dict[str, Counter[str]] = defaultdict(Counter)
    for link in resolve(before):
        source = shift.now(link.source)
        for key in _keys(link):
            named[source].add(key)
            expected[source][shift.now(key)] += 1
    found = []
    for link in links:
        for hit in link.hits:
            if hit.status is not Status.GEVONDEN or hit.target.between:
                continue
            wanted = expected[link.source]
            if wanted[hit.key]:
                wanted[hit.key] -= 1
            elif hit.key in named[link.source] and shift.now(hit.key) != hit.key:
                found.append(Drift(link, hit, shift.now(hit.key)))
    return tuple(found)


def _keys(link: Link) -> list[str]:
    return [
        hit.key for hit in link.hits if hit.status is Status.GEVONDEN and not hit.target.between
    ]
