"""A chain of texts → where the words of the last one come from."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence

from beleidsbeheer.domain.provenance.carry import Carried
from beleidsbeheer.domain.provenance.model import Part, Provenance
from beleidsbeheer.domain.provenance.states import PartStates, State
from beleidsbeheer.domain.provenance.text import WordText


def provenance(texts: Sequence[tuple[str, bytes | None]]) -> Provenance:
    """Where the words of the last text come from; None is a text that is not known.

    Takes one comparison and one parse for each text that differs from the one before. Raises ValueError
    when the last text is not known, and DocumentError for a text that is none.
    """
    if not texts or texts[-1][1] is None:
        raise ValueError("the last text must be known")
    versions: list[str] = []
    lost: dict[str, tuple[str, ...]] = {}
    missing: list[str] = []
    trail: _Trail | None = None
    for version, data in texts:
        if data is None:
            missing.append(version)
            continue
        if missing:
            lost[version], missing = tuple(missing), []
        versions.append(version)
        if trail is None:
            trail = _Trail(WordText(data), version)
        elif data != trail.text.data:
            trail.follow(WordText(data), len(versions) - 1, version)
    assert trail is not None  # noqa: S101 (the last text is known)
    return _told(trail, tuple(versions), lost)


def _told(
    trail: _Trail, versions: tuple[str, ...], lost: Mapping[str, tuple[str, ...]]
) -> Provenance:
    text, labels = trail.text, trail.labels
    parts = []
    for index, (own, state) in enumerate(zip(text.parts, trail.states, strict=True)):
        found = sorted({labels[n] for n in own.words})
        latest = max([*found, state.struck])
        parts.append(
            Part(
                key=own.key,
                kind=own.kind,
                name=own.name,
                heading=own.heading,
                index=index,
                parent=own.parent,
                first_line=own.lines[0],
                last_line=own.lines[1],
                since=versions[latest] if latest >= 0 else "",
                labels=tuple(versions[label] for label in found),
                struck=versions[state.struck] if state.struck >= 0 else "",
                formers=state.formers,
            )
        )
    return Provenance(versions, lost, tuple(parts), text, _with_markup(text, labels))


def _with_markup(text: WordText, labels: array[int]) -> array[int]:
    """Marks that are no words take the label of the word they stand before, or else behind."""
    found = labels[:]
    known = [n for n, counts in enumerate(text.counted) if counts]
    if known:
        place = 0
        for n, counts in enumerate(text.counted):
            if counts:
                place += 1
            else:
                same = place < len(known) and text.home[known[place]] == text.home[n]
                found[n] = labels[known[place] if same or not place else known[place - 1]]
    return found


class _Trail:
    """A text with a label for each word and a state for each part, on its way to the newest text."""

    def __init__(self, text: WordText, version: str) -> None:
        self.text = text
        self.version = version
        self.labels = array("l", [0]) * len(text.words)
        self.states = [State()] * len(text.parts)

    def follow(self, new: WordText, label: int, version: str) -> None:
        """Go on to the next text, which has this label."""
        carried = Carried(self.text, new, self.labels)
        self.states = PartStates(carried).after(self.states, label, version)
        labels = self.labels
        self.labels = array("l", (labels[o] if o >= 0 else label for o in carried.origin))
        self.text, self.version = new, version
