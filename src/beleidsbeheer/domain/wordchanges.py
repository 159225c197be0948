"""Which words differ between two texts of a regulation, article by article.

    for line in summary(changed_words(old, new)):
        print(line)  # Artikel 14. Rechten betrokkenen: “een maand” wordt “twee weken”

Articles are matched by key, so a renumbered article reads as one that went and one that came. Words
are what white space separates, with punctuation and Markdown marks attached. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from beleidsbeheer.domain.document import Document, parse
from beleidsbeheer.errors import DocumentError

FRONT: Final = "Kopblok"
ORDER: Final = "De volgorde"
OUTSIDE: Final = "Buiten de artikelen"
WHOLE: Final = "De tekst"

# What difflib may cost at worst, in all, counted in looks at a pair of words: some two seconds. Where
# an element would cost more than is left, everything between its first and last difference is one
# place. An article of 1,500 words that is rewritten altogether costs about half of it.
MOST_WORK: Final = 100_000_000

_LONGEST: Final = 80
_MOST_PLACES: Final = 2
_ARTICLE: Final = "\0"  # no document holds it; with a key behind it: here stands that article


@dataclass(frozen=True, slots=True)
class WordChange:
    """What changed in one article, or in the front matter, the order, the text outside articles.

    ``key`` is that of the article ("13a", "7~2"), or "". ``kind`` is "gewijzigd", "nieuw" or
    "vervallen"; gewijzigd without words means that only white space, line ends or places differ.
    ``line`` is that of the first difference in the new text, or of a vervallen element in the old.
    ``places`` has each run of ``struck`` beside the run of ``inserted`` that replaced it, or "".
    """

    key: str
    heading: str
    kind: str
    struck: tuple[str, ...]
    inserted: tuple[str, ...]
    line: int
    places: tuple[tuple[str, str], ...] = ()


def changed_words(old: bytes, new: bytes) -> tuple[WordChange, ...]:
    """Every change: front matter, order, text outside articles, articles that went, the others.

    Empty exactly when the bytes are equal. If either is no document, both are compared by lines.
    """
    if old == new:
        return ()
    compare = _Comparison()
    try:
        before, after = parse(old), parse(new)
    except DocumentError:
        whole = _whole(old), _whole(new)
        return tuple(compare.parts("", *whole) or [_unseen(*whole)])
    olds, news = _articles(before), _articles(after)
    changes = compare.parts("", *(_part(FRONT, d, 1, d.front.last_line) for d in (before, after)))
    shared = olds.keys() & news.keys()
    changes += compare.parts("", _outside(before, shared), _outside(after, shared))
    for key in [*(key for key in olds if key not in news), *news]:
        changes += compare.parts(key, olds.get(key, _NOTHING), news.get(key, _NOTHING))
    if not changes:  # white space between the parts
        changes.append(_unseen(_lines(OUTSIDE, before.lines), _lines(OUTSIDE, after.lines)))
    return tuple(changes)


def summary(changes: Sequence[WordChange], most: int = 5) -> list[str]:
    """A line for each of the first ``most`` changes, and one that counts the others."""
    lines = [f"{_name(change)}: {_what(change)}" for change in changes[:most]]
    if left := len(changes) - len(lines):
        lines.append(f"… en nog {left} {'plaats' if left == 1 else 'plaatsen'}")
    return lines


# --- a text in parts -----------------------------------------------------------------------------


@dataclass(frozen=True)
class _Part:
    """Lines that are compared as one, and their numbers in the file."""

    heading: str
    lines: Sequence[str] = ()
    numbers: Sequence[int] = ()
    by_line: bool = False

    def words(self) -> tuple[list[str], list[int]]:
        """The words and the line of each; or the lines as if each is a word."""
        found: list[str] = []
        numbers: list[int] = []
        for number, line in zip(self.numbers, self.lines, strict=True):
            words = line.split()
            found += [" ".join(words)] if self.by_line and words else words
            numbers += [number] * (len(found) - len(numbers))
        return found, numbers

    def line(self, index: int) -> int:
        return self.numbers[min(index, len(self.numbers) - 1)] if self.numbers else 1


_NOTHING: Final = _Part("")


def _part(heading: str, document: Document, first: int, last: int) -> _Part:
    """Lines ``first`` to ``last``, without the white space at their end."""
    lines = document.lines
    while last >= first and not lines[last - 1].strip():
        last -= 1
    if last < first:
        return _NOTHING
    own = (*lines[first - 1 : last - 1], lines[last - 1].rstrip())
    return _Part(heading, own, range(first, last + 1))


def _articles(document: Document) -> dict[str, _Part]:
    parts = {}
    for found in document.articles:
        heading = " ".join(f"Artikel {found.mark}. {found.heading}".split())
        heading = heading if found.heading else heading.removesuffix(".")
        parts[found.key] = _part(heading, document, found.first_line, found.last_line)
    return parts


def _outside(document: Document, shared: Iterable[str]) -> _Part:
    """All that is in no article, with a line to say where each article of both texts stands."""
    lines: list[str] = []
    numbers: list[int] = []
    next_line = document.front.last_line + 1
    for article in document.articles:
        gap = _part("", document, next_line, article.first_line - 1)
        here = [_ARTICLE + article.key] if article.key in shared else []
        lines += [*gap.lines, *here]
        numbers += [*gap.numbers, *[article.first_line] * len(here)]
        next_line = article.last_line + 1
    gap = _part("", document, next_line, len(document.lines))
    return _Part(OUTSIDE, [*lines, *gap.lines], [*numbers, *gap.numbers])


def _lines(heading: str, lines: Sequence[str]) -> _Part:
    return _Part(heading, lines, range(1, len(lines) + 1), by_line=True)


def _whole(data: bytes) -> _Part:
    text = data.decode("utf-8", "backslashreplace").replace(_ARTICLE, "\u2400")
    return _lines(WHOLE, text.splitlines())


# --- two parts → changes -------------------------------------------------------------------------


class _Comparison:
    """Compares parts, until ``MOST_WORK`` is used up."""

    def __init__(self) -> None:
        self.left = MOST_WORK

    def parts(self, key: str, before: _Part, after: _Part) -> list[WordChange]:
        """The change between two parts, if any; and first one of the order of the articles."""
        if before.lines == after.lines:
            return []
        (old, old_lines), (new, new_lines) = before.words(), after.words()
        new_lines.append(after.line(len(after.lines)))
        changes: list[WordChange] = []
        places: list[tuple[str, str]] = []
        line = 0
        for a, b, c, d in self._blocks(old, new):
            out, gone = _without_articles(old[a:b])
            into, come = _without_articles(new[c:d])
            if (gone != come or out == into) and not changes:
                changes.append(WordChange("", ORDER, "gewijzigd", (), (), new_lines[c]))
            if out != into:
                places.append((out, into))
                line = line or new_lines[c]
        if not places:
            return changes or [_unseen(before, after, key)]
        kind = "gewijzigd"
        if OUTSIDE not in (before.heading, after.heading) and not (old and new):
            kind, line = ("nieuw", line) if new else ("vervallen", old_lines[0])
        struck = tuple(out for out, _ in places if out)
        inserted = tuple(into for _, into in places if into)
        heading = after.heading or before.heading
        return [*changes, WordChange(key, heading, kind, struck, inserted, line, tuple(places))]

    def _blocks(self, old: list[str], new: list[str]) -> list[tuple[int, int, int, int]]:
        """Which words old[a:b] became which words new[c:d]."""
        start, end = _equal_ends(old, new)
        a, b = old[start : len(old) - end], new[start : len(new) - end]
        if not a and not b:
            return []
        # at worst difflib looks at every pair of equal words again for each match it finds
        counts = Counter(b)
        work = (sum(counts[word] for word in a) + len(a) + len(b)) * min(len(a), len(b))
        if work > self.left:
            return [(start, start + len(a), start, start + len(b))]
        self.left -= work
        codes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
        return [
            (start + i, start + j, start + k, start + m)
            for tag, i, j, k, m in codes
            if tag != "equal"
        ]


def _equal_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How much both have in common at the beginning, and at the end of what remains."""
    least = min(len(old), len(new))
    start = next((n for n in range(least) if old[n] != new[n]), least)
    least -= start
    return start, next((n for n in range(least) if old[-1 - n] != new[-1 - n]), least)


