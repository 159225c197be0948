"""The text of a regulation as people read it: safe HTML, with an address for every artikel, lid and onderdeel.

    told = reading(parse(data))
    told.body()                     # a fragment of HTML; the title is left out, the page has it
    told.anchors["14.1.b"]          # "artikel-14-lid-1-onder-b"
    told.contents                   # the table of contents

``anchors`` gives the addresses, ``tokens`` puts them in the Markdown as it was parsed, ``words`` is how a
piece of text is written, ``text`` puts it together, and ``linked`` makes its references links. Nothing in a text can make the page do or fetch anything.
"""

from beleidsbeheer.render.reading.anchors import Entry
from beleidsbeheer.render.reading.references import linked
from beleidsbeheer.render.reading.text import Reading, Section, reading
from beleidsbeheer.render.reading.words import Link

__all__ = ["Entry", "Link", "Reading", "Section", "linked", "reading"]
