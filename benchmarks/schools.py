"""Registers of many schools on disk, in git, really signed: what an index of a board is measured on.

    .venv/bin/python benchmarks/schools.py FOLDER [--registers 20] [--policies 40] [--versions 5] [--seed 1] [--check]

The same for the same numbers; a folder that has them already is left as it is. Twenty registers are a board: half of its schools take
the same model text for a third of their policies, and put their name in its first article. One register in ten (the tenth, …) has one
damaged entry: a consent on the first version of its first policy. ``--check`` verifies every register, in half a second each.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.courses import DAY, REVIEW_MONTHS, Life, play
from benchmarks.lives import write_out
from benchmarks.prose import Writer
from benchmarks.words import several

from acts import BOARD, CHAIR, PARENTS, PERSONAL, PUBLISHER, PUPILS, STAFF
from beleidsbeheer.domain.entry import digest_of
from beleidsbeheer.domain.model import text_path, working_path
from simulator import SECRETARY

BOARD_SIZE = 20  # registers whose schools share model texts
MODEL_SHARE = 3  # one policy in so many is a model text
DAMAGED_EACH = 10
MARKER = "scholen.json"
_FORMAT = 1  # another number makes every folder anew
_RULES = """schema = "beleidsbeheer.v1"

[organisatie]
naam = "{name}"
sector = "{sector}"

[organen.mr]
naam = "MR"

[termijnen]
instemming_weken = 6
herziening_maanden = {months}
bekendmaking_dagen = 14
"""
_ATTRIBUTES = b"approvals/** -text\nreglement/*/versies/** -text\n"

# name: article, what it touches
_POLICIES = several("""
privacyreglement:het:personeelsgegevens,leerlinggegevens,oudergegevens klachtenregeling:de:klachtenregeling
schoolgids:de:schoolgids cameraprotocol:het:personeelsobservatie,leerlinggegevens verzuimprotocol:het:personeelsgegevens
pestprotocol:het:leerlinggegevens,oudergegevens toelatingsbeleid:het:oudergegevens,leerlinggegevens
medicijnprotocol:het:leerlinggegevens,oudergegevens schorsingsbeleid:het:leerlinggegevens sollicitatiecode:de:personeelsgegevens
gedragscode:de:personeelsobservatie internetprotocol:het:personeelsobservatie,leerlinggegevens rookbeleid:het:personeelsobservatie
leerlingvolgbeleid:het:leerlinggegevens verlofregeling:de:oudergegevens overgangsregeling:de:leerlinggegevens
meldcode:de:leerlinggegevens,oudergegevens integriteitscode:de:personeelsgegevens scholingsbeleid:het:personeelsgegevens
examenreglement:het:leerlinggegevens bezoekersreglement:het:oudergegevens vrijwilligersbeleid:het:oudergegevens
stagebeleid:het:personeelsgegevens huiswerkbeleid:het:leerlinggegevens toetsbeleid:het:leerlinggegevens
ontruimingsplan:het:personeelsgegevens datalekprotocol:het:personeelsgegevens,leerlinggegevens,oudergegevens
archiefreglement:het:personeelsgegevens,leerlinggegevens ouderbijdragebeleid:het:oudergegevens
mobieltjesbeleid:het:leerlinggegevens kledingbeleid:het:leerlinggegevens reiskostenregeling:de:personeelsgegevens
overblijfreglement:het:oudergegevens,leerlinggegevens excursiebeleid:het:leerlinggegevens,oudergegevens
sponsorbeleid:het:oudergegevens treasurystatuut:het:personeelsgegevens klokkenluidersregeling:de:personeelsgegevens
veiligheidsplan:het:personeelsobservatie,leerlinggegevens zorgplan:het:leerlinggegevens,oudergegevens
leerlingenstatuut:het:leerlinggegevens gesprekkencyclus:de:personeelsgegevens werkverdelingsplan:het:personeelsgegevens
beeldmateriaalbeleid:het:leerlinggegevens,oudergegevens bevoegdhedenregeling:de:personeelsgegevens
""")
_SCHOOLS = several(
    "Zonnewijzer Waterkant Lindeboom Vuurtoren Molenwiek Kastanje Tweesprong Horizon"
)
_SCHOOLS += several("Regenboog Ark Klimop Boomgaard Windroos Dijk Korenaar Meerpaal")


@dataclass(frozen=True, slots=True)
class School:
    """A register on disk; ``damaged`` is the path of the entry that was damaged, empty when none was."""

    folder: Path
    name: str
    damaged: str = ""


def schools(folder: Path, count: int, policies: int, versions: int, seed: int) -> list[School]:
    """``count`` registers below ``folder``, each with ``policies`` policies of ``versions`` versions.

    What is in the folder is kept when it was made with the same numbers, and put back to how it was made when somebody
    registered something since; else it is made again.
    Raises ValueError for a folder that holds something else.
    """
    asked = {
        "vorm": _FORMAT,
        "dag": DAY.isoformat(),
        "registers": count,
        "beleid": policies,
        "versies": versions,
        "zaad": seed,
    }
    marker = folder / MARKER
    if marker.is_file():
        known = json.loads(marker.read_text(encoding="utf-8"))
        if known["gevraagd"] == asked:
            return [_restored(folder, each) for each in known["scholen"]]
        shutil.rmtree(folder)
    if folder.exists() and any(folder.iterdir()):
        raise ValueError(f"{folder} is not empty, and has no {MARKER}")
    author = _Author(policies, versions, seed)
    made = [_school(folder, number, author) for number in range(1, count + 1)]
    told = {"gevraagd": asked, "scholen": [_row(each) for each in made]}
    marker.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return made


def _row(school: School) -> dict[str, str]:
    head = git(school.folder, "rev-parse", "HEAD").strip()
    named = {"map": school.folder.name, "naam": school.name, "beschadigd": school.damaged}
    return named | {"stand": head}


def _restored(folder: Path, row: dict[str, str]) -> School:
    """A register as it was made, whatever was registered since; what the program remembers of it goes too."""
    school = School(folder / row["map"], row["naam"], row["beschadigd"])
    if git(school.folder, "rev-parse", "HEAD").strip() != row["stand"]:
        git(school.folder, "reset", "--quiet", "--hard", row["stand"])
        git(school.folder, "clean", "--quiet", "-d", "--force")
        shutil.rmtree(school.folder / ".git" / "beleidsbeheer", ignore_errors=True)
    return school


# --- what there is to write ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Plan:
    """A policy that every school has: its slug, its title, and what it touches."""

    slug: str
    topics: tuple[str, ...]

    @property
    def title(self) -> str:
        return self.slug.capitalize()


class _Author:
    """Knows the policies that every school has, and writes their texts."""

    def __init__(self, policies: int, versions: int, seed: int) -> None:
        rows = [each.split(":") for each in _POLICIES]
        self.versions, self.seed = versions, seed
        self.writer = Writer(seed, [f"{article} {slug}" for slug, article, _ in rows])
        more = [
            [noun.one, noun.article, ",".join(PERSONAL)]
            for noun in self.writer.nouns
            if noun.one.isascii() and noun.one.endswith(("regeling", "reglement", "protocol"))
        ]
        known = [_Plan(slug, tuple(topics.split(","))) for slug, _, topics in [*rows, *more]]
        self.plans = known[:policies]

    def texts(self, at: int, number: int, name: str) -> Iterator[bytes]:
        """The versions of the policy ``at`` this place for school ``number``: its own, or its board's model."""
        board, place = divmod(number - 1, BOARD_SIZE)
        takes_model = place % 2 == 0 and at % MODEL_SHARE == 0
        whose = f"bestuur {board}" if takes_model else f"school {number}"
        plan = self.plans[at]
        rng = random.Random(f"{self.seed} {whose} {plan.slug}")
        text = self.writer.regulation(plan.title, plan.topics, rng)
        for _ in range(self.versions):
            yield text.named(name).print()
            text = self.writer.changed(text, rng)


