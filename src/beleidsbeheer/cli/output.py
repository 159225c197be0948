"""Files that a command makes for people: where they may go, and writing them whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from beleidsbeheer.errors import RepositoryProblem, WrongUse


def check_target(target: Path) -> None:
    """Raise WrongUse for a place of a register, inside git's own folder, or where no folder is."""
    if target.is_dir():
        raise WrongUse(
            f"{target} is een map.", hint="Geef bij --uit een bestand in een map die er is."
        )
    if (
        target.exists() and not target.is_file()
    ):  # writing puts a new file in its place: /dev/null would be gone
        raise WrongUse(
            f"{target} is geen gewoon bestand.",
            hint="Laat --uit weg en stuur de uitvoer door met >, of geef een gewoon bestand.",
        )
    check_place(target)


def check_place(target: Path) -> None:
    """Raise WrongUse where no file or folder may come: in a register, in git's folder, in no folder."""
    from beleidsbeheer.storage.names import in_register
    from beleidsbeheer.storage.places import find_root

    place = target.parent.resolve() / target.name
    if not place.parent.is_dir():
        raise WrongUse(
            f"{target} staat in een map die er niet is.",
            hint="Geef bij --uit een plek in een map die er is.",
        )
    root = find_root(place.parent)
    inside = place.relative_to(root).as_posix() if root else ""
    # as Windows and macOS see it: a capital makes no other file
    if in_register(inside.lower()) or ".git" in map(str.lower, place.parts):
        raise WrongUse(
            f"{target} hoort bij een register en wordt niet overschreven.",
            hint="Geef bij --uit een plek buiten approvals/ en reglement/.",
        )


def check_not_read(target: Path, read: Iterable[Path]) -> None:
    """Raise WrongUse when a command would write over a file that it was asked to read."""
    if target.exists() and any(each.exists() and each.samefile(target) for each in read):
        raise WrongUse(
            f"{target} wordt hier gelezen en wordt niet overschreven.",
            hint="Geef bij --uit een ander bestand.",
        )


def write_file(target: Path, content: bytes) -> None:
    """Write a file through a temporary one and a rename. Raises RepositoryProblem when the disk refuses."""
    from beleidsbeheer.storage.folder import replace_file
    from beleidsbeheer.storage.places import why

    try:
        replace_file(target, content)
    except OSError as error:
        raise RepositoryProblem(
            f"{target} kan niet worden geschreven ({why(error)}).",
            hint="Kijk of de schijf vol is en of u hier mag schrijven, en probeer het opnieuw.",
        ) from error


def check_new_folder(target: Path) -> None:
    """Raise WrongUse for a place where something lies, or that belongs to a register."""
    from beleidsbeheer.storage.names import APPROVALS, REGULATIONS
    from beleidsbeheer.storage.places import find_root

    check_place(target)
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise WrongUse(f"{target} is al een bestand.", hint="Geef bij --uit een nieuwe map.")
    root = find_root(target.parent.resolve())
    if root and (target.parent.resolve() / target.name).relative_to(root).parts[0].lower() in (
        APPROVALS,
        REGULATIONS,
    ):
        raise WrongUse(
            f"{target} hoort bij een register.", hint="Geef bij --uit een map daarbuiten."
        )
    if target.is_dir() and any(target.iterdir()):
        raise WrongUse(f"In {target} staat al iets.", hint="Geef bij --uit een nieuwe of lege map.")


def write_new_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder whole or not at all. Raises RepositoryProblem when the disk refuses."""
    from beleidsbeheer.storage.outside import write_folder
    from beleidsbeheer.storage.places import why

    try:
        write_folder(target, files)
    except OSError as error:
        raise RepositoryProblem(
            f"{target} kan niet worden geschreven ({why(error)}). Er is niets achtergebleven.",
            hint="Kijk of de schijf vol is en of u hier mag schrijven, en probeer het opnieuw.",
        ) from error
