"""Attacks on files: texts and entries changed, swapped, copied or removed, and what rests on them."""

from __future__ import annotations

import json

import pytest

from attacks import (
    ANNA,
    BOTH,
    GELDIG,
    GEWIJZIGD,
    ONBEKEND,
    ONGELDIG,
    changed,
    nothing_more,
    reason,
    word,
)
from beleidsbeheer.domain.entry import print_entry, read_entry
from beleidsbeheer.domain.model import text_path
from beleidsbeheer.domain.signature import sign_ed25519
from simulator import RULES, SECRETARY, TODAY, Simulator

# --- bytes, names and places ----------------------------------------------------------------------------


def test_text_swapped_after_signing() -> None:
    """Another text under a registered number is told from the text that was signed."""
    school = Simulator.begun()
    entry = school.register("0.1", b"# Goed\n")
    before = school.counted()
    school.files[text_path("privacyreglement", "0.1")] = b"# Slim\n"
    assert word(school, entry) == GEWIJZIGD
    assert "0.1.md" in reason(school, entry)
    nothing_more(before, school)


def test_text_removed() -> None:
    """Without the text nobody can say whether it is the one that was signed."""
    school = Simulator.begun()
    entry = school.register("0.1")
    before = school.counted()
    del school.files[text_path("privacyreglement", "0.1")]
    assert word(school, entry) == ONBEKEND
    nothing_more(before, school)


def test_statement_edited_in_place() -> None:
    """A statement of which one letter changed no longer fits its own file name."""
    school = Simulator.begun()
    entry = school.register("0.1")
    before = school.counted()
    school.files[entry.path] = changed(entry, {"omschrijving": "Versie 0,1"})
    assert word(school, entry) == GEWIJZIGD
    nothing_more(before, school)


def test_statement_edited_and_renamed() -> None:
    """Renaming an edited statement to its new digest leaves a signature that does not fit."""
    school = Simulator.begun()
    entry = school.register("0.1")
    before = school.counted()
    forged = read_entry(changed(entry, {"omschrijving": "Versie 0,1"}))
    school.files[forged.path] = print_entry(forged.fields)
    school.files[forged.path + ".sig"] = school.files[entry.path + ".sig"]
    assert word(school, forged) == ONGELDIG
    nothing_more(before, school)


@pytest.mark.parametrize("place", ["anders/0.1", "privacyreglement/0.2"])
def test_entry_copied_to_another_policy_or_version(place: str) -> None:
    """An entry counts only on the place that its own bytes name."""
    school = Simulator.begun()
    entry = school.register("0.1")
    before = school.counted()
    copy = f"approvals/{place}/{entry.path.rpartition('/')[2]}"
    school.files[copy] = school.files[entry.path]
    school.files[copy + ".sig"] = school.files[entry.path + ".sig"]
    verdicts = {j.path: j.verdict for j in school.verify().judgements}
    assert verdicts[copy] == ONGELDIG
    assert verdicts[entry.path] == GELDIG
    nothing_more(before, school)


def test_entry_moved_off_its_place() -> None:
    """An entry that was moved no longer counts anywhere."""
    school = Simulator.begun()
    entry = school.register("0.1")
    before = school.counted()
    moved = entry.path.replace("/0.1/", "/0.2/")
    school.files[moved] = school.files.pop(entry.path)
    school.files[moved + ".sig"] = school.files.pop(entry.path + ".sig")
    assert {j.path: j.verdict for j in school.verify().judgements}[moved] == ONGELDIG
    nothing_more(before, school)


def test_entry_copied_to_another_register() -> None:
    """The same people with the same keys sign for one register only: the entry names its roster."""
    here, there = Simulator.begun(), Simulator.begun(SECRETARY, ANNA)
    entry = here.register("0.1")
    before = there.counted()
    for path in (entry.path, entry.path + ".sig", text_path("privacyreglement", "0.1")):
        there.files[path] = here.files[path]
    assert word(there, entry) == ONBEKEND
    nothing_more(before, there)


def test_signature_deleted() -> None:
    """A statement without its signature says nothing."""
    school = Simulator.begun()
    entry = school.register("0.1")
    before = school.counted()
    del school.files[entry.path + ".sig"]
    assert word(school, entry) == ONBEKEND
    nothing_more(before, school)


def test_signature_of_another_entry() -> None:
    """A signature by the right key over something else does not fit."""
    school = Simulator.begun()
    first, second = school.register("0.1"), school.register("0.2")
    before = school.counted()
    school.files[second.path + ".sig"] = school.files[first.path + ".sig"]
    assert word(school, second) == ONGELDIG
    nothing_more(before, school)


