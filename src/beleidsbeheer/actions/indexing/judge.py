"""Read a register whole, as every command does, and tell what an index keeps of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from beleidsbeheer.actions.checking import Measure, named_policies, review_policy
from beleidsbeheer.actions.program import program
from beleidsbeheer.actions.reading import View, examine
from beleidsbeheer.domain.checks.frame import OtherPolicy
from beleidsbeheer.domain.entry import digest_of
from beleidsbeheer.domain.ledger import Policy
from beleidsbeheer.domain.model import Finding, Severity, working_path
from beleidsbeheer.domain.overview.facts import (
    PolicyFacts,
    RegisterFacts,
    facts,
    storable,
    texts_of,
    unreadable,
)
from beleidsbeheer.domain.register import owner_digests
from beleidsbeheer.domain.verification import RULES_PATH
from beleidsbeheer.errors import BeleidError, RepositoryProblem
from beleidsbeheer.storage.folder import Snapshot
from beleidsbeheer.storage.names import REGISTER_FILE
from beleidsbeheer.storage.places import why

if TYPE_CHECKING:
    from beleidsbeheer.storage.index.index import Index

_LIBRARIES: Final = ("markdown-it-py", "snowballstemmer")


def reader() -> str:
    """What stands for the program that reads registers and texts for an index."""
    return program(*_LIBRARIES)


@dataclass(frozen=True, slots=True)
class Judged:
    """What there is to tell of a register, by what its texts were checked, and the texts by their sha256."""

    facts: RegisterFacts
    read_as: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, bytes] = field(default_factory=dict)


def register_at(place: str) -> Path:
    """The folder of a register that an index knows. Raises RepositoryProblem when there is none any more.

    Never one of a folder above it: that is another register.
    """
    root = Path(place)
    if not (root / REGISTER_FILE).is_file():
        raise RepositoryProblem(
            f"In deze map is geen register meer. Is het verhuisd of weggehaald, geef dan: beleid index --vergeet {place}"
        )
    return root


def judge(index: Index | None, place: str, today: date, read: Snapshot | None = None) -> Judged:
    """Read a register as every command does. With an index, what it knows of unchanged texts is not checked again.

    ``read`` is what was just read of its files. A register that cannot be read is told as such, with the reason.
    """
    try:
        view = examine(register_at(place), today, read=read)
    except BeleidError as error:
        return Judged(unreadable(today, error.message))
    except OSError as error:
        return Judged(unreadable(today, f"De map kan niet worden gelezen ({why(error)})."))
    told = facts(view.register, view.findings, sound=view.sound)
    read_as = _read_as(view, today)
    known: Mapping[str, tuple[str, tuple[Finding, ...]]] = {}
    if index is not None:
        with index.reading() as reading:
            known = reading.remarks(place)
    named = named_policies(view.register)

    def remarks(policy: PolicyFacts) -> tuple[Finding, ...]:
        before = known.get(policy.slug)
        if before is not None and before[0] == read_as[policy.slug]:
            return before[1]
        return tuple(_checked(view, view.register.policies[policy.slug], today, named))

    policies = tuple(replace(each, remarks=remarks(each)) for each in told.policies)
    texts = {digest_of(data): data for data in texts_of(view.register)}
    told = replace(told, policies=policies)
    if r"\x00" in repr(told):  # seldom; it costs a walk over everything
        told = storable(told)
    return Judged(told, read_as, texts)


def _checked(
    view: View, policy: Policy, today: date, named: Sequence[OtherPolicy]
) -> Iterable[Finding]:
    """What reading its text gives, as plain findings. A text that cannot be read is one as well."""
    try:
        found = review_policy(view, policy, Measure(today), named).found
    except BeleidError as error:
        path = working_path(policy.slug)
        return [Finding("onleesbaar", Severity.FOUT, path, error.message, error.hint)]
    return [Finding(f.rule, f.severity, f.place, f.message, f.hint, f.basis) for f in found]


def _read_as(view: View, today: date) -> dict[str, str]:
    """For each policy what stands for everything that its text is checked by.

    That is its own files, the rosters and rules, the names and standing of the other policies, and the day.
    """
    register = view.register
    owners = owner_digests(register.files)
    others = sorted(
        (each.slug, each.title, each.front.citeertitel, register.in_force(each) is not None)
        for each in register.policies.values()
    )
    shared = (
        reader(),
        today,
        digest_of(register.files.get(RULES_PATH, b"")),
        owners["rooster"],
        owners["namen.toml"],
        others,
    )
    return {
        slug: digest_of(repr((shared, owners[slug])).encode("utf-8", "replace"))
        for slug in register.policies
    }
