"""A letter in which a geleding says what it decided: one page to fill in with a pen. Pure."""

from __future__ import annotations

from beleidsbeheer.domain.course import Tally, submitted_on
from beleidsbeheer.domain.terms import geleding_name, listed, opening, show_date
from beleidsbeheer.render.papers.model import Blanks, Choices, Digest, Paper, told, words
from beleidsbeheer.render.papers.subject import Subject

_READ_OUT = (
    "Lees deze groepen voor aan wie de brief ontvangt, of vergelijk ze met de oplegnotitie."
    " Is er één teken anders, dan gaat deze brief over een andere tekst."
)


def letter(subject: Subject, tally: Tally) -> Paper:
    """What ``beleid instemming`` asks for, with the version and the exact text printed on it."""
    who = geleding_name(tally.council, tally.geleding)
    day = show_date(submitted_on(tally.submission))
    return Paper(
        title=f"Brief van {who}",
        organisation=subject.organisation,
        day=tally.submission.date,
        under=(f"Aan het bevoegd gezag van {subject.organisation}",),
        blocks=(
            words(
                f"{opening(who)} heeft besloten over het voorgenomen besluit tot vaststelling of wijziging"
                f" van {subject.title}, versie {subject.number}, voorgelegd op {day}."
            ),
            told("Gevraagd", f"instemming op grond van {listed(tally.bases)}"),
            Digest("Dit gaat over de tekst met deze afdruk (sha256)", subject.sha256),
            words(_READ_OUT, "i"),
            words("Kruis aan wat u besloot:", "b"),
            Choices(
                (
                    f"{opening(who)} stemt in.",
                    f"{opening(who)} stemt niet in.",
                    f"{opening(who)} stemt in onder de voorwaarden hieronder.",
                )
            ),
            Blanks(
                (
                    ("Voorwaarden of redenen",),
                    ("Vergadering op", "Kenmerk"),
                    ("Voor", "Tegen", "Onthouding", "Aanwezig"),
                    ("Functie",),
                    ("Handtekening", "Datum van deze brief"),
                )
            ),
        ),
        foot=subject.foot,
    )
