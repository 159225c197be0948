"""The tables of a policy with a life: who consented, what was decided, and how we know, in every profile and form."""

from __future__ import annotations

import json
import os
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from acts import BOARD, CHAIR, GMR, PEOPLE, POLICY, STAFF, Way, rules, text
from beleidsbeheer.domain.entry import Entry, digest_of
from beleidsbeheer.domain.history import ADOPTIONS, VERSIONS, SourceRow
from beleidsbeheer.domain.settings import PROFILES
from beleidsbeheer.render import forms
from beleidsbeheer.render.history import HistoryTables, history_tables
from beleidsbeheer.render.history_json import tables_json
from beleidsbeheer.render.tables import Listing, Table, as_tables, in_profile
from simulator import SECRETARY, Person

GOLDEN = Path(__file__).parent / "golden"
TODAY = date(2026, 11, 23)
DEPUTY = Person("bestuur-lid", ("bestuur",))
RULES = rules('[redactioneel]\ntoegestaan = true\ngrondslag = "MR-reglement artikel 9"')
VOTES = {"voor": 6, "tegen": 1, "onthouding": 1, "aanwezig": 8}
FORMS = ("txt", "md", "html", "csv")


def whole_life(own: bytes = RULES) -> Way:
    """Everything that can happen to a text: paper, then seven versions of its own."""
    school = Way.begun(*PEOPLE, DEPUTY, rules=own)
    school.files["approvals/namen.toml"] = b'[personen]\nbestuur = "Bestuurder (voorbeeld)"\n'
    for member in (STAFF, CHAIR, BOARD):
        school.confirm(member)
    school.take_over("0.1")
    school.read_as("0.1", "2018-10-01")
    _withdrawn(school)
    _on_paper(school)
    _by_the_commission(school)
    _editorial(school)
    _refused(school)
    school.day = "2026-11-20"
    school.contest("0.1", reden="nooit instemming gevraagd", kenmerk="MR 2026-40")
    repeal: dict[str, Any] = {
        "per": "2027-02-01",
        "besluitnummer": "CvB 2026-31",
        "reden": "opgegaan in het handboek",
    }
    school.repeal("0.5", by=SECRETARY, **repeal)
    return school


def _withdrawn(school: Way) -> None:
    """0.2: one geleding sets conditions, the other says no, and the board takes the text back."""
    school.day = "2026-01-10"
    school.register("0.2", text("Eén."), omschrijving="Eerste eigen tekst")
    school.submit("0.2")
    school.day = "2026-01-20"
    school.consent("0.2", "personeel", "onder-voorwaarden", kenmerk="PMR 2026-1")
    school.day = "2026-01-21"
    school.consent("0.2", "ouders", "niet-ingestemd", kenmerk="OMR 2026-1")
    school.day = "2026-02-01"
    submission = school.submission("0.2")
    assert submission
    school.take_back(submission, reden="wordt herschreven")


def _on_paper(school: Way) -> None:
    """0.3: conditions that are met; half of it by letter; adopted by letter, published, reviewed."""
    school.day = "2026-02-10"
    school.register("0.3", text("Twee."), omschrijving="Herschreven")
    school.submit("0.3", reageren_voor="2026-03-10")
    school.day = "2026-02-20"
    conditions = ["noem de bewaartermijn", "leg uit wie meekijkt"]
    letter = {"brief_datum": "2026-02-17", "vergadering": "2026-02-16", "kenmerk": "PMR 2026-2"}
    school.consent(
        "0.3", "personeel", "onder-voorwaarden", by=SECRETARY, voorwaarden=conditions, **letter
    )
    school.day = "2026-02-25"
    school.consent("0.3", "personeel", kenmerk="PMR 2026-3", stemmen=VOTES)
    school.consent("0.3", "ouders", kenmerk="OMR 2026-2")
    school.day = "2026-03-12"
    school.adopt(
        "0.3", "2026-04-01", by=SECRETARY, vergadering="2026-03-10", besluitnummer="CvB 2026-7"
    )
    school.day = "2026-03-15"
    school.publish("0.3", waar="https://school.example/beleid/privacy/0.3")
    school.day = "2026-05-01"
    school.review("0.3", "2028-05-01", besluitnummer="CvB 2026-12")


