"""A place → the words for it: as the Aanwijzingen voor de regelgeving want it, or as schools write. Pure."""

from __future__ import annotations

from typing import Final

from beleidsbeheer.domain.numerals import ordinal
from beleidsbeheer.domain.references.laws import Laws, known_laws
from beleidsbeheer.domain.references.model import NEUTER, Place, Step, Unit, Which

_ORDINAL: Final = (Unit.LID, Unit.ALINEA, Unit.VOLZIN, Unit.STREEPJE)


def ar_form(place: Place, laws: Laws | None = None) -> str:
    """ "artikel 5, tweede lid, onder b, van de Archiefwet 1995" (AR 3.27 and 3.29)."""
    words = ", ".join(_step(step, spelled=True) for step in place.steps)
    if not place.law:
        return words
    name = (laws or known_laws()).phrase(place.law)
    if not words:
        return name
    return f"{words}{',' * (', ' in words)} van {name}"


def school_form(place: Place, laws: Laws | None = None) -> str:
    """ "artikel 5 lid 2 onder b Archiefwet"; the law by its short name."""
    words = " ".join(_step(step, spelled=False) for step in place.steps)
    if not place.law:
        return words
    if (laws or known_laws()).get(place.law) is not None:
        return f"{words} {place.law}".strip()
    name = (laws or known_laws()).phrase(place.law)
    return f"{words} van {name}" if words else name


def spoken(key: str) -> str:
    """A key in plain words: ``14.1.b`` → "artikel 14 lid 1 onder b"; ``hoofdstuk-2`` → "hoofdstuk 2"."""
    first, *parts = key.split(".")
    unit, dash, mark = first.partition("-")
    words = [f"{unit} {mark}" if dash and unit in set(Unit) else f"artikel {first}"]
    for place, part in enumerate(parts):
        words.append(f"lid {part}" if part.isdigit() and not place else f"onder {part}")
    return " ".join(words)


def _step(step: Step, spelled: bool) -> str:
    unit, mark = step.unit, step.mark
    if isinstance(mark, Which):
        return _pointed(unit, mark)
    if unit in _ORDINAL and mark.isdigit() and (spelled or unit is not Unit.LID):
        return f"{ordinal(int(mark))} {unit}"
    if unit is Unit.ONDERDEEL or unit is Unit.SUBONDERDEEL:
        return f"onder {mark}"
    return f"{unit} {mark}"


def _pointed(unit: Unit, which: Which) -> str:
    this, that = ("dit", "dat") if unit in NEUTER else ("deze", "die")
    words = {Which.THIS: this, Which.THAT: that}
    return f"{words.get(which, which)} {unit}"
