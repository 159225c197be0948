"""Registers to make an overview of, as values: a school that does well, one with much to do, and broken ones."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from beleidsbeheer.domain.agenda import Step
from beleidsbeheer.domain.course import Stand
from beleidsbeheer.domain.deadline import Deadline
from beleidsbeheer.domain.model import Finding, Severity
from beleidsbeheer.domain.overview.facts import (
    Condition,
    ConsentFacts,
    HistoryLine,
    PeriodFacts,
    PolicyFacts,
    RegisterFacts,
    VersionFacts,
    Waiting,
)

TODAY = date(2026, 11, 26)
ROOT = "b2" * 32
TEXT = "5f" * 32
ESCAPES = "\x1b[31mRood\x1b[0m \u202eomgekeerd\u202c \x07\u200bZacht\u00adstreepje"
FORMULA = '=HYPERLINK("http://example.org";"klik")'


def day(text: str) -> date:
    """ "26-11-2026" as a date."""
    return date(*reversed([int(part) for part in text.split("-")]))


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def policy(slug: str, title: str, office: str = "secretaris", **more: Any) -> PolicyFacts:
    given: dict[str, Any] = {"doubtful": False, "repealed": None, "review": None}
    return PolicyFacts(slug=slug, title=title, responsible=office, **{**given, **more})


def in_force(version: str, start: date, end: date | None = None, taken_over: bool = False) -> Any:
    return PeriodFacts(version, start, end, taken_over)


def consent(geleding: str, state: str = "nog niet beslist", **more: Any) -> ConsentFacts:
    given: dict[str, Any] = {
        "version": "0.4", "council": "mr", "complete": False, "given": 0, "needed": 1,
        "since": day("15-09-2026"), "due": day("27-10-2026"),
    }  # fmt: skip
    return ConsentFacts(geleding=geleding, state=state, **{**given, **more})


def judged(organisation: str, *policies: PolicyFacts, **more: Any) -> RegisterFacts:
    given: dict[str, Any] = {
        "day": TODAY, "condition": Condition.KLOPT, "root": ROOT, "entries": 14,
        "organisation": organisation,
    }  # fmt: skip
    return RegisterFacts(policies=policies, **{**given, **more})


PRIVACY = policy(
    "privacyreglement",
    "Privacyreglement",
    "directeur",
    review=day("01-10-2026"),
    versions=(
        VersionFacts("0.1", Stand.VERVANGEN_OVERGENOMEN, TEXT, starts=day("01-10-2018")),
        VersionFacts(
            "0.3", Stand.GELDEND, TEXT, day("01-06-2024"), day("03-06-2024"), day("08-07-2024"),
            day("20-08-2024"), day("21-08-2024"), day("01-10-2024"),
        ),
        VersionFacts("0.4", Stand.VOORGELEGD, TEXT, day("14-09-2026"), day("15-09-2026")),
    ),
    periods=(
        in_force("0.1", day("01-10-2018"), day("30-09-2024"), taken_over=True),
        in_force("0.3", day("01-10-2024")),
    ),
    waiting=(Waiting("0.4", Stand.VOORGELEGD, day("06-10-2026")),),
    consents=(
        consent("personeel", "ingestemd", complete=True, given=1),
        consent("ouders"),
        consent("leerlingen", needed=2, given=1, due=None),
    ),
    steps=(
        Step(("mr-ouders", "mr-voorzitter"), "de oudergeleding (OMR) beslist over versie 0.4",
             "beleid instemming privacyreglement 0.4 --geleding ouders"),
    ),
    deadlines=(
        Deadline(day("27-10-2026"), "privacyreglement", "reactie", "Reactie van de oudergeleding.", "voorlegging"),
        Deadline(day("01-10-2026"), "privacyreglement", "herziening", "Het Privacyreglement wordt opnieuw bekeken."),
    ),
    history=(
        HistoryLine("versies", "0.1", "Definitief", day("10-10-2018"), "", True, "a1" * 32),
        HistoryLine("versies", "0.3", "geldend", day("01-06-2024"), "Beeldmateriaal toegevoegd", False, "a3" * 32),
    ),
    findings=(Finding("gat", Severity.WAARSCHUWING, "approvals/privacyreglement", "Een gat."),),
    remarks=(
        Finding("nummering", Severity.FOUT, "reglement/privacyreglement/versies/0.3.md:12", "Artikel 11 ontbreekt."),
        Finding("begrip", Severity.OPMERKING, "reglement/privacyreglement/versies/0.3.md:20", "Nooit gebruikt."),
    ),
)  # fmt: skip
COMPLAINTS = policy(
    "klachtenregeling",
    "Klachtenregeling",
    review=day("15-12-2026"),
    versions=(
        VersionFacts("1.0", Stand.GELDEND, TEXT, day("01-02-2026"), day("02-02-2026"), None,
                     day("12-03-2026"), day("20-03-2026"), day("01-04-2026")),
        VersionFacts("1.1", Stand.VASTGESTELD, TEXT, day("01-09-2026"), day("02-09-2026"),
                     day("05-10-2026"), day("02-11-2026"), None, day("01-01-2027")),
    ),
    periods=(in_force("1.0", day("01-04-2026"), day("31-12-2026")), in_force("1.1", day("01-01-2027"))),
    steps=(Step(("publicist", "secretaris"), "maak versie 1.1 bekend"),),
    deadlines=(
        Deadline(day("16-11-2026"), "klachtenregeling", "bekendmaking",
                 "Bekendmaking van versie 1.1 van Klachtenregeling.", "eigen regels"),
    ),
)  # fmt: skip
STATUTE = policy(
    "medezeggenschapsstatuut",
    "Medezeggenschapsstatuut",
    "",
    versions=(VersionFacts("0.1", Stand.CONCEPT, TEXT, ago(3)),),
    waiting=(Waiting("0.1", Stand.CONCEPT, ago(3)),),
    steps=(Step(("secretaris", "bestuur"), "versie 0.1 is een concept; leg haar voor aan de medezeggenschapsraad (MR)"),),
)  # fmt: skip
PHONES = policy(
    "telefoons",
    "Afspraken over mobiele telefoons",
    repealed=day("01-08-2026"),
    periods=(in_force("1.0", day("01-08-2023"), day("31-07-2026")),),
)
DAMAGED = policy(
    "pestprotocol",
    "Pestprotocol",
    doubtful=True,
    periods=(in_force("0.2", day("01-08-2025")),),
    findings=(Finding("vastlegging", Severity.FOUT, "approvals/pestprotocol/0.2/v.json", "Gewijzigd."),),
)  # fmt: skip
REGISTERS = {
    "scholen/wilg": judged("De Wilg", PRIVACY, COMPLAINTS, STATUTE, PHONES),
    "scholen/eik": judged("De Eik", policy(
        "privacyreglement", "Privacyreglement", "directeur",
        review=day("01-10-2028"),
        versions=(VersionFacts("0.3", Stand.GELDEND, TEXT, day("01-06-2024"), day("03-06-2024"),
                               day("13-06-2024"), day("13-07-2024"), None, day("01-10-2024")),),
        periods=(in_force("0.3", day("01-10-2024")),),
    )),
    "scholen/linde": judged(
        "De Linde", DAMAGED, condition=Condition.KLOPT_NIET, wrong=1, day=ago(2),
        findings=(Finding("herschreven", Severity.FOUT, "", "De geschiedenis is herschreven."),),
    ),
    "scholen/oud": RegisterFacts(TODAY, Condition.ONBEOORDEELD, trouble="In scholen/oud is geen register: er is geen beleid.toml."),
}  # fmt: skip
HOSTILE = {
    f"school\x1b[2J{FORMULA}": judged(
        f"{ESCAPES}<script>alert(1)</script>",
        policy("a", FORMULA, "@SUM(1)", steps=(Step(("bestuur",), f"doe {ESCAPES}"),)),
        policy("b", f"{ESCAPES}<b>vet</b>", "+1\n-1", periods=(in_force("0.1", ago(10)),)),
    ),
    "stuk": RegisterFacts(TODAY, Condition.ONBEOORDEELD, trouble=f"Het brak: {ESCAPES}"),
}  # fmt: skip
