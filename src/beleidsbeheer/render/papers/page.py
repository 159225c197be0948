"""A regulation as one page for a browser: no script, no request, nothing beside it. Pure."""

from __future__ import annotations

from typing import Final

from beleidsbeheer.render import forms
from beleidsbeheer.render.history import history_tables
from beleidsbeheer.render.html import document, escaped
from beleidsbeheer.render.papers.subject import Subject
from beleidsbeheer.render.reading import linked
from beleidsbeheer.render.tables import in_profile

_STYLE: Final = """
body { max-width: 46rem; }
.stil, footer { color: var(--stil); }
.zelf { color: inherit; text-decoration: none; }
.zelf:hover, .zelf:focus { text-decoration: underline; }
main a { color: var(--link); } main a.zelf, .merk a { color: inherit; }
.begrip { color: inherit !important; text-decoration: underline dotted; }
li.nr { list-style: none; position: relative; }
li.nr > .merk { position: absolute; right: 100%; margin-right: .5rem; white-space: nowrap; }
li.nr > .merk + p { margin-top: 0; }
main ol, main ul { padding-left: 2.25rem; }
nav ul { list-style: none; padding: 0; }
nav a { display: inline-block; padding: .25rem 0; color: var(--link); }
footer { border-top: 1px solid var(--rand); margin-top: 2rem; padding-top: .5rem; font-size: .9375rem; }
footer code { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
@media print { nav { display: none; } section h2, section h3 { break-after: avoid; } }
"""


def page(subject: Subject) -> str:
    """The whole text below the tables of its history, as ``regulation`` has it for the other forms."""
    tables = in_profile(history_tables(subject.register, subject.policy))
    return _page(subject, subject.standing, forms.sheet(tables), forms.fragment(tables))


def clean_page(subject: Subject) -> str:
    """Only the text, as ``clean_text`` has it for the other forms."""
    told = f"Versie {subject.number}, zoals voorgelegd aan de raad"
    return _page(subject, told, forms.sheet(()), "")


def _page(subject: Subject, standing: str, style: str, tables: str) -> str:
    text = linked(subject.document)
    contents = "".join(
        f'<li><a href="#{escaped(each.anchor)}">{escaped(each.heading)}</a></li>'
        for each in text.sections
        if each.heading
    )
    foot = "".join(
        f"<p>{escaped(label)}: <code>{escaped(value)}</code></p>" for label, value in subject.foot
    )
    body = f"""<header>
<h1>{escaped(subject.title)}</h1>
<p class="stil">{escaped(subject.organisation)}</p>
<p><strong>{escaped(standing)}</strong></p>
</header>
<main>
{tables}
<nav aria-labelledby="inhoud"><h2 id="inhoud">Inhoud</h2><ul>{contents}</ul></nav>
{text.body()}
</main>
<footer>{foot}</footer>"""
    return document(f"{subject.title}, versie {subject.number}", style + _STYLE, body)
