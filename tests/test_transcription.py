"""The words of version 0.2 are those of the source file, which is not part of this repository.

``herkomst.md`` says how the words are counted ("Controle") and which damage was repaired. The digest
below was computed from the source file that way, and must come out of our Markdown as well.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent / "reglement" / "privacyreglement"
WORDS = 2588
SHA256_OF_WORDS = "d9b600349314c929ebc961ac3b98013c484f395fb998c2a47b9d0a63cd304844"
SHA256_OF_SOURCE = "eda36b5948486f929223ddc74722d7e001d350ce495c70a5a86cd80f19a31fea"


def transcription() -> str:
    """Version 0.2 as frozen; until it is registered, the working text."""
    frozen = FOLDER / "versies" / "0.2.md"
    path = frozen if frozen.exists() else FOLDER / "reglement.md"
    return path.read_bytes().decode("utf-8")


def words_of(markdown: str) -> list[str]:
    """The words below the front matter, without Markdown marks and without our word "Artikel"."""
    body = markdown.split("+++\n", 2)[2]
    words: list[str] = []
    for line in body.split("\n"):
        bare = re.sub(r"^ *(?:#+ (?:Artikel (?=\d))?|- )?", "", line)
        words += bare.replace("**", "").split()
    return words


def test_every_word_is_that_of_the_source() -> None:
    words = words_of(transcription())
    assert len(words) == WORDS
    assert hashlib.sha256("\n".join(words).encode("utf-8")).hexdigest() == SHA256_OF_WORDS


def test_the_account_of_the_repairs_states_the_same_digests() -> None:
    account = (FOLDER / "herkomst.md").read_text(encoding="utf-8")
    assert "| Bestand | `privacyreglement-lovk.txt` |\n| Grootte | 18840 bytes |" in account
    assert f"| sha256 | `{SHA256_OF_SOURCE}` |" in account
    assert f"| Aantal woorden | {WORDS} |" in account
    assert f"| sha256 van de woorden | `{SHA256_OF_WORDS}` |" in account


@pytest.mark.parametrize(
    "kept",
    [
        "vindt plaatst voor",
        "te allen tijden",
        "per ommekeer",
        "diensgevolge",
        "naam, adres, geboortedatum, titel(s), geslacht, adres,",
        "functionaris voor gegevensbescherming van LOVK\n",
        "- **BEVOEGD GEZAG** LOVK",
        "**1 oktober 2018**.",
        "- l) het bestaan",
    ],
)
def test_what_is_odd_in_the_source_stays_odd(kept: str) -> None:
    assert kept in transcription()


@pytest.mark.parametrize(
    "whole", ["leerling-administratiesysteem", "staakt LOVK de verwerking van de betreffende"]
)
def test_what_a_page_break_tore_apart_is_one_again(whole: str) -> None:
    assert whole in transcription()


def test_the_front_page_is_left_out_and_article_8_stays_missing() -> None:
    text = transcription()
    assert "Kennisnet" not in text
    assert "Versie" not in text
    assert "Artikel 7. Grondslag verwerking" in text
    assert "Artikel 8" not in text
