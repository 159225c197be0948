"""What the commands of council and board share: their options, and what is told once an act is signed.

How we know of a decision is never left open: a body signed itself, or a secretary attests that it came in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from beleidsbeheer.cli.common import EXISTING_FILE, Day
from beleidsbeheer.cli.main import Surroundings
from beleidsbeheer.cli.words import say
from beleidsbeheer.domain.model import BOARD_ROLES, Council, Geleding
from beleidsbeheer.errors import UnreadableInput, WrongUse

if TYPE_CHECKING:
    from beleidsbeheer.actions.recording import Evidence, Letter
    from beleidsbeheer.actions.writing import Done
    from beleidsbeheer.domain.entry import Entry

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

_LARGEST_LETTER = 10 * 1024 * 1024


# --- options ---------------------------------------------------------------------------------------------


def council_option(name: str, explanation: str) -> Callable[[Decorated], Decorated]:
    """``--orgaan`` or ``--aan``: a council by name; :func:`council_of` makes a Council of it."""
    return click.option(
        name,
        "council",
        metavar="|".join(each.upper() for each in Council),
        type=click.Choice([each.upper() for each in Council], case_sensitive=False),
        help=f"{explanation}; mag weg als beleid.toml één raad noemt.",
    )


def geleding_option(command: Decorated) -> Decorated:
    """``--geleding``, for every act that one part of a council answers for."""
    option = click.option(
        "--geleding",
        required=True,
        type=click.Choice([str(each) for each in Geleding]),
        help="Welk deel van de raad; geheel is de hele raad.",
    )
    return option(command)


def decision_options(command: Decorated) -> Decorated:
    """``--vergadering`` and ``--besluitnummer``, for every decision of the board."""
    meeting = click.option(
        "--vergadering",
        "meeting",
        type=Day(),
        help="Dag waarop het bestuur besloot; zonder deze optie vandaag.",
    )
    number = click.option(
        "--besluitnummer", "number", default="", metavar="TEKST", help="Nummer van het besluit."
    )
    return meeting(number(command))


def evidence_options(command: Decorated) -> Decorated:
    """``--ontvangen``, ``--ontvangen-op``, ``--brief`` and ``--bewaar-brief``; the command gets ``evidence``."""

    @wraps(command)
    def with_evidence(
        *arguments: Any,
        received: bool,
        received_on: date | None,
        letter: Path | None,
        keep: bool,
        **options: Any,
    ) -> Any:
        surroundings: Surroundings = click.get_current_context().obj
        day = received_on or (surroundings.today if received else None)
        return command(*arguments, evidence=_evidence(letter, keep, day), **options)

    decorated = with_evidence
    for option in reversed(_EVIDENCE_OPTIONS):
        decorated = option(decorated)
    return cast("Decorated", decorated)


_EVIDENCE_OPTIONS = (
    click.option(
        "--ontvangen",
        "received",
        is_flag=True,
        help="Er kwam een brief of verslag; de secretaris tekent een ontvangstbewijs.",
    ),
    click.option(
        "--ontvangen-op",
        "received_on",
        type=Day(),
        help="Dag waarop de brief kwam; zonder deze optie vandaag. Betekent ook --ontvangen.",
    ),
    click.option(
        "--brief",
        "letter",
        metavar="BESTAND",
        type=EXISTING_FILE,
        help="De brief of het verslag; alleen de afdruk van dit bestand wordt bewaard.",
    ),
    click.option(
        "--bewaar-brief",
        "keep",
        is_flag=True,
        help="Zet ook een kopie van de brief in het register; wie dat heeft, kan hem lezen.",
    ),
)


def _evidence(letter: Path | None, keep: bool, received: date | None) -> Evidence:
    from beleidsbeheer.actions.recording import Evidence

    if letter is None:
        if keep:
            raise WrongUse("Welke brief wilt u bewaren?", hint="Geef ook --brief BESTAND.")
        return Evidence(None, received)
    return Evidence(read_letter(letter, keep=keep), received)


def read_letter(path: Path, *, keep: bool = False) -> Letter:
    """A letter or minutes from disk. Raises WrongUse when it is empty or too large."""
    from beleidsbeheer.actions.recording import Letter

    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST_LETTER + 1)
    except OSError as error:
        raise UnreadableInput(f"{path} kan niet worden gelezen: {error.strerror}.") from None
    if not content:
        raise WrongUse(f"{path} is leeg.", hint="Geef met --brief de brief of het verslag zelf.")
    if len(content) > _LARGEST_LETTER:
        raise WrongUse(
            f"{path} is groter dan 10 MiB.",
            hint="Scan de brief in zwart-wit of met minder detail, en bewaar die scan ook zelf.",
        )
    return Letter(content, path.suffix.removeprefix(".").lower(), keep)


def council_of(surroundings: Surroundings, chosen: str | None, option: str = "--orgaan") -> Council:
    """The council that was named, else the only one in ``beleid.toml``. Raises WrongUse when that is not clear."""
    if chosen is not None:
        return Council(chosen.lower())
    from beleidsbeheer.actions.reading import register_root
    from beleidsbeheer.domain.settings import read_settings
    from beleidsbeheer.domain.verification import RULES_PATH

    try:
        rules = (register_root(surroundings.start) / RULES_PATH).read_bytes()
    except OSError as error:
        raise UnreadableInput(f"{RULES_PATH} kan niet worden gelezen: {error.strerror}.") from None
    bodies = read_settings(rules).bodies
    if len(bodies) == 1:
        return bodies[0].council
    known = " en ".join(body.council.upper() for body in bodies) or "nog geen"
    raise WrongUse(
        f"Welke raad bedoelt u? In beleid.toml staat: {known}.",
        hint=f"Geef {option} {' of '.join(each.upper() for each in Council)}.",
    )


def votes_of(
    voor: int | None, tegen: int | None, onthouding: int | None, aanwezig: int | None
) -> Mapping[str, int]:
    """The votes as they are signed, empty when none were given. Raises WrongUse when they do not add up."""
    if voor is None:
        if any(each is not None for each in (tegen, onthouding, aanwezig)):
            raise WrongUse("Het aantal stemmen vóór ontbreekt.", hint="Geef ook --voor; 0 mag ook.")
        return {}
    cast_votes = voor + (tegen or 0) + (onthouding or 0)
    present = cast_votes if aanwezig is None else aanwezig
    if cast_votes > present:
        raise WrongUse(
            f"Er zijn meer stemmen ({cast_votes}) dan aanwezigen ({present}).",
            hint="Kijk --voor, --tegen, --onthouding en --aanwezig na.",
        )
    return {
        "voor": voor,
        "tegen": tegen or 0,
        "onthouding": onthouding or 0,
        "aanwezig": present,
    }


# --- what is told ----------------------------------------------------------------------------------------


def tell(done: Done) -> None:
    """Say what was signed, what kind of evidence it is, what to know about it, and for which text it is."""
    say(f"Getekend: {done.entry.path}")
    evidence = _evidence_told(done)
    if evidence:
        say(evidence)
    tell_notices(done)
    sha256 = _text_of(done)
    if sha256:
        from beleidsbeheer.domain.terms import grouped

        groups = grouped(sha256)
        middle = len(groups) // 2
        say("Afdruk van de tekst (sha256), in groepjes om voor te lezen:")
        say(f"  {groups[:middle]}\n  {groups[middle + 1 :]}")


def tell_notices(done: Done) -> None:
    """Say what the rules want people to know about an act that was signed."""
    from beleidsbeheer.render.terminal import safe

    for notice in done.notices:
        known = not notice.basis or notice.basis in notice.message
        told = notice.message if known else f"{notice.message} ({notice.basis})"
        say(f"Let op: {safe(told)}" + (f" {safe(notice.hint)}" if notice.hint else ""))


def tell_consents(done: Done) -> None:
    """Say who has still to consent to the version of this act, or that everybody did."""
    from beleidsbeheer.domain.course import State
    from beleidsbeheer.domain.rules.adoption import closed_by, way_on
    from beleidsbeheer.render.terminal import safe

    policy, version = done.entry.policy, done.entry.version
    course = done.register.courses[policy]
    if course.has_all_consents(version):
        say(
            f"Alles wat nodig is voor versie {version} is er. Hierna: het bestuur stelt haar vast met:"
            f" beleid vaststellen {policy} {version} --inwerking DATUM"
        )
        return
    waiting = [tally for tally in course.tallies(version) if not tally.complete]
    for tally in waiting:
        say(f"Nog niet rond: {safe(closed_by(tally))}")
        if tally.state is not State.OPEN:
            say(f"  {safe(way_on(tally))}")


def _text_of(done: Done) -> str:
    """The sha256 of the text that an act is about; empty when that text was not preserved."""
    entry = done.entry
    if entry.texts:
        return entry.texts[0].sha256
    policy = done.register.policies.get(entry.policy)
    version = policy.version(entry.version) if policy else None
    return version.text.sha256 if version and version.text else ""


def _evidence_told(done: Done) -> str:
    """The kind of evidence as a line on the screen; empty for what only the signer can say."""
    from beleidsbeheer.domain.course import Evidence
    from beleidsbeheer.domain.model import COUNCIL_ROLES

    entry = done.entry
    evidence = done.register.courses[entry.policy].evidence(entry)
    if evidence is Evidence.ONTVANGST:
        kept = _kept_copy(done, entry.fields["ontvangst"]["sha256"])
        what = "uitspraak" if entry.kind == "toestemming" else "brief"
        where = f"een kopie van de {what} staat in {kept}"
        missing = f"de {what} zelf staat niet in het register"
        return f"Ontvangstbewijs van de secretaris ({where if kept else missing})"
    if entry.kind == "voorlegging" or entry.role not in COUNCIL_ROLES | BOARD_ROLES:
        return ""
    whose = "het bestuur" if entry.role in BOARD_ROLES else "de raad"
    told = f"Handtekening van {whose}"
    if evidence is Evidence.ONBEVESTIGD:
        told += f" (de sleutel van {entry.person} is nog niet bevestigd door een brief van {whose})"
    return told + _letter_told(done, entry)


def _letter_told(done: Done, entry: Entry) -> str:
    if "brief" not in entry.fields:
        return ""
    kept = _kept_copy(done, entry.fields["brief"]["sha256"])
    return f"; met de afdruk van de brief{f', en een kopie in {kept}' if kept else ''}"


def _kept_copy(done: Done, sha256: str) -> str:
    """Where a copy of this letter stands in the register; empty when there is none."""
    start = f"approvals/{done.entry.policy}/brief-{sha256[:12]}."
    return next((path for path in done.register.files if path.startswith(start)), "")
