"""The printer of statements against the one it stands in for: signed bytes rest on their being equal."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from beleidsbeheer.domain.entry import print_entry
from beleidsbeheer.domain.model import Role

_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.text() | st.integers() | st.sampled_from([*Role]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(st.text(), _VALUES, max_size=5))
@settings(deadline=None, max_examples=300)
def test_print_is_that_of_the_json_module(statement: dict[str, Any]) -> None:
    reference = json.dumps(statement, ensure_ascii=False, sort_keys=True, indent=2, allow_nan=False)
    assert print_entry(statement) == (reference + "\n").encode()
