"""The layout of lines that end in a question mark and begin a paragraph, or are one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from exporter.readers.labels.patterns import Marker
from exporter.readers.labels.question_detection import (
    ends_with_question_mark,
    is_statement,
    looks_like_question,
)
from exporter.readers.layout.layout import Layout, Style, build_layout, build_line_marker
from exporter.readers.layout.tokens import TokenizedText
from exporter.readers.plain.card_titles import find_titled_cards
from exporter.readers.plain.headings import is_ruler, is_short_title, match_framed_heading

MAX_PROMPT_CHARS = 120  # unmeasured
"""Maximum length of a sentence such as `Tell me about yourself.` above its answer."""

MAX_PARAGRAPH_PROMPT_CHARS = 200  # unmeasured
"""Maximum length of a paragraph that asks without a question mark."""

MAX_UNFINISHED_PROMPT_CHARS = 100  # unmeasured
"""Maximum length of a line that asks without punctuation at its end."""


MAX_STATEMENT_SHARE = 0.34
"""Maximum number of sentences that begin like questions, for each question mark, that are statements.

With more, the writer ends questions in a full stop, too, as in three of 52 public lists.
"""


def find_asking(text: TokenizedText) -> Iterator[Layout]:
    """Yield the layout of lines that end in a question mark and begin a paragraph, or are one."""
    lines, fenced = text.lines, text.fenced
    markers: dict[int, Marker] = {}
    with_context: dict[int, Marker] = {}
    prompts: dict[int, Marker] = {}
    starts_paragraph = True
    in_list = False
    has_statements = marks_questions(text)
    for index, line in enumerate(lines):
        if not line.strip() or index in fenced or is_ruler(line):
            starts_paragraph = True
            continue
        may_begin = (starts_paragraph and not match_framed_heading(line)) or (
            index > 0 and is_short_title(lines, index - 1)
        )
        if ends_with_question_mark(line) and (may_begin or in_list):
            markers[index] = build_line_marker(line)
            in_list = True
        else:
            in_list = False
            if (
                starts_paragraph
                and not ends_with_question_mark(line)
                and looks_like_question(line)
                and _is_prompt(lines, index)
            ):
                prompts[index] = build_line_marker(line)
            if (
                may_begin
                and markers
                and looks_like_question(line)
                and not (has_statements and is_statement(line))
            ):
                if _is_short_paragraph(lines, index):
                    (with_context if "? " in line else markers)[index] = build_line_marker(line)
                elif (
                    len(line) <= MAX_UNFINISHED_PROMPT_CHARS
                    and line.rstrip()[-1].isalnum()
                    and starts_paragraph
                ):
                    markers[index] = build_line_marker(line)
        starts_paragraph = False
    if not any(ends_with_question_mark(lines[index]) for index in markers):
        return
    if _are_paragraphs(lines, [index for index in markers if ends_with_question_mark(lines[index])]):
        markers.update(prompts)
    if _count_unanswered(lines, markers) * 10 >= len(markers) * 6:
        # where answers are few (four in ten; unmeasured), the text after “…? ” is part of the question
        markers.update(with_context)
    markers.update(find_titled_cards(text, markers))
    yield build_layout(Style.ASKING, "?", markers)


def marks_questions(text: TokenizedText) -> bool:
    """Return whether nearly all lines that look like questions end in a question mark, or in no full stop."""
    statements = sum(is_statement(text.lines[index]) for index in text.content)
    return statements <= MAX_STATEMENT_SHARE * len(text.asking)


def _is_prompt(lines: Sequence[str], index: int) -> bool:
    """Return whether a line is one short sentence with text directly below: `Tell me about yourself.`"""
    line = lines[index].strip()
    below = index + 1 < len(lines) and lines[index + 1].strip()
    return bool(below) and len(line) <= MAX_PROMPT_CHARS and line[-1] not in ":,;" and ". " not in line


def _are_paragraphs(lines: Sequence[str], asking: Sequence[int]) -> bool:
    """Return whether nearly all questions form a paragraph with their answers."""
    below = sum(index + 1 < len(lines) and bool(lines[index + 1].strip()) for index in asking)
    # nine in ten; unmeasured
    return len(asking) > 1 and below * 10 >= len(asking) * 9


def _count_unanswered(lines: Sequence[str], markers: Collection[int]) -> int:
    """Return the number of questions with only blank lines below them."""
    starts = sorted(markers)
    return sum(
        not any(map(str.strip, lines[start + 1 : end]))
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)
    )


def _is_short_paragraph(lines: Sequence[str], index: int) -> bool:
    """Return whether a line is a paragraph by itself and short enough to be a question."""
    is_single_line = index + 1 >= len(lines) or not lines[index + 1].strip()
    return (
        is_single_line
        and len(lines[index]) <= MAX_PARAGRAPH_PROMPT_CHARS
        and not lines[index].rstrip().endswith((":", ","))
    )
