"""A regulation as Markdown: its elements, their keys and their lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from beleidsbeheer.domain.document import Document, Element, Kind, parse, print_document

FOLDER = Path(__file__).parent.parent / "reglement" / "privacyreglement"


@pytest.fixture(scope="module")
def lovk() -> Document:
    frozen = FOLDER / "versies" / "0.2.md"
    return parse((frozen if frozen.exists() else FOLDER / "reglement.md").read_bytes())


def read(text: str) -> Document:
    return parse(text.encode("utf-8"))


def tree(document: Document) -> list[str]:
    """Every element on a line: kind, key, first and last line."""
    return [
        f"{e.kind} {e.key or '-'} {e.first_line}-{e.last_line}"
        for top in document.elements
        for e in top.walk()
    ]


def found(document: Document, key: str) -> Element:
    element = document.find(key)
    assert element is not None, f"{key} is not among {[e.key for e in document.walk() if e.key]}"
    return element


# --- the LOVK regulation ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "kind", "mark", "words"),
    [
        ("14.1.b", Kind.ONDERDEEL, "b.", "LOVK verbetert de persoonsgegevens"),
        ("14.1.a", Kind.ONDERDEEL, "a.", "- de verwerkingsdoeleinden;"),
        ("14.1.e", Kind.ONDERDEEL, "e.", "eventuele ontvangers"),
        ("14.2", Kind.LID, "2.", "uiterlijk binnen een maand"),
        ("14.3", Kind.LID, "3.", "te allen tijden"),
        ("15.h", Kind.ONDERDEEL, "h)", "gegevensoverdraagbaarheid"),
        ("4.1.k", Kind.ONDERDEEL, "k.", "juridische procedures"),
        ("7.a", Kind.ONDERDEEL, "a.", "openbaar gezag"),
        ("10.a", Kind.ONDERDEEL, "a.", "de verwerker die van LOVK"),
        ("3.2.c", Kind.ONDERDEEL, "c.", "rechtmatig, transparant en behoorlijk"),
        ("2.betrokkene", Kind.DEFINITIE, "", "Degene op wie een persoonsgegeven"),
        ("2.bevoegd-gezag", Kind.DEFINITIE, "", "LOVK, de verwerkingsverantwoordelijke"),
        ("20", Kind.ARTIKEL, "20", "privacyreglement van LOVK"),
    ],
)
def test_lovk_keys(lovk: Document, key: str, kind: Kind, mark: str, words: str) -> None:
    element = found(lovk, key)
    assert (element.kind, element.mark) == (kind, mark)
    assert words in lovk.text(element)


def test_lovk_as_a_whole(lovk: Document) -> None:
    assert [article.key for article in lovk.articles] == [str(n) for n in range(1, 21) if n != 8]
    assert found(lovk, "7").heading == "Grondslag verwerking"
    assert lovk.title == lovk.front.titel == "Privacyreglement LOVK"
    assert lovk.front.citeertitel == "privacyreglement van LOVK"
    assert lovk.front.raakt == ("personeelsgegevens", "leerlinggegevens", "oudergegevens")
    assert sum(element.kind is Kind.STREEPJE for element in lovk.walk()) == 10
    assert not [element.key for element in lovk.walk() if "~" in element.key]
    assert print_document(lovk) == lovk.source


def test_a_subheading_belongs_to_the_lid_it_stands_in_and_not_to_the_one_before_it(
    lovk: Document,
) -> None:
    kinds = [(child.kind, child.heading or child.key) for child in found(lovk, "14").children]
    assert kinds == [
        (Kind.LID, "14.1"),
        (Kind.TUSSENKOP, "Procedure"),
        (Kind.LID, "14.2"),
        (Kind.TUSSENKOP, "Intrekken toestemming"),
        (Kind.LID, "14.3"),
    ]
    inside = [child.heading or child.key for child in found(lovk, "14.1").children]
    assert inside[:3] == ["Inzage", "14.1.a", "Verbetering, aanvulling, verwijdering"]


# --- trees -----------------------------------------------------------------------------------------

EVERYTHING = """\
+++
titel = "Proef"
eigenaar = {naam = "bestuur"}
+++

# Proefreglement

Vooraf.

## Hoofdstuk 2. Online

### Artikel 13a. Online lessen

Aanhef.