# --- one register ----------------------------------------------------------------------------------------


def _school(folder: Path, number: int, author: _Author) -> School:
    rng = random.Random(f"{author.seed} levens {number}")
    name = f"De {_SCHOOLS[(number - 1) % len(_SCHOOLS)]} {number}"
    sector = "vo" if number % 4 == 0 else "po"
    begun = DAY - timedelta(days=365 * (author.versions + 2))
    school = _begun(name, sector, begun, confirmed=number % 2 == 0)
    dated, damaged = {begun: dict(school.files)}, ""
    for at, plan in enumerate(author.plans):
        life = Life(
            dict(school.files),
            policy=plan.slug,
            roster=school.roster,
            root=school.root,
            members=school.members,
        )
        play(life, list(author.texts(at, number, name)), rng)
        if number % DAMAGED_EACH == 0 and not damaged:
            damaged = _damage(life)
        for path, day in _days(life):
            dated.setdefault(day, {})[path] = life.files[path]
    root = folder / f"school-{number:04}"
    _commit_all(root, dated)
    return School(root, name, damaged)


def _begun(name: str, sector: str, day: date, *, confirmed: bool) -> Life:
    """A register with everybody in it; the council's keys ``confirmed`` by letter or not."""
    members = [SECRETARY, BOARD, PUBLISHER, CHAIR, STAFF, PARENTS]
    members += [PUPILS] if sector == "vo" else []
    school = Life({"beleid.toml": b""}, day=day.isoformat(), members=tuple(members))
    rules = _RULES.format(name=name, sector=sector, months=REVIEW_MONTHS).encode()
    school.files = {"beleid.toml": rules, ".gitattributes": _ATTRIBUTES}
    first = school.sign(
        SECRETARY, "beheerder", "rooster", rust_op=[], **school.roster_fields(members, 0, 1, [])
    )
    school.root = school.roster = first.digest
    for member in members[1:]:
        school.accept(member, first)
    for member in members[3:] if confirmed else ():
        school.confirm(member)
    return school


