"""References: broken ones, those that renumbering silently turned, documents named, and how they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from beleidsbeheer.domain.checks.frame import MINISTRIES, Dossier, Group, Remark, check
from beleidsbeheer.domain.model import Severity
from beleidsbeheer.domain.references.documents import Matched, Standing
from beleidsbeheer.domain.references.laws import known_laws
from beleidsbeheer.domain.references.model import Place, Reference, Style, Unit
from beleidsbeheer.domain.references.phrases import ar_form, spoken
from beleidsbeheer.domain.references.resolve import Hit, Link, Status
from beleidsbeheer.domain.terms import show_date

_FORM: Final = "Aanwijzingen voor de regelgeving 3.27 en 3.29"
_TOLD: Final = re.compile(  # behind the name of a document: where it is to be found
    rb"[^.;\r\n]{0,150}\b(?:website|intranet|te vinden|in te zien|ter inzage|op te vragen|opvraagbaar|bijlage"
    rb"|https?:|www)"
)
_LARGE: Final = (Unit.HOOFDSTUK, Unit.AFDELING, Unit.PARAGRAAF)


@check(
    "verwijzing-stuk",
    Group.VERWIJZINGEN,
    Severity.FOUT,
    why="De lezer zoekt een bepaling die er niet is, en niemand weet welke wordt bedoeld.",
    tip="Noem het artikel, het lid of het onderdeel dat u bedoelt.",
)
def broken_reference(dossier: Dossier) -> Iterator[Remark]:
    """Een verwijzing noemt een artikel, lid of onderdeel dat niet in de tekst staat."""
    for link, hit in _hits(dossier, Status.ONTBREEKT):
        if _unit(hit) not in (*_LARGE, Unit.BIJLAGE):
            what = spoken(hit.key) if hit.key else ar_form(hit.target.place)
            tip = f"Bedoelt u {spoken(hit.near)}?" if hit.near else ""
            yield _remark(link, f"{_capital(what)} staat niet in deze tekst.", tip)


@check(
    "verwijzing-indeling",
    Group.VERWIJZINGEN,
    Severity.WAARSCHUWING,
    why="De lezer zoekt een deel van de tekst dat er niet is.",
    tip="Noem het deel zoals het in de kop staat, of noem de artikelen.",
)
def broken_division(dossier: Dossier) -> Iterator[Remark]:
    """Een verwijzing noemt een hoofdstuk, afdeling of paragraaf waarvan geen kop in de tekst staat."""
    for link, hit in _hits(dossier, Status.ONTBREEKT):
        if _unit(hit) in _LARGE:
            yield _remark(link, f"Er is geen kop {ar_form(hit.target.place)} in deze tekst.")


@check(
    "bijlage-elders",
    Group.VERWIJZINGEN,
    Severity.OPMERKING,
    why="Wie het reglement leest of ondertekent, heeft de bijlage er niet bij.",
    tip="Voeg de bijlage toe onder een kop, of zeg waar zij te vinden is.",
)
def annex_elsewhere(dossier: Dossier) -> Iterator[Remark]:
    """Een bijlage die wordt genoemd, staat niet in deze tekst."""
    seen = set()
    for link, hit in _hits(dossier, Status.ONTBREEKT):
        if _unit(hit) is Unit.BIJLAGE and hit.key not in seen:
            seen.add(hit.key)
            yield _remark(link, f"{_capital(ar_form(hit.target.place))} staat niet in deze tekst.")


@check(
    "verwijzing-onvolledig",
    Group.VERWIJZINGEN,
    Severity.OPMERKING,
    why="De lezer moet raden in welk lid het onderdeel staat.",
    tip="Noem ook het lid.",
    source=_FORM,
)
def incomplete_reference(dossier: Dossier) -> Iterator[Remark]:
    """Een verwijzing noemt een onderdeel zonder het lid waarin het staat."""
    for link, hit in _hits(dossier, Status.ONVOLLEDIG):
        what = f"Waarschijnlijk is {spoken(hit.key)} bedoeld." if hit.key else ""
        message = f"Deze verwijzing laat een tussenstap weg. {what}".strip()
        yield _remark(link, message, f"Schrijf: {spoken(hit.key)}." if hit.key else "")


@check(
    "verwijzing-verschoven",
    Group.VERWIJZINGEN,
    Severity.WAARSCHUWING,
    why="De verwijzing klopt op het oog nog steeds, maar wijst na de wijziging iets anders aan.",
    tip="Pas de verwijzing aan, of voeg in zonder te verletteren of te vernummeren.",
    source="Aanwijzingen voor de regelgeving 6.16",
)
def silently_broken(dossier: Dossier) -> Iterator[Remark]:
    """Een verwijzing is niet meegegaan met een artikel, lid of onderdeel dat een ander nummer kreeg."""
    before = dossier.in_force_label or "de geldende tekst"
    for each in dossier.drifts:
        was = spoken(each.hit.key)
        if each.moved_to:
            message = f"Wat in {before} {was} was, is nu {spoken(each.moved_to)}."
            yield _remark(each.link, message, f"Schrijf: {spoken(each.moved_to)}.")
        else:
            message = f"Wat in {before} {was} was, is vervallen; er staat nu iets anders."
            yield _remark(each.link, message, "Kijk of de verwijzing nog nodig is.")


@check(
    "wet-vervallen",
    Group.VERWIJZINGEN,
    Severity.OPMERKING,
    why="Wie de bepaling wil nalezen, vindt die niet meer in de geldende wet.",
    tip="Noem de wet die nu geldt, tenzij het over vroeger gaat.",
)
def lapsed_law(dossier: Dossier) -> Iterator[Remark]:
    """Een verwijzing noemt een wet die niet meer geldt."""
    seen = set()
    for link in dossier.links:
        law = known_laws().get(link.hits[0].target.place.law) if link.hits else None
        if law and law.until and law.until <= dossier.today and law.name not in seen:
            seen.add(law.name)
            message = f"De {law.name} geldt niet meer sinds {show_date(law.until)}."
            yield _remark(link, message)


@check(
    "stuk-niet-in-register",
    Group.VERWIJZINGEN,
    Severity.OPMERKING,
    why="Niemand kan nagaan welke versie van dat stuk is bedoeld.",
    tip="Neem het stuk op in het register, of zeg waar het te vinden is.",
)
def document_unknown(dossier: Dossier) -> Iterator[Remark]:
    """De tekst noemt een ander stuk dat niet in het register staat, en zegt niet waar het te vinden is."""
    if dossier.policy is None and not dossier.others:
        return
    source = dossier.document.source
    told = {each.document.name for each in dossier.named if _TOLD.match(source, each.document.end)}
    for each in _first_of_each(dossier, Standing.ONBEKEND):
        if each.document.name in told:
            continue
        message = f"Dit register kent geen {each.document.name}."
        yield Remark(each.document.line, message, quote=each.document.quote)


@check(
    "stuk-niet-geldend",
    Group.VERWIJZINGEN,
    Severity.WAARSCHUWING,
    why="Het reglement steunt op een stuk dat niet geldt.",
    tip="Stel dat stuk vast, of haal de verwijzing weg.",
)
def document_not_in_force(dossier: Dossier) -> Iterator[Remark]:
    """De tekst noemt een ander stuk waarvan het register geen geldende versie heeft."""
    for each in _first_of_each(dossier, Standing.NIET_GELDEND):
        message = f"Van {each.slug} geldt op dit moment geen versie."
        yield Remark(each.document.line, message, quote=each.document.quote)


@check(
    "verwijzing-stijl",
    Group.VERWIJZINGEN,
    Severity.OPMERKING,
    why="Eén manier van verwijzen leest rustiger en voorkomt misverstand.",
    tip="Kies één manier voor het hele reglement.",
)
def mixed_style(dossier: Dossier) -> Iterator[Remark]:
    """De tekst verwijst op twee manieren: "artikel 5 lid 2 onder b" en "artikel 5, tweede lid, onder b"."""
    school = [link for link in _own(dossier) if link.reference.style is Style.SCHOOL]
    official = [link for link in _own(dossier) if link.reference.style in (Style.AR, Style.LOOSE)]
    if school and official:
        few, many = sorted((school, official), key=len)
        message = (
            f"Zo staat het hier {_times(len(few))}; elders in de tekst {_times(len(many))} anders."
        )
        other = f'Elders staat bijvoorbeeld: "{many[0].reference.quote}".'
        yield _remark(few[0], message, f"Kies één manier. {other}")


@check(
    "verwijzing-ar-vorm",
    Group.VERWIJZINGEN,
    Severity.WAARSCHUWING,
    why="In regelgeving van het Rijk heeft een verwijzing één vaste vorm.",
    tip="Schrijf zoals: artikel 5, tweede lid, onder b.",
    source=_FORM,
    profiles=MINISTRIES,
)
def official_form(dossier: Dossier) -> Iterator[Remark]:
    """Een verwijzing heeft niet de vorm van de Aanwijzingen voor de regelgeving."""
    for link in dossier.links:
        reference = link.reference
        if reference.style in (Style.SCHOOL, Style.LOOSE):
            form = _single_form(reference)
            tip = f"Schrijf: {form}." if form else ""
            yield _remark(link, "De Aanwijzingen schrijven dit anders.", tip)


def _hits(dossier: Dossier, status: Status) -> Iterator[tuple[Link, Hit]]:
    """For each reference the first hit that has this status: the quote is the same for all."""
    for link in dossier.links:
        hit = next((hit for hit in link.hits if hit.status is status), None)
        if hit is not None:
            yield link, hit


def _own(dossier: Dossier) -> Iterator[Link]:
    """The references to this text itself."""
    return (link for link in dossier.links if not any(hit.target.place.law for hit in link.hits))


def _first_of_each(dossier: Dossier, standing: Standing) -> Iterator[Matched]:
    seen = set()
    for each in dossier.named:
        if each.standing is standing and each.document.name not in seen:
            seen.add(each.document.name)
            yield each


def _unit(hit: Hit) -> Unit:
    return hit.target.place.steps[-1].unit


def _single_form(reference: Reference) -> str:
    """The official form of a reference to one place; "" for an enumeration."""
    places: list[Place] = [target.place for target in reference.targets]
    return ar_form(places[0]) if len(places) == 1 else ""


def _remark(link: Link, message: str, tip: str = "") -> Remark:
    reference = link.reference
    return Remark(reference.line, message, quote=reference.quote, tip=tip)


def _times(count: int) -> str:
    return "één keer" if count == 1 else f"{count} keer"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
