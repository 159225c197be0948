"""Shapes: small functions that say what may stand in a field of a statement.

A shape is a function ``(value, field name) -> None`` that raises EntryError. Values are strings, whole
numbers, lists and records; there is no null (what is unknown is left out) and no boolean.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from beleidsbeheer.domain.model import is_digest, is_version, parse_date, slug_defect
from beleidsbeheer.errors import EntryError

Shape = Callable[[Any, str], None]


def fail(field: str, reason: str) -> None:
    raise EntryError(f"veld {field or 'verklaring'}: {reason}")


def text(longest: int) -> Shape:
    def check(value: Any, field: str) -> None:
        if type(value) is not str:
            fail(field, "moet tekst zijn")
        if not 1 <= len(value) <= longest:
            fail(field, f"1 tot {longest} tekens")

    return check


def number(lowest: int, highest: int) -> Shape:
    def check(value: Any, field: str) -> None:
        # type(), not isinstance(): in Python true is an instance of int
        if type(value) is not int or not lowest <= value <= highest:
            fail(field, f"moet een heel getal zijn van {lowest} tot {highest}")

    return check


def matching(pattern: re.Pattern[str], reason: str) -> Shape:
    def check(value: Any, field: str) -> None:
        if type(value) is not str or not pattern.fullmatch(value):
            fail(field, reason)

    return check


def one_of(*words: str) -> Shape:
    known = frozenset(words)

    def check(value: Any, field: str) -> None:
        if type(value) is not str or value not in known:
            fail(field, "moet een van deze woorden zijn: " + ", ".join(words))

    return check


def slug(value: Any, field: str) -> None:
    if type(value) is not str or slug_defect(value):
        fail(field, "is geen geldige korte naam")


def digest(value: Any, field: str) -> None:
    if type(value) is not str or not is_digest(value):
        fail(field, "is geen sha256 in 64 hexadecimale tekens")


def version(value: Any, field: str) -> None:
    if type(value) is not str or not is_version(value):
        fail(field, "is geen versienummer")


def day(value: Any, field: str) -> None:
    try:
        parse_date(value if type(value) is str else "")
    except ValueError:
        fail(field, "is geen datum in de vorm JJJJ-MM-DD")


def list_of(item: Shape, *, least: int = 0, most: int = 5000, ordered: bool = False) -> Shape:
    """A list; ``ordered`` means sorted and without doubles, so that a set has one spelling."""

    def check(value: Any, field: str) -> None:
        if type(value) is not list or not least <= len(value) <= most:
            fail(field, f"moet een lijst zijn van {least} tot {most}")
        for index, each in enumerate(value):
            item(each, f"{field}[{index}]")
        if ordered and any(a >= b for a, b in pairwise(value)):
            fail(field, "moet op volgorde staan, zonder dubbelen")

    return check


def record(required: dict[str, Shape], optional: dict[str, Shape] | None = None) -> Shape:
    known = {**required, **(optional or {})}

    def check(value: Any, field: str) -> None:
        if type(value) is not dict:
            fail(field, "moet uit velden bestaan")
        prefix = f"{field}." if field else ""
        if not required.keys() <= value.keys():
            missing = next(name for name in required if name not in value)
            fail(prefix + missing, "ontbreekt")
        for name, each in value.items():
            if name not in known:
                fail(prefix + name, "hoort hier niet")
            known[name](each, prefix + name)

    return check
