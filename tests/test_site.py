"""``beleid site`` and ``beleid verifieer --getuige``: what is published, what stops it, and how it is written."""

from __future__ import annotations

import json
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from act_lines import to_adopted
from desk import POLICY, Capture, Screen, copied
from sites import FIRST, made, school, write


@pytest.fixture
def desk(capsys: Capture, tmp_path: Path) -> Screen:
    """The school of ``sites`` on disk."""
    return Screen(capsys, write(school().files, tmp_path / "school"))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "site"


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


# --- how it is written -------------------------------------------------------------------------------


def test_all_pages_are_written(desk: Screen, out: Path) -> None:
    desk.fine("site", "--uit", out)
    found = files(out)
    manifest = json.loads(found.pop("bouw.json"))
    assert found.keys() == made(school().files).keys() == manifest["bestanden"].keys()


def test_a_second_run_gives_the_same_bytes_and_makes_less(desk: Screen, out: Path) -> None:
    desk.fine("site", "--uit", out)
    first = files(out)
    told = desk.fine("site", "--uit", out)
    assert files(out) == first
    assert f"{len(first) - 1} bestanden, waarvan {len(first) - 1} nieuw" not in told
    elsewhere = out.with_name("elders")
    desk.fine("site", "--uit", elsewhere)
    assert files(elsewhere) == first


def test_what_changed_is_made_anew_and_nothing_else_differs(desk: Screen, out: Path) -> None:
    """After a change, after a day, after damage to the site: the same as a site that is made from nothing."""
    desk.fine("site", "--uit", out)
    life = school()
    life.day = "2026-11-20"
    life.register("0.2", b"# Klachtenregeling\n\nNieuw.\n", policy="klachtenregeling")
    write(life.files, desk.folder)
    for number, line in enumerate(
        [(), ("--op", "01-01-2027"), ("--adres", "https://school.example")]
    ):
        page = out / "beleid/privacyreglement/0.1.html"
        page.unlink()  # a hard link may share it
        page.write_bytes(b"beschadigd")
        desk.fine("site", "--uit", out, *line)
        fresh = out.with_name(f"vers-{number}")
        desk.fine("site", "--uit", fresh, *line)
        assert files(out) == files(fresh)


def test_without_a_readable_manifest_all_is_made_anew(desk: Screen, out: Path) -> None:
    desk.fine("site", "--uit", out)
    first = files(out)
    for damage in (b"", b"[]", b'{"schema": "beleidsbeheer.bouw/1", "bestanden": {"../x": 1}}'):
        (out / "bouw.json").write_bytes(damage)
        assert f"waarvan {len(first) - 1} nieuw" in desk.fine("site", "--uit", out)
        assert files(out) == first


def test_when_it_stops_half_way_the_last_site_is_untouched(
    desk: Screen, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.fine("site", "--uit", out)
    first = files(out)

    def broken(*_: object) -> bytes:
        raise OSError("stuk")

    monkeypatch.setattr("beleidsbeheer.render.site.data.sitemap", broken)
    monkeypatch.setattr("beleidsbeheer.render.site.pages.sitemap", broken)
    assert desk.run("site", "--uit", out, "--adres", "https://school.example/").code != 0
    assert files(out) == first
    assert [each.name for each in out.parent.iterdir() if each.name.startswith(".tmp-")] == []


@pytest.mark.parametrize(
    "where", ["approvals/site", "reglement/site", ".", ".git/site", "er/niet", "vol"]
)
def test_places_where_no_site_may_come(desk: Screen, where: str) -> None:
    (desk.folder / "vol").mkdir()
    (desk.folder / "vol" / "iets.txt").write_text("van iemand")
    desk.git("init", "--quiet")
    desk.record()
    desk.refused("site", "--uit", desk.folder / where, code=2)


@pytest.mark.parametrize(
    "address", ["school.example", "ftp://x/", "https://a b/", 'https://x/"', "javascript:x"]
)
def test_an_address_that_is_none(desk: Screen, out: Path, address: str) -> None:
    assert "geen webadres" in desk.refused("site", "--uit", out, "--adres", address, code=2)
    assert not out.exists()


# --- what stops it -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "pattern",
    [
        "privacyreglement/0.2/vaststelling-*.sig",  # in force
        "privacyreglement/0.2/instemming-*.sig",
        "privacyreglement/0.3/vaststelling-*.sig",  # coming
        "privacyreglement/0.4/registratie-*.sig",  # being made
        "klachtenregeling/0.1/registratie-*.sig",
        "rooster/aanvaarding-*.sig",
    ],
)
def test_a_broken_signature_stops_it(desk: Screen, out: Path, pattern: str) -> None:
    target = next(desk.folder.glob(f"approvals/{pattern}"))
    target.write_bytes(b"x")
    told = desk.refused("site", "--uit", out)
    assert target.name.removesuffix(".sig") in told
    assert not out.exists()


def test_a_changed_text_stops_it(desk: Screen, out: Path) -> None:
    text = desk.folder / f"reglement/{POLICY}/versies/0.2.md"
    text.write_bytes(text.read_bytes() + b"x")
    assert "gewijzigd na ondertekening" in desk.refused("site", "--uit", out)


