"""Damage, spelling and hidden text: found where it is, and not where it only looks like it."""

from __future__ import annotations

import pytest

from beleidsbeheer.domain.model import Severity
from checked import TOP, found, places


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("Bewaren** Wij bewaren.", True),
        ("**Bewaren Wij bewaren.", True),
        ("Dit is **vet** en dit** niet.", True),
        ("Dit is **vet**.", False),
        ("Dit is ***heel* vet**.", False),
        ("Letterlijk \\*\\* en `**`.", False),
        ("Zie de voetnoot**).", False),
        ("2 * 3 * 4", False),
    ],
)
def test_orphan_emphasis(line: str, wrong: bool) -> None:
    assert places(TOP + line + "\n", "nadruk-los") == ([(5, "1")] if wrong else [])


def test_orphan_emphasis_in_a_list_item_and_a_heading() -> None:
    assert places("# R\n\n- 9. Bewaartermijnen** LOVK bewaart.\n", "nadruk-los") == [(3, "")]
    assert places("# R\n\n## Artikel 1. Iets**\n\nTekst.\n", "nadruk-los") == [(3, "1")]


@pytest.mark.parametrize("rule", ["***", "* * *", "**  **  **"])
def test_a_line_of_stars_is_a_rule(rule: str) -> None:
    assert places(f"{TOP}Tekst.\n\n{rule}\n\nTekst.\n", "nadruk-los") == []


@pytest.mark.parametrize(
    ("word", "wrong"),
    [
        ("Ver-sie", True),
        ("ont-vangen", True),
        ("goed-gekeurd", True),
        ("vast-gesteld", True),
        ("bepalin-gen", True),
        ("e-mail", False),
        ("oud-leerlingen", False),
        ("IP-adres", False),
        ("leerling-administratiesysteem", False),
        ("wet- en regelgeving", False),
        ("Noord-Holland", False),
        ("ex-medewerker", False),
        ("zee-egel", False),
        ("gE-eiwit", False),
    ],
)
def test_hyphen_residue(word: str, wrong: bool) -> None:
    assert bool(places(f"{TOP}Dit is {word} hier.\n", "afbreekstreepje")) is wrong


def test_word_cut_at_a_line_or_a_page() -> None:
    assert places(TOP + "Een leerling-ad-\nministratie.\n", "woord-afgebroken") == [(5, "1")]
    assert places(TOP + "Een leerling-ad-\n\nministratiesysteem.\n", "woord-afgebroken") == [
        (5, "1")
    ]
    assert places(TOP + "De wet-\nen regelgeving.\n", "woord-afgebroken") == []
    assert places(TOP + "De ouder-\n\nEen nieuwe zin.\n", "woord-afgebroken") == []


LONG = (
    "In dat geval staakt de school de verwerking van de gegevens die daar niet meer voor nodig zijn"
)


def test_sentence_cut_by_a_page() -> None:
    assert places(
        f"{TOP}In dat geval staakt de school de verwerking van de\n\nbetreffende gegevens.\n",
        "zin-afgebroken",
    ) == [(5, "1")]
    assert places(f"{TOP}{LONG}\n\nbehalve bij een klacht.\n", "zin-afgebroken") == [(5, "1")]


@pytest.mark.parametrize(
    "text",
    [
        f"{LONG}.\n\nbehalve bij een klacht.\n",
        f"{LONG}:\n\nbehalve bij een klacht.\n",
        f"{LONG}\n\nBehalve bij een klacht.\n",
        f"{LONG}\n\nb. behalve bij een klacht.\n",
        f"{LONG}, en\n\nde tweede zaak.\n",
        "De voorzitter van het bestuur,\n\nnamens deze,\n",
        f"| {LONG} |\n\nbehalve | bij |\n",
    ],
)
def test_sentence_that_is_not_cut(text: str) -> None:
    assert places(TOP + text, "zin-afgebroken") == []


def test_heading_without_a_space() -> None:
    assert places("# R\n\n##Artikel 8\n\nTekst. #tag\n", "kop-zonder-spatie") == [(3, "")]


def test_double_title() -> None:
    assert places("Privacyreglement\n\nBron\n\nPrivacyreglement\n", "titel-dubbel") == [(5, "")]
    assert places("# Privacyreglement\n\nDit Privacyreglement geldt.\n", "titel-dubbel") == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("vindt plaatst", "vindt plaats"),
        ("te allen\ntijden", "te allen tijde"),
        ("Per Ommekeer", "per omgaande"),
        ("diensgevolge", "dientengevolge"),
    ],
)
def test_spelling(wrong: str, right: str) -> None:
    (one,) = found(f"{TOP}Dit {wrong} hier.\n", "taalfout")
    assert (one.key, one.severity) == ("1", Severity.OPMERKING)
    assert f'"{right}"' in one.message


def test_spelling_leaves_longer_words_alone() -> None:
    assert places(f"{TOP}Een regelementair zonodige persoongegevensbank.\n", "taalfout") == []


