"""The register as files: what is read, what is refused, and where a register is found."""

from __future__ import annotations

import os
import socket
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleidsbeheer.errors import RepositoryProblem, UnreadableInput
from beleidsbeheer.storage import folder
from beleidsbeheer.storage.folder import read_folder
from beleidsbeheer.storage.names import check_path, in_register, path_defect, shown
from beleidsbeheer.storage.places import find_root, git_dir, read_small
from folders import ENTRY, TEXT, only_problem, put

# --- what is read --------------------------------------------------------------------------------


def test_reads_exactly_what_a_register_consists_of(tmp_path: Path) -> None:
    files = {
        "approvals/README.md": b"lees",
        "approvals/namen.toml": b"",
        ENTRY: b"{}",
        ENTRY + ".sig": b"sig",
        "beleid.toml": b"x",
        "reglement/privacy/reglement.md": b"# t",
        TEXT: b"\r\n\xff\x00",
    }
    others = {
        "README.md": b"",
        ".gitattributes": b"",
        "reglement/privacy/herkomst.md": b"",
        "reglement/leesmij.md": b"",
        "src/approvals/x.json": b"",
    }
    put(tmp_path, files | others)
    snapshot = read_folder(tmp_path)
    assert dict(snapshot.files) == files
    assert list(snapshot.files) == sorted(files)
    assert snapshot.problems == ()
    assert all(map(in_register, files))
    assert not any(map(in_register, others))


def test_missing_folders_are_an_empty_register(tmp_path: Path) -> None:
    assert read_folder(tmp_path) == folder.Snapshot({}, ())


def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(RepositoryProblem, match="bestaat niet"):
        read_folder(tmp_path / "nergens")


def test_thousands_of_files_are_all_read(tmp_path: Path) -> None:
    for number in range(20):
        below = tmp_path / f"approvals/privacy/0.{number}"
        below.mkdir(parents=True)
        for entry in range(100):
            (below / f"instemming-{entry:012x}.json").write_bytes(b"x" * 900)
    assert len(read_folder(tmp_path).files) == 2_000


# --- attacks -------------------------------------------------------------------------------------


def test_attack_symlinked_file_is_not_followed(tmp_path: Path) -> None:
    put(tmp_path, {"elsewhere.json": b"secret"})
    link = tmp_path / ENTRY
    link.parent.mkdir(parents=True)
    link.symlink_to(tmp_path / "elsewhere.json")
    assert "koppeling" in only_problem(tmp_path).message
    assert read_folder(tmp_path).files == {}


@pytest.mark.parametrize("where", ["approvals", "approvals/privacy", "reglement", "reglement/p"])
def test_attack_symlinked_folder_is_not_followed(tmp_path: Path, where: str) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    put(outside, {"x.json": b"{}", "reglement.md": b"t", "p/x.json": b"{}"})
    (root / where).parent.mkdir(parents=True, exist_ok=True)
    (root / where).symlink_to(outside, target_is_directory=True)
    assert only_problem(root).path == where
    assert read_folder(root).files == {}


def test_attack_symlink_into_itself_ends(tmp_path: Path) -> None:
    (tmp_path / "approvals").mkdir()
    (tmp_path / "approvals/lus").symlink_to(tmp_path / "approvals", target_is_directory=True)
    assert only_problem(tmp_path).path == "approvals/lus"


def test_attack_fifo_does_not_hang(tmp_path: Path) -> None:
    (tmp_path / "approvals").mkdir()
    os.mkfifo(tmp_path / "approvals/x.json")
    assert "geen gewoon bestand" in only_problem(tmp_path).message


def test_attack_fifo_swapped_in_after_listing_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.json")
    with pytest.raises(OSError, match="regular"):
        read_small(tmp_path / "x.json", 10)


