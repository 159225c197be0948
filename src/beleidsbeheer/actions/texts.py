"""Find the two texts that somebody wants to compare: versions, the working text, revisions of git, files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from beleidsbeheer.actions.reading import View
from beleidsbeheer.domain.changes import compare
from beleidsbeheer.domain.course import Course, submitted_on
from beleidsbeheer.domain.document import MAX_BYTES, parse, read_front
from beleidsbeheer.domain.entry import Entry, digest_of
from beleidsbeheer.domain.ledger import Policy
from beleidsbeheer.domain.model import (
    ROLES_OF,
    Council,
    FileRef,
    Role,
    is_version,
    parse_date,
    text_path,
    version_key,
    working_path,
)
from beleidsbeheer.domain.terms import listed, show_date
from beleidsbeheer.errors import DocumentError, RepositoryProblem, UnreadableInput, WrongUse
from beleidsbeheer.render.diff.pair import Pair
from beleidsbeheer.storage.names import shown
from beleidsbeheer.storage.places import read_small, why

WORKING = "werk"
IN_FORCE = "geldend"
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*")


@dataclass(frozen=True, slots=True)
class NamedText:
    """A text, what to call it, and where it lies.

    ``version`` is its number when it is a registered version. ``day`` is from when it is in force, on
    which it was put to a council, or on which git recorded it; None where no day belongs to it.
    """

    label: str
    path: str
    data: bytes
    version: str | None = None
    day: date | None = None


# --- one text ----------------------------------------------------------------------------------------


def find_text(view: View, policy: Policy, spec: str, today: date) -> NamedText:
    """The text that ``spec`` stands for.

    A version number, ``werk``, ``geldend``, ``geldend@DATUM``, a file (with a ``/`` or ending in ``.md``),
    or a revision of git: then the working text as it was there. Raises WrongUse naming what there is,
    RepositoryProblem and UnreadableInput when the text cannot be had.
    """
    word, at, when = spec.partition("@")
    if spec == WORKING:
        return working_text(policy)
    if word == IN_FORCE:
        return text_in_force(view, policy, _day(when) if at else today, today)
    if is_version(spec):
        return version_text(view, policy, spec, today)
    if ("/" in spec or spec.endswith(".md")) and Path(spec).exists():
        return file_text(Path(spec))
    return _recorded_text(view, policy, spec)


def working_text(policy: Policy) -> NamedText:
    """The text that people work on."""
    path = working_path(policy.slug)
    if policy.working is None:
        raise RepositoryProblem(
            f"Van {policy.slug} is er geen werktekst: {path} ontbreekt of is onleesbaar.",
            hint=known_texts(policy),
        )
    return NamedText("werktekst", path, policy.working)


def version_text(view: View, policy: Policy, number: str, today: date) -> NamedText:
    """The frozen text of a registered version."""
    version = policy.version(number)
    if version is None and number in policy.numbers:
        raise RepositoryProblem(
            f"Versie {number} van {policy.slug} telt niet mee: haar vastlegging of tekst klopt niet.",
            hint="Kijk met: beleid verifieer. Het bestand zelf vergelijken kan met:"
            f" beleid verschil {policy.slug} {text_path(policy.slug, number)}",
        )
    if version is None:
        raise WrongUse(
            f"Versie {number} van {policy.slug} is niet geregistreerd.", hint=known_texts(policy)
        )
    if version.text is None:
        what = "is met twee teksten geregistreerd" if version.contradicts else "is niet bewaard"
        raise RepositoryProblem(
            f"De tekst van versie {number} van {policy.slug} {what}.", hint=known_texts(policy)
        )
    label, since = _standing(view.register.courses[policy.slug], number, today)
    return _frozen(view, version.text, number, label, since)


def text_in_force(view: View, policy: Policy, day: date, today: date) -> NamedText:
    """The text in force on ``day``, as known now. Nobody is given one while a decision is damaged."""
    register = view.register
    if doubts := register.doubts(policy, view.findings):
        raise RepositoryProblem(
            f"Welke tekst geldt is niet te bepalen zolang {listed(map(shown, doubts))} niet klopt.",
            hint="Kijk met: beleid verifieer. Of noem zelf een versie.",
        )
    period = register.courses[policy.slug].in_force(day)
    if period is None:
        raise WrongUse(
            f"Op {show_date(day)} geldt er geen tekst van {policy.slug}.", hint=known_texts(policy)
        )
    found = version_text(view, policy, period.version, today)
    if day == today:
        return found
    label = f"versie {period.version} (geldend op {show_date(day)})"
    return NamedText(label, found.path, found.data, period.version, period.start)


def file_text(path: Path) -> NamedText:
    """A file anywhere on the disk."""
    try:
        data = read_small(path.resolve(), MAX_BYTES)
    except OSError as error:
        raise UnreadableInput(
            f"{shown(str(path))}:1: dit bestand is niet te lezen ({why(error)}).",
            hint="Geef een tekstbestand in UTF-8 van ten hoogste 10 MiB.",
        ) from error
    return NamedText(shown(str(path)), shown(str(path)), data)


def two_files(old: Path, new: Path) -> tuple[NamedText, NamedText]:
    """Two files, called by their names alone where these differ: a whole path is hard to read."""
    texts = file_text(old), file_text(new)
    if old.name == new.name:
        return texts
    return replace(texts[0], label=shown(old.name)), replace(texts[1], label=shown(new.name))


def known_texts(policy: Policy) -> str:
    """A sentence that names what can be compared."""
    numbers = [each.number for each in policy.versions if each.text]
    words = [WORKING] if policy.working is not None else []
    known = ", ".join([*numbers, *words]) or "nog niets"
    return (
        f"Bekend: {known}; verder {IN_FORCE}, {IN_FORCE}@DATUM, een revisie van git of een bestand."
    )


def _day(text: str) -> date:
    """2026-10-01 or 01-10-2026."""
    parts = text.split("-")
    if len(parts) == 3 and len(parts[2]) == 4:
        parts.reverse()
    try:
        return parse_date("-".join(parts))
    except ValueError:
        raise WrongUse(
            f"{shown(text) or 'Niets'} is geen datum.",
            hint=f"Schrijf {IN_FORCE}@2026-10-01 of {IN_FORCE}@01-10-2026.",
        ) from None


def _frozen(view: View, text: FileRef, number: str, label: str, day: date | None) -> NamedText:
    data = view.register.files.get(text.path)
    if data is None:
        raise RepositoryProblem(
            f"De tekst van versie {number} ontbreekt: {text.path}.",
            hint="Zet het bestand terug, bijvoorbeeld uit git. Kijk met: beleid verifieer",
        )
    if digest_of(data) != text.sha256:
        label += ", gewijzigd na ondertekening"
    return NamedText(f"versie {number} ({label})", text.path, data, number, day)


def _standing(course: Course, number: str, today: date) -> tuple[str, date | None]:
    """What a version is today: in force since a day, or its stand."""
    period = course.in_force(today)
    if period is not None and period.version == number:
        taken_over = ", overgenomen" if period.taken_over else ""
        return f"geldend sinds {show_date(period.start)}{taken_over}", period.start
    mine = [each.start for each in course.periods(course.as_of) if each.version == number]
    return str(course.stand(number, today)), min(mine, default=None)


def _recorded_text(view: View, policy: Policy, revision: str) -> NamedText:
    """The working text as a commit has it."""
    from beleidsbeheer.storage.repository import file_at, find_commit

    commit = find_commit(view.root, revision)
    if commit is None:
        what = "geen versie, geen bestand en geen revisie van git"
        raise WrongUse(f"{shown(revision)} is {what}.", hint=known_texts(policy))
    path = working_path(policy.slug)
    data = file_at(view.root, commit.name, path, MAX_BYTES)
    if data is None:
        raise WrongUse(
            f"In revisie {shown(revision)} ({commit.name[:10]}) is er geen {path}.",
            hint="Kies een latere revisie; kijk met: git log -- " + path,
        )
    label = f"werktekst in git, {shown(revision)} ({commit.name[:10]}, {show_date(commit.day)})"
    return NamedText(label, path, data, day=commit.day)


# --- two texts ---------------------------------------------------------------------------------------


def default_old(view: View, policy: Policy, today: date) -> NamedText:
    """The version in force today, else the last one of which there is a text."""
    course = view.register.courses[policy.slug]
    doubts = view.register.doubts(policy, view.findings)
    if doubts or course.in_force(today) is not None:
        return text_in_force(view, policy, today, today)
    numbers = [each.number for each in policy.versions if each.text]
    if not numbers:
        raise WrongUse(
            f"Van {policy.slug} is er nog geen versie om mee te vergelijken.",
            hint=f"Leg er een vast met: beleid registreer {policy.slug} {policy.next_number}",
        )
    return version_text(view, policy, numbers[-1], today)


def council_of(role: Role) -> Council:
    """The council in which this role has a seat."""
    return next(council for council, roles in ROLES_OF.items() if role in roles)


def shown_before(
    view: View, policy: Policy, council: Council, spec: str, today: date
) -> tuple[NamedText, NamedText]:
    """What this council was last shown before the text of ``spec``, and that text.

    Without ``spec``: the text that was put to it last; when that is the only one, the working text.
    A submission that was taken back was shown all the same.
    """
    submissions = list(_shown(view.register.courses[policy.slug], council))
    texts = [_submitted(view, each) for each in submissions]
    name = council.upper()
    if not texts:
        raise WrongUse(
            f"Aan de {name} is nog geen tekst van {policy.slug} voorgelegd.",
            hint=f"Noem zelf twee teksten. {known_texts(policy)}",
        )
    if spec:
        new = find_text(view, policy, spec, today)
    else:
        new = texts[-1] if len(texts) > 1 else working_text(policy)
    places = [n for n, text in enumerate(texts) if text.data == new.data]
    before = texts[: places[-1]] if places else _older(texts, new)
    if not before:
        raise WrongUse(
            f"Vóór deze tekst ({new.label}) is aan de {name} geen andere tekst voorgelegd.",
            hint=f"De {name} zag: {listed(text.label for text in texts)}."
            f" Vergelijk met een andere tekst: beleid verschil {policy.slug} VAN NAAR",
        )
    return before[-1], new


def _shown(course: Course, council: Council) -> Iterator[Entry]:
    """The submissions to a council in order; of one text only the last of those in a row."""
    found = [
        entry
        for version in course.policy.versions
        for entry in course.ever("voorlegging", version.number)
        if entry.fields["orgaan"] == council
    ]
    found.sort(key=lambda e: (submitted_on(e), version_key(e.version), e.date, e.digest))
    for place, entry in enumerate(found):
        last = place + 1 == len(found)
        if last or found[place + 1].texts[0].sha256 != entry.texts[0].sha256:
            yield entry


def _submitted(view: View, entry: Entry) -> NamedText:
    day, council = submitted_on(entry), entry.fields["orgaan"].upper()
    label = f"voorgelegd aan de {council} op {show_date(day)}"
    return _frozen(view, entry.texts[0], entry.version, label, day)


def _older(texts: list[NamedText], new: NamedText) -> list[NamedText]:
    """Those with a lower number, when the new text has one; else all."""
    if new.version is None:
        return texts
    limit = version_key(new.version)
    return [text for text in texts if text.version and version_key(text.version) < limit]


def pair_of(
    old: NamedText, new: NamedText, title: str, explanations: Mapping[str, str] | None = None
) -> Pair:
    """Both texts compared. Raises DocumentError naming file and line for what is no text."""
    changes = compare(old.data, new.data, old.path, new.path)
    return Pair(title, old.label, new.label, changes, explanations or {})


def title_of(*texts: NamedText) -> str:
    """The title in the first of these texts that has one, else the name of the first file."""
    return next(filter(None, map(_title, texts)), Path(texts[0].path).stem)


def _title(text: NamedText) -> str:
    """From the front matter, else the first heading of level 1; "" if there is none."""
    try:
        title = read_front(text.data, text.path).titel
    except DocumentError:
        title = ""
    lines = text.data.decode("utf-8", "replace").splitlines()
    heading = next((line for line in lines if line.startswith("# ")), "")
    return title or heading.strip("# \t")


def explanations_of(view: View, policy: Policy) -> dict[str, str]:
    """The Toelichting per key of an artikel, from ``toelichting.md`` beside the working text if there is one."""
    path = working_path(policy.slug).replace("reglement.md", "toelichting.md")
    try:
        data = read_small(view.root / path, MAX_BYTES)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise UnreadableInput(
            f"{path}:1: dit bestand is niet te lezen ({why(error)}).",
            hint="Herstel of hernoem het.",
        ) from error
    document = parse(data, path)
    found = {}
    for article in document.articles:
        lines = document.text(article).splitlines()
        under = len(lines) > 1 and _UNDERLINE.fullmatch(lines[1])
        found[article.key] = "\n".join(lines[2 if under else 1 :]).strip()
    return {key: text for key, text in found.items() if text}
