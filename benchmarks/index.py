"""What an index of many registers costs, and what a search in it takes; beside git grep and ripgrep over the same texts.

    .venv/bin/python benchmarks/index.py [--registers 20] [--policies 40] [--versions 5] [--sizes 2,5,10,20]
        [--database URL ...] [--folder FOLDER] [--seed 1] [--chart FILE.svg] [--peers-only]

The registers are made by ``schools.py`` in FOLDER and kept there. Every database (SQLite in FOLDER unless given) is measured at every size:
a build, freshening with nothing changed, on a new day, and after one new version in one register, sixty questions warm, and what lies on disk.
**In a PostgreSQL database the tables in the schema ``beleidsindex`` are thrown away.** Commands are processes of their own; the memory of a PostgreSQL
server is not counted. A line through the sizes says what 1,000 registers would cost, and whether it is a line.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sqlite3
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.chart import Chart, Series, svg
from benchmarks.growth import fit
from benchmarks.peers import ask, peers, percentiles
from benchmarks.processes import Used, beleid, measured
from benchmarks.questions import KINDS, Question, draw
from benchmarks.schools import School, in_force, register_next, schools

FULL = 1_000  # registers of a national view
_CHANGES = 5
_ASKED_BY_COMMAND = 10
_DROP_TABLES = """DO $$ DECLARE name text; BEGIN
FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'beleidsindex' LOOP
EXECUTE format('DROP TABLE IF EXISTS beleidsindex.%I CASCADE', name); END LOOP; END $$"""
_SEARCHES = Path(__file__).with_name("searches.py")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one size costs: times in seconds, memory and disk in MB. Of search: p50, p95, most; of a command the median."""

    registers: int
    build: Used
    unchanged: float
    changed: float
    new_day: float
    search: tuple[float, float, float]
    by_command: float
    disk: float


# what grows with the registers, as tables and charts name it
_COLUMNS: dict[str, Callable[[Cost], float]] = {
    "bouwen (s)": lambda each: each.build.wall,
    "bijwerken na één wijziging (s)": lambda each: each.changed,
    "bijwerken, niets gewijzigd (s)": lambda each: each.unchanged,
    "bijwerken op een nieuwe dag (s)": lambda each: each.new_day,
    "zoeken, p95 (ms)": lambda each: 1000 * each.search[1],
    "index op schijf (MB)": lambda each: each.disk,
    "geheugen bij bouwen (MB)": lambda each: each.build.peak,
}
_DRAWN = (
    "bouwen (s)",
    "bijwerken na één wijziging (s)",
    "zoeken, p95 (ms)",
    "index op schijf (MB)",
)


