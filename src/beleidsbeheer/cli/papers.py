"""What the commands share that make a paper: which form, where to, and what is said about it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from beleidsbeheer.cli.output import check_target, write_file
from beleidsbeheer.cli.words import say
from beleidsbeheer.errors import WrongUse

if TYPE_CHECKING:
    from beleidsbeheer.actions.reading import View

_F = TypeVar("_F", bound=Callable[..., Any])

_BY_SUFFIX = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".html": "html",
    ".md": "markdown",
}
_BINARY = frozenset({"pdf", "docx"})


def paper_options(forms: Sequence[str]) -> Callable[[_F], _F]:
    """``--vorm`` and ``--uit``, given as ``form`` and ``target``."""

    def added(function: _F) -> _F:
        chosen = click.option(
            "--vorm",
            "form",
            type=click.Choice(list(forms)),
            help="Vorm; zonder deze optie zoals BESTAND eindigt, anders markdown.",
        )
        where = click.option(
            "--uit",
            "target",
            type=click.Path(path_type=Path),
            metavar="BESTAND",
            help="Schrijf een bestand.",
        )
        return chosen(where(function))

    return added


def form_for(form: str | None, target: Path | None, forms: Sequence[str]) -> str:
    """The form that was asked for, in so many words or by the end of the name of the file.

    Raises WrongUse for a name that says another form, and for a form that is no text without a file.
    """
    suffix = target.suffix.lower() if target else ""
    named = _BY_SUFFIX.get(suffix)
    chosen = form or named or "markdown"
    if chosen not in forms:
        raise WrongUse(
            f"Dit stuk is er niet als {chosen}.", hint=f"Kies --vorm {' of '.join(forms)}."
        )
    if form and named and form != named:
        raise WrongUse(
            f"De vorm {form} past niet bij een bestand dat op {suffix} eindigt.",
            hint="Geef het bestand een andere naam, of laat --vorm weg.",
        )
    if target is None and chosen in _BINARY:
        raise WrongUse(
            f"Een {chosen} is niet om op het scherm te zetten.",
            hint=f"Geef een bestand: --uit stuk.{chosen}",
        )
    if target is not None:
        check_target(target)
    return chosen


def deliver(content: bytes, target: Path | None) -> None:
    """Write the file, or print the text."""
    if target is None:
        sys.stdout.flush()
        click.echo(content.decode("utf-8"), nl=False)
    else:
        write_file(target, content)
        click.echo(f"Geschreven: {target}", err=True)


def judged(view: View) -> int:
    """The exit code of a command that made a paper; says so when something in the register is wrong."""
    if not view.sound:
        say("Let op: er klopt iets niet in dit register. Kijk met: beleid verifieer", err=True)
    return 0 if view.sound else 1
