"""Amending decisions: what they say, that they give the new text exactly, and what they refuse."""

from __future__ import annotations

import random
import re
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beleidsbeheer.domain.amendment import apply, decision
from beleidsbeheer.domain.terms import with_article

VERSIONS = Path(__file__).parent.parent / "reglement/privacyreglement/versies"

OLD = """+++
titel = "Cameraregeling"
+++

# Cameraregeling De Linde

Deze regeling geldt voor alle gebouwen.

## Hoofdstuk 1. Algemeen

## Artikel 1. Begrippen

- **Beeld** Een opname van een camera.
- **Beheerder** De conciërge die de camera's bedient.

## Artikel 2. Doel

De school gebruikt camera's om mensen en eigendommen te beschermen.

## Hoofdstuk 2. Beelden

## Artikel 3. Bewaren

1. De beheerder bewaart beelden ten hoogste vier weken.

2. Na een incident bewaart de beheerder de beelden tot het is afgehandeld.

3. De beheerder houdt een lijst bij van bewaarde beelden.

4. De directeur ziet die lijst elk jaar in.

## Artikel 4. Inzage

1. Beelden mogen worden gezien door:
   - a. de directeur;
   - b. de beheerder, als de directeur daarom vraagt, waarbij:
     - 1°. de beheerder niet alleen is;
     - 2°. geen kopie wordt gemaakt.
   - c. de politie.

2. Een betrokkene mag vragen om inzage. De directeur beslist binnen een maand.

## Artikel 5. Klachten

Wie een klacht heeft, gaat naar de directeur. De klachtenregeling van de school geldt.

## Artikel 6. Slot

Deze regeling heet: Cameraregeling De Linde.
"""
ARTICLE_5 = OLD[OLD.index("## Artikel 5") : OLD.index("## Artikel 6")]


def was(*changes: tuple[str, str]) -> str:
    """The old text with these words, each of which it has once, replaced."""
    text = OLD
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text


def drafted(old: str, new: str) -> str:
    """The amendments alone; the decision must give the new text."""
    text = decision(old.encode(), new.encode())
    assert apply(text, old.encode()) == new.encode()
    assert apply(text.replace("\n", "\r\n").encode(), old.encode()) == new.encode()
    return text.split("\n", 6)[6].strip("\n")


# --- what they say --------------------------------------------------------------------------------------

