"""The insertion of a line into a field: next to which line, and with which bullet, number or indentation."""

from __future__ import annotations

import re
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
    field: FieldLocation, anchor: Anchor, *, new: FieldLine, style: WriteStyle, shift: int
) -> TextEdit:
    """Return the insertion of a line next to another one.

    `shift` is the number of lines of its list that are new above it, less those that are gone.
    """
    if not field.words:
        raise RefusedError("The field has no line yet, next to which the new one could be written.")
    index, is_below = anchor.index, anchor.is_below
    text = style.render(new)
    if style.insertion in (Insertion.CELL_TAG, Insertion.CELL_ITEM):
        separator = "<br>" if style.insertion is Insertion.CELL_TAG else "</li><li>"
        return _insert_beside(find_html_bounds(field, index), text, separator, is_below)
    mark = _make_next_mark(field, anchor, new=new, style=style, shift=shift)
    source, locations = field.source, field.words[index]
    line_end = find_line_end(source)
    if style.insertion is Insertion.CELL_LINE:
        bounds = find_bounds(field.lines[index].text, locations, source)
        return _insert_beside(bounds, text, line_end + mark, is_below)
    gap = line_end if style.insertion.has_gap else ""
    if is_below:
        stop = end_of_line(source, locations[-1].source_stop)
        return TextEdit(stop, stop, f"{line_end}{gap}{mark}{text}")
    start = locations[0].source_start
    if match_item_mark(field.lead(index)) is None:
        return TextEdit(start, start, text + line_end)
    start = start_of_line(source, start)
    return TextEdit(start, start, f"{mark}{text}{line_end}{gap}")


def _insert_beside(bounds: tuple[int, int], text: str, separator: str, is_below: bool) -> TextEdit:
    """Return the insertion of a text right before or after a line with these bounds."""
    start, stop = bounds
    return TextEdit(stop, stop, separator + text) if is_below else TextEdit(start, start, text + separator)


def _make_next_mark(
    field: FieldLocation, anchor: Anchor, *, new: FieldLine, style: WriteStyle, shift: int
) -> str:
    """Return the bullet or number of a new line with its indentation; a box in it is not checked."""
    if style.insertion is Insertion.BARE:
        return ""
    if style.insertion.is_listed:
        mark, shift = make_mark(field, new), -anchor.is_below
    else:
        mark = _find_mark(field, anchor.index)
    if number := re.search(r"(\d{1,4})([.)][ \t]+)", mark):
        following = int(number[1]) + shift + anchor.is_below
        mark = f"{mark[: number.start()]}{following}{mark[number.end(1) :]}"
    return re.sub(r"\[[xX]\]", "[ ]", mark)


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
