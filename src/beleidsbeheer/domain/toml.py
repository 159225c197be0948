"""TOML that people write by hand: read with a place in every complaint, printed so that it reads back.

A reader takes a table, a key and ``where``: the file, and the part of it, as people should see it. What it
cannot take raises UnreadableInput (Dutch), which starts with ``where`` and names the key.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from beleidsbeheer.errors import UnreadableInput

Value = str | bool | int | date | Iterable[str]

# tomllib takes time with the square of the parts of a dotted key: hours for a hostile key of 1 MiB
_MOST_DOTS = 200


def read_toml(data: bytes, path: str) -> dict[str, Any]:
    """TOML 1.0 in UTF-8. Raises UnreadableInput naming the file and, when known, the line."""
    if max(line.count(b".") for line in data.split(b"\n")) > _MOST_DOTS:
        raise UnreadableInput(f"{path}: er is een regel met meer dan {_MOST_DOTS} punten.")
    try:
        return tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise UnreadableInput(
            f"{path}:{line}: geen UTF-8.", hint="Sla het bestand op als UTF-8."
        ) from None
    except (ValueError, RecursionError) as error:
        # ValueError: besides TOMLDecodeError also a whole number of thousands of digits
        raise UnreadableInput(
            f"{path} is geen geldige TOML: {error}",
            hint="Kijk op de genoemde regel naar aanhalingstekens, haken en =.",
        ) from None


# --- printing -------------------------------------------------------------------------------------------


def quoted(text: str) -> str:
    """A TOML basic string. JSON's escapes are TOML's, but for DEL, which TOML wants escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def literal(value: Value) -> str:
    """A value as TOML writes it; a date without quotes, several strings as a list."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return "[" + ", ".join(quoted(each) for each in value) + "]"


def section(head: str, values: Mapping[str, Value]) -> list[str]:
    """The lines of a table after an empty one. ``head`` has its own brackets; keys are bare keys."""
    return ["", head, *(f"{name} = {literal(value)}" for name, value in values.items())]


# --- reading --------------------------------------------------------------------------------------------


def only_known(table: Mapping[str, Any], known: Collection[str], where: str) -> None:
    """Raise UnreadableInput for the first key that is not known here, naming those that are."""
    for name in table:
        if name not in known:
            raise UnreadableInput(
                f"{where}: {name!r} is hier niet bekend.",
                hint="Bekend zijn: " + ", ".join(sorted(known)),
            )


def part(
    table: Mapping[str, Any], name: str, where: str, default: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The table ``[name]``; ``default`` when it is absent, and without one it must be there."""
    value = table.get(name, default)
    if not isinstance(value, dict):
        raise UnreadableInput(f"{where}: het deel [{name}] ontbreekt of is geen tabel.")
    return value


def parts(table: Mapping[str, Any], name: str, where: str) -> list[dict[str, Any]]:
    """The tables ``[[name]]`` in their order; none when absent."""
    value = table.get(name, [])
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise UnreadableInput(f"{where}: schrijf elk deel van {name} onder een eigen [[{name}]].")
    return value


def word(table: Mapping[str, Any], name: str, where: str, longest: int | None = None) -> str:
    """Text of one line that shows something, of at most ``longest`` characters; must be there."""
    value = table.get(name)
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise UnreadableInput(f"{where}: {name} ontbreekt of is geen gewone tekst.")
    if longest is not None and len(value) > longest:
        raise UnreadableInput(f"{where}: {name} is te lang; ten hoogste {longest} tekens.")
    return value


def choice(value: Any, choices: Iterable[str], where: str) -> str:
    """``value``, which must be one of these words."""
    known = tuple(choices)
    if value not in known:
        raise UnreadableInput(f"{where}: kies uit {', '.join(known)}.")
    return str(value)


def several(
    table: Mapping[str, Any], name: str, choices: Iterable[str], where: str
) -> tuple[str, ...]:
    """A list of these words in the order written, without doubles; empty when absent."""
    value, known = table.get(name, []), tuple(choices)
    if not isinstance(value, list):
        raise UnreadableInput(f"{where}: {name} moet een lijst tussen rechte haken zijn.")
    chosen = tuple(choice(each, known, f"{where}, {name}") for each in value)
    if len(set(chosen)) < len(chosen):
        raise UnreadableInput(f"{where}: in {name} staat iets dubbel.")
    return chosen


def flag(table: Mapping[str, Any], name: str, where: str) -> bool:
    """``true`` or ``false``; false when absent."""
    value = table.get(name, False)
    if not isinstance(value, bool):
        raise UnreadableInput(
            f"{where}: {name} moet true of false zijn.",
            hint="true betekent ja en false betekent nee; zonder aanhalingstekens.",
        )
    return value


def whole(table: Mapping[str, Any], name: str, where: str, lowest: int, highest: int) -> int | None:
    """A whole number within these bounds; None when absent."""
    if name not in table:
        return None
    value = table[name]
    # type(), not isinstance(): in Python true is an instance of int
    if type(value) is not int or not lowest <= value <= highest:
        raise UnreadableInput(
            f"{where}: {name} moet een heel getal zijn van {lowest} tot en met {highest}."
        )
    return value


def day(table: Mapping[str, Any], name: str, where: str) -> date:
    """A TOML date, without a time; must be there."""
    value = table.get(name)
    if not isinstance(value, date) or isinstance(value, datetime):
        raise UnreadableInput(
            f"{where}: {name} ontbreekt of is geen datum.",
            hint=f"Schrijf een datum zonder aanhalingstekens: {name} = 2026-08-01",
        )
    return value


def period(table: Mapping[str, Any], where: str) -> tuple[date, date]:
    """The dates ``van`` and ``tot_en_met``, both days included; the second is not before the first."""
    start, end = day(table, "van", where), day(table, "tot_en_met", where)
    if end < start:
        raise UnreadableInput(f"{where}: tot_en_met ligt vóór van.")
    return start, end
