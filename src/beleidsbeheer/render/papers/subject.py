"""The text that a paper is about, and what every paper says of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from beleidsbeheer.domain.course import Course
from beleidsbeheer.domain.document import Document, parse
from beleidsbeheer.domain.ledger import Policy, Version
from beleidsbeheer.domain.register import Register
from beleidsbeheer.domain.terms import grouped, opening, show_date
from beleidsbeheer.render.in_force import coming_line, in_doubt, in_force_line


@dataclass(frozen=True, slots=True)
class Subject:
    """A frozen text of a version that counts, in its register; ``doubts`` as of ``Register.doubts``."""

    register: Register
    policy: Policy
    version: Version
    sha256: str
    text: bytes
    doubts: tuple[str, ...] = ()

    @property
    def number(self) -> str:
        return self.version.number

    @property
    def title(self) -> str:
        return self.policy.title

    @property
    def course(self) -> Course:
        return self.register.courses[self.policy.slug]

    @property
    def organisation(self) -> str:
        settings = self.register.settings
        return settings.organisation if settings else self.policy.slug

    @property
    def day(self) -> date:
        """The day of the entry that brought this version here."""
        return self.version.origin.date

    @property
    def document(self) -> Document:
        return parse(self.text, self.version.text.path if self.version.text else "")

    @property
    def foot(self) -> tuple[tuple[str, str], ...]:
        """Register and text by their digests, in groups that people can read to each other."""
        root = self.register.verification.root
        return (
            ("Register (wortel)", grouped(root) if root else "onbekend"),
            (f"Tekst {self.number} (sha256)", grouped(self.sha256)),
        )

    @property
    def standing(self) -> str:
        """Whether this version is in force, in a line; never silent about a text that is not."""
        today, course = self.register.today, self.course
        if self.doubts:
            return opening(
                f"of versie {self.number} geldt, is {in_doubt(self.doubts)}".split(". ")[0]
            )
        period = course.in_force(today)
        if period is not None and period.version == self.number:
            return f"Geldend: {in_force_line(period, course)}"
        coming = next((each for each in course.coming(today) if each.version == self.number), None)
        if coming is not None:
            return opening(coming_line(coming))
        stand = course.stand(self.number, today)
        return f"Versie {self.number}, stand op {show_date(today)}: {stand}. Deze tekst geldt niet."
