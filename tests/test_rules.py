"""Every rule of governance, kept and broken, and the table of gates."""

from __future__ import annotations

import pytest

from beleidsbeheer.domain.model import next_number, working_path
from beleidsbeheer.domain.rules.frame import Act
from beleidsbeheer.domain.rules.gates import GATES
from beleidsbeheer.domain.statement import SHAPES
from simulator import RULES, Simulator

POLICY = "privacyreglement"
TEXT = b'+++\ntitel = "Reglement"\nraakt = ["schoolgids"]\n+++\n\n# Reglement\n'
NEWER = TEXT + b"\n## Artikel 1. Nieuw\n"


def school() -> Simulator:
    simulator = Simulator.begun()
    simulator.register("0.1", TEXT)
    simulator.files[working_path(POLICY)] = NEWER
    return simulator


def silent(simulator: Simulator, act: Act) -> bool:
    return simulator.load().gate(act) == []


def reasons(simulator: Simulator, act: Act) -> list[str]:
    return [finding.rule for finding in simulator.load().gate(act)]


def registration(version: str = "0.2", text: bytes = NEWER, policy: str = POLICY) -> Act:
    return Act("registratie", policy, version, text)


def test_an_act_without_rules_is_refused() -> None:
    assert reasons(school(), Act("onbekend")) == ["poort"]


@pytest.mark.parametrize("kind", sorted(SHAPES.keys() - {"lezing"}))
def test_every_kind_that_can_be_made_has_a_gate(kind: str) -> None:
    """A lezing is made with its overname, behind that gate."""
    assert GATES[kind]


def test_every_rule_explains_itself() -> None:
    for rules in GATES.values():
        for rule in rules:
            assert rule.explanation.endswith(".")


def test_registration_of_a_new_text_passes() -> None:
    assert silent(school(), registration())


def test_trusted_root() -> None:
    assert "wortel" in reasons(Simulator(files={"beleid.toml": RULES}), Act("rooster"))


def test_sound_register() -> None:
    simulator = school()
    simulator.files["reglement/privacyreglement/versies/0.1.md"] += b"x"
    assert "register-klopt" in reasons(simulator, registration())


@pytest.mark.parametrize("kind", ["akkoord", "aanvaarding", "erkenning"])
def test_decisions_of_the_beheerders_pass_an_unsound_register(kind: str) -> None:
    simulator = school()
    simulator.files["beleid.toml"] += b"# x\n"
    assert silent(simulator, Act(kind))


def test_known_policy() -> None:
    assert "beleid-bekend" in reasons(school(), registration(policy="anders"))


@pytest.mark.parametrize("slug", ["Privacy", "a b", "rooster", "con", "privacyreglement"])
def test_new_policy(slug: str) -> None:
    assert reasons(school(), Act("nieuw", slug)) == ["beleid-naam"]
    assert silent(school(), Act("nieuw", "schoolgids"))


@pytest.mark.parametrize("version", ["0.0", "0.0.9", "1", "v2"])
def test_number_above_last(version: str) -> None:
    assert reasons(school(), registration(version)) == ["versie-hoger"]


def test_changed_text() -> None:
    assert reasons(school(), registration(text=TEXT)) == ["tekst-nieuw"]


def test_free_place() -> None:
    simulator = school()
    simulator.files["reglement/privacyreglement/versies/0.2.md"] = b"iets anders"
    assert reasons(simulator, registration()) == ["plaats-vrij"]
    simulator.files["reglement/privacyreglement/versies/0.2.md"] = NEWER
    assert silent(simulator, registration())


@pytest.mark.parametrize("text", [b"\xff", b"+++\ntitel = \n+++\n", b"# Zonder titel bovenaan\n"])
def test_readable_text(text: bytes) -> None:
    assert "tekst-leesbaar" in reasons(school(), registration(text=text))


@pytest.mark.parametrize("line", [b"raakt = []\n", b""])
def test_a_text_that_touches_nothing_is_told(line: bytes) -> None:
    text = NEWER.replace(b'raakt = ["schoolgids"]\n', line)
    (finding,) = school().load().gate(registration(text=text))
    assert (finding.rule, finding.severity) == ("raakt-ingevuld", "waarschuwing")


def test_imported_once() -> None:
    assert reasons(school(), Act("overname", POLICY, "0.1")) == ["eenmaal-overnemen"]
    assert silent(school(), Act("overname", "ander", "0.1", TEXT))


def test_a_roster_waits_while_something_is_missing() -> None:
    simulator = school()
    first = next(iter(simulator.verify().counted.values()))
    simulator.register("0.2", NEWER, after=[first])
    lost = simulator.register("0.3", TEXT)
    simulator.register("0.4", NEWER, after=[lost])
    assert silent(simulator, Act("rooster"))
    simulator.remove(lost)
    assert "niets-ontbreekt" in reasons(simulator, Act("rooster"))


def test_only_what_can_be_undone_can_be_repudiated() -> None:
    simulator = school()
    registration = simulator.register("0.2", NEWER)
    proposal = simulator.propose(*simulator.members, threshold=1)
    vote = simulator.agree(simulator.members[0], proposal)
    assert silent(simulator, Act("verwerping", about=registration))
    assert reasons(simulator, Act("verwerping", about=vote)) == ["verwerpbaar"]


def test_a_roster_that_is_or_was_in_force_cannot_be_repudiated() -> None:
    simulator = school()
    following = simulator.propose(*simulator.members, threshold=1)
    entries = simulator.verify().counted
    for roster in (entries[simulator.root], following):
        assert reasons(simulator, Act("verwerping", about=roster)) == ["verwerpbaar"]


def test_what_was_repudiated_does_not_close_the_gate() -> None:
    """A mistake that was put right must not keep a register from going on."""
    simulator = school()
    wrong = simulator.register("0.2", NEWER)
    simulator.repudiate(wrong)
    simulator.files[working_path(POLICY)] = NEWER + b"\n1. Nog iets.\n"
    assert simulator.verify().sound
    assert not simulator.counts(wrong)
    assert simulator.load().policies[POLICY].next_number == "0.3"
    assert silent(simulator, registration("0.3", NEWER + b"\n1. Nog iets.\n"))


def test_what_rests_on_something_repudiated_still_closes_the_gate() -> None:
    simulator = school()
    wrong = simulator.register("0.2", NEWER)
    following = simulator.register("0.3", TEXT, after=[wrong])
    simulator.repudiate(wrong)
    assert "register-klopt" in reasons(simulator, registration("0.4"))
    simulator.repudiate(following)
    assert "register-klopt" not in reasons(simulator, registration("0.4"))


def test_repudiating_a_vote_has_no_effect() -> None:
    """A repudiated akkoord still is one: the decision it belongs to is what can be put right."""
    simulator = Simulator.begun()
    proposal = simulator.propose(*simulator.members, threshold=1)
    vote = simulator.agree(simulator.members[0], proposal)
    simulator.repudiate(vote)
    assert simulator.counts(vote)


@pytest.mark.parametrize(
    ("last", "following"), [("0.2", "0.3"), ("0.9", "0.10"), ("1.0.1", "1.0.2")]
)
def test_next_number(last: str, following: str) -> None:
    assert next_number(last) == following
