"""Coverage as findings: what a framework asks of this kind of text and the text does not seem to have."""

from __future__ import annotations

from collections.abc import Iterator

from beleidsbeheer.domain.checks.coverage import Answer, Sort, pointed
from beleidsbeheer.domain.checks.frame import Dossier, Group, Remark, check
from beleidsbeheer.domain.model import Severity


def _missing(dossier: Dossier, sort: Sort) -> Iterator[Remark]:
    for _, rows in dossier.matrices:
        for row in rows:
            asked = row.requirement
            if asked.sort is sort and row.answer is Answer.NIET_GEVONDEN and not row.places:
                yield Remark(
                    0, f"Niet gevonden: {asked.what}", asked.what, asked.id, source=asked.basis
                )


@check(
    "avg-verklaring",
    Group.AVG,
    Severity.WAARSCHUWING,
    why="De wet noemt precies wat betrokkenen te horen krijgen; wat hier mist, mist straks op de website.",
    tip="Voeg het toe, of wijs in het kopblok de plaats aan onder [dekking.avg].",
    source="AVG 13 en 14",
)
def missing_in_statement(dossier: Dossier) -> Iterator[Remark]:
    """In wat de privacyverklaring moet noemen, is iets niet gevonden dat de wet vraagt."""
    yield from _missing(dossier, Sort.VERKLARING)


@check(
    "avg-reglement",
    Group.AVG,
    Severity.OPMERKING,
    why="De wet geldt ook als het reglement erover zwijgt, maar dan weet niemand wie wat doet.",
    tip="Voeg het toe, wijs in het kopblok de plaats aan onder [dekking.avg], of ga ermee akkoord met een reden.",
    source="AVG",
)
def missing_in_regulation(dossier: Dossier) -> Iterator[Remark]:
    """In het reglement is iets niet gevonden waar de wet over gaat."""
    yield from _missing(dossier, Sort.REGLEMENT)


@check(
    "avg-alleen-genoemd",
    Group.AVG,
    Severity.OPMERKING,
    why="De privacyverklaring belooft het, maar het reglement regelt het niet.",
    tip="Beoordeel het zelf. Regel het in een artikel, of wijs in het kopblok de plaats aan onder [dekking.avg].",
    source="AVG",
)
def only_promised(dossier: Dossier) -> Iterator[Remark]:
    """Iets wordt alleen genoemd in de opsomming van wat de privacyverklaring vermeldt."""
    for _, rows in dossier.matrices:
        for row in rows:
            asked = row.requirement
            if row.answer is Answer.HANDMATIG and row.places:
                yield Remark(
                    row.line,
                    f"Alleen genoemd in {row.places[0]}: {asked.what}",
                    asked.what,
                    source=asked.basis,
                )


@check(
    "avg-aanwijzing",
    Group.AVG,
    Severity.FOUT,
    why="De tekst zegt waar iets geregeld is, en daar staat niets.",
    tip='Noem een eis die bestaat, en een sleutel zoals "14.1.a"; kijk met: beleid controleer --dekking tekst',
)
def broken_pointer(dossier: Dossier) -> Iterator[Remark]:
    """Het kopblok wijst een eis of een artikel aan dat er niet is."""
    names = {framework.name for framework in dossier.frameworks}
    tables = dossier.document.front.extra.get("dekking", {})
    if not isinstance(tables, dict):
        yield Remark(1, "dekking in het kopblok is geen tabel zoals [dekking.avg].", "dekking")
        return
    for name in tables if dossier.frameworks else ():
        if name not in names:
            yield Remark(1, f"Een kader met de naam {name} is hier niet bekend.", name)
    for framework in dossier.frameworks:
        known = {each.id for each in framework.requirements}
        pointers = pointed(dossier.document, framework.name)
        table = tables.get(framework.name, {})
        for asked in table if isinstance(table, dict) else ():
            if asked not in known:
                yield Remark(1, f"{framework.name} kent geen eis {asked}.", asked, asked)
            elif asked not in pointers:
                yield Remark(
                    1, f"Bij {asked} staat geen sleutel of lijst van sleutels.", asked, asked
                )
            for key in pointers.get(asked, ()):
                if dossier.document.find(key) is None:
                    yield Remark(1, f'{asked} wijst naar "{key}", maar dat is er niet.', key, asked)
