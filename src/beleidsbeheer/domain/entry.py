"""A statement and its exact bytes: strict reading, one way of printing.

What is signed are the file's own bytes, so that stock tools can check them. To make "the same bytes"
and "the same meaning" one thing, exactly one spelling of a statement is accepted: the one that
:func:`print_entry` gives. Duplicate keys, other white space, floats, escapes, a byte order mark, CRLF or
UTF-16 all fail that single comparison.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from json.encoder import encode_basestring
from typing import Any

from beleidsbeheer.domain.model import FileRef, Role, parse_date
from beleidsbeheer.domain.sense import ROSTER_KINDS, check_sense
from beleidsbeheer.domain.statement import SHAPES
from beleidsbeheer.errors import EntryError

MAX_BYTES = 64 * 1024
NAMESPACE_PREFIX = "beleidsbeheer.v1/"

# What a verwerping can undo. Not a vote, a decision or an act of council or board: those are put right by
# a new decision, or taken back by whoever made them. A verwerping of such an act only settles it when it
# does not count anyway.
REPUDIABLE = frozenset({"rooster", "sleutelbevestiging", "registratie", "overname", "lezing"})

# In canonical bytes only \" and \\ can be escapes; any other backslash stands for a control character.
_ESCAPE = re.compile(r'\\(?!["\\])')
_PAIR = re.compile(r'\\["\\]')


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement, read. ``digest`` is the sha256 (hex) of its bytes and its only identity.

    ``fields`` is the whole statement as signed; the other attributes are its common part. ``roster`` is
    empty for roster 0 only; ``version`` is empty where the statement names none.
    """

    digest: str
    kind: str
    person: str
    role: Role
    key: str
    date: date
    roster: str
    grounds: tuple[str, ...]
    about: str
    policy: str
    version: str
    texts: tuple[FileRef, ...]
    fields: Mapping[str, Any]

    @property
    def path(self) -> str:
        """Where the statement must lie; its signature lies beside it with ``.sig`` added."""
        if self.kind in ROSTER_KINDS:
            folder = "approvals/rooster"
        else:
            folder = f"approvals/{self.policy}/{self.version or 'zonder-versie'}"
        return f"{folder}/{self.kind}-{self.digest[:12]}.json"

    @property
    def namespace(self) -> str:
        """The SSHSIG namespace, one a kind: a signature under one act never fits another."""
        return NAMESPACE_PREFIX + self.kind

    @property
    def references(self) -> tuple[str, ...]:
        """Every digest the statement names: its grounds, its roster, what it is about, what it seals."""
        named = [*self.grounds, *self.fields.get("verzegelt", ())]
        return tuple(dict.fromkeys([*named, *filter(None, (self.roster, self.about))]))


def digest_of(data: bytes) -> str:
    """sha256 in hex: the identity of a statement or text."""
    return hashlib.sha256(data).hexdigest()


def print_entry(statement: Mapping[str, Any]) -> bytes:
    """The one spelling of a statement: UTF-8, keys sorted, two spaces, one final newline."""
    return (_spelled(statement, "\n") + "\n").encode()


def _spelled(value: Any, margin: str) -> str:
    """``value`` as ``json.dumps(ensure_ascii=False, sort_keys=True, indent=2)`` has it, in a third of the time.

    ``margin`` is a line end and the indent of the line that the value starts on. Verifying a register
    prints every statement anew, so this counts.
    """
    if type(value) is str:
        return encode_basestring(value)
    if type(value) is int:
        return int.__repr__(value)
    deeper = margin + "  "
    if value and isinstance(value, dict):
        rows = [f"{encode_basestring(k)}: {_spelled(value[k], deeper)}" for k in sorted(value)]
        return f"{{{deeper}{f',{deeper}'.join(rows)}{margin}}}"
    if value and isinstance(value, (list, tuple)):
        return f"[{deeper}{f',{deeper}'.join([_spelled(each, deeper) for each in value])}{margin}]"
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def read_entry(data: bytes) -> Entry:
    """Read a statement from its exact bytes. Raises EntryError (Dutch, names the field) otherwise."""
    statement = _canonical(data)
    kind = statement.get("soort")
    shape = SHAPES.get(kind) if isinstance(kind, str) else None
    if shape is None:
        raise EntryError(f"onbekende soort {kind!r}"[:80])
    shape(statement, "")
    check_sense(statement)
    return _entry(digest_of(data), statement)


def _canonical(data: bytes) -> dict[str, Any]:
    if len(data) > MAX_BYTES:
        raise EntryError(f"groter dan {MAX_BYTES // 1024} KiB")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise EntryError(f"geen UTF-8: byte {error.start} past niet") from None
    try:
        statement = _DECODER.decode(text)
        canonical = print_entry(statement) == data
    except (ValueError, RecursionError) as error:
        raise EntryError(f"geen leesbare JSON ({_where(error)})") from None
    if not isinstance(statement, dict) or not canonical:
        raise EntryError(
            "niet in de vaste schrijfwijze (spaties, volgorde, dubbele of vreemde tekens)"
        )
    _check_characters(text)
    return statement


def _no_float(_: str) -> Any:
    raise ValueError("alleen hele getallen")


_DECODER = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float)


def _where(error: Exception) -> str:
    return f"regel {error.lineno}" if isinstance(error, json.JSONDecodeError) else "inhoud"


def _check_characters(text: str) -> None:
    """What is signed must be what is read: no control, format, private or unassigned character; NFC."""
    if "\x7f" in text or _ESCAPE.search(_PAIR.sub("", text)):
        raise EntryError("bevat stuurtekens")
    if text.isascii():
        return
    if not unicodedata.is_normalized("NFC", text):
        raise EntryError("niet in Unicode-vorm NFC (een letter met los accent)")
    if _IGNORABLE.search(text):
        raise EntryError("bevat een onzichtbaar teken")
    for character in text:
        if unicodedata.category(character) in _HIDDEN and character != "\n":
            raise EntryError(f"bevat een onzichtbaar teken (U+{ord(character):04X})")


_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# letters and marks that show nothing: Default_Ignorable_Code_Point beyond the categories above
# (Unicode DerivedCoreProperties: joiner, fillers, variation selectors) and the empty Braille cell
_IGNORABLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)


def _entry(digest: str, statement: dict[str, Any]) -> Entry:
    signer, over = statement["door"], statement.get("over", {})
    return Entry(
        digest=digest,
        kind=statement["soort"],
        person=signer["persoon"],
        role=Role(signer["rol"]),
        key=signer["sleutel"],
        date=parse_date(statement["datum"]),
        roster=statement.get("rooster", ""),
        grounds=tuple(statement["rust_op"]),
        about=statement.get("betreft", ""),
        policy=over.get("beleid", ""),
        version=over.get("versie", ""),
        texts=tuple(
            FileRef(text["pad"], text["sha256"], text["bytes"])
            for text in over.get("bestanden", ())
        ),
        fields=statement,
    )
