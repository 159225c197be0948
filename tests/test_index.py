"""The index tells what the registers tell, whatever happened before, in SQLite and in PostgreSQL."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acts import PEOPLE, POLICY, Way, text
from beleidsbeheer.actions.indexing.compare import compare
from beleidsbeheer.actions.indexing.freshen import freshen
from beleidsbeheer.actions.reading import examine
from beleidsbeheer.domain.overview.facts import Condition
from beleidsbeheer.domain.register import load
from beleidsbeheer.domain.search.fragments import TextFacts, read_text
from beleidsbeheer.storage.index.index import Index
from conftest import Git
from indexes import close_all, expected, fresh, index_at, on_disk, told
from simulator import TODAY, Simulator
from test_course_properties import STEPS, Life, Step

PACE = settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
DAYS = st.integers(-200, 400).map(lambda days: TODAY + timedelta(days=days))
OTHER = "klachtenregeling"


@pytest.fixture(autouse=True)
def _closed(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    close_all()


@pytest.fixture
def school() -> Way:
    """A register with a version in force and the next one put to the council."""
    school = Way.ready()
    school.submit("0.1")
    school.everyone("0.1")
    school.adopt("0.1", "2026-02-01")
    school.register("0.2", text("Twee. Zie artikel 33 AVG en de klachtenregeling."))
    school.submit("0.2")
    return school


# --- the same as the registers ---------------------------------------------------------------------


@PACE
@given(steps=STEPS, days=st.lists(DAYS, min_size=1, max_size=4))
def test_index_tells_what_the_register_tells(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Step], days: list[date]
) -> None:
    folder = tmp_path_factory.mktemp("leven")
    life = Life().play(steps)
    root = on_disk(folder / "school", life.files)
    index = fresh(str(folder / "index.sqlite"), [root])
    registers, texts, _ = told(index)
    assert (registers, texts) == expected([root])
    register = load(life.files, TODAY)
    for slug, course in register.courses.items():
        policy = next(each for each in registers[str(root)].policies if each.slug == slug)
        doubts = register.doubts(course.policy, register.findings)
        assert {v.number: v.stand for v in policy.versions} == {
            v.number: course.stand(v.number, TODAY) for v in course.policy.versions
        }
        for day in days:
            period, mine = course.in_force(day), policy.in_force(day)
            wanted = None if period is None or doubts else (period.version, period.start)
            assert (mine and (mine.version, mine.start)) == wanted


def test_both_databases_tell_the_same(database: str, tmp_path: Path, school: Way) -> None:
    root = on_disk(tmp_path / "school", school.files)
    registers, texts, _ = told(fresh(database, [root]))
    assert (registers, texts) == expected([root])
    told_of = registers[str(root)].policies[0]
    assert [(each.council, each.geleding, each.complete) for each in told_of.consents] == [
        ("mr", "ouders", False),
        ("mr", "personeel", False),
    ]


def test_another_day_is_judged_anew(database: str, tmp_path: Path, school: Way) -> None:
    root = on_disk(tmp_path / "school", school.files)
    fresh(database, [root])
    later = TODAY + timedelta(days=300)
    index = fresh(database, [root], later)
    assert told(index)[:2] == expected([root], later)


# --- freshening is the same as making anew ---------------------------------------------------------


class Board:
    """Two registers in git that are changed at random; always told by the same index."""

    def __init__(self, folder: Path, git: Git, seed: int) -> None:
        self.rng, self.git, self.folder = random.Random(seed), git, folder
        self.schools = {name: Way.begun(*PEOPLE) for name in ("noord", "zuid")}
        self.lost: dict[str, dict[str, bytes]] = {}
        for name, school in self.schools.items():
            school.day = "2026-01-02"
            school.register("0.1", text("Samen."))
            git("init", "-q", "-b", "main", cwd=on_disk(folder / name, school.files))
            self.save(name)

    @property
    def roots(self) -> list[Path]:
        return [self.folder / name for name in self.schools]

    def save(self, name: str) -> None:
        root = self.folder / name
        on_disk(root, self.schools[name].files)
        self.git("add", "-A", "-f", ".", cwd=root)
        self.git("commit", "-q", "--allow-empty", "-m", "stap", cwd=root)

    def change(self, kind: int) -> None:
        name = self.rng.choice(list(self.schools))
        root, school = self.folder / name, self.schools[name]
        school.day = (date.fromisoformat(school.day) + timedelta(days=1)).isoformat()
        getattr(self, KINDS[kind % len(KINDS)])(name, root, school)

    def register(self, name: str, root: Path, school: Way) -> None:
        policy = self.rng.choice([POLICY, OTHER])
        taken = [path for path in school.files if path.startswith(f"reglement/{policy}/versies/")]
        words = self.rng.choice(["Samen.", "Apart.", f"Nummer {self.rng.randrange(5)}."])
        school.register(f"0.{len(taken) + 7}", text(words), policy=policy)
        self.save(name)

    def working(self, name: str, root: Path, school: Way) -> None:
        school.files[f"reglement/{POLICY}/reglement.md"] = text(str(self.rng.randrange(9)))
        self.save(name)

    def damage(self, name: str, root: Path, school: Way) -> None:
        """One byte of a file on disk, which git does not know."""
        path = root / self.rng.choice([p for p in school.files if p.startswith(("appr", "regl"))])
        if path.exists() and path.stat().st_size:
            data = bytearray(path.read_bytes())
            data[self.rng.randrange(len(data))] ^= 1
            path.write_bytes(bytes(data))

    def remove(self, name: str, root: Path, school: Way) -> None:
        found = sorted(each for each in (root / "approvals").rglob("*.json"))
        if found:
            self.rng.choice(found).unlink()

    def drop_policy(self, name: str, root: Path, school: Way) -> None:
        for top in ("approvals", "reglement"):
            shutil.rmtree(root / top / OTHER, ignore_errors=True)

    def go_back(self, name: str, root: Path, school: Way) -> None:
        """The branch is moved by force to what it was a while ago, and grows on from there."""
        past = self.git("rev-list", "HEAD", cwd=root).split()
        self.git("reset", "-q", "--hard", self.rng.choice(past[:4]), cwd=root)

    def other_branch(self, name: str, root: Path, school: Way) -> None:
        self.git("checkout", "-q", "-f", "-B", f"tak-{self.rng.randrange(3)}", "HEAD~0", cwd=root)

    def nothing(self, name: str, root: Path, school: Way) -> None:
        """Other times, the same bytes."""
        for each in (root / "reglement").rglob("*.md"):
            each.touch()

    def vanish(self, name: str, root: Path, school: Way) -> None:
        (root / "beleid.toml").unlink(missing_ok=True)


KINDS = (
    "register", "register", "working", "damage", "remove", "drop_policy", "go_back", "other_branch",
    "nothing", "vanish",
)  # fmt: skip


@settings(PACE, max_examples=12)
@given(seed=st.integers(0, 2**32), kinds=st.lists(st.integers(0, 9), min_size=2, max_size=6))
def test_freshening_is_the_same_as_making_anew(
    tmp_path_factory: pytest.TempPathFactory, git: Git, seed: int, kinds: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("bestuur")
    board = Board(folder, git, seed)
    index = fresh(str(folder / "index.sqlite"), board.roots)
    for number, kind in enumerate(kinds):
        board.change(kind)
        freshen(index, board.roots, TODAY)
        anew = fresh(str(folder / f"anew-{number}.sqlite"), board.roots)
        assert told(index) == told(anew)
        assert not compare(index, board.roots, TODAY)
    close_all()


@pytest.mark.parametrize("seed", range(3))
def test_freshening_is_the_same_as_making_anew_on_both(
    database: str, tmp_path: Path, git: Git, seed: int
) -> None:
    board = Board(tmp_path / "bestuur", git, seed)
    index = fresh(database, board.roots)
    for kind in random.Random(seed).choices(range(len(KINDS)), k=8):
        board.change(kind)
        freshen(index, board.roots, TODAY)
    anew = fresh(str(tmp_path / "anew.sqlite"), board.roots)
    assert told(index) == told(anew)


def test_what_this_clone_saw_and_misses_is_told_at_once(
    tmp_path: Path, git: Git, school: Way
) -> None:
    """Back to files and a commit that the index knows already; only the clone remembers that there was more."""
    root = on_disk(tmp_path / "school", school.files)
    git("init", "-q", "-b", "main", cwd=root)
    git("add", "-A", "-f", ".", cwd=root)
    git("commit", "-q", "-m", "een", cwd=root)
    index = fresh(str(tmp_path / "index.sqlite"), [root])
    freshen(index, [root], TODAY)
    assert told(index)[0][str(root)].condition is Condition.KLOPT
    school.register("0.3", text("Drie."))
    on_disk(root, school.files)
    git("add", "-A", "-f", ".", cwd=root)
    git("commit", "-q", "-m", "twee", cwd=root)
    examine(root, TODAY)
    git("reset", "-q", "--hard", "HEAD~1", cwd=root)
    freshen(index, [root], TODAY)
    assert told(index)[0][str(root)].condition is Condition.KLOPT_NIET
    assert compare(index, [root], TODAY) == []


# --- only what changed is read -----------------------------------------------------------------------


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The texts that are read for the index."""
    read: list[bytes] = []

    def counting(data: bytes) -> TextFacts:
        read.append(data)
        return read_text(data)

    monkeypatch.setattr("beleidsbeheer.actions.indexing.freshen.read_text", counting)
    return read


