"""Begin a register: folder, git, rules, first keys and roster 0."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

from beleidsbeheer.actions.unfinished import take_back
from beleidsbeheer.actions.writing import Desk, Pen, append, seal
from beleidsbeheer.domain.entry import digest_of
from beleidsbeheer.domain.ledger import rules_copy_path
from beleidsbeheer.domain.model import Role
from beleidsbeheer.domain.register import Register, load
from beleidsbeheer.domain.settings import Settings, print_settings
from beleidsbeheer.errors import Refused, RepositoryProblem, WrongUse
from beleidsbeheer.storage.keys import Signer
from beleidsbeheer.storage.memory import Memory, remember

FIRST_ROLES = frozenset({Role.BEHEERDER, Role.SECRETARIS})


@dataclass(frozen=True, slots=True)
class Begun:
    """A register that has just begun; ``root_digest`` is its name from now on."""

    root: Path
    root_digest: str
    register: Register


def template(name: str) -> str:
    """A text of this package that becomes a file in somebody's register."""
    return (files("beleidsbeheer.actions") / "templates" / name).read_text(encoding="utf-8")


def check_room(root: Path) -> None:
    """Raise Refused or WrongUse when no register can begin in ``root``; before any key is made.

    What an attempt left that broke off is taken away first.
    """
    if root.is_dir():
        take_back(root)
    if (root / "beleid.toml").exists() and any(root.glob("approvals/rooster/*.json")):
        raise Refused(
            f"In {root} is al een register.", hint=f"Bekijk het met: beleid -C {root} status"
        )
    if root.exists() and not root.is_dir():
        raise WrongUse(f"{root} is een bestand, geen map.")


def begin(
    root: Path, settings: Settings, person: str, keys: tuple[Signer, Signer], today: date
) -> Begun:
    """Make the register in ``root`` with one person, two keys and threshold 1; one commit.

    ``keys`` are the one for every day and the reserve. The reserve key accepts its place at once, so that
    it works on the day the first key is lost.
    Raises Refused when there is a register already, RepositoryProblem when git refuses.
    """
    from beleidsbeheer.storage.repository import init

    check_room(root)
    main, reserve = keys
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RepositoryProblem(
            f"De map {root} kan niet worden gemaakt: {error.strerror}."
        ) from None
    init(root)
    rules = print_settings(settings)
    desk = Desk(root, load({}, today), today)
    first = seal(
        "rooster",
        Pen.held(person, FIRST_ROLES, main),
        None,
        today,
        nummer=0,
        verzegelt=[],
        drempel=1,
        regels=digest_of(rules),
        leden=[
            {
                "persoon": person,
                "rollen": sorted(FIRST_ROLES),
                "sleutels": [{"sleutel": each.public.line} for each in (main, reserve)],
            }
        ],
    )
    files_with_first = {"beleid.toml": rules, first.entry.path: first.statement}
    files_with_first[first.entry.path + ".sig"] = first.signature
    roster = load(files_with_first, today).verification.roster
    accepted = seal(
        "aanvaarding",
        Pen.held(person, FIRST_ROLES, reserve),
        roster,
        today,
        betreft=first.entry.digest,
    )
    others = {
        ".gitattributes": _attributes(root),
        "approvals/README.md": template("approvals.md").encode(),
        "approvals/namen.toml": template("namen.toml").encode(),
        "beleid.toml": rules,
        rules_copy_path(digest_of(rules)): rules,
    }
    register = append(
        desk, [first, accepted], f"Begin het register van {settings.organisation}", others
    )
    # whoever begins a register knows its root; other clones pin it on their first look
    remember(root, Memory(root_digest=first.entry.digest))
    return Begun(root, first.entry.digest, register)


def _attributes(root: Path) -> bytes:
    """The lines we need in ``.gitattributes``, after what stands there already."""
    path, ours = root / ".gitattributes", template("gitattributes")
    there = path.read_text(encoding="utf-8") if path.is_file() else ""
    if there and not there.endswith("\n"):
        there += "\n"
    return (there if ours in there else there + ours).encode()