# --- hidden text ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Zichtbaar <!-- verborgen --> hier.", "verborgen-commentaar"),
        ("<!--\nregels\n-->", "verborgen-commentaar"),
        ("<?php echo 1 ?>", "verborgen-commentaar"),
        ("<script>alert(1)</script>", "verborgen-commentaar"),
        ("<template>weg</template>", "verborgen-commentaar"),
        ("[//]: # (dit ziet niemand)", "verborgen-verwijzing"),
        ('[geheim]: http://x.nl "ook een titel"', "verborgen-verwijzing"),
        ('<span style="display: none">weg</span>', "verborgen-opmaak"),
        ('<font color="#FFFFFF">weg</font>', "verborgen-opmaak"),
        ('<p style="color:white">weg</p>', "verborgen-opmaak"),
        ('<p style="font-size:0">weg</p>', "verborgen-opmaak"),
        ('<div hidden class="x">weg</div>', "verborgen-opmaak"),
        ("<dialog>weg</dialog>", "verborgen-commentaar"),
        ("<!ELEMENT weg>", "verborgen-commentaar"),
        ("```tekst en wat niemand leest\ncode\n```", "verborgen-commentaar"),
        ("[geheim]:\n  http://x.nl\n  'een titel'", "verborgen-verwijzing"),
        ("Zie [a].\n\n[a]: http://x.nl\n[a]: http://y.nl 'nog een'", "verborgen-verwijzing"),
        ("| a | b |\n|---|---|\n| 1 | 2 | weg |", "verborgen-cel"),
        ("a | b\n--|--\n1 | 2 | weg", "verborgen-cel"),
        ('<span\nstyle="color:#fff">weg</span>', "verborgen-opmaak"),
        ('<span style="display&#58;none">weg</span>', "verborgen-opmaak"),
        ('<span style="display:/**/none">weg</span>', "verborgen-opmaak"),
        ('<span style="color: rgb(255 255 255)">weg</span>', "verborgen-opmaak"),
        ('<span style="color:hsl(0,0%,100%)">weg</span>', "verborgen-opmaak"),
        ('<span style="color:#fefefe">weg</span>', "verborgen-opmaak"),
        ('<span style="font-size:1px">weg</span>', "verborgen-opmaak"),
        ('<span style="font-size:.1em">weg</span>', "verborgen-opmaak"),
        ('<span style="opacity:0.01">weg</span>', "verborgen-opmaak"),
        ('<div style="height:0;overflow:hidden">weg</div>', "verborgen-opmaak"),
        ('<div style="transform:scale(0)">weg</div>', "verborgen-opmaak"),
        ('<span style="position:absolute;clip:rect(0,0,0,0)">weg</span>', "verborgen-opmaak"),
        ("nul&#8203;breedte", "verborgen-tekens"),
        ("om&#x202E;gekeerd", "verborgen-tekens"),
        ("zacht&shy;streepje", "verborgen-tekens"),
        ("De school \u0261eeft", "verwisselde-letters"),  # phonetic g
        ("nul\u200bbreedte", "verborgen-tekens"),
        ("om\u202egekeerd", "verborgen-tekens"),
        ("zacht\u00adstreepje", "verborgen-tekens"),
        ("leeg\u3164vulsel", "verborgen-tekens"),
        ("merk\ufeffteken", "verborgen-tekens"),
        ("tag\U000e0041teken", "verborgen-tekens"),
        ("p\u0430sswoord", "verwisselde-letters"),  # Cyrillic a
        ("\u0441\u043e\u0440 lijkt Latijn", "verwisselde-letters"),
        ("\uff41bc volle breedte", "verwisselde-letters"),
        ("\U0001d41eigen", "verwisselde-letters"),
    ],
)
def test_hidden_text_is_an_error(text: str, rule: str) -> None:
    (one, *_) = found(f"{TOP}{text}\n", rule)
    assert one.severity is Severity.FOUT
    assert one.place.startswith("tekst.md:")


@pytest.mark.parametrize(
    "text",
    [
        "De coördinator, één café, ’s middags – en meer… €5",
        "Een \U0001f469\u200d\U0001f3eb voor de klas \u2764\ufe0f",
        "Vijf \u03bcg en een hoek \u03b1.",
        "\u043f\u0440\u0438\u0432\u0435\u0442 is Russisch",
        "Zie [de site][site].\n\n[site]: https://example.org",
        "Een <br> en <b>vet</b> en 3 < 4.",
        '<p style="color: #123456">gewoon</p>',
        '<td style="width: 0.5em; font-size: 10pt; opacity: 0.9; line-height: 0.9">gewoon</td>',
        '<p style="color: #f00; background-color: white">gewoon</p>',
        "Kosten &amp; baten, caf&eacute;, &euro; 5, a&nbsp;b.",
        "| a | b |\n|---|---|\n| 1 | 2 |\n| 1 \\| 2 | 3 |\n| 1 |",
        "Kies a | b | c.",
        "```tekst\ncode\n```",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 is Perzisch",
    ],
)
def test_text_that_hides_nothing(text: str) -> None:
    hidden = [
        each
        for rule in (
            "verborgen-commentaar",
            "verborgen-verwijzing",
            "verborgen-opmaak",
            "verborgen-cel",
            "verborgen-tekens",
            "verwisselde-letters",
        )
        for each in found(f"{TOP}{text}\n", rule)
    ]
    assert hidden == []


def test_hidden_characters_in_the_front_matter() -> None:
    text = '+++\ntitel = "Regle\u200bment"\n+++\n\n# Reglement\n'
    assert places(text, "verborgen-tekens") == [(2, "")]


def test_what_was_hidden_is_shown() -> None:
    (one,) = found(f"{TOP}om\u202egekeerd\n", "verborgen-tekens")
    assert "⟨U+202E⟩" in one.quote
    assert "\u202e" not in one.quote + one.message