def test_namespace_confusion() -> None:
    """A signature that was made for another kind of act does not fit this one."""
    school = Simulator.begun()
    entry = school.register("0.1")
    before = school.counted()
    for namespace in ("beleidsbeheer.v1/lezing", "file", "beleidsbeheer.v1/registratie2"):
        armored = sign_ed25519(SECRETARY.key.private, school.files[entry.path], namespace)
        school.files[entry.path + ".sig"] = armored
        assert word(school, entry) == ONGELDIG
        nothing_more(before, school)


def test_beleid_toml_changed() -> None:
    """The rules of the register are signed by the roster; another sector is seen."""
    school = Simulator.begun()
    entry = school.register("0.1")
    before = school.counted()
    school.files["beleid.toml"] = RULES.replace(b'"po"', b'"vo"')
    verdicts = {j.path: j.verdict for j in school.verify().judgements}
    assert verdicts["beleid.toml"] == GEWIJZIGD
    assert not school.verify().sound
    assert word(school, entry) == GELDIG
    nothing_more(before, school)


# --- the graph ------------------------------------------------------------------------------------------


def test_entry_deleted_that_others_rest_on() -> None:
    """Taking a ground away takes away what rests on it, and says what is missing."""
    school = Simulator.begun()
    first = school.register("0.1")
    second = school.register("0.2", after=[first])
    before = school.counted()
    school.remove(first)
    assert word(school, second) == ONBEKEND
    assert any(f.rule == "ontbreekt" and f.place == second.path for f in school.verify().findings)
    nothing_more(before, school)


def test_grounds_that_never_were() -> None:
    """Resting on a digest that nobody has seen is not judged."""
    school = Simulator.begun()
    before = school.counted()
    entry = school.register("0.1", rust_op=[school.root, "f" * 64])
    assert word(school, entry) == ONBEKEND
    nothing_more(before, school)


def test_repudiated_entry() -> None:
    """What the beheerders reject does not count, and nothing is removed."""
    school = Simulator.begun(*BOTH, threshold=2)
    entry = school.register("0.1")
    rejection = school.repudiate(entry)
    assert word(school, entry) == GELDIG  # one of two
    school.agree(ANNA, rejection)
    assert word(school, entry) == ONGELDIG


def test_entry_resting_on_a_repudiated_entry() -> None:
    """What rests on a rejected entry falls with it."""
    school = Simulator.begun()
    first = school.register("0.1")
    second = school.register("0.2", after=[first])
    before = school.counted()
    rejection = school.repudiate(first)
    assert word(school, second) == ONGELDIG
    nothing_more(before, school, rejection)


def test_removing_an_entry_does_not_unsay_a_repudiation() -> None:
    """A rejection seen only through another entry must keep its force when that one is deleted."""
    school = Simulator.begun(*BOTH)
    victim = school.register("0.1")
    rejection = school.repudiate(victim, by=ANNA)
    link = school.register("0.2", after=[rejection])
    school.succeed(SECRETARY)
    assert word(school, victim) == ONGELDIG
    before = school.counted()
    school.remove(link)
    assert word(school, victim) == ONGELDIG
    nothing_more(before, school)


def test_two_texts_for_one_version() -> None:
    """Two clones register one number with two texts; swapping the file must not choose between them."""
    school = Simulator.begun()
    other = school.copy()
    mine, theirs = school.register("0.1", b"# Mijn\n"), other.register("0.1", b"# Jouw\n")
    school.files = other.files | school.files
    assert {word(school, mine), word(school, theirs)} == {GELDIG, GEWIJZIGD}
    for text in (b"# Mijn\n", b"# Jouw\n"):
        school.files[text_path("privacyreglement", "0.1")] = text
        register = school.load()
        policy = register.policies["privacyreglement"]
        version = policy.versions[0]
        assert (str(register.stand(policy, version.number)), version.text) == (
            "tegenstrijdig",
            None,
        )
        assert any(f.rule == "twee-teksten" for f in register.findings)


def test_two_clones_register_the_same_text() -> None:
    """Two clones that register the same number with the same text agree, and both count."""
    school = Simulator.begun()
    other = school.copy()
    mine = school.register("0.1")
    theirs = other.register("0.1", omschrijving="Zelfde tekst")
    school.merge(other)
    assert word(school, mine) == word(school, theirs) == GELDIG
    register = school.load()
    assert [v.number for v in register.policies["privacyreglement"].versions] == ["0.1"]
    assert register.sound


def test_the_statement_is_what_stock_tools_read() -> None:
    """The signed bytes are ordinary JSON, so that nothing hides between two readers."""
    school = Simulator.begun()
    entry = school.register("0.1")
    assert json.loads(school.files[entry.path]) == entry.fields
    assert school.counts(entry, TODAY)