def _by_the_commission(school: Way) -> None:
    """0.4: one geleding withholds consent, the commission permits; adopted with retroactive effect."""
    school.day = "2026-05-10"
    school.register("0.4", text("Drie."), omschrijving="Bewaartermijn van beelden")
    school.submit("0.4")
    school.day = "2026-05-20"
    school.consent("0.4", "personeel", by=SECRETARY, kenmerk="PMR 2026-5")
    school.consent("0.4", "ouders", "niet-ingestemd", kenmerk="OMR 2026-4")
    school.day = "2026-06-20"
    school.permit("0.4", "ouders", uitspraak_op="2026-06-18", kenmerk="LCG 2026-3")
    school.day = "2026-07-05"
    back: dict[str, Any] = {"terugwerkend_tot": "2026-07-01", "reden": "de camera's hingen er al"}
    school.adopt("0.4", "2026-08-01", besluitnummer="CvB 2026-18", **back)
    school.day = "2026-07-10"
    school.publish("0.4", waar="https://school.example/beleid/privacy/0.4")
    school.day = "2026-08-09"
    school.publish("0.4", waar="https://school.example/schoolgids-2026-2027.pdf")


def _editorial(school: Way) -> None:
    """0.5: a spelling mistake less; signed for the board with a key that no letter confirmed."""
    school.day = "2026-08-10"
    school.register("0.5", text("Drie!"), omschrijving="Taalfouten")
    school.editorial("0.5", "0.4")
    school.day = "2026-08-20"
    school.accept_editorial("0.5", kenmerk="MR 2026-30")
    school.adopt("0.5", "2026-09-01", by=DEPUTY)


def _refused(school: Way) -> None:
    """0.6: refused, and the commission does not help; 0.7: nobody answered yet; 0.8: only a concept."""
    school.day = "2026-09-10"
    school.register("0.6", text("Vier."), omschrijving="Camera's in de kleedkamer")
    school.submit("0.6")
    school.day = "2026-09-20"
    school.consent("0.6", "ouders", "niet-ingestemd", kenmerk="OMR 2026-9", stemmen=VOTES)
    school.day = "2026-10-10"
    school.permit("0.6", "ouders", "geweigerd", kenmerk="LCG 2026-9")
    school.day = "2026-10-20"
    school.register("0.7", text("Vijf."), omschrijving="Zonder kleedkamer")
    school.submit("0.7", reageren_voor="2026-12-01")
    school.register("0.8", text("Zes."), omschrijving="Nog niet af")


def told(school: Way, today: date = TODAY) -> HistoryTables:
    """The history, of a life in which every act holds."""
    register = school.load(today)
    assert [each.reasons for each in register.courses[POLICY].refused] == []
    return history_tables(register, register.policies[POLICY])


def on_paper(school: Way, **fields: Any) -> Entry:
    """Version 0.1 taken over with its text, and read as in force since 2018."""
    school.files[f"reglement/{POLICY}/versies/0.1.md"] = text()
    source = SourceRow(VERSIONS, 1, {"Versie": "0.1"}, {}, "zout")
    school.files[source.path(POLICY)] = source.print()
    bron = {"sha256": digest_of(source.print()), "document": "d" * 64}
    usual = {"over": school.over("0.1"), "tabel": VERSIONS, "rij": 1, "bron": bron}
    row = school.sign(SECRETARY, "secretaris", "overname", **usual, **fields)
    school.read_as("0.1", "2018-10-01")
    return row


def shown(history: HistoryTables, profile: str, form: str) -> str:
    """What ``beleid versietabel`` prints, on a screen of 110 columns."""
    parts = in_profile(history, profile)
    if form == "md":
        return forms.markdown(parts)
    if form == "html":
        return forms.page(parts, history.titel)
    if form == "csv":
        return forms.comma_separated(parts)
    return forms.text(parts, 110)


def notes(history: HistoryTables, version: str) -> list[str]:
    """What stands below the tables of kennisnet about this version."""
    mark = f"{version}: "
    below = [note for table in as_tables(history) for note in table.notes]
    return [note.removeprefix(mark) for note in below if note.startswith(mark)]


