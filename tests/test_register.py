"""What the counted entries mean on a day: versions, what is in force, paper rows; and hostile files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beleidsbeheer.domain.course import Course
from beleidsbeheer.domain.entry import digest_of
from beleidsbeheer.domain.history import ADOPTIONS, source_path
from beleidsbeheer.domain.ledger import Policy, SourceState
from beleidsbeheer.domain.model import text_path, working_path
from beleidsbeheer.domain.register import Register, load
from beleidsbeheer.errors import EntryError
from simulator import RULES, SECRETARY, TODAY, Person, Simulator

NAME = "privacyreglement"
ERIC = Person("eric", ("secretaris",))


def policy(school: Simulator, today: date = TODAY) -> Policy:
    return school.load(today).policies[NAME]


def course(school: Simulator, today: date = TODAY) -> Course:
    return school.load(today).courses[NAME]


def stands(school: Simulator, today: date = TODAY) -> dict[str, str]:
    found = course(school, today)
    return {each.number: str(found.stand(each.number, today)) for each in found.policy.versions}


def rules(register: Register) -> Sequence[str]:
    return sorted(finding.rule for finding in register.findings)


# --- versions -------------------------------------------------------------------------------------------


def test_an_empty_folder_is_a_register_without_anything() -> None:
    register = load({}, TODAY)
    assert (dict(register.policies), register.settings, register.sound) == ({}, None, False)
    assert rules(register) == ["wortel"]


def test_a_fresh_register_is_sound() -> None:
    register = Simulator.begun().load()
    assert register.sound
    assert register.settings is not None
    assert register.settings.organisation == "De Proefschool"


def test_versions_stand_in_the_order_of_their_numbers() -> None:
    school = Simulator.begun()
    for number in ("0.10", "1.0", "0.2", "0.9.1", "10.0", "0.9"):
        school.register(number)
    assert [*stands(school)] == ["0.2", "0.9", "0.9.1", "0.10", "1.0", "10.0"]
    latest = policy(school).latest
    assert latest is not None
    assert latest.number == "10.0"


@pytest.mark.parametrize("number", ["1", "1.0.0", "01.0", "1.00", "1.0.0.1"])
def test_a_number_has_one_spelling(number: str) -> None:
    school = Simulator.begun()
    with pytest.raises(EntryError, match="versienummer"):
        school.register(number)


def test_a_registered_text_is_a_concept() -> None:
    school = Simulator.begun()
    entry = school.register("0.1", b"# Een\n")
    (version,) = policy(school).versions
    assert (
        version.registration,
        str(school.load().courses[NAME].stand(version.number, TODAY)),
    ) == (entry, "concept")
    assert version.text == entry.texts[0]


def test_a_version_that_does_not_count_is_not_there() -> None:
    school = Simulator.begun()
    entry = school.register("0.1")
    school.repudiate(entry)
    register = school.load()
    assert NAME not in register.policies
    assert register.sound  # it was put right: nothing is left to do


def test_the_first_of_two_equal_registrations_is_shown() -> None:
    school = Simulator.begun()
    late = school.register("0.1", datum="2026-03-01")
    early = school.register("0.1", datum="2026-02-01")
    (version,) = policy(school).versions
    assert version.registration == early != late


def test_policies_are_apart() -> None:
    school = Simulator.begun()
    school.register("0.1")
    school.register("0.1", policy="pestprotocol")
    assert [*school.load().policies] == ["pestprotocol", NAME]


# --- the working text -----------------------------------------------------------------------------------


def test_a_new_text_is_seen() -> None:
    school = Simulator.begun()
    school.register("0.1", b"# Een\n")
    assert not policy(school).has_new_text
    school.files[working_path(NAME)] = b"# Een\n"
    assert not policy(school).has_new_text
    school.files[working_path(NAME)] = b"# Twee\n"
    assert policy(school).has_new_text


def test_going_back_to_an_older_text_is_a_new_text() -> None:
    school = Simulator.begun()
    school.register("0.1", b"# Een\n")
    school.register("0.2", b"# Twee\n")
    school.files[working_path(NAME)] = b"# Een\n"
    assert policy(school).has_new_text


def test_a_policy_that_nobody_registered_yet() -> None:
    school = Simulator.begun()
    school.files[working_path(NAME)] = b"# Een\n"
    assert policy(school).versions == ()
    assert policy(school).latest is None
    assert policy(school).has_new_text


# --- readings -------------------------------------------------------------------------------------------


def test_a_reading_puts_a_version_in_force_from_its_day() -> None:
    school = Simulator.begun()
    school.take_over("0.2")
    reading = school.read_as("0.2", "2026-09-01")
    assert stands(school, date(2026, 8, 31)) == {"0.2": "toekomstig (overgenomen)"}
    assert course(school).in_force(date(2026, 8, 31)) is None
    assert stands(school, date(2026, 9, 1)) == {"0.2": "geldend (overgenomen)"}
    in_force = course(school).in_force(date(2026, 9, 1))
    assert in_force is not None
    assert in_force.entry == reading


def test_a_reading_that_is_signed_later_than_today_is_not_there() -> None:
    school = Simulator.begun()
    school.take_over("0.2")
    school.read_as("0.2", "2018-10-01", datum="2026-06-01")
    assert stands(school, date(2026, 5, 31)) == {"0.2": "overgenomen"}
    assert stands(school, date(2026, 6, 1)) == {"0.2": "geldend (overgenomen)"}


def test_a_later_reading_replaces_an_earlier_one() -> None:
    school = Simulator.begun()
    school.take_over("0.1", row=1)
    school.take_over("0.2", row=2)
    school.read_as("0.2", "2019-01-01")
    school.read_as("0.1", "2018-01-01")
    assert stands(school) == {"0.1": "vervangen (overgenomen)", "0.2": "geldend (overgenomen)"}
    on = course(school).in_force(date(2018, 12, 31))
    assert on is not None
    assert on.version == "0.1"
    assert course(school).in_force(date(2017, 12, 31)) is None


def test_a_reading_ends_after_its_last_day() -> None:
    school = Simulator.begun()
    school.take_over("0.2")
    school.read_as("0.2", "2018-10-01", "2020-07-31")
    assert course(school).in_force(date(2020, 7, 31)) is not None
    assert course(school).in_force(date(2020, 8, 1)) is None


def test_an_ended_reading_does_not_bring_back_the_one_before() -> None:
    school = Simulator.begun()
    school.take_over("0.1", row=1)
    school.take_over("0.2", row=2)
    school.read_as("0.1", "2018-01-01")
    school.read_as("0.2", "2019-01-01", "2019-12-31")
    assert course(school).in_force(TODAY) is None


def test_readings_that_contradict_each_other_put_nothing_in_force() -> None:
    school = Simulator.begun()
    school.take_over("0.1", row=1)
    school.take_over("0.2", row=2)
    school.read_as("0.1", "2018-10-01")
    school.read_as("0.2", "2018-10-01")
    register = school.load()
    assert register.courses[NAME].in_force(TODAY) is None
    assert rules(register) == ["lezing"]
    assert not register.sound


def test_two_ends_for_one_reading_put_nothing_in_force_after_the_first() -> None:
    school = Simulator.begun()
    school.take_over("0.2")
    for end in ("", "2020-07-31", "2025-07-31"):
        school.read_as("0.2", "2018-10-01", end)
    assert course(school).in_force(date(2020, 7, 31)) is not None
    assert course(school).in_force(date(2020, 8, 1)) is None


def test_a_reading_of_a_version_that_is_not_there() -> None:
    school = Simulator.begun()
    school.take_over("0.1")
    school.read_as("0.2", "2018-10-01")
    assert rules(school.load()) == ["lezing"]


# --- paper rows -----------------------------------------------------------------------------------------


def test_a_paper_row_shows_its_cells() -> None:
    school = Simulator.begun()
    school.take_over("0.1")
    (version,) = policy(school).versions
    (row,) = version.rows
    assert row.state is SourceState.AANWEZIG
    assert row.source is not None
    assert row.source.cells == {"Versie": "0.1"}
    assert (version.text, str(school.load().courses[NAME].stand(version.number, TODAY))) == (
        None,
        "overgenomen",
    )


def bron_path(school: Simulator) -> str:
    return next(path for path in school.files if "/bron-" in path)


def test_an_erased_source_leaves_the_row_valid() -> None:
    school = Simulator.begun()
    entry = school.take_over("0.1")
    del school.files[bron_path(school)]
    (row,) = policy(school).versions[0].rows
    assert (row.state, row.source) == (SourceState.GEWIST, None)
    assert school.counts(entry)
    assert school.load().sound


def test_a_changed_source_is_not_shown() -> None:
    school = Simulator.begun()
    entry = school.take_over("0.1")
    school.files[bron_path(school)] += b"# hoi\n"
    (row,) = policy(school).versions[0].rows
    assert (row.state, row.source) == (SourceState.GEWIJZIGD, None)
    assert school.counts(entry)
    assert rules(school.load()) == ["bron"]


@pytest.mark.parametrize(
    "data", [b"", b"\xff", b"rij = inf\n", b"rij = 9" + b"9" * 5000, b"a = " + b"[" * 9999]
)
def test_an_unreadable_source_that_was_signed_as_such(data: bytes) -> None:
    school = Simulator.begun()
    bron = {"sha256": digest_of(data), "document": "d" * 64}
    school.files[source_path(NAME, digest_of(data))] = data
    over = {"beleid": NAME, "versie": "0.1"}
    school.sign(SECRETARY, "secretaris", "overname", over=over, tabel="versies", rij=1, bron=bron)
    (row,) = policy(school).versions[0].rows
    assert (row.state, row.source) == (SourceState.ONLEESBAAR, None)
    assert rules(school.load()) == ["bron"]


def test_rows_stand_in_the_order_of_the_source() -> None:
    school = Simulator.begun()
    for row in (3, 1, 2):
        school.take_over(row=row)
    school.take_over("0.2", row=9, table=ADOPTIONS)
    found = policy(school)
    assert [row.entry.fields["rij"] for row in found.unnumbered] == [1, 2, 3]
    assert [row.entry.version for row in found.adoptions] == ["0.2"]
    assert found.versions == ()


def test_a_registration_and_a_paper_row_of_one_version_are_one_version() -> None:
    school = Simulator.begun()
    school.take_over("0.1")
    entry = school.register("0.1")
    (version,) = policy(school).versions
    assert (version.registration, len(version.rows)) == (entry, 1)


# --- what people wrote by hand --------------------------------------------------------------------------


def test_unreadable_settings_are_a_finding_beside_the_rest() -> None:
    school = Simulator.begun()
    school.register("0.1")
    school.files["beleid.toml"] = b"a = "
    register = school.load()
    assert register.settings is None
    assert "onleesbaar" in rules(register)
    assert [*register.policies] == [NAME]


def test_unreadable_names_are_a_finding_beside_the_rest() -> None:
    school = Simulator.begun()
    school.register("0.1")
    school.files["approvals/namen.toml"] = b"[personen]\nan = 3\n"
    register = school.load()
    assert (dict(register.names), rules(register)) == ({}, ["onleesbaar"])


# --- hostile files --------------------------------------------------------------------------------------


def lived() -> dict[str, bytes]:
    school = Simulator.begun(SECRETARY, ERIC)
    school.register("0.1")
    school.take_over("0.2")
    school.read_as("0.2", "2018-10-01")
    school.succeed(SECRETARY, ERIC)
    school.repudiate(school.register("0.3", by=ERIC))
    school.confirm(ERIC)
    school.files["approvals/namen.toml"] = b'[personen]\neric = "E. E."\n'
    school.files[working_path(NAME)] = b"# Reglement\n"
    return school.files


LIVED = lived()
COUNTED = set(load(LIVED, TODAY).verification.counted)
PATHS = sorted(LIVED)
# a broken roster or repudiation can free what it held; so what decides who may sign is kept below
KEPT = {path: LIVED[path] for path in PATHS if path.startswith("approvals/rooster/")}
FOLDERS = [
    "",
    "approvals/",
    "approvals/rooster/",
    f"approvals/{NAME}/0.1/",
    "reglement/",
    "reglement//",
    "/",
    "../",
]
ENDS = [".json", ".json.sig", ".toml", ".md", "/reglement.md", "/versies/1.md", ".sig", ""]
PACE = settings(deadline=None, suppress_health_check=list(HealthCheck))
odd_paths = st.sampled_from(PATHS) | st.builds(
    lambda folder, name, end: folder + name + end,
    st.sampled_from(FOLDERS),
    st.text(max_size=12) | st.sampled_from(["registratie-000000000000", "rooster-0", "..", "con"]),
    st.sampled_from(ENDS),
)
odd_bytes = st.binary(max_size=60) | st.sampled_from(
    [*LIVED.values(), b"", RULES, b"{}\n", b"[" * 65536]
)


@PACE
@given(st.dictionaries(odd_paths, odd_bytes, max_size=8), st.text(max_size=64))
def test_garbage_is_judged_and_counts_for_nothing(files: dict[str, bytes], root: str) -> None:
    for register in (load(files, TODAY), load(files, TODAY, root)):
        assert set(register.verification.counted) <= COUNTED


@PACE
@given(st.dictionaries(odd_paths, odd_bytes, max_size=5))
def test_garbage_in_a_register_makes_nothing_more_count(garbage: dict[str, bytes]) -> None:
    load(LIVED | garbage, TODAY)
    register = load(LIVED | garbage | KEPT, TODAY)
    assert set(register.verification.counted) <= COUNTED


@PACE
@given(st.data())
def test_a_mutated_register_is_judged_and_counts_no_more(data: st.DataObject) -> None:
    files = dict(LIVED)
    for path in data.draw(st.sets(st.sampled_from(PATHS), min_size=1, max_size=4)):
        whole = files[path]
        at = data.draw(st.integers(0, len(whole)))
        cut = data.draw(st.integers(0, 3))
        files[path] = whole[:at] + data.draw(st.binary(max_size=3)) + whole[at + cut :]
    load(files, TODAY)
    assert set(load(files | KEPT, TODAY).verification.counted) <= COUNTED


@PACE
@given(st.dates())
def test_every_day_can_be_asked_for(today: date) -> None:
    register = load(LIVED, today)
    if today >= date(2026, 1, 1):
        assert set(register.verification.counted) == COUNTED
    else:
        assert not register.verification.counted


def test_a_frozen_text_that_nobody_registered_is_a_notice() -> None:
    school = Simulator.begun()
    school.files[text_path(NAME, "0.1")] = b"# Los\n"
    register = school.load()
    assert rules(register) == ["losse-tekst"]
    assert register.sound
