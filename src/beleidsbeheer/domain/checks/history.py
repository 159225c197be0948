"""History: what a table of versions says about itself that cannot be, or that nobody can look up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Final

from beleidsbeheer.domain.checks.dates import dates_in
from beleidsbeheer.domain.checks.frame import Dossier, Group, Remark, check
from beleidsbeheer.domain.checks.paper_rows import COUNCIL, Row
from beleidsbeheer.domain.course import Course, day_of, received_on, submitted_on
from beleidsbeheer.domain.history import ADOPTIONS, VERSIONS
from beleidsbeheer.domain.model import Severity
from beleidsbeheer.domain.terms import listed, show_date

_EVENT: Final = re.compile(
    r"instemming|\bbrief\b|goed-?gekeurd|goedkeuring|vast-?gesteld|ont-?vangen|vergadering|besproken|besluit",
    re.I,
)
_EVIDENCE: Final = re.compile(
    r"kenmerk|notulen|besluitnummer|besluitenlijst|\bbrief\b.{0,20}\b(?:d\.?d\.?|van)\b", re.I
)
_PUBLISHED: Final = re.compile(
    r"bekend-?\s?gemaakt|gepubliceerd|geplaatst|publicatie|\bop de (?:web)?site\b", re.I
)
_PROCESS: Final = re.compile(
    rf"{COUNCIL}|\b(?:concept|definitie(?:f|ve)|versie|reglement|regeling|protocol|beleid|document|eerste|nieuwe"
    r"|goed-?gekeurd|goedkeuring|instemming|ingestemd|vastgesteld|vaststelling|besproken|akkoord|bestuur|directie"
    r"|door|ter|op|in|van|de|het|een|na|en|met|voor|d\.?d\.?)\b|[0-9./-]+"
    r"|\b(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)\b",
    re.I,
)


def _remark(row: Row, message: str, cell: str, quote: str = "", tip: str = "") -> Remark:
    return Remark(
        row.line_of(cell), message, quote or row.cells.get(cell, ""), path=row.path, tip=tip
    )


def _adopted_on(dossier: Dossier) -> date | None:
    """The first day of adoption that the rows tell of."""
    days = [told.day for row in dossier.history for told in row.told if told.kind == "vaststelling"]
    return min((day for day in days if day), default=None)


@check(
    "datum-volgorde",
    Group.GESCHIEDENIS,
    Severity.WAARSCHUWING,
    why="Zo kan het niet zijn gegaan; welke datum klopt, weet later niemand meer.",
    tip="Zoek de goede datum op in de brief of de notulen, en leg vast wat u vond. Verander de oude tabel niet.",
    source="WMS 10: instemming gaat vooraf aan het besluit",
)
def dates_out_of_order(dossier: Dossier) -> Iterator[Remark]:
    """De data van concept, vergadering, instemming, vaststelling en bekendmaking staan niet op volgorde."""
    for row in dossier.history:
        for told in row.told:
            if told.kind == "voorlegging" and told.day and row.day and row.day > told.day:
                message = (
                    f"Deze versie is van {show_date(row.day)}, na de vergadering van {show_date(told.day)}"
                    " waarvoor zij bedoeld is."
                )
                yield _remark(row, message, "datum", row.words)
    yield from _rows_out_of_order(dossier)
    yield from _consent_after_adoption(dossier)
    if dossier.course:
        yield from _acts_out_of_order(dossier.course)


def _rows_out_of_order(dossier: Dossier) -> Iterator[Remark]:
    rows = [row for row in dossier.history if row.table == VERSIONS]
    for one, two in pairwise(rows):
        if (
            one.path.rpartition("/")[0] == two.path.rpartition("/")[0]
            and one.day
            and two.day
            and two.day < one.day
        ):
            message = (
                f"Deze rij is van {show_date(two.day)}, de rij ervoor van {show_date(one.day)}."
            )
            yield _remark(two, message, "datum", two.words)


def _consent_after_adoption(dossier: Dossier) -> Iterator[Remark]:
    adopted = _adopted_on(dossier)
    for row in dossier.history:
        for told in row.told:
            if told.kind == "instemming" and told.day and adopted and told.day > adopted:
                message = f"De instemming is van {show_date(told.day)}, na de vaststelling op {show_date(adopted)}."
                yield _remark(row, message, "omschrijving", row.words)


def _acts_out_of_order(course: Course) -> Iterator[Remark]:
    """The signed acts of each version, in the order in which they should have happened."""
    for version in course.policy.versions:
        number = version.number
        steps: list[tuple[str, str, date | None]] = []
        for entry in course.acts("voorlegging", number):
            steps.append(("voorgelegd", entry.path, submitted_on(entry)))
        for entry in course.acts("instemming", number):
            steps.append(("vergadering van de raad", entry.path, day_of(entry, "vergadering")))
            steps.append(("brief van de raad", entry.path, day_of(entry, "brief_datum")))
            steps.append(("brief ontvangen", entry.path, received_on(entry)))
        for entry in course.acts("vaststelling", number):
            steps.append(("vastgesteld", entry.path, day_of(entry, "vergadering")))
        for entry in course.acts("bekendmaking", number):
            steps.append(("bekendgemaakt", entry.path, day_of(entry, "bekendgemaakt_op")))
        yield from _descents(number, steps)


def _descents(number: str, steps: list[tuple[str, str, date | None]]) -> Iterator[Remark]:
    order = ["voorgelegd", "vergadering van de raad", "vastgesteld", "bekendgemaakt"]
    known = [(name, path, day) for name, path, day in steps if day and name in order]
    latest = {name: max((d for n, _, d in known if n == name), default=None) for name in order}
    for name, path, day in known:
        for before in order[: order.index(name)]:
            # each council is asked in turn, so only the first submission counts for the meetings
            bound = (
                min((d for n, _, d in known if n == before), default=None)
                if before == order[0]
                else latest[before]
            )
            if bound and day < bound:
                yield Remark(
                    0,
                    f"Versie {number}: {name} op {show_date(day)}, maar {before} op {show_date(bound)}.",
                    path=path,
                )
                break


@check(
    "instemming-voor-versie",
    Group.GESCHIEDENIS,
    Severity.WAARSCHUWING,
    why="Met welke tekst is ingestemd, is zo niet te achterhalen.",
    tip="Zoek de tekst die de raad kreeg, en leg vast wat u vond.",
    source="WMS 10",
)
def consent_before_any_version(dossier: Dossier) -> Iterator[Remark]:
    """De raad stemde in voordat er een versie was die is vastgelegd."""
    days = [row.day for row in dossier.history if row.table == VERSIONS and row.day]
    for row in dossier.history:
        for told in row.told:
            if told.kind == "instemming" and told.day and days and told.day < min(days):
                message = (
                    f"De instemming is van {show_date(told.day)}; de oudste versie in de tabel is van"
                    f" {show_date(min(days))}."
                )
                yield _remark(row, message, "omschrijving")


@check(
    "vaststelling-zonder-versie",
    Group.GESCHIEDENIS,
    Severity.WAARSCHUWING,
    why="Welke tekst het bestuur vaststelde, staat er niet bij.",
    tip="Leg bij een volgend besluit het versienummer en de afdruk van de tekst vast.",
)
def adoption_without_version(dossier: Dossier) -> Iterator[Remark]:
    """Bij een vaststelling staat niet om welke versie het gaat."""
    for row in dossier.history:
        if row.table == ADOPTIONS and not row.version and not row.cells.get("versie", "").strip():
            day = f" van {show_date(row.day)}" if row.day else ""
            message = f"Bij de vaststelling{day} is de cel voor de versie leeg."
            yield _remark(row, message, "versie", row.words)


@check(
    "definitief-voor-vaststelling",
    Group.GESCHIEDENIS,
    Severity.WAARSCHUWING,
    why='"Definitief" heeft in de wet geen betekenis; het bestuur had de tekst nog niet vastgesteld.',
    tip='Schrijf "ingestemd", en na het besluit van het bestuur "vastgesteld".',
    source="WMS 10",
)
def final_before_adoption(dossier: Dossier) -> Iterator[Remark]:
    """Een versie heet definitief terwijl het bestuur nog niets had vastgesteld."""
    adopted = _adopted_on(dossier)
    for row in dossier.history:
        status = row.cells.get("status", "")
        if "definitie" not in status.lower() or row.day is None or (adopted and row.day >= adopted):
            continue
        when = (
            f"pas op {show_date(adopted)} vastgesteld"
            if adopted
            else "nergens als vastgesteld vermeld"
        )
        yield _remark(
            row, f"Op {show_date(row.day)} heet de tekst definitief; zij is {when}.", "status"
        )


@check(
    "auteur-is-gebeurtenis",
    Group.GESCHIEDENIS,
    Severity.WAARSCHUWING,
    why="Wie de tekst schreef, is zo niet bekend.",
    tip="Zet een gebeurtenis in de omschrijving, en in deze kolom wie schreef.",
)
def event_as_author(dossier: Dossier) -> Iterator[Remark]:
    """In de kolom met auteurs staat wat er gebeurde, en niet wie schreef."""
    for row in dossier.history:
        if _EVENT.search(row.cells.get("auteur", "")):
            yield _remark(row, "Dit is een gebeurtenis en geen auteur.", "auteur")


_PLACEHOLDER: Final = re.compile(
    r"\bNaam\b|<[^<>\n]{0,60}>|\[(?:naam|datum|versie|functie|school)[^\]\n]{0,40}\]|\b[Xx]{2,}\b|_{3,}|…{2,}|\.{4,}|\?\?+"
)


@check(
    "invulplek-in-tabel",
    Group.GESCHIEDENIS,
    Severity.WAARSCHUWING,
    why="Hier had een gegeven moeten staan.",
    tip="Vul het in, of haal het weg.",
)
def placeholder_in_row(dossier: Dossier) -> Iterator[Remark]:
    """In de tabel met versies staat nog een woord uit het voorbeeld, zoals Naam of < >."""
    for row in dossier.history:
        for name, cell in row.cells.items():
            if found := _PLACEHOLDER.search(cell):
                yield _remark(row, f'"{found[0]}" is een plek om in te vullen.', name)


@check(
    "datum-notaties",
    Group.GESCHIEDENIS,
    Severity.OPMERKING,
    why="Is 6-07 de zesde juli of de zevende juni? Bij één notatie hoeft niemand te raden.",
    tip="Kies één notatie, zoals 6 juli 2018 of 06-07-2018.",
)
def many_notations(dossier: Dossier) -> Iterator[Remark]:
    """In de tabel met versies staan data op verschillende manieren geschreven."""
    seen: dict[str, str] = {}
    first: Row | None = None
    for row in dossier.history:
        for cell in row.cells.values():
            for each in dates_in(cell):
                first = first or row
                seen.setdefault(each.notation, each.text)
    if first and len(seen) > 1:
        message = f"De tabel gebruikt {len(seen)} notaties: {listed(seen.values())}."
        yield _remark(first, message, "datum", ", ".join(seen.values()))


@check(
    "instemming-zonder-geleding",
    Group.GESCHIEDENIS,
    Severity.WAARSCHUWING,
    why='Ouders en personeel stemmen elk apart in; uit "de MR" blijkt niet of allebei dat deden.',
    tip="Zoek in de notulen welke geledingen instemden, en leg dat vast.",
    source="WMS 12, 13 en 14",
)
def consent_without_geleding(dossier: Dossier) -> Iterator[Remark]:
    """Bij een instemming staat niet welke geleding instemde."""
    for row in dossier.history:
        if any(told.kind == "instemming" and not told.geleding for told in row.told):
            yield _remark(
                row, "Hier staat alleen dat de raad instemde, niet welke geleding.", "omschrijving"
            )


@check(
    "bewijs-ontbreekt",
    Group.GESCHIEDENIS,
    Severity.OPMERKING,
    why="Zonder kenmerk of datum is de brief later niet terug te vinden.",
    tip="Zoek de brief of de notulen op en leg kenmerk en datum vast.",
)
def no_evidence(dossier: Dossier) -> Iterator[Remark]:
    """Bij een instemming staat geen kenmerk of datum van de brief of de notulen."""
    for row in dossier.history:
        if any(told.kind == "instemming" for told in row.told) and not _EVIDENCE.search(row.words):
            yield _remark(
                row,
                "Er staat geen kenmerk of datum van een brief of van notulen bij.",
                "omschrijving",
            )


@check(
    "bekendmaking-ontbreekt",
    Group.GESCHIEDENIS,
    Severity.OPMERKING,
    why="Wie aan het reglement wordt gehouden, moet het hebben kunnen lezen; sinds wanneer dat kon, staat er niet.",
    tip="Leg een volgende bekendmaking vast met: beleid bekendmaken.",
)
def never_published(dossier: Dossier) -> Iterator[Remark]:
    """De tabel noemt een vaststelling en geen bekendmaking."""
    rows = [row for row in dossier.history if any(each.kind == "vaststelling" for each in row.told)]
    published = any(_PUBLISHED.search(row.words) for row in dossier.history)
    if rows and not published and not (dossier.course and dossier.course.acts("bekendmaking")):
        yield _remark(
            rows[0],
            "Nergens staat wanneer en waar de tekst is bekendgemaakt.",
            "datum",
            rows[0].words,
        )


@check(
    "wijziging-onbeschreven",
    Group.GESCHIEDENIS,
    Severity.OPMERKING,
    why="Wat er tussen twee versies veranderde, is zo alleen te zien door de teksten te vergelijken.",
    tip="Schrijf in één zin wat er anders is geworden.",
)
def change_not_described(dossier: Dossier) -> Iterator[Remark]:
    """Bij een volgende versie staat niet wat er is veranderd."""
    rows = [row for row in dossier.history if row.table == VERSIONS]
    for row in rows[1:]:
        text = row.cells.get("omschrijving")
        if text is not None and not re.search(r"\w{3}", _PROCESS.sub(" ", text)):
            yield _remark(row, "De omschrijving zegt niet wat er is veranderd.", "omschrijving")
