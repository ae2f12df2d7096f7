"""What may be a question, but was read as something else: text before the first one, and lines of answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from exporter.checks.line_markers import (
    BULLETS,
    is_heading,
    mark_of,
    most_common_mark,
    says_question,
    shape_of,
)
from exporter.model.diagnostics import Diagnostic, pluralize, warning
from exporter.model.questions import Block, Paragraph, Question, QuestionSet, SourceSpan
from exporter.model.text import line_text, plain_text

MAX_ASKED_CHARACTERS = 200
"""A longer line is no question that lacks its mark."""

# Measured on the preambles of 192 files that are read rightly, and of 12 in which they hide questions.
MAX_INTRODUCTION_LINES = 12
MAX_INTRODUCTION_CHARACTERS = 800
"""A longer text before the first question is no short introduction; right ones have up to 3 lines."""
MAX_INTRODUCTION_SHARE = 0.44
"""Nor is one of several paragraphs with a larger share of the file's text: right ones have up to 0.41, those
that hide questions without asking or sharing a mark 0.47 and more."""
MIN_SHARED_CHARACTERS = 100
"""With fewer characters than this the share says nothing: any text is a large part of two questions."""

MAX_GREETING_LINES = 2
"""In a text with no more lines than this before the first question, the last one may well ask."""

MAX_NAMED_LINES = 8
"""So many lines are named in a message."""


@dataclass(frozen=True, slots=True)
class _Suspect:
    """A line that looks like a question's: its text, and where it is."""

    text: str
    question: Question
    span: SourceSpan | None


def text_before_questions(questions: QuestionSet, lines: Sequence[str]) -> tuple[Diagnostic, ...]:
    """Report text before the first question that is more than a title and a short introduction."""
    firsts = [question.span.line for question in questions.questions if question.span]
    if not firsts or not questions.preamble or not lines:
        return ()
    text = plain_text(questions.preamble)
    held = _letters(text)
    own = [at for at in range(min(firsts) - 1) if _letters(lines[at]) and _letters(lines[at]) in held]
    if not own:
        return ()
    own = [*_title_line(questions, lines, own[0]), *own]
    looks = _looks_like(lines, own, questions)
    size = sum(len(line.strip()) for line in lines)
    shared = len(questions.preamble) > 1 and len(text) >= MIN_SHARED_CHARACTERS
    shared = shared and len(text) > MAX_INTRODUCTION_SHARE * size
    long = len(own) > MAX_INTRODUCTION_LINES or len(text) > MAX_INTRODUCTION_CHARACTERS
    if not (looks or shared or long):
        return ()
    first, last = own[0] + 1, own[-1] + 1
    named = f"line {first}" if first == last else f"lines {first} to {last}"
    message = f"The text before the first question is not exported: {named}{looks}."
    hint = (
        "If there are questions in it, mark them like the others. "
        "If it is an introduction, nothing needs to be done; a comment or a shorter one is not reported."
    )
    return (
        warning(
            "text-before-questions", message, SourceSpan(questions.source, first, 1, lines[first - 1]), hint
        ),
    )


def _title_line(questions: QuestionSet, lines: Sequence[str], end: int) -> list[int]:
    """Return the line of the title if it looks like a question, as it is then no title."""
    title = _letters(questions.title or "")
    places = (at for at in range(end) if title and _letters(lines[at]).endswith(title))
    return [at for at in places if not is_heading(lines[at]) and (mark_of(lines[at]) or _asks(lines, at))][:1]


def _looks_like(lines: Sequence[str], own: Sequence[int], questions: QuestionSet) -> str:
    """Return which questions the lines of a preamble look like, as the end of a sentence, if any."""
    common = _common_mark(questions, lines)
    but = f"; the questions of this file are marked `{common}`" if common else ""
    groups: dict[str, list[int]] = defaultdict(list)
    for at in own:
        groups[shape_of(mark_of(lines[at]))].append(at)
    groups.pop("", None)
    for places in sorted(groups.values(), key=len, reverse=True):
        mark = mark_of(lines[places[0]])
        asking = sum(_asks(lines, at) for at in places)
        filled = mark not in BULLETS and all(
            any(before < at < after for at in own) for before, after in pairwise(places)
        )
        worded = says_question(lines[places[0]])
        if len(places) > 1 and (asking * 2 >= len(places) or filled or worded):
            return f", which look like {pluralize(len(places), 'question')} marked `{mark}`{but}"
    # a short introduction may end with a question to the reader
    inner = own if len(own) > MAX_GREETING_LINES else own[:-1]
    asking = sum(lines[at].rstrip(" *_").endswith(("?", "？")) for at in inner)
    return f", of which {pluralize(asking, 'line')} ask{'s' if asking == 1 else ''}{but}" if asking else ""


