"""Pages that the program itself writes; python docs/maak_poorten.py and docs/maak_regels.py renew them."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

_DOCS = Path(__file__).parents[1] / "docs"


@pytest.mark.parametrize("name", ["poorten", "regels"])
def test_page_is_up_to_date(name: str) -> None:
    spec = importlib.util.spec_from_file_location(f"maak_{name}", _DOCS / f"maak_{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (_DOCS / f"{name}.md").read_text(encoding="utf-8") == module.page()
