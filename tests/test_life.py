"""A register from its first day: begin, register, verify, and everything that must be refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk import BEGIN, MADE_BY_BEGIN, POLICY, UNLOCKED, WORKING, Capture, Screen, begun

FROZEN = f"reglement/{POLICY}/versies/0.1.md"


@pytest.fixture
def empty(capsys: Capture, tmp_path: Path) -> Screen:
    """A terminal in a folder where no register is."""
    return Screen(capsys, tmp_path)


@pytest.fixture
def school(capsys: Capture, tmp_path: Path) -> Screen:
    return begun(capsys, tmp_path)


# --- a whole life ---------------------------------------------------------------------------------------


def test_from_begin_to_second_version(empty: Screen) -> None:
    """The main job: begin, write, register, change, register again, and all of it verifies."""
    told = empty.fine("begin", "school", *BEGIN, UNLOCKED)
    school = empty.at(empty.folder / "school")
    root = school.find("approvals/rooster/rooster-*.json").stem.removeprefix("rooster-")
    assert f"\n  {root}" in told
    school.fine("nieuw", POLICY, "--titel", "Privacyreglement")
    school.register("0.1")
    school.edit()
    school.register("0.2")
    told = school.fine("verifieer")
    assert "geldig                      privacyreglement 0.2" in told
    assert "Alles klopt: 5 geldig." in told


@pytest.mark.parametrize("at", [0, -1])
def test_one_byte_changed_is_named(running: Screen, at: int) -> None:
    """One byte of a frozen text: the verdict, the path and what to do, and exit code 1."""
    content = bytearray((running.folder / FROZEN).read_bytes())
    content[at] ^= 1
    running.write(bytes(content), FROZEN)
    answer = running.run("verifieer")
    assert answer.code == 1
    assert "gewijzigd na ondertekening  privacyreglement 0.1" in answer.out
    assert f"de tekst {FROZEN} is niet meer de tekst die is getekend" in answer.out
    assert f"Wat nu? Zet {FROZEN} terug" in answer.out
    assert "Er klopt iets niet" in answer.out


def test_status_says_what_comes_next(school: Screen) -> None:
    """Each step names the next one, and one beheerder is called a weak spot."""
    assert "beleid registreer privacyreglement 0.1" in school.fine("status")
    school.register("0.1")
    told = school.fine("status")
    assert "0.1 is een concept" in told
    assert "er is één beheerder" in told
    school.edit()
    assert "beleid registreer privacyreglement 0.2" in school.fine("status", POLICY)


def test_new_text_goes_into_the_same_commit(running: Screen) -> None:
    """Registering commits the working text, the frozen text, the entry and its signature; nothing else."""
    running.edit()
    before = running.commits()
    running.register("0.2")
    entry = running.find(f"approvals/{POLICY}/0.2/*.json").relative_to(running.folder).as_posix()
    frozen = f"reglement/{POLICY}/versies/0.2.md"
    assert running.last_commit() == {WORKING, frozen, entry, entry + ".sig"}
    assert running.commits() == before + 1
    assert running.git("status", "--porcelain") == ""


def test_authors_are_signed_and_shown(school: Screen) -> None:
    """Who wrote, when that is somebody else than who signs."""
    school.register("0.1", "--auteur", "werkgroep", "--auteur", "jurist")
    assert "jurist, werkgroep" in school.fine("versietabel", POLICY)


def test_staged_work_stays_staged(running: Screen) -> None:
    """What the user prepared for another commit is not in ours, and is still prepared after it."""
    running.write("aantekening", "notitie.txt")
    running.git("add", "notitie.txt")
    running.edit()
    running.register("0.2")
    assert "notitie.txt" not in running.last_commit()
    assert running.git("status", "--porcelain") == "A  notitie.txt\n"


def test_works_from_a_subfolder(running: Screen) -> None:
    """Any folder inside the register will do, on the command line and as current folder."""
    running.edit()
    inside = running.at(running.folder / "reglement" / POLICY)
    inside.register("0.2")
    inside.fine("verifieer")


def test_works_in_the_current_folder(running: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(running.folder / "approvals")
    assert "Alles klopt" in running.at(Path()).fine("verifieer")


def test_without_a_git_identity(running: Screen) -> None:
    """Nobody told git a name: the id of the signer stands in, never a refusal."""
    author = running.git("log", "-1", "--format=%an <%ae> %cn")
    assert author == "secretaris <secretaris@beleidsbeheer.invalid> secretaris\n"


def test_with_a_git_identity(running: Screen) -> None:
    running.git("config", "user.name", "Eigen Naam")
    running.git("config", "user.email", "eigen@example.org")
    running.edit()
    running.register("0.2")
    assert running.git("log", "-1", "--format=%an %ae") == "Eigen Naam eigen@example.org\n"


# --- what registreer refuses ------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["0.1", "0.0", "0.0.9"])
def test_number_not_above_the_last(running: Screen, number: str) -> None:
    running.edit()
    said = running.refused("registreer", POLICY, number, "--omschrijving", "x")
    assert f"Versie {number} is niet hoger dan de laatste versie, 0.1." in said
    assert "bijvoorbeeld 0.2" in said


@pytest.mark.parametrize("number", ["1", "1.0.0", "01.0"])
def test_another_spelling_of_1_0_is_no_number(school: Screen, number: str) -> None:
    school.register("1.0")
    school.edit()
    said = school.refused("registreer", POLICY, number, "--omschrijving", "x")
    assert f"'{number}' is geen versienummer." in said


def test_0_10_is_above_0_9(school: Screen) -> None:
    school.register("0.9")
    school.edit()
    school.register("0.10")


@pytest.mark.parametrize("number", ["", "v1", "01", "1.2.3.4", "../0.2", "0.2 ", "٢"])
def test_number_that_is_none(school: Screen, number: str) -> None:
    said = school.refused("registreer", "--omschrijving", "x", "--", POLICY, number)
    assert "is geen versienummer" in said
    assert "Schrijf het als 0.2 of 1.0" in said


def test_unchanged_text(running: Screen) -> None:
    said = running.refused("registreer", POLICY, "0.2", "--omschrijving", "x")
    assert "De tekst is gelijk aan die van versie 0.1." in said
    assert f"Wijzig eerst {WORKING}" in said


@pytest.mark.parametrize(
    "name", ["huisreglement", "Privacyreglement", "../privacyreglement", "a b"]
)
def test_unknown_policy(school: Screen, name: str) -> None:
    said = school.refused("registreer", name, "0.1", "--omschrijving", "x")
    assert f"Er is geen beleid met de naam {name}." in said
    assert f"Bekend zijn: {POLICY}." in said


@pytest.mark.parametrize(
    "name", ["Privacy", "../x", "a--b", "-a", "rooster", "nul", "é", "a" * 61, ""]
)
def test_new_policy_that_is_no_slug(school: Screen, name: str) -> None:
    said = school.refused("nieuw", "--titel", "T", "--", name)
    assert f"'{name}' kan geen naam van een beleid zijn" in said


def test_new_policy_that_is_there_already(school: Screen) -> None:
    assert "Er is al een beleid met de naam" in school.refused("nieuw", POLICY, "--titel", "T")


@pytest.mark.parametrize("title", ["", "  ", "a\nb", "\x1b[2J"])
def test_title_that_is_none(school: Screen, title: str) -> None:
    assert "titel" in school.refused("nieuw", "huisreglement", "--titel", title, code=2)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (b"+++\ntitel = \n+++\n# T\n", 2),
        (b"+++\ntitel = 'T'\n# T\n", 1),
        (b"+++\ntitel = 'T'\n+++\n\n# T \xff\n", 5),
        ("\ufeff+++\ntitel = 'T'\n+++\n# T\n".encode(), 1),
    ],
)
def test_text_that_cannot_be_read(school: Screen, text: bytes, line: int) -> None:
    """Broken front matter or broken UTF-8 is named with file and line."""
    school.write(text)
    said = school.refused("registreer", POLICY, "0.1", "--omschrijving", "x")
    assert f"{WORKING}:{line}" in said
    assert "Tip: " in said


@pytest.mark.parametrize("description", ["", "\x1b[31mrood", "a\nb", "\u202eomgekeerd", "x" * 2001])
def test_description_that_cannot_be_signed(school: Screen, description: str) -> None:
    said = school.refused("registreer", POLICY, "0.1", "--omschrijving", description, code=2)
    assert "niet worden getekend: " in said


def test_author_that_is_no_id(school: Screen) -> None:
    """A name is not an id; names stay out of what is signed."""
    said = school.refused(
        "registreer", POLICY, "0.1", "--omschrijving", "x", "--auteur", "Jan Jansen", code=2
    )
    assert "auteurs" in said


def test_frozen_place_taken_by_another_text(school: Screen) -> None:
    """A text on the place of the version, whoever put it there, is never overwritten."""
    school.write("# Iets anders\n", FROZEN)
    said = school.refused("registreer", POLICY, "0.1", "--omschrijving", "x")
    assert f"Er staat al een andere tekst op {FROZEN}." in said


def test_frozen_place_with_this_text_is_fine(school: Screen) -> None:
    """What a broken attempt left is used."""
    school.write((school.folder / WORKING).read_bytes(), FROZEN)
    school.register("0.1")


def test_nothing_is_built_on_a_broken_register(running: Screen) -> None:
    running.write("# Anders\n", FROZEN)
    running.edit()
    said = running.refused("registreer", POLICY, "0.2", "--omschrijving", "x")
    assert "Het register klopt nu niet" in said
    assert FROZEN in said


def test_unfinished_merge(running: Screen) -> None:
    """Git is in the middle of something: say so and stop, with nothing left behind."""
    running.git("checkout", "--quiet", "-b", "tak")
    running.write("A", "strijd.txt")
    running.record()
    running.git("checkout", "--quiet", "main")
    running.write("B", "strijd.txt")
    running.record()
    with pytest.raises(AssertionError):
        running.git("merge", "tak")
    running.edit()
    said = running.refused("registreer", POLICY, "0.2", "--omschrijving", "x", code=3)
    assert "samenvoeging nog niet af" in said


def test_refusing_hook_leaves_nothing(running: Screen) -> None:
    """When the user's own hook stops the commit, the entry is gone too and the command can be repeated."""
    hook = running.folder / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho nee >&2\nexit 1\n")
    hook.chmod(0o755)
    running.edit()
    assert "nee" in running.refused("registreer", POLICY, "0.2", "--omschrijving", "x", code=3)
    hook.unlink()
    running.register("0.2")


