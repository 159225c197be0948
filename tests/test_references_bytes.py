"""Where references stand, in bytes; and that no text makes the pass raise or take long."""

from __future__ import annotations

import time

from hypothesis import example, given
from hypothesis import strategies as st

from beleidsbeheer.domain.document import parse
from beleidsbeheer.domain.references.documents import named_documents
from beleidsbeheer.domain.references.resolve import resolve
from beleidsbeheer.domain.references.scan import references
from beleidsbeheer.errors import DocumentError

WORDS = st.sampled_from(
    [
        "artikel",
        "artikelen",
        "art.",
        "lid",
        "leden",
        "onder",
        "onderdeel",
        "sub",
        "eerste",
        "tweede",
        "2e",
        "vorige",
        "dit",
        "dat",
        "van",
        "de",
        "het",
        "en",
        "of",
        ",",
        ";",
        ".",
        "(",
        ")",
        "-",
        "1",
        "2a",
        "4:17",
        "1°",
        "a",
        "b",
        "ii",
        "IV",
        "§",
        "AVG",
        "Wet",
        "op",
        "Besluit",
        "hoofdstuk",
        "bijlage",
        "tot\xa0en\xa0met",
        "t/m",
        "aanhef",
        "volzin",
        "protocol",
        "datalekken",
        "klachtenregeling",
        "##",
        "*",
        "_",
        "[",
        "](",
        "\n",
        "\n\n",
        "\r\n",
        "é",
        "İ",
        "𝔞",
        "«",
        "»",
    ]
)
SOUP = st.lists(WORDS, max_size=60).map(" ".join)


@given(st.one_of(st.text(), SOUP))
@example("İartikel 5 van de Algemene Verordening Gegevensbescherming")
@example("artikel 1\rlid 2\r\nonder a")
def test_any_text_is_read_and_places_are_exact(text: str) -> None:
    data = text.encode("utf-8", "replace")
    text = data.decode("utf-8")
    end = 0
    for found in references(text):
        assert end <= found.start < found.end
        assert found.targets
        end = found.end
        before = data[: found.start].decode("utf-8")
        breaks = before.count("\n") + before.count("\r") - before.count("\r\n")
        assert found.line == breaks + 1
        last = max(before.rfind("\n"), before.rfind("\r")) + 1
        assert found.column == len(before) - last + 1


@given(SOUP)
def test_any_document_is_resolved(text: str) -> None:
    data = f"# Reglement\n\n## Artikel 1\n\n1. {text}\n\n## Artikel 2a\n\n- a. {text}\n".encode()
    try:
        document = parse(data)
    except DocumentError:
        return
    for link in resolve(document):
        assert link.hits
        for hit in link.hits:
            element = document.find(hit.key)
            assert not hit.line or element is None or element.first_line == hit.line
    for named in named_documents(document):
        assert data[named.start : named.end].decode("utf-8").split() == named.quote.split()


def test_time_grows_with_the_text_and_no_faster() -> None:
    hostile = [
        "artikel 1 van ",
        "het eerste lid van ",
        "eerste, ",
        "artikelen 1 tot en met 99, ",
        "onder a, b, ",
        "Wet op de ",
        "AVG, artikel ",
        "](x) ",
        "* ",
        "xprotocol",
        "protocol en ",
        "dit artikel ",
    ]
    for piece in hostile:
        small, large = (_seconds(piece * (size // len(piece))) for size in (20_000, 160_000))
        assert large < 30 * small + 0.5, piece


def _seconds(text: str) -> float:
    document = parse(f"## Artikel 1\n\n{text}".encode())
    start = time.process_time()
    resolve(document)
    named_documents(document)
    return time.process_time() - start
