"""Keys as people have them: made here, made by OpenSSH, in an agent, lost, mixed up or broken."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from beleidsbeheer.storage.keys import key_folder
from desk import BEGIN, POLICY, UNLOCKED, Capture, Hand, Screen, begun, hand
from programs import needs

SECRET = "vier losse woorden samen"  # noqa: S105 - for keys that live as long as a test


@pytest.fixture
def school(capsys: Capture, tmp_path: Path) -> Screen:
    return begun(capsys, tmp_path)


@pytest.fixture
def desk(capsys: Capture, tmp_path: Path) -> Screen:
    """A terminal with no register and no keys."""
    return Screen(capsys, tmp_path)


@pytest.fixture
def password(tmp_path: Path) -> Path:
    return passphrase_file(tmp_path, SECRET)


def passphrase_file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "wachtwoord.txt"
    path.write_bytes(text.encode())
    return path


def keygen(*arguments: str | Path, stdin: bytes = b"") -> str:
    done = subprocess.run(["ssh-keygen", *arguments], input=stdin, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def type_in(patch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """Somebody sits at the terminal and types these; gives the questions that were asked."""
    asked: list[str] = []
    waiting = list(answers)

    def typed(question: str) -> str:
        asked.append(question)
        return waiting.pop(0)

    patch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    patch.setattr(click.termui, "hidden_prompt_func", typed)
    return asked


# --- making and showing ------------------------------------------------------------------------------------


def test_made_key_is_an_openssh_key(desk: Screen, password: Path) -> None:
    """Stock ssh-keygen opens what we make, with its passphrase, and finds the same public half."""
    told = desk.fine("sleutel", "maak", "--naam", "voorzitter", "--wachtwoord-bestand", password)
    key = key_folder() / "voorzitter"
    assert str(key) in told
    public = keygen("-y", "-P", SECRET, "-f", key).split()[:2]
    assert public == key.with_name("voorzitter.pub").read_text().split()[:2]
    assert public[0] == "ssh-ed25519"


@needs("ssh-keygen")
def test_made_key_has_the_fingerprint_that_openssh_gives(desk: Screen) -> None:
    desk.fine("sleutel", "maak", UNLOCKED)
    shown = desk.fine("sleutel", "toon")
    assert keygen("-l", "-f", key_folder() / "beleid.pub").split()[1] in shown


def test_made_key_is_locked(desk: Screen, password: Path) -> None:
    desk.fine("sleutel", "maak", "--wachtwoord-bestand", password)
    done = subprocess.run(
        ["ssh-keygen", "-y", "-P", "een ander woord", "-f", key_folder() / "beleid"],
        capture_output=True,
        check=False,
    )
    assert b"incorrect passphrase" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_the_owner_reads_a_private_key(desk: Screen) -> None:
    desk.fine("sleutel", "maak", UNLOCKED)
    key = key_folder() / "beleid"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(key.parent.stat().st_mode) == 0o700


def test_key_is_never_overwritten(desk: Screen) -> None:
    desk.fine("sleutel", "maak", UNLOCKED)
    before = (key_folder() / "beleid").read_bytes()
    answer = desk.run("sleutel", "maak", UNLOCKED)
    assert answer.code == 3
    assert "Er staat al een sleutel" in answer.err
    assert (key_folder() / "beleid").read_bytes() == before


def test_public_half_of_another_key_is_never_overwritten(desk: Screen) -> None:
    """A private key that was moved to a safe place leaves its public half: no new one is made beside it."""
    desk.fine("sleutel", "maak", UNLOCKED)
    (key_folder() / "beleid").unlink()
    assert desk.run("sleutel", "maak", UNLOCKED).code == 3
    assert not (key_folder() / "beleid").exists()


@pytest.mark.parametrize("name", ["../x", "a b", "", "A", "a/b", ".x"])
def test_key_name_that_is_none(desk: Screen, name: str) -> None:
    said = desk.refused("sleutel", "maak", UNLOCKED, "--naam", name, code=2)
    assert "kan geen naam van een sleutel zijn" in said


def test_no_keys_yet(desk: Screen) -> None:
    assert "beleid sleutel maak" in desk.fine("sleutel", "toon")


def test_keys_as_json(desk: Screen) -> None:
    desk.fine("sleutel", "maak", UNLOCKED)
    shown = desk.run("sleutel", "toon", "--json").json
    assert shown.keys() == {"schema", "map", "sleutels"}
    assert shown["schema"] == "beleidsbeheer.sleutels/1"
    assert [each.keys() for each in shown["sleutels"]] == [{"pad", "soort", "afdruk"}]


# --- passphrases ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["kort", "123456789", "éééé", "\ntweede regel telt niet"])
def test_short_passphrase(desk: Screen, tmp_path: Path, text: str) -> None:
    file = passphrase_file(tmp_path, text)
    desk.refused("sleutel", "maak", "--wachtwoord-bestand", file, code=3)
    assert not list(key_folder().glob("*"))


def test_passphrase_counts_characters_not_bytes(desk: Screen, tmp_path: Path) -> None:
    """Six letters with accents are twelve bytes, and still six letters."""
    file = passphrase_file(tmp_path, "éééééé")
    assert "korter dan 10 tekens" in desk.refused(
        "sleutel", "maak", "--wachtwoord-bestand", file, code=3
    )


def test_passphrase_file_may_end_in_crlf(desk: Screen, tmp_path: Path) -> None:
    desk.fine("sleutel", "maak", "--wachtwoord-bestand", passphrase_file(tmp_path, SECRET + "\r\n"))
    keygen("-y", "-P", SECRET, "-f", key_folder() / "beleid")


def test_passphrase_is_asked_twice(desk: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = type_in(monkeypatch, SECRET, SECRET)
    told = desk.fine("sleutel", "maak")
    assert len(asked) == 2
    assert "Kies een wachtwoord" in asked[0]
    assert "Nog een keer" in asked[1]
    assert SECRET not in told
    keygen("-y", "-P", SECRET, "-f", key_folder() / "beleid")


def test_two_different_passphrases(desk: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    """A typing error is found before it locks somebody out."""
    type_in(monkeypatch, SECRET, "iets heel anders")
    answer = desk.run("sleutel", "maak")
    assert answer.code == 3
    assert answer.err.startswith("Fout: Dat waren twee verschillende wachtwoorden.")
    assert not (key_folder() / "beleid").exists()


def test_nobody_to_ask(desk: Screen) -> None:
    """In a script there is no prompt to hang on."""
    said = desk.refused("sleutel", "maak", code=3)
    assert "--wachtwoord-bestand" in said


def test_wrong_passphrase(desk: Screen, tmp_path: Path, password: Path) -> None:
    desk.fine("begin", "school", *BEGIN, "--wachtwoord-bestand", password)
    school = desk.at(tmp_path / "school")
    school.fine("nieuw", POLICY, "--titel", "T")
    wrong = tmp_path / "verkeerd.txt"
    wrong.write_text("niet het goede woord")
    line = ("registreer", POLICY, "0.1", "--omschrijving", "x", "--wachtwoord-bestand")
    assert "klopt niet" in school.refused(*line, wrong, code=3)
    school.fine(*line, password)


def test_passphrase_is_asked_when_signing(
    desk: Screen, tmp_path: Path, password: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.fine("begin", "school", *BEGIN, "--wachtwoord-bestand", password)
    school = desk.at(tmp_path / "school")
    school.fine("nieuw", POLICY, "--titel", "T")
    asked = type_in(monkeypatch, SECRET)
    told = school.register("0.1")
    assert len(asked) == 1
    assert SECRET not in told


# --- keys that OpenSSH made -----------------------------------------------------------------------------------


def openssh_key(tmp_path: Path, kind: str, secret: str = "") -> Hand:
    path = tmp_path / f"id_{kind}"
    bits = ("-b", "2048") if kind == "rsa" else ()
    keygen("-q", "-t", kind, *bits, "-N", secret, "-C", "voorbeeld", "-f", path)
    return Hand("openssh", path)


@needs("ssh-keygen")
@pytest.mark.parametrize("kind", ["ed25519", "rsa", "ecdsa"])
def test_openssh_key_begins_and_registers(desk: Screen, tmp_path: Path, kind: str) -> None:
    """A key that somebody has already can do everything: begin a register and sign a version."""
    key = openssh_key(tmp_path, kind)
    desk.fine("begin", "school", *BEGIN, UNLOCKED, "--sleutel", key.key)
    school = desk.at(tmp_path / "school")
    school.fine("nieuw", POLICY, "--titel", "T")
    school.register("0.1", *key.signs)
    assert "Alles klopt: 4 geldig." in school.fine("verifieer")


@needs("ssh-keygen")
def test_openssh_ed25519_key_with_a_passphrase(
    desk: Screen, tmp_path: Path, password: Path
) -> None:
    key = openssh_key(tmp_path, "ed25519", SECRET)
    given = (*key.signs, "--wachtwoord-bestand", password)
    desk.fine("begin", "school", *BEGIN, *given)
    school = desk.at(tmp_path / "school")
    school.fine("nieuw", POLICY, "--titel", "T")
    school.register("0.1", *given)


@pytest.fixture
def agent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A real ssh-agent that ends with the test."""
    socket = tmp_path / "a.sock"
    process = subprocess.Popen(["ssh-agent", "-D", "-a", socket], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()  # it prints where it listens once it does
    monkeypatch.setenv("SSH_AUTH_SOCK", str(socket))
    yield
    process.terminate()
    process.communicate(timeout=10)


@needs("ssh-agent", "ssh-add", "ssh-keygen")
def test_key_that_only_an_agent_holds(desk: Screen, tmp_path: Path, agent: None) -> None:
    """With only the .pub on disk the agent signs."""
    key = openssh_key(tmp_path, "ed25519")
    subprocess.run(["ssh-add", "-q", key.key], check=True, capture_output=True)
    key.key.unlink()
    desk.fine("begin", "school", *BEGIN, UNLOCKED, "--sleutel", key.public)
    school = desk.at(tmp_path / "school")
    school.fine("nieuw", POLICY, "--titel", "T")
    school.register("0.1", "--sleutel", key.public)
    school.fine("verifieer")


@needs("ssh-agent", "ssh-add", "ssh-keygen")
def test_place_is_accepted_with_a_key_that_only_an_agent_holds(
    school: Screen, tmp_path: Path, agent: None
) -> None:
    """The .pub in the own folder is enough, for accepting as well as for signing."""
    key = openssh_key(tmp_path, "ed25519")
    subprocess.run(["ssh-add", "-q", key.key], check=True, capture_output=True)
    line = ("--persoon", "anna", "--rol", "publicist", "--sleutel-van", key.public)
    school.fine("rooster", "voorstel", *line)
    shutil.copy(key.public, key_folder() / "anna.pub")
    key.key.unlink()
    assert "De sleutel van anna werkt" in school.fine("rooster", "aanvaard")
    school.fine("verifieer")


@needs("ssh-keygen")
def test_public_key_without_an_agent(school: Screen, tmp_path: Path) -> None:
    (own,) = key_folder().glob("*.pub")
    own.with_suffix("").unlink()
    said = school.refused("registreer", POLICY, "0.1", "--omschrijving", "x", code=3)
    assert "ssh-keygen kon niet tekenen" in said
    assert "ssh-add -l" in said


# --- keys that cannot be used -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0\xff" * 50,
        b"-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n",
        b"-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n",
        b"x" * 70_000,
    ],
)
def test_broken_key_file(school: Screen, tmp_path: Path, content: bytes) -> None:
    broken = tmp_path / "kapot"
    broken.write_bytes(content)
    line = ("registreer", POLICY, "0.1", "--omschrijving", "x", "--sleutel", broken)
    assert str(broken) in school.refused(*line, code=3)