def record(history: HistoryTables, version: str) -> list[str]:
    """The lines about this version in the profile kort, without the first."""
    (listing,) = in_profile(history, "kort")
    assert isinstance(listing, Listing)
    (found,) = [each for each in listing.records if each[0] == ("Versie", version)]
    return [f"{label}: {value}" for label, value in found[1:]]


def cvdr(history: HistoryTables) -> Table:
    (table,) = in_profile(history, "cvdr")
    assert isinstance(table, Table)
    return table


# --- golden files ----------------------------------------------------------------------------------------


def agreed(name: str, printed: str) -> None:
    """Byte for byte. After a wanted change: GOLDEN=new make test."""
    if os.environ.get("GOLDEN") == "new":
        (GOLDEN / name).write_text(printed, newline="")
    assert printed == (GOLDEN / name).read_bytes().decode()


@pytest.fixture(scope="module")
def life() -> HistoryTables:
    return told(whole_life())


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("profile", PROFILES)
def test_a_whole_life_is_as_agreed(life: HistoryTables, profile: str, form: str) -> None:
    agreed(f"levensloop-{profile}.{form}", shown(life, profile, form))


def test_a_whole_life_for_programs_is_as_agreed(life: HistoryTables) -> None:
    """Digests by the order in which they appear: they hang on every byte of the entries."""
    printed = json.dumps(tables_json(life), ensure_ascii=False, indent=2) + "\n"
    found = dict.fromkeys(re.findall(r"[0-9a-f]{64}", printed))
    for number, digest in enumerate(found, start=1):
        printed = printed.replace(digest, f"(digest {number})")
    agreed("levensloop.json", printed)


# --- how we know -------------------------------------------------------------------------------------------

ANSWERED = {"own": (STAFF, True), "unconfirmed": (STAFF, False), "receipt": (SECRETARY, False)}
DECIDED = {"own": (BOARD, True), "unconfirmed": (BOARD, False), "receipt": (SECRETARY, False)}


def answered(how: str) -> HistoryTables:
    """0.1 with one consent, known in this way."""
    member, confirmed = ANSWERED[how]
    school = Way.ready(rules(), "personeelsgegevens")
    if confirmed:
        school.confirm(member)
    school.submit("0.1")
    school.consent("0.1", by=member)
    return told(school)


def decided(how: str) -> HistoryTables:
    """0.1 adopted, known in this way."""
    member, confirmed = DECIDED[how]
    school = Way.ready(rules(), "personeelsgegevens")
    for each in (STAFF, member) if confirmed else (STAFF,):
        school.confirm(each)
    school.agreed("0.1")
    school.adopt("0.1", by=member)
    return told(school)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("profile", PROFILES)
def test_evidence_of_a_decision_is_never_shown_as_another(profile: str, form: str) -> None:
    """An own signature, one with an unconfirmed key, and a receipt: never the same words, in no form."""
    own, unconfirmed, receipt = (shown(decided(how), profile, form) for how in DECIDED)
    assert "niet bevestigd" in " ".join(unconfirmed.split())
    assert "ontvangstbewijs" in receipt
    assert not re.search("ontvangstbewijs|bevestigd", own)
    assert "ontvangstbewijs" not in unconfirmed
    assert "bevestigd" not in receipt


@pytest.mark.parametrize(
    ("profile", "form"),
    [
        ("kennisnet", "txt"),
        ("kennisnet", "md"),
        ("kennisnet", "html"),
        *(("kort", f) for f in FORMS),
    ],
)
def test_evidence_of_consent_is_never_shown_as_another(profile: str, form: str) -> None:
    printed = [" ".join(shown(answered(how), profile, form).split()) for how in ANSWERED]
    words = (
        "handtekening van de raad",
        "handtekening namens de raad, sleutel niet bevestigd",
        "ontvangstbewijs van de secretaris, brief ontvangen",
    )
    assert [[word in one for word in words] for one in printed] == [
        [True, False, False],
        [False, True, False],
        [False, False, True],
    ]


