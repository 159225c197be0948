"""Writing in a register: no half file, nothing recorded is overwritten, and nothing lands outside."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from beleidsbeheer.errors import RepositoryProblem, UnreadableInput
from beleidsbeheer.storage.folder import read_folder, write_files
from beleidsbeheer.storage.names import is_append_only
from folders import ENTRY, TEXT, only_problem

PAIR = {ENTRY + ".sig": b"sig", ENTRY: b"{}\n", TEXT: b"text"}


def test_written_files_are_read_back(tmp_path: Path) -> None:
    write_files(tmp_path, PAIR)
    assert read_folder(tmp_path).files == PAIR
    write_files(tmp_path, PAIR)  # the same once more is nothing to do


@pytest.mark.parametrize("crash", [0, 1, 2])
@pytest.mark.parametrize("kind", [OSError, KeyboardInterrupt])
def test_crash_at_each_rename_leaves_only_whole_files_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, crash: int, kind: type[BaseException]
) -> None:
    done = 0
    real = os.replace

    def replace(source: Path, target: Path) -> None:
        nonlocal done
        if done == crash:
            raise kind
        done += 1
        real(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", replace)
        with pytest.raises((RepositoryProblem, KeyboardInterrupt)):
            write_files(tmp_path, PAIR)
    snapshot = read_folder(tmp_path)
    assert dict(snapshot.files) == dict(list(PAIR.items())[:crash])
    write_files(tmp_path, PAIR)  # and it can simply be done again
    assert read_folder(tmp_path).files == PAIR


def test_power_cut_before_a_rename_leaves_a_leftover_that_is_named_gently(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", die)
        patch.setattr(os, "unlink", die)  # a power cut cleans nothing up
        with pytest.raises(KeyboardInterrupt):
            write_files(tmp_path, PAIR)
    assert read_folder(tmp_path).files == {}
    assert "overblijfsel van een afgebroken opdracht" in only_problem(tmp_path).message


def test_every_file_is_synced_before_its_rename(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    sync, replace = os.fsync, os.replace

    def note_sync(handle: int) -> None:
        calls.append("sync")
        sync(handle)

    def note_rename(source: Path, target: Path) -> None:
        calls.append("rename")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(os, "replace", note_rename)
    write_files(tmp_path, {"beleid.toml": b"x"})
    assert calls == ["sync", "rename", "sync"]


@pytest.mark.parametrize("path", list(PAIR))
def test_attack_what_is_recorded_is_never_overwritten(tmp_path: Path, path: str) -> None:
    assert is_append_only(path)
    write_files(tmp_path, PAIR)
    with pytest.raises(RepositoryProblem, match="nooit overschreven"):
        write_files(tmp_path, {"beleid.toml": b"new", path: b"other"})
    assert read_folder(tmp_path).files == PAIR, "nothing was written, not even the first file"


@pytest.mark.parametrize(
    "path", ["beleid.toml", "approvals/namen.toml", "reglement/p/reglement.md"]
)
def test_working_files_may_be_replaced(tmp_path: Path, path: str) -> None:
    write_files(tmp_path, {path: b"1"})
    write_files(tmp_path, {path: b"2"})
    assert read_folder(tmp_path).files == {path: b"2"}


def test_attack_writing_through_a_symlinked_parent_is_refused(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (root / "approvals").symlink_to(outside, target_is_directory=True)
    with pytest.raises(RepositoryProblem, match="koppeling"):
        write_files(root, PAIR)
    assert list(outside.iterdir()) == []


def test_attack_writing_over_a_symlink_is_refused(tmp_path: Path) -> None:
    (tmp_path / "beleid.toml").symlink_to(tmp_path / "elders")
    with pytest.raises(RepositoryProblem, match="koppeling"):
        write_files(tmp_path, {"beleid.toml": b"x"})
    assert not (tmp_path / "elders").exists()


@pytest.mark.parametrize("path", ["../x", "/x", "approvals/.git/x", "a\\b"])
def test_attack_writing_outside_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(UnreadableInput):
        write_files(tmp_path, {path: b""})


def test_a_full_disk_is_said_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RepositoryProblem, match="schijf is vol"):
        write_files(tmp_path, {"beleid.toml": b"x"})
    assert list(tmp_path.iterdir()) == []
