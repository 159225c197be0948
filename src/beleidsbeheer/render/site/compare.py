"""Any two versions of a regulation compared: was beside wordt, or both in one on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import combinations

from beleidsbeheer.domain.changes import compare
from beleidsbeheer.domain.ledger import Policy, Version
from beleidsbeheer.domain.model import version_key
from beleidsbeheer.render.diff.page import fragment
from beleidsbeheer.render.diff.pair import Pair
from beleidsbeheer.render.site.frame import filled, framed, html
from beleidsbeheer.render.site.model import Page, Site, page_path


def comparisons(site: Site, policy: Policy) -> Iterator[Page]:
    """A page for each pair of versions of which the texts are here."""
    kept = sorted(site.kept(policy), key=lambda each: version_key(each.number))
    for old, new in combinations(kept, 2):
        path = page_path(policy, f"verschil-{old.number}-{new.number}.html")
        texts = [(each.number, each.text.sha256) for each in (old, new) if each.text]
        key = site.key("verschil", policy.slug, policy.title, texts)
        yield Page(path, key, partial(_page, site, policy, old, new, path))


def _page(site: Site, policy: Policy, old: Version, new: Version, path: str) -> bytes:
    before, after = site.text(policy, old) or b"", site.text(policy, new) or b""
    changes = compare(before, after, f"{old.number}.md", f"{new.number}.md")
    pair = Pair(policy.title, f"versie {old.number}", f"versie {new.number}", changes)
    main = filled("verschil.html.j2", old=old, new=new, difference=html(fragment(pair)))
    title = f"{policy.title}: van versie {old.number} naar versie {new.number}"
    return framed(site, path, title, main, style="verschil.css")
