"""Files that a command makes for people: where they may go, and writing them whole or not at all."""

from __future__ import annotations

from pathlib import Path

from beleidsbeheer.errors import RepositoryProblem, WrongUse


def check_target(target: Path) -> None:
    """Raise WrongUse for a place of a register, inside git's own folder, or where no folder is."""
    from beleidsbeheer.storage.names import in_register
    from beleidsbeheer.storage.places import find_root

    place = target.parent.resolve() / target.name
    if not place.parent.is_dir() or place.is_dir():
        what = "is een map" if place.is_dir() else "staat in een map die er niet is"
        raise WrongUse(f"{target} {what}.", hint="Geef bij --uit een bestand in een map die er is.")
    root = find_root(place.parent)
    inside = place.relative_to(root).as_posix() if root else ""
    # as Windows and macOS see it: a capital makes no other file
    if in_register(inside.lower()) or ".git" in map(str.lower, place.parts):
        raise WrongUse(
            f"{target} hoort bij een register en wordt niet overschreven.",
            hint="Geef bij --uit een bestand buiten approvals/ en reglement/.",
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