def _days(life: Life) -> Iterator[tuple[str, date]]:
    """Every path that this life made, with the day it came."""
    for each in life.written:
        yield each.path, each.date
        yield each.path + ".sig", each.date
        if each.kind == "registratie":
            yield each.texts[0].path, each.date
    yield working_path(life.policy), life.written[-1].date


def _damage(life: Life) -> str:
    """Change one letter of the last consent, if any, as somebody would who has a reason to."""
    path = max((e.path for e in life.of("instemming", "1.0")), default="")
    if path:
        life.files[path] = life.files[path].replace(b'"kenmerk": "MR ', b'"kenmerk": "MX ')
    return path


# --- on disk ------------------------------------------------------------------------------------------------


def _commit_all(root: Path, dated: dict[date, dict[str, bytes]]) -> None:
    """The register in git: its beginning, what came up to a year ago, and the last year."""
    git(root, "init", "--quiet", "--initial-branch=main", on=min(dated))
    days, year_ago = sorted(dated), DAY - timedelta(days=365)
    before = [day for day in days[1:] if day <= year_ago]
    after = [day for day in days[1:] if day > year_ago]
    for message, those in (("Begin", days[:1]), ("Eerdere jaren", before), ("Dit jaar", after)):
        if those:
            write_out({path: data for day in those for path, data in dated[day].items()}, root)
            commit(root, message, those[-1])


def commit(root: Path, message: str, day: date) -> None:
    """Everything that changed in this register, as a commit of this day."""
    git(root, "add", "--all", on=day)
    git(root, "commit", "--quiet", "--message", message, on=day)


def git(root: Path, *arguments: str, on: date = DAY) -> str:
    """What git says here without anyone's settings; a commit of this day is the same each time."""
    root.mkdir(parents=True, exist_ok=True)
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for who in ("AUTHOR", "COMMITTER"):
        own[f"GIT_{who}_NAME"] = "secretaris"
        own[f"GIT_{who}_EMAIL"] = "secretaris@beleidsbeheer.invalid"
        own[f"GIT_{who}_DATE"] = f"{on.isoformat()}T12:00:00+0000"
    command = ["git", "-C", str(root), *arguments]
    done = subprocess.run(command, check=True, env=os.environ | own, stdout=subprocess.PIPE)
    return done.stdout.decode()


def in_force(school: School) -> dict[str, Path]:
    """Where the texts stand that are in force on DAY, by policy."""
    from beleidsbeheer.actions.reading import open_register

    register = open_register(school.folder, DAY).register
    periods = {slug: course.in_force(DAY) for slug, course in register.courses.items()}
    return {
        slug: school.folder / text_path(slug, period.version)
        for slug, period in periods.items()
        if period is not None and period.version
    }


# --- what happens later ---------------------------------------------------------------------------------------


def register_next(school: School, rng: random.Random) -> str:
    """A next version of some policy, registered and committed; returns the policy's slug."""
    working = rng.choice(sorted(school.folder.glob("reglement/*/reglement.md")))
    policy = working.parent.name
    numbers = [int(p.stem.split(".")[1]) for p in working.parent.glob("versies/1.*.md")]
    lines = working.read_text(encoding="utf-8").splitlines()
    place = rng.choice([at for at, line in enumerate(lines) if re.match(r"\d+\. ", line)])
    lines[place] += f" Dit wordt {rng.choice(('jaarlijks', 'elk kwartaal'))} nagegaan."
    (roster,) = school.folder.glob("approvals/rooster/rooster-*.json")
    life = Life({}, policy=policy, roster=digest_of(roster.read_bytes()), day=DAY.isoformat())
    text = ("\n".join(lines) + "\n").encode()
    life.register(f"1.{max(numbers) + 1}", text, policy=policy)
    write_out(life.files | {working_path(policy): text}, school.folder)
    commit(school.folder, f"Registreer {policy}", DAY)
    return policy


# --- by hand ------------------------------------------------------------------------------------------------


def check(school: School) -> list[str]:
    """What ``beleid verifieer`` finds wrong here: paths. Of a damaged register that is its damaged entry, and what rests on it."""
    from beleidsbeheer.actions.reading import examine

    view = examine(school.folder, DAY)
    wrong = [each.path for each in view.register.verification.judgements if each.wrong]
    errors = [each.place for each in view.findings if each.severity == "fout"]
    return list(dict.fromkeys([*wrong, *errors]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--registers", type=int, default=20)
    parser.add_argument("--policies", type=int, default=40)
    parser.add_argument("--versions", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    made = schools(
        options.folder, options.registers, options.policies, options.versions, options.seed
    )
    for each in made:
        print(json.dumps(asdict(each), default=str, ensure_ascii=False))
        if options.check:
            print("  wrong:", check(each) or "nothing")


if __name__ == "__main__":
    main()
