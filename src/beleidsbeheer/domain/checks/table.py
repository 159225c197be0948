"""Every check there is, and running them over a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from beleidsbeheer.domain.acceptance import Acceptance
from beleidsbeheer.domain.checks import (
    acceptance,
    avg,
    claims,
    damage,
    hidden,
    history,
    lists,
    loose,
    numbering,
    references,
    terms,
    wording,
)
from beleidsbeheer.domain.checks.frame import Afterthought, Check, Dossier, Found, Group, Rule
from beleidsbeheer.domain.model import has_error

_ORDER = {group: place for place, group in enumerate(Group)}


@dataclass(frozen=True, slots=True)
class Review:
    """What came of reading a text: the findings that stand, and those that somebody accepted."""

    dossier: Dossier
    found: tuple[Found, ...]
    accepted: tuple[tuple[Found, Acceptance], ...]

    @property
    def sound(self) -> bool:
        """Whether none of the findings is an error."""
        return not has_error(self.found)

    def new_since(self, before: Review) -> tuple[Found, ...]:
        """The findings that another text, such as the one in force, did not have.

        Compared by rule, key and words quoted, since a line may move. Two of the same are two.
        """
        known = Counter(each.same_as for each in before.found)
        known.update(each.same_as for each, _ in before.accepted)
        fresh = []
        for each in self.found:
            if known[each.same_as]:
                known[each.same_as] -= 1
            else:
                fresh.append(each)
        return tuple(fresh)


def review(dossier: Dossier) -> Review:
    """Read a text with every check. By group, and then in the order of the text."""
    found = look(dossier)
    accepted = acceptance.accepted(dossier, found)
    gone = {id(each) for each, _ in accepted}
    stale = [each for thought in AFTERTHOUGHTS for each in thought(dossier, found)]
    left = (*(each for each in found if id(each) not in gone), *stale)
    return Review(dossier, tuple(sorted(left, key=_place)), tuple(accepted))


def look(dossier: Dossier, checks: Iterable[Check] | None = None) -> tuple[Found, ...]:
    """What the checks (all of them, unless given) remark, accepted or not."""
    some = CHECKS if checks is None else checks
    return tuple(sorted((each for check in some for each in check(dossier)), key=_place))


def _place(found: Found) -> tuple[int, str, int]:
    path, _, line = found.place.rpartition(":")
    place = (path, int(line)) if path and line.isdecimal() else (found.place, 0)
    return (_ORDER[found.group], *place)


CHECKS: tuple[Check, ...] = (
    # tekst
    numbering.missing_article,
    numbering.double_article,
    numbering.article_out_of_order,
    numbering.empty_article,
    numbering.no_articles,
    loose.missing_loose_number,
    loose.shared_notation,
    numbering.missing_lid,
    numbering.double_lid,
    numbering.loose_text_and_leden,
    lists.missing_onderdeel,
    lists.double_onderdeel,
    lists.interrupted_list,
    lists.uncitable_items,
    lists.letters_without_list,
    lists.mixed_marks,
    lists.official_marks,
    damage.orphan_emphasis,
    damage.heading_without_space,
    damage.hyphen_residue,
    damage.cut_word,
    damage.cut_sentence,
    damage.double_title,
    damage.spelling,
    claims.placeholder,
    hidden.hidden_comment,
    hidden.hidden_definition,
    hidden.hidden_cell,
    hidden.hidden_style,
    hidden.hidden_characters,
    hidden.mixed_scripts,
    # verwijzingen
    references.broken_reference,
    references.broken_division,
    references.annex_elsewhere,
    references.incomplete_reference,
    references.silently_broken,
    references.lapsed_law,
    references.document_unknown,
    references.document_not_in_force,
    references.mixed_style,
    references.official_form,
    # begrippen
    terms.unused_term,
    terms.used_before_defined,
    terms.defined_twice,
    terms.circular,
    wording.double_item,
    wording.many_names,
    wording.mixed_up,
    # geschiedenis
    history.dates_out_of_order,
    history.consent_before_any_version,
    history.adoption_without_version,
    history.final_before_adoption,
    history.event_as_author,
    history.placeholder_in_row,
    history.many_notations,
    history.consent_without_geleding,
    history.no_evidence,
    history.never_published,
    history.change_not_described,
    claims.silently_retroactive,
    claims.start_differs,
    claims.status_in_text,
    # avg
    avg.missing_in_statement,
    avg.missing_in_regulation,
    avg.only_promised,
    avg.broken_pointer,
)

AFTERTHOUGHTS: tuple[Afterthought, ...] = (
    acceptance.unreadable,
    acceptance.expired,
    acceptance.useless,
    acceptance.on_an_error,
)


def rules() -> tuple[Rule, ...]:
    """What there is to say of every check and every thought afterwards."""
    return (*(each.rule for each in CHECKS), *(each.rule for each in AFTERTHOUGHTS))
