"""A register in memory that signs on demand: {path: bytes}, no disk, no git, no prompt.

Tests describe a life in a few lines and then break it in one place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from beleidsbeheer.domain.entry import Entry, digest_of, print_entry, read_entry
from beleidsbeheer.domain.history import VERSIONS, SourceRow
from beleidsbeheer.domain.model import SCHEMA, text_path
from beleidsbeheer.domain.register import Register, load
from beleidsbeheer.domain.signature import sign_ed25519
from beleidsbeheer.domain.sshkey import PublicKey, parse_public_key_line
from beleidsbeheer.domain.verification import Verification, verify

TODAY = date(2026, 11, 23)
RULES = b"""schema = "beleidsbeheer.v1"

[organisatie]
naam = "De Proefschool"
sector = "po"

[organen.mr]
naam = "MR"
"""


@dataclass(frozen=True)
class Key:
    """A key pair that is the same in every run: its seed is the sha256 of its name."""

    name: str

    @cached_property
    def private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(self.name.encode()).digest())

    @cached_property
    def public(self) -> PublicKey:
        raw = self.private.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)
        return parse_public_key_line(raw.decode())


@dataclass(frozen=True)
class Person:
    """A member for a roster: id, roles, keys (the first one signs), and the end of the term."""

    id: str
    roles: tuple[str, ...]
    keys: tuple[Key, ...] = ()
    until: str = ""

    @property
    def key(self) -> Key:
        return self.keys[0] if self.keys else Key(self.id)

    @property
    def row(self) -> dict[str, Any]:
        keys = self.keys or (Key(self.id),)
        row: dict[str, Any] = {
            "persoon": self.id,
            "rollen": sorted(self.roles),
            "sleutels": [{"sleutel": key.public.line} for key in keys],
        }
        return row | ({"tot": self.until} if self.until else {})

    def using(self, key: Key) -> Person:
        return replace(self, keys=(key,))


SECRETARY = Person("secretaris", ("beheerder", "secretaris"))


@dataclass
class Simulator:
    """Builds entries on top of each other. ``files`` is the register; ``day`` dates the next entry."""

    files: dict[str, bytes] = field(default_factory=lambda: {"beleid.toml": RULES})
    day: str = "2026-01-01"
    root: str = ""
    roster: str = ""
    members: tuple[Person, ...] = ()

    @classmethod
    def begun(cls, *members: Person, threshold: int = 1, rules: bytes = RULES) -> Self:
        """A register with roster 0, signed by the first member; the others accept their keys."""
        simulator = cls({"beleid.toml": rules}, members=members or (SECRETARY,))
        first = simulator.sign(
            simulator.members[0],
            "beheerder",
            "rooster",
            rust_op=[],
            **simulator.roster_fields(simulator.members, 0, threshold, seals=[]),
        )
        simulator.root = simulator.roster = first.digest
        for member in simulator.members[1:]:
            simulator.accept(member, first)
        return simulator

    # --- acts ----------------------------------------------------------------------------------------

    def sign(self, by: Person, role: str, kind: str, **fields: Any) -> Entry:
        """Sign a statement and add it. Anything given in ``fields`` replaces what is usual."""
        statement: dict[str, Any] = {
            "schema": SCHEMA,
            "soort": kind,
            "door": {"persoon": by.id, "rol": role, "sleutel": by.key.public.fingerprint},
            "datum": self.day,
        }
        if self.roster:
            statement |= {"rooster": self.roster, "rust_op": [self.roster]}
        statement |= fields
        statement["rust_op"] = sorted(statement["rust_op"])
        return self.add(print_entry(statement), by.key)

    def add(self, statement: bytes, key: Key) -> Entry:
        entry = read_entry(statement)
        self.files[entry.path] = statement
        self.files[entry.path + ".sig"] = sign_ed25519(key.private, statement, entry.namespace)
        return entry

    def register(
        self,
        version: str,
        text: bytes = b"# Reglement\n",
        *,
        policy: str = "privacyreglement",
        by: Person = SECRETARY,
        after: Sequence[Entry] = (),
        **fields: Any,
    ) -> Entry:
        path = text_path(policy, version)
        self.files[path] = text
        frozen = {"pad": path, "sha256": digest_of(text), "bytes": len(text)}
        usual: dict[str, Any] = {
            "over": {"beleid": policy, "versie": version, "bestanden": [frozen]},
            "omschrijving": f"Versie {version}",
            "rust_op": [self.roster, *(entry.digest for entry in after)],
        }
        return self.sign(by, "secretaris", "registratie", **(usual | fields))

    def propose(
        self,
        *members: Person,
        threshold: int = 1,
        by: Person = SECRETARY,
        number: int | None = None,
        seals: Sequence[str] | None = None,
        **fields: Any,
    ) -> Entry:
        """A roster after the one in force. Seals every head unless told otherwise."""
        current = read_entry(self.files[self._path_of(self.roster)])
        if number is None:
            number = current.fields["nummer"] + 1
        heads = self.verify().heads if seals is None else list(seals)
        usual = self.roster_fields(members, number, threshold, seals=heads)
        return self.sign(by, "beheerder", "rooster", **(usual | fields))

    def move_to(self, roster: Entry) -> None:
        """Sign what follows under this roster."""
        self.roster = roster.digest

    def agree(self, by: Person, about: Entry, role: str = "beheerder", **fields: Any) -> Entry:
        usual = {"betreft": about.digest, "rooster": about.roster, "rust_op": [about.roster]}
        return self.sign(by, role, "akkoord", **(usual | fields))

    def accept(self, by: Person, roster: Entry) -> Entry:
        about = {"betreft": roster.digest, "rooster": roster.digest, "rust_op": [roster.digest]}
        return self.sign(by, by.roles[0], "aanvaarding", **about)

    def repudiate(self, about: Entry, by: Person = SECRETARY, **fields: Any) -> Entry:
        usual = {"betreft": about.digest, "reden": "voorbeeld"}
        return self.sign(by, "beheerder", "verwerping", **(usual | fields))

    def vouch(self, about: Entry, by: Person = SECRETARY, **fields: Any) -> Entry:
        usual = {"betreft": about.digest, "reden": "voorbeeld"}
        return self.sign(by, "beheerder", "erkenning", **(usual | fields))

    def confirm(self, member: Person, by: Person = SECRETARY, **fields: Any) -> Entry:
        """The secretary attests a letter of the body that quotes this member's key."""
        usual: dict[str, Any] = {
            "persoon": member.id,
            "sleutel": member.key.public.fingerprint,
            "bewijs": {"sha256": digest_of(b"brief"), "bytes": 5},
            "vergadering": self.day,
        }
        return self.sign(by, "secretaris", "sleutelbevestiging", **(usual | fields))

    def read_as(self, version: str, start: str, end: str = "", **fields: Any) -> Entry:
        """The secretary reads the paper history: this version in force from ``start``."""
        usual: dict[str, Any] = {
            "over": {"beleid": "privacyreglement", "versie": version},
            "geldend_van": start,
            "toelichting": "artikel 20",
            "rust_op": [self.roster, *self._digests(f"privacyreglement/{version}/overname-")],
        }
        usual |= {"geldend_tot_en_met": end} if end else {}
        return self.sign(SECRETARY, "secretaris", "lezing", **(usual | fields))

    def _digests(self, start: str) -> list[str]:
        """Digests of the statements whose path under approvals starts like this."""
        found = (
            p for p in self.files if p.startswith(f"approvals/{start}") and p.endswith(".json")
        )
        return [digest_of(self.files[path]) for path in found]

    def take_over(self, version: str = "", *, row: int = 1, table: str = VERSIONS) -> Entry:
        """A row of the paper history, with its bron file."""
        source = SourceRow(table, row, {"Versie": version}, {}, f"zout {row}")
        self.files[source.path("privacyreglement")] = source.print()
        over = {"beleid": "privacyreglement"} | ({"versie": version} if version else {})
        return self.sign(
            SECRETARY,
            "secretaris",
            "overname",
            over=over,
            tabel=table,
            rij=row,
            bron={"sha256": digest_of(source.print()), "document": "d" * 64},
        )

    def succeed(self, *members: Person, threshold: int = 1, **fields: Any) -> Entry:
        """A roster that SECRETARY proposes, every member accepts, and that what follows is under."""
        roster = self.propose(*members, threshold=threshold, **fields)
        for member in members:
            self.accept(member, roster)
        self.move_to(roster)
        return roster

    def under(self, roster: Entry | str, day: str = "") -> Self:
        """The same files, signing under this roster: how somebody acts who goes back in time."""
        digest = roster if isinstance(roster, str) else roster.digest
        return replace(self, roster=digest, day=day or self.day)

    # --- reading ---------------------------------------------------------------------------------------

    def verify(self, today: date = TODAY, root: str = "") -> Verification:
        return verify(self.files, today, root)

    def load(self, today: date = TODAY) -> Register:
        return load(self.files, today)

    def verdict(self, entry: Entry, today: date = TODAY) -> str:
        return next(
            f"{j.verdict}: {j.reason}" if j.reason else str(j.verdict)
            for j in self.verify(today).judgements
            if j.path == entry.path
        )

    def counts(self, entry: Entry, today: date = TODAY) -> bool:
        return entry.digest in self.verify(today).counted

    def counted(self, today: date = TODAY, root: str = "") -> frozenset[str]:
        return frozenset(self.verify(today, root).counted)

    def in_force(self) -> str:
        """Digest of the roster in force, empty when there is none."""
        roster = self.verify().roster
        return roster.digest if roster else ""

    def votes_on(self, about: Entry) -> list[Entry]:
        """Every akkoord on this entry."""
        entries = (j.entry for j in self.verify().judgements)
        return [e for e in entries if e and e.kind == "akkoord" and e.about == about.digest]

    def remove(self, entry: Entry) -> None:
        del self.files[entry.path], self.files[entry.path + ".sig"]

    def copy(self) -> Self:
        return replace(self, files=dict(self.files))

    def merge(self, other: Simulator) -> None:
        self.files |= other.files

    # --- pieces ------------------------------------------------------------------------------------------

    def roster_fields(
        self, members: Sequence[Person], number: int, threshold: int, seals: Sequence[str]
    ) -> dict[str, Any]:
        return {
            "nummer": number,
            "verzegelt": sorted(seals),
            "drempel": threshold,
            "regels": digest_of(self.files.get("beleid.toml", RULES)),
            "leden": [member.row for member in members],
        }

    def _path_of(self, digest: str) -> str:
        return f"approvals/rooster/rooster-{digest[:12]}.json"
