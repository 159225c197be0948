"""``beleid verwerp``: the beheerders repudiate an entry."""

from __future__ import annotations

from beleidsbeheer.cli.decision import decision_command

command = decision_command(
    "verwerp",
    "verwerping",
    """Laat een vastlegging door de beheerders verwerpen.

Er wordt niets verwijderd: de vastlegging telt niet meer zodra genoeg beheerders akkoord zijn.
DIGEST is het begin van de afdruk, zoals in de bestandsnaam.

\b
Voorbeeld:
  beleid verwerp 3f9c2b7a1d04 --reden "Verkeerde tekst geregistreerd"
""",
)
