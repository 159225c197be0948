"""Read texts with every check: of a register, or a file anywhere. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from beleidsbeheer.actions.reading import View, find_policy, open_register
from beleidsbeheer.actions.texts import WORKING, NamedText, file_text, find_text
from beleidsbeheer.domain.checks.coverage import Framework, frameworks, read_framework
from beleidsbeheer.domain.checks.frame import Dossier, Found, OtherPolicy, Profile
from beleidsbeheer.domain.checks.table import Review, review
from beleidsbeheer.domain.document import Document, parse, read_front
from beleidsbeheer.domain.ledger import Policy
from beleidsbeheer.domain.model import text_path
from beleidsbeheer.domain.register import Register
from beleidsbeheer.errors import DocumentError, UnreadableInput, WrongUse
from beleidsbeheer.storage.places import find_root, read_small, why

_LARGEST_FRAMEWORK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Measure:
    """By what a text is read: on which day, in which profile, and by which frameworks besides our own."""

    today: date
    profile: Profile = Profile.SCHOOL
    more: tuple[Framework, ...] = ()

    @property
    def frameworks(self) -> tuple[Framework, ...]:
        own = {each.name for each in self.more}
        return (*(each for each in frameworks() if each.name not in own), *self.more)


@dataclass(frozen=True, slots=True)
class Read:
    """One text that was read. ``before`` is the review of the text in force, when there is another one."""

    label: str
    policy: str
    review: Review
    before: Review | None = None

    @property
    def new(self) -> tuple[Found, ...]:
        """What the text in force did not have; everything when there is none."""
        return self.review.new_since(self.before) if self.before else self.review.found


def read_texts(start: Path, target: str, version: str, measure: Measure) -> list[Read]:
    """The texts that a person asked for: a policy, a file, or (without a word) every policy of the register.

    Raises WrongUse for what is neither, DocumentError for what is no text.
    """
    if target and _is_file(start, target):
        if version:
            raise WrongUse(
                "Een bestand heeft geen versie.", hint="Laat --versie weg, of noem een beleid."
            )
        return [read_file(_path(start, target), measure)]
    if not target and find_root(start) is None:
        raise WrongUse(
            "Hier is geen register; noem het bestand dat u wilt controleren.",
            hint="Bijvoorbeeld: beleid controleer reglement.md",
        )
    view = open_register(start, measure.today)
    if not target and version:
        raise WrongUse("Bij --versie hoort een BELEID.", hint="beleid controleer BELEID --versie V")
    policies = (
        [find_policy(view.register, target)] if target else list(view.register.policies.values())
    )
    return [read_policy(view, policy, version or _latest(policy), measure) for policy in policies]


def _path(start: Path, target: str) -> Path:
    return Path(target) if Path(target).exists() else start / target


def _is_file(start: Path, target: str) -> bool:
    looks = "/" in target or "\\" in target or "." in target
    if looks and not _path(start, target).is_file():
        raise WrongUse(f"Er is geen bestand {target}.", hint="Kijk of de naam en de map goed zijn.")
    return looks


def _latest(policy: Policy) -> str:
    return WORKING if policy.working is not None or not policy.latest else policy.latest.number


def read_file(path: Path, measure: Measure) -> Read:
    """A file anywhere, without what a register knows."""
    return Read("bestand", "", review(_dossier(file_text(path), measure)))


def read_policy(view: View, policy: Policy, spec: str, measure: Measure) -> Read:
    """A text of a policy with all that its register knows; ``spec`` as for ``beleid verschil``."""
    text = find_text(view, policy, spec, measure.today)
    return _read(view.register, policy, text, measure)


def read_version(register: Register, slug: str, number: str, measure: Measure) -> Read:
    """A frozen text that was just registered or put to a council."""
    path = text_path(slug, number)
    text = NamedText(f"versie {number}", path, register.files[path], number)
    return _read(register, register.policies[slug], text, measure)


def new_findings(
    old: NamedText, new: NamedText, measure: Measure, view: View | None, policy: Policy | None
) -> tuple[Found, ...]:
    """What there is to remark on the new text that was not so in the old one."""
    register = view.register if view else None
    before = _dossier(old, measure, register, policy)
    after = _dossier(new, measure, register, policy)
    known = replace(after, in_force=before.document, in_force_label=old.label)
    return review(known).new_since(review(before))


def _dossier(
    text: NamedText,
    measure: Measure,
    register: Register | None = None,
    policy: Policy | None = None,
    named: Sequence[OtherPolicy] | None = None,
) -> Dossier:
    """A text with all that its register knows, if it has one; ``named`` are its policies by name, if known already."""
    dossier = Dossier(
        path=text.path,
        document=parse(text.data, text.path),
        today=measure.today,
        profile=measure.profile,
        frameworks=measure.frameworks,
    )
    if register is None or policy is None:
        return dossier
    known = named if named is not None else named_policies(register)
    return replace(
        dossier,
        version=text.version or "",
        policy=policy,
        course=register.courses[policy.slug],
        settings=register.settings,
        others=tuple(each for each in known if each.slug != policy.slug),
    )


def review_policy(
    view: View, policy: Policy, measure: Measure, named: Sequence[OtherPolicy]
) -> Review:
    """What ``beleid controleer`` says of a policy: of its working text, else of its last version."""
    text = find_text(view, policy, _latest(policy), measure.today)
    dossier = _dossier(text, measure, view.register, policy, named)
    return review(_beside(dossier, _text_in_force(view.register, policy)))


def _read(register: Register, policy: Policy, text: NamedText, measure: Measure) -> Read:
    dossier = _dossier(text, measure, register, policy)
    old = _text_in_force(register, policy)
    known = _beside(dossier, old)
    if old is None or known is dossier:
        return Read(text.label, policy.slug, review(dossier))
    before = replace(dossier, path=old.path, document=old.document, version=old.number)
    return Read(text.label, policy.slug, review(known), review(before))


def _beside(dossier: Dossier, old: _Frozen | None) -> Dossier:
    """The dossier with the text in force, when that is another one."""
    if old is None or old.document.source == dossier.document.source:
        return dossier
    return replace(dossier, in_force=old.document, in_force_label=f"versie {old.number}")


@dataclass(frozen=True, slots=True)
class _Frozen:
    number: str
    path: str
    document: Document


def _text_in_force(register: Register, policy: Policy) -> _Frozen | None:
    """The text in force today; None when there is none, or when it cannot be said."""
    period = register.in_force(policy)
    if period is None or not period.version or register.doubts(policy, register.findings):
        return None
    path = text_path(policy.slug, period.version)
    data = register.files.get(path)
    try:
        return _Frozen(period.version, path, parse(data, path)) if data is not None else None
    except DocumentError:
        return None


def named_policies(register: Register) -> tuple[OtherPolicy, ...]:
    """Every policy of a register as a text can name it."""
    return tuple(_other(register, each) for each in register.policies.values())


def _other(register: Register, policy: Policy) -> OtherPolicy:
    titles = [policy.slug]
    for data in (policy.frozen, policy.working):
        try:
            front = read_front(data) if data else None
        except DocumentError:
            continue
        titles += [front.titel, front.citeertitel] if front else []
    in_force = register.in_force(policy) is not None
    return OtherPolicy(policy.slug, tuple(dict.fromkeys(t for t in titles if t)), in_force)


def own_frameworks(paths: Iterable[Path]) -> tuple[Framework, ...]:
    """Frameworks from files of somebody's own. Raises UnreadableInput naming file and part."""
    return tuple(_framework(path) for path in paths)


def _framework(path: Path) -> Framework:
    try:
        return read_framework(read_small(path.resolve(), _LARGEST_FRAMEWORK), path.name)
    except OSError as error:
        raise UnreadableInput(
            f"{path.name}: dit bestand is niet te lezen ({why(error)}).",
            hint="Een kader is een TOML-bestand zoals kaders/avg.toml in het programma.",
        ) from error
