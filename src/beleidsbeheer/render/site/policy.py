"""The pages of one regulation: the text in force, and each version at an address of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from beleidsbeheer.domain.course import Period, day_of
from beleidsbeheer.domain.document import Document, parse
from beleidsbeheer.domain.ledger import Policy, Version
from beleidsbeheer.domain.model import Severity, version_key
from beleidsbeheer.domain.provenance import chain_of, provenance
from beleidsbeheer.render import forms
from beleidsbeheer.render.history import VersionRow
from beleidsbeheer.render.in_force import coming_line, contests
from beleidsbeheer.render.provenance import Origins, article_notes
from beleidsbeheer.render.reading import Reading, linked
from beleidsbeheer.render.sentences import (
    consent_sentence,
    later_sentences,
    nobody_asked,
    repeal_sentence,
)
from beleidsbeheer.render.site.compare import comparisons
from beleidsbeheer.render.site.frame import filled, framed, html
from beleidsbeheer.render.site.model import PAST, Page, Site, page_path, period_sentence
from beleidsbeheer.render.tables import in_profile


@dataclass(frozen=True, slots=True)
class Standing:
    """What is said of a version: its period or stand, and how the reader is warned. ``kind`` is for the template."""

    number: str
    told: str
    kind: str
    period: Period | None


def policy_pages(site: Site, policy: Policy) -> Iterator[Page]:
    """The page of the text in force, a page for each version, its text as it was signed, and its comparisons."""
    state = site.state(policy)
    current = site.reads(policy)
    yield Page(
        page_path(policy),
        site.key("beleid", state),
        partial(_policy_page, site, policy, current),
    )
    for version in policy.versions:
        path = page_path(policy, f"{version.number}.html")
        key = site.key("versie", version.number, state)
        yield Page(path, key, partial(_version_page, site, policy, version))
    for version in site.kept(policy):
        data = site.text(policy, version)
        path = page_path(policy, f"{version.number}.md")
        digest = version.text.sha256 if version.text else ""
        yield Page(path, site.key("tekst", digest), partial(bytes, data or b""))
    yield from comparisons(site, policy)


def standing(site: Site, policy: Policy, number: str) -> Standing:
    """Where a version stands on the day of the site."""
    stand = site.stand(policy, number)
    mine = [period for period in site.periods(policy) if period.version == number]
    current = site.in_force(policy)
    period = mine[-1] if mine else None
    over = " (overgenomen uit een oud document)" if period and period.taken_over else ""
    if period and current == period:
        return Standing(number, period_sentence(period) + over, "geldend", period)
    if period and period.start > site.day:
        told = coming_line(period).partition(": ")[2]
        return Standing(number, told[:1].upper() + told[1:] + over, "toekomst", period)
    if period:
        told = period_sentence(period).replace("Geldend", "Gold", 1)
        return Standing(number, f"{told}{over}", "verleden", period)
    kind = "verleden" if stand in PAST else "concept"
    return Standing(number, f"{str(stand).capitalize()}", kind, None)


# --- the text ------------------------------------------------------------------------------------------------


def read(data: bytes, path: str) -> tuple[Document, Reading]:
    """A text with the references in it as links."""
    document = parse(data, path)
    return document, linked(document)


def _notes(site: Site, policy: Policy, version: Version) -> dict[str, str]:
    """What is told below each artikel: since when its words stand so, and who consented to them."""
    course = site.course(policy)
    chain = chain_of(course, version.number)
    origins = Origins(site.register, course, chain, provenance(chain.texts))
    return {
        note.key: filled("herkomst.html.j2", note=note)
        for note in article_notes(origins)
        if note.key
    }


def _body(site: Site, policy: Policy, version: Version, *, with_notes: bool) -> dict[str, object]:
    data = site.text(policy, version)
    if data is None or version.text is None:
        return {"reading": None, "body": ""}
    _, told = read(data, version.text.path)
    notes = _notes(site, policy, version) if with_notes else {}
    return {"reading": told, "body": html(told.body(notes))}


# --- pages -----------------------------------------------------------------------------------------------------


def _policy_page(site: Site, policy: Policy, current: Version | None) -> bytes:
    history = site.history(policy)
    course = site.course(policy)
    main = filled(
        "beleid.html.j2",
        **_facts(site, policy, current),
        **(
            _body(site, policy, current, with_notes=True)
            if current
            else {"reading": None, "body": ""}
        ),
        coming=[
            standing(site, policy, each.version) for each in course.coming(site.day) if each.version
        ],
        contests=[told for told in contests(course) if current],
        repeal=repeal_sentence(history.intrekking) if history.intrekking else "",
        versions=[standing(site, policy, each.number) for each in reversed(policy.versions)],
        marks={n: told for (slug, n), told in site.marks.items() if slug == policy.slug},
        kept={each.number for each in site.kept(policy)},
        tables=html(forms.fragment(in_profile(history))),
        pairs=pairs_by_new(site, policy),
    )
    canonical = page_path(policy, f"{current.number}.html") if current else ""
    return framed(site, page_path(policy), policy.title, main, canonical=canonical)


def _version_page(site: Site, policy: Policy, version: Version) -> bytes:
    facts = _facts(site, policy, version)
    told = standing(site, policy, version.number)
    # of a draft that a newer one took the place of nobody asks how old its words are
    fresh = told.kind in ("geldend", "toekomst") or version == policy.latest
    main = filled(
        "versie.html.j2",
        **facts,
        **_body(site, policy, version, with_notes=fresh),
        current=site.reads(policy),
        marks=site.marks.get((policy.slug, version.number), ()),
        olds=dict(pairs_by_new(site, policy)).get(version.number, []),
    )
    path = page_path(policy, f"{version.number}.html")
    return framed(site, path, f"{policy.title}, versie {version.number}", main)


def _facts(site: Site, policy: Policy, version: Version | None) -> dict[str, object]:
    """What both kinds of page tell: of the version, of its consents, and for programs."""
    told = standing(site, policy, version.number) if version else None
    row = _row(site, policy, version.number) if version else None
    decided = row.verloop.vaststelling if row else None
    return {
        "organisation": site.organisation,
        "policy": policy,
        "version": version,
        "standing": told,
        "consents": [*map(consent_sentence, row.verloop.instemmingen), *nobody_asked(row.verloop)]
        if row
        else [],
        "remarks": _remarks(site, policy, version),
        "decisions": list(later_sentences(row.verloop)) if row else [],
        "decided": day_of(decided.entry, "vergadering") or decided.entry.date if decided else None,
        "taken_over": row is not None and row.herkomst == "overgenomen",
    }


def _remarks(site: Site, policy: Policy, version: Version | None) -> list[str]:
    """What the rules warn of, such as a decision that can be contested: whoever reads it should know."""
    if version is None:
        return []
    place = f"approvals/{policy.slug}/{version.number}/"
    return [
        finding.message
        for finding in site.register.findings
        if finding.severity is Severity.WAARSCHUWING and finding.place.startswith(place)
    ]


def _row(site: Site, policy: Policy, number: str) -> VersionRow | None:
    rows = [each for each in site.history(policy).versies if each.versie == number]
    return rows[-1] if rows else None


def pairs_by_new(site: Site, policy: Policy) -> list[tuple[str, list[str]]]:
    """For each version the older ones that it can be compared with; the newest first."""
    numbers = sorted((each.number for each in site.kept(policy)), key=version_key)
    found = [(new, numbers[:place][::-1]) for place, new in enumerate(numbers)]
    return [each for each in reversed(found) if each[1]]
