"""The ledger: the counted entries and the files, put in order per policy; not yet what they mean.

What the acts of a policy come to (status, what is in force) is ``course``; which of them hold is said by
``rules``; ``register`` puts it together.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property, partial
from typing import TypeVar

from beleidsbeheer.domain.document import FrontMatter, read_front
from beleidsbeheer.domain.entry import Entry, digest_of
from beleidsbeheer.domain.history import ADOPTIONS, SourceRow, read_source, source_path
from beleidsbeheer.domain.model import (
    FileRef,
    Finding,
    Severity,
    Verdict,
    is_version,
    next_number,
    parse_date,
    version_key,
    working_path,
)
from beleidsbeheer.domain.roster import Roster
from beleidsbeheer.domain.settings import NAMES_PATH, Settings, read_names, read_settings
from beleidsbeheer.domain.verification import RULES_PATH, Verification, verify
from beleidsbeheer.errors import DocumentError, UnreadableInput

T = TypeVar("T")

_COPY = re.compile(r"approvals/[^/]+/(brief|regels)-([0-9a-f]{12})\.[a-z0-9]{1,8}")

_PAPER = frozenset({"overname", "lezing"})

# The acts of council and board, in the order in which they come on one day: what blocks before what permits.
ACTS = (
    "voorlegging",
    "nietigheid",
    "terugtrekking",
    "instemming",
    "toestemming",
    "redactieaanvaarding",
    "vaststelling",
    "bekendmaking",
    "bevestiging",
    "intrekking",
)


class SourceState(StrEnum):
    """What became of the raw cells of a paper row."""

    AANWEZIG = "aanwezig"
    GEWIST = "bron gewist"
    GEWIJZIGD = "bron gewijzigd na ondertekening"
    ONLEESBAAR = "bron onleesbaar"


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A row of a paper history: the signed entry, and its raw cells as far as they are still there."""

    entry: Entry
    state: SourceState
    source: SourceRow | None


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a policy. ``text`` is None when it was not preserved, or when texts contradict."""

    number: str
    text: FileRef | None
    contradicts: bool
    registrations: tuple[Entry, ...]
    rows: tuple[PaperRow, ...]

    @property
    def registration(self) -> Entry | None:
        """The first registration; None when only a paper history tells of this version."""
        return self.registrations[0] if self.registrations else None

    @property
    def origins(self) -> frozenset[str]:
        """Digests of every entry that brought this version here."""
        rows = (row.entry for row in self.rows)
        return frozenset(entry.digest for entry in (*self.registrations, *rows))

    @property
    def origin(self) -> Entry:
        """The entry that brought this version here: its registration, or the last row that tells of it."""
        return self.registration or self.rows[-1].entry


@dataclass(frozen=True, slots=True)
class Reading:
    """A signed reading of a paper history: in force from ``start`` up to and including ``end``."""

    version: str
    start: date
    end: date | None
    entry: Entry


@dataclass(frozen=True, slots=True)
class Policy:
    """One regulation: versions in order, paper rows without a version, adoptions, readings.

    ``ignored`` are entries about a paper history that mean nothing: signed after the register's own, or
    readings of what no paper row tells.
    ``acts`` are the counted entries of the way through council and board, and after. ``working`` is the text
    people work on and ``frozen`` that of the last version (None when there is none); ``numbers`` every
    version number in use, in order.
    """

    slug: str
    versions: tuple[Version, ...]
    unnumbered: tuple[PaperRow, ...]
    adoptions: tuple[PaperRow, ...]
    readings: tuple[Reading, ...]
    ignored: tuple[Entry, ...]
    acts: tuple[Entry, ...]
    working: bytes | None
    frozen: bytes | None
    numbers: tuple[str, ...]

    @property
    def title(self) -> str:
        """The title in the last frozen text, else in the working text, else the policy's own short name."""
        return self.front.titel or self.slug

    @property
    def front(self) -> FrontMatter:
        """The front matter of the last frozen text, else of the working text; empty when it cannot be read."""
        text = self.frozen or self.working
        try:
            return read_front(text) if text else FrontMatter()
        except DocumentError:
            return FrontMatter()

    def version(self, number: str) -> Version | None:
        return next((each for each in self.versions if each.number == number), None)

    @property
    def latest(self) -> Version | None:
        return self.versions[-1] if self.versions else None

    @property
    def next_number(self) -> str:
        """A free number after every one that was ever used here, repudiated ones too."""
        return next_number(self.numbers[-1]) if self.numbers else "0.1"

    @property
    def has_new_text(self) -> bool:
        """Whether the working text differs from that of the last version."""
        last = self.latest.text if self.latest else None
        return self.working is not None and (last is None or digest_of(self.working) != last.sha256)


