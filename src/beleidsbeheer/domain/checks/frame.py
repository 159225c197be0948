"""What a check is: a question about a text and its history, answered with remarks or with nothing.

The first line of a check's docstring is its public explanation, ``why`` tells in one sentence why it matters.
A check reads a ``Dossier`` and yields ``Remark``s; calling the check makes each remark a ``Found``. What a
check needs and is not in the dossier (a register, a text in force) makes it silent. Nothing here writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Final

from beleidsbeheer.domain.checks.coverage import Coverage, Framework, coverage
from beleidsbeheer.domain.checks.definitions import Definition, definitions_in
from beleidsbeheer.domain.checks.paper_rows import Row, rows_of
from beleidsbeheer.domain.checks.words import Words
from beleidsbeheer.domain.course import Course
from beleidsbeheer.domain.document import Document, Element
from beleidsbeheer.domain.ledger import Policy
from beleidsbeheer.domain.model import Finding, Severity
from beleidsbeheer.domain.passages import Line, Passage, lines_of, passages_of
from beleidsbeheer.domain.references.documents import Matched, match, named_documents
from beleidsbeheer.domain.references.drift import Drift, drifted
from beleidsbeheer.domain.references.resolve import Link, resolve
from beleidsbeheer.domain.settings import Settings

_LONGEST_QUOTE: Final = 100


class Group(StrEnum):
    """Under which head a finding is shown; the value is the Dutch word people see."""

    TEKST = "tekst"
    VERWIJZINGEN = "verwijzingen"
    BEGRIPPEN = "begrippen"
    GESCHIEDENIS = "geschiedenis"
    AVG = "avg"
    AKKOORD = "akkoord"


class Profile(StrEnum):
    """By whose measure a text is read: that of a school, or that of the Aanwijzingen voor de regelgeving."""

    SCHOOL = "school"
    AR = "ar"


EVERYONE: Final = frozenset(Profile)
MINISTRIES: Final = frozenset({Profile.AR})


@dataclass(frozen=True, slots=True)
class OtherPolicy:
    """Another policy of the register, as a text may name it. ``in_force`` is true when a version is."""

    slug: str
    titles: tuple[str, ...]
    in_force: bool


@dataclass(frozen=True)
class Dossier:
    """Everything a check may look at: one text, and what is known around it.

    ``path`` is how the text is named to people, ``version`` its number when it is a registered version.
    ``policy``, ``course``, ``settings``, ``others`` and ``in_force`` (the text in force today, other than
    this one) come from a register and are absent outside one. ``frameworks`` are what coverage is measured by.
    """

    path: str
    document: Document
    today: date
    profile: Profile = Profile.SCHOOL
    version: str = ""
    policy: Policy | None = None
    course: Course | None = None
    settings: Settings | None = None
    others: tuple[OtherPolicy, ...] = ()
    in_force: Document | None = None
    in_force_label: str = ""
    frameworks: tuple[Framework, ...] = ()

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines of the body in source order; those of the front matter are not among them."""
        return tuple(lines_of(self.document))

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The body as passages in source order."""
        return tuple(passages_of(self.lines))

    @cached_property
    def words(self) -> Words:
        """Which words stand in which passage."""
        return Words(self.passages)

    @cached_property
    def definitions(self) -> tuple[Definition, ...]:
        """Every defined term, in the order of the text."""
        return tuple(definitions_in(self.passages))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every reference, with what became of each place that it names."""
        return resolve(self.document)

    @cached_property
    def drifts(self) -> tuple[Drift, ...]:
        """The references that broke silently since the text in force; none without one."""
        if self.in_force is None:
            return ()
        return drifted(self.in_force, self.document, self.links)

    @cached_property
    def named(self) -> tuple[Matched, ...]:
        """Every document of the school that the text names, with what the register knows of it."""
        return match(named_documents(self.document), self.others)

    @cached_property
    def history(self) -> tuple[Row, ...]:
        """The rows of a history from before the tool: those taken over, and those of tables in the text."""
        return rows_of(self.policy, self.lines)

    @cached_property
    def matrices(self) -> tuple[tuple[Framework, tuple[Coverage, ...]], ...]:
        """For each framework that this text is about, every requirement with its answer."""
        return tuple(
            (each, coverage(each, self.document, self.passages))
            for each in self.frameworks
            if each.applies_to(self.document)
        )

    @cached_property
    def low(self) -> tuple[tuple[Passage, str], ...]:
        """Every passage with its text in lower case: to see quickly whether a word is there at all."""
        return tuple((passage, passage.text.lower()) for passage in self.passages)

    @cached_property
    def lowered(self) -> str:
        """All passages in lower case, one a line."""
        return "\n".join(text.replace("\n", " ") for _, text in self.low)

    @cached_property
    def _keys(self) -> Mapping[int, str]:
        return {line.number: line.key for line in self.lines}

    def key_at(self, number: int) -> str:
        """The key of the innermost element that holds this line of the file; empty when none can be cited."""
        return self._keys.get(number, "")

    def opening(self, element: Element) -> str:
        """The first paragraph of an element as it stands there; of a very long one the beginning."""
        lines = self.document.lines[element.first_line - 1 : element.own_lines.stop - 1]
        return "".join(lines[:20])[:2000].strip()

    @cached_property
    def articles(self) -> tuple[Element, ...]:
        """The articles in source order."""
        return self.document.articles


