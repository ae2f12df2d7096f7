"""Read texts with an answer key: each answer is moved below the question of its number, with a label."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from textwrap import dedent, indent
from typing import TYPE_CHECKING

from exporter.config.settings import Settings
from exporter.model.source_lines import SourceLines, find_number
from exporter.readers import ReadResult, SourceText
from exporter.readers.labels.vocabulary import ANSWER_KEY_WORDS
from exporter.readers.skipped_content import report_skipped

if TYPE_CHECKING:
    from exporter.readers.answer_key_detection import AnswerKey, Entry

MAX_HEADING_CHARS = 400
"""Maximum length of a key's heading, which may have the letters of 60 answers after it."""

_DECORATION = " \t#*_=~>:：.–—-"
_MARKS = frozenset(_DECORATION)
_WORDS = frozenset(ANSWER_KEY_WORDS)
_STARTS = frozenset(word[:3] for word in ANSWER_KEY_WORDS)
"""First letters of headings of keys: a fast filter, since most lines begin with none of them."""
_LIST_ITEM = re.compile(r"\s*\d{1,9}[.)]\s+")


def read_answer_keys(
    source: SourceText, settings: Settings, read: Callable[[SourceText, Settings], ReadResult]
) -> ReadResult:
    """Return what `read` returns of a source whose answer keys are divided among their questions.

    Reports `navigation-skipped` for the heading of a key, and `stray-text` for an answer without a question.
    """
    headings = _find_headings(source.lines)
    if not headings:
        return read(source, settings)
    # only now, since its patterns take 2 % of a first build to compile
    from exporter.readers.answer_key_detection import find_keys

    keys = find_keys(source.lines, headings)
    if not keys:
        return read(source, settings)
    unmatched = [(entry.start, entry.end) for key in keys.values() for entry in key.unmatched]
    used = [(line, line + 1) for heading, key in keys.items() for line in (heading, *key.headings)]
    lines = _move_answers(source.lines, keys, [*unmatched, *used])
    reading = read(SourceText(source.path, lines), settings)
    diagnostics = (
        *reading.diagnostics,
        *report_skipped(source, "navigation-skipped", used),
        *report_skipped(source, "stray-text", unmatched),
    )
    return replace(reading, diagnostics=diagnostics, lines=reading.lines or lines)


def _find_headings(lines: Sequence[str]) -> list[int]:
    """Return the indices of lines that say `Answers`, `Answer key` and the like, alone or above numbers."""
    return [
        index
        for index, line in enumerate(lines)
        if (line[:3].lower() in _STARTS or line[:1] in _MARKS)
        and 0 < len(line) <= MAX_HEADING_CHARS
        and _is_heading(line.strip(_DECORATION).lower())
    ]


def _is_heading(text: str) -> bool:
    """Return whether a line in lower case without decoration is a key's heading, alone or above pairs."""
    if text.isalpha():
        return text in _WORDS
    first = next((index for index, char in enumerate(text) if char in "(0123456789"), len(text))
    return text[:first].rstrip(_DECORATION) in _WORDS


def _move_answers(
    lines: Sequence[str], keys: Mapping[int, AnswerKey], skipped: Sequence[tuple[int, int]]
) -> SourceLines:
    """Return the lines with each answer labelled below its question, and without the skipped ranges."""
    answers = {end: pair for key in keys.values() for end, pair in key.answers.items()}
    ranges = [*skipped, *((entry.start, entry.end) for _, entry in answers.values())]
    removed = {index for start, end in ranges for index in range(start, end)}
    result: list[tuple[str, int]] = []
    for index in range(len(lines) + 1):
        if index in answers:
            question, entry = answers[index]
            marker = _LIST_ITEM.match(lines[question.start])
            result += _label(lines, entry, " " * len(marker[0]) if marker else "")
        if index < len(lines) and index not in removed:
            result.append((lines[index], find_number(lines, index + 1)))
    return SourceLines((line for line, _ in result), (number for _, number in result))


def _label(lines: Sequence[str], entry: Entry, margin: str) -> Iterator[tuple[str, int]]:
    """Return the lines of an answer with a label, with their numbers in the file."""
    rest = dedent("\n".join(lines[entry.start + 1 : entry.end])).split("\n")
    for offset, line in enumerate(["", f"Answer: {entry.text}".rstrip(), *rest]):
        number = entry.start + max(offset - 1, 0)
        yield indent(line, margin), find_number(lines, min(number, entry.end - 1) + 1)
