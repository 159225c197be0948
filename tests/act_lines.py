"""The acts of council and board as people type them: command lines, letters, and people with keys of their own."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from desk import BEGIN, POLICY, UNLOCKED, WORKING, Hand, Screen, hand
from rosters import propose

TOPICS = ("personeelsgegevens", "personeelsobservatie", "leerlinggegevens")
PLAN = ("--beweegredenen", "Duidelijker", "--gevolgen", "Geen", "--maatregelen", "Uitleg")
MEETING = ("--vergadering", "2026-11-23", "--kenmerk", "MR 2026-14")
LETTER = b"Namens de raad: akkoord."

Line = tuple[str | Path, ...]


# --- texts and rules -----------------------------------------------------------------------------------


def touch(screen: Screen, topics: Iterable[str] = TOPICS) -> None:
    """Let the working text touch these topics."""
    listed = ", ".join(f'"{topic}"' for topic in topics)
    path = screen.folder / WORKING
    path.write_text(path.read_text().replace("raakt = []", f"raakt = [{listed}]"))


def begin_school(screen: Screen, *options: str) -> None:
    """Begin a register with these options (as of ``beleid begin``), with a policy that touches TOPICS."""
    around = screen.at(screen.folder.parent)
    around.fine("begin", screen.folder.name, *(options or BEGIN), UNLOCKED)
    screen.fine("nieuw", POLICY, "--titel", "Privacyreglement")
    touch(screen)


def add_rules(screen: Screen, rules: str) -> None:
    """Add to ``beleid.toml``, and take it into a new roster."""
    path = screen.folder / "beleid.toml"
    path.write_text(path.read_text() + rules)
    screen.fine("rooster", "voorstel", "--verzegel")


def change_rules(screen: Screen, old: str, new: str) -> None:
    path = screen.folder / "beleid.toml"
    path.write_text(path.read_text().replace(old, new))
    screen.fine("rooster", "voorstel", "--verzegel")


# --- stages ------------------------------------------------------------------------------------------------


def to_registered(screen: Screen) -> None:
    touch(screen)
    screen.register("0.1")


def to_submitted(screen: Screen) -> None:
    to_registered(screen)
    screen.fine(*submit())


def to_consented(screen: Screen) -> None:
    to_submitted(screen)
    for geleding in ("personeel", "ouders"):
        screen.fine(*consent(geleding), *received(screen))


def to_adopted(screen: Screen) -> None:
    """Adopted today, in force tomorrow."""
    to_consented(screen)
    screen.fine(*adopt("2026-11-24"), *received(screen))


# --- command lines -------------------------------------------------------------------------------------------


def submit(version: str = "0.1", *more: str | Path) -> Line:
    return ("voorleggen", POLICY, version, *PLAN, *more)


def consent(geleding: str, outcome: str = "ingestemd", *more: str, version: str = "0.1") -> Line:
    said = ("--geleding", geleding, "--uitkomst", outcome)
    return ("instemming", POLICY, version, *said, *MEETING, *more)


def adopt(starts: str, version: str = "0.1", *more: str) -> Line:
    return ("vaststellen", POLICY, version, "--inwerking", starts, *more)


def received(screen: Screen, *more: str | Path) -> Line:
    """The options of a secretary who has a letter."""
    return ("--ontvangen", *letter(screen), *more)


def letter(screen: Screen, content: bytes = LETTER, name: str = "brief.pdf") -> Line:
    path = screen.folder.parent / name
    path.write_bytes(content)
    return ("--brief", path)


def take_back(what: str | Path) -> Line:
    return ("trek-terug", POLICY, what, "--reden", "Vergissing")


# --- what is in the register afterwards -----------------------------------------------------------------------


def stated(screen: Screen, kind: str, version: str = "0.1") -> Any:
    """The one statement of this kind about a version."""
    return json.loads(
        screen.find(f"approvals/{POLICY}/{version}/{kind}-*.json").read_text(encoding="utf-8")
    )


def digest_of(screen: Screen, kind: str, version: str = "0.1") -> str:
    """The start of the digest of the one act of this kind, as its file name has it."""
    path = screen.find(f"approvals/{POLICY}/{version}/{kind}-*.json")
    return path.stem.rpartition("-")[2]


def stand(screen: Screen, version: str = "0.1") -> str:
    (policy,) = screen.run("status", "--json").json["beleid"]
    found: str = next(each["stand"] for each in policy["versies"] if each["versie"] == version)
    return found


# --- people ------------------------------------------------------------------------------------------------------


def seat(screen: Screen, person: str, role: str = "") -> Hand:
    """Somebody with a key of their own and an accepted place in the roster."""
    who = hand(screen.folder.parent, person)
    propose(screen, who, role or person)
    screen.fine("rooster", "aanvaard", *who.signs)
    return who


def confirm(screen: Screen, who: Hand) -> None:
    """The secretary attests that a letter of the body names this key."""
    line = ("--afdruk", who.fingerprint, *letter(screen), "--vergadering", "2026-11-10")
    screen.fine("rooster", "bevestig", who.person, *line)
