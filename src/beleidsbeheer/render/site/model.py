"""What the site is made from, and what a page is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from beleidsbeheer.domain.course import Course, Period, Stand
from beleidsbeheer.domain.entry import digest_of
from beleidsbeheer.domain.ledger import PaperRow, Policy, Version
from beleidsbeheer.domain.provenance import text_of
from beleidsbeheer.domain.register import Register, owner_digests
from beleidsbeheer.domain.terms import show_date
from beleidsbeheer.render.history import HistoryTables, history_tables

NOT_SHOWN = "niet getoond"

# versions of which the text came to an end: only what went wrong with these may be published, and then marked
PAST = frozenset(
    {
        Stand.VERVANGEN,
        Stand.VERVANGEN_OVERGENOMEN,
        Stand.INGETROKKEN,
        Stand.TERUGGETROKKEN,
        Stand.NIETIG,
    }
)


@dataclass(frozen=True, slots=True)
class Page:
    """A file of the site. ``key`` stands for everything it is made from; ``make`` gives its bytes."""

    path: str
    key: str
    make: Callable[[], bytes]


@dataclass(frozen=True)
class Site:
    """A register to publish as of ``day``; ``address`` is where, with a ``/`` at the end, or "".

    ``marks`` tells, by (policy, version), what is wrong with what is history. ``stamp`` stands for the program.
    """

    register: Register
    day: date
    address: str = ""
    marks: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    stamp: str = ""
    _kept: dict[str, dict[str, bytes | None]] = field(default_factory=dict, repr=False)
    _histories: dict[str, HistoryTables] = field(default_factory=dict, repr=False)

    @property
    def organisation(self) -> str:
        settings = self.register.settings
        return settings.organisation if settings else ""

    @property
    def root(self) -> str:
        return self.register.verification.root

    @property
    def policies(self) -> list[Policy]:
        """The policies that have a counted version, by title."""
        found = [policy for policy in self.register.policies.values() if policy.versions]
        return sorted(found, key=lambda policy: (policy.title.lower(), policy.slug))

    def course(self, policy: Policy) -> Course:
        return self.register.courses[policy.slug]

    def in_force(self, policy: Policy) -> Period | None:
        return self.course(policy).in_force(self.day, self.day)

    def periods(self, policy: Policy) -> list[Period]:
        return self.course(policy).periods(self.day)

    def stand(self, policy: Policy, number: str) -> Stand:
        return self.course(policy).stand(number, self.day)

    def text(self, policy: Policy, version: Version) -> bytes | None:
        """The text as it was signed; None when there is none to show."""
        return self._texts(policy).get(version.number)

    def kept(self, policy: Policy) -> list[Version]:
        """The versions of which the text is here, in order."""
        texts = self._texts(policy)
        return [each for each in policy.versions if texts[each.number] is not None]

    def history(self, policy: Policy) -> HistoryTables:
        """What is shown of a policy's history; looked up once."""
        if policy.slug not in self._histories:
            self._histories[policy.slug] = history_tables(self.register, policy)
        return self._histories[policy.slug]

    def _texts(self, policy: Policy) -> dict[str, bytes | None]:
        if policy.slug not in self._kept:
            course = self.course(policy)
            self._kept[policy.slug] = {v.number: text_of(course, v) for v in policy.versions}
        return self._kept[policy.slug]

    def reads(self, policy: Policy) -> Version | None:
        """The version that the policy's own page shows: the one in force."""
        period = self.in_force(policy)
        return policy.version(period.version) if period else None

    # --- keys --------------------------------------------------------------------------------------------

    def key(self, *parts: Any) -> str:
        """A key for what is made from ``parts`` (plain values) and from what all pages share."""
        told = json.dumps([self._shared, parts], ensure_ascii=False, default=str)
        return digest_of(told.encode())

    @cached_property
    def _shared(self) -> list[str]:
        settings = self.register.files.get("beleid.toml", b"")
        return [self.stamp, self.root, self.address, digest_of(settings)]

    @cached_property
    def _digests(self) -> Mapping[str, str]:
        return owner_digests(self.register.files, working=False)

    def state(self, policy: Policy) -> list[Any]:
        """Plain values for everything that can be told of a policy as of the day."""
        stands = [(each.number, self.stand(policy, each.number)) for each in policy.versions]
        periods = [(p.version, p.start, p.end) for p in self.periods(policy)]
        marks = sorted(
            (number, told) for (slug, number), told in self.marks.items() if slug == policy.slug
        )
        files = [self._digests[each] for each in (policy.slug, "rooster", "namen.toml")]
        return [policy.slug, files, stands, periods, self.in_force(policy) is not None, marks]


def page_path(policy: Policy, name: str = "index.html") -> str:
    return f"beleid/{policy.slug}/{name}"


# --- people --------------------------------------------------------------------------------------------------


class _Roles(Mapping[str, str]):
    """In place of names: what a person is in the rosters, or that the name is not shown."""

    def __init__(self, register: Register) -> None:
        self._roles: dict[str, str] = {}
        succession = register.verification.succession
        for roster in succession.line if succession else ():
            for member in roster.members.values():
                told = sorted(str(role) for role in member.roles if role != "beheerder")
                self._roles[member.person] = ", ".join(told) or "beheerder"

    def __getitem__(self, person: str) -> str:
        return self._roles.get(person, NOT_SHOWN)

    def __iter__(self) -> Iterator[str]:
        return iter(self._roles)

    def __len__(self) -> int:
        return len(self._roles)

    def __contains__(self, person: object) -> bool:
        return True


def discreet(register: Register) -> Register:
    """The register without the name of any person: roles, and "niet getoond" where a document names somebody.

    A setting of the register itself can ask for names; then it is given back as it is.
    """
    if register.settings and register.settings.names_on_site:
        return register
    policies = {slug: _without_names(policy) for slug, policy in register.policies.items()}
    return replace(register, names=_Roles(register), policies=policies)


def _without_names(policy: Policy) -> Policy:
    return replace(
        policy,
        versions=tuple(
            replace(each, rows=tuple(map(_nameless, each.rows))) for each in policy.versions
        ),
        unnumbered=tuple(map(_nameless, policy.unnumbered)),
        adoptions=tuple(map(_nameless, policy.adoptions)),
    )


def _nameless(row: PaperRow) -> PaperRow:
    if row.source is None:
        return row
    told = {
        name: NOT_SHOWN if name in ("auteur", "naam") else text
        for name, text in row.source.readable.items()
    }
    return replace(row, source=replace(row.source, readable=told))


# --- sentences -----------------------------------------------------------------------------------------------


def period_sentence(period: Period) -> str:
    """ "Geldend van 01-10-2018 t/m heden", as the national collection of local regulations has it."""
    starts, back = period.entry.fields.get("inwerking"), period.entry.fields.get("terugwerkend_tot")
    until = show_date(period.end) or "heden"
    if starts and back and str(period.start) == back:
        began = show_date(date.fromisoformat(starts))
        return f"Geldend van {began} t/m {until} met terugwerkende kracht vanaf {show_date(period.start)}"
    return f"Geldend van {show_date(period.start)} t/m {until}"
