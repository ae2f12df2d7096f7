"""Fit: the largest size at which strips go into a column, and where its lines then stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import sqrt
from typing import NamedTuple

from exporter.cards.font_set import BOLD
from exporter.cards.line_breaking import balanced, count_lines, greedy
from exporter.cards.text_measurement import Strip

FLOOR, CEILING, COMFORTABLE = 36, 72, 42
"""Sizes in quarter points: 9 pt, 18 pt, and 10.5 pt, under which air goes before size."""
QUARTER = 4

ASCENT, DESCENT = 0.76, 0.29
"""What stands above a first and below a last base line, in parts of the size."""
PICTURE_AIR = 0.5
TIGHT = 1e-6


@dataclass(frozen=True, slots=True)
class Spacing:
    """How a column is set: lengths in parts of the type size, `air` between two steps."""

    leading: float
    air: float
    least_air: float
    most_air: float
    even: bool = False


QUESTION = Spacing(leading=1.2, air=0.6, least_air=0.2, most_air=0.6, even=True)
ANSWER = Spacing(leading=1.24, air=0.42, least_air=0.1, most_air=0.62)


class SetLine(NamedTuple):
    """Words `first` to `stop` of a strip, on a base line `down` points below the column's top."""

    strip: Strip
    first: int
    stop: int
    down: float


@dataclass(frozen=True, slots=True)
class Column:
    """Lines set at one size; `height` is what they take, in points."""

    size: float
    lines: tuple[SetLine, ...]
    height: float


def _height(
    strips: Sequence[Strip], width: float, size: float, setting: Spacing, air: float, most: float
) -> float:
    """Return the height in parts of the size, given up once it passes `most`; `width` is in them too."""
    leading = setting.leading
    height = ASCENT + DESCENT - leading
    for strip in strips:
        room = width - strip.indent
        if strip.picture or strip.beside:
            height += _rise(strip, size, setting) + air * strip.above
        elif strip.total > room:
            room += strip.trail - strip.hang
            height += leading * count_lines(strip.starts, strip.ends, room) + air * strip.above
        else:
            height += leading + air * strip.above
        if height > most:
            break
    return height


def _rise(strip: Strip, size: float, setting: Spacing) -> float:
    """Return how far a line stands below the one before it, in parts of the size."""
    if strip.picture:
        return strip.picture.height / size + PICTURE_AIR
    return 0.0 if strip.beside else setting.leading


def fits(
    strips: Sequence[Strip], width: float, height: float, quarters: int, setting: Spacing, air: float
) -> bool:
    """Say whether strips go into a column of `width` × `height` points at a size in quarter points."""
    size = quarters / QUARTER
    most = height / size + TIGHT
    return _height(strips, width / size, size, setting, air, most) <= most


def _largest(
    strips: Sequence[Strip],
    width: float,
    height: float,
    setting: Spacing,
    air: float,
    low: int,
    high: int,
) -> int | None:
    """Return the largest size from `low` to `high` that fits; a size that fits lets all below it fit."""
    # the guess is seldom off by more than two quarter points, so the search begins around it
    middle = max(low, min(high, _guess(strips, width, height, setting, air)))
    least, step = low - 1, 2
    while least < high:
        if fits(strips, width, height, middle, setting, air):
            least, middle = middle, middle + step
        else:
            high, middle = middle - 1, middle - step
        step *= 2
        if not least < middle <= high:
            middle = (least + high + 1) // 2
    return least if least >= low else None


def _guess(strips: Sequence[Strip], width: float, height: float, setting: Spacing, air: float) -> int:
    """Return a size, in quarter points, that should about fit: type fills a share of its area."""
    length = sum(strip.total for strip in strips)
    share = sum(0.42 * setting.leading + air * strip.above for strip in strips)
    each = max(setting.leading * length / width, 1e-9)
    return int(QUARTER * (sqrt(share * share + 4 * each * height) - share) / (2 * each))


def widest_size(strips: Sequence[Strip], width: float) -> int:
    """Return the largest size, in quarter points, at which the longest word fits the width."""
    widest = max((strip.widest for strip in strips), default=0.0)
    return CEILING if widest * CEILING <= width * QUARTER else int(width * QUARTER / widest)


