"""Proposing a roster as the secretary does, and what the screen then says is in force."""

from __future__ import annotations

from pathlib import Path

from desk import Hand, Screen


def propose(screen: Screen, who: Hand, role: str, *more: str | Path) -> str:
    """The secretary proposes a roster in which this person comes or changes; what was told."""
    line = ("--persoon", who.person, "--rol", role, "--sleutel-van", who.public)
    return screen.fine("rooster", "voorstel", *line, *more)


def state_of(screen: Screen, person: str) -> list[str]:
    """The state of each key of this person, as ``rooster toon`` gives it."""
    members = {
        each["persoon"]: each for each in screen.run("rooster", "toon", "--json").json["leden"]
    }
    return [key["staat"] for key in members[person]["sleutels"]] if person in members else []


def number_in_force(screen: Screen) -> int:
    number: int = screen.run("rooster", "toon", "--json").json["nummer"]
    return number