# --- begin ------------------------------------------------------------------------------------------------


def test_begin_where_a_register_is(running: Screen) -> None:
    said = running.refused("begin", ".", *BEGIN, UNLOCKED)
    assert "is al een register" in said


def test_begin_on_a_file(empty: Screen) -> None:
    empty.write("x", "bestand")
    assert "is een bestand, geen map" in empty.refused("begin", "bestand", *BEGIN, UNLOCKED, code=2)


@pytest.mark.parametrize("person", ["Jan Jansen", "a*", "", "é"])
def test_begin_with_a_person_that_is_no_id(empty: Screen, person: str) -> None:
    said = empty.refused("begin", "school", *BEGIN, UNLOCKED, "--persoon", person, code=2)
    assert f"'{person}' kan geen aanduiding van een persoon zijn" in said


@pytest.mark.parametrize("name", ["", " ", "a\nb", "\x1b]0;x\x07"])
def test_begin_with_an_odd_organisation(empty: Screen, name: str) -> None:
    said = empty.refused("begin", "school", "--organisatie", name, *BEGIN[2:], UNLOCKED, code=2)
    assert "organisatie" in said


def test_begin_makes_exactly_its_files(empty: Screen) -> None:
    empty.fine("begin", "school", *BEGIN, UNLOCKED)
    school = empty.at(empty.folder / "school")
    entries = {name for name in school.files() if name.startswith("approvals/rooster/")}
    assert len(entries) == 5  # a roster and an acceptance, each with its signature, and the rules
    assert school.last_commit() == set(school.files()) == MADE_BY_BEGIN | entries
    assert school.commits() == 1


