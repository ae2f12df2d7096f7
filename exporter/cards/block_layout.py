"""Blocks become strips: paragraphs, steps, lists, code, tables and images in one column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from exporter.cards import font_set as face
from exporter.cards import shaping
from exporter.cards.break_opportunities import StyledText
from exporter.cards.font_set import Fonts, Style
from exporter.cards.hyphenation import Hyphenate, undivided
from exporter.cards.text_measurement import Picture, Strip, broken, placed, strip
from exporter.model.block_queries import find_steps
from exporter.model.direction import has_rtl, is_rtl
from exporter.model.questions import (
    EMPTY_BOX,
    TICKED_BOX,
    Alignment,
    Block,
    CodeBlock,
    Image,
    Line,
    ListBlock,
    Paragraph,
    Quote,
    Strong,
    Table,
    Text,
)
from exporter.model.text import line_text

STEP_INDENT = 1.15
"""How far steps and list items are indented, in parts of the type size, as all lengths here."""
LABEL_GAP = 0.45
CODE_HANG = 1.2
COLUMN_GAP = 1.4
DEEPEST, DEEPEST_CODE = 0.4, 0.6
"""What lists and code are indented at most, in parts of the longest line: something must be left of it."""
TAB = 4
BULLET = "•"
BOX_SIDE = 0.62
"""The side of a box to tick, in parts of the type size."""
BAR_GAP = 0.7
"""How far the bar of a quotation is before its text."""

STEP_AIR, ITEM_AIR, LINE_AIR = 1.0, 0.6, 0.35


@dataclass(frozen=True, slots=True)
class Room:
    """What a column gives: up to what width words stay whole, code and tables stay unbroken.

    `picture` places an image by its target, or returns nothing if there is none to be shown.
    """

    fonts: Fonts
    longest: float
    unbroken: float
    picture: Callable[[str], Picture | None]
    hyphenate: Hyphenate = undivided
    language: str = ""


def answer_strips(blocks: tuple[Block, ...], room: Room) -> list[Strip]:
    """Return an answer as strips: numbered steps if it is nothing but lines, else its blocks."""
    lines = find_steps(blocks)
    if not lines:
        return flow(blocks, room)
    indent = STEP_INDENT if len(lines) < 100 else STEP_INDENT * 1.5
    longest = room.longest - indent
    parts = [
        (number, at, part) for number, line in enumerate(lines, 1) for at, part in enumerate(broken(line))
    ]
    texts = [line_text(part) for _, _, part in parts]
    rtl = shaping.available() and is_rtl("\n".join(texts), room.language)
    strips = [
        strip(
            part,
            room.fonts,
            longest,
            indent=indent,
            label="" if at else str(number),
            above=STEP_AIR if number > 1 and not at else 0.0,
            hyphenate=room.hyphenate,
        )
        for number, at, part in parts
    ]
    # in an answer from the right a line that begins with a Latin word runs from there, too
    return [
        one._replace(leftward=True, special=True) if rtl and has_rtl(text) else one
        for one, text in zip(strips, texts, strict=True)
    ]


def flow(
    blocks: Sequence[Block], room: Room, style: Style = face.REGULAR, indent: float = 0.0
) -> list[Strip]:
    """Return blocks as strips, as they are; `style` is for paragraphs alone."""
    strips: list[Strip] = []
    for block in blocks:
        strips += _block(block, room, style, indent, STEP_AIR if strips else 0.0)
    return strips


def _block(block: Block, room: Room, style: Style, indent: float, above: float) -> Iterator[Strip]:
    longest = room.longest - indent
    match block:
        case Paragraph(lines):
            for line in filter(None, (part for whole in lines for part in broken(whole))):
                yield strip(
                    line, room.fonts, longest, style, indent=indent, above=above, hyphenate=room.hyphenate
                )
                above = 0.0 if style == face.BOLD else LINE_AIR
        case ListBlock(items, ordered, start):
            for number, item in enumerate(items, start):
                yield from _item(item, f"{number}." if ordered else BULLET, room, indent, above)
                above = ITEM_AIR
        case CodeBlock(code, _):
            for text in code.split("\n"):
                yield code_line(text, room, indent, above)
                above = 0.0
        case Table():
            yield from _table(block, room, indent, above)
        case Image(target, alt):
            picture = room.picture(target)
            if picture:
                yield placed([], [], room.fonts, indent=indent, above=above)._replace(picture=picture)
            else:
                line = (Text(alt or target),)
                yield strip(
                    line,
                    room.fonts,
                    longest,
                    face.ITALIC,
                    indent=indent,
                    above=above,
                    hyphenate=room.hyphenate,
                )
        case Quote(blocks):
            inner = min(indent + STEP_INDENT, room.longest * DEEPEST)
            bar = max(indent, inner - BAR_GAP)
            for at, made in enumerate(flow(blocks, room, style, inner)):
                yield made._replace(bars=(bar, *made.bars), above=made.above if at else above)


def _item(item: tuple[Block, ...], marker: str, room: Room, indent: float, above: float) -> Iterator[Strip]:
    if marker == BULLET:
        marker, item = _ticked(item)
    width = BOX_SIDE if marker in (EMPTY_BOX, TICKED_BOX) else room.fonts.advances[face.REGULAR][marker]
    inner = indent + max(STEP_INDENT, width + LABEL_GAP)
    inner = min(inner, room.longest * DEEPEST)
    strips = flow(item, room, indent=inner) or [placed([], [], room.fonts, indent=inner)]
    if strips[0].label or strips[0].picture:
        # a list or an image right after the marker: the marker has a line to itself
        strips = [placed([], [], room.fonts, indent=inner), *strips]
    yield strips[0]._replace(label=marker, above=above)
    yield from strips[1:]


def _ticked(item: tuple[Block, ...]) -> tuple[str, tuple[Block, ...]]:
    """Return what marks an item, a bullet or the box that begins it, and the item without it."""
    match item:
        case (Paragraph(((Text(text), *spans), *lines)), *rest) if text[:2] in (
            f"{EMPTY_BOX} ",
            f"{TICKED_BOX} ",
        ):
            return text[0], (Paragraph(((Text(text[2:]), *spans), *lines)), *rest)
    return BULLET, item


_TOKEN = re.compile(r"\s*\S+")


def code_line(text: str, room: Room, indent: float, above: float) -> Strip:
    """Return a line of code, its spaces kept; if it must be broken, the rest hangs."""
    text = text.expandtabs(TAB).rstrip()
    inner = text.lstrip()
    advance = room.fonts.space[face.MONO]
    margin = indent + advance * (len(text) - len(inner))
    margin = min(margin, max(indent, room.longest * DEEPEST_CODE))
    words: list[tuple[StyledText, ...]] = []
    gaps: list[StyledText | None] = []
    for token in _TOKEN.findall(inner):
        word = token.lstrip()
        made = strip((Text(word),), room.fonts, room.longest - margin - CODE_HANG, face.MONO)
        for at, part in enumerate(made.words):
            pieces = ((part, face.MONO),) if isinstance(part, str) else part
            spaces = " " * (len(token) - len(word)) if at == 0 and words else ""
            words.append(pieces)
            gaps.append((spaces, face.MONO) if spaces else None)
    made = placed(words, gaps, room.fonts, face.MONO, indent=margin, hang=CODE_HANG, above=above)
    whole = margin + made.total
    return made._replace(widest=whole) if whole <= room.unbroken else made


def _table(table: Table, room: Room, indent: float, above: float) -> Iterator[Strip]:
    """Yield a table in columns or, where it is too wide, row by row."""

    def strips(row: tuple[Line, ...], style: Style = face.REGULAR) -> Iterator[tuple[Strip, ...]]:
        """Yield the lines of a row: as many as its cell of most lines has."""
        cells = [[strip(line, room.fonts, room.unbroken, style) for line in broken(cell)] for cell in row]
        return zip_longest(*cells, fillvalue=placed([], [], room.fonts))

    table_rows = [[*strips(table.header, face.BOLD)], *([*strips(row)] for row in table.rows)]
    rows = [line for row in table_rows for line in row]
    begins = {id(row[0]) for row in table_rows if row}
    count = max(map(len, rows), default=0)
    widths = [max(row[at].total if at < len(row) else 0.0 for row in rows) for at in range(count)]
    whole = indent + sum(widths) + COLUMN_GAP * (count - 1)
    if whole > room.unbroken or any(cell.leftward for row in rows for cell in row):
        yield from _row_by_row(table, room, indent, above)
        return
    for row in rows:
        left = indent
        for at, cell in enumerate(row):
            spare = widths[at] - cell.total
            alignment = table.alignments[at] if at < len(table.alignments) else Alignment.NONE
            share = {Alignment.RIGHT: 1.0, Alignment.CENTER: 0.5}.get(alignment, 0.0)
            yield cell._replace(
                indent=left + spare * share,
                above=above if at == 0 and id(row) in begins else 0.0,
                widest=whole,
                beside=at > 0,
            )
            left += widths[at] + COLUMN_GAP
        above = LINE_AIR


def _row_by_row(table: Table, room: Room, indent: float, above: float) -> Iterator[Strip]:
    """Yield a table as lines, a row each: every cell says what it is, and the first is bold."""
    # the name of a column without words is said by none of its cells
    unsaid = tuple(
        name
        for at, name in enumerate(table.header)
        if not any(line_text(row[at]).strip() for row in table.rows if at < len(row))
    )
    rows = (unsaid, *table.rows)
    names = table.header
    said = [(*name, Text(": ")) if line_text(name).strip() else () for name in names]
    for row in rows:
        cells = [
            (*(said[at] if at < len(said) and row is not unsaid else ()), *cell)
            for at, cell in enumerate(row)
            if line_text(cell).strip()
        ]
        if cells:
            first, *others = cells
            line: Line = (Strong(first), *(span for cell in others for span in (Text("\u00a0· "), *cell)))
            for at, part in enumerate(broken(line)):
                yield strip(
                    part,
                    room.fonts,
                    room.longest - indent,
                    indent=indent,
                    above=0.0 if at else above,
                    hyphenate=room.hyphenate,
                )
            above = ITEM_AIR
