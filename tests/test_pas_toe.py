"""``beleid pas-toe``: the exact text in a pipe or a file, and no text at all when something is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from beleidsbeheer.domain.amendment import decision
from desk import Capture, Screen, begun

OLD = b"## Artikel 1\r\n\r\nEen \xe2\x80\xae tekst.\r\n\r\n## Artikel 2\r\n\r\nNog een"
NEW = OLD.replace(b"tekst", b"andere tekst") + b" keer"


@pytest.fixture
def desk(capsys: Capture, tmp_path: Path) -> Screen:
    (tmp_path / "oud.md").write_bytes(OLD)
    text = decision(OLD, NEW, "Proef")
    (tmp_path / "besluit.md").write_bytes(text.encode())
    return Screen(capsys, tmp_path)


def test_the_text_comes_out_byte_for_byte(desk: Screen) -> None:
    told = desk.fine("pas-toe", desk.folder / "besluit.md", desk.folder / "oud.md")
    assert told.encode() == NEW


def test_into_a_file(desk: Screen) -> None:
    target = desk.folder / "nieuw.md"
    told = desk.fine("pas-toe", desk.folder / "besluit.md", desk.folder / "oud.md", "--uit", target)
    assert told == f"De nieuwe tekst staat in {target.as_posix()}.\n"
    assert target.read_bytes() == NEW


def test_another_text_gives_no_text(desk: Screen) -> None:
    (desk.folder / "oud.md").write_bytes(OLD + b"\n")
    target = desk.folder / "nieuw.md"
    line = ("pas-toe", desk.folder / "besluit.md", desk.folder / "oud.md")
    for more in ((), ("--uit", target)):
        answer = desk.run(*line, *more)
        assert (answer.code, answer.out) == (3, "")
        assert "wijzigt een andere tekst dan" in answer.err
        assert "\nTip: " in answer.err
    assert not target.exists()


def test_the_line_of_a_mistake_is_named(desk: Screen) -> None:
    place = desk.folder / "besluit.md"
    place.write_bytes(place.read_bytes().replace(b"A. ", b"B. "))
    answer = desk.run("pas-toe", place, desk.folder / "oud.md")
    assert answer.code == 3
    assert f"{place.as_posix()}:7: hier staat onderdeel B" in answer.err


def test_bytes_that_are_no_text(desk: Screen) -> None:
    (desk.folder / "oud.md").write_bytes(b"\xff")
    answer = desk.run("pas-toe", desk.folder / "besluit.md", desk.folder / "oud.md")
    assert answer.code == 3
    assert "oud.md:1: byte 1 van het bestand (0xff) is geen UTF-8." in answer.err


def test_texts_of_a_register_are_left_alone(desk: Screen, tmp_path: Path) -> None:
    register = begun(desk.capture, tmp_path / "register")
    line = ("pas-toe", desk.folder / "besluit.md", desk.folder / "oud.md")
    answer = desk.run(*line, "--uit", register.folder / "beleid.toml")
    assert answer.code == 2


def test_a_decision_that_went_through_notepad(desk: Screen) -> None:
    place = desk.folder / "besluit.md"
    place.write_bytes(b"\xef\xbb\xbf" + place.read_bytes().replace(b"\n", b"\r\n"))
    assert desk.fine("pas-toe", place, desk.folder / "oud.md").encode() == NEW


@pytest.mark.parametrize("name", ["besluit.md", "oud.md"])
def test_what_is_read_is_not_written_over(desk: Screen, name: str) -> None:
    before = desk.everything()
    line = ("pas-toe", desk.folder / "besluit.md", desk.folder / "oud.md")
    answer = desk.run(*line, "--uit", desk.folder / name)
    assert (answer.code, answer.out) == (2, "")
    assert "wordt hier gelezen" in answer.err
    assert desk.everything() == before


def test_a_file_that_is_not_there(desk: Screen) -> None:
    assert desk.run("pas-toe", desk.folder / "weg.md", desk.folder / "oud.md").code == 2
