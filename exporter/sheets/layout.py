"""The layout of the printed sheet: questions in columns, at the largest size for the fewest pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from exporter.cards.column import Column, LineSpacing, SetLine, bottom_of, set_column, top_of
from exporter.cards.measured_line import MeasuredLine
from exporter.cards.size_search import QUARTERS_PER_POINT

MAX_SIZE_PT, MIN_SIZE_PT = 11.0, 7.5
"""Books are set in 9 to 11 pt; below 7.5 pt the font is not readable at arm's length."""

# line spacing as on the cards; unmeasured on sheets
HEADING = LineSpacing(leading=1.2, paragraph_gap=0.2, min_gap=0.2, max_gap=0.2)
BODY = LineSpacing(leading=1.22, paragraph_gap=0.25, min_gap=0.25, max_gap=0.25)

QUESTION_GAP_EM, CATEGORY_GAP_EM, BODY_GAP_EM = 0.55, 1.0, 0.08  # unmeasured
"""The space above a question, above a category and above a body."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A question with its body, and the heading of its category if it is the first question in it."""

    category: tuple[MeasuredLine, ...]
    heading: tuple[MeasuredLine, ...]
    body: tuple[MeasuredLine, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """The columns of a page: width and heights in points; `gutter` is the indent of bodies in em.

    The columns of the first page are `first_height` high, because the title is above them.
    """

    width: float
    height: float
    first_height: float
    columns: int
    gutter: float


class Piece(NamedTuple):
    """Lines of one size; `down` is the distance of their top below that of their group, in points."""

    down: float
    lines: Column
    is_body: bool


class _Group(NamedTuple):
    """Pieces that are not divided between columns; `gap` is the space above them, except at the top."""

    pieces: tuple[Piece, ...]
    height: float
    gap: float


class Placed(NamedTuple):
    """A piece on its page, `piece.down` points below the top of the columns; indices count from 0."""

    page: int
    column: int
    entry: int
    piece: Piece


@dataclass(frozen=True, slots=True)
class Layout:
    """All placed pieces, the type size in points, and the number of pages."""

    size: float
    pages: int
    placed: tuple[Placed, ...]


def lay_out(entries: Sequence[Entry], frame: Frame) -> Layout:
    """Return the layout with the largest size, in steps of a quarter point, that needs the fewest pages.

    Nothing is wider than its column, down to the smallest size. A binary search, which assumes that a
    larger size never needs fewer pages.
    """

    @cache
    def fill_at(quarters: int) -> Layout:
        return _fill_columns(entries, frame, quarters / QUARTERS_PER_POINT)

    low, high = int(MIN_SIZE_PT * QUARTERS_PER_POINT), int(MAX_SIZE_PT * QUARTERS_PER_POINT)
    if widest := max(_iter_widths(entries, frame.gutter), default=0.0):
        high = max(low, min(high, int(frame.width * QUARTERS_PER_POINT / widest)))
    min_pages = fill_at(low).pages
    while low < high:
        middle = (low + high + 1) // 2
        if fill_at(middle).pages <= min_pages:
            low = middle
        else:
            high = middle - 1
    return fill_at(low)


def _iter_widths(entries: Sequence[Entry], gutter: float) -> Iterator[float]:
    """Yield the widths of what is not broken, such as tables and formulas, in em; code is scaled."""
    for entry in entries:
        for lines, indent in ((entry.category, 0.0), (entry.heading, 0.0), (entry.body, gutter)):
            yield from (line.widest_word + indent for line in lines if not line.code)


def _fill_columns(entries: Sequence[Entry], frame: Frame, size: float) -> Layout:
    """Return the layout of entries at a size in points, filling the columns one after the other."""
    placed: list[Placed] = []
    page = column = 0
    down = 0.0
    for index, entry in enumerate(entries):
        for group in _split_group(_set_entry(entry, frame, size), size, frame.first_height):
            start = down + group.gap if down else 0.0
            if down and start + group.height > (frame.height if page else frame.first_height):
                page, column = (page, column + 1) if column + 1 < frame.columns else (page + 1, 0)
                start = 0.0
            placed += [
                Placed(page, column, index, piece._replace(down=start + piece.down)) for piece in group.pieces
            ]
            down = start + group.height
    return Layout(size, page + 1, tuple(placed))


def _set_entry(entry: Entry, frame: Frame, size: float) -> _Group:
    """Return the lines of an entry at a size in points."""
    pieces: list[Piece] = []
    height = 0.0
    indent = frame.gutter * size
    for strips, width, spacing, gap in (
        (entry.category, frame.width, HEADING, 0.0),
        (entry.heading, frame.width, HEADING, QUESTION_GAP_EM),
        (entry.body, frame.width - indent, BODY, BODY_GAP_EM),
    ):
        if strips:
            lines = set_column(strips, width, height=0.0, size=size, spacing=spacing)
            height += gap * size if pieces else 0.0
            pieces.append(Piece(height, lines, strips is entry.body))
            height += lines.height
    return _Group(tuple(pieces), height, (CATEGORY_GAP_EM if entry.category else QUESTION_GAP_EM) * size)


def _split_group(group: _Group, size: float, height: float) -> Iterator[_Group]:
    """Yield a group, or parts of it if it is higher than a column of `height` points."""
    if group.height <= height:
        yield group
        return
    part: list[Piece] = []
    top = 0.0
    for piece in group.pieces:
        lines: list[SetLine] = []
        for line in piece.lines.lines:
            first = piece.down + top_of(line, size)
            last = piece.down + bottom_of(line, size)
            if last - top > height and (part or lines) and not line.measured.shares_line:
                yield _join_pieces([*part, _cut_piece(piece, lines, top, size)] if lines else part, group.gap)
                part, lines, top = [], [], first
            lines.append(line)
        if lines:
            part.append(_cut_piece(piece, lines, top, size))
    yield _join_pieces(part, group.gap)


def _cut_piece(piece: Piece, lines: Sequence[SetLine], top: float, size: float) -> Piece:
    """Return lines of a piece, in a part of its group that begins at `top`."""
    down = piece.down - top
    if down >= 0:
        moved = tuple(lines)
    else:
        moved, down = tuple(line._replace(down=line.down + down) for line in lines), 0.0
    return Piece(down, Column(size, moved, bottom_of(moved[-1], size)), piece.is_body)


def _join_pieces(pieces: Sequence[Piece], gap: float) -> _Group:
    return _Group(tuple(pieces), pieces[-1].down + pieces[-1].lines.height, gap)
