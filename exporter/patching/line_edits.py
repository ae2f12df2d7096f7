"""Line edits: the lines of a field that are changed, new or gone, as edits of the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from exporter.patching.field_lines import FieldLine
from exporter.patching.field_location import FieldLocation, end_of_line, match_item_mark, start_of_line
from exporter.patching.line_pairing import pair_lines
from exporter.patching.numbering import iter_number_edits, number_shifts
from exporter.patching.refusal import RefusedError
from exporter.patching.source_bytes import LINE_END, find_line_end
from exporter.patching.text_edits import TextEdit
from exporter.patching.word_edits import find_bounds, iter_word_edits
from exporter.patching.write_styles import Insertion, Markup, WriteStyle

_OPENING, _CLOSING = "*_`[<~", "*_`~"
"""Signs of formatting right before and right after a line's words."""

_INLINE = r"(?:a|b|code|del|em|font|i|ins|mark|s|span|strike|strong|sub|sup|u)"
_OPENING_TAG = re.compile(rf"<{_INLINE}(?:\s[^<>]*)?>\Z", re.IGNORECASE)
_CLOSING_TAG = re.compile(rf"</{_INLINE}\s*>", re.IGNORECASE)


def edit_lines(field: FieldLocation, new: Sequence[FieldLine], style: WriteStyle) -> list[TextEdit]:
    """Return the edits that turn the lines of a field into others; raise `RefusedError` if there are none."""
    pairs = pair_lines(field.lines, new)
    shifts = number_shifts(field, new, pairs)
    edits: list[TextEdit] = []
    previous: int | None = None
    for pair, shift in zip(pairs, shifts, strict=True):
        if pair.old is not None and pair.new is not None:
            edits += _change_line(field, pair.old, new[pair.new], style)
            previous = pair.old
        elif pair.old is not None:
            edits += _delete_line(field, pair.old, style)
        elif pair.new is not None:
            edits += _insert_line(field, previous, new[pair.new], style, shift)
    return [*edits, *iter_number_edits(field, pairs, shifts)]


def _change_line(field: FieldLocation, index: int, new: FieldLine, style: WriteStyle) -> Iterator[TextEdit]:
    """Yield the edits of a line whose words or formatting changed."""
    old, locations = field.lines[index], field.words[index]
    if style.insertion.is_listed and (old.depth, old.marker[-2:]) != (new.depth, new.marker[-2:]):
        first = locations[0].source_start
        if (mark := match_item_mark(field.lead(index))) is not None:
            start = start_of_line(field.source, first)
            yield TextEdit(start, start + len(mark), make_mark(field, new))
    if old.text == new.text and old.spans == new.spans:
        return
    if not style.markup.has_whole_lines:
        if old.text != new.text:
            yield from iter_word_edits(old.text, new.text, locations, field.source, style.escape)
        return
    if style.markup is Markup.HTML_LINES:
        yield TextEdit(*find_html_bounds(field, index), style.render(new))
        return
    start = locations[0].source_start - locations[0].start
    stop = locations[-1].source_stop + len(old.text) - locations[-1].stop
    line_start = start_of_line(field.source, start)
    while start > line_start and field.source[start - 1] in _OPENING:
        start -= 1
    while stop < len(field.source) and field.source[stop] in _CLOSING:
        stop += 1
    yield TextEdit(start, stop, style.render(new))


def _delete_line(field: FieldLocation, index: int, style: WriteStyle) -> Iterator[TextEdit]:
    """Yield the deletion of a line; a label before it stays."""
    if style.insertion.is_in_cell and len(field.words) > 1:
        start, stop = find_html_bounds(field, index)
        if index:
            start = find_html_bounds(field, index - 1)[1]
        else:
            stop = find_html_bounds(field, 1)[0]
        yield TextEdit(start, stop, "")
        return
    source, locations = field.source, field.words[index]
    first, last = locations[0].source_start, locations[-1].source_stop
    start, stop = start_of_line(source, first), end_of_line(source, last)
    for other, words in enumerate(field.words):
        if other != index and words[0].source_start < stop and words[-1].source_stop > start:
            raise RefusedError("Two lines of the answer are on one line of the file.")
    if match_item_mark(source[start:first]) is not None:
        line_end = LINE_END.match(source, stop)
        yield TextEdit(start, line_end.end() if line_end else stop, "")
        return
    head = field.lines[index].text[: locations[0].start]
    yield TextEdit(first - len(head) if source.endswith(head, start, first) else first, stop, "")


def _insert_line(
    field: FieldLocation, previous: int | None, new: FieldLine, style: WriteStyle, shift: int
) -> Iterator[TextEdit]:
    """Yield the insertion of a line below the line `previous`, or above the first.

    `shift` is the number of lines of its list that are new above it, less those that are gone.
    """
    source = field.source
    if not field.words:
        raise RefusedError("The field has no line yet, next to which the new one could be written.")
    index = previous or 0
    locations = field.words[index]
    line_end = find_line_end(source)
    if style.insertion in (Insertion.CELL_TAG, Insertion.CELL_ITEM):
        start, stop = find_html_bounds(field, index)
        separator = "<br>" if style.insertion is Insertion.CELL_TAG else "</li><li>"
        text = style.render(new)
        if previous is None:
            yield TextEdit(start, start, text + separator)
        else:
            yield TextEdit(stop, stop, separator + text)
        return
    mark = "" if style.insertion is Insertion.BARE else _find_mark(field, index)
    if style.insertion.is_listed:
        mark, shift = make_mark(field, new), -(previous is not None)
    if number := re.search(r"(\d{1,4})([.)][ \t]+)", mark):
        following = int(number[1]) + shift + (previous is not None)
        mark = f"{mark[: number.start()]}{following}{mark[number.end(1) :]}"
    mark = re.sub(r"\[[xX]\]", "[ ]", mark)
    gap = line_end if style.insertion.has_gap else ""
    if style.insertion is Insertion.CELL_LINE:
        start, stop = find_bounds(field.lines[index].text, locations, source)
        if previous is None:
            yield TextEdit(start, start, style.render(new) + line_end + mark)
        else:
            yield TextEdit(stop, stop, line_end + mark + style.render(new))
    elif previous is not None:
        stop = end_of_line(source, locations[-1].source_stop)
        yield TextEdit(stop, stop, f"{line_end}{gap}{mark}{style.render(new)}")
    elif match_item_mark(field.lead(0)) is None:
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


def find_html_bounds(field: FieldLocation, index: int) -> tuple[int, int]:
    """Return where a line begins and ends in the source, with the tags of its formatting."""
    start, stop = find_bounds(field.lines[index].text, field.words[index], field.source)
    while opening := _OPENING_TAG.search(field.source, start_of_line(field.source, start), start):
        start = opening.start()
    while closing := _CLOSING_TAG.match(field.source, stop):
        stop = closing.end()
    return start, stop


def _find_mark(field: FieldLocation, index: int) -> str:
    """Return the bullet or number of a line with its indentation, or of the first without a label."""
    leads = (field.lead(number) for number in (index, *range(len(field.words))))
    return next((mark for lead in leads if (mark := match_item_mark(lead)) is not None), "")
