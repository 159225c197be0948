"""Since which version the words of a regulation stand as they stand: by artikel, lid and onderdeel.

    found = provenance([("0.1", old), ("0.2", None), ("0.3", new)])
    found.find("14.1.b").since                  # "0.3"
    "".join(run.text for run in found.runs())   # the newest text, exactly

The texts are compared one after the other. A word that both have keeps the version it had, also where
its artikel or lid moved or got another number; all other words get the version they came in. White
space, Markdown marks and numbers of leden count as no words. Words that were struck leave nothing to
label, yet what is left reads otherwise: so each part remembers when it last lost words. Pure.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import accumulate, chain, groupby
from typing import Final

from beleidsbeheer.domain.changes import Change, Nature, OpKind, compare
from beleidsbeheer.domain.course import Course, Stand
from beleidsbeheer.domain.document import Kind, parse, read_front
from beleidsbeheer.domain.entry import digest_of
from beleidsbeheer.domain.ledger import Version
from beleidsbeheer.domain.model import Verdict, version_key
from beleidsbeheer.domain.outline import Element
from beleidsbeheer.errors import DocumentError

FRONT: Final = "Kopblok"
TOP: Final = "Aanhef"

# Texts that came to nothing: a lid that was changed in one and restored after it was never changed.
_DEAD: Final = frozenset({Stand.TERUGGETROKKEN, Stand.ONTHOUDEN, Stand.NIETIG})

_BRINGING: Final = frozenset({"registratie", "overname"})
_UNSURE: Final = frozenset({Verdict.GEWIJZIGD, Verdict.NIET_TE_BEOORDELEN})

_WORD: Final = re.compile(rb"\S+")  # what ASCII white space separates, as ``changes`` has it
_MARKUP: Final = re.compile(rb"[#*_`>|+=~:-]+")
_UNSHOWN: Final = re.compile(rb"#{1,6}|>+|[|:-]*\|[|:-]*")
_HARD_SPACE: Final = b"\xc2\xa0"
_BEHIND_NUMBER: Final = ".:–—-"

# A part that went and one that came are the same one, moved, when they are this much alike.
_ALIKE: Final = 0.6
_ALIKE_ELSEWHERE: Final = 0.8
_FEW: Final = 6  # words: shorter parts only move inside their artikel
_MOST_LOOKS: Final = 10_000


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
    _text: _Text = field(repr=False)
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


def provenance(texts: Sequence[tuple[str, bytes | None]]) -> Provenance:
    """Where the words of the last text come from; None is a text that is not known.

    Takes one comparison and one parse for each text that differs from the one before. Raises ValueError
    when the last text is not known, and DocumentError for a text that is none.
    """
    if not texts or texts[-1][1] is None:
        raise ValueError("the last text must be known")
    versions: list[str] = []
    lost: dict[str, tuple[str, ...]] = {}
    missing: list[str] = []
    trail: _Trail | None = None
    for version, data in texts:
        if data is None:
            missing.append(version)
            continue
        if missing:
            lost[version], missing = tuple(missing), []
        versions.append(version)
        if trail is None:
            trail = _Trail(_Text(data), version)
        elif data != trail.text.data:
            trail.follow(_Text(data), len(versions) - 1, version)
    assert trail is not None  # noqa: S101 (the last text is known)
    return _told(trail, tuple(versions), lost)


def _told(
    trail: _Trail, versions: tuple[str, ...], lost: Mapping[str, tuple[str, ...]]
) -> Provenance:
    text, labels = trail.text, trail.labels
    parts = []
    for index, (own, state) in enumerate(zip(text.parts, trail.states, strict=True)):
        found = sorted({labels[n] for n in own.words})
        latest = max([*found, state.struck])
        parts.append(
            Part(
                key=own.key,
                kind=own.kind,
                name=own.name,
                heading=own.heading,
                index=index,
                parent=own.parent,
                first_line=own.lines[0],
                last_line=own.lines[1],
                since=versions[latest] if latest >= 0 else "",
                labels=tuple(versions[label] for label in found),
                struck=versions[state.struck] if state.struck >= 0 else "",
                formers=state.formers,
            )
        )
    return Provenance(versions, lost, tuple(parts), text, _with_markup(text, labels))


def _with_markup(text: _Text, labels: array[int]) -> array[int]:
    """Marks that are no words take the label of the word they stand before, or else behind."""
    found = labels[:]
    known = [n for n, counts in enumerate(text.counted) if counts]
    if known:
        place = 0
        for n, counts in enumerate(text.counted):
            if counts:
                place += 1
            else:
                same = place < len(known) and text.home[known[place]] == text.home[n]
                found[n] = labels[known[place] if same or not place else known[place - 1]]
    return found


# --- a text in words and parts ---------------------------------------------------------------------------


@dataclass(slots=True)
class _Own:
    """A part of one text. ``shown`` are its words, ``words`` those without marks of Markdown."""

    key: str
    kind: Kind
    name: str
    heading: str
    parent: int
    lines: tuple[int, int]
    shown: list[int] = field(default_factory=list)
    words: list[int] = field(default_factory=list)


class _Text:
    """One text: its words, where each begins, to which part it belongs, and whether it is one."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.words: list[bytes] = data.split()
        self.starts = [found.start() for found in _WORD.finditer(data)]
        self.counted = bytearray(not _MARKUP.fullmatch(word) for word in self.words)
        self.home = array("l", [0]) * len(self.words)
        self.parts: list[_Own] = []
        document = parse(data)
        sizes = (len(line.encode("utf-8")) for line in document.lines)
        self._lines = list(accumulate(sizes, initial=0))
        if document.front.last_line:
            self._open(None, FRONT, -1, (1, document.front.last_line))
            self._fill(0, 1, document.front.last_line, 0)
        todo = [(element, -1) for element in reversed(document.elements)]
        while todo:
            element, parent = todo.pop()
            index = self._place(element, parent)
            todo += [(child, index) for child in reversed(element.children)]

    def at(self, offset: int) -> int:
        """The first word from this byte on, as ``changes`` counts: with a line feed in front."""
        return bisect_left(self.starts, offset - 1)

    def top(self, index: int) -> int:
        """The artikel that a part stands in, or the part at the top."""
        while self.parts[index].kind is not Kind.ARTIKEL and self.parts[index].parent >= 0:
            index = self.parts[index].parent
        return index

    def _place(self, element: Element, parent: int) -> int:
        """The part that the words of an element belong to: what cannot be cited belongs to its parent."""
        skip, index = 0, parent
        first, last = element.own_lines.start, element.own_lines.stop - 1
        if element.key or parent < 0:
            name = self._name(element, parent) if element.key else element.heading or TOP
            index = self._open(element, name, parent, (element.first_line, element.last_line))
            skip = self._mark(element) if element.key else 0
        self._fill(index, first, last, skip)
        return index

    def _open(self, element: Element | None, name: str, parent: int, lines: tuple[int, int]) -> int:
        key, kind, heading = "", Kind.ANDERS, ""
        if element:
            key, kind, heading = element.key, element.kind, element.heading
        self.parts.append(_Own(key, kind, name, heading, parent, lines))
        return len(self.parts) - 1

    def _span(self, first: int, last: int) -> range:
        start, end = self._lines[first - 1], self._lines[last]
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))

    def _fill(self, index: int, first: int, last: int, skip: int) -> None:
        """Give the words on these lines to a part; the first ``skip`` are its mark."""
        place, own = self._span(first, last), self.parts[index]
        for n in place:
            self.home[n] = index
        for n in place[skip:]:
            if not _UNSHOWN.fullmatch(self.words[n]):
                own.shown.append(n)
            if self.counted[n]:
                own.words.append(n)

    def _mark(self, element: Element) -> int:
        """How many words are the mark: ``- a.``, ``1.`` or ``## Artikel 7.``."""
        place = self._span(element.own_lines.start, element.own_lines.stop - 1)
        skip = 0
        while skip < len(place) and not self.counted[place[skip]]:
            skip += 1
        if element.kind is Kind.DEFINITIE:
            return skip
        wanted = element.mark.lower()
        if element.kind in (Kind.ARTIKEL, Kind.HOOFDSTUK):
            wanted = f"{element.kind}{wanted}"
        found = ""
        for count, n in enumerate(place[skip : skip + 2], start=1):
            found += self.words[n].replace(_HARD_SPACE, b"").decode("utf-8").lower()
            if wanted in (found, found.rstrip(_BEHIND_NUMBER)):
                return skip + count
        return skip

    def _name(self, element: Element, parent: int) -> str:
        """How people cite it: ``artikel 14 lid 1 onder b``."""
        last = element.key.rpartition(".")[2]
        mark = element.mark.rstrip(".)") + last[last.find("~") :] * ("~" in last)
        if element.kind in (Kind.ARTIKEL, Kind.HOOFDSTUK):
            return f"{element.kind} {mark}"
        above = self.parts[parent].name
        if element.kind is Kind.LID:
            return f"{above} lid {mark}"
        if element.kind is Kind.DEFINITIE:
            return f"{above} “{element.heading}”"
        return f"{above} onder {mark}"