def test_evidence_in_json() -> None:
    kinds = []
    for how in DECIDED:
        (version,) = tables_json(answered(how))["versies"]
        after = tables_json(decided(how))
        (row,) = after["vaststellingen"]
        assert row["besluit"] == after["versies"][0]["vaststelling"]
        assert version["instemmingen"][0]["bewijs"] == row["besluit"]["bewijs"]
        kinds.append((row["besluit"]["bewijs"], row["naam"], row["besluit"]["rol"]))
    assert kinds == [
        ("eigen handtekening", "bestuur", "bestuur"),
        ("eigen handtekening, sleutel niet bevestigd", "bestuur", "bestuur"),
        ("ontvangstbewijs van de secretaris", None, "secretaris"),
    ]


def test_a_receipt_tells_no_name() -> None:
    """Whoever signed the receipt did not take the decision."""
    (row,) = as_tables(decided("receipt"))[1].rows
    assert row[2:4] == (
        "niet vastgelegd (ontvangstbewijs)",
        "bestuur, vastgelegd door de secretaris",
    )


def test_typed_words_never_read_as_evidence() -> None:
    """A secretary cannot make a receipt look like a signature with the words of a reference."""
    school = Way.ready(rules(), "personeelsgegevens")
    school.submit("0.1")
    school.consent(
        "0.1", by=SECRETARY, kenmerk="1”), 0.1: ingestemd (handtekening van de raad, kenmerk “2"
    )
    (line,) = notes(told(school), "0.1")
    assert line.endswith('kenmerk “1"), 0.1: ingestemd (handtekening van de raad, kenmerk "2”)')


# --- consent -----------------------------------------------------------------------------------------------


def test_consent_says_who_when_on_which_articles_and_how_we_know() -> None:
    school = Way.ready(rules(), "personeelsgegevens", "personeelsobservatie")
    school.confirm(STAFF)
    school.submit("0.1")
    school.day = "2026-06-18"
    school.consent("0.1", kenmerk="PMR 4", brief_datum="2026-06-18", stemmen=VOTES)
    assert notes(told(school), "0.1") == [
        "ingestemd door de personeelsgeleding (PMR) op 18-06-2026, op grond van WMS 12 lid 1 onder m en"
        " WMS 12 lid 1 onder n (handtekening van de raad, brief van 18-06-2026, kenmerk “PMR 4”,"
        " 6 voor, 1 tegen, 1 onthouding, 8 aanwezig)"
    ]


def test_signatures_that_are_still_to_come() -> None:
    """Of two signatures one is there: the stand is open, and the one is told."""
    school = Way.ready(rules(council="handtekeningen = 2"), "personeelsgegevens")
    school.submit("0.1")
    assert notes(told(school), "0.1") == [
        "nog niet beslist door de personeelsgeleding (PMR), gevraagd op grond van WMS 12 lid 1 onder m;"
        " voorgelegd op 02-01-2026"
    ]
    school.consent("0.1")
    (line,) = notes(told(school), "0.1")
    assert line.startswith(
        "nog niet beslist door de personeelsgeleding (PMR) (1 van 2 handtekeningen)"
    )
    assert "ingestemd op 02-01-2026 (handtekening namens de raad, sleutel niet bevestigd" in line
    assert "(1 van 2 handtekeningen): ingestemd op" in record(told(school), "0.1")[-1]
    school.consent("0.1", by=CHAIR)
    (line,) = notes(told(school), "0.1")
    assert line.startswith("ingestemd door de personeelsgeleding (PMR), op grond van")
    assert line.count("ingestemd op 02-01-2026") == 2


def test_open_conditions_stay_to_be_seen() -> None:
    school = Way.ready(rules(), "personeelsgegevens")
    school.submit("0.1")
    school.consent("0.1", "personeel", "onder-voorwaarden", voorwaarden=["kort", "bondig"])
    history = told(school)
    (line,) = notes(history, "0.1")
    end = "voorwaarden: “kort”; “bondig”; nog niet bevestigd dat deze tekst eraan voldoet"
    assert line.endswith(end)
    assert record(history, "0.1")[-1].endswith(end)


