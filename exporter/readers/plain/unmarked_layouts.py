"""Layouts without markers or labels: records between rulers, pairs, bullets, hanging lines, questions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from exporter.readers.labels.pairs import find_pair, uses_spaces
from exporter.readers.labels.patterns import Marker
from exporter.readers.labels.question_detection import ends_with_question_mark, looks_like_question
from exporter.readers.plain.headings import (
    find_heading_ending_at,
    is_ruler,
    is_short_title,
    match_framed_heading,
)
from exporter.readers.plain.layout import Layout, Style, build_layout
from exporter.readers.plain.tokens import TokenizedText

_BULLET = re.compile(
    r"(?P<indent>\s{0,3})(?:[-*•‣◦–+·§■●○◆★→>➤►▶✓✅❓☐☑]\ufe0f?\s{1,8}){1,2}"
    r"(?:\[[ xX]\]\s{1,8})?(?P<rest>\S.*)"
)
_SIDE_SEPARATORS = ("%", "?", "??", "=>", "|")
"""Lines that separate question and answer in a record."""

MAX_UNDERLINE_DIFFERENCE = 8  # unmeasured
"""Largest difference in length between a heading and its underline, in characters."""

MIN_HANGING = 3  # unmeasured
"""Minimum number of questions with indented answers."""

MAX_PROMPT_CHARS = 120  # unmeasured
"""Maximum length of a sentence such as `Tell me about yourself.` above its answer."""

MAX_PARAGRAPH_PROMPT_CHARS = 200  # unmeasured
"""Maximum length of a paragraph that asks without a question mark."""

MAX_UNFINISHED_PROMPT_CHARS = 100  # unmeasured
"""Maximum length of a line that asks without punctuation at its end."""


def build_line_marker(line: str) -> Marker:
    """Return the marker of a question that is a line without any."""
    return Marker(None, line.strip(), len(line) - len(line.lstrip()) + 1, "line")


def find_records(text: TokenizedText) -> Iterator[Layout]:
    """Yield the layout of records between rulers: the first line is the question, the rest the answer."""
    lines, fenced = text.lines, text.fenced
    rulers = [index for index, line in enumerate(lines) if index not in fenced and line and is_ruler(line)]
    separators = {index for index in rulers if lines[index].strip() != "%"} or set(rulers)
    separators = {
        index for index in separators if not _is_underline(lines, index) and not _is_frame(lines, index)
    }
    if not separators:
        return
    markers: dict[int, Marker] = {}
    answers: dict[int, str] = {}
    answered = asking = 0
    for start, end in _split_ranges(separators, len(lines)):
        text_lines = [index for index in range(start, end) if lines[index].strip()]
        while (
            text_lines
            and (heading := find_heading_ending_at(lines, text_lines[0], start))
            and heading.start == text_lines[0]
            and len(text_lines) > 1
        ):
            text_lines.pop(0)
        if not text_lines:
            continue
        side_separator = next(
            (index for index in text_lines[1:] if lines[index].strip() in _SIDE_SEPARATORS), None
        )
        if start == 0 and len(text_lines) == 1 and not looks_like_question(lines[text_lines[0]]):
            continue  # the title of the file
        markers[text_lines[0]] = build_line_marker(lines[text_lines[0]])
        answered += len(text_lines) > 1
        asking += looks_like_question(lines[text_lines[0]])
        if side_separator is not None:
            answers[side_separator] = ""
    # half of the records have an answer, and half a question unless `%` separates them; unmeasured
    if (
        len(markers) < 2
        or answered * 2 < len(markers)
        or (asking * 2 < len(markers) and "%" not in {lines[index].strip() for index in rulers})
    ):
        return
    yield build_layout(Style.RECORDS, "", markers, answers)


def _is_underline(lines: Sequence[str], index: int) -> bool:
    """Return whether a ruler underlines a heading: text directly above, blank lines above that and below."""
    above, below = lines[index - 1] if index else "", lines[index + 1] if index + 1 < len(lines) else ""
    is_single_line = index < 2 or not lines[index - 2].strip()
    return (
        bool(above.strip())
        and is_single_line
        and not below.strip()
        and abs(len(above) - len(lines[index])) <= MAX_UNDERLINE_DIFFERENCE
    )


def _is_frame(lines: Sequence[str], index: int) -> bool:
    """Return whether a ruler is above or below a line with another ruler on its other side."""
    for step in (1, -1):
        middle, beyond = index + step, index + 2 * step
        if 0 <= beyond < len(lines) and is_ruler(lines[beyond]) and lines[middle].strip():
            return not is_ruler(lines[middle]) and not ends_with_question_mark(lines[middle])
    return False


def _split_ranges(rulers: Collection[int], end: int) -> list[tuple[int, int]]:
    edges = [-1, *sorted(rulers), end]
    return [(left + 1, right) for left, right in pairwise(edges)]


def find_pairs(text: TokenizedText) -> Iterator[Layout]:
    """Yield the layout of lines of the form `question :: answer`."""
    lines, fenced = text.lines, text.fenced
    markers: dict[int, Marker] = {}
    answers: dict[int, str] = {}
    text_lines = [index for index, line in enumerate(lines) if index not in fenced and line.strip()]
    spaced_only = uses_spaces([lines[index] for index in text_lines])
    for index in text_lines:
        line = lines[index]
        pair = find_pair(line, spaced_only=spaced_only)
        # a space only after `::` is not enough in plain text: “Term:: …” may be a heading
        if pair and (line[pair.question_end].isspace() or looks_like_question(line[: pair.question_end])):
            markers[index] = build_line_marker(line[: pair.question_end])
            answers[index] = line[pair.answer_start :].strip()
    # half of the lines; unmeasured
    if len(markers) < 2 or len(markers) * 2 < len(text_lines):
        return
    yield build_layout(Style.PAIRS, "::", markers, answers)


def find_bullets(text: TokenizedText) -> Iterator[Layout]:
    """Yield the layout of bullets that ask; what is indented below a bullet is its answer."""
    lines, fenced = text.lines, text.fenced
    bullets = {
        index: match
        for index, line in enumerate(lines)
        if index not in fenced and line and (match := _BULLET.fullmatch(line))
    }
    asking = {index: match for index, match in bullets.items() if looks_like_question(match["rest"])}
    others = sum(
        ends_with_question_mark(line)
        for index, line in enumerate(lines)
        if line and index not in bullets and index not in fenced
    )
    # three bullets in five; unmeasured
    if len(asking) < 2 or len(asking) * 5 < len(bullets) * 3 or others > len(asking):
        return
    indent = min(len(match["indent"]) for match in bullets.values())
    markers = {
        index: Marker(None, match["rest"].strip(), match.start("rest") + 1, "bullet")
        for index, match in bullets.items()
        if len(match["indent"]) <= indent + 1
    }
    yield build_layout(Style.BULLETS, "-", markers)


def find_hanging(text: TokenizedText) -> Iterator[Layout]:
    """Yield the layout of lines at the margin with indented answers below, without blank lines between."""
    lines, fenced = text.lines, text.fenced
    markers: dict[int, Marker] = {}
    at_margin = 0
    for index, line in enumerate(lines):
        if line[:1].strip() and index not in fenced and find_heading_ending_at(lines, index, 0) is None:
            at_margin += 1
            if index + 1 < len(lines) and lines[index + 1][:1] in (" ", "\t") and lines[index + 1].strip():
                markers[index] = build_line_marker(line)
    asking = sum(ends_with_question_mark(lines[index]) for index in markers)
    # half of them ask, and nine in ten lines at the margin have an answer; unmeasured
    if len(markers) < MIN_HANGING or asking * 2 < len(markers) or len(markers) * 10 < at_margin * 9:
        return
    yield build_layout(Style.HANGING, "", markers)


def find_asking(text: TokenizedText) -> Iterator[Layout]:
    """Yield the layout of lines that end in a question mark and begin a paragraph, or are one."""
    lines, fenced = text.lines, text.fenced
    markers: dict[int, Marker] = {}
    with_context: dict[int, Marker] = {}
    prompts: dict[int, Marker] = {}
    starts_paragraph = True
    in_list = False
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
            if may_begin and markers and not ends_with_question_mark(line) and looks_like_question(line):
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
    yield build_layout(Style.ASKING, "?", markers)


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
