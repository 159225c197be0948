"""What goes to a council with a text that is put to it, as files of one folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from beleidsbeheer.actions.papers import subject_of
from beleidsbeheer.actions.reading import View
from beleidsbeheer.actions.texts import NamedText, explanations_of, pair_of, version_text
from beleidsbeheer.domain.course import Tally
from beleidsbeheer.domain.entry import digest_of
from beleidsbeheer.domain.ledger import Policy
from beleidsbeheer.domain.model import version_key
from beleidsbeheer.errors import WrongUse
from beleidsbeheer.render.diff.pair import Pair
from beleidsbeheer.render.papers.making import made
from beleidsbeheer.render.papers.model import Paper
from beleidsbeheer.render.papers.subject import Subject

MANIFEST: Final = "afdrukken.sha256"


@dataclass(frozen=True, slots=True)
class _Part:
    """Files that say the same in other forms: {name: bytes}, and what they are."""

    what: str
    files: dict[str, bytes]


def bundle(view: View, policy: Policy, number: str, today: date) -> dict[str, bytes]:
    """{name: bytes} of all that the council needs to decide about this version.

    The last is the manifest, which ``sha256sum --check`` reads. Raises WrongUse for a version that was not
    put to a council.
    """
    from beleidsbeheer.render.papers.memo import memo

    subject = subject_of(view, policy, number, today)
    submissions = subject.course.submissions(number)
    if not submissions:
        raise WrongUse(
            f"Versie {number} van {policy.slug} is nog niet voorgelegd; er is dus geen voorstel om te sturen.",
            hint=f"Leg haar eerst voor met: beleid voorleggen {policy.slug} {number} --aan …",
        )
    pair = _pair(view, subject, today)
    checked, noticed = _findings(subject, today)
    parts = [_text(subject), *_differences(subject, pair), checked, *_letters(subject)]
    files = {name: content for part in parts for name, content in part.files.items()}
    contents = [f"{', '.join(part.files)}: {part.what}" for part in parts]
    contents.append(f"{MANIFEST}: de afdruk van elk bestand in deze map")
    for submission in submissions:
        name = (
            "oplegnotitie"
            if len(submissions) == 1
            else f"oplegnotitie-{submission.fields['orgaan']}"
        )
        paper = memo(
            subject, submission, changes=_changes(pair), findings=noticed, contents=contents
        )
        files |= _forms(name, paper, "docx", "pdf")
    files = dict(sorted(files.items()))
    return files | {MANIFEST: _manifest(files)}


def _manifest(files: dict[str, bytes]) -> bytes:
    """As sha256sum(1) prints it."""
    return "".join(f"{digest_of(content)}  {name}\n" for name, content in files.items()).encode()


def _forms(name: str, paper: Paper, *forms: str) -> dict[str, bytes]:
    return {f"{name}.{form}": made(paper, form) for form in forms}


# --- the text and what changed -------------------------------------------------------------------------


def _text(subject: Subject) -> _Part:
    from beleidsbeheer.render.papers.page import clean_page
    from beleidsbeheer.render.papers.regulation import clean_text

    name = f"tekst-{subject.number}"
    files = {
        f"{name}.html": clean_page(subject).encode(),
        **_forms(name, clean_text(subject), "pdf"),
    }
    return _Part(f"de hele tekst van versie {subject.number}", files)


def _pair(view: View, subject: Subject, today: date) -> Pair | None:
    """This text beside the one that it would replace; None when there is none before it."""
    old = _before(view, subject, today)
    if old is None:
        return None
    new = version_text(view, subject.policy, subject.number, today)
    return pair_of(old, new, subject.title, explanations_of(view, subject.policy))


def _before(view: View, subject: Subject, today: date) -> NamedText | None:
    """The version in force when that is an earlier one, else the last earlier one of which there is a text."""
    key = version_key(subject.number)
    kept = [each.number for each in subject.policy.versions if each.text]
    earlier = [number for number in kept if version_key(number) < key]
    period = subject.course.in_force(today)
    in_force = [period.version] if period and period.version in earlier else []
    chosen = [*earlier, *in_force]
    return version_text(view, subject.policy, chosen[-1], today) if chosen else None


def _differences(subject: Subject, pair: Pair | None) -> Iterator[_Part]:
    if pair is None:
        return
    from beleidsbeheer.render.diff import page, was_wordt, word

    marked = {
        "renvooi.docx": word.document(pair, subject.organisation, subject.day),
        "renvooi.html": page.page(pair).encode(),
    }
    yield _Part("de tekst met geschrapt en ingevoegd", marked)
    listed = {
        "was-wordt.docx": word.word_table(pair),
        "was-wordt.html": was_wordt.html(pair).encode(),
    }
    yield _Part("tabel met wat er stond en wat er komt te staan", listed)


# --- memo and letters --------------------------------------------------------------------------------------


def _changes(pair: Pair | None) -> list[str]:
    from beleidsbeheer.render.diff.telling import counts

    if pair is None:
        return ["Dit is de eerste tekst; er is geen eerdere om mee te vergelijken."]
    told = list(counts(pair.changes)) or ["Geen enkel woord is anders"]
    return [f"Vergeleken met {pair.old_label}:", *(f"{each}." for each in told)]


def _findings(subject: Subject, today: date) -> tuple[_Part, str]:
    """What the checks newly find, and the conclusion in a line."""
    from beleidsbeheer.actions.checking import Measure, read_version
    from beleidsbeheer.render.checks.words import conclusion
    from beleidsbeheer.render.papers.findings import findings

    read = read_version(subject.register, subject.policy.slug, subject.number, Measure(today))
    paper = findings(subject, read.new, read.review.dossier.in_force_label)
    return (
        _Part("wat een controle van de tekst opmerkt", _forms("bevindingen", paper, "docx", "pdf")),
        conclusion(read.new),
    )


def _letters(subject: Subject) -> Iterator[_Part]:
    """A letter for each geleding that was asked."""
    from beleidsbeheer.domain.terms import geleding_name
    from beleidsbeheer.render.papers.letter import letter

    for tally in subject.course.tallies(subject.number):
        what = f"brief om in te vullen, voor {geleding_name(tally.council, tally.geleding)}"
        yield _Part(what, _forms(_letter_name(tally), letter(subject, tally), "docx", "pdf"))


def _letter_name(tally: Tally) -> str:
    return f"brief-{tally.council}-{tally.geleding}"
