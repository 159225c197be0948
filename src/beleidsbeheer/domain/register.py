"""The register: what its counted entries mean on a day. Everything here is derived; nothing is stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from beleidsbeheer.domain.document import read_front
from beleidsbeheer.domain.entry import Entry, digest_of
from beleidsbeheer.domain.history import ADOPTIONS, SourceRow, read_source, source_path
from beleidsbeheer.domain.model import (
    FileRef,
    Finding,
    Severity,
    Verdict,
    has_error,
    is_version,
    next_number,
    parse_date,
    version_key,
    working_path,
)
from beleidsbeheer.domain.settings import NAMES_PATH, Settings, read_names, read_settings
from beleidsbeheer.domain.verification import RULES_PATH, Verification, verify
from beleidsbeheer.errors import DocumentError, UnreadableInput

T = TypeVar("T")


class Stand(StrEnum):
    """What we derive of a version, as against the word that an old document uses for it."""

    CONCEPT = "concept"
    OVERGENOMEN = "overgenomen"
    TOEKOMSTIG = "toekomstig (overgenomen)"
    GELDEND = "geldend (overgenomen)"
    VERVANGEN = "vervangen (overgenomen)"
    TEGENSTRIJDIG = "tegenstrijdig"


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
    registration: Entry | None
    rows: tuple[PaperRow, ...]
    stand: Stand


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

    ``working`` is the text people work on and ``frozen`` that of the last version (None when there is none);
    ``in_force`` the reading that holds on the day asked for; ``numbers`` every version number in use, in order.
    """

    slug: str
    versions: tuple[Version, ...]
    unnumbered: tuple[PaperRow, ...]
    adoptions: tuple[PaperRow, ...]
    readings: tuple[Reading, ...]
    in_force: Reading | None
    working: bytes | None
    frozen: bytes | None
    numbers: tuple[str, ...]

    @property
    def title(self) -> str:
        """The title in the last frozen text, else in the working text, else the policy's own short name."""
        text = self.frozen or self.working
        try:
            return (read_front(text).titel if text else "") or self.slug
        except DocumentError:
            return self.slug

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


@dataclass(frozen=True, slots=True)
class Register:
    """Everything a reader can know. ``settings`` is None when ``beleid.toml`` is missing or unreadable."""

    files: Mapping[str, bytes]
    today: date
    settings: Settings | None
    names: Mapping[str, str]
    verification: Verification
    policies: Mapping[str, Policy]
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Whether every entry is valid and no finding is an error."""
        return self.verification.sound and not has_error(self.findings)


def load(files: Mapping[str, bytes], today: date, root: str = "") -> Register:
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
        slug: _policy(slug, by_policy.get(slug, []), files, today, texts.get(slug, {}))
        for slug in sorted(by_policy.keys() | _working_slugs(files))
    }
    for policy in policies.values():
        findings += _policy_findings(policy)
    return Register(files, today, settings, names, verification, policies, tuple(findings))


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
        if entry and (judgement.counts or judgement.verdict is Verdict.GEWIJZIGD):
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
    today: date,
    texts: Mapping[str, set[FileRef]],
) -> Policy:
    rows = [_paper_row(entry, files) for entry in _of_kind(entries, "overname")]
    rows.sort(key=lambda row: (row.entry.fields["rij"], row.entry.date, row.entry.digest))
    adoptions = tuple(row for row in rows if row.entry.fields["tabel"] == ADOPTIONS)
    history = [row for row in rows if row.entry.fields["tabel"] != ADOPTIONS]
    readings = tuple(
        sorted(map(_reading, _of_kind(entries, "lezing")), key=lambda r: (r.start, r.entry.digest))
    )
    in_force = reading_on(readings, today)
    registrations: dict[str, list[Entry]] = defaultdict(list)
    for entry in _of_kind(entries, "registratie"):
        registrations[entry.version].append(entry)
    numbers = {row.entry.version for row in history} | registrations.keys()
    versions = tuple(
        _version(
            number,
            registrations.get(number, []),
            tuple(row for row in history if row.entry.version == number),
            _stand(number, readings, in_force, today),
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
        in_force=in_force,
        working=files.get(working_path(slug)),
        frozen=_last_frozen(versions, files),
        numbers=tuple(sorted((numbers | texts.keys()) - {""}, key=version_key)),
    )


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


def reading_on(readings: tuple[Reading, ...], day: date) -> Reading | None:
    """The reading that holds on ``day``: the last to start, unless it ended or two start together.

    Exactly one text is in force on a date; where readings contradict each other, none is shown.
    """
    started = [reading for reading in readings if reading.start <= day]
    if not started:
        return None
    last = [reading for reading in started if reading.start == started[-1].start]
    if len({reading.version for reading in last}) > 1:
        return None
    ended = any(reading.end is not None and reading.end < day for reading in last)
    return None if ended else last[-1]


def _stand(
    number: str, readings: tuple[Reading, ...], in_force: Reading | None, today: date
) -> Stand | None:
    """What the readings say of this version; None when they say nothing."""
    starts = [reading.start for reading in readings if reading.version == number]
    if not starts:
        return None
    if in_force is not None and in_force.version == number:
        return Stand.GELDEND
    return Stand.TOEKOMSTIG if min(starts) > today else Stand.VERVANGEN


def _version(
    number: str,
    registrations: list[Entry],
    rows: tuple[PaperRow, ...],
    read_as: Stand | None,
    texts: set[FileRef],
) -> Version:
    default = Stand.CONCEPT if registrations else Stand.OVERGENOMEN
    contradicts = len({text.sha256 for text in texts}) > 1
    first = min(registrations, key=lambda entry: (entry.date, entry.digest), default=None)
    return Version(
        number=number,
        text=None if contradicts else next(iter(texts), None),
        registration=first,
        rows=rows,
        stand=Stand.TEGENSTRIJDIG if contradicts else read_as or default,
    )


def _policy_findings(policy: Policy) -> Iterator[Finding]:
    place = f"approvals/{policy.slug}"
    for version in policy.versions:
        if version.stand is Stand.TEGENSTRIJDIG:
            message = f"Versie {version.number} is met twee verschillende teksten geregistreerd."
            hint = "De beheerders verwerpen er een: beleid verwerp DIGEST --reden …"
            yield Finding("twee-teksten", Severity.FOUT, f"{place}/{version.number}", message, hint)
    known = {version.number for version in policy.versions}
    for reading in policy.readings:
        if reading.version not in known:
            message = f"Een lezing noemt versie {reading.version}, en die kent dit register niet."
            yield Finding("lezing", Severity.FOUT, reading.entry.path, message)
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


def version_verdicts(verification: Verification) -> dict[tuple[str, str], Verdict]:
    """One verdict for each (policy, version) that has entries: geldig when one counts, else the gravest.

    A version that has one counting entry keeps it: junk laid beside it must not make it look broken.
    """
    gravest = [Verdict.GEWIJZIGD, Verdict.ONGELDIG, Verdict.NIET_TE_BEOORDELEN]
    verdicts: dict[tuple[str, str], set[Verdict]] = defaultdict(set)
    for judgement in verification.judgements:
        parts = judgement.path.split("/")
        if len(parts) == 4 and is_version(parts[2]):
            verdicts[parts[1], parts[2]].add(judgement.verdict)
    return {
        key: Verdict.GELDIG
        if Verdict.GELDIG in found
        else next(verdict for verdict in gravest if verdict in found)
        for key, found in sorted(verdicts.items(), key=lambda i: (i[0][0], version_key(i[0][1])))
    }
