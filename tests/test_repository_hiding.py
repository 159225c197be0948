"""Real git, real attacks: what git, its settings and the environment may hide of the past."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from beleidsbeheer.storage.history import history_problems
from beleidsbeheer.storage.repository import commit, dirty, head, is_ancestor
from conftest import Git
from folders import put
from gitlife import ENTRY, FALLBACK, LATER, ROOT, TEXT, begin, found, record, save


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
