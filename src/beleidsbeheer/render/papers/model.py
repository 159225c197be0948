"""What a paper holds, whatever form it takes: ``Paper`` and its blocks. Pure.

A paragraph is that of ``docx_text``, a table that of ``tables``: the same rows and runs as everywhere. What
the register or a writer says is data in all of them, never markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Final

from beleidsbeheer.domain.terms import grouped
from beleidsbeheer.render.docx_text import FRONT, PLAIN, TABLE, Paragraph, Run, joined, paragraphs
from beleidsbeheer.render.tables import Listing, Table

DASH: Final = "–"
_LIST: Final = "Lijst"
_MORE: Final = "Vervolg"
_HEADING: Final = "Kop"
_WIDEST_WORD: Final = 16  # longer words may break inside
_WIDEST_CELL: Final = 60


@dataclass(frozen=True, slots=True)
class Digest:
    """A sha256 (64 hex digits) in groups of four, that people can read to each other."""

    label: str
    value: str

    @property
    def lines(self) -> tuple[str, str]:
        """Eight groups of four on each of two lines."""
        half = len(self.value) // 2
        return grouped(self.value[:half]), grouped(self.value[half:])


@dataclass(frozen=True, slots=True)
class Blanks:
    """Lines to fill in with a pen; each has one label or a few beside each other."""

    lines: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """Things of which one is ticked."""

    options: tuple[str, ...]


Block = Paragraph | Table | Digest | Blanks | Choices


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper. ``under`` stands below the title, ``foot`` (label, value) on every page.

    ``day`` is for the properties of the file: one of the register, so that the same register gives the
    same bytes.
    """

    title: str
    organisation: str
    day: date
    blocks: tuple[Block, ...]
    under: tuple[str, ...] = ()
    foot: tuple[tuple[str, str], ...] = ()


# --- blocks to write a paper with ------------------------------------------------------------------


def heading(text: str, level: int = 2) -> Paragraph:
    """A heading; level 1 is the title of the paper."""
    return Paragraph(f"{_HEADING}{level}", (Run(text),))


def words(text: str, face: str = "") -> Paragraph:
    return Paragraph(PLAIN, (Run(text, face),))


def told(label: str, text: str) -> Paragraph:
    """ "Label: text", the label in bold."""
    return Paragraph(PLAIN, (Run(f"{label}: ", "b"), Run(text)))


def points(lines: Iterable[str]) -> Iterator[Paragraph]:
    """A list with dashes."""
    return (Paragraph(f"{_LIST}1", (Run(f"{DASH}\t{line}"),)) for line in lines)


def shown_tables(tables: Iterable[Table | Listing]) -> Iterator[Block]:
    """Tables, each with its notes below it; a listing as lines."""
    for each in tables:
        if isinstance(each, Table) and each.rows:
            yield replace(each, notes=())
        else:
            yield words(each.caption, "b")
            yield from _records(each) if isinstance(each, Listing) else ()
            yield from () if _full(each) else (words("Geen rijen."),)
        yield from points(each.notes)


def _full(shown: Table | Listing) -> bool:
    return bool(shown.records if isinstance(shown, Listing) else shown.rows)


def _records(listing: Listing) -> Iterator[Paragraph]:
    for (label, value), *others in listing.records:
        yield words(f"{label}: {value}", "b")
        for name, text in others:
            yield Paragraph(f"{_LIST}1", (Run(f"{DASH}\t"), Run(f"{name}: ", "b"), Run(text)))


def text_blocks(markdown: bytes, title: str) -> tuple[Block, ...]:
    """The text of a regulation: all of it but the front matter, and the title where it only repeats it.

    Raises DocumentError for front matter that is not closed.
    """
    found = [each for each in paragraphs(markdown) if each.style != FRONT]
    if found and found[0].style == f"{_HEADING}1" and found[0].text == title:
        del found[0]
    blocks: list[Block] = []
    for _, rows in groupby(_numbered(found), key=lambda pair: pair[0]):
        some = [paragraph for _, paragraph in rows]
        blocks += [_grid(some)] if some[0].style == TABLE else some
    return tuple(blocks)


def _numbered(found: Sequence[Paragraph]) -> Iterator[tuple[int, Paragraph]]:
    """Each paragraph with a number of its own; the rows of one table share theirs.

    A row stands right below the one before it; between the head and the first row is the line of dashes.
    """
    number, rows, last = 0, 0, 0
    for each in found:
        step = 2 if rows == 1 else 1
        if each.style == TABLE and rows and each.line == last + step:
            rows += 1
        else:
            number, rows = number + 1, int(each.style == TABLE)
        last = each.line
        yield number, each


def _grid(rows: Sequence[Paragraph]) -> Table:
    cells = [row.text.split("\t") for row in rows]
    width = max(map(len, cells))
    head, *others = (tuple(row + [""] * (width - len(row))) for row in cells)
    return Table("", head, tuple(others))


# --- what the forms ask ------------------------------------------------------------------------------


def level_of(paragraph: Paragraph, kind: str = _HEADING) -> int:
    """1-9 for a heading (or with "Lijst", "Vervolg": an item, or what goes on below one); else 0."""
    digits = paragraph.style.removeprefix(kind)
    return int(digits) if digits != paragraph.style and digits.isdecimal() else 0


def item_level(paragraph: Paragraph) -> int:
    """The level of a list item, 0 for what is none."""
    return level_of(paragraph, _LIST)


def inside_level(paragraph: Paragraph) -> int:
    """The level of the item that this paragraph goes on, 0 for none."""
    return level_of(paragraph, _MORE)


def marked(item: Paragraph) -> tuple[str, tuple[Run, ...]]:
    """What stands in front of a list item, and the rest of it."""
    first, *others = item.runs or (Run(""),)
    mark, tab, rest = first.text.partition("\t")
    if not tab:
        return "", item.runs
    return mark, joined([Run(rest, first.face), *others])


def shares(table: Table) -> tuple[int, ...]:
    """How wide each column is, in hundredths: room for its longest word, the rest by what it holds."""
    columns = list(zip(table.head, *table.rows, strict=True))
    least = [
        min(max(_longest_word(cell) for cell in column), _WIDEST_WORD) + 3 for column in columns
    ]
    most = [min(max(map(len, column)), _WIDEST_CELL) for column in columns]
    wanted = [max(low, low + (high - low) // 2) for low, high in zip(least, most, strict=True)]
    whole = sum(wanted)
    found = [100 * each // whole for each in wanted]
    found[found.index(max(found))] += 100 - sum(found)
    return tuple(found)


def _longest_word(cell: str) -> int:
    return max(map(len, cell.split()), default=0)
