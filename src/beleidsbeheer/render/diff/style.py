"""How the pages that show a difference look: on a phone, on a desk, in the dark and on paper.

No colour says anything alone: what was struck has a line through it and stands in [− ], what came
is bold and underlined and stands in [+ ].
"""

from __future__ import annotations

from typing import Final

from beleidsbeheer.render.style import GRID, READING, SHEET

BASE: Final = (
    SHEET
    + READING
    + """
del { color: var(--weg); background: var(--weg-vlak); text-decoration: none; }
ins { color: var(--bij); background: var(--bij-vlak); text-decoration: none; font-weight: 700; }
del, ins { unicode-bidi: isolate; padding: 0 .1em; border-radius: .15em; box-decoration-break: clone; }
del .tekst { text-decoration: line-through; }
ins .tekst { text-decoration: underline; text-decoration-thickness: .1em; text-underline-offset: .2em; }
.haak { font-weight: 400; }
.item { display: flex; gap: .5rem; }
.item > .nr { flex: none; min-width: 1.375rem; }
.item > .woorden { flex: 1; min-width: 0; }
.d1 { margin-left: 1.25rem; } .d2 { margin-left: 2.5rem; } .d3 { margin-left: 3.5rem; } .d4 { margin-left: 4.5rem; }
.letterlijk { font-family: ui-monospace, monospace; font-size: .9375rem; white-space: pre-wrap; margin: .125rem 0; }
.heel { border-left: .25rem solid; padding: .25rem .375rem .25rem .5rem; }
.heel del, .heel ins { background: none; padding: 0; font-weight: 400; }
.heel.bij { border-color: var(--bij); background: var(--bij-vlak); color: var(--bij); }
.heel.weg { border-color: var(--weg); border-left-style: double; background: var(--weg-vlak); color: var(--weg); }
.heel ins .tekst { text-decoration: none; }
.heel.item > ins, .heel.item > del { flex: 1; min-width: 0; }
.heel.item .tekst { display: flex; gap: .5rem; }
.heel .nr { flex: none; min-width: 1.375rem; }
.heel .woorden { flex: 1; min-width: 0; }
code { font-family: ui-monospace, monospace; font-size: .9375em; }
@media print {
  .spring { display: none; }
  del, ins { print-color-adjust: exact; }
}
"""
)

PAGE: Final = """
nav ul { list-style: none; padding: 0; margin: .5rem 0; }
nav li { border-top: 1px solid var(--rand); }
nav li:last-child { border-bottom: 1px solid var(--rand); }
nav a { display: block; padding: .625rem .25rem; text-decoration: none; }
.naam { text-decoration: underline; }
nav .stil { display: block; font-size: .9375rem; }
article { border-top: 2px solid var(--rand); padding: 1rem 0 .5rem; margin: 1rem 0 0; }
.soort { margin: .25rem 0 .5rem; }
.soort b { border: 1px solid var(--rand); border-radius: .25rem; padding: .05rem .4rem; background: var(--zacht);
           font-weight: 700; }
.uitleg, .toelichting { background: var(--zacht); padding: .625rem .75rem; border-radius: .25rem; }
.plek { border: 1px dashed var(--rand); padding: .5rem .75rem; margin: 1rem 0; }
.rij { margin: .5rem 0; }
details { margin: .5rem 0; }
summary { cursor: pointer; color: var(--stil); padding: .375rem 0; }
details[open] { border-left: 1px solid var(--rand); padding-left: .75rem; }
.doel { font-size: .875em; word-break: break-all; }
.twee, .koppen { display: none; }
@media screen and (min-width: 64rem) {
  body { max-width: 76rem; }
  header, nav, .smal { max-width: 46rem; }
  .alleen-een { max-width: 46rem; }
  nav ul { column-width: 20rem; column-gap: 2rem; }
  nav li { break-inside: avoid; }
  .een { display: none; }
  .twee, .koppen { display: grid; grid-template-columns: 1fr 1fr; gap: 2rem; }
  .koppen { font-weight: 700; border-bottom: 1px solid var(--rand); padding: .25rem 0; color: var(--stil); }
  .rij.bij-rij { margin-left: calc(50% + 1rem); }
  .rij.weg-rij { margin-right: calc(50% + 1rem); }
}
@media print {
  nav a, .plek a, .soort a { color: inherit; }
  nav a { padding: .2rem 0; }
  article { padding-top: .5rem; }
  .rij, .heel, .plek, .kop-en-soort { break-inside: avoid; }
  .kop-en-soort, .inleiding, .toelichting, summary { break-after: avoid; }
  summary { list-style: none; }
  details::details-content { content-visibility: visible; block-size: auto; height: auto; }
}
"""

TABLE: Final = (
    GRID
    + """
table { table-layout: fixed; }
td p { margin: 0 0 .5rem; } td p:last-child { margin: 0; }
body { max-width: 78rem; }
th { width: 32%; } th:first-child { width: 17%; } th:last-child { width: 19%; }
@media screen and (max-width: 44rem) {
  tbody th:first-child { width: auto; }
  td::before { display: block; }
  td:empty { display: none; }
}
@media print {
  table { width: 99.5%; } th, td { font-size: .9375rem; }
  tr { break-inside: auto; } td p { break-inside: avoid; }
}
"""
)