@pytest.mark.parametrize("damage", ["signature", "text"])
def test_what_went_wrong_with_history_is_published_and_marked(
    desk: Screen, out: Path, damage: str
) -> None:
    """A draft that a later text took the place of: nothing that is in force rests on it."""
    life = school()
    life.day = "2026-01-20"
    draft = life.register("0.1.1", FIRST.encode(), omschrijving="Tussenstand")
    write(life.files, desk.folder)
    broken = f"{draft.path}.sig" if damage == "signature" else draft.texts[0].path
    (desk.folder / broken).write_bytes(b"x")
    answer = desk.run("site", "--uit", out)
    assert answer.code == 0, answer.err
    assert "wat er niet klopt" in answer.err
    page = (out / f"beleid/{POLICY}/index.html").read_text()
    assert "Versie 0.1.1 telt niet mee." in page
    assert not (out / f"beleid/{POLICY}/0.1.1.html").exists()
    assert "telt niet mee" not in (out / "beleid/klachtenregeling/index.html").read_text()


def test_a_register_without_a_root_is_not_published(desk: Screen, out: Path) -> None:
    for path in desk.folder.glob("approvals/rooster/*"):
        path.unlink()
    assert "geen wortel" in desk.refused("site", "--uit", out)


def test_what_git_misses_stops_it(capsys: Capture, tmp_path: Path, out: Path) -> None:
    screen = copied(capsys, tmp_path, to_adopted)
    screen.fine("site", "--uit", out)
    for path in screen.folder.glob(f"approvals/{POLICY}/0.1/instemming-*"):
        path.unlink()
    assert "ontbreekt" in screen.refused("site", "--uit", out)


# --- the witness -------------------------------------------------------------------------------------


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A web server for this folder, on this machine alone."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_witness_that_agrees(desk: Screen, out: Path) -> None:
    desk.fine("site", "--uit", out)
    assert "De getuige sprak over 23-11-2026" in desk.fine("verifieer", "--getuige", out)
    with served(out) as address:
        told = desk.fine("verifieer", "--getuige", address)
    assert "De getuige sprak over 23-11-2026" in told
    assert "zonder versleuteling" in told


@pytest.mark.parametrize("over_the_web", [True, False])
def test_a_witness_misses_what_was_taken_away(desk: Screen, out: Path, over_the_web: bool) -> None:
    """The last publication, with its signature: nothing rests on it, so nothing else would miss it."""
    desk.fine("site", "--uit", out)
    gone = next(desk.folder.glob(f"approvals/{POLICY}/0.3/bekendmaking-*.json"))
    gone.unlink()
    gone.with_name(gone.name + ".sig").unlink()
    assert desk.run("verifieer").code == 0
    with served(out) as address:
        answer = desk.run("verifieer", "--json", "--getuige", address if over_the_web else out)
    assert answer.code == 1
    (finding,) = [each for each in answer.json["bevindingen"] if each["regel"] == "getuige"]
    assert gone.name in json.dumps(finding)


def test_a_witness_of_a_text_that_was_replaced(desk: Screen, out: Path) -> None:
    desk.fine("site", "--uit", out)
    told = json.loads((out / "beleid.json").read_text())
    told["beleid"][0]["versies"][0]["tekst"]["sha256"] = "0" * 64
    (out / "beleid.json").write_text(json.dumps(told))
    answer = desk.run("verifieer", "--getuige", out)
    assert answer.code == 1
    assert "met een andere inhoud" in answer.out


def test_a_witness_of_another_register(
    desk: Screen, out: Path, capsys: Capture, tmp_path: Path
) -> None:
    desk.fine("site", "--uit", out)
    (tmp_path / "ander").mkdir()
    other = copied(capsys, tmp_path / "ander", to_adopted)
    answer = other.run("verifieer", "--getuige", out)
    assert answer.code == 1
    assert "andere wortel" in answer.out


def test_what_is_newer_than_the_witness_is_no_error(desk: Screen, out: Path) -> None:
    desk.fine("site", "--uit", out)
    life = school()
    life.day = "2026-11-20"
    life.register("0.2", b"# Klachtenregeling\n\nNieuw.\n", policy="klachtenregeling")
    write(life.files, desk.folder)
    assert "Nieuwer dan de getuige: 1." in desk.fine("verifieer", "--getuige", out)


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"{}",
        b"[1]",
        b"\xff",
        b'{"schema": "beleidsbeheer.site/1"}',
        b'{"schema": 7}',
        b"[" * 100_000,
    ],
)
def test_a_witness_that_says_nothing_we_know(desk: Screen, tmp_path: Path, said: bytes) -> None:
    (tmp_path / "beleid.json").write_bytes(said)
    assert "geen beleid.json" in desk.refused("verifieer", "--getuige", tmp_path, code=3)


def test_a_witness_that_is_not_there(desk: Screen, tmp_path: Path) -> None:
    assert "geeft geen antwoord" in desk.refused(
        "verifieer", "--getuige", tmp_path / "niets", code=3
    )
    assert "geeft geen antwoord" in desk.refused(
        "verifieer", "--getuige", "http://127.0.0.1:1/", code=3
    )


def test_the_bundle_is_a_register_that_verifies(desk: Screen, out: Path) -> None:
    desk.fine("site", "--uit", out)
    place = out.with_name("uitgepakt")
    with zipfile.ZipFile(out / "bewijs/register.zip") as packed:
        packed.extractall(place)
    root = json.loads((out / "beleid.json").read_text())["wortel"]
    told = desk.at(place).fine("verifieer", "--wortel", root, "--getuige", out)
    assert "Wat hier te zien is klopt" in told
