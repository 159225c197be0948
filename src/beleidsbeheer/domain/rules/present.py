"""Rules about the register as it is now: may anything be added, and may this text be registered?"""

from __future__ import annotations

from collections.abc import Iterator

from beleidsbeheer.domain.course import Course
from beleidsbeheer.domain.document import parse, read_front
from beleidsbeheer.domain.entry import REPUDIABLE, digest_of
from beleidsbeheer.domain.law import wms
from beleidsbeheer.domain.ledger import Version
from beleidsbeheer.domain.model import (
    Geleding,
    Severity,
    is_version,
    parse_date,
    slug_defect,
    text_path,
    version_key,
    working_path,
)
from beleidsbeheer.domain.rules.frame import Act, Objection, Situation, rule
from beleidsbeheer.domain.sense import ROSTER_KINDS
from beleidsbeheer.domain.terms import geleding_name, listed, opening, show_date
from beleidsbeheer.errors import DocumentError


@rule("wortel")
def trusted_root(situation: Situation, _act: Act) -> Iterator[Objection]:
    """Het register heeft één rooster 0 waarop alles teruggaat, en een rooster dat in werking is."""
    if situation.ledger.verification.roster is None:
        hint = "Kijk wat er mis is: beleid verifieer"
        yield Objection("Er is geen rooster om op te vertrouwen.", hint, "approvals/rooster")


@rule("register-klopt")
def sound_register(situation: Situation, _act: Act) -> Iterator[Objection]:
    """Op een register dat niet klopt wordt niet verder gebouwd."""
    wrong = [judgement for judgement in situation.ledger.verification.judgements if judgement.wrong]
    errors = [f for f in situation.ledger.findings if f.severity is Severity.FOUT]
    if wrong or errors:
        place = wrong[0].path if wrong else errors[0].place
        reason = wrong[0].reason if wrong else errors[0].message
        message = f"Het register klopt nu niet: {place}: {reason}"
        yield Objection(message, "Los dat eerst op; zie: beleid verifieer", place)


@rule("beleid-bekend")
def known_policy(situation: Situation, act: Act) -> Iterator[Objection]:
    """Het beleid bestaat en heeft een werktekst."""
    policy = situation.policy
    if policy is None or policy.working is None:
        known = ", ".join(situation.ledger.policies) or "(nog geen)"
        hint = f"Bekend zijn: {known}. Een nieuw beleid begint u met: beleid nieuw {act.policy}"
        place = working_path(act.policy)
        yield Objection(f"Er is geen beleid met de naam {act.policy}.", hint, place)


@rule("beleid-naam")
def new_policy(situation: Situation, act: Act) -> Iterator[Objection]:
    """Een nieuw beleid krijgt een naam die nog vrij is en die een map en een webadres kan zijn."""
    defect = slug_defect(act.policy)
    if defect:
        message = f"'{act.policy}' kan geen naam van een beleid zijn: {defect}."
        yield Objection(message, "Kies een korte naam zonder spaties.", act.policy)
    elif act.policy in situation.ledger.policies:
        message = f"Er is al een beleid met de naam {act.policy}."
        hint = f"Wijzig {working_path(act.policy)} en registreer een nieuwe versie."
        yield Objection(message, hint, act.policy)


@rule("versie-hoger")
def number_above_last(situation: Situation, act: Act) -> Iterator[Objection]:
    """Een nieuwe versie krijgt een nummer dat hoger is dan alle vorige."""
    place = text_path(act.policy, act.version)
    if not is_version(act.version):
        message = f"'{act.version}' is geen versienummer."
        yield Objection(message, "Schrijf het als 0.2 of 1.0.", place)
        return
    policy = situation.policy
    last = policy.latest if policy else None
    if policy and last and version_key(act.version) <= version_key(last.number):
        message = f"Versie {act.version} is niet hoger dan de laatste versie, {last.number}."
        hint = f"Kies een hoger nummer, bijvoorbeeld {policy.next_number}."
        yield Objection(message, hint, place)


