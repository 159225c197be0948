"""The words of the field as values: roles, verdicts, findings, names and version numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

SCHEMA = "beleidsbeheer.v1"

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_VERSION = re.compile(r"(?:0|[1-9][0-9]{0,3})\.(?:0|[1-9][0-9]{0,3})(?:\.[1-9][0-9]{0,3})?")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

# "rooster" and "zonder-versie" are folders of the register itself; the others cannot be a folder on
# Windows, where many a school secretary works.
RESERVED_SLUGS = frozenset(
    {"rooster", "zonder-versie", "con", "prn", "aux", "nul"}
    | {f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)}
)


class Role(StrEnum):
    """What a member of the roster may sign as."""

    BEHEERDER = "beheerder"
    SECRETARIS = "secretaris"
    BESTUUR = "bestuur"
    MR_VOORZITTER = "mr-voorzitter"
    MR_PERSONEEL = "mr-personeel"
    MR_OUDERS = "mr-ouders"
    MR_LEERLINGEN = "mr-leerlingen"
    GMR_VOORZITTER = "gmr-voorzitter"
    GMR_PERSONEEL = "gmr-personeel"
    GMR_OUDERS = "gmr-ouders"
    GMR_LEERLINGEN = "gmr-leerlingen"
    PUBLICIST = "publicist"


class Council(StrEnum):
    """The councils of a register: of one school, or of all or most schools of a board (WMS 16 lid 1)."""

    MR = "mr"
    GMR = "gmr"


class Geleding(StrEnum):
    """A constituency of a council; ``geheel`` is the whole council."""

    PERSONEEL = "personeel"
    OUDERS = "ouders"
    LEERLINGEN = "leerlingen"
    GEHEEL = "geheel"


def council_role(council: Council, geleding: Geleding) -> Role:
    """Who signs for this geleding of this council; for the whole council that is its chair (WMS 5)."""
    seat = "voorzitter" if geleding is Geleding.GEHEEL else geleding
    return Role(f"{council}-{seat}")


def chair(council: Council) -> Role:
    """Who represents the whole council (WMS 5)."""
    return council_role(council, Geleding.GEHEEL)


ROLES_OF: dict[Council, frozenset[Role]] = {
    council: frozenset(council_role(council, geleding) for geleding in Geleding)
    for council in Council
}
COUNCIL_ROLES = frozenset().union(*ROLES_OF.values())
BOARD_ROLES = frozenset({Role.BESTUUR})


class Verdict(StrEnum):
    """The four words, everywhere the same."""

    GELDIG = "geldig"
    GEWIJZIGD = "gewijzigd na ondertekening"
    ONGELDIG = "ongeldig"
    NIET_TE_BEOORDELEN = "niet te beoordelen"


class Severity(StrEnum):
    FOUT = "fout"
    WAARSCHUWING = "waarschuwing"
    OPMERKING = "opmerking"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to tell about a register. ``place`` is a path, or a path and line; ``hint`` is "wat nu?"."""

    rule: str
    severity: Severity
    place: str
    message: str
    hint: str = ""
    basis: str = ""


def has_error(findings: Iterable[Finding]) -> bool:
    """Whether one of these findings is an error."""
    return any(finding.severity is Severity.FOUT for finding in findings)


@dataclass(frozen=True, slots=True)
class FileRef:
    """A text named by its place, its sha256 (64 hex digits) and its size in bytes."""

    path: str
    sha256: str
    size: int


@lru_cache(maxsize=1024)  # a register names few persons and policies, many times
def slug_defect(text: str) -> str:
    """What is wrong with ``text`` as a policy name or person id, in Dutch; empty when nothing is.

    Ids are this narrow because OpenSSH reads principals as *patterns* (ssh-keygen(1), ALLOWED SIGNERS):
    a ``*`` or ``,`` in an id would let one person stand for another.
    """
    if not _SLUG.fullmatch(text):
        return "gebruik alleen kleine letters, cijfers en losse streepjes, bijvoorbeeld privacyreglement"
    if len(text) > 60:
        return "gebruik ten hoogste 60 tekens"
    if text in RESERVED_SLUGS:
        return "deze naam is gereserveerd"
    return ""


def is_digest(text: str) -> bool:
    """Whether ``text`` is a sha256 in 64 lower-case hex digits."""
    return _DIGEST.fullmatch(text) is not None


def is_version(text: str) -> bool:
    """Whether ``text`` is a version number: two or three numbers with dots, such as 0.2 or 1.0.3.

    One spelling a number: 1, 1.0.0 and 01.0 are refused, so that 1.0 has no twin.
    """
    return _VERSION.fullmatch(text) is not None


def version_key(text: str) -> tuple[int, ...]:
    """Order of version numbers: 0.2 < 0.10 < 1.0 < 1.0.1."""
    return tuple(int(part) for part in text.split("."))


def next_number(version: str) -> str:
    """The next number in the same style: 0.2 → 0.3, 1.0.1 → 1.0.2."""
    head, _, last = version.rpartition(".")
    return f"{head}.{int(last) + 1}"


@lru_cache(maxsize=4096)  # one day has many entries, and each is asked for more than once
def parse_date(text: str) -> date:
    """``YYYY-MM-DD`` only (ISO 8601 has more forms; one form keeps signed bytes comparable).

    Raises ValueError for anything else.
    """
    if not _ISO_DATE.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def text_path(policy: str, version: str) -> str:
    """Where the frozen text of a version lies."""
    return f"reglement/{policy}/versies/{version}.md"


def working_path(policy: str) -> str:
    """Where the text that people work on lies."""
    return f"reglement/{policy}/reglement.md"