def test_nobody_asked_shows_the_signed_reason() -> None:
    school = Way.begun(*PEOPLE)
    school.day = "2026-01-02"
    school.register("0.1", text("Eén.", []))
    school.submit("0.1", geen_instemming="raakt niemand")
    history = told(school)
    line = "niemand van de MR om instemming gevraagd bij het voorleggen op 02-01-2026, reden: “raakt niemand”"
    assert notes(history, "0.1") == [line]
    assert f"Instemming: {line}" in record(history, "0.1")
    (submission,) = tables_json(history)["versies"][0]["voorleggingen"]
    assert submission["geen_instemming"] == "raakt niemand"


def test_a_submission_taken_back_shows_what_fell_with_it(life: HistoryTables) -> None:
    """That a council withheld its consent stays in the history, though nothing rests on it any more."""
    (line,) = notes(life, "0.2")
    assert line.startswith("voorlegging aan de MR van 10-01-2026 teruggetrokken op 01-02-2026")
    assert "reden: “wordt herschreven”; daarmee verviel: de personeelsgeleding (PMR) ingest" in line
    assert "de oudergeleding (OMR) niet ingestemd op 21-01-2026" in line
    version = tables_json(life)["versies"][1]
    (gone,) = version["terugtrekkingen"]
    outcomes = [each["uitkomst"] for each in gone["vervallen"]]
    assert outcomes == ["onder-voorwaarden", "niet-ingestemd"]
    assert version["instemmingen"] == []


def test_an_answer_taken_back_is_told() -> None:
    school = Way.ready(rules(), "personeelsgegevens")
    school.submit("0.1")
    refusal = school.consent("0.1", "personeel", "niet-ingestemd")
    school.day = "2026-01-10"
    school.take_back(refusal, reden="verkeerd verslag")
    school.consent("0.1")
    told_back, consent = notes(told(school), "0.1")
    assert told_back == (
        "instemming door de personeelsgeleding (PMR) van 02-01-2026 (niet ingestemd) teruggetrokken op"
        " 10-01-2026 (handtekening namens de raad, sleutel niet bevestigd), reden: “verkeerd verslag”"
    )
    assert consent.startswith("ingestemd door")


def test_a_registration_taken_back_is_told() -> None:
    school = Way.ready(rules(), "personeelsgegevens")
    school.day = "2026-01-10"
    school.take_back(school.of("registratie", "0.1")[0])
    history = told(school)
    assert history.versies[0].status == "Teruggetrokken"
    assert notes(history, "0.1") == [
        "registratie van 02-01-2026 teruggetrokken op 10-01-2026 (handtekening van de secretaris),"
        " reden: “vergissing”"
    ]


def test_the_gmr_has_its_own_names() -> None:
    school = Way.ready(GMR, "personeelsgegevens")
    school.submit("0.1", "gmr")
    history = told(school)
    assert "door de personeelsgeleding van de GMR" in notes(history, "0.1")[0]
    assert record(history, "0.1")[-1].endswith("de personeelsgeleding van de GMR: nog niet beslist")


def test_what_the_rules_refuse_is_in_no_table() -> None:
    """An adoption without the consents is signed and yet does not hold: no row, no note, no word."""
    school = Way.ready(rules(), "personeelsgegevens")
    before = told(school)
    school.adopt("0.1", besluitnummer="CvB 1")
    school.publish("0.1")
    register = school.load(TODAY)
    assert len(register.courses[POLICY].refused) == 2
    assert history_tables(register, register.policies[POLICY]) == before


# --- decisions, and what comes after ------------------------------------------------------------------------


def test_purely_taken_over_history_keeps_its_four_columns() -> None:
    school = Way.begun(*PEOPLE, rules=RULES)
    school.take_over("0.1")
    school.take_over(table=ADOPTIONS, row=2)
    assert as_tables(told(school))[1].head == ("Versie", "Datum", "Naam", "Functie")
    school.day = "2026-01-02"
    school.register("0.2", text())
    school.adopted("0.2")
    adoptions = as_tables(told(school))[1]
    assert adoptions.head[:4] == ("Versie", "Datum", "Naam", "Functie")
    assert adoptions.head[4:] == ("Besluitnummer", "Inwerkingtreding")
    assert adoptions.rows[0] == ("niet vastgelegd*", *["niet vastgelegd"] * 5)
    assert adoptions.rows[1][0] == "0.2"


