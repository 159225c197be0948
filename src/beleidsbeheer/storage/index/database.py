"""What the door asks of each of the two databases; ``sqlite`` and ``postgresql`` answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Engine

Purpose = Literal["reading", "writing", "making"]
"""What a transaction is for; ``making`` drops and makes tables."""


class Database(Protocol):
    """A place for an index. Errors of the driver are left to ``trouble.database_trouble``."""

    def prepare(self, create: bool) -> None:
        """Before there is a connection: check that this place may be opened; make folders if ``create``.

        Raises DamagedIndex, RepositoryProblem or WrongUse.
        """

    def exists(self) -> bool:
        """Whether there is anything to open."""

    def engine(self, patience: float) -> Engine:
        """An engine for this place; ``patience``, in seconds, is how long one writer waits for another.

        The option ``purpose`` of a connection decides how its transactions begin.
        """

    def check(self, connection: Connection) -> None:
        """Raises RepositoryProblem when what is there is not ours or cannot hold an index."""

    def hold(self, connection: Connection) -> None:
        """First in a transaction: keep the tables as they are until it ends."""

    def lock(self, connection: Connection, name: str, shared: bool) -> None:
        """Wait for the lock ``name`` and keep it until the transaction ends."""

    def clear(self, connection: Connection) -> None:
        """Drop all tables and views of ours."""

    def make(self, connection: Connection) -> None:
        """Make what the tables stand in, and sign it as ours."""

    def settle(self, engine: Engine) -> None:
        """Once the tables are there, each time it is opened to be written."""
