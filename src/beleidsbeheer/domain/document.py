"""A regulation: Markdown in UTF-8, with optional TOML front matter, as a tree that prints back.

    +++
    titel = "Privacyreglement LOVK"
    citeertitel = "privacyreglement van LOVK"
    raakt = ["personeelsgegevens", "leerlinggegevens", "oudergegevens"]
    +++

    # Privacyreglement LOVK

    ## Artikel 14. Rechten betrokkenen

    1. LOVK erkent de rechten van betrokkenen:

    ### Inzage

    - a. Een betrokkene heeft recht op inzage.

``parse`` reads it, ``print_document`` gives the same bytes back and ``Document.find("14.1.a")``
finds an element. ``outline`` says how Markdown becomes elements, docs/tekst.md tells writers. Pure.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from beleidsbeheer.domain.outline import Element, Kind, outline
from beleidsbeheer.errors import DocumentError

__all__ = ["Document", "Element", "FrontMatter", "Kind", "parse", "print_document"]

MAX_BYTES: Final = 10 * 1024 * 1024
MAX_FRONT_CHARACTERS: Final = 64 * 1024
FENCE: Final = "+++"

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")  # CommonMark 2.1: LF, CR LF or CR
_LINE_END: Final = re.compile(rb"\r\n?|\n")
_TOML_PLACE: Final = re.compile(r"\(at line (\d+), column (\d+)\)")


@dataclass(frozen=True)
class FrontMatter:
    """What stands between the ``+++`` lines. All of it is optional.

    ``verantwoordelijk`` is the office that looks after the text ("secretaris", never a name).
    ``extra`` keeps the keys we do not know, as tomllib gives them. ``last_line`` is the last line
    before the body: the closing ``+++``, or the last of the blank lines below it (or on top).
    """

    titel: str = ""
    citeertitel: str = ""
    verantwoordelijk: str = ""
    raakt: tuple[str, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)
    last_line: int = 0


@dataclass(frozen=True)
class Document:
    """A regulation as read. ``source`` is the exact input.

    ``title`` is the first heading of level 1, or else the front matter's ``titel``. Keys are
    unique: the first element with a key keeps it, later ones are found as ``7~2``, ``7~3``, and
    their children as ``7~2.a``.
    """

    source: bytes = field(repr=False)
    front: FrontMatter
    title: str
    elements: tuple[Element, ...]

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Every line of the file, front matter included, each with its own line end."""
        return tuple(_LINE.findall(self.source.decode("utf-8")))

    @property
    def articles(self) -> tuple[Element, ...]:
        """The articles in source order, whatever chapter they stand in."""
        return tuple(element for element in self.walk() if element.kind is Kind.ARTIKEL)

    def walk(self) -> Iterator[Element]:
        """Every element in source order, parents before their children."""
        for element in self.elements:
            yield from element.walk()

    def find(self, key: str) -> Element | None:
        """The element with this key (``14.1.b``), or None. Letters are compared exactly."""
        return self._by_key.get(key)

    def text(self, element: Element) -> str:
        """The Markdown of an element with all that is below it, line ends included."""
        return "".join(self.lines[element.first_line - 1 : element.last_line])

    @cached_property
    def _by_key(self) -> dict[str, Element]:
        return {element.key: element for element in self.walk() if element.key}


def parse(data: bytes, path: str = "reglement.md") -> Document:
    """Read a regulation. ``path`` only serves the messages.

    Raises DocumentError, naming file and line: more than 10 MiB, a byte order mark, bytes that are
    not UTF-8, a NUL byte, front matter that is not closed, not TOML or not of the right types. Any
    other text is a document: CommonMark knows no syntax errors. Takes time linear in its size.
    """
    text = _decoded(data, path)
    lines = tuple(_LINE.findall(text))
    front = _with_blank_lines(_front_matter(lines, path), lines)
    body = "".join(lines[front.last_line :])
    title, elements = outline(body, front.last_line + 1, len(lines))
    return Document(data, front, title or front.titel, elements)


def read_front(data: bytes, path: str = "reglement.md") -> FrontMatter:
    """Only the front matter: cheap, for a list of titles. Raises DocumentError as :func:`parse` does."""
    return _front_matter(tuple(_head(_decoded(data, path))), path)


def _head(text: str) -> Iterator[str]:
    """The lines up to the closing ``+++``; of a text without front matter none."""
    size = 0
    for number, found in enumerate(_LINE.finditer(text)):
        line = found[0]
        closes = line.rstrip() == FENCE
        if number == 0 and not closes:
            return
        yield line
        size += len(line) if number else 0
        if (number and closes) or size > MAX_FRONT_CHARACTERS:
            return


def check_text(
    data: bytes, path: str = "reglement.md", spans: Iterable[tuple[int, int]] | None = None
) -> None:
    """Raise DocumentError for bytes that are no text, as :func:`parse` does.

    With ``spans``, all outside them is known to be UTF-8 and is not read again.
    """
    if spans is None or len(data) > MAX_BYTES or b"\0" in data or data[:1] == b"\xef":
        _decoded(data, path)
        return
    try:
        for start, end in spans:
            data[start:end].decode("utf-8")
    except UnicodeDecodeError:
        _decoded(data, path)


