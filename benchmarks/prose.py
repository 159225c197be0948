"""Made-up regulations: articles with leden and onderdelen, references, and a next version that changes a tenth.

The sentences are ours and say nothing; what matters is that words, phrases and references are spread as in real ones.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from benchmarks.words import (
    ADJECTIVES,
    NUMBERS,
    PEOPLE,
    SUBJECTS,
    UNITS,
    VERBS,
    Draw,
    Noun,
    nouns,
    several,
)

SMALLEST, LARGEST = 12_000, 25_000  # bytes of a text
_TOPIC_WORDS, _TOPIC_SHARE = 150, 0.4  # a text has words of its own, which it uses again and again
_CHANGED_SHARE = 0.1
_ORDINALS = several("eerste tweede derde vierde vijfde zesde zevende achtste negende tiende")
_LAWS = (
    "artikel 5 AVG", "artikel 6 AVG", "artikel 13 AVG", "artikel 15 AVG", "artikel 17 AVG",
    "artikel 30 AVG", "artikel 33 AVG", "artikel 35 AVG", "artikel 8 WMS", "artikel 10 WMS",
    "artikel 12 WMS", "artikel 13 WMS", "de Algemene verordening gegevensbescherming",
    "de Wet medezeggenschap op scholen",
)  # fmt: skip

# One letter for what comes there: N and M a noun and nouns, P a person, D a verb, G a participle, A an
# adjective, T a term, R a reference, S a subject.
_SENTENCES = """
{P} legt {N} vast in {N2}.
{P} kan {N} binnen {T} laten {D}.
{N} wordt door {P} ten minste één keer per schooljaar {G}.
Voor {S} gelden {A} {M}, die {P} binnen {T} kan {D}.
{P} beslist binnen {T} over {N} en deelt dat {P2} mee.
Is {N} niet volledig, dan krijgt {P} {T} de tijd om {N2} te {D}.
{A} {M} worden bewaard tot {T} nadat {N} is {G}.
{P} wijst iemand aan die {N} en {N2} beheert.
In afwijking van {R} kan {P} om een dringende reden {N} {D}.
{N} bevat in elk geval de {A} {M} en een verwijzing naar {N2}.
{P} mag {N} alleen {D} als dat nodig is voor {S}.
Over {N} overlegt {P} vooraf met {P2}.
Het is niet toegestaan {M} te {D} zonder toestemming van {P}.
Wie {N} wil {D}, richt zich tot {P}.
{P} houdt bij welke {M} zijn {G} en door wie.
Op {N} is {R} van overeenkomstige toepassing.
Met het oog op {S} worden {M} uiterlijk na {T} {G}.
{P} informeert {P2} over {A} {M}, met inachtneming van {R}.
Een verzoek over {N} wordt ingediend bij {P}.
{P} kan besluiten dat {N} buiten {R} valt.
De kosten van {N} komen ten laste van {N2}.
{N} eindigt van rechtswege als {N2} is {G}.
Bij twijfel over {N} geeft {P} de doorslag, gehoord {P2}.
Uiterlijk {T} voor {N} maakt {P} de {A} {M} bekend.
{P} zorgt ervoor dat {M} alleen toegankelijk zijn voor {P2}.
Is {P} het niet eens met {N}, dan kan {P2} binnen {T} bezwaar maken volgens {R}.
Bij {N} is ten minste één {A} vertegenwoordiger van {P2} aanwezig.
De school verwerkt persoonsgegevens voor {N} alleen op grond van {R}.
""".strip().splitlines()
_ITEMS = """
{N};
de {A} {M} die zijn {G};
{N} en {N2};
een {A} verklaring van {P} over {N};
de {M}, voor zover {P} ze mag {D};
wat op grond van {R} is {G};
""".strip().splitlines()
_TERM = "{N} zoals {G} door {P}, met de {A} {M} die daarbij horen;"


@dataclass(frozen=True, slots=True)
class Lid:
    """A lid: its sentences, and its onderdelen when it has any."""

    text: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """An article as it stands in a text; without leden numbers when it has one lid."""

    title: str
    leden: tuple[Lid, ...]


@dataclass(frozen=True)
class Regulation:
    """A text as it can be changed; ``topics`` is what it touches."""

    title: str
    topics: tuple[str, ...]
    articles: tuple[Article, ...] = field(repr=False)

    def named(self, school: str) -> Regulation:
        """The text of this school: what stands in the first article says for whom it is."""
        first = replace(self.articles[0], leden=(Lid(f"Dit reglement geldt voor {school}."),))
        return replace(self, articles=(first, *self.articles[1:]))

    def print(self) -> bytes:
        touched = ", ".join(f'"{each}"' for each in self.topics)
        lines = ["+++", f'titel = "{self.title}"', f"raakt = [{touched}]", "+++", ""]
        lines += [f"# {self.title}", ""]
        for number, article in enumerate(self.articles, start=1):
            lines += [f"## Artikel {number}. {article.title}", ""]
            for lid, each in enumerate(article.leden, start=1):
                lines += _lid(each, lid if len(article.leden) > 1 else 0)
        return "\n".join(lines).encode()


def _lid(lid: Lid, number: int) -> list[str]:
    numbered = f"{number}. " if number else ""
    indent = "   " if number else ""
    items = [f"{indent}- {chr(ord('a') + at)}. {each}" for at, each in enumerate(lid.items)]
    if items and not number:
        items.insert(0, "")
    return [numbered + lid.text, *items, ""]


class Writer:
    """Writes and changes regulations from one vocabulary.

    ``documents`` are those it can refer to, as a sentence has them: "de klachtenregeling".
    """

    def __init__(self, seed: int, documents: Sequence[str]) -> None:
        self.nouns = nouns(seed)
        self._documents = tuple(documents)
        self._noun, self._verb, self._person = Draw(self.nouns), Draw(VERBS), Draw(PEOPLE)
        self._adjective, self._subject = Draw(ADJECTIVES), Draw(SUBJECTS)
        self._law = Draw(_LAWS)

    def regulation(self, title: str, topics: Sequence[str], rng: random.Random) -> Regulation:
        """A first text of between SMALLEST and LARGEST bytes."""
        hand = _Hand(self, rng)
        size = rng.randint(SMALLEST - 1_000, LARGEST - 4_500)  # headings and terms come on top
        articles = [Article("Toepassing", (Lid(f"Dit reglement heet {title}."),)), hand.terms()]
        written = 0
        while written < size:
            hand.leden_of.append(rng.choice((1, 2, 2, 3, 3, 4, 5)))
            articles.append(hand.article(hand.leden_of[-1]))
            written += sum(
                len(lid.text) + sum(len(item) + 7 for item in lid.items) + 5
                for lid in articles[-1].leden
            )
        return Regulation(title, tuple(topics), tuple(articles))

    def changed(self, before: Regulation, rng: random.Random) -> Regulation:
        """The next version: a tenth of the articles says something else, and now and then one is added."""
        hand = _Hand(self, rng, [len(each.leden) for each in before.articles])
        articles = list(before.articles)
        places = range(2, len(articles))
        for place in rng.sample(places, max(1, round(_CHANGED_SHARE * len(places)))):
            leden = list(articles[place].leden)
            leden[rng.randrange(len(leden))] = hand.lid()
            articles[place] = replace(articles[place], leden=tuple(leden))
        if rng.random() < 0.2:
            articles.append(hand.article(2))
        return replace(before, articles=tuple(articles))


class _Hand:
    """Writes one text: draws the words, some of them from those of this text alone."""

    def __init__(
        self, writer: Writer, rng: random.Random, leden_of: Sequence[int] = (1, 1)
    ) -> None:
        self.rng = rng
        self.leden_of = list(leden_of)  # how many leden each article has: what can be referred to
        self._writer = writer
        self._own = Draw(rng.sample(writer.nouns, _TOPIC_WORDS))

    def article(self, leden: int) -> Article:
        return Article(self.noun().many.capitalize(), tuple(self.lid() for _ in range(leden)))

    def terms(self) -> Article:
        """The second article: what the words mean."""
        told = (f"{each.one}: {self.say(_TERM)}" for each in self._own.things[:8])
        return Article("Begrippen", (Lid("In dit reglement wordt verstaan onder:", tuple(told)),))

    def lid(self) -> Lid:
        drawn = self.rng.choices(_SENTENCES, k=self.rng.choice((1, 1, 2, 2, 3)))
        text = " ".join(map(self.say, drawn))
        if self.rng.random() < 0.75:
            return Lid(text)
        items = [self.say(each) for each in self.rng.choices(_ITEMS, k=self.rng.randint(2, 5))]
        items[-1] = items[-1].removesuffix(";") + "."
        return Lid(f"{text} Daarbij gaat het om:", tuple(items))

    def say(self, sentence: str) -> str:
        said = sentence.format_map(_Lazy(self._words))
        return said[0].upper() + said[1:] if sentence.endswith(".") else said

    def noun(self) -> Noun:
        from_own = self.rng.random() < _TOPIC_SHARE
        return (self._own if from_own else self._writer._noun)(self.rng)[0]

    def _words(self, slot: str) -> str:
        rng, writer = self.rng, self._writer
        makers: dict[str, Callable[[], str]] = {
            "N": lambda: self.noun().full,
            "M": lambda: self.noun().many,
            "P": lambda: writer._person(rng)[0],
            "D": lambda: writer._verb(rng)[0].split(":")[0],
            "G": lambda: writer._verb(rng)[0].split(":")[2],
            "A": lambda: writer._adjective(rng)[0],
            "S": lambda: writer._subject(rng)[0],
            "T": lambda: f"{rng.choice(NUMBERS)} {rng.choice(UNITS)}",
            "R": self._reference,
        }
        return makers[slot[0]]()

    def _reference(self) -> str:
        kind = self.rng.random()
        if kind < 0.3:
            return self._writer._law(self.rng)[0]
        if kind < 0.5:
            return self.rng.choice(self._writer._documents)
        article = self.rng.randrange(len(self.leden_of))
        if self.leden_of[article] == 1 or kind < 0.6:
            return f"artikel {article + 1}"
        return f"artikel {article + 1}, {_ORDINALS[self.rng.randrange(self.leden_of[article])]} lid"


class _Lazy(dict[str, str]):
    """Gives ``str.format_map`` a new word for each slot, and makes none that is not asked for."""

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, slot: str) -> str:
        return self._make(slot)
