"""Where a register may lie and what a clone knows: no git, shallow clones, rewritten history, the root."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desk import BEGIN, POLICY, UNLOCKED, WORKING, Screen


@pytest.fixture
def other(running: Screen) -> Screen:
    """Another register, with a root of its own."""
    elsewhere = running.at(running.folder.parent / "elders")
    running.at(running.folder.parent).fine("begin", "elders", *BEGIN, UNLOCKED)
    return elsewhere


def root_of(screen: Screen) -> str:
    root: str = screen.verify()["wortel"]
    return root


def keep_key(screen: Screen) -> tuple[str, Path]:
    """The option that names the key of ``school``; the other register made one too."""
    from beleidsbeheer.storage.keys import key_folder

    return "--sleutel", key_folder() / f"secretaris-{screen.folder.name}"


# --- without git ------------------------------------------------------------------------------------------


def test_without_git_verification_says_what_it_cannot_judge(running: Screen) -> None:
    shutil.rmtree(running.folder / ".git")
    told = running.fine("verifieer")
    assert "Geen git hier: of er iets is verwijderd of herschreven, is niet te beoordelen." in told
    assert "klopt; de geschiedenis is niet beoordeeld: 4 geldig." in told
    assert running.verify()["geschiedenis_beoordeeld"] is False


def test_without_git_nothing_is_signed(running: Screen) -> None:
    shutil.rmtree(running.folder / ".git")
    running.edit()
    said = running.refused("registreer", POLICY, "0.2", "--omschrijving", "x", code=3)
    assert "staat niet in git" in said
    assert "git clone" in said


def test_without_git_a_changed_text_is_still_seen(running: Screen) -> None:
    shutil.rmtree(running.folder / ".git")
    running.write("# Anders\n", f"reglement/{POLICY}/versies/0.1.md")
    assert running.run("verifieer").code == 1


def test_no_register_at_all(running: Screen) -> None:
    said = running.at(running.folder.parent).refused("status", code=3)
    assert "is geen register" in said
    assert "beleid begin MAP" in said


def test_folder_that_is_not_there(running: Screen) -> None:
    answer = running.at(running.folder / "nergens/ooit").run("verifieer")
    assert answer.code in {0, 3}
    assert "Traceback" not in answer.err


def test_register_in_a_subfolder_of_a_repository(running: Screen) -> None:
    """A register may be a folder of a larger repository, with files of its own around it."""
    around = running.at(running.folder.parent / "groot")
    around.write("x", "website/index.html")
    around.git("init", "--quiet")
    around.record()
    around.fine("begin", "beleid", *BEGIN, UNLOCKED)
    inside = around.at(around.folder / "beleid")
    inside.fine("nieuw", POLICY, "--titel", "T")
    inside.register("0.1", *keep_key(inside))
    assert not (inside.folder / ".git").exists()
    assert inside.verify()["geschiedenis_beoordeeld"] is True


# --- what a clone knows ------------------------------------------------------------------------------------


def test_full_clone_judges_the_past(running: Screen) -> None:
    there = running.clone("kloon")
    assert there.run("verifieer").code == 0
    assert there.verify()["geschiedenis_beoordeeld"] is True


def test_shallow_clone_says_unknown(running: Screen) -> None:
    """Half a history is not a fine history: it says so, and how to get the rest."""
    there = running.clone("kloon", "--depth", "1")
    told = there.fine("verifieer")
    assert "heeft niet de hele geschiedenis (shallow)" in told
    assert "git fetch --unshallow" in told
    assert there.verify()["geschiedenis_beoordeeld"] is False


def test_zip_of_the_files_verifies(running: Screen) -> None:
    """The frozen texts lie in the tree, so a copy without history still verifies every entry."""
    copy = running.at(running.folder.parent / "uitgepakt")
    shutil.copytree(running.folder, copy.folder, ignore=shutil.ignore_patterns(".git"))
    copy.fine("verifieer")


def test_last_entry_deleted_is_named(running: Screen) -> None:
    """Nothing rests on the last entry; git and this clone still know that it was there."""
    running.fine("verifieer")
    entry = running.find(f"approvals/{POLICY}/0.1/*.json")
    name = entry.relative_to(running.folder).as_posix()
    running.git("rm", "--quiet", name, f"{name}.sig")
    running.record("Weg ermee")
    answer = running.run("verifieer")
    assert answer.code == 1
    assert f"'{name}' is verwijderd in commit" in answer.out
    assert "was hier eerder wel, en nu niet" in answer.out


def test_rewritten_history_is_named(running: Screen) -> None:
    """A clone that saw more names what is lost after git reset --hard HEAD~1."""
    running.fine("verifieer")
    name = running.find(f"approvals/{POLICY}/0.1/*.json").relative_to(running.folder).as_posix()
    running.git("reset", "--quiet", "--hard", "HEAD~1")
    answer = running.run("verifieer")
    assert answer.code == 1
    assert f"FOUT {name}: " in answer.out
    assert "was hier eerder wel, en nu niet" in answer.out
    assert "De geschiedenis is herschreven" in answer.out


def test_rewritten_history_stays_wrong(running: Screen) -> None:
    """Looking twice does not make it fine."""
    running.fine("verifieer")
    running.git("reset", "--quiet", "--hard", "HEAD~1")
    assert [running.run("verifieer").code for _ in range(2)] == [1, 1]


def test_on_another_branch_the_loss_is_told_with_where_it_still_is(running: Screen) -> None:
    """On a branch from before the entry it is not here, and the way back is named."""
    running.fine("verifieer")
    running.git("checkout", "--quiet", "-b", "oud", "HEAD~1")
    answer = running.run("verifieer")
    assert answer.code == 1
    assert "Zij staat nog op tak main. Kijkt u op de goede tak?" in answer.out
    running.git("checkout", "--quiet", "main")
    running.fine("verifieer")


def test_a_branch_that_keeps_the_entry_does_not_hide_its_removal(running: Screen) -> None:
    """Whoever drops an entry from main cannot make that look fine by leaving it on some branch."""
    running.fine("verifieer")
    running.git("branch", "reserve")
    running.git("reset", "--quiet", "--hard", "HEAD~1")
    answer = running.run("verifieer")
    assert answer.code == 1
    assert "was hier eerder wel, en nu niet" in answer.out


def test_unrecorded_entry_is_mentioned(running: Screen) -> None:
    """Entries that are on disk but not in git count, and are pointed out."""
    running.git("reset", "--quiet", "--soft", "HEAD~1")
    assert "Nog niet vastgelegd in git: " in running.fine("verifieer")


def test_damaged_memory_is_no_empty_memory(running: Screen) -> None:
    running.fine("verifieer")
    (memory,) = (running.folder / ".git/beleidsbeheer").glob("geheugen*")
    memory.write_text(memory.read_text()[:-10])
    assert "geheugen van deze kopie is beschadigd" in running.refused("verifieer", code=3)


# --- the root ------------------------------------------------------------------------------------------------


def test_root_is_pinned_on_first_use(running: Screen) -> None:
    """The first look of a clone says that the root was not known there yet; the second one trusts it."""
    clone = running.clone("kloon")
    assert "was hier nog niet bekend" in clone.fine("verifieer")
    assert "was hier nog niet bekend" not in clone.fine("verifieer")
    assert clone.verify()["wortel_al_vertrouwd"] is True


def test_who_began_the_register_knows_its_root(running: Screen) -> None:
    assert "was hier nog niet bekend" not in running.fine("verifieer")


def test_another_root_later_is_refused(running: Screen, other: Screen) -> None:
    """A whole other register in the place of the one this clone trusts is not believed."""
    pinned = root_of(running)
    for name in ("approvals", "reglement", "beleid.toml"):
        running.git("rm", "-r", "--quiet", "--ignore-unmatch", name)
    shutil.copytree(other.folder / "approvals", running.folder / "approvals")
    shutil.copy(other.folder / "beleid.toml", running.folder)
    running.record("Andere wortel")
    answer = running.run("verifieer")
    assert answer.code == 1
    assert f"de wortel die u vertrouwt ({pinned[:12]}…) staat er niet in" in answer.out
    said = running.refused("nieuw", "huisreglement", "--titel", "T")
    assert "Er is geen rooster om op te vertrouwen" in said


def test_right_root_by_hand(running: Screen) -> None:
    root = root_of(running)
    running.fine("verifieer", "--wortel", root)
    running.fine("verifieer", "--wortel", f" {root.upper()} ")


def test_wrong_root_by_hand(running: Screen) -> None:
    answer = running.run("verifieer", "--wortel", "0" * 64)
    assert answer.code == 1
    assert "niet te beoordelen" in answer.out
    assert "geldig  " not in answer.out


@pytest.mark.parametrize("root", ["abc", "z" * 64, "0" * 63, "0" * 65])
def test_malformed_root(running: Screen, root: str) -> None:
    assert "64 tekens" in running.refused("verifieer", "--wortel", root, code=2)


def test_empty_root_is_no_root(running: Screen) -> None:
    """A script with an empty variable must not fall back to trusting whatever is there."""
    assert "64 tekens" in running.refused("verifieer", "--wortel", "", code=2)


def test_two_roots_without_a_pin(running: Screen, other: Screen) -> None:
    """Two roots and nothing pinned: nothing is believed until somebody says which."""
    running = running.clone("kloon")
    (theirs,) = (other.folder / "approvals/rooster").glob("rooster-*.json")
    for path in (theirs, theirs.with_name(theirs.name + ".sig")):
        shutil.copy(path, running.folder / "approvals/rooster")
    answer = running.run("verifieer")
    assert answer.code == 1
    assert "er zijn twee wortels" in answer.out
    assert "beleid verifieer --wortel DIGEST" in answer.out
    assert running.verify()["wortel"] is None


def test_two_roots_with_a_pin(running: Screen, other: Screen) -> None:
    """A clone that knows its root keeps it; the other one is pointed out as not to be judged."""
    pinned = root_of(running)
    (theirs,) = (other.folder / "approvals/rooster").glob("rooster-*.json")
    for path in (theirs, theirs.with_name(theirs.name + ".sig")):
        shutil.copy(path, running.folder / "approvals/rooster")
    verified = running.verify()
    assert verified["wortel"] == pinned
    verdicts = {Path(each["pad"]).name: each["oordeel"] for each in verified["vastleggingen"]}
    assert verdicts[theirs.name] == "niet te beoordelen"
    assert verdicts[f"rooster-{pinned[:12]}.json"] == "geldig"


def test_changed_working_text_is_a_notice(running: Screen) -> None:
    running.edit()
    assert f"Gewijzigd en nog niet vastgelegd in git: {WORKING}." in running.fine("verifieer")
