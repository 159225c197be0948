"""The register in this repository: the real privacyreglement, as its own tables have it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from beleidsbeheer.actions.reading import View, open_register
from beleidsbeheer.domain.course import Stand
from beleidsbeheer.domain.document import parse
from beleidsbeheer.domain.model import Verdict
from beleidsbeheer.domain.register import load
from beleidsbeheer.render.history import history_tables
from beleidsbeheer.render.history_json import tables_json
from beleidsbeheer.render.tables import as_raw_tables, as_tables
from beleidsbeheer.storage.history import history_problems

PROJECT = Path(__file__).parents[1]
POLICY = "privacyreglement"


@pytest.fixture(scope="module")
def view() -> View:
    return open_register(PROJECT, date.today())


def cell(view: View, table: str, row: int, column: str) -> str:
    """A raw cell of the old document. Names stand in the bron files only, so not in this test either."""
    policy = view.register.policies[POLICY]
    rows = [*(row for version in policy.versions for row in version.rows), *policy.adoptions]
    sources = [each.source for each in rows if each.source]
    found = next(each for each in sources if (each.table, each.number) == (table, row))
    return found.cells[column]


def names(view: View) -> list[str]:
    """The last words of the cells that hold a name of a person."""
    cells = (cell(view, "versies", 1, "Auteur"), cell(view, "vaststellingen", 1, "Naam"))
    return [text.split()[-1] for text in cells]


def test_every_entry_is_valid_and_nothing_is_wrong(view: View) -> None:
    assert {j.verdict for j in view.register.verification.judgements} == {Verdict.GELDIG}
    # the paper tells of consent by "MR" without a geleding, and not when the council was told of the decision
    assert [(f.rule, str(f.severity)) for f in view.findings] == [("aantastbaar", "waarschuwing")]
    assert "niet te bepalen" in view.findings[0].message
    assert view.sound


def test_git_shows_no_removal_as_far_as_it_goes_back(view: View) -> None:
    root = view.register.verification.root
    first = f"approvals/rooster/rooster-{root[:12]}.json"
    assert history_problems(PROJECT, first, view.register.files).problems == ()


def test_the_tables_are_those_of_the_document(view: View) -> None:
    versions, adoptions = as_tables(history_tables(view.register, view.register.policies[POLICY]))
    assert versions.head == ("Versie", "Status", "Datum", "Auteur", "Omschrijving")
    assert versions.rows[:2] == (
        (
            "0.1*",
            "Concept",
            "26-06-2018",
            cell(view, "versies", 1, "Auteur"),
            "Concept ter goedkeuring MR op 18 juni 2018",
        ),
        (
            "0.2*",
            "Definitieve versie",
            "06-07-2018",
            "Instemmingsbrief MR ontvangen",
            "Reglement door MR goedgekeurd op 18 juni 2018",
        ),
    )
    assert versions.rows[2][:2] == ("0.3", "Concept")
    assert adoptions.caption == "Vastgesteld door LOVK"
    assert adoptions.rows == (
        (
            "niet vastgelegd*",
            "10-10-2018",
            cell(view, "vaststellingen", 1, "Naam"),
            "Voorzitter bestuur LOVK",
        ),
    )


def test_the_raw_cells_are_kept_as_they_were(view: View) -> None:
    versions, adoptions = as_raw_tables(
        history_tables(view.register, view.register.policies[POLICY])
    )
    assert versions.head == ("Ver-sie", "Status", "Datum", "Auteur", "Omschrijving")
    assert versions.rows[1][1:4] == (
        "Definitieve ver-sie",
        "6-07-2018",
        "Instemmingsbrief MR ont-vangen",
    )
    name = cell(view, "vaststellingen", 1, "Naam")
    assert adoptions.rows == (("", "10-10-18", name, "Voorzitter bestuur LOVK"),)


def test_version_0_2_is_in_force_by_the_secretarys_reading(view: View) -> None:
    policy = view.register.policies[POLICY]
    assert [version.number for version in policy.versions] == ["0.1", "0.2", "0.3"]
    first, second, third = policy.versions
    assert first.text is None
    assert view.register.stand(policy, second.number) is Stand.GELDEND_OVERGENOMEN
    assert view.register.stand(policy, third.number) is Stand.CONCEPT
    in_force = view.register.in_force(policy)
    assert in_force is not None
    assert (in_force.version, in_force.start) == ("0.2", date(2018, 10, 1))
    assert tables_json(history_tables(view.register, policy))["vaststellingen"][0]["versie"] is None


def test_nothing_was_in_force_the_day_before(view: View) -> None:
    register = load(view.register.files, date(2018, 9, 30))
    assert register.in_force(register.policies[POLICY]) is None


def test_version_0_3_adds_one_article_and_one_term(view: View) -> None:
    old, new = (
        parse(view.register.files[f"reglement/{POLICY}/versies/{number}.md"])
        for number in ("0.2", "0.3")
    )
    assert set(new.front.raakt) - set(old.front.raakt) == {"personeelsobservatie"}
    numbers = [article.key for article in new.articles]
    assert [n for n in numbers if n not in [a.key for a in old.articles]] == ["13a"]
    assert numbers.index("13a") == numbers.index("13") + 1
    assert "8" not in numbers


def test_after_erasing_the_sources_all_still_counts_and_no_name_is_shown(view: View) -> None:
    files = {path: data for path, data in view.register.files.items() if "/bron-" not in path}
    register = load(files, date.today())
    assert register.sound
    tables = as_tables(history_tables(register, register.policies[POLICY]))
    shown = repr(tables)
    assert "bron gewist" in shown
    assert not [name for name in names(view) if name in shown]


def test_names_stand_in_erasable_files_only(view: View) -> None:
    """In the whole repository: neither an entry, nor a picture, a page or a test holds a name."""
    looked = 0
    for folder in ("approvals", "reglement", "src", "docs", "tests", "demo"):
        for path in (PROJECT / folder).rglob("*"):
            if path.is_file() and path.suffix != ".pyc" and not path.name.startswith("bron-"):
                text = path.read_bytes()
                assert not [name for name in names(view) if name.encode() in text], path
                looked += 1
    assert looked > 100


def test_there_is_no_private_key_in_the_repository() -> None:
    for folder in ("approvals", "reglement", "src", "docs"):
        for path in (PROJECT / folder).rglob("*"):
            if path.is_file():
                assert b"PRIVATE KEY" + b"-----" not in path.read_bytes(), path