CASES = {
    "words, and a sentence that is mostly new": (
        was(
            ("ten hoogste vier weken", "ten hoogste twee weken"),
            ("binnen een maand", "zo snel mogelijk, en in ieder geval binnen twee weken"),
        ),
        """A. In artikel 3, eerste lid, wordt “vier weken” vervangen door “twee weken”.

B. Artikel 4, tweede lid, komt te luiden:

```tekst
2. Een betrokkene mag vragen om inzage. De directeur beslist zo snel mogelijk, en in ieder geval binnen twee weken.
```""",
    ),
    "most of an onderdeel": (
        was(("c. de politie.", "c. de politie en de rechter-commissaris.")),
        """A. Artikel 4, eerste lid, onder c, komt te luiden:

```tekst
   - c. de politie en de rechter-commissaris.
```""",
    ),
    "before words of a subonderdeel": (
        was(("2°. geen kopie", "2°. zonder toestemming geen kopie")),
        """A. In artikel 4, eerste lid, onder b, onder 2°, wordt vóór “geen kopie” ingevoegd “zonder toestemming”.""",
    ),
    "the head of an onderdeel": (
        was((", als de directeur daarom vraagt, waarbij", ", waarbij")),
        """A. Artikel 4, eerste lid, onder b, aanhef, komt te luiden:

```tekst
   - b. de beheerder, waarbij:
```""",
    ),
    "a lid in between": (
        was(
            ("2. Na een", "2. Beelden van de kleedkamer worden niet bewaard.\n\n3. Na een"),
            ("3. De beheerder houdt", "4. De beheerder houdt"),
            ("4. De directeur ziet", "5. De directeur ziet"),
        ),
        """A. In artikel 3 wordt, onder vernummering van het tweede tot en met vierde lid tot derde tot en met vijfde lid, na het eerste lid een lid ingevoegd, luidende:

```tekst
2. Beelden van de kleedkamer worden niet bewaard.
```""",
    ),
    "a lid goes": (
        was(
            ("2. Na een incident bewaart de beheerder de beelden tot het is afgehandeld.\n\n", ""),
            ("3. De beheerder houdt", "2. De beheerder houdt"),
            ("4. De directeur ziet", "3. De directeur ziet"),
        ),
        """A. Artikel 3, tweede lid, vervalt, onder vernummering van het derde en vierde lid tot tweede en derde lid.""",
    ),
    "a lid at the end": (
        was(("elk jaar in.\n", "elk jaar in.\n\n5. De lijst is openbaar.\n")),
        """A. Aan artikel 3 wordt een lid toegevoegd, luidende:

```tekst
5. De lijst is openbaar.
```""",
    ),
    "an artikel goes": (
        was((ARTICLE_5, ""), ("Artikel 6. Slot", "Artikel 5. Slot")),
        """A. Artikel 5 vervalt.

B. Artikel 6 wordt vernummerd tot artikel 5.""",
    ),
    "an artikel in between": (
        was(
            (
                "## Artikel 6. Slot",
                "## Artikel 5a. Toezicht\n\nDe raad krijgt elk jaar een verslag.\n\n## Artikel 6. Slot",
            )
        ),
        """A. Na artikel 5 wordt een artikel ingevoegd, luidende:

```tekst
## Artikel 5a. Toezicht

De raad krijgt elk jaar een verslag.
```""",
    ),
    "an artikel moves": (
        was((ARTICLE_5, ""), ("## Artikel 3.", ARTICLE_5 + "## Artikel 3.")),
        """A. Artikel 5 wordt verplaatst naar vóór artikel 3.""",
    ),
    "an artikel anew": (
        was(
            (
                "De school gebruikt camera's om mensen en eigendommen te beschermen.",
                "Camera's hangen er alleen voor de veiligheid.",
            )
        ),
        """A. Artikel 2 komt te luiden:

```tekst
## Artikel 2. Doel

Camera's hangen er alleen voor de veiligheid.
```""",
    ),
    "one word everywhere": (
        OLD.replace("directeur", "rector"),
        """A. In artikel 3, vierde lid, wordt “directeur” vervangen door “rector”.

B. Artikel 4, eerste lid, onder a, komt te luiden:

```tekst
   - a. de rector;
```

C. In artikel 4, eerste lid, onder b, aanhef, wordt “directeur” vervangen door “rector”.

D. In artikel 4, tweede lid, wordt “directeur” vervangen door “rector”.

E. In artikel 5 wordt “directeur” vervangen door “rector”.""",
    ),
    "headings": (
        was(
            ("Artikel 4. Inzage", "Artikel 4. Inzage en afschrift"),
            ("Hoofdstuk 2. Beelden", "Hoofdstuk 2. Beelden en lijsten"),
        ),
        """A. In het opschrift van hoofdstuk 2 wordt na “Beelden” ingevoegd “en lijsten”.

B. In het opschrift van artikel 4 wordt na “Inzage” ingevoegd “en afschrift”.""",
    ),
    "formatting": (
        was(("ten hoogste vier weken", "ten hoogste **vier** weken")),
        """A. Artikel 3, eerste lid, komt te luiden:

```tekst
1. De beheerder bewaart beelden ten hoogste **vier** weken.
```""",
    ),
    "front matter and text outside": (
        was(
            ("voor alle gebouwen", "voor alle gebouwen en het plein"),
            ('"Cameraregeling"', '"Regeling camera\'s"'),
        ),
        """A. Het kopblok komt te luiden:

```tekst
+++
titel = "Regeling camera's"
+++
```

B. In de tekst vóór hoofdstuk 1 wordt na “gebouwen” ingevoegd “en het plein”.""",
    ),
    "an onderdeel in between": (
        was(("   - c. de politie.", "   - c. de ouder van een leerling;\n   - d. de politie.")),
        """A. In artikel 4, eerste lid, wordt, onder verlettering van onderdeel c tot onderdeel d, na onderdeel b een onderdeel ingevoegd, luidende:

```tekst aansluitend
   - c. de ouder van een leerling;
```""",
    ),
    "a definition": (
        was(("De conciërge die", "De conciërge of de teamleider die")),
        """A. In artikel 1, begrip “Beheerder”, wordt na “conciërge” ingevoegd “of de teamleider”.""",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_it_reads_as_drafters_write(name: str) -> None:
    new, words = CASES[name]
    assert drafted(OLD, new) == words


def test_the_same_words_several_times_in_one_element() -> None:
    old = "## Artikel 1\n\nDe leraar vraagt het. De leraar wacht een week. De leraar noteert het antwoord.\n"
    words = "A. In artikel 1 wordt “leraar” telkens vervangen door “docent”."
    assert drafted(old, old.replace("leraar", "docent")) == words


def test_numbers_in_a_row_are_one_sentence() -> None:
    old = "".join(
        f"## Artikel {n}\n\nWoorden die bij nummer {n * 7} horen.\n\n" for n in range(1, 30)
    )
    new = re.sub("Artikel ([0-9]+)", lambda found: f"Artikel {int(found[1]) + 2}", old)
    words = "A. De artikelen 1 tot en met 29 worden vernummerd tot de artikelen 3 tot en met 31."
    assert drafted(old, new) == words


def test_an_artikel_that_is_moved_renumbered_and_amended() -> None:
    moved = ARTICLE_5.replace("Artikel 5", "Artikel 2a").replace("gaat naar", "gaat eerst naar")
    said = drafted(OLD, was((ARTICLE_5, ""), ("## Hoofdstuk 2", moved + "## Hoofdstuk 2")))
    assert "In artikel 5 wordt" in said
    assert "Artikel 5 wordt vernummerd tot artikel 2a." in said
    assert "Artikel 5 wordt verplaatst naar na artikel 2." in said


def test_the_real_pair_of_versions() -> None:
    old, new = (VERSIONS / name for name in ("0.2.md", "0.3.md"))
    text = decision(old.read_bytes(), new.read_bytes(), "Wijziging\n van het  privacyreglement")
    assert apply(text, old.read_bytes()) == new.read_bytes()
    front = new.read_text(encoding="utf-8").split("\n\n", 1)[0]
    article = new.read_text(encoding="utf-8").partition("## Artikel 13a")[2].partition("\n\n## ")[0]
    assert (
        text
        == f"""# Wijziging van het privacyreglement

Dit besluit wijzigt de tekst met afdruk (sha256) `{sha256(old.read_bytes()).hexdigest()}`.

De gewijzigde tekst heeft afdruk (sha256) `{sha256(new.read_bytes()).hexdigest()}`.

A. Het kopblok komt te luiden:

```tekst
{front}
```

B. Na artikel 13 wordt een artikel ingevoegd, luidende:

```tekst
## Artikel 13a{article}
```
"""
    )


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (OLD.replace("\n", "\r\n"), "Het reglement komt te luiden:\n\n```tekst crlf\n"),
        (OLD.rstrip("\n"), "```tekst zonder-regeleinde\n"),
        (was(("vier weken", "vier\u202eweken")), "```tekst codes\n"),
        (was(("vier weken", "`` vier `` weken")), "```tekst\n1. De"),
        (was(("vier weken.", "vier\n\n   ```` weken.")), "`````tekst\n1. De"),
        (was(("camera's om", "camera's  om")), "Artikel 2 komt te luiden:"),
        (was(("vier weken.\n", "vier weken.\n\n")), "tekst met-witregels\n1. De"),
        (OLD, "Er wijzigt niets."),
    ],
    ids=["crlf", "open end", "codes", "ticks", "fences", "space", "blank line", "nothing"],
)
def test_what_sentences_cannot_say(new: str, words: str) -> None:
    assert words in drafted(OLD, new)