def test_only_what_changed_is_read_again(tmp_path: Path, school: Way, counted: list[bytes]) -> None:
    roots = [on_disk(tmp_path / name, school.files) for name in ("noord", "zuid")]
    index = index_at(str(tmp_path / "index.sqlite"))
    first = freshen(index, roots, TODAY)
    assert (len(first.read), first.texts, len(counted)) == (2, 2, 2)  # the same texts in both
    again = freshen(index, roots, TODAY)
    assert (again.read, again.same, len(counted)) == ([], 2, 2)
    for each in (roots[0] / "reglement").rglob("*.md"):
        each.touch()
    assert freshen(index, roots, TODAY).read == []
    school.register("0.3", text("Drie."))
    on_disk(roots[1], school.files)
    changed = freshen(index, roots, TODAY)
    assert (changed.read, changed.texts) == ([str(roots[1])], 1)
    assert counted[2:] == [text("Drie.")]
    assert freshen(index, roots, TODAY, anew=True).texts == 5


def test_a_text_that_nobody_has_any_more_goes(database: str, tmp_path: Path) -> None:
    one, two = Simulator.begun(), Simulator.begun()
    one.register("0.1", text("Van een."))
    one.register("0.2", text("Van beide."))
    two.register("0.1", text("Van beide."))
    roots = [on_disk(tmp_path / "een", one.files), on_disk(tmp_path / "twee", two.files)]
    index = fresh(database, roots)
    assert told(index)[2]["text"] == 2
    with index.writing() as writing:
        assert writing.forget(str(roots[0]))
        assert not writing.forget(str(roots[0]))
    registers, texts, counts = told(index)
    assert list(registers) == [str(roots[1])]
    assert counts["text"] == 1
    assert counts["words"] == counts["fragment"] == len(next(iter(texts.values())).placed)


