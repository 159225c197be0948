"""What each kind of page says, byte for byte; what no page may hold; and the forms for programs."""

from __future__ import annotations

import io
import json
import os
import posixpath
import re
import zipfile
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from beleidsbeheer.domain.register import load
from beleidsbeheer.domain.verification import verify
from beleidsbeheer.render.site.model import Site, discreet
from beleidsbeheer.render.site.pages import pages
from sites import DAY, NAME, made, school
from test_tables_acts import whole_life

GOLDEN = Path(__file__).parent / "golden"
ADDRESS = "https://school.example/reglementen/"
KINDS = {
    "thuis.html": "index.html",
    "beleid.html": "beleid/privacyreglement/index.html",
    "versie-toekomst.html": "beleid/privacyreglement/0.3.html",
    "versie-verleden.html": "beleid/privacyreglement/0.1.html",
    "verschil.html": "beleid/privacyreglement/verschil-0.1-0.3.html",
    "datum.html": "datum.html",
    "zoeken.html": "zoeken.html",
    "bewijs.html": "bewijs.html",
    "wijzigingen.xml": "wijzigingen.xml",
    "sitemap.xml": "sitemap.xml",
    "beleid.json": "beleid.json",
    "zoek.js": "zoek/privacyreglement.js",
}
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def site() -> dict[str, bytes]:
    return made(school().files, address=ADDRESS)


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_of_page_is_as_agreed(site: dict[str, bytes], name: str) -> None:
    """Byte for byte. After a wanted change: GOLDEN=new make test."""
    golden = GOLDEN / f"site-{name}"
    if os.environ.get("GOLDEN") == "new":
        golden.write_bytes(site[KINDS[name]])
    assert site[KINDS[name]] == golden.read_bytes()


# --- what no page may hold -----------------------------------------------------------------------------------


