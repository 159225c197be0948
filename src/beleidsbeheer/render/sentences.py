"""The acts of council and board as sentences, each with how we know of it.

Words that somebody typed stand between quotation marks, so that nobody can make them read as ours: a reference
that says "handtekening van de raad" is still a reference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from beleidsbeheer.domain.course import Evidence, State, day_of, decided_on, received_on
from beleidsbeheer.domain.entry import Entry
from beleidsbeheer.domain.model import BOARD_ROLES, COUNCIL_ROLES, Council, Geleding
from beleidsbeheer.domain.terms import geleding_name, listed, show_date
from beleidsbeheer.render.history import Act, Consent, Passage, Withdrawal

_OUTCOME = {
    "ingestemd": "ingestemd",
    "niet-ingestemd": "niet ingestemd",
    "onder-voorwaarden": "ingestemd onder voorwaarden",
    "verleend": "toestemming van de commissie verleend",
    "geweigerd": "toestemming van de commissie geweigerd",
}
_QUOTES = str.maketrans("“”„", '"""')
# a geleding that gave one answer, which is also where it stands
_SAID = {State.INGESTEMD, State.VOORWAARDEN, State.ONTHOUDEN}


# --- how we know ------------------------------------------------------------------------------------------


def proof(act: Act) -> str:
    """How we know of an act. The three kinds of evidence never read as one another."""
    entry, day = act.entry, received_on(act.entry)
    if day is not None:
        written = day_of(entry, "brief_datum")
        of = f" van {show_date(written)}" if written else ""
        return f"ontvangstbewijs van de secretaris, {_paper(entry)}{of} ontvangen {show_date(day)}"
    if entry.role in COUNCIL_ROLES:
        whose = "de raad"
    elif entry.role in BOARD_ROLES:
        whose = "het bestuur"
    else:
        return f"handtekening van de {entry.role}"
    if act.bewijs is Evidence.EIGEN:
        return f"handtekening van {whose}"
    return f"handtekening namens {whose}, sleutel niet bevestigd"


def _paper(entry: Entry) -> str:
    if entry.kind == "toestemming":
        return "uitspraak"
    return "brief" if "orgaan" in entry.fields else "besluit"


def full_proof(act: Act) -> str:
    """The same with the reference and the votes, as far as they are known."""
    fields = act.entry.fields
    parts = [proof(act)]
    written = day_of(act.entry, "brief_datum")
    if written and received_on(act.entry) is None:
        parts.append(f"brief van {show_date(written)}")
    names = [name for name in ("kenmerk", "besluitnummer") if name in fields]
    parts += [f"{name} {quoted(fields[name])}" for name in names]
    votes = fields.get("stemmen")
    if votes:
        abstained = (
            "1 onthouding" if votes["onthouding"] == 1 else f"{votes['onthouding']} onthoudingen"
        )
        parts.append(
            f"{votes['voor']} voor, {votes['tegen']} tegen, {abstained}, {votes['aanwezig']} aanwezig"
        )
    return ", ".join(parts)


def quoted(text: str) -> str:
    """Words that somebody typed; quotation marks in them cannot end ours."""
    return f"“{text.translate(_QUOTES)}”"


# --- consent ----------------------------------------------------------------------------------------------


def consent_sentence(consent: Consent) -> str:
    """Where a geleding stands, on which articles it was asked, and what it said when."""
    tally, said = consent.tally, consent.antwoorden
    who, law = geleding_name(tally.council, tally.geleding), f"op grond van {listed(tally.bases)}"
    if not said:
        return f"{tally.state} door {who}, gevraagd {law}; {_submitted(tally.submission)}"
    if len(said) == 1 and tally.state in _SAID:
        (act,) = said
        day = show_date(decided_on(act.entry))
        told = f"{tally.state} door {who} op {day}, {law} ({full_proof(act)}){_conditions(act)}"
        return told + _unmet(consent)
    told = "; ".join(_answer(act, full_proof(act)) for act in said)
    if tally.state is State.TOESTEMMING:
        return f"{tally.state} in plaats van {who}, {law}: {told}"
    how = "voor" if tally.state is State.REDACTIONEEL else "door"
    return f"{tally.state} {how} {who}{_count(consent)}, {law}: {told}{_unmet(consent)}"


def short_consent(consent: Consent) -> str:
    """The same in few words: who, what and when, and always how we know."""
    tally = consent.tally
    told = "; ".join(_answer(act, proof(act)) for act in consent.antwoorden)
    if tally.state is State.OPEN:
        told = f"{tally.state}{_count(consent)}{f': {told}' if told else ''}"
    return f"{geleding_name(tally.council, tally.geleding)}: {told}{_unmet(consent)}"


def answer(act: Act) -> str:
    """What one answer said, and whose it was."""
    return f"{_who(act.entry)} {_answer(act, full_proof(act))}"


def _who(entry: Entry) -> str:
    """The geleding that an act is of; the council when the act names no geleding."""
    council, geleding = Council(entry.fields["orgaan"]), entry.fields.get("geleding")
    return geleding_name(council, Geleding(geleding)) if geleding else f"de {council.upper()}"


def _answer(act: Act, known: str) -> str:
    outcome = act.entry.fields.get("uitkomst")
    word = _OUTCOME[outcome] if outcome else "als redactionele wijziging aanvaard"
    return f"{word} op {show_date(decided_on(act.entry))} ({known}){_conditions(act)}"


