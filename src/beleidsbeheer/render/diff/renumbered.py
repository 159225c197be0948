"""What got another number or another place, as people cite it: "artikel 14 lid 1 onder b is nu onder c"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from beleidsbeheer.domain.changes import Change, ChangeKind, Changes, parts

K = ChangeKind


def renumbered(changes: Changes, most: int | None = None) -> list[str]:
    """A phrase for each part, and one for articles in a row; ``most`` of them, and then how many are left."""
    told = [*_articles(changes), *_parts(changes)]
    if most is not None and len(told) > most + 1:
        left = len(told) - most
        told[most:] = [f"en nog {left} onderdelen kregen een andere plaats of nummer"]
    return told


def cite(key: str) -> str:
    """``14.1.b`` as people cite it: "artikel 14 lid 1 onder b"."""
    article, *rest = key.split(".")
    return " ".join([f"artikel {article}", *(_step(part) for part in rest)])


def _step(part: str) -> str:
    if re.fullmatch(r"\d+[a-z]{0,2}(~\d+)?", part):
        return f"lid {part}"
    if re.fullmatch(r"[a-z]{1,5}(~\d+)?|\d+°(~\d+)?", part) and len(part) < 4:
        return f"onder {part}"
    return f"“{part}”"


def _short(old: str, new: str) -> str:
    """What differs in the new key, as far as it is needed: "onder c", "lid 3 onder c"."""
    before, after = old.split("."), new.split(".")
    if before[0] != after[0]:
        return cite(new)
    while len(after) > 1 and before and before[0] == after[0]:
        before, after = before[1:], after[1:]
    return " ".join(_step(part) for part in after)


def _parts(changes: Changes) -> Iterator[str]:
    for change in changes.elements:
        for part in parts(change):
            if part.kinds & {K.VERNUMMERD, K.VERPLAATST}:
                yield f"{cite(part.old_key)} is nu {_short(part.old_key, part.new_key)}"


# --- articles ----------------------------------------------------------------------------------------


class _Renumbered(NamedTuple):
    old: str
    new: str

    def follows(self, other: _Renumbered) -> bool:
        """Whether this is the next article, in the old text and in the new one."""
        pairs = ((other.old, self.old), (other.new, self.new))
        return all(a.isdigit() and b.isdigit() and int(b) == int(a) + 1 for a, b in pairs)


def _articles(changes: Changes) -> Iterator[str]:
    for row in _in_rows([found for change in changes.elements if (found := _article(change))]):
        first, last = row[0], row[-1]
        if first is last:
            yield f"{cite(first.old)} is nu {cite(first.new)}"
        else:
            old, new = _span(first.old, last.old), _span(first.new, last.new)
            yield f"de artikelen {old} zijn nu de artikelen {new}"


def _article(change: Change) -> _Renumbered | None:
    """An article with another number, if that is all that happened to its place."""
    keys = change.old_key, change.new_key
    named = all(key and not key.startswith("hoofdstuk-") for key in keys)
    moved = change.kinds & {K.VERNUMMERD, K.GESPLITST, K.SAMENGEVOEGD} == {K.VERNUMMERD}
    return _Renumbered(*keys) if named and moved and keys[0] != keys[1] else None


def _in_rows(found: Sequence[_Renumbered]) -> Iterator[list[_Renumbered]]:
    row: list[_Renumbered] = []
    for each in found:
        if row and not each.follows(row[-1]):
            yield row
            row = []
        row.append(each)
    if row:
        yield row


def _span(first: str, last: str) -> str:
    return f"{first} {'en' if int(last) == int(first) + 1 else 'tot en met'} {last}"
