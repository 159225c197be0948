"""What is said of a change: its name, where it stands, how much changed, and why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from beleidsbeheer.domain.changes import Change, ChangeKind, Changes, parts
from beleidsbeheer.domain.changes.sections import FRONT, TOP, Text
from beleidsbeheer.render.diff.pair import Pair
from beleidsbeheer.render.diff.places import Places
from beleidsbeheer.render.diff.rows import is_front

K = ChangeKind

_MOST_NAMES: Final = 8


def name(change: Change) -> str:
    """How people call a changed element: its heading, or both where its number changed."""
    old = " en ".join(_title(change.before, index) for index in change.old)
    new = " en ".join(_title(change.after, index) for index in change.new)
    if not (old and new) or old == new:
        return new or old
    if change.old_keys == change.new_keys and K.VERPLAATST not in change.kinds:
        return new
    return f"{_without_title(old, new)} → {new}"


def _title(text: Text, index: int) -> str:
    told = text.heading(index)[1]
    if told == FRONT and not index:
        return "Gegevens bovenaan (kopblok)"
    if told == TOP and not text.heading(index)[0]:
        return "Aanhef"
    return told or "(kop zonder tekst)"


_NUMBERED: Final = re.compile(r"(artikel\s+[0-9][0-9a-z.:]*?)(?=[.:–-]?(?:\s|$))(.*)", re.I)


def _without_title(old: str, new: str) -> str:
    """``Artikel 8`` from ``Artikel 8. Toegang`` where the new heading has that title too."""
    first, second = _NUMBERED.fullmatch(old), _NUMBERED.fullmatch(new)
    return first[1] if first and second and first[2] == second[2] else old


def short_name(text: Text, index: int) -> str:
    """ "Artikel 14" of a section "Artikel 14. Rechten", or all of another heading."""
    told = _title(text, index)
    found = _NUMBERED.fullmatch(told)
    return found[1] if found else told


def same_title(change: Change) -> bool:
    """Whether of the heading at most the number changed."""
    if len(change.old) != 1 or len(change.new) != 1:
        return False
    first = _NUMBERED.fullmatch(change.old_heading)
    second = _NUMBERED.fullmatch(change.new_heading)
    if first and second and change.old_key != change.new_key:
        return first[2] == second[2]
    return change.old_heading == change.new_heading


def beside(text: Text, index: int) -> str:
    """Where a section stands, in words."""
    return f"de plaats na {short_name(text, index - 1)}" if index > 0 else "het begin"


def counts(changes: Changes) -> Iterator[str]:
    """How much changed in which way: "2 artikelen zijn gewijzigd"."""
    inside: Counter[str] = Counter()
    outside: Counter[str] = Counter()
    for change in changes.elements:
        key = change.new_key or change.old_key
        article = bool(key) and not key.startswith("hoofdstuk-")
        (inside if article else outside)[change.kind] += 1
    nouns = ("artikel", "artikelen"), ("stuk buiten de artikelen", "stukken buiten de artikelen")
    for counted, (one, more) in zip((inside, outside), nouns, strict=True):
        for kind, count in sorted(counted.items(), key=lambda item: _order(item[0])):
            noun = one if count == 1 else more
            if kind.startswith("alleen"):
                yield f"Bij {count} {noun} verschilt {kind.replace('opmaak', 'de opmaak')}"
            else:
                yield f"{count} {noun} {'is' if count == 1 else 'zijn'} {kind}"


def _order(kind: str) -> tuple[bool, str]:
    return kind.startswith("alleen"), kind


def words(change: Change) -> str:
    struck, came = change.struck_words, change.inserted_words
    if change.kinds <= {K.VERPLAATST, K.VERNUMMERD}:
        return ""  # the only word that differs is its number
    if struck and came:
        return f"{struck} {_noun(struck)} geschrapt, {came} ingevoegd"
    if struck or came:
        count = struck or came
        return f"{count} {_noun(count)} {'geschrapt' if struck else 'ingevoegd'}"
    return ""


def _noun(count: int) -> str:
    return "woord" if count == 1 else "woorden"


def first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def explanation(pair: Pair, change: Change) -> str:
    """The Toelichting on an artikel, by its new key or else its old one."""
    for key in (*change.new_keys, *change.old_keys):
        if key and (told := pair.explanations.get(key)):
            return told
    return ""


def changed_parts(change: Change) -> str:
    """The leden and onderdelen that changed, a sentence for each kind."""
    if not (change.old and change.new) or is_front(change):
        return ""
    olds = Places(change.before, change.old).names
    news = Places(change.after, change.new).names
    told: dict[str, list[str]] = {}
    for part in parts(change):
        old, new = olds.get(part.old_key, ""), news.get(part.new_key, "")
        both = old if old == new or not new else f"{old} → {new}" if old else new
        if both:
            told.setdefault(part.kind, []).append(both)
    sentences = []
    for kind, names in told.items():
        some = names[:_MOST_NAMES]
        if left := len(names) - len(some):
            some.append(f"en nog {left}")
        sentences.append(f"{first_upper(kind)}: {', '.join(some)}.")
    return " ".join(sentences)
