"""The acts of council and board in a register in memory: each on the right grounds, and any field to override.

``Acts`` is a Simulator with people for every role. A field given as None is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from beleidsbeheer.domain.course import Course, Refusal
from beleidsbeheer.domain.document import read_front
from beleidsbeheer.domain.entry import Entry, digest_of, read_entry
from beleidsbeheer.domain.law import requirements, wms
from beleidsbeheer.domain.ledger import ACTS, rules_copy_path
from beleidsbeheer.domain.model import Council, Finding, has_error
from beleidsbeheer.domain.register import Register
from beleidsbeheer.domain.rules.frame import Act
from beleidsbeheer.domain.settings import read_settings
from simulator import RULES, SECRETARY, TODAY, Person, Simulator

POLICY = "privacyreglement"
BOARD = Person("bestuur", ("bestuur",))
PUBLISHER = Person("publicist", ("publicist",))
CHAIR = Person("mr-voorzitter", ("mr-voorzitter",))
STAFF = Person("mr-personeel", ("mr-personeel",))
PARENTS = Person("mr-ouders", ("mr-ouders",))
PUPILS = Person("mr-leerlingen", ("mr-leerlingen",))
GMR_CHAIR = Person("gmr-voorzitter", ("gmr-voorzitter",))
GMR_STAFF = Person("gmr-personeel", ("gmr-personeel",))
GMR_PARENTS = Person("gmr-ouders", ("gmr-ouders",))
GMR_PUPILS = Person("gmr-leerlingen", ("gmr-leerlingen",))
PEOPLE = (
    SECRETARY, BOARD, PUBLISHER, CHAIR, STAFF, PARENTS, PUPILS,
    GMR_CHAIR, GMR_STAFF, GMR_PARENTS, GMR_PUPILS,
)  # fmt: skip
BY_ROLE = {role: person for person in PEOPLE for role in person.roles}

VO = RULES.replace(b'"po"', b'"vo"')
GMR = RULES + b'\n[organen.gmr]\nnaam = "GMR"\n'
PERSONAL = ("personeelsgegevens", "leerlinggegevens", "oudergegevens")


def rules(more: str = "", council: str = "") -> bytes:
    """A beleid.toml with ``council`` added to [organen.mr] and ``more`` at the end."""
    return RULES + f"{council}\n{more}\n".encode()


def text(body: str = "Eén.", raakt: Sequence[str] = PERSONAL) -> bytes:
    """A regulation with one article, that touches ``raakt``."""
    topics = ", ".join(f'"{each}"' for each in raakt)
    return (
        f'+++\ntitel = "Privacyreglement"\nraakt = [{topics}]\n+++\n\n# Privacyreglement\n\n'
        f"## Artikel 1. Doel\n\n1. {body}\n"
    ).encode()


@dataclass
class Way(Simulator):
    """A Simulator that walks the way through council and board with one ``policy``, unless told otherwise."""

    policy: str = POLICY

    @classmethod
    def ready(cls, rules: bytes = RULES, *raakt: str, members: Sequence[Person] = PEOPLE) -> Way:
        """A school with everybody in it and version 0.1 registered."""
        school = cls.begun(*members, rules=rules)
        school.day = "2026-01-02"
        school.register("0.1", text("Eén.", raakt or PERSONAL))
        return school

    # --- acts ----------------------------------------------------------------------------------------

    def submit(
        self,
        version: str,
        council: str = "mr",
        required: Sequence[tuple[str, str]] | None = None,
        *,
        by: Person = BOARD,
        policy: str = "",
        **fields: Any,
    ) -> Entry:
        """Put a version to a council; who is asked follows from the law unless told otherwise."""
        topics = self.topics(version, policy)
        if required is None:
            required = self.required(topics, council)
        rows = [{"geleding": each, "grondslag": basis} for each, basis in sorted(set(required))]
        usual = {
            "over": self.over(version, policy),
            "orgaan": council,
            "raakt": sorted(topics),
            "vereist": rows,
            "afschrift": [],
            "beweegredenen": "omdat",
            "gevolgen": "geen",
            "maatregelen": "geen",
            "geen_instemming": None if rows else "niemand hoeft in te stemmen",
        }
        grounds = self.of("registratie", version, policy) or self.of("overname", version, policy)
        return self.act(by, "voorlegging", grounds[:1], **(usual | fields))

    def editorial(self, version: str, base: str, council: str = "mr", **fields: Any) -> Entry:
        """Put a version to a council as an editorial change of ``base``."""
        data = self.files[f"reglement/{self.policy}/versies/{base}.md"]
        of = {"versie": base, "sha256": digest_of(data)}
        return self.submit(version, council, **({"redactioneel": of} | fields))

    def consent(
        self,
        version: str,
        geleding: str = "personeel",
        outcome: str = "ingestemd",
        *,
        by: Person | None = None,
        council: str = "mr",
        policy: str = "",
        **fields: Any,
    ) -> Entry:
        """What a geleding says of a version; signed by its member, or by the secretary as received."""
        submission = self.submission(version, council, policy)
        rows = submission.fields["vereist"] if submission else []
        bases = sorted(row["grondslag"] for row in rows if row["geleding"] == geleding)
        conditional = [
            each
            for each in self.of("instemming", version, policy)
            if each.fields["uitkomst"] == "onder-voorwaarden"
            and (each.fields["geleding"], each.fields["orgaan"]) == (geleding, council)
        ]
        seat = "voorzitter" if geleding == "geheel" else geleding
        usual = {
            "over": self.over(version, policy),
            "orgaan": council,
            "geleding": geleding,
            "grondslagen": bases or ["(niet gevraagd)"],
            "uitkomst": outcome,
            "vergadering": self.day,
            "kenmerk": "MR 1",
            "voorwaarden": ["noem de bewaartermijn"] if outcome == "onder-voorwaarden" else None,
        }
        grounds = [each for each in (submission, *conditional) if each]
        by = by or BY_ROLE[f"{council}-{seat}"]
        return self.act(by, "instemming", grounds, **(usual | fields))

    def everyone(self, version: str, council: str = "mr", **fields: Any) -> list[Entry]:
        """Every geleding that was asked consents."""
        submission = self.submission(version, council)
        rows = submission.fields["vereist"] if submission else []
        asked = dict.fromkeys(row["geleding"] for row in rows)
        return [self.consent(version, each, council=council, **fields) for each in asked]

    def permit(
        self, version: str, geleding: str, outcome: str = "verleend", **fields: Any
    ) -> Entry:
        """The ruling of the commission on consent that was withheld."""
        council = fields.get("orgaan", "mr")
        withheld = [
            each
            for each in self.of("instemming", version)
            if each.fields["uitkomst"] == "niet-ingestemd" and each.fields["geleding"] == geleding
        ]
        usual = {
            "over": self.over(version),
            "orgaan": council,
            "geleding": geleding,
            "uitkomst": outcome,
            "uitspraak_op": self.day,
            "kenmerk": "LCG 1",
            "ontvangst": self.receipt(),
        }
        submission = self.submission(version, council)
        grounds = [each for each in (submission, *withheld) if each]
        return self.act(SECRETARY, "toestemming", grounds, **(usual | fields))

    def accept_editorial(
        self, version: str, *, by: Person = CHAIR, council: str = "mr", **fields: Any
    ) -> Entry:
        usual = {
            "over": self.over(version),
            "orgaan": council,
            "vergadering": self.day,
            "kenmerk": "MR 2",
        }
        submission = self.submission(version, council)
        grounds = [submission] if submission else []
        return self.act(by, "redactieaanvaarding", grounds, **(usual | fields))

    def adopt(
        self,
        version: str,
        starts: str = "",
        *,
        by: Person = BOARD,
        policy: str = "",
        **fields: Any,
    ) -> Entry:
        """The board adopts, naming everything that was said about this version."""
        usual = {
            "over": self.over(version, policy),
            "vergadering": self.day,
            "inwerking": starts or self.day,
        }
        grounds = self.of("", version, policy)
        return self.act(by, "vaststelling", grounds, **(usual | fields))

    def publish(self, version: str, *, by: Person = PUBLISHER, **fields: Any) -> Entry:
        usual = {
            "over": self.over(version),
            "bekendgemaakt_op": self.day,
            "waar": "https://voorbeeld.example/beleid",
        }
        return self.act(by, "bekendmaking", self.of("vaststelling", version), **(usual | fields))

    def repeal(self, version: str, per: str = "", *, by: Person = BOARD, **fields: Any) -> Entry:
        usual = {
            "over": {"beleid": self.policy, "versie": version},
            "vergadering": self.day,
            "per": per or self.day,
            "reden": "niet meer nodig",
        }
        return self.act(by, "intrekking", self.decisions(version), **(usual | fields))

    def review(self, version: str, following: str = "2030-01-01", **fields: Any) -> Entry:
        by = fields.pop("by", BOARD)
        usual = {
            "over": {"beleid": self.policy, "versie": version},
            "vergadering": self.day,
            "volgende": following,
        }
        return self.act(by, "bevestiging", self.decisions(version), **(usual | fields))

    def contest(self, version: str, *, by: Person = CHAIR, **fields: Any) -> Entry:
        usual = {
            "over": {"beleid": self.policy, "versie": version},
            "orgaan": "mr",
            "ingeroepen_op": self.day,
            "kenmerk": "MR 3",
            "reden": "geen instemming gevraagd",
        }
        return self.act(by, "nietigheid", self.decisions(version), **(usual | fields))

    def take_back(self, entry: Entry, *, by: Person | None = None, **fields: Any) -> Entry:
        """Whoever signed it takes it back, unless told otherwise."""
        usual = {
            "over": {"beleid": entry.policy, "versie": entry.version},
            "betreft": entry.digest,
            "reden": "vergissing",
        }
        by = by or next(each for each in self.members if each.id == entry.person)
        role = fields.pop("role", "secretaris" if by == SECRETARY else by.roles[0])
        return self._signed(by, role, "terugtrekking", [entry], usual | fields)

    def act(self, by: Person, kind: str, grounds: Sequence[Entry], **fields: Any) -> Entry:
        """Sign an act; a secretary signs for a body with a receipt."""
        if by == SECRETARY and kind not in {"voorlegging", "toestemming", "bekendmaking"}:
            fields = {"ontvangst": self.receipt()} | fields
        role = fields.pop("role", "secretaris" if by == SECRETARY else by.roles[0])
        return self._signed(by, role, kind, grounds, fields)

    def _signed(
        self, by: Person, role: str, kind: str, grounds: Sequence[Entry], fields: dict[str, Any]
    ) -> Entry:
        rests_on = {self.roster, *(each.digest for each in grounds), *self.heads()}
        known = {"rust_op": sorted(rests_on)} | fields
        left = {name: value for name, value in known.items() if value is not None}
        return self.sign(by, role, kind, **left)

    def heads(self) -> list[str]:
        """What the next act has seen, as the program itself names it."""
        course = self.load().courses.get(self.policy)
        return course.heads() if course else []

    # --- lives -----------------------------------------------------------------------------------------

    def agreed(self, version: str, day: str = "", **fields: Any) -> None:
        """Submitted to the MR and consented to by all, on one day."""
        self.day = day or self.day
        self.submit(version, **fields)
        self.everyone(version)

    def adopted(self, version: str, day: str = "", starts: str = "") -> Entry:
        """The whole way on one day."""
        self.agreed(version, day)
        return self.adopt(version, starts)

    def next(self, version: str, body: str, raakt: Sequence[str] = PERSONAL) -> Entry:
        """Register a text after the last one."""
        return self.register(version, text(body, raakt))

    def change_rules(self, data: bytes, *members: Person, keep: bool = True) -> Entry:
        """A new roster with other rules; ``keep`` a copy of the old ones beside the rosters."""
        old = self.files["beleid.toml"]
        if keep:
            self.files[rules_copy_path(digest_of(old))] = old
        self.files["beleid.toml"] = data
        return self.succeed(*(members or self.members))

    # --- reading ---------------------------------------------------------------------------------------

    def course(self, today: date = TODAY) -> Course:
        return self.load(today).courses[self.policy]

    def stand(self, version: str = "0.1", today: date = TODAY) -> str:
        return str(self.course(today).stand(version, today))

    def stands(self, today: date = TODAY) -> dict[str, str]:
        course = self.course(today)
        return {v.number: str(course.stand(v.number, today)) for v in course.policy.versions}

    def held(self, entry: Entry) -> bool:
        """Whether this act counts and the rules accept it."""
        return entry in self.course().ever(entry.kind, entry.version)

    def why_not(self, entry: Entry) -> list[str]:
        """The ids of the rules that refuse this act; empty when none does."""
        found: list[Refusal] = self.course().refused
        return [
            reason.rule
            for refusal in found
            if refusal.entry == entry
            for reason in refusal.reasons
            if reason.severity == "fout"
        ]

    def gate(self, act: Callable[[Way], Entry]) -> list[Finding]:
        """What stands in the way of an act that somebody is about to sign here."""
        entry = act(self.copy())
        register: Register = self.load()
        return register.gate(Act(entry.kind, entry.policy, entry.version, entry=entry))

    # --- pieces ------------------------------------------------------------------------------------------

    def of(self, kind: str, version: str, policy: str = "") -> list[Entry]:
        """The entries of this kind about this version in the order of signing; every act when no kind."""
        wanted = (kind,) if kind else ("registratie", *ACTS)
        folder = f"approvals/{policy or self.policy}/{version}/"
        paths = tuple(f"{folder}{each}-" for each in wanted)
        return [
            read_entry(data)
            for path, data in self.files.items()
            if path.startswith(paths) and path.endswith(".json")
        ]

    def submission(self, version: str, council: str = "mr", policy: str = "") -> Entry | None:
        """The last submission of this version to this council, taken back or not."""
        found = self.of("voorlegging", version, policy)
        return next((e for e in reversed(found) if e.fields["orgaan"] == council), None)

    def decisions(self, version: str) -> list[Entry]:
        return [*self.of("vaststelling", version), *self.of("lezing", version)]

    def over(self, version: str, policy: str = "") -> dict[str, Any]:
        policy = policy or self.policy
        path = f"reglement/{policy}/versies/{version}.md"
        data = self.files.get(path, b"")
        frozen = {"pad": path, "sha256": digest_of(data), "bytes": len(data)}
        return {"beleid": policy, "versie": version, "bestanden": [frozen]}

    def topics(self, version: str, policy: str = "") -> list[str]:
        path = f"reglement/{policy or self.policy}/versies/{version}.md"
        data = self.files.get(path, b"")
        return list(read_front(data).raakt)

    def required(self, topics: Sequence[str], council: str = "mr") -> list[tuple[str, str]]:
        """Who the law and the own arrangements ask, today."""
        settings = read_settings(self.files["beleid.toml"])
        day = date.fromisoformat(self.day)
        asked = requirements(
            wms(), topics, settings.sector, Council(council), settings.arrangements, day
        )
        return [(str(each.geleding), each.basis) for each in asked.required]

    def receipt(self, day: str = "", letter: bytes = b"brief") -> dict[str, Any]:
        return {"op": day or self.day, "sha256": digest_of(letter), "bytes": len(letter)}


# --- one rule at a time -------------------------------------------------------------------------------------

Step = Callable[[Way], object] | str
Prepared = Callable[[], Way]


def life(
    *steps: Step,
    rules: bytes = RULES,
    raakt: Sequence[str] = PERSONAL,
    members: Sequence[Person] = PEOPLE,
) -> Prepared:
    """A school that did these steps; a step that is a day moves the calendar."""

    def make() -> Way:
        school = Way.ready(rules, *raakt, members=members)
        for step in steps:
            if isinstance(step, str):
                school.day = step
            else:
                step(school)
        return school

    return make


@dataclass(frozen=True)
class Case:
    """An act that keeps a rule, and one that breaks it: in another school (``wrong``) or another act (``bad``)."""

    school: Prepared
    act: Callable[[Way], Entry]
    bad: Callable[[Way], Entry] | None = None
    wrong: Prepared | None = None
    warns: bool = False

    def check_kept(self, rule: str) -> None:
        school = self.school()
        assert rule not in {each.rule for each in school.gate(self.act)}
        entry = self.act(school)
        assert school.counts(entry), school.verdict(entry)
        assert school.why_not(entry) == []
        assert school.held(entry)
        assert rule not in notes(school, entry)

    def check_broken(self, rule: str) -> None:
        school, act = (self.wrong or self.school)(), self.bad or self.act
        objections = school.gate(act)
        assert rule in {each.rule for each in objections if each.severity != "opmerking"}
        assert has_error(objections) != self.warns
        before = school.stands()
        entry = act(school)
        assert school.counts(entry), school.verdict(entry)
        if self.warns:
            assert school.held(entry)
            assert rule in notes(school, entry)
        else:
            assert rule in school.why_not(entry)
            assert not school.held(entry)
            assert school.stands() == before


def notes(school: Way, entry: Entry) -> set[str]:
    return {finding.rule for noted, finding in school.course().notes if noted == entry}


def unregistered(school: Way) -> None:
    """A text on the place of version 0.9 that nobody registered."""
    school.files[f"reglement/{POLICY}/versies/0.9.md"] = text("Negen.")
