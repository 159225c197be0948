"""A folder with a site: put in place whole or not at all, taking over from the last one what did not change.

Beside the files lies ``bouw.json``: for each file its sha256 and the key of what it was made from. A file
whose key is the same, and whose bytes still are what they were, is linked into the new folder.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple, Self

from beleidsbeheer.errors import RepositoryProblem, WrongUse
from beleidsbeheer.storage.names import APPROVALS, LEFTOVER, REGISTER_FILE, REGULATIONS
from beleidsbeheer.storage.places import find_root, read_small, why

MANIFEST: Final = "bouw.json"
_SCHEMA: Final = "beleidsbeheer.bouw/1"
_LIMIT: Final = 256 * 1024 * 1024
_PATH: Final = re.compile(r"[a-z0-9_-][A-Za-z0-9._-]*(?:/[a-z0-9_-][A-Za-z0-9._-]*)*")


class Made(NamedTuple):
    """A file of a site: the sha256 of its bytes, and the key of what it was made from ("" for: always anew)."""

    sha256: str
    key: str


class Publication:
    """A new folder beside ``target`` that takes its place at the end of the ``with``, if nothing went wrong.

    Raises WrongUse for a place where no site may come, RepositoryProblem when the disk refuses.
    """

    def __init__(self, target: Path) -> None:
        self.target = _checked(target)
        self.taken_over = 0
        self._known = _manifest(self.target)
        self._made: dict[str, Made] = {}
        self._folder = self.target.parent / f"{LEFTOVER}{secrets.token_hex(8)}"

    def __enter__(self) -> Self:
        try:
            self._folder.mkdir()
        except OSError as error:
            raise _refused(self.target, error) from error
        return self

    def take_over(self, path: str, key: str) -> bool:
        """Take a file over from the last site, when it was made from the same and is as it was made."""
        known = self._known.get(path)
        if not key or known is None or known.key != key:
            return False
        old, new = self.target / path, self._folder / path
        try:
            content = read_small(old, _LIMIT)
            if sha256(content).hexdigest() != known.sha256:
                return False
            new.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(old, new)
            except OSError:  # a disk without hard links
                new.write_bytes(content)
        except OSError:
            return False
        self._made[path] = known
        self.taken_over += 1
        return True

    def write(self, path: str, content: bytes, key: str) -> None:
        """Write a file of the new site."""
        try:
            place = self._folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        except OSError as error:
            raise _refused(self.target, error) from error
        self._made[path] = Made(sha256(content).hexdigest(), key)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            return
        try:
            self.write(MANIFEST, _printed(self._made), "")
            self._put_in_place()
        except BaseException as failure:
            shutil.rmtree(self._folder, ignore_errors=True)
            if isinstance(failure, OSError):
                raise _refused(self.target, failure) from failure
            raise

    def _put_in_place(self) -> None:
        """Two renames; when the second one fails, the first is taken back."""
        if not self.target.exists():
            self._folder.rename(self.target)
            return
        before = self.target.parent / f"{LEFTOVER}{secrets.token_hex(8)}"
        self.target.rename(before)
        try:
            self._folder.rename(self.target)
        except BaseException:
            with suppress(OSError):
                before.rename(self.target)
            raise
        shutil.rmtree(before, ignore_errors=True)


def _checked(target: Path) -> Path:
    """The place, when a site may come there: a new folder, an empty one, or one with a site."""
    place = target.parent.resolve() / target.name
    if not target.name or target.name in (".", "..") or not place.parent.is_dir():
        raise WrongUse(
            f"{target} staat in een map die er niet is.",
            hint="Geef bij --uit een map in een map die er is.",
        )
    if place.is_symlink() or (place.exists() and not place.is_dir()):
        raise WrongUse(f"{target} is geen map.", hint="Geef bij --uit een nieuwe map.")
    root = find_root(place.parent)
    first = place.relative_to(root).parts[0].lower() if root else ""
    if first in (APPROVALS, REGULATIONS) or ".git" in map(str.lower, place.parts):
        raise WrongUse(
            f"{target} hoort bij het register.", hint="Geef bij --uit een map daarbuiten."
        )
    if place.is_dir():
        inside = {each.name for each in place.iterdir()}
        if REGISTER_FILE in inside or (inside and MANIFEST not in inside):
            raise WrongUse(
                f"In {target} staat iets dat geen site van dit programma is.",
                hint="Geef bij --uit een nieuwe of lege map, of een met een eerder gemaakte site.",
            )
    return place


def _manifest(target: Path) -> dict[str, Made]:
    """What is known of the last site; nothing when that cannot be read: then all is made anew."""
    try:
        told = json.loads(read_small(target / MANIFEST, _LIMIT))
        if told["schema"] != _SCHEMA:
            return {}
        return {
            path: Made(str(each["sha256"]), str(each["bron"]))
            for path, each in told["bestanden"].items()
            if _PATH.fullmatch(path) and ".." not in path
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _printed(made: dict[str, Made]) -> bytes:
    files = {path: {"sha256": each.sha256, "bron": each.key} for path, each in sorted(made.items())}
    told = {"schema": _SCHEMA, "bestanden": files}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _refused(target: Path, error: OSError) -> RepositoryProblem:
    return RepositoryProblem(
        f"{target} kan niet worden geschreven ({why(error)}). Er is niets veranderd.",
        hint="Kijk of de schijf vol is en of u hier mag schrijven, en probeer het opnieuw.",
    )
