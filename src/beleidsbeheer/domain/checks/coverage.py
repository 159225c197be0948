"""What a law asks of a text, and where its words are found: *gevonden*, *niet gevonden*, *handmatig beoordelen*.

The requirements stand in ``kaders/*.toml``, readable and dated; another framework is another file. Words are
all that a program can find, so it never says that a text complies.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache
from importlib.resources import files
from itertools import accumulate
from typing import Any, Final

from beleidsbeheer.domain.document import Document, Element, Kind
from beleidsbeheer.domain.model import slug_defect
from beleidsbeheer.domain.passages import Passage
from beleidsbeheer.domain.toml import choice, day, only_known, part, parts, read_toml, word
from beleidsbeheer.errors import UnreadableInput

_MOST_PLACES: Final = 5
_ITEMS: Final = frozenset({Kind.ONDERDEEL, Kind.SUBONDERDEEL, Kind.STREEPJE, Kind.LID})
_LEAST_ITEMS: Final = 3
_LONGEST_LEAD: Final = (
    400  # characters; a list may be long, and each item is read with what opens it
)
_LED: Final = _ITEMS - {Kind.LID}


class Sort(StrEnum):
    """Where a requirement belongs: in the privacy statement, or in the regulation itself."""

    VERKLARING = "verklaring"
    REGLEMENT = "reglement"


class Answer(StrEnum):
    """What can be said of a requirement; never that the text complies."""

    GEVONDEN = "gevonden"
    NIET_GEVONDEN = "niet gevonden"
    HANDMATIG = "handmatig beoordelen"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement. ``anchors``: any of them will do; of one, every group must be in the passage with one of its words."""

    id: str
    sort: Sort
    what: str
    basis: str
    anchors: tuple[tuple[tuple[str, ...], ...], ...]
    mark: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Framework:
    """A dated list of requirements, and for which texts it is meant."""

    name: str
    title: str
    read_on: date
    statement: tuple[str, ...]
    topics: frozenset[str]
    titles: tuple[str, ...]
    requirements: tuple[Requirement, ...]

    def applies_to(self, document: Document) -> bool:
        """Whether a text is about what this framework is about: by its ``raakt``, else by its title."""
        title = f"{document.title} {document.front.titel}".casefold()
        return bool(self.topics & set(document.front.raakt)) or any(t in title for t in self.titles)


@dataclass(frozen=True, slots=True)
class Coverage:
    """One row of the matrix. ``places``: keys (or ``regel 12``) where words were found; ``how`` says by what."""

    requirement: Requirement
    answer: Answer
    places: tuple[str, ...]
    line: int
    how: str


# --- frameworks -------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def frameworks() -> tuple[Framework, ...]:
    """Those that come with the program, by name."""
    folder = files("beleidsbeheer.domain.checks") / "kaders"
    names = sorted(each.name for each in folder.iterdir() if each.name.endswith(".toml"))
    return tuple(read_framework((folder / name).read_bytes(), name) for name in names)


def read_framework(data: bytes, path: str) -> Framework:
    """A framework in the form of ``kaders/avg.toml``. Raises UnreadableInput naming the file and the part."""
    table = read_toml(data, path)
    only_known(table, {"naam", "titel", "gelezen", "verklaring", "geldt_bij", "eis"}, path)
    name = word(table, "naam", path)
    if defect := slug_defect(name):
        raise UnreadableInput(f"{path}: naam {name!r}: {defect}.")
    scope = part(table, "geldt_bij", path, {})
    only_known(scope, {"raakt", "titel"}, f"{path}, geldt_bij")
    requirements = tuple(
        _requirement(row, f"{path}, eis {number}")
        for number, row in enumerate(parts(table, "eis", path), start=1)
    )
    if not requirements:
        raise UnreadableInput(f"{path}: er staat geen enkele [[eis]] in.")
    ids = [each.id for each in requirements]
    if len(set(ids)) < len(ids):
        twice = next(each for each in ids if ids.count(each) > 1)
        raise UnreadableInput(f"{path}: eis {twice!r} staat er twee keer.")
    return Framework(
        name,
        word(table, "titel", path),
        day(table, "gelezen", path),
        _words(table, "verklaring", path),
        frozenset(_words(scope, "raakt", path)),
        _words(scope, "titel", path),
        requirements,
    )


