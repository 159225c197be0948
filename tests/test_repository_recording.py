"""Recording in git: what is not yet in a commit, what a commit takes along, and what stands in its way."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from beleidsbeheer.errors import RepositoryProblem
from beleidsbeheer.storage import gitdoor
from beleidsbeheer.storage.history import History, history_problems
from beleidsbeheer.storage.repository import commit, dirty, head, init, is_ancestor, seen_elsewhere
from conftest import Git
from folders import put
from gitlife import ENTRY, FALLBACK, LATER, ROOT, TEXT, found, save

# --- dirty ---------------------------------------------------------------------------------------


def test_dirty_names_staged_changed_removed_and_untracked(git: Git, register: Path) -> None:
    paths = [ROOT, ENTRY, ENTRY + ".sig", TEXT, LATER, "approvals/nergens.json"]
    assert dirty(register, paths) == []
    put(register, {ROOT: b"staged, then put back", TEXT: b"other", LATER: b"new"})
    git("add", ROOT, cwd=register)
    put(register, {ROOT: b"rooster"})
    (register / ENTRY).unlink()
    assert dirty(register, paths) == sorted([ROOT, ENTRY, TEXT, LATER])


def test_dirty_without_git(tmp_path: Path) -> None:
    put(tmp_path, {ENTRY: b"x"})
    assert dirty(tmp_path, [ENTRY, LATER]) == [ENTRY]


# --- recording -----------------------------------------------------------------------------------


def test_init_makes_main_once(git: Git, tmp_path: Path) -> None:
    init(tmp_path)
    assert git("symbolic-ref", "HEAD").strip() == "refs/heads/main"
    assert head(tmp_path) is None
    (tmp_path / "school").mkdir()
    init(tmp_path / "school")
    assert not (tmp_path / "school/.git").exists()


def test_first_commit_uses_the_fallback_name(git: Git, tmp_path: Path) -> None:
    init(tmp_path)
    put(tmp_path, {ROOT: b"rooster", "beleid.toml": b""})
    made = commit(tmp_path, [ROOT, "beleid.toml"], "Begin\n\nuitleg", FALLBACK)
    told = git("log", "-1", "--format=%H|%an|%ae|%cn|%B").strip()
    assert told == f"{made}|beleidsbeheer|beleidsbeheer@localhost|beleidsbeheer|Begin\n\nuitleg"


def test_commit_uses_the_configured_name(git: Git, register: Path) -> None:
    git("config", "user.name", "Secretaris", cwd=register)
    git("config", "user.email", "s@school.example", cwd=register)
    put(register, {LATER: b"later"})
    commit(register, [LATER], "m", FALLBACK)
    assert (
        git("log", "-1", "--format=%an %ae", cwd=register).strip() == "Secretaris s@school.example"
    )


def test_staged_extras_stay_out_and_stay_staged(git: Git, register: Path) -> None:
    put(register, {"extra.txt": b"mine", "beleid.toml": b"mine too", LATER: b"later"})
    git("add", "extra.txt", "beleid.toml", cwd=register)
    commit(register, [LATER], "later", FALLBACK)
    assert git("show", "--name-only", "--format=", cwd=register).split() == [LATER]
    assert git("diff", "--cached", "--name-only", cwd=register).split() == [
        "beleid.toml",
        "extra.txt",
    ]


def test_commit_of_ignored_and_oddly_named_paths(git: Git, register: Path) -> None:
    (register / ".gitignore").write_text("*.sig\n*.json\n")
    odd = ["approvals/p/[a] 'é'.json", "approvals/p/-x.sig"]
    put(register, dict.fromkeys(odd, b"1"))
    commit(register, odd, "odd", FALLBACK)
    assert dirty(register, odd) == []


def test_commit_twice_is_the_same_commit(register: Path) -> None:
    put(register, {LATER: b"later"})
    first = commit(register, [LATER], "later", FALLBACK)
    assert commit(register, [LATER], "later", FALLBACK) == first


def test_commit_on_a_detached_head(git: Git, register: Path) -> None:
    git("checkout", "-q", "--detach", cwd=register)
    put(register, {LATER: b"later"})
    assert commit(register, [LATER], "later", FALLBACK) == head(register)


def test_commit_with_index_lock_says_what_to_do(register: Path) -> None:
    put(register, {LATER: b"later", ".git/index.lock": b""})
    with pytest.raises(RepositoryProblem, match=r"slot .*index\.lock") as caught:
        commit(register, [LATER], "later", FALLBACK)
    assert "haal dan dat bestand weg" in caught.value.hint


def test_commit_refused_by_a_hook_tells_its_words(register: Path) -> None:
    hook = register / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'eerst overleggen' >&2\nexit 1\n")
    hook.chmod(0o755)
    put(register, {LATER: b"later"})
    before = head(register)
    with pytest.raises(RepositoryProblem, match="eerst overleggen"):
        commit(register, [LATER], "later", FALLBACK)
    assert head(register) == before
    hook.unlink()
    assert commit(register, [LATER], "later", FALLBACK) != before


def test_commit_during_a_conflict_says_so(git: Git, register: Path) -> None:
    git("checkout", "-q", "-b", "side", cwd=register)
    save(git, register, {"beleid.toml": b"1"}, "side")
    git("checkout", "-q", "main", cwd=register)
    save(git, register, {"beleid.toml": b"2"}, "main")
    git("merge", "-q", "side", cwd=register, fine=(1,))
    put(register, {LATER: b"later"})
    with pytest.raises(RepositoryProblem, match="samenvoeging"):
        commit(register, [LATER], "later", FALLBACK)


def test_commit_that_would_convert_line_ends_is_refused(git: Git, register: Path) -> None:
    (register / ".git/info").mkdir(exist_ok=True)
    (register / ".git/info/attributes").write_text("* text eol=lf\n")
    put(register, {LATER: b"a\r\nb\r\n"})
    before = head(register)
    with pytest.raises(RepositoryProblem, match="andere bytes"):
        commit(register, [LATER], "later", FALLBACK)
    assert head(register) == before


def test_commit_that_a_hook_altered_is_noticed(register: Path) -> None:
    hook = register / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(
        f"#!/bin/sh\necho netter > {LATER} && git add {LATER}\necho slordig > {LATER}\n"
    )
    hook.chmod(0o755)
    put(register, {LATER: b"later"})
    with pytest.raises(RepositoryProblem, match="andere bytes"):
        commit(register, [LATER], "later", FALLBACK)


def test_commit_of_a_path_that_is_nowhere_or_without_git(register: Path, tmp_path: Path) -> None:
    with pytest.raises(RepositoryProblem, match="niets vast te leggen"):
        commit(register, [LATER], "m", FALLBACK)
    with pytest.raises(RepositoryProblem, match="geen git-repository"):
        commit(tmp_path, [LATER], "m", FALLBACK)


# --- git itself in the way -----------------------------------------------------------------------


def test_git_not_installed(monkeypatch: pytest.MonkeyPatch, register: Path, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "leeg"))
    with pytest.raises(RepositoryProblem, match="niet gevonden") as caught:
        head(register)
    assert "Installeer git" in caught.value.hint


def test_git_not_installed_when_first_loaded(register: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from beleidsbeheer.storage.repository import head\n"
        "from beleidsbeheer.errors import RepositoryProblem\n"
        "try: head(Path(sys.argv[1]))\n"
        "except RepositoryProblem as problem: print(problem.message)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(register)],
        env={"PATH": "/nergens"},
        capture_output=True,
        check=True,
    )
    assert b"niet gevonden" in done.stdout


def test_attack_repository_of_another_user_is_refused_clearly(
    monkeypatch: pytest.MonkeyPatch, register: Path
) -> None:
    monkeypatch.setattr(gitdoor, "_KEPT", (*gitdoor._KEPT, "GIT_TEST_"))
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(RepositoryProblem, match="andere gebruiker") as caught:
        history_problems(register, ROOT)
    assert f"safe.directory '{register}'" in caught.value.hint


# --- branches ------------------------------------------------------------------------------------


def test_seen_elsewhere_names_the_branch(git: Git, register: Path, tmp_path: Path) -> None:
    git("checkout", "-q", "-b", "mr/ouders", cwd=register)
    save(git, register, {LATER: b"later"}, "later")
    git("checkout", "-q", "main", cwd=register)
    assert seen_elsewhere(register, LATER) == "mr/ouders"
    assert seen_elsewhere(register, "approvals/nergens.json") is None
    git("clone", "-q", str(register), "copy")
    assert seen_elsewhere(tmp_path / "copy", LATER) == "origin/mr/ouders"
    assert seen_elsewhere(tmp_path, LATER) is None


def test_attack_history_rewritten_in_a_clone_that_knew_more(git: Git, register: Path) -> None:
    knew = save(git, register, {LATER: b"later"}, "later")
    assert is_ancestor(register, knew) is True
    save(git, register, {"beleid.toml": b"n"}, "verder")
    assert is_ancestor(register, knew) is True
    git("reset", "-q", "--hard", f"{knew}~1", cwd=register)
    assert is_ancestor(register, knew) is False
    assert found(register) == [], "only memory can tell"


@pytest.mark.parametrize("commit_id", ["0" * 40, "HEAD", "--help", ""])
def test_is_ancestor_of_what_is_not_here_is_unknown(register: Path, commit_id: str) -> None:
    assert is_ancestor(register, commit_id) is None


def test_a_worktree_is_judged_like_any_other(git: Git, register: Path, tmp_path: Path) -> None:
    git("worktree", "add", "-q", str(tmp_path / "tree"), "-b", "tak", cwd=register)
    assert history_problems(tmp_path / "tree", ROOT) == History(True, (), ())
