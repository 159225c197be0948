"""beleid.toml and namen.toml: what people write by hand is read as meant or refused with a place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleidsbeheer.domain.model import Council, Geleding, slug_defect
from beleidsbeheer.domain.settings import (
    COLUMNS,
    PROFILES,
    SECTORS,
    Arrangement,
    Body,
    Holiday,
    Majority,
    Settings,
    TableStyle,
    Terms,
    print_settings,
    read_names,
    read_settings,
)
from beleidsbeheer.domain.toml import read_toml
from beleidsbeheer.errors import UnreadableInput
from simulator import RULES

TEXT = RULES.decode()

EVERYTHING = """schema = "beleidsbeheer.v1"

[organisatie]
naam = "De Proefschool"
sector = "vo"

[tabel]
profiel = "cvdr"
kolommen = ["versie", "datum", "betreft"]

[tabel.kopjes]
versie = "Vers."

[organen.mr]
naam = "MR"
eigen_handtekening = true
handtekeningen = 2
meerderheid = "twee-derde"

[organen.mr.quorum]
personeel = 2
geheel = 5

[organen.gmr]
naam = "GMR"

[bestuur]
eigen_handtekening = true

[redactioneel]
toegestaan = true
grondslag = "MR-reglement artikel 9"

[termijnen]
instemming_weken = 6
herziening_maanden = 24
bekendmaking_dagen = 14

[[vakanties]]
naam = "kerst"
van = 2026-12-19
tot_en_met = 2027-01-03

