"""What people write by hand for the whole register: ``beleid.toml`` and ``approvals/namen.toml``.

``beleid.toml`` decides (sector, bodies, table profile), so the roster signs its hash. ``namen.toml`` only
shows: it gives a name to a person id and can be corrected or erased without breaking a signature.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from beleidsbeheer.domain.model import SCHEMA, slug_defect
from beleidsbeheer.errors import UnreadableInput

NAMES_PATH = "approvals/namen.toml"
SECTORS = ("po", "so", "vo", "vso")
PROFILES = ("kennisnet",)
# tomllib takes time with the square of the parts of a dotted key: hours for a hostile key of 1 MiB
_MOST_DOTS = 200


@dataclass(frozen=True, slots=True)
class Body:
    """A body that takes part: its id (``mr``) and its name for people."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Settings:
    """The register's own rules, as ``beleid.toml`` states them."""

    organisation: str
    sector: str
    bodies: tuple[Body, ...]
    profile: str


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


def quoted(text: str) -> str:
    """A TOML basic string. JSON's escapes are TOML's, but for DEL, which TOML wants escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def print_settings(settings: Settings) -> bytes:
    """A ``beleid.toml`` that :func:`read_settings` reads back."""
    lines = [
        "# De regels van dit register. Het rooster is getekend met de afdruk van dit bestand:",
        "# wijzigt u het, leg dat dan vast met: beleid rooster voorstel",
        f"schema = {quoted(SCHEMA)}",
        "",
        "[organisatie]",
        f"naam = {quoted(settings.organisation)}",
        f"sector = {quoted(settings.sector)}",
        "",
        "[tabel]",
        f"profiel = {quoted(settings.profile)}",
    ]
    for body in settings.bodies:
        lines += ["", f"[organen.{body.slug}]", f"naam = {quoted(body.name)}"]
    return ("\n".join(lines) + "\n").encode()


def read_settings(data: bytes, path: str = "beleid.toml") -> Settings:
    """The settings in ``beleid.toml``. Raises UnreadableInput for what it cannot mean."""
    table = read_toml(data, path)
    only_known(table, {"schema", "organisatie", "organen", "tabel"}, path)
    if table.get("schema") != SCHEMA:
        raise UnreadableInput(f'{path}: schema moet "{SCHEMA}" zijn.')
    organisation = _table(table, "organisatie", path)
    only_known(organisation, {"naam", "sector"}, f"{path}, organisatie")
    profile = _table(table, "tabel", path, {"profiel": PROFILES[0]}).get("profiel")
    return Settings(
        organisation=_word(organisation, "naam", path),
        sector=_choice(organisation.get("sector"), SECTORS, f"{path}, sector"),
        bodies=tuple(_bodies(_table(table, "organen", path, {}), path)),
        profile=_choice(profile, PROFILES, f"{path}, tabel.profiel"),
    )


def _bodies(table: Mapping[str, Any], path: str) -> list[Body]:
    bodies = []
    for slug, body in table.items():
        if slug_defect(slug) or not isinstance(body, dict):
            raise UnreadableInput(f"{path}: organen.{slug} is geen orgaan met een naam.")
        only_known(body, {"naam"}, f"{path}, organen.{slug}")
        bodies.append(Body(slug, _word(body, "naam", path)))
    return bodies


def read_names(data: bytes | None, path: str = NAMES_PATH) -> dict[str, str]:
    """Display names by person id; nothing there means no names. Raises UnreadableInput."""
    if data is None:
        return {}
    table = read_toml(data, path)
    only_known(table, {"personen"}, path)
    names = _table(table, "personen", path, {})
    for person, name in names.items():
        if slug_defect(person) or not isinstance(name, str) or not name.isprintable():
            raise UnreadableInput(f"{path}: bij {person!r} staat geen leesbare naam.")
    return dict(names)


def _table(
    table: Mapping[str, Any], name: str, path: str, default: dict[str, Any] | None = None
) -> dict[str, Any]:
    value = table.get(name, default)
    if not isinstance(value, dict):
        raise UnreadableInput(f"{path}: het deel [{name}] ontbreekt of is geen tabel.")
    return value


def _word(table: Mapping[str, Any], name: str, path: str) -> str:
    value = table.get(name)
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise UnreadableInput(f"{path}: {name} ontbreekt of is geen gewone tekst.")
    return value


def _choice(value: Any, choices: tuple[str, ...], where: str) -> str:
    if value not in choices:
        raise UnreadableInput(f"{where}: kies uit {', '.join(choices)}.")
    return str(value)


def only_known(table: Mapping[str, Any], known: set[str], where: str) -> None:
    """Raise UnreadableInput for the first key that is not known here, naming those that are."""
    for name in table:
        if name not in known:
            raise UnreadableInput(
                f"{where}: {name!r} is hier niet bekend.",
                hint="Bekend zijn: " + ", ".join(sorted(known)),
            )
