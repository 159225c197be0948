"""Bring the index up to date.

A register is judged again when its files or branches changed, on another day, and by another program; a text is
read again only by another program. What is written of one register is written whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from beleidsbeheer.actions.indexing.judge import judge, reader, register_at
from beleidsbeheer.actions.reading import lost
from beleidsbeheer.domain.entry import digest_of
from beleidsbeheer.domain.overview.facts import Condition
from beleidsbeheer.domain.search.fragments import TextFacts, read_text
from beleidsbeheer.errors import BeleidError
from beleidsbeheer.storage.folder import Snapshot, read_folder
from beleidsbeheer.storage.signature import signature

if TYPE_CHECKING:
    from beleidsbeheer.storage.index.index import Index, Mark, Told

Progress = Callable[[str, int, int], None]


def silent(place: str, done: int, of: int) -> None:
    """The progress that nobody looks at."""


@dataclass
class Freshened:
    """What came of it: which registers were read, how many were as they were, and how many texts were read.

    ``unsound`` are those that do not hold, or cannot be judged.
    """

    read: list[str] = field(default_factory=list)
    same: int = 0
    texts: int = 0
    unsound: list[tuple[str, Condition]] = field(default_factory=list)


def freshen(
    index: Index,
    registers: Iterable[Path],
    today: date,
    *,
    anew: bool = False,
    progress: Progress = silent,
) -> Freshened:
    """Bring the index up to date for these registers. ``anew``: read all of them, whatever the index knows."""
    places, done = sorted({str(each) for each in registers}), Freshened()
    with index.reading() as known:
        marks = known.marks()
    for number, place in enumerate(places):
        progress(place, number, len(places))
        mark, day = marks.get(place, (None, None))
        _freshen(index, place, today, done, None if anew or day != today else mark, anew=anew)
    progress("", len(places), len(places))
    with index.reading() as known:
        conditions = known.conditions()
    found = ((place, conditions[place]) for place in places if place in conditions)
    done.unsound += ((place, each) for place, each in found if each is not Condition.KLOPT)
    return done


def _freshen(
    index: Index, place: str, today: date, done: Freshened, known: Mark | None, *, anew: bool
) -> None:
    from beleidsbeheer.storage.index.index import Mark, Told

    by = reader()
    seen = _seen(place)  # before the bytes: what changes meanwhile is seen the next time
    if known is not None and seen and (seen, by) == (known.seen, known.program):
        done.same += 1
        return
    content, read = _content(place)
    if known is not None and content and (content, by) == (known.content, known.program):
        with index.writing() as writing:
            writing.touch(place, seen)
        done.same += 1
        return
    judged = judge(None if anew else index, place, today, read)
    told = Told(place, Mark(seen, content, by), judged.facts, judged.read_as)
    done.texts += _write(index, told, judged.texts, anew=anew)
    done.read.append(place)


def _write(index: Index, told: Told, texts: Mapping[str, bytes], *, anew: bool) -> int:
    """Write a register with those of its texts that are not there yet; how many texts were read for it."""
    with index.reading() as reading:
        known = {} if anew else reading.text_ids(told.mark.program, texts.keys())
    missing: Collection[str] = texts.keys() - known.keys()
    read: dict[str, TextFacts] = {}
    while True:
        read |= {digest: read_text(texts[digest]) for digest in sorted(missing)}
        with index.writing() as writing:
            missing = writing.write_register(told, read, anew=anew)
        if not missing:
            return len(read)
        # somebody else took out meanwhile what nobody had any more: read that as well


def _seen(place: str) -> str:
    try:
        return signature(Path(place))
    except (OSError, BeleidError):
        return ""


def _content(place: str) -> tuple[str, Snapshot | None]:
    """What stands for the bytes of a register, for what git has checked out and for what this clone misses of what
    it saw before; and those files.

    Nothing, when they cannot be read: whoever judges it will say why.
    """
    from beleidsbeheer.storage.memory import recall
    from beleidsbeheer.storage.repository import head

    try:
        root = register_at(place)
        snapshot = read_folder(root)
        memory = recall(root)
        missed = lost(root, snapshot.files, memory) if memory else []
        told = sha256(f"{head(root)}\n{missed}\n".encode("utf-8", "replace"))
    except BeleidError:
        return "", None
    for path, data in snapshot.files.items():
        told.update(f"{path}\0{digest_of(data)}\n".encode())
    for problem in snapshot.problems:
        told.update(f"{problem}\n".encode("utf-8", "replace"))
    return told.hexdigest(), snapshot