1. Eerste lid.

   Nog van het eerste lid.

2. Tweede lid:
   - a. onderdeel
     - 1°. dieper
     - streepje
   - b) ander onderdeel

#### Tussenkop

- c. onder de tussenkop

Slot van het tweede lid.

## Bijlage 1

1. Niet aan te halen
"""


def test_every_kind_has_its_key_and_lines() -> None:
    assert tree(read(EVERYTHING)) == [
        "anders - 6-9",
        "alinea - 8-9",
        "hoofdstuk hoofdstuk-2 10-31",
        "artikel 13a 12-31",
        "alinea - 14-15",
        "lid 13a.1 16-19",
        "alinea - 18-19",
        "lid 13a.2 20-31",
        "onderdeel 13a.2.a 21-23",
        "subonderdeel 13a.2.a.1° 22-22",
        "streepje - 23-23",
        "onderdeel 13a.2.b 24-25",
        "tussenkop - 26-27",
        "onderdeel 13a.2.c 28-29",
        "alinea - 30-31",
        "anders - 32-34",
        "streepje - 34-34",
    ]


@pytest.mark.parametrize(
    ("heading", "key", "title"),
    [
        ("## Artikel 7. Grondslag", "7", "Grondslag"),
        ("### Artikel 8a Grondslag", "8a", "Grondslag"),
        ("## ARTIKEL 7: Grondslag", "7", "Grondslag"),
        ("## Artikel\u00a07 – Grondslag ##", "7", "Grondslag"),
        ("## Artikel 2.1 Grondslag", "2:1", "Grondslag"),
        ("## Artikel 8", "8", ""),
        ("Artikel 7. Grondslag\n---", "7", "Grondslag"),
    ],
)
def test_article_headings(heading: str, key: str, title: str) -> None:
    element = found(read(heading + "\n"), key)
    assert (element.kind, element.heading) == (Kind.ARTIKEL, title)


@pytest.mark.parametrize(
    "text",
    [
        "# Artikel 7",
        "#### Artikel 7",
        "##Artikel 7",
        "## Artikel 7abc",
        "## Artikelen 7 en 8",
        "```\n## Artikel 7\n```",
        "~~~\n## Artikel 7",
        "<!--\n## Artikel 7\n-->",
        "<div>\n## Artikel 7\n</div>",
        "    ## Artikel 7",
        "> ## Artikel 7",
        "- ## Artikel 7",
        "\\## Artikel 7",
    ],
)
def test_what_is_no_article(text: str) -> None:
    assert read(text).articles == ()


@pytest.mark.parametrize(
    ("item", "kind", "mark", "key"),
    [
        ("- a. tekst", Kind.ONDERDEEL, "a.", "1.a"),
        ("* a) tekst", Kind.ONDERDEEL, "a)", "1.a"),
        ("- aa. tekst", Kind.ONDERDEEL, "aa.", "1.aa"),
        ("- iv. tekst", Kind.ONDERDEEL, "iv.", "1.iv"),
        ("- a.", Kind.ONDERDEEL, "a.", "1.a"),
        ("- 1°. tekst", Kind.SUBONDERDEEL, "1°.", "1.1°"),
        ("- 1° tekst", Kind.SUBONDERDEEL, "1°", "1.1°"),
        ("1. tekst", Kind.LID, "1.", "1.1"),
        ("07) tekst", Kind.LID, "07)", "1.7"),
        ("- **Derde** een ander", Kind.DEFINITIE, "", "1.derde"),
        ("- **Ouder/verzorger:** wie", Kind.DEFINITIE, "", "1.ouder-verzorger"),
        ("- **Categorieën**: alle", Kind.DEFINITIE, "", "1.categorieen"),
        ("- **…** niets", Kind.DEFINITIE, "", ""),
        ("- tekst", Kind.STREEPJE, "", ""),
        ("- bv. tekst", Kind.STREEPJE, "", ""),
        ("- a.b. tekst", Kind.STREEPJE, "", ""),
        ("- A. tekst", Kind.STREEPJE, "", ""),
        ("-", Kind.STREEPJE, "", ""),
    ],
)
def test_the_mark_decides_what_an_item_is(item: str, kind: Kind, mark: str, key: str) -> None:
    element = read(f"## Artikel 1\n\n{item}\n").articles[0].children[0]
    assert (element.kind, element.mark, element.key) == (kind, mark, key)


def test_a_list_goes_on_with_its_literal_number() -> None:
    document = read("## Artikel 1\n\n1. a\n\n- b. x\n\n2. c\n\n### Kop\n\n5. d\n")
    assert [e.key for e in document.walk() if e.key] == ["1", "1.1", "1.1.b", "1.2", "1.5"]


def test_numbers_nested_in_a_lid_are_onderdelen_and_deeper_ones_subonderdelen() -> None:
    document = read("## Artikel 1\n\n1. lid\n   1. x\n      1. y\n")
    assert [(e.kind, e.key) for e in document.walk()][2:] == [
        (Kind.ONDERDEEL, "1.1.1"),
        (Kind.SUBONDERDEEL, "1.1.1.1"),
    ]


def test_a_key_given_twice_stays_with_the_first() -> None:
    document = read("## Artikel 7. Een\n\n- a. x\n- a. y\n\n## Artikel 7. Twee\n\n- a. z\n")
    assert [e.key for e in document.walk()] == ["7", "7.a", "7.a~2", "7~2", "7~2.a"]
    assert found(document, "7").heading == "Een"
    assert document.find("8") is None
    assert document.find("") is None


def test_definitions_may_stand_in_a_table() -> None:
    document = read(
        "## Artikel 2. Begrippen\n\n| Begrip | Betekenis |\n|---|---|\n"
        "| **Verwerker** | wie verwerkt |\n| derde | een ander |\n\nSlot.\n"
    )
    assert tree(document) == [
        "artikel 2 1-8",
        "anders - 3-7",
        "definitie 2.verwerker 5-5",
        "definitie 2.derde 6-7",
        "alinea - 8-8",
    ]
    assert found(document, "2.verwerker").heading == "Verwerker"


def test_another_table_is_one_block() -> None:
    document = read("## Artikel 2\n\n| Soort | Termijn |\n|---|---|\n| foto | 1 jaar |\n")
    assert tree(document) == ["artikel 2 1-5", "anders - 3-5"]


def test_code_and_quotes_are_one_block_each() -> None:
    document = read("## Artikel 1\n\n```\n1. geen lid\n```\n\n> 1. geen lid\n\n1. lid\n")
    assert tree(document) == ["artikel 1 1-9", "anders - 3-6", "anders - 7-8", "lid 1.1 9-9"]


def test_own_lines_and_text() -> None:
    document = read("## Artikel 1\n\n1. lid\n   - a. x\n   - b. y\n2. slot")
    lid = found(document, "1.1")
    assert list(lid.own_lines) == [3]
    assert document.text(lid) == "1. lid\n   - a. x\n   - b. y\n"
    assert document.text(found(document, "1.2")) == "2. slot"


def test_a_title_stands_in_the_text_or_else_in_the_front_matter() -> None:
    assert read("# Een\n\n# Twee\n").title == "Een"
    assert read('+++\ntitel = "Voor"\n+++\ntekst\n').title == "Voor"
    assert read("tekst").title == ""


def test_nesting_too_deep_is_text_and_does_not_hide_what_follows() -> None:
    document = read("## Artikel 1\n\n" + "- " * 50 + "x\n\n## Artikel 2\n\n- a. y\n")
    assert [article.key for article in document.articles] == ["1", "2"]
    assert found(document, "2.a").first_line == 7


# --- the page for writers --------------------------------------------------------------------------


def test_the_examples_for_writers_have_the_keys_the_page_promises() -> None:
    page = (FOLDER.parent.parent / "docs" / "tekst.md").read_text(encoding="utf-8")
    regulation, article = (
        read(piece.split("\n```\n", 1)[0]) for piece in page.split("```markdown\n")[1:]
    )
    keys = ["1", "1.betrokkene", "1.wettelijk-vertegenwoordiger", "2", "2.1", "2.2", "2.2.a"]
    keys += ["2.2.a.1°", "2.2.a.2°", "2.2.b", "3"]
    assert [element.key for element in regulation.walk() if element.key] == keys
    assert regulation.front.citeertitel == "Privacyreglement"
    keys = ["14", "14.1", "14.1.a", "14.1.b", "14.2"]
    assert [element.key for element in article.walk() if element.key] == keys
