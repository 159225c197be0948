"""Two wordings of one element → the clauses between them: quotes that occur once, and are short. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from beleidsbeheer.domain.amendment.clauses import NotOnce, edits
from beleidsbeheer.domain.amendment.model import Clause, How
from beleidsbeheer.domain.amendment.numbers import quotable

_WORD: Final = r"[\w\u0300-\u036f]+(?:['’-][\w\u0300-\u036f]+)*"
_TOKEN: Final = re.compile(rf"{_WORD}|\r?\n|[^\S\r\n]+|.", re.S)
_IN_LINE: Final = re.compile(_WORD)
_MOST_CLAUSES: Final = 4
_MOST_CHANGED: Final = 0.4
_MOST_CELLS: Final = 4_000_000
_MOST_CHARACTERS: Final = 60_000
_MOST_CONTEXT: Final = 8
_MOST_SLIDES: Final = 40
_NEAR: Final = 2
_TERSE: Final = 5

Span = tuple[int, int, int, int]  # tokens old[a:b] become new[c:d]


def wording(core: str, skip: int, rest: str) -> tuple[Clause, ...] | None:
    """The clauses that turn ``core[skip:]`` into ``rest``; None where they would not read well."""
    old, new = _TOKEN.findall(core[skip:]), _TOKEN.findall(rest)
    if len(core) > _MOST_CHARACTERS or len(old) * len(new) > _MOST_CELLS:
        return None
    hunks = _slid(_hunks(old, new), old, new)
    places = _Places(core, skip, old, new)
    clauses, hunks = places.everywhere(hunks)
    hunks = _merged(hunks, old, places.taken)
    if not 0 < len(hunks) + len(clauses) <= _MOST_CLAUSES:
        return None
    if places.changed(hunks) > _MOST_CHANGED:
        return None
    for n in range(len(hunks)):
        clause = places.clause(hunks, n)
        if clause is None:
            return None
        clauses.append(clause)
    return tuple(clauses)


def _hunks(old: Sequence[str], new: Sequence[str]) -> list[Span]:
    from rapidfuzz.distance import Indel

    found: list[Span] = []
    for code in Indel.opcodes(old, new):
        if code.tag == "equal":
            continue
        span = (code.src_start, code.src_end, code.dest_start, code.dest_end)
        if found and (found[-1][1], found[-1][3]) == (span[0], span[2]):
            span = (found[-1][0], span[1], found[-1][2], span[3])
            found.pop()
        found.append(span)
    return found


def _slid(hunks: list[Span], old: Sequence[str], new: Sequence[str]) -> list[Span]:
    """What only goes or comes begins where a sentence or a word does, if that is the same."""
    found: list[Span] = []
    for a, b, c, d in hunks:
        low = a - (found[-1][1] if found else 0)
        words, start, end = (old, a, b) if a < b else (new, c, d)
        best, shift = _rank(words, start), 0
        if a == b or c == d:
            for n in range(1, min(low, start, _MOST_SLIDES) + 1):
                if words[start - n] != words[end - n]:
                    break
                if (rank := _rank(words, start - n)) < best:
                    best, shift = rank, n
        found.append((a - shift, b - shift, c - shift, d - shift))
    return found


def _rank(words: Sequence[str], place: int) -> int:
    """How well a change begins here: behind a sentence, a comma, a word, or elsewhere."""
    if not place or words[place - 1].endswith("\n"):
        return 0
    before, here = words[place - 1], words[place] if place < len(words) else ""
    if before in ".;:!?" and here.isspace():
        return 1
    return 2 if here in ",;:" else 3 if here.isspace() else 4


def _merged(hunks: list[Span], old: Sequence[str], taken: set[int]) -> list[Span]:
    """Hunks with hardly a word between them as one."""
    found: list[Span] = []
    for a, b, c, d in hunks:
        if found:
            p, q, r, s = found[-1]
            between = old[q:a]
            words = sum(1 for token in between if token[0].isalnum())
            limit = _NEAR if (a < b and c < d) or (p < q and r < s) else 0
            apart = any("\n" in token for token in between) or taken & set(range(q, a))
            if words <= limit and not apart:
                found[-1] = (p, b, r, d)
                continue
        found.append((a, b, c, d))
    return found


class _Places:
    """The hunks as places in the text of the element."""

    def __init__(self, core: str, skip: int, old: Sequence[str], new: Sequence[str]) -> None:
        self.core, self.old, self.new = core, old, new
        self.offsets = [skip]
        for token in old:
            self.offsets.append(self.offsets[-1] + len(token))
        self.taken: set[int] = set()

    def _pair(self, hunk: Span) -> tuple[str, str]:
        a, b, c, d = hunk
        return "".join(self.old[a:b]), "".join(self.new[c:d])

    def everywhere(self, hunks: list[Span]) -> tuple[list[Clause], list[Span]]:
        """Words that are replaced wherever they stand; and the other hunks."""
        groups: dict[tuple[str, str], list[Span]] = defaultdict(list)
        for hunk in hunks:
            groups[self._pair(hunk)].append(hunk)
        clauses = []
        for (old, new), group in groups.items():
            if len(group) < 2 or not (_sayable(old) and _sayable(new)):
                continue
            if self.core.count(old) == len(group):
                clauses.append(Clause(How.TELKENS, old, new))
                self.taken.update(n for a, b, _, _ in group for n in range(a, b))
        kept = [hunk for hunk in hunks if not self.taken & set(range(hunk[0], hunk[1]))]
        return clauses, kept

    def changed(self, hunks: list[Span]) -> float:
        """Which part of the element is other words."""
        pairs = [self._pair(hunk) for hunk in hunks]
        return sum(max(len(old), len(new)) for old, new in pairs) / max(
            len(self.core), sum(map(len, self.new)), 1
        )

    def clause(self, hunks: list[Span], n: int) -> Clause | None:
        """The first clause that does exactly this."""
        a, b, _, _ = hunks[n]
        low = self.offsets[hunks[n - 1][1]] if n else self.offsets[0]
        high = self.offsets[hunks[n + 1][0]] if n + 1 < len(hunks) else len(self.core)
        start, end = self.offsets[a], self.offsets[b]
        new = self._pair(hunks[n])[1]
        candidates = [*self._candidates(start, end, new, low, high)]
        for clause in sorted(candidates, key=_is_terse):
            try:
                [(s, e, text)] = edits(clause, self.core)
            except (NotOnce, ValueError):
                continue
            left, right = min(s, start), max(e, end)
            made = self.core[left:s] + text + self.core[e:right]
            wanted = self.core[left:start] + new + self.core[end:right]
            if low <= s and e <= high and made == wanted:
                return clause
        return None

    def _candidates(self, start: int, end: int, new: str, low: int, high: int) -> Iterator[Clause]:
        old = self.core[start:end]
        lefts = _starts(self.core, low, start)
        rights = _ends(self.core, end, high)
        if not new.strip() and _sayable(old.strip()):
            yield Clause(How.VERVALT, old.strip())
        if not old.strip() and quotable(new.strip()):
            for left in lefts[1:]:
                quote = self.core[left:start].strip()
                if _sayable(quote):
                    yield Clause(How.NA, quote, new.strip())
            for right in rights[1:]:
                quote = self.core[end:right].strip()
                if _sayable(quote):
                    yield Clause(How.VOOR, quote, new.strip())
        for total in range(2 * _MOST_CONTEXT):
            for n in range(total + 1):
                if n >= len(lefts) or total - n >= len(rights):
                    continue
                left, right = lefts[n], rights[total - n]
                quote = self.core[left:right]
                text = self.core[left:start] + new + self.core[end:right]
                if _sayable(quote) and quotable(text):
                    yield Clause(How.VERVANGEN, quote, text)


def _is_terse(clause: Clause) -> bool:
    """Whether a quote says too little to a reader, even where it occurs once."""
    return len(clause.quote) < _TERSE


def _sayable(quote: str) -> bool:
    """Whether a quote says something: punctuation alone does not."""
    return quotable(quote) and any(character.isalnum() for character in quote)


def _starts(core: str, low: int, start: int) -> list[int]:
    """Where the quote can begin: here, and before each of the last words in front on this line."""
    line = max(core.rfind("\n", low, start) + 1, low, start - 400)
    words = [found.start() for found in _IN_LINE.finditer(core, line, start)]
    return [start, *reversed(words[-_MOST_CONTEXT:])]


def _ends(core: str, end: int, high: int) -> list[int]:
    """Where the quote can end: here, and behind each of the next words on this line."""
    stop = core.find("\n", end, high)
    stop = min(stop if stop >= 0 else high, end + 400)
    words = [found.end() for found in _IN_LINE.finditer(core, end, stop)]
    return [end, *words[:_MOST_CONTEXT]]
