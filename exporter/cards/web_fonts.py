"""The fonts of cards as `@font-face` rules: a browser shows the letters and signs that are printed."""

from __future__ import annotations

import base64
import io
from collections.abc import Collection, Iterator
from functools import lru_cache

from exporter.cards.font_face import FontFace
from exporter.cards.font_files import MIN_BOLD_WEIGHT, open_font
from exporter.cards.font_set import Fonts
from exporter.cards.text_style import BOLD, BOLD_ITALIC, ITALIC, MONO, MONO_BOLD, REGULAR, Style

MAX_FONT_BYTES = 1024 * 1024  # Atkinson Hyperlegible has 54 KB, Inter 870 KB, and a face for Chinese 10 MB
"""Larger typefaces are not embedded: the browser substitutes another font, at the same widths."""

_STYLES: dict[Style, tuple[str, int, str]] = {
    REGULAR: ("Cue card", 400, "normal"),
    BOLD: ("Cue card", 700, "normal"),
    ITALIC: ("Cue card", 400, "italic"),
    BOLD_ITALIC: ("Cue card", 700, "italic"),
    MONO: ("Cue card code", 400, "normal"),
    MONO_BOLD: ("Cue card code", 700, "normal"),
}
"""The family, weight and slope of each style, as the preview's style sheet names them."""
_OTHERS = "Cue card signs"
"""The family of all characters that the faces of the styles lack."""


def font_faces(fonts: Fonts, styles: Collection[Style]) -> Iterator[str]:
    """Yield the rules of the styles that are used, and of each further face with its characters.

    A bold face that the typeface lacks has none: browsers then embolden the regular one themselves.
    """
    for style in sorted(_STYLES.keys() & styles):
        family, weight, slope = _STYLES[style]
        face = fonts.faces[style]
        data = face.face._ttf_data
        if len(data) <= MAX_FONT_BYTES and (face.is_bold or weight < MIN_BOLD_WEIGHT):
            yield _rule(family, f"font-weight:{weight};font-style:{slope}", data)
    for face, chars in fonts.other_chars.items():
        ranges = ",".join(f"U+{ord(char):X}" for char in sorted(chars))
        yield _rule(_OTHERS, f"unicode-range:{ranges}", _subset(face, frozenset(chars)))


def _rule(family: str, descriptors: str, data: bytes) -> str:
    source = f"url(data:font/ttf;base64,{base64.b64encode(data).decode('ascii')})"
    return f'@font-face{{font-family:"{family}";{descriptors};src:{source}}}'


@lru_cache(maxsize=32)
def _subset(face: FontFace, chars: frozenset[str]) -> bytes:
    """Return a font with these characters, and what shapes them; the same ones give the same bytes."""
    from fontTools import subset

    options = subset.Options(hinting=False, layout_features=["*"], notdef_outline=True)
    font = open_font(io.BytesIO(face.face._ttf_data), face.font_index)
    # the PDF has the default weight, too; without the others it takes a third of the time
    for tag in ("gvar", "HVAR", "MVAR"):
        if tag in font:
            del font[tag]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=map(ord, chars))
    subsetter.subset(font)
    data = io.BytesIO()
    font.save(data)
    return data.getvalue()
