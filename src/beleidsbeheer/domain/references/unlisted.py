"""Names of laws that no list has: known by their first word, and as far as the name seems to run. Pure."""

from __future__ import annotations

import re
from typing import Final

from beleidsbeheer.domain.references.tokens import GAP

_HEADS: Final = (
    r"(?:wet|wetboek|besluit|regeling|verordening|richtlijn|verdrag|handvest|ordonnantie|statuut|reglement"
    r"|akkoord|protocol|code|cao|aanwijzing(?:en)?|beleidsregels?|overeenkomst)"
)
_NAME: Final = re.compile(
    rf"(?:(?:(?-i:[A-Z][a-zà-ÿ]+)[ \t]){{1,2}}|(?-i:(?=[A-Z])))[\w-]{{0,40}}{_HEADS}(?![\w-])", re.I
)
_ABBREVIATION: Final = re.compile(
    r"(?:(?:[A-Z][a-z]{0,8}){1,3}[A-Z][A-Za-z]{0,6}|[A-Z][b-df-hj-np-tv-z]{1,6})(?![\w’'-])"
    r"|[A-Z]\.(?:[A-Za-z]\.){1,5}"
)
_WORD: Final = re.compile(rf"{GAP}(\(?[\wÀ-ÿ][\wÀ-ÿ’'./-]*\)?)")
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")
_MOST_WORDS: Final = 16

# "Kieswet" is a whole name; these begin one
_BEGIN: Final = re.compile(
    r"(?:.*\s)?(?:(?:rijks|kader|invoerings|uitvoerings|overgangs|beginselen|instellings|reparatie|verzamel"
    r"|aanpassings|experimenten|herzienings)?wet|(?!.*wet$).*)",
    re.I,
)
# words with which no name goes on
_END: Final = re.compile(
    r"is|zijn|was|waren|word(?:t|en)|werd(?:en)?|kan|kunnen|kon|heeft|hebben|had|geld(?:t|en)|mag|mogen|moet(?:en)?"
    r"|dien(?:t|en)|zal|zullen|blij(?:ft|ven)|(?:be|ge|ver|vast|om|op|aan|toe)[a-z]*(?:doeld|noemd|paald|steld"
    r"|nomen|schreven|meld|eist|kend|geven|wezen|wezene)e?|geregelde|verleende|voorziene|toepasselijk|niet|dan"
    r"|wel|alsmede|of|respectievelijk|onderscheidenlijk|als|waarin|waarbij|waarop|die|dat|indien|tenzij|mits"
    r"|zover|wanneer|hij|zij|deze|dit|door|zoals|jo|juncto|behoeft|komt|vindt|treedt|laat|stelt|ook"
    r"|artikel(?:en)?|lid|leden|onder|onderde(?:el|len)|eerste|tweede|derde|vierde|hoofdstuk|afdeling|paragraaf"
    r"|wat|maar|meer|minder|verstaan|luid(?:t|en)|vervalt|vervallen|ontvangt|verstrekt|neemt|doet|beschikt"
    r"|geen|overeenkomstige|kennelijk|krachtens|ingevolge"
)
# small words inside a name, never its last
_SMALL: Final = re.compile(
    r"op|het|den?|de[rs]|en|van|tot|in|inzake|aan|bij|betreffende|houdende|ten|voor|met|tegen|te|naar|over|om"
    r"|tussen|uit"
)


def unlisted(text: str, start: int) -> int | None:
    """Where the name of a law ends that begins at ``start``; None if none does."""
    head = _NAME.match(text, start)
    if head is None:
        return None
    if not _BEGIN.fullmatch(head[0]):
        following = _WORD.match(text, head.end())
        if following is None or following[1][:1].islower():
            return head.end()
    return _tail(text, head.end())


def abbreviation(text: str, start: int) -> int | None:
    """Where a word ends with two capitals or more, or without a vowel: RVV, BesluitX, Wft, M.t.s."""
    found = _ABBREVIATION.match(text, start)
    return found.end() if found else None


def _tail(text: str, end: int) -> int:
    """Before a verb, a mark, or a next law; behind a year."""
    before, last = "", end
    for _ in range(_MOST_WORDS):
        found = _WORD.match(text, end)
        if found is None or (found[1][0] == "(" and found[1][-1] != ")"):
            break
        bare = found[1].strip("().").lower()
        next_law = before == "en" and (_SMALL.fullmatch(bare) or found[1][:1].isupper())
        if (
            next_law
            or _END.fullmatch(bare)
            or (before == "van" and bare in ("toepassing", "kracht"))
        ):
            break
        word = found[1].rstrip(".")
        end = found.start(1) + len(word)
        before = bare
        last = last if _SMALL.fullmatch(bare) else end
        if len(word) < len(found[1]) or _YEAR.fullmatch(word):
            break
    return last
