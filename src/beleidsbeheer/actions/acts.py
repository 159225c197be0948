"""The way of a text through council and board: one function for each act that people sign.

Each drafts its statement, lets the rules judge it, signs it and records it in one commit. Nobody types a
passphrase for what is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from beleidsbeheer.actions.recording import (
    BY_ITSELF,
    Decision,
    Evidence,
    course_of,
    dates,
    exact_text,
    find_version,
    record,
    submission_of,
    version_of,
)
from beleidsbeheer.actions.writing import Desk, Done, Workplace, at_desk
from beleidsbeheer.domain.ledger import Policy
from beleidsbeheer.domain.model import BOARD_ROLES, Council, Geleding, Role, chair, council_role
from beleidsbeheer.domain.rules.frame import Ground
from beleidsbeheer.domain.rules.submission import required_for, topics_for
from beleidsbeheer.domain.terms import geleding_name
from beleidsbeheer.errors import Refused


@dataclass(frozen=True, slots=True)
class Plan:
    """What the board puts to a council: why, what follows from it, and what is done about that.

    ``submitted`` is the day on which the council had it, when that was before today.
    """

    reasons: str
    effects: str
    measures: str
    submitted: date | None = None
    meeting: date | None = None
    answer_by: date | None = None
    nobody_asked: str = ""
    editorial_of: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a council says. ``votes`` has voor, tegen, onthouding and aanwezig, or is empty."""

    outcome: str
    meeting: date
    reference: str
    written: date | None = None
    votes: Mapping[str, int] = field(default_factory=dict)
    conditions: Sequence[str] = ()
    evidence: Evidence = BY_ITSELF


def submit(work: Workplace, slug: str, number: str, council: Council, plan: Plan) -> Done:
    """Put a registered text to a council: work out who must consent and on which article, and sign that list.

    Raises Refused when a rule closes the gate, WrongUse for an unknown policy or version.
    """
    with at_desk(work) as desk:
        policy, version = find_version(desk, slug, number)
        over = exact_text(policy, version)
        fields: dict[str, Any] = {
            "orgaan": council,
            "beweegredenen": plan.reasons,
            "gevolgen": plan.effects,
            "maatregelen": plan.measures,
            **_asked(desk, policy, number, council, plan),
            **dates(
                voorgelegd_op=plan.submitted,
                vergadering=plan.meeting,
                reageren_voor=plan.answer_by,
            ),
        }
        if plan.editorial_of:
            base = version_of(policy, plan.editorial_of)
            sha256 = base.text.sha256 if base.text else ""
            fields["redactioneel"] = {"versie": base.number, "sha256": sha256}
        pen = desk.pen()
        grounds = [version.origin.digest]
        return record(desk, "voorlegging", pen, grounds, over=over, **fields)


def consent(
    work: Workplace, slug: str, number: str, council: Council, geleding: Geleding, *, answer: Answer
) -> Done:
    """Record what a geleding says of a text, by its own signature or as a letter that came in."""
    with at_desk(work) as desk:
        policy, version = find_version(desk, slug, number)
        submission = submission_of(desk, policy, number, council)
        rows = submission.fields["vereist"] if submission else []
        conditional = [
            each.digest
            for each in course_of(desk, policy).acts("instemming", number)
            if (each.fields["orgaan"], each.fields["geleding"]) == (council, geleding)
            and each.fields["uitkomst"] == "onder-voorwaarden"
        ]
        bases = sorted(row["grondslag"] for row in rows if row["geleding"] == geleding)
        own = list(dict.fromkeys([council_role(council, geleding), chair(council)]))
        pen = desk.pen()
        role = answer.evidence.role_of(pen, own, geleding_name(council, geleding))
        return record(
            desk,
            "instemming",
            pen.only_as(role),
            [*([submission.digest] if submission else []), *conditional],
            answer.evidence.letter,
            over=exact_text(policy, version),
            orgaan=council,
            geleding=geleding,
            grondslagen=bases or ["(niet gevraagd)"],
            uitkomst=answer.outcome,
            vergadering=answer.meeting.isoformat(),
            kenmerk=answer.reference,
            **dates(brief_datum=answer.written),
            **({"stemmen": dict(answer.votes)} if answer.votes else {}),
            **({"voorwaarden": list(answer.conditions)} if answer.conditions else {}),
            **answer.evidence.fields,
        )


