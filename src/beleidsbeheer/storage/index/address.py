"""Where an index lies: what a person typed, understood without opening anything."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from beleidsbeheer.errors import WrongUse
from beleidsbeheer.storage.names import shown

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

OWN_FOLDER = ".beleid-index"
"""The folder beside a register that is ours alone: made, ignored by git, and emptied without asking."""
_FILE = "index.sqlite"

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*", re.IGNORECASE | re.ASCII)
_SERVER = frozenset({"postgresql+psycopg", "postgresql", "postgres"})
_ENDINGS = (".sqlite", ".db")


@dataclass(frozen=True, slots=True)
class Address:
    """A database that may hold an index: a file of SQLite, or a PostgreSQL server.

    ``shown`` is for people and holds no password; ``url``, of a server only, does.
    """

    shown: str
    file: Path | None = None
    url: URL | None = field(default=None, repr=False)

    @property
    def in_own_folder(self) -> bool:
        """Whether it is a file in a folder that is ours alone."""
        return self.file is not None and self.file.parent.name == OWN_FOLDER


def default_file(root: Path) -> Path:
    """Where the index of the register at ``root`` lies when nobody says otherwise."""
    return root / OWN_FOLDER / _FILE


def parse_address(text: str, default: Path) -> Address:
    """The address in ``text``; the file ``default`` when it is empty. Paths are relative to where we run.

    Takes ``sqlite:///relative``, ``sqlite:////absolute``, a path that ends in ``.sqlite`` or ``.db``,
    and ``postgresql://user:password@host:port/name`` (RFC 3986; also ``postgres://`` and
    ``postgresql+psycopg://``; the part after ``?`` as in libpq, "Connection URIs"). Raises WrongUse.
    """
    text = text.strip()
    if not text:
        return _in_file(default)
    scheme, separator, rest = text.partition("://")
    if separator and scheme.lower() in _SERVER:
        return _on_server(rest)
    path = rest.removeprefix("/") if separator else text
    is_file = rest.startswith("/") if separator else text.endswith(_ENDINGS)
    if (separator and scheme.lower() != "sqlite") or not is_file or not _is_path(path):
        raise _unknown(text)
    return _in_file(Path(path))


def _in_file(file: Path) -> Address:
    return Address(shown=shown(str(file)), file=file)


def _is_path(path: str) -> bool:
    """Not empty, not ``:memory:`` (an index that nobody finds again), no options, no null character."""
    return bool(path) and not path.startswith(":memory:") and not {"?", "\0"}.intersection(path)


def _unknown(text: str) -> WrongUse:
    scheme, separator, _ = text.partition("://")
    if separator:
        what = f" '{scheme}://…'" if _SCHEME.fullmatch(scheme) else ""
    else:
        what = f" '{shown(text)}'" if "@" not in text else ""  # with one, there may be a password
    return WrongUse(
        f"Het adres{what} van de database kan niet worden gebruikt.",
        hint="Geef een bestand (index.sqlite, of sqlite:///map/index.sqlite) of een server"
        " (postgresql://gebruiker@server:5432/naam).",
    )


def _on_server(rest: str) -> Address:
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(f"postgresql+psycopg://{rest}")
    except (ArgumentError, ValueError):  # their words may hold the password
        url = None
    if url is None or _is_misread(url, rest):
        raise WrongUse(
            "Het adres van de PostgreSQL-server kan niet worden gelezen.",
            hint="Schrijf het zo: postgresql://gebruiker:wachtwoord@server:5432/naam. Vreemde tekens in"
            " het wachtwoord schrijft u met een procentteken: @ is %40, / is %2F, : is %3A.",
        ) from None
    return Address(shown=_without_password(url), url=url)


def _is_misread(url: URL, rest: str) -> bool:
    """Whether an unescaped character made part of a password look like something else."""
    signs = rest.partition("?")[0].count("@")
    return signs > 1 or "@" in (url.host or "") or (signs == 1 and url.username is None)


def _without_password(url: URL) -> str:
    """User, host, port and name; nothing of what comes after ``?``, as a password may stand there."""
    host = url.host or ""
    host = f"[{host}]" if ":" in host else host
    user = f"{url.username}@" if url.username else ""
    port = f":{url.port}" if url.port else ""
    return shown(f"postgresql://{user}{host}{port}/{url.database or ''}")
