"""An amending decision in words, and the text that comes of it.

    text = decision(old, new, "Wijziging van het privacyreglement")
    assert apply(text, old) == new

``tree`` names the elements of a text, ``draft`` finds what is amended, ``phrases`` and
``sentences`` write and read Dutch, ``plan`` carries it out. docs/besluit.md tells writers.
"""

from beleidsbeheer.domain.amendment.engine import apply, decision
from beleidsbeheer.domain.amendment.model import AmendmentError

__all__ = ["AmendmentError", "apply", "decision"]