def _asks(lines: Sequence[str], at: int) -> bool:
    """Return whether a line asks, or the one below a line that is nothing but a mark."""
    line = lines[at].rstrip(" *_")
    if line.strip() == mark_of(line) and at + 1 < len(lines):
        line = lines[at + 1].rstrip(" *_")
    return line.endswith(("?", "？"))


def question_within(questions: QuestionSet, lines: Sequence[str]) -> tuple[Diagnostic, ...]:
    """Report lines of answers that look like questions: their marks may be missing, or unlike the others."""
    common = _common_mark(questions, lines)
    suspects = [each for question in questions.questions for each in _suspects(question, lines, questions)]
    groups: dict[str, list[_Suspect]] = defaultdict(list)
    found: list[Diagnostic] = []
    bare: dict[int, list[_Suspect]] = defaultdict(list)
    for each in suspects:
        shape = shape_of(mark_of(each.text))
        if shape and shape != shape_of(common):
            groups[shape].append(each)
        else:
            bare[id(each.question)].append(each)
    but = f"; the questions of this file are marked `{common}`" if common else ""
    for same in groups.values():
        found.append(_report_marked(same, but))
    for same in bare.values():
        more = f" and {len(same) - 1} more" if len(same) > 1 else ""
        message = f"The answer contains “{same[0].text}”{more}, with text below it, like a question."
        hint = "If it is a separate question, mark it like the others."
        found.append(warning("question-within", message, same[0].span, hint))
    return tuple(sorted(found, key=lambda each: each.span.line if each.span else 0))


def _report_marked(same: Sequence[_Suspect], but: str) -> Diagnostic:
    """Return the warning about lines of answers that share a mark unlike that of the questions."""
    first, mark = same[0], mark_of(same[0].text)
    if len(same) == 1:
        message = f"“{first.text}” is read as part of the answer above it: its mark is `{mark}`{but}."
        hint = "If it is a separate question, mark it like the others."
        return warning("question-within", message, first.span, hint)
    named = ", ".join(str(each.span.line) for each in same[:MAX_NAMED_LINES] if each.span)
    more = f" and {len(same) - MAX_NAMED_LINES} more" if len(same) > MAX_NAMED_LINES else ""
    message = (
        f"{len(same)} questions may be lost in answers (lines {named}{more}): they are marked `{mark}`{but}."
    )
    return warning("question-within", message, first.span, "Mark them like the others.")


def _suspects(question: Question, lines: Sequence[str], questions: QuestionSet) -> Iterator[_Suspect]:
    """Yield the lines of an answer that ask above further text, and those that are marked as questions."""
    after = question.span.line if question.span else 0
    for text in _asking_within(question.answer):
        span = _place_of(text, after, lines, questions.source) or question.span
        after = span.line if span else after
        if span and span.text.lstrip().startswith("\\"):
            continue  # it is escaped, and so meant as text
        yield _Suspect(text, question, span)


def _asking_within(answer: tuple[Block, ...]) -> Iterator[str]:
    for place, block in enumerate(answer, 1):
        if not isinstance(block, Paragraph):
            continue
        for at, spans in enumerate(block.lines):
            line = line_text(spans).strip()
            heads = place > 1 and at == 0 and (len(block.lines) > 1 or place < len(answer))
            asks = heads and line.endswith(("?", "？"))
            worded = (place, at) > (1, 0) and says_question(line)
            if (asks or worded) and len(line) <= MAX_ASKED_CHARACTERS:
                yield line


def _place_of(text: str, after: int, lines: Sequence[str], path: str) -> SourceSpan | None:
    """Return the place of a line of an answer in the source, behind the line `after`, if it is found."""
    wanted = _letters(text)
    for at in range(after, len(lines)):
        if wanted and wanted in _letters(lines[at]):
            column = len(lines[at]) - len(lines[at].lstrip()) + 1
            return SourceSpan(path, at + 1, column, lines[at])
    return None


def _common_mark(questions: QuestionSet, lines: Sequence[str]) -> str:
    """Return the mark of most questions, as the first of them has it."""
    places = [question.span.line - 1 for question in questions.questions if question.span]
    return most_common_mark(lines[at] for at in places if 0 <= at < len(lines))


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())
