"""One head for all pages the program makes: those that stand alone, and those of a site.

A page that stands alone has its style in it, runs no script and asks for nothing. A page of a site takes its
style and scripts from the site's own files and has none in itself (Content Security Policy Level 3).
"""

from __future__ import annotations

import html
import re
from typing import Final

from beleidsbeheer.render.seen import seen

_POLICY: Final = (
    "default-src 'none'; style-src {}; img-src data:; base-uri 'none'; form-action 'none'"
)
_ALONE: Final = _POLICY.format("'unsafe-inline'")
_OF_A_SITE: Final = _POLICY.format("'self'; script-src 'self'")
_DAY: Final = re.compile(r"\b[0-9]{2}-[0-9]{2}-[0-9]{4}\b")


def document(title: str, style: str, body: str) -> str:
    """A page around ``body``, which may not ask for anything."""
    return _page(title, _ALONE, f"<style>{style}</style>", body)


def site_document(title: str, head: str, body: str) -> str:
    """A page of a site. ``head`` is HTML that links to the site's own style, scripts and feed."""
    return _page(title, _OF_A_SITE, head, body)


def _page(title: str, policy: str, head: str, body: str) -> str:
    return f"""<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escaped(title)}</title>
<link rel="icon" href="data:,">
{head}
</head>
<body>
{body}
</body>
</html>
"""


def escaped(text: str) -> str:
    """``text`` as data in HTML; what cannot be seen is shown."""
    return html.escape(seen(text))


def dated(told: str) -> str:
    """HTML of running text, in which no date breaks at its hyphens."""
    return _DAY.sub(lambda found: f'<span class="kort">{found[0]}</span>', told)
