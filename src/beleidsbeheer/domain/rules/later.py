"""Rules about what comes after adoption, and about taking an own act back."""

from __future__ import annotations

from collections.abc import Iterator

from beleidsbeheer.domain.course import Course, Period, day_of, received_on, start_of
from beleidsbeheer.domain.entry import Entry
from beleidsbeheer.domain.model import (
    BOARD_ROLES,
    COUNCIL_ROLES,
    Role,
    Severity,
    parse_date,
)
from beleidsbeheer.domain.rules.frame import Ground, Objection, step
from beleidsbeheer.domain.terms import show_date


@step("eerst-vaststellen")
def adopted_first(on: Ground, act: Entry) -> Iterator[Objection]:
    """Bekendmaken komt na vaststellen."""
    adoption = on.course.adoption(act.version)
    if adoption is None:
        yield Objection(
            f"Versie {act.version} van {act.policy} is niet vastgesteld.",
            f"Het bestuur stelt haar eerst vast: beleid vaststellen {act.policy} {act.version} --inwerking DATUM",
        )
        return
    published, decided = day_of(act, "bekendgemaakt_op"), day_of(adoption, "vergadering")
    if published and decided and published < decided:
        yield Objection(
            f"De bekendmaking ({show_date(published)}) ligt vóór het besluit ({show_date(decided)})."
        )
    if published and published > act.date:
        yield Objection(f"De bekendmaking ({show_date(published)}) ligt na vandaag.")


@step("bekend-voor-inwerking", severity=Severity.WAARSCHUWING)
def published_in_time(on: Ground, act: Entry) -> Iterator[Objection]:
    """Mensen horen een tekst te kunnen lezen voordat hij ingaat."""
    adoption, published = on.course.adoption(act.version), day_of(act, "bekendgemaakt_op")
    earlier = on.course.acts("bekendmaking", act.version)
    if adoption and published and not earlier:
        starts = day_of(adoption, "inwerking")
        if starts and published > starts:
            yield Objection(
                f"Versie {act.version} geldt sinds {show_date(starts)} en is pas op"
                f" {show_date(published)} bekendgemaakt."
            )


def _last(course: Course) -> Period | None:
    periods = course.periods()
    return periods[-1] if periods and periods[-1].version else None


@step("iets-om-in-te-trekken")
def something_to_repeal(on: Ground, act: Entry) -> Iterator[Objection]:
    """Intrekken kan wat geldt of gaat gelden: de laatste versie, één keer, op een dag na haar ingang."""
    last, per = _last(on.course), parse_date(act.fields["per"])
    decided = day_of(act, "vergadering") or act.date
    if last is None or last.version != act.version or last.entry.digest not in act.grounds:
        which = f"de laatste is {last.version}" if last else "er is geen geldende tekst"
        yield Objection(f"Versie {act.version} is niet in te trekken: {which}.")
    elif per <= last.start:
        yield Objection(
            f"Intrekken per {show_date(per)} kan niet: versie {last.version} gaat in op {show_date(last.start)}.",
            "Kies een latere dag.",
        )
    elif last.end is not None and per > last.end:
        yield Objection(f"Versie {last.version} geldt maar tot en met {show_date(last.end)}.")
    if per < decided:
        yield Objection(
            f"Intrekken per {show_date(per)} kan niet: het besluit is van {show_date(decided)}."
        )


@step("geldt-nu")
def in_force_then(on: Ground, act: Entry) -> Iterator[Objection]:
    """Bevestigen zonder wijziging kan wat op die dag geldt."""
    day = day_of(act, "vergadering") or act.date
    period = on.course.in_force(day, act.date)
    if period is None or period.version != act.version or period.entry.digest not in act.grounds:
        which = f"versie {period.version}" if period else "geen tekst"
        yield Objection(f"Op {show_date(day)} gold {which}, niet versie {act.version}.")


@step("besluit-om-te-betwisten", "WMS 32")
def something_to_contest(on: Ground, act: Entry) -> Iterator[Objection]:
    """Nietigheid inroepen kan tegen een besluit waardoor een versie geldt of gaat gelden."""
    brought = {p.entry.digest for p in on.course.periods() if p.version == act.version}
    brought |= {each.entry.digest for each in on.policy.readings if each.version == act.version}
    if not brought:
        yield Objection(f"Er is geen besluit over versie {act.version} om te betwisten.")
    elif not brought & set(act.grounds):
        yield Objection("Dit rust niet op het besluit dat wordt betwist.")


@step("nietigheid-data", "WMS 32")
def contest_dates(_on: Ground, act: Entry) -> Iterator[Objection]:
    """Meegedeeld, ingeroepen, ontvangen: in die volgorde, en niet in de toekomst."""
    days = (
        day_of(act, "meegedeeld_op"),
        day_of(act, "ingeroepen_op"),
        received_on(act),
        act.date,
    )
    known = [day for day in days if day]
    if known != sorted(known):
        yield Objection("De data van meedelen, inroepen en ontvangen kloppen niet met elkaar.")


