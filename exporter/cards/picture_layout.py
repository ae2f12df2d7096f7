"""The sizes of the images in a column: all of the room that its text leaves."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.cards.column import Column, SetLine
from exporter.cards.measured_line import Picture


def enlarge_pictures(column: Column, width: float, height: float) -> Column:
    """Return a column of `width` × `height` points whose images take the height that is free.

    All become larger by the same share of what they may; one that is wider than its column becomes
    smaller. If the column has nothing but images, each is in the middle of its width.
    """
    pictures = {
        index: (line.measured.picture, *_range(line, line.measured.picture, width, column.size))
        for index, line in enumerate(column.lines)
        if line.measured.picture
    }
    if not pictures:
        return column
    free = height - column.height + sum(picture.height * (1 - low) for picture, low, _ in pictures.values())
    capacity = sum(picture.height * (high - low) for picture, low, high in pictures.values())
    share = max(0.0, min(1.0, free / capacity)) if capacity else 0.0
    is_alone = not any(line.measured.words or line.measured.label for line in column.lines)
    shift = 0.0
    lines = []
    for index, line in enumerate(column.lines):
        if index in pictures:
            picture, low, high = pictures[index]
            resized = picture.resized(low + share * (high - low))
            shift += resized.height - picture.height
            measured = line.measured._replace(picture=resized)
            if is_alone:
                measured = measured._replace(indent=(width - resized.width) / 2 / column.size)
            line = line._replace(measured=measured)
        lines.append(line._replace(down=line.down + shift))
    return Column(column.size, tuple(lines), column.height + shift)


def _range(line: SetLine, picture: Picture, width: float, size: float) -> tuple[float, float]:
    """Return the smallest and the largest scale of an image at the indent of its line."""
    available = width - line.measured.indent * size
    low = min(1.0, available / picture.width)
    return low, max(low, min(available, picture.max_width) / picture.width)


def iter_pictures(columns: Sequence[Column]) -> list[Picture]:
    """Return the images in columns."""
    return [line.measured.picture for column in columns for line in column.lines if line.measured.picture]
