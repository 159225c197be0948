"""What the checks find in a text that was just registered or put to a council, in a few lines."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from beleidsbeheer.cli.words import say_all

if TYPE_CHECKING:
    from beleidsbeheer.actions.writing import Done


def tell_new_findings(done: Done, today: date) -> None:
    """Say what is to remark on this text that was not so in the text in force."""
    from beleidsbeheer.actions.checking import Measure, read_version
    from beleidsbeheer.render.checks.words import new_lines

    policy, version = done.entry.policy, done.entry.version
    read = read_version(done.register, policy, version, Measure(today))
    compared_with = read.review.dossier.in_force_label
    command = f"beleid controleer {policy} --versie {version}"
    say_all(new_lines(read.new, compared_with, command + (" --nieuw" if compared_with else "")))
