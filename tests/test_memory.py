"""What a clone remembers: kept in the git folder only, whole, and never silently forgotten."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleidsbeheer.errors import RepositoryProblem, UnreadableInput
from beleidsbeheer.storage import memory as module
from beleidsbeheer.storage.memory import Memory, memory_file, recall, remember
from beleidsbeheer.storage.repository import init

DIGEST = "a" * 64
FULL = Memory(DIGEST, frozenset({(DIGEST, "approvals/é n.json"), ("b" * 64, "x.json")}), "c" * 40)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    init(tmp_path)
    return tmp_path


def test_without_git_there_is_no_memory(tmp_path: Path) -> None:
    assert recall(tmp_path) is None
    remember(tmp_path, FULL)
    assert list(tmp_path.iterdir()) == []


def test_a_new_clone_remembers_nothing(clone: Path) -> None:
    assert recall(clone) == Memory()


@pytest.mark.parametrize("memory", [Memory(), FULL, Memory(head="d" * 64)])
def test_what_was_remembered_is_recalled(clone: Path, memory: Memory) -> None:
    remember(clone, FULL)
    remember(clone, memory)
    assert recall(clone) == memory
    assert [one.name for one in clone.iterdir()] == [".git"], "nothing outside the git folder"
    assert [one.name for one in (clone / ".git/beleidsbeheer").iterdir()] == ["geheugen.txt"]


def test_registers_in_subfolders_have_their_own(clone: Path) -> None:
    for name in ("een", "twee"):
        (clone / name).mkdir()
    remember(clone / "een", FULL)
    assert recall(clone / "een") == FULL
    assert recall(clone / "twee") == recall(clone) == Memory()


def test_the_form_is_plain_text(clone: Path) -> None:
    remember(clone, FULL)
    lines = (clone / ".git/beleidsbeheer/geheugen.txt").read_text(encoding="utf-8").split("\n")
    assert lines == [
        "beleidsbeheer-geheugen 1",
        f"wortel {DIGEST}",
        f"hoofd {'c' * 40}",
        f"gezien {DIGEST} approvals/é n.json",
        f"gezien {'b' * 64} x.json",
        "einde 4",
        "",
    ]


DAMAGED = [
    b"",
    b"\xff\xfe",
    b"beleidsbeheer-geheugen 2\neinde 0\n",
    b"beleidsbeheer-geheugen 1\n",
    b"beleidsbeheer-geheugen 1\neinde 1\n",
    b"beleidsbeheer-geheugen 1\neinde 0",
    b"beleidsbeheer-geheugen 1\r\neinde 0\r\n",
    b"beleidsbeheer-geheugen 1\nonbekend x\neinde 1\n",
    b"beleidsbeheer-geheugen 1\nwortel abc\neinde 1\n",
    b"beleidsbeheer-geheugen 1\nwortel " + b"a" * 64 + b"\nwortel " + b"b" * 64 + b"\neinde 2\n",
    b"beleidsbeheer-geheugen 1\ngezien " + b"a" * 64 + b" ../x\neinde 1\n",
    b"beleidsbeheer-geheugen 1\ngezien " + b"a" * 64 + b" \x1b[2J\neinde 1\n",
]


@pytest.mark.parametrize("content", DAMAGED)
def test_attack_damaged_memory_is_an_error_and_names_the_file(clone: Path, content: bytes) -> None:
    file = memory_file(clone)
    assert file is not None
    file.parent.mkdir()
    file.write_bytes(content)
    with pytest.raises(RepositoryProblem) as caught:
        recall(clone)
    assert str(file) in caught.value.message
    assert caught.value.message.isprintable()
    assert caught.value.hint


def test_attack_cut_off_memory_is_never_a_smaller_memory(clone: Path) -> None:
    remember(clone, FULL)
    file = memory_file(clone)
    assert file is not None
    whole = file.read_bytes()
    for length in range(len(whole)):
        file.write_bytes(whole[:length])
        with pytest.raises(RepositoryProblem):
            recall(clone)


@given(st.binary(max_size=200))
def test_attack_any_bytes_give_a_memory_or_a_clear_error(content: bytes) -> None:
    try:
        memory = module._parsed(b"beleidsbeheer-geheugen 1\n" + content)
    except ValueError:
        return
    assert module._parsed(module._printed(memory)) == memory


@pytest.mark.parametrize("kind", ["symlink", "fifo", "sparse", "folder"])
def test_attack_memory_that_is_no_ordinary_file(clone: Path, kind: str) -> None:
    file = memory_file(clone)
    assert file is not None
    file.parent.mkdir()
    if kind == "symlink":
        file.symlink_to("/etc/hostname")
    elif kind == "fifo":
        os.mkfifo(file)
    elif kind == "sparse":
        file.touch()
        os.truncate(file, 100 * 1024**2)
    else:
        file.mkdir()
    with pytest.raises(RepositoryProblem, match="beschadigd"):
        recall(clone)


def test_attack_memory_folder_that_leads_elsewhere(clone: Path) -> None:
    (clone / "elders").mkdir()
    (clone / ".git/beleidsbeheer").symlink_to(clone / "elders", target_is_directory=True)
    with pytest.raises(RepositoryProblem, match="koppeling"):
        remember(clone, FULL)
    with pytest.raises(RepositoryProblem, match="koppeling"):
        recall(clone)


def test_crash_while_remembering_keeps_the_old_memory(
    clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember(clone, FULL)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(RepositoryProblem, match="schijf is vol"):
        remember(clone, Memory())
    assert recall(clone) == FULL


@pytest.mark.parametrize(
    "memory",
    [
        Memory("A" * 64),
        Memory(head="x"),
        Memory(DIGEST + "\n"),
        Memory(seen=frozenset({("x", "y")})),
        Memory(seen=frozenset({(DIGEST, "a\nwortel b")})),
    ],
)
def test_what_cannot_be_recalled_is_not_remembered(clone: Path, memory: Memory) -> None:
    with pytest.raises(UnreadableInput):
        remember(clone, memory)
    assert recall(clone) == Memory()