[[afspraken]]
onderwerp = "schoolgids"
geledingen = ["ouders", "leerlingen"]
grondslag = "MR-reglement artikel 12"
van = 2026-01-01
tot_en_met = 2027-12-31
"""


def refused(text: str | bytes) -> UnreadableInput:
    with pytest.raises(UnreadableInput) as caught:
        read_settings(text.encode() if isinstance(text, str) else text)
    assert caught.value.message.startswith("beleid.toml")
    return caught.value


def test_settings_are_read() -> None:
    settings = read_settings(RULES)
    assert (settings.organisation, settings.sector) == ("De Proefschool", "po")
    assert settings.bodies == (Body(Council.MR, "MR"),)
    assert settings.table == TableStyle("kennisnet", {}, ())


def test_what_is_not_written_is_as_usual() -> None:
    expected = Settings("De Proefschool", "po", (Body(Council.MR, "MR"),))
    assert read_settings(RULES) == expected
    assert expected.terms == Terms(None, None, None, ())


def test_a_register_without_bodies_is_readable() -> None:
    assert read_settings(TEXT.partition("[organen")[0].encode()).bodies == ()


def test_everything_is_read() -> None:
    settings = read_settings(EVERYTHING.encode())
    mr = settings.body(Council.MR)
    assert mr == Body(
        Council.MR,
        "MR",
        own_signature=True,
        signatures=2,
        quorum={Geleding.PERSONEEL: 2, Geleding.GEHEEL: 5},
        majority=Majority.TWEE_DERDE,
    )
    assert settings.body(Council.GMR) == Body(Council.GMR, "GMR")
    assert settings.table == TableStyle("cvdr", {"versie": "Vers."}, ("versie", "datum", "betreft"))
    assert (settings.board_own_signature, settings.editorial) == (True, True)
    assert settings.editorial_basis == "MR-reglement artikel 9"
    christmas = Holiday(date(2026, 12, 19), date(2027, 1, 3), "kerst")
    assert settings.terms == Terms(6, 24, 14, (christmas,))
    assert settings.arrangements == (
        Arrangement(
            "schoolgids",
            (Geleding.OUDERS, Geleding.LEERLINGEN),
            "MR-reglement artikel 12",
            date(2026, 1, 1),
            date(2027, 12, 31),
        ),
    )


def test_a_council_that_takes_no_part_has_no_rules() -> None:
    assert read_settings(RULES).body(Council.GMR) is None


def test_not_utf_8_names_the_line() -> None:
    assert refused(b"a = 1\n" + RULES.replace(b"De ", b"D\xe9 ")).message.startswith(
        "beleid.toml:5:"
    )


def test_broken_toml_names_the_line() -> None:
    assert "line 4" in refused(TEXT.replace('"De Proefschool"', "De Proefschool")).message


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('"beleidsbeheer.v1"', '"beleidsbeheer.v2"', "schema"),
        ('schema = "beleidsbeheer.v1"', "", "schema"),
        ('"po"', '"hbo"', "po, so, vo, vso"),
        ('"po"', "1", "sector"),
        ('"po"', '["po"]', "sector"),
        ('"De Proefschool"', '"  "', "naam"),
        ('"De Proefschool"', "7", "naam"),
        ('"De Proefschool"', '"De\\nProefschool"', "naam"),
        ('"De Proefschool"', '"De\\u202eProefschool"', "naam"),
        ("[organisatie]", "[organisaties]", "organisaties"),
        ("[organisatie]", "[extra]\na = 1\n[organisatie]", "extra"),
        ('sector = "po"', 'sector = "po"\nplaats = "Den Haag"', "plaats"),
        ("[organen.mr]", '[organen."M R"]', "M R"),
        ("[organen.mr]", "[organen.raad]", "organen.raad"),
        ("[organen.mr]", "[organen]\nmr = 1\n[tabel]", "organen: het deel [mr]"),
        ('naam = "MR"', 'naam = "MR"\nquorum = 3', "quorum"),
        ('naam = "MR"', 'naam = "MR"\n[tabel]\nprofiel = "eigen"', "kennisnet, cvdr, kort"),
    ],
)
def test_what_cannot_be_meant(old: str, new: str, word: str) -> None:
    assert old in TEXT
    assert word in refused(TEXT.replace(old, new, 1)).message


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        # table
        ('["versie", "datum", "betreft"]', '"versie"', "tabel: kolommen moet een lijst"),
        ('["versie", "datum", "betreft"]', '["prijs"]', "kolommen: kies uit versie, status"),
        ('["versie", "datum", "betreft"]', "[1]", "kolommen: kies uit"),
        ('["versie", "datum", "betreft"]', '["datum", "datum"]', "in kolommen staat iets dubbel"),
        ('versie = "Vers."', 'prijs = "Vers."', "tabel.kopjes, 'prijs': kies uit versie, status"),
        ('versie = "Vers."', 'versie = ""', "tabel.kopjes: versie"),
        ('versie = "Vers."', "versie = 1", "tabel.kopjes: versie"),
        ('profiel = "cvdr"', 'vorm = "cvdr"', "tabel: 'vorm' is hier niet bekend"),
        # councils and board
        (
            "eigen_handtekening = true",
            'eigen_handtekening = "ja"',
            "organen.mr: eigen_handtekening",
        ),
        ("eigen_handtekening = true", "eigen_handtekening = 1", "true of false"),
        ("handtekeningen = 2", "handtekeningen = 0", "van 1 tot en met 20"),
        ("handtekeningen = 2", "handtekeningen = 21", "organen.mr: handtekeningen"),
        ("handtekeningen = 2", "handtekeningen = true", "heel getal"),
        ("handtekeningen = 2", "handtekeningen = 2.0", "heel getal"),
        ('"twee-derde"', '"unaniem"', "meerderheid: kies uit gewoon, volstrekt, twee-derde"),
        ('"twee-derde"', "[]", "meerderheid"),
        ("personeel = 2", "directie = 2", "organen.mr.quorum: 'directie'"),
        ("personeel = 2", "personeel = 0", "organen.mr.quorum: personeel"),
        ("personeel = 2", "personeel = 201", "van 1 tot en met 200"),
        ("[bestuur]", "[bestuur]\nnaam = 1", "bestuur: 'naam'"),
        # editorial changes
        ('grondslag = "MR-reglement artikel 9"', "", "redactioneel: grondslag ontbreekt"),
        ('"MR-reglement artikel 9"', '" "', "redactioneel: grondslag"),
        ('"MR-reglement artikel 9"', f'"{"x" * 201}"', "ten hoogste 200 tekens"),
        ("toegestaan = true", 'toegestaan = "ja"', "redactioneel: toegestaan"),
        ("toegestaan = true", "mag = true", "redactioneel: 'mag'"),
        # terms
        ("instemming_weken = 6", "instemming_weken = 53", "termijnen: instemming_weken"),
        ("herziening_maanden = 24", "herziening_maanden = 121", "van 1 tot en met 120"),
        ("bekendmaking_dagen = 14", "bekendmaking_dagen = 366", "van 1 tot en met 365"),
        ("bekendmaking_dagen = 14", "bekendmaking_weken = 2", "termijnen: 'bekendmaking_weken'"),
        ("van = 2026-12-19", 'van = "2026-12-19"', "vakanties 1: van"),
        ("van = 2026-12-19", "van = 2026-12-19T10:00:00", "vakanties 1: van"),
        ("van = 2026-12-19", "", "vakanties 1: van ontbreekt"),
        ("tot_en_met = 2027-01-03", "tot_en_met = 2026-12-18", "tot_en_met ligt vóór van"),
        ("[[vakanties]]", "[vakanties]", "[[vakanties]]"),
        ('naam = "kerst"', "naam = 1", "vakanties 1: naam"),
        ('naam = "kerst"', 'reden = "kerst"', "vakanties 1: 'reden'"),
        # arrangements
        ('"schoolgids"', '"School gids"', "afspraken 1: onderwerp 'School gids'"),
        ('["ouders", "leerlingen"]', "[]", "afspraken 1: geledingen ontbreekt"),
        ('geledingen = ["ouders", "leerlingen"]', "", "afspraken 1: geledingen ontbreekt"),
        ('["ouders", "leerlingen"]', '["ouders", "ouders"]', "in geledingen staat iets dubbel"),
        ('["ouders", "leerlingen"]', '["directie"]', "kies uit personeel, ouders"),
        ('grondslag = "MR-reglement artikel 12"', "", "afspraken 1: grondslag"),
        ("tot_en_met = 2027-12-31", "", "afspraken 1: tot_en_met"),
        ("tot_en_met = 2027-12-31", "tot_en_met = 2025-12-31", "tot_en_met ligt vóór van"),
        ("tot_en_met = 2027-12-31", "tot_en_met = 2028-01-01", "WMS 25 lid 2"),
        ("[[afspraken]]", "[afspraken]", "[[afspraken]]"),
        ("van = 2026-01-01", "van = 2026-01-01\nraad = 1", "afspraken 1: 'raad'"),
    ],
)
def test_what_cannot_be_meant_in_the_rules(old: str, new: str, word: str) -> None:
    assert old in EVERYTHING
    assert word in refused(EVERYTHING.replace(old, new, 1)).message


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("[organen.mr]", "[organen.raad]", "[organen.gmr]"),
        ("eigen_handtekening = true", "eigen_handtekening = 1", "true betekent ja"),
        ('grondslag = "MR-reglement artikel 9"', "", "artikel 9"),
        ("van = 2026-12-19", "", "van = 2026-08-01"),
        ("tot_en_met = 2027-12-31", "tot_en_met = 2030-01-01", "2027-12-31"),
        ("personeel = 2", "directie = 2", "geheel, leerlingen, ouders, personeel"),
    ],
)
def test_a_complaint_says_what_to_do(old: str, new: str, hint: str) -> None:
    text = EVERYTHING.replace("[organen.mr.quorum]\n", "", 1) if "raad" in new else EVERYTHING
    assert hint in refused(text.replace(old, new, 1)).hint


@pytest.mark.parametrize(
    ("start", "last"),
    [
        (date(2026, 1, 1), date(2027, 12, 31)),
        (date(2022, 3, 1), date(2024, 2, 29)),
        (date(2024, 2, 29), date(2026, 2, 28)),
        (date(9998, 1, 1), date(9999, 12, 31)),
    ],
)
def test_an_arrangement_lasts_two_years_at_most(start: date, last: date) -> None:
    arrangement = Arrangement("schoolgids", (Geleding.GEHEEL,), "MR-reglement", start, last)
    settings = replace(read_settings(RULES), arrangements=(arrangement,))
    assert read_settings(print_settings(settings)) == settings
    if last < date.max:
        longer = replace(arrangement, end=last + timedelta(days=1))
        refused(print_settings(replace(settings, arrangements=(longer,))))


def test_an_arrangement_holds_on_its_first_and_last_day() -> None:
    first, last = date(2026, 1, 1), date(2027, 12, 31)
    arrangement = Arrangement("schoolgids", (Geleding.GEHEEL,), "MR-reglement", first, last)
    assert arrangement.holds_on(first)
    assert arrangement.holds_on(last)
    assert not arrangement.holds_on(first - timedelta(days=1))
    assert not arrangement.holds_on(last + timedelta(days=1))


@pytest.mark.parametrize(
    "hostile",
    [
        "a = " + "9" * 5000,  # more digits than Python reads (4300)
        "a = " + "[" * 20_000,
        "a = " + "{a=" * 20_000,
        "a." * 500_000 + "a = 1",
        "[" + '"a" . ' * 100_000 + "a]",
        "a = 2026-02-30",
        "a = 1\na = 2",
        "\x00",
        '"\\ud800" = 1',
        "",
    ],
)
def test_hostile_toml_is_refused(hostile: str) -> None:
    refused(hostile)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for read in (read_settings, read_names, lambda data: read_toml(data, "x")):
        try:
            read(data)
        except UnreadableInput as error:
            assert error.message  # noqa: PT017 - which of the two does not matter


@given(
    st.sampled_from(
        [line.partition(" = ")[0] for line in EVERYTHING.splitlines() if " = " in line]
    ),
    st.sampled_from(
        ["1", "true", '"x"', "[]", "[[]]", "{}", "1.5", "2026-01-01", "12:00:00", "nan"]
    ),
)
def test_a_value_of_any_type_is_read_or_refused(key: str, value: str) -> None:
    """Every key of EVERYTHING with a value of some other type: never a traceback."""
    lines = EVERYTHING.splitlines()
    changed = [f"{key} = {value}" if line.startswith(f"{key} = ") else line for line in lines]
    try:
        read_settings("\n".join(changed).encode())
    except UnreadableInput as error:
        assert error.message.startswith("beleid.toml")  # noqa: PT017 - it may also be fine


# --- printing -------------------------------------------------------------------------------------------

_words = st.text(min_size=1, max_size=30).filter(lambda text: text.isprintable() and text.strip())
_slugs = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True).filter(
    lambda text: not slug_defect(text)
)
_days = st.dates(date(1990, 1, 1), date(2090, 1, 1))
_geledingen = st.lists(st.sampled_from(Geleding), min_size=1, unique=True).map(tuple)


def _maybe(low: int, high: int) -> st.SearchStrategy[int | None]:
    return st.none() | st.integers(low, high)


def _until(start: date, most: int) -> st.SearchStrategy[date]:
    return st.integers(0, most).map(lambda days: start + timedelta(days=days))


_bodies = st.builds(
    Body,
    st.sampled_from(Council),
    _words,
    st.booleans(),
    st.integers(1, 20),
    st.dictionaries(st.sampled_from(Geleding), st.integers(1, 200)),
    st.none() | st.sampled_from(Majority),
)
_holidays = _days.flatmap(
    lambda start: st.builds(Holiday, st.just(start), _until(start, 60), st.just("") | _words)
)
_terms = st.builds(
    Terms,
    _maybe(1, 52),
    _maybe(1, 120),
    _maybe(1, 365),
    st.lists(_holidays, max_size=4).map(tuple),
)
_arrangements = _days.flatmap(
    lambda start: st.builds(
        Arrangement, _slugs, _geledingen, _words, st.just(start), _until(start, 729)
    )
)
_tables = st.builds(
    TableStyle,
    st.sampled_from(PROFILES),
    st.dictionaries(st.sampled_from(COLUMNS), _words),
    st.lists(st.sampled_from(COLUMNS), unique=True).map(tuple),
)
_editorial = st.tuples(st.just(False), st.just("") | _words) | st.tuples(st.just(True), _words)


@st.composite
def _settings(draw: st.DrawFn) -> Settings:
    editorial, editorial_basis = draw(_editorial)
    bodies = draw(st.lists(_bodies, max_size=2, unique_by=lambda body: body.council))
    return Settings(
        draw(_words),
        draw(st.sampled_from(SECTORS)),
        tuple(bodies),
        draw(_tables),
        draw(st.booleans()),
        editorial,
        editorial_basis,
        tuple(draw(st.lists(_arrangements, max_size=3))),
        draw(_terms),
    )


@given(_settings())
def test_what_is_printed_reads_back(settings: Settings) -> None:
    assert read_settings(print_settings(settings)) == settings


def test_everything_prints_as_it_was_written() -> None:
    printed = print_settings(read_settings(EVERYTHING.encode())).decode()
    assert printed.partition("schema")[2] == EVERYTHING.partition("schema")[2]


def test_a_plain_register_prints_the_bytes_that_registers_have_signed() -> None:
    """Rosters sign the hash of these bytes; rules that came later must not change them."""
    settings = Settings("LOVK", "po", (Body(Council.MR, "Medezeggenschapsraad (MR)"),))
    assert (
        print_settings(settings).decode()
        == """\
