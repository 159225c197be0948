"""Open a register and judge it: the folder, the entries, and what git and this clone know of the past."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from beleidsbeheer.actions.unfinished import is_unfinished
from beleidsbeheer.domain.authenticity import RESTORE
from beleidsbeheer.domain.ledger import Policy
from beleidsbeheer.domain.model import Finding, Severity, has_error
from beleidsbeheer.domain.register import Register, load
from beleidsbeheer.errors import RepositoryProblem, WrongUse
from beleidsbeheer.storage.folder import Problem, Snapshot, read_folder
from beleidsbeheer.storage.memory import Memory, recall, remember
from beleidsbeheer.storage.places import find_root

_SHOWN = 20  # lost entries that are told one by one

_UNFINISHED = (
    "Een opdracht is hier nog bezig of is afgebroken. Wat zij schreef en niet in git kwam,"
    " haalt de volgende opdracht weg; geef haar dan opnieuw."
)


@dataclass(frozen=True, slots=True)
class View:
    """A register as one reader sees it now.

    ``findings`` are those of the register, the folder and the history together; ``notices`` (Dutch) say
    what is good to know. ``memory`` is what this clone knew before, None without git; ``pinned`` tells
    whether it already trusted this root, ``unjudged`` whether part of the past could not be seen.
    """

    root: Path
    register: Register
    findings: tuple[Finding, ...]
    notices: tuple[str, ...]
    pinned: bool
    unjudged: bool
    memory: Memory | None

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong: every verdict is geldig and no finding is an error."""
        return self.register.verification.sound and not has_error(self.findings)


def register_root(start: Path) -> Path:
    """The folder of the register at or above ``start``. Raises RepositoryProblem when there is none."""
    root = find_root(start)
    if root is None:
        raise RepositoryProblem(
            f"In {start.resolve()} is geen register: er is geen beleid.toml.",
            hint="Ga naar de map van het register, wijs hem aan met beleid -C MAP, of begin er een: beleid begin MAP",
        )
    return root


def find_policy(register: Register, slug: str) -> Policy:
    """The policy with this name. Raises WrongUse naming those that there are."""
    policy = register.policies.get(slug)
    if policy is None:
        known = ", ".join(register.policies) or "nog geen"
        raise WrongUse(f"Er is geen beleid met de naam {slug}.", hint=f"Bekend: {known}.")
    return policy


def open_register(
    start: Path, today: date, root_digest: str = "", read: Snapshot | None = None
) -> View:
    """The register at or above ``start``, from the files on disk alone: quick, git is not asked.

    Trusts ``root_digest``, else the root this clone pinned, else the only root there is. ``read`` is what
    somebody just read of its files. Raises RepositoryProblem when there is no register here.
    """
    root = register_root(start)
    snapshot = read or read_folder(root)
    memory = recall(root)
    pinned = memory.root_digest if memory and memory.root_digest else ""
    register = load(snapshot.files, today, root_digest or pinned)
    findings = [*register.findings, *(_finding("map", problem) for problem in snapshot.problems)]
    known = bool(pinned) and register.verification.root == pinned
    return View(root, register, tuple(findings), (), known, unjudged=True, memory=memory)


def examine(start: Path, today: date, root_digest: str = "", read: Snapshot | None = None) -> View:
    """The register with its past: what git shows of removals, and what this clone saw before.

    Remembers in the git folder (never in the register) the root and the entries seen.
    """
    from beleidsbeheer.storage.history import history_problems

    view = open_register(start, today, root_digest, read)
    verification = view.register.verification
    memory = view.memory
    if memory is None:
        notice = "Geen git hier: of er iets is verwijderd of herschreven, is niet te beoordelen."
        return _with(view, [], [notice, *_pin_notice(view)], unjudged=True)
    if not verification.root:
        return view
    first = f"approvals/rooster/rooster-{verification.root[:12]}.json"
    history = history_problems(view.root, first, view.register.files)
    findings = [_finding("geschiedenis", problem) for problem in history.problems]
    findings += lost(view.root, view.register.files, memory)
    notices = [*history.notices, *_pin_notice(view)]
    if is_unfinished(view.root):
        notices.append(_UNFINISHED)  # and nothing of it is remembered: it may be taken back
    else:
        _remember(view, memory, keep_head=bool(findings))
    return _with(view, findings, notices, unjudged=not history.judged)


def _with(view: View, findings: list[Finding], notices: list[str], *, unjudged: bool) -> View:
    return replace(
        view,
        findings=(*view.findings, *findings),
        notices=(*view.notices, *notices),
        unjudged=unjudged,
    )


def _finding(rule: str, problem: Problem) -> Finding:
    return Finding(rule, Severity.FOUT, problem.path, problem.message, problem.hint)


def _pin_notice(view: View) -> list[str]:
    root = view.register.verification.root
    if view.pinned or not root:
        return []
    kept = (
        " Deze kopie onthoudt hem vanaf nu."
        if view.memory is not None and not view.memory.root_digest
        else ""
    )
    return [
        f"De wortel {root} was hier nog niet bekend; vergelijk hem met wat de school noemt.{kept}"
    ]


def lost(root: Path, files: Collection[str], memory: Memory) -> list[Finding]:
    """Entries that this clone saw before and that are gone now, and a history that was rewritten.

    ``files`` are the paths of what is in the register now.
    """
    from beleidsbeheer.storage.repository import is_ancestor, seen_elsewhere

    gone = sorted((path, digest) for digest, path in memory.seen if path not in files)
    findings = []
    for path, digest in gone[:_SHOWN]:
        # an error on another branch too: whoever drops an entry could leave it on some branch
        branch = seen_elsewhere(root, path)
        hint = f"Zij staat nog op tak {branch}. Kijkt u op de goede tak?" if branch else RESTORE
        message = f"Vastlegging {digest[:12]}… was hier eerder wel, en nu niet."
        findings.append(Finding("eerder-gezien", Severity.FOUT, path, message, hint))
    if len(gone) > _SHOWN:
        message = f"Er zijn nog {len(gone) - _SHOWN} vastleggingen die hier eerder wel waren."
        findings.append(Finding("eerder-gezien", Severity.FOUT, "approvals", message, RESTORE))
    # None (the commit is not even here any more) is no better than False
    if memory.head and not is_ancestor(root, memory.head):
        message = f"De geschiedenis is herschreven: commit {memory.head[:10]} zit er niet meer in."
        hint = (
            "Op een andere tak is dat gewoon; anders: vraag wie de geschiedenis heeft herschreven."
        )
        severity = Severity.FOUT if gone else Severity.WAARSCHUWING
        findings.append(Finding("herschreven", severity, ".git", message, hint))
    return findings


def _remember(view: View, memory: Memory, *, keep_head: bool) -> None:
    from beleidsbeheer.storage.repository import head

    verification = view.register.verification
    seen = frozenset((entry.digest, entry.path) for entry in verification.counted.values())
    now = memory.head if keep_head and memory.head else head(view.root)
    fresh = Memory(memory.root_digest or verification.root, memory.seen | seen, now)
    # another root than the pinned one was asked for: look, but do not mix the two memories
    if fresh != memory and memory.root_digest in {None, verification.root}:
        remember(view.root, fresh)
