"""Rules about what a council says: by whom, on what, when, and with how many votes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from beleidsbeheer.domain.course import Evidence, day_of, received_on, submitted_on
from beleidsbeheer.domain.entry import Entry
from beleidsbeheer.domain.model import (
    BOARD_ROLES,
    COUNCIL_ROLES,
    Council,
    Geleding,
    Role,
    Severity,
    council_role,
)
from beleidsbeheer.domain.rules.frame import Ground, Objection, step
from beleidsbeheer.domain.rules.submission import asked_of
from beleidsbeheer.domain.settings import Majority
from beleidsbeheer.domain.terms import geleding_name, opening, show_date


def submission_of(on: Ground, act: Entry) -> Entry | None:
    """The submission that an answer rests on, if it stands."""
    return next(
        (
            each
            for each in on.course.submissions(act.version)
            if each.digest in act.grounds and each.fields["orgaan"] == act.fields["orgaan"]
        ),
        None,
    )


@step("eerst-voorleggen", "WMS 8 lid 6 en 10")
def submitted_first(on: Ground, act: Entry) -> Iterator[Objection]:
    """Een raad beslist over wat hem is voorgelegd; dat gaat vooraf."""
    if submission_of(on, act) is None:
        council = act.fields["orgaan"].upper()
        yield Objection(
            f"Versie {act.version} van {act.policy} ligt niet bij de {council}.",
            f"Het bestuur legt haar eerst voor: beleid voorleggen {act.policy} {act.version} --aan {council}",
        )


@step("geleding-gevraagd", "WMS 12, 13 en 14")
def geleding_asked(on: Ground, act: Entry) -> Iterator[Objection]:
    """Elke geleding beslist zelf: alleen wie gevraagd is, en op het artikel waarop zij is gevraagd."""
    submission = submission_of(on, act)
    if submission is None:
        return
    rows = submission.fields["vereist"]
    bases = sorted(row["grondslag"] for row in rows if row["geleding"] == act.fields["geleding"])
    if not bases:
        who = geleding_name(Council(act.fields["orgaan"]), Geleding(act.fields["geleding"]))
        yield Objection(
            f"Om instemming van {who} is niet gevraagd; gevraagd is {asked_of(submission)}, elk apart.",
            f"Kijk wie er moet beslissen: beleid status {act.policy}",
        )
    elif "grondslagen" in act.fields and act.fields["grondslagen"] != bases:
        yield Objection("De grondslagen zijn andere dan die in de voorlegging.")


@step("rol-van-geleding", "WMS 5")
def right_role(on: Ground, act: Entry) -> Iterator[Objection]:
    """Voor een geleding tekent iemand met die rol, of de voorzitter van de raad; een secretaris alleen als ontvangstbewijs."""
    council = Council(act.fields["orgaan"])
    geleding = Geleding(act.fields.get("geleding", Geleding.GEHEEL))
    able = {council_role(council, geleding), council_role(council, Geleding.GEHEEL)}
    if act.kind == "nietigheid":
        able |= {council_role(council, each) for each in Geleding}
    if act.role not in able | {Role.SECRETARIS}:
        roles = " of ".join(sorted(able))
        yield Objection(
            f"Namens {geleding_name(council, geleding)} tekent {roles}, niet {act.role}."
        )


@step("eigen-handtekening")
def own_signature(on: Ground, act: Entry) -> Iterator[Objection]:
    """Waar de regels een handtekening van raad of bestuur zelf eisen, is een ontvangstbewijs niet genoeg."""
    if "orgaan" in act.fields:
        body = on.settings.body(Council(act.fields["orgaan"]))
        demanded, whose = bool(body and body.own_signature), "de raad"
    else:
        demanded, whose = on.settings.board_own_signature, "het bestuur"
    if not demanded:
        return
    evidence = on.course.evidence(act)
    if evidence is Evidence.ONTVANGST:
        yield Objection(
            f"Dit register vraagt hier een handtekening van {whose} zelf; een ontvangstbewijs telt niet.",
            "Laat iemand met die rol tekenen: beleid rooster toon",
        )
    elif evidence is Evidence.ONBEVESTIGD:
        yield Objection(
            f"De sleutel van {act.person} is nog niet bevestigd door {whose}.",
            f"Leg een brief vast die de sleutel noemt: beleid rooster bevestig {act.person}",
        )


@step("volgorde-raad", "WMS 10")
def council_dates(on: Ground, act: Entry) -> Iterator[Objection]:
    """Voorgelegd, vergaderd, geschreven, ontvangen: in die volgorde, en niet in de toekomst."""
    submission = submission_of(on, act)
    steps = [
        ("het voorleggen", submitted_on(submission) if submission else None),
        ("de vergadering", day_of(act, "vergadering")),
        ("de brief", day_of(act, "brief_datum")),
        ("de uitspraak", day_of(act, "uitspraak_op")),
        ("de ontvangst", received_on(act)),
    ]
    known = [(name, day) for name, day in steps if day]
    future = [(name, day) for name, day in known if day > act.date]
    if future:
        name, day = future[0]
        yield Objection(
            f"{opening(name)} ({show_date(day)}) ligt na vandaag ({show_date(act.date)}).",
            "Leg haar vast als zij geweest is.",
        )
        return
    for (earlier, before), (later, after) in pairwise(known):
        if after < before:
            yield Objection(
                f"{opening(later)} ({show_date(after)}) ligt vóór {earlier} ({show_date(before)}).",
                "Kijk de data na.",
            )


@step("onthouding-staat", "WMS 10")
def refusal_stands(on: Ground, act: Entry) -> Iterator[Objection]:
    """Onthouden instemming blijft staan tot de geleding haar intrekt; anders: aanpassen, terugtrekken of de commissie."""
    if act.fields["uitkomst"] == "niet-ingestemd":
        return
    for each in on.course.acts("instemming", act.version):
        same = all(each.fields[name] == act.fields[name] for name in ("orgaan", "geleding"))
        if same and each.fields["uitkomst"] == "niet-ingestemd":
            yield Objection(
                f"Op {show_date(day_of(each, 'vergadering'))} is juist niet ingestemd.",
                "Wie zich bedenkt, neemt dat eerst terug:"
                f" beleid trek-terug {act.policy} {each.digest[:12]} --reden …",
            )


@step("quorum", "huishoudelijk reglement van de raad")
def quorum(on: Ground, act: Entry) -> Iterator[Objection]:
    """Waar de regels een quorum noemen, waren er genoeg mensen aanwezig."""
    body = on.settings.body(Council(act.fields["orgaan"]))
    least = body.quorum.get(Geleding(act.fields["geleding"])) if body else None
    if least is None or act.fields["uitkomst"] == "niet-ingestemd":
        return
    votes = act.fields.get("stemmen")
    if votes is None:
        yield Objection(
            f"De regels vragen een quorum van {least}; de stemmen ontbreken.",
            "Geef --voor, --tegen, --onthouding en --aanwezig.",
        )
    elif votes["aanwezig"] < least:
        yield Objection(
            f"Er waren {votes['aanwezig']} aanwezigen; het quorum is {least}.",
            "Laat de raad er opnieuw over vergaderen.",
        )


@step("meerderheid", "huishoudelijk reglement van de raad")
def majority(on: Ground, act: Entry) -> Iterator[Objection]:
    """Waar de regels een meerderheid noemen, is die gehaald."""
    body = on.settings.body(Council(act.fields["orgaan"]))
    wanted = body.majority if body else None
    votes = act.fields.get("stemmen")
    if act.fields["uitkomst"] == "niet-ingestemd":
        return
    if wanted is None:
        return
    if votes is None:
        yield Objection(
            f"De regels vragen een meerderheid ({wanted}); de stemmen ontbreken.",
            "Geef --voor, --tegen, --onthouding en --aanwezig.",
        )
    elif not _reached(wanted, votes):
        told = f"{votes['voor']} voor, {votes['tegen']} tegen, {votes['aanwezig']} aanwezig"
        yield Objection(f"De meerderheid ({wanted}) is niet gehaald: {told}.")


def _reached(wanted: Majority, votes: Mapping[str, int]) -> bool:
    if wanted is Majority.VOLSTREKT:
        return 2 * votes["voor"] > votes["aanwezig"]
    if wanted is Majority.TWEE_DERDE:
        return 3 * votes["voor"] >= 2 * (votes["voor"] + votes["tegen"]) > 0
    return votes["voor"] > votes["tegen"]


@step("stemmen-kloppen", severity=Severity.WAARSCHUWING)
def votes_agree(_on: Ground, act: Entry) -> Iterator[Objection]:
    """Bij instemmen horen meer stemmen voor dan tegen; anders wordt dat gemeld."""
    votes = act.fields.get("stemmen")
    if votes and act.fields["uitkomst"] != "niet-ingestemd" and votes["voor"] <= votes["tegen"]:
        told = f"{votes['voor']} voor en {votes['tegen']} tegen"
        yield Objection(
            f"De uitkomst is {act.fields['uitkomst']}, bij {told}.", "Kijk de stemmen na."
        )


@step("niet-beide-kanten", "WMS 1: bevoegd gezag en raad zijn elkaars tegenover")
def one_side_only(on: Ground, act: Entry) -> Iterator[Objection]:
    """Wie voor het bestuur over een versie tekende, tekent er niet ook voor de raad over, en omgekeerd."""
    side = _side(act.role)
    if side is None:
        return
    for each in on.course.everything(act.version):
        other = _side(each.role)
        if each.person == act.person and other is not None and other != side:
            yield Objection(
                f"{act.person} tekende over versie {act.version} al als {each.role};"
                f" dan kan dat niet ook als {act.role}.",
                "Laat een ander tekenen: beleid rooster toon",
            )


def _side(role: Role) -> str | None:
    if role in COUNCIL_ROLES:
        return "raad"
    return "bestuur" if role in BOARD_ROLES else None


@step("na-onthouding", "WMS 32")
def after_refusal(on: Ground, act: Entry) -> Iterator[Objection]:
    """De commissie komt pas in beeld als een geleding niet heeft ingestemd, en oordeelt over diezelfde tekst."""
    withheld = [
        each
        for each in on.course.acts("instemming", act.version)
        if each.fields["uitkomst"] == "niet-ingestemd"
        and each.fields["geleding"] == act.fields["geleding"]
        and each.fields["orgaan"] == act.fields["orgaan"]
    ]
    if not withheld:
        yield Objection(
            "Er is geen onthouden instemming waarover de commissie kan oordelen.",
            "Eerst legt u vast dat niet is ingestemd: beleid instemming … --uitkomst niet-ingestemd",
        )
    elif not any(each.digest in act.grounds for each in withheld):
        yield Objection("De uitspraak rust niet op de onthouding waarover zij gaat.")
    else:
        ruled, refused = day_of(act, "uitspraak_op"), day_of(withheld[-1], "vergadering")
        if ruled and refused and ruled < refused:
            yield Objection(
                f"De uitspraak ({show_date(ruled)}) ligt vóór de onthouding ({show_date(refused)})."
            )


@step("redactioneel-gevraagd")
def editorial_asked(on: Ground, act: Entry) -> Iterator[Objection]:
    """Redactioneel aanvaarden kan alleen wat zo is voorgelegd."""
    submission = submission_of(on, act)
    if submission is not None and "redactioneel" not in submission.fields:
        yield Objection(
            f"Versie {act.version} is niet als redactionele wijziging voorgelegd.",
            "Geef gewone instemming, of laat opnieuw voorleggen met --redactioneel.",
        )
