"""An index in a test: a register on disk, the index of it in a database, and everything that the index tells."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import text

from beleidsbeheer.actions.indexing.freshen import freshen
from beleidsbeheer.actions.indexing.judge import judge, reader
from beleidsbeheer.domain.overview.facts import RegisterFacts
from beleidsbeheer.domain.search.fragments import TextFacts, read_text
from beleidsbeheer.storage.index.address import parse_address
from beleidsbeheer.storage.index.index import Index, open_index
from folders import put
from simulator import TODAY

PARTS = (
    "policy", "version", "period", "waiting", "consent", "step", "history", "deadline", "finding",
    "text", "place", "mention", "fragment", "words",
)  # fmt: skip


def on_disk(root: Path, files: Mapping[str, bytes]) -> Path:
    """A register as plain files, in place of whatever was there but git and the index."""
    root.mkdir(parents=True, exist_ok=True)
    for each in root.iterdir():
        if not each.name.startswith("."):
            shutil.rmtree(each) if each.is_dir() else each.unlink()
    put(root, dict(files))
    return root


_open: list[Index] = []


def index_at(address: str) -> Index:
    index = open_index(parse_address(address, Path()), create=True)
    _open.append(index)
    return index


def close_all() -> None:
    """Close every index that was opened here."""
    while _open:
        _open.pop().close()


def fresh(address: str, registers: Iterable[Path], today: date = TODAY, **options: Any) -> Index:
    """The index there, freshened for these registers."""
    index = index_at(address)
    freshen(index, registers, today, **options)
    return index


def told(index: Index) -> tuple[dict[str, RegisterFacts], dict[str, TextFacts], dict[str, int]]:
    """Everything that an index tells: of registers, of their texts, and how many rows it took."""
    with index.reading() as reading:
        registers = reading.registers()
        digests = {v.text for r in registers.values() for p in r.policies for v in p.versions}
        texts = reading.texts(reader(), digests - {""})
        assert not reading.unsearchable(reader(), texts.values())
        connection = reading._connection
        counts = {
            name: int(connection.scalar(text(f"SELECT count(*) FROM {name}")) or 0)  # noqa: S608
            for name in PARTS
        }
    return registers, texts, counts


def expected(
    registers: Iterable[Path], today: date = TODAY
) -> tuple[dict[str, RegisterFacts], dict[str, TextFacts]]:
    """The same from the registers alone, without any index."""
    judged = {str(each): judge(None, str(each), today) for each in registers}
    facts = {place: each.facts for place, each in sorted(judged.items())}
    texts = {digest: read_text(data) for each in judged.values() for digest, data in each.texts.items()}  # fmt: skip
    return facts, texts
