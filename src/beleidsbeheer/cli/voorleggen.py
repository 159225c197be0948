"""``beleid voorleggen``: put a registered text to a council."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from beleidsbeheer.cli.checked import tell_new_findings
from beleidsbeheer.cli.common import Day, LongText
from beleidsbeheer.cli.dutch import DutchCommand
from beleidsbeheer.cli.evidence import council_of, council_option, tell
from beleidsbeheer.cli.main import Surroundings
from beleidsbeheer.cli.signing import signing_options
from beleidsbeheer.cli.words import say

if TYPE_CHECKING:
    from beleidsbeheer.actions.writing import Done, Workplace
    from beleidsbeheer.domain.model import Council


@click.command("voorleggen", cls=DutchCommand)
@click.argument("policy", metavar="BELEID")
@click.argument("version", metavar="VERSIE")
@council_option("--aan", "Aan welke raad")
@click.option(
    "--beweegredenen",
    "reasons",
    required=True,
    type=LongText(),
    metavar="TEKST|@BESTAND",
    help="Waarom het bestuur dit wil; dit wordt getekend.",
)
@click.option(
    "--gevolgen",
    "effects",
    required=True,
    type=LongText(),
    metavar="TEKST|@BESTAND",
    help="Wat het betekent voor personeel, ouders en leerlingen.",
)
@click.option(
    "--maatregelen",
    "measures",
    required=True,
    type=LongText(),
    metavar="TEKST|@BESTAND",
    help="Wat het bestuur aan die gevolgen doet.",
)
@click.option(
    "--voorgelegd-op",
    "submitted",
    type=Day(),
    help="Dag waarop de raad de tekst kreeg, als dat al eerder was; zonder deze optie vandaag.",
)
@click.option("--vergadering", "meeting", type=Day(), help="Dag waarop de raad erover vergadert.")
@click.option(
    "--reageren-voor", "answer_by", type=Day(), help="Het antwoord moet er vóór deze dag zijn."
)
@click.option(
    "--geen-instemming",
    "nobody_asked",
    default="",
    metavar="REDEN",
    help="Waarom niemand hoeft in te stemmen; alleen als raakt in de tekst leeg is.",
)
@click.option(
    "--redactioneel",
    "editorial_of",
    default="",
    metavar="VERSIE",
    help="Alleen taalfouten verbeterd ten opzichte van deze versie, waarmee al is ingestemd.",
)
@signing_options
@click.pass_obj
def command(
    surroundings: Surroundings,
    policy: str,
    version: str,
    council: str | None,
    reasons: str,
    effects: str,
    measures: str,
    submitted: date | None,
    meeting: date | None,
    answer_by: date | None,
    nobody_asked: str,
    editorial_of: str,
    work: Workplace,
) -> int:
    """Leg een geregistreerde VERSIE voor aan de raad.

    Het programma zoekt op wie moet instemmen en op welk artikel. Het kijkt daarvoor naar raakt in het
    kopblok van de tekst, naar de wet (WMS) en naar de afspraken in beleid.toml. Die lijst wordt getekend.

    \b
    Voorbeeld:
      beleid voorleggen privacyreglement 0.3 --aan MR \\
        --beweegredenen "Online lessen waren nog niet geregeld" \\
        --gevolgen "Leraren filmen geen leerlingen meer" \\
        --maatregelen "Uitleg op de studiedag van 12 januari" \\
        --vergadering 2026-12-08 --reageren-voor 2026-12-22
    """
    from beleidsbeheer.actions.acts import Plan, submit

    body = council_of(surroundings, council, "--aan")
    plan = Plan(
        reasons=reasons,
        effects=effects,
        measures=measures,
        submitted=submitted,
        meeting=meeting,
        answer_by=answer_by,
        nobody_asked=nobody_asked,
        editorial_of=editorial_of,
    )
    done = submit(work, policy, version, body, plan)
    tell(done)
    tell_new_findings(done, surroundings.today)
    _tell_asked(done, body)
    return 0


def _tell_asked(done: Done, council: Council) -> None:
    """Say who must consent and on which article, who gets a copy, and what is next."""
    from beleidsbeheer.domain.model import Geleding
    from beleidsbeheer.domain.terms import geleding_name, listed, show_date
    from beleidsbeheer.render.terminal import safe

    entry = done.entry
    what = f"{entry.policy} {entry.version}"
    asked = entry.fields["vereist"]
    for geleding in Geleding:
        bases = [row["grondslag"] for row in asked if row["geleding"] == geleding]
        if bases:
            say(f"Instemming nodig van: {geleding_name(council, geleding)}: {safe(listed(bases))}")
    copies = [geleding_name(council, Geleding(each)) for each in entry.fields["afschrift"]]
    if copies:
        say(f"Afschrift voor: {listed(copies)} (zij worden niet om instemming gevraagd)")
    if not asked:
        say(f"Hierna: het bestuur stelt vast met: beleid vaststellen {what} --inwerking DATUM")
        return
    term = entry.fields.get("reageren_voor")
    by = f" Er is een antwoord nodig vóór {show_date(date.fromisoformat(term))}." if term else ""
    say(
        f"Hierna: stuur de {council.upper()} deze tekst, met de beweegredenen, gevolgen en maatregelen,"
        f" en noem de afdruk.{by}"
    )
    if "redactioneel" in entry.fields:
        say(f"De raad aanvaardt de wijziging als redactioneel: beleid aanvaard-redactioneel {what}")
        say(f"Of elke geleding stemt gewoon in: beleid instemming {what}")
        return
    say(f"Elke geleding antwoordt zelf: beleid instemming {what} --geleding …")
    say("Komt er een brief, dan legt de secretaris die vast met: --ontvangen --brief BESTAND")
