"""The commands that make papers: where they write, what they refuse, and that a template can be one's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from act_lines import to_adopted, to_submitted
from desk import POLICY, Capture, Screen, copied


@pytest.fixture
def put(capsys: Capture, tmp_path: Path) -> Screen:
    """Version 0.1 is before the council."""
    return copied(capsys, tmp_path, to_submitted)


@pytest.fixture
def adopted(capsys: Capture, tmp_path: Path) -> Screen:
    """Version 0.1 is in force since a day."""
    return copied(capsys, tmp_path, to_adopted).on("2026-11-25")


# --- exporteer -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "start"), [("a.pdf", b"%PDF"), ("a.docx", b"PK"), ("a.md", b"# Privacyreglement\n")]
)
def test_name_of_the_file_says_the_form(
    adopted: Screen, tmp_path: Path, name: str, start: bytes
) -> None:
    adopted.fine("exporteer", POLICY, "--uit", tmp_path / name)
    first = (tmp_path / name).read_bytes()
    assert first.startswith(start)
    adopted.fine("exporteer", POLICY, "--uit", tmp_path / name)
    assert (tmp_path / name).read_bytes() == first


def test_without_a_file_it_is_markdown(adopted: Screen) -> None:
    assert "Geldend: versie 0.1, van 24-11-2026 t/m heden" in adopted.fine("exporteer", POLICY)


def test_nothing_in_force_is_said(put: Screen) -> None:
    assert "geldt er geen tekst" in put.refused("exporteer", POLICY, code=2)
    assert "Deze tekst geldt niet." in put.fine("exporteer", POLICY, "--versie", "0.1")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (["exporteer", POLICY, "--versie", "9.9"], "Versie 9.9 van privacyreglement is niet geregistreerd."),
        (["exporteer", "onbekend"], "Er is geen beleid met de naam onbekend."),
        (["exporteer", POLICY, "--versie", "0.1", "--vorm", "pdf"], "niet om op het scherm te zetten"),
        (["exporteer", POLICY, "--vorm", "pdf", "--uit", "x.docx"], "past niet bij een bestand dat op .docx eindigt"),
        (["exporteer", POLICY, "--uit", "geen/map/x.pdf"], "een map die er niet is"),
        (["exporteer", POLICY, "--uit", "."], "is een map"),
        (["besluit"], "BELEID en VERSIE ontbreken."),
        (["besluit", POLICY], "VERSIE ontbreekt."),
        (["schoolgids", POLICY], "geldt er geen tekst"),
        (["bundel", POLICY, "9.9", "--uit", "nieuw"], "is niet geregistreerd"),
    ],
)  # fmt: skip
def test_mistakes_are_told(
    put: Screen, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, line: list[str], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert words in put.refused(*line, code=2)


def test_text_that_was_changed_makes_no_paper(put: Screen, tmp_path: Path) -> None:
    path = put.find("reglement/*/versies/0.1.md")
    path.write_bytes(path.read_bytes() + b"\nErbij.\n")
    put.refused("exporteer", POLICY, "--versie", "0.1", "--uit", tmp_path / "x.pdf", code=3)
    assert not (tmp_path / "x.pdf").exists()


# --- bundel ------------------------------------------------------------------------------------------------


def test_bundle_is_a_folder_that_sha256sum_can_check(put: Screen, tmp_path: Path) -> None:
    told = put.fine("bundel", POLICY, "0.1", "--uit", tmp_path / "stukken")
    names = sorted(path.name for path in (tmp_path / "stukken").iterdir())
    assert f"Geschreven: {len(names)} bestanden" in told
    assert {"oplegnotitie.pdf", "tekst-0.1.pdf", "brief-mr-ouders.docx", "bevindingen.pdf"} <= set(
        names
    )
    assert [path for path in tmp_path.iterdir() if path.name.startswith(".tmp")] == []


def test_bundle_goes_into_an_empty_folder(put: Screen, tmp_path: Path) -> None:
    (tmp_path / "leeg").mkdir()
    put.fine("bundel", POLICY, "0.1", "--uit", tmp_path / "leeg")
    assert (tmp_path / "leeg" / "afdrukken.sha256").exists()


def test_bundle_never_lands_on_something(put: Screen, tmp_path: Path) -> None:
    (tmp_path / "vol").mkdir()
    (tmp_path / "vol" / "x").write_text("blijft")
    assert "staat al iets" in put.refused(
        "bundel", POLICY, "0.1", "--uit", tmp_path / "vol", code=2
    )
    file = tmp_path / "vol" / "x"
    assert "is al een bestand" in put.refused("bundel", POLICY, "0.1", "--uit", file, code=2)
    inside = put.folder / "approvals" / "stukken"
    assert "hoort bij een register" in put.refused("bundel", POLICY, "0.1", "--uit", inside, code=2)
    other = put.folder / "reglement" / "stukken"
    assert "hoort bij een register" in put.refused("bundel", POLICY, "0.1", "--uit", other, code=2)


def test_bundle_that_fails_halfway_leaves_nothing(
    put: Screen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from beleidsbeheer.storage import outside

    written: list[Path] = []

    def full(target: Path, content: bytes) -> None:
        if len(written) == 3:
            raise OSError(28, "No space left on device")
        written.append(target)
        target.write_bytes(content)

    monkeypatch.setattr(outside, "replace_file", full)
    told = put.refused("bundel", POLICY, "0.1", "--uit", tmp_path / "stukken", code=3)
    assert "de schijf is vol" in told
    assert len(written) == 3
    assert not (tmp_path / "stukken").exists()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".tmp")]


# --- besluit and schoolgids -------------------------------------------------------------------------------------


def test_own_template_is_used(put: Screen) -> None:
    standard = put.fine("besluit", "--sjabloon")
    assert "{{versie}}" in standard
    put.write("# Ons besluit over {{titel}}\n\n{{versie}}\n", "sjablonen/besluit.md")
    assert put.fine("besluit", POLICY, "0.1").startswith("# Ons besluit over Privacyreglement\n")
    assert put.fine("besluit", "--sjabloon").startswith("# Ons besluit")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"# Kop\n{{vresie}}\n", "sjablonen/besluit.md:2: {{vresie}} is geen invulplek"),
        (b"# Kop\n\n\xff\n", "sjablonen/besluit.md:3: dit is geen UTF-8."),
    ],
)
def test_broken_template_names_its_line(put: Screen, content: bytes, words: str) -> None:
    put.write(content, "sjablonen/besluit.md")
    assert words in put.refused("besluit", POLICY, "0.1", code=3)


def test_guide_tells_what_is_missing(adopted: Screen) -> None:
    answer = adopted.run("schoolgids", POLICY)
    assert answer.code == 0
    assert "Geef --adres" in answer.err
    assert "geen artikel met klacht in de kop" in answer.err
    told = adopted.fine("schoolgids", POLICY, "--adres", "https://school.example")
    assert "https://school.example" in told


def test_something_wrong_in_the_register_is_said(adopted: Screen, tmp_path: Path) -> None:
    adopted.write(b"{}", "approvals/rooster/rooster-000000000000.json")
    answer = adopted.run("exporteer", POLICY, "--uit", tmp_path / "x.pdf")
    assert answer.code == 1
    assert "Let op: er klopt iets niet" in answer.err
