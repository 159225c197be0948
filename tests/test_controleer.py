"""``beleid controleer`` as people meet it, and what registering and submitting say of a text."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from beleidsbeheer.domain.checks.table import rules
from checked import TEXTS
from desk import POLICY, Answer, Capture, Screen, begun

CLEAN = (TEXTS / "schoon.md").read_text(encoding="utf-8")
COMMENT = "\n<!-- wat niemand leest -->\n"
HIDDEN = CLEAN + COMMENT
GAP = CLEAN.replace("Artikel 10.", "Artikel 12.")
HIDDEN_GAP = GAP + COMMENT
SUBMIT = ("--beweegredenen", "a", "--gevolgen", "b", "--maatregelen", "c")


@pytest.fixture
def school(capsys: Capture, tmp_path: Path) -> Screen:
    """A register with the clean regulation as working text."""
    screen = begun(capsys, tmp_path)
    screen.write(CLEAN)
    screen.record()
    return screen


@pytest.fixture
def desk(capsys: Capture, tmp_path: Path) -> Screen:
    """A folder without a register."""
    return Screen(capsys, tmp_path)


def rules_in(answer: Answer) -> set[str]:
    return {each["regel"] for text in answer.json["teksten"] for each in text["bevindingen"]}


# --- which text -------------------------------------------------------------------------------------------


def test_clean_policy(school: Screen) -> None:
    told = school.fine("controleer", POLICY)
    assert f"reglement/{POLICY}/reglement.md (werktekst)" in told
    assert "Niets gevonden." in told
    assert "voldoet: dat beoordeelt een mens" in told


def test_every_policy_without_a_word(school: Screen) -> None:
    school.fine("nieuw", "pestprotocol", "--titel", "Pestprotocol")
    answer = school.run("controleer", "--json")
    assert [text["beleid"] for text in answer.json["teksten"]] == ["pestprotocol", POLICY]


def test_new_text_from_the_template_has_no_findings(school: Screen) -> None:
    school.fine("nieuw", "pestprotocol", "--titel", "Pestprotocol")
    assert "Niets gevonden." in school.fine("controleer", "pestprotocol")


def test_a_version(school: Screen) -> None:
    school.register("0.1")
    school.write(HIDDEN)
    assert school.run("controleer", POLICY).code == 1
    assert school.run("controleer", POLICY, "--versie", "0.1").code == 0


def test_a_file_outside_a_register(capsys: Capture, tmp_path: Path) -> None:
    (tmp_path / "los.md").write_text(HIDDEN, encoding="utf-8")
    answer = Screen(capsys, tmp_path).run("controleer", tmp_path / "los.md")
    assert answer.code == 1
    assert "FOUT verborgen-commentaar" in answer.out


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["controleer"], 2, "Hier is geen register"),
        (["controleer", "weg.md"], 2, "Er is geen bestand weg.md."),
        (["controleer", "latin.md"], 3, "latin.md:1: byte 4 van het bestand (0xe9) is geen UTF-8."),
        (["controleer", "nul.md"], 3, "NUL-byte"),
        (["controleer", "los.md", "--versie", "0.1"], 2, "Een bestand heeft geen versie."),
        (["controleer", "los.md", "--json", "--vorm", "html"], 2, "gaan niet samen"),
        (["controleer", "los.md", "--dekking", "csv", "--vorm", "html"], 2, "gaan niet samen"),
        (["controleer", "los.md", "--dekking", "csv", "--nieuw"], 2, "--nieuw en --dekking"),
        (["controleer", "los.md", "--dekking", "csv", "--akkoord"], 2, "--akkoord en --dekking"),
        (["controleer", "los.md", "--dekking", "csv"], 2, "geen kader"),
        (["controleer", "los.md", "--nieuw"], 2, "Een bestand heeft geen geldende versie."),
        (["controleer", "--regels", "--json"], 2, "--regels staat alleen."),
        (["controleer", "--regels", "--uit", "regels.txt"], 2, "--regels staat alleen."),
        (
            ["controleer", "los.md", "--kader", "los.md"],
            3,
            "naam ontbreekt of is geen gewone tekst",
        ),
        (["controleer", "los.md", "--vorm", "pdf"], 2, "kies uit tekst, html, json, sarif"),
    ],
)
def test_mistakes(
    desk: Screen, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, words: str
) -> None:
    monkeypatch.chdir(desk.folder)
    Path("los.md").write_text("# Reglement\n", encoding="utf-8")
    Path("latin.md").write_bytes("caf\xe9".encode("latin-1"))
    Path("nul.md").write_bytes(b"a\0b")
    answer = desk.run(*arguments)
    assert answer.code == code
    assert words in answer.err
    assert answer.err.startswith("Fout: ")


@pytest.mark.parametrize("name", ["los.md", "kader.toml"])
def test_what_is_read_is_not_written_over(desk: Screen, name: str) -> None:
    (desk.folder / "los.md").write_text(CLEAN, encoding="utf-8")
    (desk.folder / "kader.toml").write_text("", encoding="utf-8")
    before = desk.everything()
    line = ("controleer", desk.folder / "los.md", "--kader", desk.folder / "kader.toml")
    answer = desk.run(*line, "--uit", desk.folder / name)
    assert answer.code == 2
    assert "wordt hier gelezen" in answer.err
    assert desk.everything() == before


@pytest.mark.parametrize(
    ("name", "start"),
    [("a.html", "<!doctype html>"), ("a.json", "{"), ("a.sarif", "{"), ("a.txt", "los.md")],
)
def test_the_name_of_a_file_tells_its_form(desk: Screen, name: str, start: str) -> None:
    (desk.folder / "los.md").write_text(CLEAN, encoding="utf-8")
    desk.fine("controleer", desk.folder / "los.md", "--uit", desk.folder / name)
    assert start in (desk.folder / name).read_text(encoding="utf-8").splitlines()[0]


def test_nothing_is_written(school: Screen) -> None:
    before = school.everything()
    school.run("controleer", POLICY)
    school.run("controleer", POLICY, "--json")
    assert school.everything() == before


# --- forms ------------------------------------------------------------------------------------------------


def test_a_finding_has_everything_a_reader_needs(school: Screen) -> None:
    school.write(GAP)
    told = school.fine("controleer", POLICY)
    assert "WAARSCHUWING artikel-ontbreekt" in told
    assert re.search(
        rf"reglement/{POLICY}/reglement\.md:\d+ \[12\]: Na artikel 9 volgt artikel 12;", told
    )
    assert "Waarom? Wie naar het ontbrekende artikel zoekt" in told
    assert "Bron: Aanwijzingen voor de regelgeving 3.54" in told
    assert "Tip: Zet op die plaats een kop" in told


def test_json(school: Screen) -> None:
    school.write(HIDDEN)
    answer = school.run("controleer", POLICY, "--json")
    assert answer.code == 1
    assert answer.json["schema"] == "beleidsbeheer.controle/1"
    assert answer.json["klopt"] is False
    (text,) = answer.json["teksten"]
    (one,) = text["bevindingen"]
    assert (one["regel"], one["ernst"], one["groep"]) == ("verborgen-commentaar", "fout", "tekst")
    assert one["plaats"] == f"{one['pad']}:{one['regelnummer']}"
    assert one["citaat"] == "<!-- wat niemand leest -->"
    assert text["aantallen"] == {"fout": 1, "waarschuwing": 0, "opmerking": 0}
    assert {each["antwoord"] for each in text["dekking"][0]["eisen"]} == {"gevonden"}


def test_sarif(school: Screen) -> None:
    accepted = '[[akkoord]]\nregel = "artikel-ontbreekt"\nreden = "Bekend."\ntot_en_met = 2027-01-01\n+++\n\n#'
    school.write(HIDDEN_GAP.replace("+++\n\n#", accepted, 1))
    log = json.loads(school.run("controleer", POLICY, "--vorm", "sarif").out)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    known = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in known] == [rule.id for rule in rules()]
    assert [result["level"] for result in run["results"]] == ["error", "warning"]
    for result in run["results"]:
        assert known[result["ruleIndex"]]["id"] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == f"reglement/{POLICY}/reglement.md"
        assert place["region"]["startLine"] > 1
    assert run["results"][1]["suppressions"][0]["justification"].startswith("Bekend.")


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.ids += [known["id"]] if known.get("id") else []
        self.links += [known["href"]] if tag == "a" and known.get("href") else []


def test_html_is_one_page_without_scripts_or_requests(school: Screen, tmp_path: Path) -> None:
    school.write(HIDDEN.replace("- c. voldoen", "- d. voldoen"))
    target = tmp_path / "controle.html"
    assert school.run("controleer", POLICY, "--vorm", "html", "--uit", target).code == 1
    text = target.read_text(encoding="utf-8")
    page = _Page()
    page.feed(text)
    assert "script" not in page.tags
    assert page.tags.count("h1") == 1
    assert len(page.ids) == len(set(page.ids))
    assert all(link.removeprefix("#") in page.ids for link in page.links)
    assert '<html lang="nl">' in text
    assert not re.search(r"(src|href)=\"(?!#|data:)", text)
    assert "<!-- wat niemand leest" not in text
    assert "&lt;!-- wat niemand leest" in text


def test_target_inside_the_register_is_refused(school: Screen) -> None:
    school.refused(
        "controleer", POLICY, "--vorm", "html", "--uit", school.folder / "approvals/x.html", code=2
    )


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("tekst", "datalek"),
        ("markdown", "| Eis | Wat | Grondslag | Antwoord | Waar | Hoe |"),
        ("csv", "Eis,Wat,Grondslag,Antwoord,Waar,Hoe"),
        ("html", "<caption>Algemene verordening gegevensbescherming (AVG)"),
    ],
)
def test_matrix(school: Screen, form: str, words: str) -> None:
    assert words in school.fine("controleer", POLICY, "--dekking", form)


def test_own_framework(school: Screen, tmp_path: Path) -> None:
    (tmp_path / "ibp.toml").write_text(
        'naam = "ibp"\ntitel = "Eigen kader"\ngelezen = 2026-01-01\n[geldt_bij]\ntitel = ["privacy"]\n'
        '[[eis]]\nid = "mfa"\nsoort = "reglement"\nwat = "Inloggen in twee stappen."\ngrondslag = "IBP 1"\nzoek = ["twee stappen"]\nmerk = "gelezen"\n',
        encoding="utf-8",
    )
    answer = school.run("controleer", POLICY, "--kader", tmp_path / "ibp.toml", "--json")
    assert rules_in(answer) == {"avg-reglement"}
    assert [each["kader"] for each in answer.json["teksten"][0]["dekking"]] == ["avg", "ibp"]


def test_all_rules(capsys: Capture, tmp_path: Path) -> None:
    told = Screen(capsys, tmp_path).fine("controleer", "--regels")
    for rule in rules():
        assert f"  {rule.id} ({rule.severity})" in told
        assert rule.explanation in told


def test_every_rule_explains_itself() -> None:
    ids = [rule.id for rule in rules()]
    assert len(ids) == len(set(ids))
    for rule in rules():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.id)
        assert rule.explanation.endswith(".")
        assert rule.why.endswith(".")
        assert rule.tip


def test_accepted_is_counted_and_shown_on_request(school: Screen) -> None:
    accepted = '[[akkoord]]\nregel = "artikel-ontbreekt"\nreden = "Bekend."\ntot_en_met = 2027-01-01\n+++\n\n#'
    school.write(GAP.replace("+++\n\n#", accepted, 1))
    assert "Geen bevindingen; 1 mee akkoord (toon met --akkoord)." in school.fine(
        "controleer", POLICY
    )
    assert "Bekend. (tot en met 01-01-2027)" in school.fine("controleer", POLICY, "--akkoord")


# --- registering and submitting ------------------------------------------------------------------------------


def test_registering_tells_what_is_to_remark(school: Screen) -> None:
    assert "De controle van de tekst" not in school.register("0.1")
    school.write(GAP)
    told = school.register("0.2")
    assert "De controle van de tekst vindt 1 punt:" in told
    assert "waarschuwing artikel-ontbreekt" in told
    assert f"Alles met uitleg: beleid controleer {POLICY} --versie 0.2\n" in told


def test_submitting_tells_it_again(school: Screen) -> None:
    school.write(GAP)
    school.register("0.1")
    told = school.fine("voorleggen", POLICY, "0.1", "--aan", "MR", *SUBMIT)
    assert "De controle van de tekst vindt 1 punt:" in told


def test_old_findings_are_not_told_again(capsys: Capture, tmp_path: Path) -> None:
    """With a text in force, only what it did not have is told."""
    screen = begun(capsys, tmp_path)
    old = GAP
    (tmp_path / "0.1.md").write_text(old, encoding="utf-8")
    (tmp_path / "oud.toml").write_text(
        f'[bron]\nsha256 = "{"0" * 64}"\n[[versies]]\nversie = "0.1"\ntekst = "0.1.md"\n[versies.cellen]\n"Versie" = "0.1"\n'
        '[[lezingen]]\nversie = "0.1"\ngeldend_van = 2020-01-01\ntoelichting = "Zo gelezen."\n',
        encoding="utf-8",
    )
    screen.fine("neem-over", POLICY, "--uit", tmp_path / "oud.toml")
    screen.write(old.replace("op de website", "te allen tijden op de website"))
    told = screen.register("0.2")
    assert "De controle van de tekst vindt 1 punt dat er in versie 0.1 niet was:" in told
    assert "taalfout" in told
    assert "artikel-ontbreekt" not in told
    answer = screen.run("controleer", POLICY, "--nieuw", "--json")
    assert rules_in(answer) == {"taalfout"}
    assert answer.json["teksten"][0]["vergeleken_met"] == "versie 0.1"
