"""How every page of the program looks: its colours by day and in the dark, its letters, its tables.

tests/test_diff_page.py computes the contrasts.
"""

from __future__ import annotations

from typing import Final

LIGHT: Final = {
    "tekst": "#1a1a1a",
    "vlak": "#ffffff",
    "stil": "#4d5560",
    "rand": "#767676",
    "zacht": "#eef1f5",
    "link": "#0b4f9e",
    "weg": "#7d0f1d",
    "weg-vlak": "#fdeaea",
    "bij": "#0a4f21",
    "bij-vlak": "#e3f4e7",
}
DARK: Final = {
    "tekst": "#f2f2f2",
    "vlak": "#16181c",
    "stil": "#b9c1cc",
    "rand": "#8a929d",
    "zacht": "#2a2f37",
    "link": "#9cc7ff",
    "weg": "#ffc2c2",
    "weg-vlak": "#4a1c20",
    "bij": "#b4ebc0",
    "bij-vlak": "#153a20",
}


def _colours(colours: dict[str, str]) -> str:
    return " ".join(f"--{name}: {value};" for name, value in colours.items())


SHEET: Final = f"""
:root {{ color-scheme: light dark; {_colours(LIGHT)} }}
@media screen and (prefers-color-scheme: dark) {{ :root {{ {_colours(DARK)} }} }}
* {{ box-sizing: border-box; }}
body {{ font: 1.0625rem/1.55 system-ui, sans-serif; max-width: 46rem; margin: 1.5rem auto; padding: 0 1rem;
       color: var(--tekst); background: var(--vlak); overflow-wrap: anywhere; }}
h1 {{ font-size: clamp(1.5rem, 6vw, 2rem); line-height: 1.2; margin: 0 0 .5rem; }}
h2 {{ font-size: 1.375rem; line-height: 1.25; margin: 2rem 0 .5rem; }}
.kort {{ white-space: nowrap; }}
@media print {{
  html {{ font-size: 10pt; }}
  body {{ max-width: none; margin: 0; padding: 0; }}
  h2, h3, h4, caption {{ break-after: avoid; }}
  p {{ orphans: 3; widows: 3; }}
}}
"""

# What a page to read has besides: heads, links that show where the keyboard is, words only to be heard.
READING: Final = """
h3 { font-size: 1.1875rem; line-height: 1.3; margin: 0; }
h4 { font-size: 1.0625rem; margin: 1rem 0 .25rem; }
p { margin: .5rem 0; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.spring { position: absolute; left: -999rem; }
.spring:focus { position: static; }
.hoor { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%);
        white-space: nowrap; user-select: none; }
.stil { color: var(--stil); }
"""

# On a phone a row is a card, and each cell says what it holds.
GRID: Final = """
table { border-collapse: collapse; width: 100%; margin: 0 0 1rem; }
caption { text-align: left; font-weight: 700; font-size: 1.25rem; padding: 1rem 0 .5rem; }
th, td { border: 1px solid var(--rand); padding: .5rem .625rem; text-align: left; vertical-align: top; }
th { background: var(--zacht); }
@media screen and (max-width: 44rem) {
  thead { position: absolute; left: -999rem; }
  table, caption, tbody, tr, td, tbody th { display: block; width: auto; }
  tr { border: 1px solid var(--rand); margin: 0 0 .75rem; }
  td, tbody th { border: 0; padding: .375rem .625rem; }
  td::before { content: attr(data-kop); font-weight: 700; color: var(--stil); white-space: normal; }
}
@media print { th, td { padding: .25rem .375rem; } tr { break-inside: avoid; } }
"""
