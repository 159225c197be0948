"""What people write by hand for the whole register: ``beleid.toml`` and ``approvals/namen.toml``.

``beleid.toml`` decides (sector, councils, who must sign, terms, table), so the roster signs its hash.
``namen.toml`` only shows: it gives a name to a person id and can be corrected or erased without breaking a
signature.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from beleidsbeheer.domain.acceptance import Acceptance, print_acceptance, read_acceptances
from beleidsbeheer.domain.model import SCHEMA, Council, Geleding, slug_defect
from beleidsbeheer.domain.toml import (
    Value,
    choice,
    flag,
    only_known,
    part,
    parts,
    period,
    quoted,
    read_toml,
    section,
    several,
    whole,
    word,
)
from beleidsbeheer.errors import UnreadableInput

NAMES_PATH = "approvals/namen.toml"
SECTORS = ("po", "so", "vo", "vso")
PROFILES = ("kennisnet", "cvdr", "kort")
# fmt: off
COLUMNS = (
    "versie", "status", "datum", "auteur", "omschrijving", "instemming", "vaststelling", "inwerking",
    "terugwerkend", "uitwerking", "betreft", "ondertekening", "bekendmaking", "kenmerk", "naam", "functie",
    "besluitnummer",
)
_PARTS = {
    "schema", "organisatie", "tabel", "organen", "bestuur", "redactioneel", "termijnen", "vakanties",
    "afspraken", "site", "akkoord",
}
# fmt: on
# a grondslag goes into signed entries, which hold 300 characters; that of a GMR gets words before it
_LONGEST_BASIS = 200


class Majority(StrEnum):
    """When a vote counts as consent, where a council has a rule of its own."""

    GEWOON = "gewoon"  # more votes for than against
    VOLSTREKT = "volstrekt"  # more than half of those present vote for
    TWEE_DERDE = "twee-derde"  # at least two thirds of the votes for and against are for


@dataclass(frozen=True, slots=True)
class Body:
    """A council that takes part, its name for people, and its own rules for consent.

    ``own_signature``: it signs itself, a receipt by the secretary is not enough. ``signatures``: how many
    persons of a geleding must then sign (1-20). ``quorum``: how many of a geleding must be present (1-200).
    """

    council: Council
    name: str
    own_signature: bool = False
    signatures: int = 1
    quorum: Mapping[Geleding, int] = field(default_factory=dict)
    majority: Majority | None = None


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The organisation's own dated arrangement: other geledingen consent to what touches this topic.

    ``start`` and ``end`` both belong to it. ``basis`` is where it stands, such as an article of the
    MR-reglement, which may move powers (WMS 24 lid 2) for two years at most (WMS 25 lid 2).
    """

    topic: str
    geledingen: tuple[Geleding, ...]
    basis: str
    start: date
    end: date

    def holds_on(self, day: date) -> bool:
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class Holiday:
    """Days on which the term for consent stands still; ``start`` and ``end`` both belong to them."""

    start: date
    end: date
    name: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """The organisation's own terms; None where it has no such term."""

    consent_weeks: int | None = None
    review_months: int | None = None
    publication_days: int | None = None
    holidays: tuple[Holiday, ...] = ()

    def consent_deadline(self, submitted: date) -> date | None:
        """The last day for consent: the weeks after ``submitted``, not counting any day of a holiday.

        A day in two holidays is left out once. None when there is no such term.
        """
        if self.consent_weeks is None:
            return None
        seen = submitted.toordinal()
        deadline = seen + 7 * self.consent_weeks
        for holiday in sorted(self.holidays, key=lambda each: each.start):
            first, last = max(holiday.start.toordinal(), seen + 1), holiday.end.toordinal()
            if first <= min(last, deadline):
                deadline += last - first + 1
                seen = last
        return date.fromordinal(min(deadline, date.max.toordinal()))

    def review_on(self, start: date) -> date | None:
        """The day to review a text in force since ``start``; None when there is no such term.

        The same day of a later month, or the last day of that month when it is shorter.
        """
        if self.review_months is None:
            return None
        months = start.year * 12 + start.month - 1 + self.review_months
        if months >= date.max.year * 12 + 11:
            return date.max
        first = date(months // 12, months % 12 + 1, 1)
        length = (date((months + 1) // 12, (months + 1) % 12 + 1, 1) - first).days
        return first.replace(day=min(start.day, length))


@dataclass(frozen=True, slots=True)
class TableStyle:
    """How the history table is printed: one of PROFILES, and what the organisation wants otherwise.

    ``labels``: own heads by id of a column. ``columns``: those of the table of versions in their order;
    empty means those of the profile. Ids are those in COLUMNS.
    """

    profile: str = PROFILES[0]
    labels: Mapping[str, str] = field(default_factory=dict)
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """The register's own rules, as ``beleid.toml`` states them.

    ``board_own_signature``: the board signs itself, a receipt is not enough. ``editorial``: the
    organisation knows the class of editorial changes, on the ground of ``editorial_basis``.
    ``names_on_site``: the website shows names of people, not only their roles.
    """

    organisation: str
    sector: str
    bodies: tuple[Body, ...]
    table: TableStyle = field(default_factory=TableStyle)
    board_own_signature: bool = False
    editorial: bool = False
    editorial_basis: str = ""
    arrangements: tuple[Arrangement, ...] = ()
    terms: Terms = Terms()
    accepted: tuple[Acceptance, ...] = ()
    names_on_site: bool = False

    def body(self, council: Council) -> Body | None:
        """This council, when it takes part in the register."""
        return next((body for body in self.bodies if body.council is council), None)


# --- printing -------------------------------------------------------------------------------------------


def print_settings(settings: Settings) -> bytes:
    """A ``beleid.toml`` that :func:`read_settings` reads back; what is as usual is left out."""
    lines = [
        "# De regels van dit register. Het rooster is getekend met de afdruk van dit bestand:",
        "# wijzigt u het, leg dat dan vast met: beleid rooster voorstel",
        f"schema = {quoted(SCHEMA)}",
        *section("[organisatie]", {"naam": settings.organisation, "sector": settings.sector}),
        *_print_table(settings.table),
    ]
    for body in settings.bodies:
        lines += _print_body(body)
    if settings.board_own_signature:
        lines += section("[bestuur]", {"eigen_handtekening": True})
    if settings.editorial or settings.editorial_basis:
        basis = _present(grondslag=settings.editorial_basis)
        lines += section("[redactioneel]", {"toegestaan": settings.editorial, **basis})
    lines += _print_terms(settings.terms)
    for each in settings.arrangements:
        lines += section(
            "[[afspraken]]",
            {
                "onderwerp": each.topic,
                "geledingen": each.geledingen,
                "grondslag": each.basis,
                "van": each.start,
                "tot_en_met": each.end,
            },
        )
    if settings.names_on_site:
        lines += section("[site]", {"namen": True})
    for accepted in settings.accepted:
        lines += section("[[akkoord]]", print_acceptance(accepted))
    return ("\n".join(lines) + "\n").encode()


def _present(**values: Value | None) -> dict[str, Value]:
    """Those that say something: not None, false or empty."""
    return {name: value for name, value in values.items() if value}


def _print_table(table: TableStyle) -> list[str]:
    lines = section("[tabel]", {"profiel": table.profile, **_present(kolommen=table.columns)})
    return lines + (section("[tabel.kopjes]", table.labels) if table.labels else [])


def _print_body(body: Body) -> list[str]:
    rules = _present(
        eigen_handtekening=body.own_signature,
        handtekeningen=body.signatures if body.signatures != 1 else None,
        meerderheid=body.majority,
    )
    head = f"organen.{body.council}"
    lines = section(f"[{head}]", {"naam": body.name, **rules})
    quorum = {str(geleding): count for geleding, count in body.quorum.items()}
    return lines + (section(f"[{head}.quorum]", quorum) if quorum else [])


def _print_terms(terms: Terms) -> list[str]:
    values = _present(
        instemming_weken=terms.consent_weeks,
        herziening_maanden=terms.review_months,
        bekendmaking_dagen=terms.publication_days,
    )
    lines = section("[termijnen]", values) if values else []
    for each in terms.holidays:
        days = {"van": each.start, "tot_en_met": each.end}
        lines += section("[[vakanties]]", {**_present(naam=each.name), **days})
    return lines


# --- reading --------------------------------------------------------------------------------------------


def read_settings(data: bytes, path: str = "beleid.toml") -> Settings:
    """The settings in ``beleid.toml``. Raises UnreadableInput for what it cannot mean."""
    table = read_toml(data, path)
    only_known(table, _PARTS, path)
    if table.get("schema") != SCHEMA:
        raise UnreadableInput(f'{path}: schema moet "{SCHEMA}" zijn.')
    organisation = part(table, "organisatie", path)
    only_known(organisation, {"naam", "sector"}, f"{path}, organisatie")
    board = part(table, "bestuur", path, {})
    only_known(board, {"eigen_handtekening"}, f"{path}, bestuur")
    site = part(table, "site", path, {})
    only_known(site, {"namen"}, f"{path}, site")
    editorial, editorial_basis = _editorial(table, path)
    return Settings(
        organisation=word(organisation, "naam", f"{path}, organisatie"),
        sector=choice(organisation.get("sector"), SECTORS, f"{path}, sector"),
        bodies=_bodies(part(table, "organen", path, {}), path),
        table=_table_style(part(table, "tabel", path, {}), f"{path}, tabel"),
        board_own_signature=flag(board, "eigen_handtekening", f"{path}, bestuur"),
        editorial=editorial,
        editorial_basis=editorial_basis,
        arrangements=tuple(
            _arrangement(row, f"{path}, afspraken {number}")
            for number, row in enumerate(parts(table, "afspraken", path), start=1)
        ),
        terms=_terms(table, path),
        accepted=read_acceptances(parts(table, "akkoord", path), path),
        names_on_site=flag(site, "namen", f"{path}, site"),
    )


def _editorial(table: Mapping[str, Any], path: str) -> tuple[bool, str]:
    row, where = part(table, "redactioneel", path, {}), f"{path}, redactioneel"
    only_known(row, {"toegestaan", "grondslag"}, where)
    allowed = flag(row, "toegestaan", where)
    if allowed and "grondslag" not in row:
        raise UnreadableInput(
            f"{where}: grondslag ontbreekt.",
            hint='Noem waar dit is afgesproken: grondslag = "MR-reglement artikel 9"',
        )
    return allowed, word(row, "grondslag", where, _LONGEST_BASIS) if "grondslag" in row else ""


def _bodies(table: Mapping[str, Any], path: str) -> tuple[Body, ...]:
    for name in table:
        if name not in set(Council):
            raise UnreadableInput(
                f"{path}: organen.{name} is geen raad die dit programma kent.",
                hint="Kies [organen.mr] voor de medezeggenschapsraad, of [organen.gmr] voor de"
                " gemeenschappelijke medezeggenschapsraad.",
            )
    where = f"{path}, organen"
    return tuple(
        _body(Council(name), part(table, name, where), f"{where}.{name}") for name in table
    )


def _body(council: Council, row: Mapping[str, Any], where: str) -> Body:
    known = {"naam", "eigen_handtekening", "handtekeningen", "quorum", "meerderheid"}
    only_known(row, known, where)
    quorum = part(row, "quorum", where, {})
    only_known(quorum, set(Geleding), f"{where}.quorum")
    majority = row.get("meerderheid")
    if majority is not None:
        majority = Majority(choice(majority, Majority, f"{where}, meerderheid"))
    return Body(
        council,
        word(row, "naam", where),
        own_signature=flag(row, "eigen_handtekening", where),
        signatures=whole(row, "handtekeningen", where, 1, 20) or 1,
        quorum={
            Geleding(name): whole(quorum, name, f"{where}.quorum", 1, 200) or 1 for name in quorum
        },
        majority=majority,
    )


def _table_style(row: Mapping[str, Any], where: str) -> TableStyle:
    only_known(row, {"profiel", "kopjes", "kolommen"}, where)
    labels = part(row, "kopjes", where, {})
    for name in labels:
        choice(name, COLUMNS, f"{where}.kopjes, {name!r}")
    return TableStyle(
        choice(row.get("profiel", PROFILES[0]), PROFILES, f"{where}.profiel"),
        {name: word(labels, name, f"{where}.kopjes") for name in labels},
        several(row, "kolommen", COLUMNS, where),
    )


def _terms(table: Mapping[str, Any], path: str) -> Terms:
    row, where = part(table, "termijnen", path, {}), f"{path}, termijnen"
    only_known(row, {"instemming_weken", "herziening_maanden", "bekendmaking_dagen"}, where)
    return Terms(
        whole(row, "instemming_weken", where, 1, 52),
        whole(row, "herziening_maanden", where, 1, 120),
        whole(row, "bekendmaking_dagen", where, 1, 365),
        tuple(
            _holiday(each, f"{path}, vakanties {number}")
            for number, each in enumerate(parts(table, "vakanties", path), start=1)
        ),
    )


def _holiday(row: Mapping[str, Any], where: str) -> Holiday:
    only_known(row, {"naam", "van", "tot_en_met"}, where)
    return Holiday(*period(row, where), word(row, "naam", where) if "naam" in row else "")


def _arrangement(row: Mapping[str, Any], where: str) -> Arrangement:
    only_known(row, {"onderwerp", "geledingen", "grondslag", "van", "tot_en_met"}, where)
    topic = word(row, "onderwerp", where)
    defect = slug_defect(topic)
    if defect:
        raise UnreadableInput(f"{where}: onderwerp {topic!r}: {defect}.")
    geledingen = tuple(Geleding(each) for each in several(row, "geledingen", Geleding, where))
    if not geledingen:
        raise UnreadableInput(
            f"{where}: geledingen ontbreekt of is leeg.",
            hint='Noem wie er instemt, bijvoorbeeld: geledingen = ["personeel"]',
        )
    start, end = period(row, where)
    if end > _last_of_two_years(start):
        raise UnreadableInput(
            f"{where}: de afspraak duurt langer dan twee jaar, en dat mag niet (WMS 25 lid 2).",
            hint=f"Kies bij tot_en_met een dag tot en met {_last_of_two_years(start).isoformat()}.",
        )
    return Arrangement(topic, geledingen, word(row, "grondslag", where, _LONGEST_BASIS), start, end)


def _last_of_two_years(start: date) -> date:
    """The last day of the two years that begin on ``start``."""
    if start.year > date.max.year - 2:
        return date.max
    if (start.month, start.day) == (2, 29):
        return date(start.year + 2, 2, 28)
    return start.replace(year=start.year + 2) - timedelta(days=1)


def read_names(data: bytes | None, path: str = NAMES_PATH) -> dict[str, str]:
    """Display names by person id; nothing there means no names. Raises UnreadableInput."""
    if data is None:
        return {}
    table = read_toml(data, path)
    only_known(table, {"personen"}, path)
    names = part(table, "personen", path, {})
    for person, name in names.items():
        if slug_defect(person) or not isinstance(name, str) or not name.isprintable():
            raise UnreadableInput(f"{path}: bij {person!r} staat geen leesbare naam.")
    return dict(names)
