"""A paragraph with what was struck and what came, as HTML; every word of a text is escaped.

Each mark is there for the eye (brackets, a line, a colour) and in words for who listens.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import groupby
from typing import Final

from beleidsbeheer.render.diff.blocks import CODE, EMPHASIS, MARK, STRONG, TARGET, Form
from beleidsbeheer.render.diff.rows import BREAK, Paragraph, Run
from beleidsbeheer.render.html import escaped

_TAGS: Final = ((STRONG, "strong"), (EMPHASIS, "em"), (CODE, "code"))
_WORD: Final = {"-": ("del", "geschrapt", "−"), "+": ("ins", "ingevoegd", "+")}


def running(runs: Iterable[Run]) -> str:
    """Runs as text with ``<del>`` and ``<ins>``; each says in words what it is, for who listens."""
    told = ""
    before = ""
    for op, some in groupby(runs, key=lambda run: run.op):
        group = list(some)
        text = "".join(run.text for run in group)
        if op == "=":
            told += "".join(map(_styled, group))
            before = ""
            continue
        lead = " " if text[:1].isspace() or before else ""
        tail = " " if text[-1:].isspace() else ""
        told += lead + marked(op, "".join(map(_styled, group)).strip()) + tail
        if before and _alike(before, text):
            told += (
                ' <span class="stil">(ziet er hetzelfde uit, maar de tekens verschillen)</span> '
            )
        before = text
    return told


def marked(op: str, content: str, brackets: bool = True) -> str:
    """Struck or inserted text. The brackets are for the eye, the words for the ear."""
    tag, word, sign = _WORD[op]
    content = f'<span class="tekst">{content}</span>'
    if brackets:
        content = (
            f'<span class="haak" aria-hidden="true">[{sign}</span>{content}'
            '<span class="haak" aria-hidden="true">]</span>'
        )
    return (
        f'<{tag}><span class="hoor">{word}: </span>{content}'
        f'<span class="hoor"> (einde {word}) </span></{tag}>'
    )


def _styled(run: Run) -> str:
    if run == (run.op, BREAK, MARK):
        return '<span aria-hidden="true">¶</span><span class="hoor">einde van de alinea</span> '
    text = escaped(run.text)
    for flag, tag in _TAGS:
        if run.style & flag:
            text = f"<{tag}>{text}</{tag}>"
    return f'<span class="doel">{text}</span>' if run.style & TARGET else text


def _alike(old: str, new: str) -> bool:
    """Whether people see the same, while the characters differ: é in one and in two characters."""
    old, new = " ".join(old.split()), " ".join(new.split())
    return old != new and unicodedata.normalize("NFKC", old) == unicodedata.normalize("NFKC", new)


def paragraph(shown: Paragraph, heading: str = "h4") -> str:
    """A paragraph with its mark. What is wholly struck or new has a line beside it, no brackets."""
    depth = f"d{shown.depth}" if shown.depth and shown.form is not Form.KOP else ""
    form = {Form.ITEM: "item", Form.LETTERLIJK: "letterlijk"}.get(shown.form, "")
    marks, words = shown.mark, shown.shown
    if whole := shown.whole:
        marks, words = ([Run("=", r.text, r.style) for r in runs] for runs in (marks, words))
    content = running(words)
    if marks and marks[0].op == "-":
        content, form = f"{running(marks)} {content}", ""
    elif marks:
        number = f'<span class="nr">{_number(shown.was, marks[0])}</span>'
        content = f'{number} <span class="woorden">{content}</span>'
    if whole:
        sign = f'<span class="haak" aria-hidden="true">{_WORD[whole][2]}</span>'
        content = marked(whole, content, brackets=False)
        content, form = f"{sign} {content}", f"heel {_SIDES[whole]} {form}".strip()
    tag = heading if shown.form is Form.KOP else "p"
    classes = " ".join(filter(None, (form, depth)))
    attribute = f' class="{classes}"' if classes else ""
    return f"<{tag}{attribute}>{content}</{tag}>"


def _number(was: str, mark: Run) -> str:
    """The number in front of a paragraph, and the one it had where it has another now."""
    told = escaped(mark.text)
    if mark.op == "+":
        told = marked("+", told, brackets=False)
    if not was:
        return told
    return (
        f'<span class="hoor">was </span>{escaped(was)}'
        f' <span aria-hidden="true">→</span><span class="hoor">, nu </span> {told}'
    )


_SIDES: Final = {"-": "weg", "+": "bij"}
