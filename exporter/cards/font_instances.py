"""Static fonts of variable ones, and slanted fonts of upright ones, made by fontTools."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from exporter.cards import shaping
from exporter.cards.font_files import FontFile, FontInfo, open_font

SLANT = 0.2
"""How far a letter leans for each unit of its height, as the oblique faces of most sans-serifs do: 11°."""

_LAYOUT_TABLES = ("GPOS", "GSUB", "GDEF", "BASE", "kern")
"""Positions and substitutions of glyphs: only for shaping, and most of the time (0.8 of 1.1 s of Lexend)."""

MAX_SHAPED_CHARS = 2000
"""A variable font with more characters is not shaped: Noto Sans Arabic (1,561) takes 1 s, Noto Sans 6."""


def is_shaped(info: FontInfo) -> bool:
    """Return whether an instance of a font keeps what shaping needs."""
    return len(info.chars) <= MAX_SHAPED_CHARS and shaping.needs_shaping("".join(info.chars))


def make_instance(file: FontFile, info: FontInfo, weight: int, is_slanted: bool) -> bytes:
    """Return a font file: one weight of a variable font, its other axes at their defaults; slanted or not."""
    font = open_font(io.BytesIO(Path(file.path).read_bytes()), file.index)
    if not is_shaped(info):
        for tag in _LAYOUT_TABLES:
            if tag in font:
                del font[tag]
    if info.is_variable:
        from fontTools.varLib import instancer

        location = {tag: weight if tag == "wght" else value for tag, value in info.axes}
        font = instancer.instantiateVariableFont(font, location)
    if is_slanted:
        _slant(font)
    data = io.BytesIO()
    font.save(data)
    return data.getvalue()


def _slant(font: Any) -> None:
    """Lean all outlines to the right; advances stay."""
    glyphs = font["glyf"]
    for name in font.getGlyphOrder():
        glyph = glyphs[name]
        if glyph.isComposite():
            for component in glyph.components:
                _slant_component(component)
        elif glyph.numberOfContours > 0:
            glyph.coordinates.transform(((1, 0), (SLANT, 1)))
            glyph.coordinates.toInt()
    for name in font.getGlyphOrder():
        glyphs[name].recalcBounds(glyphs)
        advance, _ = font["hmtx"][name]
        font["hmtx"][name] = advance, getattr(glyphs[name], "xMin", 0)


def _slant_component(component: Any) -> None:
    """Move a component of a slanted glyph; a turned one keeps its form."""
    if hasattr(component, "x"):
        component.x += round(SLANT * component.y)
