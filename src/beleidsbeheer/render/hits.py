"""What was found by searching: on a screen, in a pipe, and the documented JSON.

On a screen the words that answer are bold. In a pipe nothing is marked, so that the words can be copied and
searched again as they are. An address (path and line) stands whole on a line of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from textwrap import wrap
from typing import Any, Final

from beleidsbeheer.domain.model import next_number, text_path, version_key
from beleidsbeheer.domain.overview.facts import Condition
from beleidsbeheer.domain.references.phrases import spoken
from beleidsbeheer.domain.search.answer import Answer, Hit, Spot
from beleidsbeheer.domain.search.snippet import Piece
from beleidsbeheer.domain.terms import listed, show_date
from beleidsbeheer.render.terminal import safe

SCHEMA: Final = "beleidsbeheer.zoek/1"
_NAMED: Final = 3  # other places of the same words that are named; JSON has all
_QUOTED: Final = 5
# Around what is bold, until the lines are made: ``safe`` lets neither through from a register.
_ON, _OFF = "\x02", "\x03"
_BOLD: Final = {_ON: "\x1b[1m", _OFF: "\x1b[22m"}
_PLAIN: Final = {_ON: "", _OFF: ""}


# --- for people --------------------------------------------------------------------------------------


def hits_text(answer: Answer, width: int | None = None, *, marked: bool = False) -> str:
    """The hits and how many they are. ``width``: of the screen, None in a pipe; ``marked``: with bold words."""
    lines: list[str] = []
    for each in answer.hits:
        lines += [*_hit_lines(each, answer, width), ""]
    if answer.hits:
        lines += _fitted(_conclusion(answer), width)
    signs = str.maketrans(_BOLD if marked else _PLAIN)
    return "".join(f"{line}\n" for line in lines).translate(signs)


def remark_lines(answer: Answer, words: str, aim: str, most: int) -> Iterator[str]:
    """What to know besides: what was not searched, and what to try when there is more, or nothing.

    ``words``, ``aim`` and ``most`` are what was asked for.
    """
    if not answer.hits:
        yield from _nothing(answer, words, aim)
    elif answer.more:
        yield f"Er is meer. Toon meer met: --hoogstens {most * 5}"
    if answer.ignored:
        common = listed(f"“{safe(each)}”" for each in answer.ignored)
        yield f"Niet op gezocht, want die woorden staan overal: {common}."
    if answer.doubtful:
        named = [safe(f"{slug} ({place})") for place, slug in answer.doubtful]
        yield f"Niet in gezocht, want wat daarvan geldt is niet te bepalen: {listed(named)}."
    yield from (f"Let op: {safe(each)}" for each in answer.notices)


def _nothing(answer: Answer, words: str, aim: str) -> Iterator[str]:
    """Said kindly, with what may help."""
    where = f"wat op {show_date(answer.day)} geldt" if answer.day else "alle versies"
    yield f"Niets gevonden in {where}."
    if answer.suggestions:
        yield f"Bedoelt u {_or([safe(each) for each in answer.suggestions])}?"
    yield "Wat kan helpen:"
    if words:
        fewer = "minder woorden, of " if " " in words else ""
        yield f"  {fewer}een ander woord voor hetzelfde"
        yield "  alleen het begin van een woord, met een sterretje: klacht*"
    if aim:
        yield "  een ruimere plaats, zoals een hele wet: --verwijst-naar AVG"
    if answer.day:
        yield "  zoeken in oude en komende versies: --alle-versies"


def _or(words: Sequence[str]) -> str:
    *head, last = words
    return f"{', '.join(head)} of {last}" if head else last


def _hit_lines(hit: Hit, answer: Answer, width: int | None) -> Iterator[str]:
    main, *others = _policies(hit)
    spot = main[0]
    key, line = _place(hit, spot)
    named = f" [{safe(key)}] {safe(_spoken(key))}".rstrip() if key else ""
    yield from _fitted(f"{_ON}{safe(hit.heading)}{_OFF}{named}", width)
    yield from _fitted("".join(map(_shown, hit.snippet)), width, "  ")
    for where, number, quote in spot.quotes[:_QUOTED]:
        yield from _fitted(
            f"{safe(_spoken(where)) or f'regel {number}'}: “{safe(quote)}”", width, "  "
        )
    yield from _fitted(_named(main, answer), width, "  ")
    # an address is to click on or to copy: never cut
    yield f"  {safe(spot.path(line - spot.line))}"
    if spot.condition != Condition.KLOPT:
        yield from _fitted(f"Let op: dit register {_verdict(spot)}.", width, "  ")
    if others:
        yield from _fitted(_elsewhere(spot, others), width, "  ")


def _shown(piece: Piece) -> str:
    """Its words on one line, with the space at either end; bold when they answer."""
    text = piece.text
    if not text.strip():
        return " " if text else ""
    told = " " * text[0].isspace() + safe(text) + " " * text[-1].isspace()
    return f"{_ON}{told}{_OFF}" if piece.hit else told


def _place(hit: Hit, spot: Spot) -> tuple[str, int]:
    """The key and line of the words that answer; without such words those of the first that refer."""
    if spot.quotes and not any(piece.hit for piece in hit.snippet):
        key, line, _ = spot.quotes[0]
        return key, line
    return spot.key + hit.key, spot.line + hit.line


def _spoken(key: str) -> str:
    """ "artikel 14 lid 1 onder b"; empty for a part that has no number."""
    numbered = key[:1].isdigit() or key.partition(".")[0].partition("-")[2]
    return spoken(key) if numbered else ""


def _policies(hit: Hit) -> list[list[Spot]]:
    """The spots of each policy, the newest version first."""
    found: dict[tuple[str, str], list[Spot]] = {}
    for each in hit.spots:
        found.setdefault(each.policy, []).append(each)
    for spots in found.values():
        spots.sort(key=lambda each: (version_key(each.version), -each.line), reverse=True)
    return list(found.values())


def _named(spots: Sequence[Spot], answer: Answer) -> str:
    """ "Privacyreglement van De Wilg, versie 0.3 (van 01-10-2024 t/m heden)"."""
    spot = spots[0]
    twice = sorted({e.line for e in spots if e.version == spot.version} - {spot.line})
    also = f"; ook op regel {listed(map(str, twice))}" if twice else ""
    return safe(f"{spot.title or spot.slug} van {_school(spot)}, {_versions(spots, answer)}{also}")


def _school(spot: Spot) -> str:
    return spot.organisation or spot.place


def _versions(spots: Sequence[Spot], answer: Answer) -> str:
    """Each version with its days, or with its stand; a row of versions that stand alike in one go."""
    if answer.day is not None:
        return ", ".join(dict.fromkeys(f"versie {each.version} ({_days(each)})" for each in spots))
    ordered = dict.fromkeys((each.version, each.stand) for each in reversed(spots))
    told = [
        f"{_runs([version for version, _ in some])} ({stand})"
        for stand, some in groupby(ordered, key=lambda each: each[1])
    ]
    return f"{'versie' if len(ordered) == 1 else 'versies'} {listed(told)}"


def _days(spot: Spot) -> str:
    if spot.start is None:
        return spot.stand
    return f"van {show_date(spot.start)} t/m {show_date(spot.end) or 'heden'}"


def _runs(versions: Sequence[str]) -> str:
    """ "0.1 t/m 0.4", "0.1 en 0.3": only numbers that follow one another are a run."""
    runs: list[list[str]] = []
    for each in versions:
        if runs and next_number(runs[-1][-1]) == each:
            runs[-1].append(each)
        else:
            runs.append([each])
    return listed(
        part for run in runs for part in ([f"{run[0]} t/m {run[-1]}"] if len(run) > 2 else run)
    )


def _verdict(spot: Spot) -> str:
    word = "is " if spot.condition == Condition.ONBEOORDEELD else ""
    return f"{word}{spot.condition}"


def _elsewhere(spot: Spot, others: Sequence[Sequence[Spot]]) -> str:
    """ "Dezelfde tekst staat in 12 andere reglementen: De Linde, De Eik, De Es en nog 9." """
    named = [safe(_other(spot, each[0])) for each in others[:_NAMED]]
    rest = len(others) - len(named)
    told = f"{', '.join(named)} en nog {rest}" if rest else listed(named)
    how = "1 ander reglement" if len(others) == 1 else f"{len(others)} andere reglementen"
    return f"Dezelfde tekst staat in {how}: {told}."


def _other(spot: Spot, other: Spot) -> str:
    """The school; with the title when that differs too, and with a warning when its register does not hold."""
    title = other.title or other.slug
    name = _school(other)
    if other.place == spot.place:
        name = title
    elif title != (spot.title or spot.slug):
        name = f"{title} van {name}"
    return name if other.condition == Condition.KLOPT else f"{name} (register {_verdict(other)})"


def _conclusion(answer: Answer) -> str:
    count = len(answer.hits)
    policies = {each.policy for hit in answer.hits for each in hit.spots}
    registers = {place for place, _ in policies}
    where = f"in wat op {show_date(answer.day)} geldt" if answer.day else "in alle versies"
    found = f"{count} {'plek' if count == 1 else 'plekken'} gevonden {where}"
    told = f"{len(policies)} {'reglement' if len(policies) == 1 else 'reglementen'}"
    more = f" van {len(registers)} registers" if len(registers) > 1 else ""
    return f"{found}, in {told}{more}."


def _fitted(text: str, width: int | None, indent: str = "") -> list[str]:
    """Lines within the screen; in a pipe one line."""
    if width is None or len(text) + len(indent) <= width:
        return [indent + text] if text else []
    return wrap(
        text, width, initial_indent=indent, subsequent_indent=indent,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


# --- for programs ------------------------------------------------------------------------------------


def hits_json(answer: Answer, words: str, aim: str) -> dict[str, Any]:
    """The documented shape ``beleidsbeheer.zoek/1``."""
    return {
        "schema": SCHEMA,
        "woorden": words or None,
        "verwijst_naar": aim or None,
        "op": _iso(answer.day),
        "meer": answer.more,
        "treffers": [_hit_json(each) for each in answer.hits],
        "niet_gezocht_op": list(answer.ignored),
        "twijfel": [{"map": place, "beleid": slug} for place, slug in answer.doubtful],
        "suggesties": list(answer.suggestions),
        "meldingen": list(answer.notices),
    }


def _hit_json(hit: Hit) -> dict[str, Any]:
    return {
        "kop": hit.heading,
        "fragment": [{"tekst": each.text, "treffer": each.hit} for each in hit.snippet],
        "plaatsen": [_spot_json(hit, each) for each in hit.spots],
    }


def _spot_json(hit: Hit, spot: Spot) -> dict[str, Any]:
    key, line = _place(hit, spot)
    return {
        "map": spot.place,
        "organisatie": spot.organisation or None,
        "oordeel": str(spot.condition),
        "beleid": spot.slug,
        "titel": spot.title,
        "versie": spot.version,
        "stand": str(spot.stand),
        "van": _iso(spot.start),
        "tot_en_met": _iso(spot.end),
        "sleutel": key or None,
        "in_woorden": _spoken(key) or None,
        "tekst": text_path(spot.slug, spot.version),
        "regel": line,
        "verwijzingen": [
            {"sleutel": where or None, "regel": number, "woorden": quote}
            for where, number, quote in spot.quotes
        ],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
