"""docs/poorten.md is what the program itself asks; python docs/maak_poorten.py renews it."""

from __future__ import annotations

import importlib.util
from pathlib import Path

_DOCS = Path(__file__).parents[1] / "docs"


def test_page_of_gates_is_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("maak_poorten", _DOCS / "maak_poorten.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (_DOCS / "poorten.md").read_text(encoding="utf-8") == module.page()
