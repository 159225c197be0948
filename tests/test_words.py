"""Sentences on the screen: wrapped between words for a person, whole for a program."""

from __future__ import annotations

import os
import shutil
import sys

import pytest

from beleidsbeheer.cli.words import say

PATH = "approvals/privacyreglement/0.1/registratie-f07d73192647.json"


def narrow(patch: pytest.MonkeyPatch) -> None:
    """A terminal of 30 columns. Called in the test itself: pytest changes stdout after set-up."""
    patch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    patch.setattr(shutil, "get_terminal_size", lambda: os.terminal_size((30, 20)))


def test_a_long_sentence_breaks_between_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow(monkeypatch)
    say("  Deze zin is te lang voor een smal scherm.")
    lines = capsys.readouterr().out.splitlines()
    assert " ".join(line.strip() for line in lines) == "Deze zin is te lang voor een smal scherm."
    assert all(line.startswith("  ") and len(line) <= 30 for line in lines)


def test_a_path_stays_whole(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow(monkeypatch)
    say(f"Vastlegging: {PATH}")
    assert PATH in capsys.readouterr().out.splitlines()


def test_a_pipe_gets_the_line_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    say("woord " * 80)
    assert capsys.readouterr().out == "woord " * 80 + "\n"
