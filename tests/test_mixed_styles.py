"""Files of one style and of several: the reader finds the questions of each, or warns."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporter.checks import check
from exporter.config.settings import Settings
from exporter.model import plain_text
from exporter.model.diagnostics import Severity
from exporter.readers import SourceText
from exporter.readers.plain.reader import read
from tests.reading_styles import STYLES, Mixed, entries, join, join_all

PAIRS = list(permutations(STYLES, 2))
MIN_WHOLE = 0.985
"""Share of the pairs of styles that are read whole, also where one style has only two questions."""

COUNTS = ((4, 4), (2, 10), (10, 2))
HEADINGS = ("", "== Second part ==", "SECOND PART")


def read_questions(text: str) -> tuple[str, ...]:
    source = SourceText("notes.txt", tuple(text.split("\n")))
    return tuple(plain_text(question.question) for question in read(source, Settings()).questions.questions)


def is_whole(mixed: Mixed) -> bool:
    return read_questions(mixed.text) == mixed.questions


def is_told(mixed: Mixed) -> bool:
    """Return whether a warning other than that of a missing answer is given."""
    lines = tuple(mixed.text.split("\n"))
    result = read(SourceText("notes.txt", lines), Settings())
    diagnostics = (*result.diagnostics, *check(result.questions, lines))
    return any(
        diagnostic.severity is not Severity.INFO and diagnostic.code != "missing-answer"
        for diagnostic in diagnostics
    )


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("count", [2, 5])
def test_one_style_is_read_whole(style: str, count: int) -> None:
    written = entries(count)
    text = "\n".join(["My interview questions", "", *STYLES[style](written, 1)])
    assert read_questions(text) == tuple(question for question, _ in written)


@pytest.mark.slow
@pytest.mark.parametrize("between", HEADINGS)
@pytest.mark.parametrize("counts", COUNTS)
def test_nearly_all_pairs_of_styles_are_read_whole(counts: tuple[int, int], between: str) -> None:
    # A Latin square of a third of all files: each pair with each of the counts and each of the headings. With
    # `sounding` halved, 4 of the 9 thirds fail, as do 6 of the 9 with all pairs; with `coverage`, none of either.
    # `--hypothesis-profile=search` reads all.
    step = 1 if settings.get_current_profile_name() == "search" else 3
    pairs = PAIRS[(COUNTS.index(counts) + HEADINGS.index(between)) % step :: step]
    files = [join(upper, lower, counts, between) for upper, lower in pairs]
    partial = [mixed for mixed in files if not is_whole(mixed)]
    assert len(partial) <= (1 - MIN_WHOLE) * len(files)
    assert all(is_told(mixed) for mixed in partial)


mixed_files = st.lists(
    st.tuples(st.sampled_from(sorted(STYLES)), st.integers(2, 8)), min_size=2, max_size=3
).flatmap(
    lambda parts: st.builds(
        join_all,
        st.just([style for style, _ in parts]),
        st.just([count for _, count in parts]),
        st.sampled_from(HEADINGS),
        goes_on=st.booleans(),
        title=st.sampled_from(("My interview questions", "")),
    )
)


@settings(max_examples=60, derandomize=True, deadline=None)
@given(mixed=mixed_files)
def test_no_question_of_mixed_styles_is_lost_silently(mixed: Mixed) -> None:
    assert is_whole(mixed) or is_told(mixed), mixed.text


def test_a_label_above_another_style_is_a_question() -> None:
    text = "What is a heap?\nA tree.\n\nWhat is a stack?\nA list.\n\nQ: How is it sorted?\nA: By its keys.\n"
    assert read_questions(text) == ("What is a heap?", "What is a stack?", "How is it sorted?")


def test_a_numbered_list_in_an_answer_holds_no_questions() -> None:
    text = "Q: How do you start?\nA: I ask three things:\n\n1. Who reads it?\n2. When?\n3. How often?\n\nQ: And then?\nA: I write.\n"
    assert read_questions(text) == ("How do you start?", "And then?")


def test_a_question_in_a_labelled_answer_is_part_of_it() -> None:
    text = "Question 1: How do you plan?\nAnswer:\nI ask first.\n\nWhat is the goal?\nIt decides the rest.\n"
    assert read_questions(text) == ("How do you plan?",)