@dataclass(frozen=True)
class Ledger:
    """Everything a reader can know, before the rules have judged the acts.

    ``settings`` is None when ``beleid.toml`` is missing or unreadable; ``past_settings`` holds those of every
    roster whose rules are still here, by their sha256.
    """

    files: Mapping[str, bytes]
    today: date
    settings: Settings | None
    past_settings: Mapping[str, Settings]
    names: Mapping[str, str]
    verification: Verification
    policies: Mapping[str, Policy]
    findings: tuple[Finding, ...]

    def settings_under(self, roster: str) -> Settings | None:
        """The rules that the roster with this digest was signed with; None when they are not here."""
        succession = self.verification.succession
        known = succession.rosters.get(roster) if succession else None
        return self.past_settings.get(known.rules) if known else None

    def settings_for(self, entry: Entry) -> list[Settings | None]:
        """The rules an act must meet: those of its roster, and of each later one that had not seen it.

        Else whoever signs under an old roster would bring back old rules. None: such rules are not here.
        """
        succession = self.verification.succession
        own = succession.rosters.get(entry.roster) if succession else None
        if succession is None or own is None:
            return [None]
        later = [
            each
            for each in succession.line[own.number + 1 :]
            if not succession.ballots.seals(each, entry.digest)
        ]
        return list({id(s): s for s in map(self._rules_of, (own, *later))}.values())

    def _rules_of(self, roster: Roster) -> Settings | None:
        return self.past_settings.get(roster.rules)

    def is_confirmed(self, entry: Entry) -> bool:
        """Whether a letter of the signer's own body names the key of this entry."""
        return (entry.person, entry.key) in self._confirmed

    @cached_property
    def _confirmed(self) -> frozenset[tuple[str, str]]:
        succession = self.verification.succession
        if succession is None:
            return frozenset()
        return frozenset().union(*map(succession.confirmed, succession.line))

    def is_repudiated(self, entry: Entry) -> bool:
        """Whether the beheerders repudiated this entry."""
        succession = self.verification.succession
        return succession is not None and bool(succession.decided(entry.digest, "verwerping"))

    def front(self, version: Version) -> FrontMatter | None:
        """The front matter of a frozen text; None when the text is not here or cannot be read."""
        if version.text is None:
            return None
        path = version.text.path
        if path not in self._fronts:
            self._fronts[path] = self._read_front(path)
        return self._fronts[path]

    def _read_front(self, path: str) -> FrontMatter | None:
        data = self.files.get(path)
        try:
            return None if data is None else read_front(data)
        except DocumentError:
            return None

    @cached_property
    def _fronts(self) -> dict[str, FrontMatter | None]:
        """What was read before, by path: the rules ask for it many times."""
        return {}


def read_ledger(files: Mapping[str, bytes], today: date, root: str = "") -> Ledger:
    """Read {path: bytes} as of ``today``, trusting roster 0 with digest ``root`` (empty: the only one)."""
    verification = verify(files, today, root)
    findings = list(verification.findings)
    settings = _tolerant(findings, RULES_PATH, lambda: _settings(files))
    names = _tolerant(findings, NAMES_PATH, lambda: read_names(files.get(NAMES_PATH))) or {}
    by_policy: dict[str, list[Entry]] = defaultdict(list)
    for entry in verification.counted.values():
        if entry.policy:
            by_policy[entry.policy].append(entry)
    texts = _texts_by_policy(verification, files)
    policies = {
        slug: _policy(slug, by_policy.get(slug, []), files, texts.get(slug, {}))
        for slug in sorted(by_policy.keys() | _working_slugs(files))
    }
    for policy in policies.values():
        findings += _policy_findings(policy)
    findings += _changed_copies(files)
    return Ledger(
        files=files,
        today=today,
        settings=settings,
        past_settings=_past_settings(files, verification, settings, findings),
        names=names,
        verification=verification,
        policies=policies,
        findings=tuple(findings),
    )


