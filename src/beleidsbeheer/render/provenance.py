"""Since which version the words of a text stand so: lines for people, a shape for programs.

Nothing of the register reaches the screen unescaped; the acts are told as in the version table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from beleidsbeheer.domain.course import Course, decided_on
from beleidsbeheer.domain.model import version_key
from beleidsbeheer.domain.outline import Kind
from beleidsbeheer.domain.provenance import Chain, Former, Part, Provenance
from beleidsbeheer.domain.register import Register
from beleidsbeheer.domain.terms import listed, opening, show_date
from beleidsbeheer.render.cells import told_by, told_day
from beleidsbeheer.render.history import OWN, TAKEN_OVER, VersionRow, history_tables
from beleidsbeheer.render.history_json import tables_json
from beleidsbeheer.render.in_force import in_doubt, in_force_line
from beleidsbeheer.render.sentences import adoption_sentence, consent_sentence
from beleidsbeheer.render.terminal import safe

SCHEMA = "beleidsbeheer.herkomst/1"

_ALWAYS = (Kind.HOOFDSTUK, Kind.ARTIKEL)
_ACTS = (
    "datum",
    "herkomst",
    "omschrijving",
    "tekst_sha256",
    "vastlegging",
    "handelingen",
    "instemmingen",
    "vaststelling",
    "perioden",
)


@dataclass(frozen=True, slots=True)
class Origins:
    """What is told: the words of one version of a policy, and the versions and acts behind them.

    ``doubts`` are damaged decisions on what is in force (paths). ``part`` is the only one asked for.
    """

    register: Register
    course: Course
    chain: Chain
    found: Provenance
    doubts: Sequence[str] = ()
    part: Part | None = None

    @property
    def parts(self) -> list[Part]:
        return list(self.found.below(self.part) if self.part else self.found.parts)


@dataclass(frozen=True, slots=True)
class Note:
    """What is to be told of one artikel: since when it stands so, which parts are of another age, and the acts.

    ``acts`` has for each version that its words came in a line on the version, then who consented and decided.
    """

    key: str
    since: str
    parts: tuple[str, ...]
    acts: tuple[tuple[str, tuple[str, ...]], ...]


# --- for people ------------------------------------------------------------------------------------------


def origin_lines(origins: Origins, words: bool = False) -> Iterator[str]:
    """A line per artikel and for each part in it of another age; then the versions and their acts.

    When one part was asked for, or the ``words``, every part below it has its line.
    """
    told = _Teller(origins)
    yield from told.opening()
    yield ""
    for part in origins.parts:
        if words or origins.part or told.differs(part):
            yield told.line(part)
            if words:
                yield from (
                    f"      {run.version}: {safe(run.text)}" for run in origins.found.words(part)
                )
    yield ""
    yield "Versies:"
    for version in told.used():
        yield from told.version(version)
    if origins.chain.skipped:
        skipped = listed(f"{number} ({stand})" for number, stand in origins.chain.skipped)
        yield f"Niet meegeteld: {skipped}."
    if origins.part is None and not words:
        yield ""
        yield (
            "Wat er niet bij staat, is even oud als waar het onder staat. Opmaak, witruimte en nummers"
            " tellen niet als woorden."
        )


def article_notes(origins: Origins) -> Iterator[Note]:
    """A note for each artikel of the text, in order."""
    told = _Teller(origins)
    for part in origins.found.parts:
        if part.kind is Kind.ARTIKEL and told.ages[part.index]:
            below = [each for each in origins.found.below(part) if each != part]
            versions = {told.ages[each.index] for each in (part, *below)} | set(part.labels)
            yield Note(
                key=part.key,
                since=told.since(part),
                parts=tuple(told.line(each).strip() for each in below if told.differs(each)),
                acts=tuple(told.acts(each) for each in sorted(versions - {""}, key=version_key)),
            )


class _Teller:
    """Tells of one text; looks up only once what is asked for each part."""

    def __init__(self, origins: Origins) -> None:
        self.origins = origins
        self.found = origins.found
        self.history = history_tables(origins.register, origins.course.policy)
        self.rows: Mapping[str, VersionRow] = {
            row.versie: row for row in self.history.versies if row.versie
        }
        self.ages = _ages(self.found)

    def opening(self) -> Iterator[str]:
        course, number = self.origins.course, self.found.version
        yield f"{safe(self.history.titel)} ({course.policy.slug}), versie {number}: hoe lang de woorden er zo staan"
        period, doubt = course.in_force(course.as_of), in_doubt(self.origins.doubts)
        if period and period.version == number:
            yield f"  {doubt}geldend: {in_force_line(period, course)}"
        else:
            yield f"  {doubt}{course.stand(number, course.as_of)}"

    # --- parts --------------------------------------------------------------------------------------------

    def differs(self, part: Part) -> bool:
        """Whether a part must be told of apart from the one it stands in."""
        if part.parent < 0 or part.kind in _ALWAYS:
            return bool(self.ages[part.index])
        above = self.found.parts[part.parent]
        return bool(
            self.ages[part.index] != self.ages[above.index]
            or _only_struck(part) != _only_struck(above)
            or self.formers(part)
        )

    def line(self, part: Part) -> str:
        """ "lid 1 onder c: sinds 0.3 (in werking vanaf …); stond tot 0.4 als artikel 14 lid 1 onder b"."""
        top = part.parent < 0 or part.kind in _ALWAYS or part == self.origins.part
        version = self.ages[part.index]
        told = f"{'' if top else '  '}{safe(self._name(part, top))}: {self._since(version)}"
        if _only_struck(part):
            told += "; toen zijn er woorden geschrapt"
        older = [label for label in part.labels if label != version]
        if older:
            told += f"; met woorden uit {listed(older)}"
        return told + "".join(f"; stond tot {f.until} als {_place(f)}" for f in self.formers(part))

    def since(self, part: Part) -> str:
        """ "sinds 0.3 (in werking …)", and whether words were struck or older ones kept."""
        told = self.line(part)
        return told.removeprefix(f"{safe(self._name(part, full=True))}: ")

    def acts(self, version: str) -> tuple[str, tuple[str, ...]]:
        """A version as a line, and the acts behind it."""
        return f"Versie {version}: {self._recorded(version)}", tuple(self._acts(version))

    def _since(self, version: str) -> str:
        if not version:
            return "geen woorden"
        earlier = " of eerder" if version in self.found.lost else ""
        return f"sinds {version}{earlier} ({self._when(version)})"

    def _name(self, part: Part, full: bool) -> str:
        """The whole name for what stands alone, and from its artikel on for what stands below that."""
        if not part.key:
            return f"“{part.name}”"
        if full:
            heading = f". {part.heading}" if part.heading and part.kind in _ALWAYS else ""
            return f"{opening(part.name)}{heading}"
        above = part
        while above.kind not in _ALWAYS and above.parent >= 0 and above != self.origins.part:
            above = self.found.parts[above.parent]
        return part.name.removeprefix(above.name).strip() or part.name

    def formers(self, part: Part) -> list[Former]:
        """Where it stood, unless that follows from where the part above it stood."""
        if part.parent < 0 or part == self.origins.part:
            return list(part.formers)
        above = self.found.parts[part.parent]
        own = part.key.removeprefix(above.key)
        told = {(each.until, each.key + own) for each in above.formers}
        return [each for each in part.formers if (each.until, each.key) not in told]

    # --- versions -----------------------------------------------------------------------------------------

    def used(self) -> list[str]:
        """The versions that the parts tell of, and those with which their words were adopted."""
        used = set()
        for part in self.origins.parts:
            used |= {*part.labels, part.struck, self.ages[part.index]} - {""}
        used |= {carrier for version in used if (carrier := self.carrier(version))}
        return sorted(used, key=version_key)

    def carrier(self, version: str) -> str:
        """The first version from this one on that was adopted or in force: with it came these words."""
        later = self.found.versions[self.found.versions.index(version) :]
        return next((each for each in later if self._holds(each)), "")

    def _holds(self, version: str) -> bool:
        row = self.rows.get(version)
        return row is not None and bool(row.verloop.vaststelling or row.verloop.perioden)

    def _when(self, version: str) -> str:
        """In force since when; as long as it is not, when it was recorded."""
        carrier = self.carrier(version)
        row = self.rows.get(carrier or version)
        periods = row.verloop.perioden if row else ()
        if periods:
            start = f"in werking {show_date(periods[0].start)}"
            return start if carrier == version else f"{start} met {carrier}"
        told = self._recorded(version)
        return told if carrier else f"{told}, niet vastgesteld"

    def _recorded(self, version: str) -> str:
        row = self.rows.get(version)
        if row is None:
            return "datum onbekend"
        if row.herkomst == OWN:
            return f"vastgelegd {show_date(row.datum)}"
        return f"overgenomen, {show_date(row.datum) or 'datum onbekend'}"

    def version(self, version: str) -> Iterator[str]:
        """When a version was recorded, who consented, who adopted it, and since when it is in force."""
        yield f"  {version}: {self._recorded(version)}"
        yield from (f"    {line}" for line in self._acts(version))
        lost = self.found.lost.get(version, ())
        if lost:
            texts = "de tekst" if len(lost) == 1 else "de teksten"
            kept = "is" if len(lost) == 1 else "zijn"
            yield (
                f"    of eerder: {texts} van {listed(lost)} {kept} niet bewaard of niet te lezen, dus daar"
                " kunnen deze woorden al in staan"
            )

    def _acts(self, version: str) -> Iterator[str]:
        row = self.rows.get(version)
        if row is None:
            return
        for act in row.handelingen:
            yield safe(
                f"{act['soort']} door {told_by(act)}, {told_day(act)}, volgens het oude document"
            )
        for each in self.history.vaststellingen:
            if each.herkomst == TAKEN_OVER and each.versie == version:
                day = show_date(each.datum) or "een onbekende datum"
                by = f" door {each.functie}" if each.functie else ""
                yield safe(f"vastgesteld op {day}{by}, volgens het oude document")
        yield from (safe(consent_sentence(each)) for each in row.verloop.instemmingen)
        if row.verloop.vaststelling:
            yield safe(adoption_sentence(row.verloop.vaststelling))
        for period in row.verloop.perioden:
            until = f" t/m {show_date(period.end)}" if period.end else ""
            origin = " (overgenomen)" if period.taken_over else ""
            yield f"in werking van {show_date(period.start)}{until}{origin}"
        carrier = self.carrier(version)
        if not carrier:
            yield "niet vastgesteld"
        elif carrier != version:
            yield f"zelf niet vastgesteld; deze woorden zijn vastgesteld met {carrier}{self._decided(carrier)}"

    def _decided(self, version: str) -> str:
        adoption = self.rows[version].verloop.vaststelling
        return f" op {show_date(decided_on(adoption.entry))}" if adoption else ""


def _ages(found: Provenance) -> list[str]:
    """Since when each part stands so; one without words is as young as the youngest below it."""
    order = {version: n for n, version in enumerate(found.versions)}
    ages = [part.since for part in found.parts]
    below: dict[int, list[str]] = defaultdict(list)
    for part in reversed(found.parts):
        if not part.since:
            ages[part.index] = max(below[part.index], key=order.__getitem__, default="")
        if ages[part.index]:
            below[part.parent].append(ages[part.index])
    return ages


def _only_struck(part: Part) -> bool:
    return part.struck != "" and part.since == part.struck and part.since not in part.labels


def _place(former: Former) -> str:
    return safe(former.name if former.key else f"“{former.name}”")


# --- for programs ----------------------------------------------------------------------------------------


def origin_json(origins: Origins, words: bool = False) -> dict[str, Any]:
    """The documented shape ``beleidsbeheer.herkomst/1``."""
    told, course, found = _Teller(origins), origins.course, origins.found
    period = course.in_force(course.as_of)
    rows = {row["versie"]: row for row in tables_json(told.history)["versies"]}
    return {
        "schema": SCHEMA,
        "wortel": origins.register.verification.root or None,
        "beleid": course.policy.slug,
        "titel": told.history.titel,
        "versie": found.version,
        "stand": str(course.stand(found.version, course.as_of)),
        "geldend": period is not None and period.version == found.version,
        "twijfel": list(origins.doubts),
        "versies": [
            {
                "versie": version,
                "niet_bewaard_ervoor": list(found.lost.get(version, ())),
                "vastgesteld_met": told.carrier(version) or None,
                **{name: rows[version][name] for name in _ACTS},
            }
            for version in told.used()
        ],
        "overgeslagen": [
            {"versie": number, "stand": str(stand)} for number, stand in origins.chain.skipped
        ],
        "elementen": [_part_json(origins, part, words) for part in origins.parts],
    }


def _part_json(origins: Origins, part: Part, words: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "sleutel": part.key or None,
        "soort": str(part.kind),
        "naam": part.name,
        "kop": part.heading or None,
        "eerste_regel": part.first_line,
        "laatste_regel": part.last_line,
        "sinds": part.since or None,
        "versies": list(part.labels),
        "geschrapt_in": part.struck or None,
        "stond_als": [
            {"tot": each.until, "sleutel": each.key or None, "naam": each.name}
            for each in part.formers
        ],
    }
    if words:
        runs = origins.found.words(part)
        told["woorden"] = [{"versie": run.version, "tekst": run.text} for run in runs]
    return told
