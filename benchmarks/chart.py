"""Small charts of cost against size, side by side in one SVG: lines with their names, axes with numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

_WIDTH, _HEIGHT = 400, 280  # of one chart
_LEFT, _RIGHT, _TOP, _BOTTOM = 58, 92, 40, 46  # white around its plot; right of it stand the names
_COLOURS = ("#0b5cad", "#b3420a", "#2e7d32", "#6a1b9a")  # each at least 4.5:1 on white
_MARKS = ("circle", "square", "circle", "square")


@dataclass(frozen=True, slots=True)
class Series:
    """One line: its name, and its points (size, cost) from small to large."""

    name: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """One plot. ``title`` says what is measured and in what unit; ``across`` names the sizes."""

    title: str
    across: str
    series: tuple[Series, ...]


def svg(charts: Sequence[Chart], told: str) -> str:
    """The charts, two in a row; ``told`` is what somebody hears who does not see them."""
    rows = -(-len(charts) // 2)
    width, height = _WIDTH * min(2, len(charts)), _HEIGHT * rows
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
        f' width="{width}" height="{height}" font-family="sans-serif" font-size="12" fill="#222">',
        f"<title>{escape(told)}</title>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for number, chart in enumerate(charts):
        row, column = divmod(number, 2)
        lines.append(f'<g transform="translate({column * _WIDTH} {row * _HEIGHT})">')
        lines += _plot(chart)
        lines.append("</g>")
    return "\n".join([*lines, "</svg>", ""])


def _plot(chart: Chart) -> Iterator[str]:
    sizes = [x for each in chart.series for x, _ in each.points]
    costs = [y for each in chart.series for _, y in each.points]
    most, step = _scale(max(costs, default=1.0))
    right, bottom = _WIDTH - _RIGHT, _HEIGHT - _BOTTOM

    def place(x: float, y: float) -> tuple[float, float]:
        far = _LEFT + (right - _LEFT) * x / max(sizes)
        return round(far, 1), round(bottom - (bottom - _TOP) * y / most, 1)

    yield f'<text x="{_LEFT}" y="22" font-size="14" font-weight="bold">{escape(chart.title)}</text>'
    for tick in range(round(most / step) + 1):
        _, y = place(0, tick * step)
        yield f'<line x1="{_LEFT}" x2="{right}" y1="{y}" y2="{y}" stroke="#ddd"/>'
        yield f'<text x="{_LEFT - 6}" y="{y + 4}" text-anchor="end">{_number(tick * step, step)}</text>'
    for size in sorted(set(sizes)):
        x, _ = place(size, 0)
        yield f'<line x1="{x}" x2="{x}" y1="{bottom}" y2="{bottom + 4}" stroke="#222"/>'
        yield f'<text x="{x}" y="{bottom + 17}" text-anchor="middle">{_number(size)}</text>'
    yield f'<path d="M{_LEFT} {_TOP}V{bottom}H{right}" fill="none" stroke="#222"/>'
    yield f'<text x="{(_LEFT + right) / 2}" y="{bottom + 36}" text-anchor="middle">{escape(chart.across)}</text>'
    ends = [place(*each.points[-1])[1] for each in chart.series]
    for number, (each, at) in enumerate(zip(chart.series, _apart(ends), strict=True)):
        yield from _line(number, each.name, [place(*point) for point in each.points], at)


def _line(number: int, name: str, points: list[tuple[float, float]], at: float) -> Iterator[str]:
    """A line with its marks, and its name at height ``at`` beside its end."""
    colour = _COLOURS[number % len(_COLOURS)]
    path = "L".join(f"{x} {y}" for x, y in points)
    yield f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
    for x, y in points:
        if _MARKS[number % len(_MARKS)] == "circle":
            yield f'<circle cx="{x}" cy="{y}" r="3.5" fill="{colour}"/>'
        else:
            yield f'<rect x="{x - 3.5}" y="{y - 3.5}" width="7" height="7" fill="{colour}"/>'
    end = points[-1][0]
    yield f'<text x="{end + 9}" y="{at + 4}" fill="{colour}" font-weight="bold">{escape(name)}</text>'


def _apart(heights: Sequence[float]) -> list[float]:
    """The same heights, moved down where two names would overlap."""
    placed: dict[int, float] = {}
    lowest = -math.inf
    for number in sorted(range(len(heights)), key=lambda each: heights[each]):
        lowest = max(heights[number], lowest + 15)
        placed[number] = lowest
    return [placed[number] for number in range(len(heights))]


def _scale(most: float) -> tuple[float, float]:
    """The top of an axis and its step: four to eight steps of 1, 2 or 5 times a power of ten."""
    rough = (most or 1.0) / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(each * power for each in (1, 2, 5, 10) if each * power >= rough)
    return step * math.ceil((most or 1.0) / step - 1e-9), step


def _number(value: float, step: float = 1.0) -> str:
    """As Dutch has it, with a narrow space between thousands; as many decimals as the step needs."""
    decimals = max(0, -math.floor(math.log10(step)))
    return f"{value:,.{decimals}f}".replace(",", "\u202f").replace(".", ",")