def _past_settings(
    files: Mapping[str, bytes],
    verification: Verification,
    current: Settings | None,
    findings: list[Finding],
) -> Mapping[str, Settings]:
    """The rules of every roster, by sha256: ``beleid.toml`` itself, or the copy kept beside the roster."""
    found = {} if current is None else {digest_of(files[RULES_PATH]): current}
    line = verification.succession.line if verification.succession else ()
    for sha256 in sorted({roster.rules for roster in line} - found.keys()):
        path = rules_copy_path(sha256)
        data = files.get(path)
        if data is not None and digest_of(data) == sha256:
            settings = _tolerant(findings, path, partial(read_settings, data, path))
            if settings is not None:
                found[sha256] = settings
    return found


def _changed_copies(files: Mapping[str, bytes]) -> Iterator[Finding]:
    """Copies of letters and of old rules that no longer are what their name says."""
    for path, data in files.items():
        named = _COPY.fullmatch(path)
        if named and not digest_of(data).startswith(named[2]):
            what = "brief" if named[1] == "brief" else "regels"
            message = "Deze kopie is niet meer wat haar naam zegt: zij is gewijzigd."
            hint = "Zet haar terug, bijvoorbeeld uit git. Een brief mag ook helemaal weg."
            yield Finding(what, Severity.FOUT, path, message, hint)


def rules_copy_path(sha256: str) -> str:
    """Where a copy of ``beleid.toml`` with this hash is kept, so that old acts can be judged by old rules."""
    return f"approvals/rooster/regels-{sha256[:12]}.toml"


def _texts_by_policy(
    verification: Verification, files: Mapping[str, bytes]
) -> Mapping[str, Mapping[str, set[FileRef]]]:
    """Per policy and version number every text that a good signature gives it, there or no longer there.

    The file on the place can be only one of them, so whoever swaps it must not choose which one counts.
    A number that only has a file among the frozen texts is here too, without a text.
    """
    texts: dict[str, dict[str, set[FileRef]]] = defaultdict(lambda: defaultdict(set))
    for judgement in verification.judgements:
        entry = judgement.entry
        known = entry and (judgement.counts or judgement.verdict is Verdict.GEWIJZIGD)
        if entry and known and entry.kind in {"registratie", "overname"}:
            texts[entry.policy][entry.version].update(entry.texts)
    for path in files:
        match path.split("/"):
            case ["reglement", slug, "versies", name] if is_version(name.removesuffix(".md")):
                texts[slug].setdefault(name.removesuffix(".md"), set())
    return texts


def _settings(files: Mapping[str, bytes]) -> Settings | None:
    data = files.get(RULES_PATH)
    return None if data is None else read_settings(data)


def _tolerant(findings: list[Finding], path: str, read: Callable[[], T]) -> T | None:
    """What ``read`` gives; an unreadable file becomes a finding, so that the rest is still judged."""
    try:
        return read()
    except UnreadableInput as error:
        findings.append(Finding("onleesbaar", Severity.FOUT, path, error.message, error.hint))
        return None


def _working_slugs(files: Mapping[str, bytes]) -> set[str]:
    parts = (path.split("/") for path in files)
    return {p[1] for p in parts if len(p) == 3 and p[0] == "reglement" and p[2] == "reglement.md"}


def _policy(
    slug: str,
    entries: list[Entry],
    files: Mapping[str, bytes],
    texts: Mapping[str, set[FileRef]],
) -> Policy:
    entries, late = _without_late(entries)
    rows = [_paper_row(entry, files) for entry in _of_kind(entries, "overname")]
    rows.sort(key=lambda row: (row.entry.fields["rij"], row.entry.date, row.entry.digest))
    adoptions = tuple(row for row in rows if row.entry.fields["tabel"] == ADOPTIONS)
    history = [row for row in rows if row.entry.fields["tabel"] != ADOPTIONS]
    told = {row.entry.digest: row.entry.version for row in history}
    founded: list[Entry] = []
    unfounded: list[Entry] = []
    for entry in _of_kind(entries, "lezing"):
        on_paper = any(told.get(ground) == entry.version for ground in entry.grounds)
        (founded if on_paper else unfounded).append(entry)
    readings = tuple(sorted(map(_reading, founded), key=lambda r: (r.start, r.entry.digest)))
    registrations: dict[str, list[Entry]] = defaultdict(list)
    for entry in _of_kind(entries, "registratie"):
        registrations[entry.version].append(entry)
    numbers = {row.entry.version for row in history} | registrations.keys()
    versions = tuple(
        _version(
            number,
            registrations.get(number, []),
            tuple(row for row in history if row.entry.version == number),
            texts.get(number, set()),
        )
        for number in sorted(numbers - {""}, key=lambda number: (version_key(number), number))
    )
    return Policy(
        slug=slug,
        versions=versions,
        unnumbered=tuple(row for row in history if not row.entry.version),
        adoptions=adoptions,
        readings=readings,
        ignored=(*late, *unfounded),
        acts=tuple(entry for entry in entries if entry.kind in ACTS),
        working=files.get(working_path(slug)),
        frozen=_last_frozen(versions, files),
        numbers=tuple(sorted((numbers | texts.keys()) - {""}, key=version_key)),
    )


