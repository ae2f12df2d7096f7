from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from exporter.cards.line_breaking import WIDOW_PENALTY, count_lines, first_fit, optimal_fit

WIDTHS = st.lists(st.integers(1, 9), min_size=1, max_size=11)


def line(widths: list[int]) -> tuple[list[float], list[float]]:
    """Words of these widths with a space of 1 between them, on one endless line."""
    starts, ends, position = [], [], 0.0
    for width in widths:
        starts.append(position)
        ends.append(position + width)
        position += width + 1
    return starts, ends


def lengths(starts: list[float], ends: list[float], stops: list[int]) -> list[float]:
    return [ends[stop - 1] - starts[first] for first, stop in zip([0, *stops], stops, strict=False)]


@given(WIDTHS, st.integers(9, 30))
def test_greedy_lines_are_as_full_as_can_be(widths: list[int], width: int) -> None:
    starts, ends = line(widths)
    stops = first_fit(starts, ends, width)
    assert stops[-1] == len(widths)
    assert count_lines(starts, ends, width) == len(stops)
    for first, stop in zip([0, *stops], stops, strict=False):
        assert ends[stop - 1] - starts[first] <= width + 1e-6
        assert stop == len(widths) or ends[stop] - starts[first] > width


@given(WIDTHS, st.integers(9, 30), st.booleans())
def test_optimal_fit_has_fewest_lines_and_least_raggedness(
    widths: list[int], width: int, is_last_balanced: bool
) -> None:
    starts, ends = line(widths)
    stops = optimal_fit(starts, ends, width, is_last_balanced)
    lines = len(first_fit(starts, ends, width))
    assert len(stops) == lines and stops[-1] == len(widths)
    assert max(lengths(starts, ends, stops)) <= width + 1e-6

    goal = ends[-1] / lines if is_last_balanced else float(width)

    def cost(candidate: list[int]) -> float:
        line_lengths = lengths(starts, ends, candidate)
        is_widow = lines > 1 and candidate[-1] - candidate[-2] == 1
        return (
            sum((goal - length) ** 2 for length in (line_lengths if is_last_balanced else line_lengths[:-1]))
            + is_widow * WIDOW_PENALTY
        )

    candidates = [
        [*stops_before, len(widths)] for stops_before in combinations(range(1, len(widths)), lines - 1)
    ]
    possible = [
        candidate for candidate in candidates if max(lengths(starts, ends, candidate)) <= width + 1e-6
    ]
    if is_last_balanced and lines == 2:
        min_length = min(max(lengths(starts, ends, candidate)) for candidate in possible)
        assert max(lengths(starts, ends, stops)) == min_length
    else:
        assert cost(stops) <= min(map(cost, possible)) + 1e-6


@given(st.lists(st.integers(1, 40), min_size=1, max_size=20), st.integers(3, 20), st.booleans())
def test_a_word_wider_than_a_line_has_one_to_itself(
    widths: list[int], width: int, is_last_balanced: bool
) -> None:
    starts, ends = line(widths)
    stops = optimal_fit(starts, ends, width, is_last_balanced)
    assert stops[-1] == len(widths) and stops == sorted(set(stops))
