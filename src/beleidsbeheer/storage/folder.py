"""The register as files on a disk: read all of it safely, write new files whole or not at all.

This module knows no git. It reads what ``names.in_register`` says belongs to a register and
nothing else, never follows a symbolic link inside the register, never waits on a FIFO and never
loads a file that is too large to be one of ours. What it cannot use it reports as a ``Problem``;
the rest is still read.
"""

from __future__ import annotations

import os
import secrets
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from beleidsbeheer.errors import RepositoryProblem
from beleidsbeheer.storage.names import (
    APPROVALS,
    LEFTOVER,
    MAX_DEPTH,
    REGISTER_FILE,
    REGULATIONS,
    VERSIONS,
    WORKING_TEXT,
    check_path,
    is_append_only,
    name_defect,
    shown,
)
from beleidsbeheer.storage.places import KIB, SAFE_OPEN, read_small, why

MIB = 1024 * KIB
_LIMITS = {".json": 64 * KIB, ".sig": 16 * KIB, ".toml": MIB}
_TEXT_LIMIT = 10 * MIB
_MAX_FILES = 200_000
_MAX_TOTAL = 512 * MIB

_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | SAFE_OPEN

_LINK_HINT = "Vervang de koppeling door het bestand of de map zelf, of haal haar weg."
_NAME_HINT = "Geef het een gewone naam, of haal het weg als het hier niet hoort."


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the folder or its history that cannot be used as it is. Texts are Dutch.

    ``path`` is relative to the register, with odd characters escaped so that it can be printed.
    """

    path: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a register consists of at one moment: {posix path inside it: bytes}, sorted."""

    files: Mapping[str, bytes]
    problems: tuple[Problem, ...]


# --- reading -------------------------------------------------------------------------------------


def read_folder(root: Path) -> Snapshot:
    """Read ``beleid.toml``, all of ``approvals/`` and the texts in ``reglement/`` as {path: bytes}.

    Missing folders are fine (nothing in them). Files that cannot be used are left out and reported
    in ``problems``. Raises RepositoryProblem only when ``root`` itself cannot be listed.
    """
    reader = _Reader(os.fspath(root))
    try:
        top = _scan(reader.root)
    except OSError as error:
        raise RepositoryProblem(
            f"De map '{root}' kan niet worden gelezen ({why(error)}).",
            hint="Kies met -C een map die bestaat en die u mag lezen.",
        ) from error
    wanted = {REGISTER_FILE, APPROVALS, REGULATIONS}
    for entry, path in reader.vetted(_only(top, wanted), ""):
        if entry.name == REGISTER_FILE:
            reader.take_file(entry, path)
        elif entry.name == APPROVALS:
            reader.take_tree(entry, path)
        elif entry.name == REGULATIONS:
            reader.take_regulations(entry, path)
        else:
            reader.report_spelling(path)
    return Snapshot(dict(sorted(reader.files.items())), tuple(reader.problems))


