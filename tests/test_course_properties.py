"""Random lives of a policy: whatever people sign, in two clones, no text is adopted that not everybody agreed to.

``Oracle`` says it anew from the accepted entries alone, without asking a course who consented.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acts import (
    BOARD,
    CHAIR,
    GMR_CHAIR,
    GMR_PARENTS,
    GMR_STAFF,
    PARENTS,
    PEOPLE,
    PERSONAL,
    POLICY,
    STAFF,
    Way,
    rules,
    text,
)
from beleidsbeheer.domain.course import Course
from beleidsbeheer.domain.document import read_front
from beleidsbeheer.domain.entry import Entry
from beleidsbeheer.domain.law import requirements, wms
from beleidsbeheer.domain.model import BOARD_ROLES, COUNCIL_ROLES, Council
from beleidsbeheer.domain.procedure import in_order
from simulator import SECRETARY, TODAY, Person

RULES = rules(
    '[organen.gmr]\nnaam = "GMR"\n[redactioneel]\ntoegestaan = true\ngrondslag = "MR-reglement 9"\n'
)
TEXTS = {
    "0.1": text("Eén.", PERSONAL),
    "0.2": text("Twee.", PERSONAL),
    "0.3": text("Drie.", ["klachtenregeling"]),
    "0.4": text("Vier.", []),
}
EVA_COUNCIL, EVA_BOARD = Person("eva", ("mr-ouders",)), Person("eva", ("bestuur",))
SIGNERS = (STAFF, PARENTS, CHAIR, SECRETARY, GMR_STAFF, GMR_PARENTS, GMR_CHAIR, BOARD)
VERSIONS = ("0.1", "0.1", "0.2", "0.2", "0.3", "0.4")
GELEDINGEN = ("personeel", "ouders", "ouders", "geheel")
OUTCOMES = ("ingestemd", "ingestemd", "niet-ingestemd", "onder-voorwaarden")

Step = tuple[int, ...]
STEPS = st.lists(st.tuples(*[st.integers(0, 15)] * 5), min_size=3, max_size=14)
PACE = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


@lru_cache(maxsize=1)
def founded() -> Way:
    school = Way.begun(*PEOPLE, EVA_COUNCIL, rules=RULES)
    school.day = "2026-01-01"
    for number, data in TEXTS.items():
        school.register(number, data)
    return school


class Life:
    """Two clones in which people do what the steps say; small numbers are the way it should go."""

    def __init__(self) -> None:
        self.clones = [founded().copy(), founded().copy()]
        self.entries: list[Entry] = []

    def merged(self) -> Way:
        merged = self.clones[0].copy()
        merged.merge(self.clones[1])
        return merged

    def play(self, steps: Sequence[Step], kinds: Sequence[int] = range(16)) -> Way:
        for number, (kind, version, what, who, when) in enumerate(steps):
            if when == 12:
                self.clones = [self.merged(), self.merged()]
            clone = self.clones[when % 2 if when > 9 else 0]
            late = what if when > 13 else number
            clone.day = (date(2026, 1, 2) + timedelta(days=late)).isoformat()
            before = set(clone.files)
            number_of = VERSIONS[version % len(VERSIONS)]
            self.act(clone, kinds[kind % len(kinds)], number_of, what, who)
            made = [entry for each in TEXTS for entry in clone.of("", each)]
            self.entries += [entry for entry in made if entry.path not in before]
        return self.merged()

    def act(self, clone: Way, kind: int, version: str, what: int, who: int) -> None:  # noqa: PLR0912
        council = "gmr" if what == 15 else "mr"
        geleding = GELEDINGEN[what % 4]
        by = SIGNERS[who % 8] if who > 11 else None
        match kind:
            case 0:
                clone.submit(version, council)
            case 1:
                rows = clone.required(PERSONAL, council)
                clone.submit(
                    version, council, rows[who % 3 :] if what % 4 else [("geheel", "WMS 10")]
                )
            case 2 | 3:
                clone.everyone(version, council)
            case 4:
                bases = [row[1] for row in clone.required(PERSONAL, council)][:1]
                clone.consent(version, geleding, by=by, council=council, grondslagen=bases)
            case 5:
                clone.consent(version, geleding, OUTCOMES[who % 4], council=council)
            case 6 | 7:
                self.adopt(clone, version, what, who)
            case 8 if self.entries:
                entry = self.entries[-1 - what % len(self.entries)]
                if entry.path in clone.files:
                    clone.day = max(clone.day, str(entry.date))
                    clone.take_back(entry, by=by)
            case 9:
                clone.repeal(version, "2026-03-01")
            case 10:
                clone.permit(version, geleding, "geweigerd" if who > 12 else "verleend")
            case 11:
                clone.editorial(version, [*TEXTS][who % 2], council)
                self.accept(clone, version, council)
            case 12:
                self.accept(clone, version, council)
            case 13:
                clone.submit(version, council)
                clone.everyone(version, council)
            case 14:
                clone.submit(version, council)
                clone.everyone(version, council)
                self.adopt(clone, version, what, who)
            case 15:
                clone.submit(version)
                clone.consent(version, "personeel")
                clone.consent(version, "ouders", "niet-ingestemd")
                if what % 2:
                    clone.permit(version, "ouders")

    @staticmethod
    def adopt(clone: Way, version: str, what: int, who: int) -> None:
        start = date.fromisoformat(clone.day) + timedelta(days=what)
        seen = clone.of("", version)[who - 15 :] if who > 13 else clone.of("", version)
        named = sorted({clone.roster, *(each.digest for each in seen)})
        clone.adopt(version, start.isoformat(), by=SECRETARY if who == 12 else BOARD, rust_op=named)

    @staticmethod
    def accept(clone: Way, version: str, council: str) -> None:
        chair = GMR_CHAIR if council == "gmr" else CHAIR
        clone.accept_editorial(version, council=council, by=chair)


# --- an oracle --------------------------------------------------------------------------------------------


class Oracle:
    """What was said before each adoption, read from the accepted entries in their order."""

    def __init__(self, course: Course) -> None:
        refused = {each.entry.digest for each in course.refused}
        self.course = course
        self.acts = [each for each in in_order(course.policy.acts) if each.digest not in refused]
        self.at = {entry.digest: place for place, entry in enumerate(self.acts)}

    def adoptions(self) -> list[Entry]:
        return [each for each in self.acts if each.kind == "vaststelling"]

    def said(self, kind: str, adoption: Entry, version: str, **wanted: str) -> list[Entry]:
        """Accepted before this adoption, and not taken back before it."""
        last = self.at[adoption.digest]
        gone = {each.about for each in self.acts[:last] if each.kind == "terugtrekking"}
        return [
            each
            for each in self.acts[:last]
            if (each.kind, each.version) == (kind, version)
            and each.digest not in gone
            and all(each.fields.get(name) == value for name, value in wanted.items())
        ]

    def lawful(self, adoption: Entry, files: dict[str, bytes]) -> bool:
        """Whether one council agreed with all its geledingen, or nobody had to and that was signed."""
        raakt = read_front(files[adoption.texts[0].path]).raakt
        for council in Council:
            submitted = self.said("voorlegging", adoption, adoption.version, orgaan=council)
            day = submitted[0].date if submitted else adoption.date
            asked = requirements(wms(), raakt, "po", council, (), day)
            whose = {str(each.geleding) for each in asked.required}
            excused = bool(whose) or any("geen_instemming" in e.fields for e in submitted)
            asked_anyhow = any(each.fields["vereist"] for each in submitted)
            if (
                submitted
                and (excused or asked_anyhow)
                and all(self.agreed(adoption, adoption.version, council, each) for each in whose)
            ):
                return True
        return False

    def agreed(self, adoption: Entry, version: str, council: str, geleding: str) -> bool:
        on = {"orgaan": council, "geleding": geleding}
        if self.said("instemming", adoption, version, uitkomst="niet-ingestemd", **on):
            return bool(self.said("toestemming", adoption, version, uitkomst="verleend", **on))
        given = self.said("instemming", adoption, version, uitkomst="ingestemd", **on)
        own = version == adoption.version
        texts = adoption.texts if own else None
        able = {f"{council}-{geleding}", f"{council}-voorzitter", "secretaris"}
        if any(
            each.role in able
            and (not own or (each.texts == texts and each.digest in adoption.grounds))
            for each in given
        ):
            return True
        if not self.said("redactieaanvaarding", adoption, version, orgaan=council):
            return False
        bases = [
            each.fields["redactioneel"]["versie"]
            for each in self.said("voorlegging", adoption, version, orgaan=council)
            if "redactioneel" in each.fields
        ]
        return any(self.agreed(adoption, base, council, geleding) for base in bases)

    def unlawful(self, school: Way) -> list[Entry]:
        return [each for each in self.adoptions() if not self.lawful(each, school.files)]


def course(school: Way) -> Course:
    return school.course(TODAY)


def adopted(school: Way) -> set[str]:
    return {each.digest for each in Oracle(course(school)).adoptions()}


def summary(school: Way) -> object:
    found = course(school)
    return (
        school.stands(),
        found.periods(),
        found.refused,
        found.notes,
        [found.tallies(number) for number in TEXTS],
        school.load().findings,
    )


# --- what always holds --------------------------------------------------------------------------------------


@PACE
@given(STEPS)
def test_nothing_is_adopted_that_not_everybody_agreed_to(steps: list[Step]) -> None:
    school = Life().play(steps)
    assert Oracle(course(school)).unlawful(school) == []


@PACE
@given(STEPS, st.data())
def test_nor_when_files_are_left_out(steps: list[Step], data: st.DataObject) -> None:
    life = Life()
    school = life.play(steps)
    gone = data.draw(st.sets(st.sampled_from(range(len(life.entries))))) if life.entries else set()
    for number in gone:
        if life.entries[number].path in school.files:
            school.remove(life.entries[number])
    if POLICY in school.load().courses:
        assert Oracle(course(school)).unlawful(school) == []


@PACE
@given(STEPS)
def test_one_text_on_each_day(steps: list[Step]) -> None:
    periods = course(Life().play(steps)).periods()
    for before, after in pairwise(periods):
        assert before.start < after.start
        assert before.end is not None
        assert before.start <= before.end < after.start
    assert all(each.version for each in periods)


@PACE
@given(STEPS, st.randoms(use_true_random=False))
def test_the_order_of_files_never_matters(steps: list[Step], rng) -> None:  # type: ignore[no-untyped-def]
    school = Life().play(steps)
    shuffled = [*school.files.items()]
    rng.shuffle(shuffled)
    other = school.copy()
    other.files = dict(shuffled)
    assert summary(school) == summary(other)


@PACE
@given(STEPS, st.integers(0, 15))
def test_taking_back_afterwards_adopts_nothing(steps: list[Step], which: int) -> None:
    life = Life()
    school = life.play(steps)
    before = adopted(school)
    if life.entries:
        entry = life.entries[-1 - which % len(life.entries)]
        school.day = "2026-02-01"
        school.take_back(entry)
        assert adopted(school) <= before


PERMITTING = ("instemming", "toestemming", "redactieaanvaarding", "vaststelling")


@PACE
@given(STEPS, st.data())
def test_leaving_out_what_permits_adopts_no_other_text(
    steps: list[Step], data: st.DataObject
) -> None:
    """In a life of one text: of two texts that exclude each other, one takes the place of the other."""
    life = Life()
    school = life.play([(kind, 0, *rest) for kind, _, *rest in steps])
    before = course(school)
    permits = [
        each
        for each in life.entries
        if each.kind in PERMITTING
        and each.fields.get("uitkomst") not in {"niet-ingestemd", "onder-voorwaarden"}
    ]
    if permits and before.adoption("0.1") is None and not before.ever("vaststelling", "0.1"):
        school.remove(data.draw(st.sampled_from(permits)))
        assert course(school).adoption("0.1") is None


@PACE
@given(STEPS)
def test_silence_is_never_consent(steps: list[Step]) -> None:
    school = Life().play(steps, kinds=(0, 1, 6, 8, 9))
    found = course(school)
    for number in TEXTS:
        excused = any("geen_instemming" in e.fields for e in found.submissions(number))
        open_ = {"definitief", "geldend", "vastgesteld", "vervangen", "ingetrokken"}
        assert excused or school.stand(number) not in open_


@PACE
@given(STEPS, STEPS)
def test_nobody_signs_for_both_sides(first: list[Step], then: list[Step]) -> None:
    """Eva sits in the council, and later in the board."""
    school = founded().copy()
    for steps, eva in ((first, EVA_COUNCIL), (then, EVA_BOARD)):
        if eva is EVA_BOARD:
            school.day = "2026-03-01"
            school.succeed(*PEOPLE, EVA_BOARD)
        for kind, version, what, who, when in steps:
            number = [*TEXTS][version % 4]
            school.day = f"2026-0{1 if eva is EVA_COUNCIL else 3}-{2 + when:02}"
            mine = eva if who % 2 else None
            if eva is EVA_COUNCIL or kind % 3 == 0:
                if school.submission(number) is None:
                    school.submit(number)
                school.consent(number, "ouders", by=mine)
                school.consent(number, GELEDINGEN[what % 4])
            elif kind % 3 == 1:
                school.submit(number, by=mine or BOARD)
            else:
                school.everyone(number)
                school.adopt(number, by=mine or BOARD)
    found = course(school)
    for number in TEXTS:
        signed = {(e.person, e.role) for e in found.everything(number)}
        council = {person for person, role in signed if role in COUNCIL_ROLES}
        assert not council & {person for person, role in signed if role in BOARD_ROLES}
