"""How long a whole check takes from 10 KB to 5 MB, beside markdown-it-py's own parse of the same text.

    .venv/bin/python benchmarks/check.py [--runs 5] [--seed 1] [FILE.md ...]

The texts are made up, as a regulation is: articles with leden, onderdelen, definitions and references, in
words that come back and words that do not. With FILEs those are measured instead. CPU time of the process;
the two take turns, and what counts is the median of the ratios. *check* is everything: our own parse, every
check, coverage by the AVG and acceptance. Linear means: the time per kilobyte does not grow.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from markdown_it import MarkdownIt

from beleidsbeheer.domain.checks.coverage import frameworks
from beleidsbeheer.domain.checks.frame import Dossier
from beleidsbeheer.domain.checks.table import look, review
from beleidsbeheer.domain.document import parse

SIZES = (10_000, 50_000, 250_000, 1_000_000, 5_000_000)
AIM = 3.0
TODAY = date(2026, 11, 26)
_SYLLABLES = [
    "be",
    "ge",
    "ver",
    "aan",
    "op",
    "in",
    "uit",
    "mee",
    "over",
    "school",
    "leer",
    "ling",
    "ouder",
    "raad",
    "stem",
    "tekst",
    "recht",
    "plicht",
    "wet",
    "dag",
    "jaar",
    "naam",
]


def regulation(size: int, seed: int) -> bytes:
    """A regulation of about ``size`` bytes; the same for the same seed."""
    chance = random.Random(seed)
    front = '+++\ntitel = "Privacyreglement"\nraakt = ["leerlinggegevens"]\n+++\n\n# Privacyreglement\n\n'
    parts, length = [front], len(front)
    for number, article in enumerate(_articles(chance), start=1):
        text = f"## Artikel {number}. {_words(chance, 2)}\n\n{article}\n"
        parts.append(text)
        length += len(text.encode())
        if length >= size:
            return "".join(parts).encode()
    raise AssertionError


def _articles(chance: random.Random) -> Iterator[str]:
    while True:
        kind = chance.random()
        if kind < 0.1:
            yield "".join(
                f"- **{_words(chance, 2).capitalize()}** {_sentence(chance)}\n" for _ in range(6)
            )
        elif kind < 0.3:
            yield f"{_sentence(chance)}\n"
        else:
            yield "".join(_lid(chance, n) for n in range(1, chance.randint(3, 7)))


def _lid(chance: random.Random, number: int) -> str:
    if chance.random() < 0.6:
        return f"{number}. {_sentence(chance)} {_sentence(chance)}\n\n"
    items = "".join(
        f"   - {chr(97 + n)}. {_words(chance, 8)};\n" for n in range(chance.randint(2, 8))
    )
    return f"{number}. {_words(chance, 6).capitalize()}:\n{items}\n"


def _sentence(chance: random.Random) -> str:
    words = _words(chance, chance.randint(8, 25)).capitalize()
    more = chance.choice(
        [
            "",
            "",
            f" als bedoeld in artikel {chance.randint(1, 40)}, eerste lid",
            " (De Stichting Van Scholen)",
        ]
    )
    return f"{words}, {_words(chance, 1)}, {_words(chance, 1)} en {_words(chance, 1)}{more}."


def _words(chance: random.Random, count: int) -> str:
    return " ".join(
        "".join(chance.choices(_SYLLABLES, k=chance.randint(1, 3))) for _ in range(count)
    )


def check(data: bytes) -> None:
    """What ``beleid controleer`` does with a text, reading the file and printing aside."""
    review(Dossier("tekst.md", parse(data), TODAY, frameworks=frameworks()))


def plain_parse(text: str) -> None:
    """The yardstick: CommonMark with inline text, as a program that shows a page needs it."""
    MarkdownIt("commonmark").parse(text)


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def measure(data: bytes, runs: int) -> tuple[float, float, float]:
    """Median seconds of the check and of the parse, and the median of the ratios of one turn each."""
    text = data.decode()
    turns = [
        (seconds(lambda: check(data)), seconds(lambda: plain_parse(text))) for _ in range(runs)
    ]
    return (
        statistics.median(own for own, _ in turns),
        statistics.median(other for _, other in turns),
        statistics.median(own / other for own, other in turns),
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("files", nargs="*", type=Path)
    given = options.parse_args()
    texts = [(path.name, path.read_bytes()) for path in given.files]
    texts = texts or [(f"{size // 1000} KB", regulation(size, given.seed)) for size in SIZES]
    check(texts[0][1])  # imports and caches
    print(
        f"{'text':<24}{'KB':>8}{'findings':>10}{'check s':>10}{'parse s':>10}{'µs/byte':>10}{'ratio':>8}"
    )
    ratios = []
    for name, data in texts:
        own, other, ratio = measure(data, given.runs)
        ratios.append(ratio)
        findings = len(look(Dossier("tekst.md", parse(data), TODAY, frameworks=frameworks())))
        print(
            f"{name[:23]:<24}{len(data) / 1000:>8.0f}{findings:>10}{own:>10.3f}{other:>10.3f}"
            f"{own / len(data) * 1e6:>10.3f}{ratio:>8.2f}"
        )
    print(f"worst ratio {max(ratios):.2f} (aim ≤ {AIM:.0f})")


if __name__ == "__main__":
    main()
