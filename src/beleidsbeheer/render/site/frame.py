"""The frame around every page, and the templates. One template for each kind of page; all values are escaped."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from beleidsbeheer.domain.terms import say_date, show_date
from beleidsbeheer.render.html import dated, escaped, site_document
from beleidsbeheer.render.seen import seen
from beleidsbeheer.render.site.model import Site

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

TEMPLATES: Final = Path(__file__).parent / "templates"
ASSETS: Final = Path(__file__).parent / "assets"


def asset(name: str) -> bytes:
    return (ASSETS / name).read_bytes()


def html(text: str) -> Markup:
    """HTML that was made safe before."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["zichtbaar"] = lambda text: html(dated(escaped(str(text))))
    made.filters["leesbaar"] = seen
    made.filters["datum"] = show_date
    made.filters["dag"] = say_date
    made.filters["groepjes"] = lambda digest: " ".join(
        digest[n : n + 8] for n in range(0, len(digest), 8)
    )
    return made


def filled(template: str, **values: Any) -> str:
    return _environment().get_template(template).render(**values)


def framed(
    site: Site,
    path: str,
    title: str,
    main: str,
    *,
    canonical: str = "",
    style: str = "stijl.css",
    scripts: tuple[str, ...] = (),
) -> bytes:
    """A whole page at ``path`` (below the site's own folder): every link in it is relative.

    ``canonical`` is the path of the page that this one is a copy of, if it is.
    """
    up = "../" * path.count("/")
    head = [f'<link rel="stylesheet" href="{up}{style}">']
    head.append(
        f'<link rel="alternate" type="application/atom+xml" title="Wijzigingen" href="{up}wijzigingen.xml">'
    )
    if site.address:
        head.append(f'<link rel="canonical" href="{escape(site.address + (canonical or path))}">')
    head += [f'<script src="{up}{name}" defer></script>' for name in scripts]
    body = filled(
        "raam.html.j2",
        up=up,
        path=path,
        organisation=site.organisation,
        root=site.root,
        main=html(main),
    )
    name = f"{title} - {site.organisation}" if site.organisation else title
    return site_document(name, "\n".join(head), body).encode()
