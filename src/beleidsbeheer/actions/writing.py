"""The one way in which a register changes: entries are made, signed, judged and appended.

build → bytes → sign → parse back and compare → judge the register with them in it → write texts, then each
``.sig`` and ``.json`` → one commit → read again. A crash at any point leaves a valid register, and what it
left is taken back by the next command (``unfinished``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from beleidsbeheer.actions.reading import open_register, register_root
from beleidsbeheer.actions.unfinished import all_or_nothing, take_back
from beleidsbeheer.domain.authenticity import Signed, authenticate
from beleidsbeheer.domain.entry import Entry, print_entry, read_entry
from beleidsbeheer.domain.model import SCHEMA, Finding, Role, Severity
from beleidsbeheer.domain.register import Register, load
from beleidsbeheer.domain.roster import MAY_SIGN, Roster
from beleidsbeheer.domain.rules.frame import Act
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
    """Where and when somebody works: in or below which folder, with which keys, on which day.

    ``show`` tells what is about to be signed, before the key opens.
    """

    start: Path
    keyring: Keyring
    today: date
    show: Callable[[Entry], None] = lambda _entry: None


@dataclass(frozen=True)
class Pen:
    """Who signs now: a person of the roster with a key. ``roles`` are those the roster gives.

    The key opens when something is signed, so that nobody types a passphrase for what is refused anyway.
    """

    person: str
    roles: frozenset[Role]
    fingerprint: str
    open: Callable[[], Signer]

    @classmethod
    def held(cls, person: str, roles: frozenset[Role], signer: Signer) -> Pen:
        """A pen whose key is open already."""
        return cls(person, roles, signer.public.fingerprint, lambda: signer)

    @cached_property
    def signer(self) -> Signer:
        return self.open()

    def only_as(self, role: Role) -> Pen:
        """The same pen, signing in this role."""
        return replace(self, roles=frozenset({role}))

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
class Draft:
    """A statement as it will be signed, read back: the rules judge it before anybody signs."""

    entry: Entry
    statement: bytes


@dataclass(frozen=True, slots=True)
class SealedEntry:
    """An entry with the bytes of its statement and of its signature."""

    entry: Entry
    statement: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Done:
    """What was signed, the register after it, and what the rules want people to know about it."""

    entry: Entry
    register: Register
    notices: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """A register held for writing: nobody else in this clone writes until it is put down."""

    root: Path
    register: Register
    today: date
    keyring: Keyring | None = None
    show: Callable[[Entry], None] = lambda _entry: None

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

    def pass_gate(self, act: Act) -> list[Finding]:
        """What to know about this act. Raise Refused with every reason when the rules close its gate."""
        findings = self.register.gate(act)
        refuse([finding for finding in findings if finding.severity is Severity.FOUT])
        return [finding for finding in findings if finding.severity is not Severity.FOUT]


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
            register = open_register(root, work.today).register
            yield Desk(root, register, work.today, work.keyring, work.show)
    except Timeout:
        raise RepositoryProblem(
            "Een andere beleid-opdracht is hier bezig.",
            hint="Wacht tot die klaar is en probeer opnieuw.",
        ) from None


def refuse(findings: Sequence[Finding]) -> None:
    """Raise Refused for these findings, if there are any: every reason once, and what to do about each."""
    if findings:
        reasons = dict.fromkeys(map(_with_basis, findings))
        raise Refused("\n".join(reasons), hint="\n".join(_hints(findings)))


def _hints(findings: Sequence[Finding]) -> list[str]:
    """What to do about each, and after that, once, what goes for several."""
    split = [finding.hint.split("\n") for finding in findings if finding.hint]
    first, rest = [lines[0] for lines in split], [each for lines in split for each in lines[1:]]
    return list(dict.fromkeys([*first, *rest]))


def _with_basis(finding: Finding) -> str:
    if not finding.basis or finding.basis in finding.message:
        return finding.message
    return f"{finding.message.removesuffix('.')} ({finding.basis})."


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
        return Pen.held(held[1].person, held[1].roles, signer)
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
    return Pen(
        member.person,
        member.roles,
        file.public.fingerprint,
        lambda: open_signer(file.to_sign_with, keyring.ask),
    )


def draft(
    kind: str,
    pen: Pen,
    roster: Roster | None,
    today: date,
    grounds: Sequence[str] = (),
    **fields: Any,
) -> Draft:
    """Write a statement under ``roster`` (None for roster 0) without signing it.

    Raises WrongUse when a field holds what cannot be signed.
    """
    under = {} if roster is None else {"rooster": roster.digest}
    statement = {
        "schema": SCHEMA,
        "soort": kind,
        "door": {"persoon": pen.person, "rol": pen.role_for(kind), "sleutel": pen.fingerprint},
        "datum": today.isoformat(),
        "rust_op": sorted({*grounds, *under.values()}),
        **under,
        **fields,
    }
    try:
        data = print_entry(statement)
        return Draft(read_entry(data), data)
    except EntryError as error:
        reason = error.message
    except UnicodeEncodeError:
        reason = "er staat een teken in dat geen UTF-8 is"
    raise WrongUse(
        f"Zo kan dit ({kind}) niet worden getekend: {reason}.",
        hint="Verbeter dat gegeven: gewone tekst op één regel, niet leeg en niet te lang.",
    )


def sign(drafted: Draft, pen: Pen) -> SealedEntry:
    """Sign a draft and check the signature. Raises KeyProblem when it is no good."""
    entry = drafted.entry
    signature = pen.signer.sign(drafted.statement, entry.namespace)
    result = authenticate(entry.path, drafted.statement, signature)
    if not isinstance(result, Signed):
        raise KeyProblem(
            f"De handtekening die is gezet klopt niet: {result.reason}.",
            hint="Probeer het opnieuw; blijft het zo, kies dan een andere sleutel.",
        )
    return SealedEntry(entry, drafted.statement, signature)


def seal(
    kind: str,
    pen: Pen,
    roster: Roster | None,
    today: date,
    grounds: Sequence[str] = (),
    **fields: Any,
) -> SealedEntry:
    """Draft and sign one statement, for acts whose gate needs no draft."""
    return sign(draft(kind, pen, roster, today, grounds, **fields), pen)


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
    outcome = load(files, desk.today, before.root)
    after = outcome.verification
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
    _check_courses(desk.register, outcome, decided)
    lost = before.counted.keys() - after.counted.keys()
    if lost and "verwerping" not in decided:
        path = before.counted[min(lost)].path
        raise Refused(f"Daarna zou {path} niet meer tellen.", hint="Kijk met: beleid verifieer")


def _check_courses(before: Register, after: Register, decided: set[str]) -> None:
    """Raise Refused when an act that is made now, or one that held until now, would not hold."""
    held_back = {r.entry.digest for course in before.courses.values() for r in course.refused}
    for course in after.courses.values():
        for refusal in course.refused:
            if refusal.entry.digest not in held_back and "verwerping" not in decided:
                refuse([each for each in refusal.reasons if each.severity is Severity.FOUT])
