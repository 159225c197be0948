"""What a person means by "AVG 33", "artikel 12 lid 1 WMS" or "klachtenregeling": a law, a place in it, or a document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from beleidsbeheer.domain.references.documents import usual
from beleidsbeheer.domain.references.laws import known_laws
from beleidsbeheer.domain.references.scan import references
from beleidsbeheer.errors import WrongUse

_KEY: Final = re.compile(r"[0-9]{1,6}[a-z]{0,2}(?:[.:][0-9a-z]{1,6}°?){0,4}", re.I)


@dataclass(frozen=True, slots=True)
class Aim:
    """A law and a key in it ("" for the law as a whole), or the plain name of a document."""

    law: str = ""
    key: str = ""
    document: str = ""

    @property
    def told(self) -> str:
        return f"{self.law} {self.key}".strip() or self.document


def read_aim(text: str) -> Aim:
    """Raises WrongUse when there is nothing in it, or more than one law."""
    words = " ".join(text.split())
    if not any(character.isalnum() for character in words):
        raise WrongUse(
            "Waarnaar verwezen moet worden, ontbreekt.",
            hint='Bijvoorbeeld: --verwijst-naar "AVG 33", of --verwijst-naar klachtenregeling',
        )
    law = known_laws().named(words, 0)
    if law is not None and " " not in words and known_laws().get(law.short) is None:
        return Aim(document=usual(words))  # "Klachtenregeling": no list of laws has it
    if law is not None:
        rest = words[law.end :].strip(" ,;:.")
        if not rest or _KEY.fullmatch(rest):
            return Aim(law.short, rest.lower())
        words = f"{rest} van de {words[: law.end]}"
    places = {
        (target.place.law, target.place.key)
        for reference in references(words)
        for target in reference.targets
        if target.place.law
    }
    if len(places) > 1:
        raise WrongUse(
            f"“{text}” noemt meer dan één plaats in een wet.",
            hint='Vraag er een tegelijk, bijvoorbeeld: --verwijst-naar "AVG 33"',
        )
    if places and (law is None or any(key for _, key in places)):
        return Aim(*places.pop())
    if law is not None:
        raise WrongUse(
            f"“{text}” begint met een wet, maar wat erachter staat is geen artikel.",
            hint=f'Bijvoorbeeld: --verwijst-naar "{law.short} 33", of "artikel 33 lid 1 {law.short}"',
        )
    return Aim(document=usual(words))
