"""Changes a person can name, made by hand on small regulations: found as such, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from beleidsbeheer.domain.changes import compare, origins, parts


@dataclass(frozen=True)
class Article:
    """An article to print: its number, its title and its leden."""

    number: str
    title: str
    leden: tuple[str, ...]

    def __str__(self) -> str:
        leden = "\n\n".join(f"{n}. {text}" for n, text in enumerate(self.leden, 1))
        return f"## Artikel {self.number}. {self.title}\n\n{leden}\n\n"


Rules = list[Article]

RULES: Rules = [
    Article("1", "Begrippen", (
        "In dit reglement wordt onder school verstaan de basisschool De Regenboog te Delft.",
        "Onder bestuur wordt verstaan de stichting die de school in stand houdt.",
    )),
    Article("2", "Reikwijdte", (
        "Dit reglement is van toepassing op alle verwerkingen van persoonsgegevens van leerlingen.",
        "Het geldt niet voor gegevens die uitsluitend voor huishoudelijk gebruik zijn verzameld.",
        "Verwerkers buiten de Europese Unie vallen er eveneens onder.",
    )),
    Article("3", "Doelen", (
        "Gegevens worden verwerkt om onderwijs te geven, te begeleiden en te toetsen.",
        "Voor wetenschappelijk onderzoek vraagt de directeur vooraf schriftelijke toestemming.",
    )),
    Article("4", "Toegang", (
        "Alleen leraren die een leerling lesgeven, openen diens dossier.",
        "De beheerder houdt in een logboek bij wie een dossier raadpleegde en wanneer.",
        "Wachtwoorden worden ieder kwartaal vervangen en nooit gedeeld met collega's.",
    )),
    Article("5", "Bewaartermijnen", (
        "Het leerlingdossier wordt twee jaar na uitschrijving vernietigd.",
        "Verzuimgegevens blijven vijf jaar bewaard in verband met de leerplicht.",
        "Financiële stukken gaan na zeven jaar naar de papiervernietiger.",
        "De administratie stelt van iedere vernietiging een proces-verbaal op.",
    )),
    Article("6", "Inzage", (
        "Ouders kunnen het dossier van hun kind op afspraak inzien.",
        "Een kopie wordt binnen vier weken kosteloos verstrekt.",
    )),
    Article("7", "Verbetering", (
        "Onjuiste gegevens worden op verzoek hersteld, aangevuld of verwijderd.",
        "Een weigering wordt gemotiveerd en vermeldt waar men kan klagen.",
        "Derden die de oude gegevens ontvingen, krijgen bericht van de correctie.",
    )),
    Article("8", "Beeldmateriaal", (
        "Foto's en films van leerlingen verschijnen slechts na uitdrukkelijke toestemming.",
        "Cameratoezicht hangt alleen bij ingangen en fietsenstalling, met zichtbare bordjes.",
        "Opnamen worden na tien dagen overschreven, behoudens bij een aangifte.",
    )),
    Article("9", "Datalekken", (
        "Wie een lek ontdekt, meldt dat onmiddellijk bij de functionaris.",
        "Binnen tweeënzeventig uur volgt zo nodig een melding aan de toezichthouder.",
        "Getroffenen horen welke risico's zij lopen en wat zij zelf kunnen ondernemen.",
    )),
    Article("10", "Klachten", (
        "Klachten over de toepassing gaan naar de klachtencommissie van het bevoegd gezag.",
        "De commissie oordeelt na hoor en wederhoor, doorgaans binnen zes weken.",
    )),
    Article("11", "Evaluatie", (
        "De medezeggenschapsraad evalueert de werking iedere drie jaar samen met de directie.",
        "Voorstellen tot wijziging worden ter instemming voorgelegd aan beide geledingen.",
    )),
    Article("12", "Slotbepalingen", (
        "Dit reglement treedt in werking op de dag na vaststelling en wordt gepubliceerd op de website.",
        "Het kan worden aangehaald als privacyreglement.",
    )),
]  # fmt: skip

FRESH = (
    "Bij een uitstapje draagt de begeleider zorg voor een lijst met noodnummers.",
    "Na terugkomst wordt die lijst door de versnipperaar gehaald.",
)
OTHER = (
    "Leerlingen ontvangen een eigen tablet, die eigendom blijft van de uitgever.",
    "Schade door opzet betaalt de veroorzaker, tot hoogstens vijftig euro.",
)
REWRITE = {
    "Ouders kunnen": "Ouders en voogden kunnen",
    "op afspraak": "na een afspraak",
    "tien dagen": "veertien dagen",
    "onmiddellijk": "zonder uitstel",
    "schriftelijke": "uitdrukkelijke schriftelijke",
    "vijf jaar": "zes jaar",
    "iedere drie jaar": "elke vier jaar",
    "logboek": "digitaal logboek",
    "eveneens": "ook",
    "hersteld": "rechtgezet",
    "zes weken": "acht weken",
    "stichting": "vereniging",
    "website": "site van de school",
}

Label = tuple[str, str, str]


def text(rules: Rules) -> bytes:
    return ("# Privacyreglement\n\n" + "".join(map(str, rules))).rstrip().encode() + b"\n"


def labels(old: bytes, new: bytes) -> list[Label]:
    """Kind and keys of each change; keys of a split or merged article with a plus between them."""
    changes = compare(old, new)
    assert changes.rebuild_old() == old
    assert changes.rebuild_new() == new
    assert not changes.coarse
    return [(c.kind, "+".join(c.old_keys), "+".join(c.new_keys)) for c in changes.elements]


def at(number: str, rules: Rules) -> int:
    return next(n for n, article in enumerate(rules) if article.number == number)


def moved(number: str, behind: str, rules: Rules = RULES) -> Rules:
    """The article ``number`` behind another one, with its own number."""
    rest = [article for article in rules if article.number != number]
    place = at(behind, rest) + 1 if behind else 0
    return [*rest[:place], rules[at(number, rules)], *rest[place:]]


def numbered(rules: Rules) -> Rules:
    return [replace(article, number=str(n)) for n, article in enumerate(rules, 1)]


def without(*numbers: str, rules: Rules = RULES) -> Rules:
    return [article for article in rules if article.number not in numbers]


def put(behind: str, article: Article, rules: Rules = RULES) -> Rules:
    place = at(behind, rules) + 1 if behind else 0
    return [*rules[:place], article, *rules[place:]]


def changed(number: str, change: Callable[[Article], Article], rules: Rules = RULES) -> Rules:
    return [change(article) if article.number == number else article for article in rules]


def reworded(article: Article) -> Article:
    def one(lid: str) -> str:
        for old, new in REWRITE.items():
            lid = lid.replace(old, new)
        return lid

    return replace(article, leden=tuple(map(one, article.leden)))


def shifted(first: int, last: int, by: int) -> list[Label]:
    """Articles that kept their text and got another number."""
    return [("vernummerd", str(n), str(n + by)) for n in range(first, last + 1)]


# --- moved ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "behind"),
    [("2", "11"), ("3", "10"), ("4", "12"), ("5", "8"), ("6", "1"), ("7", "2"), ("8", "12"),
     ("9", "3"), ("10", "1"), ("11", "4"), ("12", "6"), ("10", "")],
)  # fmt: skip
def test_one_article_moved_far(number: str, behind: str) -> None:
    assert labels(text(RULES), text(moved(number, behind))) == [("verplaatst", number, number)]


@pytest.mark.parametrize("first", ["1", "3", "5", "7", "9", "11"])
def test_two_neighbours_swapped(first: str) -> None:
    second = str(int(first) + 1)
    (label,) = labels(text(RULES), text(moved(first, second)))
    assert label in [("verplaatst", first, first), ("verplaatst", second, second)]


@pytest.mark.parametrize(("one", "two"), [("2", "9"), ("4", "11"), ("3", "8")])
def test_two_articles_far_apart_swapped(one: str, two: str) -> None:
    rules = RULES.copy()
    i, j = at(one, rules), at(two, rules)
    rules[i], rules[j] = rules[j], rules[i]
    assert sorted(labels(text(RULES), text(rules))) == [
        ("verplaatst", number, number) for number in sorted([one, two])
    ]


@pytest.mark.parametrize(
    ("number", "behind"),
    [("4", "10"), ("6", "11"), ("8", "2"), ("9", "1"), ("11", "3"), ("3", "9")],
)
def test_moved_and_reworded(number: str, behind: str) -> None:
    rules = changed(number, reworded, moved(number, behind))
    assert labels(text(RULES), text(rules)) == [("verplaatst en gewijzigd", number, number)]


@pytest.mark.parametrize(("number", "behind"), [("3", "7"), ("9", "4")])
def test_moved_and_numbered_again(number: str, behind: str) -> None:
    found = labels(text(RULES), text(numbered(moved(number, behind))))
    own = [label for label in found if label[1] == number]
    assert [kind for kind, *_ in own] == ["verplaatst en vernummerd"]
    assert {kind for kind, old, _ in found if old != number} == {"vernummerd"}
    assert len(found) == abs(int(number) - int(behind)) + (int(behind) < int(number)) * 0 + (
        1 if int(behind) > int(number) else 0
    )


# --- numbered again ------------------------------------------------------------------------------


@pytest.mark.parametrize("behind", [1, 3, 5, 7, 10, 12])
def test_numbered_again_behind_a_new_article(behind: int) -> None:
    rules = numbered(put(str(behind), Article("x", "Uitstapjes", FRESH)))
    assert labels(text(RULES), text(rules)) == [
        ("nieuw", "", str(behind + 1)),
        *shifted(behind + 1, 12, 1),
    ]


@pytest.mark.parametrize("gone", [1, 2, 5, 8, 11])
def test_numbered_again_behind_an_article_that_went(gone: int) -> None:
    rules = numbered(without(str(gone)))
    assert labels(text(RULES), text(rules)) == [
        ("vervallen", str(gone), ""),
        *shifted(gone + 1, 12, -1),
    ]


@pytest.mark.parametrize("number", ["8", "4", "10"])
def test_a_letter_behind_the_number(number: str) -> None:
    rules = changed(number, lambda article: replace(article, number=number + "a"))
    assert labels(text(RULES), text(rules)) == [("vernummerd", number, number + "a")]


@pytest.mark.parametrize("number", ["3", "7", "11"])
def test_an_article_put_between_with_a_letter(number: str) -> None:
    rules = put(number, Article(number + "a", "Uitstapjes", FRESH))
    assert labels(text(RULES), text(rules)) == [("nieuw", "", number + "a")]


@pytest.mark.parametrize("number", [4, 7, 9])
def test_numbered_again_and_reworded(number: int) -> None:
    rules = put("2", Article("x", "Uitstapjes", FRESH))
    rules = numbered(changed(str(number), reworded, rules))
    found = labels(text(RULES), text(rules))
    assert found[0] == ("nieuw", "", "3")
    assert [label for label in found[1:] if label[0] != "vernummerd"] == [
        ("vernummerd en gewijzigd", str(number), str(number + 1))
    ]


def test_one_put_in_and_one_taken_out() -> None:
    rules = numbered(without("9", rules=put("3", Article("x", "Uitstapjes", FRESH))))
    assert labels(text(RULES), text(rules)) == [
        ("nieuw", "", "4"),
        *shifted(4, 8, 1),
        ("vervallen", "9", ""),
    ]


# --- edited in place -----------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["1", "2", "3", "4", "6", "7", "9", "12"])
def test_reworded_in_place(number: str) -> None:
    rules = changed(number, reworded)
    assert labels(text(RULES), text(rules)) == [("gewijzigd", number, number)]


def test_another_title() -> None:
    rules = changed("6", lambda article: replace(article, title="Recht op inzage"))
    assert labels(text(RULES), text(rules)) == [("gewijzigd", "6", "6")]


def test_rewritten_altogether_stays_the_same_article() -> None:
    rules = changed("7", lambda article: replace(article, leden=FRESH))
    assert labels(text(RULES), text(rules)) == [("gewijzigd", "7", "7")]


def test_one_went_and_another_came_elsewhere() -> None:
    rules = put("10", Article("10a", "Uitstapjes", FRESH), without("3"))
    assert labels(text(RULES), text(rules)) == [("vervallen", "3", ""), ("nieuw", "", "10a")]


@pytest.mark.parametrize("numbers", [("3",), ("3", "8"), ("2", "5", "9")])
def test_stubs_are_no_moves(numbers: tuple[str, ...]) -> None:
    def stub(article: Article) -> Article:
        return Article(article.number, "", ("[Vervallen]",))

    rules = RULES
    for number in numbers:
        rules = changed(number, stub, rules)
    expected = [("gewijzigd", number, number) for number in numbers]
    assert labels(text(RULES), text(rules)) == expected
    again = changed("11", stub, changed(numbers[0], lambda _: RULES[at(numbers[0], RULES)], rules))
    found = labels(text(rules), text(again))
    assert found == [("gewijzigd", numbers[0], numbers[0]), ("gewijzigd", "11", "11")]


def test_stubs_that_change_places_are_no_moves() -> None:
    old = text([*RULES[:3], Article("x", "", ("[Vervallen]",)), *RULES[3:]])
    new = text([*RULES[:8], Article("x", "", ("[Vervallen]",)), *RULES[8:]])
    assert not any("verplaatst" in kind for kind, *_ in labels(old, new))


# --- split and merged ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "upto"), [("4", 1), ("5", 2), ("8", 1), ("9", 2), ("7", 1), ("2", 2)]
)
def test_split(number: str, upto: int) -> None:
    article = RULES[at(number, RULES)]
    one = replace(article, leden=article.leden[:upto])
    two = Article(number + "a", "Vervolg", article.leden[upto:])
    rules = put(number, two, changed(number, lambda _: one))
    assert labels(text(RULES), text(rules)) == [
        ("gesplitst en gewijzigd", number, f"{number}+{number}a")
    ]


@pytest.mark.parametrize(
    ("number", "upto"), [("4", 1), ("5", 2), ("8", 1), ("9", 2), ("7", 1), ("2", 2)]
)
def test_merged(number: str, upto: int) -> None:
    article = RULES[at(number, RULES)]
    one = replace(article, leden=article.leden[:upto])
    two = Article(number + "a", "Vervolg", article.leden[upto:])
    rules = put(number, two, changed(number, lambda _: one))
    assert labels(text(rules), text(RULES)) == [
        ("samengevoegd en gewijzigd", f"{number}+{number}a", number)
    ]


def test_split_and_numbered_again() -> None:
    article = RULES[4]
    one = replace(article, leden=article.leden[:2])
    two = Article("x", "Vervolg", article.leden[2:])
    rules = numbered(put("5", two, changed("5", lambda _: one)))
    assert labels(text(RULES), text(rules)) == [
        ("gesplitst en gewijzigd", "5", "5+6"),
        *shifted(6, 12, 1),
    ]


@pytest.mark.parametrize(
    ("number", "lid", "behind"), [("8", 1, "11"), ("5", 3, "2"), ("4", 1, "9")]
)
def test_a_lid_becomes_an_article_elsewhere(number: str, lid: int, behind: str) -> None:
    article = RULES[at(number, RULES)]
    less = replace(article, leden=article.leden[:lid] + article.leden[lid + 1 :])
    own = Article(behind + "a", "Zelfstandig", (article.leden[lid],))
    old, new = text(RULES), text(put(behind, own, changed(number, lambda _: less)))
    assert sorted(labels(old, new)) == [("gewijzigd", number, number), ("nieuw", "", behind + "a")]
    changes = compare(old, new)
    assert [change.new_key for change in origins(changes).values()] == [number]


def test_a_heading_in_the_middle_marks_the_heading_only() -> None:
    article = RULES[4]
    leden = "\n\n".join(f"{n}. {lid}" for n, lid in enumerate(article.leden, 1))
    old = f"## Artikel 5. Bewaren\n\n{leden}\n"
    new = old.replace("3. Fin", "## Artikel 6. Stukken\n\n3. Fin")
    (change,) = compare(old.encode(), new.encode()).elements
    assert change.kind == "gesplitst en gewijzigd"
    assert (change.struck_words, change.inserted_words) == (0, 4)


# --- several at once -----------------------------------------------------------------------------


def test_moved_swapped_new_and_gone_at_once() -> None:
    rules = moved("3", "10", without("6"))
    rules = put("1", Article("1a", "Uitstapjes", FRESH), rules)
    rules = changed("12", reworded, rules)
    assert labels(text(RULES), text(rules)) == [
        ("nieuw", "", "1a"),
        ("vervallen", "6", ""),
        ("verplaatst", "3", "3"),
        ("gewijzigd", "12", "12"),
    ]


def test_two_new_ones_and_all_numbered_again() -> None:
    rules = put("8", Article("y", "Tablets", OTHER), put("2", Article("x", "Uitstapjes", FRESH)))
    assert labels(text(RULES), text(numbered(rules))) == [
        ("nieuw", "", "3"),
        *shifted(3, 8, 1),
        ("nieuw", "", "10"),
        *shifted(9, 12, 2),
    ]


def test_moved_over_chapters() -> None:
    def chapters(first: Rules, second: Rules) -> bytes:
        return (
            "# Reglement\n\n## Hoofdstuk 1. Algemeen\n\n" + "".join(map(str, first))
            + "## Hoofdstuk 2. Bijzonder\n\n" + "".join(map(str, second))
        ).encode()  # fmt: skip

    old = chapters(RULES[:6], RULES[6:])
    new = chapters([*RULES[:2], *RULES[3:6]], [*RULES[6:9], RULES[2], *RULES[9:]])
    assert labels(old, new) == [("verplaatst", "3", "3")]
    other = chapters(RULES[:6], RULES[6:]).replace(b"2. Bijzonder", b"3. Bijzonder")
    assert labels(old, other) == [("vernummerd", "hoofdstuk-2", "hoofdstuk-3")]


def test_the_same_number_twice() -> None:
    old = text([*RULES[:3], replace(RULES[3], number="3"), *RULES[4:]])
    new = old.replace(b"logboek", b"schrift")
    assert labels(old, new) == [("gewijzigd", "3~2", "3~2")]


# --- leden and onderdelen ------------------------------------------------------------------------

PARTS = """## Artikel 14. Rechten