def fitted(strips: Sequence[Strip], width: float, height: float, setting: Spacing) -> Column | None:
    """Return strips at the largest size that fits `width` × `height` points, else nothing.

    Air between steps shrinks before the type goes under 10.5 pt.
    """
    high = max(FLOOR, min(CEILING, widest_size(strips, width)))
    comfortable = min(COMFORTABLE, high)
    size = _largest(strips, width, height, setting, setting.air, comfortable, high)
    if size is None:
        size = _largest(strips, width, height, setting, setting.least_air, FLOOR, comfortable)
    if size is None:
        return None
    return set_column(strips, width, height, size / QUARTER, setting)


def set_column(strips: Sequence[Strip], width: float, height: float, size: float, setting: Spacing) -> Column:
    """Return strips set at a size in points; what height is left becomes air, within reason."""
    room = width / size
    broken = [_stops(strip, room, setting) for strip in strips]
    weight = sum(strip.above for strip in strips)
    rises = [_rise(strip, size, setting) for strip in strips]
    bare = ASCENT + DESCENT - setting.leading
    for rise, stops in zip(rises, broken, strict=True):
        bare += len(stops) * rise
    spare = (height / size - bare) / weight if weight else 0.0
    air = max(setting.least_air, min(setting.most_air, spare))
    placed = []
    down = ASCENT - setting.leading
    for strip, stops, rise in zip(strips, broken, rises, strict=True):
        down += air * strip.above
        first = 0
        for stop in stops:
            down += rise
            placed.append(SetLine(strip, first, stop, down * size))
            first = stop
    return Column(size, tuple(placed), (down + DESCENT) * size)


def _stops(strip: Strip, width: float, setting: Spacing, greedily: bool = False) -> list[int]:
    room = width - strip.indent
    if strip.total <= room or strip.beside:
        return [len(strip.ends)]
    room += strip.trail - strip.hang
    if greedily:
        return greedy(strip.starts, strip.ends, room)
    return balanced(strip.starts, strip.ends, room, setting.even or strip.style == BOLD)


def continued(strips: Sequence[Strip], width: float, height: float, setting: Spacing) -> tuple[Column, ...]:
    """Return strips on the fewest columns that hold them at 9 pt, then as large as those allow."""
    high = max(FLOOR, min(CEILING, widest_size(strips, width)))
    # lines broken greedily are as many as lines broken well, so they do for the search
    fewest = len(_columns(strips, width, height, FLOOR, setting, greedily=True))
    low = FLOOR
    while low < high:
        middle = (low + high + 1) // 2
        if len(_columns(strips, width, height, middle, setting, greedily=True)) <= fewest:
            low = middle
        else:
            high = middle - 1
    return tuple(_aired(column, height, setting) for column in _columns(strips, width, height, low, setting))


def _aired(column: Column, height: float, setting: Spacing) -> Column:
    """Return a column with what height is left as air between its steps, within reason."""
    begun = [line.strip.above if at and line.first == 0 else 0.0 for at, line in enumerate(column.lines)]
    weight = sum(begun)
    if not weight:
        return column
    spare = (height - column.height) / weight
    air = max(0.0, min((setting.most_air - setting.least_air) * column.size, spare))
    lower = accumulate(above * air for above in begun)
    lines = tuple(
        line._replace(down=line.down + down) for line, down in zip(column.lines, lower, strict=True)
    )
    return Column(column.size, lines, column.height + weight * air)


def _columns(
    strips: Sequence[Strip],
    width: float,
    height: float,
    quarters: int,
    setting: Spacing,
    greedily: bool = False,
) -> tuple[Column, ...]:
    """Return strips on as many columns as they need at a size, steps kept whole where they can be."""
    size = quarters / QUARTER
    tall = height / size + TIGHT
    capacity = max(1, int((tall - ASCENT - DESCENT) / setting.leading + 1))
    columns: list[Column] = []
    lines: list[SetLine] = []
    down = 0.0

    def close() -> None:
        nonlocal lines
        columns.append(Column(size, tuple(lines), lines[-1].down + DESCENT * size))
        lines = []

    for strip in strips:
        stops = _stops(strip, width / size, setting, greedily)
        rise = _rise(strip, size, setting)
        first_rise = rise + setting.least_air * strip.above
        whole = first_rise + (len(stops) - 1) * rise
        if lines and down + whole + DESCENT > tall and len(stops) <= capacity:
            close()
        first = 0
        for stop in stops:
            step = rise if first else first_rise
            if lines and down + step + DESCENT > tall:
                close()
            if lines:
                down += step
            else:
                down = rise if strip.picture else ASCENT
            lines.append(SetLine(strip, first, stop, down * size))
            first = stop
    if lines or not columns:
        columns.append(Column(size, tuple(lines), lines[-1].down + DESCENT * size if lines else 0.0))
    return tuple(columns)
