"""Words that somebody may have meant who found nothing: a slip of the pen, or a longer word that has it inside."""

from __future__ import annotations

from collections.abc import Iterable

from beleidsbeheer.domain.search.stemming import stem
from beleidsbeheer.domain.search.words import plain

MOST = 5
# A shorter stem stands inside too many words by chance.
_SHORTEST_INSIDE = 4


def suggestions(word: str, vocabulary: Iterable[str]) -> list[str]:
    """Up to MOST words of a vocabulary for a word as typed, the likeliest first; one form of each.

    One slip away ("regelment": letters changed round are one slip), then longer words that begin with its
    stem ("klachten" gives "klachtenregeling"), then two slips away, then words with its stem inside. The
    vocabulary: words of the texts as ``words.plain`` gives them. The stem of the word itself is left out.
    """
    from rapidfuzz.distance import OSA

    typed = plain(word)
    root = stem(typed)
    allowed = 0 if len(typed) < 4 else 1 if len(typed) < 7 else 2

    def unlikely(other: str) -> int | None:
        slips = OSA.distance(typed, other, score_cutoff=allowed)
        if slips <= min(allowed, 1):
            return 0
        if len(root) >= _SHORTEST_INSIDE and other.startswith(root):
            return 1
        if slips <= allowed:
            return 2
        return 3 if len(root) >= _SHORTEST_INSIDE and root in other else None

    likely = [
        (rank, len(other), other)
        for other in set(vocabulary)
        if (rank := unlikely(other)) is not None and stem(other) != root
    ]
    one_of_each: dict[str, str] = {}
    for _, _, other in sorted(likely):
        one_of_each.setdefault(stem(other), other)
    return list(one_of_each.values())[:MOST]
