"""Dutch sentences → amendments of this text. What ``phrases`` writes comes back the same. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from beleidsbeheer.domain.amendment.model import (
    Amendment,
    Clause,
    Delete,
    How,
    Insert,
    Move,
    Renumber,
    Replace,
    Side,
    Words,
)
from beleidsbeheer.domain.amendment.tree import HEADING, Node, Tree
from beleidsbeheer.domain.numerals import from_ordinal, span
from beleidsbeheer.domain.outline import ARTICLE, CHAPTER

MOST_CHARACTERS: Final = 8_000
_LONGEST_FRAME: Final = 500  # without what stands in quotes

_QUOTED: Final = re.compile(r"“([^“”]*)”")
_HELD: Final = re.compile(r"“([0-9]+)”")
_WHAT: Final = (
    r"(?P<what>tekst|(?:[a-z]+|[0-9]+) (?:artikel|lid|leden|(?:sub)?onderdeel|(?:sub)?onderdelen|"
    r"artikelen|begrip|begrippen|hoofdstuk|hoofdstukken|deel|delen|kopblok))"
)
_CLAUSE: Final = (
    r"(?:wordt “[0-9]+” (?:telkens )?vervangen door “[0-9]+”|vervalt “[0-9]+”"
    r"|wordt (?:na|vóór) “[0-9]+” ingevoegd “[0-9]+”)"
)
_ONE_CLAUSE: Final = re.compile(_CLAUSE)
_RANGE: Final = r"{0}(?:(?: en | tot en met ){0})?"
_MARK: Final = r"[0-9a-z°.:]{1,30}"
_GROUP: Final = re.compile(
    r"(?:(?:het )?(?P<lid>" + _RANGE.format(r"[0-9a-z]{2,20}") + r") lid"
    r"|(?:de )?(?P<kind>artikel(?:en)?|(?:sub)?onderd(?:eel|elen)) "
    r"(?P<marks>" + _RANGE.format(_MARK) + r"))",
    re.I,
)
_MARKS: Final = {
    "artikel": ARTICLE,
    "onderdeel": re.compile(r"onderdeel ([a-z]{1,5}|[0-9]{1,9})"),
    "subonderdeel": re.compile(r"subonderdeel ([a-z]{1,5}|[0-9]{1,9}|[0-9]{1,6}°)"),
}


class Unclear(Exception):
    """A sentence that cannot be understood: what, and a tip."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def opens_block(sentence: str) -> bool:
    """Whether a block belongs to this sentence."""
    return sentence.endswith((" komt te luiden:", " luidende:"))


def amendment(sentence: str, tree: Tree, text: str = "", exact: bool = False) -> Amendment:
    """The one amendment that a sentence says, with the text of its block. Raises Unclear."""
    quotes: list[str] = []

    def hold(found: re.Match[str]) -> str:
        quotes.append(found[1])
        return f"“{len(quotes) - 1}”"

    frame = _QUOTED.sub(hold, sentence)
    if len(frame) > _LONGEST_FRAME:
        raise Unclear("deze zin is te lang.", "Schrijf één wijziging per onderdeel.")
    reader = _Reader(tree, quotes, text, exact)
    for pattern, method in _SENTENCES:
        if found := pattern.fullmatch(frame):
            return method(reader, found)
    raise Unclear(
        "deze zin begrijpt het programma niet.",
        "Welke zinnen het kent, staat in docs/besluit.md.",
    )


