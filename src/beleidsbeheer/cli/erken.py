"""``beleid erken``: the beheerders vouch for an entry that came too late."""

from __future__ import annotations

from beleidsbeheer.cli.decision import decision_command

command = decision_command(
    "erken",
    "erkenning",
    """Laat een te late vastlegging door de beheerders erkennen.

De vastlegging telt weer mee zodra genoeg beheerders akkoord zijn.
DIGEST is het begin van de afdruk, zoals in de bestandsnaam.

\b
Voorbeeld:
  beleid erken 3f9c2b7a1d04 --reden "Getekend voor het aftreden, later ontvangen"
""",
)
