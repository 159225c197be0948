"""A page that stands alone: no script, no request, and one head for all pages the program makes."""

from __future__ import annotations

import html
import re
from typing import Final

from beleidsbeheer.render.seen import seen

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
_DAY: Final = re.compile(r"\b[0-9]{2}-[0-9]{2}-[0-9]{4}\b")


def document(title: str, style: str, body: str) -> str:
    """A page around ``body``, which may not ask for anything."""
    return f"""<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escaped(title)}</title>
<link rel="icon" href="data:,">
<style>{style}</style>
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
