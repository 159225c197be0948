"""Sentences on the screen: wrapped between words on a terminal, left alone in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import click


def say(text: str, *, err: bool = False) -> None:
    """Print a sentence or a few lines of them; ``err`` for what is no part of the answer."""
    stream = sys.stderr if err else sys.stdout
    for line in text.split("\n"):
        click.echo(_fitted(line) if stream.isatty() else line, err=err)


def say_all(lines: Iterable[str]) -> None:
    """Print the lines of an answer."""
    for line in lines:
        say(line)


def _fitted(line: str) -> str:
    """``line`` within the width of the terminal, its indent kept; paths and digests stay whole."""
    from shutil import get_terminal_size
    from textwrap import fill

    width = get_terminal_size().columns
    if len(line) <= width:
        return line
    words = line.lstrip(" ")
    indent = " " * (len(line) - len(words))
    return fill(
        words,
        width,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
