"""The check for an answer that is much larger than the others, which may contain lost questions."""

from __future__ import annotations

from exporter.model.diagnostics import Diagnostic, warning
from exporter.model.questions import QuestionSet
from exporter.model.text import plain_text

# Measured on 230 files of the corpus, which are read correctly, and on 52 public lists.
MIN_QUESTIONS = 5
"""Minimum number of questions; of four, one may well have half of the text."""

MIN_LARGE_CHARS = 400
"""Minimum length of a large answer; of correct files the largest have 200, of wrong ones 489 and more."""

MAX_SHARE = 0.25
"""Maximum share of the text of all answers."""

MAX_SHARE_RATIO = 4
"""Maximum ratio to the median answer of one with more than that share; in correct files up to 3.8."""

MAX_RATIO = 12
"""Maximum ratio to the median answer, whatever the share."""


def check_uneven_reading(questions: QuestionSet) -> tuple[Diagnostic, ...]:
    """Report an answer that has a large share of the text, or many times the usual length."""
    sizes = [len(plain_text(question.answer)) for question in questions.questions]
    if len(sizes) < MIN_QUESTIONS or max(sizes) < MIN_LARGE_CHARS:
        return ()
    largest = max(sizes)
    ratio = largest / _median([size for size in sizes if size])
    share = largest / sum(sizes)
    if ratio <= MAX_RATIO and (share <= MAX_SHARE or ratio <= MAX_SHARE_RATIO):
        return ()
    question = questions.questions[sizes.index(largest)]
    message = (
        f"One answer has {share:.0%} of the text of all {len(sizes)} answers, {ratio:.0f} times the usual"
        " length; questions may be lost in it."
    )
    hint = "Mark the questions below this one like the others, if there are any."
    return (warning("uneven-reading", message, question.span, hint),)


def _median(sizes: list[int]) -> float:
    # `statistics` loads fractions and decimals, 1 % of a first build
    ordered = sorted(sizes)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
