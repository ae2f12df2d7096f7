"""Lines that only sound like questions: comments, single words and sentences that begin with a clause."""

from __future__ import annotations

import pytest

from exporter.readers.labels.question_detection import looks_like_question


@pytest.mark.parametrize(
    "line",
    [
        "What is a heap",
        "2. When do you use a heap.",
        "Can you name a heap.",
        "List two heaps",
        "Where would you put a heap, on disk or in memory?",
        "When it is full, what happens?",
        "- Given a list of numbers, return the largest one",
        "Will it be a heap?",
    ],
)
def test_a_line_sounds_like_a_question(line: str) -> None:
    assert looks_like_question(line)


@pytest.mark.parametrize(
    "line",
    [
        "// Create gradient",
        "  /* find the end */",
        "list",
        "Difference:",
        "When it is full, the oldest goes.",
        "Where there is a heap, there is a stack.",
        "当它满了。",
        "Can have many parts, or one.",
        "Will be removed in the next version",
    ],
)
def test_a_line_does_not_sound_like_a_question(line: str) -> None:
    assert not looks_like_question(line)
