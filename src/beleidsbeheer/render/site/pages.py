"""Every page of the site."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from beleidsbeheer.render.site import style
from beleidsbeheer.render.site.data import data_pages, sitemap
from beleidsbeheer.render.site.model import Page, Site
from beleidsbeheer.render.site.overview import overview_pages
from beleidsbeheer.render.site.policy import policy_pages
from beleidsbeheer.render.site.proof import proof_pages


def pages(site: Site) -> Iterator[Page]:
    """All files, each made only when asked for."""
    paths = []
    for page in _all(site):
        paths.append(page.path)
        yield page
    if site.address:
        yield Page("sitemap.xml", "", partial(sitemap, site, paths))


def _all(site: Site) -> Iterator[Page]:
    yield from overview_pages(site)
    for policy in site.policies:
        yield from policy_pages(site, policy)
    yield from proof_pages(site)
    yield from data_pages(site)
    yield Page("stijl.css", "", partial(str.encode, style.SHEET))
    yield Page("verschil.css", "", partial(str.encode, style.COMPARE))
