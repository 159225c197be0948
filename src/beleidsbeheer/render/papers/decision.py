"""The board's decision to adopt a version, from a template that the organisation can change. Pure.

A template is Markdown with ``{{names}}`` in it; NAMES says which. What is filled in is text, never markup.
A name of more lines (``{{instemming}}``) that stands alone on its line becomes a list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from beleidsbeheer.domain.course import day_of
from beleidsbeheer.domain.terms import grouped, show_date
from beleidsbeheer.errors import UnreadableInput
from beleidsbeheer.render.docx_text import Paragraph
from beleidsbeheer.render.history import Passage, history_tables
from beleidsbeheer.render.papers.markdown import plain
from beleidsbeheer.render.papers.model import Paper, level_of, text_blocks
from beleidsbeheer.render.papers.subject import Subject
from beleidsbeheer.render.sentences import adoption_sentence, consent_sentence, nobody_asked

BLANK: Final = "……………………"
NAMES: Final = (
    "titel", "citeertitel", "beleid", "versie", "organisatie", "afdruk", "wortel", "voorgelegd",
    "beweegredenen", "gevolgen", "maatregelen", "instemming", "vervangt", "inwerking",
    "terugwerkend", "reden", "besluitnummer", "vergadering",
)  # fmt: skip
_PLACE: Final = re.compile(r"\{\{\s*([^{}\n]*?)\s*\}\}")

Values = Mapping[str, str | tuple[str, ...]]


def decision(subject: Subject, template: str, path: str) -> Paper:
    """The decision: filled in where it is recorded, with blanks to fill in where it is not taken yet.

    Raises UnreadableInput naming file (``path``) and line for a name that is not in NAMES.
    """
    filled = _filled(template, path, _values(subject))
    blocks = text_blocks(filled.encode(), "")
    title = f"Besluit tot vaststelling van {subject.title}"
    if blocks and isinstance(blocks[0], Paragraph) and level_of(blocks[0]) == 1:
        title, blocks = blocks[0].text, blocks[1:]
    adoption = subject.course.adoption(subject.number)
    return Paper(
        title=title,
        organisation=subject.organisation,
        day=adoption.date if adoption else subject.day,
        under=_state(subject),
        blocks=blocks,
        foot=subject.foot,
    )


def _state(subject: Subject) -> tuple[str, ...]:
    """Above every decision, whatever its template says: is it taken, and may it be?"""
    course = subject.course
    adopted = _passage(subject).vaststelling
    if adopted:
        return (f"In het register: {adoption_sentence(adopted)}.",)
    if course.has_all_consents(subject.number):
        return ("Concept. Alle gevraagde instemming is er; het besluit is nog niet vastgelegd.",)
    return ("Concept. Dit besluit kan nog niet worden genomen: er ontbreekt instemming.",)


def _passage(subject: Subject) -> Passage:
    """The way of the version through council and board; it is on the last of its rows."""
    history = history_tables(subject.register, subject.policy)
    return [row for row in history.versies if row.versie == subject.number][-1].verloop


def _values(subject: Subject) -> Values:
    course, passage = subject.course, _passage(subject)
    submissions = course.submissions(subject.number)
    act = passage.vaststelling
    fields = act.entry.fields if act else {}
    before = course.in_force(subject.register.today)
    replaced = (
        f"versie {before.version}"
        if before and before.version != subject.number
        else "geen eerdere versie"
    )

    def told(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.fields[name] for each in submissions)) or (BLANK,)

    return {
        "titel": subject.title,
        "citeertitel": subject.document.front.citeertitel or subject.title,
        "beleid": subject.policy.slug,
        "versie": subject.number,
        "organisatie": subject.organisation,
        "afdruk": grouped(subject.sha256),
        "wortel": grouped(subject.register.verification.root),
        "voorgelegd": tuple(
            f"aan de {each.fields['orgaan'].upper()} op {show_date(day_of(each, 'voorgelegd_op') or each.date)}"
            for each in submissions
        )
        or (BLANK,),
        "beweegredenen": told("beweegredenen"),
        "gevolgen": told("gevolgen"),
        "maatregelen": told("maatregelen"),
        "instemming": (*map(consent_sentence, passage.instemmingen), *nobody_asked(passage))
        or ("er is nog niemand om instemming gevraagd",),
        "vervangt": replaced,
        "inwerking": show_date(day_of(act.entry, "inwerking")) if act else BLANK,
        "terugwerkend": show_date(day_of(act.entry, "terugwerkend_tot")) or "niet"
        if act
        else BLANK,
        "reden": fields.get("reden") or ("geen" if act else BLANK),
        "besluitnummer": fields.get("besluitnummer") or ("niet vastgelegd" if act else BLANK),
        "vergadering": show_date(day_of(act.entry, "vergadering")) or "niet vastgelegd"
        if act
        else BLANK,
    }


def _filled(template: str, path: str, values: Values) -> str:
    lines = []
    for number, line in enumerate(template.splitlines(), 1):
        names = _PLACE.findall(line)
        for name in names:
            if name not in values:
                raise UnreadableInput(
                    f"{path}:{number}: {{{{{name}}}}} is geen invulplek van een besluit.",
                    hint=f"Kies uit: {', '.join(NAMES)}.",
                )
        alone = _PLACE.fullmatch(line.strip())
        value = values[alone[1]] if alone else ""
        if isinstance(value, tuple) and value:
            lines += [f"- {plain(each)}" for each in value]
        else:
            lines.append(_PLACE.sub(lambda found: _one_line(values[found[1]]), line))
    return "\n".join(lines) + "\n"


def _one_line(value: str | tuple[str, ...]) -> str:
    return plain("; ".join(value) if isinstance(value, tuple) else value)