def test_begin_in_a_repository_keeps_what_is_there(empty: Screen) -> None:
    """An existing repository keeps its files, its history and its own .gitattributes lines."""
    school = empty.at(empty.folder / "school")
    school.write("*.png binary\n", ".gitattributes")
    school.write("hallo", "LEESMIJ.txt")
    school.git("init", "--quiet")
    school.record("Van vroeger")
    empty.fine("begin", "school", *BEGIN, UNLOCKED)
    attributes = school.files()[".gitattributes"].decode()
    assert attributes.startswith("*.png binary\n")
    assert "approvals/** -text" in attributes
    assert school.files()["LEESMIJ.txt"] == b"hallo"
    assert school.commits() == 2
    school.fine("verifieer")


def test_begin_joins_no_line_to_an_unfinished_one(empty: Screen) -> None:
    """A .gitattributes without a newline at its end does not swallow our first line."""
    empty.write("*.png binary", "school/.gitattributes")
    empty.at(empty.folder / "school").git("init", "--quiet")
    empty.at(empty.folder / "school").record()
    empty.fine("begin", "school", *BEGIN, UNLOCKED)
    lines = (empty.folder / "school/.gitattributes").read_text().splitlines()
    assert lines[0] == "*.png binary"
    assert "approvals/** -text" in lines