def test_attack_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "approvals").mkdir()
    monkeypatch.chdir(tmp_path / "approvals")  # a socket's path must be short
    with socket.socket(socket.AF_UNIX) as end:
        end.bind("x.json")
        assert "geen gewoon bestand" in only_problem(tmp_path).message


@pytest.mark.parametrize(
    ("path", "size"),
    [
        (ENTRY, 64 * 1024),
        (ENTRY + ".sig", 16 * 1024),
        ("beleid.toml", 1024**2),
        (TEXT, 10 * 1024**2),
        ("approvals/README.md", 10 * 1024**2),
    ],
)
def test_size_limits(tmp_path: Path, path: str, size: int) -> None:
    put(tmp_path, {path: b"x" * size})
    assert read_folder(tmp_path).problems == ()
    put(tmp_path, {path: b"x" * (size + 1)})
    assert "te groot" in only_problem(tmp_path).message


def test_attack_sparse_100_mb_file_is_never_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, {TEXT: b""})
    os.truncate(tmp_path / TEXT, 100 * 1024**2)
    monkeypatch.setattr(os, "read", lambda *_: pytest.fail("read it"))
    assert "te groot" in only_problem(tmp_path).message


def test_attack_file_that_grows_while_read_stays_within_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, {"f": b"x" * 10})
    monkeypatch.setattr(os, "read", lambda _, size: b"y" * size)
    with pytest.raises(OSError, match="large"):
        read_small(tmp_path / "f", 20)


def test_unreadable_file_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, {ENTRY: b"{}", "beleid.toml": b""})
    real = os.open

    def refuse(path: str, flags: int, mode: int = 0o777) -> int:
        if str(path).endswith(".json"):
            raise PermissionError(13, "Permission denied", path)
        return real(path, flags, mode)

    monkeypatch.setattr(os, "open", refuse)  # chmod would not stop root
    assert "geen toegang" in only_problem(tmp_path).message
    assert list(read_folder(tmp_path).files) == ["beleid.toml"]


ODD_NAMES = [
    "een\\twee.json",
    "regel\neinde.json",
    "bel\x07.json",
    "nul\u200bbreed.json",
    "om\u202ekeer.json",
    "c:x.json",
    "ster*.json",
    "CON",
    "nul.json",
    "Com1.json.sig",
    "LPT9 .txt",
    "aux.",
    ".verborgen.json",
    ".git",
    "git~1",
    "punt.",
    "spatie ",
    unicodedata.normalize("NFD", "privé.json"),
    os.fsdecode(b"latin-\xe9.json"),
]


@pytest.mark.parametrize("name", ODD_NAMES)
@pytest.mark.parametrize("where", ["approvals", "approvals/p/0.1", "reglement/p/versies"])
def test_attack_odd_names_are_refused_and_shown_safely(
    tmp_path: Path, name: str, where: str
) -> None:
    put(tmp_path, {f"{where}/{name}": b"{}"})
    problem = only_problem(tmp_path)
    assert read_folder(tmp_path).files == {}
    assert (problem.path + problem.message).isprintable()
    with pytest.raises(UnreadableInput):
        check_path(f"{where}/{name}")


def test_attack_hidden_folder_under_approvals_is_reported(tmp_path: Path) -> None:
    put(tmp_path, {"approvals/.weg/x.json": b"{}"})
    assert only_problem(tmp_path).path == "approvals/.weg"


@pytest.mark.parametrize(
    "path", ["../x", "a/../b", "/abs", "a//b", "", "a/./b", "a/", "x" * 2000, "a/" * 9 + "a"]
)
def test_attack_paths_that_lead_elsewhere_are_refused(path: str) -> None:
    assert path_defect(path)


@pytest.mark.parametrize(
    "path", [ENTRY, TEXT, "a/privé één.md", "a/console.md", "a/com10.md", "a/_x-1"]
)
def test_ordinary_paths_are_fine(path: str) -> None:
    assert path_defect(path) is None
    check_path(path)