@step("nietigheid-betwist", "WMS 32", severity=Severity.WAARSCHUWING)
def contested(on: Ground, act: Entry) -> Iterator[Objection]:
    """Is nietigheid ingeroepen, dan staat dat overal bij de versie, ook als het register alle instemmingen kent."""
    if on.course.adoption(act.version):
        yield Objection(
            f"De raad betwist het besluit over versie {act.version}; het register kent wel alle instemmingen."
        )


# --- taking back ---------------------------------------------------------------------------------------


@step("terug-door-wie-mag")
def taken_back_by_own(on: Ground, act: Entry) -> Iterator[Objection]:
    """Een stap neemt terug wie hem zette: raad, bestuur of publicist zelf; de secretaris wat zij zelf of op papier vastlegde."""
    about = _about(on, act)
    if about is None:
        yield Objection("Wat hier wordt teruggetrokken hoort niet bij dit beleid.")
        return
    able = may_take_back(about)
    if act.role not in able:
        roles = " of ".join(sorted(able))
        yield Objection(
            f"Een {about.kind} van deze hand kan alleen {roles} terugnemen, niet {act.role}."
        )
    no = about.kind == "instemming" and about.fields["uitkomst"] == "niet-ingestemd"
    if no and act.role is Role.SECRETARIS and "ontvangst" not in act.fields:
        yield Objection(
            "Een nee van de raad neemt de secretaris alleen terug als de raad dat schrijft.",
            "Geef de brief: --ontvangen --brief BESTAND",
        )
    if on.course.taken_back(about.digest):
        yield Objection(f"Deze {about.kind} is al teruggenomen.")
    if about.kind == "terugtrekking":
        yield Objection("Een terugtrekking neemt u niet terug; zet de stap opnieuw.")


def may_take_back(about: Entry) -> set[Role]:
    """The roles that may take this act back."""
    if about.role is Role.SECRETARIS:
        return {Role.SECRETARIS, Role.BESTUUR} if about.kind == "voorlegging" else {Role.SECRETARIS}
    if about.role in COUNCIL_ROLES:
        return {about.role}  # not the chair for a geleding: what it said itself stays its own
    if about.role in BOARD_ROLES:
        return {*BOARD_ROLES, *({Role.SECRETARIS} if about.kind == "voorlegging" else set())}
    return {about.role, Role.SECRETARIS}


def _about(on: Ground, act: Entry) -> Entry | None:
    about = on.ledger.verification.counted.get(act.about)
    fits = about is not None and (about.policy, about.version) == (act.policy, act.version)
    return about if fits else None


@step("terug-op-tijd")
def taken_back_in_time(on: Ground, act: Entry) -> Iterator[Objection]:
    """Terugnemen kan zolang er niet op is voortgebouwd: instemming tot de vaststelling, vaststelling en intrekking tot zij ingaan."""
    about = _about(on, act)
    if about is None or any(each.entry.digest == about.digest for each in on.course.refused):
        return
    kind, version = about.kind, about.version
    adoption = on.course.adoption(version)
    before_adoption = {
        "voorlegging",
        "instemming",
        "toestemming",
        "redactieaanvaarding",
        "registratie",
    }
    built_on = adoption or _adopted_on(on.course, version)
    if kind in before_adoption and built_on:
        yield Objection(
            f"Versie {built_on.version} is vastgesteld op {show_date(day_of(built_on, 'vergadering'))};"
            f" de {kind} is dan niet meer terug te nemen.",
            "Begin met een nieuwe versie; of trek eerst de vaststelling terug, zolang zij niet geldt.",
        )
    if kind == "registratie" and on.course.submissions(version):
        yield Objection(f"Versie {version} is voorgelegd.", "Trek eerst de voorlegging terug.")
    if kind == "vaststelling":
        yield from _adoption_back(on, act, about)
    if kind == "intrekking" and parse_date(about.fields["per"]) <= act.date:
        yield Objection("Het beleid is al ingetrokken; begin een nieuw beleid.")
    if kind in {"overname", "lezing"}:
        yield Objection(
            f"Een {kind} neemt niemand alleen terug.",
            "De beheerders kunnen haar verwerpen: beleid verwerp",
        )


def _adopted_on(course: Course, version: str) -> Entry | None:
    """The adoption of an editorial change that goes on with the consents on this version."""
    based = [
        each.version
        for each in course.acts("voorlegging")
        if each.fields.get("redactioneel", {}).get("versie") == version
    ]
    return next((found for each in based if (found := course.adoption(each))), None)


def _adoption_back(on: Ground, act: Entry, about: Entry) -> Iterator[Objection]:
    if start_of(about) <= act.date:
        yield Objection(
            f"Versie {about.version} geldt al sinds {show_date(start_of(about))}.",
            "Stel een nieuwe versie vast, of trek het beleid in: beleid intrekken",
        )
    later = [each for each in on.course.adoptions() if start_of(each) > start_of(about)]
    if later or on.course.repeal():
        yield Objection("Er is al een later besluit dat hierop volgt.")
    if on.course.acts("bekendmaking", about.version):
        yield Objection(
            f"Versie {about.version} is al bekendgemaakt.", "Trek eerst de bekendmaking terug."
        )
