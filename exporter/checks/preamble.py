"""The check of the text before the first question, which may be questions that were not recognized."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, starmap

from exporter.checks.line_markers import (
    BULLETS,
    common_question_mark,
    find_mark,
    has_question_word,
    is_heading,
    letters,
    normalize_mark,
    starts_with_question_word,
)
from exporter.model.diagnostics import Diagnostic, info, pluralize, warning
from exporter.model.line_words import split_words
from exporter.model.questions import QuestionSet
from exporter.model.source_lines import format_range, make_span, number_ranges
from exporter.model.text import plain_text

# The limits of an introduction were measured on the preambles of 192 files that are read correctly, and of
# 12 whose preamble hides questions.
MAX_INTRODUCTION_LINES = 8
"""Maximum length of an introduction; those of correct files have up to 3 lines."""

MAX_INTRODUCTION_CHARS = 800
"""Maximum length of an introduction."""

MAX_INTRODUCTION_SHARE = 0.44
"""Maximum share of the file's text of an introduction of several paragraphs; those of correct files have up
to 0.41, those that hide questions without a question mark or a common mark 0.47 and more."""

MIN_SHARED_CHARS = 100
"""Minimum length of a preamble whose share is compared: any text is a large part of two questions."""

MAX_SKIPPED_CHARS = 10_000  # bound: time
"""How far after the last line of the preamble the next one is searched, in characters."""

MIN_PART_CHARS = 4  # bound: time
"""Minimum length of a line that is the first part of a line of the preamble."""

MAX_COMPARED = 20  # bound: time
"""Maximum number of lines of the preamble of which a line may be the first part."""

MAX_LABEL_WORDS = 2  # bound: time
"""Maximum number of words of a label that is not in the preamble, as “Answer 1”."""

MAX_GREETING_LINES = 2
"""Maximum number of lines of a preamble whose last line may be a question to the reader."""

MIN_ASKING_SHARE = 0.5
"""Minimum share of lines with the same mark that ask, for all of them to look like questions."""


def check_text_before_questions(questions: QuestionSet, lines: Sequence[str]) -> tuple[Diagnostic, ...]:
    """Report text before the first question: a short introduction as a note, any other as a warning."""
    first_indices = [question.span.index for question in questions.questions if question.span]
    if not first_indices or not questions.preamble or not lines:
        return ()
    text = plain_text(questions.preamble)
    indices, below = _find_lines(text, lines, min(first_indices))
    if not indices and not below:
        return ()
    indices = [*_find_title_line(questions, lines, indices[0]), *indices] if indices else below[:1]
    resemblance = _describe_resemblance(lines, indices, questions)
    file_chars = sum(len(line.strip()) for line in lines)
    is_large_share = (
        len(questions.preamble) > 1
        and len(text) >= MIN_SHARED_CHARS
        and len(text) > MAX_INTRODUCTION_SHARE * file_chars
    )
    is_long = len(indices) > MAX_INTRODUCTION_LINES or len(text) > MAX_INTRODUCTION_CHARS
    outside = [(index, index + 1) for index in below if index not in indices]
    ranges = number_ranges(lines, [(indices[0], indices[-1] + 1), *outside])
    is_single = len(ranges) == 1 and ranges[0][0] == ranges[0][1]
    line_range = f"{'line' if is_single else 'lines'} {', '.join(starmap(format_range, ranges))}"
    span = make_span(questions.source, lines, indices[0] + 1)
    if not (resemblance or is_large_share or is_long):
        message = f"The introduction is not exported: {line_range}."
        hint = "Nothing needs to be done, unless a question is in it: then mark it like the others."
        return (replace(info("introduction-skipped", message, span, hint), ranges=ranges),)
    message = f"The text before the first question is not exported: {line_range}{resemblance}."
    hint = (
        "If there are questions in it, mark them like the others. "
        "If it is an introduction, nothing needs to be done; for a shorter one there is only a note."
    )
    return (replace(warning("text-before-questions", message, span, hint), ranges=ranges),)


def _find_lines(text: str, lines: Sequence[str], end: int) -> tuple[list[int], list[int]]:
    """Return the indices of the lines of a preamble, those before the line `end` and those after it.

    A few are after it, such as text in a table of HTML that is in no cell: they must be all of a line of the
    preamble, or its next part.
    """
    text_lines = list(filter(None, map(_word_letters, text.split("\n"))))
    known = set(text_lines)
    words = "".join(text_lines) + letters(text).casefold()  # a word in angle brackets may not be a tag
    indices, position = [], 0
    missing = sum(map(len, text_lines))
    found_lines: set[str] = set()
    for index in range(end):
        line = _word_letters(lines[index])
        found = words.find(line, position, position + len(line) + MAX_SKIPPED_CHARS) if line else -1
        if found >= 0:
            position = found + len(line)
        if found >= 0 or line in known:
            missing -= len(line)
        elif not line or known.isdisjoint(_iter_ends(lines[index])):
            continue
        indices.append(index)
        found_lines.add(line)
    return indices, list(_iter_below(lines, end, known - found_lines)) if missing > 0 else []


def _iter_below(lines: Sequence[str], start: int, known: set[str]) -> Iterator[int]:
    """Yield the indices of the lines from `start` on that are in `known`, or together make one of these."""
    first_parts: dict[str, list[str]] = defaultdict(list)
    for line in known:
        first_parts[line[:MIN_PART_CHARS]].append(line)
    rest = ""
    for index in range(start, len(lines)):
        line = _word_letters(lines[index])
        if line and rest.startswith(line):
            rest = rest[len(line) :]
        elif line in known:
            rest = ""
        elif len(line) >= MIN_PART_CHARS and (begun := _find_begun(line, first_parts)):
            rest = begun[len(line) :]
        else:
            continue
        yield index


def _find_begun(line: str, first_parts: Mapping[str, Sequence[str]]) -> str:
    """Return the line of the preamble that begins with another line, or an empty string."""
    candidates = first_parts.get(line[:MIN_PART_CHARS], ())[:MAX_COMPARED]
    return next((candidate for candidate in candidates if candidate.startswith(line)), "")


def _iter_ends(line: str) -> Iterator[str]:
    """Yield the letters of a line without its first words, which may be a label."""
    words = split_words(line)
    return ("".join(words[count:]) for count in range(1, min(MAX_LABEL_WORDS + 1, len(words))))


def _word_letters(text: str) -> str:
    return "".join(split_words(text)) or letters(text).casefold()


def _find_title_line(questions: QuestionSet, lines: Sequence[str], end: int) -> list[int]:
    """Return the index of the title's line if it looks like a question, else an empty list."""
    title = letters(questions.title or "")
    indices = (index for index in range(end) if title and letters(lines[index]).endswith(title))
    return [
        index
        for index in indices
        if not is_heading(lines[index]) and (find_mark(lines[index]) or _asks(lines, index))
    ][:1]


