"""``beleid index``: make or freshen the index of one or many registers, or compare it with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from beleidsbeheer.cli.dutch import DutchCommand
from beleidsbeheer.cli.indexed import database_option, progress_on, registers_option
from beleidsbeheer.cli.main import Surroundings
from beleidsbeheer.cli.words import say
from beleidsbeheer.errors import WrongUse
from beleidsbeheer.storage.names import REGISTER_FILE

if TYPE_CHECKING:
    from beleidsbeheer.storage.index.index import Index

_SHOWN = 40  # differences that are told one by one; more say only that it must be made again


@click.command("index", cls=DutchCommand)
@registers_option
@database_option
@click.option(
    "--controleer",
    "only_compare",
    is_flag=True,
    help="Vergelijk de index met de registers; wijzigt niets.",
)
@click.option("--opnieuw", "anew", is_flag=True, help="Lees alles opnieuw, ook wat gelijk bleef.")
@click.option(
    "--vergeet",
    "forgotten",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="MAP",
    help="Haal dit register uit de index.",
)
@click.pass_obj
def command(
    surroundings: Surroundings,
    registers: tuple[Path, ...],
    database: str,
    only_compare: bool,
    anew: bool,
    forgotten: tuple[Path, ...],
) -> int:
    """Maak de index waarmee u zoekt en overzicht houdt, of werk haar bij.

    De index is een kopie van wat in de registers staat; u kunt haar altijd weggooien en opnieuw maken. Alleen
    wat veranderde, wordt opnieuw gelezen. Zonder --database staat zij in de map .beleid-index van het register,
    en git slaat die map over. Zonder --register gaat het om alle registers die al in de index staan, en om het
    register hier.

    \b
    Voorbeeld:
      beleid index
      beleid index --register scholen/noord --register scholen/zuid --database scholen.sqlite
      beleid index --database postgresql+psycopg://beleid@server/beleid
      beleid index --controleer
    """
    if sum((only_compare, anew, bool(forgotten))) > 1:
        raise WrongUse(
            "Kies --controleer, --opnieuw of --vergeet, niet meer dan één daarvan.",
            hint="Bijwerken gaat zonder deze opties: beleid index",
        )
    from beleidsbeheer.actions.indexing.choose import open_for

    index, places = open_for(
        surroundings.start, database, registers, create=not (only_compare or forgotten)
    )
    with index:
        if forgotten:
            return _forget(index, forgotten)
        if only_compare:
            return _compare(index, places, surroundings.today)
        return _freshen(index, places, surroundings.today, anew=anew)


def _forget(index: Index, registers: Iterable[Path]) -> int:
    from beleidsbeheer.actions.indexing.choose import forget

    for each in registers:
        forget(index, each)
        say(f"{each} staat niet meer in de index.")
    return 0


def _compare(index: Index, places: Sequence[Path], today: date) -> int:
    from beleidsbeheer.actions.indexing.compare import compare

    with progress_on() as progress:
        differences = compare(index, places, today, progress)
    for each in differences[:_SHOWN]:
        say(f"{each.place}: {each.what}")
    if len(differences) > _SHOWN:
        say(f"… en nog {len(differences) - _SHOWN} verschillen.")
    if differences:
        say("Bijwerken: beleid index. Helpt dat niet: beleid index --opnieuw", err=True)
        return 1
    say(f"De index zegt hetzelfde als {_counted(len(places))}.")
    return 0


def _freshen(index: Index, places: Sequence[Path], today: date, *, anew: bool) -> int:
    from beleidsbeheer.actions.indexing.freshen import freshen

    if index.thrown_away:
        say("De index was beschadigd; zij is weggegooid en wordt opnieuw gemaakt.", err=True)
    with progress_on() as progress:
        done = freshen(index, places, today, anew=anew, progress=progress)
    texts = "1 tekst" if done.texts == 1 else f"{done.texts} teksten"
    say(
        f"De index is bijgewerkt: {_counted(len(done.read))} gelezen, met {texts} die er nog niet in stonden;"
        f" {_counted(done.same)} onveranderd."
    )
    for place, condition in done.unsound:
        there = (Path(place) / REGISTER_FILE).is_file()
        next_step = (
            f"Kijk met: beleid -C {place} verifieer" if there else "Daar is geen register meer."
        )
        say(f"{place}: {condition}. {next_step}", err=True)
    return 1 if done.unsound else 0


def _counted(number: int) -> str:
    return "1 register" if number == 1 else f"{number} registers"
