"""What is told of a text: its parts, and for each run of words the version it came in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import groupby

from beleidsbeheer.domain.document import Kind
from beleidsbeheer.domain.provenance.text import WordText


@dataclass(frozen=True, slots=True)
class Run:
    """Text with one label: the version in which its words came."""

    text: str
    version: str


@dataclass(frozen=True, slots=True)
class Former:
    """Where a part stood in the versions before ``until``."""

    until: str
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Part:
    """A citable element with its own words: without its mark, without the citable elements below it.

    Also, with an empty key: the front matter, and each part of the text without articles. ``labels``
    are the versions its words came in, in order; ``struck`` is the last version in which it lost words,
    or a part below it, "" if it never did. ``name`` is how people cite it. ``index`` is its place
    among the parts and ``parent`` that of the part it stands in, -1 at the top; ``formers`` has the
    oldest place first.
    """

    key: str
    kind: Kind
    name: str
    heading: str
    index: int
    parent: int
    first_line: int
    last_line: int
    since: str
    labels: tuple[str, ...]
    struck: str
    formers: tuple[Former, ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    """The newest of a chain of texts, and where its words come from.

    ``versions`` are those whose text is known, in order. ``lost`` has per version the ones just before
    it whose text is not known: words of that version may be of those.
    """

    versions: tuple[str, ...]
    lost: Mapping[str, tuple[str, ...]]
    parts: tuple[Part, ...]
    _text: WordText = field(repr=False)
    _labels: Sequence[int] = field(repr=False)

    @property
    def version(self) -> str:
        """The version that is told of."""
        return self.versions[-1]

    def find(self, key: str) -> Part | None:
        """The part with this key. ``13A`` finds 13a, and ``2.1`` an artikel 2.1 (with the key 2:1)."""
        known = {part.key: part for part in self.parts if part.key}
        wanted = (key, key.lower(), key.lower().replace(".", ":"))
        return next((known[each] for each in wanted if each in known), None)

    def near(self, key: str) -> list[str]:
        """Keys like this one, for somebody who mistyped."""
        keys = [part.key for part in self.parts if part.key]
        wanted = key.lower()
        while wanted := wanted.rpartition(".")[0]:
            family = [k for k in keys if k == wanted or k.rpartition(".")[0] == wanted]
            if family:
                return family
        return get_close_matches(key.lower(), keys, 5)

    def below(self, part: Part) -> Iterator[Part]:
        """This part and all parts below it, in source order."""
        inside = {part.index}
        for each in self.parts[part.index :]:
            if each.index in inside or each.parent in inside:
                inside.add(each.index)
                yield each

    def runs(self) -> Iterator[Run]:
        """The whole text; together the runs are that text, exactly."""
        text = self._text
        if not text.words:
            if text.data:
                yield Run(text.data.decode("utf-8"), self.version)
            return
        place = 0  # each word with the white space behind it; the first one with that in front too
        for label, some in groupby(range(len(text.words)), key=self._labels.__getitem__):
            *_, last = some
            stop = text.starts[last + 1] if last + 1 < len(text.starts) else len(text.data)
            yield Run(text.data[place:stop].decode("utf-8"), self.versions[label])
            place = stop

    def words(self, part: Part) -> Iterator[Run]:
        """A part's own words, one space between them, without its mark and those of headings and tables."""
        text = self._text
        own = text.parts[part.index].shown
        for label, some in groupby(own, key=self._labels.__getitem__):
            told = b" ".join(text.words[n] for n in some).decode("utf-8")
            yield Run(told, self.versions[label])
