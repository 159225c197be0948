"""Leaving files out never makes more count, in any order; and nor does what a dropped signer adds.

Random lives of a register: people come, go and change keys, rosters follow each other or fork, acts are
dated and sealed at random. ``Life`` plays a list of small numbers, so that hypothesis can shrink it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beleidsbeheer.domain.entry import Entry, read_entry
from beleidsbeheer.domain.sense import ROSTER_KINDS
from beleidsbeheer.domain.verification import Verification, verify
from simulator import Key, Person, Simulator

TODAY = date(2026, 11, 23)
ROLES = {
    "an": ("beheerder", "secretaris"),
    "bo": ("beheerder", "secretaris"),
    "cis": ("beheerder", "mr-voorzitter"),
    "dik": ("bestuur", "secretaris"),
}
POOL = [
    Person(name, roles, (Key(name + key),))
    for name, roles in ROLES.items()
    for key in ("", "-nieuw")
]
FOUNDERS = POOL[::2]

Step = tuple[int, ...]
STEPS = st.lists(st.tuples(*[st.integers(0, 15)] * 5), min_size=4, max_size=18)
PACE = settings(deadline=None, max_examples=45, suppress_health_check=list(HealthCheck))


class Life:
    """Two clones of one register in which ``people`` do what the steps say."""

    def __init__(self, threshold: int) -> None:
        self.clones = [Simulator.begun(*FOUNDERS, threshold=threshold)] * 2
        self.entries = [j.entry for j in self.clones[0].verify().judgements if j.entry]
        self.branch()

    def branch(self) -> None:
        self.clones = [clone.copy() for clone in self.clones]

    def merge(self) -> Simulator:
        merged = self.clones[0].copy()
        merged.merge(self.clones[1])
        self.clones = [merged.copy(), merged.copy()]
        return merged

    def play(self, steps: Sequence[Step], people: Sequence[Person]) -> None:
        for kind, who, what, where, rest in steps:
            if kind == 15:
                self.merge()
                continue
            clone = self.clones[where % 2]
            acts: list[Callable[[Simulator, Person, int, int], Entry | None]] = [
                self.register,
                self.propose,
                self.agree,
                self.accept,
                self.repudiate,
                self.vouch,
                self.confirm,
                self.register,
                self.whole_change,
                self.whole_change,
            ]
            older = self.pick(self.of_kind("rooster", clone), where // 2).digest
            clone.roster = older if where >= 10 else clone.in_force()
            clone.day = (date(2026, 1, 1) + timedelta(days=rest)).isoformat()
            entry = acts[kind % len(acts)](clone, people[who % len(people)], what, rest)
            if entry:
                self.entries.append(entry)

    def of_kind(self, kind: str, clone: Simulator) -> list[Entry]:
        return [e for e in self.entries if e.path in clone.files and kind in ("", e.kind)]

    @staticmethod
    def pick(entries: Sequence[Entry], number: int) -> Entry:
        """Newest first, so that small numbers make long lines."""
        return entries[-1 - number % len(entries)]

    # --- acts ----------------------------------------------------------------------------------------

    def register(self, clone: Simulator, by: Person, what: int, rest: int) -> Entry:
        votes = {"rooster", "akkoord", "aanvaarding"}
        able = [entry for entry in self.of_kind("", clone) if entry.kind not in votes]
        grounds = [self.pick(able, what)] if what % 2 and able else []
        return clone.register(f"0.{what}", by=by, after=grounds, omschrijving=f"{what} {rest}")

    def propose(self, clone: Simulator, by: Person, what: int, rest: int) -> Entry:
        chosen = {person.id: person for n, person in enumerate(POOL) if (what * 17 + rest) >> n & 1}
        members = [*chosen.values()] or [by]
        seals: list[str] | None = None if rest % 3 else []
        return clone.propose(*members, by=by, threshold=1 + what % 2, seals=seals)

    def whole_change(self, clone: Simulator, by: Person, what: int, rest: int) -> Entry:
        """A roster that everybody agrees with and in which everybody accepts the key."""
        members = read_entry(clone.files[f"approvals/rooster/rooster-{clone.roster[:12]}.json"])
        keys = {row["persoon"]: row["sleutels"] for row in members.fields["leden"]}
        able = [p for p in POOL if p.row["sleutels"] == keys.get(p.id) and "beheerder" in p.roles]
        roster = self.propose(clone, able[what % len(able)] if able else by, what, rest)
        chosen = {row["persoon"]: row["sleutels"] for row in roster.fields["leden"]}
        for person in POOL:
            if person.row["sleutels"] not in (chosen.get(person.id), keys.get(person.id)):
                continue
            self.entries.append(clone.agree(person, roster, role=person.roles[0]))
            self.entries.append(clone.accept(person, roster))
        return roster

    def agree(self, clone: Simulator, by: Person, what: int, _: int) -> Entry | None:
        open_ = [
            e for e in self.of_kind("", clone) if e.kind in {"rooster", "verwerping", "erkenning"}
        ]
        about = self.pick(open_, what)
        return clone.agree(by, about, role=by.roles[0]) if about.roster else None

    def accept(self, clone: Simulator, by: Person, what: int, _: int) -> Entry:
        return clone.accept(by, self.pick(self.of_kind("rooster", clone), what))

    def repudiate(self, clone: Simulator, by: Person, what: int, _: int) -> Entry:
        return clone.repudiate(self.pick(self.of_kind("", clone), what), by)

    def vouch(self, clone: Simulator, by: Person, what: int, _: int) -> Entry:
        return clone.vouch(self.pick(self.of_kind("", clone), what), by)

    def confirm(self, clone: Simulator, by: Person, what: int, _: int) -> Entry:
        return clone.confirm(POOL[what % len(POOL)], by=by)


def lived(threshold: int, steps: Sequence[Step]) -> Life:
    life = Life(threshold)
    life.play(steps, POOL)
    return life


def acts(verification: Verification) -> set[str]:
    """What counts, besides votes and proposals: those may be valid and still decide nothing."""
    return {d for d, entry in verification.counted.items() if entry.kind not in ROSTER_KINDS}


@PACE
@given(st.integers(1, 2), STEPS, st.data())
def test_any_subset_that_keeps_the_rosters_counts_no_more(
    threshold: int, steps: list[Step], data: st.DataObject
) -> None:
    files = lived(threshold, steps).merge().files
    whole = set(verify(files, TODAY).counted)
    removable = sorted(
        path
        for path in files
        if path.startswith("approvals/") and not path.startswith("approvals/rooster/")
    )
    removed = data.draw(st.sets(st.sampled_from(removable)) if removable else st.just(set()))
    rest = {path: files[path] for path in files if path not in removed}
    assert set(verify(rest, TODAY).counted) <= whole


@PACE
@given(st.integers(1, 2), STEPS, st.randoms(use_true_random=False))
def test_the_order_of_files_never_matters(threshold: int, steps: list[Step], rng) -> None:  # type: ignore[no-untyped-def]
    files = lived(threshold, steps).merge().files
    shuffled = list(files.items())
    rng.shuffle(shuffled)
    one, other = verify(files, TODAY), verify(dict(shuffled), TODAY)
    assert one.judgements == other.judgements
    assert one.findings == other.findings


@PACE
@given(st.integers(1, 2), STEPS, STEPS)
def test_whoever_was_dropped_makes_nothing_more_count(
    threshold: int, steps: list[Step], attack: list[Step]
) -> None:
    """Dropped signers who still have all their keys add whatever they can think of."""
    life = lived(threshold, steps)
    honest = life.merge()
    before = honest.verify(TODAY)
    assert before.succession is not None
    current = before.succession.line[-1]
    dropped = [p for p in POOL if p.id not in current.members]
    if before.succession.rivals or not dropped:
        return
    # a vote of long ago may become one by proving the key now; that is the voter's own right
    life.play([step for step in attack if step[0] % 10 not in {3, 8, 9}], dropped)
    after = life.merge().verify(TODAY)
    assert after.succession is not None
    assert acts(after) <= acts(before)
    assert after.succession.line == before.succession.line[: len(after.succession.line)]
