"""The made-up schools of the benchmarks: real registers, the same each time, with texts that are worth a search."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from benchmarks.courses import DAY
from benchmarks.prose import LARGEST, SMALLEST, Writer
from benchmarks.schools import check, in_force, register_next, schools

from beleidsbeheer.actions.reading import open_register
from beleidsbeheer.domain.document import parse
from conftest import Git


def heads(git: Git, folder: Path) -> list[str]:
    return [git("rev-parse", "HEAD", cwd=each).strip() for each in sorted(folder.glob("school-*"))]


def test_registers_verify_and_every_act_holds(tmp_path: Path) -> None:
    for school in schools(tmp_path / "scholen", 4, 3, 3, seed=5):
        assert check(school) == []
        register = open_register(school.folder, DAY).register
        assert len(register.policies) == 3
        for policy in register.policies.values():
            assert len(policy.versions) == 3
            course = register.courses[policy.slug]
            assert course.refused == []
            assert str(course.stand("1.0", DAY)) == "vervangen"


def test_one_in_ten_is_damaged_and_says_where(tmp_path: Path) -> None:
    made = schools(tmp_path / "scholen", 10, 1, 2, seed=1)
    assert [bool(each.damaged) for each in made] == [False] * 9 + [True]
    assert made[-1].damaged in check(made[-1])


def test_same_seed_same_registers(git: Git, tmp_path: Path) -> None:
    """Down to the commit; another seed, other texts."""
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        schools(tmp_path / name, 2, 2, 2, seed)
    a, b, c = (heads(git, tmp_path / name) for name in "abc")
    assert a == b
    assert set(a).isdisjoint(c)


def test_made_again_only_when_the_numbers_differ(tmp_path: Path) -> None:
    folder = tmp_path / "scholen"
    made = schools(folder, 2, 1, 1, seed=1)
    trace = made[0].folder / "spoor"
    trace.touch()
    assert schools(folder, 2, 1, 1, seed=1) == made
    assert trace.exists()
    schools(folder, 1, 1, 1, seed=1)
    assert not trace.exists()
    assert [each.name for each in folder.glob("school-*")] == ["school-0001"]


def test_what_was_registered_since_is_undone(git: Git, tmp_path: Path) -> None:
    (school,) = schools(tmp_path / "scholen", 1, 1, 1, seed=1)
    before = git("rev-parse", "HEAD", cwd=school.folder)
    register_next(school, random.Random(1))
    assert schools(tmp_path / "scholen", 1, 1, 1, seed=1) == [school]
    assert git("rev-parse", "HEAD", cwd=school.folder) == before
    assert check(school) == []


def test_texts_in_force(tmp_path: Path) -> None:
    (school,) = schools(tmp_path / "scholen", 1, 6, 2, seed=1)
    found = in_force(school)
    assert len(found) == 6
    assert {each.name for each in found.values()} == {"1.0.md", "1.1.md"}
    assert all(each.is_file() for each in found.values())


def test_nothing_of_others_is_thrown_away(tmp_path: Path) -> None:
    (tmp_path / "mijn.txt").touch()
    with pytest.raises(ValueError, match="not empty"):
        schools(tmp_path, 1, 1, 1, seed=1)


def test_next_version_is_registered_and_sound(git: Git, tmp_path: Path) -> None:
    (school,) = schools(tmp_path / "scholen", 1, 1, 2, seed=1)
    policy = register_next(school, random.Random(1))
    register = open_register(school.folder, DAY).register
    assert [each.number for each in register.policies[policy].versions] == ["1.0", "1.1", "1.2"]
    assert check(school) == []
    assert git("status", "--porcelain", cwd=school.folder) == ""


# --- texts ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def writer() -> Writer:
    return Writer(1, ["de klachtenregeling", "het privacyreglement"])


def test_texts_have_the_size_and_the_words_of_real_ones(writer: Writer) -> None:
    rng = random.Random(1)
    texts = [writer.regulation("Proef", ["schoolgids"], rng).print() for _ in range(40)]
    assert all(SMALLEST <= len(text) <= LARGEST for text in texts)
    words = re.findall(r"\w+", b" ".join(texts).decode().lower())
    assert len(set(words)) > 3_000
    counts = sorted((words.count(each) for each in ("de", "artikel", "medewerker")), reverse=True)
    assert counts[0] > 5 * counts[2] > 0


def test_a_change_leaves_most_of_it(writer: Writer) -> None:
    rng = random.Random(1)
    before = writer.regulation("Proef", ["schoolgids"], rng)
    after = writer.changed(before, rng)
    same = sum(a == b for a, b in zip(before.articles, after.articles, strict=False))
    assert 0.8 * len(before.articles) <= same < len(before.articles)


def test_references_point_at_what_is_there(writer: Writer) -> None:
    rng = random.Random(2)
    text = writer.regulation("Proef", ["schoolgids"], rng)
    for _ in range(5):
        text = writer.changed(text, rng)
    document = parse(text.print())
    found = re.findall(r"artikel (\d+)(?:, (\w+) lid)?(?! AVG| WMS|\d)", text.print().decode())
    assert len(found) >= 10
    ordinals = ["eerste", "tweede", "derde", "vierde", "vijfde"]
    for article, lid in found:
        key = f"{article}.{ordinals.index(lid) + 1}" if lid else article
        assert document.find(key), key
