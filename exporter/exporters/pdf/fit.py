"""Fit: the largest size at which strips go into a column, and where its lines then stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exporter.exporters.pdf.breaking import balanced, count_lines
from exporter.exporters.pdf.measure import Strip

FLOOR, CEILING, COMFORTABLE = 36, 72, 42
"""Sizes in quarter points: 9 pt, 18 pt, and 10.5 pt, under which air goes before size."""
QUARTER = 4

ASCENT, DESCENT = 0.76, 0.24
"""What stands above a first and below a last base line, in parts of the size."""
TIGHT = 1e-6


@dataclass(frozen=True, slots=True)
class Setting:
    """How a column is set: lengths in parts of the type size, `air` between two steps."""

    leading: float
    air: float
    least_air: float
    most_air: float
    even: bool = False


QUESTION = Setting(leading=1.2, air=0.6, least_air=0.2, most_air=0.6, even=True)
ANSWER = Setting(leading=1.24, air=0.42, least_air=0.1, most_air=0.62)


@dataclass(frozen=True, slots=True)
class SetLine:
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


def _height(strips: Sequence[Strip], width: float, setting: Setting, air: float, most: float) -> float:
    """Return the height in parts of the size, given up once it passes `most`."""
    leading = setting.leading
    height = ASCENT + DESCENT - leading
    for strip in strips:
        room = width - strip.indent
        if strip.ends and strip.ends[-1] > room:
            height += leading * count_lines(strip.starts, strip.ends, room - strip.hang) + air * strip.above
        else:
            height += leading + air * strip.above
        if height > most:
            break
    return height


def fits(
    strips: Sequence[Strip], width: float, height: float, quarters: int, setting: Setting, air: float
) -> bool:
    """Say whether strips go into a column of `width` × `height` points at a size in quarter points."""
    size = quarters / QUARTER
    most = height / size + TIGHT
    return _height(strips, width / size, setting, air, most) <= most


def _largest(
    strips: Sequence[Strip], width: float, height: float, setting: Setting, air: float, low: int, high: int
) -> int | None:
    """Return the largest size from `low` to `high` that fits; a size that fits lets all below it fit."""
    if not fits(strips, width, height, low, setting, air):
        return None
    while low < high:
        middle = (low + high + 1) // 2
        if fits(strips, width, height, middle, setting, air):
            low = middle
        else:
            high = middle - 1
    return low


def widest_size(strips: Sequence[Strip], width: float) -> int:
    """Return the largest size, in quarter points, at which the longest word fits the width."""
    widest = max((strip.widest for strip in strips), default=0.0)
    return CEILING if widest * CEILING <= width * QUARTER else int(width * QUARTER / widest)


def fitted(strips: Sequence[Strip], width: float, height: float, setting: Setting) -> Column | None:
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


def set_column(strips: Sequence[Strip], width: float, height: float, size: float, setting: Setting) -> Column:
    """Return strips set at a size in points; what height is left becomes air, within reason."""
    room = width / size
    broken = [_stops(strip, room, setting) for strip in strips]
    lines = sum(map(len, broken))
    weight = sum(strip.above for strip in strips)
    bare = ASCENT + DESCENT + (lines - 1) * setting.leading
    spare = (height / size - bare) / weight if weight else 0.0
    air = max(setting.least_air, min(setting.most_air, spare))
    placed = []
    down = ASCENT - setting.leading
    for strip, stops in zip(strips, broken, strict=True):
        down += air * strip.above
        first = 0
        for stop in stops:
            down += setting.leading
            placed.append(SetLine(strip, first, stop, down * size))
            first = stop
    return Column(size, tuple(placed), (down + DESCENT) * size)


def _stops(strip: Strip, width: float, setting: Setting) -> list[int]:
    room = width - strip.indent
    if not strip.ends or strip.ends[-1] <= room:
        return [len(strip.ends)]
    return balanced(strip.starts, strip.ends, room - strip.hang, setting.even)


def continued(strips: Sequence[Strip], width: float, height: float, setting: Setting) -> tuple[Column, ...]:
    """Return strips on the fewest columns that hold them at 9 pt, then as large as those allow."""
    high = max(FLOOR, min(CEILING, widest_size(strips, width)))
    fewest = _columns(strips, width, height, FLOOR, setting)
    low = FLOOR
    while low < high:
        middle = (low + high + 1) // 2
        tried = _columns(strips, width, height, middle, setting)
        if len(tried) <= len(fewest):
            low, fewest = middle, tried
        else:
            high = middle - 1
    return fewest


def _columns(
    strips: Sequence[Strip], width: float, height: float, quarters: int, setting: Setting
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
        stops = _stops(strip, width / size, setting)
        whole = (len(stops) - 1) * setting.leading
        if lines:
            next_down = down + setting.leading + setting.air * strip.above
            if next_down + whole + DESCENT > tall and len(stops) * 2 <= capacity:
                close()
        first = 0
        for at, stop in enumerate(stops):
            if lines:
                down += setting.leading + (setting.air * strip.above if at == 0 else 0.0)
                if down + DESCENT > tall:
                    close()
            if not lines:
                down = ASCENT
            lines.append(SetLine(strip, first, stop, down * size))
            first = stop
    if lines or not columns:
        columns.append(Column(size, tuple(lines), lines[-1].down + DESCENT * size if lines else 0.0))
    return tuple(columns)
