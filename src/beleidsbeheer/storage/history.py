"""Whether anything that had to stay was ever changed or removed, as far as git can tell.

Two questions. Did any commit since the register began delete or alter an entry, a signature or a
frozen text? And does the folder on disk hold what HEAD holds? The stock check for the first one is
``git --no-replace-objects log --full-history --diff-merges=separate --no-renames
--diff-filter=DMT`` over the same paths (git-log(1), "History Simplification" and
``--diff-merges``): it must print nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from beleidsbeheer.errors import RepositoryProblem
from beleidsbeheer.storage.folder import Problem, read_folder
from beleidsbeheer.storage.gitdoor import read_git
from beleidsbeheer.storage.names import in_register, is_append_only, shown
from beleidsbeheer.storage.repository import Place, blob_id, has_content, locate, tree_of_head

_FOREVER = (
    ":(glob)approvals/**/*.json",
    ":(glob)approvals/**/*.sig",
    ":(glob)reglement/*/versies/*",
)
_LOG = (
    "log",
    "--full-history",
    "--topo-order",
    "--diff-merges=separate",
    "--no-renames",
    "--no-relative",
    "--no-ext-diff",
    "--no-textconv",
    "--ignore-submodules=none",
    "--no-color",
    f"-O{os.devnull}",  # no diff.orderFile
    "--raw",
    "--no-abbrev",
    "-z",
    "--format=%H",
)
_WHAT = {"D": "verwijderd", "M": "gewijzigd", "T": "van soort veranderd"}
_FILE_MODES = {"100644", "100755"}
_RESTORE = "Zet het terug zoals het was: git restore --source=HEAD -- '{path}'"


@dataclass(frozen=True, slots=True)
class History:
    """What git can say. ``judged`` False: part of the history could not be seen, so silence proves little.

    ``problems`` are things that must not have happened; ``notices`` (Dutch) are good to know.
    """

    judged: bool
    problems: tuple[Problem, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Change:
    commit: str
    path: str
    what: str
    content_same: bool


def history_problems(
    root: Path, root_entry_path: str, files: Mapping[str, bytes] | None = None
) -> History:
    """Judge the register's history from the commit that added ``root_entry_path`` (roster 0) to HEAD.

    ``files`` is what was read from disk, {path: bytes}; read here when not given. Raises
    RepositoryProblem when git is missing or refuses the repository (safe.directory).
    """
    place = locate(root)
    if place is None:
        return History(
            False, (), ("Geen git hier: verwijderen of wijzigen is niet te beoordelen.",)
        )
    if files is None:
        files = read_folder(root).files
    problems, notices = _against_head(place, files)
    seen, remarks, judged = _judge_past(place, root_entry_path)
    if place.shallow:
        judged = False
        remarks.append(
            "Deze kopie heeft niet de hele geschiedenis (shallow); haal die op: git fetch --unshallow"
        )
    return History(judged, (*seen, *problems), (*_tampering(place), *remarks, *notices))


def _tampering(place: Place) -> list[str]:
    """Means by which git can show another history than the one that was made; we read past them."""
    notices = []
    if read_git(place.root, "for-each-ref", "--count=1", "refs/replace/"):
        notices.append(
            "Er zijn vervangingen (refs/replace); ze zijn bij het beoordelen genegeerd."
            " Weg ermee: git replace -d $(git replace -l)"
        )
    grafts = place.shared / "info" / "grafts"
    if has_content(grafts):
        notices.append(f"Er zijn enten (grafts); ze zijn genegeerd. Haal weg: {grafts}")
    return notices


# --- the past ------------------------------------------------------------------------------------


def _judge_past(place: Place, root_entry_path: str) -> tuple[list[Problem], list[str], bool]:
    """(problems, notices, whether all of the past could be seen)."""
    if place.head is None:
        return [], ["Er is in git nog niets vastgelegd."], False
    try:
        starts = _starts(place, root_entry_path)
        if not starts:
            return [], ["Het eerste rooster is nog niet vastgelegd in git."], False
        found: dict[tuple[str, str], _Change] = {}
        for start in starts:
            for change in _changes(place, f"{start}..{place.head}"):
                found[change.path, change.what] = change  # newest first: the oldest one stays
    except RepositoryProblem as problem:
        return [], [f"De geschiedenis is niet volledig te lezen. {problem.message}"], False
    notices = [
        f"De rechten van '{shown(one.path)}' zijn veranderd in commit {one.commit[:10]}; de inhoud niet."
        for one in found.values()
        if one.content_same
    ]
    problems = [_told(one) for one in found.values() if not one.content_same]
    return problems, notices, True


def _told(change: _Change) -> Problem:
    path = shown(change.path)
    return Problem(
        path,
        f"'{path}' is {_WHAT[change.what]} in commit {change.commit[:10]}; dat mag nooit.",
        f"Kijk wat er gebeurde: git show --first-parent -m {change.commit[:10]}. Terugzetten herstelt"
        " de inhoud, maar de geschiedenis blijft dit laten zien; leg schriftelijk vast wat er was.",
    )


def _starts(place: Place, root_entry_path: str) -> list[str]:
    """The commits that added roster 0 and come after no other that did (nearly always one)."""
    listing = _raw_log(place, place.head or "HEAD", "A", [f":(literal){root_entry_path}"])
    waiting = list(dict.fromkeys(change.commit for change in reversed(list(_parsed(listing)))))
    starts = []
    while waiting:
        oldest = waiting.pop(0)
        starts.append(oldest)
        if waiting:
            later = read_git(place.root, "rev-list", "--ancestry-path", f"{oldest}..{place.head}")
            after = set(later.decode("ascii").split())
            waiting = [one for one in waiting if one not in after]
    return starts


def _changes(place: Place, commits: str) -> Iterator[_Change]:
    """Every deletion or alteration of a file that must stay, newest first, paths as in the register."""
    for change in _parsed(_raw_log(place, commits, "DMT", _FOREVER)):
        path = change.path.removeprefix(place.prefix)
        yield _Change(change.commit, path, change.what, change.content_same)


def _raw_log(place: Place, commits: str, kinds: str, paths: Sequence[str]) -> bytes:
    return read_git(place.root, *_LOG, f"--diff-filter={kinds}", commits, "--", *paths)


def _parsed(listing: bytes) -> Iterator[_Change]:
    """Read ``git log --raw -z --format=%H``: a commit, then (``:modes ids letter``, path) pairs."""
    tokens = iter(listing.split(b"\0"))
    commit = ""
    for token in tokens:
        word = token.strip(b"\n").decode("ascii")
        if word.startswith(":"):
            old_mode, new_mode, old, new, what = word[1:].split(" ")
            same = old == new and {old_mode, new_mode} <= _FILE_MODES
            yield _Change(commit, os.fsdecode(next(tokens)), what[0], same)
        elif word:
            commit = word


# --- the present ---------------------------------------------------------------------------------


def _against_head(place: Place, files: Mapping[str, bytes]) -> tuple[list[Problem], list[str]]:
    """Compare the bytes on disk with HEAD's, without asking the index, which can be told to look away."""
    try:
        recorded = tree_of_head(place, "beleid.toml", "approvals/", "reglement/")
    except RepositoryProblem as problem:
        return [], [f"HEAD is niet volledig te lezen. {problem.message}"]
    problems, changed = [], []
    for path, (mode, name) in recorded.items():
        if not in_register(path):
            continue
        if mode not in _FILE_MODES:
            problems.append(_odd_kind(path))
        elif not _same(files.get(path), name, place.algorithm, converted=not is_append_only(path)):
            if is_append_only(path):
                problems.append(_differs(path, files.get(path), name, place.algorithm))
            else:
                changed.append(path)
    new = [path for path in files if path not in recorded]
    notices = [*_listed("gewijzigd en nog niet vastgelegd in git", changed)]
    return problems, [*notices, *_listed("nog niet vastgelegd in git", new)]


