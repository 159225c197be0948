"""The site for programs: the register as JSON with its schema, a feed of changes, and the map of the site."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

from beleidsbeheer.domain.course import decided_on
from beleidsbeheer.domain.entry import Entry
from beleidsbeheer.domain.ledger import Policy, Version
from beleidsbeheer.domain.verification import RULES_PATH, Judgement
from beleidsbeheer.domain.witness import SCHEMA
from beleidsbeheer.render.in_force import period_json
from beleidsbeheer.render.site.frame import asset, filled
from beleidsbeheer.render.site.model import Page, Site, page_path
from beleidsbeheer.render.site.proof import digest_in

REGISTER: Final = "beleid.json"
_TOLD: Final = {
    "registratie": "vastgelegd",
    "overname": "overgenomen uit een oud document",
    "voorlegging": "voorgelegd aan de raad",
    "vaststelling": "vastgesteld door het bestuur",
    "bekendmaking": "bekendgemaakt",
    "bevestiging": "opnieuw bekeken en ongewijzigd gelaten",
    "nietigheid": "nietigheid ingeroepen door de raad",
    "intrekking": "ingetrokken door het bestuur",
}
_MOST: Final = 100


def data_pages(site: Site) -> Iterator[Page]:
    yield Page(REGISTER, "", partial(_register, site))
    yield Page("beleid.schema.json", "", partial(asset, "beleid.schema.json"))
    yield Page("wijzigingen.xml", "", partial(_feed, site))
    yield Page("robots.txt", "", partial(_robots, site))


def _register(site: Site) -> bytes:
    told = register_json(site)
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def register_json(site: Site) -> dict[str, Any]:
    """The documented shape ``beleidsbeheer.site/1``; beleid.schema.json describes it."""
    return {
        "schema": SCHEMA,
        "organisatie": site.organisation or None,
        "wortel": site.root,
        "op": site.day.isoformat(),
        "adres": site.address or None,
        "beleid": [_policy_json(site, policy) for policy in site.policies],
        "vastleggingen": [
            _entry_json(each)
            for each in site.register.verification.judgements
            if each.path != RULES_PATH
        ],
    }


def _policy_json(site: Site, policy: Policy) -> dict[str, Any]:
    course, current = site.course(policy), site.in_force(policy)
    return {
        "naam": policy.slug,
        "titel": policy.title,
        "pagina": page_path(policy),
        "geldend": period_json(course, current) if current else None,
        "toekomstig": [
            period_json(course, each) for each in course.coming(site.day) if each.version
        ],
        "versies": [_version_json(site, policy, each) for each in policy.versions],
    }


def _version_json(site: Site, policy: Policy, version: Version) -> dict[str, Any]:
    kept, course = site.text(policy, version) is not None, site.course(policy)
    return {
        "versie": version.number,
        "stand": str(site.stand(policy, version.number)),
        "pagina": page_path(policy, f"{version.number}.html"),
        "bron": page_path(policy, f"{version.number}.md") if kept else None,
        "tekst": {
            "pad": version.text.path,
            "sha256": version.text.sha256,
            "bytes": version.text.size,
        }
        if version.text
        else None,
        "perioden": [
            period_json(course, each)
            for each in site.periods(policy)
            if each.version == version.number
        ],
        "opmerkingen": list(site.marks.get((policy.slug, version.number), ())),
    }


def _entry_json(judgement: Judgement) -> dict[str, Any]:
    entry = judgement.entry
    return {
        "pad": judgement.path,
        "sha256": entry.digest if entry else None,
        "begin": digest_in(judgement)[:12],
        "soort": entry.kind if entry else None,
        "rol": str(entry.role) if entry else None,
        "datum": entry.date.isoformat() if entry else None,
        "beleid": entry.policy or None if entry else None,
        "versie": entry.version or None if entry else None,
        "oordeel": str(judgement.verdict),
    }


# --- the feed ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened to a regulation. ``id`` is a URN that is the same wherever the site is."""

    id: str
    day: date
    title: str
    path: str


def changes(site: Site) -> list[Change]:
    """What happened to the regulations, the newest first, as far as it counts."""
    found = []
    for policy in site.policies:
        course = site.course(policy)
        entries = [version.origin for version in policy.versions]
        entries += [entry for kind in _TOLD for entry in course.acts(kind)]
        found += [_change(policy, entry) for entry in entries if entry.date <= site.day]
    return sorted(set(found), key=lambda each: (each.day, each.title, each.id), reverse=True)[
        :_MOST
    ]


def _change(policy: Policy, entry: Entry) -> Change:
    number = f", versie {entry.version}" if entry.version else ""
    path = page_path(policy, f"{entry.version}.html") if entry.version else page_path(policy)
    day = min(decided_on(entry), entry.date)
    name = _urn(entry.digest)
    return Change(name, day, f"{policy.title}{number}: {_TOLD.get(entry.kind, entry.kind)}", path)


def _urn(digest: str) -> str:
    """A name for what has this digest, the same wherever the site is (RFC 9562, version 5)."""
    return uuid.uuid5(uuid.NAMESPACE_OID, digest).urn


def _feed(site: Site) -> bytes:
    """Atom (RFC 4287). Links are relative to the address, or to the feed itself when it has none."""
    listed = changes(site)
    own = _urn(site.root)
    updated = listed[0].day if listed else site.day
    return filled(
        "wijzigingen.xml.j2",
        id=own,
        updated=updated,
        changes=listed,
        organisation=site.organisation,
        address=site.address,
    ).encode()


def _robots(site: Site) -> bytes:
    lines = ["User-agent: *", "Allow: /"]
    if site.address:
        lines += ["", f"Sitemap: {site.address}sitemap.xml"]
    return ("\n".join(lines) + "\n").encode()


def sitemap(site: Site, paths: list[str]) -> bytes:
    """The map of the site; only for one with an address, as the format wants whole addresses."""
    pages = sorted(path for path in paths if path.endswith(".html"))
    return filled("sitemap.xml.j2", address=site.address, pages=pages).encode()
