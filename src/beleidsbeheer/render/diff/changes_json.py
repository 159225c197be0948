"""What changed between two texts, in the documented shape ``beleidsbeheer.verschil/1``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from beleidsbeheer.domain.changes import Change, ChangeKind, Nature, Op, OpKind, parts
from beleidsbeheer.domain.entry import digest_of
from beleidsbeheer.render.diff.pair import Pair

SCHEMA = "beleidsbeheer.verschil/1"


def changes_json(pair: Pair, old_path: str, new_path: str) -> dict[str, Any]:
    """All that changed; the paths say where the two texts were read."""
    changes = pair.changes
    return {
        "schema": SCHEMA,
        "titel": pair.title,
        "oud": _text(pair.old_label, old_path, changes.old),
        "nieuw": _text(pair.new_label, new_path, changes.new),
        "telling": _counts(changes.elements),
        "grof": changes.coarse,
        "elementen": [_element(change) for change in changes.elements],
    }


def _text(label: str, path: str, data: bytes) -> dict[str, Any]:
    return {"label": label, "pad": path, "sha256": digest_of(data)}


def _counts(elements: tuple[Change, ...]) -> dict[str, int]:
    counts = {kind.value: sum(kind in each.kinds for each in elements) for kind in ChangeKind}
    return {"elementen": len(elements), **counts}


def _element(change: Change) -> dict[str, Any]:
    return {
        "soort": _words(change.kinds),
        "oud_sleutel": change.old_key or None,
        "nieuw_sleutel": change.new_key or None,
        "oud_kop": change.old_heading or None,
        "nieuw_kop": change.new_heading or None,
        "oud_regels": _lines(change.old_lines),
        "nieuw_regels": _lines(change.new_lines),
        "woorden": {"geschrapt": change.struck_words, "ingevoegd": change.inserted_words},
        "onderdelen": [
            {
                "soort": _words(part.kinds),
                "oud_sleutel": part.old_key or None,
                "nieuw_sleutel": part.new_key or None,
            }
            for part in parts(change)
        ],
        "stukken": [
            {"soort": op.kind.value, "aard": op.nature.value, "tekst": op.text}
            for op in exact(change)
        ],
    }


def _words(kinds: Iterable[ChangeKind]) -> list[str]:
    return [kind.value for kind in ChangeKind if kind in kinds]


def _lines(lines: range) -> list[int] | None:
    return [lines[0], lines[-1]] if lines else None


def exact(change: Change) -> list[Op]:
    """The runs of an element without the line feed that stands in front of a text and is not in it."""
    operations = list(change.operations)
    for side, span in ((OpKind.GESCHRAPT, change.old_span), (OpKind.INGEVOEGD, change.new_span)):
        if span[0] == 0 and span[1] > 0:
            operations = list(_without_first(operations, side))
    return operations


def _without_first(operations: list[Op], side: OpKind) -> Iterable[Op]:
    """The same without the first character of one of both texts."""
    other = OpKind.INGEVOEGD if side is OpKind.GESCHRAPT else OpKind.GESCHRAPT
    done = False
    for op in operations:
        if done or op.kind is other:
            yield op
            continue
        done = True
        if op.kind is OpKind.GELIJK:
            yield Op(other, op.text[0], Nature.WITRUIMTE)
        if op.text[1:]:
            yield op._replace(text=op.text[1:])
