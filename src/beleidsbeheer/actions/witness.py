"""Hear a witness: the ``beleid.json`` of a site, in a folder or on the web."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from beleidsbeheer.actions.reading import View
from beleidsbeheer.domain.witness import compare, notice, read_witness
from beleidsbeheer.errors import UnreadableInput

_FILE: Final = "beleid.json"
_LIMIT: Final = 64 * 1024 * 1024
_SECONDS: Final = 30
_OPEN: Final = (
    "De getuige is gevraagd zonder versleuteling (http). Wie meekijkt kan zijn antwoord veranderen."
)


def heard(view: View, where: str) -> View:
    """The register with what the witness says against it.

    Raises UnreadableInput when there is no witness there, or when it says nothing that can be read.
    """
    witness = read_witness(_fetched(where), where)
    notices = [notice(view.register, witness)]
    if where.lower().startswith("http:"):
        notices.append(_OPEN)
    return replace(
        view,
        findings=(*view.findings, *compare(view.register, witness)),
        notices=(*view.notices, *notices),
    )


def _fetched(where: str) -> bytes:
    if where.lower().startswith(("http://", "https://")):
        return _from_web(where)
    from beleidsbeheer.storage.places import read_small, why

    place = Path(where)
    place = place / _FILE if place.is_dir() else place
    try:
        return read_small(place.resolve(), _LIMIT)
    except OSError as error:
        raise _silent(where, why(error)) from error


def _from_web(where: str) -> bytes:
    """The answer of a web server. Only what was asked for is sent: no cookie, no name."""
    from http.client import HTTPException
    from urllib.error import URLError
    from urllib.request import Request, urlopen

    address = where if where.endswith(".json") else where.rstrip("/") + "/" + _FILE
    request = Request(address, headers={"User-Agent": "beleidsbeheer"})  # noqa: S310 - http(s), see above
    try:
        with urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
            data: bytes = answer.read(_LIMIT + 1)
    except (URLError, HTTPException, OSError, ValueError) as error:
        raise _silent(where, str(getattr(error, "reason", error))) from error
    if len(data) > _LIMIT:
        raise _silent(where, "te groot")
    return data


def _silent(where: str, reason: str) -> UnreadableInput:
    return UnreadableInput(
        f"De getuige {where} geeft geen antwoord ({reason}).",
        hint="Noem het adres of de map van de site; daarin staat beleid.json.",
    )
