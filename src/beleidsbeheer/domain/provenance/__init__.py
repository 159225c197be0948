"""Since which version the words of a regulation stand as they stand: by artikel, lid and onderdeel.

    found = provenance([("0.1", old), ("0.2", None), ("0.3", new)])
    found.find("14.1.b").since                  # "0.3"
    "".join(run.text for run in found.runs())   # the newest text, exactly

The texts are compared one after the other. A word that both have keeps the version it had, also where
its artikel or lid moved or got another number; all other words get the version they came in. White
space, Markdown marks and numbers of leden count as no words. Words that were struck leave nothing to
label, yet what is left reads otherwise: so each part remembers when it last lost words. Pure.
"""

from beleidsbeheer.domain.provenance.chain import Chain, chain_of, text_of, uncertain
from beleidsbeheer.domain.provenance.model import Former, Part, Provenance, Run
from beleidsbeheer.domain.provenance.text import FRONT, TOP
from beleidsbeheer.domain.provenance.trail import provenance

__all__ = [
    "FRONT",
    "TOP",
    "Chain",
    "Former",
    "Part",
    "Provenance",
    "Run",
    "chain_of",
    "provenance",
    "text_of",
    "uncertain",
]
