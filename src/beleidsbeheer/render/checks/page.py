"""Findings as one page for a browser or paper: self-contained, no script, no request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from beleidsbeheer.domain.acceptance import Acceptance
from beleidsbeheer.domain.checks.coverage import Answer
from beleidsbeheer.domain.checks.frame import Found
from beleidsbeheer.domain.checks.table import Review
from beleidsbeheer.domain.terms import show_date
from beleidsbeheer.render.checks.words import CAUTION, HEADS, by_rule, counted, shared_basis
from beleidsbeheer.render.html import document, escaped
from beleidsbeheer.render.style import READING, SHEET

_STYLE: Final = """
.pad { font-family: ui-monospace, monospace; font-size: .9375rem; }
nav ul { list-style: none; padding: 0; margin: .5rem 0 1rem; display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; }
nav a { display: inline-block; padding: .5rem 0; }
section > h2 { border-bottom: 2px solid var(--rand); padding-bottom: .25rem; }
article { border: 1px solid var(--rand); border-left-width: .375rem; border-radius: .25rem; padding: .75rem 1rem; margin: 1rem 0;
          break-inside: avoid; }
article.fout { border-left-color: var(--weg); } article.waarschuwing { border-left-color: var(--link); }
.ernst { display: inline-block; border: 1px solid var(--rand); border-radius: .25rem; padding: 0 .4rem; font-weight: 700;
         background: var(--zacht); font-size: .9375rem; }
.fout .ernst { color: var(--weg); background: var(--weg-vlak); border-color: var(--weg); }
.plaatsen { padding-left: 1.25rem; margin: .5rem 0; } .plaatsen li { margin: .5rem 0; }
blockquote { margin: .25rem 0; padding-left: .75rem; border-left: 2px solid var(--rand); color: var(--stil); }
dl { margin: .5rem 0 0; } dt { font-weight: 700; margin-top: .375rem; } dd { margin: 0; }
details { margin: 1rem 0; } summary { cursor: pointer; padding: .5rem 0; }
"""


def page(texts: Sequence[tuple[str, Review, Sequence[Found]]]) -> str:
    """A page with the reviews of these texts: each with its label and the findings to show."""
    title = "Controle"
    if len(texts) == 1:
        review = texts[0][1]
        title = f"Controle van {review.dossier.document.title or review.dossier.path}"
    body = "\n".join(
        _text(number, label, review, found, alone=len(texts) == 1)
        for number, (label, review, found) in enumerate(texts)
    )
    caution = f'<p class="stil">{CAUTION}</p>'
    head = f"<h1>{escaped(title)}</h1>" if len(texts) == 1 else "<h1>Controle</h1>"
    return document(title, SHEET + READING + _STYLE, f"<main>\n{head}\n{caution}\n{body}\n</main>")


def _text(number: int, label: str, review: Review, found: Sequence[Found], *, alone: bool) -> str:
    told = counted(Counter(each.severity for each in found)) or "Geen bevindingen"
    parts = [] if alone else [f"<h2>{escaped(review.dossier.document.title or label)}</h2>"]
    parts.append(
        f'<p><span class="pad">{escaped(review.dossier.path)}</span> ({escaped(label)})</p>'
    )
    parts.append(f"<p><strong>{told}.</strong></p>")
    groups = [(group, list(some)) for group, some in groupby(found, key=lambda each: each.group)]
    if len(groups) > 1:
        links = "".join(
            f'<li><a href="#{group}-{number}">{HEADS[group]} ({len(some)})</a></li>'
            for group, some in groups
        )
        parts.append(f'<nav aria-label="Groepen"><ul>{links}</ul></nav>')
    for group, some in groups:
        name = f"{group}-{number}"
        parts.append(f'<section aria-labelledby="{name}"><h2 id="{name}">{HEADS[group]}</h2>')
        parts += map(_rule, by_rule(some))
        parts.append("</section>")
    parts += _accepted(review.accepted)
    parts += _coverage(review)
    return "\n".join(parts)


def _rule(found: Sequence[Found]) -> str:
    first, shared = found[0], shared_basis(found)
    places = "\n".join(_place(each, "" if shared else each.basis) for each in found)
    facts = [("Waarom?", [first.why]), ("Bron", [shared]), ("Tip", [each.hint for each in found])]
    told = "".join(_fact(name, texts) for name, texts in facts)
    return (
        f'<article class="{first.severity}">\n<h3><span class="ernst">{first.severity}</span> {escaped(first.rule)}</h3>\n'
        f'<ul class="plaatsen">\n{places}\n</ul>\n<dl>{told}</dl>\n</article>'
    )


def _place(found: Found, basis: str) -> str:
    where = f"artikel {escaped(found.key)}, " if found.key[:1].isdigit() else ""
    where += f"{escaped(basis)}, " if basis else ""
    cited = ""
    if found.quote and found.quote not in found.message:
        cited = f"<blockquote>{escaped(found.quote)}</blockquote>"
    return (
        f'<li>{escaped(found.message)} <span class="stil">({where}<span class="pad">{escaped(found.place)}</span>)'
        f"</span>{cited}</li>"
    )


def _fact(name: str, texts: Sequence[str]) -> str:
    known = [text for text in dict.fromkeys(texts) if text]
    return (
        f"<dt>{name}</dt>" + "".join(f"<dd>{escaped(text)}</dd>" for text in known) if known else ""
    )


def _accepted(accepted: Sequence[tuple[Found, Acceptance]]) -> Iterator[str]:
    if not accepted:
        return
    rows = "".join(
        f"<li>{escaped(each.rule)}, {escaped(each.place)}: {escaped(by.reason)}"
        f" (tot en met {show_date(by.end)})</li>"
        for each, by in accepted
    )
    yield f"<details><summary>Mee akkoord: {len(accepted)}</summary><ul>{rows}</ul></details>"


def _coverage(review: Review) -> Iterator[str]:
    for framework, rows in review.dossier.matrices:
        counts = Counter(row.answer for row in rows)
        told = ", ".join(f"{counts[answer]} {answer}" for answer in Answer)
        yield f"<details><summary>{escaped(framework.title)}: {told}</summary><ul>"
        for row in rows:
            where = f" ({escaped(', '.join(row.places))})" if row.places else ""
            yield f"<li>{escaped(row.requirement.what)} <strong>{row.answer}</strong>{where}</li>"
        yield "</ul></details>"