def _describe_resemblance(lines: Sequence[str], indices: Sequence[int], questions: QuestionSet) -> str:
    """Return which questions the lines of a preamble look like, as the end of a sentence, or nothing."""
    common_mark = common_question_mark(questions, lines)
    contrast = f"; the questions of this file are marked `{common_mark}`" if common_mark else ""
    groups: dict[str, list[int]] = defaultdict(list)
    for index in indices:
        groups[normalize_mark(find_mark(lines[index]))].append(index)
    groups.pop("", None)
    for group in sorted(groups.values(), key=len, reverse=True):
        mark = find_mark(lines[group[0]])
        asking_count = sum(_asks(lines, index) for index in group)
        begins_to_ask = sum(starts_with_question_word(lines[index]) for index in group)
        has_text_between = (mark not in BULLETS or begins_to_ask >= MIN_ASKING_SHARE * len(group)) and all(
            any(before < index < after for index in indices) for before, after in pairwise(group)
        )
        is_asking = asking_count >= MIN_ASKING_SHARE * len(group)
        if len(group) > 1 and (is_asking or has_text_between or has_question_word(lines[group[0]])):
            return f", which look like {pluralize(len(group), 'question')} marked `{mark}`{contrast}"
    # a short introduction may end with a question to the reader
    inner = indices if len(indices) > MAX_GREETING_LINES else indices[:-1]
    asking_count = sum(lines[index].rstrip(" *_").endswith(("?", "？")) for index in inner)
    if not asking_count:
        return ""
    return f", of which {pluralize(asking_count, 'line')} ask{'s' if asking_count == 1 else ''}{contrast}"


def _asks(lines: Sequence[str], index: int) -> bool:
    """Return whether a line ends in a question mark; if it is only a mark, whether the next line does."""
    line = lines[index].rstrip(" *_")
    if line.strip() == find_mark(line) and index + 1 < len(lines):
        line = lines[index + 1].rstrip(" *_")
    return line.endswith(("?", "？"))
