"""The symbols font of the cards, made of four Noto fonts: `python -m tests.symbols_font FOLDER`.

FOLDER has the static fonts of four packages of the npm registry, unpacked: `npm pack` with
`@expo-google-fonts/noto-emoji`, `…/noto-sans-math`, `…/noto-sans-symbols` and
`…/noto-sans-symbols-2`. The script needs fonttools, uharfbuzz and emoji. It writes
`exporter/cards/symbols/`; the same fonts give the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "exporter" / "cards" / "symbols"

SOURCES = ("NotoSansMath", "NotoSansSymbols", "NotoSansSymbols2", "NotoEmoji")
"""In the order in which they are searched for a character."""

BLOCKS = (
    (0x20, 0x20),
    (0x20D0, 0x20FF),  # combining marks for symbols
    (0x2100, 0x218F),  # letterlike symbols, number forms
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematical operators
    (0x2300, 0x23FF),  # technical signs
    (0x2400, 0x243F),  # control pictures
    (0x2460, 0x24FF),  # enclosed letters and numbers
    (0x25A0, 0x25FF),  # geometric shapes; IBM Plex Mono has box drawing and block elements
    (0x2600, 0x27BF),  # miscellaneous symbols, dingbats
    (0x27C0, 0x27FF),  # mathematical symbols A, arrows A
    (0x2900, 0x2BFF),  # arrows B and C, mathematical symbols B, supplemental operators
    (0x1D400, 0x1D7FF),  # mathematical letters, with which people write “bold” in plain text
    (0x1F000, 0x1F0FF),  # tiles and playing cards: only those that are emoji
    (0x1F100, 0x1F2FF),  # enclosed letters and ideographs
    (0x1F300, 0x1F64F),  # pictographs, emoticons
    (0x1F680, 0x1F6FF),  # transport and maps
    (0x1F780, 0x1F8FF),  # geometric shapes, arrows
    (0x1F900, 0x1F9FF),  # pictographs
    (0x1FA70, 0x1FAFF),  # pictographs
)
ONLY_EMOJI = range(0x1F000, 0x1F100)
SKIN_TONES = frozenset(range(0x1F3FB, 0x1F400))
VARIATION_SELECTOR = 0xFE0F

FIRST_SEQUENCE = 0x100000
"""First of the private-use characters that stand for sequences, in plane 16."""

CREATED = 3_723_840_000
"""The beginning of 2022, in seconds since 1904 (OpenType, `head`)."""
UNITS_PER_EM = 1000
EMOJI_SCALE = 0.8 * UNITS_PER_EM / 2048
"""Emoji are 1.25 em wide; at 0.8 they are as wide as the type size, and lines 1.27 apart do not touch."""
EMOJI_SHIFT = 70
"""How far emoji are moved up, so that their middle is that of a capital: 330 of 1,000 units."""


def main(folder: Path) -> None:
    """Write the font and the list of its sequences."""
    from fontTools.fontBuilder import FontBuilder

    fonts = dict(_open_fonts(folder))
    emoji_font = fonts["NotoEmoji"]
    glyphs: dict[str, Any] = {".notdef": _draw(fonts["NotoSansMath"], ".notdef", 1, 0)}
    widths = {".notdef": 600}
    names: dict[tuple[str, str], str] = {}
    chars: dict[int, str] = {}

    def add(source: str, glyph: str) -> str:
        """Return the new name of a glyph, copied at its first use."""
        name = names.get((source, glyph))
        if name is None:
            name = names[source, glyph] = f"g{len(names):04d}"
            is_emoji = source == "NotoEmoji"
            scale = EMOJI_SCALE if is_emoji else 1.0
            glyphs[name] = _draw(fonts[source], glyph, scale, EMOJI_SHIFT if is_emoji else 0)
            widths[name] = round(fonts[source]["hmtx"][glyph][0] * scale)
        return name

    cmaps = {source: font.getBestCmap() for source, font in fonts.items()}
    for first, last in BLOCKS:
        for char in range(first, last + 1):
            order = SOURCES[-1:] if char in ONLY_EMOJI else _order(char)
            source = next((source for source in order if char in cmaps[source]), None)
            if source:
                chars[char] = add(source, cmaps[source][char])
    sequences = []
    for index, (sequence, glyph) in enumerate(_iter_sequences(emoji_font)):
        chars[FIRST_SEQUENCE + index] = add("NotoEmoji", glyph)
        sequences.append(sequence)

    builder = FontBuilder(UNITS_PER_EM, isTTF=True)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap(chars)
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(
        {name: (widths[name], getattr(glyphs[name], "xMin", 0) or 0) for name in glyphs}
    )
    builder.setupHorizontalHeader(ascent=1069, descent=-293)
    builder.setupNameTable(
        {
            "copyright": "Copyright 2022 The Noto Project Authors (https://github.com/notofonts), "
            "2013, 2022 Google LLC (https://github.com/googlefonts/noto-emoji)",
            "familyName": "Exporter Symbols",
            "styleName": "Regular",
            "uniqueFontIdentifier": "Exporter Symbols Regular",
            "fullName": "Exporter Symbols Regular",
            "psName": "ExporterSymbols-Regular",
            "version": "Version 1.000",
            "licenseDescription": "This Font Software is licensed under the SIL Open Font License, Version 1.1.",
            "licenseInfoURL": "https://openfontlicense.org",
        }
    )
    builder.setupOS2(sTypoAscender=1069, sTypoDescender=-293, sCapHeight=714, usWeightClass=400, fsType=0)
    builder.setupPost(keepGlyphNames=False)
    builder.font["head"].created = builder.font["head"].modified = CREATED
    builder.font.recalcTimestamp = False
    FOLDER.mkdir(exist_ok=True)
    builder.save(FOLDER / "ExporterSymbols.ttf")
    (FOLDER / "sequences.txt").write_text("\n".join(sequences) + "\n", encoding="utf-8", newline="\n")


def _open_fonts(folder: Path) -> Iterator[tuple[str, Any]]:
    from fontTools.ttLib import TTFont

    for source in SOURCES:
        yield source, TTFont(next(folder.rglob(f"{source}_400Regular.ttf")))


def _order(char: int) -> tuple[str, ...]:
    """Return the sources in the order for a character: the emoji font first for what is always an emoji."""
    import emoji

    is_always_emoji = emoji.is_emoji(chr(char)) and not emoji.is_emoji(chr(char) + chr(VARIATION_SELECTOR))
    return (SOURCES[-1], *SOURCES[:-1]) if is_always_emoji else SOURCES


def _draw(font: Any, glyph: str, scale: float, shift: float) -> Any:
    """Return an outline without components, hints and fractions."""
    from fontTools.pens.recordingPen import DecomposingRecordingPen
    from fontTools.pens.roundingPen import RoundingPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    glyph_set = font.getGlyphSet()
    recording = DecomposingRecordingPen(glyph_set)
    glyph_set[glyph].draw(recording)
    pen = TTGlyphPen(None)
    recording.replay(TransformPen(RoundingPen(pen), (scale, 0, 0, scale, 0, shift)))
    return pen.glyph()


def _iter_sequences(font: Any) -> Iterator[tuple[str, str]]:
    """Yield each sequence that has one glyph, without selectors and skin tones, and the glyph's name."""
    import emoji
    import uharfbuzz

    blob = uharfbuzz.Blob.from_file_path(font.reader.file.name)
    shaper = uharfbuzz.Font(uharfbuzz.Face(blob))
    order = font.getGlyphOrder()
    ignored = {*SKIN_TONES, VARIATION_SELECTOR}
    sequences = {"".join(char for char in text if ord(char) not in ignored) for text in emoji.EMOJI_DATA}
    for sequence in sorted(sequence for sequence in sequences if len(sequence) > 1):
        buffer = uharfbuzz.Buffer()
        buffer.add_str(sequence)
        buffer.guess_segment_properties()
        uharfbuzz.shape(shaper, buffer)
        if len(buffer.glyph_infos) == 1 and buffer.glyph_infos[0].codepoint:
            yield sequence, order[buffer.glyph_infos[0].codepoint]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
