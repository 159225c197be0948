"""A text cut into words and stems: where words stand, which forms come together, and what it costs."""

from __future__ import annotations

import itertools
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleidsbeheer.domain.search.stemming import LONGEST, fold, spelled, stem
from beleidsbeheer.domain.search.words import plain, stems, words
from questions import any_text, some_texts


def shown(text: str) -> list[str]:
    return [text[word.start : word.end] for word in words(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De klacht, of (het) bezwaar.", ["De", "klacht", "of", "het", "bezwaar"]),
        ("foto's foto’s fotoʼs", ["foto's", "foto’s", "fotoʼs"]),
        ("'s morgens, ’s avonds", ["morgens", "avonds"]),
        ("'school' en ‘klas’", ["school", "en", "klas"]),
        ("zo'n", ["zo'n"]),
        ("e-mail E-mailadres", ["e-mail", "E-mailadres"]),
        ("GMR-reglement MR-leden", ["GMR", "reglement", "MR", "leden"]),
        ("A-b foto's-groep groep-c-d", ["A", "b", "foto's", "groep", "groep", "c", "d"]),
        ("1° 7a 14.1.b 12,50", ["1°", "7a", "14", "1", "b", "12", "50"]),
        ("_nadruk_ **vet** a_b", ["nadruk", "vet", "a", "b"]),
        ("bewaar\u00adtermijn cafe\u0301", ["bewaar\u00adtermijn", "cafe\u0301"]),
        ("\0 \x1b[1m 🙂 %;\ud800", ["1m"]),
        ("", []),
    ],
)
def test_words_stand_where_a_reader_sees_them(text: str, expected: list[str]) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("foto's", "foto"),
        ("foto’s", "fotos"),
        ("e-mail", "email"),
        ("E-mailadressen", "emailadres"),
        ("Coördinator", "coordinator"),
        ("cafe\u0301", "café"),
        ("bewaar\u00adtermijn", "bewaartermijn"),
        ("ﬁetsen", "fiets"),
        ("1°", "1º"),
        ("1°", "1o"),
        ("categorieën", "categorie"),
    ],
)
def test_what_is_written_otherwise_is_the_same_word(one: str, other: str) -> None:
    assert stems(one) == stems(other)


TOGETHER = """
    leerling leerlingen | klacht klachten | recht rechten | gegeven gegevens | persoonsgegeven persoonsgegevens
    verwerken verwerking verwerkingen | ouder ouders | bewaartermijn bewaartermijnen | school scholen
    besluit besluiten | raad raden | lid leden | personeelslid personeelsleden | regeling regelingen
    toestemming toestemmen | bestuur besturen | bestuurder bestuurders | schorsen schorsing | brief brieven
    commissie commissies | huis huizen | advies adviezen | examen examens | les lessen | toets toetsen
    kind kinderen | adres adressen | orgaan organen | betrokkene betrokkenen | melding meldingen melden
    functionaris functionarissen | secretaris secretarissen | bijlage bijlagen | procedure procedures
    gesprek gesprekken | straf straffen | geschil geschillen | klas klassen | mogelijk mogelijkheden
    groep groepen | dag dagen | week weken | bevoegdheid bevoegdheden | vergadering vergaderen
"""
APART = """
    gegevens geven | gezin zin | gevolg volgen | gezag zag | gedrag dragen | geheim heim | gebouw bouwen
    bestuur bestuurder | school scholing | mens men | persoon personeel | vereniging ver | geleden lid
    recht rechter | advies adviseur | leerling leraar | klacht klager
"""


@pytest.mark.parametrize(
    "group", [group for group in re.split(r"[|\n]", TOGETHER) if group.strip()]
)
def test_forms_of_a_word_come_together(group: str) -> None:
    assert len({stem(word) for word in group.split()}) == 1


@pytest.mark.parametrize("group", [group for group in re.split(r"[|\n]", APART) if group.strip()])
def test_words_of_another_sense_stay_apart(group: str) -> None:
    one, other = group.split()
    assert stem(one) != stem(other)


@given(any_text)
def test_a_stem_is_a_word_to_any_database(text: str) -> None:
    found = words(text)
    assert stems(text) == " ".join(word.stem for word in found)
    assert all(re.fullmatch(r"[a-z0-9]+", word.stem) for word in found)
    assert all(word.start < other.start for word, other in itertools.pairwise(found))
    assert all(0 <= word.start < word.end <= len(text) for word in found)


@given(some_texts)
def test_texts_after_each_other_have_the_words_of_both(texts: list[str]) -> None:
    assert stems("\n".join(texts)).split() == [one for text in texts for one in stems(text).split()]


@given(any_text)
def test_every_letter_and_digit_is_in_a_word_except_a_loose_s(text: str) -> None:
    inside = {at for word in words(text) for at in range(word.start, word.end)}
    outside = {sign for at, sign in enumerate(text) if at not in inside}
    assert not {sign for sign in outside if sign.isalnum()} - set("sS")


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert len(fold(text)) <= LONGEST


@given(st.text(st.characters(categories=("L", "N")), min_size=1, max_size=20), st.integers(1, 20))
def test_the_beginning_of_a_word_is_spelled_as_its_beginning(word: str, size: int) -> None:
    assert spelled(fold(word)).startswith(spelled(fold(word)[:size]))


def test_a_word_keeps_its_first_letters_only_when_it_is_endless() -> None:
    assert stems("a" * 100_000) == "a" * LONGEST
    assert len(stems("ж" * 100_000)) == 5 * LONGEST
    assert shown("b" * 100_000) == ["b" * 100_000]


def test_plain_is_what_a_stop_list_and_a_prefix_compare() -> None:
    assert [plain(word) for word in ("Foto’s", "zo'n", "E-mail", "Eén")] == [
        "foto",
        "zon",
        "email",
        "een",
    ]


@pytest.mark.parametrize(
    "part", ["a", "a'", "a\u0301", "a-", "'s", "\u0301", "é", "-", "a-bcd'e", "ab\u00ad-"]
)
def test_cutting_is_linear(part: str) -> None:
    text = part * (400_000 // len(part))
    begin = time.process_time()
    stems(text)
    assert (
        time.process_time() - begin < 2
    )  # measured: 0.1 s; a pattern that goes back would take hours
