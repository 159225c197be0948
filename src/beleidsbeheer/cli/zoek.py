"""``beleid zoek``: find words in regulations, or what refers to a law or to another regulation."""

from __future__ import annotations

import os
import re
import sys
from datetime import date
from pathlib import Path

import click

from beleidsbeheer.cli.common import Day, json_option, print_json
from beleidsbeheer.cli.dutch import DutchCommand
from beleidsbeheer.cli.indexed import database_option, progress_on, registers_option
from beleidsbeheer.cli.main import Surroundings
from beleidsbeheer.cli.words import say
from beleidsbeheer.errors import WrongUse

_EXAMPLE = 'Bijvoorbeeld: beleid zoek bewaartermijn, of: beleid zoek --verwijst-naar "AVG 33"'


class _Search(DutchCommand):
    """Takes ``-foto`` as a word that may not be there: all options of this command but -h have two dashes.

    ``-C``, that belongs before the command, is refused as everywhere.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        end = args.index("--") if "--" in args else len(args)
        own, rest = args[:end], args[end + 1 :]
        excluded = [each for each in own if re.match(r"-[^-]", each) and each not in ("-h", "-C")]
        kept = [each for each in own if each not in excluded]
        if kept and kept[-1] in self._with_value():  # else it would take the dashes for its value
            return super().parse_args(ctx, kept)
        return super().parse_args(ctx, [*kept, "--", *rest, *excluded])

    def _with_value(self) -> set[str]:
        options = (each for each in self.params if isinstance(each, click.Option))
        return {name for each in options if not each.is_flag for name in each.opts}


@click.command("zoek", cls=_Search)
@click.argument("words", metavar="[WOORDEN…]", nargs=-1)
@click.option(
    "--op", "day", type=Day(), metavar="DATUM", help="In wat die dag geldt; anders vandaag."
)
@click.option(
    "--alle-versies", "all_versions", is_flag=True, help="Ook in oude, komende en lopende versies."
)
@click.option(
    "--verwijst-naar",
    "aim",
    default="",
    metavar="PLAATS",
    help="Alleen wat naar deze wet, dit artikel of dit reglement verwijst.",
)
@registers_option
@database_option
@click.option(
    "--hoogstens",
    "most",
    type=click.IntRange(1, 5000),
    default=10,
    show_default=True,
    metavar="AANTAL",
    help="Zoveel plekken.",
)
@json_option
@click.pass_obj
def command(
    surroundings: Surroundings,
    words: tuple[str, ...],
    day: date | None,
    all_versions: bool,
    aim: str,
    registers: tuple[Path, ...],
    database: str,
    most: int,
    as_json: bool,
) -> int:
    """Zoek woorden in de reglementen die gelden, of wat naar een wet verwijst.

    Een plek is een artikel waar alle woorden in staan, in welke vorm ook: klacht vindt ook klachten. Met een
    sterretje vindt u elk woord dat zo begint (klacht*), tussen dubbele aanhalingstekens woorden naast elkaar (zet
    daar enkele omheen, zoals hieronder), met OF het een of het ander, en met een streepje ervoor wat er niet in mag
    staan. Op een scherm zijn de gevonden woorden vet; in een pijp staat er alleen de tekst. Dezelfde tekst in meer
    reglementen staat er één keer.

    De uitkomst is 0 als er iets is gevonden, en anders 1.

    \b
    Voorbeeld:
      beleid zoek bewaartermijn
      beleid zoek '"bevoegd gezag" klacht* -foto'
      beleid zoek toestemming --op 01-09-2025
      beleid zoek cameratoezicht --alle-versies
      beleid zoek --verwijst-naar "AVG 33"
      beleid zoek melden --verwijst-naar klachtenregeling
    """
    asked = " ".join(words).strip()
    if not asked and not aim.strip():
        raise WrongUse("Er staat niet bij wat u zoekt.", hint=_EXAMPLE)
    if day and all_versions:
        raise WrongUse("Kies --op of --alle-versies, niet allebei.")
    from beleidsbeheer.actions.searching import Question, Sources, find
    from beleidsbeheer.render.hits import hits_json, hits_text, remark_lines

    on = None if all_versions else day or surroundings.today
    with progress_on() as progress:
        answer = find(
            surroundings.start,
            Sources(database, registers),
            Question(asked, aim, on, most),
            surroundings.today,
            progress,
        )
    if as_json:
        print_json(hits_json(answer, asked, aim))
    else:
        screen = sys.stdout.isatty()
        marked = screen and not os.environ.get("NO_COLOR")
        click.echo(hits_text(answer, _width() if screen else None, marked=marked), nl=False)
        for line in remark_lines(answer, asked, aim, most):
            say(line, err=True)
    return 0 if answer.hits else 1


def _width() -> int:
    from shutil import get_terminal_size

    return get_terminal_size().columns
