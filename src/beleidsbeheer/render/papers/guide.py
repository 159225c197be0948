"""What a school guide says of a regulation: which text is in force, where it stands, how to complain. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from beleidsbeheer.domain.outline import Element
from beleidsbeheer.domain.terms import show_date
from beleidsbeheer.render.papers.model import (
    Block,
    Digest,
    Paper,
    heading,
    text_blocks,
    told,
    words,
)
from beleidsbeheer.render.papers.subject import Subject


def guide(subject: Subject, address: str = "") -> Paper:
    """The entry for a version that is in force; ``address`` else where it was published last."""
    return Paper(
        title=subject.title,
        organisation=subject.organisation,
        day=subject.day,
        blocks=tuple(_blocks(subject, address or published_at(subject))),
        foot=subject.foot[:1],
    )


def published_at(subject: Subject) -> str:
    """Where people can read this version, as last recorded; empty when nowhere."""
    acts = subject.course.acts("bekendmaking", subject.number)
    return str(acts[-1].fields["waar"]) if acts else ""


def complaints(subject: Subject) -> Element | None:
    """The article about complaints: the first with that word in its heading."""
    return next((a for a in subject.document.articles if "klacht" in a.heading.lower()), None)


def _blocks(subject: Subject, address: str) -> Iterator[Block]:
    period = subject.course.in_force(subject.register.today)
    since = f" sinds {show_date(period.start)}" if period else ""
    name = subject.document.front.citeertitel or subject.title
    yield words(
        f"Bij {subject.organisation} geldt{since} het reglement “{name}”, versie {subject.number}."
    )
    yield told("Waar leest u het", address or "vraag het aan de school")
    yield from _how_to_complain(subject)
    yield Digest(
        "Afdruk van de tekst (sha256), om na te gaan of u de goede tekst hebt", subject.sha256
    )


def _how_to_complain(subject: Subject) -> Iterator[Block]:
    article = complaints(subject)
    yield heading("Een klacht")
    if article is None:
        yield words(
            "Over klachten staat in dit reglement niets. Zie de klachtenregeling van de school."
        )
        return
    yield words(f"In artikel {article.mark} ({article.heading}) staat:")
    text = subject.document.text(article).split("\n", 1)
    yield from text_blocks(text[1].encode() if len(text) > 1 else b"", "")