@dataclass(frozen=True, slots=True)
class Remark:
    """What a check noticed. ``line`` is 1-based, 0 for what stands on no line.

    ``key`` None means the key that the line belongs to; ``path`` is given when it is not about the text
    itself; ``tip`` and ``source`` replace those of the check.
    """

    line: int
    message: str
    quote: str = ""
    key: str | None = None
    tip: str = ""
    path: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Found(Finding):
    """A finding of a check. Besides what every finding has: the key of the place (``14.1.b``), the words
    quoted, why it matters, and under which head it belongs. ``basis`` is the legal or drafting source.
    """

    key: str = ""
    quote: str = ""
    why: str = ""
    group: Group = Group.TEKST

    @property
    def same_as(self) -> tuple[str, str, str]:
        """What makes it the same finding in another version of the text: a line may move, words do not."""
        return self.rule, self.key, self.quote or self.message


@dataclass(frozen=True, slots=True)
class Rule:
    """What there is to say of a check: its id (Dutch, as findings show it), where it comes from, for whom.

    ``strict`` is its severity in the profile ``ar``.
    """

    id: str
    group: Group
    severity: Severity
    explanation: str
    why: str
    source: str
    tip: str
    profiles: frozenset[Profile]
    strict: Severity

    def found(self, dossier: Dossier, remark: Remark) -> Found:
        """A remark with everything that people should know of it."""
        path = remark.path or dossier.path
        own = "" if remark.path else dossier.key_at(remark.line)
        return Found(
            rule=self.id,
            severity=self.strict if dossier.profile is Profile.AR else self.severity,
            place=f"{path}:{remark.line}" if remark.line else path,
            message=remark.message,
            hint=remark.tip or self.tip,
            basis=remark.source or self.source,
            key=own if remark.key is None else remark.key,
            quote=clipped(remark.quote),
            why=self.why,
            group=self.group,
        )


@dataclass(frozen=True, slots=True)
class Check:
    """A rule and the function that looks."""

    rule: Rule
    look: Callable[[Dossier], Iterable[Remark]]

    def __call__(self, dossier: Dossier) -> Iterator[Found]:
        if dossier.profile in self.rule.profiles:
            for remark in self.look(dossier):
                yield self.rule.found(dossier, remark)


@dataclass(frozen=True, slots=True)
class Afterthought:
    """A rule about what the checks found, rather than about the text."""

    rule: Rule
    look: Callable[[Dossier, Sequence[Found]], Iterable[Remark]]

    def __call__(self, dossier: Dossier, found: Sequence[Found]) -> Iterator[Found]:
        for remark in self.look(dossier, found):
            yield self.rule.found(dossier, remark)


def check(
    name: str,
    group: Group,
    severity: Severity,
    *,
    why: str,
    tip: str,
    source: str = "",
    profiles: frozenset[Profile] = EVERYONE,
    strict: Severity | None = None,
) -> Callable[[Callable[[Dossier], Iterable[Remark]]], Check]:
    """Make a check of a function that looks at a dossier.

    ``source`` is empty when it is plain care; ``strict`` is the severity in the profile ``ar``, when other.
    """

    def make(look: Callable[[Dossier], Iterable[Remark]]) -> Check:
        told = _explanation(look)
        return Check(
            Rule(name, group, severity, told, why, source, tip, profiles, strict or severity), look
        )

    return make


def afterthought(
    name: str, group: Group, severity: Severity, *, why: str, tip: str
) -> Callable[[Callable[[Dossier, Sequence[Found]], Iterable[Remark]]], Afterthought]:
    """Make a rule of a function that looks at what the checks found."""

    def make(look: Callable[[Dossier, Sequence[Found]], Iterable[Remark]]) -> Afterthought:
        told = _explanation(look)
        return Afterthought(
            Rule(name, group, severity, told, why, "", tip, EVERYONE, severity), look
        )

    return make


def _explanation(look: Callable[..., object]) -> str:
    return (look.__doc__ or "").strip().splitlines()[0]


def clipped(text: str) -> str:
    """A quotation on one line and not too long; where it was cut stands …"""
    words = " ".join(text[: 4 * _LONGEST_QUOTE].split())
    return words if len(words) <= _LONGEST_QUOTE else words[: _LONGEST_QUOTE - 1].rstrip() + "…"