def _conditions(act: Act) -> str:
    conditions = act.entry.fields.get("voorwaarden", ())
    return f", voorwaarden: {'; '.join(map(quoted, conditions))}" if conditions else ""


def _unmet(consent: Consent) -> str:
    unmet = consent.tally.state is State.VOORWAARDEN
    return "; nog niet bevestigd dat deze tekst eraan voldoet" if unmet else ""


def _count(consent: Consent) -> str:
    tally = consent.tally
    partly = tally.needed > 1 and tally.given < tally.needed
    return f" ({tally.given} van {tally.needed} handtekeningen)" if partly else ""


def _submitted(entry: Entry) -> str:
    base = entry.fields.get("redactioneel")
    of = f" als redactionele wijziging van {base['versie']}" if base else ""
    until = day_of(entry, "reageren_voor")
    by = f", antwoord gevraagd vóór {show_date(until)}" if until else ""
    return f"voorgelegd op {show_date(entry.date)}{of}{by}"


def nobody_asked(passage: Passage) -> Iterator[str]:
    """The signed reason for asking nobody: it stays to be seen."""
    for act in passage.voorleggingen:
        reason = act.entry.fields.get("geen_instemming")
        if reason:
            yield (
                f"niemand van {_who(act.entry)} om instemming gevraagd bij het voorleggen op"
                f" {show_date(act.entry.date)}, reden: {quoted(reason)}"
            )


# --- decisions of the board, and what comes after -----------------------------------------------------------


def adoption_sentence(act: Act) -> str:
    """The decision, how we know of it, and since when it works back."""
    day = show_date(decided_on(act.entry))
    return "; ".join(
        [f"vastgesteld door het bestuur op {day} ({full_proof(act)})", *retroactive(act)]
    )


def retroactive(act: Act) -> Iterator[str]:
    """Since when an adopted text works back, if it does."""
    back = day_of(act.entry, "terugwerkend_tot")
    if back:
        yield f"werkt terug tot en met {show_date(back)}, reden: {quoted(act.entry.fields['reden'])}"


def publication_sentence(act: Act) -> str:
    return f"bekendgemaakt op {show_date(day_of(act.entry, 'bekendgemaakt_op'))}: {act.entry.fields['waar']}"


def review_sentence(act: Act) -> str:
    return (
        f"opnieuw bekeken en ongewijzigd gelaten op {show_date(decided_on(act.entry))}"
        f" ({full_proof(act)}); opnieuw te bekijken op {show_date(day_of(act.entry, 'volgende'))}"
    )


def repeal_sentence(act: Act) -> str:
    return (
        f"Ingetrokken per {show_date(day_of(act.entry, 'per'))} bij besluit van"
        f" {show_date(decided_on(act.entry))} ({full_proof(act)}), reden: {quoted(act.entry.fields['reden'])}"
    )


def nullity_sentences(passage: Passage) -> Iterator[str]:
    """That a council contests the decision, and whether the register concludes that it is void."""
    for act in passage.nietigheid:
        yield (
            f"nietigheid van het besluit ingeroepen door {_who(act.entry)}"
            f" op {show_date(decided_on(act.entry))} ({full_proof(act)}), reden: {quoted(act.entry.fields['reden'])}"
        )
    if passage.nietigheid:
        yield (
            "het besluit is nietig"
            if passage.nietig
            else "dit register leidt uit het inroepen geen nietigheid af"
        )


def withdrawal_sentence(withdrawal: Withdrawal) -> str:
    """What was taken back and why; with a submission the answers to it fall."""
    act, about = withdrawal.act, withdrawal.betreft
    told = (
        f"{_named(about)} teruggetrokken op {show_date(act.entry.date)} ({full_proof(act)}),"
        f" reden: {quoted(act.entry.fields['reden'])}"
    )
    fallen = "; ".join(map(answer, withdrawal.vervallen))
    return f"{told}; daarmee verviel: {fallen}" if fallen else told


def _named(entry: Entry) -> str:
    """An act by what it is, whose it is, and its day."""
    whose = ""
    if "orgaan" in entry.fields:
        whose = f" {'aan' if entry.kind == 'voorlegging' else 'door'} {_who(entry)}"
    outcome = entry.fields.get("uitkomst")
    told = f" ({_OUTCOME[outcome]})" if outcome else ""
    return f"{entry.kind}{whose} van {show_date(decided_on(entry))}{told}"


def way_sentences(passage: Passage) -> Iterator[str]:
    """The way of one version through the council, in the order in which it went."""
    yield from map(withdrawal_sentence, passage.terugtrekkingen)
    yield from nobody_asked(passage)
    yield from map(consent_sentence, passage.instemmingen)
    yield from nullity_sentences(passage)


def later_sentences(passage: Passage) -> Iterator[str]:
    """What the board did with one version, and what came after."""
    if passage.vaststelling:
        yield adoption_sentence(passage.vaststelling)
    yield from map(publication_sentence, passage.bekendmakingen)
    yield from map(review_sentence, passage.bevestigingen)


def of_version(version: str | None, sentences: Iterable[str]) -> Iterator[str]:
    """Each sentence with the version it is about before it."""
    return (f"{version or 'een rij zonder versie'}: {sentence}" for sentence in sentences)
