"""``beleid verschil``: what changed between two texts, on the screen or as a file for somebody else."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import click

from beleidsbeheer.actions.reading import View, examine, find_policy
from beleidsbeheer.actions.texts import (
    NamedText,
    council_of,
    default_old,
    explanations_of,
    find_text,
    pair_of,
    shown_before,
    title_of,
    two_files,
    working_text,
)
from beleidsbeheer.cli.common import json_option, one_form
from beleidsbeheer.cli.dutch import DutchCommand
from beleidsbeheer.cli.main import Surroundings
from beleidsbeheer.cli.output import check_not_read, check_target, write_file
from beleidsbeheer.cli.words import say
from beleidsbeheer.domain.ledger import Policy
from beleidsbeheer.domain.model import COUNCIL_ROLES, Council, Role
from beleidsbeheer.domain.terms import with_article
from beleidsbeheer.errors import WrongUse
from beleidsbeheer.render.diff.pair import Pair
from beleidsbeheer.render.diff.renvooi import renvooi, summary_text

_FORMS = ("renvooi", "html", "was-wordt", "docx", "besluit", "json", "samenvatting")
_BY_SUFFIX = {".html": "html", ".docx": "docx", ".json": "json", ".csv": "was-wordt"}
_REMARKED = ("renvooi", "samenvatting", "html")
_TABLES = (".md", ".html", ".csv", ".docx")
_IN_A_FILE = 80  # columns of a file and of a pipe


class _Asked(NamedTuple):
    """Two texts, what changed between them, and in whose name; in a register also of which policy."""

    old: NamedText
    new: NamedText
    pair: Pair
    author: str
    view: View | None = None
    policy: Policy | None = None


@click.command("verschil", cls=DutchCommand)
@click.argument("words", metavar="BELEID [VAN] [NAAR]", nargs=-1)
@click.option("--vorm", "form", type=click.Choice(_FORMS), help="Vorm; zonder deze optie renvooi.")
@click.option(
    "--uit",
    "target",
    type=click.Path(path_type=Path),
    metavar="BESTAND",
    help="Schrijf een bestand.",
)
@click.option(
    "--ronde",
    "council",
    type=click.Choice(("MR", "GMR"), case_sensitive=False),
    help="VAN is wat deze raad hiervoor zag.",
)
@click.option(
    "--sinds-mijn-vorige",
    "role",
    type=click.Choice(sorted(role.value for role in COUNCIL_ROLES)),
    metavar="ROL",
    help="VAN is wat de raad van deze rol hiervoor zag.",
)
@click.option(
    "--bestanden",
    "files",
    nargs=2,
    type=click.Path(path_type=Path),
    metavar="OUD NIEUW",
    help="Vergelijk twee bestanden, ook buiten een register.",
)
@click.option(
    "--bevindingen",
    "remarks",
    is_flag=True,
    help="Toon ook wat de controle nieuw vindt (renvooi, samenvatting, html).",
)
@click.option("--alles", "everything", is_flag=True, help="Toon ook opmaak en witruimte.")
@json_option
@click.pass_obj
def command(
    surroundings: Surroundings,
    words: tuple[str, ...],
    form: str | None,
    target: Path | None,
    council: str | None,
    role: str | None,
    files: tuple[Path, Path] | None,
    remarks: bool,
    everything: bool,
    as_json: bool,
) -> int:
    """Toon wat er tussen twee teksten van BELEID is veranderd.

    VAN is anders de versie die vandaag geldt (of de laatste die er is), NAAR de werktekst. Schrijf voor
    VAN en NAAR: een versie, werk, geldend, geldend@DATUM, een revisie van git (de werktekst zoals die toen
    was) of een bestand. Met --ronde of --sinds-mijn-vorige is VAN de tekst die de raad hiervoor kreeg
    voorgelegd, ook als die voorlegging is teruggenomen; het woord achter BELEID is dan NAAR, en anders is
    dat wat het laatst is voorgelegd.

    Op het scherm staat [-geschrapt-] en {+ingevoegd+}; wat gelijk bleef is weggelaten (…).

    \b
    Vormen:
      renvooi       geschrapt en ingevoegd, op het scherm
      samenvatting  een regel voor elke plaats
      html, docx    renvooi voor een browser of tekstverwerker
      was-wordt     tabel; met --uit BESTAND.md, .html, .csv of .docx
      besluit       de wijzigingen als tekst voor een besluit
      json          voor andere programma's

    \b
    Voorbeeld:
      beleid verschil privacyreglement
      beleid verschil privacyreglement 0.2 0.3
      beleid verschil privacyreglement geldend@01-09-2026 werk --vorm samenvatting
      beleid verschil privacyreglement --sinds-mijn-vorige mr-ouders
      beleid verschil privacyreglement 0.2 0.3 --vorm was-wordt --uit was-wordt.html
      beleid verschil --bestanden oud.md nieuw.md
    """
    form = _form(form, target, as_json)
    if target:
        check_target(target)
    if files:
        asked = _two_files(files, words, council or role)
    else:
        asked = _in_register(surroundings, words, council, role)
    if remarks:
        asked = _with_remarks(asked, form, surroundings.today)
    if target:
        check_not_read(target, (Path(asked.old.path), Path(asked.new.path)))
        write_file(target, _content(form, asked, target, surroundings.today, everything))
        click.echo(f"Geschreven: {target}", err=True)
    else:
        _print(form, asked, surroundings.today, everything)
    if asked.view is not None and not asked.view.sound:
        say("Let op: er klopt iets niet in dit register. Kijk met: beleid verifieer", err=True)
        return 1
    return 0


# --- which texts ---------------------------------------------------------------------------------------


def _two_files(files: tuple[Path, Path], words: tuple[str, ...], more: str | None) -> _Asked:
    if words or more:
        raise WrongUse(
            "Bij --bestanden hoort geen BELEID, VAN, NAAR of raad.",
            hint="beleid verschil --bestanden OUD.md NIEUW.md",
        )
    old, new = two_files(*files)
    return _Asked(old, new, pair_of(old, new, title_of(new, old)), "beleid", None)


def _in_register(
    surroundings: Surroundings, words: tuple[str, ...], council: str | None, role: str | None
) -> _Asked:
    if not words:
        raise WrongUse("BELEID ontbreekt.", hint="Bekijk de uitleg met: beleid verschil --help")
    slug, *specs = words
    if council and role:
        raise WrongUse("Kies --ronde of --sinds-mijn-vorige, niet allebei.", hint="")
    if len(specs) > (1 if council or role else 2):
        hint = "Met --ronde en --sinds-mijn-vorige noemt u alleen NAAR; VAN volgt uit het register."
        raise WrongUse("Er staat te veel op de regel.", hint=hint if council or role else "")
    today = surroundings.today
    view = examine(surroundings.start, today)
    policy = find_policy(view.register, slug)
    if council or role:
        asked = Council(council.lower()) if council else council_of(Role(role or ""))
        old, new = shown_before(view, policy, asked, "".join(specs), today)
    else:
        old = (
            find_text(view, policy, specs[0], today) if specs else default_old(view, policy, today)
        )
        new = find_text(view, policy, specs[1], today) if specs[1:] else working_text(policy)
    pair = pair_of(old, new, policy.title, explanations_of(view, policy))
    settings = view.register.settings
    return _Asked(old, new, pair, settings.organisation if settings else slug, view, policy)


def _with_remarks(asked: _Asked, form: str, today: date) -> _Asked:
    """With what a check of the new text says and one of the old text does not."""
    from beleidsbeheer.actions.checking import Measure, new_findings
    from beleidsbeheer.render.checks.words import place

    if form not in _REMARKED:
        raise WrongUse(
            f"De vorm {form} toont geen bevindingen.",
            hint="Kies --vorm renvooi, samenvatting of html, of gebruik: beleid controleer --nieuw",
        )
    found = new_findings(asked.old, asked.new, Measure(today), asked.view, asked.policy)
    told = tuple((each.key, f"{each.severity}: {each.message} ({place(each)})") for each in found)
    return asked._replace(pair=replace(asked.pair, remarks=told))


# --- which form ----------------------------------------------------------------------------------------


def _form(form: str | None, target: Path | None, as_json: bool) -> str:
    suffix = target.suffix.lower() if target else ""
    form = one_form(as_json, form) or _BY_SUFFIX.get(suffix, "renvooi")
    if form == "was-wordt" and target and suffix not in _TABLES:
        raise WrongUse(
            f"Een was-wordt-tabel kan niet in {target.name}.",
            hint=f"Laat de naam eindigen op {', '.join(_TABLES[:-1])} of {_TABLES[-1]}.",
        )
    if suffix == ".docx" and form not in ("docx", "was-wordt"):
        raise WrongUse(
            f"De vorm {form} is geen docx.", hint="Kies --vorm docx of --vorm was-wordt."
        )
    if form in ("docx", "html") and target is None and sys.stdout.isatty():
        raise WrongUse(
            f"Een {form} is niet om op het scherm te zetten.",
            hint=f"Geef een bestand: --uit verschil.{form}",
        )
    return form


def _content(form: str, asked: _Asked, target: Path | None, today: date, everything: bool) -> bytes:
    """The bytes of a form that is not on a screen."""
    pair = asked.pair
    match form:
        case "html":
            from beleidsbeheer.render.diff import page

            text = page.page(pair)
        case "docx":
            from beleidsbeheer.render.diff import word

            return word.document(pair, asked.author, today)
        case "was-wordt":
            return _table(pair, target.suffix.lower() if target else ".md")
        case "besluit":
            from beleidsbeheer.domain import amendment

            heading = f"Besluit tot wijziging van {with_article(pair.title)}"
            text = amendment.decision(asked.old.data, asked.new.data, heading)
        case "json":
            text = _json(asked)
        case "samenvatting":
            text = summary_text(pair, _IN_A_FILE)
        case _:
            text = renvooi(pair, _IN_A_FILE, everything=everything)
    return text.encode("utf-8")


def _table(pair: Pair, suffix: str) -> bytes:
    if suffix == ".docx":
        from beleidsbeheer.render.diff import word

        return word.word_table(pair)
    from beleidsbeheer.render.diff import was_wordt

    shape = {".html": was_wordt.html, ".csv": was_wordt.csv}.get(suffix, was_wordt.markdown)
    return shape(pair).encode("utf-8")


def _json(asked: _Asked) -> str:
    from beleidsbeheer.render.diff.changes_json import changes_json

    shape = changes_json(asked.pair, asked.old.path, asked.new.path)
    return json.dumps(shape, ensure_ascii=False, indent=2) + "\n"


# --- where to ------------------------------------------------------------------------------------------


def _print(form: str, asked: _Asked, today: date, everything: bool) -> None:
    screen = sys.stdout.isatty()
    if form not in ("renvooi", "samenvatting"):
        content = _content(form, asked, None, today, everything)
        if screen:
            _page(_on_a_screen(content.decode("utf-8")), colour=False)
        else:
            sys.stdout.flush()
            click.echo(content, nl=False)
        return
    width = shutil.get_terminal_size((_IN_A_FILE, 24)).columns
    colour = screen and not os.environ.get("NO_COLOR")
    if form == "samenvatting":
        text = summary_text(asked.pair, width)
    else:
        text = renvooi(asked.pair, width, colour, everything)
    if screen:
        _page(text, colour)
    else:
        click.echo(text, nl=False)


def _page(text: str, colour: bool) -> None:
    """Through a pager when it is longer than the screen."""
    if text.count("\n") < shutil.get_terminal_size().lines:
        click.echo(text, nl=False, color=colour)
    else:
        # less shows colours only when it is told to; somebody's own settings stay
        flags = os.environ.setdefault("LESS", "-R")
        able = re.search("[rR]", flags) or re.search(r"-\w*[rR]", os.environ.get("PAGER", ""))
        click.echo_via_pager(text, color=colour and able is not None)


def _on_a_screen(text: str) -> str:
    """Without what could steer a terminal; the lines stay as they are."""
    return "".join(ch if ch.isprintable() or ch == "\n" else "�" for ch in text)
