"""The only door to git: run one git command through GitPython, with an answer we can rely on.

Every call uses an explicit argument list, an environment without the ``GIT_*`` variables that
would make git look elsewhere, and settings on the command line for all that a config file could
change in an answer. The repository may come from someone else, so reading never starts a hook, a
helper or the network. Sources: git(1) on environment and ``-c``, git-config(1). GitPython is
imported on first use: it takes longer to load than most commands take to run.
"""

from __future__ import annotations

import os
import re
import subprocess
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from beleidsbeheer.errors import RepositoryProblem
from beleidsbeheer.storage.names import shown

_KEPT = (
    "GIT_PYTHON_",  # GitPython's own settings
    "GIT_AUTHOR_",
    "GIT_COMMITTER_",
    "GIT_CONFIG_GLOBAL",  # these three choose the file with the user's identity, as HOME does
    "GIT_CONFIG_SYSTEM",
    "GIT_CONFIG_NOSYSTEM",
)
_ENVIRONMENT = threading.RLock()

_ALWAYS = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_DISCOVERY_ACROSS_FILESYSTEM": "1",
}
_READING = _ALWAYS | {
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_OPTIONAL_LOCKS": "0",
}
_SETTINGS = (
    "core.fsmonitor=false",
    "core.quotePath=false",
    "gc.auto=0",
    "maintenance.auto=false",
)
_READING_SETTINGS = (
    *_SETTINGS,
    "core.commitGraph=false",  # a cache that could name other parents or hide changed paths
    "core.useReplaceRefs=false",
    "protocol.allow=never",  # no fetching of what a partial clone left out
    "log.showRoot=true",
    "log.follow=false",
    "log.showSignature=false",
    "log.mailmap=false",
    "diff.relative=false",
    "diff.renames=false",
)


def read_git(root: Path, *arguments: str, stdin: bytes = b"", fine: Iterable[int] = (0,)) -> bytes:
    """What a reading git command prints, exactly. Raises RepositoryProblem when it fails."""
    options = ["--no-pager", "--no-replace-objects"]
    for setting in _READING_SETTINGS:
        options += ["-c", setting]
    return _run(root, [*options, *arguments], _READING, stdin=stdin, fine=fine)


def write_git(
    root: Path, *arguments: str, stdin: bytes = b"", environment: Mapping[str, str] | None = None
) -> bytes:
    """Run a git command that changes the repository; the user's own settings and hooks hold."""
    options = [word for setting in _SETTINGS for word in ("-c", setting)]
    return _run(root, [*options, *arguments], _ALWAYS | dict(environment or {}), stdin=stdin)


def _run(
    root: Path,
    arguments: Sequence[str],
    environment: Mapping[str, str],
    *,
    stdin: bytes,
    fine: Iterable[int] = (0,),
) -> bytes:
    if "\0" in "".join(arguments):
        raise RepositoryProblem("Een opdracht aan git mag geen nulteken bevatten.", hint="")
    with _clean_environment():
        process = _start(["-C", str(root.absolute()), *arguments], environment)
    output, complaint = process.communicate(stdin)
    if process.returncode not in fine:
        raise _explained(root, complaint.decode("utf-8", "backslashreplace"), arguments)
    return bytes(output)


def _start(arguments: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    missing = RepositoryProblem(
        "Het programma git is niet gevonden.",
        hint="Installeer git (https://git-scm.com) en probeer het opnieuw.",
    )
    try:
        from git import GitCommandNotFound
        from git.cmd import Git
    except ImportError as error:  # GitPython looks for the program while it loads
        raise missing from error
    program = Git.GIT_PYTHON_GIT_EXECUTABLE or Git.git_exec_name
    try:
        running = Git().execute(
            [program, *arguments], as_process=True, istream=subprocess.PIPE, env=environment
        )
    except (GitCommandNotFound, OSError) as error:
        raise missing from error
    process, running.proc = running.proc, None  # ours now: _run talks to it and waits for it
    return cast("subprocess.Popen[bytes]", process)


@contextmanager
def _clean_environment() -> Iterator[None]:
    """Take the variables away that would send git to another repository, index, config or object store.

    GitPython hands a copy of this process's environment to git and can only add to it.
    """
    with _ENVIRONMENT:
        taken = {
            name: os.environ.pop(name)
            for name in list(os.environ)
            if name.startswith("GIT_") and not name.startswith(_KEPT)
        }
        try:
            yield
        finally:
            os.environ.update(taken)


_COMPLAINTS = (
    (
        "dubious ownership",
        "Git vertrouwt deze map niet, omdat zij van een andere gebruiker is.",
        "Is de map van uw eigen school? Geef dan: git config --global --add safe.directory '{root}'",
    ),
    (
        ".lock': File exists",
        "Git is hier nog bezig, of een eerdere opdracht is afgebroken: er ligt een slot ({file}).",
        "Wacht tot andere git-programma's klaar zijn. Is er geen enkel bezig, haal dan dat bestand weg.",
    ),
    (
        "you have unmerged files",
        "In deze repository is een samenvoeging nog niet af: er zijn bestanden met een conflict.",
        "Los het conflict op, geef 'git add' en 'git commit', en probeer het dan opnieuw.",
    ),
    (
        "cannot do a partial commit during",
        "In deze repository is een samenvoeging nog niet af.",
        "Rond haar af met 'git commit' (of breek af met 'git merge --abort') en probeer het opnieuw.",
    ),
    (
        "not a git repository",
        "Git ziet in deze map geen repository die het kan lezen.",
        "Kijk met 'git status' in de map '{root}' wat git ervan vindt.",
    ),
    (
        "unrecognized argument",
        "Deze versie van git is te oud.",
        "Installeer git 2.31 of nieuwer.",
    ),
    (
        "No space left",
        "Git kan niet schrijven: de schijf is vol.",
        "Maak ruimte vrij en probeer het opnieuw.",
    ),
    (
        "Permission denied",
        "Git heeft geen toegang tot een bestand in deze repository.",
        "Geef uzelf lees- en schrijfrecht op de map '{root}', ook op de map .git daarin.",
    ),
)


def _explained(root: Path, complaint: str, arguments: Sequence[str]) -> RepositoryProblem:
    """Git's complaint in plain Dutch where we know it, and in git's own words where we do not."""
    for clue, message, hint in _COMPLAINTS:
        if clue in complaint:
            lock = re.search(r"'([^'\n]*\.lock)': File exists", complaint)
            found = {"root": root, "file": shown(lock.group(1)) if lock else "een .lock-bestand"}
            return RepositoryProblem(message.format(**found), hint=hint.format(**found))
    words = " ".join(shown(line) for line in complaint.splitlines()[-3:] if line.strip())
    action = next((word for word in arguments if word in _ACTIONS), "")
    return RepositoryProblem(
        f"Git weigert ({_ACTIONS.get(action, 'lezen')}): {words or 'zonder uitleg'}.",
        hint="Los op wat git hier meldt en probeer het opnieuw; 'git status' en 'git fsck' helpen.",
    )


_ACTIONS = {"commit": "vastleggen", "add": "klaarzetten", "init": "aanmaken", "log": "geschiedenis"}