# --- that they are exact --------------------------------------------------------------------------------

WORDS = [
    *(
        "de",
        "het",
        "een",
        "school",
        "leraar",
        "leerling",
        "gegevens",
        "bewaart",
        "maand",
        "weken",
        "opname",
    ),
    *(
        "“x”",
        "*vet*",
        "[l](u)",
        "a",
        "&amp;",
        "b",
        "été",
        "e\u0301",
        "nee,",
        "ja.",
        "zo;",
        "toen:",
        "(dus)",
    ),
    *("`c`", "\u00a0", "\u2028", "\u202e", "\x0b", "\\", "<b>", "’s"),
]
PIECES = st.sampled_from(
    ["## Artikel 1\n", "## Artikel 2. B\n", "### Artikel 1\n", "## Hoofdstuk 1\n", "# T\n", "een ", "\n",
     "\n\n", " ", "\r", "\r\n", "1. ", "2. ", "- a. ", "  - 1°. ", "+++\n", "a = 1\n", "```\n", "<div>\n",
     "- **Begrip** ", "### kop\n", "| Begrip | W |\n|---|---|\n| a | b |\n", "> ", "---\n", "tekst\n", "“",
     "```tekst\n", "A. Artikel 1 vervalt.\n"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=25).map("".join)
QUIET = settings(deadline=None, max_examples=200, suppress_health_check=list(HealthCheck))


def exact(old: str, new: str) -> None:
    assert apply(decision(old.encode(), new.encode()), old.encode()) == new.encode()


@QUIET
@given(TEXTS, TEXTS)
def test_any_pieces(old: str, new: str) -> None:
    exact(old, new)


@QUIET
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text(old: str, new: str) -> None:
    old, new = (text.encode("utf-8", "replace").decode() for text in (old, new))
    if "\0" not in old + new and not old.startswith("\ufeff") and not new.startswith("\ufeff"):
        exact(old, new)


def sentence(rng: random.Random) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(rng.randint(0, 12)))


