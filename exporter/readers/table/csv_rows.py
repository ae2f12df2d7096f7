"""Split the lines of a delimited file into rows, each with the line on which it begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

SEPARATORS = (",", "\t", ";", "|")

MAX_SAMPLE_LINES = 200  # bound: time
"""Number of lines from which the separator is detected."""

EXPECTED_BONUS = 0.05
"""Bonus for the separator that the file's suffix suggests, on a score of 0 to 1."""

TAB_BONUS = 0.02  # argued: it decides where two separators fit alike; tabs are not typed in sentences
"""Bonus for tabs, which are not typed in sentences."""

_DECLARATION = re.compile(
    r"\s*(?P<quote>\"?)sep\s?=\s?(?P<sign>[^\w\s\"]|\t)(?P=quote)[,;|\t ]*", re.IGNORECASE
)
"""The first line of a table for Excel, which says its separator; other programs quote or pad it as a row."""

_SPACES = re.compile(" *")
_QUESTION_FIELD = re.compile(r"[^\"]*[?？؟]\"?")


@dataclass(slots=True)
class OpenQuotes:
    """Indices of lines with a quotation mark at the start of a field that does not enclose it.

    In `unclosed` the mark is never closed in its field; in `words` more text follows the closing mark.
    """

    unclosed: list[int] = field(default_factory=list)
    words: list[int] = field(default_factory=list)


def iter_rows(
    lines: Sequence[str], separator: str, first: int = 0, quotes: OpenQuotes | None = None
) -> Iterator[tuple[int, list[str]]]:
    """Yield the index of a row's first line, and its fields.

    A field is quoted if a separator or the line's end follows its closing quotation mark; any other mark is
    an ordinary character. Marks at the start of such a field are added to `quotes`.
    """
    column_count = 0
    index = first
    while index < len(lines):
        if '"' in lines[index]:
            end, fields = _read_quoted_row(lines, separator, index, column_count, quotes)
        else:
            end, fields = index + 1, _split_fields(lines[index], separator)
        if any(text.strip() for text in fields):
            column_count = column_count or len(fields)
            yield index, fields
        index = end


def _split_fields(line: str, separator: str) -> list[str]:
    fields = line.replace("\0", "").split(separator)
    return [text.lstrip(" ") for text in fields] if separator != " " and " " in line else fields


def _read_quoted_row(
    lines: Sequence[str], separator: str, index: int, column_count: int, quotes: OpenQuotes | None
) -> tuple[int, list[str]]:
    """Return the index of the line after a row, and its fields."""
    fields: list[str] = []
    column = 0
    while True:
        line = lines[index]
        start = column if separator == " " else _skip_spaces(line, column)
        quoted = (
            _read_quoted_field(lines, index, start + 1, separator) if line[start : start + 1] == '"' else None
        )
        if (
            quoted is not None
            and quoted.end > index
            and _are_separate_rows(lines, separator, index, quoted.end, column_count)
        ):
            quoted = None
        if quoted is not None:
            fields.append(quoted.text.replace("\0", ""))
            index, column = quoted.end, quoted.column
        else:
            # the last column: all that follows the mark belongs to its field
            is_last = len(fields) + 1 == column_count > 1 and line.startswith('"', start)
            column = -1 if is_last else line.find(separator, start)
            column = len(line) if column < 0 else column
            text = line[start:column]
            if quotes is not None and text.startswith('"'):
                (quotes.unclosed if text.count('"') % 2 else quotes.words).append(index)
            fields.append(text.replace("\0", ""))
        if column >= len(lines[index]):
            return index + 1, fields
        column += len(separator)


def _skip_spaces(line: str, column: int) -> int:
    spaces = _SPACES.match(line, column)
    return spaces.end() if spaces else column


@dataclass(slots=True)
class _QuotedField:
    """A quoted field, and the line and column of what follows it: a separator, or the line's end."""

    text: str
    end: int
    column: int


def _read_quoted_field(lines: Sequence[str], index: int, column: int, separator: str) -> _QuotedField | None:
    """Return the quoted field whose text begins at a column; `None` if its quotation mark encloses nothing.

    Only the first mark that is not doubled can close it. So no part of a file is searched twice: where this
    search passes the marks that open another field, the search of that field ends at them.
    """
    parts: list[str] = []
    while index < len(lines):
        line = lines[index]
        quote = line.find('"', column)
        if quote < 0:
            parts += (line[column:], "\n")
            index, column = index + 1, 0
        elif line.startswith('"', quote + 1):
            parts.append(line[column : quote + 1])
            column = quote + 2
        else:
            parts.append(line[column:quote])
            after = quote + 1 if separator == " " else _skip_spaces(line, quote + 1)
            if after >= len(line) or line.startswith(separator, after):
                return _QuotedField("".join(parts), index, after)
            return None
    return None


def _are_separate_rows(lines: Sequence[str], separator: str, start: int, end: int, column_count: int) -> bool:
    """Return whether each line of a quoted field is a row by itself, enclosed by two stray marks.

    A quoted field may contain lines with commas; so the first field of each line must be a question, unless
    the separator is a tab, which is not typed in a sentence.
    """
    if column_count < 2:
        return False
    for line in lines[start : end + 1]:
        first_field = line.partition(separator)[0]
        if line.count(separator) != column_count - 1 or not first_field.strip():
            return False
        if separator != "\t" and _QUESTION_FIELD.fullmatch(first_field.strip()) is None:
            return False
    return True


def find_declaration(lines: Sequence[str]) -> tuple[int, str]:
    """Return the index of the line below a declaration, and the separator that it declares; or 0 and ""."""
    for index, line in enumerate(lines):
        if line.strip():
            match = _DECLARATION.fullmatch(line)
            return (index + 1, match["sign"]) if match else (0, "")
    return 0, ""


def find_separator(lines: Sequence[str], expected: str = "") -> str:
    """Return the separator that gives most rows the same number of fields."""
    sample = [line for line in lines[: 2 * MAX_SAMPLE_LINES] if line.strip()][:MAX_SAMPLE_LINES]
    best, best_score = expected, 0.0
    for separator in SEPARATORS:
        widths = [len(row) for _, row in iter_rows(sample, separator)]
        if not widths:
            continue
        column_count = max(set(widths), key=widths.count)
        if column_count < 2:
            continue
        share = widths.count(column_count) / len(widths)
        score = (
            share
            + (EXPECTED_BONUS if separator == expected else 0.0)
            + (TAB_BONUS if separator == "\t" else 0.0)
        )
        if score > best_score:
            best, best_score = separator, score
    return best
