"""What a question means: which words must be there, which must not, and where a text answers it.

A question has been read by ``reading``; the databases are asked by ``dialects``. ``Query.matches`` is
the meaning that both databases must give; the tests compare them with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from beleidsbeheer.domain.search.words import Word


class Hit(NamedTuple):
    """Characters ``start`` up to ``end`` of a text answer clause number ``clause`` of a question."""

    start: int
    end: int
    clause: int


@dataclass(frozen=True, slots=True)
class Term:
    """One word or more in a row, as stems; with ``prefix`` the last is only how a stem begins."""

    stems: tuple[str, ...]
    prefix: bool = False

    def found(self, stems: Sequence[str]) -> Iterator[int]:
        """The places in a row of stems where this term begins."""
        size = len(self.stems)
        *before, last = self.stems
        for start in range(len(stems) - size + 1):
            end = start + size - 1
            same = stems[end].startswith(last) if self.prefix else stems[end] == last
            if same and list(stems[start:end]) == before:
                yield start


@dataclass(frozen=True, slots=True)
class Clause:
    """One of these terms must be there: what was typed with OF between, or a word that has a star."""

    any_of: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A question: each clause of ``all_of`` must be there (at least one clause), no term of ``none_of``.

    ``ignored``: words as typed that say too little to search for, so that a screen can tell.
    """

    all_of: tuple[Clause, ...]
    none_of: tuple[Term, ...] = ()
    ignored: tuple[str, ...] = ()

    def matches(self, words: Sequence[Word]) -> bool:
        """Whether a text with these words answers the question."""
        stems = [word.stem for word in words]

        def there(term: Term) -> bool:
            return next(term.found(stems), None) is not None

        return all(any(map(there, clause.any_of)) for clause in self.all_of) and not any(
            map(there, self.none_of)
        )

    def hits(self, words: Sequence[Word]) -> list[Hit]:
        """Where the words that were asked for stand, in order; a phrase is one hit from first word to last."""
        stems = [word.stem for word in words]
        found = {
            Hit(words[start].start, words[start + len(term.stems) - 1].end, number)
            for number, clause in enumerate(self.all_of)
            for term in clause.any_of
            for start in term.found(stems)
        }
        return sorted(found)