class _Reader:
    """One sentence with its quotes held apart."""

    def __init__(self, tree: Tree, quotes: Sequence[str], text: str, exact: bool) -> None:
        self.tree, self.quotes, self.text, self.exact = tree, quotes, text, exact

    def back(self, words: str) -> str:
        """The words with their quotes in them again."""
        return _HELD.sub(lambda found: f"“{self.quotes[int(found[1])]}”", words)

    def node(self, words: str) -> Node:
        words = self.back(words)
        phrase = words[:1].lower() + words[1:]
        node = self.tree.find(phrase)
        if node is None:
            raise Unclear(
                f"“{phrase}” staat niet in de oude tekst, of is niet maar één element.",
                "Noem het zo: artikel 14, eerste lid, onder b. Nummers zijn die van de oude tekst.",
            )
        return node

    def below(self, parent: Node, words: str) -> Node:
        rel = self.back(words)
        node = self.tree.below(parent, rel)
        if node is None:
            raise Unclear(
                f"“{rel}” staat in de oude tekst niet in {parent.phrase}, of niet maar één keer.",
                "Nummers en letters zijn die van de oude tekst.",
            )
        return node

    # --- the sentences ---------------------------------------------------------------------------

    def replace(self, found: re.Match[str]) -> Amendment:
        return Replace(self.node(found["a"]), self.text, self.exact)

    def insert(self, found: re.Match[str]) -> Amendment:
        side = Side(found["side"].lower())
        return Insert(self.node(found["a"]), side, found["what"], self.text, self.exact)

    def insert_in(self, found: re.Match[str]) -> Amendment:
        parent = self.node(found["a"])
        anchor = self.below(parent, found["rel"])
        renumber = self.renumbering(parent, found["r"]) if found["r"] else None
        side = Side(found["side"])
        return Insert(anchor, side, found["what"], self.text, self.exact, renumber)

    def add(self, found: re.Match[str]) -> Amendment:
        return Insert(self.node(found["a"]), Side.AAN, found["what"], self.text, self.exact)

    def delete(self, found: re.Match[str]) -> Amendment:
        node = self.node(found["a"])
        parent = node.parent or node
        renumber = self.renumbering(parent, found["r"]) if found["r"] else None
        return Delete(node, bool(found["blanks"]), renumber)

    def move(self, found: re.Match[str]) -> Amendment:
        node = self.node(found["a"])
        if node.kind != "artikel":
            raise Unclear(
                "alleen een artikel kan worden verplaatst.", "Laat het vervallen en voeg het in."
            )
        return Move(node, self.node(found["b"]), Side(found["side"]))

    def words(self, found: re.Match[str]) -> Amendment:
        clauses = []
        for words in _ONE_CLAUSE.findall(found["clauses"]):
            quotes = [self.quotes[int(number)] for number in _HELD.findall(words)]
            if not all(quotes):
                raise Unclear("hier staat een leeg citaat.", "Zet de woorden tussen “ en ”.")
            if words.startswith("vervalt"):
                how = How.VERVALT
            elif "telkens" in words:
                how = How.TELKENS
            elif words.startswith("wordt na"):
                how = How.NA
            else:
                how = How.VOOR if words.startswith("wordt vóór") else How.VERVANGEN
            clauses.append(Clause(how, *quotes))
        return Words(self.node(found["a"]), tuple(clauses))

    def renumber_in(self, found: re.Match[str]) -> Amendment:
        return self.renumbering(self.node(found["a"]), f"{found['old']} tot {found['new']}")

    def renumber_articles(self, found: re.Match[str]) -> Amendment:
        return self.renumbering(self.tree.root, f"{found['old']} tot {found['new']}")

    def renumber_chapter(self, found: re.Match[str]) -> Amendment:
        node = self.node(f"het opschrift van {found['a'][:1].lower()}{found['a'][1:]}")
        if (
            node.kind != HEADING
            or not node.mark
            or not CHAPTER.fullmatch(f"hoofdstuk {found['new']}")
        ):
            raise Unclear("dit hoofdstuk kan geen ander nummer krijgen.", "Vervang zijn opschrift.")
        return Renumber((node,), (found["new"],))

    def renumbering(self, parent: Node, words: str) -> Renumber:
        """ "het tweede en derde lid tot derde en vierde lid", below this parent."""
        for place in re.finditer(" tot (?!en met )", words):
            old = _GROUP.fullmatch(words[: place.start()])
            new = _GROUP.fullmatch(words[place.end() :])
            if old and new:
                break
        else:
            raise Unclear("deze vernummering begrijpt het programma niet.", "Zie docs/besluit.md.")
        olds, news = _marks(old), _marks(new)
        kind = _kind(old)
        if kind != _kind(new) or len(olds) != len(news):
            raise Unclear("oude en nieuwe nummers passen niet bij elkaar.", "Tel ze na.")
        nodes = []
        for segment, mark in zip(olds, news, strict=True):
            if parent is self.tree.root:
                node = self.node(f"artikel {segment}")
            else:
                name = f"het {segment} lid" if kind == "lid" else f"{kind} {segment}"
                node = self.below(parent, name)
            if not node.mark or node.kind != kind or not _is_mark(kind, mark):
                raise Unclear(
                    f"{node.phrase} kan niet worden vernummerd tot {mark}.", "Vervang het."
                )
            nodes.append(node)
        if kind == "lid":
            news = [str(from_ordinal(word)) for word in news]
        return Renumber(tuple(nodes), tuple(news))


