"""What there is to tell of a register on a day: milestones, who waits, what comes, and no names."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from acts import Way, text
from beleidsbeheer.domain.course import Stand
from beleidsbeheer.domain.model import Severity
from beleidsbeheer.domain.overview.facts import Condition, PolicyFacts, RegisterFacts, facts
from beleidsbeheer.domain.register import load
from beleidsbeheer.storage.signature import signature
from simulator import SECRETARY, TODAY, Person


def told(school: Way, today: date = TODAY) -> RegisterFacts:
    register = load(school.files, today)
    return facts(register, register.findings, sound=register.sound)


def only(school: Way, today: date = TODAY) -> PolicyFacts:
    (policy,) = told(school, today).policies
    return policy


def test_the_days_of_a_version() -> None:
    school = Way.ready()
    school.day = "2026-01-10"
    school.submit("0.1")
    school.day = "2026-01-20"
    school.consent("0.1", "personeel")
    school.day = "2026-02-03"
    school.consent("0.1", "ouders")
    school.day = "2026-02-10"
    assert only(school).versions[0].consented == date(2026, 2, 3)
    school.adopt("0.1", "2026-03-01")
    (version,) = only(school).versions
    assert version.stand is Stand.GELDEND
    assert (version.registered, version.submitted, version.consented, version.adopted) == (
        date(2026, 1, 2),
        date(2026, 1, 10),
        date(2026, 2, 3),
        date(2026, 2, 10),
    )
    assert (version.published, version.starts) == (None, date(2026, 3, 1))


def test_who_still_has_to_answer_and_since_when() -> None:
    school = Way.ready()
    school.day = "2026-01-10"
    school.submit("0.1", reageren_voor="2026-02-10")
    school.day = "2026-01-20"
    school.consent("0.1", "personeel")
    school.files["reglement/privacyreglement/reglement.md"] = text()
    policy = only(school)
    (waiting,) = policy.waiting
    assert (waiting.version, waiting.stand, waiting.since) == (
        "0.1",
        Stand.VOORGELEGD,
        date(2026, 1, 20),
    )
    assert [(c.geleding, c.complete, c.since, c.due) for c in policy.consents] == [
        ("ouders", False, date(2026, 1, 10), date(2026, 2, 10)),
        ("personeel", True, date(2026, 1, 10), date(2026, 2, 10)),
    ]
    assert [step.who for step in policy.steps] == [("mr-ouders", "mr-voorzitter")]


def test_consent_is_no_day_while_one_is_missing() -> None:
    school = Way.ready()
    school.submit("0.1")
    school.consent("0.1", "personeel")
    assert only(school).versions[0].consented is None


def test_what_is_in_force_and_what_comes() -> None:
    school = Way.ready()
    school.submit("0.1")
    school.everyone("0.1")
    school.adopt("0.1", "2026-02-01")
    school.day = "2026-03-01"
    school.register("0.2", text("Twee."))
    school.submit("0.2")
    school.everyone("0.2")
    school.adopt("0.2", "2027-01-01")
    policy = only(school)
    now, later = policy.in_force(TODAY), policy.in_force(date(2027, 1, 1))
    assert now is not None
    assert later is not None
    assert (now.version, now.end, later.version) == ("0.1", date(2026, 12, 31), "0.2")
    assert policy.in_force(date(2026, 1, 31)) is None
    assert [each.version for each in policy.coming(TODAY)] == ["0.2"]


def test_a_damaged_decision_leaves_nothing_in_force() -> None:
    school = Way.ready()
    school.submit("0.1")
    school.everyone("0.1")
    adoption = school.adopt("0.1", "2026-02-01")
    school.files[adoption.path] = school.files[adoption.path].replace(b"02-01", b"02-02")
    register = told(school)
    (policy,) = register.policies
    assert register.condition is Condition.KLOPT_NIET
    assert policy.doubtful
    assert policy.in_force(TODAY) is None
    assert policy.coming(date(2025, 1, 1)) == ()
    wrong = [each for each in policy.findings if each.rule == "vastlegging"]
    assert [(each.severity, each.place) for each in wrong] == [(Severity.FOUT, adoption.path)]


def test_who_looks_after_a_text_is_an_office() -> None:
    school = Way.begun(SECRETARY)
    data = text().replace(b"raakt =", b'verantwoordelijk = "secretaris"\nraakt =')
    school.register("0.1", data)
    assert only(school).responsible == "secretaris"


def test_a_term_that_ends_names_a_role_and_nobody() -> None:
    school = Way.begun(SECRETARY, Person("anna-de-wit", ("bestuur",), until="2027-05-01"))
    (deadline,) = told(school).deadlines
    assert (deadline.day, deadline.what) == (date(2027, 5, 1), "De termijn van bestuur loopt af.")
    assert "anna" not in repr(told(school))


# --- whether a register changed ----------------------------------------------------------------------


def _later(root: Path) -> int:
    """A moment at which nothing here changed only just."""
    return max(each.lstat().st_ctime_ns for each in root.rglob("*")) + 10**10


def _put(root: Path) -> Path:
    (root / "approvals" / "rooster").mkdir(parents=True)
    (root / "beleid.toml").write_bytes(b"a")
    (root / "approvals" / "rooster" / "x.json").write_bytes(b"{}")
    return root


def test_a_signature_changes_with_every_file(tmp_path: Path) -> None:
    root = _put(tmp_path)
    seen = [signature(root, now=_later(root))]
    (root / "approvals" / "rooster" / "x.json").write_bytes(b"[]")  # as long as it was
    seen.append(signature(root, now=_later(root)))
    (root / "reglement").mkdir()
    (root / "reglement" / "y.md").write_bytes(b"")
    seen.append(signature(root, now=_later(root)))
    (root / "reglement" / "y.md").rename(root / "reglement" / "z.md")
    seen.append(signature(root, now=_later(root)))
    (root / "reglement" / "z.md").unlink()
    seen.append(signature(root, now=_later(root)))
    assert len(set(seen[:4])) == 4
    assert "" not in seen
    assert signature(root, now=_later(root)) == seen[-1]


def test_what_changed_only_just_has_no_signature(tmp_path: Path) -> None:
    root = _put(tmp_path)
    assert signature(root) == ""


@pytest.mark.parametrize("name", ["HEAD", "packed-refs", "refs/heads/main", "refs/heads/tak/een"])
def test_a_branch_that_moves_changes_it(tmp_path: Path, name: str) -> None:
    root = _put(tmp_path)
    git = root / ".git"
    (git / "objects").mkdir(parents=True)
    (git / "refs" / "heads" / "tak").mkdir(parents=True)
    (git / "HEAD").write_text("ref: refs/heads/main\n")
    (git / "index").write_text("anders")
    before = signature(root, now=_later(root))
    (git / "index").write_text("dat telt niet")
    assert signature(root, now=_later(root)) == before
    (git / name).write_text("0" * 40 + "\n")
    assert signature(root, now=_later(root)) != before
