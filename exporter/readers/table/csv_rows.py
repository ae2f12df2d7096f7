"""Lines of a delimited file to rows, each with the line on which it begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

SIGNS = (",", "\t", ";", "|")

_SPACES = re.compile(" *")
_ASKED_FIRST = re.compile(r"[^\"]*[?？؟]\"?")


@dataclass(slots=True)
class OpenQuotes:
    """Lines (from 0) with a quotation mark at the start of a field that does not enclose it.

    `unclosed` are those whose mark is never closed in its field; `words` those where more text follows
    the closing mark.
    """

    unclosed: list[int] = field(default_factory=list)
    words: list[int] = field(default_factory=list)


def iter_rows(
    lines: Sequence[str], separator: str, first: int = 0, quotes: OpenQuotes | None = None
) -> Iterator[tuple[int, list[str]]]:
    """Yield the index of a row's first line, and its fields.

    A field is quoted if a separator or the line's end follows its closing quotation mark; any other
    mark is an ordinary character. Those at the start of a field are added to `quotes`.
    """
    width = 0
    index = first
    while index < len(lines):
        if '"' in lines[index]:
            end, fields = _quoted_row(lines, separator, index, width, quotes)
        else:
            end, fields = index + 1, _plain_fields(lines[index], separator)
        if any(each.strip() for each in fields):
            width = width or len(fields)
            yield index, fields
        index = end


def _plain_fields(line: str, separator: str) -> list[str]:
    fields = line.replace("\0", "").split(separator)
    return [each.lstrip(" ") for each in fields] if separator != " " and " " in line else fields


def _quoted_row(
    lines: Sequence[str], separator: str, index: int, width: int, quotes: OpenQuotes | None
) -> tuple[int, list[str]]:
    """Return the index of the line after a row, and its fields."""
    fields: list[str] = []
    at = 0
    while True:
        line = lines[index]
        start = at if separator == " " else _skip_spaces(line, at)
        quoted = _quoted_field(lines, index, start + 1, separator) if line[start : start + 1] == '"' else None
        if (
            quoted is not None
            and quoted.end > index
            and _are_rows(lines, separator, index, quoted.end, width)
        ):
            quoted = None
        if quoted is not None:
            fields.append(quoted.text.replace("\0", ""))
            index, at = quoted.end, quoted.column
        else:
            # The table has no further column: what follows the mark belongs to its field.
            is_last = len(fields) + 1 == width > 1 and line.startswith('"', start)
            at = -1 if is_last else line.find(separator, start)
            at = len(line) if at < 0 else at
            text = line[start:at]
            if quotes is not None and text.startswith('"'):
                (quotes.unclosed if text.count('"') % 2 else quotes.words).append(index)
            fields.append(text.replace("\0", ""))
        if at >= len(lines[index]):
            return index + 1, fields
        at += len(separator)


def _skip_spaces(line: str, at: int) -> int:
    spaces = _SPACES.match(line, at)
    return spaces.end() if spaces else at


@dataclass(slots=True)
class _Quoted:
    """The text of a quoted field, and the line and column of what follows it: a separator, or nothing."""

    text: str
    end: int
    column: int


def _quoted_field(lines: Sequence[str], index: int, at: int, separator: str) -> _Quoted | None:
    """Return the quoted field whose text begins at a column; none where its quotation mark encloses nothing.

    Only the first mark that is not doubled can close it, so that a file is never searched twice: where
    this search passes over the marks that open another field, the search of that field ends at them.
    """
    parts: list[str] = []
    while index < len(lines):
        line = lines[index]
        mark = line.find('"', at)
        if mark < 0:
            parts += (line[at:], "\n")
            index, at = index + 1, 0
        elif line.startswith('"', mark + 1):
            parts.append(line[at : mark + 1])
            at = mark + 2
        else:
            parts.append(line[at:mark])
            after = mark + 1 if separator == " " else _skip_spaces(line, mark + 1)
            if after >= len(line) or line.startswith(separator, after):
                return _Quoted("".join(parts), index, after)
            return None
    return None


def _are_rows(lines: Sequence[str], separator: str, start: int, end: int, width: int) -> bool:
    """Return whether each line of a quoted field is a row by itself, as where two stray marks enclose rows.

    A quoted field may well hold lines with commas; so the first field of each line has to ask, unless
    the separator is a tab, which no one types into a sentence.
    """
    if width < 2:
        return False
    for line in lines[start : end + 1]:
        head = line.partition(separator)[0]
        if line.count(separator) != width - 1 or not head.strip():
            return False
        if separator != "\t" and _ASKED_FIRST.fullmatch(head.strip()) is None:
            return False
    return True


def find_separator(lines: Sequence[str], usual: str = "") -> str:
    """Return the sign that parts the fields: the one that gives most rows the same number of them."""
    sample = [line for line in lines[:400] if line.strip()][:200]
    best, most = usual, 0.0
    for sign in SIGNS:
        widths = [len(row) for _, row in iter_rows(sample, sign)]
        if not widths:
            continue
        usual_width = max(set(widths), key=widths.count)
        if usual_width < 2:
            continue
        share = widths.count(usual_width) / len(widths)
        worth = share + (0.05 if sign == usual else 0.0) + (0.02 if sign == "\t" else 0.0)
        if worth > most:
            best, most = sign, worth
    return best