def front_end(data: bytes, path: str = "reglement.md") -> int:
    """Where the line of the closing ``+++`` ends, line end included; 0 without front matter.

    Raises DocumentError when the block is not closed; the TOML in it is not read.
    """
    if not data.startswith(FENCE.encode()):
        return 0
    head = data[: 4 * MAX_FRONT_CHARACTERS + 64].decode("utf-8", "ignore")
    size = 0
    for number, line in enumerate(_LINE.findall(head)):
        size += len(line.encode("utf-8"))
        closes = line.rstrip() == FENCE
        if number == 0 and not closes:
            return 0
        if number and closes:
            return size
    _front_matter(tuple(_LINE.findall(head)), path)  # raises
    return 0


def print_document(document: Document) -> bytes:
    """The bytes of a document, put together from its front matter and its elements' own lines.

    ``print_document(parse(data)) == data``: every line belongs to exactly one element.
    """
    numbers = [*range(1, document.front.last_line + 1)]
    for element in document.walk():
        numbers += element.own_lines
    return "".join(document.lines[number - 1] for number in numbers).encode("utf-8")


# --- bytes → text --------------------------------------------------------------------------------


def _decoded(data: bytes, path: str) -> str:
    if len(data) > MAX_BYTES:
        raise DocumentError(
            f"{path}: het bestand is {len(data)} bytes;"
            f" meer dan {MAX_BYTES} bytes (10 MiB) lezen we niet.",
            hint="Een reglement is alleen tekst. Staat er iets anders in dit bestand?",
        )
    if data.startswith(b"\xef\xbb\xbf"):
        raise DocumentError(
            f"{path}:1: het bestand begint met een byte order mark (BOM).",
            hint="Sla het bestand op als 'UTF-8' en niet als 'UTF-8 met BOM'.",
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"{path}:{_line_of(data, error.start)}: byte {error.start + 1} van het bestand"
            f" (0x{data[error.start]:02x}) is geen UTF-8.",
            hint="Open het bestand in een tekstverwerker en sla het op als UTF-8.",
        ) from None
    if (place := data.find(b"\0")) >= 0:
        raise DocumentError(
            f"{path}:{_line_of(data, place)}: byte {place + 1} van het bestand is een NUL-byte.",
            hint="Dit is geen gewone tekst, of het is opgeslagen als UTF-16. Sla het op als UTF-8.",
        )
    return text


def _line_of(data: bytes, place: int) -> int:
    """The 1-based line on which byte ``place`` (from 0) stands."""
    return len(_LINE_END.findall(data, 0, place)) + 1


# --- front matter --------------------------------------------------------------------------------


def _front_matter(lines: tuple[str, ...], path: str) -> FrontMatter:
    if not lines or lines[0].rstrip() != FENCE:
        return FrontMatter()
    size = 0
    for last, line in enumerate(lines[1:], start=2):
        if line.rstrip() == FENCE:
            block = lines[1 : last - 1]
            return _front_fields(_toml(block, path), block, last, path)
        size += len(line)
        if size > MAX_FRONT_CHARACTERS:
            break
    raise DocumentError(
        f"{path}:1: het blok dat hier met +++ begint, wordt niet afgesloten.",
        hint="Zet een regel met alleen +++ onder de gegevens (titel, citeertitel, raakt).",
    )


def _with_blank_lines(front: FrontMatter, lines: tuple[str, ...]) -> FrontMatter:
    """The same, blank lines below it included: the body starts with a block."""
    last = front.last_line
    while last < len(lines) and not lines[last].strip(" \t\r\n"):
        last += 1
    return replace(front, last_line=last)


def _toml(block: tuple[str, ...], path: str) -> dict[str, object]:
    """The block as tomllib reads it. Deep nesting and absurd numbers are errors as well."""
    try:
        return tomllib.loads("".join(block))
    except (ValueError, RecursionError) as error:
        found = _TOML_PLACE.search(str(error))
        line = int(found[1]) + 1 if found else len(block) + 1
        place = f" (kolom {found[2]})" if found else ""
        raise DocumentError(
            f"{path}:{line}: het blok tussen de +++-regels is geen goede TOML{place}.",
            hint='Schrijf elke regel als naam = "tekst", of raakt = ["leerlinggegevens"].',
        ) from None


def _front_fields(
    table: dict[str, object], block: tuple[str, ...], last_line: int, path: str
) -> FrontMatter:
    titel, citeertitel = table.pop("titel", ""), table.pop("citeertitel", "")
    office, raakt = table.pop("verantwoordelijk", ""), table.pop("raakt", [])
    if not isinstance(titel, str):
        raise _wrong_type("titel", 'een tekst zijn, zoals titel = "Privacyreglement"', block, path)
    if not isinstance(citeertitel, str):
        raise _wrong_type("citeertitel", 'een tekst zijn, zoals citeertitel = "…"', block, path)
    if not isinstance(office, str):
        wanted = 'een functie zijn, zoals verantwoordelijk = "secretaris"'
        raise _wrong_type("verantwoordelijk", wanted, block, path)
    if not isinstance(raakt, list) or not all(isinstance(term, str) for term in raakt):
        raise _wrong_type(
            "raakt", 'een lijst van teksten zijn, zoals raakt = ["oudergegevens"]', block, path
        )
    return FrontMatter(titel, citeertitel, office.strip(), tuple(raakt), table, last_line)


def _wrong_type(key: str, wanted: str, block: tuple[str, ...], path: str) -> DocumentError:
    given = re.compile(rf"""\s*\[*\s*["']?{key}["']?\s*[=.\]]""")
    line = next((n for n, text in enumerate(block, start=2) if given.match(text)), 1)
    return DocumentError(f"{path}:{line}: '{key}' moet {wanted}.", hint="Zie docs/tekst.md.")
