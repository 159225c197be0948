"""Accepting a finding: with a reason, until a day, never an error, and not for ever."""

from __future__ import annotations

import pytest

from beleidsbeheer.domain.model import Severity
from beleidsbeheer.domain.settings import Settings, print_settings, read_settings
from checked import reviewed

RULE = "opsomming-niet-aanhaalbaar"
BODY = "\n# Reglement\n\n## Artikel 1. Lijst\n\nHet gaat om:\n\n- een;\n- twee.\n"
SETTINGS = 'schema = "beleidsbeheer.v1"\n[organisatie]\nnaam = "De School"\nsector = "po"\n'


def accepted(rule: str = RULE, end: str = "2027-01-01", more: str = "") -> str:
    return f'[[akkoord]]\nregel = "{rule}"\nreden = "Zo afgesproken."\ntot_en_met = {end}\n{more}'


def told(*acceptances: str, body: str = BODY) -> tuple[set[str], list[str]]:
    """The rules that speak, and those that were accepted."""
    result = reviewed(f"+++\n{''.join(acceptances)}+++\n{body}")
    return {each.rule for each in result.found}, [each.rule for each, _ in result.accepted]


def test_accepted_finding_is_counted_apart() -> None:
    assert told() == ({RULE}, [])
    assert told(accepted()) == (set(), [RULE])


@pytest.mark.parametrize(
    ("key", "covers"), [("1", True), ("1.a", False), ("11", False), ("2", False)]
)
def test_key_narrows(key: str, covers: bool) -> None:
    rules, gone = told(accepted(more=f'sleutel = "{key}"\n'))
    assert (gone == [RULE]) is covers
    assert ("akkoord-zonder-bevinding" in rules) is not covers


@pytest.mark.parametrize(("end", "holds"), [("2026-11-26", True), ("2026-11-25", False)])
def test_last_day_belongs_to_it(end: str, holds: bool) -> None:
    rules, gone = told(accepted(end=end))
    assert bool(gone) is holds
    assert ("akkoord-verlopen" in rules) is not holds


def test_acceptance_that_covers_nothing_is_a_finding() -> None:
    rules, gone = told(accepted("lid-dubbel"), accepted())
    assert (rules, gone) == ({"akkoord-zonder-bevinding"}, [RULE])


def test_place_of_a_stale_acceptance() -> None:
    result = reviewed(f"+++\n{accepted()}\n{accepted('lid-dubbel')}+++\n{BODY}")
    (one,) = [each for each in result.found if each.rule == "akkoord-zonder-bevinding"]
    assert one.place == "tekst.md:7"


def test_an_error_cannot_be_accepted() -> None:
    rules, gone = told(accepted("verborgen-commentaar"), body=BODY + "\n<!-- weg -->\n")
    assert {"verborgen-commentaar", "akkoord-op-fout"} <= rules
    assert gone == []


@pytest.mark.parametrize(
    "front",
    [
        'akkoord = "x"\n',
        '[[akkoord]]\nregel = "x"\n',
        '[[akkoord]]\nregel = "x"\nreden = "y"\ntot_en_met = "morgen"\n',
        accepted(more='extra = "z"\n'),
    ],
)
def test_unreadable_acceptance_is_an_error_and_accepts_nothing(front: str) -> None:
    result = reviewed(f"+++\n{front}+++\n{BODY}")
    one = next(each for each in result.found if each.rule == "akkoord-onleesbaar")
    assert one.severity is Severity.FOUT
    assert result.accepted == ()


def settings(more: str = "") -> Settings:
    return read_settings((SETTINGS + accepted(more=more)).encode())


def test_acceptance_for_the_whole_register() -> None:
    result = reviewed(f"+++\n+++\n{BODY}", settings=settings())
    assert [each.rule for each, _ in result.accepted] == [RULE]


def test_acceptance_for_another_policy() -> None:
    result = reviewed(f"+++\n+++\n{BODY}", settings=settings('beleid = "ander"\n'))
    assert result.accepted == ()
    assert [each.rule for each in result.found] == [RULE]


def test_settings_print_back() -> None:
    one = settings('sleutel = "1.a"\nbeleid = "privacyreglement"\n')
    assert read_settings(print_settings(one)) == one


def test_new_findings_are_compared_by_rule_key_and_words() -> None:
    """A finding that only moved to another line is not new; the same one twice where it was once is."""
    before = reviewed(BODY)
    moved = reviewed("\n\nEen zin erbij.\n\n" + BODY)
    assert [each.rule for each in moved.new_since(before)] == []
    twice = reviewed(
        BODY + "\n### Nog\n\n- drie;\n- vier.\n\n## Artikel 2\n\nTaal: te allen tijden.\n"
    )
    assert {each.rule for each in twice.new_since(before)} == {"taalfout"} | (
        {each.rule for each in twice.found} - {RULE}
    )


def test_what_was_accepted_before_is_not_new_now() -> None:
    before = reviewed(f"+++\n{accepted()}+++\n{BODY}")
    assert reviewed(BODY).new_since(before) == ()
