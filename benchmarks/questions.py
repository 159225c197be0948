"""Sixty questions for a search, twelve of each kind, drawn with a seed from the texts that will be searched.

Words of the function kind are not asked: nobody searches for them.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

KINDS = ("frequent word", "rare word", "two words", "phrase", "prefix")
EACH = 12
_FREQUENT = 200  # a frequent word is one of so many
_RARE = 3  # a rare word stands in the texts so many times at most
_PREFIX = 6  # letters
_WORD = re.compile(r"[^\W\d_]+")
_MARK = re.compile(r"[^a-zà-ÿ ]+")  # a phrase does not go on past a point or a number
_FUNCTION = frozenset(
    [
        "binnen",
        "wordt",
        "worden",
        "tussen",
        "daarbij",
        "hoort",
        "horen",
        "alleen",
        "indien",
        "volgens",
        "uiterlijk",
        "minste",
        "zonder",
        "voordat",
        "artikel",
        "eerste",
        "tweede",
        "derde",
        "vierde",
        "vijfde",
        "tijdens",
        "onder",
        "geval",
        "gelden",
        "nadat",
        "zijn",
        "waarop",
        "verder",
    ]
)


@dataclass(frozen=True, slots=True)
class Question:
    """What to find: words, all of them (one for most kinds); for a phrase in this order, for a prefix as a beginning."""

    kind: str
    words: tuple[str, ...]

    @property
    def typed(self) -> str:
        """As people type it for ``beleid zoek``."""
        together = " ".join(self.words)
        return {"phrase": f'"{together}"', "prefix": f"{together}*"}.get(self.kind, together)


def draw(texts: Sequence[str], seed: int) -> list[Question]:
    """The questions: frequent words as often as they are used, rare ones as they come.

    Two words stand in one paragraph, the words of a phrase next to each other. Raises ValueError when the texts have no
    rare words; twelve of them, whatever that is, need some 50 KB of text.
    """
    rng = random.Random(f"vragen {seed}")
    lines = [line.strip().lower() for text in texts for line in text.splitlines()]
    rows = [_WORD.findall(line) for line in lines if line and line[0] not in "#+"]
    counts = Counter(word for row in rows for word in row if _asked(word))
    common = counts.most_common(_FREQUENT)
    rare = sorted(word for word, count in counts.items() if count <= _RARE)
    if len(rare) < EACH:
        raise ValueError("too few texts to draw rare words from")
    long = [row for row in rows if len(_content(row)) > 1]
    clauses = [c for line in lines for part in _MARK.split(line) if len(c := part.split()) > 2]
    frequent = rng.choices([word for word, _ in common], [count for _, count in common], k=EACH)
    drawn: list[tuple[str, tuple[str, ...]]] = [("frequent word", (word,)) for word in frequent]
    drawn += [("rare word", (word,)) for word in rng.sample(rare, EACH)]
    drawn += [("two words", tuple(rng.sample(_content(rng.choice(long)), 2))) for _ in range(EACH)]
    drawn += [("phrase", _phrase(rng.choice(clauses), rng)) for _ in range(EACH)]
    stems = rng.choices(list(counts), list(counts.values()), k=EACH)
    drawn += [("prefix", (word[:_PREFIX],)) for word in stems]
    return [Question(kind, words) for kind, words in drawn]


def _asked(word: str) -> bool:
    return len(word) > 4 and word not in _FUNCTION


def _content(row: Sequence[str]) -> list[str]:
    return sorted(set(filter(_asked, row)))


def _phrase(row: Sequence[str], rng: random.Random) -> tuple[str, ...]:
    """A word and the one or two after it."""
    starts = [at for at, word in enumerate(row[:-1]) if _asked(word)] or [0]
    start = rng.choice(starts)
    return tuple(row[start : start + rng.choice((2, 3))])