@given(st.text(st.characters(exclude_categories=()), max_size=12))
def test_whatever_the_name_the_verdict_is_sound(name: str) -> None:
    if path_defect(name) is None:
        assert name
        assert name == unicodedata.normalize("NFC", name)
        assert not set(name) & set('\\:<>"|?*\0\n\r')
        name.encode()
    assert shown(name).isprintable()


@pytest.mark.parametrize(
    ("one", "other"),
    [("x.json", "X.json"), ("straße.json", "STRASSE.json"), ("é.json", "É.json")],
)
def test_attack_case_collision_makes_neither_count(tmp_path: Path, one: str, other: str) -> None:
    put(tmp_path, {f"approvals/{one}": b"1", f"approvals/{other}": b"2", "approvals/y.json": b""})
    snapshot = read_folder(tmp_path)
    assert list(snapshot.files) == ["approvals/y.json"]
    assert len(snapshot.problems) == 2


def test_attack_case_collision_of_folders_makes_neither_count(tmp_path: Path) -> None:
    put(tmp_path, {"approvals/p/x.json": b"1", "approvals/P/y.json": b"2"})
    snapshot = read_folder(tmp_path)
    assert snapshot.files == {}
    assert len(snapshot.problems) == 2


@pytest.mark.parametrize("path", ["Approvals/x.json", "BELEID.toml", "reglement/p/Versies/1.md"])
def test_attack_other_spelling_of_a_fixed_name_is_reported(tmp_path: Path, path: str) -> None:
    put(tmp_path, {path: b""})
    assert "anders geschreven" in only_problem(tmp_path).message
    assert read_folder(tmp_path).files == {}


def test_attack_deep_nesting_ends(tmp_path: Path) -> None:
    put(tmp_path, {"approvals/" + "d/" * 300 + "x.json": b"{}"})
    assert "te veel mappen" in only_problem(tmp_path).message


def test_a_folder_where_a_file_belongs_and_the_other_way_round(tmp_path: Path) -> None:
    (tmp_path / "beleid.toml").mkdir()
    put(tmp_path, {"approvals": b"", "reglement/p/versies/sub/x.md": b""})
    assert len(read_folder(tmp_path).problems) == 3


# --- where things are ----------------------------------------------------------------------------


def test_find_root_walks_up(tmp_path: Path) -> None:
    put(tmp_path, {"school/beleid.toml": b"", "school/reglement/p/reglement.md": b""})
    assert find_root(tmp_path / "school/reglement/p") == tmp_path / "school"
    assert find_root(tmp_path) is None


def test_git_dir_of_a_subfolder_a_worktree_and_a_submodule(tmp_path: Path) -> None:
    shared = tmp_path / "a/.git"
    put(shared, {"HEAD": b"x", "objects/x": b"", "refs/x": b""})
    put(shared, {"worktrees/b/HEAD": b"x", "worktrees/b/commondir": b"../..\n"})
    put(tmp_path, {"b/.git": b"gitdir: " + os.fsencode(shared / "worktrees/b") + b"\n"})
    put(tmp_path, {"a/sub/.git": b"gitdir: ../.git/modules/sub\n"})
    put(shared / "modules/sub", {"HEAD": b"x", "objects/x": b"", "refs/x": b""})
    (tmp_path / "a/deep/er").mkdir(parents=True)
    assert git_dir(tmp_path / "a/deep/er") == shared
    assert git_dir(tmp_path / "b") == shared
    assert git_dir(tmp_path / "a/sub") == shared / "modules/sub"
    assert git_dir(tmp_path) is None


@pytest.mark.parametrize("content", [b"", b"gitdir: nergens", b"x" * 100_000, b"gitdir: a\0b"])
def test_a_git_file_that_leads_nowhere_is_an_error(tmp_path: Path, content: bytes) -> None:
    put(tmp_path, {".git": content})
    with pytest.raises(RepositoryProblem, match="wijst niet"):
        git_dir(tmp_path)
