"""What the benchmark of the index says of its figures: the line through them, and the picture."""

from __future__ import annotations

import random
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from benchmarks.chart import Chart, Series, svg
from benchmarks.growth import fit
from benchmarks.peers import percentiles
from benchmarks.prose import Writer
from benchmarks.questions import EACH, KINDS, draw

_SVG = "{http://www.w3.org/2000/svg}"


def test_line_through_points_on_a_line() -> None:
    line = fit([2, 5, 10, 20], [7.0, 13.0, 23.0, 43.0])
    assert line.each == pytest.approx(2)
    assert line.fixed == pytest.approx(3)
    assert line.at(1_000) == pytest.approx(2_003)
    assert line.strayed == pytest.approx(0)
    assert line.straight


def test_what_grows_faster_is_no_line() -> None:
    sizes = [2, 5, 10, 20]
    assert not fit(sizes, [size**2.0 for size in sizes]).straight
    assert fit(sizes, [size**0.8 for size in sizes]).straight


@pytest.mark.parametrize("sizes", [[5], [5, 5]])
def test_one_size_is_no_line(sizes: list[int]) -> None:
    with pytest.raises(ValueError, match="two different sizes"):
        fit(sizes, [1.0] * len(sizes))


def test_percentiles_are_measured_values() -> None:
    assert percentiles(range(1, 101)) == (50.5, 95, 100)
    assert percentiles([3.0]) == (3.0, 3.0, 3.0)


def test_chart_has_axes_names_and_every_point() -> None:
    one = Series("SQLite", ((2, 1.0), (20, 10.0)))
    two = Series("PostgreSQL <15>", ((2, 1.1), (20, 10.1)))
    root = ET.fromstring(svg([Chart("Bouwen (s)", "registers", (one, two))] * 3, "Kosten"))  # noqa: S314 - our own
    texts = [each.text for each in root.iter(f"{_SVG}text")]
    assert texts.count("Bouwen (s)") == texts.count("registers") == 3
    assert {"SQLite", "PostgreSQL <15>", "2", "20", "10", "0"} <= set(texts)
    assert len(list(root.iter(f"{_SVG}circle"))) == 6
    assert (root.get("width"), root.get("height")) == ("800", "560")


@pytest.mark.parametrize(
    ("most", "ticks"),
    [(1.6, ["0,0", "0,5", "1,0", "1,5", "2,0"]), (4_000, ["0", "1\u202f000", "2\u202f000"])],
)
def test_axis_has_round_numbers_in_dutch(most: float, ticks: list[str]) -> None:
    root = ET.fromstring(svg([Chart("t", "x", (Series("a", ((1, most),)),))], ""))  # noqa: S314 - our own
    assert [e.text for e in root.iter(f"{_SVG}text")][1 : len(ticks) + 1] == ticks


def test_names_of_lines_that_end_together_do_not_overlap() -> None:
    lines = tuple(Series(name, ((1, 1.0), (2, 2.0))) for name in ("a", "b", "c"))
    root = ET.fromstring(svg([Chart("t", "x", lines)], ""))  # noqa: S314 - our own
    heights = [float(e.get("y", "")) for e in root.iter(f"{_SVG}text") if e.text in {"a", "b", "c"}]
    assert min(b - a for a, b in pairwise(heights)) >= 15


def test_questions_can_be_answered_and_are_the_same_each_time() -> None:
    writer, rng = Writer(1, ["de klachtenregeling"]), random.Random(1)
    texts = [
        writer.regulation("Proef", ["schoolgids"], rng).print().decode().lower() for _ in range(20)
    ]
    questions = draw(texts, seed=1)
    assert [each.kind for each in questions] == [kind for kind in KINDS for _ in range(EACH)]
    assert questions == draw(texts, seed=1)
    for each in questions:
        found = [text for text in texts if all(word in text for word in each.words)]
        assert found, each
        if each.kind == "phrase":
            assert any(" ".join(each.words) in text for text in found)
    assert {each.typed[-1] for each in questions if each.kind == "prefix"} == {"*"}
