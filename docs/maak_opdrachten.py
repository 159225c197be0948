"""Write docs/opdrachten.md: the help of every command, as the program itself gives it.

.venv/bin/python docs/maak_opdrachten.py
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from beleidsbeheer.cli.main import beleid

TARGET = Path(__file__).with_name("opdrachten.md")
_WIDTH = 100
_TOP = """# Alle opdrachten

Dit is de uitleg die `beleid … --help` zelf geeft. Niet met de hand wijzigen:
`python docs/maak_opdrachten.py` maakt dit stuk opnieuw.
"""


def every_command() -> Iterator[tuple[str, click.Context]]:
    """(command line, context) of the program and of every command and subcommand, in their order."""
    settings = beleid.context_settings
    top = beleid.context_class(beleid, info_name="beleid", terminal_width=_WIDTH, **settings)
    waiting: list[tuple[str, click.Context]] = [("beleid", top)]
    while waiting:
        line, context = waiting.pop(0)
        yield line, context
        group = context.command
        if isinstance(group, click.Group):
            names = group.list_commands(context)
            commands = filter(None, (group.get_command(context, name) for name in names))
            waiting[:0] = [
                (f"{line} {one.name}", one.context_class(one, info_name=one.name, parent=context))
                for one in commands
            ]


def page() -> str:
    """The whole page."""
    parts = [_TOP]
    for line, context in every_command():
        parts.append(f"\n## {line}\n\n```text\n{context.get_help().rstrip()}\n```\n")
    return "".join(parts)


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
