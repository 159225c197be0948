"""How a cost grows with the number of registers: the line through what was measured, and whether it is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_STEEPER = 1.2  # the last stretch against the whole: more than this is no line


@dataclass(frozen=True, slots=True)
class Line:
    """``cost = fixed + each * registers``, by least squares; ``last`` is the slope between the two largest sizes.

    ``strayed`` is the largest distance to the line, as a part of the largest cost.
    """

    fixed: float
    each: float
    last: float
    strayed: float

    @property
    def straight(self) -> bool:
        """Whether the cost grows no faster at the end than over the whole."""
        return self.last <= _STEEPER * self.each or self.each <= 0

    def at(self, registers: int) -> float:
        """What so many registers would cost by this line."""
        return self.fixed + self.each * registers


def fit(sizes: Sequence[int], costs: Sequence[float]) -> Line:
    """The line through costs at sizes, from small to large. Raises ValueError for fewer than two different sizes."""
    if len(set(sizes)) < 2 or len(sizes) != len(costs):
        raise ValueError("a line needs two different sizes, and a cost for each")
    mean_size, mean_cost = sum(sizes) / len(sizes), sum(costs) / len(costs)
    spread = sum((size - mean_size) ** 2 for size in sizes)
    pairs = list(zip(sizes, costs, strict=True))
    each = sum((size - mean_size) * (cost - mean_cost) for size, cost in pairs) / spread
    fixed = mean_cost - each * mean_size
    last = (costs[-1] - costs[-2]) / (sizes[-1] - sizes[-2])
    far = max(abs(cost - fixed - each * size) for size, cost in pairs)
    return Line(fixed, each, last, far / max(costs) if max(costs) > 0 else 0.0)
