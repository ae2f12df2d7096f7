"""The check for an answer that is much larger than the others, which may contain lost questions."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.checks.question_lines import QuestionLines
from exporter.model.diagnostics import Diagnostic, pluralize, warning
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


def check_uneven_reading(questions: QuestionSet, lines: Sequence[str]) -> tuple[Diagnostic, ...]:
    """Report the answers that have a large share of the text, or many times the usual length."""
    sizes = [len(plain_text(question.answer)) for question in questions.questions]
    if len(sizes) < MIN_QUESTIONS or max(sizes) < MIN_LARGE_CHARS:
        return ()
    median, total = _median([size for size in sizes if size]), sum(sizes)
    large = [
        (size, question)
        for size, question in zip(sizes, questions.questions, strict=True)
        if size >= MIN_LARGE_CHARS
        and (size > MAX_RATIO * median or (size > MAX_SHARE * total and size > MAX_SHARE_RATIO * median))
    ]
    if not large:
        return ()
    size, question = max(large, key=lambda entry: entry[0])
    others = f" and in {pluralize(len(large) - 1, 'other')}" if len(large) > 1 else ""
    message = (
        f"One answer has {size / total:.0%} of the text of all {len(sizes)} answers, {size / median:.0f}"
        f" times the usual length; questions may be lost in it{others}."
    )
    hint = "Mark the questions below this one like the others, if there are any."
    question_lines = QuestionLines(questions, lines)
    report = warning("uneven-reading", message, question.span, hint)
    return (question_lines.cover(report, *(question for _, question in large)),)


def _median(sizes: list[int]) -> float:
    # `statistics` loads fractions and decimals, 1 % of a first build
    ordered = sorted(sizes)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
