"""Characters of a text → its bytes, lines and columns. Pure."""

from __future__ import annotations

from typing import NamedTuple


class Spot(NamedTuple):
    """Where words stand: bytes of the text, and line and column (characters), both from 1."""

    start: int
    end: int
    line: int
    column: int


class Ruler:
    """Measures places that come in order; all together it reads the text once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = self._size = self._line_start = 0
        self._line = 1

    def spot(self, start: int, end: int) -> Spot:
        """Of characters ``start`` to ``end``; not before those asked for last."""
        self._go(start)
        first, line, column = self._size, self._line, start - self._line_start + 1
        self._go(end)
        return Spot(first, self._size, line, column)

    def _go(self, place: int) -> None:
        piece = self._text[self._place : place]
        self._size += len(piece.encode("utf-8"))
        self._line += piece.count("\n") + piece.count("\r") - piece.count("\r\n")
        last = max(piece.rfind("\n"), piece.rfind("\r"))
        if last >= 0:
            self._line_start = self._place + last + 1
        self._place = place
