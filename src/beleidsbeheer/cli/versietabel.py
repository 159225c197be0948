"""``beleid versietabel``: the history of a policy, as the document's own tables or in another profile."""

from __future__ import annotations

import shutil

import click

from beleidsbeheer.actions.reading import find_policy, open_register
from beleidsbeheer.cli.common import json_option, print_json
from beleidsbeheer.cli.dutch import DutchCommand
from beleidsbeheer.cli.main import Surroundings
from beleidsbeheer.cli.words import say
from beleidsbeheer.domain.settings import PROFILES
from beleidsbeheer.errors import WrongUse
from beleidsbeheer.render.history import history_tables
from beleidsbeheer.render.history_json import tables_json
from beleidsbeheer.render.tables import Listing, Table, as_raw_tables, in_profile

_FORMS = ("tekst", "markdown", "html", "csv", "json")


@click.command("versietabel", cls=DutchCommand)
@click.argument("policy", metavar="BELEID")
@click.option(
    "--vorm", "form", type=click.Choice(_FORMS), default="tekst", show_default=True, help="Vorm."
)
@click.option(
    "--profiel",
    "profile",
    type=click.Choice(PROFILES),
    help="Soort tabel; zonder deze optie die van beleid.toml.",
)
@click.option("--bron", "raw", is_flag=True, help="Toon de ruwe cellen van het oude document.")
@json_option
@click.pass_obj
def command(
    surroundings: Surroundings,
    policy: str,
    form: str,
    profile: str | None,
    raw: bool,
    as_json: bool,
) -> int:
    """Toon de versietabel en de vaststellingstabel van BELEID.

    Alleen wat geldig is vastgelegd telt mee. Met * gemerkte rijen zijn overgenomen uit een oud document.
    Bij elke instemming en elk besluit staat hoe dat bekend is: een eigen handtekening, een eigen
    handtekening met een sleutel die niet is bevestigd, of een ontvangstbewijs van de secretaris.

    \b
    Profielen:
      kennisnet  elke versie, en daaronder wie haar vaststelde
      cvdr       wat wanneer gold, met de kolommen van overheid.nl
      kort       een paar regels voor elke versie, voor een telefoon

    \b
    Voorbeeld:
      beleid versietabel privacyreglement
      beleid versietabel privacyreglement --profiel kort
      beleid versietabel privacyreglement --vorm html > tabel.html
    """
    if raw and profile:
        raise WrongUse(
            "--bron toont de cellen zoals ze in het oude document stonden; daar hoort geen profiel bij.",
            hint="Laat --bron of --profiel weg.",
        )
    view = open_register(surroundings.start, surroundings.today)
    found = find_policy(view.register, policy)
    history = history_tables(view.register, found)
    if as_json or form == "json":
        print_json(tables_json(history))
    else:
        shown = as_raw_tables(history) if raw else in_profile(history, profile or "")
        click.echo(_shown(form, shown, history.titel), nl=False)
    if not view.sound:
        say("Let op: er klopt iets niet in dit register. Kijk met: beleid verifieer", err=True)
    return 0 if view.sound else 1


def _shown(form: str, shown: tuple[Table, ...] | tuple[Listing], title: str) -> str:
    from beleidsbeheer.render import forms

    match form:
        case "markdown":
            return forms.markdown(shown)
        case "html":
            return forms.page(shown, title)
        case "csv":
            return forms.comma_separated(shown)
        case _:
            return forms.text(shown, shutil.get_terminal_size().columns)
