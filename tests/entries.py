"""One good statement, and what its reader says about changes to it."""

from __future__ import annotations

from typing import Any

import pytest

from beleidsbeheer.domain.entry import print_entry, read_entry
from beleidsbeheer.errors import EntryError
from simulator import Simulator

SCHOOL = Simulator.begun()
ENTRY = SCHOOL.register("0.1")
GOOD = SCHOOL.files[ENTRY.path]
ROOT = read_entry(SCHOOL.files[f"approvals/rooster/rooster-{SCHOOL.root[:12]}.json"])


def refused(data: bytes) -> str:
    """The Dutch reason for refusing these bytes."""
    with pytest.raises(EntryError) as caught:
        read_entry(data)
    assert caught.value.message
    return caught.value.message


def with_fields(**change: Any) -> bytes:
    """The good statement with other fields, in the one spelling."""
    return print_entry({**ENTRY.fields, **change})
