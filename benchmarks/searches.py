"""Ask an index questions in one process, and tell how long each took: the times of a warm search.

    .venv/bin/python benchmarks/searches.py DATABASE QUESTIONS.json [--rounds 5]

QUESTIONS.json is a list of strings as people type them for ``beleid zoek``. Prints JSON: for each question its times in seconds, round by
round (the first, cold one apart), and the number of hits.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from beleidsbeheer.actions.searching import Question, answer_from
from beleidsbeheer.storage.index.address import parse_address
from beleidsbeheer.storage.index.index import open_index

Search = Callable[[str], int]
DAY = date.today()  # what is in force now


def opened(database: str) -> Search:
    """How a question is put to this index: a function from what is typed to the number of hits.

    The index is opened once, as for a page that many people search on; each question is read, asked and shown.
    """
    index = open_index(parse_address(database, Path()), create=False)

    def search(typed: str) -> int:
        with index.reading() as reading:
            answer = answer_from(reading, Question(typed, "", DAY, 10), (), DAY)
        return len(answer.hits)

    return search


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database")
    parser.add_argument("questions", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    search = opened(options.database)
    answers = []
    for typed in json.loads(options.questions.read_text(encoding="utf-8")):
        cold, hits = _timed(search, typed)
        warm = [_timed(search, typed)[0] for _ in range(options.rounds)]
        answers.append({"typed": typed, "hits": hits, "cold": cold, "warm": warm})
    json.dump(answers, sys.stdout)


def _timed(search: Search, typed: str) -> tuple[float, int]:
    start = time.perf_counter()
    hits = search(typed)
    return time.perf_counter() - start, hits


if __name__ == "__main__":
    main()
