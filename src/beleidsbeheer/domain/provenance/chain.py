"""The texts of a policy up to a version, in order, without those that came to nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from beleidsbeheer.domain.course import Course, Stand
from beleidsbeheer.domain.document import read_front
from beleidsbeheer.domain.entry import digest_of
from beleidsbeheer.domain.ledger import Version
from beleidsbeheer.domain.model import Verdict, version_key
from beleidsbeheer.errors import DocumentError

# Texts that came to nothing: a lid that was changed in one and restored after it was never changed.
_DEAD: Final = frozenset({Stand.TERUGGETROKKEN, Stand.ONTHOUDEN, Stand.NIETIG})

_BRINGING: Final = frozenset({"registratie", "overname"})
_UNSURE: Final = frozenset({Verdict.GEWIJZIGD, Verdict.NIET_TE_BEOORDELEN})


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