def _requirement(row: Mapping[str, Any], where: str) -> Requirement:
    only_known(row, {"id", "soort", "wat", "grondslag", "zoek", "merk", "bron", "let_op"}, where)
    name = word(row, "id", where)
    if defect := slug_defect(name):
        raise UnreadableInput(f"{where}: id {name!r}: {defect}.")
    anchors = _words(row, "zoek", where)
    return Requirement(
        name,
        Sort(choice(row.get("soort"), Sort, f"{where}, soort")),
        word(row, "wat", where),
        word(row, "grondslag", where),
        tuple(_anchor(each, where) for each in anchors),
        word(row, "merk", where),
        word(row, "bron", where) if "bron" in row else "",
        word(row, "let_op", where) if "let_op" in row else "",
    )


def _anchor(text: str, where: str) -> tuple[tuple[str, ...], ...]:
    groups = tuple(
        tuple(each.strip().casefold() for each in group.split(" / ")) for group in text.split(" + ")
    )
    if not all(all(group) for group in groups):
        raise UnreadableInput(f"{where}: in zoek staat een leeg woord: {text!r}.")
    return groups


def _words(table: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
    value = table.get(name, [])
    if not isinstance(value, list) or not all(
        isinstance(each, str) and each.strip() for each in value
    ):
        raise UnreadableInput(f"{where}: {name} moet een lijst van teksten zijn.")
    return tuple(value)


# --- a text measured ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Text:
    """A text to measure. ``inside``: the passages of the articles that list what the privacy statement says.

    ``lowered`` holds the words of each passage, those of an item behind the words that open its list: "heeft
    recht op:" with "a. inzage". ``leads`` tells which passage that is; for others it is None.
    """

    document: Document
    passages: Sequence[Passage]
    lowered: Sequence[str]
    leads: Sequence[int | None]
    inside: frozenset[int]
    is_statement: bool

    @cached_property
    def whole(self) -> str:
        """All passages, one after another: to search them in one go."""
        return "\n\n".join(self.lowered)

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate((len(text) + 2 for text in self.lowered), initial=0))

    def passages_with(self, words: str) -> tuple[int, ...]:
        """Indexes of the passages in which these words stand, as they are; remembered, since words come back."""
        if words not in self._known:
            self._known[words] = tuple(self._search(words))
        return self._known[words]

    def _search(self, words: str) -> Iterator[int]:
        place = self.whole.find(words)
        while place >= 0:
            index = bisect_right(self._starts, place) - 1
            yield index
            place = self.whole.find(words, self._starts[index + 1])

    @cached_property
    def _known(self) -> dict[str, tuple[int, ...]]:
        return {}


def coverage(
    framework: Framework, document: Document, passages: Sequence[Passage]
) -> tuple[Coverage, ...]:
    """Every requirement of the framework with its answer, in the order of the file.

    A front matter may point at the place itself: ``[dekking.avg]`` with ``inzage = "14.1.a"``.
    """
    pointers = pointed(document, framework.name)
    lowered = [passage.text.casefold() for passage in passages]
    inside = _statement_passages(framework, document, passages, lowered)
    leads = tuple(_leads(passages))
    read = [
        text if lead is None else f"{lowered[lead][-_LONGEST_LEAD:]}\n{text}"
        for text, lead in zip(lowered, leads, strict=True)
    ]
    text = _Text(document, passages, read, leads, inside, _is_statement(framework, document))
    return tuple(
        _by_pointer(each, keys, document)
        if (keys := pointers.get(each.id))
        else _by_words(each, text)
        for each in framework.requirements
    )


def _leads(passages: Sequence[Passage]) -> Iterator[int | None]:
    """For each passage the index of the one that opens its list, if it is an item of a list."""
    lead: int | None = None
    for index, passage in enumerate(passages):
        if passage.element.kind in _LED:
            yield lead
        else:
            lead = index if passage.text.rstrip().endswith(":") else None
            yield None


def pointed(document: Document, name: str) -> Mapping[str, tuple[str, ...]]:
    """Requirement id → keys, as the front matter of a text points them; what is no text or list is left out."""
    tables = document.front.extra.get("dekking")
    table = tables.get(name) if isinstance(tables, dict) else None
    if not isinstance(table, dict):
        return {}
    found = {}
    for each, value in table.items():
        keys = [value] if isinstance(value, str) else value
        if isinstance(keys, list) and all(isinstance(key, str) for key in keys):
            found[str(each)] = tuple(keys)
    return found


