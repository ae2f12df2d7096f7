"""The lines of the questions in their source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from exporter.model.diagnostics import Diagnostic
from exporter.model.questions import Question, QuestionSet
from exporter.model.source_lines import number_ranges


class QuestionLines:
    """The lines from each question to the next one."""

    def __init__(self, questions: QuestionSet, lines: Sequence[str]) -> None:
        """Find the lines of all questions; `lines` are those of the source."""
        self._lines = lines
        self._starts = sorted({question.span.index for question in questions.questions if question.span})

    def cover(self, diagnostic: Diagnostic, question: Question) -> Diagnostic:
        """Return a diagnostic about all lines of a question; the blank ones below it are not counted."""
        if question.span is None or question.span.index >= len(self._lines):
            return diagnostic
        start = question.span.index
        following = bisect_right(self._starts, start)
        end = self._starts[following] if following < len(self._starts) else len(self._lines)
        while end > start + 1 and not self._lines[end - 1].strip():
            end -= 1
        return replace(diagnostic, ranges=number_ranges(self._lines, [(start, end)]))
