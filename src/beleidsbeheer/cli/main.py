"""The ``beleid`` command: the group, and the one boundary where an error becomes words and an exit code.

Exit codes: 0 fine; 1 findings, or a closed gate; 2 wrong use; 3 cannot go on; 70 a bug (with a log to
paste); 130 interrupted by the user.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Sequence
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

import click

from beleidsbeheer import __version__
from beleidsbeheer.cli.dutch import DutchGroup, usage_error
from beleidsbeheer.cli.words import say
from beleidsbeheer.errors import BeleidError

if TYPE_CHECKING:
    from pathlib import Path

# name → one line of help. The modules behind them load only when asked: help must be quick.
COMMANDS = {
    "begin": "Begin een nieuw register.",
    "nieuw": "Begin de tekst van een nieuw beleid.",
    "registreer": "Leg de werktekst vast als versie.",
    "neem-over": "Neem de geschiedenis uit een oud document over.",
    "voorleggen": "Leg een versie voor aan de raad.",
    "instemming": "Leg vast wat een geleding van de raad zegt.",
    "aanvaard-redactioneel": "Leg vast dat de raad een taalverbetering aanvaardt.",
    "toestemming": "Leg vast wat de geschillencommissie besloot.",
    "vaststellen": "Leg vast dat het bestuur een versie vaststelt.",
    "bekendmaken": "Leg vast waar mensen een versie kunnen lezen.",
    "bevestig": "Leg vast dat het bestuur bekeek en niets wijzigt.",
    "intrekken": "Leg vast dat het bestuur een reglement intrekt.",
    "nietigheid": "Leg vast dat de raad een besluit nietig noemt.",
    "trek-terug": "Neem een eigen stap terug.",
    "versietabel": "Toon de versie- en vaststellingstabel.",
    "geldend": "Toon welke tekst geldt, of gold op een dag.",
    "verschil": "Toon wat er tussen twee teksten is veranderd.",
    "pas-toe": "Pas een wijzigingsbesluit toe op een tekst.",
    "herkomst": "Toon sinds welke versie de woorden er zo staan.",
    "exporteer": "Maak van een reglement een PDF, Word-bestand of pagina.",
    "bundel": "Maak de stukken die naar de raad gaan.",
    "besluit": "Maak het besluit waarmee het bestuur vaststelt.",
    "schoolgids": "Maak het stukje voor in de schoolgids.",
    "site": "Maak een website van het register.",
    "status": "Toon wat geldt, wat loopt en wat hierna moet.",
    "controleer": "Lees een reglement na op fouten en gaten.",
    "index": "Maak de index om mee te zoeken, of werk haar bij.",
    "zoek": "Zoek woorden of verwijzingen in reglementen.",
    "overzicht": "Toon wat in alle registers geldt, loopt en stilligt.",
    "verifieer": "Controleer elke vastlegging en elke tekst.",
    "sleutel": "Maak of toon sleutels om mee te tekenen.",
    "rooster": "Bekijk of wijzig wie wat mag tekenen.",
    "verwerp": "Laat een vastlegging door de beheerders verwerpen.",
    "erken": "Laat een te late vastlegging door de beheerders erkennen.",
}


class Surroundings(NamedTuple):
    """What every command gets: the folder to work in, and which day it is.

    A NamedTuple, and ``pathlib`` where it is used: both cost help a third of what Click itself takes.
    """

    start: Path
    today: date


class _LazyGroup(DutchGroup):
    """Knows its commands by name and one line; imports a command only to run it or show its own help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"beleidsbeheer.cli.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C",
    "folder",
    metavar="MAP",
    default=".",
    type=click.Path(),
    help="Werk in deze map in plaats van hier.",
)
@click.version_option(
    __version__, "--versie", message="beleidsbeheer %(version)s", help="Toon de versie."
)
@click.pass_context
def beleid(context: click.Context, folder: str) -> None:
    """Wijzig een reglement en bewijs dat het zorgvuldig is gegaan.

    Voorbeeld: een nieuw register met een eerste versie.

    \b
      beleid begin mijnschool --organisatie "De Regenboog" --sector po --orgaan MR
      cd mijnschool
      beleid nieuw privacyreglement --titel "Privacyreglement"
      beleid registreer privacyreglement 0.1 --omschrijving "Eerste concept"
      beleid status
    """
    from pathlib import Path

    context.obj = Surroundings(Path(folder), context.obj or date.today())


def main(arguments: Sequence[str], today: date | None = None) -> int:
    """Run one command line and return its exit code. Never raises."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        outcome = beleid.main(list(arguments), prog_name="beleid", standalone_mode=False, obj=today)
        sys.stdout.flush()
        return outcome if isinstance(outcome, int) else 0
    except BeleidError as error:
        return _tell(error.message, error.hint, error.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "", err=True)
        return 2
    except click.ClickException as error:
        return _tell(*usage_error(error), 2)
    except (click.Abort, KeyboardInterrupt):
        return _tell("Afgebroken.", "Er is niets half geschreven.", 130)
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except OSError as error:
        if error.errno == errno.ENOSPC:
            return _tell("De schijf is vol.", "Maak ruimte vrij en probeer het opnieuw.", 3)
        return _bug(error)
    except Exception as error:
        return _bug(error)


def run() -> None:
    """The console script."""
    sys.exit(main(sys.argv[1:]))


def _tell(message: str, hint: str, code: int) -> int:
    say(f"Fout: {message}", err=True)
    if hint:
        say(f"Tip: {hint}", err=True)
    return code


def _bug(error: Exception) -> int:
    import tempfile
    import traceback

    message = f"Er ging iets mis in beleid zelf ({type(error).__name__}). Dat ligt niet aan u."
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="beleid-fout-", suffix=".txt", delete=False, encoding="utf-8"
        ) as log:
            log.write(f"beleidsbeheer {__version__}, Python {sys.version}\n\n")
            log.write("".join(traceback.format_exception(error)))
    except OSError:
        return _tell(message, "Er kon geen verslag worden bewaard; is de schijf vol?", 70)
    hint = f"Stuur het bestand {log.name} aan de makers; er staat geen wachtwoord in."
    return _tell(message, hint, 70)
