"""The insertion of a line into a field: next to which line, and with which bullet, number or indentation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from exporter.patching.field_lines import FieldLine
from exporter.patching.field_location import FieldLocation, end_of_line, match_item_mark, start_of_line
from exporter.patching.line_bounds import find_html_bounds
from exporter.patching.refusal import RefusedError
from exporter.patching.source_bytes import find_line_end
from exporter.patching.text_edits import TextEdit
from exporter.patching.word_edits import find_bounds
from exporter.patching.write_styles import Insertion, WriteStyle


@dataclass(frozen=True, slots=True)
class Anchor:
    """The line of a field next to which a new one is written: below it, or above."""

    index: int
    is_below: bool


def find_anchor(field: FieldLocation, previous: int | None, following: int | None, new: FieldLine) -> Anchor:
    """Return the line that a new one follows; if only the next one is a line like it, the next one."""

    def is_like(index: int | None) -> bool:
        line = field.lines[index] if index is not None else None
        return line is not None and (line.kind, line.depth) == (new.kind, new.depth)

    if following is not None and (previous is None or (is_like(following) and not is_like(previous))):
        return Anchor(following, False)
    return Anchor(previous or 0, previous is not None)


def insert_line(
    field: FieldLocation, anchor: Anchor, new: FieldLine, style: WriteStyle, shift: int
) -> Iterator[TextEdit]:
    """Yield the insertion of a line next to another one.

    `shift` is the number of lines of its list that are new above it, less those that are gone.
    """
    source = field.source
    if not field.words:
        raise RefusedError("The field has no line yet, next to which the new one could be written.")
    index, is_below = anchor.index, anchor.is_below
    locations = field.words[index]
    line_end = find_line_end(source)
    if style.insertion in (Insertion.CELL_TAG, Insertion.CELL_ITEM):
        start, stop = find_html_bounds(field, index)
        separator = "<br>" if style.insertion is Insertion.CELL_TAG else "</li><li>"
        text = style.render(new)
        if not is_below:
            yield TextEdit(start, start, text + separator)
        else:
            yield TextEdit(stop, stop, separator + text)
        return
    mark = "" if style.insertion is Insertion.BARE else _find_mark(field, index)
    if style.insertion.is_listed:
        mark, shift = make_mark(field, new), -is_below
    if number := re.search(r"(\d{1,4})([.)][ \t]+)", mark):
        following = int(number[1]) + shift + is_below
        mark = f"{mark[: number.start()]}{following}{mark[number.end(1) :]}"
    mark = re.sub(r"\[[xX]\]", "[ ]", mark)
    gap = line_end if style.insertion.has_gap else ""
    if style.insertion is Insertion.CELL_LINE:
        start, stop = find_bounds(field.lines[index].text, locations, source)
        if not is_below:
            yield TextEdit(start, start, style.render(new) + line_end + mark)
        else:
            yield TextEdit(stop, stop, line_end + mark + style.render(new))
    elif is_below:
        stop = end_of_line(source, locations[-1].source_stop)
        yield TextEdit(stop, stop, f"{line_end}{gap}{mark}{style.render(new)}")
    elif match_item_mark(field.lead(index)) is None:
        at = locations[0].source_start
        yield TextEdit(at, at, style.render(new) + line_end)
    else:
        start = start_of_line(source, locations[0].source_start)
        yield TextEdit(start, start, f"{mark}{style.render(new)}{line_end}{gap}")


def make_mark(field: FieldLocation, new: FieldLine) -> str:
    """Return the indentation, and the bullet or number, that a line has by itself in this field."""
    blanks = re.compile(r"[ \t]*(?:>[ \t]*)*")
    marks = {
        line.depth: mark
        for index, line in reversed(list(enumerate(field.lines)))
        if (mark := match_item_mark(field.lead(index))) is not None
    }
    indents = {depth: match[0] for depth, mark in marks.items() if (match := blanks.match(mark))}
    width = len(new.marker) or 2
    indent = indents.get(max(new.depth, 1) if new.depth else 0)
    if indent is None:
        depth = min(indents, default=0, key=lambda depth: abs(depth - new.depth))
        steps = new.depth - max(depth, 1) if new.depth else 0
        indent = indents.get(depth, "") + " " * (width * steps)
    return indent + (new.marker or " " * (width if new.depth else 0))


def _find_mark(field: FieldLocation, index: int) -> str:
    """Return the bullet or number of a line with its indentation, or of the first without a label."""
    leads = (field.lead(number) for number in (index, *range(len(field.words))))
    return next((mark for lead in leads if (mark := match_item_mark(lead)) is not None), "")
