"""The pages over all regulations: home, what was in force on a day, and search."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from beleidsbeheer.domain.course import Period
from beleidsbeheer.domain.ledger import Policy
from beleidsbeheer.domain.terms import show_date
from beleidsbeheer.render.site.frame import asset, filled, framed
from beleidsbeheer.render.site.model import Page, Site, page_path
from beleidsbeheer.render.site.policy import read, standing


def overview_pages(site: Site) -> Iterator[Page]:
    """Home, the date question and search, with the scripts they use; all always made anew but the index."""
    yield Page("index.html", "", partial(_home, site))
    yield Page("datum.html", "", partial(_day, site))
    yield Page("zoeken.html", "", partial(_search, site))
    for name in ("datum.js", "zoek.js"):
        yield Page(name, "", partial(asset, name))
    for policy in searched(site):
        key = site.key("zoek", policy.title, site.state(policy))
        yield Page(f"zoek/{policy.slug}.js", key, partial(_index, site, policy))


def searched(site: Site) -> list[Policy]:
    """The policies that have a text in force, and so can be searched."""
    found = []
    for policy in site.policies:
        version = site.reads(policy)
        if version is not None and site.text(policy, version) is not None:
            found.append(policy)
    return found


def _home(site: Site) -> bytes:
    groups: dict[str, list[dict[str, Any]]] = {
        "geldend": [],
        "toekomst": [],
        "onderweg": [],
        "verleden": [],
    }
    for policy in site.policies:
        current = site.in_force(policy)
        row = {"policy": policy, "period": current}
        if current:
            groups["geldend"].append(row)
        coming = [
            standing(site, policy, p.version)
            for p in site.course(policy).coming(site.day)
            if p.version
        ]
        groups["toekomst"] += [{"policy": policy, "standing": each} for each in coming]
        if not current and not coming:
            past = [period for period in site.periods(policy) if period.version]
            last = standing(site, policy, policy.versions[-1].number)
            groups["verleden" if past else "onderweg"].append(
                {
                    "policy": policy,
                    "standing": standing(site, policy, past[-1].version) if past else last,
                }
            )
    main = filled("thuis.html.j2", organisation=site.organisation, groups=groups, day=site.day)
    title = f"Reglementen van {site.organisation}" if site.organisation else "Reglementen"
    return framed(site, "index.html", title, main)


def _day(site: Site) -> bytes:
    policies = [(policy, _rows(site, policy)) for policy in site.policies]
    main = filled("datum.html.j2", policies=policies, day=site.day)
    return framed(site, "datum.html", "Welke tekst gold op …?", main, scripts=("datum.js",))


def _rows(site: Site, policy: Policy) -> list[dict[str, Any]]:
    return [_period(policy, each) for each in site.periods(policy)]


def _period(policy: Policy, period: Period) -> dict[str, Any]:
    return {
        "version": period.version,
        "path": page_path(policy, f"{period.version}.html"),
        "start": period.start.isoformat(),
        "end": period.end.isoformat() if period.end else "",
        "told": (show_date(period.start), show_date(period.end) or "heden"),
        "taken_over": period.taken_over,
    }


def _search(site: Site) -> bytes:
    policies = searched(site)
    scripts = ("zoek.js", *(f"zoek/{policy.slug}.js" for policy in policies))
    main = filled("zoeken.html.j2", policies=policies)
    return framed(site, "zoeken.html", "Zoeken", main, scripts=scripts)


def _index(site: Site, policy: Policy) -> bytes:
    """The words of the text in force, for zoek.js: a call that adds them, so that it works from disk too."""
    version = site.reads(policy)
    data = site.text(policy, version) if version else None
    sections = []
    if version and version.text and data is not None:
        _, told = read(data, version.text.path)
        sections = [[each.anchor, each.heading, each.words] for each in told.sections]
    row = {"titel": policy.title, "pad": page_path(policy), "delen": sections}
    told_json = json.dumps(row, ensure_ascii=True, separators=(",", ":"))
    return f"zoekIn({told_json});\n".encode()
