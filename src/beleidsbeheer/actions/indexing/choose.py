"""Which index, and which registers, a person means."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from beleidsbeheer.actions.reading import register_root
from beleidsbeheer.errors import WrongUse
from beleidsbeheer.storage.names import REGISTER_FILE, shown
from beleidsbeheer.storage.places import find_root

if TYPE_CHECKING:
    from beleidsbeheer.storage.index.index import Index


def open_for(
    start: Path, database: str, given: Sequence[Path], *, create: bool
) -> tuple[Index, list[Path]]:
    """The index to work on, and the registers that it is about.

    Without an address the index beside the first register. Without registers all those that it knows, and the
    one at or above ``start``.
    """
    from beleidsbeheer.storage.index.address import default_file, parse_address
    from beleidsbeheer.storage.index.index import open_index

    if database:
        index = open_index(parse_address(database, Path()), create=create)
        here = chosen(start, given) if given else _here(start)
    else:
        here = chosen(start, given)
        index = open_index(parse_address("", default_file(here[0])), create=create)
    if given:
        return index, here
    try:
        return index, _known_and(index, here)
    except BaseException:
        index.close()
        raise


def _known_and(index: Index, here: Sequence[Path]) -> list[Path]:
    with index.reading() as reading:
        known = [Path(place) for place in reading.marks()]
    if not known and not here:
        raise WrongUse(
            "De index is leeg, en hier is geen register.",
            hint="Noem de registers: beleid index --register MAP --register MAP",
        )
    return sorted({*known, *here})


def _here(start: Path) -> list[Path]:
    root = find_root(start)
    return [_told(root)] if root else []


def chosen(start: Path, given: Sequence[Path]) -> list[Path]:
    """The registers that a person named, else the one at or above ``start``, as absolute folders.

    A folder without a register is a mistake to tell at once. Raises WrongUse, RepositoryProblem.
    """
    if not given:
        return [_told(register_root(start))]
    for each in given:
        if not (each / REGISTER_FILE).is_file():
            raise WrongUse(
                f"{each} is geen register: er is geen {REGISTER_FILE}.",
                hint="Noem bij --register de map waarin beleid.toml staat.",
            )
    return [_told(each.resolve()) for each in given]


def _told(place: Path) -> Path:
    """Raises WrongUse for a folder whose name no database can keep."""
    try:
        str(place).encode("utf-8")
    except UnicodeEncodeError:
        raise WrongUse(
            f"De map {shown(str(place))} heeft een naam die geen geldige UTF-8 is.",
            hint="Geef de map een gewone naam.",
        ) from None
    return place


def forget(index: Index, register: Path) -> None:
    """Take a register out of the index. Raises WrongUse when it is not in it."""
    with index.writing() as writing:
        if not (writing.forget(str(register.resolve())) or writing.forget(str(register))):
            raise WrongUse(
                f"{register} staat niet in de index.",
                hint="Welke erin staan, ziet u met: beleid overzicht",
            )
