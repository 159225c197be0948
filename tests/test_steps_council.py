"""Rules about submitting and consenting, each kept and broken by one act."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from acts import (
    CHAIR,
    GMR_CHAIR,
    PARENTS,
    PEOPLE,
    PERSONAL,
    STAFF,
    Case,
    Step,
    Way,
    life,
    rules,
    unregistered,
)
from beleidsbeheer.domain.entry import Entry
from simulator import SECRETARY, Person

CORRECTIONS = '[redactioneel]\ntoegestaan = true\ngrondslag = "MR-reglement 9"\n'
EDITORIAL = rules(CORRECTIONS)
OWN = rules(council="eigen_handtekening = true")
EVA_BOARD, EVA_COUNCIL = Person("eva", ("bestuur",)), Person("eva", ("mr-ouders",))
EVA_CHAIR = Person("eva", ("mr-voorzitter",))
DAY2, DAY3 = "2026-01-20", "2026-02-20"


def submit(school: Way) -> Entry:
    return school.submit("0.1")


def everyone(school: Way) -> list[Entry]:
    return school.everyone("0.1")


def adopt(school: Way) -> Entry:
    return school.adopt("0.1")


def second(school: Way) -> Entry:
    return school.next("0.2", "Twee.")


def staff(school: Way) -> Entry:
    return school.consent("0.1", "personeel")


def refuse(school: Way) -> Entry:
    return school.consent("0.1", "ouders", "niet-ingestemd")


def parents(school: Way) -> Entry:
    return school.consent("0.1", "ouders")


def take_back(kind: str, version: str = "0.1") -> Callable[[Way], Entry]:
    return lambda school: school.take_back(school.of(kind, version)[0])


def now(eva: Person) -> Step:
    """Eva changes sides in a new roster."""
    return lambda school: school.succeed(*PEOPLE, eva)


def without_first(school: Way) -> Entry:
    rows = school.required(school.topics("0.1"))
    return school.submit("0.1", required=rows[1:])


def votes(voor: int, tegen: int, aanwezig: int) -> dict[str, int]:
    return {"voor": voor, "tegen": tegen, "onthouding": 0, "aanwezig": aanwezig}


REPEALED = (submit, everyone, adopt, lambda s: s.repeal("0.1", "2026-06-01"), second)

SUBMISSION = {
    "zelfde-tekst": Case(
        life(unregistered), submit, lambda s: s.submit("0.9", rust_op=[s.roster])
    ),
    "rust-op-tekst": Case(life(), submit, lambda s: s.submit("0.1", rust_op=[s.roster])),
    "orgaan-bekend": Case(life(), submit, lambda s: s.submit("0.1", "gmr")),
    "niet-ingetrokken": Case(
        life(*REPEALED, take_back("intrekking"), DAY2),
        lambda s: s.submit("0.2"),
        wrong=life(*REPEALED, DAY2),
    ),
    "niet-achterhaald": Case(
        life(second), submit, wrong=life(second, lambda s: s.adopted("0.2"), DAY2)
    ),
    "nog-niet-vastgesteld": Case(
        life(DAY2), submit, wrong=life(submit, everyone, adopt, DAY2)
    ),
    "eenmaal-voorgelegd": Case(
        life(submit, take_back("voorlegging"), DAY2), submit, wrong=life(submit, DAY2)
    ),
    "vereist-volledig": Case(life(), submit, without_first),
    "redactioneel": Case(
        life(submit, everyone, second, DAY2, rules=EDITORIAL),
        lambda s: s.editorial("0.2", "0.1"),
        wrong=life(submit, staff, second, DAY2, rules=EDITORIAL),
    ),
    "voorlegging-data": Case(
        life(DAY2),
        lambda s: s.submit("0.1", vergadering=DAY2, reageren_voor=DAY3),
        lambda s: s.submit("0.1", vergadering="2026-01-19"),
    ),
    "niemand-gevraagd": Case(
        life(lambda s: s.next("0.2", "Twee.", [])), submit, lambda s: s.submit("0.2"), warns=True
    ),
    "raakt-smaller": Case(
        life(submit, everyone, adopt, second, DAY2),
        lambda s: s.submit("0.2", required=s.required(PERSONAL)),
        wrong=life(
            submit, everyone, adopt, lambda s: s.next("0.2", "Twee.", PERSONAL[:1]), DAY2
        ),
        warns=True,
    ),
    "geldt-nu-niets": Case(
        life(lambda s: s.take_over("0.0.1"), lambda s: s.read_as("0.0.1", "2018-01-01")),
        submit,
        wrong=life(
            lambda s: s.take_over("0.0.1"),
            lambda s: s.read_as("0.0.1", "2018-01-01", "2020-07-31"),
        ),
        warns=True,
    ),
    "afspraak-verlopen": Case(
        life(),
        submit,
        wrong=life(
            rules=rules(
                '[[afspraken]]\nonderwerp = "oudergegevens"\ngeledingen = ["geheel"]\n'
                'grondslag = "MR-reglement 1"\nvan = 2024-01-01\ntot_en_met = 2025-01-01\n'
            )
        ),
        warns=True,
    ),
    "niet-beide-kanten": Case(
        life(
            submit,
            lambda s: s.consent("0.1", "ouders", by=EVA_COUNCIL),
            "2026-01-10",
            take_back("voorlegging"),
            DAY2,
            now(EVA_BOARD),
            members=(*PEOPLE, EVA_COUNCIL),
        ),
        submit,
        lambda s: s.submit("0.1", by=EVA_BOARD),
    ),
}  # fmt: skip

CONSENT = {
    "zelfde-tekst": Case(
        life(submit, unregistered), staff, lambda s: s.consent("0.9", "personeel")
    ),
    "eerst-voorleggen": Case(life(submit), staff, wrong=life()),
    "nog-niet-vastgesteld": Case(
        life(submit, DAY2), staff, wrong=life(submit, everyone, adopt, DAY2)
    ),
    "geleding-gevraagd": Case(life(submit), staff, lambda s: s.consent("0.1", "geheel")),
    "rol-van-geleding": Case(
        life(submit), parents, lambda s: s.consent("0.1", "ouders", by=STAFF)
    ),
    "eigen-handtekening": Case(
        life(submit, lambda s: s.confirm(PARENTS), rules=OWN),
        parents,
        lambda s: s.consent("0.1", "ouders", by=SECRETARY),
    ),
    "niet-beide-kanten": Case(
        life(
            lambda s: s.submit("0.1", by=EVA_BOARD),
            DAY2,
            now(EVA_COUNCIL),
            members=(*PEOPLE, EVA_BOARD),
        ),
        staff,
        lambda s: s.consent("0.1", "ouders", by=EVA_COUNCIL),
    ),
    "volgorde-raad": Case(
        life("2026-01-10", submit, DAY2),
        lambda s: s.consent("0.1", vergadering="2026-01-10", brief_datum="2026-01-11"),
        lambda s: s.consent("0.1", vergadering="2026-01-09"),
    ),
    "onthouding-staat": Case(
        life(submit, refuse, take_back("instemming")), parents, wrong=life(submit, refuse)
    ),
    "quorum": Case(
        life(submit, rules=rules("[organen.mr.quorum]\npersoneel = 3")),
        lambda s: s.consent("0.1", stemmen=votes(3, 0, 3)),
        lambda s: s.consent("0.1", stemmen=votes(2, 0, 2)),
    ),
    "stemmen-kloppen": Case(
        life(submit),
        lambda s: s.consent("0.1", stemmen=votes(2, 1, 3)),
        lambda s: s.consent("0.1", stemmen=votes(1, 1, 3)),
        warns=True,
    ),
    "meerderheid": Case(
        life(submit, rules=rules(council='meerderheid = "volstrekt"')),
        lambda s: s.consent("0.1", stemmen=votes(2, 1, 3)),
        lambda s: s.consent("0.1", stemmen=votes(2, 1, 4)),
    ),
}  # fmt: skip

REFUSED = (submit, staff, refuse)
PERMISSION = {
    "zelfde-tekst": Case(
        life(*REFUSED, unregistered),
        lambda s: s.permit("0.1", "ouders"),
        lambda s: s.permit("0.9", "ouders"),
    ),
    "eerst-voorleggen": Case(
        life(*REFUSED, DAY2),
        lambda s: s.permit("0.1", "ouders"),
        wrong=life(*REFUSED, take_back("voorlegging"), DAY2),
    ),
    "nog-niet-vastgesteld": Case(
        life(*REFUSED, DAY2),
        lambda s: s.permit("0.1", "ouders"),
        wrong=life(submit, everyone, adopt, DAY2),
    ),
    "na-onthouding": Case(
        life(*REFUSED), lambda s: s.permit("0.1", "ouders"), wrong=life(submit, everyone)
    ),
    "volgorde-raad": Case(
        life(DAY2, *REFUSED, DAY3),
        lambda s: s.permit("0.1", "ouders"),
        lambda s: s.permit("0.1", "ouders", ontvangst=s.receipt("2026-01-19")),
    ),
}  # fmt: skip

CORRECTED = (submit, everyone, second, DAY2, lambda s: s.editorial("0.2", "0.1"))
ACCEPTANCE = {
    "zelfde-tekst": Case(
        life(*CORRECTED, unregistered, rules=EDITORIAL),
        lambda s: s.accept_editorial("0.2"),
        lambda s: s.accept_editorial("0.9"),
    ),
    "eerst-voorleggen": Case(
        life(*CORRECTED, rules=EDITORIAL),
        lambda s: s.accept_editorial("0.2"),
        wrong=life(*CORRECTED[:-1], rules=EDITORIAL),
    ),
    "nog-niet-vastgesteld": Case(
        life(*CORRECTED, DAY3, rules=EDITORIAL),
        lambda s: s.accept_editorial("0.2"),
        wrong=life(
            *CORRECTED,
            lambda s: s.accept_editorial("0.2"),
            lambda s: s.adopt("0.2"),
            DAY3,
            rules=EDITORIAL,
        ),
    ),
    "redactioneel-gevraagd": Case(
        life(*CORRECTED, rules=EDITORIAL),
        lambda s: s.accept_editorial("0.2"),
        wrong=life(*CORRECTED[:-1], lambda s: s.submit("0.2"), rules=EDITORIAL),
    ),
    "rol-van-geleding": Case(
        life(*CORRECTED, rules=EDITORIAL + b'[organen.gmr]\nnaam = "GMR"\n'),
        lambda s: s.accept_editorial("0.2"),
        lambda s: s.accept_editorial("0.2", by=GMR_CHAIR),
    ),
    "eigen-handtekening": Case(
        life(
            lambda s: [s.confirm(each) for each in (STAFF, PARENTS, CHAIR)],
            *CORRECTED,
            rules=rules(CORRECTIONS, "eigen_handtekening = true"),
        ),
        lambda s: s.accept_editorial("0.2"),
        lambda s: s.accept_editorial("0.2", by=SECRETARY),
    ),
    "niet-beide-kanten": Case(
        life(
            *CORRECTED[:-1],
            lambda s: s.editorial("0.2", "0.1", by=EVA_BOARD),
            DAY3,
            now(EVA_CHAIR),
            members=(*PEOPLE, EVA_BOARD),
            rules=EDITORIAL,
        ),
        lambda s: s.accept_editorial("0.2"),
        lambda s: s.accept_editorial("0.2", by=EVA_CHAIR),
    ),
    "volgorde-raad": Case(
        life(*CORRECTED, DAY3, rules=EDITORIAL),
        lambda s: s.accept_editorial("0.2", vergadering=DAY2),
        lambda s: s.accept_editorial("0.2", vergadering="2026-01-19"),
    ),
}  # fmt: skip

CASES = {
    "voorlegging": SUBMISSION,
    "instemming": CONSENT,
    "toestemming": PERMISSION,
    "redactieaanvaarding": ACCEPTANCE,
}
EACH = [(kind, rule) for kind, cases in CASES.items() for rule in cases]


@pytest.mark.parametrize(("kind", "rule"), EACH)
def test_kept(kind: str, rule: str) -> None:
    CASES[kind][rule].check_kept(rule)


@pytest.mark.parametrize(("kind", "rule"), EACH)
def test_broken(kind: str, rule: str) -> None:
    CASES[kind][rule].check_broken(rule)
