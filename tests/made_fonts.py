"""Small fonts for the tests: boxes as glyphs, each font with characters and widths of its own."""

from __future__ import annotations

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont
from fontTools.ttLib.tables.TupleVariation import TupleVariation

ASCII = "".join(map(chr, range(0x20, 0x7F)))


def _box(pen: TTGlyphPen | T2CharStringPen, width: int) -> None:
    pen.moveTo((50, 0))
    pen.lineTo((50, 700))
    pen.lineTo((width - 50, 700))
    pen.lineTo((width - 50, 0))
    pen.closePath()


def build_font(
    chars: str,
    width: int = 600,
    *,
    family: str = "Made",
    weight: int = 400,
    is_italic: bool = False,
    is_variable: bool = False,
    has_cff: bool = False,
    fs_type: int = 0,
) -> TTFont:
    """Return a font in which all characters are boxes of one width.

    A variable font has the weights 100 to 900, and `weight` as its default; at 900 its boxes are
    100 units wider.
    """
    glyphs = {".notdef": "", **{f"u{ord(char):04X}": char for char in chars}}
    builder = FontBuilder(1000, isTTF=not has_cff)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap({ord(char): name for name, char in glyphs.items() if char})
    if has_cff:
        charstrings = {}
        for name in glyphs:
            cff_pen = T2CharStringPen(width, None)
            _box(cff_pen, width)
            charstrings[name] = cff_pen.getCharString()
        builder.setupCFF(family.replace(" ", ""), {}, charstrings, {})
    else:
        outlines = {}
        for name in glyphs:
            pen = TTGlyphPen(None)
            _box(pen, width)
            outlines[name] = pen.glyph()
        builder.setupGlyf(outlines)
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (width, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable(
        {
            "familyName": family,
            "styleName": "Regular",
            "psName": f"{family.replace(' ', '')}-{weight}{'i' * is_italic}",
        }
    )
    builder.setupOS2(usWeightClass=weight, fsSelection=0x41 if is_italic else 0x40, fsType=fs_type)
    builder.setupPost()
    if is_variable:
        builder.setupFvar([("wght", 100, weight, 900, "Weight")], [])
        right = [(0, 0), (0, 0), (100, 0), (100, 0), (0, 0), (100, 0), (0, 0), (0, 0)]
        builder.setupGvar({name: [TupleVariation({"wght": (0, 1, 1)}, right)] for name in glyphs})
    return builder.font


def write_font(path: Path, chars: str, width: int = 600, **fields: object) -> Path:
    """Write a font, and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    build_font(chars, width, **fields).save(path)  # type: ignore[arg-type]
    return path


def write_collection(path: Path, *fonts: TTFont) -> Path:
    """Write several fonts into one file, and return its path."""
    collection = TTCollection()
    collection.fonts = list(fonts)
    collection.save(path)
    return path
