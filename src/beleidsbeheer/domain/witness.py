"""A register against what a witness once published of it (``beleidsbeheer.site/1``): what the witness knows
and the register lacks was taken away. Pure.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from beleidsbeheer.domain.entry import digest_of
from beleidsbeheer.domain.model import Finding, Severity, is_digest, parse_date
from beleidsbeheer.domain.register import Register
from beleidsbeheer.domain.terms import show_date
from beleidsbeheer.domain.verification import RULES_PATH
from beleidsbeheer.errors import UnreadableInput

SCHEMA: Final = "beleidsbeheer.site/1"
RULE: Final = "getuige"
_HINT: Final = "Vraag wie het weghaalde, en haal het terug uit een kopie waar het nog in staat."


@dataclass(frozen=True, slots=True)
class Witness:
    """What a witness says: the root, the day it spoke of, and the sha256 of each file it knows, by path."""

    root: str
    day: str
    digests: Mapping[str, str]


def read_witness(data: bytes, where: str) -> Witness:
    """Read a ``beleid.json``. Raises UnreadableInput for anything else."""
    try:
        told = json.loads(data)
        if told["schema"] != SCHEMA:
            raise ValueError(told["schema"])
        entries = {each["pad"]: each["sha256"] for each in told["vastleggingen"] if each["sha256"]}
        texts = [version["tekst"] for policy in told["beleid"] for version in policy["versies"]]
        digests = entries | {text["pad"]: text["sha256"] for text in texts if text}
        witness = Witness(told["wortel"], show_date(parse_date(told["op"])), digests)
        if not _sane(witness):
            raise ValueError
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UnreadableInput(
            f"{where} is geen beleid.json van een site die dit programma maakte.",
            hint="Noem het adres of de map van de site, bijvoorbeeld: --getuige https://reglementen.example.org/",
        ) from None
    return witness


def _sane(witness: Witness) -> bool:
    digests = [witness.root, *witness.digests.values()]
    return all(isinstance(each, str) and is_digest(each) for each in digests)


def compare(register: Register, witness: Witness) -> Iterator[Finding]:
    """What the witness knows and is not here, or is here in another form."""
    own = register.verification.root
    if witness.root != own:
        message = f"De getuige noemt een andere wortel ({witness.root[:12]}…) dan dit register ({own[:12] or 'geen'}…)."
        hint = "Is het de site van dit register? Vergelijk de wortel met de notulen."
        yield Finding(RULE, Severity.FOUT, "approvals/rooster", message, hint)
        return
    for path, digest in sorted(witness.digests.items()):
        data = register.files.get(path)
        if data is None:
            message = f"De getuige kent dit bestand ({digest[:12]}…); hier ontbreekt het."
            yield Finding(RULE, Severity.FOUT, path, message, _HINT)
        elif digest_of(data) != digest:
            message = f"De getuige kent dit bestand met een andere inhoud ({digest[:12]}…)."
            yield Finding(RULE, Severity.FOUT, path, message, _HINT)


def notice(register: Register, witness: Witness) -> str:
    """What the witness saw, and how much is newer than that."""
    judged = {each.path for each in register.verification.judgements if each.path != RULES_PATH}
    newer = len(judged - witness.digests.keys())
    more = f" Nieuwer dan de getuige: {newer}." if newer else ""
    return f"De getuige sprak over {witness.day} en kent {len(witness.digests)} vastleggingen en teksten.{more}"
