"""Rules about the decision of the board: every consent on this text, and dates that can be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from beleidsbeheer.domain.course import (
    State,
    Tally,
    day_of,
    known_since,
    received_on,
    start_of,
    submitted_on,
)
from beleidsbeheer.domain.entry import Entry
from beleidsbeheer.domain.model import Council, council_role
from beleidsbeheer.domain.rules.frame import Ground, Objection, step
from beleidsbeheer.domain.terms import geleding_name, listed, opening, show_date

_CLOSED_BY = {
    State.ONTHOUDEN: "{who} heeft niet ingestemd met versie {version}",
    State.VOORWAARDEN: "{who} stemde onder voorwaarden in met versie {version}, en heeft nog niet bevestigd"
    " dat deze tekst eraan voldoet",
    State.OPEN: "{who} heeft nog niet ingestemd met versie {version}",
}


@step("alle-instemmingen", "WMS 10, 12, 13 en 14")
def every_consent(on: Ground, act: Entry) -> Iterator[Objection]:
    """Vaststellen kan pas als elke gevraagde geleding heeft ingestemd met precies deze tekst, zonder open voorwaarden."""
    course, version = on.course, act.version
    if not course.submissions(version):
        yield Objection(
            f"Versie {version} is niet voorgelegd; zonder voorlegging kan niemand instemmen.",
            f"Leg haar voor: beleid voorleggen {act.policy} {version} --aan {_councils(on)}",
            basis="WMS 8 lid 6 en 10",
        )
        return
    standing = {each.fields["orgaan"] for each in course.submissions(version)}
    for each in course.ever("voorlegging", version):
        if each.fields["orgaan"] not in standing:
            standing.add(each.fields["orgaan"])
            council = each.fields["orgaan"].upper()
            yield Objection(
                f"De voorlegging van versie {version} aan de {council} is teruggetrokken.",
                f"Leg haar opnieuw voor: beleid voorleggen {act.policy} {version} --aan {council}",
            )
    for tally in course.tallies(version):
        if not tally.complete:
            yield Objection(closed_by(tally), way_on(tally), basis=" en ".join(tally.bases))
    if not course.tallies(version) and not course.has_all_consents(version):
        yield Objection("Er is niemand om instemming gevraagd, en er is geen getekende reden.")


def _councils(on: Ground) -> str:
    return " of ".join(body.council.upper() for body in on.settings.bodies) or "MR"


def closed_by(tally: Tally) -> str:
    """Why one geleding keeps the gate closed, with the law it is asked on."""
    who = opening(geleding_name(tally.council, tally.geleding))
    why = _CLOSED_BY[tally.state].format(who=who, version=tally.submission.version)
    count = f" ({tally.given} van {tally.needed} handtekeningen)" if tally.given else ""
    return f"{why}{count}: {listed(tally.bases)}."


ON_PAPER = "Kwam er een brief? Dan legt de secretaris die vast met --ontvangen --brief BESTAND."


def consent_command(tally: Tally) -> str:
    """The command with which a geleding consents."""
    return (
        f"beleid instemming {tally.submission.policy} {tally.submission.version}"
        f" --orgaan {tally.council.upper()} --geleding {tally.geleding} --uitkomst ingestemd --vergadering DATUM --kenmerk …"
    )


def way_on(tally: Tally) -> str:
    """Who can open the gate, and with which command."""
    policy, version = tally.submission.policy, tally.submission.version
    role = council_role(tally.council, tally.geleding)
    give = consent_command(tally)
    if tally.state is State.ONTHOUDEN:
        return (
            f"Drie wegen: trek het voorstel terug (beleid trek-terug {policy} {version} --reden …); pas de"
            " tekst aan en leg een nieuwe versie voor; of vraag de geschillencommissie om toestemming"
            f" (beleid toestemming {policy} {version} --geleding {tally.geleding} …)."
        )
    if tally.state is State.VOORWAARDEN:
        return f"{role} bevestigt met: {give}"
    return f"{role} geeft die met: {give}\n{ON_PAPER}"


@step("rust-op-instemming")
def rests_on_consents(on: Ground, act: Entry) -> Iterator[Objection]:
    """De vaststelling noemt zelf de voorlegging en elke instemming waarop zij rust."""
    needed = [*on.course.submissions(act.version)]
    needed += [each for tally in on.course.tallies(act.version) for each in tally.acts]
    if any(each.digest not in act.grounds for each in needed):
        yield Objection("De vaststelling noemt niet elke instemming waarop zij rust.")


@step("volgorde-bestuur", "WMS 10")
def board_dates(on: Ground, act: Entry) -> Iterator[Objection]:
    """Het bestuur besluit na de instemmingen, en niemand legt een besluit uit de toekomst vast."""
    decided = day_of(act, "vergadering") or act.date
    for tally in on.course.tallies(act.version):
        for each in tally.acts:
            if known_since(each) > decided:
                who = geleding_name(Council(each.fields["orgaan"]), tally.geleding)
                yield Objection(
                    f"Het besluit ({show_date(decided)}) ligt vóór de instemming van {who}"
                    f" ({show_date(known_since(each))}).",
                    "Instemming gaat vooraf. Kijk de data na, of laat het bestuur opnieuw besluiten.",
                )
    for each in on.course.submissions(act.version):
        if submitted_on(each) > decided:
            yield Objection(
                f"Het besluit ({show_date(decided)}) ligt vóór het voorleggen ({show_date(submitted_on(each))})."
            )
    yield from _not_in_future(act)


@step("besluit-data")
def decision_dates(_on: Ground, act: Entry) -> Iterator[Objection]:
    """Een besluit en de ontvangst ervan liggen niet na de dag waarop zij worden vastgelegd."""
    yield from _not_in_future(act)


def _not_in_future(act: Entry) -> Iterator[Objection]:
    decided, received = day_of(act, "vergadering"), received_on(act)
    if received and decided and received < decided:
        yield Objection(
            f"De ontvangst ({show_date(received)}) ligt vóór de vergadering ({show_date(decided)})."
        )
    for name, day in (("De vergadering", decided), ("De ontvangst", received)):
        if day and day > act.date:
            yield Objection(
                f"{name} ({show_date(day)}) ligt na vandaag ({show_date(act.date)}).",
                "Leg het besluit vast als het genomen is.",
            )


@step("inwerking-na-besluit", "als voorbeeld: Aanwijzing voor de regelgeving 5.63")
def starts_after_decision(_on: Ground, act: Entry) -> Iterator[Objection]:
    """Een tekst gaat niet in vóór het besluit, tenzij met zoveel woorden terugwerkend en met een reden."""
    decided, starts = day_of(act, "vergadering") or act.date, day_of(act, "inwerking")
    if starts and starts < decided:
        yield Objection(
            f"De inwerkingtreding ({show_date(starts)}) ligt vóór het besluit ({show_date(decided)}).",
            f"Moet het terugwerken? Geef --inwerking {decided.isoformat()}"
            f" --terugwerkend-tot {starts.isoformat()} --reden …",
        )


@step("eenmaal-vastgesteld")
def adopted_once(on: Ground, act: Entry) -> Iterator[Objection]:
    """Een versie wordt één keer vastgesteld."""
    adoption = on.course.adoption(act.version)
    if adoption:
        yield Objection(
            f"Versie {act.version} is al vastgesteld op {show_date(day_of(adoption, 'vergadering'))}.",
            f"Bekendmaken kan met: beleid bekendmaken {act.policy} {act.version}",
        )


@step("een-tekst-per-dag")
def one_text_a_day(on: Ground, act: Entry) -> Iterator[Objection]:
    """Op elke dag geldt één tekst: een nieuwe versie gaat later in dan elke versie die al geldt of gaat gelden."""
    periods = on.course.periods()
    start = start_of(act)
    if on.course.adoption(act.version):
        return
    if periods and start <= periods[-1].start:
        last = periods[-1]
        which = f"versie {last.version}" if last.version else "een andere tekst"
        yield Objection(
            f"Op {show_date(last.start)} gaat {which} in; versie {act.version} moet later ingaan,"
            f" niet op {show_date(start)}.",
            f"Kies bijvoorbeeld --inwerking {(last.start + timedelta(days=1)).isoformat()}.",
        )
