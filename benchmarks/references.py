"""How long finding and resolving references takes, beside markdown-it-py's own parse of the same text.

    .venv/bin/python benchmarks/references.py [TEXT.md]

CPU time of one call each, for the text (the regulation of this repository, unless given) repeated up to
10 KB, 100 KB, 1 MB and 5 MB. The ratio is to the parse; it should not grow with the size.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from beleidsbeheer.domain.document import parse  # noqa: E402
from beleidsbeheer.domain.references.documents import named_documents  # noqa: E402
from beleidsbeheer.domain.references.resolve import resolve  # noqa: E402

SIZES = (10_000, 100_000, 1_000_000, 5_000_000)
OWN = ROOT / "reglement" / "privacyreglement" / "reglement.md"


def main(path: Path) -> None:
    """Print one line a size."""
    text = path.read_text(encoding="utf-8").partition("\n# ")[2] or path.read_text(encoding="utf-8")
    markdown = MarkdownIt("commonmark").enable("table")
    resolve(parse(text.encode()))  # the patterns are compiled once
    print(f"{'bytes':>9} {'parse':>8} {'references':>11} {'documents':>10} {'ratio':>6}")
    for size in SIZES:
        body = (text * (size // len(text) + 1))[:size]
        document = parse(body.encode())
        whole = _seconds(lambda body=body: markdown.parse(body))  # type: ignore[misc]
        links = _seconds(lambda document=document: resolve(document))  # type: ignore[misc]
        named = _seconds(lambda document=document: named_documents(document))  # type: ignore[misc]
        ratio = (links + named) / whole
        print(f"{size:>9} {whole:>7.2f}s {links:>10.2f}s {named:>9.2f}s {ratio:>6.2f}")


def _seconds(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else OWN)