@rule("tekst-nieuw")
def changed_text(situation: Situation, act: Act) -> Iterator[Objection]:
    """Een nieuwe versie heeft een andere tekst dan de vorige."""
    policy = situation.policy
    last = policy.latest if policy else None
    if last and last.text and last.text.sha256 == digest_of(act.text):
        message = f"De tekst is gelijk aan die van versie {last.number}."
        hint = f"Wijzig eerst {working_path(act.policy)}."
        yield Objection(message, hint, working_path(act.policy))


@rule("plaats-vrij")
def free_place(situation: Situation, act: Act) -> Iterator[Objection]:
    """Op de plaats van de vaste tekst staat nog niets anders."""
    place = text_path(act.policy, act.version)
    there = situation.ledger.files.get(place)
    if there is not None and act.text and there != act.text:
        message = f"Er staat al een andere tekst op {place}."
        hint = "Een vaste tekst wordt nooit overschreven. Kies een ander nummer of haal hem weg."
        yield Objection(message, hint, place)


@rule("tekst-leesbaar")
def readable_text(_situation: Situation, act: Act) -> Iterator[Objection]:
    """De tekst is te lezen als reglement: UTF-8, een titel, een geldig kopblok."""
    if not act.text:
        return
    place = working_path(act.policy)
    try:
        document = parse(act.text, place)
    except DocumentError as error:
        yield Objection(error.message, error.hint, place)
        return
    if not document.front.titel:
        hint = 'Zet bovenaan tussen twee regels +++ bijvoorbeeld: titel = "Privacyreglement"'
        yield Objection("Het reglement heeft geen titel.", hint, f"{place}:1")


@rule("beleid-niet-ingetrokken")
def not_repealed(situation: Situation, act: Act) -> Iterator[Objection]:
    """Van een ingetrokken beleid wordt geen nieuwe versie meer vastgelegd."""
    repeal = situation.course.repeal() if situation.course else None
    if repeal:
        per = show_date(parse_date(repeal.fields["per"]))
        message = f"{act.policy} is ingetrokken per {per}."
        yield Objection(message, "Begin een nieuw beleid: beleid nieuw")


@rule("redactioneel-woorden", severity=Severity.WAARSCHUWING)
def editorial_words(situation: Situation, act: Act) -> Iterator[Objection]:
    """Bij een redactionele wijziging staan de woorden die veranderen op het scherm, vóór er wordt getekend."""
    from beleidsbeheer.domain.wordchanges import changed_words, summary

    course, entry = situation.course, act.entry
    if course is None or entry is None:
        return
    asked = [entry, *course.submissions(act.version)]
    base = next((e.fields["redactioneel"] for e in asked if "redactioneel" in e.fields), None)
    if base is not None:
        old, new = _frozen(situation, base["versie"]), _frozen(situation, act.version)
        words = "; ".join(summary(changed_words(old, new), most=50))
        message = f"Ten opzichte van versie {base['versie']} verandert: {words}."
        yield Objection(message, "Verandert er meer dan taal, leg de tekst dan gewoon voor.")


@rule("raakt-ingevuld", "WMS 10", severity=Severity.WAARSCHUWING)
def topics_filled_in(_situation: Situation, act: Act) -> Iterator[Objection]:
    """Uit raakt in het kopblok volgt wie moet instemmen; een lege of onbekende raakt wordt gemeld."""
    try:
        front = read_front(act.text)
    except DocumentError:
        return
    place = f"{working_path(act.policy)}:1"
    known = "Kies uit: " + ", ".join(wms().topics) + "."
    if not front.raakt:
        message = "raakt in het kopblok is leeg: dan hoeft volgens de tekst niemand in te stemmen."
        yield Objection(message, f"Klopt dat niet, vul raakt dan nu in. {known}", place)


@rule("niets-ontbreekt")
def nothing_missing(situation: Situation, _act: Act) -> Iterator[Objection]:
    """Een nieuw rooster verzegelt wat er is; zolang er iets ontbreekt, zou het dat buitensluiten."""
    missing = [finding for finding in situation.ledger.findings if finding.rule == "ontbreekt"]
    if missing:
        hint = "Zet terug wat ontbreekt, bijvoorbeeld uit git of van een andere kopie."
        yield Objection(missing[0].message, hint, missing[0].place)


