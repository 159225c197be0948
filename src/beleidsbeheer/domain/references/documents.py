"""Documents of the school that a text names: "de klachtenregeling", "het protocol datalekken".

Three signs: a name of the list ``documenten.toml``, a compound with a known ending, or a head word with
what it is about behind it. Whether such a document is in the register is looked up by slug and titles.
Pure; linear in the size of the text.
"""

from __future__ import annotations

import heapq
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Any, Final, Protocol

from beleidsbeheer.domain.document import Document
from beleidsbeheer.domain.references.located import Ruler
from beleidsbeheer.domain.references.tokens import GAP, lowered
from beleidsbeheer.domain.toml import day, only_known, parts, read_toml, word
from beleidsbeheer.errors import UnreadableInput

DOCUMENTS_PATH: Final = "domain/references/documenten.toml"

_WORD_BEFORE: Final = re.compile(r"[\w’'-]{0,40}$")
_ABOUT: Final = re.compile(rf"{GAP}([a-zà-ÿ][\wà-ÿ-]{{3,40}})(?![\w-])")
_AND: Final = re.compile(rf"{GAP}(?:en|&){GAP}(?=[a-zà-ÿ])")
_NOUN: Final = re.compile(
    r"[\wà-ÿ-]*(?:ing|ingen|heid|schap|tie|ties|iteit|toezicht|recht|rechten|gebruik|verlof|verzuim|gedrag"
    r"|media|privacy|internet|ict|avg|lek|lekken|termijnen|incidenten|gegevens|middelen|leerlingen|kosten"
    r"|toetsen|examens|ongevallen|calamiteiten|misstanden|klachten|pesten|rouw|medicijnen|medicatie|foto.?s"
    r"|video.?s|camera.?s|device.?s|geweld|alcohol|drugs|roken|mishandeling|zorg|opvang|uitjes|reizen)"
)
_MOST_WORDS: Final = 4


class Known(Protocol):
    """A policy of the register, as far as its name goes."""

    @property
    def slug(self) -> str: ...
    @property
    def titles(self) -> tuple[str, ...]: ...
    @property
    def in_force(self) -> bool: ...


class Standing(StrEnum):
    """What the register knows of a document; the value is what people see."""

    GELDEND = "in het register"
    NIET_GELDEND = "in het register, niet geldend"
    ONBEKEND = "niet in het register"


@dataclass(frozen=True, slots=True)
class NamedDocument:
    """Words that name a document, where they stand (bytes; line and column from 1), and its usual name."""

    start: int
    end: int
    line: int
    column: int
    quote: str
    name: str


@dataclass(frozen=True, slots=True)
class Matched:
    """A named document and the policy that it is, if any."""

    document: NamedDocument
    standing: Standing
    slug: str = ""


@dataclass(frozen=True)
class Names:
    """What documents can be called."""

    names: dict[str, str]  # every name in lower case → the usual one
    endings: tuple[str, ...]
    heads: tuple[str, ...]
    none: frozenset[str]

    @cached_property
    def whole(self) -> re.Pattern[str]:
        """Every name, in lower case."""
        names = sorted(self.names, key=len, reverse=True)
        spaced = "|".join(GAP.join(map(re.escape, name.split())) for name in names)
        return re.compile(rf"(?<![\w-])(?:{spaced})(?![\w-])" if spaced else r"(?!)")

    @cached_property
    def others(self) -> dict[str, list[str]]:
        """For each usual name every name that means the same, plainly."""
        found: dict[str, list[str]] = {}
        for name, usual in self.names.items():
            found.setdefault(usual, []).append(plain(name))
        return found

    @cached_property
    def last(self) -> re.Pattern[str]:
        """The last part of a word that may be a name, in lower case."""
        parts = sorted({*self.endings, *self.heads}, key=len, reverse=True)
        return re.compile(rf"(?:{'|'.join(map(re.escape, parts))})(?![\w-])" if parts else r"(?!)")


def named_documents(document: Document, names: Names | None = None) -> tuple[NamedDocument, ...]:
    """Every document that the body names, in order; not the text itself."""
    text = document.source.decode("utf-8")
    start = sum(len(line) for line in document.lines[: document.front.last_line])
    own = {plain(title) for title in (document.title, document.front.citeertitel) if title}
    own |= {
        plain(title.split(" van ")[0]) for title in (document.title, document.front.citeertitel)
    }
    own |= {plain(title.split()[0]) for title in (document.title,) if title.split()}
    own |= without_owner(document.title) | without_owner(document.front.titel)
    names = names or known_names()
    ruler = Ruler(text)
    return tuple(
        NamedDocument(*ruler.spot(begin, end), " ".join(text[begin:end].split()), name)
        for begin, end, name in _spans(text, start, names)
        if own.isdisjoint(_called(text[begin:end], name, names))
    )


def _spans(text: str, start: int, names: Names) -> Iterator[tuple[int, int, str]]:
    lower = lowered(text)
    whole = ((m.start(), 0, m) for m in names.whole.finditer(lower, start))
    last = ((m.start(), 1, m) for m in names.last.finditer(lower, start))
    done = start
    for begin, is_last, found in heapq.merge(whole, last, key=itemgetter(0, 1)):
        if begin < done:
            continue
        span = _part(text, lower, found, names) if is_last else _name(lower, found, names)
        if span is not None and span[0] >= done:
            done = span[1]
            yield span