def _without_late(entries: list[Entry]) -> tuple[list[Entry], list[Entry]]:
    """The entries, and apart those of a paper history that were signed after the first one of the register's own.

    A paper history comes first. Else a reading could bring any text into force without council or board.
    """
    own = [entry.date for entry in entries if entry.kind not in _PAPER]
    late = [e for e in entries if e.kind in _PAPER and own and e.date > min(own)]
    return [entry for entry in entries if entry not in late], late


def _last_frozen(versions: tuple[Version, ...], files: Mapping[str, bytes]) -> bytes | None:
    texts = [version.text for version in versions if version.text]
    return files.get(texts[-1].path) if texts else None


def _of_kind(entries: list[Entry], kind: str) -> Iterator[Entry]:
    return (entry for entry in entries if entry.kind == kind)


def _paper_row(entry: Entry, files: Mapping[str, bytes]) -> PaperRow:
    sha256 = entry.fields["bron"]["sha256"]
    path = source_path(entry.policy, sha256)
    data = files.get(path)
    if data is None:
        return PaperRow(entry, SourceState.GEWIST, None)
    if digest_of(data) != sha256:
        return PaperRow(entry, SourceState.GEWIJZIGD, None)
    try:
        return PaperRow(entry, SourceState.AANWEZIG, read_source(data, path))
    except UnreadableInput:
        return PaperRow(entry, SourceState.ONLEESBAAR, None)


def _reading(entry: Entry) -> Reading:
    end = entry.fields.get("geldend_tot_en_met")
    start = parse_date(entry.fields["geldend_van"])
    return Reading(entry.version, start, parse_date(end) if end else None, entry)


def _version(
    number: str,
    registrations: list[Entry],
    rows: tuple[PaperRow, ...],
    texts: set[FileRef],
) -> Version:
    contradicts = len({text.sha256 for text in texts}) > 1
    return Version(
        number=number,
        text=None if contradicts else next(iter(texts), None),
        contradicts=contradicts,
        registrations=tuple(sorted(registrations, key=lambda each: (each.date, each.digest))),
        rows=rows,
    )


def _policy_findings(policy: Policy) -> Iterator[Finding]:
    place = f"approvals/{policy.slug}"
    for version in policy.versions:
        if version.contradicts:
            message = f"Versie {version.number} is met twee verschillende teksten geregistreerd."
            hint = "De beheerders verwerpen er een: beleid verwerp DIGEST --reden …"
            yield Finding("twee-teksten", Severity.FOUT, f"{place}/{version.number}", message, hint)
    for entry in policy.ignored:
        known = ", ".join(version.number for version in policy.versions) or "geen"
        message = (
            f"Deze {entry.kind} telt niet mee: zij kwam na de eerste eigen vastlegging, of rust niet op een"
            f" overgenomen rij van haar versie (bekend: {known})."
        )
        hint = "De beheerders verwerpen haar: beleid verwerp DIGEST --reden …"
        yield Finding(entry.kind, Severity.FOUT, entry.path, message, hint)
    starts = {(reading.start, reading.version) for reading in policy.readings}
    if len({start for start, _ in starts}) < len(starts):
        message = "Twee lezingen laten verschillende versies op dezelfde dag ingaan."
        yield Finding("lezing", Severity.FOUT, place, message, "De beheerders verwerpen er een.")
    rows = [*policy.unnumbered, *policy.adoptions, *(r for v in policy.versions for r in v.rows)]
    for row in rows:
        if row.state in {SourceState.GEWIJZIGD, SourceState.ONLEESBAAR}:
            path = source_path(policy.slug, row.entry.fields["bron"]["sha256"])
            message = f"De {row.state}; hij wordt niet getoond."
            yield Finding(
                "bron", Severity.FOUT, path, message, "Zet het terug of wis het helemaal."
            )