@dataclass(slots=True)
class _Reader:
    root: str
    files: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    total: int = 0

    def report(self, path: str, message: str, hint: str) -> None:
        self.problems.append(Problem(shown(path), f"'{shown(path)}' {message}", hint))

    def report_spelling(self, path: str) -> None:
        self.report(path, "is anders geschreven dan het hoort.", "Schrijf het met kleine letters.")

    def take_regulations(self, entry: os.DirEntry[str], path: str) -> None:
        """``reglement/``: of each policy folder the working text and the frozen versions."""
        folders = [one for one in self.listed(entry, path) if not _is_file(one)]
        for policy, below in self.vetted(folders, path + "/"):
            inside = _only(self.listed(policy, below), {WORKING_TEXT, VERSIONS})
            for part, part_path in self.vetted(inside, below + "/"):
                if part.name == WORKING_TEXT:
                    self.take_file(part, part_path)
                elif part.name == VERSIONS:
                    for version, version_path in self.vetted(
                        self.listed(part, part_path), part_path + "/"
                    ):
                        self.take_file(version, version_path)
                else:
                    self.report_spelling(part_path)

    def take_tree(self, entry: os.DirEntry[str], path: str) -> None:
        """A folder with everything below it, at most ``MAX_DEPTH`` names deep."""
        waiting = [(entry, path)]
        while waiting:
            folder, below = waiting.pop()
            for one, one_path in self.vetted(self.listed(folder, below), below + "/"):
                if not one.is_dir(follow_symlinks=False):
                    self.take_file(one, one_path)
                elif one_path.count("/") + 1 < MAX_DEPTH:
                    waiting.append((one, one_path))
                else:
                    self.report(one_path, "ligt te veel mappen diep.", "Zet de bestanden hoger.")

    def listed(self, folder: os.DirEntry[str], path: str) -> list[os.DirEntry[str]]:
        """What lies in a folder; nothing, and a report, when it is no real and readable folder."""
        if _is_link(folder):
            self.report(
                path, "is een koppeling naar een andere plek; die volgen we niet.", _LINK_HINT
            )
            return []
        if not folder.is_dir(follow_symlinks=False):
            self.report(path, "hoort een map te zijn.", "Haal het weg of zet de map terug.")
            return []
        try:
            return _scan(folder.path)
        except OSError as error:
            self.report(
                path, f"kan niet worden gelezen ({why(error)}).", "Geef uzelf leesrecht op de map."
            )
            return []

    def vetted(
        self, entries: list[os.DirEntry[str]], prefix: str
    ) -> Iterator[tuple[os.DirEntry[str], str]]:
        """The entries with an acceptable name, each with its path; the others are reported."""
        folded = Counter(_folded(entry.name) for entry in entries)
        for entry in entries:
            name, path = entry.name, prefix + entry.name
            if name.startswith(LEFTOVER):
                self.report(
                    path,
                    "is een overblijfsel van een afgebroken opdracht en telt niet mee.",
                    "Haal dit bestand gerust weg en geef de opdracht zo nodig opnieuw.",
                )
            elif (defect := name_defect(name)) is not None:
                self.report(path, f"wordt niet gelezen: {defect}.", _NAME_HINT)
            elif folded[_folded(name)] > 1:
                self.report(
                    path,
                    "heet op hoofdletters na als iets anders hier; geen van beide telt mee.",
                    "Haal het bestand weg dat er niet hoort.",
                )
            else:
                yield entry, path

    def take_file(self, entry: os.DirEntry[str], path: str) -> None:
        """Read one file into ``files``, or report why not."""
        if _is_link(entry):
            self.report(
                path, "is een koppeling naar een andere plek; die volgen we niet.", _LINK_HINT
            )
            return
        if not entry.is_file(follow_symlinks=False):
            self.report(
                path, "is geen gewoon bestand.", "Haal het weg; hier horen alleen bestanden."
            )
            return
        if len(self.files) >= _MAX_FILES or self.total >= _MAX_TOTAL:
            self.report(
                path, "is niet gelezen: het register is te groot.", "Vraag de maker om raad."
            )
            return
        limit = _LIMITS.get(os.path.splitext(entry.name)[1], _TEXT_LIMIT)  # noqa: PTH122 - 20,000 times
        try:
            content = read_small(entry.path, limit)
        except OSError as error:
            hint = "Kijk of het bestand hier hoort en of u het mag lezen."
            self.report(path, f"kan niet worden gelezen ({why(error)}).", hint)
            return
        self.files[path] = content
        self.total += len(content)


def _scan(path: str) -> list[os.DirEntry[str]]:
    with os.scandir(path) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def _only(entries: list[os.DirEntry[str]], wanted: Iterable[str]) -> list[os.DirEntry[str]]:
    """The entries with a wanted name, what could be mistaken for one, and leftovers of a writer."""
    folded = {_folded(name) for name in wanted}
    return [e for e in entries if _folded(e.name) in folded or e.name.startswith(LEFTOVER)]


