"""What the commands that use an index share: which registers, which database, and a bar while it is brought up to date."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from beleidsbeheer.render.terminal import safe

if TYPE_CHECKING:
    from beleidsbeheer.actions.indexing.freshen import Progress


registers_option = click.option(
    "--register",
    "registers",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="MAP",
    help="Een register; mag vaker.",
)
database_option = click.option(
    "--database",
    "database",
    default="",
    envvar="BELEID_DATABASE",
    metavar="URL",
    help="De index; anders die bij het register, of die in BELEID_DATABASE.",
)


@contextmanager
def progress_on() -> Iterator[Progress]:
    """A bar on the terminal, gone when it is done; nothing in a pipe, and nothing for a single register."""
    screen = sys.stderr.isatty()

    def tell(place: str, done: int, of: int) -> None:
        if of > 1 and screen:
            click.echo(f"\r{_bar(place, done, of)}{_ERASE}", nl=False, err=True)

    try:
        yield tell
    finally:
        if screen:
            click.echo(f"\r{_ERASE}", nl=False, err=True)


_ERASE: Final = "\x1b[K"  # to the end of the line (ECMA-48, EL)
_LENGTH: Final = 20


def _bar(place: str, done: int, of: int) -> str:
    """ "[#####---------------] 5 van 20 registers: noord" """
    from shutil import get_terminal_size

    full = _LENGTH * done // of
    told = f"[{'#' * full}{'-' * (_LENGTH - full)}] {done} van {of} registers: {safe(Path(place).name)}"
    return told[: get_terminal_size().columns - 1]