def article(rng: random.Random) -> list[str]:
    number = rng.choice(["1", "2", "3", "4", "13a", "2.1"])
    lines = [f"##{'#' * rng.randint(0, 1)} Artikel {number}. {sentence(rng)}", ""]
    if rng.random() < 0.3:
        lines += [sentence(rng), ""]
    for lid in range(rng.randint(0, 4)):
        lines.append(f"{lid + 1 if rng.random() < 0.9 else rng.randint(0, 30)}. {sentence(rng)}")
        for onderdeel in range(rng.choice([0, 0, 1, 2, 3])):
            lines.append(f"   - {'abc'[onderdeel]}. {sentence(rng)}")
            if rng.random() < 0.3:
                lines += [f"     - 1°. {sentence(rng)}", f"     - 2°. {sentence(rng)}"]
        lines += rng.choice([["", f"### {sentence(rng)}"], [""], [""], [""], []])
    return lines


def regulation(rng: random.Random) -> list[str]:
    lines = ["+++", f'titel = "T{rng.randint(1, 3)}"', "+++", ""] if rng.random() < 0.4 else []
    for _ in range(rng.randint(0, 5)):
        lines += rng.choice(
            [
                [f"## Hoofdstuk {rng.randint(1, 4)}. {sentence(rng)}", ""],
                [
                    f"## Bijlage {rng.randint(1, 3)}",
                    "",
                    sentence(rng),
                    "",
                    f"### {sentence(rng)}",
                    "",
                ],
                ["```", "## Artikel 9", "```", ""],
                ["<div>", "## Artikel 9", "", "x</div>", ""],
                ["| Begrip | Wat |", "|---|---|", f"| {sentence(rng)} | x |", ""],
                [f"- **Begrip {rng.choice('ab')}** {sentence(rng)}", "- - a. x", ""],
                [],
                [],
            ]
        )
        lines += article(rng)
    return lines


def edited(rng: random.Random, lines: list[str]) -> list[str]:
    lines = list(lines)
    for _ in range(rng.choice([1, 1, 1, 2, 3, 5])):
        place = rng.randrange(len(lines) + 1)
        here = lines[place : place + 1]
        match rng.randint(0, 6):
            case 0 | 1 if here:
                words = here[0].split(" ")
                words[rng.randrange(len(words))] = rng.choice(WORDS)
                lines[place] = " ".join(words)
            case 2:
                del lines[place : place + rng.randint(1, 6)]
            case 3:
                lines[place:place] = article(rng)[: rng.randint(1, 8)]
            case 4:
                moved = lines[place : place + 5]
                del lines[place : place + 5]
                other = rng.randrange(len(lines) + 1)
                lines[other:other] = moved
            case 5:
                lines.insert(place, "")
            case _ if here:
                lines[place] = re.sub("[0-9]{1,6}", lambda found: str(int(found[0]) + 1), here[0])
    return lines


@QUIET
@given(
    st.randoms(use_true_random=False),
    st.sampled_from(["\n", "\n", "\r\n", "\r"]),
    st.sampled_from(["", "{}", "{}{}"]),
)
def test_edited_regulations(rng: random.Random, end: str, last: str) -> None:
    lines = regulation(rng)
    old, new = end.join(lines), end.join(edited(rng, lines))
    exact(old + last.format(end, end), new + last.format(end, end))
    exact(old + end, new)


def test_of_two_that_swapped_the_one_with_another_number_moves() -> None:
    """Artikel 8 stays, although its white space differs: people would read "vervalt" as gone."""
    first = (
        "## Artikel 7\n\nEen ouder mag elk besluit van de school schriftelijk laten toelichten.\n\n"
    )
    eight = "## Artikel 8\n\nDe commissie houdt alles geheim wat zij over een leerling hoort.\n\n"
    other = (
        "## Artikel {}\n\nWie een klacht heeft, schrijft daarover binnen een jaar een brief.\n\n"
    )
    old = f"# R\n\n{first}{eight}{other.format('8a')}"
    new = f"# R\n\n{first}{other.format('7a')}{eight.replace('hoort.', 'hoort.  ')}"
    said = decision(old.encode(), new.encode())
    assert "Artikel 8a wordt verplaatst naar na artikel 7." in said
    assert "vervalt" not in said
    assert apply(said, old.encode()) == new.encode()


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Privacyreglement LOVK", "het Privacyreglement LOVK"),
        ("Klachtenregeling", "de Klachtenregeling"),
        ("LOVK en privacy", "LOVK en privacy"),
    ],
)
def test_title_in_a_sentence(title: str, said: str) -> None:
    assert with_article(title) == said