class Outside(HTMLParser):
    """What a page would do by itself: styles and scripts in it, and addresses it would ask for."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.bad: list[str] = []
        self.links: list[str] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "style" or "style" in values or any(name.startswith("on") for name in values):
            self.bad.append(f"{tag} {values}")
        if tag == "script" and not values.get("src"):
            self.bad.append("inline script")
        if tag in ("img", "iframe", "object", "embed", "form", "base"):
            self.bad.append(tag)
        for name in ("src", "href"):
            target = values.get(name)
            asks = name == "src" or (
                tag == "link" and "itemprop" not in values and values.get("rel") != "canonical"
            )
            if target and asks and re.match(r"[a-z]+:|//", target) and target != "data:,":
                self.bad.append(f"{tag} asks {target}")
            if target and not re.match(r"[a-z]+:|//|#", target):
                self.links.append(target)


def test_pages_do_nothing_and_ask_for_nothing(site: dict[str, bytes]) -> None:
    for path, data in site.items():
        if path.endswith(".html"):
            assert Outside(data).bad == [], path
            assert b"default-src 'none'; style-src 'self'; script-src 'self'" in data


def test_every_link_leads_to_a_page_that_is_there(site: dict[str, bytes]) -> None:
    for path, data in site.items():
        if path.endswith(".html"):
            ids = set(re.findall(r'id="([^"]+)"', data.decode()))
            for here in re.findall(r'href="#([^"]*)"', data.decode()):
                assert here in ids, (path, here)
            for target in Outside(data).links:
                place = posixpath.normpath(posixpath.join(path, "..", target.partition("#")[0]))
                assert place in site, (path, target)


def everything(site: dict[str, bytes]) -> bytes:
    packed = zipfile.ZipFile(io.BytesIO(site["bewijs/register.zip"]))
    return b"".join([*site.values(), *map(packed.read, packed.namelist())])


def test_no_name_of_a_person_unless_the_register_says_so(site: dict[str, bytes]) -> None:
    assert NAME.encode() not in everything(site)
    shown = made(school(names=True).files)
    assert NAME.encode() in shown["beleid/privacyreglement/index.html"]
    assert NAME.encode() not in shown["bewijs/register.zip"]


def test_names_in_an_old_document_are_not_shown_either() -> None:
    life = whole_life()
    bron = next(path for path in life.files if "/bron-" in path)
    told = made(life.files)
    assert b"niet getoond" in told["beleid/privacyreglement/index.html"] or bron
    assert b"Bestuurder (voorbeeld)" not in everything(told)


# --- hostile words -------------------------------------------------------------------------------------------


def test_hostile_words_do_nothing() -> None:
    life = school()
    life.day = "2026-11-12"
    hostile = (
        '+++\ntitel = "<script>alert(1)</script>\u202e"\n+++\n\n# <script>alert(1)</script>\n\n## Artikel 1. <img src=x>\n\n'
        "[klik](javascript:alert(1)) ![x](https://elders.example/x.png)\n"
    )
    life.register("0.1", hostile.encode(), policy="kwaad", omschrijving="<script>alert(2)</script>")
    life.register(
        "0.2", (hostile + "\nmeer <b onclick=x>\n").encode(), policy="kwaad", omschrijving="]]><x>"
    )
    told = made(life.files, address=ADDRESS)
    for path, data in told.items():
        if path.endswith(".html"):
            assert Outside(data).bad == [], path
            assert b"<script>alert" not in data
            assert "\u202e" not in data.decode()
    for path in ("wijzigingen.xml", "sitemap.xml"):
        ElementTree.fromstring(told[path])  # noqa: S314 - our own
    assert "\u202e" not in told["zoek/privacyreglement.js"].decode()


# --- what is told --------------------------------------------------------------------------------------------


def plain(page: bytes) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.decode()).split())


def test_the_policy_page_is_of_the_text_in_force(site: dict[str, bytes]) -> None:
    said = plain(site["beleid/privacyreglement/index.html"])
    assert "Geldend van 01-09-2026 t/m 31-12-2026 met terugwerkende kracht vanaf 01-08-2026" in said
    assert "binnen vijf dagen" in said
    assert "Er komt een nieuwe tekst" in said or "er komt een nieuwe tekst" in said
    assert "Ingestemd door de oudergeleding (OMR)" in said
    assert "WMS 13 lid 1 onder i" in said


def test_each_artikel_tells_since_when_and_who_consented(site: dict[str, bytes]) -> None:
    page = site["beleid/privacyreglement/index.html"].decode()
    parts = dict(
        re.findall(r'<section class="artikel" id="(artikel-\d)">(.*?)</section>', page, re.S)
    )
    assert "sinds 0.1" in parts["artikel-1"]
    assert "sinds 0.2" in parts["artikel-2"]
    assert "Ingestemd door de personeelsgeleding (PMR)" in plain(parts["artikel-2"].encode())


def test_versions_say_whether_they_hold(site: dict[str, bytes]) -> None:
    for number, said in {
        "0.1": "Deze tekst geldt niet meer.",
        "0.3": "Dit is een toekomstige tekst.",
        "0.4": "Deze tekst geldt niet.",
    }.items():
        assert said in plain(site[f"beleid/privacyreglement/{number}.html"])


def test_on_another_day_another_text_is_in_force() -> None:
    later = made(school().files, day=date(2027, 1, 1))
    assert "Online lessen" in plain(later["beleid/privacyreglement/index.html"])
    assert "Versie 0.3, geldt sinds 1 januari 2027" in plain(later["index.html"])
    earlier = made(school().files, day=date(2026, 3, 1))
    assert "binnen tien dagen" in plain(earlier["beleid/privacyreglement/index.html"])


def test_a_repealed_policy_and_one_in_the_making_have_their_place() -> None:
    told = made(whole_life().files, day=date(2027, 3, 1))
    assert "Wat niet meer geldt" in plain(told["index.html"])
    assert "Er geldt op dit moment geen tekst." in plain(told["beleid/privacyreglement/index.html"])
    assert "In voorbereiding" in plain(made(school().files)["index.html"])


def test_microdata_for_search_engines(site: dict[str, bytes]) -> None:
    page = site["beleid/privacyreglement/0.2.html"].decode()
    assert 'itemtype="https://schema.org/Legislation"' in page
    assert '<meta itemprop="legislationDateVersion" content="2026-08-01">' in page
    assert '"https://schema.org/InForce"' in page
    assert '"https://schema.org/NotInForce"' in site["beleid/privacyreglement/0.1.html"].decode()


# --- for programs ----------------------------------------------------------------------------------------------


def test_the_bundle_verifies_by_itself(site: dict[str, bytes]) -> None:
    packed = zipfile.ZipFile(io.BytesIO(site["bewijs/register.zip"]))
    files = {name: packed.read(name) for name in packed.namelist()}
    assert not [name for name in files if "bron-" in name or "namen" in name or "brief" in name]
    found = verify({k: v for k, v in files.items() if "/" in k or k == "beleid.toml"}, DAY)
    whole = verify(school().files, DAY)
    assert found.sound
    assert found.root == whole.root
    assert found.counted.keys() == whole.counted.keys()


def test_the_signed_text_is_there_byte_for_byte(site: dict[str, bytes]) -> None:
    life = school()
    for number in ("0.1", "0.2", "0.3", "0.4"):
        text = life.files[f"reglement/privacyreglement/versies/{number}.md"]
        assert site[f"beleid/privacyreglement/{number}.md"] == text


def test_the_feed_is_atom(site: dict[str, bytes]) -> None:
    feed = ElementTree.fromstring(site["wijzigingen.xml"])  # noqa: S314 - our own
    entries = feed.findall(f"{ATOM}entry")
    ids = [each.findtext(f"{ATOM}id") for each in entries]
    assert len(ids) == len(set(ids)) > 8
    days = [each.findtext(f"{ATOM}updated") or "" for each in entries]
    assert days == sorted(days, reverse=True)
    assert feed.findtext(f"{ATOM}updated") == days[0]


def test_the_json_says_what_its_schema_promises(site: dict[str, bytes]) -> None:
    import fastjsonschema

    schema = json.loads(site["beleid.schema.json"])
    check = fastjsonschema.compile(schema)
    told = json.loads(site["beleid.json"])
    check(told)
    check(json.loads(made(whole_life().files)["beleid.json"]))
    assert told["beleid"][1]["geldend"]["versie"] == "0.2"
    with pytest.raises(fastjsonschema.JsonSchemaException):
        check(told | {"wortel": "x"})


def test_a_sitemap_only_for_a_site_with_an_address(site: dict[str, bytes]) -> None:
    assert f"<loc>{ADDRESS}beleid/privacyreglement/0.2.html</loc>" in site["sitemap.xml"].decode()
    assert f"Sitemap: {ADDRESS}sitemap.xml" in site["robots.txt"].decode()
    without = made(school().files)
    assert "sitemap.xml" not in without
    assert b"canonical" not in without["index.html"]


# --- keys --------------------------------------------------------------------------------------------------------


def keys(files: dict[str, bytes], day: date = DAY) -> dict[str, str]:
    return {p.path: p.key for p in pages(Site(discreet(load(files, DAY)), day)) if p.key}


def test_a_key_changes_with_what_a_page_is_made_from() -> None:
    """Equal keys must mean equal bytes: whatever is done to the register, on whatever day."""
    life = school()
    changed = school()
    changed.day = "2026-11-15"
    changed.register("0.2", b"# Klachtenregeling\n\nAndere tekst.\n", policy="klachtenregeling")
    named = school(names=True)
    variants = [
        (life.files, DAY),
        (life.files, date(2027, 1, 1)),
        (life.files, date(2026, 3, 1)),
        (changed.files, DAY),
        (named.files, DAY),
    ]
    known: dict[tuple[str, str], bytes] = {}
    for files, day in variants:
        for page in pages(Site(discreet(load(files, DAY)), day)):
            if page.key:
                data = page.make()
                assert known.setdefault((page.path, page.key), data) == data
    same = [path for path, key in keys(life.files).items() if keys(changed.files).get(path) == key]
    assert "beleid/privacyreglement/index.html" in same
    assert "beleid/klachtenregeling/index.html" not in same
