"""``decision`` writes what changed between two texts; ``apply`` makes the new text of it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Final

from beleidsbeheer.domain.amendment import paper
from beleidsbeheer.domain.amendment.clauses import NotOnce
from beleidsbeheer.domain.amendment.draft import Draft
from beleidsbeheer.domain.amendment.model import Amendment, AmendmentError, Replace, Words
from beleidsbeheer.domain.amendment.partners import Hint
from beleidsbeheer.domain.amendment.plan import Conflict, Plan
from beleidsbeheer.domain.amendment.tree import Tree
from beleidsbeheer.domain.changes import ChangeKind, compare
from beleidsbeheer.domain.document import check_text
from beleidsbeheer.errors import DocumentError

_TITLE: Final = "Besluit tot wijziging van het reglement"
_MOST_SOUGHT: Final = 1_000_000_000  # characters looked through for quoted words


def decision(
    old: bytes, new: bytes, title: str = "", *, old_path: str = "oud", new_path: str = "nieuw"
) -> str:
    """The amending decision as Markdown, such that ``apply`` gives the new text exactly.

    Raises DocumentError for bytes that are no text; any two texts have a decision.
    """
    check_text(old, old_path)
    check_text(new, new_path)
    before, after = sha256(old).hexdigest(), sha256(new).hexdigest()
    heading = " ".join(title.split()) or _TITLE
    tree, other = Tree(old), Tree(new)
    hints = _hints(old, new, tree, other)
    for moves in (True, False):
        found = Draft(tree, other, hints, moves).amendments()
        text = paper.written(heading, before, after, found)
        try:
            if _applied(text, old, tree, "besluit") == new:
                return text
        except AmendmentError:
            continue
    whole = [Replace(tree.root, other.text)]
    return paper.written(heading, before, after, whole)


def apply(
    decision_text: str | bytes,
    old: bytes,
    *,
    decision_path: str = "besluit",
    old_path: str = "oud",
) -> bytes:
    """The new text: the old one as this decision amends it.

    Raises AmendmentError, with the line, for a decision that cannot be read, that is about another
    text, or that gives another text than it says; DocumentError for bytes that are no text.
    """
    text = (
        decision_text if isinstance(decision_text, str) else _decoded(decision_text, decision_path)
    )
    check_text(old, old_path)
    return _applied(text, old, None, decision_path, old_path)


def _decoded(data: bytes, path: str) -> str:
    try:
        return data.decode(
            "utf-8-sig"
        )  # Notepad puts a mark in front; the digests are of the texts
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise AmendmentError(
            f"{path}:{line}: dit besluit is geen UTF-8.",
            hint="Open het in een tekstverwerker en sla het op als UTF-8.",
        ) from None


def _applied(text: str, old: bytes, tree: Tree | None, path: str, old_path: str = "oud") -> bytes:
    read = paper.read(text, path)
    own = sha256(old).hexdigest()
    if own != read.before:
        raise AmendmentError(
            f"{path}: dit besluit wijzigt een andere tekst dan {old_path}"
            f" (afdruk {own[:12]}…, het besluit noemt {read.before[:12]}…).",
            hint="Pas het toe op precies de versie die het besluit noemt; ook een spatie telt.",
        )
    tree = tree or Tree(old)
    found = paper.amendments(read, tree, path)
    _check_work(found, path)
    new = _rendered(found, read, tree, path).encode("utf-8", "surrogatepass")
    if sha256(new).hexdigest() != read.after:
        raise AmendmentError(
            f"{path}: het besluit geeft een andere tekst dan het zelf zegt"
            f" (afdruk {sha256(new).hexdigest()[:12]}…, het besluit noemt {read.after[:12]}…).",
            hint="Er is aan het besluit iets veranderd nadat het gemaakt is. Vraag het opnieuw op.",
        )
    return new


def _rendered(found: Sequence[Amendment], read: paper.Paper, tree: Tree, path: str) -> str:
    for number, amendment in enumerate(found):
        if not isinstance(amendment, Words):
            continue
        try:
            Plan(tree.root, [amendment])
        except NotOnce as error:
            raise _not_once(error, read.points[number], amendment, path) from None
    try:
        return Plan(tree.root, found).render()
    except Conflict as error:
        a, b = (read.points[number] for number in error.args)
        raise AmendmentError(
            f"{path}:{b.line}: onderdeel {b.label} wijzigt wat onderdeel {a.label} ook al wijzigt.",
            hint="Een element dat vervalt of nieuw komt te luiden, wijzigt u niet ook nog in stukken.",
        ) from None


def _not_once(error: NotOnce, point: paper.Point, words: Words, path: str) -> AmendmentError:
    often = "niet" if error.args[1] == 0 else "niet precies één keer"
    return AmendmentError(
        f"{path}:{point.line}: onderdeel {point.label}: “{error.args[0]}” staat"
        f" {often} in {words.node.phrase}.",
        hint="Haal de woorden letterlijk aan, en zoveel ervan dat ze maar één keer voorkomen.",
    )


def _check_work(found: Sequence[Amendment], path: str) -> None:
    sought = sum(
        len(each.clauses) * (each.node.core_end - each.node.start)
        for each in found
        if isinstance(each, Words)
    )
    if sought > _MOST_SOUGHT:
        raise AmendmentError(
            f"{path}: dit besluit zoekt te veel woorden in te veel tekst.",
            hint="Noem kleinere elementen: een lid of onderdeel in plaats van een artikel.",
        )


def _hints(old: bytes, new: bytes, tree: Tree, other: Tree) -> list[Hint]:
    """Which elements at the top of both texts are the same one, moved or renumbered or edited."""
    try:
        changes = compare(old, new)
    except DocumentError:
        return []
    olds = {n: i for i, n in enumerate(_lines(tree))}
    news = {n: i for i, n in enumerate(_lines(other))}
    found: dict[int, Hint] = {}
    taken: set[int] = set()
    for change in changes.elements:
        if change.old and change.new and change.old_lines and change.new_lines:
            i, j = olds.get(change.old_lines[0]), news.get(change.new_lines[0])
            if i is not None and j is not None and j not in taken:
                found.setdefault(i, (i, j, ChangeKind.VERPLAATST in change.kinds))
                taken.add(j)
    return list(found.values())


def _lines(tree: Tree) -> list[int]:
    """The 1-based line on which each element at the top begins."""
    lines, line, at = [], 1, 0
    for node in tree.root.children:
        line += tree.text.count("\n", at, node.start)
        at = node.start
        lines.append(line)
    return lines