def test_another_program_reads_all_texts_and_the_old_ones_go(
    database: str, tmp_path: Path, school: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy import text as sql

    root = on_disk(tmp_path / "school", school.files)
    counts = told(fresh(database, [root]))[2]
    for module in ("freshen", "judge", "compare"):
        monkeypatch.setattr(f"beleidsbeheer.actions.indexing.{module}.reader", lambda: "een later")
    index = fresh(database, [root])
    with index.reading() as reading:
        asked = sql("SELECT DISTINCT program FROM text JOIN version ON version.text_id = text.id")
        assert list(reading._connection.scalars(asked)) == ["een later"]
        asked = sql("SELECT (SELECT count(*) FROM text), (SELECT count(*) FROM words)")
        assert tuple(reading._connection.execute(asked).one()) == (counts["text"], counts["words"])
    assert compare(index, [root], TODAY) == []


# --- what does not hold is told, never hidden ----------------------------------------------------------


def test_a_register_that_does_not_hold_is_told_with_its_verdict(
    database: str, tmp_path: Path, school: Way
) -> None:
    broken = dict(school.files)
    path = next(each for each in broken if "/vaststelling-" in each and each.endswith(".json"))
    broken[path] = broken[path].replace(b"2026-02-01", b"2026-02-02")
    roots = [
        on_disk(tmp_path / "goed", school.files),
        on_disk(tmp_path / "stuk", broken),
        on_disk(tmp_path / "leeg", {"beleid.toml": b"niets = "}),
    ]
    index = fresh(database, roots)
    registers, _, _ = told(index)
    assert registers[str(roots[0])].condition is Condition.KLOPT
    wrong = registers[str(roots[1])]
    assert (wrong.condition, wrong.wrong) == (Condition.KLOPT_NIET, 2)  # and what rests on it
    assert wrong.policies[0].doubtful
    assert wrong.policies[0].in_force(TODAY) is None
    assert any(path in each.place for each in wrong.policies[0].findings)
    assert registers[str(roots[2])].condition is Condition.ONBEOORDEELD
    assert registers == expected(roots)[0]


def test_a_register_that_is_gone_stays_in_the_index_as_gone(
    database: str, tmp_path: Path, school: Way
) -> None:
    root = on_disk(tmp_path / "school", school.files)
    index = fresh(database, [root])
    shutil.rmtree(root)
    done = freshen(index, [root], TODAY)
    facts = told(index)[0][str(root)]
    assert facts.condition is Condition.ONBEOORDEELD
    assert "geen register" in facts.trouble
    assert facts.policies == ()
    assert done.unsound == [(str(root), Condition.ONBEOORDEELD)]


def test_a_register_that_is_gone_is_not_the_one_around_it(
    database: str, tmp_path: Path, school: Way
) -> None:
    outer = on_disk(tmp_path / "school", school.files)
    inner = on_disk(outer / "oud", school.files)
    index = fresh(database, [inner])
    shutil.rmtree(inner / "approvals")
    (inner / "beleid.toml").unlink()
    freshen(index, [inner], TODAY)
    assert told(index)[0][str(inner)].condition is Condition.ONBEOORDEELD


# --- comparing ----------------------------------------------------------------------------------------


SPOILS = {
    "DELETE FROM period": "wat wanneer geldt",
    "UPDATE policy SET title = 'x'": "de titel",
    "UPDATE version SET stand = 'concept'": "de versies",
    "UPDATE place SET line = 99": "staat anders in de index",
    "DELETE FROM words": "niet te zoeken",
    "UPDATE register SET entries = 1": "het aantal vastleggingen",
    "DELETE FROM register": "staat niet in de index",
    "DELETE FROM mention": "staat anders in de index",
    "UPDATE mention SET place = place + 1": "niet te zoeken",
    "UPDATE version SET text_id = NULL": "de versies",
    "UPDATE version SET text_id = (SELECT max(id) FROM text)": "de versies",
    "INSERT INTO text (sha256, program, size, title, trouble) SELECT sha256, 'x', size, title, trouble FROM text;"
    "UPDATE version SET text_id = (SELECT o.id FROM text o JOIN text t ON o.sha256 = t.sha256 AND o.id <> t.id"
    " WHERE t.id = text_id)": "de versies",
}


@pytest.mark.parametrize("spoil", SPOILS)
def test_comparing_names_what_differs_and_anew_mends_it(
    database: str, tmp_path: Path, school: Way, spoil: str
) -> None:
    from sqlalchemy import text as sql

    root = on_disk(tmp_path / "school", school.files)
    index = fresh(database, [root])
    assert compare(index, [root], TODAY) == []
    with index.writing() as writing:
        for each in spoil.split(";"):
            writing._connection.execute(sql(each))
    told_of = compare(index, [root], TODAY)
    assert any(SPOILS[spoil] in each.what for each in told_of), told_of
    freshen(index, [root], TODAY, anew=True)
    assert compare(index, [root], TODAY) == []


HOSTILE = {
    "nul": b'+++\ntitel = "a\\u0000b"\nverantwoordelijk = "x\\u0000"\n+++\n# R\n\n## Artikel 1. X\n\n1. y\n',
    "a law with a very long name": b"# R\n\n## Artikel 1. X\n\nZie artikel 3 van de Wet " + b"x" * 6000 + b".\n",
    "a document with a very long name": b"# R\n\n## Artikel 1. X\n\nZie het protocol " + b"y" * 6000 + b"ing.\n",
    "a very long heading": b"# R\n\n## Artikel 1. " + b"K" * 100_000 + b"\n\ntekst\n",
    "letters from everywhere": "# R\n\n## Artikel 1. 🙂\n\n1. \U0010ffff \u202e Ж 中 x\n".encode(),
    "nothing at all": b"",
    "no text": b"\xff\xfe\0",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_kept_as_it_is_told(database: str, tmp_path: Path, name: str) -> None:
    school = Simulator.begun()
    school.register("0.1", HOSTILE[name])
    school.files[f"reglement/{POLICY}/reglement.md"] = HOSTILE[name]
    root = on_disk(tmp_path / "map met 'rare' naam; --\n%", school.files)
    index = fresh(database, [root])
    assert told(index)[:2] == expected([root])
    assert compare(index, [root], TODAY) == []


def test_no_name_of_a_person_is_kept(tmp_path: Path) -> None:
    school = Way.ready()
    school.files["approvals/namen.toml"] = (
        b'schema = "beleidsbeheer.v1"\n\n[namen]\nsecretaris = "Xanthippe Zilverschoon"\n'
    )
    root = on_disk(tmp_path / "school", school.files)
    index: Index = fresh(str(tmp_path / "index.sqlite"), [root])
    with index.writing() as writing:
        writing.touch(str(root), "")
    found = [each.read_bytes() for each in tmp_path.glob("index.sqlite*")]
    assert found
    assert not any(b"Zilverschoon" in each for each in found)