def test_begin_refuses_unrecorded_attributes(empty: Screen) -> None:
    """What the user has not committed is not swept into our commit."""
    school = empty.at(empty.folder / "school")
    school.write("*.png binary\n", ".gitattributes")
    school.git("init", "--quiet")
    answer = empty.run("begin", "school", *BEGIN, UNLOCKED)
    assert answer.code == 1
    assert ".gitattributes heeft wijzigingen die nog niet in git staan" in answer.err
    assert set(school.files()) == {".gitattributes"}


def test_begin_again_after_a_refusal(empty: Screen) -> None:
    """The keys of the attempt that failed are used; nobody has to clean up."""
    school = empty.at(empty.folder / "school")
    school.write("*.png binary\n", ".gitattributes")
    school.git("init", "--quiet")
    assert empty.run("begin", "school", *BEGIN, UNLOCKED).code == 1
    school.record()
    empty.fine("begin", "school", *BEGIN, UNLOCKED)
    school.fine("verifieer")


def test_status_names_what_is_wrong_before_what_comes_next(running: Screen) -> None:
    """A broken register gets no advice that it would refuse; each wrong thing has its path and a way out."""
    with (running.folder / f"reglement/{POLICY}/versies/0.1.md").open("ab") as text:
        text.write(b"x")
    answer = running.run("status")
    assert answer.code == 1
    assert "0.1      gewijzigd na ondertekening" in answer.out
    assert "Hierna:  los eerst op wat er niet klopt" in answer.out
    assert f"approvals/{POLICY}/0.1/registratie-" in answer.out
    assert "Wat nu? Zet" in answer.out
    told = running.run("status", "--json").json
    assert told["beleid"][0]["versies"][0]["oordeel"] == "gewijzigd na ondertekening"
    assert [each["oordeel"] for each in told["vastleggingen_mis"]] == ["gewijzigd na ondertekening"]