@rule("verwerpbaar")
def repudiable(situation: Situation, act: Act) -> Iterator[Objection]:
    """Verwerpen kan een registratie, overname, lezing, sleutelbevestiging of voorgesteld rooster; en wat niet telt."""
    entry, current = act.about, situation.ledger.verification.roster
    if entry is None or current is None:
        return
    counts = entry.digest in situation.ledger.verification.counted
    if situation.course and any(each.entry == entry for each in situation.course.refused):
        return  # it counts as an entry, but the rules refuse the act: it means nothing already
    if entry.kind not in REPUDIABLE and (counts or entry.kind in ROSTER_KINDS):
        message = f"Een {entry.kind} kan niet worden verworpen."
        hint = "Een besluit zet u recht met een nieuw besluit, of: beleid trek-terug"
        yield Objection(message, hint, entry.path)
    elif entry.kind == "rooster" and entry.roster != current.digest:
        message = (
            f"Rooster {entry.fields['nummer']} is (of was) in werking; dat is niet te verwerpen."
        )
        hint = "Stel een nieuw rooster voor: beleid rooster voorstel"
        yield Objection(message, hint, entry.path)


@rule("eenmaal-overnemen")
def imported_once(situation: Situation, act: Act) -> Iterator[Objection]:
    """De geschiedenis van een beleid wordt één keer overgenomen, en vóór de eerste registratie."""
    policy = situation.policy
    if policy and (policy.versions or policy.adoptions or policy.unnumbered):
        message = f"{act.policy} heeft al vastleggingen in dit register."
        hint = "Klopt er iets niet, laat de beheerders het verwerpen: beleid verwerp DIGEST"
        yield Objection(message, hint, f"approvals/{act.policy}")


@rule("instemming-vervalt", "WMS 10", severity=Severity.WAARSCHUWING)
def consents_fall(situation: Situation, act: Act) -> Iterator[Objection]:
    """Instemming geldt voor één tekst: verandert de tekst, dan moet wie instemde opnieuw beslissen."""
    # here: only a text that is changed needs it, and every reading command loads this module
    from beleidsbeheer.domain.wordchanges import changed_words, summary

    course, last = situation.course, situation.policy.latest if situation.policy else None
    text = act.text or _frozen(situation, act.version)
    if course is None or last is None or not text:
        return
    for version in situation.policy.versions if situation.policy else ():
        if version.number == act.version or course.adoption(version.number):
            continue
        who = _consented(course, version)
        before = situation.ledger.files.get(version.text.path) if version.text else None
        if who and before is not None:
            words = "; ".join(summary(changed_words(before, text)))
            message = (
                f"De instemming van {listed(who)} met versie {version.number} geldt niet voor deze tekst."
                f" Veranderd: {words}."
            )
            hint = f"{opening(listed(who))} beslissen opnieuw; leg deze versie daarna voor."
            yield Objection(message, hint)


def _frozen(situation: Situation, number: str) -> bytes:
    version = situation.policy.version(number) if situation.policy else None
    return situation.ledger.files.get(version.text.path, b"") if version and version.text else b""


def _consented(course: Course, version: Version) -> list[str]:
    return [
        geleding_name(tally.council, tally.geleding)
        for tally in course.tallies(version.number)
        if tally.complete
    ]


@rule("al-gegeven")
def not_given_yet(situation: Situation, act: Act) -> Iterator[Objection]:
    """Wie al heeft ingestemd hoeft dat niet nog eens te doen."""
    course, entry = situation.course, act.entry
    if course is None or entry is None:
        return
    for tally in course.tallies(act.version):
        same = (
            tally.geleding == entry.fields["geleding"] and tally.council == entry.fields["orgaan"]
        )
        mine = any(
            each.person == entry.person and each.fields.get("uitkomst") == entry.fields["uitkomst"]
            for each in tally.acts
        )
        if same and mine and (tally.complete or entry.fields["uitkomst"] != "onder-voorwaarden"):
            who = geleding_name(tally.council, Geleding(tally.geleding))
            yield Objection(
                f"Dit is al vastgelegd: {who}, {entry.fields['uitkomst']}, versie {act.version}.",
                "Kijk met: beleid status",
            )