def _folded(name: str) -> str:
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _is_file(entry: os.DirEntry[str]) -> bool:
    return entry.is_file(follow_symlinks=False)


def _is_link(entry: os.DirEntry[str]) -> bool:
    """A symbolic link, or on Windows any reparse point such as a junction."""
    if entry.is_symlink():
        return True
    if os.name != "nt":
        return False
    attributes = getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0)
    return bool(attributes & stat.FILE_ATTRIBUTE_REPARSE_POINT)


# --- writing -------------------------------------------------------------------------------------


def write_files(root: Path, files: Mapping[str, bytes]) -> None:
    """Write {path: bytes} in the given order, each file whole or not at all.

    Per file: a temporary file beside it (``.tmp-…``), fsync, rename over the name, fsync of the
    folder, so a crash leaves the first files complete, at most one leftover, and never a half
    file. Files with equal bytes are left alone. Everything is checked before the first byte is
    written.
    Raises UnreadableInput for a path that cannot be in a register; RepositoryProblem when a parent
    is a link, when an entry, signature or frozen text exists with other bytes, or when the disk
    refuses.
    """
    for path, content in files.items():
        check_path(path)
        with _disk_trouble(root, path):
            _may_write(root, path, content)
    for path, content in files.items():
        with _disk_trouble(root, path):
            _make_parents(root, path)
            if _may_write(root, path, content):
                replace_file(root / path, content)


def replace_file(target: Path, content: bytes) -> None:
    """Put ``content`` at ``target`` in one step: temporary file, fsync, rename, fsync of folder.

    The folder must exist. Raises OSError. See rename(2): readers see the old file or the new one.
    """
    temporary = target.parent / f"{LEFTOVER}{secrets.token_hex(8)}"
    handle = os.open(temporary, _CREATE, 0o666)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)


@contextmanager
def _disk_trouble(root: Path, path: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise RepositoryProblem(
            f"'{shown(path)}' kan niet worden geschreven in '{root}' ({why(error)}).",
            hint="Kijk of de schijf vol is en of u hier mag schrijven, en probeer het opnieuw.",
        ) from error


def _may_write(root: Path, path: str, content: bytes) -> bool:
    """True: write it; False: it is there already. Raises RepositoryProblem when it may not."""
    folder = root
    for part in Path(path).parent.parts:
        folder = folder / part
        if _kind(folder) not in {None, stat.S_IFDIR}:
            raise RepositoryProblem(
                f"'{shown(path)}' wordt niet geschreven: '{folder}' is een koppeling of geen map.",
                hint=_LINK_HINT,
            )
    kind = _kind(root / path)
    if kind is None:
        return True
    if kind != stat.S_IFREG:
        raise RepositoryProblem(
            f"'{shown(path)}' wordt niet geschreven: daar staat een koppeling of een map.",
            hint=_LINK_HINT,
        )
    if (root / path).stat().st_size == len(content) and read_small(
        root / path, len(content)
    ) == content:
        return False
    if is_append_only(path):
        raise RepositoryProblem(
            f"'{shown(path)}' bestaat al met een andere inhoud en wordt nooit overschreven.",
            hint="Wat vastligt verandert niet meer. Maak een nieuwe versie of verklaring.",
        )
    return True


def _make_parents(root: Path, path: str) -> None:
    folder = root
    for part in Path(path).parent.parts:
        folder = folder / part
        with suppress(FileExistsError):
            folder.mkdir()
            _sync_folder(folder.parent)


def _kind(path: Path) -> int | None:
    """The file type bits of what lies at ``path`` itself, or None when nothing does."""
    try:
        about = path.lstat()
    except FileNotFoundError:
        return None
    if getattr(about, "st_reparse_tag", 0):
        return stat.S_IFLNK
    return stat.S_IFMT(about.st_mode)


def _sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut, where the system can (Windows cannot)."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
