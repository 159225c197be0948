"""Real git, real attacks: what git may hide, what a commit may hold, and that the past is judged."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from beleidsbeheer.errors import RepositoryProblem
from beleidsbeheer.storage import gitdoor
from beleidsbeheer.storage.history import History, history_problems
from beleidsbeheer.storage.repository import (
    blob_id,
    commit,
    dirty,
    head,
    init,
    is_ancestor,
    seen_elsewhere,
)

Git = Callable[..., str]

ROOT = "approvals/rooster/rooster-000000000000.json"
ENTRY = "approvals/p/0.1/registratie-111111111111.json"
LATER = "approvals/p/0.1/instemming-222222222222.json"
TEXT = "reglement/p/versies/0.1.md"
FALLBACK = ("beleidsbeheer", "beleidsbeheer@localhost")
ATTRIBUTES = b"approvals/** -text\nreglement/*/versies/** -text\n"


def put(root: Path, files: dict[str, bytes]) -> None:
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)


def begin(git: Git, root: Path) -> Path:
    """A register in a repository: roster 0 first, an entry with its frozen text after it."""
    root.mkdir(parents=True, exist_ok=True)
    git("init", "-q", "-b", "main", cwd=root)
    grow(git, root)
    return root


def grow(git: Git, root: Path) -> None:
    save(git, root, {ROOT: b"rooster", "beleid.toml": b"", ".gitattributes": ATTRIBUTES}, "roster")
    working = {"reglement/p/reglement.md": b"text\n"}
    save(git, root, {ENTRY: b"entry", ENTRY + ".sig": b"sig", TEXT: b"text"} | working, "entry")


def save(git: Git, root: Path, files: dict[str, bytes], message: str) -> str:
    put(root, files)
    git("add", "-f", "--", *files, cwd=root)
    return record(git, root, message)


def record(git: Git, root: Path, message: str) -> str:
    git("commit", "-q", "-m", message, cwd=root)
    return git("rev-parse", "HEAD", cwd=root).strip()


@pytest.fixture
def register(git: Git, tmp_path: Path) -> Path:
    return begin(git, tmp_path / "school")


def found(root: Path) -> list[tuple[str, str]]:
    """(path, what happened in a past commit), by the words of the problem."""
    words = ("verwijderd", "gewijzigd", "van soort veranderd")
    problems = history_problems(root, ROOT).problems
    assert all(problem.hint for problem in problems)
    return [
        (p.path, word) for p in problems for word in words if f"is {word} in commit" in p.message
    ]


# --- the past ------------------------------------------------------------------------------------


def test_an_honest_history_is_judged_and_silent(git: Git, register: Path) -> None:
    git("checkout", "-q", "-b", "ouders", "HEAD~1", cwd=register)
    save(git, register, {LATER: b"later"}, "other clone")
    git("checkout", "-q", "main", cwd=register)
    git("merge", "-q", "--no-edit", "ouders", cwd=register)
    save(git, register, {"reglement/p/reglement.md": b"new", "beleid.toml": b"n"}, "drafting")
    assert history_problems(register, ROOT) == History(True, (), ())


def test_attack_delete(git: Git, register: Path) -> None:
    git("rm", "-q", ENTRY, cwd=register)
    commit_id = record(git, register, "weg")
    assert found(register) == [(ENTRY, "verwijderd")]
    assert commit_id[:10] in history_problems(register, ROOT).problems[0].message


def test_attack_delete_signature(git: Git, register: Path) -> None:
    git("rm", "-q", ENTRY + ".sig", cwd=register)
    record(git, register, "weg")
    assert found(register) == [(ENTRY + ".sig", "verwijderd")]


def test_attack_delete_and_restore(git: Git, register: Path) -> None:
    git("rm", "-q", ENTRY, TEXT, cwd=register)
    record(git, register, "weg")
    git("checkout", "-q", "HEAD~1", "--", ENTRY, TEXT, cwd=register)
    record(git, register, "terug")
    assert found(register) == [(ENTRY, "verwijderd"), (TEXT, "verwijderd")]


def test_attack_delete_and_restore_of_the_root_itself(git: Git, register: Path) -> None:
    git("rm", "-q", ROOT, cwd=register)
    save(git, register, {TEXT: b"other"}, "weg")
    save(git, register, {ROOT: b"rooster"}, "terug")
    assert sorted(found(register)) == [(ROOT, "verwijderd"), (TEXT, "gewijzigd")]


@pytest.mark.parametrize("path", [ROOT, ENTRY, ENTRY + ".sig", TEXT])
def test_attack_modify(git: Git, register: Path, path: str) -> None:
    save(git, register, {path: b"other"}, "anders")
    assert found(register) == [(path, "gewijzigd")]


def test_attack_modify_and_put_back(git: Git, register: Path) -> None:
    save(git, register, {TEXT: b"other"}, "anders")
    save(git, register, {TEXT: b"text"}, "terug")
    assert found(register) == [(TEXT, "gewijzigd")]


def test_attack_rename(git: Git, register: Path) -> None:
    git("mv", ENTRY, LATER, cwd=register)
    record(git, register, "anders genoemd")
    assert found(register) == [(ENTRY, "verwijderd")]


def test_attack_type_change(git: Git, register: Path) -> None:
    (register / ENTRY).unlink()
    (register / ENTRY).symlink_to("elders")
    git("add", "-A", cwd=register)
    record(git, register, "koppeling")
    assert found(register) == [(ENTRY, "van soort veranderd")]
    assert any("koppeling" in p.message for p in history_problems(register, ROOT).problems)


def test_only_the_rights_changed_is_a_notice(git: Git, register: Path) -> None:
    git("update-index", "--chmod=+x", ENTRY, cwd=register)
    record(git, register, "uitvoerbaar")
    history = history_problems(register, ROOT)
    assert history.problems == ()
    assert "rechten" in history.notices[0]


@pytest.mark.parametrize("drop", [ENTRY, LATER], ids=["of both parents", "of one parent"])
def test_attack_evil_merge_drops_a_file(git: Git, register: Path, drop: str) -> None:
    merging(git, register)
    git("rm", "-q", "-f", drop, cwd=register)
    record(git, register, "samen")
    assert found(register) == [(drop, "verwijderd")]


@pytest.mark.parametrize("path", [ENTRY, LATER], ids=["of both parents", "of one parent"])
def test_attack_evil_merge_alters_a_file(git: Git, register: Path, path: str) -> None:
    merging(git, register)
    save(git, register, {path: b"evil"}, "samen")
    assert found(register) == [(path, "gewijzigd")]


def test_attack_merge_that_keeps_only_our_side(git: Git, register: Path) -> None:
    merging(git, register)
    git("merge", "--abort", cwd=register)
    git("merge", "-q", "-s", "ours", "--no-edit", "side", cwd=register)
    assert found(register) == [(LATER, "verwijderd")]


def merging(git: Git, root: Path) -> None:
    """Two branches grown apart, merged but not yet committed."""
    git("checkout", "-q", "-b", "side", cwd=root)
    save(git, root, {LATER: b"later"}, "side")
    git("checkout", "-q", "main", cwd=root)
    save(git, root, {"approvals/p/0.1/x-333333333333.json": b"x"}, "main")
    git("merge", "-q", "--no-commit", "--no-ff", "side", cwd=root)


def test_attack_two_texts_for_one_version_in_a_merge(git: Git, register: Path) -> None:
    other = "reglement/p/versies/0.2.md"
    git("checkout", "-q", "-b", "side", cwd=register)
    save(git, register, {other: b"one"}, "side")
    git("checkout", "-q", "main", cwd=register)
    save(git, register, {other: b"two"}, "main")
    git("merge", "-q", "-X", "ours", "--no-edit", "side", cwd=register)
    assert (register / other).read_bytes() == b"two"
    assert found(register) == [(other, "gewijzigd")]


def test_attack_second_root_added_on_an_unrelated_branch(git: Git, register: Path) -> None:
    """The same roster file added again elsewhere must not move the start of what is judged."""
    save(git, register, {TEXT: b"other"}, "anders")
    git("checkout", "-q", "--orphan", "los", cwd=register)
    git("rm", "-rfq", ".", cwd=register)
    save(git, register, {ROOT: b"rooster"}, "los")
    git("checkout", "-q", "main", cwd=register)
    git("merge", "-q", "--allow-unrelated-histories", "--no-edit", "los", cwd=register)
    assert (TEXT, "gewijzigd") in found(register)


def test_what_happened_before_the_register_began_is_not_judged(git: Git, tmp_path: Path) -> None:
    root = tmp_path / "school"
    root.mkdir()
    git("init", "-q", "-b", "main", cwd=root)
    save(git, root, {"approvals/oud.json": b"1"}, "proef")
    git("rm", "-q", "approvals/oud.json", cwd=root)
    record(git, root, "proef weg")
    grow(git, root)
    assert history_problems(root, ROOT) == History(True, (), ())


def test_attack_odd_names_and_a_subfolder_with_pattern_characters(git: Git, tmp_path: Path) -> None:
    top = tmp_path / "top"
    root = top / "s[u]b *? \\ é\n"
    root.mkdir(parents=True)
    git("init", "-q", "-b", "main", cwd=top)
    grow(git, root)
    odd = ["approvals/p/:100644 x D.json", "approvals/p/é\n.json", "approvals/p/'\".json"]
    save(git, root, dict.fromkeys(odd, b"1"), "odd")
    git("rm", "-q", "--", *odd, cwd=root)
    record(git, root, "weg")
    assert len(found(root)) == 3
    assert all(path.isprintable() for path, _ in found(root))
    save(git, top, {"approvals/buiten.json": b"1"}, "outside")
    git("rm", "-q", "approvals/buiten.json", cwd=top)
    record(git, top, "not ours")
    assert len(found(root)) == 3
    assert dirty(root, [ENTRY]) == []
    assert seen_elsewhere(root, ENTRY) is None, "a newline in a path is no question for cat-file"


# --- what hides the past -------------------------------------------------------------------------


def test_attack_replace_refs_do_not_hide(git: Git, register: Path) -> None:
    honest = git("rev-parse", "HEAD", cwd=register).strip()
    evil = save(git, register, {TEXT: b"other"}, "anders")
    git("replace", evil, honest, cwd=register)
    assert found(register) == [(TEXT, "gewijzigd")]
    assert any("refs/replace" in notice for notice in history_problems(register, ROOT).notices)


def test_attack_grafts_do_not_hide(git: Git, register: Path) -> None:
    git("rm", "-q", ENTRY, cwd=register)
    record(git, register, "weg")
    tip = save(git, register, {"beleid.toml": b"n"}, "later")
    start = git("rev-list", "--max-parents=0", "HEAD", cwd=register).strip()
    (register / ".git/info").mkdir(exist_ok=True)
    (register / ".git/info/grafts").write_text(f"{tip} {start}\n")
    assert found(register) == [(ENTRY, "verwijderd")]
    assert any("grafts" in notice for notice in history_problems(register, ROOT).notices)


def test_attack_shallow_clone_is_unknown_and_not_fine(
    git: Git, register: Path, tmp_path: Path
) -> None:
    git("rm", "-q", ENTRY, cwd=register)
    record(git, register, "weg")
    before = head(register)
    save(git, register, {"beleid.toml": b"n"}, "later")
    git("clone", "-q", "--depth=1", register.as_uri(), "shallow")
    history = history_problems(tmp_path / "shallow", ROOT)
    assert not history.judged
    assert any("unshallow" in notice for notice in history.notices)
    assert before is not None
    assert is_ancestor(tmp_path / "shallow", before) is None


def test_attack_shallow_file_written_by_hand_is_unknown(git: Git, register: Path) -> None:
    save(git, register, {TEXT: b"other"}, "anders")
    tip = save(git, register, {"beleid.toml": b"n"}, "later")
    (register / ".git/shallow").write_text(tip + "\n")
    assert not history_problems(register, ROOT).judged


def test_attack_missing_objects_are_unknown(git: Git, register: Path) -> None:
    save(git, register, {TEXT: b"other"}, "anders")
    tree = git("rev-parse", "HEAD~1^{tree}", cwd=register).strip()
    (register / ".git/objects" / tree[:2] / tree[2:]).unlink()
    assert not history_problems(register, ROOT).judged


def test_attack_partial_clone_does_not_go_to_the_network(
    git: Git, register: Path, tmp_path: Path
) -> None:
    git("config", "uploadpack.allowFilter", "true", cwd=register)
    save(git, register, {LATER: b"later"}, "later")
    git("clone", "-q", "--filter=tree:0", register.as_uri(), "partial")
    before = git("count-objects", "-v", cwd=tmp_path / "partial")
    assert not history_problems(tmp_path / "partial", ROOT).judged
    assert git("count-objects", "-v", cwd=tmp_path / "partial") == before


def test_attack_commit_graph_with_other_parents_does_not_hide(git: Git, register: Path) -> None:
    """.git/objects/info/commit-graph is a cache that git believes; see gitformat-commit-graph(5)."""
    honest = head(register)
    evil = save(git, register, {TEXT: b"other"}, "anders")
    back = save(git, register, {TEXT: b"text"}, "terug")
    save(git, register, {"beleid.toml": b"n"}, "verder")
    git("commit-graph", "write", "--reachable", cwd=register)
    graph = register / ".git/objects/info/commit-graph"
    content = bytearray(graph.read_bytes())
    chunks = {}
    for at in range(8, 8 + 12 * content[6], 12):
        chunks[bytes(content[at : at + 4])] = int.from_bytes(content[at + 4 : at + 12])
    commits = sorted(git("rev-list", "--all", cwd=register).split())
    assert honest is not None
    parent = chunks[b"CDAT"] + 36 * commits.index(back) + 20
    assert int.from_bytes(content[parent : parent + 4]) == commits.index(evil)
    content[parent : parent + 4] = commits.index(honest).to_bytes(4)
    graph.chmod(0o644)
    graph.write_bytes(content)
    assert evil not in git("rev-list", "HEAD", cwd=register), "stock git is fooled"
    assert found(register) == [(TEXT, "gewijzigd")]


POISON = {
    "GIT_DIR": "/nergens/.git",
    "GIT_WORK_TREE": "/",
    "GIT_INDEX_FILE": "/nergens/index",
    "GIT_OBJECT_DIRECTORY": "/nergens/objects",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES": "/nergens",
    "GIT_COMMON_DIR": "/nergens",
    "GIT_REPLACE_REF_BASE": "refs/heads",
    "GIT_NAMESPACE": "anders",
    "GIT_CONFIG": "/nergens",
    "GIT_CONFIG_PARAMETERS": "'core.worktree=/'",
    "GIT_CONFIG_COUNT": "1",
    "GIT_CONFIG_KEY_0": "core.bare",
    "GIT_CONFIG_VALUE_0": "true",
    "GIT_SHALLOW_FILE": "/nergens",
    "GIT_GRAFT_FILE": "/nergens",
    "GIT_CEILING_DIRECTORIES": "/",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_ICASE_PATHSPECS": "1",
    "GIT_PREFIX": "x/",
    "GIT_EXTERNAL_DIFF": "false",
    "GIT_DIFF_OPTS": "-u0",
    "GIT_PAGER": "false",
    "GIT_TRACE": "/dev/stdout",
    "GIT_DEFAULT_HASH": "sha256",
    "GIT_TEMPLATE_DIR": "/nergens",
}


def test_attack_environment_poisoning(
    git: Git, register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(git, register, {TEXT: b"other"}, "anders")
    for name, value in POISON.items():
        monkeypatch.setenv(name, value)
    assert found(register) == [(TEXT, "gewijzigd")]
    put(register, {LATER: b"later"})
    assert dirty(register, [LATER, ENTRY]) == [LATER]
    made = commit(register, [LATER], "later", FALLBACK)
    assert made == head(register) == git("rev-parse", "HEAD", cwd=register).strip()
    assert {name: os.environ[name] for name in POISON} == POISON, "and it is put back afterwards"


def test_attack_another_repository_in_git_dir_is_not_written_to(
    git: Git, register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = begin(git, tmp_path / "other")
    before = head(other)
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    put(register, {LATER: b"later"})
    commit(register, [LATER], "later", FALLBACK)
    assert head(other) == before


HOSTILE = {
    "log.follow": "true",
    "log.showRoot": "false",
    "log.showSignature": "true",
    "log.diffMerges": "off",
    "log.date": "relative",
    "log.decorate": "full",
    "log.mailmap": "true",
    "format.pretty": "oneline",
    "diff.noprefix": "true",
    "diff.renames": "copies",
    "diff.relative": "true",
    "diff.external": "false",
    "diff.orderFile": "/nergens",
    "diff.ignoreSubmodules": "all",
    "diff.x.textconv": "true",
    "core.quotePath": "true",
    "core.pager": "false",
    "core.commitGraph": "true",
    "core.abbrev": "4",
    "core.ignoreCase": "true",
    "core.fileMode": "false",
    "core.attributesFile": "/nergens",
    "status.showUntrackedFiles": "no",
    "status.relativePaths": "true",
    "color.ui": "always",
    "color.diff": "always",
    "pager.log": "true",
    "alias.log": "!false",
}


def test_attack_hostile_configuration(git: Git, register: Path) -> None:
    git("mv", TEXT, "reglement/p/versies/é.md", cwd=register)
    record(git, register, "anders genoemd")
    git("rm", "-q", ENTRY, cwd=register)
    record(git, register, "weg")
    for key, value in HOSTILE.items():
        git("config", key, value, cwd=register)
    (register / ".git/info").mkdir(exist_ok=True)
    (register / ".git/info/attributes").write_text("* diff=x\n")
    assert found(register) == [(ENTRY, "verwijderd"), (TEXT, "verwijderd")]
    put(register, {LATER: b"later"})
    assert dirty(register, [LATER, ROOT]) == [LATER]


def test_attack_fsmonitor_program_is_not_started(git: Git, register: Path, tmp_path: Path) -> None:
    spy = tmp_path / "spy"
    spy.write_text(f"#!/bin/sh\ntouch '{tmp_path}/started'\n")
    spy.chmod(0o755)
    git("config", "core.fsmonitor", str(spy), cwd=register)
    history_problems(register, ROOT)
    dirty(register, [ENTRY])
    assert not (tmp_path / "started").exists()


def test_no_git_is_not_judged(tmp_path: Path) -> None:
    history = history_problems(tmp_path, ROOT)
    assert not history.judged
    assert history.problems == ()
    assert history.notices


def test_a_register_not_yet_recorded_is_not_judged(git: Git, tmp_path: Path) -> None:
    git("init", "-q")
    put(tmp_path, {ROOT: b"rooster"})
    assert not history_problems(tmp_path, ROOT).judged
    save(git, tmp_path, {"README": b""}, "iets")
    history = history_problems(tmp_path, ROOT)
    assert not history.judged
    assert any("og niet vastgelegd in git" in notice for notice in history.notices)


# --- the present ---------------------------------------------------------------------------------


def test_a_file_missing_or_different_on_disk_is_a_problem(register: Path) -> None:
    (register / ENTRY).unlink()
    put(register, {TEXT: b"other"})
    messages = {p.path: p.message for p in history_problems(register, ROOT).problems}
    assert set(messages) == {ENTRY, TEXT}
    assert "ontbreekt" in messages[ENTRY]
    assert "andere inhoud" in messages[TEXT]


@pytest.mark.parametrize("flag", ["--assume-unchanged", "--skip-worktree"])
def test_attack_index_flags_do_not_hide(git: Git, register: Path, flag: str) -> None:
    git("update-index", flag, TEXT, cwd=register)
    put(register, {TEXT: b"other"})
    assert git("status", "--porcelain", cwd=register) == ""
    assert [p.path for p in history_problems(register, ROOT).problems] == [TEXT]
    assert dirty(register, [TEXT, ENTRY]) == [TEXT]


def test_converted_line_ends_are_named_as_such(git: Git, register: Path) -> None:
    save(git, register, {"reglement/p/versies/0.2.md": b"a\nb\n"}, "0.2")
    put(register, {"reglement/p/versies/0.2.md": b"a\r\nb\r\n"})
    (problem,) = history_problems(register, ROOT).problems
    assert "regeleinden" in problem.message
    assert "-text" in problem.hint


def test_working_files_may_differ_with_a_notice(register: Path) -> None:
    put(register, {"reglement/p/reglement.md": b"draft\n", LATER: b"later"})
    history = history_problems(register, ROOT)
    assert history.judged
    assert history.problems == ()
    assert any("reglement.md" in n and "ewijzigd" in n for n in history.notices)
    assert any(LATER in n and "og niet vastgelegd" in n for n in history.notices)
    put(register, {"reglement/p/reglement.md": b"text\r\n"})
    assert not any("reglement.md" in n for n in history_problems(register, ROOT).notices)


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_both_object_formats(git: Git, tmp_path: Path, algorithm: str) -> None:
    git("init", "-q", f"--object-format={algorithm}")
    grow(git, tmp_path)
    assert history_problems(tmp_path, ROOT) == History(True, (), ())
    assert blob_id(b"text", algorithm) == git("rev-parse", f"HEAD:{TEXT}").strip()


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
