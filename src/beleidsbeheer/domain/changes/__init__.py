"""What changed between two texts of a regulation: artikel by artikel, word by word, every byte.

    changes = compare(old, new)
    print("\\n".join(summary(changes)))  # 3 artikelen gewijzigd, 1 nieuw, 1 verplaatst …
    assert changes.rebuild_new() == new

``engine`` has the steps, ``model`` what comes out.
"""

from beleidsbeheer.domain.changes.engine import compare
from beleidsbeheer.domain.changes.model import Change, ChangeKind, Changes, Nature, Op, OpKind
from beleidsbeheer.domain.changes.parts import PartChange, origins, parts
from beleidsbeheer.domain.changes.tell import summary

__all__ = [
    "Change",
    "ChangeKind",
    "Changes",
    "Nature",
    "Op",
    "OpKind",
    "PartChange",
    "compare",
    "origins",
    "parts",
    "summary",
]
