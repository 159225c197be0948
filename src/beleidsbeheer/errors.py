"""Everything that can stop an action, and what the person at the screen should do about it.

    BeleidError                 exit 3   cannot go on
    ├── Refused                 exit 1   a closed gate: the rules say no, nothing was written
    ├── WrongUse                exit 2   the command was given something it cannot take
    ├── UnreadableInput         exit 3   bytes that are not what they should be (names file and line)
    │   ├── EntryError                   … not a strict entry
    │   ├── SignatureError               … not a signature or key we accept, or it does not match
    │   ├── DocumentError                … not a readable regulation
    │   └── AmendmentError               … an amending decision that cannot be carried out (domain.amendment)
    ├── KeyProblem              exit 3   a private key that cannot be made, found, opened or used
    └── RepositoryProblem       exit 3   git, or the folder, is not in a state to read or write

A finding about a register is a value (``domain.model.Finding``), never an exception: one broken entry
must not hide the next. This module knows no Click; ``cli.main`` alone turns an exception into words
on a screen and an exit code.
"""

from __future__ import annotations

from typing import ClassVar


class BeleidError(Exception):
    """Cannot go on. ``message`` says what is wrong, ``hint`` what to do next (both Dutch, for people)."""

    exit_code: ClassVar[int] = 3

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class Refused(BeleidError):
    """A rule closes the gate. Nothing was written."""

    exit_code = 1


class WrongUse(BeleidError):
    """An argument, option or setting that the command cannot take."""

    exit_code = 2


class UnreadableInput(BeleidError):
    """Bytes from outside that are not what they should be."""


class EntryError(UnreadableInput):
    """A statement that is not strict: bytes, shape, field or value."""


class SignatureError(UnreadableInput):
    """A key or signature we do not accept, or that does not fit these bytes."""


class DocumentError(UnreadableInput):
    """A regulation that cannot be read."""


class KeyProblem(BeleidError):
    """A private key that cannot be made, found, opened or used."""


class RepositoryProblem(BeleidError):
    """Git, or the folder, is not in a state to read or write."""
