"""``beleid rooster``: who may sign what."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from beleidsbeheer.actions.reading import open_register
from beleidsbeheer.actions.rosters import (
    Change,
    Letter,
    accept,
    agree,
    confirm,
    propose,
)
from beleidsbeheer.actions.writing import Done
from beleidsbeheer.cli.common import EXISTING_FILE, Day, json_option, print_json
from beleidsbeheer.cli.dutch import DutchGroup
from beleidsbeheer.cli.main import Surroundings
from beleidsbeheer.cli.signing import signing_options
from beleidsbeheer.cli.words import say, say_all
from beleidsbeheer.domain.model import Role, slug_defect
from beleidsbeheer.domain.proposals import allowed_signers, open_proposals, waiting_for
from beleidsbeheer.errors import KeyProblem, Refused, WrongUse
from beleidsbeheer.render.people import roster_json, roster_lines, waiting_lines
from beleidsbeheer.storage.keys import read_public_key

if TYPE_CHECKING:
    from beleidsbeheer.actions.writing import Workplace


@click.group("rooster", cls=DutchGroup)
def command() -> None:
    """Bekijk of wijzig wie wat mag tekenen.

    Een wijziging gaat in stappen: voorstel, akkoord van genoeg beheerders, en aanvaarding door wie nieuw is.

    \b
    Voorbeeld:
      beleid rooster voorstel --persoon mr-voorzitter --rol mr-voorzitter --sleutel-van voorzitter.pub
      beleid rooster toon
    """


@command.command("toon")
@json_option
@click.pass_obj
def show(surroundings: Surroundings, as_json: bool) -> int:
    """Toon wie wat mag tekenen, en welke voorstellen lopen.

    \b
    Voorbeeld:
      beleid rooster toon
    """
    view = open_register(surroundings.start, surroundings.today)
    proposals = open_proposals(view.register)
    if as_json:
        print_json(roster_json(view.register, proposals))
    else:
        say_all(roster_lines(view.register, proposals))
        for proposal in proposals:
            say_all(waiting_lines(proposal, waiting_for(view.register, proposal)))
    return 0 if view.register.verification.roster else 1


@command.command("exporteer")
@click.pass_obj
def export(surroundings: Surroundings) -> int:
    """Geef het rooster als allowed_signers, voor ssh-keygen.

    \b
    Voorbeeld:
      beleid rooster exporteer > allowed_signers
      ssh-keygen -Y verify -f allowed_signers -I secretaris \\
        -n beleidsbeheer.v1/registratie -s X.json.sig < X.json
    """
    register = open_register(surroundings.start, surroundings.today).register
    if register.verification.roster is None:
        raise Refused("Er is geen rooster om op te vertrouwen.", hint="Kijk met: beleid verifieer")
    click.echo(allowed_signers(register), nl=False)
    return 0


@command.command("voorstel")
@click.option("--persoon", "person", default="", metavar="ID", help="Om wie het gaat; geen naam.")
@click.option(
    "--rol",
    "roles",
    multiple=True,
    type=click.Choice([str(role) for role in Role]),
    help="Alle rollen van deze persoon; mag vaker.",
)
@click.option(
    "--sleutel-van",
    "public_keys",
    multiple=True,
    metavar="PUB",
    type=EXISTING_FILE,
    help="Openbare sleutel (.pub) die erbij komt; mag vaker.",
)
@click.option(
    "--sleutel-weg",
    "dropped",
    multiple=True,
    metavar="AFDRUK",
    help="Afdruk (SHA256:…) van een sleutel die weg moet.",
)
@click.option("--tot", "until", type=Day(), help="Laatste dag van de termijn.")
@click.option(
    "--in-plaats-van",
    "replaces",
    default="",
    metavar="ID",
    help="Wie in hetzelfde rooster vertrekt.",
)
@click.option("--weg", "leaves", is_flag=True, help="Haal deze persoon uit het rooster.")
@click.option(
    "--verzegel",
    "seals",
    is_flag=True,
    help="Verander niemand; verzegel wat er nu ligt, en neem een gewijzigde beleid.toml mee.",
)
@click.option(
    "--drempel",
    "threshold",
    metavar="AANTAL",
    type=click.IntRange(1, 100),
    help="Zoveel beheerders moeten voortaan akkoord zijn.",
)
@signing_options
@click.pass_obj
def proposal(
    surroundings: Surroundings,
    person: str,
    roles: tuple[str, ...],
    public_keys: tuple[Path, ...],
    dropped: tuple[str, ...],
    until: date | None,
    replaces: str,
    leaves: bool,
    seals: bool,
    threshold: int | None,
    work: Workplace,
) -> int:
    """Stel een nieuw rooster voor.

    Het is het huidige rooster met uw wijziging erin, en met beleid.toml zoals die nu is. Het verzegelt alles
    wat er al ligt. Het werkt zodra genoeg beheerders van het huidige rooster akkoord zijn.

    \b
    Voorbeeld:
      beleid rooster voorstel --persoon mr-ouders --rol mr-ouders --sleutel-van ouders.pub --tot 2028-07-31
      beleid rooster voorstel --persoon mr-ouders --weg
      beleid rooster voorstel --drempel 2
    """
    if (roles or public_keys or dropped or until or leaves) and not person:
        raise WrongUse("Zeg om wie het gaat met --persoon ID.")
    if person and slug_defect(person):
        raise WrongUse(f"'{person}' kan geen aanduiding zijn: {slug_defect(person)}.")
    change = Change(
        person=person,
        roles=frozenset(Role(role) for role in roles),
        add_keys=tuple(read_public_key(path) for path in public_keys),
        drop_keys=dropped,
        until=until,
        replaces=replaces,
        leaves=leaves,
        seals=seals,
        threshold=threshold,
    )
    tell_decision(propose(work, change))
    return 0


@command.command("akkoord")
@click.argument("digest", metavar="[DIGEST]", default="")
@signing_options
@click.pass_obj
def agreement(surroundings: Surroundings, digest: str, work: Workplace) -> int:
    """Ga akkoord met een voorstel: een rooster, een verwerping of een erkenning.

    DIGEST is het begin van de afdruk van het voorstel; het mag weg als er maar één loopt.

    \b
    Voorbeeld:
      beleid rooster akkoord
    """
    decided = agree(work, digest)
    tell_decision(decided)
    return 0


@command.command("aanvaard")
@signing_options
@click.pass_obj
def acceptance(surroundings: Surroundings, work: Workplace) -> int:
    """Aanvaard uw plaats in het rooster en toon dat uw sleutel werkt.

    \b
    Voorbeeld:
      beleid rooster aanvaard
    """
    entries = accept(work)
    for entry in entries:
        say(f"De sleutel van {entry.person} werkt en is aanvaard: {entry.path}")
    return 0


@command.command("bevestig")
@click.argument("person", metavar="PERSOON")
@click.option(
    "--afdruk",
    "fingerprint",
    required=True,
    metavar="AFDRUK",
    help="De afdruk (SHA256:…) zoals in de brief.",
)
@click.option(
    "--brief",
    "letter",
    required=True,
    metavar="BESTAND",
    type=EXISTING_FILE,
    help="Brief of notulen; alleen de afdruk van dit bestand wordt bewaard.",
)
@click.option(
    "--vergadering", "meeting", required=True, type=Day(), help="Datum van de vergadering."
)
@click.option("--kenmerk", "reference", default="", metavar="TEKST", help="Kenmerk van de brief.")
@signing_options
@click.pass_obj
def confirmation(
    surroundings: Surroundings,
    person: str,
    fingerprint: str,
    letter: Path,
    meeting: date,
    reference: str,
    work: Workplace,
) -> int:
    """Leg vast dat een brief van raad of bestuur deze sleutel noemt.

    Tot dan staat de sleutel van iemand uit raad of bestuur als "niet bevestigd". Daarna kan hij alleen
    nog veranderen met akkoord van die raad of dat bestuur zelf.

    \b
    Voorbeeld:
      beleid rooster bevestig mr-voorzitter --afdruk SHA256:… --brief brief.pdf --vergadering 2026-11-10
    """
    try:
        content = letter.read_bytes()
    except OSError as error:
        raise KeyProblem(f"{letter} kan niet worden gelezen: {error.strerror}.") from None
    decided = confirm(work, person, fingerprint, Letter(content, meeting, reference))
    say(f"Vastgelegd: {decided.entry.path}")
    say(f"De sleutel van {person} staat nu als bevestigd in: beleid rooster toon")
    return 0


def tell_decision(decided: Done) -> None:
    """Say what was signed, and what is still needed before it works."""
    entry, register = decided.entry, decided.register
    say(f"Getekend: {entry.path}")
    counted = register.verification.counted
    about = counted.get(entry.about, entry) if entry.kind == "akkoord" else entry
    if entry.kind == "rooster":
        previous = register.verification.succession
        before = previous.rosters.get(entry.roster) if previous else None
        if before is not None and before.rules != entry.fields["regels"]:
            say("Dit rooster neemt ook de gewijzigde beleid.toml mee: die regels gelden vanaf nu.")
    if about.kind == "rooster":
        say_all(waiting_lines(about, waiting_for(register, about)))
        return
    succession = register.verification.succession
    tally = succession.ballots.tally(about) if succession else None
    if tally is not None and not tally.reached:
        say(f"Nog nodig: akkoord van {tally.required - len(tally.given)} beheerder(s).")
    else:
        say("Dit is nu besloten.")
