"""The language of a question, as a person types it.

    klacht ouders            both, in any form (klachten, ouder)
    "bevoegd gezag"          these words in a row
    klacht*                  every word that begins so
    klacht OF bezwaar        one of these; OF in capitals, and it binds closer than a space
    -foto                    not in a text with this word

Signs that are not of the language separate words, whatever they mean elsewhere. Words with a hyphen or
a point between ("GMR-reglement", "14.1.b") are asked for in a row. A word that says too little ("de") is
left out when it stands alone, and stays in a phrase.

    question = group, { group } ;  group = item, { "OF", item } ;  item = [ "-" ], ( word | '"', words, '"' ), [ "*" ]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from beleidsbeheer.domain.search.query import Clause, Query, Term
from beleidsbeheer.domain.search.stemming import spelled, stem
from beleidsbeheer.domain.search.words import HYPHENS, WORD, plain
from beleidsbeheer.errors import WrongUse

LONGEST_QUESTION = 500  # characters
MOST_TERMS = 20

# Too common to say anything; "niet" and "geen" do say something in a regulation.
_COMMON = """
    aan al als bij daar dan dat de der des deze die dit door een en er haar had heeft het hij hun ik in is je
    met na naar nog of om onder ons ook op over te tot u uit van voor want was wat we wel wie wij worden wordt
    ze zich zij zijn zo
