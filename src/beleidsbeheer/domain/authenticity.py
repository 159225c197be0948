"""First beat of verification: one statement and its signature, without asking who may sign.

Bytes, name, schema and signature of a single entry, in that order. The result does not depend on any
other file, so an entry found authentic here is authentic everywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from beleidsbeheer.domain.entry import Entry, digest_of, read_entry
from beleidsbeheer.domain.model import Verdict
from beleidsbeheer.domain.signature import check, parse_signature
from beleidsbeheer.errors import EntryError, SignatureError

_NAME = re.compile(r"[a-z]+-([0-9a-f]{12})\.json")


@dataclass(frozen=True, slots=True)
class Signed:
    """An authentic entry: these bytes were signed with the key they name.

    ``origin`` is the web address a passkey signed for, empty for any other key.
    """

    entry: Entry
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Defect:
    """Why a file is no authentic entry. ``entry`` is what it claims to be, if that much can be read."""

    verdict: Verdict
    reason: str
    hint: str
    entry: Entry | None = None


RESTORE = "Zet het oorspronkelijke bestand terug, bijvoorbeeld uit git of van een andere kopie."


def authenticate(path: str, statement: bytes, signature: bytes | None) -> Signed | Defect:
    """Judge one ``.json`` under approvals and its ``.sig`` (None when it is missing)."""
    name = path.rpartition("/")[2]
    match = _NAME.fullmatch(name)
    digest = digest_of(statement)
    if match is not None and match[1] != digest[:12]:
        return Defect(
            Verdict.GEWIJZIGD, "de inhoud is niet meer die waar de bestandsnaam voor staat", RESTORE
        )
    try:
        entry = read_entry(statement)
    except EntryError as error:
        return Defect(
            Verdict.ONGELDIG, error.message, "Verwijder niets; vraag de secretaris hiernaar."
        )
    if entry.path != path:
        hint = f"Deze vastlegging hoort op {entry.path}."
        return Defect(Verdict.ONGELDIG, "ligt niet op de plaats die zij zelf noemt", hint, entry)
    if signature is None:
        hint = f"Zoek {name}.sig in git of in een andere kopie."
        return Defect(Verdict.NIET_TE_BEOORDELEN, "de handtekening ontbreekt", hint, entry)
    return _check_signature(entry, statement, signature)


def _check_signature(entry: Entry, statement: bytes, armored: bytes) -> Signed | Defect:
    try:
        signature = parse_signature(armored)
    except SignatureError as error:
        return Defect(Verdict.ONGELDIG, f"onleesbare handtekening: {error.message}", RESTORE, entry)
    if signature.key.fingerprint != entry.key:
        reason = "getekend met een andere sleutel dan de verklaring noemt"
        return Defect(Verdict.ONGELDIG, reason, RESTORE, entry)
    try:
        check(signature, statement, entry.namespace)
    except SignatureError as error:
        return Defect(Verdict.ONGELDIG, error.message, RESTORE, entry)
    return Signed(entry, signature.origin)
