"""``beleid pas-toe``: the text that an amending decision makes of an older text."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from beleidsbeheer.cli.common import EXISTING_FILE
from beleidsbeheer.cli.dutch import DutchCommand
from beleidsbeheer.cli.output import check_not_read, check_target, write_file
from beleidsbeheer.cli.words import say
from beleidsbeheer.domain.amendment import apply
from beleidsbeheer.errors import UnreadableInput
from beleidsbeheer.render.terminal import safe


@click.command("pas-toe", cls=DutchCommand)
@click.argument("decision", metavar="BESLUIT", type=EXISTING_FILE)
@click.argument("old", metavar="OUD", type=EXISTING_FILE)
@click.option(
    "--uit",
    "target",
    metavar="BESTAND",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Schrijf de nieuwe tekst hierin; anders komt hij op het scherm.",
)
def command(decision: Path, old: Path, target: Path | None) -> None:
    """Pas een wijzigingsbesluit toe op een tekst.

    De nieuwe tekst komt op het scherm, of in een nieuw bestand, byte voor byte zoals het besluit hem
    bedoelt. Het besluit noemt de afdruk van de oude en van de nieuwe tekst. Past het niet op deze tekst,
    of is er iets aan veranderd, dan komt er geen tekst. Hoe een besluit eruitziet: docs/besluit.md.

    \b
    Voorbeeld:
      beleid pas-toe besluit.md versies/0.2.md
      beleid pas-toe besluit.md versies/0.2.md --uit reglement.md
    """
    if target is not None:
        check_target(target)
        check_not_read(target, (decision, old))
    new = apply(
        _bytes(decision), _bytes(old), decision_path=decision.as_posix(), old_path=old.as_posix()
    )
    if target is None:
        _print_text(new)
    else:
        write_file(target, new)
        say(f"De nieuwe tekst staat in {safe(target.as_posix())}.")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise UnreadableInput(
            f"{safe(path.as_posix())} is niet te lezen.", hint="Mag u dit bestand openen?"
        ) from None


def _print_text(text: bytes) -> None:
    """The exact bytes in a pipe; on a terminal without what could steer it."""
    if sys.stdout.isatty():
        for line in text.decode("utf-8", "replace").splitlines():
            indent = len(line) - len(line.lstrip(" "))
            say(" " * indent + safe(line))
    else:
        sys.stdout.flush()
        click.echo(text, nl=False)