"""
STOP_WORDS = frozenset(_COMMON.split())

_QUOTES = re.compile(r"[“”„‟«»＂]|[‘’']{2}")
_ITEM = re.compile(
    rf"""(?P<no>(?<![^\s(\[])[‐‑−-])?
    (?:"(?P<quoted>[^"]*)"|(?P<run>{WORD}(?:[.{HYPHENS}]{WORD})*))
    (?P<star>\*+(?P<more>[.{HYPHENS}]?[^\W_])?)?
    |(?P<loose>[*"])""",
    re.VERBOSE,
)
_IN_QUOTES = re.compile(r"(?P<words>[^*]*?)(?P<star>\*+)?\s*")
_words = re.compile(WORD)

# How a Dutch word may go on: a stem lacks that, so "verwerkin*" has to find the stem of "verwerking" as well.
_ENDINGS = ("e", "eren", "ens", "ige", "ingen", "heids", "heden", "elijke", "ings", "bare", "baars")
_GOING_ON = sorted({ending[i:j] for ending in _ENDINGS for i in range(6) for j in range(i + 1, 7)})
_AFTER_TWO_VOWELS = tuple("bdfgklmnprst")  # "personee": "personeel" has the stem "personel"


@dataclass(frozen=True, slots=True)
class _Item:
    """What was typed between two spaces: a word, or more that must stand in a row."""

    words: tuple[str, ...]
    quoted: bool
    prefix: bool
    excluded: bool

    @property
    def says_too_little(self) -> bool:
        alone = len(self.words) == 1 and not self.quoted and not self.prefix
        return alone and plain(self.words[0]) in STOP_WORDS

    def terms(self) -> tuple[Term, ...]:
        """This item as terms of which one must be there."""
        *before, last = map(plain, self.words)
        row = tuple(map(stem, before))
        if not self.prefix:
            return (Term((*row, stem(last))),)
        whole = (Term((*row, one)) for one in _stems_of_words_beginning(last))
        return (Term((*row, spelled(last)), prefix=True), *whole)


def _stems_of_words_beginning(letters: str) -> list[str]:
    """Stems that do not begin with these letters, of words that may: "verwerkin" gives "verwerk".

    An index holds stems only, so the words that begin with some letters cannot be looked up in it. Their
    stems can: a stem that begins so, or one that is left when the letters are completed and stemmed.
    """
    completed = [letters, *(letters + more for more in _GOING_ON)]
    if letters[-1] in "aeou" and letters[-2:-1] == letters[-1]:
        completed += [letters + more for more in _AFTER_TWO_VOWELS]
    return sorted(
        {found for found in map(stem, completed) if not found.startswith(spelled(letters))}
    )


def read_query(text: str) -> Query:
    """What a person typed, as a question. Raises WrongUse (Dutch; the hint says how to write it) if it is none."""
    if len(text.strip()) > LONGEST_QUESTION:
        raise WrongUse(
            f"De zoekvraag is langer dan {LONGEST_QUESTION} tekens.",
            hint="Zoek met een paar woorden die er zeker in staan",
        )
    groups = list(_groups(_items(_QUOTES.sub('"', text))))
    typed = [item for group in groups for item in group]
    if len(typed) > MOST_TERMS:
        raise WrongUse(
            f"De zoekvraag heeft meer dan {MOST_TERMS} woorden.",
            hint="Kies de woorden die het meest zeggen, of zet woorden achter elkaar tussen aanhalingstekens",
        )
    clauses = (tuple(_asked(group)) for group in groups)
    query = Query(
        all_of=tuple(Clause(terms) for terms in clauses if terms),
        none_of=tuple(
            term
            for item in typed
            if item.excluded and not item.says_too_little
            for term in item.terms()
        ),
        ignored=tuple(item.words[0] for item in typed if item.says_too_little),
    )
    return _checked(query)


def _asked(group: Sequence[_Item]) -> Iterator[Term]:
    for item in group:
        if not item.excluded and not item.says_too_little:
            yield from item.terms()


def _checked(query: Query) -> Query:
    if query.all_of:
        return query
    if query.none_of:
        raise WrongUse(
            "De zoekvraag zegt alleen wat er niet in mag staan.",
            hint="Noem ook een woord dat er wel in staat, zoals in: klacht -foto",
        )
    if query.ignored:
        row = " ".join(query.ignored)
        raise WrongUse(
            f"Dit staat in bijna elke tekst: {row}.",
            hint=f'Zet woorden tussen aanhalingstekens om precies die te zoeken: "{row}"',
        )
    raise WrongUse("De zoekvraag is leeg.", hint="Noem een woord om te zoeken, zoals: klacht")


def _groups(items: Iterable[_Item | None]) -> Iterator[list[_Item]]:
    """The items, those with OF (None) between them together."""
    group: list[_Item] = []
    joining = False
    for item in items:
        if item is None:
            if joining or not group:
                raise _loose_of()
            joining = True
        elif joining:
            if item.excluded or group[-1].excluded:
                raise WrongUse(
                    "OF kan niet naast een woord met een min staan",
                    hint="Zet het woord met de min los: klacht OF bezwaar -foto",
                )
            group.append(item)
            joining = False
        else:
            if group:
                yield group
            group = [item]
    if joining:
        raise _loose_of()
    if group:
        yield group


def _items(text: str) -> Iterator[_Item | None]:
    """The items as typed, None for the operator OF."""
    for found in _ITEM.finditer(text):
        if found["loose"] == '"':
            raise WrongUse(
                "Er staat een aanhalingsteken zonder tweede.",
                hint='Zet er een voor en een achter de woorden: "bevoegd gezag"',
            )
        if found["loose"] or found["more"]:
            raise _misplaced_star()
        if found["run"] == "OF" and not found["no"] and not found["star"]:
            yield None
        elif item := _item(found):
            yield item


def _item(found: re.Match[str]) -> _Item | None:
    """The item that was found; None for quotes around no word."""
    row, star = (found["run"], None) if found["run"] else _in_quotes(found["quoted"])
    star = star or found["star"]
    words = tuple(_words.findall(row))
    if star and len(plain(words[-1]) if words else "") < 2:
        raise WrongUse(
            "Voor een * horen minstens twee letters te staan.",
            hint="Schrijf klacht* voor alles wat met klacht begint",
        )
    if not words:
        return None
    return _Item(words, found["run"] is None, bool(star), bool(found["no"]))


def _in_quotes(quoted: str) -> tuple[str, str | None]:
    """The words between quotes, and the star if there is one right behind the last."""
    found = _IN_QUOTES.fullmatch(quoted)
    if found is None or (found["star"] and not _ends_in_word(found["words"])):
        raise _misplaced_star()
    return found["words"], found["star"]


def _ends_in_word(text: str) -> bool:
    return any(found.end() == len(text) for found in _words.finditer(text))


def _loose_of() -> WrongUse:
    return WrongUse(
        "OF staat niet tussen twee woorden",
        hint="Schrijf klacht OF bezwaar; tussen aanhalingstekens is OF een gewoon woord",
    )


def _misplaced_star() -> WrongUse:
    return WrongUse(
        "Een * kan alleen direct achter een woord staan, aan het eind.",
        hint="Schrijf klacht* voor alles wat met klacht begint",
    )
