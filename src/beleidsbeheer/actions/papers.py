"""Papers for people outside the register: the document, the decision, the entry in a school guide."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Final

from beleidsbeheer.actions.reading import View
from beleidsbeheer.actions.texts import text_in_force, version_text
from beleidsbeheer.domain.entry import digest_of
from beleidsbeheer.domain.ledger import Policy
from beleidsbeheer.errors import RepositoryProblem, UnreadableInput
from beleidsbeheer.render.papers.subject import Subject
from beleidsbeheer.storage.places import KIB, read_small, why

TEMPLATE: Final = "sjablonen/besluit.md"
_LARGEST_TEMPLATE: Final = 256 * KIB


def subject_of(view: View, policy: Policy, number: str, today: date) -> Subject:
    """A version whose text is as it was signed; without ``number`` the one in force today.

    Raises WrongUse for a version that there is not, or when nothing is in force; RepositoryProblem for a
    text that was changed, is not kept or does not count: no paper is made of what is not counted.
    """
    found = version_text(view, policy, number, today) if number else None
    found = found or text_in_force(view, policy, today, today)
    version = policy.version(found.version or "")
    if version is None or version.text is None or digest_of(found.data) != version.text.sha256:
        raise RepositoryProblem(
            f"{found.label}: deze tekst is gewijzigd na ondertekening. Er wordt geen stuk van gemaakt.",
            hint="Kijk met: beleid verifieer, en zet het bestand terug.",
        )
    doubts = tuple(view.register.doubts(policy, view.findings))
    return Subject(view.register, policy, version, version.text.sha256, found.data, doubts)


def decision_template(root: Path) -> tuple[str, str]:
    """The template of a decision to adopt and its path: the organisation's own if it has one, else ours.

    Raises UnreadableInput for one that is no text.
    """
    try:
        return read_small(root / TEMPLATE, _LARGEST_TEMPLATE).decode("utf-8"), TEMPLATE
    except FileNotFoundError:
        return standard_template(), "besluit.md van het programma"
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise UnreadableInput(
            f"{TEMPLATE}:{line}: dit is geen UTF-8.", hint="Sla het bestand op als UTF-8."
        ) from None
    except OSError as error:
        raise UnreadableInput(
            f"{TEMPLATE}:1: dit bestand is niet te lezen ({why(error)}).",
            hint="Herstel of hernoem het.",
        ) from error


def standard_template() -> str:
    """The template of a decision that comes with the program."""
    return (files("beleidsbeheer.render.papers") / "besluit.md").read_text(encoding="utf-8")