def test_key_that_is_not_there(school: Screen, tmp_path: Path) -> None:
    line = ("registreer", POLICY, "0.1", "--omschrijving", "x", "--sleutel", tmp_path / "weg")
    assert "Er is geen sleutel op" in school.refused(*line, code=3)


def test_folder_as_key(school: Screen, tmp_path: Path) -> None:
    line = ("registreer", POLICY, "0.1", "--omschrijving", "x", "--sleutel", tmp_path)
    school.refused(*line, code=3)


@pytest.mark.parametrize("content", [b"", b"hallo\n", b"ssh-ed25519 AAAA x\n", b"\xff\xfe"])
def test_public_key_that_is_none(school: Screen, tmp_path: Path, content: bytes) -> None:
    broken = tmp_path / "kapot.pub"
    broken.write_bytes(content)
    line = ("--persoon", "anna", "--rol", "publicist", "--sleutel-van", broken)
    assert str(broken) in school.refused("rooster", "voorstel", *line, code=3)


def test_private_key_as_public_key(school: Screen, tmp_path: Path) -> None:
    """Whoever hands over the wrong half is told so, and nothing of it is shown."""
    key = hand(tmp_path, "anna").key
    line = ("--persoon", "anna", "--rol", "publicist", "--sleutel-van", key)
    said = school.refused("rooster", "voorstel", *line, code=3)
    assert "geen" in said
    assert key.read_text().splitlines()[1][:20] not in said