# De regels van dit register. Het rooster is getekend met de afdruk van dit bestand:
# wijzigt u het, leg dat dan vast met: beleid rooster voorstel
schema = "beleidsbeheer.v1"

[organisatie]
naam = "LOVK"
sector = "po"

[tabel]
profiel = "kennisnet"

[organen.mr]
naam = "Medezeggenschapsraad (MR)"
"""
    )


# --- terms ----------------------------------------------------------------------------------------------


def _naive_deadline(submitted: date, weeks: int, holidays: tuple[Holiday, ...]) -> date:
    """Day by day: count every day that is in no holiday."""
    day, left = submitted, 7 * weeks
    while left:
        day += timedelta(days=1)
        left -= not any(each.start <= day <= each.end for each in holidays)
    return day


_near = st.dates(date(2026, 1, 1), date(2026, 8, 1))
_near_holidays = st.lists(
    _near.flatmap(lambda start: st.builds(Holiday, st.just(start), _until(start, 40))), max_size=6
).map(tuple)


@given(_near, st.integers(1, 12), _near_holidays)
def test_the_term_for_consent_stands_still_in_holidays(
    submitted: date, weeks: int, holidays: tuple[Holiday, ...]
) -> None:
    deadline = Terms(consent_weeks=weeks, holidays=holidays).consent_deadline(submitted)
    assert deadline == _naive_deadline(submitted, weeks, holidays)


def test_a_term_of_six_weeks_over_christmas() -> None:
    terms = Terms(
        consent_weeks=6,
        holidays=(
            Holiday(date(2026, 12, 19), date(2027, 1, 3)),
            Holiday(date(2026, 12, 25), date(2026, 12, 26)),  # within the other: counted once
        ),
    )
    assert terms.consent_deadline(date(2026, 11, 23)) == date(2027, 1, 20)
    assert terms.consent_deadline(date(2026, 10, 1)) == date(2026, 11, 12)


@pytest.mark.parametrize(
    ("months", "start", "day"),
    [
        (24, date(2026, 11, 23), date(2028, 11, 23)),
        (1, date(2026, 1, 31), date(2026, 2, 28)),
        (1, date(2028, 1, 31), date(2028, 2, 29)),
        (12, date(2028, 2, 29), date(2029, 2, 28)),
        (1, date(2026, 12, 31), date(2027, 1, 31)),
        (11, date(2026, 1, 31), date(2026, 12, 31)),
    ],
)
def test_the_day_of_review(months: int, start: date, day: date) -> None:
    assert Terms(review_months=months).review_on(start) == day


def test_no_term_gives_no_day() -> None:
    assert Terms().consent_deadline(date(2026, 1, 1)) is None
    assert Terms().review_on(date(2026, 1, 1)) is None


@given(st.dates(), st.integers(1, 52), st.integers(1, 120))
def test_a_term_ends_on_a_day_that_exists(start: date, weeks: int, months: int) -> None:
    """Days come from entries of strangers too: the end of the calendar is no reason to stop."""
    terms = Terms(weeks, months, None, (Holiday(date(9999, 1, 1), date.max),))
    for day in (terms.consent_deadline(start), terms.review_on(start)):
        assert day is not None
        assert day >= start


# --- names ----------------------------------------------------------------------------------------------


def test_names_by_person() -> None:
    names = read_names('[personen]\nsecretaris = "J. de Vries-Ĳssel"\n'.encode())
    assert names == {"secretaris": "J. de Vries-Ĳssel"}


def test_no_names_is_fine() -> None:
    assert read_names(None) == read_names(b"") == read_names(b"[personen]\n") == {}


@pytest.mark.parametrize(
    "text",
    ['[personen]\n"J. de Vries" = "x"', "[personen]\nan = 1", '[personen]\nan = "a\\u001bb"', "personen = 1", "[mensen]"],
)  # fmt: skip
def test_names_that_cannot_be_shown(text: str) -> None:
    with pytest.raises(UnreadableInput, match=r"approvals/namen\.toml"):
        read_names(text.encode())
