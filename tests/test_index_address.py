"""Where an index lies: what a person may type, and that no password in it is shown."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beleidsbeheer.errors import WrongUse
from beleidsbeheer.storage.index.address import default_file, parse_address

DEFAULT = default_file(Path("school"))


@pytest.mark.parametrize(
    ("typed", "file"),
    [
        ("", "school/.beleid-index/index.sqlite"),
        ("  ", "school/.beleid-index/index.sqlite"),
        ("sqlite:///map/index.sqlite", "map/index.sqlite"),
        ("sqlite:////srv/index", "/srv/index"),
        ("SQLite:////srv/index", "/srv/index"),
        ("sqlite:///C:\\school\\index", "C:\\school\\index"),
        ("index.sqlite", "index.sqlite"),
        ("/srv/alle scholen.db", "/srv/alle scholen.db"),
    ],
)
def test_file(typed: str, file: str) -> None:
    """A path, with or without the scheme; nothing typed is the default."""
    address = parse_address(typed, DEFAULT)
    assert (address.file, address.url, address.shown) == (Path(file), None, file)
    assert address.in_own_folder == (not typed.strip())


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("postgresql+psycopg://jan:geheim@db:5433/beleid", "postgresql://jan@db:5433/beleid"),
        ("postgresql://jan:geheim@db/beleid", "postgresql://jan@db/beleid"),
        ("Postgres://jan:geheim@[::1]:5/beleid", "postgresql://jan@[::1]:5/beleid"),
        ("postgresql://jan:ge%40heim%2F@db/beleid", "postgresql://jan@db/beleid"),
        ("postgresql://jan@db/beleid?password=geheim", "postgresql://jan@db/beleid"),
        ("postgresql:///beleid?host=/run/postgresql", "postgresql:///beleid"),
    ],
)
def test_server(typed: str, shown: str) -> None:
    """The three spellings are one; what is shown has no password, and neither has the repr."""
    address = parse_address(typed, DEFAULT)
    assert (address.file, address.shown) == (None, shown)
    assert not address.in_own_folder
    assert address.url is not None
    assert address.url.drivername == "postgresql+psycopg"
    assert "heim" not in repr(address)


def test_password_with_odd_characters() -> None:
    """Percent-encoded as RFC 3986 asks."""
    odd = "g@h/:%"
    url = parse_address(f"postgresql://jan:{quote(odd, safe='')}@db/x", DEFAULT).url
    assert url is not None
    assert url.password == odd


@pytest.mark.parametrize(
    "typed",
    [
        "mysql://jan:geheim@db/beleid",
        "postgresql+psycopg2://jan:geheim@db/beleid",
        "postgresql://jan:geheim@db:poort/beleid",
        "postgresql://jan:geh@eim@db/beleid",
        "postgresql://jan:x@geheim/y@db/beleid",
        "postgresql://jan:x?geheim@y@db/beleid",
        "postgresql://ja/n:geheim@db/beleid",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite://geheim/index.db",
        "sqlite:///index.db?mode=ro",
        "sqlite:///a\0b.db",
        "a\0b.db",
        "index.txt",
        "jan:geheim@db",
        "geheim:geheim@x://y",
        "://geheim",
    ],
)
def test_anything_else_is_refused(typed: str) -> None:
    """With what can be typed instead, and without the password."""
    with pytest.raises(WrongUse) as caught:
        parse_address(typed, DEFAULT)
    assert "postgresql://gebruiker" in caught.value.hint
    assert "geh" not in f"{caught.value.message} {caught.value.hint} {caught.value.__cause__!r}"
    assert caught.value.__cause__ is None


def _told(typed: str) -> str:
    """What people see of it: the address, or why it is none."""
    try:
        address = parse_address(typed, DEFAULT)
    except WrongUse as error:
        return error.message
    assert (address.file is None) != (address.url is None)
    return address.shown


@given(st.text(max_size=40), st.sampled_from(["", "postgresql://", "sqlite:///", "postgres://"]))
def test_any_text_is_an_address_or_wrong_use(text: str, scheme: str) -> None:
    """Nothing typed gives another error, and what is shown fits on a line."""
    assert _told(scheme + text).isprintable()


@given(st.text(min_size=6, max_size=30))
def test_no_password_is_ever_shown(password: str) -> None:
    """Whatever it is made of, typed raw, as people do."""
    told = _told(f"postgresql://jan:Q7{password}7Q@db/beleid")
    assert "Q7" not in told
    assert "7Q" not in told


def test_looking_at_a_file_loads_no_sql() -> None:
    """The address of the default file is known without a second of SQLModel."""
    code = (
        "import sys; from pathlib import Path\n"
        "from beleidsbeheer.storage.index.address import parse_address\n"
        "parse_address('', Path('x')); parse_address('y.db', Path('x'))\n"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"sqlalchemy", "sqlmodel", "sqlite3", "psycopg"} & set(done.stdout.split())
