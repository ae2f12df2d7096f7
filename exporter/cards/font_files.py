"""What is in a font file: its style, its characters, and whether a PDF may embed it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

from exporter.cards.char_ranges import CharRanges

REGULAR_WEIGHT, BOLD_WEIGHT = 400, 700
MIN_BOLD_WEIGHT = 600
"""From semi-bold on, a face is distinct from regular text (OpenType, `usWeightClass`)."""

_RESTRICTED, _NO_SUBSETS, _BITMAPS_ONLY = 0x0002, 0x0100, 0x0200
"""Bits of `fsType` (OpenType, OS/2) that forbid what an embedded subset needs."""
_ITALIC, _OBLIQUE = 0x01, 0x200
"""Bits of `fsSelection` (OpenType, OS/2)."""


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font in a file; `index` counts the fonts of a collection from 0."""

    path: str
    index: int = 0


@dataclass(frozen=True, slots=True)
class FontInfo:
    """What a font says of itself; `weights` are the lowest and the highest of a variable font.

    `axes` are the tags and default values of a variable font's axes. `code_pages` are the bits of
    `ulCodePageRange1`, by which fonts for Chinese, Japanese and Korean differ. `problem` says why
    the font cannot be embedded, empty if it can.
    """

    family: str
    weight: int
    weights: tuple[int, int]
    is_italic: bool
    axes: tuple[tuple[str, float], ...]
    chars: CharRanges
    code_pages: int
    problem: str

    @property
    def is_variable(self) -> bool:
        """Whether the font has axes."""
        return bool(self.axes)


def open_font(data: BinaryIO, index: int, *, is_lazy: bool = False) -> Any:
    """Return a font of fontTools; a lazy one reads the tables that are asked for while `data` is open."""
    from fontTools.ttLib import TTFont

    # fontTools logs what it tolerates in damaged tables
    logging.getLogger("fontTools").addHandler(logging.NullHandler())
    return TTFont(data, lazy=is_lazy or None, fontNumber=index, recalcTimestamp=False)


def font_info(file: FontFile) -> FontInfo:
    """Return what a font says of itself; raise the exceptions of fontTools if it is not a font."""
    status = Path(file.path).stat()
    return _read_info(file, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=4096)
def _read_info(file: FontFile, mtime_ns: int, size: int) -> FontInfo:
    # fontTools leaves a file open that is not a font
    with Path(file.path).open("rb") as data, _open_checked(data, file.index) as font:
        os2, axes = font["OS/2"], font["fvar"].axes if "fvar" in font else ()
        weight = int(os2.usWeightClass)
        ranges = [(int(axis.minValue), int(axis.maxValue)) for axis in axes if axis.axisTag == "wght"]
        defaults = tuple((axis.axisTag, float(axis.defaultValue)) for axis in axes)
        default_weight = next((int(value) for tag, value in defaults if tag == "wght"), weight)
        return FontInfo(
            str(font["name"].getBestFamilyName() or ""),
            default_weight,
            ranges[0] if ranges else (weight, weight),
            bool(os2.fsSelection & (_ITALIC | (_OBLIQUE if os2.version >= 4 else 0))),
            defaults,
            CharRanges.from_codes(font.getBestCmap() or ()),
            int(getattr(os2, "ulCodePageRange1", 0)),
            _find_problem(font, os2.fsType),
        )


def _open_checked(data: BinaryIO, index: int) -> Any:
    """Return a lazy font; raise `ValueError` for a font that is packed for web pages."""
    signature = data.read(4)
    data.seek(0)
    if signature in (b"wOFF", b"wOF2"):
        raise ValueError("it is packed for web pages, as WOFF")
    return open_font(data, index, is_lazy=True)


def _find_problem(font: Any, embedding: int) -> str:
    if "CFF " in font or "CFF2" in font:
        return "has PostScript outlines (CFF), which the PDF cannot embed; use its TrueType version (.ttf)"
    if "glyf" not in font:
        return "has no outlines"
    if (embedding & 0xF) == _RESTRICTED or embedding & (_NO_SUBSETS | _BITMAPS_ONLY):
        return "may not be embedded, as its licence says"
    return ""
