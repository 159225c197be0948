"""What changed between two texts, as one page for parents and teachers: ``page(pair)``.

Self-contained: no script, no request. On a phone and on paper the old and the new text stand in one,
on a wide screen in two columns; of both the page holds a copy, and CSS shows one. Every word of both
texts is escaped.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from beleidsbeheer.domain.changes import Change, ChangeKind, Changes, origins
from beleidsbeheer.domain.terms import opening
from beleidsbeheer.render.diff.body import body
from beleidsbeheer.render.diff.context import below_heading
from beleidsbeheer.render.diff.hidden import Hidden, hidden_in, is_quiet, places
from beleidsbeheer.render.diff.markup import marked, paragraph
from beleidsbeheer.render.diff.pair import Pair
from beleidsbeheer.render.diff.rows import Row, is_front, rows
from beleidsbeheer.render.diff.style import BASE, PAGE
from beleidsbeheer.render.diff.telling import (
    beside,
    changed_parts,
    counts,
    explanation,
    name,
    other_remarks,
    remarks_on,
    words,
)
from beleidsbeheer.render.html import dated, document, escaped

K = ChangeKind

_MOST_NAMES: Final = 8


def page(pair: Pair) -> str:
    """A whole HTML page that says and shows what changed from the old text to the new one."""
    return _Page(pair).html()


def fragment(pair: Pair) -> str:
    """The same without the page around it, for a page that has a main of its own."""
    return "\n".join(_Page(pair).inside())


class _Page:
    def __init__(self, pair: Pair) -> None:
        self.pair = pair
        self.changes = pair.changes
        self.shown = [change for change in self.changes.elements if not is_quiet(change)]
        self.ids = _ids(self.shown)
        self._found: dict[int, list[Row]] = {}
        self.sources = origins(self.changes)
        self.taken = {id(source): new for new, source in self.sources.items()}
        self.by_new = {change.new[0]: change for change in self.shown if change.new}

    def html(self) -> str:
        pair = self.pair
        target = "wijzigingen" if self.shown else "kort"
        head, *rest = self.inside()
        body = [
            f'<a class="spring" href="#{target}">Naar de wijzigingen</a>',
            head,
            "<main>",
            *rest,
            "</main>",
        ]
        title = f"{pair.title}: van {pair.old_label} naar {pair.new_label}"
        return document(title, BASE + PAGE, "\n".join(body))

    def inside(self) -> Iterator[str]:
        """Its head with the h1, then all that it tells."""
        pair = self.pair
        yield (
            "<header>\n"
            f"<h1>{escaped(pair.title)}: wat verandert er?</h1>\n"
            f"<p>Van <strong>{dated(escaped(pair.old_label))}</strong>"
            f" naar <strong>{dated(escaped(pair.new_label))}</strong>.</p>\n"
            "</header>"
        )
        yield from self._summary()
        yield from self._navigation()
        yield from self._articles()
        yield from self._remarks()
        yield from self._not_shown()

    def _rows(self, change: Change) -> list[Row]:
        if id(change) not in self._found:
            self._found[id(change)] = rows(change)
        return self._found[id(change)]

    # --- first in words --------------------------------------------------------------------------

    def _summary(self) -> Iterator[str]:
        yield '<section class="smal" aria-labelledby="kort"><h2 id="kort" tabindex="-1">In het kort</h2>'
        if not self.changes.elements:
            yield "<p>De teksten zijn gelijk. Er is geen enkel verschil.</p></section>"
            return
        yield f"<ul>{''.join(f'<li>{line}.</li>' for line in counts(self.changes))}</ul>"
        if not self.shown:
            yield "<p>Geen enkel woord is anders.</p>"
        if self.changes.coarse:
            yield (
                "<p>De teksten zijn te groot om elk woord te vergelijken."
                " Daarom is er meer gemerkt dan nodig. Wat gemerkt is, klopt wel.</p>"
            )
        if self.shown:
            yield (
                f'<p class="uitleg">Zo leest u dit: {marked("-", "dit staat er niet meer")}'
                f" {marked('+', 'dit is erbij gekomen')}</p>"
            )
        yield "</section>"

    def _navigation(self) -> Iterator[str]:
        if not self.shown:
            return
        yield '<nav aria-labelledby="inhoud"><h2 id="inhoud">Waar verandert iets?</h2>\n<ul>'
        for change in self.shown:
            told = ". ".join(filter(None, (opening(change.kind), words(change))))
            yield (
                f'<li><a href="#{self.ids[id(change)]}"><span class="naam">{escaped(name(change))}</span>'
                f' <span class="stil">{told}.</span></a></li>'
            )
        yield "</ul></nav>"

    # --- the changes -----------------------------------------------------------------------------

    def _articles(self) -> Iterator[str]:
        if not self.shown:
            return
        yield (
            '<section aria-labelledby="wijzigingen">'
            '<h2 id="wijzigingen" tabindex="-1">De wijzigingen</h2>'
        )
        pieces = [
            ((change.new.start, bool(change.new), change.old.start), self._article(change))
            for change in self.shown
        ]
        moves = _Moves(self.changes)
        for change in self.shown:
            if K.VERPLAATST in change.kinds and change.old and change.new:
                place = (moves.place(change.old.start), False, change.old.start)
                pieces.append((place, self._old_place(change)))
        yield from (told for _, told in sorted(pieces, key=lambda piece: piece[0]))
        yield "</section>"

    def _old_place(self, change: Change) -> str:
        """Where something stood before it moved."""
        target = self.ids[id(change)]
        number = change.old_key != change.new_key
        new = f" en heet nu {escaped(change.new_heading)}" if number else ""
        return (
            f'<p class="plek" id="oud-{target}" tabindex="-1">Hier stond'
            f" <strong>{escaped(change.old_heading)}</strong>. Dit is verplaatst naar"
            f' <a href="#{target}">{escaped(beside(change.after, change.new.start))}</a>{new}.</p>'
        )

    def _article(self, change: Change) -> str:
        own = self.ids[id(change)]
        found = [*self._head(change, own)]
        whole = not (change.old and change.new)
        listed = self._rows(change)
        if whole:
            found += [paragraph(p) for row in below_heading(listed) for p in row.both]
        else:
            found += body(change, listed, self.pair)
        classes = "" if any('class="rij twee"' in each for each in found) else ' class="alleen-een"'
        inside = "\n".join(filter(None, found))
        return f'<article id="{own}" tabindex="-1" aria-labelledby="kop-{own}"{classes}>\n{inside}\n</article>'

    def _head(self, change: Change, own: str) -> Iterator[str]:
        much = words(change)
        yield (
            f'<div class="kop-en-soort"><h3 id="kop-{own}">{_heading(change)}</h3>\n'
            f'<p class="soort"><b>{escaped(change.kind)}</b>{f" {much}" if much else ""}</p></div>'
        )
        if K.VERPLAATST in change.kinds and change.old and change.new:
            yield (
                f'<p class="plek">Verplaatst van <a href="#oud-{own}">'
                f"{escaped(beside(change.before, change.old.start))}</a>"
                f" naar {escaped(beside(change.after, change.new.start))}.</p>"
            )
        if change.new and not change.old and (source := self.sources.get(change.new[0])):
            yield f'<p class="plek">Met tekst uit {self._link(source, source.old_heading)}.</p>'
        target = self.by_new.get(self.taken.get(id(change), -1))
        if target is not None:
            yield f'<p class="plek">Een deel van deze tekst staat nu in {self._link(target, target.new_heading)}.</p>'
        if told := changed_parts(change):
            yield f'<p class="inleiding">{escaped(told)}</p>'
        if told := explanation(self.pair, change):
            yield f'<p class="toelichting"><strong>Toelichting:</strong> {escaped(told)}</p>'
        for told in remarks_on(self.pair, change):
            yield f'<p class="toelichting"><strong>Controle:</strong> {escaped(told)}</p>'
        if not (change.old and change.new) and not below_heading(self._rows(change)):
            yield f"<p>Alleen deze kop {'is nieuw' if change.new else 'vervalt'}.</p>"
        elif K.NIEUW in change.kinds:
            yield '<p class="inleiding">Alles hieronder is nieuw.</p>'
        elif is_front(change):
            yield (
                "<p>Bij <code>raakt</code> staat waar het reglement over gaat."
                " Daarvan hangt af wie moet instemmen.</p>"
            )
        elif K.VERVALLEN in change.kinds:
            yield '<p class="inleiding">Dit vervalt helemaal. Dit stond er:</p>'

    def _link(self, change: Change, heading: str) -> str:
        target = self.ids.get(id(change))
        return f'<a href="#{target}">{escaped(heading)}</a>' if target else escaped(heading)

    def _remarks(self) -> Iterator[str]:
        """What the checks newly say of the rest of the text."""
        if told := other_remarks(self.pair):
            yield '<section class="smal" aria-labelledby="controle"><h2 id="controle">Controle, elders in de tekst</h2>'
            yield f"<ul>{''.join(f'<li>{escaped(each)}</li>' for each in map(opening, told))}</ul></section>"

    # --- what is not shown -----------------------------------------------------------------------

    def _not_shown(self) -> Iterator[str]:
        hidden, indented = hidden_in(self.changes), list(self._indented())
        if not (hidden or indented):
            return
        yield '<section class="smal" aria-labelledby="rest"><h2 id="rest">Niet getoond</h2>\n<ul>'
        if hidden.space:
            where = f" {_listed(hidden.only_space, 'Alleen dat verschilt in')}"
            yield (
                f"<li>Niet getoond: {places(hidden.space)} waar alleen witruimte verschilt"
                f" (spaties en regeleinden).{where if hidden.only_space else ''}</li>"
            )
        if indented:
            yield (
                "<li>Hier springt tekst anders in, of is een stuk een kop of lijst geworden."
                " Daardoor kan een stuk bij een ander lid horen."
                f" {_listed(indented, 'Kijk dit na in')}</li>"
            )
        if hidden.markup:
            yield from _layout(hidden)
        yield "</ul></section>"

    def _indented(self) -> Iterator[str]:
        for change in self.changes.elements:
            if change.old and change.new and any(map(_moved_in, self._rows(change))):
                yield name(change)


def _layout(hidden: Hidden) -> Iterator[str]:
    """Where the lay-out differs, folded."""
    yield (
        f"<li>Niet getoond: {places(hidden.markup)} waar alleen de opmaak verschilt"
        " (vet, schuin, koppen). De woorden zijn gelijk."
    )
    yield '<details><summary>Bekijk de opmaak die verschilt</summary><ul class="opmaak">'
    for told, old, new in hidden.layout:
        was, wordt = escaped(" ".join(old.split())), escaped(" ".join(new.split()))
        yield (
            f"<li>{escaped(told)}: <code>{was or '(niets)'}</code>"
            f" wordt <code>{wordt or '(niets)'}</code></li>"
        )
    if left := hidden.markup - len(hidden.layout):
        yield f"<li>en nog {places(left)}</li>"
    yield "</ul></details></li>"


def _listed(names: list[str], lead: str) -> str:
    """Names in a sentence, or folded when there are many."""
    if len(names) <= _MOST_NAMES:
        return f"{lead}: {escaped('; '.join(names))}."
    inside = "".join(f"<li>{escaped(each)}</li>" for each in names)
    return f"<details><summary>{lead} {len(names)} stukken</summary><ul>{inside}</ul></details>"


def _moved_in(row: Row) -> bool:
    """Whether text that is the same now stands under something else."""
    if row.changed or len(row.olds) != len(row.news):
        return False
    return any(
        (old.depth, old.form) != (new.depth, new.form)
        for old, new in zip(row.olds, row.news, strict=True)
    )


# --- names and words -------------------------------------------------------------------------------


def _heading(change: Change) -> str:
    return escaped(name(change)).replace(
        " → ", ' <span aria-hidden="true">→</span><span class="hoor">wordt</span> '
    )


def _ids(shown: list[Change]) -> dict[int, str]:
    """An id for each change, from its key where it has one: that stays the same."""
    found: dict[int, str] = {}
    used: set[str] = set()
    for number, change in enumerate(shown, start=1):
        key = change.new_key or change.old_key
        wanted = f"artikel-{key}" if change.new_key else f"vervallen-{key}"
        if not key or wanted in used or not re.fullmatch(r"[0-9a-z:~-]{1,60}", key):
            wanted = f"plaats-{number}"
        used.add(wanted)
        found[id(change)] = wanted
    return found


class _Moves:
    """Where in the new text a section of the old text would stand."""

    def __init__(self, changes: Changes) -> None:
        stayed = [
            (c.old.start, c.new.start)
            for c in changes.elements
            if c.old and c.new and K.VERPLAATST not in c.kinds
        ]
        self.anchors = sorted(
            [
                *((old + n, new + n) for old, new, count in changes.kept for n in (0, count - 1)),
                *stayed,
            ]
        )

    def place(self, index: int) -> int:
        number = bisect_right(self.anchors, (index, 1 << 60)) - 1
        if number < 0:
            return 0
        return self.anchors[number][1] + 1


# --- the rows of a change --------------------------------------------------------------------------
