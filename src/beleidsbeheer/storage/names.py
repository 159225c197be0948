"""Which names a register may use for its files, and what each file is. Pure: no disk, no git.

A register is copied between Linux, macOS and Windows, zipped, and read aloud in a meeting. A name
that one of those cannot hold, shows differently, or takes for another name is therefore refused
everywhere. Sources: gitattributes(5) and git's ``verify_path`` (``.git``, ``git~1``); "Naming
Files, Paths, and Namespaces" on learn.microsoft.com (device names, ``<>:"|?*``, trailing dot and
space); UAX #15 (NFC).
"""

from __future__ import annotations

import re
import unicodedata

from beleidsbeheer.errors import UnreadableInput

REGISTER_FILE = "beleid.toml"
APPROVALS = "approvals"
REGULATIONS = "reglement"
WORKING_TEXT = "reglement.md"
VERSIONS = "versies"
LEFTOVER = ".tmp-"
"""How a file starts that a writer was still busy with; a reader reports it and does not use it."""

MAX_DEPTH = 8
MAX_PATH = 1024

_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(?<!\.)", re.ASCII)
_DEVICE = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(\..*)?",
    re.IGNORECASE | re.DOTALL,
)
_SHORT_GIT = re.compile(r"git~[0-9]+", re.IGNORECASE)
_WINDOWS_FORBIDS = frozenset('<>:"|?*')
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})


def name_defect(name: str) -> str | None:
    """What is wrong with one file or folder name (a Dutch clause), or None when it is fine."""
    if _PLAIN.fullmatch(name) and not _DEVICE.fullmatch(name):
        return None
    return _name_defect_in_full(name)


def _name_defect_in_full(name: str) -> str | None:
    if name in {"", ".", ".."}:
        return "een leeg deel, '.' of '..' mag niet in een pad"
    if any("\ud800" <= ch <= "\udfff" for ch in name):
        return "de naam is geen geldige UTF-8"
    if "/" in name or "\\" in name:
        return "een schuine streep mag niet in een naam"
    if any(unicodedata.category(ch) in _UNSEEN for ch in name):
        return "de naam bevat een onzichtbaar teken"
    if not unicodedata.is_normalized("NFC", name):
        return "de naam is niet in de gewone Unicode-vorm (NFC) geschreven"
    if name.startswith("."):
        return "de naam begint met een punt"
    if name.endswith((".", " ")):
        return "de naam eindigt op een punt of een spatie"
    if _WINDOWS_FORBIDS.intersection(name):
        return 'een van de tekens < > : " | ? * staat in de naam'
    if _DEVICE.fullmatch(name) or _SHORT_GIT.fullmatch(name):
        return "de naam is op Windows gereserveerd"
    return None


def path_defect(path: str) -> str | None:
    """What is wrong with a relative posix path inside a register (a Dutch clause), or None.

    Refused: absolute paths, ``..``, backslashes, invisible or control characters, names that are
    not NFC, drive letters and colons, Windows device names, a leading dot, a trailing dot or
    space, bytes that are no UTF-8, more than ``MAX_DEPTH`` levels, more than ``MAX_PATH``
    characters.
    """
    if path.startswith("/"):
        return "het pad is niet relatief"
    if len(path) > MAX_PATH:
        return "het pad is te lang"
    parts = path.split("/")
    if len(parts) > MAX_DEPTH:
        return "het pad gaat te veel mappen diep"
    return next((defect for part in parts if (defect := name_defect(part))), None)


def check_path(path: str) -> None:
    """Refuse a path with a defect. Raises UnreadableInput that shows the path and what is wrong.

    ``.gitattributes`` on top is the one dot file of a register's own: it keeps git from touching bytes.
    """
    defect = None if path == ".gitattributes" else path_defect(path)
    if defect is not None:
        raise UnreadableInput(
            f"Het pad '{shown(path)}' kan niet in een register: {defect}.",
            hint="Kies een naam met gewone letters, cijfers, punten, streepjes en onderstrepingen.",
        )


def shown(path: str) -> str:
    """The path as it can safely be printed: odd characters and bytes as ``\\x..``, ``\\u....``."""
    if path.isprintable():
        return path
    return "".join(
        ch if ch.isprintable() else ch.encode("unicode_escape").decode("ascii") for ch in path
    )


def is_append_only(path: str) -> bool:
    """Whether this file, once there, never changes: entries, signatures and frozen texts."""
    first, _, rest = path.partition("/")
    if first == APPROVALS:
        return path.endswith((".json", ".sig"))
    parts = rest.split("/")
    return first == REGULATIONS and len(parts) == 3 and parts[1] == VERSIONS


def in_register(path: str) -> bool:
    """Whether this file is part of what a register consists of (see ``folder.read_folder``)."""
    if path == REGISTER_FILE or is_append_only(path):
        return True
    parts = path.split("/")
    if parts[0] == APPROVALS:
        return len(parts) > 1
    return len(parts) == 3 and parts[0] == REGULATIONS and parts[2] == WORKING_TEXT
