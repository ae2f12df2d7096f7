"""The check of answers for lines that may be questions that were not recognized."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from exporter.checks.line_markers import (
    common_question_mark,
    find_mark,
    has_question_word,
    letters,
    normalize_mark,
)
from exporter.model.diagnostics import Diagnostic, warning
from exporter.model.questions import Block, Paragraph, Question, QuestionSet, SourceSpan
from exporter.model.source_lines import make_span
from exporter.model.text import line_text

_PAIR = re.compile(r"[^?？]{3,150}[?？]\s{1,3}[-–—:=]{1,3}>?\s{1,3}\S")
"""A question and its answer on one line."""

MAX_ASKED_CHARS = 200
"""Maximum length of a line that may be a question without a mark."""

MAX_NAMED_LINES = 8  # bound: the length of a message
"""Maximum number of lines named in a message."""


@dataclass(frozen=True, slots=True)
class _Suspect:
    """A line of an answer that looks like a question, with the question of that answer."""

    text: str
    question: Question
    span: SourceSpan | None


def check_question_within(questions: QuestionSet, lines: Sequence[str]) -> tuple[Diagnostic, ...]:
    """Report lines of answers that look like questions without a mark, or with a different one."""
    common_mark = common_question_mark(questions, lines)
    by_mark: dict[str, list[_Suspect]] = defaultdict(list)
    unmarked: dict[int, list[_Suspect]] = defaultdict(list)
    for question in questions.questions:
        for suspect in _iter_suspects(question, lines, questions.source):
            mark = normalize_mark(find_mark(suspect.text))
            if mark and mark != normalize_mark(common_mark):
                by_mark[mark].append(suspect)
            else:
                unmarked[id(question)].append(suspect)
    contrast = f"; the questions of this file are marked `{common_mark}`" if common_mark else ""
    diagnostics = [_report_marked(suspects, contrast) for suspects in by_mark.values()]
    for suspects in unmarked.values():
        more = f" and {len(suspects) - 1} more" if len(suspects) > 1 else ""
        message = f"The answer contains “{suspects[0].text}”{more}, with text below it, like a question."
        hint = "If it is a separate question, mark it like the others."
        diagnostics.append(_warn(message, suspects, hint))
    return tuple(sorted(diagnostics, key=lambda diagnostic: diagnostic.span.line if diagnostic.span else 0))


def _report_marked(suspects: Sequence[_Suspect], contrast: str) -> Diagnostic:
    """Return the warning about lines of answers with the same mark."""
    first, mark = suspects[0], find_mark(suspects[0].text)
    if len(suspects) == 1:
        message = f"“{first.text}” is read as part of the answer above it: its mark is `{mark}`{contrast}."
        hint = "If it is a separate question, mark it like the others."
        return _warn(message, suspects, hint)
    numbers = ", ".join(str(suspect.span.line) for suspect in suspects[:MAX_NAMED_LINES] if suspect.span)
    more = f" and {len(suspects) - MAX_NAMED_LINES} more" if len(suspects) > MAX_NAMED_LINES else ""
    message = (
        f"{len(suspects)} questions may be lost in answers (lines {numbers}{more}): "
        f"they are marked `{mark}`{contrast}."
    )
    return _warn(message, suspects, "Mark them like the others.")


def _warn(message: str, suspects: Sequence[_Suspect], hint: str) -> Diagnostic:
    """Return the warning with the lines of all suspects."""
    lines = (suspect.span.line for suspect in suspects if suspect.span)
    ranges = tuple((line, line) for line in lines) if len(suspects) > 1 else ()
    return replace(warning("question-within", message, suspects[0].span, hint), ranges=ranges)


def _iter_suspects(question: Question, lines: Sequence[str], path: str) -> Iterator[_Suspect]:
    """Yield the lines of an answer that look like questions, with their spans."""
    after = question.span.index + 1 if question.span else 0
    for text in _iter_question_lines(question.answer):
        span = _find_span(text, after, lines, path) or question.span
        after = span.index + 1 if span else after
        if span and span.text.lstrip().startswith("\\"):
            continue  # escaped: it is text
        yield _Suspect(text, question, span)


def _iter_question_lines(answer: tuple[Block, ...]) -> Iterator[str]:
    """Yield first lines of paragraphs that ask and have text below, and lines with a word for “question”."""
    for block_index, block in enumerate(answer):
        if not isinstance(block, Paragraph):
            continue
        for line_index, spans in enumerate(block.lines):
            line = line_text(spans).strip()
            has_text_below = len(block.lines) > 1 or block_index + 1 < len(answer)
            asks = block_index and not line_index and has_text_below and line.endswith(("?", "？"))
            is_labelled = (block_index or line_index) and has_question_word(line)
            is_pair = _PAIR.match(line) is not None and len(block.lines) > 1
            if (asks or is_labelled or is_pair) and len(line) <= MAX_ASKED_CHARS:
                yield line


def _find_span(text: str, after: int, lines: Sequence[str], path: str) -> SourceSpan | None:
    """Return the span of a line of an answer in the source, from the index `after`, or `None`."""
    text_letters = letters(text)
    for index in range(after, len(lines)):
        if text_letters and text_letters in letters(lines[index]):
            column = len(lines[index]) - len(lines[index].lstrip()) + 1
            return make_span(path, lines, index + 1, column)
    return None
