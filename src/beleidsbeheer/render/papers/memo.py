"""The cover memo with a text that goes to a council: what is asked of whom, and why. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from beleidsbeheer.domain.course import Tally, day_of, submitted_on
from beleidsbeheer.domain.entry import Entry
from beleidsbeheer.domain.model import Council, Geleding
from beleidsbeheer.domain.terms import geleding_name, listed, show_date
from beleidsbeheer.render.papers.model import Block, Digest, Paper, heading, points, told, words
from beleidsbeheer.render.papers.subject import Subject
from beleidsbeheer.render.sentences import quoted
from beleidsbeheer.render.tables import Table

_WHY = (
    ("Beweegredenen", "beweegredenen"),
    ("Gevolgen", "gevolgen"),
    ("Maatregelen", "maatregelen"),
)


def memo(
    subject: Subject,
    submission: Entry,
    *,
    changes: Sequence[str],
    findings: str,
    contents: Sequence[str],
) -> Paper:
    """The memo with one submission.

    ``changes`` say what changed and against which text, ``findings`` what a check newly finds, in a line,
    ``contents`` which files go with it.
    """
    council = Council(submission.fields["orgaan"])
    mine = [
        each for each in subject.course.tallies(subject.number) if each.submission == submission
    ]
    blocks: list[Block] = [
        *_days(submission),
        heading("Wat wordt gevraagd"),
        *_asked(submission, council, mine),
    ]
    for name, field in _WHY:
        blocks += [heading(name), words(submission.fields[field])]
    blocks += [
        heading("Wat er verandert"),
        *points(changes),
        told("Nieuw bij de controle van de tekst", findings),
    ]
    blocks += [
        heading("Welke tekst"),
        words(
            "Elke tekst heeft een afdruk: 64 tekens die bij precies deze tekst horen. In uw antwoord staat"
            " dezelfde afdruk. Zo is later na te gaan over welke tekst u besloot."
        ),
        Digest(f"Afdruk (sha256) van versie {subject.number}", subject.sha256),
        heading("Bij deze notitie"),
        *points(contents),
    ]
    return Paper(
        title=f"Oplegnotitie: {subject.title}, versie {subject.number}",
        organisation=subject.organisation,
        day=submission.date,
        under=(f"Van het bevoegd gezag van {subject.organisation} aan de {council.upper()}",),
        blocks=tuple(blocks),
        foot=subject.foot,
    )


def _days(submission: Entry) -> Iterator[Block]:
    """Who put it to the council by role, and the days that matter."""
    day = show_date(submitted_on(submission))
    yield told("Voorgelegd op", f"{day}, getekend als {submission.role}")
    days = (("vergadering", "vergadering op"), ("reageren_voor", "antwoord nodig vóór"))
    known = [(label, day_of(submission, name)) for name, label in days]
    if lines := [f"{label} {show_date(day)}" for label, day in known if day]:
        yield told("Wanneer", ", ".join(lines))
    if base := submission.fields.get("redactioneel"):
        yield told("Soort wijziging", f"alleen taalfouten ten opzichte van versie {base['versie']}")


def _asked(submission: Entry, council: Council, tallies: Sequence[Tally]) -> Iterator[Block]:
    """Per geleding what is asked of it and on which articles; who gets a copy at the same time (WMS 8 lid 6)."""
    rows = [
        (geleding_name(council, each.geleding), "instemming", listed(each.bases))
        for each in tallies
    ]
    rows += [
        (geleding_name(council, Geleding(each)), "niets; dit is een afschrift", "WMS 8 lid 6")
        for each in submission.fields["afschrift"]
    ]
    if rows:
        yield Table("", ("Geleding", "Gevraagd", "Grondslag"), tuple(rows))
    if reason := submission.fields.get("geen_instemming"):
        yield words(f"Er wordt niemand om instemming gevraagd. Reden: {quoted(reason)}")
