"""Two people at once, and the power that goes out: never a corrupt register, always a way on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from desk import BEGIN, POLICY, UNLOCKED, Capture, Screen, begun, hand

_RUN = "from beleidsbeheer.cli.main import run; run()"
_SOURCE = """
[bron]
sha256 = "{}"
[[versies]]
versie = "0.1"
[versies.cellen]
Versie = "0.1"
[[versies]]
versie = "0.2"
tekst = "oud.md"
[versies.cellen]
Versie = "0.2"
[[lezingen]]
versie = "0.2"
geldend_van = 2018-10-01
toelichting = "Artikel 20."
""".format("a" * 64)


@pytest.fixture
def school(capsys: Capture, tmp_path: Path) -> Screen:
    return begun(capsys, tmp_path)


def merged(here: Screen, there: Screen) -> Screen:
    """``here`` after taking in what ``there`` has; git must have nothing to ask."""
    here.git("pull", "--quiet", "--no-rebase", "--no-edit", there.folder.as_uri(), "main")
    return here


# --- two clones ----------------------------------------------------------------------------------------


def test_two_policies_in_two_clones(running: Screen) -> None:
    """Different policies, signed at the same time in two places, merge without a conflict and all count."""
    running.fine("nieuw", "huisreglement", "--titel", "Huisreglement")
    there = running.clone("kloon")
    running.edit()
    running.register("0.2")
    there.register("0.1", policy="huisreglement")
    both = merged(running, there)
    assert "Alles klopt: 6 geldig." in both.fine("verifieer")


def test_same_version_same_text(school: Screen) -> None:
    """Two clones register the same text under the same number on different days: both count."""
    there = school.clone("kloon")
    school.register("0.1")
    there.on("2026-11-24").register("0.1")
    both = merged(school, there).on("2026-11-25")
    both.fine("verifieer")
    assert len(list(both.folder.glob(f"approvals/{POLICY}/0.1/*.json"))) == 2
    rows = both.run("versietabel", POLICY, "--json").json["versies"]
    assert [row["versie"] for row in rows] == ["0.1"]


def test_same_version_other_text(school: Screen) -> None:
    """Two texts for one number: git itself sees the conflict, and no choice between them is sound."""
    there = school.clone("kloon")
    school.register("0.1")
    there.edit()
    there.register("0.1")
    with pytest.raises(AssertionError):
        merged(school, there)
    ours = f"reglement/{POLICY}"
    school.git("checkout", "--quiet", "--ours", ours)
    school.record("Samengevoegd")
    answer = school.run("verifieer")
    assert answer.code == 1
    assert "is met twee verschillende teksten geregistreerd" in answer.out
    assert "tegenstrijdig" in school.run("status").out


def test_contradiction_is_put_right_by_repudiation(school: Screen) -> None:
    """After two texts for one number the beheerders repudiate one, and the next version can come."""
    there = school.clone("kloon")
    school.register("0.1")
    there.edit()
    there.register("0.1")
    theirs = there.find(f"approvals/{POLICY}/0.1/*.json").stem.removeprefix("registratie-")
    with pytest.raises(AssertionError):
        merged(school, there)
    school.git("checkout", "--quiet", "--ours", f"reglement/{POLICY}")
    school.record("Samengevoegd")
    school.fine("verwerp", theirs, "--reden", "Dubbel geregistreerd")
    verified = school.verify()
    assert "twee-teksten" not in {each["regel"] for each in verified["bevindingen"]}
    verdicts = {
        each["digest"][:12]: each["oordeel"] for each in verified["vastleggingen"] if each["digest"]
    }
    assert verdicts[theirs] == "ongeldig"


def test_two_rosters_at_once(running: Screen, tmp_path: Path) -> None:
    """Two rosters after the same one: none is in force until the beheerders choose."""
    there = running.clone("kloon")
    for screen, person in ((running, "anna"), (there, "bert")):
        key = hand(tmp_path, person).public
        screen.fine(
            "rooster", "voorstel", "--persoon", person, "--rol", "publicist", "--sleutel-van", key
        )
    both = merged(running, there)
    answer = both.run("verifieer")
    assert answer.code == 1
    assert "Geen ervan is in werking" in answer.out
    assert "beleid verwerp" in answer.out


# --- two processes in one clone ---------------------------------------------------------------------------


def at_once(screen: Screen, *lines: tuple[str, ...]) -> list[tuple[int, str]]:
    """Run these command lines at the same time as processes; (exit code, what they said)."""
    command = [sys.executable, "-c", _RUN, "-C", str(screen.folder)]
    started = [
        subprocess.Popen([*command, *line], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for line in lines
    ]
    said = [process.communicate(timeout=60)[0].decode() for process in started]
    return [(process.returncode, words) for process, words in zip(started, said, strict=True)]


def test_two_processes_for_two_policies(running: Screen) -> None:
    """Both succeed in turn, or one is told to wait; the register is whole either way."""
    running.fine("nieuw", "huisreglement", "--titel", "Huisreglement")
    running.edit()
    results = at_once(
        running,
        ("registreer", POLICY, "0.2", "--omschrijving", "x"),
        ("registreer", "huisreglement", "0.1", "--omschrijving", "x"),
    )
    assert {code for code, _ in results} <= {0, 3}
    assert all("bezig" in words for code, words in results if code == 3)
    running.on("2030-01-01").fine("verifieer")
    assert running.git("status", "--porcelain") == ""


def test_two_processes_for_one_number(school: Screen) -> None:
    """The same number twice: exactly one gets it."""
    line = ("registreer", POLICY, "0.1", "--omschrijving", "x")
    results = at_once(school, line, line)
    assert sorted(code for code, _ in results)[0] == 0
    assert sorted(code for code, _ in results)[1] in {1, 3}
    school.on("2030-01-01").fine("verifieer")
    assert len(list(school.folder.glob("approvals/privacyreglement/0.1/*.json"))) == 1


# --- the power goes out -------------------------------------------------------------------------------------


class PowerCut(BaseException):
    """Nothing after this reaches the disk."""


def cut_at(patch: pytest.MonkeyPatch, number: int) -> None:
    """From the n-th rename on, no file is renamed or removed any more."""
    renames = 0
    replace, unlink = Path.replace, Path.unlink

    def counted(self: Path, target: Path) -> Path:
        nonlocal renames
        renames += 1
        if renames >= number:
            raise PowerCut
        return replace(self, target)

    def until_then(self: Path, missing_ok: bool = False) -> None:
        if renames >= number:
            raise PowerCut
        unlink(self, missing_ok)

    patch.setattr(Path, "replace", counted)
    patch.setattr(Path, "unlink", until_then)


def survives(screen: Screen, number: int, *line: str) -> bool:
    """Cut the power at the n-th rename of a command; False when it needed fewer.

    After the cut nothing is wrong except a leftover or a signature that waits; the same command again
    succeeds, and then all is fine.
    """
    with pytest.MonkeyPatch.context() as patch:
        cut_at(patch, number)
        try:
            screen.fine(*line)
        except PowerCut:
            pass
        else:
            return False
    if (screen.folder / "beleid.toml").exists() and line[0] != "begin":
        verified = screen.verify()
        assert {each["oordeel"] for each in verified["vastleggingen"]} == {"geldig"}
        errors = [each for each in verified["bevindingen"] if each["ernst"] == "fout"]
        assert all("overblijfsel" in each["bericht"] for each in errors), errors
    screen.fine(*line)
    return True


@pytest.mark.parametrize("number", range(1, 6))
def test_power_cut_during_registreer(school: Screen, number: int) -> None:
    """Note, frozen text, signature, statement."""
    cut = survives(school, number, "registreer", POLICY, "0.1", "--omschrijving", "x")
    assert cut == (number <= 4)
    if cut:
        assert "Alles klopt: 4 geldig." in school.fine("verifieer")
        assert school.git("status", "--porcelain") == ""


def test_after_a_power_cut_another_command_cleans_up(running: Screen) -> None:
    """Nobody has to repeat the command that broke off; its entry never was."""
    running.edit()
    with pytest.MonkeyPatch.context() as patch:
        cut_at(patch, 4)
        with pytest.raises(PowerCut):
            running.run("registreer", POLICY, "0.2", "--omschrijving", "x")
    assert "Een opdracht is hier nog bezig of is afgebroken" in running.run("verifieer").out
    running.fine("nieuw", "huisreglement", "--titel", "T")
    assert "Alles klopt: 4 geldig." in running.fine("verifieer")
    assert not list(running.folder.glob("**/.tmp-*"))


def test_commit_by_hand_after_a_power_cut_stays(running: Screen) -> None:
    """What somebody recorded in git meanwhile is never taken away."""
    running.edit()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("beleidsbeheer.storage.repository.commit", _out)
        patch.setattr(Path, "unlink", _out)
        with pytest.raises(PowerCut):
            running.run("registreer", POLICY, "0.2", "--omschrijving", "x")
    running.record()
    running.fine("nieuw", "huisreglement", "--titel", "T")
    assert "Alles klopt: 5 geldig." in running.fine("verifieer")


def test_power_cut_after_the_commit(running: Screen) -> None:
    """Once git has it, it is done; only our own note is cleaned up later."""
    running.edit()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "unlink", _out)
        with pytest.raises(PowerCut):
            running.run("registreer", POLICY, "0.2", "--omschrijving", "x")
    assert "niet hoger" in running.refused("registreer", POLICY, "0.2", "--omschrijving", "x")
    assert "afgebroken" not in running.fine("verifieer")


def _out(*_arguments: object, **_options: object) -> None:
    raise PowerCut


@pytest.mark.parametrize("number", range(1, 11))
def test_power_cut_during_begin(capsys: Capture, tmp_path: Path, number: int) -> None:
    """The note and nine files; the keys of the first attempt are used again."""
    around, school = Screen(capsys, tmp_path), Screen(capsys, tmp_path / "school")
    assert survives(around, number, "begin", "school", *BEGIN, UNLOCKED)
    assert "Alles klopt: 3 geldig." in school.fine("verifieer")
    assert school.commits() == 1
    assert school.git("status", "--porcelain") == ""


def test_power_cut_after_begin_leaves_the_register(capsys: Capture, tmp_path: Path) -> None:
    """The eleventh rename only remembers the root; the register is there by then."""
    around, school = Screen(capsys, tmp_path), Screen(capsys, tmp_path / "school")
    with pytest.MonkeyPatch.context() as patch:
        cut_at(patch, 11)
        with pytest.raises(PowerCut):
            around.run("begin", "school", *BEGIN, UNLOCKED)
    assert "Alles klopt: 3 geldig." in school.fine("verifieer")


@pytest.mark.parametrize("number", range(1, 12))
def test_power_cut_during_neem_over(school: Screen, tmp_path: Path, number: int) -> None:
    """The note, two bron files, one text and three entries with their signatures."""
    source = tmp_path / "oud.toml"
    source.write_text(_SOURCE)
    (tmp_path / "oud.md").write_text("+++\ntitel = 'Oud'\n+++\n\n# Oud\n")
    cut = survives(school, number, "neem-over", POLICY, "--uit", str(source))
    assert cut == (number <= 10)
    if cut:
        assert "Alles klopt: 6 geldig." in school.fine("verifieer")
        assert len(list(school.folder.glob(f"approvals/{POLICY}/bron-*.toml"))) == 2
        assert school.git("status", "--porcelain") == ""


@pytest.mark.parametrize("number", range(1, 5))
def test_power_cut_during_voorstel(running: Screen, tmp_path: Path, number: int) -> None:
    """The note, the signature, the roster."""
    key = str(hand(tmp_path, "anna").public)
    line = ("--persoon", "anna", "--rol", "publicist", "--sleutel-van", key)
    assert survives(running, number, "rooster", "voorstel", *line) == (number <= 3)
    running.fine("verifieer")
    assert len(list(running.folder.glob("approvals/rooster/rooster-*.json"))) == 2
