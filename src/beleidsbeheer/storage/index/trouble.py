"""What a database can complain of, told to people: one boundary from SQL errors to Dutch.

Decided by code where there is one: ``sqlite_errorcode`` (sqlite.org/rescode.html, the low byte) and
SQLSTATE (PostgreSQL manual, appendix A). A refusal while connecting carries no SQLSTATE in libpq, so
there we read its English words; PostgreSQL's own messages have no Dutch translation. What no table
here knows is a mistake of ours and goes on as it is.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from sqlalchemy.exc import DBAPIError

from beleidsbeheer.errors import BeleidError, RepositoryProblem, WrongUse
from beleidsbeheer.storage.index.address import Address
from beleidsbeheer.storage.names import shown

SCHEMA = "beleidsindex"
"""The schema in PostgreSQL that holds all of ours."""
_NO_ROOM = 64 * 1024  # bytes; a disk with less left than this counts as full


class Collided(RepositoryProblem):
    """Two transactions were in each other's way and this one was undone: the same again may succeed."""


class DamagedIndex(RepositoryProblem):
    """The index cannot be read and must be thrown away."""


class Trouble(NamedTuple):
    """What to say. ``{where}`` is the address without password, ``{user}`` the user in it."""

    message: str
    hint: str
    kind: type[BeleidError] = RepositoryProblem

    def about(self, address: Address, server_says: str = "") -> BeleidError:
        """The error to raise."""
        user = shown(address.url.username or "") if address.url else ""
        words = {"where": address.shown, "user": user or "gebruiker", "server_says": server_says}
        return self.kind(self.message.format(**words), hint=self.hint.format(**words))


_AGAIN = "Probeer het over een tijdje opnieuw."
_UNTOUCHED = "De index is niet half bijgewerkt."

_FULL = Trouble(
    "De schijf waarop de index staat is vol ({where}).",
    f"Maak ruimte vrij en probeer het opnieuw. {_UNTOUCHED}",
)
_DISK = Trouble(
    "De schijf waarop de index staat geeft een fout ({where}).",
    "Kijk of de schijf nog goed is, of kies met --database een andere plek.",
)
BUSY = Trouble(
    "De index is bezet: een andere opdracht is er al lang mee bezig ({where}).",
    f"Wacht tot die klaar is en probeer het opnieuw. {_UNTOUCHED}",
)
_READ_ONLY = Trouble(
    "In de index kan niet worden geschreven ({where}): die is alleen te lezen.",
    "Geef uzelf schrijfrecht, of kies met --database een andere plek.",
)
_SHUT = Trouble(
    "De index kan niet worden geopend ({where}): u mag er niet bij, of de map of schijf is alleen te"
    " lezen.",
    "Geef uzelf schrijfrecht op het bestand en de map eromheen, of kies met --database een andere plek.",
)
DAMAGED_FILE = Trouble(
    "De index is beschadigd ({where}).",
    "Haal dat bestand weg en geef 'beleid index': de index wordt dan opnieuw gemaakt.",
    DamagedIndex,
)
_DAMAGED_SERVER = Trouble(
    "De index is beschadigd ({where}).",
    f"Laat de beheerder van de server het schema '{SCHEMA}' weghalen en geef 'beleid index'.",
    DamagedIndex,
)
_NO_FTS5 = Trouble(
    "De SQLite van deze Python kan niet in teksten zoeken (FTS5 ontbreekt).",
    "Gebruik een andere Python, of een PostgreSQL-server.",
)
_COLLIDED = Trouble(
    "Een andere opdracht schreef tegelijk in de index; deze is teruggedraaid ({where}).",
    f"Probeer het opnieuw. {_UNTOUCHED}",
    Collided,
)
_LOST = Trouble(
    "De verbinding met de database is verbroken ({where}).",
    f"{_AGAIN} {_UNTOUCHED}",
)
NO_RIGHT = Trouble(
    "U mag dit niet in de database ({where}).",
    f"Vraag de beheerder om rechten op het schema '{SCHEMA}', of om dat voor u te maken:"
    f' CREATE SCHEMA {SCHEMA} AUTHORIZATION "{{user}}";',
)
_PASSWORD = Trouble(
    "De database weigert de gebruiker of het wachtwoord ({where}).",
    "Kijk of de naam en het wachtwoord in BELEID_DATABASE of --database kloppen.",
)
_NO_PASSWORD = Trouble(
    "De database vraagt een wachtwoord, en er is er geen gegeven ({where}).",
    "Zet het adres met wachtwoord in BELEID_DATABASE, of het wachtwoord in ~/.pgpass.",
)
_NO_DATABASE = Trouble(
    "Op de server is geen database met die naam ({where}).",
    "Kijk of de naam klopt, of laat de beheerder die maken: createdb --encoding=UTF8 naam",
)
_TOO_MANY = Trouble(
    "De database heeft te veel verbindingen open ({where}).",
    f"{_AGAIN} Of laat de beheerder max_connections verhogen.",
)
_STARTING = Trouble("De database start net op of sluit net af ({where}).", _AGAIN)
_NO_SERVER = Trouble(
    "Op dit adres antwoordt geen PostgreSQL-server ({where}).",
    "Kijk of de server aan staat en of het adres en de poort kloppen.",
)
_NO_HOST = Trouble(
    "De server is niet te vinden ({where}): die naam is onbekend.",
    "Kijk of de naam van de server klopt en of u verbinding hebt met het netwerk.",
)
_SILENT = Trouble(
    "De server antwoordt niet op tijd ({where}).",
    "Kijk of het adres klopt, of een firewall de poort dichthoudt, en of u verbinding hebt.",
)
OPTION = Trouble(
    "Het adres van de database heeft een instelling die niet bestaat of niet kan ({where}).",
    "Kijk na wat er in het adres achter het vraagteken staat.",
    WrongUse,
)
_REFUSED = Trouble("De server weigert de verbinding ({where}).", "De server zegt: {server_says}")
GONE = Trouble(
    "De index is intussen weggehaald, of opnieuw gemaakt door een andere versie van beleid ({where}).",
    "Geef 'beleid index' en probeer het opnieuw.",
)
_NO_DRIVER = Trouble(
    "Voor een PostgreSQL-server is psycopg nodig, en dat is hier niet geïnstalleerd.",
    "Geef: pip install 'beleidsbeheer[postgresql]'",
)