def main() -> None:
    options = _options()
    numbers = (options.registers, options.policies, options.versions, options.seed)
    registers = options.folder / "scholen"
    made = schools(registers, *numbers)
    current = _texts_in_force(made, options.folder / "geldend")
    texts = [path.read_text(encoding="utf-8") for path in sorted(current.rglob("*.md"))]
    questions = draw(texts, options.seed)
    total = sum(path.stat().st_size for path in registers.glob("*/reglement/*/versies/*.md"))
    print(
        f"{options.registers} registers × {options.policies} policies × {options.versions} versions,",
        end=" ",
    )
    print(f"seed {options.seed}: {total / 1e6:.0f} MB of texts, of which {len(texts)} in force\n")
    _show_peers(made, current, questions)
    if options.peers_only:
        return
    measures: dict[str, list[Cost]] = {}
    for url in options.database or [f"sqlite:///{options.folder / 'index.sqlite'}"]:
        name = _name(url)
        measures[name] = []
        for size in options.sizes:
            made = schools(
                registers, *numbers
            )  # as they were made: what was registered since is undone
            measures[name].append(_cost(url, made[:size], questions, options.seed))
            _show_row(name, measures[name][-1])
        _show_growth(name, measures[name])
    if len(options.sizes) > 1:
        options.chart.write_text(_drawn(measures), encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--registers", type=int, default=20)
    parser.add_argument("--policies", type=int, default=40)
    parser.add_argument("--versions", type=int, default=5)
    parser.add_argument("--sizes", type=_sizes, default=[2, 5, 10, 20], help="registers, as 2,5,10")
    parser.add_argument(
        "--database", action="append", metavar="URL", help="may be given more often"
    )
    usual = Path(tempfile.gettempdir()) / "beleidsbeheer-index"
    parser.add_argument("--folder", type=Path, default=usual, help=f"[{usual}]")
    parser.add_argument("--seed", type=int, default=1)
    chart = Path(__file__).resolve().parent.parent / "docs" / "opschalen.svg"
    parser.add_argument("--chart", type=Path, default=chart)
    parser.add_argument("--peers-only", action="store_true", help="no index, only the other tools")
    options = parser.parse_args()
    if options.sizes[-1] > options.registers:
        parser.error("--sizes asks for more than --registers")
    options.folder = options.folder.resolve()
    options.folder.mkdir(parents=True, exist_ok=True)
    return options


def _sizes(text: str) -> list[int]:
    return sorted({int(each) for each in text.split(",")})


def _name(url: str) -> str:
    return "PostgreSQL" if url.startswith("postgresql") else "SQLite"


# --- the other tools -----------------------------------------------------------------------------------------


def _texts_in_force(made: Sequence[School], folder: Path) -> Path:
    """A folder with only the texts in force, so that a tool that knows no dates can be compared."""
    shutil.rmtree(folder, ignore_errors=True)
    for school in made:
        for slug, path in in_force(school).items():
            target = folder / school.folder.name / f"{slug}.md"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    return folder


def _show_peers(made: Sequence[School], current: Path, questions: Sequence[Question]) -> None:
    print(
        "| ms a question, whole processes | p50 | p95 | most |",
        *(f" {kind} |" for kind in KINDS),
        sep="",
    )
    print("|---|" + "---:|" * (3 + len(KINDS)))
    for name, command in peers([each.folder for each in made], current):
        answers = ask(command, questions)
        by_kind = defaultdict(list)
        for each in answers:
            by_kind[each.kind].append(each.seconds)
        kinds = [statistics.median(by_kind[kind]) for kind in KINDS]
        print(_row(name, *(1000 * s for s in (*percentiles([a.seconds for a in answers]), *kinds))))
    if shutil.which("rg") is None:
        print("\nripgrep is not installed: not compared")
    print()


def _row(name: str, *values: float) -> str:
    return (
        "| " + " | ".join([name, *(f"{v:.0f}" if v >= 20 else f"{v:.2g}" for v in values)]) + " |"
    )


# --- the index -----------------------------------------------------------------------------------------------


def _cost(url: str, made: Sequence[School], questions: Sequence[Question], seed: int) -> Cost:
    """Everything that is measured at one size, from an empty database on."""
    _empty(url)
    command = beleid("index", "--database", url)
    for school in made:
        command += ["--register", str(school.folder)]
    build = measured(command, fine=(0, 1))  # 1: a damaged register is indexed with its verdict
    unchanged = [measured(command, fine=(0, 1)).wall for _ in range(3)]
    changed, rng = [], random.Random(f"wijzigingen {seed}")
    for number in range(_CHANGES):
        register_next(made[number * len(made) // _CHANGES], rng)
        changed.append(measured(command, fine=(0, 1)).wall)
    return Cost(
        registers=len(made),
        build=build,
        unchanged=statistics.median(unchanged),
        changed=statistics.median(changed),
        new_day=_on_a_new_day(url, command),
        search=_warm(url, questions),
        by_command=_by_command(url, questions),
        disk=_disk(url),
    )


def _on_a_new_day(url: str, command: Sequence[str]) -> float:
    """Freshening when the index was last looked at on an earlier day: every register is judged again."""
    earlier = "UPDATE {}register SET day = '2000-01-01'"
    if _name(url) == "SQLite":
        with closing(sqlite3.connect(_file(url))) as connection, connection:
            connection.execute(earlier.format(""))
    else:
        _postgres(url, earlier.format("beleidsindex."))
    return measured(command, fine=(0, 1)).wall


def _warm(url: str, questions: Sequence[Question]) -> tuple[float, float, float]:
    """p50, p95 and most of all questions in all warm rounds, in one process of its own."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump([each.typed for each in questions], file)
        file.flush()
        told = measured([sys.executable, str(_SEARCHES), url, file.name]).said
    return percentiles([seconds for each in json.loads(told) for seconds in each["warm"]])


def _by_command(url: str, questions: Sequence[Question]) -> float:
    """The median of ``beleid zoek`` as people run it, starting up included."""
    some = questions[:: len(questions) // _ASKED_BY_COMMAND]
    commands = (beleid("zoek", each.typed, "--database", url, "--json") for each in some)
    return statistics.median(measured(each, fine=(0, 1)).wall for each in commands)


def _empty(url: str) -> None:
    """No index there any more. Stops at a schema that is not ours."""
    if _name(url) == "SQLite":
        for ending in ("", "-wal", "-shm"):
            Path(_file(url) + ending).unlink(missing_ok=True)
    else:
        tables = _postgres(url, "SELECT count(*) FROM pg_tables WHERE schemaname = 'beleidsindex'")
        about = "SELECT obj_description(to_regclass('beleidsindex.kenmerk'), 'pg_class')"
        if tables != "0" and _postgres(url, about) != "index van beleidsbeheer":
            sys.exit("the schema beleidsindex in this database is not of an index")
        _postgres(url, _DROP_TABLES)


def _disk(url: str) -> float:
    """MB that the index takes: its file, or its tables with their indexes."""
    if _name(url) == "SQLite":
        paths = (Path(_file(url) + ending) for ending in ("", "-wal"))
        return sum(path.stat().st_size for path in paths if path.exists()) / 1e6
    asked = (
        "SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c JOIN pg_namespace n"
        " ON n.oid = c.relnamespace WHERE n.nspname = 'beleidsindex' AND c.relkind = 'r'"
    )
    return float(_postgres(url, asked)) / 1e6


def _file(url: str) -> str:
    return url.removeprefix("sqlite:///")


def _postgres(url: str, statement: str) -> str:
    """What one statement gives, as text; empty when it gives nothing."""
    import psycopg

    with psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://", 1)) as connection:
        cursor = connection.execute(statement.encode())
        row = cursor.fetchone() if cursor.description else None
        return str(row[0]) if row else ""


# --- told ----------------------------------------------------------------------------------------------------


def _show_row(name: str, cost: Cost) -> None:
    p50, p95, most = (1000 * seconds for seconds in cost.search)
    part = 100 * cost.changed / cost.build.wall
    print(
        f"{name}, {cost.registers} registers: build {cost.build.wall:.1f} s ({cost.build.cpu:.1f} s CPU,"
        f" {cost.build.peak:.0f} MB); nothing changed {cost.unchanged:.2f} s; new day {cost.new_day:.1f} s; one change {cost.changed:.2f} s"
        f" ({part:.2f}% of a build; aim < 1%); search p50 {p50:.1f}, p95 {p95:.1f}, most {most:.1f} ms"
        f" (aim p95 < 50 ms); beleid zoek {cost.by_command:.2f} s; {cost.disk:.1f} MB on disk",
        flush=True,
    )


def _show_growth(name: str, costs: Sequence[Cost]) -> None:
    """The line through the sizes, and what the full size costs by it."""
    if len(costs) < 2:
        return
    sizes = [each.registers for each in costs]
    measured_at = " | ".join(str(each) for each in sizes)
    print(f"\n| {name}, registers | {measured_at} | each more | {FULL} | a line? |")
    print("|---|" + "---:|" * (len(sizes) + 2) + "---|")
    for title, column in _COLUMNS.items():
        values = [column(each) for each in costs]
        line = fit(sizes, values)
        bend = f"last slope {line.last:.3g}" if not line.straight else "yes"
        told = f"{bend}, strays {100 * line.strayed:.0f}%"
        print(_row(title, *values, line.each, line.at(FULL)) + f" {told} |")
    print()


def _drawn(measures: dict[str, list[Cost]]) -> str:
    charts = []
    for title in _DRAWN:
        column = _COLUMNS[title]
        lines = [
            Series(name, tuple((each.registers, column(each)) for each in costs))
            for name, costs in measures.items()
        ]
        charts.append(Chart(title[:1].upper() + title[1:], "registers", tuple(lines)))
    return svg(charts, "Wat een index kost naar het aantal registers")


if __name__ == "__main__":
    main()
