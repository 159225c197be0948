"""References that renumbering silently turned to something else."""

from __future__ import annotations

from beleidsbeheer.domain.document import parse
from beleidsbeheer.domain.references.drift import drifted
from beleidsbeheer.domain.references.resolve import resolve

OLD = """# Reglement

## Artikel 1. Gronden

De school leent spullen uit:

- a. aan leerlingen die een boek zijn vergeten;
- b. aan ouders die helpen bij een feest;
- c. aan buren met een ladder.

## Artikel 2. Terugbrengen

1. Wie leent op grond van artikel 1 onder a of artikel 1 onder b, brengt het op tijd terug.

2. Wie dat niet doet, krijgt een brief zoals bedoeld in het eerste lid.

## Artikel 3. Brief

De brief, bedoeld in artikel 2 lid 2, is vriendelijk.
"""
INSERTED = OLD.replace(
    "- b. aan ouders die helpen bij een feest;\n- c. aan buren",
    "- b. aan meesters en juffen die krijt nodig hebben;\n"
    "- c. aan ouders die helpen bij een feest;\n- d. aan buren",
)


def found(before: str, after: str) -> list[tuple[str, str, str]]:
    """The words, the key that they name now, and the key of what they named."""
    old, new = parse(before.encode()), parse(after.encode())
    drifts = drifted(old, new, resolve(new))
    return [(each.link.reference.quote, each.hit.key, each.moved_to) for each in drifts]


def test_an_onderdeel_put_before_it() -> None:
    assert found(OLD, INSERTED) == [("artikel 1 onder b", "1.b", "1.c")]


def test_a_reference_that_went_along_is_fine() -> None:
    assert found(OLD, INSERTED.replace("artikel 1 onder b", "artikel 1 onder c")) == []


def test_two_references_that_both_went_along_are_fine() -> None:
    old = OLD.replace("artikel 1 onder a of", "artikel 1 onder c of")
    new = INSERTED.replace("artikel 1 onder a of", "artikel 1 onder d of")
    assert found(old, new.replace("artikel 1 onder b", "artikel 1 onder c")) == []
    assert found(old, new) == [("artikel 1 onder b", "1.b", "1.c")]


def test_words_that_are_new_mean_what_they_say() -> None:
    new = INSERTED.replace("is vriendelijk.", "is vriendelijk, behalve bij artikel 1 onder c.")
    assert ("artikel 1 onder c", "1.c", "1.d") not in found(OLD, new)


def test_a_lid_put_before_it_and_the_relative_reference() -> None:
    new = OLD.replace(
        "1. Wie leent", "1. De school schrijft alles in een schrift op.\n\n2. Wie leent"
    ).replace("2. Wie dat niet", "3. Wie dat niet")
    assert found(OLD, new) == [
        ("eerste lid", "2.1", "2.2"),
        ("artikel 2 lid 2", "2.2", "2.3"),
    ]


def test_a_whole_article_that_was_renumbered() -> None:
    new = OLD.replace("## Artikel 3. Brief", "## Artikel 4. Brief")
    new = new.replace("## Artikel 2. Terugbrengen", "## Artikel 3. Terugbrengen")
    new = new.replace(
        "## Artikel 3. Terug",
        "## Artikel 2. Kast\n\n1. Er is een kast met een slot.\n\n2. De sleutel ligt bij de balie.\n\n"
        "## Artikel 3. Terug",
    )
    assert found(OLD, new) == [("artikel 2 lid 2", "2.2", "3.2")]


def test_another_place_that_did_not_move_is_fine() -> None:
    new = OLD.replace("is vriendelijk.", "is vriendelijk en kort.")
    assert found(OLD, new) == []
    assert found(OLD, OLD) == []
