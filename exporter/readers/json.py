"""JSON in the schema of `exporter show --format json`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from exporter.config.settings import Settings
from exporter.model.diagnostics import Diagnostic, error, info
from exporter.model.json import QUESTION_KEYS, SCHEMA_VERSION, SET_KEYS
from exporter.model.json_reader import read_questions
from exporter.model.questions import QuestionSet
from exporter.model.source_lines import number_ranges
from exporter.readers import ReadResult, SourceText
from exporter.readers.decoding.text_cleanup import clean_lines
from exporter.readers.read_as import ReadAs, ReadPart
from exporter.readers.skipped_content import report_unused_marks

_HINT = "Write it with “exporter show SOURCE --format json”, or fix it by hand."

_KEY = re.compile(r'\s*"(?P<name>[^"]*)"\s*:')
"""The start of a line with a key."""


def read(source: SourceText, settings: Settings) -> ReadResult:
    """Read the questions of a JSON source.

    Reports `bad-json`, `metadata-skipped` and `questions-unmatched`.
    """
    empty = QuestionSet((), source=source.path)
    try:
        value = json.loads("\n".join(source.lines))
    except json.JSONDecodeError as exc:
        message = f"This is not JSON: {exc.msg[:1].lower()}{exc.msg[1:]}."
        return ReadResult(empty, (error("bad-json", message, source.span(exc.lineno, exc.colno), _HINT),))
    except (RecursionError, ValueError) as exc:
        deep = isinstance(exc, RecursionError)
        what = "is nested too deeply" if deep else "has a number with too many digits"
        return ReadResult(empty, (error("bad-json", f"This JSON {what}.", source.span(1), _HINT),))
    if isinstance(value, list):
        value = {"questions": value}
    if not isinstance(value, dict) or value.get("schema", SCHEMA_VERSION) != SCHEMA_VERSION:
        message = f"This JSON is not in the supported form (schema {SCHEMA_VERSION})."
        return ReadResult(empty, (error("bad-json", message, source.span(1), _HINT),))
    try:
        questions = read_questions(_clean_texts(value))
    except (ValueError, RecursionError) as exc:
        message = f"The questions in this JSON cannot be read: {str(exc).rstrip('.')}."
        return ReadResult(empty, (error("bad-json", message, source.span(1), _HINT),))
    read_as = ReadAs((ReadPart("questions in JSON", "", 1, len(questions.questions)),))
    diagnostics = [report_unused_marks(source, "JSON has keys")] if settings.source.questions else []
    diagnostics += _report_unknown_keys(source, value)
    read_set = replace(_add_spans(source, questions), source=source.path)
    return ReadResult(read_set, tuple(diagnostics), read_as=read_as)


def _report_unknown_keys(source: SourceText, value: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """Report `metadata-skipped` for keys that are not read, if they have a value."""
    objects = [(value, SET_KEYS), *((question, QUESTION_KEYS) for question in value["questions"])]
    unknown = dict.fromkeys(
        str(name) for keys, known in objects for name in keys if name not in known and keys[name]
    )
    if not unknown:
        return
    message = f"Unknown keys of this JSON were left out: {', '.join(unknown)[:200]}."
    hint = "Nothing needs to be done, unless it is text: then move it to “notes”, “tags” or “answer”."
    ranges: list[tuple[int, int]] = []
    starts = [index for index, line in enumerate(source.lines) if _KEY.match(line)]
    for index, end in pairwise([*starts, len(source.lines)]):
        match = _KEY.match(source.lines[index])
        if match and match["name"] in unknown:
            while end > index + 1 and not any(map(str.isalnum, source.lines[end - 1])):
                end -= 1  # brackets
            ranges.append((index, end))
    diagnostic = info("metadata-skipped", message, source.span(ranges[0][0] + 1 if ranges else 1), hint)
    yield replace(diagnostic, ranges=number_ranges(source.lines, ranges))


def _clean_texts(value: Any) -> Any:
    """Return a JSON value with clean texts: escapes may encode invisible characters."""
    if isinstance(value, str):
        return "\n".join(clean_lines(value.split("\n")).lines)
    if isinstance(value, list):
        return [_clean_texts(part) for part in value]
    if isinstance(value, dict):
        return {name: _clean_texts(part) for name, part in value.items()}
    return value


def _add_spans(source: SourceText, questions: QuestionSet) -> QuestionSet:
    """Return the questions with their spans: the lines with the key `question`."""
    lines = [number for number, line in enumerate(source.lines, 1) if line.lstrip().startswith('"question":')]
    one_per_line = len(lines) == len(questions.questions)
    with_spans = tuple(
        replace(question, span=source.span(lines[index] if one_per_line else 1))
        for index, question in enumerate(questions.questions)
    )
    return replace(questions, questions=with_spans)
