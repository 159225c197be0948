"""What is said of a change: its name, where it stands, how much changed, and why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Final, NamedTuple

from beleidsbeheer.domain.changes import Change, ChangeKind, Changes, parts
from beleidsbeheer.domain.changes.sections import FRONT, TOP, Text
from beleidsbeheer.domain.terms import opening
from beleidsbeheer.render.diff.pair import Pair
from beleidsbeheer.render.diff.places import Places
from beleidsbeheer.render.diff.rows import is_front
from beleidsbeheer.render.diff.side import plain

K = ChangeKind

_MOST_NAMES: Final = 8
_FRONT_MATTER: Final = "de gegevens bovenaan"


def name(change: Change) -> str:
    """How people call a changed element: its heading, or both where its number changed."""
    old = " en ".join(_title(change.before, index) for index in change.old)
    new = " en ".join(_title(change.after, index) for index in change.new)
    if not (old and new) or old == new:
        return new or old
    if change.old_keys == change.new_keys and not change.kinds & {K.VERPLAATST, K.VERNUMMERD}:
        return new
    return f"{_without_title(old, new)} → {new}"


def _title(text: Text, index: int) -> str:
    told = text.heading(index)[1]
    if told == FRONT and not index:
        return "Gegevens bovenaan"
    if told == TOP and not text.heading(index)[0]:
        return "Aanhef"
    return told or "(kop zonder tekst)"


_NUMBERED: Final = re.compile(
    r"((?:artikel|hoofdstuk|paragraaf|afdeling|titel|bijlage|§)\s*(?:[0-9][0-9a-z.:]*?|[ivxlc]+[a-z]*))"
    r"(?=[.:–-]?(?:\s|$))(.*)",
    re.I,
)


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
    if first and second and first[1] != second[1]:
        return first[2] == second[2]
    return change.old_heading == change.new_heading


def beside(text: Text, index: int) -> str:
    """Where a section stands, in words."""
    return f"de plaats na {short_name(text, index - 1)}" if index > 0 else "het begin"


class _Counted(NamedTuple):
    """So many elements of one sort had this happen to them."""

    number: int
    one: str
    more: str
    kind: str

    @property
    def noun(self) -> str:
        return self.one if self.number == 1 else self.more


_ARTICLE: Final = ("artikel", "artikelen")
_OUTSIDE: Final = ("stuk buiten de artikelen", "stukken buiten de artikelen")
_PART: Final = ("deel", "delen")  # of a text without a single artikel
_FIRST: Final = ("gewijzigd", "nieuw", "vervallen", "verplaatst", "vernummerd")


def _counted(changes: Changes) -> Iterator[_Counted]:
    """How many elements of each sort; articles first, the front matter is not among them."""
    keys = (key for text in (changes.before, changes.after) for key in text.keys)
    others = _OUTSIDE if any(map(_is_article, keys)) else _PART
    found: dict[tuple[str, str], Counter[str]] = {_ARTICLE: Counter(), others: Counter()}
    for change in changes.elements:
        if not is_front(change):
            key = change.new_key or change.old_key
            found[_ARTICLE if _is_article(key) else others][change.kind] += 1
    for nouns, counted in found.items():
        for kind in sorted(counted, key=_order):
            yield _Counted(counted[kind], *nouns, kind)


def _is_article(key: str) -> bool:
    return bool(key) and not key.startswith("hoofdstuk-")


def _order(kind: str) -> tuple[bool, int, str]:
    place = _FIRST.index(kind) if kind in _FIRST else len(_FIRST)
    return kind.startswith("alleen"), place, kind


def _front(changes: Changes) -> Change | None:
    return next((change for change in changes.elements if is_front(change)), None)


def counts(changes: Changes) -> Iterator[str]:
    """How much changed in which way, in sentences: "2 artikelen zijn gewijzigd"."""
    for each in _counted(changes):
        some = f"{each.number} {each.noun}"
        if each.kind.startswith("alleen"):
            yield f"Bij {some} verschilt {each.kind.replace('opmaak', 'de opmaak')}"
        else:
            yield f"{some} {'is' if each.number == 1 else 'zijn'} {each.kind}"
    if front := _front(changes):
        if front.kind.startswith("alleen"):
            yield f"Bij {_FRONT_MATTER} verschilt {front.kind.replace('opmaak', 'de opmaak')}"
        else:
            yield f"{opening(_FRONT_MATTER)} zijn {front.kind}"


def headline(changes: Changes) -> str:
    """The same in one line: "3 artikelen gewijzigd, 1 nieuw; gegevens bovenaan gewijzigd"."""
    told: list[str] = []
    for _, some in groupby(_counted(changes), key=lambda each: each.more):
        group = list(some)
        first = group[0]
        counted = [f"{first.number} {first.noun} {first.kind}"]
        counted += [f"{each.number} {each.kind}" for each in group[1:]]
        told.append(", ".join(counted))
    if front := _front(changes):
        told.append(f"gegevens bovenaan {front.kind}")
    return "; ".join(told) or "geen verschil"


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


def remarks_on(pair: Pair, change: Change) -> list[str]:
    """What the checks newly say of a changed element."""
    keys = set(filter(None, change.new_keys))
    return [told for key, told in pair.remarks if key.partition(".")[0] in keys]


def other_remarks(pair: Pair) -> list[str]:
    """What they newly say of what did not change, or of the text as a whole."""
    keys = {key for change in pair.changes.elements for key in change.new_keys if key}
    return [told for key, told in pair.remarks if key.partition(".")[0] not in keys]


def explanation(pair: Pair, change: Change) -> str:
    """The Toelichting on an artikel, by its new key or else its old one."""
    for key in (*change.new_keys, *change.old_keys):
        if key and (told := pair.explanations.get(key)):
            return plain(told)
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
        sentences.append(f"{opening(kind)}: {', '.join(some)}.")
    return " ".join(sentences)
