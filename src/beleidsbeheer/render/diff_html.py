"""What changed between two texts, as one page for parents and teachers: ``page(pair)``.

Self-contained: no script, no request. On a phone and on paper the old and the new text stand in one,
on a wide screen in two columns; of both the page holds a copy, and CSS shows one. Every word of both
texts is escaped.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from beleidsbeheer.domain.changes import (
    Change,
    ChangeKind,
    Changes,
    Nature,
    Op,
    OpKind,
    origins,
    parts,
)
from beleidsbeheer.domain.changes.sections import FRONT, TOP, Text
from beleidsbeheer.render.diff_rows import (
    BREAK,
    CODE,
    EMPHASIS,
    MARK,
    STRONG,
    TARGET,
    Form,
    Paragraph,
    Places,
    Row,
    Run,
    is_front,
    rows,
    seen,
)
from beleidsbeheer.render.diff_style import BASE, PAGE
from beleidsbeheer.render.pair import Pair

K = ChangeKind

_SHORT: Final = 160  # unchanged text up to this many characters is not worth folding
_MOST_NAMES: Final = 8
_MOST_PLACES: Final = 200
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def page(pair: Pair) -> str:
    """A whole HTML page that says and shows what changed from the old text to the new one."""
    return _Page(pair).html()


def document(title: str, style: str, body: str) -> str:
    """A page around ``body``, which may not ask for anything."""
    return f"""<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escaped(title)}</title>