def _name(lower: str, found: re.Match[str], names: Names) -> tuple[int, int, str]:
    return found.start(), found.end(), names.names[" ".join(found[0].split())]


def _part(text: str, lower: str, found: re.Match[str], names: Names) -> tuple[int, int, str] | None:
    """A compound ("pestprotocol"), or a head with what it is about ("protocol datalekken")."""
    before = _WORD_BEFORE.search(lower, max(found.start() - 40, 0), found.start())
    begin = before.start() if before else found.start()
    words = lower[begin : found.end()]
    if len(words) > len(found[0]):
        compound = words not in names.none and found[0] in names.endings
        return (begin, found.end(), words) if compound else None
    if found[0] not in names.heads or not text[begin].islower():
        return None
    end = _about(lower, found.end())
    name = " ".join(lower[begin:end].split())
    return (begin, end, names.names.get(name, name)) if end > found.end() else None


def _about(text: str, end: int) -> int:
    """Where the words end that say what a protocol is about: nouns, joined by "en"."""
    for _ in range(_MOST_WORDS):
        joined = _AND.match(text, end)
        found = _ABOUT.match(text, joined.end() - 1 if joined else end)
        if found is None or not _NOUN.fullmatch(found[1]):
            break
        end = found.end()
    return end


# --- the register -------------------------------------------------------------------------------


def match(
    documents: Sequence[NamedDocument], policies: Iterable[Known], names: Names | None = None
) -> tuple[Matched, ...]:
    """Each document with the policy of the register that has its name."""
    names = names or known_names()
    by_name = {name: policy for policy in policies for name in names_of(policy)}
    return tuple(_matched(each, by_name, names) for each in documents)


def _matched(document: NamedDocument, by_name: dict[str, Known], names: Names) -> Matched:
    same = _called(document.quote, document.name, names)
    policy = next((by_name[name] for name in same if name in by_name), None)
    if policy is None:
        return Matched(document, Standing.ONBEKEND)
    standing = Standing.GELDEND if policy.in_force else Standing.NIET_GELDEND
    return Matched(document, standing, policy.slug)


def _called(quote: str, name: str, names: Names) -> list[str]:
    """Everything that a document named so can be called, plainly."""
    usual = names.names.get(name, name)
    return [plain(quote), plain(usual), *names.others.get(usual, ())]


def usual(words: str, names: Names | None = None) -> str:
    """The usual name of a document that these words name, plainly: "AVG-beleid" → privacybeleid, if so listed."""
    known = (names or known_names()).names
    lower = " ".join(words.lower().split())
    return plain(known.get(lower, lower))


def names_of(policy: Known) -> set[str]:
    """Its slug and titles, also without the name of the organisation at the end."""
    return {plain(policy.slug)}.union(*map(without_owner, policy.titles))


def without_owner(title: str) -> set[str]:
    """A title, and what is left of it without the name of an organisation at its end."""
    found, words = set[str](), title.split()
    for end in range(1, len(words) + 1):
        if all(
            w[:1].isupper() or w[:1].isdigit() or w in ("van", "de", "het", "der")
            for w in words[end:]
        ):
            found.add(plain(" ".join(words[:end])))
    return found


def plain(name: str) -> str:
    """A name without capitals, accents, spaces and hyphens: "Social-media protocol" → socialmediaprotocol."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "", letters.lower())


# --- reading ------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def known_names() -> Names:
    """The names that come with this program: constant data, like code."""
    from importlib.resources import files

    data = (files("beleidsbeheer.domain") / "references" / "documenten.toml").read_bytes()
    return read_document_names(data, DOCUMENTS_PATH)


def read_document_names(data: bytes, path: str) -> Names:
    """A list in the form of ``documenten.toml``. Raises UnreadableInput naming file and part."""
    table = read_toml(data, path)
    only_known(table, {"gelezen", "merk", "uitgangen", "koppen", "geen", "stuk"}, path)
    day(table, "gelezen", path)
    word(table, "merk", path)
    names: dict[str, str] = {}
    for number, row in enumerate(parts(table, "stuk", path), start=1):
        where = f"{path}, stuk {number}"
        only_known(row, {"naam", "ook"}, where)
        usual = word(row, "naam", where, 100).lower()
        for name in (usual, *_words(row, "ook", where)):
            names[name.lower()] = usual
    return Names(
        names,
        _words(table, "uitgangen", path),
        _words(table, "koppen", path),
        frozenset(_words(table, "geen", path)),
    )


def _words(table: dict[str, Any], name: str, where: str) -> tuple[str, ...]:
    value = table.get(name, [])
    if not isinstance(value, list) or not all(
        isinstance(each, str) and each.strip() for each in value
    ):
        raise UnreadableInput(
            f"{where}: {name} moet een lijst van woorden tussen rechte haken zijn."
        )
    return tuple(" ".join(each.split()) for each in value)
