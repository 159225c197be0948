"""Text in which nothing can hide, turn or move what is read."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_UNSEEN: Final = re.compile(
    "[^ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20cf]"
)
_BLANK: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0\u034f")
_ODD: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"})


def seen(text: str) -> str:
    """``text`` in which nothing hides, turns or moves what is read: ⟨U+202E⟩ for such a character."""
    return _UNSEEN.sub(_shown, text)


def _shown(found: re.Match[str]) -> str:
    char = found[0]
    if char in "\t\n\r\f":
        return " "
    if char == "\u00a0":
        return char
    selector = 0xFE00 <= ord(char) <= 0xFE0F or 0xE0100 <= ord(char) <= 0xE01EF
    if char in _BLANK or selector or unicodedata.category(char) in _ODD:
        return f"⟨U+{ord(char):04X}⟩"
    return char