<link rel="icon" href="data:,">
<style>{style}</style>
</head>
<body>
{body}
</body>
</html>
"""


def escaped(text: str) -> str:
    """``text`` as data in HTML; what cannot be seen is shown."""
    return html.escape(seen(text))


# --- a paragraph -----------------------------------------------------------------------------------

_TAGS: Final = ((STRONG, "strong"), (EMPHASIS, "em"), (CODE, "code"))
_WORD: Final = {"-": ("del", "geschrapt", "−"), "+": ("ins", "ingevoegd", "+")}


def running(runs: Iterable[Run]) -> str:
    """Runs as text with ``<del>`` and ``<ins>``; each says in words what it is, for who listens."""
    told = ""
    before = ""
    for op, some in groupby(runs, key=lambda run: run.op):
        group = list(some)
        text = "".join(run.text for run in group)
        if op == "=":
            told += "".join(map(_styled, group))
            before = ""
            continue
        lead = " " if text[:1].isspace() or before else ""
        tail = " " if text[-1:].isspace() else ""
        told += lead + marked(op, "".join(map(_styled, group)).strip()) + tail
        if before and _alike(before, text):
            told += (
                ' <span class="stil">(ziet er hetzelfde uit, maar de tekens verschillen)</span> '
            )
        before = text
    return told


def marked(op: str, content: str, brackets: bool = True) -> str:
    """Struck or inserted text. The brackets are for the eye, the words for the ear."""
    tag, word, sign = _WORD[op]
    content = f'<span class="tekst">{content}</span>'
    if brackets:
        content = (
            f'<span class="haak" aria-hidden="true">[{sign}</span>{content}'
            '<span class="haak" aria-hidden="true">]</span>'
        )
    return (
        f'<{tag}><span class="hoor">{word}: </span>{content}'
        f'<span class="hoor"> (einde {word}) </span></{tag}>'
    )


def _styled(run: Run) -> str:
    if run == (run.op, BREAK, MARK):
        return '<span aria-hidden="true">¶</span><span class="hoor">einde van de alinea</span> '
    text = escaped(run.text)
    for flag, tag in _TAGS:
        if run.style & flag:
            text = f"<{tag}>{text}</{tag}>"
    return f'<span class="doel">{text}</span>' if run.style & TARGET else text


def _alike(old: str, new: str) -> bool:
    """Whether people see the same, while the characters differ: é in one and in two characters."""
    old, new = " ".join(old.split()), " ".join(new.split())
    return old != new and unicodedata.normalize("NFKC", old) == unicodedata.normalize("NFKC", new)


def paragraph(shown: Paragraph, heading: str = "h4") -> str:
    """A paragraph with its mark. What is wholly struck or new has a line beside it, no brackets."""
    depth = f"d{shown.depth}" if shown.depth and shown.form is not Form.KOP else ""
    form = {Form.ITEM: "item", Form.LETTERLIJK: "letterlijk"}.get(shown.form, "")
    marks, words = shown.mark, shown.shown
    if whole := shown.whole:
        marks, words = ([Run("=", r.text, r.style) for r in runs] for runs in (marks, words))
    content = running(words)
    if marks and any(run.op != "=" for run in marks):
        content, form = f"{running(marks)} {content}", ""
    elif marks:
        number = f'<span class="nr">{running(marks)}</span>'
        content = f'{number} <span class="woorden">{content}</span>'
    if whole:
        sign = f'<span class="haak" aria-hidden="true">{_WORD[whole][2]}</span>'
        content = marked(whole, content, brackets=False)
        content, form = f"{sign} {content}", f"heel {_SIDES[whole]} {form}".strip()
    tag = heading if shown.form is Form.KOP else "p"
    classes = " ".join(filter(None, (form, depth)))
    attribute = f' class="{classes}"' if classes else ""
    return f"<{tag}{attribute}>{content}</{tag}>"


_SIDES: Final = {"-": "weg", "+": "bij"}


# --- the page --------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Counted:
    """What the page does not show, counted."""

    space: int = 0
    only_space: list[str] = field(default_factory=list)
    markup: int = 0
    markup_places: list[tuple[str, str, str]] = field(default_factory=list)
    indented: list[str] = field(default_factory=list)


class _Page:
    def __init__(self, pair: Pair) -> None:
        self.pair = pair
        self.changes = pair.changes
        quiet = {K.WITRUIMTE}, {K.OPMAAK}, {K.OPMAAK, K.WITRUIMTE}
        self.shown = [c for c in self.changes.elements if set(c.kinds) not in quiet]
        self.ids = _ids(self.shown)
        self.counted = _Counted()
        self._found: dict[int, list[Row]] = {}
        self.sources = origins(self.changes)
        self.taken = {id(source): new for new, source in self.sources.items()}
        self.by_new = {change.new[0]: change for change in self.shown if change.new}

    def html(self) -> str:
        pair = self.pair
        for change in self.changes.elements:
            self._count(change)
        target = "wijzigingen" if self.shown else "kort"
        body = [
            f'<a class="spring" href="#{target}">Naar de wijzigingen</a>',
            "<header>",
            f"<h1>{escaped(pair.title)}: wat verandert er?</h1>",
            f"<p>Van <strong>{escaped(pair.old_label)}</strong>"
            f" naar <strong>{escaped(pair.new_label)}</strong>.</p>",
            "</header>",
            "<main>",
            *self._summary(),
            *self._navigation(),
            *self._articles(),
            *self._not_shown(),
            "</main>",
        ]
        title = f"{pair.title}: van {pair.old_label} naar {pair.new_label}"
        return document(title, BASE + PAGE, "\n".join(body))

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
            told = ". ".join(filter(None, (_first_upper(change.kind), _words(change))))
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
            found += [paragraph(p) for row in listed[1:] or listed for p in row.both]
        else:
            found += _body(listed, self._heads(change, listed), self.pair)
        classes = "" if any('class="rij twee"' in each for each in found) else ' class="alleen-een"'
        inside = "\n".join(filter(None, found))
        return f'<article id="{own}" tabindex="-1" aria-labelledby="kop-{own}"{classes}>\n{inside}\n</article>'

    def _head(self, change: Change, own: str) -> Iterator[str]:
        words = _words(change)
        yield (
            f'<div class="kop-en-soort"><h3 id="kop-{own}">{_heading(change)}</h3>\n'
            f'<p class="soort"><b>{escaped(change.kind)}</b>{f" {words}" if words else ""}</p></div>'
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
        if told := _parts(change):
            yield f"<p>{told}</p>"
        if told := explanation(self.pair, change):
            yield f'<p class="toelichting"><strong>Toelichting:</strong> {escaped(told)}</p>'
        if K.NIEUW in change.kinds:
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

    def _heads(self, change: Change, listed: list[Row]) -> set[int]:
        """Rows that need not be shown: the heading, where the heading of the page says it all."""
        if not listed or listed[0].form is not Form.KOP:
            return set()
        first = listed[0]
        if len(first.olds) == len(first.news) == 1 and _same_title(change):
            return {0}
        return set() if first.changed else {0}

    # --- what is not shown -----------------------------------------------------------------------

    def _count(self, change: Change) -> None:
        told = name(change)
        self.counted.space += sum(_only_space(change.runs()))
        for old, new, nature in change.places():
            if nature is Nature.OPMAAK:
                self.counted.markup += 1
                if len(self.counted.markup_places) < _MOST_PLACES:
                    self.counted.markup_places.append((told, old, new))
        if change.kinds == {K.WITRUIMTE}:
            self.counted.only_space.append(told)
        if change.old and change.new and any(map(_indented, self._rows(change))):
            self.counted.indented.append(told)

    def _not_shown(self) -> Iterator[str]:
        counted = self.counted
        if not (counted.space or counted.markup or counted.indented):
            return
        yield '<section class="smal" aria-labelledby="rest"><h2 id="rest">Niet getoond</h2>\n<ul>'
        if counted.space:
            where = f" {_listed(counted.only_space, 'Alleen dat verschilt in')}"
            yield (
                f"<li>Niet getoond: {_places(counted.space)} waar alleen witruimte verschilt"
                f" (spaties en regeleinden).{where if counted.only_space else ''}</li>"
            )
        if counted.indented:
            yield (
                "<li>Hier springt tekst anders in, of is een stuk een kop of lijst geworden."
                " Daardoor kan een stuk bij een ander lid horen."
                f" {_listed(counted.indented, 'Kijk dit na in')}</li>"
            )
        if counted.markup:
            yield (
                f"<li>Niet getoond: {_places(counted.markup)} waar alleen de opmaak verschilt"
                " (vet, schuin, koppen). De woorden zijn gelijk."
            )
            yield '<details><summary>Bekijk de opmaak die verschilt</summary><ul class="opmaak">'
            for told, old, new in counted.markup_places:
                was, wordt = escaped(" ".join(old.split())), escaped(" ".join(new.split()))
                yield (
                    f"<li>{escaped(told)}: <code>{was or '(niets)'}</code>"
                    f" wordt <code>{wordt or '(niets)'}</code></li>"
                )
            if left := counted.markup - len(counted.markup_places):
                yield f"<li>en nog {_places(left)}</li>"
            yield "</ul></details></li>"
        yield "</ul></section>"


def _only_space(ops: Iterable[Op]) -> Iterator[bool]:
    """Whether runs between equal text differ in white space alone; beside other words it is theirs."""
    for equal, some in groupby(ops, key=lambda op: op.kind is OpKind.GELIJK):
        yield not equal and all(op.nature is Nature.WITRUIMTE for op in some)


def _places(count: int) -> str:
    return f"{count} {'plaats' if count == 1 else 'plaatsen'}"


def _listed(names: list[str], lead: str) -> str:
    """Names in a sentence, or folded when there are many."""
    if len(names) <= _MOST_NAMES:
        return f"{lead}: {escaped('; '.join(names))}."
    inside = "".join(f"<li>{escaped(each)}</li>" for each in names)
    return f"<details><summary>{lead} {len(names)} stukken</summary><ul>{inside}</ul></details>"


def _indented(row: Row) -> bool:
    """Whether text that is the same now stands under something else."""
    if row.changed or len(row.olds) != len(row.news):
        return False
    return any(
        (old.depth, old.form) != (new.depth, new.form)
        for old, new in zip(row.olds, row.news, strict=True)
    )


# --- names and words -------------------------------------------------------------------------------


def name(change: Change) -> str:
    """How people call a changed element: its heading, or both where its number changed."""
    old = " en ".join(_title(change.before, index) for index in change.old)
    new = " en ".join(_title(change.after, index) for index in change.new)
    if not (old and new) or old == new:
        return new or old
    if change.old_keys == change.new_keys and K.VERPLAATST not in change.kinds:
        return new
    return f"{_without_title(old, new)} → {new}"


def _heading(change: Change) -> str:
    return escaped(name(change)).replace(
        " → ", ' <span aria-hidden="true">→</span><span class="hoor">wordt</span> '
    )


def _title(text: Text, index: int) -> str:
    told = text.heading(index)[1]
    if told == FRONT and not index:
        return "Gegevens bovenaan (kopblok)"
    if told == TOP and not text.heading(index)[0]:
        return "Aanhef"
    return told or "(kop zonder tekst)"


_NUMBERED: Final = re.compile(r"(artikel\s+[0-9][0-9a-z.:]*?)(?=[.:–-]?(?:\s|$))(.*)", re.I)


def _without_title(old: str, new: str) -> str:
    """``Artikel 8`` from ``Artikel 8. Toegang`` where the new heading has that title too."""
    first, second = _NUMBERED.fullmatch(old), _NUMBERED.fullmatch(new)
    return first[1] if first and second and first[2] == second[2] else old


def short_name(text: Text, index: int) -> str:
    """ "Artikel 14" of a section "Artikel 14. Rechten", or all of another heading."""
    told = _title(text, index)
    found = _NUMBERED.fullmatch(told)
    return found[1] if found else told


def _same_title(change: Change) -> bool:
    """Whether of the heading at most the number changed."""
    if len(change.old) != 1 or len(change.new) != 1:
        return False
    first = _NUMBERED.fullmatch(change.old_heading)
    second = _NUMBERED.fullmatch(change.new_heading)
    if first and second and change.old_key != change.new_key:
        return first[2] == second[2]
    return change.old_heading == change.new_heading


def beside(text: Text, index: int) -> str:
    """Where a section stands, in words."""
    return f"de plaats na {short_name(text, index - 1)}" if index > 0 else "het begin"


def counts(changes: Changes) -> Iterator[str]:
    """How much changed in which way: "2 artikelen zijn gewijzigd"."""
    inside: Counter[str] = Counter()
    outside: Counter[str] = Counter()
    for change in changes.elements:
        key = change.new_key or change.old_key
        article = bool(key) and not key.startswith("hoofdstuk-")
        (inside if article else outside)[change.kind] += 1
    nouns = ("artikel", "artikelen"), ("stuk buiten de artikelen", "stukken buiten de artikelen")
    for counted, (one, more) in zip((inside, outside), nouns, strict=True):
        for kind, count in sorted(counted.items(), key=lambda item: _order(item[0])):
            noun = one if count == 1 else more
            if kind.startswith("alleen"):
                yield f"Bij {count} {noun} verschilt {kind.replace('opmaak', 'de opmaak')}"
            else:
                yield f"{count} {noun} {'is' if count == 1 else 'zijn'} {kind}"


def _order(kind: str) -> tuple[bool, str]:
    return kind.startswith("alleen"), kind


def _words(change: Change) -> str:
    struck, came = change.struck_words, change.inserted_words
    if change.kinds <= {K.VERPLAATST, K.VERNUMMERD}:
        return ""  # the only word that differs is its number
    if struck and came:
        return f"{struck} {_noun(struck)} geschrapt, {came} ingevoegd"
    if struck or came:
        count = struck or came
        return f"{count} {_noun(count)} {'geschrapt' if struck else 'ingevoegd'}"
    return ""


def _noun(count: int) -> str:
    return "woord" if count == 1 else "woorden"


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def explanation(pair: Pair, change: Change) -> str:
    """The Toelichting on an artikel, by its new key or else its old one."""
    for key in (*change.new_keys, *change.old_keys):
        if key and (told := pair.explanations.get(key)):
            return told
    return ""


def _parts(change: Change) -> str:
    """The leden and onderdelen that changed, a sentence for each kind."""
    if not (change.old and change.new) or is_front(change):
        return ""
    olds = Places(change.before, change.old).names
    news = Places(change.after, change.new).names
    told: dict[str, list[str]] = {}
    for part in parts(change):
        old, new = olds.get(part.old_key, ""), news.get(part.new_key, "")
        both = old if old == new or not new else f"{old} → {new}" if old else new
        if both:
            told.setdefault(part.kind, []).append(both)
    sentences = []
    for kind, names in told.items():
        some = names[:_MOST_NAMES]
        if left := len(names) - len(some):
            some.append(f"en nog {left}")
        sentences.append(f"{_first_upper(kind)}: {escaped(', '.join(some))}.")
    return " ".join(sentences)


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


def _body(listed: list[Row], left_out: set[int], pair: Pair) -> Iterator[str]:
    """Changed rows, the text that leads in to them, and the rest folded."""
    shown = {number for number, row in enumerate(listed) if row.changed}
    shown |= set(_leads(listed, shown))
    if any(listed[n].olds and listed[n].news and listed[n].changed for n in shown - left_out):
        yield (
            f'<div class="koppen" aria-hidden="true"><div>Was ({escaped(pair.old_label)})</div>'
            f"<div>Wordt ({escaped(pair.new_label)})</div></div>"
        )
    if not shown - left_out:
        yield "<p>De tekst zelf is niet gewijzigd.</p>"
    folded: list[Row] = []
    for number, row in enumerate(listed):
        if number in left_out:
            continue
        if number not in shown:
            folded.append(row)
            continue
        yield from _folded(folded)
        folded = []
        yield _row(row)
    yield from _folded(folded)


def _leads(listed: list[Row], changed: set[int]) -> Iterator[int]:
    """The rows with a colon at their end that changed ones stand under."""
    above: list[int] = []
    for number, row in enumerate(listed):
        if row.form is Form.KOP:
            above.clear()
            continue
        while above and listed[above[-1]].depth >= row.depth:
            above.pop()
        if number in changed:
            yield from (n for n in above if listed[n].both[-1].text.endswith(":"))
        if row.both and row.form is not Form.LETTERLIJK:
            above.append(number)


def _folded(some: list[Row]) -> Iterator[str]:
    """Text that did not change: as it is when it is short, else behind a line that says so."""
    some = [row for row in some if [each.text for each in row.wordt] != ["+++"]]
    shown = [paragraph(each) for row in some for each in row.wordt]
    if not shown:
        return
    if len(shown) == 1 and len(some[0].wordt[0].text) <= _SHORT:
        yield f'<div class="rij stil">{shown[0]}</div>'
        return
    one, more = ("regel", "regels") if some[0].form is Form.LETTERLIJK else ("alinea", "alinea’s")
    told = f"{len(shown)} {one if len(shown) == 1 else more}"
    inside = "\n".join(shown)
    yield f"<details><summary>… {told} ongewijzigd</summary>\n{inside}\n</details>"


def _row(row: Row) -> str:
    both = "\n".join(map(paragraph, row.both))
    if not row.changed:
        return f'<div class="rij">{both}</div>'
    if not row.news:
        return f'<div class="rij weg-rij">{both}</div>'
    if not row.olds:
        return f'<div class="rij bij-rij">{both}</div>'
    was, wordt = ("\n".join(map(paragraph, side)) for side in (row.was, row.wordt))
    return (
        f'<div class="rij een">{both}</div>\n'
        f'<div class="rij twee"><div><span class="hoor">Was:</span>{was}</div>'
        f'<div><span class="hoor">Wordt:</span>{wordt}</div></div>'
    )
