"""Rules about putting a text to a council: the exact text, who must consent, and on which article."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from beleidsbeheer.domain.course import day_of, submitted_on
from beleidsbeheer.domain.document import parse
from beleidsbeheer.domain.entry import Entry
from beleidsbeheer.domain.law import Requirements, requirements, wms
from beleidsbeheer.domain.ledger import Version
from beleidsbeheer.domain.model import Council, Geleding, Severity, version_key
from beleidsbeheer.domain.rules.frame import Ground, Objection, step
from beleidsbeheer.domain.terms import geleding_name, listed, show_date
from beleidsbeheer.errors import DocumentError


@step("zelfde-tekst", "WMS 10")
def same_text(on: Ground, act: Entry) -> Iterator[Objection]:
    """Elke stap gaat over precies de tekst die als deze versie is geregistreerd, byte voor byte."""
    version = on.policy.version(act.version)
    if version is None:
        known = ", ".join(each.number for each in on.policy.versions) or "nog geen"
        yield Objection(
            f"Versie {act.version} van {act.policy} is niet geregistreerd.",
            f"Bekend: {known}. Leg haar vast met: beleid registreer {act.policy} {act.version}",
        )
    elif version.text is None:
        yield Objection(
            f"De tekst van versie {act.version} is niet bewaard of niet eenduidig.",
            "Registreer de tekst als nieuwe versie.",
        )
    elif act.texts and act.texts[0].sha256 != version.text.sha256:
        yield Objection(
            f"Dit gaat over een andere tekst dan versie {act.version}: de afdruk verschilt.",
            "Leg de stap opnieuw vast voor de tekst die nu geregistreerd staat.",
        )
    elif on.course.is_withdrawn(version):
        yield Objection(f"Versie {act.version} is teruggetrokken.", "Registreer een nieuwe versie.")


@step("rust-op-tekst")
def rests_on_text(on: Ground, act: Entry) -> Iterator[Objection]:
    """Wat wordt voorgelegd was al geregistreerd, en de voorlegging noemt waar het over gaat."""
    version = on.policy.version(act.version)
    if version is not None and not version.origins & set(act.grounds):
        yield Objection("De voorlegging rust niet op de registratie van deze versie.")
    topics = _topics(on, version)
    if not topics <= set(act.fields["raakt"]):
        missing = ", ".join(sorted(topics - set(act.fields["raakt"])))
        yield Objection(f"De tekst raakt ook {missing}; dat staat niet in de voorlegging.")


@step("orgaan-bekend", "WMS 3")
def known_council(on: Ground, act: Entry) -> Iterator[Objection]:
    """Voorleggen kan aan een raad die in beleid.toml staat."""
    council = Council(act.fields["orgaan"])
    if on.settings.body(council) is None:
        known = ", ".join(body.council.upper() for body in on.settings.bodies) or "geen"
        hint = f"In beleid.toml staat nu: {known}. Voeg [organen.{council}] toe."
        yield Objection(f"Dit register kent geen {council.upper()}.", hint)


@step("vereist-volledig", "WMS 10, 12, 13, 14 en 16")
def asks_everyone(on: Ground, act: Entry) -> Iterator[Objection]:
    """De voorlegging vraagt elke geleding die volgens de wet of de eigen afspraken moet instemmen."""
    asked = _asked(on, act)
    if asked.unknown:
        known = ", ".join(wms().topics)
        yield Objection(
            f"Het kopblok noemt bij raakt: {', '.join(asked.unknown)}. Dat kent de wetstabel niet.",
            f"Bekend: {known}. Of maak er een afspraak over in beleid.toml.",
        )
    yield from _not_asked(act, asked)


def _not_asked(submission: Entry, asked: Requirements) -> Iterator[Objection]:
    signed = {(each["geleding"], each["grondslag"]) for each in submission.fields["vereist"]}
    for each in asked.required:
        if (each.geleding, each.basis) not in signed:
            who = geleding_name(Council(submission.fields["orgaan"]), each.geleding)
            yield Objection(
                f"In de voorlegging ontbreekt {who} ({each.basis}).",
                "Trek haar terug en leg opnieuw voor:"
                f" beleid trek-terug {submission.policy} {submission.version} --reden …",
                basis=each.basis,
            )


@step("vereist-nog-volledig", "WMS 10, 12, 13, 14 en 16")
def still_asks_everyone(on: Ground, act: Entry) -> Iterator[Objection]:
    """Is na het voorleggen een tekst vastgesteld die meer raakt, dan moet ook wie daarover gaat zijn gevraagd."""
    for each in on.course.submissions(act.version):
        council = Council(each.fields["orgaan"])
        yield from _not_asked(each, required_for(on, act.version, council, each.date))


@step("niemand-gevraagd", "WMS 10", severity=Severity.WAARSCHUWING)
def nobody_asked(on: Ground, act: Entry) -> Iterator[Objection]:
    """Dat niemand hoeft in te stemmen kan alleen met een getekende reden, en die blijft overal zichtbaar."""
    if not act.fields["vereist"]:
        yield Objection(
            f"Voor versie {act.version} is niemand om instemming gevraagd."
            f" Reden: {act.fields['geen_instemming']}"
        )


@step("raakt-smaller", "WMS 10", severity=Severity.WAARSCHUWING)
def narrower(on: Ground, act: Entry) -> Iterator[Objection]:
    """Raakt een nieuwe tekst minder dan de geldende, dan telt de geldende mee voor wie moet instemmen."""
    gone = sorted(_topics(on, _base(on)) - _topics(on, on.policy.version(act.version)))
    if gone:
        yield Objection(
            f"De nieuwe tekst noemt bij raakt niet meer: {', '.join(gone)}."
            " Wie daarover ging, moet over deze wijziging nog wel instemmen.",
            "Klopt dat niet? Vul raakt in het kopblok aan.",
        )


@step("afspraak-verlopen", "WMS 25 lid 2", severity=Severity.WAARSCHUWING)
def expired_arrangement(on: Ground, act: Entry) -> Iterator[Objection]:
    """Een afspraak die van de wet afwijkt geldt ten hoogste twee jaar; daarna geldt de wet weer."""
    asked = _asked(on, act)
    replaced = {each.topic for each in on.settings.arrangements if each.holds_on(act.date)}
    for each in asked.expired:
        if each.topic in replaced:
            continue
        yield Objection(
            f"De afspraak over {each.topic} ({each.basis}) liep tot en met {show_date(each.end)};"
            " de wet geldt weer.",
            "Werk [[afspraken]] in beleid.toml bij.",
        )


@step("eenmaal-voorgelegd")
def not_submitted_yet(on: Ground, act: Entry) -> Iterator[Objection]:
    """Dezelfde tekst ligt maar één keer bij dezelfde raad."""
    council = act.fields["orgaan"]
    for each in on.course.submissions(act.version):
        if each.fields["orgaan"] == council:
            yield Objection(
                f"Versie {act.version} ligt sinds {show_date(submitted_on(each))} al bij de {council.upper()}.",
                f"Wilt u haar terugnemen? beleid trek-terug {act.policy} {act.version} --reden …",
            )


@step("nog-niet-vastgesteld")
def not_adopted_yet(on: Ground, act: Entry) -> Iterator[Objection]:
    """Instemming gaat aan vaststelling vooraf; na de vaststelling valt er niets meer voor te leggen of te geven."""
    adoption = on.course.adoption(act.version)
    if adoption:
        day = show_date(day_of(adoption, "vergadering"))
        yield Objection(
            f"Versie {act.version} is op {day} al vastgesteld.",
            "Wie iets anders wil, begint met een nieuwe versie.",
        )


@step("niet-achterhaald")
def not_overtaken(on: Ground, act: Entry) -> Iterator[Objection]:
    """Een oudere versie gaat niet meer verder als een nieuwere is vastgesteld."""
    newer = [
        each.version
        for each in on.course.adoptions()
        if version_key(each.version) > version_key(act.version)
    ]
    if newer:
        yield Objection(
            f"Versie {newer[-1]} is al vastgesteld, en die is nieuwer dan {act.version}.",
            "Verwerk wat u nog wilt in een nieuwe versie.",
        )


@step("niet-ingetrokken")
def not_repealed(on: Ground, act: Entry) -> Iterator[Objection]:
    """Een ingetrokken reglement wordt niet meer gewijzigd."""
    repeal = on.course.repeal()
    if repeal:
        per = show_date(day_of(repeal, "per"))
        passed = repeal.fields["per"] <= act.date.isoformat()
        back = f" Of neem de intrekking terug: beleid trek-terug {act.policy} {repeal.digest[:12]} --reden …"
        yield Objection(
            f"{act.policy} is ingetrokken per {per}; wijzigen kan dan niet meer.",
            f"Begin een nieuw beleid: beleid nieuw.{'' if passed else back}",
        )


@step("geldt-nu-niets", severity=Severity.WAARSCHUWING)
def starts_anew(on: Ground, act: Entry) -> Iterator[Objection]:
    """Wordt een reglement gewijzigd dat niet meer geldt, dan wordt dat gemeld: de nieuwe versie begint opnieuw."""
    periods = on.course.periods()
    if periods and periods[-1].end is not None and periods[-1].end < act.date:
        last = periods[-1]
        yield Objection(
            f"Er geldt nu geen tekst: versie {last.version} gold tot en met {show_date(last.end)}."
            f" Versie {act.version} begint dus opnieuw.",
            "Leg dat uit in de beweegredenen.",
        )


@step("voorlegging-data", "WMS 24 lid 1 onder g")
def dates_ahead(on: Ground, act: Entry) -> Iterator[Objection]:
    """De vergadering en de dag om te reageren liggen niet vóór het voorleggen."""
    for field, name in (("vergadering", "De vergadering"), ("reageren_voor", "De reactiedatum")):
        day = day_of(act, field)
        if day and day < submitted_on(act):
            told = show_date(submitted_on(act))
            yield Objection(f"{name} ({show_date(day)}) ligt vóór de dag van voorleggen ({told}).")


@step("redactioneel")
def editorial(on: Ground, act: Entry) -> Iterator[Objection]:
    """Een redactionele wijziging kan als de eigen regels dat kennen, op een tekst met alle instemmingen, zonder iets te verplaatsen."""
    base = act.fields.get("redactioneel")
    if base is None:
        return
    if not on.settings.editorial:
        yield Objection(
            "De regels van deze organisatie kennen geen redactionele wijzigingen.",
            "Leg de tekst gewoon voor, zonder --redactioneel.",
        )
        return
    before, after = on.policy.version(base["versie"]), on.policy.version(act.version)
    if before is None or before.text is None or before.text.sha256 != base["sha256"]:
        yield Objection(f"Versie {base['versie']} heeft niet de tekst die hier is genoemd.")
        return
    own = any(
        "redactioneel" not in each.fields and each.fields["orgaan"] == act.fields["orgaan"]
        for each in on.course.submissions(before.number)
    )
    if (
        not own
        or version_key(before.number) >= version_key(act.version)
        or not on.course.has_all_consents(before.number)
    ):
        yield Objection(
            f"Met versie {before.number} is niet door iedereen ingestemd; daarop kan geen redactionele"
            " wijziging volgen.",
            "Noem de versie waarop zelf is ingestemd.",
        )
    elif _shape(on, before) != _shape(on, after):
        yield Objection(
            f"Versie {act.version} heeft andere artikelen, leden of onderdelen (of een ander kopblok)"
            f" dan {before.number}; dat is niet redactioneel.",
            "Leg de tekst gewoon voor, zonder --redactioneel.",
        )


def required_for(on: Ground, number: str, council: Council, day: date) -> Requirements:
    """Who must consent to this version: by what it touches, and by what the text it replaces touches."""
    topics = topics_for(on, number)
    return requirements(wms(), topics, on.settings.sector, council, on.settings.arrangements, day)


def _asked(on: Ground, act: Entry) -> Requirements:
    return required_for(on, act.version, Council(act.fields["orgaan"]), act.date)


def topics_for(on: Ground, number: str) -> list[str]:
    """What this version touches, together with what the text that it replaces touches."""
    return sorted(_topics(on, on.policy.version(number)) | _topics(on, _base(on)))


def _base(on: Ground) -> Version | None:
    """The last version that is in force or will be: the text that a new one replaces."""
    periods = [period for period in on.course.periods() if period.version]
    return on.policy.version(periods[-1].version) if periods else None


def _topics(on: Ground, version: Version | None) -> set[str]:
    front = on.ledger.front(version) if version else None
    return set(front.raakt) if front else set()


def _shape(on: Ground, version: Version | None) -> object:
    """Keys of all elements and the front matter: what an editorial change leaves alone."""
    data = on.ledger.files.get(version.text.path) if version and version.text else None
    try:
        document = parse(data or b"")
    except DocumentError:
        return data
    front = document.front
    return [e.key for e in document.walk()], front.titel, front.citeertitel, front.raakt


def asked_of(act: Entry) -> str:
    """The geledingen of a submission, as a sentence has them."""
    council = Council(act.fields["orgaan"])
    asked = dict.fromkeys(each["geleding"] for each in act.fields["vereist"])
    return listed(geleding_name(council, Geleding(each)) for each in asked) or "niemand"
