"""Two trees → the amendments between them: the smallest that read well, each tried on the spot.

Between two elements that stay lies a region: the blank lines, what goes and what comes. Cores and
regions together are the whole text, and each is amended, rendered and compared by itself; where
that fails, the element around it is replaced. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from beleidsbeheer.domain.amendment.clauses import NotOnce
from beleidsbeheer.domain.amendment.model import (
    MOST_MOVES,
    Amendment,
    Delete,
    Insert,
    Move,
    Replace,
    Side,
    Words,
)
from beleidsbeheer.domain.amendment.numbers import NOUNS, counted
from beleidsbeheer.domain.amendment.partners import Hint, Pairs, partners
from beleidsbeheer.domain.amendment.plan import Conflict, Plan
from beleidsbeheer.domain.amendment.renumber import gathered, renumbered
from beleidsbeheer.domain.amendment.tree import FRONT, HEAD, HEADING, ROOT, TEXT, Node, Tree
from beleidsbeheer.domain.amendment.wording import wording

Found = list[Amendment] | None

_SENTENCE: Final = 60
_BLOCK: Final = 100


class Draft:
    """The amendments that turn one text into another."""

    def __init__(self, old: Tree, new: Tree, hints: Sequence[Hint], moves: bool = True) -> None:
        self.old, self.new, self.hints, self.moves = old, new, hints, moves

    def amendments(self) -> list[Amendment]:
        """All of them; at worst one that replaces the whole text."""
        if self.old.text == self.new.text:
            return []
        found = self._element(self.old.root, self.new.root)
        return found or [Replace(self.old.root, self.new.text)]

    def _element(self, old: Node, new: Node) -> Found:
        """The cheapest way to turn one core into the other; None if nothing here has a name."""
        if old.core == new.core:
            return []
        whole: Found = [Replace(old, new.core)] if old.phrase else None
        fine = self._children(old, new)
        if fine is None and old.phrase and old.kind != FRONT:
            fine = self._words(old, new)
        if fine is None or (whole is not None and _cost(fine) > _cost(whole)):
            return whole
        return fine

    def _words(self, old: Node, new: Node) -> Found:
        """Words that are replaced, with the number of the element if it got another one."""
        skip, rest = old.start, new.core
        found: list[Amendment] = []
        if old.segment != new.segment and (number := renumbered(old, new)):
            skip, rest = number.nodes[0].mark[1], new.text[new.mark[1] : new.core_end]  # type: ignore[index]
            found.append(number)
        if old.core[skip - old.start :] != rest:
            clauses = wording(old.core, skip - old.start, rest)
            if clauses is None:
                return None
            found.insert(0, Words(old, clauses))
        return found if self._gives(found, old.start, old.core_end, new.core) else None

    def _gives(self, found: Iterable[Amendment], start: int, end: int, wanted: str) -> bool:
        try:
            return Plan(self.old.root, found).render(start, end) == wanted
        except (NotOnce, Conflict):
            return False

    # --- elements with others below them ---------------------------------------------------------

    def _children(self, old: Node, new: Node) -> Found:
        if not old.children or not new.children or old.kind != new.kind:
            return None
        hints = self.hints if old.kind == ROOT else []
        pairs, moved = partners(old.children, new.children, hints)
        moved = [(i, j) for i, j in moved if self.moves and old.children[i].kind == "artikel"]
        moved = [(i, j) for i, j in moved if old.children[i].phrase][:MOST_MOVES]
        found = _Container(self, old, new, pairs, moved).amendments()
        if found is None or not self._gives(found, old.start, old.core_end, new.core):
            return None
        return found


class _Container:
    """One element with others below it, in both texts."""

    def __init__(self, draft: Draft, old: Node, new: Node, pairs: Pairs, moved: Pairs) -> None:
        self.draft, self.old, self.new = draft, old, new
        self.pairs = list(pairs)
        self.moved = {j: i for i, j in moved}
        self.own: list[list[Amendment]] = []  # of each pair
        self.inside: dict[int, list[Amendment]] = {}  # of each artikel that moves
        self.failed: set[int] = set()  # moves that do not give the text

    def amendments(self) -> Found:
        """In the order of the text; None if they cannot be made here."""
        owns = []
        for i, j in self.pairs:
            found = self._pair(self.old.children[i], self.new.children[j])
            if found is None:
                return None
            owns.append(found)
        for j, i in [*self.moved.items()]:
            self.inside[i] = self._pair(self.old.children[i], self.new.children[j]) or []
            if any(isinstance(a, Replace) and a.node.parent is self.old for a in self.inside[i]):
                del self.moved[j]  # it would come back as another text anyway
        while True:
            self.own = list(owns)
            self.failed.clear()
            regions = [self._region(n) for n in range(len(self.pairs) + 1)]
            if not self.failed:
                break
            self.moved = {j: i for j, i in self.moved.items() if j not in self.failed}
        mixed: list[Amendment] = []
        for n, region in enumerate(regions):
            if region is None:
                return None
            mixed += region
            if n < len(self.own):
                mixed += self.own[n]
        return gathered(self._numbers() + mixed, self.old)

    def _numbers(self) -> list[Amendment]:
        """A new number for this element itself stands in its head."""
        if self.old.kind == ROOT or self.old.segment == self.new.segment:
            return []
        if any(isinstance(a, Replace) and a.node is self.old.children[0] for a in self.own[0]):
            return []
        number = renumbered(self.old, self.new)
        return [number] if number else []

    def _pair(self, old: Node, new: Node) -> Found:
        is_head = old.kind in (HEAD, HEADING) and old is self.old.children[0]
        renames = self.old.kind != ROOT and self.old.segment != self.new.segment
        if not (is_head and renames and new is self.new.children[0]):
            return self.draft._element(old, new)
        whole: Found = [Replace(old, new.core)] if old.phrase else None
        if not renumbered(self.old, self.new) or not self.old.mark or not self.new.mark:
            return whole
        skip = self.old.mark[1] - old.start
        rest = self.new.text[self.new.mark[1] : new.core_end]
        if old.core[skip:] == rest:
            return []
        clauses = wording(old.core, skip, rest) if old.phrase else None
        return whole if clauses is None else [Words(old, clauses)]

    # --- between them ----------------------------------------------------------------------------

    def _region(self, n: int) -> Found:
        """What goes and comes between two pairs, or nothing."""
        before = self.pairs[n - 1] if n else (-1, -1)
        behind = (
            self.pairs[n]
            if n < len(self.pairs)
            else (len(self.old.children), len(self.new.children))
        )
        gone = self.old.children[before[0] + 1 : behind[0]]
        targets = {i: j for j, i in self.moved.items()}
        leaving = [i for i in range(before[0] + 1, behind[0]) if i in targets]
        come = range(before[1] + 1, behind[1])
        start, end = self._bounds(self.old, before[0], behind[0])
        first, last = self._bounds(self.new, before[1], behind[1])
        wanted = self.new.text[first:last]
        if not gone and self.old.text[start:end] == wanted:
            return []
        anchors = self._anchors(before[0], behind[0])
        if gone:  # what is added at the end would stand between
            anchors.sort(key=lambda anchor: anchor[1] is Side.AAN)
        stays = [n for i, n in enumerate(gone, start=before[0] + 1) if i not in targets]
        leaves = [self.old.children[i] for i in leaving]
        if all(node.phrase for node in gone):
            for inserted in self._insertions(come, anchors, first, last):
                for exact in (False, True) if stays else (False,):
                    found: list[Amendment] = [Delete(node, exact) for node in stays]
                    if self._tried(found + inserted, leaves, start, end, wanted):
                        return found + inserted
        if failed := {targets[i] for i in leaving} | {j for j in come if j in self.moved}:
            self.failed |= failed
            return None
        return self._coarse(n, stays, first, last)

    def _tried(
        self, found: list[Amendment], leaving: Sequence[Node], start: int, end: int, wanted: str
    ) -> bool:
        """Whether these give the region; what leaves for elsewhere only goes."""
        gone = [Delete(node) for node in leaving]
        return self.draft._gives([*found, *gone], start, end, wanted)

    def _bounds(self, parent: Node, before: int, behind: int) -> tuple[int, int]:
        children = parent.children
        start = children[before].core_end if before >= 0 else parent.start
        end = children[behind].start if behind < len(children) else parent.core_end
        return start, end

    def _anchors(self, before: int, behind: int) -> list[tuple[Node, Side]]:
        found = []
        if before >= 0 and self.old.children[before].phrase:
            found.append((self.old.children[before], Side.NA))
        if behind < len(self.old.children) and self.old.children[behind].phrase:
            found.append((self.old.children[behind], Side.VOOR))
        elif behind == len(self.old.children) and self.old.kind != ROOT and self.old.phrase:
            found.insert(0, (self.old, Side.AAN))
        found.sort(key=lambda item: item[0].kind in (HEADING, HEAD, FRONT))
        return found

    def _insertions(
        self, come: range, anchors: Sequence[tuple[Node, Side]], first: int, last: int
    ) -> Iterator[list[Amendment]]:
        """Ways to bring in what comes."""
        if not come:
            yield []
            return
        groups: list[list[int]] = []
        for j in come:
            if groups and j not in self.moved and groups[-1][-1] not in self.moved:
                groups[-1].append(j)
            else:
                groups.append([j])
        nodes = self.new.children
        for anchor, side in anchors:
            found: list[Amendment] = []
            for group in groups:
                if group[0] in self.moved:
                    i = self.moved[group[0]]
                    found += self.inside[i]
                    found.append(Move(self.old.children[i], anchor, side))
                    continue
                text = self.new.text[nodes[group[0]].start : nodes[group[-1]].core_end]
                found.append(Insert(anchor, side, _what([nodes[j] for j in group]), text))
            yield found
        if len(groups) > 1 or come[0] in self.moved:
            return
        what = _what([nodes[j] for j in come])
        for anchor, side in anchors:
            a = nodes[come[0]].start if side is Side.VOOR else first
            b = last if side is Side.VOOR else nodes[come[-1]].core_end
            yield [Insert(anchor, side, what, self.new.text[a:b], exact=True)]

    def _coarse(self, n: int, gone: Sequence[Node], first: int, last: int) -> Found:
        """Replace a neighbour together with all that comes next to it."""
        found: list[Amendment] = [Delete(node, exact=True) for node in gone]
        if not all(node.phrase for node in gone):
            return None
        if n and (node := self.old.children[self.pairs[n - 1][0]]).phrase:
            start = self.new.children[self.pairs[n - 1][1]].start
            self.own[n - 1] = [Replace(node, self.new.text[start:last], exact=True)]
            return found
        if n < len(self.pairs) and (node := self.old.children[self.pairs[n][0]]).phrase:
            end = self.new.children[self.pairs[n][1]].core_end
            self.own[n] = [Replace(node, self.new.text[first:end])]
            return found
        return None


def _what(nodes: Sequence[Node]) -> str:
    """een artikel, twee leden, tekst."""
    for node in nodes:
        if node.kind == HEADING:
            return counted("hoofdstuk", sum(each.kind == HEADING for each in nodes))
        if node.kind in NOUNS:
            return counted(node.kind, sum(each.kind == node.kind for each in nodes))
    return TEXT


def _cost(amendments: Iterable[Amendment]) -> int:
    """How much there is to read."""
    cost = 0
    for amendment in amendments:
        match amendment:
            case Words(_, clauses):
                cost += _SENTENCE + sum(len(c.quote) + len(c.text) for c in clauses)
            case Replace(_, text, _) | Insert(_, _, _, text):
                cost += _BLOCK + len(text)
            case _:
                cost += _SENTENCE
    return cost
