"""Placeholder answers: `TODO`, `TBD`, `...`, “Answer here”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from exporter.checks.placeholder_words import are_bracketed_placeholder, are_placeholder
from exporter.checks.question_lines import QuestionLines
from exporter.checks.wording import question_name
from exporter.model.diagnostics import Diagnostic, warning
from exporter.model.questions import (
    Block,
    Code,
    Emphasis,
    Link,
    ListBlock,
    Paragraph,
    Question,
    QuestionSet,
    Span,
    Strong,
)
from exporter.model.text import line_text

MAX_PLACEHOLDER_CHARS = 60
"""Maximum length of a placeholder."""

_DECORATION = " \t\u00a0*_~()[]{}<>«»“”\"'`#:!.…-–—>/@•·（）【】「」。🚧⏳📝🤔\ufe0f"
_SIGNS = re.compile(
    r"[.…?？_–—-]{1,20}|[.…]{2,20}|_{2,60}|x{2,10}|X{2,10}|[?!？]{2,20}|[🚧⏳📝🤔\ufe0f]{1,4}"
    r"|[\[({<](?:[.…?？_–—-]{1,20})[\])}>]"
)
_BRACKETED = re.compile(r"[*_]{0,3}(?:\(.*\)|\[.*\]|\{.*\}|<.*>|（.*）|【.*】)[*_]{0,3}")


def check_placeholder_answer(questions: QuestionSet, lines: Sequence[str]) -> tuple[Diagnostic, ...]:
    """Report answers that are only a placeholder."""
    hint = "Replace it with the answer; until then the question is left out of the exports."
    question_lines = QuestionLines(questions, lines)
    return tuple(
        question_lines.cover(
            warning(
                "placeholder-answer",
                f"{question_name(question)} has only a placeholder as its answer: “{text}”.",
                question.span,
                hint,
            ),
            question,
        )
        for question in questions.questions
        if (text := _find_placeholder(question))
    )


def remove_placeholders(questions: QuestionSet) -> QuestionSet:
    """Return the questions without the answers that are only a placeholder."""
    if not any(map(_find_placeholder, questions.questions)):
        return questions
    return replace(
        questions,
        questions=tuple(
            replace(question, answer=()) if _find_placeholder(question) else question
            for question in questions.questions
        ),
    )


def _find_placeholder(question: Question) -> str:
    """Return the text of an answer that is only a placeholder, else an empty string."""
    if len(question.answer) != 1 or not question.question:
        return ""
    text = _single_line(question.answer[0])
    if not text or len(text) > MAX_PLACEHOLDER_CHARS:
        return ""
    words = text.strip(_DECORATION).rstrip("?？").strip(_DECORATION)
    is_placeholder = (
        _SIGNS.fullmatch(text.replace(" ", ""))
        or are_placeholder(words)
        or (_BRACKETED.fullmatch(text) and are_bracketed_placeholder(words))
    )
    return text if is_placeholder else ""


def _single_line(block: Block) -> str:
    """Return the text of a block of one line without code, also of the only item of a list; else nothing."""
    if isinstance(block, ListBlock) and len(block.items) == 1 and len(block.items[0]) == 1:
        block = block.items[0][0]
    if not isinstance(block, Paragraph) or len(block.lines) != 1 or any(map(_has_code, block.lines[0])):
        return ""
    return line_text(block.lines[0]).strip()


def _has_code(span: Span) -> bool:
    return isinstance(span, Code) or (
        isinstance(span, (Strong, Emphasis, Link)) and any(map(_has_code, span.spans))
    )
