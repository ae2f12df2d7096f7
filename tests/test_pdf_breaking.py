from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.cards.block_layout import lay_out_blocks
from exporter.cards.canvas import line_pieces
from exporter.cards.column import set_column
from exporter.cards.column_context import ColumnContext
from exporter.cards.copyfitting import ANSWER, QUESTION
from exporter.cards.font_set import Fonts
from exporter.cards.line_breaking import (
    LINE_END_SHARE,
    MIN_LAST_LINE_SHARE,
    SHORT_LINE_PENALTY,
    count_lines,
    first_fit,
    optimal_fit,
)
from exporter.cards.line_end_words import find_line_end_words
from exporter.cards.text_style import BOLD
from exporter.model.questions import Paragraph, Strong, Text
from exporter.model.text import paragraph

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


@given(WIDTHS, st.integers(9, 30), st.booleans(), st.frozensets(st.integers(0, 10)))
def test_optimal_fit_has_fewest_lines_and_least_cost(
    widths: list[int], width: int, is_last_balanced: bool, weak: frozenset[int]
) -> None:
    starts, ends = line(widths)
    stops = optimal_fit(starts, ends, width, is_last_balanced, weak.__contains__)
    lines = len(first_fit(starts, ends, width))
    assert len(stops) == lines and stops[-1] == len(widths)
    assert max(lengths(starts, ends, stops)) <= width + 1e-6

    goal = ends[-1] / lines if is_last_balanced else float(width)

    def cost(candidate: list[int]) -> float:
        line_lengths = lengths(starts, ends, candidate)
        is_short = lines > 1 and line_lengths[-1] < MIN_LAST_LINE_SHARE * width
        weak_ends = sum(stop - 1 in weak for stop in candidate[:-1])
        return (
            sum((goal - length) ** 2 for length in (line_lengths if is_last_balanced else line_lengths[:-1]))
            + is_short * SHORT_LINE_PENALTY
            + weak_ends * (LINE_END_SHARE * width) ** 2
        )

    candidates = [
        [*stops_before, len(widths)] for stops_before in combinations(range(1, len(widths)), lines - 1)
    ]
    possible = [
        candidate for candidate in candidates if max(lengths(starts, ends, candidate)) <= width + 1e-6
    ]
    assert cost(stops) <= min(map(cost, possible)) + 1e-6


@pytest.mark.parametrize("before", [1, 2, 3])
@pytest.mark.parametrize(("weak_width", "is_avoided"), [(38, True), (41, False)])
def test_weak_end_is_worth_a_share_of_the_line(before: int, weak_width: int, is_avoided: bool) -> None:
    """Full lines, then one that ends weakly with a word of this width: LINE_END_SHARE on either side."""
    widths = [100] * (before - 1) + [99 - weak_width, weak_width, 30, 20]
    starts, ends = line(widths)
    stops = optimal_fit(starts, ends, 100, end_cost=[before].__contains__)
    assert stops[before - 1] == (before if is_avoided else before + 1)


@pytest.mark.parametrize("before", [1, 2, 3])
@pytest.mark.parametrize(("last_width", "stays"), [(26, True), (24, False)])
def test_last_line_is_a_quarter_of_the_width(before: int, last_width: int, stays: bool) -> None:
    """Full lines, then a last word of this width: MIN_LAST_LINE_SHARE on either side."""
    starts, ends = line([100] * (before - 1) + [49, 25, 24, last_width])
    stops = optimal_fit(starts, ends, 100)
    assert stops == [*range(1, before), before + 2 if stays else before + 1, before + 3]


@given(st.lists(st.integers(1, 40), min_size=1, max_size=20), st.integers(3, 20), st.booleans())
def test_a_word_wider_than_a_line_has_one_to_itself(
    widths: list[int], width: int, is_last_balanced: bool
) -> None:
    starts, ends = line(widths)
    stops = optimal_fit(starts, ends, width, is_last_balanced)
    assert stops[-1] == len(widths) and stops == sorted(set(stops))


def front(question: str, language: str, width_em: float = 14.0) -> list[str]:
    """Return the lines of a question on a front that is so many ems wide."""
    fonts = Fonts()
    context = ColumnContext(fonts, width_em, width_em, width_em, lambda _: None, language=language)
    lines = lay_out_blocks((paragraph(question),), context, BOLD)
    column = set_column(lines, width_em * 20, height=400, size=20, spacing=QUESTION)
    return [
        " ".join(map(str, one.measured.words[one.first : one.stop]))
        if one.measured.gaps is None
        else "".join(text for text, _ in line_pieces(one))
        for one in column.lines
    ]


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "Tell me about a difficult bug you fixed on the way to a release."),
        ("en-GB", "Tell me about a time you had to learn a technology from a book."),
        ("de", "Erzählen Sie mir bitte von einer schwierigen Entscheidung in Ihrem Team."),
        ("fr", "Parlez-moi encore d’un projet dans lequel vous avez appris la patience."),
        ("es", "¿Cómo afronta usted en general un conflicto con un compañero de la casa?"),
        ("pt", "Conte-me como você resolveu um problema difícil com a equipe de vendas."),
        ("it", "Mi racconti come ha affrontato con il gruppo una scadenza per il cliente."),
    ],
)
def test_few_lines_end_in_a_determiner_or_preposition(language: str, question: str) -> None:
    words = find_line_end_words(language)

    def count_weak_ends(language: str) -> int:
        texts = [front(question, language, width / 2) for width in range(16, 60, 2)]
        return sum(text.split()[-1] in words for lines in texts for text in lines[:-1])

    assert count_weak_ends(language) <= count_weak_ends("") / 2


def test_languages_without_a_table_have_no_such_words() -> None:
    assert find_line_end_words("fi") == find_line_end_words("") == frozenset()
    assert {"the", "The"} <= find_line_end_words("en_US")


def test_lines_with_bold_words_keep_prepositions_too() -> None:
    fonts = Fonts()
    context = ColumnContext(fonts, 20.0, 20.0, 20.0, lambda _: None, language="en")
    spans = (
        Text("I wrote the "),
        Strong((Text("first draft"),)),
        Text(" with a small team and a clear plan."),
    )
    lines = lay_out_blocks((Paragraph((spans,)),), context)
    for first in ([lines[0]._replace(line_end_words=frozenset())], lines):
        column = set_column(first, 110, height=400, size=10, spacing=ANSWER)
        texts = ["".join(text for text, _ in line_pieces(one)) for one in column.lines]
        assert any(text.split()[-1] in ("the", "with", "a") for text in texts[:-1]) is (first is not lines)
