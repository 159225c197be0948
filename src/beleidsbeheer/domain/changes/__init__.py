"""What changed between two texts of a regulation: artikel by artikel, word by word, every byte.

    changes = compare(old, new)
    print([(change.kind, change.old_key, change.new_key) for change in changes.elements])
    assert changes.rebuild_new() == new

``engine`` has the steps, ``model`` what comes out.
"""

from beleidsbeheer.domain.changes.engine import compare
from beleidsbeheer.domain.changes.model import Change, ChangeKind, Changes, Nature, Op, OpKind
from beleidsbeheer.domain.changes.parts import PartChange, origins, parts

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
]
