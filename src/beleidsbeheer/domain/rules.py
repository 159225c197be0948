"""Every rule of governance, and the table of which rules close which gate.

A rule looks at the register and at what somebody is about to do, and gives findings; no finding means that
the rule is content. The first line of its docstring is its public explanation. GATES, at the bottom, says
which rules must be silent before an act is signed. An act without rules is refused: "all of nothing" would
be always true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from beleidsbeheer.domain.document import parse
from beleidsbeheer.domain.entry import REPUDIABLE, Entry, digest_of
from beleidsbeheer.domain.model import (
    Finding,
    Severity,
    is_version,
    slug_defect,
    text_path,
    version_key,
    working_path,
)
from beleidsbeheer.domain.register import Register
from beleidsbeheer.errors import DocumentError


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody is about to do.

    ``text`` is the text it would freeze, ``about`` the entry it decides on; empty when there is none.
    """

    kind: str
    policy: str = ""
    version: str = ""
    text: bytes = b""
    about: Entry | None = None


Rule = Callable[[Register, Act], Iterator[Finding]]


def _no(rule: str, place: str, message: str, hint: str) -> Finding:
    return Finding(rule, Severity.FOUT, place, message, hint)


def trusted_root(register: Register, _act: Act) -> Iterator[Finding]:
    """Het register heeft één rooster 0 waarop alles teruggaat, en een rooster dat in werking is."""
    if register.verification.roster is None:
        hint = "Kijk wat er mis is: beleid verifieer"
        yield _no("wortel", "approvals/rooster", "Er is geen rooster om op te vertrouwen.", hint)


def sound_register(register: Register, _act: Act) -> Iterator[Finding]:
    """Op een register dat niet klopt wordt niet verder gebouwd."""
    wrong = [judgement for judgement in register.verification.judgements if judgement.wrong]
    errors = [f for f in register.findings if f.severity is Severity.FOUT]
    if wrong or errors:
        place = wrong[0].path if wrong else errors[0].place
        reason = wrong[0].reason if wrong else errors[0].message
        message = f"Het register klopt nu niet: {place}: {reason}"
        yield _no("register-klopt", place, message, "Los dat eerst op; zie: beleid verifieer")


def known_policy(register: Register, act: Act) -> Iterator[Finding]:
    """Het beleid bestaat en heeft een werktekst."""
    policy = register.policies.get(act.policy)
    if policy is None or policy.working is None:
        known = ", ".join(register.policies) or "(nog geen)"
        hint = f"Bekend zijn: {known}. Een nieuw beleid begint u met: beleid nieuw {act.policy}"
        place = working_path(act.policy)
        yield _no("beleid-bekend", place, f"Er is geen beleid met de naam {act.policy}.", hint)


def new_policy(register: Register, act: Act) -> Iterator[Finding]:
    """Een nieuw beleid krijgt een naam die nog vrij is en die een map en een webadres kan zijn."""
    defect = slug_defect(act.policy)
    if defect:
        message = f"'{act.policy}' kan geen naam van een beleid zijn: {defect}."
        yield _no("beleid-naam", act.policy, message, "Kies een korte naam zonder spaties.")
    elif act.policy in register.policies:
        message = f"Er is al een beleid met de naam {act.policy}."
        hint = f"Wijzig {working_path(act.policy)} en registreer een nieuwe versie."
        yield _no("beleid-naam", act.policy, message, hint)


def number_above_last(register: Register, act: Act) -> Iterator[Finding]:
    """Een nieuwe versie krijgt een nummer dat hoger is dan alle vorige."""
    place = text_path(act.policy, act.version)
    if not is_version(act.version):
        message = f"'{act.version}' is geen versienummer."
        yield _no("versie-hoger", place, message, "Schrijf het als 0.2 of 1.0.")
        return
    policy = register.policies.get(act.policy)
    last = policy.latest if policy else None
    if policy and last and version_key(act.version) <= version_key(last.number):
        message = f"Versie {act.version} is niet hoger dan de laatste versie, {last.number}."
        hint = f"Kies een hoger nummer, bijvoorbeeld {policy.next_number}."
        yield _no("versie-hoger", place, message, hint)


