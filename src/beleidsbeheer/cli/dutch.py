"""Click speaks English; people here read Dutch. Help and usage errors, in their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import click

_HEADINGS = {"Options": "Opties", "Commands": "Opdrachten"}
_PHRASES = {
    "Show this message and exit.": "Toon deze uitleg en stop.",
    "[required]": "[verplicht]",
    "[default: ": "[standaard: ",
    "<=x<=": " t/m ",
}


class DutchFormatter(click.HelpFormatter):
    """Help pages with Dutch headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or "Gebruik: ")

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        with super().section(_HEADINGS.get(name, name)):
            yield

    def write_dl(self, rows: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().write_dl([(term, _translated(text)) for term, text in rows], *args, **kwargs)


class DutchContext(click.Context):
    formatter_class = DutchFormatter


class DutchCommand(click.Command):
    """A command whose help page is Dutch."""

    context_class = DutchContext

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[OPTIES]")
        super().__init__(*args, **kwargs)


class DutchGroup(click.Group):
    """A group of commands whose help page is Dutch."""

    context_class = DutchContext
    command_class = DutchCommand

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[OPTIES]")
        kwargs.setdefault("subcommand_metavar", "OPDRACHT …")
        super().__init__(*args, **kwargs)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if self.get_command(ctx, args[0]) is None:
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.list_commands(ctx))
            asked = f" Bedoelt u {' of '.join(near)}?" if near else ""
            ctx.fail(f"De opdracht {args[0]} bestaat niet.{asked}")
        return super().resolve_command(ctx, args)


def usage_error(error: click.ClickException) -> tuple[str, str]:
    """(message, hint) in Dutch for what Click found wrong with a command line."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "beleid"
    hint = f"Bekijk de uitleg met: {path} --help"
    match error:
        case click.NoSuchOption():
            near = f" Bedoelt u {' of '.join(error.possibilities)}?" if error.possibilities else ""
            return f"De optie {error.option_name} bestaat hier niet.{near}", hint
        case click.MissingParameter():
            name = error.param.opts[0] if isinstance(error.param, click.Option) else ""
            name = name or (error.param.human_readable_name.upper() if error.param else "iets")
            return f"{name} ontbreekt.", hint
        case click.BadParameter():
            name = error.param.opts[0] if isinstance(error.param, click.Option) else ""
            name = name or (
                error.param.human_readable_name.upper() if error.param else "een waarde"
            )
            return f"Bij {name} past deze waarde niet: {_reason(error)}", hint
        case click.FileError():
            return f"{error.ui_filename} kan niet worden gelezen.", hint
        case _:
            return _reason(error), hint


def _reason(error: click.ClickException) -> str:
    """Click's own words where they are ours (raised by our types), a plain sentence otherwise."""
    message = error.message
    parameter = error.param if isinstance(error, click.BadParameter) else None
    if parameter is not None and isinstance(parameter.type, click.Choice):
        return "kies uit " + ", ".join(parameter.type.choices) + "."
    return next((dutch for english, dutch in _MESSAGES.items() if english in message), message)


_MESSAGES = {
    "unexpected extra argument": "Er staat te veel op de regel.",
    "requires an argument": "Een optie mist haar waarde.",
    "does not take a value": "Een optie krijgt een waarde die zij niet heeft.",
    "Missing command": "Er ontbreekt een opdracht.",
    "does not exist": "dat bestand of die map bestaat niet.",
    "is a directory": "dat is een map.",
    "is a file": "dat is een bestand.",
    "is not readable": "dat bestand is niet te lezen.",
    "is not a valid integer": "dat is geen heel getal.",
    "is not in the range": "dat getal is te groot of te klein.",
}


def _translated(text: str) -> str:
    for english, dutch in _PHRASES.items():
        text = text.replace(english, dutch)
    return text
