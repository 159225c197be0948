"""``beleid controleer``: read a regulation and its history as a sharp-eyed secretary would."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from beleidsbeheer.cli.common import EXISTING_FILE, json_option, one_form
from beleidsbeheer.cli.dutch import DutchCommand
from beleidsbeheer.cli.main import Surroundings
from beleidsbeheer.cli.output import check_not_read, check_target, write_file
from beleidsbeheer.cli.words import say, say_all
from beleidsbeheer.errors import WrongUse

if TYPE_CHECKING:
    from beleidsbeheer.actions.checking import Read
    from beleidsbeheer.domain.checks.frame import Found

_FORMS = ("tekst", "html", "json", "sarif")
_BY_SUFFIX = {".html": "html", ".json": "json", ".sarif": "sarif"}
_MATRICES = ("tekst", "markdown", "html", "csv")


@click.command("controleer", cls=DutchCommand)
@click.argument("target", metavar="[BELEID | BESTAND.md]", required=False, default="")
@click.option(
    "--versie",
    "version",
    default="",
    metavar="V",
    help="Een versie, werk of geldend; anders de werktekst.",
)
@click.option(
    "--profiel",
    "profile",
    type=click.Choice(("school", "ar")),
    default="school",
    help="ar is strenger: de Aanwijzingen voor de regelgeving van het Rijk.",
)
@click.option("--vorm", "form", type=click.Choice(_FORMS), help="Vorm; zonder deze optie tekst.")
@click.option(
    "--nieuw", "only_new", is_flag=True, help="Alleen wat er in de geldende versie nog niet was."
)
@click.option(
    "--akkoord", "show_accepted", is_flag=True, help="Toon ook waar iemand mee akkoord ging."
)
@click.option(
    "--dekking",
    "matrix",
    type=click.Choice(_MATRICES),
    help="Toon alleen welke eisen van de AVG waar zijn gevonden.",
)
@click.option(
    "--kader",
    "frameworks",
    multiple=True,
    type=EXISTING_FILE,
    metavar="BESTAND",
    help="Nog een kader met eisen, als TOML; mag vaker.",
)
@click.option("--regels", "show_rules", is_flag=True, help="Toon alle regels met uitleg, en stop.")
@click.option(
    "--uit", "out", type=click.Path(path_type=Path), metavar="BESTAND", help="Schrijf een bestand."
)
@json_option
@click.pass_obj
def command(
    surroundings: Surroundings,
    target: str,
    version: str,
    profile: str,
    form: str | None,
    only_new: bool,
    show_accepted: bool,
    matrix: str | None,
    frameworks: tuple[Path, ...],
    show_rules: bool,
    out: Path | None,
    as_json: bool,
) -> int:
    """Lees een reglement na zoals een scherpe secretaris dat doet.

    Kijkt naar de nummering, de tekst, de verwijzingen, de begrippen, de geschiedenis en naar wat de AVG
    vraagt. Er wordt niets gewijzigd, en het programma zegt nooit dat een tekst aan de wet voldoet. Werkt ook
    op een los bestand, buiten een register. Zonder BELEID of BESTAND: elk beleid van het register.

    De uitkomst is 1 als er fouten zijn, en anders 0; waarschuwingen en opmerkingen zijn geen fouten.

    \b
    Voorbeeld:
      beleid controleer
      beleid controleer privacyreglement --nieuw
      beleid controleer privacyreglement --versie 0.2 --vorm html --uit controle.html
      beleid controleer privacyreglement --dekking markdown
      beleid controleer reglement.md --profiel ar
      beleid controleer --regels
    """
    if show_rules:
        if target or version or form or only_new or show_accepted or matrix or out or as_json:
            raise WrongUse("--regels staat alleen.", hint="beleid controleer --regels")
        return _tell_rules()
    _refuse_together(as_json, form, matrix, only_new, show_accepted)
    form = "json" if as_json else form or _form(out)
    if out:
        check_target(out)
        check_not_read(out, (Path(target), surroundings.start / target, *frameworks))
    from beleidsbeheer.actions.checking import Measure, own_frameworks, read_texts
    from beleidsbeheer.domain.checks.frame import Profile

    measure = Measure(surroundings.today, Profile(profile), own_frameworks(frameworks))
    texts = read_texts(surroundings.start, target, version, measure)
    if only_new and any(not each.policy for each in texts):
        raise WrongUse(
            "Een bestand heeft geen geldende versie.", hint="Laat --nieuw weg, of noem een beleid."
        )
    if matrix:
        _print(_matrix(matrix, texts), out)
    else:
        shown = [(each, each.new if only_new else each.review.found) for each in texts]
        if form == "tekst" and not out:
            _say(shown, show_accepted=show_accepted)
        else:
            _print(_content(form, profile, shown, only_new, show_accepted), out)
    return 0 if all(each.review.sound for each in texts) else 1


def _refuse_together(
    as_json: bool, form: str | None, matrix: str | None, only_new: bool, show_accepted: bool
) -> None:
    """Raise WrongUse for options of which one would say nothing."""
    one_form(as_json, form or matrix)
    if matrix and (form or only_new or show_accepted):
        other = "vorm" if form else "nieuw" if only_new else "akkoord"
        raise WrongUse(f"--{other} en --dekking gaan niet samen.", hint="Laat een van beide weg.")


def _form(out: Path | None) -> str:
    """The form that the name of a file asks for."""
    return _BY_SUFFIX.get(out.suffix.lower() if out else "", "tekst")


def _tell_rules() -> int:
    from beleidsbeheer.domain.checks.table import rules
    from beleidsbeheer.render.checks.words import rule_lines

    say_all(rule_lines(rules()))
    return 0


def _say(shown: Sequence[tuple[Read, Sequence[Found]]], *, show_accepted: bool) -> None:
    say_all(_lines(shown, show_accepted=show_accepted))
    if not shown:
        say("Er is nog geen beleid om te controleren. Begin met: beleid nieuw")


def _lines(shown: Sequence[tuple[Read, Sequence[Found]]], *, show_accepted: bool) -> list[str]:
    from beleidsbeheer.render.checks.words import review_lines

    lines: list[str] = []
    for each, found in shown:
        lines += [""] if lines else []
        lines += review_lines(each.label, each.review, found, show_accepted=show_accepted)
    return lines


def _content(
    form: str,
    profile: str,
    shown: Sequence[tuple[Read, Sequence[Found]]],
    only_new: bool,
    show_accepted: bool,
) -> str:
    if form == "html":
        from beleidsbeheer.render.checks.page import page

        return page([(each.label, each.review, found) for each, found in shown])
    if form == "tekst":
        return "\n".join(_lines(shown, show_accepted=show_accepted)) + "\n"
    value = _sarif(shown) if form == "sarif" else _json(profile, shown, only_new)
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _json(profile: str, shown: Sequence[tuple[Read, Sequence[Found]]], only_new: bool) -> object:
    from beleidsbeheer.domain.checks.frame import Profile
    from beleidsbeheer.render.checks.data import review_json, reviews_json

    return reviews_json(
        Profile(profile),
        (
            review_json(
                each.label,
                each.policy,
                each.review,
                found,
                each.review.dossier.in_force_label if only_new else "",
            )
            for each, found in shown
        ),
    )


def _sarif(shown: Sequence[tuple[Read, Sequence[Found]]]) -> object:
    from beleidsbeheer.domain.checks.table import rules
    from beleidsbeheer.render.checks.sarif import sarif

    found = [one for _, some in shown for one in some]
    accepted = [one for each, _ in shown for one in each.review.accepted]
    return sarif(rules(), found, accepted)


def _matrix(form: str, texts: Sequence[Read]) -> str:
    from beleidsbeheer.render import forms
    from beleidsbeheer.render.checks.matrix import matrix

    tables = [
        matrix(
            f"{each.review.dossier.document.title or each.label} ({each.label})", framework, rows
        )
        for each in texts
        for framework, rows in each.review.dossier.matrices
    ]
    if not tables:
        raise WrongUse(
            "Bij deze tekst hoort geen kader met eisen.",
            hint="De AVG hoort bij een tekst met persoonsgegevens in raakt of in de titel; een ander kader geeft u met --kader.",
        )
    if form == "html":
        return forms.page(tables, "Dekking")
    if form == "csv":
        return forms.comma_separated(tables)
    return forms.markdown(tables) if form == "markdown" else forms.text(tables, _width())


def _width() -> int:
    from shutil import get_terminal_size

    return min(get_terminal_size((100, 24)).columns, 160)


def _print(content: str, out: Path | None) -> None:
    if out:
        write_file(out, content.encode())
        click.echo(f"Geschreven: {out}", err=True)
    else:
        click.echo(content, nl=False)