def changed_text(register: Register, act: Act) -> Iterator[Finding]:
    """Een nieuwe versie heeft een andere tekst dan de vorige."""
    policy = register.policies.get(act.policy)
    last = policy.latest if policy else None
    if last and last.text and last.text.sha256 == digest_of(act.text):
        message = f"De tekst is gelijk aan die van versie {last.number}."
        hint = f"Wijzig eerst {working_path(act.policy)}."
        yield _no("tekst-nieuw", working_path(act.policy), message, hint)


def free_place(register: Register, act: Act) -> Iterator[Finding]:
    """Op de plaats van de vaste tekst staat nog niets anders."""
    place = text_path(act.policy, act.version)
    there = register.files.get(place)
    if there is not None and act.text and there != act.text:
        message = f"Er staat al een andere tekst op {place}."
        hint = "Een vaste tekst wordt nooit overschreven. Kies een ander nummer of haal hem weg."
        yield _no("plaats-vrij", place, message, hint)


def readable_text(_register: Register, act: Act) -> Iterator[Finding]:
    """De tekst is te lezen als reglement: UTF-8, een titel, een geldig kopblok."""
    if not act.text:
        return
    place = working_path(act.policy)
    try:
        document = parse(act.text, place)
    except DocumentError as error:
        yield _no("tekst-leesbaar", place, error.message, error.hint)
        return
    if not document.front.titel:
        hint = 'Zet bovenaan tussen twee regels +++ bijvoorbeeld: titel = "Privacyreglement"'
        yield _no("tekst-leesbaar", f"{place}:1", "Het reglement heeft geen titel.", hint)


def nothing_missing(register: Register, _act: Act) -> Iterator[Finding]:
    """Een nieuw rooster verzegelt wat er is; zolang er iets ontbreekt, zou het dat buitensluiten."""
    missing = [finding for finding in register.findings if finding.rule == "ontbreekt"]
    if missing:
        hint = "Zet terug wat ontbreekt, bijvoorbeeld uit git of van een andere kopie."
        yield _no("niets-ontbreekt", missing[0].place, missing[0].message, hint)


def repudiable(register: Register, act: Act) -> Iterator[Finding]:
    """Verwerpen kan een registratie, overname, lezing, sleutelbevestiging of een voorgesteld rooster."""
    entry, current = act.about, register.verification.roster
    if entry is None or current is None:
        return
    if entry.kind not in REPUDIABLE:
        message = f"Een {entry.kind} kan niet worden verworpen."
        hint = "Een besluit van de beheerders zet u recht met een nieuw besluit."
        yield _no("verwerpbaar", entry.path, message, hint)
    elif entry.kind == "rooster" and entry.roster != current.digest:
        message = (
            f"Rooster {entry.fields['nummer']} is (of was) in werking; dat is niet te verwerpen."
        )
        hint = "Stel een nieuw rooster voor: beleid rooster voorstel"
        yield _no("verwerpbaar", entry.path, message, hint)


def imported_once(register: Register, act: Act) -> Iterator[Finding]:
    """De geschiedenis van een beleid wordt één keer overgenomen, en vóór de eerste registratie."""
    policy = register.policies.get(act.policy)
    if policy and (policy.versions or policy.adoptions or policy.unnumbered):
        message = f"{act.policy} heeft al vastleggingen in dit register."
        hint = "Klopt er iets niet, laat de beheerders het verwerpen: beleid verwerp DIGEST"
        yield _no("eenmaal-overnemen", f"approvals/{act.policy}", message, hint)


GATES: dict[str, tuple[Rule, ...]] = {
    "nieuw": (trusted_root, sound_register, new_policy),
    "registratie": (
        trusted_root,
        sound_register,
        known_policy,
        number_above_last,
        changed_text,
        free_place,
        readable_text,
    ),
    "overname": (trusted_root, sound_register, imported_once, free_place, readable_text),
    # Decisions of the beheerders pass an unsound register: they are how it is put right.
    "rooster": (trusted_root, nothing_missing),
    "akkoord": (trusted_root,),
    "aanvaarding": (trusted_root,),
    "verwerping": (trusted_root, repudiable),
    "erkenning": (trusted_root,),
    "sleutelbevestiging": (trusted_root,),
}


def gate(register: Register, act: Act) -> list[Finding]:
    """What stands in the way of this act; an empty list opens the gate."""
    rules = GATES.get(act.kind, ())
    if not rules:
        return [_no("poort", act.kind, f"Voor {act.kind} zijn geen regels; het kan dus niet.", "")]
    return [finding for rule in rules for finding in rule(register, act)]
