"""How the site looks, on top of what every page of the program has."""

from __future__ import annotations

from typing import Final

from beleidsbeheer.render.diff.style import BASE, PAGE
from beleidsbeheer.render.forms import LISTING_STYLE, STYLE
from beleidsbeheer.render.style import READING

_SITE: Final = """
html { scroll-padding-top: 1rem; }
body { max-width: 50rem; font-size: 1.125rem; line-height: 1.6; margin: 0 auto; }
.kop { display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem 1.5rem; border-bottom: 3px solid var(--link);
       padding: 1rem 0 .5rem; margin-bottom: 1.5rem; }
.kop .huis { font-weight: 700; margin-right: auto; }
.kop ul { list-style: none; display: flex; flex-wrap: wrap; gap: 0 1.25rem; margin: 0; padding: 0; }
.kop li { margin: 0; }
.kop a { display: inline-block; padding: .375rem 0; min-height: 1.5rem; }
.kop a[aria-current] { font-weight: 700; text-decoration: none; }
.voet { border-top: 1px solid var(--rand); margin-top: 3rem; padding: 1rem 0 2rem; font-size: .9375rem; color: var(--stil); }
.voet code, .afdruk { font-family: ui-monospace, monospace; font-size: .9375em; overflow-wrap: anywhere; }
h1 { margin-bottom: .25rem; }
h2 { margin-top: 2.25rem; }
.stand { font-size: 1.1875rem; font-weight: 700; margin: .25rem 0 .75rem; }
.let-op { border: 1px solid var(--rand); border-left: .5rem solid var(--weg); background: var(--zacht); padding: .75rem 1rem;
          margin: 1rem 0; }
.bericht { border: 1px solid var(--rand); border-left: .5rem solid var(--link); background: var(--zacht); padding: .75rem 1rem;
           margin: 1rem 0; }
.let-op p, .bericht p { margin: .25rem 0; }
.lijst { list-style: none; padding: 0; margin: 1rem 0; }
.lijst > li { border-top: 1px solid var(--rand); padding: .75rem 0; }
.lijst > li:last-child { border-bottom: 1px solid var(--rand); }
.lijst .naam { font-size: 1.1875rem; font-weight: 700; }
.lijst p { margin: .125rem 0; }
.inhoud ol, .inhoud ul { list-style: none; padding-left: 0; margin: .5rem 0; }
.inhoud li { margin: 0; }
.inhoud ol ol { padding-left: 1.25rem; margin: 0; }
.inhoud a { display: inline-block; padding: .25rem 0; }
.inhoud summary { font-size: 1.125rem; font-weight: 700; color: inherit; }
.reglement section { scroll-margin-top: 1rem; }
.reglement li { margin: .5rem 0; scroll-margin-top: 1rem; }
.reglement ol, .reglement ul { padding-left: 1.5rem; }
.reglement ol[role=list], .reglement ul[role=list] { padding-left: 0; }
.reglement li.nr { list-style: none; position: relative; padding-left: 2.5rem; }
.reglement li.nr > .merk { position: absolute; left: 0; }
.reglement li.nr > .merk a { display: inline-block; min-width: 1.75rem; min-height: 1.5rem; color: inherit; text-decoration: none; }
.reglement li.nr > .merk a:hover { text-decoration: underline; }
.reglement li.nr > .merk + p { margin-top: 0; }
.reglement .zelf { color: inherit; text-decoration: none; }
.reglement .zelf:hover { text-decoration: underline; }
.reglement .begrip { color: inherit; text-decoration: underline dotted; text-underline-offset: .2em; }
.reglement :target { outline: 3px solid var(--link); outline-offset: .375rem; }
.reglement h3 { margin: 1.5rem 0 .25rem; } .reglement .hoofdstuk + .artikel h3 { margin-top: 1rem; }
.reglement h4 { margin: 1.25rem 0 .25rem; }
.reglement pre { white-space: pre-wrap; background: var(--zacht); padding: .5rem .75rem; }
.reglement blockquote { margin: .75rem 0; padding-left: 1rem; border-left: .25rem solid var(--rand); }
.rechts { text-align: right; } .midden { text-align: center; }
.herkomst { font-size: 1rem; border-left: 1px solid var(--rand); padding-left: .75rem; margin: .75rem 0 0; }
.herkomst summary { padding: .25rem 0; }
.herkomst ul { padding-left: 1.25rem; margin: .25rem 0; }
label { font-weight: 700; display: block; margin: 1rem 0 .25rem; }
input { font: inherit; color: inherit; background: var(--vlak); border: 2px solid var(--rand); border-radius: .25rem;
        padding: .5rem .625rem; width: 100%; max-width: 24rem; }
input:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
mark { background: var(--bij-vlak); color: var(--bij); font-weight: 700; }
pre.opdracht { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--zacht); padding: .75rem 1rem; font-size: .9375rem; }
@media screen and (min-width: 44rem) {
  .inhoud > details > ol { column-width: 20rem; column-gap: 2rem; }
  .inhoud > details > ol > li { break-inside: avoid; }
}
[hidden] { display: none; }
.reglement td::before { content: none; }
@media screen and (max-width: 44rem) {
  .reglement thead { position: static; }
  .reglement table { display: table; } .reglement tbody { display: table-row-group; }
  .reglement tr { display: table-row; } .reglement td, .reglement th { display: table-cell; border: 1px solid var(--rand); }
  .reglement li.nr { padding-left: 2rem; }
}
@media print {
  .kop ul, .spring, .inhoud, .herkomst, .niet-op-papier { display: none; }
  body { font-size: 11pt; }
  .reglement a { color: inherit; text-decoration: none; }
  .reglement section { break-inside: avoid-page; }
}
"""

SHEET: Final = STYLE + LISTING_STYLE + READING + _SITE
COMPARE: Final = (
    BASE
    + PAGE
    + _SITE
    + """
body { max-width: 76rem; }
header.kop, header.kop nav { max-width: none; }
header.kop ul { column-width: auto; }
header.kop a:not([aria-current]) { text-decoration: underline; padding: .375rem 0; }
header.kop li, header.kop li:last-child { border: 0; }
"""
)
