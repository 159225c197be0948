"""The check that anybody can do without this program: sha256sum and ssh-keygen on every entry."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from desk import POLICY, Hand, Screen, hand
from programs import needs


@needs("ssh-keygen", "sha256sum")
def test_stock_tools_agree(running: Screen, tmp_path: Path) -> None:
    """With sha256sum and ssh-keygen alone every entry of a register can be checked."""
    anna, chair = hand(tmp_path, "anna"), hand(tmp_path, "mr-voorzitter")
    come(running, anna, "beheerder", "--drempel", "2")
    come(running, chair, "mr-voorzitter", agrees=anna)
    letter = ("--afdruk", chair.fingerprint, "--brief", chair.public, "--vergadering", "10-11-2026")
    running.fine("rooster", "bevestig", chair.person, *letter)
    running.fine("rooster", "voorstel", "--persoon", "anna", "--weg", "--drempel", "1")
    running.fine("rooster", "akkoord", *anna.signs)
    digest = running.find(f"approvals/{POLICY}/0.1/*.json").stem.removeprefix("registratie-")
    running.fine("verwerp", digest, "--reden", "Verkeerde tekst")
    signers = tmp_path / "allowed_signers"
    signers.write_text(running.fine("rooster", "exporteer"))
    entries = list(running.folder.glob("approvals/**/*.json"))
    kinds = {path.name.split("-")[0] for path in entries}
    assert kinds == {
        "rooster",
        "aanvaarding",
        "akkoord",
        "registratie",
        "sleutelbevestiging",
        "verwerping",
    }
    for path in entries:
        stock_check(path, signers)


def come(screen: Screen, who: Hand, role: str, *more: str, agrees: Hand | None = None) -> None:
    """Somebody joins the roster."""
    line = ("--persoon", who.person, "--rol", role, "--sleutel-van", who.public)
    screen.fine("rooster", "voorstel", *line, *more)
    screen.fine("rooster", "aanvaard", *who.signs)
    if agrees is not None:
        screen.fine("rooster", "akkoord", *agrees.signs)


def stock_check(path: Path, signers: Path) -> None:
    """What docs/vertrouwen.md tells people to type."""
    stated = json.loads(path.read_text())
    digest = subprocess.run(["sha256sum", path], capture_output=True, check=True).stdout.decode()
    assert path.stem == f"{stated['soort']}-{digest[:12]}"
    for text in stated.get("over", {}).get("bestanden", ()):
        frozen = path.parents[3] / text["pad"]
        told = subprocess.run(["sha256sum", frozen], capture_output=True, check=True).stdout
        assert told.decode().split()[0] == text["sha256"]
    assert verified(path, signers, path.read_bytes()) == 0


def verified(path: Path, signers: Path, statement: bytes) -> int:
    """The exit code of stock ssh-keygen for the signature beside this entry over ``statement``."""
    stated = json.loads(path.read_text())
    namespace = f"beleidsbeheer.v1/{stated['soort']}"
    person: str = stated["door"]["persoon"]
    command = ["ssh-keygen", "-Y", "verify", "-f", str(signers), "-I", person, "-n", namespace]
    done = subprocess.run(
        [*command, "-s", f"{path}.sig"], input=statement, capture_output=True, check=False
    )
    return done.returncode


@needs("ssh-keygen")
def test_stock_tools_refuse_another_text(running: Screen, tmp_path: Path) -> None:
    signers = tmp_path / "allowed_signers"
    signers.write_text(running.fine("rooster", "exporteer"))
    path = running.find(f"approvals/{POLICY}/0.1/*.json")
    assert verified(path, signers, path.read_bytes()) == 0
    assert verified(path, signers, path.read_bytes() + b" ") != 0