def _kind(group: re.Match[str]) -> str:
    kind = "lid" if group["lid"] else group["kind"].lower()
    return kind.removesuffix("en") if kind.startswith("a") else kind.replace("delen", "deel")


def _is_mark(kind: str, mark: str) -> bool:
    if kind == "lid":
        return from_ordinal(mark) is not None
    return _MARKS[kind].fullmatch(f"{kind} {mark}") is not None


def _marks(group: re.Match[str]) -> list[str]:
    """All numbers of a range, in the words they have in names."""
    text = group["lid"] or group["marks"]
    first, link, last = re.fullmatch(r"(.+?)(?:( en | tot en met )(.+))?", text).groups()  # type: ignore[union-attr]
    if not link:
        return [first]
    if link == " en ":
        return [first, last]
    if (found := span(first, last)) is None:
        raise Unclear(
            f"van {first} tot en met {last} is geen reeks.", "Schrijf de nummers na elkaar."
        )
    return found


_A: Final = r"(?P<a>.+?),?"
_B: Final = r"(?P<side>na|vóór)"
_IN: Final = r"ingevoegd, luidende:"
_R: Final = r"onder ver(?:nummer|letter)ing van (?P<r>.+?)"
_SENTENCES: Final[
    tuple[tuple[re.Pattern[str], Callable[[_Reader, re.Match[str]], Amendment]], ...]
] = (
    (re.compile(rf"{_A} komt te luiden:"), _Reader.replace),
    (re.compile(rf"(?P<side>Na|Vóór) {_A} (?:wordt|worden) {_WHAT} {_IN}"), _Reader.insert),
    (
        re.compile(rf"In {_A} (?:wordt|worden)(?:, {_R},)? {_B} (?P<rel>.+?) {_WHAT} {_IN}"),
        _Reader.insert_in,
    ),
    (re.compile(rf"Aan {_A} (?:wordt|worden) {_WHAT} toegevoegd, luidende:"), _Reader.add),
    (
        re.compile(rf"{_A} vervalt(?P<blanks>, met de witregels erachter)?(?:, {_R})?\."),
        _Reader.delete,
    ),
    (re.compile(rf"{_A} wordt verplaatst naar {_B} (?P<b>.+?)\."), _Reader.move),
    (re.compile(rf"In {_A} (?P<clauses>{_CLAUSE}(?:(?:, | en ){_CLAUSE})*)\."), _Reader.words),
    (
        re.compile(
            rf"In {_A} (?:wordt|worden) (?P<old>.+?) ver(?:nummer|letter)d tot (?P<new>.+?)\."
        ),
        _Reader.renumber_in,
    ),
    (
        re.compile(
            r"(?P<old>Artikel .+?|De artikelen .+?) (?:wordt|worden) vernummerd tot (?P<new>.+?)\."
        ),
        _Reader.renumber_articles,
    ),
    (
        re.compile(r"(?P<a>Hoofdstuk .+?) wordt vernummerd tot hoofdstuk (?P<new>.+?)\."),
        _Reader.renumber_chapter,
    ),
)
