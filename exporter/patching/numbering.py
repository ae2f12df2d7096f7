"""Numbering: the numbers of an answer's lines when lines are inserted or deleted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from exporter.patching.field_lines import FieldLine, LineKind
from exporter.patching.field_location import FieldLocation, match_item_mark, start_of_line
from exporter.patching.line_pairing import LinePair
from exporter.patching.text_edits import TextEdit

_NUMBER = re.compile(r"([ \t]*(?:>[ \t]*)*)(\d{1,4})(?=[.)][ \t])")


class NumberedLine(NamedTuple):
    """A numbered line of the source: its indentation, the offset of its number, and the number as typed."""

    indent: str
    start: int
    digits: str


def find_number(field: FieldLocation, index: int) -> NumberedLine | None:
    """Return the number of a line, or None if it has none."""
    if match_item_mark(field.lead(index)) is None:
        return None
    first = field.words[index][0].source_start
    match = _NUMBER.match(field.source, start_of_line(field.source, first), first)
    return NumberedLine(match[1], match.start(2), match[2]) if match else None


def number_shifts(field: FieldLocation, new: Sequence[FieldLine], pairs: Sequence[LinePair]) -> list[int]:
    """Return for each pair how many items of its list are new above it, less those that are gone.

    A list ends where a number does not follow the one before it at the same indentation.
    """
    shifts: list[int] = []
    shift_by_indent: dict[str, int] = {}
    last_by_indent: dict[str, int] = {}
    indent: str | None = None
    if field.words and (first := find_number(field, 0)):
        indent = first.indent
    for pair in pairs:
        if pair.old is not None:
            numbered = find_number(field, pair.old)
            indent = numbered.indent if numbered else None
            if numbered:
                number = int(numbered.digits)
                if last_by_indent.get(numbered.indent) not in (None, number - 1):
                    shift_by_indent[numbered.indent] = 0
                last_by_indent[numbered.indent] = number
        shift = shift_by_indent.get(indent, 0) if indent is not None else 0
        shifts.append(shift)
        before = field.lines[pair.old] if pair.old is not None else None
        after = new[pair.new] if pair.new is not None else None
        if indent is not None:
            shift_by_indent[indent] = shift + _is_item(after) - _is_item(before)
    return shifts


def _is_item(line: FieldLine | None) -> bool:
    """Return whether a line has, or may have, a number: any but the second and later lines of an item."""
    return line is not None and (line.kind is not LineKind.ITEM or bool(line.marker))


def iter_number_edits(
    field: FieldLocation, pairs: Sequence[LinePair], shifts: Sequence[int]
) -> Iterator[TextEdit]:
    """Yield the edits of the numbers of lines that stay."""
    for pair, shift in zip(pairs, shifts, strict=True):
        if pair.old is None or pair.new is None or not shift:
            continue
        if numbered := find_number(field, pair.old):
            number = str(int(numbered.digits) + shift)
            yield TextEdit(numbered.start, numbered.start + len(numbered.digits), number)
