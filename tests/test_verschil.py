"""``beleid verschil``: which two texts are meant, in which form, and where it goes."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import beleidsbeheer.domain
import beleidsbeheer.render.diff
from act_lines import consent, received, submit, take_back, to_adopted, touch
from beleidsbeheer.actions.reading import examine
from beleidsbeheer.actions.texts import find_text, pair_of
from beleidsbeheer.errors import DocumentError, RepositoryProblem
from beleidsbeheer.render.diff.pair import Pair
from desk import POLICY, TODAY, WORKING, Capture, Screen, begun, copied

FROZEN = f"reglement/{POLICY}/versies"


def text(*articles: str, topics: str = "") -> str:
    """A regulation with these articles."""
    body = "".join(f"## Artikel {n}\n\n{words}\n\n" for n, words in enumerate(articles, start=1))
    return (
        f'+++\ntitel = "Privacyreglement"\nraakt = [{topics}]\n+++\n\n# Privacyreglement\n\n{body}'
    )


def to_two_versions(school: Screen) -> None:
    """0.1 and 0.2 registered; the working text differs from both."""
    school.write(text("Een school."))
    school.register("0.1")
    school.write(text("Een grote school."))
    school.register("0.2")
    school.write(text("Een heel grote school."))


@pytest.fixture
def school(capsys: Capture, tmp_path: Path) -> Screen:
    return copied(capsys, tmp_path, to_two_versions)


@pytest.fixture
def adopted(capsys: Capture, tmp_path: Path) -> Screen:
    """0.1 adopted today, in force tomorrow."""
    return copied(capsys, tmp_path, to_adopted)


def to_rounds(school: Screen) -> None:
    """0.1 was put to the council and taken back, 0.2 was put to it, 0.3 not."""
    touch(school)
    school.register("0.1")
    school.fine(*submit("0.1"))
    school.fine(*take_back(school.find(f"approvals/{POLICY}/0.1/voorlegging-*.json").stem[-12:]))
    school.edit("\nTweede ronde.\n")
    later = school.on("2026-12-01")
    later.register("0.2")
    later.fine(*submit("0.2"))
    later.edit("\nDerde ronde.\n")
    later.register("0.3")
    later.edit("\nNog bezig.\n")


@pytest.fixture
def rounds(capsys: Capture, tmp_path: Path) -> Screen:
    return copied(capsys, tmp_path, to_rounds).on("2026-12-02")


def labels(answer: str) -> tuple[str, str]:
    """What an answer says was compared."""
    lines = " ".join(answer.partition("\n\n")[0].split())
    old, new = lines.partition("was: ")[2].split(" wordt: ")
    return old, new


# --- which texts -------------------------------------------------------------------------------------------


def test_without_anything_in_force_the_last_version_and_the_working_text(school: Screen) -> None:
    told = school.fine("verschil", POLICY)
    assert labels(told) == ("versie 0.2 (concept)", "werktekst")
    assert "Een {+heel+} grote school." in told


def test_two_versions_and_back(school: Screen) -> None:
    assert "Een {+grote+} school." in school.fine("verschil", POLICY, "0.1", "0.2")
    assert "Een [-grote-] school." in school.fine("verschil", POLICY, "0.2", "0.1")
    assert labels(school.fine("verschil", POLICY, "0.1")) == ("versie 0.1 (concept)", "werktekst")


def test_equal_texts(school: Screen) -> None:
    assert school.fine("verschil", POLICY, "0.1", "0.1").endswith("Geen verschil.\n")


def test_what_is_in_force(adopted: Screen) -> None:
    later = adopted.on("2026-12-05")
    later.edit()
    later.register("0.2")
    later.edit()
    old, new = labels(later.fine("verschil", POLICY))
    assert (old, new) == ("versie 0.1 (geldend sinds 24-11-2026)", "werktekst")
    assert labels(later.fine("verschil", POLICY, "geldend", "0.2"))[1] == "versie 0.2 (concept)"
    for day in ("2026-12-01", "01-12-2026"):
        old, _ = labels(later.fine("verschil", POLICY, f"geldend@{day}"))
        assert old == "versie 0.1 (geldend op 01-12-2026)"
    refused = later.refused("verschil", POLICY, "geldend@01-01-2020", code=2)
    assert "Op 01-01-2020 geldt er geen tekst" in refused
    assert "Bekend: 0.1, 0.2, werk;" in refused
    assert "is geen datum" in later.refused("verschil", POLICY, "geldend@gisteren", code=2)


def test_while_a_decision_is_damaged_nobody_can_say_what_is_in_force(adopted: Screen) -> None:
    later = adopted.on("2026-12-05")
    decision = later.find(f"approvals/{POLICY}/0.1/vaststelling-*.json")
    decision.write_bytes(decision.read_bytes() + b" ")
    assert "niet te bepalen zolang" in later.refused("verschil", POLICY, code=3)
    assert "niet te bepalen zolang" in later.refused("verschil", POLICY, "geldend", code=3)
    answer = later.run("verschil", POLICY, "0.1")
    assert answer.code == 1
    assert "er klopt iets niet in dit register" in answer.err


def test_a_frozen_text_that_was_changed_does_not_count(school: Screen) -> None:
    school.write(text("Een andere school."), f"{FROZEN}/0.1.md")
    told = school.refused("verschil", POLICY, "0.1", "werk", code=3)
    assert "Versie 0.1 van privacyreglement telt niet mee" in told
    assert f"beleid verschil {POLICY} {FROZEN}/0.1.md" in told
    answer = school.run("verschil", POLICY, school.folder / FROZEN / "0.1.md")
    assert answer.code == 1
    assert "[-andere-] {+heel grote+}" in answer.out


def test_other_bytes_than_those_that_were_signed_are_named(school: Screen) -> None:
    view = examine(school.folder, TODAY)
    files = {**view.register.files, f"{FROZEN}/0.1.md": b"Anders.\n"}
    changed = replace(view, register=replace(view.register, files=files))
    found = find_text(changed, changed.register.policies[POLICY], "0.1", TODAY)
    assert found.label == "versie 0.1 (concept, gewijzigd na ondertekening)"
    del files[f"{FROZEN}/0.1.md"]
    with pytest.raises(RepositoryProblem, match=r"De tekst van versie 0\.1 ontbreekt"):
        find_text(changed, changed.register.policies[POLICY], "0.1", TODAY)


def test_a_revision_of_git(school: Screen) -> None:
    school.record()
    told = school.fine("verschil", POLICY, "HEAD~1", "HEAD")
    old, _ = labels(told)
    assert old.startswith("werktekst in git, HEAD~1 (")
    assert "Een {+heel+} grote school." in told
    school.git("branch", "proef/a")
    assert labels(school.fine("verschil", POLICY, "0.1", "proef/a"))[1].startswith(
        "werktekst in git"
    )
    name = school.git("rev-parse", "HEAD").strip()
    assert name[:10] in labels(school.fine("verschil", POLICY, name[:12]))[0]


def test_bytes_of_a_revision_come_exactly(school: Screen) -> None:
    school.write("Eén\r\nzonder einde")
    school.record()
    school.write("anders\n")
    view = examine(school.folder, TODAY)
    policy = view.register.policies[POLICY]
    found = find_text(view, policy, "HEAD", TODAY)
    assert found.data == school.git("show", f"HEAD:{WORKING}").encode()
    assert found.data.endswith(b"zonder einde")
    assert (found.path, found.version) == (WORKING, None)
    assert isinstance(found.day, date)


@pytest.mark.parametrize(
    "spec", ["xyz", "-x", "HEAD~99", "--all", "a\nb", "HEAD:x", "../weg.md", "x@{u}", ""]
)
def test_what_is_unknown_names_what_there_is(school: Screen, spec: str) -> None:
    told = school.refused("verschil", POLICY, "--", spec, code=2)
    assert "geen revisie van git" in told
    assert "Bekend: 0.1, 0.2, werk; verder geldend, geldend@DATUM" in told


def test_unknown_version_or_policy(school: Screen) -> None:
    told = school.refused("verschil", POLICY, "0.9", code=2)
    assert "Versie 0.9 van privacyreglement is niet geregistreerd." in told
    assert "Bekend: 0.1, 0.2, werk;" in told
    assert "Bekend: privacyreglement." in school.refused("verschil", "huisreglement", code=2)
    assert "BELEID ontbreekt." in school.refused("verschil", code=2)
    assert "te veel" in school.refused("verschil", POLICY, "0.1", "0.2", "werk", code=2)


def test_a_revision_before_the_policy_was_there(school: Screen) -> None:
    first = school.git("rev-list", "--max-parents=0", "HEAD").strip()
    told = school.refused("verschil", POLICY, first, code=2)
    assert f"is er geen {WORKING}" in told


def test_no_version_yet(capsys: Capture, tmp_path: Path) -> None:
    new = begun(capsys, tmp_path)
    assert "nog geen versie om mee te vergelijken" in new.refused("verschil", POLICY, code=2)
    assert "Geen verschil." in new.fine("verschil", POLICY, "werk", "werk")


def test_no_working_text(school: Screen) -> None:
    (school.folder / WORKING).unlink()
    assert "is er geen werktekst" in school.refused("verschil", POLICY, code=3)
    assert "{+grote+}" in school.fine("verschil", POLICY, "0.1", "0.2")


# --- files -----------------------------------------------------------------------------------------------------


def test_a_file_beside_the_register(school: Screen, tmp_path: Path) -> None:
    other = tmp_path / "ander.md"
    other.write_text(text("Een kleine school."))
    told = school.fine("verschil", POLICY, "0.2", other)
    assert "Een [-grote-] {+kleine+} school." in told


def test_two_files_outside_any_register(capsys: Capture, tmp_path: Path) -> None:
    old, new = tmp_path / "oud.md", tmp_path / "nieuw.md"
    old.write_text("# Huisregels\n\nEen.\n")
    new.write_text("# Huisregels\n\nTwee.\n")
    nowhere = Screen(capsys, tmp_path)
    told = nowhere.fine("verschil", "--bestanden", old, new)
    assert told.startswith("Huisregels\n")
    assert "[-Een.-]\n  {+Twee.+}" in told
    shape = nowhere.run("verschil", "--bestanden", old, new, "--json").json
    assert shape["nieuw"]["pad"] == str(new)
    assert "hoort geen BELEID" in nowhere.refused(
        "verschil", POLICY, "--bestanden", old, new, code=2
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"Een.\nT\xff", ":2: byte 7"),
        (b"Een.\n\0", ":2: byte 6"),
        (b"\xef\xbb\xbfEen.\n", ":1: het bestand begint met een byte order mark"),
        (b"+++\nniet dicht\n", ":1: het blok"),
        (b"x" * (10 * 1024 * 1024 + 1), "te groot"),
    ],
    ids=["latin", "binary", "bom", "front matter", "large"],
)
def test_what_is_no_text(capsys: Capture, tmp_path: Path, content: bytes, words: str) -> None:
    fine, wrong = tmp_path / "oud.md", tmp_path / "nieuw.md"
    fine.write_text("Een.\n")
    wrong.write_bytes(content)
    for line in ((fine, wrong), (wrong, fine)):
        told = Screen(capsys, tmp_path).refused("verschil", "--bestanden", *line, code=3)
        assert str(wrong) in told
        assert words in told
        assert "Tip: " in told


def test_a_folder_or_nothing_is_no_file(capsys: Capture, tmp_path: Path) -> None:
    nowhere = Screen(capsys, tmp_path)
    (tmp_path / "oud.md").write_text("x")
    for wrong in (tmp_path, tmp_path / "weg.md"):
        told = nowhere.refused("verschil", "--bestanden", tmp_path / "oud.md", wrong, code=3)
        assert "niet te lezen" in told


# --- what a council saw --------------------------------------------------------------------------------------


def test_since_the_previous_round(rounds: Screen) -> None:
    told = rounds.fine("verschil", POLICY, "--ronde", "MR")
    assert labels(told) == (
        "versie 0.1 (voorgelegd aan de MR op 23-11-2026)",
        "versie 0.2 (voorgelegd aan de MR op 01-12-2026)",
    )
    assert "{+Tweede ronde.+}" in told
    for role in ("mr-ouders", "mr-voorzitter"):
        assert rounds.fine("verschil", POLICY, "--sinds-mijn-vorige", role) == told


@pytest.mark.parametrize(("spec", "shown"), [("werk", "0.2"), ("0.3", "0.2"), ("0.2", "0.1")])
def test_the_round_before_another_text(rounds: Screen, spec: str, shown: str) -> None:
    old, _ = labels(rounds.fine("verschil", POLICY, spec, "--ronde", "mr"))
    assert old.startswith(f"versie {shown} (voorgelegd aan de MR")


def test_a_council_that_saw_nothing_before(rounds: Screen) -> None:
    told = rounds.refused("verschil", POLICY, "0.1", "--ronde", "MR", code=2)
    assert "is aan de MR geen andere tekst voorgelegd" in told
    told = rounds.refused("verschil", POLICY, "--sinds-mijn-vorige", "gmr-ouders", code=2)
    assert "Aan de GMR is nog geen tekst" in told
    told = rounds.refused(
        "verschil", POLICY, "--ronde", "MR", "--sinds-mijn-vorige", "mr-ouders", code=2
    )
    assert "niet allebei" in told
    told = rounds.refused("verschil", POLICY, "0.1", "0.2", "--ronde", "MR", code=2)
    assert "noemt u alleen NAAR" in told


def test_after_one_round_the_working_text(capsys: Capture, tmp_path: Path) -> None:
    school = copied(capsys, tmp_path, to_adopted)
    school.edit("\nErbij.\n")
    old, new = labels(school.fine("verschil", POLICY, "--ronde", "MR"))
    assert (old, new) == ("versie 0.1 (voorgelegd aan de MR op 23-11-2026)", "werktekst")
    assert school.run(*consent("ouders"), *received(school)).code == 1


# --- forms -----------------------------------------------------------------------------------------------------


def test_json(school: Screen) -> None:
    shape = school.run("verschil", POLICY, "0.1", "0.2", "--json").json
    assert shape == school.run("verschil", POLICY, "0.1", "0.2", "--vorm", "json").json
    assert shape["schema"] == "beleidsbeheer.verschil/1"
    assert shape["oud"]["label"] == "versie 0.1 (concept)"
    assert shape["oud"]["pad"] == f"{FROZEN}/0.1.md"
    assert [each["nieuw_sleutel"] for each in shape["elementen"]] == ["1"]
    assert "gaan niet samen" in school.refused(
        "verschil", POLICY, "--json", "--vorm", "html", code=2
    )


def test_summary(school: Screen) -> None:
    told = school.fine("verschil", POLICY, "0.1", "0.2", "--vorm", "samenvatting")
    assert "Artikel 1: gewijzigd (1 woord ingevoegd)" in told


@pytest.fixture
def forms(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[tuple[Any, ...]]]:
    """Stand-ins for the modules that make a form: what they were called with is kept."""

    def stand_in(
        package: Any, module: str, function: str, made: str | bytes
    ) -> list[tuple[Any, ...]]:
        calls: list[tuple[Any, ...]] = []

        def make(*arguments: Any) -> str | bytes:
            calls.append(arguments)
            return made

        names = {"html", "csv", "markdown", function}
        stub = SimpleNamespace(**{name: make if name == function else None for name in names})
        monkeypatch.setitem(sys.modules, f"{package.__name__}.{module}", stub)
        monkeypatch.setattr(package, module, stub, raising=False)
        return calls

    return stand_in


def test_html_and_decision(school: Screen, forms: Callable[..., list[tuple[Any, ...]]]) -> None:
    school.write("## Artikel 1\n\nOmdat het moet.\n", f"reglement/{POLICY}/toelichting.md")
    pages = forms(beleidsbeheer.render.diff, "page", "page", "<p>é</p>\n")
    assert school.fine("verschil", POLICY, "--vorm", "html") == "<p>é</p>\n"
    ((pair,),) = pages
    assert pair.title == "Privacyreglement"
    assert pair.explanations == {"1": "Omdat het moet."}
    decisions = forms(beleidsbeheer.domain, "amendment", "decision", "Artikel I\n")
    assert school.fine("verschil", POLICY, "0.1", "0.2", "--vorm", "besluit") == "Artikel I\n"
    old, new, heading = decisions[0]
    assert (old.decode(), new.decode()) == (text("Een school."), text("Een grote school."))
    assert heading == "Besluit tot wijziging van het Privacyreglement"


@pytest.mark.parametrize(
    ("name", "made_by"),
    [
        ("w.md", "was_wordt markdown"),
        ("w.html", "was_wordt html"),
        ("w.CSV", "was_wordt csv"),
        ("w.docx", "word word_table"),
    ],
)
def test_a_table_by_the_name_of_its_file(
    school: Screen,
    forms: Callable[..., list[tuple[Any, ...]]],
    tmp_path: Path,
    name: str,
    made_by: str,
) -> None:
    made = b"PK" if name.endswith("docx") else "tabel\n"
    calls = forms(beleidsbeheer.render.diff, *made_by.split(), made)
    school.fine("verschil", POLICY, "--vorm", "was-wordt", "--uit", tmp_path / name)
    assert (tmp_path / name).read_bytes() == (made if isinstance(made, bytes) else made.encode())
    assert [type(each) for (each,) in calls] == [Pair]
    if name == "w.md":
        assert school.fine("verschil", POLICY, "--vorm", "was-wordt") == "tabel\n"


def test_a_csv_is_the_table(school: Screen, tmp_path: Path) -> None:
    school.fine("verschil", POLICY, "--uit", tmp_path / "w.csv")
    assert "Was" in (tmp_path / "w.csv").read_text(encoding="utf-8").splitlines()[0]


def test_docx_goes_to_a_file(
    school: Screen, forms: Callable[..., list[tuple[Any, ...]]], tmp_path: Path
) -> None:
    calls = forms(beleidsbeheer.render.diff, "word", "document", b"PK\x03\x04")
    answer = school.run("verschil", POLICY, "--uit", tmp_path / "v.docx")
    assert (answer.code, answer.out) == (0, "")
    assert "Geschreven: " in answer.err
    assert (tmp_path / "v.docx").read_bytes() == b"PK\x03\x04"
    _, author, day = calls[0]
    assert (author, day) == ("De Proefschool", TODAY)


def test_names_that_do_not_fit_the_form(school: Screen, tmp_path: Path) -> None:
    for form, name in (("was-wordt", "w.txt"), ("json", "v.docx"), ("renvooi", "v.docx")):
        line = ("verschil", POLICY, "--vorm", form, "--uit", tmp_path / name)
        school.refused(*line, code=2)
        assert not (tmp_path / name).exists()


@pytest.mark.parametrize(
    ("form", "name", "start"),
    [
        ("html", "v.html", b"<!DOCTYPE html>"),
        ("docx", "v.docx", b"PK"),
        ("was-wordt", "w.html", b"<!DOCTYPE html>"),
        ("was-wordt", "w.docx", b"PK"),
        ("was-wordt", "w.csv", b""),
        ("was-wordt", "w.md", b""),
        ("json", "v.json", b"{"),
        ("samenvatting", "v.txt", b"Privacyreglement"),
        ("besluit", "b.md", b""),
    ],
)
def test_every_form_is_made(
    school: Screen, tmp_path: Path, form: str, name: str, start: bytes
) -> None:
    school.fine("verschil", POLICY, "--vorm", form, "--uit", tmp_path / name)
    made = (tmp_path / name).read_bytes()
    assert made.lower().startswith(start.lower())
    assert name.endswith(".docx") or "artikel 1" in made.decode().lower()


# --- where it goes -----------------------------------------------------------------------------------------------


def test_a_file_is_replaced_as_a_whole(school: Screen, tmp_path: Path) -> None:
    target = tmp_path / "verschil.txt"
    target.write_text("oud")
    school.fine("verschil", POLICY, "0.1", "0.2", "--uit", target)
    assert target.read_text() == school.fine("verschil", POLICY, "0.1", "0.2")
    assert not list(tmp_path.glob(".tmp-*"))


@pytest.mark.parametrize(
    "path",
    [
        f"{FROZEN}/0.1.md",
        f"{FROZEN}/9.9.md",
        f"{FROZEN}/../versies/0.2.md",
        f"reglement/{POLICY}/VERSIES/0.1.md",
        WORKING,
        "beleid.toml",
        "approvals/namen.toml",
        f"approvals/{POLICY}/0.1/x.html",
        ".git/config",
    ],
)
def test_never_over_a_file_of_the_register(school: Screen, path: str) -> None:
    (school.folder / f"reglement/{POLICY}/VERSIES").mkdir(exist_ok=True)
    told = school.refused("verschil", POLICY, "0.1", "0.2", "--uit", school.folder / path, code=2)
    assert "hoort bij een register" in told


def test_not_over_a_text_that_is_compared(capsys: Capture, tmp_path: Path) -> None:
    old, new = tmp_path / "oud.md", tmp_path / "nieuw.md"
    old.write_text("Een.\n")
    new.write_text("Twee.\n")
    nowhere = Screen(capsys, tmp_path)
    told = nowhere.refused("verschil", "--bestanden", old, new, "--uit", new, code=2)
    assert "wordt hier gelezen en wordt niet overschreven" in told
    assert "is een map" in nowhere.refused(
        "verschil", "--bestanden", old, new, "--uit", tmp_path, code=2
    )
    told = nowhere.refused(
        "verschil", "--bestanden", old, new, "--uit", tmp_path / "x/y.txt", code=2
    )
    assert "een map die er niet is" in told


# --- a real terminal ---------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals")
@pytest.mark.parametrize("no_colour", ["", "1"])
def test_colour_on_a_terminal_only(tmp_path: Path, no_colour: str) -> None:
    (tmp_path / "oud.md").write_text("Een.\n")
    (tmp_path / "nieuw.md").write_text("Twee.\n")
    told = on_terminal(tmp_path, "--bestanden", "oud.md", "nieuw.md", NO_COLOR=no_colour)
    assert ("\x1b[31;9m[-Een.-]\x1b[0m" in told) is (not no_colour)
    assert ("[-Een.-]\n  {+Twee.+}" in told) is bool(no_colour)


@pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals")
def test_a_long_one_goes_through_the_pager(tmp_path: Path) -> None:
    (tmp_path / "oud.md").write_text("")
    (tmp_path / "nieuw.md").write_text("".join(f"## Artikel {n}\n\nTekst.\n" for n in range(1, 40)))
    told = on_terminal(tmp_path, "--bestanden", "oud.md", "nieuw.md", PAGER="wc -l")
    assert told.strip().isdigit()
    told = on_terminal(tmp_path, "--bestanden", "oud.md", "nieuw.md", "--vorm", "docx")
    assert "niet om op het scherm" in " ".join(told.split())


def on_terminal(folder: Path, *arguments: str, **environment: str) -> str:
    """What a terminal of 80 by 24 shows."""
    here, there = pty.openpty()
    known = {
        **os.environ,
        "COLUMNS": "80",
        "LINES": "24",
        "PAGER": "cat",
        "TERM": "xterm",
        **environment,
    }
    script = "from beleidsbeheer.cli.main import run; run()"
    process = subprocess.Popen(
        [sys.executable, "-c", script, "verschil", *arguments],
        cwd=folder, stdin=there, stdout=there, stderr=there, env=known,
    )  # fmt: skip
    os.close(there)
    shown = b""
    while True:
        try:
            more = os.read(here, 65536)
        except OSError:
            break
        if not more:
            break
        shown += more
    os.close(here)
    process.wait()
    return shown.decode().replace("\r\n", "\n")


def test_messages_name_the_file(tmp_path: Path) -> None:
    from beleidsbeheer.actions.texts import file_text

    (tmp_path / "a.md").write_bytes(b"+++\n")
    with pytest.raises(DocumentError, match=r"a\.md:1: "):
        pair_of(file_text(tmp_path / "a.md"), file_text(tmp_path / "a.md"), "x")


# --- what the checks newly say ---------------------------------------------------------------------

LETTERED = """# Reglement

