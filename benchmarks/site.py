"""How long it takes to make the site, against a plain MkDocs build of the same texts in the same run.

    .venv/bin/python benchmarks/site.py [--policies 200] [--versions 10] [--size 40000] [--seed N]

Measured: a first site, a second one with nothing changed, and one after a new version of one policy. MkDocs makes a
page of each text with its own theme and is measured when it is installed (it is no dependency). Each is a process of its own,
so that peak memory (ru_maxrss) is its own too. What counts is the time for each page, and the ratio of the runs.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.lives import write_out
from benchmarks.processes import beleid, measured

from simulator import SECRETARY, Simulator

_WORDS = [
    "de",
    "school",
    "verwerkt",
    "persoonsgegevens",
    "van",
    "leerlingen",
    "ouders",
    "en",
    "medewerkers",
    "alleen",
    "voor",
    "een",
    "doel",
    "dat",
    "vooraf",
    "is",
    "omschreven",
    "en",
    "met",
    "instemming",
    "van",
    "de",
    "medezeggenschapsraad",
    "één",
    "keer",
    "per",
    "schooljaar",
]


def main() -> None:
    """Make the register, then measure each way in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--policies", type=int, default=200)
    parser.add_argument("--versions", type=int, default=10)
    parser.add_argument("--size", type=int, default=40_000, help="bytes of each text")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    school = _register(options.policies, options.versions, options.size, rng)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_out(school.files, folder / "register")
        print(
            f"{options.policies} policies, {options.versions} versions of {options.size} bytes, seed {options.seed}"
        )
        command = beleid("-C", str(folder / "register"), "site", "--uit", str(folder / "site"))
        first = _timed("first site", command)
        pages = sum(1 for path in (folder / "site").rglob("*.html"))
        _timed("nothing changed", command, first)
        _change(school, rng)
        write_out(school.files, folder / "register")
        _timed("one policy changed", command, first)
        print(f"{pages} pages, {1000 * first / pages:.1f} ms a page")
        if find_spec("mkdocs") is None:
            print("MkDocs is not installed: not compared")
            return
        count = _mkdocs(school, folder / "mkdocs")
        plain = _timed(
            "MkDocs",
            [
                sys.executable,
                "-m",
                "mkdocs",
                "build",
                "-q",
                "-f",
                str(folder / "mkdocs/mkdocs.yml"),
            ],
        )
        print(
            f"{count} pages, {1000 * plain / count:.1f} ms a page; ours {first / pages / (plain / count):.2f} times that"
        )


def _text(size: int, rng: random.Random) -> bytes:
    lines = ["# Reglement", ""]
    number, length = 0, 0
    while length < size:
        number += 1
        told = [f"## Artikel {number}. {rng.choice(_WORDS).capitalize()}", ""]
        for lid in range(1, 6):
            words = " ".join(rng.choices(_WORDS, k=40))
            told += [f"{lid}. De school {words}. Zie artikel {rng.randint(1, number)} lid 1.", ""]
        lines += told
        length += sum(map(len, told))
    return "\n".join(lines).encode()


def _edited(data: bytes, rng: random.Random) -> bytes:
    """The same with some five sentences changed."""
    lines = data.decode().split("\n")
    for _ in range(5):
        place = rng.randrange(len(lines))
        lines[place] = lines[place].replace(" De school ", f" De school {rng.choice(_WORDS)} ")
    return "\n".join(lines).encode()


def _register(policies: int, versions: int, size: int, rng: random.Random) -> Simulator:
    """Versions of each policy that a document of old tells of; the last one is read as in force."""
    school = Simulator.begun(SECRETARY)
    for number in range(1, policies + 1):
        data = _text(size, rng)
        for version in range(1, versions + 1):
            school.register(f"0.{version}", data, policy=f"beleid-{number}")
            data = _edited(data, rng)
    return school


def _change(school: Simulator, rng: random.Random) -> None:
    last = max(
        (path for path in school.files if path.startswith("reglement/beleid-1/versies/")),
        key=lambda path: int(path.rpartition(".md")[0].rpartition(".")[2]),
    )
    school.register("0.999", _edited(school.files[last], rng), policy="beleid-1")


def _mkdocs(school: Simulator, folder: Path) -> int:
    docs = folder / "docs"
    docs.mkdir(parents=True)
    (docs / "index.md").write_text("# Home\n")
    count = 1
    for path, data in school.files.items():
        if "/versies/" in path:
            _, policy, _, name = path.split("/")
            (docs / policy).mkdir(exist_ok=True)
            (docs / policy / name.replace(".", "-", 1)).write_bytes(data)
            count += 1
    config = {
        "site_name": "Reglementen",
        "plugins": [],
        "docs_dir": str(docs),
        "site_dir": str(folder / "site"),
    }
    (folder / "mkdocs.yml").write_text(json.dumps(config))
    return count


def _timed(name: str, command: list[str], against: float = 0.0) -> float:
    """Wall-clock seconds of a process; prints them with its peak memory."""
    used = measured(command)
    ratio = f", {against / used.wall:.0f} times faster than the first" if against else ""
    print(f"{name:<20} {used.wall:7.1f} s  {used.peak:5.0f} MB{ratio}")
    return used.wall


if __name__ == "__main__":
    main()
