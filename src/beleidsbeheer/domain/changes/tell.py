"""Changes → Dutch lines for people. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from beleidsbeheer.domain.changes.model import Change, ChangeKind, Changes
from beleidsbeheer.domain.changes.parts import origins, parts
from beleidsbeheer.domain.wordchanges import shown

K = ChangeKind

_FIRST: Final = ("gewijzigd", "nieuw", "vervallen", "verplaatst", "vernummerd")


def summary(changes: Changes, most: int | None = None, with_parts: bool = False) -> list[str]:
    """A line that counts, and a line for each changed element, ``most`` of them at most.

    ``with_parts`` also names leden and onderdelen; that takes the Markdown parser, and its time.
    """
    if not changes.elements:
        return ["geen verschil"]
    articles = [change for change in changes.elements if _is_article(change)]
    others = [change for change in changes.elements if not _is_article(change)]
    told = []
    if articles:
        told.append(_counted(articles, "artikel", "artikelen"))
    if others:
        told.append(f"buiten de artikelen: {_counted(others, '', '')}")
    lines = ["; ".join(told)]
    if changes.coarse:
        lines.append("te groot om elk woord te vergelijken: er is meer gemerkt dan nodig")
    sources = origins(changes)
    chosen = changes.elements[:most]
    for change in chosen:
        lines.append(f"{_name(change)}: {_what(change, sources, with_parts)}")
    if left := len(changes.elements) - len(chosen):
        lines.append(f"… en nog {left} {'plaats' if left == 1 else 'plaatsen'}")
    return lines


def _is_article(change: Change) -> bool:
    key = change.new_key or change.old_key
    return bool(key) and not key.startswith("hoofdstuk-")


def _counted(changes: Iterable[Change], one: str, more: str) -> str:
    """``3 artikelen gewijzigd, 1 nieuw``: the noun stands with the first number."""
    counts = Counter(change.kind for change in changes)
    kinds = [kind for kind in _FIRST if kind in counts]
    kinds += [kind for kind in counts if kind not in _FIRST]
    told: list[str] = []
    for kind in kinds:
        noun = one if counts[kind] == 1 else more
        told.append(" ".join(filter(None, (str(counts[kind]), "" if told else noun, kind))))
    return ", ".join(told)


def _name(change: Change) -> str:
    """``Artikel 8 → Artikel 9``, or one heading where both have it."""
    old = [change.before.heading(index)[1] for index in change.old]
    new = [change.after.heading(index)[1] for index in change.new]
    before, after = (" en ".join(shown(text) for text in some) for some in (old, new))
    return " → ".join(dict.fromkeys(filter(None, (before, after))))


def _what(change: Change, sources: dict[int, Change], with_parts: bool) -> str:
    told = change.kind
    if change.struck_words or change.inserted_words:
        told += f" ({_words(change)})"
    if change.new and not change.old and (source := sources.get(change.new[0])):
        told += f", met tekst uit {shown(source.old_heading)}"
    if with_parts and (found := parts(change)):
        told += ": " + ", ".join(map(str, found))
    return told


def _words(change: Change) -> str:
    struck = f"{change.struck_words} {_noun(change.struck_words)} geschrapt"
    inserted = f"{change.inserted_words} {_noun(change.inserted_words)} ingevoegd"
    if change.struck_words and change.inserted_words:
        return f"{struck}, {change.inserted_words} ingevoegd"
    return struck if change.struck_words else inserted


def _noun(count: int) -> str:
    return "woord" if count == 1 else "woorden"