## Artikel 1. Grondslag

De school verwerkt gegevens als:

- a. er een taak is;
- b. er een plicht is.

## Artikel 2. Uitzondering

Artikel 1 onder b geldt niet voor foto's.
"""


def lettered_again(tmp_path: Path) -> tuple[Path, Path]:
    """Two files: in the second an onderdeel came before the one that artikel 2 names."""
    old, new = tmp_path / "oud.md", tmp_path / "nieuw.md"
    old.write_text(LETTERED)
    new.write_text(LETTERED.replace("- b. er", "- b. er een overeenkomst is;\n- c. er"))
    return old, new


@pytest.mark.parametrize("form", ["renvooi", "samenvatting", "html"])
def test_a_reference_that_points_elsewhere_by_the_change_is_told(
    capsys: Capture, tmp_path: Path, form: str
) -> None:
    nowhere = Screen(capsys, tmp_path)
    line = ("verschil", "--bestanden", *lettered_again(tmp_path), "--vorm", form)
    told = " ".join(nowhere.fine(*line, "--bevindingen").split())
    assert "artikel 1 onder b was, is nu artikel 1 onder c" in told
    assert "artikel 1 onder b was" not in " ".join(nowhere.fine(*line).split())


def test_a_remark_stands_with_the_artikel_that_it_is_about(capsys: Capture, tmp_path: Path) -> None:
    old, new = tmp_path / "oud.md", tmp_path / "nieuw.md"
    old.write_text(LETTERED)
    new.write_text(LETTERED.replace("onder b", "onder z"))
    told = Screen(capsys, tmp_path).fine("verschil", "--bestanden", old, new, "--bevindingen")
    assert told.index("Artikel 2. Uitzondering") < told.index("! Fout:") < told.index("{+z+}")


def test_a_form_that_shows_no_remarks_says_so(capsys: Capture, tmp_path: Path) -> None:
    line = ("verschil", "--bestanden", *lettered_again(tmp_path), "--vorm", "docx", "--bevindingen")
    refused = Screen(capsys, tmp_path).refused(*line, "--uit", tmp_path / "v.docx", code=2)
    assert "De vorm docx toont geen bevindingen." in refused
