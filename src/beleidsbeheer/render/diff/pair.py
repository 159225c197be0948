"""Two texts of a regulation with what changed between them: what every form of a difference shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from beleidsbeheer.domain.changes import Changes


@dataclass(frozen=True, slots=True)
class Pair:
    """``title`` is that of the regulation; the labels say which texts these are ("versie 0.2", "werktekst").

    ``explanations`` holds a Toelichting per key of an artikel, as far as somebody wrote one. ``remarks`` are
    what a check says of the new text and not of the old one: the key of the place ("14.1.b", "" when it has
    none) and a sentence.
    """

    title: str
    old_label: str
    new_label: str
    changes: Changes
    explanations: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[tuple[str, str], ...] = ()