def test_key_that_is_not_in_the_roster(school: Screen, tmp_path: Path) -> None:
    stranger = hand(tmp_path, "vreemd")
    line = ("registreer", POLICY, "0.1", "--omschrijving", "x", *stranger.signs)
    assert "staat niet in het rooster" in school.refused(*line, code=3)


def test_machine_without_any_key(school: Screen) -> None:
    for key in key_folder().glob("secretaris*"):
        key.unlink()
    said = school.refused("registreer", POLICY, "0.1", "--omschrijving", "x", code=3)
    assert "staat geen sleutel die in het rooster staat" in said


def test_keys_of_two_persons_on_one_machine(school: Screen) -> None:
    """With two persons' keys in one place the program does not guess who signs."""
    school.fine("sleutel", "maak", "--naam", "anna", UNLOCKED)
    anna = Hand("anna", key_folder() / "anna")
    line = ("--persoon", "anna", "--rol", "secretaris", "--sleutel-van", anna.public)
    school.fine("rooster", "voorstel", *line)
    school.fine("rooster", "aanvaard", *anna.signs)
    said = school.refused("registreer", POLICY, "0.1", "--omschrijving", "x", code=3)
    assert "sleutels van meer personen" in said
    school.register("0.1", *anna.signs)
    assert "anna" in school.fine("versietabel", POLICY)


def test_reserve_key_signs_when_the_first_is_lost(school: Screen) -> None:
    """The reserve key made by begin works on the day the first one is gone."""
    (own,) = key_folder().glob("secretaris-school")
    own.unlink()
    own.with_name("secretaris-school.pub").unlink()
    school.register("0.1", "--sleutel", key_folder() / "reserve/secretaris-school")
    assert "Alles klopt" in school.fine("verifieer")


def test_folder_name_that_is_no_key_name(desk: Screen) -> None:
    """A folder may be called as its school is."""
    desk.fine("begin", "Mijn School (nieuw)", *BEGIN, UNLOCKED)
    assert (key_folder() / "secretaris-mijn-school-nieuw").is_file()
