"""Shaping: the glyphs of scripts whose letters join, stack or run from right to left (HarfBuzz)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from itertools import groupby
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from exporter.cards.font_face import FontFace

RTL_RANGES = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
"""Right-to-left scripts, as ranges of a regular expression: Hebrew, Arabic, Syriac, Thaana and others."""
_JOINING_RANGES = (
    "\u0300-\u036f\u0900-\u109f\u1780-\u17ff\u1a20-\u1aaf\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ua880-\uabff"
)
"""Combining marks, and left-to-right scripts that need shaping: Indic, Tibetan, Burmese, Khmer and others."""
_NEEDS_SHAPING = re.compile(f"[{RTL_RANGES}{_JOINING_RANGES}]")

INVISIBLE = "\u200b"
"""The text of a glyph without a character in its cluster: a zero-width space."""


def needs_shaping(text: str) -> bool:
    """Return whether a text needs shaping or bidi reordering."""
    return not text.isascii() and _NEEDS_SHAPING.search(text) is not None


@lru_cache(maxsize=1)
def is_available() -> bool:
    """Return whether the optional libraries, uharfbuzz and python-bidi, are installed."""
    return find_spec("uharfbuzz") is not None and find_spec("bidi") is not None


@dataclass(frozen=True, slots=True)
class Glyph:
    """A positioned glyph; lengths in thousandths of the type size.

    `char` is the private-use character by which the font face knows the glyph and its text.
    `natural_advance` is the width that the font gives the glyph, `advance` that of this text.
    `offset_x` and `offset_y` move it to the right and up.
    """

    char: str
    natural_advance: float
    advance: float
    offset_x: float
    offset_y: float


@lru_cache(maxsize=16)
def _harfbuzz_font(face: FontFace) -> Any:
    import uharfbuzz

    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(face.face._ttf_data)))


def shape(face: FontFace, text: str, is_rtl: bool) -> Iterator[Glyph]:
    """Yield the glyphs of a text in one font face and direction, from left to right."""
    import uharfbuzz

    font = _harfbuzz_font(face)
    scale = 1000 / font.face.upem
    buffer = uharfbuzz.Buffer()
    buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_GRAPHEMES
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if is_rtl else "ltr"
    uharfbuzz.shape(font, buffer)
    infos = buffer.glyph_infos
    texts = _glyph_texts([info.cluster for info in infos], text, is_rtl)
    for info, position, glyph_text in zip(infos, buffer.glyph_positions, texts, strict=True):
        natural = font.get_glyph_h_advance(info.codepoint) * scale
        yield Glyph(
            face.private_char(info.codepoint, glyph_text, natural),
            natural,
            position.x_advance * scale,
            position.x_offset * scale,
            position.y_offset * scale,
        )


def _glyph_texts(cluster_starts: Sequence[int], text: str, is_rtl: bool) -> list[str]:
    """Return for each glyph, from left to right, the text that a reader copies from it.

    `cluster_starts` is, for each glyph, the index in the text at which its cluster begins. The
    characters of a cluster are distributed over its glyphs in logical order.
    """
    starts = sorted(set(cluster_starts))
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    order = range(len(cluster_starts))
    texts = [""] * len(cluster_starts)
    for start, group in groupby(reversed(order) if is_rtl else order, key=cluster_starts.__getitem__):
        glyphs, rest = list(group), text[start : ends[start]]
        for glyphs_left, glyph in zip(range(len(glyphs) - 1, -1, -1), glyphs, strict=True):
            # each later glyph keeps at least one character
            count = max(len(rest) - glyphs_left, 1)
            texts[glyph], rest = rest[:count] or INVISIBLE, rest[count:]
    return texts
