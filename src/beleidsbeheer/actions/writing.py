"""The one way in which a register changes: entries are made, signed, judged and appended.

build → bytes → sign → parse back and compare → judge the register with them in it → write texts, then each
``.sig`` and ``.json`` → one commit → read again. A crash at any point leaves a valid register, and what it
left is taken back by the next command (``unfinished``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from beleidsbeheer.actions.reading import open_register, register_root
from beleidsbeheer.actions.unfinished import all_or_nothing, take_back
from beleidsbeheer.domain.authenticity import Signed, authenticate
from beleidsbeheer.domain.entry import Entry, print_entry, read_entry
from beleidsbeheer.domain.model import SCHEMA, Finding, Role
from beleidsbeheer.domain.register import Register, load
from beleidsbeheer.domain.roster import MAY_SIGN, Roster
from beleidsbeheer.domain.rules import Act, gate
from beleidsbeheer.errors import EntryError, KeyProblem, Refused, RepositoryProblem, WrongUse
from beleidsbeheer.storage.folder import write_files
from beleidsbeheer.storage.keys import AskPassphrase, Signer, find_keys, open_signer
from beleidsbeheer.storage.places import git_dir


@dataclass(frozen=True, slots=True)
class Keyring:
    """Where to find the signer's key: one named path, or all keys in ``folder``."""

    folder: Path
    ask: AskPassphrase
    chosen: Path | None = None


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where and when somebody works: in or below which folder, with which keys, on which day."""

    start: Path
    keyring: Keyring
    today: date


@dataclass(frozen=True, slots=True)
class Pen:
    """Who signs now: a person of the roster with a key that is open. ``roles`` are those the roster gives."""

    person: str
    roles: frozenset[Role]
    signer: Signer

    def role_for(self, kind: str) -> Role:
        """The role in which this person signs this kind. Raises Refused when the roster gives none."""
        fitting = sorted(self.roles & MAY_SIGN[kind])
        if not fitting:
            roles = ", ".join(sorted(MAY_SIGN[kind]))
            raise Refused(
                f"{self.person} mag geen {kind} tekenen; dat kan alleen als: {roles}.",
                hint="Wie wat mag, ziet u met: beleid rooster toon",
            )
        return fitting[0]


@dataclass(frozen=True, slots=True)
class SealedEntry:
    """An entry with the bytes of its statement and of its signature."""

    entry: Entry
    statement: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Desk:
    """A register held for writing: nobody else in this clone writes until it is put down."""

    root: Path
    register: Register
    today: date
    keyring: Keyring | None = None

    def pen(self) -> Pen:
        """The pen of who works here, under the roster in force. Raises KeyProblem."""
        if self.keyring is None:
            raise KeyProblem("Er is hier geen sleutelbos.")
        return take_pen(self.roster(), self.keyring)

    def roster(self) -> Roster:
        """The roster in force. Raises Refused when there is none to trust."""
        roster = self.register.verification.roster
        if roster is None:
            raise Refused(
                "Er is geen rooster om op te vertrouwen.",
                hint="Kijk wat er mis is: beleid verifieer",
            )
        return roster

    def pass_gate(self, act: Act) -> None:
        """Raise Refused with every reason when the rules close the gate for this act."""
        refuse(gate(self.register, act))


@contextmanager
def at_desk(work: Workplace) -> Iterator[Desk]:
    """Hold the register at or above the workplace for writing.

    Raises RepositoryProblem when there is none, when it is not in git, or when another command holds it.
    """
    from filelock import FileLock, Timeout

    root = register_root(work.start)
    place = git_dir(root)
    if place is None:
        raise RepositoryProblem(
            f"{root} staat niet in git; daar wordt niet in getekend.",
            hint="Haal het register op met git clone; een losse map kunt u alleen controleren.",
        )
    lock = FileLock(place / "beleidsbeheer.lock")
    try:
        with lock.acquire(timeout=5):
            take_back(root)
            yield Desk(root, open_register(root, work.today).register, work.today, work.keyring)
    except Timeout:
        raise RepositoryProblem(
            "Een andere beleid-opdracht is hier bezig.",
            hint="Wacht tot die klaar is en probeer opnieuw.",
        ) from None


def refuse(findings: Sequence[Finding]) -> None:
    """Raise Refused for these findings, if there are any."""
    if findings:
        message = "\n".join(finding.message for finding in findings)
        raise Refused(message, hint=next((f.hint for f in findings if f.hint), ""))


def take_pen(roster: Roster, keyring: Keyring) -> Pen:
    """Find the key on this machine that belongs to somebody in ``roster``, and open it.

    Raises KeyProblem when there is none, or when it could be more than one person.
    """
    holders = {
        each.key.fingerprint: (number, member)
        for member in roster.members.values()
        for number, each in enumerate(member.keys)
    }
    if keyring.chosen is not None:
        signer = open_signer(keyring.chosen, keyring.ask)
        held = holders.get(signer.public.fingerprint)
        if held is None:
            raise KeyProblem(
                f"De sleutel {keyring.chosen} staat niet in het rooster.",
                hint="Wie met welke sleutel tekent, ziet u met: beleid rooster toon",
            )
        return Pen(held[1].person, held[1].roles, signer)
    found = [
        (*holders[each.public.fingerprint], each)
        for each in find_keys(keyring.folder)
        if each.public.fingerprint in holders
    ]
    if len({member.person for _, member, _ in found}) != 1:
        many = bool(found)
        raise KeyProblem(
            "Op deze computer staan sleutels van meer personen uit het rooster."
            if many
            else f"In {keyring.folder} staat geen sleutel die in het rooster staat.",
            hint="Wijs de sleutel aan met --sleutel PAD.",
        )
    _, member, file = min(found, key=lambda each: each[0])
    return Pen(member.person, member.roles, open_signer(file.to_sign_with, keyring.ask))


def seal(
    kind: str,
    pen: Pen,
    roster: Roster | None,
    today: date,
    grounds: Sequence[str] = (),
    **fields: Any,
) -> SealedEntry:
    """Make and sign one statement under ``roster`` (None for roster 0), and check what came of it.

    Raises WrongUse when a field holds what cannot be signed, KeyProblem when the signature is no good.
    """
    under = {} if roster is None else {"rooster": roster.digest}
    statement = {
        "schema": SCHEMA,
        "soort": kind,
        "door": {
            "persoon": pen.person,
            "rol": pen.role_for(kind),
            "sleutel": pen.signer.public.fingerprint,
        },
        "datum": today.isoformat(),
        "rust_op": sorted({*grounds, *under.values()}),
        **under,
        **fields,
    }
    data = print_entry(statement)
    try:
        entry = read_entry(data)
    except EntryError as error:
        raise WrongUse(
            f"Zo kan dit ({kind}) niet worden getekend: {error.message}.",
            hint="Schrijf gewone tekst op één regel, en ids zoals mr-voorzitter.",
        ) from None
    signature = pen.signer.sign(data, entry.namespace)
    result = authenticate(entry.path, data, signature)
    if not isinstance(result, Signed):
        raise KeyProblem(
            f"De handtekening die is gezet klopt niet: {result.reason}.",
            hint="Probeer het opnieuw; blijft het zo, kies dan een andere sleutel.",
        )
    return SealedEntry(entry, data, signature)


def append(
    desk: Desk,
    sealed: Sequence[SealedEntry],
    subject: str,
    others: Mapping[str, bytes] | None = None,
) -> Register:
    """Write these entries and files and record them in one commit; the register as it is then.

    Raises Refused when an entry would not count, when something that counted would no longer, or when
    a path to write has uncommitted changes; RepositoryProblem when disk or git refuses.
    """
    from beleidsbeheer.storage.repository import commit, dirty

    writing = dict(others or {})
    for each in sealed:
        writing[each.entry.path + ".sig"] = each.signature
        writing[each.entry.path] = each.statement
    _check_outcome(desk, sealed, writing)
    surprises = [path for path in dirty(desk.root, writing) if not _stands(desk, path, writing)]
    if surprises:
        raise Refused(
            f"{surprises[0]} heeft wijzigingen die nog niet in git staan.",
            hint=f"Bekijk ze met git diff, en leg ze vast of zet ze terug: {surprises[0]}",
        )
    author = (sealed[0].entry.person, f"{sealed[0].entry.person}@beleidsbeheer.invalid")
    with all_or_nothing(desk.root, writing):
        write_files(desk.root, writing)
        commit(desk.root, list(writing), subject, author)
    return open_register(desk.root, desk.today).register


def _stands(desk: Desk, path: str, writing: Mapping[str, bytes]) -> bool:
    """Whether the file on disk is what we would write there."""
    file = desk.root / path
    return file.is_file() and file.read_bytes() == writing[path]


def _check_outcome(desk: Desk, sealed: Sequence[SealedEntry], writing: Mapping[str, bytes]) -> None:
    before = desk.register.verification
    files = {**desk.register.files, **writing}
    after = load(files, desk.today, before.root).verification
    for each in sealed:
        if each.entry.digest not in after.counted:
            judgement = next(j for j in after.judgements if j.path == each.entry.path)
            raise Refused(
                f"Wat u tekent ({each.entry.kind}) zou niet tellen: {judgement.reason}.",
                hint=judgement.hint,
            )
    decided = {each.entry.kind for each in sealed}
    decided |= {
        before.counted[e.entry.about].kind for e in sealed if e.entry.about in before.counted
    }
    lost = before.counted.keys() - after.counted.keys()
    if lost and "verwerping" not in decided:
        path = before.counted[min(lost)].path
        raise Refused(f"Daarna zou {path} niet meer tellen.", hint="Kijk met: beleid verifieer")
