"""Lives of registers to measure on: a large one in memory, a small one made by the real commands' actions."""

from __future__ import annotations

import random
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from beleidsbeheer.domain.entry import Entry
from simulator import SECRETARY, TODAY, Person, Simulator

DAY = TODAY  # on which to look at these registers
POLICY = "privacyreglement"
LARGE_TEXT = 20_000  # bytes; the real privacyreglement has 19,000
SMALL_TEXT = 1_500
_LARGE_SHARE = 0.1
_POLICIES = 50
_ROSTER_CHANGES = 4
_SENTENCE = (
    "de school verwerkt persoonsgegevens van leerlingen ouders en medewerkers alleen voor een doel dat"
    " vooraf is omschreven en met instemming van de medezeggenschapsraad één keer per schooljaar"
)
_BOARD = Person("bestuur-1", ("bestuur",))
_COUNCIL = tuple(
    Person(f"mr-{number}", roles)
    for number, roles in enumerate(
        (("mr-voorzitter",), ("mr-personeel",), ("mr-ouders",), ("mr-ouders",)), start=1
    )
)


def long_life(entries: int, seed: int) -> Simulator:
    """A register of exactly ``entries`` entries: 50 policies of many versions, under five rosters.

    Each version rests on the one before it; one text in ten is as long as a real regulation.
    """
    rng = random.Random(seed)
    members = (SECRETARY, Person("adjunct", ("beheerder", "secretaris")), _BOARD, *_COUNCIL)
    register, latest = Simulator.begun(*members), dict[str, Entry]()
    for change in range(_ROSTER_CHANGES + 1):
        upto = entries * (change + 1) // (_ROSTER_CHANGES + 1)
        if change:
            register.succeed(*members, Person(f"beheerder-{change}", ("beheerder",)))
        _fill(register, latest, upto, rng)
    assert len(register.files) == 2 * entries + _texts(register) + 1
    return register


def _fill(register: Simulator, latest: dict[str, Entry], upto: int, rng: random.Random) -> None:
    """Register versions after the ``latest``, policy after policy, until there are ``upto`` entries."""
    count = sum(path.endswith(".sig") for path in register.files)
    first = date.fromisoformat(register.day)
    for number in range(count, upto):
        policy = f"beleid-{number % _POLICIES + 1}"
        before = latest.get(policy)
        version = f"0.{int(before.version[2:]) + 1}" if before else "0.1"
        register.day = (first + timedelta(days=(number - count) // 40)).isoformat()
        latest[policy] = register.register(
            version,
            text_of(LARGE_TEXT if rng.random() < _LARGE_SHARE else SMALL_TEXT, rng),
            policy=policy,
            after=[before] if before else [],
            omschrijving=f"Versie {version}: wijziging na bespreking in de medezeggenschapsraad",
        )


def _texts(register: Simulator) -> int:
    return sum(path.startswith("reglement/") for path in register.files)


def text_of(size: int, rng: random.Random) -> bytes:
    """A regulation of about ``size`` bytes: articles with leden."""
    words, length, article = _SENTENCE.split(), 0, 0
    lines = ["+++", 'titel = "Reglement"', "+++", "", "# Reglement", ""]
    while length < size:
        article += 1
        lines += [f"## Artikel {article}. Onderwerp {article}", ""]
        for lid in range(1, 4):
            lines += [f"{lid}. {' '.join(rng.choices(words, k=40)).capitalize()}.", ""]
        length = sum(len(line) + 1 for line in lines)
    return "\n".join(lines).encode()


def write_out(files: dict[str, bytes], folder: Path) -> None:
    """Put {path: bytes} on disk as plain files, without git."""
    for path, data in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


_HISTORY = f"""[bron]
sha256 = "{"d" * 64}"

[[versies]]
versie = "0.1"
datum = 2018-06-26
status = "Concept"
auteur = "A. Auteur"
omschrijving = "Eerste opzet"
cellen = {{ Versie = "0.1", Status = "Concept", Datum = "26-06-2018", Auteur = "A. Auteur" }}

[[versies]]
versie = "0.2"
datum = 2018-09-10
status = "Definitief"
auteur = "A. Auteur"
omschrijving = "Na opmerkingen van de MR"
tekst = "0.2.md"
cellen = {{ Versie = "0.2", Status = "Definitief", Datum = "10-9-2018", Auteur = "A. Auteur" }}

[[vaststellingen]]
datum = 2018-10-10
naam = "B. Bestuurder"
functie = "voorzitter van het bestuur"
cellen = {{ Versie = "", Datum = "10-10-18", Naam = "B. Bestuurder", Functie = "voorzitter" }}

[[lezingen]]
versie = "0.2"
geldend_van = 2018-10-01
toelichting = "Artikel 20 noemt 1 oktober 2018."
"""


def short_life(folder: Path, seed: int) -> Path:
    """A real register in git below ``folder``, made by the actions: eight entries, two texts of 20 KB."""
    from beleidsbeheer.actions.begin import begin
    from beleidsbeheer.actions.policies import register_version, take_over
    from beleidsbeheer.actions.writing import Keyring, Workplace
    from beleidsbeheer.domain.model import Council
    from beleidsbeheer.domain.settings import Body, Settings
    from beleidsbeheer.storage.keys import make_key, open_signer

    root, keys, rng = folder / "register", folder / "sleutels", random.Random(seed)
    keys.mkdir()
    made = [keys / name for name in ("gewoon", "reserve")]
    for path in made:
        make_key(path, b"", path.name)
    main, reserve = (open_signer(path, _no_passphrase) for path in made)
    settings = Settings("De Proefschool", "po", (Body(Council.MR, "MR"),))
    begin(root, settings, "secretaris", (main, reserve), TODAY)
    work = Workplace(root, Keyring(keys, _no_passphrase, made[0]), TODAY)
    history = folder / "geschiedenis.toml"
    history.write_text(_HISTORY, encoding="utf-8")
    (folder / "0.2.md").write_bytes(text_of(LARGE_TEXT, rng))
    take_over(work, POLICY, history)
    for version in ("0.3", "0.4"):
        write_out({f"reglement/{POLICY}/reglement.md": text_of(LARGE_TEXT, rng)}, root)
        register_version(work, POLICY, version, "Wijziging na bespreking in de raad")
    return root


def _no_passphrase(_: Any) -> bytes:
    return b""