def _same(content: bytes | None, name: str, algorithm: str, *, converted: bool) -> bool:
    if content is None:
        return False
    if blob_id(content, algorithm) == name:
        return True
    return converted and blob_id(content.replace(b"\r\n", b"\n"), algorithm) == name


def _odd_kind(path: str) -> Problem:
    return Problem(
        shown(path),
        f"'{shown(path)}' is in git geen gewoon bestand maar een koppeling of submodule.",
        "Haal het weg met 'git rm --cached' en leg het echte bestand vast.",
    )


def _differs(path: str, content: bytes | None, name: str, algorithm: str) -> Problem:
    hint = _RESTORE.format(path=shown(path))
    if content is None:
        message = "staat in git, maar ontbreekt op schijf of is daar niet te lezen."
    elif _same(content, name, algorithm, converted=True):
        message = "heeft op schijf andere regeleinden dan in git."
        hint = (
            f"Zet in .gitattributes 'approvals/** -text' en 'reglement/*/versies/** -text'. {hint}"
        )
    else:
        message = "heeft op schijf een andere inhoud dan in git is vastgelegd."
    return Problem(shown(path), f"'{shown(path)}' {message}", hint)


def _listed(what: str, paths: Iterable[str]) -> list[str]:
    every = [shown(path) for path in paths]
    if not every:
        return []
    more = f" en nog {len(every) - 5}" if len(every) > 5 else ""
    return [f"{what[0].upper()}{what[1:]}: {', '.join(every[:5])}{more}."]