def _by_pointer(requirement: Requirement, keys: Sequence[str], document: Document) -> Coverage:
    elements = [element for key in keys if (element := document.find(key))]
    line = elements[0].first_line if elements else 0
    answer = Answer.GEVONDEN if elements else Answer.NIET_GEVONDEN
    return Coverage(requirement, answer, tuple(keys), line, "aangewezen in het kopblok")


def _by_words(requirement: Requirement, text: _Text) -> Coverage:
    if not requirement.anchors:
        how = "hier kan het programma niet naar zoeken"
        return Coverage(requirement, Answer.HANDMATIG, (), 0, how)
    for_statement = requirement.sort is Sort.VERKLARING
    if for_statement and not text.is_statement and not text.inside:
        how = "dit hoort in de privacyverklaring; dit reglement somt niet op wat daarin staat"
        return Coverage(requirement, Answer.HANDMATIG, (), 0, how)
    hits = list(_hits(requirement, text))
    if text.is_statement:
        return _answer(requirement, hits, text)
    own = [hit for hit in hits if (hit[0] in text.inside) == for_statement]
    if for_statement or own or not hits:
        return _answer(requirement, own, text)
    how = "staat alleen in de opsomming van wat de privacyverklaring noemt"
    return replace(_answer(requirement, hits, text), answer=Answer.HANDMATIG, how=how)


def _answer(requirement: Requirement, hits: Sequence[tuple[int, str]], text: _Text) -> Coverage:
    if not hits:
        return Coverage(requirement, Answer.NIET_GEVONDEN, (), 0, "")
    where = [text.passages[index] for index, _ in hits]
    places = tuple(dict.fromkeys(each.key or f"regel {each.first}" for each in where))
    how = f"woorden: {hits[0][1]}"
    return Coverage(requirement, Answer.GEVONDEN, places[:_MOST_PLACES], where[0].first, how)


def _hits(requirement: Requirement, text: _Text) -> Iterator[tuple[int, str]]:
    """The passages that hold an anchor, each with the first that it holds, in order.

    An item whose list is opened by words that say it all adds nothing.
    """
    found: dict[int, str] = {}
    for anchor in requirement.anchors:
        name = " + ".join(" / ".join(group) for group in anchor)
        for index in _holding(anchor, text):
            found.setdefault(index, name)
    yield from (hit for hit in sorted(found.items()) if text.leads[hit[0]] not in found)


def _holding(anchor: Sequence[Sequence[str]], text: _Text) -> Iterator[int]:
    """The passages with a word of every group: those of the rarest group first, since they are few."""
    groups = [[(each, _starts(each)) for each in group] for group in anchor]
    rarest = min(anchor, key=lambda group: sum(len(text.passages_with(each)) for each in group))
    candidates = sorted({index for each in rarest for index in text.passages_with(each)})
    for index in candidates:
        words = text.lowered[index]
        if all(any(e in words and p.search(words) for e, p in group) for group in groups):
            yield index


@lru_cache(maxsize=1024)
def _starts(words: str) -> re.Pattern[str]:
    """These words, the first at the start of a word."""
    start = r"(?<!\w)" if words[:1].isalnum() else ""
    return re.compile(start + r"\s+".join(map(re.escape, words.split())))


def _is_statement(framework: Framework, document: Document) -> bool:
    title = f"{document.title} {document.front.titel}".casefold()
    return any(each in title for each in framework.statement)


def _statement_passages(
    framework: Framework, document: Document, passages: Sequence[Passage], lowered: Sequence[str]
) -> frozenset[int]:
    """The passages of the articles that list what stands in the privacy statement."""
    lists = [article for article in document.articles if _items(article) >= _LEAST_ITEMS]
    spans = [(article.first_line, article.last_line) for article in lists]
    if not spans or not framework.statement:
        return frozenset()
    grouped: dict[tuple[int, int], list[int]] = {span: [] for span in spans}
    at = 0
    for index, passage in enumerate(passages):
        while at < len(spans) and spans[at][1] < passage.first:
            at += 1
        if at < len(spans) and spans[at][0] <= passage.first:
            grouped[spans[at]].append(index)
    naming = [
        indexes
        for indexes in grouped.values()
        if any(any(name in lowered[n] for name in framework.statement) for n in indexes[:4])
    ]
    return frozenset(index for indexes in naming for index in indexes)


def _items(article: Element) -> int:
    return sum(each.kind in _ITEMS for each in article.walk())