# --- from one text to the next ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _State:
    """What a part remembers besides its words; -1 for never."""

    struck: int = -1
    formers: tuple[Former, ...] = ()


class _Trail:
    """A text with a label for each word and a state for each part, on its way to the newest text."""

    def __init__(self, text: _Text, version: str) -> None:
        self.text = text
        self.version = version
        self.labels = array("l", [0]) * len(text.words)
        self.states = [_State()] * len(text.parts)

    def follow(self, new: _Text, label: int, version: str) -> None:
        """Go on to the next text, which has this label."""
        step = _Step(self.text, new, self.labels)
        self.states = step.states(self.states, label, version)
        labels = self.labels
        self.labels = array("l", (labels[o] if o >= 0 else label for o in step.origin))
        self.text, self.version = new, version


class _Step:
    """Which word of the old text each word of the new one is; -1 for a word that came."""

    def __init__(self, old: _Text, new: _Text, labels: array[int]) -> None:
        self.old, self.new, self.labels = old, new, labels
        self.origin = array("l", [-1]) * len(new.words)
        self._reformatted = bytearray(len(old.words))
        changes = compare(old.data, new.data)
        for first, other, count in changes.kept:
            a, b = changes.before.span(first, first + count)
            c, d = changes.after.span(other, other + count)
            self._same(range(old.at(a), old.at(b)), range(new.at(c), new.at(d)))
        for change in changes.elements:
            self._carry(change)
        self._carry_moved_parts()

    # --- words ------------------------------------------------------------------------------------------

    def _same(self, olds: range, news: range) -> None:
        if len(olds) == len(news):
            self.origin[news.start : news.stop] = array("l", olds)

    def _carry(self, change: Change) -> None:
        """Through one changed element, wherever it stands now."""
        i, j = self.old.at(change.old_span[0]), self.new.at(change.new_span[0])
        formatted = range(0)
        for op in change.operations:
            count = len(op.text.encode("utf-8").split())
            markup = op.nature is Nature.OPMAAK
            if op.kind is OpKind.GELIJK:
                self._same(range(i, i + count), range(j, j + count))
            elif op.kind is OpKind.GESCHRAPT:
                formatted = range(i, i + count) if markup else range(0)
            elif markup:
                self._formatted(formatted, range(j, j + count))
            i += count * (op.kind is not OpKind.INGEVOEGD)
            j += count * (op.kind is not OpKind.GESCHRAPT)

    def _formatted(self, olds: range, news: range) -> None:
        """The same words with other marks on them; a hard space may have joined or parted them."""
        for i in olds:
            self._reformatted[i] = True
        pool = [i for i in olds for _ in range(_bare(self.old.words[i]))]
        counts = [_bare(self.new.words[j]) for j in news]
        if sum(counts) != len(pool):
            pool, counts = list(olds), [len(olds)] * len(news)
        place = 0
        for j, count in zip(news, counts, strict=True):
            some = pool[place : place + count] or pool[-1:]
            self.origin[j] = max(some, key=self.labels.__getitem__, default=-1)
            place += count

    # --- parts that moved where the comparison of words cannot see it -------------------------------------

    def _carry_moved_parts(self) -> None:
        """Leden that changed places, or became an artikel: gone in one place and there in another."""
        used = self._used()
        olds = [p for p in range(len(self.old.parts)) if self._mostly_gone(p, used)]
        news = [p for p in range(len(self.new.parts)) if self._mostly_come(p)]
        if not olds or not news:
            return
        homes = self._homes()
        gone, come = set(olds), set(news)
        for i, j in chain(self._equal_parts(olds, news, homes), self._alike(olds, news, homes)):
            if i in gone and j in come:
                gone.discard(i)
                come.discard(j)
                self._carry_part(self.old.parts[i].words, self.new.parts[j].words)

    def _used(self) -> bytearray:
        """Which words of the old text are still there."""
        used = self._reformatted[:]
        for place in self.origin:
            if place >= 0:
                used[place] = True
        return used

    def _mostly_gone(self, index: int, used: bytearray) -> bool:
        words = self.old.parts[index].words
        return 2 * sum(used[n] for n in words) < len(words)

    def _mostly_come(self, index: int) -> bool:
        words = self.new.parts[index].words
        return 2 * sum(self.origin[n] >= 0 for n in words) < len(words)

    def _homes(self) -> dict[int, int]:
        """For each new artikel the old one that most of its words come from."""
        votes: dict[int, Counter[int]] = defaultdict(Counter)
        for n, place in enumerate(self.origin):
            if place >= 0:
                votes[self.new.home[n]][self.old.home[place]] += 1
        tops: dict[int, Counter[int]] = defaultdict(Counter)
        for index, found in votes.items():
            for place, count in found.items():
                tops[self.new.top(index)][self.old.top(place)] += count
        return {index: found.most_common(1)[0][0] for index, found in tops.items()}

    def _near(self, i: int, j: int, homes: dict[int, int]) -> bool:
        return homes.get(self.new.top(j)) == self.old.top(i)

    def _equal_parts(
        self, olds: list[int], news: list[int], homes: dict[int, int]
    ) -> Iterator[tuple[int, int]]:
        """Parts of the same words, in the same artikel first; short ones only there."""
        places: dict[tuple[bytes, ...], list[int]] = defaultdict(list)
        for i in olds:
            places[_said(self.old, i)].append(i)
        far = []
        for j in news:
            said = _said(self.new, j)
            found = places.get(said, [])
            near = [i for i in found if self._near(i, j, homes)]
            yield from ((i, j) for i in near)
            if len(said) >= _FEW:
                far += [(i, j) for i in found[:1]]
        yield from far

    def _alike(
        self, olds: list[int], news: list[int], homes: dict[int, int]
    ) -> Iterator[tuple[int, int]]:
        """Parts of almost the same words, the most alike first."""
        bags = {i: Counter(said) for i in olds if len(said := _said(self.old, i)) >= _FEW}
        others = {j: Counter(said) for j in news if len(said := _said(self.new, j)) >= _FEW}
        if len(bags) * len(others) > _MOST_LOOKS:
            return
        looks = []
        for i, bag in bags.items():
            for j, other in others.items():
                likeness = 2 * (bag & other).total() / (bag.total() + other.total())
                if likeness >= (_ALIKE if self._near(i, j, homes) else _ALIKE_ELSEWHERE):
                    looks.append((-likeness, i, j))
        yield from ((i, j) for _, i, j in sorted(looks))

    def _carry_part(self, olds: list[int], news: list[int]) -> None:
        """Through one part that moved, word by word."""
        said, says = (
            [text.words[n] for n in some] for text, some in ((self.old, olds), (self.new, news))
        )
        for a, c, count in _equal_runs(said, says):
            for n in range(count):
                self.origin[news[c + n]] = olds[a + n]

    # --- parts ------------------------------------------------------------------------------------------

    def states(self, states: Sequence[_State], label: int, version: str) -> list[_State]:
        """What each new part remembers: where it stood, and when it lost words."""
        partners = self._partners()
        heirs: dict[int, list[int]] = defaultdict(list)
        for j, i in partners.items():
            heirs[i].append(j)
        for i, j in self._taken_up(partners.values()):
            heirs[i].append(j)
        struck = [-1] * len(self.new.parts)
        for i, some in heirs.items():
            for j in some:
                struck[j] = max(struck[j], states[i].struck)
        for i in self._with_losses():
            for j in self._heirs_of(i, heirs):
                struck[j] = label
        found = []
        for j, own in enumerate(self.new.parts):
            formers: tuple[Former, ...] = ()
            if j in partners:
                before, formers = self.old.parts[partners[j]], states[partners[j]].formers
                if before.key != own.key:
                    formers = (*formers, Former(version, before.key, before.name))
            found.append(_State(struck[j], formers))
        return found

    def _taken_up(self, kept: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Old parts that are no part of their own any more, and the new one with most of their words."""
        alone = set(range(len(self.old.parts))) - set(kept)
        votes: dict[int, Counter[int]] = defaultdict(Counter)
        for n, place in enumerate(self.origin):
            if place >= 0 and self.old.home[place] in alone:
                votes[self.old.home[place]][self.new.home[n]] += 1
        for i, found in votes.items():
            j, count = found.most_common(1)[0]
            if 2 * count >= len(self.old.parts[i].words):
                yield i, j

    def _with_losses(self) -> Iterator[int]:
        """The old parts of which a word is nowhere in the new text."""
        used = self._used()
        return (i for i, own in enumerate(self.old.parts) if not all(used[n] for n in own.words))

    def _heirs_of(self, index: int, heirs: Mapping[int, list[int]]) -> Iterable[int]:
        """What an old part became; if it went, what became of the part it stood in."""
        while index >= 0:
            if index in heirs:
                return heirs[index]
            index = self.old.parts[index].parent
        return ()

    def _partners(self) -> dict[int, int]:
        """Per new part the old one that it was: by its words, else by its key."""
        below = self._below()
        partners = {}
        for j, own in enumerate(self.new.parts):
            words = own.words or below[j]
            votes = Counter(self.old.home[o] for n in words if (o := self.origin[n]) >= 0)
            if not own.words:
                votes = Counter(
                    {
                        i: n
                        for i, n in self._lifted(votes).items()
                        if self.old.parts[i].kind is own.kind
                    }
                )
            same = {i for i in votes if self.old.parts[i].key == own.key}
            best = max(votes, key=lambda i: (votes[i], i in same, -i), default=-1)
            if best >= 0:
                most = min(len(words), len(self.old.parts[best].words))
                if 2 * votes[best] >= most:
                    partners[j] = best
        taken = set(partners.values())
        keys = {own.key: i for i, own in enumerate(self.old.parts) if own.key and i not in taken}
        for j, own in enumerate(self.new.parts):
            if j not in partners and own.key in keys:
                partners[j] = keys[own.key]
        return partners

    def _lifted(self, votes: Counter[int]) -> Counter[int]:
        """Votes for parts as votes for all that they stand in."""
        found: Counter[int] = Counter()
        for index, count in votes.items():
            place = index
            while place >= 0:
                found[place] += count
                place = self.old.parts[place].parent
        return found

    def _below(self) -> list[list[int]]:
        """For a part that has no words of its own those of the parts below it."""
        found: list[list[int]] = [[] for _ in self.new.parts]
        for own in self.new.parts:
            parent = own.parent
            while parent >= 0 and not self.new.parts[parent].words:
                found[parent] += own.words
                parent = self.new.parts[parent].parent
        return found


def _bare(word: bytes) -> int:
    """How many words it is to people: none for ``**``, two for words with a hard space between."""
    pieces = word.replace(_HARD_SPACE, b" ").split()
    return sum(not _MARKUP.fullmatch(piece) for piece in pieces)


def _said(text: _Text, index: int) -> tuple[bytes, ...]:
    return tuple(text.words[n] for n in text.parts[index].words)


def _equal_runs(old: Sequence[bytes], new: Sequence[bytes]) -> Iterator[tuple[int, int, int]]:
    """Runs that both have, in order: where each begins in both, and how long it is."""
    if old == new:
        yield 0, 0, len(old)
        return
    changes = compare(b" ".join(old), b" ".join(new))
    for change in changes.elements:
        a = c = 0
        for op in change.operations:
            count = len(op.text.encode("utf-8").split())
            if op.kind is OpKind.GELIJK:
                yield a, c, count
            a += count * (op.kind is not OpKind.INGEVOEGD)
            c += count * (op.kind is not OpKind.GESCHRAPT)


# --- the texts of a policy -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Chain:
    """The texts up to a version. ``skipped`` came to nothing, with how they ended."""

    texts: tuple[tuple[str, bytes | None], ...]
    skipped: tuple[tuple[str, Stand], ...]


def chain_of(course: Course, number: str) -> Chain:
    """Every version up to ``number``, without those that came to nothing (but ``number`` itself)."""
    texts: list[tuple[str, bytes | None]] = [(each, None) for each in uncertain(course)]
    skipped = []
    for version in course.policy.versions:
        stand = course.stand(version.number, course.as_of)
        if stand in _DEAD and version.number != number:
            skipped.append((version.number, stand))
        else:
            texts.append((version.number, text_of(course, version)))
    upto = version_key(number)
    texts = [each for each in texts if version_key(each[0]) <= upto]
    texts.sort(key=lambda each: version_key(each[0]))
    return Chain(tuple(texts), tuple(each for each in skipped if version_key(each[0]) < upto))


def uncertain(course: Course) -> list[str]:
    """Versions that were signed and cannot be judged now, as their text is gone or was changed."""
    known = {version.number for version in course.policy.versions}
    found = {
        judgement.entry.version
        for judgement in course.ledger.verification.judgements
        if judgement.entry
        and judgement.entry.policy == course.policy.slug
        and judgement.entry.kind in _BRINGING
        and judgement.verdict in _UNSURE
        and judgement.authentic
        and not judgement.settled
    }
    return sorted(found - known - {""}, key=version_key)


def text_of(course: Course, version: Version) -> bytes | None:
    """The frozen text as it was signed; None when it is not here, not that one, or not to be read."""
    if version.text is None:
        return None
    data = course.ledger.files.get(version.text.path)
    if data is None or digest_of(data) != version.text.sha256:
        return None
    try:
        read_front(data, version.text.path)
    except DocumentError:
        return None
    return data