1. Een betrokkene mag vragen om:
   - a. inzage in zijn gegevens bij de directeur;
   - b. verbetering van wat onjuist is opgeschreven;
   - c. verwijdering van wat niet langer nodig is.

2. De school antwoordt binnen een maand na ontvangst.

3. Bezwaar staat open bij het bestuur van de stichting.
"""


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("een maand", "twee weken", ["14.2 gewijzigd"]),
        ("inzage in", "afschrift van", ["14.1.a gewijzigd"]),
        (
            "   - b. verbetering",
            "   - b. overdracht aan een andere school naar keuze;\n   - c. verbetering",
            ["14.1.b nieuw", "14.1.b → 14.1.c vernummerd", "14.1.c → 14.1.d vernummerd"],
        ),
        (
            "2. De school antwoordt binnen een maand na ontvangst.\n\n3.",
            "2.",
            ["14.2 vervallen", "14.3 → 14.2 vernummerd"],
        ),
        (
            "   - a. inzage in zijn gegevens bij de directeur;\n   - b.",
            "   - a.",
            ["14.1.a vervallen", "14.1.b → 14.1.a vernummerd", "14.1.c → 14.1.b vernummerd"],
        ),
    ],
)
def test_parts_of_an_article(old: str, new: str, found: list[str]) -> None:
    after = PARTS.replace(old, new).replace("   - c. verwijdering", "   - d. verwijdering" if "c. verb" in new else "   - b. verwijdering" if new == "   - a." else "   - c. verwijdering")  # fmt: skip
    (change,) = compare(PARTS.encode(), after.encode()).elements
    assert [str(part) for part in parts(change)] == found


def test_parts_of_an_article_of_another_number_keep_theirs() -> None:
    after = PARTS.replace("Artikel 14", "Artikel 15").replace("een maand", "twee weken")
    (change,) = compare(PARTS.encode(), after.encode()).elements
    assert [str(part) for part in parts(change)] == ["14.2 → 15.2 gewijzigd"]


def test_a_lid_put_in_front() -> None:
    after = PARTS.replace("1. Een", "1. De school is open voor alle vragen hierover.\n\n2. Een")
    after = after.replace("3. Bez", "4. Bez").replace("2. De", "3. De")
    (change,) = compare(PARTS.encode(), after.encode()).elements
    assert [str(part) for part in parts(change)] == [
        "14.1 nieuw",
        "14.1 → 14.2 vernummerd",
        "14.2 → 14.3 vernummerd",
        "14.3 → 14.4 vernummerd",
    ]
