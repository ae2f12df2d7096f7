"""Line edits: the lines of a field that are changed, new or gone, as edits of the source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exporter.patching.field_lines import FieldLine
from exporter.patching.field_location import FieldLocation, end_of_line, match_item_mark, start_of_line
from exporter.patching.line_bounds import find_html_bounds
from exporter.patching.line_insertion import find_anchor, insert_line, make_mark
from exporter.patching.line_pairing import LinePair, pair_lines
from exporter.patching.numbering import iter_number_edits, number_shifts
from exporter.patching.refusal import RefusedError
from exporter.patching.source_bytes import LINE_END
from exporter.patching.text_edits import TextEdit
from exporter.patching.word_edits import find_bounds, iter_word_edits
from exporter.patching.write_styles import Insertion, Markup, WriteStyle

_OPENING, _CLOSING = "*_`[<~", "*_`~"
"""Signs of formatting right before and right after a line's words."""


def edit_lines(field: FieldLocation, new: Sequence[FieldLine], style: WriteStyle) -> list[TextEdit]:
    """Return the edits that turn the lines of a field into others; raise `RefusedError` if there are none."""
    pairs = pair_lines(field.lines, new)
    shifts = number_shifts(field, new, pairs)
    edits: list[TextEdit] = []
    previous: int | None = None
    for pair, shift, following in zip(pairs, shifts, _find_following(pairs), strict=True):
        if pair.old is not None and pair.new is not None:
            edits += _change_line(field, pair.old, new[pair.new], style)
            previous = pair.old
        elif pair.old is not None:
            edits += _delete_line(field, pair.old, style)
        elif pair.new is not None:
            anchor = find_anchor(field, previous, following, new[pair.new])
            edits.append(insert_line(field, anchor, new=new[pair.new], style=style, shift=shift))
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
            yield from iter_word_edits(
                old.text, new.text, locations, source=field.source, escape=style.escape
            )
        return
    if style.markup is Markup.HTML_LINES:
        yield TextEdit(*find_html_bounds(field, index), style.render(new))
        return
    start, stop = find_bounds(old.text, locations, field.source)
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
        # as the next item of a list, what is around it stays: an empty element
        if style.insertion is Insertion.CELL_ITEM:
            pass
        elif index:
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


def _find_following(pairs: Sequence[LinePair]) -> list[int | None]:
    """Return for each pair the index of the next line that stays."""
    following: list[int | None] = []
    index: int | None = None
    for pair in reversed(pairs):
        following.append(index)
        index = pair.old if pair.old is not None and pair.new is not None else index
    return following[::-1]