def test_adoption_taken_back_is_no_row() -> None:
    school = Way.ready(rules(), "personeelsgegevens")
    adoption = school.adopted("0.1", starts="2026-06-01")
    school.day = "2026-01-03"
    school.take_back(adoption)
    history = told(school)
    assert history.vaststellingen == ()
    first = notes(history, "0.1")[0]
    assert first.startswith("vaststelling van 02-01-2026 teruggetrokken op 03-01-2026")
    assert cvdr(history).rows == ()


def test_void_decision_says_so() -> None:
    """The council invoked nullity in time against a paper decision that lacked its consent."""
    school = Way.begun(*PEOPLE)
    act = {
        "soort": "vaststelling",
        "orgaan": "CvB",
        "datum": "2018-09-20",
        "meegedeeld_op": "2026-01-01",
    }
    on_paper(school, handelingen=[act])
    before = told(school)
    assert "Vastgesteld op: 20-09-2018 (volgens het oude document)" in record(before, "0.1*")
    assert cvdr(before).rows[0][4] == "20-09-2018"
    school.day = "2026-01-05"
    school.contest("0.1", reden="nooit gevraagd")
    history = told(school)
    assert notes(history, "0.1") == [
        "nietigheid van het besluit ingeroepen door de MR op 05-01-2026 (handtekening namens de raad,"
        " sleutel niet bevestigd, kenmerk “MR 3”), reden: “nooit gevraagd”",
        "het besluit is nietig",
    ]
    assert "Stand van 0.1: nietig." in as_tables(history)[0].notes
    assert cvdr(history).rows == ()


def test_cvdr_tells_first_and_last_days(life: HistoryTables) -> None:
    """The newest first; a text goes out of force on the day that the next one comes in."""
    table = cvdr(life)
    assert [row[:3] for row in table.rows] == [
        ("01-02-2027", "", ""),
        ("01-09-2026", "", "01-02-2027"),
        ("01-08-2026", "01-07-2026", "01-09-2026"),
        ("01-04-2026", "", "01-07-2026"),
        ("01-10-2018", "niet vastgelegd", "01-04-2026"),
    ]
    kinds = [re.split("[:,]", row[3])[0] for row in table.rows]
    assert kinds == ["intrekking", *["wijziging"] * 3, "nieuwe regeling*"]


def test_short_tells_the_days_that_belong_to_it(life: HistoryTables) -> None:
    lines = record(life, "0.4")
    assert "Geldend van: 01-07-2026" in lines
    assert "t/m: 31-08-2026" in lines
    assert record(life, "0.8") == ["Status: Concept"]


def test_readings_that_contradict_are_no_text_in_force() -> None:
    school = Way.begun(*PEOPLE)
    for number, version in enumerate(("0.1", "0.2"), start=1):
        school.take_over(version, row=number)
        school.read_as(version, "2018-10-01")
    (row,) = cvdr(told(school)).rows
    assert row == ("01-10-2018", "", "", "lezingen die elkaar tegenspreken*", "", "", "")


def test_last_day_there_is_has_no_day_after() -> None:
    school = Way.begun(*PEOPLE)
    school.take_over("0.1")
    school.read_as("0.1", "2018-10-01", "9999-12-31")
    history = told(school)
    assert cvdr(history).rows[0][2] == ""
    assert "t/m: 31-12-9999" in record(history, "0.1*")


def test_paper_and_own_adoption_of_one_version_are_two_rows() -> None:
    """The old reading stays a reading; the decision after it is an own one."""
    school = Way.begun(*PEOPLE)
    row = on_paper(school)
    school.day = "2026-02-01"
    school.submit("0.1", rust_op=sorted([school.roster, row.digest]))
    school.everyone("0.1")
    school.adopt("0.1", "2026-03-01", besluitnummer="CvB 3")
    rows = cvdr(told(school)).rows
    assert [each[0] for each in rows] == ["01-03-2026", "01-10-2018"]
    assert rows[0][4:] == ("01-02-2026 (sleutel niet bevestigd)", "niet vastgelegd", "CvB 3")
    assert rows[1][2:] == ("01-03-2026", "nieuwe regeling*", *["niet vastgelegd"] * 3)
