"""Real git, real attacks: what a commit may hold, and that the past and the files on disk are judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from beleidsbeheer.storage.history import History, history_problems
from beleidsbeheer.storage.repository import blob_id, dirty, seen_elsewhere
from conftest import Git
from folders import put
from gitlife import ENTRY, LATER, ROOT, TEXT, found, grow, record, save

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