def accept_editorial(
    work: Workplace, slug: str, number: str, council: Council, answer: Answer
) -> Done:
    """Record that the council accepts a change as editorial: its earlier consents go on."""
    with at_desk(work) as desk:
        policy, version = find_version(desk, slug, number)
        submission = submission_of(desk, policy, number, council)
        pen = desk.pen()
        role = answer.evidence.role_of(
            pen, [chair(council)], geleding_name(council, Geleding.GEHEEL)
        )
        return record(
            desk,
            "redactieaanvaarding",
            pen.only_as(role),
            [submission.digest] if submission else [],
            answer.evidence.letter,
            over=exact_text(policy, version),
            orgaan=council,
            vergadering=answer.meeting.isoformat(),
            kenmerk=answer.reference,
            **dates(brief_datum=answer.written),
            **answer.evidence.fields,
        )


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the disputes commission decided: ``verleend`` or ``geweigerd``, on which day, under which number."""

    outcome: str
    given: date
    reference: str
    evidence: Evidence


def permit(
    work: Workplace, slug: str, number: str, council: Council, geleding: Geleding, *, ruling: Ruling
) -> Done:
    """Record the ruling of the commission on consent that this geleding withheld."""
    with at_desk(work) as desk:
        policy, version = find_version(desk, slug, number)
        submission = submission_of(desk, policy, number, council)
        withheld = [
            each
            for each in course_of(desk, policy).acts("instemming", number)
            if each.fields["geleding"] == geleding and each.fields["uitkomst"] == "niet-ingestemd"
        ]
        pen = desk.pen()
        role = ruling.evidence.role_of(pen, [Role.SECRETARIS], "de commissie")
        return record(
            desk,
            "toestemming",
            pen.only_as(role),
            [each.digest for each in (submission, *withheld) if each],
            ruling.evidence.letter,
            over=exact_text(policy, version),
            orgaan=council,
            geleding=geleding,
            uitkomst=ruling.outcome,
            uitspraak_op=ruling.given.isoformat(),
            kenmerk=ruling.reference,
            **ruling.evidence.fields,
        )


def adopt(
    work: Workplace,
    slug: str,
    number: str,
    decision: Decision,
    *,
    starts: date,
    retroactive: tuple[date, str] | None = None,
) -> Done:
    """The board adopts a version from ``starts``; ``retroactive`` is (works back to, reason)."""
    with at_desk(work) as desk:
        policy, version = find_version(desk, slug, number)
        pen = desk.pen()
        role = decision.evidence.role_of(pen, sorted(BOARD_ROLES), "het bestuur")
        back: dict[str, Any] = {}
        if retroactive:
            back = {"terugwerkend_tot": retroactive[0].isoformat(), "reden": retroactive[1]}
        # all that was said about this version: whoever adopts it has seen it
        seen = [each.digest for each in course_of(desk, policy).everything(number)]
        return record(
            desk,
            "vaststelling",
            pen.only_as(role),
            [version.origin.digest, *seen],
            decision.evidence.letter,
            over=exact_text(policy, version),
            inwerking=starts.isoformat(),
            **back,
            **decision.fields,
        )


def _asked(desk: Desk, policy: Policy, number: str, council: Council, plan: Plan) -> dict[str, Any]:
    """Who is asked, on which article, who gets a copy, and what that was worked out from."""
    settings = desk.register.settings_under(desk.roster().digest)
    if settings is None:
        raise Refused("De regels (beleid.toml) zijn hier niet.", hint="Kijk met: beleid verifieer")
    ground = Ground(desk.register, policy, course_of(desk, policy), settings)
    asked = required_for(ground, number, council, desk.today)
    rows = [{"geleding": each.geleding, "grondslag": each.basis} for each in asked.required]
    rows.sort(key=lambda row: (row["geleding"], row["grondslag"]))
    if rows and plan.nobody_asked:
        who = ", ".join(f"{row['geleding']} ({row['grondslag']})" for row in rows)
        raise Refused(
            f"Hier is wel instemming nodig: {who}.",
            hint="Laat --geen-instemming weg. Klopt raakt in het kopblok van de tekst?",
        )
    if not rows and not plan.nobody_asked and not asked.unknown:
        raise Refused(
            f"Volgens het kopblok van versie {number} hoeft niemand in te stemmen (raakt is leeg).",
            hint='Vul raakt in, bijvoorbeeld raakt = ["leerlinggegevens"], en registreer opnieuw.'
            " Hoeft echt niemand in te stemmen? Geef --geen-instemming REDEN.",
        )
    reason = {} if rows else {"geen_instemming": plan.nobody_asked or "onbekend onderwerp"}
    return {
        "raakt": topics_for(ground, number),
        "vereist": rows,
        "afschrift": sorted(asked.copies),
        **reason,
    }
