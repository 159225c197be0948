"""What several commands share: files, dates and JSON on the command line, and how answers are printed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from beleidsbeheer.domain.model import parse_date
from beleidsbeheer.errors import WrongUse

EXISTING_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

json_option = click.option(
    "--json", "as_json", is_flag=True, help="Geef JSON, voor andere programma's."
)


def one_form(as_json: bool, form: str | None) -> str | None:
    """The form that ``--json`` and ``--vorm`` come to. Raises WrongUse when they differ."""
    if as_json and form not in (None, "json"):
        raise WrongUse("--json en een andere vorm gaan niet samen.", hint="Laat een van beide weg.")
    return "json" if as_json else form


class Day(click.ParamType):  # type: ignore[type-arg]  # generic only in newer Click
    """A date on the command line: 2026-10-01 or 01-10-2026."""

    name = "DATUM"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        if isinstance(value, date):
            return value
        text = str(value)
        parts = text.split("-")
        if len(parts) == 3 and len(parts[2]) == 4:
            text = "-".join(reversed(parts))
        try:
            return parse_date(text)
        except ValueError:
            self.fail(f"{value} is geen datum; schrijf 2026-10-01 of 01-10-2026.", param, ctx)


class LongText(click.ParamType):  # type: ignore[type-arg]  # generic only in newer Click
    """A text of any length: typed, or ``@BESTAND`` for the words in a file. Line ends become spaces.

    What is signed stands on one line, so that nothing can hide in it.
    """

    name = "TEKST"

    def convert(self, value: Any, param: Any, ctx: Any) -> str:
        text = str(value)
        if text.startswith("@"):
            try:
                text = Path(text[1:]).read_text(encoding="utf-8")
            except (OSError, ValueError):
                self.fail(f"{text[1:]} is niet te lezen als tekst in UTF-8.", param, ctx)
        return " ".join(text.split())


def print_json(value: Any) -> None:
    """JSON for programs: UTF-8, two spaces, keys in documented order."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
