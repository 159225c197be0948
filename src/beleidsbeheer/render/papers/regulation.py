"""A regulation as people know it: its title, its tables, its text. Pure."""

from __future__ import annotations

from beleidsbeheer.render.history import history_tables
from beleidsbeheer.render.papers.model import Paper, shown_tables, text_blocks
from beleidsbeheer.render.papers.subject import Subject
from beleidsbeheer.render.tables import in_profile


def regulation(subject: Subject) -> Paper:
    """The whole text of a version, below the tables in the profile of the organisation."""
    history = history_tables(subject.register, subject.policy)
    tables = shown_tables(in_profile(history))
    return Paper(
        title=subject.title,
        organisation=subject.organisation,
        day=subject.day,
        under=(subject.organisation, subject.standing),
        blocks=(*tables, *text_blocks(subject.text, subject.title)),
        foot=subject.foot,
    )


def clean_text(subject: Subject) -> Paper:
    """Only the text of a version, for who reads it before it is in force."""
    return Paper(
        title=subject.title,
        organisation=subject.organisation,
        day=subject.day,
        under=(subject.organisation, f"Versie {subject.number}, zoals voorgelegd aan de raad"),
        blocks=text_blocks(subject.text, subject.title),
        foot=subject.foot,
    )
