"""``beleid versietabel``: the document's own two tables."""

from __future__ import annotations

import shutil

import click

from beleidsbeheer.actions.reading import open_register
from beleidsbeheer.cli.common import json_option, print_json
from beleidsbeheer.cli.dutch import DutchCommand
from beleidsbeheer.cli.main import Surroundings
from beleidsbeheer.cli.words import say
from beleidsbeheer.domain.register import Policy, Register
from beleidsbeheer.errors import WrongUse
from beleidsbeheer.render.tables import Table, as_raw_tables, as_tables, history_tables, tables_json

_FORMS = ("tekst", "markdown", "html", "csv", "json")


@click.command("versietabel", cls=DutchCommand)
@click.argument("policy", metavar="BELEID")
@click.option(
    "--vorm", "form", type=click.Choice(_FORMS), default="tekst", show_default=True, help="Vorm."
)
@click.option("--bron", "raw", is_flag=True, help="Toon de ruwe cellen van het oude document.")
@json_option
@click.pass_obj
def command(surroundings: Surroundings, policy: str, form: str, raw: bool, as_json: bool) -> int:
    """Toon de versietabel en de vaststellingstabel van BELEID.

    Alleen wat geldig is vastgelegd telt mee. Met * gemerkte rijen zijn overgenomen uit een oud document.

    \b
    Voorbeeld:
      beleid versietabel privacyreglement
      beleid versietabel privacyreglement --vorm html > tabel.html
    """
    view = open_register(surroundings.start, surroundings.today)
    found = find_policy(view.register, policy)
    history = history_tables(view.register, found)
    if as_json or form == "json":
        print_json(tables_json(history))
    else:
        tables = as_raw_tables(history) if raw else as_tables(history)
        click.echo(_shown(form, tables, history.titel), nl=False)
    if not view.sound:
        say("Let op: er klopt iets niet in dit register. Kijk met: beleid verifieer", err=True)
    return 0 if view.sound else 1


def find_policy(register: Register, slug: str) -> Policy:
    """The policy with this name. Raises WrongUse naming those that there are."""
    policy = register.policies.get(slug)
    if policy is None:
        known = ", ".join(register.policies) or "nog geen"
        raise WrongUse(f"Er is geen beleid met de naam {slug}.", hint=f"Bekend: {known}.")
    return policy


def _shown(form: str, tables: tuple[Table, Table], title: str) -> str:
    if form == "tekst":
        from beleidsbeheer.render.terminal import table_text

        return table_text(tables, shutil.get_terminal_size().columns)
    from beleidsbeheer.render import forms

    if form == "markdown":
        return forms.markdown(tables)
    return forms.page(tables, title) if form == "html" else forms.comma_separated(tables)
