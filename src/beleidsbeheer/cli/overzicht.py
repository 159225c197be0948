"""``beleid overzicht``: all registers in one table, with what waits and what is late."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from beleidsbeheer.cli.common import json_option, one_form
from beleidsbeheer.cli.dutch import DutchCommand
from beleidsbeheer.cli.indexed import database_option, progress_on, registers_option
from beleidsbeheer.cli.main import Surroundings
from beleidsbeheer.cli.output import check_target, write_file
from beleidsbeheer.cli.words import say
from beleidsbeheer.render.terminal import safe

if TYPE_CHECKING:
    from beleidsbeheer.domain.overview.rows import Overview

_FORMS = ("tekst", "html", "csv", "json")
_BY_SUFFIX = {".html": "html", ".csv": "csv", ".json": "json"}
_IN_A_FILE = 80  # columns of a file and of a pipe


@click.command("overzicht", cls=DutchCommand)
@registers_option
@database_option
@click.option(
    "--verantwoordelijk",
    "responsible",
    default="",
    metavar="FUNCTIE",
    help="Alleen beleid waarvan deze functie verantwoordelijk is; een deel van de naam is genoeg.",
)
@click.option(
    "--binnen",
    "within",
    type=click.IntRange(0, 3660),
    default=90,
    show_default=True,
    metavar="DAGEN",
    help="Noem herzieningen die binnen zoveel dagen moeten.",
)
@click.option("--vorm", "form", type=click.Choice(_FORMS), help="Vorm; zonder deze optie tekst.")
@click.option(
    "--uit", "out", type=click.Path(path_type=Path), metavar="BESTAND", help="Schrijf een bestand."
)
@json_option
@click.pass_obj
def command(
    surroundings: Surroundings,
    registers: tuple[Path, ...],
    database: str,
    responsible: str,
    within: int,
    form: str | None,
    out: Path | None,
    as_json: bool,
) -> int:
    """Toon alle registers in één overzicht: wat geldt, wat komt, wat stilligt en wat te laat is.

    Bovenaan staat wat het bij elkaar is, dan wat aandacht vraagt, en daarna elk register met zijn beleid. Een
    register dat niet klopt of niet te beoordelen is, staat er met de reden bij. Zonder --register gaat het om
    alle registers in de index. Zonder --vorm bepaalt de naam bij --uit de vorm (.html, .csv, .json).

    De uitkomst is 1 als een register niet klopt of niet te beoordelen is, en anders 0.

    \b
    Voorbeeld:
      beleid overzicht
      beleid overzicht --register scholen/noord --register scholen/zuid
      beleid overzicht --verantwoordelijk directeur --binnen 180
      beleid overzicht --uit overzicht.html
      beleid overzicht --vorm csv > overzicht.csv
    """
    form = one_form(as_json, form) or _BY_SUFFIX.get(out.suffix.lower() if out else "", "tekst")
    if out:
        check_target(out)
    from beleidsbeheer.actions.searching import Sources, survey
    from beleidsbeheer.domain.overview.facts import Condition
    from beleidsbeheer.domain.overview.rows import overview

    with progress_on() as progress:
        surveyed = survey(
            surroundings.start, Sources(database, registers), surroundings.today, progress
        )
    table = overview(surveyed.registers, surroundings.today, responsible=responsible, within=within)
    if out:
        write_file(out, _content(form, table, _IN_A_FILE).encode("utf-8"))
        click.echo(f"Geschreven: {out}", err=True)
    else:
        click.echo(_content(form, table, _width()), nl=False)
    for notice in surveyed.notices:
        say(f"Let op: {safe(notice)}", err=True)
    sound = all(each.condition is Condition.KLOPT for each in surveyed.registers.values())
    return 0 if sound else 1


def _content(form: str, table: Overview, width: int) -> str:
    match form:
        case "html":
            from beleidsbeheer.render.overview.page import page

            return page(table)
        case "csv":
            from beleidsbeheer.render.overview.data import overview_csv

            return overview_csv(table)
        case "json":
            from beleidsbeheer.render.overview.data import overview_json

            return json.dumps(overview_json(table), ensure_ascii=False, indent=2) + "\n"
        case _:
            from beleidsbeheer.render.overview.text import overview_text

            return overview_text(table, width)


def _width() -> int:
    from shutil import get_terminal_size

    return get_terminal_size((_IN_A_FILE, 24)).columns