def _without_articles(words: list[str]) -> tuple[str, list[str]]:
    """The text of a run, and apart from it the articles that stand there."""
    text = " ".join(word for word in words if not word.startswith(_ARTICLE))
    return text, [word for word in words if word.startswith(_ARTICLE)]


def _unseen(before: _Part, after: _Part, key: str = "") -> WordChange:
    """A change without words."""
    line = after.line(_equal_ends(before.lines, after.lines)[0])
    return WordChange(key, after.heading, "gewijzigd", (), (), line)


# --- changes → Dutch -----------------------------------------------------------------------------


def _name(change: WordChange) -> str:
    twice = f" ({change.key})" if "~" in change.key else ""
    return shown(change.heading) + twice


def _what(change: WordChange) -> str:
    if change.kind != "gewijzigd":
        return change.kind
    if change.heading == ORDER:
        return "iets staat op een andere plaats"
    if not change.places:
        return "alleen witruimte of regeleinden"
    told = [_replacement(*pair) for pair in change.places[:_MOST_PLACES]]
    if left := len(change.places) - len(told):
        told.append(f"en nog {left} {'wijziging' if left == 1 else 'wijzigingen'}")
    return "; ".join(told)


def _replacement(out: str, into: str) -> str:
    if not into:
        return f"“{shown(out)}” vervalt"
    if not out:
        return f"“{shown(into)}” komt erbij"
    was, becomes = shown(out), shown(into)
    if was == becomes:  # they differ in the middle, which is left out
        same, _ = _equal_ends(out, into)
        was, becomes = shown("…" + out[same:]), shown("…" + into[same:])
    return f"“{was}” wordt “{becomes}”"


def shown(text: str) -> str:
    """At most 80 characters, without the middle if need be, and none that cannot be seen."""
    ends = text if len(text) <= 2 * _LONGEST else text[:_LONGEST] + text[-_LONGEST:]
    seen = "".join(ch if ch.isprintable() else f"<U+{ord(ch):04X}>" for ch in ends)
    if len(seen) <= _LONGEST:
        return seen
    half = (_LONGEST - 3) // 2
    head, tail = seen[:half], seen[-half:]
    return f"{head.rpartition(' ')[0] or head} … {tail.partition(' ')[2] or tail}"
