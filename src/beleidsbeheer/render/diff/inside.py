"""The words that differ inside one pair of paragraphs, as the comparison of whole texts marks them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from beleidsbeheer.domain.changes import Op, OpKind, compare

_SENTINEL: Final = "x "  # in front of a paragraph's text, so that nothing in it reads as Markdown
_BREAK: Final = "\x0b"  # for a line break: white space, and no end of a line


def operations(old: str, new: str) -> list[Op]:
    """Runs of both, of the old one only and of the new one only; together they are both, exactly."""
    if old == new:
        return [Op(OpKind.GELIJK, old)] if old else []
    texts = [_SENTINEL + each.replace("\n", _BREAK).replace("\r", _BREAK) for each in (old, new)]
    found = compare(texts[0].encode("utf-8"), texts[1].encode("utf-8")).elements
    if len(found) == 1:
        first, *others = found[0].operations
        start = first.text.find(_SENTINEL)
        if first.kind is OpKind.GELIJK and start >= 0:
            first = first._replace(text=first.text[start + len(_SENTINEL) :])
            told = list(_restored([first, *others], old, new))
            if _without(told, OpKind.INGEVOEGD) == old and _without(told, OpKind.GESCHRAPT) == new:
                return told
    ops = (Op(OpKind.GESCHRAPT, old), Op(OpKind.INGEVOEGD, new))
    return [op for op in ops if op.text]


def _restored(ops: Iterable[Op], old: str, new: str) -> Iterable[Op]:
    """The same with the line breaks that the texts have; an equal run has those of the new one."""
    i = j = 0
    for op in ops:
        size = len(op.text)
        if not size:
            continue
        text = old[i : i + size] if op.kind is OpKind.GESCHRAPT else new[j : j + size]
        if op.kind is OpKind.GELIJK and old[i : i + size] != text:
            yield Op(OpKind.GESCHRAPT, old[i : i + size], op.nature)
            yield Op(OpKind.INGEVOEGD, text, op.nature)
        else:
            yield op._replace(text=text)
        i += size * (op.kind is not OpKind.INGEVOEGD)
        j += size * (op.kind is not OpKind.GESCHRAPT)


def _without(told: Iterable[Op], kind: OpKind) -> str:
    return "".join(op.text for op in told if op.kind is not kind)