_SQLITE = {
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _SHUT,
    sqlite3.SQLITE_AUTH: _SHUT,
    sqlite3.SQLITE_CANTOPEN: _SHUT,
    sqlite3.SQLITE_IOERR: _DISK,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_CORRUPT: DAMAGED_FILE,
    sqlite3.SQLITE_NOTADB: DAMAGED_FILE,
}

_SQLSTATE = {
    "25006": _READ_ONLY,
    "28": _PASSWORD,
    "3D000": _NO_DATABASE,
    "40001": _COLLIDED,
    "40P01": _COLLIDED,
    "42501": NO_RIGHT,
    "53100": _FULL,
    "53300": _TOO_MANY,
    "55P03": BUSY,
    "57014": BUSY,
    "57P03": _STARTING,
    "57P": _LOST,
    "08": _LOST,
    "58": _DISK,
    "XX001": _DAMAGED_SERVER,
    "XX002": _DAMAGED_SERVER,
}

_REFUSALS = (
    ("no password supplied", _NO_PASSWORD),
    ("password authentication failed", _PASSWORD),
    ('role ".*" (does not exist|is not permitted to log in)', _PASSWORD),
    ('database ".*" does not exist', _NO_DATABASE),
    ("permission denied for database", NO_RIGHT),
    ("too many (clients|connections)|remaining connection slots", _TOO_MANY),
    ("the database system is ", _STARTING),
    ("failed to resolve host|could not translate host name", _NO_HOST),
    ("timeout expired", _SILENT),
    ("Connection refused|No such file or directory", _NO_SERVER),
    ("No route to host|Network is unreachable", _NO_SERVER),
)


def damaged(address: Address) -> BeleidError:
    """What to raise for an index that holds what this program cannot have written."""
    return (DAMAGED_FILE if address.url is None else _DAMAGED_SERVER).about(address)


@contextmanager
def database_trouble(address: Address) -> Iterator[None]:
    """Turn what the database at ``address`` complains of into words for people, without a password.

    Raises RepositoryProblem, of which Collided may be tried again and DamagedIndex cannot; WrongUse for
    an address that cannot work. Any other error goes through as it is.
    """
    try:
        yield
    except BeleidError:
        raise
    except Exception as error:
        told = _told(error, address)
        if told is None:
            raise
        raise told from error


def _told(error: Exception, address: Address) -> BeleidError | None:
    if isinstance(error, ImportError):
        lacks = (error.name or "").startswith("psycopg") or "pq wrapper" in str(error)
        return _NO_DRIVER.about(address) if lacks else None
    original = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(original, sqlite3.Error):
        trouble = _of_file(original, address)
    elif type(original).__module__.partition(".")[0] == "psycopg":
        lost = isinstance(error, DBAPIError) and error.connection_invalidated
        trouble = _LOST if lost else _of_server(original)
    else:
        return None
    return trouble and trouble.about(address, _first_line(original, address))


def _of_file(error: sqlite3.Error, address: Address) -> Trouble | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest says which kind of that error
    if code == sqlite3.SQLITE_IOERR and address.file is not None and _is_full(address.file):
        return _FULL
    if code == sqlite3.SQLITE_ERROR and "no such module: fts5" in str(error):
        return _NO_FTS5
    return _SQLITE.get(code)


def _is_full(file: Path) -> bool:
    """SQLite calls a full disk an error of the disk when it cannot grow the file that it shares."""
    try:
        return shutil.disk_usage(file.absolute().parent).free < _NO_ROOM
    except OSError:
        return False


def _of_server(error: object) -> Trouble | None:
    """By the whole SQLSTATE, else by its class; without one, by the words of a refusal to connect."""
    state: str | None = getattr(error, "sqlstate", None)
    if state:
        parts = (state, state[:3], state[:2])
        return next((_SQLSTATE[part] for part in parts if part in _SQLSTATE), None)
    kinds = {one.__name__ for one in type(error).__mro__}
    says = str(error)
    if "ProgrammingError" in kinds:
        return OPTION if "bad value for connect_timeout" in says else None
    if "OperationalError" not in kinds:
        return None
    return next((trouble for words, trouble in _REFUSALS if re.search(words, says)), _REFUSED)


def _first_line(error: object, address: Address) -> str:
    """What the database says, printable; libpq puts no password in it, and if it did it is cut out."""
    says = (str(error).splitlines() or [""])[0].removeprefix("connection failed: ")
    password = str(address.url.password or "") if address.url else ""
    return shown(says.replace(password, "…") if password else says)
